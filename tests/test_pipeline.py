"""The one place that joins scrapers, reading and database: inputs in, rows out, failures noted."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from commands import PACK, article

from db.checks import run_checks
from db.store import get_claim, list_claims
from scrapers.archive import Archive
from scrapers.document import Capture, Document
from scrapers.errors import ScrapeError
from tracker.errors import SettingsError
from tracker.outcomes import Added, Failed, Stated
from tracker.own_words import load_kinds, load_publishers
from tracker.pipeline import Adder, document_of, is_url
from tracker.recording import label_of
from tracker.settings import Settings

PAGE = article(
    "Rail operator fined",
    "The regulator fined Acme Rail £3 million on Friday after 412 trains were cancelled in one week.",
    "Passengers at Oakhanger waited for two hours in the rain, and no bus came for them that night.",
)


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "press.db"


@pytest.fixture
def adder(db: Path) -> Iterator[Adder]:
    with Adder(db, Settings()) as running:
        yield running


def query(db: Path, sql: str) -> list[Any]:
    with closing(sqlite3.connect(db)) as connection:
        return connection.execute(sql).fetchall()


def test_what_is_read_is_what_is_stored(adder: Adder, db: Path) -> None:
    added = adder.add(str(PACK / "interview.html"))
    assert isinstance(added, Added)
    from db.engine import open_database

    engine = open_database(db)
    stored = {claim.key: claim for claim in list_claims(engine)}
    assert set(stored) == {claim.key for claim in added.reading.claims}
    for claim in added.reading.claims:
        kept = stored[claim.key]
        for name in (
            "quote",
            "kind",
            "also_kinds",
            "subject",
            "speaker",
            "origin",
            "stance",
            "as_of",
            "sourcing",
        ):
            assert getattr(kept, name) == getattr(claim, name), name
        assert [(t.name, t.role, t.organisation) for t in kept.chain] == [
            (t.name, t.role, t.organisation) for t in claim.chain
        ]
        for one, other in zip(kept.figures, claim.figures, strict=True):
            for name in (
                "text",
                "value",
                "low",
                "high",
                "unit",
                "unit_stated",
                "unit_reason",
                "comparator",
                "date",
            ):
                assert getattr(one, name) == getattr(other, name), name
        assert [(s.name, s.url, s.how) for s in kept.sources] == [(s.name, s.url, s.how) for s in claim.sources]
    linked = next(claim for claim in stored.values() if claim.sourcing == "linked")
    evidence = get_claim(engine, linked.id).evidence
    assert any(e.url and e.relation == "mentions" and e.is_primary for e in evidence)
    engine.dispose()


def test_the_bytes_are_archived_before_they_are_read_and_come_back(adder: Adder, db: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(PAGE)
    adder.add(str(page))
    ((sha256, size),) = query(db, "SELECT sha256, size FROM snapshots")
    archive = Archive(tmp_path / "press.archive")
    assert archive.load(sha256) == PAGE
    assert size == len(PAGE)


def test_even_what_cannot_be_read_is_archived(adder: Adder, tmp_path: Path) -> None:
    bad = tmp_path / "bad.eml"
    bad.write_bytes(b"From: a@b.example\nMessage-ID: <1@b.example>\nMIME-Version: 1.0\n\n")
    outcome = adder.add(str(bad))
    assert isinstance(outcome, Failed)
    assert outcome.stage == "extract"
    assert len(list((tmp_path / "press.archive").iterdir())) > 0


def test_a_failure_never_stops_the_others_and_is_counted(adder: Adder, db: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(PAGE)
    outcomes = [adder.add(source) for source in ("none.txt", str(page), str(tmp_path))]
    assert [type(outcome) for outcome in outcomes] == [Failed, Added, Failed]
    assert adder.counts["failed"] == 2
    assert adder.counts["inputs"] == 1
    assert query(db, "SELECT stage FROM failures") == [("input",), ("input",)]


def test_a_run_is_noted_with_its_end_and_its_counts(db: Path, tmp_path: Path) -> None:
    with Adder(db, Settings(), "demo") as adder:
        adder.add("none.txt")
        assert query(db, "SELECT ended_at FROM runs") == [(None,)]
    ((command, ended, counts),) = query(db, "SELECT command, ended_at, counts FROM runs")
    assert command == "demo"
    assert ended.endswith("Z")
    assert '"failed": 1' in counts


def test_a_run_that_breaks_is_noted_with_its_end(db: Path) -> None:
    def broken() -> None:
        with Adder(db, Settings()):
            raise RuntimeError("the terminal went")

    with pytest.raises(RuntimeError):
        broken()
    ((ended,),) = query(db, "SELECT ended_at FROM runs")
    assert ended is not None


def test_a_changed_page_is_a_new_version_of_the_same_document(adder: Adder, db: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    stated = Stated(url="https://news.example/a?utm_source=x")
    page.write_bytes(PAGE)
    adder.add(str(page), stated)
    page.write_bytes(PAGE.replace(b"3 million", b"4 million"))
    outcome = adder.add(str(page), stated)
    assert isinstance(outcome, Added)
    assert (outcome.result.new_document, outcome.result.new_snapshot) == (False, True)
    assert outcome.result.claims_new >= 1
    assert query(db, "SELECT url FROM documents") == [("https://news.example/a",)]
    assert run_checks(db) == []


def test_what_a_page_no_longer_carries_is_absent(adder: Adder, db: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    stated = Stated(url="https://news.example/a")
    for million in (b"3 million", b"4 million"):
        page.write_bytes(PAGE.replace(b"3 million", million))
        adder.add(str(page), stated)
    states = dict(query(db, "SELECT f.text, c.state FROM claims c JOIN figures f ON f.claim_id = c.id"))
    assert states["£4 million"] == "present"
    assert states["£3 million"] == "absent"
    before = query(db, "SELECT id, state, updated_at FROM claims ORDER BY id")
    page.write_bytes(PAGE)
    adder.add(str(page), stated)
    assert query(db, "SELECT id, state, updated_at FROM claims ORDER BY id") == before


def test_two_files_with_the_same_bytes_are_one_document(adder: Adder, db: Path, tmp_path: Path) -> None:
    for name in ("a.html", "b.html"):
        (tmp_path / name).write_bytes(PAGE)
        adder.add(str(tmp_path / name))
    assert query(db, "SELECT count(*) FROM documents") == [(1,)]


def test_what_a_person_states_wins_over_the_page() -> None:
    capture = Capture("page.html", PAGE, "2026-01-02T03:04:05Z", filename="page.html")
    document, _ = document_of(capture, Stated(publisher="The Post", kind="report", published="2020-07"))
    assert (document.publisher, document.kind, document.published) == ("The Post", "report", "2020-07")
    assert {document.won_by[name] for name in ("publisher", "kind", "published")} == {"stated"}
    assert document.title == "Rail operator fined"


def test_a_kind_that_is_stated_is_not_overruled_by_turns() -> None:
    text = b"Host: What is it?\n\nAnn Lee: It was fined.\n\nHost: And why?\n\nAnn Lee: For 412 trains.\n"
    capture = Capture("t.txt", text, "2026-01-02T03:04:05Z", filename="t.txt")
    assert document_of(capture, Stated())[0].kind == "interview"
    assert document_of(capture, Stated(kind="transcript"))[0].kind == "transcript"


@pytest.mark.parametrize(
    ("document", "label"),
    [
        (Document("article", "x", title="A title"), "A title"),
        (
            Document("email", "x", publisher="Acme", published="2020-07-02T08:00:00Z"),
            "E-mail from Acme, 2020-07-02 (no title)",
        ),
        (Document("report", "x"), "Report (no title)"),
    ],
)
def test_a_document_always_has_a_label(document: Document, label: str) -> None:
    assert label_of(document) == label


@pytest.mark.parametrize(
    ("source", "expected"),
    [("https://a.example", True), ("HTTP://a.example", True), ("a.html", False), ("https.txt", False)],
)
def test_what_is_an_address(source: str, expected: bool) -> None:
    assert is_url(source) is expected


# ------------------------------------------------ the user's own kinds and publishers


def test_a_users_kind_is_added_and_one_of_the_same_name_replaces(tmp_path: Path) -> None:
    (tmp_path / "flood.toml").write_text('name = "flood"\ndimensions = ["count"]\nfigure = [\'\\bfloods?\\b\']\n')
    (tmp_path / "fine.toml").write_text('name = "fine"\ntitle = "Mine"\n')
    kinds = {kind.name: kind for kind in load_kinds(tmp_path)}
    assert {"flood", "poll"} <= set(kinds)
    assert kinds["fine"].title == "Mine"
    assert len(load_kinds(tmp_path)) == len(load_kinds()) + 1


@pytest.mark.parametrize(
    "content",
    [
        "name = [",
        'name = "Not Good"',
        'name = "x"\ncolour = "red"',
        "name = \"x\"\nfigure = ['(']",
        'name = "x"\nfigure = 3',
    ],
)
def test_a_kind_that_cannot_be_used_is_one_line_with_its_file(content: str, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(content)
    with pytest.raises(SettingsError, match=r"mine\.toml") as error:
        load_kinds(tmp_path)
    assert "\n" not in str(error.value)


def test_a_users_kind_reads(tmp_path: Path) -> None:
    (tmp_path / "kinds").mkdir()
    (tmp_path / "kinds" / "flood.toml").write_text(
        'name = "flood"\npriority = 99\ndimensions = ["count"]\nfigure = [\'\\bflooded\\b\']\n'
    )
    page = tmp_path / "page.txt"
    page.write_text("Last winter 412 homes were flooded in the town, the council said.\n", encoding="utf-8")
    with Adder(tmp_path / "press.db", Settings(kinds=tmp_path / "kinds")) as adder:
        outcome = adder.add(str(page))
    assert isinstance(outcome, Added)
    assert [claim.kind for claim in outcome.reading.claims] == ["flood"]


def test_a_users_publisher_comes_before_ours(tmp_path: Path) -> None:
    own = tmp_path / "publishers.toml"
    own.write_text('[[publisher]]\nname = "Mine"\nkind = "news"\ndomains = ["nao.org.uk"]\n', encoding="utf-8")
    found = load_publishers(own).of_url("https://www.nao.org.uk/x")
    assert found is not None
    assert found.name == "Mine"


@pytest.mark.parametrize("content", [b"[[publisher]]\nkind = 'x'\n", b"[[", b"\xff", None])
def test_a_table_of_publishers_that_cannot_be_used_is_told(content: bytes | None, tmp_path: Path) -> None:
    own = tmp_path / "publishers.toml"
    if content is not None:
        own.write_bytes(content)
    with pytest.raises(SettingsError, match=r"publishers\.toml"):
        load_publishers(own)


def test_errors_of_scrapers_say_their_line() -> None:
    error = ScrapeError("no such thing", "a\nb", "look")
    assert str(error) == "no such thing: a\N{REPLACEMENT CHARACTER}b: look"


@pytest.mark.parametrize(
    ("watch", "why"),
    [
        (("acme RAIL services",), "the subject's own name, in any case"),
        (("Nobody Ltd", "The Acme Rail Services"), "one of several, with an article"),
        (("ARS",), "what the page calls it for short"),
    ],
)
def test_a_watched_subject_comes_first_once_its_source_is_read_again(
    watch: tuple[str, ...], why: str, db: Path, tmp_path: Path
) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(
        article(
            "Late trains",
            "Acme Rail Services (ARS) cancelled 412 trains in one week. ARS was fined £3 million on Friday.",
            "Oakhanger Council paid £40,000 for taxis. Passengers waited for two hours in the rain at the station.",
        )
    )

    def weights(settings: Settings) -> dict[int, int]:
        with Adder(db, settings) as adder:
            assert isinstance(adder.add(str(page)), Added)
        return {row[0]: row[1] for row in query(db, "SELECT id, weight FROM claims")}

    before, after = weights(Settings()), weights(Settings(watch=watch))
    subjects = dict(query(db, "SELECT claims.id, parties.name FROM claims JOIN parties ON parties.id = subject_id"))
    watched = {claim for claim, name in subjects.items() if name in ("Acme Rail Services", "ARS")}
    assert 0 < len(watched) < len(before), "the page speaks of it, and of others"
    assert {claim: after[claim] - before[claim] for claim in before} == {c: 20 * (c in watched) for c in before}, why
    assert weights(Settings()) == before, "who is watched no more goes back"
