"""What only mails have: hidden preheaders, wrapped plain text, forwarded messages, small print."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from scrapers.mail_fields import FOLLOWS, HEAD, MARK, STARTS_LINE
from scrapers.richtext import RichText, TextBuilder

_FORWARDED = re.compile(f"{FOLLOWS}|{HEAD}", re.I)
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|(?:^|;)\s*opacity\s*:\s*0(?:\.0+)?\s*(?:;|!|$)", re.I)
_MSO_HIDE = re.compile(r"mso-hide\s*:\s*all", re.I)
_NO_SIZE = re.compile(r"(?:^|;)\s*(?:font-size|max-height)\s*:\s*[01](?:\.0+)?(?:px|pt|em|rem|%)?\s*(?:;|!|$)", re.I)
_SIZE = re.compile(r"font-size\s*:\s*(?:[2-9]|1\d|\d\.\d*[1-9]|[a-z])", re.I)


def is_hidden(element: etree._Element) -> bool:
    """Tell whether a mail program shows an element: preheaders are hidden in one of these ways."""
    if "hidden" in element.attrib:
        return True
    style = element.get("style")
    if not style:
        return False
    if _HIDING.search(style):
        return True
    if _MSO_HIDE.search(style):
        # Outlook alone is told to hide buttons that it gets in another form: those carry links.
        return element.tag != "a" and next(element.iter("a"), None) is None
    if not _NO_SIZE.search(style):
        return False
    # Layouts set a container to size 0 against gaps, and what it holds to a size again.
    return not any(_SIZE.search(inner.get("style") or "") for inner in element.iterdescendants(etree.Element))


_URL = re.compile(r"https?://[^\s<>\"\[\]{}|\\^`]+", re.I)
_BULLET = re.compile(r"^\s*(?:[*\u2022\u25cf\u25aa\u2023\u00b7+-]|\d{1,2}[.)])\s+(?=\S)")
_QUOTED = re.compile(r"^\s{0,3}(?:>\s?)+")
_RULE = re.compile(r"^\s*[-=_*~#\s]{3,}\s*$")
_HARD_WRAP = range(50, 81)
#: "On 3 May 2021, Ann Lee <ann@mill.example> wrote:" heads what follows it.
_WROTE_WRAPPED = re.compile(r"^On\b.{4,120}\d{4}.{0,120}(?:<[^<>\s]{3,100}>|,)\s*$", re.I)
_WROTE = re.compile(r"^On\b[^\n]{4,200}\bwrote:\s*$", re.I)
#: A quotation that begins with another message's head; so many quotations are looked at.
_QUOTED_FORWARD = re.compile(r"(?:begin forwarded message: ?)?from: ?\S.{0,400}?(?:subject|date|to): ?", re.I)
_MOST_QUOTES = 5
_LONGEST_WROTE = 260
_ID_LINE = re.compile(r"(?:message-id|received|return-path|delivered-to|x-original-to|envelope-to)\s?:\s", re.I)


def grow_plain(text: str, builder: TextBuilder, flowed: bool = False) -> None:
    """Grow the builder by a plain-text message.

    Blank lines part the blocks; lines that a mail program wrapped are joined again; ``>`` marks
    quotations, ``-- `` the signature; written-out addresses become links. The signature ends where
    another message is forwarded, and each depth of quotation and each "Ann Lee wrote:" is its own block.
    """
    paragraph: list[str] = []
    depth, is_signature = 0, False

    def flush() -> None:
        if paragraph:
            tag = "footer" if is_signature else "blockquote" if depth else "p"
            _grow_paragraph(paragraph, builder, tag, flowed)
            paragraph.clear()

    for line in _unquoted_forward(text.splitlines()):
        quoted = _QUOTED.match(line)
        bare = line[quoted.end() :] if quoted else line
        here = quoted.group().count(">") if quoted else 0
        if here != depth or not bare.strip() or _RULE.match(bare) or _is_wrote(paragraph):
            flush()
        depth = here
        if line == "-- ":
            is_signature = True
        elif bare.strip() and not _RULE.match(bare):
            if is_signature and is_forward_head(bare):
                flush()
                is_signature = False
            if _BULLET.match(bare) or _WROTE.search(bare) or _begins_wrote(bare) or MARK.match(bare):
                flush()
            paragraph.append(bare.strip(" \t\r") if not flowed else bare.lstrip())
    flush()


def _is_wrote(paragraph: Sequence[str]) -> bool:
    """Whether a paragraph ends with "Ann Lee wrote:", on one line or wrapped onto a second."""
    if not paragraph or not paragraph[-1].rstrip().endswith("wrote:"):
        return False
    return any(_WROTE.search(" ".join(line.strip() for line in paragraph[-n:])) for n in (1, 2) if n <= len(paragraph))


def _begins_wrote(line: str) -> bool:
    """Whether a line begins an "On 3 May 2021, Ann Lee <…> wrote:" that was wrapped."""
    return _WROTE_WRAPPED.match(line) is not None


def _unquoted_forward(lines: list[str]) -> list[str]:
    """Take one quotation mark from each line of a message that is passed on as quoted, as Apple's program does."""
    start = next((n for n, line in enumerate(lines) if MARK.match(line)), None)
    if start is None:
        return lines
    end = start + 1
    while end < len(lines) and (lines[end].startswith(">") or not lines[end].strip()):
        end += 1
    inner = lines[start + 1 : end]
    if not any(STARTS_LINE.match(line[1:].lstrip()) for line in inner[:8] if line.startswith(">")):
        return lines
    return [*lines[: start + 1], *(re.sub(r"^> ?", "", line) for line in inner), *lines[end:]]


def drop_quotes_of_forwards(tree: etree._Element) -> None:
    """Take away the quotation as which some programs set a whole message that is passed on, its words kept."""
    for quote in list(islice(tree.iter("blockquote"), _MOST_QUOTES)):
        opening = " ".join("".join(islice(map(str, quote.itertext()), 40))[:600].split())
        if _QUOTED_FORWARD.match(opening) and isinstance(quote, HtmlElement):
            quote.drop_tag()
            return


def _grow_paragraph(lines: list[str], builder: TextBuilder, tag: str, flowed: bool) -> None:
    bullet = _BULLET.match(lines[0])
    if bullet and tag == "p":
        builder.start_block("li", 1)
        lines = [lines[0][bullet.end() :], *lines[1:]]
    else:
        builder.start_block(tag)
    is_wrapped = len(lines) > 1 and all(len(line) in _HARD_WRAP for line in lines[:-1]) and not _has_head(lines)
    for number, line in enumerate(lines):
        joins = number and (is_wrapped or bullet or (flowed and lines[number - 1].endswith(" ")))
        if number and not joins:
            builder.line_break()
        elif number:
            builder.words(" ")
        place = 0
        for match in _URL.finditer(line):
            url = match.group().rstrip(".,;:!?'*_")
            if url.endswith(")") and "(" not in url:
                url = url.rstrip(")")
            builder.words(line[place : match.start()])
            builder.begin_link(url)
            builder.words(url)
            builder.end_link()
            place = match.start() + len(url)
        builder.words(line[place:])


def _has_head(lines: Sequence[str]) -> bool:
    """Whether a paragraph begins with a header line, or two of them stand in it."""
    later = sum(STARTS_LINE.match(line) is not None or _ID_LINE.match(line) is not None for line in lines[1:])
    return STARTS_LINE.match(lines[0]) is not None or later > 1


def mark_forwarded(text: RichText) -> RichText:
    """Mark what follows the head of a forwarded or answered message as quoted."""
    blocks = list(text.blocks)
    number = forwarded_from(text)
    blocks[number:] = [
        replace(later, tag="blockquote", level=0) if later.tag in ("p", "li", "h") else later
        for later in blocks[number:]
    ]
    return replace(text, blocks=tuple(blocks))


def mark_replies(text: RichText) -> RichText:
    """Mark the lines "On 3 May, Ann Lee wrote:" as nobody's words, and what they head as quoted.

    Where no quotation follows such a line, all that stands beneath it is the message that is answered.
    """
    blocks = list(text.blocks)
    last = None
    for number, block in enumerate(blocks):
        is_own = block.tag in ("p", "li", "blockquote") and block.end - block.start <= _LONGEST_WROTE
        if is_own and _WROTE.match(" ".join(text.text[block.start : block.end].split())):
            blocks[number] = replace(block, tag="nav", level=0)
            last = number
    if last is not None and not any(block.tag == "blockquote" for block in blocks[last:]):
        blocks[last + 1 :] = [
            replace(b, tag="blockquote", level=0) if b.tag in ("p", "li", "h") else b for b in blocks[last + 1 :]
        ]
    return replace(text, blocks=tuple(blocks))


def forwarded_from(text: RichText) -> int:
    """Give the index of the block with which a forwarded or answered message begins; their number without one."""
    heads = (n for n, block in enumerate(text.blocks) if _FORWARDED.search(text.text[block.start : block.end]))
    return next(heads, len(text.blocks))


def is_forward_head(words: str) -> bool:
    """Tell whether a line says that another message follows ("---- Forwarded message ----")."""
    return len(words) <= 120 and _FORWARDED.search(words) is not None


_SENTENCE_END = re.compile(r"(?<=[.!?\u2026])\s+")
#: A preheader stands this near the top, in blocks, and repeats sentences of at least so many characters.
_TOP_BLOCKS = 3
_A_SENTENCE = 40


def preheaders(words: Sequence[str]) -> frozenset[int]:
    """Give the indices of the top blocks that only repeat sentences of the message beneath: its preheader.

    ``words`` are those of the blocks, in order; linear in their length.
    """
    found: set[int] = set()
    for number, said in enumerate(words[:_TOP_BLOCKS]):
        sentences = [s for s in _SENTENCE_END.split(" ".join(said.split())) if len(s) >= _A_SENTENCE]
        if not sentences:
            continue
        # A greeting may stand in the preheader's own line: "Ann, this is \u2026".
        beneath = " ".join(" ".join(words[number + 1 :]).split())
        if all(sentence in beneath for sentence in sentences):
            found.add(number)
    return frozenset(found)


#: Each line stands for one sort of small print.
_SMALL_PRINT = (
    r"\bun-?subscri(?:be|bing)\b|\bopt(?:ing)?[- ]out\b|\bno longer (?:wish|want) to\b",
    r"\b(?:you(?:'re|\u2019re| are)?|th(?:is|e) (?:e-?mail|message) was) (?:receiv(?:ing|ed)|getting|sent)\b.{0,60}"
    r"\b(?:because|as you|to you|this|e-?mail|from)\b|\bthis e-?mail was sent\b",
    r"\b(?:update|manage|change|edit) (?:your )?(?:\w+ )?(?:preferences|subscriptions?|settings|details)\b",
    r"\bour (?:postal |mailing )?address is\b|\b(?:mailing|postal|registered) (?:address|office)\b",
    r"\ball rights reserved\b|(?:\u00a9|\(c\)|\bcopyright\b)\s?(?:\(c\)|\u00a9)?\s?(?:19|20)\d\d",
    r"\bregistered (?:charity|company|in england|in scotland|in wales)\b",
    r"\b(?:company|charity) (?:number|no\.?|reg\w*)\b",
    r"\bpaid for by\b|\bpromoted by .{3,80} on behalf of\b",
    # A British imprint: who promotes it, and where they are to be found.
    r"^\W*(?:(?:printed|published|promoted)(?:, | and |, and | & )){0,2}(?:printed|published|promoted) by\b.{3,120}"
    r"(?:,.{0,80}\d|\bon behalf of\b)",
    r"\b(?:follow|find|join|like) (?:us|me) on\b.{0,40}\b(?:facebook|twitter|x|instagram|youtube|linkedin|tiktok"
    r"|bluesky|threads|mastodon|whatsapp|social media)\b",
    r"\bcontributions? .{0,40}not (?:tax[- ])?deductible\b",
    r"\bprivacy (?:policy|notice)\b|\bforward (?:this )?(?:e-?mail )?to a friend\b",
    r"\badd us to your address book\b|\b(?:sent|powered) (?:via|by) [A-Z]\w+\W*$|\bsent from my\b",
)
_FOOTER = re.compile("|".join(_SMALL_PRINT), re.I)
_TOP = re.compile(
    r"\b(?:view|open|read|see)\b.{0,30}\b(?:in|on|with)\b.{0,12}\b(?:browser|online|web)"
    r"|\bweb version\b|\bview online\b|trouble viewing",
    re.I,
)
_POSTAL = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|\b[A-Z]{2},? \d{5}(?:-\d{4})?\b|\bP\.?O\.? Box\b", re.I)
_NETWORKS = re.compile(
    r"\b(?:facebook|twitter|instagram|youtube|linkedin|tiktok|bluesky|threads|mastodon|website|x)\b", re.I
)
#: Longer blocks are the message itself, whatever words they use.
_LONGEST_FOOTER = 900


def mark_footers(text: RichText) -> RichText:
    """Tag a mailing's furniture: "view in browser" lines as ``nav``, the closing small print as ``footer``.

    A block is small print by its own words; short blocks after or amid small print at the end, and
    postal addresses and names of networks next to it, are so by their neighbours.
    """
    blocks = list(text.blocks)
    words = [text.text[block.start : block.end] for block in blocks]
    marked = {n for n, said in enumerate(words) if len(said) <= _LONGEST_FOOTER and _FOOTER.search(said)}
    tail = {n for n in marked if n >= len(blocks) * 0.4}
    if tail:
        first = _start_of_tail(words, tail)
        marked.update(n for n in range(first, len(blocks)) if len(words[n]) <= 300)
    for number in marked:
        blocks[number] = replace(blocks[number], tag="footer", level=0)
    for number in preheaders(words[: forwarded_from(text)]):
        blocks[number] = replace(blocks[number], tag="nav", level=0)
    for number in range(min(3, len(blocks))):
        if len(words[number]) <= 200 and _TOP.search(words[number]):
            blocks[number] = replace(blocks[number], tag="nav", level=0)
    return replace(text, blocks=tuple(blocks))


def _start_of_tail(words: list[str], tail: set[int]) -> int:
    """Return where the small print begins: its last run, with the address lines just before it."""
    ordered = sorted(tail, reverse=True)
    first = ordered[0]
    for number in ordered[1:]:
        if first - number > 4 or any(len(said) > 300 for said in words[number:first] if not _FOOTER.search(said)):
            break
        first = number
    while first > 0 and len(words[first - 1]) <= 160:
        said = words[first - 1]
        if not (_POSTAL.search(said) or (_NETWORKS.search(said) and len(said.split()) <= 8)):
            break
        first -= 1
    return first
