"""What a page's markup says of its words, put into the words: what is struck out or hidden, raised or lowered.

The text of a page has no markup. Without it a footnote's mark runs into the figure before it, an exponent into
its base, and what was struck out or is not shown stands as what is said. So the tree is mended before
anything reads it, and all that reads it sees the same words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from lxml import etree
from lxml.html import HtmlElement

_STRUCK = etree.XPath("//del|//s|//strike")
_UNSEEN = etree.XPath("//*[@hidden or @style]")
_SMALL = etree.XPath("//sup|//sub")
_TO_NOTES = etree.XPath("//a[starts-with(@href, '#') or @role='doc-noteref'][not(ancestor::sup)]")
#: Elements within a line. Of hidden blocks many are the rest of an article, which a click shows.
_INLINE = frozenset(
    {"span", "b", "strong", "em", "i", "a", "sup", "sub", "font", "u", "small", "big", "mark", "ins", "abbr", "cite"}
    | {"code", "q", "label", "bdi", "bdo", "var", "kbd", "samp", "tt", "dfn", "acronym"}
)
_BLOCKS = ("p", "div", "section", "article", "main", "h1", "h2", "h3", "ul", "ol", "table", "blockquote")
_HIDING = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))\b", re.IGNORECASE)
_STRIKING = re.compile(r"(?:^|;)\s*text-decoration(?:-line)?\s*:[^;]{0,40}\bline-through\b", re.IGNORECASE)
#: More hidden words than this are the rest of a paragraph, which a click shows.
_LONGEST_HIDDEN = 300
#: Data about the page are hidden where they are for machines; they are read as such.
_DATA = ("itemprop", "property", "rel", "datetime")
#: Struck-out blocks of so many characters are looked at: an end tag may be missing.
_MASS = 2_000

_RAISED = str.maketrans("0123456789", "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079")
_LOWERED = str.maketrans("0123456789", "\u2080\u2081\u2082\u2083\u2084\u2085\u2086\u2087\u2088\u2089")
_MINUS = {"-": "\u207b", "\u2212": "\u207b", "\u2013": "\u207b"}
_LONGEST_MARK = 24
#: Digits, alone, with a sign, or several: what can be raised without being words.
_DIGITS = re.compile(r"(?=[^0-9]*[0-9])[-+\u2212\u2013]?[0-9\s,.;+/\u2044\u2013\u2212-]{1,12}")
#: Marks that are nothing but a note's, whatever their element says.
_MARK = re.compile(r"\[[^\[\]]{1,20}\]|\([0-9]{1,3}\)|[*\u2020\u2021\u00a7\u00b6]{1,4}")
_PLAIN_MARK = re.compile(r"[0-9]{1,3}(?:\s?[,;\u2013-]\s?[0-9]{1,3}){0,5}|[a-z]|[ivx]{1,5}|[,;\u2013-]", re.IGNORECASE)
_NOTE_NAME = re.compile(
    r"(?:^|[\s_-])(?:mso)?(?:foot|end)?notes?(?:[\s_-]|ref|link|mark|$)|(?:^|[\s_-])(?:fn|fnref|ref|references?|citation)(?:[\s_-]|$)",
    re.IGNORECASE,
)
_SLASH = re.compile(r"\s?[/\u2044]\s?")
_WRITTEN = re.compile(r"\s*([0-9]{1,2})\s?[/\u2044]\s?([0-9]{1,2})\s*")
_VULGAR = {
    Fraction(*pair): mark
    for pair, mark in {
        (1, 2): "\u00bd", (1, 3): "\u2153", (2, 3): "\u2154", (1, 4): "\u00bc", (3, 4): "\u00be", (1, 5): "\u2155",
        (2, 5): "\u2156", (3, 5): "\u2157", (4, 5): "\u2158", (1, 6): "\u2159", (5, 6): "\u215a", (1, 8): "\u215b",
        (3, 8): "\u215c", (5, 8): "\u215d", (7, 8): "\u215e",
    }.items()
}  # fmt: skip


def mend(tree: HtmlElement) -> None:
    """Change a page's tree so that its words alone say what they say with their markup.

    Words that are struck out, and short inline ones that are hidden, are taken out. A note's mark is taken out
    where it stands behind a digit; other raised and lowered digits become those of Unicode ("10\u2076"),
    fractions one sign ("5\u00bd") or apart from the number before them ("5 1/7"). Raised letters stay.
    """
    _drop_unsaid(tree)
    for element in _elements(_SMALL, tree):
        if element.tag == "sup":
            _mend_raised(element)
        else:
            _mend_lowered(element)
    for link in _elements(_TO_NOTES, tree):
        words = _words(link)
        if words and (_PLAIN_MARK.fullmatch(words) or _MARK.fullmatch(words)) and next(link.iter("sup"), None) is None:
            _mend_note(link, is_glued_only=True)


def _elements(xpath: etree.XPath, tree: HtmlElement) -> Iterator[HtmlElement]:
    """The elements found, but those that have been taken out of the tree since."""
    found = xpath(tree)
    for element in found if isinstance(found, list) else ():
        if isinstance(element, HtmlElement) and element.getparent() is not None:
            yield element


def _drop_unsaid(tree: HtmlElement) -> None:
    for element in _elements(_STRUCK, tree):
        _strike(element, tree)
    for element in _elements(_UNSEEN, tree):
        if element.tag not in _INLINE:
            continue
        style = element.get("style") or ""
        if _STRIKING.search(style):
            _strike(element, tree)
        elif _is_unseen(element, style):
            element.drop_tree()


def _strike(element: HtmlElement, tree: HtmlElement) -> None:
    """Take out what is struck out, unless that is most of the page: then an end tag is missing."""
    if next(element.iter(*_BLOCKS), None) is not None:
        size = len(element.text_content())
        if size > _MASS and 2 * size > len(tree.text_content()):
            return
    element.drop_tree()


def _is_unseen(element: HtmlElement, style: str) -> bool:
    hidden = element.get("hidden")
    if not _HIDING.search(style) and (hidden is None or hidden.strip().lower() == "until-found"):
        return False
    if next(element.iter(*_BLOCKS), None) is not None or len(element.text_content()) > _LONGEST_HIDDEN:
        return False
    return not any(name in inner.attrib for inner in element.iter(etree.Element) for name in _DATA)


def _mend_raised(element: HtmlElement) -> None:
    words = _words(element)
    if not words:
        return
    if _fraction(element, words):
        return
    if _is_note(element, words):
        _mend_note(element, is_glued_only=False)
    elif _DIGITS.fullmatch(words):
        _translate(element, _RAISED)


def _mend_lowered(element: HtmlElement) -> None:
    """Lower digits that stand behind a digit; others run into no figure ("CO2")."""
    words = _words(element)
    if words.isdecimal() and words.isascii() and _before(element)[-1:].isdigit():
        _translate(element, _LOWERED)


def _fraction(element: HtmlElement, words: str) -> bool:
    """Write a fraction of a raised and a lowered number, or a raised one, as a reader sees it."""
    below: HtmlElement | None = None
    pair = _WRITTEN.fullmatch(words)
    if pair is not None:
        above, under = pair[1], pair[2]
    else:
        following = element.getnext()
        if not isinstance(following, HtmlElement) or following.tag != "sub" or not _SLASH.fullmatch(element.tail or ""):
            return False
        below, above, under = following, words, _words(following)
        if not all(part.isdecimal() and part.isascii() and len(part) < 4 for part in (above, under)):
            return False
    mark = _VULGAR.get(Fraction(int(above), int(under))) if int(under) else None
    if mark is None or Fraction(int(above), int(under)).denominator != int(under):
        mark = f"{' ' if _before(element)[-1:].isdigit() else ''}{above}/{under}"
    _set_words(element, mark)
    if below is not None:
        element.tail = None
        below.drop_tree()
    return True


def _is_note(element: HtmlElement, words: str) -> bool:
    """Whether a raised mark is that of a note: by its own form, a link, its role or what it is called."""
    if _MARK.fullmatch(words):
        return True
    if not _PLAIN_MARK.fullmatch(words):
        return False
    parent = element.getparent()
    near = [element, *element.iter("a", "span", "cite")]
    if parent is not None and parent.tag == "a" and _words(parent) == words:
        near.append(parent)
    return any(
        one.tag == "a" or one.get("role") == "doc-noteref" or _NOTE_NAME.search((one.get("class") or "")[:200])
        for one in near
    ) or words in {",", ";"}


def _mend_note(element: HtmlElement, *, is_glued_only: bool) -> None:
    """Take a note's mark out behind a digit, where it would be one of the number's; else raise its digits."""
    before = _before(element)
    if is_glued_only and (not before or before[-1].isspace()):
        return
    if before[-1:].isdigit():
        link = element.getparent()
        # A link without words is looked on as one all the same.
        is_whole = isinstance(link, HtmlElement) and link.tag == "a" and _words(link) == _words(element)
        (link if is_whole else element).drop_tree()
    elif _PLAIN_MARK.fullmatch(_words(element)):
        _translate(element, _RAISED)


def _words(element: HtmlElement) -> str:
    """The words of a mark; empty where they are too long to be one."""
    words = str(element.text_content())
    return words.strip() if len(words) <= _LONGEST_MARK else ""


def _before(element: HtmlElement) -> str:
    """The words directly before an element, of its line."""
    here: etree._Element | None = element
    for _ in range(8):
        if here is None:
            return ""
        previous = here.getprevious()
        if previous is None:
            here = here.getparent()
            if here is None or here.text or here.tag not in _INLINE:
                return (here.text or "") if here is not None else ""
        elif previous.tail:
            return previous.tail
        elif previous.tag not in _INLINE:
            return ""
        elif words := "".join(map(str, previous.itertext())):
            return words
        else:
            here = previous
    return ""


def _translate(element: HtmlElement, digits: dict[int, int]) -> None:
    """Replace the digits of an element's words; a sign before them is raised with them."""
    for inner in element.iter(etree.Element):
        inner.text = inner.text and _translated(inner.text, digits)
        if inner is not element:
            inner.tail = inner.tail and _translated(inner.tail, digits)


def _translated(words: str, digits: dict[int, int]) -> str:
    if digits is _RAISED:
        words = re.sub(r"^\s*([-\u2212\u2013])(?=[0-9])", lambda match: _MINUS[match[1]], words)
    return words.strip().translate(digits)


def _set_words(element: HtmlElement, words: str) -> None:
    for inner in list(element):
        element.remove(inner)
    element.text = words
