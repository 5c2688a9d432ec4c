"""Which currency a bare sum is in, where the text leaves it out (the design's section 3, "Figures").

The order is the design's: the currency stated elsewhere for the same matter, else of the country
that the passage speaks of, else the document, else the publisher. Two candidates at one step give
none: the sum then stays without a unit.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from urllib.parse import urlsplit

from tracker.reading.units import CurrencyHint, currency_hints
from tracker.reading.values import Figure, Passage

_POUNDS = re.compile(r"pounds?$", re.IGNORECASE)
_EURO = ("ie", "de", "fr", "es", "it", "nl", "be", "at", "pt", "fi", "gr")
_DOMAIN_CURRENCY = {"uk": "GBP", "au": "AUD", "nz": "NZD", "ca": "CAD", "us": "USD", "gov": "USD", "mil": "USD",
                    "in": "INR", "za": "ZAR", "ch": "CHF", "jp": "JPY", "se": "SEK", "no": "NOK", "dk": "DKK",
                    **dict.fromkeys(_EURO, "EUR")}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Context:
    """What a document tells of its currency.

    ``hints`` gives the words that speak of a country, in the order of the text; it is a function, for
    few documents leave a currency out, and only those need them. ``stated`` counts the units of the
    sums that have one, by kind and value. ``signed_pounds``: the text writes a pound sign somewhere.
    """

    hints: Callable[[], tuple[CurrencyHint, ...]]
    url: str | None
    language: str | None
    stated: Mapping[tuple[str, float | None], Counter[str]]
    signed_pounds: bool


def context_of(
    text: str,
    passages: Sequence[Passage],
    url: str | None,
    stated: tuple[tuple[Figure, str], ...],
    language: str | None = None,
) -> Context:
    """The context of a document; boilerplate tells nothing of it."""

    @cache
    def hints() -> tuple[CurrencyHint, ...]:
        return tuple(
            replace(hint, start=hint.start + p.start, end=hint.end + p.start)
            for p in passages
            if p.role != "boilerplate"
            for hint in currency_hints(text[p.start : p.end])
        )

    by_matter: dict[tuple[str, float | None], Counter[str]] = {}
    for figure, kind in stated:
        by_matter.setdefault((kind, figure.value), Counter())[figure.unit or ""] += 1
    signed = any(figure.unit == "GBP" and not _POUNDS.search(figure.text) for figure, _ in stated)
    return Context(hints, url, language, by_matter, signed)


def infer_currency(figure: Figure, kind: str, passage: Passage, context: Context) -> Figure:
    """The figure as a sum of money, with the currency that the context gives and the reason, or none."""
    money = replace(figure, dimension="money", unit=None, unit_stated=False)
    steps: tuple[Callable[[], tuple[Counter[str], str]], ...] = (
        lambda: (_same_matter(figure, kind, context), "stated elsewhere for the same matter"),
        lambda: _hints(_within(passage, context), "the passage speaks of"),
        lambda: _leading(*_hints(context.hints(), "the document speaks of")),
        lambda: _publisher(context),
    )
    for step in steps:
        found, reason = step()
        if len(found) == 1:
            (currency,) = found
            return replace(money, unit=currency, unit_reason=reason)
        if len(found) > 1:
            return replace(money, unit_reason="ambiguous: " + " or ".join(sorted(found)) + f" ({reason})")
    return replace(money, unit_reason="nothing in the document tells the currency")


def doubt_pounds(figure: Figure, context: Context) -> Figure:
    """A figure "in pounds" on a page that neither speaks of Britain nor writes a pound sign: left open."""
    if figure.unit != "GBP" or not _POUNDS.search(figure.text):
        return figure
    found, _ = _leading(*_hints(context.hints(), ""))
    if context.signed_pounds or "GBP" in found:
        return figure
    reason = "ambiguous: pounds sterling or pounds of weight"
    return replace(figure, unit=None, dimension=None, unit_stated=False, unit_reason=reason)


def _same_matter(figure: Figure, kind: str, context: Context) -> Counter[str]:
    return context.stated.get((kind, figure.value), Counter()) if figure.value is not None else Counter()


def _within(passage: Passage, context: Context) -> Sequence[CurrencyHint]:
    hints = context.hints()
    first = bisect_left(hints, passage.start, key=lambda h: h.start)
    return hints[first : bisect_left(hints, passage.end, key=lambda h: h.start)]


def _hints(hints: Sequence[CurrencyHint], words: str) -> tuple[Counter[str], str]:
    found = Counter(hint.currency for hint in hints)
    countries = Counter(hint.country for hint in hints)
    named = " and ".join(country for country, _ in countries.most_common(3))
    return found, f"{words} {named}" if named else words


def _leading(found: Counter[str], reason: str) -> tuple[Counter[str], str]:
    """Only the currency that clearly leads: a page on Britain may name America once in passing."""
    ranked = found.most_common(2)
    if len(ranked) == 2 and ranked[0][1] >= 4 * ranked[1][1]:
        return Counter({ranked[0][0]: ranked[0][1]}), reason
    return found, reason


def _publisher(context: Context) -> tuple[Counter[str], str]:
    host = urlsplit(context.url).hostname if context.url else None
    currency = _DOMAIN_CURRENCY.get((host or "").rsplit(".", 1)[-1])
    if currency:
        return Counter([currency]), f"the publisher's domain is {host}"
    language = (context.language or "").partition("-")[2].upper()
    currency = {"GB": "GBP", "US": "USD", "IE": "EUR", "AU": "AUD", "CA": "CAD", "NZ": "NZD"}.get(language)
    return (Counter([currency]) if currency else Counter()), f"the page is in {context.language}"
