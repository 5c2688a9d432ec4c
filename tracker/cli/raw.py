"""``tracker show --raw``: archived bytes come out again, byte for byte."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from sqlalchemy import Engine

from db.archived import newest_bytes_of
from db.store import get_claim
from scrapers.archive import Archive
from scrapers.errors import RefusedAddress, ScrapeError
from scrapers.guard import canonical_url
from tracker.cli.common import plural_of, printable, say
from tracker.errors import TrackerError

_HASH = re.compile(r"sha256:[0-9a-f]{64}")


def give_raw(engine: Engine, archive: Path, named: str, output: Path | None, *, wire: bool) -> None:
    """Write the bytes that ``named`` rests on to ``output``, else to standard output.

    ``named`` is a claim's id or key, a hash (``sha256:…``), or the address of a document, whose newest
    version is meant. The bytes are unpacked, or with ``wire`` as they came. Raises TrackerError, DataError.
    """
    sha256 = _hash_of(engine, named)
    try:
        body = Archive(archive).load(sha256, wire=wire)
    except ScrapeError as error:
        raise TrackerError(str(error)) from error
    if output is not None:
        try:
            output.write_bytes(body)
        except OSError as error:
            raise TrackerError(f"cannot be written ({error.strerror}): {output}: name another file") from error
        say(f"{plural_of(len(body), 'byte')} ({sha256}) written to {output}")
        return
    if sys.stdout.isatty() and not _is_harmless(body):
        raise TrackerError(f"not for a terminal, for it is not plain text: {named}: name a file with -o, or use a pipe")
    sys.stdout.buffer.write(body)
    sys.stdout.buffer.flush()


def _hash_of(engine: Engine, named: str) -> str:
    if named.lower().startswith("sha256:"):
        if not _HASH.fullmatch(named.lower()):
            raise TrackerError(f'not a whole hash: {named}: give "sha256:" and 64 digits, as "tracker show" prints it')
        return named.lower()
    if named.lower().startswith(("http://", "https://")):
        try:
            found = newest_bytes_of(engine, canonical_url(named))
        except RefusedAddress as refused:
            raise TrackerError(str(refused)) from refused
        if found is None:
            raise TrackerError(f"no document with this address: {named}: add it first (tracker add)")
        return found
    return get_claim(engine, named).snapshot.sha256


def _is_harmless(body: bytes) -> bool:
    """Whether a terminal would show it as it is: text, without what would move its cursor or rename its window."""
    try:
        text = body.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return False
    return printable(text) == text
