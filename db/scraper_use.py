"""Counts what was read with each scraper: documents, claims, and when it last gave one."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from db.engine import reading
from db.models import table

_DOCUMENTS = table("documents")
_SNAPSHOTS = table("snapshots")
_TEXTS = table("texts")
_CLAIMS = table("claims")
_SPANS = table("claim_spans")


@dataclass(frozen=True, slots=True)
class ScraperUse:
    """What one scraper read: distinct documents and claims, withdrawn ones not counted.

    ``last_claim`` is when the newest version that gave a claim was fetched, UTC ending in ``Z``.
    """

    documents: int = 0
    claims: int = 0
    last_claim: str | None = None


@dataclass(frozen=True, slots=True)
class LostLayout:
    """What the newest readings say of a layout (``won_by["layout"]``): how many, and when the last was fetched."""

    layout: str
    documents: int
    last: str


def scraper_uses(bind: Engine | Connection) -> dict[str, ScraperUse]:
    """What each scraper read, by the name under which its texts are kept."""
    texts = _TEXTS.join(_SNAPSHOTS, _SNAPSHOTS.c.id == _TEXTS.c.snapshot_id)
    documents = (
        sa.select(_TEXTS.c.extractor, sa.func.count(_SNAPSHOTS.c.document_id.distinct()))
        .select_from(texts)
        .group_by(_TEXTS.c.extractor)
    )
    standing = sa.and_(_CLAIMS.c.id == _SPANS.c.claim_id, _CLAIMS.c.state != "withdrawn")
    claims = (
        sa.select(_TEXTS.c.extractor, sa.func.count(_SPANS.c.claim_id.distinct()), sa.func.max(_SNAPSHOTS.c.fetched_at))
        .select_from(texts.join(_SPANS, _SPANS.c.text_id == _TEXTS.c.id).join(_CLAIMS, standing))
        .where(_SPANS.c.is_current)
        .group_by(_TEXTS.c.extractor)
    )
    with reading(bind) as connection:
        given = {name: (count, last) for name, count, last in connection.execute(claims)}
        return {name: ScraperUse(count, *given.get(name, (0, None))) for name, count in connection.execute(documents)}


def lost_layouts(bind: Engine | Connection) -> tuple[LostLayout, ...]:
    """The documents whose newest reading notes something of a layout, counted by what it notes."""
    layout = sa.func.json_extract(_DOCUMENTS.c.won_by, "$.layout")
    newest = (
        sa.select(sa.func.max(_SNAPSHOTS.c.id))
        .where(_SNAPSHOTS.c.document_id == _DOCUMENTS.c.id)
        .correlate(_DOCUMENTS)
        .scalar_subquery()
    )
    query = (
        sa.select(layout, sa.func.count(), sa.func.max(_SNAPSHOTS.c.fetched_at))
        .select_from(_DOCUMENTS.join(_SNAPSHOTS, _SNAPSHOTS.c.id == newest))
        .where(layout.is_not(None))
        .group_by(layout)
    )
    with reading(bind) as connection:
        return tuple(LostLayout(*row) for row in connection.execute(query))
