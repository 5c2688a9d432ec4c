"""HTML trees: parsed without fear of their depth, and walked once into text, blocks and links."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from lxml import etree
from lxml.html import HtmlComment, HtmlElement, HtmlEntity, HTMLParser, HtmlProcessingInstruction, document_fromstring

from scrapers.attributes import bounded
from scrapers.markup import mend
from scrapers.richtext import TextBuilder
from scrapers.unwrap import unwrapped

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
#: The same characters where they are one byte, and the encoded beginning of U+FFFE and U+FFFF.
_NOT_XML_BYTES = bytes([*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F])
_NO_CHARACTER = b"\xef\xbf"
#: lxml.html asks a Python function for the class of each element that is touched, a tenth of the time of
#: a page; only its forms, which nothing here fills in, have classes of their own.
_CLASSES = etree.ElementDefaultClassLookup(
    element=HtmlElement, comment=HtmlComment, pi=HtmlProcessingInstruction, entity=HtmlEntity
)
#: Elements deeper than this are dropped, their words kept: the extractors' time grows with the
#: square of the depth. Real pages stay under 100.
_DEEPEST = 200
_KEPT_DEEP = frozenset({"p", "a", "br", "li", "b", "strong", "blockquote", *(f"h{n}" for n in range(1, 7))})
SKIPPED = frozenset(
    {"head", "script", "style", "title", "template", "noscript", "svg", "math", "iframe", "object", "embed"}
    | {"applet", "select", "option", "textarea", "map", "audio", "video", "canvas", "datalist", "meter"}
)
HEADINGS = {f"h{level}": level for level in range(1, 7)}
PARAGRAPHS = frozenset(
    {"p", "div", "section", "article", "main", "header", "footer", "aside", "nav", "body", "html", "address"}
    | {"center", "dd", "dt", "dl", "fieldset", "form", "details", "summary", "figure", "hr", "caption"}
    | {"thead", "tbody", "tfoot", "tr", "td", "th", "table"}
)
LISTS = frozenset({"ul", "ol", "dir", "menu"})
BOLD = frozenset({"b", "strong"})
_BLOCKS = frozenset({*HEADINGS, *PARAGRAPHS, *LISTS, "li", "blockquote", "figcaption", "pre"})
#: Whether a tree is deeper than that, asked of libxml2: nearly no tree is, and each is asked.
_IS_DEEP = etree.XPath(f"boolean({'/*' * (_DEEPEST + 1)})")


def parse(text: str) -> HtmlElement | None:
    """Return the tree of an HTML text, whatever its state, None where it holds nothing.

    Its words are those that a reader sees (``mend``): raised digits are raised, what is struck out is gone.
    """
    source = _clean(bounded(text))
    if not source:
        return None
    # Without huge_tree libxml2 silently drops all that lies deeper than 255 elements.
    parser = HTMLParser(collect_ids=False, encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    parser.set_element_class_lookup(_CLASSES)
    try:
        tree = document_fromstring(source, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None
    _flatten(tree)
    mend(tree)
    return tree


def _clean(text: str) -> bytes:
    """Return a page in UTF-8 without what XML cannot hold and without white space around it.

    Nearly no page has anything of the kind, which its bytes tell ten times as fast as a pattern.
    """
    try:
        source = text.strip().encode()
        if _NO_CHARACTER not in source and len(source.translate(None, _NOT_XML_BYTES)) == len(source):
            return source
    except UnicodeEncodeError:  # a lone surrogate
        pass
    return _NOT_XML.sub("", text).strip().encode()


def _flatten(tree: HtmlElement) -> None:
    """Take away the elements, not the words, that lie deeper than any page needs."""
    if not _IS_DEEP(tree):
        return
    depth = 0
    deep: list[HtmlElement] = []
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if event == "start" and depth > _DEEPEST and isinstance(element, HtmlElement):
            deep.append(element)
    for element in reversed(deep):
        if element.tag not in _KEPT_DEEP or depth_of(element) > 2 * _DEEPEST:
            element.drop_tag()


def depth_of(element: etree._Element) -> int:
    """Return how many elements hold an element."""
    return sum(1 for _ in element.iterancestors())


def web_address(href: str | None, base: str | None) -> str | None:
    """Return the absolute address of a link, None for what leads nowhere (``#top``, ``javascript:``).

    What a known redirector only passes on is the target that stands in it.
    """
    if not href or not (href := href.strip()) or href.startswith("#"):
        return None
    try:
        address = urljoin(base, href) if base else href
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https", "mailto", "tel", "ftp"):
        return None
    if parts.scheme in ("mailto", "tel"):
        return address
    return unwrapped(address) if parts.netloc else None


def grow(
    root: etree._Element,
    builder: TextBuilder,
    *,
    base: str | None = None,
    is_hidden: Callable[[etree._Element], bool] | None = None,
) -> None:
    """Walk an HTML tree and grow the builder by its words, blocks, bold spans and links.

    ``base`` resolves relative addresses. Elements that ``is_hidden`` says yes to are left out with
    all that they hold. Works without recursion, so that no nesting is too deep.
    """
    _Walk(builder, base, is_hidden).run(root)


@dataclass(slots=True)
class _Walk:
    builder: TextBuilder
    base: str | None
    is_hidden: Callable[[etree._Element], bool] | None
    lists: int = 0
    items: int = 0
    quotes: int = 0
    heading: int = 0
    captions: int = 0
    preformatted: int = 0
    data_table: etree._Element | None = None
    linked: list[bool] = field(default_factory=list)
    #: Of each link its address: a page often links the same twice, by picture and by headline.
    addresses: dict[str | None, str | None] = field(default_factory=dict)

    def run(self, root: etree._Element) -> None:
        walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        skipped: etree._Element | None = None
        for event, element in walk:
            if event == "start":
                if skipped is None and self._is_skipped(element):
                    skipped = element
                    walk.skip_subtree()
                elif skipped is None:
                    self._enter(element)
                continue
            if event == "end":
                if skipped is element:
                    skipped = None
                elif skipped is None:
                    self._leave(element)
            if skipped is None and element is not root and (words := element.tail):
                self._words(words)

    def _words(self, text: str) -> None:
        if not self.preformatted:
            self.builder.words(text)
            return
        for number, line in enumerate(text.splitlines()):
            if number:
                self.builder.line_break()
            self.builder.words(line)

    def _is_skipped(self, element: etree._Element) -> bool:
        if element.tag in SKIPPED:
            return True
        return self.is_hidden is not None and self.is_hidden(element)

    def _enter(self, element: etree._Element) -> None:
        tag = element.tag
        if tag in BOLD:
            self.builder.begin_bold()
        elif tag == "a":
            address = self._address(element.get("href"))
            self.linked.append(address is not None)
            if address is not None:
                self.builder.begin_link(address)
        elif tag == "br":
            if self.data_table is None:
                self.builder.line_break()
            else:
                self.builder.words(" ")
        elif tag in _BLOCKS:
            self._enter_block(element)
        if words := element.text:
            self._words(words)

    def _address(self, href: str | None) -> str | None:
        if href not in self.addresses:
            self.addresses[href] = web_address(href, self.base)
        return self.addresses[href]

    def _enter_block(self, element: etree._Element) -> None:
        tag = element.tag
        if self.data_table is not None:
            self._table_part(element)
            return
        if tag in HEADINGS:
            self.heading = HEADINGS[tag]
        elif tag == "table" and is_data_table(element):
            self.data_table = element
        elif tag not in PARAGRAPHS:
            self._count(tag, 1)
        self._break()

    def _leave(self, element: etree._Element) -> None:
        tag = element.tag
        if tag in BOLD:
            self.builder.end_bold()
        elif tag == "a":
            if self.linked and self.linked.pop():
                self.builder.end_link()
        elif element is self.data_table:
            self.data_table = None
            self._break()
        elif self.data_table is not None:
            if tag not in ("td", "th", "tr"):
                self._table_part(element)
        elif tag in _BLOCKS:
            self._leave_block(tag)

    def _leave_block(self, tag: str) -> None:
        if tag in HEADINGS:
            self.heading = 0
        elif tag not in PARAGRAPHS:
            self._count(tag, -1)
        self._break()

    def _count(self, tag: str, step: int) -> None:
        """Count how deep the walk stands in lists, items, quotations, captions and preformatted text."""
        if tag == "li":
            self.items += step
        elif tag in LISTS:
            self.lists += step
        elif tag == "blockquote":
            self.quotes += step
        elif tag == "figcaption":
            self.captions += step
        elif tag == "pre":
            self.preformatted += step

    def _table_part(self, element: etree._Element) -> None:
        if element.tag == "tr":
            self.builder.row_break()
        elif element.tag in ("td", "th"):
            self.builder.cell_break()
        elif element.tag in PARAGRAPHS or element.tag in HEADINGS or element.tag == "li":
            self.builder.words(" ")

    def _break(self) -> None:
        """Begin a block of the tag that the ancestors give."""
        if self.data_table is not None:
            self.builder.start_block("table")
        elif self.heading:
            self.builder.start_block("h", self.heading)
        elif self.quotes:
            self.builder.start_block("blockquote")
        elif self.items:
            self.builder.start_block("li", max(1, self.lists))
        else:
            self.builder.start_block("figcaption" if self.captions else "pre" if self.preformatted else "p")


def is_data_table(table: etree._Element) -> bool:
    """Tell a table of figures from one that only lays out the page.

    A data table has rows of several filled cells, no table inside, and short cells without blocks
    of prose.
    """
    if table.get("role") in ("presentation", "none"):
        return False
    if any(inner is not table for inner in table.iter("table", "h1", "h2", "h3", "ul", "ol", "blockquote")):
        return False
    full_rows = cells = length = 0
    for row in table.iter("tr"):
        sizes = [len("".join(map(str, cell.itertext())).strip()) for cell in row if cell.tag in ("td", "th")]
        filled = [size for size in sizes if size]
        full_rows += len(filled) > 1
        cells += len(filled)
        length += sum(filled)
        if any(size > 400 for size in filled):
            return False
    return full_rows >= 2 and length <= 100 * cells
