"""The tables of capture, without logic: visits, what changed, near-copies, and what people asked to be fetched.

``db.models`` has these and all others; import them from there.
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from db import vocabulary as words
from db.columns import integer, maybe_to, one_of, optional, optional_integer, real, text_column, to, utc
from db.models_documents import AUTOINCREMENT, Row

_ONE_OF_BOTH = "(document_id IS NULL) <> (source_id IS NULL)"


class SourceSnapshot(Row, table=True):
    """One fetched version of a source of evidence; the bytes are in the archive."""

    __tablename__ = "source_snapshots"
    __table_args__ = (
        UniqueConstraint("source_id", "sha256"),
        CheckConstraint("sha256 GLOB 'sha256:*'", name="sha256"),
        CheckConstraint("size >= 0", name="size"),
        *utc("fetched_at"),
        AUTOINCREMENT,
    )
    id: int | None = Field(default=None, primary_key=True)
    source_id: int = to("sources")
    fetched_at: str = text_column(index=True)
    final_url: str | None = optional()
    status: int | None = optional_integer()
    content_type: str | None = optional()
    sha256: str = text_column(index=True)
    size: int = integer()
    warc_file: str | None = optional()
    warc_offset: int | None = optional_integer()


class Visit(Row, table=True):
    """One look at the address of a document or of a source, and what came of it.

    ``etag`` and ``last_modified`` are what the server said, for the next visit; ``sha256`` of the bytes
    that the page had then, as far as there were any.
    """

    __tablename__ = "visits"
    __table_args__ = (
        CheckConstraint(_ONE_OF_BOTH, name="of_one"),
        one_of("outcome", words.OUTCOMES),
        Index("ix_visits_of_document", "document_id", "at"),
        Index("ix_visits_of_source", "source_id", "at"),
        *utc("at"),
        AUTOINCREMENT,
    )
    id: int | None = Field(default=None, primary_key=True)
    document_id: int | None = maybe_to("documents")
    source_id: int | None = maybe_to("sources")
    run_id: int | None = maybe_to("runs")
    at: str = text_column(index=True)
    url: str = text_column()
    outcome: str = text_column(index=True)
    status: int | None = optional_integer()
    reason: str | None = optional()
    etag: str | None = optional()
    last_modified: str | None = optional()
    sha256: str | None = optional(index=True)


class Change(Row, table=True):
    """One difference between two versions of a document or a source, in both versions' words.

    ``before`` and ``after`` are the words that differ (empty: none stood there), ``context_before`` and
    ``context_after`` the sentence around them, ``claim_id`` the claim that stands there.
    """

    __tablename__ = "changes"
    __table_args__ = (
        CheckConstraint(_ONE_OF_BOTH, name="of_one"),
        one_of("kind", words.CHANGES),
        Index("ix_changes_of_document", "document_id", "id"),
        Index("ix_changes_of_source", "source_id", "id"),
        # The front page counts the figures of the last days.
        Index("ix_changes_kind", "kind", "at"),
        *utc("at"),
        AUTOINCREMENT,
    )
    id: int | None = Field(default=None, primary_key=True)
    document_id: int | None = maybe_to("documents")
    source_id: int | None = maybe_to("sources")
    claim_id: int | None = maybe_to("claims")
    at: str = text_column(index=True)
    kind: str = text_column()
    before: str = text_column(default="")
    after: str = text_column(default="")
    context_before: str = text_column(default="")
    context_after: str = text_column(default="")
    sha256_before: str = text_column()
    sha256_after: str = text_column()


class DocumentLink(Row, table=True):
    """What one document is to another; ``how`` tells how that is known, ``score`` how sure it is, 0 to 1."""

    __tablename__ = "document_links"
    __table_args__ = (
        UniqueConstraint("document_id", "other_id", "relation"),
        one_of("relation", words.DOCUMENT_RELATIONS),
        CheckConstraint("document_id <> other_id", name="another"),
        *utc("at"),
        AUTOINCREMENT,
    )
    id: int | None = Field(default=None, primary_key=True)
    document_id: int = to("documents", index=False)
    other_id: int = to("documents")
    relation: str = text_column(index=True)
    how: str = text_column()
    score: float | None = real()
    at: str = text_column(index=True)


class Signature(Row, table=True):
    """The MinHash signature of a document's newest text: ``minhash`` as little-endian 32-bit numbers."""

    __tablename__ = "signatures"
    __table_args__ = (CheckConstraint("words >= 0", name="words"),)
    document_id: int = Field(sa_column=sa.Column(sa.Integer, sa.ForeignKey("documents.id"), primary_key=True))
    text_id: int = to("texts")
    version: str = text_column()
    words: int = integer()
    minhash: bytes = Field(sa_column=sa.Column(sa.LargeBinary, nullable=False))


class SignatureBand(Row, table=True):
    """One band of a signature: documents that share a band may be copies."""

    __tablename__ = "signature_bands"
    band: int = Field(sa_column=sa.Column(sa.Integer, primary_key=True, autoincrement=False))
    digest: str = Field(sa_column=sa.Column(sa.Text, primary_key=True))
    document_id: int = Field(
        sa_column=sa.Column(sa.Integer, sa.ForeignKey("documents.id"), primary_key=True, index=True)
    )


class FetchRequest(Row, table=True):
    """An address that somebody asked to be fetched, and what came of it. ``tracker work`` serves them in order."""

    __tablename__ = "requests"
    __table_args__ = (
        one_of("state", words.REQUEST_STATES),
        CheckConstraint("url <> ''", name="url"),
        *utc("requested_at", "started_at", "done_at"),
        Index("ix_requests_waiting", "id", sqlite_where=sa.text("state = 'waiting'")),
        AUTOINCREMENT,
    )
    id: int | None = Field(default=None, primary_key=True)
    url: str = text_column(index=True)
    note: str | None = optional()
    requested_by: str = text_column(index=True)
    requested_at: str = text_column(index=True)
    state: str = text_column(index=True, default="waiting")
    attempts: int = integer(default="0")
    started_at: str | None = optional()
    done_at: str | None = optional()
    document_id: int | None = maybe_to("documents")
    reason: str | None = optional()
    remedy: str | None = optional()
