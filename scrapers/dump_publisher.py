"""Who publishes a saved page: names gathered from masthead, notices, rights and address, then weighed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

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
_CAPITALS = (
    r"(?-i:[A-Z0-9])[\w&+'\u2019.-]*(?: (?:(?-i:[A-Z0-9])[\w&+'\u2019-]*|of|the|and|&|in|for|on)){0,4}"
)
#: How a site speaks of itself in its furniture; the group is its name.
_OWN_WORDS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?:about|search|jobs at|work (?:at|for)|support|contact|advertise (?:with|in|on)|subscribe to|follow"
        rf"|write for|inside|connect with|welcome to) (?:the )?({_CAPITALS})$",
        rf"more (?:from|on|in) ({_CAPITALS})$",
        rf"(?:sign up (?:to|for) (?:the )?|get (?:the )?)?({_CAPITALS}) (?:newsletters?|daily newsletter|home(?:page)?"
        rf"|logo|podcasts?|shop|magazine|subscription|app|rss|events|insider|premium|plus)$",
        rf"({_CAPITALS}) (?:is (?:part of|a (?:registered )?trademark|owned by|published by|licensed by|a member of)"
        rf"|has no advertising|uses cookies|takes no position|supports|may (?:earn|receive))\b",
        rf"\b(?:your|an?|my) ({_CAPITALS}) account\b",
        rf"\b(?:emails?|updates|offers|alerts|newsletters?) from (?:the )?({_CAPITALS})\b",
        rf"\b(?:reflect|represent) (?:those|the (?:views?|opinions?)) of (?:the )?({_CAPITALS})\b",
        rf"\b(?:follow|like|find|join) ({_CAPITALS}) on (?:facebook|twitter|x|instagram|linkedin|youtube)\b",
        rf"\u00a9 ?(?:(?:19|20)\d\d ?[-\u2013]? ?)*({_CAPITALS})",
    )
)
#: How the text speaks of the house that it was written for.
_TOLD = re.compile(
    r"\b(?:told|tells|seen by|interview with|spoke (?:to|with)) (?:the )?([A-Z][\w&+-]*(?: [A-Z][\w&+-]*){0,3})"
)
_ISSUED = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:[Ii]ssued|[Pp]ublished(?: \w+)?|[Rr]eleased) (?:by|on behalf of) (?:the )?({_CAPITALS})",
        rf"^(?:[Tt]he )?({_CAPITALS}) (?:is an?|was (?:founded|set up|established)|(?:said|announced|published) today)\b",
        rf"^[Aa]bout (?:the )?({_CAPITALS}):?$",
        rf"^(?:[Pp]ress|[Mm]edia) (?:office|team|contact)s?(?:, | at | for |: )(?:the )?({_CAPITALS})",
        rf"^({_CAPITALS}), (?:\d|[A-Z][\w ]+\d)",
    )
)
_FIRST_THE = re.compile(r"the ", re.IGNORECASE)
_NOT_A_NAME = re.compile(
    r"(?:facebook|twitter|instagram|youtube|linkedin|tiktok|whatsapp|google|apple|amazon|us|me|the|our|your|this|a|an|cookies?"
    r"|privacy.*|terms.*|email|news|newsletters?|reddit|pinterest|yahoo|getty.*|it|you|related|top|best|latest|new|my"
    r"|uk|usa|subscribe.*|sign.*|more|all|home|\d+)$",
    re.IGNORECASE,
)
_MAIL_DOMAIN = re.compile(r"@([\w-]{3,40})\.[a-z]{2,7}\b", re.IGNORECASE)
#: What a name must weigh to be given, and the weights of the evidence for it.
_ENOUGH = 2.0
_MASTHEAD, _NEAR_TOP, _RIGHTS_WEIGHT, _OWN, _AGAIN, _DOMAIN, _SHARED_WORD, _TOLD_WEIGHT = (
    1.5, 1.0, 2.0, 1.3, 0.5, 3.0, 1.6, 0.9,
)  # fmt: skip


def page_publisher(facts: Facts, units: Sequence[Unit], kept: Sequence[bool], window: str | None) -> None:
    """Offer the publisher of a page; ``kept`` tells the work's units, ``window`` the browser title's end."""
    domain = domain_of(facts.values.get("url", ""))
    facts.offer("publisher", window, "page title")
    name, origin = _weigh(units, kept, domain)
    facts.offer("publisher", name, origin)
    facts.offer("publisher", domain, "domain")


def domain_of(url: str) -> str:
    """Give the host of an address without ``www.``, empty for none."""
    host = url.split("://", 1)[-1].split("/", 1)[0].rsplit("@", 1)[-1].split(":", 1)[0].lower()
    return host.removeprefix("www.") if "." in host else ""


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


def _weigh(units: Sequence[Unit], kept: Sequence[bool], domain: str) -> tuple[str | None, str]:
    """Add up what speaks for each name; ties go to the one seen first."""
    weights: dict[str, float] = {}
    shown: dict[str, str] = {}
    origins: dict[str, set[str]] = {}
    for name, weight, origin in _evidence(units, kept):
        key = _squash(name)
        if len(key) < 2 or _NOT_A_NAME.match(name):
            continue
        kinds = origins.setdefault(key, set())
        weights[key] = weights.get(key, 0.0) + (weight if origin not in kinds else min(weight, _AGAIN))
        kinds.add(origin)
        if key not in shown or (shown[key].isupper() and not name.isupper()):
            shown[key] = name
    holder = rights_holder(units)
    core = _core(domain)
    hosts = {match.lower() for unit in units[:3000] for match in _MAIL_DOMAIN.findall(unit.words[:300])}
    rights = {w for w in re.findall(r"[^\W\d_]{4,}", (holder or "").lower())}
    for key, kinds in origins.items():
        if core and (
            key == core or (len(key) >= 4 and core.startswith(key)) or key == core.removeprefix("the")
        ):
            weights[key] += _DOMAIN
        if key in hosts:
            weights[key] += _DOMAIN / 2
        if kinds & {"masthead", "site name line"} and rights & set(
            re.findall(r"[^\W\d_]{4,}", shown[key].lower())
        ):
            weights[key] += _SHARED_WORD
    best = max(weights, key=lambda key: weights[key], default=None)
    if best is None or weights[best] < _ENOUGH:
        return None, ""
    order = (
        "copyright line",
        "masthead",
        "site's own words",
        "site name line",
        "named in the text",
        "issuing body",
    )
    origin = next(o for o in order if o in origins[best])
    return _written(shown[best], units), "site name line" if origin == "masthead" else origin


def _core(domain: str) -> str:
    parts = [
        part for part in domain.split(".")[:-1] if part not in ("com", "org", "gov", "co", "net", "ac", "edu")
    ]
    return max(parts, key=len, default="").replace("-", "")


def _evidence(units: Sequence[Unit], kept: Sequence[bool]) -> Iterator[tuple[str, float, str]]:
    holder = rights_holder(units)
    if holder:
        yield without_form(holder), _RIGHTS_WEIGHT, "copyright line"
    release = any(furniture.is_announcement(unit.words) for unit in units[:6])
    if release:
        yield from _issuers(units)
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
        for pattern in _OWN_WORDS:
            if match := pattern.search(words):
                yield without_form(match.group(1).strip(" .")), _OWN, "site's own words"


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
