"""What citations need of many claims at once: for each 500 claims a handful of statements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from db.engine import reading
from db.errors import UnknownClaim
from db.models import table
from db.page_changes import ClaimDrift, drifts_of
from db.page_visits import PageStanding, documents_astray
from db.queries import _chunks, _claim_query, _evidence_query, _made, _stored
from db.results import StoredClaim, StoredEvidence, StoredSnapshot
from db.reviews import StoredReview, readings_of, stale_moves

_CLAIMS = table("claims")
_EVIDENCE = table("evidence")
_TEXTS = table("texts")
_SNAPSHOTS = table("snapshots")
_REVIEWS = table("reviews")


@dataclass(frozen=True, slots=True)
class CitedClaim:
    """A claim with what its citation rests on; each field is that of ``ClaimDetail``."""

    claim: StoredClaim
    snapshot: StoredSnapshot
    evidence: tuple[StoredEvidence, ...]
    stale: frozenset[str]
    page_now: PageStanding = PageStanding()
    drifts: tuple[ClaimDrift, ...] = ()


def cited_claims(bind: Engine | Connection, ids: Sequence[int]) -> list[CitedClaim]:
    """The claims of these ids, in their order, each as often as it is asked for.

    Raises UnknownClaim, with one clear line, if one of them is not there.
    """
    found: dict[int, CitedClaim] = {}
    with reading(bind) as connection:
        for chunk in _chunks(list(dict.fromkeys(ids))):
            found.update(_portion(connection, chunk))
    missing = next((claim_id for claim_id in ids if claim_id not in found), None)
    if missing is not None:
        raise UnknownClaim(f'there is no claim "{missing}": "tracker claims" lists them with their ids')
    return [found[claim_id] for claim_id in ids]


def _portion(connection: Connection, ids: Sequence[int]) -> dict[int, CitedClaim]:
    claims = _stored(connection, connection.execute(_claim_query().where(_CLAIMS.c.id.in_(ids))).all())
    snapshots = _snapshots(connection, ids)
    evidence: dict[int, list[StoredEvidence]] = {}
    for row in connection.execute(_evidence_query().where(_EVIDENCE.c.claim_id.in_(ids))):
        evidence.setdefault(row.claim_id, []).append(_made(StoredEvidence, row))
    stale = _stale(connection, claims)
    pages = documents_astray(connection, sorted({claim.document.id for claim in claims}))
    drifts = drifts_of(connection, ids)
    return {
        claim.id: CitedClaim(
            claim,
            snapshots[claim.text_id],
            tuple(evidence.get(claim.id, ())),
            stale.get(claim.id, frozenset()),
            pages.get(claim.document.id, PageStanding()),
            drifts.get(claim.id, ()),
        )
        for claim in claims
    }


def _stale(connection: Connection, claims: Sequence[StoredClaim]) -> dict[int, frozenset[str]]:
    """By claim, which of its judgements were given for another reading than the present one."""
    judged = sa.select(_REVIEWS).where(_REVIEWS.c.claim_id.in_([claim.id for claim in claims]))
    reviews: dict[int, list[StoredReview]] = {}
    for row in connection.execute(judged.where(_REVIEWS.c.move.in_(("approve", "verdict"))).order_by(_REVIEWS.c.id)):
        made = StoredReview(**{field.name: getattr(row, field.name) for field in fields(StoredReview)})
        reviews.setdefault(made.claim_id, []).append(made)
    present = readings_of(connection, reviews)
    verdicts = {claim.id: claim.verdict for claim in claims}
    return {
        claim_id: stale_moves(connection, made_of_it, present[claim_id], verdicts[claim_id])
        for claim_id, made_of_it in reviews.items()
    }


def _snapshots(connection: Connection, ids: Sequence[int]) -> dict[int, StoredSnapshot]:
    """The snapshots of the claims' texts, by the text's id."""
    texts = sa.select(_CLAIMS.c.text_id).where(_CLAIMS.c.id.in_(ids))
    query = (
        sa.select(_SNAPSHOTS, _TEXTS.c.id.label("text_id"))
        .join(_TEXTS, _TEXTS.c.snapshot_id == _SNAPSHOTS.c.id)
        .where(_TEXTS.c.id.in_(texts))
    )
    return {int(row.text_id): _made(StoredSnapshot, row) for row in connection.execute(query)}
