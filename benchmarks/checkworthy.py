"""Which sentences are worth checking, against labels: ``python -m benchmarks.checkworthy --data FILE_OR_DIR [--json]``.

FILE holds one sentence a line, a JSON object with ``text`` and ``label`` (Yes or No), as CLEF CheckThat!
gives them; of a folder, its ``dev.jsonl`` is measured. Precision, recall and F1 are those of Yes at the
threshold that ships with the model (chosen on training data alone); ``average_precision`` is that of the
ranking, whatever the threshold. ``has_a_digit`` is the same measure of the rule that a digit makes a
sentence worth checking. ``sentences_per_second`` is the speed on one core.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tracker.judging.checkworthy import MODEL, worth_checking


@dataclass(frozen=True, slots=True)
class Labelled:
    """A sentence, and whether it is worth checking."""

    text: str
    label: bool


def sentences(path: Path) -> list[Labelled]:
    """The labelled sentences of a file. Raises ValueError for a line that is none, or where no Yes is among them."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        row = json.loads(line)
        if not isinstance(row, dict) or not isinstance(row.get("text"), str) or row.get("label") not in ("Yes", "No"):
            raise ValueError(f"line {number} is no sentence with text and label")
        found.append(Labelled(row["text"], row["label"] == "Yes"))
    if not any(one.label for one in found):
        raise ValueError("no sentence worth checking to measure")
    return found


def measure(found: Iterable[bool], labels: Iterable[bool]) -> dict[str, float]:
    """Precision, recall and F1 of what was found, from 0 to 1, four digits."""
    pairs = list(zip(found, labels, strict=True))
    right = sum(one and label for one, label in pairs)
    told, gold = sum(one for one, _ in pairs), sum(label for _, label in pairs)
    precision, recall = right / told if told else 0.0, right / gold if gold else 0.0
    f1 = 2 * right / (told + gold) if right else 0.0
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)}


def average_precision(scores: Sequence[float], labels: Sequence[bool]) -> float:
    """The mean precision at each Yes, best score first; among equal scores the Noes stand first."""
    right, total = 0, 0.0
    for rank, (_, label) in enumerate(sorted(zip(scores, labels, strict=True), key=lambda one: (-one[0], one[1])), 1):
        if label:
            right += 1
            total += right / rank
    return total / right if right else 0.0


def best_threshold(scores: Sequence[float], labels: Sequence[bool]) -> tuple[float, float]:
    """The threshold in hundredths with the best F1, and that F1; of several the lowest."""
    tried = [(measure((score >= at / 100 for score in scores), labels)["f1"], -at) for at in range(10, 91)]
    f1, at = max(tried)
    return -at / 100, f1


def _measured(data: Sequence[Labelled]) -> dict[str, object]:
    labels = [one.label for one in data]
    began = time.perf_counter()
    scores = [worth_checking(one.text) for one in data]
    seconds = time.perf_counter() - began
    return {
        "check_worthy": measure((score >= MODEL.threshold for score in scores), labels),
        "average_precision": round(average_precision(scores, labels), 4),
        "has_a_digit": measure((any(char.isdigit() for char in one.text) for one in data), labels),
        "sentences": len(data),
        "sentences_per_second": round(len(data) / seconds),
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures a file of labelled sentences."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.checkworthy", description="Measures which sentences are worth checking."
    )
    parser.add_argument("--data", required=True, type=Path, help="labelled sentences, or a folder with dev.jsonl")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args(arguments)
    path = options.data / "dev.jsonl" if options.data.is_dir() else options.data
    try:
        found = _measured(sentences(path))
    except (OSError, ValueError, RecursionError) as error:
        said = " ".join(str(error).split())
        print(f"{path}: not a file of labelled sentences ({said}): give JSON Lines", file=sys.stderr)
        return 2
    if options.json:
        print(json.dumps(found))
        return 0
    for name, value in found.items():
        shown = "  ".join(f"{key} {number:.4f}" for key, number in value.items()) if isinstance(value, dict) else value
        print(f"{name:<22}{shown}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
