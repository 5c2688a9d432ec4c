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

from tracker.reading.figure_tokens import BROKEN, GLUED, Token, at, tokenize, word_set

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
            behind = index + 1
            while behind - index < len(parts):
                if not self._fits(at(tokens, behind), parts[behind - index], glued[behind - index]):
                    break
                behind += 1
            else:
                return behind, entry
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
    entries = []
    for name, table in _UNITS.items():
        unit = Unit(table.get("unit", name), table.get("dimension"), float(table.get("factor", 1.0)))
        for words in table.get(field, ()):
            entries.append((words, unit))
            if " " in words:
                # "A 200-square-foot room".
                entries.append((words.replace(" ", "-"), unit))
            if words.startswith(("sq ", "cu ")):
                entries.append((words.replace(" ", ". ", 1), unit))
    return entries


def _money_entries(field: str, factor: float = 1.0) -> list[tuple[str, Unit]]:
    return [
        (words, Unit(code, "money", factor)) for code, table in _CURRENCIES.items() for words in table.get(field, ())
    ]


#: Money whose currency only the context gives: many countries have it.
_NAMELESS = {
    "grand": 1000.0, "cent": 0.01, "cents": 0.01, "centime": 0.01, "centimes": 0.01, "centavo": 0.01, "centavos": 0.01,
    "dinar": 1.0, "dinars": 1.0, "shilling": 1.0, "shillings": 1.0, "manat": 1.0, "manats": 1.0, "kwacha": 1.0,
    "kwachas": 1.0, "fiver": 5.0, "fivers": 5.0, "tenner": 10.0, "tenners": 10.0,
    "cfa": 1.0, "cfa franc": 1.0, "cfa francs": 1.0,
}  # fmt: skip
_NAMELESS_MONEY = [(words, Unit(None, "money", factor)) for words, factor in _NAMELESS.items()]
_KRONOR = [(sign, Unit(None, "money")) for sign in ("kr", "Kr", "kr.")]
_SATOSHIS = [(words, Unit("XBT", "money", 1e-8)) for words in ("satoshi", "satoshis")]

#: Codes whose letters are also a word or another name ("COP26", "TOP 10"): only an amount makes money of them.
SPELLED_CODES = frozenset(code for code, table in _CURRENCIES.items() if table.get("spelled"))
#: What companies write their accounts in, with the scale before the code: "30 MUSD", "MSEK 300", "5 kEUR".
_ACCOUNTS = word_set("USD EUR GBP CHF SEK NOK DKK ISK AUD CAD NZD JPY CNY HKD SGD INR ZAR PLN CZK HUF RUB BRL MXN")
_PREFIXES = {"M": 1e6, "m": 1e6, "mn": 1e6, "mln": 1e6, "k": 1e3, "K": 1e3, "bn": 1e9}
_SCALED_CODES = [
    (prefix + code, Unit(code, "money", factor)) for code in _ACCOUNTS for prefix, factor in _PREFIXES.items()
]
# In a headline of capitals "ALL 1,500" and "TOP 100" are words.
_CODES = [(code, Unit(code, "money")) for code in _CURRENCIES if code not in ("ALL", "TOP")]

UNIT_WORDS = Phrases(_unit_entries("words"), exact=False)
UNIT_SIGNS = Phrases(_unit_entries("signs"), exact=True)
#: The names of the units of time, which also count ("four straight years").
DURATIONS = frozenset(name for name, table in _UNITS.items() if table.get("dimension") == "duration")
CURRENCY_WORDS = Phrases(
    _money_entries("words") + _money_entries("minor", 0.01) + _NAMELESS_MONEY + _SATOSHIS, exact=False
)
CURRENCY_MINOR_SIGNS = Phrases([*_money_entries("minor_signs", 0.01), ("¢", Unit("USD", "money", 0.01))], exact=True)
#: Before a number: signs, and the codes in capitals.
CURRENCY_SIGNS = Phrases([*_money_entries("signs"), *_KRONOR, *_CODES, *_SCALED_CODES], exact=True)

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
