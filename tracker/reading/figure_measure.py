"""From a number to a quantity: the unit, currency, rate and noun that stand around it."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.reading.figure_digits import DENOMINATORS, ONES, TENS, VAGUE, VAGUE_LEADS, Number
from tracker.reading.figure_lexicon import COMPARATORS_AFTER, STOP
from tracker.reading.figure_nouns import (
    attributive_head,
    phrase_after_of,
    plural_head,
    single_head,
    words_between,
)
from tracker.reading.figure_rates import PERIODS, is_of_many, rate_at, rate_in_a_word, rate_of_many
from tracker.reading.figure_signs import height_in_signs
from tracker.reading.figure_tokens import (
    FRACTION,
    GLUED,
    NUMBER,
    SIGN,
    SPACED,
    WORD,
    Token,
    at,
    joined,
    past_hyphen,
    word_set,
)
from tracker.reading.figure_units import is_sum, million, scaled_behind, unit_at
from tracker.reading.numbers import AFTER_ARTICLE, EXTRA, NEGATIVE, parse_number, share_at
from tracker.reading.replacing import replace
from tracker.reading.units import CURRENCY_SIGNS, CURRENCY_WORDS, DURATIONS, UNIT_WORDS, Unit


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure in the making: its tokens ``[first, last)``, its number and what it measures.

    ``sure`` is True where a unit, sign or currency stands at it, so that it is no name or year.
    ``factor`` is what the unit applied to the number; ``joint`` tells how two numbers were joined.
    """

    first: int
    last: int
    number: Number
    value: float | None
    low: float | None
    high: float | None
    unit: str | None = None
    dimension: str | None = None
    of: str | None = None
    reason: str | None = None
    sure: bool = False
    attributive: bool = False
    factor: float = 1.0
    joint: str = ""


#: Words that may begin a number in words.
_STARTERS = frozenset({*ONES, *TENS, *VAGUE, *DENOMINATORS, *VAGUE_LEADS, "a", "an", "hundred", "thousand", "point"})
#: Signs that may begin a number or stand before one: ".5", "-7", "£".
_MONEY_SIGNS = CURRENCY_SIGNS.first_words
_LEADING_SIGNS = frozenset({".", "-", "−", "–"}) | _MONEY_SIGNS
#: A word that is none of these begins no number.
LEADING = _STARTERS | NEGATIVE | _MONEY_SIGNS


#: What may follow an article for it to be a number: "a million", "a week late", "A$5".
_BEHIND_ARTICLE = AFTER_ARTICLE | EXTRA | UNIT_WORDS.first_words | CURRENCY_WORDS.first_words | _MONEY_SIGNS


def may_begin(tokens: list[Token], index: int) -> bool:
    """Whether a quantity can begin at a token at all: cheap, so that most words are passed over at once."""
    token = tokens[index]
    if token.kind == WORD:
        if token.low in ("a", "an"):
            return at(tokens, past_hyphen(tokens, index + 1)).low in _BEHIND_ARTICLE
        return token.low in _STARTERS or token.low in NEGATIVE or token.text in _MONEY_SIGNS
    if token.kind != SIGN:
        return True
    if token.text not in _LEADING_SIGNS:
        return False
    after = at(tokens, index + 1)
    return (
        after.kind != SIGN
        and after.kind != WORD
        or after.text == "."
        or after.text in _MONEY_SIGNS
        or (token.text in _MONEY_SIGNS)
    )


def read_quantity(tokens: list[Token], index: int, continental: bool) -> Quantity | None:
    """The quantity whose own words begin at a token, or None. Looks at a bounded number of tokens."""
    token = tokens[index]
    if token.kind == NUMBER or token.kind == FRACTION or (token.kind == WORD and token.low in _STARTERS):
        number = parse_number(tokens, index, continental=continental)
        if number is not None:
            return _measured(tokens, number)
    currency = _currency_before(tokens, index, continental)
    if currency is not None:
        return currency
    if token.low in NEGATIVE:
        return _negative(tokens, index, continental)
    if token.kind != WORD and (at(tokens, index + 1).kind == NUMBER or at(tokens, index + 1).text == "."):
        number = parse_number(tokens, index, continental=continental)
        return None if number is None else _measured(tokens, number)
    return None


#: What a count of can be below zero: "the squad minus two players" are not.
_BELOW_ZERO = word_set("point goal degree step vote")


def _negative(tokens: list[Token], index: int, continental: bool) -> Quantity | None:
    """A quantity that is called negative; None where it only lacks something or tells the result of a test."""
    number = parse_number(tokens, index, continental=continental)
    quantity = None if number is None else _measured(tokens, number)
    if quantity is None or quantity.dimension == "count" and quantity.unit not in _BELOW_ZERO:
        return None
    timed = quantity.dimension in ("duration", "age", "frequency")
    return None if timed and tokens[index].low == "negative" else quantity


def _currency_before(tokens: list[Token], index: int, continental: bool) -> Quantity | None:
    """A price with its sign or code in front: £23 million, US$5, RM120,000, -£5m."""
    first = index
    if tokens[index].text in ("-", "−") and at(tokens, index + 1).gap == GLUED and tokens[index].gap != GLUED:
        index += 1
    found = CURRENCY_SIGNS.find(tokens, index)
    if found is None or found[0] >= len(tokens):
        return None
    behind, unit = found
    number_token = tokens[behind]
    pointed = number_token.text == "." and number_token.gap == at(tokens, behind + 1).gap == GLUED
    if number_token.gap > SPACED or number_token.kind not in (NUMBER, WORD) and not pointed:
        return None
    negative = first < index
    number = parse_number(tokens, behind, money=True, continental=continental)
    if number is None or number.form in ("share", "vague") or not is_sum(tokens[index], number_token, number):
        return None
    if negative and number.value is not None:
        number = replace(number, value=-number.value, low=-number.low, high=-number.high)
    value, low, high = (_times(bound, unit.factor) for bound in (number.value, number.low, number.high))
    quantity = Quantity(first, number.last, number, value, low, high, unit.name, "money", sure=True, factor=unit.factor)
    last = number.last
    again = CURRENCY_WORDS.find(tokens, last) if joined(tokens, last) else None
    if again is not None and again[1].name == unit.name:
        quantity = replace(quantity, last=again[0])
    return _with_rate(tokens, quantity)


def _measured(tokens: list[Token], number: Number) -> Quantity:
    plain = Quantity(number.first, number.last, number, number.value, number.low, number.high)
    index = past_hyphen(tokens, number.last)
    tied = index > number.last
    if tied and at(tokens, index).low in ("odd", "something"):
        # "30-odd pubs", "a 20-odd-year career".
        tied = past_hyphen(tokens, index + 1) > index + 1
        index = past_hyphen(tokens, index + 1)
    if not joined(tokens, index):
        return _fraction(tokens, plain) if number.form in ("fraction", "share") else plain
    number, behind = million(tokens, number, index)
    if behind > index:
        # "1m-2m", "a 20m-strong crowd".
        index = past_hyphen(tokens, behind)
        tied = index > behind
    plain = Quantity(number.first, number.last, number, number.value, number.low, number.high)
    if number.form in ("fraction", "share"):
        return _fraction(tokens, plain)
    tall = height_in_signs(tokens, number) if number.digits else None
    if tall is not None:
        behind, value, unit = tall
        return with_unit(tokens, replace(plain, last=behind, value=value, low=value, high=value), unit)
    found = unit_at(tokens, number, index)
    if found is None and at(tokens, index).low == "of":
        found = _unit_after_of(tokens, number, index + 1)
    if found is not None:
        behind, unit = found
        if unit.dimension == "money":
            number, behind = scaled_behind(tokens, number, behind)
            plain = Quantity(number.first, number.last, number, number.value, number.low, number.high)
        return with_unit(tokens, replace(plain, last=behind, attributive=tied), unit)
    return _counted(tokens, plain, index, tied)


def _unit_after_of(tokens: list[Token], number: Number, index: int) -> tuple[int, Unit] | None:
    """The unit of "tens of miles", and of a part of one: "0.5 of a percentage point"."""
    if number.form == "vague":
        return unit_at(tokens, number, index)
    part = number.digits and abs(number.value or 1) < 1 and at(tokens, index).low in ("a", "an", "one")
    return UNIT_WORDS.find(tokens, index + 1) if part and joined(tokens, index + 1) else None


def _times(value: float | None, factor: float) -> float | None:
    """The product without the last binary digits, which no text has stated."""
    return value if value is None or factor == 1.0 else float(f"{value * factor:.12g}")


def with_unit(tokens: list[Token], quantity: Quantity, unit: Unit) -> Quantity:
    """The quantity in a unit that stands at it, with what it then is (an age, a rate) and is of."""
    factor = unit.factor
    scaled = replace(
        quantity,
        value=_times(quantity.value, factor),
        low=_times(quantity.low, factor),
        high=_times(quantity.high, factor),
        unit=unit.name,
        dimension=unit.dimension,
        sure=True,
        factor=factor,
    )
    if unit.dimension == "duration":
        scaled = _age(tokens, scaled)
    scaled = _with_rate(tokens, scaled)
    if scaled.of is None and unit.dimension != "money":
        scaled = replace(scaled, of=phrase_after_of(tokens, scaled.last))
    if scaled.of is None and unit.dimension == "duration" and scaled.dimension != "age":
        scaled = replace(scaled, of=_of_genitive(tokens, scaled.last))
    return scaled


def _of_genitive(tokens: list[Token], index: int) -> str | None:
    """What an hour's training is of: the noun behind the genitive."""
    if at(tokens, index).text not in ("'", "’") or at(tokens, index).gap != GLUED:
        return None
    index += 2 if at(tokens, index + 1).low == "s" and at(tokens, index + 1).gap == GLUED else 1
    head = plural_head(tokens, index) or single_head(tokens, index)
    return None if head is None else words_between(tokens, head.first, head.last)


def _age(tokens: list[Token], quantity: Quantity) -> Quantity:
    """An age: "40-year-old", "12 years old", "six years of age"."""
    index = past_hyphen(tokens, quantity.last)
    words = (at(tokens, index).low, at(tokens, index + 1).low)
    if words[0] in ("old", "olds") and joined(tokens, index):
        return replace(quantity, last=index + 1, dimension="age")
    if words == ("of", "age") and joined(tokens, index):
        return replace(quantity, last=index + 2, dimension="age")
    led = [at(tokens, quantity.first - back).low for back in (1, 2)]
    if led[0] == "aged" or led == ["of", "age"]:
        return replace(quantity, dimension="age")
    return quantity


def _with_rate(tokens: list[Token], quantity: Quantity) -> Quantity:
    """The quantity with its rate: of money it goes to ``of`` ("a year"), of other units into the unit."""
    rate = rate_at(tokens, quantity.last)
    if rate is None and quantity.dimension == "money":
        word_end = rate_in_a_word(tokens, quantity.last)
        return replace(quantity, last=word_end, of=tokens[word_end - 1].low) if word_end else quantity
    if rate is None or quantity.dimension in ("proportion", "age", "date"):
        return quantity
    behind, per = rate
    if quantity.dimension == "money":
        start = past_hyphen(tokens, quantity.last)
        return replace(quantity, last=behind, of=words_between(tokens, start, behind))
    if quantity.dimension == "duration":
        # "Eight hours a day" are hours, as "£5 a day" are pounds.
        start = past_hyphen(tokens, quantity.last)
        if at(tokens, start).low in ("every", "each"):
            return quantity
        return replace(quantity, last=behind, of=words_between(tokens, start, behind))
    dimension = "speed" if quantity.dimension == "length" and per in PERIODS else None
    if quantity.dimension == "count" and is_of_many(per):
        dimension = "ratio"
    elif quantity.unit == "time" or (quantity.dimension == "count" and per in PERIODS):
        dimension = "frequency"
    return replace(quantity, last=behind, unit=f"{quantity.unit} per {per}", dimension=dimension or quantity.dimension)


def _fraction(tokens: list[Token], quantity: Quantity) -> Quantity:
    """A share of a whole ("two thirds of the public"), or of one unit ("half an hour", "¾ mile")."""
    index = quantity.last
    word = at(tokens, index).low
    here = index + (1 if word == "of" else 0)
    if at(tokens, here).low in ("a", "an", "one") and joined(tokens, here):
        found = UNIT_WORDS.find(tokens, here + 1) if joined(tokens, here + 1) else None
        if found is None and at(tokens, here + 1).low in _PORTIONS and joined(tokens, here + 1):
            found = here + 2, Unit(tokens[here + 1].low, "count")
        if found is not None and quantity.number.form == "fraction":
            return with_unit(tokens, replace(quantity, last=found[0]), found[1])
    found = unit_at(tokens, quantity.number, past_hyphen(tokens, index)) if joined(tokens, index) else None
    if found is not None and quantity.number.form == "fraction":
        return with_unit(tokens, replace(quantity, last=found[0]), found[1])
    if word in _PORTIONS and (quantity.number.digits or tokens[quantity.first].kind == FRACTION):
        return replace(quantity, last=index + 1, unit=word, dimension="count", of=phrase_after_of(tokens, index + 1))
    of = phrase_after_of(tokens, index)
    if of is None and joined(tokens, index):
        if word in ("the", "its", "their", "his", "her", "our", "all"):
            index += 1
        head = plural_head(tokens, index)
        of = None if head is None else words_between(tokens, head.first, head.last)
    return replace(quantity, unit="fraction", dimension="proportion", of=of, sure=True)


#: What recipes measure in: "½ cup", "1/2 glass".
_PORTIONS = word_set("cup glass bottle jar tin packet bunch bag pack")
_ARTICLES = word_set("a an the its their his her our")


def _is_attribute(tokens: list[Token], index: int) -> bool:
    """Whether the word is a noun in the singular before another ("the 12 page document")."""
    word, after = at(tokens, index), at(tokens, index + 1)
    both = word.kind == after.kind == WORD and word.gap == after.gap == SPACED
    return both and word.text.islower() and after.text.islower() and not {word.low, after.low} & STOP


def _counted(tokens: list[Token], quantity: Quantity, index: int, tied: bool) -> Quantity:
    """A count of what stands behind the number; a bare number where nothing does."""
    if quantity.number.form == "vague" and at(tokens, index).low == "of":
        index += 1
    after = COMPARATORS_AFTER.find(tokens, index) if joined(tokens, index) else None
    if after is not None and not tied and not (after[0] < len(tokens) and may_begin(tokens, after[0])):
        index = after[0]
    found = _lengthened(tokens, quantity.number, index, after is not None)
    if found is not None:
        return with_unit(tokens, replace(quantity, last=found[0]), found[1])
    head = None
    if tied or (at(tokens, quantity.first - 1).low in _ARTICLES and plural_head(tokens, index) is None):
        head = attributive_head(tokens, index) if tied or _is_attribute(tokens, index) else None
        if head is not None:
            whole = None if tied else single_head(tokens, index)
            return replace(
                quantity,
                last=head.last,
                unit=head.singular,
                dimension="count",
                of=words_between(tokens, whole.first, whole.last) if whole else head.singular,
                attributive=True,
            )
    if tied:
        return quantity
    # "One of its plants" counts plants, of which there are several.
    single = quantity.value == 1 and at(tokens, index).low != "of"
    head = single_head(tokens, index) if single else plural_head(tokens, index)
    if head is None:
        return _of_many(tokens, quantity, index) or _persons(tokens, quantity, index)
    phrase = words_between(tokens, head.first, head.last)
    counted = replace(quantity, last=head.last, unit=head.singular, dimension="count", of=phrase)
    share = _share_of_counted(tokens, counted)
    if share is not None:
        return share
    rated = _with_rate(tokens, counted)
    if rated.last == counted.last:
        # "18 happy years", but "one of those nights" is a thing.
        lasts = head.singular in DURATIONS and not single and at(tokens, index).low != "of"
        return replace(counted, dimension="duration") if lasts else counted
    return replace(rated, of=words_between(tokens, head.first, rated.last))


def _of_many(tokens: list[Token], quantity: Quantity, index: int) -> Quantity | None:
    """A bare number that is so many in a hundred or more: "64 per 100 patients"."""
    if at(tokens, index).low != "per" or not joined(tokens, index + 1) or quantity.number.form == "vague":
        return None
    many = rate_of_many(tokens, index + 1)
    if many is None:
        return None
    return replace(quantity, last=many[0], unit=f"per {many[1]}", dimension="ratio", sure=True)


#: "Four more years", "ten straight hours": what may stand between a number and its unit.
_LENGTHENING = word_set(
    "more extra additional further straight consecutive successive whole full entire solid total fewer less"
)


def _lengthened(tokens: list[Token], number: Number, index: int, compared: bool) -> tuple[int, Unit] | None:
    """The unit behind a comparator ("670+ days") or behind an adjective of amounts ("four more years")."""
    if at(tokens, index).low in _LENGTHENING and joined(tokens, index):
        return UNIT_WORDS.find(tokens, index + 1) if joined(tokens, index + 1) else None
    return unit_at(tokens, number, index) if compared and joined(tokens, index) else None


def _persons(tokens: list[Token], quantity: Quantity, index: int) -> Quantity:
    """A bare number before "who" counts persons ("95,800 who are out of work"), but "the two who" tells no number."""
    small = quantity.number.form == "words" and (quantity.value or 0) <= 12
    if at(tokens, index).low != "who" or not joined(tokens, index) or small or quantity.number.form == "vague":
        return quantity
    return replace(quantity, unit="person", dimension="count", reason="'who' stands behind it")


def _share_of_counted(tokens: list[Token], counted: Quantity) -> Quantity | None:
    """A share whose whole follows the noun: "one member in twelve", "four patients out of ten"."""
    share = share_at(tokens, counted.number, counted.last, False)
    if share is None or share.value is None or (counted.value or 0) > 9:
        return None
    after = at(tokens, share.last)
    # "One man in two cars" counts cars; "one man in ten votes Green" cannot be told from it and is left.
    goes_on = after.kind == WORD and joined(tokens, share.last) and after.low not in STOP
    if at(tokens, counted.last).low == "in" and goes_on:
        return None
    return replace(
        counted, last=share.last, number=share, value=share.value, low=share.low, high=share.high,
        unit="fraction", dimension="proportion", sure=True,
    )  # fmt: skip
