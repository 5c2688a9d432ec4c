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

from tracker.plugin import cells, headers, lists, words
from tracker.plugin.config import PLUGIN, tables
from tracker.plugin.database import close as close_database
from tracker.plugin.frame import frame
from tracker.plugin.gate import guarded
from tracker.plugin.narrowing import NAMED_BY, above_table
from tracker.plugin.pages import Route, all_routes
from tracker.plugin.refusals import failed
from tracker.plugin.safe_csv import defusing
from tracker.plugin.schema import keep_schema
from tracker.plugin.searching import escape_search

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request
    from markupsafe import Markup

# As in db.engine: a person's move waits for a long import, but not for ever.
_BUSY_TIMEOUT_MS = 15_000
# The column with the claim's number; elsewhere it is claim_id.
_CLAIM_IN = {"claims": "id"}


@hookimpl(trylast=True)
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Foreign keys and a longer wait for locks, and a search that takes whatever is typed."""
    conn.execute("PRAGMA foreign_keys=ON")
    conn.execute(f"PRAGMA busy_timeout={_BUSY_TIMEOUT_MS}")
    # Last, for it takes the place of Datasette's own, which gives SQL errors for a lone quotation mark.
    conn.create_function("escape_fts", 1, escape_search, deterministic=True)


@hookimpl
def asgi_wrapper(datasette: Datasette) -> Callable[[headers.App], headers.App]:
    """Lets in only what is meant to be, and puts the browser's rules on every answer."""
    settings = datasette.plugin_config(PLUGIN) or {}  # type: ignore[no-untyped-call]
    return lambda app: headers.wrapped(guarded(defusing(app), datasette), hosts=settings.get("hosts", ()))


@hookimpl(tryfirst=True)
def register_routes() -> list[Route]:
    """Our pages, which win over Datasette's own."""
    from tracker.plugin import citing

    return [*citing.ROUTES, *all_routes()]


@hookimpl
def register_output_renderer() -> list[dict[str, Any]]:
    """The formats in which a page of claims can be cited."""
    from tracker.plugin import citing

    return citing.renderers()


@hookimpl
def startup(datasette: Datasette) -> None:
    """Lets the schema be asked for once."""
    keep_schema(datasette)


@hookimpl
def shutdown(datasette: Datasette) -> None:
    """Closes our connections to the database."""
    close_database(datasette)


@hookimpl
def prepare_jinja2_environment(env: Environment) -> None:
    """Lets the templates' own scripts run under the content security policy, and gives them our words."""
    headers.add_nonces(env)
    words.add_filters(env)
    cells.add_filters(env)
    lists.add_filters(env)
    # For the pages that Datasette renders without asking for ``frame``.
    env.globals.setdefault("press", {"may_view": False})


@hookimpl
def handle_exception(datasette: Datasette, request: Request, exception: Exception) -> Callable[[], Any]:
    """Says what went wrong on a page of ours."""
    return partial(failed, datasette, request, exception)


@hookimpl
def extra_template_vars(datasette: Datasette, request: Request | None) -> Callable[[], Any]:
    """What stands around every page."""
    return partial(frame, datasette, request)


@hookimpl
def extra_css_urls(datasette: Datasette) -> list[str]:
    """Our style sheets: of our own pages, and of Datasette's in the same colours."""
    names = ("press.css", "press-tables.css", "press-claim.css")
    return [datasette.urls.static_plugins(_static_name(), name) for name in names]


@hookimpl
def extra_js_urls(template: str, datasette: Datasette) -> list[str]:
    """The scripts of the copy buttons and of the columns' menus, where there are any."""
    script = {"press_claim.html": "copy.js", "table.html": "columns.js"}.get(template)
    return [datasette.urls.static_plugins(_static_name(), script)] if script else []


@hookimpl
def render_cell(
    row: Any, value: object, column: str, table: str | None, database: str, datasette: Datasette
) -> Markup | None:
    """Shows a value of our tables as a reader wants it."""
    if table not in tables():
        return None
    if column in NAMED_BY:
        return cells.link_to(datasette.urls.table(database, NAMED_BY[column][0]), value)
    if column == "quote" and (number := cells.number_in(row, _CLAIM_IN.get(table, "claim_id"))) is not None:
        return cells.linked_quote(f"{datasette.urls.table(database, 'claims')}/{number}", value)
    if column == "sourcing" and cells.number_in(row, "is_backed"):
        return cells.attached(value, cells.text_in(row, "read_sourcing"))
    if column == "document" and (number := cells.number_in(row, "document_id")) is not None:
        return cells.link_to(datasette.urls.table(database, "documents"), {"value": number, "label": value})
    return cells.cell(column, value)


@hookimpl
def top_table(datasette: Datasette, request: Request, database: str, table: str) -> Callable[[], Any]:
    """The filters that hold, what else to narrow by, and what the columns mean."""
    return partial(above_table, datasette, request, database, table)


@cache
def _static_name() -> str:
    """The plugin's name in static addresses, which depends on how Datasette came to load it."""
    from datasette.plugins import get_plugins

    ours = str(Path(__file__).with_name("static"))
    plugins = get_plugins()  # type: ignore[no-untyped-call]
    names = [str(plugin["name"]) for plugin in plugins if plugin["static_path"] == ours]
    return names[0] if names else __name__
