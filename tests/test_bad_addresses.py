"""Addresses through the real command line: pages that answer, and servers that do not."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
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
        def settings(**changes: object) -> FetchSettings:
            return FetchSettings(
                **changes,  # type: ignore[arg-type]
                total_deadline=1.0,
                robots_deadline=0.5,
                min_interval=0.0,
                backoff=0.02,
                allowed_ports=frozenset({port}),
                allow_loopback=True,
            )

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
