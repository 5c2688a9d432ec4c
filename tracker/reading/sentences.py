"""Splits a passage into sentences. Paragraphs come first (passages.py), sentences second."""

from __future__ import annotations

import re

from tracker.reading.text import trim

# A possible end: full stop, question or exclamation mark or ellipsis, with what closes behind it.
# The look-behind keeps a run of ten thousand stops from being tried from each of them.
_END = re.compile(r"(?<![.!?\u2026])[.!?\u2026]+[\"'\u2019\u201d)\]]*(?=\s)")

# Words whose full stop does not end a sentence. Titles and short forms are always followed by more.
_ALWAYS = frozenset(
    ["mr", "mrs", "ms", "messrs", "dr", "prof", "rev", "hon", "sir", "st", "sgt", "cpl", "capt", "col", "gen", "lt", "maj", "cllr", "gov", "sen", "rep", "pres", "fr", "vs", "v", "no", "nos", "vol", "pp", "p", "para", "fig", "approx", "est", "tel", "ext", "e.g", "i.e", "cf", "al", "viz"]
)
# Short forms that may also end a sentence: they do when a capital follows that starts a new one.
_SOMETIMES = frozenset(["inc", "ltd", "co", "corp", "plc", "llp", "jr", "sr", "etc", "a.m", "p.m", "u.s", "u.k", "u.n", "d.c", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "mon", "tue", "wed", "thu", "fri", "sat", "sun"])  # fmt: skip
_STARTERS = frozenset(
    ["the", "a", "an", "this", "that", "these", "those", "he", "she", "it", "they", "we", "you", "i", "in", "on", "at", "as", "but", "and", "so", "or", "if", "when", "while", "after", "before", "since", "for", "from", "by", "with", "there", "here", "his", "her", "its", "their", "our", "your", "my", "no", "not", "what", "who", "why", "how", "however", "meanwhile", "yesterday", "last", "it's", "that's"]
)
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
        return lower not in {"no", "nos", "p", "v", "st", "al", "fig"} or next_word[0].isdigit() or lower in {"v", "st"}
    if len(word) == 1 and word.isupper() and word != "I":
        return True
    if lower in _SOMETIMES:
        return next_word.strip("\"'\u2018\u2019\u201c\u201d,.:;").lower() not in _STARTERS
    return False
