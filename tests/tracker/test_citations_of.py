"""Citations of stored claims: many at once are the same as one by one, and fast."""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine, event

from db.engine import open_database, writing
from db.errors import UnknownClaim
from db.queries import get_claim, list_claims
from db.reviews import ReviewRecord, append_review, readings_of, set_review_state
from tracker.citations_of import as_citations, citation_of
from tracker.judging.citable import read_otherwise

NOW = "2026-03-04T05:06:07Z"


@pytest.fixture
def engine(pack_db: Path, tmp_path: Path) -> Iterator[Engine]:
    """The pack's database, with reviews, evidence and a confirmed unit in it."""
    path = Path(shutil.copy(pack_db, tmp_path / "press.db"))
    opened = open_database(path)
    first, second, third = [claim.id for claim in list_claims(opened)][:3]
    with writing(opened) as connection:
        for claim_id in (first, second):
            _judge(connection, claim_id)
        source = connection.execute(
            sa.text(
                "INSERT INTO sources (key, label, url, liveness) "
                "VALUES ('https://r.example/1', 'R', 'https://r.example/1', 'ok') RETURNING id"
            )
        ).scalar_one()
        for claim_id in (first, second, third):
            connection.execute(
                sa.text(
                    "INSERT INTO evidence (claim_id, source_id, relation, how, by_whom, created_at) "
                    "VALUES (:claim, :source, 'supports', 'attached', 'Ann', :now)"
                ),
                {"claim": claim_id, "source": source, "now": NOW},
            )
        # The second claim reads otherwise since.
        connection.execute(sa.text("UPDATE figures SET value = value + 1 WHERE claim_id = :id"), {"id": second})
        connection.execute(sa.text("UPDATE claims SET quote = quote || ' indeed' WHERE id = :id"), {"id": second})
        connection.execute(sa.text("UPDATE claims SET stance = 'denied' WHERE id = :id"), {"id": third})
        connection.execute(sa.text("UPDATE claims SET stance = 'asserted' WHERE id < :id"), {"id": third})
    yield opened
    opened.dispose()


def _judge(connection: sa.Connection, claim_id: int) -> None:
    reading = readings_of(connection, [claim_id])[claim_id]
    moved = ("new", "in_review", "unchecked", "supported")
    verdict = ReviewRecord(claim_id, NOW, "Ann", "editor", "verdict", *moved, reading)
    append_review(connection, verdict)
    append_review(connection, replace(verdict, move="approve", from_workflow="in_review", to_workflow="approved"))
    set_review_state(connection, claim_id, workflow="approved", verdict="supported", now=NOW)


def test_many_at_once_are_the_same_as_one_by_one(engine: Engine) -> None:
    ids = [claim.id for claim in list_claims(engine, withdrawn=True)]
    assert len(ids) > 10
    together = as_citations(engine, ids)
    assert together == [citation_of(get_claim(engine, claim_id)) for claim_id in ids]
    misread = read_otherwise({"verdict", "approve"}, "approved")
    assert [misread in citation.problems for citation in together[:3]] == [False, True, False]
    assert together[0].problems == () or "inferred" in together[0].problems[0]


def test_the_order_is_that_of_the_ids_and_each_is_given_as_often_as_asked(engine: Engine) -> None:
    assert [citation.claim_id for citation in as_citations(engine, [5, 2, 5])] == [5, 2, 5]
    assert as_citations(engine, []) == []


def test_a_claim_that_is_none_is_named_and_never_left_out(engine: Engine) -> None:
    with pytest.raises(UnknownClaim, match='"987654"'):
        as_citations(engine, [1, 987654, 2])


def test_a_confirmed_unit_is_no_reason_any_more(engine: Engine) -> None:
    found = [claim for claim in list_claims(engine) if any(not figure.unit_stated for figure in claim.figures)]
    assert found
    before, after = _confirmed(engine, found[0].id)
    assert "inferred" in " ".join(before.problems)
    assert "inferred" not in " ".join((*after.problems, *after.figures))


def _confirmed(engine: Engine, claim_id: int) -> list:  # type: ignore[type-arg]
    before = as_citations(engine, [claim_id])
    with writing(engine) as connection:
        connection.execute(sa.text("UPDATE figures SET confirmed_by = 'Ann' WHERE claim_id = :id"), {"id": claim_id})
    return before + as_citations(engine, [claim_id])


def test_the_byline_and_the_kind_of_the_document_are_told(engine: Engine) -> None:
    cited = as_citations(engine, [claim.id for claim in list_claims(engine)])
    assert {"article", "email", "interview"} <= {citation.kind for citation in cited}
    assert any(citation.byline for citation in cited)


@pytest.mark.parametrize(
    ("attached", "cited", "why"),
    [
        ((("ok", 1, True),), "0", "one good source"),
        ((("changed", 1, True), ("ok", 0, True)), "1", "a good one beside one that changed, though that was primary"),
        ((("gone", 0, True), ("unchecked", 0, True)), "1", "one that nobody has visited yet is not known to be gone"),
        ((("gone", 0, True), ("changed", 0, True)), "01", "none is good: all are told, and the claim is not citable"),
        ((("gone", 0, True), ("ok", 0, False)), "01", "a good one that nobody can look up makes nothing citable"),
        ((("gone", 0, True), ("ok", 1, False)), "1", "a primary source needs no address"),
    ],
)
def test_a_source_that_changed_or_went_is_not_cited_beside_a_good_one(
    engine: Engine, attached: tuple[tuple[str, int, bool], ...], cited: str, why: str
) -> None:
    claim = list_claims(engine)[0].id
    with writing(engine) as connection:
        connection.execute(sa.text("DELETE FROM evidence WHERE claim_id = :claim"), {"claim": claim})
        for number, (liveness, is_primary, has_url) in enumerate(attached):
            url = f"https://s.example/{number}"
            row = {"key": url, "url": url if has_url else None, "name": f"S{number}", "live": liveness,
                   "primary": is_primary, "claim": claim, "now": NOW}  # fmt: skip
            source = connection.execute(
                sa.text("INSERT INTO sources (key, label, title, url, liveness, is_primary) "
                        "VALUES (:key, :name, :name, :url, :live, :primary) RETURNING id"), row,
            ).scalar_one()  # fmt: skip
            connection.execute(
                sa.text("INSERT INTO evidence (claim_id, source_id, relation, how, by_whom, created_at) "
                        "VALUES (:claim, :source, 'supports', 'attached', 'Ann', :now)"), {**row, "source": source},
            )  # fmt: skip
    (citation,) = as_citations(engine, [claim])
    assert citation == citation_of(get_claim(engine, claim))
    told = "".join(str(n) for n in range(len(attached)) if f"S{n}" in [source.name for source in citation.sources])
    assert told == cited, why
    assert any("its source is" in problem for problem in citation.problems) is (len(cited) > 1), why


def test_a_thousand_claims_take_a_few_statements_and_less_than_a_second(engine: Engine) -> None:
    path = Path(engine.url.database or "")
    with closing(sqlite3.connect(path)) as connection, connection:
        _multiply(connection, 1000)
    ids = [claim.id for claim in list_claims(engine)][:1000]
    assert len(ids) == 1000
    statements: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *given: statements.append(given[2]))
    began = time.perf_counter()
    assert len(as_citations(engine, ids)) == 1000
    took = time.perf_counter() - began
    assert len(statements) <= 2 * 10
    assert took < 1.0, f"{took:.2f} s"


def _multiply(connection: sqlite3.Connection, number: int) -> None:
    """Copies every claim, with all that hangs on it, until there are as many as asked for."""
    (highest,) = connection.execute("SELECT max(id) FROM claims").fetchone()
    for by in range(highest, number + highest, highest):
        for table in ("claims", "claim_spans", "figures", "evidence"):
            own = "id" if table == "claims" else "claim_id"
            columns = [str(row[1]) for row in connection.execute(f"PRAGMA table_info({table})")]
            kept = [column for column in columns if column == own or column != "id"]
            changed = {own: f"{own} + {by}", **({"key": f"key || '-{by}'"} if table == "claims" else {})}
            into, given = ", ".join(f'"{c}"' for c in kept), ", ".join(changed.get(c, f'"{c}"') for c in kept)
            connection.execute(f"INSERT INTO {table} ({into}) SELECT {given} FROM {table} WHERE {own} <= {highest}")  # noqa: S608
