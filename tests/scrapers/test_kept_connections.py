"""One kept connection a host: reused while it lasts, watched all the time, closed when nobody needs it."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable

import pytest
from bad_server import Site, kept, serve

from scrapers.errors import CutOff, HttpStatus, TimedOut
from scrapers.fetch import Fetcher

Build = Callable[..., Fetcher]
HTML = "<p>Fined £20 million</p>".encode()
NO_ROBOTS = kept(b"", status="404 Not Found")


def until(true: Callable[[], bool], seconds: float = 1.0) -> bool:
    """Whether something comes true in time."""
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.01)
    return true()


def test_robots_txt_pages_redirects_and_refusals_share_one_connection(site: Site, fetcher: Build) -> None:
    site.routes |= {
        "/robots.txt": kept(b"<html>nothing here</html>" * 99, status="404 Not Found"),
        "/a": kept(HTML),
        "/old": kept(b"it is over there", "Location: /a", status="301 Moved Permanently"),
        "/gone": kept(b"it is gone", status="410 Gone"),
    }
    with fetcher() as fetching:
        assert fetching.fetch(site.url("/a")).body == HTML
        assert fetching.fetch(site.url("/old")).body == HTML
        with pytest.raises(HttpStatus):
            fetching.fetch(site.url("/gone"))
        assert fetching.fetch(site.url("/a")).body == HTML
        assert len(site.requests) == 6
        assert site.connections == 1
        assert all("Connection: keep-alive\r\n" in head for head in site.requests)
        assert site.closed == 0
    assert until(lambda: site.closed == 1)


def test_chunked_pages_share_a_connection_too(site: Site, fetcher: Build) -> None:
    def chunked(connection: socket.socket, _: str) -> bool:
        connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\npage\r\n0\r\n\r\n")
        return True

    site.routes |= {"/robots.txt": NO_ROBOTS, "/a": chunked}
    with fetcher() as fetching:
        assert [fetching.fetch(site.url("/a")).body for _ in range(3)] == [b"page"] * 3
        assert site.connections == 1


@pytest.mark.parametrize("how", ["before the request", "instead of an answer", "with a reset"])
def test_connection_that_the_server_has_closed_is_opened_again(how: str, site: Site, fetcher: Build) -> None:
    gone = threading.Event()

    def once(connection: socket.socket, _: str) -> bool:
        connection.sendall(kept(HTML))
        if how == "before the request":
            return False
        connection.recv(65536)
        if how == "with a reset":
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        gone.set()
        return False

    site.routes |= {"/robots.txt": NO_ROBOTS, "/a": once, "/b": kept(b"the second page")}
    with fetcher(max_retries=0) as fetching:
        assert fetching.fetch(site.url("/a")).body == HTML
        if how == "before the request":
            assert until(lambda: site.closed == 1)
        assert fetching.fetch(site.url("/b")).body == b"the second page"
        assert site.connections == 2
        assert gone.is_set() == (how != "before the request")


def test_connection_is_opened_again_only_once(site: Site, fetcher: Build) -> None:
    asked: list[int] = []

    def hang_up(connection: socket.socket, _: str) -> None:
        asked.append(1)

    site.routes |= {"/robots.txt": NO_ROBOTS, "/a": kept(HTML), "/b": hang_up}
    with fetcher(max_retries=0) as fetching:
        fetching.fetch(site.url("/a"))
        with pytest.raises(CutOff, match="cut off"):
            fetching.fetch(site.url("/b"))
    assert len(asked) == 2


def test_what_is_left_of_an_answer_never_begins_the_next(site: Site, fetcher: Build) -> None:
    site.routes |= {"/robots.txt": NO_ROBOTS, "/a": kept(HTML) + kept(b"nobody asked for this"), "/b": kept(b"b")}
    with fetcher() as fetching:
        fetching.fetch(site.url("/a"))
        assert fetching.fetch(site.url("/b")).body == b"b"


def test_kept_connection_is_watched_again(site: Site, fetcher: Build) -> None:
    def drip(connection: socket.socket, _: str) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        site.drip(connection, b"x" * 1000, 0.05)

    site.routes |= {"/robots.txt": NO_ROBOTS, "/a": kept(HTML), "/slow": drip}
    with fetcher(total_deadline=0.5) as fetching:
        for _ in range(2):
            assert fetching.fetch(site.url("/a")).body == HTML
            began = time.monotonic()
            with pytest.raises(TimedOut):
                fetching.fetch(site.url("/slow"))
            assert time.monotonic() - began < 1.0
        # The one that was shut is not used again.
        assert site.connections == 2
        assert fetching.fetch(site.url("/a")).body == HTML
        assert site.connections == 3


def test_idle_connection_is_closed(site: Site, fetcher: Build) -> None:
    site.routes |= {"/robots.txt": NO_ROBOTS, "/a": kept(HTML)}
    with fetcher(keep_alive=0.1) as fetching:
        fetching.fetch(site.url("/a"))
        assert until(lambda: site.closed == 1)
        assert fetching.fetch(site.url("/a")).body == HTML
        assert site.connections == 2


def test_one_host_has_one_connection_on_all_its_ports(site: Site, fetcher: Build) -> None:
    with serve({"/robots.txt": NO_ROBOTS, "/b": kept(b"b")}) as other:
        there = kept(b"", f"Location: {other.url('/b')}", status="302 Found")
        site.routes |= {"/robots.txt": NO_ROBOTS, "/a": there}
        with fetcher(allowed_ports=frozenset({site.port, other.port})) as fetching:
            assert fetching.fetch(site.url("/a")).body == b"b"
            assert until(lambda: site.closed == 1)
            assert (site.connections, other.connections, other.closed) == (1, 1, 0)


def test_cookies_do_not_stay_with_the_connection(site: Site, fetcher: Build) -> None:
    site.routes |= {"/robots.txt": NO_ROBOTS, "/a": kept(HTML, "Set-Cookie: seen=1; Path=/")}
    with fetcher() as fetching:
        fetching.fetch(site.url("/a"))
        fetching.fetch(site.url("/a"))
    assert site.connections == 1
    assert not any("Cookie:" in head for head in site.requests)


def test_fetcher_without_with_leaves_nothing_open(site: Site, fetcher: Build) -> None:
    site.routes |= {"/robots.txt": NO_ROBOTS, "/a": kept(HTML)}
    fetcher().fetch(site.url("/a"))
    assert until(lambda: site.closed == 1)
