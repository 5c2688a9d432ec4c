"""Polls, reports, data and records that a sentence names: what a claim rests on without a link.

A source is named where somebody could look for it: by its maker ("a poll conducted by X"), or as a
paper there is only one of ("the judgment", "the accounts"). "A study" or "reports" name nothing. Who
pays for a poll (its sponsor) is not its source.
"""

from __future__ import annotations

import re

from tracker.reading.english import words_of
from tracker.reading.needles import Sought, gate_of, needles_of
from tracker.reading.publishers import Publisher, Publishers
from tracker.reading.values import SourceMention

#: What a source on paper is called.
PAPER = (
    r"(?:polls?|polling|surveys?|stud(?:y|ies)|research|analys[ei]s|reports?|audits?|inquiry|reviews?|figures|data"
    r"|statistics"
    r"|documents?|papers|records|accounts|tables|investigation|estimates|filings?|calculations|census|index"
    r"|projections|forecasts?|modell?ing|database|briefing|bulletin|assessment|evaluation)"
)
_MAKERS_PAPER = (
    r"(?:polls?|polling|surveys?|stud(?:y|ies)|research|analys[ei]s|reports?|audits?|inquiry|reviews?|figures|data"
    r"|statistics"
    r"|estimates|investigation|census|accounts|filings?|records|tracker|barometer|documents|minutes)"
)
_CAP = r"[A-Z](?:[\w&/'\u2019.-]*\w)?"
_OFFICE_NOUN = (
    r"(?:Offices?|Cent(?:re|er)s?|Institutes?|Departments?|Agency|Campaign|Council|Society|Association|Commission"
    r"|Ministry"
    r"|Foundation|Partnership|Network|Coalition|Fund|School|Board|Organi[sz]ation|Authority|Trust|Alliance|Union"
    r"|Committee"
    r"|Bureau|Group|Federation|Academy|Unit|Service)"
)
_UNIT = (
    rf"(?:(?:Dr|Mr|Mrs|Ms|Prof|St)\.|{_OFFICE_NOUN}\s+(?:for|on)\s+(?:the\s+)?{_CAP}|{_CAP}(?:\s+(?:of|and"
    rf"|&)\s+(?:the\s+)?{_CAP}){{0,2}})"
)
#: A name of up to eight parts: "Office for National Statistics", "Reuters/Ipsos".
NAME = rf"(?:{_UNIT}(?:\s+{_UNIT}){{0,7}})"
# "the research firm X", "academics at X", "pollsters X".
_CALLED = (
    r"(?:(?:an?\s+)?(?:[a-z-]+\s+){0,3}?(?:firm|company|pollsters?|group|charity|union|think[- ]?tank|consultanc(?:y"
    r"|ies)"
    r"|consultants|agency|watchdog|regulator|campaigners|body|institute|university|publisher|website|site|newspaper"
    r"|magazine"
    r"|academics|researchers|experts|scientists|economists|analysts|organisation|organization|auditors?|accountants)\s+"
    r"(?:(?:at|from|of|with)\s+(?:the\s+)?)?)?"
)
_THE = r"(?:the\s+(?:[a-z-]+\s+){0,2}?)?"
_MADE = (
    r"(?:conducted|carried out|done|run|undertaken|published|compiled|released|produced|written|prepared|issued"
    r"|collected"
    r"|gathered|collated|made|put together|submitted|filed)"
)
_VERB = (
    r"(?:found|finds?|shows?|showed|says?|said|reveal\w*|suggest\w*|is|has|had|have|will|would|can|could|did|does"
    r"|warn\w*)"
)
# Between a paper and its maker: no verb, for "the report found the work was done by X" is of other makers.
_BETWEEN = rf"(?:(?!\b{_VERB}\b)(?:[^.;:\n]|(?<=\d)\.(?=\d))){{0,110}}?"
_PAPER_MADE_BY = Sought(
    re.compile(
        rf"\b(?<!\bto )(?i:(?P<paper>{PAPER}))\b{_BETWEEN}\b(?:\w+ly\s+)?{_MADE}(?:\s+\w+ly|\s+(?:online|last \w+"
        rf"|in \w+(?: \d{{4}})?))?\s+by\s+"
        rf"{_THE}{_CALLED}(?P<name>{NAME}|(?P<heard>[a-z]{{6,}})(?=\s))"
    )
)
_DAY = (
    r"(?:today|yesterday|(?:last|this) \w+|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:out|in|from"
    r"|on) \w+(?: \d{4})?)"
)
_PAPER_BY = Sought(
    re.compile(
        rf"\b(?i:(?P<paper>{PAPER}))\b(?:,?\s+(?:of|among|into|on)\s+(?:[^.,;:\n]"
        rf"|(?<=\d)[.,](?=\d)){{0,80}}?(?<!ed)(?<!taken)(?<!given)(?<!paid)(?<!run))?(?:\s+{_DAY})?,?\s+"
        rf"(?:(?:\w+ly\s+)?by|from)\s+{_THE}{_CALLED}(?P<name>{NAME}|(?P<heard>[a-z]{{6,}})(?=\s))"
    )
)
_OF_OFFICE = Sought(re.compile(rf"\b(?i:(?P<paper>{PAPER}))\s+of\s+(?:the\s+)?(?P<name>{NAME})"))
_POSSESSOR = rf"(?P<name>{NAME})(?:['\u2019]s?)?"
_NAME_PAPER = Sought(
    re.compile(
        rf"(?P<front>\b(?i:an?|the|this|that|its|their|recent|new|latest|last|one)\s+)?{_POSSESSOR}\s+"
        rf"(?:(?!(?:and|or|of|in|to|by|at|for|from|with|on|has|is|was|were|said|says|that|who"
        rf"|the|an?|its|his|her|their|our|this|these|those|some|any|no|which)\b)[a-z][\w-]*\s+){{0,3}}?"
        rf"(?P<paper>{_MAKERS_PAPER})\b(?!\s+(?:stage|station))"
    )
)
# "Acme reports that", "Acme accounts for", "Acme estimates a loss": verbs.
_IS_VERB = re.compile(
    r"(?:reports|reviews|estimates|accounts|records|surveys|polls|audits|forecasts?)\s+"
    r"(?:that|the|an?|\d|for|it|its|he|she|they|there|how|whether|about|some|more|up|over|nearly|almost|around|to)\b",
    re.IGNORECASE,
)
_SAID_IN = Sought(
    re.compile(
        rf"(?P<name>{NAME})(?:,[^,.;\n]{{2,60}},)?\s+(?:has\s+)?(?:said|says|wrote|writes|found|warned|reported|noted"
        rf"|stated|concluded|estimated|revealed)\s+"
        rf"in\s+(?:an?|its|their|his|her)\s+(?:[\w-]+\s+){{0,3}}?(?P<paper>{PAPER})\b"
    )
)
_NAME_ASKED = Sought(
    re.compile(
        rf"(?P<name>{NAME})(?:,[^,.;\n]{{2,60}},)?\s+(?:has |have |had |also |then |recently )?(?:surveyed|polled"
        rf"|interviewed|questioned)\s+"
        r"(?=(?:[a-z]+\s+){0,3}?(?:\d|an? (?:thousand|hundred)|(?:one|two|three|four|five|ten|twenty) (?:thousand"
        r"|hundred)))"
    )
)
_POLLSTER = Sought(
    re.compile(
        rf"\b(?:(?:pollsters|polling (?:company|firm|organi[sz]ation|agency))\s+(?P<name>{NAME})"
        rf"|pollster\s+(?P<one>{NAME})(?=\s+(?:has\s+)?(?:found|finds|shows?|puts?)\b))"
    )
)
_ACCORDING = Sought(
    re.compile(
        rf"\b[Aa]ccording to (?:the )?(?P<name>{NAME})(?!['\u2019]|\s+(?:spokes|chief|boss|head|minister|source))"
    )
)
# Without one of these words no pattern fits; most sentences have none.
_HINT = re.compile(
    rf"\b(?:{PAPER}|{_MAKERS_PAPER}|surveyed|polled|interviewed|questioned|pollsters?|according to)\b", re.IGNORECASE
)
_HINTS = needles_of(_HINT)
# Bodies whose word is a record.
_OFFICE = re.compile(
    r"\b(?:Department|Ministry|Commission|Agency|Inspectorate|Ombudsman|Court|Tribunal|Inquiry|Committee|Audit"
    r"|Bureau|Statistics"
    r"|Statistical|Census|Registry|Companies House|Treasury|Bank of England|World Bank|World Health|United Nations"
    r"|UN|OECD|IMF|WHO"
    r"|Eurostat|UNICEF|Office (?:for|of)|Audit Office|Home Office|Foreign Office|Cabinet Office|Authority|Regulator"
    r"|Coroner|Monetary Fund"
    r"|Regulatory|Auditor|Federal Reserve|Central Bank)\b"
)
_POST = re.compile(r"\b(?:Secretary|Minister|Spokes\w+|Chief|Director|Chair\w*|President|Professor|Sir|Lord|Lady)\b")
_KEEPS_RECORDS = frozenset({"court", "regulator", "audit", "contract", "statistics", "poll_tables"})
_RESTS = re.compile(
    r"(?:\b(?:according to|in|from|by|citing|on|per|with|using|latest|of)|\A|[(:,])\s*(?:the |new |latest "
    r"|official )*\Z",
    re.IGNORECASE,
)
_TELLS = re.compile(
    rf"(?:\s+[\w'\u2019,-]+){{0,6}}?\s+(?:{_VERB}|put|puts|indicate[sd]?|estimate[sd]?|confirm(?:s|ed)?|list(?:s"
    rf"|ed)?|were|are)\b"
)
_HELD = frozenset({"documents", "minutes", "records", "filings", "filing", "accounts"})
_INQUIRY = frozenset({"inquiry", "review", "audit", "investigation"})
# Capitals that are no maker of anything: nations, months, what opens a sentence.
_NO_MAKER = words_of("not_maker")


def papers_in(text: str, start: int, end: int, publishers: Publishers) -> tuple[SourceMention, ...]:
    """The papers that ``text[start:end]`` names by their maker, in the order of the text; linear time."""
    return tuple(mention for mention, _ in papers_with_nouns(text, start, end, publishers))


def papers_with_nouns(text: str, start: int, end: int, publishers: Publishers) -> tuple[tuple[SourceMention, str], ...]:
    """The papers that ``text[start:end]`` names, each with its noun ("poll"); empty for a body's mere word."""
    gate = gate_of(text, start, end)
    if not gate.opens(_HINTS) or _HINT.search(text, start, end) is None:
        return ()
    found: list[tuple[SourceMention, str]] = []
    taken: set[int] = set()
    for sought in (_PAPER_MADE_BY, _PAPER_BY, _OF_OFFICE):
        for match in sought.finditer(gate, text, start, end):
            mention = _maker(match, publishers)
            is_record = sought is not _OF_OFFICE or (mention is not None and has_records(mention.name, publishers))
            if mention is not None and is_record and match.start("paper") not in taken:
                taken.add(match.start("paper"))
                _keep(found, mention, match.group("paper"))
    for match in _NAME_PAPER.finditer(gate, text, start, end):
        # "An X poll conducted by Y": Y made it.
        if (
            match.start("paper") not in taken
            and not _IS_VERB.match(text, match.start("paper"), end)
            and _is_used(match)
        ):
            _keep(found, _possessor(match, publishers), match.group("paper"))
    for sought, sort in ((_SAID_IN, None), (_NAME_ASKED, "poll"), (_POLLSTER, "poll"), (_ACCORDING, "")):
        for match in sought.finditer(gate, text, start, end):
            mention = _maker(match, publishers)
            noun = match.group("paper") if sort is None else sort
            if mention is not None and (noun or has_records(mention.name, publishers)):
                _keep(found, mention, noun)
    return tuple(sorted(found, key=lambda pair: pair[0].start))


def _is_used(match: re.Match[str]) -> bool:
    """Whether data and records are rested on, not only spoken of: "falsified NHS data" rests on nothing."""
    if match.group("paper").lower() not in _HELD | {"data", "figures", "statistics"}:
        return True
    text = match.string
    before = text[max(0, match.start() - 30) : match.start()]
    return _RESTS.search(before) is not None or _TELLS.match(text, match.end("paper")) is not None


def _keep(found: list[tuple[SourceMention, str]], mention: SourceMention | None, noun: str) -> None:
    """Adds a mention whose words no other has."""
    if mention is not None and not any(s.start < mention.end and mention.start < s.end for s, _ in found):
        found.append((mention, noun.lower()))


def has_records(name: str, publishers: Publishers) -> bool:
    """Whether a body's word is a record: courts, regulators, auditors, statistics; not a firm or a person."""
    known = publishers.of_name(name)
    if known is not None:
        return known.kind in _KEEPS_RECORDS
    office = _OFFICE.search(name)
    # "Ann Lee of the Department" is a person of it.
    return office is not None and " of " not in name[: office.start()] and _POST.search(name) is None


def _maker(match: re.Match[str], publishers: Publishers) -> SourceMention | None:
    group = "name" if match.group("name") else "one"
    name, start = match.group(group), match.start(group)
    known = _known(name, publishers)
    # A transcript's small letters: only a known body that sounds like it is a name.
    if known is None and match.groupdict().get("heard"):
        return None
    return _named(name, start, known)


def _possessor(match: re.Match[str], publishers: Publishers) -> SourceMention | None:
    """The maker before the paper: "ONS figures", "a Northbridge survey"; no nation and no month."""
    name, start = match.group("name"), match.start("name")
    known = _known(re.sub(r"['\u2019]s?$", "", name), publishers)
    mention = _named(name, start, known)
    # "Reuters reports, citing": a verb, too.
    if mention is None or (known is not None and known.kind == "news" and match.group("paper") == "reports"):
        return None
    if match.group("paper").lower() in _INQUIRY and known is None:
        # An inquiry bears its matter's name, and is its own source.
        words = re.sub(r"\s+", " ", match.string[mention.start : match.end("paper")])
        return SourceMention(words, None, "named", mention.start, match.end("paper"))
    parts = mention.name.split()
    owned = (
        match.group("name") != name or re.search(r"['\u2019]s?$", name) or match.string[match.end("name")] in "'\u2019"
    )
    if (
        match.group("paper").lower() == "minutes"
        and " " not in mention.name
        and not sum(map(str.isupper, mention.name)) > 1
    ):
        # A player's minutes are no record of a meeting.
        return mention if has_records(mention.name, publishers) else None
    if match.group("paper") in _HELD and not owned and not has_records(mention.name, publishers):
        return None
    sure = known or len(parts) > 1 or sum(c.isupper() for c in mention.name) > 1 or owned or match.group("front")
    return mention if sure else None


def _named(name: str, start: int, known: Publisher | None) -> SourceMention | None:
    """The mention of a name, without the words before it that only the sentence's head puts in capitals."""
    skipped = 0
    while known is None:
        first = re.match(r"\S+\s*", name[skipped:])
        if first is None:
            return None
        if re.sub(r"['\u2019]s?$", "", first.group().strip().casefold().rstrip(".,")) not in _NO_MAKER:
            break
        skipped += first.end()
    words = re.sub(r"['\u2019]s?$", "", name[skipped:])
    parts = words.split()
    while len(parts) > 1 and parts[-1].casefold() in _NO_MAKER:
        parts.pop()
    if not parts:
        return None
    held = re.match(r"\s+".join(map(re.escape, parts)), words)
    length = held.end() if held else len(words)
    shown = known.name if known else " ".join(parts)
    return SourceMention(shown, None, "named", start + skipped, start + skipped + length)


def _known(name: str, publishers: Publishers) -> Publisher | None:
    return publishers.of_name(name) or publishers.misheard(name)
