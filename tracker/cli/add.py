"""``tracker add``: archives, reads and stores sources."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import click
from rich.progress import Progress

from scrapers.document import DOCUMENT_KINDS
from tracker.cli.common import (
    database,
    db_option,
    json_option,
    one_line_errors,
    plural_of,
    print_json,
    settings,
)
from tracker.pipeline import Added, Adder, Failed, Stated

_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2}(?:T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)?)?)?")


def _date(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    if value is not None and not _DATE.fullmatch(value):
        raise click.BadParameter(f"{value!r} is no date: write it like 2020-07-02")
    return value


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@db_option
@click.option("--url", help="The address that the page was saved from (one source only).")
@click.option("--published", callback=_date, help="When it was published, like 2020-07-02.")
@click.option("--publisher", help="Who published or sent it.")
@click.option("--kind", type=click.Choice(DOCUMENT_KINDS), help="What it is.")
@json_option
def add(
    sources: tuple[str, ...],
    db: Path | None,
    url: str | None,
    published: str | None,
    publisher: str | None,
    kind: str | None,
    as_json: bool,
) -> None:
    """Add press material: files, URLs, or - for standard input.

    Each source's bytes are archived before it is read. What you state with --url, --published,
    --publisher and --kind wins over what the page says. The same source twice adds nothing.
    """
    if url and len(sources) > 1:
        raise click.UsageError("--url belongs to one page: give one source with it")
    stated = Stated(url=url, published=published, publisher=publisher, kind=kind)
    with one_line_errors():
        adder = Adder(database(db), settings())
    try:
        with adder:
            _add_all(adder, sources, stated, as_json)
    except KeyboardInterrupt:
        click.echo("Stopped. What is in stays in; give the same sources again to go on.", err=True)
        _summary(adder.counts, as_json)
        sys.exit(130)
    _summary(adder.counts, as_json)
    sys.exit(1 if adder.counts.get("failed") else 0)


def _add_all(adder: Adder, sources: tuple[str, ...], stated: Stated, as_json: bool) -> None:
    bar = sys.stderr.isatty() and len(sources) > 3
    with Progress(disable=not bar, transient=True) as progress:
        task = progress.add_task("Adding", total=len(sources))
        for source in sources:
            with one_line_errors():
                outcome = adder.add(source, stated)
            _tell(outcome, as_json)
            progress.advance(task)


def _tell(outcome: Added | Failed, as_json: bool) -> None:
    if isinstance(outcome, Failed):
        if as_json:
            print_json({"input": outcome.input, "error": str(outcome)})
        click.echo(f"Error: {outcome}", err=True)
        return
    result = outcome.result
    if as_json:
        print_json({
            "input": outcome.input, "document_id": result.document_id, "kind": outcome.document.kind,
            "new_document": result.new_document, "new_snapshot": result.new_snapshot, "claims_new": result.claims_new,
            "claims_seen": result.claims_seen, "claims_withdrawn": result.claims_withdrawn,
        })  # fmt: skip
        return
    state = "new" if result.new_document else "a new version" if result.new_snapshot else "known"
    more = f", {result.claims_withdrawn} withdrawn" if result.claims_withdrawn else ""
    click.echo(
        f"{outcome.input}: {outcome.document.kind}, {state}: "
        f"{plural_of(result.claims_new, 'new claim')}, {result.claims_seen} seen before{more}"
    )


def _summary(counts: dict[str, int], as_json: bool) -> None:
    if not as_json:
        click.echo(
            f"{plural_of(counts.get('inputs', 0), 'source')} in ({counts.get('documents_new', 0)} new), "
            f"{plural_of(counts.get('claims_new', 0), 'new claim')}, {counts.get('failed', 0)} failed"
        )
