"""A database of the first schema, filled, and brought to the newest."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from db_samples import DOCUMENT, NOW, PAGE, READER, claims, snapshot, text

from db.checks import run_checks
from db.engine import open_database, writing
from db.migrations import config
from db.store import get_claim, list_claims, store_document

_INSERTED = ("outlets", "documents", "snapshots", "texts", "passages", "parties", "claims", "claim_kinds",
             "claim_spans", "figures", "sources", "evidence")  # fmt: skip


def test_the_second_schema_fills_what_it_adds(tmp_path: Path) -> None:
    # What the newest code stores, put into a database of the first schema, column by column.
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
    with closing(sqlite3.connect(old)) as connection:
        connection.execute("ATTACH ? AS newest", (str(newest),))
        for name in _INSERTED:
            columns = [f'"{row[1]}"' for row in connection.execute(f"PRAGMA main.table_info({name})")]
            listed = ", ".join(columns)
            connection.execute(f"INSERT INTO main.{name} ({listed}) SELECT {listed} FROM newest.{name}")  # noqa: S608
        connection.commit()
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


def _of_version(version: str, path: Path) -> None:
    engine = sa.create_engine(f"sqlite:///{path}")
    with engine.connect() as connection, writing(connection):
        made = config()
        made.attributes["connection"] = connection
        command.upgrade(made, version)
    engine.dispose()
