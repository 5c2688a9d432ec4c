"""What is taken out of a page before its article is looked for: readers' comments, consent dialogs, forms.

Extractors judge by the density of words, and threads of comments and privacy notices are dense. They
are told by what their containers are called, the page's own vocabulary for them, and by the roles of
ARIA. A container that holds the headline, or most of the page's prose, is never taken out, whatever
its name: some sites call the whole page ``has-comments``.
"""

from __future__ import annotations

import re
from functools import lru_cache

from lxml.html import HtmlElement

_LONGEST_NAME = 500
#: Words of a class or an id: each is compared whole, so that "commentary" is no "comment".
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_COMMENTS = frozenset({"comment", "comments", "disqus", "livefyre", "coral", "openweb", "spotim", "vuukle"})
_CONSENT = frozenset({"cookie", "cookies", "consent", "gdpr", "ccpa", "onetrust", "privacy", "didomi", "cookiebot"})
_DIALOG = frozenset({"modal", "dialog", "banner", "popup", "overlay", "notice", "bar", "sdk", "manager", "pref", "box"})
_CONTAINERS = ("div", "section", "aside", "ul", "ol", "li", "form", "dialog", "footer")
#: The share of the page's prose that a container may hold and still be taken out: by its name alone,
#: and where its own words say what it is.
_MOST = 0.6
_NEARLY_ALL = 0.95
_SAYS_SO = re.compile(r"\bcookies?\b|\bcomments?\b|\breply\b|\bprivacy policy\b", re.IGNORECASE)
#: Paragraphs shorter than this many characters are no prose.
_PROSE = 60


def clear(tree: HtmlElement) -> None:
    """Take comments and consent dialogs out of a page's tree."""
    found = [element for element in tree.iter(*_CONTAINERS) if _is_aside(element)]
    if not found:
        return
    whole: int | None = None
    for element in found:
        parent = element.getparent()
        if parent is None or next(element.iter("h1"), None) is not None:
            continue
        inside = _prose(element)
        if inside:
            whole = _prose(tree) if whole is None else whole
            if inside > (_NEARLY_ALL if _announces(element) else _MOST) * whole:
                continue
            whole -= inside
        element.drop_tree()


def _prose(element: HtmlElement) -> int:
    """Characters of an element's paragraphs."""
    return sum(n for p in element.iter("p") if (n := len(p.text_content())) >= _PROSE)


def _is_aside(element: HtmlElement) -> bool:
    if element.tag == "dialog" or element.get("aria-modal") == "true":
        return True
    return _is_named_aside(f"{element.get('class') or ''} {element.get('id') or ''}")


# A page repeats the same few names hundreds of times.
@lru_cache(maxsize=4096)
def _is_named_aside(name: str) -> bool:
    words = {word.lower() for word in _WORD.findall(name[:_LONGEST_NAME])}
    return bool(words & _COMMENTS) or (bool(words & _CONSENT) and bool(words & _DIALOG))


def _announces(element: HtmlElement) -> bool:
    """Whether its words speak of cookies, or of comments and replies, more than once."""
    return len(_SAYS_SO.findall(element.text_content()[:20_000])) > 2
