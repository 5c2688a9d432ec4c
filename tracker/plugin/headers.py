"""What every answer of the web process carries besides its page: the rules for the browser.

Datasette sets no content security policy, lets any site frame its pages, and gives its login cookie
to scripts. Its templates carry inline scripts, so the policy names a number used once, which the
templates' own ``<script>`` tags get when they are compiled: a script that comes in with the data
does not have it, and does not run.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from contextvars import ContextVar
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment
from jinja2.ext import Extension

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

_NONCE: ContextVar[str] = ContextVar("csp_nonce", default="")
# The one inline handler in Datasette's table page, the SHA-256 of "openColumnChooser()".
_COLUMN_CHOOSER = "'unsafe-hashes' 'sha256-+l3zeDxxnrQy0aouZ6fIDwi+bFJ9b3COj5bWIKEUFYU='"
_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self' 'nonce-{nonce}' " + _COLUMN_CHOOSER,
        # Datasette's pages and scripts set styles in attributes.
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
_SCRIPT_TAG = re.compile(r"<script(?=[\s>{])")


class ScriptNonce(Extension):
    """Gives each ``<script>`` written in a template the request's nonce."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """The template's source with ``nonce`` attributes; data is filled in only later."""
        return _SCRIPT_TAG.sub('<script nonce="{{ csp_nonce() }}"', source)


def add_nonces(env: Environment) -> None:
    """Makes the environment's templates carry the nonce; needed before any of them is compiled."""
    env.globals["csp_nonce"] = _NONCE.get
    env.add_extension(ScriptNonce)


def wrapped(app: App, hosts: Sequence[str] = ()) -> App:
    """The application with the headers on every answer.

    With ``hosts`` it answers to these host names only: otherwise any site that a reader visits could
    point its own name at this machine and read the database through the reader's browser.
    """
    allowed = frozenset(host.lower().strip("[]") for host in hosts)

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        sent = dict(scope["headers"])
        if allowed and _host(sent) not in allowed:
            await _refuse(send)
            return
        nonce = secrets.token_urlsafe(16)
        token = _NONCE.set(nonce)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": _headers(message.get("headers", []), scope, sent, nonce)}
            await send(message)

        try:
            await app(scope, receive, send_with_headers)
        finally:
            _NONCE.reset(token)

    return answer


def _headers(given: Headers, scope: Scope, sent: dict[bytes, bytes], nonce: str) -> Headers:
    headers = [(name.lower(), value) for name, value in given]
    headers = [_safe_cookie(*header, scope) for header in headers]
    # Datasette's own no-referrer would make a form arrive with "Origin: null", which its own check
    # against forged requests then refuses.
    headers = _replaced(headers, b"referrer-policy", b"same-origin")
    if _signed_in(sent) and "/-/static" not in scope["path"]:
        headers = _replaced(headers, b"cache-control", b"private, no-store")
        headers = _replaced(headers, b"vary", b"Cookie, Authorization")
    present = {name for name, _ in headers}
    stated = {
        b"content-security-policy": _POLICY.format(nonce=nonce).encode(),
        b"x-frame-options": b"DENY",
        b"x-content-type-options": b"nosniff",
        b"cross-origin-resource-policy": b"same-origin",
    }
    return headers + [(name, value) for name, value in stated.items() if name not in present]


def _replaced(headers: Headers, name: bytes, value: bytes) -> Headers:
    return [*((known, old) for known, old in headers if known != name), (name, value)]


def _safe_cookie(name: bytes, value: bytes, scope: Scope) -> tuple[bytes, bytes]:
    if name == b"set-cookie" and value.startswith(b"ds_"):
        attributes = {part.strip().lower() for part in value.split(b";")[1:]}
        if b"httponly" not in attributes:
            value += b"; HttpOnly"
        if scope.get("scheme") == "https" and b"secure" not in attributes:
            value += b"; Secure"
    return name, value


def _signed_in(sent: dict[bytes, bytes]) -> bool:
    return b"ds_actor=" in sent.get(b"cookie", b"") or b"authorization" in sent


def _host(sent: dict[bytes, bytes]) -> str | None:
    try:
        return urlsplit("//" + sent.get(b"host", b"").decode("latin-1")).hostname
    except ValueError:
        return None


async def _refuse(send: Send) -> None:
    words = b"This address is not the tracker's own: open the one that `tracker serve` printed.\n"
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"x-content-type-options", b"nosniff")]
    await send({"type": "http.response.start", "status": 421, "headers": headers})
    await send({"type": "http.response.body", "body": words})
