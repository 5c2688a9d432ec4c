"""The tags of a saved page's units: work or furniture, and within the work what each unit is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from scrapers import furniture
from scrapers.dump_blocks import ENDS, Judged, work_span
from scrapers.dump_headline import find_headline


def page_tags(judged: Sequence[Judged]) -> tuple[list[str], int | None]:
    """Give every unit its tag, and the index of the headline; without running text all is furniture."""
    tags = [_outside(item) for item in judged]
    span = (0, len(judged)) if (clean := is_clean(judged)) else work_span(judged)
    if span is None:
        return tags, None
    first, last = span
    if clean:
        first = next((i for i, item in enumerate(judged) if item.running), 0)
    headline = find_headline(judged, (first, last))
    first = span[0]
    if headline is not None and not clean:
        _tag_front(judged, tags, headline, first)
        # A headline deep in the text is a guess too weak to throw away what stands above it.
        first = max(first, headline + 1) if headline <= first + 1 else first
    for i in range(first, last):
        tag = _inside(judged, i, first, last)
        tags[i] = "p" if clean and tag == "nav" and judged[i].fixed is None else tag
    if headline is not None:
        tags[headline] = "h"
    return tags, headline


def is_clean(judged: Sequence[Judged]) -> bool:
    """Tell whether a text comes without menus and notices: somebody copied the work alone."""
    if not any(item.running for item in judged):
        return False
    menus = sum(
        1
        for item in judged
        if item.fixed == "nav" and not furniture.is_stamp(item.unit.words) and not furniture.is_byline(item.unit.words)
    )
    short = sum(1 for item in judged if not item.running and item.fixed is None and not item.unit.level)
    return menus <= len(judged) // 25 and 3 * short <= len(judged)


def _outside(item: Judged) -> str:
    if item.fixed == "figcaption":
        return "figcaption"
    if re.search(r"\u00a9|\bcopyright\b|all rights reserved|unsubscribe", item.unit.words[:400], re.IGNORECASE):
        return "footer"
    return "nav"


def _tag_front(judged: Sequence[Judged], tags: list[str], headline: int, first: int) -> None:
    """Keep the standfirst: what stands between headline and text and reads like a sentence."""
    for i in range(headline + 1, first):
        item = judged[i]
        near = i <= headline + 2 or (item.running and i <= headline + 8)
        if near and item.fixed is None and item.count >= 8:
            tags[i] = "li" if item.unit.level else "p"


def _inside(judged: Sequence[Judged], i: int, first: int, last: int) -> str:
    item = judged[i]
    if item.fixed is not None:
        return item.fixed
    if item.unit.quoted:
        return "blockquote"
    if item.unit.level:
        return "li"
    if item.running or item.count >= 20 or ENDS.search(item.unit.words[-12:]):
        return "p"
    return _short_line(judged, i, first, last)


def _short_line(judged: Sequence[Judged], i: int, first: int, last: int) -> str:
    """Tell a section's heading or a list from a run of links: by how many short lines stand together."""
    begin = i
    while begin > first and _is_short(judged[begin - 1]):
        begin -= 1
        if i - begin > 40:
            break
    end = i + 1
    while end < last and _is_short(judged[end]):
        end += 1
        if end - i > 40:
            break
    run = end - begin
    words = judged[i].unit.words
    embedded = words.startswith(("\u2014", "\u2013")) or "@" in words or "twitter.com/" in words
    if run <= 2 and end < last and not embedded and judged[i].count <= 14 and judged[end].running:
        return "h"
    if begin > first and judged[begin - 1].unit.words.endswith(":"):
        return "li"
    return "p" if run <= 2 else "nav"


def _is_short(item: Judged) -> bool:
    return not item.running and not item.unit.level and not item.unit.quoted and item.count < 20
