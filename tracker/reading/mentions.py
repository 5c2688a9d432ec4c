"""All that a claim's sentence says it rests on: links, footnotes, names, anonymous and inherited sources."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from scrapers.document import Document, Link
from tracker.reading.attribution import Attribution
from tracker.reading.footnotes import Footnotes, Mark, Note
from tracker.reading.publishers import Publishers
from tracker.reading.source_inherited import Papers
from tracker.reading.source_links import backs, belonging, linked_in, mention_of
from tracker.reading.source_papers import NAME, PAPER, papers_in
from tracker.reading.source_people import anonymous_in, unnamed_in
from tracker.reading.source_records import offices_of, records_in, single_papers
from tracker.reading.values import Passage, SourceMention

_URL = re.compile(r"https?://[^\s<>\"\u201d)\]]{4,500}")
# "ONS, Labour market overview, May 2020": a note that names what it cites.
_CITES = re.compile(
    rf"\W{{0,3}}(?:(?:[Ss]ee|[Ss]ources?|[Ff]rom|[Dd]ata|[Ff]igures)(?: from)?:?\s+)?(?:[Tt]he\s+)?(?P<name>{NAME})"
    rf"(?=\s*(?:[,.:;(\u2018\u201c\"']|\Z)|\s+(?i:{PAPER})\b)"
)
_CITED = re.compile(rf"\b(?:19|20)\d\d\b|\b(?i:{PAPER})\b")
_SILENT = frozenset({"boilerplate", "caption"})


@dataclass(frozen=True, slots=True)
class _Shown:
    """What one sentence rests on, whoever tells which of its claims; ``unnamed`` are spans."""

    linked: tuple[SourceMention, ...]
    noted: tuple[SourceMention, ...]
    papers: tuple[SourceMention, ...]
    records: tuple[SourceMention, ...]
    unnamed: tuple[tuple[int, int], ...]


class Mentions:
    """The sources of one document's claims; the words that show each are ``document.text[start:end]``."""

    def __init__(self, document: Document, passages: Sequence[Passage], publishers: Publishers) -> None:
        self._text, self._own_url, self._publishers = document.text, document.url, publishers
        self._links: tuple[Link, ...] = tuple(sorted(document.links, key=lambda link: link.start))
        self._footnotes = Footnotes(document.text, passages)
        spoken = [passage for passage in passages if passage.role not in _SILENT]
        self._papers = Papers(document.text, spoken, self._links, document.url, publishers)
        # The claims of a sentence are asked for one after another.
        self._last: tuple[tuple[int, int], _Shown] | None = None

    def of(
        self,
        claim: tuple[int, int],
        claims: Sequence[tuple[int, int]],
        sentence: tuple[int, int],
        passage: Passage,
        told_by: Sequence[Attribution],
        kind: str,
    ) -> tuple[SourceMention, ...]:
        """The sources of the claim at ``claim``; ``claims`` are the spans of all claims of its sentence."""
        text, publishers = self._text, self._publishers
        shown = self._shown(sentence)
        offices = (*shown.records, *offices_of(told_by, publishers))
        own = [*belonging(shown.linked, claim, claims), *belonging(shown.noted, claim, claims), *shown.papers]
        for mention in offices:
            if not any(m.how == "named" and m.start < mention.end and mention.start < m.end for m in own):
                own.append(mention)
        if not any(m.how == "named" for m in own):
            own += single_papers(told_by, sentence[0])
        own += anonymous_in(text, *sentence, told_by, shown.unnamed)
        # In talk another poll may be meant; in an outlet's own paragraphs results follow their poll.
        is_result = kind == "poll" and passage.role == "paragraph" and not any(a.identified for a in told_by)
        own += self._papers.inherited(sentence, passage, own, is_result)
        seen: dict[tuple[str, str | None], SourceMention] = {}
        for mention in own:
            seen.setdefault((mention.name.casefold(), mention.url), mention)
        return tuple(seen.values())

    def _shown(self, sentence: tuple[int, int]) -> _Shown:
        """What the sentence shows, whichever claim asks: found for its first one."""
        if self._last is None or self._last[0] != sentence:
            text, publishers = self._text, self._publishers
            shown = _Shown(
                linked_in(text, self._links, sentence, self._own_url, publishers),
                tuple(m for mark in self._footnotes.carried(*sentence) for m in self._noted(mark)),
                papers_in(text, *sentence, publishers),
                records_in(text, *sentence),
                unnamed_in(text, *sentence),
            )
            self._last = (sentence, shown)
        return self._last[1]

    def _noted(self, mark: Mark) -> tuple[SourceMention, ...]:
        """What the note of a mark links, else what it names; "ibid." is the note before."""
        note = self._footnotes.meant(mark.note)
        if note is None:
            return ()
        text, publishers = self._text, self._publishers
        linked = linked_in(text, self._links, (note.start, note.end), self._own_url, publishers)
        if not linked:
            urls = (match.group().rstrip(".,;") for match in _URL.finditer(text, note.start, note.end))
            linked = tuple(mention_of(url, 0, 0, publishers) for url in urls if backs(url, self._own_url))
        found = linked or papers_in(text, note.start, note.end, publishers) or self._cited(note)
        return tuple(replace(m, start=mark.start, end=mark.end) for m in found)

    def _cited(self, note: Note) -> tuple[SourceMention, ...]:
        match = _CITES.match(self._text, note.start, note.end)
        if match is None:
            return ()
        known = self._publishers.of_name(match.group("name"))
        if known is None and not _CITED.search(self._text, note.start, note.end):
            return ()
        name = known.name if known else " ".join(match.group("name").split())
        return (SourceMention(name, None, "named", match.start("name"), match.end("name")),)
