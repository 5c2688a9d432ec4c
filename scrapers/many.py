"""Many fetches at once: several hosts side by side, each host one request at a time."""

from __future__ import annotations

import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from typing import Generic, Protocol, TypeVar

from scrapers.document import Capture
from scrapers.errand import Errand
from scrapers.errors import ScrapeError, fault
from scrapers.politeness import Turns, host_of

#: How long the end of a run waits for fetches that have been told to stop, in seconds.
_PATIENCE = 2.0


class HasUrl(Protocol):
    """What can be fetched."""

    @property
    def url(self) -> str: ...


Job = TypeVar("Job", bound=HasUrl)
Outcome = Capture | ScrapeError
_Done = tuple[str, str, Capture | BaseException]


class Many(Generic[Job]):
    """One run of ``fetch_all``: hosts take turns, and nothing is read ahead that is not needed."""

    def __init__(
        self,
        new_errand: Callable[[], Errand],
        fetch: Callable[[Errand, Job], Capture],
        turns: Turns,
        hosts_at_once: int,
        look_ahead: int,
        longest_wait: float,
    ) -> None:
        """``longest_wait``: a host that rests for more seconds is not waited for; its fetch says so at once."""
        self._new_errand = new_errand
        self._fetch = fetch
        self._turns = turns
        self._most = max(hosts_at_once, 1)
        self._look_ahead = max(look_ahead, 1)
        self._longest_wait = longest_wait
        #: Read from the input and not begun, by host; hosts in the order in which they were met.
        self._waiting: dict[str, deque[Job]] = {}
        self._ahead = 0
        #: By host, what is under way.
        self._running: dict[str, tuple[threading.Thread, Errand]] = {}
        self._done: queue.SimpleQueue[_Done] = queue.SimpleQueue()

    def run(self, jobs: Iterator[Job]) -> Iterator[tuple[str, Outcome]]:
        """Give each job's address with its outcome, as they come; one that was interrupted is raised."""
        source: Iterator[Job] | None = jobs
        try:
            while True:
                source = self._begin_what_may(source)
                if not self._running and not self._waiting:
                    if source is None:
                        return
                    continue
                done = self._next()
                if done is None:
                    continue
                url, host, outcome = done
                self._running.pop(host)[0].join()
                if isinstance(outcome, Exception) and not isinstance(outcome, ScrapeError):
                    outcome = fault(outcome, url)
                if not isinstance(outcome, Capture | ScrapeError):
                    raise outcome
                yield url, outcome
        finally:
            self._stop()

    def _begin_what_may(self, source: Iterator[Job] | None) -> Iterator[Job] | None:
        """Begin with hosts that are free, read on while none is; None once the input is at its end."""
        while len(self._running) < self._most:
            host, delay = self._freest()
            if host and delay <= 0:
                self._begin(host)
            elif source is None or self._ahead >= self._look_ahead or not self._done.empty():
                break
            else:
                job = next(source, None)
                if job is None:
                    return None
                self._waiting.setdefault("//" + host_of(job.url.strip()), deque()).append(job)
                self._ahead += 1
        return source

    def _freest(self) -> tuple[str, float]:
        """Give the waiting host that may be asked first, and in how many seconds; "" if there is none."""
        best, least = "", float("inf")
        for host in self._waiting:
            if host not in self._running:
                delay = self._turns.delay(host.removeprefix("//"))
                if delay <= 0 or delay > self._longest_wait:
                    return host, 0.0
                if delay < least:
                    best, least = host, delay
        return best, least

    def _begin(self, host: str) -> None:
        jobs = self._waiting[host]
        job = jobs.popleft()
        self._ahead -= 1
        # A host that has had its turn goes behind the others.
        del self._waiting[host]
        if jobs:
            self._waiting[host] = jobs
        errand = self._new_errand()
        thread = threading.Thread(target=self._work, args=(errand, job, host), daemon=True)
        self._running[host] = (thread, errand)
        thread.start()

    def _work(self, errand: Errand, job: Job, host: str) -> None:
        try:
            outcome: Capture | BaseException = self._fetch(errand, job)
        except BaseException as failed:
            outcome = failed
        self._done.put((job.url, host, outcome))

    def _next(self) -> _Done | None:
        """Wait for the next outcome; None where a host may be asked before there is one."""
        if len(self._running) < self._most:
            host, delay = self._freest()
            if host:
                try:
                    return self._done.get(timeout=max(delay, 0.001))
                except queue.Empty:
                    return None
        return self._done.get()

    def _stop(self) -> None:
        """End what is under way; what will not end in time is left to end by itself."""
        running, self._running = list(self._running.values()), {}
        for _, errand in running:
            errand.stop()
        until = time.monotonic() + _PATIENCE
        for thread, _ in running:
            thread.join(max(until - time.monotonic(), 0.0))
