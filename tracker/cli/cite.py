"""``tracker cite``: claims with their citation, and a warning on each that is not citable."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from db.results import ClaimDetail
from db.store import get_claim
from tracker.citing.citations import FORMATS, Citation, CitedSource
from tracker.citing.figures import figure_in_words
from tracker.cli.claims import open_existing
from tracker.cli.common import db_option, one_line_errors, say
from tracker.judging.citable import Backing, Standing, reasons_not_citable


@click.command(epilog="Example: tracker cite 12 15 --as markdown")
@click.argument("claims", nargs=-1, required=True, metavar="CLAIM...")
@click.option("--as", "form", type=click.Choice(list(FORMATS)), default="text", show_default=True, help="The format.")
@db_option
def cite(claims: tuple[str, ...], form: str, db: Path | None) -> None:
    """Cite claims by id or key.

    A claim that is not citable comes out with NOT CHECKED: and the reason in front.

    \b
    Exit status: 0 every claim is citable, 1 at least one is not, or is not known,
    2 wrong usage.
    """
    problems = False
    with one_line_errors():
        engine = open_existing(db)
        details = [get_claim(engine, claim) for claim in claims]
    for number, detail in enumerate(details):
        citation = citation_of(detail)
        problems = problems or bool(citation.problems)
        say(("\n" if number else "") + FORMATS[form](citation))
    sys.exit(1 if problems else 0)


def citation_of(detail: ClaimDetail) -> Citation:
    """The citation of a stored claim."""
    claim = detail.claim
    standing = Standing(
        workflow=claim.workflow,
        verdict=claim.verdict,
        state=claim.state,
        backing=tuple(Backing(e.relation, e.url is not None, e.is_primary, e.liveness) for e in detail.evidence),
        stance=claim.stance,
        inferred_units=tuple(f.unit or "not known" for f in claim.figures if not f.unit_stated),
    )
    return Citation(
        claim_id=claim.id,
        quote=claim.quote,
        figures=tuple(figure_in_words(f) for f in claim.figures),
        tellers=tuple(t.name for t in claim.chain),
        origin=claim.origin,
        stance=claim.stance,
        title=claim.document.label,
        publisher=claim.document.publisher,
        published=claim.document.published,
        url=claim.document.url,
        accessed=detail.snapshot.fetched_at,
        archived=detail.snapshot.sha256,
        sources=tuple(CitedSource(s.name, s.url, s.how) for s in claim.sources),
        sourcing_reason=claim.sourcing_reason,
        problems=reasons_not_citable(standing),
    )
