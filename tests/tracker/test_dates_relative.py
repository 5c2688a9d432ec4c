"""Dates that lean on the day of the document: with that day, and without it."""

from __future__ import annotations

import pytest

from tracker.reading.dates import read_dates, read_deadlines, resolve


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("yesterday", "2020-07-01"), ("tomorrow", "2020-07-03"), ("last year", "2019"),
        ("last month", "2020-06"),
        ("two weeks ago", "2020-W25"), ("three days ago", "2020-06-29"), ("on Monday", "2020-06-29"),
        ("last Thursday", "2020-06-25"), ("next Friday", "2020-07-03"), ("this week", "2020-W27"),
        ("9 months ago", "2019-10"),
    ],
)  # fmt: skip
def test_relative_dates_lean_on_the_document(text: str, iso: str) -> None:
    (mention,) = read_dates(text)
    assert mention.relative
    assert mention.iso is None
    assert resolve(mention, "2020-07-02T16:25:00Z") == iso
    assert resolve(mention, None) is None
    assert resolve(mention, "no date") is None


@pytest.mark.parametrize(
    ("text", "today", "iso"),
    [
        ("next autumn", "2025-07-02", "2026-23"), ("this summer", "2025-07-02", "2025-22"),
        ("last summer", "2025-07-02", "2024-22"), ("last spring", "2025-07-02", "2025-21"),
        ("last winter", "2025-07-02", "2024-24"), ("this winter", "2025-02-02", "2024-24"),
        ("next autumn", None, "--23"), ("the end of the year", "2025-07-02", "2025"),
    ],
)  # fmt: skip
def test_relative_seasons(text: str, today: str | None, iso: str) -> None:
    (mention,) = read_dates(text)
    assert mention.relative
    assert resolve(mention, today) == iso


def test_the_ends_of_the_calendar() -> None:
    (mention,) = read_dates("yesterday")
    assert resolve(mention, "0001-01-01") is None


@pytest.mark.parametrize(
    ("text", "today", "iso", "reason"),
    [
        ("this morning", "2020-07-02", "2020-07-02", "a part of the day"),
        ("last night", "2020-07-02", "2020-07-01", "the night before"),
        ("last March", "2020-07-02", "2020-03", "the latest that was over"),
        ("last September", "2020-07-02", "2019-09", "that of the year before"),
        ("last July", "2020-07-02", "2019-07", "not the month that runs"),
        ("this September", "2020-07-02", "2020-09", "of this year"),
        ("next March", "2020-07-02", "2021-03", "the first to begin"),
        ("next September", "2020-07-02", "2020-09", "still this year"),
        ("last quarter", "2020-07-02", "2020-34", "the second of the year"),
        ("next quarter", "2020-11-02", "2021-33", "over New Year"),
        ("this weekend", "2020-07-02", "2020-07-04/2020-07-05", "both its days"),
        ("this decade", "2020-07-02", "202X", "a decade"),
        ("last century", "2020-07-02", "19XX", "a century"),
        ("in three weeks’ time", "2020-07-02", "2020-W30", "a time to come"),
        ("two years from now", "2020-07-02", "2022", "the same in other words"),
        ("a fortnight ago", "2020-07-02", "2020-W25", "two weeks"),
        ("It will close on Monday", "2020-07-02", "2020-07-06", "to come, beside 'will'"),
        ("It closed on Monday", "2020-07-02", "2020-06-29", "gone by"),
        ("It closed Monday", "2020-07-02", "2020-06-29", "the American way"),
        ("It must be paid by Friday", "2020-07-02", "2020-07-03", "a deadline"),
        ("They have been out since Tuesday", "2020-07-02", "2020-06-30", "'since' looks back"),
        ("He said it would close on Monday", "2020-07-02", None, "'would' leaves it open"),
        ("The shop was shut until Friday", "2020-07-02", None, "nothing tells which"),
        ("more than 20 years ago", "2020-07-02", None, "a bound tells no year"),
    ],
)
def test_every_kind(text: str, today: str, iso: str | None, reason: str) -> None:
    (mention,) = read_dates(text)
    assert mention.relative
    assert resolve(mention, today) == iso, reason
    without = resolve(mention, None)
    # Without the document's day only what stands in the words is left: a month or a season.
    assert without is None or without.startswith("--"), reason


@pytest.mark.parametrize("text", ["over the last year", "in the next month", "her last week there", "Monday night"])
def test_no_date(text: str) -> None:
    assert read_dates(text) == ()


def test_a_weekday_to_come_is_a_deadline_of_the_document() -> None:
    (figure,) = read_deadlines("The clinic will close on Monday.", "2020-07-02")
    assert (figure.date, figure.comparator) == ("2020-07-06", "=")
    assert read_deadlines("The clinic closed on Monday.", "2020-07-02") == ()
