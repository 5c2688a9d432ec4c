"""Whoever received a message is named nowhere in what is kept of it: words, links and values.

Only what the headers tell (names and addresses of recipients), greetings and lines that say to whom
something was sent are replaced, each by ``[recipient]``; every other word stays as it was written.
The raw bytes in the archive are not touched.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import unquote, urlsplit, urlunsplit

from scrapers.document import Block, Link
from scrapers.dump_mail import is_sign_off
from scrapers.mail_find import Span, known_spans, tells
from scrapers.mail_names import TITLES, Recipients, fold, forms_of, is_nobody, recipients_of, without_title
from scrapers.richtext import RichText

__all__ = ["STAND_IN", "Recipients", "clean_link", "clean_words", "greeted_in", "recipients_of", "replaced"]

STAND_IN = "[recipient]"

_ADDRESS = re.compile(r"[\w.!#$&'*+/=?^`{|}~%-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,62})\.){1,8}[A-Za-z]{2,24}")
#: Signs without width, which part a name or address for programs alone.
_INVISIBLE = re.compile("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]+")
_NAME = r"(?-i:[^\W\d_a-z](?:\.(?= [^\W\d_a-z])|[\w'\u2019-]*))"
_NAMES = rf"{_NAME}(?:(?: |, | and | & ){_NAME}){{0,4}}"
_GREETING = re.compile(
    r"[> \t*_]{0,8}(?:dear|hi(?: there)?|hello(?: there)?|hey(?: there)?|greetings"
    r"|good (?-i:morning|afternoon|evening|day)"
    r"|liebe[rs]?|sehr geehrter?|hallo|guten (?:tag|morgen)|bonjour|ch\u00e8re?|cher|hola|estimad[oa]|querid[oa]"
    r"|geachte|gentile|ciao|buongiorno)"
    rf",?[ \u00a0](?P<name>(?:{TITLES})?{_NAMES})(?=\s*(?:[,!:;.\u2013\u2014]|-|\Z)|\s(?:and|&)\s(?-i:[a-z]))",
    re.IGNORECASE,
)
#: "Anna," or "Anna \u2014" alone on a line.
_BARE = re.compile(rf"[> \t*_]{{0,8}}(?P<name>{_NAME}(?: {_NAME})?)\s?(?:,|\u2014|\u2013|-{{1,2}})\s*\Z")
_NO_NAME = re.compile(
    r"(?:dear|hi|hello|hey|greetings|welcome|breaking|update|urgent|alert|reminder|thanks|yes|no|so|and|but|now|today|tomorrow"
    r"|tonight|yesterday|well|look|wow|ok|please|finally|first|next|last)\b",
    re.IGNORECASE,
)
#: So many blocks at its top may greet a message's reader.
_GREETS_WITHIN = 8
_SENT_TO = re.compile(
    r"\b(?:sent|addressed|delivered|e-?mailed|mailed|intended|meant|subscribed|registered|signed up"
    r"|receiv\w+ (?:this|it))"
    rf"(?: (?:to|for|at|with|as|by|using|under|via|on))?:?\s{{1,3}}[<(\[]?(?P<address>{_ADDRESS.pattern})",
    re.IGNORECASE,
)
_URL = re.compile(r"https?://[^\s<>\"\[\]{}|\\^`]+", re.IGNORECASE)


def without_recipients(
    text: RichText, known: Recipients, spared: frozenset[str] = frozenset()
) -> tuple[RichText, bool]:
    """Replace recipients in the words of a message and drop them from its links; say whether any was there.

    ``spared`` are the addresses of who wrote, in small letters. Offsets of blocks, bold spans and links
    are those of the new text.
    """
    seen, places = _visible(text)
    sent = {form for match in _SENT_TO.finditer(seen.text) for form in forms_of(match["address"])} - spared
    known = known.joined(greeted_in(seen)).joined(Recipients(addresses=frozenset(sent)))
    spans = [*_greetings(seen), *known_spans(seen.text, known), *_url_spans(seen.text, known)]
    spans = _laid_back(spans, places)
    links: list[Link] = []
    changed = False
    for link in text.links:
        url = clean_link(link.url, known, spared)
        changed |= url != link.url
        if url is not None:
            links.append(replace(link, url=url))
    text = replace(text, links=tuple(links))
    if not spans:
        return text, changed
    return replaced(text, spans), True


def clean_words(words: str, known: Recipients) -> str:
    """Give a subject without the recipients that are known."""
    seen, places = _visible(RichText(words, (), ()))
    for start, end in reversed(_disjoint(_laid_back(known_spans(seen.text, known), places))):
        words = words[:start] + STAND_IN + words[end:]
    return words


def _visible(text: RichText) -> tuple[RichText, list[int] | None]:
    """The text as its reader sees it, without signs that have no width, and where each of its signs stands."""
    hidden = [match.span() for match in _INVISIBLE.finditer(text.text)]
    if not hidden:
        return text, None
    places: list[int] = []
    begin = 0
    for start, end in [*hidden, (len(text.text), len(text.text))]:
        places += range(begin, start)
        begin = end
    return replaced(text, hidden, ""), places


def _laid_back(spans: Iterable[Span], places: list[int] | None) -> list[Span]:
    return list(spans) if places is None else [(places[start], places[end - 1] + 1) for start, end in spans]


def greeted_in(text: RichText) -> Recipients:
    """Give the names by which a message greets its readers, which its subject may use too."""
    found = {text.text[start:end] for start, end in _greetings(text)}
    firsts = {fold(word.strip(",.")) for name in found for word in without_title(name).split()[:1]}
    titled = {fold(word) for name in found if (rest := without_title(name)) != name for word in rest.split()[-1:]}
    return Recipients(firsts=frozenset(firsts), titled=frozenset(titled))


def _greetings(text: RichText) -> list[Span]:
    spans: list[Span] = []
    seen = 0
    for block in text.blocks:
        if block.tag in ("nav", "footer"):
            continue
        seen += 1
        if seen > _GREETS_WITHIN:
            break
        line_end = text.text.find("\n", block.start, block.end)
        first = text.text[block.start : block.end if line_end < 0 else line_end]
        match = _GREETING.match(first[:200]) or (_BARE.fullmatch(first) if len(first) <= 60 and seen <= 4 else None)
        if match is None or is_nobody(match["name"]) or _NO_NAME.match(match["name"]) or is_sign_off(first):
            continue
        spans.append((block.start + match.start("name"), block.start + match.end("name")))
    return spans


def _url_spans(text: str, known: Recipients) -> list[Span]:
    """Spans of the parts of written-out addresses that hold a recipient's own in some encoding."""
    spans = []
    for match in _URL.finditer(text) if _has(known) else ():
        for part in re.finditer(r"[^/?&=#;]+", match.group()):
            if tells(part.group(), known):
                spans.append((match.start() + part.start(), match.start() + part.end()))
    return spans


def clean_link(url: str, known: Recipients, spared: frozenset[str] = frozenset()) -> str | None:
    """Give a link without the parameters that tell a recipient's address; None where its rest still does.

    A parameter that is somebody's address is dropped whoever it is, unless it is the sender's.
    """
    if url.lower().startswith("mailto:"):
        return None if _has(known) and tells(url, known) else url
    try:
        parts = urlsplit(url)
    except ValueError:
        return None if _has(known) and tells(url, known) else url
    pieces = parts.query.split("&") if parts.query else []
    kept = [piece for piece in pieces if not _is_personal(piece.partition("=")[2] or piece, known, spared)]
    if len(kept) != len(pieces):
        url = urlunsplit(parts._replace(query="&".join(kept)))
    rest = [parts.netloc, *parts.path.split("/"), parts.fragment]
    return None if any(_is_personal(part, known, spared) for part in rest if part) else url


def _has(known: Recipients) -> bool:
    return bool(known.addresses or known.names)


def _is_personal(value: str, known: Recipients, spared: frozenset[str]) -> bool:
    if _has(known) and tells(value, known):
        return True
    stated = unquote(unquote(value)).strip()
    return _ADDRESS.fullmatch(stated) is not None and stated.casefold() not in spared


def _disjoint(spans: Iterable[Span]) -> list[Span]:
    """Sort spans and join those that overlap."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        elif start < end:
            joined.append((start, end))
    return joined


def replaced(text: RichText, spans: Iterable[Span], stand_in: str = STAND_IN) -> RichText:
    """Put the stand-in for each span, and move blocks, bold spans and links with the words."""
    cuts = _disjoint(spans)
    parts: list[str] = []
    shifts: list[tuple[int, int, int]] = []  # start, end, shift behind the end
    place = shift = 0
    for start, end in cuts:
        parts += (text.text[place:start], stand_in)
        shift += len(stand_in) - (end - start)
        shifts.append((start, end, shift))
        place = end
    parts.append(text.text[place:])
    starts = _Moved(shifts, 0)
    ends = _Moved(shifts, len(stand_in))
    blocks = tuple(
        Block(starts.at(b.start), ends.at(b.end), b.tag, b.level, tuple((starts.at(s), ends.at(e)) for s, e in b.bold))
        for b in text.blocks
    )
    links = tuple(Link(starts.at(link.start), ends.at(link.end), link.url) for link in text.links)
    return RichText("".join(parts), blocks, links)


class _Moved:
    """Where an offset stands in the new text; one inside what was replaced stands at the stand-in's edge."""

    def __init__(self, shifts: list[tuple[int, int, int]], inside: int) -> None:
        self._shifts, self._inside = shifts, inside
        self._starts = [start for start, _, _ in shifts]

    def at(self, offset: int) -> int:
        number = bisect_right(self._starts, offset) - 1
        if number < 0:
            return offset
        start, end, shift = self._shifts[number]
        before = self._shifts[number - 1][2] if number else 0
        if offset >= end:
            return offset + shift
        if offset == start:
            return offset + before
        return start + before + self._inside
