"""The lines around a page's heading: where its readers see who wrote it, and when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement

from scrapers.html_tree import HEADINGS, LISTS, PARAGRAPHS, SKIPPED

#: How many elements and lines on either side of the heading are looked at.
_MOST_ELEMENTS, _MOST_LINES, _MOST_ABOVE = 500, 60, 12
#: The article has begun once so many long lines have been read.
_PROSE, _LONG = 3, 220
_BLOCKS = PARAGRAPHS | LISTS | {"li", "br", *HEADINGS}
_LEFT_OUT = SKIPPED | {"nav", "form", "figure", "figcaption", "button", "picture", "aside"}
_WRITER = re.compile(r"(?<!no-)(?:author|byline|by-line|writer|contributor|reporter|\bfn\b)", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"related|recommend|teaser|promo|newsletter|comment|trending|popular|sidebar|share-|hidden|cookie|consent",
    re.IGNORECASE,
)
_ABOUT_WRITER = re.compile(r"tooltip|author[-_]{0,2}(?:bio|box|desc)|biograph|popover", re.IGNORECASE)
_CHANGED = re.compile(r"updat|modif|edited|dateModified", re.IGNORECASE)
_SPACES = re.compile(r"\s+")
_BEFORE_MARK = re.compile(r" (?=[,;:.](?:\s|$))")


@dataclass(frozen=True, slots=True)
class Line:
    """A line near the heading: its words, whether its markup calls it the writer's, the moment it is marked with.

    ``moment`` is the ``datetime`` of a ``<time>``, ``is_change`` whether its markup speaks of an update.
    """

    words: str
    is_writer: bool = False
    moment: str | None = None
    is_change: bool = False


def lines_near(heading: HtmlElement) -> tuple[list[Line], list[Line]]:
    """Return the lines above the heading, the nearest first, and those below it, in the page's order."""
    below = _Lines()
    above = _Lines()
    node: HtmlElement | None = heading
    climbed = 0
    while node is not None and node.tag not in ("body", "html") and not below.is_full:
        for sibling in node.itersiblings():
            if below.is_full:
                break
            below.read(sibling)
        below.end()
        if climbed < 3:
            for sibling in node.itersiblings(preceding=True):
                if above.is_full or len(above.lines) >= _MOST_ABOVE:
                    break
                before, above.lines = above.lines, []
                above.read(sibling)
                above.end()
                above.lines = before + above.lines[::-1]
        node, climbed = node.getparent(), climbed + 1
    return above.lines[:_MOST_ABOVE], below.lines


class _Lines:
    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.elements = self.prose = 0
        self._parts: list[str] = []
        self._is_writer = self._is_change = False
        self._moment: str | None = None
        self._writers: list[HtmlElement] = []

    @property
    def is_full(self) -> bool:
        return self.elements >= _MOST_ELEMENTS or len(self.lines) >= _MOST_LINES or self.prose >= _PROSE

    def read(self, root: HtmlElement) -> None:
        """Read an element with all that it holds, and the words behind it."""
        if not isinstance(root.tag, str):
            self.words(root.tail)
            return
        self._writers.clear()
        skipped: HtmlElement | None = None
        for event, element in _steps(root):
            if self.is_full:
                return
            if event == "start":
                if skipped is None and not self._begins(element):
                    skipped = element
            elif skipped is None or element is skipped:
                self._ends(element, is_skipped=skipped is not None)
                skipped = None

    def _begins(self, element: HtmlElement) -> bool:
        """Read the start of an element; tells whether what it holds may be the article's."""
        self.elements += 1
        marks = _marks(element)
        if element.tag in _LEFT_OUT or (marks and _is_elsewhere(marks)):
            return False
        if element.tag in _BLOCKS:
            self.end()
        if marks and _WRITER.search(marks):
            self._writers.append(element)
        self._is_writer = self._is_writer or bool(self._writers)
        if element.tag == "time" and self._moment is None:
            self._moment = element.get("datetime")
            self._is_change = _CHANGED.search(f"{marks} {' '.join(self._parts)}") is not None
        self.words(element.text)
        return True

    def _ends(self, element: HtmlElement, *, is_skipped: bool) -> None:
        if not is_skipped and element.tag in _BLOCKS:
            self.end()
        if self._writers and self._writers[-1] is element:
            self._writers.pop()
        self.words(element.tail)
        if element.tail and not element.tail.isspace():
            self._is_writer = self._is_writer or bool(self._writers)

    def words(self, words: str | None) -> None:
        """Add words to the line that has begun."""
        if words and not words.isspace():
            self._parts.append(words)

    def end(self) -> None:
        """End the line that has begun."""
        words = _BEFORE_MARK.sub("", _SPACES.sub(" ", " ".join(self._parts)).strip())
        if words or self._moment:
            self.lines.append(Line(words, self._is_writer, self._moment, self._is_change))
            self.prose += len(words) >= _LONG
        self._parts.clear()
        self._is_writer = self._is_change = False
        self._moment = None


def _steps(root: HtmlElement) -> Iterator[tuple[str, HtmlElement]]:
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if isinstance(element, HtmlElement):
            yield event, element


def _is_elsewhere(marks: str) -> bool:
    if _ABOUT_WRITER.search(marks):
        return True
    return _ELSEWHERE.search(marks) is not None and _WRITER.search(marks) is None


def _marks(element: HtmlElement) -> str:
    named = (element.get(name) for name in ("class", "id", "itemprop", "rel", "data-testid"))
    return " ".join(name for name in named if name)[:400]
