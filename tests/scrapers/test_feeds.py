"""Feeds and sitemaps: what is one, which pages it lists, and what it says of them."""

from __future__ import annotations

import gzip
import time

import pytest

from scrapers.document import Capture
from scrapers.errors import ScrapeError, TooLarge
from scrapers.feeds import BadFeed, Entry, Listing, is_listing, newest_first, read_listing

SITEMAP = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
NEWS = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
ATOM = 'xmlns="http://www.w3.org/2005/Atom"'
RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
BASE = "https://news.example/lists/feed"


def listed(body: bytes | str, **more: str) -> Listing:
    raw = body.encode() if isinstance(body, str) else body
    return read_listing(
        Capture(source="feed", body=raw, fetched_at="2024-01-01T00:00:00Z", final_url=BASE, **more)  # type: ignore[arg-type]
    )


def rss(*items: str, head: str = "") -> str:
    return (
        f'<?xml version="1.0"?>{head}<rss version="2.0" {DC}><channel><title>N</title>{"".join(items)}</channel></rss>'
    )


@pytest.mark.parametrize(
    ("media", "head", "expected", "why"),
    [
        (None, rss(), True, "RSS by its root"),
        ("text/html", rss(), True, "servers call everything HTML"),
        ("application/rss+xml", "<!doctype html><html><body>moved</body></html>", False, "a page all the same"),
        ("application/rss+xml", "\n\nWarning: deprecated\n<rss>", True, "rubbish before a feed that is called one"),
        (None, f"<!-- made by hand --><feed {ATOM}>", True, "Atom after a comment"),
        (None, "<feed><animal>hay</animal></feed>", False, "another vocabulary's feed"),
        (None, f"<rdf:RDF {RDF}>", True, "RSS 1.0"),
        (None, '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">', False, "other RDF"),
        (None, f"<urlset {SITEMAP}>", True, "a sitemap"),
        (None, f"\ufeff<?xml version='1.0'?>\n<sitemapindex {SITEMAP}>", True, "an index, with a byte order mark"),
        ("application/json", '{"version": "https://jsonfeed.org/version/1.1", "items": []}', True, "JSON Feed"),
        ("application/json", '{"version": "2.0", "items": []}', False, "other JSON"),
        ("text/html", "<html><head><title>rss</title>", False, "a page about feeds"),
        (None, "", False, "nothing"),
    ],
)
def test_what_is_a_feed_is_told_by_its_bytes(media: str | None, head: str, expected: bool, why: str) -> None:
    assert is_listing(media, head.encode()) is expected, why


def test_a_packed_or_wide_feed_is_one_too() -> None:
    assert is_listing("application/gzip", gzip.compress(f"<urlset {SITEMAP}>".encode()))
    assert is_listing(None, rss().encode("utf-16"))
    assert not is_listing("application/gzip", gzip.compress(b"hello"))
    assert not is_listing(None, b"\x1f\x8bbroken")


@pytest.mark.parametrize(
    ("body", "expected", "why"),
    [
        (
            rss(
                "<item><title>A &amp;amp; B &lt;b&gt;bold&lt;/b&gt;</title><link>/a</link>"
                "<author>ann@news.example (Ann Lee)</author><pubDate>Wed, 01 Jan 2020 00:30:00 +0100</pubDate></item>"
            ),
            Entry(1, "https://news.example/a", "A & B bold", "Ann Lee", "2020-01-01T00:30:00+01:00"),
            "RSS 2.0: the zone stays, the mark-up and the author's address go",
        ),
        (
            rss("<item><title>T</title><guid>https://news.example/g</guid><dc:creator>Bo Ray</dc:creator></item>"),
            Entry(1, "https://news.example/g", "T", "Bo Ray"),
            "a guid that is an address, and Dublin Core",
        ),
        (
            rss('<item><title>T</title><guid isPermaLink="false">https://news.example/g</guid></item>'),
            Entry(1, None, "T"),
            "a guid that says it is no address",
        ),
        (rss("<item><link>javascript:alert(1)</link></item>"), Entry(1, None), "no address of the web"),
        (rss("<item><link>/x</link><author>ann@news.example</author></item>"), Entry(1, "https://news.example/x"),
         "an address is no name"),
        (
            '<!DOCTYPE rss PUBLIC "-//N//DTD RSS 0.91//EN" "http://my.netscape.com/x.dtd">'
            '<rss version="0.91"><channel><item><title>Old</title><link>http://news.example/o</link></item></channel></rss>',
            Entry(1, "http://news.example/o", "Old"),
            "RSS 0.91, whose document type is not fetched",
        ),
        (
            f"<rdf:RDF {RDF} {DC}><channel><title>x</title></channel><item rdf:about='https://news.example/c'>"
            "<title>C</title><link>https://news.example/c</link><dc:date>2020-05-01</dc:date></item></rdf:RDF>",
            Entry(1, "https://news.example/c", "C", modified="2020-05-01"),
            "RSS 1.0: its one date may be either",
        ),
        (
            f"<feed {ATOM}><title>N</title><entry><title type='html'>T</title>"
            "<published>2020-04-01T10:00:00Z</published>"
            "<link rel='enclosure' href='https://news.example/x.mp3'/><link href='../b'/>"
            "<updated>2020-05-01T10:00:00Z</updated><author><name>A</name></author><author><name>B</name></author>"
            "</entry></feed>",
            Entry(1, "https://news.example/b", "T", "A, B", "2020-04-01T10:00:00+00:00", "2020-05-01T10:00:00+00:00"),
            "Atom: the page and not the recording, both authors, both dates",
        ),
        (
            '{"version":"https://jsonfeed.org/version/1.1","language":"en-GB","items":[{"id":"1","url":"e","title":"E",'
            '"authors":[{"name":"Zoe"}],"date_published":"2020-01-01T00:00:00+02:00"}]}',
            Entry(1, "https://news.example/lists/e", "E", "Zoe", "2020-01-01T00:00:00+02:00", language="en-GB"),
            "JSON Feed 1.1",
        ),
        (
            '{"version":"https://jsonfeed.org/version/1","items":[{"id":"1","external_url":"https://o.example/",'
            '"author":{"name":"Zoe"},"title":7}]}',
            Entry(1, "https://o.example/", None, "Zoe"),
            "JSON Feed 1, with a title that is none",
        ),
        (
            f"<urlset {SITEMAP} {NEWS}><url><loc>https://news.example/d</loc><lastmod>2020-02-03</lastmod><news:news>"
            "<news:publication><news:name>The Oak</news:name><news:language>en</news:language></news:publication>"
            "<news:publication_date>2020-02-02</news:publication_date><news:title>D &amp; E</news:title></news:news>"
            "</url></urlset>",
            Entry(1, "https://news.example/d", "D & E", None, "2020-02-02", "2020-02-03", "The Oak", "en"),
            "a news sitemap",
        ),
        (
            f"<urlset {SITEMAP} xmlns:image='http://www.google.com/schemas/sitemap-image/1.1'><url>"
            "<loc>https://news.example/d</loc><image:image><image:loc>https://i.example/x</image:loc>"
            "<image:title>A picture</image:title></image:image></url></urlset>",
            Entry(1, "https://news.example/d"),
            "a picture's title is not the page's",
        ),
        ("<urlset><url><loc> https://news.example/d\n</loc></url></urlset>", Entry(1, "https://news.example/d"),
         "no namespace, and white space"),
        (f"<urlset {SITEMAP}><url><loc>https://news.example/d</loc></url><url><loc>https://ne",
         Entry(1, "https://news.example/d"), "cut off: what came is read"),
    ],
)  # fmt: skip
def test_what_a_list_says_of_a_page(body: str, expected: Entry, why: str) -> None:
    assert listed(body).entries == (expected,), why


def test_hints_are_what_is_stated() -> None:
    (entry,) = listed(rss("<item><title>T</title><link>/a</link></item>")).entries
    assert dict(entry.hints) == {"title": "T"}


def test_an_index_lists_sitemaps() -> None:
    found = listed(
        f"<sitemapindex {SITEMAP}><sitemap><loc>https://news.example/1.xml.gz</loc></sitemap></sitemapindex>"
    )
    assert found == Listing(True, (Entry(1, "https://news.example/1.xml.gz"),))


def test_packed_wide_and_misdeclared_feeds_are_read() -> None:
    plain = rss("<item><title>Caf\N{LATIN SMALL LETTER E WITH ACUTE}</title><link>/a</link></item>")
    for body in (gzip.compress(plain.encode()), plain.replace("?>", " encoding='utf-16'?>", 1).encode("utf-16")):
        assert listed(body).entries[0].title == "Caf\N{LATIN SMALL LETTER E WITH ACUTE}"
    latin = plain.replace("?>", " encoding='iso-8859-1'?>", 1).encode("latin-1")
    assert listed(latin).entries[0].title == "Caf\N{LATIN SMALL LETTER E WITH ACUTE}"


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
BOMB = f'<!DOCTYPE rss [<!ENTITY l0 "ha">{LAUGHS}]>'
OUTSIDE = '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("head", [BOMB, OUTSIDE, BOMB.replace("ENTITY", "ENTITY " * 2)])
@pytest.mark.parametrize("form", ["rss", "urlset"])
def test_entities_are_never_opened(head: str, form: str) -> None:
    entry = "<title>&l8;&x;</title><link>https://news.example/a</link>"
    body = rss(f"<item>{entry}</item>", head=head)
    if form == "urlset":
        body = f"<?xml version='1.0'?>{head}<urlset><url><loc>https://news.example/&l8;&x;</loc></url></urlset>"
    began = time.monotonic()
    try:
        said = repr(listed(body).entries)
    except BadFeed as error:
        said = str(error)
    assert time.monotonic() - began < 1
    assert "hahaha" not in said
    assert "root:" not in said


TWO = "<item><link>/a</link></item><item><link>/b</link></item>"


@pytest.mark.parametrize(
    ("body", "paths", "broken", "why"),
    [
        (rss(TWO), "ab", False, "whole"),
        (rss(TWO + "<item><link>/abc"), "abc", True, "a tag is missing in the middle"),
        (rss(TWO).partition("</channel>")[0], "ab", True, "its end is missing"),
        (rss(TWO).partition("/b</link>")[0], "a", True, "cut off within an address, which may be half of one"),
        (rss(TWO).replace("/a</link></item><item>", "/a</li", 1), None, True, "a piece is missing between two items"),
        (rss(TWO.replace("<link>", "<title>A&nbsp;B & C</title><link>")), "ab", False, "an entity: no page is missing"),
        (rss(TWO.replace("<link>", "<media:x/><link>")), "ab", False, "a namespace that nothing declares"),
        (f"<feed {ATOM}><entry><link href='/a'/></entry><entry><link href='/b", "a", True, "Atom, cut off"),
        (f"<urlset {SITEMAP}><url><loc>/a</loc></url><url><loc>/b", "a", True, "a sitemap, cut off"),
        (f"<urlset {SITEMAP}><url><loc>/a</loc></url><url><loc>/b</loc></urlset>", None, True, "a sitemap, broken"),
        (f"<urlset {SITEMAP}><url><loc>/a?b&c</loc></url></urlset>", None, False, "a sitemap with a bare ampersand"),
    ],
)
def test_a_list_that_is_cut_off_or_broken_says_so(body: str, paths: str | None, broken: bool, why: str) -> None:
    found = listed(body)
    assert found.is_broken is broken, why
    if paths is not None and "abc" not in paths:
        assert [entry.url for entry in found.entries] == [f"https://news.example/{path}" for path in paths], why


@pytest.mark.parametrize("media", [None, "application/xml", "text/xml", "application/rss+xml"])
@pytest.mark.parametrize("body", [rss(), f"<feed {ATOM}><title>N</title></feed>"])
def test_a_feed_without_entries_is_whole_whatever_it_is_called(media: str | None, body: str) -> None:
    with pytest.raises(BadFeed, match="this feed lists no pages"):
        listed(body, **({"content_type": media} if media else {}))


def test_a_feed_that_is_cut_off_before_its_first_entry_cannot_be_read() -> None:
    with pytest.raises(BadFeed, match="cannot be read"):
        listed(rss().partition("</title>")[0])
    with pytest.raises(BadFeed, match="no page of it can be read"):
        listed(rss("<item><link>/a").partition("/a")[0] + "/a")


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (rss(), "lists nothing"),
        (f"<urlset {SITEMAP}></urlset>", "lists nothing"),
        ('{"version":"https://jsonfeed.org/version/1.1"}', "no list"),
        ('{"version":"https://jsonfeed.org/version/1.1","items":' + "[" * 100_000, "cut off, and deep"),
        ("<urlset", "no XML"),
        (gzip.compress(f"<urlset {SITEMAP}>".encode() * 50, mtime=0)[:-20], "packed and cut off"),
    ],
)
def test_a_broken_list_is_one_error(body: str | bytes, why: str) -> None:
    with pytest.raises(ScrapeError):
        listed(body)


def test_a_packed_bomb_ends_at_the_limit() -> None:
    with pytest.raises(TooLarge):
        listed(gzip.compress(f"<urlset {SITEMAP}>".encode() + b" " * 60_000_000))


def test_the_newest_come_first_and_the_undated_last() -> None:
    entries = (
        Entry(1, "a", published="2024-01-02"),
        Entry(2, "b"),
        Entry(3, "c", published="2024-01-03T01:00:00+02:00"),
        Entry(4, "d", published="2023-01-01", modified="2024-02-01"),
    )
    assert [e.number for e in newest_first(entries, None)] == [4, 3, 1, 2]
    assert [e.number for e in newest_first(entries, "2024-01-03")] == [4, 3, 2]
    assert [e.number for e in newest_first(entries, "2024-02")] == [4, 2]
