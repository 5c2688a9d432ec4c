"""``tracker cite``: claims with their citation, and a warning on each that is not citable."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from db.errors import AmbiguousClaim, UnknownClaim
from db.store import get_claim
from tracker.citations_of import citation_of
from tracker.citing.citations import Citation
from tracker.citing.formats import formats
from tracker.cli.claims import open_existing
from tracker.cli.common import db_option, one_line_errors, say, say_error


@click.command(epilog="Example: tracker cite 12 15 --as markdown")
@click.argument("claims", nargs=-1, required=True, metavar="CLAIM...")
@click.option("--as", "form", type=click.Choice(list(formats())), default="text", show_default=True, help="The format.")
@db_option
def cite(claims: tuple[str, ...], form: str, db: Path | None) -> None:
    """Cite claims by id or key.

    A claim that is not citable comes out with NOT CHECKED: and the reason in front;
    what is no claim is told of, one line each, and the others are cited.

    \b
    Exit status: 0 every claim is citable, 1 at least one is not, or is not known,
    2 wrong usage.
    """
    with one_line_errors():
        engine = open_existing(db)
        citations: list[Citation] = []
        unknown: dict[str, Exception] = {}
        for claim in claims:
            try:
                citations.append(citation_of(get_claim(engine, claim)))
            except (UnknownClaim, AmbiguousClaim) as error:
                unknown[claim] = error
    if citations:
        say(formats()[form].render(citations))
    for reason in unknown.values():
        say_error(reason)
    sys.exit(1 if unknown or any(citation.problems for citation in citations) else 0)
