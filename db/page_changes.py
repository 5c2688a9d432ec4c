"""Reads what changed on the page of a document or under a claim, in the words of both versions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import sqlalchemy as sa
from sqlalchemy import Connection

from db.models import table

_CHANGES = table("changes")
_CLAIMS = table("claims")
_SNAPSHOTS = table("snapshots")
_SPANS = table("claim_spans")
_TEXTS = table("texts")
#: So many of the newest changes of a document are counted, and so many of its figures read, at most.
_COUNTED, _READ = 5000, 200
#: So many changes of a claim, and later ones of its document, at most.
_OF_CLAIM, _LATER = 50, 500
_SHOWN = ("id", "at", "before", "after", "context_before", "context_after", "sha256_before", "sha256_after")


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure that changed on a page: ``before`` became ``after``, each with its sentence.

    Empty words: nothing stood there. ``claims`` are those in whose words it stood.
    """

    id: int
    at: str
    before: str
    after: str
    context_before: str
    context_after: str
    sha256_before: str
    sha256_after: str
    claims: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Counted:
    """How many figures, and places in other words or in the encoding alone, led to a version."""

    figures: int = 0
    words: int = 0
    boring: int = 0


@dataclass(frozen=True, slots=True)
class DocumentChanges:
    """What changed on a document's page: the newest figures, how many there are in all, and what else.

    ``versions`` counts by the hash of the version that came of the changes. ``is_all`` is false where
    older ones are left out.
    """

    figures: tuple[FigureChange, ...] = ()
    all_figures: int = 0
    words: int = 0
    boring: int = 0
    versions: Mapping[str, Counted] | None = None
    is_all: bool = True


@dataclass(frozen=True, slots=True)
class ClaimDrift:
    """A figure of a claim that changed on its page, and what stands there now.

    ``before`` is the claim's, ``after`` what the newest version says in its place, seen first at ``at``
    (empty: nothing of it stands there). ``is_back``: the page has the claim's own words again.
    """

    before: str
    after: str
    context_before: str
    context_after: str
    at: str
    sha256_before: str
    sha256_after: str
    is_back: bool = False


def document_changes(connection: Connection, document_id: int, limit: int = 10) -> DocumentChanges:
    """What changed on the document's page, the newest figures first, ``limit`` of them."""
    columns = [_CHANGES.c[name] for name in (*_SHOWN, "kind", "claim_id")]
    newest = (
        sa.select(*columns).where(_CHANGES.c.document_id == document_id)
        .order_by(_CHANGES.c.id.desc()).limit(_COUNTED).subquery("newest")
    )  # fmt: skip
    counting = sa.select(newest.c.kind, newest.c.sha256_after, sa.func.count().label("many"))
    counted = connection.execute(counting.group_by(newest.c.kind, newest.c.sha256_after)).all()
    if not counted:
        return DocumentChanges()
    query = sa.select(newest).where(newest.c.kind == "figure").order_by(newest.c.id.desc()).limit(_READ)
    figures = _merged(connection.execute(query).all())
    versions: dict[str, Counted] = {}
    for row in counted:
        if row.kind != "figure":
            before = versions.get(row.sha256_after, Counted())
            versions[row.sha256_after] = replace(before, **{row.kind: row.many})
    for figure in figures:
        before = versions.get(figure.sha256_after, Counted())
        versions[figure.sha256_after] = replace(before, figures=before.figures + 1)
    rows = {kind: sum(row.many for row in counted if row.kind == kind) for kind in ("figure", "words", "boring")}
    return DocumentChanges(
        figures=figures[:limit],
        all_figures=len(figures),
        words=rows["words"],
        boring=rows["boring"],
        versions=versions,
        is_all=sum(rows.values()) < _COUNTED and rows["figure"] < _READ,
    )


def _merged(rows: Sequence[sa.Row[tuple[object, ...]]]) -> tuple[FigureChange, ...]:
    """The changes, each once; the table has one row for each claim that stands in a change."""
    found: dict[tuple[str, ...], FigureChange] = {}
    for row in rows:
        change = FigureChange(**{name: getattr(row, name) for name in _SHOWN})
        key = (change.at, change.sha256_after, change.before, change.after, change.context_before, change.context_after)
        known = found.get(key, change)
        claims = () if row.claim_id is None or row.claim_id in known.claims else (int(row.claim_id),)
        found[key] = replace(known, claims=tuple(sorted((*known.claims, *claims))))
    # Of one visit those that a claim rests on come first.
    return tuple(sorted(found.values(), key=lambda change: (change.at, bool(change.claims)), reverse=True))


def claim_drifts(connection: Connection, claim_id: int) -> tuple[ClaimDrift, ...]:
    """The figures of a claim that changed on its page, in their order, each followed to what stands there now."""
    columns = [_CHANGES.c[name] for name in (*_SHOWN, "document_id", "kind")]
    # With a plus: a claim has few changes, and of a kind there are many.
    of_figures = sa.literal_column("+changes.kind") == "figure"
    own = sa.select(*columns).where(_CHANGES.c.claim_id == claim_id, of_figures)
    rows = connection.execute(own.order_by(_CHANGES.c.id).limit(_OF_CLAIM)).all()
    if not rows:
        return ()
    # In the order of the ids, which the index has; of one visit all changes have the same time.
    later = sa.select(*columns).where(_CHANGES.c.document_id == rows[0].document_id, _CHANGES.c.id > rows[0].id)
    following = connection.execute(later.order_by(_CHANGES.c.id).limit(_LATER)).all()
    carried = _carried_since(connection, claim_id, rows[0].at)
    found: list[ClaimDrift] = []
    done: set[int] = set()
    for row in rows:
        if row.id in done:
            continue
        drift, steps = _followed(row, following)
        done |= steps
        # Its words went with the change, and stand on a later version.
        returned = row.sha256_after not in carried and any(at > drift.at for at in carried.values())
        found.append(replace(drift, is_back=returned or drift.after == row.before))
    return tuple(found)


def drifts_of(connection: Connection, claim_ids: Sequence[int]) -> dict[int, tuple[ClaimDrift, ...]]:
    """The figures that changed on their pages, of those claims that have such."""
    query = sa.select(_CHANGES.c.claim_id).where(_CHANGES.c.claim_id.in_(list(claim_ids)), _CHANGES.c.kind == "figure")
    changed = connection.execute(query.distinct()).scalars().all()
    return {int(number): claim_drifts(connection, number) for number in changed}


def _followed(
    row: sa.Row[tuple[object, ...]], later: Sequence[sa.Row[tuple[object, ...]]]
) -> tuple[ClaimDrift, set[int]]:
    """A change of a figure with what became of it since, and the ids of the changes on that way.

    A later change is one of the same sentence where it begins with the words in which this one left it.
    """
    drift = ClaimDrift(
        row.before, row.after, row.context_before, row.context_after, row.at, row.sha256_before, row.sha256_after
    )  # fmt: skip
    steps: set[int] = set()
    for at, visit in groupby((one for one in later if one.at > row.at), key=lambda one: one.at):
        touching = [one for one in visit if drift.context_after and one.context_before == drift.context_after]
        if not touching:
            continue
        sentence = touching[-1].context_after
        for one in touching:
            if one.kind == "figure" and one.before and (one.before in drift.after or drift.after in one.before):
                words = drift.after.replace(one.before, one.after, 1) if one.before in drift.after else one.after
                drift = replace(drift, after=words, at=at, sha256_after=one.sha256_after)
                steps.add(int(one.id))
                break
        if not sentence:
            drift = replace(drift, after="", at=at, sha256_after=touching[-1].sha256_after)
        drift = replace(drift, context_after=sentence)
    return drift, steps


def _carried_since(connection: Connection, claim_id: int, at: str) -> dict[str, str]:
    """The versions fetched since then that carry the claim: when each was, by its hash."""
    query = (
        sa.select(_SNAPSHOTS.c.sha256, _SNAPSHOTS.c.fetched_at)
        .join(_TEXTS, _TEXTS.c.snapshot_id == _SNAPSHOTS.c.id)
        .join(_SPANS, _SPANS.c.text_id == _TEXTS.c.id)
        .where(_SPANS.c.claim_id == claim_id, _SPANS.c.is_current, _SNAPSHOTS.c.fetched_at >= at)
    )
    return {row.sha256: row.fetched_at for row in connection.execute(query)}


def first_without(connection: Connection, claim_id: int) -> str | None:
    """When the first version was fetched after the last one that carries an absent claim; None of any other."""
    carried = (
        sa.select(sa.func.max(_SNAPSHOTS.c.fetched_at))
        .join(_TEXTS, _TEXTS.c.snapshot_id == _SNAPSHOTS.c.id)
        .join(_SPANS, _SPANS.c.text_id == _TEXTS.c.id)
        .where(_SPANS.c.claim_id == claim_id, _SPANS.c.is_current)
        .scalar_subquery()
    )
    query = (
        sa.select(sa.func.min(_SNAPSHOTS.c.fetched_at))
        .join(_CLAIMS, _CLAIMS.c.document_id == _SNAPSHOTS.c.document_id)
        .where(_CLAIMS.c.id == claim_id, _CLAIMS.c.state == "absent", _SNAPSHOTS.c.fetched_at > carried)
    )
    found = connection.execute(query).scalar()
    return None if found is None else str(found)
