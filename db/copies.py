"""Signatures of documents, and the links between those that are copies of one another."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import Connection

from db.models import table

_SIGNATURES = table("signatures")
_BANDS = table("signature_bands")
_LINKS = table("document_links")
_DOCUMENTS = table("documents")
_TEXTS = table("texts")
_SNAPSHOTS = table("snapshots")
#: Copies of one wire story; beyond so many the first ones tell it all.
_MOST = 50
# As words, for they are asked of every document: to make an expression takes longer than to answer it.
_SIGNED_BY = "SELECT text_id, version FROM signatures WHERE document_id = ?"
_SIGN = "INSERT INTO signatures (document_id, text_id, version, words, minhash) VALUES (?, ?, ?, ?, ?)"
_BAND = "INSERT INTO signature_bands (band, digest, document_id) VALUES (?, ?, ?)"
_DATES = "SELECT published, first_seen FROM documents WHERE id = ?"
_TEXT = "SELECT text FROM texts WHERE id = ?"
#: Without the roles of passages that no two documents of a publisher differ in.
_OWN_PASSAGES = """
    SELECT start, "end" FROM passages WHERE text_id = ? AND role NOT IN ('boilerplate', 'heading') ORDER BY start
    """
_CANDIDATES = """
    SELECT d.id, s.text_id, d.published, d.first_seen
    FROM (
        SELECT b.document_id, count(*) AS number
        FROM json_each(?) AS w JOIN signature_bands AS b
        ON b.band = json_extract(w.value, '$.band') AND b.digest = json_extract(w.value, '$.digest')
        WHERE b.document_id <> ? GROUP BY b.document_id ORDER BY number DESC, b.document_id LIMIT ?
    ) AS met
    JOIN documents AS d ON d.id = met.document_id JOIN signatures AS s ON s.document_id = d.id
    ORDER BY d.id
    """
#: How copies are told without a person.
_BY_MACHINE = ("minhash", "same text")


@dataclass(frozen=True, slots=True)
class Signed:
    """A document with a signature: what tells which of two came first, and its text."""

    document_id: int
    text_id: int
    published: str | None
    first_seen: str


def signed_by(connection: Connection, document_id: int) -> tuple[int, str] | None:
    """The text by which a document is signed, and in which way; None for one that is not."""
    row = connection.exec_driver_sql(_SIGNED_BY, (document_id,)).first()
    return None if row is None else (int(row[0]), str(row[1]))


def write_signature(
    connection: Connection,
    document_id: int,
    text_id: int,
    version: str,
    words: int,
    minhash: bytes,
    bands: Sequence[str],
) -> None:
    """Signs a document that has no signature."""
    connection.exec_driver_sql(_SIGN, (document_id, text_id, version, words, minhash))
    connection.exec_driver_sql(_BAND, [(band, digest, document_id) for band, digest in enumerate(bands)])


def forget_signature(connection: Connection, document_id: int) -> None:
    """Takes away the signature of a document, before its newest text gives it another, or none."""
    for each in (_BANDS, _SIGNATURES):
        connection.execute(sa.delete(each).where(each.c.document_id == document_id))


def candidates(connection: Connection, document_id: int, bands: Sequence[str]) -> list[Signed]:
    """The other documents that share a band, those that share most of them first, at most 50."""
    wanted = json.dumps([{"band": band, "digest": digest} for band, digest in enumerate(bands)])
    rows = connection.exec_driver_sql(_CANDIDATES, (wanted, document_id, _MOST))
    return [Signed(*row) for row in rows]


def same_text(connection: Connection, document_id: int, text_id: int) -> list[Signed]:
    """The other documents whose newest text is the same to the letter, the oldest first, at most 50."""
    own = sa.select(_TEXTS.c.sha256).where(_TEXTS.c.id == text_id).scalar_subquery()
    query = (
        sa.select(_DOCUMENTS.c.id, _TEXTS.c.id.label("text_id"), _DOCUMENTS.c.published, _DOCUMENTS.c.first_seen)
        .join(_SNAPSHOTS, _SNAPSHOTS.c.id == _TEXTS.c.snapshot_id)
        .join(_DOCUMENTS, _DOCUMENTS.c.id == _SNAPSHOTS.c.document_id)
        .where(_TEXTS.c.sha256 == own, _DOCUMENTS.c.id != document_id, ~_is_followed())
        .order_by(_DOCUMENTS.c.id, _TEXTS.c.id)
    )
    found: dict[int, Signed] = {}
    for row in connection.execute(query.limit(4 * _MOST)):
        found.setdefault(row.id, Signed(*row))
    return list(found.values())[:_MOST]


def _is_followed() -> sa.ColumnElement[bool]:
    """Whether the document of a text has a newer one."""
    later, version = _TEXTS.alias("later"), _SNAPSHOTS.alias("version")
    newer = sa.exists().where(
        version.c.document_id == _DOCUMENTS.c.id, later.c.snapshot_id == version.c.id, later.c.id > _TEXTS.c.id
    )
    return newer.correlate(_DOCUMENTS, _TEXTS)


def signed(connection: Connection, document_id: int, text_id: int) -> Signed:
    """The document itself, as one of those that it is compared with."""
    return Signed(document_id, text_id, *connection.exec_driver_sql(_DATES, (document_id,)).one())


def own_words(connection: Connection, text_id: int) -> str:
    """The words of a text without its headings and boilerplate, a passage a line."""
    text = str(connection.exec_driver_sql(_TEXT, (text_id,)).scalar_one())
    return "\n".join(text[start:end] for start, end in connection.exec_driver_sql(_OWN_PASSAGES, (text_id,)))


def write_copies(
    connection: Connection, document_id: int, found: dict[tuple[int, int], float], now: str, how: str = "minhash"
) -> None:
    """Sets which pairs (copy, original) a document is one of, each with its score; what no longer holds goes.

    ``how`` is minhash, or "same text" for texts that are the same to the letter.
    """
    of_document = sa.or_(_LINKS.c.document_id == document_id, _LINKS.c.other_id == document_id)
    by_machine = sa.and_(of_document, _LINKS.c.relation == "copies", _LINKS.c.how.in_(_BY_MACHINE))
    query = sa.select(_LINKS.c.id, _LINKS.c.document_id, _LINKS.c.other_id, _LINKS.c.score, _LINKS.c.how).where(
        by_machine
    )
    known = {(row.document_id, row.other_id): row for row in connection.execute(query)}
    gone = [row.id for pair, row in known.items() if pair not in found]
    if gone:
        connection.execute(sa.delete(_LINKS).where(_LINKS.c.id.in_(gone)))
    for (copy, original), score in found.items():
        row = known.get((copy, original))
        if row is None:
            values = {"document_id": copy, "other_id": original, "relation": "copies", "how": how}
            new = sa.insert(_LINKS).prefix_with("OR IGNORE").values(**values, score=score, at=now)
            connection.execute(new)
        elif (row.score, row.how) != (score, how):
            connection.execute(sa.update(_LINKS).where(_LINKS.c.id == row.id).values(score=score, how=how))
