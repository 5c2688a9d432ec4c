"""How well figures are read, measured on NewsQuant (quantities of news sentences).

``python -m benchmarks.newsquant --data DIR [--json] [--errors] [--part N] [--peer NAME]``: micro precision, recall
and F1 over quantities, matched one to one within a sentence, of the value, of value and unit, and of value
and change. The published system, CQE, has F1 92.0 / 85.6 / 88.1 on the whole set (Almasian et al.,
EMNLP 2023). The data set's names of units and its conventions are translated here, never in the
reader: it counts pence one by one and calls them points, and names things without superlatives ("one of
the best teams" -> good team). Where a convention differs on purpose, it counts as a miss.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import re
import resource
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from benchmarks.newsquant_peer import PEERS, require
from tracker.judging.levels import levels
from tracker.reading.figure_nouns import singular
from tracker.reading.figure_tokens import word_set
from tracker.reading.figures import read_figures
from tracker.reading.values import Figure

_CURRENCY_NAMES = {
    "USD": "dollar", "GBP": "pound sterling", "EUR": "euro", "ILS": "shekel", "JPY": "japanese yen",
    "HKD": "hong kong dollar", "CNY": "chinese yuan", "MYR": "malaysian ringgit", "INR": "indian rupee",
    "AUD": "australian dollar", "CAD": "canadian dollar", "NZD": "new zealand dollar",
    "SGD": "singapore dollar", "CHF": "swiss franc", "HRK": "croatian kuna",
}  # fmt: skip
_UNIT_NAMES = {"percent": "percentage", "time": "count", "person": "people", "square foot": "square feet"}
#: How often all sentences are read for the speed: the best pass is steady within some per cent.
_PASSES = 10
_TREND_NOUN = re.compile(
    r"\s(?:[a-z]{2,20}\s)?"
    r"(?:rise|increase|gain|jump|growth|surge|boost|drop|fall|decline|decrease|loss|cut|dip)\b"
)
_SKIPPED = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "and",
        "or",
        "its",
        "their",
        "his",
        "her",
        "this",
        "that",
        "these",
        "those",
        "in",
        "for",
        "to",
        "s",
    ]
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity in the data set's own terms: the bounds of its value, its unit and its change."""

    low: float
    high: float
    unit: str
    change: str


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one measure over all sentences."""

    right: int
    predicted: int
    expected: int

    @property
    def precision(self) -> float:
        """The share of what was read that is right, 0 to 1."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """The share of what there is that was read, 0 to 1."""
        return self.right / self.expected if self.expected else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, 0 to 1."""
        total = self.predicted + self.expected
        return 2 * self.right / total if total else 0.0


def _expected(entry: dict[str, str]) -> Quantity:
    value = entry["value"].replace(" ", "")
    low, dash, high = value.partition("-") if "-" in value[1:] and "E-" not in value else (value, "", value)
    if value.startswith("-"):
        low = high = value
    change = entry["change"]
    return Quantity(float(low), float(high), entry["normalized_unit"].lower().strip(), change)


def _unit(figure: Figure) -> str:
    """The data set's name of a figure's unit."""
    unit = figure.unit
    if unit is None:
        return "-"
    if figure.dimension == "money":
        name = _CURRENCY_NAMES.get(unit, unit.lower())
        return f"{name} per {figure.of.split()[-1].split('-')[-1]}" if figure.of else name
    if figure.dimension == "age":
        return f"{unit} of age"
    if unit == "fraction":
        return f"% {_phrase(figure.of)}" if figure.of else "% -"
    if figure.dimension == "count" and figure.of and unit != "time" and " per " not in unit:
        return _phrase(figure.of)
    return _UNIT_NAMES.get(unit, unit).lower()


def _phrase(of: str) -> str:
    """A noun phrase as the data set names it: without function words, its last word in the singular."""
    words = [word for word in of.replace("-", "-").split() if word.lower() not in _SKIPPED]
    if not words:
        return "-"
    words[-1] = words[-1] if words[-1].lower() == "people" else singular(words[-1])
    return " ".join(_plain(word.lower()) for word in words if word.lower() != "most")


_POSITIVES = {"best": "good", "worst": "bad", "biggest": "big", "hottest": "hot", "wealthiest": "wealthy"}
_SUPERLATIVE = re.compile(r"(?P<stem>[a-z]{3,}?)(?P<y>i?)est\Z")
_NO_SUPERLATIVES = word_set("forest interest contest protest harvest request arrest quest guest chest invest")


def _plain(word: str) -> str:
    """A word as the data set has it: the positive of a superlative, no genitive."""
    word = re.sub(r"['’]s?\Z", "", word)
    if word in _POSITIVES or word in _NO_SUPERLATIVES:
        return _POSITIVES.get(word, word)
    found = _SUPERLATIVE.match(word)
    if found is None:
        return word
    return found["stem"] + ("y" if found["y"] else "e" if found["stem"].endswith(("rg", "c", "v")) else "")


def _change(figure: Figure, behind: str) -> str:
    """The data set has one field for comparator and trend: a bound wins, then the trend, then "about".

    It marks a change by its verb only: "a 3 % drop" has none there. A change from one level to another has none
    either.
    """
    if figure.comparator in (">", ">="):
        return ">"
    if figure.comparator in ("<", "<="):
        return "<"
    # "From 24 to 33-35 billion" has three numbers, and is a change from one level to another all the same.
    between = levels(figure) is not None or (figure.value is None and " to " in figure.text)
    if between or (figure.trend and _TREND_NOUN.match(behind)):
        return figure.comparator
    return figure.trend or figure.comparator


#: Pence: the data set counts them one by one, and calls them points.
_PENCE = re.compile(r"[0-9] ?p\Z")


def _read(text: str) -> list[Quantity]:
    read: list[Quantity] = []
    for figure in read_figures(text):
        low, high = figure.low, figure.high
        if low is None or high is None:
            continue
        change = _change(figure, text[figure.end : figure.end + 32])
        if figure.unit == "GBP" and _PENCE.search(figure.text):
            read.append(Quantity(low * 100, high * 100, "point", change))
        else:
            read.append(Quantity(low, high, _unit(figure), change))
    return read


def _same_value(one: Quantity, two: Quantity) -> bool:
    return math.isclose(one.low, two.low, rel_tol=1e-5) and math.isclose(one.high, two.high, rel_tol=1e-5)


_MEASURES: dict[str, Callable[[Quantity, Quantity], bool]] = {
    "value": _same_value,
    "value_unit": lambda one, two: _same_value(one, two) and one.unit == two.unit,
    "value_change": lambda one, two: _same_value(one, two) and one.change == two.change,
}


def _matched(read: list[Quantity], expected: list[Quantity], same: Callable[[Quantity, Quantity], bool]) -> int:
    """The largest number of pairs in which each quantity stands once (augmenting paths)."""
    partner: dict[int, int] = {}

    def place(mine: int, tried: set[int]) -> bool:
        for theirs, quantity in enumerate(expected):
            if theirs in tried or not same(read[mine], quantity):
                continue
            tried.add(theirs)
            if theirs not in partner or place(partner[theirs], tried):
                partner[theirs] = mine
                return True
        return False

    return sum(place(mine, set()) for mine in range(len(read)))


def _in_part(text: str, part: int | None) -> bool:
    return part is None or int(hashlib.sha256(text.encode()).hexdigest(), 16) % 3 == part


def _load(folder: Path, parts: Iterable[int] | None) -> list[tuple[str, list[Quantity]]]:
    path = folder / "quantities.json"
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise SystemExit(f"newsquant: cannot read {path}: {error}; give the folder with --data") from error
    try:
        sentences = [(_words(entry), [_expected(quantity) for quantity in entry["quantities"]]) for entry in entries]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise SystemExit(
            f"newsquant: {path} is no list of sentences with their quantities ({type(error).__name__}: {error})"
        ) from error
    if parts is not None:
        sentences = [one for one in sentences if any(_in_part(one[0], part) for part in parts)]
    if not any(expected for _, expected in sentences):
        raise SystemExit(f"newsquant: no quantity to measure in {path}")
    return sentences


def _words(entry: dict[str, Any]) -> str:
    if not isinstance(entry["text"], str):
        raise TypeError("a text that is no string")
    return entry["text"]


_Sentences = list[tuple[str, list[Quantity]]]


def measure(sentences: _Sentences, read: Callable[[str], list[Quantity]] = _read) -> dict[str, Score]:
    """The three scores of a reader (ours, unless another is given) over sentences with their expected quantities."""
    scores: dict[str, Score] = {}
    readings = [(read(text), expected) for text, expected in sentences]
    predicted = sum(len(found) for found, _ in readings)
    wanted = sum(len(expected) for _, expected in readings)
    for name, same in _MEASURES.items():
        right = sum(_matched(found, expected, same) for found, expected in readings)
        scores[name] = Score(right, predicted, wanted)
    return scores


def _speed(texts: list[str], read: Callable[[str], object], times: int) -> float:
    """Sentences a second of one core: processor time, best of several passes, as others share the machine."""
    best = math.inf
    for _ in range(times):
        begun = time.process_time()
        for text in texts:
            read(text)
        best = min(best, time.process_time() - begun)
    return len(texts) / max(best, 1e-9)


def _peak() -> float:
    """The most memory that this process has held so far, in MB: interpreter, sentences and reader together."""
    # The unit is kilobytes on Linux, bytes on macOS.
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6


def _of_peer(name: str, sentences: _Sentences) -> dict[str, Any]:
    """A peer's scores and speed on the same sentences, as they are printed."""
    read = PEERS[name]()
    averaged = [
        (text, [replace(q, low=(q.low + q.high) / 2, high=(q.low + q.high) / 2) for q in expected])
        for text, expected in sentences
    ]

    def quantities(text: str) -> list[Quantity]:
        return [Quantity(value, value, unit, "=") for value, unit in read(text)]

    speed = _speed([text for text, _ in sentences], read, 3)
    return {"name": name, **_table(measure(averaged, quantities)), "sentences_per_second": round(speed, 1)}


def _table(scores: dict[str, Score]) -> dict[str, dict[str, float]]:
    return {
        name: {
            "precision": round(score.precision, 4),
            "recall": round(score.recall, 4),
            "f1": round(score.f1, 4),
        }
        for name, score in scores.items()
    }


def _print_table(table: dict[str, Any]) -> None:
    for name in _MEASURES:
        row = table[name]
        print(f"{name:13} precision {row['precision']:.3f}  recall {row['recall']:.3f}  F1 {row['f1']:.3f}")


def _show_errors(sentences: list[tuple[str, list[Quantity]]]) -> None:
    for text, expected in sentences:
        figures = read_figures(text)
        read = _read(text)
        fine = all(_matched(read, expected, same) == len(read) == len(expected) for same in _MEASURES.values())
        if fine:
            continue
        print(text)
        for quantity in expected:
            print(f"   expected {quantity.change:5} {quantity.low:g}-{quantity.high:g} {quantity.unit}")
        for figure, quantity in zip(figures, read, strict=False):
            print(
                f"   read     {quantity.change:5} {quantity.low:g}-{quantity.high:g} {quantity.unit}  [{figure.text}]"
            )


def main(arguments: list[str] | None = None) -> int:
    """Run the measurement and print it; exit status 0. Data that are missing, empty or no such data: status 1."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.newsquant", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds quantities.json")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--errors", action="store_true", help="print every sentence that is not read right")
    parser.add_argument(
        "--part", type=int, choices=range(3), action="append", help="only this third of the sentences (0, 1, 2)"
    )
    parser.add_argument("--peer", choices=sorted(PEERS), help="a published reader to run beside ours")
    options = parser.parse_args(arguments)
    if options.peer:
        require(options.peer)
    sentences = _load(options.data, options.part)
    table: dict[str, Any] = dict(_table(measure(sentences)))
    speed = _speed([text for text, _ in sentences], read_figures, _PASSES)
    # Before a peer is loaded, whose memory is not the reader's.
    peak = _peak()
    if options.errors:
        _show_errors(sentences)
    peer = _of_peer(options.peer, sentences) if options.peer else None
    if options.json:
        table |= {"sentences_per_second": round(speed, 1), "peak_mb": round(peak, 2)}
        print(json.dumps(table | ({} if peer is None else {"peer": peer})))
        return 0
    _print_table(table)
    print(f"{len(sentences)} sentences, {speed:.0f} a second, {peak:.1f} MB at the peak")
    if peer is not None:
        print(f"\n{peer['name']}: {peer['sentences_per_second']:.0f} sentences a second")
        _print_table(peer)
    return 0


if __name__ == "__main__":
    sys.exit(main())
