"""``tracker user``: who may sign in, from the command line."""

from __future__ import annotations

from pathlib import Path

import click
import pytest
from commands import rows, run, spawn

from tracker import people
from tracker.cli.user import user

PASSWORD = b"four ordinary words\n"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    slow = people.hash_password
    monkeypatch.setattr(people, "hash_password", lambda password, iterations=None: slow(password, iterations or 1000))


def listed() -> list[dict[str, str]]:
    return rows(run("user", "list", "--json").stdout)


def add(name: str, *options: str) -> None:
    assert run("user", "add", name, *options, "--password-stdin", stdin=PASSWORD).exit_code == 0


def test_people_are_added_listed_changed_and_removed(here: Path) -> None:
    add("Ada", "--role", "checker")
    add("bob")
    assert listed() == [{"name": "Ada", "role": "checker"}, {"name": "bob", "role": "reader"}]
    assert run("user", "list").stdout == "Ada  checker\nbob  reader\n"
    assert run("user", "role", "ADA", "editor").stdout == "Ada is editor now.\n"
    before = people.known(Path("press.users.json"), "bob")
    assert run("user", "password", "bob", "--password-stdin", stdin=b"five more ordinary words\n").exit_code == 0
    after = people.known(Path("press.users.json"), "bob")
    assert before.password_hash != after.password_hash
    assert run("user", "remove", "bob").exit_code == 0
    assert listed() == [{"name": "Ada", "role": "editor"}]


def test_the_password_is_asked_for_twice_and_never_shown(here: Path) -> None:
    asked = run("user", "add", "ada", stdin=PASSWORD * 2)
    assert asked.exit_code == 0
    assert "four ordinary" not in asked.output
    assert asked.output.count("assword") >= 1
    found = people.read_people(Path("press.users.json"))
    assert found
    assert people.password_fits("four ordinary words", found.find("ada"), found)
    differing = run("user", "add", "bob", stdin=b"four ordinary words\nfive ordinary words\n")
    assert differing.exit_code == 1
    assert [row["name"] for row in listed()] == ["ada"]


def test_people_of_a_database_that_is_not_there_are_added_with_a_warning(here: Path) -> None:
    for options, path in (([], "press.db"), (["--db", "other.db"], "other.db")):
        warned = run("user", "add", "zed", *options, "--password-stdin", stdin=PASSWORD)
        assert warned.exit_code == 0
        assert "zed can sign in" in warned.stdout
        (line,) = warned.stderr.splitlines()
        assert line == f"There is no database at {path} yet; if another one is meant, name it with --db."
        assert not Path(path).exists()
    Path("press.db").touch()
    assert run("user", "add", "ada", "--password-stdin", stdin=PASSWORD).stderr == ""


def test_another_database_has_other_people(here: Path) -> None:
    add("ada", "--db", "other.db")
    assert Path("other.users.json").exists()
    assert listed() == []
    assert run("user", "list", env={"TRACKER_DB": "other.db"}).stdout == "ada  reader\n"
    Path("tracker.toml").write_text('db = "other.db"', encoding="utf-8")
    assert [row["name"] for row in listed()] == ["ada"]


@pytest.mark.parametrize(
    ("arguments", "stdin", "status", "says"),
    [
        (["add", "a b"], PASSWORD, 2, "letters, digits"),
        (["add", "bob", "--role", "king"], PASSWORD, 2, "king"),
        (["add"], PASSWORD, 2, "NAME"),
        (["add", "bob"], b"short\n", 1, "at least 10"),
        (["add", "bob"], b"", 1, "at least 10"),
        (["add", "bob"], b"\xff" * 12, 1, "UTF-8"),
        (["add", "ADA"], PASSWORD, 1, "already"),
        (["password", "bob"], PASSWORD, 1, "tracker user list"),
        (["role", "bob", "editor"], None, 1, "tracker user list"),
        (["role", "ada", "king"], None, 2, "king"),
        (["remove", "bob"], None, 1, "tracker user list"),
        (["conjure"], None, 2, "conjure"),
    ],
)
def test_what_does_not_work_is_one_line_and_changes_nothing(
    here: Path, arguments: list[str], stdin: bytes | None, status: int, says: str
) -> None:
    add("ada")
    before = Path("press.users.json").read_bytes()
    words = [*arguments, "--password-stdin"] if stdin is not None else arguments
    result = run("user", *words, stdin=stdin)
    assert result.exit_code == status
    (line,) = result.stderr.splitlines()
    assert line.startswith("Error: ")
    assert says in line
    assert Path("press.users.json").read_bytes() == before


def test_a_broken_file_is_one_line(here: Path) -> None:
    Path("press.users.json").write_text("{", encoding="utf-8")
    for arguments in (["list"], ["remove", "ada"], ["role", "ada", "editor"]):
        result = run("user", *arguments)
        assert result.exit_code == 1
        assert len(result.stderr.splitlines()) == 1
        assert "press.users.json" in result.stderr


def test_a_process_of_its_own_takes_the_password_from_a_pipe(here: Path) -> None:
    done = spawn("user", "add", "ada", "--role", "editor", "--password-stdin", cwd=here, stdin=PASSWORD)
    assert done.returncode == 0
    assert b"four ordinary" not in done.stdout + done.stderr
    assert listed() == [{"name": "ada", "role": "editor"}]


@pytest.mark.parametrize("name", sorted(user.commands))
def test_every_command_and_option_has_help(name: str) -> None:
    command = user.commands[name]
    assert command.help
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.help, f"{name} {option.opts}"
    assert (command.epilog or "").startswith(f"Example: tracker user {name}")
