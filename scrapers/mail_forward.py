"""Messages that pass another on: the head of the one within, and who told what.

The head is what mail programs write above a message that they pass on ("---------- Forwarded message",
"Begin forwarded message:", "From: … Sent: … To: … Subject: …"), as lines, as a table or one block a line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from scrapers.document import Block, Link
from scrapers.dump_mail import is_greeting, is_sign_off
from scrapers.mail_fields import HEAD_LINE, MARK, field_name
from scrapers.richtext import RichText, shifted

_TO = ("to", "cc", "bcc", "resent-to")
_PASSED_ON = re.compile(
    r"\s*(?:fwd?|wg|tr|rv|enc|doorst|forwarded)\s*(?:\[\d+\]|\(fwd\))?\s*:|.*\(fwd\)\s*$", re.IGNORECASE
)
_ANSWER = re.compile(r"\s*(?:re|aw|sv|antw)\s*(?:\[\d+\])?\s*:", re.IGNORECASE)
#: More lines than this are no head.
_MOST_FIELDS = 12
_LONGEST_LINE = 600
#: Whoever passes a message on writes a few lines; who writes a message and attaches another writes more.
_SHARE_OF_COVER = 0.5
_OWN = ("p", "li", "h")


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a message within another: its blocks ``first`` to ``behind``, and what its lines state.

    ``is_marked``: a line says that the message is passed on. ``given`` are the spans in the text at which
    lines name its recipients, ``received`` what they say.
    """

    first: int
    behind: int
    is_marked: bool
    values: dict[str, str] = field(default_factory=dict)
    given: tuple[tuple[int, int], ...] = ()
    received: tuple[str, ...] = ()


def split_heads(text: RichText) -> RichText:
    """Part the blocks in which a head stands together with what is above or beneath it."""
    blocks: list[Block] = []
    for block in text.blocks:
        cuts = _cuts(text.text, block) if block.tag not in ("h", "nav", "footer") else []
        start = block.start
        for cut in cuts:
            blocks.append(_part(block, start, cut - 1))
            start = cut
        blocks.append(_part(block, start, block.end) if cuts else block)
    return replace(text, blocks=tuple(blocks))


def _part(block: Block, start: int, end: int) -> Block:
    bold = tuple((max(s, start), min(e, end)) for s, e in block.bold if s < end and e > start)
    return Block(start, end, block.tag, block.level, bold)


def _cuts(text: str, block: Block) -> list[int]:
    """Where in a block a head begins and where it ends, at the starts of lines."""
    lines = text[block.start : block.end].split("\n")
    if len(lines) < 2:
        return []
    names = [_name_of(line) for line in lines]
    cuts: list[int] = []
    in_head = marked = False
    place = block.start
    for i, line in enumerate(lines):
        begins = names[i] == "from" and i + 1 < len(lines) and bool(names[i + 1])
        if not in_head and (MARK.match(line) or begins):
            cuts += [place] if i else []
            in_head, marked = True, not begins
        elif in_head and not names[i] and not (marked and not any(names[:i])) and not _continues(line):
            cuts.append(place)
            in_head = False
        place += len(line) + 1
    return cuts


def _name_of(line: str) -> str:
    part = HEAD_LINE.match(line) if len(line) <= _LONGEST_LINE else None
    return field_name(part["name"]) if part else ""


def heads_in(text: RichText) -> list[Head]:
    """Find the heads of messages within a message, in order; linear in the text."""
    found: list[Head] = []
    number = 0
    while number < len(text.blocks):
        head = _head_at(text, number)
        if head is not None:
            found.append(head)
        number = head.behind if head else number + 1
    return found


def _head_at(text: RichText, first: int) -> Head | None:
    """The head that begins with this block, None without a mark or a sender's line at its start."""
    values: dict[str, str] = {}
    given: list[tuple[int, int]] = []
    received: list[str] = []
    is_marked, number, last = False, first, ""
    while number < min(first + _MOST_FIELDS, len(text.blocks)):
        block = text.blocks[number]
        place, read = block.start, True
        for line in text.text[block.start : min(block.end, block.start + 4_000)].split("\n"):
            part = HEAD_LINE.match(line) if len(line) <= _LONGEST_LINE else None
            if part is not None:
                last = field_name(part["name"])
                values.setdefault(last, " ".join(part["value"].split()))
                if last in _TO and part["value"].strip():
                    given.append((place + part.start("value"), place + len(line)))
                    received.append(part["value"])
            elif not values and not is_marked and MARK.match(line):
                is_marked = True
            elif last in _TO and _continues(line):
                given.append((place, place + len(line)))
                received.append(line)
            elif line.strip():
                read = False
                break
            place += len(line) + 1
        if not read and place == block.start:
            break
        number += 1
        if not read:
            break
    is_head = "from" in values and (is_marked or len(values) >= 2)
    return Head(first, number, is_marked, values, tuple(given), tuple(received)) if is_head else None


def _continues(line: str) -> bool:
    """Whether a line under "To:" goes on with its addresses."""
    return "@" in line and len(line.split()) <= 12 and re.search(r"[<;,]|^\s*\S+@\S+\s*$", line) is not None


def is_passed_on(subject: str | None, cover: RichText, inner: RichText, is_marked: bool) -> bool:
    """Tell a message that is passed on from one that is answered or quoted.

    Its subject says so, or a line does and the words above it are few beside it.
    """
    if subject and _PASSED_ON.match(subject):
        return True
    if not is_marked or (subject and _ANSWER.match(subject)):
        return False
    return len(own_words(cover).split()) <= _SHARE_OF_COVER * len(inner.text.split())


def own_words(text: RichText) -> str:
    """Give the words that the writer of a message added, without greeting, leave and signature."""
    said = [text.text[block.start : block.end] for block in text.blocks if block.tag in _OWN]
    lines = [line for words in said for line in words.split("\n") if line.strip()]
    kept: list[str] = []
    for line in lines:
        if is_sign_off(line):
            break
        if not is_greeting(line):
            kept.append(line)
    return "\n".join(kept)


def as_cover(text: RichText) -> RichText:
    """Mark the words above a message that is passed on as somebody else's than its sender's."""
    blocks = tuple(replace(b, tag="blockquote", level=0) if b.tag in _OWN else b for b in text.blocks)
    return replace(text, blocks=blocks)


def as_head(text: RichText) -> RichText:
    """Mark lines as nobody's words."""
    return replace(text, blocks=tuple(replace(b, tag="nav", level=0) for b in text.blocks))


def without_quote(text: RichText) -> RichText:
    """Undo the quotation as which some programs set the whole of a message that is passed on."""
    if any(block.tag in _OWN for block in text.blocks):
        return text
    return replace(text, blocks=tuple(replace(b, tag="p") if b.tag == "blockquote" else b for b in text.blocks))


def joined(texts: Sequence[RichText]) -> RichText:
    """Set texts beneath each other as one."""
    words: list[str] = []
    blocks: list[Block] = []
    links: list[Link] = []
    length = 0
    for text in texts:
        if not text.text:
            continue
        length += 2 if words else 0
        blocks.extend(shifted(block, length) for block in text.blocks)
        links.extend(replace(link, start=link.start + length, end=link.end + length) for link in text.links)
        words.append(text.text)
        length += len(text.text)
    return RichText("\n\n".join(words), tuple(blocks), tuple(links))
