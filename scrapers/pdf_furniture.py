"""Running heads and footers of a PDF, and the numbers of its pages: what stands at the edges again and again."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from scrapers.pdf_lines import Line
from scrapers.pdf_process import RawPage

#: The share of a page's height, at its top and at its bottom, in which heads and footers stand.
_TOP, _BOTTOM = 0.13, 0.18
#: Lines at either edge that are looked at; points by which the height of one may differ from page to page.
_EDGE_LINES, _HEIGHT = 4, 3.0
_NUMBER = re.compile(r"\d{1,5}")
_PAGE_NUMBER = re.compile(
    r"[-\u2013\u2014|\s]*(?:page|p\.?|seite|pagina)?\s*(\d{1,4})\s*(?:(?:of|/|von|de)\s*\d{1,4})?[-\u2013\u2014|\s]*\Z",
    re.IGNORECASE,
)
_ROMAN = re.compile(r"[-\s]*[ivxl]{1,7}[-\s]*\Z")


def furniture(pages: Sequence[tuple[RawPage, Sequence[Line]]]) -> set[int]:
    """The ``id()`` of each line that is a running head or footer, or the number of a page.

    A line is one where the same words stand at the same height at the edge of several pages, or the
    same but for a number that goes up with the pages; and a lone number in the place of the page's.
    Other numbers must be the same: sums at the foot of two pages are no furniture.
    """
    edges = [(page, line) for page, lines in pages for line in _edges(page, lines)]
    few = 2 if len(pages) <= 4 else 3
    found = _repeated(edges, few)
    for page, line in edges:
        lone = _PAGE_NUMBER.match(line.text)
        if id(line) not in found and lone and int(lone[1]) == page.number and len(line.words) <= 5:
            found.add(id(line))
    return found


def is_head(page: RawPage, line: Line) -> bool:
    """Whether a line of furniture stands in the upper half of its page."""
    return line.y > page.height / 2


def _edges(page: RawPage, lines: Sequence[Line]) -> list[Line]:
    """The outermost lines in the bands at the top and at the bottom."""
    top = [line for line in lines if line.y > page.height * (1 - _TOP)]
    bottom = [line for line in lines if line.y < page.height * _BOTTOM]
    top.sort(key=lambda line: -line.y)
    bottom.sort(key=lambda line: line.y)
    return [*top[:_EDGE_LINES], *bottom[:_EDGE_LINES]]


def _repeated(edges: Iterable[tuple[RawPage, Line]], few: int) -> set[int]:
    """The lines that several pages have at one height, by their words and by all but a page's number."""
    groups: defaultdict[tuple[str, int, object], dict[int, Line]] = defaultdict(dict)
    for page, line in edges:
        # A title in large type is none of the running heads that repeat it.
        words = f"{line.size} " + " ".join(line.text.casefold().split())
        # A height counts in both of the strips in which it might be rounded.
        for strip in {int(line.y / _HEIGHT), int(line.y / _HEIGHT + 0.5)}:
            groups[words, strip, None][page.number] = line
            for number in _NUMBER.finditer(words, words.index(" ")):
                others = words[: number.start()] + "#" + words[number.end() :]
                groups[others, strip, int(number[0]) - page.number][page.number] = line
            if _ROMAN.match(line.text):
                groups["roman", strip, line.size][page.number] = line
    return {id(line) for lines in groups.values() if len(lines) >= few for line in lines.values()}
