"""A PDF as a document: its running text in the order of reading, with pages, headings, lists, tables, notes.

The words come from pdfium, or from pdfminer.six where that fails (``won_by["text"]`` says which), taken
out in a process of its own (``pdf_process``). They are put in lines (``pdf_lines``) and blocks
(``pdf_blocks``); what the pages repeat at their edges is furniture (``pdf_furniture``). The text is ours:
hyphens at the ends of lines are mended where nothing speaks for them (``pdf_hyphens``), ligatures are written as
letters, raised digits as superscripts; a figure is never changed. Offsets are into this text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from scrapers.document import Block, Capture, Document, Page
from scrapers.errors import NoText
from scrapers.pdf_blocks import Measures, Para, across_pages, bullet_of, name_headings, paragraphs
from scrapers.pdf_facts import kind_of, read_facts
from scrapers.pdf_furniture import furniture, is_head
from scrapers.pdf_hyphens import joined, vocabulary
from scrapers.pdf_lines import lines_of
from scrapers.pdf_process import PdfLimits, RawPdf, Word, take_apart
from scrapers.richtext import RichText, TextBuilder

EXTRACTOR = ("pdf", "1")

#: From this share of characters that stand for no letter the text is doubtful.
_UNREADABLE = 0.05
_STOPPED = {
    "pages": "the first {read} of {all} pages were read, the most that are read of one PDF",
    "characters": "the first {read} of {all} pages were read: its text is too long to be read whole",
    "time": "the first {read} of {all} pages were read: its reading took too long",
}
_LISTED = 12


def extract_pdf(capture: Capture, limits: PdfLimits | None = None) -> Document:
    """Return a PDF's text with blocks, links and pages, and what it says of itself; kind report or release.

    ``doubt`` names pages without text, or how far it was read. Raises NoText for a PDF of pictures,
    EncryptedPdf and BadPdf for one that cannot be read.
    """
    raw = take_apart(capture, limits or PdfLimits())
    text, pages = _grown(raw)
    if not text.text:
        raise NoText("a PDF without text: scanned, or of blank pages", capture.source)
    first_end = next(page.end for page in pages if page.end > page.start)
    facts = read_facts(capture, raw, text.text, text.blocks, first_end)
    won_by = {"text": raw.engine, **facts.won_by}
    values = dict(facts.values)
    return Document(
        kind=kind_of(text.text, text.blocks),
        text=text.text,
        blocks=_with_title(text, values.get("title")),
        links=text.links,
        pages=pages,
        doubt=_doubt(raw, text.text),
        won_by=MappingProxyType(won_by),
        **values,
    )


def _grown(raw: RawPdf) -> tuple[RichText, tuple[Page, ...]]:
    """The text of all pages with its blocks and links, and where each page begins and ends in it."""
    read = [(page, *lines_of(page)) for page in raw.pages]
    fixtures = furniture([(page, lines) for page, lines, _ in read])
    running = [[line for line in lines if id(line) not in fixtures] for _, lines, _ in read]
    measures = Measures(running)
    paras = across_pages([paragraphs(lines, measures) for lines in running], measures)
    name_headings([para for on_page in paras for para in on_page], measures)
    known = vocabulary(line.text for lines in running for line in lines)
    growing = _Growing(known)
    for (page, lines, turned), on_page in zip(read, paras, strict=True):
        fixed = [line for line in lines if id(line) in fixtures]
        runs_over = [para for para in on_page[:1] if para.page != page.number]
        heads = [Para([line], tag="nav") for line in fixed if is_head(page, line)]
        feet = [Para([line], tag="footer") for line in fixed if not is_head(page, line)]
        aside = [Para([line], tag="nav") for line in turned]
        for para in (*runs_over, *heads, *on_page[len(runs_over) :], *feet, *aside):
            growing.add(para)
    return growing.build([page.number for page in raw.pages])


@dataclass(frozen=True, slots=True)
class _Part:
    """A word as it is written into a block, with what stands before it."""

    between: str
    text: str
    word: Word
    page: int


class _Growing:
    """A text that grows block by block, and remembers where in which block each page begins."""

    def __init__(self, known: Mapping[str, int]) -> None:
        self._known = known
        self._builder = TextBuilder()
        #: By page, the number of the block and the place in it where its first word stands.
        self._first: dict[int, tuple[int, int]] = {}
        self._blocks = 0

    def add(self, para: Para) -> None:
        """Write one block."""
        parts = list(self._parts(para))
        if not any(part.text for part in parts):
            return
        self._builder.start_block(para.tag, para.level)
        length, is_bold, address = 0, False, None
        for part in parts:
            bold = part.word.bold and para.tag not in ("h", "nav", "footer")
            if (bold, part.word.url) != (is_bold, address):
                self._format(is_bold, address, bold, part.word.url)
                is_bold, address = bold, part.word.url
            self._write(part)
            length += len(part.between) if length else 0
            self._first.setdefault(part.page, (self._blocks, length))
            length += len(part.text)
        self._format(is_bold, address, False, None)
        self._blocks += 1

    def build(self, numbers: Sequence[int]) -> tuple[RichText, tuple[Page, ...]]:
        """The whole text, and its pages, in order; one without words begins and ends where the next begins."""
        text = self._builder.build()
        starts: list[int] = []
        place = len(text.text)
        for number in reversed(numbers):
            if number in self._first:
                block, inside = self._first[number]
                place = min(place, text.blocks[block].start + inside)
            starts.append(place)
        starts.reverse()
        ends = [*starts[1:], len(text.text)]
        return text, tuple(Page(*span) for span in zip(starts, ends, numbers, strict=True))

    def _format(self, was_bold: bool, left: str | None, bold: bool, url: str | None) -> None:
        """End one formatting and begin another."""
        if left and left != url:
            self._builder.end_link()
        if url and left != url:
            self._builder.begin_link(url)
        if was_bold != bold:
            (self._builder.begin_bold if bold else self._builder.end_bold)()

    def _write(self, part: _Part) -> None:
        if part.between == "\t":
            self._builder.cell_break()
        elif part.between == "\n":
            self._builder.row_break()
        elif part.between:
            self._builder.words(" ")
        self._builder.words(part.text)

    def _parts(self, para: Para) -> Iterator[_Part]:
        if para.tag == "table":
            yield from _table(para)
            return
        words = [
            (word, line.page, at == 0, n) for n, line in enumerate(para.lines) for at, word in enumerate(line.words)
        ]
        if para.tag == "li":
            words = words[bullet_of(para.lines[0]) :]
        between = ""
        for at, (word, page, _, number) in enumerate(words):
            following = words[at + 1] if at + 1 < len(words) else None
            if following is None or not following[2]:
                yield _Part(between, word.text, word, page)
                between = " "
                continue
            text, space = joined(word.text, following[0].text, self._known)
            yield _Part(between, text, word, page)
            # A line that was ended on purpose stays one, but not in a heading, nor where it cuts a word.
            is_broken = number < len(para.breaks) and para.breaks[number] and para.tag != "h"
            between = "\n" if space and is_broken else space


def _table(para: Para) -> Iterator[_Part]:
    for number, line in enumerate(para.lines):
        for place, cell in enumerate(line.cells):
            for at, word in enumerate(cell):
                between = " " if at else "\t" if place else "\n" if number else ""
                yield _Part(between, word.text, word, line.page)


def _with_title(text: RichText, title: str | None) -> tuple[Block, ...]:
    """The blocks, with the heading that says the title as the one of the first level."""
    if title is None:
        return text.blocks
    wanted = "".join(title.casefold().split())
    blocks = list(text.blocks)
    for at, block in enumerate(blocks[:12]):
        words = "".join(text.text[block.start : block.end].casefold().split())
        if block.tag in ("h", "p") and words and words == wanted:
            blocks[at] = replace(block, tag="h", level=1, bold=())
            break
    return tuple(blocks)


def _doubt(raw: RawPdf, text: str) -> str | None:
    """Why the text may not be the whole PDF, in one line."""
    doubts = []
    if raw.stopped:
        doubts.append(_STOPPED[raw.stopped].format(read=len(raw.pages), all=raw.all_pages))
    empty = [page.number for page in raw.pages if not page.words]
    if empty:
        listed = ", ".join(map(str, empty[:_LISTED])) + (
            f" and {len(empty) - _LISTED} more" if len(empty) > _LISTED else ""
        )
        doubts.append(f"no text on {'pages' if len(empty) > 1 else 'page'} {listed}: scanned, or a picture")
    odd = sum(1 for character in text if character == "\ufffd" or "\ue000" <= character <= "\uf8ff")
    if odd > _UNREADABLE * len(text):
        doubts.append("many of its characters stand for no letter: its fonts do not say which")
    return "; ".join(doubts) or None
