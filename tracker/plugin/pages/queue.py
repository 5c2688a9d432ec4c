"""The queue of claims that lack a source, with the other queues as tabs, most important first."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from sqlalchemy import Engine

from db.browse import REVIEW, Counts, QueuePage, queue_page
from db.counting import counts_now
from db.in_review import LastMoves, in_review_count, in_review_page, last_moves
from tracker.citing.formats import formats
from tracker.judging.importance import IN_WORDS
from tracker.plugin.pages.common import actor_person, database_of, in_thread, render, require

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response

_NEXT = re.compile(r"(-?\d{1,18})-(\d{1,18})\Z")


@dataclass(frozen=True, slots=True)
class Tab:
    """A queue: its name in addresses, its title, what stands in it, and the table or view that holds the same."""

    name: str
    title: str
    meaning: str
    table: str
    filters: tuple[tuple[str, str], ...] = ()


TABS = (
    Tab(
        "lacking",
        "Lacking a source",
        "These claims rest on nothing, or on somebody who is not named, and nobody has attached a source that "
        "supports them.",
        "claims_lacking_source",
    ),
    Tab(
        "named",
        "Source named, not located",
        "These claims name a report, a court or a study without saying where it is to be found.",
        "claims_named_not_located",
    ),
    Tab(
        "firsthand",
        "Firsthand, unverified",
        "The speaker tells of the acts or results of their own organisation; nobody else has verified them.",
        "claims_firsthand",
    ),
    Tab(
        REVIEW,
        "In review",
        "Somebody has flagged these claims or begun to work on them, or they read otherwise than when they were "
        "judged; nobody has approved or rejected them yet.",
        "claims",
        (("workflow", "in_review"), ("_sort_desc", "weight")),
    ),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for; ``awaiting``: of what is in review only what has a verdict."""

    tab: Tab
    kind: str | None
    awaiting: bool
    after: tuple[int, int] | None

    @property
    def named(self) -> dict[str, str | None]:
        """The same for an address, but for the place to go on from."""
        return {"tab": self.tab.name, "kind": self.kind, "awaiting": "1" if self.awaiting else None}


@dataclass(frozen=True, slots=True)
class Read:
    """What the page shows: ``moves`` by claim, and for editors how many claims await them."""

    counts: Counts
    page: QueuePage
    moves: dict[int, LastMoves]
    waiting: int


async def queue(datasette: Datasette, request: Request) -> Response:
    """``/-/queue?tab=…&kind=…&awaiting=1&next=…``; what is not understood is left out of account."""
    await require(datasette, request)
    asked = _asked(request)
    tab, person = asked.tab, actor_person(request)
    read = await in_thread(datasette, _read, asked, for_editor=person is not None and person[1] == "editor")
    name = database_of(datasette).name
    context = {
        "tabs": TABS,
        "tab": tab,
        "kind": asked.kind,
        "awaiting": asked.awaiting,
        "waiting": read.waiting,
        "counts": read.counts,
        "kinds": read.counts.kinds(tab.name),
        "page": read.page,
        "moves": read.moves,
        "is_first": not request.args.get("next"),
        "order": IN_WORDS,
        "address": lambda **given: _address(datasette, **given),
        "taken": _taken(datasette, asked),
        "next_url": _next_url(datasette, asked, read.page),
        "claims_url": datasette.urls.table(name, "claims"),
        "documents_url": datasette.urls.table(name, "documents"),
    }
    return await render(datasette, request, "press_queue.html", context)


def _asked(request: Request) -> Asked:
    tab = next((tab for tab in TABS if tab.name == request.args.get("tab")), TABS[0])
    awaiting = tab.name == REVIEW and request.args.get("awaiting") == "1"
    return Asked(tab, request.args.get("kind") or None, awaiting, _after(request.args.get("next")))


def _read(engine: Engine, asked: Asked, *, for_editor: bool) -> Read:
    counted, tab = counts_now(engine), asked.tab.name
    # SQLite takes no lone surrogates, and no stored kind holds one.
    kind = asked.kind.encode("utf-8", "replace").decode() if asked.kind else None
    moves: dict[int, LastMoves] = {}
    if tab == REVIEW:
        page = in_review_page(engine, kind=kind, awaiting=asked.awaiting, after=asked.after)
        moves = last_moves(engine, [claim.id for claim in page.claims])
    else:
        page = queue_page(engine, tab, kind=kind, expected=counted.queue(tab, kind), after=asked.after)
    return Read(counted, page, moves, in_review_count(engine, awaiting=True) if for_editor else 0)


def _after(typed: str | None) -> tuple[int, int] | None:
    found = _NEXT.match(typed or "")
    return (int(found[1]), int(found[2])) if found else None


def _address(datasette: Datasette, **given: str | None) -> str:
    query = urlencode({name: value for name, value in given.items() if value})
    return str(datasette.urls.path("/-/queue")) + (f"?{query}" if query else "")


def _taken(datasette: Datasette, asked: Asked) -> list[tuple[str, str]]:
    """The same claims as a table, as data and as citations: each a name and an address."""
    query = [*asked.tab.filters, *([("kind", asked.kind)] if asked.kind else [])]
    if asked.awaiting:
        query.append(("verdict__not", "unchecked"))
    table = datasette.urls.table(database_of(datasette).name, asked.tab.table)

    def address(ending: str, *more: tuple[str, str]) -> str:
        given = urlencode([*query, *more], errors="replace")
        return f"{table}{ending}" + (f"?{given}" if given else "")

    whole = ("_size", "max")
    cited = [form.extension for form in formats().values() if form.name != "html"]
    data = [("CSV", address(".csv", ("_labels", "on"), whole)), ("json", address(".json", whole))]
    return [("a table", address("")), *data, *((form, address(f".{form}")) for form in cited)]


def _next_url(datasette: Datasette, asked: Asked, page: QueuePage) -> str | None:
    if page.after is None:
        return None
    return _address(datasette, **asked.named, next="{}-{}".format(*page.after))


ROUTES = ((r"^/-/queue$", queue),)
