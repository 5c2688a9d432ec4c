"""The text as attribution sees it: paragraphs, words with their offsets, and the sentences around quotations.

Everything here is one pass over the text, since whole archives are read with it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from tracker.reading.cues import CUES

# A line of this length that does not end a sentence was wrapped by hand, not ended by its author.
_WRAPPED = range(50, 101)
_ENDS = ".!?:;\u2026\"\u201d\u2019'"

# A word with its inner hyphens and points ("co-founder", "U.S"), a contraction ("'s"), or one mark.
# O'Malley is one word, Trump's two. Each repeated part starts with a mark no word contains.
_TOKEN = re.compile(
    r"(``|''"
    r"|['\u2019](?:s|re|ve|ll|d|m|t)\b"
    r"|[^\W_]+(?:(?:[-&.]|['\u2019](?!(?:s|re|ve|ll|d|m|t)\b))[^\W_]+)*"
    r"|[^\w\s]|_)"
)

_ABBREVIATIONS = frozenset(
    "mr mrs ms messrs dr prof rev hon sir st sgt cpl capt col gen lt maj cllr gov sen rep reps sens pres fr adm "
    "atty supt insp det no nos vs v e.g i.e cf al".split()
)
_MAY_END = frozenset(
    "inc ltd co corp plc jr sr etc a.m p.m u.s u.k u.n d.c u.s.a jan feb mar apr jun jul aug sep sept oct nov dec "
    "ariz calif colo conn del fla ga ill ind kan ky la mass md mich minn mo neb nev n.c n.d n.h n.j n.m n.y "
    "okla ore pa r.i s.c s.d tenn tex va vt w.va wash wis".split()
)
_STARTERS = frozenset(
    "the a an this that these those he it she they we you i in on at as but and so or if when while after before "
    "since for from by with there here his her its their our your my no not what who why how however yesterday".split()
)


def paragraphs(text: str) -> list[tuple[int, int]]:
    """The spans of the paragraphs, blank ones left out; hard-wrapped lines belong to one paragraph.

    A line break ends a paragraph unless the next line goes on in lower case, or the line is as long
    as mail programs wrap it and stops in mid-sentence.
    """
    spans: list[tuple[int, int]] = []
    position, open_start, previous = 0, -1, ""
    for line in text.split("\n"):
        stripped = line.strip()
        if open_start >= 0 and not (stripped and _goes_on(previous, stripped)):
            spans.append((open_start, position - 1))
            open_start = -1
        if stripped and open_start < 0:
            open_start = position
        previous = stripped
        position += len(line) + 1
    if open_start >= 0:
        spans.append((open_start, len(text)))
    return spans


def _goes_on(previous: str, line: str) -> bool:
    if line[0].islower():
        return not previous.endswith((".", "!", "?"))
    return len(previous) in _WRAPPED and previous[-1] not in _ENDS and (line[0].isalnum() or line[0] in "\u201c\"(")


QUOTE = "<q>"
_SENTENCE_MARKS = frozenset({".", "!", "?", "\u2026", QUOTE})


@dataclass(frozen=True, slots=True)
class Words:
    """The words and marks of a text with their offsets; each direct quotation is one word, ``QUOTE``.

    ``lows`` are the words in lower case with straight apostrophes. ``inner`` gives for the index of a
    quotation the last character inside its marks.
    """

    text: str
    words: list[str]
    lows: list[str]
    starts: list[int]
    ends: list[int]
    last_marks: dict[int, str]

    def index(self, position: int) -> int:
        """The index of the first word that starts at or after a position."""
        return bisect_left(self.starts, position)


def read_words(text: str, quotations: Sequence[tuple[int, int]]) -> Words:
    """The words of a text; ``quotations`` are spans in order that do not overlap."""
    parts = _TOKEN.split(text)
    edges = list(accumulate(map(len, parts)))
    words, starts, ends = parts[1::2], edges[0:-1:2], edges[1::2]
    joins = [(bisect_left(starts, start), bisect_left(starts, end), QUOTE) for start, end in quotations]
    joins += [
        (index - 1, index + 1, "")
        for index, word in enumerate(words)
        if word == "." and index and ends[index - 1] == starts[index] and _is_abbreviation(words, index)
    ]
    joins.sort(key=lambda join: (join[0], -join[1]))
    out_words: list[str] = []
    out_starts: list[int] = []
    out_ends: list[int] = []
    last_marks: dict[int, str] = {}
    done = 0
    for begin, stop, name in joins:
        if begin < done or stop <= begin:
            continue
        out_words += words[done:begin]
        out_starts += starts[done:begin]
        out_ends += ends[done:begin]
        if name:
            last_marks[len(out_words)] = words[stop - 2] if stop - begin > 2 else ""
        out_words.append(name or words[begin] + ".")
        out_starts.append(starts[begin])
        out_ends.append(ends[stop - 1])
        done = stop
    out_words += words[done:]
    out_starts += starts[done:]
    out_ends += ends[done:]
    lows = [word.lower() for word in out_words]
    if "\u2019" in text:
        lows = [low.replace("\u2019", "'") if low[0] == "\u2019" else low for low in lows]
    return Words(text, out_words, lows, out_starts, out_ends, last_marks)


def _is_abbreviation(words: list[str], dot: int) -> bool:
    before = words[dot - 1]
    low = before.lower()
    following = words[dot + 1] if dot + 1 < len(words) else ""
    if low in _ABBREVIATIONS:
        return low not in {"no", "nos"} or following[:1].isdigit()
    if len(before) == 1 and before.isalpha() and before.isupper() and before != "I":
        return True
    if low in _MAY_END or "." in before:
        return bool(following) and (following[0].islower() or following in ",;:)" or following[0].isupper()) and (
            following.lower() not in _STARTERS or following[0].islower()
        )
    return False


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence around its quotations: the words [first, stop), and the number of its paragraph."""

    first: int
    stop: int
    paragraph: int


def read_sentences(words: Words, spans: Sequence[tuple[int, int]]) -> list[Sentence]:
    """The sentences of the paragraphs; one that only tags a quotation ("...?" asked Jones) stays with it."""
    sentences: list[Sentence] = []
    marks = [index for index, low in enumerate(words.lows) if low in _SENTENCE_MARKS]
    at = 0
    for number, (start, end) in enumerate(spans):
        begin, stop = words.index(start), words.index(end)
        while at < len(marks) and marks[at] < stop:
            index, at = marks[at], at + 1
            if index >= begin and _ends(words, index, stop):
                sentences.append(Sentence(begin, index + 1, number))
                begin = index + 1
        if begin < stop:
            sentences.append(Sentence(begin, stop, number))
    return sentences


def _ends(words: Words, index: int, stop: int) -> bool:
    if index + 1 >= stop:
        return False
    following = words.words[index + 1]
    if following in ".!?\u2026\"\u201d\u2019)":
        return False
    if words.lows[index] != QUOTE:
        return not following[0].islower() and words.starts[index + 1] > words.ends[index]
    last = words.last_marks.get(index, "")
    if last not in ".!?\u2026" or not last or following[0].islower() or following in ",;:\u2014\u2013-":
        return False
    return last == "." or not _is_tag(words, index + 1, stop)


def _is_tag(words: Words, index: int, stop: int) -> bool:
    """Whether "Jones asked" or "He said" follows a quotation that ends in a question or exclamation mark."""
    for place in range(index, min(index + 5, stop)):
        if words.lows[place] in CUES:
            return place + 1 >= stop or words.lows[place + 1] in {".", ",", "of", "in", "on", "at", "to", "during", QUOTE}
    return False
