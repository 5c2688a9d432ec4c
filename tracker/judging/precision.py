"""To which place a figure is written, read off its own words: digits, scale words, fractions, shares.

The reader has already said what the words are worth; here only the last written place is looked for. Digits
are held against the value: "2.3 million" has the digits 23, which are 2,300,000 at a place of 100,000. So no
list of scales, signs or minor units is needed for them, and pence and "k" come out right by themselves.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from tracker.reading.values import Figure

#: Whole numbers written out are exact below this, and above it unless they end in three zeros.
_EXACT_BELOW = 10_000


@dataclass(frozen=True, slots=True)
class Precision:
    """How far to each side a written number may lie, and the place of its last digit, both in the figure's unit.

    ``half`` 0 is exact. ``place`` 0 says that none was found (vague amounts, measures in two parts).
    ``rounds`` is True where a value at the far edge is written otherwise; a fraction's edges belong to it.
    """

    half: float = 0.0
    place: float = 0.0
    rounds: bool = True

    @property
    def is_fraction(self) -> bool:
        """Whether the number is stated as a fraction: whoever wrote it chose among fractions."""
        return not self.rounds


def precisions(figure: Figure) -> tuple[Precision, Precision]:
    """The precision of a figure's low and of its high end; equal where it has one value."""
    low, high, text = figure.low, figure.high, figure.text
    if figure.value is not None and low is not None and high is not None and low < high:
        # A stated tolerance says itself how far the value goes.
        return Precision(), Precision()
    if low is None or high is None or low == high:
        end = next((end for end in (figure.value, low, high) if end is not None), 0.0)
        one = _of_value(text, end, figure.unit == "fraction")
        return one, one
    return _of_ends(text, low, high)


def _of_ends(text: str, low: float, high: float) -> tuple[Precision, Precision]:
    """Each end by its own digits, in the order in which they are written."""
    runs = list(_DIGITS.finditer(text))
    if len(runs) == 2:
        cut = runs[0].end()
        first, second = text[:cut], text[cut:]
        if (one := _of_digits(first, low)) and (two := _of_digits(second, high)):
            return one, two
        if (one := _of_digits(second, low)) and (two := _of_digits(first, high)):
            return one, two
    if not runs and _VAGUE.search(text):
        # Nothing was counted that could be rounded.
        return Precision(), Precision()
    return _of_value(text, low, False), _of_value(text, high, False)


_VAGUE = re.compile(r"\b(?:tens|dozens|scores|hundreds|thousands|millions|billions|trillions)\b", re.IGNORECASE)


def is_vague(figure: Figure) -> bool:
    """Whether a figure is a plural of a scale ("hundreds of people"), which the press leaves open upwards."""
    counted = figure.value is None and figure.low is not None
    return counted and _VAGUE.search(figure.text) is not None and _DIGITS.search(figure.text) is None


_SLASHED = re.compile(r"[0-9]\s?[/⁄]\s?([0-9]{1,3})(?![0-9])")
_VULGAR = dict(zip("½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞", (2, 3, 3, 4, 4, 5, 5, 5, 5, 6, 6, 7, 8, 8, 8, 8), strict=True))


def _of_value(text: str, value: float, share: bool) -> Precision:
    if share and (parts := _parts_of_share(text)):
        return _of_fraction(parts, 1.0)
    slashed = _SLASHED.search(text)
    parts = int(slashed[1]) if slashed else next((n for sign, n in _VULGAR.items() if sign in text), 0)
    if parts:
        return _of_fraction(parts, _factor(value, parts))
    return _of_digits(text, value) or _of_words(text, value)


def _of_fraction(parts: int, scale: float) -> Precision:
    """A fraction n/d is ± 0.5/d²; of a scale ("half a million") no more than half a tenth of it, as 0.5 million is."""
    if scale > 1:
        return Precision(min(0.5 / parts**2, 0.05) * scale, scale / max(parts, 10))
    return Precision(0.5 / parts**2, 1 / parts, rounds=False)


def _factor(value: float, parts: int) -> float:
    """The scale of "2½ million": the largest power of ten of which the value has whole parts."""
    for power in (12, 9, 6, 3):
        count = value * parts / 10.0**power
        if abs(count) > 0.5 and _whole(count):
            return 10.0**power
    return 1.0


_DIGITS = re.compile(r"(?:[0-9]{1,24}(?:[.,\u00b7\u00a0\u2009\u202f][0-9]{1,24}){0,12}|\.[0-9]{1,24})(?![0-9])")
_DECIMALS = re.compile(r"(?:[.\u00b7]|,(?![0-9]{3}(?![0-9])))([0-9]+)\Z")


def _of_digits(text: str, value: float) -> Precision | None:
    """The precision by the first digits of a text that are the value, but for a power of ten."""
    for match in _DIGITS.finditer(text):
        written, decimals = match[0], _DECIMALS.search(match[0])
        digits = int("".join(sign for sign in written if sign in "0123456789"))
        if digits == 0 and value == 0:
            return Precision(10.0 ** -len(decimals[1]) / 2, 10.0 ** -len(decimals[1])) if decimals else _exact(1.0)
        exponent = _exponent(digits, value)
        if exponent is None:
            continue
        place = float(f"1e{exponent}")
        if exponent <= 0 and decimals is None:
            return _exact(place) if _is_exact(digits) else Precision(500 * place, 1000 * place)
        return Precision(place / 2, place)
    return None


def _exact(place: float) -> Precision:
    return Precision(0.0, place)


def _is_exact(whole: float) -> bool:
    return abs(whole) < _EXACT_BELOW or whole % 1000 != 0


def _exponent(digits: int, value: float) -> int | None:
    """The power of ten that makes the value of digits, None where none does (a measure in two parts)."""
    if not digits or not value or not math.isfinite(value):
        return None
    exponent = round(math.log10(abs(value)) - math.log10(digits))
    if not -30 <= exponent <= 30:
        return None
    return exponent if math.isclose(digits * float(f"1e{exponent}"), abs(value), rel_tol=1e-9) else None


_SCALES = {
    "thousand": 1e3, "grand": 1e3, "lakh": 1e5, "million": 1e6, "crore": 1e7, "billion": 1e9, "trillion": 1e12,
}  # fmt: skip
_PARTS = {
    "half": 2, "halves": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10, "twelfth": 12, "twentieth": 20, "hundredth": 100, "thousandth": 1000,
}  # fmt: skip
_WORD = re.compile(r"[a-z]+", re.IGNORECASE)


def _of_words(text: str, value: float) -> Precision:
    """The precision of a number in words: fractions, else the scale word that it ends with ("two million")."""
    words = [word.lower() for word in _WORD.findall(text)]
    scale = _last_scale(words)
    parts = next((_PARTS.get(word) or _PARTS.get(word.removesuffix("s")) or 0 for word in words if _is_part(word)), 0)
    whole = _whole(value / scale)
    if parts and not whole and _whole(value / scale * parts):
        return _of_fraction(parts, scale)
    if scale > 1 and whole:
        return Precision(scale / 2, scale)
    if not _whole(value):
        return Precision()
    return _exact(1.0)


def _is_part(word: str) -> bool:
    return word in _PARTS or word.removesuffix("s") in _PARTS


def _whole(value: float) -> bool:
    return abs(value - round(value)) < 1e-9 * max(1.0, abs(value))


def _last_scale(words: list[str]) -> float:
    """The last scale word, times those that stand directly before it ("thousand million")."""
    scale = 1.0
    for word in reversed(words):
        if word in _SCALES:
            scale *= _SCALES[word]
        elif scale > 1:
            break
    return scale


_OUT_OF = re.compile(r"\b(?:in|out of)(?: every)?[\s\u00a0]+(?=[a-z0-9])", re.IGNORECASE)
_SPELLED = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip


def _parts_of_share(text: str) -> int:
    """The second number of "one in five", "3 out of 10"; 0 where the text is no share."""
    places = [match.end() for match in _OUT_OF.finditer(text)]
    if not places:
        return 0
    behind = text[places[-1] :]
    digits = _DIGITS.match(behind)
    if digits is not None:
        return int(re.sub(r"[^0-9]", "", digits[0])) if "." not in digits[0] else 0
    total, current = 0, 0
    for word in _WORD.findall(behind.lower()):
        if word in _SPELLED:
            current += _SPELLED[word]
        elif word == "hundred":
            current = max(current, 1) * 100
        elif word in ("thousand", "million"):
            total, current = total + max(current, 1) * int(_SCALES[word]), 0
        elif word not in ("a", "an", "and"):
            break
    return total + current
