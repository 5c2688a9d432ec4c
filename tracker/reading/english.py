"""The closed classes of English words (``english.toml``), as sets and as pieces of patterns."""

from __future__ import annotations

import re

from tracker.reading.units import load_table

_CLASSES: dict[str, tuple[str, ...]] = {
    name: tuple(words.split()) for name, words in load_table("english.toml").items()
}


def words_of(name: str) -> frozenset[str]:
    """The words of a class."""
    return frozenset(_CLASSES[name])


def any_of(*names: str) -> str:
    """A group that matches any word of the classes; an apostrophe matches the curly one too."""
    words = sorted({word for name in names for word in _CLASSES[name]}, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace("'", "['\u2019]") for word in words) + ")"
