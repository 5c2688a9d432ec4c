"""Runs the taking apart of a PDF in a process of its own, with bounds, and checks what comes out of it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scrapers.document import Capture
from scrapers.errors import BadPdf, EncryptedPdf

_CHILD = Path(__file__).with_name("pdf_child.py")
#: Latin ligatures that fonts draw as one sign: words are found by their letters.
_LIGATURES = ("ff", "fi", "fl", "ffi", "ffl", "st", "st")
#: What no reader sees: controls, fillers of no width, halves of characters. A soft hyphen shows at a word's end only.
_UNSEEN = (*range(0x20), *range(0x7F, 0xA0), 0x34F, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, *range(0xD800, 0xE000))
_LAST = {**dict(enumerate(_LIGATURES, 0xFB00)), **dict.fromkeys(_UNSEEN, "")}
_SHOWN = {**_LAST, 0xAD: ""}


@dataclass(frozen=True, slots=True)
class PdfLimits:
    """How much of a PDF is read: pages, characters, seconds for its words, and megabytes of memory.

    After twice the seconds and five more the process is ended, whatever it is at.
    """

    pages: int = 2_000
    characters: int = 3_000_000
    seconds: float = 20.0
    megabytes: int = 1_536


@dataclass(frozen=True, slots=True)
class Word:
    """A word where it stands on its page: points from the lower left, ``y`` the baseline.

    ``turn`` counts right angles against most of the page's words.
    """

    text: str
    x0: float
    y: float
    x1: float
    size: float
    bold: bool = False
    turn: int = 0
    url: str | None = None


@dataclass(frozen=True, slots=True)
class RawPage:
    """The words of one page in the order in which the file draws them; ``number`` counts from 1."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class RawPdf:
    """What a PDF holds: the pages that were read, of how many; ``stopped`` says which limit was met.

    ``info`` is its dictionary of information, ``language`` that of its catalog, each "" where not said.
    """

    engine: str
    pages: tuple[RawPage, ...]
    all_pages: int
    info: Mapping[str, str] = field(default_factory=dict)
    language: str = ""
    stopped: str | None = None


def take_apart(capture: Capture, limits: PdfLimits) -> RawPdf:
    """The words of a PDF, by pypdfium2, or by pdfminer.six where that fails or finds none.

    Raises EncryptedPdf for one that wants a password, BadPdf for one that cannot be read, or not within
    the limits.
    """
    numbers = (limits.pages, limits.characters, limits.seconds, limits.megabytes)
    # -P: the folder of the file is no place to import from.
    command = [sys.executable, "-P", str(_CHILD), *map(str, numbers)]
    try:
        done = subprocess.run(  # noqa: S603 - our own file; the PDF goes in as data
            command, input=capture.body, capture_output=True, timeout=2 * limits.seconds + 5, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise BadPdf("a PDF that takes too long to read", capture.source) from error
    try:
        found = json.loads(done.stdout)
    except ValueError as error:
        raise BadPdf("a PDF that cannot be read: it ends its reader", capture.source) from error
    if found.get("error") == "encrypted":
        raise EncryptedPdf("a PDF that wants a password", capture.source)
    if "error" in found:
        raise BadPdf("a PDF that is damaged, or none", capture.source)
    return _checked(found)


def _checked(found: dict[str, Any]) -> RawPdf:
    pages = tuple(
        RawPage(number, page["width"], page["height"], tuple(_words(page)))
        for number, page in enumerate(found["pages"], 1)
    )
    info = {name: " ".join(value.replace("\0", "").split()) for name, value in found["info"].items()}
    return RawPdf(
        engine=found["engine"],
        pages=pages,
        all_pages=found["all_pages"],
        info=info,
        language=found.get("language", ""),
        stopped=found.get("stopped"),
    )


def _words(page: dict[str, Any]) -> list[Word]:
    links = [link for link in page["links"] if link[4].lower().startswith(("http://", "https://"))]
    found = []
    for text, x0, y, x1, size, bold, turn in page["words"]:
        url = _url_at((x0 + x1) / 2, y, links) if links else None
        shown = text[:-1].translate(_SHOWN) + text[-1:].translate(_LAST)
        if shown:
            found.append(Word(shown, x0, y, x1, size or 1.0, bool(bold), turn, url))
    return found


def _url_at(x: float, y: float, links: list[list[Any]]) -> str | None:
    """The address of the link whose box holds this place on a baseline."""
    for x0, y0, x1, y1, url in links:
        if x0 - 1 <= x <= x1 + 1 and y0 - 1 <= y < y1:
            return str(url)
    return None
