"""``tracker watch``: looks again at pages and sources, and tells what changed."""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path

import click
from rich.progress import Progress

from db.visits import document_at
from scrapers.errors import RefusedAddress, one_line
from scrapers.guard import canonical_url
from tracker.cli.common import (
    database,
    db_option,
    joined,
    json_option,
    one_line_errors,
    plural_of,
    print_json,
    say,
    settings,
)
from tracker.cli.drift_lines import absent_lines, figure_line, figures_as_json
from tracker.errors import TrackerError
from tracker.pipeline import Adder
from tracker.watching import Finding, Watch

_OUTCOMES = ("new", "unchanged", "boring", "changed", "missing", "gone", "failed")


@click.command(epilog="Example: tracker watch --db press.db")
@db_option
@click.option("--all", "everything", is_flag=True, help="Visit all that is watched, due or not.")
@click.option("--document", metavar="ID", help="Visit this document alone, by its id or address, due or not.")
@click.option(
    "--every", type=click.FloatRange(min=0.01), metavar="MINUTES", help="Go on: look for what is due so often."
)
@json_option
def watch(db: Path | None, everything: bool, document: str | None, every: float | None, as_json: bool) -> None:
    """Visit again what is due, and tell which figures drifted and which sources changed or went.

    Documents with a web address, the sources that people attached for or against a claim, and those that a present
    claim links. New pages are visited every 30 minutes for three hours, then every 2 hours for a week, daily for a
    month, and weekly; less often where nothing changes. Both versions of what changed are kept.

    \b
    Exit status: 0 nothing that needs a person, 1 a figure of a claim drifted, an
    approved claim went from its page or its page is gone, something else stands at
    an address, or a source changed or is gone, 2 wrong usage, 130 stopped by Ctrl-C (what was visited is noted).
    """
    if everything and document is not None:
        raise click.UsageError("--all visits every page, --document one: give one of them")
    path = database(db)
    with one_line_errors():
        if not path.exists():
            raise TrackerError(f"no database: {path}: add a source first (tracker add URL), or name another with --db")
        adder = Adder(path, settings(), "watch")
    counts: Counter[str] = Counter()
    try:
        with one_line_errors(), adder:
            _run(Watch(adder), adder, counts, everything=everything, document=document, every=every, as_json=as_json)
    except KeyboardInterrupt:
        say("Stopped. What was visited is noted; the same command goes on with the rest.", err=True)
        _summary(counts, as_json)
        sys.exit(130)
    _summary(counts, as_json)
    sys.exit(1 if counts["needs a person"] else 0)


def _run(
    watching: Watch,
    adder: Adder,
    counts: Counter[str],
    *,
    everything: bool,
    document: str | None,
    every: float | None,
    as_json: bool,
) -> None:
    document_id = None if document is None else _document_id(adder, document)
    while True:
        pages = watching.due(everything=everything, document_id=document_id)
        if document is not None and not pages:
            raise _unknown(document)
        bar = sys.stderr.isatty() and len(pages) > 3
        with Progress(disable=not bar, transient=True) as progress:
            task = progress.add_task("Watching", total=len(pages))
            for finding in watching.visits(pages):
                counts[finding.outcome] += 1
                counts["figures"] += len(finding.figures)
                counts["needs a person"] += finding.needs_a_person
                adder.counts[f"visits_{finding.outcome}"] = counts[finding.outcome]
                _tell(finding, as_json)
                progress.advance(task)
        if every is None:
            return
        time.sleep(60 * every)


def _document_id(adder: Adder, named: str) -> int:
    """The document of this id or address. Raises TrackerError."""
    if named.isascii() and named.isdigit():
        return int(named[:18])
    try:
        found = document_at(adder.engine, canonical_url(named))
    except RefusedAddress as refused:
        raise _unknown(named) from refused
    if found is None:
        raise _unknown(named)
    return found


def _unknown(named: str) -> TrackerError:
    return TrackerError(
        f"no document with a web address: {named}: name it by its address, or by its id"
        ' ("tracker claims --json" has both: document.url, document.id)'
    )


def _tell(finding: Finding, as_json: bool) -> None:
    if as_json:
        print_json(finding_as_json(finding))
        return
    for line in finding_lines(finding):
        say(line)


def finding_lines(finding: Finding) -> list[str]:
    """One line for each thing that was found, the figures first; none where nothing is new."""
    page = finding.page
    name = f"{'source' if page.is_source else 'document'} {page.id}, {one_line(page.url)}"
    versions = f" [{finding.sha256_before} -> {finding.sha256_after}]" if finding.sha256_before else ""
    lines = [figure_line(one, name, versions) for one in finding.figures]
    lines += absent_lines(finding.lost, finding.figures, name, versions)
    told = _told(finding)
    if finding.is_back:
        lines.append(f"back: it is there again: {name}")
    if page.is_source and finding.outcome in ("changed", "gone"):
        backed = (
            f", attached to {plural_of(len(finding.backs), 'claim')} ({joined(map(str, finding.backs))})"
            if finding.backs
            else ""
        )
        lines.append(f"SOURCE {finding.outcome.upper()}: {told}: {name}{backed}{versions}")
    elif finding.is_another:
        lines.append(f"ANOTHER PAGE: {finding.reason}: {name}{versions}")
    elif finding.approved:
        claims = f"{plural_of(len(finding.approved), 'approved claim')} ({joined(map(str, finding.approved))})"
        lines.append(f"PAGE GONE: {told}: {name}, on which {claims} {'stand' if finding.approved[1:] else 'stands'}")
    elif told and (finding.outcome != "changed" or finding.words or finding.reason):
        lines.append(f"{finding.outcome}: {told}: {name}{versions}")
    return lines


def _told(finding: Finding) -> str | None:
    """What came of the visit, in words; None where nothing did."""
    tell = {
        "changed": finding.reason or _changes(finding),
        "gone": f"it is gone{_reason(finding)}",
        "missing": f"it was not found this time{_reason(finding)}",
        "failed": f"it could not be visited{_reason(finding)}",
    }
    return tell.get(finding.outcome)


def _changes(finding: Finding) -> str:
    if not finding.figures:
        return f"{plural_of(finding.words, 'change')} of words"
    return f"{plural_of(len(finding.figures), 'figure')} changed, {plural_of(finding.words, 'other change')} of words"


def _reason(finding: Finding) -> str:
    return f" ({finding.reason})" if finding.reason else ""


def finding_as_json(finding: Finding) -> dict[str, object]:
    """The finding as one object."""
    page = finding.page
    return {
        "page": "source" if page.is_source else "document",
        "id": page.id,
        "url": page.url,
        "outcome": finding.outcome,
        "reason": finding.reason,
        "figures": figures_as_json(finding.figures),
        "words": finding.words,
        "lost": [claim.id for claim in finding.lost],
        "liveness": finding.liveness,
        "backs": list(finding.backs),
        "approved": list(finding.approved),
        "is_back": finding.is_back,
        "is_another": finding.is_another,
        "sha256_before": finding.sha256_before,
        "sha256_after": finding.sha256_after,
        "next_check": finding.next_check,
        "needs_a_person": finding.needs_a_person,
    }


def _summary(counts: Counter[str], as_json: bool) -> None:
    if as_json:
        return
    visited = sum(counts[name] for name in _OUTCOMES)
    kinds = joined(f"{counts[name]} {name}" for name in _OUTCOMES if counts[name])
    drifted = f"; {plural_of(counts['figures'], 'figure')} drifted" if counts["figures"] else ""
    say(f"{plural_of(visited, 'page')} visited{f' ({kinds})' if kinds else ''}{drifted}")
