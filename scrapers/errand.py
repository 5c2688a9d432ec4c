"""One fetch under way: its turns at each host, its deadline, and the requests that it makes."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPException
from urllib.parse import urljoin

import requests
import urllib3
from requests.cookies import RequestsCookieJar
from requests.utils import requote_uri
from ssrfguard import SSRFGuardError

from scrapers.answers import (
    Answer,
    bad_status,
    little_body,
    not_modified,
    stated_length,
    too_large,
    translated,
    whole_body,
)
from scrapers.document import Hop
from scrapers.errors import CutOff, HttpStatus, NotModified, NotYet, ScrapeError, TimedOut, Unreachable
from scrapers.guard import CONNECT_ATTEMPTS, refusal
from scrapers.lines import Line, Lines
from scrapers.politeness import Turns, host_of, origin_of
from scrapers.sockets import LONGEST_LOOKUP

#: Seconds of a pause between two requests of one fetch that count against its deadline.
_COUNTED = 2.0


class Stopped(Exception):
    """Nobody waits for this fetch any more."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What bounds an errand, in seconds: as in ``FetchSettings``."""

    total_deadline: float
    connect_timeout: float
    min_interval: float
    longest_pause: float

    @property
    def counted_interval(self) -> float:
        """Of ``min_interval``, what counts against the deadline: whoever wants longer pauses loses no page by it."""
        return min(self.min_interval, _COUNTED)


@dataclass(frozen=True, slots=True)
class Asking:
    """One request: the most bytes of its answer, how long the host rests after it, its own deadline.

    With ``whole`` a longer body than ``limit`` is TooLarge, without it is cut there. ``conditions``
    are the headers that ask for a page only if it has changed.
    """

    url: str
    limit: int
    interval: float
    seconds: float
    whole: bool = True
    conditions: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Errand:
    """One fetch under way; cookies and ``hops`` live as long as it does. Used by one thread.

    ``stop`` may be called by another thread: whatever it is waiting for, it ends with Stopped.
    """

    limits: Limits
    lines: Lines
    turns: Turns
    hops: list[Hop] = field(default_factory=list)
    _ends: float = field(init=False)
    _cookies: RequestsCookieJar = field(default_factory=RequestsCookieJar)
    #: Of each host that it has asked: when the last answer ended.
    _asked: dict[str, float] = field(default_factory=dict)
    _excess: float = 0.0
    _stopped: threading.Event = field(default_factory=threading.Event)
    _line: Line | None = None

    def __post_init__(self) -> None:
        self._ends = time.monotonic() + self.limits.total_deadline

    @property
    def remaining(self) -> float:
        """The seconds left until the deadline."""
        return self._ends - time.monotonic()

    def stop(self) -> None:
        """End the fetch from another thread."""
        self._stopped.set()
        line = self._line
        if line is not None:
            line.watchdog.bark()

    def sleep(self, seconds: float) -> None:
        """Wait. Raises Stopped as soon as the errand is stopped."""
        if self._stopped.wait(seconds):
            raise Stopped

    def get(self, asking: Asking) -> Answer:
        """Ask once, when it is our turn. Raises FetchError, NotADocument, RefusedAddress, Stopped."""
        host = host_of(asking.url)
        began = time.monotonic()
        with self.lines.to(host) as line:
            # Another fetch had the line: that is no fault of this page.
            self._ends += time.monotonic() - began
            self._await_turn(host, asking.url)
            self._line = line
            try:
                return self._get(line, asking)
            except HttpStatus as answer:
                self.turns.rest(host, answer.retry_after or 0.0)
                raise
            finally:
                self._line = None
                self.turns.rest(host, asking.interval)
                self._asked[host] = time.monotonic()

    def _await_turn(self, host: str, url: str) -> None:
        """Wait until the host may be asked again; of that, only the least pause of our own counts as our time.

        Raises NotYet where the wait is longer than a run waits, or where it and the former ones of this
        fetch for the same reason would be: what the site asks for beyond the usual interval. Raises
        TimedOut where the deadline would pass meanwhile.
        """
        limits = self.limits
        delay = self.turns.delay(host)
        before = self._asked.get(host)
        excess = max(delay - limits.min_interval, 0.0)
        if excess + self._excess > limits.longest_pause:
            raise NotYet(f"the site wants to be left alone for {delay:.0f} seconds more", url, retry_after=delay)
        own = 0.0
        if before is not None:
            self._excess += excess
            own = min(delay, max(before + limits.counted_interval - time.monotonic(), 0.0))
            if own >= self.remaining:
                raise TimedOut(f"no whole answer within {limits.total_deadline:g} seconds", url)
        self._ends += delay - own
        self.sleep(delay)

    def _get(self, line: Line, asking: Asking) -> Answer:
        left = min(self.remaining, asking.seconds)
        timed_out = TimedOut(f"no whole answer within {asking.seconds:g} seconds", asking.url)
        if left <= 0:
            raise timed_out
        watchdog = line.watchdog
        line.to_origin(origin_of(asking.url))
        line.session.cookies = self._cookies
        try:
            with watchdog.set_for(left):
                if self._stopped.is_set():
                    raise Stopped
                answer = self._ask(line, asking, left)
        except (HttpStatus, NotModified):
            raise  # A whole answer: the connection may serve again.
        except Exception as failed:
            line.hang_up()
            if self._stopped.is_set():
                raise Stopped from failed
            if watchdog.barked:
                raise timed_out from failed
            if isinstance(failed, ScrapeError):
                raise
            raise _told(asking.url, failed) from failed
        except BaseException:
            line.hang_up()
            raise
        # A body that ends with the connection looks whole when it was we who shut the socket.
        if watchdog.barked:
            line.hang_up()
            raise timed_out
        return answer

    def _ask(self, line: Line, asking: Asking, left: float) -> Answer:
        # The look-up, and then one address after the other, may each take this long.
        part = max(left / (1 + CONNECT_ATTEMPTS), 0.01)
        line.session.longest_lookup = min(LONGEST_LOOKUP, part)
        connecting = min(self.limits.connect_timeout, part)
        opened, kept = line.watchdog.opened, line.watchdog.holds

        def ask() -> requests.Response:
            # The watchdog ends a silent read first; its own time-out is for where no watchdog could.
            return line.session.get(
                asking.url,
                headers=dict(asking.conditions),
                stream=True,
                allow_redirects=False,
                timeout=(connecting, left + 1),
            )

        try:
            response = ask()
        except requests.ConnectionError as failed:
            if not kept or line.watchdog.opened != opened or line.watchdog.barked or not _is_hung_up(failed, asking):
                raise
            # The server had hung up on the kept connection: no answer was lost, none is expected of it.
            line.hang_up()
            response = ask()
        with response:
            return self._read(line, response, asking)

    def _read(self, line: Line, response: requests.Response, asking: Asking) -> Answer:
        url, status = asking.url, response.status_code
        headers = tuple((str(k), str(v)) for k, v in response.raw.headers.items())
        target = line.session.get_redirect_target(response)
        if target is not None:
            body = little_body(response, line.watchdog.glance)
            return Answer(url, status, headers, requote_uri(urljoin(url, target.strip())), body)
        if status == 304 and asking.conditions:
            little_body(response, line.watchdog.glance)
            raise not_modified(url, headers)
        if status not in (200, 203):
            little_body(response, line.watchdog.glance)
            raise bad_status(url, response)
        if asking.whole and stated_length(response) > asking.limit:
            raise too_large(url, asking.limit)
        body, raw = whole_body(response, url, asking.limit, asking.whole)
        return Answer(url, status, headers, None, body, raw)


def _is_hung_up(failed: requests.ConnectionError, asking: Asking) -> bool:
    return isinstance(failed, requests.exceptions.SSLError) or isinstance(translated(asking.url, failed), CutOff)


def _told(url: str, failed: Exception) -> Exception:
    """Say what went wrong as one of our errors; what is none of the net's faults stays what it is."""
    if isinstance(failed, SSRFGuardError):
        return refusal(url, failed)
    if isinstance(failed, requests.RequestException | urllib3.exceptions.HTTPError | HTTPException | OSError):
        return translated(url, failed)
    if isinstance(failed, ValueError | RecursionError):
        return Unreachable(f"the server's answer makes no sense ({failed})", url)
    return failed
