"""Keeps the sourcing of claims what ``judging.sourcing`` says of their text and of what people attached."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from db.records import AttachedSource, ClaimRecord
from db.sources import BackedClaim, claims_backed, set_sourcing
from tracker.judging.sourcing import Sourcing, raised


def with_attached(claim: ClaimRecord, attached: Sequence[AttachedSource]) -> ClaimRecord:
    """The claim just read, its sourcing raised by what people attached to it before."""
    read = Sourcing(claim.sourcing, claim.sourcing_reason)
    found = raised(read, attached)
    return replace(
        claim,
        sourcing=found.level,
        sourcing_reason=found.reason,
        read_sourcing=read.level,
        read_sourcing_reason=read.reason,
    )


def settle(connection: Connection, claim_ids: Sequence[int], now: str) -> tuple[int, ...]:
    """Sets the sourcing of these claims, within the caller's transaction; gives those that now have another."""
    changed = []
    for claim in claims_backed(connection, claim_ids):
        found = sourcing_of(claim)
        if found != Sourcing(claim.sourcing, claim.sourcing_reason):
            set_sourcing(connection, claim.claim_id, found.level, found.reason, now)
            changed.append(claim.claim_id)
    return tuple(changed)


def sourcing_of(claim: BackedClaim) -> Sourcing:
    """What a stored claim rests on."""
    return raised(Sourcing(claim.read_sourcing, claim.read_sourcing_reason), claim.attached)


def wrong_sourcings(connection: Connection) -> Iterator[tuple[int, str]]:
    """The claims with attached sources whose stored sourcing is not what it should be: id, and what is wrong."""
    for claim in claims_backed(connection):
        found = sourcing_of(claim)
        if found.level != claim.sourcing:
            yield claim.claim_id, f"its sourcing is {claim.sourcing}, and should be {found.level}: {found.reason}"
        elif found.reason != claim.sourcing_reason:
            yield claim.claim_id, f'the reason of its sourcing should be "{found.reason}"'
