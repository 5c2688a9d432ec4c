"""PDFs that cannot be read, or not whole: each has its own error or its doubt, in bounded time."""

from __future__ import annotations

import contextlib
import time
import zlib

import pytest
from pdf_writer import Paper, Put, Sheet, column

from scrapers.document import Capture
from scrapers.errors import BadPdf, EncryptedPdf, NoText, ScrapeError
from scrapers.pdf import extract_pdf
from scrapers.pdf_process import PdfLimits

WORDS = Paper([Sheet(column(["A line of words.", "Another line of words."]))]).as_bytes()


def capture(body: bytes) -> Capture:
    return Capture("paper.pdf", body, "2026-01-01T00:00:00Z")


def encrypted() -> bytes:
    """A PDF whose keys nobody has: standard security, revision 2, with a password that is not the empty one."""
    entry = b"/Encrypt << /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -44 >> /ID [<00> <00>] /Root" % (
        b"00" * 32,
        b"11" * 32,
    )
    return WORDS.replace(b"/Root", entry)


@pytest.mark.parametrize(
    ("body", "error", "says"),
    [
        (
            Paper([Sheet(), Sheet()]).as_bytes(),
            NoText,
            "a PDF without text: scanned, or of blank pages: paper.pdf: run OCR (for example ocrmypdf)",
        ),
        (encrypted(), EncryptedPdf, "wants a password"),
        (b"%PDF-1.7\n", BadPdf, "damaged"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 40, BadPdf, "damaged"),
        (WORDS[:200], BadPdf, "damaged"),
    ],
    ids=["scanned", "encrypted", "only-a-head", "noise", "cut-off"],
)
def test_each_has_its_error(body: bytes, error: type[ScrapeError], says: str) -> None:
    with pytest.raises(error) as caught:
        extract_pdf(capture(body))
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_tail_that_is_cut_off_costs_no_words() -> None:
    assert "Another line of words." in extract_pdf(capture(WORDS[:-6])).text


def test_a_tree_of_pages_that_is_its_own_child_is_read_or_refused() -> None:
    with contextlib.suppress(BadPdf, NoText):
        assert "words" in extract_pdf(capture(WORDS.replace(b"/Kids [6 0 R]", b"/Kids [2 0 R 6 0 R]"))).text


def test_the_limits_are_told() -> None:
    many = Paper([Sheet(column([f"Page {n} has these words."])) for n in range(1, 6)]).as_bytes()
    document = extract_pdf(capture(many), PdfLimits(pages=2))
    assert document.doubt == "the first 2 of 5 pages were read, the most that are read of one PDF"
    assert len(document.pages) == 2
    long = extract_pdf(capture(many), PdfLimits(characters=30))
    assert long.doubt is not None
    assert "too long to be read whole" in long.doubt


def test_a_hostile_one_does_not_hold_the_process() -> None:
    # A form that draws itself ten times, twelve deep: 10**12 words.
    forms = b"".join(
        b"%d 0 obj\n<< /Type /XObject /Subtype /Form /BBox [0 0 600 800] /Length %d"
        b" /Resources << /XObject << /X %d 0 R >> /Font << /F1 3 0 R >> >> >>\nstream\n%s\nendstream\nendobj\n"
        % (100 + n, 6 * 10 + 40, 101 + n, (b"/X Do " * 10).ljust(100))
        for n in range(12)
    )
    last = (
        b"112 0 obj\n<< /Type /XObject /Subtype /Form /BBox [0 0 600 800] /Length 44 >>\n"
        b"stream\n%s\nendstream\nendobj\n" % (b"BT /F1 9 Tf 1 0 0 1 72 72 Tm (word) Tj ET".ljust(44))
    )
    page = Paper([Sheet([Put(72, 700, "A line of words.")], more=b"\n/X Do")]).as_bytes()
    body = page.replace(b"/F2 4 0 R >>", b"/F2 4 0 R >> /XObject << /X 100 0 R >>").replace(
        b"xref\n", forms + last + b"xref\n", 1
    )
    began = time.monotonic()
    with contextlib.suppress(BadPdf):
        extract_pdf(capture(body), PdfLimits(seconds=0.5, megabytes=512))
    assert time.monotonic() - began < 8


def test_a_bomb_does_not_fill_the_memory() -> None:
    packed = zlib.compress(b" " * 60_000_000)
    stream = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed)
    body = WORDS.replace(WORDS[WORDS.index(b"5 0 obj\n") + 8 : WORDS.index(b"\nendobj\n6 0 obj")], stream)
    with pytest.raises((BadPdf, NoText)):
        extract_pdf(capture(body), PdfLimits(seconds=1.0, megabytes=150))


def test_nothing_is_said_on_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    for body in (WORDS, WORDS[:200], b"%PDF-1.7\nnoise"):
        try:
            extract_pdf(capture(body))
        except BadPdf:
            continue
    assert capfd.readouterr() == ("", "")


def test_a_reader_that_dies_is_an_error_of_the_input() -> None:
    with pytest.raises(BadPdf, match="ends its reader"):
        extract_pdf(capture(WORDS), PdfLimits(megabytes=16))
