"""Writes small PDFs for the tests: words in Helvetica at given places, links, information, pages without text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

WIDTH, HEIGHT = 595, 842
_HEAD = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"


@dataclass(frozen=True)
class Put:
    """Words at a place (points from the lower left), in a size; ``turned`` from the bottom to the top."""

    x: float
    y: float
    words: str
    size: float = 10
    bold: bool = False
    turned: bool = False


@dataclass(frozen=True)
class Sheet:
    """One page: its words, and the links (left, bottom, right, top, address) that lie over them."""

    words: Sequence[Put] = ()
    links: Sequence[tuple[float, float, float, float, str]] = ()
    rotate: int = 0
    more: bytes = b""


@dataclass(frozen=True)
class Paper:
    """A PDF: its pages, and what its dictionary of information and its catalog say."""

    sheets: Sequence[Sheet]
    info: dict[str, str] = field(default_factory=dict)
    language: str = ""

    def as_bytes(self) -> bytes:
        """The file."""
        objects = [b"", b"", _font(b"Helvetica"), _font(b"Helvetica-Bold")]
        kids = []
        for sheet in self.sheets:
            content = _content(sheet.words) + sheet.more
            objects.append(b"<< /Length %d >>\nstream\n" % len(content) + content + b"\nendstream")
            stream = len(objects)
            notes = [_link(*link) for link in sheet.links]
            objects.append(
                b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Rotate %d /Contents %d 0 R /Annots [%s]"
                b" /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>"
                % (WIDTH, HEIGHT, sheet.rotate, stream, b" ".join(notes))
            )
            kids.append(b"%d 0 R" % len(objects))
        language = b" /Lang (%s)" % self.language.encode() if self.language else b""
        objects[0] = b"<< /Type /Catalog /Pages 2 0 R%s >>" % language
        objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
        info = b" ".join(b"/%s %s" % (name.encode(), _string(value)) for name, value in self.info.items())
        objects.append(b"<< %s >>" % info)
        return _file(objects)


def column(lines: Sequence[str], x: float = 72, top: float = 700, size: float = 10, lead: float = 12) -> list[Put]:
    """Lines under each other."""
    return [Put(x, top - at * lead, line, size) for at, line in enumerate(lines)]


def _font(name: bytes) -> bytes:
    return b"<< /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding /WinAnsiEncoding >>" % name


def _string(text: str) -> bytes:
    raw = text.encode("cp1252")
    for sign in (b"\\", b"(", b")"):
        raw = raw.replace(sign, b"\\" + sign)
    return b"(" + raw + b")"


def _content(words: Sequence[Put]) -> bytes:
    lines = []
    for put in words:
        matrix = b"0 1 -1 0" if put.turned else b"1 0 0 1"
        font = b"F2" if put.bold else b"F1"
        lines.append(b"BT /%s %g Tf %s %g %g Tm %s Tj ET" % (font, put.size, matrix, put.x, put.y, _string(put.words)))
    return b"\n".join(lines)


def _link(x0: float, y0: float, x1: float, y1: float, url: str) -> bytes:
    return b"<< /Type /Annot /Subtype /Link /Rect [%g %g %g %g] /Border [0 0 0] /A << /S /URI /URI %s >> >>" % (
        x0,
        y0,
        x1,
        y1,
        _string(url),
    )


def _file(objects: Sequence[bytes]) -> bytes:
    out = bytearray(_HEAD)
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        len(objects),
        start,
    )
    return bytes(out)
