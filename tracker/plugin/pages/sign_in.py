"""The sign-in page: name and password, checked off the event loop, then back to the page asked for.

The page of datasette-auth-passwords is not used, only its hashes: it forgets which page was asked for,
hashes on the event loop, tells strangers from people by its speed, and lets anybody guess for ever.
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote, urlsplit

from datasette.utils.asgi import Request, Response

from tracker.people import People, Person, folded, password_fits
from tracker.plugin.guesses import address_key, name_key
from tracker.plugin.sessions import COOKIE, LASTS, Desk, cookie_for, desk_of

if TYPE_CHECKING:
    from datasette.app import Datasette

_TEMPLATE = "press_sign_in.html"
# Longer ones are nobody's, and not worth hashing.
_LONGEST = 1000
#: So many wait for their turn at most; more are turned away at once.
_WAITING = 20
_UNSAFE = re.compile(r"[\x00-\x1f\x7f\\]")
_NOT_KEPT = {"cache-control": "private, no-store"}
_OWN_PAGES = ("/-/login", "/-/logout")

WRONG = "The name or the password is wrong."
MISSING = "Type your name and your password."
BUSY = "Too many people are signing in at this moment: try again in a minute."


@dataclass(frozen=True, slots=True)
class Typed:
    """What stood in the form."""

    name: str = ""
    password: str = ""
    wanted: str = "/"


def local_path(wanted: str) -> str:
    """The page to go to after signing in: a path on this very site, or else the front page.

    Browsers take ``//other.example`` and ``/\\other.example`` for another site, and skip tabs and line
    ends in an address.
    """
    if not wanted.startswith("/") or wanted.startswith("//") or _UNSAFE.search(wanted) or len(wanted) > 2000:
        return "/"
    try:
        parts = urlsplit(wanted)
    except ValueError:
        return "/"
    if parts.scheme or parts.netloc or parts.path.rstrip("/") in _OWN_PAGES:
        return "/"
    # What is encoded stays so.
    return quote(wanted, safe="/?&=%#:;,+!*'()@~$[]", errors="replace")


async def sign_in(datasette: Datasette, request: Request) -> Response:
    """``/-/login``: the form, and what comes back with it."""
    desk = desk_of(datasette)
    if request.method != "POST":
        wanted = local_path(request.args.get("next") or "/")
        if request.actor:
            return _redirect(wanted)
        return await _form(datasette, request, Typed(wanted=wanted))
    typed = _typed(await request.post_body())  # type: ignore[no-untyped-call]
    if not typed.name.strip() or not typed.password:
        return await _form(datasette, request, typed, MISSING, 400)
    keys = (name_key(folded(typed.name.strip())), address_key((request.scope.get("client") or ("",))[0]))
    wait = desk.guesses.begin(*keys)
    if wait:
        return await _form(datasette, request, typed, _later(wait), 429, {"retry-after": str(int(wait) + 1)})
    if desk.waiting >= _WAITING:
        desk.guesses.forgive(*keys)
        return await _form(datasette, request, typed, BUSY, 429, {"retry-after": "60"})
    people = desk.known()
    person = await _checked(desk, people, typed)
    if person is None:
        return await _form(datasette, request, typed, WRONG, 403)
    desk.guesses.forgive(*keys)
    response = _redirect(typed.wanted)
    secure = request.scheme == "https"
    cookie = cookie_for(people, person)
    response.set_cookie(  # type: ignore[no-untyped-call]
        COOKIE, cookie, max_age=LASTS, secure=secure, httponly=True, samesite="lax"
    )
    return response


def _typed(body: bytes) -> Typed:
    fields = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=None)
    first = {name: values[0] for name, values in fields.items()}
    return Typed(first.get("username", ""), first.get("password", ""), local_path(first.get("next", "/")))


async def _checked(desk: Desk, people: People, typed: Typed) -> Person | None:
    """The person whose name and password these are."""
    person = people.find(typed.name.strip()) if len(typed.password) <= _LONGEST else None
    desk.waiting += 1
    try:
        loop = asyncio.get_running_loop()
        fits = await loop.run_in_executor(desk.hashing, password_fits, typed.password[:_LONGEST], person, people)
    finally:
        desk.waiting -= 1
    return person if fits else None


def _later(wait: float) -> str:
    minutes = -(-int(wait) // 60) or 1
    times = "a minute" if minutes == 1 else f"{minutes} minutes"
    return f"Too many failed tries for this name or from this address: try again in {times}."


async def _form(
    datasette: Datasette,
    request: Request,
    typed: Typed,
    error: str = "",
    status: int = 200,
    headers: dict[str, str] | None = None,
) -> Response:
    desk = desk_of(datasette)
    context = {
        "error": error,
        "name": typed.name[:200],
        "wanted": typed.wanted,
        "everybody": desk.everybody,
        "nobody": not desk.known().by_name,
    }
    page = await datasette.render_template(_TEMPLATE, context, request=request)
    response: Response = Response.html(page, status, {**_NOT_KEPT, **(headers or {})})  # type: ignore[no-untyped-call]
    return response


def _redirect(place: str) -> Response:
    response: Response = Response.redirect(place, 303, dict(_NOT_KEPT))  # type: ignore[no-untyped-call]
    return response


async def robots() -> Response:
    """``/robots.txt``: nothing here is for search engines."""
    response: Response = Response.text("User-agent: *\nDisallow: /\n")  # type: ignore[no-untyped-call]
    return response


ROUTES = ((r"^/-/login$", sign_in), (r"^/robots\.txt$", robots))
