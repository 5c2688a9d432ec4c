"""Reads what the page of one claim shows: the claim whole, its paragraph, its places, its neighbours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from db.claim_capture import ClaimCapture, claim_capture
from db.engine import reading
from db.models import table
from db.queries import get_claim
from db.results import ClaimDetail

_CLAIMS = table("claims")
_SPANS = table("claim_spans")
_TEXTS = table("texts")
_SNAPSHOTS = table("snapshots")
_KINDS = table("claim_kinds")
#: So many characters before and after the sentence are shown of a paragraph that never ends.
_CONTEXT = 1500
#: Words of a neighbour, and so many neighbours and places at most.
_QUOTED = 400
_PLACES = 50


@dataclass(frozen=True, slots=True)
class Place:
    """A version of the document in which the claim stands, or stood until it was read again."""

    snapshot_id: int
    fetched_at: str
    sha256: str
    extractor: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another claim of the same document, in short; the quote is cut where it is long."""

    id: int
    quote: str
    kind: str
    figure_text: str | None
    stance: str
    sourcing: str
    read_sourcing: str
    is_backed: bool
    workflow: str
    verdict: str
    state: str


@dataclass(frozen=True, slots=True)
class ClaimView:
    """One claim with all that its page shows.

    ``context`` is the paragraph, which begins at ``context_start`` of the text; ``cut_before`` and
    ``cut_after`` tell that it goes on. ``neighbours`` are in the text's order, ``others`` their number
    in all. ``kinds`` are those in use, for the correction of a kind; ``capture`` is what became of its page since.
    """

    detail: ClaimDetail
    context: str
    context_start: int
    cut_before: bool
    cut_after: bool
    places: tuple[Place, ...]
    neighbours: tuple[Neighbour, ...]
    others: int
    kinds: tuple[str, ...]
    capture: ClaimCapture


def claim_view(bind: Engine | Connection, id_or_key: int | str, *, neighbours: int = 6) -> ClaimView:
    """The claim of this id, key or beginning of a key, as its page shows it.

    Raises UnknownClaim or AmbiguousClaim, each with one clear line.
    """
    with reading(bind) as connection:
        detail = get_claim(connection, id_or_key)
        claim = detail.claim
        # In Python, for SQLite's substr stops at a NUL.
        text = str(connection.execute(sa.select(_TEXTS.c.text).where(_TEXTS.c.id == claim.text_id)).scalar_one())
        start, end = _paragraph(detail, len(text))
        first = max(start, claim.sentence_start - _CONTEXT)
        last = min(end, claim.sentence_end + _CONTEXT)
        near, others = _neighbours(connection, detail, neighbours)
        return ClaimView(
            detail=detail,
            context=text[first:last],
            context_start=first,
            cut_before=first > start,
            cut_after=last < end,
            places=_places(connection, claim.id),
            neighbours=near,
            others=others,
            kinds=kinds_in_use(connection),
            capture=claim_capture(connection, detail),
        )


def kinds_in_use(connection: Connection) -> tuple[str, ...]:
    """Every kind that a claim has, by name; it leaps from kind to kind in the index."""
    leaps = (
        sa.select(sa.func.min(_KINDS.c.kind).label("kind")).cte("leaps", recursive=True)
    )  # fmt: skip
    following = sa.select(sa.func.min(_KINDS.c.kind)).where(_KINDS.c.kind > leaps.c.kind).scalar_subquery()
    leaps = leaps.union_all(sa.select(following).where(leaps.c.kind.is_not(None)))
    found = connection.execute(sa.select(leaps.c.kind).where(leaps.c.kind.is_not(None)))
    return tuple(str(kind) for kind in found.scalars())


def _paragraph(detail: ClaimDetail, length: int) -> tuple[int, int]:
    """The passage that holds the claim, widened to its sentence."""
    claim, passage = detail.claim, detail.passage
    if passage is None:
        return claim.sentence_start, min(claim.sentence_end, length)
    return min(passage.start, claim.sentence_start), max(passage.end, claim.sentence_end)


def _places(connection: Connection, claim_id: int) -> tuple[Place, ...]:
    query = (
        sa.select(
            _TEXTS.c.snapshot_id,
            _SNAPSHOTS.c.fetched_at,
            _SNAPSHOTS.c.sha256,
            _TEXTS.c.extractor,
            _SPANS.c.is_current,
        )
        .join(_TEXTS, _TEXTS.c.id == _SPANS.c.text_id)
        .join(_SNAPSHOTS, _SNAPSHOTS.c.id == _TEXTS.c.snapshot_id)
        .where(_SPANS.c.claim_id == claim_id)
        .order_by(_SNAPSHOTS.c.fetched_at.desc(), _TEXTS.c.id.desc())
        .limit(_PLACES)
    )
    return tuple(
        Place(row.snapshot_id, row.fetched_at, row.sha256, row.extractor, bool(row.is_current))
        for row in connection.execute(query)
    )


def _neighbours(connection: Connection, detail: ClaimDetail, limit: int) -> tuple[tuple[Neighbour, ...], int]:
    """The claims of the document that stand nearest in the same text, and how many others there are."""
    claim = detail.claim
    others = (_CLAIMS.c.document_id == claim.document.id) & (_CLAIMS.c.id != claim.id) & (_CLAIMS.c.state == "present")
    number = int(connection.execute(sa.select(sa.func.count()).where(others)).scalar_one())
    query = (
        sa.select(*neighbour_columns(), _SPANS.c.start)
        .join(_SPANS, sa.and_(_SPANS.c.claim_id == _CLAIMS.c.id, _SPANS.c.text_id == _CLAIMS.c.text_id))
        .where(others)
        .order_by(_CLAIMS.c.text_id != claim.text_id, sa.func.abs(_SPANS.c.start - claim.start), _CLAIMS.c.id)
        .limit(limit)
    )
    rows = sorted(connection.execute(query), key=lambda row: (row.start, row.id))
    return tuple(neighbour_of(row) for row in rows), number


def neighbour_columns() -> list[sa.Column[object]]:
    """The columns of a claim in short."""
    return [_CLAIMS.c[name] for name in Neighbour.__dataclass_fields__]


def neighbour_of(row: Any) -> Neighbour:
    """The claim in short."""
    values = {name: getattr(row, name) for name in Neighbour.__dataclass_fields__}
    quote = values["quote"]
    return Neighbour(**{**values, "quote": quote if len(quote) <= _QUOTED else quote[: _QUOTED - 1] + "…"})
