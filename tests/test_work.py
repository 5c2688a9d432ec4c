"""``tracker work``: fetches what was asked for, once, in order, and stops when it is told to."""

from __future__ import annotations

import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from bad_server import Site, page
from commands import article, environment, query, rows, run

from db.checks import run_checks
from db.engine import open_database
from db.requests import ask
from scrapers.fetch import FetchSettings
from tracker import pipeline

AT = "2024-05-01T10:00:00.000Z"


def story(n: int) -> bytes:
    return page(
        article(
            f"Operator {n} fined",
            f"The regulator fined Operator {n} £{n + 2} million over {n * 7 + 11} lost trains.",
            f"At least {n * 13 + 101} passengers waited for hours, the watchdog said in a report.",
        ),
        "Content-Type: text/html",
    )


def settings_for(port: int, **changes: object) -> FetchSettings:
    return FetchSettings(
        **changes,  # type: ignore[arg-type]
        total_deadline=3.0,
        robots_deadline=1.0,
        min_interval=0.0,
        backoff=0.02,
        max_retries=0,
        allowed_ports=frozenset({port}),
        allow_loopback=True,
    )


@pytest.fixture
def site(site: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    monkeypatch.setattr(pipeline, "FetchSettings", lambda **changes: settings_for(site.port, **changes))
    return site


def asked(db: Path, *urls: str) -> None:
    engine = open_database(db)
    for url in urls:
        ask(engine, url, "ann", AT)
    engine.dispose()


def state(db: Path) -> list[Any]:
    return query(db, "SELECT url, state, document_id, reason, remedy FROM requests ORDER BY id")


def test_rows_are_fetched_in_order_and_closed_with_what_came_of_them(site: Site, here: Path) -> None:
    db = here / "press.db"
    site.routes.update({"/1": story(1), "/2": story(2)})
    site.routes["/feed"] = page(b"<rss version='2.0'><channel/></rss>", "Content-Type: text/xml")
    urls = [site.url(path) for path in ("/1", "/gone", "/feed", "/2")]
    asked(db, *urls, "http://192.168.0.1/")
    with closing(sqlite3.connect(db)) as connection:
        # Past the check, as another program might.
        connection.execute(
            "INSERT INTO requests (url, requested_by, requested_at) VALUES ('file:///etc/passwd', 'eve', ?)", (AT,)
        )
        connection.commit()
    result = run("work", "--once")
    assert result.exit_code == 0
    found = state(db)
    assert [row[:3] for row in found[:4]] == [
        (urls[0], "done", 1), (urls[1], "failed", None), (urls[2], "failed", None), (urls[3], "done", 2)
    ]  # fmt: skip
    reasons = [str(row[3]) for row in found]
    assert "answered 404" in reasons[1]
    assert "a feed or sitemap" in reasons[2]
    assert "refused" in reasons[4]
    assert "only http and https" in reasons[5]
    assert all(row[4] for row in found if row[1] == "failed")
    assert query(db, "SELECT count(*) FROM failures JOIN runs ON runs.id = run_id WHERE command = 'work'") == [(4,)]
    lines = result.stdout.splitlines() + result.stderr.splitlines()
    assert sum(line.startswith(("request ", "Error: request ")) for line in lines) == 6
    assert lines.count("2 pages fetched, 4 failed") == 1
    assert run_checks(db) == []


def test_an_empty_queue_is_over_at_once_and_json_is_a_row_an_object(site: Site, here: Path) -> None:
    assert run("work", "--once").exit_code == 0
    site.routes["/1"] = story(1)
    asked(here / "press.db", site.url("/1"))
    (told,) = rows(run("work", "--once", "--json").stdout)
    assert (told["request_id"], told["input"], told["document_id"]) == (1, site.url("/1"), 1)
    asked(here / "press.db", site.url("/1"))
    (again,) = rows(run("work", "--once", "--json").stdout)
    assert (again["document_id"], again["new_document"], again["claims_new"]) == (1, False, 0)


#: The command, which may call on one port of this machine.
WORKER = """
import sys
from scrapers.fetch import FetchSettings
from tracker import pipeline
port = int(sys.argv.pop(1))
pipeline.FetchSettings = lambda **more: FetchSettings(
    **more, min_interval=0.0, allowed_ports=frozenset({port}), allow_loopback=True)
from tracker.cli import main
main(prog_name="tracker")
"""


def start(site: Site, folder: Path, *options: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", WORKER, str(site.port), "work", *options],
        cwd=folder,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def wait_for(check: object, seconds: float = 60.0) -> None:
    until = time.monotonic() + seconds
    while not check() and time.monotonic() < until:  # type: ignore[operator]
        time.sleep(0.05)
    assert check()  # type: ignore[operator]


@pytest.mark.parametrize("blow", [signal.SIGINT, signal.SIGTERM], ids=lambda blow: blow.name)
def test_told_to_stop_it_finishes_the_page_at_hand(blow: signal.Signals, site: Site, tmp_path: Path) -> None:
    db = tmp_path / "press.db"
    go = threading.Event()

    def slow(connection: socket.socket, path: str) -> None:
        go.wait(30)
        connection.sendall(story(1))

    site.routes.update({"/slow": slow, "/2": story(2)})
    asked(db, site.url("/slow"), site.url("/2"))
    worker = start(site, tmp_path)
    wait_for(lambda: site.asked_for("/slow"))
    worker.send_signal(blow)
    time.sleep(0.2)
    go.set()
    out, err = worker.communicate(timeout=60)
    assert worker.returncode == 0, err
    assert err == b""
    assert [row[1] for row in state(db)] == ["done", "waiting"]
    assert b"1 page fetched" in out
    ((ended,),) = query(db, "SELECT ended_at IS NOT NULL FROM runs")
    assert ended


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_a_killed_workers_row_stays_and_others_are_served_meanwhile(site: Site, tmp_path: Path) -> None:
    db = tmp_path / "press.db"
    hold = threading.Event()

    def never(connection: socket.socket, path: str) -> None:
        hold.wait(60)

    site.routes.update({"/never": never, "/2": story(2)})
    asked(db, site.url("/never"), site.url("/2"))
    worker = start(site, tmp_path)
    wait_for(lambda: site.asked_for("/never"))
    worker.kill()
    worker.communicate(timeout=30)
    hold.set()
    assert run("work", "--once", "--db", db).exit_code == 0
    assert [row[1] for row in state(db)] == ["working", "done"]
    with closing(sqlite3.connect(db)) as connection:
        connection.execute("UPDATE requests SET started_at = '2020-01-01T00:00:00.000Z' WHERE state = 'working'")
        connection.commit()
    site.routes["/never"] = story(1)
    assert run("work", "--once", "--db", db).exit_code == 0
    assert [row[1] for row in state(db)] == ["done", "done"]
    assert query(db, "SELECT attempts FROM requests ORDER BY id") == [(2,), (1,)]


def test_two_workers_share_a_queue_and_fetch_each_page_once(site: Site, tmp_path: Path) -> None:
    db = tmp_path / "press.db"
    paths = [f"/{n}" for n in range(8)]
    site.routes.update({path: story(n) for n, path in enumerate(paths)})
    asked(db, *map(site.url, paths))
    workers = [start(site, tmp_path, "--once") for _ in range(2)]
    assert [worker.communicate(timeout=120)[1] for worker in workers] == [b"", b""]
    assert [site.asked_for(path) for path in paths] == [1] * 8
    assert {row[1] for row in state(db)} == {"done"}
    assert run_checks(db) == []
