"""Web archives in bulk: the documents in a WARC file of any size, in constant memory."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import Message
from pathlib import PurePosixPath
from typing import Any, BinaryIO
from urllib.parse import unquote, urlsplit

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import DecompressingBufferedReader

from scrapers.coding import CodingError, Unpacker
from scrapers.document import Capture
from scrapers.errors import ScrapeError, TooLarge
from scrapers.files import MAX_BYTES
from scrapers.record_reader import begins_record

# warcio carries no types.
_Iterator: Any = ArchiveIterator
_Reader: Any = DecompressingBufferedReader

_GZIP = b"\x1f\x8b"
_MEMBER = re.compile(rb"\x1f\x8b\x08")
_PLAIN = re.compile(rb"(?:(?<=\n)|\A)WARC/[01]\.")
_PIECE = 64 * 1024
_BLOCK = 1_000_000
_LONGEST_LINE = 64 * 1024
_MOST_LINES = 5_000
#: Documents; what else an archive of the web holds (pictures, styles, scripts) makes up its pages.
_READABLE = re.compile(r"text/(?:html|plain)\Z|application/(?:xhtml\+xml|pdf)\Z|message/rfc822\Z")
_ANY = "application/octet-stream"
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,9})?Z")
_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,15})[ \t]{0,100}(?:;[^\r\n]{0,2000})?\r?\n")
_CREDENTIALS = re.compile(r"\A(https?://)[^/?#]*@", re.IGNORECASE)
_LENGTH = re.compile(r"[0-9]{1,18}")
_WHOLE = frozenset({200, 203})
_ROBOTS = "/robots.txt"


class BrokenRecord(ScrapeError):
    """A record of a web archive that cannot be read."""

    usual_remedy = "the other records are read; get the archive again if you need this one"
    usual_stage = "file"


@dataclass(frozen=True, slots=True)
class Record:
    """One record: where it begins in the file, and what it holds; None for what is no document."""

    offset: int
    found: Capture | ScrapeError | None


def is_warc(head: bytes) -> bool:
    """Whether a file that begins like this is a WARC file, compressed or not."""
    return head.startswith(b"WARC/") or begins_record(head)


def records(file: BinaryIO, source: str, max_bytes: int = MAX_BYTES) -> Iterator[Record]:
    """Yield the records of a WARC file (seekable), documents as captures named ``SOURCE@OFFSET``.

    Documents are responses that went well and resources, of a readable media type; each has its own address,
    date, headers and bytes (``raw`` as on the wire, without the framing of chunks). A broken record is a
    BrokenRecord, one over ``max_bytes`` a TooLarge, and reading goes on with the next whole one.
    """
    start: int | None = 0
    is_packed = file.read(2) == _GZIP
    size = file.seek(0, io.SEEK_END)
    while start is not None:
        file.seek(start)
        walk = _Walk(file, is_packed)
        within: int | None = None
        try:
            for record in walk:
                # It moves on while the record is read.
                offset = within = walk.offset
                found = _found(record, walk, f"{source}@{offset}", max_bytes)
                within = None
                yield Record(offset, found)
            if walk.offset >= size:
                return
            # warcio takes the head of a record that is cut off for the end.
            reason, offset = "the file ends within it", walk.offset
        # What the library raises on damaged records is not documented; each stands for one record.
        except Exception as error:
            is_short = isinstance(error, EOFError)
            reason = "it is cut off" if is_short else " ".join(str(error).split()) or type(error).__name__
            offset = walk.offset if within is None else within
        if "non-chunked" in reason:
            what = "its records are not compressed one by one"
            yield Record(offset, BrokenRecord(what, source, "run `warcio recompress` on it and add the result"))
            return
        yield Record(offset, BrokenRecord(f"a broken record at byte {offset} ({reason[:100]})", f"{source}@{offset}"))
        start = _next_record(file, offset + 1, is_packed)


class _Broken(ValueError):
    """What is wrong with a record."""


class _BoundedReader(_Reader):  # type: ignore[misc]
    """warcio's reader, which tells of broken compression instead of printing it, and bounds heads of records."""

    def __init__(self, stream: BinaryIO, *, is_packed: bool) -> None:
        super().__init__(stream, decomp_type="gzip" if is_packed else None)
        self.lines = 0

    def _decompress(self, data: bytes) -> bytes:
        unpacked: bytes = self.decompressor.decompress(data) if self.decompressor and data else data
        return unpacked

    def readline(self, length: int | None = None) -> bytes:
        self.lines += 1
        line: bytes = super().readline(_LONGEST_LINE if length is None else min(length, _LONGEST_LINE))
        if self.lines > _MOST_LINES or len(line) == _LONGEST_LINE:
            raise _Broken("its head does not end")
        return line


class _Walk(_Iterator):  # type: ignore[misc]
    """warcio's iterator over such a reader."""

    # It prints this where a record is longer than it says; the next one then is told as broken.
    INC_RECORD = ""

    def __init__(self, file: BinaryIO, is_packed: bool) -> None:
        super().__init__(file, no_record_parse=True, check_digests=True)
        self.reader = _BoundedReader(file, is_packed=is_packed)

    def _next_record(self, next_line: bytes | None) -> Any:
        self.reader.lines = 0
        record = super()._next_record(next_line)
        self.reader.lines = 0
        return record


def _found(record: Any, walk: Any, name: str, max_bytes: int) -> Capture | ScrapeError | None:
    """What a record holds. Raises what warcio raises on a damaged one."""
    head = record.rec_headers
    if not record.rec_type or not _LENGTH.fullmatch(head.get_header("Content-Length") or ""):
        raise _Broken("its head lacks its type or its length")
    if record.rec_type not in ("response", "resource"):
        return None
    # A password is nobody's business: it is cut out before anything is kept.
    url = _CREDENTIALS.sub(r"\1", (head.get_header("WARC-Target-URI") or "").strip("<> "))
    if record.rec_type == "response":
        # Only here, for a request or a revisit without a proper head is no loss.
        record.http_headers = walk.loader.load_http_headers("response", url, record.raw_stream, record.length)
    fields = tuple((str(n), str(v)) for n, v in record.http_headers.headers) if record.http_headers else ()
    stated = _field(fields, "content-type") if record.http_headers else head.get_header("Content-Type")
    media, charset = _media(stated)
    if not _is_document(record, url, media):
        return None
    date = head.get_header("WARC-Date") or ""
    wrong = _wrong_date(date)
    if wrong:
        return BrokenRecord(f"a record {wrong}", name)
    wire = record.raw_stream.read(max_bytes + 1)
    if len(wire) > max_bytes:
        return _too_large(name, max_bytes)
    _check_whole(record, walk)
    whole = _unchunked(wire, _all(fields, "transfer-encoding"))
    if whole is None or head.get_header("WARC-Truncated"):
        return BrokenRecord("the answer was cut off", name)
    body, raw = _unpacked(whole, _all(fields, "content-encoding"), max_bytes)
    if len(body) > max_bytes:
        return _too_large(name, max_bytes)
    is_web = url.lower().startswith(("http://", "https://"))
    return Capture(
        source=name,
        body=body,
        fetched_at=date,
        content_type=None if media == _ANY else media,
        charset=charset,
        url=url if is_web else None,
        final_url=url if is_web else None,
        status=_status(record),
        headers=fields,
        raw=raw,
        filename=None if is_web else _filename(url),
    )


def _check_whole(record: Any, walk: Any) -> None:
    """Raise what tells that a record, whose content was read, is not as it was written."""
    if record.raw_stream.limit:
        raise _Broken("it is shorter than it says")
    known = walk.err_count
    # The check sum stands at its end.
    walk.read_to_end()
    if walk.err_count > known:
        raise _Broken("it is longer than it says")
    # Programs differ in what they take the payload's digest of; the block's is of the bytes as they stand.
    if any(problem.startswith("block digest failed") for problem in record.digest_checker.problems):
        raise _Broken("its bytes are not those of its digest")


def _is_document(record: Any, url: str, media: str | None) -> bool:
    """Whether a record is an answer that may be a document; one without a media type is told by its bytes."""
    if record.rec_type == "response":
        if record.http_headers is None or _status(record) not in _WHOLE or urlsplit(url).path == _ROBOTS:
            return False
        return media is None or _READABLE.match(media) is not None
    return media is None or media == _ANY or _READABLE.match(media) is not None


def _status(record: Any) -> int | None:
    code = record.http_headers.get_statuscode() if record.http_headers and record.rec_type == "response" else ""
    return int(code) if re.fullmatch(r"[1-9][0-9]{2}", code or "") else None


def _wrong_date(date: str) -> str | None:
    """What is wrong with a record's date; one of the future is never believed."""
    if not _DATE.fullmatch(date):
        return "without a date"
    try:
        at = datetime.fromisoformat(date[:19]).replace(tzinfo=UTC)
    except ValueError:
        return f"whose date is none, {date}"
    return f"whose date is in the future, {date}" if at > datetime.now(UTC) + timedelta(days=1) else None


def _unchunked(wire: bytes, transfer: str) -> bytes | None:
    """Bytes without the framing of chunks, of which many archives keep only the header; None for a cut answer."""
    if "chunked" not in transfer.lower():
        return wire
    plain, at = bytearray(), 0
    while mark := _CHUNK.match(wire, at):
        end = mark.end() + int(mark[1], 16)
        if end == mark.end():
            return bytes(plain)
        if end > len(wire):
            return None
        plain += wire[mark.end() : end]
        # The line that a chunk ends with.
        at = end + (2 if wire.startswith(b"\r\n", end) else wire.startswith(b"\n", end))
    return None if at else wire


def _unpacked(wire: bytes, coding: str, max_bytes: int) -> tuple[bytes, bytes | None]:
    """The content and, where that differs, the bytes as they came; more than ``max_bytes`` are cut there."""
    if not coding or not wire:
        return wire, None
    body = bytearray()
    try:
        unpacker = Unpacker(coding)
        if unpacker.idle:
            return wire, None
        for piece in unpacker.feed(wire):
            body += piece
            if len(body) > max_bytes:
                return bytes(body), None
        if not unpacker.finished:
            raise _Broken("its compressed content is cut off")
    except CodingError as error:
        # Some programs keep a page unpacked, and the header that says it is not.
        if wire.lstrip()[:1] == b"<":
            return wire, None
        raise _Broken(str(error)) from error
    return bytes(body), wire


def _field(fields: tuple[tuple[str, str], ...], name: str) -> str | None:
    return next((value for own, value in fields if own.lower() == name), None)


def _all(fields: tuple[tuple[str, str], ...], name: str) -> str:
    """A field whose values are a list, which may stand in several lines."""
    return ", ".join(value for own, value in fields if own.lower() == name)


def _media(stated: str | None) -> tuple[str | None, str | None]:
    if not stated or not stated.strip():
        return None, None
    message = Message()
    message["Content-Type"] = re.sub(r"\s+", " ", stated.strip())
    try:
        return message.get_content_type().lower(), message.get_content_charset()
    except (LookupError, ValueError):
        return message.get_content_type().lower(), None


def _filename(url: str) -> str | None:
    return PurePosixPath(unquote(url.removeprefix("file:"))).name or None if url.startswith("file:") else None


def _too_large(name: str, max_bytes: int) -> TooLarge:
    return TooLarge(f"larger than the limit of {max_bytes / 1_000_000:g} MB", name, stage="file")


def _next_record(file: BinaryIO, start: int, is_packed: bool) -> int | None:
    """Where the next record begins at or after ``start``, None where there is none."""
    mark, reach = (_MEMBER, 256) if is_packed else (_PLAIN, 8)
    while True:
        # One byte earlier, for a plain record begins a line.
        before = max(start - 1, 0)
        file.seek(before)
        block = file.read(_BLOCK + reach)
        for found in mark.finditer(block, start - before):
            if not is_packed or begins_record(block[found.start() : found.start() + _PIECE]):
                return before + found.start()
        if len(block) < _BLOCK + reach:
            return None
        start = before + _BLOCK
