"""What the words around a figure say of it: its comparator, and whether it is a rise or a fall."""

from __future__ import annotations

from tracker.reading.figure_lexicon import (
    COMPARATORS,
    COMPARATORS_AFTER,
    FILLERS,
    OWNERS,
    TREND_BETWEEN,
    TREND_DOWN,
    TREND_NOUNS_DOWN,
    TREND_NOUNS_UP,
    TREND_TRANSITIVE,
    TREND_UP,
)
from tracker.reading.figure_measure import Quantity
from tracker.reading.figure_tokens import APOSTROPHES, BROKEN, SIGN, Token, at, joined

_LONGEST_PHRASE = 4
_NEGATED = {">": "<=", "<": ">="}
#: How far back the verb of a change may stand.
_REACH = 9


def comparator(tokens: list[Token], quantity: Quantity) -> str:
    """``=``, ``>``, ``>=``, ``<``, ``<=`` or ``~``, from the words before the figure, else behind it."""
    index = quantity.first
    for _ in range(4):
        if not joined(tokens, index):
            break
        found = _comparator_ending(tokens, index)
        if found is not None and found[0] != "=":
            return found[0]
        if found is None and tokens[index - 1].low not in FILLERS:
            break
        index = index - 1 if found is None else found[1]
    return _comparator_behind(tokens, quantity.number.last) or _comparator_behind(tokens, quantity.last) or "="


def comparator_before(tokens: list[Token], index: int) -> str | None:
    """The comparator that stands directly before a token ("less than" an hour), None where none does."""
    found = _comparator_ending(tokens, index) if joined(tokens, index) else None
    return None if found is None else found[0]


def _comparator_behind(tokens: list[Token], index: int) -> str | None:
    """The comparator behind a number or its unit: "20 or more", "300+", "20 per cent or so"."""
    after = COMPARATORS_AFTER.find(tokens, index) if joined(tokens, index) else None
    if after is None or (tokens[index].text == "+" and tokens[index].gap):
        return None
    if tokens[index].low == "plus" and at(tokens, after[0]).kind != SIGN:
        return None
    return after[1]


def _comparator_ending(tokens: list[Token], index: int) -> tuple[str, int] | None:
    """The comparator whose last word stands directly before an index, with the index where it begins."""
    words = [at(tokens, index - back).low for back in range(_LONGEST_PHRASE, 0, -1)]
    for length in range(_LONGEST_PHRASE, 0, -1):
        phrase = tuple(words[-length:])
        sign = COMPARATORS.get(phrase)
        if sign is None or at(tokens, index - length).text == "" or _broken(tokens, index - length + 1, index + 1):
            continue
        before = at(tokens, index - length - 1)
        owners = OWNERS.get(" ".join(phrase), frozenset())
        if before.low in owners and tokens[index - length].gap < BROKEN:
            return None
        # Dashes and signs of other uses: "a~b", "x>5".
        if tokens[index - length].kind == SIGN and at(tokens, index - length).gap == 0 and before.kind != SIGN:
            return None
        return (_NEGATED.get(sign, sign) if before.low in ("not", "no") else sign), index - length
    return None


def _broken(tokens: list[Token], first: int, last: int) -> bool:
    return any(not joined(tokens, here) for here in range(first, min(last, len(tokens))))


def trend(tokens: list[Token], quantity: Quantity) -> str | None:
    """``up`` or ``down`` where the figure is the size of a change ("rose by 3 %", "a 3 % drop")."""
    if quantity.joint in ("from", "between", "down"):
        return None
    return _nominal(tokens, quantity) or _verbal(tokens, quantity)


#: What may stand between the figure of a change and the next one, whose verb is left out.
_GAPPING = frozenset({",", "and", "while", "with", "the", "&", "'", "’", "s"})


def carried_trend(tokens: list[Token], one: Quantity, two: Quantity) -> bool:
    """Whether a figure goes the way of the one before it: "Unilever fell 2 %, Tesco by 3 % and Aviva by 1 %"."""
    between = tokens[one.last : two.first]
    if not 2 <= len(between) <= 8 or between[-1].low != "by" or one.dimension != two.dimension:
        return False
    return all(token.low in _GAPPING or token.text[:1].isupper() for token in between[:-1])


def in_apposition(tokens: list[Token], one: Quantity, two: Quantity) -> bool:
    """Whether a figure only says the one before it again: "190 points, or 0.6 %", "30 miles (48 km)"."""
    between = [token.low for token in tokens[one.last : two.first]]
    # Two counts are of two things, whatever stands between them.
    measured = one.unit is not None and (one.dimension, two.dimension) != ("count", "count")
    return measured and between in ([",", "or"], ["or"], ["("], [",", "or", "by"])


def _nominal(tokens: list[Token], quantity: Quantity) -> str | None:
    """The trend that a noun gives: "a drop of 3 %", "a 3 % drop"."""
    noun, of = at(tokens, quantity.last).low, None
    follows = quantity.dimension == "proportion" and joined(tokens, quantity.last)
    if follows and noun in TREND_NOUNS_UP | TREND_NOUNS_DOWN:
        return "up" if noun in TREND_NOUNS_UP else "down"
    for back in range(1, 6):
        word = at(tokens, quantity.first - back).low
        if word == "of":
            of = at(tokens, quantity.first - back - 1).low
            break
        if word not in TREND_BETWEEN or not joined(tokens, quantity.first - back + 1):
            break
    if of in TREND_NOUNS_UP and of not in ("hike",):
        return "up"
    return "down" if of in TREND_NOUNS_DOWN else None


def _verbal(tokens: list[Token], quantity: Quantity) -> str | None:
    by = False
    passable = True
    for back in range(1, _REACH + 1):
        here = quantity.first - back
        token = at(tokens, here)
        if (
            here < 0
            or not joined(tokens, here + 1)
            or (token.kind == SIGN and token.text not in ("+", "%", *APOSTROPHES))
        ):
            return None
        if token.low in ("to", "from", "at", "than") and token.low != "than" and not _is_comparator_to(tokens, here):
            return None
        is_up, is_down = token.low in TREND_UP, token.low in TREND_DOWN
        if token.low == "up" and at(tokens, here + 1).low == "to":
            continue
        if (is_up or is_down) and (passable or by):
            return _allowed(tokens, quantity, token.low, by, "up" if is_up else "down")
        by = by or token.low == "by"
        passable = passable and (token.low in TREND_BETWEEN or token.low.endswith("ly"))
        if not passable and not by:
            return None
    return None


def _is_comparator_to(tokens: list[Token], here: int) -> bool:
    words = (at(tokens, here - 1).low, at(tokens, here).low)
    return (
        words in (("up", "to"), ("close", "to"))
        or words == ("at", "least")
        or tokens[here].low == "at"
        and (at(tokens, here + 1).low in ("least", "most"))
    )


def _allowed(tokens: list[Token], quantity: Quantity, verb: str, by: bool, way: str) -> str | None:
    """A verb that takes an object tells a change only of shares and points, or with "by"."""
    if verb in ("up", "down") and quantity.unit in ("hour", "minute", "day", "mile") and not by:
        return None
    change = quantity.dimension == "proportion" or quantity.unit in ("point", None)
    return way if by or change or verb not in TREND_TRANSITIVE else None
