"""The records of the archive's WARC files: made from captures, and read back one gzip member at a time."""

from __future__ import annotations

import contextlib
import hashlib
import io
import re
import zlib
from http import HTTPStatus
from pathlib import PurePosixPath
from typing import IO, Any
from urllib.parse import quote, urlsplit

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from scrapers.coding import CodingError, unpacked
from scrapers.document import Capture

# warcio carries no types.
_Head: Any = StatusAndHeaders
_Writer: Any = WARCWriter

_PIECE = 64 * 1024
_LONGEST_HEAD = 64 * 1024
_HASH_HEADER = "Body-Digest"
_SHA256 = re.compile(r"sha256:[0-9a-f]{64}")
# For headers that no longer describe the bytes: we keep them without the framing, or unpacked.
_CHANGED = "X-Archive-Orig-"
#: What stands for the hash of a record that holds no body.
NO_BODY = "-"


def writer_to(file: IO[bytes]) -> Any:
    """Give warcio's writer of WARC 1.1, each record a gzip member of its own."""
    return _Writer(file, gzip=True, warc_version="1.1")


def info_record(writer: Any, name: str) -> Any:
    """Give the record that opens a file named ``name``."""
    about = {"software": "press-claim-tracker (warcio)", "format": "WARC File Format 1.1"}
    return writer.create_warcinfo_record(name, about)


def records_of(
    writer: Any, capture: Capture, sha256: str, request: tuple[tuple[str, str], ...]
) -> list[tuple[Any, str]]:
    """Give the records that keep a capture, each with the hash that it is found by."""
    headers = {"WARC-Date": capture.fetched_at, _HASH_HEADER: sha256}
    url = _clean(capture.final_url or capture.url or "")
    if not url or capture.status is None:
        record = writer.create_warc_record(
            _file_uri(capture, sha256),
            "resource",
            payload=io.BytesIO(capture.body),
            length=len(capture.body),
            warc_content_type=_clean(capture.content_type or "application/octet-stream"),
            warc_headers_dict=headers,
        )
        return [(record, sha256)]
    payload = capture.body if capture.raw is None else capture.raw
    response = writer.create_warc_record(
        url,
        "response",
        payload=io.BytesIO(payload),
        length=len(payload),
        http_headers=_answer_head(capture, len(payload)),
        warc_headers_dict=headers,
    )
    asked = writer.create_warc_record(
        url,
        "request",
        http_headers=_request_head(url, request),
        warc_headers_dict={
            "WARC-Date": capture.fetched_at,
            "WARC-Concurrent-To": response.rec_headers.get_header("WARC-Record-ID"),
        },
    )
    return [(response, sha256), (asked, NO_BODY)]


def _answer_head(capture: Capture, length: int) -> Any:
    """Give the answer's headers, those renamed that no longer describe the bytes kept."""
    changed = {"transfer-encoding", "content-length"}
    if capture.raw is None:
        changed.add("content-encoding")
    else:
        coding = ", ".join(value for name, value in capture.headers if name.lower() == "content-encoding")
        _check_unpacks(capture, coding)
    headers = [(f"{_CHANGED}{name}" if name.lower() in changed else name, value) for name, value in _cleaned(capture)]
    headers.append(("Content-Length", str(length)))
    status = capture.status or 200
    with contextlib.suppress(ValueError):
        return _Head(f"{status} {HTTPStatus(status).phrase}", headers, protocol="HTTP/1.1")
    return _Head(f"{status} Unknown", headers, protocol="HTTP/1.1")


def _check_unpacks(capture: Capture, coding: str) -> None:
    digest = hashlib.sha256()
    try:
        for piece in unpacked(capture.raw or b"", coding):
            digest.update(piece)
    except CodingError as bad:
        raise ValueError(f"raw bytes that do not unpack: {bad}") from bad
    if digest.digest() != hashlib.sha256(capture.body).digest():
        raise ValueError("raw bytes that do not unpack to the body")


def _cleaned(capture: Capture) -> list[tuple[str, str]]:
    """Give the headers without what would break a line in two."""
    return [(_clean(name), _clean(value)) for name, value in capture.headers if name.strip()]


def _clean(value: str) -> str:
    return re.sub(r"[\x00-\x1f\x7f]+", " ", value).strip()


def _request_head(url: str, headers: tuple[tuple[str, str], ...]) -> Any:
    parts = urlsplit(url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    fields = [("Host", parts.netloc), *((_clean(name), _clean(value)) for name, value in headers)]
    return _Head(f"{target} HTTP/1.1", fields, protocol="GET")


def _file_uri(capture: Capture, sha256: str) -> str:
    """Name a file by its own name only: where it stood on somebody's disk is nobody's business."""
    name = PurePosixPath((capture.filename or "").replace("\\", "/")).name
    return f"file:{quote(name, errors='replace')}" if name else f"urn:{sha256}"


def read_member(file: IO[bytes]) -> tuple[bytes, int | None]:
    """Read one gzip member: the head of its content, and where it ends (None: the file ends first).

    Raises zlib.error where the bytes are no gzip or do not fit their check sum.
    """
    start = file.tell()
    stream, head, consumed = zlib.decompressobj(31), b"", 0
    while chunk := file.read(_PIECE):
        consumed += len(chunk)
        data = chunk
        while data and not stream.eof:
            piece = stream.decompress(data, _PIECE)
            if len(head) < _LONGEST_HEAD:
                head += piece
            data = stream.unconsumed_tail
        if stream.eof:
            return head, start + consumed - len(stream.unused_data)
    return head, None


def stated_hash(head: bytes) -> str:
    """Give the hash that a record's own header states, ``-`` if none."""
    lines = head.partition(b"\r\n\r\n")[0].decode("utf-8", errors="replace").split("\r\n")
    for line in lines:
        name, _, value = line.partition(":")
        if name == _HASH_HEADER and _SHA256.fullmatch(value.strip()):
            return value.strip()
    return NO_BODY
