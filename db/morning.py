"""Reads what a fact-checker wants to know each morning: figures that drifted, sources and pages that went."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from db.engine import reading
from db.models import table
from db.page_visits import FOUND

_CHANGES = table("changes")
_CLAIMS = table("claims")
_EVIDENCE = table("evidence")
_SOURCES = table("sources")
_VISITS = table("visits")
#: What became of a source that somebody should look at.
UNSTEADY = ("changed", "gone")


@dataclass(frozen=True, slots=True)
class Morning:
    """``figures`` changed on documents' pages since then, ``in_claims`` of them in a claim's words.

    ``sources`` have changed or gone; ``approved_sources`` are the ids of those on which an approved claim rests;
    ``pages_gone`` the ids of the documents whose pages are gone.
    """

    figures: int = 0
    in_claims: int = 0
    sources: int = 0
    approved_sources: tuple[int, ...] = ()
    pages_gone: tuple[int, ...] = ()

    @property
    def is_quiet(self) -> bool:
        """Is there nothing to tell?"""
        return not (self.figures or self.sources or self.pages_gone)


def morning(bind: Engine | Connection, since: str) -> Morning:
    """What there is to look at; figures since this day or time (as the rows have it)."""
    with reading(bind) as connection:
        figures, in_claims = connection.execute(_figures(since)).one()
        return Morning(
            figures=int(figures),
            in_claims=int(in_claims),
            sources=int(connection.execute(sa.select(sa.func.count()).where(_is_unsteady())).scalar_one()),
            approved_sources=tuple(connection.execute(_approved()).scalars()),
            pages_gone=tuple(connection.execute(_gone()).scalars()),
        )


def _figures(since: str) -> sa.Select[Any, Any]:
    return sa.select(sa.func.count(), sa.func.count(_CHANGES.c.claim_id)).where(
        _CHANGES.c.at >= since,
        _CHANGES.c.kind == "figure",
        sa.literal_column("+changes.document_id").is_not(None),
    )


def _is_unsteady() -> sa.ColumnElement[bool]:
    return _SOURCES.c.liveness.in_(UNSTEADY)


def _approved() -> sa.Select[Any]:
    rests = (
        sa.exists()
        .where(_EVIDENCE.c.source_id == _SOURCES.c.id, _EVIDENCE.c.claim_id == _CLAIMS.c.id)
        .where(sa.literal_column("+claims.workflow") == "approved")
    )
    return sa.select(_SOURCES.c.id).where(_is_unsteady(), rests).order_by(_SOURCES.c.id)


def _gone() -> sa.Select[Any]:
    later = _VISITS.alias("later")
    back = sa.exists().where(
        later.c.document_id == _VISITS.c.document_id,
        later.c.at > _VISITS.c.at,
        sa.literal_column("+later.outcome").in_(FOUND),
    )
    gone = (_VISITS.c.outcome == "gone") & sa.literal_column("+visits.document_id").is_not(None)
    return sa.select(_VISITS.c.document_id).where(gone, ~back).distinct().order_by(_VISITS.c.document_id)
