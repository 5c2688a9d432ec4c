"""Dates in a text: whole, partial and relative, and dates that are what a sentence claims.

ISO 8601 throughout, partial where the text is: ``2018-05`` for "May 2018", ``--09`` for "September" with
the year left open, ``--05-25`` for "25 May", ``2020-05-03/2020-05-05`` for a span of days.
Numeric dates that two countries read differently (02/07/2020) are not read at all.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.reading.values import Figure

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip
_MONTH_NUMBER = {name[:3]: number for number, name in enumerate(_MONTHS, 1)}
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

# "may" and "march" are verbs: months are read in capitals only, alone only behind a preposition.
_LONG = (
    r"January|February|March|April|May|June|July|August|September|October|November|December"
    r"|JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER"
)
_SHORT = r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?"
_MONTH = rf"(?:(?:{_LONG})\b|{_SHORT})"
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_DAY = r"(?:3[01]|[12][0-9]|0?[1-9])"
_YEAR = r"(?:1[5-9]|20)[0-9]{2}"
_SP = r"[ \t\u00a0\u202f]{1,3}"
_NO_DIGIT_BEFORE = r"(?<![0-9A-Za-z.,/:£$€-])"
#: What a year may stand behind for it to be one.
_YEAR_LEAD = (
    r"(?:in|since|by|from|until|till|before|after|during|early|late|mid|spring|summer|autumn|winter|fall|year|Year"
    r"|In|Since|By|From|Until|Before|After|During)"
)
_COUNTS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class DateMention:
    """One date of a text: ``text[start:end] == text``.

    ``iso`` is (partial) ISO 8601, None while a relative date has no document date to lean on.
    ``grain`` is what a relative date moves by (day, week, month, year, or a weekday as ``mon`` … ``sun``)
    and ``shift`` how far; both are None and 0 for dates that stand by themselves.
    """

    start: int
    end: int
    text: str
    iso: str | None
    relative: bool = False
    grain: str | None = None
    shift: int = 0


def _month_number(name: str) -> int:
    return _MONTH_NUMBER[name[:3].lower()]


def _iso(year: str | None, month: int, day: str | None) -> str | None:
    """Partial ISO 8601, or None where the calendar has no such day."""
    if day is not None and int(day) > monthrange(int(year) if year else 2000, month)[1]:
        return None
    tail = f"{month:02d}" if day is None else f"{month:02d}-{int(day):02d}"
    return f"{year}-{tail}" if year else f"--{tail}"


_Reader = Callable[[re.Match[str]], str | None]


def _whole(match: re.Match[str]) -> str | None:
    found = match.groupdict()
    first = _iso(found.get("year"), _month_number(found["month"]), found.get("day"))
    if first is None or found.get("last") is None:
        return first
    last = _iso(found.get("year"), _month_number(found["month"]), found["last"])
    return None if last is None or int(found["last"]) <= int(found["day"]) else f"{first}/{last}"


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


#: Absolute dates, in the order in which they are tried; the first that takes a place keeps it.
_ABSOLUTE: tuple[tuple[re.Pattern[str], _Reader], ...] = (
    # 2020-07-02
    (
        re.compile(rf"{_NO_DIGIT_BEFORE}(?P<year>{_YEAR})-(?P<month>[01][0-9])-(?P<day>[0-3][0-9])(?![0-9])"),
        _written_iso,
    ),
    # 25/12/2020, 25.12.2020
    (
        re.compile(
            rf"{_NO_DIGIT_BEFORE}(?P<one>[0-3]?[0-9])(?P<s>[/.])(?P<two>[0-3]?[0-9])(?P=s)(?P<year>{_YEAR})(?![0-9])"
        ),
        _numeric,
    ),
    # Thursday 2 July 2020, the 25th of May, 3-5 May 2020
    (
        re.compile(
            rf"{_NO_DIGIT_BEFORE}(?:{_WEEKDAY},?{_SP})?(?P<day>{_DAY})(?:st|nd|rd|th)?"
            rf"(?:\s?[-–]\s?(?P<last>{_DAY})(?:st|nd|rd|th)?)?{_SP}(?:of{_SP})?(?P<month>{_MONTH})"
            rf"(?:,?{_SP}(?P<year>{_YEAR})(?![0-9]|,[0-9]))?"
        ),
        _whole,
    ),
    # July 2, 2020; Oct. 31
    (
        re.compile(
            rf"(?:{_WEEKDAY},?{_SP})?\b(?P<month>{_MONTH}){_SP}(?P<day>{_DAY})(?:st|nd|rd|th)?"
            rf"(?:\s?[-–]\s?(?P<last>{_DAY})(?:st|nd|rd|th)?)?"
            rf"(?![0-9%:])(?![,.][0-9])(?:,?{_SP}(?P<year>{_YEAR})(?![0-9]|,[0-9]))?"
        ),
        _whole,
    ),
    # May 2018, June of 2018
    (re.compile(rf"\b(?P<month>{_MONTH}),?{_SP}(?:of{_SP})?(?P<year>{_YEAR})(?![0-9]|,[0-9])"), _whole),
    # the financial year 2019-20, the 2019/20 season
    (re.compile(rf"{_NO_DIGIT_BEFORE}(?P<year>{_YEAR})[-–/](?P<last>(?:20)?[0-9]{{2}})(?![0-9-])"), _season),
    # until September
    (
        re.compile(
            rf"(?<=\b)(?:[Ii]n|[Uu]ntil|till|[Bb]y|[Ss]ince|[Ff]rom|[Bb]efore|[Aa]fter|[Dd]uring|to|of|early|late"
            rf"|mid|and|between|[Tt]his|[Ll]ast|next|through|end{_SP}of)[\s-]{{1,3}}(?P<date>(?P<month>{_LONG}))\b"
        ),
        _whole,
    ),
    # in 2018, © 2020
    (
        re.compile(rf"(?:\b{_YEAR_LEAD}[\s\u00a0-]{{1,3}}|[©(]\s?)(?P<date>(?P<year>{_YEAR}))(?![0-9%]|[.,][0-9])"),
        _year_only,
    ),
)

_AGO = r"(?P<count>[0-9]{1,3}|a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_RELATIVE = re.compile(
    r"\b(?:(?P<word>the day before yesterday|the day after tomorrow|yesterday|today|tonight|tomorrow)"
    r"|(?P<way>last|next|this) (?P<grain>week|month|year|night|(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
    rf"|{_AGO} (?P<unit>day|week|month|year)s? ago"
    r"|on (?P<weekday>(?:mon|tues|wednes|thurs|fri|satur|sun)day))\b",
    re.IGNORECASE,
)
_WORDS = {
    "the day before yesterday": -2, "yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1,
    "the day after tomorrow": 2,
}  # fmt: skip
#: Words that a count of people or things has behind it, so that "in 1749 people" is no year.
_COUNTED = re.compile(r"[ \u00a0]{1,2}(?:people|women|men|children|jobs|deaths|cases|patients|staff|times)\b")


def _absolute(text: str) -> Iterator[DateMention]:
    for pattern, reader in _ABSOLUTE:
        for match in pattern.finditer(text):
            group: str | int = "date" if "date" in pattern.groupindex else 0
            iso = reader(match)
            if iso is None or (len(iso) == 4 and _COUNTED.match(text, match.end())):
                continue
            words = match.group(group).rstrip()
            start = match.start(group)
            yield DateMention(start, start + len(words), words, iso)


def _relative(text: str) -> Iterator[DateMention]:
    for match in _RELATIVE.finditer(text):
        found = match.groupdict()
        start, grain, shift = match.start(), "day", 0
        if found["word"]:
            shift = _WORDS[found["word"].lower()]
        elif found["way"]:
            grain = found["grain"].lower()
            shift = {"last": -1, "this": 0, "next": 1}[found["way"].lower()]
        elif found["unit"]:
            grain, count = found["unit"].lower(), found["count"].lower()
            shift = -(_COUNTS[count] if count in _COUNTS else int(count))
        else:
            grain, shift, start = found["weekday"].lower(), -1, match.start("weekday")
        if grain == "night":
            grain = "day"
        grain = grain[:3] if grain.endswith("day") and grain != "day" else grain
        yield DateMention(start, match.end(), text[start : match.end()], None, True, grain, shift)


def read_dates(text: str) -> tuple[DateMention, ...]:
    """Every date of a text, in order and not overlapping. Linear; any string is accepted.

    >>> [mention.iso for mention in read_dates("From the 25th of May until September")]
    ['--05-25', '--09']
    """
    taken: list[DateMention] = []
    covered: set[int] = set()
    # The patterns that see most stand first; a later one may only take places that are still free.
    for mention in (*_absolute(text), *_relative(text)):
        places = range(mention.start, mention.end)
        if covered.isdisjoint(places):
            covered.update(places)
            taken.append(mention)
    return tuple(sorted(taken, key=lambda mention: mention.start))


def _months_on(day: date, months: int) -> str:
    index = day.year * 12 + day.month - 1 + months
    return f"{index // 12:04d}-{index % 12 + 1:02d}"


def resolve(mention: DateMention, document_date: str | None) -> str | None:
    """The (partial) ISO date that a mention means in a document of a date (ISO 8601), else None.

    A date whose year is open stays so: which year "September" means, the sentence's tense tells and
    not the calendar. "On Monday" is the last one up to the document's own day; weeks are ISO weeks.
    """
    if not mention.relative:
        return mention.iso
    try:
        today = date.fromisoformat((document_date or "")[:10])
    except ValueError:
        return None
    grain, shift = mention.grain, mention.shift
    try:
        if grain == "day":
            return (today + timedelta(days=shift)).isoformat()
        if grain == "week":
            year, week, _ = (today + timedelta(weeks=shift)).isocalendar()
            return f"{year:04d}-W{week:02d}"
        if grain == "month":
            return _months_on(today, shift)
        if grain == "year":
            return f"{today.year + shift:04d}" if 0 < today.year + shift < 10_000 else None
        return _weekday(today, str(grain), shift, mention.text.lower().startswith("last"))
    except OverflowError:
        return None


def _weekday(today: date, grain: str, shift: int, strictly: bool) -> str:
    wanted = [name[:3] for name in _DAYS].index(grain)
    if shift > 0:
        return (today + timedelta(days=(wanted - today.weekday() - 1) % 7 + 1)).isoformat()
    if shift == 0:
        return (today + timedelta(days=wanted - today.weekday())).isoformat()
    back = (today.weekday() - wanted) % 7
    return (today - timedelta(days=back or (7 if strictly else 0))).isoformat()


#: What leads a date that is a deadline or the beginning of something; the lead is outside the span.
_LEAD = re.compile(
    r"\b(?P<lead>no later than|not later than|on or before|on or after|not before|no earlier than"
    r"|until after|until|till"
    r"|by|before|after|from|starting|beginning|in|on|for)"
    r"(?:[ \u00a0]at least|[ \u00a0]at the earliest|[ \u00a0]at the latest)?"
    r"(?:[ \u00a0](?:the end of|the start of|the beginning of|early|late|mid|the))?[\s\u00a0-]{1,3}\Z",
    re.IGNORECASE,
)
_NEGATION = re.compile(r"(?:\b(?:not|never|nothing|no|none|cannot|without)\b|n['’]t\b|\bunlikely\b)", re.IGNORECASE)
#: Only beside such words is "in September" or "on 5 May" a schedule and not a report of what was.
_SCHEDULE = re.compile(
    r"\b(?:will|won['’]t|shall|due|scheduled|expected|set to|planned|plans? to|slated|to be|going to|aims? to"
    r"|would|runs? out|hopes? to|pledged|promised|target|deadline|expires?|opens?|starts?|begins?|closes?"
    r"|launch(?:es)?)\b",
    re.IGNORECASE,
)
#: What a denial makes of a lead: what is not done by a date is done after it, if at all.
_NEGATED = {"until": ">=", "till": ">=", "by": ">", "before": ">="}
#: The sentence before a lead is looked at no further back than this many characters.
_REACH = 160
_SENTENCE_END = re.compile(r"[.!?;:][ \u00a0\"'”’)]|\n\s*\n|[•\n]\s*[•*–-]")

#: "until X" tells how long a state lasts: the statement holds up to X and says nothing of later.
_COMPARATOR = {
    "no later than": "<=", "not later than": "<=", "on or before": "<=", "by": "<=", "before": "<",
    "after": ">", "until after": ">", "not before": ">=", "no earlier than": ">=", "on or after": ">=",
    "from": ">=",
    "starting": ">=", "beginning": ">=", "in": "=", "on": "=", "for": "=", "until": "<=", "till": "<=",
}  # fmt: skip


def read_deadlines(text: str, document_date: str | None = None) -> tuple[Figure, ...]:
    """Dates that are what a sentence claims (deadlines, schedules), as figures of the dimension ``date``.

    The span is the date's own words; the lead gives the comparator: "not … until X" ``>=`` (the thing
    happens at X at the earliest), "not … by X" ``>``, "until X" ``<=`` (a state lasts up to X),
    "by X" ``<=``,
    "before X" ``<``, "after X" ``>``, "from X" ``>=``, and "in/on X" beside words of a schedule ``=``.
    A relative date is read only where ``document_date`` resolves it.
    """
    figures: list[Figure] = []
    for mention in read_dates(text):
        iso = resolve(mention, document_date)
        comparator = _schedule(text, mention.start)
        if iso is not None and comparator is not None:
            figures.append(
                Figure(
                    mention.start,
                    mention.end,
                    mention.text,
                    None,
                    None,
                    None,
                    dimension="date",
                    comparator=comparator,
                    date=iso,
                )  # fmt: skip
            )
    return tuple(figures)


def _schedule(text: str, start: int) -> str | None:
    """The comparator that the words before a date give it, or None where it is no schedule."""
    before = text[max(0, start - _REACH) : start]
    lead = _LEAD.search(before, max(0, len(before) - 40))
    if lead is None:
        return None
    words = " ".join(lead["lead"].lower().split())
    ends = [match.end() for match in _SENTENCE_END.finditer(before, 0, lead.start())]
    sentence = before[ends[-1] if ends else 0 : lead.start()]
    denied = _NEGATED.get(words) if _NEGATION.search(sentence) else None
    if denied is not None and (words in ("until", "till") or _SCHEDULE.search(sentence)):
        return denied
    if words in (
        "until",
        "till",
        "no later than",
        "not later than",
        "not before",
        "no earlier than",
        "until after",
    ):
        return _COMPARATOR[words]
    return _COMPARATOR[words] if _SCHEDULE.search(sentence) else None
