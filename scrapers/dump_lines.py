"""From the raw characters of a text file to its units: paragraphs, lines, bullets, quoted mail.

Every offset points into the text as it was given; joined words (``Unit.words``) are for judging
only and never leave this package.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

#: White space, and the marks that no reader sees.
BLANKS = (
    " \t\r\n\v\f\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
    "\u2008\u2009\u200a\u200b\u200c\u200d\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
)
_BULLET = re.compile(
    r"(?:[\u2022\u25e6\u25aa\u25cf\u2023\u2043\u25cb\u25a0\u00b7\u2219\u27a4\u25ba\u2713\u2714][ \t\xa0]*"
    r"|[*+\u2013-][ \t\xa0]+|(?:\d{1,2}|[a-z])[.)][ \t\xa0]+)(?=[^\s])"
)
_QUOTED = re.compile(r"(?:>[ \t]?)+")
_LINE = re.compile(r"[^\r\n]+")
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")
#: Above so many lines they are joined to pieces of about so many characters: time and memory stay bounded.
_CROWDED = 50_000
_PIECE = re.compile(r"\S(?s:.{0,2000})[^\r\n]*")
_NARROWEST, _WIDEST = 48, 100


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not blank: its trimmed span, its indentation and the blank lines before it."""

    start: int
    end: int
    indent: int
    gap: int


@dataclass(frozen=True, slots=True)
class Unit:
    """A paragraph or a line of its own: what becomes one block.

    ``start`` and ``end`` exclude indentation and the bullet's mark. ``words`` is the text with
    line breaks and quotation marks of mail ("> ") made spaces. ``level`` is the depth of a bullet,
    0 for none. ``gap`` is the number of blank lines before it.
    """

    start: int
    end: int
    words: str
    level: int
    quoted: bool
    gap: int
    lines: int


def split_lines(text: str) -> list[Line]:
    """Give the lines of ``text`` that are not blank, at ``\\n``, ``\\r\\n`` and ``\\r`` only.

    Of a file with very many lines (a table, a log) neighbours are put together, and where it has
    very many paragraphs too, these as well.
    """
    if text.count("\n") + text.count("\r") > _CROWDED:
        return _crowded_lines(text)
    found: list[Line] = []
    gap, last = 0, 0
    for match in _LINE.finditer(text):
        piece = match.group()
        between = text[last : match.start()]
        gap += max(between.count("\n"), between.count("\r")) - 1 if found or gap else 0
        last = match.end()
        body = piece.strip(BLANKS)
        if not body:
            gap += 1
            continue
        indent = len(piece) - len(piece.lstrip(BLANKS))
        start = match.start() + indent
        found.append(Line(start, start + len(body), indent, gap))
        gap = 0
    return found


def _crowded_lines(text: str) -> list[Line]:
    ends = [match.start() for match in _BLANK_LINE.finditer(text)]
    if len(ends) > _CROWDED:
        ends = []
    found: list[Line] = []
    begin = 0
    for end in (*ends, len(text)):
        gap = 1
        for match in _PIECE.finditer(text, begin, end):
            piece = match.group()
            if body := piece.strip(BLANKS):
                start = match.start() + len(piece) - len(piece.lstrip(BLANKS))
                found.append(Line(start, start + len(body), 0, gap))
                gap = 0
        begin = end
    return found


def _bare(line: str) -> str:
    return line[match.end() :] if (match := _QUOTED.match(line)) else line


def _breaks_late(line: str, following: str, width: int) -> bool:
    """Tell whether the next line's first word would not have fitted: the mark of wrapped text."""
    first = len(following.split(None, 1)[0]) if following.split(None, 1) else 0
    return len(line) <= width < len(line) + 1 + first


def wrap_width(text: str, lines: Sequence[Line]) -> int | None:
    """Find the column at which the text was wrapped by a program, or None where it was not.

    Looks for the width at which most line breaks inside paragraphs come because the next word did
    not fit, and at which the next lines go on in lower case as running text does.
    """
    pairs: list[tuple[int, int, bool]] = []
    for line, following in zip(lines, lines[1:], strict=False):
        length = line.end - line.start
        if following.gap or not 30 <= length <= _WIDEST:
            continue
        word = text[following.start : following.end][:_WIDEST].split(None, 1)[0]
        pairs.append((length + line.indent, len(word), word[:1].isalpha() and not word[:1].isupper()))
    full: Counter[int] = Counter()
    lower: Counter[int] = Counter()
    for length, word_length, small in pairs:
        for width in range(max(length, _NARROWEST), min(length + word_length, _WIDEST) + 1):
            full[width] += 1
            lower[width] += small
    if not full:
        return None
    width = max(full, key=lambda column: (lower[column], full[column], -column))
    within = sum(1 for length, _, _ in pairs if length <= width)
    often = full[width] >= 3 and lower[width] >= 0.3 * full[width] and lower[width] >= 2
    # Among many menu lines wrapped paragraphs are few, but they still go on in lower case.
    fits = full[width] >= 0.5 * within or (width >= 60 and lower[width] >= 10 and full[width] >= 0.15 * within)
    return width if often and fits else None


def split_units(text: str) -> list[Unit]:
    """Split a text into its units: wrapped lines are joined, all other lines stand alone."""
    lines = split_lines(text)
    width = wrap_width(text, lines)
    units: list[Unit] = []
    group: list[Line] = []
    for line in lines:
        if group and not _goes_on(text, group[-1], line, width):
            units.append(_unit(text, group))
            group = []
        group.append(line)
    if group:
        units.append(_unit(text, group))
    return units


def _goes_on(text: str, last: Line, line: Line, width: int | None) -> bool:
    if width is None or line.gap:
        return False
    above, below = text[last.start : last.end], text[line.start : line.end]
    if above.startswith(">") != below.startswith(">") or _BULLET.match(_bare(below)):
        return False
    if len(_bare(above)) < 20 or last.end - last.start > width:
        return False
    return _breaks_late(" " * last.indent + above, _bare(below), width)


def _unit(text: str, group: list[Line]) -> Unit:
    start, end = group[0].start, group[-1].end
    pieces = [text[line.start : line.end] for line in group]
    quoted = pieces[0].startswith(">")
    if quoted:
        pieces = [_bare(piece) for piece in pieces]
        bullet = None
    else:
        bullet = _BULLET.match(pieces[0])
    level = 0
    if bullet:
        level = 1 + min(group[0].indent // 4, 5)
        start += bullet.end()
        pieces[0] = pieces[0][bullet.end() :]
    words = " ".join(pieces).replace("\xa0", " ").strip(BLANKS)
    return Unit(start, end, words, level, quoted, group[0].gap, len(group))
