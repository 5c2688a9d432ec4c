"""Content codings of HTTP, unpacked piece by piece, so that a bomb is met with a piece and not a heap."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

#: What we ask servers for, and all that we unpack.
ACCEPTED = "gzip, deflate"
_PIECE = 64 * 1024
_DEEPEST = 3
_GZIP, _ZLIB, _RAW = 31, 15, -15


class CodingError(ValueError):
    """Bytes that are not of the coding they are said to be, or a coding that we cannot unpack."""


class Unpacker:
    """Undoes a ``Content-Encoding`` (None or ``identity`` for none) on a stream of chunks.

    Pieces given out are at most 64 KiB, whatever a chunk expands to. Raises CodingError.
    """

    def __init__(self, content_encoding: str | None) -> None:
        names = [name.strip().lower() for name in (content_encoding or "").split(",")]
        codings = [name for name in names if name not in ("", "identity")]
        unknown = [name for name in codings if name not in ("gzip", "x-gzip", "deflate")]
        if unknown or len(codings) > _DEEPEST:
            raise CodingError(f"content coding {(unknown or codings)[0]!r} is not supported")
        # The header lists the codings in the order in which they were applied.
        self._stages = [_Inflater(gzip=name != "deflate") for name in reversed(codings)]

    @property
    def idle(self) -> bool:
        """Whether the bytes go through unchanged."""
        return not self._stages

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """Unpack the next chunk; the pieces must be consumed before the next call."""
        pieces: Iterable[bytes] = (chunk,)
        for stage in self._stages:
            pieces = stage.inflate(pieces)
        yield from pieces

    @property
    def finished(self) -> bool:
        """Whether every stage came to its end: False for a stream that was cut off."""
        return all(stage.finished for stage in self._stages)


class _Inflater:
    def __init__(self, gzip: bool) -> None:
        self._gzip = gzip
        self._head = b""
        self._stream: zlib._Decompress | None = None
        self._begun = self._over = False

    @property
    def finished(self) -> bool:
        # No bytes at all is how servers send an empty page.
        return self._over or not self._begun

    def inflate(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        for chunk in chunks:
            if chunk and not (self._over and not self._gzip):
                yield from self._inflate_one(chunk)

    def _inflate_one(self, chunk: bytes) -> Iterator[bytes]:
        self._begun = True
        data = chunk
        while True:
            if self._stream is None:
                self._head += data
                if len(self._head) < 2:
                    return
                if not self._open():
                    return
                data, self._head = self._head, b""
            stream = self._stream
            if stream is None:
                return
            try:
                piece = stream.decompress(data, _PIECE)
            except zlib.error as bad:
                raise CodingError(f"its compressed content is broken ({bad})") from bad
            if piece:
                yield piece
            data = stream.unconsumed_tail
            if stream.eof:
                self._over, self._stream, data = True, None, stream.unused_data
                if not self._gzip:
                    return
            if not data and len(piece) < _PIECE:
                return

    def _open(self) -> bool:
        """Start a stream at ``_head``; what follows a whole gzip stream and is none is ignored."""
        if self._gzip:
            if self._over and self._head[:2] != b"\x1f\x8b":
                self._head = b""
                return False
            self._over = False
            self._stream = zlib.decompressobj(_GZIP)
            return True
        # "deflate" means zlib, but some servers send the bare stream; zlib's head has a check sum.
        zlib_head = self._head[0] & 0x0F == 8 and int.from_bytes(self._head[:2], "big") % 31 == 0
        self._stream = zlib.decompressobj(_ZLIB if zlib_head else _RAW)
        return True


def unpacked(raw: bytes, content_encoding: str | None) -> Iterator[bytes]:
    """Unpack the whole of ``raw`` in pieces. Raises CodingError, also where it is cut off."""
    unpacker = Unpacker(content_encoding)
    yield from unpacker.feed(raw)
    if not unpacker.finished:
        raise CodingError("its compressed content is cut off")
