"""Addresses through the real command line: pages that answer, and servers that do not."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from bad_server import Route, page, redirect, serve
from commands import article, query, run

from scrapers.fetch import FetchSettings
from tracker import pipeline

GOOD = article(
    "Rail operator fined",
    "The regulator fined Acme Rail £3 million on Friday after 412 trains were cancelled in one week.",
    "Passengers at Oakhanger waited for two hours in the rain, and no bus came for them that night.",
)


@pytest.fixture
def loopback(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Let the command line call on one port of this machine, as it otherwise never does."""

    def allow(port: int) -> None:
        def settings(**stated: Any) -> FetchSettings:
            for_tests = {
                "total_deadline": 1.0,
                "robots_deadline": 0.5,
                "min_interval": 0.0,
                "backoff": 0.02,
                "max_bytes": 200_000,
                "longest_pause": 1.0,
                "allowed_ports": frozenset({port}),
                "allow_loopback": True,
            }
            return FetchSettings(**{**stated, **for_tests})

        monkeypatch.setattr(pipeline, "FetchSettings", settings)

    return allow


@contextmanager
def serving(answer: bytes | None) -> Iterator[int]:
    """A server that gives one answer to whatever it is asked, or, for None, never any."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        over = threading.Event()

        def loop() -> None:
            waiting = []
            while not over.is_set():
                try:
                    connection, _ = server.accept()
                except TimeoutError:
                    continue
                if answer is None:
                    waiting.append(connection)
                    continue
                with connection:
                    asked = connection.recv(65536)
                    robots = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                    connection.sendall(robots if b" /robots.txt " in asked else answer)
            for connection in waiting:
                connection.close()

        thread = threading.Thread(target=loop)
        thread.start()
        try:
            yield server.getsockname()[1]
        finally:
            over.set()
            thread.join()


def answering(body: bytes, status: str = "200 OK", media: str = "text/html; charset=utf-8") -> bytes:
    lines = [
        f"HTTP/1.1 {status}",
        f"Content-Type: {media}",
        f"Content-Length: {len(body)}",
        "Connection: close",
    ]
    return "\r\n".join([*lines, "", ""]).encode() + body


@pytest.mark.parametrize(
    "answer",
    [
        None,
        answering(b"gone", "410 Gone"),
        answering(b"\x89PNG\r\n\x1a\n" * 9, media="image/png"),
        answering(b""),
        b"not HTTP at all\r\n\r\n",
    ],
    ids=["silent", "gone", "picture", "empty page", "no HTTP"],
)
def test_an_address_that_gives_no_page(
    answer: bytes | None, loopback: Callable[[int], None], tmp_path: Path, here: Path
) -> None:
    Path("good.html").write_bytes(GOOD)
    with serving(answer) as port:
        loopback(port)
        url = f"http://127.0.0.1:{port}/story"
        result = run("add", url, "good.html")
    assert result.exit_code == 1
    (line,) = result.stderr.splitlines()
    assert url in line
    ((stage, kept),) = query(tmp_path / "press.db", "SELECT stage, input FROM failures")
    assert kept == url
    assert stage in {"fetch", "extract"}
    assert query(tmp_path / "press.db", "SELECT count(*) FROM documents") == [(1,)]


def test_nobody_listens_at_the_address(loopback: Callable[[int], None], tmp_path: Path, here: Path) -> None:
    with serving(b"") as port:
        pass
    loopback(port)
    result = run("add", f"http://127.0.0.1:{port}/story")
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert query(tmp_path / "press.db", "SELECT stage FROM failures") == [("fetch",)]


def test_a_page_that_answers_goes_in_with_its_address(
    loopback: Callable[[int], None], tmp_path: Path, here: Path
) -> None:
    with serving(answering(GOOD)) as port:
        loopback(port)
        url = f"http://127.0.0.1:{port}/story"
        assert run("add", url).exit_code == 0
        assert run("add", url).exit_code == 0
    assert query(tmp_path / "press.db", "SELECT url FROM documents") == [(url,)]
    assert query(tmp_path / "press.db", "SELECT status, final_url FROM snapshots") == [(200, url)]


def _drip(connection: socket.socket, _: str) -> None:
    """A byte now and then, for as long as the other side listens."""
    connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    for byte in GOOD * 9:
        connection.sendall(bytes([byte]))
        time.sleep(0.05)


def _endless(connection: socket.socket, _: str) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        connection.sendall(b"10000\r\n" + b"x" * 0x10000 + b"\r\n")


def _with_port(route: Route, port: int) -> Route:
    return route.replace(b"PORT", str(port).encode()) if isinstance(route, bytes) else route


BUSY = page(b"", "Retry-After: 900", status="503 Service Unavailable")
PACKED = page(gzip.compress(b"boom " * 1_000_000), "Content-Encoding: gzip")
SAVE, PUBLIC = "save the page in a browser and add the file", "give a public http or https address"
#: (what happens, the routes of the server, the step that fails, what is said, what is to do)
FAILURES: list[tuple[str, dict[str, Route], str, str, str]] = [
    ("forbidden by robots.txt", {"/robots.txt": page(b"User-agent: *\nDisallow: /")}, "fetch", "forbids", SAVE),
    ("robots.txt is broken", {"/robots.txt": page(b"", status="500 X")}, "fetch", "could not be read", SAVE),
    ("an odd port", {"/a": redirect("http://127.0.0.1/")}, "fetch", "port 80 is not allowed", "the setting ports"),
    ("inwards", {"/a": redirect("http://10.0.0.1:PORT/")}, "fetch", "in an inner network", PUBLIC),
    ("another scheme", {"/a": redirect("file:///etc/passwd")}, "fetch", "file: is not http", PUBLIC),
    ("another port", {"/a": redirect("http://127.0.0.1:22/")}, "fetch", "port 22 is not allowed", "the setting ports"),
    ("in a circle", {"/a": redirect("/a")}, "fetch", "more than 5 redirects", "add the address where it ends"),
    ("a drip", {"/a": _drip}, "fetch", "no whole answer within 1 seconds", "try again later, or save the page"),
    ("endless", {"/a": _endless}, "fetch", "larger than the limit of 0.2 MB", "save the part you need"),
    ("said to be large", {"/a": page(b"x", length=9_000_000)}, "fetch", "larger than the limit", "save the part"),
    ("a bomb", {"/a": PACKED}, "fetch", "larger than the limit", "save the part"),
    ("cut off", {"/a": page(b"half", length=9)}, "fetch", "the answer was cut off", "try again later"),
    ("not found", {"/a": page(b"", status="404 Not Found")}, "fetch", "answered 404 Not Found", "check the address"),
    ("paid for", {"/a": page(b"", status="403 Forbidden")}, "fetch", "answered 403 Forbidden", SAVE),
    ("down", {"/a": page(b"", status="500 Oops")}, "fetch", "answered 500 Oops", "try again later"),
    ("busy", {"/a": BUSY}, "fetch", "answered 503 Service Unavailable", "try again in 900 seconds"),
    ("unasked coding", {"/a": page(b"x", "Content-Encoding: br")}, "fetch", "'br' is not supported", SAVE),
    ("broken coding", {"/a": page(b"x" * 99, "Content-Encoding: gzip")}, "fetch", "cannot be unpacked", SAVE),
    ("no HTTP", {"/a": b"\x00\xff garbage\r\n\r\n"}, "fetch", "not valid HTTP", "check the address"),
    ("two lengths", {"/a": page(b"x", "Content-Length: 7, 9")}, "fetch", "not valid HTTP", "check the address"),
    ("a picture", {"/a": page(b"\x89PNG\r\n\x1a\n" * 9, "Content-Type: image/png")}, "extract", "", ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("routes", "stage", "says", "todo"), [row[1:] for row in FAILURES], ids=[r[0] for r in FAILURES]
)
def test_each_failure_has_its_own_line_with_what_to_do(
    routes: dict[str, Route],
    stage: str,
    says: str,
    todo: str,
    loopback: Callable[[int], None],
    tmp_path: Path,
    here: Path,
) -> None:
    with serve(dict(routes)) as site:
        # The only port that is open is the server's own.
        site.routes = {path: _with_port(route, site.port) for path, route in routes.items()}
        loopback(site.port)
        result = run("add", site.url("/a"))
    assert result.exit_code == 1
    (line,) = result.stderr.splitlines()
    assert site.url("/a") in line
    assert says in line
    assert todo in line
    ((kept, reason, remedy),) = query(tmp_path / "press.db", "SELECT stage, reason, remedy FROM failures")
    assert kept == stage
    assert says in reason
    assert todo in remedy


@pytest.mark.parametrize(
    "source", ["javascript:1", "JavaScript:alert(1)", "mailto:ann@news.example", "data:text/html,x"]
)
@pytest.mark.parametrize("command", ["add", "read"])
def test_an_address_of_another_kind_is_no_missing_file(source: str, command: str, here: Path) -> None:
    result = run(command, source)
    assert result.exit_code == 1
    line = f"Error: not an http or https address: {source}: give a public http or https address"
    assert line in result.stderr.splitlines()


def test_a_file_may_be_called_like_an_address(here: Path) -> None:
    Path("data:1.html").write_bytes(
        article("Bins", "The council lost 40 vans in 2020, the auditor said in a long report on the town on Friday.")
    )
    assert run("add", "data:1.html").exit_code == 0
    assert "no such file" in run("add", "report:2.html").stderr
