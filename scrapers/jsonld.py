"""JSON-LD, as far as articles use it: the object that describes the page, and names in it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from html import unescape

from lxml.html import HtmlElement

_ARTICLE_TYPES = re.compile(r"(?:Article|Posting|Report|Review|PressRelease|Interview)$")
_PAGE_TYPES = frozenset({"WebPage", "ItemPage", "CreativeWork", "VideoObject"})
#: How many values of one page's JSON-LD are looked at; real pages have some hundreds.
_MAX_NODES = 20_000
_SPACES = re.compile(r"\s+")


def one_line(value: object) -> str | None:
    """Return a string with its white space collapsed, None for anything else or nothing."""
    if not isinstance(value, str):
        return None
    # Many sites escape twice: after parsing, "&rsquo;" still stands in the value.
    return _SPACES.sub(" ", unescape(value)).strip() or None


def json_ld(tree: HtmlElement) -> list[dict[str, object]]:
    """Return every object of the page's JSON-LD, breadth first; broken scripts are passed over."""
    nodes: list[dict[str, object]] = []
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower() or not script.text:
            continue
        source = script.text.strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
        try:
            waiting: list[object] = [json.loads(source, strict=False)]
        except (ValueError, RecursionError):
            continue
        while waiting and len(nodes) < _MAX_NODES:
            value = waiting.pop(0)
            if isinstance(value, list):
                waiting.extend(value)
            elif isinstance(value, dict):
                nodes.append(value)
                waiting.extend(value.get(key) for key in ("@graph", "mainEntity", "mainEntityOfPage"))
    return nodes


def types(node: Mapping[str, object]) -> list[str]:
    """Return the stated types of a JSON-LD object."""
    stated = node.get("@type")
    return [kind for kind in (stated if isinstance(stated, list) else [stated]) if isinstance(kind, str)]


def main_node(nodes: list[dict[str, object]]) -> Mapping[str, object]:
    """Return the object that describes the article: of an article's type and with a headline first."""

    def rank(node: Mapping[str, object]) -> int:
        kinds = types(node)
        if any(_ARTICLE_TYPES.search(kind) for kind in kinds):
            return 4 + 2 * bool(node.get("headline")) + bool(node.get("datePublished"))
        return int(any(kind in _PAGE_TYPES for kind in kinds))

    best = max(nodes, key=rank, default=None)
    return best if best is not None and rank(best) else {}


def names(value: object) -> list[str]:
    """Return the names in a person, organisation, string, or list of them."""
    if isinstance(value, list):
        return [name for item in value[:20] for name in names(item) if not isinstance(item, list)]
    if isinstance(value, dict):
        value = value.get("name")
        if isinstance(value, list):
            value = value[0] if value else None
    name = one_line(value)
    return [name] if name else []
