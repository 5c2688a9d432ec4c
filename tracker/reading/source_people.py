"""Anonymous sources: people whom an outlet knows and does not name, as against unnamed groups that only tell."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tracker.reading.attribution import Attribution
from tracker.reading.needles import Sought, gate_of
from tracker.reading.values import SourceMention

_NUMBER = r"(?:an?|one|another|two|three|four|five|six|several|multiple|some|many|\d{1,2})"
_KIND = (
    r"(?:(?:former|ex-|senior|serving|current|junior|retired|long-serving|government|industry|company|union|police"
    r"|military|security"
    r"|intelligence|diplomatic|western|whitehall|downing street|white house|city|banking|well-placed|trusted|second"
    r"|third|other|top"
    r"|high-ranking|high-level|local|party|cabinet|administration|defence|defense|health|hospital|bank|club|council"
    r"|us|u\.s\.|uk)[\s-]+)"
)
_POST = (
    r"(?:employees?|workers?|staffers?|staff members?|officials?|executives?|managers?|aides?|advis[eo]rs?"
    r"|ministers?|mps?|civil servants?"
    r"|directors?|engineers?|nurses?|doctors?|teachers?|drivers?|guards?|officers?|contractors?|colleagues?"
    r"|diplomats?|traders?|bankers?"
    r"|lawyers?|consultants?|trainers?|call handlers?|contact tracers?|carers?|cleaners?|pilots?|insiders?"
    r"|whistle-?blowers?|lawmakers?"
    r"|members? of staff|members? of the (?:board|cabinet|committee|team)|congressional aides?|figures?|confidantes?"
    r"|confidants?)"
)
_KNOWS = (
    r"(?:(?:who (?:is|are|was|were) )?(?:close to|familiar with|with (?:(?:direct|first-?hand|detailed"
    r"|intimate) )?knowledge of|briefed on"
    r"|privy to|with (?:direct )?access to|inside|within|involved in|in the know about))"
)
_SAY = (
    r"(?:sa(?:id|ys?)|tells?|told|claim(?:s|ed)?|alleg(?:es?|ed)|add(?:s|ed)|reveal(?:s|ed)|suggest(?:s|ed)?"
    r"|confirm(?:s|ed)?|described?|insist(?:s|ed)?|recall(?:s|ed)?|admit(?:s|ted)?)"
)
_SOURCE = re.compile(
    rf"\b(?:(?:{_NUMBER}|the)\s+)?{_KIND}{{0,3}}(?P<head>sources?|insiders?|whistle-?blowers?)(?=\s+(?:(?:at|in"
    rf"|from)\s+(?:the\s+)?[\w'\u2019&-]+\s+"
    rf"(?:[\w'\u2019&-]+\s+){{0,2}}?)?(?:(?:has|have|had)\s+)?(?:{_SAY}|{_KNOWS}|who\b)\b)"
    rf"|(?<=[Aa]ccording to )(?:{_NUMBER}\s+|the\s+)?{_KIND}{{0,3}}(?:sources?|insiders?|whistle-?blowers?)\b"
    rf"(?!\s+(?:of|dealing|trading))|(?:,|\"|\u201d)\s+(?:{_SAY})\s+(?P<behind>(?:{_NUMBER}"
    rf"|the)\s+{_KIND}{{0,3}}(?:source|insider|whistle-?blower))\b",
    re.IGNORECASE,
)
_FAMILIAR = re.compile(
    rf"\b(?:(?:{_NUMBER}|the)\s+)?{_KIND}{{0,2}}(?:sources?|insiders?|people|persons?|those|someone|somebody"
    rf"|individuals?|{_POST})\s+"
    r"(?:who (?:is|are|was|were) )?(?:close to|familiar with|with (?:(?:direct|first-?hand|detailed"
    r"|intimate) )?knowledge of|briefed on|privy to|inside)\b"
    r"(?:\s+(?:the\s+)?[\w'\u2019-]+){0,2}",
    re.IGNORECASE,
)
_UNNAMED = re.compile(
    rf"\b(?:(?:{_NUMBER}|the)\s+)?{_KIND}{{0,3}}[\w-]+(?:\s+(?:at|in|from|for"
    rf"|of)\s+(?:the\s+)?[\w'\u2019&-]+(?:\s+[\w'\u2019&-]+){{0,2}})?,?\s+who\s+"
    r"(?:(?:has|had|have)\s+)?(?:asked|wanted|wished|preferred|requested|chose|declined|did not want|spoke"
    r"|is not authori[sz]ed|was not authori[sz]ed"
    r"|were not authori[sz]ed|cannot be|can(?:not|'t|\u2019t) be)\s+"
    r"(?:(?:not )?to (?:be (?:named|identified|quoted)|remain (?:anonymous|unnamed)|stay anonymous|speak|give (?:his"
    r"|her|their) name)"
    r"|anonymity|anonymously|on (?:the )?condition of anonymity|on condition|named|identified)",
    re.IGNORECASE,
)
_ANONYMITY = re.compile(
    r"\b(?:(?:speaking|spoke|speaks) (?:on (?:the )?condition of anonymity|anonymously)"
    r"|on (?:the )?condition of anonymity"
    r"|(?:who )?asked not to be (?:named|identified)|did not (?:want|wish) to be named|not authori[sz]ed to (?:speak"
    r"|comment|discuss)"
    r"|(?:was|were) granted anonymity)\b",
    re.IGNORECASE,
)
_SOMEBODY = re.compile(
    rf"\b(?:an?|one|another|two|three|several)\s+{_KIND}{{0,3}}(?:[A-Z][\w&]+\s+)?(?:former\s+)?{_POST}"
    r"(?:\s+(?:at|in|from|with|of)\s+(?:the\s+)?(?!said\b|told\b)[\w'\u2019&-]+(?:\s+[A-Z][\w'\u2019&-]*){0,3})?"
    rf"(?=,?\s+(?:(?:has|have|also|who [^,.;\n]{{1,40}},?|there|here)\s+)?(?:{_SAY}))",
    re.IGNORECASE,
)
_IS_SOMEBODY = re.compile(
    rf"(?:an?|one|another|two|three|four|five|several)\s+{_KIND}{{0,3}}(?:[A-Z][\w&'\u2019]+\s+){{0,2}}{_POST}\b"
    rf"(?!\s+(?:union|association|federation))",
    re.IGNORECASE,
)
_IS_ANONYMOUS = re.compile(
    r"(?:\b|^)(?:sources?|insiders?|whistle-?blowers?)\b(?!\s+(?:of|code|trading|dealing))|\b(?:people|person"
    r"|someone|those|officials?) "
    r"(?:familiar|close|with (?:\w+ )?knowledge|briefed)|\bofficials? who\b|\bon condition of anonymity\b"
    r"|\bspoke anonymously\b|\bnot authori[sz]ed to\b",
    re.IGNORECASE,
)
# "Jane Doe, a former manager, said": somebody who has a name.
_NAMED_BEFORE = re.compile(r"[A-Z][\w'\u2019-]+\s+[A-Z][\w'\u2019-]+,\s*\Z")


_SOUGHT = tuple(map(Sought, (_FAMILIAR, _UNNAMED, _SOURCE, _SOMEBODY, _ANONYMITY)))


def is_anonymous(name: str) -> bool:
    """Whether a teller is an unnamed source ("a former employee"), as against an unnamed group such as staff."""
    return _IS_ANONYMOUS.search(name) is not None or _IS_SOMEBODY.match(name) is not None


def unnamed_in(text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """The words of ``text[start:end]`` that show anonymous sources, as spans; they may overlap."""
    gate = gate_of(text, start, end)
    found: list[tuple[int, int]] = []
    for sought in _SOUGHT:
        for match in sought.finditer(gate, text, start, end):
            first, last = match.span("behind") if match.groupdict().get("behind") else match.span()
            if not _NAMED_BEFORE.search(text, max(start, first - 60), first):
                found.append((first, last))
    return tuple(found)


def anonymous_in(
    text: str,
    start: int,
    end: int,
    told_by: Sequence[Attribution],
    unnamed: Sequence[tuple[int, int]] | None = None,
) -> tuple[SourceMention, ...]:
    """The anonymous sources that ``text[start:end]`` rests on, and those among its tellers, by their words.

    ``unnamed`` is what ``unnamed_in`` found there, where it is known.
    """
    found: list[SourceMention] = []
    for told in told_by:
        if (
            told.source is None
            or told.source_start is None
            or told.source_end is None
            or told.source_kind == "document"
        ):
            continue
        if is_anonymous(told.source) and not told.resolved:
            _keep(found, text, told.source_start, told.source_end)
    for first, last in unnamed_in(text, start, end) if unnamed is None else unnamed:
        _keep(found, text, first, last)
    return tuple(sorted(found, key=lambda s: s.start))


def _keep(found: list[SourceMention], text: str, start: int, end: int) -> None:
    if not any(s.start < end and start < s.end for s in found):
        found.append(SourceMention(" ".join(text[start:end].split()), None, "anonymous", start, end))
