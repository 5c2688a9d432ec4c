"""Writes the claims of one reading, and withdraws those that no reading finds any more."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, fields

import sqlalchemy as sa
from sqlalchemy import Connection, Row

from db.errors import RecordError
from db.models import table
from db.parties import Parties
from db.records import ClaimRecord, FigureRecord, SourceRecord

_CLAIMS = table("claims")
_KINDS = table("claim_kinds")
_SPANS = table("claim_spans")
_FIGURES = table("figures")
_SOURCES = table("sources")
_EVIDENCE = table("evidence")
_TEXTS = table("texts")
_FIGURE_FIELDS = tuple(item.name for item in fields(FigureRecord))
#: A review judged these; where one of them is new, the claim reads otherwise.
_JUDGED = ("quote", "speaker_id", "origin_id")


@dataclass
class ClaimCounts:
    """What writing the claims of one reading did."""

    new: int = 0
    seen: int = 0
    withdrawn: int = 0
    changed: list[int] = field(default_factory=list)

    def as_tuple(self) -> tuple[int, int, int, tuple[int, ...]]:
        """New, seen, withdrawn, and the ids of those that read otherwise."""
        return self.new, self.seen, self.withdrawn, tuple(self.changed)


@dataclass(frozen=True)
class _Reading:
    connection: Connection
    document_id: int
    snapshot_id: int
    text_id: int
    reader_version: str
    now: str
    parties: Parties


def write_claims(
    connection: Connection,
    document_id: int,
    snapshot_id: int,
    text_id: int,
    claims: Sequence[ClaimRecord],
    *,
    reader_version: str,
    now: str,
) -> ClaimCounts:
    """Writes one reading's claims within the caller's transaction (see ``store.store_document``)."""
    reading = _Reading(
        connection, document_id, snapshot_id, text_id, reader_version, now, Parties(connection)
    )
    known = {
        row.key: row
        for row in connection.execute(sa.select(_CLAIMS).where(_CLAIMS.c.document_id == document_id))
    }
    spans = _spans(connection, document_id)
    counts = ClaimCounts()
    found: set[int] = set()
    for claim in claims:
        row = known.get(claim.key)
        if row is None:
            claim_id = _add(reading, claim)
            counts.new += 1
        else:
            claim_id = int(row.id)
            counts.seen += 1
            if _may_refresh(reading, row, spans) and _refresh(reading, row, claim):
                counts.changed.append(claim_id)
        _set_span(reading, claim_id, claim, spans.get((claim_id, text_id)))
        found.add(claim_id)
    _retire(reading, found, spans)
    counts.withdrawn = _withdraw(reading)
    return counts


def _spans(connection: Connection, document_id: int) -> dict[tuple[int, int], Row[tuple[object, ...]]]:
    """The document's spans, with the snapshot of each, by claim and text."""
    query = (
        sa.select(_SPANS, _TEXTS.c.snapshot_id)
        .join(_CLAIMS, _CLAIMS.c.id == _SPANS.c.claim_id)
        .join(_TEXTS, _TEXTS.c.id == _SPANS.c.text_id)
        .where(_CLAIMS.c.document_id == document_id)
    )
    return {(row.claim_id, row.text_id): row for row in connection.execute(query)}


def _may_refresh(
    reading: _Reading,
    row: Row[tuple[object, ...]],
    spans: dict[tuple[int, int], Row[tuple[object, ...]]],
) -> bool:
    """Whether this text's reading may replace the reading fields that another text gave.

    A page and its dump hold the same claims and are read in turn: if each reading replaced the
    other's, the same input twice would never come to rest. So the newer text of two prevails,
    unless the older one is read by other code, or the newer one gives the claim no longer.
    """
    if row.state != "present" or row.reader_version != reading.reader_version:
        return True
    stands = spans.get((row.id, row.text_id))
    if reading.text_id >= row.text_id or stands is None or not stands.is_current:
        return True
    return bool(stands.snapshot_id == reading.snapshot_id)


def _values(reading: _Reading, claim: ClaimRecord) -> dict[str, object]:
    """The reading fields of the claim's row."""
    affiliations = {
        teller.name: teller.organisation
        for teller in claim.chain
        if teller.identified and teller.organisation is not None
    }
    ids = {
        name: reading.parties.id_of(party, affiliations.get(party or ""))
        for name, party in (("subject", claim.subject), ("speaker", claim.speaker), ("origin", claim.origin))
    }
    names = dict.fromkeys(name for name in (claim.subject, claim.speaker, claim.origin) if name)
    return {
        "text_id": reading.text_id,
        "quote": claim.quote,
        "kind": claim.kind,
        "also_kinds": list(claim.also_kinds),
        "subject_id": ids["subject"],
        "speaker_id": ids["speaker"],
        "origin_id": ids["origin"],
        "chain": [asdict(teller) for teller in claim.chain],
        "names": "; ".join(names),
        "figure_text": claim.figure_text,
        "stance": claim.stance,
        "as_of": claim.as_of,
        "sourcing": claim.sourcing,
        "sourcing_reason": claim.sourcing_reason,
        "state": "present",
        "reader_version": reading.reader_version,
    }


def _add(reading: _Reading, claim: ClaimRecord) -> int:
    elsewhere = reading.connection.execute(
        sa.select(_CLAIMS.c.document_id).where(_CLAIMS.c.key == claim.key)
    ).scalar()
    if elsewhere is not None:
        raise RecordError(
            f"the claim key {claim.key} belongs to document {elsewhere}: make keys from their document's key"
        )
    row = sa.insert(_CLAIMS).values(
        key=claim.key,
        document_id=reading.document_id,
        first_seen=reading.now,
        updated_at=reading.now,
        **_values(reading, claim),
    )
    claim_id = int(reading.connection.execute(row.returning(_CLAIMS.c.id)).scalar_one())
    _set_kinds(reading, claim_id, claim)
    _set_figures(reading, claim_id, claim)
    _set_evidence(reading, claim_id, claim)
    return claim_id


def _refresh(reading: _Reading, row: Row[tuple[object, ...]], claim: ClaimRecord) -> bool:
    """Replaces what the reading gives; true if what a review judged is now another."""
    values = _values(reading, claim)
    changes = {name: value for name, value in values.items() if _plain(getattr(row, name)) != _plain(value)}
    _set_kinds(reading, int(row.id), claim)
    figures_differ = _set_figures(reading, int(row.id), claim)
    evidence_differs = _set_evidence(reading, int(row.id), claim)
    if changes or figures_differ or evidence_differs:
        update = sa.update(_CLAIMS).where(_CLAIMS.c.id == row.id)
        reading.connection.execute(update.values(**changes, updated_at=reading.now))
    judged = {
        name for name in _JUDGED if name in changes and _words(getattr(row, name)) != _words(changes[name])
    }
    return figures_differ or bool(judged)


def _words(value: object) -> object:
    """The value for comparing: a page and its dump differ in the spaces of the same words."""
    return " ".join(value.split()) if isinstance(value, str) else value


def _plain(value: object) -> object:
    return json.dumps(value, sort_keys=True) if isinstance(value, list) else value


def _set_kinds(reading: _Reading, claim_id: int, claim: ClaimRecord) -> None:
    kinds = list(dict.fromkeys((claim.kind, *claim.also_kinds)))
    of_claim = _KINDS.c.claim_id == claim_id
    known = reading.connection.execute(sa.select(_KINDS.c.kind).where(of_claim).order_by(_KINDS.c.position))
    if known.scalars().all() == kinds:
        return
    reading.connection.execute(sa.delete(_KINDS).where(of_claim))
    rows = [{"claim_id": claim_id, "kind": kind, "position": at} for at, kind in enumerate(kinds)]
    reading.connection.execute(sa.insert(_KINDS), rows)


def _set_figures(reading: _Reading, claim_id: int, claim: ClaimRecord) -> bool:
    """Writes the figures in place, so that a figure keeps its id; true if any but offsets is new."""
    of_claim = _FIGURES.c.claim_id == claim_id
    known = {
        row.position: {name: getattr(row, name) for name in _FIGURE_FIELDS}
        for row in reading.connection.execute(sa.select(_FIGURES).where(of_claim))
    }
    differs = len(known) != len(claim.figures)
    for position, figure in enumerate(claim.figures):
        values = _figure_values(figure)
        if position not in known:
            row = sa.insert(_FIGURES).values(claim_id=claim_id, position=position, **values)
            reading.connection.execute(row)
        elif known[position] != values:
            where = of_claim & (_FIGURES.c.position == position)
            reading.connection.execute(sa.update(_FIGURES).where(where).values(**values))
            offsets = {"start", "end"}
            differs = differs or any(
                known[position][name] != values[name] for name in values.keys() - offsets
            )
    surplus = of_claim & (_FIGURES.c.position >= len(claim.figures))
    reading.connection.execute(sa.delete(_FIGURES).where(surplus))
    return differs


def _figure_values(figure: FigureRecord) -> dict[str, object]:
    values: dict[str, object] = {name: getattr(figure, name) for name in _FIGURE_FIELDS}
    for name in ("value", "low", "high"):
        number = getattr(figure, name)
        # A whole number beyond 64 bits is no SQLite integer.
        values[name] = None if number is None else float(number)
    return values


def _set_evidence(reading: _Reading, claim_id: int, claim: ClaimRecord) -> bool:
    """Writes what the reader found; what a person attached or judged is left alone."""
    of_claim = _EVIDENCE.c.claim_id == claim_id
    rows = reading.connection.execute(sa.select(_EVIDENCE).where(of_claim)).all()
    known = {(row.source_id, row.how): row for row in rows}
    given: dict[tuple[int, str], SourceRecord] = {}
    for source in claim.sources:
        given.setdefault((_source_id(reading, source), source.how), source)
    differs = False
    for (source_id, how), source in given.items():
        values = {"name": source.name, "start": source.start, "end": source.end}
        row = known.get((source_id, how))
        if row is None:
            made = {"claim_id": claim_id, "source_id": source_id, "how": how, "created_at": reading.now}
            reading.connection.execute(sa.insert(_EVIDENCE).values(**made, **values))
            differs = True
        elif any(getattr(row, name) != value for name, value in values.items()):
            reading.connection.execute(sa.update(_EVIDENCE).where(_EVIDENCE.c.id == row.id).values(**values))
            differs = True
    stale = [row.id for pair, row in known.items() if pair not in given and row.by_whom is None]
    if stale:
        reading.connection.execute(sa.delete(_EVIDENCE).where(_EVIDENCE.c.id.in_(stale)))
    return differs or bool(stale)


def _source_id(reading: _Reading, source: SourceRecord) -> int:
    known = reading.connection.execute(sa.select(_SOURCES.c.id).where(_SOURCES.c.key == source.key)).scalar()
    if known is not None:
        return int(known)
    row = sa.insert(_SOURCES).values(
        key=source.key,
        url=source.url,
        title=source.title or (source.name if source.url is None else None),
        publisher=source.publisher,
        kind=source.kind or ("anonymous" if source.how == "anonymous" else None),
        is_primary=source.is_primary,
        published=source.published,
    )
    return int(reading.connection.execute(row.returning(_SOURCES.c.id)).scalar_one())


def _set_span(
    reading: _Reading, claim_id: int, claim: ClaimRecord, known: Row[tuple[object, ...]] | None
) -> None:
    names = ("start", "end", "sentence_start", "sentence_end", "quote")
    values: dict[str, object] = {name: getattr(claim, name) for name in names}
    values["is_current"] = True
    if known is None:
        row = sa.insert(_SPANS).values(claim_id=claim_id, text_id=reading.text_id, **values)
        reading.connection.execute(row)
    elif any(getattr(known, name) != value for name, value in values.items()):
        reading.connection.execute(sa.update(_SPANS).where(_SPANS.c.id == known.id).values(**values))


def _retire(
    reading: _Reading,
    found: set[int],
    spans: dict[tuple[int, int], Row[tuple[object, ...]]],
) -> None:
    """Marks the spans of this snapshot that its last reading does not give."""
    gone = [
        {"gone": span.id}
        for (claim_id, text_id), span in spans.items()
        if span.snapshot_id == reading.snapshot_id
        and span.is_current
        and (text_id != reading.text_id or claim_id not in found)
    ]
    if gone:
        marked = sa.update(_SPANS).where(_SPANS.c.id == sa.bindparam("gone")).values(is_current=False)
        reading.connection.execute(marked, gone)


def _withdraw(reading: _Reading) -> int:
    """Withdraws the document's claims that stand in no text's last reading; gives their number."""
    stands = sa.exists().where(_SPANS.c.claim_id == _CLAIMS.c.id, _SPANS.c.is_current)
    lost = sa.update(_CLAIMS).where(
        _CLAIMS.c.document_id == reading.document_id, _CLAIMS.c.state != "withdrawn", ~stands
    )
    result = reading.connection.execute(
        lost.values(state="withdrawn", reader_version=reading.reader_version, updated_at=reading.now)
    )
    return int(result.rowcount)
