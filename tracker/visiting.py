"""Notes that a page was looked at when it was added, so that the next look can ask what changed since."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, Engine

from db import visits
from db.engine import writing
from db.records import StoreResult, sha256_of
from scrapers.document import Capture
from tracker.comparing import Comparison
from tracker.judging.schedule import next_check

#: Notes a visit in the transaction that keeps what was found at it.
Noting = Callable[[Connection, StoreResult, Comparison | None], None]


def outcome_of(result: StoreResult, found: Comparison | None) -> str:
    """What came of a look at a page that was kept."""
    if found is not None:
        return found.outcome
    return "new" if result.new_document or result.new_snapshot else "unchanged"


def note_visit(
    connection: Connection, result: StoreResult, found: Comparison | None, capture: Capture, run: int, at: str
) -> None:
    """Notes the visit, with what the server said to ask by next time, and when that is; part of the transaction."""
    pages = [page for page in visits.watched(connection, document_id=result.document_id) if not page.is_source]
    for page in pages:
        said = {name.lower(): value for name, value in capture.headers}
        outcome = outcome_of(result, found)
        visit = visits.VisitRecord(
            at,
            page.url,
            outcome,
            status=capture.status,
            etag=said.get("etag"),
            last_modified=said.get("last-modified"),
            sha256=sha256_of(capture.body),
        )
        outcomes = [*(one.outcome for one in visits.visits_of(connection, page)), outcome]
        visits.add_visit(connection, page, visit, run or None, next_check(at, page.since, outcomes))


def note_another(bind: Engine, found: Comparison, capture: Capture, run: int, at: str) -> None:
    """Notes a visit at which something else stood at a document's address: it failed, and says nothing of the page."""
    with writing(bind) as connection:
        for page in visits.watched(connection, document_id=found.page.id):
            if not page.is_source:
                told = {"status": capture.status, "reason": found.reason, "sha256": found.sha256_after}
                visit = visits.VisitRecord(at, page.url, "failed", **told)  # type: ignore[arg-type]
                outcomes = [*(one.outcome for one in visits.visits_of(connection, page)), "failed"]
                visits.add_visit(connection, page, visit, run or None, next_check(at, page.since, outcomes))
