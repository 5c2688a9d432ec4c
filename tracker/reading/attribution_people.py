"""The people that a text names, where it names them: whom a pronoun may stand for."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

from tracker.reading.cues import WORDS
from tracker.reading.parties import Mention, Party

_FEMALE, _MALE = WORDS["female"], WORDS["male"]
# A pronoun looks back so many sentences, and over so many names: beyond, it is not sure whom it means.
_SENTENCES, _NAMES = 3, 8


def gender_of(word: str) -> str | None:
    """The gender that a title or a role shows ("Mrs", "spokesman"): m, f or None."""
    low = word.casefold().replace(".", "")
    return "f" if low in _FEMALE else "m" if low in _MALE else None


class People:
    """The mentions of people in order; ``begins`` are the offsets at which the sentences begin."""

    def __init__(self, parties: Sequence[Party], mentions: Sequence[Mention], begins: Sequence[int]) -> None:
        names = {name: party.name for party in parties if party.kind == "person" for name in party.aliases}
        names |= {party.name: party.name for party in parties if party.kind == "person"}
        others = {name for party in parties if party.kind != "person" for name in (party.name, *party.aliases)}
        for _, name, _, _ in mentions:
            if name not in others and name.count(" ") in (1, 2):
                names.setdefault(name, name)
        self.mentions = [(place, names[name]) for place, name, _, _ in mentions if name in names]
        self.starts = [place for place, _ in self.mentions]
        self.begins = begins
        self.genders: dict[str, str] = {}
        for _, name, title, _ in mentions:
            gender = gender_of(title) if title else None
            if gender and name in names:
                self.genders.setdefault(names[name], gender)

    def gender(self, name: str) -> str | None:
        """The gender that a title of the text gives a person, None where none does."""
        return self.genders.get(name)

    def sentence(self, position: int) -> int:
        """Where the sentence at a position begins."""
        place = bisect_right(self.begins, position)
        return self.begins[place - 1] if place else 0

    def before(self, position: int, gender: str, known: Mapping[str, str]) -> list[tuple[int, str]]:
        """Who of that gender, as far as known, the last sentence names that names any; in order, each once.

        The sentence of the position itself comes first. Offsets are those of the mentions.
        """
        at = bisect_left(self.starts, position)
        here = bisect_right(self.begins, position)
        found: list[tuple[int, str]] = []
        floor = self.begins[max(0, here - 1 - _SENTENCES)] if here else 0
        for place, name in reversed(self.mentions[max(0, at - _NAMES) : at]):
            if place < floor:
                break
            if (known.get(name) or self.genders.get(name) or gender) != gender:
                continue
            if not found:
                floor = self.sentence(place)
            if all(name != other for _, other in found):
                found.append((place, name))
        return found[::-1]
