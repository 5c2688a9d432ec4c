"""What a page says of itself, and which place won."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml.html import HtmlElement

from scrapers.html_tree import parse
from scrapers.metadata import iso_date, read_metadata

GOLDEN = Path(__file__).parent.parent / "golden" / "article"
ADDRESS = "https://www.harbourpost.example/features/inspectors?ref=1"


def tree(html: str) -> HtmlElement:
    parsed = parse(html)
    assert parsed is not None
    return parsed


def test_a_whole_page() -> None:
    found = read_metadata(tree((GOLDEN / "interview.html").read_text("utf-8")), ADDRESS)
    assert found.title == "Campaigner: 'One in five inspectors has left'"
    assert found.byline == "Ada Quill"  # the publisher named as an author is none
    assert found.publisher == "The Harbour Post"
    assert found.published == "2021-03-04T09:30:00+01:00"
    assert found.modified == "2021-03-05"
    assert found.url == "https://www.harbourpost.example/features/inspectors"
    assert found.language == "en-GB"
    assert found.kind == "article"
    assert found.won_by["published"] == "json-ld"
    assert found.won_by["url"] == "canonical"


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title>Port fined twice - BBC News</title>", "Port fined twice"),
        (
            "<title>Port fined twice this year by the regulator | The Harbour Post</title>",
            "Port fined twice this year by the regulator",
        ),
        ("<title>Port - then and now</title>", "Port - then and now"),
        ("<title>Sub-standard cranes cost lives</title>", "Sub-standard cranes cost lives"),
        ("<meta property='og:title' content='Short'><title>Long one</title>", "Short"),
        ("<title>A &amp; B</title>", "A & B"),
    ],
)
def test_titles_lose_the_sites_name_and_nothing_else(head: str, title: str) -> None:
    site = "<meta property='og:site_name' content='BBC News'>" if "BBC" in head else ""
    assert read_metadata(tree(f"<html><head>{head}{site}</head><body><p>x</p></body></html>"), None).title == title


@pytest.mark.parametrize(
    ("link", "url"),
    [
        (
            "https://elsewhere.example/features/inspectors",
            "https://www.harbourpost.example/features/inspectors?ref=1",
        ),
        ("https://www.harbourpost.example/", "https://www.harbourpost.example/features/inspectors?ref=1"),
        ("/features/inspectors#top", "https://www.harbourpost.example/features/inspectors"),
        ("https://m.harbourpost.example/a?id=7&utm_medium=x", "https://m.harbourpost.example/a?id=7"),
        ("http://[broken", "https://www.harbourpost.example/features/inspectors?ref=1"),
    ],
)
def test_the_canonical_address_is_the_same_sites_or_none(link: str, url: str) -> None:
    found = read_metadata(tree(f"<html><head><link rel=canonical href='{link}'></head><body>x</body></html>"), ADDRESS)
    assert (found.url or "").replace("?ref=1", "") == url.replace("?ref=1", "")


@pytest.mark.parametrize(
    ("stated", "iso"),
    [
        ("2020-07-02", "2020-07-02"),
        ("2020-07-02T16:25:00Z", "2020-07-02T16:25:00+00:00"),
        ("2020-07-02T16:25:00.123+0100", "2020-07-02T16:25:00+01:00"),
        ("Thu, 02 Jul 2020 16:25:00 GMT", "2020-07-02T16:25:00+00:00"),
        ("2020-07-02 at noon", "2020-07-02"),
        ("2020-13-45", None),
        ("0001-01-01T00:00:00", None),
        ("last week", None),
        (None, None),
    ],
)
def test_dates_keep_their_zone(stated: str | None, iso: str | None) -> None:
    assert iso_date(stated) == iso


@pytest.mark.parametrize(
    ("html", "address", "kind"),
    [
        ("<meta name='govuk:format' content='press_release'>", None, "release"),
        ("", "https://a.example/press-releases/2020/x", "release"),
        ("<title>Press release: port fined</title>", None, "release"),
        ("<title>Minister defends press release over port</title>", None, "article"),
        (
            '<script type=\'application/ld+json\'>{"@type": "Report", "headline": "x"}</script>',
            None,
            "report",
        ),
    ],
)
def test_kinds_need_clear_words(html: str, address: str | None, kind: str) -> None:
    assert read_metadata(tree(f"<html><head>{html}</head><body>x</body></html>"), address).kind == kind


def test_a_known_domain_gives_the_publishers_name() -> None:
    found = read_metadata(tree("<html><body>x</body></html>"), "https://www.bbc.co.uk/news/1")
    assert (found.publisher, found.won_by["publisher"]) == ("BBC", "domain")


def test_broken_json_ld_does_no_harm() -> None:
    html = "<script type='application/ld+json'>{\"@type\": </script><meta name=author content='Ada Quill'>"
    assert read_metadata(tree(f"<html><head>{html}</head><body>x</body></html>"), None).byline == "Ada Quill"
