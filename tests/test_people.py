"""The people of a desk: their file, its lock, its errors."""

from __future__ import annotations

import json
import multiprocessing
import os
import stat
from pathlib import Path

import pytest

from tracker import people
from tracker.people import PeopleError

PASSWORD = "four ordinary words"  # noqa: S105
FEW = 1000


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return people.users_file(tmp_path / "press.db")


def add(path: Path, name: str, role: str = "reader") -> people.Person:
    return people.add_person(path, name, role, PASSWORD, FEW)


def everybody(path: Path) -> dict[str, str]:
    found = people.read_people(path)
    assert found is not None
    return {person.name: person.role for person in found.by_name.values()}


def test_the_file_stands_beside_the_database_and_is_its_owners_alone(path: Path) -> None:
    umask = os.umask(0)
    try:
        add(path, "Ada", "editor")
        people.set_role(path, "ada", "checker")
    finally:
        os.umask(umask)
    assert path.name == "press.users.json"
    assert {stat.S_IMODE(found.stat().st_mode) for found in path.parent.iterdir()} == {0o600}
    assert sorted(found.name for found in path.parent.iterdir()) == ["press.users.json", "press.users.lock"]
    assert PASSWORD not in path.read_text(encoding="utf-8")


def test_names_are_the_same_without_regard_to_case(path: Path) -> None:
    add(path, "Zoe")
    with pytest.raises(PeopleError, match="already"):
        add(path, "ZOE")
    found = people.read_people(path)
    assert found is not None
    assert found.find("ZOE") == found.find("zoe") is not None
    assert found.find("zoes") is None
    people.remove_person(path, "zOe")
    assert everybody(path) == {}


@pytest.mark.parametrize(
    "name",
    ["", " ", "a b", "-x", ".x", "_x", "a/b", "a\n", "a\0", "a$b", "<b>", "a" * 65, "\u202ea", "ada@desk"]
    + ["\u0430dmin", "Zoë"],
)
def test_a_name_is_an_ordinary_word(path: Path, name: str) -> None:
    with pytest.raises(PeopleError, match="no ordinary word"):
        add(path, name)
    assert not path.exists()


@pytest.mark.parametrize("name", ["tracker", "Tracker"])
def test_nobody_signs_as_the_program(path: Path, name: str) -> None:
    with pytest.raises(PeopleError, match="own name in the log"):
        add(path, name)


@pytest.mark.parametrize("password", ["", "short", "123456789"])
def test_a_short_password_is_refused(path: Path, password: str) -> None:
    with pytest.raises(PeopleError, match="too short"):
        people.add_person(path, "ada", "reader", password, FEW)
    assert not path.exists()


def test_a_password_fits_its_person_alone(path: Path) -> None:
    ada = add(path, "ada")
    people.add_person(path, "bob", "reader", "naïve words of bob", FEW)
    found = people.read_people(path)
    assert found is not None
    assert people.password_fits(PASSWORD, ada, found)
    assert not people.password_fits(PASSWORD + " ", ada, found)
    assert not people.password_fits(PASSWORD, found.find("bob"), found)
    assert not people.password_fits(PASSWORD, None, found)
    # The same letters, as another keyboard sends them.
    assert people.password_fits("nai\u0308ve words of bob", found.find("bob"), found)
    assert not people.password_fits(PASSWORD, people.Person("eve", "reader", "pbkdf2_sha256$x$y$z"), found)


def test_the_hash_is_as_slow_as_the_plugin_makes_it() -> None:
    assert int(people.hash_password(PASSWORD).split("$")[1]) >= 480_000


def test_the_secret_stays_and_the_fingerprint_is_the_passwords(path: Path) -> None:
    add(path, "ada")
    first = people.read_people(path)
    people.set_role(path, "ada", "editor")
    second = people.read_people(path)
    people.set_password(path, "ADA", PASSWORD, FEW)
    third = people.read_people(path)
    assert first and second and third  # noqa: PT018
    assert first.secret == second.secret == third.secret
    assert len(first.secret) == 64
    prints = [found.fingerprint(found.by_name["ada"]) for found in (first, second, third)]
    assert prints[0] == prints[1] != prints[2]
    assert everybody(path) == {"ada": "editor"}


def _add_many(path: str, first: int) -> None:
    for number in range(first, first + 10):
        add(Path(path), f"person{number}")


def test_nobody_is_lost_when_many_are_added_at_once(path: Path) -> None:
    spawn = multiprocessing.get_context("spawn")
    adding = [spawn.Process(target=_add_many, args=(str(path), first)) for first in (0, 10, 20, 30)]
    for process in adding:
        process.start()
    for process in adding:
        process.join(60)
    assert [process.exitcode for process in adding] == [0] * 4
    assert set(everybody(path)) == {f"person{number}" for number in range(40)}


GOOD = {"name": "ada", "role": "reader", "password_hash": "pbkdf2_sha256$1$a$b"}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b'{"people": []}',
        json.dumps({"secret": "short", "people": []}).encode(),
        json.dumps({"secret": "x" * 64, "people": [GOOD, {**GOOD, "name": "ADA"}]}).encode(),
        json.dumps({"secret": "x" * 64, "people": [{**GOOD, "role": "king"}]}).encode(),
        json.dumps({"secret": "x" * 64, "people": [{**GOOD, "password_hash": "plain"}]}).encode(),
        json.dumps({"secret": "x" * 64, "people": [{**GOOD, "name": "a b"}]}).encode(),
        json.dumps({"secret": "x" * 64, "people": ["ada"]}).encode(),
    ],
    ids=range(12),
)
def test_a_file_that_is_none_is_told_in_one_line_and_left_alone(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    for use in (lambda: people.read_people(path), lambda: add(path, "bob")):
        with pytest.raises(PeopleError, match="users.json") as caught:
            use()
        assert "\n" not in str(caught.value)
    assert path.read_bytes() == content


def test_a_file_that_others_can_read_is_told(path: Path) -> None:
    people.check_private(path)
    add(path, "ada")
    people.check_private(path)
    path.chmod(0o640)
    with pytest.raises(PeopleError, match="chmod 600"):
        people.check_private(path)


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(PeopleError, match="cannot be written"):
        add(tmp_path / "none" / "press.users.json", "ada")


def test_the_role_on_the_command_line_is_the_files(path: Path) -> None:
    db = path.with_name("press.db")
    db.touch()
    assert people.person_on_command_line(db, "Anyone") == ("Anyone", "editor")
    with pytest.raises(PeopleError, match="no ordinary word"):
        people.role_of(db, "a\nb")
    add(path, "Ada", "checker")
    assert people.person_on_command_line(db, "ADA") == ("Ada", "checker")
    with pytest.raises(PeopleError, match='nobody of the name "Anyone"'):
        people.role_of(db, "Anyone")
    people.remove_person(path, "ada")
    # A file without people is a file: nobody is in it.
    with pytest.raises(PeopleError, match="nobody of the name"):
        people.role_of(db, "Ada")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write to every file")
def test_who_may_not_write_the_database_has_no_role(path: Path) -> None:
    db = path.with_name("press.db")
    db.touch(mode=0o400)
    with pytest.raises(PeopleError, match="may not write"):
        people.role_of(db, "ada")


def test_a_changed_file_is_seen_and_a_broken_one_closes(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    watched = people.WatchedPeople(path)
    assert watched.now() is people.NOBODY
    add(path, "ada")
    seen = watched.now()
    assert seen.find("ada")
    assert watched.now() is seen
    people.set_role(path, "ada", "editor")
    found = watched.now().find("ada")
    assert found
    assert found.role == "editor"
    path.write_text("{", encoding="utf-8")
    assert watched.now() is people.NOBODY
    assert watched.now() is people.NOBODY
    assert capsys.readouterr().err.count("\n") == 1
    path.unlink()
    assert watched.now() is people.NOBODY
