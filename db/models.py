"""The tables (the design's section 3), without logic; those of documents are in ``db.models_documents``,
those of capture in ``db.models_capture``.

Ids are AUTOINCREMENT: an id once cited never names another row. Times are UTC text ending in ``Z``.
Offsets are Unicode code points, half open, into the text of the row's ``text_id``.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from db import vocabulary as words
from db.columns import (
    flag,
    integer,
    json_value,
    maybe_to,
    one_of,
    optional,
    optional_integer,
    optional_json,
    real,
    span,
    text_column,
    to,
    utc,
)
from db.models_capture import Change, DocumentLink, FetchRequest, Signature, SignatureBand, SourceSnapshot, Visit
from db.models_documents import AUTOINCREMENT, METADATA, Document, ExtractedText, Outlet, Passage, Row, Snapshot

__all__ = [
    "IN_REVIEW",
    "METADATA",
    "Change",
    "Claim",
    "ClaimKey",
    "ClaimKind",
    "ClaimSpan",
    "Document",
    "DocumentLink",
    "Evidence",
    "ExtractedText",
    "Failure",
    "FetchRequest",
    "Figure",
    "Outlet",
    "Party",
    "Passage",
    "Review",
    "Row",
    "Run",
    "Signature",
    "SignatureBand",
    "Snapshot",
    "Source",
    "SourceSnapshot",
    "Visit",
    "queue_condition",
    "table",
]


def queue_condition(queue: str) -> str:
    """The SQL condition of a claim in this queue; the partial indexes are made for exactly these words."""
    sourcings = ", ".join(f"'{sourcing}'" for sourcing in words.QUEUES[queue])
    return f"sourcing IN ({sourcings}) AND state = 'present' AND workflow <> 'rejected' AND is_backed = 0"


#: The SQL condition of a claim in review, for which the partial index is made.
IN_REVIEW = "workflow = 'in_review'"


class Party(Row, table=True):
    """A person, post, organisation or group."""

    __tablename__ = "parties"
    __table_args__ = (
        one_of("kind", words.PARTY_KINDS),
        CheckConstraint("name <> ''", name="name"),
        # Few parties have other names, and every name is looked up among those first.
        Index("ix_parties_aliased", "id", sqlite_where=sa.text("aliases <> '[]'")),
        AUTOINCREMENT,
    )
    id: int | None = Field(default=None, primary_key=True)
    name: str = text_column(unique=True, nocase=True)
    kind: str | None = optional(index=True)
    affiliation_id: int | None = maybe_to("parties")
    aliases: list[str] = json_value("[]")


class Claim(Row, table=True):
    """One claim of one document.

    ``text_id`` is the text whose reading gave the quote, the figures and the other reading fields;
    ``names`` repeats the parties' names, so that full-text search finds a claim by its subject;
    ``outlet_id``, ``published`` and ``year`` repeat the document's, so that they can be counted fast.
    ``weight`` (0 to 100) orders the queue. ``is_backed``, kept by triggers, tells whether a person
    attached a source that supports it. The reading fields have people's corrections laid over them.
    ``sourcing`` is what its text and what people attached give together, ``read_sourcing`` the text alone.
    """

    __tablename__ = "claims"
    __table_args__ = (
        one_of("stance", words.STANCES),
        one_of("sourcing", words.SOURCINGS),
        one_of("read_sourcing", words.SOURCINGS),
        one_of("workflow", words.WORKFLOWS),
        one_of("verdict", words.VERDICTS),
        one_of("state", words.STATES),
        CheckConstraint("key <> '' AND quote <> '' AND kind <> ''", name="stated"),
        *utc("first_seen", "updated_at"),
        CheckConstraint("is_backed IN (0, 1)", name="is_backed"),
        # On state first, though it never varies here: or the planner takes the index of all states.
        *(
            Index(f"ix_claims_queue_{queue}", "state", "weight", "id", sqlite_where=sa.text(queue_condition(queue)))
            for queue in words.QUEUES
        ),
        # What is in review, in the queue's order; the last two columns filter and count without the table.
        Index("ix_claims_in_review", "workflow", "weight", "id", "verdict", "kind", sqlite_where=sa.text(IN_REVIEW)),
        # The front page counts on this index alone.
        Index("ix_claims_counts", "state", "kind", "sourcing", "workflow", "is_backed"),
        AUTOINCREMENT,
    )
    id: int | None = Field(default=None, primary_key=True)
    key: str = text_column(unique=True)
    document_id: int = to("documents")
    text_id: int = to("texts")
    quote: str = text_column()
    kind: str = text_column(index=True)
    also_kinds: list[str] = json_value("[]")
    subject_id: int | None = maybe_to("parties")
    speaker_id: int | None = maybe_to("parties")
    origin_id: int | None = maybe_to("parties")
    chain: list[dict[str, Any]] = json_value("[]")
    names: str = text_column(default="")
    figure_text: str | None = optional(index=True)
    outlet_id: int | None = maybe_to("outlets")
    published: str | None = optional(index=True)
    year: str | None = optional(index=True)
    weight: int = integer(default="0")
    stance: str = text_column(index=True, default="asserted")
    as_of: str | None = optional(index=True)
    sourcing: str = text_column(index=True, default="none")
    sourcing_reason: str = text_column(default="")
    read_sourcing: str = text_column(default="none")
    read_sourcing_reason: str = text_column(default="")
    workflow: str = text_column(index=True, default="new")
    verdict: str = text_column(index=True, default="unchecked")
    state: str = text_column(index=True, default="present")
    is_backed: bool = flag(False)
    reader_version: str = text_column(index=True)
    first_seen: str = text_column(index=True)
    updated_at: str = text_column(index=True)


class ClaimKind(Row, table=True):
    """A kind of a claim, position 0 being its own kind and the rest ``also_kinds``."""

    __tablename__ = "claim_kinds"
    claim_id: int = Field(sa_column=sa.Column(sa.Integer, sa.ForeignKey("claims.id"), primary_key=True))
    kind: str = Field(sa_column=sa.Column(sa.Text, primary_key=True, index=True))
    position: int = integer()


class ClaimKey(Row, table=True):
    """A further key under which a later reading finds a claim, whose own key stays what it was."""

    __tablename__ = "claim_keys"
    key: str = Field(sa_column=sa.Column(sa.Text, primary_key=True))
    claim_id: int = to("claims")


class ClaimSpan(Row, table=True):
    """Where a claim stands in one text; ``is_current`` tells whether that text's last reading found it.

    ``page`` is that of a PDF on which the claim begins, from 1.
    """

    __tablename__ = "claim_spans"
    __table_args__ = (
        UniqueConstraint("claim_id", "text_id"),
        span(),
        CheckConstraint('sentence_start <= "start" AND sentence_end >= "end"', name="sentence"),
        CheckConstraint("is_current IN (0, 1)", name="is_current"),
        AUTOINCREMENT,
    )
    id: int | None = Field(default=None, primary_key=True)
    claim_id: int = to("claims", index=False)
    text_id: int = to("texts")
    start: int = integer()
    end: int = integer()
    sentence_start: int = integer()
    sentence_end: int = integer()
    quote: str = text_column()
    is_current: bool = flag(True)
    page: int | None = optional_integer()


class Figure(Row, table=True):
    """A figure of a claim (the design's section 3, "Figures"); offsets into the claim's ``text_id``.

    ``confirmed_by`` is the person who confirmed, or corrected, a unit that the text does not state; ``corrected_by``
    who corrected its number, which is then no longer that of ``text``.
    """

    __tablename__ = "figures"
    __table_args__ = (
        UniqueConstraint("claim_id", "position"),
        one_of("comparator", words.COMPARATORS),
        one_of("trend", words.TRENDS),
        one_of("dimension", words.DIMENSIONS),
        CheckConstraint("unit_stated IN (0, 1)", name="unit_stated"),
        span(),
        AUTOINCREMENT,
    )
    id: int | None = Field(default=None, primary_key=True)
    claim_id: int = to("claims", index=False)
    position: int = integer()
    start: int = integer()
    end: int = integer()
    text: str = text_column()
    value: float | None = real(index=True)
    low: float | None = real(index=True)
    high: float | None = real(index=True)
    unit: str | None = optional(index=True)
    unit_stated: bool = flag(True)
    unit_reason: str | None = optional()
    dimension: str | None = optional(index=True)
    comparator: str = text_column(index=True, default="=")
    trend: str | None = optional(index=True)
    of: str | None = optional(index=True)
    date: str | None = optional(index=True)
    confirmed_by: str | None = optional(index=True)
    corrected_by: str | None = optional(index=True)


class Source(Row, table=True):
    """What backs claims. ``key`` is the URL, else the lower-cased name; ``label`` what people see.

    Somebody who is not named is of the kind ``anonymous``, and a source of one document only: the key names it.
    """

    __tablename__ = "sources"
    __table_args__ = (
        one_of("liveness", words.LIVENESSES),
        CheckConstraint("key <> ''", name="key"),
        CheckConstraint("is_primary IN (0, 1)", name="is_primary"),
        AUTOINCREMENT,
    )
    id: int | None = Field(default=None, primary_key=True)
    key: str = text_column(unique=True)
    label: str = text_column(index=True, default="")
    url: str | None = optional(index=True)
    title: str | None = optional(index=True)
    publisher: str | None = optional(index=True)
    kind: str | None = optional(index=True)
    is_primary: bool = flag(False)
    published: str | None = optional(index=True)
    liveness: str = text_column(index=True, default="unchecked")
    last_checked: str | None = optional()
    next_check: str | None = optional(index=True)


class Evidence(Row, table=True):
    """A source's bearing on a claim.

    ``name``, ``start`` and ``end`` are the mention in the claim's own text, for what the reader
    found; ``locator``, ``excerpt`` and ``by_whom`` belong to what a person attached. Of a source that
    the reader found named before ("the poll"), ``locator`` says so.
    """

    __tablename__ = "evidence"
    __table_args__ = (
        UniqueConstraint("claim_id", "source_id", "how"),
        Index("ix_evidence_bearing", "claim_id", "relation", "how"),
        one_of("relation", words.RELATIONS),
        one_of("how", words.HOWS),
        CheckConstraint("how <> 'attached' OR by_whom IS NOT NULL", name="attached_by"),
        *utc("created_at"),
        AUTOINCREMENT,
    )
    id: int | None = Field(default=None, primary_key=True)
    claim_id: int = to("claims", index=False)
    source_id: int = to("sources")
    relation: str = text_column(index=True, default="mentions")
    how: str = text_column(index=True)
    name: str | None = optional()
    start: int | None = optional_integer()
    end: int | None = optional_integer()
    locator: str | None = optional()
    excerpt: str | None = optional()
    by_whom: str | None = optional(index=True)
    created_at: str = text_column(index=True)


class Review(Row, table=True):
    """One move of a review, by a person or by the program. Triggers refuse to change or remove a row.

    ``reading`` is what was judged (quote, speaker, origin, figures) and ``digest`` its hash; ``detail``
    the correction made or the source attached.
    """

    __tablename__ = "reviews"
    __table_args__ = (
        one_of("move", words.MOVES),
        one_of("role", (*words.ROLES, words.PROGRAM)),
        one_of("from_workflow", words.WORKFLOWS),
        one_of("to_workflow", words.WORKFLOWS),
        one_of("from_verdict", words.VERDICTS),
        one_of("to_verdict", words.VERDICTS),
        CheckConstraint("by_whom <> ''", name="by_whom"),
        *utc("at"),
        AUTOINCREMENT,
    )
    id: int | None = Field(default=None, primary_key=True)
    claim_id: int = to("claims")
    at: str = text_column(index=True)
    by_whom: str = text_column(index=True)
    role: str = text_column()
    move: str = text_column(index=True)
    from_workflow: str = text_column()
    to_workflow: str = text_column(index=True)
    from_verdict: str = text_column()
    to_verdict: str = text_column(index=True)
    note: str | None = optional()
    digest: str = text_column()
    reading: dict[str, Any] = json_value("{}")
    detail: dict[str, Any] | None = optional_json()


class Run(Row, table=True):
    """One run of a command; ``ended_at`` stays empty when it was cut short."""

    __tablename__ = "runs"
    __table_args__ = (*utc("started_at", "ended_at"), AUTOINCREMENT)
    id: int | None = Field(default=None, primary_key=True)
    started_at: str = text_column(index=True)
    ended_at: str | None = optional(index=True)
    command: str = text_column(index=True)
    reader_version: str = text_column(index=True)
    counts: dict[str, int] = json_value("{}")


class Failure(Row, table=True):
    """One input that failed, with its stage, its reason and what to do about it."""

    __tablename__ = "failures"
    __table_args__ = (one_of("stage", words.STAGES), *utc("at"), AUTOINCREMENT)
    id: int | None = Field(default=None, primary_key=True)
    run_id: int | None = maybe_to("runs")
    input: str = text_column(index=True)
    stage: str = text_column(index=True)
    reason: str = text_column()
    remedy: str | None = optional()
    at: str = text_column(index=True)


def table(name: str) -> sa.Table:
    """The Core table of this name; KeyError for an unknown one."""
    return METADATA.tables[name]
