"""Numbers in digits and words: (text, value) with the reason the row exists."""

from __future__ import annotations

import pytest

from tracker.reading.figure_digits import continental_habit, parse_digits
from tracker.reading.figure_tokens import tokenize
from tracker.reading.numbers import parse_number


def value_of(text: str, money: bool = False) -> float | None:
    tokens = tokenize(text)
    number = parse_number(tokens, 0, money=money, continental=continental_habit(tokens))
    return None if number is None else number.value


@pytest.mark.parametrize(
    ("text", "value", "reason"),
    [
        ("15", 15, "plain digits"),
        ("1,749", 1749, "grouped by commas"),
        ("12,34,567", 1234567, "grouped the Indian way"),
        ("1\u00a0749\u00a0000", 1749000, "grouped by hard spaces"),
        ("2.3 million", 2.3e6, "digits and a scale word, without a float's dust"),
        ("20k", 20000, "a glued suffix"),
        ("1.2bn", 1.2e9, "the British suffix of billions"),
        ("3 thousand million", 3e9, "two scale words"),
        ("fifteen", 15, "a word"),
        ("twenty-eight", 28, "hyphenated"),
        ("sixty one", 61, "without the hyphen"),
        ("two hundred and six", 206, "the British 'and'"),
        ("nine hundred and ninety nine", 999, "all places filled"),
        ("one hundred and twenty thousand", 120000, "'and' before the scale"),
        ("twelve thousand three hundred forty-five", 12345, "two groups without 'and'"),
        ("a million", 1e6, "the article is the number"),
        ("half a million", 5e5, "a share of a scale"),
        ("a quarter of a million", 2.5e5, "the same with 'of'"),
        ("two and a half million", 2.5e6, "the half belongs to the scale"),
        ("a million and a half", 1.5e6, "the half follows the scale"),
        ("two-and-a-half", 2.5, "hyphens throughout"),
        ("a dozen", 12, "a dozen"),
        ("half a dozen", 6, "half of it"),
        ("two dozen", 24, "dozens"),
        ("a couple of", 2, "a couple"),
        ("5½", 5.5, "a fraction sign"),
        ("3/4", 0.75, "a slash"),
        ("minus five", -5, "below zero in words"),
        ("-7", -7, "below zero in digits"),
        ("two thirds", 2 / 3, "a fraction in words"),
        ("two-thirds", 2 / 3, "with its hyphen"),
        ("three-quarter", 0.75, "as an attribute"),
        ("two and three-quarter", 2.75, "behind a whole number"),
        ("a quarter of a billion", 2.5e8, "a share of a larger scale"),
        ("six thousand nine hundred and seventy-one", 6971, "the last group hyphenated"),
        ("a third of", 1 / 3, "one part"),
        ("three quarters", 0.75, "quarters"),
        ("one in five", 0.2, "a share"),
        ("three out of every ten", 0.3, "a share, longer"),
    ],
)
def test_value(text: str, value: float, reason: str) -> None:
    assert value_of(text) == pytest.approx(value, rel=1e-12), reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("007", "a leading zero is a code"),
        ("1.2.3", "a version"),
        ("a third wave", "an ordinal"),
        ("a quarter final", "a round of a cup"),
        ("tenth of", "an ordinal, where nothing makes it a share"),
        ("million", "a scale without a number"),
        ("9" * 10_000, "an identifier; no float holds it"),
        ("1,23", "no grouping of any country that reads English"),
        ("the", "no number"),
    ],
)
def test_no_number(text: str, reason: str) -> None:
    assert value_of(text) is None, reason


def test_vague_amounts_reach_from_their_size_to_ten_times_it() -> None:
    number = parse_number(tokenize("tens of thousands of homes"), 0)
    assert number is not None
    assert (number.value, number.low, number.high) == (None, 1e4, 1e5)


def test_a_bare_m_is_a_million_only_beside_a_currency() -> None:
    assert value_of("5m", money=True) == 5e6
    assert value_of("5m") == 5


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.749 Euro, zusammen 2.500.000", 1749),
        ("1.749 tonnes", 1.749),
        ("1.749 of 12,500.00 and 1.749,00", 1.749),
    ],
)
def test_points_group_only_where_the_document_has_that_habit(text: str, value: float) -> None:
    assert value_of(text) == value


def test_digits_alone() -> None:
    assert parse_digits("12,345.67") == 12345.67
    assert parse_digits("1.749,00", continental=True) == 1749
