"""The facets of the table of claims: from the counts that are kept anyway, where they serve.

They do as long as the table is filtered by the columns counted alone; otherwise the rows are counted, as
Datasette does for the facets in its configuration.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from datasette.facets import ColumnFacet
from datasette.utils import path_with_added_args, path_with_removed_args

from db.browse import Count
from db.counting import counts_now
from tracker.plugin.config import tables
from tracker.plugin.pages.common import database_of, in_thread

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request

#: The columns by which all claims are counted.
_COUNTED_BY = ("state", "kind", "sourcing", "workflow")
# With one of these the page shows other rows than its filters say.
_OTHER_ROWS = ("_search", "_where", "_through")


def kept_filters(args: Any) -> dict[str, str] | None:
    """The filters of a page whose facets the kept counts give; None where they do not."""
    found: dict[str, str] = {}
    for name in args:
        if name.startswith(_OTHER_ROWS):
            return None
        if name.startswith("_") and "__" not in name:
            continue
        column = name.removesuffix("__exact")
        if column not in _COUNTED_BY or column in found or len(args.getlist(name)) != 1:
            return None
        found[column] = args[name]
    return found


class _Named(ColumnFacet):
    """Datasette's facets of the columns named, whatever the address asks for besides."""

    columns: Sequence[str] = ()

    def get_configs(self) -> list[dict[str, Any]]:
        return [{"source": "metadata", "config": {"simple": column}} for column in self.columns]


async def facets(
    datasette: Datasette, request: Request, table: str, count_sql: str, params: dict[str, Any]
) -> list[dict[str, Any]]:
    """The facets of this page that are ours, as Datasette's templates take them.

    ``count_sql`` is Datasette's query for the number of the page's rows, with its ``params``.
    """
    named: Sequence[str] = tables().get(table, {}).get("counted", ())
    if not named or request.args.get("_nofacet"):
        return []
    filters = kept_filters(request.args)
    if filters is None:
        # All columns of the rows counted, which SQLite reads only as far as it needs them.
        sql = f"select * {count_sql.partition('count(*)')[2]}"
        database = database_of(datasette).name
        rows = _Named(datasette, request, database, sql=sql, params=params, table=table)  # type: ignore[no-untyped-call]
        rows.columns = named
        results, _timed_out = await rows.facet_results()  # type: ignore[no-untyped-call]
        found: list[dict[str, Any]] = results
        return found
    counts = await in_thread(datasette, counts_now)
    size = int(datasette.setting("default_facet_size"))  # type: ignore[no-untyped-call]
    if request.args.get("_facet_size") == "max":
        size = int(datasette.setting("max_returned_rows"))  # type: ignore[no-untyped-call]
    fitting: Sequence[Count] = counts.rows
    for name, wanted in filters.items():
        fitting = [row for row in fitting if getattr(row, name) == wanted]
    return [_facet(datasette, request, fitting, column, filters, size) for column in named]


def _facet(
    datasette: Datasette, request: Request, fitting: Sequence[Count], column: str, filters: dict[str, str], size: int
) -> dict[str, Any]:
    found: Counter[str] = Counter()
    value_of = attrgetter(column)
    for row in fitting:
        found[value_of(row)] += row.claims
    ordered = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    results = [
        {
            "value": value,
            "label": value,
            "count": many,
            "selected": column in filters,
            "toggle_url": _toggle(datasette, request, column, value, chosen=column in filters),
        }
        for value, many in ordered[:size]
    ]
    return {"name": column, "type": "column", "results": results, "truncated": len(ordered) > size, "hideable": False}


def _toggle(datasette: Datasette, request: Request, column: str, value: str, *, chosen: bool) -> str:
    if chosen:
        path = path_with_removed_args(request, {column, f"{column}__exact", "_next"})  # type: ignore[no-untyped-call]
    else:
        path = path_with_added_args(request, {column: value, "_next": None})  # type: ignore[no-untyped-call]
    return str(datasette.urls.path(path))
