"""Any HTML article: trafilatura tells which words are the article, our walk of the page keeps their form.

trafilatura's own tree, asked for links and bold type, loses words around links where paragraphs are
``<div>``, loses nested links and the order of tails. Its plain text is complete. So the page is
walked once by our builder, and the blocks whose words trafilatura chose are kept: nothing is
rewritten, every offset, link and bold span is the page's own.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType

from lxml.html import HtmlElement

from scrapers.charset import decode
from scrapers.document import Block, Capture, Document
from scrapers.errors import EmptyInput, NoArticle
from scrapers.extractor import article_text
from scrapers.furniture import is_caption, is_control, is_labelled_link, notices, opens_elsewhere
from scrapers.html_tree import grow, parse, web_address
from scrapers.metadata import Metadata, read_metadata
from scrapers.richtext import RichText, TextBuilder, pick, shifted
from scrapers.site import Site, apply

EXTRACTOR = ("generic-html", "1")

#: A page of more elements is a machine's dump, not an article; 20,000 take the extractor a second.
_MAX_ELEMENTS = 60_000
#: Characters from which a run of letters and digits is found by containment, not only as a whole.
_TELLING = 25
#: The share of a block that a line must make up to bring the block in.
_MIN_SHARE = 0.3
#: The share of the article's words that must be found among the page's blocks.
_MIN_COVERAGE = 0.8


def extract_html(capture: Capture, site: Site | None = None) -> Document:
    """Return the article of an HTML page: its text with blocks and links, and what it says of itself.

    The headline is the first block. ``kind`` is article, or release or report where the page says
    so. What ``site`` declares goes before what is found on any page. Raises ``EmptyInput`` for a
    body without content and ``NoArticle`` for a page without one.
    """
    tree = parse_html(capture)
    address = capture.final_url or capture.url
    if sum(1 for _ in tree.iter()) > _MAX_ELEMENTS:
        raise NoArticle("this page has too many elements to be an article", capture.source)
    base = _base_of(tree, address)
    metadata = read_metadata(tree, address)
    roots: list[HtmlElement] = []
    if site is not None:
        metadata, roots = apply(site, tree, metadata)
    if roots:
        article = _grown(roots, base)
    else:
        chosen = _article_lines(tree, address, capture.source)
        article = _choose(_grown([tree], base), chosen, metadata.title)
    text = _with_headline(_mark_furniture(article), metadata.title)
    content = [block for block in text.blocks if block.tag not in ("nav", "footer", "h")]
    if not content or _is_menu([text.text[block.start : block.end] for block in content], tree):
        raise _no_article(capture.source)
    return _document(text, metadata, address)


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
    pointers = {_plain(str(element.text_content())) for element in tree.iter("a", "nav")}
    return all(_plain(words) in pointers for words in blocks)


def _no_article(source: str) -> NoArticle:
    return NoArticle("no article text was found on this page", source)


def _base_of(tree: HtmlElement, address: str | None) -> str | None:
    """Return the address that relative links start from: ``<base href>``, itself often relative."""
    element = tree.find(".//base[@href]")
    stated = web_address(element.get("href"), address) if element is not None else None
    return stated or address


def _article_lines(tree: HtmlElement, address: str | None, source: str) -> list[str]:
    """Return the article's lines as trafilatura reads them; raises ``NoArticle``."""
    text = article_text(tree, address)
    if not text:
        raise _no_article(source)
    return [line for line in text.splitlines() if _plain(line)]


def _choose(page: RichText, lines: list[str], headline: str | None) -> RichText:
    """Keep the blocks of a page whose words are among an article's lines; else the bare lines."""
    keys = [_plain(page.text[block.start : block.end]) for block in page.blocks]
    wanted = [_plain(line) for line in lines]
    kept = _matching(keys, wanted)
    if sum(len(keys[number]) for number in kept) < _MIN_COVERAGE * sum(map(len, wanted)):
        builder = TextBuilder()
        for line in lines:
            builder.start_block()
            builder.words(line)
        return builder.build()
    return pick(page, kept | _lost_between(page, kept, headline))


def _matching(keys: list[str], wanted: list[str]) -> set[int]:
    """Return the numbers of the blocks that say the wanted lines, each as often as it is wanted."""
    places: dict[str, list[int]] = {}
    for number, key in enumerate(keys):
        places.setdefault(key, []).append(number)
    anchors = [places[line][0] for line in wanted if len(places.get(line, ())) == 1]
    low, high = (min(anchors), max(anchors)) if anchors else (0, len(keys))
    kept: set[int] = set()
    missing: list[str] = []
    for line, times in Counter(wanted).items():
        found = places.get(line, [])
        inside = [number for number in found if low <= number <= high]
        kept.update((inside or found)[:times])
        if not found:
            missing.append(line)
    # A line of ours may be several of theirs, or the other way round.
    stream = "".join(wanted)
    kept.update(
        n
        for n, key in enumerate(keys)
        if len(key) >= _TELLING and n not in kept and key in stream and len(places[key]) == 1
    )
    for line in missing:
        if len(line) >= _TELLING:
            holders = [n for n, key in enumerate(keys) if line in key and len(line) >= _MIN_SHARE * len(key)]
            kept.update([min(holders, key=lambda n: len(keys[n]))] if holders else [])
    return kept


def _lost_between(page: RichText, kept: set[int], headline: str | None) -> set[int]:
    """Return the blocks that the extractor dropped amid those that it kept, and that are no furniture.

    Each stands between two kept blocks, or between the headline and one: headings, questions in
    bold type, and prose that sits in a ``<div>`` among ``<p>``. Further off stand captions and teasers.
    """
    lost: set[int] = set()
    first, last = min(kept, default=0), max(kept, default=0)
    wanted = _plain(headline or "")
    for number in range(max(0, first - 6), first):
        block = page.blocks[number]
        if block.tag == "h" and _plain(page.text[block.start : block.end]) == wanted:
            first = number
    for number in range(first + 1, last):
        block = page.blocks[number]
        words = page.text[block.start : block.end]
        linked = sum(link.end - link.start for link in page.links if block.start <= link.start < block.end)
        if number in kept or linked > 0.5 * len(words) or opens_elsewhere(words):
            continue
        if number + 1 not in kept or not (number - 1 in kept | lost or number - 1 == first):
            continue
        is_asked = words.endswith("?") and (block.tag == "h" or _is_bold(block))
        is_heading = block.tag == "h" and len(words.split()) > 2
        if is_asked or is_heading or (block.tag == "p" and _is_prose(words)):
            lost.add(number)
    return lost


def _is_prose(words: str) -> bool:
    return (
        len(words) >= 80
        and words.rstrip("\"'\u201d\u2019)").endswith((".", "?", "!"))
        and not notices(words)
        and not is_caption(words)
        and not is_labelled_link(words)
    )


def _is_bold(block: Block) -> bool:
    return sum(end - start for start, end in block.bold) >= 0.9 * (block.end - block.start)


def _with_headline(text: RichText, title: str | None) -> RichText:
    """Make the page's headline the first block, unless one of the first blocks says it already."""
    if title is None:
        return text
    wanted = _plain(title)
    for number, block in enumerate(text.blocks[:4]):
        if _plain(text.text[block.start : block.end]) == wanted:
            blocks = list(text.blocks)
            blocks[number] = replace(block, tag="h", level=1)
            return replace(text, blocks=tuple(blocks))
    shift = len(title) + 2
    return RichText(
        f"{title}\n\n{text.text}" if text.text else title,
        (Block(0, len(title), "h", 1), *(shifted(block, shift) for block in text.blocks)),
        tuple(replace(link, start=link.start + shift, end=link.end + shift) for link in text.links),
    )


@lru_cache(maxsize=1024)  # each block of a page is compared with several others
def _plain(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _document(text: RichText, metadata: Metadata, address: str | None) -> Document:
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
        won_by=MappingProxyType({"text": "trafilatura", **metadata.won_by}),
    )
