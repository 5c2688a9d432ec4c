"""Near-copies: the same story in several papers, told by the words that they share.

Signatures (MinHash, by rensa) find the candidates among many documents; whether one is a copy is then
judged on the words themselves. Pure: texts in, values out. Hashes find copies, never edits: what
differs between two versions is for ``tracker.judging.drift``.
"""

from __future__ import annotations

import re
import struct
from collections import Counter
from dataclasses import dataclass
from hashlib import blake2b

from rensa import RMinHash  # type: ignore[attr-defined]  # made in Rust, without types

#: Names how signatures are made: another number of permutations or another cut gives others.
VERSION = "words3-minhash126"
_PERMUTATIONS, _SEED = 126, 1
#: Bands of three: documents that share half of their runs of words meet in one with a chance of .99.
_ROWS = 3
_RUN = 3
#: Shorter texts share their runs by chance: a notice, a caption.
_FEWEST_WORDS = 60
#: The share of the runs of the shorter text that a copy must hold, and of all runs of both.
_CONTAINED, _ALIKE = 0.7, 0.35
#: The share of the shorter text's numbers that must stand in the other: forms filled in each month are no copies.
_SAME_NUMBERS = 0.6
_WORD = re.compile(r"\w+(?:[.,:]\d+)*")


@dataclass(frozen=True, slots=True)
class Signature:
    """What a text's words hash to: ``values`` are 126 numbers of 32 bits, ``words`` their number in the text."""

    words: int
    values: tuple[int, ...]

    def bands(self) -> tuple[str, ...]:
        """A short digest for each three values; two texts that share one at the same place may be copies."""
        number = len(self.values) // _ROWS
        packed, size = struct.pack(f"<{number * _ROWS}Q", *self.values[: number * _ROWS]), 8 * _ROWS
        cuts = range(0, len(packed), size)
        return tuple(blake2b(packed[at : at + size], digest_size=8).hexdigest() for at in cuts)

    def to_bytes(self) -> bytes:
        """The values as little-endian numbers of 32 bits."""
        return struct.pack(f"<{len(self.values)}I", *self.values)


def sign(text: str) -> Signature | None:
    """The signature of a text, None for one that is too short to tell copies by."""
    words = _words(text)
    if len(words) < _FEWEST_WORDS:
        return None
    made = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
    made.update([" ".join(run) for run in _runs(words)])
    return Signature(len(words), tuple(int(value) for value in made.digest()))


def alikeness(text: str, other: str) -> float | None:
    """How much of the shorter text stands in the longer, 0 to 1; None where neither is a copy of the other."""
    words, others = _words(text), _words(other)
    if min(len(words), len(others)) < _FEWEST_WORDS:
        return None
    runs, other_runs = _runs(words), _runs(others)
    shared = len(runs & other_runs)
    contained = shared / min(len(runs), len(other_runs))
    if contained < _CONTAINED and shared < _ALIKE * len(runs | other_runs):
        return None
    numbers, other_numbers = (Counter(word for word in some if word[0].isdigit()) for some in (words, others))
    fewer = min(numbers.total(), other_numbers.total())
    if fewer and (numbers & other_numbers).total() < _SAME_NUMBERS * fewer:
        return None
    return round(contained, 3)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _runs(words: list[str]) -> set[tuple[str, ...]]:
    return set(zip(*(words[at:] for at in range(_RUN)), strict=False))
