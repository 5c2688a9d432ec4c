"""What a claim rests on: a link, a name, its own speaker's act, or nothing (the design's three axes)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urlsplit

from scrapers.document import Link
from tracker.reading.publishers import Publisher, Publishers
from tracker.reading.values import SourceMention, Teller

# Targets that back nothing: they ask, share, sell or lead back to a front page.
_NO_BACKING_HOST = re.compile(
    r"(?:^|\.)(?:change\.org|gofundme\.com|justgiving\.com|actionnetwork\.org|actblue\.com|winred\.com|38degrees\.org\.uk|"
    r"crowdfunder\.co\.uk|facebook\.com|twitter\.com|x\.com|instagram\.com|tiktok\.com|linkedin\.com|pinterest\.com|wa\.me|"
    r"t\.me|reddit\.com|paypal\.com|patreon\.com|mailchi\.mp|list-manage\.com)$"
)
_NO_BACKING_PATH = re.compile(
    r"petition|donat|/sign(?:-|/|up|$)|take-?action|/actions?/|/share|sharer|/intent/|subscribe|newsletter|/join|/shop|"
    r"/login|/register|/tags?/|/topics?/|/search|/author|/contact|/privacy|write-to|email-your",
    re.IGNORECASE,
)
#: What a source on paper is called.
PAPER = (
    r"(?:polls?|surveys?|stud(?:y|ies)|research|analysis|reports?|audits?|inquiry|reviews?|figures|data|statistics"
    r"|documents?|papers|records|accounts|tables|investigation)"
)
_NAME = (
    r"(?:(?:the\s+)?(?:[A-Z][\w&'\u2019.-]*|[A-Z]{2,})"
    r"(?:\s+(?:(?:of|for|and|on|&)\s+(?:the\s+)?)?[A-Z][\w&'\u2019-]*){0,6})"
)
_MADE = (
    r"(?:conducted|carried out|done|run|commissioned|published|compiled|released|produced|written|prepared|obtained"
    r"|seen|made)"
)
_PAPER_BY = re.compile(
    rf"\b(?i:{PAPER})\b,?(?:\s+(?:that|which))?(?:\s+(?:was|were|has been|have been))?(?:\s+\w+ly)?\s+"
    rf"(?:{_MADE}\s+)?"
    rf"(?:by|from|for|of)\s+(?P<name>{_NAME}|(?P<heard>[a-z]{{6,}})(?=\s))"
)
_NAME_PAPER = re.compile(
    rf"\b(?:a|an|the|this|last|recent|new|latest)\s+(?:\w+\s+){{0,2}}?(?P<name>{_NAME}?)\s+{PAPER}\b"
)
_FOOTNOTE = re.compile(r"[ \t]*\[?(\d{1,2})[\].):][^\n]{0,200}\Z")
_FOOTNOTE_MARK = re.compile(r"\[(\d{1,2})\]")
# A mark may stand behind the sentence's stop: "… in January. [2]"
_MARK_BEHIND = 5
_ANONYMOUS = re.compile(
    r"\b(?:sources?|insiders?|whistle-?blowers?|(?:people|person|someone|those) (?:familiar|close|with knowledge)|"
    r"officials? who|on condition of anonymity|spoke anonymously|not authori[sz]ed to)\b",
    re.IGNORECASE,
)
# An unnamed individual is an anonymous source; an unnamed group ("staff", "critics") only tells.
_SOMEBODY = re.compile(r"(?:an?|one)\s+(?:former\s+|ex-|senior\s+|serving\s+)?\w+", re.IGNORECASE)
# "A source close to the board", "the insider" is one; "people familiar with it" are several.
_ONE = re.compile(
    r"(?:an?|one|another|someone|somebody)\b|(?:the\s+)?(?!people\b|staff\b)\w*[^s\W](?=\s+who\b|\s+close\b|\Z)",
    re.IGNORECASE,
)
_FIRST_PERSON = re.compile(
    r"(?:we|our|I|my)(?:['\u2019]\w+)?\b",
    re.IGNORECASE,
)


def footnotes_of(text: str, links: Sequence[Link]) -> dict[str, Link]:
    """The links of a text's footnotes by their mark: "[1] https://…" on a line of its own."""
    by_line = {text.rfind("\n", 0, link.start) + 1: link for link in reversed(links)}
    found: dict[str, Link] = {}
    for start, link in by_line.items():
        mark = _FOOTNOTE.match(text, start, link.start)
        if mark is not None:
            found.setdefault(mark.group(1), link)
    return found


def linked_sources(
    text: str,
    links: Sequence[Link],
    footnotes: Mapping[str, Link],
    sentence: tuple[int, int],
    own_url: str | None,
    publishers: Publishers,
) -> tuple[SourceMention, ...]:
    """The links whose words lie in the sentence, or in the footnote that it carries, and that can back it."""
    marks = _FOOTNOTE_MARK.finditer(text, sentence[0], min(len(text), sentence[1] + _MARK_BEHIND))
    carried = [(footnotes[m.group(1)], m.span()) for m in marks if m.group(1) in footnotes]
    inside = [(link, (max(link.start, sentence[0]), min(link.end, sentence[1]))) for link in _within(links, sentence)]
    found: list[SourceMention] = []
    for link, (start, end) in [*inside, *carried]:
        if backs(link.url, own_url):
            publisher = publishers.of_url(link.url)
            name = publisher.name if publisher else (urlsplit(link.url).hostname or "").removeprefix("www.")
            found.append(SourceMention(name, link.url, "linked", start, end))
    return tuple(dict.fromkeys(found))


def _within(links: Sequence[Link], sentence: tuple[int, int]) -> Sequence[Link]:
    """The links that reach into the sentence; they are in order and do not overlap."""
    first = bisect_left(links, sentence[0], key=lambda link: link.start)
    if first and links[first - 1].end > sentence[0]:
        first -= 1
    return links[first : bisect_left(links, sentence[1], key=lambda link: link.start)]


def backs(url: str, own_url: str | None) -> bool:
    """Whether a link can back a claim: not this page, a home page, a share, petition or donation link."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return False
    if parts.scheme not in {"http", "https"} or not host:
        return False
    if parts.path in {"", "/"} and not parts.query:
        return False
    if _NO_BACKING_HOST.search(host) or _NO_BACKING_PATH.search(parts.path):
        return False
    if not own_url:
        return True
    own = urlsplit(own_url)
    own_page = ((own.hostname or "").removeprefix("www."), own.path.rstrip("/"))
    return (host, parts.path.rstrip("/")) != own_page


def named_sources(text: str, sentence: tuple[int, int], publishers: Publishers) -> tuple[SourceMention, ...]:
    """Polls, reports and data that the sentence names by their maker: "a poll conducted by X"."""
    found: list[SourceMention] = []
    for match in _PAPER_BY.finditer(text, *sentence):
        name = match.group("name")
        known = _known(name, publishers)
        # A transcript's small letters: only a known body that sounds like it is a name.
        if known is not None or not match.group("heard"):
            shown = known.name if known else _strip(name)
            found.append(SourceMention(shown, None, "named", match.start("name"), match.end("name")))
    for match in _NAME_PAPER.finditer(text, *sentence):
        name = match.group("name")
        if not name or any(s.start <= match.start("name") < s.end for s in found):
            continue
        known = _known(name, publishers)
        if known or name.isupper() or len(name.split()) > 1:
            shown = known.name if known else _strip(name)
            found.append(SourceMention(shown, None, "named", match.start("name"), match.end("name")))
    return tuple(found)


def is_anonymous(name: str) -> bool:
    """Whether a teller is an unnamed source, as against an unnamed group such as staff."""
    return _ANONYMOUS.search(name) is not None


def is_firsthand(subject_words: str, subject: str | None, speaker_organisation: str | None) -> bool:
    """Whether the speaker states an act or result of their own organisation."""
    if _FIRST_PERSON.match(subject_words):
        return True
    return bool(subject and speaker_organisation and subject.casefold() == speaker_organisation.casefold())


def sourcing_of(sources: Sequence[SourceMention], chain: Sequence[Teller], firsthand: bool) -> tuple[str, str]:
    """What the text itself gives, of none < anonymous < firsthand < named < linked, and its reason in words.

    What people attached raises it: ``judging.sourcing``.
    """
    linked = [s for s in sources if s.how == "linked"]
    if linked:
        return "linked", "links " + _list(s.name for s in linked)
    named = [s for s in sources if s.how == "named"]
    if named:
        return "named", "names " + _list(s.name for s in named) + ", no link"
    if firsthand:
        return "firsthand", "the speaker states an act or result of their own organisation"
    # The words that show an unnamed source are nearer to it than what its teller is called.
    unnamed = [s.name for s in sources if s.how == "anonymous"] or [
        t.name for t in chain if is_anonymous(t.name) or (not t.identified and _SOMEBODY.match(t.name))
    ]
    if unnamed:
        one = len(set(unnamed)) == 1 and _ONE.match(unnamed[0])
        return "anonymous", f"rests on {_list(unnamed)}, who {'is' if one else 'are'} not named"
    return "none", "neither links nor names a source"


def _known(name: str, publishers: Publishers) -> Publisher | None:
    return publishers.of_name(name) or publishers.misheard(name)


def _strip(name: str) -> str:
    return re.sub(r"['\u2019]s$", "", " ".join(name.split())).rstrip(".,")


def _list(names: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(names))
