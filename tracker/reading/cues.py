"""The cue words of attribution: every form of every verb in ``cues.toml``, with what it means for reading."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

#: How the form of a verb stands in a sentence.
BASE, PRESENT, PAST, PARTICIPLE, ING = 1, 2, 4, 8, 16


@dataclass(frozen=True, slots=True)
class Cue:
    """One form of a cue verb.

    ``forms`` is the sum of what the form can be (BASE, PRESENT, PAST, PARTICIPLE, ING). ``kinds`` are
    its classes in ``cues.toml``. ``particles`` are the words one of which must follow, "*" for any, or
    empty. ``stance`` is reported, hedged, denied or asserted.
    """

    lemma: str
    forms: int
    kinds: frozenset[str]
    particles: frozenset[str]
    stance: str


_VOWELS = "aeiou"


@dataclass(frozen=True, slots=True)
class _Spelling:
    """How a verb departs from simply adding -s, -ed and -ing."""

    doubling: frozenset[str]
    may_double: frozenset[str]
    irregular: dict[str, str]


def _inflect(lemma: str, spelling: _Spelling) -> list[tuple[str, int]]:
    """The forms of a verb, each with what it can be."""
    present = lemma + "es" if lemma.endswith(("s", "sh", "ch", "x", "z", "o")) else lemma + "s"
    stem = lemma[:-1] if lemma.endswith("e") and not lemma.endswith(("ee", "oe", "ye")) else lemma
    past, ing = (lemma + "d" if lemma.endswith("e") else lemma + "ed"), stem + "ing"
    if lemma.endswith("y") and lemma[-2] not in _VOWELS:
        present, past = lemma[:-1] + "ies", lemma[:-1] + "ied"
    doubled = [(lemma + lemma[-1] + "ed", PAST | PARTICIPLE), (lemma + lemma[-1] + "ing", ING)]
    if lemma in spelling.doubling:
        (past, _), (ing, _) = doubled
    participle = past
    if lemma in spelling.irregular:
        past, participle = spelling.irregular[lemma].split()
    forms: dict[str, int] = {}
    for form, what in ((lemma, BASE), (present, PRESENT), (past, PAST), (participle, PARTICIPLE), (ing, ING)):
        forms[form] = forms.get(form, 0) | what
    return list(forms.items()) + (doubled if lemma in spelling.may_double else [])


def _load(data: dict[str, Any]) -> dict[str, tuple[Cue, ...]]:
    kinds: dict[str, set[str]] = {}
    for kind, lemmas in data["classes"].items():
        for lemma in lemmas.split():
            kinds.setdefault(lemma, set()).add(kind)
    for lemma in data["phrasal"]:
        kinds.setdefault(lemma, set())
    stances = {lemma: stance for stance, lemmas in data["stance"].items() for lemma in lemmas.split()}
    irregular = data["irregular"]
    doubling, may_double = (frozenset(data["spelling"][key].split()) for key in ("doubling", "may_double"))
    spelling = _Spelling(doubling, may_double, irregular)
    table: dict[str, list[Cue]] = {}
    for lemma, of in kinds.items():
        particles = frozenset(data["phrasal"].get(lemma, "").split())
        for form, what in _inflect(lemma, spelling):
            cue = Cue(lemma, what, frozenset(of), particles, stances.get(lemma, "reported"))
            table.setdefault(form, []).append(cue)
    return {form: tuple(cues) for form, cues in table.items()}


_DATA: dict[str, Any] = tomllib.loads(files("tracker.reading").joinpath("cues.toml").read_text(encoding="utf-8"))
#: Every form of every cue verb, in lower case.
CUES = _load(_DATA)
#: The small words around a cue, by the name of their list.
WORDS = {name: frozenset(words.split()) for name, words in _DATA["words"].items()}
