"""Reads an mbox as a stream: one message at a time, in constant memory, whatever the size of the file."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from scrapers.files import MAX_BYTES

#: A longer line comes in pieces.
_LONGEST_LINE = 64 * 1024
_FROM = b"From "
_HEADER = re.compile(rb"[!-9;-~]{1,80}:|>From ")
_GOES_ON = re.compile(rb"[ \t]|\r?\n?\Z")
#: What mail programs write after the sender: a day of the week or the time of day.
_DATED = re.compile(rb"\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b|\b[0-2]?[0-9]:[0-5][0-9]\b")
#: The whole of the line as programs have always written it: sender, weekday, month, day, time, year, a zone in between.
_MONTH = rb"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_ZONE = rb"(?: (?:[A-Z]{1,5}|[+-][0-9]{4}))?"
_YEAR = rb" (?:19|20)[0-9]{2}"
_CLASSIC = re.compile(
    rb"From \S{1,320} {1,3}(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? {1,2}"
    rb"(?:" + _MONTH + rb" {1,2}[0-9]{1,2} [0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?" + _ZONE + _YEAR + _ZONE + rb"|"
    rb"[0-9]{1,2} " + _MONTH + _YEAR + rb" [0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?" + _ZONE + rb")[ \t]*\r?\n?\Z"
)
_QUOTED = re.compile(rb">+From ")


@dataclass(frozen=True, slots=True)
class Piece:
    """One message of an mbox: its number, from 1, where it begins in the file, and how long it is in bytes
    (one over the limit with the blank line behind it).

    ``body`` is the message as it was before it went into the mbox, None where it is over the limit.
    """

    number: int
    offset: int
    size: int
    body: bytes | None


def is_mbox(head: bytes) -> bool:
    """Whether a file that begins like this is an mbox: a line ``From …`` and the headers of a message."""
    lines = head.lstrip(b"\r\n").splitlines(keepends=True)[:3]
    return _begins(*(lines + [b""] * 3)[:3])


def messages(stream: BinaryIO, max_bytes: int = MAX_BYTES) -> Iterator[Piece]:
    """Yield the messages of an mbox one by one, with ``>From `` restored and the blank line between them gone.

    A message begins at a line ``From …`` at the start or after a blank line, if headers follow: a letter may
    hold such a line too. Some programs leave the blank line out: then the line must be whole, with sender and
    date. At most ``max_bytes`` of a message are held.
    """
    held = bytearray()
    number = size = offset = position = 0
    after_blank = True
    for line, starts, following in _lines(stream):
        if starts and line.startswith(_FROM) and _begins(line, *following) and (after_blank or _CLASSIC.match(line)):
            if number:
                yield _piece(number, offset, size, held, max_bytes)
            number, offset, size, held = number + 1, position, 0, bytearray()
        elif number:
            own = line[1:] if starts and _QUOTED.match(line) else line
            size += len(own)
            if size <= max_bytes + 2:
                held += own
        position += len(line)
        after_blank = (starts and not line.strip(b"\r\n")) or (after_blank and not number)
    if number:
        yield _piece(number, offset, size, held, max_bytes)


def _piece(number: int, offset: int, size: int, held: bytearray, max_bytes: int) -> Piece:
    between = next((end for end in (b"\r\n\r\n", b"\n\n") if held.endswith(end)), b"")
    # Of the two line ends the first is the message's own.
    size -= len(between) // 2
    return Piece(number, offset, size, bytes(held[:size]) if size <= max_bytes else None)


def _begins(line: bytes, following: bytes, after: bytes) -> bool:
    """Whether a line ``From …`` opens a message, by itself and by the two lines below it."""
    if not line.startswith(_FROM) or not _HEADER.match(following):
        return False
    return bool(_DATED.search(line) or _HEADER.match(after) or _GOES_ON.match(after))


def _lines(stream: BinaryIO) -> Iterator[tuple[bytes, bool, tuple[bytes, bytes]]]:
    """Yield each line, or piece of a long one, whether it begins a line, and the two that follow."""
    window: deque[bytes] = deque(stream.readline(_LONGEST_LINE) for _ in range(3))
    starts = True
    while line := window.popleft():
        yield line, starts, (window[0], window[1])
        starts = line.endswith(b"\n")
        window.append(stream.readline(_LONGEST_LINE))
