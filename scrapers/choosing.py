"""Which blocks of a page are its article: those whose words an extractor chose, and what it lost between them."""

from __future__ import annotations

from collections import Counter

from scrapers.document import Block
from scrapers.furniture import is_caption, is_labelled_link, notices, opens_elsewhere
from scrapers.prose import plain
from scrapers.richtext import RichText, TextBuilder, pick

#: Characters from which a run of letters and digits is found by containment, not only as a whole.
_TELLING = 25
#: Characters by which a torn line is looked for, and the share of its pieces that one block must hold.
_PIECE = 12
_MOST_PIECES = 0.6
#: How many blocks below the headline its standfirst is looked for.
_NEAR = 8
#: The share of a block that a line must make up to bring the block in.
_MIN_SHARE = 0.3
#: The share of the article's words that must be found among the page's blocks.
_MIN_COVERAGE = 0.8


def choose(
    page: RichText, lines: list[str], lost: list[str], headline: str | None, standfirst: str | None
) -> tuple[RichText, bool]:
    """Keep the blocks of a page whose words are among an article's lines, or lost from it.

    ``standfirst`` is what the page says of itself, which stands under its ``headline``. Where the page's blocks
    do not hold the lines, gives the bare lines, and False.
    """
    keys = [plain(page.text[block.start : block.end]) for block in page.blocks]
    wanted = [plain(line) for line in lines]
    kept = _matching(keys, [*wanted, *map(plain, lost)])
    if sum(len(keys[number]) for number in kept) < _MIN_COVERAGE * sum(map(len, wanted)):
        builder = TextBuilder()
        for line in [*lines, *lost]:
            builder.start_block()
            builder.words(line)
        return builder.build(), False
    kept |= _lost_between(page, kept, headline)
    return pick(page, kept | _standfirst(page, kept, keys, headline, standfirst)), True


def _standfirst(page: RichText, kept: set[int], keys: list[str], headline: str | None, stated: str | None) -> set[int]:
    """Return the block under the headline that says what the page states as its description."""
    wanted, title = plain(stated or ""), plain(headline or "")
    if len(wanted) < _TELLING or not kept:
        return set()
    first = min(kept)
    heads = [n for n in range(first) if page.blocks[n].tag == "h" and keys[n] == title]
    start = heads[-1] if heads else first
    for number in range(start + 1, min(first, start + 1 + _NEAR)):
        # Descriptions are cut short as often as they are whole.
        if len(keys[number]) >= _TELLING and (wanted.startswith(keys[number]) or keys[number].startswith(wanted)):
            return {number}
    return set()


def _matching(keys: list[str], wanted: list[str]) -> set[int]:
    """Return the numbers of the blocks that say the wanted lines, each as often as it is wanted."""
    places: dict[str, list[int]] = {}
    for number, key in enumerate(keys):
        places.setdefault(key, []).append(number)
    anchors = [places[line][0] for line in wanted if len(places.get(line, ())) == 1]
    low, high = (min(anchors), max(anchors)) if anchors else (0, len(keys))
    kept: set[int] = set()
    missing: list[str] = []
    for line, times in Counter(wanted).items():
        found = places.get(line, [])
        inside = [number for number in found if low <= number <= high]
        kept.update((inside or found)[:times])
        if not found:
            missing.append(line)
    # A line of ours may be several of theirs, or the other way round.
    stream = "".join(wanted)
    kept.update(
        n
        for n, key in enumerate(keys)
        if len(key) >= _TELLING and n not in kept and key in stream and len(places[key]) == 1
    )
    for line in missing:
        if len(line) >= _TELLING:
            holders = [n for n, key in enumerate(keys) if line in key and len(line) >= _MIN_SHARE * len(key)]
            kept.update([min(holders, key=lambda n: len(keys[n]))] if holders else _torn(line, keys))
    return kept


def _torn(line: str, keys: list[str]) -> set[int]:
    """Return the block of which a line has most pieces: extractors lose the words of links amid a paragraph."""
    pieces = [line[at : at + _PIECE] for at in range(0, len(line) - _PIECE + 1, _PIECE)]
    votes: Counter[int] = Counter()
    for piece in pieces:
        votes.update([n for n, key in enumerate(keys) if piece in key][:_NEAR])
    best, found = votes.most_common(1)[0] if votes else (0, 0)
    return {best} if found >= _MOST_PIECES * len(pieces) and len(keys[best]) <= 2 * len(line) else set()


def _lost_between(page: RichText, kept: set[int], headline: str | None) -> set[int]:
    """Return the blocks that the extractor dropped amid those that it kept, and that are no furniture.

    Each stands between two kept blocks, or between the headline and one: headings, questions in
    bold type, and prose that sits in a ``<div>`` among ``<p>``. Further off stand captions and teasers.
    """
    lost: set[int] = set()
    first, last = min(kept, default=0), max(kept, default=0)
    wanted = plain(headline or "")
    for number in range(max(0, first - 6), first):
        block = page.blocks[number]
        if block.tag == "h" and plain(page.text[block.start : block.end]) == wanted:
            first = number
    for number in range(first + 1, last):
        block = page.blocks[number]
        words = page.text[block.start : block.end]
        linked = sum(link.end - link.start for link in page.links if block.start <= link.start < block.end)
        if number in kept or linked > 0.5 * len(words) or opens_elsewhere(words):
            continue
        if number + 1 not in kept or not (number - 1 in kept | lost or number - 1 == first):
            continue
        is_asked = words.endswith("?") and (block.tag == "h" or _is_bold(block))
        is_heading = block.tag == "h" and len(words.split()) > 2
        if is_asked or is_heading or (block.tag == "p" and _is_prose(words)):
            lost.add(number)
    return lost


def _is_prose(words: str) -> bool:
    return (
        len(words) >= 80
        and words.rstrip("\"'\u201d\u2019)").endswith((".", "?", "!"))
        and not notices(words)
        and not is_caption(words)
        and not is_labelled_link(words)
    )


def _is_bold(block: Block) -> bool:
    return sum(end - start for start, end in block.bold) >= 0.9 * (block.end - block.start)
