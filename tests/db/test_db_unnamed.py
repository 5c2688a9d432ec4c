"""Whoever is not named in one document is nobody that another document speaks of."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from db_samples import DOCUMENT, LATER, NOW, PAGE, READER, claims, fine, idle, snapshot, survey, text
from sqlalchemy import Engine

from db.checks import run_checks
from db.records import ClaimRecord, SourceRecord, anonymous_key
from db.sources import attach_source
from db.store import get_claim, list_claims, store_document

INSIDER = SourceRecord("a source close to the board", None, "anonymous", 0, 5)


def stored(engine: Engine, number: int, found: list[ClaimRecord]) -> None:
    document = replace(DOCUMENT, key=f"https://a.test/{number}", url=f"https://a.test/{number}")
    own = [replace(claim, key=f"{number}{claim.key[2:]}{number}") for claim in found]
    store_document(engine, document, snapshot(PAGE), text(PAGE), own, NOW, reader_version=READER)


def rows(engine: Engine, sql: str) -> list[tuple[Any, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(sql)]


def unnamed(engine: Engine) -> list[tuple[Any, ...]]:
    return rows(engine, "SELECT key, label, kind, url FROM sources WHERE kind = 'anonymous' ORDER BY key")


def attach(engine: Engine, claim_id: int, title: str, kind: str | None = None, relation: str = "supports") -> int:
    with engine.begin() as connection:
        done = attach_source(
            connection, claim_id, by_whom="ann", now=LATER, relation=relation, url=None, title=title, publisher=None,
            kind=kind, is_primary=False, published=None, locator=None, excerpt=None,
        )  # fmt: skip
        return int(done["source_id"])


def test_each_document_has_its_own_and_one_document_one(engine: Engine) -> None:
    for number in (1, 2):
        found = [fine(PAGE, sources=(INSIDER,), sourcing="anonymous"), idle(PAGE, sources=(INSIDER,))]
        stored(engine, number, found)
    label = "a source close to the board"
    assert unnamed(engine) == [(f"UNNAMED IN {number}: {label}", label, "anonymous", None) for number in (1, 2)]
    shared = rows(engine, "SELECT source_id, count(*) FROM evidence WHERE how = 'anonymous' GROUP BY source_id")
    assert [count for _, count in shared] == [2, 2]
    stored(engine, 1, [fine(PAGE, sources=(INSIDER,), sourcing="anonymous"), idle(PAGE, sources=(INSIDER,))])
    assert len(unnamed(engine)) == 2
    with engine.connect() as connection:
        assert run_checks(connection) == []


def test_a_name_that_another_document_gives_in_the_same_words_is_another_source(engine: Engine) -> None:
    named = replace(INSIDER, how="named")
    stored(engine, 1, [fine(PAGE, sources=(named, INSIDER))])
    keys = [row[0] for row in rows(engine, "SELECT key FROM sources ORDER BY key")]
    assert keys == [anonymous_key(1, INSIDER.name), INSIDER.name]


def test_the_words_that_show_it_are_kept_with_the_claim(engine: Engine) -> None:
    stored(engine, 1, [fine(PAGE, sources=(INSIDER,), sourcing="anonymous"), survey(PAGE)])
    claim = list_claims(engine, lacking_source=True)[0]
    assert [(s.name, s.how, s.kind, s.url) for s in claim.sources] == [(INSIDER.name, "anonymous", "anonymous", None)]
    (evidence,) = get_claim(engine, claim.id).evidence
    assert (evidence.name, evidence.how, evidence.relation) == (INSIDER.name, "anonymous", "mentions")


def test_somebody_unnamed_whom_a_person_attached_is_of_that_document_too(engine: Engine) -> None:
    for number in (1, 2):
        stored(engine, number, claims(PAGE))
    first, second = attach(engine, 1, "A  board member", "anonymous"), attach(engine, 4, "A board member", "anonymous")
    assert first != second
    # Attached again, by its name alone, as the page of the claim does, it is the same source.
    assert attach(engine, 1, "A board member", relation="mentions") == first
    # Elsewhere that name is one that people gave to a source.
    assert attach(engine, 2, "A board member") not in (first, second)


def test_what_the_table_of_publishers_learns_is_filled_in(engine: Engine) -> None:
    page = SourceRecord("stats.test", "https://stats.test/1", "linked", 0, 3)
    stored(engine, 1, [fine(PAGE, sources=(page,), sourcing="linked")])
    known = replace(page, name="Stats Board", kind="statistics", publisher="Stats Board", is_primary=True)
    stored(engine, 1, [fine(PAGE, sources=(known,), sourcing="linked")])
    query = "SELECT kind, publisher, is_primary FROM sources WHERE url = 'https://stats.test/1'"
    assert rows(engine, query) == [("statistics", "Stats Board", 1)]
    # A later table that knows less takes nothing away.
    stored(engine, 1, [fine(PAGE, sources=(page,), sourcing="linked")])
    assert rows(engine, query) == [("statistics", "Stats Board", 1)]
