"""What the words around a name tell of it: a role, an organisation, a definite post.

Spans are indexes of words, half open.
"""

from __future__ import annotations

from dataclasses import dataclass

from tracker.reading.attribution_names import (
    BODIES,
    NOT_NAMES,
    ORGANISATION_NOUNS,
    POSTS,
    ROLES,
    TITLES,
    is_organisation_name,
    is_outlet,
)
from tracker.reading.attribution_text import QUOTE, Words
from tracker.reading.cues import CUES, WORDS

Span = tuple[int, int]

JOINERS = WORDS["joiners"]
LINKS = frozenset(["of", "at", "for", "from", "with", "in"])
POSSESSIVE = frozenset({"'s", "'"})
_LEADS = WORDS["leads"]
_BEFORE_ROLE = LINKS | WORDS["before_role"]
# "Democratic", "British", "American" before a role say what somebody is, not whom they speak for.
_ADJECTIVE_ENDINGS = ("atic", "ican", "ish", "ese", "ian", "ean", "ative", "ench", "utch", "ist")
# What stands between a post and the name of its organisation: "the boss of (outsourcing giant) Acme".
_BEFORE_NAME = ORGANISATION_NOUNS | {"of", "at", "the"}


@dataclass(frozen=True, slots=True)
class Affiliation:
    """A role with the words that name its organisation, each None where the text does not say."""

    role: str | None = None
    organisation: Span | None = None


NONE = Affiliation()


def plain(words: Words, span: Span) -> str:
    """The text of a span with single spaces and without marks at its ends."""
    if span[1] - span[0] == 1 and words.words[span[0]] != QUOTE:
        return words.words[span[0]]
    text = words.text[words.starts[span[0]] : words.ends[span[1] - 1]]
    return " ".join(text.split()).strip("\"'\u201c\u201d\u2018\u2019\u00ab\u00bb ,")


def name_end(words: Words, index: int, stop: int) -> int:
    """Where the name that begins at ``index`` ends."""
    tokens, lows = words.words, words.lows
    end, body = index + 1, False
    if tokens[index] == QUOTE:
        return end
    while end < stop:
        low = lows[end]
        if tokens[end][0].isupper() or (tokens[end].isdigit() and len(tokens[end]) < 3 and end - 1 == index):
            end += 1
        elif low in {"of", "for"} and (begin := _complement(words, end, stop)):
            # "Department of Health" is one name, "Jane Doe of Acme" is two.
            known = tokens[end - 1] in BODIES or is_organisation_name(tokens[end - 1]) and end - index <= 2
            if not known and not (body and tokens[end - 1] not in BODIES and lows[end - 2] == "the"):
                break
            body = body or tokens[end - 1] in BODIES
            end = begin + 1
        elif _joins(words, end, stop, body=body) or _is_owners(words, index, end, stop):
            end += 2
        else:
            break
    return end


def _complement(words: Words, index: int, stop: int) -> int:
    """The capital behind "of" or "for the" within a name; 0 if none stands there."""
    place = index + 1 + (index + 1 < stop and words.lows[index + 1] == "the" and words.words[index - 1] in BODIES)
    return place if place < stop and words.words[place][0].isupper() else 0


def _joins(words: Words, index: int, stop: int, *, body: bool) -> bool:
    """Whether a small word joins two parts of one name: "de", "&", and "and" within the name of a ``body``."""
    low = words.lows[index]
    if low == "and":
        return body and _second_half(words, index + 1, stop)
    joiner = low in JOINERS and low not in {"of", "for"}
    return joiner and index + 1 < stop and words.words[index + 1][0].isupper()


def _second_half(words: Words, index: int, stop: int) -> bool:
    """Whether the capital behind "and" goes on with a body's name: "Health and Social Care", not "and Mr Lowe"."""
    end = index
    while end < stop and words.words[end][0].isupper():
        end += 1
    return end > index and words.words[end - 1] not in BODIES and words.lows[index].rstrip(".") not in TITLES


def _is_owners(words: Words, index: int, end: int, stop: int) -> bool:
    """Whether a possessive goes on with the name: "Contact Workers' Union", "Women's Institute"."""
    if end + 1 >= stop or words.lows[end] not in POSSESSIVE or end - index > 3:
        return False
    owners = words.lows[end] == "'" or words.lows[end - 1] in {"women", "men", "people", "children", "veterans"}
    return owners and words.lows[end - 1] != "'" and is_organisation_name(words.words[end + 1])


def role_end(words: Words, index: int, stop: int) -> int:
    """Where the role that begins at ``index`` ends ("chief executive"), 0 if none does."""
    found = 0
    for place in range(index, min(index + 5, stop)):
        low = words.lows[place]
        if not low[0].isalpha() or low in LINKS or (low in CUES and place > index and low not in ROLES):
            break
        if low in ROLES:
            found = place + 1
    return found


def before(words: Words, index: int, first: int) -> Affiliation:
    """What precedes a name: "Acme chief executive NAME", "Acme's chief executive, NAME"."""
    tokens, lows = words.words, words.lows
    stop = index - 1 if index - 1 > first and lows[index - 1] == "," else index
    if stop - 1 < first or lows[stop - 1] not in ROLES or (tokens[stop - 1][0].isupper() and stop != index):
        return NONE
    place = stop
    while place > max(first, stop - 6) and tokens[place - 1][0].islower() and lows[place - 1] not in _BEFORE_ROLE:
        place -= 1
    if place == stop:
        return NONE
    last = place - 1
    if last >= first and lows[last] in POSSESSIVE:
        last -= 1
    return Affiliation(plain(words, (place, stop)), _organisation_up_to(words, last, first))


def _organisation_up_to(words: Words, last: int, first: int) -> Span | None:
    start = last + 1
    while start > first and words.words[start - 1][0].isupper() and words.words[start - 1] not in NOT_NAMES:
        start -= 1
    if start > last:
        return None
    name = plain(words, (start, last + 1))
    if name.endswith(_ADJECTIVE_ENDINGS) or name.lower().rstrip(".") in TITLES:
        return None
    return (start, last + 1)


def after(words: Words, end: int, stop: int) -> Affiliation:
    """What follows a name: ", campaigns officer at ORG", ", who leads ORG", "(ORG)"."""
    lows = words.lows
    if end + 1 >= stop:
        return NONE
    if lows[end] == "(":
        span = organisation_from(words, end + 1, stop)
        if span is None or span[0] != end + 1 or span[1] >= stop or lows[span[1]] != ")":
            return NONE
        name = plain(words, span)
        return Affiliation(None, span) if len(name) > 2 and "-" not in name else NONE
    link = end + (lows[end] == ",")
    if lows[link] in {"of", "from", "at"}:
        span = organisation_from(words, link + 1, stop)
        sure = span is not None and (is_organisation_name(plain(words, span)) or is_outlet(plain(words, span)))
        return Affiliation(None, span) if sure else NONE
    if lows[end] != ",":
        return NONE
    place = end + 1
    if lows[place].isdigit():
        place += 2
    if place < stop and lows[place] == "who":
        return _who_leads(words, place + 1, stop)
    return _apposition(words, place, stop)


def _who_leads(words: Words, place: int, stop: int) -> Affiliation:
    for index in range(place, min(place + 6, stop - 1)):
        low = words.lows[index]
        if low in _LEADS:
            return Affiliation(None, organisation_from(words, index + 1, stop))
        if low in {"works", "speaks"} and words.lows[index + 1] == "for":
            return Affiliation(None, organisation_from(words, index + 2, stop))
    return NONE


def _apposition(words: Words, place: int, stop: int) -> Affiliation:
    lows = words.lows
    if place < stop and lows[place] in {"the", "a", "an", "its", "their"}:
        place += 1
    organisation: Span | None = None
    if place < stop and words.words[place][0].isupper() and lows[place] not in ROLES:
        end = name_end(words, place, stop)
        role_start = end + (end < stop and lows[end] in POSSESSIVE)
        if not role_end(words, role_start, stop):
            return NONE
        if not plain(words, (place, end)).endswith(_ADJECTIVE_ENDINGS):
            organisation = (place, end)
        place = role_start
    end = role_end(words, place, stop)
    if not end:
        return NONE
    follow = end
    while follow < min(end + 6, stop) and words.words[follow][0].islower() and lows[follow] not in LINKS:
        follow += 1
    if organisation is None and follow < stop and lows[follow] in LINKS:
        organisation = organisation_from(words, follow + 1, stop)
    return Affiliation(plain(words, (place, end)), organisation)


def organisation_from(words: Words, index: int, stop: int) -> Span | None:
    """The name that begins at ``index``, past an article and small words ("the outsourcing giant Acme")."""
    limit = min(index + 5, stop)
    while index < limit and words.words[index] != QUOTE and not words.words[index][0].isupper():
        if not words.words[index][0].islower():
            return None
        index += 1
    if index >= limit:
        return None
    span = (index, name_end(words, index, stop))
    name = plain(words, span)
    return span if name and name[0].isupper() and name not in NOT_NAMES else None


def sort_of_organisation(words: Words, end: int, stop: int) -> str | None:
    """The sort by which a name's apposition calls its organisation: ", who leads the union's health section"."""
    lows = words.lows
    if end >= stop or lows[end] != ",":
        return None
    for place in range(end + 1, min(end + 9, stop - 2)):
        if not lows[place][0].isalpha():
            return None
        ends = lows[place + 2] in POSSESSIVE or lows[place + 2] in {",", "."}
        if lows[place] in {"the", "its"} and lows[place + 1] in ORGANISATION_NOUNS and ends:
            return lows[place + 1]
    return None


def follows_post(words: Words, index: int, first: int) -> int:
    """Where "the boss of outsourcing giant" begins before the name at ``index``; -1 if no post does."""
    lows = words.lows
    place = index - 1
    if place < first or lows[place] not in _BEFORE_NAME:
        return -1
    floor = max(first, index - 5)
    while place > floor and lows[place] not in {"of", "at"}:
        if not words.words[place][0].islower() or lows[place] in CUES:
            return -1
        place -= 1
    if place <= floor or lows[place - 1] not in POSTS:
        return -1
    start = place - 1
    while start > first and lows[start - 1] in ROLES | POSTS | {"chief", "the"} and lows[start] != "the":
        start -= 1
    return start


def is_called_organisation(words: Words, end: int, stop: int) -> bool:
    """Whether what follows a name says that it is an organisation's: "NAME is a charity", "NAME, a firm"."""
    if end + 2 >= stop or words.lows[end] not in {"is", "was", "are", ","}:
        return False
    if words.lows[end + 1] not in {"a", "an", "the"}:
        return False
    head = ""
    for place in range(end + 2, min(end + 8, stop)):
        low = words.lows[place]
        if not low[0].isalpha() or low in LINKS | {"that", "which", "who", "and"}:
            break
        head = low
    return head in ORGANISATION_NOUNS
