"""``tracker claims`` lists claims; ``tracker show`` shows one whole."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from sqlalchemy import Engine

from db.engine import open_database
from db.results import ClaimDetail, StoredClaim
from db.store import get_claim, list_claims
from tracker.citing.figures import figure_in_words
from tracker.cli.common import (
    database,
    db_option,
    joined,
    json_option,
    one_line_errors,
    plural_of,
    print_json,
    shorten,
    stored_as_json,
)
from tracker.errors import TrackerError


def open_existing(db: Path | None) -> Engine:
    """The database that must be there already."""
    path = database(db)
    if not path.exists():
        raise TrackerError(f"no database: {path}: add a source first (tracker add FILE), or name another with --db")
    return open_database(path)


@click.command()
@db_option
@click.option("--lacking-source", is_flag=True, help="Only claims that neither link nor name a source.")
@click.option("--kind", help="Only claims of this kind.")
@click.option("--subject", help="Only claims about this person or organisation.")
@click.option("--search", metavar="WORDS", help="Only claims with these words.")
@click.option("--limit", type=click.IntRange(min=1), help="At most so many.")
@json_option
def claims(
    db: Path | None,
    lacking_source: bool,
    kind: str | None,
    subject: str | None,
    search: str | None,
    limit: int | None,
    as_json: bool,
) -> None:
    """List claims, with their figure, who said it and what it rests on."""
    with one_line_errors():
        engine = open_existing(db)
        found = list_claims(
            engine, lacking_source=lacking_source, kind=kind, subject=subject, search=search, limit=limit
        )
    if as_json:
        for claim in found:
            print_json(stored_as_json(claim))
        return
    document = None
    for claim in found:
        # The document is named once above its claims; a search lists by rank and may name it again.
        if claim.document.id != document:
            document = claim.document.id
            about = joined([claim.document.kind, claim.document.publisher or "", (claim.document.published or "")[:10]])
            click.echo(f"{shorten(claim.document.label, 90)} ({about})")
        _line(claim)
    click.echo(plural_of(len(found), "claim"))


def _line(claim: StoredClaim) -> None:
    who = claim.speaker or "speaker not known"
    if claim.origin and claim.origin != claim.speaker:
        who += f" (origin {claim.origin})"
    click.echo(f"{claim.id:>6}  {claim.kind.replace('_', ' '):<17} {claim.figure_text or '-'}")
    click.echo(f"{'':>6}  {shorten(claim.quote, 110)}")
    click.echo(f"{'':>6}  {who}; {claim.sourcing}: {claim.sourcing_reason}")


@click.command()
@click.argument("claim")
@db_option
@json_option
def show(claim: str, db: Path | None, as_json: bool) -> None:
    """Show one claim whole, by its id or key: words in context, who told it, sources."""
    with one_line_errors():
        detail = get_claim(open_existing(db), claim)
    if as_json:
        print_json(stored_as_json(detail.claim))
        return
    _show(detail)
    sys.exit(0)


def _show(detail: ClaimDetail) -> None:
    claim = detail.claim
    click.echo(f"Claim {claim.id} ({claim.kind}{', also ' + joined(claim.also_kinds) if claim.also_kinds else ''})")
    click.echo(f'\n  "{" ".join(claim.quote.split())}"\n')
    for figure in claim.figures:
        reason = f" - {figure.unit_reason}" if figure.unit_reason else ""
        counted = f", of {figure.of}" if figure.of else ""
        click.echo(f"  Figure     {figure_in_words(figure)}{counted}{reason}")
    rows = [
        ("Subject", claim.subject),
        ("Said by", claim.speaker or "not known"),
        ("Chain", " > ".join(f"{t.name} ({t.role})" for t in claim.chain)),
        ("Origin", claim.origin or "not known"),
        ("Stance", claim.stance),
        ("As of", claim.as_of),
        ("Rests on", f"{claim.sourcing}: {claim.sourcing_reason}"),
        ("Review", f"{claim.workflow}, verdict {claim.verdict}, {claim.state}"),
        ("Document", claim.document.label),
        (
            "",
            joined([claim.document.kind, claim.document.publisher or "", claim.document.published or "date not known"]),
        ),
        ("", claim.document.url),
        ("Archived", f"{detail.snapshot.sha256} ({detail.snapshot.fetched_at})"),
        ("Key", claim.key),
    ]
    for name, value in rows:
        if value:
            click.echo(f"  {name:<10} {value}")
    for source in claim.sources:
        click.echo(f"  {'Source':<10} {source.name} ({source.how}){' ' + source.url if source.url else ''}")
    context = f"{detail.before}{detail.sentence}{detail.after}"
    click.echo("\n  In its words:\n  " + " ".join(context.split()))
