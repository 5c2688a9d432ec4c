"""Numbers that belong together: ranges, tolerances, ratios, two-part measures, lists that share a unit."""

from __future__ import annotations

from tracker.reading.figure_fractions import extra_fraction
from tracker.reading.figure_lexicon import FILLERS, STOP, TREND_DOWN, TREND_UP
from tracker.reading.figure_measure import Quantity, read_quantity
from tracker.reading.figure_tokens import (
    BROKEN,
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
}
#: Words before "A to B" that make it one range or change, even where each has its unit.
_FROM = word_set("from between ranging ranged")
#: The smaller unit of a measure in two parts, and how many make one of the larger.
_PARTS = {
    ("foot", "inch"): 12, ("stone", "pound"): 14, ("pound", "ounce"): 16, ("hour", "minute"): 60,
    ("minute", "second"): 60, ("year", "month"): 12, ("metre", "centimetre"): 100, ("mile", "yard"): 1760,
    ("week", "day"): 7, ("kilometre", "metre"): 1000,
}  # fmt: skip


def join_next(tokens: list[Token], one: Quantity, continental: bool) -> Quantity:
    """The quantity joined with the one that follows it, where the two are one figure."""
    for join in (_two_parts, _tolerance, _ratio, _range):
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


def _measure_in_two(tokens: list[Token], one: Quantity, continental: bool) -> Quantity | None:
    """A measure with its smaller unit written behind it."""
    index = one.last + 1 if at(tokens, one.last).low == "and" else past_hyphen(tokens, one.last)
    if one.value is None or not any(one.unit == larger for larger, _ in _PARTS) or one.value % 1:
        return None
    two = _second(tokens, index, continental)
    if two is None or two.value is None or two.number.form not in ("digits", "words"):
        return None
    if one.unit == "stone" and two.unit == "GBP" and tokens[two.last - 1].low in ("pounds", "pound"):
        two = replace(two, unit="pound", dimension="mass")
    size = _PARTS.get((str(one.unit), str(two.unit)))
    if size is None or two.value is None or not 0 < two.value < size or two.of != one.of and two.of and one.of:
        return None
    value = one.value + two.value / size
    dimension = two.dimension if two.dimension == "age" else one.dimension
    return replace(one, last=two.last, value=value, low=value, high=value, of=two.of, dimension=dimension)


def _with_pence(tokens: list[Token], one: Quantity, continental: bool) -> Quantity | None:
    """Money with its hundredths: "two pounds and twelve pence", "£2 12p"; "£2 and 12p" are two prices."""
    if one.value is None or one.value % 1 or one.factor != 1.0 or one.number.scale != 1.0 or one.of:
        return None
    glue = at(tokens, one.last).low == "and" and tokens[one.last - 1].kind == WORD
    index = one.last + (1 if glue else 0)
    if at(tokens, index).kind not in (NUMBER, WORD):
        return None
    two = _second(tokens, index, continental)
    if two is None or two.factor != 0.01 or two.unit not in (one.unit, None) or not 0 < (two.number.value or 0) < 100:
        return None
    value = round(one.value + (two.value or 0), 9)
    return replace(one, last=two.last, value=value, low=value, high=value, of=two.of)


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
    if size is None or one.value is None or one.value % 1 or not part.text.isdigit() or not joined(tokens, index):
        return None
    after = at(tokens, past_hyphen(tokens, index + 1))
    if after.kind == WORD and after.gap == GLUED and index + 1 == past_hyphen(tokens, index + 1):
        return None
    counts = after.kind == WORD and joined(tokens, index + 1) and after.low not in STOP and index == one.last
    if counts or int(part.text) >= size or after.kind == NUMBER or (part.gap == GLUED and index == one.last):
        return None
    value = one.value + int(part.text) / size
    return replace(one, last=index + 1, value=value, low=value, high=value)


#: What a tolerance begins with: looked for first, for nearly every number has none.
_TOLERANCES = word_set("± +/- + plus give")


def _tolerance(tokens: list[Token], one: Quantity, continental: bool) -> Quantity | None:
    """A tolerance: "50 ± 3", "40 per cent plus or minus 2"."""
    if at(tokens, one.last).low not in _TOLERANCES:
        return None
    words = [at(tokens, one.last + k).low for k in range(4)]
    if words[0] in ("±", "+/-"):
        index = one.last + 1
    elif words[:3] == ["+", "/", "-"] or words[:3] == ["plus", "or", "minus"] or words[:3] == ["give", "or", "take"]:
        index = one.last + 3
    else:
        return None
    two = _second(tokens, index, continental)
    if two is None or two.value is None or one.value is None:
        return None
    if one.unit is not None and two.unit is not None and one.dimension != two.dimension:
        return None
    unit = one if one.unit is not None else two
    low, high = one.value - two.value, one.value + two.value
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
    asked = bool(before & {"ratio", "odds", "outnumber", "outnumbered"})
    if tied:
        index = behind + 3
    elif asked and glued[0].low in ("to", ":"):
        index = behind + 1
    else:
        return None
    two = _second(tokens, index, continental)
    if two is None or not two.number.value or one.number.value is None:
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


_CONNECTORS = DASHES | word_set("to up or and")


def _connector(tokens: list[Token], one: Quantity) -> tuple[int, str] | None:
    """Where the second number of a range begins, and what ties it: a dash, "to", or "and" after "between"."""
    index = one.last
    token, after = at(tokens, index), at(tokens, index + 1)
    if token.low not in _CONNECTORS:
        return None
    led = {at(tokens, one.first - back).low for back in range(1, 4)}
    if token.text in DASHES and (token.gap == GLUED) == (after.gap == GLUED) and joined(tokens, index + 1):
        return index + 1, "dash"
    if token.low == "to" and joined(tokens, index):
        return index + 1, "from" if led & _FROM else "to"
    # "Sizes starting from 450 sq ft up to 900 sq ft".
    if token.low == "up" and after.low == "to" and led & _FROM and joined(tokens, index):
        return index + 2, "from"
    if token.low == "or" and joined(tokens, index):
        return index + 1, "or"
    if token.low == "and" and led & {"between"} and joined(tokens, index):
        return index + 1, "between"
    return None


def _range(tokens: list[Token], one: Quantity, continental: bool) -> Quantity | None:
    found = _connector(tokens, one)
    if found is None or one.value is None:
        return None
    index, tie = found
    for _ in range(3):
        if tie != "dash" and at(tokens, index).low in _SOFT and at(tokens, index).low not in ("a", "an"):
            index += 1
    two = _second(tokens, index, continental)
    if two is None or two.number.form in ("share", "vague") or one.number.form == "share":
        return None
    if two.value is None or one.first == index:
        return None
    united = _united(one, two, tie)
    if united is None or not _is_range(tokens, *united, tie):
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


def _united(one: Quantity, two: Quantity, tie: str) -> tuple[Quantity, Quantity] | None:
    """The two with one unit and one scale, or None where their units differ."""
    if one.unit is not None and two.unit is not None:
        same = one.unit == two.unit or (one.dimension == two.dimension == "money")
        return (one, two) if same else None
    if one.unit is not None:
        money = one.dimension == "money" and two.unit is None
        if not (money or tie in ("from", "between")) or two.sure:
            return None
        return _same_scale(one, two)
    return _same_scale(one, two)


def _same_scale(one: Quantity, two: Quantity) -> tuple[Quantity, Quantity]:
    """The first of "10-12 million" with the scale and factor that only the second number states."""
    if one.value is None or two.value is None:
        return one, two
    factor = two.number.scale if one.number.scale == 1.0 and two.number.form == "digits" else 1.0
    if two.number.form == "words" and one.number.scale == 1.0 and two.number.scale >= 1000:
        factor = two.number.scale
    if two.number.scale > 1 and one.value * factor * two.factor > two.value and one.value >= 100:
        factor = 1.0
    value = one.value * factor * (two.factor if one.unit is None else 1.0)
    return replace(one, value=value), two


def _is_range(tokens: list[Token], one: Quantity, two: Quantity, tie: str) -> bool:
    """Whether two numbers so tied are a range and not a score, a season or a change with its new level."""
    if one.value is None or two.value is None:
        return False
    if tie in ("from", "between"):
        return True
    if tie == "or":
        # "three or four years" is one guess, "£5 or £9" a choice.
        return two.value == one.value + 1 and one.unit is None and one.number.form == two.number.form == "words"
    if tie == "to":
        verb = at(tokens, one.first - 1).low
        if verb in TREND_UP or verb in TREND_DOWN or one.unit is not None and one.number.scale == two.number.scale == 1:
            return one.value < two.value and verb not in TREND_UP | TREND_DOWN
        return two.unit is not None or one.value < two.value
    if one.value >= two.value:
        return False
    led = at(tokens, one.first - 1).low
    return (
        two.sure
        or two.unit is not None
        or one.unit is not None
        or led in ("aged", "ages", "of", "about", "around", "some")
    )


def share_units(tokens: list[Token], quantities: list[Quantity]) -> list[Quantity]:
    """A list's bare numbers with the unit that only its last one states ("eight or nine euros")."""
    shared = list(quantities)
    for position in range(len(shared) - 2, -1, -1):
        one, two = shared[position], shared[position + 1]
        between = tokens[one.last : two.first]
        if one.unit is not None or two.unit is None or not 1 <= len(between) <= 4 or one.number.form == "vague":
            continue
        if _part_of_sum(one, two, [token.low for token in between]):
            shared[position] = replace(one, unit=two.unit, dimension="money", sure=True, reason="the sum that it is of")
            continue
        if (
            not all(token.low in (",", "and", "or", "-", "/", "up", "down", "&") for token in between)
            or between[0].low == "&"
        ):
            continue
        if one.dimension is not None or (one.joint and one.joint != "list"):
            continue
        only_comma = all(token.low == "," for token in between)
        if two.dimension == "proportion" and two.unit == "fraction" or (only_comma and not two.sure):
            continue
        value = None if one.value is None else round(one.value * two.factor, 9)
        shared[position] = replace(
            one, value=value, low=value, high=value, unit=two.unit, dimension=two.dimension, of=two.of,
            sure=two.sure, factor=two.factor, joint="list",
        )  # fmt: skip
    return shared


def _part_of_sum(one: Quantity, two: Quantity, between: list[str]) -> bool:
    """Whether a number is a part of the sum behind it: "280 million of the 1.5 billion shekels"."""
    of = between[0] == "of" and between[1:] in ([], ["the"], ["its"], ["their"], ["his"], ["her"], ["a"])
    return of and two.dimension == "money" and one.dimension is None and one.number.scale >= 1000


#: How far back the figure may stand whose unit a bare number takes.
_INHERIT_REACH = 12
_INHERITING = word_set("to from with at against")


def inherit_units(tokens: list[Token], quantities: list[Quantity]) -> list[Quantity]:
    """Bare levels of a change with the unit of the figure before them ("3.9 m homes, up from 2.4 million").

    The unit is not stated then, and ``reason`` says so. A percentage lends its unit only to "from".
    """
    result = list(quantities)
    for position in range(1, len(result)):
        one, two = result[position - 1], result[position]
        if two.unit is not None or two.dimension is not None or not _may_inherit(tokens, one, two):
            continue
        reason = f"the unit of the figure before it ({one.unit})"
        result[position] = replace(two, unit=one.unit, dimension=one.dimension, of=one.of, reason=reason, sure=True)
    return result


def _may_inherit(tokens: list[Token], one: Quantity, two: Quantity) -> bool:
    lead, before = at(tokens, two.first - 1).low, at(tokens, two.first - 2).low
    if (
        one.unit is None
        or one.dimension in ("age", "duration", "ratio")
        or one.unit == "fraction"
        or two.number.form == "share"
    ):
        return False
    near = two.first - one.last <= _INHERIT_REACH and lead in _INHERITING
    same_sentence = all(
        token.low not in (".", ";", "?", "!") and token.gap != BROKEN for token in tokens[one.last : two.first]
    )
    if one.dimension == "proportion":
        leads = lead == "from" and before in ("up", "down") and (two.value or 0) <= 100
        return near and same_sentence and leads
    change = before in ("up", "down", "compared") or one.unit in ("point", "pound", "penny") or lead == "to"
    return (
        near
        and same_sentence
        and change
        and (one.dimension != "count" or one.unit == "point" or before in ("up", "down", "compared"))
    )
