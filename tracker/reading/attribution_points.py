"""Whether a cue verb attributes where it stands: points for the verb, its form, its subject, what follows.

"Critics back the plan" attributes and "he drove back" does not; no single word tells the two apart, so
several weigh together. The points are in ``attribution_points.toml``.
"""

from __future__ import annotations

import tomllib
from importlib.resources import files

from tracker.reading.attribution_clauses import Hit
from tracker.reading.attribution_phrases import (
    BE,
    DAYS,
    DETERMINERS,
    DO,
    HAVE,
    MODALS,
    PREPOSITIONS,
    PRONOUNS,
    SUBORDINATORS,
    is_adverb,
)
from tracker.reading.attribution_text import QUOTE, Sentence, Words
from tracker.reading.cues import CUES

_KINDS = ("tell_of", "judge", "think", "show", "act", "tell", "say")
_FOLLOWS = frozenset(
    [
        "that",
        ":",
        "to",
        ",",
        ".",
        "for",
        "on",
        "of",
        "about",
        "with",
        "against",
        "in",
        "at",
        "by",
        "how",
        "why",
        "what",
        "whether",
        "if",
        "as",
        "it",
        "up",
        "out",
        "back",
        "from",
    ]
) | {QUOTE}
_SPOKEN = frozenset({"say", "tell", "tell_of"})
_FORMS = {
    1: "base",
    2: "present",
    4: "past",
    8: "participle",
    12: "past",
    16: "ing",
    13: "past",
    5: "past",
    9: "base",
}


def _load() -> dict[str, int]:
    source = files("tracker.reading").joinpath("attribution_points.toml")
    data = tomllib.loads(source.read_text(encoding="utf-8"))
    points = {f"{group}={name}": value for group, table in data.items() for name, value in table.items()}
    return {name: int(value) for name, value in points.items()}


POINTS = _load()


def holds(words: Words, sentence: Sentence, hit: Hit) -> bool:
    """Whether the hit is an attribution: whether its points come to more than the threshold."""
    if hit.source is None:
        return False
    if hit.how == "colon":
        return True
    if hit.kinds & _SPOKEN or not hit.kinds:
        if _beside_quotation(words, sentence, hit):
            return True
        # "The firm maintains that": with "that" behind it a verb of saying says something.
        if hit.kinds and hit.cue[1] < sentence.stop and words.lows[hit.cue[1]] == "that":
            return True
    return sum(filter(None, map(POINTS.get, features(words, sentence, hit)))) > POINTS["threshold=all"]


def _beside_quotation(words: Words, sentence: Sentence, hit: Hit) -> bool:
    """Whether a quotation stands right before the words that tag it, or right after them."""
    begin, end = min(hit.cue[0], (hit.source or hit.cue)[0]), hit.cue[1]
    lows = words.lows
    if begin > sentence.first and lows[begin - 1] == QUOTE:
        # "... nobody came" Jones said.
        ends = hit.lemma == "say" and hit.how == "before" and (end >= sentence.stop or lows[end] in {".", ","})
        return ends or words.last_marks.get(begin - 1, "") in {",", "?", "!", "\u2014", "-"}
    if end + 1 < sentence.stop and lows[end] in {",", ":"}:
        return lows[end + 1] == QUOTE
    return False


def features(words: Words, sentence: Sentence, hit: Hit) -> list[str]:
    """What the points are given for, as "group=name"."""
    source = hit.source or hit.cue
    verb = _verb(words, hit)
    form = _FORMS.get(CUES[words.lows[verb]][0].forms, "other") if words.lows[verb] in CUES else "other"
    kind = next((name for name in _KINDS if name in hit.kinds), "phrasal")
    follow, subject = _follow(words, sentence, hit), _subject(words, source)
    if hit.how not in {"before", "after"}:
        subject = "none"
    found = [
        "how=" + hit.how, "form=" + form, "subject=" + subject, "follow=" + follow, "kind=" + kind,
        f"kind_follow={kind} {follow}", f"kind_subject={kind} {subject}", "verb=" + hit.lemma,
    ]  # fmt: skip
    helpers = set(words.lows[hit.cue[0] : verb])
    for name, group in (("be", BE), ("have", HAVE), ("modal", MODALS), ("do", DO), ("to", {"to"})):
        if helpers & group:
            found.append("helper=" + name)
    if helpers & {"not", "'t", "never"}:
        found.append("helper=not")
    if source[1] - source[0] > 8:
        found.append("subject=long")
    before = source[0] - 1
    if before > sentence.first and (words.lows[before] == QUOTE or words.lows[before - 1] == QUOTE):
        found.append("quote=before")
    elif QUOTE in words.lows[sentence.first : sentence.stop]:
        found.append("quote=inside")
    return found


def _verb(words: Words, hit: Hit) -> int:
    for place in range(hit.cue[1] - 1, hit.cue[0] - 1, -1):
        if words.lows[place] in CUES:
            return place
    return hit.cue[0]


def _follow(words: Words, sentence: Sentence, hit: Hit) -> str:
    """What follows the cue, past adverbs and days: the word itself where it tells, else its class."""
    place = hit.cue[1]
    lows = words.lows
    while place < sentence.stop and (is_adverb(words, place) or lows[place] in DAYS):
        place += 1
    if place >= sentence.stop:
        return "end"
    low = lows[place]
    if low in _FOLLOWS:
        return "quotation" if low == QUOTE else low
    for name, group in (("pronoun", PRONOUNS), ("determiner", DETERMINERS), ("preposition", PREPOSITIONS),
                        ("subordinator", SUBORDINATORS)):  # fmt: skip
        if low in group:
            return name
    if words.words[place][0].isupper():
        return "capital"
    if low[0].isdigit() or low in {"$", "\u00a3", "\u20ac"}:
        return "number"
    return "ing" if low.endswith("ing") else "plural" if low.endswith("s") else "other"


def _subject(words: Words, source: tuple[int, int]) -> str:
    first, last = words.lows[source[0]], words.lows[source[1] - 1]
    if source[1] - source[0] == 1 and first in PRONOUNS:
        return "pronoun" if first in {"he", "she", "they"} else "it" if first == "it" else "speaker"
    if last in {"this", "these", "that", "which", "those"}:
        return "it"
    if last == "who":
        return "who"
    if words.words[source[1] - 1][0].isupper():
        return "name"
    if first in DETERMINERS:
        return "definite"
    return "capital" if words.words[source[0]][0].isupper() else "other"
