"""``/DB/documents/ID``: a document, its archived text with the claims on it, and its versions.

``?snapshot=`` and ``?text=`` choose the version and the extraction, ``?claim=`` shows the part of the
text in which that claim stands, ``?part=`` (from 1) another part of a long one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from datasette.utils import tilde_decode
from datasette.utils.asgi import Request, Response

from db.document_view import DocumentView, document_view
from tracker.plugin import claim_words
from tracker.plugin.capture_words import counted_line, last_visit, page_line, shown_change
from tracker.plugin.layout import Group, Placed, blocks, laid_out, parts
from tracker.plugin.pages.claim import missing
from tracker.plugin.pages.common import database_of, in_thread, render, require, safe_url

if TYPE_CHECKING:
    from datasette.app import Datasette
    from sqlalchemy import Engine

_TEMPLATE = "press_document.html"
#: So many claims are listed beside a text; all of them are marked in it.
_LISTED = 100
_LONGEST_NUMBER = 18


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the address asks for; None where it says nothing."""

    snapshot: int | None
    text: int | None
    claim: int | None
    part: int | None


async def document_page(datasette: Datasette, request: Request) -> Response:
    """One document with one of its texts."""
    await require(datasette, request)
    database = database_of(datasette).name
    if tilde_decode(request.url_vars["database"]) != database:
        return await missing(datasette, request, "There is no such page.")
    document_id = int(request.url_vars["document"])
    try:
        asked = _Asked(*(_number(request, name) for name in ("snapshot", "text", "claim", "part")))
    except ValueError as error:
        return await missing(datasette, request, str(error))
    found = await in_thread(datasette, _read, document_id, asked)
    if found is None:
        line = f"There is no document “{document_id}”, or it has no such version or part."
        return await missing(datasette, request, line)
    view, groups = found
    return await render(datasette, request, _TEMPLATE, _context(datasette, view, groups, asked))


ROUTES = ((r"/(?P<database>[^/.]+)/documents/(?P<document>[0-9]{1,18})$", document_page),)


def _number(request: Request, name: str) -> int | None:
    given: str | None = request.args.get(name)
    if given is None or given == "":
        return None
    if not (given.isascii() and given.isdigit() and len(given) <= _LONGEST_NUMBER):
        raise ValueError(f"“{name}={given[:40]}” is no number.")
    return int(given)


def _read(engine: Engine, document_id: int, asked: _Asked) -> tuple[DocumentView, list[Group]] | None:
    """What the page shows; laying out a long text takes its time, too, and is done off the event loop."""
    view = document_view(
        engine,
        document_id,
        parts,
        snapshot_id=asked.snapshot,
        text_id=asked.text,
        claim_id=asked.claim,
        part=None if asked.part is None else asked.part - 1,
    )
    if view is None:
        return None
    claims = [Placed(item.claim.id, item.start, item.end, item.claim.id == asked.claim) for item in view.claims]
    found = blocks(view.text, view.passages, *view.cuts[view.part])
    return view, laid_out(view.text, found, claims, view.figures)


def _context(datasette: Datasette, view: DocumentView, groups: list[Group], asked: _Asked) -> dict[str, Any]:
    database = database_of(datasette).name
    address = f"{datasette.urls.table(database, 'documents')}/{view.document.id}"
    states = {claim.claim.id: claim.claim.state for claim in view.claims}
    return {
        "words": claim_words,
        "safe_url": safe_url,
        "database": database,
        "document": view.document,
        "view": view,
        "groups": groups,
        "listed": view.claims[:_LISTED],
        "not_present": {claim: state for claim, state in states.items() if state != "present"},
        "targets": frozenset(run.claim_id for group in groups for shown in group.blocks for run in shown.runs),
        "claims_url": datasette.urls.table(database, "claims"),
        "document_url": address,
        "part_urls": [_part_url(address, view, number) for number in range(len(view.cuts))],
        "won_by": sorted(view.document.won_by.items()),
        "elsewhere": _elsewhere(view),
        "asked_claim": asked.claim,
        "changes": [shown_change(change) for change in view.changes.figures],
        "counted_line": counted_line,
        "page_line": page_line(view.page),
        "last_visit": last_visit(view.page),
    }


def _part_url(address: str, view: DocumentView, number: int) -> str:
    query = urlencode({"snapshot": view.version.id, "text": view.shown.id, "part": number + 1})
    return f"{address}?{query}"


def _elsewhere(view: DocumentView) -> list[tuple[str, int]]:
    """The states of the document's claims that this text does not carry, with how many there are."""
    here: dict[str, int] = {}
    if len(view.cuts) > 1:
        return []
    for claim in view.claims:
        here[claim.claim.state] = here.get(claim.claim.state, 0) + 1
    rest = ((state, number - here.get(state, 0)) for state, number in view.states.items())
    return sorted((state, number) for state, number in rest if number > 0)
