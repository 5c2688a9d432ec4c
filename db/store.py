"""Writes readings into the database, idempotently by natural key, and re-exports the readers.

``store_document`` is the one entrance for documents. Each function takes the engine, which gives it
a transaction of its own, or a connection, on which it is a part of the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

import sqlalchemy as sa
from sqlalchemy import Connection, Engine, Row
from sqlalchemy.exc import IntegrityError

from db.claim_writes import Backing, Overlay, write_claims
from db.engine import reading, writing
from db.errors import AmbiguousClaim, DataError, RecordError, UnknownClaim
from db.models import table
from db.queries import get_claim, list_claims
from db.records import ClaimRecord, DocumentRecord, SnapshotRecord, StoreResult, TextRecord, shown
from db.rows import Rows
from db.runs import end_run, record_failure, start_run
from db.seen import mark_read

__all__ = [
    "AmbiguousClaim",
    "DataError",
    "RecordError",
    "UnknownClaim",
    "end_run",
    "get_claim",
    "known_snapshot",
    "list_claims",
    "record_failure",
    "start_run",
    "store_document",
]

_DOCUMENTS = table("documents")
_SNAPSHOTS = table("snapshots")
_TEXTS = table("texts")
_PASSAGES = table("passages")
_OUTLETS = table("outlets")
_CLAIMS = table("claims")
# Statements made once, for making one costs as much as running it.
_INSERTS = {one: sa.insert(one) for one in (_DOCUMENTS, _SNAPSHOTS, _TEXTS, _OUTLETS)}
_PASSAGE_FIELDS = ("start", "end", "role", "speaker", "level", "page")
_NEW_PASSAGES = Rows(_PASSAGES, "text_id", *_PASSAGE_FIELDS)
_OUTLET_NAMED = sa.select(_OUTLETS.c.id, _OUTLETS.c.domain).where(_OUTLETS.c.name == sa.bindparam("name"))
_DOCUMENT_OF_KEY = sa.select(_DOCUMENTS.c.id).where(_DOCUMENTS.c.key == sa.bindparam("key"))
_SAME_SNAPSHOT = sa.select(_SNAPSHOTS.c.id, _SNAPSHOTS.c.warc_file, _SNAPSHOTS.c.warc_offset).where(
    _SNAPSHOTS.c.document_id == sa.bindparam("document"), _SNAPSHOTS.c.sha256 == sa.bindparam("sha256")
)
_NEWEST_SNAPSHOT = (
    sa.select(_SNAPSHOTS.c.id)
    .where(_SNAPSHOTS.c.document_id == sa.bindparam("document"))
    .order_by(_SNAPSHOTS.c.fetched_at.desc(), _SNAPSHOTS.c.id.desc())
    .limit(1)
)
_SAME_TEXT = sa.select(_TEXTS.c.id, _TEXTS.c.sha256).where(
    _TEXTS.c.snapshot_id == sa.bindparam("snapshot"),
    _TEXTS.c.extractor == sa.bindparam("extractor"),
    _TEXTS.c.extractor_version == sa.bindparam("version"),
)
#: What a newer snapshot may say anew of its document.
_STATEMENTS = ("kind", "title", "byline", "published", "modified", "language")


def store_document(
    bind: Engine | Connection,
    document: DocumentRecord,
    snapshot: SnapshotRecord,
    text: TextRecord,
    claims: Sequence[ClaimRecord],
    now: str,
    *,
    reader_version: str,
    overlay: Overlay | None = None,
    backing: Backing | None = None,
    read_as: str | None = None,
    stands_now: bool = False,
) -> StoreResult:
    """Stores one reading of one text whole, or nothing of it; the same thing twice changes nothing.

    ``now`` is UTC, ISO 8601 ending in ``Z``; only ``last_checked`` moves with it when nothing else
    is new. A claim that no text's last reading gives any more becomes withdrawn; of several texts
    of one snapshot only the last one read counts. Workflow and verdict are never touched; ``overlay``
    lays people's corrections over what was read, ``backing`` raises its sourcing by what people attached,
    and each is needed where there are any. ``read_as`` names what the reading was made with (``db.seen``).
    ``stands_now`` says that the page was just fetched: a known version of it, which another had replaced, is
    the newest again.
    Raises RecordError for a record that contradicts its text, ``DatabaseBusy`` for a held lock.
    """
    _check(text, claims)
    try:
        with writing(bind) as connection:
            outlet = _outlet(connection, document)
            document_id, new_document = _document(connection, document, outlet, now)
            snapshot_id, new_snapshot = _snapshot(connection, document_id, snapshot, stands_now=stands_now)
            if not new_document:
                _restate(connection, document_id, snapshot_id, document, outlet)
            text_id, new_text = _text(connection, snapshot_id, text)
            _passages(connection, text_id, text, is_new=new_text)
            counts = write_claims(
                connection,
                document_id,
                snapshot_id,
                text_id,
                claims,
                reader_version=reader_version,
                now=now,
                text=text.text,
                overlay=overlay,
                backing=backing,
                repeated={"outlet_id": outlet, "published": document.published, "year": _year(document.published)},
                is_new=new_document,
            )
            if not new_document:
                _repeat(connection, document_id)
            mark_read(connection, snapshot_id, read_as)
    except IntegrityError as error:
        raise RecordError(f'"{shown(document.label)}" breaks a rule of the database: {error.orig}') from error
    return StoreResult(document_id, snapshot_id, text_id, new_document, new_snapshot, new_text, *counts.as_tuple())


def known_snapshot(bind: Engine | Connection, sha256: str) -> bool:
    """Whether bytes of this hash (``sha256:…``) are in the archive already."""
    with reading(bind) as connection:
        found = connection.execute(sa.select(_SNAPSHOTS.c.id).where(_SNAPSHOTS.c.sha256 == sha256).limit(1))
        return found.first() is not None


def _check(text: TextRecord, claims: Sequence[ClaimRecord]) -> None:
    """Refuses a reading whose offsets do not point at its own words."""
    whole = text.text
    keys: set[str] = set()
    for claim in claims:
        what = f'the claim "{shown(claim.quote)}"'
        if whole[claim.start : claim.end] != claim.quote:
            raise RecordError(f"{what} does not stand at {claim.start} to {claim.end} of its text")
        if claim.sentence_end > len(whole):
            raise RecordError(f"the sentence of {what} ends after the text, at {claim.sentence_end}")
        for figure in claim.figures:
            if whole[figure.start : figure.end] != figure.text:
                raise RecordError(
                    f'the figure "{shown(figure.text)}" does not stand at {figure.start} to {figure.end} of its text'
                )
        if claim.key in keys:
            raise RecordError(f"{what} has the key of another claim of the same reading, {claim.key}")
        keys.add(claim.key)
    for passage in text.passages:
        if passage.end > len(whole):
            raise RecordError(f"a passage ends after the text, at {passage.end}")


def _outlet(connection: Connection, document: DocumentRecord) -> int | None:
    """The outlet by its name, made where it is missing; without a name, the only one of that domain."""
    host = _host(document.url)
    name = " ".join((document.publisher or "").split())
    if not name:
        same = sa.select(_OUTLETS.c.id).where(_OUTLETS.c.domain == host).limit(2)
        found = connection.execute(same).scalars().all() if host else []
        return int(found[0]) if len(found) == 1 else None
    known = connection.execute(_OUTLET_NAMED, {"name": name}).first()
    if known is None:
        return _inserted(connection, _OUTLETS, name=name, domain=host)
    if known.domain is None and host is not None:
        connection.execute(sa.update(_OUTLETS).where(_OUTLETS.c.id == known.id).values(domain=host))
    return int(known.id)


def _host(url: str | None) -> str | None:
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def _document(connection: Connection, document: DocumentRecord, outlet: int | None, now: str) -> tuple[int, bool]:
    known = connection.execute(_DOCUMENT_OF_KEY, {"key": document.key}).scalar()
    if known is not None:
        # An older run that ends late must not set the clock back.
        later = sa.update(_DOCUMENTS).where(_DOCUMENTS.c.id == known, _DOCUMENTS.c.last_checked < now)
        connection.execute(later.values(last_checked=now))
        return int(known), False
    stated = {name: getattr(document, name) for name in (*_STATEMENTS, "key", "label", "url", "message_id", "doubt")}
    made = _inserted(
        connection,
        _DOCUMENTS,
        **stated,
        outlet_id=outlet,
        won_by=dict(document.won_by),
        first_seen=now,
        last_checked=now,
    )
    return made, True


def _restate(
    connection: Connection, document_id: int, snapshot_id: int, document: DocumentRecord, outlet: int | None
) -> None:
    """Lets the newest snapshot restate the document; an older one only fills what is missing.

    Without this rule a page and its dump, added in turn, would rewrite the document each time.
    """
    row = connection.execute(sa.select(_DOCUMENTS).where(_DOCUMENTS.c.id == document_id)).one()
    # Newest is what was captured last: a web archive may bring an old version late.
    newest = connection.execute(_NEWEST_SNAPSHOT, {"document": document_id}).scalars().first()
    changes: dict[str, object] = {}
    won_by: dict[str, str] = dict(row.won_by)
    offered = {name: getattr(document, name) for name in (*_STATEMENTS, "url", "message_id")}
    for name, value in offered.items():
        if _replaces(row, won_by, document, name, value, newest == snapshot_id):
            changes[name] = value
            if name in document.won_by:
                won_by[name] = document.won_by[name]
            else:
                won_by.pop(name, None)
    if _replaces(row, won_by, document, "publisher", outlet, newest == snapshot_id, column="outlet_id"):
        changes["outlet_id"] = outlet
        won_by.update({key: value for key, value in document.won_by.items() if key == "publisher"})
    if "title" in changes or (row.title is None and newest == snapshot_id and row.label != document.label):
        changes["label"] = document.label
    if newest == snapshot_id:
        # How the newest version was read: by which site's rules, with which doubt.
        stated = {*offered, "publisher"}
        won_by = {name: value for name, value in won_by.items() if name in stated}
        won_by.update({name: value for name, value in document.won_by.items() if name not in stated})
        # A doubt is of the text that was read last, and goes with it.
        if document.doubt != row.doubt:
            changes["doubt"] = document.doubt
    if won_by != row.won_by:
        changes["won_by"] = won_by
    if changes:
        connection.execute(sa.update(_DOCUMENTS).where(_DOCUMENTS.c.id == document_id).values(**changes))


def _replaces(
    row: Row[tuple[object, ...]],
    won_by: dict[str, str],
    document: DocumentRecord,
    name: str,
    value: object,
    is_newest: bool,
    column: str | None = None,
) -> bool:
    known = getattr(row, column or name)
    if value is None or value == known:
        return False
    stated_now = document.won_by.get(name) == "stated"
    if won_by.get(name) == "stated":
        return stated_now
    return known is None or is_newest or stated_now


def _repeat(connection: Connection, document_id: int) -> None:
    """Repeats in the claims what they are counted and sorted by of their document."""
    document = connection.execute(sa.select(_DOCUMENTS).where(_DOCUMENTS.c.id == document_id)).one()
    own = {"outlet_id": document.outlet_id, "published": document.published, "year": _year(document.published)}
    differs = sa.or_(*(_CLAIMS.c[name].is_distinct_from(value) for name, value in own.items()))
    connection.execute(sa.update(_CLAIMS).where(_CLAIMS.c.document_id == document_id, differs).values(**own))


def _year(published: str | None) -> str | None:
    year = (published or "")[:4]
    return year if len(year) == 4 and year.isdigit() else None


def _snapshot(
    connection: Connection, document_id: int, snapshot: SnapshotRecord, *, stands_now: bool
) -> tuple[int, bool]:
    asked = {"document": document_id, "sha256": snapshot.sha256}
    known = connection.execute(_SAME_SNAPSHOT, asked).first()
    if known is None:
        columns = {name: getattr(snapshot, name) for name in SnapshotRecord.__dataclass_fields__}
        return _inserted(connection, _SNAPSHOTS, document_id=document_id, **columns), True
    if snapshot.warc_file is not None and known[1:] != (snapshot.warc_file, snapshot.warc_offset):
        # Bytes that were broken, or lost with their file, were kept anew.
        where = {"warc_file": snapshot.warc_file, "warc_offset": snapshot.warc_offset}
        connection.execute(sa.update(_SNAPSHOTS).where(_SNAPSHOTS.c.id == known.id).values(**where))
    if stands_now:
        newest = connection.execute(_NEWEST_SNAPSHOT, {"document": document_id}).scalars().first()
        if newest != known.id:
            later = (_SNAPSHOTS.c.id == known.id) & (_SNAPSHOTS.c.fetched_at < snapshot.fetched_at)
            connection.execute(sa.update(_SNAPSHOTS).where(later).values(fetched_at=snapshot.fetched_at))
    return int(known.id), False


def _text(connection: Connection, snapshot_id: int, text: TextRecord) -> tuple[int, bool]:
    """The text's row. A text never changes, for claims point into it.

    An extractor that gives other words under the same version (its own library was upgraded, say)
    gets a row of its own, marked by the hash.
    """
    sha256 = text.sha256
    marked = f"{text.extractor_version}+{sha256.removeprefix('sha256:')[:12]}"
    asked = {"snapshot": snapshot_id, "extractor": text.extractor}
    version = text.extractor_version
    for version in (text.extractor_version, marked):
        found = connection.execute(_SAME_TEXT, {**asked, "version": version}).first()
        if found is None:
            break
        if found.sha256 == sha256:
            return int(found.id), False
    made = _inserted(
        connection,
        _TEXTS,
        snapshot_id=snapshot_id,
        extractor=text.extractor,
        extractor_version=version,
        text=text.text,
        sha256=sha256,
    )
    return made, True


def _passages(connection: Connection, text_id: int, text: TextRecord, *, is_new: bool) -> None:
    given = [tuple(getattr(passage, name) for name in _PASSAGE_FIELDS) for passage in text.passages]
    if not is_new:
        of_text = _PASSAGES.c.text_id == text_id
        columns = [_PASSAGES.c[name] for name in _PASSAGE_FIELDS]
        known = connection.execute(sa.select(*columns).where(of_text).order_by(_PASSAGES.c.id)).all()
        if [tuple(row) for row in known] == given:
            return
        connection.execute(sa.delete(_PASSAGES).where(of_text))
    rows = [{"text_id": text_id, **dict(zip(_PASSAGE_FIELDS, values, strict=True))} for values in given]
    _NEW_PASSAGES.insert(connection, rows)


def _inserted(connection: Connection, into: sa.Table, **values: object) -> int:
    key = connection.execute(_INSERTS[into], values).inserted_primary_key
    if key is None:
        raise RecordError(f"no row was made in {into.name}")
    return int(key[0])
