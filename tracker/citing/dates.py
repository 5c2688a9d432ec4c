"""Dates as citation programs take them: whole or partial, and never one that is none."""

from __future__ import annotations

import re
from datetime import date

_PARTIAL = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2})(?![0-9]))?)?(?:T.*)?")


def date_parts(stated: str | None) -> tuple[int, ...]:
    """Year, month and day of an ISO 8601 date or time, as many as it states; none of what is no date.

    >>> date_parts("2020-09"), date_parts("2020-07-02T08:00:00Z"), date_parts("2020-13")
    ((2020, 9), (2020, 7, 2), ())
    """
    found = _PARTIAL.fullmatch((stated or "").strip())
    if found is None:
        return ()
    parts = tuple(int(part) for part in found.groups() if part is not None)
    try:
        date(*(*parts, 1, 1)[:3])
    except ValueError:
        return ()
    return parts


def partial_iso(stated: str | None) -> str:
    """The date again in (partial) ISO 8601, without the time of day; empty where it is no date."""
    parts = date_parts(stated)
    return "-".join([f"{part:04d}" if not place else f"{part:02d}" for place, part in enumerate(parts)])
