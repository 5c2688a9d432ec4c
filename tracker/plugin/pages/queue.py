"""The queue of claims that lack a source, with the two other queues as tabs, most important first."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from sqlalchemy import Engine

from db.browse import Counts, QueuePage, queue_page
from db.counting import counts_now
from tracker.judging.importance import IN_WORDS
from tracker.plugin.pages.common import database_of, in_thread, render, require

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response

_NEXT = re.compile(r"(-?\d{1,18})-(\d{1,18})\Z")


@dataclass(frozen=True, slots=True)
class Tab:
    """A queue: its name in addresses, its title, and what stands in it."""

    name: str
    title: str
    meaning: str


TABS = (
    Tab(
        "lacking",
        "Lacking a source",
        "These claims rest on nothing, or on somebody who is not named, and nobody has attached a source that "
        "supports them.",
    ),
    Tab(
        "named",
        "Source named, not located",
        "These claims name a report, a court or a study without saying where it is to be found.",
    ),
    Tab(
        "firsthand",
        "Firsthand, unverified",
        "The speaker tells of the acts or results of their own organisation; nobody else has verified them.",
    ),
)


async def queue(datasette: Datasette, request: Request) -> Response:
    """``/-/queue?tab=…&kind=…&next=…``; what is not understood is left out of account."""
    await require(datasette, request)
    tab = next((tab for tab in TABS if tab.name == request.args.get("tab")), TABS[0])
    kind = request.args.get("kind") or None
    counted, page = await in_thread(datasette, _read, tab.name, kind, _after(request.args.get("next")))
    name = database_of(datasette).name
    context = {
        "tabs": TABS,
        "tab": tab,
        "kind": kind,
        "counts": counted,
        "kinds": counted.kinds(tab.name),
        "page": page,
        "is_first": not request.args.get("next"),
        "order": IN_WORDS,
        "address": lambda **given: _address(datasette, **given),
        "next_url": _next_url(datasette, tab, kind, page),
        "claims_url": datasette.urls.table(name, "claims"),
        "documents_url": datasette.urls.table(name, "documents"),
    }
    return await render(datasette, request, "press_queue.html", context)


def _read(engine: Engine, tab: str, kind: str | None, after: tuple[int, int] | None) -> tuple[Counts, QueuePage]:
    counted = counts_now(engine)
    # SQLite takes no lone surrogates, and no stored kind holds one.
    kind = kind.encode("utf-8", "replace").decode() if kind else None
    return counted, queue_page(engine, tab, kind=kind, expected=counted.queue(tab, kind), after=after)


def _after(typed: str | None) -> tuple[int, int] | None:
    found = _NEXT.match(typed or "")
    return (int(found[1]), int(found[2])) if found else None


def _address(datasette: Datasette, **given: str | None) -> str:
    query = urlencode({name: value for name, value in given.items() if value})
    return str(datasette.urls.path("/-/queue")) + (f"?{query}" if query else "")


def _next_url(datasette: Datasette, tab: Tab, kind: str | None, page: QueuePage) -> str | None:
    if page.after is None:
        return None
    return _address(datasette, tab=tab.name, kind=kind, next="{}-{}".format(*page.after))


ROUTES = ((r"^/-/queue$", queue),)
