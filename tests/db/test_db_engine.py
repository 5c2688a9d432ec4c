"""Opening: made, migrated, refused; and the schema against the models."""

from __future__ import annotations

import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError, OperationalError

from db.engine import open_database, open_read_only
from db.errors import DatabaseFileError, ForeignDatabase, NewerDatabase, NotADatabase, OlderDatabase
from db.migrations import HEAD, config, include_object
from db.models import METADATA


def run(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def test_the_migrated_schema_is_that_of_the_models(engine: Engine) -> None:
    with engine.connect() as connection:
        options = {"include_object": include_object, "compare_server_default": True}
        assert compare_metadata(MigrationContext.configure(connection, opts=options), METADATA) == []


def checks(sql: str) -> Iterator[str]:
    """Each CHECK of a table with its name, wherever in the statement it stands."""
    for found in re.finditer(r"CONSTRAINT (\w+) CHECK \(", sql):
        depth, at = 1, found.end()
        while depth:
            depth += {"(": 1, ")": -1}.get(sql[at], 0)
            at += 1
        yield f"{found[1]} {sql[found.end() : at - 1]}"


def test_constraints_and_indexes_are_those_of_the_models_too(engine: Engine) -> None:
    # compare_metadata looks neither at CHECKs nor at partial indexes; of tables it sees all the rest.
    def schema(engine: Engine) -> dict[str, frozenset[str]]:
        query = "SELECT name, sql FROM sqlite_master WHERE type IN ('table', 'index') AND sql IS NOT NULL"
        with engine.connect() as connection:
            found = connection.exec_driver_sql(query).all()
        return {
            name: frozenset(checks(sql) if sql.startswith("CREATE TABLE") else [" ".join(sql.split())])
            for name, sql in found
            if "_fts" not in name and name not in ("alembic_version", "sqlite_sequence")
        }

    fresh = sa.create_engine("sqlite://")
    METADATA.create_all(fresh)
    expected = schema(fresh)
    fresh.dispose()
    assert schema(engine) == expected


def test_head_is_the_newest_version() -> None:
    assert ScriptDirectory.from_config(config()).get_heads() == [HEAD]


def test_ids_are_never_given_again(engine: Engine) -> None:
    with engine.connect() as connection:
        tables = connection.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%AUTOINCREMENT%'"
        )
        without = {"claim_kinds", "claim_keys", "signatures", "signature_bands"}
        assert set(tables.scalars()) == METADATA.tables.keys() - without


def test_every_foreign_key_is_indexed(engine: Engine) -> None:
    with engine.connect() as connection:
        for name in METADATA.tables:
            # A table's own integer key is its rowid, which needs no index.
            keys = [key.name for key in METADATA.tables[name].primary_key]
            indexed = set(keys) if len(keys) == 1 else set()
            for index in connection.exec_driver_sql(f"PRAGMA index_list({name})").mappings().all():
                columns = connection.exec_driver_sql(f"PRAGMA index_info({index['name']})").mappings().all()
                indexed.add(columns[0]["name"])
            for key in connection.exec_driver_sql(f"PRAGMA foreign_key_list({name})").mappings():
                assert key["from"] in indexed, f"{name}.{key['from']}"


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO documents (key, kind, label, first_seen, last_checked)"
        " VALUES ('k', 'poem', 'l', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z')",
        "INSERT INTO documents (key, kind, label, first_seen, last_checked)"
        " VALUES ('k', 'article', 'l', '2026-01-01 00:00:00', '2026-01-01T00:00:00Z')",
        "INSERT INTO passages (text_id, start, \"end\", role) VALUES (99, 0, 1, 'paragraph')",
        "INSERT INTO failures (input, stage, reason, at) VALUES ('i', 'luck', 'r', '2026-01-01T00:00:00Z')",
    ],
)
def test_plain_sql_cannot_break_the_vocabularies(engine: Engine, statement: str) -> None:
    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.exec_driver_sql(statement)


def test_connections_are_as_the_rest_relies_on(engine: Engine) -> None:
    with engine.connect() as connection:
        pragmas = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "foreign_keys", "busy_timeout")
        ]
    assert pragmas == ["wal", 1, 15_000]


@pytest.mark.parametrize("name", ["a b.db", "q?x=1.db", "h#.db", "p%20.db", "ü.db", "s'q\".db"])
def test_any_file_name_will_do(tmp_path: Path, empty_database: Path, name: str) -> None:
    path = shutil.copy(empty_database, tmp_path / name)
    open_database(path).dispose()
    read_only = open_read_only(path)
    with read_only.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM claims").scalar() == 0
    read_only.dispose()
    assert name in {file.name for file in tmp_path.iterdir()}


def test_reading_only_cannot_write(tmp_path: Path, empty_database: Path) -> None:
    engine = open_read_only(shutil.copy(empty_database, tmp_path / "press.db"))
    with pytest.raises(OperationalError, match="readonly"), engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM claims")
    engine.dispose()


def test_a_missing_file_is_made_for_writing_only(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    with pytest.raises(DatabaseFileError, match="no database at"):
        open_read_only(path)
    assert not path.exists()
    open_database(path).dispose()
    assert path.exists()


def test_what_is_no_database_of_ours_is_refused_untouched(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<p>A page, and a long one.</p>" * 100)
    foreign = tmp_path / "foreign.db"
    run(foreign, "CREATE TABLE recipes (id INTEGER PRIMARY KEY)")
    torn = tmp_path / "torn.db"
    torn.write_bytes(foreign.read_bytes()[:1500])
    cases = {page: NotADatabase, foreign: ForeignDatabase, torn: NotADatabase, tmp_path: DatabaseFileError}
    for path, error in cases.items():
        before = path.read_bytes() if path.is_file() else b""
        for opener in (open_database, open_read_only):
            with pytest.raises(error) as refused:
                opener(path)
            assert str(path) in str(refused.value)
            assert "\n" not in str(refused.value)
        assert not path.is_file() or path.read_bytes() == before


def test_a_folder_that_is_missing_is_told_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(DatabaseFileError, match="its folder exists") as refused:
        open_database(tmp_path / "missing" / "press.db")
    assert "\n" not in str(refused.value)


def test_a_newer_schema_is_refused(tmp_path: Path, empty_database: Path) -> None:
    path = shutil.copy(empty_database, tmp_path / "press.db")
    run(path, "UPDATE alembic_version SET version_num = '9999'")
    for opener in (open_database, open_read_only):
        with pytest.raises(NewerDatabase, match="upgrade the program"):
            opener(path)


def test_an_empty_file_becomes_a_database_but_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "press.db"
    path.touch()
    with pytest.raises(OlderDatabase, match="tracker add"):
        open_read_only(path)
    engine = open_database(path)
    engine.dispose()
    open_read_only(path).dispose()


def test_a_view_that_was_changed_or_lost_is_made_again(tmp_path: Path, empty_database: Path) -> None:
    path = shutil.copy(empty_database, tmp_path / "press.db")
    run(
        path,
        "DROP VIEW claim_overview",
        "DROP VIEW claims_firsthand",
        "CREATE VIEW claims_firsthand AS SELECT 1",
    )
    engine = open_database(path)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT claim_id FROM claim_overview").all() == []
        assert connection.exec_driver_sql("SELECT claim_id FROM claims_firsthand").all() == []
    engine.dispose()


def test_it_works_as_an_installed_package(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    installed = tmp_path / "site"
    # What package-data names, and no more.
    for file in (root / "db").rglob("*"):
        if file.suffix in (".py", ".sql", ".mako"):
            target = installed / file.relative_to(root)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, target)
    code = "from db.engine import open_database; print(open_database('new.db').url.database)"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=tmp_path,
        env={"PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("new.db\n", "")
