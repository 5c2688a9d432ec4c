"""Documents made by hand for the pages of claims and documents: turns, overlaps, versions, a long text."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from db.engine import open_database
from db.records import (
    ClaimRecord,
    DocumentRecord,
    FigureRecord,
    PassageRecord,
    SnapshotRecord,
    SourceRecord,
    StoreResult,
    TellerRecord,
    TextRecord,
    sha256_of,
)
from db.store import store_document

NOW = "2026-03-01T08:00:00Z"
LATER = "2026-03-02T08:00:00Z"
URL = "https://news.example.org/talk"
LINES = (
    ("heading", None, "", "The bins of Larkholm"),
    ("boilerplate", None, "", "Subscribe to our letter"),
    ("question", "Nell Frost", "Nell Frost: ", "What did the depot lose?"),
    ("answer", "Omar Reed", "Omar Reed: ", "It lost 40 vans and 19 million in one winter."),
    ("answer", "Omar Reed", "", "Nobody was told. The mayor denies that 300 letters were burnt."),
    ("bullet", None, "• ", "Two depots closed."),
    ("bullet", None, "• ", "A third one may close."),
)
TALK = "".join(f"{label}{words}\n\n" for _, _, label, words in LINES)
#: The same page, with the claim about the letters gone.
EDITED = TALK.replace(" The mayor denies that 300 letters were burnt.", "")
VANS, MONEY = "It lost 40 vans", "19 million in one winter"
BOTH = "It lost 40 vans and 19 million in one winter"
LETTERS = "300 letters were burnt"
CHAIN = (
    TellerRecord("Larkholm Post", "publisher"),
    TellerRecord("Omar Reed", "speaker", organisation="Depot Workers"),
    TellerRecord("some drivers", "reported", identified=False),
)


def passages(text: str) -> tuple[PassageRecord, ...]:
    """The passages of the talk, as far as their words stand in the text."""
    found = []
    for role, speaker, _, words in LINES:
        kept = words if words in text else words.partition(". ")[0] + "."
        start = text.find(kept)
        if start < 0:
            continue
        found.append(PassageRecord(start, start + len(kept), role, speaker, 1 if role == "bullet" else 0))
    return tuple(found)


def claim(text: str, words: str, figures: tuple[str, ...] = (), **fields: object) -> ClaimRecord:
    """The claim of these words, whose sentence they are, with these figures."""
    start = text.index(words)
    marked = []
    for figure in figures:
        at = text.index(figure, start)
        marked.append(FigureRecord(at, at + len(figure), figure, 40, 40, 40))
    made = ClaimRecord(
        key=hashlib.sha256(words.encode()).hexdigest(),
        start=start,
        end=start + len(words),
        quote=words,
        sentence_start=start,
        sentence_end=start + len(words),
        kind="staffing",
        figures=tuple(marked),
        origin="Depot Workers",
        speaker="Omar Reed",
        chain=CHAIN,
        sourcing="none",
        sourcing_reason="neither links nor names a source",
    )
    return replace(made, **fields)  # type: ignore[arg-type]


def talk_claims(text: str) -> list[ClaimRecord]:
    """The claims of the talk: two inside a third, and one that is denied."""
    money = claim(text, MONEY, ("19 million",), kind="fine")
    inferred = replace(
        money.figures[0],
        value=19e6,
        low=19e6,
        high=19e6,
        unit="GBP",
        unit_stated=False,
        unit_reason="the page speaks of Britain",
        dimension="money",
    )
    made = [
        claim(text, VANS, ("40 vans",), figure_text="40 vans"),
        replace(money, figures=(inferred,), figure_text="£19,000,000 (currency inferred)"),
        claim(text, BOTH, ("40 vans", "19 million")),
    ]
    if LETTERS in text:
        source = SourceRecord("the county archive", None, "named")
        made.append(claim(text, LETTERS, ("300 letters",), stance="denied", sources=(source,), sourcing="named"))
    return made


def store(
    path: Path, text: str, claims: list[ClaimRecord], *, key: str = URL, now: str = NOW, **document: object
) -> StoreResult:
    """Stores one version of a document with these claims, as `tracker add` does."""
    given: dict[str, object] = {
        "title": "The bins of Larkholm",
        "byline": "Ivy Quill",
        "publisher": "Larkholm Post",
        "published": "2026-02-27",
        "won_by": {"title": "h1", "byline": "json-ld"},
        "url": key,
    }
    record = DocumentRecord(key=key, kind="interview", label="The bins of Larkholm", **{**given, **document})  # type: ignore[arg-type]
    raw = text.encode()
    cut = passages(text) if text.startswith("The bins") else (PassageRecord(0, len(text), "paragraph"),)
    engine = open_database(path)
    try:
        return store_document(
            engine,
            record,
            SnapshotRecord(key, now, sha256_of(raw), len(raw), final_url=key, status=200),
            TextRecord("generic", "1", text, cut),
            claims,
            now,
            reader_version="1",
        )
    finally:
        engine.dispose()


def talk(path: Path) -> StoreResult:
    """The talk, in a database that is made where it is missing."""
    return store(path, TALK, talk_claims(TALK))


def edited(path: Path) -> StoreResult:
    """The talk's second version."""
    return store(path, EDITED, talk_claims(EDITED), now=LATER)


def long_text(path: Path, size: int) -> tuple[StoreResult, str]:
    """A document of so many characters, with a claim in its first and its last line."""
    first, last = "The first 11 boats sank", "The last 12 boats sank"
    filler = "The harbour was quiet that day.\n"
    text = f"{first}.\n" + filler * ((size - 60) // len(filler)) + f"{last}.\n"
    claims = [claim(text, first, ("11 boats",)), claim(text, last, ("12 boats",))]
    return store(path, text, claims, key="https://news.example.org/long", title="Boats"), text
