"""The tables of documents and their texts, without logic, and what all tables are made of.

``db.models`` has these and all others; import them from there.
"""

from __future__ import annotations

from typing import ClassVar

from sqlalchemy import CheckConstraint, MetaData, UniqueConstraint
from sqlmodel import Field, SQLModel

from db import vocabulary as words
from db.columns import (
    integer,
    json_value,
    maybe_to,
    one_of,
    optional,
    optional_integer,
    span,
    text_column,
    to,
    utc,
)

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)
AUTOINCREMENT = {"sqlite_autoincrement": True}


class Row(SQLModel):
    """The base of all tables: one metadata, apart from any other SQLModel in the process."""

    metadata: ClassVar[MetaData] = METADATA


class Outlet(Row, table=True):
    """A publisher."""

    __tablename__ = "outlets"
    __table_args__ = (AUTOINCREMENT,)
    id: int | None = Field(default=None, primary_key=True)
    name: str = text_column(unique=True, nocase=True)
    domain: str | None = optional(index=True)
    kind: str | None = optional(index=True)
    country: str | None = optional(index=True)


class Document(Row, table=True):
    """A work. ``key`` is the canonical URL, else the message-id, else ``sha256:`` of the bytes.

    ``doubt`` says why what was taken for its text may not be all of it, or not only it; empty: no doubt.
    """

    __tablename__ = "documents"
    __table_args__ = (
        one_of("kind", words.DOCUMENT_KINDS),
        CheckConstraint("label <> ''", name="label"),
        *utc("first_seen", "last_checked", "next_check"),
        AUTOINCREMENT,
    )
    id: int | None = Field(default=None, primary_key=True)
    key: str = text_column(unique=True)
    kind: str = text_column(index=True)
    url: str | None = optional(index=True)
    message_id: str | None = optional(index=True)
    label: str = text_column(index=True)
    title: str | None = optional(index=True)
    byline: str | None = optional(index=True)
    outlet_id: int | None = maybe_to("outlets")
    published: str | None = optional(index=True)
    modified: str | None = optional(index=True)
    language: str | None = optional(index=True)
    doubt: str | None = optional(index=True)
    won_by: dict[str, str] = json_value("{}")
    first_seen: str = text_column(index=True)
    last_checked: str = text_column(index=True)
    next_check: str | None = optional(index=True)


class Snapshot(Row, table=True):
    """One fetched version of a document; ``input`` is what the user gave.

    ``read_as`` names what its last reading was made with: the extractor, the reader, the settings. The same
    bytes need no second reading with the same.
    """

    __tablename__ = "snapshots"
    __table_args__ = (
        UniqueConstraint("document_id", "sha256"),
        CheckConstraint("sha256 GLOB 'sha256:*'", name="sha256"),
        CheckConstraint("size >= 0", name="size"),
        *utc("fetched_at"),
        AUTOINCREMENT,
    )
    id: int | None = Field(default=None, primary_key=True)
    document_id: int = to("documents")
    input: str = text_column(index=True)
    fetched_at: str = text_column(index=True)
    final_url: str | None = optional(index=True)
    status: int | None = optional_integer()
    content_type: str | None = optional(index=True)
    sha256: str = text_column(index=True)
    size: int = integer()
    warc_file: str | None = optional(index=True)
    warc_offset: int | None = optional_integer()
    read_as: str | None = optional()


class ExtractedText(Row, table=True):
    """One extraction of a snapshot; a text never changes, a better extractor adds a row."""

    __tablename__ = "texts"
    __table_args__ = (
        UniqueConstraint("snapshot_id", "extractor", "extractor_version"),
        CheckConstraint("sha256 GLOB 'sha256:*'", name="sha256"),
        AUTOINCREMENT,
    )
    id: int | None = Field(default=None, primary_key=True)
    snapshot_id: int = to("snapshots")
    extractor: str = text_column(index=True)
    extractor_version: str = text_column()
    text: str = text_column()
    sha256: str = text_column(index=True)


class Passage(Row, table=True):
    """A piece of a text, as its last reading cut it; ``page`` is that of a PDF, from 1."""

    __tablename__ = "passages"
    __table_args__ = (one_of("role", words.PASSAGE_ROLES), span(), AUTOINCREMENT)
    id: int | None = Field(default=None, primary_key=True)
    text_id: int = to("texts")
    start: int = integer()
    end: int = integer()
    role: str = text_column(index=True)
    speaker: str | None = optional(index=True)
    level: int = integer(default="0")
    page: int | None = optional_integer()
