"""Text, blocks and links that grow together, so that no offset is ever searched for afterwards."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from scrapers.document import Block, Link

#: White space that HTML collapses; the no-break space is not among it, it is part of the words.
_COLLAPSIBLE = re.compile(r"[ \t\n\r\f\v\u2028\u2029]+")
#: What stands at the edge of a block without being words: white space, fillers of zero width, marks.
_EDGE = " \t\n\r\f\v\u00a0\u00ad\u034f\u200b\u200c\u200d\u2007\u2060\ufeff"
#: XML cannot hold them and no reader wants them, or they take no room; each stands for nothing.
_UNWANTED = re.compile("[\x00-\x08\x0e-\x1f\x7f\u00ad\u034f\u200b\u2060\ud800-\udfff\ufeff]")
#: Those of them that Python takes for white space.
_NO_SPACE = "\x1c\x1d\x1e\x1f"


@dataclass(frozen=True, slots=True)
class RichText:
    """A finished text with its blocks and links; ``text[b.start:b.end]`` is the text of block ``b``."""

    text: str
    blocks: tuple[Block, ...]
    links: tuple[Link, ...]


def pick(text: RichText, numbers: Iterable[int]) -> RichText:
    """Return the text made of some blocks of another, in order, with their bold spans and links."""
    parts: list[str] = []
    blocks: list[Block] = []
    links: list[Link] = []
    length = place = 0
    for number in sorted(set(numbers)):
        block = text.blocks[number]
        if parts:
            length += 2
        shift = length - block.start
        parts.append(text.text[block.start : block.end])
        blocks.append(shifted(block, shift))
        while place < len(text.links) and text.links[place].start < block.start:
            place += 1
        while place < len(text.links) and text.links[place].end <= block.end:
            link = text.links[place]
            links.append(replace(link, start=link.start + shift, end=link.end + shift))
            place += 1
        length += block.end - block.start
    return RichText("\n\n".join(parts), tuple(blocks), tuple(links))


def shifted(block: Block, by: int) -> Block:
    """Return a block moved by so many characters, its bold spans with it."""
    bold = tuple((start + by, end + by) for start, end in block.bold)
    return replace(block, start=block.start + by, end=block.end + by, bold=bold)


@dataclass(slots=True)
class _Piece:
    """Words of one formatting inside the block that is growing; offsets are into that block."""

    start: int
    end: int
    bold: bool
    link: int | None


@dataclass(slots=True)
class TextBuilder:
    """Grows a text block by block: words in, breaks between, links and bold around.

    White space is collapsed to one space inside a block, lines of one block are separated by a
    newline and blocks by a blank line. No-break spaces stay. Blocks without words leave no trace.
    """

    _parts: list[str] = field(default_factory=list)
    _length: int = 0
    _blocks: list[Block] = field(default_factory=list)
    _links: list[Link] = field(default_factory=list)
    _targets: list[str] = field(default_factory=list)
    _open_links: list[int] = field(default_factory=list)
    _bold: int = 0
    _block: list[str] = field(default_factory=list)
    _block_length: int = 0
    _pieces: list[_Piece] = field(default_factory=list)
    _gap: str = ""
    _tag: str = "p"
    _level: int = 0

    def start_block(self, tag: str = "p", level: int = 0) -> None:
        """Close the block that is open and let the next words begin one with this tag and level."""
        if self._block:
            self.end_block()
        else:  # most elements of a page hold no words of their own
            self._gap = ""
        self._tag, self._level = tag, level

    def words(self, text: str | None) -> None:
        """Append running text with the formatting in force."""
        if not text:
            return
        # Most of what a page holds is the indentation between its elements, or words that are clean already.
        if text.isascii() and text.isspace():
            if text.strip(_NO_SPACE):
                self._space(" ")
            return
        if "  " in text or not text.isprintable():
            text = _COLLAPSIBLE.sub(" ", _UNWANTED.sub("", text))
        core = text.strip(" ")
        if text[:1] == " ":
            self._space(" ")
        if not core:
            return
        start = self._append(core)
        link = self._open_links[-1] if self._open_links else None
        self._pieces.append(_Piece(start, self._block_length, self._bold > 0, link))
        if text[-1:] == " ":
            self._space(" ")

    def line_break(self) -> None:
        """Begin a new line; a second break without words between begins a new block of the same tag."""
        if self._gap == "\n":
            self.start_block(self._tag, self._level)
        else:
            self._space("\n")

    def cell_break(self) -> None:
        """Separate two cells of a table's row."""
        self._space("\t")

    def row_break(self) -> None:
        """Begin a new row of a table; empty rows leave no trace."""
        if self._block_length:
            self._gap = "\n"

    def begin_bold(self) -> None:
        """Set the words that follow in bold."""
        self._bold += 1

    def end_bold(self) -> None:
        """End the innermost bold."""
        self._bold = max(0, self._bold - 1)

    def begin_link(self, url: str) -> None:
        """Let the words that follow carry a link, inside another too: the innermost wins."""
        self._targets.append(url)
        self._open_links.append(len(self._targets) - 1)

    def end_link(self) -> None:
        """End the innermost link."""
        if self._open_links:
            self._open_links.pop()

    def end_block(self) -> None:
        """Close the open block: fix its place in the text, its bold spans and its links."""
        if not self._block:
            self._gap = ""
            return
        raw = "".join(self._block)
        left = len(raw) - len(raw.lstrip(_EDGE))
        words = raw.strip(_EDGE)
        if words:
            if self._parts:
                self._parts.append("\n\n")
                self._length += 2
            self._fix_spans(raw, left, left + len(words))
            self._parts.append(words)
            self._length += len(words)
        self._block, self._pieces = [], []
        self._block_length, self._gap = 0, ""

    def build(self) -> RichText:
        """Close the last block and return text, blocks and links."""
        self.end_block()
        return RichText("".join(self._parts), tuple(self._blocks), tuple(self._links))

    def _space(self, gap: str) -> None:
        # A line or cell break outranks a space; nothing stands before a block's first words.
        if self._block_length and (not self._gap or self._gap == " "):
            self._gap = gap

    def _append(self, words: str) -> int:
        if self._gap:
            self._block.append(self._gap)
            self._block_length += len(self._gap)
            self._gap = ""
        start = self._block_length
        self._block.append(words)
        self._block_length += len(words)
        return start

    def _fix_spans(self, raw: str, left: int, right: int) -> None:
        """Record the block with its bold spans and links, clipped to ``raw[left:right]``."""
        shift = self._length - left
        bold = [(s + shift, e + shift) for s, e, _ in self._runs(raw, left, right, lambda p: p.bold or None)]
        self._blocks.append(Block(self._length, self._length + right - left, self._tag, self._level, tuple(bold)))
        for start, end, target in self._runs(raw, left, right, lambda piece: piece.link):
            self._links.append(Link(start + shift, end + shift, self._targets[target]))

    def _runs(
        self, raw: str, left: int, right: int, value_of: Callable[[_Piece], int | None]
    ) -> list[tuple[int, int, int]]:
        """Return (start, end, value) of neighbouring pieces that share a value, without edge white space."""
        joined: list[tuple[int, int, int]] = []
        before: int | None = None
        for piece in self._pieces:
            start, end, value = max(piece.start, left), min(piece.end, right), value_of(piece)
            while start < end and raw[start] in _EDGE:
                start += 1
            while end > start and raw[end - 1] in _EDGE:
                end -= 1
            if start >= end:
                continue
            if value is not None:
                if joined and before == value:
                    joined[-1] = (joined[-1][0], end, value)
                else:
                    joined.append((start, end, value))
            before = value
        return joined
