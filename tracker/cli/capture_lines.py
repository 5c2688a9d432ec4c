"""What became of a claim's page, as lines of plain text and as JSON: drifted figures, words that went, near-copies."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine

from db.claim_capture import ClaimCapture, claim_capture
from db.engine import reading
from db.page_changes import ClaimDrift
from db.page_visits import PageStanding
from db.results import ClaimDetail
from db.same_story import SameStory, same_story
from tracker.cli.common import joined, plural_of

#: So many copies are named; JSON has as many as a page.
_NAMED = 5


def became_of(engine: Engine, detail: ClaimDetail) -> tuple[ClaimCapture, SameStory]:
    """What became of the claim's page, and where else the story stands."""
    with reading(engine) as connection:
        return claim_capture(connection, detail), same_story(connection, detail.claim.document.id)


def capture_rows(detail: ClaimDetail, capture: ClaimCapture, story: SameStory) -> list[tuple[str, str | None]]:
    """The rows for ``tracker show``; those with nothing to say are None."""
    rows: list[tuple[str, str | None]] = [("Changed", _drift(drift, capture.page)) for drift in capture.drifts]
    rows += [
        ("Absent", f"not on the page since {_time(capture.absent_since)}" if capture.absent_since else None),
        ("Page", _page(capture.page)),
    ]
    for item in detail.evidence:
        if item.liveness in ("changed", "gone"):
            since = capture.sources.get(item.id)
            when = f" since {_time(since)}" if since else ""
            rows.append(("Source", f"{item.liveness}{when}: {item.title or item.name or item.url}"))
        if item.id in capture.astray:
            rows.append(("Source", f"{_astray(capture.astray[item.id])}: {item.title or item.name or item.url}"))
    doubt = detail.claim.document.doubt
    why = f"the text may not be the whole article, or more than it: {doubt}" if doubt else None
    if doubt and doubt.startswith("written in "):
        why = f"the text is {doubt}"
    return [*rows, ("Copies", _copies(story)), ("Doubt", why)]


def _time(stamp: str | None) -> str:
    return f"{(stamp or '')[:16].replace('T', ' ')} UTC"


def _drift(drift: ClaimDrift, page: PageStanding) -> str:
    at = _time(drift.at)
    if drift.is_back:
        return f'the page said otherwise for a while, and has "{drift.before}" again (since {at})'
    says = "last said" if page.state == "gone" else "now says"
    now = f'the page {says} "{drift.after}"' if drift.after else "the page no longer gives the figure"
    sentence = f": {drift.context_after}" if drift.after and drift.context_after else ""
    return f'{now}, the claim has "{drift.before}" (since {at}){sentence}'


def _page(page: PageStanding) -> str | None:
    words = {"gone": "gone", "missing": "not found", "failed": "could not be had"}
    if page.state not in words:
        return None
    return joined([f"{words[page.state]} since {_time(page.since)}", page.reason])


def _astray(page: PageStanding) -> str:
    """That a source was not found, or could not be had, when somebody looked last; it is not known to be gone."""
    if page.state == "missing":
        said, why = "not found", str(page.status) if page.outcome == "missing" and page.status else ""
    else:
        said, why = "could not be had", page.reason or ""
    seen = f", last seen there {_time(page.found)}" if page.found else ""
    return f"{said} when last looked at{f' ({why})' if why else ''}, {_time(page.at)}{seen}"


def _copies(story: SameStory) -> str | None:
    if not story.others:
        return None
    named = [f"{copy.label} ({copy.outlet})" if copy.outlet else copy.label for copy in story.copies[:_NAMED]]
    more = f" and {story.others - len(named):,} more" if story.others > len(named) else ""
    return f"the same story stands in {plural_of(story.others, 'other document')}: {'; '.join(named)}{more}"


def capture_as_json(detail: ClaimDetail, capture: ClaimCapture, story: SameStory) -> dict[str, Any]:
    """``changes`` of the claim's figures, the ``copies`` of its document, and ``absent_since`` of an absent claim.

    ``page_state`` tells how the document's page is doing: its ``outcome`` is found, gone, missing or failed (null: it
    was never visited), ``since`` when, unless it was found. ``sources_astray`` are sources that were not found,
    or could not be had, when somebody looked last, and are not known to be gone.
    """
    page = capture.page
    absent = {"absent_since": capture.absent_since} if capture.absent_since else {}
    names = ("before", "after", "context_before", "context_after", "at", "sha256_before", "sha256_after", "is_back")
    return {
        **absent,
        "page_state": {"outcome": page.state, "since": page.since, "reason": page.reason, "found": page.found},
        "sources_astray": [
            {"url": item.url, "outcome": source.state, "status": source.status, "reason": source.reason,
             "at": source.at, "since": source.since, "found": source.found}
            for item in detail.evidence if (source := capture.astray.get(item.id))
        ],
        "changes": [{name: getattr(drift, name) for name in names} for drift in capture.drifts],
        "copies": [
            {"id": copy.id, "title": copy.label, "publisher": copy.outlet, "published": copy.published,
             "earlier": copy.is_earlier, "score": copy.score}
            for copy in story.copies
        ],
    }  # fmt: skip
