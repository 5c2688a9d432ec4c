"""Noun phrases around a verb: who stands before it as its subject, and who after it."""

from __future__ import annotations

from tracker.reading.attribution_text import QUOTE, Words
from tracker.reading.cues import BASE, CUES, ING, WORDS

#: A span of words, half open.
Span = tuple[int, int]

PRONOUNS = WORDS["pronouns"]
DEMONSTRATIVES = WORDS["demonstratives"]
RELATIVES = WORDS["relatives"]
POSSESSIVES = WORDS["possessives"]
REFLEXIVES = WORDS["reflexives"]
DETERMINERS = POSSESSIVES | WORDS["determiners"]
AUXILIARIES = WORDS["auxiliaries"]
BE = WORDS["be"]
MODALS = WORDS["modals"]
DO = WORDS["do"]
HAVE = WORDS["have"]
ADVERBS = WORDS["adverbs"]
NOT_ADVERBS = WORDS["not_adverbs"]
SUBORDINATORS = WORDS["subordinators"]
PREPOSITIONS = WORDS["prepositions"]
DAYS = WORDS["days"]
# Verbs that carry another: "seemed to confirm", "went on to say".
RAISING = WORDS["raising"]
_STOPS = frozenset('.!?,;:\u2014\u2013\u2026()[]"\u201c\u201d-|/*\u2022\u2015')
TIMES = WORDS["times"]
_APPOSITIVES = WORDS["appositives"]
_PHRASE_LIMIT = 24
# Don and Will are people too.
_GIVEN_NAMES = frozenset({"don", "will", "may"})
# "About 2,500 people" are people, not a place.
_NEARLY = frozenset({"about", "around", "over", "under", "near"})


def is_adverb(words: Words, index: int) -> bool:
    """Whether a word can stand between a subject and its verb; a name in -ly (Kelly) cannot."""
    low = words.lows[index]
    if low in ADVERBS:
        return True
    return low.endswith("ly") and len(low) > 4 and low not in NOT_ADVERBS and words.words[index][0].islower()


def ends_phrase(words: Words, index: int) -> bool:
    """Whether a word ends the noun phrase before it, seen from the right."""
    low = words.lows[index]
    if low in _STOPS or low in SUBORDINATORS or (low == QUOTE and not _names_thing(words, index)):
        return True
    if low in AUXILIARIES and low != "'s" and low != "may" and low != "will":
        return not (low in _GIVEN_NAMES and _is_name(words, index))
    if low in PRONOUNS:
        return True
    cues = CUES.get(low)
    if cues is not None and not words.words[index][0].isupper():
        before = words.lows[index - 1] if index else ""
        finite = any(cue.forms & ~(BASE | ING) for cue in cues) and before not in DETERMINERS and before != "'s"
        return finite and not low.endswith("s") or low in {"said", "says", "told", "saying", "say"}
    return False


def _names_thing(words: Words, index: int) -> bool:
    """Whether a quotation is part of a phrase ("Daily Show" host Ann Lee): short, and no mark ends it."""
    short = words.ends[index] - words.starts[index] < 40
    return short and words.last_marks.get(index, "") not in {",", ".", "?", "!"} and _is_name(words, index + 1)


def _is_name(words: Words, index: int) -> bool:
    return index < len(words.words) and words.words[index][0].isupper()


def phrase_before(words: Words, last: int, first: int) -> Span | None:
    """The noun phrase whose last word is ``last``, not reaching before ``first``."""
    start = last + 1
    floor = max(first, last - _PHRASE_LIMIT)
    while start > floor and not ends_phrase(words, start - 1):
        start -= 1
    if start > floor and words.lows[start - 1] in {"and", "or", "&"} and start - 2 >= floor:
        start = _joined(words, start, floor)
    return _trimmed(words, start, last + 1)


def _joined(words: Words, start: int, floor: int) -> int:
    """The start of "Jones and Smith" where both sides are names; else the start as it was."""
    if not words.words[start][0].isupper() or not words.words[start - 2][0].isupper():
        return start
    left = start - 2
    while left > floor and not ends_phrase(words, left - 1):
        left -= 1
    return left


def _trimmed(words: Words, start: int, stop: int) -> Span | None:
    """Drops what stands before the phrase itself: adverbs, days, and "in Leeds on Monday"."""
    while start < stop:
        low = words.lows[start]
        if (
            low in DAYS
            or (is_adverb(words, start) and low not in DEMONSTRATIVES)
            or low in {"meanwhile", "however", "there", "here"}
        ):
            start += 1
        elif low in PREPOSITIONS and low != "for" and not (low in _NEARLY and words.lows[start + 1][0].isdigit()):
            start = max(start + 1, _after_preposition(words, start, stop))
        elif low == "'s" or low == "'":
            start += 1
        else:
            break
    return (start, stop) if start < stop else None


def _after_preposition(words: Words, start: int, stop: int) -> int:
    """Where the subject begins after "in an interview Jones": the last name, or the last determiner."""
    if words.words[stop - 1][0].isupper() and words.lows[stop - 1] not in DAYS:
        place = stop - 1
        while place > start + 1 and words.words[place - 1][0].isupper() and words.lows[place - 1] not in DAYS:
            place -= 1
        return place
    for place in range(stop - 2, start + 1, -1):
        if words.lows[place] in DETERMINERS:
            return place
    return start + 1 if stop - start == 2 else stop


def subject_before(words: Words, last: int, first: int) -> Span | None:
    """The subject that ends at ``last``, through appositions, brackets and relative pronouns."""
    if last < first:
        return None
    low = words.lows[last]
    if low in REFLEXIVES:
        return subject_before(words, last - 1, first)
    if low in PRONOUNS:
        return (last, last + 1)
    if low in RELATIVES:
        return _relative(words, last, first)
    if low in {",", "\u2014", "\u2013", "-"}:
        return _apposition(words, last, first)
    if low in TIMES and last - 1 > first and words.lows[last - 1] in {"last", "this", "next", "earlier", "that"}:
        return subject_before(words, last - 2, first)
    if low in DAYS and last > first:
        return subject_before(words, last - 2 if words.lows[last - 1] == "on" else last - 1, first)
    if low == ")":
        opening = last
        while opening > max(first, last - 20) and words.lows[opening] != "(":
            opening -= 1
        before = phrase_before(words, opening - 1, first) if opening > first else None
        return (before[0], last + 1) if before else None
    return phrase_before(words, last, first)


def _relative(words: Words, last: int, first: int) -> Span | None:
    if words.lows[last] == "that" and (last == first or words.lows[last - 1] in CUES):
        return None
    before = last - 1
    if before >= first and words.lows[before] == ",":
        before -= 1
    phrase = (
        subject_before(words, before, first) if before >= first and words.lows[before] not in _STOPS - {")"} else None
    )
    return (phrase[0], last + 1) if phrase else (last, last + 1)


def _apposition(words: Words, last: int, first: int) -> Span | None:
    """The name before "..., 45, who leads the council,": from the comma back to the one that opened it.

    Of several commas the one that "who", "a" or an age follows; else the nearest.
    """
    mark = words.lows[last]
    if mark == "," and last > first and words.lows[last - 1] == ")":
        return subject_before(words, last - 1, first)
    floor = max(first, last - 45)
    nearest: Span | None = None
    for place in range(last - 1, floor, -1):
        low = words.lows[place]
        if low == QUOTE or low == ";":
            break
        if low != mark:
            continue
        phrase = (
            subject_before(words, place - 1, first)
            if words.lows[place - 1] == ")"
            else (phrase_before(words, place - 1, first))
        )
        if phrase is None or not _can_be_subject(words, phrase):
            continue
        span = (phrase[0], last)
        follow = words.lows[place + 1]
        if follow in _APPOSITIVES or follow.isdigit():
            return span
        nearest = nearest or span
    return nearest


def _can_be_subject(words: Words, phrase: Span) -> bool:
    first = words.words[phrase[0]]
    if phrase[1] - phrase[0] == 1 and first.isdigit():
        return False
    return first[0].isupper() or first[0].isdigit() or words.lows[phrase[0]] in DETERMINERS


def phrase_after(words: Words, first: int, stop: int) -> Span | None:
    """The noun phrase that begins at ``first``: the subject in "..., said Jane Doe of the council."""
    limit = min(stop, first + _PHRASE_LIMIT)
    end = first
    if first < limit and words.lows[first] in PRONOUNS:
        return (first, first + 1)
    while end < limit:
        low = words.lows[end]
        if low in _STOPS or low == QUOTE or (low in SUBORDINATORS and low != "and"):
            break
        if (
            low in PREPOSITIONS
            and low not in {"of", "for", "at", "from", "with"}
            or low in DAYS
            or is_adverb(words, end)
        ):
            break
        if low in AUXILIARIES and low != "'s" and not (low in _GIVEN_NAMES and _is_name(words, end)):
            break
        if low == "and" and not _is_name(words, end + 1):
            break
        end += 1
    return (first, end) if end > first else None
