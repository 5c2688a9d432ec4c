"""The people of a desk: who may sign in, and in which role, in a file beside the database.

The file is ``press.users.json`` for ``press.db``. It stays outside the database, which is shown to
readers and copied about: it holds password hashes and the secret with which sign-ins are signed. Only
its owner may read it (mode 0600), every change replaces it whole, and changes wait for each other.
"""

from __future__ import annotations

import fcntl
import hashlib
import hmac
import json
import os
import re
import secrets
import sys
import tempfile
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from tracker.errors import TrackerError
from tracker.judging.workflow import ROLES

SHORTEST_PASSWORD = 10

# Letters of any script and digits first: not what a shell takes for an option or hides.
# Plain letters only: "аdmin" with a Cyrillic letter would stand in the log as another admin.
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}\Z")
_RESERVED = frozenset({"tracker"})  # under this name the program itself stands in the log
_ADD = "tracker user add NAME --role editor"


class PeopleError(TrackerError):
    """Something about the people of a desk that does not work: one line with what to do."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may sign in: the name as it is shown, the role, and the password's hash."""

    name: str
    role: str
    password_hash: str


@dataclass(frozen=True, slots=True)
class People:
    """Everybody who may sign in, by folded name, and the secret with which sign-ins are signed."""

    secret: str
    by_name: Mapping[str, Person]

    def find(self, name: str) -> Person | None:
        """The person of this name, without regard to case; None for a stranger."""
        return self.by_name.get(folded(name))

    def fingerprint(self, person: Person) -> str:
        """What changes with the person's password and tells nothing of its hash (32 hex digits)."""
        message = f"{folded(person.name)}\n{person.password_hash}".encode()
        return hmac.new(self.secret.encode(), message, hashlib.sha256).hexdigest()[:32]


#: Where there is no file: nobody, and a secret with which nothing is ever signed.
NOBODY = People("", MappingProxyType({}))


def users_file(db: Path) -> Path:
    """The file of the people of a database: ``NAME.users.json`` beside it."""
    return db.with_name(db.stem + ".users.json")


def folded(name: str) -> str:
    """The form in which names are compared: without regard to case and to how accents are written."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def checked_name(name: str) -> str:
    """The name as it is kept; a PeopleError where it is no ordinary word."""
    name = unicodedata.normalize("NFKC", name)
    if not _NAME.match(name):
        raise PeopleError(
            f'the name "{name}" is no ordinary word: use plain letters, digits, dots, hyphens and underscores, '
            "at most 64, and begin with a letter or a digit"
        )
    if name.casefold() in _RESERVED:
        raise PeopleError(f'"{name}" is the program\'s own name in the log: take another')
    return name


def checked_password(password: str) -> str:
    """The password; a PeopleError where it is too short or no text."""
    try:
        password.encode()
    except UnicodeEncodeError as error:
        raise PeopleError("the password is not valid UTF-8: type another") from error
    if len(password) < SHORTEST_PASSWORD:
        raise PeopleError(
            f"the password is too short: take at least {SHORTEST_PASSWORD} characters, such as four ordinary words"
        )
    return password


def hash_password(password: str, iterations: int | None = None) -> str:
    """The hash (PBKDF2, salted) that datasette-auth-passwords makes of a password.

    ``iterations`` is for tests: the default takes a third of a second, on purpose.
    """
    # Late: it brings Datasette with it, and most commands have no use for either.
    from datasette_auth_passwords.utils import hash_password as hashed

    text = unicodedata.normalize("NFC", password)
    more = {} if iterations is None else {"iterations": iterations}
    return str(hashed(text, **more))  # type: ignore[no-untyped-call]


def password_fits(password: str, person: Person | None, among: People) -> bool:
    """Is it this person's password? For a stranger (None) it takes as long to say no."""
    from datasette_auth_passwords.utils import verify_password

    text = unicodedata.normalize("NFC", password).encode("utf-8", "replace").decode()
    stored = person.password_hash if person else _decoy(among)
    try:
        return bool(verify_password(text, stored)) and person is not None  # type: ignore[no-untyped-call]
    except (ValueError, AssertionError):
        # A hash that somebody has mangled by hand fits no password.
        return False


def _decoy(people: People) -> str:
    some = next(iter(people.by_name.values()), None)
    iterations = some.password_hash.split("$")[1] if some else "480000"
    return f"pbkdf2_sha256${iterations}${'0' * 32}${'A' * 43}="


# ------------------------------------------------------------------ the file


def read_people(path: Path) -> People | None:
    """Everybody in the file; None where there is no file. A PeopleError for one that cannot be used."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise PeopleError(f"cannot be read ({error.strerror}): {path}: check its permissions") from error
    try:
        return _parsed(json.loads(content))
    except (ValueError, KeyError, TypeError, AttributeError, PeopleError) as error:
        raise PeopleError(
            f"no file of people: {path}: put back a copy of it, or remove it and add the people again ({_ADD})"
        ) from error


def _parsed(stored: Any) -> People:
    people = [Person(checked_name(p["name"]), str(p["role"]), str(p["password_hash"])) for p in stored["people"]]
    by_name = {folded(person.name): person for person in people}
    secret = stored["secret"]
    if len(by_name) != len(people) or not isinstance(secret, str) or len(secret) < 32:
        raise ValueError("names that occur twice, or no secret")
    if any(person.role not in ROLES or person.password_hash.count("$") != 3 for person in people):
        raise ValueError("an unknown role, or something that is no hash")
    return People(secret, MappingProxyType(by_name))


def check_private(path: Path) -> None:
    """A PeopleError where others than its owner may read or write the file."""
    with suppress(FileNotFoundError):
        if path.stat().st_mode & 0o077:
            raise PeopleError(f"others can read the passwords' hashes: {path}: run chmod 600 {path}")


def _changed(path: Path, change: Callable[[dict[str, Person]], None]) -> None:
    """Change the people in the file, waiting for whoever else is changing it."""
    with _locked(path):
        people = read_people(path) or People(secrets.token_hex(32), MappingProxyType({}))
        by_name = dict(people.by_name)
        change(by_name)
        _written(path, People(people.secret, by_name))


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    # Not the file itself: that one is replaced, and a lock on the old one would hold nobody off.
    try:
        lock = os.open(path.with_suffix(".lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise _unwritable(path, error) from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _written(path: Path, people: People) -> None:
    ordered = sorted(people.by_name.items())
    stored = {
        "secret": people.secret,
        "people": [{"name": p.name, "role": p.role, "password_hash": p.password_hash} for _, p in ordered],
    }
    try:
        # Made with mode 0600.
        handle, made = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(stored, file, ensure_ascii=False, indent=1)
                file.flush()
                os.fsync(file.fileno())
            os.replace(made, path)
        except BaseException:
            os.unlink(made)
            raise
    except OSError as error:
        raise _unwritable(path, error) from error


def _unwritable(path: Path, error: OSError) -> PeopleError:
    return PeopleError(f"cannot be written ({error.strerror}): {path}: check the folder and its permissions")


# ------------------------------------------------------------------ changes


def add_person(path: Path, name: str, role: str, password: str, iterations: int | None = None) -> Person:
    """Add somebody to the file, which is made if there is none; a PeopleError for a name that is taken."""
    person = Person(checked_name(name), _checked_role(role), hash_password(checked_password(password), iterations))

    def change(people: dict[str, Person]) -> None:
        if folded(name) in people:
            raise taken(people[folded(name)])
        people[folded(name)] = person

    _changed(path, change)
    return person


def taken(person: Person) -> PeopleError:
    """The error for a name that somebody has."""
    return PeopleError(
        f"there is a person of the name {person.name} ({person.role}) already: take another name, or change that one "
        f"with tracker user role or tracker user password"
    )


def set_role(path: Path, name: str, role: str) -> Person:
    """Give somebody another role, from their next request on; a PeopleError for a stranger."""
    _checked_role(role)
    return _with(path, name, lambda person: replace(person, role=role))


def set_password(path: Path, name: str, password: str, iterations: int | None = None) -> Person:
    """Give somebody another password, which ends their sign-ins; a PeopleError for a stranger."""
    hashed = hash_password(checked_password(password), iterations)
    return _with(path, name, lambda person: replace(person, password_hash=hashed))


def _with(path: Path, name: str, changed: Callable[[Person], Person]) -> Person:
    made: list[Person] = []

    def change(people: dict[str, Person]) -> None:
        made.append(changed(_known(people, name, path)))
        people[folded(name)] = made[0]

    known(path, name)
    _changed(path, change)
    return made[0]


def remove_person(path: Path, name: str) -> Person:
    """Take somebody out of the file, which ends their sign-ins; a PeopleError for a stranger."""
    removed: list[Person] = []

    def change(people: dict[str, Person]) -> None:
        removed.append(_known(people, name, path))
        del people[folded(name)]

    known(path, name)
    _changed(path, change)
    return removed[0]


def known(path: Path, name: str) -> Person:
    """The person of this name in the file; a PeopleError for a stranger."""
    return _known((read_people(path) or NOBODY).by_name, name, path)


def _known(people: Mapping[str, Person], name: str, path: Path) -> Person:
    found = people.get(folded(name))
    if found is None:
        raise PeopleError(f'nobody of the name "{name}" in {path}: see tracker user list, or add them ({_ADD})')
    return found


def _checked_role(role: str) -> str:
    if role not in ROLES:
        raise PeopleError(f'unknown role "{role}": use one of {", ".join(ROLES)}')
    return role


# ------------------------------------------------------- for moves and pages


def person_on_command_line(db: Path, name: str) -> tuple[str, str]:
    """The name as it is to be kept and the role of whoever makes a move on the command line.

    With a users file the name must be in it. Without one, whoever may write the database file is an
    editor. A PeopleError otherwise.
    """
    path = users_file(db)
    people = read_people(path)
    if people is not None:
        person = _known(people.by_name, name, path)
        return person.name, person.role
    if db.exists() and not os.access(db, os.W_OK):
        raise PeopleError(f"you may not write to {db}: ask its owner, or have yourself added ({_ADD})")
    return checked_name(name), "editor"


def role_of(db: Path, name: str) -> str:
    """The role of whoever makes a move on the command line; see ``person_on_command_line``."""
    return person_on_command_line(db, name)[1]


class WatchedPeople:
    """The people in a file as they are now: it is read again when it has changed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._stamp: tuple[int, ...] | None = None
        self._people = NOBODY

    def now(self) -> People:
        """Everybody in the file; nobody while there is none or it cannot be used."""
        try:
            found = self.path.stat()
            # The inode too: a file that takes another's place may be as long and as old.
            stamp: tuple[int, ...] = (found.st_ino, found.st_mtime_ns, found.st_size, found.st_mode)
        except OSError:
            stamp = ()
        if stamp != self._stamp:
            self._stamp = stamp
            try:
                self._people = read_people(self.path) or NOBODY
            except PeopleError as error:
                # Closed rather than open: nobody is signed in until the file is mended.
                print(f"Error: {error}", file=sys.stderr)
                self._people = NOBODY
        return self._people
