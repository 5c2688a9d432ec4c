"""Fractions as the press writes them: "two-thirds", "a good tenth", "half", "3/4", "a quarter of a billion"."""

from __future__ import annotations

from tracker.reading.figure_digits import (
    DENOMINATORS,
    ONES,
    PLURAL_DENOMINATORS,
    SCALES,
    Number,
    exact_number,
    parse_digits,
)
from tracker.reading.figure_tokens import (
    DASHES,
    FRACTION,
    GLUED,
    NUMBER,
    SPACED,
    VULGAR_FRACTIONS,
    WORD,
    Token,
    at,
    joined,
    past_hyphen,
    word_set,
)


def extra_fraction(tokens: list[Token], index: int) -> tuple[float, int]:
    """The fraction added by "and a half", "½", " 1/2" at the index: (what it adds, the index behind it)."""
    token = at(tokens, index)
    if token.kind == FRACTION and token.gap <= SPACED:
        return VULGAR_FRACTIONS[token.text], index + 1
    index = past_hyphen(tokens, index)
    if at(tokens, index).low != "and" or not joined(tokens, index):
        return 0.0, index
    index = past_hyphen(tokens, index + 1)
    count = 1 if at(tokens, index).low in ("a", "one") else ONES.get(at(tokens, index).low, 0)
    behind = past_hyphen(tokens, index + 1)
    denominator = _denominator(tokens, behind, count, behind > index + 1)
    if not count or denominator is None or not joined(tokens, index + 1):
        return 0.0, index
    return count / denominator, behind + 1


def _denominator(tokens: list[Token], index: int, count: float, tied: bool) -> int | None:
    """How many parts the word at an index names, for a count of them: "thirds", in "three-quarter" one part short."""
    name = at(tokens, index).low
    if count == 1:
        return DENOMINATORS.get(name)
    parts = DENOMINATORS.get(name) if tied else None
    # "A three-quarter length", but "a two-quarter slump" counts quarters of a year.
    return parts if parts == count + 1 else PLURAL_DENOMINATORS.get(name)


def slashed_fraction(tokens: list[Token], index: int) -> Number | None:
    """A fraction such as 3/4, where both are small and the first is the smaller."""
    slash, below = at(tokens, index + 1), at(tokens, index + 2)
    if slash.text not in ("/", "⁄") or slash.gap or below.kind != NUMBER or below.gap:
        return None
    above_value, below_value = parse_digits(tokens[index].text), parse_digits(below.text)
    if above_value is None or below_value is None or not 0 < above_value < below_value <= 100:
        return None
    return exact_number(index, index + 3, above_value / below_value, "fraction", digits=tokens[index].text)


#: What may follow "a third" for it to be a share and not an ordinal ("a third wave").
_AFTER_SHARE = word_set(
    "of in to from since and or but less more lower higher fewer larger smaller bigger the its their last"
    " this over by on at as are is was were have has had said say says believe think off while when"
)
_BEFORE_HALF = word_set("first second other this that better latter opening each final last next the early one-and")
_AFTER_HALF = word_set(
    "of the a an its their his her our my your all those these that this say said believe think were was are"
    " is have had per"
)


#: Headlines save the "of": "nearly half women say".
_HALVED = word_set("people women men children adults voters britons americans workers pupils students")
#: "A good tenth", "the remaining third": what makes a share of a denominator without its number.
_BEFORE_SHARE = word_set("good full clear whole mere further solid bare remaining")


def worded_fraction(tokens: list[Token], first: int) -> Number | None:
    """Words of a fraction ("two-thirds", "a quarter", "half"), no ordinal and no half of a match."""
    token, before = tokens[first], at(tokens, first - 1)
    if token.low == "half":
        return _half(tokens, first)
    count: float | None = ONES.get(token.low)
    index = past_hyphen(tokens, first + 1)
    if token.kind == NUMBER:
        count = parse_digits(token.text)
    elif token.low in ("a", "an"):
        count = 1
    elif token.low in DENOMINATORS and before.low in _BEFORE_SHARE and at(tokens, first + 1).low == "of":
        count, index = 1, first
    if not count or count > 99 or index > first and (not joined(tokens, index) or at(tokens, index).gap > SPACED):
        return None
    denominator = _denominator(tokens, index, count, index == first + 2)
    if denominator is None or count >= denominator or before.low in ("first", "second", "another"):
        return None
    after = at(tokens, index + 1)
    # "One-third" is never an ordinal, "one third" may be.
    is_share = token.low == "one" and index == first + 2
    is_share = is_share or after.kind != WORD or after.gap > SPACED or after.low in _AFTER_SHARE
    if count == 1 and not is_share:
        return None
    if after.text in DASHES and after.gap == GLUED:
        return None
    return of_a_scale(tokens, exact_number(first, index + 1, count / denominator, "fraction"))


def _half(tokens: list[Token], first: int) -> Number | None:
    before, after = at(tokens, first - 1), at(tokens, first + 1)
    if before.low in _BEFORE_HALF or before.text in HYPHEN_SIGNS and before.gap == GLUED:
        return None
    if after.low == "dozen" or (after.text in DASHES and at(tokens, first + 2).low == "dozen"):
        return exact_number(first, first + (2 if after.low == "dozen" else 3), 6.0, "words", 12.0)
    if after.low == "a" and at(tokens, first + 2).low == "dozen":
        return exact_number(first, first + 3, 6.0, "words", 12.0)
    number = of_a_scale(tokens, exact_number(first, first + 1, 0.5, "fraction"))
    if number.form != "fraction" or after.low in _AFTER_HALF and after.gap <= SPACED + 1:
        return number
    standing = before.low in ("by", "almost", "nearly", "about", "over", "than", "roughly", "around")
    return number if standing and (after.kind != WORD or after.low in _AFTER_SHARE | _HALVED) else None


HYPHEN_SIGNS = frozenset("-‐‑–")


def of_a_scale(tokens: list[Token], number: Number) -> Number:
    """The share taken of a scale word behind it: "half a million", "a quarter of a million"."""
    index = number.last + (1 if at(tokens, number.last).low == "of" else 0)
    if at(tokens, index).low == "a" and at(tokens, index + 1).low in SCALES and number.value is not None:
        scale = SCALES[tokens[index + 1].low]
        return exact_number(number.first, index + 2, number.value * scale, "words", scale)
    return number
