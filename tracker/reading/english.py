"""The closed classes of English words (``english.toml``), as sets and as pieces of patterns."""

from __future__ import annotations

import re
from collections.abc import Iterable

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
    """A group that matches any of the words, the longest first; an apostrophe matches the curly one too.

    Words that begin alike share their beginning: a search tries a few letters at each place, not hundreds of words.
    """
    tree: _Tree = {}
    # Without regard to case "I" begins "it": what has a capital is tried last.
    for word in sorted(set(words), key=lambda word: (not word.islower(), word)):
        branch = tree
        for letter in word:
            branch = branch.setdefault(letter, {})
        branch[_END] = {}
    return f"(?:{_branches(tree)})"


_Tree = dict[str, "_Tree"]
_END = ""


def _branches(tree: _Tree) -> str:
    """The pattern of what may follow; where a word may end, going on is tried first."""
    ways = [_letter(letter) + _rest(branch) for letter, branch in tree.items() if letter != _END]
    return "|".join(ways)


def _rest(tree: _Tree) -> str:
    if len(tree) == 1:
        return _branches(tree)
    return f"(?:{_branches(tree)})" + ("?" if _END in tree else "")


def _letter(letter: str) -> str:
    return "['\u2019]" if letter == "'" else re.escape(letter)
