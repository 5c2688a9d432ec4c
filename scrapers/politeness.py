"""What a site asks of its visitors: its robots.txt, and time between two requests."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from protego import Protego

from scrapers.errors import BlockedByRobots, FetchError, HttpStatus, TooManyRedirects, Unreachable

#: RFC 9309 asks to read at least 500 KiB of a robots.txt; what follows is not read.
ROBOTS_BYTES = 512 * 1024
#: The RFC allows a day. A refusal for want of an answer is asked again much sooner.
_KEPT_FOR = 24 * 3600.0
_CLOSED_FOR = 300.0


def origin_of(url: str) -> str:
    """Give the scheme, host and port of ``url``: what one robots.txt speaks for."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()


def host_of(url: str) -> str:
    """Give the host of ``url``, whose patience all its ports and schemes share."""
    return (urlsplit(url).hostname or "").rstrip(".").lower()


class Turns:
    """Spaces the requests to one host, between threads too."""

    def __init__(self) -> None:
        self._free_at: dict[str, float] = {}
        self._lock = threading.Lock()

    def wait(self, host: str, interval: float) -> float:
        """Sleep until it is our turn at ``host``, take the next ``interval`` seconds; give the wait."""
        with self._lock:
            now = time.monotonic()
            start = max(now, self._free_at.get(host, now))
            self._free_at[host] = start + interval
        if start > now:
            time.sleep(start - now)
        return start - now


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

    def require(self, url: str, read: Callable[[str], bytes]) -> float:
        """Give the seconds that the site wants between requests (0: it does not say).

        Raises BlockedByRobots where ``url`` is forbidden, or where robots.txt could not be had
        for a fault of the server's (5xx, time-out, cut off). What says more than that about the
        page itself (no such host, an inner address) is raised as it is.
        """
        origin = origin_of(url)
        with self._lock:
            known = self._known.get(origin)
        if known is None or known.until < time.monotonic():
            known = self._ask(origin, read)
            with self._lock:
                self._known[origin] = known
        if known.closed is not None:
            raise BlockedByRobots(f"robots.txt could not be read ({known.closed}), so nothing is fetched", url)
        if known.rules is None:
            return 0.0
        if not known.rules.can_fetch(url, self._token):
            raise BlockedByRobots("robots.txt forbids this page", url)
        return max(known.rules.crawl_delay(self._token) or 0.0, 0.0)

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
        except Unreachable:
            raise
        except FetchError as failed:
            return _Rules(None, failed.what, now + _CLOSED_FOR)
        # Not "utf-8": behind a byte order mark the first rule would be no rule.
        text = body.decode("utf-8-sig", errors="replace")
        return _Rules(Protego.parse(text), None, now + _KEPT_FOR)
