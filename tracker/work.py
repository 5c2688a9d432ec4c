"""Serves the queue of addresses that people asked to be fetched, one after the other."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine

from db import requests
from db.errors import DatabaseBusy, DatabaseFileError
from db.requests import BadRequest, Taken
from scrapers.document import Capture
from scrapers.errors import NotADocument, NotYet, ScrapeError, fault
from scrapers.feeds import is_listing
from tracker.outcomes import Added, Failed, Seen
from tracker.pipeline import Adder, now, stamp

#: How often an empty queue is looked at, in seconds.
POLL = 2.0
#: A fetch takes half a minute at most, politeness aside: whoever takes so long was killed.
ABANDONED = 600.0
#: How soon a worker notices that it is to stop, in seconds.
_NAP = 0.1
_WINDOW = 64 * 1024
#: For a site that wants to be left alone for longer, in seconds, nobody waits.
_LONGEST_REST = 86_400.0


@dataclass(frozen=True, slots=True)
class Served:
    """One row of the queue and what came of it; ``is_ours`` is False where another worker had it in the end."""

    taken: Taken
    outcome: Added | Seen | Failed
    is_ours: bool


def serve_queue(
    engine: Engine,
    adder: Adder,
    *,
    once: bool = False,
    stopped: Callable[[], bool] = lambda: False,
    poll: float = POLL,
    abandoned: float = ABANDONED,
) -> Iterator[Served]:
    """Take the rows of the queue in order and yield what came of each, until ``stopped`` or, ``once``, empty.

    The row at hand is always finished. Several workers may serve one queue.
    """
    while not stopped():
        try:
            taken = requests.take(engine, now(), stamp(datetime.now(UTC) - timedelta(seconds=abandoned)))
            served = None if taken is None else _serve(engine, adder, taken)
        except DatabaseBusy:
            # Somebody else writes for long; a row at hand is taken again when it counts as abandoned.
            _wait(poll, stopped)
            continue
        if served is not None:
            yield served
        elif once:
            return
        else:
            _wait(poll, stopped)


def _serve(engine: Engine, adder: Adder, taken: Taken) -> Served:
    outcome = _outcome(adder, taken.url)
    if isinstance(outcome, NotYet):
        until = stamp(datetime.now(UTC) + timedelta(seconds=outcome.retry_after))
        outcome = adder.fail(taken.url, outcome)
        is_ours = requests.put_back(engine, taken, until, outcome.reason, outcome.remedy)
    elif isinstance(outcome, Failed):
        is_ours = requests.give_up(engine, taken, outcome.reason, outcome.remedy, now())
    else:
        document = outcome.result.document_id if isinstance(outcome, Added) else outcome.document_id
        is_ours = requests.finish(engine, taken, document, now())
    return Served(taken, outcome, is_ours)


def _outcome(adder: Adder, url: str) -> Added | Seen | Failed | NotYet:
    try:
        capture = _page(adder, url)
        return adder.seen(capture) or adder.add_capture(capture)
    except ScrapeError as error:
        if isinstance(error, NotYet) and error.retry_after <= _LONGEST_REST:
            return error
        return adder.fail(url, error)
    except DatabaseFileError:
        raise
    except Exception as error:  # whatever it is, it is this row's, and the others are served
        return adder.fail(url, fault(error, url))


def _page(adder: Adder, url: str) -> Capture:
    """Fetch one page. Raises ScrapeError, also for what somebody wrote into the table past ``requests.ask``."""
    try:
        requests.check_address(url)
    except BadRequest as bad:
        what, _, remedy = str(bad).partition(": ")
        raise NotADocument(what, url, remedy, "guard") from bad
    capture = adder.fetcher.fetch(url)
    if is_listing(capture.content_type, capture.body[:_WINDOW]):
        raise NotADocument("a feed or sitemap, not a page", url, f"tracker add {url} fetches the pages that it lists")
    return capture


def _wait(seconds: float, stopped: Callable[[], bool]) -> None:
    until = time.monotonic() + seconds
    while not stopped() and (left := until - time.monotonic()) > 0:
        time.sleep(min(_NAP, left))
