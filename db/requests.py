"""The queue of addresses that people asked to be fetched: put in by the desk, served by ``tracker work``.

A row goes from waiting to working to done or failed. A worker that is killed leaves its row working: after a
while another takes it, at most ``MOST_ATTEMPTS`` times in all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from db.engine import reading, writing
from db.errors import RecordError
from db.models import table

_REQUESTS = table("requests")
MOST_ATTEMPTS = 3
_LONGEST_URL = 2_000
_LONGEST_NOTE = 1_000
_UNSEEN = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffd]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


class BadRequest(RecordError):
    """An address that cannot be asked for; ``field`` names what was typed wrongly."""

    def __init__(self, message: str, field: str = "url") -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of asking: the row, and whether it is new or the address was waiting already."""

    request_id: int
    is_new: bool


@dataclass(frozen=True, slots=True)
class Taken:
    """A row that this worker has: ``attempt`` counts from 1, and tells its answer from that of a later one."""

    request_id: int
    url: str
    attempt: int


def ask(bind: Engine | Connection, url: str, by: str, at: str, note: str | None = None) -> Asked:
    """Puts an address into the queue; one that waits or is being fetched is not put there twice.

    ``at`` is UTC ending in ``Z``. Raises BadRequest for what is no http or https address of a page.
    """
    url, by = url.strip(), by.strip()
    _check(url, by, note)
    same = (_REQUESTS.c.url == url) & _REQUESTS.c.state.in_(("waiting", "working"))
    with writing(bind) as connection:
        known = connection.execute(sa.select(_REQUESTS.c.id).where(same).limit(1)).scalar()
        if known is not None:
            return Asked(int(known), False)
        row = sa.insert(_REQUESTS).values(url=url, requested_by=by, requested_at=at, note=(note or "").strip() or None)
        return Asked(int(connection.execute(row.returning(_REQUESTS.c.id)).scalar_one()), True)


def take(bind: Engine | Connection, now: str, abandoned_before: str) -> Taken | None:
    """Takes the next row, in the order of asking; None where nothing waits. No two workers get the same.

    A row that began before ``abandoned_before`` and is still being worked on was left by a killed worker: it is
    taken again, or, after ``MOST_ATTEMPTS``, failed.
    """
    is_left = (_REQUESTS.c.state == "working") & (_REQUESTS.c.started_at < abandoned_before)
    given_up = is_left & (_REQUESTS.c.attempts >= MOST_ATTEMPTS)
    # A row that was put back waits for its time.
    is_time = _REQUESTS.c.started_at.is_(None) | (_REQUESTS.c.started_at <= now)
    due = sa.or_((_REQUESTS.c.state == "waiting") & is_time, is_left)
    first = sa.select(_REQUESTS.c.id).where(due).order_by(_REQUESTS.c.id).limit(1).scalar_subquery()
    reason = f"the worker was stopped {MOST_ATTEMPTS} times while it fetched this"
    with reading(bind) as connection:
        # An idle worker asks often, and must not take the writers' lock each time.
        if connection.execute(sa.select(_REQUESTS.c.id).where(due).limit(1)).first() is None:
            return None
    with writing(bind) as connection:
        failed = sa.update(_REQUESTS).where(given_up)
        connection.execute(failed.values(state="failed", done_at=now, reason=reason, remedy="add it by hand"))
        taken = sa.update(_REQUESTS).where(_REQUESTS.c.id == first)
        taken = taken.values(state="working", started_at=now, attempts=_REQUESTS.c.attempts + 1)
        # As bytes: what another program put there may be no text, and would fail every worker that asks for it.
        raw = sa.literal_column("CAST(requests.url AS BLOB)", sa.LargeBinary)
        row = connection.execute(taken.returning(_REQUESTS.c.id, raw.label("url"), _REQUESTS.c.attempts)).first()
        if row is None:
            return None
        url = _mended(connection, int(row.id), bytes(row.url))
    return Taken(int(row.id), url, int(row.attempts))


def _mended(connection: Connection, request_id: int, url: bytes) -> str:
    """The address of a row as text, which it is from now on; U+FFFD for bytes that are none."""
    text = url.decode("utf-8", "replace")
    no_text = sa.or_(sa.func.typeof(_REQUESTS.c.url) != "text", sa.literal("\ufffd" in text))
    connection.execute(sa.update(_REQUESTS).where(_REQUESTS.c.id == request_id, no_text).values(url=text))
    return text


def finish(bind: Engine | Connection, taken: Taken, document_id: int, now: str) -> bool:
    """Notes the document that an address gave; False where another worker has taken the row meanwhile."""
    return _close(bind, taken, state="done", document_id=document_id, done_at=now, reason=None, remedy=None)


def give_up(bind: Engine | Connection, taken: Taken, reason: str, remedy: str, now: str) -> bool:
    """Notes why an address gave nothing; False where another worker has taken the row meanwhile."""
    return _close(bind, taken, state="failed", done_at=now, reason=reason, remedy=remedy)


def put_back(bind: Engine | Connection, taken: Taken, until: str, reason: str, remedy: str) -> bool:
    """Lets a row wait until a time, which counts as no attempt; False where another worker has taken it meanwhile."""
    attempts = taken.attempt - 1
    return _close(bind, taken, state="waiting", started_at=until, attempts=attempts, reason=reason, remedy=remedy)


def _close(bind: Engine | Connection, taken: Taken, **values: object) -> bool:
    own = (_REQUESTS.c.id == taken.request_id) & (_REQUESTS.c.state == "working")
    own &= _REQUESTS.c.attempts == taken.attempt
    with writing(bind) as connection:
        return connection.execute(sa.update(_REQUESTS).where(own).values(**values)).rowcount == 1


def check_address(url: str) -> None:
    """Raises BadRequest for what is no http or https address, or holds a password."""
    if not url:
        raise BadRequest("the address is empty: type one like https://news.example/story")
    if len(url) > _LONGEST_URL:
        raise BadRequest(f"the address is longer than {_LONGEST_URL:,} characters: check it")
    if _UNSEEN.search(url):
        raise BadRequest("the address has spaces or control characters in it: type it again")
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise BadRequest("the address is not well-formed: type one like https://news.example/story") from None
    if parts.scheme not in ("http", "https") or not host:
        raise BadRequest("only http and https addresses are fetched: type one like https://news.example/story")
    if parts.username is not None or parts.password is not None:
        raise BadRequest("the address has a user's name or password in it: leave them out")


def _check(url: str, by: str, note: str | None) -> None:
    check_address(url)
    if not by:
        raise BadRequest("nobody is named who asks for it: sign in", "by")
    if note and (len(note) > _LONGEST_NOTE or _CONTROL.search(note)):
        raise BadRequest(f"the note is longer than {_LONGEST_NOTE:,} characters, or has some that are none", "note")
