"""Readings made by hand, for the tests of the database; every sentence was written for them."""

from __future__ import annotations

import hashlib
from dataclasses import replace

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

NOW = "2026-01-05T09:00:00Z"
LATER = "2026-01-06T09:00:00Z"
READER = "1.0"
URL = "https://www.example.org/news/tagging"

FINE = "Northgate Services was fined £23 million over the tagging contracts."
SURVEY = "The council says that only 15% of residents trust the company."
STAFF = "Staff say that 40 vans stood idle for a month."
PAGE = f"A contract goes wrong\n\n{FINE} {SURVEY}\n\n{STAFF}\n"
DUMP = f"Menu\nSearch\n\nA contract goes wrong\n\n{FINE} {SURVEY}\n\n{STAFF}\n\nShare this page\n"

DOCUMENT = DocumentRecord(
    key=URL,
    kind="article",
    label="A contract goes wrong",
    url=URL,
    title="A contract goes wrong",
    byline="Jo Writer",
    publisher="The Example",
    published="2025-12-30",
    language="en",
    won_by={"title": "json-ld", "published": "json-ld"},
)


def snapshot(content: str, given: str = URL) -> SnapshotRecord:
    """A snapshot whose bytes are these."""
    raw = content.encode()
    return SnapshotRecord(given, NOW, sha256_of(raw), len(raw), content_type="text/html", final_url=URL, status=200)


def text(content: str, extractor: str = "generic", version: str = "1") -> TextRecord:
    """A text cut into one passage a line."""
    passages = []
    at = 0
    for line in content.splitlines(keepends=True):
        if line.strip():
            passages.append(PassageRecord(at, at + len(line.rstrip()), "paragraph"))
        at += len(line)
    return TextRecord(extractor, version, content, tuple(passages))


def claim(content: str, sentence: str, figure: FigureRecord, **fields: object) -> ClaimRecord:
    """The claim that is a whole sentence of the content; its figure's offsets are found by its words."""
    start = content.index(sentence)
    end = start + len(sentence)
    at = content.index(figure.text, start)
    made = ClaimRecord(
        key=hashlib.sha256(f"{URL}|{figure.text}|{sentence}".encode()).hexdigest(),
        start=start,
        end=end,
        quote=sentence,
        sentence_start=start,
        sentence_end=end,
        kind="fine",
        figures=(replace(figure, start=at, end=at + len(figure.text)),),
    )
    return replace(made, **fields)  # type: ignore[arg-type]


def figure(words: str, value: float, **fields: object) -> FigureRecord:
    """A figure whose offsets are still to be found."""
    return replace(FigureRecord(0, len(words), words, value, value, value), **fields)  # type: ignore[arg-type]


def fine(content: str, **fields: object) -> ClaimRecord:
    """The fine, told by the outlet itself, resting on nothing."""
    given: dict[str, object] = {
        "subject": "Northgate Services",
        "origin": "The Example",
        "chain": (TellerRecord("The Example", "publisher"),),
        "also_kinds": ("contract",),
        "figure_text": "23,000,000 GBP",
        "sourcing_reason": "no source is named",
    }
    money = figure("£23 million", 23_000_000, unit="GBP", dimension="money")
    return claim(content, FINE, money, **{**given, **fields})


def survey(content: str, **fields: object) -> ClaimRecord:
    """The poll, told by the council, resting on a link."""
    at = content.index("The council", content.index(SURVEY))
    given: dict[str, object] = {
        "kind": "poll",
        "subject": "Northgate Services",
        "speaker": "Ann Clerk",
        "origin": "Westbury Council",
        "chain": (
            TellerRecord("The Example", "publisher"),
            TellerRecord("Ann Clerk", "quoted", organisation="Westbury Council"),
        ),
        "sources": (SourceRecord("The council", "https://data.example.net/survey", "linked", at, at + 11),),
        "sourcing": "linked",
        "figure_text": "15 %",
    }
    share = figure("15%", 15, unit="percent", dimension="proportion")
    return claim(content, SURVEY, share, **{**given, **fields})


def idle(content: str, **fields: object) -> ClaimRecord:
    """The vans, told by unnamed staff."""
    at = content.index("Staff", content.index(STAFF))
    given: dict[str, object] = {
        "kind": "tracing",
        "subject": "Northgate Services",
        "origin": "The Example",
        "sources": (SourceRecord("Staff", None, "anonymous", at, at + 5),),
        "sourcing": "anonymous",
    }
    return claim(content, STAFF, figure("40", 40, unit="van", dimension="count", of="vans"), **{**given, **fields})


def claims(content: str) -> list[ClaimRecord]:
    """All three."""
    return [fine(content), survey(content), idle(content)]
