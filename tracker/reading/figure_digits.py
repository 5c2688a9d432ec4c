"""The parts of numbers: words of number and scale, the ways digits are grouped, and the Number itself."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tracker.reading.figure_tokens import NUMBER, SPACED, Token, at, joined, past_hyphen

ONES = {
    "zero": 0, "nought": 0, "naught": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
    "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip
SCALES = {
    "hundred": 1e2, "thousand": 1e3, "lakh": 1e5, "million": 1e6, "crore": 1e7, "billion": 1e9,
    "trillion": 1e12,
}  # fmt: skip
#: Short scales that mean nothing else, and those that need a currency beside them to be one.
SHORT_SCALES = {
    "k": 1e3, "mn": 1e6, "mln": 1e6, "mil": 1e6, "mio": 1e6, "bn": 1e9, "bln": 1e9, "tn": 1e12, "tln": 1e12,
    "trn": 1e12,
}  # fmt: skip
MONEY_SCALES = {"m": 1e6, "mm": 1e6, "mil": 1e6, "mill": 1e6, "b": 1e9, "t": 1e12}
#: Behind a blank too these are scales of money: "£2.5 mill", "$3 MM".
SPACED_MONEY_SCALES = frozenset({"m", "MM", "mil", "mill"})
#: Twelves behind a number, with the ways that lists and receipts shorten them.
DOZENS = frozenset(["dozen", "dozens", "doz", "dozs", "dz", "dzs"])
#: Amounts named only by their size: from the size itself to ten times it.
VAGUE = {
    "tens": 1e1, "dozens": 12.0, "scores": 20.0, "hundreds": 1e2, "thousands": 1e3, "millions": 1e6, "billions": 1e9,
    "trillions": 1e12,
}  # fmt: skip
#: "Several hundred cars": what makes a scale word vague.
VAGUE_LEADS = frozenset(["several", "few"])
DENOMINATORS = {
    "half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "twelfth": 12, "twentieth": 20, "hundredth": 100, "thousandth": 1000,
}  # fmt: skip
#: Parts so rare that "a fourth" is an ordinal wherever nothing else makes it a part.
RARE_DENOMINATORS = {
    "fourth": 4, "eleventh": 11, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16,
    "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "thirtieth": 30, "fortieth": 40, "fiftieth": 50,
    "sixtieth": 60, "seventieth": 70, "eightieth": 80, "ninetieth": 90, "millionth": 10**6,
    "billionth": 10**9, "trillionth": 10**12,
}  # fmt: skip
DENOMINATORS |= RARE_DENOMINATORS
PLURAL_DENOMINATORS = {"halves": 2} | {word + "s": n for word, n in DENOMINATORS.items()}

#: Longer runs of digits are identifiers, and no float could hold them.
_LONGEST = 24
_PLAIN = re.compile(r"(?:0|[1-9][0-9]{0,14})\Z")
_DECIMAL = re.compile(r"(?:0|[1-9][0-9]{0,14})\.[0-9]{1,10}\Z")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3}){1,6}(?:\.[0-9]{1,6})?\Z")
_INDIAN = re.compile(r"[1-9][0-9]?(?:,[0-9]{2}){1,4},[0-9]{3}(?:\.[0-9]{1,6})?\Z")
_SPACED = re.compile(r"[1-9][0-9]{0,2}(?:[\u00a0\u2009\u202f][0-9]{3}){1,4}\Z")
#: 1.749,00 and 1.749.000: no English writer groups so.
_CONTINENTAL_SURE = re.compile(r"[1-9][0-9]{0,2}(?:(?:\.[0-9]{3}){1,6},[0-9]{1,2}|(?:\.[0-9]{3}){2,6})\Z")
#: 1.749,00 can be nothing else, whatever else the text writes.
_CONTINENTAL_PRICE = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3}){1,6},[0-9]{1,2}\Z")
_CONTINENTAL = re.compile(r"(?:[1-9][0-9]{0,2}(?:\.[0-9]{3}){1,6}|[0-9]{1,9})(?:,[0-9]{1,2})?\Z")


@dataclass(frozen=True, slots=True)
class Number:
    """A number: its tokens ``[first, last)``, its value or (vague amounts) its bounds, and how it is written.

    ``form`` is ``digits``, ``words``, ``fraction``, ``share`` ("one in five") or ``vague``. ``scale`` is
    the factor that a scale word or suffix gave, 1 without. ``digits`` is how the digits are written.
    """

    first: int
    last: int
    value: float | None
    low: float
    high: float
    form: str
    scale: float = 1.0
    digits: str = ""


def exact_number(first: int, last: int, value: float, form: str, scale: float = 1.0, digits: str = "") -> Number:
    """A number with one value, its bounds equal to it."""
    return Number(first, last, value, value, value, form, scale, digits)


def continental_habit(tokens: list[Token]) -> bool:
    """Whether a text writes 1.749,00: some number proves it, and none is grouped the English way."""
    sure = False
    for token in tokens:
        if token.kind == NUMBER and len(token.text) <= _LONGEST and "." in token.text + ",":
            if _GROUPED.match(token.text):
                return False
            sure = sure or bool(_CONTINENTAL_SURE.match(token.text))
    return sure


def parse_digits(text: str, continental: bool = False) -> float | None:
    """The value of digits with their grouping, or None where they are no number ("007", "1.2.3")."""
    if len(text) > _LONGEST:
        return None
    if (continental and _CONTINENTAL.match(text)) or _CONTINENTAL_PRICE.match(text):
        return float(text.replace(".", "").replace(",", "."))
    if _PLAIN.match(text) or _DECIMAL.match(text):
        return float(text)
    if _GROUPED.match(text) or _INDIAN.match(text):
        return float(text.replace(",", ""))
    if _SPACED.match(text):
        return float(re.sub(r"\s", "", text))
    return None


_GROUP = re.compile(r"[0-9]{3}(?:\.[0-9]{1,6})?\Z")
#: At most so many groups of three digits behind the first are one number.
_MOST_GROUPS = 4


def blank_groups(tokens: list[Token], index: int, money: bool, counts: bool = False) -> tuple[int, str]:
    """Digits grouped by plain blanks at an index: (the index behind them, their digits); (index, "") for none.

    "1 234 567" is one number. A single group behind is one only where it could not stand alone
    ("40 000"), where a currency stands before it, or where it ``counts`` what stands behind and no name stands
    before: "in May 12 500 people" may be a day and a count.
    """
    head = tokens[index].text
    if not (head.isdecimal() and len(head) <= 3 and head[0] != "0") or at(tokens, index - 1).kind == NUMBER:
        return index, ""
    last = index + 1
    while last <= index + _MOST_GROUPS and _is_group(tokens, last):
        last += 1
        if "." in tokens[last - 1].text:
            break
    groups = last - index - 1
    if not groups or at(tokens, last).kind == NUMBER and joined(tokens, last):
        return index, ""
    if groups == 1 and tokens[last - 1].text[0] != "0" and not (money or counts):
        return index, ""
    return last, " ".join(token.text for token in tokens[index:last])


def _is_group(tokens: list[Token], index: int) -> bool:
    """Whether the token is three digits (the last with decimals), one blank behind what stands before them."""
    token = at(tokens, index)
    one_blank = token.gap == SPACED and token.start == tokens[index - 1].end + 1
    return one_blank and _GROUP.match(token.text) is not None


def below_hundred(tokens: list[Token], index: int) -> tuple[int, int]:
    """A number below a hundred in words at an index: (its value, the index behind it); behind is index for none."""
    word = at(tokens, index).low
    if word in ONES:
        return ONES[word], index + 1
    if word not in TENS:
        return 0, index
    one = past_hyphen(tokens, index + 1)
    units = ONES.get(at(tokens, one).low, 0)
    if 0 < units < 10 and joined(tokens, one):
        return TENS[word] + units, one + 1
    return TENS[word], index + 1
