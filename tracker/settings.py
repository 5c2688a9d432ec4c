"""Settings: ``tracker.toml`` in the working directory, and the environment, which wins."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tracker.errors import SettingsError

_TEXTS = frozenset({"db", "archive", "kinds", "publishers", "contact"})
_KNOWN = _TEXTS | {"watch", "interval", "ports"}
#: Seconds between two requests to one host: what nobody may go below, and what no run could wait for.
_LEAST_INTERVAL, _MOST_INTERVAL = 2.0, 86_400.0
#: In the environment, where names stand on one line; a name may hold a comma.
_BETWEEN = ";"


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things are and how we call on others.

    ``db`` is the database, ``archive`` the folder of raw bytes (None: beside the database),
    ``kinds`` a folder of the user's own kinds, ``publishers`` a file of the user's own publishers,
    ``contact`` the address that servers are told, ``watch`` the names of the subjects whose claims come
    first in the queue, ``interval`` the seconds between two requests to one host (None: the least, 2),
    ``ports`` the ports that may be called on (empty: 80 and 443).
    """

    db: Path = Path("press.db")
    archive: Path | None = None
    kinds: Path | None = None
    publishers: Path | None = None
    contact: str = ""
    watch: tuple[str, ...] = ()
    interval: float | None = None
    ports: tuple[int, ...] = ()

    def archive_of(self, db: Path) -> Path:
        """The archive's folder for a database: stated, else ``NAME.archive`` beside it."""
        return self.archive or db.with_name(db.stem + ".archive")


def load_settings(folder: Path | None = None, environ: Mapping[str, str] | None = None) -> Settings:
    """Settings from ``tracker.toml`` in ``folder`` (default: the working directory) and ``TRACKER_*``.

    Raises SettingsError for a file that cannot be read, is not valid TOML, names an unknown setting,
    or gives one a value that is not a text (``watch``: a list of texts, ``ports``: a list of numbers, in the
    environment with ``;`` between; ``interval``: a number, 2 or more).
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
        _check(name, value, path)
    for name in sorted(_KNOWN):
        if given := environ.get(f"TRACKER_{name.upper()}"):
            table[name] = _from_environment(name, given)
    paths = {name: Path(str(table[name])) for name in ("db", "archive", "kinds", "publishers") if table.get(name)}
    watch = table.get("watch", [])
    names = tuple(" ".join(str(name).split()) for name in watch) if isinstance(watch, list) else ()
    interval, ports = table.get("interval"), table.get("ports", [])
    return Settings(
        **paths,
        contact=str(table.get("contact", "")),
        watch=tuple(filter(None, names)),
        interval=float(interval) if isinstance(interval, int | float) else None,
        ports=tuple(ports) if isinstance(ports, list) else (),
    )


def _from_environment(name: str, given: str) -> object:
    """The value that a variable gives a setting. Raises SettingsError."""
    if name == "watch":
        return given.split(_BETWEEN)
    if name not in ("interval", "ports"):
        return given
    value: object = given
    with suppress(ValueError):
        value = float(given) if name == "interval" else [int(port) for port in given.split(_BETWEEN) if port.strip()]
    _check_number(name, value, f"TRACKER_{name.upper()}={given[:40]!r}")
    return value


def _check_number(name: str, value: object, where: str) -> None:
    """Raises SettingsError for an interval or ports that cannot be used."""
    if name == "interval":
        if isinstance(value, bool) or not isinstance(value, int | float):
            told = f"the setting 'interval' must be a number of seconds, not {_type_of(value)}"
        elif not _LEAST_INTERVAL <= value <= _MOST_INTERVAL:
            told = f"the setting 'interval' must be between {_LEAST_INTERVAL:g} seconds and a day"
        else:
            return
        raise SettingsError(f"{told}: {where}: give 2 or more, or leave it out")
    if not isinstance(value, list) or not value or not all(map(_is_port, value)):
        raise SettingsError(
            f"the setting 'ports' must be a list of ports like [80, 443, 8080]: {where}: give numbers from 1 to 65535"
        )


def _is_port(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value < 65_536


def _check(name: str, value: object, path: Path) -> None:
    """Raises SettingsError for a value that is not what its setting takes."""
    if name in ("interval", "ports"):
        _check_number(name, value, str(path))
    elif name == "watch":
        wrong = next((one for one in value if not _is_text(one)), None) if isinstance(value, list) else value
        if not isinstance(value, list) or wrong is not None:
            held = f"a list with {_type_of(wrong)} in it" if isinstance(value, list) else _type_of(value)
            raise SettingsError(
                f'the setting \'watch\' must be a list of names like ["Acme", "Jo Bloggs"], '
                f"not {held}: {path}: mend the file"
            )
    elif not _is_text(value):
        raise SettingsError(
            f"the setting {name!r} must be a text in quotation marks, not {_type_of(value)}: {path}: mend the file"
        )


def _is_text(value: object) -> bool:
    return isinstance(value, str) and "\0" not in value


def _type_of(value: object) -> str:
    """What a value of TOML is called by people who write TOML."""
    if isinstance(value, str):
        return "one with a NUL in it" if "\0" in value else "a text"
    # A bool is an int as well: it comes first.
    for kind, words in ((bool, "true or false"), (int, "a number"), (float, "a number"), (list, "a list"),
                        (dict, "a table")):  # fmt: skip
        if isinstance(value, kind):
            return words
    return "a date or time"
