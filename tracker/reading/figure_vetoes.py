"""Numbers that are no figures for the words around them: names, labels, years, scores, addresses, pronouns."""

from __future__ import annotations

from collections.abc import Callable

from tracker.reading.figure_codes import is_code, is_resolution
from tracker.reading.figure_context import comparator_before
from tracker.reading.figure_digits import ONES
from tracker.reading.figure_lexicon import (
    AFTER_PRONOUN_ONE,
    BEFORE_PRONOUN_ONE,
    COMPARATORS,
    COMPOUNDS,
    LABELS,
    SOFT_LABELS,
    STREETS,
)
from tracker.reading.figure_measure import Quantity
from tracker.reading.figure_nouns import VERBLIKE
from tracker.reading.figure_sports import is_race, is_tally
from tracker.reading.figure_tokens import (
    BROKEN,
    DASHES,
    GLUED,
    HYPHENS,
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
from tracker.reading.figure_word_vetoes import is_idle_word, is_ordinal_in_words, is_worded_year


def _glued_to_letters(tokens: list[Token], quantity: Quantity) -> bool:
    """COVID-19, GP2, 5G, 1980s, 3rd, 1200x675: digits that are part of a word."""
    number, first = quantity.number, tokens[quantity.first]
    behind = at(tokens, number.last)
    if number.digits and behind.kind == WORD and behind.gap == GLUED and not quantity.sure:
        return True
    if first.kind == WORD and behind.kind == NUMBER and behind.gap == GLUED:
        # "Twenty20".
        return True
    before, after = at(tokens, quantity.first - 1), at(tokens, quantity.last)
    if first.gap == GLUED and first.kind == WORD and before.text in HYPHENS and before.gap == GLUED:
        return at(tokens, quantity.first - 2).kind == WORD
    if first.gap == GLUED and first.kind == NUMBER:
        if before.kind == WORD or before.text[:1] in ("_", "#", "@", "\\"):
            return True
        if before.text in DASHES | {"/", "."} and before.gap == GLUED:
            word = at(tokens, quantity.first - 2)
            if (
                before.text in HYPHENS
                and word.kind == WORD
                and word.low in ("now", "minus", "then", "pre", "post", "sub", "near")
            ):
                return False
            if word.kind == WORD:
                # "c.30 people".
                return before.text != "." or word.text not in ("c", "ca", "approx", "est")
            if word.kind == NUMBER and before.text in ("/", "."):
                return True
    if first.gap == GLUED and before.text == "^":
        return True
    if not number.digits or after.gap != GLUED:
        return False
    if after.text == "^":
        return True
    # "7-Eleven": a name.
    if after.text in HYPHENS and quantity.unit is None and at(tokens, quantity.last + 1).low in ONES:
        return True
    if after.kind == WORD or after.text.startswith("_"):
        return True
    return after.text in ("/",) and at(tokens, quantity.last + 1).kind == NUMBER


#: "No one of them", "any one of the", "this one of".
_NO_AMOUNT = word_set("no any every some this that each which the")


_EXTENTS = frozenset(["length", "area", "volume", "mass"])


def _is_pronoun_one(tokens: list[Token], quantity: Quantity) -> bool:
    """A pronoun: "this one", "no one"; "one" counts only with a noun of its own, or of some ("one of the plants")."""
    token = tokens[quantity.first]
    if (
        token.low != "one"
        or quantity.joint
        or quantity.number.last != quantity.first + 1
        or quantity.number.form != "words"
    ):
        return False
    before, after = at(tokens, quantity.first - 1), at(tokens, quantity.first + 1)
    if after.low == "of" and quantity.unit is not None and before.low not in _NO_AMOUNT:
        return False
    if at(tokens, quantity.last).low == "or" and at(tokens, quantity.last + 1).low in ("another", "other"):
        # "One kind or another".
        return True
    if before.low in BEFORE_PRONOUN_ONE and joined(tokens, quantity.first):
        # "On that one mile of road".
        return not (before.low in ("this", "that", "the") and quantity.dimension in _EXTENTS and quantity.sure)
    if after.text in ("'", "’") or after.kind != WORD and after.text not in HYPHENS:
        return True
    return after.low in AFTER_PRONOUN_ONE or quantity.unit is None


def _is_compound(tokens: list[Token], quantity: Quantity) -> bool:
    """One-off, two-way, 24-hour news: compounds that count nothing."""
    first = tokens[quantity.first]
    if quantity.unit == "figure" and (quantity.attributive or _is_length_of_sum(quantity)):
        return True
    if quantity.unit == "fraction" and at(tokens, quantity.number.last).low in ("majority", "majorities"):
        return True
    if quantity.unit in (None, "something") and at(tokens, past_hyphen(tokens, quantity.number.last)).low in _SOME_AGE:
        # "A thirty-something", and what they wear.
        return True
    hyphen, after = at(tokens, quantity.first + 1), at(tokens, quantity.first + 2)
    return hyphen.text in HYPHENS and hyphen.gap == GLUED and f"{first.low}-{after.low}" in COMPOUNDS


_SOME_AGE = word_set("something somethings")


def _is_length_of_sum(quantity: Quantity) -> bool:
    """Whether figures are the digits of a sum and no statistics: "it ran to six figures"."""
    return quantity.number.form == "words" and quantity.value is not None and 4 <= quantity.value <= 9


def _label_index(tokens: list[Token], quantity: Quantity) -> int:
    index = quantity.first - 1
    return index - 1 if at(tokens, index).text in (".", "#", "-", "№") and at(tokens, index).gap == GLUED else index


def _is_labelled(tokens: list[Token], quantity: Quantity) -> bool:
    """Channel 4, Section 12, No. 10, Phase two: the number of a thing, not a number of things."""
    label = at(tokens, _label_index(tokens, quantity))
    if label.low == "of" and quantity.unit is None:
        return at(tokens, quantity.first - 2).text in ("Group", "Gang", "Club", "Round", "round")
    if label.kind != WORD or label.low not in LABELS or tokens[quantity.first].gap >= BROKEN:
        return False
    if label.low in _GRADES and _is_grade(tokens, quantity):
        return True
    # "Between junctions 4 and 7" is sure to be a range, of labels.
    sure = quantity.sure and (quantity.unit is not None or not quantity.joint)
    if sure or (quantity.unit is not None and label.low in SOFT_LABELS and not label.text[0].isupper()):
        return label.low in ("no", "nos") and at(tokens, quantity.first - 1).text == "." or (label.low == "under-")
    if quantity.number.form == "words" and not label.text[0].isupper() and label.low in ("call", "text", "like", "no"):
        return False
    return label.low != "no" or label.text[0].isupper() or at(tokens, quantity.first - 1).text == "."


_LISTING = frozenset({"and", "or", ",", "&", "to"}) | DASHES


def _is_labelled_too(tokens: list[Token], quantity: Quantity) -> bool:
    """Pages 12 and 13, Channel 4 and 5: a bare number in a list whose first one has a label."""
    if quantity.unit is not None or not quantity.number.digits or quantity.joint:
        return False
    index = quantity.first
    for _ in range(4):
        if at(tokens, index - 1).low not in _LISTING or not joined(tokens, index):
            return False
        index -= 2 if at(tokens, index - 2).text != "," else 3
        if at(tokens, index).kind != NUMBER:
            return False
        label = at(tokens, index - 1)
        if label.kind == WORD:
            named = label.text[:1].isupper() or label.low.endswith("s") or label.low not in SOFT_LABELS
            return named and label.low in LABELS
    return False


_GRADES = word_set("type stage phase level tier grade class category step key band")
_POINTING = word_set("this that which every each early late final last first next some any")


def _is_grade(tokens: list[Token], quantity: Quantity) -> bool:
    """Type 2 diabetes, phase 3 trials: a grade, where nothing points at the label ("at this stage 12 people")."""
    plain = quantity.number.digits.isdecimal() and len(quantity.number.digits) == 1 and quantity.number.scale == 1.0
    pointed = at(tokens, _label_index(tokens, quantity) - 1).low in _POINTING
    return plain and not pointed and not quantity.joint and quantity.dimension in ("count", None)


def _is_named(tokens: list[Token], quantity: Quantity) -> bool:
    """Boeing 787, S&P 500, Fortnite 2, the Five Eyes: a capital name with its number."""
    first, before = tokens[quantity.first], at(tokens, quantity.first - 1)
    if quantity.sure or quantity.number.scale != 1.0 or not joined(tokens, quantity.first):
        return False
    if first.kind == WORD:
        after = at(tokens, quantity.number.last)
        mid_sentence = before.kind == WORD and before.text.islower()
        # At the head of a sentence, which goes on in small letters: "The Six Nations opened".
        mid_sentence = mid_sentence or before.text == "The" and not at(tokens, quantity.last).text[:1].isupper()
        return first.text[:1].isupper() and mid_sentence and after.kind == WORD and after.text[:1].isupper()
    if quantity.unit is None and len(quantity.number.digits) == 1:
        # "Five" as a digit before a name: "5 Live".
        after = at(tokens, quantity.last)
        if after.kind == WORD and after.text[:1].isupper() and len(after.text) > 1 and joined(tokens, quantity.last):
            return True
    capital = before.kind == WORD and before.text[:1].isupper() and before.gap != BROKEN
    if not capital or before.low in _LOWER_AT_HEAD or _begins_sentence(tokens, quantity.first - 1):
        return False
    # "The FTSE 100 falls" is a verb behind a name.
    verb = tokens[quantity.last - 1].text in VERBLIKE
    return (
        quantity.unit is None or quantity.dimension != "count" or verb or not tokens[quantity.last - 1].text.islower()
    )


_LOWER_AT_HEAD = word_set(
    "the a over about around nearly almost some only just with in of by for from all more up at least under"
    " and or but another these those its their our his her my than to"
) | {word for phrase in COMPARATORS for word in phrase}


def _begins_sentence(tokens: list[Token], index: int) -> bool:
    before = at(tokens, index - 1)
    return index <= 0 or not joined(tokens, index) or (before.kind == SIGN and before.text[:1] in '.!?:•*"“‘')


_COUNT_NOUNS = word_set(
    "person woman man child job death case patient home worker staff nurse pupil student voter soldier troop"
    " test police migrant refugee victim employee business family member protester resident adult"
)
_PERSONS = word_set("person woman man child voter worker student pupil nurse patient soldier migrant refugee protester")
#: What is of a year and not counted: "2019 levels", "on 2015 prices".
_YEARLY_NOUNS = word_set(
    "level price figure election account result standard game riot protest talk term season estimate statistic rate"
    " poll regulation rule guideline reform bombing attack flood finals championship campaign report target"
    " projection value earning profit sale edition model version budget"
)
_BEFORE_YEAR = word_set(
    "in since until from by of © before after during early mid late spring summer autumn winter fall"
)
_BEFORE_YEAR_AND_NOUN = word_set(
    "the in its their s since © by until from our his her for early mid late this that additional upcoming planned"
)


def _is_year(tokens: list[Token], quantity: Quantity) -> bool:
    """A year and not a count: four plain digits, without unit or with a noun that years are told of."""
    digits = quantity.number.digits
    if len(digits) != 4 or not digits.isdecimal() or quantity.number.scale != 1.0:
        return False
    year = int(digits)
    if quantity.joint in ("from", "between", "dash", "to"):
        bare = quantity.unit is None and quantity.low is not None and quantity.high is not None
        return bare and 1900 <= (quantity.low or 0) < (quantity.high or 0) <= 2050
    if not 1500 <= year <= 2199 or quantity.sure:
        return False
    before = at(tokens, quantity.first - 1)
    if quantity.unit is None:
        return 1900 <= year <= 2050 or before.low in _BEFORE_YEAR
    if quantity.unit in _COUNT_NOUNS:
        # "In 2016 deaths rose", "In 1749 people wrote": a time opens the sentence; "in 1749 cases" may be a count.
        opens = before.low in _BEFORE_YEAR and _begins_sentence(tokens, quantity.first - 1)
        return opens and (1900 <= year <= 2050 or quantity.unit in _PERSONS and year <= 2050)
    if not 1900 <= year <= 2050:
        return False
    if before.low in _BEFORE_YEAR_AND_NOUN and joined(tokens, quantity.first):
        return True
    if quantity.dimension == "count" and (before.low in ("a", "another") or before.low in ONES) and year % 50:
        # "A 2023 research paper", "two 2023 studies"; of "a 2000 seat hall" the seats are counted.
        return joined(tokens, quantity.first)
    yearly = quantity.unit.lower() in _YEARLY_NOUNS
    if before.low in ("than", "below", "above", "under"):
        return yearly
    return comparator_before(tokens, quantity.first) is None and (yearly or _titled(tokens, quantity))


def _titled(tokens: list[Token], quantity: Quantity) -> bool:
    """Whether a capital word stands beside it: "2016 Olympic Games", "the Tokyo 2020 organisers"."""
    before, after = at(tokens, quantity.first - 1), at(tokens, quantity.number.last)
    behind_name = before.kind == WORD and before.text[:1].isupper() and before.low not in _LOWER_AT_HEAD
    behind_name = behind_name and joined(tokens, quantity.first) and not _begins_sentence(tokens, quantity.first - 1)
    return behind_name or after.text[:1].isupper()


def _is_address(tokens: list[Token], quantity: Quantity) -> bool:
    """106-108 Cowley Road: up to three capital words and a street behind a house number."""
    if tokens[quantity.first].kind != NUMBER or quantity.sure or quantity.number.scale != 1.0:
        return False
    index = quantity.number.last
    if at(tokens, index).text in DASHES and at(tokens, index + 1).kind == NUMBER:
        index += 2
    for position in range(4):
        token = at(tokens, index + position)
        if token.kind != WORD or not token.text[:1].isupper() or token.gap > SPACED:
            return False
        if position and token.low in STREETS:
            return True
    return False


def _is_score(tokens: list[Token], quantity: Quantity) -> bool:
    """Won 3-1, a 24-21 defeat: two bare numbers tied by a dash that are no range."""
    if quantity.sure or quantity.number.scale != 1.0 or quantity.joint:
        return False
    before, after = at(tokens, quantity.first - 1), at(tokens, quantity.number.last)
    if after.text in DASHES and after.gap == GLUED:
        behind = at(tokens, quantity.number.last + 1)
        # 3-1, and "12-for-25", "6-of-10".
        if behind.kind == NUMBER or behind.low in ("for", "of") and at(tokens, quantity.number.last + 3).kind == NUMBER:
            return True
    if before.text in DASHES and before.gap == GLUED and at(tokens, quantity.first - 2).low in ("for", "of"):
        return True
    return before.text in DASHES and before.gap == GLUED and at(tokens, quantity.first - 2).kind == NUMBER


def _is_counter(tokens: list[Token], quantity: Quantity) -> bool:
    """A line of bare numbers alone (share counters), and groups of digits beside each other."""
    if quantity.unit is not None or not quantity.number.digits or quantity.number.scale != 1.0:
        return False
    before, after = at(tokens, quantity.first - 1), at(tokens, quantity.last)
    if (
        before.kind == NUMBER
        and joined(tokens, quantity.first)
        or after.kind == NUMBER
        and joined(tokens, quantity.last)
        # "20 12-page leaflets" are leaflets of so many pages.
        and past_hyphen(tokens, quantity.last + 1) == quantity.last + 1
    ):
        return True
    return not joined(tokens, quantity.first) and not joined(tokens, quantity.last)


def _is_listed(tokens: list[Token], quantity: Quantity) -> bool:
    """Footnotes and case numbers: a bare number in brackets of its own, or behind a hash or ordinal sign."""
    if quantity.unit is not None or not quantity.number.digits or quantity.number.scale != 1.0:
        return False
    before, after = at(tokens, quantity.first - 1), at(tokens, quantity.last)
    if after.gap == GLUED and after.text[:1] in ("(", "\\"):
        # Regulation 12(a), and the list of a text in Markdown ("1\\.").
        return True
    if before.low == "of" and at(tokens, quantity.first - 2).kind == NUMBER:
        # "Page 3 of 12".
        return at(tokens, quantity.first - 3).low in LABELS
    return (
        before.text == "("
        and after.text == ")"
        and len(quantity.number.digits) <= 2
        or before.text[:1] in ("#", "№", "©", "§")
    )


def _is_whole_text(tokens: list[Token], quantity: Quantity) -> bool:
    """Whether the text is nothing but this number, as the cell of a table is: then it stands for no word around it."""
    rest = len(tokens) - quantity.last
    return quantity.first == 0 and quantity.unit is None and (rest == 0 or rest == 1 and tokens[-1].text == ".")


_VETOES: tuple[Callable[[list[Token], Quantity], bool], ...] = (
    _glued_to_letters,
    is_ordinal_in_words,
    _is_compound,
    _is_labelled,
    _is_labelled_too,
    _is_named,
    _is_year,
    is_resolution,
    _is_address,
    _is_score,
    is_tally,
    is_race,
)
#: What a number in a longer text may be, and one that is the whole text is not.
_VETOES_IN_TEXT = (is_code, _is_counter, _is_listed, is_worded_year)
#: Asked once lists have shared their unit, which saves "three" in "three and four days".
_LAST_VETOES = (_is_pronoun_one, is_idle_word)


def may_be_figure(tokens: list[Token], quantity: Quantity) -> bool:
    """Whether a quantity may be a figure of the text, after all that a number can be instead."""
    for veto in _VETOES:
        if veto(tokens, quantity):
            return False
    if _is_whole_text(tokens, quantity):
        return True
    for veto in _VETOES_IN_TEXT:  # noqa: SIM110 - a generator for each number costs more than the vetoes
        if veto(tokens, quantity):
            return False
    return True


def is_figure(tokens: list[Token], quantity: Quantity) -> bool:
    """Whether a quantity that may be a figure still is one once its neighbours have lent it their unit."""
    return not any(veto(tokens, quantity) for veto in _LAST_VETOES) or _is_whole_text(tokens, quantity)
