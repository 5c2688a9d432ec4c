"""What may follow a reporting verb whose content stands before it: "..., Jones told MPs on Friday, after a row"."""

from __future__ import annotations

from tracker.reading.attribution_clauses import Hit
from tracker.reading.attribution_phrases import (
    AUXILIARIES,
    DAYS,
    DETERMINERS,
    MODALS,
    PREPOSITIONS,
    PRONOUNS,
    TIMES,
    is_adverb,
)
from tracker.reading.attribution_text import QUOTE, Sentence, Words
from tracker.reading.cues import WORDS
from tracker.reading.english import words_of
from tracker.reading.predicates import has_predicate

_ENDS = frozenset({",", ".", "?", "!", ";", "\u2014", "\u2013", "(", ")", "\u2026"})
# These open what is said: "said that", "said: ...".
_OPENS_CONTENT = frozenset({"that", "how", "why", "what", "whether", "if", ":", QUOTE})
# "Said of Jones" and "protests over policing" tell what it is about.
_WHERE = PREPOSITIONS - {"of", "about", "against", "for", "over", "like", "despite", "per", "between", "among"}
_WHEN = frozenset(
    {"early", "late", "later", "earlier", "last", "this", "next", "again", "yesterday", "today", "tonight"}
)
# A clause that tells when or why it was said: its verb is its own.
_WHILE = frozenset({"after", "before", "when", "while", "as", "since", "until", "because", "once"})
_SUBORDINATE = _WHILE | {"although", "though", "whereas", "if", "unless"}
_PAST = words_of("irregular_past")
# A tail is no longer than this, in words.
_LONGEST = 30


def ends_with_tail(words: Words, sentence: Sentence, hit: Hit, begin: int) -> bool:
    """Whether a clause stands before ``begin``, and behind the cue only to whom, when, where or how it was said.

    ``begin`` is the first word of the source and its cue. "The bridge fell, the council said in a letter" and
    "..., she told MPs on Monday" do; "when it fell, the council said in a letter it was safe" does not.
    """
    stop = tail_end(words, sentence, hit)
    if stop is None or _goes_on(words, sentence, stop):
        return False
    return _is_main_clause(words, sentence, begin)


def past_aside(words: Words, sentence: Sentence, hit: Hit, start: int) -> int:
    """Where the sentence goes on after an aside ("The council, the union said in a letter, owed"); else ``start``."""
    stop = tail_end(words, sentence, hit)
    return stop if stop is not None and _goes_on(words, sentence, stop) else start


def tail_end(words: Words, sentence: Sentence, hit: Hit) -> int | None:
    """Where the circumstances behind a cue (and its inverted subject) end; None where something else stands there."""
    lows = words.lows
    place = max(hit.cue[1], hit.source[1]) if hit.how == "after" and hit.source else hit.cue[1]
    stop = place
    while stop < sentence.stop and lows[stop] not in _ENDS:
        if lows[stop] in _OPENS_CONTENT or stop - place > _LONGEST:
            return None
        stop += 1
    if place == stop:
        return stop
    if hit.lemma in WORDS["hearer"] and not _tells_when(words, place):
        place = _past_hearer(words, place, stop)
        if place == stop:
            return stop
    low = lows[place]
    opens = _tells_when(words, place) or low in _WHILE or low in _WHERE
    return stop if opens and not _has_verb(words, place, stop) else None


def _tells_when(words: Words, place: int) -> bool:
    low = words.lows[place]
    return low in DAYS or low in _WHEN or (is_adverb(words, place) and low != "not")


def _past_hearer(words: Words, place: int, stop: int) -> int:
    """Past "reporters", "the Harbour Post", "her sister": up to the preposition or the time behind them."""
    if words.lows[place] in {"me", "us", "him", "them", "you"}:
        return place + 1
    while place < stop and words.lows[place] not in PREPOSITIONS | _WHILE:
        if words.lows[place] in DAYS | _WHEN and words.lows[place - 1] not in DETERMINERS:
            break
        place += 1
    return place


def _has_verb(words: Words, start: int, stop: int) -> bool:
    """Whether a clause of its own stands there; "in a letter published on Monday" and "after it fell" have none."""
    lows = words.lows
    for place in range(start, stop):
        low = lows[place]
        if low in _WHILE and (place == start or lows[place - 1] in TIMES | DAYS or low not in {"since", "as"}):
            return False
        if low in AUXILIARIES and low != "'s" and not (low in MODALS and words.words[place][0].isupper()):
            return low not in {"may", "march"} or place + 1 >= stop or not lows[place + 1].isdigit()
        if low in PRONOUNS and place > start and low != "it" and low != "you":
            return True
        past = low in _PAST or (low.endswith("ed") and len(low) > 4)
        follow = lows[place + 1] if place + 1 < stop else ","
        if past and lows[place - 1] not in DETERMINERS and follow not in PREPOSITIONS | DAYS | _WHEN | {","}:
            return place + 2 < stop
    return False


def _goes_on(words: Words, sentence: Sentence, stop: int) -> bool:
    """Whether the sentence's own verb stands behind the tail: "The bridge that fell, the council said, was old"."""
    if stop + 1 >= sentence.stop or words.lows[stop] != ",":
        return False
    follow = words.lows[stop + 1]
    return follow in AUXILIARIES or follow in _PAST or (follow.endswith("ed") and len(follow) > 4)


def _is_main_clause(words: Words, sentence: Sentence, begin: int) -> bool:
    lows = words.lows
    if lows[sentence.first] in _SUBORDINATE and "," not in lows[sentence.first : begin - 1]:
        return False
    if lows[begin - 2] in AUXILIARIES:
        # "It was, the council said on Friday, the oldest bridge."
        return False
    return has_predicate(words.text, words.starts[sentence.first], words.ends[begin - 2])
