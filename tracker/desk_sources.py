"""Attaches a source to a claim, for the desk."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from sqlalchemy import Connection

from db import vocabulary as words
from db.results import ClaimDetail
from db.sources import attach_source
from tracker.addresses import USUAL_PORTS, why_never_visited
from tracker.desk_requests import Attach, BadMove
from tracker.errors import SettingsError
from tracker.settings import load_settings

_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_LONGEST = 2_000
#: White space, control characters, quotation marks and brackets have no place in an address as such.
_NOT_IN_URLS = re.compile(r"[\s\x00-\x20\x7f\"<>\\^`{|}\u202a-\u202e\u2066-\u2069]")


def attach(connection: Connection, detail: ClaimDetail, by_whom: str, request: Attach, now: str) -> dict[str, Any]:
    """Attaches the source, known or new, and gives what was done for the log; raises BadMove."""
    if request.relation not in words.RELATIONS:
        raise BadMove(
            f'"{request.relation}" is no bearing on a claim: use one of {", ".join(words.RELATIONS)}', field="relation"
        )
    title = _flat(request.title)
    if not (request.url or "").strip() and not title:
        raise BadMove("give the source's address, or at least its title", field="url")
    published = _flat(request.published)
    if published and not _is_date(published):
        raise BadMove(
            f'the date "{published}" is not one: write it like 2020-07-02, 2020-07 or 2020', field="published"
        )
    # Until tomorrow: where the sun rises first, it is tomorrow's date already.
    if published and _first_day(published) > date.fromisoformat(now[:10]) + timedelta(days=1):
        raise BadMove(f'the date "{published}" is still to come: say when the source was published', field="published")
    url = address(request.url) if (request.url or "").strip() else None
    own = detail.claim.document.url
    # A page may well correct itself, but not back itself.
    if request.relation == "supports" and url and own and _same_page(url, own):
        raise BadMove("that is the page on which the claim itself stands: it cannot support it", field="url")
    publisher, kind, is_primary = _publisher(request, url)
    return attach_source(
        connection,
        detail.claim.id,
        by_whom=by_whom,
        now=now,
        relation=request.relation,
        url=url,
        title=title,
        publisher=publisher,
        kind=kind,
        is_primary=is_primary,
        published=published,
        locator=_flat(request.locator),
        excerpt=(request.excerpt or "").strip() or None,
    )


def _publisher(request: Attach, url: str | None) -> tuple[str | None, str | None, bool]:
    """Publisher, kind and primary of the source: as stated, and where nothing is, as the table of publishers says."""
    publisher, kind = _flat(request.publisher), _flat(request.kind)
    if publisher or kind or url is None:
        return publisher, kind, request.is_primary
    # Loaded when it is needed: the table takes its time to parse.
    from tracker.reading.publishers import builtin

    known = builtin().of_url(url)
    if known is None:
        return None, None, request.is_primary
    return known.name, known.kind, request.is_primary or known.primary


def address(url: str | None) -> str:
    """The address with its scheme and host in small letters; BadMove unless it is http or https, and may be visited."""
    given = (url or "").strip()
    wrong = BadMove(f'"{given[:80]}" is no address of a page: write it like https://news.example/story', field="url")
    try:
        parts = urlsplit(given)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise wrong from error
    if len(given) > _LONGEST or _NOT_IN_URLS.search(given) or parts.scheme.lower() not in {"http", "https"}:
        raise wrong
    if not host or "@" in parts.netloc or "." not in host.strip("."):
        raise wrong
    never = why_never_visited(host, port, _ports())
    if never:
        what = f'"{given[:80]}" can never be looked at again: {never}: give the address at which anybody can read it'
        raise BadMove(what, field="url")
    netloc = f"[{host}]" if ":" in host else host
    usual = {"http": 80, "https": 443}[parts.scheme.lower()]
    if port is not None and port != usual:
        netloc += f":{port}"
    return urlunsplit((parts.scheme.lower(), netloc, parts.path or "/", parts.query, parts.fragment))


def _ports() -> frozenset[int]:
    """The ports that the fetcher may call on; the usual ones where the settings cannot be read."""
    try:
        return frozenset(load_settings().ports) or USUAL_PORTS
    except SettingsError:
        return USUAL_PORTS


def _same_page(one: str, other: str) -> bool:
    """Whether two addresses are of one page; the scheme, a "www.", a last slash and a place within do not count."""
    first, second = (urlsplit(each) for each in (one, other))
    return all(
        left == right
        for left, right in (
            (first.netloc.lower().removeprefix("www."), second.netloc.lower().removeprefix("www.")),
            (first.path.rstrip("/"), second.path.rstrip("/")),
            (first.query, second.query),
        )
    )


def _is_date(text: str) -> bool:
    if not _DATE.fullmatch(text):
        return False
    try:
        return _first_day(text).year > 1000
    except ValueError:
        return False


def _first_day(text: str) -> date:
    """The first day that a date, of a month or a year as well, can mean; ValueError for none."""
    return date.fromisoformat((text + "-01-01")[:10])


def _flat(text: str | None) -> str | None:
    return " ".join((text or "").split()) or None
