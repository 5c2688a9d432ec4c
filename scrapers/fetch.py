"""The one HTTP client of the project: polite, bounded in time and bytes, and blind to inner networks.

A ``timeout=`` bounds one read, not the whole: a server that sends a byte a second holds a client for
as long as it likes. Here a watchdog shuts the sockets of a fetch at its deadline, whatever it is
waiting for: the TLS handshake, the headers or the body.
"""

from __future__ import annotations

import re
import weakref
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from types import TracebackType
from typing import Self
from urllib.parse import quote

import tenacity
from ssrfguard import Resolver

from scrapers.answers import Answer, content_type, is_worth_retrying
from scrapers.coding import ACCEPTED
from scrapers.document import Capture, Hop
from scrapers.errand import Asking, Errand, Limits
from scrapers.errors import HttpStatus, ScrapeError, TooManyRedirects
from scrapers.guard import DEFAULT_PORTS, address_policy, check_url
from scrapers.lines import Line, Lines
from scrapers.many import Many
from scrapers.politeness import ROBOTS_BYTES, Robots, Turns, host_of

PRODUCT = "press-claim-tracker"
#: What of a contact stands in a header as it is; the rest is escaped, as in an address.
_IN_A_HEADER = " !#$%&'*+,-./:;<=>?@[]^_`{|}~\""
_HEADER_VALUE = re.compile(r"[\x21-\x7e\xa0-\xff](?:[\x20-\x7e\xa0-\xff]{0,4000}[\x21-\x7e\xa0-\xff])?")


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """How to fetch; times in seconds, sizes in bytes.

    ``contact`` is an address or page where a site's owner reaches whoever runs this.
    ``total_deadline`` bounds one ``fetch`` with its redirects and retries. ``min_interval`` is the least time
    from the end of an answer to the next request to its host; two seconds of each such pause within a
    fetch count against its deadline. What is longer, the wait for other fetches of the same host, and a
    site's crawl delay do not; a site that wants to be left alone for ``longest_pause`` more is NotYet.
    ``max_bytes`` bounds a page unpacked. ``max_retries`` counts further tries of one request.
    ``keep_alive`` is how long a connection is kept that is not used. ``hosts_at_once`` and ``look_ahead``
    bound ``fetch_all``. ``allow_loopback`` opens this machine's own servers, for tests.
    """

    product: str = f"{PRODUCT}/0.1"
    contact: str = ""
    total_deadline: float = 30.0
    connect_timeout: float = 5.0
    robots_deadline: float = 10.0
    max_bytes: int = 20_000_000
    max_redirects: int = 5
    max_retries: int = 3
    backoff: float = 1.0
    min_interval: float = 2.0
    longest_pause: float = 120.0
    keep_alive: float = 30.0
    hosts_at_once: int = 8
    look_ahead: int = 1000
    allowed_ports: frozenset[int] = DEFAULT_PORTS
    allow_loopback: bool = False
    ca_bundle: str | None = None

    @property
    def user_agent(self) -> str:
        """What we tell servers we are."""
        contact = quote(" ".join(self.contact.split()), safe=_IN_A_HEADER)
        return f"{self.product} (+{contact})" if contact else self.product


@dataclass(frozen=True, slots=True)
class Wanted:
    """An address to fetch, with what a former answer said of it: see ``Fetcher.fetch``."""

    url: str
    etag: str | None = None
    last_modified: str | None = None
    told_by: str | None = None


class Fetcher:
    """Fetches pages; one for a run, closed by ``with``; may be shared between threads.

    Of each host one connection is kept open between two requests, for ``keep_alive`` seconds at most,
    and one request is under way at a time. ``resolver`` stands in for ``socket.getaddrinfo``; what it
    answers is checked all the same.
    """

    def __init__(self, settings: FetchSettings | None = None, *, resolver: Resolver | None = None) -> None:
        self._settings = chosen = settings or FetchSettings()
        self._turns = Turns()
        self._robots = Robots(re.split(r"[/\s]", chosen.product, maxsplit=1)[0])
        self._limits = Limits(chosen.total_deadline, chosen.connect_timeout, chosen.min_interval, chosen.longest_pause)
        self._lines = Lines(partial(_new_line, chosen, dict(self.request_headers), resolver), chosen.keep_alive)
        # Whoever forgets the ``with`` leaves no connection behind either.
        self._closing = weakref.finalize(self, self._lines.close)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connections that were kept."""
        self._lines.close()

    @property
    def request_headers(self) -> tuple[tuple[str, str], ...]:
        """The headers that go with every request, as the archive keeps them."""
        return (
            ("User-Agent", self._settings.user_agent),
            ("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"),
            ("Accept-Language", "en,*;q=0.5"),
            ("Accept-Encoding", ACCEPTED),
            ("Connection", "keep-alive"),
        )

    def fetch(
        self,
        url: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        told_by: str | None = None,
    ) -> Capture:
        """Fetch ``url`` whole, within the limits of the settings.

        The capture's ``body`` is unpacked, its ``raw`` what came on the wire where that differs
        (without the framing of chunks); ``hops`` are the redirects on the way, their bodies as they
        came on the wire, cut at 64 KiB or after a second.

        ``etag`` and ``last_modified`` are what a former answer said of the page: if it is still the
        same, NotModified is raised and nothing is read. They are facts of the address that gave them,
        ``told_by`` (the former capture's ``final_url``), and are sent to it alone, for another page may
        well be older, or bear the same tag. Without ``told_by`` they go to every address of the asked
        host on the way: then compare ``NotModified.final_url`` with where the page was last time.

        Raises RefusedAddress, BlockedByRobots, NotModified, HttpStatus (any answer but 200 and 203),
        TooManyRedirects, TooLarge, TimedOut, NotYet, CutOff, Unreachable, NotADocument (a content
        coding we cannot unpack).
        """
        return self._fetch(self._errand(), Wanted(url, etag, last_modified, told_by))

    def fetch_all(self, urls: Iterable[str | Wanted]) -> Iterator[tuple[str, Capture | ScrapeError]]:
        """Fetch many addresses, several hosts at once: each address as given, with its capture or failure.

        They come in the order in which they are ready. At most ``hosts_at_once`` hosts are asked at a
        time, each with one request; ``urls`` is read from the calling thread as far as it is needed
        to find a host that may be asked, and at most ``look_ahead`` addresses ahead. Whoever stops
        iterating, or is interrupted, ends the fetches that are under way.
        """
        chosen = self._settings
        longest = chosen.longest_pause + chosen.min_interval
        many = Many(self._errand, self._fetch, self._turns, chosen.hosts_at_once, chosen.look_ahead, longest)
        return many.run(url if isinstance(url, Wanted) else Wanted(url) for url in urls)

    def _errand(self) -> Errand:
        return Errand(self._limits, self._lines, self._turns)

    def _fetch(self, errand: Errand, wanted: Wanted) -> Capture:
        asked = wanted.url.strip()
        try:
            answer = self._follow(errand, asked, wanted)
        except ScrapeError as failed:
            raise failed.on_the_way_to(wanted.url) from failed.__cause__
        media_type, charset = content_type(answer.headers)
        return Capture(
            source=wanted.url,
            body=answer.body,
            # To the millisecond, like all other times: of two versions in one second one is the later.
            fetched_at=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z",
            content_type=media_type,
            charset=charset,
            url=asked,
            final_url=answer.url,
            status=answer.status,
            headers=answer.headers,
            raw=answer.raw,
            hops=tuple(errand.hops),
        )

    def _follow(self, errand: Errand, asked: str, wanted: Wanted) -> Answer:
        """Go from redirect to redirect; each hop is checked as if it had been asked for."""
        url = asked
        for _ in range(self._settings.max_redirects + 1):
            self._check(url)
            pause = self._robots.require(url, lambda robots: self._read_robots(errand, robots))
            answer = self._persist(errand, url, max(pause, self._settings.min_interval), _conditions(wanted, url))
            if answer.location is None:
                return answer
            errand.hops.append(Hop(url, answer.status, answer.headers, answer.body))
            url = answer.location
        raise TooManyRedirects(f"more than {self._settings.max_redirects} redirects", asked)

    def _check(self, url: str) -> None:
        check_url(url, self._settings.allowed_ports, allow_loopback=self._settings.allow_loopback)

    def _persist(self, errand: Errand, url: str, interval: float, conditions: Mapping[str, str]) -> Answer:
        """Ask for ``url`` until it answers, at most ``max_retries`` times more, within the deadline."""
        settings = self._settings
        asking = Asking(url, settings.max_bytes, interval, settings.total_deadline, conditions=conditions)

        # Without a word of self: tenacity's objects live in a circle, and would keep the connections open.
        def wait(state: tenacity.RetryCallState) -> float:
            failure = state.outcome.exception() if state.outcome else None
            if isinstance(failure, HttpStatus) and failure.retry_after is not None:
                return failure.retry_after
            return settings.backoff * float(2 ** (state.attempt_number - 1))

        def stop(state: tenacity.RetryCallState) -> bool:
            pause = max(wait(state), errand.limits.counted_interval)
            return state.attempt_number > settings.max_retries or pause >= errand.remaining

        return tenacity.Retrying(
            retry=tenacity.retry_if_exception(is_worth_retrying),
            wait=wait,
            stop=stop,
            sleep=errand.sleep,
            reraise=True,
        )(errand.get, asking)

    def _read_robots(self, errand: Errand, url: str) -> bytes:
        settings = self._settings
        for _ in range(settings.max_redirects + 1):
            self._check(url)
            asking = Asking(url, ROBOTS_BYTES, settings.min_interval, settings.robots_deadline, whole=False)
            answer = errand.get(asking)
            if answer.location is None:
                return answer.body
            url = answer.location
        raise TooManyRedirects(f"more than {settings.max_redirects} redirects", url)


def _new_line(settings: FetchSettings, headers: dict[str, str], resolver: Resolver | None) -> Line:
    line = Line(address_policy(settings.allowed_ports, settings.allow_loopback), resolver)
    line.session.headers.clear()
    line.session.headers.update(headers)
    if settings.ca_bundle is not None:
        line.session.verify = settings.ca_bundle
    return line


def _conditions(wanted: Wanted, url: str) -> dict[str, str]:
    """Give the headers that ask for ``url`` only if it has changed; none for an address they do not speak of."""
    if wanted.told_by is not None:
        if url != wanted.told_by:
            return {}
    elif host_of(url) != host_of(wanted.url.strip()):
        return {}
    stated = {"If-None-Match": wanted.etag, "If-Modified-Since": wanted.last_modified}
    # What no header can hold was not sent by a server like that: ask for the page whole.
    return {name: value for name, value in stated.items() if value and _HEADER_VALUE.fullmatch(value)}
