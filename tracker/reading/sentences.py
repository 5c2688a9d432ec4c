"""Splits a passage into sentences. Paragraphs come first (passages.py), sentences second."""

from __future__ import annotations

import re

from tracker.reading.english import words_of
from tracker.reading.text import trim

# A possible end: full stop, question or exclamation mark or ellipsis, with what closes behind it.
# The look-behind keeps a run of ten thousand stops from being tried from each of them.
# A footnote's mark may stand directly behind: "in January.1 The", "in January.[2] The".
_END = re.compile(
    r"(?<![.!?\u2026])[.!?\u2026]+[\"'\u2019\u201d)\]]*"
    r"(?:[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]{1,3}|\[\d{1,3}\]|(?<=[a-z]{4}\.)\d{1,2}|(?<=%\.)\d{1,2}"
    r"|(?<=\.[\"\u201d])\d{1,2}|(?<=\w[.!?])[*\u2020\u2021]{1,2})?(?=\s)"
)

_ALWAYS = words_of("abbreviation")
_SOMETIMES = words_of("abbreviation_or_end")
_STARTERS = words_of("sentence_starter")
# Of these, only a number or a further name behind makes the stop part of a short form.
_DOUBTFUL = frozenset({"no", "nos", "p", "fig", "al"})
_WORD_BEFORE = re.compile(r"([\w.&]+)$")
_NEXT = re.compile(r"\s+([\"'\u2018\u201c(\[]*)(\S+)")


def split_sentences(text: str, start: int = 0, end: int | None = None) -> tuple[tuple[int, int], ...]:
    """The spans of the sentences in ``text[start:end]``, trimmed, in order; never an empty one.

    A line break is white space here: hard-wrapped lines belong together.
    """
    end = len(text) if end is None else end
    spans: list[tuple[int, int]] = []
    begin = start
    for match in _END.finditer(text, start, end):
        if match.end() < end and _is_end(text, begin, match, end):
            _keep(spans, text, begin, match.end())
            begin = match.end()
    _keep(spans, text, begin, end)
    return tuple(spans)


def _keep(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    start, end = trim(text, start, end)
    if start < end:
        spans.append((start, end))


def _is_end(text: str, begin: int, match: re.Match[str], end: int) -> bool:
    following = _NEXT.match(text, match.end(), end)
    if following is None:
        return False
    opener, word = following.groups()
    first = word[0]
    if match.group().startswith((".", "\u2026")):
        # What goes on in lower case goes on: "approx. three", "the ... scheme", "Inc. said".
        if first.islower() and not opener:
            return False
        if match.group()[0] == "." and len(match.group()) == 1:
            return not _is_abbreviation(text, begin, match.start(), word)
        return True
    # "Really?" she asked: a closing mark and a small letter is one sentence with its tag.
    return not first.islower()


def _is_abbreviation(text: str, begin: int, stop: int, next_word: str) -> bool:
    before = _WORD_BEFORE.search(text, max(begin, stop - 24), stop)
    if before is None:
        return False
    word = before.group(1)
    lower = word.lower()
    if lower in _ALWAYS:
        # "No. 4" is a number; "the answer is no. Four years later" is an answer.
        return lower not in _DOUBTFUL or next_word[0].isdigit()
    if len(word) == 1 and word.isupper() and word != "I":
        return True
    if lower in _SOMETIMES:
        return next_word.strip("\"'\u2018\u2019\u201c\u201d,.:;").lower() not in _STARTERS
    return False
