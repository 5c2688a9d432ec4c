"""Stored claims as citations; the command line and the pages both cite with this."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from sqlalchemy import Connection, Engine

from db.citing_rows import cited_claims
from db.results import StoredClaim, StoredEvidence, StoredSnapshot
from tracker.citing.citations import Citation, CitedSource
from tracker.citing.figures import figure_in_words
from tracker.judging.citable import Backing, Standing, reasons_not_citable


class Cited(Protocol):
    """What a citation needs of a claim: a ``ClaimDetail`` has it, and a ``CitedClaim``."""

    @property
    def claim(self) -> StoredClaim: ...
    @property
    def snapshot(self) -> StoredSnapshot: ...
    @property
    def evidence(self) -> tuple[StoredEvidence, ...]: ...
    @property
    def reading_judged(self) -> bool: ...


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
        reading_judged=detail.reading_judged,
    )
    return Citation(
        claim_id=claim.id,
        kind=claim.document.kind,
        quote=claim.quote,
        figures=tuple(figure_in_words(f) for f in claim.figures),
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
        sources=tuple(CitedSource(s.name, s.url, s.how) for s in claim.sources),
        sourcing_reason=claim.sourcing_reason,
        problems=reasons_not_citable(standing),
    )
