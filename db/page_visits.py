"""Reads how the page of a document or of a source is doing: the last visit, and since when it cannot be had."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import Connection

from db.models import table

_VISITS = table("visits")
#: Outcomes of visits that found a page; of the others the first that holds is how the page is doing.
FOUND = ("new", "unchanged", "boring", "changed")
_LOST = ("gone", "missing", "failed")


@dataclass(frozen=True, slots=True)
class PageStanding:
    """How a page is doing.

    ``state`` is found, gone, missing or failed, None before the first visit; ``since`` is the first visit
    of those that ended so, in a row up to the last one, and ``times`` how many of them there are.
    ``found`` is the last visit that found the page. ``at``, ``outcome``, ``status`` and ``reason`` are the last
    visit's; ``reason`` of a gone page is that of the visit that said so.
    """

    state: str | None = None
    since: str | None = None
    times: int = 0
    found: str | None = None
    at: str | None = None
    outcome: str | None = None
    status: int | None = None
    reason: str | None = None


def standing_of_document(connection: Connection, document_id: int) -> PageStanding:
    """How the page of a document is doing."""
    return _standing(connection, _VISITS.c.document_id == document_id)


def documents_astray(connection: Connection, document_ids: Sequence[int]) -> dict[int, PageStanding]:
    """How the pages of those documents are doing that the last visit did not find; the others are left out."""
    query = sa.select(_VISITS.c.document_id).where(_VISITS.c.document_id.in_(list(document_ids)))
    lost = connection.execute(query.where(_VISITS.c.outcome.in_(_LOST)).distinct()).scalars().all()
    found = {int(number): standing_of_document(connection, number) for number in lost}
    return {number: page for number, page in found.items() if page.state in _LOST}


def standing_of_source(connection: Connection, source_id: int) -> PageStanding:
    """How the page of a source is doing."""
    return _standing(connection, _VISITS.c.source_id == source_id)


def _standing(connection: Connection, owner: sa.ColumnElement[bool]) -> PageStanding:
    newest = _VISITS.c.at.desc(), _VISITS.c.id.desc()
    columns = [_VISITS.c[name] for name in ("at", "outcome", "status", "reason")]
    last = connection.execute(sa.select(*columns).where(owner).order_by(*newest).limit(1)).first()
    if last is None:
        return PageStanding()
    if last.outcome in FOUND:
        return PageStanding("found", found=last.at, **last._mapping)
    found = connection.execute(
        sa.select(_VISITS.c.at).where(owner, _VISITS.c.outcome.in_(FOUND)).order_by(*newest).limit(1)
    ).scalar()
    run = sa.select(_VISITS.c.outcome, sa.func.min(_VISITS.c.at).label("since"), sa.func.count().label("times"))
    rows = connection.execute(run.where(owner, _VISITS.c.at > (found or "")).group_by(_VISITS.c.outcome))
    lost = {row.outcome: row for row in rows if row.outcome in _LOST}
    state = next((name for name in _LOST if name in lost), "failed")
    # Gone is a page from the first time that it was not found.
    of_state = ("gone", "missing") if state == "gone" else (state,)
    since = [row.since for name, row in lost.items() if name in of_state]
    return PageStanding(
        state,
        since=min(since, default=last.at),
        times=sum(row.times for row in lost.values()),
        found=found,
        **last._mapping,
    )


def changed_since(connection: Connection, source_id: int, at: str) -> str | None:
    """When the first visit after this time saw other words at a source; None if none did."""
    query = sa.select(sa.func.min(_VISITS.c.at)).where(
        _VISITS.c.source_id == source_id, _VISITS.c.at > at, _VISITS.c.outcome == "changed"
    )
    found = connection.execute(query).scalar()
    return None if found is None else str(found)
