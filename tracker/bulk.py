"""Adds sources of any size: what is in them is found, read where it is new, and told one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from scrapers.errors import ScrapeError
from tracker.inputs import Inputs, Passed, Tally
from tracker.outcomes import Added, Failed, Seen, Stated
from tracker.pipeline import Adder
from tracker.settings import Settings

#: A page of a feed that was looked at so many minutes ago is left for later.
FRESH_MINUTES = 30.0

Outcome = Added | Seen | Failed | Passed


def add_all(
    adder: Adder, inputs: Inputs, sources: Iterable[str], stated: Stated, *, again: bool = False
) -> Iterator[Outcome]:
    """Add all that is in the sources, one by one, and yield what came of each.

    Bytes that are in and would be read as they were are Seen, not read; with ``again`` they are. What was
    added before an interruption stays, and the same sources given again go on from there.
    """
    for name, found in inputs.expand(sources):
        if isinstance(found, ScrapeError):
            yield adder.fail(name, found)
        elif isinstance(found, Passed):
            adder.counts[found.why] = adder.counts.get(found.why, 0) + 1
            yield found
        else:
            yield (None if again else adder.seen(found, stated)) or adder.add_capture(found, stated)


def inputs_of(
    adder: Adder,
    stated: Stated,
    *,
    limit: int | None,
    since: str | None,
    again: bool,
    left_out: Iterable[Path],
    tally: Tally,
    fresh_minutes: float = FRESH_MINUTES,
) -> Inputs:
    """What finds the parts of sources for a run; ``again`` looks at pages of a feed however fresh they are."""
    return Inputs(
        adder.fetcher,
        stated,
        limit,
        since,
        (lambda url: False) if again else (lambda url: adder.is_fresh(url, fresh_minutes)),
        frozenset(path.absolute() for path in left_out),
        tally,
    )


def own_files(db: Path, settings: Settings) -> tuple[Path, ...]:
    """The database's own files, which a folder that holds them does not give as sources."""
    beside = [db.with_name(db.name + end) for end in ("", "-wal", "-shm", "-journal")]
    return (*beside, db.with_name(db.stem + ".users.json"), settings.archive_of(db))
