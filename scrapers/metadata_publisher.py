"""Who published a page: the house it names, before the platform or the host that it stands on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from lxml.html import HtmlElement

from scrapers.addresses import host_of, registrable_domain
from scrapers.jsonld import names, one_line
from scrapers.metadata_page import Page
from scrapers.metadata_titles import plain

#: Publishers whose name no one would guess from their domain.
KNOWN_DOMAINS: Mapping[str, str] = MappingProxyType(
    {
        "ap.org": "Associated Press",
        "aljazeera.com": "Al Jazeera",
        "apnews.com": "Associated Press",
        "bbc.co.uk": "BBC",
        "bbc.com": "BBC",
        "bmj.com": "The BMJ",
        "businesswire.com": "Business Wire",
        "channel4.com": "Channel 4",
        "cnn.com": "CNN",
        "dailymail.co.uk": "Daily Mail",
        "economist.com": "The Economist",
        "express.co.uk": "Daily Express",
        "ft.com": "Financial Times",
        "globenewswire.com": "GlobeNewswire",
        "gov.scot": "Scottish Government",
        "gov.uk": "GOV.UK",
        "gov.wales": "Welsh Government",
        "huffingtonpost.co.uk": "HuffPost UK",
        "independent.co.uk": "The Independent",
        "inews.co.uk": "i",
        "irishtimes.com": "The Irish Times",
        "itv.com": "ITV",
        "latimes.com": "Los Angeles Times",
        "lrb.co.uk": "London Review of Books",
        "metro.co.uk": "Metro",
        "mirror.co.uk": "Daily Mirror",
        "morningstaronline.co.uk": "Morning Star",
        "nao.org.uk": "National Audit Office",
        "nature.com": "Nature",
        "newstatesman.com": "New Statesman",
        "npr.org": "NPR",
        "nybooks.com": "The New York Review of Books",
        "nytimes.com": "The New York Times",
        "ons.gov.uk": "Office for National Statistics",
        "opendemocracy.net": "openDemocracy",
        "parliament.uk": "UK Parliament",
        "prnewswire.co.uk": "PR Newswire",
        "prnewswire.com": "PR Newswire",
        "reuters.com": "Reuters",
        "rte.ie": "RT\u00c9",
        "scotsman.com": "The Scotsman",
        "sky.com": "Sky News",
        "spectator.co.uk": "The Spectator",
        "sputniknews.com": "Sputnik International",
        "standard.co.uk": "Evening Standard",
        "telegraph.co.uk": "The Telegraph",
        "theatlantic.com": "The Atlantic",
        "theconversation.com": "The Conversation",
        "theguardian.com": "The Guardian",
        "thelancet.com": "The Lancet",
        "thesun.co.uk": "The Sun",
        "thetimes.co.uk": "The Times",
        "thetimes.com": "The Times",
        "walesonline.co.uk": "WalesOnline",
        "washingtonpost.com": "The Washington Post",
        "weownit.org.uk": "We Own It",
        "wsj.com": "The Wall Street Journal",
    }
)
#: Where others' texts stand: their names say who serves a page, not who published it.
PLATFORMS: Mapping[str, str] = MappingProxyType(
    {
        "aol.com": "AOL",
        "apple.news": "Apple News",
        "beehiiv.com": "beehiiv",
        "blogger.com": "Blogger",
        "blogspot.co.uk": "Blogger",
        "blogspot.com": "Blogger",
        "facebook.com": "Facebook",
        "flipboard.com": "Flipboard",
        "ghost.io": "Ghost",
        "issuu.com": "Issuu",
        "linkedin.com": "LinkedIn",
        "livejournal.com": "LiveJournal",
        "medium.com": "Medium",
        "msn.com": "MSN",
        "newsbreak.com": "NewsBreak",
        "pressreader.com": "PressReader",
        "scribd.com": "Scribd",
        "squarespace.com": "Squarespace",
        "substack.com": "Substack",
        "tumblr.com": "Tumblr",
        "typepad.com": "Typepad",
        "wixsite.com": "Wix",
        "wordpress.com": "WordPress.com",
        "yahoo.com": "Yahoo",
    }
)
_PLATFORM_WORDS = frozenset(
    {plain(name) for name in PLATFORMS.values()}
    | {"hosted", "wordpress", "blogspot", "yahoonews", "yahoofinance", "yahoonewsuk", "yahoosports", "wix", "website"}
    # Editions and sections that stand where the name of the site should.
    | {"us", "uk", "world", "international", "news", "global", "europe", "asia", "africa", "english", "edition", "blog"}
    | {"msnnews", "aolnews", "googlenews", "mywebsite", "home", "homepage", "mysite", "googlesites", "notion"}
)
#: What else in JSON-LD tells whose text it is, where the publisher is a platform.
_SOURCES = ("provider", "sourceOrganization", "copyrightHolder", "isBasedOn", "creator", "author")
_SOURCE_KEYS = ("dc.publisher", "dcterms.publisher", "citation_publisher", "dc.source", "original-publisher", "source")
_SLOGAN = re.compile(r"\s+(?:[|\u2013\u2014\u2022\u00b7\u00bb-]|::)\s+")
_TITLE_END = re.compile(r"\s*(?:[|\u2013\u2014\u2022\u00b7\u00bb:-]|::)\s*")


def publishers(page: Page, url: str | None) -> Iterator[tuple[str, str | None]]:
    """Give who published the page, with the place that says so, the likeliest first.

    A platform is given last, and only as the domain: where the page names the source of its text, that is
    given before.
    """
    address = page.address or url
    domain = registrable_domain(address) if address else None
    stem = plain((domain or "").split(".")[0])
    stated = [(place, _bare(name, stem)) for place, name in _stated(page)]
    known = KNOWN_DOMAINS.get(domain or "")
    houses = [(place, _written(name, known)) for place, name in stated if name and not is_platform(name)]
    # A slogan for a name: another place has the name that the domain is made of.
    houses.sort(key=lambda house: len(house[1].split()) > 3 and not _is_own(house[1], stem))
    platform = _platform_of(address)
    if platform is None:
        yield from houses
        if any(name for _, name in stated):
            # What it calls itself is a host's name.
            yield from _sources(page, stem)
    else:
        yield from _sources(page, stem)
        yield from houses
        yield from _original(page, domain)
        yield "title", _blog_in_title(page)
        host = host_of(address or "") or ""
        own = host.removeprefix("www.").removesuffix(platform).rstrip(".")
        yield "domain", host if own and own not in ("uk", "news", "m", "finance", "sports") else PLATFORMS[platform]
    is_named = domain is not None and "." in domain and not domain.rpartition(".")[2].isdigit()
    yield "domain", known or domain if is_named else None


def is_platform(name: str) -> bool:
    """Tell whether a name is that of a platform or a host, which publishes what others wrote."""
    return plain(name) in _PLATFORM_WORDS


def _stated(page: Page) -> Iterator[tuple[str, str | None]]:
    yield "json-ld", next(iter(names(page.node.get("publisher"))), None)
    site = page.first_meta("og:site_name")
    yield "opengraph", site.lstrip("@") if site else None
    for element in page.props("publisher"):
        yield "microdata", _in_microdata(element)
    title = plain(page.first_meta("og:title") or page.title or "")
    named = page.meta("dc.publisher", "dcterms.publisher", "citation_publisher", "publisher", "application-name")
    yield from ((place, name) for place, name in named if name and plain(name) != title)


def _in_microdata(element: HtmlElement) -> str | None:
    """Return the name of a publisher in microdata: its words, else those of its logo."""
    inner = [one for one in element.iter() if one.get("itemprop") == "name"]
    for one in inner:
        if name := one_line(one.get("content") or one.text_content()):
            return name
    words = one_line(element.get("content") or element.text_content())
    if words is None:
        words = next((one_line(image.get("alt")) for image in element.iter("img") if image.get("alt")), None)
    return re.sub(r"\s+logo$", "", words, flags=re.IGNORECASE) if words and len(words) <= 60 else None


def _sources(page: Page, stem: str) -> Iterator[tuple[str, str | None]]:
    for key in _SOURCES:
        value = page.node.get(key)
        for item in value[:5] if isinstance(value, list) else [value]:
            if not isinstance(item, dict) or (key in ("creator", "author") and item.get("@type") == "Person"):
                continue
            kinds = str(item.get("@type", ""))
            if key in ("creator", "author") and "Organization" not in kinds:
                continue
            for name in names(item.get("publisher") or item if key == "isBasedOn" else item)[:1]:
                yield "json-ld", None if is_platform(name) else _bare(name, stem)
    for place, stated in page.meta(*_SOURCE_KEYS):
        yield place, _bare(stated, stem) if stated and not is_platform(stated) else None
    for element in (*page.props("provider"), *page.props("sourceOrganization")):
        shown = _in_microdata(element)
        yield "microdata", shown if shown and not is_platform(shown) else None


def _original(page: Page, domain: str | None) -> Iterator[tuple[str, str | None]]:
    """Give the house whose page a platform calls the original of its own."""
    links = [link.get("href") for link in page.tree.iter("link") if "canonical" in (link.get("rel") or "").lower()]
    for address in (*links[:1], page.first_meta("original-source"), page.first_meta("syndication-source")):
        other = registrable_domain(address) if address and address.startswith("http") else None
        if other and other != domain and _platform_of(address) is None:
            yield "canonical", KNOWN_DOMAINS.get(other, other)


def _is_own(name: str, stem: str) -> bool:
    return len(stem) > 2 and (stem in plain(name) or plain(name) in stem)


def _blog_in_title(page: Page) -> str | None:
    """Return what a blog's title adds to the article's: the name of the blog."""
    title = page.title or ""
    for _, head in page.heads:
        at = title.casefold().find(head.casefold())
        if at < 0 or len(head) < 8:
            continue
        for rest in (title[:at], title[at + len(head) :]):
            for part in reversed(_TITLE_END.split(rest)):
                name = part.strip()
                if name and not is_platform(name) and len(name.split()) <= 6 and not name.lower().startswith("by "):
                    return name
    return None


def _written(name: str, known: str | None) -> str:
    return known if known and plain(known) == plain(name) else name


def _bare(name: str | None, stem: str) -> str | None:
    """Take the slogan off a publisher's name: of its parts, the one that is the domain's, else the first."""
    if not name or name.startswith(("http:", "https:", "//")):
        return None
    parts = [part for part in _SLOGAN.split(name.strip()) if part]
    if len(parts) < 2:
        return name
    own = [part for part in parts if stem and stem in plain(part)]
    return min(own, key=len) if own else parts[0]


def _platform_of(address: str | None) -> str | None:
    host = host_of(address) if address else None
    return next((domain for domain in PLATFORMS if host and (host == domain or host.endswith(f".{domain}"))), None)
