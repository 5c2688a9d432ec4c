"""Whoever received a message is named nowhere in what is kept of it: words, links and values.

Only what the headers tell (names and addresses of recipients), greetings and lines that say to whom
something was sent are replaced, each by ``[recipient]``; every other word stays as it was written.
The raw bytes in the archive are not touched.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import md5, sha1, sha256
from urllib.parse import unquote, urlsplit, urlunsplit

from scrapers.document import Block, Link
from scrapers.dump_mail import is_sign_off
from scrapers.richtext import RichText
from scrapers.unwrap import text_of_base64

STAND_IN = "[recipient]"

_ADDRESS = re.compile(r"[\w.!#$&'*+/=?^`{|}~%-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,62})\.){1,8}[A-Za-z]{2,24}")
_TITLES = r"(?:Dr|Prof(?:essor)?|Mr|Mrs|Ms|Miss|Mx|Sir|Dame|Lord|Lady|Rev|Cllr)\.? "
_TITLE = re.compile(_TITLES, re.IGNORECASE)
_PERSON = re.compile(rf"(?:{_TITLES})?[^\W\d_][\w'\u2019.-]*(?: [^\W\d_][\w'\u2019.-]*){{0,4}}")
#: Words of lists, houses and roles: whom they name is nobody in particular.
_NOBODY = re.compile(
    r"(?:all|again|americans?|activists?|admin|board|bulletin|campaign(?:er)?s?|chair|citizens?|colleagues?|committee|community"
    r"|comrades?|conservatives?|constituents?|clients?|contact|council(?:lor)?s?|customers?|democrats?|donors?|desk|editor(?:s|ial)?|enquiries"
    r"|every(?:one|body)|fellow|folks|friends?|fund|government|governor|greens?|guests?|hello|homeowners?|info|investors?|journalists?|labour|lists?|madam"
    r"|mail|mailing|mayor|media|members?|ministers?|mps?|neighbou?rs?|network|news(?:desk|letter|room)?|office|parents?|party"
    r"|patriots?|people|postmaster|president|press|prime|progressives?|readers?|recipients?|reply|representatives?|republicans?"
    r"|residents?|secretary|senators?|sirs?|sisters?|staff|students?|shareholders?|subscribers?|supporters?|support|taxpayers?|teachers?|tenants?|team|there|thanks"
    r"|trust|undisclosed|union|updates?|users?|volunteers?|voters?|watch|webmaster|world|you)(?:['\u2019]s)?",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_][\w'\u2019-]*")
_NAME = r"(?-i:[^\W\d_a-z][\w'\u2019-]*)"
_NAMES = rf"{_NAME}(?:(?: |, | and | & ){_NAME}){{0,4}}"
_GREETING = re.compile(
    r"[> \t*_]{0,8}(?:dear|hi(?: there)?|hello(?: there)?|hey(?: there)?|greetings"
    r"|good (?-i:morning|afternoon|evening|day))"
    rf",?[ \u00a0](?P<name>(?:{_TITLES})?{_NAMES})(?=\s*(?:[,!:;.\u2013\u2014]|-|\Z)|\s(?:and|&)\s(?-i:[a-z]))",
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
_HASHES = (md5, sha1, sha256)
_MOST_NAMED = 50


@dataclass(frozen=True, slots=True)
class Recipients:
    """Who received a message: ``names`` and ``addresses`` in small letters, ``firsts`` what they may be greeted by."""

    names: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()
    firsts: frozenset[str] = frozenset()

    def without(self, names: Iterable[str], addresses: Iterable[str]) -> Recipients:
        """Those who are not among these, who wrote the words themselves."""
        own = {one.casefold() for one in names}
        words = {word.casefold() for name in own for word in _WORD.findall(name)}
        written = self.addresses - {one.casefold() for one in addresses}
        return Recipients(self.names - own, written, self.firsts - words)

    def joined(self, other: Recipients) -> Recipients:
        """These and those."""
        return Recipients(self.names | other.names, self.addresses | other.addresses, self.firsts | other.firsts)


def recipients_of(pairs: Iterable[tuple[str, str]]) -> Recipients:
    """Tell recipients from lists and houses in pairs of a display name and an address."""
    names: set[str] = set()
    addresses: set[str] = set()
    firsts: set[str] = set()
    for name, address in list(pairs)[:_MOST_NAMED]:
        if _ADDRESS.fullmatch(address):
            addresses.add(address.casefold())
            # "anna.smith@" may be greeted as Anna; "info@" is nobody.
            local = re.split(r"[._+-]", address.partition("@")[0])[0]
            if 3 <= len(local) <= 20 and local.isalpha() and not _NOBODY.fullmatch(local):
                firsts.add(local.casefold())
        name = " ".join(name.split()).strip("'\" ")
        if inverted := re.fullmatch(r"([^\s,]{2,40}), ([^\s,]{2,40})", name):
            name = f"{inverted[2]} {inverted[1]}"
        if _PERSON.fullmatch(name) and not _is_nobody(name):
            plain = _TITLE.sub("", name).casefold()
            firsts.add(plain.split()[0])
            if " " in plain:
                names.update((plain, " ".join((plain.split()[0], plain.split()[-1]))))
    return Recipients(frozenset(names), frozenset(addresses), frozenset(firsts))


def _is_nobody(name: str) -> bool:
    return any(map(_NOBODY.fullmatch, _WORD.findall(name)))


def without_recipients(
    text: RichText, known: Recipients, spared: frozenset[str] = frozenset()
) -> tuple[RichText, bool]:
    """Replace recipients in the words of a message and drop them from its links; say whether any was there.

    ``spared`` are the addresses of who wrote, in small letters. Offsets of blocks, bold spans and links
    are those of the new text.
    """
    sent = {match["address"].casefold() for match in _SENT_TO.finditer(text.text)} - spared
    known = known.joined(greeted_in(text)).joined(Recipients(addresses=frozenset(sent)))
    spans = [*_greetings(text), *_known_spans(text.text, known), *_url_spans(text.text, known)]
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
    for start, end in reversed(_disjoint(_known_spans(words, known))):
        words = words[:start] + STAND_IN + words[end:]
    return words


def greeted_in(text: RichText) -> Recipients:
    """Give the names by which a message greets its readers, which its subject may use too."""
    found = {text.text[start:end] for start, end in _greetings(text)}
    firsts = {word.casefold() for name in found for word in _TITLE.sub("", name).split()[:1]}
    return Recipients(firsts=frozenset(firsts))


def _greetings(text: RichText) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
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
        if match is None or _is_nobody(match["name"]) or _NO_NAME.match(match["name"]) or is_sign_off(first):
            continue
        spans.append((block.start + match.start("name"), block.start + match.end("name")))
    return spans


def _known_spans(text: str, known: Recipients) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    longest = sorted((*known.addresses, *known.names), key=len, reverse=True)
    if longest:
        either = "|".join(re.escape(one).replace(r"\ ", r"\s") for one in longest)
        spans.extend(m.span() for m in re.finditer(rf"(?<![\w.@%-])(?:{either})(?![\w@-])", text, re.IGNORECASE))
    if known.firsts:
        either = "|".join(map(re.escape, sorted(known.firsts, key=len, reverse=True)))
        # Spoken to: at the start of a line or sentence before a comma, or behind one at a sentence's end.
        begins = r"(?:^|(?<=[.!?\u2026:>\u201c\"] )|(?<=[\n\u201c]))"
        spoken = rf"{begins}(?P<one>{either})(?=\s?[,!:?\u2014]|\s[\u2013-]|[.]{{3}}|\u2026)"
        last = rf"(?<=, )(?P<two>{either})(?=[.!?,\u2026](?:\s|\Z)|\s*\Z)"
        for match in re.finditer(f"{spoken}|{last}", text, re.IGNORECASE | re.MULTILINE):
            name = match["one"] or match["two"]
            if name[:1].isupper():
                spans.append(match.span("one" if match["one"] else "two"))
    return spans


def _url_spans(text: str, known: Recipients) -> list[tuple[int, int]]:
    """Spans of the parts of written-out addresses that hold a recipient's own in some encoding."""
    spans = []
    for match in _URL.finditer(text) if known.addresses else ():
        for part in re.finditer(r"[^/?&=#;]+", match.group()):
            if _tells(part.group(), known.addresses):
                spans.append((match.start() + part.start(), match.start() + part.end()))
    return spans


@lru_cache(maxsize=64)
def _any_of(addresses: frozenset[str]) -> re.Pattern[str]:
    return re.compile(r"(?<![\w.+-])(?:" + "|".join(map(re.escape, sorted(addresses))) + r")(?![\w-])")


def _tells(words: str, addresses: frozenset[str]) -> bool:
    """Whether words tell one of the addresses: plain, percent-encoded, in base64, or by its hash."""
    plain = unquote(unquote(words)).casefold()
    stands = _any_of(addresses)
    if stands.search(plain):
        return True
    for token in re.split(r"[.|,:\s]", unquote(words)):
        held = text_of_base64(token)
        if held is not None and stands.search(held.casefold()):
            return True
    if re.fullmatch(r"[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}", plain):
        return any(
            kind(one.encode(), usedforsecurity=False).hexdigest() == plain for kind in _HASHES for one in addresses
        )
    return False


def clean_link(url: str, known: Recipients, spared: frozenset[str] = frozenset()) -> str | None:
    """Give a link without the parameters that tell a recipient's address; None where its rest still does.

    A parameter that is somebody's address is dropped whoever it is, unless it is the sender's.
    """
    if url.lower().startswith("mailto:"):
        return None if known.addresses and _tells(url, known.addresses) else url
    try:
        parts = urlsplit(url)
    except ValueError:
        return None if known.addresses and _tells(url, known.addresses) else url
    pieces = parts.query.split("&") if parts.query else []
    kept = [piece for piece in pieces if not _is_personal(piece.partition("=")[2] or piece, known, spared)]
    if len(kept) != len(pieces):
        url = urlunsplit(parts._replace(query="&".join(kept)))
    rest = [parts.netloc, *parts.path.split("/"), parts.fragment]
    return None if any(_is_personal(part, known, spared) for part in rest if part) else url


def _is_personal(value: str, known: Recipients, spared: frozenset[str]) -> bool:
    if known.addresses and _tells(value, known.addresses):
        return True
    stated = unquote(unquote(value)).strip()
    return _ADDRESS.fullmatch(stated) is not None and stated.casefold() not in spared


def _disjoint(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sort spans and join those that overlap."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        elif start < end:
            joined.append((start, end))
    return joined


def replaced(text: RichText, spans: Iterable[tuple[int, int]]) -> RichText:
    """Put the stand-in for each span, and move blocks, bold spans and links with the words."""
    cuts = _disjoint(spans)
    parts: list[str] = []
    shifts: list[tuple[int, int, int]] = []  # start, end, shift behind the end
    place = shift = 0
    for start, end in cuts:
        parts += (text.text[place:start], STAND_IN)
        shift += len(STAND_IN) - (end - start)
        shifts.append((start, end, shift))
        place = end
    parts.append(text.text[place:])
    starts = _Moved(shifts, is_end=False)
    ends = _Moved(shifts, is_end=True)
    blocks = tuple(
        Block(starts.at(b.start), ends.at(b.end), b.tag, b.level, tuple((starts.at(s), ends.at(e)) for s, e in b.bold))
        for b in text.blocks
    )
    links = tuple(Link(starts.at(link.start), ends.at(link.end), link.url) for link in text.links)
    return RichText("".join(parts), blocks, links)


class _Moved:
    """Where an offset stands in the new text; one inside what was replaced stands at the stand-in's edge."""

    def __init__(self, shifts: list[tuple[int, int, int]], is_end: bool) -> None:
        self._shifts, self._is_end = shifts, is_end
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
        return start + before + (len(STAND_IN) if self._is_end else 0)
