"""Dates, relative dates, and dates that are what a sentence claims."""

from __future__ import annotations

import pytest

from tracker.reading.dates import read_dates, read_deadlines, resolve


@pytest.mark.parametrize(
    ("text", "found", "reason"),
    [
        ("Published on 2 July 2020.", [("2 July 2020", "2020-07-02")], "the British order"),
        ("It began on July 2, 2020, in Leeds.", [("July 2, 2020", "2020-07-02")], "the American order"),
        ("Thursday 2 July 2020", [("Thursday 2 July 2020", "2020-07-02")], "with its weekday"),
        ("the 25th of May", [("25th of May", "--05-25")], "the year left open"),
        ("back in May 2018", [("May 2018", "2018-05")], "a month"),
        ("closed since September", [("September", "--09")], "a month without its year"),
        ("the year ending Oct. 31.", [("Oct. 31", "--10-31")], "an abbreviated month"),
        ("dated 2020-07-02", [("2020-07-02", "2020-07-02")], "ISO 8601"),
        ("on 25/12/2020", [("25/12/2020", "2020-12-25")], "only one reading"),
        ("on 02/07/2020", [], "two readings"),
        ("on 31/31/2020", [], "no calendar has it"),
        ("3-5 May 2020", [("3-5 May 2020", "2020-05-03/2020-05-05")], "a span of days"),
        ("from 27 June to 3 July", [("27 June", "--06-27"), ("3 July", "--07-03")], "two dates"),
        ("in 2018, and since 2015.", [("2018", "2018"), ("2015", "2015")], "years behind prepositions"),
        ("the 2019-20 season", [("2019-20", "2019/2020")], "a season"),
        ("you may march 3 miles", [], "months are names in capitals"),
        ("May I ask", [], "a verb at the head of a sentence"),
        ("in 1749 people died", [], "a count"),
    ],
)
def test_read_dates(text: str, found: list[tuple[str, str]], reason: str) -> None:
    assert [(mention.text, mention.iso) for mention in read_dates(text)] == found, reason
    assert all(text[mention.start : mention.end] == mention.text for mention in read_dates(text))


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


def test_the_ends_of_the_calendar() -> None:
    (mention,) = read_dates("yesterday")
    assert resolve(mention, "0001-01-01") is None


@pytest.mark.parametrize(
    ("text", "date", "comparator", "reason"),
    [
        ("The app won’t be ready until September.", "--09", ">=", "'not until': at the earliest"),
        ("Nothing will open until March 2022.", "2022-03", ">=", "a denial without 'not'"),
        ("The deal runs until March 2022.", "2022-03", "<=", "a state lasts up to its end"),
        ("All trains will be electric by 2035.", "2035", "<=", "a deadline"),
        ("The line will not be finished by 2035.", "2035", ">", "a deadline denied"),
        ("Ministers plan to publish it before 1 May 2021.", "2021-05-01", "<", "before"),
        ("Fares are due to rise after June 2021.", "2021-06", ">", "after"),
        ("Payments start from 1 April 2021.", "2021-04-01", ">=", "from"),
        ("The ward will open in September 2021.", "2021-09", "=", "a schedule"),
        ("Answers are wanted no later than 5 May.", "--05-05", "<=", "a long lead"),
    ],
)
def test_deadlines(text: str, date: str, comparator: str, reason: str) -> None:
    (figure,) = read_deadlines(text)
    assert (figure.date, figure.comparator, figure.dimension, figure.value) == (
        date,
        comparator,
        "date",
        None,
    ), reason
    assert text[figure.start : figure.end] == figure.text


@pytest.mark.parametrize(
    "text", ["He was born in May 2018.", "Since 2015 it has grown.", "It fell by 2018 votes."]
)
def test_dates_that_are_no_schedule(text: str) -> None:
    assert read_deadlines(text) == ()


def test_a_relative_deadline_needs_the_document_date() -> None:
    text = "The clinic will close by next year."
    assert read_deadlines(text) == ()
    assert [figure.date for figure in read_deadlines(text, "2020-07-02")] == ["2021"]
