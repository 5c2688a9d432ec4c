"""Forms of verbs for finding a clause's predicate (``verbs.toml``): those in -s, and base forms."""

from __future__ import annotations

from tracker.reading.units import load_table

_VOWELS = "aeiou"
_LEMMAS: dict[str, frozenset[str]] = {
    name: frozenset(words.split()) for name, words in load_table("verbs.toml").items()
}


def third_person(lemma: str) -> str:
    """The form of a verb behind he, she or it: "carry" gives "carries"."""
    if lemma.endswith("y") and lemma[-2] not in _VOWELS:
        return lemma[:-1] + "ies"
    return lemma + "es" if lemma.endswith(("s", "sh", "ch", "x", "z", "o")) else lemma + "s"


#: Forms in -s that are no plural nouns: "provides", "becomes".
SURE_PRESENT = frozenset(third_person(lemma) for lemma in _LEMMAS["sure"])
#: Forms in -s that are as often plural nouns: "names", "tops".
DOUBTFUL_PRESENT = frozenset(third_person(lemma) for lemma in _LEMMAS["doubtful"])
#: Base forms, which stand behind plural subjects: "provide", "top".
BASES = _LEMMAS["sure"] | _LEMMAS["doubtful"]
