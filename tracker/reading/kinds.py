"""Kinds of claim: one TOML file each, parsed here; ``tracker.pipeline`` loads the files.

A file says which words make a figure, or an event without a figure, a claim of its kind, and brings
``examples`` and ``counter_examples``, which run as tests. CONTRIBUTING.md tells how to write one.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_FIELDS = frozenset({"name", "title", "description", "priority", "dimensions", "figure", "figure_for", "event", "not",
                     "bare_number", "absence", "foretells", "weight", "examples", "counter_examples"})  # fmt: skip


class KindError(ValueError):
    """A file of a kind that cannot be used; the message is one line and names the file."""


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence of a kind; ``value`` is the figure that it must give, None for an event."""

    text: str
    value: float | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of claim.

    ``figure`` finds the words near which a figure of one of ``dimensions`` is of this kind;
    ``figure_for`` has other words for single dimensions, which stand in for ``figure`` there;
    ``event`` finds an assertion that is a claim without a figure; ``never`` finds words that undo
    both where they overlap. ``bare_number``: a number without any unit may be a figure of this kind.
    ``absence``: what it says is often that something is not so ("has not been published"), so that a
    negation is no denial. ``foretells``: its events hold now though they speak of what is to come
    ("won't open before May"). ``priority`` breaks ties of distance, higher first; ``weight`` (0 to 1)
    is how much hangs on it.
    """

    name: str
    title: str
    description: str
    priority: int
    weight: float
    dimensions: frozenset[str]
    bare_number: bool
    absence: bool
    foretells: bool
    figure: re.Pattern[str] | None
    figure_for: Mapping[str, re.Pattern[str] | None]
    event: re.Pattern[str] | None
    never: re.Pattern[str] | None
    examples: tuple[Example, ...]
    counter_examples: tuple[str, ...]


def words_for(kind: Kind, dimension: str | None) -> re.Pattern[str] | None:
    """The pattern near which a figure of this dimension is of the kind."""
    return kind.figure_for.get(dimension or "", kind.figure)


def parse_kind(source: str, name: str) -> Kind:
    """Parse the TOML of one kind; ``name`` (the file's name) is used in errors.

    Raises KindError when the TOML, a pattern or a field is not usable.
    """
    try:
        table = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise KindError(f"not valid TOML ({error}): {name}: mend the file") from error
    unknown = sorted(set(table) - _FIELDS)
    if unknown:
        raise KindError(f"unknown field {unknown[0]!r}: {name}: use one of {', '.join(sorted(_FIELDS))}")
    if not isinstance(table.get("name"), str) or not re.fullmatch(r"[a-z][a-z_]*", table["name"]):
        raise KindError(f"no usable name: {name}: set name to small letters and underscores")
    try:
        return _build(table, name)
    except (TypeError, KeyError, AttributeError) as error:
        raise KindError(f"a field is of the wrong type ({error}): {name}: see CONTRIBUTING.md") from error


def _build(table: dict[str, Any], name: str) -> Kind:
    return Kind(
        name=table["name"],
        title=str(table.get("title", table["name"].replace("_", " ").capitalize())),
        description=str(table.get("description", "")),
        priority=int(table.get("priority", 50)),
        weight=float(table.get("weight", 0.5)),
        dimensions=frozenset(table.get("dimensions", ())),
        bare_number=bool(table.get("bare_number", False)),
        absence=bool(table.get("absence", False)),
        foretells=bool(table.get("foretells", False)),
        figure=_pattern(table.get("figure", ()), name),
        figure_for={dimension: _pattern(words, name) for dimension, words in table.get("figure_for", {}).items()},
        event=_pattern(table.get("event", ()), name),
        never=_pattern(table.get("not", ()), name),
        examples=tuple(
            Example(e, None) if isinstance(e, str) else Example(e["text"], e.get("value"))
            for e in table.get("examples", ())
        ),
        counter_examples=tuple(table.get("counter_examples", ())),
    )


def _pattern(sources: list[str], name: str) -> re.Pattern[str] | None:
    if not sources:
        return None
    if isinstance(sources, str):
        raise TypeError("a pattern list is a string")
    try:
        return re.compile("|".join(f"(?:{source})" for source in sources), re.IGNORECASE)
    except re.error as error:
        raise KindError(f"a pattern does not compile ({error}): {name}: mend the pattern") from error
