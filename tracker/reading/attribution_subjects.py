"""The subject of a whole sentence, past its dateline and what stands in front of it."""

from __future__ import annotations

from tracker.reading.attribution_phrases import (
    DAYS,
    DETERMINERS,
    PREPOSITIONS,
    PRONOUNS,
    TIMES,
    Span,
    is_adverb,
    phrase_after,
)
from tracker.reading.attribution_text import QUOTE, Sentence, Words


def main_subject(words: Words, sentence: Sentence, stop: int) -> Span | None:
    """The first noun phrase of a sentence, past its dateline and an opening "On Monday," or "Asked why,"."""
    lows = words.lows
    first = _after_dateline(words, sentence)
    while first < stop:
        low = lows[first]
        if (
            is_adverb(words, first)
            or low.endswith("ly")
            or low in DAYS
            or low in {",", "but", "and", QUOTE, "meanwhile", "however"}
        ):
            first += 1
        elif _opens_adverbial(words, first):
            comma = first + 1
            while comma < stop and lows[comma] != ",":
                comma += 1
            if comma >= stop:
                return None
            first = comma + 1
        else:
            break
    if first >= stop:
        return None
    if lows[first] in PRONOUNS:
        return (first, first + 1)
    end = first + (lows[first] in DETERMINERS)
    while end < stop and words.words[end][0].isupper():
        end += 1
    if end > first + (lows[first] in DETERMINERS) and lows[end] not in {"'s", "'"}:
        return (first, end)
    return phrase_after(words, first, stop)


def _opens_adverbial(words: Words, index: int) -> bool:
    low = words.lows[index]
    if low in PREPOSITIONS or low in {
        "when",
        "while",
        "as",
        "after",
        "if",
        "although",
        "though",
        "because",
        "two",
        "three",
    }:
        return True
    follow = words.lows[index + 1] if index + 1 < len(words.lows) else ""
    if low in {"this", "last", "earlier", "hours", "days", "later", "weeks"} and (
        follow in TIMES or follow in {"later", "before"}
    ):
        return True
    return (
        low.endswith(("ing", "ed")) and words.lows[index] not in {"king", "reed", "ted", "fed", "red"} and follow != ","
    )


def _after_dateline(words: Words, sentence: Sentence) -> int:
    """Where a sentence begins behind "LEEDS, 3 May (Agency) -"."""
    first = sentence.first
    word = words.words[first]
    if len(word) > 2 and word.isupper() or "(" in words.lows[first : first + 5]:
        for place in range(first + 1, min(first + 14, sentence.stop - 1)):
            if words.words[place] in "\u2014\u2013-":
                return place + 1
    return first
