"""Claim or no claim, on passages of real pages: ``python -m benchmarks.press_claims --data FOLDER [--json]``.

FOLDER holds the public benchmarks of saved pages (``*/html/*.html.gz``). ``press_claims.jsonl`` beside this
module holds what two people marked in 300 passages of them, chosen by chance: no text, only the page, the
SHA-256 of each passage, and for each claim its offsets in the passage with the start of its words' SHA-256.
The passages of the half ``learn`` may be looked at while rules are written; those of ``test`` decide.

A claim that was read is right when it and a marked one cover more than half of each other, one to one; one
that lies for more than half in a clause marked as optional counts neither way. Several figures of one clause
are read as claims with the same words and count once. ``content`` asks for less: that more than half of the
shorter of the two lies in the other, so that a clause with other ends than the marked one counts as found.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scrapers.document import Capture, Document
from scrapers.errors import ScrapeError
from tracker.outcomes import Stated
from tracker.own_words import load_kinds
from tracker.pipeline import document_of
from tracker.reading.claims import read
from tracker.reading.passages import plain_blocks

LABELS = Path(__file__).with_name("press_claims.jsonl")
_SHARE = 0.5
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Marked:
    """A passage as people marked it; spans are offsets into the passage."""

    page: str
    sha256: str
    half: str
    claims: tuple[Span, ...]
    optional: tuple[Span, ...]


@dataclass(slots=True)
class Score:
    """Counts of one half: what was read, what is marked, what is both, and the passages that were not found."""

    found: int = 0
    gold: int = 0
    right: int = 0
    lost: int = 0
    content_found: int = 0
    content_read: int = 0
    missed: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, float]:
        """Precision, recall and F1, 0 to 1, with the counts behind them."""
        precision = self.right / self.found if self.found else 0.0
        recall = self.right / self.gold if self.gold else 0.0
        f1 = 2 * self.right / (self.found + self.gold) if self.right else 0.0
        return {
            "precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4),
            "content_precision": round(self.content_read / self.found, 4) if self.found else 0.0,
            "content_recall": round(self.content_found / self.gold, 4) if self.gold else 0.0,
            "read": self.found, "marked": self.gold, "passages_lost": self.lost,
        }  # fmt: skip


def hash_of(words: str) -> str:
    """The SHA-256 of some words, white space made one."""
    return hashlib.sha256(" ".join(words.split()).encode()).hexdigest()


def load(path: Path = LABELS) -> tuple[Marked, ...]:
    """The marked passages. Raises OSError, ValueError or KeyError for a file that is none."""
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line)
    return tuple(_marked(row) for row in rows)


def _marked(row: Mapping[str, Any]) -> Marked:
    claims = tuple((int(start), int(end)) for start, end, *_ in row["claims"])
    optional = tuple((int(start), int(end)) for start, end, *_ in row["optional"])
    return Marked(row["page"], row["sha256"], row["half"], claims, optional)


def document(path: Path) -> Document:
    """The document of a saved page. Raises OSError or ScrapeError."""
    body = gzip.decompress(path.read_bytes())
    capture = Capture(source=path.name, fetched_at="2026-01-01T00:00:00.000Z", body=body, content_type="text/html")
    return document_of(capture, Stated())[0]


def score_passage(passage: str, read_spans: Sequence[Span], marked: Marked, score: Score) -> None:
    """Adds one passage's counts; ``read_spans`` are offsets into it, each once."""
    left = list(marked.claims)
    score.gold += len(left)
    score.content_found += sum(any(_touch(gold, span) for span in read_spans) for gold in left)
    for span in read_spans:
        best = max(left, key=lambda gold: _shared(span, gold), default=None)
        if best is not None and _shared(span, best) > _SHARE * max(_size(span), _size(best)):
            left.remove(best)
            score.found += 1
            score.right += 1
            score.content_read += 1
        elif not any(_shared(span, optional) > _SHARE * _size(span) for optional in marked.optional):
            score.found += 1
            score.content_read += any(_touch(gold, span) for gold in marked.claims)
            score.false.append(passage[slice(*span)])
    score.missed.extend(passage[slice(*gold)] for gold in left)


def _size(span: Span) -> int:
    return span[1] - span[0]


def _shared(one: Span, other: Span) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def _touch(one: Span, other: Span) -> bool:
    return _shared(one, other) > _SHARE * min(_size(one), _size(other))


def passages_of(found: Document) -> Iterator[tuple[str, Span]]:
    """The hash and span of each block of a document."""
    for block in found.blocks or plain_blocks(found.text):
        yield hash_of(found.text[block.start : block.end]), (block.start, block.end)


def measure(folder: Path, marked: Sequence[Marked], show: bool = False) -> dict[str, Score]:
    """The scores of each half; reads every page that has a marked passage, once."""
    kinds = load_kinds()
    scores: dict[str, Score] = {"learn": Score(), "test": Score()}
    by_page: dict[str, list[Marked]] = defaultdict(list)
    for one in marked:
        by_page[one.page].append(one)
    for page, wanted in by_page.items():
        try:
            found = document(folder / page)
        except ScrapeError:
            _lose(wanted, scores)
            continue
        spans = sorted({(claim.start, claim.end) for claim in read(found, kinds).claims})
        places = dict(passages_of(found))
        for one in wanted:
            place = places.get(one.sha256)
            if place is None:
                _lose([one], scores)
                continue
            inside = [(a - place[0], b - place[0]) for a, b in spans if place[0] <= a and b <= place[1]]
            score_passage(found.text[slice(*place)], inside, one, scores[one.half])
    return scores


def _lose(wanted: Sequence[Marked], scores: Mapping[str, Score]) -> None:
    for one in wanted:
        scores[one.half].lost += 1
        scores[one.half].gold += len(one.claims)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures and prints both halves; exit status 2 where the pages or the marks cannot be read."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.press_claims", description="Claim or no claim.")
    parser.add_argument("--data", required=True, type=Path, help="the folder with the benchmarks of saved pages")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--errors", action="store_true", help="print what was missed or false in the half learn")
    options = parser.parse_args(arguments)
    try:
        scores = measure(options.data, load())
    except (OSError, ValueError, KeyError) as error:
        print(f"{options.data}: not the saved pages that were marked ({error}); give their folder", file=sys.stderr)
        return 2
    if options.errors:
        for name in ("missed", "false"):
            for words in getattr(scores["learn"], name):
                print(f"{name}: {' '.join(words.split())}")
    result = {half: score.as_dict() for half, score in scores.items()}
    if options.json:
        print(json.dumps({f"{half}_{key}": value for half, one in result.items() for key, value in one.items()}))
    else:
        for half, one in result.items():
            print(f"{half:6} {one}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
