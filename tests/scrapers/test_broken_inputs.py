"""What is broken, or made to break a reader: it is told in time, and costs nobody else anything."""

from __future__ import annotations

import gzip
import io
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from scrapers.document import Capture
from scrapers.errors import ScrapeError
from scrapers.feeds import is_listing, read_listing
from scrapers.jsonld import _loaded, names, one_line
from scrapers.registry import HTML, TEXT, scraper_for
from scrapers.warc import records

PAGE = b"<!doctype html><html><body><p>The regulator fined Acme Rail.</p></body></html>"
AT = "2021-05-04T10:00:00Z"


def capture(body: bytes) -> Capture:
    return Capture("page", body, AT)


@pytest.mark.parametrize("comment", [b"<!-- -->\n", b"<!---->"])
@pytest.mark.parametrize(
    ("read", "expected"),
    [
        (lambda head: scraper_for(capture(head + b"nothing")), TEXT),
        (lambda head: scraper_for(capture(head + PAGE)), HTML),
        (lambda head: is_listing(None, head + b"nothing"), False),
        (lambda head: is_listing(None, head + b'<rss version="2.0"><channel>'), True),
    ],
)
def test_a_page_of_many_comments_is_told_at_once(
    read: Callable[[bytes], object], expected: object, comment: bytes
) -> None:
    begin = time.monotonic()
    # Of twenty-one, a reader that tries every way to cut them takes seconds; of sixty, for ever.
    assert read(comment * 21) == expected
    assert time.monotonic() - begin < 1.0


def test_a_comment_that_ends_nothing_hides_no_page() -> None:
    assert scraper_for(capture(b'<?xml version="1.0"?>\n<!-- a > b -- c -->\n<!-- d -->\n' + PAGE)) is HTML


@pytest.mark.parametrize("script", ["{" + " " * 40_000 + "x", "{" + "]]>  " * 10_000 + "x", "{" + "// " * 20_000 + "x"])
def test_scripts_of_white_space_are_passed_over_at_once(script: str) -> None:
    begin = time.monotonic()
    assert _loaded(script) is None
    assert time.monotonic() - begin < 1.0


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('<!-- {"a": 1} -->', {"a": 1}),
        ('//<![CDATA[\n{"a": 1}\n//]]>', {"a": 1}),
        ('/* <![CDATA[ */ {"a": 1} /* ]]> */', {"a": 1}),
        ('<![CDATA[ {"a": 1}  ]]>', {"a": 1}),
    ],
)
def test_what_scripts_are_wrapped_in_is_taken_off(source: str, expected: object) -> None:
    assert _loaded(source) == expected


def test_half_a_character_is_no_name() -> None:
    assert one_line("P\ud800Q") == "P\N{REPLACEMENT CHARACTER}Q"
    assert names({"name": "Ann \udfffLee"}) == ["Ann \N{REPLACEMENT CHARACTER}Lee"]


def test_half_a_character_in_a_feed_can_be_written() -> None:
    feed = (
        b'{"version": "https://jsonfeed.org/version/1.1", "items": [{"url": "https://news.example/\\ud800",'
        b' "title": "A\\udc00B", "author": {"name": "Ann\\ud800"}}]}'
    )
    (entry,) = read_listing(capture(feed)).entries
    assert (entry.url, entry.title, entry.byline) == ("https://news.example/\ufffd", "A\ufffdB", "Ann\ufffd")


def response(
    *fields: str, body: bytes = PAGE, date: str = AT, url: str = "https://news.example/a", more: str = ""
) -> bytes:
    """One record of an archive, exactly as stated."""
    block = "\r\n".join(["HTTP/1.1 200 OK", "Content-Type: text/html", *fields, "", ""]).encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{abs(hash(block)):032x}>\r\n"
        f"WARC-Target-URI: {url}\r\nWARC-Date: {date}\r\n{more}"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def found(*parts: bytes) -> list[Capture | ScrapeError | None]:
    return [record.found for record in records(io.BytesIO(b"".join(parts)), "a.warc")]


def test_two_codings_in_two_headers_are_undone_both() -> None:
    packed = gzip.compress(gzip.compress(PAGE))
    twice = ("Content-Encoding: gzip", "Content-Encoding: gzip")
    one, two, three = found(response(*twice, body=packed), response(*twice, body=gzip.compress(PAGE)), response())
    assert isinstance(one, Capture)
    assert (one.body, one.raw) == (PAGE, packed)
    assert isinstance(two, ScrapeError), "packed once only, and said to be twice"
    assert isinstance(three, Capture), "the record behind it is read"


@pytest.mark.parametrize("user", ["ann:secret@", "ann@", "a%40b:s:e@c@"])
def test_a_password_in_an_address_is_not_kept(user: str) -> None:
    (one,) = found(response(url=f"https://{user}news.example/a@b"))
    assert isinstance(one, Capture)
    assert (one.url, one.final_url) == ("https://news.example/a@b", "https://news.example/a@b")


CHUNKED = "Transfer-Encoding: chunked"


@pytest.mark.parametrize(
    ("body", "expected", "why"),
    [
        (b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE), PAGE, "whole"),
        (b"5;a=b\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n" % (PAGE[:5], len(PAGE) - 5, PAGE[5:]), PAGE, "several chunks"),
        (PAGE, PAGE, "only the header was kept"),
        (b"%x\r\n%s\r\n" % (len(PAGE), PAGE), None, "the last chunk never came"),
        (b"%x\r\n%s\r\n40\r\nThe end" % (len(PAGE), PAGE), None, "cut off within a chunk"),
        (b"fff\r\n%s" % PAGE, None, "cut off within the first"),
    ],
)
def test_an_answer_that_was_cut_off_is_no_page(body: bytes, expected: bytes | None, why: str) -> None:
    one, two = found(response(CHUNKED, body=body), response())
    assert isinstance(two, Capture)
    if expected is None:
        assert isinstance(one, ScrapeError), why
        assert one.what == "the answer was cut off", why
    else:
        assert isinstance(one, Capture), why
        assert one.body == expected, why


def test_a_record_that_says_it_is_cut_off_is_no_page() -> None:
    (one,) = found(response(more="WARC-Truncated: length\r\n"))
    assert isinstance(one, ScrapeError)
    assert one.what == "the answer was cut off"


@pytest.mark.parametrize(
    ("date", "what"),
    [
        ("2020-99-99T99:99:99Z", "whose date is none"),
        ("2021-02-29T10:00:00Z", "whose date is none"),
        ("2999-01-01T00:00:00Z", "in the future"),
        pytest.param(f"{datetime.now(UTC) + timedelta(days=3):%Y-%m-%dT00:00:00Z}", "in the future", id="soon"),
    ],
)
def test_a_date_that_cannot_be_is_never_believed(date: str, what: str) -> None:
    one, two = found(response(date=date), response())
    assert isinstance(one, ScrapeError)
    assert what in one.what
    assert isinstance(two, Capture)


def test_the_clock_of_another_zone_is_believed() -> None:
    date = (datetime.now(UTC) + timedelta(hours=12)).strftime("%Y-%m-%dT%H:%M:%SZ")
    (one,) = found(response(date=date))
    assert isinstance(one, Capture)
    assert one.fetched_at == date
