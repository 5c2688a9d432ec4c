"""What a page says for machines, gathered once: its meta tags, links, JSON-LD, headings and lines near them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from scrapers.jsonld import json_ld, main_node, one_line
from scrapers.metadata_lines import Line, lines_near

_PROPS = etree.XPath("//*[@itemprop]")
_MOST_HEADS = 50
#: A longer title or heading is none; longer values of meta tags are dumps.
LONGEST_TITLE = 1_000
_LONGEST_VALUE = 20_000
_NAMING = ("property", "name", "itemprop", "http-equiv")


@dataclass(frozen=True)
class Page:
    """A page's tree with what it states; ``address`` is where it was found, None for a bare file.

    ``metas``: every value of a meta tag by its name in lower case, in the page's order.
    """

    tree: HtmlElement
    address: str | None

    @cached_property
    def metas(self) -> Mapping[str, tuple[str, ...]]:
        """Every value of a meta tag by its name in lower case."""
        found: dict[str, tuple[str, ...]] = {}
        for element in self.tree.iter("meta"):
            content = one_line(element.get("content"))
            if content is None or len(content) > _LONGEST_VALUE:
                continue
            for name in {(element.get(naming) or "").strip().lower() for naming in _NAMING} - {""}:
                found[name] = (*found.get(name, ()), content)[:50]
        return found

    @cached_property
    def nodes(self) -> list[dict[str, object]]:
        """The objects of the page's JSON-LD."""
        return json_ld(self.tree)

    @cached_property
    def node(self) -> Mapping[str, object]:
        """The object of the JSON-LD that describes the article."""
        named = [self.first_meta("og:title"), self.title, *(words for _, words in self.heads)]
        return main_node(self.nodes, [name for name in named if name])

    @cached_property
    def heads(self) -> list[tuple[HtmlElement, str]]:
        """The page's headings of the first level, with their words."""
        found = ((head, one_line(head.text_content())) for head in islice(self.tree.iter("h1"), _MOST_HEADS))
        return [(head, words) for head, words in found if words and len(words) <= LONGEST_TITLE]

    @cached_property
    def title(self) -> str | None:
        """The words of ``<title>``, None where they are endless."""
        words = self._title_words
        return words if words and len(words) <= LONGEST_TITLE else None

    @property
    def has_endless_title(self) -> bool:
        """Whether ``<title>`` holds more than a title."""
        return len(self._title_words or "") > LONGEST_TITLE

    @cached_property
    def _title_words(self) -> str | None:
        title = self.tree.find(".//title")
        return one_line(title.text_content()) if title is not None else None

    @cached_property
    def _props(self) -> Mapping[str, list[HtmlElement]]:
        found: dict[str, list[HtmlElement]] = {}
        marked = _PROPS(self.tree)
        for element in marked if isinstance(marked, list) else []:
            if isinstance(element, HtmlElement) and element.tag != "meta":
                for name in (element.get("itemprop") or "").split():
                    found.setdefault(name, []).append(element)
        return found

    @cached_property
    def heading(self) -> HtmlElement | None:
        """The heading of the article: of several, the one that the page is called after."""
        called = [name for name in (self.first_meta("og:title", "twitter:title"), self.title) if name]
        wanted = {word for name in called for word in name.casefold().split()}
        fits = [(len(wanted & set(words.casefold().split())), -n) for n, (_, words) in enumerate(self.heads)]
        best = max(fits, default=(0, 0))
        if best[0] < 2:
            # Some keep the first level for their own name.
            for head in islice(self.tree.iter("h2", "h3"), _MOST_HEADS):
                words = (one_line(head.text_content()) or "").casefold()
                if len(words) >= 12 and any(name.casefold().startswith(words) for name in called):
                    return head
        return self.heads[-best[1]][0] if fits else None

    @cached_property
    def _near(self) -> tuple[list[Line], list[Line]]:
        return lines_near(self.heading) if self.heading is not None else ([], [])

    @property
    def above(self) -> list[Line]:
        """The lines above the heading, the nearest first."""
        return self._near[0]

    @property
    def below(self) -> list[Line]:
        """The lines below the heading, until the article has begun."""
        return self._near[1]

    def props(self, name: str) -> list[HtmlElement]:
        """Return the elements that microdata give a name, without meta tags."""
        return self._props.get(name, [])

    def first_meta(self, *names: str) -> str | None:
        """Return the first value of the first of these meta tags that is there."""
        return next((self.metas[name][0] for name in names if name in self.metas), None)

    def meta(self, *names: str) -> Iterator[tuple[str, str | None]]:
        """Give the first value of each of these meta tags, with the kind of its place."""
        for name in names:
            yield _place(name), self.first_meta(name)

    def meta_lists(self, *names: str) -> Iterator[tuple[str, str, tuple[str, ...]]]:
        """Give the place, the name and all values of those of these meta tags that are there."""
        for name in names:
            if name in self.metas:
                yield _place(name), name, self.metas[name]


def _place(name: str) -> str:
    return "opengraph" if name.startswith(("og:", "article:")) else "meta"
