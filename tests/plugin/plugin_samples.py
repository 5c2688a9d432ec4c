"""Readings made by hand, hostile ones among them, for the tests of the pages; all written for them."""

from __future__ import annotations

import hashlib
from pathlib import Path

from db.engine import open_database
from db.records import (
    ClaimRecord,
    DocumentRecord,
    FigureRecord,
    PassageRecord,
    SnapshotRecord,
    SourceRecord,
    TellerRecord,
    TextRecord,
    sha256_of,
)
from db.store import record_failure, store_document

NOW = "2026-02-03T10:00:00Z"
FINE = "Harbour Cleaning was fined £23 million for invoices that nobody could explain."
POLL = "A survey found that 15% of tenants trust the company."
HOSTILE = 'Bosses paid "><script>alert(1)</script> £4 million to =HYPERLINK("http://evil.example") friends.'
TITLE = "Cleaning up <img src=x onerror=alert(2)>"
NOT_A_LINK = "javascript:alert(3)"
PAGE = f"{TITLE}\n\n{FINE} {POLL}\n\n{HOSTILE}\n"


def fill(path: Path) -> Path:
    """Makes a database with one document of three claims, and one input that failed."""
    engine = open_database(path)
    try:
        record = DocumentRecord(
            key="https://news.example.org/cleaning",
            kind="article",
            label=TITLE,
            url="https://news.example.org/cleaning",
            title=TITLE,
            publisher="Quayside News",
            published="2026-01-30",
            language="en",
            won_by={"title": "json-ld", "published": "stated"},
        )
        store_document(engine, record, _snapshot(PAGE, record.url), _text(PAGE), _claims(PAGE), NOW, reader_version="1")
        record_failure(engine, None, "https://news.example.org/lost", "fetch", "404", "see the address", NOW)
    finally:
        engine.dispose()
    return path


def add_one(path: Path, words: str) -> None:
    """Adds a second document with one claim of these words, as `tracker add` does while it is served."""
    engine = open_database(path)
    try:
        record = DocumentRecord(key="m1@mail.example", kind="email", label="A letter", message_id="m1@mail.example")
        made = _claim(words, words, words.split()[0], kind="staffing")
        store_document(engine, record, _snapshot(words, None), _text(words), [made], NOW, reader_version="1")
    finally:
        engine.dispose()


def _snapshot(content: str, url: str | None) -> SnapshotRecord:
    raw = content.encode()
    return SnapshotRecord(url or "letter.eml", NOW, sha256_of(raw), len(raw), final_url=url, status=200)


def _text(content: str) -> TextRecord:
    return TextRecord("generic", "1", content, (PassageRecord(0, len(content), "paragraph"),))


def _claim(content: str, sentence: str, figure: str, **fields: object) -> ClaimRecord:
    start = content.index(sentence)
    at = content.index(figure, start)
    given: dict[str, object] = {
        "key": hashlib.sha256(sentence.encode()).hexdigest(),
        "start": start,
        "end": start + len(sentence),
        "quote": sentence,
        "sentence_start": start,
        "sentence_end": start + len(sentence),
        "kind": "fine",
        "figures": (FigureRecord(at, at + len(figure), figure, 1, 1, 1),),
    }
    return ClaimRecord(**{**given, **fields})  # type: ignore[arg-type]


def _claims(content: str) -> list[ClaimRecord]:
    tellers = (TellerRecord("Quayside News", "publisher"), TellerRecord("Harbour Cleaning's chair", "quoted"))
    sources = (
        SourceRecord("A survey", "https://data.example.net/survey?id=7", "linked"),
        SourceRecord("their blog", NOT_A_LINK, "linked"),
    )
    return [
        _claim(
            content,
            FINE,
            "£23 million",
            subject="Harbour Cleaning",
            origin="Quayside News",
            also_kinds=("settlement",),
            chain=tellers,
            figure_text="23,000,000 GBP",
        ),
        _claim(
            content,
            POLL,
            "15%",
            kind="poll",
            subject="Harbour Cleaning",
            speaker="Ada Tenant",
            origin="Tenants' Union",
            sourcing="linked",
            sources=sources,
        ),
        _claim(content, HOSTILE, "£4 million", kind="pay", subject="<b>Bosses</b>", sourcing="anonymous"),
    ]
