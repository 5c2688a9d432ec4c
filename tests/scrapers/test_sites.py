"""Sites: one file each, found without a list, tried on a page each, and loud where a layout has changed."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from scrapers.document import Capture, Document
from scrapers.errors import NoArticle
from scrapers.generic import extract_html
from scrapers.registry import HTML, scraper_for
from scrapers.site import BadSite, Site, all_sites, by_class, discover, site_of, stated_address

GOLDEN = Path(__file__).parent.parent / "golden" / "sites"
NEWS = "https://www.gov.uk/government/news/ferry-operator-fined-over-invented-safety-drills"
SENTENCE = "The port paid a fine of 40,000 pounds in January and another in May of the same year. "
FIELDS = ("kind", "url", "title", "byline", "publisher", "published", "modified", "language")


def capture(body: bytes, url: str | None = None, final_url: str | None = None) -> Capture:
    source = url or "page.html"
    return Capture(
        source=source,
        body=body,
        fetched_at="2021-03-06T00:00:00Z",
        url=url,
        final_url=final_url,
        filename="page.html",
    )


def page(inner: str, head: str = "") -> bytes:
    return f"<html><head><title>Port fined</title>{head}</head><body>{inner}</body></html>".encode()


# --- golden pages ---------------------------------------------------------------------------------


def read(path: Path) -> tuple[str, Document]:
    """A golden page as read where it says it stands, so that its relative links lead somewhere."""
    body = path.read_bytes()
    given = capture(body, stated_address(body))
    scraper = scraper_for(given)
    return scraper.name, scraper.extract(given)


def as_json(extractor: str, document: Document) -> str:
    """What a person reviews: the values, then each block as it stands, then the links."""
    text = document.text
    blocks = [f"{block.tag}{block.level or ''}: {text[block.start : block.end]}" for block in document.blocks]
    links = [f"{text[link.start : link.end]} -> {link.url}" for link in document.links]
    told = {name: getattr(document, name) for name in FIELDS}
    shown = {"extractor": extractor, **told, "won_by": dict(document.won_by), "blocks": blocks, "links": links}
    return json.dumps(shown, indent=1, ensure_ascii=False) + "\n"


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.html")), ids=lambda path: path.name)
def test_golden_page(path: Path) -> None:
    got = as_json(*read(path))
    expectation = path.with_suffix(".expected.json")
    if not expectation.exists():
        expectation.write_text(got, encoding="utf-8")
        pytest.fail(f"{expectation.name} was missing and has been written: review it, then commit it")
    expected = expectation.read_text(encoding="utf-8")
    assert json.loads(got) == json.loads(expected), (
        f"{path.name} is read otherwise than {expectation.name} says; if the new reading is right, delete "
        "that file, run the test again and review what it writes"
    )


@pytest.mark.parametrize("site", all_sites(), ids=lambda site: site.name)
def test_every_site_has_a_golden_page_that_it_reads_itself(site: Site) -> None:
    pages = [path for path in GOLDEN.glob("*.html") if path.stem.split("-")[0] == site.name]
    assert pages, f"save a page of {site.name} in words of your own as {GOLDEN / site.name}.html"
    for path in pages:
        name, document = read(path)
        assert name == site.name
        assert "layout" not in document.won_by, path.name
        assert document.won_by["text"] == (site.name if site.body else "trafilatura")


def test_no_golden_file_is_left_over() -> None:
    names = {site.name for site in all_sites()}
    assert [path.name for path in GOLDEN.glob("*.html") if path.stem.split("-")[0] not in names] == []
    assert [p.name for p in GOLDEN.glob("*.json") if not Path(str(p).replace(".expected.json", ".html")).exists()] == []


def test_the_site_file_is_worth_having() -> None:
    given = capture((GOLDEN / "govuk.html").read_bytes(), NEWS)
    plain, ours = extract_html(given), scraper_for(given).extract(given)
    assert (plain.publisher, plain.byline, plain.kind) == ("GOV.UK", "Passenger Ferries Inspectorate", "article")
    assert (ours.publisher, ours.byline, ours.kind) == ("Passenger Ferries Inspectorate", None, "release")
    for furniture in ("7946", "218 KB", "merged into another", "from 321", "groundings", "2 minutes", "Print"):
        assert furniture not in ours.text


# --- which site serves a page ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "name"),
    [
        (NEWS, "govuk"),
        ("http://WWW.GOV.UK./government/news/x", "govuk"),
        ("https://www.gov.uk:443/government/news/x?y#z", "govuk"),
        ("https://draft.www.gov.uk/government/news/x", "govuk"),
        ("https://www.gov.uk/guidance/x", "govuk"),
        ("https://www.gov.uk/browse/driving", None),
        # A star stands for anything in between.
        ("https://www.ons.gov.uk/economy/inflation/bulletins/consumerpriceinflation/may2023", "ons"),
        ("https://www.ons.gov.uk/economy/inflation/datasets/consumerpriceinflation", None),
        ("https://www.bbc.co.uk/news/uk-1", "bbc"),
        ("https://www.bbc.co.uk/sport/football/1", None),
        ("https://www.gov.uk", None),
        ("https://www.gov.uk/government/newsletter", None),
        # Councils and courts have sites of their own.
        ("https://council.gov.uk/government/news/x", None),
        ("https://evilgov.uk/government/news/x", None),
        ("https://evilwww.gov.uk/government/news/x", None),
        ("https://www.gov.uk.evil.example/government/news/x", None),
        ("https://www.gov.uk@evil.example/government/news/x", None),
        ("https://evil.example/https://www.gov.uk/government/news/x", None),
        ("https://[", None),
        ("page.html", None),
        ("", None),
    ],
)
def test_hosts_match_themselves_and_their_subdomains_only(address: str, name: str | None) -> None:
    site = site_of(address)
    assert (site.name if site else None) == name


def test_the_address_that_answered_decides() -> None:
    body = page(f"<p>{SENTENCE * 5}</p>")
    assert scraper_for(capture(body, "https://short.example/x", NEWS)).name == "govuk"
    assert scraper_for(capture(body, NEWS, "https://other.example/x")) is HTML
    assert (scraper_for(capture(body, NEWS)).name, scraper_for(capture(body, NEWS)).version) == ("govuk", "2")


@pytest.mark.parametrize(
    ("head", "stated"),
    [
        (f'<link rel="canonical" href="{NEWS}">', NEWS),
        (f"<LINK href='{NEWS}' REL='alternate canonical'/>", NEWS),
        (f"<link rel=canonical href={NEWS}>", NEWS),
        ('<link rel="canonical" href="https:&#x2F;&#x2F;a.example&#x2F;b">', "https://a.example/b"),
        (f'<meta property="og:url" content="https://a.example/b"><link rel="canonical" href="{NEWS}">', NEWS),
        (f'<link rel="canonical" href="/b"><meta property="og:url" content="{NEWS}">', NEWS),
        (f'<link rel="canonical-not" href="{NEWS}">', None),
        (f'<link rel="stylesheet" href="{NEWS}">', None),
        ('<link rel="canonical" href="javascript:alert(1)"><meta name="og:url" content="https://[">', None),
        (f'</head><body><link rel="canonical" href="{NEWS}">', None),
        ("", None),
    ],
)
def test_a_saved_page_says_where_it_stood(head: str, stated: str | None) -> None:
    assert stated_address(page("<p>x</p>", head)) == stated


def test_a_saved_pages_own_address_is_not_asked_where_it_is_known() -> None:
    body = page(f"<p>{SENTENCE * 5}</p>", f'<link rel="canonical" href="{NEWS}">')
    assert scraper_for(capture(body)).name == "govuk"
    assert scraper_for(capture(body, "https://copies.example/x")) is HTML


@pytest.mark.parametrize(
    "body",
    [
        b"<link " * 400_000,
        b"<link " + b"a" * 2_000_000,
        (b"<link " + b"a" * 1900 + b">") * 1000,
        (b"<link " + b"a=" * 900 + b">") * 1000,
        (b"<link " + b'a="' * 600 + b">") * 1000,
        (b"<link a" + b" " * 1900 + b">") * 1000,
        b"<" * 2_000_000,
    ],
)
def test_a_hostile_head_takes_no_time(body: bytes) -> None:
    def seconds() -> float:
        start = time.process_time()
        assert stated_address(body) is None
        return time.process_time() - start

    # The best of three: a busy machine slows one of them down.
    assert min(seconds() for _ in range(3)) < 0.5


# --- what a site declares -------------------------------------------------------------------------

PORT = Site(
    name="port",
    version="1",
    hosts=("port.example",),
    drop=(by_class("promo", "more"), "//aside"),
    body=(by_class("story"), "//article"),
    lead=by_class("standfirst"),
    publisher="The Port",
    publisher_at="//p[@class='from']",
    byline_at="//a[@rel='author']",
    published_at="//time/@datetime",
    kind="report",
)
LAYOUT = (
    "<h1>Port fined</h1><p class='standfirst wide'>A standfirst of two lines.</p>"
    "<p>By <a rel=author>Ana Ruiz</a> and <a rel=author>Bo Lund</a></p>"
    "<time datetime='2021-05-06T07:08:09Z'>6 May</time>"
    f"<div class='story'><p>{SENTENCE}</p><p class='promo'>Buy <b>now</b>.</p>Loose words stay.<aside>More</aside>"
    "<div class='story'><p>An inner part, once.</p></div></div><p>Elsewhere on this site.</p>"
)


def read_as(site: Site, inner: str) -> Document:
    return extract_html(capture(page(inner), "https://port.example/a"), site)


def said(document: Document) -> list[str]:
    return [document.text[block.start : block.end] for block in document.blocks]


def test_every_field_of_a_site_counts() -> None:
    document = read_as(PORT, LAYOUT)
    assert said(document) == [
        "Port fined", "A standfirst of two lines.", SENTENCE.strip(), "Loose words stay.", "An inner part, once.",
    ]  # fmt: skip
    assert (document.publisher, document.byline) == ("The Port", "Ana Ruiz, Bo Lund")
    assert (document.published, document.kind) == ("2021-05-06T07:08:09+00:00", "report")
    ours = {name for name, place in document.won_by.items() if place == "port"}
    assert ours == {"text", "publisher", "byline", "published", "kind"}
    assert read_as(PORT, LAYOUT + "<p class='from'>Harbour Board</p>").publisher == "Harbour Board"


def test_the_first_layout_that_has_words_counts() -> None:
    older = f"<div class='story'> </div><article><p>{SENTENCE}</p></article>"
    document = read_as(PORT, older)
    assert said(document) == ["Port fined", SENTENCE.strip()]
    assert "layout" not in document.won_by


def test_a_changed_layout_is_read_as_any_page_and_says_so() -> None:
    changed = LAYOUT.replace("story", "new-story").replace(SENTENCE, SENTENCE * 5)
    document = read_as(PORT, changed)
    assert document.won_by["layout"] == "generic: port's layout not found"
    assert document.won_by["text"] == "trafilatura"
    assert "40,000 pounds" in document.text
    # What is still found as declared, and what needs no finding, holds.
    assert (document.publisher, document.kind) == ("The Port", "report")
    assert "Buy now" not in document.text


def test_a_page_that_has_neither_layout_nor_article_is_refused() -> None:
    with pytest.raises(NoArticle):
        read_as(PORT, "<nav><a href='/'>Home</a></nav>")
    with pytest.raises(NoArticle):
        read_as(PORT, "<div class='story'><p class='promo'>Buy now.</p></div>")


def test_a_site_without_a_body_only_loses_its_furniture() -> None:
    only_drops = Site(name="port", version="1", hosts=("port.example",), drop=(by_class("promo"),))
    promo = f"<p class='promo'>{SENTENCE}Promo.</p>"
    inner = f"<article><h1>Port fined</h1><p>{SENTENCE * 4}</p>{promo}<p>{SENTENCE * 3}</p></article>"
    document = read_as(only_drops, inner)
    assert "Promo" in extract_html(capture(page(inner))).text
    assert "Promo" not in document.text
    assert "layout" not in document.won_by


def test_dropping_the_whole_page_leaves_no_article() -> None:
    with pytest.raises(NoArticle):
        read_as(replace(PORT, drop=("//*",)), LAYOUT)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"hosts": ()}, "hosts"),
        ({"hosts": "port.example"}, "hosts is not a tuple"),
        ({"drop": "//aside"}, "drop is not a tuple"),
        ({"hosts": ("https://port.example/",)}, "not a host"),
        ({"hosts": ("Port.example",)}, "small letters"),
        ({"paths": ("news/",)}, 'begin with "/"'),
        ({"kind": "poem"}, "'poem' is not one of the kinds"),
        ({"version": ""}, "version"),
        ({"body": ("//div[",)}, "not an XPath"),
        ({"byline_at": "no-such-function(//a)"}, "not an XPath"),
    ],
)
def test_a_site_that_cannot_work_is_refused_when_it_is_declared(wrong: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        replace(PORT, **wrong)  # type: ignore[arg-type]


# --- discovery ------------------------------------------------------------------------------------

_NUMBERS = count()


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A package of sites' files of its own, importable while the test runs."""
    folder = tmp_path / f"sites_of_test_{next(_NUMBERS)}"
    folder.mkdir()
    (folder / "__init__.py").write_text("")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    yield folder
    for name in [name for name in sys.modules if name.split(".")[0] == folder.name]:
        del sys.modules[name]


def declare(package: Path, name: str, host: str, path: str = "/") -> None:
    (package / f"{name}.py").write_text(
        "from scrapers.site import Site\n"
        f"SITE = Site(name={name!r}, version='1', hosts=({host!r},), paths=({path!r},))\n"
    )


def found(package: Path) -> list[str]:
    return [site.name for site in discover(package.name, [str(package)])]


def test_a_file_is_all_that_a_site_needs(package: Path) -> None:
    declare(package, "zeta", "zeta.example")
    declare(package, "alpha", "alpha.example")
    assert found(package) == ["alpha", "zeta"]
    assert "govuk" in [site.name for site in all_sites()]


def test_the_closest_host_and_path_win(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    declare(package, "whole", "a.example")
    declare(package, "part", "b.a.example")
    declare(package, "section", "a.example", "/news/")
    served = discover(package.name, [str(package)])
    monkeypatch.setattr("scrapers.site.all_sites", lambda: served)
    addresses = ("https://a.example/x", "https://b.a.example/news/x", "https://c.a.example/news/x")
    assert [site.name for a in addresses if (site := site_of(a))] == ["whole", "part", "section"]


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("", "declares no SITE"),
        ("SITE = 'port'", "declares no SITE"),
        ("import no_such_module", "cannot be used .*no_such_module"),
        ("SITE = (", "cannot be used"),
        ("from scrapers.site import Site\nSITE = Site(name='x', version='1', hosts=('x',))", "not a host"),
        ("from scrapers.site import Site\nSITE = Site(name='x', version='1', hosts=('x.example',))", "named otherwise"),
    ],
)
def test_a_broken_file_is_one_clear_error(package: Path, source: str, message: str) -> None:
    (package / "port.py").write_text(source)
    with pytest.raises(BadSite, match=message) as caught:
        found(package)
    assert f"{package.name}/port.py" in str(caught.value)
    assert "CONTRIBUTING.md" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_two_files_for_one_place_are_an_error(package: Path) -> None:
    declare(package, "one", "a.example")
    declare(package, "two", "a.example")
    with pytest.raises(BadSite, match="a.example/ is served by one already"):
        found(package)


def test_a_page_meets_a_broken_file_as_one_line_about_itself(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (package / "port.py").write_text("")
    monkeypatch.setattr("scrapers.site.all_sites", lambda: discover(package.name, [str(package)]))
    with pytest.raises(BadSite) as caught:
        scraper_for(capture(page("<p>x</p>"), "https://port.example/a"))
    assert caught.value.input == "https://port.example/a"
    assert "port.py" in caught.value.what


def test_sites_are_looked_for_once_and_only_when_a_page_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []

    def look(package: str, folders: list[str]) -> tuple[Site, ...]:
        looked.append(package)
        return (PORT,)

    monkeypatch.setattr("scrapers.site.discover", look)
    all_sites.cache_clear()
    try:
        letter = b"From: a@b.example\nMessage-ID: <1@b.example>\nMIME-Version: 1.0\n\nHello there.\n"
        scraper_for(replace(capture(letter), filename="a.eml"))
        assert looked == []
        for _ in range(3):
            assert scraper_for(capture(page("<p>x</p>"), "https://port.example/a")).name == "port"
        assert looked == ["scrapers.sites"]
    finally:
        all_sites.cache_clear()
