"""Direct quotations: where their marks open and close, in any style that the press uses.

A quotation opens at a double mark (curly, straight, low, guillemet, two back-ticks) or at a single mark
where a word begins; an apostrophe is none. It closes at any mark of its family, so one opened curly and
closed straight is whole. It runs on over a paragraph's end where the next paragraph opens with a mark
again (the rule of newspapers) or closes what it never opened. What is never closed ends with its
paragraph, or where the next one opens, and is marked so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.reading.attribution_text import paragraphs

_OPEN = "\u201c\u201e\u00ab``"
_CLOSE = "\u201d\u00bb\u2019\u2019"
# Two straight single marks are one double mark, as old agency wires set it.
_STRAIGHT = ('"', "''")
# A row of four marks or more is an ornament and quotes nothing.
_MARK = re.compile(
    "([\"'\u2018-\u201e\u00ab\u00bb`])\\1{3,}|``|'''?|\u2019\u2019|[\"\u201c\u201d\u201e\u00ab\u00bb'\u2018\u2019]"
)
_DOUBLE_MARK = re.compile(
    "([\"'\u2018-\u201e\u00ab\u00bb`])\\1{3,}|``|''|\u2019\u2019|[\"\u201c\u201d\u201e\u00ab\u00bb]"
)
# Words that begin with an apostrophe: 'em, 'twas, '90s. They open nothing.
_ELISION = re.compile(r"(?:em|till?|tis|twas|cause|bout|round|n|cos|un|s|\d\ds?)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quotation:
    """One direct quotation; ``[start, end)`` holds its marks, ``[inner_start, inner_end)`` does not.

    ``closed`` is False where the text never closes it; it then ends with its paragraph.
    A quotation within a quotation is one of its own, after the one that holds it.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    closed: bool


def read_quotations(text: str) -> tuple[Quotation, ...]:
    """The direct quotations of a text, in order of their start, the outer before the inner; linear time."""
    return scan_quotations(text, paragraphs(text))


def scan_quotations(text: str, spans: Sequence[tuple[int, int]]) -> tuple[Quotation, ...]:
    """As read_quotations, for a text whose paragraphs are known."""
    return _Scanner(text).run(spans)


class _Scanner:
    """One walk over the marks of a text: each is opened, closed or passed over once.

    ``double`` and ``single`` are the open quotation of each family as (start, inner start), or None.
    ``doubtful`` is the last mark that closes the single quotation or is the apostrophe of a plural.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.double: tuple[int, int] | None = None
        self.single: tuple[int, int] | None = None
        self.straight_single = False
        self.doubtful = -1
        self.found: list[Quotation] = []

    def run(self, spans: Sequence[tuple[int, int]]) -> tuple[Quotation, ...]:
        for number, (start, end) in enumerate(spans):
            follow = spans[number + 1] if number + 1 < len(spans) else None
            self._paragraph(start, end)
            self._drop_single()
            if self.double is not None and (follow is None or not self._runs_on(*follow)):
                self._give_up(end)
        self.found.sort(key=lambda quotation: (quotation.start, -quotation.end))
        return tuple(self.found)

    def _paragraph(self, start: int, end: int) -> None:
        carried = self.double is not None
        for match in _MARK.finditer(self.text, start, end):
            mark, at, after = match.group(), match.start(), match.end()
            if mark == "'''":
                # A quotation within one of two single marks: both begin here, or end.
                mark = "''"
            if match.lastindex:
                continue
            if carried:
                # The first mark of a paragraph that goes on only says that it goes on.
                carried = False
                if not self.text[start:at].strip() and mark not in _CLOSE:
                    continue
            if mark in ("'", "\u2018", "\u2019"):
                self._single_mark(mark, at, end)
            elif self._opens(mark, at, after, end):
                self._drop_single()
                if self.double is not None:
                    self._give_up(at)
                self.double = (at, after)
            elif self.double is not None:
                self._drop_single()
                self._emit(self.double, at, after)
                self.double = None
            elif self.single is not None and self.straight_single and after < len(self.text):
                self._emit(self.single, at, after)
                self.single = None

    def _opens(self, mark: str, at: int, after: int, end: int) -> bool:
        """Whether a double mark opens: by its shape, else by the white space beside it, else by turns."""
        before = self.text[at - 1] if at else " "
        behind = self.text[after] if after < end else " "
        if mark not in _STRAIGHT:
            # An opening mark at the end of a word closes what stands open: a typist's slip.
            slip = self.double is not None and behind.isspace() and not before.isspace()
            return mark in _OPEN and not slip
        starts = before.isspace() or before in "([{\u2014\u2013/-\u2018'\u2026>*"
        if starts == behind.isspace():
            # Spaced on both sides or on neither: it takes its turn; 5'10" after a figure opens nothing.
            return self.double is None and self.single is None and not (before.isdigit() and behind == " ")
        return starts and self.double is None or starts and behind.isalnum() and before.isspace()

    def _single_mark(self, mark: str, at: int, end: int) -> None:
        before = self.text[at - 1] if at else " "
        behind = self.text[at + 1] if at + 1 < end else " "
        if mark != "\u2019" and not before.isalnum() and before not in ".,!?;%)" and behind.isalnum():
            if mark == "\u2018" or not _ELISION.match(self.text, at + 1):
                self._drop_single()
                self.single, self.straight_single = (at, at + 1), mark == "'"
        elif self.single is not None and mark != "\u2018" and not behind.isalnum():
            if before in "sS" and behind == " ":
                self.doubtful = at
            elif not before.isspace():
                self._emit(self.single, at, at + 1)
                self.single, self.doubtful = None, -1

    def _drop_single(self) -> None:
        """Ends a single quotation that nothing closed: at a doubtful mark, else it was an apostrophe."""
        if self.single is not None and self.doubtful > self.single[0]:
            self._emit(self.single, self.doubtful, self.doubtful + 1)
        self.single, self.doubtful = None, -1

    def _runs_on(self, start: int, end: int) -> bool:
        """Whether the open quotation goes on in the paragraph [start, end)."""
        match = _DOUBLE_MARK.search(self.text, start, end)
        if match is None:
            return False
        mark = match.group()
        if not self.text[start : match.start()].strip():
            return mark not in _CLOSE
        behind = self.text[match.end()] if match.end() < end else " "
        return mark in _CLOSE or (
            mark in _STRAIGHT and not behind.isalnum() and not self.text[match.start() - 1].isspace()
        )

    def _give_up(self, end: int) -> None:
        if self.double is not None:
            start, inner = self.double
            stop = max(inner, inner + len(self.text[inner:end].rstrip()))
            if stop > inner:
                self.found.append(Quotation(start, stop, inner, stop, closed=False))
            self.double = None

    def _emit(self, opened: tuple[int, int], at: int, after: int) -> None:
        if at > opened[1]:
            self.found.append(Quotation(opened[0], after, opened[1], at, closed=True))
