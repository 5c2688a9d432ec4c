"""How the desk says no, or that something broke: one line, in the format that was asked for.

Datasette's own page of an error comes without our style sheets, and tells every reader the words of
whatever went wrong inside.
"""

from __future__ import annotations

import re
import traceback
from typing import TYPE_CHECKING

from datasette.utils.asgi import Base400, Request, Response
from datasette.views.base import DatasetteError
from markupsafe import Markup

if TYPE_CHECKING:
    from datasette.app import Datasette

_FORMAT = re.compile(r"\.(\w+)\Z")
_OF_TABLES = re.compile(r"/(?!-/)[^/]+(?:/(?!-/)[^/]+){0,2}")
#: What core's own pages raise where a parameter, or the ending of an address, is none of theirs.
_TYPED = (AssertionError, ValueError, TypeError, LookupError, AttributeError, OverflowError)
_TITLES = {
    400: "This cannot be answered",
    403: "This is not for everybody",
    404: "Not found",
    405: "Not possible",
    413: "Too much at once",
    500: "Something broke",
}
BROKEN = "Something broke here. The program's own output says what; try again, or tell whoever keeps this desk"


def shape_of(path: str, accepted: str) -> str:
    """``html``, ``json``, or another format that the address ends with."""
    found = _FORMAT.search(path.rpartition("/")[2])
    if found:
        return found[1]
    return "json" if "application/json" in accepted and "text/html" not in accepted else "html"


async def refusal(
    datasette: Datasette,
    shape: str,
    status: int,
    words: str,
    *,
    title: str | None = None,
    request: Request | None = None,
) -> Response:
    """A status and one line; with the ``request`` the page has the bar of whoever is signed in."""
    words = words if words.endswith((".", "!", "?")) else f"{words}."
    headers = {"cache-control": "private, no-store"}
    if shape == "json":
        response: Response = Response.error([words], status, headers)  # type: ignore[no-untyped-call]
    elif shape == "html":
        context = {"title": title or _TITLES.get(status, "Not possible"), "error": words, "status": status}
        page = await datasette.render_template("error.html", context, request=request)
        response = Response.html(page, status, headers)  # type: ignore[no-untyped-call]
    else:
        response = Response.text(f"{words}\n", status, headers)  # type: ignore[no-untyped-call]
    return response


async def failed(datasette: Datasette, request: Request, exception: Exception) -> Response | None:
    """The page of an error; None leaves Datasette's own answer, which is good enough for programs."""
    shape = shape_of(request.path, request.headers.get("accept") or "")
    if isinstance(exception, DatasetteError) and exception.status != 500:
        words = Markup(exception.message) if exception.message_is_html else str(exception.message)  # noqa: S704
        status, title = exception.status, exception.title
    elif isinstance(exception, Base400):
        status, title, words = exception.status, None, str(exception.args[0] if exception.args else "")
        words = "There is no such page" if words in ("", "404") else words
    elif _is_typed(request) and isinstance(exception, _TYPED):
        # Datasette takes many a parameter as it comes.
        words = "The address asks for something that cannot be: see what stands behind the question mark"
        return await refusal(datasette, shape, 400, words, request=request)
    else:
        # Whoever keeps the desk sees it; Datasette prints what is being handled, which by now is nothing.
        traceback.print_exception(exception)
        return await refusal(datasette, shape, 500, BROKEN, request=request)
    return await refusal(datasette, shape, status, words, title=title, request=request) if shape == "html" else None


def _is_typed(request: Request) -> bool:
    """Whether the address is one of core's pages with something after the question mark, or with an ending."""
    of_core = request.method in ("GET", "HEAD") and _OF_TABLES.fullmatch(request.path) is not None
    return of_core and bool(request.query_string or _FORMAT.search(request.path))
