"""The sourcing axis: what a claim rests on, from what its text gives and what people attached (pure).

None < anonymous < firsthand < named < linked < primary (the design's section 3). ``reading.sourcing`` tells what
the text itself gives, from the sources that it mentions, who tells it, and whether they tell of their own. That
never goes beyond linked, for a link does not yet support what it stands beside; only a primary source that a
person attached as supporting the claim makes it primary. What contradicts or merely mentions it raises nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlsplit

#: The levels, the weakest first.
LEVELS = ("none", "anonymous", "firsthand", "named", "linked", "primary")
_LONGEST = 120


class Evidence(Protocol):
    """A source that a person attached; ``relation`` is supports, contradicts or mentions."""

    @property
    def relation(self) -> str: ...
    @property
    def url(self) -> str | None: ...
    @property
    def title(self) -> str | None: ...
    @property
    def publisher(self) -> str | None: ...
    @property
    def kind(self) -> str | None: ...
    @property
    def is_primary(self) -> bool: ...
    @property
    def by_whom(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Sourcing:
    """A level of the axis, and why, in words that begin small and end without a stop."""

    level: str
    reason: str


def raised(read: Sourcing, attached: Iterable[Evidence]) -> Sourcing:
    """What the text gives, raised by what people attached in support of the claim.

    The reason is that of the higher of both; of two equal ones the attached source's, for it supports the claim.
    """
    supporting = [source for source in attached if source.relation == "supports"]
    if not supporting:
        return read
    # max gives the first of equals: who attached it first is named.
    best = max(supporting, key=lambda source: LEVELS.index(_level(source)))
    level = _level(best)
    if LEVELS.index(level) < LEVELS.index(read.level):
        return read
    return Sourcing(level, _attached_words(best, len(supporting) - 1))


def _level(source: Evidence) -> str:
    """The level to which a source that supports a claim raises it."""
    if source.is_primary:
        return "primary"
    if source.url is not None:
        return "linked"
    return "anonymous" if source.kind == "anonymous" else "named"


def _attached_words(source: Evidence, more: int) -> str:
    # Published without the names of those who checked it, it still says that somebody has.
    who = _flat(source.by_whom or "") or "a fact-checker"
    others = f" and {more} more" if more else ""
    nature = ", a primary source" if source.is_primary else ""
    place = ", no link" if source.url is None else ""
    return f"{who} attached {_called(source)}{nature}{place}{others}, which support{'' if more else 's'} it"


def _called(source: Evidence) -> str:
    title, publisher = _flat(source.title or ""), _flat(source.publisher or "")
    if title:
        beside = f" ({publisher})" if publisher and publisher.casefold() not in title.casefold() else ""
        return f'"{title}"{beside}'
    host = _host(source.url)
    if publisher and host:
        return f"{publisher} ({host})"
    return publisher or host or "a source"


def _host(url: str | None) -> str:
    try:
        return (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _flat(words: str) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= _LONGEST else flat[: _LONGEST - 1].rstrip() + "…"
