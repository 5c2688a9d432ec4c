"""Lines of a PDF as blocks: paragraphs, headings, items of lists, tables; over the ends of pages too."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

from scrapers.pdf_lines import Line, is_bullet, is_numbered

_ENDS = re.compile(r"[.!?:;][\"'\u201d\u2019)\]]*[\u2070\u00b9\u00b2\u00b3\u2074-\u2079]*\Z")
#: The share of its column's width by which a last line falls short.
_SHORT = 0.12
#: Lines on either side that tell how wide a column is.
_AROUND = 12
_LONGEST_HEADING, _HEADING_LINES = 250, 4
_LARGER, _SMALLER = 1.12, 0.93


@dataclass
class Para:
    """Lines that make one block; ``gaps`` tells for each but the first whether it begins a line of its own."""

    lines: list[Line]
    breaks: list[bool] = field(default_factory=list)
    tag: str = "p"
    level: int = 0

    @property
    def size(self) -> float:
        """The size of its first line's type."""
        return self.lines[0].size

    @property
    def text(self) -> str:
        """Its words with spaces between, hyphens as they stand."""
        return " ".join(line.text for line in self.lines)

    @property
    def page(self) -> int:
        """The page on which it begins."""
        return self.lines[0].page


class Measures:
    """What is usual in this PDF: the size of its running text, and how far apart lines of one size stand."""

    def __init__(self, pages: Sequence[Sequence[Line]]) -> None:
        sizes: Counter[float] = Counter()
        pitches: defaultdict[float, list[float]] = defaultdict(list)
        for lines in pages:
            for line in lines:
                sizes[line.size] += len(line.text)
            for a, b in zip(lines, lines[1:], strict=False):
                drop = a.y - b.y
                if a.size == b.size and 0.8 * a.size < drop < 2.6 * a.size:
                    pitches[a.size].append(drop)
        self.body = max(sizes, key=lambda size: (sizes[size], size)) if sizes else 10.0
        self._pitch = {size: _usual(drops) for size, drops in pitches.items()}

    def pitch(self, size: float) -> float:
        """How far below a line of this size the next one of its paragraph stands."""
        return self._pitch.get(size, 1.25 * size)


def _usual(drops: Sequence[float]) -> float:
    """The lower middle of the distances: paragraphs' gaps are the greater ones."""
    middle = median(drops)
    return median([drop for drop in drops if drop <= middle])


def paragraphs(lines: Sequence[Line], measures: Measures) -> list[Para]:
    """The blocks of one page, in order, not yet told apart but for tables and items of lists."""
    found: list[Para] = []
    edges = _edges(lines)
    for number, line in enumerate(lines):
        last = found[-1] if found else None
        if line.in_table:
            if (
                last
                and last.tag == "table"
                and lines[number - 1].in_table
                and 0 < last.lines[-1].y - line.y < 4 * line.size
            ):
                last.lines.append(line)
            else:
                found.append(Para([line], tag="table"))
            continue
        if last is None or last.tag == "table" or _begins(last, line, edges[number - 1], measures):
            found.append(Para([line], tag="li" if _is_item(line) else "p"))
        else:
            last.breaks.append(_is_broken(last, line, edges[number - 1]))
            last.lines.append(line)
    return found


def _edges(lines: Sequence[Line]) -> list[tuple[float, float]]:
    """The left and right edge of the column in which each line stands, by the lines of its size around it."""
    edges = []
    for number, line in enumerate(lines):
        near = lines[max(0, number - _AROUND) : number + _AROUND + 1]
        same = [
            other
            for other in near
            if not other.in_table and abs(other.size - line.size) < 1 and other.x0 < line.x1 and other.x1 > line.x0
        ]
        edges.append((min((o.x0 for o in same), default=line.x0), max((o.x1 for o in same), default=line.x1)))
    return edges


def _begins(para: Para, line: Line, edge: tuple[float, float], measures: Measures) -> bool:
    """Whether a line begins a new block after the paragraph's last one, which stands in a column of this ``edge``."""
    last = para.lines[-1]
    size = max(last.size, line.size)
    if (
        abs(last.size - line.size) > 0.06 * size
        or _is_item(line)
        or (last.bold != line.bold and not _runs_on(para, line))
    ):
        return True
    drop = last.y - line.y
    if drop <= 0.3 * size or line.x0 > last.x1 or line.x1 < last.x0 - 4 * size:
        # To the next column, or to a place of its own.
        return drop > -3 * size or not _may_continue(last, line)
    if drop > 1.35 * measures.pitch(line.size) + 0.5:
        return True
    ended = _ENDS.search(last.text) is not None
    left, right = edge
    is_short = last.x1 < right - _SHORT * (right - left)
    if ended and is_short:
        return True
    is_first = len(para.lines) == 1
    indented = line.x0 - last.x0
    if para.tag == "li":
        return is_first is False and indented < -0.8 * size and ended
    return ended and indented > 0.8 * size and not (is_first and abs(line.x0 - left) < 0.5 * size)


def _runs_on(para: Para, line: Line) -> bool:
    """Whether bold and light lines are one sentence: the first breaks off, the next goes on in small letters."""
    return not _ENDS.search(para.lines[-1].text) and line.text[:1].islower()


def _may_continue(last: Line, line: Line) -> bool:
    return _ENDS.search(last.text) is None and (
        line.text[:1].islower() or last.text.endswith("-") or line.text[:1].isdigit()
    )


def _is_broken(para: Para, line: Line, edge: tuple[float, float]) -> bool:
    """Whether the line before was ended on purpose: the first word of this one would have gone into it."""
    last = para.lines[-1]
    first = line.words[0]
    return edge[1] - last.x1 > (first.x1 - first.x0) + 1.5 * line.size and not line.text[:1].islower()


def _is_item(line: Line) -> bool:
    words = line.words
    if len(words) < 2:
        return False
    # "2019." may begin a line of prose, "3." rarely does: a list's mark stands apart.
    apart = words[1].x0 - words[0].x1 > 0.45 * words[0].size
    return is_bullet(words) or (is_numbered(words) and apart)


def bullet_of(line: Line) -> int:
    """How many words at the beginning of an item are its mark and no text: numbers and letters are text."""
    return int(is_bullet(line.words))


def across_pages(pages: Sequence[list[Para]], measures: Measures) -> list[list[Para]]:
    """Join the last paragraph of the running text on a page with the first of the next where one sentence runs over."""
    pages = [list(paras) for paras in pages]
    for at in range(len(pages) - 1):
        last = _last_running(pages[at], measures)
        first = pages[at + 1][0] if pages[at + 1] else None
        if last is None or first is None or not _is_running(first, measures) or first.tag != "p":
            continue
        if not _runs_over(last, first):
            continue
        joined = Para([*last.lines, *first.lines], [*last.breaks, False, *first.breaks], last.tag)
        # It stands where it ends: notes at the foot of the page go before it, and it may run over the next page too.
        pages[at] = [para for para in pages[at] if para is not last]
        pages[at + 1][0] = joined
    return pages


def _last_running(paras: Sequence[Para], measures: Measures) -> Para | None:
    """The last paragraph in the type of the running text; None where a heading stands behind it."""
    for para in reversed(paras):
        if _is_running(para, measures) and not para.lines[0].bold:
            return para
        if para.tag != "table" and para.size > _SMALLER * measures.body:
            return None
    return None


def _runs_over(last: Para, first: Para) -> bool:
    a, b = last.lines[-1], first.lines[0]
    if abs(a.size - b.size) > 0.06 * a.size or a.bold != b.bold or _ENDS.search(a.text):
        return False
    return b.text[:1].islower() or a.text.endswith(("-", "\u2010", ",")) or b.text[:1].isdigit() and len(last.lines) > 1


def _is_running(para: Para, measures: Measures) -> bool:
    return para.tag in ("p", "li") and abs(para.size - measures.body) < 0.06 * measures.body


def name_headings(paras: Sequence[Para], measures: Measures) -> None:
    """Tag as headings, with their level, the short blocks in larger type, and those in bold amid light text."""
    heads = [para for para in paras if para.tag in ("p", "li") and _is_heading(para, measures)]
    bold_is_usual = sum(len(p.text) for p in heads) > 0.4 * max(1, sum(len(p.text) for p in paras))
    sizes = sorted({para.size for para in heads if para.size >= _LARGER * measures.body}, reverse=True)
    levels: Mapping[float, int] = {size: min(rank, 5) for rank, size in enumerate(sizes, 1)}
    for para in heads:
        if bold_is_usual and para.size < _LARGER * measures.body:
            continue
        para.tag, para.level = "h", levels.get(para.size, min(len(levels) + 1, 6))


def _is_heading(para: Para, measures: Measures) -> bool:
    text = para.text
    if len(text) > _LONGEST_HEADING or len(para.lines) > _HEADING_LINES or sum(c.isalpha() for c in text) < 2:
        return False
    if para.tag == "li" and bullet_of(para.lines[0]):
        return False
    if para.size >= _LARGER * measures.body:
        return not (text.endswith((".", ";", ",")) and len(text) > 120)
    return (
        para.size >= _SMALLER * measures.body
        and all(line.bold for line in para.lines)
        and len(para.lines) <= 2
        and not text.endswith((".", ";", ","))
    )
