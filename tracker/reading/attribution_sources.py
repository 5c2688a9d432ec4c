"""Who a source is: its kind, its organisation, and whom a pronoun or "the company" stands for."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.reading.attribution_names import (
    GROUPS,
    ORGANISATION_NOUNS,
    ROLES,
    TITLES,
    head_of,
    is_outlet,
    kind_of,
    person_of,
    without_article,
)
from tracker.reading.attribution_people import People, gender_of
from tracker.reading.attribution_phrases import DEMONSTRATIVES, DETERMINERS
from tracker.reading.parties import Party

_HE_SHE = {"he": "m", "she": "f", "his": "m", "her": "f"}
# How many characters back "he" and "they" may point: beyond, it is not sure whom they mean.
_REACH_PERSON, _REACH = 2000, 500
# How many organisations a definite post without a name ("the chief executive") is looked up among.
_TOPICS = 30
_POSSESSIVE = re.compile("['\u2019]s?(?=\\s|$)")
# The comma of "2,140 adults" parts nothing.
_COMMA = re.compile(r",(?!\d{3}(?!\d))")
_PLURAL = frozenset({"they", "their"})
# "a spokesman for Acme Ltd", "staff at Acme": whom a role or a group belongs to.
_SPEAKS_FOR = re.compile(r"\b(?:for|of|at|from) (?:the )?([A-Z]\S*(?: [A-Z]\S*){0,4})")
_UNNAMED = (
    DETERMINERS | DEMONSTRATIVES | {"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"}
)


@dataclass(frozen=True, slots=True)
class Source:
    """Who says it; see Attribution for the fields. ``gender`` is m, f or None where nothing shows it."""

    name: str | None
    kind: str | None
    organisation: str | None
    identified: bool
    resolved: bool
    gender: str | None = None


NOBODY = Source(None, None, None, False, False)


class Resolver:
    """Settles sources in the order of the text, remembering who was spoken of last."""

    def __init__(self, text: str, parties: Sequence[Party], people: People) -> None:
        self.text = text
        self.named = people
        self.by_name: dict[str, Party] = {}
        for party in parties:
            for name in (party.name, *party.aliases):
                self.by_name.setdefault(name.casefold(), party)
        self.organisations = [party for party in parties if party.kind == "organisation" and not is_outlet(party.name)]
        self.starts = [party.start for party in self.organisations]
        self.genders: dict[str, str] = {}
        self.people: list[tuple[int, Source]] = []
        self.others: list[tuple[int, Source]] = []
        self.last_organisation: Source | None = None

    def settle(self, phrase: str, position: int, paragraph_start: int, *, goes_on: bool = False) -> Source:
        """The source that a phrase names at a position of the text; ``goes_on`` where its cue is "added"."""
        clean = clean_name(phrase)
        low = clean.casefold()
        if low in _HE_SHE:
            return self._pronoun(_HE_SHE[low], position, goes_on)
        if low in _PLURAL:
            return self._last(position, ("organisation", "group"))
        if low in {"it", "its"}:
            return self._last(position, ("organisation", "document", "outlet"))
        if low in {
            "i",
            "we",
            "you",
            "who",
            "which",
            "that",
            "this",
            "these",
            "those",
            "my",
            "our",
            "your",
            "",
        }:
            return NOBODY
        source = self._named(clean, position, paragraph_start)
        if source.kind == "post" and "," in phrase:
            # "the union's general secretary, Tom Reed," is Tom Reed.
            holder = self.by_name.get(" ".join(phrase.split(",")[1].split()).casefold())
            if holder is not None and holder.kind == "person":
                organisation = holder.organisation or source.organisation
                source = Source(holder.name, "person", organisation, True, False, source.gender)
        self._remember(source, position)
        return source

    def _pronoun(self, gender: str, position: int, goes_on: bool) -> Source:
        """Whom "he" or "she" stands for: the one suitable person of the last sentence that names any.

        Two of them leave it open, unless one of them spoke last and the cue says that he goes on.
        """
        spoken = [(place, person) for place, person in self.people[-6:] if position - place <= _REACH_PERSON]
        fits = [(place, person) for place, person in spoken if self._gender_of(person) in {None, gender}]
        if goes_on and fits:
            return self._resolved(fits[-1][1], gender)
        named = self.named.before(position, gender, self.genders)
        floor = self.named.sentence(position if not named else named[-1][0])
        found: dict[str, Source | str] = {name: name for _, name in named}
        if not named and fits:
            floor = self.named.sentence(fits[-1][0])
        elif fits and fits[-1][0] > floor:
            floor = self.named.sentence(fits[-1][0])
            found = {name: name for place, name in named if place >= floor}
        found |= {person.name or "": person for place, person in fits if place >= floor}
        if len(found) != 1:
            return NOBODY
        name, one = next(iter(found.items()))
        return self._resolved(self._known(name) if isinstance(one, str) else one, gender)

    def _gender_of(self, person: Source) -> str | None:
        return self.genders.get(person.name or "") or person.gender or self.named.gender(person.name or "")

    def _known(self, name: str) -> Source:
        party = self.by_name.get(name.casefold())
        return Source(name, "person", party.organisation if party else None, True, False)

    def _resolved(self, person: Source, gender: str) -> Source:
        if person.name:
            self.genders[person.name] = gender
        return Source(person.name, person.kind, person.organisation, person.identified, True, gender)

    def _last(self, position: int, kinds: tuple[str, ...]) -> Source:
        for place, source in reversed(self.others[-4:]):
            if position - place > _REACH:
                break
            if source.kind in kinds:
                return Source(source.name, source.kind, source.organisation, source.identified, True)
        return NOBODY

    def _named(self, clean: str, position: int, paragraph_start: int) -> Source:
        bare = without_article(clean)
        party = self._party(clean, bare)
        kind = kind_of(clean)
        gender = _gender(clean)
        if (
            party is not None
            and kind not in {"group", "document"}
            and not (kind == "outlet" and party.kind == "organisation")
        ):
            organisation = party.name if party.kind == "organisation" else party.organisation
            name = party.name if party.kind != "post" else clean
            return Source(name, party.kind, organisation, True, False, gender or self.genders.get(party.name))
        if kind == "post":
            stated = self._affiliation(clean)
            owned = clean.split()[0].casefold() in {"its", "their"}
            organisation = stated or self._topic(position, paragraph_start, alone=owned)
            return Source(clean, kind, organisation, True, organisation is not None and stated is None, gender)
        if kind == "organisation":
            return self._organisation(clean, bare)
        if kind == "outlet":
            return Source(clean, kind, bare, True, False)
        if kind in {"group", "document"}:
            return Source(clean, kind, self._affiliation(clean), kind == "document", False)
        named = _is_named(bare)
        if kind == "person" and named and " " not in bare:
            # One unknown name alone may be a surname or a company: the text does not say.
            kind = None
        return Source(clean, kind, self._affiliation(clean), named, False, gender)

    def _party(self, clean: str, bare: str) -> Party | None:
        found = self.by_name.get(clean.casefold()) or self.by_name.get(bare.casefold())
        if found is None and (front := person_of(bare)):
            found = self.by_name.get(front.casefold())
        if found is None:
            # "Acme chief executive John Smith", "Mr Smith", "Jane Doe, a lawyer": the name within the phrase.
            core = bare.split(",")[0].split(" (")[0]
            parts = core.split()
            for length in range(min(len(parts), 4), 0, -1):
                found = self.by_name.get(" ".join(parts[-length:]).casefold())
                if found is not None and (found.kind == "person" or length == len(parts)):
                    return found
            return None
        return found

    def _organisation(self, clean: str, bare: str) -> Source:
        if not bare[:1].isupper() and head_of(clean) in ORGANISATION_NOUNS and bare.casefold() == head_of(clean):
            source = self.last_organisation
            if source is not None:
                return Source(source.name, source.kind, source.organisation, True, True)
            return Source(clean, "organisation", None, False, False)
        named = any(part[0].isupper() for part in bare.split())
        return Source(clean, "organisation", bare if named else None, named, False)

    def _affiliation(self, clean: str) -> str | None:
        """The organisation that a phrase names beside its head: "staff at Acme", "Acme's boss"."""
        parts = [part.strip("\"',.()\u201c\u201d") for part in _POSSESSIVE.sub("", clean).split()[:16]]
        for first, part in enumerate(parts):
            if not part[:1].isupper():
                continue
            for last in range(min(first + 8, len(parts)), first, -1):
                party = self.by_name.get(" ".join(parts[first:last]).casefold())
                if party is not None and party.kind == "organisation" and party.name != clean:
                    return party.name
        stated = _SPEAKS_FOR.search(clean) if head_of(clean) in ROLES | GROUPS else None
        if stated is None or stated.group(1).split()[0].lower().rstrip(".") in TITLES:
            return None
        known = self.by_name.get(stated.group(1).casefold())
        return None if known is not None and known.kind == "person" else stated.group(1)

    def _topic(self, position: int, paragraph_start: int, *, alone: bool) -> str | None:
        """The organisation that the paragraph names first, else the one named most before it.

        ``alone``: of "its chief executive", only one that the paragraph names alone; of two it may be either's.
        """
        end = bisect_left(self.starts, position)
        known = self.organisations[max(0, end - _TOPICS) : end]
        start = max(paragraph_start, position - _REACH_PERSON)
        places = [(place, one.name) for one in known if (place := self.text.find(one.name, start, position)) >= 0]
        if alone and len(places) > 1:
            return None
        if places:
            return min(places)[1]
        start = max(0, position - 10 * _REACH_PERSON)
        counts = [(self.text.count(one.name, start, position), one.name) for one in known]
        most = max(counts, default=(0, ""))
        return most[1] if most[0] else None

    def _remember(self, source: Source, position: int) -> None:
        if source.kind in {"person", "post"} or (source.kind is None and source.identified):
            self.people.append((position, source))
        elif source.kind in {"organisation", "group", "outlet", "document"}:
            self.others.append((position, source))
            if source.kind == "organisation" and source.identified:
                self.last_organisation = source


def clean_name(phrase: str) -> str:
    """A noun phrase as it is shown: single spaces, no marks at its ends, no pronoun or apposition behind."""
    text = " ".join(phrase.split()).strip(" ,;:\u2014\u2013\"\u201c\u201d\u2018'")
    for ending in (" who", " which", " that", " himself", " herself", " itself", " themselves"):
        text = text.removesuffix(ending).rstrip(" ,")
    if "," in text:
        head = _COMMA.split(text, maxsplit=1)[0].strip()
        text = head or text
    if " (" in text:
        text = text.split(" (")[0]
    return text


def _is_named(bare: str) -> bool:
    """Whether a phrase holds a name, not just a first word that the sentence puts in capitals."""
    words = bare.split()
    if not words:
        return False
    unnamed = words[0].lower() in _UNNAMED or words[-1].lower() in ROLES | GROUPS
    return any(word[0].isupper() and word.lower() not in ROLES | GROUPS for word in words[unnamed:])


def _gender(clean: str) -> str | None:
    return next((gender for part in clean.split() if (gender := gender_of(part)) is not None), None)
