"""Servers that mean harm, or are broken: every one ends in one clear error, in time."""

from __future__ import annotations

import gzip
import socket
import threading
import time
import tracemalloc
import zlib
from collections.abc import Callable
from dataclasses import replace

import pytest
from bad_server import Site, page, redirect, serve

from scrapers.errors import (
    BlockedByRobots,
    CutOff,
    NotADocument,
    RefusedAddress,
    ScrapeError,
    TimedOut,
    TooLarge,
    TooManyRedirects,
    Unreachable,
)
from scrapers.fetch import Fetcher, FetchSettings

Build = Callable[..., Fetcher]
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def took(action: Callable[[], object]) -> float:
    start = time.monotonic()
    action()
    return time.monotonic() - start


def drip_headers(site: Site) -> Callable[[socket.socket, str], None]:
    return lambda connection, _: site.drip(connection, HEAD + b"X-A: b\r\n" * 100, 0.1)


def drip_known_length(site: Site) -> Callable[[socket.socket, str], None]:
    def route(connection: socket.socket, _: str) -> None:
        connection.sendall(HEAD + b"Content-Length: 1000\r\n\r\n")
        site.drip(connection, b"x" * 1000, 0.1)

    return route


def drip_open_end(site: Site) -> Callable[[socket.socket, str], None]:
    # Here a socket that the watchdog shuts looks exactly like the end of a whole page.
    def route(connection: socket.socket, _: str) -> None:
        connection.sendall(HEAD + b"Connection: close\r\n\r\n")
        site.drip(connection, b"x" * 1000, 0.1)

    return route


def drip_chunks(site: Site) -> Callable[[socket.socket, str], None]:
    def route(connection: socket.socket, _: str) -> None:
        connection.sendall(HEAD + b"Transfer-Encoding: chunked\r\n\r\n")
        site.drip(connection, b"1\r\nx\r\n" * 1000, 0.02)

    return route


def silence(site: Site) -> Callable[[socket.socket, str], None]:
    def route(connection: socket.socket, _: str) -> None:
        site.closing.wait(10)

    return route


@pytest.mark.parametrize("drip", [drip_headers, drip_known_length, drip_open_end, drip_chunks, silence])
def test_deadline_holds_against_a_slow_server(
    drip: Callable[[Site], Callable[[socket.socket, str], None]], site: Site, fetcher: Build
) -> None:
    site.routes["/slow"] = drip(site)

    def fetch() -> None:
        with pytest.raises(TimedOut, match="no whole answer within 0.6 seconds"):
            fetcher(total_deadline=0.6).fetch(site.url("/slow"))

    assert took(fetch) < 1.5


def test_slow_tls_handshake_is_shut_at_the_deadline(site: Site, fetcher: Build) -> None:
    # The bytes of a TLS record's head, then one byte of its content at a time.
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        done = threading.Event()

        def answer() -> None:
            connection, _ = listener.accept()
            with connection:
                try:
                    connection.recv(65536)
                    connection.sendall(b"\x16\x03\x03\x20\x00\x02\x00\x1f\xfc")
                    while not done.wait(0.05):
                        connection.sendall(b"x")
                except OSError:
                    return

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()

        def fetch() -> None:
            with pytest.raises(BlockedByRobots):
                fetcher(total_deadline=0.6, allowed_ports=frozenset({port})).fetch(f"https://127.0.0.1:{port}/")

        # robots.txt is asked for first, with the deadline of the whole as its own.
        assert took(fetch) < 1.5
        done.set()
        thread.join(2)


def test_slow_robots_txt_closes_the_site(site: Site, fetcher: Build) -> None:
    site.routes["/robots.txt"] = silence(site)
    site.routes["/"] = page(b"hello")
    with pytest.raises(ScrapeError, match="robots.txt could not be read") as caught:
        fetcher(robots_deadline=0.3).fetch(site.url("/"))
    assert caught.value.stage == "robots"
    assert site.asked_for("/") == 0


def test_endless_chunks_end_at_the_limit(site: Site, fetcher: Build) -> None:
    def route(connection: socket.socket, _: str) -> None:
        connection.sendall(HEAD + b"Transfer-Encoding: chunked\r\n\r\n")
        while not site.closing.is_set():
            connection.sendall(b"10000\r\n" + b"x" * 0x10000 + b"\r\n")

    site.routes["/endless"] = route
    with pytest.raises(TooLarge, match="larger than the limit of 1 MB"):
        fetcher().fetch(site.url("/endless"))


def test_endless_header_is_an_error(site: Site, fetcher: Build) -> None:
    def route(connection: socket.socket, _: str) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n")
        while not site.closing.is_set():
            connection.sendall(b"X-Long: " + b"x" * 60000 + b"\r\n")

    site.routes["/headers"] = route
    with pytest.raises((Unreachable, CutOff)):
        fetcher(max_retries=0).fetch(site.url("/headers"))


def test_stated_length_over_the_limit_is_not_even_read(site: Site, fetcher: Build) -> None:
    site.routes["/big"] = page(b"x", length=50_000_000)
    with pytest.raises(TooLarge):
        fetcher().fetch(site.url("/big"))


@pytest.mark.parametrize("coding", ["gzip", "deflate", "gzip, gzip"])
def test_bomb_is_stopped_with_little_memory(coding: str, site: Site, fetcher: Build) -> None:
    zeros = b"\0" * 30_000_000
    bomb = zlib.compress(zeros) if coding == "deflate" else gzip.compress(zeros, 6)
    bomb = gzip.compress(bomb) if coding == "gzip, gzip" else bomb
    del zeros
    site.routes["/bomb"] = page(bomb, f"Content-Encoding: {coding}")
    build = fetcher()
    tracemalloc.start()
    try:
        with pytest.raises(TooLarge):
            build.fetch(site.url("/bomb"))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 8_000_000


def test_bomb_in_a_redirect_is_not_read(site: Site, fetcher: Build) -> None:
    def route(connection: socket.socket, _: str) -> None:
        connection.sendall(b"HTTP/1.1 302 Found\r\nLocation: /end\r\nTransfer-Encoding: chunked\r\n\r\n")
        while not site.closing.is_set():
            connection.sendall(b"10000\r\n" + b"x" * 0x10000 + b"\r\n")

    site.routes |= {"/start": route, "/end": page(b"arrived")}
    assert fetcher().fetch(site.url("/start")).body == b"arrived"


@pytest.mark.parametrize(
    "answer",
    [
        page(b"only this much", length=5000),
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\nff\r\nhello",
        page(gzip.compress(b"a page" * 500)[:-9], "Content-Encoding: gzip"),
        b"",
    ],
    ids=["length", "no last chunk", "short chunk", "short gzip", "nothing"],
)
def test_cut_off_answer_is_tried_again_and_then_an_error(answer: bytes, site: Site, fetcher: Build) -> None:
    site.routes["/cut"] = answer
    with pytest.raises(CutOff, match="cut off"):
        fetcher(max_retries=2).fetch(site.url("/cut"))
    assert site.asked_for("/cut") == 3


def test_cut_off_once_is_read_whole_the_second_time(site: Site, fetcher: Build) -> None:
    answers = [page(b"half", length=8), page(b"halfhalf")]
    site.routes["/cut"] = lambda connection, _: connection.sendall(answers.pop(0))
    assert fetcher().fetch(site.url("/cut")).body == b"halfhalf"


@pytest.mark.parametrize(
    ("body", "coding"),
    [
        (b"plain text", "gzip"),
        (b"\x1f\x8b\x08" + b"\xff" * 50, "gzip"),
        (b"x", "br"),
        (b"x", "gzip," * 9 + "gzip"),
    ],
    ids=["a lie", "broken", "not asked for", "too deep"],
)
def test_what_cannot_be_unpacked_says_so(body: bytes, coding: str, site: Site, fetcher: Build) -> None:
    site.routes["/odd"] = page(body, f"Content-Encoding: {coding}")
    with pytest.raises(NotADocument, match="unpack"):
        fetcher(max_retries=0).fetch(site.url("/odd"))


@pytest.mark.parametrize(
    "answer",
    [
        b"\x00\xff garbage\r\n\r\n",
        b"SSH-2.0-OpenSSH_9.2\r\n",
        page(b"x", "Content-Length: 7, 9"),
        b"HTTP/1.1 abc\r\n\r\n",
    ],
)
def test_what_is_not_http_is_an_error(answer: bytes, site: Site, fetcher: Build) -> None:
    site.routes["/odd"] = answer
    with pytest.raises((Unreachable, CutOff)) as caught:
        fetcher(max_retries=0).fetch(site.url("/odd"))
    assert "\n" not in str(caught.value)


def test_redirects_in_a_circle_end(site: Site, fetcher: Build) -> None:
    site.routes |= {"/a": redirect("/b"), "/b": redirect("/a")}
    with pytest.raises(TooManyRedirects, match="more than 5 redirects"):
        fetcher().fetch(site.url("/a"))
    assert site.asked_for("/a") + site.asked_for("/b") == 6


@pytest.mark.parametrize(
    "target",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/",
        "http://[fd00:ec2::254]/",
        "http://[::ffff:10.0.0.1]/",
        "http://0xa000001/",
        "http://167772161/",
        "http://012.0.0.1/",
        "//192.168.0.1/",
        "file:///etc/passwd",
        "ftp://example.org/",
        "http://user:secret@example.org/",
        "http://example.org:22/",
    ],
)
def test_redirect_inwards_is_refused(target: str, site: Site, fetcher: Build) -> None:
    site.routes["/start"] = redirect(target)
    with pytest.raises(RefusedAddress) as caught:
        fetcher().fetch(site.url("/start"))
    assert "secret" not in str(caught.value)


def test_robots_txt_that_redirects_inwards_is_refused(site: Site, fetcher: Build) -> None:
    site.routes |= {"/robots.txt": redirect("http://10.0.0.1/robots.txt"), "/": page(b"hello")}
    with pytest.raises(RefusedAddress):
        fetcher().fetch(site.url("/"))


def test_name_that_leads_to_loopback_is_refused_by_default(site: Site) -> None:
    site.routes["/"] = page(b"inner secret")
    strict = Fetcher(FetchSettings(allowed_ports=frozenset({site.port})))
    for host in ("localhost", "localhost.", "0x7f.1", "0x7f000001"):
        with pytest.raises(RefusedAddress):
            strict.fetch(site.url("/", host))
    assert site.requests == []


def test_name_that_moves_inwards_between_two_lookups_is_refused(site: Site) -> None:
    """DNS rebinding: the check and the connection must rest on the same answer."""
    site.routes["/"] = page(b"inner secret")
    lookups: list[str] = []

    def rebinding(host: str, port: int, *_: object) -> list[tuple[int, int, int, str, tuple[str, int]]]:
        lookups.append(host)
        # 192.0.2.1 is for documentation and refused too; 127.0.0.1 is what the attacker wants.
        address = "8.8.8.8" if len(lookups) % 2 == 0 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    strict = FetchSettings(allowed_ports=frozenset({site.port}), total_deadline=0.5)
    with pytest.raises(RefusedAddress, match="inner network"):
        Fetcher(strict, resolver=rebinding).fetch(site.url("/", "rebind.example"))
    assert site.requests == []


def test_name_with_one_inner_answer_among_public_ones_is_refused(site: Site) -> None:
    def both(host: str, port: int, *_: object) -> list[tuple[int, int, int, str, tuple[str, int]]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, port)) for a in ("8.8.8.8", "127.0.0.1")]

    strict = FetchSettings(allowed_ports=frozenset({site.port}), total_deadline=0.5)
    with pytest.raises(RefusedAddress):
        Fetcher(strict, resolver=both).fetch(site.url("/", "both.example"))
    assert site.requests == []


def test_proxy_of_the_environment_is_not_used(site: Site, fetcher: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    site.routes["/"] = page(b"direct")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert fetcher().fetch(site.url("/")).body == b"direct"


def test_folded_and_control_characters_in_headers_stay_out_of_the_message(site: Site, fetcher: Build) -> None:
    site.routes["/odd"] = b"HTTP/1.1 404 No\x1b[31m\x07t\r\nContent-Length: 0\r\n\r\n"
    with pytest.raises(ScrapeError) as caught:
        fetcher().fetch(site.url("/odd"))
    assert str(caught.value).isprintable()


def test_ipv6_loopback_is_reached_only_when_allowed() -> None:
    try:
        running = serve({"/": page(b"six")}, "::1")
        site = running.__enter__()
    except OSError:
        pytest.skip("no IPv6 on this machine")
    try:
        settings = FetchSettings(allowed_ports=frozenset({site.port}), min_interval=0, total_deadline=3)
        with pytest.raises(RefusedAddress):
            Fetcher(settings).fetch(site.url("/", "[::1]"))
        assert Fetcher(replace(settings, allow_loopback=True)).fetch(site.url("/", "[::1]")).body == b"six"
    finally:
        running.__exit__(None, None, None)
