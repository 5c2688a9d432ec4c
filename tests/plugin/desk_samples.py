"""A desk with one person of each role, in process and with real cookies, for the tests of the pages."""

from __future__ import annotations

from pathlib import Path

from datasette.app import Datasette

from tracker import people
from tracker.plugin import sessions
from tracker.plugin.__main__ import load_plugin
from tracker.plugin.config import build_config, build_metadata, database_name

#: One person of each role.
PEOPLE = {"rita": "reader", "cleo": "checker", "edda": "editor"}
PASSWORD = "correct horse battery"  # noqa: S105
#: The real number takes a third of a second a try.
ITERATIONS = 1000


def add_people(database: Path) -> Path:
    """The users file of the database, with everybody in it."""
    path = people.users_file(database)
    for name, role in PEOPLE.items():
        people.add_person(path, name, role, PASSWORD, ITERATIONS)
    return path


def cookies(database: Path, name: str | None) -> dict[str, str]:
    """The cookies of somebody who has signed in; none for a stranger (None)."""
    if name is None:
        return {}
    found = people.read_people(people.users_file(database))
    assert found is not None
    person = found.find(name)
    assert person is not None
    return {sessions.COOKIE: sessions.cookie_for(found, person)}


def desk(database: Path, *, everybody: bool) -> Datasette:
    """Datasette as `tracker serve` starts it, with or without ``--open``; to be closed after use."""
    load_plugin()
    name = database_name(database)
    users = people.users_file(database)
    config = build_config(name, users=users, everybody=everybody)
    return Datasette([str(database)], config=config, metadata=build_metadata(name), default_deny=True)
