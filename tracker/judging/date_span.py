"""The days that a partial date allows: ``2020-09`` any day of that September, ``--09`` of any year's."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

_PARTIAL = re.compile(r"(?P<year>[0-9]{4}|-)(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?\Z")
#: ``199X`` the nineteen-nineties, ``18XX`` the years from 1800 to 1899.
_YEARS = re.compile(r"(?P<known>[0-9]{2,3})X{1,2}\Z")
#: ``XX68`` and ``XX9X``: the century is left open.
_ANY_CENTURY = re.compile(r"XX(?=[0-9][0-9X](?:[-/]|\Z))")
#: The codes of ISO 8601-2 in the place of a month, each with its first month and how many there are. Seasons are as
#: weather services of the north count them (21 spring to 24 winter), then quarters (33-36) and halves (40, 41).
_PARTS_OF_YEAR = {
    21: (3, 3), 22: (6, 3), 23: (9, 3), 24: (12, 3), 33: (1, 3), 34: (4, 3), 35: (7, 3), 36: (10, 3), 40: (1, 6),
    41: (7, 6),
}  # fmt: skip
#: Stands for a year that is open: a leap year, so that 29 February is a day of it.
_ANY_YEAR = 2000
#: Stands for a century that both dates leave open.
_STAND_IN = "19"


@dataclass(frozen=True, slots=True)
class DateSpan:
    """The first and the last day allowed (both are), and whether the year is open and theirs only a stand-in.

    Where the year is open, a span that goes over its end (``--12-30/--01-02``) ends in the year behind the stand-in.
    """

    first: date
    last: date
    open_year: bool

    @property
    def turns(self) -> bool:
        """Whether it goes over the end of the year that stands in."""
        return self.open_year and self.last.year > _ANY_YEAR


def date_span(iso: str) -> DateSpan | None:
    """The days of a partial ISO 8601 date or of a span ``first/last``; None of no date and of an open century.

    Seasons (``2026-21``), quarters (``2019-35``), halves (``2019-40``), decades (``199X``) and centuries
    (``18XX``) are those of ISO 8601-2.

    >>> span = date_span("2020-02")
    >>> span.first.isoformat(), span.last.isoformat(), span.open_year
    ('2020-02-01', '2020-02-29', False)
    """
    start, slash, end = iso.partition("/")
    first = _one(start)
    last = _one(end) if slash else first
    if first is None or last is None or first.open_year != last.open_year:
        return None
    if last.last < first.first and first.open_year:
        last = _a_year_on(last)
    return None if last.last < first.first else DateSpan(first.first, last.last, first.open_year)


def comparable_spans(one: str, two: str) -> list[tuple[DateSpan, DateSpan]]:
    """The pairs of spans in which two dates may be meant; none where they have nothing in common.

    Where one has a year and the other none, both lose it; a span over the end of an open year is held against
    the other date in that year and in the next; an open century is that of the other date.

    >>> [(first.first.isoformat(), second.first.isoformat()) for first, second in comparable_spans("XX68", "1967")]
    [('1968-01-01', '1967-01-01')]
    """
    pairs = []
    for century in _centuries(one, two):
        mine, theirs = (date_span(_ANY_CENTURY.sub(century, iso)) for iso in (one, two))
        if mine is None or theirs is None:
            continue
        if mine.open_year != theirs.open_year:
            mine, theirs = (_without_year(iso, span) for iso, span in ((one, mine), (two, theirs)))
            if mine is None or theirs is None:
                continue
        pairs.append((mine, theirs))
        if mine.turns and not theirs.turns:
            pairs.append((mine, _a_year_on(theirs)))
        elif theirs.turns and not mine.turns:
            pairs.append((_a_year_on(mine), theirs))
    return pairs


def _centuries(one: str, two: str) -> list[str]:
    """The first two figures of the years that an open century may stand for; one stand-in where none is open."""
    is_open = [any(_ANY_CENTURY.match(part) for part in iso.split("/")) for iso in (one, two)]
    if is_open[0] == is_open[1]:
        return [_STAND_IN]
    span = date_span(two if is_open[0] else one)
    if span is None or span.open_year:
        return []
    return [f"{number:02d}" for number in range(span.first.year // 100, span.last.year // 100 + 1)]


def _without_year(iso: str, span: DateSpan) -> DateSpan | None:
    """The same days of any year; None where they are a year or more."""
    if span.open_year:
        return span
    if (span.last - span.first).days >= 364:
        return None
    return date_span("/".join("-" + part[4:] for part in iso.split("/")))


def _a_year_on(span: DateSpan) -> DateSpan:
    return DateSpan(_next_year(span.first), _next_year(span.last), span.open_year)


def _next_year(day: date) -> date:
    return day.replace(year=day.year + 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _one(iso: str) -> DateSpan | None:
    years = _YEARS.match(iso)
    if years is not None and len(iso) == 4 and int(years["known"]):
        known = years["known"]
        return DateSpan(date(int(known.ljust(4, "0")), 1, 1), date(int(known.ljust(4, "9")), 12, 31), False)
    parts = _PARTIAL.match(iso)
    if parts is None or (parts["year"] == "-" and parts["month"] is None):
        return None
    open_year = parts["year"] == "-"
    year = _ANY_YEAR if open_year else int(parts["year"])
    month, day = (int(parts[name]) if parts[name] else None for name in ("month", "day"))
    try:
        if month in _PARTS_OF_YEAR and day is None:
            return _part_of_year(year, *_PARTS_OF_YEAR[month], open_year)
        first = date(year, month or 1, day or 1)
        last_month = month or 12
        return DateSpan(first, date(year, last_month, day or monthrange(year, last_month)[1]), open_year)
    except ValueError:
        return None


def _part_of_year(year: int, month: int, months: int, open_year: bool) -> DateSpan:
    """Some months from one on; winter ends in the next year."""
    years, last = divmod(month + months - 2, 12)
    end_year, end_month = year + years, last + 1
    return DateSpan(date(year, month, 1), date(end_year, end_month, monthrange(end_year, end_month)[1]), open_year)
