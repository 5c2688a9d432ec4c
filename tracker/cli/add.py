"""``tracker add``: archives, reads and stores sources."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click

from db.records import StoreResult
from scrapers.document import DOCUMENT_KINDS
from scrapers.errors import one_line
from tracker.bulk import Outcome, add_all, inputs_of, own_files
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
from tracker.cli.drift_lines import comparison_lines, figures_as_json
from tracker.cli.progress import Meter
from tracker.comparing import Comparison
from tracker.inputs import Passed
from tracker.outcomes import Added, Failed, Seen, Stated
from tracker.pipeline import Adder

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
@click.option(
    "--limit", type=click.IntRange(min=1), help="At most so many parts of a source; of a feed or sitemap the newest."
)
@click.option("--since", callback=_date, help="Of feeds and sitemaps: nothing that says it is older, like 2024-05-01.")
@click.option("--again", is_flag=True, help="Read what is in already, too, and pages looked at a moment ago.")
@json_option
def add(
    sources: tuple[str, ...],
    db: Path | None,
    url: str | None,
    published: str | None,
    publisher: str | None,
    kind: str | None,
    limit: int | None,
    since: str | None,
    again: bool,
    as_json: bool,
) -> None:
    """Add press material: archive it, read it, store its claims.

    \b
    A SOURCE is
      a page's address       http or https
      a feed or sitemap      its address or a file: RSS, Atom, JSON Feed,
                             (news) sitemap, sitemap index, .gz;
                             each page that it lists is fetched
      a file                 .html, .txt, .eml, .pdf …
      an mbox                each message in it
      a folder               each file in it and below, also of a Maildir
      a web archive          .warc, .warc.gz: each page in it
      -                      standard input

    Each source's bytes are archived before it is read. What you state with --url, --published,
    --publisher and --kind wins over what the page says. The same source twice adds nothing, and what
    was read before is not read again. A page that changed is compared with the version before: figures of
    claims that drifted, and approved claims that went, are told on standard error.

    \b
    Exit status: 0 all are in, 1 at least one failed (the others are in),
    2 wrong usage, 130 stopped by Ctrl-C (give the same sources again to go on).
    """
    if url and len(sources) > 1:
        raise click.UsageError("--url belongs to one page: give one source with it")
    stated = Stated(url=url, published=published, publisher=publisher, kind=kind)
    path, chosen = database(db), settings()
    with one_line_errors():
        adder = Adder(path, chosen)
    try:
        with one_line_errors(), adder, Meter(len(sources), as_json=as_json) as meter:
            left_out = own_files(path, chosen)
            inputs = inputs_of(adder, stated, limit=limit, since=since, again=again, left_out=left_out, tally=meter)
            for outcome in add_all(adder, inputs, sources, stated, again=again):
                _tell(outcome, as_json)
                if not isinstance(outcome, Passed):
                    meter.done(failed=isinstance(outcome, Failed))
    except KeyboardInterrupt:
        say("Stopped. What is in stays in; give the same sources again to go on.", err=True)
        _summary(adder.counts, as_json)
        sys.exit(130)
    _summary(adder.counts, as_json)
    sys.exit(1 if adder.counts.get("failed") else 0)


def _tell(outcome: Outcome, as_json: bool) -> None:
    """Print what came of one input; what is passed over is only counted."""
    if isinstance(outcome, Failed):
        if as_json:
            print_json({"input": outcome.input, "error": str(outcome)})
        say_error(outcome)
    elif isinstance(outcome, Seen):
        _tell_added(outcome.input, outcome.document_id, outcome.kind, None, outcome.claims, as_json)
    elif isinstance(outcome, Added):
        for warning in outcome.warnings:
            say(f"Warning: {warning}", err=True)
        for line in comparison_lines(outcome.comparison):
            say(line, err=True)
        own = (outcome.input, outcome.result.document_id, outcome.document.kind, outcome.result)
        _tell_added(*own, 0, as_json, outcome.warnings, outcome.comparison)


def _tell_added(
    input: str,
    document_id: int,
    kind: str,
    result: StoreResult | None,
    claims: int,
    as_json: bool,
    warnings: Sequence[str] = (),
    found: Comparison | None = None,
) -> None:
    """``result`` is None for what was seen before, with its ``claims``."""
    made = (result.claims_new, result.claims_seen, result.claims_withdrawn) if result else (0, claims, 0)
    is_new, is_version = (result.new_document, result.new_snapshot) if result else (False, False)
    if as_json:
        print_json({
            "input": input, "document_id": document_id, "kind": kind,
            "new_document": is_new, "new_snapshot": is_version, "claims_new": made[0],
            "claims_seen": made[1], "claims_withdrawn": made[2], "warnings": list(warnings),
            "changes": figures_as_json(found.figures) if found else [],
            "lost": [claim.id for claim in found.lost] if found else [],
        })  # fmt: skip
        return
    state = "new" if is_new else "a new version" if is_version else "known"
    more = f", {made[2]} withdrawn" if made[2] else ""
    more += f", {result.claims_absent} no longer on the page" if result and result.claims_absent else ""
    say(f"{one_line(input)}: {kind}, {state}: {plural_of(made[0], 'new claim')}, {made[1]} seen before{more}")


def _summary(counts: dict[str, int], as_json: bool) -> None:
    if as_json:
        return
    seen = counts.get("seen", 0)
    parts = [
        f"{plural_of(counts.get('inputs', 0) + seen, 'source')} in ({counts.get('documents_new', 0)} new)",
        plural_of(counts.get("claims_new", 0), "new claim"),
        f"{counts.get('failed', 0)} failed",
    ]
    told = {
        "seen": "seen before and not read again",
        "looked at a moment ago": "looked at less than half an hour ago (--again fetches them)",
        "listed twice": "listed twice",
        "no document": "records that are no documents",
    }
    # The words of one that are not those of several.
    of_one = {"no document": "record that is no document"} if counts.get("no document") == 1 else {}
    parts += [f"{counts[name]:,} {words}" for name, words in (told | of_one).items() if counts.get(name)]
    say(", ".join(parts))
