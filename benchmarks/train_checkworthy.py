"""Learns ``checkworthy.tsv``: ``python -m benchmarks.train_checkworthy --data TRAIN.jsonl --out FILE [--folds 5]``.

A logistic regression, by gradient descent without any library, over the terms of labelled sentences (see
``benchmarks.checkworthy`` for their form). Of the sentences only single words of English come into the
file: what is mostly written with a capital inside sentences is a name and is left out, as is what seldom
stands in small letters. The threshold is the one with the best F1 over the folds, each scored by a model
that has not seen it; ``--folds`` and ``--decay`` are how the settings below were chosen. The same data give
the same file.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from benchmarks.checkworthy import Labelled, average_precision, best_threshold, sentences
from tracker.judging.checkworthy import MONEY, NUMBER, terms, values_of

Example = tuple[dict[str, float], bool]
#: Terms in fewer sentences are left out, and so are words seldom seen in small letters inside a sentence.
_RARE, _SELDOM_SMALL = 5, 3
#: Words of which more than this share has a capital inside sentences are names.
_CAPITAL = 0.3
_ROUNDS, _RATE, _DECAY = 12, 0.6, 0.001
_PLAIN = frozenset("?") | {NUMBER, MONEY, "percent"}
_HEADER = """\
# What single words say of a sentence's being worth checking; checkworthy.py reads this.
# Learnt by: python -m benchmarks.train_checkworthy --data train.jsonl --out tracker/judging/checkworthy.tsv
# from {sentences:,} labelled sentences of CLEF CheckThat! 2024 task 1 in English (ClaimBuster: US presidential
# debates; Arslan et al., ICWSM 2020, said to be under CC BY 4.0, which was not verified).
# It holds weights of single words of English, learnt over all sentences: no sentence, no pair of words, no name.
"""


def vocabulary(texts: Iterable[str]) -> frozenset[str]:
    """The terms that may be learnt: words of English that are no names, numbers and signs."""
    capital: Counter[str] = Counter()
    small: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for text in texts:
        seen.update(set(terms(text)))
        for word in text.replace("\u2019", "'").split()[1:]:
            bare = word.strip("\"'.,;:!?()[]-")
            (capital if bare[:1].isupper() else small)[bare.lower()] += 1

    def is_word(term: str) -> bool:
        if term in _PLAIN or term == "i" or term.startswith("i'"):
            return True
        total = capital[term] + small[term]
        common = small[term] >= _SELDOM_SMALL and capital[term] <= _CAPITAL * total
        return common and (len(term) > 1 or term == "a") and term.isascii()

    return frozenset(term for term, number in seen.items() if number >= _RARE and is_word(term))


def learn(data: Sequence[Example], known: frozenset[str], decay: float = _DECAY) -> tuple[dict[str, float], float]:
    """The weights of the known terms, and the bias."""
    weights: dict[str, float] = defaultdict(float)
    bias = 0.0
    shuffler = random.Random(0)  # noqa: S311 - an order of examples, not a secret
    order = [([(term, value) for term, value in values.items() if term in known], label) for values, label in data]
    for round_number in range(_ROUNDS):
        shuffler.shuffle(order)
        rate = _RATE / (1 + round_number / 2)
        for values, label in order:
            total = bias + sum(weights[term] * value for term, value in values)
            error = label - 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
            bias += rate * 0.1 * error
            for term, value in values:
                weights[term] += rate * (error * value - decay * weights[term])
    return dict(weights), bias


def held_out(data: Sequence[Labelled], folds: int, decay: float) -> list[float]:
    """The score of each sentence by a model learnt from the other folds, names told from those too."""
    scores = [0.0] * len(data)
    values = [values_of(terms(one.text)) for one in data]
    order = list(range(len(data)))
    random.Random(1).shuffle(order)  # noqa: S311 - an order of examples, not a secret
    for fold in range(folds):
        out = set(order[fold::folds])
        rest = [number for number in range(len(data)) if number not in out]
        known = vocabulary(data[number].text for number in rest)
        weights, bias = learn([(values[number], data[number].label) for number in rest], known, decay)
        for number in out:
            scores[number] = bias + sum(weights.get(term, 0.0) * value for term, value in values[number].items())
    return [1 / (1 + math.exp(-score)) for score in scores]


def as_tsv(weights: Mapping[str, float], bias: float, threshold: float, count: int) -> str:
    """The file that the package loads; weights that round to nought are left out."""
    lines = [f"<bias>\t{bias:.2f}", f"<threshold>\t{threshold:.2f}"]
    lines += [f"{term}\t{weight:.1f}" for term, weight in sorted(weights.items()) if abs(weight) >= 0.05]
    return _HEADER.format(sentences=count) + "\n".join(lines) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Learns the weights from a file of sentences, says how they do over the folds, and writes them."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.train_checkworthy", description="Learns the weights.")
    parser.add_argument("--data", required=True, type=Path, help="labelled sentences, one JSON object a line")
    parser.add_argument("--out", required=True, type=Path, help="the TSV file to write")
    parser.add_argument("--folds", type=int, default=5, choices=range(2, 21), metavar="2-20", help="default: 5")
    parser.add_argument("--decay", type=float, default=_DECAY, help=f"holds weights down (default: {_DECAY})")
    options = parser.parse_args(arguments)
    try:
        data = sentences(options.data)
        scores = held_out(data, options.folds, options.decay)
        labels = [one.label for one in data]
        threshold, f1 = best_threshold(scores, labels)
        known = vocabulary(one.text for one in data)
        weights, bias = learn([(values_of(terms(one.text)), one.label) for one in data], known, options.decay)
        options.out.write_text(as_tsv(weights, bias, threshold, len(data)), encoding="utf-8")
    except (OSError, ValueError) as error:
        print(f"{options.data}: nothing learnt ({error}); give labelled sentences as JSON Lines", file=sys.stderr)
        return 2
    found = {"terms": len(weights), "threshold": threshold, "f1": f1, "ap": average_precision(scores, labels)}
    print(json.dumps({name: round(value, 4) for name, value in found.items()}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
