"""Which runs of two sequences differ: exact matches only, in time that no input can blow up."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Sequence

from rapidfuzz.distance import Levenshtein

#: Two runs whose lengths multiply to more are cut at what stands in each of them once, before they are compared.
_CELLS = 30_000_000

#: A run that differs: ``one[a:b]`` stands where ``two[c:d]`` does; either may be empty.
Gap = tuple[int, int, int, int]


def gaps(one: Sequence[Hashable], two: Sequence[Hashable]) -> list[Gap]:
    """The runs in which two sequences differ, in order; between them they are equal, item by item.

    The fewest edits where the runs are of a length at which they can be found, else what lies between the
    items that stand once in both. Time is bounded by some ten times the lengths and a constant a gap.

    >>> gaps(["of", "252", "tests"], ["of", "over", "200", "tests"])
    [(1, 2, 1, 3)]
    """
    numbers: dict[Hashable, int] = {}
    first = [numbers.setdefault(item, len(numbers)) for item in one]
    second = [numbers.setdefault(item, len(numbers)) for item in two]
    found: list[Gap] = []
    for gap in _anchored(first, second, (0, len(first), 0, len(second)), found_apart=True):
        found.extend(_exact(first, second, gap))
    return _joined(found)


def _exact(one: list[int], two: list[int], gap: Gap) -> list[Gap]:
    a, b, c, d = _trimmed(one, two, gap)
    if a == b or c == d:
        return [(a, b, c, d)] if (a, c) != (b, d) else []
    if (b - a) * (d - c) > _CELLS:
        return [(a, b, c, d)]
    operations = Levenshtein.opcodes(one[a:b], two[c:d])
    return [
        (a + op.src_start, a + op.src_end, c + op.dest_start, c + op.dest_end) for op in operations if op.tag != "equal"
    ]


def _trimmed(one: list[int], two: list[int], gap: Gap) -> Gap:
    """The gap without what is equal at its beginning and its end."""
    a, b, c, d = gap
    while a < b and c < d and one[a] == two[c]:
        a, c = a + 1, c + 1
    while a < b and c < d and one[b - 1] == two[d - 1]:
        b, d = b - 1, d - 1
    return a, b, c, d


def _anchored(one: list[int], two: list[int], gap: Gap, *, found_apart: bool) -> list[Gap]:
    """The gaps that remain to be compared: the one given, or, where it is too long, those between its anchors."""
    a, b, c, d = gap = _trimmed(one, two, gap)
    if (b - a) * (d - c) <= _CELLS:
        return [gap]
    anchors = _rising(_once_in_both(one[a:b], two[c:d]))
    if not anchors:
        return [gap]
    cut: list[Gap] = []
    x, y = a, c
    for i, j in [*anchors, (b - a, d - c)]:
        piece = (x, a + i, y, c + j)
        # What stood once in the whole says little of a piece, where other items stand once: one level deeper.
        cut.extend(_anchored(one, two, piece, found_apart=False) if found_apart else [piece])
        x, y = a + i + 1, c + j + 1
    return cut


def _once_in_both(one: list[int], two: list[int]) -> list[tuple[int, int]]:
    """The places of what stands once in either, in the order of the first."""
    here, there = Counter(one), Counter(two)
    places = {item: place for place, item in enumerate(two) if there[item] == 1}
    return [(place, places[item]) for place, item in enumerate(one) if here[item] == 1 and item in places]


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of the pairs in which both places rise (patience sorting, n log n)."""
    tops: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        pile = bisect_left(tops, place)
        before.append(last[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [place]
        last[pile : pile + 1] = [number]
    chosen: list[tuple[int, int]] = []
    at = last[-1] if last else -1
    while at >= 0:
        chosen.append(pairs[at])
        at = before[at]
    return chosen[::-1]


def _joined(found: list[Gap]) -> list[Gap]:
    """Gaps that touch on both sides as one."""
    merged: list[Gap] = []
    for gap in found:
        if merged and merged[-1][1] == gap[0] and merged[-1][3] == gap[2]:
            merged[-1] = (merged[-1][0], gap[1], merged[-1][2], gap[3])
        else:
            merged.append(gap)
    return merged
