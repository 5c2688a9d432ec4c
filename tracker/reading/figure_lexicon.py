"""The word lists of the reader of figures, loaded once from ``figure_words.toml``."""

from __future__ import annotations

from typing import Any

from tracker.reading.units import Phrases, load_table

_TABLE: dict[str, Any] = dict(load_table("figure_words.toml"))


def _words(section: str, name: str) -> frozenset[str]:
    return frozenset(_TABLE[section][name])


def _phrases(section: str) -> Phrases[str]:
    return Phrases(((words, sign) for sign, listed in _TABLE[section].items() for words in listed), exact=False)


COMPARATORS = {tuple(words.split()): sign for sign, listed in _TABLE["comparators"].items() for words in listed}
COMPARATORS_AFTER = _phrases("comparators_after")
FILLERS = _words("context", "fillers")
OWNERS = {
    "over": _words("context", "over_verbs"),
    "up to": _words("context", "up_to_verbs"),
    "about": _words("context", "about_verbs"),
    "around": _words("context", "about_owners_of_around"),
    "under": _words("context", "under_owners"),
    "near": frozenset({"nowhere", "anywhere"}),
    "close to": frozenset({"nowhere", "anywhere"}),
}
#: Words that own a comparator only before persons ("won over 20 voters"), or only before anything else.
OWNERS_OF_PERSONS = {"over": _words("context", "over_persuaders"), "up to": _words("context", "up_to_facers")}
OWNERS_OF_THINGS = {"over": _words("context", "over_accusers"), "up to": _words("context", "up_to_movers")}
PERSONS = _words("context", "persons")
LAWS = _words("context", "laws")
MARKS = _words("context", "marks")
TREND_UP = _words("trend", "up")
TREND_DOWN = _words("trend", "down")
TREND_TRANSITIVE = _words("trend", "transitive")
TREND_NOUNS_UP = _words("trend", "nouns_up")
TREND_NOUNS_DOWN = _words("trend", "nouns_down")
TREND_PHRASAL = {"up": _words("trend", "phrasal_up"), "down": _words("trend", "phrasal_down")}
TREND_BETWEEN = _words("trend", "between")
STOP = _words("nouns", "stop")
OPEN = _words("nouns", "open")
IRREGULAR: dict[str, str] = dict(_TABLE["nouns"]["irregular"])
NOT_PLURAL = frozenset(_TABLE["nouns"]["not_plural"]["words"])
LABELS = _words("names", "labels")
SOFT_LABELS = _words("names", "soft_labels")
STREETS = _words("names", "streets")
BEFORE_PRONOUN_ONE = _words("names", "before_pronoun_one")
AFTER_PRONOUN_ONE = _words("names", "after_pronoun_one")
COMPOUNDS = _words("names", "compounds")
