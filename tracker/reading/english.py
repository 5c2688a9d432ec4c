"""The closed classes of English words (``english.toml``), as sets and as pieces of patterns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from tracker.reading.units import load_table

_CLASSES: dict[str, tuple[str, ...]] = {
    name: tuple(words.split()) for name, words in load_table("english.toml").items()
}


def words_of(name: str) -> frozenset[str]:
    """The words of a class."""
    return frozenset(_CLASSES[name])


def any_of(*names: str) -> str:
    """A group that matches any word of the classes; an apostrophe matches the curly one too."""
    return any_word({word for name in names for word in _CLASSES[name]})


def any_word(words: Iterable[str]) -> str:
    """A group that matches any of the words, the longest first: branches by letter, so that many cost little."""
    return _branches(sorted(set(words)))


def _branches(words: Sequence[str]) -> str:
    """The pattern of words in order: those of one first letter are one branch; "" stands for an end."""
    branches: list[str] = [
        re.escape(letter).replace("'", "['\u2019]") + _branches([word[1:] for word in group])
        for letter, group in groupby((word for word in words if word), key=lambda word: word[0])
    ]
    if not branches:
        return ""
    if len(branches) == 1 and words[0]:
        return branches[0]
    return "(?:" + "|".join(branches) + ")" + ("?" if not words[0] else "")
