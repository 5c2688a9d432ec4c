"""The command line: thin, one file a group of commands, each loaded when it is called."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import click

#: Each command and the module that holds it, under its own name.
_COMMANDS = {
    "add": "tracker.cli.add",
    "read": "tracker.cli.read",
    "claims": "tracker.cli.claims",
    "show": "tracker.cli.claims",
    "cite": "tracker.cli.cite",
    "flag": "tracker.cli.moves",
    "attach": "tracker.cli.moves",
    "verdict": "tracker.cli.moves",
    "approve": "tracker.cli.moves",
    "reject": "tracker.cli.moves",
    "correct": "tracker.cli.moves",
    "recall": "tracker.cli.moves",
    "reopen": "tracker.cli.moves",
    "note": "tracker.cli.moves",
    "watch": "tracker.cli.watch",
    "serve": "tracker.cli.serve",
    "user": "tracker.cli.user",
    "work": "tracker.cli.work",
    "demo": "tracker.cli.demo",
    "scrapers": "tracker.cli.scrapers",
    "verify": "tracker.cli.verify",
}


@contextmanager
def _told_in_one_line() -> Iterator[None]:
    """Give click's own complaints the form of ours: one line on standard error, with what to do."""
    from tracker.cli.common import flat, printable

    try:
        yield
    except click.UsageError as error:
        # The whole help, which newer versions of click print as if it were an error.
        if isinstance(error, getattr(click.exceptions, "NoArgsIsHelpError", ())):
            raise
        where = error.ctx.command_path if error.ctx else "tracker"
        # Without its context click leaves out the two lines of usage above the message.
        raise click.UsageError(f"{printable(flat(error.format_message()))} (see {where} --help)") from error
    except click.ClickException as error:
        raise click.ClickException(printable(flat(error.format_message()))) from error


class _Lazy(click.Group):
    """A group that imports a command's module only when the command is used."""

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        with _told_in_one_line():
            return super().make_context(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        with _told_in_one_line():
            return super().invoke(ctx)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command = getattr(import_module(_COMMANDS[cmd_name]), cmd_name)
        if not isinstance(command, click.Command):
            raise TypeError(f"{_COMMANDS[cmd_name]}.{cmd_name} is no command")
        return command


@click.group(
    cls=_Lazy,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: tracker add page.html --url https://news.example/story",
)
@click.version_option(package_name="press-claim-tracker")
def main() -> None:
    """Track the claims in press material, who made them, and what they rest on.

    \b
    Exit status of every command: 0 all is well, 1 it worked and found problems
    or an input failed, 2 wrong usage.
    """
