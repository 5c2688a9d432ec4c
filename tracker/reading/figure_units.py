"""The unit or currency behind a number, where signs clash: million or metres, tonnes or trillions, pence or pixels."""

from __future__ import annotations

from tracker.reading.figure_digits import MONEY_SCALES, SCALES, SHORT_SCALES, Number
from tracker.reading.figure_lexicon import STOP
from tracker.reading.figure_metres import is_metre
from tracker.reading.figure_pounds import pound_of
from tracker.reading.figure_signs import shared_sign
from tracker.reading.figure_tokens import GLUED, HYPHENS, NUMBER, SPACED, WORD, Token, at, joined, word_set
from tracker.reading.replacing import replace
from tracker.reading.units import (
    CURRENCY_CODES,
    CURRENCY_MINOR_SIGNS,
    CURRENCY_SIGNS,
    CURRENCY_WORDS,
    SPELLED_CODES,
    UNIT_SIGNS,
    UNIT_WORDS,
    Unit,
)

#: Signs that a blank before them makes something else: a word, a name, an initial.
_GLUED_ONLY = frozenset({"in", "p", '"', "″", "′", "h", "kn", "F", "t", "st", "rad", "L", "MP", "PB", "MJ", "Mt", "Gt"})
#: Letters of signs before a number that are also a name, a road or a model ("R2", "MK 3", "QR").
_WEAK_SIGNS = SPELLED_CODES | word_set("R MK TL QR KD JD Br Sh Shs DM S/ Tk zl")
#: The sizes of screens, which are written like pence.
_LINES = frozenset({480, 720, 1080, 1440, 2160})
_PRICED = word_set(
    "at to of from by for is are was were just only than a an another extra about cost costs pay paid worth ("
)
#: "Six Grand Slams", "two grand pianos": a grand that is no thousand.
_GRAND_THINGS = word_set("slam prix piano jury tourer tour final finale prize opening old total designs design")
#: Behind these a mark is the sign of inches whatever it may close: '12" high'.
_EXTENDED = word_set("high long wide deep tall apart above below away")
_HOURS = word_set("h hr hrs hour hours")
_MINUTE = Unit("minute", "duration")
_SECOND = Unit("second", "duration")
_MILE, _FURLONG = Unit("mile", "length"), Unit("furlong", "length")
_AGE = Unit("year", "age")
_AGE_GROUPS = word_set("group bracket range band category")
_WON = Unit("KRW", "money")
_CENTS = Unit(None, "money", 0.01)
#: How many tokens back a quotation is looked for that the sign of inches would close.
_QUOTED_REACH = 40


def million(tokens: list[Token], number: Number, index: int) -> tuple[Number, int]:
    """The number with the bare suffix "m", "M" or "b" taken as a scale where it is one, without a currency.

    British papers write "5m" for five million and spell metres out: metres are read only where words say so.
    """
    token, after = at(tokens, index), at(tokens, index + 1)
    if number.form != "digits" or number.scale != 1.0 or token.gap != GLUED or index != number.last:
        return number, index
    if token.text not in ("m", "M", "b") or number.value is None:
        return number, index
    if after.gap == GLUED and (after.kind == NUMBER or after.text == "/"):
        return number, index
    if token.text == "m" and (_part_sign(tokens, number, index) or is_metre(tokens, number, index)):
        return number, index
    scale = MONEY_SCALES[token.low]
    value = round(number.value * scale, 6)
    return replace(number, last=index + 1, value=value, low=value, high=value, scale=scale), index + 1


def _part_sign(tokens: list[Token], number: Number, index: int) -> Unit | None:
    """What "m", "f" or "s" is in a measure of parts: minutes ("2h 30m", "4m 12s"), or "2m 4f" on a racecourse."""
    letter, before, after = tokens[index].text, at(tokens, number.first - 1), at(tokens, index + 2)
    if letter in ("f", "s"):
        behind = before.text == "m" and before.gap == GLUED
        return (_FURLONG if letter == "f" else _SECOND) if behind else None
    if letter != "m" or before.low in _HOURS:
        return _MINUTE if letter == "m" else None
    if at(tokens, index + 1).kind != NUMBER or after.gap != GLUED:
        return None
    return _MINUTE if after.low in ("s", "sec", "secs") else _MILE if after.text == "f" else None


def unit_at(tokens: list[Token], number: Number, index: int) -> tuple[int, Unit] | None:
    """The unit or currency that stands at an index behind a number, and the index behind it; None where none does.

    Currencies by name, then signs (exactly as written, and only behind digits), then units by name.
    """
    token = at(tokens, index)
    glued = token.gap == GLUED and index == number.last
    named = _named(tokens, index)
    # "Seven pound-feet" and "7 % points" are longer names that begin as others do.
    most = 0 if named is None else named[0]
    found = CURRENCY_WORDS.find(tokens, index)
    if found is not None and found[0] >= most and _ends(tokens, found[0]) and not _is_grand(tokens, found[0], number):
        return pound_of(tokens, number, *found)
    if token.text in ("m", "M") and number.scale != 1.0:
        return None
    if token.low in ("m", "f", "s") and glued:
        part = _part_sign(tokens, number, index)
        if part is not None:
            return index + 1, part
    if token.low == "won":
        return (index + 1, _WON) if is_amount(number) and _is_behind_won(at(tokens, index + 1)) else None
    if number.digits or number.form == "fraction" or (token.text.isupper() and len(token.text) > 2):
        found = _money_sign(tokens, number, index, glued)
        if found is not None:
            return found
    told = shared_sign(tokens, number, index) if number.digits else None
    if told is not None:
        return told
    if number.digits or number.form == "fraction":
        found = UNIT_SIGNS.find(tokens, index)
        if found is not None and found[0] >= most and _is_unit_sign(tokens, number, index, found[0]):
            return found
    return named


def _named(tokens: list[Token], index: int) -> tuple[int, Unit] | None:
    """The unit that stands at an index by its name; "six yo-yos" are no ages, "the 18-24 age group" tells two."""
    if at(tokens, index).low == "age" and at(tokens, index - 1).kind == NUMBER and joined(tokens, index + 1):
        return (index + 2, _AGE) if at(tokens, index + 1).low in _AGE_GROUPS else None
    found = UNIT_WORDS.find(tokens, index)
    yoyo = found is not None and tokens[index].low == "yo" and at(tokens, found[0]).low == "-"
    return None if yoyo and at(tokens, index + 2).low.startswith("yo") else found


def _money_sign(tokens: list[Token], number: Number, index: int, glued: bool) -> tuple[int, Unit] | None:
    """A sign or code of money behind a number: "80p", "20€", "20 €", "5 kr", "30 MUSD"."""
    token = at(tokens, index)
    after = at(tokens, index + 1)
    if token.text == "c" and glued and 10 <= (number.value or 0) <= 99 and _ends(tokens, index + 1):
        return (index + 1, _CENTS) if at(tokens, number.first - 1).low in _PRICED else None
    spaced_pence = token.text == "p" and (after.kind not in (NUMBER, WORD) or after.low in STOP)
    found = CURRENCY_MINOR_SIGNS.find(tokens, index) if glued or spaced_pence else None
    if found is not None and number.value in _LINES and at(tokens, number.first - 1).low not in _PRICED:
        return None
    found = found or CURRENCY_SIGNS.find(tokens, index)
    if found is None or not _ends(tokens, found[0]) or token.text == "PS":
        return None
    if token.text in _WEAK_SIGNS and (not is_amount(number) or token.text not in SPELLED_CODES):
        return None
    if glued or token.text.isalpha():
        return found
    return found if token.gap == SPACED and _stands_behind(tokens, found[0]) else None


def _stands_behind(tokens: list[Token], index: int) -> bool:
    """Whether a sign between blanks, which ends at an index, belongs to the number before it and not behind it."""
    after = at(tokens, index)
    if after.kind == WORD and after.low in SCALES:
        return False
    if after.kind != NUMBER or not joined(tokens, index):
        return True
    # "10 $ 30 $": the number behind has a sign of its own behind it.
    own = CURRENCY_SIGNS.find(tokens, index + 1) or CURRENCY_WORDS.find(tokens, index + 1)
    return after.gap == SPACED and own is not None


def is_amount(number: Number) -> bool:
    """Whether a number is written as sums of money are: 1,500 or 2m or 19.99."""
    return number.scale != 1.0 or "," in number.digits or number.digits[-3:-2] == "."


def is_sum(sign: Token, digits: Token, number: Number) -> bool:
    """Whether letters that stand for a sign before a number are one: "PS21,700" and "R20m", but no PS5 and no R2."""
    if sign.text == "PS":
        return digits.gap == GLUED and (number.scale != 1.0 or len(number.digits) > 2)
    return sign.text not in _WEAK_SIGNS or is_amount(number)


def scaled_behind(tokens: list[Token], number: Number, behind: int) -> tuple[Number, int]:
    """The number with the scale word that stands behind its currency's code ("75 USD million"), and the index."""
    token = at(tokens, behind)
    scale = SCALES.get(token.low) or SHORT_SCALES.get(token.low)
    coded = tokens[behind - 1].text in CURRENCY_CODES and joined(tokens, behind)
    if not coded or scale is None or number.scale != 1.0 or number.value is None:
        return number, behind
    value = round(number.value * scale, 6)
    return replace(number, value=value, low=value, high=value, scale=scale), behind + 1


def _is_unit_sign(tokens: list[Token], number: Number, index: int, behind: int) -> bool:
    """Whether a sign of a unit that stands at an index is one, and no initial, ordinal or quotation mark."""
    token, after = at(tokens, index), at(tokens, behind)
    glued = token.gap == GLUED
    if not _ends(tokens, behind) or (token.text in _GLUED_ONLY and not (glued and index == number.last)):
        return token.text == '"' and after.low in _EXTENDED
    if token.text == "st":
        ordinal = number.value is None or (number.value % 10 == 1 and number.value % 100 != 11)
        return not ordinal or (after.kind == NUMBER and at(tokens, behind + 1).low in ("lb", "lbs"))
    if token.text == '"':
        return not _closes_quotation(tokens, number.first)
    if len(token.text) > 1 or not token.text.isupper():
        return True
    # One capital: "the 4 C's", "3 C grades", "3170 W. County Road", "a 13W-2L record", "part 1234-L".
    initial = after.text == "." and after.gap == GLUED and at(tokens, behind + 1).text[:1].isupper() and not glued
    graded = not glued and (after.kind == NUMBER or after.low.startswith("grade"))
    genitive = after.text in ("'", "’") and after.gap == GLUED
    tied = index > number.last or (
        after.text in HYPHENS and after.gap == GLUED and at(tokens, behind + 1).kind == NUMBER
    )
    return not (initial or graded or genitive or tied)


def _closes_quotation(tokens: list[Token], first: int) -> bool:
    """Whether a mark behind a number closes a quotation: whether the nearest mark before it opens one."""
    for back in range(1, _QUOTED_REACH):
        token = at(tokens, first - back)
        if token.text == '"':
            return back == 1 or token.gap != GLUED or at(tokens, first - back - 1).text in ("=", "(", "[")
        if token.text == "" or token.gap > SPACED:
            break
    return False


def _is_behind_won(after: Token) -> bool:
    """Whether what follows makes "won" money and no verb: "50,000 won (£30)", but "50,000 won a prize"."""
    return after.kind != WORD or after.low in ("worth", "per", "each", "or")


def _is_grand(tokens: list[Token], behind: int, number: Number) -> bool:
    """Whether "grand" is an adjective: "six Grand Slams", "two grand pianos"."""
    grand, after = tokens[behind - 1], at(tokens, behind)
    if grand.low != "grand":
        return False
    return grand.text != "grand" or after.low.removesuffix("s") in _GRAND_THINGS or number.scale > 1000


def _ends(tokens: list[Token], index: int) -> bool:
    """Whether a sign of letters ends here and does not go on ("5G2")."""
    after = at(tokens, index)
    return after.gap != GLUED or after.kind not in (NUMBER, WORD)
