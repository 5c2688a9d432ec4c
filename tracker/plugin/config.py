"""What Datasette is told about the database: words, facets, limits, and who may see what.

The words stand in ``tables.toml`` beside this file. Nothing is open that is not named there:
Datasette must be started with ``default_deny``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from tracker.judging.workflow import ROLES

#: The name under which Datasette keeps this plugin's own settings.
PLUGIN = "press_tracker"

SETTINGS: dict[str, int | bool] = {
    "default_allow_sql": False,
    "allow_download": False,
    "allow_signed_tokens": False,
    "suggest_facets": False,
    "default_page_size": 30,
    "max_returned_rows": 1000,
    "max_csv_mb": 100,
    "max_post_body_bytes": 1024 * 1024,
    "default_facet_size": 15,
    "truncate_cells_html": 600,
    # The stock limits (1000 and 200 ms) cut off facets over views at some 100 000 claims.
    "sql_time_limit_ms": 3000,
    "facet_time_limit_ms": 1500,
}
# Our name for a table's setting, and Datasette's.
_TABLE_SETTINGS = {
    "label": "label_column",
    "facets": "facets",
    "sort": "sort",
    "sort_desc": "sort_desc",
    "size": "size",
    "hidden": "hidden",
    "search": "fts_table",
    "search_key": "fts_pk",
}
_WORDS = ("title", "description", "source", "columns")


@cache
def _described() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("tables.toml").read_text(encoding="utf-8"))


def tables() -> dict[str, dict[str, Any]]:
    """The tables and views that readers may see, with their words and settings, by name."""
    shown: dict[str, dict[str, Any]] = _described()["tables"]
    return shown


def database_name(path: str | Path) -> str:
    """The name that Datasette gives to the database in this file."""
    return Path(path).stem


def build_config(
    database: str, hosts: Sequence[str] = (), *, users: str | Path | None = None, everybody: bool = False
) -> dict[str, Any]:
    """Datasette's configuration for the database of this name: limits, facets, search, permissions.

    Whoever signed in and has a role in the ``users`` file, or ``everybody``, may read what
    ``tables.toml`` names, nothing else; nobody may run SQL, write by Datasette's own means, or
    download the file. With ``hosts``, requests for any other host name are refused.
    """
    people = {"role": list(ROLES)}
    readers = True if everybody else people
    shown = {
        name: {
            **{theirs: table[ours] for ours, theirs in _TABLE_SETTINGS.items() if ours in table},
            **_sortable(table),
            "permissions": {"view-table": people if table.get("signed_in") else readers},
        }
        for name, table in tables().items()
    }
    own = {"database": database, "hosts": list(hosts), "users": str(users) if users else None, "everybody": everybody}
    return {
        "settings": dict(SETTINGS),
        "plugins": {PLUGIN: own},
        "permissions": {"view-instance": readers},
        "databases": {
            database: {
                "allow_sql": False,
                "permissions": {"view-database": readers},
                "tables": shown,
            }
        },
    }


def build_metadata(database: str) -> dict[str, Any]:
    """Datasette's metadata for the database of this name: titles and descriptions in users' words."""
    return {
        **_words(_described()["instance"]),
        "databases": {
            database: {
                **_words(_described()["database"]),
                "tables": {name: _words(table) for name, table in tables().items()},
            }
        },
    }


def _sortable(table: dict[str, Any]) -> dict[str, list[str]]:
    """Datasette's list of the columns to sort by, where some are no use for it."""
    unsorted = table.get("unsorted")
    return {"sortable_columns": [name for name in table["columns"] if name not in unsorted]} if unsorted else {}


def _words(described: dict[str, Any]) -> dict[str, Any]:
    return {name: described[name] for name in _WORDS if name in described}
