"""Writes the claims of one reading, and withdraws those that no reading finds any more."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields

import sqlalchemy as sa
from sqlalchemy import Connection, Row

from db.claim_keys import adopted
from db.claim_parts import ClaimParts, same_words
from db.errors import RecordError
from db.models import table
from db.parties import Parties
from db.records import AttachedSource, ClaimRecord, Correction, TellerRecord
from db.reviews import corrections_of
from db.rows import Rows
from db.sources import attached_in

_CLAIMS = table("claims")
_SPANS = table("claim_spans")
_TEXTS = table("texts")
_SNAPSHOTS = table("snapshots")
_CHUNK = 500
_SPAN_FIELDS = ("start", "end", "sentence_start", "sentence_end", "quote", "page")
_NEW_CLAIMS = Rows(
    _CLAIMS, "key", "document_id", "first_seen", "updated_at", "outlet_id", "published", "year", "text_id", "quote",
    "kind", "also_kinds", "subject_id", "speaker_id", "origin_id", "chain", "names", "figure_text", "weight", "stance",
    "as_of", "sourcing", "sourcing_reason", "read_sourcing", "read_sourcing_reason", "state", "reader_version",
)  # fmt: skip
_NEW_SPANS = Rows(_SPANS, "claim_id", "text_id", *_SPAN_FIELDS, "is_current")
# Statements made once, for making one costs as much as running it.
_IDS = sa.select(_CLAIMS.c.key, _CLAIMS.c.id).where(_CLAIMS.c.document_id == sa.bindparam("document"))
_TAKEN = "SELECT key, document_id FROM claims WHERE key IN (SELECT value FROM json_each(?)) LIMIT 1"
_OTHER_FORMS = frozenset({"text-dump", "email"})
#: Lays people's corrections over what the reader found; the text is that of the reading.
Overlay = Callable[[ClaimRecord, Sequence[Correction], str], ClaimRecord]
#: Raises what a claim's text gives by what people attached to it.
Backing = Callable[[ClaimRecord, Sequence[AttachedSource]], ClaimRecord]
# Fields of a link of the chain that are left out where they say nothing.
_SELDOM = ("resolved", "mention")
_TELLER_FIELDS = tuple(one.name for one in fields(TellerRecord))
#: A review judged these; where one of them is new, the claim reads otherwise.
_JUDGED = ("quote", "speaker_id", "origin_id")


@dataclass
class ClaimCounts:
    """What writing the claims of one reading did."""

    new: int = 0
    seen: int = 0
    withdrawn: int = 0
    absent: int = 0
    changed: list[int] = field(default_factory=list)

    def as_tuple(self) -> tuple[int, int, int, tuple[int, ...], int]:
        """New, seen, withdrawn, the ids of those that read otherwise, and the number that went absent."""
        return self.new, self.seen, self.withdrawn, tuple(self.changed), self.absent


@dataclass(frozen=True)
class _Reading:
    connection: Connection
    document_id: int
    snapshot_id: int
    text_id: int
    reader_version: str
    now: str
    parties: Parties
    parts: ClaimParts


def write_claims(
    connection: Connection,
    document_id: int,
    snapshot_id: int,
    text_id: int,
    claims: Sequence[ClaimRecord],
    *,
    reader_version: str,
    now: str,
    text: str,
    overlay: Overlay | None,
    backing: Backing | None,
    repeated: Mapping[str, object],
    is_new: bool,
) -> ClaimCounts:
    """Writes one reading's claims within the caller's transaction (see ``store.store_document``).

    ``repeated`` is what new claims repeat of their document, which ``is_new`` says to be new itself.
    """
    parts = ClaimParts(connection, document_id, now, is_new=is_new)
    reading = _Reading(connection, document_id, snapshot_id, text_id, reader_version, now, Parties(connection), parts)
    if is_new:
        # A new document has no claims to find again, to withdraw or to miss, and nearly all documents are new.
        added = _add(reading, claims, repeated)
        parts.flush()
        _set_spans(reading, claims, added, {})
        return ClaimCounts(new=len(added))
    rows = connection.execute(sa.select(_CLAIMS).where(_CLAIMS.c.document_id == document_id)).all()
    spans = _spans(connection, document_id)
    known = adopted(connection, rows, list(spans.values()), claims, snapshot_id, text_id, text)
    claims = _corrected(reading, claims, known, text, overlay)
    claims = _backed(reading, claims, known, backing)
    added = _add(reading, [claim for claim in claims if claim.key not in known], repeated)
    counts = ClaimCounts(new=len(added), seen=len(claims) - len(added))
    found = added | {claim.key: int(known[claim.key].id) for claim in claims if claim.key in known}
    for claim in claims:
        row = known.get(claim.key)
        if row is not None and _may_refresh(reading, row, spans) and _refresh(reading, row, claim):
            counts.changed.append(int(row.id))
    parts.flush()
    _set_spans(reading, claims, found, spans)
    _retire(reading, set(found.values()), spans)
    counts.withdrawn = _withdraw(reading)
    counts.absent = _mark_absent(reading)
    return counts


def _corrected(
    reading: _Reading,
    claims: Sequence[ClaimRecord],
    known: Mapping[str, Row[tuple[object, ...]]],
    text: str,
    overlay: Overlay | None,
) -> Sequence[ClaimRecord]:
    """The claims with people's corrections laid over them, so that no reading undoes a correction."""
    corrections = corrections_of(reading.connection, reading.document_id) if known else {}
    if not corrections:
        return claims
    if overlay is None:
        raise RecordError("people have corrected claims of this document: hand over the overlay of corrections")
    laid = []
    for claim in claims:
        own = corrections.get(int(known[claim.key].id), ()) if claim.key in known else ()
        laid.append(overlay(claim, own, text) if own else claim)
    return laid


def _backed(
    reading: _Reading,
    claims: Sequence[ClaimRecord],
    known: Mapping[str, Row[tuple[object, ...]]],
    backing: Backing | None,
) -> Sequence[ClaimRecord]:
    """The claims with their sourcing raised by what people attached, which no reading takes away."""
    attached = attached_in(reading.connection, reading.document_id) if known else {}
    if not attached:
        return claims
    if backing is None:
        raise RecordError("people have attached sources to claims of this document: hand over what weighs them")
    raised = []
    for claim in claims:
        own = attached.get(int(known[claim.key].id), ()) if claim.key in known else ()
        raised.append(backing(claim, own) if own else claim)
    return raised


def rewrite_claim(connection: Connection, claim_id: int, claim: ClaimRecord, now: str) -> None:
    """Writes what a person corrected of one claim; ``claim`` is the whole claim as it reads now.

    Part of the caller's transaction, like the row in the log of reviews.
    """
    row = connection.execute(sa.select(_CLAIMS).where(_CLAIMS.c.id == claim_id)).one()
    snapshot = sa.select(_TEXTS.c.snapshot_id).where(_TEXTS.c.id == row.text_id)
    parts = ClaimParts(connection, row.document_id, now)
    reading = _Reading(
        connection,
        row.document_id,
        connection.execute(snapshot).scalar_one(),
        row.text_id,
        row.reader_version,
        now,
        Parties(connection),
        parts,
    )
    values = _values(reading, claim)
    del values["state"]
    connection.execute(sa.update(_CLAIMS).where(_CLAIMS.c.id == claim_id).values(**values, updated_at=now))
    parts.set_kinds(claim_id, claim)
    parts.set_figures(claim_id, claim)
    parts.flush()
    stands = (_SPANS.c.claim_id == claim_id) & (_SPANS.c.text_id == row.text_id)
    place = {name: getattr(claim, name) for name in ("start", "end", "sentence_start", "sentence_end", "quote")}
    connection.execute(sa.update(_SPANS).where(stands).values(**place))


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
    if row.state == "withdrawn" or row.reader_version != reading.reader_version:
        return True
    stands = spans.get((row.id, row.text_id))
    if reading.text_id >= row.text_id or stands is None or not stands.is_current:
        return True
    return bool(stands.snapshot_id == reading.snapshot_id)


def _teller(teller: TellerRecord) -> dict[str, object]:
    """A link of the chain as JSON; that a name was taken for a pronoun is said only where it was."""
    values = {name: getattr(teller, name) for name in _TELLER_FIELDS}
    return {name: value for name, value in values.items() if name not in _SELDOM or value}


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
    given = dict.fromkeys(name for name in (claim.subject, claim.speaker, claim.origin) if name)
    # As the party is called, not as this text spells it: a reading after a correction would differ by an article.
    names = dict.fromkeys(reading.parties.spelt(name) for name in given)
    names.update(dict.fromkeys(reading.parties.other_names(names)))
    return {
        "text_id": reading.text_id,
        "quote": claim.quote,
        "kind": claim.kind,
        "also_kinds": list(claim.also_kinds),
        "subject_id": ids["subject"],
        "speaker_id": ids["speaker"],
        "origin_id": ids["origin"],
        "chain": [_teller(teller) for teller in claim.chain],
        "names": "; ".join(names),
        "figure_text": claim.figure_text,
        "weight": claim.weight,
        "stance": claim.stance,
        "as_of": claim.as_of,
        "sourcing": claim.sourcing,
        "sourcing_reason": claim.sourcing_reason,
        "read_sourcing": claim.read_sourcing or claim.sourcing,
        "read_sourcing_reason": claim.read_sourcing_reason if claim.read_sourcing else claim.sourcing_reason,
        "state": "present",
        "reader_version": reading.reader_version,
    }


def _add(reading: _Reading, claims: Sequence[ClaimRecord], repeated: Mapping[str, object]) -> dict[str, int]:
    """Inserts new claims with all their parts; gives their ids by key."""
    if not claims:
        return {}
    rows = [
        {
            "key": claim.key,
            "document_id": reading.document_id,
            "first_seen": reading.now,
            "updated_at": reading.now,
            **repeated,
            **_values(reading, claim),
        }
        for claim in claims
    ]
    _refuse_taken_keys(reading, [claim.key for claim in claims])
    _NEW_CLAIMS.insert(reading.connection, rows)
    known = reading.connection.execute(_IDS, {"document": reading.document_id})
    ids = {row.key: int(row.id) for row in known}
    for claim in claims:
        reading.parts.set_kinds(ids[claim.key], claim)
        reading.parts.set_figures(ids[claim.key], claim)
        reading.parts.set_evidence(ids[claim.key], claim)
    return {claim.key: ids[claim.key] for claim in claims}


def _refuse_taken_keys(reading: _Reading, keys: Sequence[str]) -> None:
    for at in range(0, len(keys), _CHUNK):
        row = reading.connection.exec_driver_sql(_TAKEN, (json.dumps(keys[at : at + _CHUNK]),)).first()
        if row is not None:
            raise RecordError(
                f"the claim key {row[0]} belongs to document {row[1]}: make keys from their document's key"
            )


def _refresh(reading: _Reading, row: Row[tuple[object, ...]], claim: ClaimRecord) -> bool:
    """Replaces what the reading gives; true if what a review judged is now another."""
    values = _values(reading, claim)
    if row.state == "absent":
        del values["state"]  # whether the page carries it again is told by its newest version alone
    changes = {name: value for name, value in values.items() if _plain(getattr(row, name)) != _plain(value)}
    reading.parts.set_kinds(int(row.id), claim)
    figures_differ = reading.parts.set_figures(int(row.id), claim)
    evidence_differs = reading.parts.set_evidence(int(row.id), claim)
    if changes or figures_differ or evidence_differs:
        update = sa.update(_CLAIMS).where(_CLAIMS.c.id == row.id)
        reading.connection.execute(update.values(**changes, updated_at=reading.now))
    return figures_differ or any(
        name in changes and not same_words(getattr(row, name), changes[name]) for name in _JUDGED
    )


def _plain(value: object) -> object:
    return json.dumps(value, sort_keys=True) if isinstance(value, list) else value


def _set_spans(
    reading: _Reading,
    claims: Sequence[ClaimRecord],
    ids: dict[str, int],
    spans: dict[tuple[int, int], Row[tuple[object, ...]]],
) -> None:
    """Notes where each claim stands in the text that was read."""
    rows: list[dict[str, object]] = []
    for claim in claims:
        values: dict[str, object] = {name: getattr(claim, name) for name in _SPAN_FIELDS}
        values["is_current"] = True
        known = spans.get((ids[claim.key], reading.text_id))
        if known is None:
            rows.append({"claim_id": ids[claim.key], "text_id": reading.text_id, **values})
        elif any(getattr(known, name) != value for name, value in values.items()):
            update = sa.update(_SPANS).where(_SPANS.c.id == known.id)
            reading.connection.execute(update.values(**values))
    _NEW_SPANS.insert(reading.connection, rows)


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


def _mark_absent(reading: _Reading) -> int:
    """Marks the claims that the newest version of the page no longer carries; gives the number of new ones.

    A page and its plain-text copy are versions side by side, each with its own extractor: a claim is
    present while the newest version in any form carries it. Reading an old version again
    changes nothing, for newest is what was fetched last, not what was read last.
    """
    versions = (
        sa.select(_TEXTS.c.snapshot_id, _TEXTS.c.extractor)
        .join(_SNAPSHOTS, _SNAPSHOTS.c.id == _TEXTS.c.snapshot_id)
        .where(_SNAPSHOTS.c.document_id == reading.document_id)
        .order_by(_SNAPSHOTS.c.fetched_at, _SNAPSHOTS.c.id)
    )
    newest = {_form(row.extractor): row.snapshot_id for row in reading.connection.execute(versions)}
    carried = sa.exists().where(
        _SPANS.c.claim_id == _CLAIMS.c.id,
        _SPANS.c.is_current,
        _SPANS.c.text_id.in_(sa.select(_TEXTS.c.id).where(_TEXTS.c.snapshot_id.in_(newest.values()))),
    )
    of_document = _CLAIMS.c.document_id == reading.document_id
    again = sa.update(_CLAIMS).where(of_document, _CLAIMS.c.state == "absent", carried)
    reading.connection.execute(again.values(state="present", updated_at=reading.now))
    gone = sa.update(_CLAIMS).where(of_document, _CLAIMS.c.state == "present", ~carried)
    return int(reading.connection.execute(gone.values(state="absent", updated_at=reading.now)).rowcount)


def _form(extractor: str) -> str:
    """The form of a version: a dump, an e-mail, or a page, whichever of the sites' extractors took it."""
    return extractor if extractor in _OTHER_FORMS else "page"
