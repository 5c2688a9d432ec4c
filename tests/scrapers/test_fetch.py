"""The client against a real server that behaves: what a capture holds, and what politeness asks for."""

from __future__ import annotations

import gzip
import os
import pickle
import socket
import threading
import time
import zlib
from collections.abc import Callable
from email.utils import formatdate
from pathlib import Path

import pytest
from bad_server import Site, page, redirect

from scrapers.archive import Archive
from scrapers.errors import BlockedByRobots, HttpStatus, NotADocument, ScrapeError, Unreachable
from scrapers.fetch import Fetcher, FetchSettings

Build = Callable[..., Fetcher]
PRESS_DATA = Path(os.environ.get("PRESS_DATA", Path(__file__).parents[3] / "shared"))
HTML = "<p>Fined £20 million</p>".encode()


def test_capture_says_what_was_asked_and_what_came(site: Site, fetcher: Build) -> None:
    site.routes["/a"] = page(HTML, 'Content-Type: Text/HTML; charset="UTF-8"', "Set-Cookie: a=1", "Set-Cookie: b=2")
    capture = fetcher().fetch(f" {site.url('/a?id=7')} ")
    assert capture.source == f" {site.url('/a?id=7')} "
    assert capture.url == capture.final_url == site.url("/a?id=7")
    assert (capture.body, capture.raw, capture.status) == (HTML, None, 200)
    assert (capture.content_type, capture.charset) == ("text/html", "utf-8")
    assert [value for name, value in capture.headers if name == "Set-Cookie"] == ["a=1", "b=2"]
    assert time.strptime(capture.fetched_at, "%Y-%m-%dT%H:%M:%S.%fZ")


def test_requests_say_who_asks_and_carry_what_the_archive_keeps(site: Site, fetcher: Build) -> None:
    site.routes["/a"] = page(HTML)
    fetching = fetcher()
    fetching.fetch(site.url("/a"))
    assert [head.split(" ")[1] for head in site.requests] == ["/robots.txt", "/a"]
    for head in site.requests:
        assert "User-Agent: press-claim-tracker/0.1 (+https://tests.example/contact)\r\n" in head
        for name, value in fetching.request_headers:
            assert f"{name}: {value}\r\n" in head


@pytest.mark.parametrize(
    ("coding", "raw"),
    [
        ("gzip", gzip.compress(HTML)),
        ("x-gzip", gzip.compress(HTML[:9]) + gzip.compress(HTML[9:])),
        ("gzip", gzip.compress(HTML) + b"\0\0junk"),
        ("deflate", zlib.compress(HTML)),
        ("deflate", zlib.compress(HTML, wbits=-15)),
        ("gzip, deflate", zlib.compress(gzip.compress(HTML))),
    ],
    ids=["gzip", "two members", "junk behind", "zlib", "bare deflate", "both"],
)
def test_packed_page_is_unpacked_and_kept_as_it_came(
    coding: str, raw: bytes, site: Site, fetcher: Build, tmp_path: Path
) -> None:
    site.routes["/a"] = page(raw, f"Content-Encoding: {coding}")
    fetching = fetcher()
    capture = fetching.fetch(site.url("/a"))
    assert (capture.body, capture.raw) == (HTML, raw)
    stored = Archive(tmp_path).store(capture, fetching.request_headers)
    assert Archive(tmp_path).load(stored.sha256) == HTML


def test_chunked_page_is_put_together(site: Site, fetcher: Build, tmp_path: Path) -> None:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    site.routes["/a"] = head + b"3\r\nabc\r\n4;x=y\r\ndefg\r\n0\r\nTrailer: t\r\n\r\n"
    capture = fetcher().fetch(site.url("/a"))
    assert capture.body == b"abcdefg"
    assert Archive(tmp_path).load(Archive(tmp_path).store(capture).sha256) == b"abcdefg"


def test_empty_page_is_a_capture(site: Site, fetcher: Build) -> None:
    site.routes["/a"] = page(b"", "Content-Encoding: gzip")
    assert fetcher().fetch(site.url("/a")).body == b""


def test_compressed_samples_come_out_alike(site: Site, fetcher: Build) -> None:
    folder = PRESS_DATA / "corpora" / "http-compressed"
    if not folder.exists():
        pytest.skip(f"no corpus of compressed answers: set PRESS_DATA (looked in {PRESS_DATA})")
    names = {
        "html-gzip.bin": "gzip",
        "html-gzip-deflate.bin": "gzip, deflate",
        "html-gzip-deflate-gzip.bin": "gzip, deflate, gzip",
    }
    for name, coding in names.items():
        site.routes[f"/{name}"] = page((folder / name).read_bytes(), f"Content-Encoding: {coding}")
    fetching = fetcher()
    bodies = {fetching.fetch(site.url(f"/{name}")).body for name in names}
    assert [len(body) for body in bodies] == [74837]
    for name in ("truncated-crc-error.gz", "unexpected-eof.gz"):
        site.routes["/broken"] = page((folder / name).read_bytes(), "Content-Encoding: gzip")
        with pytest.raises(ScrapeError, match="cut off|unpacked"):
            fetcher(max_retries=0).fetch(site.url("/broken"))


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"])
def test_redirect_is_followed_to_where_it_ends(status: str, site: Site, fetcher: Build) -> None:
    site.routes |= {
        "/a": page(b"", "Location: b/c%C3%A9?x=1#part", status=status),
        "/b/c%C3%A9": redirect("../end"),
        "/end": page(HTML),
    }
    capture = fetcher().fetch(site.url("/a"))
    assert (capture.url, capture.final_url, capture.body) == (site.url("/a"), site.url("/end"), HTML)


def test_cookie_set_on_the_way_is_brought_along_and_then_forgotten(site: Site, fetcher: Build) -> None:
    site.routes |= {
        "/a": page(b"", "Location: /b", "Set-Cookie: seen=1; Path=/", status="302 Found"),
        "/b": page(HTML),
    }
    fetching = fetcher()
    fetching.fetch(site.url("/a"))
    assert "Cookie: seen=1" in site.requests[-1]
    fetching.fetch(site.url("/b"))
    assert "Cookie" not in site.requests[-1]


def test_five_redirects_are_followed(site: Site, fetcher: Build) -> None:
    site.routes |= {f"/{n}": redirect(f"/{n + 1}") for n in range(5)} | {"/5": page(HTML)}
    assert fetcher().fetch(site.url("/0")).final_url == site.url("/5")


@pytest.mark.parametrize(
    ("status", "remedy"),
    [
        ("404 Not Found", "archived copy"),
        ("410 Gone", "archived copy"),
        ("403 Forbidden", "save the page"),
        ("204 No Content", "open the address"),
        ("304 Not Modified", "open the address"),
    ],
)
def test_answer_that_is_not_the_page_says_what_to_do(status: str, remedy: str, site: Site, fetcher: Build) -> None:
    site.routes["/a"] = page(b"", status=status)
    with pytest.raises(HttpStatus, match=remedy) as caught:
        fetcher().fetch(site.url("/a"))
    assert caught.value.status == int(status[:3])
    assert str(caught.value).startswith(f"the server answered {status}: {site.url('/a')}: ")
    assert site.asked_for("/a") == 1
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)  # noqa: S301


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_passing_fault_is_tried_again_three_times(status: int, site: Site, fetcher: Build) -> None:
    site.routes["/a"] = page(b"", status=f"{status} Fault")
    with pytest.raises(HttpStatus, match="try again later"):
        fetcher().fetch(site.url("/a"))
    assert site.asked_for("/a") == 4


def once_busy(retry_after: str) -> Callable[[socket.socket, str], None]:
    answers = [page(b"", f"Retry-After: {retry_after}", status="429 Too Many Requests"), page(HTML)]
    return lambda connection, _: connection.sendall(answers.pop(0))


def test_retry_after_is_obeyed(site: Site, fetcher: Build) -> None:
    site.routes["/a"] = once_busy("1")
    start = time.monotonic()
    assert fetcher().fetch(site.url("/a")).body == HTML
    assert 1.0 <= time.monotonic() - start < 2.5


def test_retry_after_as_a_date_is_obeyed(site: Site, fetcher: Build) -> None:
    site.routes["/a"] = once_busy(formatdate(time.time() - 100, usegmt=True))
    assert fetcher().fetch(site.url("/a")).body == HTML


# Named: two workers have to collect the same tests, and the clock would give each its own.
@pytest.mark.parametrize(
    "retry_after",
    [pytest.param("3600", id="seconds"), pytest.param(formatdate(time.time() + 7200, usegmt=True), id="date")],
)
def test_retry_after_beyond_the_deadline_is_an_answer_at_once(retry_after: str, site: Site, fetcher: Build) -> None:
    site.routes["/a"] = once_busy(retry_after)
    start = time.monotonic()
    with pytest.raises(HttpStatus, match=r"try again in \d{4} seconds"):
        fetcher().fetch(site.url("/a"))
    assert time.monotonic() - start < 1
    assert site.asked_for("/a") == 1


def test_unreadable_retry_after_counts_as_none(site: Site, fetcher: Build) -> None:
    site.routes["/a"] = once_busy("soon")
    assert fetcher().fetch(site.url("/a")).body == HTML


ROBOTS = """\
User-agent: *
Disallow: /private

User-agent: press-claim-tracker
Disallow: /ours
"""


@pytest.mark.parametrize(
    ("robots", "path", "allowed"),
    [
        (ROBOTS, "/ours/a", False),
        (ROBOTS, "/private", True),  # our own group takes the place of "*"
        ("User-agent: *\nDisallow: /private\nAllow: /private/open\n", "/private/open/a", True),
        ("User-agent: *\nDisallow: /private\n", "/private/a", False),
        ("User-agent: *\nDisallow: /*.pdf$\n", "/a.pdf", False),
        ("\ufeffUser-agent: *\nDisallow: /\n", "/a", False),
        ("User-agent: *\nDisallow:\n", "/a", True),
        ("<html>not found</html>", "/a", True),
        ("", "/a", True),
    ],
)
def test_robots_txt_is_obeyed(robots: str, path: str, allowed: bool, site: Site, fetcher: Build) -> None:
    site.routes |= {"/robots.txt": page(robots.encode()), path: page(HTML)}
    if allowed:
        assert fetcher().fetch(site.url(path)).body == HTML
        return
    with pytest.raises(BlockedByRobots, match="robots.txt forbids this page"):
        fetcher().fetch(site.url(path))
    assert site.asked_for(path) == 0


@pytest.mark.parametrize(("status", "open_"), [(401, True), (403, True), (404, True), (500, False), (503, False)])
def test_missing_robots_txt_is_open_and_a_broken_one_closed(
    status: int, open_: bool, site: Site, fetcher: Build
) -> None:
    site.routes |= {"/robots.txt": page(b"", status=f"{status} X"), "/a": page(HTML)}
    if open_:
        assert fetcher().fetch(site.url("/a")).body == HTML
        return
    with pytest.raises(BlockedByRobots, match=f"could not be read .*{status}"):
        fetcher().fetch(site.url("/a"))


def test_robots_txt_is_asked_for_once(site: Site, fetcher: Build) -> None:
    site.routes |= {"/robots.txt": page(b"User-agent: *\nDisallow: /x"), "/a": page(HTML)}
    with fetcher() as fetching:
        for _ in range(3):
            fetching.fetch(site.url("/a"))
    assert site.asked_for("/robots.txt") == 1


def test_robots_txt_may_redirect_and_be_long(site: Site, fetcher: Build) -> None:
    long = b"User-agent: *\nDisallow: /shut\n" + b"# filler\n" * 150_000
    site.routes |= {"/robots.txt": redirect("/r"), "/r": page(long), "/shut": page(HTML), "/a": page(HTML)}
    fetching = fetcher()
    assert fetching.fetch(site.url("/a")).body == HTML
    with pytest.raises(BlockedByRobots):
        fetching.fetch(site.url("/shut"))


def test_redirect_into_what_robots_txt_forbids_is_not_followed(site: Site, fetcher: Build) -> None:
    site.routes |= {
        "/robots.txt": page(b"User-agent: *\nDisallow: /shut"),
        "/a": redirect("/shut"),
        "/shut": page(HTML),
    }
    with pytest.raises(BlockedByRobots) as caught:
        fetcher().fetch(site.url("/a"))
    assert caught.value.input == site.url("/a")
    assert site.url("/shut") in caught.value.what
    assert site.asked_for("/shut") == 0


def test_one_host_is_not_hurried_between_threads_either(site: Site, fetcher: Build) -> None:
    times: list[float] = []

    def route(connection: socket.socket, _: str) -> None:
        times.append(time.monotonic())
        connection.sendall(page(HTML))

    site.routes["/a"] = route
    # The deadline is shorter than the queue: pauses out of politeness are not held against a page.
    fetching = fetcher(min_interval=0.3, total_deadline=0.8)
    threads = [threading.Thread(target=fetching.fetch, args=(site.url("/a"),)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    gaps = [later - earlier for earlier, later in zip(sorted(times), sorted(times)[1:], strict=False)]
    assert len(gaps) == 3
    assert min(gaps) > 0.2


def test_no_server_and_no_name_are_each_one_clear_line(fetcher: Build) -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]

    def no_such_name(*_: object) -> list[tuple[int, int, int, str, tuple[str, int]]]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    nowhere = fetcher(allowed_ports=frozenset({port}))
    with pytest.raises(Unreachable, match="no connection to the server"):
        nowhere.fetch(f"http://127.0.0.1:{port}/")
    with pytest.raises(Unreachable, match="no such host"):
        Fetcher(FetchSettings(), resolver=no_such_name).fetch("http://nowhere.example/")


def test_plain_server_behind_https_is_one_clear_line(fetcher: Build) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

        def answer() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.recv(65536)
                connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        with pytest.raises(Unreachable, match="TLS is not valid"):
            fetcher(allowed_ports=frozenset({port})).fetch(f"https://127.0.0.1:{port}/")
        thread.join(2)


def test_unasked_coding_names_it(site: Site, fetcher: Build) -> None:
    site.routes["/a"] = page(b"x", "Content-Encoding: br")
    with pytest.raises(NotADocument, match="content coding 'br' is not supported"):
        fetcher().fetch(site.url("/a"))
