"""What kind of source a publisher is, by its name or domain: ``publishers.toml``, parsed.

The table is package data, read once at import; users extend it in a file of their own, which
``tracker.pipeline`` hands to ``Publishers.parse``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

#: The kinds of source by publisher: who makes the record, counts officially, polls, reports, pleads or sells.
KINDS = (
    "court",
    "regulator",
    "audit",
    "contract",
    "legislation",
    "register",
    "gazette",
    "parliament",
    "statistics",
    "government",
    "poll_tables",
    "news",
    "campaign",
    "company",
)
_KEYS = ("name", "kind", "primary", "domains", "aliases")
_DOMAIN = re.compile(r"gov|[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}")
# One letter in seven may be wrong before a misheard name counts as another one.
_HEARD_ALIKE = 0.86
_LONG_ENOUGH = 6
# The press's names are mostly words ("the times", "the independent"): without a capital they are no name.
_NAMES_ARE_WORDS = frozenset({"news", "campaign", "company", "government"})
_SHORTEST_IN_SMALL = 5
_INITIAL_STOP = re.compile(r"(?<=\b[A-Z])\.")


class PublisherError(ValueError):
    """An entry of a table of publishers that cannot be used; one line that names it."""


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
    """The table of publishers, with its ways in; of two entries with the same name or domain the first counts."""

    entries: tuple[Publisher, ...]
    _domains: Mapping[str, Publisher] = field(init=False, repr=False, compare=False)
    _acronyms: Mapping[str, Publisher] = field(init=False, repr=False, compare=False)
    _names: Mapping[str, Publisher] = field(init=False, repr=False, compare=False)
    _heard: Mapping[str, tuple[tuple[str, Publisher], ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        domains: dict[str, Publisher] = {}
        acronyms: dict[str, Publisher] = {}
        names: dict[str, Publisher] = {}
        heard: dict[str, tuple[tuple[str, Publisher], ...]] = {}
        for entry in self.entries:
            for domain in entry.domains:
                domains.setdefault(domain, entry)
            for known in (entry.name, *entry.aliases):
                flat = _flat(known)
                if _is_acronym(flat):
                    acronyms.setdefault(flat, entry)
                else:
                    names.setdefault(flat.casefold(), entry)
            if entry.kind == "poll_tables":
                plain = _flat(entry.name).casefold()
                heard[plain[:1]] = (*heard.get(plain[:1], ()), (plain, entry))
        for name, index in (("_domains", domains), ("_acronyms", acronyms), ("_names", names), ("_heard", heard)):
            object.__setattr__(self, name, index)

    @classmethod
    def parse(cls, source: str) -> Publishers:
        """Parse the TOML of the table.

        Raises tomllib.TOMLDecodeError, or PublisherError with one line that names the entry.
        """
        table = tomllib.loads(source)
        entries = table.get("publisher", [])
        unknown = sorted(set(table) - {"publisher"})
        if unknown or not isinstance(entries, list):
            raise PublisherError(
                f'each publisher begins with [[publisher]], not with "{(unknown or ["publisher"])[0]}"'
            )
        return cls(tuple(_publisher(entry, at) for at, entry in enumerate(entries, 1)))

    def of_url(self, url: str | None) -> Publisher | None:
        """The publisher of a URL, by the longest domain that the host ends with; None for no URL of the web."""
        try:
            host = (urlsplit(url or "").hostname or "").rstrip(".")
        except ValueError:
            return None
        while host:
            found = self._domains.get(host)
            if found is not None:
                return found
            host = host.partition(".")[2]
        return None

    def of_name(self, name: str) -> Publisher | None:
        """The publisher of that name or alias, whatever its article; the whole name must be the same.

        Acronyms are compared with their case ("WHO" is no "who"), other names without, but for single words
        in small letters: those are names only of bodies that are called like nothing else ("ofwat").
        """
        flat = _flat(name)
        found = self._acronyms.get(flat) or self._names.get(flat.casefold())
        if found is None or " " in flat or not flat.islower():
            return found
        return None if found.kind in _NAMES_ARE_WORDS or len(flat) < _SHORTEST_IN_SMALL else found

    def misheard(self, name: str) -> Publisher | None:
        """The one pollster that a transcript's misspelling sounds like, if exactly one does.

        It begins with the same letter. Other bodies are not guessed: their names are made of ordinary
        words, and "Central Statistical Office" is another country's than "Central Statistics Office".
        """
        wanted = _flat(name).casefold()
        if len(wanted) < _LONG_ENOUGH:
            return None
        alike = [entry for plain, entry in self._heard.get(wanted[:1], ()) if _sounds_alike(wanted, plain)]
        return alike[0] if len(alike) == 1 else None


def _sounds_alike(wanted: str, plain: str) -> bool:
    # So much of the letters at most can agree of two lengths: most pairs need no comparison.
    if 2 * min(len(wanted), len(plain)) < _HEARD_ALIKE * (len(wanted) + len(plain)):
        return False
    matcher = SequenceMatcher(None, wanted, plain, autojunk=False)
    return matcher.quick_ratio() >= _HEARD_ALIKE and matcher.ratio() >= _HEARD_ALIKE


def _publisher(entry: object, at: int) -> Publisher:
    if not isinstance(entry, dict):
        raise PublisherError(f"publisher {at} is no table: begin it with [[publisher]]")
    name = entry.get("name")
    if not isinstance(name, str) or not name.strip():
        raise PublisherError(f'publisher {at} has no name: add name = "…"')
    where = f'publisher {at} ("{" ".join(name.split())}")'
    unknown = sorted(set(entry) - set(_KEYS))
    if unknown:
        raise PublisherError(f'{where} has "{unknown[0]}", which is not known: use {", ".join(_KEYS)}')
    kind = entry.get("kind")
    if kind not in KINDS:
        said = "no kind" if kind is None else f'the kind "{kind}", which is not known'
        raise PublisherError(f"{where} has {said}: use one of {', '.join(KINDS)}")
    primary = entry.get("primary", False)
    if not isinstance(primary, bool):
        raise PublisherError(f"{where} has a primary that is neither true nor false")
    domains = tuple(_domain(domain, where) for domain in _texts(entry, "domains", where))
    return Publisher(" ".join(name.split()), kind, primary, domains, tuple(_texts(entry, "aliases", where)))


def _texts(entry: Mapping[str, Any], key: str, where: str) -> Iterator[str]:
    given = entry.get(key, [])
    if not isinstance(given, list) or not all(isinstance(text, str) and text.strip() for text in given):
        raise PublisherError(f'{where} has {key} that are no list of texts: write {key} = ["…"]')
    yield from given


def _domain(given: str, where: str) -> str:
    domain = given.strip().lower().removeprefix("www.")
    if not _DOMAIN.fullmatch(domain):
        raise PublisherError(f'{where} has the domain "{given[:80]}", which is none: write it like news.example')
    return domain


@cache
def builtin() -> Publishers:
    """The table that ships with the package."""
    return Publishers.parse(files("tracker.reading").joinpath("publishers.toml").read_text(encoding="utf-8"))


def _flat(name: str) -> str:
    """The name on one line, without its article, with plain apostrophes and "and", and acronyms without stops."""
    words = _INITIAL_STOP.sub("", name.replace("\u2019", "'").replace(" & ", " and ")).split()
    return " ".join(words[1:] if len(words) > 1 and words[0].casefold() == "the" else words)


def _is_acronym(flat: str) -> bool:
    """A single word in capitals: "ONS", "C&AG", "3M"."""
    return " " not in flat and flat.isupper()
