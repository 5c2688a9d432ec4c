"""Sources that people attach to claims, and the sourcing that a claim has with them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from db.models import table
from db.records import AttachedSource, anonymous_key

_CLAIMS = table("claims")
_SOURCES = table("sources")
_EVIDENCE = table("evidence")
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class BackedClaim:
    """A claim's sourcing as it is stored, what its text alone gives, and what people attached to it."""

    claim_id: int
    sourcing: str
    sourcing_reason: str
    read_sourcing: str
    read_sourcing_reason: str
    attached: tuple[AttachedSource, ...]


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
    stated now laid over what is missing there; one of the kind ``anonymous`` only in the same document.
    Attaching it again changes its bearing on the claim; ``was`` then holds the former one.
    """
    said = {"title": title, "publisher": publisher, "kind": kind, "published": published}
    key = url or _key_of_name(connection, claim_id, title or "", kind)
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


def _key_of_name(connection: Connection, claim_id: int, title: str, kind: str | None) -> str:
    """The key of a source without an address; somebody unnamed who is attached already is that one again."""
    document = connection.execute(sa.select(_CLAIMS.c.document_id).where(_CLAIMS.c.id == claim_id)).scalar_one()
    unnamed = anonymous_key(int(document), title)
    there = (
        sa.select(_EVIDENCE.c.id)
        .join(_SOURCES, _SOURCES.c.id == _EVIDENCE.c.source_id)
        .where(_EVIDENCE.c.claim_id == claim_id, _EVIDENCE.c.how == "attached", _SOURCES.c.key == unnamed)
    )
    if kind == "anonymous" or connection.execute(there).first() is not None:
        return unnamed
    return " ".join(title.lower().split())


def attached_in(connection: Connection, document_id: int) -> dict[int, tuple[AttachedSource, ...]]:
    """What people attached to the document's claims, by claim, in the order in which they did."""
    return _attached(connection, _CLAIMS.c.document_id == document_id)


def sharing(connection: Connection, source_id: int) -> tuple[int, ...]:
    """The claims to which people attached this source."""
    same = (_EVIDENCE.c.source_id == source_id) & (_EVIDENCE.c.how == "attached")
    query = sa.select(_EVIDENCE.c.claim_id).where(same).order_by(_EVIDENCE.c.claim_id)
    return tuple(int(claim) for claim in connection.execute(query).scalars())


def claims_backed(connection: Connection, claim_ids: Sequence[int] | None = None) -> Iterator[BackedClaim]:
    """These claims with all that decides their sourcing; without ids, all to which people attached something."""
    if claim_ids is None:
        attached = sa.select(_EVIDENCE.c.claim_id).where(_EVIDENCE.c.how == "attached").distinct()
        claim_ids = [int(claim) for claim in connection.execute(attached).scalars()]
    names = ("sourcing", "sourcing_reason", "read_sourcing", "read_sourcing_reason")
    for at in range(0, len(claim_ids), _CHUNK):
        chosen = _CLAIMS.c.id.in_(claim_ids[at : at + _CHUNK])
        found = _attached(connection, chosen)
        query = sa.select(_CLAIMS.c.id, *(_CLAIMS.c[name] for name in names)).where(chosen).order_by(_CLAIMS.c.id)
        for row in connection.execute(query):
            own = {name: getattr(row, name) for name in names}
            yield BackedClaim(row.id, **own, attached=found.get(row.id, ()))


def set_sourcing(connection: Connection, claim_id: int, level: str, reason: str, now: str) -> None:
    """Sets what a claim rests on with all that people attached to it; what its text gives stays."""
    row = sa.update(_CLAIMS).where(_CLAIMS.c.id == claim_id)
    connection.execute(row.values(sourcing=level, sourcing_reason=reason, updated_at=now))


def _attached(connection: Connection, chosen: sa.ColumnElement[bool]) -> dict[int, tuple[AttachedSource, ...]]:
    names = ("url", "title", "publisher", "kind", "is_primary")
    query = (
        sa.select(
            _EVIDENCE.c.claim_id,
            _EVIDENCE.c.relation,
            _EVIDENCE.c.by_whom,
            *(_SOURCES.c[name] for name in names),
        )
        .join(_SOURCES, _SOURCES.c.id == _EVIDENCE.c.source_id)
        .join(_CLAIMS, _CLAIMS.c.id == _EVIDENCE.c.claim_id)
        .where(chosen, _EVIDENCE.c.how == "attached")
        .order_by(_EVIDENCE.c.claim_id, _EVIDENCE.c.id)
    )
    found: dict[int, tuple[AttachedSource, ...]] = {}
    for row in connection.execute(query):
        described = {name: getattr(row, name) for name in names}
        source = AttachedSource(relation=row.relation, by_whom=row.by_whom, **described)
        found[row.claim_id] = (*found.get(row.claim_id, ()), source)
    return found


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
    # Who attaches what has changed since has looked at what it says now; what has gone nobody can look at.
    if known.liveness == "changed":
        values["liveness"] = "ok"
    if not values:
        return int(known.id), {}
    changed = {name: getattr(known, name) for name in values}
    if "title" in values:
        values["label"] = values["title"]
    connection.execute(sa.update(_SOURCES).where(_SOURCES.c.id == known.id).values(**values))
    return int(known.id), changed
