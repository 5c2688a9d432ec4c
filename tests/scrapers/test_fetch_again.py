"""The next visit: pages asked for only if they changed, redirects kept, and sites that want to be left alone."""

from __future__ import annotations

import gzip
import pickle
import socket
import time
from collections.abc import Callable

import pytest
from bad_server import Site, kept, page, redirect, serve

from scrapers import errand
from scrapers.document import Hop
from scrapers.errors import HttpStatus, NotModified, NotYet, TimedOut, TooLarge
from scrapers.fetch import Fetcher, FetchSettings

Build = Callable[..., Fetcher]
HTML = "<p>Fined £20 million</p>".encode()
SINCE = "Sat, 21 Nov 2026 10:00:00 GMT"


def validating(site: Site) -> Callable[[socket.socket, str], None]:
    """A page that is as it was for whoever has its tag or its date."""

    def route(connection: socket.socket, _: str) -> None:
        known = any(line in site.requests[-1] for line in ('If-None-Match: "v1"', f"If-Modified-Since: {SINCE}"))
        facts = ('ETag: "v1"', f"Last-Modified: {SINCE}")
        connection.sendall(page(b"", *facts, status="304 Not Modified") if known else page(HTML, *facts))

    return route


@pytest.mark.parametrize("known", [{"etag": '"v1"'}, {"last_modified": SINCE}, {"etag": '"v1"', "last_modified": "x"}])
def test_page_that_is_as_it_was_is_not_read_again(known: dict[str, str], site: Site, fetcher: Build) -> None:
    site.routes["/a"] = validating(site)
    with pytest.raises(NotModified) as caught:
        fetcher().fetch(site.url("/a"), **known)
    same = caught.value
    assert (same.status, same.final_url, same.etag, same.last_modified) == (304, site.url("/a"), '"v1"', SINCE)
    assert ("ETag", '"v1"') in same.headers
    assert vars(pickle.loads(pickle.dumps(same))) == vars(same)  # noqa: S301


@pytest.mark.parametrize(
    ("known", "why"),
    [
        ({}, "nothing is known"),
        ({"etag": '"v0"'}, "another tag"),
        ({"last_modified": "Fri, 20 Nov 2026 10:00:00 GMT"}, "another date"),
        ({"etag": '"v1"\r\nCookie: a=1'}, "no tag at all: a header of two lines"),
        ({"etag": '"v1\u2603"'}, "no tag at all: no header holds it"),
        ({"etag": '"v1"', "told_by": "https://elsewhere.example/"}, "of another address"),
    ],
)
def test_page_that_changed_comes_whole(known: dict[str, str], why: str, site: Site, fetcher: Build) -> None:
    site.routes["/a"] = validating(site)
    assert fetcher().fetch(site.url("/a"), **known).body == HTML, why
    assert "Cookie" not in site.requests[-1]


def test_robots_txt_is_never_asked_for_under_a_condition(site: Site, fetcher: Build) -> None:
    site.routes["/a"] = validating(site)
    with pytest.raises(NotModified):
        fetcher().fetch(site.url("/a"), etag='"v1"')
    assert ["If-None-Match" in head for head in site.requests] == [False, True]


def test_304_that_nobody_asked_for_is_no_page(site: Site, fetcher: Build) -> None:
    site.routes["/a"] = page(b"", status="304 Not Modified")
    with pytest.raises(HttpStatus):
        fetcher().fetch(site.url("/a"))


def test_conditions_go_to_the_asked_host_only(fetcher: Build) -> None:
    with serve({}, "127.0.0.1") as one, serve({}, "127.0.0.2") as two:
        one.routes |= {"/a": redirect("/b"), "/b": redirect(two.url("/c", "127.0.0.2"))}
        two.routes["/c"] = validating(two)
        fetching = fetcher(allowed_ports=frozenset({one.port, two.port}))
        assert fetching.fetch(one.url("/a"), etag='"v1"').body == HTML
        assert ["If-None-Match" in head for head in one.requests] == [False, True, True]
        assert not any("If-None-Match" in head for head in two.requests)
        with pytest.raises(NotModified) as caught:
            fetching.fetch(one.url("/a"), etag='"v1"', told_by=two.url("/c", "127.0.0.2"))
        assert caught.value.final_url == two.url("/c", "127.0.0.2")
        assert caught.value.input == one.url("/a")
        assert "If-None-Match" not in "".join(one.requests[3:])


def test_redirects_are_kept_with_what_they_said(site: Site, fetcher: Build) -> None:
    packed = gzip.compress(b"gone there")
    site.routes |= {
        "/a": page(b"moved", "Location: /b", "X-Note: first", status="301 Moved Permanently"),
        "/b": kept(packed, "Location: /c", "Content-Encoding: gzip", status="302 Found"),
        "/c": page(HTML),
    }
    hops = fetcher().fetch(site.url("/a")).hops
    assert [(hop.url, hop.status, hop.body) for hop in hops] == [
        (site.url("/a"), 301, b"moved"),
        (site.url("/b"), 302, packed),
    ]
    assert ("X-Note", "first") in hops[0].headers
    assert all(isinstance(hop, Hop) for hop in hops)
    assert fetcher().fetch(site.url("/c")).hops == ()


def test_body_of_a_redirect_is_cut_and_holds_nothing_up(site: Site, fetcher: Build) -> None:
    head = b"HTTP/1.1 302 Found\r\nTransfer-Encoding: chunked\r\nLocation: "

    def endless(connection: socket.socket, _: str) -> None:
        connection.sendall(head + b"/b\r\n\r\n")
        while not site.closing.is_set():
            connection.sendall(b"10000\r\n" + b"x" * 0x10000 + b"\r\n")

    def drip(connection: socket.socket, _: str) -> None:
        connection.sendall(head + b"/c\r\n\r\n")
        site.drip(connection, b"1\r\nx\r\n" * 1000, 0.02)

    site.routes |= {"/a": endless, "/b": drip, "/c": page(HTML)}
    began = time.monotonic()
    capture = fetcher().fetch(site.url("/a"))
    assert time.monotonic() - began < 2
    assert capture.body == HTML
    assert len(capture.hops[0].body) == 64 * 1024
    assert set(capture.hops[1].body) == set(b"x")
    assert len(capture.hops[1].body) < 100


def test_two_seconds_lie_between_two_requests(site: Site) -> None:
    """With the settings that people have; robots.txt is a request too."""
    site.routes["/a"] = page(HTML)
    settings = FetchSettings(allowed_ports=frozenset({site.port}), allow_loopback=True)
    with Fetcher(settings) as fetching:
        fetching.fetch(site.url("/a"))
    assert len(site.times) == 2
    assert site.times[1] - site.times[0] >= 2.0


def test_pauses_within_a_fetch_count_against_its_deadline(site: Site, fetcher: Build) -> None:
    site.routes |= {"/0": redirect("/1"), "/1": redirect("/2"), "/2": redirect("/3"), "/3": page(HTML)}
    began = time.monotonic()
    with pytest.raises(TimedOut):
        fetcher(min_interval=0.3, total_deadline=0.7).fetch(site.url("/0"))
    # A pause that would outlast the deadline is not begun.
    assert time.monotonic() - began < 0.7


def test_longer_pauses_of_our_own_cost_no_page(site: Site, fetcher: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(errand, "_COUNTED", 0.1)
    site.routes |= {"/a": redirect("/b"), "/b": page(HTML)}
    assert fetcher(min_interval=0.4, total_deadline=0.5, longest_pause=0.1).fetch(site.url("/a")).body == HTML
    assert min(later - earlier for earlier, later in zip(site.times, site.times[1:], strict=False)) >= 0.4


@pytest.mark.parametrize("said", ["0.5", "0.5 # seconds"])
def test_crawl_delay_is_waited_for_in_full(said: str, site: Site, fetcher: Build) -> None:
    site.routes |= {"/robots.txt": page(f"User-agent: *\nCrawl-delay: {said}\n".encode()), "/a": page(HTML)}
    # The deadline is shorter: what a site asks for is not held against it.
    fetching = fetcher(total_deadline=0.3)
    fetching.fetch(site.url("/a"))
    fetching.fetch(site.url("/a"))
    assert site.times[-1] - site.times[-2] >= 0.5


def test_crawl_delay_beyond_what_a_run_waits_is_told_and_kept(site: Site, fetcher: Build) -> None:
    site.routes |= {"/robots.txt": page(b"User-agent: *\nCrawl-delay: 900\n"), "/a": page(HTML)}
    fetching = fetcher(longest_pause=0.4)
    fetching.fetch(site.url("/a"))
    began = time.monotonic()
    with pytest.raises(
        NotYet, match=r"left alone for (899|900) seconds more.*: try again in (899|900) seconds$"
    ) as told:
        fetching.fetch(site.url("/a"))
    assert time.monotonic() - began < 0.3
    assert 899 < told.value.retry_after <= 900
    assert str(pickle.loads(pickle.dumps(told.value))) == str(told.value)  # noqa: S301
    assert site.asked_for("/a") == 1


@pytest.mark.parametrize("said", ["inf", "nan", "-5", "soon"])
def test_crawl_delay_that_is_no_number_is_none(said: str, site: Site, fetcher: Build) -> None:
    site.routes |= {"/robots.txt": page(f"User-agent: *\nCrawl-delay: {said}\n".encode()), "/a": page(HTML)}
    fetching = fetcher()
    assert [fetching.fetch(site.url("/a")).body for _ in range(2)] == [HTML] * 2


@pytest.mark.parametrize("path", ["/robots.txt", "/a"])
def test_retry_after_beyond_the_deadline_leaves_the_host_alone(path: str, site: Site, fetcher: Build) -> None:
    busy = page(b"", "Retry-After: 600", status="429 Too Many Requests")
    site.routes |= {"/a": page(HTML), "/b": page(HTML), path: busy}
    fetching = fetcher(longest_pause=0.4)
    with pytest.raises((HttpStatus, NotYet), match="try again in (599|600) seconds"):
        fetching.fetch(site.url("/a"))
    asked = len(site.requests)
    with pytest.raises(NotYet, match="try again in (599|600) seconds"):
        fetching.fetch(site.url("/b"))
    assert len(site.requests) == asked


def test_a_host_that_is_busy_holds_up_no_other(site: Site, fetcher: Build) -> None:
    site.routes["/a"] = page(b"", "Retry-After: 600", status="429 Too Many Requests")
    with serve({"/c": page(b"elsewhere")}, "127.0.0.2") as other:
        fetching = fetcher(allowed_ports=frozenset({site.port, other.port}))
        with pytest.raises(HttpStatus, match="try again in 600 seconds"):
            fetching.fetch(site.url("/a"))
        assert fetching.fetch(other.url("/c", "127.0.0.2")).body == b"elsewhere"


def test_content_that_grows_like_no_page_is_a_bomb(site: Site, fetcher: Build) -> None:
    site.routes |= {
        "/bomb": page(gzip.compress(b"boom " * 1_000_000), "Content-Encoding: gzip"),
        "/page": page(gzip.compress(b"<li>a small one</li>" * 40_000), "Content-Encoding: gzip"),
    }
    fetching = fetcher(max_bytes=20_000_000)
    with pytest.raises(TooLarge, match="grows more than 200-fold"):
        fetching.fetch(site.url("/bomb"))
    assert len(fetching.fetch(site.url("/page")).body) == 800_000


@pytest.mark.parametrize(
    ("contact", "told"),
    [
        ("desk@tests.example", "press-claim-tracker/0.1 (+desk@tests.example)"),
        ("", "press-claim-tracker/0.1"),
        (" \n", "press-claim-tracker/0.1"),
        ("Jürgen\r\nCookie: a=1 ☃", "press-claim-tracker/0.1 (+J%C3%BCrgen Cookie: a=1 %E2%98%83)"),
        ("us (here)", "press-claim-tracker/0.1 (+us %28here%29)"),
    ],
)
def test_whatever_the_contact_is_a_server_is_told_in_one_header(
    contact: str, told: str, site: Site, fetcher: Build
) -> None:
    site.routes["/a"] = page(HTML)
    fetcher(contact=contact).fetch(site.url("/a"))
    assert f"User-Agent: {told}\r\n" in site.requests[-1]
    assert "\nCookie" not in site.requests[-1]
