"""The core of a clause that tells an event: what is claimed, without what is laid over it from outside.

A second fact behind the first ("…, who left in May", "… after the board sold the mill") is a claim of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tracker.reading.grammar import finite_verb
from tracker.reading.predicates import predicate_of

_FEWEST_WORDS = 4
# A clause of time or reason of so many words, behind a main clause of as many, is told for itself.
_OWN_FACT = 5
# What is laid over a clause from outside: ", one of many …", " — places like …", "Featuring …, ".
_TAIL = re.compile(
    r"\s[\u2013\u2014-]{1,2}\s|\u2014|,\s+(?=(?:one|some|two|many|most) of\b|the (?:same|first|latest|only|largest)\b"
    r"|(?:indicating|making|marking|noting|adding|pushing|leaving|suggesting|meaning|according|including)\b)|:\s"
    r"|\s\((?=[^()]*\)?\Z)"
)
_LEAD = re.compile(
    r"(?:\w+ing|having|with|despite|given|amid|unlike|like|although|though|even though|while|whereas|long|once)\b",
    re.IGNORECASE,
)
# ", a committee that advises …": an apposition with a clause in it.
_APPOSITION = re.compile(r",\s+(?=(?:an?|the)\s[^,]*\s(?:that|which|who|whom|whose|where)\s)", re.IGNORECASE)
# ", joining after years at …": as long as the clause it follows.
_PARTICIPLE = re.compile(r",\s+(?=\w{2,}ing\s)")
_SECOND = re.compile(
    r",\s+(?:where|which|who)\s+|,?\s+(?:(?:shortly|soon|just|right|ever|even|\w+ (?:hours|days|weeks|months|years)) )?"
    r"(?:after|when|before|since|until|once|while|as|because|although|though)\s+",
    re.IGNORECASE,
)


def core_of(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """The clause without an opening participle and without what is added behind a dash, colon or comma."""
    start, end = span
    found = predicate_of(text, start, end)
    if found is None:
        return span
    for pattern in (_TAIL, _APPOSITION):
        tail = pattern.search(text, found.end, end)
        if tail is not None and len(text[start : tail.start()].split()) >= _FEWEST_WORDS:
            end = tail.start()
    tail = _PARTICIPLE.search(text, found.end, end)
    if tail is not None and _FEWEST_WORDS <= len(text[start : tail.start()].split()) < len(
        text[tail.end() : end].split()
    ):
        end = tail.start()
    comma = text.find(", ", start, found.start)
    if comma != -1 and _LEAD.match(text, start, comma) and found.subject and found.subject in text[comma:end]:
        start = comma + 2
    return start, end


def around(text: str, span: tuple[int, int], figures: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The core of a clause with figures, where they all stand in it, else the whole clause."""
    start, end = core_of(text, span)
    joint = second_fact(text, (start, end))
    if joint is not None and all(b <= joint[0] for _, b in figures):
        end = joint[0]
    if all(start <= a and b <= end for a, b in figures):
        return start, end
    return span


def second_fact(text: str, span: tuple[int, int]) -> tuple[int, int] | None:
    """Where a subordinate clause with a subject and verb of its own stands: from its joint to the clause's end.

    None where it is short or the main clause is: then it belongs to what is claimed. Linear in the clause.
    """
    start, end = span
    main = predicate_of(text, start, end)
    if main is None:
        return None
    for joint in _SECOND.finditer(text, main.end, end):
        before, after = text[start : joint.start()].split(), text[joint.end() : end].split()
        if len(before) < _OWN_FACT or len(after) < _FEWEST_WORDS:
            continue
        found = predicate_of(text, joint.end(), end)
        if found is None or not found.subject or finite_verb(text, joint.end(), found.start):
            continue
        if "," not in text[joint.end() : found.start]:
            return joint.span()
    return None
