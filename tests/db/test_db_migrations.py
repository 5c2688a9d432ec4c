"""A database of an older schema, filled, and brought to the newest."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from db_samples import DOCUMENT, NOW, PAGE, READER, claims, snapshot, text

from db.checks import run_checks
from db.engine import open_database, writing
from db.migrations import config
from db.store import get_claim, list_claims, store_document
from tracker import desk
from tracker.desk_sourcing import wrong_sourcings

_INSERTED = ("outlets", "documents", "snapshots", "texts", "passages", "parties", "claims", "claim_kinds",
             "claim_spans", "figures", "sources", "evidence")  # fmt: skip


def test_the_second_schema_fills_what_it_adds(tmp_path: Path) -> None:
    newest, old = tmp_path / "newest.db", tmp_path / "old.db"
    engine = open_database(newest)
    store_document(engine, DOCUMENT, snapshot(PAGE), text(PAGE), claims(PAGE), NOW, reader_version=READER)
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO sources (key, url, label) VALUES ('https://court.test/', 'https://court.test/', 'x')"
        )
        connection.exec_driver_sql(
            "INSERT INTO evidence (claim_id, source_id, relation, how, by_whom, created_at)"
            " SELECT 1, max(id), 'supports', 'attached', 'ann', ? FROM sources",
            (NOW,),
        )
    engine.dispose()
    _of_version("0001", old)
    _copy(newest, old)
    engine = open_database(old)
    detail = get_claim(engine, 1)
    assert detail.claim.is_backed
    assert detail.reviews == ()
    with engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT outlet_id, published, year FROM claims").all()
        labels = connection.exec_driver_sql("SELECT label FROM sources ORDER BY id").scalars().all()
    assert {tuple(row) for row in rows} == {(1, "2025-12-30", "2025")}
    assert all(labels)
    assert "https://court.test/" in labels
    assert [claim.id for claim in list_claims(engine, lacking_source=True)] == [3]
    engine.dispose()
    assert run_checks(old) == []


def test_the_third_schema_keeps_what_a_text_gives_apart_and_parts_whom_nobody_names(tmp_path: Path) -> None:
    newest, old = tmp_path / "newest.db", tmp_path / "old.db"
    _fill_with_attached(newest)
    _of_version("0002", old)
    _copy(newest, old, "reviews")
    with closing(sqlite3.connect(old)) as connection, connection:
        # As the second schema had them: what people attached changed nothing, and the same words were one source.
        connection.execute("UPDATE claims SET sourcing = 'none', sourcing_reason = 'read'")
        connection.execute("UPDATE sources SET key = 'staff', kind = NULL WHERE key = 'UNNAMED IN 1: staff'")
        (shared,) = connection.execute("SELECT id FROM sources WHERE key = 'staff'").fetchone()
        (other,) = connection.execute("SELECT id FROM sources WHERE key = 'UNNAMED IN 2: staff'").fetchone()
        connection.execute("UPDATE evidence SET source_id = ? WHERE source_id = ?", (shared, other))
        connection.execute("DELETE FROM sources WHERE id = ?", (other,))
    engine = open_database(old)
    with engine.connect() as connection:
        rows = connection.exec_driver_sql(
            "SELECT id, sourcing, sourcing_reason, read_sourcing, read_sourcing_reason FROM claims ORDER BY id"
        ).all()
        unnamed = connection.exec_driver_sql(
            "SELECT s.key, s.label, s.kind, c.document_id FROM evidence AS e JOIN sources AS s ON s.id = e.source_id"
            " JOIN claims AS c ON c.id = e.claim_id WHERE e.how = 'anonymous' ORDER BY c.document_id"
        ).all()
        wrong = list(wrong_sourcings(connection))
    engine.dispose()
    assert {(row.read_sourcing, row.read_sourcing_reason) for row in rows} == {("none", "read")}
    assert [row.sourcing for row in rows] == ["primary", "linked", "named", "none", "anonymous", "primary"]
    assert rows[0].sourcing_reason == 'ann attached "Judgment 12" (Crown Court), a primary source, which supports it'
    assert rows[3].sourcing_reason == "read"
    assert [tuple(row) for row in unnamed] == [
        ("UNNAMED IN 1: staff", "Staff", "anonymous", 1),
        ("UNNAMED IN 2: staff", "Staff", "anonymous", 2),
    ]
    # The words of the migration are those that the desk would write now.
    assert wrong == []
    assert run_checks(old) == []


def _fill_with_attached(path: Path) -> None:
    """Two documents of three claims each; people attached something to each claim."""
    engine = open_database(path)
    store_document(engine, DOCUMENT, snapshot(PAGE), text(PAGE), claims(PAGE), NOW, reader_version=READER)
    other = replace(DOCUMENT, key="https://b.test/", url="https://b.test/")
    again = [replace(claim, key=claim.key[::-1]) for claim in claims(PAGE)]
    store_document(engine, other, snapshot(PAGE), text(PAGE), again, NOW, reader_version=READER)
    court = desk.Attach(url="https://court.test/12", title="Judgment 12", publisher="Crown Court", is_primary=True)
    moves = [
        (1, court),
        (2, desk.Attach(url="https://news.test/story")),
        (3, desk.Attach(title="Annual report")),
        (4, desk.Attach(url="https://no.test/", relation="contradicts", is_primary=True)),
        (5, desk.Attach(title="A person close to it", kind="anonymous")),
        (6, desk.Attach(url="https://news.test/other", publisher="The News")),
        (6, court),
    ]
    for claim, request in moves:
        desk.move(engine, claim, desk.Person("ann", "checker"), request, now=NOW)
    engine.dispose()


def _copy(newest: Path, old: Path, *more: str) -> None:
    """Puts what the newest code stored into a database of an older schema, column by column."""
    with closing(sqlite3.connect(old)) as connection:
        connection.execute("ATTACH ? AS newest", (str(newest),))
        for name in (*_INSERTED, *more):
            columns = [f'"{row[1]}"' for row in connection.execute(f"PRAGMA main.table_info({name})")]
            listed = ", ".join(columns)
            connection.execute(f"INSERT INTO main.{name} ({listed}) SELECT {listed} FROM newest.{name}")  # noqa: S608
        connection.commit()


def _of_version(version: str, path: Path) -> None:
    engine = sa.create_engine(f"sqlite:///{path}")
    with engine.connect() as connection, writing(connection):
        made = config()
        made.attributes["connection"] = connection
        command.upgrade(made, version)
    engine.dispose()
