"""The words of a text as two versions of it are compared: without what only its encoding makes differ.

Quotation marks, dashes, spaces, soft hyphens, marks without width, HTML's entities and the normalisation
forms of Unicode are encoding. Case is not, and a digit is never anything but itself: a raised one
("10\u2076") is not the plain one that NFKC makes of it.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from html import unescape

from tracker.reading.figure_tokens import word_set

_INVISIBLE = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
#: What becomes one piece: an entity, a letter with its accents, a run of spaces or dashes, else one character.
_PIECE = re.compile(
    r"(?P<entity>&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});)"
    rf"|(?P<space>[\s{_INVISIBLE}]+)"
    r"|(?P<dashes>[-\u2010-\u2015\u2212\ufe58\ufe63\uff0d]+)"
    # The last letter of a run may have an accent of its own behind it.
    r"|(?P<plain>(?:[!-%'-,./-~]+| (?=[!-%'-,./-~])|&(?![#A-Za-z]))+(?![\u0300-\u036f]))"
    r"|(?P<letter>[^\W\d_][\u0300-\u036f]+)"
    r"|(?P<other>.)",
    re.DOTALL,
)
_INVISIBLES = re.compile(f"[{_INVISIBLE}]")
_QUOTES = dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u2035\u00b4`\u02bc", "'") | dict.fromkeys(
    "\u201c\u201d\u201e\u201f\u2033\u2036\u00ab\u00bb", '"'
)
_RAISED = {
    mark: f"^{unicodedata.normalize('NFKC', mark)}"
    for mark in "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079"
}
_LETTERS = re.compile(r"[^\W\d_]")
#: Nothing in a text of these alone is written in two ways.
_UNAMBIGUOUS = re.compile(r"[ !-%'-,./-_a-~]*\Z")

_TOKEN = re.compile(
    # A note's mark is no figure: raised behind a stop or a word that is longer than a unit ("km^2"), or in brackets.
    r"(?P<mark>(?:(?<=[^\W\d_]{3})(?<!metres)(?<!meters)(?<!miles)(?<!feet)|(?<=[.,;:!?)\"'%]))\^[0-9](?:\^?[0-9]){0,2}(?![\w^])"
    r"|(?<=\S)\[(?:(?:foot)?note )?[0-9]{1,3}\])"
    # A number with its sign, currency, separators, range, percent, ordinal or unit is one token.
    r"|(?P<number>(?:(?<![\w.,%-])[-+\u00b1])?(?:\b[A-Z]{1,3}|(?<![^\W\d_]))"
    r"(?:[$\u00a3\u20ac\u00a5\u20b9\u20bd\u20a9\u20ba\u20aa] ?)?"
    r"(?:[0-9]{1,3}(?: [0-9]{3}){1,6}(?![0-9])|[0-9]+)(?:[.,:/^-][0-9]+)*"
    r"(?: ?%| ?\u2030|(?:st|nd|rd|th|[a-zA-Z\u00b0\u00b5]{1,4})(?![^\W_])|[\u00a3\u20ac\u00a2])?)"
    r"|(?P<digits>\d+(?:[.,\u066b\u066c]\d+)*)"
    r"|(?P<word>[^\W\d_]+(?:'[^\W\d_]+)*)"
    r"|(?P<sign>[^\s])"
)
#: Digits of other scripts count as much.
_COUNTED = re.compile(r"\d")
#: The words of lines that tell when a page was changed, how long it takes to read, and who clicked on it.
_OF_FURNITURE = word_set(
    "comment comments share shares shared like likes view views viewed read reads reading min mins minute minutes "
    "hour hours hr hrs day days week weeks month months second seconds ago last first updated update modified "
    "published posted edited created on at by am pm gmt bst utc est edt pst pdt cet et a an the and time original "
    "originally mon tue tues wed thu thur thurs fri sat sun monday tuesday wednesday thursday friday saturday sunday "
    "jan feb mar apr may jun jul aug sep sept oct nov dec january february march april june july august september "
    "october november december save saved follow followers reply replies reaction reactions tweet tweets retweets "
    "listen of page all more load show k m x ad advertisement id ref code"
)
#: Without one of these a line of dates and numbers may be a table's.
_TELLING = word_set(
    "comment comments share shares shared like likes view views viewed read reads ago updated modified published "
    "posted edited followers reply replies reactions tweets retweets advertisement ad"
)
_LONGEST_LINE = 160
#: A share or a sum is a figure of somebody's, whoever counted it.
_MEASURED = re.compile(r"[%\u2030\u00a3$\u20ac\u00a5]")
_GROUPED = re.compile(r"(?<![0-9.,])[1-9][0-9]{0,2}(?:,[0-9]{3})+(?![0-9,])")


@dataclass(frozen=True, slots=True)
class Token:
    """One token of a plain text: its span there, what it is compared by, and whether digits stand in it."""

    start: int
    end: int
    key: str
    has_digits: bool


class Plain:
    """A piece ``[start, end)`` of a text in the plain form in which it is compared, with the way back.

    ``text`` is the plain form, trimmed, with single spaces.
    """

    def __init__(self, text: str, start: int, end: int) -> None:
        given = text[start:end]
        self._start = start
        self._end = end
        #: Where in ``text`` a piece begins, and where it stands in what was given; ends stand behind.
        self._own: list[int] = []
        self._raw: list[tuple[int, int]] = []
        if _UNAMBIGUOUS.match(given) and "  " not in given:
            stripped = given.lstrip(" ")
            self._start += len(given) - len(stripped)
            self.text = stripped.rstrip(" ")
            return
        self.text = self._made(given)

    def _made(self, given: str) -> str:
        parts: list[str] = []
        length = 0
        for piece in _PIECE.finditer(given):
            words = _plain_form(piece)
            if words in (" ", "") and (not words or not parts or parts[-1].endswith(" ")):
                continue
            if words == "-" and parts and parts[-1] == "-":
                continue
            self._own.append(length)
            self._raw.append((self._start + piece.start(), self._start + piece.end()))
            parts.append(words)
            length += len(words)
        return "".join(parts).rstrip(" ")

    def raw(self, start: int, end: int) -> tuple[int, int]:
        """The span of the text given of which ``text[start:end]`` is the plain form."""
        if not self._own:
            return self._start + start, self._start + end
        return self._place(start)[0], self._place(end - 1)[1] if end > start else self._place(start)[0]

    def _place(self, offset: int) -> tuple[int, int]:
        number = bisect_right(self._own, offset) - 1
        start, end = self._raw[number]
        behind = self._own[number + 1] if number + 1 < len(self._own) else len(self.text)
        if behind - self._own[number] == end - start:
            # A run of characters that are their own plain form.
            return start + offset - self._own[number], start + offset - self._own[number] + 1
        return start, end


def _plain_form(piece: re.Match[str]) -> str:
    kind, words = piece.lastgroup, piece.group()
    if kind == "plain":
        return words.replace("`", "'") if "`" in words else words
    if kind == "space":
        return " " if _INVISIBLES.sub("", words) else ""
    if kind == "dashes":
        return "-"
    if kind == "entity":
        meant = unescape(words)
        if meant == words:
            return words
        return "".join(_plain_form(one) for one in _PIECE.finditer(meant) if one.lastgroup != "entity")
    if words in _QUOTES:
        return _QUOTES[words]
    if words in _RAISED:
        return _RAISED[words]
    made = unicodedata.normalize("NFKC", words)
    if "\u2044" in made and len(made) > 1:
        # A vulgar fraction behind a digit must not run into it: "2½" is no "21/2".
        return f" {made.replace(chr(0x2044), '/')}"
    return "".join(_QUOTES.get(mark, "/" if mark == "\u2044" else mark) for mark in made)


def plain_form(text: str, start: int, end: int) -> str:
    """The plain form of ``text[start:end]``: equal for two that differ in their encoding alone."""
    return Plain(text, start, end).text


def tokens_of(plain: str) -> list[Token]:
    """The tokens of a plain text, in order; white space is none, nor does it count within a number."""
    return [
        Token(
            match.start(),
            match.end(),
            match.group().replace(" ", ""),
            match.lastgroup != "mark" and _COUNTED.search(match.group()) is not None,
        )
        for match in _TOKEN.finditer(plain)
    ]


def run_together(tokens: list[Token]) -> str:
    """Tokens without the white space between them, but where it keeps two digits apart."""
    parts: list[str] = []
    for token in tokens:
        if parts and token.key[0].isdigit() and parts[-1][-1].isdigit():
            parts.append(" ")
        parts.append(token.key)
    return "".join(parts)


def ungrouped(key: str) -> str:
    """A token's key without the commas between its thousands: "1,200" is "1200", "12,00" itself."""
    return _GROUPED.sub(lambda match: match.group().replace(",", ""), key)


def is_counter(line: str) -> bool:
    """Whether a paragraph is of the page and not of the work: "12 comments", "Updated 3 hours ago".

    What was voted, rated or sold is the work's own, and so is every share and sum.
    Only where every word in it belongs to such lines, a number stands in it, and one word can mean nothing else.
    """
    if len(line) > _LONGEST_LINE or _MEASURED.search(line) or not _COUNTED.search(line):
        return False
    words = [word.casefold() for word in re.findall(r"[^\W\d_]+", line)]
    return bool(_TELLING.intersection(words)) and all(word in _OF_FURNITURE for word in words)
