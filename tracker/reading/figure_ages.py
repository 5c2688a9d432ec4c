"""Ages that carry no unit: "Jane Doe, 44, said", "aged 25", "she turned 30"."""

from __future__ import annotations

from tracker.reading.figure_lexicon import FILLERS, LABELS, STOP
from tracker.reading.figure_measure import Quantity
from tracker.reading.figure_nouns import is_plural
from tracker.reading.figure_tokens import APOSTROPHES, HYPHENS, NUMBER, WORD, Token, at, joined, word_set
from tracker.reading.replacing import replace

_OLDEST = 120
#: A number behind a surname alone is no age below this.
_GROWN = 10
_LEADS = word_set("aged age ages turned turns turning")
_BE = word_set("is was be are were am im hes shes became becomes")
_PERSONS = word_set("he she i they who you")


def bare_age(tokens: list[Token], quantity: Quantity) -> Quantity:
    """The quantity as an age in years where the words around a bare number make it one."""
    value = quantity.value if quantity.value is not None else quantity.high
    if value is None or not 0 < value <= _OLDEST or value % 1 or quantity.number.scale != 1.0:
        return quantity
    if quantity.number.form not in ("digits", "words"):
        return quantity
    rules = (_led, _apposition, _predicate, _unmarked, _of_an_age, _of_persons)
    if any(rule(tokens, quantity) for rule in rules):
        return replace(quantity, unit="year", dimension="age", sure=True)
    return quantity


def _led(tokens: list[Token], quantity: Quantity) -> bool:
    before = [at(tokens, quantity.first - back).low for back in range(1, 5)]
    if before[0] in _LEADS or before[:2] == [":", "age"] or before[:2] == ["of", "age"] and before[2] in ("the", "an"):
        return True
    return before[0] in ("between", "under", "over", "of", "from") and before[1] in ("aged", "age", "ages")


def _apposition(tokens: list[Token], quantity: Quantity) -> bool:
    """A number between commas or brackets behind a name."""
    opening, closing = at(tokens, quantity.first - 1), at(tokens, quantity.last)
    name = at(tokens, quantity.first - 2)
    if (opening.text, closing.text) not in {(",", ","), ("(", ")"), (",", ".")}:
        return False
    # "(4)" behind a name is the number of a shirt, or of a note.
    if opening.text == "(" and len(quantity.number.digits) == 1:
        return False
    in_line = joined(tokens, quantity.first) and joined(tokens, quantity.first - 1)
    named = name.kind == WORD and name.text[:1].isupper() and not name.text.isupper() and len(name.text) > 1
    surname = at(tokens, quantity.first - 3)
    if in_line and quantity.number.digits and name.low in _ONE_PERSON:
        # "A man, 45, was held".
        return True
    if not (in_line and named and quantity.number.digits):
        return False
    if surname.kind == WORD and surname.text[:1].isupper():
        return True
    # A surname alone: "Bell, 58, said", but not "Room, 12, is".
    alone = closing.text == "," and joined(tokens, quantity.last + 1) and name.text[1:].islower()
    return alone and name.low not in LABELS and not is_plural(name.low) and (quantity.value or 0) >= _GROWN


_ONE_PERSON = word_set(
    "man woman boy girl teenager youth father mother dad mum son daughter brother sister husband wife grandfather"
    " grandmother pensioner driver cyclist pedestrian student pupil nurse doctor teacher officer soldier"
)


def _predicate(tokens: list[Token], quantity: Quantity) -> bool:
    """A predicate of a person: "she is 44", "he will be 35"."""
    verb, person = at(tokens, quantity.first - 1), at(tokens, quantity.first - 2)
    # "She was 6-for-10" is a score.
    if (
        verb.low not in _BE
        or at(tokens, quantity.last).text in HYPHENS | APOSTROPHES
        or at(tokens, quantity.last).low in ("of", "to", "per", "out", "in")
    ):
        return False
    if person.low in ("will", "would") and verb.low == "be":
        person = at(tokens, quantity.first - 3)
    return person.low in _PERSONS and quantity.value is not None and quantity.value >= 1


_PEOPLE = word_set(
    "people person anyone anybody everyone those children adults women men girls boys patients voters workers"
    " teenagers residents pupils students mothers"
)


def _of_persons(tokens: list[Token], quantity: Quantity) -> bool:
    """The age that parts people: "children under 16", "those 65 and over", "60 or older"."""
    before = [at(tokens, quantity.first - back).low for back in (1, 2)]
    after = [at(tokens, quantity.last + k).low for k in (0, 1)]
    if after[0] in ("and", "or") and after[1] in ("older", "younger"):
        return True
    if at(tokens, quantity.last).kind == WORD and after[0] not in STOP:
        return False
    if before[0] in ("under", "over", "above", "below") and before[1] in _PEOPLE:
        return True
    return before[0] in _PEOPLE and after[0] in ("and", "or") and after[1] in ("over", "above", "under")


_KINDS_OF_AGE = word_set("average median mean minimum maximum retirement pension voting drinking legal school")
_TOLD_BY = word_set("is was of at to be are were from")
_AGE_REACH = 12


def _of_an_age(tokens: list[Token], quantity: Quantity) -> bool:
    """A number that an age is said to be: "life expectancy is around 73", "the average age was 44"."""
    here = quantity.first - 1
    while joined(tokens, here + 1) and at(tokens, here).low in FILLERS | _SOFT_WORDS:
        here -= 1
    if at(tokens, here).low not in _TOLD_BY or at(tokens, quantity.last).low in ("per", "%", "of", "out"):
        return False
    for back in range(here - 1, here - _AGE_REACH, -1):
        token = at(tokens, back)
        if token.kind == NUMBER or token.text in (".", ";", ":") or not joined(tokens, back + 1):
            return False
        if token.low == "expectancy" and at(tokens, back - 1).low == "life":
            return True
        if token.low == "age" and at(tokens, back - 1).low in _KINDS_OF_AGE:
            return True
    return False


_SOFT_WORDS = word_set("about around nearly almost over under just roughly only some")
_TOLD = word_set("has had is was said says told who")


def _unmarked(tokens: list[Token], quantity: Quantity) -> bool:
    """A number between two names in a row and a verb, where the commas were lost: "Jane Doe 44 has spent"."""
    names = [at(tokens, quantity.first - back) for back in (1, 2)]
    named = all(name.kind == WORD and name.text[:1].isupper() and name.text[1:].islower() for name in names)
    in_line = joined(tokens, quantity.first) and joined(tokens, quantity.first - 1) and joined(tokens, quantity.last)
    old = len(quantity.number.digits) == 2 and quantity.number.digits >= "16"
    return named and in_line and old and at(tokens, quantity.last).low in _TOLD
