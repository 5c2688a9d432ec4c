"""Years and days in words: "nineteen eighty-four", "the first of May", "June the second".

A number in words is a year only where nothing else can be meant: "two thousand and twelve" behind "in" or a month
and with no noun behind it.
"""

from __future__ import annotations

import re

from tracker.reading.date_parts import (
    DAY_OF,
    FOLLOW,
    MONTH,
    NO_DIGIT_BEFORE,
    ORDINAL,
    SP,
    YEAR,
    Entry,
    ever,
    iso_date,
    month_number,
    ordinal_number,
)

_ONES = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
}  # fmt: skip
_TEENS = {
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_VALUES = {**_ONES, **_TEENS, **_TENS, "oh": 0, "o": 0, "and": 0, "hundred": 0}
_ONE, _TEEN, _TEN = "|".join(_ONES), "|".join(_TEENS), "|".join(_TENS)
_TWO_FIGURES = rf"(?:(?:{_TEN})(?:[- ](?:{_ONE})\b)?|{_TEEN}|oh[- ](?:{_ONE}))\b"
_OLD = (
    r"(?:fifteen|sixteen|seventeen|eighteen|nineteen)[- ]"
    rf"(?:hundred[- ](?:and[- ])?(?:{_ONE}|{_TWO_FIGURES})|{_TWO_FIGURES})"
)
# "Two thousand and" goes on, or it is no year: what counts people has their noun behind it.
_NEW = rf"two thousand(?:(?: and)?[ ](?:{_TWO_FIGURES}|(?:{_ONE})\b)|(?![ ]and[ ](?:{_ONE}|{_TEEN}|{_TEN}|a)\b))"
_ANY = rf"(?i:{_OLD}|{_NEW}|twenty[- ]{_TWO_FIGURES})"
#: A day in words: an ordinal, or a number where a year in words stands behind the month.
_NUMBER = rf"(?i:twenty[- ](?:{_ONE})|thirty[- ]one|thirty|twenty|{_TEEN}|{_ONE})\b"


def _year_of(words: str) -> int:
    parts = words.lower().replace("-", " ").split()
    if parts[:2] == ["two", "thousand"]:
        return 2000 + sum(_VALUES[part] for part in parts[2:])
    return (_TEENS | _TENS)[parts[0]] * 100 + sum(_VALUES[part] for part in parts[1:])


def _year(match: re.Match[str]) -> str | None:
    return f"{_year_of(match['words'])}"


def _day_of(words: str) -> str:
    digits = re.match(r"[0-9]{1,2}", words)
    if digits:
        return digits[0]
    parts = words.lower().replace("-", " ").split()
    known = all(part in _VALUES for part in parts)
    return str(sum(_VALUES[part] for part in parts) if known else ordinal_number(words))


def _whole(match: re.Match[str]) -> str | None:
    found = match.groupdict()
    day = found.get("day") or found.get("behind")
    year = found.get("year") or (str(_year_of(found["words"])) if found.get("words") else None)
    month = month_number(match["month"])
    first = iso_date(year, month, _day_of(day) if day else None)
    if first is None or not found.get("until"):
        return first
    last = iso_date(year, month, _day_of(found["until"]))
    return f"{first}/{last}" if last is not None and last > first else None


_YEAR_BEHIND = rf"(?:,?{SP}(?:(?:of|in){SP})?(?P<year>{YEAR})(?![0-9]|,[0-9]))"
_DAY_WORDS = rf"(?:{DAY_OF}|{ORDINAL}|{_NUMBER})"

_STOPS = (
    rf"(?=[ \t]?(?:[.,;:!?)\]]|\n|\Z)|{SP}(?:in|at|for|with|when|was|is|will|to|until|till|through|from|because)\b)"
)

#: They stand before the dates in figures.
IN_WORDS: tuple[Entry, ...] = (
    # 13 September nineteen seventy-two, January the first two thousand and three, October two thousand and five
    (
        ever("words", "month"),
        re.compile(
            rf"(?:{NO_DIGIT_BEFORE}(?P<day>{_DAY_WORDS}){SP}(?:of{SP})?)?\b(?P<month>{MONTH}),?{SP}"
            rf"(?:(?:the{SP})?(?P<behind>{_DAY_WORDS}),?{SP})?(?:of{SP}|in{SP})?(?P<words>{_ANY}){FOLLOW}"
        ),
        _whole,
    ),
    # between the ninth and the seventeenth of May
    (
        ever("ordinal"),
        re.compile(
            rf"\b[Bb]etween{SP}(?:the{SP})?(?P<date>(?P<day>{ORDINAL}){SP}and{SP}(?:the{SP})?(?P<until>{ORDINAL}|{DAY_OF})"
            rf"{SP}of{SP}(?P<month>{MONTH})(?!['’]){_YEAR_BEHIND}?)"
        ),
        _whole,
    ),
    # the fourth of July 1995, the ninth to the seventeenth of May
    (
        ever("ordinal"),
        re.compile(
            # "A third of April's cases" is a share.
            rf"\b(?<!\b[Aa] )(?<!\b[Oo]ne[ -])(?P<day>{ORDINAL})"
            rf"(?:{SP}(?:to|until|till|through){SP}(?:the{SP})?(?P<until>{ORDINAL}|{DAY_OF}))?{SP}of{SP}(?P<month>{MONTH})(?!['’]){_YEAR_BEHIND}?"
        ),
        _whole,
    ),
    # January first, July the fourth, April ninth through seventeenth
    (
        ever("ordinal"),
        re.compile(
            # "In May first Fife, then Perth" and "in May First Minister …" are no days.
            rf"\b(?P<month>{MONTH}){SP}(?:the{SP})?"
            rf"(?P<day>{ORDINAL.replace('?i:', '?:')}|{DAY_OF}(?={SP}(?:to|through){SP}{ORDINAL}))"
            rf"(?:{SP}(?:to|until|till|through){SP}(?:the{SP})?(?P<until>{ORDINAL}|{DAY_OF}))?(?:{_YEAR_BEHIND}|{_STOPS})"
        ),
        _whole,
    ),
    # in nineteen eighty-four, since two thousand and twelve
    (
        ever("words"),
        re.compile(
            rf"\b(?:[Ii]n|[Ss]ince|[Uu]ntil|[Yy]ear|[Dd]uring|early|late|mid|back{SP}to){SP}(?P<date>(?P<words>{_ANY}))(?!-){FOLLOW}"
        ),
        _year,
    ),
    # the nineteen eighty-four strike
    (
        ever("words"),
        re.compile(
            rf"\b(?P<words>(?i:(?:seventeen|eighteen|nineteen)[- ](?:{_TEN})[- ](?:{_ONE})\b))(?!-)"
            r"(?![ \u00a0](?:[a-z]{2,20}s|people|men|women|children|and|hundred|thousand|million|billion|per)\b)"
        ),
        _year,
    ),
)
