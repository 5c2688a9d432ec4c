"""Numbers as the press writes them: digits, words, and both ("2.3 million", "two and a half dozen").

``parse_number`` reads the one number that begins at a token. It knows nothing of units or context:
what only the context can tell (is "5m" a price or a length?) is left to ``figures``.
"""

from __future__ import annotations

from tracker.reading.figure_cardinals import worded_number
from tracker.reading.figure_digits import (
    DENOMINATORS,
    DOZENS,
    MONEY_SCALES,
    ONES,
    SCALES,
    SHORT_SCALES,
    SPACED_MONEY_SCALES,
    TENS,
    VAGUE,
    VAGUE_LEADS,
    Number,
    blank_groups,
    exact_number,
    parse_digits,
)
from tracker.reading.figure_fractions import extra_fraction, of_a_scale, slashed_fraction, worded_fraction
from tracker.reading.figure_lexicon import LABELS, STOP
from tracker.reading.figure_nouns import is_plural
from tracker.reading.figure_places import with_lower_places
from tracker.reading.figure_tokens import (
    BROKEN,
    FRACTION,
    GLUED,
    NUMBER,
    SIGN,
    SPACED,
    VULGAR_FRACTIONS,
    WORD,
    Token,
    at,
    joined,
    past_hyphen,
    word_set,
)
from tracker.reading.replacing import replace
from tracker.reading.units import UNIT_SIGNS, UNIT_WORDS


def _scaled(tokens: list[Token], number: Number, money: bool) -> Number:
    """The number with the scale words and suffixes that follow it, at most two ("thousand million")."""
    for _ in range(2):
        index = past_hyphen(tokens, number.last)
        token = at(tokens, index)
        if token.low == "odd" and at(tokens, index + 1).low in SCALES:
            # "£30-odd million".
            index, token = index + 1, at(tokens, index + 1)
        if not joined(tokens, index):
            break
        glued = token.gap == GLUED and index == number.last
        scale = SCALES.get(token.low)
        if scale is None and number.form == "digits":
            # "A 10 k" is a run, but a text of nothing else ("2.5 k") is a number.
            alone = number.first == 0 and index + 1 == len(tokens)
            scale = SHORT_SCALES.get(token.low) if glued or alone or token.low not in ("k", "mil") else None
            summed = money and (glued or token.text in SPACED_MONEY_SCALES)
            if scale is None and (summed or (alone and token.text == "M")):
                scale = MONEY_SCALES.get(token.low)
        if token.low in DOZENS and number.scale == 1.0:
            scale = 12.0
        if scale is None or number.value is None:
            break
        # Fifteen digits, so that a product is what the text states and no float's dust.
        value = float(f"{number.value * scale:.15g}")
        number = replace(number, last=index + 1, value=value, low=value, high=value, scale=number.scale * scale)
    if number.value is None or number.low == number.value == number.high:
        return number
    return replace(number, low=number.value, high=number.value)


def _from_digits(tokens: list[Token], first: int, index: int, money: bool, continental: bool) -> Number | None:
    token = tokens[index]
    last, digits = (index, "") if at(tokens, index + 1).kind != NUMBER else _grouped(tokens, index, money)
    value = float(digits.replace(" ", "")) if digits else parse_digits(token.text, continental)
    if value is None:
        return None
    sign = -1.0 if first < index else 1.0
    slashed = slashed_fraction(tokens, index)
    if slashed is not None:
        return exact_number(first, slashed.last, sign * (slashed.value or 0.0), "fraction", digits=slashed.digits)
    last = last if digits else index + 1
    value, last = _with_fraction(tokens, value, last)
    power, last = _power_of_ten(tokens, last) if last == index + 1 else (1.0, last)
    if power != 1.0:
        value = float(f"{value * power:.12g}")
    number = exact_number(first, last, sign * value, "digits", digits=digits or token.text)
    return with_lower_places(tokens, _scaled(tokens, number, money))


def _grouped(tokens: list[Token], index: int, money: bool) -> tuple[int, str]:
    """Digits grouped by blanks; one group ("1 500") only before a noun or unit and behind no name, label or number."""
    before, behind = at(tokens, index - 1), at(tokens, index + 2)
    plain = before.kind != WORD or (before.text.islower() or not joined(tokens, index)) and before.low not in LABELS
    plain = plain or before.low in _AMOUNT_LEADS
    nouns = {behind.low, at(tokens, index + 3).low}
    noun = behind.text.islower() and behind.low not in STOP and any(map(is_plural, nouns)) and not nouns & _MODELS
    signed = UNIT_SIGNS.find(tokens, index + 2) if len(behind.text) > 1 else None
    measured = UNIT_WORDS.find(tokens, index + 2) or signed
    counts = plain and joined(tokens, index + 2) and (noun and behind.kind == WORD or measured is not None)
    return blank_groups(tokens, index, money, counts)


#: With a capital these are no names: "Some 1 500 people".
_AMOUNT_LEADS = word_set("some about around nearly almost over the a all more at up to only just these those")

#: What has a model's number before it: "20 737 jets".
_MODELS = word_set("jets jet aircraft planes plane airliners airliner engines cars trucks tanks guns rifles processors")


def _with_fraction(tokens: list[Token], value: float, last: int) -> tuple[float, int]:
    """The whole number with the fraction that stands behind it ("5\u00bd", "2 1/4", "3 and a half")."""
    after = at(tokens, last)
    if after.kind == WORD and after.low != "and":
        return value, last
    hyphened = at(tokens, past_hyphen(tokens, last)).kind == NUMBER
    if after.kind == FRACTION or (hyphened and value.is_integer()) or (after.low == "and" and value < 100):
        extra, behind = extra_fraction(tokens, last)
        if extra:
            return value + extra, behind
    return value, last


_LARGEST_POWER = 30
_RAISED_DIGITS = "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079"
_LOWERED = str.maketrans(_RAISED_DIGITS, "0123456789")


def _power_of_ten(tokens: list[Token], index: int) -> tuple[float, int]:
    """The power of ten at an index, and the index behind it: "3 \u00d7 10^8", "2.9\u00d710\u22128"; else 1."""
    if at(tokens, index).text not in ("\u00d7", "x"):
        return 1.0, index
    ten = at(tokens, index + 1)
    if ten.text != "10" or not joined(tokens, index + 1):
        return 1.0, index
    here = index + 2
    raised = at(tokens, here).text == "^"
    here += raised
    negative = at(tokens, here).text in ("-", "\u2212")
    here += negative
    exponent = at(tokens, here)
    if exponent.gap == GLUED and exponent.text and not exponent.text.strip(_RAISED_DIGITS):
        power = int(exponent.text.translate(_LOWERED))
        return (10.0**power, here + 1) if abs(power) <= _LARGEST_POWER and not raised | negative else (1.0, index)
    if not (raised or negative) or exponent.gap != GLUED or not exponent.text.isdecimal():
        return 1.0, index
    if len(exponent.text) > 2 or int(exponent.text) > _LARGEST_POWER:
        return 1.0, index
    return 10.0 ** (-int(exponent.text) if negative else int(exponent.text)), here + 1


def _from_words(tokens: list[Token], first: int) -> Number | None:
    """A number in words with the scale word behind its fraction and its dozens."""
    number = worded_number(tokens, first)
    if number is None or number.form != "words":
        return number
    if number.scale == 1.0 or at(tokens, number.last).low in DOZENS:
        return _scaled(tokens, number, False)
    return number


def _vague(tokens: list[Token], first: int) -> Number | None:
    """A vague amount ("tens of thousands", "dozens of people"): from its size to ten times that."""
    if tokens[first].low in VAGUE_LEADS:
        return _several(tokens, first)
    size = VAGUE.get(tokens[first].low)
    if size is None or at(tokens, first - 1).kind == NUMBER:
        return None
    if tokens[first].low == "scores" and not _are_twenties(tokens, first):
        return None
    last = first + 1
    while at(tokens, last).low == "of" and at(tokens, last + 1).low in VAGUE and last < first + 6:
        size *= VAGUE[at(tokens, last + 1).low]
        last += 2
    if last == first + 1 and at(tokens, last).low not in ("of", "more"):
        return None
    return Number(first, last, None, size, size * 10, "vague", size)


def _several(tokens: list[Token], first: int) -> Number | None:
    """A vague amount of a scale word ("several hundred cars", "a few thousand pounds"), where something is counted."""
    size, last = 1.0, first + 1
    while last < first + 3 and (scale := SCALES.get(at(tokens, last).low, 0.0)) and joined(tokens, last):
        size, last = size * scale, last + 1
    if last == first + 1 and at(tokens, last).low == "dozen":
        size, last = 12.0, last + 1
    after = at(tokens, last)
    if size == 1.0 or after.kind != WORD or not joined(tokens, last) or (after.low in STOP and after.low != "of"):
        return None
    return Number(first, last, None, size, size * 10, "vague", size)


def _are_twenties(tokens: list[Token], first: int) -> bool:
    """Whether "scores of" is an amount ("left scores of homes dark") and no marks ("the test scores of pupils")."""
    before, behind = at(tokens, first - 1), at(tokens, first + 2)
    led = before.kind != WORD or not joined(tokens, first) or before.low.endswith(("ed", "ing"))
    led = led or (before.low in STOP and before.low not in _OWNERS)
    return led and at(tokens, first + 1).low == "of" and behind.kind == WORD and behind.low not in STOP


_OWNERS = word_set("the its their his her our my your these those this that high low")


def _whole(tokens: list[Token], index: int, continental: bool) -> Number | None:
    """The plain number of which a share is told; behind "every" also a hundred without its article."""
    token = tokens[index]
    if token.kind == NUMBER:
        return _from_digits(tokens, index, index, False, continental)
    if token.kind != WORD:
        return None
    bare = at(tokens, index - 1).low == "every" and token.low in ("hundred", "thousand", "million")
    return _from_words(tokens, index) or (exact_number(index, index + 1, SCALES[token.low], "words") if bare else None)


def share_at(tokens: list[Token], number: Number, index: int, continental: bool) -> Number | None:
    """Two plain numbers, the smaller out of the larger: "one in five", "three out of every ten".

    ``index`` is where "in" or "out of" is looked for: behind the number, or behind what it counts.
    """
    behind = past_hyphen(tokens, index)
    if at(tokens, behind).low not in ("in", "out"):
        return None
    tied, index = behind > index, behind
    words = [at(tokens, index + k).low for k in range(3)]
    if words[:2] == ["out", "of"]:
        index += 3 if words[2] == "every" else 2
    elif words[0] == "in":
        index = past_hyphen(tokens, index + 1) if tied else index + (2 if words[1] == "every" else 1)
    else:
        return None
    if not joined(tokens, index) or number.form not in ("digits", "words") or number.value is None:
        return None
    whole = _whole(tokens, index, continental)
    if whole is None or whole.value is None or not 0 < number.value < whole.value:
        return None
    if words[0] == "in" and (1500 <= whole.value <= 2099 and whole.form == "digits" and "," not in whole.digits):
        return None
    # "two in three years" counts something within a period; only the small and the round are shares.
    if at(tokens, whole.last).low in ("year", "years", "month", "months", "week", "weeks", "day", "days"):
        return None
    if at(tokens, whole.last).low in ("hours", "minutes", "seconds", "games", "matches", "seasons", "starts"):
        return None
    if not number.value.is_integer() or number.value > 1000:
        return None
    return exact_number(number.first, whole.last, number.value / whole.value, "share", digits=number.digits)


#: What makes a number of an article: "a million", "a third", "a couple of".
AFTER_ARTICLE = frozenset({*SCALES, *DENOMINATORS, *TENS, "ten", "dozen", "couple"})
#: What may stand between an article and the unit that it counts: "an extra hour".
EXTRA = word_set("extra additional further")


def parse_number(tokens: list[Token], first: int, money: bool = False, continental: bool = False) -> Number | None:
    """The longest number that begins at a token, or None. ``money`` tells that a currency stands before it.

    >>> from tracker.reading.figure_tokens import tokenize
    >>> parse_number(tokenize("two and a half million"), 0).value
    2500000.0
    """
    token = tokens[first]
    if token.kind == FRACTION:
        number = exact_number(first, first + 1, VULGAR_FRACTIONS[token.text], "fraction")
        return of_a_scale(tokens, number)
    if token.kind == NUMBER:
        number_or_none = worded_fraction(tokens, first) or _from_digits(tokens, first, first, money, continental)
    elif token.low in NEGATIVE:
        return _below_zero(tokens, first, continental)
    elif token.low in ("a", "an") and at(tokens, past_hyphen(tokens, first + 1)).low not in AFTER_ARTICLE:
        return None
    elif token.kind == WORD:
        number_or_none = _couple(tokens, first) or _vague(tokens, first) or worded_fraction(tokens, first)
        number_or_none = number_or_none or _from_words(tokens, first)
    else:
        return _signed(tokens, first, money, continental)
    if number_or_none is None:
        return None
    over = _over(tokens, number_or_none) if at(tokens, number_or_none.last).low == "over" else None
    if over is not None:
        return over
    return share_at(tokens, number_or_none, number_or_none.last, continental) or number_or_none


def _couple(tokens: list[Token], first: int) -> Number | None:
    words = [at(tokens, first + k).low for k in range(3)]
    if words == ["a", "couple", "of"]:
        # "a couple of hundred" is 200.
        return _scaled(tokens, exact_number(first, first + 3, 2.0, "words"), False)
    if words[0] == "a" and words[1] == "dozen":
        return exact_number(first, first + 2, 12.0, "words", 12.0)
    return None


#: What may stand before a fraction that is read aloud ("the ratio is two over three").
_BEFORE_OVER = word_set("is equals minus negative plus times fraction by")
#: From here on two numbers are a blood pressure ("120 over 80").
_PRESSURE = 30


def _over(tokens: list[Token], above: Number) -> Number | None:
    """A fraction as it is read aloud: "two over three", where nothing that could be counted follows."""
    index = above.last + 1
    if above.first and at(tokens, above.first - 1).low not in _BEFORE_OVER or above.form not in ("digits", "words"):
        return None
    if not joined(tokens, index):
        return None
    token = at(tokens, index)
    below = _from_digits(tokens, index, index, False, False) if token.kind == NUMBER else worded_number(tokens, index)
    if below is None or below.form not in ("digits", "words") or not below.value or above.value is None:
        return None
    after = at(tokens, below.last)
    counted = after.kind != SIGN and joined(tokens, below.last) or after.text == "%"
    if counted or (below.value >= _PRESSURE and above.value > below.value):
        return None
    return exact_number(above.first, below.last, above.value / below.value, "fraction", digits=above.digits)


#: Words that make the number behind them negative.
NEGATIVE = word_set("minus negative")
_TESTED = word_set("test tests tested testing result results")


def _below_zero(tokens: list[Token], first: int, continental: bool) -> Number | None:
    """A number that is called negative: "minus five", "minus-5", "negative ten"; "plus or minus five" is none."""
    before, index = at(tokens, first - 1), past_hyphen(tokens, first + 1)
    # "Seven minus two", "tested negative 3 days later", a title's "Minus One".
    if before.kind == NUMBER or before.low in ONES or before.low in _TESTED:
        return None
    if (at(tokens, first - 2).low, before.low) == ("plus", "or"):
        return None
    if tokens[first].text[:1].isupper() and before.kind == WORD and joined(tokens, first):
        return None
    if not joined(tokens, index) or at(tokens, index).kind not in (NUMBER, WORD) or at(tokens, index).low in NEGATIVE:
        return None
    number = parse_number(tokens, index, continental=continental)
    if number is None or number.value is None or number.form not in ("digits", "words", "fraction"):
        return None
    # "Minus a third of the squad" is without them.
    if number.form == "fraction" and at(tokens, number.last).kind == WORD:
        return None
    return replace(number, first=first, value=-number.value, low=-number.low, high=-number.high)


def _signed(tokens: list[Token], first: int, money: bool, continental: bool) -> Number | None:
    """A number below zero, whose minus is not glued to what stands before it, or one without its zero (".534")."""
    sign, digits = tokens[first], at(tokens, first + 1)
    before = at(tokens, first - 1)
    if sign.text == ".":
        number = _without_zero(tokens, first, first, money)
        return number if number is None else _scaled(tokens, number, money)
    if sign.text not in ("-", "−", "–") or (sign.gap == GLUED and first and before.text not in ("<", ">")):
        return None
    if before.kind == NUMBER and sign.gap != BROKEN:
        return None
    if digits.text == "." and digits.gap == GLUED:
        return _without_zero(tokens, first, first + 1, money)
    if digits.kind != NUMBER or digits.gap > SPACED or (digits.gap and first):
        return None
    number = _from_digits(tokens, first, first + 1, money, continental)
    # A minus behind which a blank stands is one only where the text is nothing but the number, else a bullet.
    if number is None or not digits.gap:
        return number
    return number if len(tokens) - number.last <= 1 and at(tokens, number.last).text in _ENDS else None


#: What may still stand behind the number of a text that is nothing but a number.
_ENDS = frozenset(["", ".", "%"])


def _without_zero(tokens: list[Token], first: int, point: int, money: bool) -> Number | None:
    """A number without its zero: ".534", "-.05", "£.5m"."""
    digits = at(tokens, point + 1)
    if digits.gap != GLUED or not digits.text.isdecimal():
        return None
    tied = tokens[point].gap == GLUED and point == first and first and not money
    if tied or len(digits.text) > 10:
        return None
    value = float("0." + digits.text)
    return exact_number(first, point + 2, -value if first < point else value, "digits", digits="0." + digits.text)
