"""The views: one ``.sql`` file each, holding the SELECT of the view that is named like the file."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from sqlalchemy import Connection


@cache
def view_statements() -> dict[str, str]:
    """The CREATE VIEW statement of each view, by its name."""
    files = sorted(Path(__file__).parent.glob("*.sql"))
    return {
        file.stem: f"CREATE VIEW {file.stem} AS\n{file.read_text(encoding='utf-8').strip().rstrip(';')}"
        for file in files
    }


def views_differ(connection: Connection) -> bool:
    """Whether the database's views are other than those of this code."""
    return _stored(connection) != view_statements()


def drop_views(connection: Connection) -> None:
    """Drops every view."""
    for name in _stored(connection):
        connection.exec_driver_sql(f'DROP VIEW "{name}"')


def create_views(connection: Connection) -> None:
    """Makes every view; they must not exist."""
    for statement in view_statements().values():
        connection.exec_driver_sql(statement)


def _stored(connection: Connection) -> dict[str, str]:
    rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'view'")
    return {str(name): str(sql) for name, sql in rows}
