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
        ("by the end of 2019", [("2019", "2019")], "a year whose preposition is 'of'"),
        ("until at least 2027", [("2027", "2027")], "words between the preposition and the year"),
        ("before spring 2026", [("spring 2026", "2026-21")], "a season has a code of its own"),
        ("the autumn of 2021", [("autumn of 2021", "2021-23")], "the same with 'of'"),
        ("in Fall 2021", [("Fall 2021", "2021-23")], "the American autumn"),
        ("in winter 2025-26", [("winter 2025-26", "2025-24")], "a winter is of the year that it begins in"),
        ("ready by the summer", [("summer", "--22")], "the year left open"),
        ("prices fall 2021 points", [], "a verb"),
        ("in the spring budget", [], "a name"),
        ("done by Christmas", [("Christmas", None)], "a feast has no date of its own"),
        ("over Easter 2021", [("Easter 2021", "2021")], "its year is known"),
        ("the Easter eggs", [], "no time"),
        ("in the early 2020s", [], "a decade"),
        ("Sept. 27 Oct. 1", [("Sept. 27", "--09-27"), ("Oct. 1", "--10-01")], "a day belongs to the month before it"),
        ("the fourth of July 1995", [("fourth of July 1995", "1995-07-04")], "an ordinal in words"),
        ("a third of April's cases", [("April", "--04")], "a share of what a month had"),
        ("on 28 june 2020", [("28 june 2020", "2020-06-28")], "small letters, with a day"),
        ("05-Aug-2016, or Dec-2018", [("05-Aug-2016", "2016-08-05"), ("Dec-2018", "2018-12")], "with hyphens"),
        ("in 2007 and 2009", [("2007", "2007"), ("2009", "2009")], "the preposition holds for both"),
        ("from 1,500 and 2000 people", [], "numbers of people"),
    ],
)
def test_read_dates(text: str, found: list[tuple[str, str | None]], reason: str) -> None:
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
        ("It is closed until next autumn.", "--23", "<=", "a season that no document dates"),
        ("The line will open before spring 2026.", "2026-21", "<", "a season with its year"),
        ("It will not open before next March.", "--03", ">=", "'next' between lead and date"),
        ("It will be done by the end of 2019.", "2019", "<=", "'the end of' between lead and date"),
        ("It stays shut until at least 2027.", "2027", ">=", "a state that lasts that long or longer"),
        ("It will not open until at least 2027.", "2027", ">=", "the same, denied"),
        ("The museum opens this summer.", "--22", "=", "no preposition"),
        ("The inquiry starts in October 2023.", "2023-10", "=", "a schedule in the present"),
        ("The contract ends in October 2023.", "2023-10", "=", "an end"),
        ("It may open as late as 2028.", "2028", "<=", "a bound in three words"),
        ("It will be done by Christmas.", None, "<=", "a feast"),
        ("The strike should end before Easter.", None, "<", "a feast, exclusive"),
    ],
)
def test_deadlines(text: str, date: str | None, comparator: str, reason: str) -> None:
    (figure,) = read_deadlines(text)
    assert (figure.date, figure.comparator, figure.dimension, figure.value) == (
        date,
        comparator,
        "date",
        None,
    ), reason
    assert text[figure.start : figure.end] == figure.text


@pytest.mark.parametrize(
    "text",
    [
        "He was born in May 2018.",
        "Since 2015 it has grown.",
        "It fell by 2018 votes.",
        "She could see him win in 2020.",
        "Until this year it had been quiet.",
        "It was hot last summer.",
    ],
)
def test_dates_that_are_no_schedule(text: str) -> None:
    assert read_deadlines(text) == ()


def test_a_relative_deadline_has_its_date_from_the_document() -> None:
    text = "The clinic will close by next year."
    assert [(figure.text, figure.date) for figure in read_deadlines(text)] == [("next year", None)]
    assert [figure.date for figure in read_deadlines(text, "2020-07-02")] == ["2021"]


def test_without_its_date_only_a_deadline_is_given() -> None:
    assert read_deadlines("The clinic will close in Easter week, at Christmas.") == ()
    assert read_deadlines("The clinic will close on Monday.") == ()
