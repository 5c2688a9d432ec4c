"""The desk: every move of a review on the database. The web pages and the command line both call it.

Each move asks ``judging.workflow.decide``, and is one row in the append-only ``reviews``, written in
the same transaction as its effect. Of two people who work on one claim, the second is told what the
first has done (``Overtaken``), and nothing is overwritten.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine

from db.claim_writes import rewrite_claim
from db.engine import writing
from db.queries import claim_record, get_claim, text_of
from db.records import Correction
from db.results import ClaimDetail
from db.reviews import (
    ReviewRecord,
    append_review,
    digest_of,
    readings_of,
    reviews_of,
    same_reading,
    set_review_state,
)
from db.sources import sharing
from tracker import desk_corrections, desk_sources
from tracker.corrections import lay_over
from tracker.desk_requests import (
    Approve,
    Attach,
    BadMove,
    Correct,
    Flag,
    NotAllowed,
    Note,
    NotNow,
    Overtaken,
    Recall,
    Reject,
    Reopen,
    Request,
    Verdict,
)
from tracker.desk_sourcing import settle
from tracker.judging.workflow import Outcome, Person, Refusal, decide

__all__ = [
    "Approve",
    "Attach",
    "BadMove",
    "Correct",
    "Flag",
    "Moved",
    "NotAllowed",
    "NotNow",
    "Note",
    "Overtaken",
    "Person",
    "Recall",
    "Reject",
    "Reopen",
    "Request",
    "Verdict",
    "move",
    "readings_changed",
]

#: Under this name the program itself stands in the log.
PROGRAM = "tracker"
_REFUSALS = {"role": NotAllowed, "state": NotNow}


@dataclass(frozen=True, slots=True)
class Moved:
    """What a move did: its row in the log, and the claim's state after it."""

    review_id: int
    claim_id: int
    workflow: str
    verdict: str


def move(
    bind: Engine | Connection,
    claim: int | str,
    person: Person,
    request: Request,
    *,
    now: str,
    seen: int | None = None,
) -> Moved:
    """Makes one move on the claim of this id or key, whole or not at all.

    ``now`` is UTC, ISO 8601 ending in ``Z``. ``seen`` is the id of the claim's last review that the
    person saw, 0 for none; where another one has come in since, nothing is done and ``Overtaken``
    tells which (a note is added all the same). None does not look. Raises NotAllowed, NotNow and
    BadMove, and of the database UnknownClaim, AmbiguousClaim and DatabaseBusy.
    """
    request.check()
    if not person.name.strip():
        raise BadMove("who makes the move is not known: state a name", field="by")
    with writing(bind) as connection:
        detail = get_claim(connection, claim)
        if seen is not None and request.move != "note":
            _see(connection, detail, seen)
        # First with the word of what may be done at all: a correction must not be worked out for nothing.
        stale = "verdict" in detail.stale
        _decided(request, person, detail, verdict_stale=stale)
        done, effect = _effect(connection, detail, person, request, now)
        present = readings_of(connection, [detail.claim.id])[detail.claim.id]
        unsettles = not same_reading(connection, detail.reading, present) or _speaks_against(request, done)
        outcome = _decided(request, person, detail, unsettles=unsettles, verdict_stale=stale)
        record = _record(detail, person, request, outcome, now, present, done)
        review_id = append_review(connection, record)
        set_review_state(connection, detail.claim.id, workflow=outcome.workflow, verdict=outcome.verdict, now=now)
        readings_changed(connection, effect, now, by_name=True)
    return Moved(review_id, detail.claim.id, outcome.workflow, outcome.verdict)


def readings_changed(
    connection: Connection, claim_ids: Iterable[int], now: str, *, by_name: bool = False
) -> tuple[int, ...]:
    """Sends back to review those of the claims that now read otherwise than they were judged; gives them.

    Part of the caller's transaction: a re-reading calls it with the claims that it changed. Both
    readings stand in the log. With ``by_name`` another name of the same party counts as well: who
    joins two names changes what is said of claims that they never looked at.
    """
    ids = list(claim_ids)
    sent = []
    for claim_id, present in readings_of(connection, ids).items():
        reviews = reviews_of(connection, claim_id)
        if not reviews or reviews[-1].to_workflow not in {"approved", "rejected"}:
            continue
        judged = next(r for r in reversed(reviews) if r.move in {"approve", "reject"})
        same = digest_of(judged.reading) == digest_of(present)
        if same or (not by_name and same_reading(connection, judged.reading, present)):
            continue
        verb = "approved" if judged.move == "approve" else "rejected"
        append_review(
            connection,
            ReviewRecord(
                claim_id=claim_id,
                at=now,
                by_whom=PROGRAM,
                role="program",
                move="reading_changed",
                from_workflow=reviews[-1].to_workflow,
                to_workflow="in_review",
                from_verdict=reviews[-1].to_verdict,
                to_verdict=reviews[-1].to_verdict,
                reading=present,
                note=f"it reads otherwise than when {judged.by_whom} {verb} it",
                detail={"was": dict(judged.reading)},
            ),
        )
        set_review_state(connection, claim_id, workflow="in_review", verdict=reviews[-1].to_verdict, now=now)
        sent.append(claim_id)
    return tuple(sent)


def _speaks_against(request: Request, done: Mapping[str, Any] | None) -> bool:
    """Whether a source was attached against the claim, or one that supported it does so no longer."""
    if not isinstance(request, Attach) or done is None:
        return False
    supported = (done["was"] or {}).get("relation") == "supports"
    return request.relation == "contradicts" or (supported and request.relation != "supports")


def _see(connection: Connection, detail: ClaimDetail, seen: int) -> None:
    last = detail.reviews[-1].id if detail.reviews else 0
    if last == seen:
        return
    since = reviews_of(connection, detail.claim.id, after=seen)
    if not since:
        raise BadMove(f"review {seen} is none of claim {detail.claim.id}: open the claim again", field="seen")
    raise Overtaken(detail.claim.id, since)


def _decided(
    request: Request, person: Person, detail: ClaimDetail, *, unsettles: bool = True, verdict_stale: bool
) -> Outcome:
    claim = detail.claim
    outcome = decide(
        request.move,
        person.role,
        claim.workflow,
        claim.verdict,
        new_verdict=request.verdict if isinstance(request, Verdict) else None,
        reason=request.words,
        unsettles=unsettles,
        verdict_stale=verdict_stale,
    )
    if isinstance(outcome, Refusal):
        if outcome.about == "input":
            raise BadMove(outcome.reason, field=request.words_field)
        raise _REFUSALS[outcome.about](outcome.reason)
    return outcome


def _effect(
    connection: Connection, detail: ClaimDetail, person: Person, request: Request, now: str
) -> tuple[Mapping[str, Any] | None, tuple[int, ...]]:
    """Does what the move does besides the claim's state; gives its detail and the other claims it touches."""
    if isinstance(request, Attach):
        attached = desk_sources.attach(connection, detail, person.name, request, now)
        # What was learnt of the source now holds for every claim that it was attached to.
        settle(connection, sharing(connection, attached["source_id"]), now)
        return attached, ()
    if isinstance(request, Correct):
        if request.field == "alias":
            done, touched = desk_corrections.rename(connection, request)
            return done, tuple(claim for claim in touched if claim != detail.claim.id)
        record = claim_record(detail)
        text = text_of(connection, detail.claim.text_id)
        done = desk_corrections.worked_out(request, record, text, desk_corrections.known_kinds(connection))
        corrected = lay_over(record, (Correction.from_detail(done, person.name),), text)
        rewrite_claim(connection, detail.claim.id, corrected, now)
        return done, ()
    return None, ()


def _record(
    detail: ClaimDetail,
    person: Person,
    request: Request,
    outcome: Outcome,
    now: str,
    present: Mapping[str, Any],
    done: Mapping[str, Any] | None,
) -> ReviewRecord:
    return ReviewRecord(
        claim_id=detail.claim.id,
        at=now,
        by_whom=person.name,
        role=person.role,
        move=request.move,
        from_workflow=detail.claim.workflow,
        to_workflow=outcome.workflow,
        from_verdict=detail.claim.verdict,
        to_verdict=outcome.verdict,
        reading=present,
        note=(request.words or "").strip() or None,
        detail=done,
    )
