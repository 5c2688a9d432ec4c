"""Splits a sentence into clauses: one predicate each, which is what a claim quotes.

"They were convicted of fraud and fined £23 million" is two; "fined between £2m and £3m" is one.
A subordinate clause of time, purpose or reason stays with its main clause here; where it tells a fact
of its own, ``cores`` makes that a second claim.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate

from tracker.reading.english import any_of
from tracker.reading.grammar import ADVERB, AUXILIARY, DETERMINER, FINITE_WORD, PRONOUN, finite_verb, next_verb
from tracker.reading.predicates import predicate_of
from tracker.reading.text import trim

# Bounded, for a run of blanks would be walked again from each of them. What none begins with is passed over at once.
_JOINT = re.compile(
    r"(?=[;:,\s\u2014])(?:"
    r"[;:]\s+|\s{1,20}[\u2013\u2014]\s+|\u2014|\s-{1,2}\s|,?\s{1,20}(?:and|but|yet|while|whereas"
    r"|although|though|however|so|or)\s+(?:that\s+(?=(?:the|an?|its?|they|he|she|their|his|her|over|more|about|no)\s"
    r"|[\d\u00a3$\u20ac]))?"
    r"|,\s+(?:(?:which|who|since|because|as)\s+)?)",
    re.IGNORECASE,
)
_ADVERBS = re.compile(rf"(?:{ADVERB}\s+){{1,2}}", re.IGNORECASE)
_AUXILIARY_FIRST = re.compile(rf"(?:{ADVERB}\s+){{0,2}}{AUXILIARY}(?![\w-])", re.IGNORECASE)
# "bought the mill, sold its land, and moved": acts in a row, the last behind "and".
_PAST_FIRST = re.compile(
    rf"(?:{ADVERB}\s+)?(?:(?!{any_of('not_past')}\b)\w{{2,}}ed|{any_of('irregular_past')})\s+(?!by\b)", re.IGNORECASE
)
# "…, which holds the first vote, he would need …": the main clause goes on.
_WHICH_FIRST = re.compile(r"(?:which|who)\b", re.IGNORECASE)
_PRONOUN_VERB = re.compile(rf"(?:he|she|it|they|we|I)\s+{FINITE_WORD}(?![\w-])", re.IGNORECASE)
_LISTED = re.compile(rf"\band\s+(?:{ADVERB}\s+)?{FINITE_WORD}(?![\w-])", re.IGNORECASE)
_PAST_LAST = re.compile(
    rf"(?:\b(?:was|were|been) )?\b(\w+ed|{any_of('irregular_past', 'participle')})\Z", re.IGNORECASE
)
_INTRANSITIVE = re.compile(rf"{any_of('intransitive')}\Z", re.IGNORECASE)
# "and output reached 50 tons": a verb with what it takes, not a participle behind its noun.
_TAKES_OBJECT = re.compile(rf"\s+(?:\d|[$\u00a3\u20ac]|{DETERMINER}\b)", re.IGNORECASE)
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
    r"|(?:it|this|that|the (?:news|move|incident|decision|announcement|warning|row))"
    r" (?:comes?|came|follows|followed|began|happened|occurred)"
    r" (?:just )?(?:(?:a|two|three|several|\d+) )?(?:(?:days?|weeks?|months?|hours?) )?(?:as|when|after)\s+"
    r"|the (?:[\w-]+ ){0,2}(?:court|jury|inquiry|inquest|tribunal|hearing|committee)"
    r" (?:has )?(?:heard|was told|been told) that\s+"
    r"|(?:(?:what|all) (?:i|we) can (?:tell|say)(?: you)? is|the (?:fact|truth|thing|point) is)(?: that|,)?\s+",
    re.IGNORECASE,
)
# "FENMOOR, 3 May 2021 \u2013 The council \u2026": where and when it was written; "Then: \u2026", "Here is an
# example: \u2026".
_PLACE = r"(?:[A-Z][\w.'\u2019]{1,20}[ ]?){1,3}(?:,[ ][A-Z][\w.]{1,20}(?:[ ][A-Z][\w.]{1,20}){0,2}){0,2}"
_DAY = r"(?:,[ ](?:\w{3,9}[ ]\d{1,2}|\d{1,2}[ ]\w{3,9}),?[ ]\d{4})?"
_DATELINE = re.compile(rf"{_PLACE}{_DAY}[ ](?:\([A-Z][\w ]{{1,20}}\)[ ])?[\u2013\u2014-]{{1,2}}[ ](?=[A-Z])")
_LABEL = re.compile(
    r"(?:(?:first|second|third|then|next|now|finally|reminder|remember|fact|p\.?s|update|breaking|result)[.:]\s+"
    r"|here(?:['\u2019]s|\s+is|\s+are)\b[^.;:]{0,60}:\s+)(?=[^\W_])",
    re.IGNORECASE,
)
_STOP = re.compile(r",(?!\d)|[;:]")
_RELATIVE = re.compile(r"\b(?:that|which|who|whose)\b", re.IGNORECASE)
_REACH = 70
# Behind a joint that only parts clauses, never halves of one subject, the verb may stand further off.
_FAR_REACH = 120
_PARTS_CLAUSES = frozenset({"but", "while", "whereas", "although", "though", "however"})
_SURE_VERB = re.compile(rf"(?:{AUXILIARY}|{any_of('irregular_past')}|remains?|continues?)\Z", re.IGNORECASE)


def split_clauses(text: str, start: int, end: int, keep: Sequence[tuple[int, int]] = ()) -> tuple[tuple[int, int], ...]:
    """The spans of the clauses in ``text[start:end]``, trimmed, in order.

    ``keep`` are spans (figures, quotations) that are never cut.
    """
    spans: list[tuple[int, int]] = []
    sentence = _Sentence(text, start, end)
    kept = sorted(keep)
    ends = list(accumulate((last for _, last in kept), max))
    begin = start
    for joint in _JOINT.finditer(text, start, end):
        if joint.start() <= begin or _cuts(kept, ends, joint):
            continue
        if _parts(sentence, begin, joint):
            # "which" and "who" carry their clause; and, but, while do not.
            relative = joint.group().strip(" ,").lower() in {"which", "who"}
            spans.append((begin, joint.start()))
            begin = joint.start() + (joint.group().lower().find("wh") if relative else len(joint.group()))
    spans.append((begin, end))
    trimmed = (_trimmed(text, a, b) for a, b in spans)
    return tuple(span for span in trimmed if span[0] < span[1])


def starts_with_verb(text: str, clause: tuple[int, int]) -> bool:
    """Whether the clause shares the subject of the one before it: "fined £23 million"."""
    return _verb_first(text, *clause)


def _verb_first(text: str, start: int, end: int) -> bool:
    """Whether a finite verb begins the words, behind two adverbs at most."""
    found = finite_verb(text, start, end)
    return found is not None and (found.start() == start or _ADVERBS.fullmatch(text, start, found.start()) is not None)


def _cuts(kept: Sequence[tuple[int, int]], ends: Sequence[int], joint: re.Match[str]) -> bool:
    """Whether a joint lies in one of the spans, given in order with the furthest end up to each."""
    before = bisect_left(kept, (joint.end(),))
    return before > 0 and ends[before - 1] > joint.start()


class _Sentence:
    """A sentence asked at every joint for its verbs; its commas before verbs are looked for once."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text, self.start, self.end = text, start, end

    @cached_property
    def _last_comma(self) -> int:
        """The last comma behind which a verb begins, -1 without one."""
        comma = self.text.rfind(", ", self.start, self.end)
        while comma != -1 and not _verb_first(self.text, comma + 2, self.end):
            comma = self.text.rfind(", ", self.start, comma)
        return comma

    def verb(self, start: int, end: int) -> tuple[int, int] | None:
        """The first finite verb that lies in ``[start, end)``."""
        found = finite_verb(self.text, start, self.end) if end >= self.end else next_verb(self.text, start)
        return found.span() if found is not None and found.end() <= end else None

    def interrupted(self, after: int) -> bool:
        """A relative clause that ends before the sentence does: ", which employs 9,000, was fined"."""
        return self._last_comma >= after


def _parts(sentence: _Sentence, begin: int, joint: re.Match[str]) -> bool:
    """Whether a new predicate begins behind this joint."""
    text, end = sentence.text, sentence.end
    if sentence.verb(begin, joint.start()) is None:
        return False
    # "… and that the firm was fined": the second of two things said.
    word = joint.group().strip(" ,\t\n\u00a0").lower().removesuffix("that").rstrip()
    after = joint.end()
    if word in {";", ":"}:
        return sentence.verb(after, end) is not None
    if word in {"which", "who"}:
        return sentence.verb(after, after + _REACH) is not None and not sentence.interrupted(after)
    if word == "":
        # A bare comma parts predicates where an auxiliary follows, "have no idea, are paid", or in a list of acts.
        if _PAST_FIRST.match(text, after, end) and _LISTED.search(text, after, end):
            left = predicate_of(text, begin, joint.start())
            return left is not None and bool(left.subject) and "," not in text[left.end : joint.start()]
        if _WHICH_FIRST.match(text, begin) and _PRONOUN_VERB.match(text, after, end):
            return True
        return _AUXILIARY_FIRST.match(text, after, end) is not None and not _interrupts(sentence, begin, joint.start())
    if word in {"while", "whereas", "although", "though", "since", "because", "as"} or set(word) <= set(
        "\u2013\u2014-"
    ):
        return sentence.verb(after, after + _REACH) is not None
    if _shares_object(sentence, begin, joint):
        return False
    adverbial = _ADVERBIAL.match(text, after, end)
    after = adverbial.end() if adverbial else after
    if _verb_first(text, after, end):
        return True
    if word == "or":
        return False
    if _SUBJECT_FIRST.match(text, after, end) or _NAME_FIRST.match(text, after, end):
        return _own_verb(sentence, begin, joint.start(), after, _FAR_REACH if word in _PARTS_CLAUSES else _REACH)
    # "and staff were told": a bare plural subject, its verb close behind.
    verb = sentence.verb(after, after + 40)
    if verb is None:
        return False
    sure = _SURE_VERB.match(text, *verb) is not None
    past = text[verb[0] : verb[1]].endswith("ed")
    if not sure and not (past and (joint.group()[0] == "," or _TAKES_OBJECT.match(text, verb[1], end))):
        return False
    return _own_verb(sentence, begin, joint.start(), after)


def _shares_object(sentence: _Sentence, begin: int, joint: re.Match[str]) -> bool:
    """Whether two verbs side by side have one object, or one subject that suffered both: "hit and sank the boat"."""
    # It ends at the joint and holds at most one blank: nothing before the last but one can begin it.
    blank = sentence.text.rfind(" ", begin, joint.start())
    blank = sentence.text.rfind(" ", begin, blank) if blank != -1 else -1
    left = _PAST_LAST.search(sentence.text, max(begin, blank), joint.start())
    if left is None or joint.group().strip().lower() not in {"and", "or"}:
        return False
    alone = _INTRANSITIVE.match(left.group(1)) is not None and not left.group().lower().startswith(("was", "were"))
    return not alone and _PAST_FIRST.match(sentence.text, joint.end(), sentence.end) is not None


def _own_verb(sentence: _Sentence, begin: int, joint: int, after: int, reach: int = _REACH) -> bool:
    """A subject and its verb behind the joint, not a second half of one subject or object."""
    found = predicate_of(sentence.text, after, min(sentence.end, after + reach))
    verb = (found.start, found.end) if found else None
    if verb is None or _STOP.search(sentence.text, after, verb[0]):
        return False
    # "the chief executive and the board agreed": before the joint only the subject's first half.
    if _RELATIVE.search(sentence.text, after, verb[0]):
        return False
    left = sentence.verb(begin, joint)
    return left is not None and left[1] < joint


def _interrupts(sentence: _Sentence, begin: int, joint: int) -> bool:
    """Whether the comma closes an apposition or relative clause of the subject before its verb."""
    comma = sentence.text.rfind(", ", begin, joint)
    return comma != -1 and sentence.verb(begin, comma) is None


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    start, end = trim(text, start, end, " \t\r\n\u00a0,;:-\u2013\u2014")
    lead = _LEAD.match(text, start, end)
    if lead is not None and lead.end() < end:
        start = lead.end()
    label = _DATELINE.match(text, start, end) or _LABEL.match(text, start, end)
    start = label.end() if label is not None else start
    introduction = _INTRODUCTION.match(text, start, end)
    if introduction is not None and introduction.end() < end:
        start = introduction.end()
    return start, end
