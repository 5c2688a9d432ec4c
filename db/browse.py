"""What the pages for browsing read: counts, the queues, and what came in last.

Each query is made for the index that serves it; none reads all claims' rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from db import vocabulary as words
from db.engine import reading
from db.models import queue_condition, table
from db.records import FigureRecord, TellerRecord

_CLAIMS = table("claims")
_DOCUMENTS = table("documents")
_FIGURES = table("figures")
_OUTLETS = table("outlets")
_PARTIES = table("parties")
_SPANS = table("claim_spans")
#: So few claims of a kind are sorted sooner than the queue is walked through for them.
_FEW = 1000
#: The queue of what is in review; ``db.in_review`` reads it.
REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Count:
    """How many claims have the same state, kind, sourcing, workflow and backing."""

    state: str
    kind: str
    sourcing: str
    workflow: str
    is_backed: bool
    claims: int

    @property
    def queue(self) -> str | None:
        """The queue that these claims stand in, if any."""
        if self.is_backed or self.state != "present" or self.workflow == "rejected":
            return None
        return next((name for name, sourcings in words.QUEUES.items() if self.sourcing in sourcings), None)

    def is_in(self, queue: str) -> bool:
        """Do these claims stand in this queue? ``review`` are those in review, whatever they rest on."""
        return self.workflow == "in_review" if queue == REVIEW else self.queue == queue


@dataclass(frozen=True, slots=True)
class KindCount:
    """How many present claims of a kind there are, and how many of them lack a source."""

    kind: str
    claims: int
    lacking: int


@dataclass(frozen=True, slots=True)
class Counts:
    """All claims, counted in every way that the pages need; what is not said otherwise counts the present ones."""

    rows: tuple[Count, ...]

    @property
    def claims(self) -> int:
        """How many there are."""
        return sum(row.claims for row in self.rows if row.state == "present")

    def queue(self, name: str, kind: str | None = None) -> int:
        """How many stand in this queue, of all kinds or of one."""
        return sum(row.claims for row in self.rows if row.is_in(name) and kind in (None, row.kind))

    def workflow(self, name: str) -> int:
        """How many stand there in their review."""
        return sum(row.claims for row in self.rows if row.workflow == name and row.state == "present")

    def kinds(self, queue: str | None = None) -> tuple[KindCount, ...]:
        """Every kind with its present claims (or those of one queue), the most frequent first."""
        found: dict[str, tuple[int, int]] = {}
        for row in self.rows:
            if row.state == "present" if queue is None else row.is_in(queue):
                claims, lacking = found.get(row.kind, (0, 0))
                found[row.kind] = (claims + row.claims, lacking + row.claims * (row.queue == "lacking"))
        ordered = sorted(found.items(), key=lambda item: (-item[1][0], item[0]))
        return tuple(KindCount(kind, claims, lacking) for kind, (claims, lacking) in ordered)


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """A claim as the lists show it. ``start`` is where the quote begins in the text that the figures count in."""

    id: int
    key: str
    quote: str
    start: int | None
    kind: str
    figure_text: str | None
    figures: tuple[FigureRecord, ...]
    subject: str | None
    speaker: str | None
    origin: str | None
    chain: tuple[TellerRecord, ...]
    stance: str
    sourcing: str
    sourcing_reason: str
    read_sourcing: str
    workflow: str
    verdict: str
    state: str
    is_backed: bool
    weight: int
    document_id: int
    document: str
    outlet: str | None
    published: str | None
    first_seen: str
    updated_at: str


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document as the lists show it, with how many present claims it makes."""

    id: int
    label: str
    kind: str
    outlet: str | None
    published: str | None
    first_seen: str
    claims: int
    lacking: int


@dataclass(frozen=True, slots=True)
class QueuePage:
    """A page of a queue; ``after`` is where the next one begins, None on the last."""

    claims: tuple[ClaimLine, ...]
    after: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class FeedFilter:
    """Which new claims are wanted."""

    kind: str | None = None
    subject: str | None = None
    lacking: bool = False
    limit: int = field(default=50)


def counts(bind: Engine | Connection) -> Counts:
    """All claims, counted on one index alone."""
    columns = (_CLAIMS.c.state, _CLAIMS.c.kind, _CLAIMS.c.sourcing, _CLAIMS.c.workflow, _CLAIMS.c.is_backed)
    query = sa.select(*columns, sa.func.count().label("claims")).group_by(*columns)
    with reading(bind) as connection:
        rows = connection.execute(query).all()
    return Counts(tuple(Count(**{**row._mapping, "is_backed": bool(row.is_backed)}) for row in rows))


def documents_count(bind: Engine | Connection) -> int:
    """How many documents there are."""
    with reading(bind) as connection:
        return int(connection.execute(sa.select(sa.func.count()).select_from(_DOCUMENTS)).scalar_one())


def latest_claims(bind: Engine | Connection, wanted: FeedFilter) -> tuple[ClaimLine, ...]:
    """The present claims that came in last, newest first, but for rejected ones."""
    query = _lines().where(_CLAIMS.c.state == "present", _CLAIMS.c.workflow != "rejected")
    if wanted.kind is not None:
        query = query.where(_CLAIMS.c.kind == wanted.kind)
    if wanted.subject is not None:
        named = sa.select(_PARTIES.c.id).where(_PARTIES.c.name == wanted.subject)
        query = query.where(_CLAIMS.c.subject_id.in_(named))
    if wanted.lacking:
        query = query.where(_in_queue("lacking"))
    with reading(bind) as connection:
        return _claim_lines(connection, query.order_by(_CLAIMS.c.id.desc()).limit(wanted.limit))


def latest_documents(bind: Engine | Connection, limit: int) -> tuple[DocumentLine, ...]:
    """The documents that came in last, newest first."""
    of_it = (
        sa.select(sa.func.count()).select_from(_CLAIMS)
        .where(_CLAIMS.c.document_id == _DOCUMENTS.c.id, _CLAIMS.c.state == "present")
    )  # fmt: skip
    columns = ("id", "label", "kind", "published", "first_seen")
    query = (
        sa.select(
            *(_DOCUMENTS.c[name] for name in columns),
            _OUTLETS.c.name.label("outlet"),
            of_it.correlate(_DOCUMENTS).scalar_subquery().label("claims"),
            of_it.where(_in_queue("lacking")).correlate(_DOCUMENTS).scalar_subquery().label("lacking"),
        )
        .outerjoin(_OUTLETS, _OUTLETS.c.id == _DOCUMENTS.c.outlet_id)
        .order_by(_DOCUMENTS.c.id.desc())
        .limit(limit)
    )
    with reading(bind) as connection:
        return tuple(DocumentLine(**row) for row in connection.execute(query).mappings())


def queue_page(
    bind: Engine | Connection,
    queue: str,
    *,
    kind: str | None = None,
    expected: int | None = None,
    after: tuple[int, int] | None = None,
    limit: int = 25,
) -> QueuePage:
    """The claims of a queue (``lacking``, ``named``, ``firsthand``), most important first.

    ``after`` is the weight and id of the last claim of the page before. ``expected``, how many claims of
    the ``kind`` the queue holds, helps to choose the way to them. KeyError for an unknown queue.
    """
    # SQLite without statistics takes the index of the states, and then sorts all claims.
    few = kind is not None and expected is not None and expected < _FEW
    conditions = [queue_condition(queue)]
    if kind is not None:
        conditions.append("kind = :kind")
    if after is not None:
        conditions.append("(weight, id) < (:weight, :id)")
    query = sa.text(
        f"SELECT id FROM claims INDEXED BY {'ix_claims_counts' if few else f'ix_claims_queue_{queue}'}"  # noqa: S608
        f" WHERE {' AND '.join(conditions)} ORDER BY weight DESC, id DESC LIMIT :limit"
    )
    weight, claim_id = after or (0, 0)
    given = {"kind": kind, "weight": weight, "id": claim_id, "limit": limit + 1}
    with reading(bind) as connection:
        ids = connection.execute(query, {name: given[name] for name in query.compile().params}).scalars().all()
        found = claim_lines(connection, ids[:limit])
    if len(ids) <= limit or not found:
        return QueuePage(found)
    return QueuePage(found, (found[-1].weight, found[-1].id))


def claim_lines(bind: Engine | Connection, ids: Sequence[int], *, withdrawn: bool = False) -> tuple[ClaimLine, ...]:
    """The claims of these ids in this order, withdrawn ones only if asked for."""
    place = {claim_id: at for at, claim_id in enumerate(ids)}
    query = _lines().where(_CLAIMS.c.id.in_(ids))
    if not withdrawn:
        query = query.where(_CLAIMS.c.state != "withdrawn")
    with reading(bind) as connection:
        return tuple(sorted(_claim_lines(connection, query), key=lambda claim: place[claim.id]))


def _in_queue(queue: str) -> sa.TextClause:
    """A queue's condition, in the very words of its partial index, with the table's name before the columns.

    Plain text: of any other expression SQLAlchemy asks whether it equals 1, and SQLite scans the table.
    """
    condition = queue_condition(queue)
    for column in ("sourcing", "state", "workflow", "is_backed"):
        condition = condition.replace(f"{column} ", f"claims.{column} ")
    return sa.text(condition)


def _lines() -> sa.Select[tuple[Any, ...]]:
    subjects, speakers, origins = (_PARTIES.alias(name) for name in ("subjects", "speakers", "origins"))
    own = (
        "id", "key", "quote", "kind", "figure_text", "chain", "stance", "sourcing", "sourcing_reason",
        "read_sourcing", "workflow", "verdict", "state", "is_backed", "weight", "document_id", "published",
        "first_seen", "updated_at",
    )  # fmt: skip
    return (
        sa.select(
            *(_CLAIMS.c[name] for name in own),
            _SPANS.c.start,
            subjects.c.name.label("subject"),
            speakers.c.name.label("speaker"),
            origins.c.name.label("origin"),
            _DOCUMENTS.c.label.label("document"),
            _OUTLETS.c.name.label("outlet"),
        )
        .join(_DOCUMENTS, _DOCUMENTS.c.id == _CLAIMS.c.document_id)
        .outerjoin(_SPANS, sa.and_(_SPANS.c.claim_id == _CLAIMS.c.id, _SPANS.c.text_id == _CLAIMS.c.text_id))
        .outerjoin(_OUTLETS, _OUTLETS.c.id == _CLAIMS.c.outlet_id)
        .outerjoin(subjects, subjects.c.id == _CLAIMS.c.subject_id)
        .outerjoin(speakers, speakers.c.id == _CLAIMS.c.speaker_id)
        .outerjoin(origins, origins.c.id == _CLAIMS.c.origin_id)
    )


def _claim_lines(connection: Connection, query: sa.Select[tuple[Any, ...]]) -> tuple[ClaimLine, ...]:
    rows = connection.execute(query).mappings().all()
    figures = _figures(connection, [row["id"] for row in rows])
    return tuple(_line(row, figures.get(row["id"], ())) for row in rows)


def _line(row: Mapping[Any, Any], figures: Sequence[FigureRecord]) -> ClaimLine:
    chain = tuple(TellerRecord(**teller) for teller in row["chain"])
    return ClaimLine(**{**row, "chain": chain, "figures": tuple(figures)})


def _figures(connection: Connection, ids: Sequence[int]) -> dict[int, list[FigureRecord]]:
    found: dict[int, list[FigureRecord]] = {}
    names = list(FigureRecord.__dataclass_fields__)
    query = sa.select(_FIGURES.c.claim_id, *(_FIGURES.c[name] for name in names)).where(_FIGURES.c.claim_id.in_(ids))
    for row in connection.execute(query.order_by(_FIGURES.c.claim_id, _FIGURES.c.position)).mappings():
        found.setdefault(row["claim_id"], []).append(FigureRecord(**{name: row[name] for name in names}))
    return found
