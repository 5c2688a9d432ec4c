"""Numbers of games and marks that are no figures: how a match stands, a class of degree, the name of a race."""

from __future__ import annotations

from tracker.reading.figure_lexicon import STOP
from tracker.reading.figure_measure import Quantity
from tracker.reading.figure_tokens import GLUED, NUMBER, SIGN, SPACED, Token, at, joined, word_set


def is_tally(tokens: list[Token], quantity: Quantity) -> bool:
    """A 2:1 degree, 212 for 6: two numbers that tell a mark or how a game stands."""
    if quantity.joint:
        return False
    before, after = at(tokens, quantity.first - 1), at(tokens, quantity.number.last)
    if after.text == ":" and after.gap == GLUED:
        return at(tokens, quantity.number.last + 1).kind == NUMBER and at(tokens, quantity.number.last + 1).gap == GLUED
    if before.text == ":" and before.gap == tokens[quantity.first].gap == GLUED:
        return at(tokens, quantity.first - 2).kind == NUMBER
    if quantity.unit is not None or not quantity.number.digits.isdecimal():
        return False
    if _is_result(tokens, quantity.first):
        return True
    if after.low == "for":
        return at(tokens, quantity.number.last + 1).text in _WICKETS and _ends_clause(tokens, quantity.number.last + 2)
    in_play = before.low == "for" and at(tokens, quantity.first - 2).text.isdecimal()
    return in_play and quantity.number.digits in _WICKETS and _ends_clause(tokens, quantity.number.last)


def _is_result(tokens: list[Token], index: int) -> bool:
    """Harlow 24 Marsden 18: two names, each with its bare number, and no sign between them."""
    name, after, number = at(tokens, index - 1), at(tokens, index + 1), at(tokens, index + 2)
    if not name.text[:1].isupper() or tokens[index].gap > SPACED:
        return False
    if after.text[:1].isupper() and after.gap == number.gap == SPACED and number.text.isdecimal():
        return True
    before = at(tokens, index - 2)
    return before.text.isdecimal() and name.gap == before.gap == SPACED and at(tokens, index - 3).text[:1].isupper()


_WICKETS = word_set("0 1 2 3 4 5 6 7 8 9 10")


def _ends_clause(tokens: list[Token], index: int) -> bool:
    token = at(tokens, index)
    if token.kind == SIGN or not joined(tokens, index):
        return True
    return token.low == "declared" or token.low in STOP and token.low != "of"


def is_race(tokens: list[Token], quantity: Quantity) -> bool:
    """She ran a 10k for charity: the name of a race."""
    suffix = tokens[quantity.number.last - 1]
    if quantity.unit is not None or suffix.text != "k" or suffix.gap != GLUED:
        return False
    return quantity.number.digits in ("5", "10") and at(tokens, quantity.first - 1).low in ("a", "the", "my", "his")
