"""Raw bytes, kept for ever: WARC 1.1 files, found by the hash of what they hold.

The WARC files are the truth; beside each stands a small index (``.idx``), one line a record, which is
made again from the WARC file where it is missing or behind. A record counts as stored once the WARC
file is on the disk. Writers take turns through a lock on the folder. A file that ends in a torn
record (a killed process, a full disk) is read up to there and never written to again.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import io
import os
import re
import secrets
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from scrapers.coding import CodingError, unpacked
from scrapers.document import Capture
from scrapers.errors import ArchiveDamaged, ArchiveUnwritable, NotArchived
from scrapers.records import NO_BODY, info_record, read_member, records_of, stated_hash, writer_to

# warcio carries no types.
_Records: Any = ArchiveIterator

#: The WARC standard recommends files of about a gigabyte.
_FULL = 1_000_000_000
_MEMBER = re.compile(rb"\x1f\x8b\x08")
_LINE = re.compile(r"(sha256:[0-9a-f]{64}|-)\t([0-9]{1,15})\t([0-9]{1,15})\n")


@dataclass(frozen=True, slots=True)
class Stored:
    """Where a body is kept: ``offset`` of its record in ``warc_file``, a name within the folder."""

    sha256: str
    warc_file: str
    offset: int
    new: bool


@dataclass(frozen=True, slots=True)
class _Entry:
    """A record in a file; ``sha256`` is NO_BODY for one that holds no body."""

    sha256: str
    warc_file: str
    offset: int
    length: int

    @property
    def line(self) -> str:
        return f"{self.sha256}\t{self.offset}\t{self.length}\n"


class Archive:
    """A folder of WARC files; several processes and threads may use it at once."""

    def __init__(self, folder: str | Path) -> None:
        self._folder = Path(folder)
        self._by_hash: dict[str, _Entry] = {}
        #: Of each WARC file: the offset up to which its records are known.
        self._known: dict[str, int] = {}

    def store(self, capture: Capture, request_headers: tuple[tuple[str, str], ...] = ()) -> Stored:
        """Keep a capture's bytes and return once they are on the disk; a body already kept is not written.

        A fetched page becomes a response record with its request beside it, a file a resource
        record, whose URI holds the file's name only. Raises ArchiveUnwritable, and ValueError
        where ``capture.raw`` does not unpack to ``capture.body``.
        """
        digest = hashlib.sha256(capture.body)
        sha256 = f"sha256:{digest.hexdigest()}"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with self._lock():
                self._refresh(mend=True)
                known = self._by_hash.get(sha256)
                if known is not None:
                    return Stored(sha256, known.warc_file, known.offset, new=False)
                entry = self._append(capture, sha256, request_headers)
        except OSError as failed:
            reason = failed.strerror or type(failed).__name__
            raise ArchiveUnwritable(f"the archive cannot be written ({reason})", str(self._folder)) from failed
        return Stored(sha256, entry.warc_file, entry.offset, new=True)

    def load(self, sha256: str) -> bytes:
        """Give back a body byte for byte. Raises NotArchived, ArchiveDamaged."""
        entry = self._by_hash.get(sha256)
        if entry is None:
            self._refresh()
            entry = self._by_hash.get(sha256)
        if entry is None:
            raise NotArchived("not in the archive", sha256)
        try:
            body = self._body(entry)
        except _Damage as damage:
            raise ArchiveDamaged(f"the archive is damaged ({damage})", self._place(entry)) from damage
        if f"sha256:{hashlib.sha256(body).hexdigest()}" != sha256:
            raise ArchiveDamaged("the archived bytes have changed", self._place(entry))
        return body

    def __contains__(self, sha256: str) -> bool:
        if sha256 not in self._by_hash:
            self._refresh()
        return sha256 in self._by_hash

    def verify(self) -> Iterator[str]:
        """Read every record again and give a line for each that is not what was stored.

        A torn record at the end of a file, which no index knows, was never acknowledged and is
        no mismatch.
        """
        self._by_hash.clear()
        self._known.clear()
        for path in self._files():
            indexed = list(self._read_index(path))
            for entry in indexed:
                problem = self._problem(entry)
                if problem is not None:
                    yield f"{self._place(entry)}: {problem}"
            end = max((e.offset + e.length for e in indexed), default=0)
            for entry in _scan(path, end):
                end = entry.offset + entry.length
                problem = self._problem(entry)
                if problem is not None:
                    yield f"{self._place(entry)}: {problem}"
            if not _is_torn(path, end):
                yield f"{path.name} at {end}: neither a record nor the torn end of one"

    def _problem(self, entry: _Entry) -> str | None:
        """Say what is wrong with a record, or None."""
        try:
            member = self._member(entry)
            if entry.sha256 == NO_BODY:
                return None
            if (stated := stated_hash(member)) != entry.sha256:
                return f"the index says {entry.sha256}, the record {stated}"
            del member
            body = self._body(entry)
        except _Damage as damage:
            return str(damage)
        found = f"sha256:{hashlib.sha256(body).hexdigest()}"
        return None if found == entry.sha256 else f"stored as {entry.sha256}, now {found}"

    def _member(self, entry: _Entry) -> bytes:
        """Give the head of a record's gzip member, all of which is checked against its check sum."""
        with self._open(entry.warc_file) as file:
            file.seek(entry.offset)
            try:
                head, end = read_member(file)
            except zlib.error as broken:
                raise _Damage(f"its compressed bytes are broken ({broken})") from broken
        if end is None:
            raise _Damage("the file ends within the record")
        if end != entry.offset + entry.length:
            raise _Damage("the record is not as long as the index says")
        return head

    def _body(self, entry: _Entry) -> bytes:
        with self._open(entry.warc_file) as file:
            file.seek(entry.offset)
            try:
                record: Any = next(iter(_Records(file)))
                coding = record.http_headers and record.http_headers.get_header("Content-Encoding")
                raw: bytes = record.raw_stream.read()
                return b"".join(unpacked(raw, coding)) if coding else raw
            except (StopIteration, ArchiveLoadFailed, zlib.error, CodingError, EOFError, ValueError) as bad:
                raise _Damage(f"its record cannot be read: {str(bad) or type(bad).__name__}") from bad

    @contextlib.contextmanager
    def _open(self, warc_file: str) -> Iterator[IO[bytes]]:
        try:
            with (self._folder / warc_file).open("rb") as file:
                yield file
        except OSError as failed:
            raise _Damage(f"its file cannot be read ({failed.strerror})") from failed

    def _place(self, entry: _Entry) -> str:
        return f"{entry.warc_file} at {entry.offset}"

    @contextlib.contextmanager
    def _lock(self) -> Iterator[None]:
        """Be the only writer; the system opens the lock again when its holder is killed."""
        with (self._folder / ".lock").open("ab") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _files(self) -> list[Path]:
        return sorted(self._folder.glob("*.warc.gz"))

    def _refresh(self, *, mend: bool = False) -> None:
        """Learn of the records that others have written; ``mend`` indexes that lack some (needs the lock)."""
        for path in self._files():
            known = self._known.get(path.name, 0)
            if known and path.stat().st_size == known:
                continue
            indexed = list(self._read_index(path))
            end = max((e.offset + e.length for e in indexed), default=0)
            found = list(_scan(path, end))
            for entry in (*indexed, *found):
                self._learn(entry)
            if mend and found:
                self._write_index(path, indexed + found)

    def _learn(self, entry: _Entry) -> None:
        self._known[entry.warc_file] = entry.offset + entry.length
        if entry.sha256 != NO_BODY:
            self._by_hash.setdefault(entry.sha256, entry)

    def _read_index(self, path: Path) -> Iterator[_Entry]:
        """Give the entries of a file's index, as far as they are whole and follow one another."""
        index = path.with_name(path.name + ".idx")
        with contextlib.suppress(FileNotFoundError), index.open(encoding="ascii", errors="replace") as lines:
            end = 0
            for line in lines:
                match = _LINE.fullmatch(line)
                if match is None or int(match[2]) != end:
                    return
                end += int(match[3])
                yield _Entry(match[1], path.name, int(match[2]), int(match[3]))

    def _write_index(self, path: Path, entries: list[_Entry]) -> None:
        fresh = path.with_name(path.name + ".idx.new")
        fresh.write_text("".join(entry.line for entry in entries), encoding="ascii")
        fresh.replace(path.with_name(path.name + ".idx"))

    def _append(self, capture: Capture, sha256: str, request: tuple[tuple[str, str], ...]) -> _Entry:
        """Write the records of a capture at the end of a whole file, and sync it, then its index."""
        path = self._writable()
        with _WholeWrites(path, "ab") as file:
            start = file.seek(0, os.SEEK_END)
            entries: list[_Entry] = []
            try:
                writer = writer_to(file)
                records = [(info_record(writer, path.name), NO_BODY)] if start == 0 else []
                for record, name in records + records_of(writer, capture, sha256, request):
                    offset = file.tell()
                    writer.write_record(record)
                    entries.append(_Entry(name, path.name, offset, file.tell() - offset))
                os.fsync(file.fileno())
            except BaseException:
                # Nothing of this was acknowledged; a tail that stays all the same is a torn record.
                with contextlib.suppress(OSError):
                    file.truncate(start)
                raise
        if start == 0:
            _sync_folder(self._folder)
        with path.with_name(path.name + ".idx").open("a", encoding="ascii") as index:
            index.writelines(entry.line for entry in entries)
        for entry in entries:
            self._learn(entry)
        return next(entry for entry in entries if entry.sha256 == sha256)

    def _writable(self) -> Path:
        """Choose the newest file if it is whole, known to its index and not full, else a new one."""
        for path in self._files()[-1:]:
            size = path.stat().st_size
            indexed = sum(entry.length for entry in self._read_index(path))
            if 0 < size < _FULL and indexed == size:
                return path
        stamp = datetime.now(UTC).strftime("%Y%m%d%H%M%S%f")
        return self._folder / f"press-{stamp}-{secrets.token_hex(3)}.warc.gz"


class _Damage(Exception):
    """What is wrong with a record."""


class _WholeWrites(io.FileIO):
    """A file without a buffer, whose left-over could be written after a failure has been undone."""

    def write(self, data: Any) -> int:
        view = memoryview(data)
        done = 0
        while done < len(view):
            done += super().write(view[done:]) or 0
        return done


def _sync_folder(folder: Path) -> None:
    """Make a new file's name itself survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _scan(path: Path, start: int) -> Iterator[_Entry]:
    """Give the whole records of a file from ``start`` on, up to its end or the first that is not whole."""
    with path.open("rb") as file:
        file.seek(start)
        while True:
            offset = file.tell()
            try:
                head, end = read_member(file)
            except zlib.error:
                return
            if end is None:
                return
            yield _Entry(stated_hash(head), path.name, offset, end - offset)
            file.seek(end)


def _is_torn(path: Path, start: int) -> bool:
    """Whether from ``start`` to its end a file holds nothing, or only the beginning of one record.

    A whole record further on tells that the one at ``start`` was whole once, and has been damaged.
    """
    with path.open("rb") as file:
        file.seek(start)
        try:
            _, end = read_member(file)
        except zlib.error:
            # After a power cut the blocks of an unfinished write may read as zeros.
            file.seek(start)
            return not file.read().strip(b"\0")
        file.seek(start)
        tail = file.read()
    return end is None and not any(_begins_record(tail[m.start() :]) for m in _MEMBER.finditer(tail, 1))


def _begins_record(data: bytes) -> bool:
    try:
        return zlib.decompressobj(31).decompress(data, 5) == b"WARC/"
    except zlib.error:
        return False
