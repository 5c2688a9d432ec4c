"""Opens the database file: made and migrated where need be, or for reading only.

SQLAlchemy's own SQLite driver starts a transaction late, at the first write, which lets two writers
deadlock; here every transaction is begun explicitly, and a writer takes the lock before it reads.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

from db.errors import (
    DatabaseBusy,
    DatabaseFileError,
    ForeignDatabase,
    NewerDatabase,
    NotADatabase,
    OlderDatabase,
)
from db.migrations import HEAD
from db.rows import json_text
from db.views import views_differ

BUSY_TIMEOUT_MS = 15_000
_BUSY = 'the database "{}" is in use by another process: wait until it ends, then run this again'
_BEGIN = "tracker_begin"
_OURS = {"documents", "claims", "claim_spans"}


def open_database(path: str | Path) -> Engine:
    """Opens the database for writing, made where it is missing and migrated to this code's schema.

    Raises a ``DatabaseFileError`` (one clear line) if the file cannot be used.
    """
    path = Path(path)
    version = _version_of(path) if path.exists() else None
    engine = _engine(path)
    try:
        with translated(path), engine.connect() as connection:
            stale = version != HEAD or views_differ(connection)
        if stale:
            _migrate(path)
    except BaseException:
        engine.dispose()
        raise
    return engine


def open_read_only(path: str | Path) -> Engine:
    """Opens an existing, up-to-date database for reading; any write on the engine fails.

    Raises a ``DatabaseFileError`` if the file is missing, cannot be used, or needs an upgrade.
    """
    path = Path(path)
    if not path.exists():
        raise DatabaseFileError(f'no database at "{path}": add a source first, or name another with --db')
    version = _version_of(path)
    if version != HEAD:
        raise OlderDatabase(f'the database "{path}" has an older schema: run "tracker add" on it once to upgrade it')
    return _engine(path, read_only=True)


def open_unmigrated(path: str | Path) -> Engine:
    """Opens the file as it is, for checks that need the write lock; nothing is made or upgraded."""
    return _engine(Path(path))


@contextmanager
def writing(bind: Engine | Connection) -> Iterator[Connection]:
    """One transaction that holds the write lock from its start: all of the block is stored, or nothing.

    On a connection already in a transaction it is a savepoint of it, and the caller commits.
    Raises ``DatabaseBusy`` if the lock was not free within the busy timeout.
    """
    if isinstance(bind, Engine):
        with bind.connect() as connection, writing(connection):
            yield connection
        return
    path = bind.engine.url.database or "?"
    if bind.in_transaction():
        with translated(path), bind.begin_nested():
            yield bind
        return
    before = bind.get_execution_options().get(_BEGIN, "BEGIN")
    bind.execution_options(**{_BEGIN: "BEGIN IMMEDIATE"})
    try:
        with translated(path), bind.begin():
            yield bind
    finally:
        bind.execution_options(**{_BEGIN: before})


@contextmanager
def reading(bind: Engine | Connection) -> Iterator[Connection]:
    """A connection to read from: the one given, or one of the engine's for the block."""
    if isinstance(bind, Connection):
        yield bind
        return
    with translated(bind.url.database or "?"), bind.connect() as connection:
        yield connection


@contextmanager
def translated(path: str | Path) -> Iterator[None]:
    """Turns what SQLite says of an unusable file into one clear line; other errors pass."""
    try:
        yield
    except OperationalError as error:
        code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise DatabaseBusy(_BUSY.format(path)) from error
        remedies = {
            sqlite3.SQLITE_CANTOPEN: "cannot be opened: see that its folder exists and may be written",
            sqlite3.SQLITE_READONLY: "may only be read: see that you may write to the file and its folder",
            sqlite3.SQLITE_FULL: "cannot grow, the disk is full: free some space, then run this again",
            sqlite3.SQLITE_IOERR: "cannot be read or written: see that the disk is sound",
        }
        if code in remedies:
            raise DatabaseFileError(f'the database "{path}" {remedies[code]}') from error
        raise


def _engine(path: Path, *, read_only: bool = False, foreign_keys: bool = True) -> Engine:
    # A creator, because SQLAlchemy's own URLs lose a path with "?", "#" or "%" in it.
    uri = f"file:{quote(str(path.absolute()))}?mode={'ro' if read_only else 'rwc'}"
    engine = sa.create_engine(
        sa.URL.create("sqlite+pysqlite", database=str(path)),
        creator=lambda: sqlite3.connect(uri, uri=True, check_same_thread=False),
        json_serializer=json_text,
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
        # The driver must not begin or commit by itself: "begin" below does.
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
        connection.execute(f"PRAGMA foreign_keys={'ON' if foreign_keys else 'OFF'}")
        if read_only:
            connection.execute("PRAGMA query_only=ON")
        else:
            _write_ahead(connection)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(connection.get_execution_options().get(_BEGIN, "BEGIN"))

    return engine


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Sets the write-ahead log, which the file then keeps.

    The switch needs the file alone, and SQLite refuses it at once, without its busy timeout, while
    another process reads the new file or switches it too: so the waiting is done here.
    """
    deadline = time.monotonic() + BUSY_TIMEOUT_MS / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
        time.sleep(0.02)


def _version_of(path: Path) -> str | None:
    """The schema version of an existing file, None if it holds no table yet."""
    if path.is_dir():
        raise DatabaseFileError(f'"{path}" is a folder: name a database file with --db')
    # SQLite alone opens the file: to close it by hand would drop the locks that this process holds on it.
    try:
        with closing(sqlite3.connect(f"file:{quote(str(path.absolute()))}?mode=ro", uri=True)) as connection:
            connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
            listed = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            tables = {row[0] for row in listed}
            versions: list[Any] = []
            if "alembic_version" in tables:
                versions = [row[0] for row in connection.execute("SELECT version_num FROM alembic_version")]
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code == sqlite3.SQLITE_NOTADB:
            raise NotADatabase(f'"{path}" is not a SQLite database: name another file with --db') from error
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise DatabaseBusy(_BUSY.format(path)) from error
        if code in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH):
            raise DatabaseFileError(f'the database "{path}" cannot be read: see that you may read it') from error
        raise NotADatabase(
            f'"{path}" cannot be read as a database ({error}): restore a backup, or name another with --db'
        ) from error
    if not tables:
        return None
    if not tables >= _OURS or len(versions) != 1:
        raise ForeignDatabase(f'"{path}" is a database of another program: name another file with --db')
    return _known(str(versions[0]), path)


def _known(version: str, path: Path) -> str:
    if version != HEAD:
        from db.migrations import revisions  # Alembic costs 0.1 s, which the usual opening need not pay.

        if version not in revisions():
            raise NewerDatabase(
                f'the database "{path}" was written by a newer version of this program (schema {version}): '
                "upgrade the program"
            )
    return version


def _migrate(path: Path) -> None:
    from db.migrations import upgrade

    # Rebuilding a table needs foreign keys off, which SQLite changes only outside a transaction.
    engine = _engine(path, foreign_keys=False)
    try:
        with writing(engine) as connection:
            upgrade(connection)
    finally:
        engine.dispose()
