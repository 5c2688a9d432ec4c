"""Splits a sentence into clauses: one predicate each, which is what a claim quotes.

"They were convicted of fraud and fined £23 million" is two; "fined between £2m and £3m" is one.
A subordinate clause of time, purpose or reason stays with its main clause: it is part of what is
claimed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tracker.reading.grammar import ADVERB, AUXILIARY, DETERMINER, FINITE, FINITE_WORD, PRONOUN
from tracker.reading.text import trim

_JOINT = re.compile(
    r";\s+|\s+[\u2013\u2014]\s+|\u2014|\s-{1,2}\s|,?\s+(?:and|but|yet|while|whereas|although|though|so|or)\s+"
    r"|,\s+(?:(?:which|who|since|because|as)\s+)?",
    re.IGNORECASE,
)
_VERB_FIRST = re.compile(rf"(?:{ADVERB}\s+){{0,2}}{FINITE_WORD}(?![\w-])", re.IGNORECASE)
_AUXILIARY_FIRST = re.compile(rf"(?:{ADVERB}\s+){{0,2}}{AUXILIARY}(?![\w-])", re.IGNORECASE)
_SUBJECT_FIRST = re.compile(rf"(?:{PRONOUN}|{DETERMINER})\b", re.IGNORECASE)
_NAME_FIRST = re.compile(r"[\"'\u2018\u201c]?[A-Z0-9\u00a3$\u20ac]")
# A list's past participles and adjectives are no predicates: "redacted and unpublished pages".
_LEAD = re.compile(
    r"(?:(?:and|but|so|yet|or|also|meanwhile|however|moreover|furthermore|indeed|in fact|in addition|plus|because)"
    r"\b,?\s+)+",
    re.IGNORECASE,
)
# "and right now, councils are …": the adverbial before the new subject.
_ADVERBIAL = re.compile(
    r"(?:right now|now|today|yesterday|since then|so far|then|later|last \w+|this \w+|in \w+(?: \d{4})?"
    r"|meanwhile),?\s+",
    re.IGNORECASE,
)
# What only introduces what is said: "what I can tell you is that …", "the fact is, …".
_INTRODUCTION = re.compile(
    r"(?:well|look|yes|no|now|so|you know|i mean|to be fair|of course|as you know|as i said|i should say|frankly"
    r"|honestly),\s+"
    r"|(?:(?:what|all) (?:i|we) can (?:tell|say)(?: you)? is|the (?:fact|truth|thing|point) is)(?: that|,)?\s+",
    re.IGNORECASE,
)
_REACH = 70


def split_clauses(text: str, start: int, end: int, keep: Sequence[tuple[int, int]] = ()) -> tuple[tuple[int, int], ...]:
    """The spans of the clauses in ``text[start:end]``, trimmed, in order.

    ``keep`` are spans (figures, quotations) that are never cut.
    """
    spans: list[tuple[int, int]] = []
    begin = start
    for joint in _JOINT.finditer(text, start, end):
        if joint.start() <= begin or any(a < joint.end() and joint.start() < b for a, b in keep):
            continue
        if _parts(text, begin, joint, end):
            # "which" and "who" carry their clause; and, but, while do not.
            relative = joint.group().strip(" ,").lower() in {"which", "who"}
            spans.append((begin, joint.start()))
            begin = joint.start() + (joint.group().lower().find("wh") if relative else len(joint.group()))
    spans.append((begin, end))
    trimmed = (_trimmed(text, a, b) for a, b in spans)
    return tuple(span for span in trimmed if span[0] < span[1])


def starts_with_verb(text: str, clause: tuple[int, int]) -> bool:
    """Whether the clause shares the subject of the one before it: "fined £23 million"."""
    return _VERB_FIRST.match(text, *clause) is not None


def _parts(text: str, begin: int, joint: re.Match[str], end: int) -> bool:
    """Whether a new predicate begins behind this joint."""
    if FINITE.search(text, begin, joint.start()) is None:
        return False
    word = joint.group().strip(" ,\t\n\u00a0").lower()
    after = joint.end()
    if word == ";":
        return FINITE.search(text, after, end) is not None
    if word in {"which", "who"}:
        return FINITE.search(text, after, min(end, after + _REACH)) is not None and not _interrupted(text, after, end)
    if word == "":
        # A bare comma parts predicates only where an auxiliary follows: "have no idea, are paid".
        return _AUXILIARY_FIRST.match(text, after, end) is not None and not _interrupts(text, begin, joint.start())
    if word in {"while", "whereas", "although", "though", "since", "because", "as"} or set(word) <= set(
        "\u2013\u2014-"
    ):
        return FINITE.search(text, after, min(end, after + _REACH)) is not None
    adverbial = _ADVERBIAL.match(text, after, end)
    after = adverbial.end() if adverbial else after
    if _VERB_FIRST.match(text, after, end):
        return True
    if word == "or":
        return False
    if _SUBJECT_FIRST.match(text, after, end) or _NAME_FIRST.match(text, after, end):
        return _own_verb(text, begin, joint.start(), after, end)
    # "and staff were told": a bare plural subject, its verb close behind.
    verb = FINITE.search(text, after, min(end, after + 40))
    if verb is None or re.match(rf"{AUXILIARY}\Z", verb.group(), re.IGNORECASE) is None:
        return False
    return _own_verb(text, begin, joint.start(), after, end)


def _own_verb(text: str, begin: int, joint: int, after: int, end: int) -> bool:
    """A subject and its verb behind the joint, not a second half of one subject or object."""
    verb = FINITE.search(text, after, min(end, after + _REACH))
    if verb is None or re.search(r"[,;:]", text[after : verb.start()]):
        return False
    # "the chief executive and the board agreed": before the joint only the subject's first half.
    if re.search(r"\b(?:that|which|who|whose)\b", text[after : verb.start()], re.IGNORECASE):
        return False
    left = FINITE.search(text, begin, joint)
    return left is not None and left.end() < joint


def _interrupted(text: str, after: int, end: int) -> bool:
    """A relative clause that ends before the sentence does: ", which employs 9,000, was fined"."""
    comma = text.find(", ", after, end)
    while comma != -1:
        if _VERB_FIRST.match(text, comma + 2, end):
            return True
        comma = text.find(", ", comma + 2, end)
    return False


def _interrupts(text: str, begin: int, joint: int) -> bool:
    """Whether the comma closes an apposition or relative clause of the subject before its verb."""
    comma = text.rfind(", ", begin, joint)
    return comma != -1 and (FINITE.search(text, begin, comma) is None)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    start, end = trim(text, start, end, " \t\r\n\u00a0,;:-\u2013\u2014")
    lead = _LEAD.match(text, start, end)
    if lead is not None and lead.end() < end:
        start = lead.end()
    introduction = _INTRODUCTION.match(text, start, end)
    if introduction is not None and introduction.end() < end:
        start = introduction.end()
    return start, end
