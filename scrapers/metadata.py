"""What a page says of itself: JSON-LD, OpenGraph and meta tags first, then what stands near its heading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from scrapers.addresses import document_url, registrable_domain
from scrapers.jsonld import types
from scrapers.metadata_bylines import byline
from scrapers.metadata_dates import iso_date, modified, published
from scrapers.metadata_language import language
from scrapers.metadata_page import Page
from scrapers.metadata_publisher import KNOWN_DOMAINS, publishers
from scrapers.metadata_titles import headline, titles

__all__ = ["KNOWN_DOMAINS", "Metadata", "document_url", "iso_date", "read_metadata", "registrable_domain"]

_RELEASE_PATH = re.compile(r"/(?:press|news|media)[-_]?releases?(?=[/._-]|$)", re.I)
_RELEASE_WORDS = re.compile(r"(?:press|news|media) (?:release|notice|statement)\b", re.I)


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

    Dates are ISO 8601 and keep the time zone that the page gives. Where two places of the page contradict
    each other, ``won_by`` says so: ``published_doubt``, ``byline_doubt``, ``language_doubt``; ``title_doubt``, where
    what it calls itself is endless. Reads the tree,
    never alters it; a page that says nothing gives empty values, never an error.
    """
    page = Page(tree, address)
    won: dict[str, str] = {}

    def first(name: str, candidates: Iterator[tuple[str, str | None]]) -> str | None:
        for place, value in candidates:
            if value:
                won[name] = place
                return value
        return None

    url = first("url", _canonical(page))
    publisher = first("publisher", publishers(page, url))
    title = first("title", titles(page, publisher, address or url))
    # Social networks are often given another wording than readers: the page's own heading is cited.
    title = first("title", iter([("h1", headline(page, title, publisher, address or url))])) or title
    kind = first("kind", _kinds(page, title)) or "article"
    if title is None and page.has_endless_title:
        won["title_doubt"] = "longer than a title"
    day, told = published(page)
    names, told_by = byline(page, publisher, is_release=kind == "release")
    tag, told_in = language(page)
    return Metadata(
        title=title,
        byline=names,
        publisher=publisher,
        published=day,
        modified=first("modified", modified(page)),
        url=url,
        language=tag,
        kind=kind,
        won_by=MappingProxyType({**won, **told, **told_by, **told_in}),
    )


def _canonical(page: Page) -> Iterator[tuple[str, str | None]]:
    own = registrable_domain(page.address) if page.address else None
    stated = [link.get("href") for link in page.tree.iter("link") if "canonical" in (link.get("rel") or "").lower()]
    for place, href in (
        *(("canonical", href) for href in stated[:1]),
        ("opengraph", page.first_meta("og:url")),
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


def _kinds(page: Page, title: str | None) -> Iterator[tuple[str, str | None]]:
    stated = (page.first_meta("og:type") or "") + " " + (page.first_meta("govuk:format") or "").replace("_", " ")
    section = page.first_meta("article:section") or ""
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
