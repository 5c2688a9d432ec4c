"""Of whom a clause speaks: its grammatical subject where it names one, else the document's own topic."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from tracker.reading.english import words_of
from tracker.reading.firsthand import is_acronym_of
from tracker.reading.grammar import finite_verb
from tracker.reading.names import clean_name, names_a_place

_PRONOUN = re.compile(r"(?:they|it|their|its|them)(?:['\u2019]\w+)?\b", re.IGNORECASE)
_PERSON = re.compile(r"(?:he|she|his|her)(?:['\u2019]\w+)?\b", re.IGNORECASE)
_SPEAKER = re.compile(r"(?:we|our|I|my)(?:['\u2019]\w+)?\b", re.IGNORECASE)
_WORD = r"(?:[A-Z][\w&\u2019'-]*[\w&]|[A-Z]{2,})"
_NAME = re.compile(rf"(?<![.\w])(?:the\s+)?({_WORD}(?:\s+(?:(?:of|for|and|&)\s+(?:the\s+)?)?{_WORD}){{0,5}})")
# "When they ran the service, they …": the clause's own subject comes behind.
_OPENING = re.compile(
    r"(?:when|while|after|before|as|although|since|because|in|on|at|by|last|this|for|with|under|despite)\b"
    r"[^.;]{0,120}?,\s+",
    re.IGNORECASE,
)
_NO_NAME = words_of("not_name")
# The organisation must lead clearly before a pronoun may stand for it.
_LEAD = 1.5
# Beyond so many organisations the rest are names in passing.
_MOST_TOPICS = 60

# Letters that stand for an ASCII letter without regard to case though their own lower case is none.
_ODD_CASE = re.compile("[\u0130\u0131\u017f\u212a]")


@dataclass(frozen=True, slots=True)
class Topics:
    """The organisations of a document by how often it names them; ``leading`` may be a pronoun's.

    ``proper_words`` are the words that have their capital in the middle of a sentence too, and
    ``common_words`` those that the document also writes small: "Workers" that opens a sentence is no name.
    """

    names: tuple[str, ...]
    leading: str | None
    proper_words: frozenset[str] = frozenset()
    common_words: frozenset[str] = frozenset()


def topics_of(text: str, names: Iterable[str], own: Iterable[str | None]) -> Topics:
    """Count the given organisations in the text; the teller's own are never what "they" means."""
    own = tuple(own)
    mine = {name.casefold() for name in own if name}
    counts: Counter[str] = Counter()
    names = [clean for name in names if (clean := clean_name(name)) is not None]
    low = None if _ODD_CASE.search(text) else text.lower()
    often = [name for name, _ in Counter(names).most_common(_MOST_TOPICS)]
    for name in often:
        if name.casefold() not in mine:
            counts[name] = _times(name, text, low)
    ranked = [pair for pair in counts.most_common(4) if not any(is_acronym_of(pair[0], one) for one in own if one)][:2]
    leading = None
    if ranked and ranked[0][1] >= 2 and (len(ranked) == 1 or ranked[0][1] >= _LEAD * ranked[1][1]):
        leading = ranked[0][0]
    proper = frozenset(re.findall(r"(?<=[a-z,;] )[A-Z][\w&-]*\b", text))
    common = frozenset(re.findall(r"(?<![\w.@/-])[a-z][a-z-]+\b", text))
    return Topics(tuple(name for name, number in counts.most_common() if number), leading, proper, common)


def subject_words(text: str, start: int, end: int) -> str:
    """The words before the clause's first finite verb, without an opening adverbial."""
    begin = start
    lead = _OPENING.match(text, start, end)
    if lead is not None and finite_verb(text, lead.end(), end):
        begin = lead.end()
    verb = finite_verb(text, begin, end)
    # "they've been fined": pronoun and auxiliary are one token.
    stop = begin if verb is None else verb.start()
    if verb is not None and re.search(r"['\u2019](?:ve|re|ll|d)$", verb.group()):
        stop = verb.end()
    return text[begin:stop].strip(" \t\n\u00a0\"'\u2018\u2019\u201c\u201d,")


def subject_of(words: str, clause: str, topics: Topics, speaker_organisation: str | None) -> str | None:
    """The subject's name for the words before the verb, None where nothing tells.

    Where people are asked or counted ("15 % of people believe that Acme …"), the subject is the one
    organisation that the clause names.
    """
    if _SPEAKER.match(words):
        return speaker_organisation
    if _PRONOUN.match(words) or _PRONOUN.match(words.rsplit(" ", 1)[-1]):
        return topics.leading
    if _PERSON.match(words):
        return None
    return _named(words, topics) or _only(clause, topics) or _proper(words, topics)


def _times(name: str, text: str, low: str | None) -> int:
    """How often a name stands in a text as such, in any case; ``low`` is the text in lower case.

    A pattern for each name would take as long to make as to run. It is asked where case is no plain matter.
    """
    if low is None or not name.isascii() or not (name[0].isalnum() and name[-1].isalnum()):
        return len(re.findall(rf"\b{re.escape(name)}\b", text, re.IGNORECASE))
    found, sought = 0, name.lower()
    start = low.find(sought)
    while start != -1:
        end = start + len(sought)
        alone = not (start and _is_letter(low[start - 1])) and not (end < len(low) and _is_letter(low[end]))
        found += alone
        start = low.find(sought, end if alone else start + 1)
    return found


def _is_letter(character: str) -> bool:
    return character.isalnum() or character == "_"


def _stands_in(name: str, folded: str) -> bool:
    """Whether a name stands in the words as such, both in folded case; most names stand nowhere in them."""
    return name in folded and re.search(rf"\b{re.escape(name)}\b", folded) is not None


def _named(words: str, topics: Topics) -> str | None:
    folded = words.casefold()
    named = [name for name in topics.names if _stands_in(name.casefold(), folded)]
    return min(named, key=lambda name: (folded.find(name.casefold()), -len(name))) if named else None


def _only(clause: str, topics: Topics) -> str | None:
    folded = clause.casefold()
    named = [name for name in topics.names if _stands_in(name.casefold(), folded)]
    return named[0] if len(named) == 1 else None


def _proper(words: str, topics: Topics) -> str | None:
    """A name at the front of the subject; a capital that only opens the sentence is none."""
    for match in _NAME.finditer(words):
        parts = match.group(1).split()
        if parts[0].casefold() in _NO_NAME and not names_a_place(parts):
            parts = parts[1:]
        if not parts or all(part.casefold() in topics.common_words for part in parts):
            continue
        if len(parts) == 1 and re.sub(r"['\u2019]s?$", "", parts[0]) not in topics.proper_words:
            continue
        name = clean_name(re.sub(r"['\u2019]s?$", "", " ".join(parts)))
        if name is not None and name.split()[0].casefold() not in _NO_NAME - {"new"}:
            return name
    return None
