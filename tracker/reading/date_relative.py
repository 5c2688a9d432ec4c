"""Dates that lean on the day on which a text was written: yesterday, last March, on Monday, three weeks ago.

Found without that day, resolved only with it. Where the words do not tell which one is meant ("by Friday" without a
word of time to come, "more than 20 years ago", "over the last year", which is no calendar's year) nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from tracker.reading.date_parts import DAYS, LONG, MONTH_NUMBER, SEASONS, DateMention, month_number

_COUNTS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
}  # fmt: skip
_COUNT = rf"(?P<{{}}>[0-9]{{{{1,3}}}}|{'|'.join(_COUNTS)})"
_UNITS = r"(?P<{}>day|week|month|year|fortnight)s?"
_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_WORD = re.compile(
    r"\b(?:the day before yesterday|the day after tomorrow|yesterday|today|tonight|tomorrow"
    r"|this (?:morning|afternoon|evening))\b",
    re.IGNORECASE,
)
_NAMED = re.compile(
    rf"\b(?P<way>last|next|this)[ \u00a0](?P<grain>weekend|week|month|year|night|quarter|decade|century|{_WEEKDAY}"
    rf"|spring|summer|autumn|winter|fall(?! (?:in|of|to|by)\b)|(?-i:{LONG}))\b",
    re.IGNORECASE,
)
# "Over the last year" are twelve months, "her last month" the end of something.
_OWN = re.compile(r"\b(?:the|his|her|my|their|our|its|your|every)[ \u00a0]\Z", re.IGNORECASE)
_END_OF = re.compile(r"(?<=end of )the (?P<of>week|month|year)\b", re.IGNORECASE)
_COUNTED = re.compile(
    rf"\b{_COUNT.format('count')}[ \u00a0]{_UNITS.format('unit')}(?:(?P<ago>[ \u00a0]ago)"
    r"|[ \u00a0]from[ \u00a0](?:now|today)|(?<=s)['’][ \u00a0]time|['’]s[ \u00a0]time)\b",
    re.IGNORECASE,
)
_DAY_WORDS = {
    "the day before yesterday": -2, "yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1,
    "the day after tomorrow": 2,
}  # fmt: skip
#: "More than 20 years ago" is a bound: no year is told.
_HEDGED = re.compile(
    r"\b(?:than|over|under|least|about|around|nearly|almost|some|roughly|up to|approximately|barely)[ \u00a0]\Z",
    re.IGNORECASE,
)

_DAY_NAME = re.compile(
    r"\b(?P<day>(?:[Mm]on|[Tt]ues|[Ww]ednes|[Tt]hurs|[Ff]ri|[Ss]atur|[Ss]un)day)\b(?![’'-]|,? (?:the )?[0-9])"
)
_WORD_BEFORE = re.compile(r"(?:\b(?P<lead>[A-Za-z]{1,20}))[ \u00a0]\Z")
_PAST = re.compile(r"said|told|died|met|won|lost|began|fell|rose|came|went|held|wrote|found|late|early|[a-z]{2,17}ed")
#: What makes the day one to come; "would" leaves both open.
_COMING = re.compile(
    r"\b(?:will|won['’]t|shall|due|expected|scheduled|set to|to be|going to|plans? to|planned|is to|are to|must"
    r"|should)\b",
    re.IGNORECASE,
)
_WOULD = re.compile(r"\b(?:would|could|might|may)\b", re.IGNORECASE)
_STOP = re.compile(r"[.!?;:\n][ \u00a0\"'”’)]?")
#: So far back words of time to come are looked for, in characters.
_REACH = 100


def relative_dates(text: str, low: str) -> Iterator[DateMention]:
    """The relative dates of a text, kind by kind; ``low`` is the text in lower case. Linear."""
    if "day" in low or "tonight" in low or "tomorrow" in low or "this " in low:
        for match in _WORD.finditer(text):
            yield _mention(text, match.start(), match.end(), "day", _DAY_WORDS.get(match[0].lower(), 0))
    if "last" in low or "next" in low or "this" in low:
        for match in _NAMED.finditer(text):
            way, start = match["way"].lower(), match.start()
            if way == "this" or not _OWN.search(text, max(0, start - 8), start):
                yield _mention(
                    text, start, match.end(), match["grain"].lower(), {"last": -1, "this": 0, "next": 1}[way]
                )
    if "end of the" in low:
        for match in _END_OF.finditer(text):
            yield _mention(text, match.start(), match.end(), match["of"].lower(), 0)
    if " ago" in low or " time" in low or "from now" in low or "from today" in low:
        for match in _COUNTED.finditer(text):
            grain, shift = _counted(text, match)
            yield _mention(text, match.start(), match.end(), grain, shift)
    if "day" in low:
        yield from _weekdays(text)


def _weekdays(text: str) -> Iterator[DateMention]:
    for match in _DAY_NAME.finditer(text):
        told = _direction(text, match.start())
        if told is not None:
            yield _mention(text, match.start(), match.end(), match["day"].lower() if told else None, told)


def _mention(text: str, start: int, end: int, grain: str | None, shift: int) -> DateMention:
    iso = None
    if grain == "night":
        grain = "day"
    elif grain in DAYS:
        grain = str(grain)[:3]
    elif grain in SEASONS:
        iso = f"--{SEASONS[str(grain)]}"
    elif grain is not None and grain[:3] in MONTH_NUMBER and grain != "month":
        iso = f"--{month_number(grain):02d}"
    return DateMention(start, end, text[start:end], iso, True, grain, shift)


def _counted(text: str, match: re.Match[str]) -> tuple[str | None, int]:
    count, unit = match["count"].lower(), match["unit"].lower()
    many = _COUNTS[count] if count in _COUNTS else int(count)
    if _HEDGED.search(text, max(0, match.start() - 16), match.start()):
        return None, 0
    many, unit = (many * 2, "week") if unit == "fortnight" else (many, unit)
    return unit, -many if match["ago"] else many


def _direction(text: str, start: int) -> int | None:
    """-1 for a weekday gone by, 1 for one to come, 0 where that is open, None where it is no date."""
    lead = _WORD_BEFORE.search(text, max(0, start - 22), start)
    word = lead["lead"].lower() if lead else ""
    is_past = _PAST.fullmatch(word) is not None
    if not is_past and word not in ("on", "by", "until", "till", "before", "after", "from", "since"):
        return None
    before = text[max(0, start - _REACH) : start]
    stops = [match.end() for match in _STOP.finditer(before)]
    before = before[stops[-1] if stops else 0 :]
    if word == "since":
        return -1
    if _COMING.search(before):
        return 1
    return -1 if (is_past or word == "on") and not _WOULD.search(before) else 0


def _months_on(day: date, months: int) -> str:
    index = day.year * 12 + day.month - 1 + months
    return f"{index // 12:04d}-{index % 12 + 1:02d}"


def _year(year: int, tail: str = "") -> str | None:
    return f"{year:04d}{tail}" if 0 < year < 10_000 else None


def resolve(mention: DateMention, document_date: str | None) -> str | None:
    """The (partial) ISO date that a mention means in a document of a date (ISO 8601), else None.

    A date whose year is open stays so: which year "September" means, the sentence's tense tells and
    not the calendar. "On Monday" is the last one up to the document's own day, or the first from it beside a word
    of time to come; weeks are ISO weeks; "last March" is the latest that was over, "next March" the first to begin,
    "next autumn" the one of next year, "this autumn" this year's.
    """
    if not mention.relative or mention.grain is None:
        return mention.iso
    try:
        today = date.fromisoformat((document_date or "")[:10])
    except ValueError:
        return mention.iso
    try:
        return _resolved(today, mention.grain, mention.shift, mention.text.lower())
    except OverflowError:
        return None


def _resolved(today: date, grain: str, shift: int, text: str) -> str | None:
    if grain == "day":
        return (today + timedelta(days=shift)).isoformat()
    if grain == "week":
        year, week, _ = (today + timedelta(weeks=shift)).isocalendar()
        return f"{year:04d}-W{week:02d}"
    if grain == "weekend":
        saturday = today + timedelta(days=5 - today.weekday(), weeks=shift)
        return f"{saturday.isoformat()}/{(saturday + timedelta(days=1)).isoformat()}"
    if grain in ("month", "year", "decade", "century", "quarter"):
        return _long_span(today, grain, shift)
    if grain in SEASONS:
        return _season_on(today, grain, shift)
    if grain[:3] in MONTH_NUMBER and len(grain) > 2 and grain not in [name[:3] for name in DAYS]:
        return _month_on(today, month_number(grain), shift)
    return _weekday(today, grain, shift, text.startswith(("last", "next")))


def _long_span(today: date, grain: str, shift: int) -> str | None:
    if grain == "month":
        year = (today.year * 12 + today.month - 1 + shift) // 12
        return _months_on(today, shift) if 0 < year < 10_000 else None
    if grain == "quarter":
        index = today.year * 4 + (today.month - 1) // 3 + shift
        return _year(index // 4, f"-{33 + index % 4}")
    if grain == "year":
        return _year(today.year + shift)
    span = 10 if grain == "decade" else 100
    begun = _year(today.year + shift * span)
    return None if begun is None else begun[: 3 if span == 10 else 2] + ("X" if span == 10 else "XX")


def _month_on(today: date, month: int, shift: int) -> str | None:
    """The month of this year, the latest before this month, or the first behind it."""
    year = today.year
    if shift < 0 and month >= today.month:
        year -= 1
    elif shift > 0 and month <= today.month:
        year += 1
    return _year(year, f"-{month:02d}")


def _season_on(today: date, season: str, shift: int) -> str | None:
    """The season last, this or next, seen from a day; a season that is over is the last one, not this year's."""
    begins = {"spring": 3, "summer": 6, "winter": 12}.get(season, 9)
    # January and February belong to the winter that began the year before.
    year = today.year - (1 if season == "winter" and today.month < 3 else 0)
    over = season != "winter" and today.month >= begins + 3
    year += shift + (1 if shift < 0 and over else 0)
    return _year(year, f"-{SEASONS[season]}")


def _weekday(today: date, grain: str, shift: int, strictly: bool) -> str:
    wanted = [name[:3] for name in DAYS].index(grain)
    if shift > 0:
        ahead = (wanted - today.weekday()) % 7
        return (today + timedelta(days=ahead or (7 if strictly else 0))).isoformat()
    if shift == 0:
        return (today + timedelta(days=wanted - today.weekday())).isoformat()
    back = (today.weekday() - wanted) % 7
    return (today - timedelta(days=back or (7 if strictly else 0))).isoformat()
