"""Stored claims as citations; the command line and the pages both cite with this."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from sqlalchemy import Connection, Engine

from db.citing_rows import cited_claims
from db.page_changes import ClaimDrift
from db.page_visits import PageStanding
from db.records import FigureRecord
from db.results import StoredClaim, StoredEvidence, StoredSnapshot
from tracker.citing.citations import Citation, CitedSource
from tracker.citing.figures import date_in_words, figure_in_words
from tracker.judging.citable import LOST, Backing, Standing, reasons_not_citable


class Cited(Protocol):
    """What a citation needs of a claim: a ``ClaimDetail`` has it, and a ``CitedClaim``."""

    @property
    def claim(self) -> StoredClaim: ...
    @property
    def snapshot(self) -> StoredSnapshot: ...
    @property
    def evidence(self) -> tuple[StoredEvidence, ...]: ...
    @property
    def stale(self) -> frozenset[str]: ...
    @property
    def page_now(self) -> PageStanding: ...
    @property
    def drifts(self) -> tuple[ClaimDrift, ...]: ...


def as_citations(bind: Engine | Connection, ids: Sequence[int]) -> list[Citation]:
    """The citations of the claims with these ids, in their order, in a few statements for each 500.

    Raises UnknownClaim if there is no claim of one of the ids: a list of citations is never silently short.
    """
    return [citation_of(cited) for cited in cited_claims(bind, ids)]


def citation_of(detail: Cited) -> Citation:
    """The citation of a stored claim."""
    claim = detail.claim
    standing = Standing(
        workflow=claim.workflow,
        verdict=claim.verdict,
        state=claim.state,
        backing=tuple(Backing(e.relation, e.url is not None, e.is_primary, e.liveness) for e in detail.evidence),
        stance=claim.stance,
        inferred_units=tuple(
            f.unit or "not known" for f in claim.figures if not f.unit_stated and f.confirmed_by is None
        ),
        stale=detail.stale,
        says_now=_says_now(detail),
    )
    return Citation(
        claim_id=claim.id,
        kind=claim.document.kind,
        quote=claim.quote,
        figures=tuple(_figure(f) for f in claim.figures),
        tellers=tuple(t.name for t in claim.chain),
        origin=claim.origin,
        stance=claim.stance,
        title=claim.document.label,
        byline=claim.document.byline,
        publisher=claim.document.publisher,
        published=claim.document.published,
        url=claim.document.url,
        accessed=detail.snapshot.fetched_at,
        archived=detail.snapshot.sha256,
        sources=_sources(detail),
        sourcing_reason=claim.read_sourcing_reason,
        problems=reasons_not_citable(standing),
        page=claim.page,
        page_news=_page_news(detail.page_now),
    )


def _says_now(detail: Cited) -> str:
    """What the page gives in place of the claim's figures."""
    says = "last said" if detail.page_now.state == "gone" else "now says"
    said = []
    for drift in detail.drifts:
        if not drift.is_back:
            now = (
                f'it {says} "{drift.after}", not "{drift.before}"' if drift.after else f'"{drift.before}" was taken out'
            )
            said.append(f"{now} (since {date_in_words(drift.at[:10])})")
    return ", and ".join(dict.fromkeys(said))


def _page_news(page: PageStanding) -> str:
    """That the page is not where it was, as of when; empty where nobody knows of it."""
    status = f" ({page.status})" if page.status and page.outcome == page.state else ""
    if page.state == "gone" and page.since:
        return f"gone since {date_in_words(page.since[:10])}{status}; its words are kept in the archive"
    if page.state == "missing" and page.at:
        return (
            f"not found when last looked at{status}, {date_in_words(page.at[:10])}; its words are kept in the archive"
        )
    return ""


def _figure(figure: FigureRecord) -> str:
    """The figure in words; a corrected one says that its words are not those of the quote."""
    words = figure_in_words(figure)
    if figure.corrected_by is None:
        return words
    return f'{words} (as corrected; the text has "{" ".join(figure.text.split())}")'


def _sources(detail: Cited) -> tuple[CitedSource, ...]:
    """What people attached in support, primary sources first, then what the document itself names or links.

    A source that changed or is gone since is left out where the claim has one that is not: nobody could find in it
    what it is cited for. Where it has none, the citation's problems say so.
    """
    supporting = [e for e in detail.evidence if e.how == "attached" and e.relation == "supports"]
    supporting.sort(key=lambda evidence: not evidence.is_primary)
    known = {evidence.url for evidence in supporting if evidence.url}
    good = [e for e in supporting if e.liveness not in LOST]
    # Only what makes the claim citable by itself stands in for another.
    chosen = good if any(e.url or e.is_primary for e in good) else supporting
    attached = [CitedSource(_name(evidence), evidence.url, evidence.how) for evidence in chosen]
    own = [CitedSource(s.name, s.url, s.how) for s in detail.claim.sources if s.url is None or s.url not in known]
    return (*attached, *own)


def _name(evidence: StoredEvidence) -> str:
    """What the source is called, with where in it the words stand: "Judgment 12 (Crown Court), p. 4"."""
    name = evidence.title or evidence.name or evidence.url or ""
    if evidence.publisher and evidence.publisher.casefold() not in name.casefold():
        name += f" ({evidence.publisher})"
    return f"{name}, {evidence.locator}" if evidence.locator else name
