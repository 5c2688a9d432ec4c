"""JSON-LD, as far as articles use it: the object that describes the page, and names in it."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Collection, Iterator, Mapping
from html import unescape

from lxml.html import HtmlElement

from scrapers.surrogates import whole

_ARTICLE_TYPES = re.compile(r"(?:Article|Posting|Report|Review|PressRelease|Interview)$")
_PAGE_TYPES = frozenset({"WebPage", "ItemPage", "CreativeWork", "VideoObject", "PodcastEpisode", "Recipe", "HowTo"})
#: How many values of one page's JSON-LD are looked at; real pages have some hundreds.
_MAX_NODES = 20_000
#: So many characters of one page's JSON-LD are read, scripts that reach beyond are passed over.
MOST_CHARACTERS = 2_000_000
_WRAPPED_HEAD = re.compile(r"<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[")
_WRAPPED_TAIL = re.compile(r"(?:-->|(?://|/\*)?\s*\]\]>\s*(?:\*/)?)\Z")
#: What closes such a wrapping is short.
_TAIL = 100
_LAST_COMMA = re.compile(r",(\s*[}\]])")
#: Where a page's objects are looked for, and where objects with an ``@id`` may stand that others point to.
_HOLDERS = ("@graph", "mainEntity", "mainEntityOfPage")
_OF_PAGE = ("datePublished", "dateModified", "author", "publisher", "inLanguage")
_POINTED = ("author", "creator", "publisher", "provider", "sourceOrganization", "copyrightHolder")
_SPACES = re.compile(r"\s+")


def one_line(value: object) -> str | None:
    """Return a string with its white space collapsed, None for anything else or nothing."""
    if not isinstance(value, str):
        return None
    # Many sites escape twice: after parsing, "&rsquo;" still stands in the value.
    return _SPACES.sub(" ", whole(unescape(value))).strip() or None


def json_ld(tree: HtmlElement) -> list[dict[str, object]]:
    """Return every object of the page's JSON-LD, breadth first; broken scripts and endless ones are passed over.

    Where an author or a publisher is only pointed to (``{"@id": …}``), the object it points to stands
    in its place.
    """
    nodes: list[dict[str, object]] = []
    left = MOST_CHARACTERS
    for source in _sources(tree):
        if len(source) > left:
            continue
        left -= len(source)
        waiting: deque[object] = deque([_loaded(source)])
        while waiting and len(nodes) < _MAX_NODES:
            value = waiting.popleft()
            if isinstance(value, list):
                waiting.extend(value)
            elif isinstance(value, dict):
                nodes.append(value)
                waiting.extend(value.get(key) for key in _HOLDERS)
    return _resolved(nodes)


def has_endless(tree: HtmlElement) -> bool:
    """Tell whether a page holds more JSON-LD than is read."""
    return sum(map(len, _sources(tree))) > MOST_CHARACTERS


def _sources(tree: HtmlElement) -> Iterator[str]:
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and script.text:
            yield script.text


def _loaded(source: str) -> object:
    source = source.strip()
    head = _WRAPPED_HEAD.match(source)
    source = source[head.end() :] if head else source
    # Looked for at the end alone: in a run of blanks each would be tried as the beginning of the end.
    source = (source[:-_TAIL] + _WRAPPED_TAIL.sub("", source[-_TAIL:])).strip().rstrip(";")
    for text in (source, None):
        try:
            # A comma behind the last value is the commonest fault of those that write it by hand.
            return json.loads(_LAST_COMMA.sub(r"\1", source) if text is None else text, strict=False)
        except RecursionError:  # no comma is to blame
            return None
        except ValueError:
            continue
    return None


def _resolved(nodes: list[dict[str, object]]) -> list[dict[str, object]]:
    known: dict[str, dict[str, object]] = {}
    for node in nodes:
        for held in (node, *(item for key in _POINTED for item in _listed(node.get(key)))):
            identity = held.get("@id") if isinstance(held, dict) else None
            if isinstance(held, dict) and isinstance(identity, str) and ("name" in held or "headline" in held):
                known.setdefault(identity, held)
    if not known:
        return nodes

    def pointed(value: object) -> object:
        identity = value.get("@id") if isinstance(value, dict) and "name" not in value else None
        return known.get(identity, value) if isinstance(identity, str) else value

    return [
        {
            key: (
                ([pointed(item) for item in value[:50]] if isinstance(value, list) else pointed(value))
                if key in _POINTED
                else value
            )
            for key, value in node.items()
        }
        for node in nodes
    ]


def _listed(value: object) -> list[object]:
    return value[:50] if isinstance(value, list) else [value]


def types(node: Mapping[str, object]) -> list[str]:
    """Return the stated types of a JSON-LD object."""
    return [kind for kind in _listed(node.get("@type")) if isinstance(kind, str)]


def main_node(nodes: list[dict[str, object]], titles: Collection[str] = ()) -> Mapping[str, object]:
    """Return the object that describes the article: of an article's type and with a headline first.

    Of several such, the one whose headline is among ``titles``, what the page is called elsewhere. What
    it does not say and an object of the page itself does (``WebPage``) is taken from there.
    """
    wanted = {title.casefold() for title in titles}

    def rank(node: Mapping[str, object]) -> int:
        kinds = types(node)
        if any(_ARTICLE_TYPES.search(kind) for kind in kinds):
            headline = one_line(node.get("headline"))
            is_wanted = headline is not None and headline.casefold() in wanted
            return 4 + 8 * is_wanted + 2 * bool(headline) + bool(node.get("datePublished"))
        return int(any(kind in _PAGE_TYPES for kind in kinds))

    best = max(nodes, key=rank, default=None)
    if best is None or not rank(best):
        return {}
    pages = [node for node in nodes if node is not best and rank(node) == 1 and "VideoObject" not in types(node)]
    more = {key: page[key] for page in pages[:3] for key in _OF_PAGE if page.get(key)}
    return {**more, **{key: value for key, value in best.items() if value}}


def names(value: object) -> list[str]:
    """Return the names in a person, organisation, string, or list of them."""
    if isinstance(value, list):
        return [name for item in value[:50] for name in names(item) if not isinstance(item, list)]
    if isinstance(value, dict):
        parts = [one_line(value.get(key)) for key in ("givenName", "familyName")]
        stated = value.get("name") or " ".join(part for part in parts if part)
        # Some name all the authors in one person.
        return [name for name in map(one_line, _listed(stated)) if name]
    name = one_line(value)
    return [name] if name else []
