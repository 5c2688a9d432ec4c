"""Reads which other documents carry the same story: those that a document is a copy of, and its copies."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import Connection

from db.models import table

_LINKS = table("document_links")
_DOCUMENTS = table("documents")
_OUTLETS = table("outlets")
#: So many are read to each side, to be put in order and to count the outlets.
_READ = 100


@dataclass(frozen=True, slots=True)
class Copy:
    """Another document with the same story; ``score`` (0 to 1) is how much of the words they share."""

    id: int
    label: str
    outlet: str | None
    published: str | None
    first_seen: str
    score: float | None
    is_earlier: bool


@dataclass(frozen=True, slots=True)
class SameStory:
    """The first copies in their order in time, how many came before and after the document, and in how many
    outlets the story stands, the document's own among them."""

    copies: tuple[Copy, ...] = ()
    earlier: int = 0
    later: int = 0
    outlets: int = 0

    @property
    def others(self) -> int:
        """How many other documents there are."""
        return self.earlier + self.later


def same_story(connection: Connection, document_id: int, limit: int = 20) -> SameStory:
    """The documents that are near-copies of this one, the earliest first."""
    earlier, later = (_count(connection, column, document_id) for column in (_LINKS.c.document_id, _LINKS.c.other_id))
    if not earlier and not later:
        return SameStory()
    found = [
        *_side(connection, _LINKS.c.document_id, _LINKS.c.other_id, document_id, is_earlier=True),
        *_side(connection, _LINKS.c.other_id, _LINKS.c.document_id, document_id, is_earlier=False),
    ]
    found.sort(key=lambda copy: (not copy.is_earlier, copy.published or copy.first_seen, copy.id))
    own = sa.select(_OUTLETS.c.name).join(_DOCUMENTS, _DOCUMENTS.c.outlet_id == _OUTLETS.c.id)
    name = connection.execute(own.where(_DOCUMENTS.c.id == document_id)).scalar()
    outlets = {copy.outlet for copy in found} | {name}
    return SameStory(tuple(found[:limit]), earlier, later, len(outlets - {None}))


def copies_count(connection: Connection, document_id: int) -> int:
    """How many other documents carry the same story."""
    return sum(_count(connection, column, document_id) for column in (_LINKS.c.document_id, _LINKS.c.other_id))


def _count(connection: Connection, column: sa.ColumnElement[int], document_id: int) -> int:
    query = sa.select(sa.func.count()).where(column == document_id, _of_copies())
    return int(connection.execute(query).scalar_one())


def _side(
    connection: Connection,
    own: sa.ColumnElement[int],
    other: sa.ColumnElement[int],
    document_id: int,
    *,
    is_earlier: bool,
) -> list[Copy]:
    query = (
        sa.select(
            *(_DOCUMENTS.c[name] for name in ("id", "label", "published", "first_seen")),
            _OUTLETS.c.name.label("outlet"),
            _LINKS.c.score,
        )
        .select_from(_LINKS)
        .join(_DOCUMENTS, _DOCUMENTS.c.id == other)
        .outerjoin(_OUTLETS, _OUTLETS.c.id == _DOCUMENTS.c.outlet_id)
        .where(own == document_id, _of_copies())
        .limit(_READ)
    )
    return [Copy(**row, is_earlier=is_earlier) for row in connection.execute(query).mappings()]


def _of_copies() -> sa.ColumnElement[bool]:
    # With a plus, or SQLite without statistics may take the index of the relations, which are all alike.
    return sa.literal_column("+document_links.relation") == "copies"
