"""Who publishes a saved page: names gathered from masthead, notices, rights and address, then weighed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from scrapers import furniture
from scrapers.dump_facts import Facts
from scrapers.dump_lines import BLANKS, Unit

_RIGHTS = re.compile(
    r"(?:copyright|\u00a9|\(c\))[\s,:]*(?:copyright|\u00a9|\(c\))?[\s,]*(?:by )?(?:(?:19"
    r"|20)\d\d(?:\s?[-\u2013]\s?(?:(?:19|20)?\d\d|present))?)[\s,.:|-]*(?:by |the copyright of )?"
    r"((?-i:[A-Z\d])[^.|,;\u00a9\n]{1,60})",
    re.IGNORECASE,
)
_RIGHTS_AFTER = re.compile(
    r"^((?-i:[A-Z])[\w&'\u2019 .-]{1,50}?),? ?(?:copyright )?\u00a9 ?(?:19|20)\d\d", re.IGNORECASE
)
_NO_NAME = re.compile(
    r"all rights|rights reserved|\bcc by\b|creative commons|privacy|terms|getty|reuters$", re.IGNORECASE
)
#: The forms of companies: a house's name on its pages goes without them.
_FORM = re.compile(
    r"[ ,]+(?:ltd|limited|plc|inc|llc|llp|lp|corp|corporation|co|company|gmbh|ag|sa|bv|nv|clg|cic|\(?pty\)?"
    r"|publishing|publications|publishers?|publishing group|media group|media network|newspapers?|group"
    r"|digital media|enterprises|interactive)\.?$",
    re.IGNORECASE,
)
_CAPITALS = r"(?-i:[A-Z0-9])[\w&+'\u2019.-]*(?: (?:(?-i:[A-Z0-9])[\w&+'\u2019-]*|of|the|and|&|in|for|on)){0,4}"
#: How a site speaks of itself in its furniture; the group is its name.
_OWN_WORDS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?:about|search|jobs at|work (?:at|for)|support|contact|advertise (?:with|in|on)|subscribe to"
        rf"|follow|write for|inside|connect with|welcome to) (?:the )?({_CAPITALS})$",
        rf"more from ({_CAPITALS})$",
        rf"(?:sign up (?:to|for) (?:the )?|get (?:the )?)?({_CAPITALS}) (?:newsletters?|daily newsletter|home"
        rf"|homepage|logo|podcasts?|shop|magazine|subscription|app|rss|events|insider|premium|plus|jobs|staff"
        rf"|apps|editorial guidelines|(?:privacy|cookie) policy)$",
        rf"({_CAPITALS}) (?:is (?:part of|a (?:federally )?(?:registered )?trademark"
        rf"|owned by|published by|licensed by|a member of)"
        rf"|has no advertising|uses cookies|takes no position|supports|may (?:earn|receive))\b",
        rf"\b(?:your|an?|my) ({_CAPITALS}) account\b",
        rf"\b(?:emails?|updates|offers|alerts|newsletters?) from (?:the )?({_CAPITALS})\b",
        rf"\b(?:reflect|represent) (?:those|the (?:views?|opinions?)) of (?:the )?({_CAPITALS})\b",
        rf"\b(?:follow|like|find|join) ({_CAPITALS}) on (?:facebook|twitter|x|instagram|linkedin|youtube)\b",
    )
)
_BARE_RIGHTS = re.compile(rf"(?:\u00a9|\(c\)) ?({_CAPITALS})|^(?:19|20)\d\d ({_CAPITALS})\. all rights", re.IGNORECASE)
#: How the text speaks of the house that it was written for.
_TOLD = re.compile(
    r"\b(?:told|tells|seen by|interview with|spoke (?:to|with)|(?:writer|editor|reporter|correspondent"
    r"|columnist) (?:for|at)) (?:the )?([A-Z][\w&+-]*(?: [A-Z][\w&+-]*){0,3})"
)
_ISSUED = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:[Ii]ssued|[Pp]ublished(?: \w+)?|[Rr]eleased) (?:by|on behalf of) (?:the )?({_CAPITALS})",
        rf"^(?:[Tt]he )?({_CAPITALS}) (?:is an?|was (?:founded|set up|established)"
        r"|(?:said|announced|published) today)\b",
        rf"^[Aa]bout (?:the )?({_CAPITALS}):?$",
        rf"^(?:[Pp]ress|[Mm]edia) (?:office|team|contact)s?(?:, | at | for |: )(?:the )?({_CAPITALS})",
        rf"^({_CAPITALS}), (?:\d|[A-Z][\w ]+\d)",
    )
)
_FIRST_THE = re.compile(r"the ", re.IGNORECASE)
_NOT_A_NAME = re.compile(
    r"(?:facebook|twitter|x|instagram|youtube|linkedin|tiktok|whatsapp|google(?: play)?|apple|amazon|yahoo"
    r"|reddit|pinterest|flipboard|telegram|cookies?|email|media|front page|sections?|advertisers?|partners|\d+)$"
    r"|(?:we|i|he|she|they|it|you|what|how|why|when|who|where|an?|this|these|that|those|best|top|latest"
    r"|most|all|my|our|your|us|me|new|more|related|home|subscribe|sign|privacy|terms|getty"
    r"|read|watch|listen|if|in|on|to|for|no|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|january|february|march|april|june|july|august"
    r"|september|october|november|december|(?:mon|tues|wednes|thurs|fri|satur|sun)day|today)(?![\w'-])",
    re.IGNORECASE,
)
_HOST_ENDING = re.compile(r"\.(?:com|org|net|co\.uk)$", re.IGNORECASE)
_MAIL_DOMAIN = re.compile(r"@([\w-]{3,40})\.[a-z]{2,7}\b", re.IGNORECASE)
#: What a name must weigh to be given, and the weights of the evidence for it.
_ENOUGH = 2.3
_RIGHTS_WEIGHT, _OWN, _MASTHEAD, _NEAR_TOP, _MENU = 2.0, 1.3, 1.5, 1.0, 0.9
_DOMAIN, _DOMAIN_BEGINS, _SHARED_WORD, _TOLD_WEIGHT = 3.0, 2.0, 1.6, 0.9

#: Of how many hosts of e-mail addresses it is asked whether a name makes them: time stays bounded.
_HOSTS = 20
#: The most that an origin may count, and what it adds each time after the first.
_LIMITS = {"site's own words": (3.5, 0.8), "site name line": (0.4, 0.1), "issuing body": (3.5, 0.8)}
_WEAK = {"masthead", "site name line", "named in the text", "menu"}
_ORIGINS = (
    "issuing body",
    "copyright line",
    "masthead",
    "site's own words",
    "site name line",
    "named in the text",
    "domain",
    "menu",
)


def page_publisher(facts: Facts, units: Sequence[Unit], kept: Sequence[bool], window: str | None) -> None:
    """Offer the publisher of a page; ``kept`` tells the work's units, ``window`` the browser title's end."""
    domain = domain_of(facts.values.get("url", ""))
    facts.offer("publisher", window, "page title")
    name, origin = _weigh(units, kept, domain, facts.values.get("byline", ""))
    facts.offer("publisher", name, origin)
    facts.offer("publisher", domain, "domain")


def domain_of(url: str) -> str:
    """Give the host of an address without ``www.``, empty for none."""
    host = url.split("://", 1)[-1].split("/", 1)[0].rsplit("@", 1)[-1].split(":", 1)[0].lower()
    return host.removeprefix("www.") if "." in host else ""


def abbreviates(core: str, name: str) -> bool:
    """Tell whether a host's label is made of the beginnings of a name's words ("nytimes", "ajc", "bbc")."""
    if not 2 <= len(core) <= 40:
        return False
    words = [re.sub(r"[\W_]+", "", word.lower()) for word in name.split()[:7]]
    ends = {0}
    for word in filter(None, words):
        reached = set(ends) if word in ("the", "of", "and", "for", "on", "in") else set()
        for end in ends:
            length = 0
            while length < len(word) and core[end + length : end + length + 1] == word[length]:
                length += 1
                reached.add(end + length)
        ends = reached
    return len(core) in ends


def _squash(name: str) -> str:
    return re.sub(
        r"[\W_]+",
        "",
        _FIRST_THE.sub("", name.lower(), count=1) if name[:4].lower() == "the " else name.lower(),
    )


def without_form(name: str) -> str:
    """Give a company's name without its legal form ("Estuary Sound Ltd": "Estuary Sound")."""
    for _ in range(3):
        shorter = _FORM.sub("", name).strip(" ,")
        if shorter == name or len(shorter) < 3:
            break
        name = shorter
    return name


@dataclass
class _Name:
    """A name with what speaks for it: by origin, each counted as far as it may count."""

    shown: str
    told: dict[str, float] = field(default_factory=dict)

    def add(self, shown: str, weight: float, origin: str) -> None:
        before = self.told.get(origin, 0.0)
        most, again = _LIMITS.get(origin, (weight, 0.0))
        self.told[origin] = min(before + again, most) if before else weight
        if self.shown.isupper() and not shown.isupper():
            self.shown = shown

    @property
    def proper(self) -> frozenset[str]:
        return frozenset(re.findall(r"[^\W\d_]{4,}", self.shown.lower()))


def _gather(units: Sequence[Unit], kept: Sequence[bool], domain: str) -> dict[str, _Name]:
    names: dict[str, _Name] = {}
    for shown, weight, origin in _evidence(units, kept):
        # "Example.com account" tells no more than the address does.
        if _HOST_ENDING.search(shown):
            continue
        key = _squash(shown)
        if len(key) >= 2 and not (_NOT_A_NAME.match(shown) or furniture.is_control(shown)):
            names.setdefault(key, _Name(shown)).add(shown, weight, origin)
    core = _core(domain)
    hosts = {host.lower() for unit in units[:3000] for host in _MAIL_DOMAIN.findall(unit.words[:300])}
    rights = frozenset[str]().union(*(n.proper for n in names.values() if "copyright line" in n.told))
    mentioned = {w for n in names.values() if "named in the text" in n.told for w in n.proper}
    for key, name in names.items():
        if abbreviates(core, name.shown):
            name.told["domain"] = _DOMAIN
        elif len(key) >= 4 and core.startswith(key):
            name.told["domain"] = _DOMAIN_BEGINS
        elif any(abbreviates(host, name.shown) for host in sorted(hosts)[:_HOSTS]):
            name.told["domain"] = _DOMAIN / 2
        if "masthead" in name.told and "copyright line" not in name.told and name.proper & rights:
            name.told["shared"] = _SHARED_WORD
        # "told the Tribune": the last word of the name that stands above the page.
        if "masthead" in name.told and name.shown.lower().split()[-1] in mentioned:
            name.told["named in the text"] = _TOLD_WEIGHT
    return names


def _weigh(units: Sequence[Unit], kept: Sequence[bool], domain: str, byline: str) -> tuple[str | None, str]:
    """Give the name for which most speaks, with the origin of it; ties go to the one seen first."""
    names = _gather(units, kept, domain)
    # An author's box speaks like the site: "More from Jane Doe".
    for writer in re.split(r",|&|\band\b", byline):
        names.pop(_squash(writer.strip()), None)
    # A line at the top may be a section's name: something else has to name the house too.
    backed = [n for n in names.values() if set(n.told) - _WEAK]
    backed += [n for n in names.values() if {"masthead", "named in the text"} <= set(n.told)]
    best = max(backed, key=lambda name: sum(name.told.values()), default=None)
    if best is None or sum(best.told.values()) < _ENOUGH:
        return None, ""
    # The address is that of the paper, a copyright line may be that of the house which owns it.
    if domain and "domain" not in best.told and not {"copyright line", "masthead"} <= set(best.told):
        return None, ""
    origin = next(o for o in _ORIGINS if o in best.told)
    return _written(best.shown, units), "site name line" if origin == "masthead" else origin


def _core(domain: str) -> str:
    parts = [part for part in domain.split(".")[:-1] if part not in ("com", "org", "gov", "co", "net", "ac", "edu")]
    return max(parts, key=len, default="").replace("-", "")


def _evidence(units: Sequence[Unit], kept: Sequence[bool]) -> Iterator[tuple[str, float, str]]:
    holder = rights_holder(units)
    if holder:
        yield without_form(holder), _RIGHTS_WEIGHT, "copyright line"
    for unit in units[-2000:]:
        if match := _BARE_RIGHTS.search(unit.words[:300]):
            yield without_form((match.group(1) or match.group(2)).strip(" .")), _OWN, "copyright line"
    yield from _prefixes(units, kept)
    release = any(furniture.is_release_mark(unit.words) for unit in units[:6])
    if release:
        yield from _issuers(units)
    said: set[str] = set()
    for i, unit in enumerate(units[:12]):
        words = unit.words.lstrip("\u2022 ")
        if (release or not kept[i]) and _may_be_masthead(words):
            yield words, _MASTHEAD if i < 3 else _NEAR_TOP, "masthead"
    for unit, work in zip(units[:5000], kept, strict=False):
        words = unit.words[:300]
        if work:
            for match in _TOLD.finditer(words):
                yield match.group(1), _TOLD_WEIGHT, "named in the text"
            continue
        if len(words) <= 40 and words.count(" ") <= 4 and _may_be_masthead(words):
            yield words, 0.2, "site name line"
        for pattern in _OWN_WORDS if words.lower() not in said else ():
            said.add(words.lower())
            if match := pattern.search(words):
                yield without_form(match.group(1).strip(" .")), _OWN, "site's own words"


def _prefixes(units: Sequence[Unit], kept: Sequence[bool]) -> Iterator[tuple[str, float, str]]:
    """Give the words with which several menu items begin ("Example Shop", "Example Jobs")."""
    seen: dict[str, set[str]] = {}
    for unit, work in zip(units[:5000], kept, strict=False):
        words = unit.words.lstrip("\u2022 ")
        parts = words.split()
        if not work and 2 <= len(parts) <= 5 and len(words) <= 40 and not furniture.is_control(words):
            for n in range(1, min(4, len(parts))):
                seen.setdefault(" ".join(parts[:n]), set()).add(words)
    for name, lines in seen.items():
        if len(lines) >= 3 and _may_be_masthead(name) and name[-1:].isalnum():
            yield name, _MENU, "menu"


def _issuers(units: Sequence[Unit]) -> Iterator[tuple[str, float, str]]:
    """Give the bodies that a press release names as its own: in its notes, its contacts, its address."""
    for unit in units[:2000]:
        for pattern in _ISSUED:
            for match in pattern.finditer(unit.words[:1500]):
                yield match.group(1), _OWN, "issuing body"


def _may_be_masthead(words: str) -> bool:
    return (
        2 < len(words) <= 40
        and words.count(" ") <= 4
        and words[:1].isupper()
        and not words.endswith((".", "?", "!", ":"))
        and not furniture.is_control(words)
        and not furniture.is_stamp(words)
        and not furniture.is_address_line(words)
        and not furniture.opens_elsewhere(words)
    )


def _written(name: str, units: Sequence[Unit]) -> str:
    """Give a name in capitals as the page writes it elsewhere, else with capital initials."""
    if not name.isupper() or len(name) <= 5:
        return name
    pattern = re.compile(r"(?<!\w)" + re.escape(name) + r"(?!\w)", re.IGNORECASE)
    for unit in units[:5000]:
        for match in pattern.finditer(unit.words[:2000]):
            if not match.group().isupper() and match.group()[:1].isupper():
                return match.group()
    return name.title() if " " in name else name


def rights_holder(units: Sequence[Unit]) -> str | None:
    """Give the name in a copyright line with a year ("© 2020 The Daily Example"), the last one."""
    return rights_holder_of([unit.words for unit in units])


def rights_holder_of(lines: Sequence[str]) -> str | None:
    """Give what ``rights_holder`` gives, of bare lines."""
    for words in reversed(lines):
        if len(words) > 600 or not ("\u00a9" in words or "opyright" in words or "(c)" in words.lower()):
            continue
        match = _RIGHTS.search(words) or _RIGHTS_AFTER.match(words)
        if match:
            name = re.split(r"\ball rights\b|\s[-\u2013]\s|\bregistered\b", match.group(1), flags=re.IGNORECASE)[
                0
            ].strip(BLANKS + "-:,")
            if len(name) > 1 and name.count(" ") <= 6 and not _NO_NAME.search(name):
                return name
    return None
