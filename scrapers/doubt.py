"""When to doubt that what was taken for a page's article is all of it, and nothing else.

Cheap signals come first: what the page itself states (a wall before its text, the number of its
words, the text in its data), and how much of the page's prose was left out. Only where they raise
suspicion does a second extractor read the page, and its disagreement is the doubt. On 286 marked
pages a stricter rule flags many pages that were read rightly; a looser one finds no more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from lxml.html import HtmlElement

from scrapers.extractor import second_text
from scrapers.jsonld import has_endless, json_ld, one_line
from scrapers.prose import Prose

_WORD = re.compile(r"\w+")
_TAGS = re.compile(r"<[^<>]{1,300}>")
_RUN = 4
#: Runs of four words are compared; these are shares of them.
_STATED_FOUND = 0.8
_SECOND_AGREES = 0.7
#: The share of the page's prose under which much was left out.
_PROSE_KEPT = 0.8
#: Statements of fewer characters are summaries.
_STATED_TEXT = 600
_FEW_WORDS = 250


def doubt_of(prose: Prose, blocks: Sequence[str], source: Callable[[], str], *, was_found: bool) -> str | None:
    """Return in one line why an article's blocks may be wrong, None where nothing speaks against them.

    ``prose`` is that of the page as it was read, ``source`` gives its HTML. ``was_found`` tells whether the page's
    own blocks hold the words that the extractor gave.
    """
    words = _WORD.findall(" ".join(blocks).casefold())
    reasons = [*_by_statement(prose.tree, words)]
    if not was_found:
        reasons.append("its words were put together from pieces, without their links")
    kept, whole = prose.shares(blocks)
    if not reasons and whole and kept < _PROSE_KEPT * whole and _disagrees(words, second_text(source())):
        reasons.append("a second extractor takes other words for the article")
    return "; ".join(reasons) or None


def _by_statement(tree: HtmlElement, words: list[str]) -> list[str]:
    """Say where the page's own data contradict the number of words, or the words."""
    nodes = json_ld(tree)
    reasons = ["the page's own data are too long to be read"] if has_endless(tree) else []
    if any(str(node.get("isAccessibleForFree")).lower() in ("false", "no") for node in nodes):
        stated = max((_number(node.get("wordCount")) for node in nodes), default=0)
        if len(words) < (_STATED_FOUND * stated if stated else _FEW_WORDS):
            reasons.append(f"the page is not free to read, and holds only {len(words)} words")
    bodies = [body for node in nodes if (body := one_line(node.get("articleBody")))]
    body = max(bodies, key=len, default="")
    if len(body) >= _STATED_TEXT:
        stated_runs = _runs(_WORD.findall(_TAGS.sub(" ", body).casefold()))
        if len(stated_runs & _runs(words)) < _STATED_FOUND * len(stated_runs):
            reasons.append("the page's own data hold words of the article that were not found on it")
    return reasons


def _number(value: object) -> int:
    return int(value) if isinstance(value, int | str) and re.fullmatch(r"[0-9]{1,7}", str(value)) else 0


def _disagrees(words: list[str], second: str) -> bool:
    ours, theirs = _runs(words), _runs(_WORD.findall(second.casefold()))
    # One that finds next to nothing has missed the article, and says nothing of ours.
    return 3 * len(theirs) > len(ours) and len(ours & theirs) < _SECOND_AGREES * len(ours)


def _runs(words: list[str]) -> set[tuple[str, ...]]:
    return {tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)}
