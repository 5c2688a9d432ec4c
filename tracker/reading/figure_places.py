"""What follows a scale word in digits: lower places ("4 thousand 3 hundred") and halves ("3 million and a half")."""

from __future__ import annotations

from tracker.reading.figure_cardinals import worded_number
from tracker.reading.figure_digits import SCALES, Number, below_hundred, parse_digits
from tracker.reading.figure_fractions import fraction_of_scale
from tracker.reading.figure_tokens import NUMBER, SPACED, WORD, Token, at, joined
from tracker.reading.replacing import replace

_MOST_PLACES = 3


def with_lower_places(tokens: list[Token], number: Number) -> Number:
    """The number in digits with its lower places; it is returned as it is where its last word is no scale word."""
    scale = SCALES.get(tokens[number.last - 1].low)
    if scale is None or number.value is None or number.scale != scale:
        return number
    added, last, lowest = _places(tokens, number.last, scale)
    tail, last = _tail(tokens, last, lowest)
    if not tail and lowest >= 1000:
        tail, last = fraction_of_scale(tokens, last, lowest)
    if not added and not tail:
        return number
    value = number.value - added - tail if number.value < 0 else number.value + added + tail
    return replace(number, last=last, value=value, low=value, high=value)


def _places(tokens: list[Token], last: int, scale: float) -> tuple[float, int, float]:
    """The sum of lower scales at an index ("3 hundred", "30 lakh"), the index behind them, and the lowest scale."""
    added = 0.0
    for _ in range(_MOST_PLACES):
        digits, word = at(tokens, last), at(tokens, last + 1)
        lower = SCALES.get(word.low, scale)
        if digits.kind != NUMBER or digits.gap != SPACED or word.gap != SPACED or not digits.text.isdecimal():
            break
        value = parse_digits(digits.text)
        if value is None or lower >= scale or value * lower >= scale:
            break
        added, last, scale = added + value * lower, last + 2, lower
    return added, last, scale


def _tail(tokens: list[Token], last: int, scale: float) -> tuple[float, int]:
    """What "and" adds below the lowest scale, and the index behind it; 0 for nothing.

    Behind a hundred it always belongs to the number; behind larger scales only words that count nothing
    of their own do ("6 crore and two hundred."), for "3 million and 20 jobs" are two figures.
    """
    token = at(tokens, last + 1)
    if at(tokens, last).low != "and" or not joined(tokens, last + 1) or token.kind not in (NUMBER, WORD):
        return 0.0, last
    if scale == 100:
        value, behind = below_hundred(tokens, last + 1)
        if token.text.isdecimal() and len(token.text) <= 2:
            value, behind = int(token.text), last + 2
        return (float(value), behind) if value and at(tokens, behind).low not in SCALES else (0.0, last)
    number = worded_number(tokens, last + 1) if token.kind == WORD else None
    if number is None or number.form != "words" or number.value is None or not number.value < scale:
        return 0.0, last
    after = at(tokens, number.last)
    counts = after.kind in (WORD, NUMBER) and joined(tokens, number.last)
    return (0.0, last) if counts else (number.value, number.last)
