"""The records of the archive's WARC files, made from captures.

Beside the fields of the standard stand three of our own: ``Body-Digest`` (the hash of the unpacked body
that a record holds), ``Redirected-From`` (the record of the redirect that led here) and
``Refers-To-Body-Digest`` (of a revisit: the hash of the body that it stands for).
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import re
import zlib
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import PurePosixPath
from typing import IO, Any
from urllib.parse import quote, urlsplit

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from scrapers.coding import CodingError, Unpacker, unpacked
from scrapers.document import Capture, Hop
from scrapers.record_reader import BODY_HEADER, NO_BODY, Fields, stated_digest

# warcio carries no types.
_Head: Any = StatusAndHeaders
_Writer: Any = WARCWriter
#: On real pages 6, the usual one, takes half as long again for a twentieth of the size, and 9, warcio's, twice.
_LEVEL = 4

Headers = tuple[tuple[str, str], ...]

REDIRECTED_FROM = "Redirected-From"
REFERS_TO_BODY = "Refers-To-Body-Digest"
_SAME_BYTES = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
_NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
# For headers that no longer describe the bytes: we keep them without the framing, or unpacked.
_CHANGED = "X-Archive-Orig-"
# Where a redirect's body fills this and nobody said how long it is, it counts as cut.
_HOP_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Made:
    """A record to write, and the hash by which it is found: that of the body that it holds."""

    record: Any
    sha256: str = NO_BODY


def writer_to(file: IO[bytes]) -> Any:
    """Give warcio's writer of WARC 1.1, each record a gzip member of its own."""
    return _PackingWriter(file, gzip=False, warc_version="1.1")


class _PackingWriter(_Writer):  # type: ignore[misc]
    """A writer that packs its records itself."""

    def write_record(self, record: Any, params: Any = None) -> None:
        packed = _Packer(self.out)
        self._write_warc_record(packed, record)
        packed.end()


class _Packer:
    """One gzip member; warcio flushes once a record is whole, and before that now and then."""

    def __init__(self, out: IO[bytes]) -> None:
        self._pack = zlib.compressobj(_LEVEL, zlib.DEFLATED, zlib.MAX_WBITS + 16)
        self._out = out

    def write(self, data: bytes) -> None:
        self._out.write(self._pack.compress(data))

    def flush(self) -> None:
        """The member ends with ``end``."""

    def end(self) -> None:
        self._out.write(self._pack.flush())
        self._out.flush()


def info_record(writer: Any, name: str) -> Made:
    """Give the record that opens a file named ``name``."""
    about = {"software": "press-claim-tracker (warcio)", "format": "WARC File Format 1.1"}
    return Made(writer.create_warcinfo_record(name, about))


def is_answer(capture: Capture) -> bool:
    """Whether a capture is a server's answer, and not a file."""
    return bool(_address(capture)) and capture.status is not None


def payload_digest(capture: Capture) -> str:
    """Give the digest, as the standard states it, of a capture's bytes as they came.

    Raises ValueError where they do not unpack to the body.
    """
    if capture.raw is not None and is_answer(capture):
        _check_unpacks(capture, capture.raw)
    return stated_digest(hashlib.sha1(_payload(capture), usedforsecurity=False).digest())


def _payload(capture: Capture) -> bytes:
    return capture.body if capture.raw is None or not is_answer(capture) else capture.raw


def _check_unpacks(capture: Capture, raw: bytes) -> None:
    body, coding = hashlib.sha256(), _coding(capture.headers)
    try:
        for piece in unpacked(raw, coding):
            body.update(piece)
    except CodingError as bad:
        raise ValueError(f"raw bytes that do not unpack: {bad}") from bad
    if body.digest() != hashlib.sha256(capture.body).digest():
        raise ValueError("raw bytes that do not unpack to the body")


def records_of(
    writer: Any, capture: Capture, sha256: str, payload: str, request: Headers, kept: Fields | None
) -> Iterator[Made]:
    """Give the records that keep a capture, in the order in which they are written.

    ``payload`` is the digest of its bytes as they came (``payload_digest``). ``kept`` is the header of a record
    that holds the very same bytes; then a revisit refers to it.
    """
    if not is_answer(capture):
        yield Made(_resource(writer, capture, sha256, payload), sha256)
        return
    more = yield from _hops(writer, capture.hops, capture.fetched_at, request)
    if kept is None:
        answer = Made(_response(writer, capture, sha256, payload, more), sha256)
    else:
        head = _http_head(capture.status or 200, _framed(capture.headers, capture.raw is not None))
        more["WARC-Payload-Digest"] = kept.get("WARC-Payload-Digest")
        address = _address(capture)
        answer = Made(_revisit(writer, address, _SAME_BYTES, head, sha256, kept, capture.fetched_at, more))
    yield from _exchange(writer, answer, request)


def unmodified_records(writer: Any, answer: Capture, sha256: str, request: Headers, kept: Fields) -> Iterator[Made]:
    """Give the records of an answer 304, which says that a page is still the body of this hash."""
    more = yield from _hops(writer, answer.hops, answer.fetched_at, request)
    head = _http_head(304, _framed(answer.headers, True))
    made = _revisit(writer, _address(answer), _NOT_MODIFIED, head, sha256, kept, answer.fetched_at, more)
    yield from _exchange(writer, Made(made), request)


def _hops(writer: Any, hops: tuple[Hop, ...], at: str, request: Headers) -> Generator[Made, None, dict[str, str]]:
    """Give the records of redirects; returns the field by which the next record refers to the last one."""
    more: dict[str, str] = {}
    for hop in hops:
        made = _hop(writer, hop, at, more)
        yield from _exchange(writer, made, request)
        more = {REDIRECTED_FROM: made.record.rec_headers.get_header("WARC-Record-ID")}
    return more


def _exchange(writer: Any, answer: Made, request: Headers) -> Iterator[Made]:
    """Give an answer's record, then that of its request."""
    yield answer
    head = answer.record.rec_headers
    url = head.get_header("WARC-Target-URI")
    about = {
        "WARC-Date": head.get_header("WARC-Date"),
        "WARC-Concurrent-To": head.get_header("WARC-Record-ID"),
    }
    asked = _request_head(url, request)
    yield Made(writer.create_warc_record(url, "request", http_headers=asked, warc_headers_dict=about))


def _resource(writer: Any, capture: Capture, sha256: str, payload: str) -> Any:
    # The digests are known: warcio would take each anew. The block of a resource is its payload.
    digests = {"WARC-Payload-Digest": payload, "WARC-Block-Digest": payload}
    return writer.create_warc_record(
        _file_uri(capture, sha256),
        "resource",
        payload=io.BytesIO(capture.body),
        length=len(capture.body),
        warc_content_type=_clean(capture.content_type or "application/octet-stream"),
        warc_headers_dict={"WARC-Date": capture.fetched_at, BODY_HEADER: sha256, **digests},
    )


def _response(writer: Any, capture: Capture, sha256: str, payload: str, more: dict[str, str]) -> Any:
    body = _payload(capture)
    about = {"WARC-Date": capture.fetched_at, BODY_HEADER: sha256, "WARC-Payload-Digest": payload} | more
    headers = [*_framed(capture.headers, capture.raw is not None), ("Content-Length", str(len(body)))]
    return writer.create_warc_record(
        _address(capture),
        "response",
        payload=io.BytesIO(body),
        length=len(body),
        http_headers=_http_head(capture.status or 200, headers),
        warc_headers_dict=about,
    )


def _hop(writer: Any, hop: Hop, at: str, more: dict[str, str]) -> Made:
    """Give the record of a redirect, marked where its body was cut."""
    about = {"WARC-Date": at} | more
    packed = _is_packed(hop.body, _coding(hop.headers))
    if _is_cut(hop, packed):
        about["WARC-Truncated"] = "length"
    headers = [*_framed(hop.headers, packed), ("Content-Length", str(len(hop.body)))]
    record = writer.create_warc_record(
        _web_address(hop.url),
        "response",
        payload=io.BytesIO(hop.body),
        length=len(hop.body),
        http_headers=_http_head(hop.status, headers),
        warc_headers_dict=about,
    )
    return Made(record)


def _is_cut(hop: Hop, packed: bool) -> bool:
    stated = [value.strip() for name, value in hop.headers if name.lower() == "content-length"]
    comparable = packed or not _coding(hop.headers)
    if comparable and stated and re.fullmatch("[0-9]{1,18}", stated[-1]):
        return int(stated[-1]) > len(hop.body)
    return len(hop.body) >= _HOP_BYTES


def _is_packed(body: bytes, coding: str) -> bool:
    """Whether bytes, perhaps cut, are of the coding that their headers state."""
    try:
        unpacker = Unpacker(coding)
        for _ in unpacker.feed(body):
            pass
    except CodingError:
        return False
    return bool(body) and not unpacker.idle


def _revisit(
    writer: Any, url: str, profile: str, head: Any, sha256: str, kept: Fields, at: str, more: dict[str, str]
) -> Any:
    """Give the record that stands for bytes which another record holds."""
    about = {
        "WARC-Date": at,
        "WARC-Profile": profile,
        "WARC-Refers-To": kept.get("WARC-Record-ID"),
        "WARC-Refers-To-Target-URI": kept.get("WARC-Target-URI"),
        "WARC-Refers-To-Date": kept.get("WARC-Date"),
        REFERS_TO_BODY: sha256,
    }
    return writer.create_warc_record(url, "revisit", http_headers=head, warc_headers_dict=about | more)


def _framed(headers: Headers, packed: bool) -> list[tuple[str, str]]:
    """Give an answer's headers fit for a line each, those renamed that do not describe the bytes kept."""
    changed = {"transfer-encoding", "content-length"} | (set() if packed else {"content-encoding"})
    cleaned = [(_clean(name), _clean(value)) for name, value in headers if name.strip()]
    return [(f"{_CHANGED}{name}" if name.lower() in changed else name, value) for name, value in cleaned]


def _http_head(status: int, headers: list[tuple[str, str]]) -> Any:
    with contextlib.suppress(ValueError):
        return _head(f"{status} {HTTPStatus(status).phrase}", headers, "HTTP/1.1")
    return _head(f"{status} Unknown", headers, "HTTP/1.1")


def _head(line: str, headers: list[tuple[str, str]], protocol: str) -> Any:
    """Give the head of an answer or a request, which is written in the bytes in which it came.

    Left alone, warcio escapes what is not ASCII, which nobody sent, and fails on a first line with such.
    """
    head = _Head(line, headers, protocol=protocol)
    lines = [f"{protocol} {line}", *(f"{name}: {value}" for name, value in headers), "", ""]
    written = b"\r\n".join(map(_as_it_came, lines))
    head.to_ascii_bytes = lambda _filter=None: written
    return head


def _as_it_came(text: str) -> bytes:
    """Undo what http.client did, which takes each byte of a head for a character."""
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError:
        return text.encode("utf-8", errors="replace")


def _coding(headers: Headers) -> str:
    return ", ".join(value for name, value in headers if name.lower() == "content-encoding")


def _clean(value: str) -> str:
    """Give a value without what would break a line in two, or cannot be written at all."""
    return re.sub(r"[\x00-\x1f\x7f\ud800-\udfff]+", " ", value).strip()


def _address(capture: Capture) -> str:
    return _web_address(capture.final_url or capture.url or "")


def _web_address(url: str) -> str:
    """Give an address as a field; by its scheme in small letters readers know that it is of the web."""
    scheme, colon, rest = _clean(url).partition(":")
    return f"{scheme.lower()}{colon}{rest}"


def _request_head(url: str, headers: Headers) -> Any:
    parts = urlsplit(url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    fields = [("Host", parts.netloc), *((_clean(name), _clean(value)) for name, value in headers)]
    return _head(f"{target} HTTP/1.1", fields, "GET")


def _file_uri(capture: Capture, sha256: str) -> str:
    """Name a file by its own name only: where it stood on somebody's disk is nobody's business."""
    name = PurePosixPath((capture.filename or "").replace("\\", "/")).name
    return f"file:{quote(name, errors='replace')}" if name else f"urn:{sha256}"
