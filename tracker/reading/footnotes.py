"""Footnotes: the marks in a text, and the notes at its end that they stand for."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.reading.values import Passage

_SUPERSCRIPTS = "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079"
_TO_DIGITS = str.maketrans(_SUPERSCRIPTS, "0123456789")
_SIGNS = "*\u2020\u2021\u00a7"
# The head of a note's line, by the manner of its mark.
_NOTE = re.compile(
    rf"[ \t\u00a0]*(?:\[(?P<square>\d{{1,3}})\]|\((?P<round>\d{{1,3}})\)|(?P<dot>\d{{1,3}})(?:[.):][ \t\u00a0]+"
    rf"|[ \t\u00a0]+(?=[A-Z\"\u201ch]))"
    rf"|(?P<raised>[{_SUPERSCRIPTS}]{{1,3}})|(?P<sign>[{_SIGNS}]{{1,3}}))[ \t\u00a0:]*(?=\S)"
)
# A mark in the running text; a plain number only directly behind a stop, "(1)" and signs behind a word.
_MARK = re.compile(
    rf"\[(?P<square>\d{{1,3}})\]|(?<=[\w.,;:!?%)\"'\u2019\u201d])(?P<raised>[{_SUPERSCRIPTS}]{{1,3}})(?!\w)"
    rf"|(?<=[a-z%)\"\u2019\u201d][.,;])(?P<bare>\d{{1,2}})(?![\w.,%])"
    rf"|(?<=[.,;\"\u2019\u201d][ \u00a0])\((?P<round>\d{{1,2}})\)"
    rf"|(?<=[\w.][ \u00a0])\((?P<inner>\d{{1,2}})\)(?=[.,;]|\s*\Z)"
    rf"|(?<=[\w.,;!?%)\"'\u2019\u201d])(?P<sign>[{_SIGNS}]{{1,3}})(?![\w{_SIGNS}])"
)
# Raised two and three are also a square and a cube.
_MEASURE = re.compile(r"(?:^|[\s\d])(?:[kcmd]?m|km|ft|in|s|mi|CO|cm|mm)\Z")
_HEADING = re.compile(
    r"\W*(?:foot|end)?(?:notes?|references|sources)(?: (?:and|&) \w+)?(?: to editors)?\W*", re.IGNORECASE
)
_IBID = re.compile(r"(?:ibid|ib|id|same source|as above)\b", re.IGNORECASE)
_LONGEST = 800
#: How far behind the sentence's stop a mark may stand: "\u2026 in January. [2]"
_BEHIND = 6


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: its mark ("2", "*"), the manner of the mark and the span of its words."""

    mark: str
    manner: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a text carries a footnote's mark, with the note."""

    start: int
    end: int
    note: Note


class Footnotes:
    """The notes of a text, and the marks of each stretch of it; each mark leads to a note that stands further down."""

    def __init__(self, text: str, passages: Sequence[Passage] = ()) -> None:
        self._text = text
        notes = [*_lines(text), *_numbered(text, passages)]
        self._notes: dict[tuple[str, str], list[Note]] = {}
        self._meant: dict[Note, Note | None] = {}
        last: dict[str, Note] = {}
        for note in sorted(notes, key=lambda n: n.start):
            self._notes.setdefault((note.manner, note.mark), []).append(note)
            before = last.get(note.manner)
            self._meant[note] = (before and self._meant[before]) if _is_ibid(text, note) else note
            last[note.manner] = note
        marks = _MARK.finditer(text) if notes else ()
        found = (self._leads(text, mark) for mark in marks)
        self._marks = tuple(mark for mark in found if mark is not None)

    def carried(self, start: int, end: int) -> tuple[Mark, ...]:
        """The marks of a sentence: in ``[start, end)`` or directly behind; one at its head is of the one before."""
        first = bisect_right(self._marks, start, key=lambda mark: mark.start)
        last = bisect_right(self._marks, end + _BEHIND, key=lambda mark: mark.end)
        return tuple(
            m for m in self._marks[first:last] if m.start < end or not self._text[end : m.start].strip(" \u00a0")
        )

    def meant(self, note: Note) -> Note | None:
        """The note itself; for one that says "ibid." what the note before it means, None for the first."""
        return self._meant[note]

    def _leads(self, text: str, match: re.Match[str]) -> Mark | None:
        manner, mark = next((name, value) for name, value in match.groupdict().items() if value is not None)
        if manner == "raised":
            mark = mark.translate(_TO_DIGITS)
            if mark in {"2", "3"} and _MEASURE.search(text, max(0, match.start() - 4), match.start()):
                return None
        manner = "round" if manner == "inner" else manner
        for wanted in _STANDS_FOR[manner]:
            notes = self._notes.get((wanted, mark), [])
            index = bisect_right(notes, match.end() + 1, key=lambda note: note.start)
            if index < len(notes) and self._is_list(wanted, manner):
                return Mark(match.start(), match.end(), notes[index])
        return None

    def _is_list(self, manner: str, mark: str) -> bool:
        """A bare number or "(1)" is a mark only where the notes are counted from 1."""
        return mark not in {"bare", "round"} or (manner, "1") in self._notes


# Which notes a mark may mean, the likest first.
_STANDS_FOR = {
    "square": ("square", "dot", "heading"),
    "raised": ("raised", "dot", "square", "heading"),
    "bare": ("dot", "raised", "square", "heading"),
    "round": ("round", "dot", "heading"),
    "sign": ("sign",),
}


def _is_ibid(text: str, note: Note) -> bool:
    """Whether the note only refers to the one before it."""
    return _IBID.match(text, note.start, note.end) is not None


def _lines(text: str) -> list[Note]:
    """Lines that begin with a mark; a note runs to the next one, or to a blank line."""
    heads: list[tuple[str, str, int, int]] = []
    start = 0
    for line in text.splitlines(keepends=True):
        head = _NOTE.match(text, start, start + len(line))
        if head is not None:
            manner, mark = next((name, value) for name, value in head.groupdict().items() if value is not None)
            heads.append((manner, mark.translate(_TO_DIGITS), start, head.end()))
        start += len(line)
    notes: list[Note] = []
    for index, (manner, mark, _, begin) in enumerate(heads):
        stop = heads[index + 1][2] if index + 1 < len(heads) else len(text)
        blank = re.compile(r"\n[ \t\r]*\n").search(text, begin, min(stop, begin + _LONGEST))
        stop = min(blank.start() if blank else stop, begin + _LONGEST)
        notes.append(Note(mark, manner, begin, max(begin, stop)))
    return notes


def _numbered(text: str, passages: Sequence[Passage]) -> list[Note]:
    """List items under a heading "Notes" or "Sources": a page shows their numbers, its text does not hold them."""
    notes: list[Note] = []
    number = 0
    counting = False
    for passage in passages:
        if (
            passage.role == "heading"
            or passage.end - passage.start < 40
            and _HEADING.fullmatch(text, passage.start, passage.end)
        ):
            counting, number = _HEADING.fullmatch(text, passage.start, passage.end) is not None, 0
        elif (
            counting and passage.role in {"bullet", "boilerplate"} and not _NOTE.match(text, passage.start, passage.end)
        ):
            number += 1
            notes.append(Note(str(number), "heading", passage.start, passage.end))
    return notes
