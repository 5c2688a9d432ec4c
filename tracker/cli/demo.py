"""``tracker demo``: reads the sample press pack and says what came out."""

from __future__ import annotations

import sys
from collections import Counter
from importlib.resources import as_file, files
from pathlib import Path

import click

from db.engine import open_database
from db.store import list_claims
from tracker.cli.claim_lines import kind_in_words
from tracker.cli.common import flat, joined, one_line_errors, plural_of, say, say_error, settings, wrapped
from tracker.pipeline import Added, Adder, Failed

_READ = (".html", ".txt", ".eml")


@click.command(epilog="Example: tracker demo --db demo.db, then tracker serve --db demo.db")
@click.option(
    "--db",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("demo.db"),
    show_default=True,
    help="The database.",
)
def demo(db: Path) -> None:
    """Read the sample press pack into a database and print what it found."""
    with one_line_errors(), as_file(files("tracker.demo").joinpath("pack")) as pack:
        items = sorted(path for path in pack.iterdir() if path.suffix in _READ)
        failed = _add(db, items)
        _summarise(db)
    sys.exit(1 if failed else 0)


def _add(db: Path, items: list[Path]) -> int:
    say(f"Reading the sample press pack into {db}:")
    failed = 0
    with Adder(db, settings(), "demo") as adder:
        for item in items:
            outcome = adder.add(str(item))
            if isinstance(outcome, Failed):
                failed += 1
                say_error(outcome)
            else:
                known = _known(outcome)
                claims = plural_of(len(outcome.reading.claims), "claim")
                say(f"  {item.name:<24} {outcome.document.kind:<10} {claims}{known}")
    return failed


def _known(outcome: Added) -> str:
    if outcome.result.new_document:
        return ""
    return ", another version of a known page" if outcome.result.new_snapshot else ", known already"


def _summarise(db: Path) -> None:
    engine = open_database(db)
    found = list_claims(engine)
    lacking = list_claims(engine, lacking_source=True)
    say(f"\n{plural_of(len(found), 'claim')}, by kind:")
    for kind, number in Counter(claim.kind for claim in found).most_common():
        say(f"  {number:>4}  {kind_in_words(kind)}")
    say(f"\n{plural_of(len(lacking), 'claim')} that lack a source, some of them:")
    ranked = sorted(lacking, key=lambda c: (not c.figures, c.kind in {"other", "statement"}, c.id))
    for claim in ranked[:5]:
        who = joined([claim.speaker or "speaker not known", claim.document.publisher])
        say(wrapped(f'{claim.figure_text or "-"}: "{flat(claim.quote)}" ({who})', " " * 8, f"  {claim.id:>4}  "))
    best = [c for c in found if c.sourcing == "linked" and c.figures] or found
    if best:
        from db.store import get_claim
        from tracker.citing.citations import as_text
        from tracker.cli.cite import citation_of

        say("\nOne citation, as `tracker cite` gives it:")
        for line in as_text(citation_of(get_claim(engine, best[0].id))).splitlines():
            say(wrapped(line, "  "))
