"""The words of a PDF's page as lines in reading order: rows, the cells of tables, columns of text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from statistics import median

from scrapers.pdf_process import RawPage, Word

_BULLET = re.compile(
    r"[\u2022\u25cf\u25cb\u25e6\u25aa\u25ab\u25a0\u25a1\u2023\u2043\u2219\u00b7\u27a2\u2713\uf0b7\uf0a7\uf0d8*]+\Z"
)
_DASH = re.compile(r"[-\u2013\u2014]\Z")
_NUMBERED = re.compile(r"(?:\(?(?:\d{1,2}|[a-z]|[ivx]{1,5})\)|\d{1,2}\.(?:\d{1,2}\.?)*|[a-z]\.)\Z")
#: A gap in a row, in heights of the type, that parts two cells or columns.
_GAP = 1.4
#: So many rows with the same gutter between prose are two columns, and not a table.
_COLUMN_ROWS = 4
_MOST_ROWS = 400
_PROSE_WORDS = 3.0
_RAISED = str.maketrans("0123456789", "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079")


@dataclass
class Line:
    """A line of words on one page; ``cells`` are the parts of a table's row, else the one whole."""

    page: int
    cells: list[list[Word]]
    in_table: bool = False

    @property
    def words(self) -> list[Word]:
        """All words, from left to right."""
        return [word for cell in self.cells for word in cell]

    @cached_property
    def text(self) -> str:
        """The words with a space between."""
        return " ".join(word.text for word in self.words)

    @property
    def x0(self) -> float:
        """Where it begins."""
        return self.cells[0][0].x0

    @property
    def x1(self) -> float:
        """Where it ends."""
        return self.cells[-1][-1].x1

    @property
    def y(self) -> float:
        """The baseline of its first word."""
        return self.cells[0][0].y

    @cached_property
    def size(self) -> float:
        """The size of most of its type, in half points."""
        sizes: Counter[float] = Counter()
        for word in self.words:
            sizes[round(2 * word.size) / 2] += len(word.text)
        return max(sizes, key=lambda size: (sizes[size], size)) or 1.0

    @cached_property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(word.bold for word in self.words)


def lines_of(page: RawPage) -> tuple[list[Line], list[Line]]:
    """The lines of a page in reading order, and apart those that are turned against the rest.

    The order in which a file draws its words is that of its author's program and mostly that of
    reading; only where it leaps up again and again are the lines put in the order of their place.
    """
    upright = [word for word in page.words if not word.turn]
    lines = [Line(page.number, _cells(row)) for row in _rows(upright)]
    if _leaps(lines):
        lines = [Line(page.number, _cells(row)) for row in _rows(_by_place(upright))]
    lines = _with_columns(_joined_rows(lines))
    _mark_tables(lines)
    turned = [Line(page.number, [row]) for row in _turned_rows([word for word in page.words if word.turn])]
    return [split for line in lines for split in _split(line)], turned


def _rows(words: Sequence[Word]) -> Iterator[list[Word]]:
    """Words that follow each other on one baseline, with raised digits at the words that carry them."""
    for row in _baselines(words):
        yield _with_marks(row)


def _with_marks(row: list[Word]) -> list[Word]:
    """Raised digits as superscripts, at the end of the word before: the 1,200 of note 3 is no "1,200 3"."""
    found: list[Word] = []
    for at, word in enumerate(row):
        last = found[-1] if found else None
        beside = last or (row[at + 1] if at + 1 < len(row) else None)
        if beside is None or not _is_mark(word, beside):
            found.append(word)
            continue
        text = word.text.translate(_RAISED)
        if last and word.x0 - last.x1 < 0.6 * last.size:
            found[-1] = replace(last, text=last.text + text, x1=word.x1)
        else:
            found.append(replace(word, text=text))
    return found


def _is_mark(word: Word, beside: Word) -> bool:
    raised = word.size < 0.85 * beside.size and word.y - beside.y > 0.12 * beside.size
    return raised and len(word.text) <= 5 and word.text.replace(",", "").isdecimal() and word.text.isascii()


def _baselines(words: Sequence[Word]) -> Iterator[list[Word]]:
    """Words that follow each other on one baseline; a raised or lowered one belongs to the row."""
    row: list[Word] = []
    base: Word | None = None
    for word in words:
        if row and base is not None and not _continues(row[-1], base, word):
            yield row
            row = []
        if not row or word.size > base.size * 1.15:  # type: ignore[union-attr]
            base = word
        row.append(word)
    if row:
        yield row


def _continues(last: Word, base: Word, word: Word) -> bool:
    size = max(base.size, word.size)
    small = min(base.size, word.size) < 0.85 * size
    apart = abs(word.y - base.y)
    return apart < (0.6 if small and word.x0 - last.x1 < size else 0.25) * size and word.x0 >= last.x1 - 0.5 * size


def is_bullet(words: Sequence[Word]) -> bool:
    """Whether words begin with the mark of an item: a bullet, or a dash that is no minus."""
    if len(words) < 2:
        return False
    return bool(_BULLET.match(words[0].text) or (_DASH.match(words[0].text) and words[1].text[:1].isalpha()))


def is_numbered(words: Sequence[Word]) -> bool:
    """Whether words begin with an item's number or letter."""
    return len(words) > 1 and _NUMBERED.match(words[0].text) is not None


def _cells(row: list[Word]) -> list[list[Word]]:
    cells = [[row[0]]]
    has_mark = is_bullet(row) or is_numbered(row)
    for before, word in zip(row, row[1:], strict=False):
        if word.x0 - before.x1 > _GAP * max(before.size, word.size) and not (has_mark and before is row[0]):
            cells.append([])
        cells[-1].append(word)
    return cells


def _leaps(lines: Sequence[Line]) -> bool:
    """Whether the file draws its lines in an order that nobody reads: a third of them goes up within a column."""
    up = sum(
        1
        for a, b in zip(lines, lines[1:], strict=False)
        if b.y > a.y + 0.5 * b.cells[0][0].size
        and min(a.x1, b.x1) - max(a.x0, b.x0) > 0.5 * min(a.x1 - a.x0, b.x1 - b.x0)
    )
    return len(lines) > 5 and up > len(lines) / 3


def _by_place(words: Sequence[Word]) -> list[Word]:
    """The words from top to bottom, those of a row (within a third of their size) from left to right."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: -word.y):
        if rows and rows[-1][0].y - word.y < 0.35 * word.size:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [word for row in rows for word in sorted(row, key=lambda word: word.x0)]


def _joined_rows(lines: list[Line]) -> list[Line]:
    """Cells that a file draws one by one, each on the baseline of the last, as one row."""
    joined: list[Line] = []
    for line in lines:
        last = joined[-1] if joined else None
        if last and abs(last.y - line.y) < 0.2 * line.cells[0][0].size and line.x0 > last.x1:
            last.cells.extend(line.cells)
        else:
            joined.append(line)
    return joined


def _with_columns(lines: list[Line]) -> list[Line]:
    """Put in order two columns whose lines a file draws row by row: first the left one, then the right."""
    ordered: list[Line] = []
    at = 0
    while at < len(lines):
        end, gutter = _column_rows(lines, at)
        if end == at:
            ordered.append(lines[at])
            at += 1
            continue
        left: list[Line] = []
        right: list[Line] = []
        for line in lines[at:end]:
            for cell in line.cells:
                side = left if cell[0].x0 < gutter else right
                side.append(Line(line.page, [cell]))
        ordered += left + right
        at = end
    return ordered


def _column_rows(lines: Sequence[Line], at: int) -> tuple[int, float]:
    """How far rows of two columns reach from here, and where the gutter between them is; (at, 0) for none."""
    if len(lines[at].cells) != 2:
        return at, 0.0
    low, high = lines[at].cells[0][-1].x1, lines[at].cells[1][0].x0
    end, cells, pairs = at, [], 0
    for line in islice(lines, at, at + _MOST_ROWS):
        if len(line.cells) == 2:
            new_low, new_high = max(low, line.cells[0][-1].x1), min(high, line.cells[1][0].x0)
            if new_high - new_low < 0.8 * line.cells[0][0].size:
                break
            low, high = new_low, new_high
            pairs += 1
        elif len(line.cells) > 2 or not (line.x1 <= low + 1 or line.x0 >= high - 1):
            break
        cells += [len(cell) for cell in line.cells]
        end += 1
    if pairs < _COLUMN_ROWS or median(cells) < _PROSE_WORDS or not _flush(lines[at:end]):
        return at, 0.0
    return end, (low + high) / 2


def _flush(lines: Sequence[Line]) -> bool:
    """Whether the left cells are lines of prose: most reach to about the same right edge."""
    ends = sorted(line.cells[0][-1].x1 for line in lines if len(line.cells) == 2)
    width = ends[-1] - min(line.x0 for line in lines)
    return sum(1 for end in ends if ends[-1] - end < 0.2 * width) >= 0.6 * len(ends)


def _mark_tables(lines: list[Line]) -> None:
    """Mark rows that follow each other with cells under each other as those of a table."""
    for a, b in zip(lines, lines[1:], strict=False):
        if len(a.cells) > 1 and len(b.cells) > 1 and 0 < a.y - b.y < 4 * max(a.size, b.size) and _aligned(a, b):
            a.in_table = b.in_table = True


def _aligned(a: Line, b: Line) -> bool:
    """Whether a cell but the first of one row stands under one of the other: by an edge or the middle."""
    near = 0.8 * max(a.size, b.size)
    return any(
        abs(one[0].x0 - other[0].x0) < near
        or abs(one[-1].x1 - other[-1].x1) < near
        or abs(one[0].x0 + one[-1].x1 - other[0].x0 - other[-1].x1) < 2 * near
        for one in a.cells[1:8]
        for other in b.cells[1:8]
    )


def _split(line: Line) -> list[Line]:
    """A row that is none of a table: each part by itself where the gap is wide, else the line as it is."""
    if line.in_table or len(line.cells) == 1:
        return [line]
    parts: list[Line] = []
    for cell in line.cells:
        last = parts[-1] if parts else None
        if last and cell[0].x0 - last.x1 <= 3.0 * cell[0].size:
            last.cells[0].extend(cell)
        else:
            parts.append(Line(line.page, [list(cell)]))
    return parts


def _turned_rows(words: Sequence[Word]) -> Iterator[list[Word]]:
    row: list[Word] = []
    for word in words:
        if row and (word.turn != row[-1].turn or min(abs(word.x0 - row[-1].x0), abs(word.y - row[-1].y)) > word.size):
            yield row
            row = []
        row.append(word)
    if row:
        yield row
