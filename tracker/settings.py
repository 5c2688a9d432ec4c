"""Settings: ``tracker.toml`` in the working directory, and the environment, which wins."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tracker.errors import SettingsError

_KNOWN = frozenset({"db", "archive", "kinds", "publishers", "contact"})


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things are and how we call on others.

    ``db`` is the database, ``archive`` the folder of raw bytes (None: beside the database),
    ``kinds`` a folder of the user's own kinds, ``publishers`` a file of the user's own publishers,
    ``contact`` the address that servers are told.
    """

    db: Path = Path("press.db")
    archive: Path | None = None
    kinds: Path | None = None
    publishers: Path | None = None
    contact: str = ""

    def archive_of(self, db: Path) -> Path:
        """The archive's folder for a database: stated, else ``NAME.archive`` beside it."""
        return self.archive or db.with_name(db.stem + ".archive")


def load_settings(folder: Path | None = None, environ: Mapping[str, str] | None = None) -> Settings:
    """Settings from ``tracker.toml`` in ``folder`` (default: the working directory) and ``TRACKER_*``.

    Raises SettingsError for a file that cannot be read, is not valid TOML, names an unknown setting,
    or gives one a value that is not a text.
    """
    environ = os.environ if environ is None else environ
    path = (folder or Path()) / "tracker.toml"
    table: dict[str, object] = {}
    if path.is_file():
        try:
            table = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise SettingsError(f"not valid TOML ({error}): {path}: mend the file") from error
        except OSError as error:
            raise SettingsError(f"cannot be read ({error.strerror}): {path}: check its permissions") from error
    unknown = sorted(set(table) - _KNOWN)
    if unknown:
        raise SettingsError(f"unknown setting {unknown[0]!r}: {path}: use one of {', '.join(sorted(_KNOWN))}")
    for name, value in table.items():
        if not isinstance(value, str) or "\0" in value:
            raise SettingsError(
                f"the setting {name!r} must be a text in quotation marks, not {_type_of(value)}: {path}: mend the file"
            )
    for name in _KNOWN:
        if environ.get(f"TRACKER_{name.upper()}"):
            table[name] = environ[f"TRACKER_{name.upper()}"]
    paths = {name: Path(str(table[name])) for name in ("db", "archive", "kinds", "publishers") if table.get(name)}
    return Settings(**paths, contact=str(table.get("contact", "")))


def _type_of(value: object) -> str:
    """What a value of TOML is called by people who write TOML."""
    # A bool is an int as well: it comes first.
    for kind, words in ((bool, "true or false"), (int, "a number"), (float, "a number"), (list, "a list"),
                        (dict, "a table"), (str, "one with a NUL in it")):  # fmt: skip
        if isinstance(value, kind):
            return words
    return "a date or time"
