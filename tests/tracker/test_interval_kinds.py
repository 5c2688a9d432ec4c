"""Whether two figures agree, for kinds of figure that have a rule of their own: rows with their reasons."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tracker.judging.date_span import date_span
from tracker.judging.interval import Agreement, agreement, allowed
from tracker.judging.unit_families import common_unit
from tracker.reading.dates import read_dates
from tracker.reading.figures import read_figures
from tracker.reading.values import Figure

AGREE, CONFLICT, NOT_COMPARABLE = Agreement.AGREE, Agreement.CONFLICT, Agreement.NOT_COMPARABLE


def read(text: str) -> Figure:
    """The one figure that the reader finds in a text."""
    (found,) = read_figures(text)
    return found


FRACTIONS = [
    ("A quarter of voters left.", "A third of voters left.", CONFLICT, "who writes one could have written the other"),
    ("Half of voters left.", "Two thirds of voters left.", CONFLICT, "although both allow 60 per cent"),
    ("One in four voters left.", "One in five voters left.", CONFLICT, "shares in words"),
    ("It was 1/3 of voters.", "It was 1/2 of voters.", CONFLICT, "in digits"),
    ("It was 2/4 of voters.", "Half of voters left.", AGREE, "the same share in other parts"),
    ("One in four voters left.", "A quarter of voters left.", AGREE, "the same share in other words"),
    ("About a quarter of voters left.", "A quarter of voters left.", AGREE, "about a fraction is no exact one"),
    ("A third of voters left.", "It was 38% of voters.", AGREE, "a percentage was not chosen among fractions"),
    ("Half a million people came.", "It was 380,000 people.", CONFLICT, "half a million is to the hundred thousand"),
    ("Half a million people came.", "It was 480,000 people.", AGREE, "and within half of that"),
]
ABOUT = [
    ("It cost about £1m.", "It cost £950,000.", AGREE, "within a tenth"),
    ("It cost about £1m.", "It cost £600,000.", NOT_COMPARABLE, "a million to the nearest one, but not about one"),
    ("It cost almost £1m.", "It cost £1.5m.", NOT_COMPARABLE, "no support beyond a tenth"),
    ("It cost almost £1m.", "It cost £1.6m.", CONFLICT, "beyond all rounding"),
    ("Nearly half of voters left.", "It was 38% of voters.", NOT_COMPARABLE, "38 is not nearly 50"),
    ("Nearly half of voters left.", "It was 47% of voters.", AGREE, "47 is"),
    ("Nearly half of voters left.", "It was 30% of voters.", CONFLICT, "no half at all"),
]
ZERO = [
    ("It was above 0C.", "It was 5C.", AGREE, "five degrees are in reach of any temperature"),
    ("It was above 0C.", "It was 12C.", NOT_COMPARABLE, "twelve are not"),
    ("It was above 0C.", "It was -1C.", CONFLICT, "below the bound"),
    ("It was below -5C.", "It was -8C.", AGREE, "downwards as well"),
    ("It was below -5C.", "It was -4C.", CONFLICT, "above the bound"),
    ("It was above 30C.", "It was 40C.", AGREE, "from high ones the factor reaches further"),
    ("It was above 32F.", "It was 41F.", AGREE, "nine degrees Fahrenheit are five"),
    ("It was about -1C.", "It was -2.5C.", AGREE, "two degrees for about"),
    ("Growth was above 0 per cent.", "Growth was 0.4 per cent.", AGREE, "half a point from zero"),
    ("Growth was above 0 per cent.", "Growth was 4 per cent.", NOT_COMPARABLE, "four points are far from it"),
]
PERCENTAGES = [
    ("It was 2 per cent.", "It was 2.4 per cent.", AGREE, "2.4 is written 2"),
    ("It was 2 per cent.", "It was 1.6 per cent.", AGREE, "and so is 1.6"),
    ("It was 2 per cent.", "It was 2.6 per cent.", CONFLICT, "which is written 3"),
    ("It was 2 per cent.", "It was 3 per cent.", CONFLICT, "whole ones are exact among themselves"),
    ("It rose 2 percentage points.", "It rose 2.4 percentage points.", AGREE, "points are percentages here"),
]
VAGUE = [
    ("Hundreds of people came.", "It was 1,500 people.", NOT_COMPARABLE, "the press leaves the plural open"),
    ("Thousands of people came.", "It was 15,000 people.", NOT_COMPARABLE, "upwards"),
    ("Thousands of people came.", "It was 300 people.", CONFLICT, "not downwards"),
    ("Hundreds of people came.", "It was 450 people.", AGREE, "hundreds they are"),
]
UNITS = [
    ("It took 72 hours.", "It took three days.", AGREE, "hours and days"),
    ("It took 90 minutes.", "It took 1.5 hours.", AGREE, "minutes and hours"),
    ("It took two weeks.", "It took 10 days.", CONFLICT, "fourteen days"),
    ("It took 18 months.", "It took 1.5 years.", AGREE, "a year has twelve months"),
    ("It took one month.", "It took 30 days.", NOT_COMPARABLE, "a month has no number of days"),
    ("It is 2.5 kilometres long.", "It is 2,500 metres long.", AGREE, "metric lengths"),
    ("It is 6 feet tall.", "It is 72 inches tall.", AGREE, "imperial lengths"),
    ("It is 6 feet tall.", "It is 1.83 metres tall.", NOT_COMPARABLE, "none from one to the other"),
    ("It weighs 1.2 tonnes.", "It weighs 1,200 kilograms.", AGREE, "metric masses"),
    ("It weighs 1.2 tonnes.", "It weighs 1.2 tons.", NOT_COMPARABLE, "there are several tons"),
    ("It weighs 10 stone.", "It weighs 140 lbs.", AGREE, "fourteen pounds"),
    ("It holds 2 litres.", "It holds 2,000 ml.", AGREE, "volumes"),
    ("It is 3 square kilometres.", "It is 300 hectares.", AGREE, "areas"),
    ("It has 1.2 GW.", "It has 1,200 MW.", AGREE, "power"),
    ("It used 3.5 TWh.", "It used 3,500 GWh.", AGREE, "energy"),
    ("It used 3.5 GWh.", "It has 3.5 GW.", NOT_COMPARABLE, "energy is no power"),
]


@pytest.mark.parametrize(
    ("one", "two", "expected", "reason"), [*FRACTIONS, *ABOUT, *ZERO, *PERCENTAGES, *VAGUE, *UNITS]
)
def test_agreement(one: str, two: str, expected: Agreement, reason: str) -> None:
    assert agreement(read(one), read(two)) is expected, reason
    assert agreement(read(two), read(one)) is expected, reason
    assert agreement(read(one), read(one)) is AGREE, "a figure agrees with itself"


@pytest.mark.parametrize("number", ["-12", "-1", "0", "0.0", "3", "half a million"])
@pytest.mark.parametrize("unit", [("celsius", "temperature"), ("percent", "proportion"), ("GBP", "money")])
@pytest.mark.parametrize("comparator", ["=", "~", "<", "<=", ">", ">="])
def test_a_figure_agrees_with_itself_around_zero(number: str, unit: tuple[str, str], comparator: str) -> None:
    value = 500_000.0 if "half" in number else float(number)
    one = Figure(0, 1, number, value, value, value, unit=unit[0], dimension=unit[1], comparator=comparator)
    assert agreement(one, one) is AGREE
    assert allowed(one).low <= value <= allowed(one).high


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("a year", "per annum", True),
        ("a year", "per year", True),
        ("a year", "annually", True),
        ("a day", "daily", True),
        ("/day", "each day", True),
        ("an hour", "hourly", True),
        ("a day", "weekly", False),
        ("a day", "per square metre", False),
    ],
)
def test_a_rate_is_the_same_in_other_words(one: str, two: str, same: bool) -> None:
    first, second = (Figure(0, 2, "£5", 5, 5, 5, unit="GBP", dimension="money", of=of) for of in (one, two))
    assert (common_unit(first, second) is not None) is same


RATES = [
    ("They pay £5 a day.", "They pay £5 daily.", AGREE, "an adverb behind the sum"),
    ("They pay £5 a year.", "They pay £5 annually for it.", AGREE, "with more behind it"),
    ("They pay £5 a year.", "They pay £5 per annum.", AGREE, "in Latin"),
    ("They pay £5 daily.", "They pay £5 weekly.", NOT_COMPARABLE, "other rates"),
    ("They pay £5.", "They pay for a £5 monthly magazine.", AGREE, "the magazine is monthly, not the sum"),
]


@pytest.mark.parametrize(("one", "two", "expected", "reason"), RATES)
def test_rates_that_are_read(one: str, two: str, expected: Agreement, reason: str) -> None:
    assert agreement(read(one), read(two)) is expected, reason


def by(iso: str, comparator: str = "=") -> Figure:
    return Figure(0, 1, "x", None, None, None, dimension="date", date=iso, comparator=comparator)


DATES = [
    ("2019-35", "2019-08", AGREE, "August is in the third quarter"),
    ("2019-35", "2019-10", CONFLICT, "October is not"),
    ("2019-36", "2019-12-31", AGREE, "the last day of the last quarter"),
    ("--33", "2020-02-29", AGREE, "a leap day in the first quarter of any year"),
    ("2019-40", "2019-34", AGREE, "the second quarter is in the first half"),
    ("2019-41", "2019-06-30", CONFLICT, "and its last day not in the second"),
    ("2019-23", "2019-11", AGREE, "November is in autumn"),
    ("--24", "2020-02-29", AGREE, "winter of any year"),
    ("--24", "--03", CONFLICT, "March is spring"),
    ("199X", "1999-12", AGREE, "the nineties"),
    ("199X", "2000", CONFLICT, "are over"),
    ("18XX", "1805", AGREE, "the eighteen-hundreds"),
    ("18XX", "199X", CONFLICT, "long before"),
    ("XX68", "1968-05", AGREE, "the century is the other date's"),
    ("XX68", "1969", CONFLICT, "but not the year"),
    ("XX9X", "1996", AGREE, "the nineties of some century"),
    ("XX9X", "XX95", AGREE, "of the same one"),
    ("XX9X", "XX85", CONFLICT, "no year of both"),
    ("XX00", "1999-12/2000-01", AGREE, "a span over two centuries has either"),
    ("XX68", "--05", NOT_COMPARABLE, "a year and a month share nothing"),
    ("--12-30/--01-02", "--01-01", AGREE, "a span over the end of the year"),
    ("--12-30/--01-02", "2021-12-31", AGREE, "of every year"),
    ("--12-30/--01-02", "--06", CONFLICT, "but not in June"),
    ("--11/--02", "--12-30/--01-02", AGREE, "two such spans"),
    ("2018-03/2020-05", "--09", NOT_COMPARABLE, "what is longer than a year has every day"),
]


@pytest.mark.parametrize(("one", "two", "expected", "reason"), DATES)
def test_dates(one: str, two: str, expected: Agreement, reason: str) -> None:
    assert agreement(by(one), by(two)) is expected, reason
    assert agreement(by(two), by(one)) is expected, reason


WRITTEN = (
    "It grew in Q3 2019, in the third quarter of the year, in the first half of 2018, in the 1990s,"
    " in the 19th century,"
    " in the late '80s, in '68, in spring 2017, next winter, from 30 December to 2 January, from 3 to 5 May,"
    " in 2019-20,"
    " by 25 May, by March, on 29 February, in the 1800s and in 2021."
)  # fmt: skip


def test_every_date_that_is_read_agrees_with_itself() -> None:
    found = [mention.iso for mention in read_dates(WRITTEN) if mention.iso]
    assert len(found) > 12
    for iso in found:
        for comparator in ("=", "~", "<", "<=", ">", ">="):
            assert agreement(by(iso, comparator), by(iso, comparator)) is AGREE, iso


@pytest.mark.parametrize("iso", ["20XX0", "00XX", "2019-37", "2019-42", "2019-35-01", "199X-05", "XXXX", "", "-", "X"])
def test_what_is_no_date_has_no_days(iso: str) -> None:
    assert date_span(iso) is None


def test_the_parts_of_a_year_follow_each_other() -> None:
    for codes in ([21, 22, 23, 24], [33, 34, 35, 36], [40, 41]):
        spans = [date_span(f"2019-{code}") for code in codes]
        for one, two in pairwise(spans):
            assert one is not None
            assert two is not None
            assert (two.first - one.last).days == 1
