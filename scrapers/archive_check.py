"""Reads a whole archive again: every record against its sums, its index and what it refers to."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from scrapers.archive_index import Entry, bad_line, index_of, read_index
from scrapers.record_reader import NO_BODY, Damage, Examined, examine, is_torn, next_record
from scrapers.records import REFERS_TO_BODY

_RESTORE = "restore the archive folder from a backup"
_REINDEX = "delete that index, it is made again"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a body was found whole: in ``warc_file`` at ``offset``; ``size`` is its own, in bytes, unpacked."""

    warc_file: str
    offset: int
    size: int


class ArchiveCheck:
    """One pass over the folder of an archive; a piece of a record is in memory at a time, whatever its size."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        #: The bodies that ``problems`` has found whole, by hash.
        self.places: dict[str, list[Place]] = {}
        self._ids: set[str] = set()
        # Of each record that a revisit refers to: the hash of its body, the first revisit, and how many.
        self._referred: dict[str, tuple[str, str, int]] = {}
        # Of each damaged record that an index lists: where it is, what is wrong, the hash of its body.
        self._damaged: list[tuple[str, str, str]] = []

    def problems(self) -> Iterator[str]:
        """Give a line (where, what, what to do) for each thing that is not as it was stored.

        A torn record at the end of a file, which no index knows, was never acknowledged and is no
        problem; nor is an index that is behind its file.
        """
        for path in sorted(self._folder.glob("*.warc.gz")):
            try:
                yield from self._file(path)
            except OSError as failed:
                yield f"{path.name}: cannot be read ({failed.strerror}): check its permissions, or {_RESTORE}"
        for where, damage, sha256 in self._damaged:
            # Only now is it known what else the archive holds.
            kept = next(iter(self.places.get(sha256, ())), None)
            remedy = _RESTORE
            if kept is not None:
                remedy = f"nothing is lost, its bytes stand whole in {kept.warc_file} at {kept.offset}; {_RESTORE}"
            yield f"{where}: {damage}: {remedy}"
        for index in sorted(self._folder.glob("*.warc.gz.idx")):
            if not index.with_suffix("").exists():
                yield f"{index.stem}: the file is missing, its index is there: {_RESTORE}"
        for target, (sha256, first, number) in self._referred.items():
            if target not in self._ids or sha256 not in self.places:
                more = f" and {number - 1} more" if number > 1 else ""
                yield f"{first}{more}: what the revisit refers to ({sha256}) is not whole in the archive: {_RESTORE}"

    def _file(self, path: Path) -> Iterator[str]:
        number = bad_line(path)
        if number is not None:
            yield f"{index_of(path).name}, line {number}: neither a record's line nor the torn end of one: {_REINDEX}"
        if path.exists() and not path.is_file():
            # Opening a pipe would wait for ever.
            yield f"{path.name}: not a file: take it out of the folder, or {_RESTORE}"
            return
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            at = yield from self._listed(file, path, size)
            if at < size:
                yield from self._unlisted(file, path, at, size)

    def _listed(self, file: IO[bytes], path: Path, size: int) -> Generator[str, None, int]:
        """Check the records that the index lists; returns where they end, or where the index begins to lie."""
        at = 0
        for entry, _ in read_index(path):
            if entry.offset >= size:
                yield f"{path.name} at {size}: the file ends here, its index lists more: {_RESTORE}"
                return size
            try:
                problem, end = self._checked(file, path.name, entry.offset, entry)
            except Damage as damage:
                self._damaged.append((f"{path.name} at {entry.offset}", str(damage), entry.sha256))
                problem, end = str(damage), damage.end
            else:
                if problem is not None:
                    yield f"{path.name} at {entry.offset}: {problem}"
            at = entry.end if end is None else end
            if at != entry.end:
                if problem is None:
                    yield f"{path.name} at {entry.offset}: the record is not as long as the index says: {_REINDEX}"
                return at
        return at

    def _unlisted(self, file: IO[bytes], path: Path, at: int, size: int) -> Iterator[str]:
        """Check the records that no index lists."""
        while at < size:
            try:
                problem, end = self._checked(file, path.name, at, None)
            except Damage as damage:
                problem, end = f"{damage}: {_RESTORE}", damage.end
            if end is None:
                following = next_record(file, at + 1)
                if following is None:
                    if not is_torn(file, at):
                        yield f"{path.name} at {at}: neither a record nor the torn end of one: {_RESTORE}"
                    return
                end = following
            if problem is not None:
                yield f"{path.name} at {at}: {problem}"
            at = end

    def _checked(self, file: IO[bytes], name: str, at: int, entry: Entry | None) -> tuple[str | None, int | None]:
        """Read one record: what its index says wrongly of it, and where it ends. Raises Damage."""
        found = examine(file, at)
        self._note(found, name, at)
        stated = found.fields.sha256
        if entry is not None and stated != entry.sha256:
            return f"the index says {entry.sha256}, the record {stated}: {_REINDEX}", found.end
        return None, found.end

    def _note(self, found: Examined, name: str, at: int) -> None:
        if found.fields.sha256 != NO_BODY:
            self.places.setdefault(found.fields.sha256, []).append(Place(name, at, found.size))
            self._ids.add(found.fields.get("WARC-Record-ID"))
        if found.fields.get("WARC-Type") == "revisit":
            target = found.fields.get("WARC-Refers-To")
            sha256, first, number = self._referred.get(target, (found.fields.get(REFERS_TO_BODY), f"{name} at {at}", 0))
            self._referred[target] = (sha256, first, number + 1)
