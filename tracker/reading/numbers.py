"""Numbers as the press writes them: digits, words, and both ("2.3 million", "two and a half dozen").

``parse_number`` reads the one number that begins at a token. It knows nothing of units or context:
what only the context can tell (is "5m" a price or a length?) is left to ``figures``.
"""

from __future__ import annotations

from tracker.reading.figure_digits import (
    DENOMINATORS,
    MONEY_SCALES,
    ONES,
    SCALES,
    SHORT_SCALES,
    TENS,
    VAGUE,
    Number,
    exact_number,
    parse_digits,
)
from tracker.reading.figure_fractions import extra_fraction, of_a_scale, slashed_fraction, worded_fraction
from tracker.reading.figure_tokens import (
    FRACTION,
    GLUED,
    NUMBER,
    VULGAR_FRACTIONS,
    WORD,
    Token,
    at,
    joined,
    past_hyphen,
)
from tracker.reading.replacing import replace


def _scaled(tokens: list[Token], number: Number, money: bool) -> Number:
    """The number with the scale words and suffixes that follow it, at most two ("thousand million")."""
    for _ in range(2):
        index = past_hyphen(tokens, number.last)
        token = at(tokens, index)
        if not joined(tokens, index):
            break
        glued = token.gap == GLUED and index == number.last
        scale = SCALES.get(token.low)
        if scale is None and number.form == "digits":
            scale = SHORT_SCALES.get(token.low) if glued or token.low not in ("k", "mil") else None
            if scale is None and money and (glued or token.text == "m"):
                scale = MONEY_SCALES.get(token.low)
        if token.low == "dozen":
            scale = 12.0
        if scale is None or number.value is None:
            break
        value = number.value * scale
        number = replace(
            number, last=index + 1, value=round(value, 6), low=value, high=value, scale=number.scale * scale
        )
    if number.value is None or number.low == number.value == number.high:
        return number
    return replace(number, low=number.value, high=number.value)


def _from_digits(tokens: list[Token], first: int, index: int, money: bool, continental: bool) -> Number | None:
    token = tokens[index]
    value = parse_digits(token.text, continental)
    if value is None:
        return None
    last = index + 1
    if at(tokens, last).kind == FRACTION:
        extra, last = extra_fraction(tokens, last)
        value += extra
    slashed = slashed_fraction(tokens, index)
    if slashed is not None:
        return slashed if first == index else None
    if at(tokens, last).low == "and" and value < 100:
        extra, behind = extra_fraction(tokens, last)
        if extra:
            value, last = value + extra, behind
    power, last = _power_of_ten(tokens, last) if last == index + 1 else (1.0, last)
    if power != 1.0:
        value = float(f"{value * power:.12g}")
    sign = -1.0 if first < index else 1.0
    return _scaled(tokens, exact_number(first, last, sign * value, "digits", digits=token.text), money)


_LARGEST_POWER = 30


def _power_of_ten(tokens: list[Token], index: int) -> tuple[float, int]:
    """The power of ten at an index, and the index behind it: "3 \u00d7 10^8", "2.9\u00d710\u22128"; else 1."""
    times, ten = at(tokens, index), at(tokens, index + 1)
    if times.text not in ("\u00d7", "x") or ten.text != "10" or not joined(tokens, index + 1):
        return 1.0, index
    here = index + 2
    raised = at(tokens, here).text == "^"
    here += raised
    negative = at(tokens, here).text in ("-", "\u2212")
    here += negative
    exponent = at(tokens, here)
    if not (raised or negative) or exponent.gap != GLUED or not exponent.text.isdigit():
        return 1.0, index
    if len(exponent.text) > 2 or int(exponent.text) > _LARGEST_POWER:
        return 1.0, index
    return 10.0 ** (-int(exponent.text) if negative else int(exponent.text)), here + 1


def _small_words(tokens: list[Token], index: int) -> tuple[float, int, bool]:
    """A number below a million in words from the index: (value, index behind, was "and" its glue)."""
    value, found, last = 0.0, False, index
    here = index
    while True:
        word = at(tokens, here).low
        below_ten = value % 10 == 0 and (value % 100 >= 20 or value % 100 == 0)
        if word in ONES and (not found or (value % 100 == 0 or (below_ten and ONES[word] < 10))):
            if found and not ONES[word]:
                break
            value += ONES[word]
        elif word in TENS and (not found or value % 100 == 0):
            value += TENS[word]
        elif word == "hundred" and found and 0 < value < 100:
            value *= 100
        else:
            break
        if found and value in ONES.values() and word in ONES and value < 10:
            break
        found, last = True, here + 1
        here = past_hyphen(tokens, last)
        if not joined(tokens, here):
            break
        if at(tokens, here).low == "and" and value % 100 == 0 and value >= 100:
            here += 1
            if at(tokens, here).low == "a" or not joined(tokens, here):
                break
        if value == 0:
            break
    return value, last if found else index, found


def _from_words(tokens: list[Token], first: int) -> Number | None:
    """A number in words: "fifteen", "two hundred and six", "six thousand four hundred", "a million"."""
    index, total, scale = first, 0.0, 1.0
    token = tokens[first]
    if token.low in ("a", "an") and at(tokens, first + 1).low in SCALES:
        current, last = 1.0, first + 1
    else:
        current, last, found = _small_words(tokens, index)
        if not found:
            return None
    while True:
        index = past_hyphen(tokens, last)
        word = at(tokens, index).low
        if word not in SCALES or not joined(tokens, index):
            total += current
            break
        factor = SCALES[word]
        total = total + current * factor if factor < scale or scale == 1.0 else (total + current) * factor
        scale, current, last = factor, 0.0, index + 1
        index = past_hyphen(tokens, last)
        if at(tokens, index).low == "and":
            index += 1
        if not joined(tokens, index) or at(tokens, index).low in SCALES:
            continue
        current, behind, found = _small_words(tokens, index)
        if not found or current >= factor:
            break
        last = behind
    extra, behind = extra_fraction(tokens, last)
    if extra:
        if scale == 1.0:
            number = exact_number(first, behind, total + extra, "words")
            return _scaled(tokens, number, False)
        total, last = total + extra * scale, behind
    number = exact_number(first, last, total, "words", scale)
    return _scaled(tokens, number, False) if scale == 1.0 else number


def _vague(tokens: list[Token], first: int) -> Number | None:
    """A vague amount ("tens of thousands", "dozens of people"): from its size to ten times that."""
    size = VAGUE.get(tokens[first].low)
    if size is None or at(tokens, first - 1).kind == NUMBER:
        return None
    last = first + 1
    while at(tokens, last).low == "of" and at(tokens, last + 1).low in VAGUE and last < first + 6:
        size *= VAGUE[at(tokens, last + 1).low]
        last += 2
    if last == first + 1 and at(tokens, last).low not in ("of", "more"):
        return None
    return Number(first, last, None, size, size * 10, "vague", size)


def share_at(tokens: list[Token], number: Number, index: int, continental: bool) -> Number | None:
    """Two plain numbers, the smaller out of the larger: "one in five", "three out of every ten".

    ``index`` is where "in" or "out of" is looked for: behind the number, or behind what it counts.
    """
    words = [at(tokens, index + k).low for k in range(3)]
    if words[:2] == ["out", "of"]:
        index += 3 if words[2] == "every" else 2
    elif words[0] == "in":
        index += 2 if words[1] == "every" else 1
    else:
        return None
    token = at(tokens, index)
    if not joined(tokens, index) or number.form not in ("digits", "words") or number.value is None:
        return None
    whole = (
        _from_digits(tokens, index, index, False, continental)
        if token.kind == NUMBER
        else _from_words(tokens, index)
        if token.kind == WORD
        else None
    )
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
_AFTER_ARTICLE = frozenset({*SCALES, *DENOMINATORS, "dozen", "couple"})


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
    elif token.low == "minus":
        return _below_zero(tokens, first, continental)
    elif token.low in ("a", "an") and at(tokens, past_hyphen(tokens, first + 1)).low not in _AFTER_ARTICLE:
        return None
    elif token.kind == WORD:
        number_or_none = _couple(tokens, first) or _vague(tokens, first) or worded_fraction(tokens, first)
        number_or_none = number_or_none or _from_words(tokens, first)
    else:
        return _signed(tokens, first, money, continental)
    if number_or_none is None:
        return None
    return share_at(tokens, number_or_none, number_or_none.last, continental) or number_or_none


def _couple(tokens: list[Token], first: int) -> Number | None:
    words = [at(tokens, first + k).low for k in range(3)]
    if words == ["a", "couple", "of"]:
        # "a couple of hundred" is 200.
        return _scaled(tokens, exact_number(first, first + 3, 2.0, "words"), False)
    if words[0] == "a" and words[1] == "dozen":
        return exact_number(first, first + 2, 12.0, "words", 12.0)
    return None


def _below_zero(tokens: list[Token], first: int, continental: bool) -> Number | None:
    """A number that is called negative: "minus five", "minus-5"."""
    index = past_hyphen(tokens, first + 1)
    if not joined(tokens, index) or at(tokens, index).kind not in (NUMBER, WORD) or at(tokens, index).low == "minus":
        return None
    number = parse_number(tokens, index, continental=continental)
    if number is None or number.value is None or number.form not in ("digits", "words"):
        return None
    return replace(number, first=first, value=-number.value, low=-number.low, high=-number.high)


def _signed(tokens: list[Token], first: int, money: bool, continental: bool) -> Number | None:
    """A number below zero: a minus that is not glued to what stands before it."""
    sign, digits = tokens[first], at(tokens, first + 1)
    before = at(tokens, first - 1)
    if sign.text == "." and sign.gap != GLUED and digits.gap == GLUED and digits.text.isdigit():
        # ".534" without its zero.
        if len(digits.text) > 10:
            return None
        return exact_number(first, first + 2, float("0." + digits.text), "digits", digits="0." + digits.text)
    if sign.text not in ("-", "−", "–") or digits.kind != NUMBER or digits.gap != GLUED or sign.gap == GLUED:
        return None
    if before.kind == NUMBER and sign.gap != 3:
        return None
    return _from_digits(tokens, first, first + 1, money, continental)
