"""Dates in a text: whole, partial and relative, and dates that are what a sentence claims.

ISO 8601 throughout, partial where the text is: ``2018-05`` for "May 2018", ``--09`` for "September" with
the year left open, ``--05-25`` for "25 May", ``2020-05-03/2020-05-05`` for a span of days, ``2026-21`` for
"spring 2026" (the codes of ISO 8601-2), None for feasts without their year ("by Christmas").
Numeric dates that two countries read differently (02/07/2020) are not read at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.reading.figure_calendar import (
    ABSOLUTE,
    COUNTED,
    COUNTS,
    DAY_WORDS,
    DAYS,
    FEASTS,
    RELATIVE,
    SEASONS,
)
from tracker.reading.needles import Gate, needles_of
from tracker.reading.values import Figure

_ABSOLUTE = tuple((needles_of(pattern), pattern, reader) for _, pattern, reader in ABSOLUTE)
_RELATIVE_NEEDLES, _FEAST_NEEDLES = needles_of(RELATIVE), needles_of(FEASTS)


@dataclass(frozen=True, slots=True)
class DateMention:
    """One date of a text: ``text[start:end] == text``.

    ``iso`` is (partial) ISO 8601, None for a feast and for a relative date that has no document date to
    lean on ("next autumn" has its season then, ``--23``). ``grain`` is what a relative date moves by (day,
    week, month, year, a season, or a weekday as ``mon`` … ``sun``) and ``shift`` how far; both are None
    and 0 for dates that stand by themselves.
    """

    start: int
    end: int
    text: str
    iso: str | None
    relative: bool = False
    grain: str | None = None
    shift: int = 0


def _absolute(text: str, gate: Gate) -> Iterator[DateMention]:
    for needles, pattern, reader in _ABSOLUTE:
        if not gate.opens(needles):
            continue
        for match in pattern.finditer(text):
            group: str | int = "date" if "date" in pattern.groupindex else 0
            iso = reader(match)
            if iso is None or (len(iso) == 4 and COUNTED.match(text, match.end())):
                continue
            words = match.group(group).rstrip()
            start = match.start(group)
            yield DateMention(start, start + len(words), words, iso)


def _relative(text: str, gate: Gate) -> Iterator[DateMention]:
    for match in RELATIVE.finditer(text) if gate.opens(_RELATIVE_NEEDLES) else ():
        found = match.groupdict()
        start, grain, shift = match.start(), "day", 0
        if found["word"]:
            shift = DAY_WORDS[found["word"].lower()]
        elif found["way"]:
            grain = found["grain"].lower()
            shift = {"last": -1, "this": 0, "next": 1}[found["way"].lower()]
        elif found["of"]:
            grain = found["of"].lower()
        elif found["unit"]:
            grain, count = found["unit"].lower(), found["count"].lower()
            shift = -(COUNTS[count] if count in COUNTS else int(count))
        else:
            grain, shift, start = found["weekday"].lower(), -1, match.start("weekday")
        if grain == "night":
            grain = "day"
        grain = grain[:3] if grain.endswith("day") and grain != "day" else grain
        iso = f"--{SEASONS[grain]}" if grain in SEASONS else None
        yield DateMention(start, match.end(), text[start : match.end()], iso, True, grain, shift)


def _feasts(text: str, gate: Gate) -> Iterator[DateMention]:
    for match in FEASTS.finditer(text) if gate.opens(_FEAST_NEEDLES) else ():
        start = match.start("feast")
        yield DateMention(start, match.end(), text[start : match.end()], match["year"])


def read_dates(text: str) -> tuple[DateMention, ...]:
    """Every date of a text, in order and not overlapping. Linear; any string is accepted.

    >>> [mention.iso for mention in read_dates("From the 25th of May until September")]
    ['--05-25', '--09']
    """
    taken: list[DateMention] = []
    covered: set[int] = set()
    gate = Gate(text)
    # The patterns that see most stand first; a later one may only take places that are still free.
    for mention in (*_absolute(text, gate), *_relative(text, gate), *_feasts(text, gate)):
        places = range(mention.start, mention.end)
        if covered.isdisjoint(places):
            covered.update(places)
            taken.append(mention)
    return tuple(sorted(taken, key=lambda mention: mention.start))


def _months_on(day: date, months: int) -> str:
    index = day.year * 12 + day.month - 1 + months
    return f"{index // 12:04d}-{index % 12 + 1:02d}"


def resolve(mention: DateMention, document_date: str | None) -> str | None:
    """The (partial) ISO date that a mention means in a document of a date (ISO 8601), else None.

    A date whose year is open stays so: which year "September" means, the sentence's tense tells and
    not the calendar. "On Monday" is the last one up to the document's own day; weeks are ISO weeks;
    "next autumn" is the one of next year, "this autumn" this year's.
    """
    if not mention.relative:
        return mention.iso
    try:
        today = date.fromisoformat((document_date or "")[:10])
    except ValueError:
        return mention.iso
    grain, shift = mention.grain, mention.shift
    try:
        if grain == "day":
            return (today + timedelta(days=shift)).isoformat()
        if grain == "week":
            year, week, _ = (today + timedelta(weeks=shift)).isocalendar()
            return f"{year:04d}-W{week:02d}"
        if grain == "month":
            return _months_on(today, shift)
        if grain in SEASONS:
            return _season_on(today, str(grain), shift)
        if grain == "year":
            return f"{today.year + shift:04d}" if 0 < today.year + shift < 10_000 else None
        return _weekday(today, str(grain), shift, mention.text.lower().startswith("last"))
    except OverflowError:
        return None


def _season_on(today: date, season: str, shift: int) -> str | None:
    """The season last, this or next, seen from a day; a season that is over is the last one, not this year's."""
    begins = {"spring": 3, "summer": 6, "winter": 12}.get(season, 9)
    # January and February belong to the winter that began the year before.
    year = today.year - (1 if season == "winter" and today.month < 3 else 0)
    over = season != "winter" and today.month >= begins + 3
    year += shift + (1 if shift < 0 and over else 0)
    return f"{year:04d}-{SEASONS[season]}" if 0 < year < 10_000 else None


def _weekday(today: date, grain: str, shift: int, strictly: bool) -> str:
    wanted = [name[:3] for name in DAYS].index(grain)
    if shift > 0:
        return (today + timedelta(days=(wanted - today.weekday() - 1) % 7 + 1)).isoformat()
    if shift == 0:
        return (today + timedelta(days=wanted - today.weekday())).isoformat()
    back = (today.weekday() - wanted) % 7
    return (today - timedelta(days=back or (7 if strictly else 0))).isoformat()


#: What leads a date that is a deadline or the beginning of something; the lead is outside the span.
_LEAD = re.compile(
    r"\b(?P<lead>no later than|not later than|as late as|on or before|on or after|not before|no earlier than"
    r"|no sooner than|until after|in time for|ahead of|until|till|by|before|after|from|starting|beginning|in|on|for)"
    r"(?P<least>[ \u00a0]at least)?(?:[ \u00a0]at the earliest|[ \u00a0]at the latest|[ \u00a0]around|[ \u00a0]about)?"
    r"(?:[ \u00a0]the (?:(?:very |first |second )?(?:end|start|beginning|middle|half|close) of|early|late|middle of))?"
    r"(?:[ \u00a0](?:early|late|mid|the|next|this|last|coming)){0,2}[\s\u00a0-]{1,3}\Z",
    re.IGNORECASE,
)
_NEGATION = re.compile(r"(?:\b(?:not|never|nothing|no|none|cannot|without)\b|n['’]t\b|\bunlikely\b)", re.IGNORECASE)
#: Only beside such words is "in September" or "on 5 May" a schedule and not a report of what was.
_SCHEDULE = re.compile(
    r"\b(?:will|won['’]t|shall|due|scheduled|expected|set to|planned|plans? to|slated|to be|going to|aims? to"
    r"|would|runs? out|hopes? to|pledged|promised|target|deadline|expires?|opens?|starts?|begins?|closes?"
    r"|launch(?:es)?|ends|finishes|concludes|lapses|should|must|intends? to|wants? to|on (?:course|track) to)\b",
    re.IGNORECASE,
)
#: What may be is dated by a bound ("may open as late as 2028"), but "could win in 2020" is no schedule.
_POSSIBLE = re.compile(r"\b(?:may|might|could)\b(?! have)", re.IGNORECASE)
#: What a denial makes of a lead: what is not done by a date is done after it, if at all.
_NEGATED = {"until": ">=", "till": ">=", "by": ">", "before": ">=", "in time for": ">", "ahead of": ">="}
#: The sentence before a lead is looked at no further back than this many characters.
_REACH = 160
_SENTENCE_END = re.compile(r"[.!?;:][ \u00a0\"'”’)]|\n\s*\n|[•\n]\s*[•*–-]")

#: Leads that make a date a deadline by themselves.
_SURE_LEADS = frozenset({
    "until", "till", "no later than", "not later than", "not before", "no earlier than", "no sooner than",
    "until after",
})  # fmt: skip
#: "until X" tells how long a state lasts: the statement holds up to X and says nothing of later.
_COMPARATOR = {
    "no later than": "<=", "not later than": "<=", "on or before": "<=", "by": "<=", "before": "<",
    "after": ">", "until after": ">", "not before": ">=", "no earlier than": ">=", "on or after": ">=",
    "no sooner than": ">=", "as late as": "<=", "in time for": "<=", "ahead of": "<", "from": ">=",
    "starting": ">=", "beginning": ">=", "in": "=", "on": "=", "for": "=", "until": "<=", "till": "<=",
}  # fmt: skip


def read_deadlines(text: str, document_date: str | None = None) -> tuple[Figure, ...]:
    """Dates that are what a sentence claims (deadlines, schedules), as figures of the dimension ``date``.

    The span is the date's own words; the lead gives the comparator: "not … until X" ``>=`` (the thing
    happens at X at the earliest), "not … by X" ``>``, "until X" ``<=`` (a state lasts up to X),
    "by X" ``<=``,
    "before X" ``<``, "after X" ``>``, "from X" ``>=``, and "in/on X" beside words of a schedule ``=``.
    "Until at least X" is ``>=``. A date that nothing resolves (a feast, "next year" without ``document_date``)
    is given only behind a lead that makes it a deadline, with ``date`` None.
    """
    figures: list[Figure] = []
    for mention in read_dates(text):
        iso = resolve(mention, document_date)
        comparator = _schedule(text, mention.start) or _coming(text, mention)
        if comparator is None or (iso is None and not _is_ahead(text, mention, comparator)):
            continue
        figures.append(
            Figure(
                mention.start,
                mention.end,
                mention.text,
                None,
                None,
                None,
                dimension="date",
                comparator=comparator,
                date=iso,
            )  # fmt: skip
        )
    return tuple(figures)


def _is_ahead(text: str, mention: DateMention, comparator: str) -> bool:
    """Whether a date that nothing resolves is a deadline still: not "in" or "on" it, and not behind us."""
    now = mention.relative and mention.shift == 0
    told = not now or _SCHEDULE.search(_sentence_before(text, mention.start)) is not None
    return comparator != "=" and mention.shift >= 0 and told


def _coming(text: str, mention: DateMention) -> str | None:
    """``=`` for a time to come that needs no lead ("it opens this summer"), beside words of a schedule."""
    ahead = mention.relative and mention.text.lower().startswith(("this ", "next ", "tomorrow", "tonight"))
    return "=" if ahead and _SCHEDULE.search(_sentence_before(text, mention.start)) else None


def _sentence_before(text: str, end: int) -> str:
    """What stands before an offset in its sentence, no further back than a bounded number of characters."""
    before = text[max(0, end - _REACH) : end]
    ends = [match.end() for match in _SENTENCE_END.finditer(before)]
    return before[ends[-1] if ends else 0 :]


def _schedule(text: str, start: int) -> str | None:
    """The comparator that the words before a date give it, or None where it is no schedule."""
    before = text[max(0, start - _REACH) : start]
    lead = _LEAD.search(before, max(0, len(before) - 60))
    if lead is None:
        return None
    words = " ".join(lead["lead"].lower().split())
    sentence = _sentence_before(text, start - (len(before) - lead.start()))
    denied = _NEGATED.get(words) if _NEGATION.search(sentence) else None
    if denied is not None and (words in ("until", "till") or _SCHEDULE.search(sentence)):
        return denied
    if words in ("until", "till") and lead["least"]:
        return ">="
    if words in _SURE_LEADS:
        return _COMPARATOR[words]
    found = _COMPARATOR[words]
    return found if _SCHEDULE.search(sentence) or (found != "=" and _POSSIBLE.search(sentence)) else None
