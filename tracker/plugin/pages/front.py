"""The front page: how many claims of which kinds, how many lack a source, and what came in last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine

from db.browse import ClaimLine, Counts, DocumentLine, FeedFilter, latest_claims, latest_documents
from db.counting import counts_now
from db.engine import reading
from db.morning import UNSTEADY, Morning, morning
from db.vocabulary import WORKFLOWS
from tracker.plugin.pages.common import database_of, in_thread, render, require
from tracker.plugin.pages.queue import TABS

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response

_BARS = 14
_LATEST = 6
#: Figures that changed in so many days are counted.
_DAYS = 7
#: So many rows can be named one by one in an address.
_NAMED = 100


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
    since = (datetime.now(UTC) - timedelta(days=_DAYS)).strftime("%Y-%m-%d")
    counted, documents, claims, news = await in_thread(datasette, _read, since)
    name = database_of(datasette).name
    context: dict[str, Any] = {
        "counts": counted,
        "bars": _bars(counted),
        "news": _news(datasette, news, since),
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


def _read(engine: Engine, since: str) -> tuple[Counts, tuple[DocumentLine, ...], tuple[ClaimLine, ...], Morning]:
    with reading(engine) as connection:
        newest = latest_claims(connection, FeedFilter(limit=_LATEST))
        return counts_now(engine), latest_documents(connection, _LATEST), newest, morning(connection, since)


@dataclass(frozen=True, slots=True)
class News:
    """So many of something that somebody should look at, and the address of their list."""

    number: int
    words: str
    url: str
    is_urgent: bool = False


def _news(datasette: Datasette, found: Morning, since: str) -> list[News]:
    """What is to be looked at, the most urgent first; empty where there is nothing."""
    name = database_of(datasette).name
    figures, sources, documents = (datasette.urls.table(name, table) for table in ("changes", "sources", "documents"))
    drifted = f"{figures}?kind=figure&document_id__notnull=1&at__gte={since}"
    unsteady = f"{sources}?liveness__in={','.join(UNSTEADY)}"
    approved, gone = found.approved_sources, found.pages_gone
    # Where all are of the more urgent kind they have been told already.
    all_figures = found.figures if found.figures > found.in_claims else 0
    all_sources = found.sources if found.sources > len(approved) else 0
    listed = (
        News(len(approved), _many(len(approved), "source# of approved claims changed or gone"),
             _named(sources, approved) or unsteady, is_urgent=True),
        News(found.in_claims, _many(found.in_claims, f"figure# of claims changed on their pages in {_DAYS} days"),
             f"{drifted}&claim_id__notnull=1", is_urgent=True),
        News(all_figures, _many(all_figures, f"figure# changed in all in {_DAYS} days"), drifted),
        News(all_sources, _many(all_sources, "source# changed or gone in all"), unsteady),
        News(len(gone), "document whose page is gone" if len(gone) == 1 else "documents whose pages are gone",
             _named(documents, gone) or f"{datasette.urls.table(name, 'visits')}?outcome=gone&document_id__notnull=1"),
    )  # fmt: skip
    return [item for item in listed if item.number]


def _many(number: int, words: str) -> str:
    return words.replace("#", "" if number == 1 else "s")


def _named(table: str, ids: tuple[int, ...]) -> str | None:
    """The address of exactly these rows; None where they are too many for one."""
    return f"{table}?id__in={','.join(map(str, ids))}" if len(ids) <= _NAMED else None


def _bars(counted: Counts) -> list[Bar]:
    kinds = counted.kinds()[:_BARS]
    most = max((kind.claims for kind in kinds), default=1)
    return [
        Bar(kind.kind, kind.claims, kind.lacking, 100 * kind.claims / most, 100 * kind.lacking / most) for kind in kinds
    ]


ROUTES = ((r"^/$", front),)
