"""What a page says of itself: JSON-LD, OpenGraph and meta tags first, then trafilatura and htmldate."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from types import MappingProxyType
from urllib.parse import urljoin, urlsplit, urlunsplit

from courlan import clean_url, extract_domain
from lxml.html import HtmlElement

from scrapers.extractor import guess_author, guess_date
from scrapers.jsonld import json_ld, main_node, names, one_line, types

#: Publishers whose name no one would guess from their domain.
KNOWN_DOMAINS: Mapping[str, str] = MappingProxyType(
    {
        "apnews.com": "Associated Press",
        "bbc.co.uk": "BBC",
        "bbc.com": "BBC",
        "bmj.com": "The BMJ",
        "channel4.com": "Channel 4",
        "dailymail.co.uk": "Daily Mail",
        "ft.com": "Financial Times",
        "gov.uk": "GOV.UK",
        "independent.co.uk": "The Independent",
        "inews.co.uk": "i",
        "itv.com": "ITV",
        "mirror.co.uk": "Daily Mirror",
        "nao.org.uk": "National Audit Office",
        "npr.org": "NPR",
        "nytimes.com": "The New York Times",
        "ons.gov.uk": "Office for National Statistics",
        "opendemocracy.net": "openDemocracy",
        "parliament.uk": "UK Parliament",
        "reuters.com": "Reuters",
        "sky.com": "Sky News",
        "sputniknews.com": "Sputnik International",
        "telegraph.co.uk": "The Telegraph",
        "theguardian.com": "The Guardian",
        "thetimes.co.uk": "The Times",
        "washingtonpost.com": "The Washington Post",
        "weownit.org.uk": "We Own It",
        "wsj.com": "The Wall Street Journal",
    }
)

_SEPARATOR = re.compile(r"\s+(?:[|\u2013\u2014\u2022\u00b7\u00bb\u2039\u203a-]|::)\s+")
_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)-(\d\d)-(\d\d)(?!\d)")
_BY = re.compile(r"^\s*(?:(?:written|posted|reported|story|words|text)\s+)?by[\s:]+", re.I)
_NOT_A_NAME = re.compile(r"https?:|www\.|@\S+\.\S+|^\W*$|^(?:admin|administrator|editor|staff|guest|none|null)$", re.I)
_RELEASE_PATH = re.compile(r"/(?:press|news|media)[-_]?releases?(?=[/._-]|$)", re.I)
_RELEASE_WORDS = re.compile(r"(?:press|news|media) (?:release|notice|statement)\b", re.I)

_DATE_KEYS = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.created",
    "dc.date.created",
    "dcterms.issued",
    "govuk:first-published-at",
    "citation_publication_date",
    "pubdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "article.published",
    "dc.date",
    "dcterms.date",
    "date",
)
_MODIFIED_KEYS = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "article.updated",
    "dcterms.modified",
    "govuk:public-updated-at",
    "last-modified",
    "lastmod",
)
_AUTHOR_KEYS = (
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "byl",
)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page states of itself; ``won_by`` names for each value the place that gave it.

    ``title`` is the page's heading as its readers see it, where it agrees with what the page calls
    itself. ``url`` is its canonical address, fit to be the document's key.
    """

    title: str | None = None
    byline: str | None = None
    publisher: str | None = None
    published: str | None = None
    modified: str | None = None
    url: str | None = None
    language: str | None = None
    kind: str = "article"
    won_by: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


def read_metadata(tree: HtmlElement, address: str | None) -> Metadata:
    """Read what a page says of itself; ``address`` is where it was found, None for a bare file.

    Dates are ISO 8601 and keep the time zone that the page gives. Reads the tree, never alters it;
    a page that says nothing gives empty values, never an error.
    """
    page = _Page(tree, address, _metas(tree), main_node(json_ld(tree)))
    won: dict[str, str] = {}

    def first(name: str, *candidates: tuple[str, str | None]) -> str | None:
        for place, value in candidates:
            if value:
                won[name] = place
                return value
        return None

    url = first("url", *_canonical(page))
    publisher = first("publisher", *_publishers(page, url))
    title = first("title", *_titles(page, publisher, address or url))
    # Social networks are often given another wording than readers: the page's own heading is cited.
    title = first("title", ("h1", _headline(page, title))) or title
    published = first("published", *_dates(page, "datePublished", _DATE_KEYS))
    if published is None:
        published = first("published", ("htmldate", guess_date(tree, address or url)))
    modified = first("modified", *_dates(page, "dateModified", _MODIFIED_KEYS))
    byline = first("byline", *_bylines(page, publisher))
    language = first("language", *_languages(page))
    kind = first("kind", *_kinds(page, title)) or "article"
    return Metadata(
        title=title,
        byline=byline,
        publisher=publisher,
        published=published,
        modified=modified,
        url=url,
        language=language,
        kind=kind,
        won_by=MappingProxyType(won),
    )


def document_url(address: str) -> str | None:
    """Return an address as the key of a document: without fragment and trackers, None if not of the web."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return None
    bare = urlunsplit(parts._replace(fragment=""))
    cleaned = clean_url(bare)
    return cleaned if isinstance(cleaned, str) and cleaned else bare


def registrable_domain(address: str) -> str | None:
    """Return the domain that its owner registered, such as ``bbc.co.uk``; an inner host as it is."""
    found = extract_domain(address)
    if found:
        return str(found)
    try:
        host = urlsplit(address).hostname
    except ValueError:
        return None
    # Not on the public list: an inner or a reserved name, or a number.
    return host if not host or host.rpartition(".")[2].isdigit() else ".".join(host.split(".")[-2:])


@dataclass(frozen=True, slots=True)
class _Page:
    tree: HtmlElement
    address: str | None
    metas: Mapping[str, str]
    node: Mapping[str, object]

    def meta(self, *names: str) -> Iterator[tuple[str, str | None]]:
        for name in names:
            yield ("opengraph" if name.startswith(("og:", "article:")) else "meta"), self.metas.get(name)


def _metas(tree: HtmlElement) -> dict[str, str]:
    metas: dict[str, str] = {}
    for element in tree.iter("meta"):
        content = one_line(element.get("content"))
        if content is None:
            continue
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            name = element.get(attribute)
            if name:
                metas.setdefault(name.strip().lower(), content)
    return metas


def _canonical(page: _Page) -> Iterator[tuple[str, str | None]]:
    own = registrable_domain(page.address) if page.address else None
    stated = [link.get("href") for link in page.tree.iter("link") if "canonical" in (link.get("rel") or "").lower()]
    for place, href in (
        *(("canonical", href) for href in stated[:1]),
        ("opengraph", page.metas.get("og:url")),
    ):
        if not href:
            continue
        try:
            address = urljoin(page.address, href.strip()) if page.address else href.strip()
            key = document_url(address)
            # A site that names its home page on every page would make all its articles one document.
            is_home = key is not None and not urlsplit(key).path.strip("/") and not urlsplit(key).query
        except ValueError:
            continue
        if key is not None and not is_home and (not page.address or (own and registrable_domain(key) == own)):
            yield place, key
    yield "address", document_url(page.address) if page.address else None


def _publishers(page: _Page, url: str | None) -> Iterator[tuple[str, str | None]]:
    yield "json-ld", next(iter(names(page.node.get("publisher"))), None)
    site = page.metas.get("og:site_name")
    yield "opengraph", site.lstrip("@") if site and not site.startswith("http") else None
    yield from page.meta("dc.publisher", "dcterms.publisher", "citation_publisher", "application-name")
    address = page.address or url
    domain = registrable_domain(address) if address else None
    is_named = domain is not None and "." in domain and not domain.rpartition(".")[2].isdigit()
    yield "domain", KNOWN_DOMAINS.get(domain, domain) if domain and is_named else None


def _plain(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def _titles(page: _Page, publisher: str | None, address: str | None) -> Iterator[tuple[str, str | None]]:
    domain = (registrable_domain(address) if address else None) or ""
    site_names = {_plain(name) for name in (publisher, page.metas.get("og:site_name"), domain) if name}
    site_names.add(_plain(domain.split(".")[0]))
    heads = [one_line(h1.text_content()) for h1 in page.tree.iter("h1")]
    shown = {_plain(head) for head in heads if head}
    yield "opengraph", _without_site(page.metas.get("og:title"), site_names, shown)
    yield "json-ld", _without_site(one_line(page.node.get("headline")), site_names, shown)
    yield from (("h1", head) for head in heads[:1] if head and _plain(head) not in site_names)
    title = page.tree.find(".//title")
    yield (
        "title",
        _without_site(one_line(title.text_content()) if title is not None else None, site_names, shown),
    )
    yield from page.meta("twitter:title", "dc.title", "citation_title", "title")


def _without_site(title: str | None, site_names: set[str], shown: set[str]) -> str | None:
    """Take the name of the site off a title; what the page shows as its heading is never shortened."""
    if title is None or _plain(title) in shown:
        return title
    parts = list(_SEPARATOR.finditer(title))
    if not parts:
        return None if _plain(title) in site_names else title
    for cut in parts:
        if _plain(title[: cut.start()]) in shown:
            return title[: cut.start()]
    head, tail = title[: parts[0].start()], title[parts[-1].end() :]
    plain_tail = _plain(tail)
    is_site = any(name and (name in plain_tail or (plain_tail and plain_tail in name)) for name in site_names)
    if is_site and len(tail) < 60:
        return _without_site(title[: parts[-1].start()], site_names, shown)
    if _plain(head) in site_names:
        return title[parts[0].end() :]
    if "|" in parts[-1].group() and len(tail.split()) <= 4 < len(title[: parts[-1].start()].split()):
        return title[: parts[-1].start()]
    return title


def _headline(page: _Page, title: str | None) -> str | None:
    """Return the ``h1`` that says the title in the page's own words."""
    if title is None:
        return None
    wanted = set(re.findall(r"\w+", title.casefold()))
    for head in page.tree.iter("h1"):
        text = one_line(head.text_content())
        words = set(re.findall(r"\w+", text.casefold())) if text else set()
        if words and len(words & wanted) >= 0.5 * min(len(words), len(wanted)):
            return text
    return None


def _dates(page: _Page, key: str, names: tuple[str, ...]) -> Iterator[tuple[str, str | None]]:
    yield "json-ld", iso_date(one_line(page.node.get(key)))
    for place, value in page.meta(*names):
        yield place, iso_date(value)
    for element in page.tree.iter("time", "span", "abbr", "div", "p"):
        if element.get("itemprop") == key:
            yield (
                "microdata",
                iso_date(element.get("datetime") or element.get("content") or one_line(element.text)),
            )


def iso_date(stated: str | None) -> str | None:
    """Return a stated date or time as ISO 8601 with its time zone kept, None if it cannot be read."""
    if not stated or len(stated) > 100:
        return None
    try:
        moment = datetime.fromisoformat(stated)
    except ValueError:
        try:
            moment = parsedate_to_datetime(stated)
        except (ValueError, TypeError, IndexError, OverflowError):
            return _iso_day(stated)
    if not 1900 < moment.year < 2100:
        return None
    if not re.search(r"\d:\d", stated) and len(stated) <= 10:
        return moment.date().isoformat()
    return moment.replace(microsecond=0).isoformat()


def _iso_day(stated: str) -> str | None:
    found = _DATE.search(stated)
    if found is None:
        return None
    try:
        return datetime(*(int(part) for part in found.groups())).date().isoformat()  # type: ignore[arg-type]
    except ValueError:
        return None


def _bylines(page: _Page, publisher: str | None) -> Iterator[tuple[str, str | None]]:
    def joined(names: list[str]) -> str | None:
        kept = [_BY.sub("", name).strip(" ,;|") for name in names]
        kept = [name for name in dict.fromkeys(kept) if not _NOT_A_NAME.search(name) and len(name) <= 100]
        own = {_plain(publisher)} if publisher else set()
        return ", ".join(name for name in kept if _plain(name) not in own) or None

    yield "json-ld", joined(names(page.node.get("author")) or names(page.node.get("creator")))
    for place, value in page.meta(*_AUTHOR_KEYS):
        yield place, joined([value] if value else [])
    yield "trafilatura", joined(guess_author(page.tree))


def _languages(page: _Page) -> Iterator[tuple[str, str | None]]:
    def tag(value: str | None) -> str | None:
        found = re.match(
            r"\s*([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|\d{3}))?(?![A-Za-z])", value or ""
        )
        if found is None:
            return None
        language, script, region = found.groups()
        parts = (language.lower(), script.title() if script else None, region.upper() if region else None)
        return "-".join(part for part in parts if part)

    root = page.tree.getroottree().getroot()
    yield "html", tag(root.get("lang") or root.get("xml:lang"))
    yield "json-ld", tag(one_line(page.node.get("inLanguage")))
    for place, value in page.meta("og:locale", "content-language", "language", "dc.language"):
        yield place, tag(value)


def _kinds(page: _Page, title: str | None) -> Iterator[tuple[str, str | None]]:
    stated = page.metas.get("og:type", "") + " " + page.metas.get("govuk:format", "").replace("_", " ")
    section = page.metas.get("article:section", "")
    if (
        _RELEASE_WORDS.search(stated.replace("_", " "))
        or _RELEASE_WORDS.match(section)
        or "PressRelease" in types(page.node)
    ):
        yield "meta", "release"
    if _RELEASE_PATH.search(urlsplit(page.address).path if page.address else ""):
        yield "address", "release"
    heads = [title or "", *((h.text_content() or "").strip() for h in page.tree.iter("h1", "h2"))][:4]
    if any(_RELEASE_WORDS.match(head.strip()) for head in heads):
        yield "heading", "release"
    if "Report" in types(page.node) or "citation_technical_report_number" in page.metas:
        yield "meta", "report"
