"""The text as attribution sees it: paragraphs, words with their offsets, and the sentences around quotations.

Everything here is one pass over the text, since whole archives are read with it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from tracker.reading.cues import CUES, WORDS

# A line of this length that does not end a sentence was wrapped by hand, not ended by its author.
_WRAPPED = range(50, 101)
_ENDS = ".!?:;\u2026\"\u201d\u2019'"


# A word with its inner hyphens and points ("co-founder", "U.S"), a contraction ("'s"), or one mark.
# O'Malley is one word, Trump's two. Each repeated part starts with a mark no word contains.
# The thousands of a figure belong to it: the tail of "2,140 adults" is nobody. The word comes first: most are words.
def _token(letter: str) -> re.Pattern[str]:
    inner = r"(?=[-&.,'\u2019])(?:[-&.]|['\u2019](?!(?:s|re|ve|ll|d|m|t)\b)|(?<=\d),(?=\d{3}(?!\d)))"
    word = rf"{letter}++(?:{inner}{letter}++)*+"
    return re.compile(rf"({word}|``|''|['\u2019](?:s|re|ve|ll|d|m|t)\b|[^\w\s]|_)")


# "_" is a mark; where a text has none, the plain class of letters is read in two thirds of the time.
_TOKEN, _TOKEN_AND_UNDERSCORES = _token(r"\w"), _token(r"[^\W_]")
_CUE_WORDS = frozenset(CUES) | {"according"}

_ABBREVIATIONS = WORDS["abbreviations"]
_MAY_END = WORDS["may_end"]
_STARTERS = WORDS["starters"]
# Short forms that are words as well where they stand in small letters.
_WORDS_TOO = frozenset(
    {"ill", "ind", "kan", "la", "mass", "miss", "ore", "pa", "wash", "mar", "jun", "sun", "fla", "ga", "nov"}
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
    return len(previous) in _WRAPPED and previous[-1] not in _ENDS and (line[0].isalnum() or line[0] in '\u201c"(')


QUOTE = "<q>"
# The longest sentence, in words, that is read as one.
_LONGEST = 150
_SENTENCE_MARKS = frozenset({".", "!", "?", "\u2026", QUOTE})


@dataclass(frozen=True, slots=True)
class Words:
    """The words and marks of a text with their offsets; each direct quotation is one word, ``QUOTE``.

    ``lows`` are the words in lower case with straight apostrophes. ``last_marks`` gives for the index of a
    quotation the last word or mark inside it. ``cues`` and ``quotes`` are the indexes of the words that
    may attribute and of the quotations, in order.
    """

    text: str
    words: list[str]
    lows: list[str]
    starts: list[int]
    ends: list[int]
    last_marks: dict[int, str]
    cues: list[int]
    quotes: list[int]

    def index(self, position: int) -> int:
        """The index of the first word that starts at or after a position."""
        return bisect_left(self.starts, position)

    def between(self, places: list[int], first: int, stop: int) -> list[int]:
        """Those of ``cues`` or ``quotes`` that lie among the words [first, stop)."""
        return places[bisect_left(places, first) : bisect_left(places, stop)]


def read_words(text: str, quotations: Sequence[tuple[int, int]]) -> Words:
    """The words of a text; ``quotations`` are spans in order that do not overlap."""
    parts = (_TOKEN_AND_UNDERSCORES if "_" in text else _TOKEN).split(text)
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
    # One call for all words: no word holds a line's end, since each is a run of letters or one mark.
    lows = "\n".join(out_words).lower().split("\n") if out_words else []
    if "\u2019" in text:
        lows = [low.replace("\u2019", "'") if low[0] == "\u2019" else low for low in lows]
    cues = [index for index, low in enumerate(lows) if low in _CUE_WORDS]
    return Words(text, out_words, lows, out_starts, out_ends, last_marks, cues, list(last_marks))


def _is_abbreviation(words: list[str], dot: int) -> bool:
    before = words[dot - 1]
    low = before.lower()
    following = words[dot + 1] if dot + 1 < len(words) else ""
    if low in _ABBREVIATIONS:
        return low not in {"no", "nos"} or following[:1].isdigit()
    if len(before) == 1 and before.isalpha() and before.isupper() and before != "I":
        return True
    if low in _WORDS_TOO and before == low:
        return False
    if low in _MAY_END or "." in before:
        return (
            bool(following)
            and (following[0].islower() or following in ",;:)" or following[0].isupper())
            and (following.lower() not in _STARTERS or following[0].islower())
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
    at, open_at = 0, -1

    def keep(begin: int, stop: int, number: int) -> None:
        # What runs on without an end is cut, so that no rule looks back over more than this.
        for first in range(begin, stop, _LONGEST):
            sentences.append(Sentence(first, min(first + _LONGEST, stop), number))

    begin = 0
    for number, (start, end) in enumerate(spans):
        begin, stop = max(begin, words.index(start)), words.index(end)
        if open_at >= 0:
            begin, open_at = open_at, -1
        while at < len(marks) and marks[at] < stop:
            index, at = marks[at], at + 1
            if index >= begin and _ends(words, index, stop):
                keep(begin, index + 1, number)
                begin = index + 1
        if begin < stop and words.ends[stop - 1] > end and number + 1 < len(spans):
            # A quotation that runs on into the next paragraph takes its sentence with it.
            open_at = begin
        elif begin < stop:
            keep(begin, stop, number)
            begin = stop
    return sentences


def _ends(words: Words, index: int, stop: int) -> bool:
    if index + 1 >= stop:
        return False
    following = words.words[index + 1]
    if following in '.!?\u2026"\u201d\u2019)':
        return False
    if words.lows[index] != QUOTE:
        return not following[0].islower() and words.starts[index + 1] > words.ends[index]
    last = words.last_marks.get(index, "")
    if last not in ".!?\u2026" or not last or following[0].islower() or following in ",;:\u2014\u2013\u2015-":
        return False
    return not _is_tag(words, index + 1, stop, closed=last == ".")


def _is_tag(words: Words, index: int, stop: int, closed: bool) -> bool:
    """Whether "Jones asked" or "He said" follows a quotation that ends a sentence of its own.

    After a full stop (``closed``) only a tag that is all there is counts: "... home." Jones said.
    """
    for place in range(index, min(index + 8, stop)):
        low = words.lows[place]
        if low in CUES and place > index - closed and words.words[place][0].islower():
            follow = words.lows[place + 1] if place + 1 < stop else "."
            if closed:
                return follow == "." and all(cue.kinds & {"say", "tell", "tell_of"} for cue in CUES[low])
            return follow in _AFTER_TAG or follow == QUOTE
        if not low[0].isalnum():
            return False
    return False


# What may follow a tag; "that" or "he" would begin a statement of its own.
_AFTER_TAG = frozenset(
    [
        ".,",
        "of",
        "in",
        "on",
        "at",
        "to",
        "during",
        "as",
        "after",
        "before",
        "when",
        "while",
        "with",
        "from",
        "about",
        "for",
        ":",
    ]
) | {",", "."}
