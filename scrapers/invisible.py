"""Marks that take no room: where they stand within a word or a number nobody sees two of them, and none is read."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import replace

from scrapers.document import Block, Document

#: Where a line may be broken, and what fills or begins a text; a soft hyphen at the end of a line is seen.
_NOTHING = "\u034f\u180e\u200b\u2060-\u2064\ufeff"
#: Scripts that join or run the other way need these, and emoji are made with them: behind Latin letters,
#: digits and marks, and before them or a space, they say nothing.
_JOINING = "\u061c\u200c-\u200f\u202a-\u202e\u2066-\u2069"
_LATIN = "!-\u024f\u2010-\u2027\u2030-\u205e\u20a0-\u20cf"
_INVISIBLE = re.compile(
    rf"(?:[{_NOTHING}]|\u00ad(?![ \t]*+(?:[\r\n]|\Z)))+|(?<=[{_LATIN}])[{_JOINING}{_NOTHING}]++(?=[{_LATIN}\s]|\Z)"
)
_STATED = ("title", "byline", "publisher")


def seen_document(document: Document) -> Document:
    """Return the document without such marks in its words, the spans of blocks, links and pages moved with them.

    The bytes that were archived keep them.
    """
    changes: dict[str, object] = {}
    for name in _STATED:
        value = getattr(document, name)
        if value and not value.isascii() and _INVISIBLE.search(value):
            changes[name] = _INVISIBLE.sub("", value).strip() or None
    places = [] if document.text.isascii() else [m.span() for m in _INVISIBLE.finditer(document.text)]
    if places:
        changes |= _without(document, places)
    return replace(document, **changes) if changes else document  # type: ignore[arg-type]


def _without(document: Document, places: list[tuple[int, int]]) -> dict[str, object]:
    removed = [at for start, end in places for at in range(start, end)]

    def moved(span: tuple[int, int]) -> tuple[int, int]:
        return span[0] - bisect_left(removed, span[0]), span[1] - bisect_left(removed, span[1])

    def filled(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
        return tuple((start, end) for start, end in map(moved, spans) if start < end)

    def block_of(block: Block) -> Block:
        start, end = moved((block.start, block.end))
        return replace(block, start=start, end=end, bold=filled(block.bold))

    def kept(start: int, end: int) -> bool:
        start, end = moved((start, end))
        return start < end

    spans = zip([0, *(end for _, end in places)], [*(start for start, _ in places), len(document.text)], strict=True)
    return {
        "text": "".join(document.text[start:end] for start, end in spans),
        "blocks": tuple(block_of(block) for block in document.blocks if kept(block.start, block.end)),
        "links": tuple(
            replace(link, start=moved((link.start, link.end))[0], end=moved((link.start, link.end))[1])
            for link in document.links
            if kept(link.start, link.end)
        ),
        "pages": tuple(
            replace(page, start=moved((page.start, page.end))[0], end=moved((page.start, page.end))[1])
            for page in document.pages
        ),
    }
