"""What a quantity is per: "a year", "per share", "a kilowatt hour", "per 100,000 people"."""

from __future__ import annotations

from tracker.reading.figure_digits import ONES, SCALES
from tracker.reading.figure_nouns import plural_head, words_between
from tracker.reading.figure_tokens import GLUED, NUMBER, WORD, Token, at, joined, past_hyphen, word_set
from tracker.reading.figure_units import unit_at
from tracker.reading.numbers import parse_number
from tracker.reading.units import UNIT_WORDS

#: "£5 a head", "$80 a barrel": what an article makes a rate of; behind "per" anything does.
_RATE_NOUNS = word_set(
    "share barrel head person night tonne ton litre gallon pint kilo piece ticket bottle ounce pound mile"
    " session unit game match patient pupil household visit shift"
)
#: "34p a kilowatt hour", "60 bushels an acre".
_RATE_UNITS = frozenset(
    ["kilowatt-hour", "megawatt-hour", "therm", "acre", "hectare", "square foot", "square metre", "square mile",
     "square kilometre", "bushel", "kilogram", "gram", "kilometre", "metre", "cubic metre", "ton", "tonne", "mile",
     "carat", "gigabyte", "minute"]
)  # fmt: skip
#: Of what time a rate is.
PERIODS = word_set("second minute hour day week month quarter year decade century season night annum")


def rate_at(tokens: list[Token], index: int) -> tuple[int, str] | None:
    """The rate "per share", "a year", "/day" at an index: the index behind it and what it is per."""
    here = past_hyphen(tokens, index)
    token = at(tokens, here)
    # "£25pp": what travel pages write for a person.
    if token.low in ("pp", "pppn") and token.gap == GLUED and index == here:
        return here + 1, "person"
    if not joined(tokens, here) or token.low not in ("per", "a", "an", "each", "every", "/"):
        return None
    noun_at = past_hyphen(tokens, here + 1)
    noun = at(tokens, noun_at)
    if token.low == "per" and joined(tokens, noun_at):
        many = rate_of_many(tokens, noun_at)
        if many is not None:
            return many
    # "£6bn, from £5bn a year earlier" is a comparison and no rate.
    if at(tokens, noun_at + 1).low in ("earlier", "ago", "later", "before", "after", "on"):
        return None
    if noun.kind != WORD or not joined(tokens, noun_at) or (token.text == "/" and noun.gap != GLUED):
        return None
    unit = UNIT_WORDS.find(tokens, noun_at)
    if token.text == "/" and unit is not None and unit[1].dimension == "duration" and unit[1].name:
        return unit[0], unit[1].name
    plain = noun.low in _RATE_NOUNS or (unit is not None and unit[1].name in _RATE_UNITS and noun.text.islower())
    if token.low == "per" or noun.low in PERIODS or (token.low in ("a", "an", "/") and plain):
        if token.low in ("per", "a", "an") and unit is not None and unit[1].name:
            return unit[0], unit[1].name
        return noun_at + 1, noun.low
    return None


#: Rates in one word. Behind a sum; but for the first, before a noun they tell of that: "a £5 monthly magazine".
_IN_A_WORD = word_set("annually yearly monthly weekly daily nightly hourly")
_GOES_ON = word_set(
    "in for by to and or but on from since until till at as if when while with without because before after plus than"
)


def rate_in_a_word(tokens: list[Token], index: int) -> int | None:
    """The index behind the one word that says what a sum is per ("£5 daily"), None where there is none."""
    token = at(tokens, index)
    if token.low not in _IN_A_WORD or not joined(tokens, index):
        return None
    behind = at(tokens, index + 1)
    tells_of_noun = behind.kind in (WORD, NUMBER) and joined(tokens, index + 1) and behind.low not in _GOES_ON
    return None if tells_of_noun and token.low != "annually" else index + 1


def rate_of_many(tokens: list[Token], index: int) -> tuple[int, str] | None:
    """What "per 100,000 people" is per: the index behind it and its words; None where no number follows."""
    if tokens[index].low in SCALES:
        behind = index + 1
    else:
        number = parse_number(tokens, index) if tokens[index].kind == NUMBER or tokens[index].low in ONES else None
        if number is None or number.form not in ("digits", "words") or (number.value or 0) <= 1:
            return None
        found = unit_at(tokens, number, number.last) if joined(tokens, number.last) else None
        if found is not None:
            return found[0], words_between(tokens, index, found[0])
        behind = number.last
    head = plural_head(tokens, behind)
    behind = behind if head is None else head.last
    return behind, words_between(tokens, index, behind)


def is_of_many(per: str) -> bool:
    """Whether what a rate is per begins with a number: "100,000 people", "million births"."""
    first = per.partition(" ")[0]
    return first[:1].isdigit() or first in SCALES or first in ONES
