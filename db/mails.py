"""E-mails that are in under one Message-ID, which one forged mail or a careless mailer makes several."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from db.engine import reading
from db.models import table

_DOCUMENTS = table("documents")
_SNAPSHOTS = table("snapshots")
_TEXTS = table("texts")
#: So many are compared: a mailer that gives all its mails one ID has no more copies of each.
_MOST = 50


@dataclass(frozen=True, slots=True)
class KnownMail:
    """A mail that is in, with what its newest version says of itself and in its ``text``."""

    id: int
    key: str
    title: str | None
    published: str | None
    text: str


def mails_of_id(bind: Engine | Connection, message_id: str) -> list[KnownMail]:
    """The mails with this Message-ID (as it is shown) that have no address of their own, the first come first."""
    text = (
        sa.select(_TEXTS.c.text)
        .join(_SNAPSHOTS, _SNAPSHOTS.c.id == _TEXTS.c.snapshot_id)
        .where(_SNAPSHOTS.c.document_id == _DOCUMENTS.c.id)
        .order_by(_SNAPSHOTS.c.fetched_at.desc(), _TEXTS.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    columns = [_DOCUMENTS.c[name] for name in ("id", "key", "title", "published")]
    query = (
        sa.select(*columns, text.label("text"))
        .where(_DOCUMENTS.c.message_id == message_id, _DOCUMENTS.c.url.is_(None))
        .order_by(_DOCUMENTS.c.id)
        .limit(_MOST)
    )
    with reading(bind) as connection:
        return [KnownMail(r.id, r.key, r.title, r.published, r.text or "") for r in connection.execute(query)]
