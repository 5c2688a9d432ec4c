"""Lists of pages: RSS, Atom, JSON Feed, sitemaps and news sitemaps, from bytes at hand; nothing is fetched here."""

from __future__ import annotations

import html
import io
import json
import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from types import MappingProxyType
from typing import Any
from urllib.parse import urljoin

from lxml import etree

from scrapers.broken_xml import ends_within_an_entry, has_end, is_broken
from scrapers.coding import CodingError, unpacked
from scrapers.document import Capture
from scrapers.errors import ScrapeError, TooLarge
from scrapers.metadata import iso_date
from scrapers.surrogates import whole

#: The largest list, unpacked, in bytes: that of the sitemap protocol.
MAX_BYTES = 50_000_000
_WINDOW = 4_096
_GZIP = b"\x1f\x8b"
_LONGEST = 500
_ROOT = re.compile(
    # Possessive: a comment ends where it first can, or a page of many would be tried in every way to cut them.
    rb"(?:\xef\xbb\xbf)?\s*+(?:(?:<\?[^>]{0,500}\?>|(?><!--.{0,1000}?-->)"
    rb"|<!DOCTYPE[^>\[]{0,300}+(?:\[[^\]]{0,1000}+\]\s*+)?+>)\s*+)*+"
    rb"(?P<tag><(?:[\w.-]{1,40}:)?(?P<name>rss|feed|rdf|urlset|sitemapindex)(?=[\s>/])(?P<about>[^>]{0,2000}))",
    re.IGNORECASE | re.DOTALL,
)
_DECLARATION = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml[^>]{0,200}\?>")
_ATOM = re.compile(rb"http://(?:www\.w3\.org/2005/Atom|purl\.org/atom/)", re.IGNORECASE)
_RSS_IN_RDF = re.compile(rb"http://(?:purl\.org/rss/|my\.netscape\.com/rdf/)", re.IGNORECASE)
_JSON_FEED = re.compile(rb'"version"\s*:\s*"https?:\\?/\\?/jsonfeed\.org\\?/version')
_FEED_MEDIA = re.compile(r"application/(?:rss|atom|rdf)\+xml\Z")
_HTML = re.compile(rb"\s*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
_TAG = re.compile(r"<[^<>]{0,500}>")
_IN_BRACKETS = re.compile(r"\(([^()@]{2,100})\)")


class BadFeed(ScrapeError):
    """A feed or sitemap that cannot be read, or that lists nothing."""

    usual_remedy = "open it in a browser to see what it is, or add its pages by their own addresses"
    usual_stage = "extract"


@dataclass(frozen=True, slots=True)
class Entry:
    """One page of a list: its place, from 1, its address (None: it names none), and what the list says of it."""

    number: int
    url: str | None
    title: str | None = None
    byline: str | None = None
    published: str | None = None
    modified: str | None = None
    publisher: str | None = None
    language: str | None = None

    @property
    def date(self) -> str | None:
        """When the page was last said to be new: ISO 8601."""
        return max(filter(None, (self.published, self.modified)), default=None)

    @property
    def hints(self) -> Mapping[str, str]:
        """What the list says of the page, as ``Capture.hints`` has it."""
        stated = {name: getattr(self, name) for name in HINTS}
        return MappingProxyType({name: value for name, value in stated.items() if value})


#: What a list may say of a page.
HINTS = ("title", "byline", "published", "modified", "publisher", "language")


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of pages, or, where ``is_index``, of sitemaps; entries in the list's own order.

    ``is_broken``: it is cut off or broken, and there may have been more entries than could be read.
    """

    is_index: bool
    entries: tuple[Entry, ...]
    is_broken: bool = False


def is_listing(media: str | None, head: bytes) -> bool:
    """Whether this is a feed or a sitemap: by its first bytes and its media type, never by its address."""
    return _kind(media, head) is not None


def read_listing(capture: Capture) -> Listing:
    """The entries of a feed or a sitemap. Raises BadFeed, TooLarge."""
    body = _whole(capture)
    kind = _kind(capture.content_type, body[:_WINDOW])
    base = capture.final_url or capture.url or ""
    broken = False
    if kind in ("sitemap", "index"):
        found, broken = _of_sitemap(body, base, capture.source)
    elif kind == "json":
        found = _of_json(body, base, capture.source)
    else:
        found, broken = _of_xml(body, base, capture)
    if not found:
        name = "sitemap" if kind in ("sitemap", "index") else "feed"
        wrong = "is cut off or broken, and no page of it can be read" if broken else "lists no pages"
        raise BadFeed(f"this {name} {wrong}", capture.source)
    return Listing(kind == "index", tuple(found), broken)


def _kind(media: str | None, head: bytes) -> str | None:
    head = _readable(head[:_WINDOW])
    root = _ROOT.match(head)
    name = root["name"].lower() if root else b""
    about = root["about"] if root else b""
    if name == b"urlset":
        return "sitemap"
    if name == b"sitemapindex":
        return "index"
    if name == b"rss" or (name == b"feed" and _ATOM.search(about)) or (name == b"rdf" and _RSS_IN_RDF.search(about)):
        return "feed"
    media = (media or "").lower()
    is_object = head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")
    if is_object and (media == "application/feed+json" or _JSON_FEED.search(head)):
        return "json"
    # Some feeds begin with rubbish; what is a page all the same is one.
    return "feed" if _FEED_MEDIA.match(media) and not _HTML.match(head) else None


def _readable(head: bytes) -> bytes:
    """The first bytes unpacked, as UTF-8 where they are UTF-16."""
    if head.startswith(_GZIP):
        try:
            head = next(unpacked(head, "gzip"), b"")[:_WINDOW]
        except CodingError:
            return b""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "ignore").encode("utf-8")
    return head


def _whole(capture: Capture) -> bytes:
    if not capture.body.startswith(_GZIP):
        return capture.body
    body = bytearray()
    try:
        for piece in unpacked(capture.body, "gzip"):
            body += piece
            if len(body) > MAX_BYTES:
                what = f"unpacked larger than the limit of {MAX_BYTES / 1_000_000:g} MB"
                raise TooLarge(what, capture.source, "add its pages by their own addresses")
    except CodingError as error:
        raise BadFeed(str(error), capture.source) from error
    return bytes(body)


def _of_sitemap(body: bytes, base: str, source: str) -> tuple[list[Entry], bool]:
    """The addresses of a sitemap or of a sitemap index, and whether it is broken; nothing outside it is read."""
    found: list[Entry] = []
    events = etree.iterparse(
        io.BytesIO(body),
        events=("end",),
        tag=("{*}url", "{*}sitemap", "url", "sitemap"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        recover=True,
    )
    try:
        for _, element in events:
            found.append(_of_element(element, len(found) + 1, base))
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except (etree.XMLSyntaxError, ValueError) as error:
        if not found:
            raise BadFeed(f"this sitemap cannot be read ({error})", source) from error
    if has_end(body):
        return found, len(events.error_log) > 0 and is_broken(body)
    # Of a sitemap that was cut off the last address may be half of one.
    return found[:-1], True


def _of_element(element: Any, number: int, base: str) -> Entry:
    said: dict[str, str] = {}
    for own in element.iter():
        if isinstance(own.tag, str) and own.text and own.text.strip():
            said.setdefault(own.tag.rpartition("}")[2].lower(), own.text.strip())
    # The names of the news protocol; an image's title and a video's date are no page's.
    is_news = any(isinstance(own.tag, str) and "sitemap-news" in own.tag for own in element.iter())
    return Entry(
        number,
        _address(said.get("loc"), base),
        title=_words(said.get("title")) if is_news else None,
        published=iso_date(said.get("publication_date")) if is_news else None,
        modified=iso_date(said.get("lastmod")),
        publisher=_words(said.get("name")) if is_news else None,
        language=_language(said.get("language")) if is_news else None,
    )


def _of_json(body: bytes, base: str, source: str) -> list[Entry]:
    """The entries of a JSON Feed (jsonfeed.org, 1 and 1.1)."""
    try:
        feed = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise BadFeed(f"this JSON feed cannot be read ({type(error).__name__})", source) from error
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        raise BadFeed("this JSON feed has no list of items", source)
    language = _language(feed.get("language"))
    return [
        Entry(
            number,
            _address(item.get("url") or item.get("external_url"), base),
            title=_words(item.get("title")),
            byline=_json_authors(item),
            published=_date(item.get("date_published")),
            modified=_date(item.get("date_modified")),
            language=_language(item.get("language")) or language,
        )
        for number, item in enumerate(items, 1)
        if isinstance(item, dict)
    ]


def _json_authors(item: Mapping[str, Any]) -> str | None:
    authors = item.get("authors") if isinstance(item.get("authors"), list) else [item.get("author")]
    names = [_author(author.get("name")) for author in authors or () if isinstance(author, dict)]
    return ", ".join(filter(None, names)) or None


def _of_xml(body: bytes, base: str, capture: Capture) -> tuple[list[Entry], bool]:
    """The entries of an RSS or Atom feed, and whether it is broken.

    feedparser is given bytes, for of an address it would fetch it.
    """
    # Imported here, for it takes its time. It carries no types.
    feedparser: Any = import_module("feedparser")
    body, charset = _without_entities(body, capture)
    said = {"content-type": f"application/xml; charset={charset}"} if charset else {}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            feed: Any = feedparser.parse(
                io.BytesIO(body),
                response_headers={**said, **({"content-location": base} if base else {})},
                sanitize_html=False,
                resolve_relative_uris=False,
            )
    except Exception as error:  # it has a dozen ways to fall over what is not XML
        raise BadFeed(f"this feed cannot be read ({type(error).__name__})", capture.source) from error
    wrong = feed.get("bozo_exception")
    # Of a missing media type or another character set feedparser complains too; the feed is whole.
    if isinstance(wrong, feedparser.exceptions.ThingsNobodyCaresAboutButMe):
        wrong = None
    if not feed.entries and wrong is not None:
        reason = " ".join(str(wrong).split())[:100]
        raise BadFeed(f"this feed cannot be read ({reason})", capture.source)
    broken = wrong is not None and is_broken(body)
    entries = feed.entries[:-1] if broken and ends_within_an_entry(body) else feed.entries
    return [
        Entry(
            number,
            _address(_link(entry), base),
            title=_words(dict.get(entry, "title")),
            byline=_feed_author(entry),
            published=_date(dict.get(entry, "published")),
            modified=_date(dict.get(entry, "updated")),
        )
        for number, entry in enumerate(entries, 1)
    ], broken


def _without_entities(body: bytes, capture: Capture) -> tuple[bytes, str | None]:
    """A feed without its document type, whose entities feedparser takes seconds to see through; its charset."""
    charset = capture.charset
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        body, charset = body.decode("utf-16", "replace").encode("utf-8"), "utf-8"
        body = _DECLARATION.sub(b"", body, count=1)
    root = _ROOT.match(body)
    if root:
        declaration = _DECLARATION.match(body)
        return (declaration[0] if declaration else b"") + body[root.start("tag") :], charset
    if b"<!ENTITY" in body[: 64 * 1024].upper():
        raise BadFeed("this feed declares entities of its own, which are not read", capture.source)
    return body, charset


def _link(entry: Any) -> str | None:
    """The address of an entry's page; a guid that is one is among feedparser's links, another names no page."""
    link = dict.get(entry, "link")
    return link if isinstance(link, str) else None


def _feed_author(entry: Any) -> str | None:
    stated = dict.get(entry, "author")
    if isinstance(stated, str) and "@" in stated:
        # feedparser itself knows no top-level domain of more than a few letters.
        return _author(stated)
    named = [_author(one.get("name")) for one in dict.get(entry, "authors") or () if isinstance(one, dict)]
    return ", ".join(dict.fromkeys(filter(None, named))) or _author(stated)


def _author(stated: object) -> str | None:
    """A name without the address that RSS wants beside it: ``ann@news.example (Ann Lee)``."""
    name = _words(stated)
    if name and "@" in name:
        in_brackets = _IN_BRACKETS.search(name)
        name = in_brackets[1].strip() if in_brackets else None
    return name


def _words(stated: object) -> str | None:
    """A stated text on one line, without mark-up."""
    if not isinstance(stated, str):
        return None
    plain = whole(html.unescape(_TAG.sub("", html.unescape(stated[: 4 * _LONGEST]))))
    return " ".join(plain.split())[:_LONGEST].strip() or None


def _date(stated: object) -> str | None:
    return iso_date(stated.strip()) if isinstance(stated, str) else None


def _language(stated: object) -> str | None:
    return stated if isinstance(stated, str) and _LANGUAGE.fullmatch(stated) else None


def _address(stated: object, base: str) -> str | None:
    """An entry's address, made whole by that of its list; only what is on the web."""
    if not isinstance(stated, str) or not stated.strip():
        return None
    try:
        address = whole(urljoin(base, stated.strip()))
    except ValueError:
        return None
    return address if address.lower().startswith(("http://", "https://")) else None


def newest_first(entries: tuple[Entry, ...], since: str | None) -> Iterator[Entry]:
    """Yield entries, the newest first and those without a date last; those of before ``since`` are left out."""
    for entry in sorted(entries, key=lambda one: _moment(one.date), reverse=True):
        if since is None or entry.date is None or entry.date[: len(since)] >= since[: len(entry.date)]:
            yield entry


def _moment(date: str | None) -> str:
    """A key by which dates with and without a time zone can be ordered."""
    if date is None:
        return ""
    try:
        moment = datetime.fromisoformat(date)
    except ValueError:
        return date
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC).isoformat()
