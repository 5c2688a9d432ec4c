"""What is let in at all: which addresses exist, which take a form, and who must sign in first.

Datasette brings some forty addresses under ``/-/`` that are of no use to readers, and some that
tell them how the machine is made. Here only those pass that are named; a new page of ours under
``/-/`` is named here too. The permissions in ``config`` stand behind this, closed by themselves.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote_to_bytes

from datasette.utils.asgi import Response

from tracker.plugin.headers import App, Receive, Scope, Send
from tracker.plugin.refusals import refusal, shape_of
from tracker.plugin.sessions import checked_cookies, desk_of

if TYPE_CHECKING:
    from datasette.app import Datasette

# Addresses with a lone hyphen between slashes are Datasette's place for everything but data.
_NAMED = re.compile(
    r"/-/(?:static|static-plugins)/.+"
    r"|/-/(?:login|logout)"
    r"|/-/(?:queue|search|new\.atom)"
    r"|/-/claim/[^/]+/[^/]+"
    # The menu's "Jump to", and the link under a long table that counts all its rows.
    r"|/-/jump(?:\.json)?"
    r"|/[^/]+/[^/]+/-/count"
)
# The file itself, and another name for a database that there is not.
_NEVER = re.compile(r"/[^/]+\.db|/:memory:.*")
_FORMS = re.compile(r"/-/(?:login|logout)|/-/claim/[^/]+/[^/]+|/[^/]+/[^/]+/-/count")
_READING = ("GET", "HEAD")
#: What a visitor needs to sign in.
_FOR_EVERYBODY = re.compile(r"/-/(?:login|logout|(?:static|static-plugins)/.+)|/favicon\.ico|/robots\.txt")
_CONTROL = re.compile(rb"[\x00-\x1f\x7f]")
_NOT_KEPT = {"cache-control": "private, no-store"}
_TITLES = {403: "Sign in first"}
_SIGN_IN = "Sign in first, at /-/login; then come back and send it again"


def guarded(app: App, datasette: Datasette) -> App:
    """The application behind the gate."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        path = _path(scope)
        refusal = _refusal(path, scope["method"])
        if refusal is not None:
            await _refused(datasette, scope, send, *refusal)
            return
        desk = desk_of(datasette)
        cookies = b"; ".join(value for name, value in scope["headers"] if name.lower() == b"cookie")
        shown, actor = checked_cookies(cookies, datasette, desk)
        # Passwords in headers are not offered: each request would cost a third of a second.
        headers = [pair for pair in scope["headers"] if pair[0].lower() not in (b"cookie", b"authorization")]
        scope = {**scope, "headers": [*headers, (b"cookie", shown)] if shown else headers}
        if actor or desk.everybody or _FOR_EVERYBODY.fullmatch(path):
            await app(scope, receive, send)
        elif scope["method"] in _READING and _shape(path, scope) == "html":
            await _to_sign_in(scope, path, send)
        else:
            await _refused(datasette, scope, send, 403, _SIGN_IN)

    return answer


def _path(scope: Scope) -> str:
    """The path as Datasette's router reads it: still encoded, without the query."""
    raw: bytes = scope.get("raw_path") or quote(scope["path"]).encode()
    return raw.partition(b"?")[0].decode("latin-1")


def _refusal(path: str, method: str) -> tuple[int, str] | None:
    """Status and words for an address that is not served to anybody, or not by this method."""
    decoded = unquote_to_bytes(path.encode("latin-1"))
    if not path.isascii() or not path.startswith("/") or _CONTROL.search(decoded) or not _is_utf8(decoded):
        return 400, "This address is not one that can be read"
    segments = path.split("/")
    if b".." in decoded.split(b"/") or path.startswith(("//", "/\\")) or _NEVER.fullmatch(path):
        return 404, "There is no such page"
    if "-" in segments and not _NAMED.fullmatch(path):
        return 404, "There is no such page"
    if method not in _READING and not (method == "POST" and _FORMS.fullmatch(path)):
        return 405, "This page takes no form"
    return None


def _is_utf8(decoded: bytes) -> bool:
    try:
        decoded.decode()
    except UnicodeDecodeError:
        return False
    return True


def _shape(path: str, scope: Scope) -> str:
    accepted = b",".join(value for name, value in scope["headers"] if name.lower() == b"accept")
    return shape_of(path, accepted.decode("latin-1"))


async def _refused(datasette: Datasette, scope: Scope, send: Send, status: int, words: str) -> None:
    # Of the request nothing goes into the page: not what was typed, nor who sent it.
    response = await refusal(datasette, _shape(_path(scope), scope), status, words, title=_TITLES.get(status))
    if status == 405:
        response.headers["allow"] = ", ".join(_READING)
    await response.asgi_send(send)  # type: ignore[no-untyped-call]


async def _to_sign_in(scope: Scope, path: str, send: Send) -> None:
    query = (scope.get("query_string") or b"").decode("latin-1")
    wanted = f"{path}?{query}" if query else path
    place = "/-/login" if wanted == "/" else f"/-/login?next={quote(wanted, safe='/')}"
    await Response.redirect(place, headers=dict(_NOT_KEPT)).asgi_send(send)  # type: ignore[no-untyped-call]
