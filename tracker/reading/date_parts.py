"""The pieces that patterns of dates are built from, and partial ISO 8601 put together from what they find."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DateMention:
    """One date of a text: ``text[start:end] == text``.

    ``iso`` is (partial) ISO 8601, None for a feast and for a relative date that has no document date to
    lean on ("next autumn" has its season then, ``--23``). ``grain`` is what a relative date moves by (day,
    week, month, year, a season, or a weekday as ``mon`` … ``sun``) and ``shift`` how far; both are None
    and 0 for dates that stand by themselves, and for those whose direction the words do not give.
    """

    start: int
    end: int
    text: str
    iso: str | None
    relative: bool = False
    grain: str | None = None
    shift: int = 0


MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip
MONTH_NUMBER = {name[:3]: number for number, name in enumerate(MONTHS, 1)}
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

# "may" and "march" are verbs: months are read in capitals only, alone only behind a preposition.
LONG = (
    r"January|February|March|April|May|June|July|August|September|October|November|December"
    r"|JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER"
)
SHORTENED = r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b"
# With a day or a year beside them small letters do, but for the two that are verbs.
SMALL = "january|february|april|june|july|august|september|october|november|december"
_SMALL_SHORT = r"(?:jan|feb|apr|jun|jul|aug|sept|sep|oct|nov)\b"
MONTH = rf"(?:(?:{LONG}|{SMALL})\b|{SHORTENED}\.?|{_SMALL_SHORT}\.?)"
# "Sept. 27 Oct. 1": the day belongs to the month before it.
NO_MONTH_BEFORE = "".join(rf"(?<!\b{name}[. ])(?<!\b{name}\. )" for name in (
    "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec",
))  # fmt: skip
WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Mon|Tues?|Wed|Thur?s?|Fri|Sat|Sun)\b\.?)"
DAY = r"(?:3[01]|[12][0-9]|0?[1-9])"
#: A day in figures, with or without the ending of an ordinal.
DAY_OF = rf"{DAY}(?:st|nd|rd|th)?"
YEAR = r"(?:1[5-9]|20)[0-9]{2}"
SP = r"[ \t\u00a0\u2009\u202f]{1,3}"
NO_DIGIT_BEFORE = r"(?<![0-9A-Za-z.,/£$€-])(?<![0-9]:)(?<![£$€] )"
#: The same before what begins with a digit: where none stands, nothing is looked back for.
NUMBER_BEGINS = r"(?=[0-9])" + NO_DIGIT_BEFORE
#: What ends a year where a count would have its noun: a stop, or a word that begins something else.
FOLLOW = (
    rf"(?=[ \t]?(?:[.,;:!?)\]\"”’'—–-]|\n|\Z)|{SP}(?:in|at|for|with|and|or|but|the|a|an|when|where|to|by|as|on|from|of"
    r"|is|was|were|are|will|has|had|have|would|that|which|who|while|until|till|through|after|before|because|since"
    r"|than|he|she|they|it|we|I|it’s|[A-Z][a-z]{1,20})\b)"
)
ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15,
    "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "twenty-first": 21,
    "twenty-second": 22, "twenty-third": 23, "twenty-fourth": 24, "twenty-fifth": 25, "twenty-sixth": 26,
    "twenty-seventh": 27, "twenty-eighth": 28, "twenty-ninth": 29, "thirtieth": 30, "thirty-first": 31,
}  # fmt: skip
#: An ordinal in words, written with a hyphen or a blank: a group of the pattern's own is not made.
ORDINAL = "(?i:" + "|".join(sorted((o.replace("-", "[- ]") for o in ORDINALS), key=len, reverse=True)) + r")\b"
#: The codes that ISO 8601-2 has for seasons, in the place of a month.
SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
#: Words that a count of people or things has behind it, so that "in 1749 people" is no year.
COUNTED = re.compile(
    r"[ \u00a0]{1,2}(?:(?:and|or|to)[ \u00a0][0-9][0-9,]{0,9}[ \u00a0])?(?:new |more |other |such )?(?:people|women|men"
    r"|children|persons|jobs|deaths|cases|patients|staff|times|homes|houses|families|workers|nurses|pupils|students"
    r"|voters|votes|seats|soldiers|troops|police|officers|migrants|refugees|victims|employees|businesses|members"
    r"|protesters|residents|adults|vehicles|cars|hospitals|schools|miles|kilometres|metres|acres|tonnes|tons|pounds"
    r"|dollars|euros|hours|days|units|copies|tests|beds|doses|animals|birds|trees)\b"
)

Reader = Callable[[re.Match[str]], str | None]
#: What a text must have for a pattern to be tried, the pattern, and what reads it.
Entry = tuple[frozenset[str], re.Pattern[str], Reader]


def month_number(name: str) -> int:
    """The number of a month, by its name or its first three letters at least."""
    return MONTH_NUMBER[name[:3].lower()]


def ordinal_number(words: str) -> int:
    """The day that an ordinal in words means ("twenty first": 21)."""
    return ORDINALS["-".join(words.lower().replace("-", " ").split())]


def iso_date(year: str | None, month: int, day: str | None) -> str | None:
    """Partial ISO 8601, or None where the calendar has no such day."""
    if not 1 <= month <= 12 or day is not None and not 1 <= int(day) <= 31:
        return None
    if day is not None and int(day) > monthrange(int(year) if year else 2000, month)[1]:
        return None
    tail = f"{month:02d}" if day is None else f"{month:02d}-{int(day):02d}"
    return f"{year}-{tail}" if year else f"--{tail}"


def ever(*needs: str) -> frozenset[str]:
    """The features of a text without which a pattern need not be tried (see ``has_dates``)."""
    return frozenset(needs)


_ANY_YEAR = re.compile(r"(?:1[0-9]|2[01])[0-9]{2}")
_SHORT_YEAR = re.compile(r"['’‘][0-9]{2}")
_MONTH_STARTS = frozenset(MONTH_NUMBER)
#: A month as a word of its own; in small letters "may" and "march" are verbs first.
_MONTH_WORD = re.compile(
    r"(?<![A-Za-z])(?:May|MAY|Mar|MAR|March|MARCH|[0-9]{1,2}(?:st|nd|rd|th)? (?:of )?(?:may|march|mar)"
    r"|(?i:jan|january|feb|february|apr|april|june?|july?|aug|august|sept?|september|oct|october|nov|november"
    r"|dec|december))(?![A-Za-z])"
)
_FIGURE = re.compile(r"[0-9]")
#: No further from its month a day or year stands: "3rd   of   May", "May,   in   the   2018".
_BESIDE = 20
_ORDINAL_PARTS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "nth", "lfth", "ieth")
_QUARTERS = ("quarter", "half", "q1", "q2", "q3", "q4", "h1", "h2")


def has_dates(text: str, low: str) -> frozenset[str]:
    """Which parts of dates a text may have; ``low`` is the text in lower case. Far cheaper than the patterns.

    A "month" may have a number "before" or "behind" it; of two numbers that look like years there are "years".
    """
    found = _months_in(text) if _has_one(low, _MONTH_STARTS) else []
    if found and _has_one(low, _ORDINAL_PARTS):
        found.append("ordinal")
    if (year := _ANY_YEAR.search(text)) is not None:
        found.append("year")
        if _ANY_YEAR.search(text, year.end()):
            found.append("years")
    if ("'" in text or "’" in text or "‘" in text) and _SHORT_YEAR.search(text):
        found.append("short")
    if "teen" in low or "twenty" in low or "two thousand" in low:
        found.append("words")
    if _has_one(low, _QUARTERS):
        found.append("quarter")
    if "centur" in low:
        found.append("century")
    if _has_one(low, SEASONS):
        found.append("season")
    if "ties" in low or "0s" in low or "0 s" in low or "0'" in low or "0’" in low:
        found.append("decade")
    return frozenset(found)


def _has_one(low: str, parts: Iterable[str]) -> bool:
    for part in parts:  # noqa: SIM110 - any() of a generator takes twice as long
        if part in low:
            return True
    return False


def _months_in(text: str) -> list[str]:
    """The features of the months of a text: that it has one, and where numbers stand beside one."""
    found: list[str] = []
    for match in _MONTH_WORD.finditer(text):
        start, end = match.span()
        found.append("month")
        # The day of "5 may" is part of the match.
        if _FIGURE.search(text, max(0, start - _BESIDE), end):
            found.append("before")
        if _FIGURE.search(text, end, end + _BESIDE):
            found.append("behind")
    return found
