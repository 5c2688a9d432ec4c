"""Changes from one level to another ("fell from £14m to £9m"), told from ranges ("costs from £9m to £14m")."""

from __future__ import annotations

from tracker.reading.figure_lexicon import TREND_DOWN, TREND_NOUNS_DOWN, TREND_NOUNS_UP, TREND_UP
from tracker.reading.figure_measure import Quantity
from tracker.reading.figure_tokens import APOSTROPHES, SIGN, Token, at, joined, word_set

_NOUNS = TREND_NOUNS_UP | TREND_NOUNS_DOWN | {"change", "move", "shift", "swing"}
#: They say that something changes, and the two levels say which way.
_MOVES = word_set(
    "go goes went gone going move moves moved moving change changes changed changing shift shifts shifted shifting"
    " revise revises revised revising swing swings swung"
)
_TIMES = word_set(
    "double doubles doubled doubling treble trebles trebled trebling triple triples tripled tripling quadruple"
    " quadrupled halve halves halved halving upgrade upgraded extend extends extended extending improve improves"
    " improved improving lengthen lengthened worsen worsened deepen deepened downgraded downgrade hike hikes hiked"
)
#: "Takes the rate from 35 to 40", but "takes from 3 to 5 days".
_CARRIERS = word_set("take takes took taken taking bring brings brought bringing push pushes pushed pushing")
_CHANGES = TREND_UP | TREND_DOWN | _MOVES | _TIMES | _NOUNS
#: What makes "from 3 to 5" a range, and what begins another clause: no verb behind them governs it.
_RANGES = word_set(
    "range ranges ranged ranging vary varies varied varying anywhere anything cost costs costing priced charge charges"
    " charging charged between earn earns earned earning aged ages last lasts lasted lasting measure measures measuring"
    " pay pays paying worth sell sells selling of by with who whose where and or but while offer offers offering as"
    " after before when because until if so offered"
)
_MONTHS = word_set(
    "january february march april may june july august september october november december spring summer autumn winter"
)
_REACH = 10
#: Before a noun they describe it: "growing demand for homes from £90,000 to £120,000".
_ADJECTIVES = word_set("growing rising falling increasing declining soaring shrinking decreasing up down")


def level_trend(tokens: list[Token], quantity: Quantity) -> str | None:
    """``up`` or ``down`` where two numbers are the levels before and after a change, None where they are a range.

    Falling numbers are a change unless a word of ranges leads them ("varied from 9 to 4"); rising ones need a
    verb or noun of change. ``quantity`` is of two numbers, tied by "from … to", "to" or "down".
    """
    lead = lead_of(tokens, quantity)
    if quantity.joint == "down":
        ranged = at(tokens, lead - 1).low in _RANGES or at(tokens, lead).low in _RANGES
        return None if ranged else "down"
    if at(tokens, lead).low == "from":
        return "up" if is_governed(tokens, lead) else None
    return "up" if quantity.joint == "to" and at(tokens, quantity.first - 1).low in _MOVES else None


def is_drop(tokens: list[Token], one: Quantity, two: Quantity) -> bool:
    """Whether a falling pair without "from" is told as a change: "goes 60mph to 40mph", "the £9m to £4m drop"."""
    return at(tokens, one.first - 1).low in _MOVES or at(tokens, two.last).low in TREND_NOUNS_DOWN


def lead_of(tokens: list[Token], quantity: Quantity) -> int:
    """Where the "from" (or a word of ranges) of a pair stands, up to three tokens before it; else its first token."""
    leads = (quantity.first - back for back in range(1, 4))
    return next((here for here in leads if at(tokens, here).low in ("from", "between", "ranging")), quantity.first)


def is_governed(tokens: list[Token], lead: int) -> bool:
    """Whether a verb or noun of change stands before the "from" at an index, and nothing of a range nearer to it."""
    for back in range(1, _REACH + 1):
        here = lead - back
        token = at(tokens, here)
        if here < 0 or not joined(tokens, here + 1):
            return False
        if token.low in _ADJECTIVES and back > 2:
            continue
        if token.low in _CHANGES:
            return token.low not in _NOUNS or _goes_on(tokens, here, lead)
        if token.low in _CARRIERS:
            return back > 1
        comma = token.text == "," and (back == 1 or at(tokens, lead - 1).text == ",")
        if token.low in _RANGES and not _is_size(tokens, here, lead):
            return False
        if token.kind == SIGN and not comma and token.text not in ("%", "£", "$", "€", "-", *APOSTROPHES):
            return False
    return False


def _is_size(tokens: list[Token], here: int, lead: int) -> bool:
    """Whether "by" or "of" only tells more of the change: "rose by 37 per cent, from", "the number of homes from"."""
    return at(tokens, here).low in ("by", "of", "pay", "costs", "charges") and here < lead - 1


def _goes_on(tokens: list[Token], noun: int, lead: int) -> bool:
    """Whether a word of change that may be a noun is the one that "from" hangs on: "a rise in rents from"."""
    after = at(tokens, noun + 1)
    named = at(tokens, noun - 1).low in ("a", "an", "the", "this", "that", "any", "its", "their")
    return not named or noun + 1 == lead or after.low in ("in", "of", "to") or after.text == ","


def is_route(tokens: list[Token], one: Quantity, two: Quantity) -> bool:
    """Whether two counts are of things in two places and no change: "from 8 Derby clubs to 11 in Dijon"."""
    place = at(tokens, two.last + 1)
    if one.dimension != "count" or two.unit is not None or at(tokens, two.last).low not in ("in", "at", "near"):
        return False
    named = place.text[:1].isupper() and place.low not in _MONTHS and joined(tokens, two.last + 1)
    return named and not is_governed(tokens, lead_of(tokens, one))
