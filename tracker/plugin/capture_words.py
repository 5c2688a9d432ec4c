"""In words: what became of a page since, and what changed on it (pure)."""

from __future__ import annotations

from dataclasses import dataclass

from db.claim_capture import ClaimCapture
from db.page_changes import ClaimDrift, Counted, FigureChange
from db.page_visits import PageStanding
from db.results import StoredEvidence
from tracker.plugin.claim_words import LIVENESSES, STATE_NOTES, liveness_in_words, plain, time_in_words
from tracker.plugin.segments import Piece, differences

OUTCOMES = {
    "new": "its first version came in",
    "unchanged": "it was as before",
    "boring": "it had changed, but no words that a reader sees",
    "changed": "it had changed",
    "missing": "it was not found",
    "gone": "it was gone",
    "failed": "it could not be had",
}


@dataclass(frozen=True, slots=True)
class ChangeShown:
    """A figure's change for a page: its two sentences in pieces, with what differs told apart."""

    change: FigureChange | ClaimDrift
    was: tuple[Piece, ...]
    now: tuple[Piece, ...]


def shown_change(change: FigureChange | ClaimDrift) -> ChangeShown:
    """The change with its sentences in pieces; where there is no sentence, of its words alone."""
    was = change.context_before or change.before
    now = change.context_after or change.after
    return ChangeShown(change, *differences(was, now))


def drift_line(drift: ClaimDrift, page: PageStanding) -> tuple[str, str]:
    """What stands before the words that the page says now, or said last, of a claim's figure; and since when."""
    when = f"since {time_in_words(drift.at)}"
    if drift.is_back:
        return "The page said otherwise for a while, and has these words again", f"({when})"
    if not drift.after:
        return "The page no longer gives this figure", f"({when})"
    return f"The page {'last said' if page.state == 'gone' else 'now says'}:", f"({when})"


def page_line(page: PageStanding) -> str | None:
    """What to warn of the page: that it is gone, missing or cannot be had; None where it is there."""
    if page.state not in ("gone", "missing", "failed") or page.since is None:
        return None
    since = time_in_words(page.since)
    seen = f" It was last seen there on {time_in_words(page.found)}." if page.found else ""
    why = f": {page.reason}" if page.reason else f": answer {page.status}" if page.status else ""
    if page.state == "gone":
        return f"The page is gone since {since}{why}.{seen}"
    times = "" if page.times == 1 else f", {page.times:,} times in a row"
    if page.state == "missing":
        return f"The page was not found{times} since {since}{why}. That does not yet mean that it is gone.{seen}"
    return f"The page could not be had{times} since {since}{why}. That says nothing of the page itself.{seen}"


def last_visit(page: PageStanding) -> str:
    """The last visit and what came of it; that there was none."""
    if page.at is None:
        return "not visited since it came in"
    return f"{time_in_words(page.at)}: {OUTCOMES.get(page.outcome or '', page.outcome or '')}"


def absent_line(capture: ClaimCapture) -> str:
    """Since when the page no longer carries the claim's words."""
    if capture.absent_since is None:
        return STATE_NOTES["absent"]
    since = time_in_words(capture.absent_since)
    return f"No longer on the page since {since}. {STATE_NOTES['absent']}"


def source_line(item: StoredEvidence, capture: ClaimCapture) -> str:
    """Whether a source is still at its address, and since when or as of when that is known."""
    page = capture.astray.get(item.id)
    if page is not None:
        also = "; it had changed before" if item.liveness == "changed" else ""
        return _astray(page) + also
    since = capture.sources.get(item.id)
    if item.liveness == "changed":
        than = "it was attached" if item.how == "attached" else "it was cited"
        return f"has changed since {than}" + (f" (seen {time_in_words(since)})" if since else "")
    if item.liveness == "gone" and since:
        return f"is gone since {time_in_words(since)}"
    if item.liveness == "ok" and item.last_checked:
        return f"{LIVENESSES['ok']} ({time_in_words(item.last_checked)})"
    return liveness_in_words(item.liveness, item.how)


def _astray(page: PageStanding) -> str:
    """That a source was not found, or could not be had, when somebody looked last; it is not known to be gone."""
    seen = f"; it was last seen there on {time_in_words(page.found)}" if page.found else ""
    times = f"; {page.times:,} times in a row since {time_in_words(page.since)}" if page.times > 1 else ""
    when = time_in_words(page.at)
    if page.state == "missing":
        code = f" ({page.status})" if page.outcome == "missing" and page.status else ""
        return f"not found when last looked at{code}, {when}{times}{seen}. That does not yet mean that it is gone"
    why = f" ({plain(page.reason)})" if page.reason else ""
    return f"could not be had when last looked at{why}, {when}{times}{seen}. That says nothing of the source itself"


def counted_line(counted: Counted | None) -> str | None:
    """How much changed with a version: "2 figures, 1 other place"; None where nothing is known to have."""
    if counted is None:
        return None
    parts = [
        _many(counted.figures, "figure"),
        _many(counted.words, "other place"),
        "its encoding" if counted.boring and not counted.figures and not counted.words else "",
    ]
    return ", ".join(part for part in parts if part) or None


def _many(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}" if number else ""
