"""Numbers that take their unit from a neighbour: lists, parts of a sum, levels of a change."""

from __future__ import annotations

from tracker.reading.figure_lexicon import TREND_DOWN, TREND_UP
from tracker.reading.figure_measure import Quantity
from tracker.reading.figure_nouns import plural_head, words_between
from tracker.reading.figure_tokens import APOSTROPHES, BROKEN, SPACED, WORD, Token, at, joined, word_set
from tracker.reading.replacing import replace


def share_units(tokens: list[Token], quantities: list[Quantity]) -> list[Quantity]:
    """A list's bare numbers with the unit that only its last one states ("eight or nine euros")."""
    shared = list(quantities)
    for position in range(len(shared) - 2, -1, -1):
        one, two = shared[position], shared[position + 1]
        between = tokens[one.last : two.first]
        if one.unit is None and one.dimension is None and not between:
            shared[position] = _described(tokens, one, two)
            continue
        if one.unit is not None or two.unit is None or not 1 <= len(between) <= 5 or one.number.form == "vague":
            continue
        if _part_of(tokens, one, two):
            reason = "the sum that it is of" if two.dimension == "money" else None
            shared[position] = replace(one, unit=two.unit, dimension=two.dimension, of=two.of, sure=True, reason=reason)
            continue
        listed = all(token.low in (",", "and", "or", "-", "/", "up", "down", "&") for token in between)
        if not (listed and between[0].low != "&" or _outvotes(tokens, one, two)) or _far_apart(one, two):
            continue
        if one.dimension is not None or (one.joint and one.joint != "list"):
            continue
        # "From three and 84.4 per cent": nobody lists a word with a decimal.
        if one.number.form == "words" and "." in two.number.digits:
            continue
        only_comma = all(token.low == "," for token in between)
        if two.dimension == "proportion" and two.unit == "fraction" or (only_comma and not two.sure):
            continue
        factor = two.factor * _scale_lent(one, two)
        value = None if one.value is None else round(one.value * factor, 9)
        shared[position] = replace(
            one, value=value, low=value, high=value, unit=two.unit, dimension=two.dimension, of=two.of,
            sure=two.sure, factor=factor, joint="list",
        )  # fmt: skip
    return shared


def _outvotes(tokens: list[Token], one: Quantity, two: Quantity) -> bool:
    """Whether two shares of a vote are told ("backed by 56 to 12 per cent") and no change ("cut by 5 to 3")."""
    between = [token.low for token in tokens[one.last : two.first]]
    verb = at(tokens, one.first - 2).low
    led = at(tokens, one.first - 1).low == "by" and verb not in TREND_UP | TREND_DOWN
    return between == ["to"] and led and two.unit == "percent" and one.number.form == two.number.form


def _far_apart(one: Quantity, two: Quantity) -> bool:
    """Whether the first of two is so large that it cannot count the same: "raised 3 million and 20 jobs went"."""
    scaled = one.number.scale >= 1000 and two.number.scale == 1.0 and two.dimension != "proportion"
    if scaled and abs(one.value or 0.0) > 1000 * abs(two.number.value or 0.0):
        return True
    # "100 and 2 million": whether hundreds or hundreds of millions, nobody can tell.
    return _lacks_scale(one, two) and abs(one.value or 0.0) * two.number.scale >= abs(two.number.value or 0.0)


def _lacks_scale(one: Quantity, two: Quantity) -> bool:
    return two.number.scale >= 1000 and one.number.scale == 1.0 and abs(one.value or 0.0) < 1000


def _scale_lent(one: Quantity, two: Quantity) -> float:
    """The scale word that only the last of a list states: "three, four and six million"."""
    return two.number.scale if _lacks_scale(one, two) else 1.0


def _described(tokens: list[Token], one: Quantity, two: Quantity) -> Quantity:
    """A number of things that the figure behind it describes: "two 40-year-old women", "three £20 vouchers".

    One thing has no plural, and a number that two figures describe stays bare.
    """
    tied = two.attributive or two.dimension == "age" or two.dimension == "money" and two.of is None
    if not tied or one.joint or one.number.form not in ("digits", "words", "vague") or one.value == 1:
        return one
    if one.last != two.first or not joined(tokens, two.first) or tokens[two.first].gap != SPACED:
        return one
    head = plural_head(tokens, two.last) if joined(tokens, two.last) else None
    if head is None:
        return one
    of = words_between(tokens, two.first, head.last)
    return replace(one, unit=head.singular, dimension="count", of=of)


_OWNERS = word_set("the its their his her a our these those")


def _part_of(tokens: list[Token], one: Quantity, two: Quantity) -> bool:
    """Whether a number is a part of the figure behind it: "280 million of the £1.5bn", "nine of its 36 wards"."""
    between = tokens[one.last : two.first]
    if between[0].low != "of" or one.dimension is not None or one.joint:
        return False
    owned = all(token.low in _OWNERS for token in between[1:])
    # "180 of the county's 1,000 beds".
    owned = owned or any(token.text in APOSTROPHES for token in between[-2:]) and between[1].kind == WORD
    if two.dimension == "money":
        return owned and one.number.scale >= 1000
    below = one.value is not None and two.value is not None and 1 < one.value < two.value
    return owned and two.dimension == "count" and below


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
        if two.unit is not None or two.dimension is not None:
            continue
        changed = _changed_in_brackets(tokens, one, two)
        if changed is not None:
            result[position] = changed
            continue
        if _may_inherit(tokens, one, two):
            reason = f"the unit of the figure before it ({one.unit})"
        else:
            twin = _twin(tokens, result, position)
            if twin is None:
                continue
            one, reason = twin, f"the unit of the figure in the same place before it ({twin.unit})"
        result[position] = replace(two, unit=one.unit, dimension=one.dimension, of=one.of, reason=reason, sure=True)
    return result


def _changed_in_brackets(tokens: list[Token], one: Quantity, two: Quantity) -> Quantity | None:
    """How a percentage changed, in brackets behind it: "45% (+2)", "24 per cent (-1)"."""
    opening, closing = at(tokens, one.last), at(tokens, two.last)
    sign = at(tokens, two.first if tokens[two.first].text in _SIGNS else two.first - 1).text
    if one.unit != "percent" or opening.text != "(" or closing.text != ")" or sign not in _SIGNS:
        return None
    if two.first - one.last > 2 or two.value is None or two.joint:
        return None
    size = abs(two.value)
    return replace(
        two, value=size, low=size, high=size, unit="percentage point", dimension="proportion", reason=_IN_BRACKETS,
        sure=True,
    )  # fmt: skip


_IN_BRACKETS = "a change in brackets behind a percentage"


def bracket_trend(tokens: list[Token], quantity: Quantity) -> str | None:
    """The way of a change in brackets, by its sign; None of any other figure."""
    if quantity.reason != _IN_BRACKETS:
        return None
    first = quantity.first if tokens[quantity.first].text in _SIGNS else quantity.first - 1
    return "up" if at(tokens, first).text == "+" else "down"


_SIGNS = frozenset("+-\u2212\u2013")


def _twin(tokens: list[Token], quantities: list[Quantity], position: int) -> Quantity | None:
    """The earlier figure of the sentence that is built as a bare one is: "up 1 % to 90 points, … down 2 % to 80".

    Either both are what a change of some per cent led to, or both are the size of a change ("rose by 2 per
    cent, … fell by 1").
    """
    two = quantities[position]
    lead = at(tokens, two.first - 1).low
    change = quantities[position - 1]
    if position > 1 and _behind_two_changes(tokens, quantities[position - 2], change, two):
        return quantities[position - 2]
    level = change.dimension == "proportion" and change.last == two.first - 1 and lead in ("to", "at")
    for back in range(position - 1, max(-1, position - 6), -1):
        one = quantities[back]
        if not _same_sentence(tokens, one, two):
            return None
        if one.unit is None or one.dimension in ("age", "duration", "ratio"):
            continue
        before = at(tokens, one.first - 1).low
        if level and back and quantities[back - 1].dimension == "proportion" and one.dimension != "proportion":
            near = 0 <= one.first - quantities[back - 1].last <= 5
            return one if near and before in ("to", "at", "of") else None
        verb = at(tokens, two.first - 2).low
        if lead == before == "by" and verb in TREND_UP | TREND_DOWN and one.dimension == "proportion":
            return one if (two.value or 0) <= 100 else None
    return None


def _behind_two_changes(tokens: list[Token], one: Quantity, change: Quantity, two: Quantity) -> bool:
    """Whether a bare level follows a change told in points and per cent: "fell 90 points, or 1 %, to 8,100"."""
    between = [token.low for token in tokens[one.last : change.first]]
    led = [token.low for token in tokens[change.last : two.first]]
    told = one.unit == "point" and change.dimension == "proportion"
    return told and between in ([",", "or"], ["or"], ["("]) and led in (["to"], [",", "to"], [",", "at"], [")", "to"])


def _same_sentence(tokens: list[Token], one: Quantity, two: Quantity) -> bool:
    return all(token.low not in (".", ";", "?", "!") and token.gap != BROKEN for token in tokens[one.last : two.first])


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
    same_sentence = near and _same_sentence(tokens, one, two)
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


def over_a_period(tokens: list[Token], one: Quantity, two: Quantity) -> bool:
    """Whether "over" tells in which time the figure before it was: "£4.2bn over four years"."""
    return two.dimension == "duration" and one.last == two.first - 1 and tokens[one.last].low == "over"
