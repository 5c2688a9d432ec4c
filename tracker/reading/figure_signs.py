"""Signs that several units share, told apart by what the sentence speaks of, and heights in signs (6'2")."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.reading.figure_digits import Number
from tracker.reading.figure_tokens import BROKEN, GLUED, NUMBER, SIGN, SPACED, WORD, Token, at, word_set
from tracker.reading.units import Unit, load_table

_Shared = tuple[tuple[frozenset[str], Unit], ...]


def _shared_signs() -> dict[str, _Shared]:
    shared: dict[str, _Shared] = {}
    for row in load_table("unit_signs.toml")["sign"]:
        told = (frozenset(row["near"]), Unit(row["unit"], row.get("dimension")))
        shared[row["sign"]] = (*shared.get(row["sign"], ()), told)
    return shared


#: By sign: the words near it that speak for a unit, and the unit, in the order in which they are asked.
SHARED = _shared_signs()
#: How many tokens to either side count as near.
_NEAR = 14
#: "3 t shirts".
_T_THINGS = word_set("shirt shirts bone bones junction junctions")
_SECOND = Unit("second", "duration")
_FOOT = Unit("foot", "length")
_OPENING = frozenset("'‘’")
_FEET_SIGNS, _INCH_SIGNS = frozenset("'’′"), frozenset(['"', "”", "″", "''", "’’"])


def shared_sign(tokens: list[Token], number: Number, index: int) -> tuple[int, Unit] | None:
    """The unit of a sign that several share behind digits, and the index behind it; None where nothing tells."""
    token = at(tokens, index)
    if token.text == "s" and token.gap == GLUED and "." in number.digits and _stands_alone(tokens, index):
        # "9.58s": no decade has a point.
        return index + 1, _SECOND
    sign = "'" if token.text in _FEET_SIGNS else token.text
    units = SHARED.get(sign)
    if units is None or not number.digits or number.scale != 1.0 or not _stands_alone(tokens, index):
        return None
    if token.kind == SIGN and (token.gap != GLUED or _closes_quotation(tokens, number.first)):
        return None
    if token.text == "t" and at(tokens, index + 1).low in _T_THINGS:
        return None
    near = set(_words_near(tokens, number.first, index))
    return next(((index + 1, unit) for words, unit in units if not words.isdisjoint(near)), None)


def _closes_quotation(tokens: list[Token], index: int) -> bool:
    """Whether a quotation that a single mark opened goes on at an index."""
    for here in range(index - 1, max(-1, index - _NEAR), -1):
        token = tokens[here]
        if token.text in _OPENING and token.gap >= SPACED and tokens[here + 1].gap == GLUED:
            return True
    return False


def _stands_alone(tokens: list[Token], index: int) -> bool:
    after = at(tokens, index + 1)
    return after.gap != GLUED or after.kind not in (NUMBER, WORD)


def _words_near(tokens: list[Token], first: int, behind: int) -> Iterator[str]:
    """The words of the same sentence near a number and its sign."""
    for here in range(first - 1, max(-1, first - _NEAR), -1):
        if tokens[here + 1].gap == BROKEN or tokens[here].text in ".?!" and tokens[here + 1].gap >= SPACED:
            break
        yield tokens[here].low
    for here in range(behind + 1, min(len(tokens), behind + _NEAR)):
        if tokens[here].gap == BROKEN or tokens[here - 1].text in ".?!" and tokens[here].gap >= SPACED:
            break
        yield tokens[here].low


def height_in_signs(tokens: list[Token], number: Number) -> tuple[int, float, Unit] | None:
    """A height in feet and inches by their signs (6'2", 5’11”): the index behind it, its feet and its unit.

    Without the sign of inches it is one only where a height is spoken of ("he is 6'2 tall").
    """
    feet, inches = at(tokens, number.last), at(tokens, number.last + 1)
    if feet.text not in _FEET_SIGNS or feet.gap != GLUED or inches.gap != GLUED or not inches.text.isdecimal():
        return None
    if number.value is None or not number.value.is_integer() or len(inches.text) > 2 or int(inches.text) > 11:
        return None
    closing = at(tokens, number.last + 2)
    signed = closing.text in _INCH_SIGNS and closing.gap == GLUED
    if not signed and not {at(tokens, number.last + 2).low, at(tokens, number.last + 3).low} & {"tall", "height"}:
        return None
    return number.last + 2 + signed, number.value + int(inches.text) / 12, _FOOT
