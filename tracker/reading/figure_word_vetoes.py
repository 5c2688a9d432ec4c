"""Numbers in words that are no figures: ordinals, years read aloud, "the two" that stand for persons."""

from __future__ import annotations

from tracker.reading.figure_context import comparator_before
from tracker.reading.figure_digits import ONES, SCALES, TENS
from tracker.reading.figure_fractions import ORDINALS
from tracker.reading.figure_lexicon import STOP, TREND_DOWN, TREND_UP
from tracker.reading.figure_measure import Quantity
from tracker.reading.figure_tokens import BROKEN, GLUED, HYPHENS, SPACED, WORD, Token, at, joined, word_set

_ARTICLE = word_set("a an")
_DEFINITE = word_set("the his her its their our my your")
#: Ordinals that are adjectives as well: "two hundred first editions", "a hundred third parties".
_ADJECTIVES = word_set("first second third")
_TENTHS = word_set("hundredth thousandth millionth billionth trillionth")


def is_ordinal_in_words(tokens: list[Token], quantity: Quantity) -> bool:
    """Twenty-first, the two hundred and fifth, two millionth: the number goes on into an ordinal."""
    behind = quantity.number.last
    token = at(tokens, behind)
    if quantity.number.form != "words" or token.gap >= BROKEN:
        return False
    last = tokens[behind - 1].low
    if token.text in HYPHENS and token.gap == GLUED:
        ordinal = at(tokens, behind + 1).low
        # "A twenty-second delay" is one of seconds.
        seconds = ordinal == "second" and at(tokens, quantity.first - 1).low in _ARTICLE
        return (last in TENS or last in SCALES) and ordinal in ORDINALS and not seconds
    glue = token.low == "and"
    ordinal = at(tokens, behind + glue).low
    if ordinal in _TENTHS and not glue:
        return True
    if ordinal not in ORDINALS or not (last in SCALES or (last in TENS and not glue)):
        return False
    after = at(tokens, behind + glue + 1)
    ends = after.kind != WORD and after.text not in HYPHENS
    definite = at(tokens, quantity.first - 1).low in _DEFINITE or (ends and ordinal != "second")
    return definite or (glue and ordinal not in _ADJECTIVES)


def is_worded_year(tokens: list[Token], quantity: Quantity) -> bool:
    """Nineteen eighty-four, five five five: number words side by side are years and telephone numbers."""
    if quantity.number.form != "words" or quantity.unit is not None or quantity.number.scale != 1.0:
        return False
    before, after = at(tokens, quantity.first - 1), at(tokens, quantity.number.last)
    behind = before.low in _NUMBER_WORDS and tokens[quantity.first].gap == SPACED
    return behind or (after.low in _NUMBER_WORDS and after.gap == SPACED)


_NUMBER_WORDS = frozenset({*ONES, *TENS})


def is_idle_word(tokens: list[Token], quantity: Quantity) -> bool:
    """Small whole numbers that stand for persons or nothing: "the two are", "one by one", "at sixes"."""
    number, value = quantity.number, quantity.value
    if quantity.unit is None and quantity.joint == "or" and quantity.low == 1 and quantity.high == 2:
        # "One or two others".
        return True
    if quantity.unit is not None or quantity.dimension or number.form != "words" or number.scale != 1.0:
        return False
    before = at(tokens, quantity.first - 1)
    if value is None or not 0 <= value <= 12 or not value.is_integer():
        return False
    if value == 0 and number.last == number.first + 1:
        return _is_idle_zero(tokens, quantity.first)
    # "Rose by five" as "rose five".
    verb = at(tokens, quantity.first - 2) if before.low == "by" else before
    led = verb.low in TREND_UP or verb.low in TREND_DOWN or comparator_before(tokens, quantity.first) is not None
    return not led


#: Ground zero, net zero, "all for nought", "came to naught".
_BEFORE_IDLE_ZERO = word_set("ground net patient sub absolute year day hour agent carbon for come comes came coming")


def _is_idle_zero(tokens: list[Token], index: int) -> bool:
    """Whether a bare zero is part of a name or only another "no" ("zero experience"), and no level ("fell to zero")."""
    zero, before, after = tokens[index], at(tokens, index - 1), at(tokens, index + 1)
    if before.low in _BEFORE_IDLE_ZERO or before.text in HYPHENS or after.text in HYPHENS or after.low == "in":
        return True
    noun = after.kind == WORD and joined(tokens, index + 1) and after.low not in STOP
    return noun or (zero.text[:1].isupper() and before.kind == WORD and joined(tokens, index))
