"""New rows in bulk, without the work that SQLAlchemy does for each of them.

For the tables of which each document fills many rows: their values are handed to SQLite as they are, JSON as text.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.dialects import sqlite


def json_text(value: Any) -> str:
    """A value as the database's JSON columns hold it."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


class Rows:
    """Inserts rows into some columns of a table; columns left out have the table's defaults."""

    def __init__(self, table: sa.Table, *columns: str) -> None:
        made = sa.insert(table).compile(dialect=sqlite.dialect(), column_keys=columns)
        self._statement = str(made)
        # The order of the statement's parameters is that of the table's columns.
        self._columns = tuple(column.name for column in table.c if column.name in columns)
        self._json = frozenset(name for name in columns if isinstance(table.c[name].type, sa.JSON))

    def insert(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        """Inserts rows, each with a value for every column; part of the caller's transaction."""
        given = [
            tuple(json_text(row[name]) if name in self._json else row[name] for name in self._columns) for row in rows
        ]
        if given:
            connection.exec_driver_sql(self._statement, given)
