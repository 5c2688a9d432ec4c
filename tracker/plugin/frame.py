"""What stands around every page: the bar's links, who is signed in, the words of tables."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from markupsafe import Markup
from sqlalchemy.exc import SQLAlchemyError

from db.in_review import in_review_count
from tracker.plugin.config import tables
from tracker.plugin.database import database_of
from tracker.plugin.facets import facets
from tracker.plugin.narrowing import counted
from tracker.plugin.pages.common import actor_person, in_thread, may_view

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request

_LONGEST_QUERY = 500
_QUEUE = Markup(
    'Queue <span class="press-in-review" title="in review">{}<span class="press-hidden"> in review</span></span>'
)


async def frame(datasette: Datasette, request: Request | None) -> dict[str, Any]:
    """The templates' ``press``: ``may_view``, ``links``, ``person``, ``sign_in``, ``query``, ``database``,
    ``tables``, and ``count`` and ``facets``, which count for a table's page."""
    try:
        database = database_of(datasette).name
    except LookupError:
        return {"press": {"may_view": False}}
    if request is None or not await may_view(datasette, request):
        return {"press": {"may_view": False, "database": database}}
    person = actor_person(request)
    context = {
        "may_view": True,
        "database": database,
        "links": _links(datasette, database, request.path, await _in_review(datasette)),
        "person": {"name": person[0], "role": person[1]} if person else None,
        "sign_in": _sign_in(datasette, request),
        "query": (request.args.get("q") or "")[:_LONGEST_QUERY] if request.path.endswith("/-/search") else "",
        "tables": tables(),
        "count": partial(counted, datasette, database),
        "facets": partial(facets, datasette),
    }
    return {"press": context}


async def _in_review(datasette: Datasette) -> int:
    """How many claims are in review: a count on an index of those alone, in a millisecond."""
    try:
        return await in_thread(datasette, in_review_count)
    except SQLAlchemyError:
        # The page of an error has the bar too.
        return 0


def _sign_in(datasette: Datasette, request: Request) -> str:
    """The way to the sign-in page, and from there back to this one, or to where that page leads already."""
    here = datasette.urls.path("/-/login")
    if request.path.rstrip("/").endswith("/-/login"):
        wanted = request.args.get("next") or ""
    else:
        # What was sent as a form cannot be opened by its address.
        wanted = request.full_path if request.method in ("GET", "HEAD") else ""
    return str(here) if wanted in ("", "/") else f"{here}?next={quote(wanted, safe='/', errors='replace')}"


def _links(datasette: Datasette, database: str, path: str, in_review: int) -> list[dict[str, Any]]:
    urls = datasette.urls
    queue = _QUEUE.format(f"{in_review:,}")
    links = (
        ("Press claims", urls.instance()),
        (queue if in_review else "Queue", urls.path("/-/queue")),
        ("All claims", urls.table(database, "claims")),
        ("Documents", urls.table(database, "documents_overview")),
        ("Sources", urls.table(database, "sources")),
    )
    return [{"name": name, "url": url, "here": path == str(url)} for name, url in links]
