"""What kind of source a publisher is, by its name or domain: ``publishers.toml``, parsed.

The table is package data, read once at import; users extend it in a file of their own, which
``tracker.pipeline`` hands to ``Publishers.parse``.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

# One letter in seven may be wrong before a misheard name counts as another one.
_HEARD_ALIKE = 0.86
_LONG_ENOUGH = 6


@dataclass(frozen=True, slots=True)
class Publisher:
    """A publisher of sources; ``primary`` where it makes the record itself."""

    name: str
    kind: str
    primary: bool
    domains: tuple[str, ...]
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Publishers:
    """The table of publishers, with its two ways in."""

    entries: tuple[Publisher, ...]

    @classmethod
    def parse(cls, source: str) -> Publishers:
        """Parse the TOML of the table. Raises tomllib.TOMLDecodeError or KeyError on a bad one."""
        return cls(tuple(_publisher(entry) for entry in tomllib.loads(source).get("publisher", ())))

    def of_url(self, url: str | None) -> Publisher | None:
        """The publisher of a URL, by the longest domain that the host ends with."""
        host = (urlsplit(url).hostname or "").removeprefix("www.") if url else ""
        best: tuple[int, Publisher] | None = None
        for entry in self.entries:
            for domain in entry.domains:
                if (host == domain or host.endswith("." + domain)) and (best is None or len(domain) > best[0]):
                    best = (len(domain), entry)
        return best[1] if best else None

    def of_name(self, name: str) -> Publisher | None:
        """The publisher of that name or alias, whatever its case and article."""
        wanted = _plain(name)
        for entry in self.entries:
            if any(_plain(known) == wanted for known in (entry.name, *entry.aliases)):
                return entry
        return None

    def misheard(self, name: str) -> Publisher | None:
        """The one pollster or body that a transcript's misspelling sounds like, if exactly one does."""
        wanted = _plain(name)
        if len(wanted) < _LONG_ENOUGH:
            return None
        alike = [e for e in self.entries if SequenceMatcher(None, wanted, _plain(e.name)).ratio() >= _HEARD_ALIKE]
        return alike[0] if len(alike) == 1 else None


def _publisher(entry: dict[str, Any]) -> Publisher:
    return Publisher(
        name=entry["name"],
        kind=entry["kind"],
        primary=bool(entry.get("primary", False)),
        domains=tuple(entry.get("domains", ())),
        aliases=tuple(entry.get("aliases", ())),
    )


@cache
def builtin() -> Publishers:
    """The table that ships with the package."""
    return Publishers.parse(files("tracker.reading").joinpath("publishers.toml").read_text(encoding="utf-8"))


def _plain(name: str) -> str:
    plain = " ".join(name.split()).casefold()
    return plain.removeprefix("the ")
