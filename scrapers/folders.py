"""The files of a folder, in order: hidden ones left out, each once, whatever links lead in circles."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from scrapers.errors import ScrapeError, UnreadableFile

#: The folders that make a folder of mail (Maildir), and the one of them whose messages are not there yet.
_MAILDIR = frozenset({"cur", "new", "tmp"})
_UNFINISHED = "tmp"

_Identity = tuple[int, int]


@dataclass(slots=True)
class _Walk:
    left_out: Collection[Path]
    known: set[_Identity] = field(default_factory=set)

    def is_known(self, path: Path) -> bool:
        """Whether this very file or folder was met under another name; one that is not there counts as new."""
        try:
            status = path.stat()
        except OSError:
            return False
        identity = (status.st_dev, status.st_ino)
        if identity in self.known:
            return True
        self.known.add(identity)
        return False


def files_in(folder: Path, left_out: Collection[Path] = ()) -> Iterator[Path | ScrapeError]:
    """Yield the files of a folder and of those within it, by name, and an error for each folder that is shut.

    Left out are names that begin with a dot, the paths (absolute) in ``left_out``, and what was met before:
    a file with two names comes once, a link that leads back is not followed. Folders of mail (Maildir) keep
    theirs below in folders with a dot, which are read, and unfinished messages in ``tmp``, which are not.
    """
    walk = _Walk(left_out)
    walk.is_known(folder)
    yield from _files(folder, walk)


def _files(folder: Path, walk: _Walk) -> Iterator[Path | ScrapeError]:
    try:
        names = sorted(entry.name for entry in os.scandir(folder))
    except OSError as error:
        yield UnreadableFile(f"this folder cannot be read ({error.strerror})", str(folder))
        return
    is_mail = _MAILDIR.issubset(names)
    for name in names:
        path = folder / name
        is_folder = path.is_dir()
        if name.startswith(".") and not (is_mail and is_folder and _is_maildir(path)):
            continue
        if is_mail and name == _UNFINISHED:
            continue
        if path.absolute() in walk.left_out or walk.is_known(path):
            continue
        if is_folder:
            yield from _files(path, walk)
        else:
            yield path


def _is_maildir(folder: Path) -> bool:
    return all((folder / name).is_dir() for name in _MAILDIR)
