"""Learns ``attribution_points.toml``: ``python -m benchmarks.polnear_points --data TRAIN.jsonl --out FILE``.

A logistic regression, by gradient descent without any library, over the features of every candidate cue
in annotated articles (see ``benchmarks.polnear`` for their form). Weights are rounded to quarters, so that
the points stay small whole numbers; what was met fewer than four times gets none. Only words of English
are features, never a name. The same data gives the same points.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.polnear import articles
from tracker.reading.attribution import outermost
from tracker.reading.attribution_clauses import read_hits
from tracker.reading.attribution_names import is_share
from tracker.reading.attribution_points import features
from tracker.reading.attribution_text import paragraphs, read_sentences, read_words
from tracker.reading.quotations import scan_quotations

Example = tuple[list[str], bool]
_GROUPS = (
    "how",
    "form",
    "helper",
    "subject",
    "follow",
    "quote",
    "kind",
    "kind_subject",
    "kind_follow",
    "verb",
)
_STEP, _ROUNDS, _RATE, _RARE = 0.25, 12, 0.15, 4
# How strongly weights are held down; those of single verbs more, since each is seen seldom.
_DECAY, _DECAY_VERB = 0.003, 0.018
# Below nought, since a missed attribution costs as much as a false one and most candidates are right.
_THRESHOLD = -4
_HEADER = """\
# Points for what stands around a cue verb; attribution_points.py says what the groups and names mean.
# Learnt by benchmarks/polnear_points.py from annotated news: the weights of a logistic regression, in
# quarters and rounded. A verb that is not listed has the points of its kind.
"""


def examples(article: Mapping[str, Any]) -> Iterator[Example]:
    """The candidates of an article, each with its features and whether the annotators attribute there."""
    text = article["text"]
    spans = paragraphs(text)
    outer = outermost(scan_quotations(text, spans))
    words = read_words(text, [(one.start, one.end) for one in outer])
    gold = [quote for quote in article["quotes"] if quote["cues"] and quote["sources"]]
    taken: set[int] = set()
    for sentence in read_sentences(words, spans):
        for hit in read_hits(words, sentence):
            if hit.source is None:
                continue
            cue = words.starts[hit.cue[0]], words.ends[hit.cue[1] - 1]
            source = words.starts[hit.source[0]], words.ends[hit.source[1] - 1]
            if is_share(text[source[0] : source[1]]):
                continue
            number = _match(cue, source, gold, taken)
            taken.update([] if number is None else [number])
            yield ["bias=all", *features(words, sentence, hit)], number is not None


def _match(
    cue: tuple[int, int], source: tuple[int, int], gold: Sequence[Mapping[str, Any]], taken: set[int]
) -> int | None:
    for number, quote in enumerate(gold):
        if number not in taken and _meets(cue, quote["cues"]) and _meets(source, quote["sources"]):
            return number
    return None


def _meets(span: tuple[int, int], parts: Iterable[Mapping[str, int]]) -> bool:
    return any(part["start"] < span[1] and span[0] < part["end"] for part in parts)


def learn(data: Sequence[Example]) -> dict[str, int]:
    """The points of each feature, rounded; nought is left out."""
    weights: dict[str, float] = defaultdict(float)
    shuffler = random.Random(0)  # noqa: S311 - an order of examples, not a secret
    order = list(data)
    for round_number in range(_ROUNDS):
        shuffler.shuffle(order)
        rate = _RATE / (1 + round_number / 2)
        for names, right in order:
            total = max(-30.0, min(30.0, sum(weights[name] for name in names)))
            error = right - 1 / (1 + math.exp(-total))
            for name in names:
                decay = _DECAY_VERB if name.startswith("verb=") else _DECAY
                weights[name] += rate * (error - decay * weights[name])
    seen = Counter(name for names, _ in data for name in names)
    points = {name: round(weight / _STEP) for name, weight in weights.items() if seen[name] >= _RARE}
    return {name: value for name, value in points.items() if value}


def as_toml(points: Mapping[str, int]) -> str:
    """The points as the file that the reader loads."""
    lines = [_HEADER, "[threshold]", f"all = {_THRESHOLD - points.get('bias=all', 0)}"]
    for group in _GROUPS:
        lines += ["", f"[{group}]"]
        for name in sorted(name for name in points if name.startswith(group + "=")):
            key = name.split("=", 1)[1]
            lines.append(f"{key if key.replace('_', '').isalpha() else json.dumps(key)} = {points[name]}")
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Learns the points of a file of articles and writes them."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.polnear_points", description="Learns the points.")
    parser.add_argument("--data", required=True, type=Path, help="annotated articles, one JSON object a line")
    parser.add_argument("--out", required=True, type=Path, help="the TOML file to write")
    options = parser.parse_args(arguments)
    try:
        data = [example for article in articles(options.data) for example in examples(article)]
        options.out.write_text(as_toml(learn(data)), encoding="utf-8")
    except (OSError, ValueError, KeyError) as error:
        print(
            f"{options.data}: no points learnt ({error}); give annotated articles as JSON Lines",
            file=sys.stderr,
        )
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
