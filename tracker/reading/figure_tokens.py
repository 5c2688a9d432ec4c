"""The tokens that the reader of figures walks over: words, digits and signs, with their gaps.

One pass, linear in the text. A token's ``gap`` says what stands between it and the one before, so
that every later step can tell "20k" from "20 k" and a wrapped line from a new one.
"""

from __future__ import annotations

import re
from typing import NamedTuple

#: What stands before a token: nothing, blanks, the break of a wrapped line, or a real break.
GLUED, SPACED, WRAPPED, BROKEN = range(4)

NUMBER, WORD, SIGN, FRACTION = "number", "word", "sign", "fraction"

#: A line shorter than this that ends is a line of its own (a heading, a bullet), not wrapped text.
WRAPPED_LINE = 50

#: Characters that take no room: zero-width, direction marks, the soft hyphen, the BOM.
_INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"

VULGAR_FRACTIONS = {
    "½": 1 / 2, "⅓": 1 / 3, "⅔": 2 / 3, "¼": 1 / 4, "¾": 3 / 4, "⅕": 1 / 5, "⅖": 2 / 5, "⅗": 3 / 5,
    "⅘": 4 / 5, "⅙": 1 / 6, "⅚": 5 / 6, "⅐": 1 / 7, "⅛": 1 / 8, "⅜": 3 / 8, "⅝": 5 / 8, "⅞": 7 / 8,
}  # fmt: skip

_TOKEN = re.compile(
    # Digits grouped by a hard or thin space: 1 749 000.
    r"(?P<spaced>[0-9]{1,3}(?:[\u00a0\u2009\u202f][0-9]{3}){1,4}(?![0-9]))"
    # Digits with points and commas inside, never at the end: 1,749.50
    r"|(?P<number>[0-9](?:[0-9.,]*[0-9])?)"
    rf"|(?P<fraction>[{''.join(VULGAR_FRACTIONS)}])"
    # Letters only; an apostrophe is a sign of its own.
    r"|(?P<word>[^\W\d_]+)"
    # A run of one sign is one token, so that a megabyte of "£" is one token and no price.
    rf"|(?P<sign>(?P<one>[^\w\s{_INVISIBLE}])(?P=one)*|[_\d]+)"
)
_INVISIBLES = re.compile(f"[{_INVISIBLE}]")
#: The kind of a token by the number of its group.
_KINDS = ["", NUMBER, NUMBER, FRACTION, WORD, SIGN]


class Token(NamedTuple):
    """One token: its span in the text, its kind, its words, the same in lower case, and its gap."""

    start: int
    end: int
    kind: str
    text: str
    low: str
    gap: int


def _gap(between: str, line_length: int) -> int:
    if not between:
        return GLUED
    breaks = between.count("\n") or between.count("\r")
    if breaks == 0:
        return SPACED if _INVISIBLES.sub("", between) else GLUED
    return WRAPPED if breaks == 1 and line_length >= WRAPPED_LINE else BROKEN


def tokenize(text: str) -> list[Token]:
    """All tokens of a text, in order; ``text[t.start:t.end] == t.text``. Linear, accepts any string."""
    tokens: list[Token] = []
    append = tokens.append
    head = _TOKEN.search(text)
    if head is None:
        return tokens
    end = line = head.start()
    for match in _TOKEN.finditer(text, end):
        start, behind = match.span()
        # Nearly every token is glued to the one before or one blank behind it.
        if start == end:
            gap = GLUED
        elif start == end + 1 and text[end] == " ":
            gap = SPACED
        else:
            gap = _gap(text[end:start], end - line)
        if gap >= WRAPPED:
            line = start
        words = match[0]
        kind = _KINDS[match.lastindex or 0]
        append(_token(Token, (start, behind, kind, words, words.lower(), gap)))
        end = behind
    tokens[0] = _token(Token, (*tokens[0][:5], BROKEN))
    return tokens


#: Makes a Token of its fields without the call of a Python function, of which a text would need thousands.
_token = tuple.__new__


def at(tokens: list[Token], index: int) -> Token:
    """The token at an index, or an empty sign behind a break where the text has none."""
    return tokens[index] if 0 <= index < len(tokens) else NOTHING


#: Stands for what is before the first and after the last token.
NOTHING = Token(0, 0, SIGN, "", "", BROKEN)


def word_set(words: str) -> frozenset[str]:
    """The words of a string as a set: how the rules keep their short lists beside them."""
    return frozenset(words.split())


HYPHENS = frozenset("-‐‑")
DASHES = frozenset("-‐‑–—−")
APOSTROPHES = frozenset("'’`")


def joined(tokens: list[Token], index: int) -> bool:
    """Whether the token can belong to the same expression as the one before it (no real break)."""
    return 0 < index < len(tokens) and tokens[index].gap != BROKEN


def past_hyphen(tokens: list[Token], index: int) -> int:
    """The index behind a hyphen that is glued on both sides ("twelve-page"), else the index itself."""
    here = at(tokens, index)
    if here.gap != GLUED or here.text not in HYPHENS:
        return index
    after = at(tokens, index + 1)
    return index + 1 if after.gap == GLUED and after.kind != SIGN else index
