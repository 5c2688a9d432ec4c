"""What a user adds to the reader: kinds of claim and publishers, loaded beside those that ship with the package."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from importlib.resources import files
from pathlib import Path

from tracker.errors import SettingsError
from tracker.reading.kinds import Kind, KindError, parse_kind
from tracker.reading.publishers import Publishers, builtin
from tracker.settings import Settings


def digest_of(settings: Settings) -> str:
    """What a user's own kinds, publishers and watch list are known by: the claims read depend on them."""
    own = [] if settings.kinds is None else sorted(settings.kinds.glob("*.toml"))
    files_ = [*own, *([settings.publishers] if settings.publishers else [])]
    if not files_ and not settings.watch:
        return ""
    digest = hashlib.sha256("\n".join(settings.watch).encode())
    for path in files_:
        with suppress(OSError):  # which is told of where it is loaded
            digest.update(b"\0" + path.name.encode() + b"\0" + path.read_bytes())
    return f", settings {digest.hexdigest()[:12]}"


def load_kinds(folder: Path | None = None) -> tuple[Kind, ...]:
    """The kinds that ship with the package, and those of a user's folder, which replace by name.

    Raises SettingsError for a file that cannot be used.
    """
    if folder is not None and not folder.is_dir():
        raise SettingsError(f"no such folder: {folder}: name the folder of your kinds (kinds, or TRACKER_KINDS)")
    kinds: dict[str, Kind] = {}
    shipped = sorted(files("tracker.reading").joinpath("kinds").iterdir(), key=lambda f: f.name)
    own = sorted(folder.glob("*.toml")) if folder else []
    for file in [*shipped, *own]:
        if file.name.endswith(".toml"):
            try:
                kind = parse_kind(file.read_text(encoding="utf-8"), file.name)
            except (KindError, UnicodeDecodeError) as error:
                raise SettingsError(str(error)) from error
            kinds[kind.name] = kind
    return tuple(kinds.values())


def load_publishers(path: Path | None = None) -> Publishers:
    """The publishers that ship with the package, after those of a user's own file."""
    if path is None:
        return builtin()
    try:
        own = Publishers.parse(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise SettingsError(f"cannot be used ({error}): {path}: see CONTRIBUTING.md") from error
    return Publishers(own.entries + builtin().entries)
