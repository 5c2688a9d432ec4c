"""What a claim's page says of where the claim stands: after a move, and of what supports it (pure)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from db.results import StoredClaim, StoredEvidence
from db.reviews import StoredReview
from tracker.plugin.claim_words import CORRECTED, VERDICTS, WORKFLOWS, said_of
from tracker.plugin.history import Entry


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to be said at the top of the page; ``tone`` is ok, warn or error, ``role`` the ARIA one.

    ``reasons`` stand as a list under ``lines``, ``entries`` are moves of others.
    """

    tone: str
    title: str
    lines: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()
    reasons: tuple[str, ...] = ()
    role: str = "alert"


_DONE = {
    "flag": "it is flagged, and in review.",
    "approve": "it is approved.",
    "reject": "it is rejected. It can be reopened.",
    "recall": "the approval is recalled. It is in review again.",
    "reopen": "it is reopened, and in review again.",
    "note": "the note is added.",
}
_BEARS = {
    "supports": "the source now supports the claim.",
    "contradicts": "the source now contradicts the claim.",
    "mentions": "the source now only mentions the matter, and supports nothing.",
}


def done_notice(review: StoredReview, claim: StoredClaim, problems: Sequence[str]) -> Notice:
    """What the move did that somebody has just made; an approved claim that is not citable says why."""
    title = f"Done: {_done(review.move, review.detail or {}, review.to_verdict)}"
    state = said_of(WORKFLOWS, claim.workflow)
    line = f"The claim is {state}, its verdict {said_of(VERDICTS, claim.verdict)}."
    if review.move == "note" or not problems:
        citable = "" if problems else " It may be cited as checked."
        return Notice("ok", title, (line + citable,), role="status")
    if claim.workflow == "approved":
        lines = (line, "It is approved, but it may not be cited as checked:")
        return Notice("warn", title, lines, reasons=tuple(problems), role="status")
    if review.move in ("verdict", "attach", "correct"):
        lines = (line, "It may not be cited as checked yet:")
        return Notice("ok", title, lines, reasons=tuple(problems), role="status")
    return Notice("ok", title, (line,), role="status")


def _done(move: str, detail: Mapping[str, Any], verdict: str) -> str:
    if move == "verdict":
        said = f"the verdict is {said_of(VERDICTS, verdict)}."
        return "the verdict is taken back." if verdict == "unchecked" else said
    if move == "attach":
        was = detail.get("was")
        changed = isinstance(was, Mapping) and was.get("relation") != detail.get("relation")
        return said_of(_BEARS, str(detail.get("relation"))) if changed else "the source is attached."
    if move == "correct":
        what = said_of(CORRECTED, str(detail.get("field") or ""))
        return f"the {what} is corrected. The correction lies over the reading, and survives every one to come."
    return _DONE.get(move, "the move is made.")


def support_in_words(evidence: Sequence[StoredEvidence], astray: Collection[int] = ()) -> str:
    """What supports a citable claim, and what is known of whether it is still there.

    ``astray`` are the ids of evidence whose source was not had when somebody looked last.
    """
    counts = [item for item in evidence if item.relation == "supports" and (item.url or item.is_primary)]
    how = "that a person attached" if any(item.how == "attached" for item in counts) else "that its document links"
    if any(item.url and item.liveness == "ok" and item.id not in astray for item in counts):
        looked = "it was still there when it was last looked at"
    elif any(item.id in astray for item in counts):
        looked = "it was not to be had when it was last looked at, and is not known to be gone"
    elif any(item.url and item.liveness == "unchecked" for item in counts):
        looked = "nobody has looked whether it is still there"
    else:
        looked = "it has no address at which one could look"
    return f"supported by a source {how} ({looked})"
