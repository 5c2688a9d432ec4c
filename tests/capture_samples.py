"""What a watch leaves in the database, made by hand: visits, changes, copies; figures and words are our own."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import Engine

from db.engine import writing
from db.models import table

#: Hashes of versions, by letter.
SHA = {letter: f"sha256:{letter * 64}" for letter in "abcdef"}


def visit(engine: Engine, at: str, outcome: str, *, document: int | None = None, source: int | None = None,
          status: int | None = None, reason: str | None = None) -> None:  # fmt: skip
    """One look at the page of a document or of a source."""
    add(engine, "visits", document_id=document, source_id=source, at=at, url="https://news.example.org/page",
        outcome=outcome, status=status, reason=reason)  # fmt: skip


def change(engine: Engine, at: str, before: str, after: str, *, document: int | None = 1, source: int | None = None,
           claim: int | None = None, kind: str = "figure", sentences: tuple[str, str] | None = None,
           versions: tuple[str, str] = ("a", "b")) -> None:  # fmt: skip
    """One difference; ``sentences`` are those around it, by default of these words and no more."""
    was, now = sentences or (before and f"It has {before}.", after and f"It has {after}.")
    was_hash, now_hash = (SHA.get(name, name) for name in versions)
    add(engine, "changes", document_id=document, source_id=source, claim_id=claim, at=at, kind=kind, before=before,
        after=after, context_before=was, context_after=now, sha256_before=was_hash, sha256_after=now_hash)  # fmt: skip


def copy(engine: Engine, later: int, earlier: int, score: float = 0.9, relation: str = "copies") -> None:
    """The later document is a near-copy of the earlier one."""
    add(engine, "document_links", document_id=later, other_id=earlier, relation=relation, how="minhash", score=score,
        at="2026-01-05T09:00:00Z")  # fmt: skip


def add(engine: Engine, name: str, **values: object) -> None:
    """One row of a table."""
    with writing(engine) as connection:
        connection.execute(sa.insert(table(name)).values(**values))
