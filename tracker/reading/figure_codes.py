"""Numbers that name something by their digits alone: registrations, accounts, short codes, emergency lines, decades."""

from __future__ import annotations

from tracker.reading.figure_measure import Quantity
from tracker.reading.figure_tokens import APOSTROPHES, GLUED, NUMBER, Token, at, joined, word_set

#: So many digits in a row, without commas, are a registration or an account, if nothing is counted or measured.
_LONG = 7
_SHORT_CODE = 5
_EMERGENCY = {
    **dict.fromkeys(("999", "911"), word_set("call calls caller callers operator operators system service line")),
    **dict.fromkeys(("101", "111", "112", "119"), word_set("call caller operator service line helpline number")),
}


#: "PC 1432 Davies": what numbers officers.
_RANKS = word_set("PC WPC PCSO Constable Sgt Pc")


def is_code(tokens: list[Token], quantity: Quantity) -> bool:
    """A charity's number, a text to 70085, a 999 call, a PC 77 Jones, the 80's, the last 16: no amount of anything."""
    digits = quantity.number.digits
    if at(tokens, quantity.first - 1).text in _RANKS and digits.isdecimal():
        return at(tokens, quantity.number.last).text[:1].isupper()
    if not digits.isdecimal() or quantity.sure or quantity.joint or quantity.number.scale != 1.0:
        return False
    behind = at(tokens, quantity.number.last)
    if digits in _EMERGENCY:
        return behind.low in _EMERGENCY[digits] and joined(tokens, quantity.number.last)
    if quantity.unit is not None:
        return False
    before = at(tokens, quantity.first - 1)
    if len(digits) >= _SHORT_CODE:
        return len(digits) >= _LONG or _is_dialled(tokens, quantity.first)
    if before.low == "last":
        return digits in ("8", "16", "32", "64")
    decade = len(digits) == 2 and digits[1] == "0" and before.low == "the"
    genitive = at(tokens, quantity.number.last + 1)
    return decade and behind.text in APOSTROPHES and behind.gap == GLUED and genitive.low == "s"


def _is_dialled(tokens: list[Token], first: int) -> bool:
    """Whether digits are where a text goes ("text GIVE to 70085"), or an American postcode ("OR 97232")."""
    before = at(tokens, first - 1)
    if before.low == "to":
        return "text" in (at(tokens, first - 2).low, at(tokens, first - 3).low)
    return before.kind != NUMBER and len(before.text) == 2 and before.text.isupper() and joined(tokens, first)


def is_resolution(tokens: list[Token], quantity: Quantity) -> bool:
    """A 4K screen: so many columns of dots, and no thousands."""
    suffix = tokens[quantity.number.last - 1]
    if suffix.text == "M" and quantity.number.digits == "3" and quantity.unit is None:
        # A firm of that name.
        return True
    return suffix.text == "K" and not quantity.sure and quantity.number.digits in ("2", "4", "5", "6", "8")
