"""What nobody thought of costs the input that it came with, and nobody else's."""

from __future__ import annotations

import os
import socket
from dataclasses import replace
from pathlib import Path

import pytest
from bad_server import Site, page
from commands import article, query, run, spawn

from db.engine import open_database
from db.requests import ask
from scrapers.document import Capture, Document
from scrapers.fetch import FetchSettings
from scrapers.registry import Scraper, scraper_for
from tracker import pipeline

HALF = '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Operator fined","publisher":'
HALF += '{"@type":"Organization","name":"P\\ud800Q"}}</script>'
FAULT = "cannot be read, for a fault of this program (ValueError: nobody thought of this)"


def story(n: int, head: str = "") -> bytes:
    return article(
        f"Operator {n} fined",
        f"The regulator fined Operator {n} £{n + 2} million over {n * 7 + 11} lost trains.",
        f"At least {n * 13 + 101} passengers waited for hours, the watchdog said in a report.",
        head=head,
    )


def html(body: bytes) -> bytes:
    return page(body, "Content-Type: text/html")


@pytest.fixture
def site(site: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    def near(**changes: object) -> FetchSettings:
        return FetchSettings(
            **changes,  # type: ignore[arg-type]
            total_deadline=3.0,
            robots_deadline=1.0,
            min_interval=0.0,
            max_retries=0,
            allowed_ports=frozenset({site.port}),
            allow_loopback=True,
        )

    monkeypatch.setattr(pipeline, "FetchSettings", near)
    return site


@pytest.fixture
def falls_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of the reader's own, which pages with this mark bring to light."""

    def reader(capture: Capture) -> Scraper:
        chosen = scraper_for(capture)

        def extract(given: Capture) -> Document:
            if b"fault-of-ours" in given.body:
                raise ValueError("nobody thought of this")
            return chosen.extract(given)

        return replace(chosen, extract=extract)

    monkeypatch.setattr(pipeline, "scraper_for", reader)


def test_half_a_character_goes_in_as_one_that_can_be_written(here: Path) -> None:
    Path("a.html").write_bytes(story(1, HALF))
    assert run("add", "a.html", "--db", "p.db").exit_code == 0
    assert query(Path("p.db"), "SELECT name FROM outlets") == [("P\ufffdQ",)]


@pytest.mark.usefixtures("falls_over")
def test_a_fault_of_ours_costs_its_input_alone(here: Path) -> None:
    for name, body in {"a.html": story(1), "b.html": story(2, "<!--fault-of-ours-->"), "c.html": story(3)}.items():
        Path(name).write_bytes(body)
    result = run("add", "a.html", "b.html", "c.html", "--db", "p.db")
    assert result.exit_code == 1
    assert f"{FAULT}: b.html: report it with the input" in result.stderr
    assert query(Path("p.db"), "SELECT title FROM documents") == [("Operator 1 fined",), ("Operator 3 fined",)]
    assert query(Path("p.db"), "SELECT input, reason, remedy FROM failures") == [
        ("b.html", FAULT, "report it with the input")
    ]


@pytest.mark.usefixtures("falls_over")
def test_a_fault_of_ours_is_a_failed_visit_and_a_failed_request(site: Site, here: Path) -> None:
    for n in (1, 2):
        site.routes[f"/{n}"] = html(story(n))
    db = Path("p.db")
    assert run("add", site.url("/1"), site.url("/2"), "--db", db).exit_code == 0
    site.routes["/1"] = html(story(5, "<!--fault-of-ours-->"))
    site.routes["/2"] = html(story(6))
    run("watch", "--all", "--db", db)
    newest = "SELECT outcome, reason FROM visits WHERE document_id = ? ORDER BY id DESC LIMIT 1"
    assert query(db, newest.replace("?", "1")) == [("failed", FAULT)]
    assert query(db, newest.replace("?", "2"))[0][0] == "changed"

    engine = open_database(db)
    for n in (1, 2):
        ask(engine, site.url(f"/{n}"), "ann", "2024-05-01T10:00:00.000Z")
    engine.dispose()
    run("work", "--once", "--db", db)
    assert query(db, "SELECT state, reason FROM requests ORDER BY id") == [("failed", FAULT), ("done", None)]


def test_a_name_that_is_no_text_is_read_and_told(here: Path) -> None:
    Path("d").mkdir()
    for n, name in enumerate((b"d/a\xff\xfeb.html", b"d/z.html"), 1):
        Path(os.fsdecode(name)).write_bytes(story(n))
    Path(os.fsdecode(b"d/empty\xff.txt")).write_bytes(b"")
    done = spawn("add", "d", "--db", "p.db", cwd=here)
    assert b"Traceback" not in done.stderr
    assert query(Path("p.db"), "SELECT input FROM snapshots ORDER BY input") == [
        ("d/a\ufffd\ufffdb.html",),
        ("d/z.html",),
    ]


def test_pipes_and_sockets_are_no_files(here: Path) -> None:
    Path("d").mkdir()
    os.mkfifo("d/a.txt")
    (Path("d") / "z.html").write_bytes(story(1))
    with socket.socket(socket.AF_UNIX) as own:
        own.bind("d/b.sock")
        done = spawn("add", "d", "d/a.txt", "--db", "p.db", cwd=here, timeout=20)
    assert done.stderr.count(b"not a regular file") >= 3
    assert query(Path("p.db"), "SELECT input FROM snapshots") == [("d/z.html",)]


def test_a_feed_within_a_feed_is_told_as_one(site: Site, here: Path) -> None:
    def feed(*links: str) -> bytes:
        items = "".join(f"<item><link>{link}</link></item>" for link in links)
        return page(f'<rss version="2.0"><channel>{items}</channel></rss>'.encode(), "Content-Type: text/xml")

    site.routes.update({"/feed": feed("/other", "/1"), "/other": feed("/2"), "/1": html(story(1))})
    result = run("add", site.url("/feed"), "--db", "p.db")
    assert f"a feed or sitemap within another, which is not followed: {site.url('/other')}" in result.stderr
    assert query(Path("p.db"), "SELECT title FROM documents") == [("Operator 1 fined",)]


def test_a_site_that_asks_for_rest_leaves_the_row_waiting(site: Site, here: Path) -> None:
    site.routes["/1"] = page(b"later", "Retry-After: 600", status="429 Too Many Requests")
    site.routes["/2"] = html(story(2))
    db = here / "press.db"
    engine = open_database(db)
    for n in (1, 2):
        ask(engine, site.url(f"/{n}"), "ann", "2024-05-01T10:00:00.000Z")
    engine.dispose()
    assert run("work", "--once").exit_code in (0, 1)
    found = query(db, "SELECT state, attempts, started_at > requested_at, document_id FROM requests ORDER BY id")
    assert found[1] == ("waiting", 0, 1, None), "asked for while the site rests"
