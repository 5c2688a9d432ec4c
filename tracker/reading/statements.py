"""When a named party's reported words are a claim of their own: the kind ``statement``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tracker.reading.attribution import Attribution
from tracker.reading.english import any_of
from tracker.reading.grammar import mood
from tracker.reading.predicates import has_predicate, predicate_of
from tracker.reading.rhetoric import is_rhetoric

_NO_ONE = re.compile(r"(?:no one|nobody|none|neither)\b", re.IGNORECASE)
_NOT = re.compile(r"\b(?:not|never|no longer)\b|n['\u2019]t\b", re.IGNORECASE)
_FEWEST_WORDS = 4
QUOTED = re.compile(r"[\"\u201c]")
# What somebody calls for is an appeal, whoever reports it.
_DEMAND = re.compile(
    r"(?:call(?:s|ed|ing)? (?:for|on|upon)|urg|demand|ask(?:s|ed|ing)? (?!how|what|why|when|whether|if)"
    r"|recommend|plead(?:s|ed|ing)? (?:for|with)|appeal)",
    re.IGNORECASE,
)
_TASTE = re.compile(rf"\b(?:{any_of('taste', 'judging')}|too early|right thing)\b", re.IGNORECASE)
# "there's work to do", "it was “not my thing”": nothing that somebody else could check.
_IDLE = re.compile(
    r"there(?:['\u2019]s|\s+(?:is|are|was|were))\s+(?!(?:still |now |also )?(?:no|only|at least|more than|\d)\b)"
    r"|[^\"\u201c]{0,60}\b(?:is|are|was|were)\s+(?:an? |the |not )*[\"\u201c]",
    re.IGNORECASE,
)
# A question word or a preposition in front: a piece of a clause, not a clause.
_FRAGMENT = re.compile(
    r"(?:why|how|where|when|what|which|who|whether|with|before|after|for|to|from|by|about|in|on|of|than|not"
    r"|or)\b",
    re.IGNORECASE,
)
# What somebody says in quotation marks is mostly comment; under these words it is a claim.
_COMMITS = re.compile(
    r".*\b(?:admit|den(?:y|ied|ies)|confirm|reveal|announc|promis|pledg|accus|alleg|claim|conced|acknowledg"
    r"|vow|insist|disclos)",
    re.IGNORECASE,
)
# "called him a crook": a name given, no clause reported.
_NAMES_AS = re.compile(r".*\b(?:call|describ|label|brand|dubb|nam)", re.IGNORECASE)
_VAGUE = re.compile(
    r"(?:it|this|that|they|we|you|there|these|those|I|people|nobody|everyone|everybody)"
    r"(?:['\u2019](?:s|re|m)|\s+(?:is|are|am|was|were|has to|have to|do|don.t|does))\b",
    re.IGNORECASE,
)


def is_unsaid(text: str, attribution: Attribution) -> bool:
    """Whether the words are those that the source did not say: "did not say that …", "said no one"."""
    if attribution.source is not None and _NO_ONE.match(attribution.source):
        return True
    start, cue = attribution.source_end, attribution.cue_end
    if cue is None:
        return False
    begin = start if start is not None and start < cue else max(0, cue - 24)
    if _NOT.search(text, begin, cue) is not None:
        return True
    # "not Mr Brown, who said": whom the text rules out.
    source = attribution.source_start
    return source is not None and re.search(r"\bnot\s+(?:the\s+)?\Z", text[max(0, source - 10) : source]) is not None


# Where a second clause may begin.
_SECOND = re.compile(
    r";|,? (?:but|and|while|whereas|although|as|after|before|when|because|since|if)\s|, (?=\w+(?:ed|ing)\b)"
)
# "The shares added 2 %", "Acme offered £3m": acts as well as speech.
_ACTS_TOO = re.compile(r"\b(?:add|offer|continu|pointed|describ|refer)", re.IGNORECASE)


# "Thousands showed up to …", "they found out late": another verb than the one of telling.
_PARTICLE = re.compile(r"(?:up|off|down|away|out)\s(?!of\b)", re.IGNORECASE)


def tells_words(text: str, attribution: Attribution, figures: Sequence[tuple[int, int]]) -> bool:
    """Whether an attribution holds what somebody said: a clause, or a thing with a figure in it.

    "The scan revealed an inflammation", "they have complained about him", "she described a hostile office"
    are acts that the writer tells; their objects are no words of anybody's.
    """
    start, end = attribution.start, attribution.end
    if not attribution.direct and _PARTICLE.match(text, start, end):
        return False
    if attribution.direct or (attribution.manner == "speech" and QUOTED.search(text, start, end)):
        return True
    joint = _SECOND.search(text, start, end)
    if has_predicate(text, start, joint.start() if joint else end):
        return True
    acts = _ACTS_TOO.search(attribution.cue or "") is not None
    return not acts and any(start <= a < end for a, _ in figures)


def demands(text: str, attribution: Attribution) -> bool:
    """Whether the attribution reports what somebody calls for, which is no claim."""
    start, end = attribution.cue_start, attribution.cue_end
    return start is not None and end is not None and _DEMAND.search(text, start, end + 6) is not None


_PLAN = re.compile(r"(?<=\s)[A-Z][\w'\u2019-]+|\b(?:19|20)\d\d\b")
_VAGUE_SUBJECT = re.compile(r"(?:it|this|that|there|one)\b", re.IGNORECASE)


def _is_clause(text: str, start: int, end: int) -> bool:
    """Whether the words have a subject and its verb, not only a thing told ("denied the accusation, …")."""
    found = predicate_of(text, start, end)
    if found is None or "," in text[start : found.start] or is_rhetoric(found):
        return False
    return bool(found.subject) or QUOTED.search(text, start, end) is not None


def _is_plan(text: str, start: int, end: int) -> bool:
    """Whether what is to come, as a party tells it, could be checked: with a name or a year, and of somebody."""
    return _PLAN.search(text, start + 1, end) is not None and _VAGUE_SUBJECT.match(text, start, end) is None


def is_statement(text: str, span: tuple[int, int], sentence: tuple[int, int], told: Attribution) -> bool:
    """Whether the words at ``span``, reported of ``told``'s source in this sentence, are a claim.

    They are where the party is identified, its cue stands in this very sentence, and the words are
    a clause that somebody could check: no appeal, no opinion, no comment in quotation marks.
    """
    if told.source is None or not told.identified or told.source_kind == "document" or told.cue_start is None:
        return False
    if not sentence[0] <= told.cue_start < sentence[1] or _NAMES_AS.match(told.cue or ""):
        return False
    start, end = span
    how = mood(text, start, end)
    if len(text[start:end].split()) < _FEWEST_WORDS or not _is_clause(text, start, end):
        return False
    if how in {"appeal", "condition", "opinion"}:
        return False
    if how in {"future", "hypothetical"} and (told.direct or not _is_plan(text, start, end)):
        return False
    if _TASTE.search(text, start, end) or _FRAGMENT.match(text, start, end) or _IDLE.match(text, start, end):
        return False
    comment = _COMMITS.match(told.cue or "") is None or _VAGUE.match(text, start, end) is not None
    return not (told.direct and comment)
