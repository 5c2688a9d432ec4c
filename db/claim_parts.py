"""Writes what hangs on a claim: its kinds, its figures and its evidence.

What is known of a document's claims is loaded at once, and new rows are inserted in bulk at the end:
a statement for each row would make storing ten times slower.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields

import sqlalchemy as sa
from sqlalchemy import Connection

from db import vocabulary as words
from db.models import table
from db.records import ClaimRecord, FigureRecord, SourceRecord
from db.rows import Rows

_CLAIMS = table("claims")
_KINDS = table("claim_kinds")
_FIGURES = table("figures")
_SOURCES = table("sources")
_EVIDENCE = table("evidence")
_FIGURE_FIELDS = tuple(item.name for item in fields(FigureRecord))
_KNOWN_SOURCE = sa.select(_SOURCES.c.id, _SOURCES.c.kind).where(_SOURCES.c.key == sa.bindparam("key"))
_EVIDENCE_FIELDS = ("claim_id", "source_id", "how", "created_at", "name", "start", "end", "locator")
_NEW_ROWS = {
    _KINDS: Rows(_KINDS, "claim_id", "kind", "position"),
    _FIGURES: Rows(_FIGURES, "claim_id", "position", *_FIGURE_FIELDS),
    _EVIDENCE: Rows(_EVIDENCE, *_EVIDENCE_FIELDS),
}
_NEW_SOURCE = sa.insert(_SOURCES).returning(_SOURCES.c.id)


def same_words(one: object, other: object) -> bool:
    """Whether two values agree but for spaces: a page and its dump differ in those of the same words."""
    if isinstance(one, str) and isinstance(other, str):
        return one.split() == other.split()
    return one == other


class ClaimParts:
    """The parts of one document's claims, within the caller's transaction; ``flush`` completes it."""

    def __init__(self, connection: Connection, document_id: int, now: str, *, is_new: bool = False) -> None:
        self._connection = connection
        self._document_id = document_id
        self._now = now
        self._new: dict[sa.Table, list[dict[str, object]]] = {_KINDS: [], _FIGURES: [], _EVIDENCE: []}
        self._source_ids: dict[str, int] = {}
        self._kinds: dict[int, list[str]] = {}
        self._figures: dict[int, dict[int, dict[str, object]]] = {}
        self._evidence: dict[int, dict[tuple[int, str], Mapping[str, object]]] = {}
        if not is_new:
            self._load(connection, document_id)

    def _load(self, connection: Connection, document_id: int) -> None:
        of_document = _CLAIMS.c.document_id == document_id
        query = sa.select(_KINDS).join(_CLAIMS, _CLAIMS.c.id == _KINDS.c.claim_id).where(of_document)
        for row in connection.execute(query.order_by(_KINDS.c.claim_id, _KINDS.c.position)):
            self._kinds.setdefault(row.claim_id, []).append(row.kind)
        query = sa.select(_FIGURES).join(_CLAIMS, _CLAIMS.c.id == _FIGURES.c.claim_id).where(of_document)
        for row in connection.execute(query):
            values = {name: getattr(row, name) for name in _FIGURE_FIELDS}
            self._figures.setdefault(row.claim_id, {})[row.position] = values
        query = sa.select(_EVIDENCE).join(_CLAIMS, _CLAIMS.c.id == _EVIDENCE.c.claim_id).where(of_document)
        for row in connection.execute(query):
            self._evidence.setdefault(row.claim_id, {})[(row.source_id, row.how)] = dict(row._mapping)

    def flush(self) -> None:
        """Inserts the new rows."""
        for into, rows in self._new.items():
            _NEW_ROWS[into].insert(self._connection, rows)
            rows.clear()

    def set_kinds(self, claim_id: int, claim: ClaimRecord) -> None:
        """Makes the claim's kinds those of the record, its own first."""
        kinds = list(dict.fromkeys((claim.kind, *claim.also_kinds)))
        known = self._kinds.get(claim_id)
        if known == kinds:
            return
        if known:
            self._connection.execute(sa.delete(_KINDS).where(_KINDS.c.claim_id == claim_id))
        rows = [{"claim_id": claim_id, "kind": kind, "position": at} for at, kind in enumerate(kinds)]
        self._new[_KINDS].extend(rows)

    def set_figures(self, claim_id: int, claim: ClaimRecord) -> bool:
        """Writes the figures in place, so that a figure keeps its id; true if any but offsets is new."""
        known = self._figures.get(claim_id, {})
        differs = len(known) != len(claim.figures)
        for position, figure in enumerate(claim.figures):
            values = _figure_values(figure)
            before = known.get(position)
            if before is None:
                self._new[_FIGURES].append({"claim_id": claim_id, "position": position, **values})
            elif before != values:
                where = (_FIGURES.c.claim_id == claim_id) & (_FIGURES.c.position == position)
                self._connection.execute(sa.update(_FIGURES).where(where).values(**values))
                said = values.keys() - {"start", "end"}
                differs = differs or not all(same_words(before[name], values[name]) for name in said)
        if len(known) > len(claim.figures):
            surplus = (_FIGURES.c.claim_id == claim_id) & (_FIGURES.c.position >= len(claim.figures))
            self._connection.execute(sa.delete(_FIGURES).where(surplus))
        return differs

    def set_evidence(self, claim_id: int, claim: ClaimRecord) -> bool:
        """Writes what the reader found, and leaves alone what a person attached or judged; true if new."""
        known = self._evidence.get(claim_id, {})
        given: dict[tuple[int, str], SourceRecord] = {}
        for source in claim.sources:
            given.setdefault((self._source_id(source), source.how), source)
        differs = False
        for (source_id, how), source in given.items():
            locator = words.NAMED_BEFORE if source.inherited else None
            values = {"name": source.name, "start": source.start, "end": source.end, "locator": locator}
            row = known.get((source_id, how))
            if row is None:
                made = {"claim_id": claim_id, "source_id": source_id, "how": how, "created_at": self._now}
                self._new[_EVIDENCE].append({**made, **values})
                differs = True
            elif any(row[name] != value for name, value in values.items()):
                where = _EVIDENCE.c.id == row["id"]
                self._connection.execute(sa.update(_EVIDENCE).where(where).values(**values))
                differs = True
        stale = [row["id"] for pair, row in known.items() if pair not in given and row["by_whom"] is None]
        if stale:
            self._connection.execute(sa.delete(_EVIDENCE).where(_EVIDENCE.c.id.in_(stale)))
        return differs or bool(stale)

    def _source_id(self, source: SourceRecord) -> int:
        key = source.key_in(self._document_id)
        if key not in self._source_ids:
            found = self._connection.execute(_KNOWN_SOURCE, {"key": key}).first()
            if found is None:
                self._source_ids[key] = self._new_source(key, source)
            else:
                self._source_ids[key] = int(found.id)
                if found.kind is None and source.kind is not None:
                    self._now_known(int(found.id), source)
        return self._source_ids[key]

    def _now_known(self, source_id: int, source: SourceRecord) -> None:
        """Fills in what the table of publishers has learnt of a source since it came in.

        What people attached keeps what they said of it, for claims rest on that.
        """
        attached = sa.exists().where(_EVIDENCE.c.source_id == source_id, _EVIDENCE.c.how == "attached")
        row = sa.update(_SOURCES).where(_SOURCES.c.id == source_id, ~attached)
        known = {"kind": source.kind, "publisher": sa.func.coalesce(_SOURCES.c.publisher, source.publisher)}
        self._connection.execute(row.values(**known, is_primary=source.is_primary))

    def _new_source(self, key: str, source: SourceRecord) -> int:
        values = {
            "key": key,
            "url": source.url,
            "title": source.title or (source.name if source.url is None else None),
            "label": " ".join((source.title or source.name or source.key).split()) or source.key,
            "publisher": source.publisher,
            "kind": source.kind or ("anonymous" if source.how == "anonymous" else None),
            "is_primary": source.is_primary,
            "published": source.published,
        }
        return int(self._connection.execute(_NEW_SOURCE, values).scalar_one())


def _figure_values(figure: FigureRecord) -> dict[str, object]:
    values: dict[str, object] = {name: getattr(figure, name) for name in _FIGURE_FIELDS}
    for name in ("value", "low", "high"):
        number = getattr(figure, name)
        # A whole number beyond 64 bits is no SQLite integer.
        values[name] = None if number is None else float(number)
    return values
