"""Sources that a sentence takes over from before it: "the poll also found", "of those asked", "it also says".

What "the poll" means is settled only where it can mean one thing: the one paper of that sort that the
document has named so far, else the one in the same paragraph. Two candidates give none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from scrapers.document import Link
from tracker.reading.needles import Sought, gate_of
from tracker.reading.publishers import Publishers
from tracker.reading.sentences import split_sentences
from tracker.reading.source_links import linked_in
from tracker.reading.source_papers import papers_with_nouns
from tracker.reading.source_records import records_in
from tracker.reading.values import Passage, SourceMention

_SORTS = {
    "poll": ("poll", "polls", "polling", "survey", "surveys", "questionnaire", "tracker", "barometer"),
    "study": ("study", "studies", "research", "analysis", "analyses", "estimates", "calculations", "paper"),
    "report": ("report", "reports", "review", "reviews", "audit", "audits", "inquiry", "investigation"),
    "figures": ("figures", "data", "statistics"),
    "papers": (
        "documents",
        "document",
        "papers",
        "minutes",
        "emails",
        "e-mails",
        "email",
        "e-mail",
        "memo",
        "files",
        "records",
    ),
    "judgment": ("judgment", "judgement", "ruling"),
    "accounts": ("accounts", "filing", "filings"),
}
_SORT_OF = {noun: sort for sort, nouns in _SORTS.items() for noun in nouns}
_NOUNS = "|".join(sorted(_SORT_OF, key=lambda noun: (-len(noun), noun)))
_FINDS = (
    r"(?:also |further |then |additionally |meanwhile )?(?:found|finds?|shows?|showed|revealed|reveals?|suggest(?:s"
    r"|ed)?|indicate[sd]?"
    r"|says?|said|adds?|added|notes?|noted|states?|stated|concludes?|concluded|estimate[sd]?|warns?|warned|puts?"
    r"|recorded|records?"
    r"|reports?|reported|asked|discloses?|disclosed|points? out|pointed out)\b"
)
_THE = (
    rf"(?:the|this|that|these|those)\s+(?:same\s+|new\s+|recent\s+|latest\s+"
    rf"|joint\s+)?(?P<noun>{_NOUNS})\b(?!\s+(?:by|from|of|conducted|published)\b)"
)
_REFERS = Sought(
    re.compile(
        rf"\b(?:according to\s+|(?:in|from|by)\s+(?=\w+\s+(?:\w+\s+)?(?:poll|survey)\b"
        rf"|[^,.;\n]{{1,40}},))(?P<behind>{_THE})"
        rf"|\b(?P<front>{_THE.replace('?P<noun>', '?P<other>')})['\u2019]?s?\s+(?:\w+ly\s+)?{_FINDS}",
        re.IGNORECASE,
    )
)
_ASKED = Sought(
    re.compile(
        r"\b(?:(?:of|among)\s+(?:all\s+)?(?:those|the(?: \w+)? (?:people|adults|voters|\d[\d,]*))\s+(?:who (?:were"
        r"|was) )?(?:polled|surveyed|asked|questioned"
        r"|interviewed|who (?:answered|responded|took part))|(?:those|people) (?:polled|surveyed|questioned)"
        r"|(?:of )?(?:the )?respondents)\b",
        re.IGNORECASE,
    )
)
_IT = re.compile(rf"\W{{0,2}}(?P<it>It|They|These)\s+{_FINDS}")
_UNNAMED = Sought(
    re.compile(
        rf"\b(?:an?|another|one|a second|two|separate|several|other|recent)\s+"
        rf"(?:[\w-]+\s+){{0,3}}?(?P<noun>{_NOUNS})\b",
        re.IGNORECASE,
    )
)
# What runs on for so many characters without a stop is no prose.
_NO_SENTENCE = 3000
# How near a link must stand to the paper whose name it gives.
_BESIDE = 30


@dataclass(frozen=True, slots=True)
class Introduced:
    """A paper where the text first speaks of it; ``name`` is None where it names no maker."""

    position: int
    sort: str
    name: str | None
    start: int
    end: int


class _Line:
    """Papers in the order of the text, with where each run of one name began."""

    def __init__(self, papers: Sequence[Introduced]) -> None:
        self._papers = papers
        self._positions = [one.position for one in papers]
        self._since: list[int] = []
        for index, one in enumerate(papers):
            goes_on = index > 0 and papers[index - 1].name == one.name
            self._since.append(self._since[-1] if goes_on else index)

    def any(self, start: int, before: int) -> bool:
        """Whether one stands in ``[start, before)``."""
        first, stop = self._between(start, before)
        return first < stop

    def only(self, start: int, before: int) -> Introduced | None:
        """The last one in ``[start, before)`` if all there have one name; None without any."""
        first, stop = self._between(start, before)
        return self._papers[stop - 1] if first < stop and self._since[stop - 1] <= first else None

    def _between(self, start: int, before: int) -> tuple[int, int]:
        return bisect_left(self._positions, start), bisect_left(self._positions, before)


class Papers:
    """The papers of a document in the order in which it names them."""

    def __init__(
        self, text: str, passages: Sequence[Passage], links: Sequence[Link], own_url: str | None, publishers: Publishers
    ) -> None:
        self._text, self._passages, self._links = text, passages, links
        self._own_url, self._publishers = own_url, publishers
        self._lines: dict[str, _Line] | None = None

    def inherited(
        self, sentence: tuple[int, int], passage: Passage, named: Sequence[SourceMention], is_result: bool
    ) -> tuple[SourceMention, ...]:
        """What a sentence takes over, at most one source.

        ``named`` are its own sources: with one of them nothing is taken over. ``is_result`` says that the
        claim is a poll's result in the outlet's own words: in the paragraph that names the one poll, or the next,
        it needs no "the poll".
        """
        if any(mention.how != "anonymous" for mention in named):
            return ()
        reference = self._reference(sentence)
        if reference is not None:
            sort, start, end = reference
            known = self._meant(sort, sentence[0], passage)
        elif is_result:
            known = self._just_named(sentence[0], passage)
            start, end = (known.start, known.end) if known else (0, 0)
        else:
            return ()
        return (SourceMention(known.name, None, "named", start, end, True),) if known and known.name else ()

    def _reference(self, sentence: tuple[int, int]) -> tuple[str, int, int] | None:
        """The words that point back, with the sort of paper they mean ("" for "it")."""
        match = _REFERS.within(self._text, *sentence)
        if match is not None:
            group = "behind" if match.group("behind") else "front"
            noun = match.group("noun") or match.group("other")
            return (_SORT_OF[noun.lower()], *match.span(group))
        asked = _ASKED.within(self._text, *sentence)
        if asked is not None:
            return ("poll", *asked.span())
        it = _IT.match(self._text, *sentence)
        return None if it is None else ("", *it.span("it"))

    def _meant(self, sort: str, before: int, passage: Passage) -> Introduced | None:
        if not sort:
            # "It also found": the paper of the sentence before, in the same paragraph.
            return self._line("").only(passage.start, before)
        line = self._line(sort)
        return line.only(0, before) or line.only(passage.start, before)

    def _just_named(self, before: int, passage: Passage) -> Introduced | None:
        """The one poll of this paragraph so far, else that of the paragraph directly before it."""
        polls = self._line("poll")
        if polls.any(passage.start, before):
            return polls.only(passage.start, before)
        index = bisect_left(self._passages, passage.start, key=lambda p: p.start)
        if not index or self._passages[index - 1].role == "heading":
            return None
        last = self._passages[index - 1]
        return polls.only(last.start, min(last.end, before))

    def _line(self, sort: str) -> _Line:
        """The papers of one sort, all of them for ""."""
        if self._lines is None:
            made = (one for passage in self._passages for one in self._in_passage(passage))
            found = sorted(made, key=lambda one: one.position)
            self._lines = {"": _Line(found)}
            for known in dict.fromkeys(one.sort for one in found):
                self._lines[known] = _Line([one for one in found if one.sort == known])
        return self._lines.get(sort) or _Line(())

    def _in_passage(self, passage: Passage) -> list[Introduced]:
        text, found = self._text, []
        for start, end in split_sentences(text, passage.start, passage.end):
            if end - start > _NO_SENTENCE:
                continue
            here = []
            for mention, noun in papers_with_nouns(text, start, end, self._publishers):
                sort = _SORT_OF.get(noun, "")
                if sort:
                    here.append(Introduced(start, sort, mention.name, mention.start, mention.end))
            for record in records_in(text, start, end):
                nouns = [_SORT_OF[word] for word in record.name.lower().split() if word in _SORT_OF]
                if nouns:
                    here.append(Introduced(start, nouns[0], record.name, record.start, record.end))
            found.extend([*here, *self._unnamed((start, end), here)])
        return found

    def _unnamed(self, sentence: tuple[int, int], named: Sequence[Introduced]) -> list[Introduced]:
        """ "Another survey": a candidate all the same, named at most by a link on its words."""
        found = []
        linked: tuple[SourceMention, ...] | None = None
        for match in _UNNAMED.finditer(gate_of(self._text, *sentence), self._text, *sentence):
            sort = _SORT_OF[match.group("noun").lower()]
            if any(one.sort == sort for one in named):
                continue
            if linked is None:
                linked = linked_in(self._text, self._links, sentence, self._own_url, self._publishers)
            near = [m for m in linked if m.start < match.end() + _BESIDE and match.start() - _BESIDE < m.end]
            name = near[0].name if len(near) == 1 else None
            found.append(Introduced(sentence[0], sort, name, match.start(), match.end()))
        return found
