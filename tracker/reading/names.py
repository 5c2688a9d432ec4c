"""Names as lists show them: a subject's, a speaker's or an origin's without what only the sentence adds."""

from __future__ import annotations

import re

from tracker.reading.attribution_names import (
    ORGANISATION_NOUNS,
    ORGANISATIONS,
    ROLES,
    TITLES,
    is_organisation_name,
)
from tracker.reading.cues import WORDS
from tracker.reading.english import words_of

_NO_NAME = words_of("not_name")
_NO_PARTY = words_of("no_party")
_COUNTRY = words_of("country")
_DEMONYM = words_of("demonym")
_PLACE_OF_NEW = words_of("after_new")
_JOINERS = WORDS["joiners"] | {"de", "da", "del", "der", "van", "von", "bin", "al", "la", "le", "on", "to", "at", "y"}
_ALONE = frozenset({"Parliament", "Congress", "Senate", "Treasury"})
#: "Taiwan-based", "state-owned": what somebody is, nobody's name.
_ADJECTIVE = re.compile(
    r".+-(?:based|born|linked|led|backed|owned|style|run|listed|made|era|wide|funded)", re.IGNORECASE
)
_ABBREVIATED = re.compile(r"\.\w+\.$|^(?:Inc|Co|Corp|Ltd|Jr|Sr|Bros)\.$|^[A-Z]\.$")
_POSSESSIVE = re.compile(r"['\u2019]s\b")
_RANK = frozenset(
    {"former", "ex", "then", "acting", "deputy", "senior", "vice", "us", "u.s.", "uk", "chief", "executive"}
)
_BEFORE_NAME = frozenset(
    {"blog", "paper", "newspaper", "site", "website", "magazine", "channel", "broadcaster", "brand"}
)


def clean_name(name: str) -> str | None:
    """A party's name without article, possessor's country, role and possessive; None for what is no name.

    >>> clean_name("France's CAC"), clean_name("the council"), clean_name("the retailer Acme")
    ('CAC', None, 'Acme')
    """
    parts = " ".join(name.split()).strip(' ,;:\u2014\u2013-"\u201c\u201d').split(" ")
    if not _ABBREVIATED.search(parts[-1]):
        parts[-1] = parts[-1].rstrip(".")
    parts = _without_possessor(parts)
    while len(parts) > 1 and parts[0].casefold() in {"the", "a", "an", "its", "their", "our", "his", "her"}:
        parts = parts[1:]
    if not parts[0][:1].isupper() and not any(c.isupper() or c.isdigit() for c in parts[0][1:]):
        parts = _tail(parts)
    if not parts or any(part[:1].islower() and part not in _JOINERS and part.isalpha() for part in parts):
        return None
    clean = " ".join(parts)
    if " " in clean or clean[:2].isupper():
        clean = re.sub(r"['\u2019]s?$", "", clean)
    return None if is_no_party(clean) else clean


def without_role(name: str) -> str:
    """A person's name without the role and the titles before it: "CEO Ann Lee"."""
    parts = name.split()
    place = 0
    while place < len(parts) - 1 and _is_role(parts[place]):
        place += 1
    rest = parts[place:]
    # "Judge Rinder" is what he goes by, "President Roe" a post and a surname: both keep their one word.
    return " ".join(rest) if rest and all(part[:1].isupper() for part in rest[:1]) else name


def _is_role(word: str) -> bool:
    low = word.casefold()
    known = ROLES | TITLES | _RANK
    return low in known or low.rstrip(".") in known or all(part in known for part in low.split("-"))


def is_no_party(name: str) -> bool:
    """Whether a word with a capital names nobody: a thing, a people, a part of a name, a sentence's opening."""
    parts = name.split()
    low = name.casefold()
    if not parts or len(name) < 2 or low in _NO_PARTY or low in _DEMONYM or _ADJECTIVE.fullmatch(name):
        return True
    if len(parts) == 1:
        generic = name in ORGANISATIONS and name not in _ALONE
        return (
            generic or low in _NO_NAME or low in ROLES or low.removesuffix("s") in _DEMONYM or low in ORGANISATION_NOUNS
        )
    return parts[-1].casefold() in {"and", "of", "for", "the", "to", "in"}


def names_a_place(words: list[str]) -> bool:
    """Whether "New" begins a name: New York."""
    return len(words) > 1 and words[0] == "New" and words[1].casefold() in _PLACE_OF_NEW


def _without_possessor(parts: list[str]) -> list[str]:
    """Behind "France's", "China's": whose it is, not what it is called."""
    for place, part in enumerate(parts[:-1]):
        owner = " ".join([*parts[:place], _POSSESSIVE.sub("", part)]).casefold().removeprefix("the ")
        if _POSSESSIVE.search(part) and owner in _COUNTRY:
            # "Health Ministry" alone would be that of every country.
            rest = parts[place + 1 :]
            return parts if is_organisation_name(" ".join(rest)) and len(rest[0]) > 3 else rest
    return parts


def _tail(parts: list[str]) -> list[str]:
    """The name behind what sort of organisation it is: "outsourcing giant Acme"; nothing without one."""
    for place in range(1, min(len(parts), 6)):
        if parts[place][:1].isupper():
            is_sort = parts[place - 1].casefold() in ORGANISATION_NOUNS | _BEFORE_NAME
            return parts[place:] if is_sort else []
    return []
