"""Raw bytes, kept for ever: WARC 1.1 files, found by the hash of what they hold.

The WARC files are the truth; beside each stands a small index (``archive_index``), which is made again
from the WARC file where it is missing or behind. A record counts as stored once the WARC file is on
the disk. Writers take turns through a lock on the folder. A file that ends in a torn record (a killed
process, a full disk) is read up to there and never written to again.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import hashlib
import io
import os
import secrets
import stat
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Any

from scrapers.archive_check import ArchiveCheck
from scrapers.archive_index import Entry, add_lines, index_of, read_index, scanned, write_index
from scrapers.document import Capture, Hop
from scrapers.errors import ArchiveDamaged, ArchiveUnwritable, NotArchived
from scrapers.record_reader import NO_BODY, Damage, Fields, examine
from scrapers.records import (
    Headers,
    Made,
    info_record,
    is_answer,
    payload_digest,
    records_of,
    unmodified_records,
    writer_to,
)

#: The WARC standard recommends files of about a gigabyte.
_FULL = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Stored:
    """Where a body is kept: ``offset`` of its record in ``warc_file``, a name within the folder.

    ``new`` tells whether it was written just now.
    """

    sha256: str
    warc_file: str
    offset: int
    new: bool


@dataclass(slots=True)
class _Seen:
    """How far a WARC file and its index are known.

    ``key`` is by what a change of either shows, ``end`` the offset up to which the records are known,
    ``listed`` the one up to which the index has them, and ``lines`` where in the index that is.
    """

    key: tuple[int, ...] = ()
    end: int = 0
    listed: int = 0
    lines: int = 0


class Archive:
    """A folder of WARC files; several processes and threads may use it at once."""

    def __init__(self, folder: str | Path) -> None:
        self._folder = Path(folder)
        #: Of each body the records that hold it: more than one where it came packed in several ways.
        self._by_hash: dict[str, tuple[Entry, ...]] = {}
        self._seen: dict[str, _Seen] = {}
        #: The files that could not be opened on the last look, with the reason.
        self._unread: dict[str, str] = {}
        self._guard = threading.RLock()

    def store(self, capture: Capture, request_headers: Headers = ()) -> Stored:
        """Keep a capture's bytes and return once they are on the disk; a body already kept whole is not written.

        A fetched page becomes a response record with its request beside it, or, where the same bytes
        are kept already, a revisit record that refers to them; each of its redirects a response before
        it. A file becomes a resource record, whose URI holds the file's name only; given again, nothing.
        A page that comes packed in another way than before is kept as it came, too; ``Stored`` says
        where its body was first. Raises ArchiveUnwritable, and ValueError where ``capture.raw``
        does not unpack to ``capture.body``.
        """
        sha256 = f"sha256:{hashlib.sha256(capture.body).hexdigest()}"
        payload = payload_digest(capture)
        with self._writing():
            kept = list(self._kept(sha256))
            if kept and not is_answer(capture):
                return Stored(sha256, kept[0][0].warc_file, kept[0][0].offset, new=False)
            same = next((fields for _, fields in kept if fields.get("WARC-Payload-Digest") == payload), None)
            entries = self._append(lambda to: records_of(to, capture, sha256, payload, request_headers, same))
            place = kept[0][0] if kept else next(entry for entry in entries if entry.sha256 == sha256)
            return Stored(sha256, place.warc_file, place.offset, new=not kept)

    def note_unmodified(
        self,
        url: str,
        sha256: str,
        headers: Headers,
        at: str,
        request_headers: Headers = (),
        hops: tuple[Hop, ...] = (),
    ) -> Stored:
        """Keep the answer 304 to a question for ``url``: that its bytes are still those of ``sha256``.

        ``headers`` are the answer's and ``at`` its time (UTC, ISO 8601, ending in ``Z``); it becomes a
        revisit record with its request beside it, behind its redirects. Gives where the body is. Raises
        NotArchived where there is no such body, and then the page must be fetched whole, and ArchiveUnwritable.
        """
        with self._writing():
            entry, fields = next(iter(self._kept(sha256)), (None, None))
            if entry is None or fields is None:
                raise NotArchived("not in the archive", sha256)
            answer = Capture(url, b"", at, url=url, final_url=url, status=304, headers=headers, hops=hops)
            self._append(lambda to: unmodified_records(to, answer, sha256, request_headers, fields))
            return Stored(sha256, entry.warc_file, entry.offset, new=False)

    def load(self, sha256: str, *, wire: bool = False) -> bytes:
        """Give back a body byte for byte, unpacked; with ``wire`` as it came when it was first kept.

        Raises NotArchived, ArchiveDamaged.
        """
        try:
            return self._body(sha256, self.places(sha256), wire)
        except (ArchiveDamaged, NotArchived):
            # What was learned while another process wrote, and then had no space to finish, may not be so.
            self._forget()
            return self._body(sha256, self.places(sha256), wire)

    def places(self, sha256: str) -> tuple[Stored, ...]:
        """Where a body is kept, first the record that was written first; empty if it is not."""
        if sha256 not in self._by_hash:
            self._refresh()
        return tuple(Stored(sha256, e.warc_file, e.offset, new=False) for e in self._by_hash.get(sha256, ()))

    def __contains__(self, sha256: str) -> bool:
        """Whether a body is kept, and whole: its record is read."""
        if not self.places(sha256):
            return False
        with self._guard:
            return next(self._kept(sha256), None) is not None

    def verify(self) -> Iterator[str]:
        """Read every record again and give a line for each that is not what was stored: see ArchiveCheck."""
        return ArchiveCheck(self._folder).problems()

    def _body(self, sha256: str, places: Iterable[Stored], wire: bool) -> bytes:
        """Give the first of the places' bodies that is whole."""
        broken: ArchiveDamaged | None = None
        for place in places:
            where = f"{place.warc_file} at {place.offset}"
            body = io.BytesIO()
            try:
                with (self._folder / place.warc_file).open("rb") as file:
                    found = examine(file, place.offset, body.write, wire=wire)
                if found.fields.sha256 == sha256:
                    return body.getvalue()
                raise Damage("another record stands there")
            except (Damage, OSError) as bad:
                reason = bad.strerror if isinstance(bad, OSError) else str(bad)
                broken = broken or ArchiveDamaged(f"the archive is damaged ({reason})", where)
        for name, reason in self._unread.items():
            broken = broken or ArchiveDamaged(f"not found, and a file of the archive cannot be read ({reason})", name)
        raise broken or NotArchived("not in the archive", sha256)

    def _kept(self, sha256: str) -> Iterator[tuple[Entry, Fields]]:
        """Give the records of a body that are there and whole, with their headers: a broken one keeps nothing."""
        for entry in self._by_hash.get(sha256, ()):
            with contextlib.suppress(Damage, OSError), (self._folder / entry.warc_file).open("rb") as file:
                fields = examine(file, entry.offset).fields
                if fields.sha256 == sha256:
                    yield entry, fields

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        """Be the only writer, with all known; the system opens the lock again when its holder is killed."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with (self._folder / ".lock").open("ab") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                # What is known must not be forgotten by another thread between the look and the write.
                with self._guard:
                    self._refresh(mend=True)
                    yield
        except OSError as failed:
            reason = failed.strerror or type(failed).__name__
            raise ArchiveUnwritable(f"the archive cannot be written ({reason})", str(self._folder)) from failed

    def _files(self) -> list[Path]:
        return sorted(self._folder.glob("*.warc.gz"))

    def _forget(self) -> None:
        with self._guard:
            self._by_hash.clear()
            self._seen.clear()

    def _refresh(self, *, mend: bool = False) -> None:
        """Learn of the records that others have written; ``mend`` indexes that lack some (needs the lock)."""
        with self._guard:
            self._unread.clear()
            for path in self._files():
                # One that stands on a disk that is away, say, costs what it holds and not the others.
                try:
                    self._refresh_file(path, mend=mend)
                except OSError as failed:
                    self._unread[path.name] = failed.strerror or type(failed).__name__

    def _refresh_file(self, path: Path, *, mend: bool) -> None:
        if not stat.S_ISREG(path.stat().st_mode):
            raise OSError(errno.EINVAL, "not a file")
        seen, key = self._seen.setdefault(path.name, _Seen()), _key(path)
        if key != seen.key:
            self._read_on(path, seen, key[0])
            seen.key = key
        if mend and (seen.listed < seen.end or seen.lines != key[-1]):
            self._mend(path, seen)

    def _read_on(self, path: Path, seen: _Seen, size: int) -> None:
        """Learn of the records of a file behind those that are known; of the index, too, only the rest is read."""
        if size < seen.end:
            # Another process had no space to finish, and took back what was seen under its hand.
            seen.end = seen.listed = seen.lines = 0
        for entry, lines in read_index(path, seen.lines, seen.listed):
            seen.listed, seen.lines = entry.end, lines
            self._learn(entry, seen)
        for entry in scanned(path, seen.end):
            self._learn(entry, seen)

    def _mend(self, path: Path, seen: _Seen) -> None:
        listed = (entry for entry, _ in read_index(path))
        write_index(path, chain(list(listed), scanned(path, seen.listed)))
        seen.listed, seen.key = seen.end, _key(path)
        seen.lines = seen.key[-1]

    def _learn(self, entry: Entry, seen: _Seen) -> None:
        if entry.offset < seen.end:
            return
        seen.end = entry.end
        known = self._by_hash.get(entry.sha256, ())
        if entry.sha256 != NO_BODY and entry not in known:
            self._by_hash[entry.sha256] = (*known, entry)

    def _append(self, make: Callable[[Any], Iterable[Made]]) -> list[Entry]:
        """Write records at the end of a whole file, and sync it, then its index."""
        path = self._writable()
        with _WholeWrites(path, "ab") as file:
            start = file.seek(0, os.SEEK_END)
            entries: list[Entry] = []
            try:
                writer = writer_to(file)
                opening = [info_record(writer, path.name)] if start == 0 else []
                for made in chain(opening, make(writer)):
                    offset = file.tell()
                    writer.write_record(made.record)
                    entries.append(Entry(made.sha256, path.name, offset, file.tell() - offset))
                os.fsync(file.fileno())
            except BaseException:
                # Nothing of this was acknowledged; a tail that stays all the same is a torn record.
                with contextlib.suppress(OSError):
                    file.truncate(start)
                raise
        if start == 0:
            _sync_folder(self._folder)
        with self._guard:
            seen = self._seen.setdefault(path.name, _Seen())
            for entry in entries:
                self._learn(entry, seen)
            seen.lines, seen.listed = add_lines(path, entries), seen.end
            seen.key = _key(path)
        return entries

    def _writable(self) -> Path:
        """Choose the newest of our files if it is whole and not full, else a new one; indexes were mended before."""
        ours = [path for path in self._files() if path.name.startswith("press-") and path.name not in self._unread]
        for path in ours[-1:]:
            size = path.stat().st_size
            if 0 < size < _FULL and self._seen[path.name].end == size:
                return path
        stamp = datetime.now(UTC).strftime("%Y%m%d%H%M%S%f")
        return self._folder / f"press-{stamp}-{secrets.token_hex(3)}.warc.gz"


class _WholeWrites(io.FileIO):
    """A file without a buffer, whose left-over could be written after a failure has been undone."""

    def write(self, data: Any) -> int:
        view = memoryview(data)
        done = 0
        while done < len(view):
            done += super().write(view[done:]) or 0
        return done


def _key(path: Path) -> tuple[int, ...]:
    """By what a change of a WARC file or of its index shows; last the size of the index."""
    status, index = path.stat(), index_of(path)
    listed = index.stat().st_size if index.exists() else 0
    return status.st_size, status.st_mtime_ns, listed


def _sync_folder(folder: Path) -> None:
    """Make a new file's name itself survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
