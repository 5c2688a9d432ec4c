"""Papers that need no maker's name to be found: court papers, accounts, minutes, and documents somebody saw.

Each is named by the words that show it ("court documents", "an email seen by the Ledger").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from tracker.reading.attribution import Attribution
from tracker.reading.needles import Sought, gate_of
from tracker.reading.publishers import Publishers
from tracker.reading.source_papers import NAME, PAPER
from tracker.reading.values import SourceMention

_HELD = (
    r"(?:documents?|papers|e-?mails?|letters?|memos?|memorand(?:um|a)|minutes|figures|data|files?|records|contracts?"
    r"|messages"
    r"|correspondence|reports?|accounts|recordings?|footage|spreadsheets?|presentations?|slides|statements?"
    r"|complaints?)"
)
_SEEN = re.compile(
    rf"\b(?P<words>(?:(?!(?:to|in|from|of|by|the|an?|and|or|that|with|on|their|its|his"
    rf"|her)\b)(?i:[a-z][a-z-]+)\s+){{0,2}}?(?i:{_HELD})\s+"
    rf"(?:(?:that|which)\s+)?(?:(?:was|were|has been|have been)\s+)?(?:seen|obtained|reviewed|viewed|uncovered"
    rf"|unearthed)"
    rf"\s+(?:exclusively\s+)?by\s+(?:the\s+)?(?:{NAME}|us\b|this \w+))"
)
_LEAKED = re.compile(
    rf"\b(?P<words>(?:leaked|internal|confidential|unpublished|declassified)\s+(?:(?!(?:and|or|of|in"
    rf"|to)\b)[a-z][\w-]*\s+){{0,3}}?{_HELD})\b",
    re.IGNORECASE,
)
_COURT_PAPERS = re.compile(
    r"\b(?P<words>(?:court|legal|planning|police|prosecution|coroner['\u2019]?s?|parliamentary|council|tax"
    r"|land registry|company)\s+"
    r"(?:documents?|papers|records|filings?|figures|data|statistics|minutes|accounts))\b",
    re.IGNORECASE,
)
_GOVERNMENT = re.compile(
    r"\b(?P<words>(?:government|ministry|census|treasury|hospital|customs|home office|border force"
    r"|provisional official)\s+"
    r"(?:figures|data|statistics|records))\b",
    re.IGNORECASE,
)
_OWN = (
    r"(?:(?:the|its|their|his|her|our|an?|that)\s+)?(?:(?:company|firm|group|charity|council|trust|contractor|bank"
    r"|club)['\u2019]s\s+)?"
)
_KIND = (
    r"(?:(?:latest|most recent|last|own|audited|published|final|written|statutory|\d{4})\s+){0,3}"
    r"(?:annual (?:reports?|accounts|review|returns?)(?: and accounts)?|accounts|judg(?:e)?ment|ruling|indictment"
    r"|affidavit|charge sheet"
    r"|witness statements?|inspection report|contract|prospectus|court order|minutes|transcripts?|register|filings?"
    r"|death certificates?"
    r"|medical records|probable cause statement|lawsuit|criminal complaint|search warrant|consultation document"
    r"|audit report|deposition|sworn (?:statement|testimony)|(?:(?:press|news|media|office|agency|company)\s+)release"
    r"|release)"
)
_SAYS = (
    r"(?:says?|said|shows?|showed|states?|stated|reveals?|revealed|records?|recorded|finds?|found|lists?|listed"
    r"|notes?|noted"
    r"|discloses?|disclosed|puts?|gives?|gave|sets? out|confirms?|confirmed|suggests?|suggested|alleges?|alleged"
    r"|reads?)\b"
)
_DEFINITE = re.compile(
    rf"\b(?:(?:[Aa]ccording to|[Aa]s (?:stated|recorded|disclosed) in|[Ii]n|[Ff]rom)\s+{_OWN}(?P<words>{_KIND})"
    rf"(?=\s*(?:[,.;:]|of\b|for\b|filed|published|seen|that|which|\Z))|(?<![\w-]){_OWN}(?P<subject>{_KIND})"
    rf"(?:\s+(?:of|for|from|filed at|lodged at|at)\s+[^,.;\n]{{1,60}}?)?\s+(?:also\s+)?{_SAYS})",
    re.IGNORECASE,
)
# "In the contract" says where something stands only with the definite article or an owner.
_REQUEST = re.compile(
    r"\b(?P<words>(?i:freedom of information|FOI|subject access|public records)\s+"
    r"(?:\((?:FOI|FoI)\)\s+)?(?i:act\s+)?(?i:requests?|responses?|data|disclosures?|figures|act|laws?)"
    rf"(?:\s+(?:made\s+|submitted\s+|sent\s+)?(?:by|from)\s+(?:the\s+)?{NAME})?)",
)
_HEARING = (
    r"(?:(?:high|crown|supreme|district|federal|appeal|magistrates['\u2019]?|county|employment|public|select"
    r"|accounts|parliamentary|coroner['\u2019]s)"
    r"\s+){0,2}(?:court|jury|jurors|inquest|inquiry|tribunal|hearing|committee|parliament|commission)"
)
_HEARD = re.compile(
    rf"\b(?i:told|tells|evidence to|testified (?:to|before)|testimony to)\s+(?:the\s+"
    rf"|an?\s+)(?P<words>(?i:{_HEARING}))\b"
    rf"|\b[Tt]he\s+(?P<subject>(?i:{_HEARING}))\s+(?:has\s+|was\s+|also\s+)?(?:heard|told)\b"
    r"|\b(?P<held>(?:[A-Z]\w+\s+){1,3}Court)\s+(?:has\s+|was\s+)?(?:heard|told)\b"
)
# Court papers and government figures are rested on where something is told of them, not wherever they are spoken of.
_USED_BEFORE = re.compile(
    r"(?:according to|as (?:stated|shown) (?:in|by)|\bfrom|\bin|\bby|\bciting|based on|\A)\W{1,3}(?:the\s+|new\s+"
    r"|latest\s+|official\s+){0,2}\Z",
    re.IGNORECASE,
)
_USED_BEHIND = re.compile(
    rf"(?:\s+(?:[\w'\u2019-]+\s+){{0,6}}?)?\s*{_SAYS}|\s+(?:seen|obtained|reviewed|published|filed"
    rf"|released)\b[^.;\n]{{0,60}}?\s{_SAYS}",
    re.IGNORECASE,
)
_SOUGHT = tuple(map(Sought, (_SEEN, _LEAKED, _REQUEST, _HEARD, _DEFINITE, _COURT_PAPERS, _GOVERNMENT)))
_ONLY_USED = (_LEAKED, _COURT_PAPERS, _GOVERNMENT)
_BACKING_KINDS = frozenset(
    {"news", "court", "regulator", "audit", "parliament", "register", "gazette", "statistics", "poll_tables"}
)
# Who finds and rules as an office: what they say is on record.
_OFFICES = re.compile(
    r"\b(?:coroner|court|judge|jury|magistrates?|tribunal|inquest|inquiry|ombudsman|auditors?|inspectors?|inspectorate"
    r"|watchdog|regulator|select committee|accounts committee|audit office|prosecutors?)\b",
    re.IGNORECASE,
)


def records_in(text: str, start: int, end: int) -> tuple[SourceMention, ...]:
    """The records that ``text[start:end]`` rests on, by the words that show them, in order; none overlaps another."""
    found: list[SourceMention] = []
    gate = gate_of(text, start, end)
    for sought in _SOUGHT:
        for match in sought.finditer(gate, text, start, end):
            group = next(name for name, value in match.groupdict().items() if value is not None)
            first, last = match.span(group)
            if sought.pattern in _ONLY_USED and not _is_used(text, start, first, last, end):
                continue
            if not any(s.start < last and first < s.end for s in found):
                found.append(SourceMention(" ".join(text[first:last].split()), None, "named", first, last))
    return tuple(sorted(found, key=lambda s: s.start))


# What joins a paper's phrase to its last words, with one of two makers ("from Acme/") or a number's first digits.
_JOINS = (
    r"\b(?:for|by|of|from|among|with)\s+(?:the\s+)?"
    r"(?:\d{1,3},|(?-i:(?:[A-Z][\w.&-]{0,30}\s){0,3}[A-Z][\w.&-]{0,30})/)?"
)
# What stands between a paper and the last name or number of its phrase: no verb.
_PAPER_OF = re.compile(
    rf"(?P<paper>(?:\b(?:the|an?|this|that|one|another)\s+)?(?:[\w'\u2019-]+\s+){{0,3}}?\b{PAPER}\b)(?:(?!\b(?:found"
    rf"|shows?"
    rf"|showed|sa(?:id|ys)|reveal\w*"
    rf"|suggest\w*|is|was|were|has|had|that|which)\b)[^.;:\n\"\u201c]){{0,110}}?{_JOINS}\Z",
    re.IGNORECASE,
)
_JOINED = re.compile(rf"{_JOINS}\Z", re.IGNORECASE)
_PHRASE = 200


def mended(text: str, told: Attribution) -> Attribution:
    """The attribution with its whole source, where that was taken for the last words of a paper's phrase.

    "A poll of 2,140 adults by X for Y found": the poll found it, neither the adults nor Y.
    """
    start, cue = told.source_start, told.cue_start
    if start is None or cue is None or cue < start or told.source_kind == "document" or told.resolved:
        return told
    begin = max(0, start - _PHRASE, text.rfind("\n", 0, start) + 1)
    before = text[begin:start]
    # At the end stands what joins the phrase to its last words, or it is none.
    paper = _PAPER_OF.search(before) if _JOINED.search(before) else None
    if paper is None:
        return told
    first = begin + paper.start()
    # Its head names it; its span is the whole phrase.
    words = " ".join(paper.group("paper").split())
    return replace(told, source=words, source_start=first, source_kind="document", organisation=None)


def _is_used(text: str, start: int, first: int, last: int, end: int) -> bool:
    before = text[max(start, first - 40) : first]
    return _USED_BEFORE.search(before) is not None or _USED_BEHIND.match(text, last, end) is not None


# "A new survey found": one paper, whose maker the sentence does not give; "surveys" and "research" are no one paper.
_ONE_PAPER = re.compile(
    r"(?:an?|one|another)\s+(?:[\w-]+\s+){0,3}?(?:poll|survey|study|report|audit|analysis|review|investigation"
    r"|inquiry)\b",
    re.IGNORECASE,
)


# "Her LinkedIn page", "the league's own rankings": one page of somebody's, by the words that show it.
_PAGE_OF = re.compile(
    r"(?=.*(?:['\u2019]s?\s|\b[A-Z]))(?:(?:the|his|her|its|their|an?)\s+)?(?P<words>(?:[\w'\u2019.-]+\s+){0,6}?"
    r"(?:page|profile|posts|website|web ?site|rankings?|listing|documentation|leaderboard|scorecard|blog post))\b",
    re.IGNORECASE,
)


# "Orland figures say", "official data show": whose they are is told, be it only by a nation's name.
_FIGURES_OF = re.compile(
    r"(?:(?:the|new|latest|recent)\s+){0,2}(?P<whose>[Oo]fficial|[A-Z][\w-]+)\s+(?:[a-z]+\s+){0,2}"
    r"(?:figures|data|statistics)",
)


def single_papers(told_by: Sequence[Attribution], start: int = 0) -> tuple[SourceMention, ...]:
    """The papers that tell something and are named by no more than "a new survey"; ``start`` is the sentence's.

    The first word of a sentence has its capital from there: "Sales figures show" names nobody.
    """
    found = []
    for told in told_by:
        if told.source is None or told.source_start is None or told.source_end is None:
            continue
        if _ONE_PAPER.match(told.source) and not told.resolved:
            found.append(SourceMention(told.source, None, "named", told.source_start, told.source_end))
        elif (figures := _FIGURES_OF.fullmatch(told.source)) and not told.resolved:
            if figures["whose"].lower() == "official" or told.source_start + figures.start("whose") > start:
                found.append(SourceMention(told.source, None, "named", told.source_start, told.source_end))
        elif told.source_kind == "document" and not told.resolved and (page := _PAGE_OF.match(told.source)):
            found.append(SourceMention(page["words"], None, "named", told.source_start, told.source_end))
    return tuple(found)


def offices_of(told_by: Sequence[Attribution], publishers: Publishers) -> tuple[SourceMention, ...]:
    """Other outlets, courts and watchdogs among the attributions: bodies whose word is on record."""
    found: list[SourceMention] = []
    for told in told_by:
        if (
            told.source is None
            or told.source_start is None
            or told.source_end is None
            or told.source_kind == "document"
        ):
            continue
        publisher = publishers.of_name(told.source)
        known = publisher is not None and publisher.kind in _BACKING_KINDS
        office = told.source_kind not in {"person", "group"} and _OFFICES.search(told.source) is not None
        if (known or told.source_kind == "outlet" or office) and not re.search(rf"\b{PAPER}\b", told.source):
            name = publisher.name if publisher else told.source
            found.append(SourceMention(name, None, "named", told.source_start, told.source_end))
    return tuple(found)
