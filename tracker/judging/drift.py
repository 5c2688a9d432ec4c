"""What changed between two versions of a text: its figures first, then its words, then what nobody sees.

Sentences that stand in both versions, wherever they stand, are the same; the rest is compared word by
word, each number with its sign, currency and separators as one word. Every digit that changed in a
sentence is a change of a figure, and digits are never matched loosely. Without digits, a change is one
of a figure where the reader reads another one there: "252" became "over 252".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz, process

from tracker.judging.drift_align import Gap, gaps
from tracker.judging.drift_figures import Difference, Side, Span, differences
from tracker.judging.drift_words import is_counter, plain_form
from tracker.reading.sentences import split_sentences

FIGURE, WORDS, BORING = "figure", "words", "boring"
#: Sentences that moved and were mended on the way are paired where so much of their words agrees, of 100.
_ALIKE = 75.0
#: So many moved sentences are tried against each other.
_MOST_PAIRED = 200
#: Sentences share so many of their longer words with what became of them; with fewer of them nobody can tell.
_SAME_WORDS, _FEWEST_LONG = 0.15, 5
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
#: A sentence as long as this is no sentence, and is compared without the reader's help around it.
_LONGEST_CONTEXT = 600


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a work: its text, the spans of it that are the work (None: all), and what else the page says.

    ``around`` is the page's other words as plain text: a sentence that stands there has not gone.
    """

    text: str
    spans: tuple[Span, ...] | None = None
    around: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: ``kind`` is figure, words or boring (of its encoding alone).

    ``before`` and ``after`` are the words that differ as they stand in the two texts, at ``[start_before,
    end_before)`` and ``[start_after, end_after)``; empty where nothing stands there. ``context_before`` and
    ``context_after`` are the sentences around them.
    """

    kind: str
    before: str
    after: str
    context_before: str
    context_after: str
    start_before: int
    end_before: int
    start_after: int
    end_after: int


@dataclass(frozen=True, slots=True)
class Drift:
    """All that differs between two versions, figures first, each kind in the order of the text.

    ``moved`` counts the sentences that stand elsewhere with the same words.
    """

    changes: tuple[Change, ...] = ()
    moved: int = 0

    def of(self, kind: str) -> tuple[Change, ...]:
        """The changes of this kind."""
        return tuple(change for change in self.changes if change.kind == kind)

    @property
    def is_boring(self) -> bool:
        """Whether no reader would see a difference in the words."""
        return all(change.kind == BORING for change in self.changes)


@dataclass(slots=True)
class _Text:
    """A version cut into sentences: their spans and their plain forms."""

    version: Version
    spans: list[Span] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        text = self.version.text
        for start, end in self.version.spans if self.version.spans is not None else _paragraphs(text):
            if is_counter(text[start:end]):
                continue
            for span in split_sentences(text, start, end):
                key = plain_form(text, *span)
                if key:
                    self.spans.append(span)
                    self.keys.append(key)


def _paragraphs(text: str) -> Iterator[Span]:
    at = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            yield at, at + len(line)
        at += len(line)


def drift(before: str | Version, after: str | Version) -> Drift:
    """What changed from one version to the other; any two strings are accepted. Near linear in their length.

    >>> drift("He was called 252 times.", "He was called over 200 times.").changes[0].after
    'over 200 times'
    """
    old = _Text(before if isinstance(before, Version) else Version(before))
    new = _Text(after if isinstance(after, Version) else Version(after))
    found = gaps(old.keys, new.keys)
    regions, moved = _unmoved(old, new, found)
    changes: list[Change] = []
    for here, there in _paired(old, new, regions):
        changes.extend(_compared(old, new, here, there))
    changes.extend(_boring(old, new, found))
    order = (FIGURE, WORDS, BORING)
    return Drift(tuple(sorted(changes, key=lambda change: order.index(change.kind))), moved)


_Region = tuple[list[int], list[int]]


def _unmoved(old: _Text, new: _Text, found: Sequence[Gap]) -> tuple[list[_Region], int]:
    """The sentences that differ, gap by gap, without those that stand elsewhere in the other version."""
    gone = Counter(old.keys[at] for a, b, _, _ in found for at in range(a, b))
    come = Counter(new.keys[at] for _, _, c, d in found for at in range(c, d))
    around = plain_form(new.version.around, 0, len(new.version.around)) if gone and new.version.around else ""
    round_before = plain_form(old.version.around, 0, len(old.version.around)) if come and old.version.around else ""
    still, known = frozenset(new.keys), frozenset(old.keys)
    left, added = gone - come, come - gone
    moved = sum((gone & come).values())
    regions = []
    for a, b, c, d in found:
        gone_here = [at for at in range(a, b) if old.keys[at] not in still]
        come_here = [at for at in range(c, d) if new.keys[at] not in known]
        here = [at for at in gone_here if not _stands(old.keys[at], around)]
        there = [at for at in come_here if not _stands(new.keys[at], round_before)]
        # One of two equal sentences went: it is told where another stands in its place, for that is what became of it.
        if come_here and not gone_here:
            here = _copies_like(old, [at for at in range(a, b) if left[old.keys[at]]], new, come_here)
        elif gone_here and not come_here:
            there = _copies_like(new, [at for at in range(c, d) if added[new.keys[at]]], old, gone_here)
        # A headline stands in the page's head as well: what was put in its place is compared with it all the same.
        if gone_here and come_here and not (here and there):
            here, there = gone_here, come_here
        if here or there:
            regions.append((here, there))
    return regions, moved


def _copies_like(text: _Text, copies: list[int], other: _Text, changed: list[int]) -> list[int]:
    """The sentences that stand elsewhere in their text too, but are much like one that changed."""
    if len(copies) * len(changed) > _MOST_PAIRED**2:
        return []
    keys = [other.keys[at][:_LONGEST_CONTEXT] for at in changed]
    return [
        at
        for at in copies
        if process.extractOne(text.keys[at][:_LONGEST_CONTEXT], keys, scorer=fuzz.ratio, score_cutoff=_ALIKE)
    ]


def _stands(key: str, around: str) -> bool:
    """Whether a sentence stands in other words of a page, as itself and not as the end of a longer number."""
    if not around:
        return False
    at = around.find(key)
    while at >= 0:
        behind = at + len(key)
        cut = (at and key[0].isdigit() and around[at - 1] in "0123456789.,") or (
            behind < len(around) and key[-1].isdigit() and around[behind].isdigit()
        )
        if not cut:
            return True
        at = around.find(key, at + 1)
    return False


def _paired(old: _Text, new: _Text, regions: list[_Region]) -> list[_Region]:
    """The regions, those of one side only joined with those of the other where their sentences are alike."""
    gone = [at for here, there in regions if not there for at in here]
    come = [at for here, there in regions if not here for at in there]
    pairs: dict[int, int] = {}
    if gone and come and max(len(gone), len(come)) <= _MOST_PAIRED:
        choices = {at: new.keys[at][:_LONGEST_CONTEXT] for at in come}
        for at in gone:
            best = process.extractOne(old.keys[at][:_LONGEST_CONTEXT], choices, scorer=fuzz.ratio, score_cutoff=_ALIKE)
            if best is not None:
                pairs[at] = int(best[2])
                del choices[best[2]]
    taken = set(pairs.values())
    result: list[_Region] = []
    for here, there in regions:
        if there and here:
            result.append((here, there))
            continue
        result.extend(([at], [pairs[at]]) for at in here if at in pairs)
        left = [at for at in here if at not in pairs], [at for at in there if at not in taken]
        if left[0] or left[1]:
            result.append(left)
    return result


def _compared(old: _Text, new: _Text, here: list[int], there: list[int]) -> list[Change]:
    before = Side(old.version.text, [old.spans[at] for at in here])
    after = Side(new.version.text, [new.spans[at] for at in there])
    if here and there and _is_replaced([old.keys[at] for at in here], [new.keys[at] for at in there]):
        # One thing went and another came: no figure of the one became one of the other.
        return _compared(old, new, here, []) + _compared(old, new, [], there)
    return [_change(before, after, one) for one in differences(before, after)]


def _is_replaced(keys: list[str], others: list[str]) -> bool:
    """Whether sentences have next to no words in common with those that stand in their place."""
    one, two = ({*_LONG_WORD.findall(" ".join(some).casefold())} for some in (keys, others))
    fewer = min(len(one), len(two))
    return fewer >= _FEWEST_LONG and len(one & two) < _SAME_WORDS * fewer


def _change(before: Side, after: Side, one: Difference) -> Change:
    return Change(
        FIGURE if one.is_figure else WORDS,
        before.words(one.before),
        after.words(one.after),
        before.context(one.before),
        after.context(one.after),
        *before.raw(one.before),
        *after.raw(one.after),
    )


def _boring(old: _Text, new: _Text, found: Sequence[Gap]) -> Iterator[Change]:
    """The sentences that are written otherwise with the same words."""
    one = two = 0
    for a, b, c, d in [*found, (len(old.keys), len(old.keys), len(new.keys), len(new.keys))]:
        for here, there in zip(range(one, a), range(two, c), strict=False):
            first, second = old.spans[here], new.spans[there]
            words = old.version.text[slice(*first)], new.version.text[slice(*second)]
            if words[0] != words[1]:
                yield Change(BORING, *words, *words, *first, *second)
        one, two = b, d


def shortened(change: Change, longest: int = 300) -> Change:
    """The change with each of its words cut to a length that a list can show."""

    def cut(words: str) -> str:
        return words if len(words) <= longest else words[: longest - 1] + "\u2026"

    return replace(
        change,
        before=cut(change.before),
        after=cut(change.after),
        context_before=cut(change.context_before),
        context_after=cut(change.context_after),
    )
