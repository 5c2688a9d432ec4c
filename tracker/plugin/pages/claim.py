"""``/DB/claims/ID``: one claim whole, with what may be done about it now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from datasette.utils import tilde_decode
from datasette.utils.asgi import Request, Response

from db.claim_view import ClaimView, claim_view
from db.errors import AmbiguousClaim, UnknownClaim
from tracker.citations_of import citation_of
from tracker.citing.figures import counted_in_words, figure_in_words
from tracker.citing.formats import formats
from tracker.judging.importance import order_in_words
from tracker.judging.workflow import ROLES, moves_for
from tracker.plugin import claim_words
from tracker.plugin.capture_words import absent_line, drift_line, page_line, shown_change, source_line
from tracker.plugin.history import entries
from tracker.plugin.move_forms import LONGEST, RELATIONS, Form, figures_of, filled, form_of
from tracker.plugin.pages.common import actor_person, database_of, in_thread, render, require, safe_url
from tracker.plugin.segments import Mark, segments
from tracker.plugin.standing_words import Notice, done_notice, support_in_words

if TYPE_CHECKING:
    from datasette.app import Datasette

_TEMPLATE = "press_claim.html"
_MISSING = "press_missing.html"
#: The citations that the page shows, by the names of their formats.
_CITED = (("text", "Plain text"), ("markdown", "Markdown"), ("html", "HTML"))
_ALL_HISTORY = 200
#: Characters on a line of the narrow column, at least.
_ROW = 32
_FLAG_AGAIN = "Something is wrong or doubtful: the queue of what is in review tells it."
_NO_VERDICT = "Nobody has given it a verdict yet: approved or not, it stays uncitable until one is given."


@dataclass(frozen=True, slots=True)
class Attempt:
    """A move that was not made: what was typed, what is wrong with it, and with which field."""

    move: str
    typed: Mapping[str, str] = field(default_factory=dict)
    error: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class OfferedForm:
    """A form on the page: whether it stands open, and what is wrong in it, at a field or as a whole."""

    form: Form
    is_open: bool = False
    error: str = ""
    error_at: str = ""


async def claim_page(datasette: Datasette, request: Request) -> Response:
    """One claim; by its key, or the beginning of it, the way to its id."""
    await require(datasette, request)
    database = database_of(datasette)
    named = tilde_decode(request.url_vars["claim"])
    if tilde_decode(request.url_vars["database"]) != database.name:
        return await missing(datasette, request, "There is no such page.")
    try:
        view = await in_thread(datasette, claim_view, named)
    except UnknownClaim:
        return await missing(datasette, request, f"There is no claim “{named[:80]}”.")
    except AmbiguousClaim as several:
        return await missing(datasette, request, f"{str(several)[:1].upper()}{str(several)[1:]}.")
    if str(view.detail.claim.id) != named:
        return redirect(claim_url(datasette, view.detail.claim.id))
    return await claim_answer(datasette, request, view, notice=_done(request, view))


def _done(request: Request, view: ClaimView) -> Notice | None:
    """What was done, where ``?done=`` names the claim's last review and whoever asks has made it.

    Its words come from the log, not from the address; nobody else is told, and later nobody.
    """
    person, reviews = actor_person(request), view.detail.reviews
    if person is None or not reviews or request.args.get("done") != str(reviews[-1].id):
        return None
    if reviews[-1].by_whom != person[0]:
        return None
    return done_notice(reviews[-1], view.detail.claim, citation_of(view.detail).problems)


ROUTES = ((r"/(?P<database>[^/.]+)/claims/(?P<claim>[^/.]+)$", claim_page),)


def claim_url(datasette: Datasette, claim_id: int) -> str:
    """The address of a claim's page."""
    return f"{datasette.urls.table(database_of(datasette).name, 'claims')}/{claim_id}"


def redirect(place: str, status: int = 302) -> Response:
    """The way to another page of this site."""
    response: Response = Response.redirect(place, status)  # type: ignore[no-untyped-call]
    return response


async def missing(datasette: Datasette, request: Request, line: str, status: int = 404) -> Response:
    """A page that says in one line that there is nothing here."""
    return await render(datasette, request, _MISSING, {"line": line, "words": claim_words}, status)


async def claim_answer(
    datasette: Datasette,
    request: Request,
    view: ClaimView,
    *,
    status: int = 200,
    notice: Notice | None = None,
    attempt: Attempt | None = None,
) -> Response:
    """The page of this claim, with what became of a move where one was tried."""
    person = actor_person(request)
    context = _context(datasette, view, person[1] if person else None, attempt)
    context.update(notice=notice, person=person)
    context["sign_in"] = datasette.urls.path("/-/login") + f"?next={quote(claim_url(datasette, view.detail.claim.id))}"
    return await render(datasette, request, _TEMPLATE, context, status)


def known_role(role: str) -> str:
    """The role of whoever is signed in; an unknown one counts as the least."""
    return role if role in ROLES else ROLES[0]


def _context(datasette: Datasette, view: ClaimView, role: str | None, attempt: Attempt | None) -> dict[str, Any]:
    detail, database = view.detail, database_of(datasette).name
    claim = detail.claim
    citation = citation_of(detail)
    cited = [(name, title, formats()[name].render([citation])) for name, title in _CITED]
    documents, claims = datasette.urls.table(database, "documents"), datasette.urls.table(database, "claims")
    document = f"{documents}/{claim.document.id}"
    moves = moves_for(known_role(role), claim.workflow) if role else ()
    offered = _offered(view, moves, attempt)
    return {
        "words": claim_words,
        "safe_url": safe_url,
        "in_words": figure_in_words,
        "counted": counted_in_words,
        "database": database,
        "claim": claim,
        "detail": detail,
        "view": view,
        "passage": _passage(view),
        "poll": _poll(view),
        "problems": citation.problems,
        "order": order_in_words(claim),
        "support": support_in_words(detail.evidence, view.capture.astray),
        "citations": [(name, title, text, _rows(text)) for name, title, text in cited],
        "files": [(f".{form.extension}", form.extension) for form in formats().values() if form.name != "html"],
        "history": entries(detail.reviews[-_ALL_HISTORY:]),
        "earlier": max(0, len(detail.reviews) - _ALL_HISTORY),
        "seen": detail.reviews[-1].id if detail.reviews else 0,
        "forms": offered,
        "left_over": _left_over(attempt, moves),
        "may_confirm": "correct" in moves,
        "may_attach": "attach" in moves,
        "relations": RELATIONS,
        "moves_url": f"{datasette.urls.path('/-/claim')}/{claim.id}",
        "longest": LONGEST,
        "drifts": [shown_change(drift) for drift in view.capture.drifts],
        "drift_line": drift_line,
        "absent_line": absent_line(view.capture),
        "page_line": page_line(view.capture.page),
        "source_line": source_line,
        "claim_url": f"{claims}/{claim.id}",
        "claims_url": claims,
        "document_url": document,
        "place_url": f"{document}?snapshot={detail.snapshot.id}&claim={claim.id}#claim-{claim.id}",
    }


def _rows(text: str) -> int:
    """So many lines a field needs to show the whole text, in browsers that do not fit it to its words."""
    return sum(-(-max(len(line), 1) // _ROW) for line in text.splitlines()) + 1


def _passage(view: ClaimView) -> list[tuple[str, frozenset[str]]]:
    """The paragraph in pieces, each with what it belongs to: the sentence, the quote, a figure."""
    claim, start = view.detail.claim, view.context_start
    marks = [Mark(claim.sentence_start, claim.sentence_end, "sentence"), Mark(claim.start, claim.end, "quote")]
    marks += [Mark(figure.start, figure.end, "figure") for figure in claim.figures]
    cut = segments(start, start + len(view.context), marks)
    return [(view.context[piece.start - start : piece.end - start], frozenset(piece.labels)) for piece in cut]


def _poll(view: ClaimView) -> str | None:
    """What the text says of the poll behind a claim of that kind, and what it leaves out."""
    claim = view.detail.claim
    if claim.kind != "poll":
        return None
    # Here and not above: the web process starts without the reader.
    from tracker.judging.poll_disclosure import poll_disclosure

    sentence = (claim.sentence_start, claim.sentence_end)
    names = (source.name for source in claim.sources)
    return poll_disclosure(view.detail.text, sentence, sources=names).in_words()


def _offered(view: ClaimView, moves: Sequence[str], attempt: Attempt | None) -> list[OfferedForm]:
    offered = []
    figures = figures_of(view.detail.claim.figures)
    for move in moves:
        form = form_of(move, figures, view.kinds)
        if move == "flag" and view.detail.claim.workflow == "in_review":
            form = replace(form, says=_FLAG_AGAIN)
        if move == "approve" and view.detail.claim.verdict == "unchecked":
            form = replace(form, warns=_NO_VERDICT)
        if attempt is None or attempt.move != move:
            offered.append(OfferedForm(form))
            continue
        names = {item.name for item in form.fields}
        at = attempt.at if attempt.at in names else ""
        offered.append(OfferedForm(filled(form, attempt.typed), True, attempt.error, at))
    return offered


def _left_over(attempt: Attempt | None, moves: Sequence[str]) -> list[tuple[str, str]]:
    """What somebody typed into the form of a move that cannot be made any more, so that it is not lost."""
    if attempt is None or attempt.move in moves:
        return []
    form = form_of(attempt.move)
    return [(item.label, attempt.typed[item.name]) for item in form.fields if attempt.typed.get(item.name, "").strip()]
