"""Units and currencies: what a figure is measured in, and whose money a place uses.

The tables are data (``units.toml``, ``currencies.toml``); this module loads them once and looks up,
at a token, the longest entry that stands there.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any, Generic, TypeVar

from tracker.reading.figure_tokens import BROKEN, GLUED, Token, at, tokenize

Entry = TypeVar("Entry")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its name (ISO 4217 code for money, else a singular noun) and its dimension.

    ``name`` is None where only the dimension is known ("20 grand" is money of a currency not named).
    ``factor`` turns the number that is written into this unit: 0.01 for pence.
    """

    name: str | None
    dimension: str | None
    factor: float = 1.0


@dataclass(frozen=True, slots=True)
class CurrencyHint:
    """Words of a text that speak of a country, with the country's name and its currency (ISO 4217)."""

    start: int
    end: int
    country: str
    currency: str


class Phrases(Generic[Entry]):
    """Entries by the tokens of their words; the longest that stands at a token is found in constant time."""

    def __init__(self, entries: Iterable[tuple[str, Entry]], exact: bool) -> None:
        self._exact = exact
        self._by_first: dict[str, list[tuple[tuple[str, ...], tuple[bool, ...], Entry]]] = {}
        for words, entry in entries:
            tokens = tokenize(words)
            parts = tuple(self._word(token) for token in tokens)
            glued = tuple(token.gap == GLUED for token in tokens)
            self._by_first.setdefault(parts[0], []).append((parts, glued, entry))
        for phrases in self._by_first.values():
            phrases.sort(key=lambda phrase: -len(phrase[0]))

    @property
    def first_words(self) -> frozenset[str]:
        """The words with which an entry can begin, as ``find`` compares them."""
        return frozenset(self._by_first)

    def _word(self, token: Token) -> str:
        return token.text if self._exact else token.low

    def find(self, tokens: list[Token], index: int) -> tuple[int, Entry] | None:
        """The index behind the longest phrase that begins at a token, and its entry; None where none does."""
        if index >= len(tokens):
            return None
        token = tokens[index]
        for parts, glued, entry in self._by_first.get(token.text if self._exact else token.low, ()):
            if len(parts) == 1 or all(
                self._fits(at(tokens, index + k), parts[k], glued[k]) for k in range(1, len(parts))
            ):
                return index + len(parts), entry
        return None

    def _fits(self, token: Token, part: str, glued: bool) -> bool:
        if (token.text if self._exact else token.low) != part:
            return False
        # "sq ft" may be written apart or not, "km/h" only together.
        return token.gap == GLUED if glued else token.gap < BROKEN


def load_table(name: str) -> Mapping[str, Any]:
    """A TOML table that stands beside this module."""
    return tomllib.loads(resources.files("tracker.reading").joinpath(name).read_text(encoding="utf-8"))


_UNITS = load_table("units.toml")
_CURRENCIES = load_table("currencies.toml")


def _unit_entries(field: str) -> list[tuple[str, Unit]]:
    return [
        (words, Unit(name, table.get("dimension"))) for name, table in _UNITS.items() for words in table.get(field, ())
    ]


def _money_entries(field: str, factor: float = 1.0) -> list[tuple[str, Unit]]:
    return [
        (words, Unit(code, "money", factor)) for code, table in _CURRENCIES.items() for words in table.get(field, ())
    ]


#: Money whose currency only the context gives.
_NAMELESS_MONEY = [
    ("grand", Unit(None, "money", 1000.0)),
    ("cent", Unit(None, "money", 0.01)),
    ("cents", Unit(None, "money", 0.01)),
]

UNIT_WORDS = Phrases(_unit_entries("words"), exact=False)
UNIT_SIGNS = Phrases(_unit_entries("signs"), exact=True)
CURRENCY_WORDS = Phrases(_money_entries("words") + _money_entries("minor", 0.01) + _NAMELESS_MONEY, exact=False)
CURRENCY_MINOR_SIGNS = Phrases([*_money_entries("minor_signs", 0.01), ("¢", Unit("USD", "money", 0.01))], exact=True)
#: Before a number: signs, and the codes in capitals.
CURRENCY_SIGNS = Phrases([*_money_entries("signs"), *((code, Unit(code, "money")) for code in _CURRENCIES)], exact=True)

_PLACES = [
    (words, (place["country"], code))
    for code, table in _CURRENCIES.items()
    for place in table.get("places", ())
    for words in (*place["names"], *place.get("institutions", ()))
]
_PLACE_PHRASES = Phrases(_PLACES, exact=True)
_BY_PLACE = {words.casefold(): code for words, (_, code) in _PLACES}


def currencies_called(word: str) -> frozenset[str]:
    """The ISO 4217 codes of the currencies whose names have a word in them ("dollar", "pound")."""
    return frozenset(code for code, table in _CURRENCIES.items() if any(word in name for name in table["words"]))


#: Every ISO 4217 code that the tables know.
CURRENCY_CODES = frozenset(_CURRENCIES)


def currency_of_country(name: str) -> str | None:
    """The ISO 4217 code of a country's money, by its name, adjective, capital or an institution of it.

    >>> currency_of_country("Irish"), currency_of_country("NHS"), currency_of_country("Atlantis")
    ('EUR', 'GBP', None)
    """
    return _BY_PLACE.get(" ".join(name.split()).casefold())


def currency_hints(text: str) -> tuple[CurrencyHint, ...]:
    """Every place, people or institution of a text that speaks of a country's money, in order.

    Linear in the text. Names are matched as written: "US" is a country, "us" is not.
    """
    tokens = tokenize(text)
    hints: list[CurrencyHint] = []
    index = 0
    while index < len(tokens):
        found = _PLACE_PHRASES.find(tokens, index)
        if found is None:
            index += 1
            continue
        behind, (country, currency) = found
        hints.append(CurrencyHint(tokens[index].start, tokens[behind - 1].end, country, currency))
        index = behind
    return tuple(hints)
