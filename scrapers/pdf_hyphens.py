"""Words that a line's end has cut in two: which lose their hyphen, which keep it, and which stay apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

_TENS = frozenset(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"])
_UNITS = frozenset(
    (
        *["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"],
        *["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"],
    )
)
_PARTS = frozenset(
    (
        *[
            "half",
            "halves",
            "third",
            "thirds",
            "quarter",
            "quarters",
            "fourth",
            "fourths",
            "fifth",
            "fifths",
            "sixth",
            "sixths",
        ],
        *["seventh", "sevenths", "eighth", "eighths", "ninth", "ninths", "tenth", "tenths", "hundredth", "hundredths"],
    )
)
#: What begins a compound far more often than a cut word.
_FIRST = frozenset(["self", "well", "non", "half", "decision", "evidence"])
#: What ends one.
_SECOND = frozenset(["based", "related", "funded", "sized", "driven", "owned", "backed"])
#: "Short-age" is one word, "short-term" two.
_MEASURES = frozenset(["high", "low", "short", "long", "full", "part", "medium", "mid", "large", "small"])
_MEASURED = frozenset(
    (
        *[
            "term",
            "time",
            "cost",
            "risk",
            "level",
            "quality",
            "scale",
            "profile",
            "speed",
            "income",
            "skilled",
            "paid",
            "price",
            "value",
        ],
        *["standing", "running", "lasting", "serving", "sized", "range", "rise"],
    )
)
_TEENS = ("teen", "een", "ty", "fold", "some")
_LEFT = re.compile(r"(?:.*[^\w])?([\w'\u2019]+)[-\u2010\u00ad]\Z", re.DOTALL)
_RIGHT = re.compile(r"([\w'\u2019]+)")
_DASH = re.compile(r".*\w[\u2013\u2014]\Z", re.DOTALL)
_HYPHENATED = re.compile(r"[a-z]+-[a-z]+(?:-[a-z]+)*")
_SOFT = "\u00ad"


def vocabulary(lines: Iterable[str]) -> Counter[str]:
    """The words of the lines, in small letters, but for the first and last of each, which may be cut."""
    words: Counter[str] = Counter()
    for line in lines:
        words.update(word.strip(".,;:!?()\"'\u201c\u201d\u2018\u2019") for word in line.lower().split()[1:-1])
    return words


def joined(left: str, right: str, known: Mapping[str, int]) -> tuple[str, str]:
    """The last word of a line as it is written before the first of the next, and what stands between.

    ``known`` are the words of the text. The hyphen goes only between small letters, and not where the text
    writes the word with it elsewhere, nor in "twenty-five" and its like; between figures it always stays.
    """
    if _DASH.match(left):
        return left, "" if right[:1].isalnum() else " "
    cut, then = _LEFT.match(left), _RIGHT.match(right)
    if cut is None:
        return left, " "
    if then is None:
        return left, " " if left[-1] != _SOFT else ""
    if left[-1] == _SOFT:
        return left[:-1], ""
    first, second = cut[1], then[1]
    if second in ("and", "or", "to") and not known.get(f"{first}{second}".lower()):
        return left, " "  # "short- and long-term"
    if first.istitle() and _is_small(second) and first.isalpha() and known.get((first + second).lower()):
        return left[:-1], ""  # "Govern-ment" at the beginning of a sentence
    if not (_is_small(first) and _is_small(second)):
        return left, ""
    return (left, "") if _keeps(first, second, right, known) else (left[:-1], "")


def _is_small(word: str) -> bool:
    return word.isalpha() and word.islower()


def _keeps(first: str, second: str, right: str, known: Mapping[str, int]) -> bool:
    """Whether a hyphen between two words in small letters is their own."""
    whole, parted = known.get(first + second, 0), known.get(f"{first}-{second}", 0)
    if whole != parted:
        return parted > whole
    if first in _TENS and second in _UNITS:
        return True
    if first in _UNITS | _TENS | {"ten", "a"} and second in _PARTS:
        return True
    if first in _FIRST or second in _SECOND or (first in _MEASURES and second in _MEASURED):
        return True
    if first in _UNITS and not second.startswith(_TEENS):
        return True
    # "three-year-old", "up-to-date": a second hyphen makes a chain.
    return _HYPHENATED.match(right) is not None
