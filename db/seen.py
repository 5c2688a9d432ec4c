"""What is in already: bytes that were read before in the same way, and pages that were looked at a while ago."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from db.engine import reading, writing
from db.models import table

_DOCUMENTS = table("documents")
_SNAPSHOTS = table("snapshots")
_CLAIMS = table("claims")
# As words, for it is asked of every document: to make an expression takes longer than to run it.
_MARK_READ = "UPDATE snapshots SET read_as = ? WHERE id = ? AND read_as IS NOT ?"


@dataclass(frozen=True, slots=True)
class SeenBytes:
    """The document that holds the bytes, and how many claims of it stand."""

    document_id: int
    kind: str
    claims: int


def mark_read(connection: Connection, snapshot_id: int, read_as: str | None) -> None:
    """Notes with what a snapshot was read last; part of the caller's transaction."""
    connection.exec_driver_sql(_MARK_READ, (read_as, snapshot_id, read_as))


def seen_bytes(
    bind: Engine | Connection, sha256: str, final_url: str | None, read_as: str, stated: Collection[str] = ()
) -> SeenBytes | None:
    """The document that has these bytes from this address, its last reading of them made with ``read_as``.

    ``stated`` names what the input would fill where the document says nothing (title, byline, publisher,
    published, modified, language): a document that lacks one of them is not given, for it would gain by it.
    """
    same = (_SNAPSHOTS.c.sha256 == sha256) & _SNAPSHOTS.c.final_url.is_not_distinct_from(final_url)
    filled = [_DOCUMENTS.c["outlet_id" if name == "publisher" else name].is_not(None) for name in stated]
    query = (
        sa.select(_DOCUMENTS.c.id, _DOCUMENTS.c.kind)
        .join(_SNAPSHOTS, _SNAPSHOTS.c.document_id == _DOCUMENTS.c.id)
        .where(same, _SNAPSHOTS.c.read_as == read_as, *filled)
        .limit(1)
    )
    with reading(bind) as connection:
        row = connection.execute(query).first()
        if row is None:
            return None
        present = (_CLAIMS.c.document_id == row.id) & (_CLAIMS.c.state == "present")
        claims = connection.execute(sa.select(sa.func.count()).select_from(_CLAIMS).where(present)).scalar_one()
    return SeenBytes(int(row.id), row.kind, int(claims))


def is_newest(bind: Engine | Connection, document_id: int, sha256: str) -> bool:
    """Whether these bytes are the version of the document that was captured last, in whichever form."""
    captured = sa.select(_SNAPSHOTS.c.sha256).where(_SNAPSHOTS.c.document_id == document_id)
    with reading(bind) as connection:
        last = connection.execute(captured.order_by(_SNAPSHOTS.c.fetched_at.desc(), _SNAPSHOTS.c.id.desc()).limit(1))
        return bool(last.scalar() == sha256)


def seen_again(bind: Engine | Connection, document_id: int, now: str) -> None:
    """Notes that a document's page was looked at and is as it was; ``now`` is UTC ending in ``Z``."""
    later = (_DOCUMENTS.c.id == document_id) & (_DOCUMENTS.c.last_checked < now)
    with writing(bind) as connection:
        connection.execute(sa.update(_DOCUMENTS).where(later).values(last_checked=now))


def looked_at_since(bind: Engine | Connection, urls: Collection[str], when: str) -> bool:
    """Whether a document that has, or was fetched from, one of these addresses was looked at after ``when``."""
    fetched = sa.select(_SNAPSHOTS.c.document_id).where(
        sa.or_(_SNAPSHOTS.c.input.in_(urls), _SNAPSHOTS.c.final_url.in_(urls))
    )
    named = sa.or_(_DOCUMENTS.c.url.in_(urls), _DOCUMENTS.c.id.in_(fetched))
    query = sa.select(_DOCUMENTS.c.id).where(named, _DOCUMENTS.c.last_checked > when).limit(1)
    with reading(bind) as connection:
        return connection.execute(query).first() is not None
