"""The language of a page: what it states, unless its words clearly are of another."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scrapers.dump_metadata import read_language
from scrapers.dump_words import LANGUAGES
from scrapers.jsonld import one_line
from scrapers.metadata_page import Page

_TAG = re.compile(r"\s*([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|\d{3}))?(?![A-Za-z])")
#: Characters of running text that tell the language.
_ENOUGH, _LEAST = 4000, 400


def language(page: Page) -> tuple[str | None, dict[str, str]]:
    """Return the language as a tag such as ``en-GB``, and which place tells.

    Where the words of the page are clearly of another language than it states, theirs is given, and
    ``language_doubt`` tells what is stated.
    """
    place, stated = next(((place, tag) for place, tag in _stated(page) if tag), ("", None))
    read = read_language(_paragraphs(page))
    own = stated.split("-")[0] if stated else None
    if read is None or read == own:
        return stated, {"language": place} if stated else {}
    if stated is None:
        return read, {"language": "function words"}
    if own not in LANGUAGES:
        # Of its near relations only those with a list of words can be told apart.
        return stated, {"language": place}
    return read, {"language": "function words", "language_doubt": f"{place} says {stated}"}


def _stated(page: Page) -> Iterator[tuple[str, str | None]]:
    root = page.tree.getroottree().getroot()
    yield "html", _tag(root.get("lang") or root.get("xml:lang"))
    yield "json-ld", _tag(one_line(page.node.get("inLanguage")))
    for place, value in page.meta("og:locale", "content-language", "language", "dc.language"):
        yield place, _tag(value)


def _tag(value: str | None) -> str | None:
    found = _TAG.match(value or "")
    if found is None:
        return None
    language, script, region = found.groups()
    parts = (language.lower(), script.title() if script else None, region.upper() if region else None)
    return "-".join(part for part in parts if part)


def _paragraphs(page: Page) -> list[str]:
    texts: list[str] = []
    total = 0
    for element in page.tree.iter("p"):
        words = str(element.text_content())
        if len(words) >= 60:
            texts.append(words)
            total += len(words)
        if total >= _ENOUGH:
            break
    if total < _LEAST:
        # Where paragraphs are of another kind of element, the lines below the heading are read.
        texts += [line.words for line in page.below if len(line.words) >= 60]
    return texts if sum(map(len, texts)) >= _LEAST else []
