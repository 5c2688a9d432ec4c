"""Tables as Datasette shows them, with the columns that most people want.

Only the page is cut down, and only where the reader has not chosen columns: JSON and CSV keep all, and come
here only so that one line says what is wrong with an address.
The page's rows are counted by ``narrowing.counted``: Datasette reads them whole to count them.
"""

from __future__ import annotations

import re
from json import JSONDecodeError
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode

from datasette.utils import MultiParams, path_with_removed_args
from datasette.utils.asgi import BadRequest, Request, Response
from datasette.views.table import table_view

from db.records import shown
from db.views import view_statements
from tracker.plugin.config import tables
from tracker.plugin.refusals import refusal

if TYPE_CHECKING:
    from datasette.app import Datasette


#: Where a page of a table ended: a row's number, behind the value that the table is sorted by.
_NEXT = re.compile(r"(?:.*,)?\d{1,18}\Z", re.DOTALL)


class _Narrower(Request):
    """The request as if it asked for these columns, so many rows and no count; the page's links do not tell.

    The facets that are there anyway are not asked for again.
    """

    def __init__(self, request: Request, name: str) -> None:
        described = tables()[name]
        there = {("_facet", column) for column in described.get("counted", ())}
        asked = parse_qsl(request.query_string, keep_blank_values=True)
        query = urlencode([pair for pair in asked if pair not in there]) if there & set(asked) else request.query_string
        super().__init__({**request.scope, "query_string": query.encode("latin-1")}, request.receive)  # type: ignore[no-untyped-call]
        self._known: dict[str, str] = described.get("columns", {})
        # For the link to the next page Datasette looks for the value that the last row is sorted by: in a table in
        # which it puts labels in place of numbers it fails where that is no column of the page.
        self._needs_sorted = name not in view_statements() and any(column.endswith("_id") for column in self._known)
        self._columns: list[str] = described.get("shown", [])
        self._rows: int | None = described.get("rows")

    @property
    def args(self) -> Any:
        """The arguments, the columns among them."""
        given = super().args
        every = {"_nocount": ["1"], **{name: given.getlist(name) for name in given}}
        if self._rows:
            every.setdefault("_size", [str(self._rows)])
        if self._columns and not every.keys() & {"_col", "_nocol"}:
            every["_col"] = self._columns
        if self._needs_sorted:
            sorted_by = (every.get("_sort") or every.get("_sort_desc") or [""])[0]
            if "_col" in every and sorted_by in self._known:
                every["_col"] = list(dict.fromkeys((*every["_col"], sorted_by)))
            if "_nocol" in every:
                every["_nocol"] = [column for column in every["_nocol"] if column != sorted_by]
        return MultiParams(every)  # type: ignore[no-untyped-call]


async def table(datasette: Datasette, request: Request) -> Response:
    """``/DB/claims`` and the like; the permission is asked for by Datasette's own view."""
    described = tables()[request.url_vars["table"]]
    form = request.url_vars.get("format")
    if form:
        return await _for_programs(datasette, request, described, form)
    if request.args.get("_search") == "":
        # An empty search box finds nothing; who applies a filter has not searched for nothing.
        cleared = path_with_removed_args(request, {"_search"})  # type: ignore[no-untyped-call]
        return Response.redirect(datasette.urls.path(cleared))  # type: ignore[no-untyped-call, no-any-return]
    _check(request, described)
    return await _answer(datasette, _Narrower(request, request.url_vars["table"]))


async def _for_programs(datasette: Datasette, request: Request, described: dict[str, Any], form: str) -> Response:
    try:
        _check(request, described)
        return await _answer(datasette, request)
    except BadRequest as error:
        # Not left to Datasette, which formats a traceback of each, for a second.
        return await refusal(datasette, form, 400, str(error))


async def _answer(datasette: Datasette, request: Request) -> Response:
    try:
        response: Response = await table_view(datasette, request)  # type: ignore[no-untyped-call]
    except JSONDecodeError as error:
        # As in kind__in=[…, which Datasette reads as JSON.
        raise BadRequest("A filter in this address begins like a list and is none") from error
    return response


def _check(request: Request, described: dict[str, Any]) -> None:
    """Raises BadRequest for what Datasette would stumble over, or pass over."""
    unknown = set(request.args.getlist("_facet")) - set(described.get("columns", ()))
    if unknown:
        raise BadRequest(f"There is no column {shown(min(unknown))} to narrow by")
    place = request.args.get("_next")
    # Where rows have another key than a number Datasette looks itself.
    if place and "id" in described.get("columns", ()) and not _NEXT.match(place):
        raise BadRequest("_next is not a place to go on from")


_NAMES = "|".join(tables())
ROUTES = ((rf"^/(?P<database>[^\/\.]+)/(?P<table>{_NAMES})(?:\.(?P<format>json|csv))?$", table),)
