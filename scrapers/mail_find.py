"""Where words tell who received a message: names, addresses in any spelling, and being spoken to.

Each search is one pass over the words, however many received the message.
"""

from __future__ import annotations

import re
from binascii import Error as BadBase64
from binascii import unhexlify
from collections.abc import Iterator
from functools import lru_cache
from hashlib import md5, sha1, sha256
from urllib.parse import unquote

from scrapers.mail_names import TITLES, WORD, Recipients, bare, fold
from scrapers.unwrap import text_of_base64

Span = tuple[int, int]

_WORDS = re.compile(WORD)
_POSSESSIVE = re.compile(r"['\u2019]s?$|-+$")
_GAP = re.compile(r"\.?\s{1,3}|[._]")
_INVERTED = re.compile(r",\s{1,3}")
_ENDS_INVERTED = re.compile(r"\s{0,2}(?:[(\[\d;:)\]<\n]|\Z)")
_MOST_WORDS = 6
#: The sign in an address, and what stands for it: in bounce addresses, in URLs, against robots.
_AT = re.compile(r"@|=|\uff20|%40|[ \t]?[\[({]\s?at\s?[\])}][ \t]?", re.IGNORECASE)
_DOMAIN = re.compile(r"[^\W_][\w-]{0,62}(?:\.[^\W_][\w-]{0,62}){0,8}")
_LOCAL = frozenset(".!#$&'*+/?^`{|}~-_%")
_LONGEST_LOCAL = 64
_NAMED = r"(?-i:[^\W\d_a-z])[\w'\u2019-]*"
_SPOKEN = re.compile(
    # At the start of a line or sentence before a comma, or behind one at a sentence's end.
    r"(?:^|(?<=[.!?\u2026:>\u201c\"] )|(?<=[\n\u201c]))"
    rf"(?P<one_title>{TITLES})?(?P<one>{_NAMED})(?=\s?[,!:?\u2014]|\s[\u2013-]|[.]{{3}}|\u2026)"
    rf"|(?<=, )(?P<two_title>{TITLES})?(?P<two>{_NAMED})(?=[.!?,\u2026](?:\s|\Z)|\s*\Z)",
    re.IGNORECASE | re.MULTILINE,
)
_TITLED = re.compile(rf"(?<![\w'\u2019-]){TITLES}(?P<name>{_NAMED})", re.IGNORECASE)
#: "Mr Lee, the minister": told of, not spoken to.
_TOLD_OF = re.compile(
    r"\s?,\s(?:the|an?|who|whose|whom|which|of|from|aged|\d|his|her|their|its|then|now|former\w*|chief|head|chair\w*"
    r"|director|leader|said|says|mp|and)\b",
    re.IGNORECASE,
)
_YOU = re.compile(r"\byou(?:r|rs|rself)?\b|\bthank", re.IGNORECASE)
_HASHES = (md5, sha1, sha256)
_HEX = re.compile(r"(?:[0-9a-f]{2}){6,200}")


def known_spans(text: str, known: Recipients) -> list[Span]:
    """Give the spans of the names and addresses that are known, and of those spoken to."""
    spans = [*address_spans(text, known.addresses), *name_spans(text, known.names)]
    if known.firsts or known.lasts:
        spans += _spoken_spans(text, known)
    return spans


def _spoken_spans(text: str, known: Recipients) -> Iterator[Span]:
    for match in _SPOKEN.finditer(text):
        which = "one" if match["one"] else "two"
        name, title = fold(match[which]), match[f"{which}_title"]
        start = match.start(f"{which}_title") if title else match.start(which)
        is_last = bool(title) and name in known.lasts and _is_spoken_to(text, match, which)
        if name in known.firsts or is_last:
            yield start, match.end(which)
    both = known.lasts & known.titled
    for match in _TITLED.finditer(text) if both else ():
        name = _POSSESSIVE.sub("", match["name"])
        if fold(name) in both:
            yield match.start(), match.start("name") + len(name)


def _is_spoken_to(text: str, match: re.Match[str], which: str) -> bool:
    """Whether a title and surname are spoken to, where they may be anybody's of that name."""
    if which == "one":
        return _TOLD_OF.match(text, match.end()) is None
    before = text[max(0, match.start() - 150) : match.start()]
    return _YOU.search(re.split(r"[.!?\n]\s", before)[-1]) is not None


def name_spans(text: str, names: frozenset[str]) -> Iterator[Span]:
    """Find names of two words and more, with initials between, dots and breaks, or inverted in a list."""
    if not names:
        return
    ends = {part for name in names for part in name.split()}
    most = min(_MOST_WORDS, max(name.count(" ") for name in names) + 1)
    words: list[tuple[int, int, str]] = []
    for match in _WORDS.finditer(text):
        word = _POSSESSIVE.sub("", match.group())
        plain = fold(word)
        if plain not in ends and len(plain) > 1:
            words.append((match.start(), match.end(), ""))
        else:
            words.append((match.start(), match.start() + len(word), plain))
    number = 0
    while number < len(words):
        behind = _name_at(text, words, number, most, names) if words[number][2] else 0
        if behind:
            yield words[number][0], words[behind - 1][1]
        number = behind or number + 1


def _name_at(text: str, words: list[tuple[int, int, str]], first: int, most: int, names: frozenset[str]) -> int:
    """The number of the word behind the longest name that begins here, 0 for none."""
    said, whole = words[first][2], words[first][2]
    found = 0
    if said in ("a", "i") and text[words[first][1] : words[first][1] + 1] != ".":
        return 0  # "A Smith" is one of them, "A. Smith" is Anna
    for number in range(first + 1, min(first + most + 2, len(words))):
        before, (start, end, plain) = words[number - 1], words[number]
        if not plain:
            break
        if not _GAP.fullmatch(text, before[1], start):
            is_pair = number == first + 1 and _INVERTED.fullmatch(text, before[1], start)
            if is_pair and f"{plain} {said}" in names and _ENDS_INVERTED.match(text, end):
                return number + 1
            break
        said = f"{said} {plain}"
        # "Zoe M. Lee" is Zoe Lee.
        whole = whole if len(plain) == 1 else f"{whole} {plain}"
        if said in names or (whole != said and whole in names and len(plain) > 1):
            found = number + 1
    return found


def address_spans(text: str, addresses: frozenset[str]) -> Iterator[Span]:
    """Find addresses, however spelt: with another tag behind a plus, with ``=`` or ``[at]`` for the sign."""
    for at in _AT.finditer(text) if addresses else ():
        domain = _DOMAIN.match(text, at.end())
        if domain is None:
            continue
        begin = at.start()
        while begin > max(0, at.start() - _LONGEST_LOCAL) and (text[begin - 1].isalnum() or text[begin - 1] in _LOCAL):
            begin -= 1
        # In "bounce-12-zoe=mill.example@" anything may stand before it.
        joins = "_" if at.group() == "=" else "_.%+-"
        starts = [
            n for n in range(begin, at.start())
            if n == begin or not (text[n - 1].isalnum() or text[n - 1] in joins)
        ]  # fmt: skip
        found = _longest(text, starts, at, domain.group(), addresses)
        if found is not None:
            yield found


def _longest(text: str, starts: list[int], at: re.Match[str], domain: str, addresses: frozenset[str]) -> Span | None:
    labels = domain.split(".")
    hosts = [".".join(labels[:count]) for count in range(len(labels), 0, -1)]
    for host in hosts:
        for start in starts:
            one = f"{text[start : at.start()]}@{host}"
            if one.casefold() in addresses or bare(one) in addresses:
                return start, at.end() + len(host)
    return None


@lru_cache(maxsize=16)
def _hashes_of(addresses: frozenset[str]) -> frozenset[str]:
    return frozenset(kind(one.encode(), usedforsecurity=False).hexdigest() for kind in _HASHES for one in addresses)


def tells(words: str, known: Recipients) -> bool:
    """Whether a part of a URL or identifier tells a recipient: plain, percent-encoded, in base64, hex or by a hash."""
    once = unquote(words)
    plain = unquote(once)
    if _names_one(plain, known):
        return True
    for token in re.split(r"[.|,:\s@]", once):
        held = text_of_base64(token)
        if held is not None and _names_one(held, known):
            return True
        if _HEX.fullmatch(token.lower()) and _names_one(_of_hex(token), known):
            return True
    small = plain.casefold()
    is_hash = re.fullmatch(r"[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}", small) is not None
    return is_hash and small in _hashes_of(known.addresses)


def _names_one(words: str, known: Recipients) -> bool:
    by_address = next(iter(address_spans(words, known.addresses)), None)
    return bool(by_address or next(iter(name_spans(words.replace("+", " "), known.names)), None))


def _of_hex(token: str) -> str:
    try:
        return unhexlify(token).decode("utf-8")
    except (BadBase64, ValueError):
        return ""
