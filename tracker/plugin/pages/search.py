"""One search box over claims, archived texts, names and sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from sqlalchemy import Engine

from db.searching import RANKED, Found, search_all
from tracker.plugin.pages.common import database_of, in_thread, render, require, safe_url

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response

_LONGEST = 500


async def search(datasette: Datasette, request: Request) -> Response:
    """``/-/search?q=…``: any input is fine; without words in it, it says how to search."""
    await require(datasette, request)
    typed = (request.args.get("q") or "")[:_LONGEST].replace("\0", " ").encode("utf-8", "replace").decode()
    found = await in_thread(datasette, _read, typed) if typed.strip() else None
    urls, name = datasette.urls, database_of(datasette).name
    tables = ("claims", "documents", "texts", "parties", "sources")
    context: dict[str, Any] = {
        "typed": typed.strip(),
        "found": found,
        "nothing": found is not None and not (found.claims or found.texts or found.parties or found.sources),
        "ranked": RANKED,
        "safe_url": safe_url,
        "all_claims": f"{urls.table(name, 'claims')}?{urlencode({'_search': typed})}",
        **{f"{table}_url": urls.table(name, table) for table in tables},
    }
    return await render(datasette, request, "press_search.html", context)


def _read(engine: Engine, typed: str) -> Found:
    return search_all(engine, typed)


ROUTES = ((r"^/-/search$", search),)
