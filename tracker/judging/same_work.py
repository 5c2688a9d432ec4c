"""Whether two versions of a page are of one work, or something else stands at its address now.

A consent wall, a paywall, a page of an error or a new article under an old address is no version of what stood
there: its figures have nothing to do with the old ones. Pure: texts in, an answer out.

Measured on 286 pages of the press, by the runs of three words of the shorter text (numbers as one word) that the
longer holds. A version that grew ninefold or was cut to a third holds all; one of which nine sentences in ten had
every other word replaced and their halves swapped .13 or more; the same of every sentence .08 (2 of 286 below).
Ten texts of walls and errors under the page's own headline were told as another page in 5,709 of 5,720 pairs, 3,000
pairs of any pages in all. Of 159 pairs of articles of one outlet 156 share less than .07; the others .24 to .31,
nearly all of it paragraphs that the outlet puts under each article, so sentences that stand in both count only
where they are a good part; with that, one pair passes for one work.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tracker.judging.drift_words import plain_form
from tracker.reading.sentences import split_sentences

#: So much of the shorter text stands in the longer: cut down, grown, or mended here and there.
_CONTAINED = 0.33
#: Without the sentences that stand in both, a rewritten work still has so much in common, in so many runs.
_REWRITTEN, _FEWEST_SHARED = 0.08, 6
#: A version that keeps less than this of a longer text is the beginning that a wall leaves of it.
_CUT, _LONG = 0.1, 120
#: With fewer words a text has no runs to judge by.
_FEWEST_WORDS = 12
#: So much of a text is enough to know it by.
_MOST_CHARACTERS = 200_000
_RUN = 3
_WORD = re.compile(r"[^\W\d_]+|\d+")
_STOPPED = re.compile(r"[.!?\u2026][\"'\u201d\u2019)\]]*\Z")

Span = tuple[int, int]
_Sentence = tuple[str, ...]

#: What stands there instead, in words.
ANOTHER = "another page stands there: a wall, an error page or another article"
BEGINNING = "only the beginning of it stands there, as before a wall"


def another_work(
    before: str, after: str, spans_before: Sequence[Span] | None = None, spans_after: Sequence[Span] | None = None
) -> str | None:
    """What stands there instead of the work, in words; None where both texts are versions of one.

    ``spans_before`` and ``spans_after`` are the pieces of the texts that are the work; None: all of it. Two short
    notes are versions of one. Linear in the length of the texts.
    """
    old, new = _sentences(before, spans_before), _sentences(after, spans_after)
    sizes = _size(old), _size(new)
    if max(sizes) < _FEWEST_WORDS:
        return None
    if min(sizes) < _RUN or not _alike(old, new):
        return ANOTHER
    return BEGINNING if sizes[0] >= _LONG and sizes[1] < _CUT * sizes[0] else None


def _alike(old: list[_Sentence], new: list[_Sentence]) -> bool:
    if _shared(old, new)[1] >= _CONTAINED:
        return True
    both = {*old} & {*new}
    rest = [[sentence for sentence in some if sentence not in both] for some in (old, new)]
    many, share = _shared(*rest)
    return many >= _FEWEST_SHARED and share >= _REWRITTEN


def _shared(old: list[_Sentence], new: list[_Sentence]) -> tuple[int, float]:
    """How many runs of words both have, and their share of those of the one that has fewer."""
    runs, others = _runs(old), _runs(new)
    many = len(runs & others)
    return many, many / max(1, min(len(runs), len(others)))


def _runs(sentences: list[_Sentence]) -> set[_Sentence]:
    words = [word for sentence in sentences for word in sentence]
    return {tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)}


def _size(sentences: list[_Sentence]) -> int:
    return sum(map(len, sentences))


def _sentences(text: str, spans: Sequence[Span] | None) -> list[_Sentence]:
    """The words of each sentence; a headline is none, for walls keep it."""
    pieces = list(spans) if spans is not None else [(0, len(text))]
    found: list[_Sentence] = []
    lines = [line for a, b in pieces for line in text[a : min(b, a + _MOST_CHARACTERS)].splitlines() if line.strip()]
    if len(lines) > 1 and not _STOPPED.search(lines[0].strip()):
        lines = lines[1:]
    left = _MOST_CHARACTERS
    for line in lines:
        if left <= 0:
            break
        left -= len(line)
        for start, end in split_sentences(line, 0, len(line)):
            plain = plain_form(line, start, end).casefold()
            words = tuple("0" if word[0].isdigit() else word for word in _WORD.findall(plain))
            if words:
                found.append(words)
    return found
