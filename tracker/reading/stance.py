"""How a claim is meant: asserted, reported, hedged, denied or hypothetical."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tracker.reading.attribution import Attribution
from tracker.reading.candidates import Candidate
from tracker.reading.needles import gate_of, needles_of

# "It was untrue that Acme had been fined": so far before the clause the word may stand, in characters.
_BEFORE = 40
# "The figure of £1.2 million is wrong."
_CALLED_WRONG = re.compile(
    r"\b(?:is|was|are|were) (?:simply |just |completely |plainly |flatly |quite )?"
    r"(?:wrong|false|untrue|incorrect|not true|inaccurate|nonsense|mistaken)\b(?! to\b)",
    re.IGNORECASE,
)
_A_TELLING = re.compile(
    r"\b(?:figures?|numbers?|sums?|totals?|counts?|claims?|reports?|stor(?:y|ies)|allegations?|accusations?|statements?"
    r"|estimates?|suggestions?|rumou?rs?)\b|\b(?:it|this|that|what \w+ (?:said|says|claims?|claimed))\s+\Z",
    re.IGNORECASE,
)
# "Half say the claim is wrong", "two officials said it was untrue": an answer with its figure denies nothing of it.
_ANSWERS = re.compile(
    r"\b(?:say|said|says|think|thinks|thought|believed?|agreed?|felt|feel|told|answered|consider(?:ed)?|disagreed?)\b",
    re.IGNORECASE,
)
# Where the clause says that it was not so: "was not fined £5m", "escaped a fine", "the judge quashed it".
_NEGATED = re.compile(
    r"\b(?:was|were|is|are|has|have|had|did|does|do|been) (?:not|never)\b(?! only| just| least|\s+\S{1,20} but\b)"
    r"|\b(?:wasn|weren|isn|aren|hasn|haven|hadn|didn|doesn|don)['\u2019]t\b|\bnever (?:been )?\w+ed\b"
    r"|\b(?:escap|avoid|dodg|spar)(?:ed|es|ing)\b|\b(?:quash|overturn|rescind|annul)\w*\b|\b(?:cleared|acquitted) of\b"
    r"|^(?:no one|nobody|none|no \w+|neither \w+) (?:was|were|has|have|had)\b",
    re.IGNORECASE,
)
_NEGATED_NEEDLES, _CALLED_WRONG_NEEDLES = needles_of(_NEGATED), needles_of(_CALLED_WRONG)
# "Fined £5m for charging for prisoners who were not there": the negation tells of the prisoners.
_DESCRIBED = re.compile(r"\w\s+(?:who|which|that)\s+\Z", re.IGNORECASE)
# "The van, which it does not build itself, costs £9,000": what the relative clause denies, it denies to its own end.
_ASIDE = re.compile(r",\s+(?:\w+\s+of\s+)?(?:who|which|whose|whom|where)\b[^,]*\Z", re.IGNORECASE)
# "Because it had not trained its guards, the firm was fined": the main clause stands behind the comma.
_SUBORDINATE = re.compile(
    r"(?:because|although|though|while|whereas|as|since|after|when|once|until|unless|if)\s+\Z", re.IGNORECASE
)
_QUOTED = re.compile('["\u201c][^"\u201c\u201d]*(?:["\u201d]|\\Z)')
# "It is not true, as is said online, that": what is called untrue may stand before the clause, and within it.
_UNTRUE_AS = re.compile(
    r"\b(?:untrue|false|wrong|not true|not the case|a lie|incorrect),? as [^.;,]{3,60}, that\s", re.IGNORECASE
)
# What a negation turned in a figure is told by it: "has never sold more than 90" asserts 90 at most.
_TURNED = {
    "<=": re.compile(
        r"\b(?:\w+er than|more than|over|above|beyond|exceed\w*|topp?\w*|surpass\w*|pass\w* the)\b", re.IGNORECASE
    ),
    ">=": re.compile(r"\b(?:less than|fewer than|\w+er than|under|below)\b", re.IGNORECASE),
}
# So far before its figure a comparator may begin, in characters.
_COMPARED = 30
_UNTRUE = re.compile(
    r"\b(?:untrue|false|wrong|not true|not the case|a lie|incorrect) (?:to say )?that\s+(?:\w+\s+)?\Z", re.IGNORECASE
)


def stance_of(
    text: str, candidate: Candidate, sentence_start: int, told_by: Sequence[Attribution], *, absence: bool
) -> str:
    """The stance of a candidate that ``told_by`` tell, the outermost first.

    ``absence``: its kind often says that something is not so, and a negation there denies nothing.
    """
    words = text[candidate.start : candidate.end]
    gate = gate_of(text, candidate.start, candidate.end)
    if any(a.stance == "denied" for a in told_by) or (
        gate.opens(_CALLED_WRONG_NEEDLES) and _is_called_wrong(words, _first_figure(words, candidate))
    ):
        return "denied"
    before = text[max(sentence_start, candidate.start - _BEFORE) : candidate.start]
    negated = _is_negated(text, words, candidate) and not _is_in_figure(text, candidate)
    if not absence and (negated or _UNTRUE.search(before) or _UNTRUE_AS.search(before + words)):
        return "denied"
    if candidate.mood == "hypothetical":
        return "hypothetical"
    if candidate.mood == "hedged" or any(a.stance == "hedged" for a in told_by):
        return "hedged"
    if any(a.source_kind != "document" and not a.direct for a in told_by):
        return "reported"
    return "asserted"


def _first_figure(words: str, candidate: Candidate) -> int:
    """Where the clause's first figure begins, from its start; behind its end where it has none."""
    return min((figure.start for figure in candidate.figures), default=len(words) + candidate.start) - candidate.start


def _is_called_wrong(words: str, figure: int) -> bool:
    """Whether something told is called wrong; "412 records were false" tells how the records were.

    "51 per cent say that the report is wrong" tells what they answered.
    """
    called = _CALLED_WRONG.search(words)
    if called is None or _ANSWERS.search(words, min(figure, called.start()), called.start()):
        return False
    return not _is_quoted(words, called.start(), figure) and _A_TELLING.search(words, 0, called.start()) is not None


def _is_quoted(words: str, place: int, figure: int) -> bool:
    """Whether a place lies in a quotation within the clause that does not hold its figure."""
    for quotation in _QUOTED.finditer(words):
        if quotation.start() < place < quotation.end():
            return not quotation.start() < figure < quotation.end()
    return False


def _is_negated(text: str, words: str, candidate: Candidate) -> bool:
    """Whether the clause says that it was not so: its figure, if it has one, stands behind the negation.

    "Was not fined £5m" denies the £5m; "412 of them had not been carried out" and "was fined £5m for people
    who were not there" assert their figures.
    """
    first = _first_figure(words, candidate)
    if not gate_of(text, candidate.start, candidate.end).opens(_NEGATED_NEEDLES):
        return False
    for match in _NEGATED.finditer(words, 0):
        if match.start() >= first:
            return False
        described = _DESCRIBED.search(words, 0, match.start())
        if (described is None or described.start() >= first) and not _is_beside(text, words, candidate, match, first):
            return True
    return False


def _is_beside(text: str, words: str, candidate: Candidate, negation: re.Match[str], first: int) -> bool:
    """Whether a negation is of an aside, of a clause in front of the main one or of somebody's quoted words."""
    if _is_quoted(words, negation.start(), first):
        return True
    comma = words.find(",", negation.end(), min(first, len(words)))
    if comma == -1:
        return False
    if _ASIDE.search(words, 0, negation.start()):
        return True
    before = text[max(0, candidate.start - _BEFORE) : candidate.start]
    opening = words[: negation.start()]
    subordinate = _SUBORDINATE.search(before) or _SUBORDINATE.fullmatch(opening.split(" ")[0] + " ")
    return subordinate is not None and "," not in opening


def _is_in_figure(text: str, candidate: Candidate) -> bool:
    """Whether a figure of the clause carries its negation, so that the clause as a whole is asserted."""
    for figure in candidate.figures:
        turned = _TURNED.get(figure.comparator)
        if turned and turned.search(text, max(candidate.start, figure.start - _COMPARED), figure.start):
            return True
    return False
