"""The Datasette plugin: publishes the database, with safe defaults and in users' words.

Only hooks stand here. The web process has no way to fetch a URL: nothing in this package may import
``scrapers`` or ``tracker.pipeline``.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from datasette.hookspecs import hookimpl
from jinja2 import Environment

from tracker.plugin import cells, headers
from tracker.plugin.config import PLUGIN, first_tables, tables
from tracker.plugin.searching import escape_search

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request
    from markupsafe import Markup

# As in db.engine: a person's move waits for a long import, but not for ever.
_BUSY_TIMEOUT_MS = 15_000
# In views these columns are plain numbers to Datasette; each leads to a row of the table.
_LINKED = {"claim_id": "claims", "document_id": "documents"}


@hookimpl(trylast=True)
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Foreign keys and a longer wait for locks, and a search that takes whatever is typed."""
    conn.execute("PRAGMA foreign_keys=ON")
    conn.execute(f"PRAGMA busy_timeout={_BUSY_TIMEOUT_MS}")
    # Last, for it takes the place of Datasette's own, which gives SQL errors for a lone quotation mark.
    conn.create_function("escape_fts", 1, escape_search, deterministic=True)


@hookimpl
def asgi_wrapper(datasette: Datasette) -> Callable[[headers.App], headers.App]:
    """Puts the browser's rules on every answer."""
    settings = datasette.plugin_config(PLUGIN) or {}  # type: ignore[no-untyped-call]
    return partial(headers.wrapped, hosts=settings.get("hosts", ()))


@hookimpl
def prepare_jinja2_environment(env: Environment) -> None:
    """Lets the templates' own scripts run under the content security policy."""
    headers.add_nonces(env)


@hookimpl
def extra_css_urls(datasette: Datasette) -> list[str]:
    """Our one style sheet."""
    return [datasette.urls.static_plugins(_static_name(), "press.css")]


@hookimpl
def render_cell(value: object, column: str, table: str | None, database: str, datasette: Datasette) -> Markup | None:
    """Shows a value of our tables as a reader wants it."""
    if table not in tables():
        return None
    if column in _LINKED:
        return cells.link_to(datasette.urls.table(database, _LINKED[column]), value)
    return cells.cell(column, value)


@hookimpl
def top_homepage(datasette: Datasette, request: Request) -> Callable[[], Any]:
    """Links to what most people come for."""
    return partial(_start_here, datasette, request, list(datasette.databases))


@hookimpl
def top_database(datasette: Datasette, request: Request, database: str) -> Callable[[], Any]:
    """The same links, on the database's own page."""
    return partial(_start_here, datasette, request, [database])


@hookimpl
def top_table(datasette: Datasette, request: Request, table: str) -> Any:
    """What the columns mean, folded: Datasette's own list of it pushes the rows off the screen."""
    columns = tables().get(table, {}).get("columns")
    if not columns:
        return None
    return datasette.render_template("press_columns.html", {"columns": columns}, request=request)


async def _start_here(datasette: Datasette, request: Request, databases: list[str]) -> str:
    from datasette.resources import TableResource

    links = []
    for database in databases:
        views = set(await datasette.get_database(database).view_names())  # type: ignore[no-untyped-call]
        for name, title, description in first_tables():
            resource = TableResource(database=database, table=name)
            allowed = name in views and await datasette.allowed(
                action="view-table", resource=resource, actor=request.actor
            )
            if allowed:
                links.append((datasette.urls.table(database, name), title, description))
    rendered: str = await datasette.render_template("press_start.html", {"links": links}, request=request)
    return rendered


@cache
def _static_name() -> str:
    """The plugin's name in static addresses, which depends on how Datasette came to load it."""
    from datasette.plugins import get_plugins

    ours = str(Path(__file__).with_name("static"))
    plugins = get_plugins()  # type: ignore[no-untyped-call]
    names = [str(plugin["name"]) for plugin in plugins if plugin["static_path"] == ours]
    return names[0] if names else __name__
