"""``tracker add``: archives, reads and stores sources."""

from __future__ import annotations

import re
import sys
from datetime import datetime
from pathlib import Path

import click
from rich.progress import Progress

from scrapers.document import DOCUMENT_KINDS
from scrapers.errors import one_line
from tracker.cli.common import (
    database,
    db_option,
    json_option,
    one_line_errors,
    plural_of,
    print_json,
    say,
    say_error,
    settings,
    stated_url,
)
from tracker.pipeline import Added, Adder, Failed, Stated

_DATE = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2}(?:T[0-9:.]+(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?)?)?")


def _date(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """A year, month, day or time that the calendar has, in ISO 8601."""
    if value is None:
        return None
    try:
        if not _DATE.fullmatch(value):
            raise ValueError("another form")
        # A year or month alone stands for its first day, so that the calendar can be asked.
        datetime.fromisoformat(value + "-01-01"[len(value) - 4 :] if len(value) < 10 else value)
    except ValueError as error:
        raise click.BadParameter(f"{value!r} is no date: write it like 2020-07-02") from error
    return value


def _name(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    if value is not None and not value.strip():
        raise click.BadParameter("it is empty: give a name, or leave the option out")
    return value


@click.command(epilog="Example: tracker add page.html --url https://news.example/story")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@db_option
@click.option("--url", callback=stated_url, help="The address that the page was saved from (one source only).")
@click.option("--published", callback=_date, help="When it was published, like 2020-07-02.")
@click.option("--publisher", callback=_name, help="Who published or sent it.")
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

    \b
    Exit status: 0 all are in, 1 at least one failed (the others are in),
    2 wrong usage, 130 stopped by Ctrl-C (give the same sources again to go on).
    """
    if url and len(sources) > 1:
        raise click.UsageError("--url belongs to one page: give one source with it")
    stated = Stated(url=url, published=published, publisher=publisher, kind=kind)
    with one_line_errors():
        adder = Adder(database(db), settings())
    try:
        with one_line_errors(), adder:
            _add_all(adder, sources, stated, as_json)
    except KeyboardInterrupt:
        say("Stopped. What is in stays in; give the same sources again to go on.", err=True)
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
        say_error(outcome)
        return
    result = outcome.result
    for warning in outcome.warnings:
        say(f"Warning: {warning}", err=True)
    if as_json:
        print_json({
            "input": outcome.input, "document_id": result.document_id, "kind": outcome.document.kind,
            "new_document": result.new_document, "new_snapshot": result.new_snapshot, "claims_new": result.claims_new,
            "claims_seen": result.claims_seen, "claims_withdrawn": result.claims_withdrawn,
            "warnings": list(outcome.warnings),
        })  # fmt: skip
        return
    state = "new" if result.new_document else "a new version" if result.new_snapshot else "known"
    more = f", {result.claims_withdrawn} withdrawn" if result.claims_withdrawn else ""
    more += f", {result.claims_absent} no longer on the page" if result.claims_absent else ""
    say(
        f"{one_line(outcome.input)}: {outcome.document.kind}, {state}: "
        f"{plural_of(result.claims_new, 'new claim')}, {result.claims_seen} seen before{more}"
    )


def _summary(counts: dict[str, int], as_json: bool) -> None:
    if not as_json:
        say(
            f"{plural_of(counts.get('inputs', 0), 'source')} in ({counts.get('documents_new', 0)} new), "
            f"{plural_of(counts.get('claims_new', 0), 'new claim')}, {counts.get('failed', 0)} failed"
        )
