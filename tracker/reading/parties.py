"""The parties of a text: people with their role and affiliation, definite posts, and organisations."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from tracker.reading.attribution_affiliations import (
    POSSESSIVE,
    Affiliation,
    Span,
    after,
    before,
    follows_post,
    is_called_organisation,
    name_end,
    plain,
    role_end,
    sort_of_organisation,
)
from tracker.reading.attribution_names import (
    BODIES,
    NOT_NAMES,
    ORGANISATION_NOUNS,
    ORGANISATIONS,
    POSTS,
    ROLES,
    TITLES,
    is_organisation_name,
    is_outlet,
    without_article,
)
from tracker.reading.attribution_text import QUOTE, Words, paragraphs, read_words
from tracker.reading.cues import CUES, PAST, PRESENT, WORDS
from tracker.reading.quotations import read_quotations

# Words that may open a name besides opening a sentence: "We Own It", "All Saints".
_MAY_OPEN = frozenset({"We", "All", "Our", "Every", "Now", "No", "Both"})
_SUFFIXES = WORDS["suffixes"]
_PLACES_BEFORE = WORDS["prepositions"]
# Words of organisations' names that alone name none: "Office", "School".
_GENERIC = {word for word in ORGANISATIONS if " " not in word} - {"Parliament", "Congress", "Senate", "Treasury"}
# Words beside a name that may tell something new of it; without them a known name is passed over.
_TELLS_AFTER = POSSESSIVE | {",", "(", "of", "from", "at", "is", "was", "are"}
_TELLS_BEFORE = ROLES | ORGANISATION_NOUNS | {",", "of", "at", "the"}


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


class Parties(tuple[Party, ...]):
    """The parties of a text; what their names tell is looked up, not searched for at every claim."""

    @cached_property
    def by_alias(self) -> Mapping[str, frozenset[str]]:
        """The organisations' names by each of their aliases."""
        return _grouped((alias, one.name) for one in self if one.kind == "organisation" for alias in one.aliases)

    @cached_property
    def by_word(self) -> Mapping[str, frozenset[str]]:
        """The organisations' names of several words by each word, in folded case."""
        names = [one.name for one in self if one.kind == "organisation" and " " in one.name]
        return _grouped((word, name) for name in names for word in name.casefold().split())

    @cached_property
    def spoken_for(self) -> dict[str, str | None]:
        """What ``organisation_of`` found so far."""
        return {}


def _grouped(pairs: Iterable[tuple[str, str]]) -> Mapping[str, frozenset[str]]:
    groups: dict[str, set[str]] = {}
    for key, value in pairs:
        groups.setdefault(key, set()).add(value)
    return {key: frozenset(values) for key, values in groups.items()}


def read_parties(text: str) -> Parties:
    """The parties that a text names, in order of their first mention, each once; linear time."""
    quotations = read_quotations(text)
    outer: list[tuple[int, int]] = []
    for quotation in quotations:
        # A short quotation is a name or a phrase of a sentence; the words of a long one are text again.
        if quotation.inner_end - quotation.inner_start <= 40 and (not outer or quotation.start >= outer[-1][1]):
            outer.append((quotation.start, quotation.end))
    return Parties(find_parties(read_words(text, outer), paragraphs(text)))


def organisation_of(name: str, parties: Sequence[Party]) -> str | None:
    """The organisation that a name or phrase speaks for: its own name, or its affiliation.

    >>> organisation_of("the head of Acme", ())
    'Acme'
    """
    if not isinstance(parties, Parties):
        return _spoken_for(name, parties)
    if name not in parties.spoken_for:
        parties.spoken_for[name] = _spoken_for(name, parties)
    return parties.spoken_for[name]


def _spoken_for(name: str, parties: Sequence[Party]) -> str | None:
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


def names_of(name: str, parties: Sequence[Party]) -> tuple[str, ...]:
    """A party's names: this one, and all others where it is one party's alone.

    A surname that two people of the text share tells neither.
    """
    bare = without_article(name.strip()).casefold()

    def is_one(known: str) -> bool:
        return without_article(known).casefold() == bare

    # An acronym may stand as a party of its own besides being another's.
    meant = [one for one in parties if any(map(is_one, one.aliases))] or [one for one in parties if is_one(one.name)]
    return (name, meant[0].name, *meant[0].aliases) if len(meant) == 1 else (name,)


#: Where a text names somebody: the offset, the name as it stands there, the title and the word before it.
Mention = tuple[int, str, str | None, str]


def full_name(name: str | None, parties: Sequence[Party]) -> str | None:
    """What the text calls an organisation in full, for its acronym or short name; any other name as it is."""
    parties = parties if isinstance(parties, Parties) else Parties(parties)
    owners = parties.by_alias.get(name or "", frozenset())
    return next(iter(owners)) if len(owners) == 1 else name


def the_one(noun: str, parties: Sequence[Party]) -> str | None:
    """The organisation that "the council", "the union" is: the only one of that word that the text names.

    >>> the_one("council", read_parties("Derravane Council paid."))
    'Derravane Council'
    """
    parties = parties if isinstance(parties, Parties) else Parties(parties)
    named = parties.by_word.get(noun.casefold(), frozenset())
    return next(iter(named)) if len(named) == 1 else None


def find_parties(words: Words, spans: Sequence[tuple[int, int]]) -> tuple[Party, ...]:
    """The parties among words already read; ``spans`` are the paragraphs' offsets."""
    return find_mentions(words, spans)[0]


def find_mentions(words: Words, spans: Sequence[tuple[int, int]]) -> tuple[tuple[Party, ...], Sequence[Mention]]:
    """The parties among words already read, and every name that they hold, in order."""
    finder = _Finder(words)
    bounds = [words.index(start) for start, _ in spans]
    for number, first in enumerate(bounds):
        stop = bounds[number + 1] if number + 1 < len(bounds) else len(words.words)
        finder.paragraph(first, stop)
    parties = finder.parties()
    # "Jane Doe runs the depot": nothing but her name shows that she is somebody, and that may be a place's.
    unsure = {name for name in finder.unsettled if name not in finder.people and name not in finder.organisations}
    return parties, [one for one in finder.mentions if one[1] not in unsure or one[3] not in _PLACES_BEFORE]


class _Finder:
    """Collects names with the evidence of what they are, then settles each."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.capitals = [
            index
            for index, (word, low) in enumerate(zip(words.words, words.lows, strict=True))
            if word != low and word[0].isupper() or low == QUOTE
        ]
        self.people: dict[str, Party] = {}
        self.organisations: dict[str, Party] = {}
        self.posts: dict[str, Party] = {}
        self.unsettled: dict[str, Party] = {}
        self.singles: Counter[str] = Counter()
        self.by_surname: dict[str, str] = {}
        self.mentions: list[Mention] = []
        self.sorts: dict[str, str] = {}

    def paragraph(self, first: int, stop: int) -> None:
        end = first
        for index in self.capitals[bisect_left(self.capitals, first) : bisect_left(self.capitals, stop)]:
            if index >= end:
                end = name_end(self.words, index, stop)
                self._name(index, end, first, stop)

    def _name(self, index: int, end: int, first: int, stop: int) -> None:
        words, lows = self.words, self.words.lows
        if words.words[index] == QUOTE:
            if index > first and lows[index - 1] in {"from", "of", "at", "called", "group", "charity"}:
                self._organisation((index, end))
            return
        while (
            index < end
            and words.words[index] in NOT_NAMES
            and (end - index == 1 or words.words[index] not in _MAY_OPEN)
        ):
            index += 1
        opening = index
        # "Justice Committee" is a body's name, "Justice Lowe" a judge's.
        while end - index > 1 and lows[index].rstrip(".") in TITLES and words.words[end - 1] not in BODIES:
            index += 1
        if index >= end:
            return
        name, titled = plain(words, (index, end)), index > opening
        self.mentions.append(
            (words.starts[index], name, lows[opening].rstrip(".") if titled else None, lows[opening - 1])
        )
        if not titled and self._is_known(name) and not self._tells(index, end, first, stop):
            self.singles[name] += end - index == 1
            return
        self._settle(name, (index, end), (first, stop), titled)

    def _is_known(self, name: str) -> bool:
        return name in self.singles or name in self.people or name in self.organisations or name in self.unsettled

    def _tells(self, index: int, end: int, first: int, stop: int) -> bool:
        lows = self.words.lows
        return (end < stop and (lows[end] in _TELLS_AFTER or lows[end] in CUES)) or (
            index > first and lows[index - 1] in _TELLS_BEFORE
        )

    def _settle(self, name: str, span: Span, bounds: Span, titled: bool) -> None:
        words = self.words
        (index, end), (first, stop) = span, bounds
        left, right = before(words, index, first), after(words, end, stop)
        role, organisation = left.role or right.role, left.organisation or right.organisation
        post = follows_post(words, index, first)
        if not titled and self._is_organisation(name, span, bounds, Affiliation(role, organisation)):
            self._organisation(span)
        elif titled or role or organisation or self._is_told(span, stop) or sort_of_organisation(words, end, stop):
            self._person(name, span, role, self._organisation(organisation) if organisation else None)
            if organisation is None and (sort := sort_of_organisation(words, end, stop)):
                self.sorts.setdefault(name, sort)
        elif end - index in (2, 3):
            self.unsettled.setdefault(name, self._party(name, "person", span))
            self._remember(name)
        else:
            self.singles[name] += 1
        if post >= 0:
            self._organisation(span)
            self._post((post, end), name)
        elif end + 1 < stop and words.lows[end] in POSSESSIVE:
            self._possessed(name, span, stop)

    def _party(self, name: str, kind: str, span: Span) -> Party:
        return Party(name, kind, None, None, (), self.words.starts[span[0]], self.words.ends[span[1] - 1])

    def _organisation(self, span: Span) -> str | None:
        name = plain(self.words, span)
        if not name[:1].isupper() or name in _GENERIC:
            return None
        if name not in self.organisations:
            kept = name.split()
            while len(kept) > 1 and kept[-1].lower().strip(".,") in _SUFFIXES:
                kept.pop()
            aliases = [" ".join(kept)] if len(kept) < len(name.split()) else []
            letters = "".join(part[0] for part in name.split() if part[0].isupper())
            if len(letters) > 2:
                aliases.append(letters)
            if (short := self._in_brackets(span[1])) and short != letters:
                aliases.append(short)
            self.organisations[name] = replace(self._party(name, "organisation", span), aliases=tuple(aliases))
        return name

    def _in_brackets(self, end: int) -> str | None:
        """The short form that stands behind a name in brackets: "Serious Harms Office (SHO)"."""
        words = self.words.words[end : end + 3]
        if len(words) < 3 or words[0] != "(" or words[2] != ")":
            return None
        short = words[1]
        return short if 2 <= len(short) <= 8 and short[0].isupper() and sum(map(str.isupper, short)) > 1 else None

    def _person(self, name: str, span: Span, role: str | None, organisation: str | None) -> None:
        if span[1] - span[0] == 1:
            name = self.by_surname.get(name) or name
        party = self.people.get(name) or self.unsettled.get(name) or self._party(name, "person", span)
        self.people[name] = replace(party, role=party.role or role, organisation=party.organisation or organisation)
        self._remember(name)

    def _remember(self, name: str) -> None:
        """Whose surname a word is; empty where two people bear it."""
        last = name.split()[-1]
        self.by_surname[last] = name if self.by_surname.get(last, name) == name else ""

    def _is_told(self, span: Span, stop: int) -> bool:
        """Whether a name of several words stands beside a verb of saying."""
        if span[1] - span[0] < 2:
            return False
        lows = self.words.lows
        beside = [lows[span[1]]] if span[1] < stop else []
        beside += [lows[span[0] - 1]] if span[0] else []
        return any(cue.forms & (PAST | PRESENT) and "say" in cue.kinds for low in beside for cue in CUES.get(low, ()))

    def _is_organisation(self, name: str, span: Span, bounds: Span, found: Affiliation) -> bool:
        lows, (index, end), (first, stop) = self.words.lows, span, bounds
        if name in self.people:
            return False
        if is_organisation_name(name) or is_outlet(name) or name in self.organisations:
            return True
        if index > first and lows[index - 1] in ORGANISATION_NOUNS and found.role is None:
            return True
        if end + 1 < stop and lows[end] in POSSESSIVE and end - index < 3 and role_end(self.words, end + 1, stop):
            return end - index == 1 or lows[end + 1] in POSTS
        return is_called_organisation(self.words, end, stop) or follows_post(self.words, index, first) >= 0

    def _possessed(self, name: str, span: Span, stop: int) -> None:
        """The definite post "NAME's chief executive", unless its holder is named next."""
        words, end = self.words, span[1]
        last = role_end(words, end + 1, stop)
        if not last or words.lows[last - 1] not in POSTS:
            return
        follow = last + (last < stop and words.lows[last] == ",")
        if follow >= stop or not words.words[follow][0].isupper():
            self._post((span[0], last), name)

    def _post(self, span: Span, organisation: str) -> None:
        name = plain(self.words, span)
        role = " ".join(
            without_article(name).replace(organisation, "").replace("\u2019s", "").replace("'s", "").split()
        )
        party = replace(
            self._party(name, "post", span),
            organisation=organisation,
            role=role.split(" of ")[0].removesuffix(" of"),
        )
        self.posts.setdefault(name.casefold(), party)

    def parties(self) -> tuple[Party, ...]:
        """What was found, settled: an unsettled name whose surname stands alone later is a person's."""
        for name, party in self.unsettled.items():
            if name not in self.people and name not in self.organisations and self.singles[name.split()[-1]]:
                self.people[name] = party
        organisations_so_far = Parties(self.organisations.values())
        for name, sort in self.sorts.items():
            known = self.people.get(name)
            if known is not None and known.organisation is None:
                self.people[name] = replace(known, organisation=the_one(sort, organisations_so_far))
        named = [name for name in {**self.people, **self.unsettled} if " " in name and name not in self.organisations]
        surnames, first_names = (Counter(name.split()[place] for name in named) for place in (-1, 0))
        for name, party in self.people.items():
            if " " in name:
                first, last = name.split()[0], name.split()[-1]
                # Of two of one surname, the surname alone is neither's.
                aliases = [last] if surnames[last] == 1 else []
                if first_names[first] == 1 and self.singles[first] and first not in self.organisations:
                    aliases.append(first)
                self.people[name] = replace(party, aliases=tuple(aliases))
        organisations = [
            replace(party, aliases=(*party.aliases, short))
            if " " in name and (short := name.split()[0]) in self.singles and short not in party.aliases
            else party
            for name, party in self.organisations.items()
            if name not in self.people
        ]
        found = [*self.people.values(), *organisations, *self.posts.values()]
        return tuple(sorted(found, key=lambda party: (party.start, -party.end, party.name)))
