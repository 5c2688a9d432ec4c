"""Cuts a text where marks begin and end, so that overlapping marks can be shown on it (pure)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from rapidfuzz.distance import Levenshtein

Label = TypeVar("Label")

#: Longer words are compared whole only up to here: what differs in a novel is of no use to anybody.
_COMPARED = 4000


@dataclass(frozen=True, slots=True)
class Mark(Generic[Label]):
    """Something that covers a piece of the text, half open, in characters."""

    start: int
    end: int
    label: Label


@dataclass(frozen=True, slots=True)
class Segment(Generic[Label]):
    """A piece that the same marks cover from end to end; ``labels`` in the order in which they began."""

    start: int
    end: int
    labels: tuple[Label, ...]


def segments(start: int, end: int, marks: Iterable[Mark[Label]]) -> list[Segment[Label]]:
    """The text from ``start`` to ``end`` in pieces, each with all marks that cover it.

    The pieces follow each other without a gap and none is empty. Marks may overlap, nest, repeat or
    reach beyond the edges; an empty mark covers nothing.
    """
    opening: dict[int, list[int]] = {}
    closing: dict[int, list[int]] = {}
    labels: list[Label] = []
    for mark in marks:
        first, last = max(mark.start, start), min(mark.end, end)
        if first < last:
            opening.setdefault(first, []).append(len(labels))
            closing.setdefault(last, []).append(len(labels))
            labels.append(mark.label)
    cuts = sorted({start, end, *opening, *closing}) if start < end else []
    # A dict keeps the order in which marks began, and lets them end in any.
    open_marks: dict[int, None] = {}
    found = []
    for at, following in zip(cuts, cuts[1:], strict=False):
        for number in closing.get(at, ()):
            del open_marks[number]
        open_marks.update(dict.fromkeys(opening.get(at, ())))
        found.append(Segment(at, following, tuple(labels[number] for number in open_marks)))
    return found


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words, and whether the other version has others in their place."""

    text: str
    differs: bool


def differences(was: str, now: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both versions of some words in pieces, with what differs told apart, word by word.

    A word is never marked in part: that 23 became 29 is a new number, not a new digit.
    """
    if len(was) > _COMPARED or len(now) > _COMPARED:
        same = was == now
        return (Piece(was, not same),), (Piece(now, not same),)
    old, new = was.split(" "), now.split(" ")
    left: list[tuple[list[str], bool]] = []
    right: list[tuple[list[str], bool]] = []
    for operation in Levenshtein.opcodes(old, new):
        differs = operation.tag != "equal"
        left.append((old[operation.src_start : operation.src_end], differs))
        right.append((new[operation.dest_start : operation.dest_end], differs))
    return _joined(left), _joined(right)


def _joined(runs: Sequence[tuple[list[str], bool]]) -> tuple[Piece, ...]:
    """The runs of words as pieces; the space between two runs is no part of what differs."""
    pieces: list[Piece] = []
    for run, differs in runs:
        if not run:
            continue
        if pieces:
            pieces.append(Piece(" ", False))
        pieces.append(Piece(" ".join(run), differs))
    return tuple(piece for piece in pieces if piece.text)
