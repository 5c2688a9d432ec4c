"""When a page is looked at again: often while it is new, seldom once it rests.

Every 30 minutes in the first three hours, every 2 hours in the first week, daily in the first month (30 days),
then weekly. Each visit that finds nothing new, from the third in a row on, doubles the pause, up to four times
the usual one and never beyond four weeks. A visit that failed is made up for sooner, and ever later: after a
quarter of an hour, doubling, up to the usual pause or a day, whichever is longer.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

#: The age up to which a page is visited at each interval.
_USUAL = (
    (timedelta(hours=3), timedelta(minutes=30)),
    (timedelta(days=7), timedelta(hours=2)),
    (timedelta(days=30), timedelta(days=1)),
)
_OLD = timedelta(days=7)
#: So many visits without news are nothing unusual.
_PATIENCE = 2
_MOST_DOUBLINGS = 2
_LONGEST = timedelta(days=28)
_FIRST_RETRY = timedelta(minutes=15)
_LONGEST_RETRY = timedelta(days=1)
#: After these a visit is repeated soon: they say nothing of the page, or nothing certain.
RETRIED = frozenset({"failed", "missing"})
_NO_NEWS = frozenset({"unchanged", "boring"})
#: A page that has gone may come back: it is looked at this seldom.
_GONE = timedelta(days=28)


def next_check(now: str, since: str, outcomes: Sequence[str], retry_after: float | None = None) -> str:
    """When to visit next, in UTC, ISO 8601 ending in ``Z``.

    ``since`` is when the page was published, or first seen; ``outcomes`` are those of its visits, the last
    one last; ``retry_after`` the seconds for which the server asked to be left alone. ``since`` may be a date
    alone, or a time of any zone; one that is none, or lies ahead, counts as now.
    """
    at = _time(now, None)
    age = max(at - _time(since, at), timedelta())
    usual = next((each for limit, each in _USUAL if age < limit), _OLD)
    last = outcomes[-1] if outcomes else ""
    if last in RETRIED:
        failures = _run(outcomes, RETRIED)
        pause = min(_FIRST_RETRY * (1 << min(failures - 1, 10)), max(usual, _LONGEST_RETRY))
    elif last == "gone":
        pause = _GONE
    else:
        quiet = _run(outcomes, _NO_NEWS) - _PATIENCE
        pause = min(usual * (1 << min(max(quiet, 0), _MOST_DOUBLINGS)), _LONGEST)
    if retry_after is not None:
        # A year is as long as any server is believed.
        pause = max(pause, timedelta(seconds=min(max(retry_after, 0.0), 365 * 86_400)))
    return (at + pause).astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def is_gone(now: str, misses: Sequence[str]) -> bool:
    """Whether a page is gone for good: not found three times over at least a week, and not found otherwise between.

    ``misses`` are the times of the visits that found no page, since it was last found; ``now`` the last of them.
    """
    if len(misses) < _MISSES:
        return False
    return _time(now, None) - min(_time(one, None) for one in misses) >= timedelta(days=7)


_MISSES = 3


def _run(outcomes: Sequence[str], of: frozenset[str]) -> int:
    """How many of the last outcomes, without a break, are of these."""
    run = 0
    for outcome in reversed(outcomes):
        if outcome not in of:
            break
        run += 1
    return run


def _time(stated: str, otherwise: datetime | None) -> datetime:
    try:
        made = datetime.fromisoformat(stated)
    except ValueError:
        try:
            made = datetime.fromisoformat((stated + "-01-01")[:10])
        except ValueError:
            if otherwise is None:
                raise
            return otherwise
    made = made if made.tzinfo else made.replace(tzinfo=UTC)
    return made if otherwise is None or made <= otherwise else otherwise
