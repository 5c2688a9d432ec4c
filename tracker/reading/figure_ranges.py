"""Numbers that are one figure together: ranges, tolerances, ratios, two-part measures."""

from __future__ import annotations

from tracker.reading.figure_fractions import extra_fraction
from tracker.reading.figure_lexicon import FILLERS, STOP
from tracker.reading.figure_measure import Quantity, read_quantity
from tracker.reading.figure_range_rules import is_range, united_pair
from tracker.reading.figure_tokens import (
    DASHES,
    GLUED,
    HYPHENS,
    NUMBER,
    WORD,
    Token,
    at,
    joined,
    past_hyphen,
    word_set,
)
from tracker.reading.replacing import replace

#: What may stand between the connecting word and the second number: "from 40 to nearly 60".
_SOFT = FILLERS | {
    "about",
    "around",
    "nearly",
    "almost",
    "over",
    "up",
    "to",
    "roughly",
    "more",
    "than",
    "some",
    "plus",
}
#: Words before "A to B" that make it one range or change, even where each has its unit.
_FROM = word_set("from between ranging ranged")
#: The smaller unit of a measure in two parts, and how many make one of the larger.
_PARTS = {
    ("foot", "inch"): 12, ("stone", "pound"): 14, ("pound", "ounce"): 16, ("hour", "minute"): 60,
    ("minute", "second"): 60, ("year", "month"): 12, ("metre", "centimetre"): 100, ("mile", "yard"): 1760,
    ("week", "day"): 7, ("kilometre", "metre"): 1000, ("mile", "furlong"): 8, ("furlong", "yard"): 220,
    ("yard", "foot"): 3, ("day", "hour"): 24, ("kilogram", "gram"): 1000,
}  # fmt: skip
_LARGER = frozenset(larger for larger, _ in _PARTS)

#: Money whose hundredths are left unsaid.
_IN_HUNDREDTHS = word_set("GBP USD EUR AUD CAD NZD HKD SGD ZAR")


def join_next(tokens: list[Token], one: Quantity, continental: bool) -> Quantity:
    """The quantity joined with the one that follows it, where the two are one figure."""
    for join in (_two_parts, _tolerance, _ratio, _guess_by_comma, _range):
        joint = join(tokens, one, continental)
        if joint is not None:
            return joint
    return one


def _second(tokens: list[Token], index: int, continental: bool) -> Quantity | None:
    return read_quantity(tokens, index, continental) if joined(tokens, index) else None


def _two_parts(tokens: list[Token], one: Quantity, continental: bool) -> Quantity | None:
    """A measure in two parts: "5ft 11in", "five years and three months", "two pounds and twelve pence"."""
    if one.dimension == "money":
        return _with_pence(tokens, one, continental)
    return _measure_in_two(tokens, one, continental) or _and_a_half(tokens, one) or _inches_unsaid(tokens, one)


#: At most so many smaller parts has a measure: "3 days 2 hours 5 minutes 10 seconds".
_MOST_PARTS = 3


def _measure_in_two(tokens: list[Token], one: Quantity, continental: bool) -> Quantity | None:
    """A measure with its smaller units written behind it; commas part them only where there are three or more."""
    part, per, total, commas = one, 1, one.value, 0
    for _ in range(_MOST_PARTS):
        comma = at(tokens, part.last).text == ","
        index = part.last + comma
        index += at(tokens, index).low == "and"
        found = _smaller(tokens, part, past_hyphen(tokens, index), continental)
        if found is None or total is None:
            break
        part, size = found
        commas += comma
        per *= size
        total += (part.value or 0.0) / per
    parts = part is not one
    if not parts or total is None or (commas and per == _PARTS.get((str(one.unit), str(part.unit)))):
        return None
    value = total if per == _PARTS.get((str(one.unit), str(part.unit))) else float(f"{total:.12g}")
    dimension = part.dimension if part.dimension == "age" else one.dimension
    return replace(one, last=part.last, value=value, low=value, high=value, of=part.of, dimension=dimension)


def _smaller(tokens: list[Token], one: Quantity, index: int, continental: bool) -> tuple[Quantity, int] | None:
    """The quantity at an index in a smaller unit of the one before it, and how many of it make one of that."""
    if one.value is None or one.unit not in _LARGER or one.value % 1:
        return None
    two = _second(tokens, index, continental)
    if two is None or two.value is None or two.number.form not in ("digits", "words"):
        return None
    if one.unit == "stone" and two.unit == "GBP" and tokens[two.last - 1].low in ("pounds", "pound"):
        two = replace(two, unit="pound", dimension="mass")
    size = _PARTS.get((str(one.unit), str(two.unit)))
    if size is None or two.value is None or not 0 < two.value < size or two.of != one.of and two.of and one.of:
        return None
    return two, size


def _with_pence(tokens: list[Token], one: Quantity, continental: bool) -> Quantity | None:
    """Money with its hundredths: "two pounds and twelve pence", "£2 12p"; "£2 and 12p" are two prices."""
    if one.value is None or one.value % 1 or one.factor != 1.0 or one.number.scale != 1.0 or one.of:
        return None
    glue = at(tokens, one.last).low == "and" and tokens[one.last - 1].kind == WORD
    index = one.last + (1 if glue else 0)
    if at(tokens, index).kind not in (NUMBER, WORD):
        return None
    two = _second(tokens, index, continental)
    if two is None or not 0 < (two.number.value or 0) < 100:
        return None
    pence = two.factor == 0.01 and two.unit in (one.unit, None)
    if not pence and not (tokens[one.last - 1].kind == WORD and _pence_unsaid(tokens, one, two, glue)):
        return None
    value = round(one.value + (two.number.value or 0) / 100, 9)
    return replace(one, last=two.last, value=value, low=value, high=value, of=two.of)


def _pence_unsaid(tokens: list[Token], one: Quantity, two: Quantity, glue: bool) -> bool:
    """Whether a bare number behind money by name is its hundredths: "fifteen pounds fifty", "15 dollars and 50."."""
    number, after = two.number, at(tokens, two.last)
    if two.unit is not None or two.dimension is not None or one.unit not in _IN_HUNDREDTHS or number.scale != 1.0:
        return False
    if (number.value or 0) < 10 or number.digits and not number.digits.isdecimal():
        return False
    # "Between 15 dollars and 50", "20 pounds and 50 others".
    led = {at(tokens, one.first - back).low for back in range(1, 4)}
    goes_on = after.kind == WORD and joined(tokens, two.last) and (glue or after.low not in STOP)
    return not led & _FROM and not goes_on and after.text not in ("%", *DASHES, "/", ":")


def _and_a_half(tokens: list[Token], one: Quantity) -> Quantity | None:
    """A measure with its fraction behind the unit: "two years and a half"."""
    if at(tokens, one.last).low != "and" or one.value is None or one.value % 1 or one.dimension in (None, "count"):
        return None
    half, behind = extra_fraction(tokens, one.last)
    if not half or one.dimension == "proportion":
        return None
    value = one.value + half
    return replace(one, last=behind, value=value, low=value, high=value)


def _inches_unsaid(tokens: list[Token], one: Quantity) -> Quantity | None:
    """A height or weight whose small unit is left out: "6-foot-11", "12 stone 4"."""
    size = {"foot": 12, "stone": 14}.get(str(one.unit))
    index = past_hyphen(tokens, one.last)
    part = at(tokens, index)
    if size is None or one.value is None or one.value % 1 or not part.text.isdecimal() or not joined(tokens, index):
        return None
    after = at(tokens, past_hyphen(tokens, index + 1))
    if after.kind == WORD and after.gap == GLUED and index + 1 == past_hyphen(tokens, index + 1):
        return None
    counts = after.kind == WORD and joined(tokens, index + 1) and after.low not in STOP and index == one.last
    if counts or int(part.text) >= size or after.kind == NUMBER or (part.gap == GLUED and index == one.last):
        return None
    value = one.value + int(part.text) / size
    return replace(one, last=index + 1, value=value, low=value, high=value)


#: What ties a tolerance to its figure, as tokens.
_PLUS_MINUS = (("±",), ("+", "/", "-"), ("+", "-"), ("plus", "or", "minus"), ("give", "or", "take"))


_TOLERANCES = frozenset({tie[0] for tie in _PLUS_MINUS} | {","})


def _tolerance(tokens: list[Token], one: Quantity, continental: bool) -> Quantity | None:
    """A tolerance: "50 ± 3", "40 per cent, plus or minus 2"."""
    # Looked for first, for nearly every number has none.
    if at(tokens, one.last).low not in _TOLERANCES:
        return None
    index = one.last + (at(tokens, one.last).text == ",")
    words = tuple(at(tokens, index + k).low for k in range(3))
    tie = next((tie for tie in _PLUS_MINUS if words[: len(tie)] == tie), None)
    if tie is None or not joined(tokens, index):
        return None
    two = _second(tokens, index + len(tie), continental)
    if two is None or two.value is None or one.value is None:
        return None
    points = one.dimension == "proportion" and two.unit == "point"
    if one.unit is not None and two.unit is not None and one.dimension != two.dimension and not points:
        return None
    unit = one if one.unit is not None else two
    low, high = one.value - abs(two.value), one.value + abs(two.value)
    return replace(
        one,
        last=two.last,
        low=low,
        high=high,
        unit=unit.unit,
        dimension=unit.dimension,
        sure=True,
        joint="tolerance",
    )


_RATIO_JOINTS = HYPHENS | {"to", ":"}


def _ratio(tokens: list[Token], one: Quantity, continental: bool) -> Quantity | None:
    """A ratio: "3-to-1", "a ratio of 3 to 1", "odds of 5:1"."""
    behind = one.number.last
    if at(tokens, behind).low not in _RATIO_JOINTS:
        return None
    glued = [at(tokens, behind + k) for k in range(4)]
    tied = glued[0].text in HYPHENS and glued[1].low == "to" and glued[2].text in HYPHENS
    before = {at(tokens, one.first - back).low for back in range(1, 4)}
    asked = bool(before & {"ratio", "odds", "outnumber", "outnumbered"}) or _is_to_one(tokens, one, before)
    if tied:
        index = behind + 3
    elif asked and glued[0].low in ("to", ":"):
        index = behind + 1
    else:
        return None
    two = _second(tokens, index, continental)
    if two is None or not two.number.value or one.number.value is None:
        return None
    # "The 2015-to-2016 winter" is a span of years.
    if not asked and 1900 <= one.number.value < two.number.value <= 2100:
        return None
    # "Three-to-five years" is a range, a "3-to-1 vote" a ratio.
    measured = two.unit is not None and two.dimension != "count"
    if tied and not asked and measured and one.number.value < two.number.value:
        return None
    value = one.number.value / two.number.value
    return Quantity(
        one.first,
        two.number.last,
        one.number,
        value,
        value,
        value,
        "ratio",
        "ratio",
        sure=True,
        joint="ratio",
    )


_RATIO_NOUNS = word_set("margin ratio odds advantage majority")


def _is_to_one(tokens: list[Token], one: Quantity, before: set[str]) -> bool:
    """Whether "two to one" is a ratio: "by two to one", "a 2 to 1 margin", and no score ("won by 2 to 1")."""
    to, single, noun = (at(tokens, one.number.last + k) for k in range(3))
    if to.low != "to" or single.low not in ("1", "one") or not joined(tokens, one.number.last + 1):
        return False
    by = at(tokens, one.first - 1).low in ("by", "about", "nearly", "almost", "than", "over") and "by" in before
    scored = before & {"won", "win", "lost", "lose", "beat", "beaten", "from", "score"}
    bare = noun.kind != WORD or noun.low in STOP
    return noun.low in _RATIO_NOUNS or (by and bare and not scored)


def _guess_by_comma(tokens: list[Token], one: Quantity, continental: bool) -> Quantity | None:
    """A guess as it is spoken: "three, four million", "two, three hundred people"."""
    if at(tokens, one.last).text != "," or one.number.form != "words" or one.unit is not None or one.value is None:
        return None
    two = _second(tokens, one.last + 1, continental) if one.value < _MOST_GUESSED else None
    if two is None or two.number.form != "words" or two.value is None:
        return None
    scale = next((scale for scale in (1e9, 1e6, 1e3, 1e2) if two.number.value == (one.value + 1) * scale), None)
    if scale is None:
        return None
    return replace(two, first=one.first, value=None, low=one.value * scale * two.factor, high=two.value, joint="or")


#: "Ninety, a hundred" goes no further in steps of one.
_MOST_GUESSED = 20
_CONNECTORS = DASHES | word_set("to up or and through ~")


def _connector(tokens: list[Token], one: Quantity) -> tuple[int, str] | None:
    """Where the second number of a range begins, and what ties it: a dash, "to", or "and" after "between"."""
    index = one.last
    token, after = at(tokens, index), at(tokens, index + 1)
    if token.low not in _CONNECTORS:
        return None
    led = {at(tokens, one.first - back).low for back in range(1, 4)}
    if token.text in DASHES and (token.gap == GLUED) == (after.gap == GLUED) and joined(tokens, index + 1):
        return (index + 3, "to") if _is_to(tokens, index) else (index + 1, "dash")
    # "18- to 24-year-olds".
    if token.text in HYPHENS and token.gap == GLUED and after.low == "to" and after.gap and joined(tokens, index + 1):
        return index + 2, "to"
    if token.text == "~" and token.gap == after.gap == GLUED:
        return index + 1, "~"
    if token.low in ("to", "through") and joined(tokens, index):
        # "Four to-six weeks": a hyphen that hangs on the word.
        index += after.text in HYPHENS and after.gap == GLUED and at(tokens, index + 2).gap == GLUED
        return index + 1, "from" if led & _FROM and token.low == "to" else token.low
    # "Rents from £700 up to £950".
    if token.low == "up" and after.low == "to" and led & _FROM and joined(tokens, index):
        return index + 2, "from"
    if token.low == "or" and joined(tokens, index):
        return index + 1, "or"
    # "Between the ages of 17 and 20".
    ages = at(tokens, one.first - 1).low == "of" and at(tokens, one.first - 4).low == "between"
    if token.low == "and" and (ages or "between" in led) and joined(tokens, index):
        return index + 1, "between"
    return None


def _is_to(tokens: list[Token], index: int) -> bool:
    """Whether "-to-" begins at an index ("five-to-10 minutes")."""
    return at(tokens, index + 1).low == "to" and at(tokens, index + 2).text in HYPHENS and joined(tokens, index + 2)


def _aged(tokens: list[Token], one: Quantity, two: Quantity) -> Quantity:
    """The second of two ages without the noun that seems to be counted: "ages 5 to 12 opens"."""
    if two.dimension != "count" or at(tokens, one.first - 1).low not in ("aged", "ages"):
        return two
    return replace(two, last=two.number.last, unit=None, dimension=None, of=None)


def _last_of_three(tokens: list[Token], one: Quantity, two: Quantity, continental: bool) -> Quantity:
    """The number at the end of a range that a change leads to ("from 24 to 33-35 billion"); else the second itself."""
    dash, behind = at(tokens, two.last), at(tokens, two.last + 1)
    if two.unit is not None or dash.gap != GLUED or dash.text not in DASHES or behind.kind != NUMBER:
        return two
    pair = _range(tokens, two, continental)
    last = _second(tokens, two.last + 1, continental) if pair is not None and pair.joint == "dash" else None
    if last is None or one.value is None or two.value is None or one.value >= two.value:
        return two
    return last


def _range(tokens: list[Token], one: Quantity, continental: bool) -> Quantity | None:
    found = _connector(tokens, one)
    if found is None or one.value is None:
        return None
    index, tie = found
    for _ in range(3):
        if tie not in ("dash", "~") and at(tokens, index).low in _SOFT and at(tokens, index).low not in ("a", "an"):
            index += 1
    two = _second(tokens, index, continental)
    if two is None or two.number.form in ("share", "vague") or one.number.form == "share":
        return None
    if two.value is None or one.first == index:
        return None
    two = _last_of_three(tokens, one, _aged(tokens, one, two), continental)
    united = united_pair(one, two, tie)
    if united is None or not is_range(tokens, *united, tie):
        return None
    one, two = united
    if one.value is None or two.value is None:
        return None
    low, high = min(one.value, two.value), max(one.value, two.value)
    carrier = two if two.unit is not None else one
    return replace(
        one, last=two.last, value=None, low=low, high=high, unit=carrier.unit, dimension=carrier.dimension,
        of=carrier.of or one.of, sure=one.sure or two.sure or tie in ("from", "between"),
        attributive=two.attributive, joint="down" if one.value > two.value else tie,
    )  # fmt: skip
