"""Dates in a text: whole, partial and relative, and dates that are what a sentence claims.

ISO 8601 throughout, partial where the text is: ``2018-05`` for "May 2018", ``--09`` for "September" with
the year left open, ``--05-25`` for "25 May", ``2020-05-03/2020-05-05`` for a span of days, ``2026-21`` for
"spring 2026", ``2019-35`` for its third quarter, ``199X`` for the nineteen-nineties, ``18XX`` for a century, ``XX68``
for '68 (all of them codes of ISO 8601-2), None for feasts without their year ("by Christmas").
Of numeric dates that two countries read differently (02/07/2020) only the year is given.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache, lru_cache
from itertools import chain

from tracker.reading.date_parts import COUNTED, DateMention, Reader, has_dates
from tracker.reading.date_relative import relative_dates, resolve
from tracker.reading.figure_calendar import ABSOLUTE, FEASTS
from tracker.reading.needles import Gate, Needles, needles_of
from tracker.reading.values import Figure

__all__ = ["DateMention", "fixed_dates", "read_dates", "read_deadlines", "resolve"]

#: Asked in this order: what a text may have at all, then what the pattern cannot do without.
_ABSOLUTE = tuple((needs, needles_of(pattern), pattern, reader) for needs, pattern, reader in ABSOLUTE)
_FEAST_NEEDLES = needles_of(FEASTS)


@cache
def _patterns_for(has: frozenset[str]) -> tuple[tuple[Needles, re.Pattern[str], Reader], ...]:
    """The patterns that texts with these features may match, in their order; the features are few."""
    return tuple((needles, pattern, reader) for needs, needles, pattern, reader in _ABSOLUTE if needs <= has)


@lru_cache(maxsize=4)  # what is no figure, and what is a deadline, is asked of the same paragraph in turn
def _fixed(text: str) -> tuple[tuple[DateMention, ...], tuple[DateMention, ...], Gate]:
    """The dates by the calendar and those by feasts, as they stand (some may overlap), and the text's gate."""
    gate = Gate(text)
    return tuple(_absolute(text, gate)), tuple(_feasts(text, gate)), gate


def _absolute(text: str, gate: Gate) -> Iterator[DateMention]:
    for needles, pattern, reader in _patterns_for(has_dates(text, gate.text)):
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


def _feasts(text: str, gate: Gate) -> Iterator[DateMention]:
    for match in FEASTS.finditer(text) if gate.opens(_FEAST_NEEDLES) else ():
        start = match.start("feast")
        yield DateMention(start, match.end(), text[start : match.end()], match["year"])


def fixed_dates(text: str) -> tuple[DateMention, ...]:
    """The dates of a text that lean on no other day, in order and not overlapping. Linear; any string is accepted."""
    absolute, feasts, _ = _fixed(text)
    return _apart(text, absolute, feasts)


@lru_cache(maxsize=256)  # a paragraph of one sentence is asked for again at the sentence's claims
def read_dates(text: str) -> tuple[DateMention, ...]:
    """Every date of a text, in order and not overlapping. Linear; any string is accepted.

    >>> [mention.iso for mention in read_dates("From the 25th of May until September")]
    ['--05-25', '--09']
    """
    absolute, feasts, gate = _fixed(text)
    return _apart(text, absolute, relative_dates(text, gate.text), feasts)


def _apart(text: str, *found: Iterable[DateMention]) -> tuple[DateMention, ...]:
    """The mentions that take places still free, those that see most first; years lent to those without."""
    taken: list[DateMention] = []
    covered: set[int] = set()
    for mention in chain(*found):
        places = range(mention.start, mention.end)
        if covered.isdisjoint(places):
            covered.update(places)
            taken.append(mention)
    if len(taken) < 2:
        return tuple(taken)
    return _with_years(text, sorted(taken, key=lambda mention: mention.start))


#: What joins two dates that share the year of the second; ``to`` where they are the ends of a time.
_JOINS = re.compile(
    r"(?P<to>[ \u00a0]?[-–—][ \u00a0]?|[ \u00a0](?:to|until|till|through)[ \u00a0])"
    r"|(?:,?[ \u00a0](?:and|or)|,)[ \u00a0]"
)
_BEFORE_DATE = re.compile(
    r"(?:(?:on|in) )?(?:the )?(?:(?:end|start|beginning|middle) of )?(?:(?:early|late|mid)[ -])?(?:the )?\Z"
)
_MONTHLY = re.compile(r"(?P<year>[0-9]{4})-(?P<tail>(?:0[1-9]|1[0-2])(?:-[0-9]{2})?)")


def _with_years(text: str, mentions: list[DateMention]) -> tuple[DateMention, ...]:
    """The dates of a text, those before "to June 2020" and "and June 2020" with the year that stands once."""
    for index in range(len(mentions) - 1, 0, -1):
        one, two = mentions[index - 1], mentions[index]
        last = _MONTHLY.match(two.iso or "")
        if last is None or one.relative or not (one.iso or "").startswith("--") or two.start - one.end > 40:
            continue
        joint = _JOINS.match(text, one.end, two.start)
        if joint is None or _BEFORE_DATE.fullmatch(text, joint.end(), two.start) is None:
            continue
        year, tail = int(last["year"]), str(one.iso)[2:]
        if tail[:5] > last["tail"][: len(tail[:5])]:
            if joint["to"] is None:
                continue
            year -= 1  # from November to February 2017
        filled = "/".join(f"{year:04d}-{part.removeprefix('--')}" for part in str(one.iso).split("/"))
        mentions[index - 1] = replace(one, iso=filled)
    return tuple(mentions)


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
        comparator = (
            None
            if _names_a_year(text, mention)
            else _schedule(text, mention.start, mention.end) or _coming(text, mention)
        )
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


def _names_a_year(text: str, mention: DateMention) -> bool:
    """Whether the year is part of what is dated by it: "before the 2012 election"."""
    article = text[max(0, mention.start - 4) : mention.start].lower()
    return (
        len(mention.text) == 4 and mention.text.isdigit() and (article == "the " or article.endswith((" a ", "\na ")))
    )


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


#: "By 31 March the firm must pay": the date stands first, and the verb tells that it binds.
_ORDERED = re.compile(
    r",?[ \u00a0](?:[A-Za-z0-9’'-]{1,20}[ \u00a0]){1,8}(?:will|must|shall|is due to|are due to|is to|are to|should)\b"
)


def _schedule(text: str, start: int, end: int) -> str | None:
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
    if found != "=" and not sentence.strip() and _ORDERED.match(text, end):
        return found
    return found if _SCHEDULE.search(sentence) or (found != "=" and _POSSIBLE.search(sentence)) else None


_OPENS_SPAN = re.compile(r"\b(?:between|from)\s+\Z", re.IGNORECASE)
_JOINS_SPAN = re.compile(r"\s+(?:and|to|until|till|through)\s+", re.IGNORECASE)
_SIMPLE = re.compile(r"\d{4}(?:-\d\d){0,2}")


def resolve_span(text: str, first: DateMention, second: DateMention, published: str | None) -> str | None:
    """The span of "between January and June 2012" (2012-01/2012-06) and "from 2019 to 2020"; None where it is none."""
    if not _OPENS_SPAN.search(text[max(0, first.start - 12) : first.start]):
        return None
    if not _JOINS_SPAN.fullmatch(text, first.end, second.start):
        return None
    begin, end = resolve(first, published), resolve(second, published)
    if begin is None or end is None or not (_SIMPLE.fullmatch(begin) and _SIMPLE.fullmatch(end)):
        return None
    return f"{begin}/{end}" if begin < end else None
