"""The parties of a text: people with their role and affiliation, definite posts, and organisations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tracker.reading.attribution_names import (
    NOT_NAMES,
    ORGANISATION_NOUNS,
    POSTS,
    ROLES,
    TITLES,
    is_organisation_name,
    is_outlet,
    without_article,
)
from tracker.reading.attribution_text import QUOTE, Words, paragraphs, read_words
from tracker.reading.cues import CUES, PAST, PRESENT
from tracker.reading.quotations import read_quotations

_JOINERS = frozenset("of & de van von der den la le al bin ibn del du for".split())
_LINKS = frozenset("of at for from with in".split())
_LEADS = frozenset(
    "leads lead led runs ran heads headed chairs chaired founded owns owned manages managed directs directed "
    "represents represented".split()
)
# "Democratic", "British", "American" before a role say what somebody is, not whom they speak for.
_ADJECTIVE_ENDINGS = ("atic", "ican", "ish", "ese", "ian", "ean", "ative", "ench", "utch", "ist")
_SUFFIXES = frozenset("ltd limited plc inc corp corporation llc llp group holdings company".split())
# What stands between a post and the name of its organisation: "the boss of (outsourcing giant) Acme".
_BEFORE_NAME = ORGANISATION_NOUNS | {"of", "at", "the"}


@dataclass(frozen=True, slots=True)
class Party:
    """A person, a definite post ("the head of Acme") or an organisation, where the text first names it.

    ``kind`` is person, organisation or post. ``organisation`` is whom a person or post speaks for,
    ``role`` what they are there, both as the text says it. ``aliases`` are the other names by which the
    text may call the same party: a surname, an acronym, a name without its "Ltd".
    """

    name: str
    kind: str
    organisation: str | None
    role: str | None
    aliases: tuple[str, ...]
    start: int
    end: int


def read_parties(text: str) -> tuple[Party, ...]:
    """The parties that a text names, in order of their first mention, each once; linear time."""
    quotations = read_quotations(text)
    outer: list[tuple[int, int]] = []
    for quotation in quotations:
        # A short quotation is a name or a phrase of a sentence; the words of a long one are text again.
        if quotation.inner_end - quotation.inner_start <= 40 and (not outer or quotation.start >= outer[-1][1]):
            outer.append((quotation.start, quotation.end))
    return find_parties(read_words(text, outer), paragraphs(text))


def organisation_of(name: str, parties: Sequence[Party]) -> str | None:
    """The organisation that a name or phrase speaks for: an organisation's own name, else a party's affiliation.

    >>> organisation_of("the head of Acme", ())
    'Acme'
    """
    words = read_words(name, ())
    bare = without_article(name.strip()).casefold()
    for party in parties:
        if bare == without_article(party.name).casefold() or bare in (alias.casefold() for alias in party.aliases):
            return party.name if party.kind == "organisation" else party.organisation
    for party in find_parties(words, [(0, len(name))]):
        if party.kind == "organisation" and party.start == 0 and party.end >= len(name.rstrip()):
            return party.name
        if party.organisation is not None:
            return party.organisation
    known = [party for party in parties if party.kind == "organisation"]
    tail = {word.casefold() for word in words.words if word[0].isupper()}
    return next((party.name for party in known if set(party.name.casefold().split()) <= tail), None)


def find_parties(words: Words, spans: Sequence[tuple[int, int]]) -> tuple[Party, ...]:
    """The parties among words already read; ``spans`` are the paragraphs' offsets."""
    finder = _Finder(words)
    bounds = [words.index(start) for start, _ in spans]
    for number, first in enumerate(bounds):
        stop = bounds[number + 1] if number + 1 < len(bounds) else len(words.words)
        finder.paragraph(first, stop)
    return finder.parties()


class _Finder:
    """Collects names with the evidence of what they are, then settles each."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.people: dict[str, Party] = {}
        self.organisations: dict[str, Party] = {}
        self.posts: dict[str, Party] = {}
        self.unsettled: dict[str, Party] = {}
        self.singles: Counter[str] = Counter()

    def paragraph(self, first: int, stop: int) -> None:
        index = first
        while index < stop:
            word = self.words.words[index]
            if word[0].isupper() or word == QUOTE:
                end = self._run_end(index, stop)
                self._name(*self._bare(index, end), first, stop)
                index = end
            else:
                index += 1

    def _run_end(self, index: int, stop: int) -> int:
        words = self.words.words
        end = index + 1
        if words[index] == QUOTE:
            return end
        while end < stop:
            if words[end][0].isupper() or (words[end].isdigit() and len(words[end]) < 3 and end - 1 == index):
                end += 1
            elif self.words.lows[end] in _JOINERS and end + 1 < stop and words[end + 1][0].isupper() and (
                self.words.lows[end] not in {"of", "for"} or self._joins(index, end)
            ):
                end += 2
            else:
                break
        return end

    def _joins(self, index: int, end: int) -> bool:
        """Whether "of" belongs to the name before it: "Department of Health", not "Jane Doe of Acme"."""
        return is_organisation_name(self.words.words[end - 1]) and end - index <= 2

    def _bare(self, index: int, end: int) -> tuple[int, int]:
        """The run without what only the beginning of a sentence or a title puts before a name."""
        words = self.words
        while index < end and words.words[index] in NOT_NAMES and (
            end - index == 1 or words.words[index] not in {"We", "All", "Our", "Every", "Now", "No", "Both"}
        ):
            index += 1
        return index, end

    def _text(self, first: int, stop: int) -> str:
        words = self.words
        if stop - first == 1 and words.words[first] != QUOTE:
            return words.words[first]
        text = words.text[words.starts[first] : words.ends[stop - 1]]
        return " ".join(text.split()).strip("\"'\u201c\u201d\u2018\u2019\u00ab\u00bb ,")

    def _name(self, index: int, end: int, first: int, stop: int) -> None:
        if index >= end:
            return
        words = self.words
        if words.words[index] == QUOTE:
            if index > first and words.lows[index - 1] in {"from", "of", "at", "called", "group", "charity"}:
                name = self._text(index, end)
                if name[:1].isupper():
                    self._organisation(name, index, end)
            return
        titled = False
        while index < end and words.lows[index].rstrip(".") in TITLES and end - index > 1:
            titled, index = True, index + 1
        role, organisation = self._before(index, first)
        after_role, after_organisation = self._after(end, stop)
        role, organisation = role or after_role, organisation or after_organisation
        name = self._text(index, end)
        if self._is_organisation(index, end, first, stop, role, titled):
            self._organisation(name, index, end)
        elif titled or role or self._is_told(index, end, stop) or after_organisation:
            self._person(name, index, end, role, organisation)
        elif end - index in (2, 3):
            self.unsettled.setdefault(name, self._party(name, "person", index, end))
        else:
            self.singles[name] += 1
        self._post(index, end, first, stop, name)

    def _party(self, name: str, kind: str, index: int, end: int) -> Party:
        return Party(name, kind, None, None, (), self.words.starts[index], self.words.ends[end - 1])

    def _organisation(self, name: str, index: int, end: int) -> None:
        if name and name not in self.organisations:
            kept = name.split()
            while len(kept) > 1 and kept[-1].lower().strip(".,") in _SUFFIXES:
                kept.pop()
            short = " ".join(kept)
            aliases = [short] if short != name else []
            letters = "".join(part[0] for part in name.split() if part[0].isupper())
            if len(letters) > 2:
                aliases.append(letters)
            self.organisations[name] = replace(self._party(name, "organisation", index, end), aliases=tuple(aliases))

    def _person(self, name: str, index: int, end: int, role: str | None, organisation: str | None) -> None:
        if end - index == 1:
            full = next((known for known in self.people if known.split()[-1] == name), None)
            full = full or next((known for known in self.unsettled if known.split()[-1] == name), None)
            if full is not None and full not in self.people:
                self.people[full] = self.unsettled[full]
            name = full or name
        known = self.people.get(name) or self.unsettled.get(name) or self._party(name, "person", index, end)
        self.people[name] = replace(known, role=known.role or role, organisation=known.organisation or organisation)

    def _is_told(self, index: int, end: int, stop: int) -> bool:
        lows = self.words.lows
        follow = CUES.get(lows[end]) if end < stop else None
        before = CUES.get(lows[index - 1]) if index else None
        for cues in (follow, before):
            if cues and any(cue.forms & (PAST | PRESENT) and "say" in cue.kinds for cue in cues):
                return end - index > 1
        return False

    def _is_organisation(self, index: int, end: int, first: int, stop: int, role: str | None, titled: bool) -> bool:
        name, lows = self._text(index, end), self.words.lows
        if titled or name in self.people:
            return False
        if is_organisation_name(name) or is_outlet(name) or name in self.organisations:
            return True
        if index > first and lows[index - 1] in ORGANISATION_NOUNS and role is None:
            return True
        if end + 1 < stop and lows[end] in {"'s", "'"} and self._role_end(end + 1, stop) and end - index < 3:
            return end - index == 1 or lows[end + 1] in POSTS
        if end + 2 < stop and lows[end] in {"is", "was", "are", ","} and lows[end + 1] in {"a", "an", "the"}:
            return self._heads(end + 2, stop) in ORGANISATION_NOUNS
        return self._follows_post(index, first)

    def _heads(self, index: int, stop: int) -> str:
        """The last of the small words from ``index`` on: the head of "private outsourcing company"."""
        head = ""
        for place in range(index, min(index + 6, stop)):
            low = self.words.lows[place]
            if not low[0].isalpha() or low in _LINKS | {"that", "which", "who", "and"}:
                break
            head = low
        return head

    def _follows_post(self, index: int, first: int) -> bool:
        """Whether "the boss of outsourcing giant" stands before the name."""
        place = index - 1
        if place < first or self.words.lows[place] not in _BEFORE_NAME:
            return False
        floor = max(first, index - 5)
        while place > floor and self.words.lows[place] not in {"of", "at"}:
            if not self.words.words[place][0].islower() or self.words.lows[place] in CUES:
                return False
            place -= 1
        return place > floor and self.words.lows[place - 1] in POSTS

    def _role_end(self, index: int, stop: int) -> int:
        """Where the role that begins at ``index`` ends, 0 if none does: "chief executive"."""
        found = 0
        for place in range(index, min(index + 5, stop)):
            low = self.words.lows[place]
            if not low[0].isalpha() or low in _LINKS or low in CUES and place > index and low not in ROLES:
                break
            if low in ROLES:
                found = place + 1
        return found

    def _before(self, index: int, first: int) -> tuple[str | None, str | None]:
        """Role and organisation before a name: "Acme chief executive NAME", "Acme's chief executive, NAME"."""
        words, lows = self.words, self.words.lows
        stop = index - 1 if index - 1 > first and lows[index - 1] == "," else index
        if stop - 1 < first or lows[stop - 1] not in ROLES or words.words[stop - 1][0].isupper() and stop != index:
            return None, None
        place = stop
        while place > max(first, stop - 6) and words.words[place - 1][0].islower() and (
            lows[place - 1] not in {"the", "a", "an", "by", "said", "says", "and", "with", "to", "told", "when", "that"} | _LINKS
        ):
            place -= 1
        if place == stop or lows[place] in {"'s", "s"}:
            return None, None
        role = self._text(place, stop)
        before = place - 1
        if before >= first and lows[before] in {"'s", "'"}:
            before -= 1
        return role, self._organisation_at(before, first)

    def _organisation_at(self, last: int, first: int) -> str | None:
        words = self.words
        start = last + 1
        while start > first and words.words[start - 1][0].isupper() and words.words[start - 1] not in NOT_NAMES:
            start -= 1
        name = self._text(start, last + 1) if start <= last else ""
        if not name or name.endswith(_ADJECTIVE_ENDINGS) or name.lower().rstrip(".") in TITLES:
            return None
        self._organisation(name, start, last + 1)
        return name

    def _after(self, end: int, stop: int) -> tuple[str | None, str | None]:
        """Role and organisation after a name: ", campaigns officer at ORG", ", who leads ORG", "(ORG)", "of ORG"."""
        lows = self.words.lows
        if end >= stop:
            return None, None
        if lows[end] == "(":
            name = self._run_text(end + 1, stop)
            plain = name is not None and lows[min(end + 1 + len(name.split()), stop - 1)] == ")"
            return None, name if name and plain and len(name) > 2 and "-" not in name else None
        if lows[end] in {"of", "from", "at"}:
            return None, self._run_text(end + 1, stop, register=False)
        if lows[end] != "," or end + 1 >= stop:
            return None, None
        place = end + 1
        if lows[place].isdigit():
            place += 2
        if place < stop and lows[place] == "who":
            for index in range(place + 1, min(place + 6, stop)):
                if lows[index] in _LEADS or (lows[index] in {"works", "speaks"} and lows[min(index + 1, stop - 1)] == "for"):
                    return None, self._run_text(index + 1 + (lows[index] in {"works", "speaks"}), stop)
            return None, None
        return self._apposition(place, stop)

    def _apposition(self, place: int, stop: int) -> tuple[str | None, str | None]:
        words, lows = self.words, self.words.lows
        if place < stop and lows[place] in {"the", "a", "an", "its", "their"}:
            place += 1
        organisation: str | None = None
        if place < stop and words.words[place][0].isupper() and lows[place] not in ROLES:
            name_end = self._run_end(place, stop)
            role_start = name_end + (name_end < stop and lows[name_end] in {"'s", "'"})
            role_end = self._role_end(role_start, stop)
            if not role_end:
                return None, None
            name = self._text(place, name_end)
            if not name.endswith(_ADJECTIVE_ENDINGS):
                organisation = name
                self._organisation(name, place, name_end)
            place = role_start
        end = self._role_end(place, stop)
        if not end:
            return None, None
        role = self._text(place, end)
        follow = end
        while follow < min(end + 6, stop) and words.words[follow][0].islower() and lows[follow] not in _LINKS:
            follow += 1
        if organisation is None and follow < stop and lows[follow] in _LINKS:
            organisation = self._run_text(follow + 1, stop)
        return role, organisation

    def _run_text(self, index: int, stop: int, register: bool = True) -> str | None:
        """The organisation named from ``index`` on, past an article and small words ("outsourcing giant")."""
        words = self.words
        limit = min(index + 5, stop)
        while index < limit and words.words[index] != QUOTE and not words.words[index][0].isupper():
            if not words.words[index][0].islower():
                return None
            index += 1
        if index >= limit:
            return None
        end = self._run_end(index, stop)
        name = self._text(index, end)
        if not name or not name[0].isupper() or name in NOT_NAMES:
            return None
        if register:
            self._organisation(name, index, end)
        return name if register or is_organisation_name(name) or is_outlet(name) or name in self.organisations else None

    def _post(self, index: int, end: int, first: int, stop: int, name: str) -> None:
        """A definite post that the name belongs to: "the head of NAME", "NAME's chief executive"."""
        words, lows = self.words, self.words.lows
        if end + 1 < stop and lows[end] in {"'s", "'"}:
            role_end = self._role_end(end + 1, stop)
            if role_end and lows[role_end - 1] in POSTS and not self._names_next(role_end, stop):
                self._keep_post(index, role_end, name, self._text(end + 1, role_end))
            return
        if self._follows_post(index, first):
            place = index - 1
            while lows[place] not in {"of", "at"}:
                place -= 1
            start = place - 1
            while start > first and words.words[start - 1][0].islower() and lows[start - 1] in ROLES | POSTS | {"chief", "the"}:
                start -= 1
            if lows[start] == "the" or (start > first and lows[start - 1] == "the"):
                start -= lows[start] != "the"
                self._keep_post(start, end, name, self._text(start + 1, place))

    def _names_next(self, index: int, stop: int) -> bool:
        place = index + (index < stop and self.words.lows[index] == ",")
        return place < stop and self.words.words[place][0].isupper()

    def _keep_post(self, start: int, end: int, organisation: str, role: str) -> None:
        name = self._text(start, end)
        party = replace(self._party(name, "post", start, end), organisation=organisation, role=role)
        self.posts.setdefault(name.casefold(), party)

    def parties(self) -> tuple[Party, ...]:
        """What was found, settled: an unsettled name whose surname stands alone later is a person's."""
        for name, party in self.unsettled.items():
            if name not in self.people and name not in self.organisations and self.singles[name.split()[-1]]:
                self.people[name] = party
        for name, party in self.people.items():
            if " " in name:
                self.people[name] = replace(party, aliases=(name.split()[-1],))
        organisations = [party for name, party in self.organisations.items() if name not in self.people]
        found = [*self.people.values(), *organisations, *self.posts.values()]
        return tuple(sorted(found, key=lambda party: (party.start, -party.end, party.name)))
