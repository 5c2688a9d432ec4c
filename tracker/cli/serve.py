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
@click.option("--open-browser", is_flag=True, help="Open the first page in your browser.")
def serve(database: Path, host: str, port: int, names: tuple[str, ...], open_browser: bool) -> None:
    """Show claims, documents and sources in the browser.

    Datasette takes the place of this command: read-only, without logins, and with nothing in it that
    could fetch a page. `tracker add` can go on adding to the database meanwhile.
    """
    path = _checked(database)
    port = _free_port(host, port)
    loopback = _is_loopback(host)
    if not loopback:
        say(
            f"Warning: --host {host}: everyone who can reach this machine over the network can read the "
            "whole database; leave --host out to keep it to this machine.",
            err=True,
        )
    # Whoever listens to the network is called by names that cannot be known here.
    answer_to = (*_LOOPBACK_NAMES, host, *names) if loopback or names else ()
    arguments = [str(path), "--host", host, "--port", str(port)]
    arguments += [f"--answer-to={name}" for name in answer_to]
    if open_browser:
        arguments.append("--open-browser")
    sys.stdout.flush()
    sys.stderr.flush()
    # -P: a stray json.py in the folder where the user stands must not take the library's place.
    os.execv(sys.executable, [sys.executable, "-P", "-m", "tracker.plugin", *arguments])  # noqa: S606


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
