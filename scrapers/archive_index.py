"""The index beside each WARC file (``.idx``): one line a record, its body's hash, offset and length.

Lines follow one another without a gap; from the first that does not, the index counts as behind its file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from scrapers.record_reader import scan

_LINE = re.compile(rb"(sha256:[0-9a-f]{64}|-)\t([0-9]{1,15})\t([0-9]{1,15})\n")


@dataclass(frozen=True, slots=True)
class Entry:
    """A record in a file; ``sha256`` is NO_BODY for one that holds no body."""

    sha256: str
    warc_file: str
    offset: int
    length: int

    @property
    def end(self) -> int:
        """Where the next record begins."""
        return self.offset + self.length

    @property
    def line(self) -> str:
        """The entry as a line of the index."""
        return f"{self.sha256}\t{self.offset}\t{self.length}\n"


def index_of(path: Path) -> Path:
    """Where the index of a WARC file stands."""
    return path.with_name(path.name + ".idx")


def read_index(path: Path, position: int = 0, offset: int = 0) -> Iterator[tuple[Entry, int]]:
    """Give the entries of a WARC file's index, each with where its line ends, as far as they follow one another.

    ``position`` is where to begin in the index, ``offset`` where the record of that line begins.
    """
    try:
        lines = index_of(path).open("rb")
    except FileNotFoundError:
        return
    with lines:
        lines.seek(position)
        end, done = offset, position
        for line in lines:
            match = _LINE.fullmatch(line)
            if match is None or int(match[2]) != end:
                return
            done += len(line)
            entry = Entry(match[1].decode("ascii"), path.name, int(match[2]), int(match[3]))
            end = entry.end
            yield entry, done


def bad_line(path: Path) -> int | None:
    """Give the number of the first line of a WARC file's index that is none, or None.

    A last line without its end is what a killed process leaves, and is none to report.
    """
    number, done = 1, 0
    for _, end in read_index(path):
        number, done = number + 1, end
    try:
        with index_of(path).open("rb") as lines:
            lines.seek(done)
            return number if lines.readline().endswith(b"\n") else None
    except FileNotFoundError:
        return None


def write_index(path: Path, entries: Iterable[Entry]) -> None:
    """Put a new index beside a WARC file, in the place of the one that stands there."""
    fresh = path.with_name(path.name + ".idx.new")
    with fresh.open("w", encoding="ascii") as lines:
        lines.writelines(entry.line for entry in entries)
    fresh.replace(index_of(path))


def add_lines(path: Path, entries: Iterable[Entry]) -> int:
    """Write further lines at the end of a WARC file's index; gives where it ends now, in bytes."""
    with index_of(path).open("ab") as lines:
        lines.write("".join(entry.line for entry in entries).encode("ascii"))
        return lines.tell()


def scanned(path: Path, start: int) -> Iterator[Entry]:
    """Give the whole records of a WARC file from ``start`` on, as entries."""
    with path.open("rb") as file:
        for fields, offset, end in scan(file, start):
            yield Entry(fields.sha256, path.name, offset, end - offset)
