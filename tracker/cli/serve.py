"""``tracker serve``: shows the database in the browser."""

from __future__ import annotations

import errno
import ipaddress
import os
import socket
import sys
from pathlib import Path

import click

from tracker.cli.common import say

_LOOPBACK_NAMES = ("localhost", "127.0.0.1", "::1")
# SQLite reads the file's name as part of an address, where these have a meaning of their own.
_NOT_IN_NAMES = "?#%"


@click.command(epilog="Example: tracker serve --db press.db --open-browser")
@click.option(
    "--db",
    "database",
    envvar="TRACKER_DB",
    default="press.db",
    show_default=True,
    type=click.Path(path_type=Path),
    help="The database to show (or TRACKER_DB).",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port",
    default=8001,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="The port to listen on; 0 takes any free one.",
)
@click.option(
    "--answer-to",
    "names",
    multiple=True,
    metavar="NAME",
    help="A host name to answer to besides localhost, behind a proxy; may be repeated.",
)
@click.option(
    "--open",
    "everybody",
    is_flag=True,
    help="Let everybody who uses this machine read without signing in; not with another --host.",
)
@click.option("--open-browser", is_flag=True, help="Open the first page in your browser.")
def serve(database: Path, host: str, port: int, names: tuple[str, ...], everybody: bool, open_browser: bool) -> None:
    """Show claims, documents and sources in the browser.

    Only people whom `tracker user add` has made known can read, once they have signed in; with --open
    everybody can, and people sign in to flag, source and judge claims. Datasette takes the place of
    this command, with nothing in it that could fetch a page. `tracker add` and `tracker user` can go on
    changing things meanwhile.
    """
    loopback = _is_loopback(host)
    if everybody and not loopback:
        raise click.UsageError(
            f"--open would let everybody on the network of --host {host} read: leave one of the two out"
        )
    path = _checked(database)
    _check_people(path, database, everybody)
    port = _free_port(host, port)
    _warn(host, names, loopback, everybody)
    # Whoever listens to the network is called by names that cannot be known here.
    answer_to = (*_LOOPBACK_NAMES, host, *names) if loopback or names else ()
    arguments = [str(path), "--host", host, "--port", str(port)]
    arguments += [f"--answer-to={name}" for name in answer_to]
    arguments += [flag for flag, given in (("--open", everybody), ("--open-browser", open_browser)) if given]
    sys.stdout.flush()
    sys.stderr.flush()
    # -P: a stray json.py in the folder where the user stands must not take the library's place.
    os.execv(sys.executable, [sys.executable, "-P", "-m", "tracker.plugin", *arguments])  # noqa: S606


def _check_people(path: Path, named: Path, everybody: bool) -> None:
    """A ClickException where nobody could read, or where others could read the passwords' hashes."""
    from tracker.people import PeopleError, check_private, read_people, users_file

    users = users_file(path)
    try:
        check_private(users)
        people = read_people(users)
    except PeopleError as error:
        raise click.ClickException(str(error)) from error
    if not everybody and not (people and people.by_name):
        raise click.ClickException(
            f"nobody may read {named} yet: add a person (tracker user add NAME --role editor --db {named}), "
            "or let everybody on this machine read with --open"
        )


def _warn(host: str, names: tuple[str, ...], loopback: bool, everybody: bool) -> None:
    if not loopback:
        say(
            f"Warning: --host {host}: everyone who can reach this machine over the network can try to sign in, and "
            "passwords go over it in plain sight; leave --host out, or put a proxy with HTTPS before it.",
            err=True,
        )
    elif everybody and names:
        say(f"Warning: --open: everyone who reaches {', '.join(names)} can read the whole database.", err=True)


def _checked(database: Path) -> Path:
    """The absolute path of a database that is ours and up to date; a ClickException otherwise."""
    from db.engine import open_database
    from db.errors import DataError

    path = database.absolute()
    if not path.exists():
        raise click.ClickException(
            f'no database at "{database}": add a source first (tracker add), or name another with --db'
        )
    if any(character in path.name for character in _NOT_IN_NAMES):
        raise click.ClickException(
            f'the file name "{path.name}" has one of {" ".join(_NOT_IN_NAMES)} in it, which Datasette '
            "cannot open: rename the file"
        )
    try:
        open_database(path).dispose()
    except DataError as error:
        raise click.ClickException(str(error)) from error
    return path


def _free_port(host: str, port: int) -> int:
    """The port, or any free one for 0; a ClickException if it is taken or the host is not ours."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            # As the server itself does, so that one just stopped does not count as running.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen()
            return int(probe.getsockname()[1])
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise click.ClickException(
                f"port {port} of {host} is in use: stop the program that uses it, or take another with --port"
            ) from error
        raise click.ClickException(
            f"cannot listen on {host} port {port} ({error.strerror}): choose others with --host and --port"
        ) from error


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"
