"""Dates, relative dates, and dates that are what a sentence claims."""

from __future__ import annotations

import pytest

from tracker.reading.dates import read_dates, read_deadlines, resolve_span
from tracker.reading.figures import read_figures


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
        ("on 02/07/2020", [("02/07/2020", "2020")], "two readings: only the year is sure"),
        ("on 5/1/2020", [("5/1/2020", "2020")], "the same without zeros"),
        ("on 25.12.2020", [("25.12.2020", "2020-12-25")], "with full stops"),
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
        ("in the early 2020s", [("2020s", "202X")], "a decade"),
        ("in the nineties", [("nineties", "XX9X")], "a decade of a century left open"),
        ("the late '80s", [("'80s", "XX8X")], "the same in figures"),
        ("in his late 80s", [], "an age"),
        ("temperatures in the nineties", [], "degrees"),
        ("the 1800s", [("1800s", "18XX")], "a century, or its first years"),
        ("2020's floods", [("2020's", "2020")], "a genitive"),
        ("the 19th century", [("19th century", "18XX")], "a century is named for its end"),
        ("in the nineteenth century", [("nineteenth century", "18XX")], "the same in words"),
        ("the 3rd century BC", [], "no year of ours"),
        ("in Q3 2019", [("Q3 2019", "2019-35")], "a quarter"),
        ("the third quarter of 2019", [("third quarter of 2019", "2019-35")], "the same in words"),
        ("a third quarter of 2,019 homes", [], "a count"),
        ("in the first half of 2020", [("first half of 2020", "2020-40")], "a half"),
        ("by the fourth quarter of the year", [("fourth quarter of the year", "--36")], "the year left open"),
        ("in nineteen eighty-four", [("nineteen eighty-four", "1984")], "a year in words"),
        ("in two thousand and twelve, when", [("two thousand and twelve", "2012")], "a year where nothing follows"),
        ("in two thousand and twelve homes", [], "a count in words"),
        ("May two thousand and five", [("May two thousand and five", "2005-05")], "behind a month"),
        ("June the second, 2019", [("June the second, 2019", "2019-06-02")], "an ordinal behind the month"),
        ("In May first minister Ann Lee left", [("May", "--05")], "no first of May"),
        ("between 3 and 5 May 2020", [("3 and 5 May 2020", "2020-05-03/2020-05-05")], "a span with 'between'"),
        ("May 3 to 5", [("May 3 to 5", "--05-03/--05-05")], "a span, month first"),
        ("3, 4 and 6 May", [("3", "--05-03"), ("4", "--05-04"), ("6 May", "--05-06")], "a list of days"),
        ("In March 20 people came", [("March", "--03")], "'in' stands before no day"),
        ("from May to June 2020", [("May", "2020-05"), ("June 2020", "2020-06")], "the year stands once"),
        ("from Nov to Feb 2017", [("Nov", "2016-11"), ("Feb 2017", "2017-02")], "over New Year"),
        ("April-June 2020", [("April", "2020-04"), ("June 2020", "2020-06")], "tied by a hyphen"),
        ("between 2010 and 2013", [("2010", "2010"), ("2013", "2013")], "both years"),
        ("the 1939-45 war", [("1939-45", "1939/1945")], "a span of years cut short"),
        ("in 1999-00 and 2008-9", [("1999-00", "1999/2000"), ("2008-9", "2008/2009")], "financial years"),
        ("in 2018, 2019 and 2020", [("2018", "2018"), ("2019", "2019"), ("2020", "2020")], "a list of years"),
        ("back in '68", [("'68", "XX68")], "the century is open"),
        ("in Oct '19", [("Oct '19", "--10")], "so is the year behind a month"),
        ("by 2100, and in 1066.", [("2100", "2100"), ("1066", "1066")], "far years, where nothing can be counted"),
        ("in 1066 homes", [], "a count"),
        ("It fell by 2018 votes", [], "by how much, not by when"),
        ("the 2011 census", [("2011", "2011")], "told of a year"),
        ("the 2020 Sentra", [], "a model"),
        ("the crash of 2008 and", [("2008", "2008")], "what happened in a year"),
        ("a total of 2008 and", [], "an amount"),
        ("in June's heat", [("June", "--06")], "a genitive"),
        ("since Sept., and by Jan Smith", [("Sept", "--09")], "Jan is a name too"),
        ("mid-March or late 2019", [("March", "--03"), ("2019", "2019")], "parts of a month and a year"),
        ("the 7 July attacks of 2005", [("7 July", "--07-07"), ("2005", "2005")], "two dates"),
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
    ("text", "figures", "reason"),
    [
        ("It drew 40 people at 3pm on 5 May 2020.", ["40 people"], "a clock time and a day"),
        ("It opens from 9 to 5pm and 8-10pm.", [], "the first of two clock times"),
        ("It closed at half past 8, at 1800 GMT.", [], "clock times of other shapes"),
        ("It starts at 7.30 on Friday.", [], "a clock time before its day"),
        ("Built in 300 BC, lost in AD 79.", [], "years before Christ"),
        ("On May 3, 5 and 7, 2020, 20 homes burnt.", ["20 homes"], "days of a list"),
        ("Between 3 and 5 May 12 homes burnt.", ["12 homes"], "the first day of a span"),
        ("Born in nineteen eighty-four, he has 3 sons.", ["3 sons"], "a year in words"),
        ("In Oct '19 and the summer of '69, 20 homes burnt.", ["20 homes"], "years of two figures"),
        ("The 1749 people of the 2,020 homes, and 1984 cases", ["1749 people", "2,020 homes", "1984 cases"], "counts"),
        ("By 2100 seas may rise 2 metres.", ["2 metres"], "a far year at the head"),
        ("June 5: 20 cases", ["20 cases"], "a colon is no clock"),
        ("It was built for 2010 children.", ["2010 children"], "a count behind 'for'"),
    ],
)
def test_no_date_leaves_a_figure(text: str, figures: list[str], reason: str) -> None:
    assert [figure.text for figure in read_figures(text)] == figures, reason


@pytest.mark.parametrize("piece", ["7", "May ", "1/1/", "in 2007 and ", "between 3 and ", "nineteen ", "May-"])
def test_a_long_text_ends(piece: str) -> None:
    text = piece * (60_000 // len(piece)) + " on 5 May 2020."
    assert read_dates(text)[-1].iso == "2020-05-05"


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
        ("By 31 March 2021 the firm must pay.", "2021-03-31", "<=", "the date stands first"),
        ("The levy must end by 2100.", "2100", "<=", "a far year"),
        ("It must be paid by 02/07/2020.", "2020", "<=", "a date of two readings is its year"),
        ("It will open by the third quarter of 2021.", "2021-35", "<=", "a quarter"),
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
        "It would lose seats before the 2012 election.",
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


SPANS = [
    ("Between January and June 2012 it lost £4m.", "2012-01/2012-06", "months of one year"),
    ("From 2019 to 2020 it lost £4m.", "2019/2020", "years"),
    ("It lost £4m in 2019 and 2020.", None, "two years are no span"),
    ("It lost £4m from May 2012, and by 2020 it was gone.", None, "nothing joins them"),
]


@pytest.mark.parametrize(("text", "expected", "reason"), SPANS, ids=[row[2] for row in SPANS])
def test_two_dates_of_one_span(text: str, expected: str | None, reason: str) -> None:
    first, second, *_ = read_dates(text)
    assert resolve_span(text, first, second, None) == expected, reason
