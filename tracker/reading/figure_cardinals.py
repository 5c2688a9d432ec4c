"""Numbers in words: "fifteen", "two hundred and six", "nought point four", "a million and a half"."""

from __future__ import annotations

from tracker.reading.figure_digits import DOZENS, ONES, SCALES, TENS, Number, below_hundred, exact_number
from tracker.reading.figure_fractions import (
    PLURAL_ORDINALS,
    extra_fraction,
    fraction_of_scale,
    parts_behind,
)
from tracker.reading.figure_tokens import NUMBER, SPACED, Token, at, joined, past_hyphen, word_set

#: No number in words has more scale words than this; it keeps a run of "million" from becoming infinite.
_MOST_SCALES = 6
_MOST_DECIMALS = 10
#: "Several hundred thousand" is no amount that "hundred thousand" alone would be.
_BEFORE_BARE_SCALE = word_set(
    "several few many couple of per hundreds thousands tens dozens a an hundred thousand million - ‐ ‑"
)


def worded_number(tokens: list[Token], first: int) -> Number | None:
    """The number in words that begins at a token, without what multiplies it from behind ("dozen"), or None.

    Its ``scale`` is the factor of its last scale word, 1 where none stands in it or only a counted "hundred".
    """
    if tokens[first].low == "point":
        return _point_alone(tokens, first)
    value, last = _opening(tokens, first)
    if last == first:
        return None
    decimals, behind = _decimals(tokens, last)
    if decimals:
        # "At one point two men left" tells a time.
        if value == 1 and at(tokens, first - 1).low == "at":
            return None
        return exact_number(first, behind, float(f"{value:.0f}.{decimals}"), "words")
    total, scale, last = _with_scales(tokens, value, last)
    parts, behind = parts_behind(tokens, last, total)
    if behind > last:
        return exact_number(first, behind, parts, "fraction")
    dozens, last = _and_dozens(tokens, last) if total >= 100 else (0, last)
    if dozens:
        return exact_number(first, last, total + dozens, "words")
    extra, behind = fraction_of_scale(tokens, last, scale) if scale >= 1000 else extra_fraction(tokens, last)
    scale = 1.0 if extra and scale < 1000 else scale
    return exact_number(first, behind if extra else last, total + extra, "words", scale)


def _opening(tokens: list[Token], first: int) -> tuple[float, int]:
    """What stands before the first scale word, and the index behind it: one for an article, 100 for a bare hundred."""
    token, after = tokens[first], at(tokens, first + 1)
    if token.low in ("a", "an"):
        return (1.0, first + 1) if after.low in SCALES else (0.0, first)
    if token.low in ("hundred", "thousand"):
        return _bare_scale(tokens, first)
    return _below_scales(tokens, first)


def _bare_scale(tokens: list[Token], first: int) -> tuple[float, int]:
    """What a scale word without its article opens ("hundred thousand", "thousand and one"), and the index behind."""
    before = at(tokens, first - 1)
    if before.low in _BEFORE_BARE_SCALE or before.kind == NUMBER or before.low in ONES or before.low in TENS:
        return 0.0, first
    units, last = _units(tokens, first + 1) if at(tokens, first + 1).low == "and" else (0, first + 1)
    if tokens[first].low == "thousand":
        return (1000.0 + units, last) if units else (0.0, first)
    scaled = SCALES.get(at(tokens, first + 1).low, 0.0) > 100
    return (100.0 + units, last) if units or scaled else (0.0, first)


def _below_scales(tokens: list[Token], index: int) -> tuple[float, int]:
    """A number without a scale word above the hundred ("six", "twelve hundred and thirty"), and the index behind it."""
    value, last = below_hundred(tokens, index)
    here = past_hyphen(tokens, last)
    if not value or at(tokens, here).low != "hundred" or not joined(tokens, here):
        return value, last
    units, last = _units(tokens, here + 1)
    return value * 100 + units, last


def _units(tokens: list[Token], last: int) -> tuple[int, int]:
    """What follows a hundred: (the value below a hundred, the index behind it); 0 where nothing belongs to it."""
    index = past_hyphen(tokens, last)
    glue = at(tokens, index).low == "and"
    if not joined(tokens, index) or (glue and extra_fraction(tokens, index)[0]):
        return 0, last
    here = past_hyphen(tokens, index + 1) if glue else index
    value, behind = below_hundred(tokens, here)
    if not value or not joined(tokens, here) or (glue and at(tokens, behind).low in DOZENS):
        return 0, last
    # "One hundred thirty-fifths" are parts of the hundred.
    if not glue and tokens[here].low in TENS and behind == here + 1:
        tied = at(tokens, past_hyphen(tokens, behind))
        if tied.low in PLURAL_ORDINALS:
            return 0, last
    return value, behind


def _with_scales(tokens: list[Token], value: float, last: int) -> tuple[float, float, int]:
    """The value with the scale words behind it: (total, factor of the last scale word, index behind)."""
    total, scale, current = 0.0, 1.0, value
    for _ in range(_MOST_SCALES):
        index = past_hyphen(tokens, last)
        factor = SCALES.get(at(tokens, index).low)
        if factor is None or not joined(tokens, index):
            break
        # "Six thousand four hundred", but "a hundred and twenty thousand".
        total = total + current * factor if factor < scale or scale == 1.0 else (total + current) * factor
        scale = factor
        current, last = _below_factor(tokens, index + 1, factor)
    return total + current, scale, last


def _below_factor(tokens: list[Token], last: int, factor: float) -> tuple[float, int]:
    """What a scale word is followed by that belongs to its number, and the index behind it; 0 for nothing."""
    index = past_hyphen(tokens, last)
    glue = at(tokens, index).low
    if not joined(tokens, index) or (glue == "and" and extra_fraction(tokens, index)[0]):
        return 0.0, last
    here = past_hyphen(tokens, index + 1) if glue in ("and", ",") else index
    value, behind = _below_scales(tokens, here)
    if not 0 < value < factor or not joined(tokens, here) or (glue == "and" and at(tokens, behind).low in DOZENS):
        return 0.0, last
    then = SCALES.get(at(tokens, past_hyphen(tokens, behind)).low, 1.0)
    # "Two million and three million" are two; "two thousand five hundred million" is one.
    if factor >= 1000 and then >= factor and (then == factor or glue in ("and", ",")):
        return 0.0, last
    # "One million, two hundred thousand" is one number, "one thousand, two" a list, "a million, three hundred and
    # some thousand" vague.
    if glue == "," and (factor < 1000 or value * then < 100 or at(tokens, behind).low == "and"):
        return 0.0, last
    return value, behind


def _and_dozens(tokens: list[Token], index: int) -> tuple[int, int]:
    """What "and two dozen" adds at an index, and the index behind it; 0 for nothing."""
    if at(tokens, index).low != "and":
        return 0, index
    count, behind = below_hundred(tokens, index + 1)
    if not count or at(tokens, behind).low not in DOZENS or not joined(tokens, behind):
        return 0, index
    return 12 * count, behind + 1


def _decimals(tokens: list[Token], last: int) -> tuple[str, int]:
    """The digits of "point zero three", "point seventy-one" at an index, and the index behind them; "" for none."""
    point = past_hyphen(tokens, last)
    if at(tokens, point).low != "point" or at(tokens, point).gap > SPACED:
        return "", last
    index = past_hyphen(tokens, point + 1)
    # "A six-point two-day fall" has no decimals.
    return ("", last) if (index > point + 1) != (point > last) else _digits_named(tokens, index)


def _digits_named(tokens: list[Token], index: int) -> tuple[str, int]:
    """The digits that words name one by one ("zero three") or as one number ("seventy-one"), and the index behind."""
    digits = ""
    if at(tokens, index).gap > SPACED:
        return digits, index
    while len(digits) < _MOST_DECIMALS and ONES.get(at(tokens, index).low, 10) < 10 and at(tokens, index).gap <= SPACED:
        digits += str(ONES[tokens[index].low])
        index += 1
    if not digits:
        value, index = below_hundred(tokens, index)
        digits = str(value) if value else ""
    return digits, index


_BEFORE_POINT = word_set("by of to about only just nearly almost minus negative is was than up down rose fell around")
_BEHIND_POINT = word_set("percent per pc million billion trillion")


def _point_alone(tokens: list[Token], first: int) -> Number | None:
    """Decimals without their zero: "point seven", alone or where a share or a scale word follows."""
    decimals, behind = _digits_named(tokens, first + 1)
    if not decimals:
        return None
    led = at(tokens, first - 1).low in _BEFORE_POINT and at(tokens, behind).low in _BEHIND_POINT
    if not led and not (first == 0 and behind == len(tokens)):
        return None
    return exact_number(first, behind, float("0." + decimals), "words")
