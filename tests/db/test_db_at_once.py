"""Several writers at once, and a store that is cut short."""

from __future__ import annotations

import multiprocessing
import os
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from db_samples import DOCUMENT, DUMP, NOW, PAGE, READER, claims, snapshot, text
from sqlalchemy import Engine, event

from db import engine as engine_module
from db.checks import run_checks
from db.engine import open_database, open_unmigrated, writing
from db.errors import DatabaseBusy
from db.migrations import upgrade
from db.models import METADATA
from db.store import store_document

STORES = 12
WRITERS = 3


def store(engine: Engine, number: int | None = None) -> None:
    """Stores the sample, or the sample as the document of this number."""
    document, found = DOCUMENT, claims(PAGE)
    if number is not None:
        document = replace(DOCUMENT, key=f"{DOCUMENT.key}/{number}", url=None)
        found = [replace(claim, key=f"{claim.key}/{number}") for claim in found]
    store_document(engine, document, snapshot(PAGE), text(PAGE), found, NOW, reader_version=READER)


def counts(engine: Engine) -> dict[str, int]:
    with engine.connect() as connection:
        return {
            name: connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
            for name, table in METADATA.tables.items()
        }


def work(path: str) -> None:
    """One writer process: opens the same file, and stores the same documents as the others."""
    engine = open_database(path)
    for number in range(STORES):
        store(engine, number)
    engine.dispose()


def die_after(path: str, statements: int) -> None:
    """A process that is gone, without any farewell, after so many statements of a store."""
    engine = open_database(path)
    cut_after(engine, statements, lambda: os._exit(9))
    store(engine)
    os._exit(0)


def cut_after(engine: Engine, statements: int, cut: Callable[[], Any]) -> None:
    seen = 0

    @event.listens_for(engine, "before_cursor_execute")
    def count(*_: object) -> None:
        nonlocal seen
        seen += 1
        if seen > statements:
            cut()


def run_processes(target: Callable[..., None], *arguments: tuple[object, ...]) -> list[int | None]:
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=target, args=given) for given in arguments]
    for process in processes:
        process.start()
    for process in processes:
        process.join(120)
    return [process.exitcode for process in processes]


def test_processes_that_make_and_fill_one_database_double_nothing(tmp_path: Path) -> None:
    path = str(tmp_path / "press.db")
    assert run_processes(work, *[(path,)] * WRITERS) == [0] * WRITERS
    engine = open_database(path)
    stored = counts(engine)
    engine.dispose()
    expected = {"documents": STORES, "snapshots": STORES, "texts": STORES, "claims": 3 * STORES, "parties": 4}
    assert {name: stored[name] for name in expected} == expected
    assert run_checks(path) == []


def test_a_new_file_that_another_is_filling_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "press.db"
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        other.execute("CREATE TABLE alembic_version (version_num TEXT)")
        other.execute("BEGIN IMMEDIATE")
        soon = threading.Timer(0.3, other.rollback)
        soon.start()
        engine = open_unmigrated(path)
        with engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal"
        soon.join()
    engine.dispose()


def test_threads_on_one_engine_double_nothing(engine: Engine) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda number: store(engine, number % 5), range(20)))
    assert counts(engine)["claims"] == 15


def test_a_reader_is_not_kept_waiting_by_a_writer(engine: Engine) -> None:
    store(engine)
    with writing(engine) as connection:
        connection.exec_driver_sql("UPDATE claims SET workflow = 'rejected'")
        assert counts(engine)["claims"] == 3


def test_a_lock_that_is_never_freed_is_one_clear_line(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_module, "BUSY_TIMEOUT_MS", 50)
    impatient = open_database(str(engine.url.database))
    with writing(engine), pytest.raises(DatabaseBusy, match="in use by another process") as refused:
        store(impatient)
    assert "\n" not in str(refused.value)
    store(impatient)
    assert counts(impatient)["documents"] == 1
    impatient.dispose()


class Cut(Exception):
    """Stands for whatever may break a store between two statements."""


def test_a_store_cut_after_any_statement_leaves_nothing_half(tmp_path: Path, empty_database: Path) -> None:
    path = tmp_path / "press.db"
    path.write_bytes(empty_database.read_bytes())
    counter = open_database(path)
    store(counter, 0)
    before = counts(counter)
    statements = 0
    while True:
        engine = open_database(path)

        def cut() -> None:
            raise Cut

        cut_after(engine, statements, cut)
        try:
            store(engine)
        except Cut:
            assert counts(counter) == before
            statements += 1
            engine.dispose()
            continue
        engine.dispose()
        break
    assert statements > 20
    assert counts(counter)["claims"] == 6
    counter.dispose()
    assert run_checks(path) == []


@pytest.mark.parametrize("statements", [3, 12, 24])
def test_a_process_that_dies_leaves_nothing_half(tmp_path: Path, empty_database: Path, statements: int) -> None:
    path = tmp_path / "press.db"
    path.write_bytes(empty_database.read_bytes())
    assert run_processes(die_after, (str(path), statements)) == [9]
    engine = open_database(path)
    assert not any(counts(engine).values())
    store(engine)
    assert counts(engine)["claims"] == 3
    engine.dispose()
    assert run_checks(path) == []


def test_a_migration_cut_short_leaves_a_file_that_the_next_run_completes(tmp_path: Path) -> None:
    path = tmp_path / "press.db"
    unmade = open_unmigrated(path)
    with suppress(Cut), writing(unmade) as connection:
        upgrade(connection)
        assert connection.exec_driver_sql("SELECT count(*) FROM claims").scalar() == 0
        raise Cut
    with unmade.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar() == 0
    unmade.dispose()
    engine = open_database(path)
    store_document(engine, DOCUMENT, snapshot(DUMP), text(DUMP), claims(DUMP), NOW, reader_version=READER)
    assert counts(engine)["claims"] == 3
    engine.dispose()
