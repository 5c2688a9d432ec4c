"""What a text file says of itself: address, publisher, byline, date, language; unsure is None."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from email.utils import parseaddr
from itertools import islice

from scrapers import furniture
from scrapers.document import Link
from scrapers.dump_blocks import Judged
from scrapers.dump_headline import slug_fit, slug_words
from scrapers.dump_lines import BLANKS, Unit
from scrapers.dump_mail import is_sign_off, mail_headers
from scrapers.dump_words import LANGUAGES

_MONTHS = {name: i + 1 for i, name in enumerate(("jan", "feb", "mar", "apr", "may", "jun"))} | {
    name: i + 7 for i, name in enumerate(("jul", "aug", "sep", "oct", "nov", "dec"))
}
_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_YEAR = r"((?:19|20)\d\d)(?=\D|$|\d{1,2}:\d\d)"
_DATES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?<!\d)((?:19|20)\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)"), "ymd"),
    (
        re.compile(rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?(?: of)?[ -]{_MONTH},?[ -]{_YEAR}", re.IGNORECASE),
        "dmy",
    ),
    (re.compile(rf"\b{_MONTH} ?(\d{{1,2}})(?:st|nd|rd|th)?,? {_YEAR}", re.IGNORECASE), "mdy"),
    (re.compile(r"(?<!\d)(\d{1,2})[/.](\d{1,2})[/.]((?:19|20)\d\d)(?!\d)"), "either"),
)
_URL_DATE = re.compile(r"/((?:19|20)\d\d)[-/]?(\d\d|[a-z]{3})[-/]?(\d\d)(?!\d\d?/)", re.IGNORECASE)
_PUBLISHED = re.compile(
    r"(?:first |originally )?(?:published|posted|created|date|released|publication date)\b", re.IGNORECASE
)
_MODIFIED = re.compile(r"(?:last )?(?:updated|modified|edited|reviewed)\b", re.IGNORECASE)
_DATELINE = re.compile(
    r"(?:[A-Z][\w.,' ()/-]{2,60}?[,(] ?)([^\u2014\u2013]{6,40}?)\)? ?(?:\u2014|\u2013|--| - |/PRNewswire)"
)
_ROLE = re.compile(
    r"((?:[A-Z][\w'\u2019.-]+ ){1,3}[A-Z][\w'\u2019-]+),? (?:[\w-]+ ){0,4}(?:correspondent|editor"
    r"|reporter|writer|columnist|journalist|staff)\b",
)
_BY = re.compile(r"(?:[\w ]{0,25}\b)?by:? ", re.IGNORECASE)
_BYLINE_END = re.compile(
    r"\s*(?:\||\u2022|\u00b7|\u2013|\u2014| - |\bpublished\b|\bupdated\b|\bposted\b"
    r"|\bon \w+day\b|@|\d|\(|\bfor (?=[A-Z]))",
    re.IGNORECASE,
)
_RIGHTS = re.compile(
    r"(?:copyright|\u00a9|\(c\))[\s,:]*(?:copyright|\u00a9|\(c\))?[\s,]*(?:by )?(?:(?:19"
    r"|20)\d\d(?:\s?[-\u2013]\s?(?:(?:19|20)?\d\d|present))?)[\s,.:|-]*(?:by |the copyright of )?"
    r"((?-i:[A-Z\d])[^.|,;\u00a9\n]{1,60})",
    re.IGNORECASE,
)
_RIGHTS_AFTER = re.compile(
    r"^((?-i:[A-Z])[\w&'\u2019 .-]{1,50}?),? ?(?:copyright )?\u00a9 ?(?:19|20)\d\d", re.IGNORECASE
)
_TEAM = re.compile(
    r"(?:[-\u2013\u2014,] ?|^)(?:(?:the|your|all at|everyone at) )"
    r"((?-i:[A-Z])[\w&'\u2019 ]{1,40}?) (?:team|crew|campaign team)\W*$",
    re.IGNORECASE,
)
_PAID = re.compile(
    r"\b(?:paid for (?:and authori[sz]ed )?by|sent (?:by|from|on behalf of)|"
    r"authori[sz]ed (?:and paid for )?by):? (?:the )?"
    r"((?-i:[A-Z])[^.|,;\[\]()@]{2,60})",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"all rights|rights reserved|\bcc by\b|creative commons|privacy|terms|getty|reuters$", re.IGNORECASE
)
_LINK = re.compile(
    r"\[([^\[\]\n]{1,300})\]\((https?://[^\s()<>]{3,2000})\)|(https?://[^\s<>\"\u201c\u201d]{3,2000})",
    re.IGNORECASE,
)


@dataclass
class Facts:
    """The metadata being gathered: value and origin by field; the first origin that speaks wins."""

    values: dict[str, str] = field(default_factory=dict)
    won_by: dict[str, str] = field(default_factory=dict)

    def offer(self, name: str, value: str | None, origin: str) -> None:
        """Take a value if the field has none yet."""
        if value and name not in self.values:
            self.values[name] = value
            self.won_by[name] = origin


def read_date(words: str) -> str | None:
    """Give the first complete date of a line in ISO 8601; None where day and month could be swapped."""
    found: list[tuple[int, str]] = []
    for pattern, order in _DATES:
        match = pattern.search(words[:400])
        if match and (iso := _iso(match.groups(), order)):
            found.append((match.start(), iso))
    return min(found)[1] if found else None


def _iso(parts: Sequence[str], order: str) -> str | None:
    if order == "either":
        day, month = int(parts[0]), int(parts[1])
        if day <= 12 and month <= 12 and day != month:
            return None
        order = "dmy" if day > 12 else "mdy"
    by = dict(zip(order, parts, strict=True))
    month_text = by["m"].lower()
    number = _MONTHS.get(month_text[:3]) if not month_text.isdigit() else int(month_text)
    try:
        return date(int(by["y"]), number or 0, int(by["d"])).isoformat()
    except ValueError:
        return None


def read_language(texts: Sequence[str]) -> str | None:
    """Guess the language from small words; None below a clear majority or twenty words."""
    tokens = (w.strip("\"'.,;:!?()\u201c\u201d") for text in texts for w in text[:3000].lower().split())
    words = list(islice(tokens, 8000))
    if len(words) < 20:
        return None
    shares = sorted(
        ((sum(w in small for w in words) / len(words), tag) for tag, small in LANGUAGES.items()),
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
    if headline is not None:
        facts.offer("title", units[headline].words, "headline")
    facts.offer("url", url, "stated")
    _page_url(facts, units, headline)
    first = next((i for i, tag in enumerate(tags) if tag in ("p", "li")), 0)
    top = headline if headline is not None else first
    front = [
        units[i].words for i in range(max(0, top - 4), min(len(units), max(first, top) + 3)) if tags[i] != "p"
    ]
    front = front[-40:]
    _page_byline(facts, front)
    _page_dates(facts, units, tags, front, first)
    _page_publisher(facts, units, headline)
    return facts


def _page_url(facts: Facts, units: Sequence[Unit], headline: int | None) -> None:
    addresses = slug_words(units)
    if headline is not None and addresses:
        fit, place = max(
            (slug_fit(units[headline].words, slug), -n) for n, (_, _, slug) in enumerate(addresses)
        )
        if fit >= 0.6:
            facts.offer("url", _absolute(addresses[-place][1]), "line with the headline's words")
    if addresses and addresses[0][0] == 0:
        facts.offer("url", _absolute(addresses[0][1]), "first line")


def _absolute(address: str) -> str:
    return address if "://" in address else "https://" + address


def _page_byline(facts: Facts, front: Sequence[str]) -> None:
    for words in front:
        if furniture.is_byline(words) and (match := _BY.match(words)):
            name = _BYLINE_END.split(words[match.end() :], maxsplit=1)[0].strip(" ,;:-")
            if name and 1 <= name.count(" ") <= 8:
                facts.offer("byline", name, "byline")
        elif len(words) <= 100 and (role := _ROLE.match(words)):
            facts.offer("byline", role.group(1), "name with a post")


def _page_dates(
    facts: Facts, units: Sequence[Unit], tags: Sequence[str], front: Sequence[str], first: int
) -> None:
    for words in front:
        if _MODIFIED.match(words):
            facts.offer("modified", read_date(words), "labelled line")
        elif _PUBLISHED.match(words) and len(words) <= 120:
            facts.offer("published", read_date(words), "labelled line")
    match = _URL_DATE.search(facts.values.get("url", ""))
    if match:
        facts.offer("published", _iso(match.groups(), "ymd"), "url")
    for words in front:
        if (furniture.is_stamp(words) or furniture.is_byline(words)) and not _MODIFIED.match(words):
            facts.offer("published", read_date(words), "line near the headline")
    for i in range(first, min(first + 2, len(units))):
        dateline = _DATELINE.match(units[i].words[:200]) if tags[i] == "p" else None
        if dateline:
            facts.offer("published", read_date(dateline.group(1)), "dateline")


def _page_publisher(facts: Facts, units: Sequence[Unit], headline: int | None) -> None:
    title = facts.values.get("title", "")
    for unit in units[:6]:
        if (
            title
            and unit.words.startswith(title)
            and (rest := unit.words[len(title) :]).startswith((" - ", " | ", " \u2013 ", " \u2014 "))
        ):
            facts.offer("publisher", rest.rsplit(rest[:3], 1)[-1].strip(), "page title")
    domain = _domain(facts.values.get("url", ""))
    facts.offer("publisher", _site_line(units, domain), "site name line")
    facts.offer("publisher", rights_holder(units), "copyright line")
    facts.offer("publisher", domain, "domain")


def _domain(url: str) -> str:
    host = url.split("://", 1)[-1].split("/", 1)[0].rsplit("@", 1)[-1].split(":", 1)[0].lower()
    return host.removeprefix("www.") if "." in host else ""


def _site_line(units: Sequence[Unit], domain: str) -> str | None:
    """Find a line that is the site's name: its letters begin, or are begun by, the domain's."""
    if not domain:
        return None
    parts = [part for part in domain.split(".")[:-1] if len(part) >= 3 and part not in ("com", "org", "gov")]
    core = max(parts, key=len, default="")
    best: tuple[int, str] | None = None
    for unit in units:
        words = unit.words
        if (
            len(words) > 40
            or not words[:1].isupper()
            or words.count(" ") > 4
            or furniture.is_address_line(words)
        ):
            continue
        squashed = re.sub(r"[^a-z0-9]", "", words.lower()).removeprefix("the")
        head = re.sub(r"[^a-z0-9]", "", words.lower().removeprefix("the ").split(" ")[0])
        rank = 3 if squashed and squashed in (core, core.removeprefix("the")) else 0
        if not rank and len(head) >= 4 and core.startswith(head) and words.istitle():
            rank = 1
        if rank and len(core) >= 3 and (best is None or rank > best[0]):
            best = (rank, words)
    return best[1] if best else None


def rights_holder(units: Sequence[Unit]) -> str | None:
    """Give the name in a copyright line with a year ("© 2020 The Daily Example"), the last one."""
    for unit in reversed(units):
        words = unit.words
        if len(words) > 600 or not ("\u00a9" in words or "opyright" in words or "(c)" in words.lower()):
            continue
        match = _RIGHTS.search(words) or _RIGHTS_AFTER.match(words)
        if match:
            name = re.split(
                r"\ball rights\b|\s[-\u2013]\s|\bregistered\b", match.group(1), flags=re.IGNORECASE
            )[0].strip(BLANKS + "-:,")
            if len(name) > 1 and name.count(" ") <= 6 and not _NO_NAME.search(name):
                return name
    return None


def mail_facts(judged: Sequence[Judged], tags: Sequence[str], url: str | None) -> Facts:
    """Gather the metadata of a message from its headers, its signature and its footer."""
    facts, units = Facts(), [item.unit for item in judged]
    facts.offer("url", url, "stated")
    for name, value in mail_headers(units).values():
        if name == "subject":
            facts.offer("title", value, "subject header")
        elif name in ("date", "sent"):
            facts.offer("published", read_date(value), "date header")
        elif name == "from":
            sender = parseaddr(value)[0] or ("" if "@" in value else re.sub(r"\s*[<\[].*", "", value).strip())
            facts.offer("byline", sender, "from header")
        elif name == "message-id":
            facts.offer("message_id", value.strip("<>"), "message-id header")
    body = [i for i, tag in enumerate(tags) if tag in ("p", "h", "li")]
    for i in body[len(body) // 2 :]:
        _signature(facts, units, tags, i)
    facts.offer(
        "publisher",
        rights_holder([u for u, tag in zip(units, tags, strict=True) if tag == "footer"]),
        "copyright line",
    )
    for unit, tag in zip(units, tags, strict=True):
        if tag in ("footer", "nav") and (match := _PAID.search(unit.words[:400])):
            name = re.split(r"\s(?:and|but|&) not\b|\sbecause\b|\s[-\u2013\u2014]\s", match.group(1))[
                0
            ].strip()
            if name.count(" ") <= 8 and "http" not in name.lower() and "URL" not in name:
                facts.offer("publisher", name, "sender's line in the footer")
    return facts


def _signature(facts: Facts, units: Sequence[Unit], tags: Sequence[str], i: int) -> None:
    words = units[i].words
    if len(words) <= 120 and (team := _TEAM.search(words)):
        facts.offer("publisher", team.group(1).strip(), "signature")
        facts.offer("byline", words[: team.start()].strip(" ,-\u2013\u2014") or words, "signature")
    elif is_sign_off(words) and i + 1 < len(units) and tags[i + 1] in ("p", "h"):
        name = units[i + 1].words.strip(" ,-\u2013\u2014")
        if (
            len(name) <= 60
            and name[:1].isupper()
            and not is_sign_off(units[i + 1].words)
            and name.count(" ") <= 6
            and name[-1:] not in ".!?:"
        ):
            facts.offer("byline", name, "signature")
