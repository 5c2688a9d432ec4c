"""Makes a database of many claims, the same for the same number, to measure the pages with.

About ten claims a document, in texts of a few kilobytes: every quotation and figure stands at its
offsets, as ``db.checks`` wants it. Names, subjects and sources are spread as in life, a few of them
in most claims and most of them in few. Everything is invented.
"""

from __future__ import annotations

import hashlib
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from benchmarks.page_words import (
    CLAIMS_A_DOCUMENT,
    OUTLETS,
    PARTIES,
    SEED,
    THINGS,
    Claim,
    Figure,
    World,
    drawn,
    make_world,
    paragraph,
    write_claim,
)
from db.engine import open_database, writing
from db.models import METADATA
from db.records import sha256_of
from db.reviews import digest_of

_BATCH = 500
_FIRST_DAY = datetime(2019, 3, 1, 6, tzinfo=UTC)
_DAYS = 1_400
_WORKFLOW = {"new": 70, "in_review": 15, "approved": 11, "rejected": 4}
_VERDICTS = {"supported": 70, "contradicted": 12, "misleading": 8, "outdated": 5, "unverifiable": 5}
_DOCUMENTS = {"article": 70, "release": 10, "email": 8, "interview": 6, "report": 4, "transcript": 2}
_PEOPLE = (("ada", "checker"), ("bo", "checker"), ("cy", "editor"))

Rows = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows were made."""

    documents: int
    claims: int


def fill(path: Path, claims: int, seed: int = SEED) -> Counts:
    """Makes the database with this many claims, in about half a minute for each 100,000."""
    engine = open_database(path)
    documents = max(1, round(claims / CLAIMS_A_DOCUMENT))
    try:
        with engine.connect() as connection, writing(connection), _without_full_text(connection):
            # 400 MB: the indexes must not be read from the disk again for each row.
            connection.exec_driver_sql("PRAGMA cache_size=-400000")
            world = make_world(random.Random(seed), claims)  # noqa: S311 - it must be the same each time
            _insert(connection, _shared_rows(world))
            _documents(connection, world, documents, claims)
    finally:
        engine.dispose()
    return Counts(documents, claims)


@contextmanager
def _without_full_text(connection: Connection) -> Iterator[None]:
    """Lets rows go in without the triggers of the search, then builds its tables at once."""
    listed = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%\\_fts%' ESCAPE '\\'"
    triggers = connection.exec_driver_sql(listed).all()
    for name, _ in triggers:
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
    yield
    for table in ("claims_fts", "texts_fts"):
        connection.exec_driver_sql(f"INSERT INTO {table} ({table}) VALUES ('rebuild')")  # noqa: S608 - two constants
    for _, statement in triggers:
        connection.exec_driver_sql(statement)


def _insert(connection: Connection, rows: Rows) -> None:
    for name in METADATA.tables:
        if rows.get(name):
            connection.execute(sa.insert(METADATA.tables[name]), rows[name])


def _documents(connection: Connection, world: World, documents: int, claims: int) -> None:
    rows: Rows = defaultdict(list)
    left = claims
    for number in range(documents):
        # Five to fifteen each, and in the end exactly as many as were asked for.
        still = documents - number
        many = left if still == 1 else max(0, min(world.rng.randint(5, 15), left - (still - 1) * 5, left))
        left -= many
        _document(world, rows, number / documents, many)
        if (number + 1) % _BATCH == 0 or still == 1:
            _insert(connection, rows)
            rows.clear()


# ------------------------------------------------------------------ what all documents share


def _shared_rows(world: World) -> Rows:
    # A person belongs to the organisation before; organisations go in first, for the foreign key.
    parties: list[dict[str, Any]] = [
        {
            "id": at + 1,
            "name": name,
            "kind": "person" if at % 2 else "organisation",
            "affiliation_id": at if at % 2 else None,
            "aliases": [],
        }
        for at, name in enumerate(world.parties)
    ]
    outlets = [
        {"id": at + 1, "name": name, "domain": f"{name.split()[0].lower()}.example", "kind": "news", "country": "GB"}
        for at, name in enumerate(world.outlets)
    ]
    return {"parties": parties, "outlets": outlets, "sources": world.sources}


# ------------------------------------------------------------------ one document


@dataclass(frozen=True, slots=True)
class _Version:
    """One text of a document: its row's id, and where the sentence of each of its claims begins."""

    text_id: int
    at: datetime
    sentences: tuple[int, ...]


def _document(world: World, rows: Rows, when: float, many: int) -> None:
    rng, number = world.rng, world.number("documents")
    seen = _FIRST_DAY + timedelta(days=when * _DAYS, seconds=rng.randrange(50_000))
    title = f"{world.parties[world.common(PARTIES)]} asked about {rng.choice(THINGS)} in {world.place()}"
    kind, outlet = drawn(rng, _DOCUMENTS), world.common(OUTLETS)
    name = world.outlets[outlet]
    url = None if kind == "email" else f"https://{name.split()[0].lower()}.example/story/{number}"
    message = f"{number}@mail.example" if kind == "email" else None
    published = (seen - timedelta(days=rng.randrange(3))).strftime("%Y-%m-%d")
    rows["documents"].append({
        "id": number, "key": url or message, "kind": kind, "url": url, "message_id": message, "label": title,
        "title": title, "byline": world.parties[world.organisation() + 1], "outlet_id": outlet + 1,
        "published": published, "modified": None, "language": "en", "won_by": {"title": "json-ld"},
        "first_seen": _utc(seen), "last_checked": _utc(seen + timedelta(days=2)), "next_check": None,
    })  # fmt: skip
    about = {"document_id": number, "outlet_id": outlet + 1, "published": published, "year": published[:4]}
    written = [write_claim(world) for _ in range(many)]
    paragraphs = [paragraph(world, claim) for claim in written]
    footer = f"Sign up for the letter of {name}. All rights reserved."
    versions = [_version(world, rows, number, [title, *paragraphs, footer], seen)]
    # One page in twelve was fetched again, when its last paragraph had gone.
    if many > 1 and rng.random() < 1 / 12:
        later = seen + timedelta(days=1)
        versions.append(_version(world, rows, number, [title, *paragraphs[:-1], footer], later))
    for position, claim in enumerate(written):
        _claim_rows(world, rows, about, claim, position, versions)


def _version(
    world: World, rows: Rows, document_id: int, pieces: Sequence[str | tuple[str, int]], at: datetime
) -> _Version:
    """One fetched version with its text and passages: a heading, paragraphs, a footer."""
    snapshot_id, text_id = world.number("snapshots"), world.number("texts")
    words = [piece if isinstance(piece, str) else piece[0] for piece in pieces]
    text = "\n\n".join(words)
    roles = ("heading", *("paragraph" for _ in pieces[2:]), "boilerplate")
    sentences, start = [], 0
    for piece, role in zip(pieces, roles, strict=True):
        length = len(piece if isinstance(piece, str) else piece[0])
        level = int(role == "heading")
        rows["passages"].append({
            "text_id": text_id, "start": start, "end": start + length, "role": role, "speaker": None, "level": level,
        })  # fmt: skip
        if not isinstance(piece, str):
            sentences.append(start + piece[1])
        start += length + 2
    rows["snapshots"].append({
        "id": snapshot_id, "document_id": document_id, "input": f"page-{snapshot_id}.html", "fetched_at": _utc(at),
        "final_url": None, "status": 200, "content_type": "text/html", "sha256": sha256_of(f"page {snapshot_id}"),
        "size": len(text) * 3, "warc_file": None, "warc_offset": None,
    })  # fmt: skip
    rows["texts"].append({
        "id": text_id, "snapshot_id": snapshot_id, "extractor": "generic", "extractor_version": "1", "text": text,
        "sha256": sha256_of(text),
    })  # fmt: skip
    return _Version(text_id, at, tuple(sentences))


# ------------------------------------------------------------------ one claim


def _claim_rows(
    world: World, rows: Rows, about: dict[str, Any], claim: Claim, position: int, versions: Sequence[_Version]
) -> None:
    """The claim's row and all that hangs on it, at its place in the last version that has it."""
    rng, claim_id = world.rng, world.number("claims")
    holding = [version for version in versions if position < len(version.sentences)]
    text_id, at, place = holding[-1].text_id, holding[-1].at, holding[-1].sentences[position]
    quote = claim.sentence[claim.start : claim.end]
    is_withdrawn = rng.random() < 0.02
    state = "withdrawn" if is_withdrawn else "present" if holding[-1] is versions[-1] else "absent"
    workflow = drawn(rng, _WORKFLOW)
    verdict = drawn(rng, _VERDICTS) if workflow == "approved" or (workflow != "new" and rng.random() < 0.5) else None
    subject, speaker = world.parties[claim.subject], world.parties[claim.speaker]
    organisation = world.parties[claim.speaker - 1]
    outlet = world.outlets[about["outlet_id"] - 1]
    rows["claims"].append({
        **about, "id": claim_id, "key": hashlib.sha256(f"{SEED}:{claim_id}".encode()).hexdigest(), "text_id": text_id,
        "quote": quote, "kind": claim.kind, "also_kinds": [], "subject_id": claim.subject + 1,
        "speaker_id": claim.speaker + 1, "origin_id": claim.speaker,
        "chain": [{"name": outlet, "role": "publisher", "organisation": None, "identified": True},
                  {"name": speaker, "role": "reported", "organisation": organisation, "identified": True}],
        "names": "; ".join(dict.fromkeys((subject, speaker, organisation))),
        "figure_text": claim.figure.words if claim.figure else None, "weight": claim.weight,
        "stance": claim.stance, "as_of": about["year"] if rng.random() < 0.3 else None, "sourcing": claim.sourcing,
        "sourcing_reason": "", "workflow": workflow, "verdict": verdict or "unchecked", "state": state,
        "reader_version": "1", "first_seen": _utc(versions[0].at), "updated_at": _utc(at),
    })  # fmt: skip
    rows["claim_kinds"].append({"claim_id": claim_id, "kind": claim.kind, "position": 0})
    rows["claim_spans"].extend(
        {"claim_id": claim_id, "text_id": version.text_id, "start": version.sentences[position] + claim.start,
         "end": version.sentences[position] + claim.end, "sentence_start": version.sentences[position],
         "sentence_end": version.sentences[position] + len(claim.sentence), "quote": quote,
         "is_current": not is_withdrawn}
        for version in holding
    )  # fmt: skip
    if claim.figure:
        _figure_row(rows, claim_id, claim, claim.figure, place, verdict)
    _evidence_rows(world, rows, claim_id, claim, place, at, verdict)
    _review_rows(rng, rows, claim_id, quote, speaker, organisation, claim.figure, workflow, verdict, at)


def _figure_row(rows: Rows, claim_id: int, claim: Claim, figure: Figure, place: int, verdict: str | None) -> None:
    start = place + claim.sentence.index(figure.words, claim.start)
    rows["figures"].append({
        "claim_id": claim_id, "position": 0, "start": start, "end": start + len(figure.words), "text": figure.words,
        "value": figure.value, "low": figure.value, "high": figure.value, "unit": figure.unit,
        "unit_stated": figure.unit_stated, "unit_reason": None if figure.unit_stated else "the document's currency",
        "dimension": figure.dimension, "comparator": "=", "trend": None, "of": None, "date": figure.date,
        "confirmed_by": "ada" if verdict and not figure.unit_stated else None,
    })  # fmt: skip


def _evidence_rows(
    world: World, rows: Rows, claim_id: int, claim: Claim, place: int, at: datetime, verdict: str | None
) -> None:
    """What the reader found, and for most claims with a verdict what a person attached."""
    none = {"name": None, "start": None, "end": None, "locator": None, "excerpt": None, "by_whom": None}
    if claim.source is not None and claim.mention is not None:
        source = world.sources[claim.source]
        rows["evidence"].append({
            **none, "claim_id": claim_id, "source_id": claim.source + 1, "relation": "mentions",
            "how": "linked" if claim.sourcing != "named" and source["url"] else "named", "name": source["title"],
            "start": place + claim.mention[0], "end": place + claim.mention[1], "created_at": _utc(at),
        })  # fmt: skip
    if claim.sourcing == "primary" or (verdict is not None and world.rng.random() < 0.8):
        rows["evidence"].append({
            **none, "claim_id": claim_id, "source_id": world.common(len(world.sources)) + 1, "how": "attached",
            "relation": "contradicts" if verdict == "contradicted" else "supports", "locator": "page 3",
            "by_whom": "ada", "created_at": _utc(at),
        })  # fmt: skip


def _review_rows(
    rng: random.Random, rows: Rows, claim_id: int, quote: str, speaker: str, origin: str, figure: Figure | None,
    workflow: str, verdict: str | None, at: datetime
) -> None:  # fmt: skip
    """The moves that brought the claim where it is."""
    if workflow == "new":
        return
    figures = [] if figure is None else [{
        "text": figure.words, "value": figure.value, "low": figure.value, "high": figure.value, "unit": figure.unit,
        "unit_stated": figure.unit_stated, "dimension": figure.dimension, "comparator": "=", "trend": None,
        "date": figure.date,
    }]  # fmt: skip
    reading = {"quote": quote, "speaker": speaker, "origin": origin, "figures": figures}
    digest = digest_of(reading)
    moves: list[tuple[str, str, str, str, str, str | None]] = [
        ("flag", "new", "in_review", "unchecked", "unchecked", "The figure looks high.")
    ]
    if verdict is not None:
        moves.append(("verdict", "in_review", "in_review", "unchecked", verdict, None))
    if workflow in ("approved", "rejected"):
        move, so_far = {"approved": "approve", "rejected": "reject"}[workflow], verdict or "unchecked"
        moves.append((move, "in_review", workflow, so_far, so_far, None if move == "approve" else "No claim at all."))
    for number, (move, before, after, old, new, note) in enumerate(moves):
        name, role = _PEOPLE[2] if move == "approve" else rng.choice(_PEOPLE)
        rows["reviews"].append({
            "claim_id": claim_id, "at": _utc(at + timedelta(hours=number + 1)), "by_whom": name, "role": role,
            "move": move, "from_workflow": before, "to_workflow": after, "from_verdict": old, "to_verdict": new,
            "note": note, "digest": digest, "reading": reading, "detail": None,
        })  # fmt: skip


def _utc(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%S.000Z")
