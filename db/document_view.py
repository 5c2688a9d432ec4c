"""Reads what the page of one document shows: what is known of it, its versions, one text with its claims."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from db.claim_view import Neighbour, neighbour_columns, neighbour_of
from db.engine import reading
from db.models import table
from db.page_changes import DocumentChanges, document_changes
from db.page_visits import PageStanding, standing_of_document
from db.records import PassageRecord
from db.same_story import SameStory, same_story

_DOCUMENTS = table("documents")
_OUTLETS = table("outlets")
_SNAPSHOTS = table("snapshots")
_TEXTS = table("texts")
_PASSAGES = table("passages")
_CLAIMS = table("claims")
_SPANS = table("claim_spans")
_FIGURES = table("figures")
#: So many versions are listed at most.
VERSIONS = 50
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class DocumentWhole:
    """All that is known of a document; ``won_by`` says where each value came from; ``doubt`` why its text may err."""

    id: int
    key: str
    kind: str
    label: str
    title: str | None
    byline: str | None
    outlet_id: int | None
    publisher: str | None
    published: str | None
    modified: str | None
    language: str | None
    url: str | None
    message_id: str | None
    won_by: Mapping[str, str]
    first_seen: str
    last_checked: str
    next_check: str | None
    doubt: str | None


@dataclass(frozen=True, slots=True)
class TextBrief:
    """One extraction of a version."""

    id: int
    extractor: str
    extractor_version: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Version:
    """One fetched version, with its texts, the newest first."""

    id: int
    input: str
    fetched_at: str
    final_url: str | None
    status: int | None
    content_type: str | None
    sha256: str
    size: int
    texts: tuple[TextBrief, ...]


@dataclass(frozen=True, slots=True)
class SpannedClaim:
    """A claim that stands in the text that is shown, and where; withdrawn ones only where asked for."""

    claim: Neighbour
    start: int
    end: int
    is_current: bool
    page: int | None


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document as its page shows it, with the part of one text from ``start`` to ``end``.

    ``cuts`` are the parts of the text. ``passages``, ``claims`` and ``figures`` (begin and end) are
    those of this part, ``in_text`` the number of claims in the whole text. ``states`` counts the
    document's claims by their state; ``changes``, ``page`` and ``story`` are what changed on its page, how that is
    doing, and where else the story stands.
    """

    document: DocumentWhole
    versions: tuple[Version, ...]
    all_versions: int
    version: Version
    shown: TextBrief
    is_newest: bool
    text: str
    cuts: tuple[tuple[int, int], ...]
    part: int
    passages: tuple[PassageRecord, ...]
    claims: tuple[SpannedClaim, ...]
    figures: tuple[tuple[int, int], ...]
    in_text: int
    states: Mapping[str, int]
    changes: DocumentChanges
    page: PageStanding
    story: SameStory


#: Cuts a text into the parts of which a page shows one.
Cutter = Callable[[str], Sequence[tuple[int, int]]]


def document_view(
    bind: Engine | Connection,
    document_id: int,
    cutter: Cutter,
    *,
    snapshot_id: int | None = None,
    text_id: int | None = None,
    claim_id: int | None = None,
    part: int | None = None,
) -> DocumentView | None:
    """The document with one of its texts; None where there is no such document, version, text or part.

    Without ``snapshot_id`` and ``text_id`` it is the text read last of the version fetched last. With
    ``claim_id`` it is a text of the version that carries the claim, and the part in which it stands,
    where there is one; the claim is then shown even if the last reading did not find it. ``part``
    counts from 0.
    """
    with reading(bind) as connection:
        document = _document(connection, document_id)
        if document is None:
            return None
        place = _place(connection, document_id, snapshot_id, text_id, claim_id)
        if place is None:
            return None
        shown_id, shown_snapshot = place
        text = str(connection.execute(sa.select(_TEXTS.c.text).where(_TEXTS.c.id == shown_id)).scalar_one())
        cuts = tuple(cutter(text))
        part = _part(connection, shown_id, cuts, claim_id) if part is None else part
        if not 0 <= part < len(cuts):
            return None
        versions, all_versions = _versions(connection, document_id, shown_snapshot)
        version = next(version for version in versions if version.id == shown_snapshot)
        claims = _claims(connection, shown_id, cuts[part], claim_id)
        return DocumentView(
            document=document,
            versions=versions,
            all_versions=all_versions,
            version=version,
            shown=next(brief for brief in version.texts if brief.id == shown_id),
            is_newest=versions[0].id == shown_snapshot,
            text=text,
            cuts=cuts,
            part=part,
            passages=_passages(connection, shown_id, cuts[part]),
            claims=claims,
            figures=_figures(connection, shown_id, text, claims),
            in_text=_number_in(connection, shown_id),
            states=_states(connection, document_id),
            changes=document_changes(connection, document_id),
            page=standing_of_document(connection, document_id),
            story=same_story(connection, document_id),
        )


def _document(connection: Connection, document_id: int) -> DocumentWhole | None:
    query = (
        sa.select(_DOCUMENTS, _OUTLETS.c.name.label("publisher"))
        .outerjoin(_OUTLETS, _OUTLETS.c.id == _DOCUMENTS.c.outlet_id)
        .where(_DOCUMENTS.c.id == document_id)
    )
    row = connection.execute(query).first()
    if row is None:
        return None
    return DocumentWhole(**{name: getattr(row, name) for name in DocumentWhole.__dataclass_fields__})


def _place(
    connection: Connection, document_id: int, snapshot_id: int | None, text_id: int | None, claim_id: int | None
) -> tuple[int, int] | None:
    """The ids of the text to show and of its version."""
    query = (
        sa.select(_TEXTS.c.id, _TEXTS.c.snapshot_id)
        .join(_SNAPSHOTS, _SNAPSHOTS.c.id == _TEXTS.c.snapshot_id)
        .where(_SNAPSHOTS.c.document_id == document_id)
        .limit(1)
    )
    if snapshot_id is not None:
        query = query.where(_SNAPSHOTS.c.id == snapshot_id)
    if text_id is not None:
        query = query.where(_TEXTS.c.id == text_id)
    if claim_id is not None:
        carries = sa.exists().where(_SPANS.c.claim_id == claim_id, _SPANS.c.text_id == _TEXTS.c.id)
        query = query.order_by(carries.desc())
    query = query.order_by(_SNAPSHOTS.c.fetched_at.desc(), _SNAPSHOTS.c.id.desc(), _TEXTS.c.id.desc())
    row = connection.execute(query).first()
    return None if row is None else (int(row.id), int(row.snapshot_id))


def _part(connection: Connection, text_id: int, cuts: Sequence[tuple[int, int]], claim_id: int | None) -> int:
    """The part in which the claim begins; the first without one."""
    if claim_id is None:
        return 0
    query = sa.select(_SPANS.c.start).where(_SPANS.c.claim_id == claim_id, _SPANS.c.text_id == text_id)
    start = connection.execute(query).scalar()
    if start is None:
        return 0
    return next((number for number, (_, end) in enumerate(cuts) if start < end), 0)


def _versions(connection: Connection, document_id: int, shown: int) -> tuple[tuple[Version, ...], int]:
    """The newest versions, and the one that is shown in any case; and how many there are."""
    of_document = _SNAPSHOTS.c.document_id == document_id
    number = int(connection.execute(sa.select(sa.func.count()).where(of_document)).scalar_one())
    newest = _SNAPSHOTS.c.fetched_at.desc(), _SNAPSHOTS.c.id.desc()
    rows = list(connection.execute(sa.select(_SNAPSHOTS).where(of_document).order_by(*newest).limit(VERSIONS)))
    if all(row.id != shown for row in rows):
        rows += connection.execute(sa.select(_SNAPSHOTS).where(_SNAPSHOTS.c.id == shown))
    described = [_TEXTS.c[name] for name in ("snapshot_id", *TextBrief.__dataclass_fields__)]
    query = sa.select(*described).where(_TEXTS.c.snapshot_id.in_([row.id for row in rows]))
    texts: dict[int, list[TextBrief]] = {}
    for row in connection.execute(query.order_by(_TEXTS.c.id.desc())):
        brief = TextBrief(**{name: getattr(row, name) for name in TextBrief.__dataclass_fields__})
        texts.setdefault(row.snapshot_id, []).append(brief)
    own = [name for name in Version.__dataclass_fields__ if name != "texts"]
    return tuple(
        Version(**{name: getattr(row, name) for name in own}, texts=tuple(texts.get(row.id, ()))) for row in rows
    ), number


def _passages(connection: Connection, text_id: int, part: tuple[int, int]) -> tuple[PassageRecord, ...]:
    names = ("start", "end", "role", "speaker", "level", "page")
    query = (
        sa.select(*(_PASSAGES.c[name] for name in names))
        .where(_PASSAGES.c.text_id == text_id, _PASSAGES.c.start < part[1], _PASSAGES.c.end > part[0])
        .order_by(_PASSAGES.c.start)
    )
    return tuple(PassageRecord(**row._asdict()) for row in connection.execute(query))


def _claims(
    connection: Connection, text_id: int, part: tuple[int, int], claim_id: int | None
) -> tuple[SpannedClaim, ...]:
    stands = _SPANS.c.is_current if claim_id is None else _SPANS.c.is_current | (_SPANS.c.claim_id == claim_id)
    query = (
        sa.select(*neighbour_columns(), _SPANS.c.start, _SPANS.c.end, _SPANS.c.is_current, _SPANS.c.page)
        .join(_CLAIMS, _CLAIMS.c.id == _SPANS.c.claim_id)
        .where(_SPANS.c.text_id == text_id, _SPANS.c.start < part[1], _SPANS.c.end > part[0], stands)
        .order_by(_SPANS.c.start, _SPANS.c.end, _CLAIMS.c.id)
    )
    return tuple(
        SpannedClaim(neighbour_of(row), row.start, row.end, bool(row.is_current), row.page)
        for row in connection.execute(query)
    )


def _figures(
    connection: Connection, text_id: int, text: str, claims: Sequence[SpannedClaim]
) -> tuple[tuple[int, int], ...]:
    """Where the claims' figures stand in this text.

    A figure's offsets count in the text whose reading prevailed; in another one its words are looked for
    within the claim.
    """
    spans = {claim.claim.id: claim for claim in claims}
    found = []
    ids = list(spans)
    for at in range(0, len(ids), _CHUNK):
        query = (
            sa.select(_FIGURES.c.claim_id, _FIGURES.c.start, _FIGURES.c.end, _FIGURES.c.text, _CLAIMS.c.text_id)
            .join(_CLAIMS, _CLAIMS.c.id == _FIGURES.c.claim_id)
            .where(_FIGURES.c.claim_id.in_(ids[at : at + _CHUNK]))
        )
        for row in connection.execute(query):
            start, end = row.start, row.end
            if row.text_id != text_id:
                span = spans[row.claim_id]
                start = text.find(row.text, span.start, span.end) if row.text else -1
                end = start + len(row.text)
            if start >= 0:
                found.append((int(start), int(end)))
    return tuple(sorted(found))


def _number_in(connection: Connection, text_id: int) -> int:
    query = sa.select(sa.func.count()).select_from(_SPANS).where(_SPANS.c.text_id == text_id, _SPANS.c.is_current)
    return int(connection.execute(query).scalar_one())


def _states(connection: Connection, document_id: int) -> dict[str, int]:
    of_document = sa.select(_CLAIMS.c.state, sa.func.count()).where(_CLAIMS.c.document_id == document_id)
    return {str(state): int(number) for state, number in connection.execute(of_document.group_by(_CLAIMS.c.state))}
