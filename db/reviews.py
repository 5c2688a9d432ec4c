"""The append-only log of reviews: what was judged, by whom, and what came of it.

A review judges one reading: the claim's quote, speaker, origin and figures as they were then. They
are kept whole in the row, so that an old reading can be shown beside the present one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from db import vocabulary as words
from db.engine import reading
from db.errors import RecordError
from db.models import table
from db.parties import canonical_names
from db.records import Correction

_REVIEWS = table("reviews")
_CLAIMS = table("claims")
_FIGURES = table("figures")
_PARTIES = table("parties")
#: What makes a figure another one; not its offsets, nor the phrase around it.
_JUDGED = ("text", "value", "low", "high", "unit", "dimension", "comparator", "trend", "date")
#: What is kept of a figure; that a unit is inferred is shown, but a confirmed one is the same unit.
_KEPT = (*_JUDGED, "unit_stated")
#: A reading, ready for JSON: ``quote``, ``speaker``, ``origin`` and ``figures``, a list of objects.
Reading = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ReviewRecord:
    """One move, to be appended; ``detail`` is the correction made or the source attached."""

    claim_id: int
    at: str
    by_whom: str
    role: str
    move: str
    from_workflow: str
    to_workflow: str
    from_verdict: str
    to_verdict: str
    reading: Reading
    note: str | None = None
    detail: Mapping[str, Any] | None = None

    def __post_init__(self) -> None:
        if self.move not in words.MOVES:
            raise RecordError(f'the move "{self.move}" is not known: use one of {", ".join(words.MOVES)}')
        if not self.by_whom.strip():
            raise RecordError("a review says who made it: state the name")


@dataclass(frozen=True, slots=True)
class StoredReview:
    """One move as it stands in the log."""

    id: int
    claim_id: int
    at: str
    by_whom: str
    role: str
    move: str
    from_workflow: str
    to_workflow: str
    from_verdict: str
    to_verdict: str
    note: str | None
    digest: str
    reading: Reading
    detail: Mapping[str, Any] | None


def readings_of(connection: Connection, claim_ids: Iterable[int]) -> dict[int, Reading]:
    """The present reading of each claim."""
    speakers, origins = _PARTIES.alias("speakers"), _PARTIES.alias("origins")
    ids = sorted(set(claim_ids))
    found: dict[int, dict[str, Any]] = {}
    for at in range(0, len(ids), 500):
        chunk = ids[at : at + 500]
        query = (
            sa.select(_CLAIMS.c.id, _CLAIMS.c.quote, speakers.c.name.label("speaker"), origins.c.name.label("origin"))
            .outerjoin(speakers, speakers.c.id == _CLAIMS.c.speaker_id)
            .outerjoin(origins, origins.c.id == _CLAIMS.c.origin_id)
            .where(_CLAIMS.c.id.in_(chunk))
        )
        for row in connection.execute(query):
            found[int(row.id)] = {"quote": row.quote, "speaker": row.speaker, "origin": row.origin, "figures": []}
        figures = sa.select(_FIGURES).where(_FIGURES.c.claim_id.in_(chunk))
        for row in connection.execute(figures.order_by(_FIGURES.c.claim_id, _FIGURES.c.position)):
            found[int(row.claim_id)]["figures"].append({name: getattr(row, name) for name in _KEPT})
    return dict(found)


def same_reading(connection: Connection, one: Reading, other: Reading) -> bool:
    """Whether two readings say the same; spaces and a person's other names make no difference."""
    return bool(_saying_the_same(connection, {"one": one}, other))


def _saying_the_same(connection: Connection, readings: Mapping[str, Reading], other: Reading) -> frozenset[str]:
    """The names of those readings that say what another does, with one question for all of them."""
    if all(reading_ == other for reading_ in readings.values()):
        return frozenset(readings)
    names = [reading_.get(field) for reading_ in (*readings.values(), other) for field in ("speaker", "origin")]
    known = canonical_names(connection, [name for name in names if name])
    wanted = _compared(other, known)
    return frozenset(name for name, reading_ in readings.items() if _compared(reading_, known) == wanted)


def digest_of(reading_: Reading) -> str:
    """``sha256:`` and the hash of a reading."""
    canonical = json.dumps(_compared(reading_, {}), sort_keys=True, ensure_ascii=False)
    return "sha256:" + hashlib.sha256(canonical.encode("utf-8", "replace")).hexdigest()


def _compared(reading_: Reading, names: Mapping[str, str]) -> dict[str, Any]:
    def flat(value: object) -> object:
        return " ".join(value.split()) if isinstance(value, str) else value

    party = {field: flat(names.get(reading_.get(field) or "", reading_.get(field))) for field in ("speaker", "origin")}
    figures = [{name: flat(figure.get(name)) for name in _JUDGED} for figure in reading_.get("figures", ())]
    return {"quote": flat(reading_.get("quote")), **party, "figures": figures}


def append_review(connection: Connection, record: ReviewRecord) -> int:
    """Appends the move to the log and gives its id; its effect is the caller's, in the same transaction."""
    values = {field.name: getattr(record, field.name) for field in fields(record)}
    values["reading"] = dict(record.reading)
    values["detail"] = None if record.detail is None else dict(record.detail)
    row = sa.insert(_REVIEWS).values(**values, digest=digest_of(record.reading))
    return int(connection.execute(row.returning(_REVIEWS.c.id)).scalar_one())


def reviews_of(bind: Engine | Connection, claim_id: int, *, after: int = 0) -> tuple[StoredReview, ...]:
    """The claim's reviews, oldest first; with ``after``, those that came in after the review of this id."""
    query = sa.select(_REVIEWS).where(_REVIEWS.c.claim_id == claim_id, _REVIEWS.c.id > after).order_by(_REVIEWS.c.id)
    with reading(bind) as connection:
        return tuple(
            StoredReview(**{field.name: getattr(row, field.name) for field in fields(StoredReview)})
            for row in connection.execute(query)
        )


def stale_moves(
    connection: Connection, reviews: Iterable[StoredReview], present: Reading, verdict: str
) -> frozenset[str]:
    """Of ``verdict`` and ``approve``, those that were last made for another reading than the present one.

    ``verdict`` is the claim's present one: one that was taken back ("unchecked") is never stale.
    """
    judged = {review.move: review.reading for review in reviews if review.move in ("verdict", "approve")}
    if verdict == "unchecked":
        judged.pop("verdict", None)
    return frozenset(judged) - _saying_the_same(connection, judged, present)


def corrections_of(connection: Connection, document_id: int) -> dict[int, tuple[Correction, ...]]:
    """People's corrections of the document's claims, by claim, the latest of each thing last."""
    query = (
        sa.select(_REVIEWS.c.claim_id, _REVIEWS.c.detail, _REVIEWS.c.by_whom)
        .join(_CLAIMS, _CLAIMS.c.id == _REVIEWS.c.claim_id)
        .where(_CLAIMS.c.document_id == document_id, _REVIEWS.c.move == "correct")
        .order_by(_REVIEWS.c.id)
    )
    found: dict[int, list[Correction]] = {}
    for row in connection.execute(query):
        found.setdefault(int(row.claim_id), []).append(Correction.from_detail(row.detail or {}, row.by_whom))
    return {claim_id: tuple(corrections) for claim_id, corrections in found.items()}


def last_alias(connection: Connection, name: str) -> Reading:
    """The detail of the last correction that made this name another party's; {} for none."""
    query = sa.select(_REVIEWS.c.detail).where(_REVIEWS.c.move == "correct").order_by(_REVIEWS.c.id.desc())
    for (detail,) in connection.execute(query):
        same = detail and detail.get("field") == "alias" and str(detail.get("was", "")).casefold() == name.casefold()
        if same and detail.get("moved") is not None:
            return dict(detail)
    return {}


def set_review_state(connection: Connection, claim_id: int, *, workflow: str, verdict: str, now: str) -> None:
    """Sets what a review decided; only together with the row in the log that says why."""
    row = sa.update(_CLAIMS).where(_CLAIMS.c.id == claim_id)
    connection.execute(row.values(workflow=workflow, verdict=verdict, updated_at=now))
