"""Reads what became of a claim's page since: figures that changed, words that went, its sources, its near-copies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, Engine

from db.engine import reading
from db.page_changes import ClaimDrift, first_without
from db.page_visits import PageStanding, changed_since, standing_of_source
from db.results import ClaimDetail
from db.same_story import copies_count

#: Of so many sources that changed or went it is told since when.
_SOURCES = 20


@dataclass(frozen=True, slots=True)
class ClaimCapture:
    """``drifts`` are the claim's figures that changed on its page, ``absent_since`` when its words had gone,
    ``page`` how the document's page is doing, ``copies`` the number of other documents with the same story.
    ``sources`` tells since when sources have been gone, or have other words than when they were found or
    attached, by the ids of the evidence; None where nobody knows. ``astray`` tells of sources that are not known to
    be gone, but were not found, or could not be had, when somebody looked last, by the ids of the evidence."""

    drifts: tuple[ClaimDrift, ...] = ()
    absent_since: str | None = None
    page: PageStanding = PageStanding()
    sources: Mapping[int, str | None] = field(default_factory=dict)
    astray: Mapping[int, PageStanding] = field(default_factory=dict)
    copies: int = 0


def claim_capture(bind: Engine | Connection, detail: ClaimDetail) -> ClaimCapture:
    """What became of the claim's page, a few queries by index."""
    claim = detail.claim
    with reading(bind) as connection:
        return ClaimCapture(
            drifts=detail.drifts,
            absent_since=first_without(connection, claim.id) if claim.state == "absent" else None,
            page=detail.page_now,
            sources=_news(connection, detail),
            astray=_astray(connection, detail),
            copies=copies_count(connection, claim.document.id),
        )


def _news(connection: Connection, detail: ClaimDetail) -> dict[int, str | None]:
    found: dict[int, str | None] = {}
    for item in [item for item in detail.evidence if item.liveness in ("changed", "gone")][:_SOURCES]:
        if item.liveness == "changed":
            found[item.id] = changed_since(connection, item.source_id, item.created_at)
        else:
            standing = standing_of_source(connection, item.source_id)
            found[item.id] = standing.since if standing.state == "gone" else None
    return found


def _astray(connection: Connection, detail: ClaimDetail) -> dict[int, PageStanding]:
    """How the sources are doing whose last visit found no page; a miss alone does not make a source gone."""
    visited = [item for item in detail.evidence if item.last_checked and item.liveness != "gone"]
    found = {item.id: standing_of_source(connection, item.source_id) for item in visited[:_SOURCES]}
    return {number: page for number, page in found.items() if page.state in ("missing", "failed")}
