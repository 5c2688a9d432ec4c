"""The views, the full-text indexes and what keeps them up to date."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from db_samples import DOCUMENT, LATER, NOW, PAGE, READER, claims, fine, snapshot, survey, text
from sqlalchemy import Engine

from db.store import end_run, record_failure, start_run, store_document
from db.views import view_statements


@pytest.fixture
def filled(engine: Engine) -> Engine:
    store_document(engine, DOCUMENT, snapshot(PAGE), text(PAGE), claims(PAGE), NOW, reader_version=READER)
    return engine


def rows(engine: Engine, query: str) -> list[dict[str, Any]]:
    with engine.connect() as connection:
        return [dict(row) for row in connection.exec_driver_sql(query).mappings()]


def attach(engine: Engine, claim_id: int, relation: str) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO sources (key) VALUES ('a judgment')")
        connection.exec_driver_sql(
            "INSERT INTO evidence (claim_id, source_id, relation, how, by_whom, created_at)"
            " SELECT ?, max(id), ?, 'attached', 'ann', ? FROM sources",
            (claim_id, relation, NOW),
        )


def test_the_queue_of_claims_that_lack_a_source(filled: Engine) -> None:
    first, second = rows(filled, "SELECT * FROM claims_lacking_source ORDER BY claim_id")
    assert first == {
        "claim_id": 1,
        "weight": 0,
        "kind": "fine",
        "quote": fine(PAGE).quote,
        "figure": "23,000,000 GBP",
        "subject": "Northgate Services",
        "speaker": None,
        "origin": "The Example",
        "document": "A contract goes wrong",
        "published": "2025-12-30",
        "why": "no source is named",
        "sourcing": "none",
        "workflow": "new",
    }
    assert (second["claim_id"], second["why"]) == (3, "its source is not named")


@pytest.mark.parametrize(("relation", "left"), [("supports", [3]), ("contradicts", [1, 3]), ("mentions", [1, 3])])
def test_only_attached_support_takes_a_claim_from_the_queue(filled: Engine, relation: str, left: list[int]) -> None:
    attach(filled, 1, relation)
    queue = rows(filled, "SELECT claim_id FROM claims_lacking_source ORDER BY claim_id")
    assert [row["claim_id"] for row in queue] == left
    overview = rows(filled, "SELECT claims, lacking_source FROM documents_overview")
    assert overview == [{"claims": 3, "lacking_source": len(left)}]


def test_a_withdrawn_claim_leaves_the_queue(filled: Engine) -> None:
    store_document(filled, DOCUMENT, snapshot(PAGE), text(PAGE), [survey(PAGE)], LATER, reader_version=READER)
    assert rows(filled, "SELECT * FROM claims_lacking_source") == []
    overview = rows(filled, "SELECT claims, lacking_source, snapshots FROM documents_overview")
    assert overview == [{"claims": 1, "lacking_source": 0, "snapshots": 1}]


def test_named_and_firsthand_have_views_of_their_own(engine: Engine) -> None:
    at = PAGE.index("council")
    named = replace(survey(PAGE).sources[0], name="a council survey", url=None, how="named", start=at, end=at + 7)
    found = [
        fine(PAGE, sourcing="firsthand", sourcing_reason=""),
        survey(PAGE, sources=(named,), sourcing="named"),
    ]
    store_document(engine, DOCUMENT, snapshot(PAGE), text(PAGE), found, NOW, reader_version=READER)
    (row,) = rows(engine, "SELECT claim_id, named_source, why FROM claims_named_not_located")
    assert row == {
        "claim_id": 2,
        "named_source": "a council survey",
        "why": "a source is named, but not linked",
    }
    (row,) = rows(engine, "SELECT claim_id, why FROM claims_firsthand")
    assert row == {"claim_id": 1, "why": "the speaker tells of their own organisation"}


def test_the_overview_names_everybody(filled: Engine) -> None:
    row = rows(filled, "SELECT * FROM claim_overview WHERE claim_id = 2")[0]
    names = ("subject", "speaker", "origin", "outlet", "document", "sourcing")
    assert [row[name] for name in names] == [
        "Northgate Services",
        "Ann Clerk",
        "Westbury Council",
        "The Example",
        "A contract goes wrong",
        "linked",
    ]


def test_figures_stand_beside_their_claims(filled: Engine) -> None:
    row = rows(filled, "SELECT * FROM claim_figures ORDER BY value DESC LIMIT 1")[0]
    names = ("claim_id", "figure", "value", "unit", "subject", "outlet", "document_id", "workflow", "published")
    assert [row[name] for name in names] == [
        1, "£23 million", 23e6, "GBP", "Northgate Services", "The Example", 1, "new", "2025-12-30",
    ]  # fmt: skip
    many = rows(filled, "SELECT count(*) AS many FROM figures")
    assert rows(filled, "SELECT count(*) AS many FROM claim_figures") == many
    store_document(filled, DOCUMENT, snapshot(PAGE), text(PAGE), [survey(PAGE)], LATER, reader_version=READER)
    assert {row["claim_id"] for row in rows(filled, "SELECT claim_id FROM claim_figures")} == {2}


@pytest.mark.parametrize("order", ["value DESC", "value", "high DESC"])
def test_figures_are_sorted_by_their_index(filled: Engine, order: str) -> None:
    plan = rows(filled, f"EXPLAIN QUERY PLAN SELECT * FROM claim_figures ORDER BY {order} LIMIT 30")  # noqa: S608
    steps = [row["detail"] for row in plan]
    assert any("ix_figures_" in step for step in steps)
    assert not any("B-TREE" in step for step in steps)


def test_failures_show_the_last_of_each_input_until_it_comes_in(filled: Engine) -> None:
    run = start_run(filled, "add", READER, NOW)
    for reason in ("first", "second"):
        record_failure(filled, run, "bad\udcff.pdf", "extract", reason, "open it by hand", NOW)
    record_failure(filled, run, snapshot(PAGE).input, "fetch", "timed out", None, NOW)
    end_run(filled, run, {"failed": 3}, LATER)
    latest = rows(filled, "SELECT input, reason, times, command FROM failures_latest ORDER BY failure_id")
    assert latest[0] == {"input": "bad?.pdf", "reason": "second", "times": 2, "command": "add"}
    assert [row["input"] for row in latest] == ["bad?.pdf", DOCUMENT.url]
    store_document(filled, DOCUMENT, snapshot(PAGE), text(PAGE), [], LATER, reader_version=READER)
    assert len(rows(filled, "SELECT * FROM failures_latest")) == 1
    assert rows(filled, "SELECT counts FROM runs") == [{"counts": '{"failed": 3}'}]


def test_every_view_can_be_read(filled: Engine) -> None:
    assert {"claims_lacking_source", "claim_overview", "failures_latest"} <= view_statements().keys()
    for name in view_statements():
        assert isinstance(rows(filled, f"SELECT * FROM {name} LIMIT 1"), list)  # noqa: S608


@pytest.mark.parametrize(
    ("view", "index"),
    [
        ("claims_lacking_source", "ix_claims_queue_lacking"),
        ("claims_named_not_located", "ix_claims_queue_named"),
        ("claims_firsthand", "ix_claims_queue_firsthand"),
    ],
)
def test_each_queue_uses_its_partial_index_and_needs_no_sorting(filled: Engine, view: str, index: str) -> None:
    order = "ORDER BY weight DESC, claim_id DESC LIMIT 50"
    plan = rows(filled, f"EXPLAIN QUERY PLAN SELECT * FROM {view} {order}")  # noqa: S608
    steps = [row["detail"] for row in plan]
    assert any(index in step for step in steps)
    assert not any("B-TREE" in step for step in steps)
    assert not any("TEMP B-TREE" in step for step in steps)


def test_the_indexes_follow_every_change(filled: Engine) -> None:
    def hits(word: str) -> list[int]:
        query = f"SELECT rowid FROM claims_fts WHERE claims_fts MATCH '{word}' ORDER BY rowid"  # noqa: S608
        return [row["rowid"] for row in rows(filled, query)]

    assert (hits("fined"), hits("penalty")) == ([1], [])
    renewed = [fine(PAGE, kind="penalty"), *claims(PAGE)[1:]]
    store_document(filled, DOCUMENT, snapshot(PAGE), text(PAGE), renewed, LATER, reader_version="2")
    assert hits("penalty") == [1]
    whole = rows(filled, "SELECT rowid FROM texts_fts WHERE texts_fts MATCH 'residents'")
    assert whole == [{"rowid": 1}]


def test_datasette_finds_the_search_tables(filled: Engine) -> None:
    for name in ("claims", "texts"):
        (row,) = rows(filled, f"SELECT sql FROM sqlite_master WHERE name = '{name}_fts'")  # noqa: S608
        assert f'content="{name}"' in row["sql"]
