"""Which links can back a claim, and which claim of its sentence a link belongs to (the design's section 3)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from scrapers.document import Link
from tracker.reading.publishers import Publishers
from tracker.reading.values import SourceMention

# Hosts whose pages ask for a signature or for money.
_ASKING_HOST = re.compile(
    r"(?:^|\.)(?:change\.org|gofundme\.com|justgiving\.com|actionnetwork\.org|actblue\.com|winred\.com"
    r"|38degrees\.org\.uk|"
    r"crowdfunder\.co\.uk|paypal\.com|patreon\.com|mailchi\.mp|list-manage\.com|wa\.me|ko-fi\.com|buymeacoffee\.com)$"
)
# Paid links that lead to a shop and do not say to which.
_PAID_HOST = re.compile(
    r"(?:^|\.)(?:cna\.st|amzn\.to|fave\.co|shareasale\.com|howl\.(?:me|link)|redirectingat\.com|linksynergy\.com"
    r"|anrdoezrs\.net|dpbolvw\.net|jdoqocy\.com|kqzyfj\.com|tkqlhce\.com|awin1\.com|skimresources\.com"
    r"|georiot\.com|geni\.us|avantlink\.com|pxf\.io|sjv\.io|narrativ\.com|shop-links\.co|prf\.hn)$"
)
# Whose product pages show what a thing costs, and nothing else of what is told of it.
_SHOP_HOST = re.compile(
    r"(?:^|\.)(?:amazon\.(?:com?(?:\.\w\w)?|\w\w)|ebay\.(?:com|co\.uk)|walmart\.com|target\.com|bestbuy\.com|adorama\.com"
    r"|bhphotovideo\.com|newegg\.com|argos\.co\.uk|currys\.co\.uk|johnlewis\.com|etsy\.com|backcountry\.com|rei\.com"
    r"|wayfair\.com|sephora\.com|nordstrom\.com|costco\.com)$"
)
_PRICE = re.compile(r"[$\u00a3\u20ac]\s?\d|\d\s?(?:dollars|pounds|euros)\b", re.IGNORECASE)
# Of these only a post says something; a profile or a front page does not.
_SOCIAL_HOST = re.compile(
    r"(?:^|\.)(?:facebook\.com|twitter\.com|x\.com|instagram\.com|tiktok\.com|linkedin\.com|pinterest\.com|t\.me"
    r"|reddit\.com|bsky\.app|threads\.net|whatsapp\.com)$"
)
_POST = re.compile(r"/(?:status(?:es)?|posts?|p|reel|videos?|permalink|permalink\.php|comments|pulse)/?\w")
_SHARING = re.compile(
    r"/share(?!d|holder)|sharer|/intent/|/submit(?:link)?\b|/pin/create|/send\b|/save\b|addtoany|email-?this",
    re.IGNORECASE,
)
# Whole pieces of a path: "/authorities" is no author, "/contact-tracing" no contact form.
_ASKING_PIECE = re.compile(
    r"(?:petitions?|donat(?:e|es|ions?)|donate[-_]?(?:now|here|today)|support[-_]?us|give(?:[-_]now)?|actions?"
    r"|take[-_]?action"
    r"|sign(?:[-_]?(?:up|in|on|now|here))?|sign[-_](?:the|our|this|up)[-_].*|.*[-_]petition|petition[-_]to[-_].*"
    r"|donate[-_]to[-_].*|subscri(?:be|ption|ptions)|newsletters?|newsletter[-_]sign[-_]?up|join(?:[-_]us)?|shop"
    r"|store|basket"
    r"|log[-_]?in|register|tags?|topics?|categor(?:y|ies)|authors?|by|contributors?|profiles?|search|contact(?:[-_]us)?"
    r"|privacy(?:[-_]policy)?|cookies?|terms|write[-_]to[-_].*|email[-_]your[-_].*|unsubscribe|quotes?|stocks?|symbol)"
    r"(?:\.\w{2,5})?",
    re.IGNORECASE,
)
# Pay-per-click redirects that do not say where they lead.
_BLIND_CLICK = re.compile(r"/click-\d+-\d+")
_HOME = re.compile(r"/?(?:[a-z]{2}(?:[-_][a-z]{2})?)?/?(?:(?:index|home|default)(?:\.\w{2,5})?)?/?", re.IGNORECASE)
_TRACKING = re.compile(r"(?:utm_\w+|fbclid|gclid|mc_[ce]id|msclkid|ref|cmp|cid|ito|smid|xtor|at_\w+)", re.IGNORECASE)
_WRAPPED = frozenset(
    {"url", "gr_url", "u", "q", "target", "to", "dest", "destination", "redirect", "redirect_url", "murl", "link"}
)
_ARCHIVED = re.compile(r"^/(?:web/)?\d{4,14}[a-z_]{0,3}/(https?://.+)")
_WRAPS = 3
_NAME = re.compile(r"(?:[A-Z][\w.'\u2019&-]*\s*){1,4}")
_NO_WORD = re.compile(r"[\W_]+")


def backs(url: str, own_url: str | None, anchor: str = "") -> bool:
    """Whether a link can back a claim.

    Not the document itself, a home page, a share, petition, donation, sign-up, author or tag page,
    nor the page *about* a name that a site links by habit ("Ann Lee" to ``/player/ann-lee``, told by
    ``anchor``, the link's words). A link through a redirect counts by its target.
    """
    target = target_of(url)
    parts = _split(target)
    if parts is None or parts.scheme not in {"http", "https"} or not parts.hostname:
        return False
    host = _host(parts)
    if _PAID_HOST.search(host):
        return False
    if _SHARING.search(parts.path) or _ASKING_HOST.search(host) or _BLIND_CLICK.match(parts.path):
        return False
    if _HOME.fullmatch(parts.path) and not _query(parts):
        return False
    if _SOCIAL_HOST.search(host):
        return _POST.search(parts.path) is not None
    if any(_ASKING_PIECE.fullmatch(piece) for piece in parts.path.split("/")) or _is_name_page(parts.path, anchor):
        return False
    own = _split(own_url or "")
    if own is None or not own.hostname:
        return True
    same = (host, parts.path.rstrip("/")) == (_host(own), own.path.rstrip("/"))
    # Where the query names the page, another query is another page.
    return not same or bool(_query(own) and _query(parts) and _query(own) != _query(parts))


def target_of(url: str) -> str:
    """The address that a redirect, mail guard or web archive carries within its own; else the address itself."""
    for _ in range(_WRAPS):
        parts = _split(url)
        if parts is None or _SHARING.search(parts.path):
            return url
        archived = _ARCHIVED.match(parts.path)
        if archived is not None:
            inner = archived.group(1) + (f"?{parts.query}" if parts.query else "")
        else:
            inner = next((value for name, value in _pairs(parts) if name.casefold() in _WRAPPED and _is_web(value)), "")
        if not inner:
            return url
        url = inner
    return url


def linked_in(
    text: str, links: Sequence[Link], sentence: tuple[int, int], own_url: str | None, publishers: Publishers
) -> tuple[SourceMention, ...]:
    """The links whose words lie in the sentence and that can back it; ``links`` in order, without overlap."""
    found = []
    for link in _within(links, sentence):
        start, end = max(link.start, sentence[0]), min(link.end, sentence[1])
        words = text[link.start : link.end]
        priced = _PRICE.search(text, *sentence) is not None
        if words.strip() and backs(link.url, own_url, words) and (priced or not is_shop(link.url)):
            found.append(mention_of(link.url, start, end, publishers))
    return tuple(dict.fromkeys(found))


def is_shop(url: str) -> bool:
    """Whether a link leads to a shop's page: it backs a price, and nothing else that is told of the thing."""
    parts = _split(target_of(url))
    return parts is not None and _SHOP_HOST.search(_host(parts)) is not None


def mention_of(url: str, start: int, end: int, publishers: Publishers) -> SourceMention:
    """A link as a source: its name is the publisher's where the table knows it, else the host."""
    target = target_of(url)
    publisher = publishers.of_url(target)
    parts = _split(target)
    return SourceMention(
        publisher.name if publisher else _host(parts) if parts else target, target, "linked", start, end
    )


def belonging(
    mentions: Sequence[SourceMention], claim: tuple[int, int], claims: Sequence[tuple[int, int]]
) -> tuple[SourceMention, ...]:
    """Of a sentence's links those of one of its claims, where it has several of both.

    A link belongs to the claims in whose words it stands, else to the nearest; one link alone backs
    the whole sentence.
    """
    if len({(m.start, m.end) for m in mentions}) < 2 or len(set(claims)) < 2:
        return tuple(mentions)
    return tuple(m for m in mentions if _gap(m, claim) == min(_gap(m, other) for other in (claim, *claims)))


def _gap(mention: SourceMention, claim: tuple[int, int]) -> int:
    return max(0, mention.start - claim[1], claim[0] - mention.end)


def _within(links: Sequence[Link], sentence: tuple[int, int]) -> Sequence[Link]:
    """The links that reach into the sentence; they are in order and do not overlap."""
    first = bisect_left(links, sentence[0], key=lambda link: link.start)
    if first and links[first - 1].end > sentence[0]:
        first -= 1
    return links[first : bisect_left(links, sentence[1], key=lambda link: link.start)]


def _is_name_page(path: str, anchor: str) -> bool:
    """Whether a link's words are a name and its address ends in the same name."""
    if not _NAME.fullmatch(anchor.strip()):
        return False
    last = unquote(path.rstrip("/").rpartition("/")[2])
    return _NO_WORD.sub("", last).casefold() == _NO_WORD.sub("", anchor).casefold()


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url.strip())
        _ = parts.hostname, parts.port
    except ValueError:
        return None
    return parts


def _host(parts: SplitResult) -> str:
    return (parts.hostname or "").removeprefix("www.")


def _pairs(parts: SplitResult) -> list[tuple[str, str]]:
    try:
        return parse_qsl(parts.query, max_num_fields=50)
    except ValueError:
        return []


def _query(parts: SplitResult) -> tuple[tuple[str, str], ...]:
    """The query without what only counts visits."""
    return tuple(sorted(pair for pair in _pairs(parts) if not _TRACKING.fullmatch(pair[0])))


def _is_web(value: str) -> bool:
    return value.startswith(("http://", "https://"))
