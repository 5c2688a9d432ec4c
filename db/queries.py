"""Reads claims back: the list, one claim whole, and full-text search that no input can break."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy import Connection, Engine, Row

from db import vocabulary as words
from db.engine import reading
from db.errors import AmbiguousClaim, UnknownClaim
from db.models import queue_condition, table
from db.page_changes import claim_drifts
from db.page_visits import standing_of_document
from db.records import ClaimRecord, FigureRecord, PassageRecord, SourceRecord, TellerRecord, shown
from db.results import ClaimDetail, DocumentBrief, StoredClaim, StoredEvidence, StoredSnapshot, StoredSpan
from db.reviews import readings_of, reviews_of, stale_moves

_CLAIMS = table("claims")
_SPANS = table("claim_spans")
_FIGURES = table("figures")
_EVIDENCE = table("evidence")
_SOURCES = table("sources")
_DOCUMENTS = table("documents")
_OUTLETS = table("outlets")
_PARTIES = table("parties")
_KINDS = table("claim_kinds")
_TEXTS = table("texts")
_SNAPSHOTS = table("snapshots")
_PASSAGES = table("passages")
_T = TypeVar("_T")
_CONTEXT = 300
_CHUNK = 500
_SHORTEST_PREFIX = 4
_PHRASE = re.compile(r'"([^"]*)"|(\w+)')


def list_claims(
    bind: Engine | Connection,
    *,
    lacking_source: bool = False,
    kind: str | None = None,
    subject: str | None = None,
    search: str | None = None,
    workflow: str | None = None,
    limit: int | None = None,
    withdrawn: bool = False,
) -> list[StoredClaim]:
    """The claims that meet every condition given, by id, or the best match first with ``search``.

    Those that lack a source come in the order of the queue: the greatest weight first, then the newest.

    ``kind`` also finds the claims that have it among their further kinds; ``subject`` is a party's
    name, a part of it, or an alias, in any case; ``search`` is words, or phrases in double quotes,
    all of which must occur in the quote, the names, the kind or the figure (with their endings
    stripped). Withdrawn claims are left out unless asked for.
    """
    query = _claim_query()
    if not withdrawn:
        query = query.where(_CLAIMS.c.state != "withdrawn")
    if lacking_source:
        query = query.where(sa.text(_lacks_source()))
    if kind is not None:
        of_kind = sa.exists().where(_KINDS.c.claim_id == _CLAIMS.c.id, _KINDS.c.kind == kind)
        query = query.where(of_kind)
    if workflow is not None:
        query = query.where(_CLAIMS.c.workflow == workflow)
    if subject is not None:
        query = query.where(_has_subject(_valid(subject)))
    if search is not None and search.strip():
        match = match_expression(search)
        if match is None:
            return []
        hits = sa.text("SELECT rowid AS id, rank FROM claims_fts WHERE claims_fts MATCH :match")
        found = hits.bindparams(match=match).columns(id=sa.Integer, rank=sa.REAL).subquery("found")
        query = query.join(found, found.c.id == _CLAIMS.c.id).order_by(found.c.rank)
    if lacking_source:
        query = query.order_by(_CLAIMS.c.weight.desc(), _CLAIMS.c.id.desc())
    query = query.order_by(_CLAIMS.c.id)
    if limit is not None:
        query = query.limit(max(limit, 0))
    with reading(bind) as connection:
        return _stored(connection, connection.execute(query).all())


def get_claim(bind: Engine | Connection, id_or_key: int | str) -> ClaimDetail:
    """One claim whole, by its id, its key, or the beginning of its key (four characters or more).

    Raises UnknownClaim or AmbiguousClaim, each with one clear line.
    """
    with reading(bind) as connection:
        claim_id = _claim_id(connection, _valid(str(id_or_key)).strip())
        row = connection.execute(_claim_query().where(_CLAIMS.c.id == claim_id)).one()
        claim = _stored(connection, [row])[0]
        text = connection.execute(sa.select(_TEXTS).where(_TEXTS.c.id == claim.text_id)).one()
        snapshot = connection.execute(sa.select(_SNAPSHOTS).where(_SNAPSHOTS.c.id == text.snapshot_id)).one()
        reviews = reviews_of(connection, claim_id)
        present = readings_of(connection, [claim_id])[claim_id]
        before, after = _around(text.text, claim.sentence_start, claim.sentence_end)
        return ClaimDetail(
            claim,
            _made(StoredSnapshot, snapshot),
            _spans(connection, claim_id),
            _evidence(connection, claim_id),
            text.text[claim.sentence_start : claim.sentence_end],
            before,
            after,
            _passage(connection, claim),
            reviews,
            present,
            stale_moves(connection, reviews, present, claim.verdict),
            text.text,
            standing_of_document(connection, claim.document.id),
            claim_drifts(connection, claim_id),
        )


def attached_sources(bind: Engine | Connection, ids: Sequence[int]) -> dict[int, tuple[StoredEvidence, ...]]:
    """What people attached in support of these claims, by claim, primary sources first."""
    found: dict[int, tuple[StoredEvidence, ...]] = {}
    query = _evidence_query().where(_EVIDENCE.c.how == "attached", _EVIDENCE.c.relation == "supports")
    with reading(bind) as connection:
        for chunk in _chunks(ids):
            for row in connection.execute(query.where(_EVIDENCE.c.claim_id.in_(chunk))):
                found[row.claim_id] = (*found.get(row.claim_id, ()), _made(StoredEvidence, row))
    return {claim: tuple(sorted(made, key=lambda source: not source.is_primary)) for claim, made in found.items()}


def subject_names(bind: Engine | Connection) -> dict[str, str]:
    """Each name and alias of those whom claims are about, with what their party is called."""
    about = sa.select(_CLAIMS.c.subject_id).where(_CLAIMS.c.state != "withdrawn")
    query = sa.select(_PARTIES.c.name, _PARTIES.c.aliases).where(_PARTIES.c.id.in_(about)).order_by(_PARTIES.c.id)
    with reading(bind) as connection:
        return {name: row.name for row in connection.execute(query) for name in (*row.aliases, row.name)}


def is_named(bind: Engine | Connection, name: str) -> bool:
    """Whether some party has this name, a part of it or an alias, as ``list_claims`` takes a subject."""
    with reading(bind) as connection:
        return connection.execute(sa.select(_PARTIES.c.id).where(_is_called(_valid(name))).limit(1)).first() is not None


def claim_record(detail: ClaimDetail) -> ClaimRecord:
    """The stored claim as a record, as a reading would give it now; for those who write it anew."""
    claim = detail.claim
    own = {item.name: getattr(claim, item.name) for item in fields(ClaimRecord) if hasattr(claim, item.name)}
    return ClaimRecord(**own)


def text_of(bind: Engine | Connection, text_id: int) -> str:
    """The words of one text; "" for an unknown id."""
    with reading(bind) as connection:
        found = connection.execute(sa.select(_TEXTS.c.text).where(_TEXTS.c.id == text_id)).scalar()
        return "" if found is None else str(found)


def kinds_in_use(bind: Engine | Connection) -> frozenset[str]:
    """Every kind that some claim has, its own or a further one."""
    with reading(bind) as connection:
        return frozenset(connection.execute(sa.select(_KINDS.c.kind).distinct()).scalars())


def match_expression(search: str) -> str | None:
    """The FTS5 expression for a user's words, every one quoted; None if there is no word in them."""
    phrases = []
    for phrase, word in _PHRASE.findall(_valid(search)):
        found = re.findall(r"\w+", phrase or word)
        if found:
            phrases.append('"' + " ".join(found) + '"')
    return " ".join(phrases) or None


def _valid(typed: str) -> str:
    """The words without the lone surrogates of undecodable arguments, which SQLite refuses."""
    return typed.encode("utf-8", "replace").decode("utf-8")


def _lacks_source() -> str:
    """The condition of the queue; written out, because SQLite compares it with that of the partial index."""
    qualified = queue_condition("lacking")
    for column in ("sourcing", "state", "workflow", "is_backed"):
        qualified = qualified.replace(f"{column} ", f"claims.{column} ")
    return qualified


def _has_subject(subject: str) -> sa.ColumnElement[bool]:
    return _CLAIMS.c.subject_id.in_(sa.select(_PARTIES.c.id).where(_is_called(subject)))


def _is_called(subject: str) -> sa.ColumnElement[bool]:
    aliases = sa.func.json_each(_PARTIES.c.aliases).table_valued("value", name="alias")
    alias = sa.exists().select_from(aliases).where(sa.func.lower(aliases.c.value) == sa.func.lower(subject))
    # instr, not LIKE: a "%" in a name is no wildcard.
    part = sa.func.instr(sa.func.lower(_PARTIES.c.name), sa.func.lower(" ".join(subject.split()))) > 0
    return part | alias


def _claim_query() -> sa.Select[tuple[object, ...]]:
    subjects, speakers, origins = (_PARTIES.alias(name) for name in ("subjects", "speakers", "origins"))
    # The document's id stands in the claim, its publisher in the outlet.
    own = [item.name for item in fields(DocumentBrief) if item.name not in ("id", "publisher")]
    return (
        sa.select(
            _CLAIMS,
            *(_SPANS.c[name] for name in ("start", "end", "sentence_start", "sentence_end", "page")),
            *(_DOCUMENTS.c[name].label(f"document_{name}") for name in own),
            _OUTLETS.c.name.label("document_publisher"),
            subjects.c.name.label("subject"),
            speakers.c.name.label("speaker"),
            origins.c.name.label("origin"),
            sa.literal_column(f"({_lacks_source()})", sa.Boolean).label("lacks_source"),
        )
        .join(_DOCUMENTS, _DOCUMENTS.c.id == _CLAIMS.c.document_id)
        .join(_SPANS, sa.and_(_SPANS.c.claim_id == _CLAIMS.c.id, _SPANS.c.text_id == _CLAIMS.c.text_id))
        .outerjoin(_OUTLETS, _OUTLETS.c.id == _DOCUMENTS.c.outlet_id)
        .outerjoin(subjects, subjects.c.id == _CLAIMS.c.subject_id)
        .outerjoin(speakers, speakers.c.id == _CLAIMS.c.speaker_id)
        .outerjoin(origins, origins.c.id == _CLAIMS.c.origin_id)
    )


def _stored(connection: Connection, rows: Sequence[Row[tuple[object, ...]]]) -> list[StoredClaim]:
    ids = [int(row.id) for row in rows]
    figures = _figures(connection, ids)
    sources = _mentions(connection, ids)
    taken = {"document", "also_kinds", "chain", "figures", "sources", "lacks_source"}
    plain = [item.name for item in fields(StoredClaim) if item.name not in taken]
    return [
        StoredClaim(
            **{name: getattr(row, name) for name in plain},
            document=DocumentBrief(
                **{item.name: getattr(row, f"document_{item.name}") for item in fields(DocumentBrief)}
            ),
            also_kinds=tuple(row.also_kinds),
            chain=tuple(TellerRecord(**teller) for teller in row.chain),
            figures=tuple(figures.get(row.id, ())),
            sources=tuple(sources.get(row.id, ())),
            lacks_source=bool(row.lacks_source),
        )
        for row in rows
    ]


def _chunks(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    """The ids in portions, for SQLite bounds the parameters of one statement."""
    return (ids[at : at + _CHUNK] for at in range(0, len(ids), _CHUNK))


def _figures(connection: Connection, ids: Sequence[int]) -> dict[int, list[FigureRecord]]:
    found: dict[int, list[FigureRecord]] = {}
    for chunk in _chunks(ids):
        query = sa.select(_FIGURES).where(_FIGURES.c.claim_id.in_(chunk))
        for row in connection.execute(query.order_by(_FIGURES.c.claim_id, _FIGURES.c.position)):
            found.setdefault(row.claim_id, []).append(_made(FigureRecord, row))
    return found


def _mentions(connection: Connection, ids: Sequence[int]) -> dict[int, list[SourceRecord]]:
    """The sources that the claims' own documents mention."""
    found: dict[int, list[SourceRecord]] = {}
    for chunk in _chunks(ids):
        query = _evidence_query().where(_EVIDENCE.c.claim_id.in_(chunk), _EVIDENCE.c.how.in_(words.MENTIONS))
        for row in connection.execute(query):
            inherited = row.locator == words.NAMED_BEFORE
            record = _made(SourceRecord, row, name=row.name or row.title or row.url or "", inherited=inherited)
            found.setdefault(row.claim_id, []).append(record)
    return found


def _evidence_query() -> sa.Select[tuple[object, ...]]:
    described = ("url", "title", "publisher", "kind", "is_primary", "published", "liveness", "last_checked")
    return (
        sa.select(_EVIDENCE, *(_SOURCES.c[name] for name in described))
        .join(_SOURCES, _SOURCES.c.id == _EVIDENCE.c.source_id)
        .order_by(_EVIDENCE.c.claim_id, _EVIDENCE.c.start, _EVIDENCE.c.id)
    )


def _evidence(connection: Connection, claim_id: int) -> tuple[StoredEvidence, ...]:
    rows = connection.execute(_evidence_query().where(_EVIDENCE.c.claim_id == claim_id))
    return tuple(_made(StoredEvidence, row) for row in rows)


def _spans(connection: Connection, claim_id: int) -> tuple[StoredSpan, ...]:
    query = sa.select(_SPANS, _TEXTS.c.extractor).join(_TEXTS, _TEXTS.c.id == _SPANS.c.text_id)
    rows = connection.execute(query.where(_SPANS.c.claim_id == claim_id).order_by(_SPANS.c.text_id))
    return tuple(_made(StoredSpan, row) for row in rows)


def _passage(connection: Connection, claim: StoredClaim) -> PassageRecord | None:
    query = (
        sa.select(_PASSAGES)
        .where(_PASSAGES.c.text_id == claim.text_id)
        .where(_PASSAGES.c.start <= claim.start, _PASSAGES.c.end >= claim.end)
        .order_by(_PASSAGES.c.end - _PASSAGES.c.start)
        .limit(1)
    )
    row = connection.execute(query).first()
    return None if row is None else _made(PassageRecord, row)


def _made(kind: type[_T], row: Row[tuple[object, ...]], **other: object) -> _T:
    """The value of this dataclass from the row's columns of the same names."""
    values: dict[str, Any] = {name: getattr(row, name) for name in kind.__dataclass_fields__ if name not in other}  # type: ignore[attr-defined]
    return kind(**{**values, **other})


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    before = text[max(start - _CONTEXT, 0) : start]
    after = text[end : end + _CONTEXT]
    if start > _CONTEXT:
        before = before.partition(" ")[2] or before
    if end + _CONTEXT < len(text):
        after = after.rpartition(" ")[0] or after
    return before, after


def _claim_id(connection: Connection, named: str) -> int:
    # Digits are an id; beyond 18 of them SQLite has no such id, and it may be a key.
    if named.isascii() and named.isdigit() and len(named) <= 18:
        found = connection.execute(sa.select(_CLAIMS.c.id).where(_CLAIMS.c.id == int(named))).scalar()
        if found is not None:
            return int(found)
    exact = connection.execute(sa.select(_CLAIMS.c.id).where(_CLAIMS.c.key == named)).scalar()
    if exact is not None:
        return int(exact)
    found_ids: Sequence[int] = ()
    if len(named) >= _SHORTEST_PREFIX:
        begins = sa.func.substr(_CLAIMS.c.key, 1, len(named)) == named
        query = sa.select(_CLAIMS.c.id).where(_CLAIMS.c.key >= named, begins)
        found_ids = connection.execute(query.order_by(_CLAIMS.c.id).limit(6)).scalars().all()
    if len(found_ids) == 1:
        return int(found_ids[0])
    if found_ids:
        listed = ", ".join(str(found) for found in found_ids[:5]) + (" and more" if len(found_ids) > 5 else "")
        raise AmbiguousClaim(f'"{shown(named)}" begins the keys of several claims ({listed}): give more of the key')
    raise UnknownClaim(f'there is no claim "{shown(named)}": "tracker claims" lists them with their ids')
