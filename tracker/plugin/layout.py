"""An archived text laid out for reading: parts, blocks, turns, and the claims on its words (pure).

Offsets are characters of the whole text, half open, as everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

from db.records import PassageRecord
from tracker.plugin.segments import Mark, segments

GroupKind = Literal["block", "list", "boilerplate"]
#: A part of a long text that one page shows: some twenty printed pages.
PART = 60_000
#: Boilerplate of more characters or more lines than this is folded away.
LONG_BOILERPLATE = 300
MANY_LINES = 6
_BULLET = re.compile(r"[\s•‣◦▪·*–—-]*\Z")
_LINE = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading or list item.

    ``speaker`` is who begins to speak with it, None while a turn goes on; ``label_end`` is where the
    words end that name the speaker in the text itself ("Jo Writer:"), equal to ``start`` without any.
    ``page`` is the page of a PDF that begins with it or in it, None where it goes on.
    """

    start: int
    end: int
    role: str
    level: int = 0
    speaker: str | None = None
    label_end: int = 0
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """A claim's place in the text; ``here`` for the one that the reader came for."""

    claim_id: int
    start: int
    end: int
    here: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """Words of a block that the same claims cover.

    ``claim_id`` is the one that they lead to, the shortest of those that cover them; ``others`` the
    rest; ``begins`` those whose words begin here; ``pieces`` the words, each with whether it is a figure.
    """

    claim_id: int | None
    others: tuple[int, ...]
    begins: tuple[int, ...]
    here: bool
    pieces: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A block with its words; ``label`` is the text's own naming of the speaker."""

    block: Block
    label: str
    runs: tuple[Run, ...]

    @property
    def has_claim(self) -> bool:
        """Does any claim stand in it?"""
        return any(run.claim_id is not None for run in self.runs)


@dataclass(frozen=True, slots=True)
class Group:
    """Blocks that are shown as one: a list, boilerplate (``folded`` where it is long), or a single block."""

    kind: GroupKind
    blocks: tuple[Shown, ...]
    size: int
    folded: bool = False


def parts(text: str, size: int = PART) -> list[tuple[int, int]]:
    """Where to cut a long text: at the last line's end of each ``size`` characters, if it is not too early."""
    found = []
    start = 0
    while len(text) - start > size:
        cut = text.rfind("\n", start + size // 2, start + size) + 1 or start + size
        found.append((start, cut))
        start = cut
    return [*found, (start, len(text))]


def part_with(cuts: Sequence[tuple[int, int]], offset: int) -> int:
    """The number, from 0, of the part that holds this offset."""
    return next((number for number, (_, end) in enumerate(cuts) if offset < end), len(cuts) - 1)


def blocks(text: str, passages: Iterable[PassageRecord], start: int, end: int) -> list[Block]:
    """The blocks of a part of the text; every word between ``start`` and ``end`` is in exactly one.

    What stands between passages (a speaker's label, a bullet's sign, words that no passage holds)
    goes to the passage behind it on the same line, or makes a paragraph of its own.
    """
    found: list[Block] = []
    at, page = start, None
    for passage in sorted(passages, key=lambda passage: (passage.start, -passage.end)):
        first, last = max(passage.start, at), min(passage.end, end)
        if first >= last:
            continue
        between, label = _between(text, at, first)
        found.extend(between)
        turns = passage.page if passage.page != page else None
        found.append(Block(label, last, passage.role, passage.level, passage.speaker, first, turns))
        at, page = last, passage.page
    rest, label = _between(text, at, end)
    found.extend(rest)
    if text[label:end].strip():
        found.append(_plain(text, label, end))
    return _turns(text, found)


def _between(text: str, start: int, end: int) -> tuple[list[Block], int]:
    """The lines between two passages as paragraphs, and where the label before the second begins."""
    line = text.rfind("\n", start, end) + 1 or start
    lines = [_plain(text, found.start(), found.end()) for found in _LINE.finditer(text, start, line)]
    label = line if text[line:end].strip() else end
    return [block for block in lines if block.start < block.end], label


def _plain(text: str, start: int, end: int) -> Block:
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    end = max(start, end - (len(words) - len(words.rstrip())))
    return Block(start, end, "paragraph", label_end=start)


def _turns(text: str, found: list[Block]) -> list[Block]:
    """The blocks with the speaker named only where a turn begins, and not twice where the text does."""
    speaker = None
    turned = []
    for block in found:
        label = text[block.start : block.label_end]
        start = block.label_end if _BULLET.match(label) else block.start
        begins = block.speaker if block.speaker != speaker else None
        if block.role != "boilerplate":
            speaker = block.speaker
        if begins and begins.casefold() in " ".join(label.split()).casefold():
            begins = None
        turned.append(replace(block, start=start, speaker=begins))
    return turned


def laid_out(
    text: str,
    found: Sequence[Block],
    claims: Sequence[Placed],
    figures: Iterable[tuple[int, int]],
) -> list[Group]:
    """The blocks with the claims and figures on their words, neighbours of a kind together.

    ``figures`` are where figures begin and end.
    """
    if not found:
        return []
    marks: list[Mark[tuple[str, int]]] = [Mark(block.start, block.end, ("block", at)) for at, block in enumerate(found)]
    marks += [Mark(claim.start, claim.end, ("claim", at)) for at, claim in enumerate(claims)]
    marks += [Mark(start, end, ("figure", 0)) for start, end in figures]
    # The label that names a speaker is cut off, too.
    marks += [Mark(block.start, block.label_end, ("label", 0)) for block in found]
    cut = segments(found[0].start, found[-1].end, marks)
    by_block: dict[int, list[tuple[str, tuple[int, ...], bool, bool]]] = {}
    for segment in cut:
        numbers = {kind: number for kind, number in segment.labels if kind == "block"}
        if "block" not in numbers:
            continue
        kinds = {kind for kind, _ in segment.labels}
        covering = tuple(number for kind, number in segment.labels if kind == "claim")
        words = text[segment.start : segment.end]
        by_block.setdefault(numbers["block"], []).append((words, covering, "figure" in kinds, "label" in kinds))
    begun: set[int] = set()
    shown = [_shown(block, by_block.get(at, []), claims, begun) for at, block in enumerate(found)]
    return _grouped(shown)


def _shown(
    block: Block,
    pieces: Sequence[tuple[str, tuple[int, ...], bool, bool]],
    claims: Sequence[Placed],
    begun: set[int],
) -> Shown:
    label = "".join(words for words, _, _, is_label in pieces if is_label)
    runs = []
    for covering, run in groupby((piece for piece in pieces if not piece[3]), key=lambda piece: piece[1]):
        begins = tuple(number for number in covering if number not in begun)
        begun.update(begins)
        nearest = sorted(covering, key=lambda number: (claims[number].end - claims[number].start, number))
        ids = [claims[number].claim_id for number in nearest]
        runs.append(
            Run(
                claim_id=ids[0] if ids else None,
                others=tuple(ids[1:]),
                begins=tuple(claims[number].claim_id for number in begins),
                here=any(claims[number].here for number in covering),
                pieces=tuple((words, figure) for words, _, figure, _ in run),
            )
        )
    return Shown(block, label, tuple(runs))


def _kind_of(shown: Shown) -> GroupKind:
    return _KINDS.get(shown.block.role, "block")


def _grouped(shown: Iterable[Shown]) -> list[Group]:
    groups: list[Group] = []
    for kind, together in groupby(shown, key=_kind_of):
        items = tuple(together)
        if kind == "block":
            groups.extend(Group("block", (item,), item.block.end - item.block.start) for item in items)
            continue
        size = sum(item.block.end - item.block.start for item in items)
        is_long = size > LONG_BOILERPLATE or len(items) > MANY_LINES
        folded = kind == "boilerplate" and is_long and not any(item.has_claim for item in items)
        groups.append(Group(kind, items, size, folded))
    return groups


_KINDS: dict[str, GroupKind] = {"bullet": "list", "boilerplate": "boilerplate"}
