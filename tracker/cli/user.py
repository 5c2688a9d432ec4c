"""``tracker user``: who may sign in to the desk, and in which role."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from tracker import people
from tracker.cli.common import database, db_option, flat, json_option, one_line_errors, print_json, say
from tracker.judging.workflow import ROLES

_ROLES_HELP = "reader: reads and flags; checker: also sources, judges, corrects; editor: also approves and recalls."


def _name(ctx: click.Context, param: click.Parameter, value: str) -> str:
    try:
        return people.checked_name(value)
    except people.PeopleError as error:
        raise click.BadParameter(str(error)) from error


_named = click.argument("name", callback=_name)
_role = click.Choice(ROLES)
_from_stdin = click.option(
    "--password-stdin", "from_stdin", is_flag=True, help="Take the password from the first line of standard input."
)


@click.group(epilog="Example: tracker user add ada --role checker")
def user() -> None:
    """Say who may sign in to the desk, and in which role.

    The people of press.db stand in press.users.json beside it, with hashes of their passwords; a
    running `tracker serve` follows every change.
    """


@user.command(epilog="Example: tracker user add ada --role checker")
@_named
@click.option("--role", type=_role, default="reader", show_default=True, help=_ROLES_HELP)
@_from_stdin
@db_option
def add(name: str, role: str, from_stdin: bool, db: Path | None) -> None:
    """Let somebody sign in; asks for a password."""
    of = database(db)
    path = people.users_file(of)
    with one_line_errors():
        there = (people.read_people(path) or people.NOBODY).find(name)
        if there:
            raise people.taken(there)
        added = people.add_person(path, name, role, _password(from_stdin))
    say(f"{added.name} can sign in as {added.role} ({path}).")
    if not of.exists():
        say(f"There is no database at {flat(str(of))} yet; if another one is meant, name it with --db.", err=True)


@user.command("list", epilog="Example: tracker user list --json")
@json_option
@db_option
def list_(as_json: bool, db: Path | None) -> None:
    """List everybody who may sign in, with their roles."""
    path = people.users_file(database(db))
    with one_line_errors():
        found = people.read_people(path) or people.NOBODY
    persons = [found.by_name[name] for name in sorted(found.by_name)]
    if as_json:
        for person in persons:
            print_json({"name": person.name, "role": person.role})
        return
    if not persons:
        say(f"Nobody may sign in yet ({path}): tracker user add NAME --role editor")
    width = max((len(person.name) for person in persons), default=0)
    for person in persons:
        say(f"{person.name:<{width}}  {person.role}")


@user.command(epilog="Example: tracker user role ada editor")
@_named
@click.argument("role", type=_role)
@db_option
def role(name: str, role: str, db: Path | None) -> None:
    """Give somebody another role, from their next page on."""
    with one_line_errors():
        person = people.set_role(people.users_file(database(db)), name, role)
    say(f"{person.name} is {person.role} now.")


@user.command(epilog="Example: tracker user password ada")
@_named
@_from_stdin
@db_option
def password(name: str, from_stdin: bool, db: Path | None) -> None:
    """Give somebody another password; whoever is signed in with the old one is signed out."""
    path = people.users_file(database(db))
    with one_line_errors():
        people.known(path, name)
        person = people.set_password(path, name, _password(from_stdin))
    say(f"{person.name} has a new password, and must sign in again.")


@user.command(epilog="Example: tracker user remove ada")
@_named
@db_option
def remove(name: str, db: Path | None) -> None:
    """Take somebody out: they are signed out and cannot sign in again. Their reviews stay."""
    with one_line_errors():
        person = people.remove_person(people.users_file(database(db)), name)
    say(f"{person.name} cannot sign in any more.")


def _password(from_stdin: bool) -> str:
    """The password, asked for twice without showing it; a PeopleError for one that is too short."""
    if from_stdin:
        line = sys.stdin.buffer.readline().decode("utf-8", "surrogateescape")
        return people.checked_password(line.rstrip("\r\n"))
    words = f"Password, at least {people.SHORTEST_PASSWORD} characters"
    typed: str = click.prompt(words, hide_input=True, err=True, confirmation_prompt="The same again")
    return people.checked_password(typed)
