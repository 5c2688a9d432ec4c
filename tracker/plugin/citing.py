"""Citations from the pages: a claim's, or those of all claims that a table shows, in each format.

``/DB/claims/12.bib`` cites one claim, ``/DB/claim_overview.bib?kind=fine`` what the same filters show
on the page. Datasette knows no format with a dot in its name (``csl.json``), and would give a page of
50 rows: so the addresses are our own, and Datasette's renderers are there for the links on its pages.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode

from datasette.database import QueryInterrupted
from datasette.resources import TableResource
from datasette.utils.asgi import Base400, Forbidden, NotFound, Request, Response
from datasette.views.base import DatasetteError
from datasette.views.table import table_view_data

from db.errors import UnknownClaim
from tracker.citations_of import as_citations
from tracker.citing.formats import Format, formats
from tracker.plugin.pages.common import database_of, in_thread

if TYPE_CHECKING:
    from datasette.app import Datasette

_OFFERED = {form.extension: form for form in formats().values() if form.name != "html"}
_EXTENSION = rf"\.(?P<form>{'|'.join(map(re.escape, _OFFERED))})$"
# What changes how a page looks, but not which rows it has; some of it would take the ids away.
_LOOKS = re.compile(
    r"_(?:col|nocol|label|labels|extra|shape|json|json_infinity|nl|ttl|trace|timelimit|stream|dl|header"
    r"|nocount|nofacet|nosuggest|facet.*)"
)

_ID = re.compile(r"[0-9]{1,18}")


@dataclass(frozen=True, slots=True)
class _Part:
    """The claims that a table gave, and how many match in all, as far as Datasette counts.

    ``total`` is None where counting took too long; ``counted`` tells whether it is exact or a minimum;
    ``later`` that rows before these were left out, ``more`` that rows behind them were.
    """

    ids: Sequence[int]
    total: int | None
    counted: bool
    later: bool
    more: bool
    next_url: str | None

    @property
    def remark(self) -> str:
        """What must be said of the list as a whole: that it is cut, or empty."""
        if not self.cut:
            return "" if self.ids else "No claims."
        number = f"{len(self.ids):,}"
        if self.total is None:
            return f"{number} claims from a later page." if self.later else f"First {number} claims; more match."
        total = f"{self.total:,}" if self.counted else f"more than {self.total - 1:,}"
        return f"{number} of {total} claims, from a later page." if self.later else f"First {number} of {total} claims."

    @property
    def cut(self) -> bool:
        """Do more claims match than are given?"""
        if self.total is None:
            return self.later or self.more
        return self.more or len(self.ids) < self.total

    def file_name(self, table: str) -> str:
        """A name for the file, which tells of the cut too: a program may drop every remark in it."""
        table = re.sub(r"[^A-Za-z0-9_-]+", "-", table)
        if not self.cut:
            return table
        if self.later or self.total is None or not self.counted:
            return f"{table}-part"
        return f"{table}-first-{len(self.ids)}-of-{self.total}"


async def cite_claim(datasette: Datasette, request: Request) -> Response:
    """One claim's citation."""
    return await _or_refused(_claim(datasette, request), request)


async def cite_table(datasette: Datasette, request: Request) -> Response:
    """The citations of the claims that a table or view shows, by the filters, sort and search of its page."""
    return await _or_refused(_table(datasette, request), request)


ROUTES = (
    (r"/(?P<database>[^/.]+)/(?P<table>claims)/(?P<claim>[^/]+?)" + _EXTENSION, cite_claim),
    (r"/(?P<database>[^/.]+)/(?P<table>[^/.]+)" + _EXTENSION, cite_table),
)


def renderers() -> list[dict[str, Any]]:
    """For Datasette's hook: they put the links on its pages; the addresses themselves are answered above."""
    return [{"extension": extension, "render": _refuse, "can_render": _can_cite} for extension in _OFFERED]


async def _claim(datasette: Datasette, request: Request) -> Response:
    resolved = await datasette.resolve_table(request)  # type: ignore[no-untyped-call]
    private = await _may_view(datasette, request, resolved.db.name, "claims")
    _is_tracked(datasette, resolved.db.name)
    form, claim_id = _OFFERED[request.url_vars["form"]], request.url_vars["claim"]
    try:
        # More digits than SQLite's numbers have are no id.
        citations = await in_thread(datasette, as_citations, [int(claim_id) if _ID.fullmatch(claim_id) else 0])
    except UnknownClaim as unknown:
        raise NotFound("There is no claim of this number.") from unknown
    return _answer(form, form.render(citations), f"claim-{citations[0].claim_id}", private=private)


async def _table(datasette: Datasette, request: Request) -> Response:
    resolved = await datasette.resolve_table(request)  # type: ignore[no-untyped-call]
    private = await _may_view(datasette, request, resolved.db.name, resolved.table)
    # A citation says more than some views do: who may not read the claims gets none of them.
    private = await _may_view(datasette, request, resolved.db.name, "claims") or private
    _is_tracked(datasette, resolved.db.name)
    column = await _claim_column(datasette, resolved.db.name, resolved.table)
    if column is None:
        raise _not_claims()
    part = await _part(datasette, request, resolved, column)
    if isinstance(part, Response):
        return part
    form = _OFFERED[request.url_vars["form"]]
    body = form.render(await in_thread(datasette, as_citations, part.ids), part.remark)
    answer = _answer(form, body, part.file_name(resolved.table), private=private)
    if part.next_url:
        answer.headers["link"] = f'<{part.next_url}>; rel="next"'
    return answer


async def _or_refused(answering: Awaitable[Response], request: Request) -> Response:
    """The answer, or one line that tells what is wrong: whoever asks for a file wants no page.

    Nor is it left to Datasette, which for each address that it refuses formats a traceback, for a second.
    """
    try:
        return await answering
    except (Base400, DatasetteError) as error:
        words = error.message if isinstance(error, DatasetteError) else str(error)
        if request.url_vars["form"].endswith("json"):
            return Response.error([words], error.status)  # type: ignore[no-untyped-call, no-any-return]
        return Response.text(f"{words}\n", status=error.status)  # type: ignore[no-untyped-call, no-any-return]


async def _can_cite(datasette: Datasette, database: str, table: str | None, view_name: str) -> bool:
    if table is None or database != database_of(datasette).name:
        return False
    return table == "claims" if view_name == "row" else await _claim_column(datasette, database, table) is not None


def _refuse() -> Response:
    return Response.text(f"{_not_claims()}\n", status=404)  # type: ignore[no-untyped-call, no-any-return]


def _not_claims() -> NotFound:
    return NotFound("Only claims can be cited: add the format to the address of a table of claims.")


async def _claim_column(datasette: Datasette, database: str, table: str) -> str | None:
    """The column with the claims' ids, of the table of claims or of a view on it."""
    if table == "claims":
        return "id"
    known = datasette.get_database(database)  # type: ignore[no-untyped-call]
    is_view = await known.view_exists(table)
    return "claim_id" if is_view and "claim_id" in await known.table_columns(table) else None


async def _may_view(datasette: Datasette, request: Request, database: str, table: str) -> bool:
    """Raises Forbidden unless whoever asks may see the table; tells whether not everybody may."""
    resource = TableResource(database=database, table=table)
    visible, private = await datasette.check_visibility(request.actor, action="view-table", resource=resource)
    if not visible:
        raise Forbidden("You do not have permission to view this table")
    return bool(private)


def _is_tracked(datasette: Datasette, database: str) -> None:
    if database != database_of(datasette).name:
        raise _not_claims()


async def _part(datasette: Datasette, request: Request, resolved: Any, column: str) -> _Part | Response:
    """The claims as Datasette's own table page finds them, or its answer that sends the browser elsewhere."""
    given = [(name, value) for name, value in parse_qsl(request.query_string, keep_blank_values=True)]
    kept = [(name, value) for name, value in given if not _LOOKS.fullmatch(name) and (name, value) != ("_size", "")]
    if not any(name == "_size" for name, _ in kept):
        kept.append(("_size", "max"))
    query = urlencode([*kept, ("_extra", "count")]).encode()
    asked = Request({**request.scope, "query_string": query}, request.receive)  # type: ignore[no-untyped-call]
    try:
        found = await table_view_data(datasette, asked, resolved)  # type: ignore[no-untyped-call]
    except QueryInterrupted as late:
        raise DatasetteError(  # type: ignore[no-untyped-call]
            "Finding these claims took too long: narrow them down with a filter.", status=400
        ) from late
    except (ValueError, sqlite3.IntegrityError) as wrong:
        # Datasette takes the place to go on from as a number, of any size, without a look at it.
        raise DatasetteError("_next is not a place to go on from.", status=400) from wrong  # type: ignore[no-untyped-call]
    if isinstance(found, Response):
        return found
    data, rows, *_, next_url = found
    ids = list(dict.fromkeys(int(row[column]) for row in rows))
    total = data["count"]
    if len(ids) < len(rows):
        # Rows are not claims here: how many of these there are is known only where all are given.
        total = len(ids) if total == len(rows) else None
    return _Part(
        ids=ids,
        total=total,
        counted=not data["count_truncated"],
        later=bool(asked.args.get("_next")),
        more=bool(data["next"]),
        next_url=next_url,
    )


def _answer(form: Format, body: str, name: str, *, private: bool) -> Response:
    headers = {"Cache-Control": "private, no-store" if private else "no-cache"}
    if private:
        headers["Vary"] = "Cookie"
    if form.saved:
        headers["Content-Disposition"] = f'attachment; filename="{name}.{form.extension}"'
    return Response(body + "\n", headers=headers, content_type=form.content_type)  # type: ignore[no-untyped-call]
