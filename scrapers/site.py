"""A site as data: what on its pages differs from any article, and which site a page belongs to.

One file a site, ``scrapers/sites/NAME.py``, declares a ``SITE``, or ``SITES`` where its sections have
layouts of their own; nothing lists them. They are looked for once, when the first page arrives.
"""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, replace
from functools import cache
from html import unescape
from importlib import import_module
from types import MappingProxyType
from urllib.parse import SplitResult, urlsplit

from lxml import etree
from lxml.html import HtmlElement

from scrapers import sites
from scrapers.document import DOCUMENT_KINDS
from scrapers.dump_dates import read_date
from scrapers.errors import ScrapeError
from scrapers.jsonld import one_line
from scrapers.metadata import Metadata, iso_date

#: Where a page's head, and in it its address, is looked for, in bytes; heads of real pages are smaller.
_HEAD = 262_144
_HEAD_END = re.compile(rb"</head|<body\b", re.IGNORECASE)
_TAG = re.compile(rb"<(?:link|meta)\b[^<>]{1,2000}>", re.IGNORECASE)
#: What stands before the names in a byline.
_BY = re.compile(r"^by:?\s+", re.IGNORECASE)
#: The styles of a name: "The Rt Hon Ann Lee MP".
_STYLES = re.compile(
    r"^(?:the )?(?:rt\.?|right) hon(?:ourable|\.)? (?:the )?|(?:,? (?:MPs?|MSP?|MLA|[KQ]C|[CDKMO]BE|K?CB|CMG))+$",
    re.IGNORECASE,
)
#: What ``won_by["layout"]`` says where none of a site's layouts was found.
_LOST = "generic: {}'s layout not found"
_LOST_NAME = re.compile(re.escape(_LOST).replace(r"\{\}", "(.+)"))
_ATTRIBUTE = re.compile(r"""(?<![a-z-])([a-z-]++)\s*+=\s*+(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))""", re.IGNORECASE)


class BadSite(ScrapeError):
    """A file in ``scrapers/sites`` that cannot be used."""

    usual_remedy = 'mend the file; "Add a site" in CONTRIBUTING.md says what it declares'
    usual_stage = "extract"


@dataclass(frozen=True, slots=True)
class Site:
    """What differs on one site's pages from any article; what is left out is found as on any page.

    ``name`` (the file's own name) and ``version`` name the extraction in the database: raise the
    version with every change that gives other words. ``hosts`` hold with their subdomains; ``paths``
    are beginnings of the addresses' paths, for a host whose sections differ; ``*`` stands for anything
    in between ("/*/bulletins/").

    The rest but ``publisher``, ``house`` and ``kind`` are XPaths over the page; ``by_class`` and ``by_attribute`` write
    the usual ones.
    ``drop``: furniture, taken out with all that it holds. ``body``: where the article's words stand,
    one XPath a layout, the newest first; the first that finds words counts. ``lead``: what belongs to
    the article but stands outside of its body. Without ``body``, the article is looked for as on any page.
    ``title_at``, ``publisher_at``, ``byline_at`` (several names are joined), ``published_at`` and
    ``modified_at`` (ISO 8601, such as a ``@datetime``, or a date in words): elements, attributes or a
    string, of which the first counts; ``publisher`` holds where no other name is found. ``speaker_at``:
    whose speech the page is; it becomes the byline, and the reader takes the words for theirs.
    ``house``: other names under which the organisation is its own author ("Staff"), which no person is.

    Raises ValueError for what cannot work.
    """

    name: str
    version: str
    hosts: tuple[str, ...]
    paths: tuple[str, ...] = ("/",)
    drop: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    lead: str | None = None
    publisher: str | None = None
    publisher_at: str | None = None
    title_at: str | None = None
    byline_at: str | None = None
    speaker_at: str | None = None
    house: tuple[str, ...] = ()
    published_at: str | None = None
    modified_at: str | None = None
    kind: str | None = None

    def __post_init__(self) -> None:
        for field in ("hosts", "paths", "drop", "body", "house"):
            if not isinstance(getattr(self, field), tuple):
                raise ValueError(f'{field} is not a tuple; one alone is written ("…",)')
        if not self.name or not self.version or not self.hosts:
            raise ValueError("it needs a name, a version and hosts")
        for host in self.hosts:
            if not re.fullmatch(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+", host):
                raise ValueError(f"{host!r} is not a host in small letters, such as news.example.org")
        if not all(path.startswith("/") for path in self.paths):
            raise ValueError('paths begin with "/"')
        if self.kind is not None and self.kind not in DOCUMENT_KINDS:
            raise ValueError(f"{self.kind!r} is not one of the kinds {', '.join(DOCUMENT_KINDS)}")
        at = (self.title_at, self.byline_at, self.speaker_at, self.publisher_at, self.published_at, self.modified_at)
        for xpath in (*self.drop, *self.body, self.lead, *at):
            _check(xpath)


def by_class(*names: str) -> str:
    """Return the XPath of every element that has one of these classes."""
    tests = (f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')" for name in names)
    return f"//*[{' or '.join(tests)}]"


def by_attribute(name: str, *values: str) -> str:
    """Return the XPath of every element whose attribute is one of these values."""
    tests = (f'@{name}="{value}"' for value in values)
    return f"//*[{' or '.join(tests)}]"


def lost_layout(won_by: Mapping[str, str]) -> str | None:
    """Return the name of the site none of whose layouts was found on a page, None where all is well."""
    found = _LOST_NAME.fullmatch(won_by.get("layout", ""))
    return found[1] if found else None


def layout_doubt(won_by: Mapping[str, str]) -> str | None:
    """Return the doubt of a page none of whose site's layouts was found, in one line; None without one."""
    name = lost_layout(won_by)
    return f"the layout of {name} was not found, read as any page" if name else None


def apply(site: Site, tree: HtmlElement, metadata: Metadata) -> tuple[Metadata, list[HtmlElement]]:
    """Read a page as its site's file says: what it states, and the elements that hold its article.

    Takes the furniture out of ``tree``. No elements where the site names no body, and where it does but
    the page has none such: ``won_by["layout"]`` then says that the layout was not found.
    """
    metadata = _stated(site, tree, metadata)
    for xpath in site.drop:
        for element in _elements(tree, xpath):
            if element.getparent() is not None:
                element.drop_tree()
    roots = _article(site, tree)
    if not site.body:
        return metadata, roots
    won = {"text": site.name} if roots else {"layout": _LOST.format(site.name)}
    return replace(metadata, won_by=MappingProxyType({**metadata.won_by, **won})), roots


def site_of(address: str) -> Site | None:
    """Return the site whose pages stand at an address: by host, itself or above, and path; the closest wins.

    Raises BadSite where the file of any site cannot be used.
    """
    parts = _split(address)
    host = (parts.hostname or "").rstrip(".") if parts is not None else ""
    if parts is None or not host:
        return None
    path = parts.path or "/"
    served = [
        (len(own), len(start.replace("*", "")), site)
        for site in all_sites()
        for own in site.hosts
        if host == own or host.endswith(f".{own}")
        for start in site.paths
        if _path(start).match(path)
    ]
    return max(served, key=lambda found: found[:2], default=(0, 0, None))[2]


def stated_address(body: bytes) -> str | None:
    """Return the address that a saved page's head gives as its own: its canonical link, else ``og:url``."""
    end = _HEAD_END.search(body, 0, _HEAD)
    other = None
    for tag in _TAG.finditer(body, 0, end.start() if end else _HEAD):
        attributes = {
            name.lower(): unescape(double or single or bare).strip()
            for name, double, single, bare in _ATTRIBUTE.findall(tag.group().decode("latin-1"))
        }
        if "canonical" in attributes.get("rel", "").lower().split() and _is_address(attributes.get("href", "")):
            return attributes["href"]
        if "og:url" in (attributes.get("property"), attributes.get("name")):
            other = other or attributes.get("content")
    return other if other and _is_address(other) else None


@cache
def all_sites() -> tuple[Site, ...]:
    """Return the sites of ``scrapers/sites``, by name; raises BadSite for a file that cannot be used."""
    return discover(sites.__name__, list(sites.__path__))


def discover(package: str, folders: list[str]) -> tuple[Site, ...]:
    """Return the ``SITE`` or ``SITES`` of every module of a package, by name; raises BadSite."""
    found: list[Site] = []
    serving: dict[tuple[str, str], str] = {}
    for name in sorted(module.name for module in pkgutil.iter_modules(folders)):
        file = f"{package.replace('.', '/')}/{name}.py"
        try:
            module = import_module(f"{package}.{name}")
        except Exception as error:  # whatever a broken module raises, it is named in one line
            raise BadSite(f"a site's file cannot be used ({error})", file) from error
        declared = getattr(module, "SITES", None) or (getattr(module, "SITE", None),)
        if not isinstance(declared, tuple) or not all(isinstance(site, Site) for site in declared):
            raise BadSite("a site's file declares no SITE = Site(…), nor SITES, several of them", file)
        for site in declared:
            if site.name != name:
                raise BadSite(f"a site's file is named otherwise than its site, {site.name!r}", file)
            if site.version != declared[0].version:
                raise BadSite(f"the sections of a site have two versions, {site.version!r} too", file)
            for place in ((host, path) for host in site.hosts for path in site.paths):
                if place in serving:
                    raise BadSite(f"{''.join(place)} is served by {serving[place]} already", file)
                serving[place] = name
        found.extend(declared)
    return tuple(found)


def _stated(site: Site, tree: HtmlElement, metadata: Metadata) -> Metadata:
    """Lay what the site's file finds over what any page says of itself."""
    won = dict(metadata.won_by)

    def first(name: str, value: str | None, otherwise: str | None) -> str | None:
        if value:
            won[name] = site.name
        return value or otherwise

    title = first("title", next(_strings(tree, site.title_at), None), metadata.title)
    name = next(_strings(tree, site.publisher_at), None)
    publisher = first("publisher", name or site.publisher, metadata.publisher)
    speaker = first("speaker", _STYLES.sub("", next(_strings(tree, site.speaker_at), "")), None)
    signed = speaker or ", ".join(dict.fromkeys(_BY.sub("", text, count=1) for text in _strings(tree, site.byline_at)))
    byline = first("byline", signed, metadata.byline)
    if byline and not (byline := _without_house(byline, {publisher, *site.house})):
        # The organisation is named as its own author: no person is.
        won.pop("byline", None)
    published = first("published", _date(tree, site.published_at), metadata.published)
    modified = first("modified", _date(tree, site.modified_at), metadata.modified)
    kind = first("kind", site.kind, metadata.kind) or metadata.kind
    return replace(
        metadata,
        title=title,
        publisher=publisher,
        byline=byline,
        published=published,
        modified=modified,
        kind=kind,
        won_by=MappingProxyType(won),
    )


def _without_house(byline: str, house: Set[str | None]) -> str | None:
    """Return those of a byline's names that are not the organisation's own."""
    own = {name.casefold() for name in house if name}
    if byline.casefold() in own:
        return None
    return ", ".join(name for name in byline.split(", ") if name.casefold() not in own) or None


def _date(tree: HtmlElement, xpath: str | None) -> str | None:
    """Return the first of the dates that can be read, in ISO 8601."""
    stated = (iso_date(text) or read_date(text) for text in _strings(tree, xpath))
    return next((found for found in stated if found), None)


def _article(site: Site, tree: HtmlElement) -> list[HtmlElement]:
    """Return the elements that hold the article, in the page's order and none inside another."""
    for body in site.body:
        if not any(one_line(element.text_content()) for element in _elements(tree, body)):
            continue
        found = list(_elements(tree, f"{site.lead} | {body}" if site.lead else body))
        inner = {inside for element in found for inside in element.iterdescendants()}
        return [element for element in found if element not in inner]
    return []


def _elements(tree: HtmlElement, xpath: str) -> Iterator[HtmlElement]:
    found = _compiled(xpath)(tree)
    yield from (item for item in (found if isinstance(found, list) else ()) if isinstance(item, HtmlElement))


def _strings(tree: HtmlElement, xpath: str | None) -> Iterator[str]:
    if xpath is None:
        return
    found = _compiled(xpath)(tree)
    for item in found if isinstance(found, list) else [found]:
        text = one_line(item.text_content() if isinstance(item, HtmlElement) else item)
        if text:
            yield text


@cache
def _path(start: str) -> re.Pattern[str]:
    """The pattern of a path's beginning, in which ``*`` stands for anything."""
    first, *others = map(re.escape, start.split("*"))
    # The first place that fits is as good as any, and the only one tried.
    return re.compile(first + "".join(f"(?>.*?{other})" for other in others), re.DOTALL)


@cache
def _compiled(xpath: str) -> etree.XPath:
    return etree.XPath(xpath, smart_strings=False)


def _check(xpath: str | None) -> None:
    """Raise ValueError for what is no XPath; unknown functions show only when it is used."""
    try:
        if xpath is not None:
            _compiled(xpath)(etree.Element("html"))
    except etree.XPathError as error:
        raise ValueError(f"{xpath!r} is not an XPath: {error}") from error


def _is_address(stated: str) -> bool:
    parts = _split(stated)
    return parts is not None and parts.scheme in ("http", "https") and bool(parts.hostname)


def _split(address: str) -> SplitResult | None:
    try:
        return urlsplit(address)
    except ValueError:
        return None
