"""How the press writes days, months and seasons: the patterns of absolute dates, and what each reads as.

ISO 8601, with ISO 8601-2's codes for seasons: ``2026-21`` spring, ``-22`` summer, ``-23`` autumn, ``-24`` winter
(the one that begins in that year); ``--21`` with the year left open. Years alone, their parts and spans stand in
``date_periods``, dates in words in ``date_words``, relative ones in ``date_relative``.
"""

from __future__ import annotations

import re

from tracker.reading.date_parts import (
    DAY,
    DAY_OF,
    FOLLOW,
    LONG,
    MONTH,
    NO_DIGIT_BEFORE,
    NO_MONTH_BEFORE,
    NUMBER_BEGINS,
    SEASONS,
    SHORTENED,
    SMALL,
    SP,
    WEEKDAY,
    YEAR,
    Entry,
    ever,
    iso_date,
    month_number,
)
from tracker.reading.date_periods import PERIODS, YEARS
from tracker.reading.date_words import IN_WORDS

# "Fall" is a verb and a drop: a season only in a capital, or behind "in", "by" or "the" and before its year.
_SEASON = r"(?P<season>[Ss]pring|[Ss]ummer|[Aa]utumn|[Ww]inter|Fall|(?<=in[ ])fall|(?<=by[ ])fall|(?<=the[ ])fall)"
#: What makes the season part of a name: "the Winter Palace", "the spring budget".
_NO_SEASON = r"(?![ \u00a0](?:[A-Z]|statement|budget|water|schools?|camps?|onions?|clean|term\b|games\b))"


def _of_season(match: re.Match[str]) -> str | None:
    found = match.groupdict()
    return f"{found.get('year') or '-'}-{SEASONS[found['season'].lower()]}"


def _whole(match: re.Match[str]) -> str | None:
    found = match.groupdict()
    year, month = found.get("year"), month_number(found["month"])
    first = iso_date(year, month, found.get("day"))
    last = found.get("last") or found.get("until")
    if first is None or last is None:
        return first
    until = iso_date(year, month, last)
    return None if until is None or int(last) <= int(found["day"]) else f"{first}/{until}"


#: "In March 20 people died" has a count and no day: a day stands behind "on", "by" or nothing.
_IN = re.compile(r"\b(?:in|during|throughout|mid|early|late|last|next|this)[ \u00a0-]\Z", re.IGNORECASE)


def _month_first(match: re.Match[str]) -> str | None:
    text, start = match.string, match.start()
    is_bare = match["year"] is None and match["ending"] is None and match["last"] is None
    if is_bare and match["until"] is None and _IN.search(text, max(0, start - 12), start):
        return None
    return _whole(match)


def _numeric(match: re.Match[str]) -> str | None:
    one, two, year = int(match["one"]), int(match["two"]), match["year"]
    if one > 12 >= two or one == two <= 12:
        return iso_date(year, two, str(one))
    if two > 12 >= one:
        return iso_date(year, one, str(two))
    # Two countries read it two ways: only its year is sure.
    return str(year) if 0 < one <= 12 and 0 < two <= 12 else None


def _written_iso(match: re.Match[str]) -> str | None:
    month = int(match["month"])
    return iso_date(match["year"], month, match["day"]) if 1 <= month <= 12 else None


_YEAR_BEHIND = rf"(?:[ ]?,?{SP}(?:(?:of|in){SP})?(?P<year>{YEAR})(?![0-9]|,[0-9]))?"


#: Absolute dates, in the order in which they are tried; the first that takes a place keeps it.
ABSOLUTE: tuple[Entry, ...] = (
    *IN_WORDS,
    # 2020-07-02
    (
        ever("year"),
        re.compile(
            rf"{NUMBER_BEGINS}(?P<year>{YEAR})(?P<s>[-/])(?P<month>[01][0-9])(?P=s)(?P<day>[0-3][0-9])(?![0-9])"
        ),
        _written_iso,
    ),
    # 25/12/2020, 25.12.2020, 25-12-2020
    (
        ever("year"),
        re.compile(
            rf"{NUMBER_BEGINS}(?P<one>[0-3]?[0-9])(?P<s>[/.-])(?P<two>[0-3]?[0-9])(?P=s)(?P<year>{YEAR})(?![0-9])"
        ),
        _numeric,
    ),
    # between 3 and 5 May 2020
    (
        ever("before"),
        re.compile(
            rf"\b[Bb]etween{SP}(?:the{SP})?(?P<date>(?P<day>{DAY})(?:st|nd|rd|th)?{SP}and{SP}(?:the{SP})?"
            rf"(?P<last>{DAY})(?:st|nd|rd|th)?{SP}(?:of{SP})?(?P<month>{MONTH}){_YEAR_BEHIND})"
        ),
        _whole,
    ),
    # 3, 4 and 5 May 2020: all but the last
    (
        ever("before"),
        re.compile(
            rf"{NUMBER_BEGINS}{NO_MONTH_BEFORE}(?P<date>(?P<day>{DAY})(?:st|nd|rd|th)?)(?=(?:,{SP}{DAY_OF}){{0,5}}"
            rf",?{SP}(?:and|or){SP}(?:the{SP})?{DAY_OF}{SP}(?:of{SP})?(?P<month>{MONTH}){_YEAR_BEHIND})"
        ),
        _whole,
    ),
    # Thursday 2 July 2020, the 25th of May, 3-5 May 2020, 3 to 5 May
    (
        ever("before"),
        re.compile(
            rf"{NO_DIGIT_BEFORE}(?:{WEEKDAY},?{SP}(?:the{SP})?)?{NO_MONTH_BEFORE}(?P<day>{DAY})(?:st|nd|rd|th)?"
            rf"(?:(?:\s?[-–]\s?|{SP}(?:to|until|till|through){SP}(?:the{SP})?)(?P<last>{DAY})(?:st|nd|rd|th)?)?"
            rf"{SP}(?:of{SP})?(?P<month>{MONTH}){_YEAR_BEHIND}"
        ),
        _whole,
    ),
    # July 2, 2020; Oct. 31; May 3 to 5
    (
        ever("behind"),
        re.compile(
            rf"(?:{WEEKDAY},?{SP})?\b(?P<month>{MONTH})(?:,?{SP}(?:the{SP})?(?=[0-9]{{1,2}}[snrt])|{SP})(?P<day>{DAY})"
            rf"(?P<ending>st|nd|rd|th)?(?:\s?[-–]\s?(?P<last>{DAY})(?:st|nd|rd|th)?"
            rf"|{SP}(?:to|until|till|through){SP}(?:the{SP})?(?P<until>{DAY})(?:st|nd|rd|th)?(?![0-9]){FOLLOW})?"
            rf"(?![0-9%]|[,.:][0-9]){_YEAR_BEHIND}"
        ),
        _month_first,
    ),
    # May 3 and 5, 2020: all but the first
    (
        ever("behind"),
        re.compile(
            rf"\b(?P<month>{MONTH}){SP}{DAY_OF}(?:,{SP}{DAY_OF}){{0,5}},?{SP}(?:and|or){SP}(?:the{SP})?"
            rf"(?P<date>(?P<day>{DAY})(?:st|nd|rd|th)?(?![0-9%:]|[,.][0-9])(?:(?={FOLLOW}))(?:,?{SP}(?P<year>{YEAR})(?![0-9]|,[0-9]))?)"
        ),
        _whole,
    ),
    # May 3, 5 and 7: those between
    (
        ever("behind"),
        re.compile(
            rf"\b(?P<month>{MONTH}){SP}{DAY_OF}(?:,{SP}{DAY_OF}){{0,4}},{SP}(?P<date>(?P<day>{DAY})(?:st|nd|rd|th)?)"
            rf"(?=,?{SP}(?:and|or){SP}(?:the{SP})?{DAY_OF}(?![0-9%]|[,.][0-9]){FOLLOW})"
        ),
        _whole,
    ),
    # 05-Aug-2016, Dec-2018
    (
        ever("year", "behind"),
        re.compile(
            rf"{NO_DIGIT_BEFORE}(?:(?P<day>{DAY})(?P<sign>[-/]))?(?P<month>{LONG}|{SMALL}|{SHORTENED})"
            rf"(?(sign)(?P=sign)|[-/])(?P<year>{YEAR})(?![0-9]|[-/,][0-9])"
        ),
        _whole,
    ),
    # Sep-23-2020
    (
        ever("year", "behind"),
        re.compile(
            rf"{NO_DIGIT_BEFORE}(?P<month>{LONG}|{SHORTENED})(?P<sign>[-/])(?P<day>{DAY})(?P=sign)(?P<year>{YEAR})(?![0-9])"
        ),
        _whole,
    ),
    # May 2018, June of 2018, April in 2016
    (
        ever("year", "behind"),
        re.compile(rf"\b(?P<month>{MONTH}),?{SP}(?:(?:of|in){SP})?(?P<year>{YEAR})(?![0-9]|,[0-9])"),
        _whole,
    ),
    # 2017 April
    (
        ever("year", "before"),
        re.compile(rf"{NUMBER_BEGINS}(?P<year>{YEAR}){SP}(?P<month>{MONTH})(?!{SP}[0-9])"),
        _whole,
    ),
    # Oct '19: the century is open, and so the year
    (
        ever("short", "behind"),
        re.compile(
            rf"(?:{NO_DIGIT_BEFORE}(?P<day>{DAY})(?:st|nd|rd|th)?{SP})?\b(?P<month>{MONTH}){SP}['’‘][0-9]{{2}}(?![0-9'’])"
        ),
        _whole,
    ),
    # spring 2026, the autumn of 2021, winter 2025-26 (the winter that begins in 2025)
    (
        ever("season", "year"),
        re.compile(rf"\b{_SEASON}{SP}(?:of{SP})?(?P<year>{YEAR})(?:[-–/](?:20)?[0-9]{{2}})?(?![0-9%]|[.,][0-9])"),
        _of_season,
    ),
    # by autumn, until the spring
    (
        ever("season"),
        re.compile(
            rf"\b(?:[Ii]n|[Uu]ntil|till|[Bb]y|[Ss]ince|[Ff]rom|[Bb]efore|[Aa]fter|[Dd]uring|of|early|late|mid|through)"
            rf"[\s-]{{1,3}}(?:the{SP})?(?P<date>(?P<season>spring|summer|autumn|winter))\b(?!-){_NO_SEASON}"
        ),
        _of_season,
    ),
    *PERIODS,
    # April–June 2020, May to July: the first
    (
        ever("month"),
        re.compile(
            rf"\b(?P<date>(?P<month>{LONG}|{SHORTENED}))(?=(?:\s?[-–/]\s?|{SP}(?:to|through|until){SP})(?:{LONG}|{SHORTENED})\b"
            rf"|{SP}(?:and|or){SP}(?:{LONG}|{SHORTENED}){SP}{YEAR}\b)"
        ),
        _whole,
    ),
    # the May-July period: the second
    (
        ever("month"),
        re.compile(rf"\b(?:{LONG}|{SHORTENED})\s?[-–/]\s?(?P<date>(?P<month>{LONG}|{SHORTENED}))"),
        _whole,
    ),
    # until September
    (
        ever("month"),
        re.compile(
            rf"(?<=\b)(?:[Ii]n|[Uu]ntil|till|[Bb]y|[Ss]ince|[Ff]rom|[Bb]efore|[Aa]fter|[Dd]uring|to|of|early|late"
            rf"|mid|Mid|Early|Late|and|between|through|end{SP}of)[\s-]{{1,3}}(?:the{SP})?(?P<date>(?P<month>{LONG}))\b"
        ),
        _whole,
    ),
    # since Sept., in april: what is no name and no verb
    (
        ever("month"),
        re.compile(
            rf"\b(?:[Ii]n|[Uu]ntil|till|[Ss]ince|[Dd]uring|early|late|mid|end{SP}of)[\s-]{{1,3}}"
            rf"(?P<date>(?P<month>Jan|Mar|Jun|Jul)\b)(?!{SP}[A-Z0-9])"
        ),
        _whole,
    ),
    (
        ever("month"),
        re.compile(
            rf"\b(?:[Ii]n|[Uu]ntil|till|[Ss]ince|[Dd]uring|early|late|mid|[Ff]rom|[Bb]y|[Bb]efore|[Aa]fter|to|and"
            rf"|end{SP}of)[\s-]{{1,3}}(?:the{SP})?(?P<date>(?P<month>Feb|Apr|Aug|Sept|Sep|Oct|Nov|Dec|january|february"
            rf"|april|june|july|september|october|november|december)\b)(?!{SP}[A-Z0-9])"
        ),
        _whole,
    ),
    *YEARS,
)

#: Feasts, whose day only a calendar of their own tells; behind what can lead a time, so that "Easter eggs" is none.
FEASTS = re.compile(
    rf"\b(?:[Bb]y|[Bb]efore|[Uu]ntil|till|[Aa]fter|[Ss]ince|[Oo]ver|[Aa]t|[Aa]round|[Ff]or|[Ff]rom|[Tt]his|[Nn]ext"
    rf"|[Ll]ast|least|of)(?:{SP}the)?{SP}"
    r"(?P<feast>Christmas|Easter|New Year|Boxing Day|Halloween|Hogmanay|Ramadan|Eid|Diwali|Hanukkah|Passover"
    r"|Thanksgiving|Pentecost|Whitsun|Michaelmas|Lent\b)(?:['’]s)?"
    rf"(?:{SP}(?:Day|Eve|Sunday|Monday))?(?:{SP}(?P<year>{YEAR})(?![0-9]))?"
)
