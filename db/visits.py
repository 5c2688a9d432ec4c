"""What is due to be looked at again, and what came of each look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from db.engine import reading
from db.models import table
from db.records import SnapshotRecord

_DOCUMENTS = table("documents")
_SNAPSHOTS = table("snapshots")
_TEXTS = table("texts")
_PASSAGES = table("passages")
_SOURCES = table("sources")
_SOURCE_SNAPSHOTS = table("source_snapshots")
_EVIDENCE = table("evidence")
_CLAIMS = table("claims")
_VISITS = table("visits")
_PAGE_FIELDS = ("id", "url", "label", "published", "first_seen")
# Made once, for it is asked of every document that comes in.
_OF_KEY = sa.select(*(_DOCUMENTS.c[name] for name in _PAGE_FIELDS)).where(_DOCUMENTS.c.key == sa.bindparam("key"))
#: So many past visits tell how often a page changes.
_REMEMBERED = 40


@dataclass(frozen=True, slots=True)
class Watched:
    """A page to look at: of a document, or (``is_source``) of a source.

    ``since`` is when it was published, else first seen.
    """

    id: int
    is_source: bool
    url: str
    label: str
    since: str


@dataclass(frozen=True, slots=True)
class VisitRecord:
    """One look at a page (see ``db.models_capture.Visit``)."""

    at: str
    url: str
    outcome: str
    status: int | None = None
    reason: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class KnownVersion:
    """The newest version of a page that the archive has; ``extractor`` and ``text`` only of a document's."""

    sha256: str
    fetched_at: str
    final_url: str | None
    content_type: str | None
    text_id: int | None = None
    extractor: str | None = None
    extractor_version: str | None = None
    text: str | None = None
    passages: tuple[tuple[int, int, str], ...] = ()


def watched(bind: Engine | Connection, now: str | None = None, document_id: int | None = None) -> list[Watched]:
    """The documents with a web address, then the sources that are watched; with ``now`` those that are due.

    A source is watched where a person attached it for or against a claim, or a present claim links it.
    With ``document_id`` that document alone, due or not.
    """
    with reading(bind) as connection:
        found = [_of_document(row) for row in connection.execute(_documents(now, document_id))]
        if document_id is None:
            found += [_of_source(row) for row in connection.execute(_sources(now))]
    return found


def document_at(bind: Engine | Connection, url: str) -> int | None:
    """The id of the document with this canonical address; None without one."""
    named = sa.or_(_DOCUMENTS.c.key == url, _DOCUMENTS.c.url == url)
    with reading(bind) as connection:
        found = connection.execute(sa.select(_DOCUMENTS.c.id).where(named).order_by(_DOCUMENTS.c.id).limit(1)).scalar()
        return None if found is None else int(found)


def _is_web(column: sa.ColumnElement[str]) -> sa.ColumnElement[bool]:
    return sa.or_(column.like("http://%"), column.like("https://%"))


def _documents(now: str | None, document_id: int | None) -> sa.Select[tuple[object, ...]]:
    query = sa.select(*(_DOCUMENTS.c[name] for name in _PAGE_FIELDS)).where(_is_web(_DOCUMENTS.c.url))
    if document_id is not None:
        return query.where(_DOCUMENTS.c.id == document_id)
    # An e-mail keeps the address at which it may be read in a browser; what came was the mail.
    query = query.where(_DOCUMENTS.c.kind != "email")
    if now is not None:
        query = query.where(sa.or_(_DOCUMENTS.c.next_check.is_(None), _DOCUMENTS.c.next_check <= now))
    return query.order_by(_DOCUMENTS.c.next_check.is_not(None), _DOCUMENTS.c.next_check, _DOCUMENTS.c.id)


def _sources(now: str | None) -> sa.Select[tuple[object, ...]]:
    bears = sa.exists().where(
        _EVIDENCE.c.source_id == _SOURCES.c.id,
        _EVIDENCE.c.claim_id == _CLAIMS.c.id,
        sa.or_(
            sa.and_(_EVIDENCE.c.how == "attached", _EVIDENCE.c.relation.in_(("supports", "contradicts"))),
            sa.and_(_EVIDENCE.c.how == "linked", _CLAIMS.c.state == "present", _CLAIMS.c.workflow != "rejected"),
        ),
    )
    attached = sa.exists().where(_EVIDENCE.c.source_id == _SOURCES.c.id, _EVIDENCE.c.how == "attached")
    since = sa.select(sa.func.min(_EVIDENCE.c.created_at)).where(_EVIDENCE.c.source_id == _SOURCES.c.id)
    query = sa.select(
        _SOURCES.c.id,
        _SOURCES.c.url,
        _SOURCES.c.label,
        _SOURCES.c.published,
        since.scalar_subquery().label("first_seen"),
    ).where(_is_web(_SOURCES.c.url), bears)
    if now is not None:
        query = query.where(sa.or_(_SOURCES.c.next_check.is_(None), _SOURCES.c.next_check <= now))
    return query.order_by(sa.not_(attached), _SOURCES.c.next_check, _SOURCES.c.id)


def _of_document(row: sa.Row[tuple[object, ...]]) -> Watched:
    # Published long ago and found today: it may well change today; but what is old rests.
    return Watched(row.id, False, row.url, row.label, row.published or row.first_seen)


def _of_source(row: sa.Row[tuple[object, ...]]) -> Watched:
    return Watched(row.id, True, row.url, row.label or row.url, row.published or row.first_seen)


def visits_of(connection: Connection, page: Watched) -> list[VisitRecord]:
    """The last visits to a page, the oldest first."""
    query = sa.select(_VISITS).where(_owner(page)).order_by(_VISITS.c.id.desc()).limit(_REMEMBERED)
    names = [one.name for one in fields(VisitRecord)]
    return [VisitRecord(**{name: getattr(row, name) for name in names}) for row in connection.execute(query)][::-1]


def _owner(page: Watched) -> sa.ColumnElement[bool]:
    column = _VISITS.c.source_id if page.is_source else _VISITS.c.document_id
    return column == page.id


def add_visit(connection: Connection, page: Watched, visit: VisitRecord, run: int | None, next_check: str) -> None:
    """Notes a visit and when the next one is due, within the caller's transaction."""
    owner = {"source_id" if page.is_source else "document_id": page.id}
    own = {one.name: getattr(visit, one.name) for one in fields(VisitRecord)}
    connection.execute(sa.insert(_VISITS).values(**owner, run_id=run, **own))
    of = _SOURCES if page.is_source else _DOCUMENTS
    row = sa.update(of).where(of.c.id == page.id)
    connection.execute(row.values(last_checked=visit.at, next_check=next_check))


def page_of_key(bind: Engine | Connection, key: str) -> Watched | None:
    """The page of the document that has this natural key, whether or not it has an address."""
    with reading(bind) as connection:
        row = connection.execute(_OF_KEY, {"key": key}).first()
    return None if row is None else _of_document(row)


def newest_version(connection: Connection, page: Watched) -> KnownVersion | None:
    """The newest version of a page that was fetched or added; of a document, with the text last read of it."""
    if page.is_source:
        query = sa.select(_SOURCE_SNAPSHOTS).where(_SOURCE_SNAPSHOTS.c.source_id == page.id)
        row = connection.execute(
            query.order_by(_SOURCE_SNAPSHOTS.c.fetched_at.desc(), _SOURCE_SNAPSHOTS.c.id.desc()).limit(1)
        ).first()
        return KnownVersion(row.sha256, row.fetched_at, row.final_url, row.content_type) if row else None
    snapshots = (
        sa.select(
            _SNAPSHOTS, _TEXTS.c.id.label("text_id"), _TEXTS.c.extractor, _TEXTS.c.extractor_version, _TEXTS.c.text
        )
        .join(_TEXTS, _TEXTS.c.snapshot_id == _SNAPSHOTS.c.id)
        .where(_SNAPSHOTS.c.document_id == page.id)
        # A plain-text copy of a page is another form of it, and no earlier version.
        .order_by(
            _TEXTS.c.extractor.in_(("text-dump", "email")), _SNAPSHOTS.c.fetched_at.desc(), _SNAPSHOTS.c.id.desc()
        )
        .order_by(_TEXTS.c.id.desc())
    )
    row = connection.execute(snapshots.limit(1)).first()
    if row is None:
        return None
    passages = sa.select(_PASSAGES.c.start, _PASSAGES.c.end, _PASSAGES.c.role).where(_PASSAGES.c.text_id == row.text_id)
    return KnownVersion(
        row.sha256,
        row.fetched_at,
        row.final_url,
        row.content_type,
        row.text_id,
        row.extractor,
        row.extractor_version,
        row.text,
        tuple((one.start, one.end, one.role) for one in connection.execute(passages.order_by(_PASSAGES.c.start))),
    )


def has_version(connection: Connection, page: Watched, sha256: str) -> bool:
    """Whether these bytes are a version of a document that is known already."""
    same = (_SNAPSHOTS.c.document_id == page.id) & (_SNAPSHOTS.c.sha256 == sha256)
    return connection.execute(sa.select(_SNAPSHOTS.c.id).where(same).limit(1)).first() is not None


def add_source_snapshot(connection: Connection, source_id: int, snapshot: SnapshotRecord) -> bool:
    """Keeps one fetched version of a source; false for one that is known, which then counts as fetched now."""
    own = {one.name: getattr(snapshot, one.name) for one in fields(SnapshotRecord) if one.name != "input"}
    same = (_SOURCE_SNAPSHOTS.c.source_id == source_id) & (_SOURCE_SNAPSHOTS.c.sha256 == snapshot.sha256)
    if connection.execute(sa.select(_SOURCE_SNAPSHOTS.c.id).where(same)).first() is not None:
        # It changed and changed back: the newest version is the one that stands there now.
        connection.execute(sa.update(_SOURCE_SNAPSHOTS).where(same).values(fetched_at=snapshot.fetched_at))
        return False
    connection.execute(sa.insert(_SOURCE_SNAPSHOTS).values(source_id=source_id, **own))
    return True


def liveness_of(connection: Connection, source_id: int) -> str:
    """How a source is doing: ok, changed, gone or unchecked."""
    return str(connection.execute(sa.select(_SOURCES.c.liveness).where(_SOURCES.c.id == source_id)).scalar_one())


def set_liveness(connection: Connection, liveness: str, source_ids: Sequence[int]) -> None:
    """Notes how sources are doing."""
    connection.execute(sa.update(_SOURCES).where(_SOURCES.c.id.in_(list(source_ids))).values(liveness=liveness))


def sources_at(connection: Connection, url: str) -> list[int]:
    """The sources of this address."""
    return [int(one) for one in connection.execute(sa.select(_SOURCES.c.id).where(_SOURCES.c.url == url)).scalars()]
