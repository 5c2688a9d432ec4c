"""Second thoughts about figures already read: what their own words or those around them make doubtful."""

from __future__ import annotations

import re

from tracker.reading.replacing import replace
from tracker.reading.values import Figure

# "between £2 and £3 billion": the scale word stands for both ends.
_SHARED_SCALE = re.compile(
    r"\D{0,3}(?P<low>\d[\d,.]*)\s*(?:and|to|or|-|\u2013)\s*\D{0,3}\d[\d,.]*[\s\u00a0-]*(?P<scale>million|billion|trillion|thousand|bn|tn|m|k)\b",
    re.IGNORECASE,
)
_SCALES = {"thousand": 1e3, "k": 1e3, "million": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9, "trillion": 1e12, "tn": 1e12}
# "£22.9m plus £3.7m" adds a sum; "£22.9m plus" is that much or more.
_PLUS_A_SUM = re.compile(r"\s+plus\s+[\u00a3$\u20ac]?\d|(?<=plus)\s+[\u00a3$\u20ac]?\d", re.IGNORECASE)
_YEARS = re.compile(r"(?:19|20)\d\d\s*(?:and|to|-|\u2013)\s*(?:19|20)?\d\d\b")
_LEAST = re.compile(r"\s+at the very (?P<end>least|most)\b", re.IGNORECASE)


def settled(text: str, figures: list[Figure]) -> list[Figure]:
    """The figures with shared scales given to both ends, and without those that are no quantities."""
    kept: list[Figure] = []
    for figure in figures:
        if _is_years(text, figure):
            continue
        kept.append(_compared(text, _scaled(figure)))
    return kept


def _scaled(figure: Figure) -> Figure:
    if figure.low is None or figure.high is None or figure.low >= figure.high:
        return figure
    shared = _SHARED_SCALE.match(figure.text)
    if shared is None:
        return figure
    scale = _SCALES[shared["scale"].lower()]
    # Only where the lower end was read as it stands, without the scale.
    if figure.low >= scale or figure.low * scale > figure.high:
        return figure
    return replace(figure, low=figure.low * scale)


def _compared(text: str, figure: Figure) -> Figure:
    if figure.comparator == ">=" and _PLUS_A_SUM.match(text, figure.end):
        return replace(figure, comparator="=")
    if figure.comparator == "=" and "-odd " in figure.text:
        # "£30-odd million".
        return replace(figure, comparator="~")
    least = _LEAST.match(text, figure.end)
    if least is not None and figure.comparator == "=":
        return replace(figure, comparator=">=" if least["end"].lower() == "least" else "<=")
    return figure


def _is_years(text: str, figure: Figure) -> bool:
    """ "Between 2010 and 2013 staff …": the years are no count of staff."""
    return figure.value is None and figure.dimension in {"count", None} and _YEARS.match(figure.text) is not None
