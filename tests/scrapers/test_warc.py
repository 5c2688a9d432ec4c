"""Web archives: the documents in them, and what is broken told without ending the rest."""

from __future__ import annotations

import gzip
import io
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from scrapers.archive import Archive
from scrapers.document import Capture
from scrapers.errors import ScrapeError, TooLarge
from scrapers.warc import BrokenRecord, Record, is_warc, records

DATE = "2021-05-04T10:00:00Z"
PAGE = b"<!doctype html><html><body><p>The regulator fined Acme Rail.</p></body></html>"
HTML = ("Content-Type", "text/html; charset=utf-8")
_Writer: Any = WARCWriter
_Head: Any = StatusAndHeaders


class Making:
    """A WARC file in the making; ``offsets`` are those of its records."""

    def __init__(self, *, packed: bool = True) -> None:
        self.file = io.BytesIO()
        self.offsets: list[int] = []
        self._writer = _Writer(self.file, gzip=packed, warc_version="1.1")

    def response(self, url: str, body: bytes = PAGE, *fields: tuple[str, str], status: str = "200 OK") -> None:
        head = _Head(status, list(fields or (HTML,)), protocol="HTTP/1.1")
        self._write(url, "response", body, http_headers=head)

    def resource(self, uri: str, body: bytes, media: str) -> None:
        self._write(uri, "resource", body, warc_content_type=media)

    def other(self, kind: str, url: str) -> None:
        head = _Head("GET / HTTP/1.1", [], is_http_request=True) if kind == "request" else None
        head = _Head("200 OK", [HTML], protocol="HTTP/1.1") if kind == "revisit" else head
        body = b"" if head else b"about: nothing\r\n"
        self._write(url, kind, body, warc_content_type=None if head else "application/warc-fields", http_headers=head)

    def _write(self, uri: str, kind: str, body: bytes, **more: Any) -> None:
        self.offsets.append(self.file.tell())
        record = self._writer.create_warc_record(
            uri, kind, payload=io.BytesIO(body), length=len(body), warc_headers_dict={"WARC-Date": DATE}, **more
        )
        self._writer.write_record(record)

    @property
    def content(self) -> bytes:
        return self.file.getvalue()


def found_in(content: bytes, limit: int = 1_000_000) -> list[Record]:
    return list(records(io.BytesIO(content), "a.warc", limit))


def captures(content: bytes) -> list[Capture]:
    return [record.found for record in found_in(content) if isinstance(record.found, Capture)]


@pytest.mark.parametrize("packed", [True, False])
def test_a_page_comes_with_its_address_date_headers_and_bytes(packed: bool) -> None:
    making = Making(packed=packed)
    making.other("warcinfo", "a.warc")
    making.response("https://news.example/a", PAGE, HTML, ("Server", "oak"))
    making.other("metadata", "https://news.example/a")
    assert is_warc(making.content[:1000])
    assert [record.offset for record in found_in(making.content)] == making.offsets
    (capture,) = captures(making.content)
    assert capture == Capture(
        source=f"a.warc@{making.offsets[1]}",
        body=PAGE,
        fetched_at=DATE,
        content_type="text/html",
        charset="utf-8",
        url="https://news.example/a",
        final_url="https://news.example/a",
        status=200,
        headers=(HTML, ("Server", "oak")),
    )


PACKED = gzip.compress(PAGE, mtime=0)
CHUNKED = b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE)
PACKED_CHUNKED = b"%x\r\n%s\r\n0\r\n\r\n" % (len(PACKED), PACKED)
GZIP, CHUNKS = ("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked")


@pytest.mark.parametrize(
    ("body", "fields", "raw", "why"),
    [
        (PACKED, (HTML, GZIP), PACKED, "packed on the wire"),
        (CHUNKED, (HTML, CHUNKS), None, "chunks are framing"),
        (PACKED_CHUNKED, (HTML, GZIP, CHUNKS), PACKED, "both"),
        (PAGE, (HTML, CHUNKS), None, "the header was kept, the framing was not"),
        (PAGE, (HTML, GZIP), None, "kept unpacked, the header left"),
        (PAGE, (HTML, ("Content-Encoding", "identity")), None, "no coding"),
    ],
)
def test_codings_are_undone(body: bytes, fields: tuple[tuple[str, str], ...], raw: bytes | None, why: str) -> None:
    making = Making()
    making.response("https://news.example/a", body, *fields)
    (capture,) = captures(making.content)
    assert (capture.body, capture.raw) == (PAGE, raw), why


@pytest.mark.parametrize(
    ("make", "expected", "why"),
    [
        (lambda m: m.response("https://n.example/a", b"x", ("Content-Type", "image/png")), False, "a picture"),
        (lambda m: m.response("https://n.example/a", b"x", ("Content-Type", "text/css")), False, "a style"),
        (lambda m: m.response("https://n.example/a", PAGE, status="404 Not Found"), False, "no page there"),
        (lambda m: m.response("https://n.example/a", b"", status="301 Moved"), False, "a redirect"),
        (lambda m: m.response("https://n.example/robots.txt", b"User-agent: *", ("Content-Type", "text/plain")),
         False, "for machines"),
        (lambda m: m.response("https://n.example/a", PAGE, ("Server", "oak")), True, "no type stated: its bytes tell"),
        (lambda m: m.response("https://n.example/a", b"%PDF-", ("Content-Type", "application/pdf")), True, "a PDF"),
        (lambda m: m.other("request", "https://n.example/a"), False, "what was asked"),
        (lambda m: m.other("revisit", "https://n.example/a"), False, "the same as before"),
        (lambda m: m.resource("dns:n.example", b"20210504 n.example. 1 IN A 192.0.2.1", "text/dns"), False, "a name"),
        (lambda m: m.resource("file:letter%20one.eml", b"Subject: 1\n\nOne", "message/rfc822"), True, "a file"),
        (lambda m: m.resource("https://n.example/a", PAGE, "text/html"), True, "a page as a resource"),
    ],
)  # fmt: skip
def test_documents_are_taken_and_the_rest_passed_over(make: Callable[[Making], None], expected: bool, why: str) -> None:
    making = Making()
    make(making)
    assert bool(captures(making.content)) is expected, why
    assert not any(isinstance(record.found, ScrapeError) for record in found_in(making.content)), why


def test_a_file_keeps_its_name_and_has_no_address() -> None:
    making = Making()
    making.resource("file:letter%20one.eml", b"Subject: 1\n\nOne", "application/octet-stream")
    (capture,) = captures(making.content)
    assert (capture.filename, capture.url, capture.content_type) == ("letter one.eml", None, None)


def three(*, packed: bool) -> Making:
    making = Making(packed=packed)
    for name in "abc":
        making.response(f"https://news.example/{name}", PAGE + name.encode() * 50)
    return making


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("where", ["head", "body"])
def test_a_broken_record_is_told_with_its_place_and_the_rest_goes_on(packed: bool, where: str) -> None:
    making = three(packed=packed)
    first, second, third = making.offsets
    content = bytearray(making.content)
    at = second + (3 if where == "head" else (third - second) // 2)
    content[at : at + 8] = b"\0" * 8
    found = found_in(bytes(content))
    broken = [record for record in found if isinstance(record.found, ScrapeError)]
    assert [record.offset for record in broken] == [second]
    assert isinstance(broken[0].found, BrokenRecord)
    assert str(second) in str(broken[0].found)
    assert [c.url for c in captures(bytes(content))] == ["https://news.example/a", "https://news.example/c"]


@pytest.mark.parametrize("packed", [True, False])
def test_a_file_cut_off_gives_what_is_whole(packed: bool) -> None:
    making = three(packed=packed)
    found = found_in(making.content[: making.offsets[2] + 200])
    assert [type(record.found) for record in found] == [Capture, Capture, BrokenRecord]


def test_rubbish_before_a_record_is_passed_by() -> None:
    making = three(packed=True)
    first, second, _ = making.offsets
    content = making.content[:second] + b"\x1f\x8b\x08 no record" * 3 + making.content[second:]
    assert len(captures(content)) == 3
    assert [r.offset for r in found_in(content) if isinstance(r.found, BrokenRecord)] == [second]


def test_a_file_packed_in_one_piece_says_what_to_do() -> None:
    content = gzip.compress(three(packed=False).content)
    broken = [record.found for record in found_in(content) if isinstance(record.found, ScrapeError)]
    assert len(broken) == 1
    assert "warcio recompress" in str(broken[0])


def test_a_head_that_does_not_end_is_broken() -> None:
    content = gzip.compress(b"WARC/1.1\r\nWARC-Type: " + b"x" * 5_000_000, mtime=0) + three(packed=True).content
    found = found_in(content)
    assert isinstance(found[0].found, BrokenRecord)
    assert len(captures(content)) == 3


@pytest.mark.parametrize("coding", [(), (GZIP,)])
def test_a_record_over_the_limit_is_told(coding: tuple[tuple[str, str], ...]) -> None:
    making = Making()
    body = b"<p>" + b"x" * 3_000_000
    making.response("https://news.example/big", gzip.compress(body, mtime=0) if coding else body, HTML, *coding)
    making.response("https://news.example/a")
    big, small = (record.found for record in found_in(making.content))
    assert isinstance(big, TooLarge)
    assert isinstance(small, Capture)


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    making = Making()
    for number in range(60):
        making.response(f"https://news.example/{number}", PAGE + b"%d" % number * 100_000)
        making.response(f"https://news.example/{number}.png", b"x" * 2_000_000, ("Content-Type", "image/png"))
    path = tmp_path / "big.warc.gz"
    path.write_bytes(making.content)
    with path.open("rb") as file:
        tracemalloc.start()
        assert sum(isinstance(r.found, Capture) for r in records(file, "big")) == 60
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert most < 10_000_000


def test_our_own_archive_gives_back_what_went_in(tmp_path: Path) -> None:
    page = Capture("https://news.example/a", PAGE, DATE, "text/html", "utf-8", "https://news.example/a",
                   "https://news.example/a", 200, (HTML, GZIP), PACKED)  # fmt: skip
    letter = Capture("letter.eml", b"Subject: 1\n\nOne", DATE, filename="letter.eml")
    archive = Archive(tmp_path)
    archive.store(page)
    archive.store(letter)
    (path,) = tmp_path.glob("*.warc.gz")
    again = captures(path.read_bytes())
    assert [(c.body, c.raw, c.final_url, c.status, c.fetched_at) for c in again] == [
        (PAGE, PACKED, "https://news.example/a", 200, DATE),
        (letter.body, None, None, None, DATE),
    ]
    assert again[1].filename == "letter.eml"


@pytest.mark.parametrize("head", [b"", b"WAR", b"\x1f\x8b\x08", gzip.compress(b"hello", mtime=0), b"<html>WARC/1.1"])
def test_what_is_no_web_archive(head: bytes) -> None:
    assert not is_warc(head)
