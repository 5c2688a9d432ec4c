"""The tracked database, as the pages of this plugin read and write it.

Datasette's own pages use Datasette's connections; ours use one SQLAlchemy engine a database file, in
threads, so that they share the queries and the moves with the command line.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary, finalize

from sqlalchemy import Engine

from tracker.plugin.config import PLUGIN

if TYPE_CHECKING:
    from datasette.app import Datasette


@dataclass(frozen=True, slots=True)
class Database:
    """The tracked database: its name in addresses, and the absolute path of its file."""

    name: str
    path: Path


_ENGINES: WeakKeyDictionary[Datasette, tuple[Database, Engine]] = WeakKeyDictionary()
_OPENING = Lock()


def database_of(datasette: Datasette) -> Database:
    """The tracked database: the one that the plugin's configuration names, else the only file there is.

    Raises LookupError where Datasette serves no such file.
    """
    opened = _ENGINES.get(datasette)
    return opened[0] if opened else _found(datasette)


def engine_of(datasette: Datasette) -> Engine:
    """The engine on the tracked database, opened on first use; safe to call from any thread."""
    with _OPENING:
        if datasette not in _ENGINES:
            # Late: it costs 0.1 s, which a process that only imports the plugin need not pay.
            from db.engine import open_unmigrated

            database = _found(datasette)
            engine = open_unmigrated(database.path)
            _ENGINES[datasette] = (database, engine)
            finalize(datasette, engine.dispose)
        return _ENGINES[datasette][1]


def close(datasette: Datasette) -> None:
    """Closes the connections of the engine, if one was opened."""
    with _OPENING:
        opened = _ENGINES.pop(datasette, None)
    if opened:
        from db.counting import forget

        forget(opened[1])
        opened[1].dispose()


def _found(datasette: Datasette) -> Database:
    settings = datasette.plugin_config(PLUGIN) or {}  # type: ignore[no-untyped-call]
    named = settings.get("database")
    # Databases in memory have no path.
    files = {name: item.path for name, item in datasette.databases.items() if item.path}
    if named is None and len(files) == 1:
        (named,) = files
    if named not in files:
        served = ", ".join(files) or "none"
        raise LookupError(f'the plugin\'s setting "database" must name one of the files served: {served}')
    return Database(str(named), Path(files[named]).absolute())
