"""Reads the records of WARC files back, one gzip member at a time, in pieces, and checks every sum they carry."""

from __future__ import annotations

import base64
import hashlib
import itertools
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO

from scrapers.coding import CodingError, Unpacker

#: Of a record that holds a body: the hash of the body, unpacked, ``sha256:…``.
BODY_HEADER = "Body-Digest"
#: What stands for the hash of a record that holds no body.
NO_BODY = "-"

_CHUNK = 16 * 1024
_PIECE = 64 * 1024
_LONGEST_HEAD = 8_000_000
_STRIDE = 1_000_000
_SHA256 = re.compile(r"sha256:[0-9a-f]{64}")
_SHA1 = re.compile(r"sha1:[A-Z2-7]{32}")
_MEMBER = re.compile(rb"\x1f\x8b\x08")


class Damage(Exception):
    """What is wrong with a record; ``end`` is where it ends, None where that cannot be told."""

    end: int | None = None


class Fields:
    """The named fields of a record's or an answer's head; names in any case."""

    def __init__(self, head: bytes) -> None:
        lines = head.decode("utf-8", errors="replace").split("\r\n")
        self.first = lines[0]
        self._all = [
            (name.strip().lower(), value.strip()) for name, _, value in (ln.partition(":") for ln in lines[1:])
        ]

    def get(self, name: str) -> str:
        """Give the value, those of a repeated field joined by commas, "" without the field."""
        wanted = name.lower()
        return ", ".join(value for known, value in self._all if known == wanted)

    @property
    def sha256(self) -> str:
        """The hash of the body that the record says it holds, ``-`` for none."""
        stated = self.get(BODY_HEADER)
        return stated if _SHA256.fullmatch(stated) else NO_BODY


@dataclass(frozen=True, slots=True)
class Examined:
    """A record that was read whole and fits its sums: its header, where it ends, the size of its body."""

    fields: Fields
    end: int
    size: int


class _Member:
    """The content of one gzip member, in pieces; ``end`` is known when the last was given."""

    def __init__(self, file: IO[bytes], offset: int) -> None:
        self.end: int | None = None
        self._file, self._start = file, offset
        self.pieces = self._inflated()

    def _inflated(self) -> Iterator[bytes]:
        self._file.seek(self._start)
        stream, consumed = zlib.decompressobj(31), 0
        while chunk := self._file.read(_CHUNK):
            consumed += len(chunk)
            data = chunk
            while data and not stream.eof:
                try:
                    piece = stream.decompress(data, _PIECE)
                except zlib.error as broken:
                    raise Damage(f"its compressed bytes are broken ({broken})") from broken
                data = stream.unconsumed_tail
                if piece:
                    yield piece
            if stream.eof:
                self.end = self._start + consumed - len(stream.unused_data)
                return
        raise Damage("the file ends within the record")


def read_fields(file: IO[bytes], offset: int) -> Fields:
    """Give the header of the record at ``offset``, reading no further than that. Raises Damage."""
    return _fields(_Member(file, offset).pieces)[0]


def scan(file: IO[bytes], start: int) -> Iterator[tuple[Fields, int, int]]:
    """Give the whole records from ``start`` on (header, offset, end), up to the first that is not whole.

    A record is whole where its bytes fit gzip's own check sum; what it says is not checked.
    """
    offset = start
    while True:
        member = _Member(file, offset)
        try:
            fields, _ = _fields(member.pieces)
            for _ in member.pieces:
                pass
        except Damage:
            return
        if member.end is None:
            return
        yield fields, offset, member.end
        offset = member.end


def examine(
    file: IO[bytes], offset: int, take: Callable[[bytes], object] | None = None, *, wire: bool = False
) -> Examined:
    """Read the record at ``offset`` whole and check its sums; no more than a piece is in memory.

    ``take`` is given the body in pieces: unpacked, or with ``wire`` as it came. Raises Damage, perhaps
    after pieces were given.
    """
    member = _Member(file, offset)
    try:
        fields, size = _examined(member, take, wire)
        if member.end is None:
            raise Damage("the file ends within the record")
    except Damage as damage:
        damage.end = _drained(member)
        raise
    return Examined(fields, member.end, size)


def _drained(member: _Member) -> int | None:
    try:
        for _ in member.pieces:
            pass
    except Damage:
        return None
    return member.end


def _examined(member: _Member, take: Callable[[bytes], object] | None, wire: bool) -> tuple[Fields, int]:
    fields, rest = _fields(member.pieces)
    length = fields.get("Content-Length")
    if not re.fullmatch("[0-9]{1,15}", length):
        raise Damage("its header states no length")
    block_sum = hashlib.sha1(usedforsecurity=False)
    payload = _tapped(_block(rest, member.pieces, int(length)), block_sum.update)
    http = None
    if fields.get("Content-Type").startswith("application/http"):
        http, rest = _fields(payload)
        payload = itertools.chain((rest,), payload)
    payload_sum = hashlib.sha1(usedforsecurity=False)
    size = _body(fields, http, _tapped(payload, payload_sum.update), take, wire)
    _compare(fields, "WARC-Block-Digest", block_sum.digest())
    # A revisit states the digest of what it refers to; of chunks it is of what they held.
    if fields.get("WARC-Type") != "revisit" and not (http and http.get("Transfer-Encoding")):
        _compare(fields, "WARC-Payload-Digest", payload_sum.digest())
    return fields, size


def _body(
    fields: Fields, http: Fields | None, payload: Iterator[bytes], take: Callable[[bytes], object] | None, wire: bool
) -> int:
    """Unpack the payload, where it is a body of ours, and check its hashes; give the body's size."""
    if fields.sha256 == NO_BODY:
        for _ in payload:
            pass
        return 0
    body_sum, size = hashlib.sha256(), 0
    try:
        unpacker = Unpacker(http.get("Content-Encoding") if http else None)
        for piece in payload:
            if take and wire:
                take(piece)
            for plain in unpacker.feed(piece):
                body_sum.update(plain)
                size += len(plain)
                if take and not wire:
                    take(plain)
    except CodingError as bad:
        raise Damage(f"its body does not unpack ({bad})") from bad
    found = f"sha256:{body_sum.hexdigest()}"
    if not unpacker.finished or found != fields.sha256:
        raise Damage(f"stored as {fields.sha256}, now {found}")
    return size


def _compare(fields: Fields, name: str, digest: bytes) -> None:
    stated = fields.get(name)
    if _SHA1.fullmatch(stated) and stated != stated_digest(digest):
        raise Damage(f"its {name} is not that of its bytes")


def stated_digest(sha1: bytes) -> str:
    """Give a SHA-1 as the standard's fields state it."""
    return f"sha1:{base64.b32encode(sha1).decode('ascii')}"


def _fields(pieces: Iterator[bytes]) -> tuple[Fields, bytes]:
    """Read up to the empty line that ends a head: its fields, and what was read of what follows."""
    head = bytearray()
    for piece in pieces:
        searched = max(0, len(head) - 3)
        head += piece
        end = head.find(b"\r\n\r\n", searched)
        if end >= 0:
            return Fields(bytes(head[:end])), bytes(head[end + 4 :])
        if len(head) > _LONGEST_HEAD:
            break
    raise Damage("its header does not end")


def _block(first: bytes, pieces: Iterator[bytes], length: int) -> Iterator[bytes]:
    """Give the ``length`` bytes of a record's block, after which the standard has two empty lines and no more."""
    left, after = length, b""
    for piece in itertools.chain((first,), pieces):
        if left:
            yield piece[:left]
        after += piece[left:]
        left -= min(left, len(piece))
        if len(after) > 4:
            break
    if left or after != b"\r\n\r\n":
        raise Damage("it is not as long as its header says")


def _tapped(pieces: Iterator[bytes], tap: Callable[[bytes], object]) -> Iterator[bytes]:
    for piece in pieces:
        tap(piece)
        yield piece


def next_record(file: IO[bytes], start: int) -> int | None:
    """Find where the next record begins, at ``start`` or behind; None if none does."""
    at = start
    while True:
        file.seek(at)
        data = file.read(_STRIDE)
        for match in _MEMBER.finditer(data):
            file.seek(at + match.start())
            if begins_record(file.read(512)):
                return at + match.start()
        if len(data) < _STRIDE:
            return None
        at += len(data) - 2


def begins_record(data: bytes) -> bool:
    """Whether these bytes are the beginning of a gzip member that holds a WARC record."""
    try:
        return zlib.decompressobj(31).decompress(data, 5) == b"WARC/"
    except zlib.error:
        return False


def is_torn(file: IO[bytes], start: int) -> bool:
    """Whether what stands from ``start`` to the end, where no record begins, is an unfinished write.

    That is the beginning of one record; or nothing but zeros, as which the blocks of an unfinished
    write may read after a power cut.
    """
    member = _Member(file, start)
    try:
        for _ in member.pieces:
            pass
    except Damage as damage:
        if isinstance(damage.__cause__, zlib.error):
            file.seek(start)
            return not any(chunk.strip(b"\0") for chunk in iter(lambda: file.read(_STRIDE), b""))
        return True
    return False
