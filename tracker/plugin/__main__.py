"""Datasette's own process, with this plugin: ``python -m tracker.plugin DATABASE``.

``tracker serve`` replaces itself with this. It is Datasette's ``serve`` command, called with our
configuration; the plugin is loaded for certain, also where the environment tells Datasette to load
no plugins, for without it the pages would go out without their safe headers.
"""

from __future__ import annotations

import gc
import io
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click
from datasette import handle_exception
from datasette.cli import serve
from datasette.plugins import pm
from datasette.utils import tilde_encode

import tracker.plugin
from tracker.people import users_file
from tracker.plugin.config import build_config, build_metadata, database_name

#: What is worth opening first; ``{}`` is the database's name.
_LINKS = (
    ("the front page", ""),
    ("claims lacking a source", "-/queue"),
    ("all claims", "{}/claims"),
)


def load_plugin() -> None:
    """Registers the plugin, unless its entry point has done so; keeps Datasette from printing at length.

    For each address that does not exist it would lay out a page of traceback with all variables,
    which takes seconds in which nobody else is answered, and fails where no route fits at all.
    """
    handle_exception.rich = None  # type: ignore[attr-defined, assignment]
    if not pm.is_registered(tracker.plugin):
        pm.register(tracker.plugin, name="press_tracker")


def serve_context(
    database: str,
    host: str,
    port: int,
    hosts: Sequence[str] = (),
    *,
    open_browser: bool = False,
    everybody: bool = False,
) -> click.Context:
    """Datasette's ``serve`` command, ready to be invoked for this database file.

    The configuration is handed over in memory; ``default_deny`` closes what it does not open. The
    people of the desk stand in the file beside the database; with ``everybody`` strangers may read.
    """
    load_plugin()
    given = [database, "--host", host, "--port", str(port), "--default-deny"]
    context: click.Context = serve.make_context("serve", [*given, "--open"] if open_browser else given)
    name = database_name(database)
    users = users_file(Path(database).absolute())
    config = build_config(name, hosts, users=users, everybody=everybody)
    context.params["config"] = io.StringIO(json.dumps(config))
    context.params["metadata"] = io.StringIO(json.dumps(build_metadata(name)))
    return context


def _in_address(host: str) -> str:
    """The host as a browser on this machine takes it."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    return f"[{host}]" if ":" in host else host


def _collect_garbage_seldom() -> None:
    """Leaves what is loaded now out of the garbage collector's rounds, and makes them rarer.

    A page makes thousands of small objects that nothing holds in a circle; going through all modules'
    objects again and again meanwhile took a fifth of a page's time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@click.command()
@click.argument("database")
@click.option("--host", default="127.0.0.1")
@click.option("--port", type=int, default=8001)
@click.option("--answer-to", "hosts", multiple=True)
@click.option("--open-browser", is_flag=True)
@click.option("--open", "everybody", is_flag=True)
def main(database: str, host: str, port: int, hosts: tuple[str, ...], open_browser: bool, everybody: bool) -> None:
    """Serves the database until it is interrupted."""
    path = Path(database)
    # From its own folder: Datasette shows the path that it is given to every reader.
    os.chdir(path.parent)
    address = f"http://{_in_address(host)}:{port}/"
    click.echo(f"The claims are at {address} (Ctrl-C ends). Worth opening first:")
    for words, place in _LINKS:
        click.echo(f"  {words}: {address}{place.format(tilde_encode(database_name(path)))}")
    click.echo(f"Who may read: {'everybody' if everybody else f'who is in {users_file(path).name}, signed in'}.")
    sys.stdout.flush()
    if not set(hosts) - {host, "localhost", "127.0.0.1", "::1"}:
        # No proxy was declared: what a visitor says of their own address is not believed.
        os.environ["FORWARDED_ALLOW_IPS"] = ""
    context = serve_context(f"./{path.name}", host, port, hosts, open_browser=open_browser, everybody=everybody)
    _collect_garbage_seldom()
    with context:
        try:
            serve.invoke(context)
        except KeyboardInterrupt:
            # The usual end: uvicorn has closed its connections before it hands the signal on.
            click.echo("Stopped.")


if __name__ == "__main__":
    main()
