"""The chain of tellers of a claim, and the origin that it rests on (the design's "Who")."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scrapers.document import Document
from tracker.reading.affiliations import name_and_affiliation
from tracker.reading.attribution import Attribution
from tracker.reading.english import words_of
from tracker.reading.parties import Party, organisation_of
from tracker.reading.publishers import Publishers
from tracker.reading.quotations import Quotation
from tracker.reading.source_papers import PAPER
from tracker.reading.values import Passage, Teller

_NO_PARTY = words_of("not_party")
# "a former manager", "one nurse": somebody, not a definite post.
_SOMEBODY = re.compile(r"(?:an?|one|another|some|two|three|several|many)\s+(?!spokes)", re.IGNORECASE)
_PAPER = re.compile(
    r"(?:(?:the|a|an|its|their|his|her|our|this|that|one|another|new|recent|latest|previous|leaked"
    r"|[A-Z][\w'\u2019&-]*)\s+){0,5}"
    rf"(?:{PAPER}|minutes|letters?|e-?mails?)\b",
)
# A post named without its organisation.
_POST = re.compile(
    r"(?:the |its |their )?(?:company.s |firm.s )?(?:CEO|chief executive|boss|head|chair(?:man|woman)?|director"
    r"|managing director|president|founder|finance director|spokes(?:man|woman|person))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks where nobody is quoted: the document's own tellers at one passage."""

    speaker: str | None
    chain: tuple[Teller, ...]


def voice_of(
    document: Document, passage: Passage, parties: Sequence[Party], affiliations: Mapping[str, str | None]
) -> Voice:
    """The outlet's voice, the sender's, or that of the person whose turn it is."""
    if document.kind == "email" and passage.role == "quotation":
        # The words of another message; its own head says whose, or nobody does.
        writer = _writer(document, passage)
        return Voice(writer, (Teller(writer, "quoted", organisation_of(writer, tuple(parties))),) if writer else ())
    if document.kind in {"email", "release"}:
        name = document.publisher or document.byline
        return Voice(name, (Teller(name, "sender", name),) if name else ())
    outlet = document.publisher
    chain = (Teller(outlet, "publisher", outlet),) if outlet else ()
    if passage.speaker is None or _same_outlet(passage.speaker, outlet):
        # A turn without a known speaker is nobody's: better open than the outlet's by mistake.
        unknown = passage.role == "answer" and passage.speaker is None
        return Voice(None if unknown else outlet, chain)
    return Voice(passage.speaker, (*chain, Teller(passage.speaker, "speaker", affiliations.get(passage.speaker))))


_WROTE = re.compile(r"(?:^|\n)[> \t]*On [^\n]{4,80}?,?\s+([A-Z][^\n<,]{1,60}?)\s*(?:<[^\n>]*>)?\s+wrote:\s*$")


def _writer(document: Document, passage: Passage) -> str | None:
    """Whom the line "On 3 May, Ann Lee wrote:" before a quoted message names."""
    before = document.text[max(0, passage.start - 4000) : passage.start]
    lines = [match.group(1) for match in re.finditer(_WROTE.pattern, before, re.MULTILINE)]
    return " ".join(lines[-1].split()) if lines else None


def extend(
    voice: Voice,
    told_by: Sequence[Attribution],
    span: tuple[int, int],
    quotes: Sequence[Quotation],
    topic: str | None,
    publishers: Publishers,
) -> tuple[str | None, tuple[Teller, ...]]:
    """The speaker and the whole chain of a claim at ``span``; ``quotes`` are the passage's quotations.

    The innermost teller is quoted where the claim holds some of their very words. "The chief
    executive", with no company named, is that of ``topic``, the organisation that the document
    clearly speaks of.
    """
    chain = list(voice.chain)
    speaker = voice.speaker
    tellers = [a for a in told_by if a.source is not None and not is_document(a)]
    for attribution in tellers:
        partly = attribution is tellers[-1] and any(q.start < span[1] and span[0] < q.end for q in quotes)
        name, organisation = name_and_affiliation(attribution)
        if _POST.fullmatch(attribution.source or "") and organisation in {None, attribution.source}:
            organisation = topic
        known = publishers.of_name(organisation or attribution.source or "")
        organisation = known.name if known else organisation
        role = "quoted" if attribution.direct or partly else "reported"
        if chain[-1:] and chain[-1].name == name:
            chain.pop()  # one teller's words within words of the same one
        chain.append(Teller(name, role, organisation, _is_identified(attribution)))
        if attribution.direct and attribution.start <= span[0] and span[1] <= attribution.end:
            speaker = name
    if any(a.source is None and a.direct for a in told_by):
        # Quoted words whose speaker is not found are not the outlet's own.
        speaker = None
    return speaker, tuple(chain)


def origin_of(chain: Sequence[Teller], unknown_voice: bool) -> str | None:
    """The organisation of the innermost identified teller; None where that one is not known."""
    if unknown_voice:
        return None
    for teller in reversed(chain):
        if teller.identified:
            return teller.organisation or teller.name
    return None


def is_document(attribution: Attribution) -> bool:
    """Whether polls, reports or data speak here: they are sources, never links of the chain."""
    if attribution.source_kind == "document":
        return True
    return attribution.source is not None and _PAPER.match(attribution.source) is not None


def _is_identified(attribution: Attribution) -> bool:
    """A name ends in a capital: "Call handlers" at the head of a sentence are a group."""
    if not attribution.identified or attribution.source is None:
        return False
    if attribution.source.casefold() in _NO_PARTY or _SOMEBODY.match(attribution.source):
        return False
    if attribution.source_kind in {"post", "outlet"}:
        return True
    return attribution.source.split()[-1][:1].isupper()


def _same_outlet(label: str, outlet: str | None) -> bool:
    if outlet is None:
        return False
    one, other = label.casefold(), outlet.casefold()
    return one == other or other.startswith(one + " ") or one in other.split()
