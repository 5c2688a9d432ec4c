"""The table of publishers: which kind of source a name or an address is of, and how the table refuses nonsense."""

from __future__ import annotations

import time

import pytest

from tracker.reading.publishers import KINDS, PublisherError, Publishers, builtin

URLS = [
    ("https://www.judiciary.uk/judgments/x", "court", True, "judgments"),
    ("https://www.bailii.org/ew/cases/1.html", "court", True, "judgments, republished whole"),
    ("https://find-and-update.company-information.service.gov.uk/company/1", "register", True, "a company's filings"),
    ("https://www.contractsfinder.service.gov.uk/notice/1", "contract", True, "a contract notice"),
    ("https://www.legislation.gov.uk/ukpga/2020/1", "legislation", True, "an act"),
    ("https://www.thegazette.co.uk/notice/1", "gazette", True, "a notice"),
    ("https://www.ons.gov.uk/releases/x", "statistics", True, "longer than gov.uk"),
    ("https://www.nisra.gov.uk/x", "statistics", True, "longer than gov.uk"),
    ("https://www.cso.ie/en/x", "statistics", True, "Irish statistics"),
    ("https://data.census.gov/table", "statistics", True, "a subdomain"),
    ("https://www.sec.gov/filing", "regulator", True, "longer than gov"),
    ("https://www.gao.gov/products/1", "audit", True, "longer than gov"),
    ("https://www150.statcan.gc.ca/t1", "statistics", True, "longer than gc.ca"),
    ("https://www.abs.gov.au/x", "statistics", True, "longer than gov.au"),
    ("https://www.stats.govt.nz/x", "statistics", True, "longer than govt.nz"),
    ("https://www.eca.europa.eu/x", "audit", True, "longer than europa.eu"),
    ("https://www.gov.uk/government/news/x", "government", False, "a release is not the record"),
    ("https://westbury.gov.uk/x", "government", False, "by its suffix"),
    ("https://agency.gov/x", "government", False, "by its suffix"),
    ("https://ec.europa.eu/commission/x", "government", False, "by its suffix"),
    ("HTTPS://WWW.ONS.GOV.UK./x", "statistics", True, "capitals and the dot at the end"),
    ("https://fakeons.example/x", None, None, "another's domain"),
    ("https://ons.gov.uk.example/x", None, None, "only its beginning"),
    ("https://notgov/x", None, None, "no suffix of a domain, but of a word"),
    ("http://[::1", None, None, "no address"),
    ("", None, None, "nothing"),
    (None, None, None, "nothing"),
]


@pytest.mark.parametrize(("url", "kind", "primary", "why"), URLS, ids=[f"{row[3]}: {row[0]}" for row in URLS])
def test_by_address(url: str | None, kind: str | None, primary: bool | None, why: str) -> None:
    found = builtin().of_url(url)
    assert (found and found.kind, found and found.primary) == (kind, primary), why


NAMES = [
    ("the ONS", "Office for National Statistics", "an acronym, with its article"),
    ("The Office for National Statistics", "Office for National Statistics", "in full"),
    ("office for national statistics", "Office for National Statistics", "in small letters, as in a transcript"),
    ("Information Commissioner\u2019s Office", "Information Commissioner's Office", "with a curly apostrophe"),
    ("Redfield & Wilton", "Redfield and Wilton Strategies", "and is and"),
    ("U.S. Census Bureau", "Census Bureau", "stops in an acronym"),
    ("ofwat", "Ofwat", "a word that is nothing else, in small letters"),
    ("WHO", "World Health Organization", "an acronym"),
    ("who", None, "a pronoun"),
    ("Who", None, "a pronoun at the head of a sentence"),
    ("Which", None, "no question mark"),
    ("The Guardian", "The Guardian", "a newspaper"),
    ("the guardian", None, "somebody's guardian"),
    ("the independent", None, "a councillor"),
    ("the times", None, "how they are"),
    ("observer", None, "somebody who looks on"),
    ("ons", None, "an acronym in small letters is hardly one"),
    ("HSE", None, "one body in Britain, another in Ireland"),
    ("Department of Justice", None, "of the United States or of Ireland"),
    ("Office", None, "a part of a name"),
    ("National Audit Office of Utopia", None, "more than the name"),
    ("", None, "nothing"),
    (" the ", None, "only an article"),
]


@pytest.mark.parametrize(("name", "expected", "why"), NAMES, ids=[f"{row[2]}: {row[0]}" for row in NAMES])
def test_by_name(name: str, expected: str | None, why: str) -> None:
    found = builtin().of_name(name)
    assert (found and found.name) == expected, why


HEARD = [
    ("Survaton", "Survation", "a letter is missing"),
    ("yougove", "YouGov", "a letter too many"),
    ("Ireland Thinx", "Ireland Thinks", "of two words"),
    ("Zurvation", None, "it begins otherwise: nothing is guessed"),
    ("Survation of the fittest", None, "much longer"),
    ("Central Statistical Office", None, "another country's, and no pollster"),
    ("salvation", None, "a word"),
    ("opinion", None, "a word"),
    ("Ipso", None, "too short to tell"),
]


@pytest.mark.parametrize(("name", "expected", "why"), HEARD, ids=[f"{row[2]}: {row[0]}" for row in HEARD])
def test_misheard_pollsters(name: str, expected: str | None, why: str) -> None:
    found = builtin().misheard(name)
    assert (found and found.name) == expected, why


def test_the_table_itself() -> None:
    entries = builtin().entries
    assert len(entries) >= 350
    assert {entry.kind for entry in entries} == set(KINDS)
    domains = [domain for entry in entries for domain in entry.domains]
    assert len(domains) == len(set(domains)), "a domain of two publishers"
    for entry in entries:
        # Under each of its own names it is found, and nobody else is.
        for name in (entry.name, *entry.aliases):
            assert builtin().of_name(name) is entry, name
        records = {"court", "regulator", "audit", "contract", "legislation", "register", "gazette", "parliament"}
        assert entry.primary == (entry.kind in records | {"statistics"}), entry.name


ENTRY = '[[publisher]]\nname = "Mine"\nkind = "news"\n'
BROKEN = [
    ('[[publisher]]\nkind = "news"\n', "publisher 1 has no name", "no name"),
    ('[[publisher]]\nname = " "\nkind = "news"\n', "publisher 1 has no name", "an empty name"),
    (ENTRY + '[[publisher]]\nname = "Yours"\n', 'publisher 2 ("Yours") has no kind: use one of court,', "no kind"),
    (ENTRY.replace("news", "newz"), 'publisher 1 ("Mine") has the kind "newz", which is not known', "a bad kind"),
    (ENTRY + "kind_ = 3\n", '"kind_", which is not known: use name, kind', "an unknown key"),
    (ENTRY + 'domains = "a.example"\n', 'publisher 1 ("Mine") has domains that are no list', "no list"),
    (ENTRY + "aliases = [3]\n", 'publisher 1 ("Mine") has aliases that are no list of texts', "a number"),
    (ENTRY + 'domains = ["https://a.example/"]\n', 'the domain "https://a.example/", which is none', "an address"),
    (ENTRY + 'domains = ["guardian"]\n', 'the domain "guardian", which is none', "no domain"),
    (ENTRY + 'primary = "yes"\n', "a primary that is neither true nor false", "no truth value"),
    ('[publisher]\nname = "Mine"\nkind = "news"\n', "each publisher begins with [[publisher]]", "single brackets"),
    ('publisher = ["Mine"]\n', "publisher 1 is no table", "no table"),
    ('[[publishers]]\nname = "Mine"\n', 'not with "publishers"', "a misspelt heading"),
]


@pytest.mark.parametrize(("source", "told", "why"), BROKEN, ids=[row[2] for row in BROKEN])
def test_what_cannot_be_used_is_told_in_one_line(source: str, told: str, why: str) -> None:
    with pytest.raises(PublisherError) as refused:
        Publishers.parse(source)
    assert told in str(refused.value), why
    assert "\n" not in str(refused.value)


def test_of_two_entries_the_first_counts() -> None:
    own = Publishers.parse(
        '[[publisher]]\nname = "Mine"\nkind = "news"\ndomains = ["www.Nao.org.uk"]\naliases = ["NAO"]'
    )
    both = Publishers(own.entries + builtin().entries)
    for found in (both.of_url("https://nao.org.uk/x"), both.of_name("the NAO")):
        assert found is not None
        assert found.name == "Mine"
    assert both == Publishers(own.entries + builtin().entries)


def test_looking_up_costs_nothing_by_the_size_of_the_table() -> None:
    entries = "".join(
        f'[[publisher]]\nname = "Pollster number {at}"\nkind = "poll_tables"\ndomains = ["p{at}.example"]\n'
        for at in range(5_000)
    )
    table = Publishers.parse(entries)
    began = time.perf_counter()
    for at in range(2_000):
        assert table.of_name(f"Nobody number {at}") is None
        assert table.of_url(f"https://a.b.c.d.q{at}.example/x") is None
        assert table.misheard("Somebody else entirely") is None
    # Each compared with all entries, this took minutes.
    assert time.perf_counter() - began < 1.0
