"""The command line: thin, one file a group of commands, each loaded when it is called."""

from __future__ import annotations

from importlib import import_module

import click

#: Each command and the module that holds it, under its own name.
_COMMANDS = {
    "add": "tracker.cli.add",
    "read": "tracker.cli.read",
    "claims": "tracker.cli.claims",
    "show": "tracker.cli.claims",
    "cite": "tracker.cli.cite",
    "serve": "tracker.cli.serve",
    "demo": "tracker.cli.demo",
    "verify": "tracker.cli.verify",
}


class _Lazy(click.Group):
    """A group that imports a command's module only when the command is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command = getattr(import_module(_COMMANDS[cmd_name]), cmd_name)
        if not isinstance(command, click.Command):
            raise TypeError(f"{_COMMANDS[cmd_name]}.{cmd_name} is no command")
        return command


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="press-claim-tracker")
def main() -> None:
    """Track the claims in press material, who made them, and what they rest on."""
