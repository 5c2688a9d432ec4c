"""A second look at a page: the paragraphs that stand in the same containers as the article's own.

An extractor picks one densest container. Where a story is cut into several of the same make (between
advertisements, or one a chapter) it keeps some and loses the others. Paragraphs are grouped here by
what their container is called; if the article's paragraphs belong to one such group, the rest of
the group, within the same article, belongs to it too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from lxml.html import HtmlElement

from scrapers.furniture import notices

#: Shorter paragraphs are captions and labels as often as prose.
_PROSE = 80
#: The share of a group that the article must hold for the rest to be taken too, and that the rest must make up.
_LEAST, _TOO_MUCH = 0.1, 0.2
#: A group of fewer characters says nothing.
_MASS = 600
#: Elements whose text no reader sees.
UNSAID = ("script", "style", "noscript", "template")


@lru_cache(maxsize=1024)  # each block of a page is compared with several others
def plain(text: str) -> str:
    """Letters and digits only, in small letters: by these words are compared."""
    return "".join(filter(str.isalnum, text.casefold()))


@dataclass(frozen=True, slots=True)
class _Paragraph:
    element: HtmlElement
    text: str
    key: str
    length: int
    scope: HtmlElement | None


class Prose:
    """The paragraphs of a page, grouped by what their container is called; found once, for all that ask of them."""

    def __init__(self, tree: HtmlElement) -> None:
        self.tree = tree
        self.groups = _groups(tree)

    def shares(self, blocks: Iterable[str]) -> tuple[int, int]:
        """Return how many characters of the page's prose an article's blocks hold, and how many there are."""
        stream = plain("".join(blocks))
        found = [paragraph for group in self.groups for paragraph in group]
        return sum(p.length for p in found if p.key in stream), sum(p.length for p in found)


def lost_lines(prose: Prose, lines: Iterable[str]) -> list[str]:
    """Return the paragraphs that an article's ``lines`` lack of the group in which they stand, in order.

    None where the lines' own paragraphs are spread over groups, or where the rest belongs to another article.
    """
    stream = plain("".join(lines))
    own = max(prose.groups, key=lambda group: sum(p.length for p in group if p.key in stream), default=[])
    mass = sum(p.length for p in own)
    kept = [p for p in own if p.key in stream]
    if mass < _MASS or not _LEAST <= sum(p.length for p in kept) / mass <= 1 - _TOO_MUCH:
        return []
    scopes = {p.scope for p in kept}
    heads = set(prose.tree.iter("h1", "article"))
    found: list[_Paragraph] = []
    inside = True
    at = {p.element: p for p in own}
    seen_kept = False
    for element in prose.tree.iter("p", "h1", "article"):
        if element in heads:
            # The headline of a further article ends this one.
            inside = not seen_kept
            continue
        paragraph = at.get(element)
        if paragraph is None:
            continue
        if paragraph.key in stream:
            seen_kept = inside = True
        elif inside and paragraph.scope in scopes and not notices(paragraph.text):
            found.append(paragraph)
    # A few paragraphs left out are left out on purpose as often as not: the note on the firm, the newsletter.
    return [p.text for p in found] if sum(p.length for p in found) >= _TOO_MUCH * mass else []


def main_lines(prose: Prose, lines: Iterable[str]) -> list[str]:
    """Return the largest group's paragraphs where an article's ``lines`` are mostly the words of links; else none.

    That is what an extractor gives where a list of teasers is denser than the story beside it.
    """
    said = [plain(line) for line in lines]
    pointers = " ".join(plain(str(link.text_content())) for link in prose.tree.iter("a"))
    linked = sum(len(key) for key in said if key in pointers)
    if 2 * linked < sum(map(len, said)):
        return []
    own = max(prose.groups, key=lambda group: sum(p.length for p in group), default=[])
    return [p.text for p in own] if sum(p.length for p in own) >= _MASS else []


def _groups(tree: HtmlElement) -> list[list[_Paragraph]]:
    groups: defaultdict[tuple[str, str], list[_Paragraph]] = defaultdict(list)
    for element in tree.iter("p"):
        text = _said(element)
        if len(text) < _PROSE or 2 * sum(len(link.text_content()) for link in element.iter("a")) > len(text):
            continue
        parent = element.getparent()
        if parent is None:
            continue
        scope = next(parent.iterancestors("article"), None) if parent.tag != "article" else parent
        groups[parent.tag, parent.get("class") or ""].append(_Paragraph(element, text, plain(text), len(text), scope))
    return list(groups.values())


def _said(element: HtmlElement) -> str:
    """Return the words of a paragraph, without those of the scripts that stand in it."""
    if next(element.iter(*UNSAID), None) is None:
        return str(element.text_content()).strip()
    parts = [element.text or ""]
    for inner in element.iterdescendants():
        if inner.tag not in UNSAID:
            parts.append(inner.text or "")
        parts.append(inner.tail or "")
    return "".join(parts).strip()
