"""Cuts a sentence into regions by who is speaking: each region's words are one teller's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tracker.reading.attribution import Attribution
from tracker.reading.english import words_of
from tracker.reading.grammar import has_finite_verb
from tracker.reading.predicates import predicate_of

# A source of more words than this is half a sentence.
_LONGEST_NAME = 12
# So many characters between a source and its cue may tell of an act.
_AN_ACT = 24
_ASIDE = re.compile(r",\s+(?=(?:which|who|whose|where)\b)")
_HE = re.compile(r"(?:s?he|they)", re.IGNORECASE)
# "Remember: …", "Reminder: …": a label before a colon is no teller.
_LABELS = words_of("not_party")
_SUBORDINATE = re.compile(
    r"(?:(?:just|even|only) )?(?:as|when|while|after|before|since|because|although|though|once)\s+(?:the\s+)?\Z",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"(?:and|but|or|which|who|where|with|that)\b", re.IGNORECASE)
_LEAD = 24
# "..., Jones said in a letter", "... said after it had read them": when, where and how it was said.
_TAIL = re.compile(
    r"\s+(?:in|on|at|to|via|through|during|after|before|when|while|as|late|early|later|earlier|last|this|yesterday|today)"
    r"\b[^,;:.?!\"\u201c\u2014]{0,200}",
    re.IGNORECASE,
)
_ACTS = ("ple", "order", "sentenc", "convict", "appoint")


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of one sentence and the attributions that contain it, outermost first."""

    start: int
    end: int
    told_by: tuple[Attribution, ...]


def regions_of(
    text: str,
    sentence: tuple[int, int],
    attributions: Sequence[Attribution],
    figures: Sequence[tuple[int, int]],
    shares: Sequence[tuple[int, int]],
) -> tuple[Region, ...]:
    """The regions of a sentence, in order; reporting prefixes ("X said that") belong to none.

    ``figures`` are the spans of all figures, ``shares`` of the proportions among them: the people of
    "40 % of people said" are asked, they tell nothing.

    A quotation of a few words inside somebody's indirect speech does not cut it.
    """
    begin, end = sentence
    inside = [a for a in attributions if a.start < end and begin < a.end and not _counts(a, shares)]
    inside = [a for a in inside if not _fragment(text, a, inside)]
    if not inside:  # as in most sentences
        return (Region(begin, end, ()),) if begin < end else ()
    inside.sort(key=lambda a: (a.start, -a.end))
    owner: list[int] = [-1] * (end - begin)
    for index, attribution in enumerate(inside):
        for position in range(max(attribution.start, begin), min(attribution.end, end)):
            owner[position - begin] = index
    dead = _shells(text, sentence, inside, figures)
    _fade_tails(text, sentence, inside, figures, owner, dead)
    return tuple(_runs(sentence, owner, dead, inside))


def told(attributions: Sequence[Attribution], text: str) -> tuple[Attribution, ...]:
    """The attributions that have a teller or a source: speech and findings, not beliefs and wishes.

    ``text`` is what they were read from; "he said" stays where nobody certain fits, with no source.
    "Pleaded guilty" and "ordered it to pay" are acts, no reports of anybody's words.
    """
    return tuple(
        _within_its_clause(a, text)
        for a in attributions
        if a.direct
        or (
            a.manner in {"speech", "finding"}
            and (_is_teller(a) or _is_unknown(a, text))
            and not (a.cue or "").startswith(_ACTS)
        )
    )


def _within_its_clause(attribution: Attribution, text: str) -> Attribution:
    """The attribution up to the main clause: "As Acme confirmed it will close, the union walked out"."""
    start, cue = attribution.source_start, attribution.cue_end
    if attribution.direct or start is None or cue is None or cue > attribution.start:
        return attribution
    if _SUBORDINATE.search(text, max(0, start - _LEAD), start) is None:
        return attribution
    comma = text.find(", ", cue, attribution.end)
    if comma == -1 or _GOES_ON.match(text, comma + 2):
        return attribution
    own = predicate_of(text, comma + 2, attribution.end)
    if own is None or not own.subject or "," in own.subject:
        return attribution
    return replace(attribution, end=comma)


def _is_unknown(attribution: Attribution, text: str) -> bool:
    """Whether "he said" has a teller of whom nothing tells: the words are then not the outlet's own."""
    start, end = attribution.source_start, attribution.source_end
    return attribution.source is None and start is not None and _HE.fullmatch(text, start, end or start) is not None


def _is_teller(attribution: Attribution) -> bool:
    """A party of a known sort, a name ("Survation said") or a definite one ("the court said"), not "safety issues"."""
    if attribution.source is None or len(attribution.source.split()) > _LONGEST_NAME:
        return False
    if attribution.source.casefold() in _LABELS:
        return False
    if attribution.cue and attribution.cue.lower().startswith("according") and " the " in attribution.source[4:]:
        # "According to the ICO the device was …": no comma tells where the source ends.
        return False
    named = attribution.source.split()[-1][:1].isupper() or attribution.source.lower().startswith("the ")
    return attribution.source_kind is not None or named


def _counts(attribution: Attribution, shares: Sequence[tuple[int, int]]) -> bool:
    """Whether the source is itself a figure: "40 % of people said" is a poll's claim, not a teller."""
    start, end = attribution.source_start, attribution.source_end
    if attribution.source_kind == "document":
        return False
    return start is not None and end is not None and any(start < b and a < end for a, b in shares)


def _fragment(text: str, attribution: Attribution, others: Sequence[Attribution]) -> bool:
    """A partial quotation: no clause of its own, or within a wider content of the same source."""
    if not attribution.direct:
        return False
    for other in others:
        if (
            other is not attribution
            and not other.direct
            and other.start <= attribution.start
            and attribution.end <= other.end
        ):
            return True
    return not has_finite_verb(text, attribution.start, attribution.end)


def _shells(
    text: str,
    sentence: tuple[int, int],
    attributions: Sequence[Attribution],
    figures: Sequence[tuple[int, int]],
) -> list[bool]:
    """The positions of sources and cues, which are no claim's words."""
    begin, end = sentence
    dead = [False] * (end - begin)
    for attribution in attributions:
        spans = [(attribution.source_start, attribution.source_end), (attribution.cue_start, attribution.cue_end)]
        known = [(a, b) for a, b in spans if a is not None and b is not None and a < end and begin < b]
        if not known:
            continue
        first, last = min(a for a, _ in known), max(b for _, b in known)
        if attribution.cue_start is None:
            continue
        if _acts_first(text, attribution):
            first = attribution.cue_start
        if last <= attribution.start:
            last = attribution.start
        alive = _aside(text, attribution, figures)
        for position in range(max(first, begin), min(last, end)):
            dead[position - begin] = not alive[0] <= position < alive[1]
    return dead


def _fade_tails(
    text: str,
    sentence: tuple[int, int],
    attributions: Sequence[Attribution],
    figures: Sequence[tuple[int, int]],
    owner: Sequence[int],
    dead: list[bool],
) -> None:
    """Marks what follows a tag as dead, too: "..., Jones said in a letter seen on Monday" has one claim.

    A figure there may be one of its own ("said after 30 people were held").
    """
    begin, end = sentence
    for attribution in attributions:
        source, cue = attribution.source_start, attribution.cue_end
        if source is None or cue is None or not attribution.end <= min(source, cue):
            continue
        tail = _TAIL.match(text, max(cue, attribution.source_end or 0), end)
        if tail is None or any(a < tail.end() and tail.start() < b for a, b in figures):
            continue
        for position in range(max(tail.start(), begin), tail.end()):
            dead[position - begin] |= owner[position - begin] == -1


def _acts_first(text: str, attribution: Attribution) -> bool:
    """Whether the source does something before it speaks: "The group formed in May and sent a letter stating …"."""
    start, cue = attribution.source_end, attribution.cue_start
    if start is None or cue is None or cue - start < _AN_ACT:
        return False
    return has_finite_verb(text, start, cue) and _ASIDE.search(text, start, cue) is None


def _aside(text: str, attribution: Attribution, figures: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """What is told about the source beside what it says: "Acme, whose contract is worth £19m, said"."""
    start, cue = attribution.source_start, attribution.cue_start
    if start is None or cue is None or start >= cue:
        return (0, 0)
    opening = _ASIDE.search(text, start, cue)
    if opening is None or not any(opening.end() <= a < cue for a, _ in figures):
        return (0, 0)
    return (opening.end(), cue)


def _runs(
    sentence: tuple[int, int], owner: Sequence[int], dead: Sequence[bool], attributions: Sequence[Attribution]
) -> list[Region]:
    begin, end = sentence
    regions: list[Region] = []
    position = begin
    while position < end:
        index = owner[position - begin]
        skip = dead[position - begin]
        stop = position + 1
        while stop < end and owner[stop - begin] == index and dead[stop - begin] == skip:
            stop += 1
        if not skip:
            told_by = tuple(a for a in attributions if a.start <= position and stop <= a.end)
            regions.append(Region(position, stop, told_by))
        position = stop
    return regions
