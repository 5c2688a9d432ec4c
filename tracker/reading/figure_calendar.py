"""How the press writes dates: the patterns of whole, partial and relative dates, and what each reads as.

ISO 8601, with ISO 8601-2's codes for seasons: ``2026-21`` spring, ``-22`` summer, ``-23`` autumn, ``-24`` winter
(the one that begins in that year); ``--21`` with the year left open.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip
_MONTH_NUMBER = {name[:3]: number for number, name in enumerate(_MONTHS, 1)}
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

# "may" and "march" are verbs: months are read in capitals only, alone only behind a preposition.
_LONG = (
    r"January|February|March|April|May|June|July|August|September|October|November|December"
    r"|JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER"
)
_SHORTENED = r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b"
_SHORT = rf"{_SHORTENED}\.?"
# With a day or a year beside them small letters do, but for the two that are verbs.
_SMALL = "january|february|april|june|july|august|september|october|november|december"
_MONTH = rf"(?:(?:{_LONG}|{_SMALL})\b|{_SHORT})"
# "Sept. 27 Oct. 1": the day belongs to the month before it.
_NO_MONTH_BEFORE = "".join(rf"(?<!\b{name}[. ])(?<!\b{name}\. )" for name in (
    "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec",
))  # fmt: skip
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_DAY = r"(?:3[01]|[12][0-9]|0?[1-9])"
_YEAR = r"(?:1[5-9]|20)[0-9]{2}"
_SP = r"[ \t\u00a0\u202f]{1,3}"
_NO_DIGIT_BEFORE = r"(?<![0-9A-Za-z.,/:£$€-])"
#: What a year may stand behind for it to be one.
_YEAR_LEAD = (
    r"(?:in|since|by|from|until|till|before|after|during|early|late|mid|year|Year"
    rf"|In|Since|By|From|Until|Before|After|During|(?:end|start|beginning|middle|half|quarter|rest|course|year){_SP}of"
    rf"|(?:until|till|before){_SP}at{_SP}least|as{_SP}(?:late|early|soon){_SP}as|(?:later|earlier|sooner){_SP}than)"
)
_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15,
    "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "twenty-first": 21,
    "twenty-second": 22, "twenty-third": 23, "twenty-fourth": 24, "twenty-fifth": 25, "twenty-sixth": 26,
    "twenty-seventh": 27, "twenty-eighth": 28, "twenty-ninth": 29, "thirtieth": 30, "thirty-first": 31,
}  # fmt: skip
COUNTS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
}  # fmt: skip


def _month_number(name: str) -> int:
    return _MONTH_NUMBER[name[:3].lower()]


def _iso(year: str | None, month: int, day: str | None) -> str | None:
    """Partial ISO 8601, or None where the calendar has no such day."""
    if day is not None and int(day) > monthrange(int(year) if year else 2000, month)[1]:
        return None
    tail = f"{month:02d}" if day is None else f"{month:02d}-{int(day):02d}"
    return f"{year}-{tail}" if year else f"--{tail}"


#: The codes that ISO 8601-2 has for seasons, in the place of a month.
SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
# "Fall" is a verb and a drop: a season only in a capital, or behind "in", "by" or "the" and before its year.
_SEASON = r"(?P<season>[Ss]pring|[Ss]ummer|[Aa]utumn|[Ww]inter|Fall|(?<=in[ ])fall|(?<=by[ ])fall|(?<=the[ ])fall)"
#: What makes the season part of a name: "the Winter Palace", "the spring budget".
_NO_SEASON = r"(?![ \u00a0](?:[A-Z]|statement|budget|water|schools?|camps?|onions?|clean|term\b|games\b))"


def _of_season(match: re.Match[str]) -> str | None:
    found = match.groupdict()
    return f"{found.get('year') or '-'}-{SEASONS[found['season'].lower()]}"


_Reader = Callable[[re.Match[str]], str | None]


def _whole(match: re.Match[str]) -> str | None:
    found = match.groupdict()
    first = _iso(found.get("year"), _month_number(found["month"]), found.get("day"))
    if first is None or found.get("last") is None:
        return first
    last = _iso(found.get("year"), _month_number(found["month"]), found["last"])
    return None if last is None or int(found["last"]) <= int(found["day"]) else f"{first}/{last}"


def _in_words(match: re.Match[str]) -> str | None:
    day = _ORDINALS[match["ordinal"].lower()]
    return _iso(match["year"], _month_number(match["month"]), str(day))


def _numeric(match: re.Match[str]) -> str | None:
    one, two, year = int(match["one"]), int(match["two"]), match["year"]
    if one > 12 >= two or one == two <= 12:
        return _iso(year, two, str(one))
    return _iso(year, one, str(two)) if two > 12 >= one else None


def _written_iso(match: re.Match[str]) -> str | None:
    month = int(match["month"])
    return _iso(match["year"], month, match["day"]) if 1 <= month <= 12 else None


def _season(match: re.Match[str]) -> str | None:
    first, last = match["year"], match["last"]
    return f"{first}/{first[:2]}{last[-2:]}" if (int(first) + 1) % 100 == int(last[-2:]) else None


def _year_only(match: re.Match[str]) -> str | None:
    return match["year"]


#: What a text must have for a pattern to be tried; looking for these is far cheaper.
_WITH_YEAR, _WITH_MONTH = frozenset({"year"}), frozenset({"month"})
_WITH_BOTH, _WITH_NOTHING = _WITH_YEAR | _WITH_MONTH, frozenset[str]()
_ANY_YEAR = re.compile(_YEAR)
_MONTH_STARTS = frozenset(_MONTH_NUMBER)


def has_dates(text: str, low: str) -> frozenset[str]:
    """Which of a year and a month's name a text may have; ``low`` is the text in lower case."""
    month = _WITH_MONTH if any(name in low for name in _MONTH_STARTS) else _WITH_NOTHING
    return month | (_WITH_YEAR if _ANY_YEAR.search(text) else _WITH_NOTHING)


#: Absolute dates, in the order in which they are tried; the first that takes a place keeps it.
ABSOLUTE: tuple[tuple[frozenset[str], re.Pattern[str], _Reader], ...] = (
    # 2020-07-02
    (
        _WITH_YEAR,
        re.compile(rf"{_NO_DIGIT_BEFORE}(?P<year>{_YEAR})-(?P<month>[01][0-9])-(?P<day>[0-3][0-9])(?![0-9])"),
        _written_iso,
    ),
    # 25/12/2020, 25.12.2020
    (
        _WITH_YEAR,
        re.compile(
            rf"{_NO_DIGIT_BEFORE}(?P<one>[0-3]?[0-9])(?P<s>[/.])(?P<two>[0-3]?[0-9])(?P=s)(?P<year>{_YEAR})(?![0-9])"
        ),
        _numeric,
    ),
    # Thursday 2 July 2020, the 25th of May, 3-5 May 2020
    (
        _WITH_MONTH,
        re.compile(
            rf"{_NO_DIGIT_BEFORE}(?:{_WEEKDAY},?{_SP})?{_NO_MONTH_BEFORE}(?P<day>{_DAY})(?:st|nd|rd|th)?"
            rf"(?:\s?[-–]\s?(?P<last>{_DAY})(?:st|nd|rd|th)?)?{_SP}(?:of{_SP})?(?P<month>{_MONTH})"
            rf"(?:,?{_SP}(?:(?:of|in){_SP})?(?P<year>{_YEAR})(?![0-9]|,[0-9]))?"
        ),
        _whole,
    ),
    # July 2, 2020; Oct. 31
    (
        _WITH_MONTH,
        re.compile(
            rf"(?:{_WEEKDAY},?{_SP})?\b(?P<month>{_MONTH}){_SP}(?P<day>{_DAY})(?:st|nd|rd|th)?"
            rf"(?:\s?[-–]\s?(?P<last>{_DAY})(?:st|nd|rd|th)?)?"
            rf"(?![0-9%:])(?![,.][0-9])(?:,?{_SP}(?:(?:of|in){_SP})?(?P<year>{_YEAR})(?![0-9]|,[0-9]))?"
        ),
        _whole,
    ),
    # the fourth of July 1995
    (
        _WITH_MONTH,
        re.compile(
            # "A third of April's cases" is a share.
            rf"\b(?<!\b[Aa] )(?<!\b[Oo]ne[ -])(?P<ordinal>(?i:{'|'.join(sorted(_ORDINALS, key=len, reverse=True))}))"
            rf"{_SP}of{_SP}(?P<month>{_MONTH})(?!['’])(?:,?{_SP}(?:of{_SP})?(?P<year>{_YEAR})(?![0-9]|,[0-9]))?"
        ),
        _in_words,
    ),
    # 05-Aug-2016, Dec-2018
    (
        _WITH_BOTH,
        re.compile(
            rf"{_NO_DIGIT_BEFORE}(?:(?P<day>{_DAY})(?P<sign>[-/]))?(?P<month>{_LONG}|{_SMALL}|{_SHORTENED})"
            rf"(?(sign)(?P=sign)|[-/])(?P<year>{_YEAR})(?![0-9]|[-/,][0-9])"
        ),
        _whole,
    ),
    # May 2018, June of 2018
    (_WITH_BOTH, re.compile(rf"\b(?P<month>{_MONTH}),?{_SP}(?:of{_SP})?(?P<year>{_YEAR})(?![0-9]|,[0-9])"), _whole),
    # spring 2026, the autumn of 2021, winter 2025-26 (the winter that begins in 2025)
    (
        _WITH_YEAR,
        re.compile(rf"\b{_SEASON}{_SP}(?:of{_SP})?(?P<year>{_YEAR})(?:[-–/](?:20)?[0-9]{{2}})?(?![0-9%]|[.,][0-9])"),
        _of_season,
    ),
    # by autumn, until the spring
    (
        _WITH_NOTHING,
        re.compile(
            rf"\b(?:[Ii]n|[Uu]ntil|till|[Bb]y|[Ss]ince|[Ff]rom|[Bb]efore|[Aa]fter|[Dd]uring|of|early|late|mid|through)"
            rf"[\s-]{{1,3}}(?:the{_SP})?(?P<date>(?P<season>spring|summer|autumn|winter))\b(?!-){_NO_SEASON}"
        ),
        _of_season,
    ),
    # the financial year 2019-20, the 2019/20 season
    (
        _WITH_YEAR,
        re.compile(rf"{_NO_DIGIT_BEFORE}(?P<year>{_YEAR})[-–/](?P<last>(?:20)?[0-9]{{2}})(?![0-9-])"),
        _season,
    ),
    # until September
    (
        _WITH_MONTH,
        re.compile(
            rf"(?<=\b)(?:[Ii]n|[Uu]ntil|till|[Bb]y|[Ss]ince|[Ff]rom|[Bb]efore|[Aa]fter|[Dd]uring|to|of|early|late"
            rf"|mid|and|between|[Tt]his|[Ll]ast|next|through|end{_SP}of)[\s-]{{1,3}}(?P<date>(?P<month>{_LONG}))\b"
        ),
        _whole,
    ),
    # 2007 and 2009, 2015 to 2016
    (
        _WITH_YEAR,
        re.compile(
            rf"{_NO_DIGIT_BEFORE}{_YEAR}{_SP}(?:and|or|to){_SP}"
            rf"(?P<date>(?P<year>{_YEAR}))(?![0-9%s]|[’']s|[.,][0-9])"
        ),
        _year_only,
    ),
    # in 2018, © 2020
    (
        _WITH_YEAR,
        re.compile(
            rf"(?:\b{_YEAR_LEAD}[\s\u00a0-]{{1,3}}|[©(]\s?)(?P<date>(?P<year>{_YEAR}))(?![0-9%s]|[’']s|[.,][0-9])"
        ),
        _year_only,
    ),
)

_AGO = r"(?P<count>[0-9]{1,3}|a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
RELATIVE = re.compile(
    r"\b(?:(?P<word>the day before yesterday|the day after tomorrow|yesterday|today|tonight|tomorrow)"
    r"|(?P<way>last|next|this) (?P<grain>week|month|year|night|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|spring|summer|autumn|winter|fall(?! (?:in|of|to|by)\b))"
    r"|(?<=end of )the (?P<of>week|month|year)"
    rf"|{_AGO} (?P<unit>day|week|month|year)s? ago"
    r"|on (?P<weekday>(?:mon|tues|wednes|thurs|fri|satur|sun)day))\b",
    re.IGNORECASE,
)
DAY_WORDS = {
    "the day before yesterday": -2, "yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1,
    "the day after tomorrow": 2,
}  # fmt: skip
#: Feasts, whose day only a calendar of their own tells; behind what can lead a time, so that "Easter eggs" is none.
FEASTS = re.compile(
    rf"\b(?:[Bb]y|[Bb]efore|[Uu]ntil|till|[Aa]fter|[Ss]ince|[Oo]ver|[Aa]t|[Aa]round|[Ff]or|[Ff]rom|[Tt]his|[Nn]ext"
    rf"|[Ll]ast|least|of)(?:{_SP}the)?{_SP}"
    r"(?P<feast>Christmas|Easter|New Year|Boxing Day|Halloween|Hogmanay|Ramadan|Eid|Diwali|Hanukkah|Passover"
    r"|Thanksgiving|Pentecost|Whitsun|Michaelmas|Lent\b)(?:['’]s)?"
    rf"(?:{_SP}(?:Day|Eve|Sunday|Monday))?(?:{_SP}(?P<year>{_YEAR})(?![0-9]))?"
)
#: Words that a count of people or things has behind it, so that "in 1749 people" is no year.
COUNTED = re.compile(r"[ \u00a0]{1,2}(?:people|women|men|children|jobs|deaths|cases|patients|staff|times)\b")
