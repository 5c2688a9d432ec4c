"""The days that a partial date allows: ``2020-09`` any day of that September, ``--09`` of any year's."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

_PARTIAL = re.compile(r"(?P<year>[0-9]{4}|-)(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?\Z")
#: The codes of ISO 8601-2 for seasons, each with its first month as weather services of the north count them.
_SEASONS = {21: 3, 22: 6, 23: 9, 24: 12}
#: Stands for a year that is open: a leap year, so that 29 February is a day of it.
_ANY_YEAR = 2000


@dataclass(frozen=True, slots=True)
class DateSpan:
    """The first and the last day allowed (both are), and whether the year is open and theirs only a stand-in."""

    first: date
    last: date
    open_year: bool


def date_span(iso: str) -> DateSpan | None:
    """The days of a partial ISO 8601 date, of a season (``2026-21``) or of a span ``first/last``; None of no date.

    >>> span = date_span("2020-02")
    >>> span.first.isoformat(), span.last.isoformat(), span.open_year
    ('2020-02-01', '2020-02-29', False)
    """
    start, slash, end = iso.partition("/")
    first = _one(start)
    last = _one(end) if slash else first
    if first is None or last is None or first.open_year != last.open_year or last.last < first.first:
        return None
    return DateSpan(first.first, last.last, first.open_year)


def _one(iso: str) -> DateSpan | None:
    parts = _PARTIAL.match(iso)
    if parts is None or (parts["year"] == "-" and parts["month"] is None):
        return None
    open_year = parts["year"] == "-"
    year = _ANY_YEAR if open_year else int(parts["year"])
    month, day = (int(parts[name]) if parts[name] else None for name in ("month", "day"))
    try:
        if month in _SEASONS and day is None:
            # A winter of no year has its days at both ends of the year that stands in.
            return None if open_year and month == 24 else _season(year, _SEASONS[month], open_year)
        first = date(year, month or 1, day or 1)
        last_month = month or 12
        return DateSpan(first, date(year, last_month, day or monthrange(year, last_month)[1]), open_year)
    except ValueError:
        return None


def _season(year: int, month: int, open_year: bool) -> DateSpan:
    """Three months from one on; winter ends in the next year."""
    end_year, end_month = (year + 1, month - 10) if month > 10 else (year, month + 2)
    return DateSpan(date(year, month, 1), date(end_year, end_month, monthrange(end_year, end_month)[1]), open_year)
