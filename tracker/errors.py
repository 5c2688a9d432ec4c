"""The errors of the package itself that a user can meet: one line, what, which input, what to do."""

from __future__ import annotations


class TrackerError(Exception):
    """Anything that ends a command with one clear line; ``str(error)`` is that line."""


class SettingsError(TrackerError):
    """A settings file, a kind or a table of publishers that cannot be used."""
