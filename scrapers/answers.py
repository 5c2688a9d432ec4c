"""What a server's answer says: its body unpacked and counted, its headers, and what a failure means."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPException

import requests
import urllib3

from scrapers.coding import CodingError, Unpacker
from scrapers.errors import CutOff, FetchError, HttpStatus, NotADocument, NotModified, TimedOut, TooLarge, Unreachable

#: Statuses that may pass: the same request may be answered a little later.
WORTH_RETRYING = frozenset({408, 429, 500, 502, 503, 504})
_GONE = frozenset({404, 410})
_FORBIDDEN = frozenset({401, 402, 403, 407, 451})
_SAVE_IT = "save the page in a browser and add the file with --url"
_CHUNK = 64 * 1024
#: Of the body of a redirect or a refusal, in bytes and seconds.
LITTLE_BODY, LITTLE_TIME = 64 * 1024, 1.0
# The most repetitive real pages pack 50 to 1; a bomb packs hundreds to 1.
_BOMB_FROM, _BOMB_RATIO = 1_000_000, 200

Glance = Callable[[float], AbstractContextManager[None]]


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to one request; ``location`` is where a redirect leads, ``body`` is then as it was sent."""

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    location: str | None = None
    body: bytes = b""
    raw: bytes | None = None


def whole_body(response: requests.Response, url: str, limit: int, whole: bool) -> tuple[bytes, bytes | None]:
    """Read the body and unpack it as it comes, both counted, so that a bomb ends at the limit.

    Gives the unpacked bytes, and those on the wire where they differ. Without ``whole`` a longer body is
    cut at ``limit``. Raises TooLarge, CutOff, NotADocument.
    """
    try:
        unpacker = Unpacker(response.headers.get("Content-Encoding"))
    except CodingError as unknown:
        raise NotADocument(f"the server sent what we cannot unpack ({unknown})", url, _SAVE_IT, "fetch") from unknown
    body, raw = io.BytesIO(), io.BytesIO()
    while chunk := response.raw.read(_CHUNK, decode_content=False):
        if not unpacker.idle:
            raw.write(chunk)
        try:
            for piece in unpacker.feed(chunk):
                body.write(piece)
                if body.tell() > min(limit, max(_BOMB_FROM, _BOMB_RATIO * raw.tell())):
                    break
        except CodingError as broken:
            what = f"the server's answer cannot be unpacked ({broken})"
            raise NotADocument(what, url, _SAVE_IT, "fetch") from broken
        if not unpacker.idle and body.tell() > max(_BOMB_FROM, _BOMB_RATIO * raw.tell()):
            raise TooLarge(f"its compressed content grows more than {_BOMB_RATIO}-fold", url)
        if max(body.tell(), raw.tell()) > limit:
            if whole:
                raise too_large(url, limit)
            return body.getvalue()[:limit], None
    if not unpacker.finished:
        raise CutOff("the answer was cut off", url)
    return body.getvalue(), None if unpacker.idle else raw.getvalue()


def little_body(response: requests.Response, glance: Glance) -> bytes:
    """Give the beginning of a body that nobody waits for, as it was sent: a redirect's, a refusal's.

    What has not come within LITTLE_TIME, or is beyond LITTLE_BODY, is left. A body that was read to its
    end leaves the connection fit for the next request.
    """
    body = io.BytesIO()
    broken = (urllib3.exceptions.HTTPError, HTTPException, OSError, ValueError)
    with glance(LITTLE_TIME), suppress(*broken):
        while (left := LITTLE_BODY - body.tell()) > 0:
            chunk = response.raw.read1(left, decode_content=False)
            if not chunk:
                break
            body.write(chunk)
    return body.getvalue()


def content_type(headers: tuple[tuple[str, str], ...]) -> tuple[str | None, str | None]:
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


def stated_length(response: requests.Response) -> int:
    """Give the length that the headers state, in bytes; 0 if none."""
    stated = response.headers.get("Content-Length", "")
    return int(stated) if re.fullmatch(r"[0-9]{1,18}", stated) else 0


def too_large(url: str, limit: int) -> TooLarge:
    """Say that a page is longer than ``limit`` bytes."""
    return TooLarge(f"larger than the limit of {limit / 1_000_000:g} MB", url)


def bad_status(url: str, response: requests.Response) -> HttpStatus:
    """Say what a status means for whoever wanted the page."""
    status, remedy = response.status_code, None
    pause = _retry_after(response.headers.get("Retry-After"))
    if status in _GONE:
        remedy = "check the address, or add an archived copy of the page"
    elif status in _FORBIDDEN:
        remedy = _SAVE_IT
    elif status in WORTH_RETRYING:
        remedy = "try again later" if pause is None else f"try again in {pause:.0f} seconds"
    reason = f" {response.reason}" if response.reason else ""
    return HttpStatus(f"the server answered {status}{reason}", url, remedy, status=status, retry_after=pause)


def not_modified(url: str, headers: tuple[tuple[str, str], ...]) -> NotModified:
    """Say that a page is as it was, with what the server restated of it."""
    stated = {name.lower(): value for name, value in headers}
    return NotModified(
        "not modified since the last visit",
        url,
        headers=headers,
        final_url=url,
        etag=stated.get("etag"),
        last_modified=stated.get("last-modified"),
    )


def _retry_after(value: str | None) -> float | None:
    """Give the seconds that a Retry-After asks for, as a number or as a date; None if it says nothing."""
    if value is None:
        return None
    try:
        return max(float(urllib3.Retry().parse_retry_after(value)), 0.0)
    except (urllib3.exceptions.InvalidHeader, ValueError, OverflowError):
        return None


def is_worth_retrying(failure: BaseException) -> bool:
    """Whether the same request may be answered a little later."""
    return isinstance(failure, CutOff) or (isinstance(failure, HttpStatus) and failure.status in WORTH_RETRYING)


def translated(url: str, failed: Exception) -> FetchError:
    """Say which of the ways to fail this was, in one clause."""
    if isinstance(failed, requests.Timeout | urllib3.exceptions.TimeoutError | TimeoutError):
        return TimedOut("the server did not answer in time", url)
    if isinstance(failed, requests.exceptions.SSLError):
        what = "no secure connection, the site's certificate or TLS is not valid"
        return Unreachable(what, url, "open the address in a browser to see what is wrong with it")
    text = repr(failed)
    if "NameResolutionError" in text or "gaierror" in text:
        return Unreachable("no such host", url, "check the spelling of the address, and your connection")
    if "NewConnectionError" in text:
        return Unreachable("no connection to the server", url)
    if isinstance(failed, requests.exceptions.InvalidURL | urllib3.exceptions.LocationParseError):
        return Unreachable("not a well-formed address", url)
    if re.search(r"IncompleteRead|RemoteDisconnected|ConnectionReset|ConnectionAborted|BrokenPipe", text):
        return CutOff("the answer was cut off", url)
    return Unreachable(f"the server's answer is not valid HTTP ({type(failed).__name__})", url)
