"""A figure in a few words, as people write it; always with what is inferred marked."""

from __future__ import annotations

import re
from datetime import date
from typing import Protocol

from tracker.judging.levels import Changing, levels

_SIGNS = {"GBP": "\u00a3", "EUR": "\u20ac", "USD": "$"}
_WORDS = {">": "over ", ">=": "at least ", "<": "under ", "<=": "up to ", "~": "about ", "=": ""}


class FigureLike(Changing, Protocol):
    """Any value with the fields of a figure: the reader's own, or one from the database."""

    @property
    def unit(self) -> str | None: ...
    @property
    def unit_stated(self) -> bool: ...
    @property
    def dimension(self) -> str | None: ...
    @property
    def comparator(self) -> str: ...
    @property
    def date(self) -> str | None: ...


def number_in_words(number: float) -> str:
    """A number with its thousands set off and no needless decimals: ``1,749``, ``0.6667``."""
    if abs(number) < 1e15 and float(number).is_integer():
        return f"{int(number):,}"
    return f"{number:,.4f}".rstrip("0").rstrip(".") if abs(number) < 1e15 else f"{number:.6g}"


def figure_in_words(figure: FigureLike) -> str:
    """The figure in short: ``over \u00a320,000,000 (currency inferred)``, ``252 times``, ``10 to 12 %``.

    A change from one level to another is told in its order: ``from \u00a314 to \u00a39``.
    """
    comparator = _WORDS.get(figure.comparator, "")
    if figure.dimension == "date":
        before = {">=": "not before ", ">": "after ", "<": "before ", "<=": "by "}.get(figure.comparator, "")
        return before + (date_in_words(figure.date) if figure.date else " ".join(figure.text.split()))
    if figure.unit == "fraction" and getattr(figure, "corrected_by", None) is None:
        return comparator + " ".join(figure.text.split())
    if figure.value is not None:
        number = _with_unit(figure, _amount(figure, figure.value))
    elif (change := levels(figure)) is not None:
        # What bounds the level before stands before it: "from over £14m to £9m".
        before = _SIGNS.get(figure.unit or "", "") + _amount(figure, change[0])
        number = f"from {comparator}{before} to {_with_unit(figure, _amount(figure, change[1]))}"
        comparator = ""
    elif figure.low is not None and figure.high is not None:
        number = _with_unit(figure, f"{number_in_words(figure.low)} to {number_in_words(figure.high)}")
    elif figure.low is not None or figure.high is not None:
        bound = figure.low if figure.low is not None else figure.high
        number = _with_unit(figure, number_in_words(bound if bound is not None else 0.0))
    else:
        return figure.text
    # The reader's own figures know nothing of people: only one from the database can be confirmed.
    settled = figure.unit_stated or getattr(figure, "confirmed_by", None) is not None
    return comparator + number + ("" if settled else _doubt(figure))


def _doubt(figure: FigureLike) -> str:
    """What is told of a unit that the text does not state: only of money it is a currency."""
    what = "currency" if figure.dimension == "money" else "unit"
    return f" ({what} {'inferred' if figure.unit else 'not known'})"


def _amount(figure: FigureLike, number: float) -> str:
    """A sum has pence where it is no round one: 9.10, not 9.1."""
    if figure.dimension == "money" and not float(number).is_integer() and abs(number) < 1e6:
        return f"{number:,.2f}"
    return number_in_words(number)


def _with_unit(figure: FigureLike, number: str) -> str:
    unit = figure.unit
    if unit is None or unit == "fraction":
        return number
    if unit in _SIGNS:
        return _SIGNS[unit] + number
    if figure.dimension == "money":
        return f"{number} {unit}"
    if unit == "percent":
        return f"{number} %"
    singular = number == "1"
    if singular:
        return f"{number} {unit}"
    return f"{number} {plural(unit)}"


_IRREGULAR = {"person": "people", "woman": "women", "man": "men", "child": "children", "life": "lives",
              "foot": "feet", "tooth": "teeth", "wife": "wives"}  # fmt: skip


def plural(noun: str) -> str:
    """The plural of a unit, regular or of the commoner irregular ones."""
    if " per " in noun:
        thing, _, period = noun.partition(" per ")
        return f"{plural(thing)} per {period}"
    if noun.endswith(("hertz", "celsius", "fahrenheit")):
        return noun
    if noun in {"people", "staff", "police", "series", "species"}:
        return noun
    if noun in _IRREGULAR:
        return _IRREGULAR[noun]
    if noun.endswith("man") and noun not in {"human", "german", "roman"}:
        return noun[:-3] + "men"
    if noun.endswith("y") and noun[-2:-1] not in set("aeiou"):
        return noun[:-1] + "ies"
    if noun.endswith(("s", "x", "ch", "sh")):
        return noun + "es"
    return noun + "s"


#: What these begin says by itself how it belongs to the figure: "a year", "per share".
_RATE = re.compile(r"(?:an?|per|each|every)\b|/", re.IGNORECASE)


def counted_in_words(unit: str | None, of: str | None) -> str:
    """What the figure is of, as it stands behind it: "of call handlers", "a year"; "" where the unit says it.

    "612 callers of callers" says it twice, "2,000 logs of call logs" nearly so: the last words are the head.
    """
    shown = " ".join((of or "").split())
    if not shown:
        return ""
    thing = (unit or "").casefold().partition(" per ")[0]
    head = shown.casefold().partition(" per ")[0]
    if thing and any(f" {head}".endswith(f" {form}") for form in (thing, plural(thing), f"{thing}s", f"{thing}es")):
        return ""
    return shown if _RATE.match(shown) else f"of {shown}"


_WEEK = re.compile(r"(\d{4})-W(0[1-9]|[1-4]\d|5[0-2])")
_SEASONS = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}
_MONTHS = (
    "",
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


_QUARTERS = {"33": "first quarter", "34": "second quarter", "35": "third quarter", "36": "fourth quarter",
             "40": "first half", "41": "second half"}  # fmt: skip
_PERIOD = re.compile(r"(?P<year>\d{4}|-)-(?P<code>2[1-4]|3[3-6]|4[01])")
_DECADE = re.compile(r"(?P<century>\d\d|XX)(?P<tens>\d)X")
_CENTURY = re.compile(r"(\d\d)XX")
_OPEN_YEAR = re.compile(r"XX(\d\d)")


def date_in_words(iso: str) -> str:
    """A partial date (ISO 8601, ISO 8601-2) as a reader writes it; what is none comes back as it is.

    ``2020-09`` as "September 2020", ``--09`` as "September (year not stated)", ``2026-21`` as "spring 2026",
    ``2019-35`` as "third quarter of 2019", ``199X`` as "1990s", ``2010/2013`` as "2010 to 2013".
    """
    first, _, last = iso.partition("/")
    if last:
        return f"{date_in_words(first)} to {date_in_words(last)}"
    week = _WEEK.fullmatch(iso)
    if week is not None:
        monday = date.fromisocalendar(int(week[1]), int(week[2]), 1)
        return f"the week of {date_in_words(monday.isoformat())}"
    return _long_in_words(iso) or _day_in_words(iso)


def _long_in_words(iso: str) -> str | None:
    """Seasons, quarters, decades and centuries in words, None for what is none of them."""
    period = _PERIOD.fullmatch(iso)
    if period is not None:
        name = _SEASONS.get(period["code"]) or _QUARTERS[period["code"]]
        if period["year"] == "-":
            return f"{name} (year not stated)"
        return f"{name} {period['year']}" if period["code"] in _SEASONS else f"{name} of {period['year']}"
    decade, century, year = _DECADE.fullmatch(iso), _CENTURY.fullmatch(iso), _OPEN_YEAR.fullmatch(iso)
    if decade is not None:
        return f"’{decade['tens']}0s" if decade["century"] == "XX" else f"{iso[:3]}0s"
    if century is not None:
        return f"{int(century[1])}00s"
    return f"’{year[1]}" if year is not None else None


def _day_in_words(iso: str) -> str:
    if iso.startswith("--"):
        parts = iso[2:].split("-")
        day = f"{int(parts[1])} " if len(parts) > 1 and parts[1].isdigit() else ""
        return (
            f"{day}{_MONTHS[int(parts[0])]} (year not stated)" if parts[0].isdigit() and 0 < int(parts[0]) < 13 else iso
        )
    parts = iso.split("-")
    if len(parts) > 1 and parts[1].isdigit() and 0 < int(parts[1]) < 13:
        day = f"{int(parts[2][:2])} " if len(parts) > 2 and parts[2][:2].isdigit() else ""
        return f"{day}{_MONTHS[int(parts[1])]} {parts[0]}"
    return iso
