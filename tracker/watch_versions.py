"""What two versions of a page are compared by: the article that is read of each, and what else stands on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from db.changes import ChangeRecord, ClaimPlace
from db.visits import KnownVersion
from scrapers.archive import Archive
from scrapers.charset import decode
from scrapers.document import Capture, Document
from scrapers.errors import ArchiveError, ScrapeError
from scrapers.html_tree import parse
from scrapers.prose import UNSAID
from tracker.judging.drift import BORING, FIGURE, Change, Drift, Version, drift, shortened
from tracker.judging.same_work import another_work
from tracker.reading.passages import read_passages

NOTHING = "nothing can be read of what stands there now: a wall, an error page or an empty one"
#: So many changes of words, and of encoding, are kept of one visit; of figures all.
_MOST_WORDS, _MOST_BORING = 200, 20


def around(capture: Capture) -> str:
    """All words of an HTML page, with what is no part of the article; empty for anything else."""
    if not _is_html(capture):
        return ""
    tree = parse(decode(capture.body, capture.charset))
    if tree is None:
        return ""
    words: list[str] = []
    for element in tree.iter():
        if isinstance(element.tag, str) and element.tag not in UNSAID:
            words.append(element.text or "")
        words.append(element.tail or "")
    return " ".join(" ".join(words).split())


def _is_html(capture: Capture) -> bool:
    of_html = (capture.content_type or "text/html") in ("text/html", "application/xhtml+xml")
    return of_html and b"<" in capture.body[:4000]


def version_of(document: Document, capture: Capture) -> Version:
    """The version of a document that was read of a capture: its text, and its passages but the boilerplate."""
    spans = tuple((one.start, one.end) for one in read_passages(document) if one.role != "boilerplate")
    return Version(document.text, spans, around(capture))


def known_version(
    known: KnownVersion, archive: Archive, like: Capture, read_again: Callable[[Capture], Document]
) -> Version | None:
    """The version that is kept, read again by the code that read the new one; None where nothing can be read.

    Other code finds other words in the same page, which is no change of the page. Where the bytes are not to be
    had, the text that was read of them then is taken.
    """
    try:
        body = archive.load(known.sha256)
        capture = Capture(
            source=like.source,
            body=body,
            fetched_at=known.fetched_at,
            content_type=known.content_type or like.content_type,
            charset=like.charset,
            url=like.url,
            final_url=known.final_url or like.final_url,
            status=like.status,
        )
        return version_of(read_again(capture), capture)
    except (ArchiveError, ScrapeError):
        if known.text is None:
            return None
        spans = tuple((start, end) for start, end, role in known.passages if role != "boilerplate")
        return Version(known.text, spans or None)


def another_page(before: Version | None, after: Version | None, capture: Capture) -> str | None:
    """What stands in the place of a version, in words; None where the capture is a version too, or nobody can tell.

    A page that could be read, and of whose HTML nothing can be read now, is a wall or an empty shell; of other bytes
    nobody can tell.
    """
    if before is None:
        return None
    if after is None:
        return NOTHING if _is_html(capture) or not capture.body.strip() else None
    return another_work(before.text, after.text, before.spans, after.spans)


def compared(before: Version | None, after: Version | None) -> Drift | None:
    """What changed; None where one of the two cannot be read, and only their bytes can be compared."""
    return None if before is None or after is None else drift(before, after)


def records_of(
    found: Drift, before: Version | None, known: KnownVersion, sha256: str, claims: Sequence[ClaimPlace], since: str
) -> list[tuple[Change, ChangeRecord, ClaimPlace | None]]:
    """The changes as they are kept, one for each claim that stands in one, each with its claim."""
    made: list[tuple[Change, ChangeRecord, ClaimPlace | None]] = []
    left = {"words": _MOST_WORDS, BORING: _MOST_BORING}
    same_text = before is not None and before.text == known.text
    for change in found.changes:
        if change.kind != FIGURE:
            left[change.kind] -= 1
            if left[change.kind] < 0:
                continue
        touched = (
            [claim for claim in claims if _stands_in(claim, change, by_offset=same_text)]
            if change.kind == FIGURE
            else []
        )
        short = shortened(change)
        concerned: list[ClaimPlace | None] = [*touched]
        for claim in concerned or [None]:
            record = ChangeRecord(
                short.kind, short.before, short.after, short.context_before, short.context_after, known.sha256, sha256,
                claim.id if claim else None, since,
            )  # fmt: skip
            made.append((short, record, claim))
    return made


def _stands_in(claim: ClaimPlace, change: Change, *, by_offset: bool) -> bool:
    """Whether a change is one of a claim's own words."""
    if by_offset:
        return (
            claim.start <= change.start_before <= claim.end
            and (change.start_before < claim.end or change.start_before == change.end_before)
            or claim.start < change.end_before <= claim.end
        )
    return claim.quote in change.context_before and change.before in claim.quote
