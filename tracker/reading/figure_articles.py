"""One of a unit with its article for a number: "less than an hour", "a week late", "a year and a half"."""

from __future__ import annotations

from tracker.reading.figure_context import comparator_before
from tracker.reading.figure_digits import ONES, TENS, exact_number
from tracker.reading.figure_fractions import extra_fraction
from tracker.reading.figure_lexicon import STOP
from tracker.reading.figure_measure import Quantity, with_unit
from tracker.reading.figure_tokens import HYPHENS, WORD, Token, at, joined, word_set
from tracker.reading.numbers import EXTRA
from tracker.reading.replacing import replace
from tracker.reading.units import CURRENCY_WORDS, UNIT_WORDS, Unit

_MEASURES = word_set("duration length mass area volume money")
#: "Under a stone", "over a yard", "about a second chance": things before they are measures; and "more than a
#: decade" is mostly a manner of speaking.
_THINGS = word_set("stone yard second night barrel foot decade century")


def one_unit(tokens: list[Token], index: int) -> Quantity | None:
    """One of a unit whose number is its article, where the words around it make it an amount, else None.

    "An hour" alone is mostly a manner of speaking; it is an amount behind a comparator ("under an hour"),
    as "an extra hour", with a half, and where it tells how late something is ("a week late").
    """
    if tokens[index].low not in ("a", "an"):
        return None
    extra = at(tokens, index + 1).low in EXTRA
    noun = index + 1 + extra
    found = (UNIT_WORDS.find(tokens, noun) or CURRENCY_WORDS.find(tokens, noun)) if joined(tokens, noun) else None
    if found is None or found[1].dimension not in _MEASURES or found[1].name in _THINGS:
        return None
    if found[1].name is None and found[1].factor not in _NOTES:
        return None
    behind, unit = found
    after = at(tokens, behind)
    if after.text in HYPHENS:
        return None
    half, last = extra_fraction(tokens, behind) if after.low == "and" else (0.0, behind)
    late = after.low in ("late", "early", "overdue") or _scheduled(tokens, behind)
    compared = comparator_before(tokens, index) not in (None, "=") and not _is_attribute(tokens, behind)
    paid = unit.dimension == "money" and _is_price(tokens, index, behind, unit)
    if not (half or late or compared or paid or (extra and unit.dimension == "duration")):
        return None
    number = exact_number(index, noun, 1.0 + half, "words")
    plain = Quantity(index, last, number, number.value, number.low, number.high)
    return with_unit(tokens, replace(plain, last=last if half else behind), unit)


_PRICED = word_set("cost costs costing pay pays paid paying charge charges charged charging worth")
_NEGATIVE = word_set("not t never without no nobody")
_SOLD = word_set("sold sell sells selling buy buys bought go goes went yours bid bidding")


def _is_price(tokens: list[Token], index: int, behind: int, unit: Unit) -> bool:
    """Whether one of a currency is a sum: "sold for a pound", "a tenner", "a dollar twenty"."""
    after = at(tokens, behind)
    if after.low == "of" or _is_attribute(tokens, behind) and after.low not in TENS and after.low not in ONES:
        return False
    if unit.factor in _NOTES:
        return at(tokens, index - 1).low != "half"
    if (after.low in TENS or ONES.get(after.low, 0) >= 10) and joined(tokens, behind):
        return True
    before = at(tokens, index - 1)
    # "Never paid a penny", "without costing a dollar": manners of speaking.
    if unit.factor < 1 or _NEGATIVE & {at(tokens, index - back).low for back in range(2, 6)}:
        return False
    sold = before.low == "for" and any(at(tokens, index - back).low in _SOLD for back in range(2, 6))
    return joined(tokens, index) and (before.low in _PRICED or sold)


#: How much a fiver and a tenner are.
_NOTES = (5.0, 10.0)


def _scheduled(tokens: list[Token], index: int) -> bool:
    words = (at(tokens, index).low, at(tokens, index + 1).low)
    return words in (("behind", "schedule"), ("ahead", "of"))


def _is_attribute(tokens: list[Token], index: int) -> bool:
    """Whether a noun follows, whose attribute the unit is then ("over a year group", "about a day centre")."""
    after = at(tokens, index)
    return after.kind == WORD and joined(tokens, index) and after.low not in STOP and not after.low.endswith("ing")
