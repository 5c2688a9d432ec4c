"""What every page needs: permission, the database in a thread, rendering, and safe addresses."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar
from urllib.parse import urlsplit

from sqlalchemy import Engine

from tracker.plugin.database import Database, database_of, engine_of

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response

__all__ = [
    "Database",
    "actor_person",
    "database_of",
    "in_thread",
    "may_view",
    "move_in_thread",
    "render",
    "require",
    "safe_url",
]
#: The moves' own threads: each may wait its quarter of a minute for the lock.
_MOVES = ThreadPoolExecutor(8, thread_name_prefix="moves")

_Given = ParamSpec("_Given")
_Result = TypeVar("_Result")


async def render(
    datasette: Datasette, request: Request, template: str, context: Mapping[str, Any], status: int = 200
) -> Response:
    """The page of this template, with what ``base.html`` needs added by Datasette and our own hook."""
    from datasette.utils.asgi import Response

    page: str = await datasette.render_template(template, dict(context), request=request)
    return Response.html(page, status=status)  # type: ignore[no-untyped-call, no-any-return]


async def may_view(datasette: Datasette, request: Request) -> bool:
    """May whoever asks see the tracked database?"""
    from datasette.resources import DatabaseResource

    resource = DatabaseResource(database=database_of(datasette).name)
    return bool(await datasette.allowed(action="view-database", resource=resource, actor=request.actor))


async def require(datasette: Datasette, request: Request) -> None:
    """Raises ``datasette.Forbidden`` unless whoever asks may see the tracked database."""
    from datasette.utils.asgi import Forbidden

    if not await may_view(datasette, request):
        raise Forbidden("You may not see this page: sign in first.")


async def in_thread(
    datasette: Datasette,
    function: Callable[Concatenate[Engine, _Given], _Result],
    *args: _Given.args,
    **named: _Given.kwargs,
) -> _Result:
    """The function's result on the tracked database's engine; it runs in a thread, never on the event loop."""
    return await asyncio.to_thread(lambda: function(engine_of(datasette), *args, **named))


async def move_in_thread(
    datasette: Datasette,
    function: Callable[Concatenate[Engine, _Given], _Result],
    *args: _Given.args,
    **named: _Given.kwargs,
) -> _Result:
    """As ``in_thread``, for what writes: moves that wait for a long import must not hold up who reads."""
    call = partial(function, engine_of(datasette), *args, **named)
    return await asyncio.get_running_loop().run_in_executor(_MOVES, call)


def actor_person(request: Request) -> tuple[str, str] | None:
    """The name and the role of whoever is signed in; None for a visitor."""
    actor = request.actor
    if not isinstance(actor, dict):
        return None
    name = actor.get("name") or actor.get("id")
    return (str(name), str(actor.get("role") or "reader")) if name else None


def safe_url(url: object) -> str | None:
    """The address if it is a plain web address that a page may link, else None."""
    if not isinstance(url, str) or re.search(r"[\s\0-\x1f\\]", url):
        return None
    try:
        parts = urlsplit(url)
        return url if parts.scheme in ("http", "https") and parts.hostname else None
    except ValueError:
        return None
