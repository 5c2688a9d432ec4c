"""Raised digits that are a note's mark and no part of a figure: "£23⁴ million", "40 mills²"."""

from __future__ import annotations

import re

_RAISED = "\u2070\u00b9\u00b2\u00b3\u2074-\u2079"
_ANY = re.compile(f"[{_RAISED}]")
#: Raised behind a word that is longer than a unit's sign, or behind a stop, digits are no exponent.
_BEHIND_WORDS = re.compile(
    r"(?:(?<=[a-zA-Z]{3})(?<!metre)(?<!meter)(?<!metres)(?<!meters)(?<!miles)(?<!mile)(?<!feet)(?<!yards)(?<!inches)"
    rf"|(?<=[0-9]bn)|(?<=[0-9] bn)|(?<=[0-9]mn)|(?<=[.,;:!?)%\"'\u2019\u201d]))[{_RAISED}]{{1,3}}(?![\w{_RAISED}])"
)
#: Nobody raises money to a power; but two raised digits may be its pence, unless a scale follows.
_BEHIND_MONEY = re.compile(
    r"(?P<money>[$\u00a3\u20ac\u00a5]\s?[0-9][0-9.,]{0,20}(?<=[0-9]))"
    rf"(?P<mark>[{_RAISED}](?![\w{_RAISED}])|[{_RAISED}]{{1,3}}(?=[ \u00a0](?:m|bn|tn|million|billion|trillion)\b))"
)
#: Takes no room, and is read as nothing.
_NOTHING = "\u200b"


def without_marks(text: str) -> str:
    r"""The text, as long as it was, with a mark of no width for each digit of a note's mark that cannot be an exponent.

    Raised digits behind a bare number stay, an exponent or a mark: such a number is not read.

    >>> ascii(without_marks("£23⁴ million for 10⁶ cells"))
    "'\\xa323\\u200b million for 10\\u2076 cells'"
    """
    if text.isascii() or _ANY.search(text) is None:
        return text
    text = _BEHIND_MONEY.sub(lambda found: found["money"] + _NOTHING * len(found["mark"]), text)
    return _BEHIND_WORDS.sub(lambda found: _NOTHING * len(found.group()), text)
