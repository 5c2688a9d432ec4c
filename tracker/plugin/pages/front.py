"""The front page: how many claims of which kinds, how many lack a source, and what came in last."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine

from db.browse import ClaimLine, Counts, DocumentLine, FeedFilter, latest_claims, latest_documents
from db.counting import counts_now
from db.engine import reading
from db.vocabulary import WORKFLOWS
from tracker.plugin.pages.common import database_of, in_thread, render, require
from tracker.plugin.pages.queue import TABS

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response

_BARS = 14
_LATEST = 6


@dataclass(frozen=True, slots=True)
class Bar:
    """A line of the chart: ``all`` and ``part`` are widths in percent, ``part`` for those lacking a source."""

    kind: str
    claims: int
    lacking: int
    all: float
    part: float


async def front(datasette: Datasette, request: Request) -> Response:
    """``/``."""
    await require(datasette, request)
    counted, documents, claims = await in_thread(datasette, _read)
    name = database_of(datasette).name
    context: dict[str, Any] = {
        "counts": counted,
        "bars": _bars(counted),
        "further": max(len(counted.kinds()) - _BARS, 0),
        "tabs": TABS,
        "workflows": [(state, counted.workflow(state)) for state in WORKFLOWS],
        "documents": documents,
        "claims": claims,
        "claims_url": datasette.urls.table(name, "claims"),
        "documents_url": datasette.urls.table(name, "documents"),
        "overview_url": datasette.urls.table(name, "documents_overview"),
    }
    return await render(datasette, request, "press_front.html", context)


def _read(engine: Engine) -> tuple[Counts, tuple[DocumentLine, ...], tuple[ClaimLine, ...]]:
    with reading(engine) as connection:
        newest = latest_claims(connection, FeedFilter(limit=_LATEST))
        return counts_now(engine), latest_documents(connection, _LATEST), newest


def _bars(counted: Counts) -> list[Bar]:
    kinds = counted.kinds()[:_BARS]
    most = max((kind.claims for kind in kinds), default=1)
    return [
        Bar(kind.kind, kind.claims, kind.lacking, 100 * kind.claims / most, 100 * kind.lacking / most) for kind in kinds
    ]


ROUTES = ((r"^/$", front),)
