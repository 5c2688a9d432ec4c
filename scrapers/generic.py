"""Any HTML article: trafilatura tells which words are the article, our walk of the page keeps their form.

trafilatura's own tree, asked for links and bold type, loses words around links where paragraphs are
``<div>``, loses nested links and the order of tails. Its plain text is complete. So the page is
walked once by our builder, and the blocks whose words trafilatura chose are kept: nothing is
rewritten, every offset, link and bold span is the page's own.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from types import MappingProxyType

from lxml.html import HtmlElement

from scrapers.charset import decode
from scrapers.choosing import choose
from scrapers.clearing import clear
from scrapers.document import Block, Capture, Document
from scrapers.doubt import doubt_of
from scrapers.errors import EmptyInput, NoArticle
from scrapers.extractor import article_text
from scrapers.furniture import is_control, is_labelled_link, notices, opens_elsewhere
from scrapers.html_tree import grow, parse, web_address
from scrapers.metadata import Metadata, read_metadata
from scrapers.prose import Prose, lost_lines, main_lines, plain
from scrapers.richtext import RichText, TextBuilder, shifted
from scrapers.site import Site, apply, layout_doubt
from scrapers.walls import names_of, refuse_wall, runs_of

EXTRACTOR = ("generic-html", "1")

#: A page of more elements is a machine's dump, not an article; 20,000 take the extractor a second.
_MAX_ELEMENTS = 60_000
#: An article of fewer characters is looked for again by trafilatura itself; it takes this number for its own.
_SHORT = 250


def extract_html(capture: Capture, site: Site | None = None) -> Document:
    """Return the article of an HTML page: its text with blocks and links, and what it says of itself.

    The headline is the first block. ``kind`` is article, or release or report where the page says
    so. What ``site`` declares goes before what is found on any page. Raises ``EmptyInput`` for a
    body without content, ``NoArticle`` for a page without one and ``WallPage`` for what stands in its place.
    """
    tree = parse_html(capture)
    address = capture.final_url or capture.url
    if sum(1 for _ in tree.iter()) > _MAX_ELEMENTS:
        raise NoArticle("this page has too many elements to be an article", capture.source)
    base = _base_of(tree, address)
    metadata = read_metadata(tree, address)
    refuse_wall(names_of(tree), runs_of(tree), capture.source, is_dated=metadata.published is not None)
    roots: list[HtmlElement] = []
    if site is not None:
        metadata, roots = apply(site, tree, metadata)
    was_found = True
    if roots:
        article, prose = _grown(roots, base), Prose(tree)
    else:
        clear(tree)
        chosen, prose = _article_lines(tree, address, capture.source)
        chosen = main_lines(prose, chosen) or chosen
        lines = (chosen, lost_lines(prose, chosen))
        article, was_found = choose(_grown([tree], base), *lines, metadata.title, _description(tree))
    text = _with_headline(_mark_furniture(article), metadata.title)
    content = [block for block in text.blocks if block.tag not in ("nav", "footer", "h")]
    said = [text.text[block.start : block.end] for block in content]
    if not said or _is_menu(said, tree):
        raise _no_article(capture.source)
    doubt = doubt_of(prose, said, partial(_source_of, capture), was_found=was_found)
    return _document(text, metadata, address, doubt)


def _source_of(capture: Capture) -> str:
    return decode(capture.body, capture.charset)


def parse_html(capture: Capture) -> HtmlElement:
    """Return the tree of a page, whatever its state; raises ``EmptyInput`` where there is nothing."""
    tree = parse(decode(capture.body, capture.charset))
    if tree is None:
        raise EmptyInput("the page is empty", capture.source)
    return tree


def _grown(roots: list[HtmlElement], base: str | None) -> RichText:
    builder = TextBuilder()
    for root in roots:
        builder.start_block()
        grow(root, builder, base=base)
    return builder.build()


def _mark_furniture(text: RichText) -> RichText:
    """Tag what remains of the page's furniture: pointers elsewhere as ``nav``, notices as ``footer``."""
    blocks = list(text.blocks)
    is_list = False
    for number, block in enumerate(blocks):
        words = text.text[block.start : block.end]
        linked = sum(link.end - link.start for link in text.links if block.start <= link.start < block.end)
        is_linked = linked >= 0.5 * len(words)
        at_edge = number < 2 or number >= len(blocks) - 3
        # A heading such as "Related" reaches over the links under it.
        is_list = opens_elsewhere(words) if block.tag == "h" else is_list and is_linked
        if is_list or (linked and is_labelled_link(words)) or (at_edge and is_control(words)):
            blocks[number] = replace(block, tag="nav", level=0)
        elif number >= len(blocks) - 3 and number > 3 and len(words) <= 400 and notices(words):
            blocks[number] = replace(block, tag="footer", level=0)
    return replace(text, blocks=tuple(blocks))


def _is_menu(blocks: list[str], tree: HtmlElement) -> bool:
    """Tell whether each block is a whole link or menu of the page: pointers to articles, none itself."""
    pointers = {plain(str(element.text_content())) for element in tree.iter("a", "nav")}
    return all(plain(words) in pointers for words in blocks)


def _no_article(source: str) -> NoArticle:
    return NoArticle("no article text was found on this page", source)


def _base_of(tree: HtmlElement, address: str | None) -> str | None:
    """Return the address that relative links start from: ``<base href>``, itself often relative."""
    element = tree.find(".//base[@href]")
    stated = web_address(element.get("href"), address) if element is not None else None
    return stated or address


def _article_lines(tree: HtmlElement, address: str | None, source: str) -> tuple[list[str], Prose]:
    """Return the article's lines as trafilatura reads them, and the page's prose; raises ``NoArticle``.

    It compares itself with other extractors only where its own reading holds little of the prose: it takes
    theirs where they give more than twice as much, or where its own is next to nothing.
    """
    text = article_text(tree, address, is_quick=True) or ""
    # Only now: it has taken further articles and comments out of the tree.
    prose = Prose(tree)
    kept, whole = prose.shares(text.splitlines())
    if len(text) < _SHORT or 2 * kept < whole:
        text = article_text(tree, address) or ""
        prose = Prose(tree)
    if not text:
        raise _no_article(source)
    return [line for line in text.splitlines() if plain(line)], prose


def _description(tree: HtmlElement) -> str | None:
    """Return what the page says of itself in a sentence or two."""
    stated = {meta.get("property") or meta.get("name"): meta.get("content") for meta in tree.iter("meta")}
    return stated.get("og:description") or stated.get("description")


def _with_headline(text: RichText, title: str | None) -> RichText:
    """Make the page's headline the first block, unless one of the first blocks says it already."""
    if title is None:
        return text
    wanted = plain(title)
    for number, block in enumerate(text.blocks[:4]):
        if plain(text.text[block.start : block.end]) == wanted:
            blocks = list(text.blocks)
            blocks[number] = replace(block, tag="h", level=1)
            return replace(text, blocks=tuple(blocks))
    shift = len(title) + 2
    return RichText(
        f"{title}\n\n{text.text}" if text.text else title,
        (Block(0, len(title), "h", 1), *(shifted(block, shift) for block in text.blocks)),
        tuple(replace(link, start=link.start + shift, end=link.end + shift) for link in text.links),
    )


def _document(text: RichText, metadata: Metadata, address: str | None, doubt: str | None) -> Document:
    return Document(
        kind=metadata.kind,
        text=text.text,
        url=metadata.url or address,
        title=metadata.title,
        byline=metadata.byline,
        publisher=metadata.publisher,
        published=metadata.published,
        modified=metadata.modified,
        language=metadata.language,
        blocks=text.blocks,
        links=text.links,
        doubt="; ".join(filter(None, (layout_doubt(metadata.won_by), doubt))) or None,
        won_by=MappingProxyType({"text": "trafilatura", **metadata.won_by}),
    )
