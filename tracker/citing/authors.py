"""The authors of a document, apart, from the one line in which its byline names them."""

from __future__ import annotations

import re

from tracker.citing.citations import Citation

_BETWEEN = re.compile(r"\s*(?:,\s*and\b|,|;|&|\band\b)\s*")
_NAME = re.compile(r"[^\W\d_][^\W\d_]*(?:[.'\u2019-][^\W\d_]*)*\Z")
#: Small words within a person's name.
_PARTICLES = frozenset(
    ("al", "bin", "da", "de", "del", "della", "den", "der", "di", "du", "el", "la", "le", "san", "van", "von")
)
#: What people are, or where they work: a line with one of these is more than names.
_OFFICES = frozenset(
    (
        *("agencies", "agency", "bureau", "correspondent", "correspondents", "desk", "editor", "editors", "head"),
        *("chief", "news", "newsroom", "office", "press", "reporter", "reporters", "staff", "team", "unit", "writer"),
    )
)


def authors_of(citation: Citation) -> tuple[str, ...]:
    """Whose work the document is: each name of its byline, else its publisher, else its sender.

    A byline is taken apart only where every part can be nothing but a person's name; otherwise it
    stays one, for half an organisation is nobody.
    """
    if citation.byline:
        return _apart(citation.byline)
    author = citation.publisher or next(iter(citation.tellers), None)
    return (author,) if author else ()


def _apart(byline: str) -> tuple[str, ...]:
    parts = [part for part in _BETWEEN.split(byline.strip()) if part]
    return tuple(parts) if len(parts) > 1 and all(map(_is_person, parts)) else (byline,)


def _is_person(name: str) -> bool:
    words = name.split()
    named = [word for word in words if word not in _PARTICLES]
    return (
        2 <= len(named) <= 4
        and len(words) <= 6
        and all(_NAME.match(word) and word[0].isupper() and word.lower() not in _OFFICES for word in named)
    )
