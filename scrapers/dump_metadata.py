"""What a text file says of itself: address, publisher, byline, date, language; unsure is None."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from email.utils import getaddresses, parseaddr
from itertools import islice

from scrapers.document import Link
from scrapers.dump_blocks import Judged
from scrapers.dump_bylines import looks_like_person, page_byline, person_names
from scrapers.dump_dates import page_dates, read_date
from scrapers.dump_facts import Facts
from scrapers.dump_headline import slug_fit, slug_words
from scrapers.dump_lines import Unit
from scrapers.dump_mail import is_sign_off, mail_headers
from scrapers.dump_publisher import page_publisher
from scrapers.dump_words import LANGUAGES
from scrapers.mail_message_id import shown_id
from scrapers.mail_names import recipients_of
from scrapers.mail_sender import looks_like_signer, sender_of
from scrapers.mail_text import is_forward_head

_TEAM = re.compile(
    r"(?:[-\u2013\u2014,] ?|^)(?:(?:the|your|all at|everyone at) )"
    r"((?-i:[A-Z])[\w&'\u2019 ]{1,40}?) (?:team|crew|campaign team)\W*$",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"\[([^\[\]\n]{1,300})\]\((https?://[^\s()<>]{3,2000})\)|(https?://[^\s<>\"\u201c\u201d]{3,2000})",
    re.IGNORECASE,
)

_WORK = ("p", "h", "li", "blockquote")
_SUFFIX = re.compile(r" ?\| [^|]{2,40}$")
_SITE_SUFFIX = re.compile(r" [|\u2013\u2014-] ?([^|\u2013\u2014]{2,40})$")
_REPLIES = re.compile(r"(?:re|fwd?|fw|aw|wg|tr|sv)\s?(?:\[\d+\])?:\s+", re.IGNORECASE)
#: What stands between a sender's name and the house that the message comes from.
_FROM_HOUSE = re.compile(r" (?:at|from|for|via|with|@) (?=[^\W\d_a-z])|,? ?\| ?|,? [\u2013\u2014-] |, (?=[^\W\d_a-z])")


def read_language(texts: Sequence[str]) -> str | None:
    """Guess the language from small words; None below a clear majority or twenty words."""
    tokens = (w.strip("\"'.,;:!?()\u201c\u201d") for text in texts for w in text[:3000].lower().split())
    words = Counter(islice(tokens, 8000))
    number = words.total()
    if number < 20:
        return None
    shares = sorted(
        ((sum(words[w] for w in small) / number, tag) for tag, small in LANGUAGES.items()),
        reverse=True,
    )
    (first, tag), (second, _) = shares[0], shares[1]
    return tag if first >= 0.15 and first >= 1.25 * second else None


def read_links(text: str) -> tuple[Link, ...]:
    """Give the addresses in a text: bare ones by their own span, Markdown ones by their words."""
    links: list[Link] = []
    for match in _LINK.finditer(text):
        if match.group(1):
            links.append(Link(match.start(1), match.end(1), match.group(2)))
            continue
        url = match.group(3).rstrip(".,;:!?'\u2019*_")
        while url.endswith((")", "]", "}")) and url.count(url[-1]) > url.count("([{"[")]}".index(url[-1])]):
            url = url[:-1].rstrip(".,;:!?'\u2019")
        if len(url) > 10:
            links.append(Link(match.start(3), match.start(3) + len(url), url))
    return tuple(links)


def page_facts(judged: Sequence[Judged], tags: Sequence[str], headline: int | None, url: str | None) -> Facts:
    """Gather the metadata of a page: the address given by the user wins over all that it says."""
    facts, units = Facts(), [item.unit for item in judged]
    window = None
    if headline is not None:
        title, window = _split_title(units, headline)
        facts.offer("title", title, "headline")
    facts.offer("url", url, "stated")
    _page_url(facts, units, headline)
    first = next((i for i, tag in enumerate(tags) if tag in ("p", "li")), 0)
    page_byline(facts, units, headline, first)
    page_dates(facts, units, tags, headline, first)
    page_publisher(facts, units, [tag in _WORK for tag in tags], window)
    return facts


def _split_title(units: Sequence[Unit], headline: int) -> tuple[str, str | None]:
    """Give the headline without the site's or section's name behind a bar, and the site's name if told."""
    title = _SUFFIX.sub("", units[headline].words)
    for n, unit in enumerate(units[:4]):
        begins = unit.words.lower().startswith(title.lower())
        rest = unit.words[len(title) :] if begins else ""
        # Alone at the top such a line is a browser's title even where nothing repeats it.
        if (n != headline or n == 0) and (match := _SITE_SUFFIX.search(rest)):
            return title, match.group(1).strip()
    if headline == 0 and (match := _SITE_SUFFIX.search(title)) and len(match.group(1).split()) <= 3:
        known = any(unit.words.startswith(match.group(1)) for unit in units[1:2000])
        return (title[: match.start()], match.group(1)) if known else (title, None)
    return title, None


def _page_url(facts: Facts, units: Sequence[Unit], headline: int | None) -> None:
    addresses = slug_words(units)
    if headline is not None and addresses:
        fit, place = max((slug_fit(units[headline].words, slug), -n) for n, (_, _, slug) in enumerate(addresses))
        if fit >= 0.6:
            facts.offer("url", _absolute(addresses[-place][1]), "line with the headline's words")
    # Pasted pages begin with their address, or with the browser's title and the address.
    if addresses and addresses[0][0] <= 1:
        facts.offer("url", _absolute(addresses[0][1]), "first line")


def _absolute(address: str) -> str:
    return address if "://" in address else "https://" + address


def mail_facts(judged: Sequence[Judged], tags: Sequence[str], url: str | None) -> Facts:
    """Gather the metadata of a message from its headers, its signature and its footer."""
    facts, units = Facts(), [item.unit for item in judged]
    facts.offer("url", url, "stated")
    headers = mail_headers(units).values()
    received = recipients_of(getaddresses([value for name, value in headers if name in ("to", "cc", "bcc")]))
    for name, value in headers:
        if name == "subject":
            facts.offer("title", without_replies(value), "subject header")
        elif name in ("date", "sent"):
            facts.offer("published", read_date(value), "date header")
        elif name == "from":
            sender, address = parseaddr(value)
            sender = sender or ("" if "@" in value else re.sub(r"\s*[<\[].*", "", value).strip())
            house = _is_house(sender, address)
            name = sender if house else _FROM_HOUSE.split(sender, maxsplit=1)[0].strip()
            facts.offer("publisher" if house else "byline", name, "from header")
        elif name == "message-id":
            facts.offer("message_id", shown_id(value.strip("<>"), received), "message-id header")
    # What stands under the head of a forwarded message tells of another sender.
    forwarded = next((i for i, unit in enumerate(units) if is_forward_head(unit.words)), None)
    own = list(zip(units, tags, strict=True))[:forwarded]
    told = sender_of([unit.words for unit, tag in own if tag != "blockquote"])
    units, tags = [unit for unit, _ in own], [tag for _, tag in own]
    facts.offer("byline", told.person, "signature")
    if told.house_from != "signature":
        facts.offer("publisher", told.house, told.house_from or "")
    body = [i for i, tag in enumerate(tags) if tag in ("p", "h", "li")]
    for i in body[len(body) // 2 :]:
        _signature(facts, units, tags, i)
    _house_in_footer(facts, units, tags)
    facts.offer("publisher", told.house, told.house_from or "signature")
    return facts


_AND = re.compile(r",? and |, | & ")
_ADDRESS = re.compile(r"\d|\bc/o\b|\bP\.?O\.? Box\b|\b(?:Street|Road|House|Avenue|Square|Lane)\b")
#: Whom those who sign sign for: "for Parents Against Closure", "and everybody at Trains For All".
_FOR_HOUSE = re.compile(
    r"(?:and )?(?:(?:everybody|everyone|all(?: \d+)?(?: of us)?|the (?:whole )?(?:team|staff|gang)) (?:here )?at"
    r"|for(?: and on behalf of)?|on behalf of|from (?:everyone|everybody|all(?: of us)?|us all) at) "
    r"(?:the )?((?:[A-Z][\w&'\u2019-]*)(?: (?:of|for|the|and|to|in|on|&|[A-Z][\w&'\u2019-]*)){0,6})[.,!]?"
)


def _is_house(sender: str, address: str) -> bool:
    """Whether the sender's name is that of its domain: "Fair Deal <team@fairdeal.example>"."""
    domain = address.rpartition("@")[2].split(".")[0].lower()
    return len(domain) > 2 and re.sub(r"[\W_]+", "", sender.lower()).removeprefix("the") == domain


def _signature(facts: Facts, units: Sequence[Unit], tags: Sequence[str], i: int) -> None:
    words = units[i].words
    if i > len(units) // 3 and (house := _FOR_HOUSE.fullmatch(words.strip(" ,-\u2013\u2014"))):
        facts.offer("publisher", house.group(1).strip(), "signature")
    if len(words) <= 120 and (team := _TEAM.search(words)):
        facts.offer("publisher", team.group(1).strip(), "signature")
        facts.offer("byline", words[: team.start()].strip(" ,-\u2013\u2014"), "signature")
    elif i + 1 < len(units) and tags[i + 1] in ("p", "h") and _takes_leave(words, units[i + 1].words):
        names = person_names(units[i + 1].words.strip(" -\u2013\u2014"))
        # "Yours, the Mill Watch team" is no person's name.
        facts.offer("byline", names if all(map(looks_like_signer, _AND.split(names))) else None, "signature")


def _takes_leave(words: str, below: str) -> bool:
    """Tell whether a name signs beneath a line; in any language a short line with a comma takes leave."""
    name = below.strip(" ,-\u2013\u2014")
    if len(name) > 60 or not name[:1].isupper() or name.count(" ") > 6 or name[-1:] in ".!?:":
        return False
    if is_sign_off(words):
        return not is_sign_off(below)
    return words.endswith(",") and words.count(" ") <= 6 and looks_like_person(name)


def _house_in_footer(facts: Facts, units: Sequence[Unit], tags: Sequence[str]) -> None:
    """Offer the line of the signature with which a later line begins: the sender's house and its address."""
    body = [i for i, tag in enumerate(tags) if tag in ("p", "h")]
    for i in body[len(body) // 2 :]:
        words = units[i].words.strip(" ,-\u2013\u2014")
        if not 3 <= len(words) <= 50 or not words[:1].isupper() or is_sign_off(units[i].words):
            continue
        if looks_like_signer(words):
            continue
        if any(_repeats(words, units[j].words, tags[j] == "footer") for j in range(i + 1, len(units))):
            facts.offer("publisher", words, "signature")


def _repeats(words: str, line: str, in_footer: bool) -> bool:
    """Whether a later line names the house again, with what follows a house's name: its address."""
    if line == words or line.startswith(words + " is "):
        return in_footer
    return line.startswith(words + ",") and (in_footer or _ADDRESS.search(line, len(words)) is not None)


def without_replies(subject: str) -> str:
    """Give a subject without the marks of replies and forwarding ("Re: Fwd: …")."""
    while match := _REPLIES.match(subject):
        subject = subject[match.end() :]
    return subject
