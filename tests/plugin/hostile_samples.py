"""A database in which every text that comes from outside, or from people, is a hostile string."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Engine

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
from db.store import store_document
from tracker import desk
from tracker.desk_requests import BadMove

NOW = "2026-02-03T10:00:00Z"
_COST = " cost £5 million"
_SOURCING = ("none", "named", "firsthand", "anonymous", "linked")


@dataclass(frozen=True, slots=True)
class Stored:
    """What was stored: the claims' ids by the words in them, and how many addresses the desk refused."""

    claims: dict[str, int]
    documents: int
    refused: int


def fill(path: Path, groups: Sequence[str], claims_a_document: int = 10) -> Stored:
    """Makes the database: a claim for each of the groups of strings, which stand in every field of it."""
    engine = open_database(path)
    ids: dict[str, int] = {}
    refused = 0
    try:
        chunks = [groups[at : at + claims_a_document] for at in range(0, len(groups), claims_a_document)]
        for number, chunk in enumerate(chunks):
            ids.update(_document(engine, number, chunk))
        for position, (words, claim_id) in enumerate(ids.items()):
            refused += _moves(engine, claim_id, words.replace("\0", ""), position)
    finally:
        engine.dispose()
    return Stored(ids, len(chunks), refused)


def _document(engine: Engine, number: int, words: Sequence[str]) -> dict[str, int]:
    title = " ".join(words)
    sentences = [f"The board said that {each}{_COST} in {2000 + at}." for at, each in enumerate(words)]
    text = "\n\n".join([title, *sentences])
    starts, length = [], len(title)
    for sentence in sentences:
        starts.append(length + 2)
        length += 2 + len(sentence)
    passages = [PassageRecord(0, len(title), "heading", title, 1)]
    passages += [
        PassageRecord(start, start + len(sentence), "answer", each)
        for start, sentence, each in zip(starts, sentences, words, strict=True)
    ]
    claims = [
        _claim(number, each, text, start, len(s)) for each, start, s in zip(words, starts, sentences, strict=True)
    ]
    key = f"https://news.example.org/hostile/{number}"
    record = DocumentRecord(
        key=key, kind="article", label=title, url=words[number % len(words)], message_id=f"{number}{words[0]}",
        title=title, byline=title, publisher=words[0], published="2026-01-30", language="en",
        won_by={words[0]: words[-1]},
    )  # fmt: skip
    snapshot = SnapshotRecord(
        input=title, fetched_at=NOW, sha256=sha256_of(text), size=len(text), final_url=words[0], status=200,
        content_type=words[0], warc_file=words[0], warc_offset=0,
    )  # fmt: skip
    texts = TextRecord("generic", "1", text, tuple(passages))
    done = store_document(engine, record, snapshot, texts, claims, NOW, reader_version="1")
    assert done.claims_new == len(claims)
    with engine.connect() as connection:
        rows = connection.exec_driver_sql(
            "SELECT c.id, c.key FROM claims AS c WHERE c.document_id = ?", (done.document_id,)
        ).all()
    by_key = {key: int(claim_id) for claim_id, key in rows}
    return {each: by_key[claim.key] for each, claim in zip(words, claims, strict=True)}


def _claim(number: int, words: str, text: str, sentence: int, length: int) -> ClaimRecord:
    start = sentence + len("The board said that ")
    end = start + len(words) + len(_COST)
    figure = text.index("£5 million", start + len(words))
    return ClaimRecord(
        key=hashlib.sha256(f"{number}{words}".encode()).hexdigest(),
        start=start,
        end=end,
        quote=text[start:end],
        sentence_start=sentence,
        sentence_end=sentence + length,
        kind="fine",
        also_kinds=("pay",),
        subject=f"{words} Ltd",
        speaker=words,
        chain=(
            TellerRecord(words, "publisher"),
            TellerRecord(f"{words} jr", "quoted", f"{words} & sons"),
        ),
        origin=f"{words} & sons",
        as_of=words,
        figures=(
            FigureRecord(
                figure, figure + len("£5 million"), "£5 million", 5e6, 5e6, 5e6, unit=words, unit_stated=False,
                unit_reason=words, dimension="money", of=words,
            ),
        ),
        sources=(
            SourceRecord(words, words, "linked", title=words, publisher=words, published=words, kind=words),
            SourceRecord(f"{words} report", None, "named"),
        ),
        sourcing=_SOURCING[number % len(_SOURCING)],
        sourcing_reason=words,
        figure_text=words,
    )  # fmt: skip


def _moves(engine: Engine, claim_id: int, words: str, position: int) -> int:
    """Every move with the words in all its fields; the number of addresses that the desk refused."""
    person = desk.Person(words or "nobody", "editor")
    # The desk takes no more in these fields.
    page = f"https://source.example/{claim_id}?q={quote(words[:100])}"
    refused = 0
    moves: list[desk.Request] = [
        desk.Flag(f"doubtful: {words}"),
        desk.Attach(
            url=page,
            title=f"A title: {words}"[:500],
            publisher=words[:200],
            kind=words[:100],
            locator=words[:500],
            excerpt=words,
            note=words,
        ),  # fmt: skip
        desk.Correct("subject", f"{words[:900]} and partners", note=words),
        desk.Verdict("supported" if position % 2 else "misleading", note=words),
        desk.Note(f"see {words}"),
    ]
    if position % 3 == 0:
        moves.append(desk.Approve(note=words))
    elif position % 7 == 1:
        moves.append(desk.Reject(f"no: {words}"))
    for minute, request in enumerate(moves):
        desk.move(engine, claim_id, person, request, now=f"2026-02-04T10:{minute:02}:00Z")
    try:
        desk.move(engine, claim_id, person, desk.Attach(url=words, title="x"), now="2026-02-04T11:00:00Z")
    except BadMove:
        refused += 1
    return refused
