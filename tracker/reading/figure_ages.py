"""Ages that carry no unit: "Jane Doe, 44, said", "aged 25", "she turned 30"."""

from __future__ import annotations

from tracker.reading.figure_digits import ONES
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
    rules = (_led, _apposition, _predicate, _unmarked, _of_an_age, _of_persons, _listed, _at_an_age)
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
    first = quantity.first
    if at(tokens, first - 1).low in _AGE_ADVERBS and joined(tokens, first):
        # "Ann Lee, also 19, died"; "Ann Lee, then 19, died".
        first -= 1
    opening, closing = at(tokens, first - 1), at(tokens, quantity.last)
    name = at(tokens, first - 2)
    if (opening.text, closing.text) not in {(",", ","), ("(", ")"), (",", ".")}:
        return False
    # "(4)" behind a name is the number of a shirt, or of a note.
    if opening.text == "(" and len(quantity.number.digits) == 1:
        return False
    in_line = joined(tokens, first) and joined(tokens, first - 1)
    named = name.kind == WORD and name.text[:1].isupper() and not name.text.isupper() and len(name.text) > 1
    surname = at(tokens, first - 3)
    if in_line and name.low in _ONE_PERSON and (quantity.number.digits or opening.text == closing.text == ","):
        # "A man, 45, was held"; "his sister, two, was hurt".
        return True
    if not (in_line and named and quantity.number.digits):
        return False
    if surname.kind == WORD and surname.text[:1].isupper():
        return True
    # A surname alone: "Bell, 58, said", but not "Room, 12, is".
    alone = closing.text == "," and joined(tokens, quantity.last + 1) and name.text[1:].islower()
    return alone and name.low not in LABELS and not is_plural(name.low) and (quantity.value or 0) >= _GROWN


_AGE_ADVERBS = word_set("also both then now just only still barely almost nearly")
_ONE_PERSON = word_set(
    "man woman boy girl teenager youth father mother dad mum son daughter brother sister husband wife grandfather"
    " grandmother pensioner driver cyclist pedestrian student pupil nurse doctor teacher officer soldier"
)


_PERSONS_TOLD = (
    word_set(
        "men women boys girls teenagers youths brothers sisters sons daughters children twins students pupils soldiers"
        " friends cousins siblings workers officers drivers pensioners toddlers victims suspects"
    )
    | _ONE_PERSON
)
_LIST_SIGNS = word_set(", and or &")
_BEHIND_AGES = word_set(
    "and or were was are is have had has who from died respectively when both will would could said at on in"
)
_MOST_AGES = 6


def _listed(tokens: list[Token], quantity: Quantity) -> bool:
    """An age in a list of ages: "aged 19, 22 and 24", "two teenagers, 15 and 16, were"."""
    if not _ends_age(tokens, quantity.last):
        return False
    here, commas, ages = quantity.first, False, 1
    for _ in range(_MOST_AGES):
        before = at(tokens, here - 1)
        if before.low in _LEADS and ages > 1:
            return True
        if before.low not in _LIST_SIGNS or not joined(tokens, here):
            return False
        commas = before.text == ","
        if commas and at(tokens, here - 2).low in _PERSONS_TOLD:
            return ages > 1 or _age_follows(tokens, quantity.last)
        here -= 2 if at(tokens, here - 2).text == "," and before.text != "," else 1
        number = at(tokens, here - 1)
        if not (number.text.isdigit() and len(number.text) < 4) and number.low not in ONES:
            return False
        here, ages = here - 1, ages + 1
    return False


def _ends_age(tokens: list[Token], index: int) -> bool:
    """Whether what follows a bare number lets it be an age: no noun, and no sign of another unit."""
    after = at(tokens, index)
    if after.kind == WORD and joined(tokens, index):
        return after.low in _BEHIND_AGES
    return after.text in (",", ".", ")", ";", "", ":", "&") or not joined(tokens, index)


def _age_follows(tokens: list[Token], index: int) -> bool:
    """Whether "and 16" follows the first age of two, and behind it no noun: "two teenagers, 15 and 16, were"."""
    sign, number = at(tokens, index), at(tokens, index + 1)
    return sign.low in _LIST_SIGNS and number.text.isdigit() and _ends_age(tokens, index + 2)


_AT_AGE = word_set("died dies die dying retired retires retire retiring")
_OF_AGE = word_set("man woman boy girl lad teenager widow widower bachelor pensioner toddler")


def _at_an_age(tokens: list[Token], quantity: Quantity) -> bool:
    """ "A woman of 91", "she died at 66", but "he died at 10" may tell a time."""
    before, led = at(tokens, quantity.first - 1).low, at(tokens, quantity.first - 2).low
    after = at(tokens, quantity.last)
    if after.text == ":" or after.text[:1].isupper() or after.low in ("per", "%", "or"):
        return False
    if before == "at" and led in _AT_AGE:
        return (quantity.value or 0) > _CLOCK and after.kind != NUMBER
    of_age = before == "of" and led in _OF_AGE and at(tokens, quantity.first - 3).kind == WORD
    return of_age and (_ends_age(tokens, quantity.last) or after.low in STOP or after.low.endswith("ed"))


#: Up to here "at 10" may be a clock time.
_CLOCK = 12


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
