"""What a site asks of its visitors: its robots.txt, and time between two requests."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from protego import Protego

from scrapers.errors import BlockedByRobots, FetchError, HttpStatus, NotYet, TooManyRedirects, Unreachable

#: RFC 9309 asks to read at least 500 KiB of a robots.txt; what follows is not read.
ROBOTS_BYTES = 512 * 1024
#: The RFC allows a day. A refusal for want of an answer is asked again much sooner.
_KEPT_FOR = 24 * 3600.0
_CLOSED_FOR = 300.0
#: The robots.txt of this many sites are remembered; the oldest go first.
_MOST_SITES = 2_000
_MOST_HOSTS = 10_000


def origin_of(url: str) -> str:
    """Give the scheme, host and port of ``url``: what one robots.txt speaks for."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()


def host_of(url: str) -> str:
    """Give the host of ``url``, whose patience all its ports and schemes share; "" if it names none."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".").lower()
    except ValueError:
        return ""


class Turns:
    """Knows until when each host wants to be left alone; thread-safe."""

    def __init__(self) -> None:
        self._free_at: dict[str, float] = {}
        self._lock = threading.Lock()

    def delay(self, host: str) -> float:
        """Give the seconds until ``host`` may be asked again."""
        with self._lock:
            return max(self._free_at.get(host, 0.0) - time.monotonic(), 0.0)

    def rest(self, host: str, seconds: float) -> None:
        """Leave ``host`` alone for at least ``seconds`` from now."""
        with self._lock:
            now = time.monotonic()
            self._free_at[host] = max(now + seconds, self._free_at.get(host, 0.0))
            if len(self._free_at) > _MOST_HOSTS:
                self._free_at = {host: free for host, free in self._free_at.items() if free > now}


@dataclass(frozen=True, slots=True)
class _Rules:
    """What a site allows; ``closed`` is the reason why nothing is, where there is one."""

    rules: Protego | None
    closed: str | None
    until: float


class Robots:
    """Asks each site once a day what it allows (RFC 9309); thread-safe.

    ``read(url)`` fetches the bytes of a robots.txt, following redirects, and raises ScrapeError.
    """

    def __init__(self, agent_token: str) -> None:
        self._token = agent_token
        self._known: dict[str, _Rules] = {}
        self._lock = threading.Lock()
        # Threads that want the same site wait for one to ask; which lock is the site's is a matter of its hash.
        self._asking = [threading.Lock() for _ in range(64)]

    def require(self, url: str, read: Callable[[str], bytes]) -> float:
        """Give the seconds that the site wants between requests (0: it does not say).

        Raises BlockedByRobots where ``url`` is forbidden, or where robots.txt could not be had
        for a fault of the server's (5xx, time-out, cut off). What says more than that about the
        page itself (no such host, an inner address, not yet) is raised as it is.
        """
        origin = origin_of(url)
        known = self._of(origin)
        if known is None:
            with self._asking[hash(origin) % len(self._asking)]:
                known = self._of(origin)
                if known is None:
                    known = self._ask(origin, read)
                    self._remember(origin, known)
        if known.closed is not None:
            raise BlockedByRobots(f"robots.txt could not be read ({known.closed}), so nothing is fetched", url)
        if known.rules is None:
            return 0.0
        if not known.rules.can_fetch(url, self._token):
            raise BlockedByRobots("robots.txt forbids this page", url)
        delay = known.rules.crawl_delay(self._token) or 0.0
        return delay if 0.0 < delay < math.inf else 0.0

    def _of(self, origin: str) -> _Rules | None:
        with self._lock:
            known = self._known.get(origin)
        return known if known is not None and known.until >= time.monotonic() else None

    def _remember(self, origin: str, known: _Rules) -> None:
        with self._lock:
            self._known.pop(origin, None)
            self._known[origin] = known
            while len(self._known) > _MOST_SITES:
                del self._known[next(iter(self._known))]

    def _ask(self, origin: str, read: Callable[[str], bytes]) -> _Rules:
        now = time.monotonic()
        try:
            body = read(f"{origin}/robots.txt")
        except HttpStatus as answer:
            if 400 <= answer.status < 500:
                return _Rules(None, None, now + _KEPT_FOR)
            return _Rules(None, answer.what, now + _CLOSED_FOR)
        except TooManyRedirects:
            # RFC 9309, 2.3.1.2: as if there were none.
            return _Rules(None, None, now + _KEPT_FOR)
        except (Unreachable, NotYet):
            raise
        except FetchError as failed:
            return _Rules(None, failed.what, now + _CLOSED_FOR)
        # Not "utf-8": behind a byte order mark the first rule would be no rule.
        text = body.decode("utf-8-sig", errors="replace")
        return _Rules(Protego.parse(text), None, now + _KEPT_FOR)
