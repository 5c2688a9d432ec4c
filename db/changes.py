"""What changed between two versions of a page, and the claims that stand in what changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import sqlalchemy as sa
from sqlalchemy import Connection

from db.models import table
from db.visits import Watched

_CHANGES = table("changes")
_CLAIMS = table("claims")
_SPANS = table("claim_spans")
_TEXTS = table("texts")
_SNAPSHOTS = table("snapshots")
_EVIDENCE = table("evidence")


@dataclass(frozen=True, slots=True)
class ChangeRecord:
    """One difference (see ``db.models_capture.Change``); ``since`` is when the page was last visited."""

    kind: str
    before: str
    after: str
    context_before: str
    context_after: str
    sha256_before: str
    sha256_after: str
    claim_id: int | None = None
    since: str = ""


@dataclass(frozen=True, slots=True)
class ClaimPlace:
    """A claim of a text: where its quote stands, and what people have done with it."""

    id: int
    start: int
    end: int
    quote: str
    workflow: str
    state: str


def add_changes(connection: Connection, page: Watched, at: str, changes: Sequence[ChangeRecord]) -> None:
    """Keeps what changed on a page, within the caller's transaction; not again for the same two versions."""
    if not changes:
        return
    owner = {"source_id" if page.is_source else "document_id": page.id, "at": at}
    column = _CHANGES.c.source_id if page.is_source else _CHANGES.c.document_id
    # A visit that was cut short is made again, and finds the same.
    told = sa.select(_CHANGES.c.id).where(
        column == page.id,
        _CHANGES.c.sha256_before == changes[0].sha256_before,
        _CHANGES.c.sha256_after == changes[0].sha256_after,
        _CHANGES.c.at >= changes[0].since,
    )
    if connection.execute(told.limit(1)).first() is not None:
        return
    names = [one.name for one in fields(ChangeRecord) if one.name != "since"]
    rows = [{**owner, **{name: getattr(change, name) for name in names}} for change in changes]
    connection.execute(sa.insert(_CHANGES), rows)


def claims_in(connection: Connection, text_id: int) -> list[ClaimPlace]:
    """The claims that stand in a text, in its order."""
    query = (
        sa.select(_SPANS, _CLAIMS.c.workflow, _CLAIMS.c.state)
        .join(_CLAIMS, _CLAIMS.c.id == _SPANS.c.claim_id)
        .where(_SPANS.c.text_id == text_id, _SPANS.c.is_current)
        .order_by(_SPANS.c.start)
    )
    return [
        ClaimPlace(row.claim_id, row.start, row.end, row.quote, row.workflow, row.state)
        for row in connection.execute(query)
    ]


def approved_claims_of(connection: Connection, document_id: int) -> list[int]:
    """The approved claims that stand on the newest version of a document that was read."""
    query = sa.select(_CLAIMS.c.id).where(
        _CLAIMS.c.document_id == document_id, _CLAIMS.c.workflow == "approved", _CLAIMS.c.state == "present"
    )
    return [int(one) for one in connection.execute(query.order_by(_CLAIMS.c.id)).scalars()]


def states_of(connection: Connection, claim_ids: Sequence[int]) -> dict[int, str]:
    """Whether these claims are present, absent or withdrawn."""
    query = sa.select(_CLAIMS.c.id, _CLAIMS.c.state).where(_CLAIMS.c.id.in_(list(claim_ids)))
    return {int(row.id): str(row.state) for row in connection.execute(query)}


def claims_backed_by(connection: Connection, source_id: int) -> list[int]:
    """The claims that a person attached this source to, for or against."""
    query = sa.select(_EVIDENCE.c.claim_id).where(
        _EVIDENCE.c.source_id == source_id,
        _EVIDENCE.c.how == "attached",
        _EVIDENCE.c.relation.in_(("supports", "contradicts")),
    )
    return [int(one) for one in connection.execute(query.distinct().order_by(_EVIDENCE.c.claim_id)).scalars()]
