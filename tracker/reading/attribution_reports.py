"""What an attribution's content is, and whether its source states it: a clause, a thing, or nothing said."""

from __future__ import annotations

from tracker.reading.attribution_clauses import Hit
from tracker.reading.attribution_phrases import AUXILIARIES, MODALS, PRONOUNS, Span
from tracker.reading.attribution_sources import Source
from tracker.reading.attribution_text import QUOTE, Words
from tracker.reading.cues import CUES, PAST, PRESENT
from tracker.reading.english import words_of

_NOT = frozenset({"not", "'t", "never", "neither", "nor", "cannot", "can't"})
_NOBODY = frozenset({"no", "nobody", "none", "neither", "few"})
# Before the infinitive of a cue: what was tried, wanted or feared was not yet said.
_UNDONE = frozenset(
    ["tried", "tries", "trying", "failed", "fails", "need", "needs", "needed", "hoping", "ready", "likely"]
    + ["expected", "set", "able", "eager", "keen", "started"]
)
# Verbs that commit to what their infinitive says: "promised to build 300 homes".
_COMMITS = frozenset({"promise", "pledge", "vow", "threaten", "offer", "agree", "claim", "profess", "swear"})
_DEEDS = frozenset({"say", "tell", "tell_of"})
_TELLING = _DEEDS | {"show"}
_CLAUSAL = frozenset({"say", "tell", "show"})
# "Called her a crook" gives a name and reports no clause.
_NAMES = frozenset(
    ["call", "describe", "dub", "label", "name", "characterise", "characterize", "depict", "portray", "invite"]
    + ["nominate", "quote", "list", "mention", "thank", "praise"]
)
_WHETHER = frozenset({"whether", "if"})
_FINITE = (AUXILIARIES - {"not", "'t", "having", "be", "been", "being", "'s"}) | {"'s"}
_VERBS = words_of("irregular_past") | words_of("present")
_FINITE_OR_PAST = _FINITE | _VERBS
_NO_VERBS = words_of("not_past")
# A finite verb is looked for in so many words.
_REACH = 40


def negates(words: Words, hit: Hit) -> bool:
    """Whether the cue is denied ("did not say", "never claimed") or its source is nobody ("no official")."""
    if hit.source is None:
        return False
    source = words.lows[hit.source[0]]
    if source in _NOBODY and not (source == "few" and hit.source[1] - hit.source[0] > 3):
        return True
    begin = min(hit.source[1], hit.cue[0]) if hit.how == "before" else hit.cue[0]
    return any(low in _NOT for low in words.lows[begin : hit.cue[1]])


def is_undone(words: Words, hit: Hit) -> bool:
    """Whether the cue is only tried, wanted or possible: "tried to argue", "could say"."""
    helpers = words.lows[hit.cue[0] : hit.cue[1]]
    if any(low in MODALS for low in helpers):
        return True
    if "to" not in helpers:
        return False
    return any(low in _UNDONE for low in helpers)


def form_of(words: Words, content: Span) -> str:
    """What a content is: quotation, clause, phrase or, where it holds no word, none."""
    first, stop = content
    if first >= stop:
        return "none"
    if words.lows[first] == QUOTE and stop - first == 1:
        return "quotation"
    return "clause" if _has_verb(words, first, stop) else "phrase"


def _has_verb(words: Words, first: int, stop: int) -> bool:
    lows = words.lows
    for place in range(first + (lows[first] != QUOTE), min(stop, first + _REACH)):
        low = lows[place]
        if low == QUOTE:
            if _has_verb_inside(words, place):
                return True
        elif low in _FINITE:
            if low != "'s" or lows[place - 1] in PRONOUNS | {"there", "that", "what"}:
                return True
        elif low in _VERBS or (low.endswith("ed") and len(low) > 4 and low not in _NO_VERBS):
            if words.words[place][0].islower() and lows[place - 1] not in {"to", "the", "a", "an"}:
                return True
        elif lows[place - 1] in PRONOUNS and any(cue.forms & (PAST | PRESENT) for cue in CUES.get(low, ())):
            return True
    return False


def _has_verb_inside(words: Words, place: int) -> bool:
    inner = words.text[words.starts[place] + 1 : min(words.ends[place], words.starts[place] + 8 * _REACH)]
    return any(word.strip(".,!?") in _FINITE_OR_PAST for word in inner.lower().split())


def reports(words: Words, hit: Hit, content: Span, form: str, source: Source) -> bool:
    """Whether the source states the content: said, not merely tried, asked for, judged or left unsaid."""
    if form == "none" or not _can_tell(words, hit, source) or negates(words, hit) or is_undone(words, hit):
        return False
    if hit.how in {"to", "colon"} or not hit.kinds:
        return True
    if not (hit.kinds & _TELLING or hit.lemma in _COMMITS) or hit.lemma in _NAMES:
        return False
    if form == "quotation":
        return True
    first = words.lows[content[0]]
    if first == "to":
        follow = words.lows[content[0] + 1] if content[0] + 1 < content[1] else ""
        return hit.lemma in _COMMITS and follow.isalpha() and follow not in {"a", "an", "the", "this", "that"}
    if form == "clause":
        clausal = bool(hit.kinds & _CLAUSAL) or "that" in words.lows[hit.cue[0] : content[0]]
        return clausal and first not in _WHETHER
    span = words.lows[content[0] : content[1]]
    return any(low[0].isdigit() for low in span) or any(low.endswith("ing") and len(low) > 4 for low in span[:6])


def _can_tell(words: Words, hit: Hit, source: Source) -> bool:
    """Whether the source is somebody, or a paper or a figure under a verb of showing: no case, no thing."""
    if hit.source is not None and hit.source[0] and words.lows[hit.source[0] - 1] in _WHETHER:
        return False
    if source.kind is not None or source.identified or source.resolved:
        return True
    if hit.source is None or hit.kinds and not hit.kinds & _DEEDS:
        return False
    return words.lows[hit.source[0]] in PRONOUNS | {"the"} or words.lows[hit.source[1] - 1] == "who"


def stance_of(words: Words, hit: Hit) -> str:
    """The stance that the cue gives, unless it is itself denied: "did not deny" denies nothing."""
    if hit.stance == "reported" or not negates(words, hit) or "think" in hit.kinds:
        return hit.stance
    return "reported" if hit.stance == "denied" else "hedged"
