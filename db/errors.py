"""Every error of this room that a user can meet: one line that says what, which input, what to do."""

from __future__ import annotations


class DataError(ValueError):
    """Anything that the database room refuses; ``str(error)`` is one line for the user."""


class DatabaseFileError(DataError):
    """The database file cannot be opened or used."""


class NotADatabase(DatabaseFileError):
    """The file is no SQLite database."""


class ForeignDatabase(DatabaseFileError):
    """The file is a SQLite database of some other program."""


class NewerDatabase(DatabaseFileError):
    """The database was written by a newer version of this program."""


class OlderDatabase(DatabaseFileError):
    """The database must be upgraded before it can be read."""


class DatabaseBusy(DatabaseFileError):
    """Another process held the database for longer than the busy timeout."""


class RecordError(DataError):
    """A record contradicts itself or the text that it belongs to."""


class UnknownClaim(DataError):
    """No claim has this id or key."""


class AmbiguousClaim(DataError):
    """Several claims have a key that begins like this."""
