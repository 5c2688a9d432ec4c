"""What is in review: the claims in the queue's order, and the moves that say why each of them is there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from db.browse import QueuePage, claim_lines
from db.engine import reading
from db.models import IN_REVIEW, table

_REVIEWS = table("reviews")
#: Moves that ask somebody to look, and those that answer them.
_RAISING = ("flag", "reading_changed")
_ANSWERING = ("verdict", "correct", "approve", "reject")
_AWAITING = " AND verdict <> 'unchecked'"


@dataclass(frozen=True, slots=True)
class MoveLine:
    """A move as the queue tells it."""

    id: int
    claim_id: int
    at: str
    by_whom: str
    move: str
    to_verdict: str
    note: str | None


@dataclass(frozen=True, slots=True)
class LastMoves:
    """The last move on a claim, and the last that asked for a look (a flag, another reading) if none answered it."""

    last: MoveLine
    raised: MoveLine | None = None

    @property
    def told(self) -> tuple[MoveLine, ...]:
        """What is worth telling, newest last."""
        if self.raised is None or self.raised == self.last:
            return (self.last,)
        return (self.raised, self.last)


def in_review_count(bind: Engine | Connection, *, kind: str | None = None, awaiting: bool = False) -> int:
    """How many claims are in review; ``awaiting``: only those with a verdict, which wait for an approval."""
    query = sa.text(f"SELECT count(*) {_from(kind, awaiting=awaiting)}")
    with reading(bind) as connection:
        return int(connection.execute(query, {} if kind is None else {"kind": kind}).scalar_one())


def in_review_page(
    bind: Engine | Connection,
    *,
    kind: str | None = None,
    awaiting: bool = False,
    after: tuple[int, int] | None = None,
    limit: int = 25,
) -> QueuePage:
    """The claims in review, present or not, most important first; the rest as for ``db.browse.queue_page``."""
    begins = "" if after is None else " AND (weight, id) < (:weight, :id)"
    query = sa.text(f"SELECT id {_from(kind, awaiting=awaiting)}{begins} ORDER BY weight DESC, id DESC LIMIT :limit")
    weight, claim_id = after or (0, 0)
    given = {"kind": kind, "weight": weight, "id": claim_id, "limit": limit + 1}
    with reading(bind) as connection:
        ids = connection.execute(query, {name: given[name] for name in query.compile().params}).scalars().all()
        found = claim_lines(connection, ids[:limit], withdrawn=True)
    if len(ids) <= limit or not found:
        return QueuePage(found)
    return QueuePage(found, (found[-1].weight, found[-1].id))


def last_moves(bind: Engine | Connection, claim_ids: Sequence[int]) -> dict[int, LastMoves]:
    """The moves to tell of each of these claims; a claim that nobody has moved is left out."""

    def newest(*moves: str) -> sa.ColumnElement[int]:
        found: sa.ColumnElement[int] = sa.func.max(_REVIEWS.c.id)
        return found.filter(_REVIEWS.c.move.in_(moves)) if moves else found

    columns = (newest().label("last"), newest(*_RAISING).label("raised"), newest(*_ANSWERING).label("answered"))
    query = sa.select(*columns).where(_REVIEWS.c.claim_id.in_(claim_ids)).group_by(_REVIEWS.c.claim_id)
    with reading(bind) as connection:
        places = [
            (row.last, row.raised if row.raised and row.raised > (row.answered or 0) else None)
            for row in connection.execute(query)
        ]
        lines = _lines(connection, [number for pair in places for number in pair if number])
    return {lines[last].claim_id: LastMoves(lines[last], lines[raised] if raised else None) for last, raised in places}


def _from(kind: str | None, *, awaiting: bool) -> str:
    # Without statistics SQLite takes the index of the workflows, and then sorts all claims in review.
    narrowed = f"{_AWAITING if awaiting else ''}{'' if kind is None else ' AND kind = :kind'}"
    return f"FROM claims INDEXED BY ix_claims_in_review WHERE {IN_REVIEW}{narrowed}"


def _lines(connection: Connection, ids: Sequence[int]) -> dict[int, MoveLine]:
    query = sa.select(*(_REVIEWS.c[name] for name in MoveLine.__dataclass_fields__)).where(_REVIEWS.c.id.in_(ids))
    return {row["id"]: MoveLine(**row) for row in connection.execute(query).mappings()}
