"""Units, currencies, and whose money a place uses."""

from __future__ import annotations

import re

import pytest

from tracker.reading.figure_tokens import tokenize
from tracker.reading.units import (
    CURRENCY_CODES,
    CURRENCY_SIGNS,
    CURRENCY_WORDS,
    UNIT_SIGNS,
    UNIT_WORDS,
    Phrases,
    Unit,
    currency_hints,
    currency_of_country,
    load_table,
)


@pytest.mark.parametrize(
    ("table", "words", "name"),
    [
        (UNIT_WORDS, "per cent", "percent"),
        (UNIT_WORDS, "percentage points", "percentage point"),
        (UNIT_WORDS, "Miles per hour", "mile per hour"),
        (UNIT_WORDS, "sq ft", "square foot"),
        (UNIT_SIGNS, "km/h", "kilometre per hour"),
        (UNIT_SIGNS, "°C", "celsius"),
        (CURRENCY_SIGNS, "US$", "USD"),
        (CURRENCY_SIGNS, "HK $", "HKD"),
        (CURRENCY_WORDS, "quid", "GBP"),
        (CURRENCY_WORDS, "U.S. dollars", "USD"),
        (CURRENCY_WORDS, "Hong Kong dollars", "HKD"),
    ],
)
def test_the_longest_entry_is_found(table: Phrases[Unit], words: str, name: str) -> None:
    tokens = tokenize(words)
    found = table.find(tokens, 0)
    assert found is not None
    assert (found[0], found[1].name) == (len(tokens), name)


def test_signs_are_exact_and_glued() -> None:
    assert UNIT_SIGNS.find(tokenize("KM/H"), 0) != (3, Unit("kilometre per hour", "speed"))
    assert UNIT_WORDS.find(tokenize("per\n\ncent"), 0) is None


def test_pence_are_hundredths_and_a_grand_has_no_currency() -> None:
    pence, grand = CURRENCY_WORDS.find(tokenize("pence"), 0), CURRENCY_WORDS.find(tokenize("grand"), 0)
    assert pence is not None
    assert grand is not None
    assert pence[1] == Unit("GBP", "money", 0.01)
    assert grand[1] == Unit(None, "money", 1000.0)


@pytest.mark.parametrize(
    ("name", "currency"),
    [
        ("Britain", "GBP"), ("Welsh", "GBP"), ("HMRC", "GBP"), ("Whitehall", "GBP"), ("FBI", "USD"),
        ("Dáil", "EUR"), ("gardaí", "EUR"), ("HSE", "EUR"), ("Canberra", "AUD"), ("Knesset", "ILS"),
        ("new zealand", "NZD"), ("Atlantis", None), ("", None),
    ],
)  # fmt: skip
def test_currency_of_country(name: str, currency: str | None) -> None:
    assert currency_of_country(name) == currency


def test_hints_have_their_own_words_and_take_the_longest_name() -> None:
    text = "Ministers in Northern Ireland met the Irish gardaí; it told us nothing of the US or N.H.S. costs."
    hints = currency_hints(text)
    assert [(text[hint.start : hint.end], hint.country, hint.currency) for hint in hints] == [
        ("Northern Ireland", "United Kingdom", "GBP"),
        ("Irish", "Ireland", "EUR"),
        ("gardaí", "Ireland", "EUR"),
        ("US", "United States", "USD"),
        ("N.H.S", "United Kingdom", "GBP"),
    ] or hints[-1].end - hints[-1].start == len("N.H.S.")


def test_tables_are_sound() -> None:
    assert all(re.fullmatch(r"[A-Z]{3}", code) for code in CURRENCY_CODES)
    countries = {
        place["country"] for table in load_table("currencies.toml").values() for place in table.get("places", ())
    }
    assert len(countries) >= 12
    seen: dict[str, str] = {}
    for name, table in load_table("units.toml").items():
        for words in table.get("words", ()):
            assert seen.setdefault(words, name) == name, f"{words} names two units"
