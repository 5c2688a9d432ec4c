"""Cheap gates before patterns: strings of which a text must have one for a pattern to match in it at all.

They are drawn from the pattern itself, so that they cannot fall behind it. Looking for a few strings in a
sentence costs a tenth of a search with a pattern that can begin at every word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from importlib import import_module
from sys import byteorder
from typing import Any

#: The parser of the re module: without it no pattern has needles, and each is simply tried.
try:
    _parse: Any = import_module("re._parser").parse
except (ImportError, AttributeError):  # pragma: no cover - another Python
    _parse = None

#: Ways to spell one run of a pattern beyond so many are not written out.
_MOST = 40
#: Alternatives beyond so many cost more to look for than they save. They are looked for once in a text, and
#: in its sentences only those of them that it has.
_MOST_ALTERNATIVES = 300
#: Shorter strings stand in every sentence; a digit or a sign counts for two letters.
_SHORTEST = 3

Needles = tuple[frozenset[str], ...]


def needles_of(pattern: re.Pattern[str]) -> Needles:
    """Groups of strings in folded case; a text that the pattern matches has one string of every group.

    >>> [sorted(group) for group in needles_of(re.compile(r"(?:in|By) (?P<year>20[0-9]{2})"))]
    [['by 20', 'in 20']]
    """
    if _parse is None:
        return ()
    groups = _Runs().over(_parse(pattern.pattern, pattern.flags)).groups()
    return tuple(sorted({_smallest(group) for group in groups}, key=lambda group: (len(group), sorted(group))))


def _smallest(group: Iterable[str]) -> frozenset[str]:
    """The group without those that hold another of it: "january" is not needed beside "jan"."""
    return frozenset(word for word in group if not any(other in word for other in group if other != word))


def _weight(word: str) -> int:
    return len(word) + sum(not character.isalpha() for character in word)


class Gate:
    """Which patterns may match in one text; groups that patterns share are looked for once.

    ``text`` is the text in folded case, as the needles are. ``whole`` is the gate of a text of which this one
    is a part: what that has not, this has not either.
    """

    __slots__ = ("_ends", "_held", "_known", "_whole", "text")

    def __init__(self, text: str, whole: Gate | None = None) -> None:
        self.text = text.casefold()
        self._whole = whole
        self._known: dict[frozenset[str], bool] = {}
        self._held: dict[frozenset[str], tuple[str, ...]] = {}
        self._ends: set[int] | None = None

    def opens(self, needles: Needles) -> bool:
        """Whether the text has what the needles of a pattern ask for."""
        known = self._known
        for group in needles:
            found = known.get(group)
            if found is None:
                found = known[group] = self._has(group)
            if not found:
                return False
        return True

    def _has(self, group: frozenset[str]) -> bool:
        text = self.text
        sought: Iterable[str] = group
        if self._whole is not None:
            held = self._whole._held.get(group)
            sought = self._whole.held(group) if held is None else held
        for needle in sought:  # noqa: SIM110 - any() of a generator takes three times as long
            if needle in text:
                return True
        return False

    def held(self, group: frozenset[str]) -> tuple[str, ...]:
        """The needles of a group that the text has."""
        found = self._held.get(group)
        if found is None:
            text = self.text
            if self._ends is None:
                self._ends = _fours(text)
            ends = self._ends
            # Of a thousand needles a text has a few: nearly all are told by their first and last letters.
            among = [needle for first, last, needle in _with_ends(group) if first in ends and last in ends]
            found = self._held[group] = tuple([needle for needle in among if needle in text])
        return found


#: Stands for the ends of a needle too short to have any.
_ANY = -1


def _fours(text: str) -> set[int]:
    """All runs of four characters of a text, each as a number; what is not Latin counts as one sign."""
    plain = text.encode("latin-1", "replace")
    found = {_ANY}
    for start in range(4):
        found.update(memoryview(plain)[start : start + (len(plain) - start) // 4 * 4].cast("I"))
    return found


@cache
def _with_ends(group: frozenset[str]) -> tuple[tuple[int, int, str], ...]:
    """The needles of a group, each behind its first and its last four characters as ``_fours`` numbers them."""
    plain = [(needle.encode("latin-1", "replace"), needle) for needle in group]
    return tuple(
        (int.from_bytes(key[:4], byteorder), int.from_bytes(key[-4:], byteorder), needle)
        if len(key) >= 4
        else (_ANY, _ANY, needle)
        for key, needle in plain
    )


@lru_cache(maxsize=4)
def _whole_gate(text: str) -> Gate:
    return Gate(text)


@lru_cache(maxsize=256)  # several readers ask for the same sentence or clause in turn
def gate_of(text: str, start: int, end: int) -> Gate:
    """The gate of ``text[start:end]``: of what is looked for, only what the whole text has is looked for there."""
    return Gate(text[start:end], _whole_gate(text))


class Sought:
    """A pattern behind its gate: what it finds is what it would find alone, in a fraction of the time."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.pattern, self.needles = pattern, needles_of(pattern)

    def search(self, gate: Gate, text: str, start: int, end: int) -> re.Match[str] | None:
        """As ``pattern.search(text, start, end)``; ``gate`` is that of ``text[start:end]``."""
        return self.pattern.search(text, start, end) if gate.opens(self.needles) else None

    def within(self, text: str, start: int, end: int) -> re.Match[str] | None:
        """As ``pattern.search(text, start, end)``, for spans that are asked for many times."""
        return self.pattern.search(text, start, end) if gate_of(text, start, end).opens(self.needles) else None

    def finditer(self, gate: Gate, text: str, start: int, end: int) -> Iterator[re.Match[str]]:
        """As ``pattern.finditer(text, start, end)``; ``gate`` is that of ``text[start:end]``."""
        return self.pattern.finditer(text, start, end) if gate.opens(self.needles) else iter(())


class _Runs:
    """A walk over a parsed pattern that collects what each run of it can be, as sets of strings."""

    def __init__(self) -> None:
        self._run: set[str] = {""}
        self._found: list[set[str]] = []

    def groups(self) -> list[set[str]]:
        self._end()
        return [group for group in self._found if min(map(_weight, group)) >= _SHORTEST]

    def over(self, nodes: Iterable[tuple[Any, Any]]) -> _Runs:
        for operator, argument in nodes:
            self._node(str(operator), argument)
        return self

    def _end(self) -> None:
        if self._run != {""}:
            self._found.append(self._run)
        self._run = {""}

    def _extend(self, words: set[str]) -> None:
        if len(self._run) * len(words) > _MOST:
            self._end()
        few = len(words) <= _MOST_ALTERNATIVES
        self._run = {one + other for one in self._run for other in words} if few else {""}

    def _node(self, operator: str, argument: Any) -> None:
        if operator in ("AT", "ASSERT", "ASSERT_NOT"):
            return  # of no length
        if operator == "SUBPATTERN":
            self.over(argument[-1])
            return
        words = _words(operator, argument)
        if words is not None:
            self._extend(words)
            return
        self._end()
        if operator == "BRANCH":
            self._found.extend(_either([_Runs().over(nodes).groups() for nodes in argument[1]]))
        elif operator in ("MAX_REPEAT", "MIN_REPEAT") and argument[0]:
            self._found.extend(_Runs().over(argument[2]).groups())


def _either(branches: Sequence[list[set[str]]]) -> list[set[str]]:
    """What a text must have one of where it has one of some branches: the best group of each, if all have one."""
    if not all(branches):
        return []
    best = [max(groups, key=lambda group: (min(4, *map(_weight, group)), -len(group))) for groups in branches]
    union = set().union(*best)
    return [union] if len(union) <= _MOST_ALTERNATIVES else []


def _words(operator: str, argument: Any) -> set[str] | None:
    """All that a node can match, in folded case; None where that is not known or too much."""
    if operator == "LITERAL":
        return {chr(argument).casefold()}
    if operator == "IN":
        return _characters(argument)
    if operator == "SUBPATTERN":
        return _sequence(argument[-1])
    if operator == "BRANCH":
        found = [_sequence(nodes) for nodes in argument[1]]
        return set().union(*(words for words in found if words is not None)) if None not in found else None
    if operator in ("MAX_REPEAT", "MIN_REPEAT") and argument[:2] == (0, 1):
        words = _sequence(argument[2])
        return None if words is None else words | {""}
    return {""} if operator in ("AT", "ASSERT", "ASSERT_NOT") else None


def _sequence(nodes: Iterable[tuple[Any, Any]]) -> set[str] | None:
    words = {""}
    for operator, argument in nodes:
        more = _words(str(operator), argument)
        if more is None or len(words) * len(more) > _MOST_ALTERNATIVES:
            return None
        words = {one + other for one in words for other in more}
    return words


def _characters(members: Iterable[tuple[Any, Any]]) -> set[str] | None:
    found: set[str] = set()
    for operator, argument in members:
        if str(operator) == "LITERAL":
            found.add(chr(argument).casefold())
        elif str(operator) == "RANGE" and argument[1] - argument[0] < 10:
            found |= {chr(code).casefold() for code in range(argument[0], argument[1] + 1)}
        else:
            return None
    return found if 0 < len(found) <= 10 else None
