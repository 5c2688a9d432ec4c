"""What stands above a table: which filters hold, what else it can be narrowed by, what its columns mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from datasette.database import QueryInterrupted
from datasette.filters import Filters
from datasette.resources import TableResource
from datasette.utils import path_with_added_args, path_with_replaced_args

from tracker.plugin.config import tables
from tracker.plugin.words import column_in_words, value_in_words

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request

#: The table and the column that name what a number in one of these columns stands for.
NAMED_BY = {
    "document_id": ("documents", "label"),
    "other_id": ("documents", "label"),
    "outlet_id": ("outlets", "name"),
    "subject_id": ("parties", "name"),
    "speaker_id": ("parties", "name"),
    "origin_id": ("parties", "name"),
    "affiliation_id": ("parties", "name"),
    "source_id": ("sources", "label"),
    "claim_id": ("claims", "quote"),
}
_LOOKUPS = {"exact": "", "not": "not ", "contains": "contains ", "notcontains": "lacks ", "gt": "above ",
            "gte": "at least ", "lt": "below ", "lte": "at most ", "in": "one of ", "startswith": "begins with ",
            "isnull": "is empty", "notnull": "is not empty", "isblank": "is empty",
            "notblank": "is not empty"}  # fmt: skip
_SHOWN = 60
#: So long the rows are counted, in milliseconds, and so many if that is not enough.
_COUNTING_MS = 40
_COUNTED = 10_000


async def above_table(datasette: Datasette, request: Request, database: str, table: str) -> str | None:
    """The HTML for one of our tables; None for any other."""
    described = tables().get(table)
    if described is None:
        return None
    context = {
        "filters": await _filters(datasette, request, database),
        "narrow": _narrow(datasette, request, described),
        "columns": described.get("columns", {}),
        "in_view": await datasette.get_database(database).view_exists(table),  # type: ignore[no-untyped-call]
        "beside": [
            (tables()[name]["title"], datasette.urls.table(database, name)) for name in described.get("beside", ())
        ],
        "clear": request.path,
    }
    rendered: str = await datasette.render_template("press_columns.html", context, request=request)
    return rendered


async def counted(datasette: Datasette, database: str, count_sql: str, params: dict[str, Any]) -> tuple[int, bool]:
    """How many rows Datasette's counting query finds, and whether there are more than that."""
    found = datasette.get_database(database)  # type: ignore[no-untyped-call]
    try:
        rows = await found.execute(count_sql, params, custom_time_limit=_COUNTING_MS)
        return int(rows.first()[0]), False
    except QueryInterrupted:
        _, _, rest = count_sql.partition("count(*)")
        bounded = f"SELECT count(*) FROM (SELECT 1 {rest} LIMIT {_COUNTED + 1})"  # noqa: S608
        many = int((await found.execute(bounded, params)).first()[0])
        return min(many, _COUNTED), many > _COUNTED


def _narrow(datasette: Datasette, request: Request, described: dict[str, Any]) -> list[tuple[str, str]]:
    """The columns to narrow by that are not facets already, each with the page's address with it."""
    there = {*request.args.getlist("_facet"), *described.get("facets", ()), *described.get("counted", ())}
    return [
        (column_in_words(column), datasette.urls.path(path_with_added_args(request, {"_facet": column, "_next": None})))  # type: ignore[no-untyped-call]
        for column in described.get("narrow", ())
        if column not in there
    ]


async def _filters(datasette: Datasette, request: Request, database: str) -> list[tuple[str, str]]:
    """Each filter that holds in words, with the page's address without it."""
    pairs = [
        (name, value)
        for name in request.args
        if not (name.startswith("_") and "__" not in name)
        for value in request.args.getlist(name)
    ]
    found = []
    for column, lookup, value in Filters(pairs).selections():  # type: ignore[no-untyped-call]
        words = _LOOKUPS.get(lookup, f"{lookup} ")
        if not words.startswith("is "):
            words += await _value(datasette, request, database, column, value)
        without = {column: None, f"{column}__{lookup}": None, "_next": None}
        address = datasette.urls.path(path_with_replaced_args(request, without))  # type: ignore[no-untyped-call]
        found.append((f"{column_in_words(column)}: {words}", address))
    return found


async def _value(datasette: Datasette, request: Request, database: str, column: str, value: str) -> str:
    """The value in words; for a number the name of what it stands for, if the reader may see that."""
    named_by = NAMED_BY.get(column)
    if named_by is not None and value.isascii() and value.isdigit() and len(value) < 19:
        table, label = named_by
        resource = TableResource(database=database, table=table)
        if await datasette.allowed(action="view-table", resource=resource, actor=request.actor):
            query = f'SELECT "{label}" FROM "{table}" WHERE id = ?'  # noqa: S608
            row = (await datasette.get_database(database).execute(query, [int(value)])).first()  # type: ignore[no-untyped-call]
            value = str(row[0]) if row else value
    elif column != "id" and named_by is None:
        value = value_in_words(value, column)
    return value if len(value) <= _SHOWN else value[: _SHOWN - 1] + "…"
