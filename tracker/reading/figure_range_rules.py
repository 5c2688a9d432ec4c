"""Which two numbers that a word or a dash ties are a range, and no score, season, choice or change."""

from __future__ import annotations

from tracker.reading.figure_levels import is_drop, is_route
from tracker.reading.figure_lexicon import TREND_DOWN, TREND_UP
from tracker.reading.figure_measure import Quantity
from tracker.reading.figure_tokens import GLUED, HYPHENS, NUMBER, WORD, Token, at, word_set
from tracker.reading.replacing import replace


def united_pair(one: Quantity, two: Quantity, tie: str) -> tuple[Quantity, Quantity] | None:
    """The two with one unit and one scale, or None where their units differ."""
    if one.unit is not None and two.unit is not None:
        same = one.unit == two.unit or (one.dimension == two.dimension == "money")
        return (one, two) if same else _converted(one, two)
    if one.unit is not None:
        money = one.dimension == "money" and two.unit is None
        if not (money or tie in ("from", "between")) or two.sure:
            return None
        return _same_scale(one, two)
    return _same_scale(one, two)


_METRIC = {"metre": 1.0, "kilometre": 1e3, "centimetre": 1e-2, "millimetre": 1e-3, "gram": 1e-3, "kilogram": 1.0}


def _converted(one: Quantity, two: Quantity) -> tuple[Quantity, Quantity] | None:
    """The two with the first in the unit of the second: "from 900m to 1.2km"; None where nothing converts it."""
    size, other = _METRIC.get(str(one.unit)), _METRIC.get(str(two.unit))
    if one.value is None or size is None or other is None or one.dimension != two.dimension:
        return None
    return replace(one, value=float(f"{one.value * size / other:.12g}"), unit=two.unit), two


def _same_scale(one: Quantity, two: Quantity) -> tuple[Quantity, Quantity]:
    """The first of "10-12 million" with the scale and factor that only the second number states."""
    if one.value is None or two.value is None:
        return one, two
    factor = two.number.scale if one.number.scale == 1.0 and two.number.form == "digits" else 1.0
    if two.number.form == "words" and one.number.scale == 1.0 and two.number.scale >= 1000:
        factor = two.number.scale
    if two.number.scale > 1 and one.value * factor * two.factor > two.value and one.value >= 100:
        factor = 1.0
    if _are_hundreds(one, two):
        factor = 100.0
    # "66 cents" has its hundredths already, though whose cents they are is open.
    value = one.value * factor * (two.factor if one.dimension is None else 1.0)
    return replace(one, value=value), two


def _are_hundreds(one: Quantity, two: Quantity) -> bool:
    """Whether "hundred" stands for both: "two or three hundred"."""
    if one.value is None or two.value is None or not one.number.form == two.number.form == "words":
        return False
    return one.value < 10 and two.value in range(200, 1000, 100) and one.value < two.value / 100


def is_range(tokens: list[Token], one: Quantity, two: Quantity, tie: str) -> bool:
    """Whether two numbers so tied are a range.

    ``tie`` is "from" or "between" where such a word leads them, else what stands between: "to", "through",
    "or", "dash" or "~".
    """
    if one.value is None or two.value is None:
        return False
    if tie in ("from", "between"):
        return tie == "between" or not is_route(tokens, one, two)
    if tie == "or":
        return _is_guess(one, two)
    if tie == "to":
        return _is_from_to(tokens, one, two)
    if one.value >= two.value:
        return False
    if tie == "through":
        whole = one.number.form == two.number.form and one.value.is_integer() and two.value.is_integer()
        return one.unit is None and whole
    return tie == "~" or _is_dashed(tokens, one, two)


#: A guess goes on by one of these ("three or four", "ten or fifteen"); "6 or 12 months" is a choice.
_STEPS = (1, 5, 10, 100)


def _is_guess(one: Quantity, two: Quantity) -> bool:
    """ "Three or four years" is one guess, "£5 or £9" a choice."""
    if one.unit is not None or one.number.form != two.number.form or one.value is None or two.value is None:
        return False
    step = two.value - one.value
    if one.number.form == "words" and step == 1:
        return True
    if two.unit is None or two.dimension == "money" or one.value < 1 or one.number.form not in ("words", "digits"):
        return False
    return step in _STEPS and one.value % step == 0


_RAISES = word_set("raise raises raised raising")


def _is_from_to(tokens: list[Token], one: Quantity, two: Quantity) -> bool:
    """ "10 to 20 per cent", but "rose 3 % to 12 %" and "fell 12 to 340p" tell a change and where it led."""
    if one.value is None or two.value is None or _is_year_of_level(tokens, one, two):
        return False
    verb = at(tokens, one.first - 1).low
    # "Raises £10 to £12 million a year": who raises money does not change it.
    if (verb in TREND_UP or verb in TREND_DOWN or verb == "by") and verb not in _RAISES:
        # What is shared out between the two is their unit: "lost 10 to 20 per cent".
        shared = one.unit is None and two.dimension == "proportion"
        counted = verb == "by" and two.unit is not None and two.dimension != "money" and two.unit != "point"
        return one.unit is None and one.value < two.value and (shared or counted and two.value <= 3 * one.value)
    if one.unit is not None:
        return one.value < two.value or is_drop(tokens, one, two)
    return two.unit is not None or one.value < two.value


def _is_year_of_level(tokens: list[Token], one: Quantity, two: Quantity) -> bool:
    """Whether the first number is the year of the level before: "from £10 in 2008 to £30"."""
    dated = at(tokens, one.first - 1).low == "in" and one.unit is None and two.unit is not None
    return dated and len(one.number.digits) == 4 and 1900 <= (one.value or 0) <= 2100


#: What makes bare numbers a range, three words before them at the most.
_RANGE_WORDS = word_set("range ranges ranging ranged")
_LEADING = word_set(
    "aged ages of about around some roughly approximately nearly almost over above under below least most"
)
#: What has scores: "a record of 5-12", "a vote of 48-52".
_SCORED = word_set(
    "record records score scores scoreline vote votes win wins victory defeat loss losses lead result margin draw"
    " scored lost won beat tie average tally"
)


def _is_dashed(tokens: list[Token], one: Quantity, two: Quantity) -> bool:
    """Whether a dash between two rising numbers is a range's, and not one of a score, a season or a telephone."""
    if _is_called(tokens, one, two):
        return False
    if two.sure or two.unit is not None or one.unit is not None:
        return not _is_standing(tokens, one, two)
    before = [at(tokens, one.first - back).low for back in range(1, 4)]
    if before[0] in _LEADING:
        return before[1] not in _SCORED
    if _RANGE_WORDS.intersection(before):
        return True
    # "5k-20k", "2-3 million"; no score or year has a scale or is grouped by commas.
    return two.number.scale > 1 or "," in one.number.digits and "," in two.number.digits


def _is_standing(tokens: list[Token], one: Quantity, two: Quantity) -> bool:
    """Whether wins and losses stand before a team's name: "the 2-10 Rovers"."""
    named = two.dimension == "count" and tokens[two.last - 1].text[:1].isupper()
    return named and two.number.scale == 1.0 and at(tokens, one.first - 1).low in ("the", "a")


def _is_called(tokens: list[Token], one: Quantity, two: Quantity) -> bool:
    """A telephone number that ends in letters: "1-800-FLOWERS"."""
    hyphen, letters = at(tokens, two.number.last), at(tokens, two.number.last + 1)
    tied = hyphen.text in HYPHENS and hyphen.gap == letters.gap == GLUED and letters.kind == WORD
    plain = tokens[one.first].kind == tokens[two.number.last - 1].kind == NUMBER
    return tied and plain and letters.text.isupper() and len(letters.text) > 2
