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

from tracker.reading.units import CurrencyHint, currencies_called, currency_hints
from tracker.reading.values import Figure, Passage

_POUNDS = re.compile(r"pounds?$", re.IGNORECASE)
#: A dollar that many countries call so: "$3m", "3 million dollars", but not "US$3m" nor "3 million US dollars".
_PLAIN_DOLLAR = re.compile(r"[-−]?[$＄][ \u00a0]?[0-9.]|.*(?:dollars?|bucks?)\b", re.IGNORECASE | re.DOTALL)
_WHOSE_DOLLAR = re.compile(r"\b(?:US|U\.S\.|USD|American)(?![A-Za-z])|US\$|\$US", re.IGNORECASE)
#: Stands for a dollar of an unknown country among the units stated.
_PLAIN = "$"
_CENTS = re.compile(r"\bcents?\b", re.IGNORECASE)
_POUND_COUNTRIES = currencies_called("pound") - {"GBP"}
_SPEAKS_OF = "the document speaks of"
_DOLLARS = currencies_called("dollar")
#: Whose hundredths are cents.
_WITH_CENTS = _DOLLARS | {"EUR", "ZAR"}
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
        unit = _PLAIN if is_plain_dollar(figure) else figure.unit or ""
        by_matter.setdefault((kind, figure.value), Counter())[unit] += 1
    signed = any(figure.unit == "GBP" and not _POUNDS.search(figure.text) for figure, _ in stated)
    return Context(hints, url, language, by_matter, signed)


def infer_currency(figure: Figure, kind: str, passage: Passage, context: Context) -> Figure:
    """The figure as a sum of money, with the currency that the context gives and the reason, or none."""
    money = replace(figure, dimension="money", unit=None, unit_stated=False)
    allowed = _WITH_CENTS if _CENTS.search(figure.text) else None
    steps: tuple[Callable[[], tuple[Counter[str], str]], ...] = (
        lambda: (_same_sum(figure, kind, passage, context), "stated elsewhere for the same matter"),
        lambda: _hints(_within(passage, context), "the passage speaks of"),
        lambda: _leading(*_hints(context.hints(), _SPEAKS_OF)),
        lambda: _publisher(context),
    )
    for step in steps:
        found, reason = step()
        found = Counter({code: many for code, many in found.items() if allowed is None or code in allowed})
        if len(found) == 1:
            (currency,) = found
            return replace(money, unit=currency, unit_reason=reason)
        if len(found) > 1:
            return replace(money, unit_reason="ambiguous: " + " or ".join(sorted(found)) + f" ({reason})")
    return replace(money, unit_reason="nothing in the document tells the currency")


def is_plain_dollar(figure: Figure) -> bool:
    """Whether a figure is in dollars without a word of whose they are."""
    plain = figure.unit == "USD" and _PLAIN_DOLLAR.match(figure.text) is not None
    return plain and _WHOSE_DOLLAR.search(figure.text) is None


def doubt_dollars(figure: Figure, kind: str, passage: Passage, context: Context) -> Figure:
    """A plain dollar on a page of another country's dollars: that country's, as inferred, or open between two.

    On a page that speaks of no such country, or first of all of America, it is the American dollar, as the table
    of currencies has it.
    """
    if not is_plain_dollar(figure):
        return figure
    leading, _ = _dollars(_leading(*_hints(context.hints(), "")))
    published, _ = _dollars(_publisher(context))
    others = {*leading, *published} - {"USD"}
    if not others or set(leading or published) == {"USD"}:
        return figure
    passing = _in_passing(figure, passage, context)
    if passing and not published and not _same_matter(figure, kind, context):
        # "The first tour to gross over $1 billion": that one of its towns is named behind tells nothing of the sum.
        codes = " or ".join(sorted({"USD", *(hint.currency for hint in passing)}))
        reason = f"ambiguous: {codes} ({_hints(passing, 'only behind the sum the page speaks of')[1]})"
        return replace(figure, unit=None, unit_stated=False, unit_reason=reason)
    steps: tuple[Callable[[], tuple[Counter[str], str]], ...] = (
        lambda: (_same_matter(figure, kind, context), "stated elsewhere for the same matter"),
        lambda: _hints([] if passing else _of_dollars(_within(passage, context)), "the passage speaks of"),
        lambda: _leading(*_hints([] if passing else _of_dollars(context.hints()), _SPEAKS_OF)),
        lambda: _publisher(context),
    )
    for step in steps:
        found, reason = _dollars(step())
        if len(found) == 1:
            (currency,) = found
            return replace(figure, unit=currency, unit_stated=False, unit_reason=reason)
        if found:
            reason = "ambiguous: " + " or ".join(sorted(found)) + f" ({reason})"
            return replace(figure, unit=None, unit_stated=False, unit_reason=reason)
    return figure


def _in_passing(figure: Figure, passage: Passage, context: Context) -> list[CurrencyHint]:
    """The countries of dollars of a page that names none but behind the figure, in its own passage; else empty."""
    hints = _of_dollars(context.hints())
    behind = all(figure.end <= hint.start < passage.end for hint in hints)
    return hints if behind else []


def _of_dollars(hints: Sequence[CurrencyHint]) -> list[CurrencyHint]:
    return [hint for hint in hints if hint.currency in _DOLLARS]


def _dollars(step: tuple[Counter[str], str]) -> tuple[Counter[str], str]:
    found, reason = step
    return Counter({code: many for code, many in found.items() if code in _DOLLARS}), reason


def doubt_pounds(figure: Figure, context: Context) -> Figure:
    """A figure "in pounds" on a page that neither speaks of Britain nor writes a pound sign.

    It is of the country of pounds that the page speaks of (Egypt), as inferred, else left open.
    """
    if figure.unit != "GBP" or not _POUNDS.search(figure.text):
        return figure
    found, _ = _leading(*_hints(context.hints(), ""))
    if context.signed_pounds or "GBP" in found:
        return figure
    others = set(found) & _POUND_COUNTRIES
    if len(others) == 1:
        (currency,) = others
        return replace(figure, unit=currency, unit_stated=False, unit_reason=_hints(context.hints(), _SPEAKS_OF)[1])
    reason = "ambiguous: pounds sterling or pounds of weight"
    return replace(figure, unit=None, dimension=None, unit_stated=False, unit_reason=reason)


def _same_matter(figure: Figure, kind: str, context: Context) -> Counter[str]:
    stated = context.stated.get((kind, figure.value), Counter()) if figure.value is not None else Counter[str]()
    return Counter({unit: many for unit, many in stated.items() if unit != _PLAIN})


def _same_sum(figure: Figure, kind: str, passage: Passage, context: Context) -> Counter[str]:
    """The units in which the same sum is stated; a plain dollar is of whom it would be here."""
    found = _same_matter(figure, kind, context)
    if figure.value is not None and _PLAIN in context.stated.get((kind, figure.value), ()):
        dollar = doubt_dollars(replace(figure, text="$1", unit="USD"), kind, passage, context)
        found.update([dollar.unit] if dollar.unit else [])
    return found


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
