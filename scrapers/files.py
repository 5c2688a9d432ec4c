"""Reads a file of the user's, or standard input, into a Capture: bounded, with one clear error each."""

from __future__ import annotations

import re
import stat
from pathlib import Path
from typing import BinaryIO

from scrapers.document import Capture
from scrapers.errors import EmptyInput, IsADirectory, MissingFile, ScrapeError, TooLarge, UnreadableFile

#: The largest file that is read, in bytes; the same bound as for a page from the web.
MAX_BYTES = 20_000_000

#: A host and a path, as people write a page's address without its scheme.
_PAGE = re.compile(
    r"(?:www\.(?:[a-z0-9-]{1,63}\.){1,5}|(?:[a-z0-9-]{1,63}\.){1,5}(?=[a-z]{2,20}/))[a-z]{2,20}(?:/\S{0,500})?"
)


def read_file(source: str, fetched_at: str, *, url: str | None = None, max_bytes: int = MAX_BYTES) -> Capture:
    """The bytes of a file as a Capture; ``url`` is where the user says the page stood.

    Raises MissingFile, IsADirectory, TooLarge (by its size, before it is read), EmptyInput, or a
    UnreadableFile, or a ScrapeError for what is no file (a device, a pipe).
    """
    if not source:
        # Path("") is the working directory, which nobody named.
        raise MissingFile("no such file", '""')
    path = Path(source)
    try:
        status = path.stat()
    except (OSError, ValueError) as error:
        remedy = f"check the name, or write https://{source} if a page is meant" if _PAGE.fullmatch(source) else None
        raise MissingFile("no such file", source, remedy) from error
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectory("this is a folder", source)
    if not stat.S_ISREG(status.st_mode):
        raise ScrapeError("not a regular file", source, "give a file, or - for standard input", "file")
    if status.st_size > max_bytes:
        raise TooLarge(
            f"{status.st_size / 1e6:.0f} MB is over the limit of {max_bytes / 1e6:.0f} MB", source, stage="file"
        )
    try:
        with path.open("rb") as file:
            return _capture(source, file, fetched_at, url, max_bytes, path.name)
    except OSError as error:
        raise UnreadableFile(f"cannot be read ({error.strerror})", source) from error


def read_stream(stream: BinaryIO, fetched_at: str, *, url: str | None = None, max_bytes: int = MAX_BYTES) -> Capture:
    """The bytes of standard input as a Capture named ``-``; TooLarge and EmptyInput as for a file."""
    return _capture("-", stream, fetched_at, url, max_bytes, None)


def _capture(
    source: str, stream: BinaryIO, fetched_at: str, url: str | None, max_bytes: int, filename: str | None
) -> Capture:
    body = stream.read(max_bytes + 1)
    if len(body) > max_bytes:
        raise TooLarge(f"more than the limit of {max_bytes / 1e6:.0f} MB", source, stage="file")
    if not body.strip():
        raise EmptyInput("the file is empty", source)
    return Capture(source=source, body=body, fetched_at=fetched_at, url=url, filename=filename)
