"""The schema is asked for once, and again when it changes."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette
from datasette.database import Database

from db import counting
from tracker.plugin.schema import SteadyDatabase, keep_schema


def _served(path: Path, sql: str) -> tuple[Datasette, SteadyDatabase]:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(sql)
    datasette = Datasette([str(path)])
    keep_schema(datasette)
    steady = datasette.get_database("some")
    assert isinstance(steady, SteadyDatabase)
    return datasette, steady


def test_the_same_is_answered_as_by_datasette(tmp_path: Path) -> None:
    path = tmp_path / "some.db"
    datasette, steady = _served(
        path,
        "CREATE TABLE a (id INTEGER PRIMARY KEY, name TEXT UNIQUE);"
        "CREATE TABLE b (x TEXT, a INTEGER REFERENCES a (id)); CREATE VIEW v AS SELECT x FROM b;",
    )
    plain = Datasette([str(path)])

    async def asked(database: Database) -> list[object]:
        found: list[object] = [await database.derived_table_dependencies()]
        for table in ("a", "b", "v", "missing"):
            found += [
                await database.table_exists(table), await database.view_exists(table),
                await database.table_columns(table), await database.table_column_details(table),
                await database.primary_keys(table), await database.fts_table(table),
                await database.foreign_keys_for_table(table), await database.get_table_definition(table),
            ]  # fmt: skip
        return [*found, await database.label_column_for_table("a")]

    async def compare() -> None:
        expected = await asked(plain.get_database("some"))
        assert await asked(steady) == expected
        # From memory now.
        assert await asked(steady) == expected

    asyncio.run(compare())
    plain.close()
    datasette.close()


def test_a_changed_schema_is_seen_and_an_answer_changed_by_a_caller_is_not(tmp_path: Path) -> None:
    path = tmp_path / "some.db"
    datasette, steady = _served(path, "CREATE TABLE a (id INTEGER PRIMARY KEY)")

    async def look() -> None:
        columns = await steady.table_columns("a")
        columns.append("made up")
        assert await steady.table_columns("a") == ["id"]
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("ALTER TABLE a ADD COLUMN more TEXT")
        assert await steady.table_columns("a") == ["id", "more"]
        assert not await steady.table_exists("b")

    asyncio.run(look())
    datasette.close()


def test_the_schema_is_read_once_for_a_page(tmp_path: Path) -> None:
    datasette, steady = _served(tmp_path / "some.db", "CREATE TABLE a (id INTEGER PRIMARY KEY)")
    asked: list[object] = []
    inherited = steady.execute_fn

    async def counted(fn: object) -> object:
        asked.append(fn)
        return await inherited(fn)

    steady.execute_fn = counted

    async def look() -> None:
        for _ in range(5):
            await steady.primary_keys("a")

    asyncio.run(look())
    assert len(asked) == 1
    datasette.close()


async def _facets(steady: SteadyDatabase) -> Any:
    sql = " select kind as value, count(*) as count from (select * from a) group by kind order by count desc"
    return await steady.execute(sql, {}, truncate=False)


def test_what_a_facet_counts_is_kept_until_the_data_change(tmp_path: Path) -> None:
    path = tmp_path / "some.db"
    datasette, steady = _served(path, "CREATE TABLE a (kind TEXT); INSERT INTO a VALUES ('x')")

    async def look() -> None:
        found = await _facets(steady)
        assert [tuple(row) for row in found.rows] == [("x", 1)]
        assert await _facets(steady) is found
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute("INSERT INTO a VALUES ('x')")
        assert [tuple(row) for row in (await _facets(steady)).rows] == [("x", 2)]

    asyncio.run(look())
    datasette.close()


def test_a_facet_rests_while_the_data_keep_changing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "REST", 1e9)
    path = tmp_path / "some.db"
    datasette, steady = _served(path, "CREATE TABLE a (kind TEXT); INSERT INTO a VALUES ('x')")

    async def look() -> None:
        seen = []
        for _ in range(3 * counting.AT_ONCE):
            with closing(sqlite3.connect(path)) as connection, connection:
                connection.execute("INSERT INTO a VALUES ('x')")
            seen.append((await _facets(steady)).rows[0][1])
        assert seen[:2] == [2, 3]
        assert seen[-1] == seen[-2]

    asyncio.run(look())
    datasette.close()
