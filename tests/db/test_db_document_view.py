"""What the page of a document reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
import sqlalchemy as sa
from db_samples import DOCUMENT, DUMP, FINE, LATER, NOW, PAGE, READER, SURVEY, claims, fine, idle, snapshot, text
from sqlalchemy import Engine

from db.document_view import DocumentView, document_view
from db.records import ClaimRecord
from db.store import store_document


def whole(words: str) -> Sequence[tuple[int, int]]:
    return [(0, len(words))]


def halves(words: str) -> Sequence[tuple[int, int]]:
    middle = words.index(SURVEY)
    return [(0, middle), (middle, len(words))]


def store(
    engine: Engine,
    content: str,
    made: list[ClaimRecord],
    now: str = NOW,
    extractor: str = "generic",
    version: str = "1",
) -> None:
    kept = replace(snapshot(content), fetched_at=now)
    read = text(content, extractor, version)
    store_document(engine, DOCUMENT, kept, read, made, now, reader_version=READER)


def view(engine: Engine, cutter: object = whole, **asked: int) -> DocumentView:
    found = document_view(engine, 1, cutter, **asked)  # type: ignore[arg-type]
    assert found is not None
    return found


def test_all_that_is_known(engine: Engine) -> None:
    store(engine, PAGE, claims(PAGE))
    found = view(engine)
    assert (found.document.label, found.document.publisher, found.document.outlet_id) == (
        "A contract goes wrong",
        "The Example",
        1,
    )
    assert found.document.won_by == {"title": "json-ld", "published": "json-ld"}
    assert found.text == PAGE
    assert [PAGE[item.start : item.end] for item in found.passages] == [
        line for line in PAGE.splitlines() if line.strip()
    ]
    assert [item.claim.id for item in found.claims] == [1, 2, 3]
    assert [PAGE[start:end] for start, end in found.figures] == ["£23 million", "15%", "40"]
    assert (found.in_text, dict(found.states)) == (3, {"present": 3})
    assert found.is_newest


def test_the_newest_version_is_shown_unless_another_is_asked_for(engine: Engine) -> None:
    store(engine, PAGE, claims(PAGE))
    edited = PAGE.replace(SURVEY, "")
    store(engine, edited, [fine(edited), idle(edited)], LATER)
    newest = view(engine)
    assert (newest.version.id, newest.text, newest.is_newest) == (2, edited, True)
    assert [item.claim.id for item in newest.claims] == [1, 3]
    assert dict(newest.states) == {"absent": 1, "present": 2}
    older = view(engine, snapshot_id=1)
    assert (older.version.id, older.is_newest) == (1, False)
    assert {item.claim.id: item.claim.state for item in older.claims} == {1: "present", 2: "absent", 3: "present"}
    assert [version.id for version in older.versions] == [2, 1]


def test_a_figures_words_are_found_again_in_another_text(engine: Engine) -> None:
    store(engine, PAGE, claims(PAGE))
    store(engine, DUMP, claims(DUMP), LATER, "dump")
    older = view(engine, snapshot_id=1)
    assert [PAGE[start:end] for start, end in older.figures] == ["£23 million", "15%", "40"]


def test_the_text_read_last_is_shown_and_the_other_can_be_asked_for(engine: Engine) -> None:
    store(engine, PAGE, claims(PAGE))
    store(engine, PAGE, [fine(PAGE)], version="2")
    found = view(engine)
    assert [(brief.id, brief.extractor_version) for brief in found.version.texts] == [(2, "2"), (1, "1")]
    assert found.shown.id == 2
    assert [item.claim.id for item in found.claims] == [1]
    assert view(engine, text_id=1).shown.id == 1
    # Its claims are withdrawn: they are not marked on the old text either, unless one is asked for.
    assert [item.claim.id for item in view(engine, text_id=1).claims] == []
    asked = view(engine, claim_id=2)
    assert asked.shown.id == 1
    assert [(item.claim.id, item.is_current) for item in asked.claims] == [(2, False)]


def test_one_part_at_a_time(engine: Engine) -> None:
    store(engine, PAGE, claims(PAGE))
    first, second = view(engine, halves), view(engine, halves, part=1)
    assert [item.claim.id for item in first.claims] == [1]
    assert [item.claim.id for item in second.claims] == [2, 3]
    assert FINE in PAGE[first.cuts[0][0] : first.cuts[0][1]]
    assert first.in_text == second.in_text == 3
    assert view(engine, halves, claim_id=3).part == 1
    assert view(engine, halves, claim_id=99).part == 0


@pytest.mark.parametrize("asked", [{"snapshot_id": 9}, {"text_id": 9}, {"part": 5}, {"part": -1}])
def test_what_there_is_not(engine: Engine, asked: dict[str, int]) -> None:
    store(engine, PAGE, claims(PAGE))
    assert document_view(engine, 1, whole, **asked) is None  # type: ignore[arg-type]
    assert document_view(engine, 2, whole) is None


def test_another_documents_version_is_none_of_this_one(engine: Engine) -> None:
    store(engine, PAGE, claims(PAGE))
    other = replace(DOCUMENT, key="https://www.example.org/other", url="https://www.example.org/other")
    store_document(engine, other, snapshot("Other\n"), text("Other\n"), [], NOW, reader_version=READER)
    assert document_view(engine, 1, whole, snapshot_id=2) is None
    found = document_view(engine, 2, whole, snapshot_id=2)
    assert found is not None
    assert found.claims == ()


def test_many_versions_are_not_all_listed_but_the_one_shown_is(engine: Engine) -> None:
    for number in range(55):
        content = f"{PAGE}Edition {number}\n"
        store(engine, content, [fine(content)], f"2026-01-05T09:00:{number:02}Z")
    found = view(engine, snapshot_id=2)
    assert (len(found.versions), found.all_versions) == (51, 55)
    assert found.versions[-1].id == 2


def test_the_queries_use_indexes(engine: Engine) -> None:
    store(engine, PAGE, claims(PAGE))
    asked: list[str] = []
    sa.event.listen(engine, "before_cursor_execute", lambda c, cursor, statement, *rest: asked.append(statement))
    view(engine, claim_id=1)
    from db.claim_view import claim_view

    claim_view(engine, 1)
    with engine.connect() as connection:
        for statement in [one for one in asked if one.lstrip().upper().startswith(("SELECT", "WITH"))]:
            numbers = [1] * statement.count("?")
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", tuple(numbers)):
                made = {"leaps", "newest"} & set(row[3].split())
                scanned = row[3].startswith("SCAN") and "INDEX" not in row[3] and not made
                assert not scanned or "CONSTANT" in row[3], (row[3], statement)
