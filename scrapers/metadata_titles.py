"""The title of a page: its heading as readers see it, without the site's and the section's name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scrapers.addresses import registrable_domain
from scrapers.jsonld import one_line
from scrapers.metadata_page import LONGEST_TITLE, Page

_SEPARATOR = re.compile(r"\s+(?:[|\u2013\u2014\u2022\u00b7\u00bb\u2039\u203a-]|::)\s+")
_KICKER_END = re.compile(r"\s*[|:/\u2013\u2014\u2022\u00b7\u00bb\u203a-]\s*\Z")
_LABEL = (
    r"(?:opinions?|editorial|analysis|comment|column|live(?: updates)?|video|watch|podcast|letters?|reviews?|exclusive"
    r"|explainer|updated?|news)"
)
_LABEL_BEHIND = re.compile(rf"\s+\|\s+{_LABEL}\Z", re.IGNORECASE)
_LABEL_BEFORE = re.compile(rf"\A{_LABEL}\s+\|\s+", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_CUT = re.compile(r"\s*(?:\u2026|\.\.\.)\Z")
#: Longer than any name of a section before a heading, in words.
_KICKER = 4
#: A title of more parts is none.
_MOST_PARTS = 20


def titles(page: Page, publisher: str | None, address: str | None) -> Iterator[tuple[str, str | None]]:
    """Give what the page is called, with the place that says so, the likeliest first; none that is endless."""
    for place, name in _candidates(page, publisher, address):
        if name is not None and len(name) <= LONGEST_TITLE:
            yield place, name


def _candidates(page: Page, publisher: str | None, address: str | None) -> Iterator[tuple[str, str | None]]:
    site_names = _site_names(page, publisher, address)
    shown = {plain(head) for _, head in page.heads}
    stated = [
        ("opengraph", without_site(page.first_meta("og:title"), site_names, shown)),
        ("json-ld", without_site(one_line(page.node.get("headline")), site_names, shown)),
    ]
    # A title that ends in dots is cut off; another place has the whole.
    stated.sort(key=lambda found: bool(found[1] and _CUT.search(found[1])))
    yield from stated
    first = [head for _, head in page.heads[:1] if plain(head) not in site_names]
    # A heading that the browser's title shares no word with is the site's own.
    yield from (("h1", head) for head in first if page.title is None or _shares(head, page.title))
    yield "title", without_site(page.title, site_names, shown)
    yield from (("h1", head) for head in first)
    yield from page.meta("twitter:title", "dc.title", "citation_title", "title")


def headline(page: Page, title: str | None, publisher: str | None, address: str | None) -> str | None:
    """Return the page's heading, if it says ``title`` in its own words or is the only one there is."""
    if title is None:
        return None
    site_names = _site_names(page, publisher, address)
    called = [title, one_line(page.node.get("headline")), page.first_meta("og:title"), page.title]
    names = [name for name in called if name]
    heads = [head for _, head in page.heads if not _is_house(head, site_names)]
    for name in names:
        for head in heads:
            if _agree(head, name):
                return without_kicker(head, names)
    # The only heading is the article's, though social networks are given quite another wording.
    is_alone = len(page.heads) == 1 and len(heads) == 1 and 3 <= len(_WORD.findall(heads[0])) <= 40
    return heads[0] if is_alone else None


def without_kicker(head: str, names: list[str]) -> str:
    """Take the section's name, or a note, off a heading where the page is called without it elsewhere."""
    bare = _LABEL_BEFORE.sub("", _LABEL_BEHIND.sub("", head))
    if len(_WORD.findall(bare)) >= 3:
        head = bare
    for name in names:
        at = head.casefold().find(name.casefold())
        if at < 0 or len(_WORD.findall(name)) < 3:
            continue
        before, behind = head[:at], head[at + len(name) :]
        if not behind.strip() and _KICKER_END.search(before) and len(_WORD.findall(before)) <= _KICKER:
            return head[at:]
    return head


def _shares(head: str, title: str) -> bool:
    return bool(set(_WORD.findall(head.casefold())) & set(_WORD.findall(title.casefold())))


def _is_house(head: str, site_names: set[str]) -> bool:
    """Tell whether a heading is the site's name, or its logo's text."""
    words = [word for word in _WORD.findall(head.casefold()) if word not in ("logo", "home", "the", "homepage")]
    return plain(head) in site_names or not words or all(any(word in name for name in site_names) for word in words)


def _agree(head: str, title: str) -> bool:
    wanted = set(_WORD.findall(title.casefold()))
    words = set(_WORD.findall(head.casefold()))
    return bool(words) and len(words & wanted) >= 0.5 * min(len(words), len(wanted))


def _site_names(page: Page, publisher: str | None, address: str | None) -> set[str]:
    domain = (registrable_domain(address) if address else None) or ""
    site_names = {plain(name) for name in (publisher, page.first_meta("og:site_name"), domain) if name}
    return site_names | {plain(domain.split(".")[0])}


def without_site(title: str | None, site_names: set[str], shown: set[str]) -> str | None:
    """Take the name of the site off a title; what the page shows as its heading is never shortened."""
    if title is None or plain(title) in shown:
        return title
    parts = list(_SEPARATOR.finditer(title))
    if len(parts) > _MOST_PARTS:
        return title
    if not parts:
        return None if plain(title) in site_names else title
    for cut in parts:
        if plain(title[: cut.start()]) in shown:
            return title[: cut.start()]
        if plain(title[cut.end() :]) in shown:
            return title[cut.end() :]
    head, tail = title[: parts[0].start()], title[parts[-1].end() :]
    plain_tail = plain(tail)
    is_site = any(name and (name in plain_tail or (plain_tail and plain_tail in name)) for name in site_names)
    if is_site and len(tail) < 60:
        return without_site(title[: parts[-1].start()], site_names, shown)
    if plain(head) in site_names:
        return title[parts[0].end() :]
    if "|" in parts[-1].group() and len(tail.split()) <= 4 < len(title[: parts[-1].start()].split()):
        return title[: parts[-1].start()]
    return title


def plain(text: str) -> str:
    """Return the letters and digits of a text in lower case."""
    return "".join(character for character in text.casefold() if character.isalnum())
