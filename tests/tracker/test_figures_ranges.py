"""Two numbers that are one figure, and two that are not: rows of (sentence, expected), each with its reason."""

from __future__ import annotations

import pytest

from tracker.reading.figures import read_figures

RANGES = [
    ("Waits of five-to-10 minutes were common.", "five-to-10 minutes", 5, 10, "minute", "tied by two hyphens"),
    ("A four-to-five-year plan was drawn up.", "four-to-five-year", 4, 5, "year", "the same before a noun"),
    ("Nursery places for those 3-to-5 years old.", "3-to-5 years old", 3, 5, "year", "an age, and no ratio"),
    ("The fossil is 80,000 to-90,000 years old.", "80,000 to-90,000 years old", 8e4, 9e4, "year", "a hanging hyphen"),
    ("The badge is for ages 7 through 11 only.", "7 through 11", 7, 11, "year", "the American 'through'"),
    ("The club for ages 6 to 9 opens at noon.", "6 to 9", 6, 9, "year", "a verb behind ages is no noun"),
    ("Drivers between the ages of 18 and 24 pay more.", "18 and 24", 18, 24, "year", "'between' stands far off"),
    ("The stall sold about 20~30 of them.", "20~30", 20, 30, None, "a tilde for a dash"),
    ("The estimate was 4,000-6,000 in all.", "4,000-6,000", 4000, 6000, None, "no score has thousands' commas"),
    ("A salary in the range 3000-4000 was named.", "3000-4000", 3000, 4000, None, "the word range says so"),
    ("A new roof is 9k-12k these days.", "9k-12k", 9000, 12000, None, "no score has a scale"),
    ("It would be 2-3 million by then.", "2-3 million", 2e6, 3e6, None, "the scale is for both"),
    ("About two or three hundred people marched.", "two or three hundred people", 200, 300, "person", "so is this"),
    ("Two to three hundred jobs could go.", "Two to three hundred jobs", 200, 300, "job", "the same with 'to'"),
    ("It takes 3 or 4 hours by bus.", "3 or 4 hours", 3, 4, "hour", "one guess in digits"),
    ("They queued for ten or fifteen minutes.", "ten or fifteen minutes", 10, 15, "minute", "a guess by a round step"),
    ("Stamps went from 66 cents to 68 cents.", "from 66 cents to 68 cents", 0.66, 0.68, None, "the hundredths once"),
    ("Patients lost 5 to 8 per cent of their weight.", "5 to 8 per cent", 5, 8, "percent", "the size of one loss"),
    ("Bills will go up by 10 to 15 per cent.", "10 to 15 per cent", 10, 15, "percent", "the size of one rise"),
    ("The wind blew at 40-50mph.", "40-50mph", 40, 50, "mile per hour", "the unit is for both"),
    ("Readings fell from 61 to 58.", "61 to 58", 58, 61, None, "a change from one to the other"),
]


@pytest.mark.parametrize(("text", "words", "low", "high", "unit", "reason"), RANGES, ids=[row[-1] for row in RANGES])
def test_one_range(text: str, words: str, low: float, high: float, unit: str | None, reason: str) -> None:
    found = [(f.text, f.value, f.unit) for f in read_figures(text)]
    assert found == [(words, None, unit)], reason
    figure = read_figures(text)[0]
    assert (figure.low, figure.high) == (pytest.approx(low), pytest.approx(high)), reason


TOLERANCES = [
    ("Turnout was 42 per cent, plus or minus 3 points.", 42, 39, 45, "percent", "points of per cent, behind a comma"),
    ("The bridge weighs 50 ± 3 tonnes.", 50, 47, 53, "tonne", "the unit behind the tolerance"),
    ("The trip takes 20 minutes, give or take five.", 20, 15, 25, "minute", "the tolerance takes the unit"),
    ("The vote share is 31% +/- 2%.", 31, 29, 33, "percent", "in signs"),
]


@pytest.mark.parametrize(("text", "value", "low", "high", "unit", "why"), TOLERANCES, ids=[r[-1] for r in TOLERANCES])
def test_tolerances(text: str, value: float, low: float, high: float, unit: str, why: str) -> None:
    found = [(f.value, f.low, f.high, f.unit) for f in read_figures(text)]
    assert found == [(value, low, high, unit)], why


MARGINS = [
    ("The survey may err by plus or minus 3 percentage points.", 3, "percentage point", "never minus three"),
    ("Its margin of error is plus or minus four points.", 4, "point", "the same in words"),
    ("It has a margin of error of +/- 2.5 per cent.", 2.5, "percent", "in signs"),
    ("The margin of error is ±3 per cent.", 3, "percent", "one sign; the margin itself is exact"),
]


@pytest.mark.parametrize(("text", "value", "unit", "reason"), MARGINS, ids=[row[-1] for row in MARGINS])
def test_a_margin_alone_is_its_size(text: str, value: float, unit: str, reason: str) -> None:
    assert [(f.value, f.unit, f.comparator) for f in read_figures(text)] == [(value, unit, "=")], reason


RATIOS = [
    ("Nurses were outnumbered by two to one.", 2, "said by the verb"),
    ("Members backed it by more than three to one.", 3, "'by' with one"),
    ("It passed by a 2 to 1 margin.", 2, "said by the noun behind"),
    ("A 3-to-1 vote settled it.", 3, "tied by hyphens"),
]


@pytest.mark.parametrize(("text", "value", "reason"), RATIOS, ids=[row[-1] for row in RATIOS])
def test_ratios(text: str, value: float, reason: str) -> None:
    assert [(f.value, f.unit) for f in read_figures(text)] == [(value, "ratio")], reason


NO_RANGES: list[tuple[str, list[float | None], str]] = [
    ("Rovers lost 3-1 and drew 1-1.", [], "scores"),
    ("They have a record of 5-12 this year.", [], "wins and losses, though they rise"),
    ("The 2-10 Rovers are bottom.", [], "the same before a team's name"),
    ("It was the best of the 2019-20 season.", [], "a season"),
    ("He governed 1939-1945 there.", [], "years"),
    ("See pages 20-30 of the report.", [], "pages"),
    ("Ring 1-800-FLOWERS to order.", [], "a telephone number that ends in letters"),
    ("From 1999 to 2003 it stood empty.", [], "years are no figures"),
    ("The vote was 48-52 against.", [], "votes for and against"),
    ("Rates went up by 3 per cent to 12 per cent.", [3, 12], "a rise and where it led"),
    ("Shares fell 12p to 340p.", [0.12, 3.4], "a fall and where it led"),
    ("A ticket is £5 or £9.", [5, 9], "a choice"),
    ("Tickets are £7/£9 at the door.", [7, 9], "two prices"),
    ("Contracts of 6 or 12 months are on offer.", [6, 12], "a choice of terms"),
    ("It takes £64m to £45m there.", [6.4e7, 4.5e7], "no range goes down"),
    ("The walk from 9 York parks to 11 in Hull took days.", [9, 11], "a route between two places"),
    ("The duty went from £4 in 2006 to £7 in 2011.", [4, 7], "the year of a level is none itself"),
]


@pytest.mark.parametrize(("text", "values", "reason"), NO_RANGES, ids=[row[-1] for row in NO_RANGES])
def test_no_range(text: str, values: list[float | None], reason: str) -> None:
    found = read_figures(text)
    assert [f.value for f in found] == [pytest.approx(value) for value in values], reason
    assert all(f.low == f.high for f in found), reason
