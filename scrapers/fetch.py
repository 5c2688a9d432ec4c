"""The one HTTP client of the project: polite, bounded in time and bytes, and blind to inner networks.

A ``timeout=`` bounds one read, not the whole: a server that sends a byte a second holds a client for
as long as it likes. Here a watchdog shuts the sockets of a fetch at its deadline, whatever it is
waiting for: the TLS handshake, the headers or the body.
"""

from __future__ import annotations

import io
import re
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import Message
from http.client import HTTPException
from types import TracebackType
from typing import Self
from urllib.parse import urljoin

import requests
import tenacity
import urllib3
from requests.utils import requote_uri
from ssrfguard import Resolver, SSRFGuardError

from scrapers.coding import ACCEPTED, CodingError, Unpacker
from scrapers.document import Capture
from scrapers.errors import (
    CutOff,
    FetchError,
    HttpStatus,
    NotADocument,
    ScrapeError,
    TimedOut,
    TooLarge,
    TooManyRedirects,
    Unreachable,
)
from scrapers.guard import CONNECT_ATTEMPTS, DEFAULT_PORTS, address_policy, check_url, refusal
from scrapers.politeness import ROBOTS_BYTES, Robots, Turns, host_of
from scrapers.sockets import Watchdog, WatchedSession

PRODUCT = "press-claim-tracker"
_WORTH_RETRYING = frozenset({408, 429, 500, 502, 503, 504})
_GONE = frozenset({404, 410})
_FORBIDDEN = frozenset({401, 402, 403, 407, 451})
_CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """How to fetch; times in seconds, sizes in bytes.

    ``contact`` is an address or page where a site's owner reaches whoever runs this.
    ``total_deadline`` bounds one ``fetch`` with its redirects and retries; the pauses that
    politeness asks for (``min_interval``, or the site's crawl delay up to ``longest_pause``) are
    not counted in it. ``max_bytes`` bounds a page unpacked. ``max_retries`` counts further tries
    of one request. ``allow_loopback`` opens this machine's own servers, for tests.
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
    longest_pause: float = 30.0
    allowed_ports: frozenset[int] = DEFAULT_PORTS
    allow_loopback: bool = False
    ca_bundle: str | None = None

    @property
    def user_agent(self) -> str:
        """What we tell servers we are."""
        return f"{self.product} (+{self.contact})" if self.contact else self.product


@dataclass(frozen=True, slots=True)
class _Answer:
    """One answer to one request; ``location`` is where a redirect leads."""

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    location: str | None = None
    body: bytes = b""
    raw: bytes | None = None


class Fetcher:
    """Fetches pages; one for a run, closed by ``with``; may be shared between threads.

    ``resolver`` stands in for ``socket.getaddrinfo``; what it answers is checked all the same.
    """

    def __init__(self, settings: FetchSettings | None = None, *, resolver: Resolver | None = None) -> None:
        self._settings = settings or FetchSettings()
        self._resolver = resolver
        self._turns = Turns()
        self._robots = Robots(re.split(r"[/\s]", self._settings.product, maxsplit=1)[0])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing stays open between two fetches; the form leaves room for it."""

    @property
    def request_headers(self) -> tuple[tuple[str, str], ...]:
        """The headers that go with every request, as the archive keeps them."""
        return (
            ("User-Agent", self._settings.user_agent),
            ("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"),
            ("Accept-Language", "en,*;q=0.5"),
            ("Accept-Encoding", ACCEPTED),
            ("Connection", "close"),
        )

    def fetch(self, url: str) -> Capture:
        """Fetch ``url`` whole, within the limits of the settings.

        The capture's ``body`` is unpacked, its ``raw`` what came on the wire where that differs
        (without the framing of chunks). Raises RefusedAddress, BlockedByRobots, HttpStatus (any
        answer but 200 and 203), TooManyRedirects, TooLarge, TimedOut, CutOff, Unreachable,
        NotADocument (a content coding we cannot unpack).
        """
        asked = url.strip()
        errand = _Errand(self._settings, self._resolver, dict(self.request_headers))
        try:
            answer = self._follow(errand, asked)
        except ScrapeError as failed:
            raise failed.on_the_way_to(url) from failed.__cause__
        media_type, charset = _content_type(answer.headers)
        return Capture(
            source=url,
            body=answer.body,
            fetched_at=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            content_type=media_type,
            charset=charset,
            url=asked,
            final_url=answer.url,
            status=answer.status,
            headers=answer.headers,
            raw=answer.raw,
        )

    def _follow(self, errand: _Errand, asked: str) -> _Answer:
        """Go from redirect to redirect; each hop is checked as if it had been asked for."""
        url = asked
        for _ in range(self._settings.max_redirects + 1):
            self._check(url)
            pause = self._robots.require(url, lambda robots: self._read_robots(errand, robots))
            answer = self._persist(errand, url, max(pause, self._settings.min_interval))
            if answer.location is None:
                return answer
            url = answer.location
        raise TooManyRedirects(f"more than {self._settings.max_redirects} redirects", asked)

    def _check(self, url: str) -> None:
        check_url(url, self._settings.allowed_ports, allow_loopback=self._settings.allow_loopback)

    def _persist(self, errand: _Errand, url: str, pause: float) -> _Answer:
        """Ask for ``url`` until it answers, at most ``max_retries`` times more, within the deadline."""

        def attempt() -> _Answer:
            errand.pause(self._turns.wait(host_of(url), min(pause, self._settings.longest_pause)))
            return errand.get(url, self._settings.max_bytes)

        def wait(state: tenacity.RetryCallState) -> float:
            failure = state.outcome.exception() if state.outcome else None
            if isinstance(failure, HttpStatus) and failure.retry_after is not None:
                return failure.retry_after
            return self._settings.backoff * float(2 ** (state.attempt_number - 1))

        def stop(state: tenacity.RetryCallState) -> bool:
            return state.attempt_number > self._settings.max_retries or wait(state) >= errand.remaining

        return tenacity.Retrying(
            retry=tenacity.retry_if_exception(_worth_retrying), wait=wait, stop=stop, reraise=True
        )(attempt)

    def _read_robots(self, errand: _Errand, url: str) -> bytes:
        for _ in range(self._settings.max_redirects + 1):
            self._check(url)
            answer = errand.get(url, ROBOTS_BYTES, self._settings.robots_deadline, whole=False)
            if answer.location is None:
                return answer.body
            url = answer.location
        raise TooManyRedirects(f"more than {self._settings.max_redirects} redirects", url)


def _worth_retrying(failure: BaseException) -> bool:
    return isinstance(failure, CutOff) or (isinstance(failure, HttpStatus) and failure.status in _WORTH_RETRYING)


@dataclass(slots=True)
class _Errand:
    """One fetch under way: its session (cookies live as long as it does), its deadline, its watchdog."""

    settings: FetchSettings
    resolver: Resolver | None
    headers: dict[str, str]
    _ends: float = field(init=False)
    _watchdog: Watchdog = field(init=False)
    _session: requests.Session = field(init=False)

    def __post_init__(self) -> None:
        self._ends = time.monotonic() + self.settings.total_deadline
        self._watchdog = Watchdog()
        policy = address_policy(self.settings.allowed_ports, self.settings.allow_loopback)
        self._session = WatchedSession(policy, self._watchdog, self.resolver)
        self._session.headers.clear()
        self._session.headers.update(self.headers)
        if self.settings.ca_bundle is not None:
            self._session.verify = self.settings.ca_bundle

    @property
    def remaining(self) -> float:
        return self._ends - time.monotonic()

    def pause(self, seconds: float) -> None:
        """Do not count time that was spent in politeness."""
        self._ends += seconds

    def get(self, url: str, limit: int, seconds: float | None = None, *, whole: bool = True) -> _Answer:
        """Ask once. With ``whole`` a longer body than ``limit`` is TooLarge, without it is cut there."""
        allowed = self.settings.total_deadline if seconds is None else seconds
        left = min(self.remaining, allowed)
        timed_out = TimedOut(f"no whole answer within {allowed:g} seconds", url)
        if left <= 0:
            raise timed_out
        try:
            with self._watchdog.set_for(left), self._ask(url, left) as response:
                answer = self._read(response, url, limit, whole)
        except SSRFGuardError as refused:
            raise refusal(url, refused) from refused
        except (requests.RequestException, urllib3.exceptions.HTTPError, HTTPException, OSError) as failed:
            if self._watchdog.barked:
                raise timed_out from failed
            raise _translated(url, failed) from failed
        except (CutOff, NotADocument) as failed:
            if self._watchdog.barked:
                raise timed_out from failed
            raise
        except (ValueError, RecursionError) as failed:
            raise Unreachable(f"the server's answer makes no sense ({failed})", url) from failed
        finally:
            # A connection kept for the next request would be out of the watchdog's hands.
            self._session.close()
        # A body that ends with the connection looks whole when it was we who shut the socket.
        if self._watchdog.barked:
            raise timed_out
        return answer

    def _ask(self, url: str, left: float) -> requests.Response:
        # Several addresses may be tried one after the other, each for as long as this.
        connecting = max(min(self.settings.connect_timeout, left / CONNECT_ATTEMPTS), 0.01)
        # The watchdog ends a silent read first; its own time-out is for where no watchdog could.
        return self._session.get(url, stream=True, allow_redirects=False, timeout=(connecting, left + 1))

    def _read(self, response: requests.Response, url: str, limit: int, whole: bool) -> _Answer:
        headers = tuple((str(k), str(v)) for k, v in response.raw.headers.items())
        target = self._session.get_redirect_target(response)
        if target is not None:
            return _Answer(url, response.status_code, headers, requote_uri(urljoin(url, target.strip())))
        if response.status_code not in (200, 203):
            raise _bad_status(url, response)
        if whole and _stated_length(response) > limit:
            raise _too_large(url, limit)
        body, raw = _body(response, url, limit, whole)
        return _Answer(url, response.status_code, headers, None, body, raw)


def _body(response: requests.Response, url: str, limit: int, whole: bool) -> tuple[bytes, bytes | None]:
    """Read the body and unpack it as it comes, both counted, so that a bomb ends at the limit."""
    try:
        unpacker = Unpacker(response.headers.get("Content-Encoding"))
    except CodingError as unknown:
        raise NotADocument(f"the server sent what we cannot unpack ({unknown})", url, stage="fetch") from unknown
    body, raw = io.BytesIO(), io.BytesIO()
    while chunk := response.raw.read(_CHUNK, decode_content=False):
        if not unpacker.idle:
            raw.write(chunk)
        try:
            for piece in unpacker.feed(chunk):
                body.write(piece)
                if body.tell() > limit:
                    break
        except CodingError as broken:
            raise NotADocument(f"the server's answer cannot be unpacked ({broken})", url, stage="fetch") from broken
        if max(body.tell(), raw.tell()) > limit:
            if whole:
                raise _too_large(url, limit)
            return body.getvalue()[:limit], None
    if not unpacker.finished:
        raise CutOff("the answer was cut off", url)
    return body.getvalue(), None if unpacker.idle else raw.getvalue()


def _content_type(headers: tuple[tuple[str, str], ...]) -> tuple[str | None, str | None]:
    """Give the media type and the character set that the headers state, in lower case."""
    stated = [value for name, value in headers if name.lower() == "content-type"]
    if not stated:
        return None, None
    message = Message()
    message["Content-Type"] = re.sub(r"\s+", " ", stated[-1])
    try:
        return message.get_content_type(), message.get_content_charset()
    except (LookupError, ValueError):
        return message.get_content_type(), None


def _stated_length(response: requests.Response) -> int:
    stated = response.headers.get("Content-Length", "")
    return int(stated) if re.fullmatch(r"[0-9]{1,18}", stated) else 0


def _too_large(url: str, limit: int) -> TooLarge:
    return TooLarge(f"larger than the limit of {limit / 1_000_000:g} MB", url)


def _bad_status(url: str, response: requests.Response) -> HttpStatus:
    """Say what a status means for whoever wanted the page."""
    status, remedy = response.status_code, None
    pause = _retry_after(response.headers.get("Retry-After"))
    if status in _GONE:
        remedy = "check the address, or add an archived copy of the page"
    elif status in _FORBIDDEN:
        remedy = "save the page in a browser and add the file with --url"
    elif status in _WORTH_RETRYING:
        remedy = "try again later" if pause is None else f"try again in {pause:.0f} seconds"
    reason = f" {response.reason}" if response.reason else ""
    return HttpStatus(f"the server answered {status}{reason}", url, remedy, status=status, retry_after=pause)


def _retry_after(value: str | None) -> float | None:
    """Give the seconds that a Retry-After asks for, as a number or as a date; None if it says nothing."""
    if value is None:
        return None
    try:
        return max(float(urllib3.Retry().parse_retry_after(value)), 0.0)
    except (urllib3.exceptions.InvalidHeader, ValueError, OverflowError):
        return None


def _translated(url: str, failed: Exception) -> FetchError:
    """Say which of the ways to fail this was, in one clause."""
    if isinstance(failed, requests.Timeout | urllib3.exceptions.TimeoutError | TimeoutError):
        return TimedOut("the server did not answer in time", url)
    if isinstance(failed, requests.exceptions.SSLError):
        return Unreachable("no secure connection, the site's certificate or TLS is not valid", url)
    text = repr(failed)
    if "NameResolutionError" in text or "gaierror" in text:
        return Unreachable("no such host", url)
    if "NewConnectionError" in text:
        return Unreachable("no connection to the server", url)
    if isinstance(failed, requests.exceptions.InvalidURL | urllib3.exceptions.LocationParseError):
        return Unreachable("not a well-formed address", url)
    if re.search(r"IncompleteRead|RemoteDisconnected|ConnectionReset|ConnectionAborted|BrokenPipe", text):
        return CutOff("the answer was cut off", url)
    return Unreachable(f"the server's answer is not valid HTTP ({type(failed).__name__})", url)
