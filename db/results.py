"""What ``db.queries`` gives: claims as they are stored, with what people need to judge them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from db.page_changes import ClaimDrift
from db.page_visits import PageStanding
from db.records import FigureRecord, PassageRecord, SourceRecord, TellerRecord
from db.reviews import StoredReview


@dataclass(frozen=True, slots=True)
class DocumentBrief:
    """What a reader of a claim must know of its document; ``doubt`` says why its text may not be the whole of it."""

    id: int
    key: str
    kind: str
    label: str
    title: str | None
    byline: str | None
    publisher: str | None
    published: str | None
    modified: str | None
    url: str | None
    language: str | None
    doubt: str | None = None


@dataclass(frozen=True, slots=True)
class StoredClaim:
    """A claim as stored: the fields of the reading, under their names, and those of its review."""

    id: int
    key: str
    document: DocumentBrief
    text_id: int
    start: int
    end: int
    quote: str
    sentence_start: int
    sentence_end: int
    page: int | None
    kind: str
    also_kinds: tuple[str, ...]
    subject: str | None
    speaker: str | None
    chain: tuple[TellerRecord, ...]
    origin: str | None
    stance: str
    as_of: str | None
    figures: tuple[FigureRecord, ...]
    figure_text: str | None
    sources: tuple[SourceRecord, ...]
    sourcing: str
    sourcing_reason: str
    read_sourcing: str
    read_sourcing_reason: str
    lacks_source: bool
    is_backed: bool
    weight: int
    workflow: str
    verdict: str
    state: str
    reader_version: str
    first_seen: str
    updated_at: str


@dataclass(frozen=True, slots=True)
class StoredEvidence:
    """A source's bearing on the claim, found by the reader or attached by a person (``by_whom``)."""

    id: int
    source_id: int
    relation: str
    how: str
    name: str | None
    url: str | None
    title: str | None
    publisher: str | None
    kind: str | None
    is_primary: bool
    published: str | None
    liveness: str
    locator: str | None
    excerpt: str | None
    by_whom: str | None
    created_at: str
    last_checked: str | None = None


@dataclass(frozen=True, slots=True)
class StoredSpan:
    """Where the claim stands in one text; ``is_current`` if that text's last reading found it."""

    text_id: int
    extractor: str
    start: int
    end: int
    sentence_start: int
    sentence_end: int
    is_current: bool


@dataclass(frozen=True, slots=True)
class StoredSnapshot:
    """The fetched version that the claim's text was extracted from."""

    id: int
    input: str
    fetched_at: str
    final_url: str | None
    status: int | None
    content_type: str | None
    sha256: str
    size: int
    warc_file: str | None
    warc_offset: int | None


@dataclass(frozen=True, slots=True)
class ClaimDetail:
    """One claim whole.

    ``reviews`` are the moves so far, oldest first; ``reading`` is what a review made now would judge,
    and ``stale`` which of ``verdict`` and ``approve`` were given for another one. ``sentence`` holds
    the claim, ``before`` and ``after`` up to 300 characters around it, cut at words; ``passage`` is
    the narrowest piece of the text that holds the claim, and ``text`` the whole of it. ``page_now`` tells how the
    document's page is doing, ``drifts`` which figures of the claim changed on it.
    """

    claim: StoredClaim
    snapshot: StoredSnapshot
    spans: tuple[StoredSpan, ...]
    evidence: tuple[StoredEvidence, ...]
    sentence: str
    before: str
    after: str
    passage: PassageRecord | None
    reviews: tuple[StoredReview, ...]
    reading: Mapping[str, Any]
    stale: frozenset[str]
    text: str = field(default="", repr=False)
    page_now: PageStanding = PageStanding()
    drifts: tuple[ClaimDrift, ...] = ()
