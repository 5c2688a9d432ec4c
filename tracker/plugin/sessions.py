"""Who is signed in: the cookie, checked against the users file at each request.

The cookie says only who signed in, and with which password; the role is the file's. It is signed with
the secret in the file, so that it survives a restart. What Datasette is handed in its place is a
cookie of its own kind, made for this one request: whatever Datasette does with the person that it
names, that person is in the file, now.
"""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from itsdangerous import BadSignature, URLSafeTimedSerializer

from tracker.people import NOBODY, People, Person, WatchedPeople
from tracker.plugin.config import PLUGIN
from tracker.plugin.guesses import Guesses

if TYPE_CHECKING:
    from datasette.app import Datasette

#: The cookie's name is Datasette's own, which its page for signing out clears.
COOKIE = "ds_actor"
#: How long a sign-in lasts, in seconds: thirty days.
LASTS = 30 * 24 * 60 * 60
#: Hashing takes a third of a second of one core: never more than two at once.
_HASHING = 2

_SALT = "press tracker sign-in"
# Other cookies are another program's; a name that is not allowed makes Python's parser give up.
_OURS = re.compile(r"(ds_[a-z]+)=([\w.~!#$%&'*+^`|/:=@()-]*)\Z", re.ASCII)


class Desk:
    """What the web process knows of its people: the watched file, and what they may do unsigned.

    Without a file (``people`` is None) the cookie is Datasette's own and is left as it is: that is
    Datasette started by other means than ``tracker serve``.
    """

    def __init__(self, settings: dict[str, Any]) -> None:
        users = settings.get("users")
        self.people = WatchedPeople(Path(users)) if users else None
        self.everybody = bool(settings.get("everybody"))
        self.guesses = Guesses()
        self.hashing = ThreadPoolExecutor(_HASHING, thread_name_prefix="passwords")
        self.waiting = 0

    def known(self) -> People:
        """Everybody who may sign in now."""
        return self.people.now() if self.people else NOBODY


_DESKS: WeakKeyDictionary[Datasette, Desk] = WeakKeyDictionary()


def desk_of(datasette: Datasette) -> Desk:
    """The desk of a running Datasette, made when it is first asked for."""
    desk = _DESKS.get(datasette)
    if desk is None:
        settings = datasette.plugin_config(PLUGIN) or {}  # type: ignore[no-untyped-call]
        desk = _DESKS[datasette] = Desk(settings)
    return desk


def cookie_for(people: People, person: Person) -> str:
    """The value of the cookie of somebody who has just signed in."""
    value = URLSafeTimedSerializer(people.secret, _SALT).dumps([person.name, people.fingerprint(person)])
    return value if isinstance(value, str) else value.decode()


def person_of(people: People, cookie: str) -> Person | None:
    """Whose cookie it is; None for one that is forged, too old, a stranger's or of an old password."""
    if not people.secret:
        return None
    try:
        name, fingerprint = URLSafeTimedSerializer(people.secret, _SALT).loads(cookie, max_age=LASTS)
        person = people.find(name)
    except (BadSignature, ValueError, TypeError):
        return None
    return person if person and people.fingerprint(person) == fingerprint else None


def checked_cookies(header: bytes, datasette: Datasette, desk: Desk) -> tuple[bytes, dict[str, str] | None]:
    """The header that Datasette may see, and who is signed in: ``{"id", "role"}``, or None."""
    kept: dict[str, str] = {}
    for part in header.decode("latin-1").split(";"):
        found = _OURS.match(part.strip())
        if found:
            kept.setdefault(found[1], found[2])
    actor = None
    if desk.people:
        person = person_of(desk.known(), kept.pop(COOKIE, ""))
        if person:
            actor = {"id": person.name, "role": person.role}
            signed = datasette.sign({"a": actor}, "actor")  # type: ignore[no-untyped-call]
            kept[COOKIE] = signed
    elif COOKIE in kept:
        actor = _datasettes_own(datasette, kept[COOKIE])
    return "; ".join(f"{name}={value}" for name, value in kept.items()).encode("latin-1"), actor


def _datasettes_own(datasette: Datasette, cookie: str) -> dict[str, str] | None:
    try:
        signed = datasette.unsign(cookie, "actor")  # type: ignore[no-untyped-call]
    except BadSignature:
        return None
    actor = signed.get("a") if isinstance(signed, dict) else None
    return actor if isinstance(actor, dict) else None
