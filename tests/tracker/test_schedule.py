"""When a page is looked at again."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tracker.judging.schedule import is_gone, next_check

NOW = "2026-03-10T12:00:00.000Z"


def pause(since: str, *outcomes: str, retry_after: float | None = None) -> timedelta:
    made = next_check(NOW, since, outcomes, retry_after)
    assert made.endswith("Z")
    return datetime.fromisoformat(made) - datetime.fromisoformat(NOW)


MINUTES, HOURS, DAYS = (timedelta(**{unit: 1}) for unit in ("minutes", "hours", "days"))
QUIET = ("unchanged",)
ROWS = [
    ("2026-03-10T11:00:00Z", ("changed",), 30 * MINUTES, "in the first three hours"),
    ("2026-03-10T09:30:00Z", ("new",), 30 * MINUTES, "until their end"),
    ("2026-03-10T08:59:00Z", ("changed",), 2 * HOURS, "in the first week"),
    ("2026-03-04", ("changed",), 2 * HOURS, "of a date alone"),
    ("2026-03-02", ("changed",), DAYS, "then daily"),
    ("2026-02-07", ("changed",), 7 * DAYS, "then weekly"),
    ("2019", (), 7 * DAYS, "of a year alone"),
    ("2026-04-01", (), 30 * MINUTES, "what is dated ahead is new"),
    ("soon", (), 30 * MINUTES, "what has no date is new"),
    ("2026-03-10T13:30:00+02:00", (), 30 * MINUTES, "of another zone"),
    ("2026-02-07", QUIET * 2, 7 * DAYS, "two quiet visits are nothing"),
    ("2026-02-07", QUIET * 3, 14 * DAYS, "the third doubles the pause"),
    ("2026-02-07", ("unchanged", "boring") * 20, 28 * DAYS, "up to four weeks"),
    ("2026-03-10T11:00:00Z", QUIET * 9, 2 * HOURS, "or four times the usual pause"),
    ("2026-02-07", (*QUIET * 9, "changed"), 7 * DAYS, "a change brings it back"),
    ("2026-02-07", ("failed",), 15 * MINUTES, "a failure is made up for soon"),
    ("2026-02-07", ("failed", "missing", "failed"), HOURS, "and later each time"),
    ("2026-03-10T11:00:00Z", ("failed",) * 30, DAYS, "at most a day"),
    ("2026-02-07", ("failed",) * 30, 7 * DAYS, "or the usual pause"),
    ("2026-02-07", ("gone",), 28 * DAYS, "what has gone may come back"),
]


@pytest.mark.parametrize(("since", "outcomes", "expected", "why"), ROWS, ids=[row[3] for row in ROWS])
def test_the_pause(since: str, outcomes: tuple[str, ...], expected: timedelta, why: str) -> None:
    assert pause(since, *outcomes) == expected


def test_a_server_that_asks_for_longer_gets_it_and_never_shorter() -> None:
    assert pause("2026-02-07", "failed", retry_after=7200) == 2 * HOURS
    assert pause("2026-02-07", "failed", retry_after=1) == 15 * MINUTES
    assert pause("2026-02-07", "failed", retry_after=1e12) == 365 * DAYS


@pytest.mark.parametrize(
    ("misses", "gone"),
    [
        ((NOW,), False),
        (("2026-03-01T00:00:00Z", NOW), False),
        (("2026-03-09T00:00:00Z", "2026-03-10T00:00:00Z", NOW), False),
        (("2026-03-03T12:00:00Z", "2026-03-08T00:00:00Z", NOW), True),
        (("2026-03-03T12:00:01Z", "2026-03-08T00:00:00Z", NOW), False),
    ],
    ids=["once", "twice", "three times in two days", "three times in a week", "a second less"],
)
def test_gone_is_three_times_over_a_week(misses: tuple[str, ...], gone: bool) -> None:
    assert is_gone(NOW, misses) == gone
