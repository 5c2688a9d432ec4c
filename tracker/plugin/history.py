"""The history of a claim for its page: what each review did, and what it changed, word by word (pure)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from db.reviews import StoredReview
from tracker.citing.figures import figure_in_words
from tracker.plugin.claim_words import CORRECTED, DONE, VERDICTS, WORKFLOWS, said_of
from tracker.plugin.segments import Piece, differences


@dataclass(frozen=True, slots=True)
class Change:
    """Something that was one thing and is another, both in pieces, with what differs told apart."""

    what: str
    was: tuple[Piece, ...]
    now: tuple[Piece, ...]

    @property
    def differs(self) -> bool:
        """Are they not the same?"""
        return any(piece.differs for piece in (*self.was, *self.now))


@dataclass(frozen=True, slots=True)
class Entry:
    """One review as the page tells it.

    ``moved`` are the changes of workflow and verdict in words; ``changes`` what a correction or a new
    reading changed; ``source`` what was attached.
    """

    id: int
    at: str
    by_whom: str
    role: str
    move: str
    done: str
    moved: tuple[str, ...]
    note: str | None
    changes: tuple[Change, ...]
    source: Mapping[str, Any] | None
    is_reading: bool = False


def entries(reviews: Sequence[StoredReview]) -> tuple[Entry, ...]:
    """The reviews as the page tells them, the newest first; they are given oldest first."""
    judged: Mapping[str, Any] = {}
    found = []
    for review in reviews:
        found.append(_entry(review, judged))
        judged = review.reading or judged
    return tuple(reversed(found))


def _entry(review: StoredReview, before: Mapping[str, Any]) -> Entry:
    detail = review.detail or {}
    is_reading = review.move == "reading_changed"
    changes: tuple[Change, ...] = ()
    if is_reading:
        was = detail.get("was")
        changes = reading_changes(was if isinstance(was, Mapping) else before, review.reading)
    elif review.move == "correct":
        changes = (_correction(detail),)
    return Entry(
        id=review.id,
        at=review.at,
        by_whom=review.by_whom,
        role=review.role,
        move=review.move,
        done=said_of(DONE, review.move),
        moved=_moved(review),
        note=review.note,
        changes=changes,
        source=detail if review.move == "attach" else None,
        is_reading=is_reading,
    )


def _moved(review: StoredReview) -> tuple[str, ...]:
    moved = []
    if review.from_workflow != review.to_workflow:
        moved.append(f"{said_of(WORKFLOWS, review.from_workflow)} → {said_of(WORKFLOWS, review.to_workflow)}")
    if review.from_verdict != review.to_verdict:
        moved.append(f"{said_of(VERDICTS, review.from_verdict)} → {said_of(VERDICTS, review.to_verdict)}")
    elif review.move == "verdict":
        moved.append(said_of(VERDICTS, review.to_verdict))
    return tuple(moved)


def reading_changes(was: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[Change, ...]:
    """Two readings side by side: the words, the figures, who said them and on whose word."""
    rows = [
        ("Words", str(was.get("quote") or ""), str(now.get("quote") or "")),
        ("Figures", _figures(was), _figures(now)),
        ("Speaker", str(was.get("speaker") or "not known"), str(now.get("speaker") or "not known")),
        ("Origin", str(was.get("origin") or "not known"), str(now.get("origin") or "not known")),
    ]
    return tuple(Change(what, *differences(old, new)) for what, old, new in rows)


def _figures(reading: Mapping[str, Any]) -> str:
    figures = reading.get("figures") or ()
    return "; ".join(figure_of(figure) for figure in figures if isinstance(figure, Mapping)) or "none"


def _correction(detail: Mapping[str, Any]) -> Change:
    field = str(detail.get("field") or "")
    what = said_of(CORRECTED, field).capitalize()
    if detail.get("figure_text") is not None:
        what += f" “{detail['figure_text']}”"
    pair = (_value(field, detail.get("was")), _value(field, detail.get("now")))
    return Change(what, *differences(*pair))


def _value(field: str, value: object) -> str:
    """A corrected value in words: a text, or the fields of a figure."""
    if isinstance(value, Mapping):
        if field == "unit":
            return str(value.get("unit") or "not known")
        return str(value.get("words") or figure_of(value))
    if value is None or value == "":
        return "nothing"
    return str(value).replace("_", " ") if field == "kind" else str(value)


_FIGURE: dict[str, Any] = {
    **dict.fromkeys(("value", "low", "high", "unit", "dimension", "trend", "date")),
    "comparator": "=",
    "text": "",
}


def figure_of(stored: Mapping[str, Any]) -> str:
    """A figure kept in the log, in words; the log may be older than the fields of today."""
    given = {name: stored[name] for name in _FIGURE if stored.get(name) is not None}
    # Whether a unit was confirmed stands beside it; here only what was read counts.
    figure = SimpleNamespace(**{**_FIGURE, **given, "unit_stated": True})
    if figure.dimension is None and isinstance(figure.unit, str) and len(figure.unit) == 3 and figure.unit.isupper():
        figure.dimension = "money"
    return figure_in_words(figure)
