"""Passages, figures, attribution and sourcing, joined into claims: the one entrance of reading."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Generic, Protocol, TypeVar

from scrapers.document import Document
from tracker.reading.affiliations import affiliations_of
from tracker.reading.attribution import Attribution, read_attributions
from tracker.reading.candidates import Candidate, candidates_in
from tracker.reading.currency import Context, context_of, doubt_dollars, doubt_pounds, infer_currency
from tracker.reading.dates import DateMention, read_dates, read_deadlines, resolve, resolve_span
from tracker.reading.events import is_on_record
from tracker.reading.figures import read_figures
from tracker.reading.firsthand import (
    SPEAKER,
    can_mean_itself,
    is_firsthand,
    is_pollster,
    same_body,
    says_of_itself,
    split_own,
    teller_is_body,
    tells_own_paper,
    title_tells_own_paper,
)
from tracker.reading.kinds import Kind
from tracker.reading.mentions import Mentions
from tracker.reading.parties import Party, full_name, read_parties
from tracker.reading.passages import read_passages
from tracker.reading.publishers import Publishers, builtin
from tracker.reading.quotations import Quotation, read_quotations
from tracker.reading.regions import Region, regions_of, told
from tracker.reading.sentences import split_sentences
from tracker.reading.source_records import mended
from tracker.reading.sourcing import sourcing_of
from tracker.reading.stance import stance_of
from tracker.reading.statements import tells_words
from tracker.reading.subjects import Topics, subject_of, subject_words, topics_of
from tracker.reading.teller_names import TellerNames, settled_all
from tracker.reading.tellers import author_of, extend, is_authors_note, is_document, origin_of, voice_of
from tracker.reading.text import normalise, sha256_of
from tracker.reading.values import Claim, Figure, Passage, Reading, SourceMention, Teller

#: Raised whenever the same document may give other claims than before.
READER_VERSION = "1"

_SILENT = frozenset({"boilerplate", "caption"})
# What runs on for so many characters without a stop is a list or no prose at all.
_NO_SENTENCE = 3000
_ONE_OF = re.compile(r"one\s+of\b", re.IGNORECASE)
_WORD = re.compile(r"\w")
_ASKS = re.compile(r"\?[\"'\u2019\u201d)\]]*$")


class _HasSpan(Protocol):
    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


_Span = TypeVar("_Span", bound=_HasSpan)


@dataclass(frozen=True, slots=True)
class _Found:
    """A candidate with its sentence, passage and the voices around it; ``quotes`` are those of the sentence."""

    candidate: Candidate
    region: Region
    sentence: tuple[int, int]
    passage: Passage
    quotes: tuple[Quotation, ...]


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of the document as a whole; ``together`` are the spans of each sentence's claims.

    ``dates`` keeps what a sentence was read to hold: it is read once, however many claims the sentence makes.
    """

    document: Document
    parties: Sequence[Party]
    topics: Topics
    context: Context
    publishers: Publishers
    mentions: Mentions
    together: Mapping[tuple[int, int], Sequence[tuple[int, int]]]
    affiliations: Mapping[str, str | None]
    of_absence: frozenset[str]
    author: Teller | None = None
    dates: dict[tuple[int, int], tuple[DateMention, ...]] = field(default_factory=dict)


def read(
    document: Document, kinds: Sequence[Kind], publishers: Publishers | None = None, key: str | None = None
) -> Reading:
    """Read the claims of a document.

    ``key`` is the document's natural key, by which its claims are named; without one it is the URL,
    else the message-id, else the text's hash. The same document and kinds give the same reading,
    always. Claims stand in the order of the text; their offsets are into ``document.text``.
    """
    publishers = publishers or builtin()
    passages = read_passages(document)
    spoken = [p for p in passages if p.role not in _SILENT]
    content = "\n\n".join(document.text[p.start : p.end] for p in spoken)
    parties = read_parties(content)
    attributions = _attributions(document.text, spoken, TellerNames(content, parties))
    found: list[_Found] = []
    near = _by_passage(spoken, attributions)
    for passage, telling in zip(spoken, near, strict=True):
        if not is_authors_note(document, passage):
            found.extend(_in_passage(document, passage, telling, kinds))
    context = context_of(document.text, passages, document.url, _stated(found), document.language)
    topics = topics_of(
        content,
        [p.organisation or p.name for p in parties if p.kind == "organisation" or p.organisation],
        [document.publisher, *(p.speaker for p in passages)],
    )
    mentions = Mentions(document, passages, publishers)
    together: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for one in found:
        together.setdefault(one.sentence, []).append((one.candidate.start, one.candidate.end))
    affiliations = affiliations_of(document.text, passages, parties)
    of_absence = frozenset(kind.name for kind in kinds if kind.absence)
    author = author_of(document, passages)
    known = _Known(document, parties, topics, context, publishers, mentions, together, affiliations, of_absence, author)
    drafts = [_claim(known, f) for f in found]
    return Reading(sha256_of(document.text), passages, _keyed(document, key, drafts))


def _attributions(text: str, passages: Sequence[Passage], names: TellerNames) -> tuple[Attribution, ...]:
    """Attributions run over the paragraphs of one voice; a heading or another speaker ends them."""
    found: list[Attribution] = []
    flow: list[Passage] = []
    for passage in [*passages, None]:
        if flow and (passage is None or _breaks(flow[-1], passage)):
            start = flow[0].start
            words = text[start : flow[-1].end]
            read_here = settled_all(names, words, (mended(words, a) for a in read_attributions(words)))
            found.extend(_shifted(a, start) for a in told(read_here, words))
            flow = []
        if passage is not None:
            flow.append(passage)
    return tuple(found)


def _by_passage(passages: Sequence[Passage], attributions: Sequence[Attribution]) -> list[list[Attribution]]:
    """The attributions that reach into each passage; passages are in order and do not overlap."""
    starts = [p.start for p in passages]
    near: list[list[Attribution]] = [[] for _ in passages]
    for attribution in attributions:
        first = max(0, bisect_right(starts, attribution.start) - 1)
        for index in range(first, bisect_left(starts, attribution.end)):
            near[index].append(attribution)
    return near


def _breaks(before: Passage, after: Passage) -> bool:
    alone = {"heading", "bullet", "quotation"}
    return (
        before.speaker != after.speaker
        or before.role in alone
        or after.role in alone
        or (before.role == "question") != (after.role == "question")
    )


def _shifted(a: Attribution, by: int) -> Attribution:
    return replace(
        a,
        start=a.start + by,
        end=a.end + by,
        source_start=None if a.source_start is None else a.source_start + by,
        source_end=None if a.source_end is None else a.source_end + by,
        cue_start=None if a.cue_start is None else a.cue_start + by,
        cue_end=None if a.cue_end is None else a.cue_end + by,
    )


def _in_passage(
    document: Document, passage: Passage, attributions: Sequence[Attribution], kinds: Sequence[Kind]
) -> list[_Found]:
    text = document.text
    words = text[passage.start : passage.end]
    # "One of the plants" is a figure that says no more than "a plant".
    counted = (f for f in read_figures(words) if not _ONE_OF.match(f.text))
    read_here = (*counted, *read_deadlines(words, document.published))
    figures = [replace(f, start=f.start + passage.start, end=f.end + passage.start) for f in read_here]
    quotes = tuple(replace(q, start=q.start + passage.start, end=q.end + passage.start) for q in read_quotations(words))
    figures_of, telling_of, quotes_of = _Near(figures), _Near(attributions), _Near(quotes)
    found: list[_Found] = []
    for sentence in split_sentences(text, passage.start, passage.end):
        if _says_nothing(text, *sentence):
            continue
        here = [f for f in figures_of.near(*sentence) if sentence[0] <= f.start and f.end <= sentence[1]]
        telling, quoted = telling_of.near(*sentence), quotes_of.near(*sentence)
        if passage.role == "heading":
            # "Officer: only 15 % …": the headline is the outlet's words, but for what it quotes.
            telling = tuple(a for a in telling if a.direct)
        spans = [(f.start, f.end) for f in here]
        telling = tuple(a for a in telling if tells_words(text, a, spans))
        shares = [(f.start, f.end) for f in here if f.dimension == "proportion"]
        for region in regions_of(text, sentence, telling, spans, shares):
            inside = [f for f in here if region.start <= f.start and f.end <= region.end]
            for candidate in candidates_in(text, region, sentence, passage, inside, kinds):
                if document.kind == "email" and _is_loose(text, candidate, region):
                    continue
                found.append(_Found(candidate, region, sentence, passage, quoted))
    return found


def _is_loose(text: str, candidate: Candidate, region: Region) -> bool:
    """Whether a message's own event, of no kind and without a figure, has nothing to look it up by."""
    if candidate.kind != "other" or candidate.figures or region.told_by:
        return False
    return not is_on_record(text, candidate.start, candidate.end, candidate.subject_start)


def _says_nothing(text: str, start: int, end: int) -> bool:
    """Whether a sentence is none (a list, signs without a word) or a question."""
    return (
        end - start > _NO_SENTENCE
        or not _WORD.search(text, start, end)
        or bool(_ASKS.search(text, max(start, end - 8), end))
    )


class _Near(Generic[_Span]):
    """Spans, asked for those that touch one stretch after another: each is looked at in its own stretches only."""

    def __init__(self, spans: Iterable[_Span]) -> None:
        self._spans = tuple(spans)
        # A stable order by start; what was given is given back in the order in which it came.
        self._order = sorted(range(len(self._spans)), key=lambda index: self._spans[index].start)
        self._next = 0
        self._open: list[int] = []

    def near(self, start: int, end: int) -> tuple[_Span, ...]:
        """The spans that overlap ``[start, end)``, in the order given; stretches are asked from left to right."""
        while self._next < len(self._order) and self._spans[self._order[self._next]].start < end:
            self._open.append(self._order[self._next])
            self._next += 1
        self._open = [index for index in self._open if self._spans[index].end > start]
        return tuple(self._spans[index] for index in sorted(self._open))


def _stated(found: Sequence[_Found]) -> tuple[tuple[Figure, str], ...]:
    return tuple(
        (f.candidate.figures[0], f.candidate.kind)
        for f in found
        if f.candidate.figures and f.candidate.figures[0].dimension == "money" and f.candidate.figures[0].unit
    )


def _claim(known: _Known, found: _Found) -> Claim:
    document, candidate = known.document, found.candidate
    text, topics, publishers = document.text, known.topics, known.publishers
    voice = voice_of(document, found.passage, known.parties, known.affiliations, _own_words(text, found), known.author)
    told_by, span = found.region.told_by, (candidate.start, candidate.end)
    speaker, chain = extend(voice, told_by, span, found.quotes, topics.leading, publishers, text, known.parties)
    figures = tuple(
        _with_unit(f, candidate.kind, candidate.bare_money, found.passage, known.context) for f in candidate.figures
    )
    words = subject_words(text, candidate.subject_start, candidate.end)
    teller = chain[-1] if chain else None
    # What "we" are: nobody's name where the teller is not identified.
    own = (teller.organisation or (teller.name if teller.identified else None)) if teller else None
    subject = full_name(subject_of(words, text[candidate.start : candidate.end], topics, own), known.parties)
    sources, firsthand = _rests_on(known, found, chain, words, subject, own)
    sourcing, reason = sourcing_of(sources, chain, firsthand)
    return Claim(
        key="",
        start=candidate.start,
        end=candidate.end,
        quote=text[candidate.start : candidate.end],
        sentence_start=found.sentence[0],
        sentence_end=found.sentence[1],
        kind=candidate.kind,
        also_kinds=candidate.also_kinds,
        subject=subject,
        speaker=speaker,
        chain=chain,
        origin=origin_of(chain, _is_nobodys(found)),
        stance=stance_of(
            text,
            candidate,
            found.sentence[0],
            found.region.told_by,
            # An event's or statement's own "not" is what is claimed; only a figure is denied by it.
            absence=candidate.kind in known.of_absence
            or (candidate.kind in {"other", "statement"} and not candidate.figures),
        ),
        as_of=_as_of(known, found.sentence, figures),
        figures=figures,
        sources=sources,
        sourcing=sourcing,
        sourcing_reason=reason,
    )


def _rests_on(
    known: _Known, found: _Found, chain: Sequence[Teller], words: str, subject: str | None, own: str | None
) -> tuple[tuple[SourceMention, ...], bool]:
    """The sources of a claim, without its teller's own papers, and whether the teller tells it firsthand.

    ``words`` are those of its subject, ``own`` is what "we" are.
    """
    document, candidate, leading = known.document, found.candidate, known.topics.leading
    text, told_by = document.text, found.region.told_by
    teller = chain[-1] if chain else None
    # In reported speech "we" are the reporter's own, not those of whom it tells.
    theirs = teller is None or teller.role != "reported" or subject is not None or not SPEAKER.match(words)
    clause = text[candidate.start : candidate.end]
    told = teller is not None and teller.role in {"reported", "quoted"}
    alone = teller is not None and not told and (len(chain) == 1 or teller.role == "sender")
    of_self = own is not None and (leading is None or same_body(leading, own)) and teller_is_body(chain)
    of_self = of_self and can_mean_itself(text, candidate.start, words, own or "", known.publishers, known.parties)
    own_words = is_firsthand(words, subject, own, clause, of_self) or tells_own_paper(text, *found.sentence)
    inner = told_by[-1] if told_by else None
    # Of a person's "it" nothing tells what it is.
    if inner is not None and inner.source_kind in {"organisation", None} and inner.identified and not inner.direct:
        own_words = own_words or says_of_itself(text, inner.cue_end, candidate.subject_start)
    # A pollster tells its own results, and a document its own organisation's reports.
    sources, own_paper = split_own(_sources(known, found), own if alone else None)
    own_paper = own_paper or (alone and bool(candidate.figures) and title_tells_own_paper(document.title))
    own_poll = candidate.kind == "poll" and is_pollster(own, known.publishers)
    return sources, (theirs and own_words) or own_paper or own_poll


def _own_words(text: str, found: _Found) -> str:
    """The sentence's words outside quotation marks, empty where somebody is said to say the claim."""
    if found.region.told_by:
        return ""
    start, end = found.sentence
    inside = [(q.start, q.end) for q in found.quotes if start < q.end and q.start < end]
    for first, last in inside:
        if first <= found.candidate.start and found.candidate.end <= last:
            return ""
    edges = [start, *(edge for span in inside for edge in span), end]
    return " ".join(text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b)


def _is_nobodys(found: _Found) -> bool:
    """Words or a turn whose speaker is not known: then no teller further out is the origin."""
    tellers = [a for a in found.region.told_by if a.source is None or not is_document(a)]
    turn = found.passage.role == "answer" and found.passage.speaker is None
    return turn or (bool(tellers) and tellers[-1].source is None)


def _with_unit(figure: Figure, kind: str, bare_money: bool, passage: Passage, context: Context) -> Figure:
    if figure.unit is None and (bare_money or figure.dimension == "money"):
        return infer_currency(figure, kind, passage, context)
    return doubt_pounds(doubt_dollars(figure, kind, passage, context), context)


def _sources(known: _Known, found: _Found) -> tuple[SourceMention, ...]:
    candidate = found.candidate
    span = (candidate.start, candidate.end)
    claims = known.together[found.sentence]
    return known.mentions.of(span, claims, found.sentence, found.passage, found.region.told_by, candidate.kind)


def _as_of(known: _Known, sentence: tuple[int, int], figures: Sequence[Figure]) -> str | None:
    """The date of the sentence that no figure uses; relative ones only against the document's date."""
    document = known.document
    taken = [(f.start - sentence[0], f.end - sentence[0]) for f in figures if f.dimension == "date"]
    if sentence not in known.dates:
        known.dates[sentence] = read_dates(document.text[sentence[0] : sentence[1]])
    mentions, words = known.dates[sentence], document.text[sentence[0] : sentence[1]]
    for mention, behind in zip(mentions, (*mentions[1:], None), strict=False):
        if not any(a < mention.end and mention.start < b for a, b in taken):
            span = resolve_span(words, mention, behind, document.published) if behind else None
            resolved = span or resolve(mention, document.published)
            if resolved is not None:
                return resolved
    return None


def _keyed(document: Document, key: str | None, drafts: Sequence[Claim]) -> tuple[Claim, ...]:
    """The claims with their keys (the design's section 3, "Which claim it is")."""
    base = key or document.url or document.message_id or "sha256:" + sha256_of(document.text)
    seen: Counter[tuple[str, str]] = Counter()
    keyed: list[Claim] = []
    for claim in drafts:
        words = " ".join(f.text for f in claim.figures) or claim.quote
        sentence = document.text[claim.sentence_start : claim.sentence_end]
        pair = (normalise(words), normalise(sentence))
        seen[pair] += 1
        keyed.append(replace(claim, key=sha256_of("\x1f".join((base, *pair, str(seen[pair]))))))
    return tuple(keyed)
