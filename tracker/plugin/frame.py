"""What stands around every page: the bar's links, who is signed in, the words of tables."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from tracker.plugin.config import tables
from tracker.plugin.database import database_of
from tracker.plugin.facets import facets
from tracker.plugin.narrowing import counted
from tracker.plugin.pages.common import actor_person, may_view

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request

_LONGEST_QUERY = 500


async def frame(datasette: Datasette, request: Request | None) -> dict[str, Any]:
    """The templates' ``press``: ``may_view``, ``links``, ``person``, ``query``, ``database``, ``tables``, and
    ``count`` and ``facets``, which count for a table's page."""
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
        "links": _links(datasette, database, request.path),
        "person": {"name": person[0], "role": person[1]} if person else None,
        "query": (request.args.get("q") or "")[:_LONGEST_QUERY] if request.path.endswith("/-/search") else "",
        "tables": tables(),
        "count": partial(counted, datasette, database),
        "facets": partial(facets, datasette),
    }
    return {"press": context}


def _links(datasette: Datasette, database: str, path: str) -> list[dict[str, Any]]:
    urls = datasette.urls
    links = (
        ("Press claims", urls.instance()),
        ("Queue", urls.path("/-/queue")),
        ("All claims", urls.table(database, "claims")),
        ("Documents", urls.table(database, "documents_overview")),
        ("Sources", urls.table(database, "sources")),
    )
    return [{"name": name, "url": url, "here": path == str(url)} for name, url in links]
