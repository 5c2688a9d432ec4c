"""Sources that people attach to claims."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from db.models import table

_SOURCES = table("sources")
_EVIDENCE = table("evidence")


def attach_source(
    connection: Connection,
    claim_id: int,
    *,
    by_whom: str,
    now: str,
    relation: str,
    url: str | None,
    title: str | None,
    publisher: str | None,
    kind: str | None,
    is_primary: bool,
    published: str | None,
    locator: str | None,
    excerpt: str | None,
) -> dict[str, Any]:
    """Attaches a source to a claim, within the caller's transaction, and gives what was done, ready for JSON.

    A source that is known by its address (or without one by its name) is used again, with what is
    stated now laid over what is missing there. Attaching it again changes its bearing on the claim; ``was``
    then holds the former one.
    """
    said = {"title": title, "publisher": publisher, "kind": kind, "published": published}
    key = url or " ".join((title or "").lower().split())
    source_id, changed = _source(connection, key, url, said, is_primary=is_primary)
    same = (_EVIDENCE.c.claim_id == claim_id) & (_EVIDENCE.c.source_id == source_id) & (_EVIDENCE.c.how == "attached")
    before = connection.execute(sa.select(_EVIDENCE).where(same)).first()
    values = {"relation": relation, "locator": locator, "excerpt": excerpt, "by_whom": by_whom}
    if before is None:
        row = {"claim_id": claim_id, "source_id": source_id, "how": "attached", "created_at": now, "name": title}
        connection.execute(sa.insert(_EVIDENCE).values(**row, **values))
    else:
        # What an earlier person noted of the place in the source stays, unless it is stated anew.
        values.update({name: values[name] or getattr(before, name) for name in ("locator", "excerpt")})
        connection.execute(sa.update(_EVIDENCE).where(same).values(**values))
    was = None if before is None else {name: getattr(before, name) for name in values}
    done = {"source_id": source_id, "url": url, "is_primary": is_primary, **said, **values, "was": was}
    return {**done, "source_changed": changed} if changed else done


def _source(
    connection: Connection, key: str, url: str | None, said: dict[str, str | None], *, is_primary: bool
) -> tuple[int, dict[str, Any]]:
    """The source's id, and what was changed of a known one, with the former values."""
    known = connection.execute(sa.select(_SOURCES).where(_SOURCES.c.key == key)).first()
    if known is None:
        label = said["title"] or url or key
        row = sa.insert(_SOURCES).values(key=key, url=url, label=label, is_primary=is_primary, **said)
        return int(connection.execute(row.returning(_SOURCES.c.id)).scalar_one()), {}
    values: dict[str, Any] = {
        name: value for name, value in said.items() if value and not getattr(known, name) and value != known.key
    }
    if is_primary and not known.is_primary:
        values["is_primary"] = True
    if not values:
        return int(known.id), {}
    changed = {name: getattr(known, name) for name in values}
    if "title" in values:
        values["label"] = values["title"]
    connection.execute(sa.update(_SOURCES).where(_SOURCES.c.id == known.id).values(**values))
    return int(known.id), changed
