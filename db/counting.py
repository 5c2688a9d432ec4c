"""The counts of claims, kept until the database changes: counting 100 000 takes some 25 ms.

After a change or two they are made anew at once. While a long import commits many times a second they
are made only now and then, so that counting takes no more than a twentieth of the time: they may then be
half a second old.
"""

from __future__ import annotations

import sqlite3
import time
from dataclasses import dataclass, field
from threading import Lock
from urllib.parse import quote
from weakref import WeakKeyDictionary, finalize

from sqlalchemy import Engine

from db.browse import Counts, counts

#: So many times as long as counting took, the counts are kept on average,
REST = 20
#: and so many countings may follow each other without a rest.
AT_ONCE = 4
#: A slow counting rests no longer than this, in seconds.
LONGEST = 5.0


@dataclass(slots=True)
class Rest:
    """When something may be counted anew: a few times at once, then a twentieth of the time at most."""

    due: float = 0.0
    #: Seconds of rest that the countings so far have cost, as of the last one.
    debt: float = 0.0
    last: float = 0.0

    def is_over(self) -> bool:
        """May it be counted now?"""
        return time.monotonic() >= self.due

    def counted(self, began: float) -> None:
        """Notes that it was counted just now; ``began``, of the monotonic clock, is when that began."""
        took = time.monotonic() - began
        self.debt = max(0.0, self.debt - (began - self.last)) + REST * took
        self.last = began
        self.due = began + min(self.debt - AT_ONCE * REST * took, LONGEST)


@dataclass(slots=True)
class _Kept:
    """The connection that notices changes, and the counts made when it last noticed one."""

    watch: sqlite3.Connection
    lock: Lock = field(default_factory=Lock)
    version: int | None = None
    rest: Rest = field(default_factory=Rest)
    counts: Counts = field(default_factory=lambda: Counts(()))


_KEPT: WeakKeyDictionary[Engine, _Kept] = WeakKeyDictionary()
_MAKING = Lock()


def counts_now(engine: Engine) -> Counts:
    """The counts as they are now, of the engine's file; safe to call from any thread."""
    kept = _kept(engine)
    with kept.lock:
        # It changes with every commit of any other connection, in this process or another. Asked for before
        # the counting: a commit in between is then noticed the next time.
        version = int(kept.watch.execute("PRAGMA data_version").fetchone()[0])
        if version != kept.version and kept.rest.is_over():
            began = time.monotonic()
            kept.counts = counts(engine)
            kept.version = version
            kept.rest.counted(began)
        return kept.counts


def forget(engine: Engine) -> None:
    """Closes what was opened for this engine, if anything was."""
    with _MAKING:
        kept = _KEPT.pop(engine, None)
    if kept is not None:
        with kept.lock:
            kept.watch.close()


def _kept(engine: Engine) -> _Kept:
    with _MAKING:
        if engine not in _KEPT:
            uri = f"file:{quote(str(engine.url.database))}?mode=rw"
            watch = sqlite3.connect(uri, uri=True, check_same_thread=False, isolation_level=None)
            _KEPT[engine] = _Kept(watch)
            finalize(engine, watch.close)
        return _KEPT[engine]
