"""``tracker work``: fetches what people asked for in the browser."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import FrameType

import click

from db.engine import open_database
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
)
from tracker.cli.drift_lines import comparison_lines, figures_as_json
from tracker.outcomes import Added, Failed
from tracker.pipeline import Adder
from tracker.work import Served, serve_queue


class _Stop:
    """Is set by the first Ctrl-C or SIGTERM; a second Ctrl-C ends at once."""

    def __init__(self) -> None:
        self.is_set = False

    def __call__(self) -> bool:
        return self.is_set

    def set(self, number: int, frame: FrameType | None) -> None:
        self.is_set = True
        signal.signal(signal.SIGINT, signal.default_int_handler)


@contextmanager
def _stopped_by_signals() -> Iterator[_Stop]:
    stop = _Stop()
    before = {number: signal.signal(number, stop.set) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@click.command(epilog="Example: tracker work --once")
@db_option
@click.option("--once", is_flag=True, help="Stop when the queue is empty.")
@json_option
def work(db: Path | None, once: bool, as_json: bool) -> None:
    """Fetch the pages that people asked for at the desk, in the order in which they asked.

    Runs until Ctrl-C or SIGTERM, and finishes the page at hand first. Several may run at once. A page that
    cannot be had is marked failed in the table of requests, with the reason and what to do about it.

    \b
    Exit status: 0 stopped, or with --once the queue is empty, 1 the database cannot be used,
    2 wrong usage, 130 a second Ctrl-C.
    """
    try:
        with one_line_errors(), _stopped_by_signals() as stop:
            path = database(db)
            with closing(_Engine(path)) as queue, Adder(path, settings(), "work") as adder:
                if not once and not as_json:
                    say("Waiting for requests; stop with Ctrl-C.")
                for served in serve_queue(queue.engine, adder, once=once, stopped=stop):
                    _tell(served, as_json)
    except KeyboardInterrupt:
        say("Stopped amid a page, which is fetched again later.", err=True)
        sys.exit(130)
    if not as_json:
        counts = adder.counts
        done = counts.get("inputs", 0) + counts.get("seen", 0)
        say(f"{plural_of(done, 'page')} fetched, {counts.get('failed', 0)} failed")


class _Engine:
    """An engine that closes."""

    def __init__(self, path: Path) -> None:
        self.engine = open_database(path)

    def close(self) -> None:
        self.engine.dispose()


def _tell(served: Served, as_json: bool) -> None:
    outcome, number = served.outcome, served.taken.request_id
    if isinstance(outcome, Failed):
        if as_json:
            print_json({"request_id": number, "input": served.taken.url, "error": str(outcome)})
        say_error(f"request {number}: {outcome}")
        return
    if isinstance(outcome, Added):
        document, claims = outcome.result.document_id, outcome.result.claims_new
        is_new = outcome.result.new_document
        for line in comparison_lines(outcome.comparison):
            say(f"request {number}: {line}", err=True)
    else:
        document, claims, is_new = outcome.document_id, 0, False
    if as_json:
        print_json({
            "request_id": number, "input": served.taken.url, "document_id": document, "new_document": is_new,
            "claims_new": claims,
            "changes": figures_as_json(outcome.comparison.figures)
            if isinstance(outcome, Added) and outcome.comparison else [],
        })  # fmt: skip
        return
    state = "new" if is_new else "known"
    what = f"{state}, document {document}, {plural_of(claims, 'new claim')}"
    say(f"request {number}: {one_line(served.taken.url)}: {what}")
