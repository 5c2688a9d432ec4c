"""The checks find what is broken, and nothing in what is sound."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from db_samples import DOCUMENT, DUMP, NOW, PAGE, READER, claims, fine, snapshot, text
from sqlalchemy import Engine

from db.checks import READ_AGAIN, _differing, run_checks
from db.errors import DatabaseFileError
from db.records import shown
from db.store import store_document


@pytest.fixture
def filled(engine: Engine) -> Path:
    """A page and its dump, stored; the file, with no connection open on it."""
    store_document(engine, DOCUMENT, snapshot(PAGE), text(PAGE), claims(PAGE), NOW, reader_version=READER)
    dump = text(DUMP, "text-dump")
    store_document(engine, DOCUMENT, snapshot(DUMP), dump, [fine(DUMP)], NOW, reader_version=READER)
    engine.dispose()
    return Path(str(engine.url.database))


def damage(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def test_a_sound_database_has_no_problems_and_is_not_changed(filled: Path, engine: Engine) -> None:
    before = filled.read_bytes()
    assert run_checks(filled) == []
    with engine.connect() as connection:
        assert run_checks(connection) == []
    engine.dispose()
    assert filled.read_bytes() == before


#: Every line ends with what to do.
REMEDY = re.compile(r": (?:.*restore the database from a backup|rebuild it with the SQL statement INSERT .+)\Z")
NO_FTS = "DROP TRIGGER claims_fts_update"


@pytest.mark.parametrize(
    ("statements", "found"),
    [
        (["UPDATE claims SET quote = replace(quote, '15', '16')"], {("quote", "claims", 2)}),
        (["UPDATE claim_spans SET quote = 'x' WHERE id = 4"], {("quote", "claim_spans", 4)}),
        (["UPDATE figures SET text = '41' WHERE id = 3"], {("figure", "figures", 3)}),
        (["UPDATE figures SET start = start + 1 WHERE id = 2"], {("figure", "figures", 2)}),
        (
            ['UPDATE claim_spans SET sentence_end = 100000 WHERE id = 2'],
            {("sentence", "claim_spans", 2)},
        ),
        (['UPDATE passages SET "end" = 100000 WHERE id = 1'], {("passage_inside", "passages", 1)}),
        (['UPDATE evidence SET "end" = 100000 WHERE id = 1'], {("mention_inside", "evidence", 1)}),
        (["UPDATE texts SET sha256 = 'sha256:0' WHERE id = 2"], {("text_hash", "texts", 2)}),
        # A changed text is found by its hash and by the words that stand no longer at their places.
        (
            ["UPDATE texts SET text = replace(text, '40 vans', '50 vans') WHERE id = 1"],
            {
                ("text_hash", "texts", 1),
                ("quote", "claims", 3),
                ("quote", "claim_spans", 3),
                ("figure", "figures", 3),
            },
        ),
        (
            ["DELETE FROM snapshots WHERE id = 2"],
            {("foreign_keys", "texts", 2), ("claim_complete", "claims", 1)},
        ),
        (["DELETE FROM claim_kinds WHERE claim_id = 2"], {("claim_complete", "claims", 2)}),
        (["UPDATE claims SET state = 'withdrawn' WHERE id = 2"], {("claim_complete", "claims", 2)}),
        (["UPDATE claim_spans SET is_current = 0 WHERE claim_id = 3"], {("claim_complete", "claims", 3)}),
        (
            [
                "INSERT INTO documents (key, kind, label, first_seen, last_checked)"
                " SELECT 'k', 'article', 'half a store', first_seen, last_checked FROM documents"
            ],
            {("orphan", "documents", 2)},
        ),
        (["UPDATE claims SET workflow = 'approved' WHERE id = 1"], {("review", "claims", 1)}),
        (["UPDATE claims SET verdict = 'supported' WHERE id = 1"], {("review", "claims", 1)}),
        (["UPDATE claims SET is_backed = 1 WHERE id = 3"], {("review", "claims", 3)}),
        (["UPDATE claims SET published = '2020-01-01' WHERE id = 2"], {("review", "claims", 2)}),
        (
            [
                "INSERT INTO reviews (claim_id, at, by_whom, role, move, from_workflow, to_workflow, from_verdict,"
                " to_verdict, digest, reading) VALUES (1, '2026-01-05T09:00:00Z', 'ann', 'checker', 'note', 'new',"
                " 'new', 'unchecked', 'unchecked', 'sha256:0', '{}')"
            ],
            {("review", "reviews", 1)},
        ),
        ([NO_FTS, "UPDATE claims SET names = 'Somebody' WHERE id = 1"], {("full_text", "claims_fts", None)}),
        (["DELETE FROM texts_fts_data WHERE id > 10"], {("full_text", "texts_fts", None)}),
    ],
)  # fmt: skip
def test_planted_damage_is_found(
    filled: Path, engine: Engine, statements: list[str], found: set[tuple[str, str, int | None]]
) -> None:
    damage(filled, *statements)
    problems = run_checks(filled)
    assert {(problem.check, problem.table, problem.row_id) for problem in problems} == found
    assert all(problem.message and "\n" not in problem.message for problem in problems)
    assert all(": " in problem.message and REMEDY.search(problem.message) for problem in problems), problems
    with engine.connect() as connection:
        assert run_checks(connection) == problems


def test_a_text_that_is_damaged_itself_only_a_backup_mends(filled: Path) -> None:
    damage(filled, "UPDATE figures SET text = '41' WHERE id = 3")
    assert [problem.message.endswith(READ_AGAIN) for problem in run_checks(filled)] == [True]
    damage(filled, "UPDATE texts SET sha256 = 'sha256:0' WHERE id = 2")
    found = run_checks(filled)
    assert len(found) == 2
    assert not any(READ_AGAIN in problem.message for problem in found)


def test_a_search_index_is_rebuilt_by_the_statement_that_is_told(filled: Path) -> None:
    damage(filled, NO_FTS, "UPDATE claims SET names = 'Somebody' WHERE id = 1")
    (problem,) = run_checks(filled)
    damage(filled, problem.message.partition("SQL statement ")[2])
    assert run_checks(filled) == []


@pytest.mark.parametrize(
    ("one", "other", "expected", "why"),
    [
        ("40 vans", "41 vans", ("40 vans", "41 vans"), "short ones are whole"),
        ("a" * 99 + "1", "a" * 99 + "2", ("…" + "a" * 20 + "1", "…" + "a" * 20 + "2"), "the end differs"),
        ("1" + "a" * 99, "2" + "a" * 99, (shown("1" + "a" * 99), shown("2" + "a" * 99)), "the beginning differs"),
        ("a" * 99, "a" * 99 + " and b", ("…" + "a" * 20, "…" + "a" * 20 + " and b"), "one goes on"),
        ("", "x" * 99, ("", shown("x" * 99)), "nothing stands there"),
    ],
)
def test_two_texts_are_shown_where_they_differ(one: str, other: str, expected: tuple[str, str], why: str) -> None:
    assert _differing(one, other) == expected, why


def test_a_torn_file_gives_problems_or_one_clear_line(filled: Path) -> None:
    whole = filled.read_bytes()
    page = 4096
    found = []
    for at in range(page, len(whole), page * 7):
        filled.write_bytes(whole[:at] + b"\xa5" * page + whole[at + page :])
        found.append(told(filled))
    assert any(found)
    assert all("\n" not in message for messages in found for message in messages)


def told(path: Path) -> list[str]:
    try:
        return [problem.message for problem in run_checks(path)]
    except DatabaseFileError as error:
        return [str(error)]


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DatabaseFileError, match="no database at"):
        run_checks(tmp_path / "none.db")
