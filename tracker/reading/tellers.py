"""The chain of tellers of a claim, and the origin that it rests on (the design's "Who")."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter

from scrapers.document import Document
from tracker.reading.affiliations import name_and_affiliation
from tracker.reading.attribution import Attribution
from tracker.reading.attribution_names import ROLES, is_organisation_name, without_article
from tracker.reading.english import words_of
from tracker.reading.firsthand import is_acronym_of
from tracker.reading.names import clean_name, without_role
from tracker.reading.parties import Party, organisation_of, the_one
from tracker.reading.publishers import Publishers
from tracker.reading.quotations import Quotation
from tracker.reading.source_papers import PAPER
from tracker.reading.teller_names import is_body
from tracker.reading.turns import ASKERS
from tracker.reading.values import Passage, Teller
from tracker.reading.wires import agency_of

_NO_PARTY = words_of("not_party")
_OF_THE_PAPER = frozenset({"reporter", "correspondent", "editor", "journalist", "writer", "columnist"})
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
    r"|managing director|founder|finance director|spokes(?:man|woman|person))",
    re.IGNORECASE,
)
# Who only speaks for a body is the body, named or not.
_SPEAKS_FOR = re.compile(r"\b(?:spokes\w+|representative|rep|press officer)\Z", re.IGNORECASE)
# One name and no list of names.
_SIGNER = re.compile(r"(?:(?!,| and | & ).){2,60}")
_I = re.compile(r"\bI(?:['\u2019](?:m|ve|d|ll))?\b(?!\.)|\b[Mm](?:y|e|yself)\b")
# "The council", "a spokeswoman for the union": an organisation by its sort.
_NOUN = re.compile(
    r"(?:.{0,60}\b(?:for|of|at|from)\s+)?the\s+(council|union|trust|university|college|hospital|charity|ministry|department"
    r"|agency|association|commission|company|group|bank|party|federation|institute|authority|board|foundation|society|museum"
    r"|airline|regulator|watchdog|league|club|embassy)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks where nobody is quoted: the document's own tellers at one passage."""

    speaker: str | None
    chain: tuple[Teller, ...]


def voice_of(
    document: Document,
    passage: Passage,
    parties: Sequence[Party],
    affiliations: Mapping[str, str | None],
    own_words: str = "",
    author: Teller | None = None,
) -> Voice:
    """The outlet's voice, the sender's, or that of the person whose turn it is.

    ``own_words`` are those of the sentence that nobody else is said to say: "I" in a signed message
    is who signed it. ``author`` is the outside author of a column, whose words its paragraphs are.
    """
    if document.kind == "email" and passage.role == "quotation":
        return _other_message(document, passage, parties, _sender_of(document))
    if document.kind in {"email", "release"}:
        sender = _sender_of(document)
        name = sender[0].name if sender else None
        signer = document.byline if document.publisher and _SIGNER.fullmatch(document.byline or "") else None
        if signer is not None and signer != name and document.kind == "email" and _I.search(own_words):
            return Voice(signer, (*sender, Teller(signer, "speaker", document.publisher)))
        return Voice(name, sender)
    outlet = document.publisher
    chain: tuple[Teller, ...] = (Teller(outlet, "publisher", outlet),) if outlet else ()
    if (agency := agency_of(document)) is not None:
        # The outlet carries the words of the agency.
        chain = (*chain, Teller(agency, "publisher", agency))
    asks = passage.speaker is not None and passage.speaker.casefold() in ASKERS
    if passage.speaker is None or asks or _same_outlet(passage.speaker, outlet):
        # A turn without a known speaker is nobody's: better open than the outlet's by mistake.
        unknown = passage.role == "answer" and passage.speaker is None
        if author is not None and passage.speaker is None and passage.role in {"paragraph", "bullet"}:
            is_note = document.text.startswith(author.name, passage.start)
            return Voice(outlet, chain) if is_note else Voice(author.name, (*chain, author))
        return Voice(None if unknown else outlet, chain)
    return Voice(passage.speaker, (*chain, Teller(passage.speaker, "speaker", affiliations.get(passage.speaker))))


def _sender_of(document: Document) -> tuple[Teller, ...]:
    """Whose message or release the document is: its house, else its signer; empty where nothing tells."""
    name = document.publisher or document.byline
    return (Teller(name, "sender", document.publisher),) if name else ()


# The head of another message: "On 3 May, Ann Lee wrote:", or "From: Ann Lee <ann@mill.example>" of a forwarded one.
_HEAD = re.compile(
    r"^[> \t]*(?:On [^\n]{4,80}?,?\s{1,9}(?P<answered>\[recipient\]|[A-Z][^\n<,]{1,60}?)"
    r"(?:\s{0,9}<[^\n>]{0,200}>)?\s{1,9}wrote:\s*$"
    r"|\*?From:\*?[ \t]+[\"']?(?P<sent>[^\n<\"@]{2,80}?)[\"']?[ \t]*(?:<[^\n>]*>|\[[^\n\]]*\])?[ \t]*$)",
    re.MULTILINE,
)
_PERSON_AT = re.compile(r"(?P<name>[^(|]{2,50}?)(?:\s+(?:at|from|for)\s+|\s*[|(]\s*)(?P<house>[^)]{2,60})\)?$")
# Stands for whoever received a message, who is never named.
_RECIPIENT = "[recipient]"
# So far back a head is looked for.
_HEAD_REACH = 20_000


# "Ann Lee is director of Mill Watch" at the end of a column.
_NOTE_LENGTH = 600
_MOST_NAMES = 20
_NOTE = (
    r"\s+(?:is|was|works as|serves as)\s+(?:the\s+|an?\s+)?(?:[\w-]+\s+){0,4}?"
    r"(?P<role>[\w-]+)\s+(?:of|at|for|with)\s+(?:the\s+)?"
    r"(?P<house>[A-Z][\w&'\u2019-]*(?:\s+(?:(?:of|for|and|the|&)\s+)*[A-Z][\w&'\u2019-]*){0,6})"
)


def author_of(document: Document, passages: Sequence[Passage]) -> Teller | None:
    """Whose words the paragraphs are: of a speech its speaker, of a column its outside author; else None.

    An outside author is one whom a note at the column's end says to be somebody elsewhere.

    A paper's own reporters and editors write in the paper's voice.
    """
    name = document.byline or ""
    if name and "speaker" in document.won_by:
        # The page says whose speech it is.
        return Teller(name, "speaker", document.publisher)
    if document.kind != "article" or not _SIGNER.fullmatch(name) or " " not in name:
        return None
    for passage in [p for p in passages if p.role in {"paragraph", "boilerplate"}][-4:]:
        if passage.end - passage.start <= _NOTE_LENGTH and document.text.startswith(name, passage.start):
            note = re.compile(re.escape(name) + _NOTE).match(document.text, passage.start, passage.end)
            if note is None or note["role"] in _OF_THE_PAPER or note["role"] not in ROLES:
                return None
            house = " ".join(note["house"].split())
            return None if _same_outlet(house, document.publisher) else Teller(name, "speaker", house)
    return None


_WRITER_IS = re.compile(r"\s+(?:is|was|writes|covers|reports|works|joined|lives|has (?:been|written|worked|covered))\b")


def is_authors_note(document: Document, passage: Passage) -> bool:
    """Whether a passage only tells who wrote the work ("Ann Lee covers transport for …"): nobody's claim."""
    if passage.end - passage.start > _NOTE_LENGTH:
        return False
    for name in _names_of(document.byline or ""):
        if " " in name and document.text.startswith(name, passage.start):
            return _WRITER_IS.match(document.text, passage.start + len(name), passage.end) is not None
    return False


@lru_cache(maxsize=4)
def _names_of(byline: str) -> tuple[str, ...]:
    """Those whom a byline names; who stands behind the twentieth has no note."""
    return tuple(re.split(r",\s*|\s+and\s+", byline, maxsplit=_MOST_NAMES)[:_MOST_NAMES])


@lru_cache(maxsize=4)
def _heads(text: str) -> tuple[tuple[int, re.Match[str]], ...]:
    return tuple((head.start(), head) for head in _HEAD.finditer(text))


def _other_message(document: Document, passage: Passage, parties: Sequence[Party], sender: tuple[Teller, ...]) -> Voice:
    """The words of another message that ``sender`` passes on: its own head says whose, or nobody does."""
    heads = _heads(document.text)
    index = bisect_left(heads, passage.start, key=itemgetter(0)) - 1
    if index < 0 or heads[index][0] < passage.start - _HEAD_REACH:
        return Voice(None, ())
    head = heads[index][1]
    if "forwarded" in document.won_by:
        # What is passed on is the work: whoever passed it on tells only what stands above it.
        work = next((block.start for block in document.blocks if block.tag in {"p", "li", "h"}), 0)
        if passage.start < work:
            sender = ()
        elif heads[index][0] < work:
            return Voice(None, ())
    stated = " ".join((head["answered"] or head["sent"]).split())
    if stated.startswith(_RECIPIENT):
        return Voice(None, ())
    named = _PERSON_AT.match(stated)
    name, house = (named["name"], named["house"]) if named else (stated, None)
    name = without_role(name)
    role = "quoted" if head["answered"] else "sender"
    house = house or organisation_of(name, parties) or _signed_for(document.text, name, passage.start)
    return Voice(name, (*sender, Teller(name, role, house)))


# "Ann Lee" alone on a line, with or without a post, and her house beneath: how a forwarded message is signed.
_ROLE = "|".join(sorted(map(re.escape, ROLES), key=len, reverse=True))
_POST_LINE = rf"(?:[^\n]{{0,60}}\b(?:{_ROLE})\b[^\n]{{0,30}}\n+)?"
_HOUSE_LINE = r"(?P<house>[A-Z][\w&'\u2019-]*(?: (?:(?:of|for|and|the|&) )*[A-Z][\w&'\u2019-]*){0,6})[ \t]*(?:\n|\Z)"


def _signed_for(text: str, name: str, start: int) -> str | None:
    """The house beneath a name's own line behind ``start``, where it is an organisation's by its words."""
    line = rf"^(?:[A-Z][\w.-]* ){{0,2}}{re.escape(name)}[ \t]*\n+(?i:{_POST_LINE}){_HOUSE_LINE}"
    signed = re.compile(line, re.MULTILINE).search(text, start, start + _HEAD_REACH)
    return signed["house"] if signed and is_organisation_name(signed["house"]) else None


def extend(
    voice: Voice,
    told_by: Sequence[Attribution],
    span: tuple[int, int],
    quotes: Sequence[Quotation],
    topic: str | None,
    publishers: Publishers,
    text: str = "",
    parties: Sequence[Party] = (),
) -> tuple[str | None, tuple[Teller, ...]]:
    """The speaker and the whole chain of a claim at ``span``; ``quotes`` are its sentence's quotations.

    The innermost teller is quoted where the claim holds some of their very words. "The chief
    executive", with no company named, is that of ``topic``, the organisation that the document
    clearly speaks of.
    """
    chain = list(voice.chain)
    speaker = voice.speaker
    tellers = [a for a in told_by if (a.source is not None or not a.direct) and not is_document(a)]
    for attribution in tellers:
        if attribution.source is None:
            # "He said" of nobody certain: a link without a name.
            chain.append(Teller(_words(text, attribution) or "somebody", "reported", None, False))
            continue
        partly = attribution is tellers[-1] and any(q.start < span[1] and span[0] < q.end for q in quotes)
        name, organisation = name_and_affiliation(attribution)
        if _POST.fullmatch(attribution.source or "") and organisation in {None, attribution.source}:
            organisation = topic
        noun = _NOUN.search(name) if organisation is None or not organisation[:1].isupper() else None
        one = the_one(noun.group(1), parties) if noun else None
        organisation = one or organisation
        organisation = _house(organisation, attribution.source or "", publishers, chain)
        if attribution.source_kind == "person":
            name = without_role(name)
        identified = _is_identified(attribution) and (organisation or clean_name(name)) is not None
        role = "quoted" if attribution.direct or partly else "reported"
        if chain[-1:] and chain[-1].name == name:
            chain.pop()  # one teller's words within words of the same one
        resolved = attribution.resolved or one is not None
        mention = _words(text, attribution) if resolved else None
        if one is not None and _NOUN.fullmatch(name):
            name = one
            speaker = one if speaker == attribution.source else speaker
        if (
            attribution.cue == ":"
            and identified
            and not attribution.direct
            and text[attribution.source_end or 0 :][:1] == ":"
        ):
            # "Lee: The salmon …": a turn of a transcript.
            role, speaker = "speaker", name
        chain.append(Teller(name, role, organisation, identified or one is not None, resolved, mention))
        if attribution.direct and attribution.start <= span[0] and span[1] <= attribution.end:
            speaker = name
    if any(a.source is None and a.direct for a in told_by):
        # Quoted words whose speaker is not found are not the outlet's own.
        speaker = None
    return speaker, tuple(chain)


def _house(stated: str | None, source: str, publishers: Publishers, chain: Sequence[Teller]) -> str | None:
    """A teller's organisation as it is called: the outermost teller's own name for its acronym."""
    known = publishers.of_name(stated or source)
    body = without_article(source) if is_body(source) else None
    name = known.name if known else body or clean_name(stated or "")
    own = chain[0].organisation if chain else None
    return own if name and own and is_acronym_of(name, own) else name


def _words(text: str, attribution: Attribution) -> str | None:
    if attribution.source_start is None:
        return None
    return " ".join(text[attribution.source_start : attribution.source_end].split()) or None


def origin_of(chain: Sequence[Teller], unknown_voice: bool) -> str | None:
    """The organisation of the innermost identified teller; None where that one is not known."""
    if unknown_voice:
        return None
    for teller in reversed(chain):
        if teller.identified:
            return teller.organisation or clean_name(teller.name) or teller.name
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
    spoken_for = attribution.organisation is not None and _SPEAKS_FOR.search(attribution.source) is not None
    if attribution.source.casefold() in _NO_PARTY or (_SOMEBODY.match(attribution.source) and not spoken_for):
        return False
    if attribution.source_kind in {"post", "outlet"} or is_body(attribution.source):
        return True
    return attribution.source.split()[-1][:1].isupper()


def _same_outlet(label: str, outlet: str | None) -> bool:
    if outlet is None:
        return False
    one, other = label.casefold(), outlet.casefold()
    return one == other or other.startswith(one + " ") or one in other.split()
