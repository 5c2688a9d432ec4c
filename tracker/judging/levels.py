"""A change from one level to another, told from a range and from the size of a change: all three have two ends."""

from __future__ import annotations

import re
from typing import Protocol


class Changing(Protocol):
    """Any value with these fields of a figure: the reader's own, or one from the database."""

    @property
    def value(self) -> float | None: ...
    @property
    def low(self) -> float | None: ...
    @property
    def high(self) -> float | None: ...
    @property
    def trend(self) -> str | None: ...
    @property
    def text(self) -> str: ...


_FROM = re.compile(r"from\b", re.IGNORECASE)
_TO = re.compile(r"\bto\b", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9]{1,24}(?:[.,][0-9]{1,24}){0,12}")
_WORD = re.compile(r"[a-z]+", re.IGNORECASE)
_SPELLED = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]


def levels(figure: Changing) -> tuple[float, float] | None:
    """The level before and the level after, of "from £14m to £9m" (14 m, 9 m); None where a figure is no such change.

    The size of a change may have two ends as well: "fell by 5 to 8 per cent" rises in writing though the trend
    is down, "rose by between 5 and 8" is tied by another word, and of a rise the levels have their "from" among
    the figure's own words, as the reader keeps it there ("rose by 5 to 8" has none).
    """
    if figure.value is not None or figure.trend is None or figure.low is None or figure.high is None:
        return None
    tie = _TO.search(figure.text)
    if tie is None or not figure.low < figure.high or len(_NUMBER.findall(figure.text)) > 2:
        return None
    if figure.trend == "up":
        return (figure.low, figure.high) if _FROM.match(figure.text) else None
    rising = _is_rising(figure.text[: tie.start()], figure.text[tie.end() :], figure.low / figure.high)
    return None if rising else (figure.high, figure.low)


def _is_rising(first: str, second: str, ratio: float) -> bool:
    """Whether the smaller end is written first: the digits of both stand in the ends' ratio, where the scale is one."""
    one, two = _number(first), _number(second)
    return one is not None and bool(two) and abs(one / (two or 1.0) - ratio) < 1e-6 + 1e-6 * ratio


def _number(words: str) -> float | None:
    digits = _NUMBER.search(words)
    if digits is not None:
        try:
            return float(digits[0].replace(",", ""))
        except ValueError:
            return None
    return next(
        (float(_SPELLED.index(word.lower())) for word in _WORD.findall(words) if word.lower() in _SPELLED), None
    )
