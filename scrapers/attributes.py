"""A bound on the attributes of one element: parsers compare each with all before it, in time by their square."""

from __future__ import annotations

import re

#: Elements of real pages have fewer than 60.
_MOST = 200
_VALUE = r"""\s*+=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|(?!["'])[^\s>]*+)"""
_ATTRIBUTE = rf"[\s/]*+[^\s/>][^\s/>=]*+(?:{_VALUE})?+"
#: What looks like a tag within these is none.
_RAW = "script|style|title|textarea|iframe|xmp|noembed|noframes"
# Every quantifier is possessive, so that nothing is tried twice.
_TOKEN = re.compile(
    rf"<(?:(?!(?i:{_RAW})[\s/>])[a-zA-Z][^\s/>]*+(?:\s*+>|(?:{_ATTRIBUTE}){{0,{_MOST}}}+(?P<rest>(?:{_ATTRIBUTE})*+))"
    rf"|(?P<raw>(?i:{_RAW}))(?:{_ATTRIBUTE}){{0,{_MOST}}}+(?P<more>(?:{_ATTRIBUTE})*+)[\s/]*+"
    r"(?:>[^<]*+(?:<(?!/(?i:(?P=raw)))[^<]*+)*+)?+"
    r"|!--[^-]*+(?:-(?!->)[^-]*+)*+)"
)


def bounded(page: str) -> str:
    """Return an HTML text without the attributes beyond the two hundredth of any element.

    Linear in the text, which is looked through once; the text itself is given back where nothing is to be dropped.
    """
    if len(page) < 2 * _MOST:
        return page
    parts: list[str] = []
    end = 0
    for token in _TOKEN.finditer(page):
        dropped = token.span("rest" if token["rest"] else "more")
        if dropped[0] < dropped[1]:
            parts.append(page[end : dropped[0]])
            end = dropped[1]
    return "".join((*parts, page[end:])) if parts else page
