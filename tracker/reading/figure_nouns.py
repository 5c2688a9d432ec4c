"""What a number counts: the head noun behind it, and the phrase it stands in.

No tagger: a count above one has its noun in the plural, and no verb that follows a plural ends in
"-s", so the last of the first run of plurals is the head ("two police officers said" -> officer).
"""

from __future__ import annotations

from dataclasses import dataclass

from tracker.reading.figure_digits import MONEY_SCALES, ONES, SCALES, SHORT_SCALES, TENS
from tracker.reading.figure_lexicon import IRREGULAR, NOT_PLURAL, OPEN, STOP
from tracker.reading.figure_tokens import APOSTROPHES, GLUED, HYPHENS, NUMBER, SPACED, WORD, Token, at, joined, word_set

#: How many words may stand between a number and its noun.
_REACH = 6
#: Names that are stop words in small letters: "100 US towns", "12 IT workers".
_CAPITALS = frozenset({"US", "IT", "WHO"})
#: Nouns that are verbs elsewhere; behind a number above one "-s" is a plural ("14 wins", "three sets").
VERBLIKE = word_set("claims costs falls finds hits holds meets needs rises runs sets shows stands takes wins works")
_NOT_MEN = word_set("specimen regimen acumen abdomen stamen semen omen amen hymen lumen ramen albumen bitumen")


@dataclass(frozen=True, slots=True)
class Head:
    """The noun that is counted: the tokens of its phrase ``[first, last)`` and its singular."""

    first: int
    last: int
    singular: str


#: "Two more nurses" counts nurses.
_UNCOUNTED = frozenset(
    ["more", "other", "further", "additional", "extra", "such", "fewer", "less", "new-look", "combined"]
)


def is_plural(word: str) -> bool:
    """Whether a lower-case word looks like a plural noun.

    >>> [word for word in ("women", "boss", "leaflets", "serious", "viruses") if is_plural(word)]
    ['women', 'leaflets', 'viruses']
    """
    if word in IRREGULAR or (word.endswith("men") and len(word) > 4 and word not in _NOT_MEN):
        return True
    if len(word) < 3 or len(word) > 30 or not word.endswith("s") or word in NOT_PLURAL or word in STOP:
        return False
    return not word.endswith(("ss", "us", "is"))


def singular(word: str) -> str:
    """The singular of a plural noun, by rule and exceptions.

    >>> [singular(word) for word in ("women", "jobs", "bodies", "losses", "matches", "houses", "heroes")]
    ['woman', 'job', 'body', 'loss', 'match', 'house', 'hero']
    """
    low = word.lower()
    if low in IRREGULAR:
        return IRREGULAR[low]
    if low.endswith("men"):
        return word[:-2] + "an"
    if not is_plural(low):
        return word
    if low.endswith("ies") and len(low) > 4:
        return word[:-3] + "y"
    if low.endswith(("ches", "shes", "sses", "xes", "zzes", "oes")):
        return word[:-2]
    return word[:-1]


def _phrase(tokens: list[Token], index: int) -> list[int]:
    """The indices of the words from an index on that can belong to one noun phrase."""
    found: list[int] = []
    here = index
    while len(found) <= _REACH and joined(tokens, here):
        token = tokens[here]
        if token.text in HYPHENS and token.gap == GLUED and at(tokens, here + 1).gap == GLUED:
            here += 1
            continue
        # "the 20 workers' deaths": the noun in the genitive is not yet the head.
        if token.text in APOSTROPHES and token.gap == GLUED and found:
            if at(tokens, here + 1).low == "s" and at(tokens, here + 1).gap == GLUED:
                here += 1
            here += 1
            continue
        if token.low in ("and", "or") and _joins_adjectives(tokens, found, here):
            here += 1
            continue
        # The number of a model is part of its name: "two V-6 engines".
        if token.kind == NUMBER and here > index and tokens[here - 1].text in HYPHENS and token.gap == GLUED:
            here += 1
            continue
        # Behind a hyphen any word goes: "two gas-only plants".
        stops = token.low in STOP and token.low not in OPEN and not (here and tokens[here - 1].text in HYPHENS)
        stops = stops and not (token.text in _CAPITALS and _goes_on(tokens, here + 1))
        if token.kind != WORD or len(token.text) > 30 or stops:
            break
        found.append(here)
        here += 1
    return found


def _goes_on(tokens: list[Token], index: int) -> bool:
    return at(tokens, index).kind == WORD and at(tokens, index).low not in STOP


def _joins_adjectives(tokens: list[Token], found: list[int], here: int) -> bool:
    """Whether "and" stands between two adjectives of one noun ("digital and physical sales")."""
    after, then = at(tokens, here + 1), at(tokens, here + 2)
    if not found or len(found) > 2 or any(is_plural(tokens[word].low) for word in found):
        return False
    plural = is_plural(then.low) or then.text in VERBLIKE
    return after.kind == WORD and after.low not in STOP and plural and not is_plural(after.low)


def _genitive(tokens: list[Token], index: int) -> bool:
    return at(tokens, index + 1).text in APOSTROPHES and at(tokens, index + 1).gap == GLUED


_OWNED = word_set("the its their his her our my your")
#: What stands before those of which some are counted: "two of these plants".
_SOME = _OWNED | {"these", "those", "all"}


#: Plurals that stand before the noun they belong to: "one of our sales managers".
_BEFORE_NOUNS = word_set(
    "sales sports arms savings systems services operations communications women men customs goods news hours parts"
    " drugs jobs appeals elections children pensions benefits admissions accounts works human"
)


def _owner(tokens: list[Token], index: int) -> bool:
    """Whether a capital name in the genitive stands at an index ("of Northgate's plants")."""
    return at(tokens, index).text[:1].isupper() and (_genitive(tokens, index) or _genitive(tokens, index + 1))


def plural_head(tokens: list[Token], index: int) -> Head | None:
    """The head of a phrase in the plural that begins at an index ("mostly young women were" -> woman)."""
    first = index
    of_some = at(tokens, index).low == "of"
    if of_some and (at(tokens, index + 1).low in _SOME or _owner(tokens, index + 1)):
        first = index = index + (2 if at(tokens, index + 1).low in _SOME else 1)
        if at(tokens, index).low in _OWNED:
            first = index = index + 1
    if of_some and at(tokens, index).low in _SMALL_NUMBERS:
        # "Six of the seven trusts" are two figures.
        return None
    head = -1
    words = _phrase(tokens, index)
    behind = words[-1] + 1 if words else index
    plain = all(tokens[here].text.islower() and not is_plural(tokens[here].low) for here in words)
    if plain and at(tokens, behind).text in VERBLIKE and joined(tokens, behind):
        return Head(index, behind + 1, tokens[behind].low[:-1])
    for position, here in enumerate(words):
        token = tokens[here]
        if not is_plural(token.low) or (_genitive(tokens, here) and position + 1 < len(words)):
            if head >= 0:
                break
            continue
        if at(tokens, here + 1).text in HYPHENS and at(tokens, here + 1).gap == GLUED:
            continue
        # Between a proper name and the noun ("two Serco staff") anything goes; behind the head nothing.
        head = here
        # "One of the directors resigns": a verb in the singular looks like a plural.
        if of_some and token.low not in _BEFORE_NOUNS:
            break
    if head < 0 or tokens[words[0]].low in ("or", "so"):
        return None
    while first < head and tokens[first].low in _UNCOUNTED:
        first += 1
    return Head(first, head + 1, singular(_noun(tokens[head])))


_SMALL_NUMBERS = frozenset({*ONES, *TENS, "dozen"})


#: "Buy one, get one free", "leg one finished late".
_NEVER_HEADS = word_set("free late finished ended began started opened closed left")


def single_head(tokens: list[Token], index: int) -> Head | None:
    """The head of a phrase in the singular behind "one" ("one breast cancer hotline was" -> hotline)."""
    words = _phrase(tokens, index)
    while words and tokens[words[-1]].low in _NEVER_HEADS:
        words.pop()
    # "1 or 2", "1 x 400g", and a table's "1 Marsden 46".
    if words and (tokens[words[0]].low in ("or", "so") or len(tokens[words[0]].text) == 1):
        return None
    behind = at(tokens, words[-1] + 1) if words else None
    if behind is not None and behind.kind == NUMBER and tokens[words[0]].text[:1].isupper() and behind.gap == SPACED:
        return None
    head = -1
    for here in words:
        word = tokens[here].low
        if word == "or":
            break
        if head >= 0 and (word.endswith(("ed", "s", "ing")) and not word.endswith("ss")):
            break
        head = here
        if _genitive(tokens, here):
            break
    return None if head < 0 else Head(index, head + 1, _noun(tokens[head]))


def _noun(token: Token) -> str:
    # A name keeps its capital ("Americans" -> American), a shouted or title-case noun does not.
    return token.text if token.text[:1].isupper() and token.low not in IRREGULAR else token.low


_ROMAN = word_set("I II III IV V VI VII VIII IX X")


def attributive_head(tokens: list[Token], index: int) -> Head | None:
    """The noun tied to a number by a hyphen ("a three-course meal" -> course)."""
    token = at(tokens, index)
    if token.kind != WORD or token.low in STOP or not 1 < len(token.text) <= 30 or token.low == "strong":
        return None
    if token.text in _ROMAN or token.low in _SMALL_NUMBERS:
        return None
    return Head(index, index + 1, singular(token.low))


def phrase_after_of(tokens: list[Token], index: int) -> str | None:
    """The noun phrase of "of the public" at an index, without its article; None where there is none."""
    if at(tokens, index).low != "of" or not joined(tokens, index):
        return None
    index += 1
    while at(tokens, index).low in (
        "the",
        "a",
        "an",
        "its",
        "their",
        "our",
        "his",
        "her",
        "all",
        "these",
        "those",
    ):
        index += 1
    index = _past_number(tokens, index)
    words = _phrase(tokens, index)
    if not words:
        return None
    last = words[-1]
    for here in words:
        if is_plural(tokens[here].low) and not _genitive(tokens, here):
            last = here
            break
    else:
        # Singular: up to what looks like a verb ("of the public believes", "of the workforce voted").
        for position, here in enumerate(words[1:], 1):
            if tokens[here].low.endswith(("ed", "s")) and not tokens[here].low.endswith("ss"):
                last = words[position - 1]
                break
    # The letters and digits of a formula: "CO2".
    digits = at(tokens, last + 1)
    behind = last + (2 if digits.kind == NUMBER and digits.gap == GLUED else 1)
    return words_between(tokens, words[0], behind)


def _past_number(tokens: list[Token], index: int) -> int:
    """The index behind a number in a phrase ("of the combined 4.3 million sales"), else the index itself."""
    for here in (index, index + 1):
        token = at(tokens, here)
        if token.kind == NUMBER and joined(tokens, here) and token.gap != GLUED:
            return here + (2 if at(tokens, here + 1).low in _SCALE_WORDS else 1)
        if token.kind != WORD or token.low in STOP - OPEN or is_plural(token.low):
            break
    return index


_SCALE_WORDS = frozenset({*SCALES, *SHORT_SCALES, *MONEY_SCALES})


def words_between(tokens: list[Token], first: int, last: int) -> str:
    """The words of tokens ``[first, last)`` with single blanks, glued where the text has them glued."""
    return "".join(
        (" " if position and token.gap != GLUED else "") + token.text
        for position, token in enumerate(tokens[first:last])
    )
