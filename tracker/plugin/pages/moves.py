"""POST ``/-/claim/ID/MOVE``: the moves of a review, made by whoever is signed in.

What a move does and who may make it is the desk's to decide; here its answer becomes a page. Nothing
that was typed is lost: where a move is not made, its form comes back with the words in it.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote

from datasette.utils.asgi import Request, Response
from sqlalchemy import Engine

from db.claim_view import ClaimView, claim_view
from db.errors import DatabaseBusy, UnknownClaim
from db.reviews import StoredReview
from tracker import desk
from tracker.judging.workflow import Person
from tracker.plugin.claim_words import DONE, WORKFLOWS, said_of
from tracker.plugin.history import entries
from tracker.plugin.move_forms import MOVES, request_of
from tracker.plugin.pages.claim import Attempt, claim_answer, claim_url, known_role, missing, redirect
from tracker.plugin.pages.common import actor_person, in_thread, move_in_thread, require
from tracker.plugin.standing_words import Notice

if TYPE_CHECKING:
    from datasette.app import Datasette

_FIELDS = 50
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
#: The desk names the figure of a correction by itself; the form has it in one field with what is wrong.
_IN_FORM = {"figure": "field"}


async def make_move(datasette: Datasette, request: Request) -> Response:
    """One move; the claim's page again when it is made, or with what stands against it."""
    move, claim_id = request.url_vars["move"], int(request.url_vars["claim"])
    if request.method != "POST":
        return _not_by_looking()
    await require(datasette, request)
    person = actor_person(request)
    if person is None:
        wanted = quote(claim_url(datasette, claim_id))
        return redirect(f"{datasette.urls.path('/-/login')}?next={wanted}", 303)
    typed = _typed(await request.post_body())  # type: ignore[no-untyped-call]
    seen = typed.pop("seen", "")
    if not (seen.isascii() and seen.isdigit() and len(seen) <= 18):
        words = "The form was not complete: look at the claim, then send it again."
        return await _refused(datasette, request, claim_id, Attempt(move, typed, words), 400)
    try:
        asked = request_of(move, typed)
        who = Person(person[0], known_role(person[1]))
        moved = await move_in_thread(datasette, _move, claim_id, who, asked, int(seen))
    except UnknownClaim:
        return await missing(datasette, request, f"There is no claim “{claim_id}”.")
    except desk.BadMove as bad:
        field = _IN_FORM.get(bad.field, bad.field)
        return await _refused(datasette, request, claim_id, Attempt(move, typed, _sentence(bad), field), 400)
    except desk.NotAllowed as refused:
        return await _refused(datasette, request, claim_id, Attempt(move, typed, _sentence(refused)), 403)
    except desk.NotNow as late:
        return await _refused(datasette, request, claim_id, Attempt(move, typed, _sentence(late)), 409)
    except desk.Overtaken as overtaken:
        return await _overtaken(datasette, request, Attempt(move, typed), overtaken, person[0])
    except DatabaseBusy:
        words = "The database was busy for too long, and nothing was done: send it again."
        return await _refused(datasette, request, claim_id, Attempt(move, typed, words), 503)
    # Not by Datasette's messages: they stand outside of the page, and whichever page opens first has them.
    return redirect(f"{claim_url(datasette, claim_id)}?done={moved.review_id}", 303)


ROUTES = ((rf"/-/claim/(?P<claim>[0-9]{{1,18}})/(?P<move>{'|'.join(MOVES)})$", make_move),)


def _move(engine: Engine, claim_id: int, person: Person, asked: desk.Request, seen: int) -> desk.Moved:
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
    return desk.move(engine, claim_id, person, asked, now=now, seen=seen)


def _not_by_looking() -> Response:
    words = "A move is made with the buttons on the claim's page; looking at its address does nothing.\n"
    response: Response = Response.text(words, 405, {"allow": "POST"})  # type: ignore[no-untyped-call]
    return response


def _typed(body: bytes) -> dict[str, str]:
    """The form's fields as they were typed, with line feeds for line ends; of two of a name the first."""
    typed: dict[str, str] = {}
    try:
        pairs = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=_FIELDS)
    except ValueError:
        return {}
    for name, value in pairs:
        clean = _UNSEEN.sub("\N{REPLACEMENT CHARACTER}", value.replace("\r\n", "\n").replace("\r", "\n"))
        typed.setdefault(name, clean.encode("utf-8", "replace").decode())
    return typed


def _sentence(error: Exception) -> str:
    """The error's line with a capital and a full stop, as it stands on a page."""
    line = str(error)
    return line[:1].upper() + line[1:] + ("" if line.endswith((".", "!", "?")) else ".")


async def _refused(datasette: Datasette, request: Request, claim_id: int, attempt: Attempt, status: int) -> Response:
    """The claim as it is now, with the form as it was sent and what stands against it."""
    try:
        view = await in_thread(datasette, claim_view, claim_id)
    except UnknownClaim:
        return await missing(datasette, request, f"There is no claim “{claim_id}”.")
    notice = Notice("error", "Nothing was done.", (attempt.error,))
    return await claim_answer(datasette, request, view, status=status, notice=notice, attempt=attempt)


async def _overtaken(
    datasette: Datasette, request: Request, attempt: Attempt, overtaken: desk.Overtaken, name: str
) -> Response:
    """The claim as it is now, with who did what meanwhile; the form is kept, to be sent again or not."""
    view = await in_thread(datasette, claim_view, overtaken.claim_id)
    notice = _what_happened(view, attempt.move, overtaken.since, name)
    return await claim_answer(datasette, request, view, status=409, notice=notice, attempt=attempt)


def _what_happened(view: ClaimView, move: str, since: tuple[StoredReview, ...], name: str) -> Notice:
    told = entries(since)
    state = said_of(WORKFLOWS, view.detail.claim.workflow)
    if all(review.by_whom == name for review in since):
        if since[-1].move == move:
            # A button pressed twice, or a page sent again.
            return Notice(
                "warn",
                f"Already done: you {said_of(DONE, move)}.",
                ("It was sent a second time, and the second time nothing was done.", f"The claim is {state} now."),
                told,
            )
        first = "You have worked on this claim in another window since you opened this page. Nothing was done."
    else:
        first = "Somebody else was faster: the claim has changed since you opened this page. Nothing was done."
    second = f"The claim is {state} now. Look at it again; what you typed is kept below, and can be sent again."
    return Notice("warn", first, (second,), told)
