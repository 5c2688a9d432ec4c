"""Sourcing: what a claim's text alone gives, beside what people attached; and whoever is not named, per document."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from alembic import op
from sqlalchemy import Connection

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

LEVELS = ("none", "anonymous", "firsthand", "named", "linked", "primary")
LISTED = ", ".join(f"'{level}'" for level in LEVELS)
# ALTER TABLE in place: rebuilding the table would take a large database minutes and lose its triggers.
COLUMNS = (
    "ALTER TABLE claims ADD COLUMN read_sourcing TEXT DEFAULT 'none' NOT NULL"
    f' CONSTRAINT ck_claims_read_sourcing CHECK ("read_sourcing" IN ({LISTED}))',
    "ALTER TABLE claims ADD COLUMN read_sourcing_reason TEXT DEFAULT '' NOT NULL",
    "UPDATE claims SET read_sourcing = sourcing, read_sourcing_reason = sourcing_reason",
)
SUPPORTING = """
    SELECT e.claim_id, e.by_whom, c.sourcing, s.url, s.title, s.publisher, s.kind, s.is_primary
    FROM evidence AS e JOIN sources AS s ON s.id = e.source_id JOIN claims AS c ON c.id = e.claim_id
    WHERE e.how = 'attached' AND e.relation = 'supports' ORDER BY e.claim_id, e.id
"""
#: The documents of each source that was once kept under its words alone, whoever spoke them.
UNNAMED = """
    SELECT s.id, s.key, c.document_id,
        EXISTS (SELECT 1 FROM evidence AS o WHERE o.source_id = s.id AND o.how <> 'anonymous') AS is_shared
    FROM evidence AS e JOIN sources AS s ON s.id = e.source_id JOIN claims AS c ON c.id = e.claim_id
    WHERE e.how = 'anonymous' AND s.url IS NULL GROUP BY s.id, c.document_id ORDER BY s.id, c.document_id
"""
COPIED = """
    INSERT INTO sources (key, label, title, publisher, kind, is_primary, published, liveness)
    SELECT ?, label, title, publisher, 'anonymous', 0, published, liveness FROM sources WHERE id = ? RETURNING id
"""
# By its documents' claims (a plus keeps an index out): thousands of documents may share one row.
MOVED = """
    UPDATE evidence SET source_id = ? WHERE +source_id = ? AND +how = 'anonymous'
    AND claim_id IN (SELECT id FROM claims WHERE document_id = ?)
"""


def upgrade() -> None:
    connection = op.get_bind()
    for statement in COLUMNS:
        op.execute(statement)
    _raise(connection)
    _part(connection)


def _raise(connection: Connection) -> None:
    """Raises what people backed before, in the words in which the desk did when this version was made."""
    found: dict[int, list[Any]] = {}
    for row in connection.exec_driver_sql(SUPPORTING):
        found.setdefault(row.claim_id, []).append(row)
    for claim_id, rows in found.items():
        best = max(rows, key=lambda row: LEVELS.index(_level(row)))
        level = _level(best)
        if LEVELS.index(level) >= LEVELS.index(best.sourcing):
            connection.exec_driver_sql(
                "UPDATE claims SET sourcing = ?, sourcing_reason = ? WHERE id = ?",
                (level, _reason(best, len(rows) - 1), claim_id),
            )


def _level(row: Any) -> str:
    if row.is_primary:
        return "primary"
    if row.url is not None:
        return "linked"
    return "anonymous" if row.kind == "anonymous" else "named"


def _reason(row: Any, more: int) -> str:
    nature = ", a primary source" if row.is_primary else ""
    place = ", no link" if row.url is None else ""
    others = f" and {more} more" if more else ""
    who = _flat(row.by_whom) or "a fact-checker"
    return f"{who} attached {_called(row)}{nature}{place}{others}, which support{'' if more else 's'} it"


def _called(row: Any) -> str:
    title, publisher = _flat(row.title), _flat(row.publisher)
    if title:
        return f'"{title}"' + (f" ({publisher})" if publisher and publisher.casefold() not in title.casefold() else "")
    try:
        host = (urlsplit(row.url or "").hostname or "").removeprefix("www.")
    except ValueError:
        host = ""
    return f"{publisher} ({host})" if publisher and host else publisher or host or "a source"


def _flat(words: str | None) -> str:
    flat = " ".join((words or "").split())
    return flat if len(flat) <= 120 else flat[:119].rstrip() + "…"


def _part(connection: Connection) -> None:
    """Gives each document its own row of whoever it does not name; the first keeps the row, if it may."""
    kept: set[int] = set()
    for source_id, old, document_id, is_shared in connection.exec_driver_sql(UNNAMED).all():
        key = f"UNNAMED IN {document_id}: {old}"
        if source_id in kept or is_shared:
            made = connection.exec_driver_sql(COPIED, (key, source_id)).scalar_one()
            connection.exec_driver_sql(MOVED, (made, source_id, document_id))
        else:
            kept.add(source_id)
            connection.exec_driver_sql("UPDATE sources SET key = ?, kind = 'anonymous' WHERE id = ?", (key, source_id))


def downgrade() -> None:
    raise NotImplementedError("an older program cannot read this database: restore a backup")
