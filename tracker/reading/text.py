"""Spans and normal forms of text: what is compared, hashed and shown."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache

_SPACE = re.compile(r"\s+")
_FOLD = str.maketrans({
    "\u2018": "'", "\u2019": "'", "\u201a": "'", "\u201b": "'", "\u2032": "'",
    "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u201f": '"', "\u2033": '"',
    "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2212": "-",
    "\u00ad": None, "\ufeff": None, "\u200b": None,
})  # fmt: skip


def sha256_of(text: str) -> str:
    """The SHA-256 of a text in UTF-8, in hex; a lone surrogate counts as U+FFFD's stand-in byte."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@lru_cache(maxsize=32)  # a sentence is asked for at each of its claims
def normalise(text: str) -> str:
    """Text as it is compared: NFKC, quotation marks and dashes folded, white space single, lower case.

    Two spellings of the same words (curly or straight marks, a no-break space, a line break) give
    the same normal form; a changed digit never does.
    """
    if text.isascii():  # of which nothing is folded
        return _SPACE.sub(" ", text).strip().casefold()
    folded = unicodedata.normalize("NFKC", text.translate(_FOLD))
    return _SPACE.sub(" ", folded.translate(_FOLD)).strip().casefold()


def trim(text: str, start: int, end: int, chars: str = " \t\r\n\u00a0\ufeff") -> tuple[int, int]:
    """The span without the given characters at both ends; an empty span collapses to its start."""
    while start < end and text[start] in chars:
        start += 1
    while end > start and text[end - 1] in chars:
        end -= 1
    return start, end
