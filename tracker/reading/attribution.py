"""Who said it, on whose word: the attributions of a text, direct and indirect, with their sources."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tracker.reading.attribution_clauses import Hit, read_hits
from tracker.reading.attribution_contents import contents_of, tags
from tracker.reading.attribution_names import is_share
from tracker.reading.attribution_people import People
from tracker.reading.attribution_phrases import PRONOUNS, Span
from tracker.reading.attribution_points import holds
from tracker.reading.attribution_reports import form_of, reports, stance_of
from tracker.reading.attribution_sources import NOBODY, Resolver, Source
from tracker.reading.attribution_subjects import main_subject
from tracker.reading.attribution_text import QUOTE, Sentence, Words, paragraphs, read_sentences, read_words
from tracker.reading.cues import WORDS
from tracker.reading.parties import find_mentions
from tracker.reading.quotations import Quotation, scan_quotations

#: How a cue attributes: what was said, what is thought, for or against, and what data show.
MANNERS = ("speech", "thought", "judgement", "finding")


@dataclass(frozen=True, slots=True)
class Attribution:
    """One content with who said it.

    ``[start, end)`` is the content, without the reporting words and its outer quotation marks.
    ``source`` is the noun phrase cleaned, or the party that a pronoun stands for (``resolved``); its
    span is the words in the text, the pronoun included, and stands even where ``source`` is None
    because nobody certain fits. ``cue`` is the reporting word; a quotation that goes on under a cue
    already given, or under none, has None. ``source_kind`` is person, post, organisation, group,
    document, outlet or None. ``organisation`` is whom the source speaks for. ``identified`` is False
    for unnamed groups and people. ``stance`` is reported, hedged, denied or asserted (the cue vouches
    for the content). ``manner`` is speech, thought, judgement or finding: only speech has a teller.
    ``form`` is what the content is: quotation, clause, phrase ("a hostile place"), or none where nothing
    was said ("declined to comment"; its span is empty). ``reports`` is whether the source states it: not
    where the cue is denied ("did not say"), tried or only possible, tells of an act ("agreed to a visit"),
    or gives a name ("called it a mess"), nor where the source is no party.
    """

    start: int
    end: int
    direct: bool
    source: str | None
    source_start: int | None
    source_end: int | None
    cue: str | None
    cue_start: int | None
    cue_end: int | None
    source_kind: str | None
    organisation: str | None
    identified: bool
    resolved: bool
    stance: str
    manner: str = "speech"
    form: str = "quotation"
    reports: bool = True


def read_attributions(text: str) -> tuple[Attribution, ...]:
    """The attributions of a text in order of their contents, an outer one before what it holds; linear time.

    ``text`` is a paragraph or a whole document; offsets are code points into it. Any string will do.
    """
    return _Reader(text).run()


# A quotation shorter than this tells of nobody else; a longer one may with one of these words.
_SHORT = 25
_TELLS = re.compile(
    r"\b(?:sa(?:id|ys?)|t(?:old|ells?)|according|admit|claim|den(?:y|ie)|announce|reveal|report|warn|show)"
)
# "She added": whoever spoke last goes on.
_GOES_ON = frozenset({"add", "continue", "go", "conclude", "reiterate"})
_SPEAKERS = frozenset({"i", "we", "you", "it", "this", "that", "which", "who"})


def _tells(words: Words, sentence: Sentence, hit: Hit) -> bool:
    """Whether a hit within a quotation is somebody else's statement, in so many words."""
    if hit.source is None or hit.how not in {"before", "to"} or not holds(words, sentence, hit):
        return False
    first = words.lows[hit.source[0]]
    clause = hit.cue[1] < sentence.stop and (hit.how == "to" or words.lows[hit.cue[1]] in {"that", "us", "me"})
    return first not in _SPEAKERS and bool(hit.kinds & {"say", "tell", "show"}) and (clause or hit.lemma == "say")


@dataclass(slots=True)
class _Speaker:
    """Who spoke last: the settled source, its words, and the paragraph and sentence in which."""

    source: Source
    span: tuple[int, int]
    paragraph: int
    sentence: int
    stance: str


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.spans = paragraphs(text)
        self.quotations = outermost(scan_quotations(text, self.spans))
        self.by_start = {quotation.start: quotation for quotation in self.quotations}
        self.words = read_words(text, [(quotation.start, quotation.end) for quotation in self.quotations])
        self.sentences = read_sentences(self.words, self.spans)
        parties, mentions = find_mentions(self.words, self.spans)
        begins = [self.words.starts[sentence.first] for sentence in self.sentences]
        self.resolver = Resolver(text, parties, People(parties, mentions, begins))
        self.speaker: _Speaker | None = None
        self.quoted = False
        self.found: list[Attribution] = []
        self.covered: set[int] = set()
        self.floating: list[tuple[int, Sentence]] = []

    def run(self) -> tuple[Attribution, ...]:
        for number, sentence in enumerate(self.sentences):
            hits = [] if self._asks(sentence) else read_hits(self.words, sentence)
            hits = [hit for hit in hits if holds(self.words, sentence, hit)]
            claimed = tags(self.words, sentence, hits)
            for hit in hits:
                self._hit(number, sentence, hit, hits, claimed)
            self._loose(number, sentence)
            if not hits and self.words.lows[sentence.stop - 1] == ":":
                self._introduce(number, sentence)
        for quotation in self.quotations:
            self._within(quotation)
        self.found.sort(key=lambda attribution: (attribution.start, -attribution.end))
        return tuple(self.found)

    def _asks(self, sentence: Sentence) -> bool:
        """Whether a sentence asks the reader: a question that quotes nobody."""
        lows = self.words.lows
        if lows[sentence.stop - 1] != "?" or QUOTE in lows[sentence.first : sentence.stop]:
            return False
        return lows[sentence.first] in WORDS["question"]

    def _within(self, quotation: Quotation) -> None:
        """What somebody quoted tells of others: "the council told us that ..."."""
        start, end = quotation.inner_start, quotation.inner_end
        if end - start < _SHORT or _TELLS.search(self.text, start, end) is None:
            return
        inner = self.text[start:end]
        words = read_words(inner, ())
        for sentence in read_sentences(words, [(0, len(inner))]):
            hits = [hit for hit in read_hits(words, sentence) if _tells(words, sentence, hit)]
            for hit in hits:
                if hit.source is not None:
                    self._inner(words, sentence, hit, hits, start)

    def _inner(self, words: Words, sentence: Sentence, hit: Hit, hits: Sequence[Hit], offset: int) -> None:
        if hit.source is None:
            return
        begin, stop = words.starts[hit.source[0]], words.ends[hit.source[1] - 1]
        if is_share(words.text[begin:stop]):
            return
        source = self.resolver.settle(words.text[begin:stop], offset + begin, offset)
        cue = (words.starts[hit.cue[0]] + offset, words.ends[hit.cue[1] - 1] + offset)
        for content in contents_of(words, sentence, hit, hits):
            self.found.append(
                Attribution(
                    words.starts[content[0]] + offset, words.ends[content[1] - 1] + offset, False,
                    source.name, begin + offset, stop + offset, self.text[cue[0] : cue[1]], *cue,
                    source.kind, source.organisation, source.identified, source.resolved,
                    stance_of(words, hit), manner_of(hit, source), form := form_of(words, content),
                    reports(words, hit, content, form, source),
                )
            )  # fmt: skip

    def _hit(self, number: int, sentence: Sentence, hit: Hit, hits: Sequence[Hit], claimed: Mapping[int, Hit]) -> None:
        if hit.source is None:
            return
        words = self.words
        if is_share(self.text[words.starts[hit.source[0]] : words.ends[hit.source[1] - 1]]):
            return
        source, (start, end) = self._settle(hit.source, sentence, goes_on=hit.lemma in _GOES_ON)
        contents = [
            span
            for span in contents_of(words, sentence, hit, hits)
            if span[1] - span[0] > 1 or claimed.get(span[0], hit) is hit
        ]
        cue: Span | None = hit.cue
        manner = manner_of(hit, source)
        stance = stance_of(words, hit)
        for content in contents:
            form = form_of(words, content)
            told = manner, form, reports(words, hit, content, form, source)
            self._add(content, source, (start, end), cue, stance, told)
            cue = None
        quoted = any(words.between(words.quotes, *span) for span in contents)
        # Who is quoted goes on speaking, whatever the rest of the sentence says of others.
        last = self.quoted if self.speaker is not None and self.speaker.sentence == number else False
        if quoted or manner == "speech" and not last:
            self.speaker = _Speaker(source, (start, end), sentence.paragraph, number, hit.stance)
            self.quoted = quoted

    def _settle(self, span: Span, sentence: Sentence, *, goes_on: bool = False) -> tuple[Source, tuple[int, int]]:
        start, end = self.words.starts[span[0]], self.words.ends[span[1] - 1]
        begin = self.spans[sentence.paragraph][0]
        source = self.resolver.settle(self.text[start:end], start, begin, goes_on=goes_on)
        return source, (start, end)

    def _add(
        self,
        content: Span,
        source: Source,
        mention: tuple[int, int],
        cue: Span | None,
        stance: str,
        told: tuple[str, str, bool] = ("speech", "quotation", True),
    ) -> None:
        words = self.words
        quotes = words.between(words.quotes, *content)
        self.covered.update(quotes)
        start, end = words.starts[content[0]], words.ends[content[1] - 1]
        if content[0] == content[1]:
            start = end
        direct = bool(quotes) and content[1] - content[0] == 1
        if direct and (quotation := self.by_start.get(start)):
            start, end = quotation.inner_start, quotation.inner_end
        cue_start, cue_end = (words.starts[cue[0]], words.ends[cue[1] - 1]) if cue else (None, None)
        self.found.append(
            Attribution(
                start, end, direct, source.name, *mention,
                self.text[cue_start:cue_end] if cue else None, cue_start, cue_end,
                source.kind, source.organisation, source.identified, source.resolved, stance, told[0], told[1], told[2],
            )
        )  # fmt: skip

    def _introduce(self, number: int, sentence: Sentence) -> None:
        """Whoever is the subject of "... issued the following statement:" speaks next."""
        subject = main_subject(self.words, sentence, sentence.stop - 1)
        if subject is not None:
            source, (start, end) = self._settle(subject, sentence)
            self.speaker = _Speaker(source, (start, end), sentence.paragraph, number, "reported")

    def _loose(self, number: int, sentence: Sentence) -> None:
        """Quotations that no cue holds: the speaker is whoever spoke in the sentence before."""
        words = self.words
        loose = [
            place for place in words.between(words.quotes, sentence.first, sentence.stop) if place not in self.covered
        ]
        if not loose:
            return
        alone = all(words.lows[place] == QUOTE or not words.lows[place][0].isalnum()
                    for place in range(sentence.first, sentence.stop))  # fmt: skip
        for place in loose:
            if self._tag(number, sentence, place) or self._signed(number, sentence, place):
                continue
            if self._goes_on(number, place) or self._is_speech(place, alone):
                speaker = self._speaker_of(number, sentence, place, alone)
                if speaker is None:
                    self._unknown(place)
                else:
                    self._add((place, place + 1), speaker.source, speaker.span, None, speaker.stance)
                    if alone:
                        self.speaker = speaker

    def _tag(self, number: int, sentence: Sentence, place: int) -> bool:
        """A quotation whose tag has a verb of no list: "...," she mouthed."""
        words, first = self.words, place + 1
        if words.last_marks.get(place, "") not in {",", "?", "!"} or first + 1 >= sentence.stop:
            return False
        end = first
        if words.lows[first] in PRONOUNS:
            end = first + 1
        else:
            while end < sentence.stop and words.words[end][0].isupper():
                end += 1
        if end == first or end >= sentence.stop or not words.words[end][0].islower():
            return False
        source, (start, stop) = self._settle((first, end), sentence)
        self._add((place, place + 1), source, (start, stop), (end, end + 1), "reported")
        self.speaker = _Speaker(source, (start, stop), sentence.paragraph, number, "reported")
        return True

    def _signed(self, number: int, sentence: Sentence, place: int) -> bool:
        """A quotation signed by its speaker: "..." - Jane Doe, on its line or on the next."""
        words, first = self.words, place + 1
        owner = sentence
        if first >= sentence.stop and number + 1 < len(self.sentences):
            owner = self.sentences[number + 1]
            first = owner.first
        if first + 1 >= owner.stop or words.words[first] not in "\u2014\u2013\u2015-":
            return False
        end = first + 1
        while end < owner.stop and (words.words[end][0].isupper() or words.lows[end] in {"of", "de", "van", "the"}):
            end += 1
        rest = words.lows[end] if end < owner.stop else "."
        if end == first + 1 or end - first > 6 or rest not in {".", ",", "(", "via"}:
            return False
        source, mention = self._settle((first + 1, end), owner)
        self._add((place, place + 1), source, mention, (first, first + 1), "reported")
        self.speaker = _Speaker(source, mention, sentence.paragraph, number, "reported")
        return True

    def _goes_on(self, number: int, place: int) -> bool:
        """Whether a quotation goes on behind its tag: "No one," said Lowe, a nurse, "was told."."""
        told = self.speaker is not None and self.speaker.sentence == number
        return told and self.words.lows[place - 1] == ","

    def _is_speech(self, place: int, alone: bool) -> bool:
        """Whether a loose quotation is somebody's words, not a title or a word held at arm's length."""
        start, end = self.words.starts[place], self.words.ends[place]
        inner = self.text[start + 1 : end - 1].split()
        if alone:
            return len(inner) > 1 or self._just_spoke(place)
        small = sum(word[:1].islower() for word in inner)
        return len(inner) > 3 and small * 2 >= len(inner)

    def _just_spoke(self, place: int) -> bool:
        """Whether the sentence before ends with a tag: "No," she said. "Never."."""
        last = self.speaker
        return (
            last is not None
            and self.words.last_marks.get(place, "") in {".", "!", "?"}
            and last.sentence + 1 < len(self.sentences)
            and self.sentences[last.sentence + 1].first == place
            and self.sentences[last.sentence].paragraph == self.sentences[last.sentence + 1].paragraph
        )

    def _speaker_of(self, number: int, sentence: Sentence, place: int, alone: bool) -> _Speaker | None:
        last = self.speaker
        if last is not None and last.sentence == number:
            return last
        if alone and last is not None and number - last.sentence <= 1:
            return last
        if alone:
            before = self._subject_before(number, sentence)
            if before is not None:
                return before
        subject = None if alone else main_subject(self.words, sentence, place)
        if subject is not None:
            source, (start, end) = self._settle(subject, sentence)
            return _Speaker(source, (start, end), sentence.paragraph, number, "reported")
        return last if last is not None and number - last.sentence <= 3 else None

    def _subject_before(self, number: int, sentence: Sentence) -> _Speaker | None:
        """The person that the sentence before speaks of: "Jones was furious." and then what she said."""
        if not number or sentence.paragraph - self.sentences[number - 1].paragraph > 1:
            return None
        before = self.sentences[number - 1]
        subject = main_subject(self.words, before, before.stop)
        if subject is None:
            return None
        source, mention = self._settle(subject, before)
        if source.kind not in {"person", "post"}:
            return None
        return _Speaker(source, mention, sentence.paragraph, number, "reported")

    def _unknown(self, place: int) -> None:
        quotation = self.by_start.get(self.words.starts[place])
        if quotation is not None:
            self.found.append(
                Attribution(
                    quotation.inner_start, quotation.inner_end, True, None, None, None, None, None, None,
                    NOBODY.kind, None, False, False, "reported",
                )
            )  # fmt: skip


def outermost(quotations: Iterable[Quotation]) -> list[Quotation]:
    """The quotations that no other holds."""
    outer: list[Quotation] = []
    for quotation in quotations:
        if not outer or quotation.start >= outer[-1].end:
            outer.append(quotation)
    return outer


def manner_of(hit: Hit, source: Source) -> str:
    """How a cue attributes: speech, thought, judgement or finding."""
    if source.kind == "document":
        return "finding"
    if hit.kinds & {"say", "tell", "tell_of"} or source.kind == "outlet":
        return "speech"
    if hit.kinds & {"judge"}:
        return "judgement"
    if hit.kinds & {"show"}:
        return "finding"
    return "thought" if hit.kinds else "speech"
