"""How values look in Datasette's tables: words in place of JSON, short hashes, safe links.

Everything here escapes what it is given; what it returns is HTML and is not escaped again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from markupsafe import Markup

_Kind = TypeVar("_Kind", list[Any], dict[str, Any])
_HASH = re.compile(r"(?:sha256:)?[0-9a-f]{64}\Z")
_HASH_SHOWN = 12
_URL_SHOWN = 60
#: Of these roles the reader need not be told: the name alone says it.
_PLAIN_ROLES = ("publisher", "speaker")


def cell(column: str, value: object) -> Markup | None:
    """The HTML of a value in a column of ours; None where Datasette's own way is good enough."""
    shape = _SHAPES.get(column)
    return None if shape is None else shape(value)


def link_to(path: str, number: object) -> Markup | None:
    """A link to a row by its number, for views, where Datasette knows of no foreign keys."""
    if not isinstance(number, int):
        return None
    return Markup('<a href="{}/{}">{}</a>').format(path, number, number)


def _words(value: object) -> Markup | None:
    # Isolated, so that a right-to-left mark in one quotation cannot turn its neighbours round.
    return Markup('<bdi class="press-words">{}</bdi>').format(value) if isinstance(value, str) else None


def _hash(value: object) -> Markup | None:
    if not isinstance(value, str) or not _HASH.match(value):
        return None
    short = value.removeprefix("sha256:")[:_HASH_SHOWN]
    return Markup('<code title="{}">{}…</code>').format(value, short)


def _url(value: object) -> Markup | None:
    if not isinstance(value, str):
        return None
    if not _is_web(value):
        return Markup("<bdi>{}</bdi>").format(value)
    short = value if len(value) <= _URL_SHOWN else value[: _URL_SHOWN - 1] + "…"
    return Markup('<a href="{}" title="{}" rel="noopener noreferrer nofollow">{}</a>').format(value, value, short)


def _is_web(value: str) -> bool:
    try:
        parts = urlsplit(value)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"\s", value)
    except ValueError:
        return False


def _key(value: object) -> Markup | None:
    return _hash(value) or _url(value)


def _chain(value: object) -> Markup | None:
    tellers = _parsed(value, list)
    if tellers == []:
        return Markup("&nbsp;")
    if tellers is None or not all(isinstance(teller, dict) and teller.get("name") for teller in tellers):
        return None
    return Markup('<bdi class="press-chain">{}</bdi>').format(" > ".join(_teller(teller) for teller in tellers))


def _teller(teller: dict[str, object]) -> str:
    role = teller.get("role")
    name = str(teller["name"])
    return name if role in _PLAIN_ROLES or not role else f"{name} ({role})"


def _list(value: object) -> Markup | None:
    items = _parsed(value, list)
    return None if items is None else Markup("<bdi>{}</bdi>").format(", ".join(map(str, items)))


def _pairs(value: object) -> Markup | None:
    pairs = _parsed(value, dict)
    if pairs is None:
        return None
    return Markup("<bdi>{}</bdi>").format("; ".join(f"{name}: {stated}" for name, stated in pairs.items()))


def _parsed(value: object, kind: type[_Kind]) -> _Kind | None:
    if not isinstance(value, str):
        return None
    try:
        found = json.loads(value)
    except ValueError:
        return None
    return found if isinstance(found, kind) else None


def _yes_or_no(value: object) -> Markup | None:
    return {0: Markup("no"), 1: Markup("yes")}.get(value) if isinstance(value, int) else None


_SHAPES: dict[str, Callable[[object], Markup | None]] = {
    "quote": _words,
    "excerpt": _words,
    "key": _key,
    "sha256": _hash,
    "url": _url,
    "final_url": _url,
    "chain": _chain,
    "also_kinds": _list,
    "aliases": _list,
    "won_by": _pairs,
    "unit_stated": _yes_or_no,
    "is_primary": _yes_or_no,
    "is_current": _yes_or_no,
}
