"""What a change of words does to the figures around it: the words of two versions, side by side."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz import fuzz

from tracker.judging.drift_align import Gap, gaps
from tracker.judging.drift_meaning import Setting, is_bracketed, multiplies, setting_of
from tracker.judging.drift_words import Plain, Token, run_together, tokens_of, ungrouped
from tracker.reading.figure_digits import DENOMINATORS, DOZENS, ONES, PLURAL_DENOMINATORS, SCALES, TENS, VAGUE
from tracker.reading.figure_lexicon import COMPARATORS
from tracker.reading.figure_tokens import word_set
from tracker.reading.figures import read_figures
from tracker.reading.values import Figure

#: These count wherever they stand; "one", "second" or "quarter" only where the reader finds a figure in them.
_COUNTS = frozenset([*ONES, *TENS, *SCALES, *DOZENS, *VAGUE]) - {"one", "scores", "zero", "nought", "naught"}
_MAY_COUNT = frozenset([*ONES, *DENOMINATORS, *PLURAL_DENOMINATORS, "scores", "both", "percent", "cent", "pc"])
_MONTHS = word_set(
    "January February March April May June July August September October November December "
    "Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec"
)
#: So many words from a figure a change can still change what is said of it ("over", "no more than some").
_REACH = 6
#: A longer run is told by the figures in it alone.
_LONGEST_RUN = 12
#: The words of the longest comparator ("in the region of").
_LONGEST_PHRASE = 4
#: Beyond so many characters that differ in one place the reader is not asked: digits and words of number count alone.
_MOST_READ = 200_000
#: A word that another replaced is the same one, misspelt, where so much of it agrees, of 100.
_SPELT_ALIKE = 80.0
_UNMEASURED = frozenset({None, "count", "date"})
Span = tuple[int, int]


class Side:
    """The sentences of one version in which something differs: their tokens and figures, and their places."""

    def __init__(self, text: str, sentences: Sequence[Span]) -> None:
        self._text = text
        self._sentences = sentences
        self._plain = [Plain(text, start, end) for start, end in sentences]
        #: Of each token the sentence in which it stands, and the token.
        self.owners: list[int] = []
        self.tokens: list[Token] = []
        for number, plain in enumerate(self._plain):
            found = tokens_of(plain.text)
            self.tokens.extend(found)
            self.owners.extend([number] * len(found))
        #: In order, none overlapping another.
        self.figures: list[tuple[Span, Figure]] = []
        self.counts: list[bool] = []
        self.keys: list[str] = []

    def read(self, spans: Sequence[Span]) -> None:
        """Reads the figures of the sentences that these spans touch: each with the span of the tokens it takes up."""
        last = max(len(self.tokens) - 1, 0)
        wanted = {self.owners[min(at, last)] for a, b in spans for at in range(a - 1, b + 1) if self.owners and at >= 0}
        left = _MOST_READ
        first = 0
        for number, plain in enumerate(self._plain):
            own = tokens_of(plain.text)
            left -= len(plain.text) if number in wanted else 0
            if number not in wanted or left < 0:
                first += len(own)
                continue
            starts = [token.start for token in own]
            ends = [token.end for token in own]
            for figure in read_figures(plain.text):
                a, b = bisect_right(ends, figure.start), bisect_left(starts, figure.end)
                if a < b:
                    self.figures.append(((first + a, first + b), figure))
            first += len(own)
        self.keys = [token.key for token in self.tokens]
        self.counts = [
            token.has_digits or token.key.casefold() in _COUNTS or multiplies(self.keys, at)
            for at, token in enumerate(self.tokens)
        ]
        for (a, b), figure in self.figures:
            for at in range(a, b):
                low = self.tokens[at].key.casefold()
                self.counts[at] = self.counts[at] or (low in _MAY_COUNT and figure.dimension != "date")
            # "A week" is one week.
            self.counts[a] = self.counts[a] or not any(self.counts[a:b])
        for at, token in enumerate(self.tokens):
            near = (self.tokens[i] for i in (at - 2, at - 1, at + 1, at + 2) if 0 <= i < len(self.tokens))
            self.counts[at] = self.counts[at] or (token.key in _MONTHS and any(one.has_digits for one in near))

    def setting(self, own: Span) -> Setting:
        """What the words beside a figure say of it."""
        return setting_of(self.keys, self.counts, own)

    def counting(self, span: Span) -> list[int]:
        """The tokens of the span that are a number, or a part of one."""
        return [at for at in range(*span) if self.counts[at]]

    def touched(self, span: Span) -> list[tuple[Span, Figure]]:
        """The figures of which a token stands in the span; for an empty one those that it cuts in two."""
        start, end = span
        if start == end:
            return [one for one in self._between(start, start + 1) if one[0][0] < start]
        return self._between(start, end)

    def near(self, span: Span) -> list[tuple[Span, Figure]]:
        """The figures so near that words in the span may be said of them."""
        return self._between(span[0] - _REACH, span[1] + _REACH)

    def _between(self, start: int, end: int) -> list[tuple[Span, Figure]]:
        first = bisect_right(self.figures, start, key=lambda one: one[0][1])
        return self.figures[first : bisect_left(self.figures, end, key=lambda one: one[0][0])]

    def raw(self, span: Span) -> Span:
        """Where the tokens of a span stand in the version's text; an empty one has a place of its own."""
        start, end = span
        if not self.tokens:
            at = self._sentences[0][0] if self._sentences else 0
            return at, at
        if start >= end:
            last = min(start, len(self.tokens) - 1)
            begin, stop = self._raw_of(last)
            return (begin, begin) if start <= last else (stop, stop)
        return self._raw_of(start)[0], self._raw_of(end - 1)[1]

    def _raw_of(self, at: int) -> Span:
        token = self.tokens[at]
        return self._plain[self.owners[at]].raw(token.start, token.end)

    def words(self, span: Span) -> str:
        """The words of the span as they stand in the version's text; none for an empty one."""
        start, end = self.raw(span)
        return self._text[start:end] if span[0] < span[1] else ""

    def context(self, span: Span) -> str:
        """The sentences in which the span stands."""
        if not self.tokens:
            return ""
        first = self.owners[min(span[0], len(self.tokens) - 1)]
        last = self.owners[min(max(span[1] - 1, span[0]), len(self.tokens) - 1)]
        return self._text[self._sentences[first][0] : self._sentences[last][1]]


@dataclass(frozen=True, slots=True)
class Difference:
    """Words that differ: spans of tokens on both sides, and whether a figure is another for it."""

    is_figure: bool
    before: Span
    after: Span


def differences(before: Side, after: Side) -> list[Difference]:
    """What differs between two sides, in order; nothing for what only white space makes differ."""
    keys = [token.key for token in before.tokens], [token.key for token in after.tokens]
    found = [gap for gap in _gathered(gaps(*keys), before) if not _same_run(before, after, gap)]
    if not found:
        return []
    before.read([(a, b) for a, b, _, _ in found])
    after.read([(c, d) for _, _, c, d in found])
    twins = _twins(found, len(keys[0]), len(keys[1]))
    made: list[Difference] = []
    for a, b, c, d in found:
        made.extend(_judged(before, after, (a, b), (c, d), twins))
    return _merged(made)


def _gathered(found: list[Gap], before: Side) -> list[Gap]:
    """Gaps with no more than one word without digits between them as one."""
    merged: list[Gap] = []
    for gap in found:
        last = merged[-1] if merged else None
        close = last is not None and gap[0] - last[1] <= 1 and gap[2] - last[3] <= 1
        if last is not None and close and not any(token.has_digits for token in before.tokens[last[1] : gap[0]]):
            merged[-1] = (last[0], gap[1], last[2], gap[3])
        else:
            merged.append(gap)
    return merged


def _same_run(before: Side, after: Side, gap: Gap) -> bool:
    a, b, c, d = gap
    one, two = before.tokens[a:b], after.tokens[c:d]
    # The same number with another mark between its thousands is the same, and nobody would quote it otherwise.
    return run_together(one) == run_together(two) or [ungrouped(t.key) for t in one] == [ungrouped(t.key) for t in two]


@dataclass(frozen=True, slots=True)
class _Twins:
    """Of each token that is the same in both versions, its number in the other."""

    after: dict[int, int]
    before: dict[int, int]


def _twins(found: list[Gap], length_before: int, length_after: int) -> _Twins:
    edges = [(0, 0, 0, 0), *found, (length_before, length_before, length_after, length_after)]
    there = {
        one: two
        for left, right in pairwise(edges)
        for one, two in zip(range(left[1], right[0]), range(left[3], right[2]), strict=False)
    }
    return _Twins(there, {two: one for one, two in there.items()})


def _judged(before: Side, after: Side, old: Span, new: Span, twins: _Twins) -> list[Difference]:
    counted, recounted = before.counting(old), after.counting(new)
    if not counted and not recounted:
        compared = _compared_otherwise(before, after, old, new, twins) or _led_otherwise(before, after, old, new)
        compared = compared or _signed_otherwise(before, after, old, new)
        return [compared or Difference(False, old, new)]
    if _same_figures(before, after, old, new):
        return [Difference(False, old, new)]
    if counted and recounted:
        old, new = _hull(before, old, counted), _hull(after, new, recounted)
        return [Difference(True, *_widened(before, after, old, new, twins))]
    if counted:
        one_sided = [(own, (new[0], new[1])) for own in _each(before, old, counted)]
    else:
        one_sided = [((old[0], old[1]), own) for own in _each(after, new, recounted)]
    return [Difference(True, *_widened(before, after, *spans, twins)) for spans in one_sided]


def _hull(side: Side, span: Span, counting: list[int]) -> Span:
    """The span itself, or where it is long from its first figure to its last."""
    if span[1] - span[0] <= _LONGEST_RUN:
        return span
    owned = [own for own, _ in side.touched(span)]
    first = min([counting[0], *(own[0] for own in owned)])
    return max(span[0], first), min(span[1], max([counting[-1] + 1, *(own[1] for own in owned)]))


def _each(side: Side, span: Span, counting: list[int]) -> list[Span]:
    """The figures of a span, and what counts outside of them, one by one."""
    if span[1] - span[0] <= _LONGEST_RUN and len(side.touched(span)) <= 1:
        return [span]
    found = [(max(own[0], span[0]), min(own[1], span[1])) for own, _ in side.touched(span)]
    found = [own for own in found if own[0] < own[1]]
    found += [(at, at + 1) for at in counting if not any(a <= at < b for a, b in found)]
    return sorted(found)


def _same_figures(before: Side, after: Side, old: Span, new: Span) -> bool:
    """Whether the same figures are only written otherwise: "£23m" and "£23 million"."""
    sides = []
    for side, span in ((before, old), (after, new)):
        touched = side.touched(span)
        covered = {at for own, _ in touched for at in range(*own)}
        # All that counts in the figures is in the run: "11 three-star hotels" is no six-star one for its 11.
        whole = all(span[0] <= at < span[1] for at in covered if side.counts[at])
        if not touched or not whole or any(at not in covered for at in side.counting(span)):
            return False
        sides.append([(f.value, f.low, f.high, f.unit, f.comparator, f.trend, f.date) for _, f in touched])
    if sides[0] != sides[1]:
        return False
    pairs = zip(before.touched(old), after.touched(new), strict=True)
    return not any(before.setting(one).differs(after.setting(two)) for (one, _), (two, _) in pairs)


def _compared_otherwise(before: Side, after: Side, old: Span, new: Span, twins: _Twins) -> Difference | None:
    """The figure near a change of words alone that the change makes another: "252" became "over 252"."""
    for own, figure in before.near(old):
        numbers = [at for at in range(*own) if before.counts[at]]
        if not numbers or any(at not in twins.after for at in numbers):
            continue
        there = twins.after[numbers[0]]
        twin = next(iter(after.touched((there, there + 1))), None)
        if twin is None:
            continue
        meant = _meant_otherwise(before, after, own, twin[0], old, new)
        if meant is not None:
            return meant
        touching = own[0] < old[1] and old[0] < own[1] or twin[0][0] < new[1] and new[0] < twin[0][1]
        if _is_another(figure, twin[1], touching=touching):
            return Difference(
                True, (min(old[0], own[0]), max(old[1], own[1])), (min(new[0], twin[0][0]), max(new[1], twin[0][1]))
            )
    return None


def _meant_otherwise(before: Side, after: Side, own: Span, twin: Span, old: Span, new: Span) -> Difference | None:
    """A figure of which the words in the change say otherwise: its rate, direction, level or unit."""
    one, two = before.setting(own), after.setting(twin)
    for name in one.differs(two):
        says, now = one.slots.get(name), two.slots.get(name)
        if not (says and now) and _is_typo(before.keys[slice(*old)], after.keys[slice(*new)]):
            continue
        if (says and _meet(says[1], old)) or (now and _meet(now[1], new)):
            return Difference(
                True,
                _over(own, [one for one in (old, says[1] if says else old) if one[0] < one[1]]),
                _over(twin, [one for one in (new, now[1] if now else new) if one[0] < one[1]]),
            )
    return None


def _is_typo(words: Sequence[str], others: Sequence[str]) -> bool:
    """Whether a word was only spelt otherwise: "annually", "annualy"."""
    return fuzz.ratio(" ".join(words), " ".join(others)) >= _SPELT_ALIKE


def _meet(one: Span, two: Span) -> bool:
    return one[0] < two[1] and two[0] < one[1]


def _signed_otherwise(before: Side, after: Side, old: Span, new: Span) -> Difference | None:
    """The number behind a bracket that came or went, where it was or is less than nothing for it."""
    if old[1] >= len(before.tokens) or new[1] >= len(after.tokens) or not before.counts[old[1]]:
        return None
    signed, resigned = is_bracketed(before.keys, old[1]), is_bracketed(after.keys, new[1])
    if signed == resigned:
        return None
    return Difference(True, (old[0], old[1] + 1 + signed), (new[0], new[1] + 1 + resigned))


def _led_otherwise(before: Side, after: Side, old: Span, new: Span) -> Difference | None:
    """The number behind a change of words that another comparator leads now, whatever the reader makes of it."""
    if old[1] >= len(before.tokens) or new[1] >= len(after.tokens) or not before.counts[old[1]]:
        return None
    if _sign_before(before, old[1]) == _sign_before(after, new[1]):
        return None
    return Difference(True, (old[0], old[1] + 1), (new[0], new[1] + 1))


def _sign_before(side: Side, at: int) -> str:
    """The sign of the comparator whose words end before a token; ``=`` for none."""
    for length in range(min(_LONGEST_PHRASE, at), 0, -1):
        sign = COMPARATORS.get(tuple(token.key.casefold() for token in side.tokens[at - length : at]))
        if sign is not None:
            return str(sign)
    return "="


def _is_another(one: Figure, two: Figure, *, touching: bool) -> bool:
    if one.comparator != two.comparator or {one.trend, two.trend} == {"up", "down"}:
        return True
    if not touching:
        return False
    measured = one.dimension not in _UNMEASURED and two.dimension not in _UNMEASURED
    return (measured and one.unit != two.unit) or (one.value, one.low, one.high) != (two.value, two.low, two.high)


def _widened(before: Side, after: Side, old: Span, new: Span, twins: _Twins) -> tuple[Span, Span]:
    """Both spans with the whole of each figure that they cut, and with what stands there on the other side."""
    for _ in range(2):
        old = _over(old, [own for own, _ in before.touched(old)])
        new = _over(new, [own for own, _ in after.touched(new)])
        if new[0] < new[1]:
            old = _over(old, [(twins.before[at], twins.before[at] + 1) for at in range(*new) if at in twins.before])
        if old[0] < old[1]:
            new = _over(new, [(twins.after[at], twins.after[at] + 1) for at in range(*old) if at in twins.after])
    return old, new


def _over(span: Span, more: list[Span]) -> Span:
    if not more:
        return span
    if span[0] == span[1]:
        # An empty span is a place between two tokens, and takes in what stands at it.
        return min([span[0], *(own[0] for own in more)]), max([span[1], *(own[1] for own in more)])
    return min(span[0], *(own[0] for own in more)), max(span[1], *(own[1] for own in more))


def _merged(made: list[Difference]) -> list[Difference]:
    """Differences of figures that overlap, on either side, as one."""
    merged: list[Difference] = []
    for one in made:
        last = merged[-1] if merged else None
        if last is not None and (one.before[0] < last.before[1] or one.after[0] < last.after[1]):
            merged[-1] = Difference(
                last.is_figure or one.is_figure,
                (min(last.before[0], one.before[0]), max(last.before[1], one.before[1])),
                (min(last.after[0], one.after[0]), max(last.after[1], one.after[1])),
            )
        else:
            merged.append(one)
    return merged
