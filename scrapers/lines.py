"""One line to each host: a kept connection, used by one fetch at a time, and closed when it has been idle."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from ssrfguard import Policy, Resolver

from scrapers.sockets import Watchdog, WatchedSession

#: More hosts than this are not kept open at a time: the one idle longest goes first.
_MOST_KEPT = 128


class Line:
    """The way to one host; whoever has it from ``Lines.to`` is alone on it.

    ``session`` keeps at most one connection, ``watchdog`` has every socket of it in its hands.
    """

    def __init__(self, policy: Policy, resolver: Resolver | None) -> None:
        self.watchdog = Watchdog()
        self.session = WatchedSession(policy, self.watchdog, resolver)
        self._origin = ""

    def to_origin(self, origin: str) -> None:
        """Prepare for a request to ``origin``: a connection to another port or scheme is closed first."""
        if origin != self._origin:
            self.hang_up()
            self._origin = origin

    def hang_up(self) -> None:
        """Close the connection; the next request opens a new one."""
        self.session.close()
        self.watchdog.close()


@dataclass(slots=True)
class _Kept:
    line: Line
    lock: threading.Lock = field(default_factory=threading.Lock)
    users: int = 0
    idle_since: float = 0.0


class Lines:
    """The lines of a fetcher; thread-safe. ``make`` builds a line; an idle one lasts ``keep`` seconds."""

    def __init__(self, make: Callable[[], Line], keep: float) -> None:
        self._make = make
        self._keep = keep
        self._kept: dict[str, _Kept] = {}
        self._lock = threading.Lock()
        self._timer: threading.Timer | None = None

    @contextlib.contextmanager
    def to(self, host: str) -> Iterator[Line]:
        """Wait until the line to ``host`` is free, and have it for the block."""
        with self._lock:
            kept = self._kept.get(host)
            if kept is None:
                kept = self._kept[host] = _Kept(self._make())
            kept.users += 1
        try:
            with kept.lock:
                yield kept.line
        finally:
            with self._lock:
                kept.users -= 1
                kept.idle_since = time.monotonic()
                orphan = not kept.users and self._kept.get(host) is not kept
            if orphan:
                kept.line.hang_up()
            self._hang_up_idle()

    def close(self) -> None:
        """Close every connection; one that is in use is shut, and its fetch fails."""
        with self._lock:
            kept, self._kept = self._kept, {}
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None
        for one in kept.values():
            if one.users:
                one.line.watchdog.bark()
            else:
                one.line.hang_up()

    def _hang_up_idle(self) -> None:
        """Close what has been idle for too long, or is one too many, and come back for the others."""
        with self._lock:
            idle = sorted((kept.idle_since, host) for host, kept in self._kept.items() if not kept.users)
            too_old = time.monotonic() - self._keep
            surplus = len(self._kept) - _MOST_KEPT
            over = [host for index, (since, host) in enumerate(idle) if since <= too_old or index < surplus]
            gone = [self._kept.pop(host) for host in over]
            if self._timer is None and len(idle) > len(over):
                self._timer = threading.Timer(idle[len(over)][0] - too_old + 0.01, self._ring)
                self._timer.daemon = True
                self._timer.start()
        for kept in gone:
            kept.line.hang_up()

    def _ring(self) -> None:
        with self._lock:
            self._timer = None
        self._hang_up_idle()
