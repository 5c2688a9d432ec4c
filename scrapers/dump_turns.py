"""Speakers' labels ("Name: text") in interviews and transcripts, and the kind of a saved text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from scrapers import furniture
from scrapers.dump_lines import Unit
from scrapers.dump_words import NO_SPEAKERS

_LABEL = re.compile(
    r"((?:[^\W\d_a-z]|Q|A)[\w.'\u2019\u00ad-]{0,30}"
    r"(?:[ \xa0,][\w.'\u2019(),&-]{1,30}){0,6}?)\s?:(?=\s|\xa0|$)"
)
_RELEASE = re.compile(
    r"for immediate release\b|notes? (?:to|for) (?:the )?editors?\b|\W*-?ends?-?\W*$|press release\b"
    r"|media (?:release|contacts?)\b|press contacts?\b|embargoed? (?:until|till|for)\b|news release\b"
    r"|###$|contact details for media",
    re.IGNORECASE,
)
_REPORT = re.compile(
    r"(?:executive summary|table of contents|contents|list of (?:tables|figures)|appendix(?: \w+)?"
    r"|annex(?: \w+)?|methodology|bibliography|references|foreword|acknowledge?ments|chapter \w+.*"
    r"|recommendations|conclusions?|introduction|key findings)$",
    re.IGNORECASE,
)
_HEADING_NUMBER = re.compile(r"[\d.]+\s+|[IVX]+\.\s+")
_TRANSCRIPT = re.compile(r"\b(?:full |rush |edited )?transcript\b", re.IGNORECASE)


_QUESTION = ("?", "?\u201d", '?"', "?'", "?\u2019")


def join_labels(units: Sequence[Unit]) -> list[Unit]:
    """Join recurring speakers' labels that stand on lines of their own with the words beneath them."""
    alone = Counter(
        label
        for unit in units
        if len(unit.words) <= 80
        and unit.words.endswith(":")
        and not (unit.level or unit.quoted)
        and (label := speaker_label(unit.words))
    )
    speakers = {label + ":" for label, number in alone.items() if number >= 2}
    if not speakers or len(alone) < 2:
        return list(units)
    joined: list[Unit] = []
    for unit in units:
        last = joined[-1] if joined else None
        if last is not None and last.words.replace(" :", ":") in speakers:
            words = f"{last.words} {unit.words}"
            joined[-1] = Unit(last.start, unit.end, words, 0, False, last.gap, last.lines + unit.lines)
        else:
            joined.append(unit)
    return joined


def speaker_label(words: str) -> str | None:
    """Give the label before the first colon of a turn, if it has the shape of a name or a post."""
    match = _LABEL.match(words[:160])
    if not match or words[match.end() : match.end() + 2].startswith("//"):
        return None
    label = match.group(1).strip()
    if label.lower().split()[0] in NO_SPEAKERS or furniture.is_labelled_link(words):
        return None
    parts = label.replace(",", " ").split()
    capitals = sum(1 for part in parts if not part[:1].islower())
    return label if len(parts) <= 7 and 2 * capitals >= len(parts) + 1 else None


def recurring_speakers(units: Sequence[Unit]) -> frozenset[str]:
    """Give the labels of those who take turns: two at least, who recur, alternate, ask and answer."""
    turns = [
        (label, unit.words) for unit in units if not unit.level and (label := speaker_label(unit.words)) is not None
    ]
    often = {label for label, number in Counter(label for label, _ in turns).items() if number >= 2}
    kept = [(label, words) for label, words in turns if label in often]
    changes = sum(1 for one, other in zip(kept, kept[1:], strict=False) if one[0] != other[0])
    asked = sum(1 for _, words in kept if words.endswith(_QUESTION))
    # An interviewer's questions may go without a label.
    asked += sum(
        1
        for unit, below in zip(units, units[1:], strict=False)
        if unit.words.endswith(_QUESTION) and speaker_label(below.words) in often
    )
    said = sum(words[:2000].count(" ") for _, words in kept)
    talk = len(often) >= 2 and changes >= 3 and asked >= 1 and said >= 8 * len(kept)
    return frozenset(often) if talk else frozenset()


def kind_of(units: Sequence[Unit], kept: Sequence[bool], speakers: frozenset[str], title: str | None) -> str:
    """Name the kind of a text that is no e-mail, from the units that belong to the work."""
    work = [unit for unit, keep in zip(units, kept, strict=True) if keep]
    head = [unit.words for unit in units if len(unit.words) <= 90][:40]
    if speakers:
        said = any(_TRANSCRIPT.search(words) for words in [*head, title or ""])
        return "transcript" if said or len(speakers) >= 6 else "interview"
    marks = {
        match.group(0).lower().strip(" -#")
        for unit in units
        if len(unit.words) <= 120 and (match := _RELEASE.match(unit.words))
    }
    if any(mark.startswith("for immediate") or mark.startswith("embargo") for mark in marks) or len(marks) >= 2:
        return "release"
    parts = {
        match.group(0).lower().split()[0]
        for unit in work
        if len(unit.words) <= 60 and (match := _REPORT.fullmatch(_HEADING_NUMBER.sub("", unit.words, count=1)))
    }
    return "report" if len(parts) >= 3 else "article"
