"""Who said it, measured on annotated news: ``python -m benchmarks.polnear --data FILE.jsonl [--json]``.

FILE holds one article a line: ``text`` and ``quotes``, each with ``cues``, ``sources`` and ``contents`` as
lists of spans with ``start`` and ``end`` (the form into which PolNeAR, LREC 2018, is brought). Three
measures, each with precision, recall and F1:

- quotation: the segments between double quotation marks on one line, of 3 to 1,500 characters and three
  words or more, that lie for more than 60 % in the contents of one attribution, found against annotated;
- quotation_speaker: the same, where besides the words of the source overlap the annotated ones;
- attribution: annotated attributions with a cue and a source, found when both overlap, one to one.

``kchars_per_second`` is the speed of reading on one core, in thousands of characters.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tracker.reading.attribution import Attribution, read_attributions

Span = tuple[int, int]
_SEGMENT = re.compile('\u201c[^\u201d\n]{3,1500}\u201d|"[^"\n]{3,1500}"')
_SHARE = 0.6


@dataclass(slots=True)
class Score:
    """Counts of one measure: what was found, what is annotated, and what is both."""

    found: int = 0
    gold: int = 0
    right: int = 0

    def as_dict(self) -> dict[str, float]:
        """Precision, recall and F1, from 0 to 1, four digits."""
        precision = self.right / self.found if self.found else 0.0
        recall = self.right / self.gold if self.gold else 0.0
        f1 = 2 * self.right / (self.found + self.gold) if self.right else 0.0
        return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)}


@dataclass(slots=True)
class Scores:
    """The three measures, and what reading took."""

    quotation: Score = field(default_factory=Score)
    quotation_speaker: Score = field(default_factory=Score)
    attribution: Score = field(default_factory=Score)
    characters: int = 0
    seconds: float = 0.0


def segments(text: str) -> list[Span]:
    """The quoted segments of a text that the measure counts, marks included."""
    return [match.span() for match in _SEGMENT.finditer(text) if len(match.group()[1:-1].split()) >= 3]


def _spans(quote: dict[str, Any], key: str) -> list[Span]:
    return [(part["start"], part["end"]) for part in quote[key]]


def _lies_in(segment: Span, contents: Iterable[Span]) -> bool:
    shared = sum(max(0, min(segment[1], end) - max(segment[0], start)) for start, end in contents)
    return shared > _SHARE * (segment[1] - segment[0])


def _overlap(left: Iterable[Span], right: Sequence[Span]) -> bool:
    return any(start < stop and begin < end for start, end in left for begin, stop in right)


def _holding(segment: Span, found: Sequence[Attribution]) -> Attribution | None:
    """The attribution in whose content a segment lies: direct, else of speech, else the innermost."""
    holding = [one for one in found if _lies_in(segment, [(one.start - one.direct, one.end + one.direct)])]
    return min(
        holding,
        key=lambda one: (
            not one.direct,
            one.manner != "speech",
            one.end - one.start,
            one.source_start is None,
        ),
        default=None,
    )


def score_article(article: dict[str, Any], found: Sequence[Attribution], scores: Scores) -> None:
    """Adds one article's counts to the scores."""
    quotes: list[dict[str, Any]] = article["quotes"]
    for segment in segments(article["text"]):
        gold = [quote for quote in quotes if _lies_in(segment, _spans(quote, "contents"))]
        ours = _holding(segment, found)
        speaks = ours is not None and ours.source_start is not None and ours.source_end is not None
        right = speaks and any(
            _overlap([(ours.source_start, ours.source_end)], _spans(quote, "sources"))  # type: ignore[union-attr,list-item]
            for quote in gold
        )
        for score, hit in ((scores.quotation, bool(gold and ours)), (scores.quotation_speaker, right)):
            score.found += ours is not None
            score.gold += bool(gold)
            score.right += hit
    _score_attributions(quotes, found, scores.attribution)


def _score_attributions(quotes: Sequence[dict[str, Any]], found: Sequence[Attribution], score: Score) -> None:
    gold = [(_spans(quote, "cues"), _spans(quote, "sources")) for quote in quotes if quote["cues"] and quote["sources"]]
    score.gold += len(gold)
    taken: set[int] = set()
    for one in found:
        if one.cue_start is None or one.cue_end is None or one.source_start is None or one.source_end is None:
            continue
        score.found += 1
        cue, source = (one.cue_start, one.cue_end), (one.source_start, one.source_end)
        for number, (cues, sources) in enumerate(gold):
            if number not in taken and _overlap([cue], cues) and _overlap([source], sources):
                taken.add(number)
                score.right += 1
                break


def articles(path: Path) -> Iterator[dict[str, Any]]:
    """The articles of a JSON Lines file."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                article = json.loads(line)
                if not isinstance(article, dict) or not isinstance(article["text"], str):
                    raise ValueError("a line that is no article")
                yield article


def measure(data: Iterable[dict[str, Any]]) -> Scores:
    """Reads every article and scores what was found; only reading is timed."""
    scores = Scores()
    # Once before the clock runs: what is loaded and remembered at the first reading is no article's.
    read_attributions("\u201cNobody was told,\u201d said Jane Penn of Ward Watch. She added that it rained.")
    for article in data:
        started = time.process_time()
        found = read_attributions(article["text"])
        scores.seconds += time.process_time() - started
        scores.characters += len(article["text"])
        score_article(article, found, scores)
    return scores


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures a file and prints the scores; exit status 2 where the file cannot be read."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.polnear", description="Measures who said it.")
    parser.add_argument("--data", required=True, type=Path, help="annotated articles, one JSON object a line")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args(arguments)
    try:
        scores = measure(articles(options.data))
        if not scores.attribution.gold:
            raise ValueError("no attribution to measure")
    except (OSError, ValueError, KeyError, RecursionError) as error:
        print(f"{options.data}: not a file of annotated articles ({error}); give JSON Lines", file=sys.stderr)
        return 2
    result: dict[str, Any] = {
        name: getattr(scores, name).as_dict() for name in ("quotation", "quotation_speaker", "attribution")
    }
    result["kchars_per_second"] = round(scores.characters / max(scores.seconds, 1e-9) / 1000, 1)
    if options.json:
        print(json.dumps(result))
    else:
        for name, value in result.items():
            print(f"{name:20} {value}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
