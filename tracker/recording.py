"""What is stored of what was read: the reader's values as the database's records."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import fields

from db.records import (
    ClaimRecord,
    DocumentRecord,
    FigureRecord,
    PassageRecord,
    SnapshotRecord,
    SourceRecord,
    TellerRecord,
    TextRecord,
)
from scrapers.archive import Stored
from scrapers.document import Capture, Document
from scrapers.registry import Scraper
from scrapers.surrogates import whole
from tracker.citing.figures import figure_in_words
from tracker.reading.publishers import Publishers
from tracker.reading.values import Claim, Figure, Reading, SourceMention, Teller

_TELLER_FIELDS = tuple(one.name for one in fields(Teller))
_FIGURE_FIELDS = tuple(one.name for one in fields(Figure))


def label_of(document: Document) -> str:
    """What a list shows in place of a document's id: its title, else its kind, publisher and date."""
    if document.title:
        return document.title
    words = {"email": "E-mail"}.get(document.kind, document.kind.capitalize())
    sender = f" from {document.publisher}" if document.publisher else ""
    date = f", {document.published[:10]}" if document.published else ""
    return f"{words}{sender}{date} (no title)"


def document_record(document: Document, key: str) -> DocumentRecord:
    """What is stored of a document under a key (``tracker.mail_copies.placed``)."""
    return DocumentRecord(
        key=key,
        kind=document.kind,
        label=label_of(document),
        url=document.url,
        message_id=document.message_id,
        title=document.title,
        byline=document.byline,
        publisher=document.publisher,
        published=document.published,
        modified=document.modified,
        language=document.language,
        doubt=document.doubt,
        won_by=document.won_by,
    )


def snapshot_record(capture: Capture, stored: Stored) -> SnapshotRecord:
    """What is stored of a capture, whose bytes stand in the archive."""
    return SnapshotRecord(
        input=whole(capture.source),
        fetched_at=capture.fetched_at,
        sha256=stored.sha256,
        size=len(capture.body),
        final_url=capture.final_url,
        status=capture.status,
        content_type=capture.content_type,
        warc_file=stored.warc_file,
        warc_offset=stored.offset,
    )


def page_of(document: Document, place: int) -> int | None:
    """The number of the page on which this place of the text stands; None for what has no pages."""
    at = bisect_right(document.pages, place, key=lambda page: page.start) - 1
    return document.pages[at].number if at >= 0 else None


def text_record(document: Document, reading: Reading, scraper: Scraper) -> TextRecord:
    """What is stored of the text that a scraper gave, with the passages into which the reading cut it."""
    passages = tuple(
        PassageRecord(p.start, p.end, p.role, p.speaker, p.level, page_of(document, p.start)) for p in reading.passages
    )
    return TextRecord(scraper.name, scraper.version, document.text, passages)


def claim_record(claim: Claim, publishers: Publishers, weight: int, page: int | None = None) -> ClaimRecord:
    """What is stored of a claim; ``weight`` (0 to 100) is its place in the queue, ``page`` that of a PDF."""
    return ClaimRecord(
        key=claim.key,
        start=claim.start,
        end=claim.end,
        quote=claim.quote,
        sentence_start=claim.sentence_start,
        sentence_end=claim.sentence_end,
        kind=claim.kind,
        also_kinds=claim.also_kinds,
        subject=claim.subject,
        speaker=claim.speaker,
        chain=tuple(TellerRecord(**{name: getattr(t, name) for name in _TELLER_FIELDS}) for t in claim.chain),
        origin=claim.origin,
        stance=claim.stance,
        as_of=claim.as_of,
        figures=tuple(FigureRecord(**{name: getattr(f, name) for name in _FIGURE_FIELDS}) for f in claim.figures),
        sources=tuple(_source_record(s, publishers) for s in claim.sources),
        sourcing=claim.sourcing,
        sourcing_reason=claim.sourcing_reason,
        figure_text="; ".join(figure_in_words(f) for f in claim.figures) or None,
        weight=weight,
        page=page,
    )


def _source_record(mention: SourceMention, publishers: Publishers) -> SourceRecord:
    publisher = publishers.of_url(mention.url) if mention.url else publishers.of_name(mention.name)
    return SourceRecord(
        name=mention.name,
        url=mention.url,
        how=mention.how,
        start=mention.start,
        end=mention.end,
        kind=publisher.kind if publisher else "anonymous" if mention.how == "anonymous" else None,
        publisher=publisher.name if publisher else None,
        is_primary=publisher.primary if publisher else False,
        inherited=mention.inherited,
    )
