"""What a figure allows, and whether two figures can both hold.

A figure is written to some place: "£23 million" allows everything that rounds to it. How far that goes is
read off the figure's own words (``Figure.text``); its fields give value, bounds, unit and comparator.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum

from tracker.judging.date_span import DateSpan, comparable_spans, date_span
from tracker.judging.levels import levels
from tracker.judging.precision import Precision, is_vague, precisions
from tracker.judging.unit_families import common_unit
from tracker.reading.values import Figure

#: How far "over 400" reaches for agreement, as a factor; and how far down "under 400" does.
REACH_OVER = 1.5
REACH_UNDER = 0.67
#: How far "about 400" reaches to both sides, as a share: what "nearly", "some" and "around" are used for.
ABOUT = 0.1
#: How far "above 0C" reaches at least, in degrees Celsius: no factor reaches anywhere from an arbitrary zero.
REACH_DEGREES = 5.0
#: How far "about 0C" reaches at least, in degrees Celsius.
ABOUT_DEGREES = 2.0
#: How far "below -0.2 per cent" reaches at least, in percentage points; at zero and below only.
REACH_POINTS = 0.5
_FAHRENHEIT_STEP = 1.8


class Agreement(Enum):
    """What two figures say of each other.

    AGREE: both can hold, and each supports the other. CONFLICT: they cannot both hold. NOT_COMPARABLE:
    they measure different things, or say too little ("over 400" beside 2,000): no support, no conflict.
    """

    AGREE = "agree"
    CONFLICT = "conflict"
    NOT_COMPARABLE = "not comparable"


@dataclass(frozen=True, slots=True)
class Interval:
    """The values from ``low`` to ``high``, in the figure's unit (days as ordinals); an open end is not one of them."""

    low: float
    high: float
    low_open: bool = False
    high_open: bool = False

    def __contains__(self, value: float) -> bool:
        above = self.low < value or (self.low == value and not self.low_open)
        return above and (value < self.high or (value == self.high and not self.high_open))

    def meets(self, other: Interval) -> bool:
        """Whether some value lies in both."""
        low = max((self.low, self.low_open), (other.low, other.low_open))
        high = min((self.high, not self.high_open), (other.high, not other.high_open))
        return low[0] < high[0] or (low[0] == high[0] and not low[1] and high[1])

    def times(self, factor: float) -> Interval:
        """The interval in another unit; the factor is above zero."""
        if factor == 1.0:
            return self
        return Interval(_clean(self.low * factor), _clean(self.high * factor), self.low_open, self.high_open)


EVERYTHING = Interval(-math.inf, math.inf, low_open=True, high_open=True)


def allowed(figure: Figure) -> Interval:
    """The values that a figure allows, in its own unit; a date's days as proleptic ordinals.

    - Half a unit of the last written digit, scale word applied: "£2.3 million" is [2.25 m, 2.35 m).
      A value below zero opens at its other end, as rounding is away from zero.
    - Whole numbers written out are exact ("1,749 people", "fifteen"), except from 10,000 on, ending in
      000: those are written to the thousand, as "400 thousand" is: 400,000 is [399,500, 400,500).
    - A fraction n/d, and "n in d", is ± 0.5/d², for percentages beside it: among themselves fractions are
      exact (``agreement``). "Half a million" is no such fraction: 500,000 ± 50,000, to a tenth of its scale.
    - A range goes from its low to its high end, each rounded as it is written.
    - A change from one level to another allows only the level that it came to, rounded as that is written.
    - Over: above the value, up to ``REACH_OVER`` times it; under: down to ``REACH_UNDER`` of it; both are
      as far as another figure may lie and still agree. About: ``ABOUT`` of it to both sides, however coarse
      its place; "nearly" and "almost" reach up as far as down, for the comparator is ``~`` for all of them.
    - From zero and below a factor leads nowhere: there percentages reach ``REACH_POINTS``, any temperature
      ``REACH_DEGREES`` at least (``ABOUT_DEGREES`` for about), and zero of anything else one of its place.

    A figure without any value, and a date whose year is open, allow everything.

    >>> figure = Figure(0, 11, "£23 million", 2.3e7, 2.3e7, 2.3e7, unit="GBP", dimension="money")
    >>> allowed(figure)
    Interval(low=22500000.0, high=23500000.0, low_open=False, high_open=True)
    """
    if figure.dimension == "date":
        span = date_span(figure.date or "")
        return EVERYTHING if span is None or span.open_year else _days(span)
    return _reach(figure, finer=None)


def agreement(one: Figure, two: Figure) -> Agreement:
    """Whether two figures of the same thing agree, conflict, or cannot be compared; the order does not matter.

    Units compare where they convert exactly (``unit_families``), a rate only with the same rate, a change
    (``trend``) only with a change, and a rise conflicts with a fall; a change from one level to another ("fell
    from £14m to £9m") compares as the level that it came to. What is written to finer places may be
    rounded by the other, though whole numbers are exact among themselves: "15 per cent" agrees with "15.3 per
    cent", and "2 per cent" with 1.6 and 2.4, for a paper's whole percentages are roundings however small they
    are; counts, sums and measures are no further off than ``ABOUT``. Two fractions of different value conflict:
    who writes a quarter could have written a third. "About £1m" beside £600,000, which is still a million to the
    nearest one, and "hundreds" beside 1,500 say too little. Of dates, every day that both allow counts.

    >>> share = Figure(0, 10, "two thirds", 2 / 3, 2 / 3, 2 / 3, unit="fraction", dimension="proportion")
    >>> points = Figure(0, 5, "66.7%", 66.7, 66.7, 66.7, unit="percent", dimension="proportion")
    >>> agreement(share, points).value
    'agree'
    """
    if one.dimension == two.dimension == "date":
        return _of_dates(one, two)
    factors = common_unit(one, two)
    if factors is None or _is_size(one) != _is_size(two):
        return Agreement.NOT_COMPARABLE
    if one.trend and two.trend and one.trend != two.trend:
        return Agreement.CONFLICT
    if _are_other_fractions(one, two, factors):
        return Agreement.CONFLICT
    finest = [_finest(figure) * factor for figure, factor in ((one, factors[0]), (two, factors[1]))]
    mine = _reach(one, finer=finest[1] / factors[0])
    theirs = _reach(two, finer=finest[0] / factors[1])
    return _verdict(
        mine.times(factors[0]),
        theirs.times(factors[1]),
        _unbounded(one, mine).times(factors[0]),
        _unbounded(two, theirs).times(factors[1]),
    )


def _are_other_fractions(one: Figure, two: Figure, factors: tuple[float, float]) -> bool:
    """Whether both are exact and stated as fractions, and not the same one ("2/4" is "half")."""
    if one.comparator != "=" or two.comparator != "=" or one.value is None or two.value is None:
        return False
    if not (precisions(one)[0].is_fraction and precisions(two)[0].is_fraction):
        return False
    return not math.isclose(one.value * factors[0], two.value * factors[1], rel_tol=1e-9)


def _is_size(figure: Figure) -> bool:
    """Whether a figure is how much something changed, and no level."""
    return figure.trend is not None and levels(figure) is None


def _verdict(one: Interval, two: Interval, whole_one: Interval, whole_two: Interval) -> Agreement:
    """Agreement within reach; beyond it two figures may both hold, but neither supports the other."""
    if EVERYTHING in (one, two):
        return Agreement.NOT_COMPARABLE
    if one.meets(two):
        return Agreement.AGREE
    return Agreement.NOT_COMPARABLE if whole_one.meets(whole_two) else Agreement.CONFLICT


def _unbounded(figure: Figure, reach: Interval) -> Interval:
    """What a figure's words leave possible, however far off: "over 400" and "hundreds" leave everything above.

    "About" leaves its rounding, where that goes beyond its reach.
    """
    if levels(figure) is not None:
        return reach
    if figure.comparator == "~" and (figure.low is not None or figure.value is not None):
        reach = _with_rounding(figure, reach)
    over = is_vague(figure)
    over = over or figure.comparator in (">", ">=") or (figure.high is None and figure.low is not None)
    under = figure.comparator in ("<", "<=") or (figure.low is None and figure.high is not None)
    low, low_open = (-math.inf, True) if under else (reach.low, reach.low_open)
    high, high_open = (math.inf, True) if over else (reach.high, reach.high_open)
    return Interval(low, high, low_open, high_open)


def _with_rounding(figure: Figure, reach: Interval) -> Interval:
    """The reach of an approximate figure and all that rounds to its last written place."""
    low = figure.low if figure.low is not None else figure.value
    high = figure.high if figure.high is not None else figure.value
    if low is None or high is None:
        return reach
    below, above = (precision.half or precision.place / 2 for precision in precisions(figure))
    return Interval(min(reach.low, low - below), max(reach.high, high + above), reach.low_open, reach.high_open)


def _reach(figure: Figure, finer: float | None) -> Interval:
    """The interval of a figure; ``finer`` is the place that the figure beside it is written to, in its unit."""
    low = figure.low if figure.low is not None else figure.value
    high = figure.high if figure.high is not None else figure.value
    if low is None and high is None:
        return EVERYTHING
    if low is None or high is None:
        end = high if high is not None else low or 0.0
        return _compared("<=" if high is not None else ">=", end, end, _least(figure, end))
    below, above = precisions(figure)
    comparator = figure.comparator
    if (change := levels(figure)) is not None:
        # What bounds the level before ("from over £14m to £9m") says nothing of the level after.
        low, high = change[1], change[1]
        below = above = above if figure.trend == "up" else below
        comparator = "~" if comparator == "~" else "="
    if finer is not None:
        percent = figure.unit in _POINTS
        below, above = _rounded(below, low, finer, percent), _rounded(above, high, finer, percent)
    if comparator in ("<", "<=", ">", ">="):
        bound = high if comparator in (">", ">=") else low
        return _compared(comparator, low, high, _least(figure, bound))
    if comparator == "~":
        below, above = _about(figure, below, low), _about(figure, above, high)
    return _widened(low, high, below, above)


_POINTS = ("percent", "percentage point")


def _least(figure: Figure, bound: float) -> float:
    """How far a bound reaches at least, in the figure's unit: temperatures, and what lies at zero or below."""
    if figure.dimension == "temperature":
        return REACH_DEGREES * _step(figure)
    if bound <= 0 and figure.unit in _POINTS:
        return REACH_POINTS
    return precisions(figure)[0].place or 1.0 if bound == 0 else 0.0


def _step(figure: Figure) -> float:
    """How many of its unit are one degree Celsius."""
    return _FAHRENHEIT_STEP if "fahrenheit" in (figure.unit or "") else 1.0


def _compared(comparator: str, low: float, high: float, least: float) -> Interval:
    """A bound and what it reaches to; a range stays in it whole ("up to 10 or 12")."""
    if comparator in (">", ">="):
        return Interval(low, _clean(high + max((REACH_OVER - 1) * abs(high), least)), low_open=comparator == ">")
    return Interval(_clean(low - max((1 - REACH_UNDER) * abs(low), least)), high, high_open=comparator == "<")


def _about(figure: Figure, precision: Precision, value: float) -> Precision:
    """A tenth, no more: "about £1m" is no million rounded to millions. Zero is about to half of its place."""
    least = ABOUT_DEGREES * _step(figure) if figure.dimension == "temperature" else 0.0
    half = max(ABOUT * abs(value), least) or precision.place / 2
    return Precision(half, precision.place)


def _rounded(precision: Precision, value: float, finer: float, percent: bool) -> Precision:
    """An exact number beside one of finer places as its rounding; no further than "about", but for percentages."""
    if precision.half or not precision.place or finer > precision.place * 0.99:
        return precision
    half = precision.place / 2
    return Precision(half if percent else min(half, ABOUT * abs(value)), precision.place)


def _widened(low: float, high: float, below: Precision, above: Precision) -> Interval:
    return Interval(
        _clean(low - below.half) if below.half else low,
        _clean(high + above.half) if above.half else high,
        # Halves round away from zero: 2.5 is written 3, and -2.5 is written -3.
        low_open=bool(below.half) and below.rounds and low < 0,
        high_open=bool(above.half) and above.rounds and high >= 0,
    )


def _clean(value: float) -> float:
    """A bound without the last binary digits, which no text has stated."""
    return float(f"{value:.15g}")


def _finest(figure: Figure) -> float:
    """The finest place that a figure is written to, in its unit; infinite where it has none to compare."""
    return min((p.place for p in precisions(figure) if p.place), default=math.inf)


def _days(span: DateSpan) -> Interval:
    return Interval(float(span.first.toordinal()), float(span.last.toordinal()))


def _of_dates(one: Figure, two: Figure) -> Agreement:
    """Dates agree where they share a day; where a year is open, only day and month are compared."""
    if one.date is None or two.date is None:
        return Agreement.NOT_COMPARABLE
    spans = comparable_spans(one.date, two.date)
    if not spans:
        # Nothing of a year is in a day of no year; what no calendar knows is at least itself.
        return Agreement.AGREE if one.date == two.date else Agreement.NOT_COMPARABLE
    verdicts = []
    for mine, theirs in spans:
        first, second = _days(mine), _days(theirs)
        verdicts.append(_verdict(first, second, _unbounded(one, first), _unbounded(two, second)))
    return min(verdicts, key=_BEST_FIRST.index)


#: Of a date that may stand in several years, the one that fits best is meant.
_BEST_FIRST = (Agreement.AGREE, Agreement.NOT_COMPARABLE, Agreement.CONFLICT)
