"""What the database says of the archive: which bytes each row rests on, and where they should stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from db.engine import reading
from db.models import table

_SNAPSHOTS = table("snapshots")
_DOCUMENTS = table("documents")
_TABLES = ("snapshots", "source_snapshots", "visits")


@dataclass(frozen=True, slots=True)
class ArchivedRow:
    """A row that names bytes by their hash (``sha256:…``); their size in bytes and place where it states them."""

    table: str
    row_id: int
    sha256: str
    size: int | None = None
    warc_file: str | None = None
    warc_offset: int | None = None


def archived_rows(bind: Engine | Connection) -> Iterator[ArchivedRow]:
    """Give every row that rests on bytes of the archive, by table and id; a visit that had no bytes is none."""
    with reading(bind) as connection:
        for name in _TABLES:
            rows = table(name)
            named = [rows.c[own] for own in ("sha256", "size", "warc_file", "warc_offset") if own in rows.c]
            query = sa.select(rows.c.id.label("row_id"), *named).where(rows.c.sha256.is_not(None)).order_by(rows.c.id)
            for row in connection.execute(query):
                yield ArchivedRow(name, **row._asdict())


def newest_bytes_of(bind: Engine | Connection, url: str) -> str | None:
    """Give the hash of the newest version's bytes of the document with this address; None without one."""
    query = (
        sa.select(_SNAPSHOTS.c.sha256)
        .join(_DOCUMENTS, _DOCUMENTS.c.id == _SNAPSHOTS.c.document_id)
        .where(sa.or_(_DOCUMENTS.c.key == url, _DOCUMENTS.c.url == url))
        .order_by(_SNAPSHOTS.c.fetched_at.desc(), _SNAPSHOTS.c.id.desc())
        .limit(1)
    )
    with reading(bind) as connection:
        found = connection.execute(query).scalar()
        return None if found is None else str(found)
