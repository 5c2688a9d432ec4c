"""What is attributed: the words that belong to a cue and its source."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.reading.attribution_clauses import Hit
from tracker.reading.attribution_phrases import DAYS, PREPOSITIONS, PRONOUNS, TIMES, Span
from tracker.reading.attribution_tails import ends_with_tail, past_aside
from tracker.reading.attribution_text import QUOTE, Sentence, Words
from tracker.reading.cues import CUES, WORDS
from tracker.reading.date_parts import MONTHS

_TRIM = frozenset('.,;:\u2014\u2013-!?\u2026)("\u201c\u201d')
_MONTHS = frozenset(MONTHS)
_LEADING = frozenset({"that", ",", ":", "\u2014", "\u2013", "-"})
_COORDINATORS = frozenset({"and", "but", "while", "whereas", "although", "though", ";", ",", "or"})
_SUBORDINATE = frozenset({"although", "though", "while", "whereas", "when", "as", "after", "since", "because", "if"})
_SILENT = frozenset(
    ["comment", "elaborate", "respond", "answer", "reply", "be", "discuss", "speak", "talk", "interviews", "requests"]
)
# Verbs whose hearer stands between them and what is said.
_HEARER = WORDS["hearer"]


def contents_of(words: Words, sentence: Sentence, hit: Hit, hits: Sequence[Hit]) -> list[Span]:
    """The content of a hit as spans of words, one or two; empty where the sentence holds none."""
    if hit.source is None:
        return []
    if hit.lemma in {"decline", "refuse"} and hit.how != "by" and _is_silence(words, sentence, hit):
        return [(hit.cue[1], hit.cue[1])]
    if hit.how == "to":
        return _according(words, sentence, hit)
    if hit.how == "colon":
        return _kept(words, [(hit.cue[1], sentence.stop)])
    if hit.how == "by" and hit.source[1] < sentence.stop and words.lows[hit.source[1]] in {"that", QUOTE}:
        return _kept(words, [(hit.source[1] + (words.lows[hit.source[1]] == "that"), sentence.stop)])
    if hit.how == "by":
        return _kept(words, [(sentence.first, hit.cue[0])])
    begin = min(hit.cue[0], hit.source[0])
    after_start = max(hit.cue[1], hit.source[1]) if hit.how == "after" else hit.cue[1]
    if hit.how == "before" and begin > sentence.first and words.lows[begin - 1] == ",":
        after_start = past_aside(words, sentence, hit, after_start)
    before = _stated_before(words, sentence, hit, begin)
    after = _stated_after(words, sentence, hit, hits, after_start)
    if before is None:
        spans = _kept(words, [after] if after else [])
        if spans or words.lows[begin - 1] != "," or begin - sentence.first < 4 or hit.how != "before":
            return spans
        # Nothing behind the cue: "After the flood 40 homes were empty, officials said."
        return _kept(words, [(sentence.first, begin)]) if "say" in hit.kinds else []
    if after and words.lows[after[0]] == QUOTE:
        return _kept(words, [before, after])
    return _kept(words, [before])


def _is_silence(words: Words, sentence: Sentence, hit: Hit) -> bool:
    """Whether nothing was said: "declined to comment", "refused to be named"."""
    place = hit.cue[1] + (hit.cue[1] < sentence.stop and words.lows[hit.cue[1]] == "to")
    return place < sentence.stop and words.lows[place] in _SILENT


def _kept(words: Words, spans: Sequence[Span]) -> list[Span]:
    return [trimmed for span in spans if (trimmed := trim_words(words, span)) is not None]


def trim_words(words: Words, span: Span) -> Span | None:
    """A span without the marks at its ends; None if nothing is left."""
    start, stop = span
    while start < stop and words.lows[start] in _TRIM:
        start += 1
    while stop > start and words.lows[stop - 1] in _TRIM:
        stop -= 1
    return (start, stop) if start < stop else None


def _stated_before(words: Words, sentence: Sentence, hit: Hit, begin: int) -> Span | None:
    """What stands before "..., Jones said": up to the comma or the quotation in front of the source."""
    place = begin - 1
    spoken = "say" in hit.kinds or hit.lemma in {"ask", "tell", "call", "say", "show", "indicate"}
    if place < sentence.first or not spoken:
        return None
    low = words.lows[place]
    last = words.lows[hit.source[1] - 1] if hit.source else ""
    if last in {"who", "which", "that"} or words.lows[begin].endswith("ing"):
        return None
    follow = words.lows[hit.cue[1]] if hit.cue[1] < sentence.stop else "."
    if low == QUOTE:
        if words.lows[sentence.first] in _SUBORDINATE and (follow in PRONOUNS or follow == "that"):
            # "Although she wrote "no one came," he says they did.": what he says comes behind.
            return None
        return _quoted(words, sentence, place, begin)
    if low not in {",", "\u2014", "\u2013"}:
        return None
    if words.lows[place - 1] == QUOTE:
        return _quoted(words, sentence, place - 1, begin)
    ends = follow in {".", ",", "?", "!"} or follow in DAYS or (follow in PREPOSITIONS and hit.how == "after")
    if hit.how == "after" or (ends and begin - sentence.first > 3 and words.lows[sentence.first] not in PREPOSITIONS):
        return (sentence.first, begin)
    return (sentence.first, begin) if ends_with_tail(words, sentence, hit, begin) else None


def _quoted(words: Words, sentence: Sentence, place: int, begin: int) -> Span:
    """A tagged quotation: alone where it stands as a sentence, else with the words that lead into it."""
    if place > sentence.first and words.lows[place - 1] in {",", ":", "\u2014", "\u2013", ";", QUOTE}:
        return (place, begin)
    return (sentence.first, begin)


def tags(words: Words, sentence: Sentence, hits: Sequence[Hit]) -> dict[int, Hit]:
    """The quotations that a tag behind them claims (``"...," Jones said``), each with its hit."""
    claimed: dict[int, Hit] = {}
    for hit in hits:
        begin = min(hit.cue[0], hit.source[0]) if hit.source else hit.cue[0]
        if begin > sentence.first and hit.how in {"before", "after"}:
            place = begin - 1
            if words.lows[place] == QUOTE and words.last_marks.get(place, "") in {",", "?", "!"}:
                claimed[place] = hit
    return claimed


def _stated_after(words: Words, sentence: Sentence, hit: Hit, hits: Sequence[Hit], start: int) -> Span | None:
    lows = words.lows
    stop = _cut(words, hit, hits, sentence, start)
    if hit.lemma in _HEARER and words.lows[hit.cue[1] - 1] in CUES:
        start = _past_hearer(words, start, stop)
    while start < stop:
        if lows[start] in _LEADING or lows[start] in DAYS or lows[start] in {"yesterday", "today"}:
            start += 1
        elif start + 1 < stop and _opens_date(lows[start], lows[start + 1]):
            start += 2
        else:
            break
    for place in range(start, min(start + 12, stop - 1)):
        # "said in a statement that ...", "said on Monday: ..."
        if lows[start] in PREPOSITIONS and (
            lows[place] in {":", "that"} or lows[place + 1] == QUOTE and lows[place] == ","
        ):
            start = place + 1
            break
    return (start, stop) if start < stop else None


def _opens_date(one: str, other: str) -> bool:
    """Whether two words say when: "on Monday", "last week", "10 October" ("reported on 10 October that …")."""
    if one in {"on", "last", "this"}:
        return other in DAYS | TIMES
    return (one.isdigit() and other in _MONTHS) or (one in _MONTHS and other.isdigit())


def _past_hearer(words: Words, start: int, stop: int) -> int:
    """Past "reporters that" and "the BBC:"; the start as it was where nothing shows the hearer's end."""
    if start + 1 < stop and words.lows[start] in {"me", "us", "him", "them", "you"}:
        # A pronoun is the whole hearer: "told us there were 40".
        return start + 1 + (words.lows[start + 1] == ",")
    for place in range(start, min(start + 9, stop)):
        low = words.lows[place]
        if low in {"that", ":", "to", "how", "why", "what", "whether"} or low == QUOTE:
            return place
        if low == ",":
            return place + 1
    return start


def _cut(words: Words, hit: Hit, hits: Sequence[Hit], sentence: Sentence, start: int) -> int:
    """Where the content ends: the sentence's end, or the next coordinated statement."""
    lows = words.lows
    if hit.source and hit.source[0] - 1 > sentence.first and lows[hit.source[0] - 1] in {"which", "whom"}:
        # "the letter, which Acme denies sending, asked": the aside ends at its comma.
        return next((place for place in range(start, sentence.stop) if lows[place] == ","), sentence.stop)
    for other in hits:
        if other.cue[0] <= hit.cue[0] or other.cue[0] < start:
            continue
        if other.how == "shared" and lows[other.cue[0] - 1] in _COORDINATORS:
            return other.cue[0] - 1
        if other.source and other.how == "before" and other.source[0] > start:
            before = other.source[0] - 1
            if lows[before] in _COORDINATORS - {","} and lows[before - 1] in {",", QUOTE} or lows[before] == ";":
                return before
            if lows[before] in {"and", "but"} and _quotes_next(words, sentence, other):
                return before
        if other.how == "to" and other.cue[0] > start and lows[other.cue[0] - 1] == ",":
            return other.cue[0] - 1
    return sentence.stop


def _quotes_next(words: Words, sentence: Sentence, hit: Hit) -> bool:
    """Whether a quotation of its own follows the cue: "... and Jones said, "no"."."""
    end = hit.cue[1]
    return end + 1 < sentence.stop and words.lows[end] in {",", ":"} and words.lows[end + 1] == QUOTE


def _according(words: Words, sentence: Sentence, hit: Hit) -> list[Span]:
    source_end = hit.source[1] if hit.source else hit.cue[1]
    if hit.cue[0] - sentence.first < 2:
        comma = source_end
        while comma < sentence.stop and words.lows[comma] != ",":
            comma += 1
        return _kept(words, [(comma if comma < sentence.stop else source_end, sentence.stop)])
    return _kept(words, [(sentence.first, hit.cue[0])])
