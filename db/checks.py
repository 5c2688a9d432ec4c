"""The invariants of the data, checked: what is stored must still say what the texts say.

Offsets are compared in Python, for SQLite's ``length`` and ``substr`` stop at a NUL.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError

from db.engine import open_read_only, open_unmigrated, writing
from db.errors import RecordError
from db.records import sha256_of, shown
from db.reviews import digest_of

_FULL_TEXT = ("claims_fts", "texts_fts")
_BACKUP = "restore the database from a backup"
#: What to do where a row is read from a text that is whole: reading the text again makes the row anew.
READ_AGAIN = f"add its source again with --again, or {_BACKUP}"
_MADE_OF_TEXTS = frozenset(
    {"quote", "figure", "sentence", "passage_inside", "mention_inside", "claim_complete", "sourcing"}
)
#: So many characters before the first difference are shown of two texts that differ late.
_BEFORE = 20


@dataclass(frozen=True, slots=True)
class Problem:
    """One broken invariant: which check, in which table and row, and what is wrong and what to do, in one line."""

    check: str
    table: str
    row_id: int | None
    message: str


def run_checks(database: str | Path | Connection) -> list[Problem]:
    """Every broken invariant of the database; an empty list means that it is sound.

    Nothing is changed. A damaged file gives problems, not an exception; a file that is no database
    of ours raises a ``DatabaseFileError``.
    """
    if isinstance(database, Connection):
        return _run(database)
    with ExitStack() as stack:
        # Opened once for reading, because that refuses what is missing, foreign, newer or older.
        engine = open_read_only(database)
        stack.callback(engine.dispose)
        connection = stack.enter_context(engine.connect())
        problems = _run(connection, full_text=False)
    return problems + [_with_remedy(problem, READ_AGAIN) for problem in _full_text_of(Path(database))]


def _run(connection: Connection, *, full_text: bool = True) -> list[Problem]:
    checks: list[Callable[[Connection], Iterator[Problem]]] = [
        _integrity,
        _foreign_keys,
        _texts,
        _figure_spans,
        _claims_complete,
        _reviews,
        _sourcing,
        _orphans,
    ]
    if full_text:
        checks.append(_full_text)
    problems: list[Problem] = []
    for check in checks:
        try:
            problems.extend(check(connection))
        except DatabaseError as error:
            name = check.__name__.removeprefix("_")
            problems.append(Problem(name, "database", None, f"the check could not be made: {error.orig}"))
    # A text that is in is never written over: what is damaged in the text itself only a backup mends.
    damaged = any(problem.check == "text_hash" or problem.table == "database" for problem in problems)
    return [_with_remedy(problem, _BACKUP if damaged else READ_AGAIN) for problem in problems]


def _with_remedy(problem: Problem, of_texts: str) -> Problem:
    """The problem with what to do at the end; ``of_texts`` for what is made of texts."""
    remedy = of_texts if problem.check in _MADE_OF_TEXTS and problem.table != "database" else _BACKUP
    if problem.check == "full_text" and problem.table != "database":
        name = problem.table
        remedy = f"rebuild it with the SQL statement INSERT INTO {name} ({name}) VALUES ('rebuild')"  # noqa: S608
    return replace(problem, message=f"{problem.message}: {remedy}")


def _differing(there: str, stated: str) -> tuple[str, str]:
    """Two texts, cut for an error message so that the first difference is in what is shown."""
    one, other = " ".join(there.split()), " ".join(stated.split())
    same = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    if one == shown(one) and other == shown(other) or same <= _BEFORE:
        return shown(one), shown(other)
    begin = same - _BEFORE
    return shown("…" + one[begin:]), shown("…" + other[begin:])


def _full_text_of(path: Path) -> list[Problem]:
    engine = open_unmigrated(path)
    try:
        with writing(engine) as connection:
            return list(_full_text(connection))
    except (DatabaseError, ValueError) as error:
        reason = error.orig if isinstance(error, DatabaseError) else error
        return [Problem("full_text", "database", None, f"the check could not be made: {reason}")]
    finally:
        engine.dispose()


def _rows(connection: Connection, query: str) -> Iterator[Any]:
    return iter(connection.exec_driver_sql(query))


def _integrity(connection: Connection) -> Iterator[Problem]:
    for (message,) in _rows(connection, "PRAGMA integrity_check"):
        if message != "ok":
            yield Problem("integrity", "database", None, str(message))


def _foreign_keys(connection: Connection) -> Iterator[Problem]:
    for table, row_id, parent, _ in _rows(connection, "PRAGMA foreign_key_check"):
        yield Problem("foreign_keys", table, row_id, f"it points at a row of {parent} that does not exist")


def _full_text(connection: Connection) -> Iterator[Problem]:
    for name in _FULL_TEXT:
        # The rank 1 compares the index with the table that it indexes, too.
        statement = f"INSERT INTO {name} ({name}, rank) VALUES ('integrity-check', 1)"  # noqa: S608
        try:
            with connection.begin_nested():
                connection.exec_driver_sql(statement)
        except DatabaseError as error:
            if getattr(error.orig, "sqlite_errorcode", 0) & 0xFF != sqlite3.SQLITE_CORRUPT:
                raise
            yield Problem("full_text", name, None, "the search index differs from its table")


def _texts(connection: Connection) -> Iterator[Problem]:
    """Checks each text's hash, its passages and its claims' spans, one text in memory at a time."""
    ids = connection.exec_driver_sql("SELECT id FROM texts ORDER BY id").scalars().all()
    for text_id in ids:
        text, sha256 = connection.exec_driver_sql("SELECT text, sha256 FROM texts WHERE id = ?", (text_id,)).one()
        yield from _hash(text_id, text, sha256)
        yield from _passages(connection, text_id, len(text))
        yield from _mentions(connection, text_id, len(text))
        yield from _claim_spans(connection, text_id, text)


def _hash(text_id: int, text: str, sha256: str) -> Iterator[Problem]:
    try:
        right = sha256_of(text)
    except RecordError as error:
        yield Problem("text_hash", "texts", text_id, str(error))
        return
    if right != sha256:
        yield Problem("text_hash", "texts", text_id, "the text is not the one that was hashed")


def _passages(connection: Connection, text_id: int, length: int) -> Iterator[Problem]:
    query = 'SELECT id, start, "end" FROM passages WHERE text_id = ? ORDER BY id'
    for row_id, start, end in connection.exec_driver_sql(query, (text_id,)):
        if not 0 <= start < end <= length:
            message = f"the passage {start} to {end} is not inside text {text_id} of {length} characters"
            yield Problem("passage_inside", "passages", row_id, message)


def _mentions(connection: Connection, text_id: int, length: int) -> Iterator[Problem]:
    query = (
        'SELECT e.id, e.start, e."end" FROM evidence AS e JOIN claims AS c ON c.id = e.claim_id'
        " WHERE c.text_id = ? AND e.start IS NOT NULL ORDER BY e.id"
    )
    for row_id, start, end in connection.exec_driver_sql(query, (text_id,)):
        if end is None or not 0 <= start <= end <= length:
            message = f"the mention {start} to {end} is not inside text {text_id} of {length} characters"
            yield Problem("mention_inside", "evidence", row_id, message)


def _claim_spans(connection: Connection, text_id: int, text: str) -> Iterator[Problem]:
    query = (
        'SELECT s.id, s.start, s."end", s.sentence_start, s.sentence_end, s.quote,'
        " c.id, c.quote, c.text_id FROM claim_spans AS s JOIN claims AS c ON c.id = s.claim_id"
        " WHERE s.text_id = ? ORDER BY s.id"
    )
    for row in connection.exec_driver_sql(query, (text_id,)):
        row_id, start, end, sentence_start, sentence_end, quote, claim_id, stated, main_text = row
        if text[start:end] != quote:
            there, here = _differing(text[start:end], quote)
            message = f'text {text_id} has "{there}" in the place of "{here}"'
            yield Problem("quote", "claim_spans", row_id, message)
        if main_text == text_id and text[start:end] != stated:
            there, here = _differing(text[start:end], stated)
            message = f'text {text_id} has "{there}" in the place of "{here}"'
            yield Problem("quote", "claims", claim_id, message)
        if not 0 <= sentence_start <= start < end <= sentence_end <= len(text):
            message = f"the sentence {sentence_start} to {sentence_end} does not hold {start} to {end}"
            yield Problem("sentence", "claim_spans", row_id, message)


def _figure_spans(connection: Connection) -> Iterator[Problem]:
    query = (
        'SELECT f.id, f.start, f."end", f.text, c.text_id'
        " FROM figures AS f JOIN claims AS c ON c.id = f.claim_id ORDER BY c.text_id, f.id"
    )
    for row_id, there, text, text_id in _misplaced(connection, query):
        has, stated = _differing(there, text)
        message = f'text {text_id} has "{has}" in the place of "{stated}"'
        yield Problem("figure", "figures", row_id, message)


def _misplaced(connection: Connection, query: str) -> Iterator[tuple[int, str, str, int]]:
    """Of rows (id, start, end, words, text id), by text, those whose words do not stand at their offsets."""
    loaded: tuple[int, str] = (0, "")
    for row_id, start, end, words, text_id in connection.exec_driver_sql(query).all():
        if text_id != loaded[0]:
            found = connection.exec_driver_sql("SELECT text FROM texts WHERE id = ?", (text_id,)).scalar()
            loaded = (text_id, found or "")
        there = loaded[1][start:end]
        if there != words:
            yield row_id, there, words, text_id


def _claims_complete(connection: Connection) -> Iterator[Problem]:
    """Checks what ties a claim's rows together: its own text, its kinds, its state."""
    rules = {
        "it has no place in the text that its reading came from": (
            "NOT EXISTS (SELECT 1 FROM claim_spans AS s WHERE s.claim_id = c.id AND s.text_id = c.text_id)"
        ),
        "it is present, but no text's last reading gives it": (
            "c.state = 'present'"
            " AND NOT EXISTS (SELECT 1 FROM claim_spans AS s WHERE s.claim_id = c.id AND s.is_current)"
        ),
        "it is withdrawn, but a text's last reading gives it": (
            "c.state = 'withdrawn' AND EXISTS (SELECT 1 FROM claim_spans AS s WHERE s.claim_id = c.id AND s.is_current)"
        ),
        "its kind is not the first of its kinds": (
            "c.kind IS NOT (SELECT k.kind FROM claim_kinds AS k WHERE k.claim_id = c.id AND k.position = 0)"
        ),
        "its text belongs to another document": (
            "c.document_id IS NOT (SELECT n.document_id FROM texts AS t"
            " JOIN snapshots AS n ON n.id = t.snapshot_id WHERE t.id = c.text_id)"
        ),
    }
    for message, condition in rules.items():
        for (row_id,) in _rows(connection, f"SELECT c.id FROM claims AS c WHERE {condition}"):  # noqa: S608
            yield Problem("claim_complete", "claims", row_id, message)


def _reviews(connection: Connection) -> Iterator[Problem]:
    """Checks that a claim's state is what the log of its reviews says, and that the log says what it said."""
    last = "(SELECT r.{column} FROM reviews AS r WHERE r.claim_id = c.id ORDER BY r.id DESC LIMIT 1)"
    rules = {
        "its workflow is not that of its last review": (
            f"c.workflow <> coalesce({last.format(column='to_workflow')}, 'new')"
        ),
        "its verdict is not that of its last review": (
            f"c.verdict <> coalesce({last.format(column='to_verdict')}, 'unchecked')"
        ),
        "whether a person attached a source that supports it is noted wrongly": (
            "c.is_backed <> EXISTS (SELECT 1 FROM evidence AS e"
            " WHERE e.claim_id = c.id AND e.relation = 'supports' AND e.how = 'attached')"
        ),
        "it repeats its document's outlet or date wrongly": (
            "EXISTS (SELECT 1 FROM documents AS d WHERE d.id = c.document_id"
            " AND (d.outlet_id IS NOT c.outlet_id OR d.published IS NOT c.published))"
        ),
    }
    for message, condition in rules.items():
        for (row_id,) in _rows(connection, f"SELECT c.id FROM claims AS c WHERE {condition}"):  # noqa: S608
            yield Problem("review", "claims", row_id, message)
    for row_id, digest, reading in _rows(connection, "SELECT id, digest, reading FROM reviews"):
        if digest_of(json.loads(reading)) != digest:
            yield Problem("review", "reviews", row_id, "what it judged is not what its digest says")


def _sourcing(connection: Connection) -> Iterator[Problem]:
    """Checks that only what people attached in support lets a claim rest on more than its text gives.

    What it rests on with them is a rule of the program's: ``tracker.desk_sourcing.wrong_sourcings``.
    """
    query = (
        "SELECT id, sourcing, read_sourcing FROM claims WHERE is_backed = 0"
        " AND (sourcing <> read_sourcing OR sourcing_reason <> read_sourcing_reason)"
    )
    for row_id, sourcing, read in _rows(connection, query):
        message = f"its sourcing is {sourcing}, though its text gives {read} and no attached source supports it"
        yield Problem("sourcing", "claims", row_id, message)


def _orphans(connection: Connection) -> Iterator[Problem]:
    """Checks for rows that nothing reaches, which a store that broke half-way would leave behind."""
    needed = {
        ("documents", "snapshots", "document_id"): "the document has no snapshot",
        ("snapshots", "texts", "snapshot_id"): "the snapshot has no text",
    }
    for (table, child, column), message in needed.items():
        query = (
            f"SELECT p.id FROM {table} AS p"  # noqa: S608
            f" WHERE NOT EXISTS (SELECT 1 FROM {child} AS o WHERE o.{column} = p.id)"
        )
        for (row_id,) in _rows(connection, query):
            yield Problem("orphan", table, row_id, message)
