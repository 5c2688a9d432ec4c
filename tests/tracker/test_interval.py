"""What a figure allows and whether two agree: rows with their reasons, and properties of both."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tracker.judging.interval import EVERYTHING, REACH_OVER, REACH_UNDER, Agreement, Interval, agreement, allowed
from tracker.reading.figures import read_figures
from tracker.reading.values import Figure

AGREE, CONFLICT, NOT_COMPARABLE = Agreement.AGREE, Agreement.CONFLICT, Agreement.NOT_COMPARABLE


def figure(text: str, value: float | None, comparator: str = "=", **fields: object) -> Figure:
    """A figure of some words and a value, a bare number unless a unit is given."""
    bounds = {"low": value, "high": value} | fields
    return Figure(0, len(text), text, value, comparator=comparator, **bounds)  # type: ignore[arg-type]


def read(text: str) -> Figure:
    """The one figure that the reader finds in a text."""
    (found,) = read_figures(text)
    return found


def closed(low: float, high: float) -> Interval:
    return Interval(low, high)


def rounded(low: float, high: float) -> Interval:
    return Interval(low, high, high_open=True)


ALLOWED = [
    ("£23 million", 2.3e7, "=", rounded(2.25e7, 2.35e7), "half a unit of the last digit, scaled"),
    ("£2.3 million", 2.3e6, "=", rounded(2.25e6, 2.35e6), "the last digit is a decimal"),
    ("£2.30m", 2.3e6, "=", rounded(2.295e6, 2.305e6), "a zero that is written counts"),
    ("20k", 20_000, "=", rounded(19_500, 20_500), "a suffix is a scale"),
    ("20 grand", 20_000, "=", rounded(19_500, 20_500), "so is a colloquial word"),
    ("1,749 people", 1749, "=", closed(1749, 1749), "whole numbers are exact"),
    ("9,000 people", 9000, "=", closed(9000, 9000), "below 10,000, whatever they end in"),
    ("400,000 women", 4e5, "=", rounded(399_500, 400_500), "to the thousand, as '400 thousand'"),
    ("2,000,000 women", 2e6, "=", rounded(1_999_500, 2_000_500), "to the thousand, for so much is written"),
    ("412,500 women", 412_500, "=", closed(412_500, 412_500), "two zeros are no thousand"),
    ("20p", 0.2, "=", closed(0.2, 0.2), "whole pence are exact"),
    ("£0.20", 0.2, "=", rounded(0.195, 0.205), "decimals are not"),
    ("99.5p", 0.995, "=", rounded(0.9945, 0.9955), "tenths of a penny"),
    ("2.3 per cent", 2.3, "=", rounded(2.25, 2.35), "decimals of a share"),
    ("0.0 per cent", 0.0, "=", rounded(-0.05, 0.05), "nothing, rounded"),
    ("0 per cent", 0.0, "=", closed(0, 0), "nothing at all"),
    ("-2.5C", -2.5, "=", Interval(-2.55, -2.45, low_open=True), "below zero the other end is open"),
    ("minus five", -5, "=", closed(-5, -5), "a negative in words"),
    ("fifteen", 15, "=", closed(15, 15), "whole numbers in words"),
    ("two hundred and six", 206, "=", closed(206, 206), "hundreds in words are digits spelled"),
    ("two million", 2e6, "=", rounded(1.5e6, 2.5e6), "a scale word in words"),
    ("two million three hundred thousand", 2.3e6, "=", rounded(2.2995e6, 2.3005e6), "the last scale word"),
    ("two million and six", 2_000_006, "=", closed(2_000_006, 2_000_006), "the units are spelled"),
    ("two thousand million", 2e9, "=", rounded(1.5e9, 2.5e9), "two scale words are one scale"),
    ("half a million", 5e5, "=", rounded(450_000, 550_000), "a fraction of a scale is to its tenth"),
    ("a quarter of a million", 2.5e5, "=", rounded(218_750, 281_250), "0.5/16 is less than half a tenth"),
    ("two and a half million", 2.5e6, "=", rounded(2.45e6, 2.55e6), "a half with its whole"),
    ("2½ million", 2.5e6, "=", rounded(2.45e6, 2.55e6), "the same as a sign"),
    ("3/4 mile", 0.75, "=", closed(0.71875, 0.78125), "0.5/16 around a fraction"),
    ("a third", 1 / 3, "=", closed(0.277777777777778, 0.388888888888889), "0.5/9 around a fraction"),
    ("two quarters", 2.0, "=", closed(2, 2), "quarters of a year are no fraction"),
    ("a dozen", 12, "=", closed(12, 12), "a dozen is twelve"),
    ("5ft 11in", 5 + 11 / 12, "=", closed(5 + 11 / 12, 5 + 11 / 12), "in two parts, both whole"),
    ("over 400 homes", 400, ">", Interval(400, 600, low_open=True), "over reaches to 1.5 times"),
    ("at least 400 homes", 400, ">=", closed(400, 600), "at least has its bound"),
    ("under 400 homes", 400, "<", Interval(268, 400, high_open=True), "under reaches to 0.67"),
    ("up to 400 homes", 400, "<=", closed(268, 400), "up to has its bound"),
    ("over minus 10", -10, ">", Interval(-10, -5, low_open=True), "reach is by size, not by sign"),
    ("about 400 homes", 400, "~", rounded(360, 440), "a tenth to both sides"),
    ("about three hours", 3, "~", rounded(2.7, 3.3), "a tenth, though three is coarse"),
    ("about £1m", 1e6, "~", rounded(9e5, 1.1e6), "a tenth, though a million is coarse"),
    ("about nil or 0", 0, "~", rounded(-0.5, 0.5), "about nothing is half of its place"),
    ("above 0", 0, ">", Interval(0, 1, low_open=True), "above nothing is one of its place"),
    ("below 0.0", 0, "<", Interval(-0.1, 0, high_open=True), "and so is below it"),
    ("1.749,00", 1749, "=", rounded(1748.995, 1749.005), "points that group"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "value", "comparator", "expected", "reason"), ALLOWED, ids=[row[4] for row in ALLOWED]
)
def test_allowed(text: str, value: float, comparator: str, expected: Interval, reason: str) -> None:
    assert allowed(figure(text, value, comparator)) == expected, reason


RANGES = [
    ("10–12 per cent", 10, 12, "=", closed(10, 12), "whole ends are exact"),
    ("2.3–2.5 million", 2.3e6, 2.5e6, "=", rounded(2.25e6, 2.55e6), "each end as it is rounded"),
    ("£20-30 million", 2e7, 3e7, "=", rounded(1.95e7, 3.05e7), "the scale is of both ends"),
    ("10 to 100 million", 1e7, 1e8, "=", rounded(9.5e6, 1.005e8), "each end by its own digits"),
    ("from 2.5 to 1.25", 1.25, 2.5, "=", rounded(1.245, 2.55), "falling: the low end is written last"),
    ("three or four million", 3e6, 4e6, "=", rounded(2.5e6, 4.5e6), "in words"),
    ("tens of thousands", 1e4, 1e5, "=", closed(1e4, 1e5), "a vague amount has no digits to round"),
    ("10 to 12 homes", 10, 12, "~", rounded(9, 13.2), "about widens both ends"),
    ("400 homes", 400, None, "=", closed(400, 600), "an open end is 'at least'"),
    ("400 homes", None, 400, "=", closed(268, 400), "an open beginning is 'at most'"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "low", "high", "comparator", "expected", "reason"), RANGES)
def test_ranges(
    text: str, low: float | None, high: float | None, comparator: str, expected: Interval, reason: str
) -> None:
    assert allowed(figure(text, None, comparator, low=low, high=high)) == expected, reason


def test_a_stated_tolerance_is_the_interval() -> None:
    assert allowed(figure("40 per cent plus or minus 3", 40, low=37, high=43)) == closed(37, 43)


def test_a_share_is_written_to_its_second_number() -> None:
    one_in_five = figure("one in five", 0.2, unit="fraction", dimension="proportion")
    two_in_ten = figure("two out of ten", 0.2, unit="fraction", dimension="proportion")
    assert allowed(one_in_five) == closed(0.18, 0.22)
    assert allowed(two_in_ten) == closed(0.195, 0.205)
    assert allowed(figure("1 in 1,000", 0.001, unit="fraction")) == closed(0.0009995, 0.0010005)


def test_what_has_no_value_allows_everything() -> None:
    assert allowed(figure("September", None)) == EVERYTHING
    assert agreement(figure("September", None), figure("12", 12)) is NOT_COMPARABLE


PAIRS = [
    ("It paid £23 million.", "It paid £22.9m.", AGREE, "within the rounding"),
    ("It paid £23 million.", "It paid £23.5m.", AGREE, "[23.45, 23.55) reaches below 23.5"),
    ("It paid £23 million.", "It paid £23.6m.", CONFLICT, "beyond the rounding"),
    ("It paid £23 million.", "It paid £230 million.", CONFLICT, "a slip of the scale"),
    ("It paid £23 million.", "It paid $23 million.", NOT_COMPARABLE, "other money"),
    ("It paid £23 million.", "It paid 23 million.", NOT_COMPARABLE, "money of no known currency"),
    ("A loaf is 80p.", "A loaf is £0.80.", AGREE, "pence are pounds"),
    ("A loaf is 80p.", "A loaf is £1.20.", CONFLICT, "pence are pounds"),
    ("They get £31 a year.", "They get £31 a week.", NOT_COMPARABLE, "another rate"),
    ("They get £31 a year.", "They get £31 per year.", AGREE, "one rate in two words"),
    ("Sales fell from £14m to £9m.", "Sales are £9m.", AGREE, "the level that it came to"),
    ("Sales fell from £14m to £9m.", "Sales are £9.3m.", AGREE, "rounded as that is written"),
    ("Sales fell from £14m to £9m.", "Sales are £12m.", CONFLICT, "on the way, and never arrived at"),
    ("Sales fell from £14m to £9m.", "Sales are £14m.", CONFLICT, "the level before"),
    ("Sales rose from £9m to £14m.", "Sales are £14m.", AGREE, "the level after, upwards"),
    ("Sales rose from £9m to £14.0m.", "Sales are £14.3m.", CONFLICT, "the end's own words round it"),
    ("Sales fell from over £14m to £9m.", "Sales are £12m.", CONFLICT, "a bound of the level before"),
    ("Sales fell from £14m to £9m.", "Sales fell by £5m.", NOT_COMPARABLE, "a level is no size of a change"),
    ("Sales fell from £14m to £9m.", "Sales rose from £7m to £9m.", CONFLICT, "a rise is no fall"),
    ("Sales fell from £14m to £9m.", "Sales fell from £13m to £9m.", AGREE, "both came to one level"),
    ("Tickets cost from £9 to £14.", "Tickets cost £12.", AGREE, "a plain range allows all in it"),
    ("Sales fell by 5 to 8 per cent.", "Sales fell by 7 per cent.", AGREE, "the size of a fall, as a range"),
    ("Sales fell by five to eight per cent.", "Sales are 5 per cent.", NOT_COMPARABLE, "the same in words"),
    ("Sales rose by between 5 and 8 per cent.", "Sales rose by 7 per cent.", AGREE, "the size of a rise"),
    ("Sales will rise from 24 to 33-35 million.", "Sales are 34 million.", NOT_COMPARABLE, "three numbers"),
    ("It was 1,749 people.", "It was 1,750 people.", CONFLICT, "both exact"),
    ("It was 1,749 people.", "It was 1.7 thousand people.", AGREE, "the one rounds the other"),
    ("Two thirds of voters agree.", "Some 66.7% of voters agree.", AGREE, "fraction and percent are shares"),
    ("Two thirds of voters agree.", "It is 66.7% of voters.", AGREE, "fraction and percent, none approximate"),
    ("Two thirds of voters agree.", "It is 80% of voters.", CONFLICT, "shares that differ"),
    ("One in five women waited.", "It is 20 per cent of women.", AGREE, "a share in words"),
    ("Half of them left.", "It was 50% of them.", AGREE, "a half"),
    ("It is 15 per cent of homes.", "It is 15.3 per cent of homes.", AGREE, "a whole number that rounds"),
    ("It is 15 per cent of homes.", "It is 15.6 per cent of homes.", CONFLICT, "it would be written 16"),
    ("It is 15 per cent of homes.", "It is 16 per cent of homes.", CONFLICT, "whole numbers are exact"),
    ("It is 2 per cent of homes.", "It is 1.6 per cent of homes.", AGREE, "small percentages are rounded too"),
    ("It took 2 hours.", "It took 1.6 hours.", CONFLICT, "other whole numbers by no more than a tenth"),
    ("It is 5 percentage points.", "It is 5 per cent.", NOT_COMPARABLE, "points are no shares"),
    ("It is 2 percentage points.", "It is 200 basis points.", AGREE, "a hundred to the point"),
    ("It missed over 400,000 women.", "It missed 450,000 women.", AGREE, "within 1.5 times"),
    ("It missed over 400,000 women.", "It missed 2 million women.", NOT_COMPARABLE, "beyond, no support"),
    ("It missed over 400,000 women.", "It missed 300,000 women.", CONFLICT, "below the bound"),
    ("It missed over 400 women.", "It missed under 300 women.", CONFLICT, "bounds that leave nothing"),
    ("It missed over 400 women.", "It missed under 2,000 women.", NOT_COMPARABLE, "bounds far apart"),
    ("It missed over 252 women.", "It missed 252 women.", CONFLICT, "over is not at"),
    ("It missed at least 252 women.", "It missed 252 women.", AGREE, "at least may be at"),
    ("It missed up to 100 women.", "It missed 80 women.", AGREE, "within 0.67"),
    ("It missed up to 100 women.", "It missed 20 women.", NOT_COMPARABLE, "too far down to support"),
    ("It missed up to 100 women.", "It missed 120 women.", CONFLICT, "above the bound"),
    ("It missed nearly 100 women.", "It missed 95 women.", AGREE, "within a tenth"),
    ("It missed nearly 100 women.", "It missed 80 women.", CONFLICT, "not nearly"),
    ("It is 10–12 per cent.", "It is 11 per cent.", AGREE, "inside the range"),
    ("It is 10–12 per cent.", "It is 13 per cent.", CONFLICT, "outside the range"),
    ("It is 4 miles.", "It is 4 kilometres.", NOT_COMPARABLE, "no exact conversion"),
    ("It is 4 nurses.", "It is 4 doctors.", NOT_COMPARABLE, "other things are counted"),
    ("It rose by 3 per cent.", "It fell by 3 per cent.", CONFLICT, "a rise is no fall"),
    ("It fell by 3 per cent.", "It fell to 3 per cent.", NOT_COMPARABLE, "a change is no level"),
    ("It fell by 3 per cent.", "It fell by 3.1 per cent.", AGREE, "the same change, rounded"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "two", "expected", "reason"), PAIRS)
def test_agreement(one: str, two: str, expected: Agreement, reason: str) -> None:
    assert agreement(read(one), read(two)) is expected, reason
    assert agreement(read(two), read(one)) is expected, reason


def by(iso: str | None, comparator: str = "=") -> Figure:
    return figure("", None, comparator, dimension="date", date=iso)


DATES = [
    (by("2020-09"), by("2020-09-14"), AGREE, "a day of the month"),
    (by("2020-09"), by("2020-10-01"), CONFLICT, "no day of the month"),
    (by("2020"), by("2020-09"), AGREE, "a month of the year"),
    (by("2020-02-29"), by("2020-02"), AGREE, "a leap day"),
    (by("--09"), by("2020-09-14"), AGREE, "the year is open"),
    (by("--09"), by("2020-08"), CONFLICT, "but not the month"),
    (by("--09"), by("2020"), NOT_COMPARABLE, "a month and a year share nothing"),
    (by("--02-29"), by("2021-03"), CONFLICT, "a leap day of an open year"),
    (by("2020-09", "<="), by("2020-08-14"), NOT_COMPARABLE, "by September is kept in August, not supported by it"),
    (by("2020-09", "<="), by("2020-10-14"), CONFLICT, "October is after September"),
    (by("2020-09-01/2020-09-05"), by("2020-09-05"), AGREE, "the last day of a span"),
    (by("2026-21"), by("2026-04"), AGREE, "April is in spring"),
    (by("2026-24"), by("2027-01"), AGREE, "winter ends in the next year"),
    (by("--24"), by("--01"), AGREE, "a winter of no year goes on in January"),
    (by(None), by("2020-09"), NOT_COMPARABLE, "no date"),
    (by("2020-13"), by("2020-09"), NOT_COMPARABLE, "no month"),
    (by("2020"), figure("2020", 2020), NOT_COMPARABLE, "a date is no number"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "two", "expected", "reason"), DATES, ids=[row[3] for row in DATES])
def test_dates(one: Figure, two: Figure, expected: Agreement, reason: str) -> None:
    assert agreement(one, two) is expected, reason
    assert agreement(two, one) is expected, reason


def test_a_partial_date_allows_its_days() -> None:
    days = allowed(by("2020-09"))
    assert days.high - days.low == 29
    assert allowed(by("--09")) == EVERYTHING


WHOLES = st.integers(0, 10**9)
SCALES = st.sampled_from([("", 0), (" thousand", 3), ("k", 3), (" million", 6), ("m", 6), ("bn", 9)])
COMPARATORS = st.sampled_from(["=", ">", ">=", "<", "<=", "~"])


@st.composite
def written(draw: st.DrawFn, digits: st.SearchStrategy[int] = WHOLES) -> Figure:
    """A number with some decimals, a scale and a sign, as a figure."""
    places = draw(st.integers(0, 4))
    suffix, power = draw(SCALES)
    number = Decimal(draw(digits)).scaleb(-places)
    negative = draw(st.booleans()) and number != 0
    text = f"{'-' if negative else ''}{number:,f}{suffix}"
    value = float((-number if negative else number).scaleb(power))
    return figure(text, value, draw(COMPARATORS), unit="percent", dimension="proportion")


@given(written())
def test_a_value_lies_in_its_interval(one: Figure) -> None:
    assert one.value is not None
    inside = allowed(one)
    assert inside.low <= one.value <= inside.high
    assert (one.value in inside) == (one.comparator not in ("<", ">"))


@given(written(), written())
def test_agreement_is_symmetric(one: Figure, two: Figure) -> None:
    assert agreement(one, two) is agreement(two, one)


@given(written())
def test_a_figure_agrees_with_itself(one: Figure) -> None:
    assert agreement(one, one) is AGREE


@given(st.decimals(5, 10**6, places=6), st.integers(0, 5), st.booleans(), st.sampled_from(["", " million"]))
def test_a_number_agrees_with_its_rounding(exact: Decimal, places: int, negative: bool, scale: str) -> None:
    """Half up, as papers round; whole numbers beside decimals are roundings too, from 5 on within a tenth."""
    if negative:
        exact = -exact
    about = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    factor = 10**6 if scale else 1
    one, two = (figure(f"{number:f}{scale}", float(number * factor)) for number in (exact, about))
    assert agreement(one, two) is AGREE


@given(st.integers(10_000, 10**9))
def test_a_large_count_agrees_with_its_thousands(exact: int) -> None:
    about = (exact + 500) // 1000 * 1000
    assert agreement(figure(f"{exact:,}", exact), figure(f"{about:,}", about)) is AGREE


@given(st.integers(1, 999), st.sampled_from([("k", 3), (" million", 6), ("bn", 9)]), COMPARATORS)
def test_an_interval_scales_with_its_figure(number: int, scale: tuple[str, int], comparator: str) -> None:
    suffix, power = scale
    small = allowed(figure(f"{number}k", number * 1e3, comparator))
    large = allowed(figure(f"{number}{suffix}", number * 10.0**power, comparator))
    factor = 10.0 ** (power - 3)
    assert math.isclose(small.low * factor, large.low, rel_tol=1e-12)
    assert math.isclose(small.high * factor, large.high, rel_tol=1e-12)


@given(st.integers(1, 99), st.integers(2, 100))
def test_a_fraction_allows_no_other_of_its_parts(above: int, below: int) -> None:
    assume(above < below)
    inside = allowed(figure(f"{above}/{below}", above / below, unit="fraction", dimension="proportion"))
    assert above / below in inside
    assert (above + 1) / below not in inside
    assert (above - 1) / below not in inside


@given(st.text(max_size=40), st.floats(-1e30, 1e30), COMPARATORS)
def test_any_words_and_value_are_judged(text: str, value: float, comparator: str) -> None:
    one = figure(text, value, comparator)
    assert not math.isnan(allowed(one).low)
    agreement(one, figure("12", 12))


def test_the_reach_of_comparators_is_as_designed() -> None:
    assert (REACH_OVER, REACH_UNDER) == (1.5, 0.67)
