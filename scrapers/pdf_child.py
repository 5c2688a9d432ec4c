"""Takes the words of a PDF out of its bytes, in a process of its own: run as a file, never imported.

A PDF is a program for a library written in C++: a hostile one may crash it, fill the memory or never
end. So this runs apart, with bounds on memory and processor, knows nothing of the project and writes
JSON: bytes on standard input, on standard output one object, as ``scrapers.pdf_process`` reads it.

Coordinates are points, from the lower left corner of the page's box, turned such that most of its
words run from left to right.
"""

from __future__ import annotations

import ctypes
import io
import json
import logging
import math
import re
import resource
import sys
import time
import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

# U+FFFE is pdfium's sign for a hyphen at the end of a line, whose next line it has joined.
_NOT_SPACE = re.compile(r"[^\s\x00\ufffe]*\ufffe|[^\s\x00\ufffe]+")
_RAISED = str.maketrans("0123456789", "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079")
_DIGITS_BEHIND = re.compile(r"(?<=\S)([0-9]{1,3})([.,;:)]?)\Z")
_BOLD_NAME = re.compile(r"bold|black|heavy|demi|(?:cm|ec|sf)[bs]x\d|[-,]bd?\b", re.IGNORECASE)
_FORCE_BOLD = 1 << 18
_INFO = ("Title", "Author", "Subject", "Creator", "Producer", "CreationDate", "ModDate")
_LONGEST_INFO = 2000
_LINKS = 2000
#: Characters of one page; a page of a newspaper has 40,000.
_LONGEST_PAGE = 300_000


class Page:
    """What is gathered of one page; words are [text, x0, baseline, x1, size, bold, turn, after hyphen]."""

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self.words: list[list[Any]] = []
        self.links: list[list[Any]] = []

    def as_json(self) -> dict[str, Any]:
        """The page, turned such that most of its words run from left to right."""
        turn = Counter(word[6] for word in self.words).most_common(1)[0][0] if self.words else 0
        width, height = (self.height, self.width) if turn % 2 else (self.width, self.height)
        for word in self.words:
            x0, y, x1, word[6] = word[1], word[2], word[3], (word[6] - turn) % 4
            (word[1], word[2]), (word[3], _) = self._turned(x0, y, turn), self._turned(x1, word.pop(), turn)
            word[1:5] = [round(value, 2) for value in word[1:5]]
        for link in self.links:
            (a, b), (c, d) = self._turned(link[0], link[1], turn), self._turned(link[2], link[3], turn)
            link[:4] = [round(value, 2) for value in (min(a, c), min(b, d), max(a, c), max(b, d))]
        return {"width": width, "height": height, "words": self.words, "links": self.links}

    def _turned(self, x: float, y: float, turn: int) -> tuple[float, float]:
        if turn == 1:
            return y, self.width - x
        if turn == 2:
            return self.width - x, self.height - y
        return (self.height - y, x) if turn == 3 else (x, y)


class Limits:
    """How much is read: pages, characters and seconds; ``stopped`` names the one that was met."""

    def __init__(self, pages: int, characters: int, seconds: float) -> None:
        self.pages, self.characters, self.end = pages, characters, time.monotonic() + seconds
        self.stopped: str | None = None

    def go_on(self, page: int, characters: int) -> bool:
        """Whether one more page may be read."""
        self.characters -= characters
        if page >= self.pages:
            self.stopped = "pages"
        elif self.characters <= 0:
            self.stopped = "characters"
        elif time.monotonic() > self.end:
            self.stopped = "time"
        return self.stopped is None


def with_pdfium(body: bytes, limits: Limits) -> dict[str, Any]:
    """The words of each page as pdfium finds them."""
    import pypdfium2 as pdfium
    import pypdfium2.raw as raw

    try:
        document = pdfium.PdfDocument(body)  # type: ignore[no-untyped-call]
    except pdfium.PdfiumError as error:
        return {"error": "encrypted" if "assword" in str(error) else "broken"}
    found: dict[str, Any] = {"engine": "pypdfium2", "all_pages": len(document), "pages": []}
    stated = document.get_metadata_dict()  # type: ignore[no-untyped-call]
    found["info"] = {name: stated.get(name, "")[:_LONGEST_INFO] for name in _INFO}
    found["language"] = _language(document, raw)
    read = 0
    for number in range(len(document)):
        if not limits.go_on(number, read):
            break
        try:
            page, read = _pdfium_page(document, number, raw)
        except pdfium.PdfiumError:
            page, read = Page(0, 0), 0
        found["pages"].append(page.as_json())
        if read > _LONGEST_PAGE:
            limits.stopped = "characters"
            break
    found["stopped"] = limits.stopped
    return found


def _language(document: Any, raw: Any) -> str:
    """What the catalog says; "" where it says nothing, or pdfium is too old to tell."""
    ask = getattr(raw, "FPDFCatalog_GetLanguage", None)
    if ask is None:
        return ""
    size = ask(document.raw, None, 0)
    if not 2 < size < 200:
        return ""
    buffer = (ctypes.c_ushort * (size // 2))()
    ask(document.raw, buffer, size)
    return bytes(buffer)[: size - 2].decode("utf-16-le", "replace")


def _pdfium_page(document: Any, number: int, raw: Any) -> tuple[Page, int]:
    source = document[number]
    box = raw.FS_RECTF()
    raw.FPDF_GetPageBoundingBox(source.raw, box)
    page = Page(box.right - box.left, box.top - box.bottom)
    text_page = source.get_textpage()
    try:
        reader = _Characters(text_page.raw, raw, box.left, box.bottom)
        page.words = [word for word in reader.words() if _is_inside(word, page)]
        page.links = list(_links(document.raw, source.raw, raw, box))
        return page, reader.all
    finally:
        text_page.close()
        source.close()


def _is_inside(word: list[Any], page: Page) -> bool:
    """Words beside the page (marks of the printer, what a crop cut away) are seen by no reader."""
    return bool(-10 <= word[1] <= page.width + 10 and -10 <= word[2] <= page.height + 10)


class _Characters:
    """The characters of one page of pdfium's; its buffers are used again for each."""

    def __init__(self, page: Any, raw: Any, left: float, bottom: float) -> None:
        self.raw, self.page, self.left, self.bottom = raw, page, left, bottom
        self.all = max(0, raw.FPDFText_CountChars(page))
        self.count = min(self.all, _LONGEST_PAGE)
        self._doubles = [ctypes.c_double() for _ in range(4)]
        self._matrix, self._flags = raw.FS_MATRIX(), ctypes.c_int()
        self._name = ctypes.create_string_buffer(128)

    def words(self) -> Iterator[list[Any]]:
        text = self._text()
        for found in _NOT_SPACE.finditer(text):
            yield from self._word(found[0].replace("\ufffe", "-"), found.start(), found.end() - 1)

    def _text(self) -> str:
        """One character each, so that places in it are pdfium's own."""
        buffer = (ctypes.c_ushort * (self.count + 1))()
        written = self.raw.FPDFText_GetText(self.page, 0, self.count, buffer)
        text = bytes(buffer)[: 2 * max(0, written - 1)].decode("utf-16-le", "replace")
        if len(text) == self.count:
            return text
        codes = (self.raw.FPDFText_GetUnicode(self.page, at) for at in range(self.count))
        return "".join(chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\0" for code in codes)

    def _word(self, text: str, first: int, last: int) -> Iterator[list[Any]]:
        """The word, with digits that stand raised behind it as raised ones: 200 with note 3 is no 2003."""
        size, turn = self._size(first)
        behind = _DIGITS_BEHIND.search(text) if len(text) > 1 else None
        if behind is not None:
            at = first + behind.start(1)
            small = [n for n in range(at, first + behind.end(1)) if self._is_raised(n, first, size)]
            cut = small[0] - first if small else len(text)
            if small and small[-1] == first + behind.end(1) - 1:
                text = text[:cut] + text[cut : behind.end(1)].translate(_RAISED) + behind[2]
        x0, y = self._origin(first)
        x1, y1 = self._end(last, turn)
        yield [text, x0, y, x1, size, self._bold(first), turn, y1]

    def _is_raised(self, at: int, first: int, size: float) -> bool:
        own, turn = self._size(at)
        lift = self._origin(at)[1] - self._origin(first)[1]
        return turn == 0 and own < 0.85 * size and lift > 0.15 * size

    def _size(self, at: int) -> tuple[float, int]:
        """The size in points as the page shows it, and by how many right angles the character is turned."""
        size = self.raw.FPDFText_GetFontSize(self.page, at)
        m = self._matrix
        if self.raw.FPDFText_GetMatrix(self.page, at, m):
            size *= math.hypot(m.c, m.d) or 1.0
            turn = round(math.atan2(m.b, m.a) / (math.pi / 2)) % 4
            return min(abs(size), 2000.0), turn
        return min(abs(size), 2000.0), 0

    def _origin(self, at: int) -> tuple[float, float]:
        x, y = self._doubles[:2]
        self.raw.FPDFText_GetCharOrigin(self.page, at, x, y)
        return x.value - self.left, y.value - self.bottom

    def _end(self, at: int, turn: int) -> tuple[float, float]:
        """Where the word's last character ends, on its baseline."""
        left, right, bottom, top = self._doubles
        self.raw.FPDFText_GetCharBox(self.page, at, left, right, bottom, top)
        x = left.value if turn == 2 else right.value
        y = bottom.value if turn == 3 else top.value
        return x - self.left, y - self.bottom

    def _bold(self, at: int) -> int:
        if self.raw.FPDFText_GetFontWeight(self.page, at) >= 600:
            return 1
        size = self.raw.FPDFText_GetFontInfo(self.page, at, self._name, 128, self._flags)
        name = self._name.value.decode("latin-1") if 0 < size <= 128 else ""
        return int(bool(self._flags.value > 0 and self._flags.value & _FORCE_BOLD) or bool(_BOLD_NAME.search(name)))


def _links(document: Any, page: Any, raw: Any, box: Any) -> Iterator[list[Any]]:
    place, link, rect = ctypes.c_int(0), raw.FPDF_LINK(), raw.FS_RECTF()
    for _ in range(_LINKS):
        if not raw.FPDFLink_Enumerate(page, place, link):
            return
        action = raw.FPDFLink_GetAction(link)
        if not action or raw.FPDFAction_GetType(action) != raw.PDFACTION_URI:
            continue
        size = raw.FPDFAction_GetURIPath(document, action, None, 0)
        if not 0 < size < 4000 or not raw.FPDFLink_GetAnnotRect(link, rect):
            continue
        buffer = ctypes.create_string_buffer(size)
        raw.FPDFAction_GetURIPath(document, action, buffer, size)
        edges = (rect.left - box.left, rect.bottom - box.bottom, rect.right - box.left, rect.top - box.bottom)
        yield [*edges, buffer.value.decode("utf-8", "replace")]


def with_pdfminer(body: bytes, limits: Limits) -> dict[str, Any]:
    """The words of each page as pdfminer.six finds them; slower, but it reads files that pdfium does not."""
    from pdfminer.converter import PDFPageAggregator
    from pdfminer.layout import LAParams
    from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
    from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
    from pdfminer.pdfpage import PDFPage
    from pdfminer.pdfparser import PDFParser
    from pdfminer.utils import decode_text

    try:
        document = PDFDocument(PDFParser(io.BytesIO(body)))
    except (PDFPasswordIncorrect, PDFEncryptionError):
        return {"error": "encrypted"}
    found: dict[str, Any] = {"engine": "pdfminer.six", "all_pages": 0, "pages": [], "info": {}}
    for info in document.info[:1]:
        for name in _INFO:
            value = info.get(name)
            found["info"][name] = decode_text(value)[:_LONGEST_INFO] if isinstance(value, bytes) else ""
    manager = PDFResourceManager()
    device = PDFPageAggregator(manager, laparams=LAParams())
    interpreter = PDFPageInterpreter(manager, device)
    read = 0
    for number, source in enumerate(PDFPage.create_pages(document)):
        found["all_pages"] = number + 1
        if not limits.go_on(number, read):
            break
        page = Page(0, 0)
        with suppress(Exception):
            interpreter.process_page(source)
            layout = device.get_result()
            page = Page(layout.width, layout.height)
            page.words = list(_miner_words(layout))
        read = sum(len(word[0]) for word in page.words)
        found["pages"].append(page.as_json())
    found["stopped"] = limits.stopped
    return found


def _miner_words(item: Any, depth: int = 0) -> Iterator[list[Any]]:
    from pdfminer.layout import LTChar, LTTextLine

    if isinstance(item, LTTextLine):
        word: list[Any] = []
        for part in [*item, None]:
            if isinstance(part, LTChar) and part.get_text().strip():
                word.append(part)
            elif word:
                text = "".join(part.get_text() for part in word)
                first, last = word[0], word[-1]
                size = min(first.size, 2000.0)
                base = first.y0 + 0.2 * size
                yield [text, first.x0, base, last.x1, size, int(bool(_BOLD_NAME.search(first.fontname))), 0, base]
                word = []
    elif hasattr(item, "__iter__") and depth < 20:
        for part in item:
            yield from _miner_words(part, depth + 1)


def bounded(seconds: float, megabytes: int) -> None:
    """Give this process so much processor time and memory, where the system lets us."""
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(seconds) + 2, math.ceil(seconds) + 4))
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def has_words(found: dict[str, Any]) -> bool:
    """Whether any page has a word."""
    return any(page["words"] for page in found.get("pages", ()))


def main(pages: int, characters: int, seconds: float, megabytes: int) -> None:
    """Read standard input with pdfium, and with pdfminer.six where that fails or finds no words."""
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    bounded(2 * seconds, megabytes)
    body = sys.stdin.buffer.read()
    found = with_pdfium(body, Limits(pages, characters, seconds))
    found_by = found
    if not has_words(found):
        try:
            other = with_pdfminer(body, Limits(pages, characters, seconds / 2))
        except (Exception, RecursionError):  # pdfminer raises whatever a broken file makes it stumble over
            other = {"error": "broken"}
        if has_words(other):
            found_by = {**found, **other, "language": found.get("language", "")}
            found_by.pop("error", None)
        elif "error" in found and other.get("error") == "encrypted":
            found_by = other
    json.dump(found_by, sys.stdout)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4]))
