"""Why a list of claims is empty, where a kind or a name that nobody has was asked for."""

from __future__ import annotations

from difflib import get_close_matches

from sqlalchemy import Engine

from db.engine import reading
from db.queries import is_named, subject_names
from tracker.cli.common import flat
from tracker.desk_corrections import known_kinds
from tracker.errors import TrackerError
from tracker.settings import load_settings

_MOST = 3
#: Shorter words of a name are "of", "the", "Ltd": near to everything.
_SHORTEST_WORD = 4
#: What was typed comes back in one line.
_LONGEST = 80


def hints(engine: Engine, kind: str | None, subject: str | None) -> list[str]:
    """One line for a kind that is not known, and one for a name that no party has, with what is near."""
    found = []
    if kind is not None:
        kinds = _kinds(engine)
        if kind not in kinds:
            near = get_close_matches(kind.casefold().replace(" ", "_"), kinds, _MOST)
            meant = _did_you_mean(near) or f"use one of {', '.join(kinds)}"
            found.append(f"There is no kind {_quoted(kind)}: {meant}")
    if subject is not None and not is_named(engine, subject):
        meant = _did_you_mean(_near(subject, subject_names(engine))) or "no name is near it; a part of one will do"
        found.append(f"Nobody is called {_quoted(subject)}: {meant}")
    return found


def _kinds(engine: Engine) -> list[str]:
    """The kinds of the package, of the user's folder, and those in the database."""
    try:
        folder = load_settings().kinds
    except TrackerError:
        # With --db nothing else needs the settings; a hint does not fail for them.
        folder = None
    own = {path.stem for path in folder.glob("*.toml")} if folder else set()
    with reading(engine) as connection:
        return sorted(known_kinds(connection) | own)


def _near(typed: str, names: dict[str, str]) -> list[str]:
    """What those are called whose names, or a word of them, are spelt nearly like this."""
    spelt: dict[str, str] = {}
    for name, party in names.items():
        for words in (name, *name.split()):
            if words == name or len(words) >= _SHORTEST_WORD:
                spelt.setdefault(words.casefold(), party)
    near = get_close_matches(" ".join(typed.casefold().split())[:_LONGEST], spelt, _MOST, 0.7)
    return list(dict.fromkeys(spelt[words] for words in near))


def _did_you_mean(names: list[str]) -> str | None:
    return f"did you mean {' or '.join(map(_cut, names))}?" if names else None


def _quoted(typed: str) -> str:
    return f'"{_cut(typed)}"'


def _cut(words: str) -> str:
    words = flat(words)
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}\N{HORIZONTAL ELLIPSIS}"
