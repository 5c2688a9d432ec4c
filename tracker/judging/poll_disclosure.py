"""Which of the facts that a poll must disclose a text gives, and which are missing.

The items are those that must go out with every published poll: who conducted it and who paid for it,
when the fieldwork was, how many were asked, who they stand for, and the exact words of the question
(British Polling Council, Statement of Disclosure, section 2.1; AAPOR, Code of Professional Ethics and
Practices, section III.A, "items for immediate disclosure").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tracker.reading.publishers import Publishers, builtin
from tracker.reading.source_papers import NAME, papers_with_nouns

#: The items in the order in which they are told.
ITEMS = ("pollster", "sponsor", "dates", "sample", "population", "wording")

_PARAGRAPH = re.compile(r"\n\s*\n")
_POLL = re.compile(
    r"\b(?:polls?|polled|polling(?!\s+(?:stations?|day|place))|surveys?|surveyed|respondents|questionnaire"
    r"|fieldwork)\b",
    re.IGNORECASE,
)
_NUMBER = r"\d{1,3}(?:,\d{3})+|\d{2,6}"
_WHO = (
    r"(?:(?:(?!(?:who|that|in|on|of|by|for|and|were|was|said|found|online|from|between)\b)[\w'\u2019-]+\s+){0,4}?"
    r"(?:people|adults|voters|respondents|members|residents|parents|patients|workers|staff|employees|nurses|doctors"
    r"|teachers|students|pupils"
    r"|tenants|customers|consumers|households|businesses|firms|companies|managers|women|men|drivers|passengers"
    r"|commuters|readers|farmers|owners"
    r"|Britons|Americans|Australians|Canadians|Scots|Londoners|pensioners|councillors|MPs|participants|franchisees"
    r"|carers|families|graduates"
    r"|lawyers|officers|citizens|teenagers|children|users|taxpayers|viewers|subscribers|shoppers))\b"
)
_PLACE = (
    r"(?:\s+(?:aged\s+(?:over\s+)?\d+(?:\s*(?:\+|and over|or over|to \d+|-\d+|\u2013\d+))?|(?:in|across|from"
    r"|throughout)\s+(?:the\s+)?[A-Z][\w-]*(?:\s+(?:and\s+)?[A-Z][\w-]*){0,3}))*"
)
_SAMPLE = re.compile(
    rf"\b(?:(?:of|polled|surveyed|interviewed|questioned|asked|sampled|among|with|from)\s+(?:(?:over|more than|about"
    rf"|around|some|nearly|almost|just over|a total of"
    rf"|a (?:nationally )?representative sample of|a sample of)\s+){{0,2}}(?P<number>{_NUMBER})\s+"
    rf"(?P<who>{_WHO}{_PLACE})"
    rf"|(?P<passive>{_NUMBER})\s+(?P<whom>{_WHO}{_PLACE})\s+(?:who\s+)?(?:were|was|took part|responded|answered"
    rf"|completed|filled)"
    rf"|\bsample(?: size)?(?: of|:| was)\s+(?P<size>{_NUMBER})|\b[nN]\s?=\s?(?P<n>{_NUMBER}))"
)
_WEIGHTED = re.compile(
    r"\b(?:representative (?:sample )?of|weighted to (?:be representative of|represent"
    r"|the profile of))\s+(?P<who>(?:all\s+|the\s+)?[^.;,\n]{3,60})"
)
_MONTH = (
    r"(?:(?:Jan|Febr)(?:uary)?|Feb|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)"
)
_DATE = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?(?:\s*(?:-|\u2013|to|and)\s*\d{{1,2}}(?:st|nd|rd|th)?)?(?:\s+(?:of\s+)?{_MONTH})?"
    rf"|{_MONTH}(?:\s+\d{{1,2}}(?:\s*(?:-|\u2013|to|and)\s*(?:{_MONTH}\s+)?\d{{1,2}})?\b)?)(?:,?\s+(?:19|20)\d\d)?"
)
_FIELD = (
    r"(?:conducted|carried out|undertaken|run|polled|surveyed|interviewed|questioned|interviews|fieldwork|took place"
    r"|asked|sampled|collected|done)"
)
_DATES = re.compile(
    rf"\b{_FIELD}\b(?:(?!\.\s)[^;\n]){{0,110}}?\b(?:between|from|on|in|during|over|was|was from"
    rf"|dates?:?)\s+(?P<dates>(?:early |mid-|late )?(?:the (?:week|month) (?:of|to)\s+)?{_DATE}(?:\s*(?:and|to|until"
    rf"|-|\u2013)\s*{_DATE})?)"
    rf"|\b{_FIELD}\b(?:(?!\.\s)[^;\n]){{0,60}}?,?\s(?P<range>\d{{1,2}}\s*(?:-"
    rf"|\u2013)\s*\d{{1,2}}\s+{_MONTH}(?:\s+\d{{4}})?)"
)
# "for" after a poll's name or its maker; "commissioned by" anywhere near it.
_SPONSOR = re.compile(
    rf"\b(?:commissioned|paid for|funded|sponsored)\s+by\s+(?:the\s+)?(?P<by>{NAME}|us\b)"
    rf"|\b(?:on behalf of)\s+(?:the\s+)?(?P<behalf>{NAME})"
    rf"|\b(?:poll|survey|polling|conducted|carried out)\b(?:(?!\bfor\b)[^.;,\n]){{0,60}}?\sfor\s+(?:the\s+)?"
    rf"(?P<of>{NAME})"
    rf"|\b(?P<paid>{NAME})\s+(?:has\s+|had\s+)?commissioned\b|\b(?P<we>we)\s+commissioned\b"
)
_WORDING = re.compile(
    r"\b(?:asked|question(?:ed)?(?: was| wording)?|the question|worded"
    r"|wording)\b(?:(?!\.\s)[^\n?\"\u201c]){0,80}?[:,]?\s*(?P<words>[\"\u201c\u2018'][^\"\u201d\n]{8,300}?\?[\"\u201d\u2019']?)"
    r"|\b(?:agreed? (?:or disagreed? )?with the statement|asked (?:whether they agreed )?(?:with"
    r"|about) the statement|the statement)\b[:,]?\s*(?P<statement>[\"\u201c\u2018][^\"\u201d\n]{8,300}[\"\u201d\u2019])"
    r"|\b[Qq]uestion(?:\s+\d{1,2})?(?: asked)?:\s*(?P<asked>[^\n?]{8,300}\?)",
)
_INTRODUCES = re.compile(
    rf"\b(?:poll(?:ed|ing)?|survey(?:ed)?|interviewed|questioned)\b[^\n]{{0,160}}?(?:{_NUMBER})|\b(?:conducted"
    rf"|carried out|commissioned)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PollItem:
    """One item of disclosure: ``words`` are ``text[start:end]``; all None where the text does not give it."""

    name: str
    words: str | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class PollDisclosure:
    """The six items of one poll; ``ambiguous`` where the text has several polls and it is not clear which is meant."""

    items: tuple[PollItem, ...]
    ambiguous: bool = False

    @property
    def given(self) -> tuple[str, ...]:
        """The names of the items given."""
        return tuple(item.name for item in self.items if item.words is not None)

    @property
    def missing(self) -> tuple[str, ...]:
        """The names of the items not given."""
        return tuple(item.name for item in self.items if item.words is None)

    def in_words(self) -> str:
        """ "names pollster, sample; does not say sponsor, dates, population, wording"."""
        parts = []
        if self.given:
            parts.append("names " + ", ".join(self.given))
        if self.missing:
            parts.append("does not say " + ", ".join(self.missing))
        if self.ambiguous:
            parts.append("several polls are named: which is meant is not clear")
        return "; ".join(parts)


def poll_disclosure(
    text: str, sentence: tuple[int, int], publishers: Publishers | None = None, *, sources: Iterable[str] = ()
) -> PollDisclosure:
    """The disclosure of the poll behind a claim, read from the text around it.

    ``sentence`` is the span of the claim's sentence in ``text``; ``sources`` are the names of the claim's sources,
    which tell of "the poll also found" which of several polls it is. Items are looked for there, then in its
    paragraph, where the poll is introduced, and in a note on method at the end. Where the text names
    several polls, only the claim's own sentence and paragraph count, and only if they name one poll.
    """
    publishers = publishers or builtin()
    paragraphs = list(_paragraphs(text))
    own = next((p for p in paragraphs if p[0] <= sentence[0] < p[1]), sentence)
    polls = {span: _pollsters(text, span, publishers) for span in paragraphs if _POLL.search(text, *span)}
    names = {name for found in polls.values() for name, _, _ in found}
    here = {name for name, _, _ in _pollsters(text, sentence, publishers)} or {
        name for name, _, _ in polls.get(own, ())
    }
    here = here or names.intersection(sources)
    places = [sentence, own]
    ambiguous = False
    if len(names) <= 1 or len(here) == 1:
        wanted = here or names
        # "Acme interviewed 2,047 adults": a note on method need not say "poll", if it names who asked.
        for span in paragraphs:
            if span not in polls and any(_asked_by(name, text, span) for name in wanted):
                places.append(span)
        for span, found in polls.items():
            named = {name for name, _, _ in found}
            note = not named and len(names) <= 1 and _INTRODUCES.search(text, *span)
            if span != own and ((named and named <= wanted) or note):
                places.append(span)
    else:
        ambiguous = True
        places = [sentence]
    return PollDisclosure(tuple(_item(name, text, places, publishers) for name in ITEMS), ambiguous)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for gap in _PARAGRAPH.finditer(text):
        yield start, gap.start()
        start = gap.end()
    yield start, len(text)


def _pollsters(text: str, span: tuple[int, int], publishers: Publishers) -> list[tuple[str, int, int]]:
    """Who conducted a poll, by the polls that the words name."""
    found = []
    for mention, noun in papers_with_nouns(text, *span, publishers):
        if noun in {"poll", "polls", "polling", "survey", "surveys", "tracker", "barometer"}:
            found.append((mention.name, mention.start, mention.end))
    return found


def _asked_by(name: str, text: str, span: tuple[int, int]) -> bool:
    asked = rf"\b{re.escape(name)}\s+(?:interviewed|questioned|asked|spoke to)\s[^\n]{{0,60}}?(?:{_NUMBER})"
    return re.search(asked, text[slice(*span)]) is not None


def _item(name: str, text: str, places: list[tuple[int, int]], publishers: Publishers) -> PollItem:
    for place in places:
        if name == "pollster":
            spans = [(start, end) for _, start, end in _pollsters(text, place, publishers)]
        else:
            spans = list(_FINDERS[name](text, place))
        if spans:
            start, end = spans[0]
            return PollItem(name, text[start:end], start, end)
    return PollItem(name)


def _groups(pattern: re.Pattern[str], text: str, place: tuple[int, int], *names: str) -> Iterator[tuple[int, int]]:
    for match in pattern.finditer(text, *place):
        for name in names:
            if match.group(name):
                yield match.span(name)


def _sponsor(text: str, place: tuple[int, int]) -> Iterator[tuple[int, int]]:
    return _groups(_SPONSOR, text, place, "by", "behalf", "of", "paid", "we")


def _dates(text: str, place: tuple[int, int]) -> Iterator[tuple[int, int]]:
    return _groups(_DATES, text, place, "dates", "range")


def _sample(text: str, place: tuple[int, int]) -> Iterator[tuple[int, int]]:
    return _groups(_SAMPLE, text, place, "number", "passive", "size", "n")


def _population(text: str, place: tuple[int, int]) -> Iterator[tuple[int, int]]:
    yield from _groups(_WEIGHTED, text, place, "who")
    for span in _groups(_SAMPLE, text, place, "who", "whom"):
        # "People", "respondents" alone say nothing of who they stand for.
        if text[slice(*span)].casefold() not in {"people", "respondents", "participants", "adults"}:
            yield span
    for span in _groups(_SAMPLE, text, place, "who", "whom"):
        if text[slice(*span)].casefold() == "adults":
            yield span


def _wording(text: str, place: tuple[int, int]) -> Iterator[tuple[int, int]]:
    return _groups(_WORDING, text, place, "words", "statement", "asked")


_FINDERS = {"sponsor": _sponsor, "dates": _dates, "sample": _sample, "population": _population, "wording": _wording}
