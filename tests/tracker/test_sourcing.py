"""What a claim rests on: which links count, which names, and how the level follows."""

from __future__ import annotations

import pytest

from scrapers.document import Link
from tracker.reading.publishers import builtin
from tracker.reading.sourcing import (
    backs,
    footnotes_of,
    is_anonymous,
    is_firsthand,
    linked_sources,
    named_sources,
    sourcing_of,
)
from tracker.reading.values import SourceMention, Teller

OWN = "https://news.example/rail/fined"
BACKS = [
    ("https://www.nao.org.uk/reports/out-of-hours/", True, "a report"),
    ("http://court.example/judgment.pdf", True, "a judgment, without TLS"),
    ("https://stats.example/?table=7", True, "a page known by its query only"),
    ("https://news.example/rail/other", True, "another page of the same outlet"),
    (OWN, False, "the page itself"),
    (OWN + "/", False, "the page itself, with a slash"),
    ("https://www.news.example/rail/fined#comments", False, "the page itself, its comments"),
    ("https://nao.org.uk", False, "a home page"),
    ("https://nao.org.uk/", False, "a home page"),
    ("https://www.facebook.com/sharer.php?u=x", False, "a share link"),
    ("https://twitter.com/intent/tweet?text=x", False, "a share link"),
    ("https://wa.me/?text=x", False, "a share link"),
    ("https://www.change.org/p/stop-it", False, "a petition"),
    ("https://campaign.example/petitions/stop-it", False, "a petition of one's own"),
    ("https://campaign.example/take-action/write", False, "an appeal"),
    ("https://campaign.example/donate?amount=5", False, "a donation link"),
    ("https://www.justgiving.com/x", False, "a donation link"),
    ("https://news.example/newsletter/rail", False, "a sign-up"),
    ("https://news.example/author/ann-lee", False, "an author's page"),
    ("https://news.example/tag/rail", False, "a tag"),
    ("mailto:ann@news.example", False, "no page at all"),
    ("javascript:alert(1)", False, "a program"),
    ("ftp://files.example/x.csv", False, "another scheme"),
    ("https:///x", False, "no host"),
    ("http://[::1", False, "no address at all"),
    ("", False, "nothing"),
]


@pytest.mark.parametrize(("url", "expected", "reason"), BACKS, ids=[f"{why}: {url}" for url, _, why in BACKS])
def test_which_links_can_back_a_claim(url: str, expected: bool, reason: str) -> None:
    assert backs(url, OWN) is expected, reason


TEXT = "It was fined £3m, the audit found. Another sentence."


def test_a_link_counts_where_its_words_lie_in_the_sentence() -> None:
    start = TEXT.index("the audit")
    links = [
        Link(start, start + 9, "https://www.nao.org.uk/reports/x/"),
        Link(TEXT.index("Another"), TEXT.index("Another") + 7, "https://court.example/j"),
    ]
    (found,) = linked_sources(TEXT, links, {}, (0, 34), OWN, builtin())
    assert (found.name, found.how, found.url) == ("National Audit Office", "linked", links[0].url)
    assert TEXT[found.start : found.end] == "the audit"


def test_a_link_to_an_unknown_host_is_named_by_the_host() -> None:
    links = [Link(0, 2, "https://www.court.example/j")]
    (found,) = linked_sources(TEXT, links, {}, (0, 34), None, builtin())
    assert found.name == "court.example"


def test_a_footnote_is_a_link_of_the_sentence_that_carries_its_mark() -> None:
    text = "Fares went up by 3.4%. [2] Nobody asked. [3]\n\n[1] https://a.example/x\n[2] Rail: https://b.example/y\n"
    links = [
        Link(text.index(url), text.index(url) + len(url), url) for url in ("https://a.example/x", "https://b.example/y")
    ]
    footnotes = footnotes_of(text, links)
    assert {mark: link.url for mark, link in footnotes.items()} == {"1": links[0].url, "2": links[1].url}
    (found,) = linked_sources(text, links, footnotes, (0, 22), None, builtin())
    assert (found.url, text[found.start : found.end]) == (links[1].url, "[2]")
    assert linked_sources(text, links, footnotes, (27, 40), None, builtin()) == ()


NAMED = [
    ("A poll conducted by Survation found 40%.", ["Survation"], "a poll by its maker"),
    ("one poll, carried out by servation for us, found 40%", ["Survation"], "a transcript's misspelling"),
    (
        "Its figures from the National Audit Office show 252.",
        ["National Audit Office"],
        "figures from a body",
    ),
    ("A recent YouGov survey put it at 40%.", ["YouGov"], "the maker before the paper"),
    ("The train was late by an hour.", [], "by, without a paper"),
    ("A poll by phone found 40%.", [], "how, not whose"),
    ("The report of the matter said so.", [], "of, without a name"),
]


@pytest.mark.parametrize(("text", "expected", "reason"), NAMED, ids=[reason for _, _, reason in NAMED])
def test_named_sources(text: str, expected: list[str], reason: str) -> None:
    found = named_sources(text, (0, len(text)), builtin())
    assert [source.name for source in found] == expected, reason
    assert all((s.how, s.url) == ("named", None) for s in found)


LINKED = SourceMention("NAO", "https://nao.org.uk/x", "linked", 0, 3)
NAME = SourceMention("Survation", None, "named", 0, 3)
INSIDER = Teller("a source close to the programme", "quoted", None, False)
STAFF = Teller("staff", "reported", None, False)
LEVELS = [
    ((), (), False, "none", "nothing at all"),
    ((), (STAFF,), False, "none", "an unnamed group is a teller, no source"),
    ((), (INSIDER,), False, "anonymous", "an unnamed source"),
    ((), (INSIDER,), True, "firsthand", "their own act, over anonymity"),
    ((NAME,), (INSIDER,), True, "named", "a name over both"),
    ((NAME, LINKED), (), False, "linked", "a link over a name"),
]


@pytest.mark.parametrize(
    ("sources", "chain", "firsthand", "expected", "reason"), LEVELS, ids=[row[4] for row in LEVELS]
)
def test_the_level_and_its_reason(
    sources: tuple[SourceMention, ...], chain: tuple[Teller, ...], firsthand: bool, expected: str, reason: str
) -> None:
    level, said = sourcing_of(sources, chain, firsthand)
    assert level == expected, reason
    assert said
    assert all(s.name in said for s in sources if s.how == level)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a source close to the minister", True),
        ("insiders", True),
        ("people familiar with it", True),
        ("staff", False),
    ],
)
def test_unnamed_sources_and_unnamed_groups(name: str, expected: bool) -> None:
    assert is_anonymous(name) is expected


@pytest.mark.parametrize(
    ("words", "subject", "own", "expected"),
    [
        ("We", None, "Acme", True),
        ("Our petition", None, "Acme", True),
        ("Acme", "Acme", "ACME", True),
        ("Serco", "Serco", "Acme", False),
        ("They", None, None, False),
        ("Weeds", None, "Acme", False),
    ],
)
def test_firsthand(words: str, subject: str | None, own: str | None, expected: bool) -> None:
    assert is_firsthand(words, subject, own) is expected
