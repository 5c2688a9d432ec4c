"""``tracker demo``: reads the sample press pack and says what came out."""

from __future__ import annotations

import sys
from collections import Counter
from importlib.resources import as_file, files
from pathlib import Path
from urllib.parse import quote_plus

import click
from sqlalchemy import Engine

from db.engine import open_database
from db.results import StoredClaim
from db.store import list_claims
from tracker.cli.claim_lines import kind_in_words
from tracker.cli.common import flat, joined, one_line_errors, plural_of, say, say_error, settings, wrapped
from tracker.outcomes import Added, Failed
from tracker.pipeline import Adder

_READ = (".html", ".txt", ".eml")
#: Words that several items of the pack share; the search that finds most documents is shown.
_SEARCHES = ("falsified", "tagging", "three weeks", "training")


@click.command(epilog="Example: tracker demo --db demo.db, then tracker serve --open --db demo.db")
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
        engine = open_database(db)
        _summarise(engine)
        _what_to_open(engine, db)
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


def _summarise(engine: Engine) -> None:
    found = list_claims(engine)
    lacking = list_claims(engine, lacking_source=True)
    say(f"\n{plural_of(len(found), 'claim')}, by kind:")
    for kind, number in Counter(claim.kind for claim in found).most_common():
        say(f"  {number:>4}  {kind_in_words(kind)}")
    say(f"\n{plural_of(len(lacking), 'claim')} that lack a source, some of them:")
    ranked = sorted(lacking, key=lambda c: (-c.weight, not c.figures, c.id))
    for claim in ranked[:5]:
        who = joined([claim.speaker or "speaker not known", claim.document.publisher])
        say(wrapped(f'{claim.figure_text or "-"}: "{flat(claim.quote)}" ({who})', " " * 8, f"  {claim.id:>4}  "))
    best = [c for c in found if c.sourcing == "linked" and c.figures] or found
    if best:
        from db.store import get_claim
        from tracker.citations_of import citation_of
        from tracker.citing.citations import as_text

        say("\nOne citation, as `tracker cite` gives it:")
        for line in as_text(citation_of(get_claim(engine, best[0].id))).splitlines():
            say(wrapped(line, "  "))


def _what_to_open(engine: Engine, db: Path) -> None:
    """Print the pages of the desk worth opening first, as paths, and why."""
    found = [claim for claim in list_claims(engine) if claim.state == "present"]
    if not found:
        return
    lacking = sum(claim.lacks_source for claim in found)
    name = _in_addresses(db)
    say(f"\nWorth opening first, once `tracker serve --open --db {db}` runs:")
    _say_page("/", "the front page: how much there is, and where to begin")
    _say_page("/-/queue", f"the queue: {plural_of(lacking, 'claim')} without a source, the weightiest first")
    best = max(found, key=_worth_showing)
    _say_page(
        f"/{name}/claims/{best.id}",
        f'a claim: "{flat(best.quote)}"; who said it, what it rests on, and what people have made of it',
    )
    ((document, number),) = Counter(claim.document.id for claim in found).most_common(1)
    label = next(claim.document.label for claim in found if claim.document.id == document)
    _say_page(
        f"/{name}/documents/{document}",
        f'a document: "{flat(label)}", with its {plural_of(number, "claim")} marked in the text',
    )
    words, number = max(((words, _documents_with(engine, words)) for words in _SEARCHES), key=lambda pair: pair[1])
    if number:
        where = f"what {plural_of(number, 'document')} say on it" if number > 1 else "what one document says on it"
        _say_page(f"/-/search?q={quote_plus(words)}", f'a search for "{words}": {where}, beside each other')


def _say_page(path: str, why: str) -> None:
    say(wrapped(why, " " * 30, f"  {path:<26}  "))


def _in_addresses(db: Path) -> str:
    """The database's name as Datasette writes it in paths: the file's stem, with ``~`` where others have ``%``."""
    return quote_plus(db.stem).replace("~", "~7E").replace(".", "~2E").replace("%", "~")


def _worth_showing(claim: StoredClaim) -> tuple[bool, int, bool, int]:
    """The order of claims to show one of: lacking a source, of weight, with a figure, read early."""
    return claim.lacks_source, claim.weight, bool(claim.figures), -claim.id


def _documents_with(engine: Engine, words: str) -> int:
    return len({claim.document.id for claim in list_claims(engine, search=words)})
