"""A database of many small claims in one document a dozen, for the tests of the pages for browsing."""

from __future__ import annotations

import hashlib
from pathlib import Path

import sqlalchemy as sa

from db.engine import open_database, writing
from db.models import table
from db.records import ClaimRecord, DocumentRecord, FigureRecord, PassageRecord, SnapshotRecord, TextRecord, sha256_of
from db.store import store_document

NOW = "2026-02-03T10:00:00Z"
KINDS = ("fine", "poll", "pay")
SOURCINGS = ("none", "anonymous", "firsthand", "named", "linked", "none")
A_DOCUMENT = 12


def fill(path: Path, documents: int) -> Path:
    """Makes the database; every claim has its own weight but for ties, so that the order can be told."""
    engine = open_database(path)
    for number in range(1, documents + 1):
        words = "\n".join(_sentence(number, at) for at in range(A_DOCUMENT)) + "\n"
        raw = words.encode()
        store_document(
            engine,
            DocumentRecord(f"https://a.example/{number}", "article", f"Report {number}", publisher="Ledger"),
            SnapshotRecord(f"https://a.example/{number}", NOW, sha256_of(raw), len(raw)),
            TextRecord("generic", "1", words, (PassageRecord(0, len(words), "paragraph"),)),
            [_claim(words, number, at) for at in range(A_DOCUMENT)],
            NOW,
            reader_version="1",
        )
    claim = table("claims")
    with writing(engine) as connection:
        connection.execute(sa.update(claim).values(weight=(claim.c.id * 7) % 11))
    engine.dispose()
    return path


def _sentence(number: int, at: int) -> str:
    return f"Depot {number} lost {at + 2} vans on route {number * 100 + at}."


def _claim(words: str, number: int, at: int) -> ClaimRecord:
    sentence = _sentence(number, at)
    start, figure = words.index(sentence), f"{at + 2} vans"
    begin = words.index(figure, start)
    vans = FigureRecord(begin, begin + len(figure), figure, at + 2, at + 2, at + 2, unit="van", dimension="count")
    return ClaimRecord(
        key=hashlib.sha256(sentence.encode()).hexdigest(),
        start=start,
        end=start + len(sentence),
        quote=sentence,
        sentence_start=start,
        sentence_end=start + len(sentence),
        kind=KINDS[at % 3],
        sourcing=SOURCINGS[at % 6],
        figures=(vans,),
        subject=f"Depot {number}",
    )
