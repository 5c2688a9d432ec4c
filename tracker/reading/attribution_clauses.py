"""Cue words with their sources, sentence by sentence: "Jones said", "said Jones", "according to Jones"."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.reading.attribution_names import GROUPS, LABELS, ORGANISATION_NOUNS, ROLES, head_of
from tracker.reading.attribution_phrases import (
    AUXILIARIES,
    BE,
    DAYS,
    DEMONSTRATIVES,
    DETERMINERS,
    DO,
    HAVE,
    MODALS,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    RAISING,
    RELATIVES,
    Span,
    is_adverb,
    phrase_after,
    phrase_before,
    subject_before,
)
from tracker.reading.attribution_subjects import main_subject
from tracker.reading.attribution_text import QUOTE, Sentence, Words
from tracker.reading.cues import BASE, CUES, ING, PARTICIPLE, PAST, PRESENT, Cue


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue with its source, both as spans of words; ``how`` the source stands to the cue.

    ``how`` is before ("Jones said"), after ("said Jones"), by ("backed by Jones"), shared (the subject
    of an earlier verb), to ("according to Jones"), colon ("Jones: ...") or of ("Jones's claim that").
    """

    cue: Span
    source: Span | None
    lemma: str
    kinds: frozenset[str]
    stance: str
    how: str


_SPOKEN = frozenset({"say", "tell"})
# What ties people to the name behind them: "sources close to the firm", "nurses who left Acme".
_TIES = frozenset({"of", "to", "in", "at", "with", "from", "who", "close", "familiar", "briefed", "near"})


@dataclass(slots=True)
class _Group:
    """The verb group left of a verb: where it begins, and which helpers it holds."""

    start: int
    be: bool = False
    have: bool = False
    bare: bool = False
    to: bool = False
    negated: bool = False


def read_hits(words: Words, sentence: Sentence) -> list[Hit]:
    """The cues of one sentence with their sources, in order."""
    hits: list[Hit] = []
    lows = words.lows
    headline: bool | None = None
    label = _label(words, sentence)
    if label is not None:
        hits.append(label)
    for index in words.between(words.cues, sentence.first, sentence.stop):
        low = lows[index]
        if low == "according":
            hit = _according(words, index, sentence)
        else:
            # A capital makes "Will" or "Report" a name, except where every word has one.
            if words.words[index][0].isupper() and index > sentence.first:
                headline = is_headline(words, sentence) if headline is None else headline
                if not headline:
                    continue
            hit = _verb(words, index, sentence, hits)
        if hit is not None:
            hits.append(hit)
    return hits


def _label(words: Words, sentence: Sentence) -> Hit | None:
    """A name and a colon in front of what is said: "Jones: ..."."""
    limit = min(sentence.first + 6, sentence.stop - 1)
    for place in range(sentence.first, limit):
        word = words.words[place]
        if word == ":":
            bare = place == sentence.first or words.lows[place - 1] in LABELS or words.lows[sentence.first] in LABELS
            follow = words.words[place + 1]
            short = words.lows[place + 1] != QUOTE and sentence.stop - place < 4
            asked = words.lows[sentence.stop - 1] == "?"
            if (
                bare
                or short
                or asked
                or not (follow[0].isupper() or words.lows[place + 1] == QUOTE or follow in "\u2018'")
            ):
                return None
            return Hit((place, place + 1), (sentence.first, place), ":", frozenset({"say"}), "reported", "colon")
        if not word[0].isupper() or words.lows[place] in PRONOUNS:
            return None
    return None


def is_headline(words: Words, sentence: Sentence) -> bool:
    """Whether most words begin with a capital, as in a headline."""
    alphabetic = [word for word in words.words[sentence.first : sentence.stop] if word[0].isalpha()]
    if len(alphabetic) < 4 or len(alphabetic) > 30:
        return False
    return sum(word[0].isupper() for word in alphabetic) * 3 > len(alphabetic) * 2


def _according(words: Words, index: int, sentence: Sentence) -> Hit | None:
    if index + 2 >= sentence.stop or words.lows[index + 1] != "to":
        return None
    source = phrase_after(words, index + 2, sentence.stop)
    if source is None:
        return None
    return Hit((index, index + 2), source, "according to", frozenset({"say"}), "reported", "to")


def _group(words: Words, index: int, first: int) -> _Group | None:
    """The helpers before a verb; None where an infinitive or a noun stands there."""
    group = _Group(index)
    place = index - 1
    lows = words.lows
    while place >= first:
        low = lows[place]
        if low in AUXILIARIES:
            if low == "'s" and lows[place - 1] not in PRONOUNS | RELATIVES | {"there", "what"} and not group.be:
                break
            group.be |= low in BE
            if low == "having":
                return None
            group.have |= low in HAVE
            group.bare |= low in MODALS or low in DO
            group.negated |= low in {"not", "'t", "never"}
        elif low == "to":
            if place - 1 >= first and lows[place - 1] == "on" and lows[place - 2] in {"went", "goes", "going", "go"}:
                place -= 1
            elif place - 1 < first or lows[place - 1] not in RAISING:
                return None
            group.to = True
            place -= 1
        elif not is_adverb(words, place):
            break
        group.start = place
        place -= 1
    return group


def _verb(words: Words, index: int, sentence: Sentence, hits: list[Hit]) -> Hit | None:
    group = _group(words, index, sentence.first)
    if group is None:
        return None
    cue = CUES[words.lows[index]][0]
    end = index + 1
    if cue.particles:
        found = end < sentence.stop and words.lows[end] in cue.particles
        if not (found or cue.kinds or "*" in cue.particles):
            return None
        end += found
    if _is_act(words, end, group, cue, sentence):
        return None
    settled = _source(words, index, group, cue, sentence, hits)
    if settled is None:
        return None
    source, how = settled
    return Hit((group.start, end), source, cue.lemma, cue.kinds, cue.stance, how)


def _is_act(words: Words, end: int, group: _Group, cue: Cue, sentence: Sentence) -> bool:
    """Whether a verb tells of a deed: "tried to find a nurse", "went on a run"."""
    follow = words.lows[end] if end < sentence.stop else "."
    if cue.lemma == "find" and group.to:
        return follow not in {"that", "how", "why", "whether"}
    if cue.lemma == "go" and words.lows[end - 1] == "on":
        return follow not in {",", ":", ".", QUOTE}
    return False


def _source(
    words: Words, index: int, group: _Group, cue: Cue, sentence: Sentence, hits: list[Hit]
) -> tuple[Span, str] | None:
    """The source of a verb by its form, and how it stands to it."""
    forms, lows, spoken = cue.forms, words.lows, bool(cue.kinds & _SPOKEN)
    follow = lows[index + 1] if index + 1 < sentence.stop else ""
    if group.be:
        if forms & ING:
            return _before(words, group.start - 1, sentence, hits, spoken)
        return _by(words, index, sentence) if forms & PARTICIPLE else None
    if group.have and not group.to:
        return _before(words, group.start - 1, sentence, hits, spoken) if forms & PARTICIPLE else None
    if group.bare or group.to:
        return _before(words, group.start - 1, sentence, hits, spoken) if forms & BASE else None
    if follow == "by" and forms & PARTICIPLE:
        return _by(words, index, sentence)
    if forms == ING:
        return _participle(words, group.start, sentence, hits, spoken)
    if not forms & (PAST | PRESENT | BASE):
        return None
    left = group.start - 1
    if left >= sentence.first and lows[left] in DETERMINERS - DEMONSTRATIVES - {
        "all",
        "many",
        "most",
        "some",
        "that",
    }:
        return None
    if forms & (PAST | PRESENT) and ("say" in cue.kinds or cue.lemma in {"ask", "recall"}):
        after = _inverted(words, index, left, sentence)
        if after is not None:
            return after
    if left < sentence.first:
        return None
    if not forms & (PAST | PRESENT) and not _is_plural(words, left):
        people = _plural_head(words, left, sentence.first) if cue.lemma == "say" else None
        return (people, "before") if people else None
    return _before(words, left, sentence, hits, spoken)


def _is_plural(words: Words, last: int) -> bool:
    low = words.lows[last]
    if (
        low in {"i", "we", "you", "they", "who", "that", "which", "people", ")", ","}
        or low in DEMONSTRATIVES
        or low in GROUPS
    ):
        return True
    return low.endswith("s") and not low.endswith(("ss", "us", "is")) and low != "'s"


def _plural_head(words: Words, last: int, first: int) -> Span | None:
    """The people before "say" where a singular stands between: "friends of Mr Jones say"."""
    for place in range(last - 1, max(first, last - 12) - 1, -1):
        low = words.lows[place]
        if not low[0].isalnum() and low != "'s" or low == QUOTE:
            return None
        if words.lows[place + 1] in _TIES and (low in GROUPS or _is_plural(words, place)) and low not in PRONOUNS:
            phrase = phrase_before(words, place, first)
            return (phrase[0], last + 1) if phrase else None
    return None


def _before(words: Words, last: int, sentence: Sentence, hits: list[Hit], spoken: bool) -> tuple[Span, str] | None:
    if last < sentence.first:
        return None
    low = words.lows[last]
    if low in {"and", "but", "or"} or (low == "," and last - 1 >= sentence.first and hits):
        if low == ",":
            direct = subject_before(words, last, sentence.first)
            if direct is not None:
                return direct, "before"
        return _shared(words, last, sentence, hits, spoken)
    subject = subject_before(words, last, sentence.first)
    if subject is None:
        return None
    return subject, "before"


def _shared(words: Words, last: int, sentence: Sentence, hits: list[Hit], spoken: bool) -> tuple[Span, str] | None:
    """The subject of an earlier verb of the sentence, for "... and warned that".

    A verb of saying (``spoken``) shares it with one of its like, where the sentence has one.
    """
    earlier = [
        hit
        for hit in hits
        if hit.source is not None and hit.how in {"before", "shared", "after"} and hit.cue[1] <= last
    ]
    like = [hit for hit in earlier if hit.kinds & _SPOKEN] if spoken else []
    for hit in (*like[-1:], *earlier[-1:]):
        if hit.source is not None:
            return hit.source, "shared"
    main = main_subject(words, sentence, last)
    return (main, "shared") if main else None


def _by(words: Words, index: int, sentence: Sentence) -> tuple[Span, str] | None:
    for place in range(index + 1, min(index + 7, sentence.stop - 1)):
        if words.lows[place] == "by":
            source = phrase_after(words, place + 1, sentence.stop)
            return (source, "by") if source else None
        if words.lows[place] in {",", ".", ";", QUOTE}:
            break
    return None


def _participle(words: Words, start: int, sentence: Sentence, hits: list[Hit], spoken: bool) -> tuple[Span, str] | None:
    """Whose act a participle is: ", saying that" belongs to the sentence's subject."""
    lows = words.lows
    before = start - 1
    if before < sentence.first:
        place = start
        while place < sentence.stop and lows[place] != ",":
            place += 1
        after = phrase_after(words, place + 1, sentence.stop) if place + 1 < sentence.stop else None
        return (after, "shared") if after else None
    low = lows[before]
    if low in {",", "\u2014", "\u2013", "and", "while", "by", "or", QUOTE}:
        return _shared(words, before, sentence, hits, spoken)
    if low in PREPOSITIONS or low in DETERMINERS or low in POSSESSIVES or low == "'s":
        return None
    return _accompanied(words, before, sentence)


def _accompanied(words: Words, last: int, sentence: Sentence) -> tuple[Span, str] | None:
    """Whose act it is in ", with Jones noting that": the name or the definite phrase behind "with"."""
    for place in range(last - 1, max(sentence.first, last - 8) - 1, -1):
        low = words.lows[place]
        if low == "with":
            phrase = phrase_before(words, last, place + 1)
            return (phrase, "before") if phrase is not None and phrase[0] == place + 1 else None
        if not low[0].isalnum():
            break
    return None


def _inverted(words: Words, index: int, left: int, sentence: Sentence) -> tuple[Span, str] | None:
    """The subject in "...", said Jane Doe."""
    lows = words.lows
    if left >= sentence.first and lows[left] not in {QUOTE, ",", "\u2014"} or index + 1 >= sentence.stop:
        return None
    follow = lows[index + 1]
    quoted = left >= sentence.first and (lows[left] == QUOTE or lows[left - 1] == QUOTE)
    named = words.words[index + 1][0].isupper() or follow in DETERMINERS or follow in PRONOUNS
    if quoted:
        named |= follow in DEMONSTRATIVES or follow[0].isdigit() or CUES.get(lows[index], ())[0].lemma == "say"
    if not named or follow in DAYS or follow in {"that", "in", "on", "at", "to", "of", "as", "during"}:
        return None
    if follow in PRONOUNS and not (quoted and follow in {"he", "she", "i", "they", "we"}):
        return None
    source = phrase_after(words, index + 1, sentence.stop)
    if source is not None and not quoted:
        stop = words.lows[source[1]] if source[1] < sentence.stop else "."
        bare = all(word[0].isupper() for word in words.words[source[0] : source[1]])
        if left < sentence.first:
            return None
        if lows[left] == "," and CUES[lows[index]][0].lemma == "say" and _is_body(words, source):
            # "..., said the council in a statement."
            return source, "after"
        if not (bare or words.words[source[1] - 1][0].isupper()):
            return None
        if stop not in ({".", ","} if lows[left] == "," else {".", ",", "of", "in", "on", "at", "to", "\u2014"}):
            return None
        if not bare and stop != ".":
            return None
    return (source, "after") if source else None


def _is_body(words: Words, phrase: Span) -> bool:
    """Whether a phrase is a body or a post with its article: "the council", not "the prayer"."""
    text = words.text[words.starts[phrase[0]] : words.ends[phrase[1] - 1]]
    return words.lows[phrase[0]] == "the" and head_of(text) in ORGANISATION_NOUNS | ROLES
