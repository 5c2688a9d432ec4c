"""Cuts a document into passages: headings, paragraphs, bullets, turns, quotations, boilerplate."""

from __future__ import annotations

import re

from scrapers.document import Block, Document
from tracker.reading.needles import Gate, needles_of
from tracker.reading.text import trim
from tracker.reading.turns import Turn, find_turns
from tracker.reading.values import Passage

_ROLES = {"h": "heading", "li": "bullet", "blockquote": "quotation", "figcaption": "caption",
          "nav": "boilerplate", "footer": "boilerplate"}  # fmt: skip

# Phrases of the page or the mailing, not of the work. Each is enough on its own.
_BOILERPLATE = re.compile(
    r"views?(?: and opinions)? expressed (?:in|by|on|here)|do(?:es)? not necessarily (?:reflect|represent)"
    r"|all rights reserved|terms (?:of use|and conditions|of service)|privacy (?:policy|notice)"
    r"|cookie (?:policy|settings)"
    r"|\bunsubscribe\b|update your preferences|view (?:this|it) (?:email|e-mail|message)? ?in your browser"
    r"|you(?:'re| are|\u2019re) receiving this (?:email|e-mail|message|because)|our mailing address"
    r"|sign up (?:to|for) (?:our|the|a)\b.{0,40}(?:newsletter|e-?mail|bulletin|briefing)"
    r"|subscribe (?:to|for) (?:our|the)\b.{0,40}newsletter|this (?:article|story|piece) (?:was )?(?:first |originally )"
    r"|follow us on|by (?:clicking|continuing|signing up|submitting)\b"
    r"|get in touch (?:at|by)|do you have a story",
    re.IGNORECASE,
)
_BOILERPLATE_NEEDLES = needles_of(_BOILERPLATE)
# What only the head of a text may be.
_AT_HEAD = re.compile(r"\s*(?:\(c\)|\u00a9|copyright\b)|[^.]{0,60}\b\d+ min(?:ute)?s?(?: read)?\s*$", re.IGNORECASE)
_BULLET = re.compile(r"(?:[\u2022\u25cf\u25aa\u2023\u00b7*\u2013-]|\(?\d{1,2}[.)])\s+(?=\S)")
# The head of a message within a message: two of its lines or more.
_MAIL_HEAD = re.compile(
    r"(?:[> \t]*-{2,}[^\n]{0,80}\n)?(?:[> \t]*\*?(?:From|Date|Sent|Subject|To|Cc|Reply-To):\*?[^\n]*(?:\n|\Z)){2,}"
)
# A paragraph as long as this says more than a notice does.
_NOTICE = 420


def read_passages(document: Document) -> tuple[Passage, ...]:
    """The passages of a document, in order, not overlapping, each within its text.

    An interview's paragraphs carry the name of whose turn they are, and start behind the label.
    """
    text = document.text
    blocks = document.blocks or plain_blocks(text)
    turns = find_turns(text, blocks) if document.kind not in {"email", "release"} else {}
    passages: list[Passage] = []
    for index, block in enumerate(blocks):
        passage = _passage(text, block, turns.get(index))
        if passage is not None:
            passages.append(passage)
    return tuple(passages)


def is_interview(document: Document) -> bool:
    """Whether the text has the turns of an interview."""
    return bool(find_turns(document.text, document.blocks or plain_blocks(document.text)))


def plain_blocks(text: str) -> tuple[Block, ...]:
    """Blocks of a bare string: paragraphs between blank lines, bullets line by line."""
    blocks: list[Block] = []
    for paragraph in re.finditer(r"[^\n]+(?:\n(?![ \t]*\n)[^\n]+)*", text):
        lines = list(re.finditer(r"[^\n]+", paragraph.group()))
        bullets = any(re.match(r"\s*[\u2022*-]\s", line.group()) for line in lines)
        spans = [line.span() for line in lines] if bullets else [(0, len(paragraph.group()))]
        for first, last in spans:
            start, end = trim(text, paragraph.start() + first, paragraph.start() + last)
            if start < end:
                is_bullet = re.match(r"[\u2022*-]\s", text[start : start + 2]) is not None
                blocks.append(Block(start, end, "li" if is_bullet else "p"))
    return tuple(blocks)


def _is_boilerplate(text: str, start: int, end: int) -> bool:
    if Gate(text[start:end]).opens(_BOILERPLATE_NEEDLES) and _BOILERPLATE.search(text, start, end):
        return True
    return start == 0 and _AT_HEAD.match(text, 0, end) is not None


def _passage(text: str, block: Block, turn: Turn | None) -> Passage | None:
    start = turn.words if turn else block.start
    start, end = trim(text, start, block.end)
    if start >= end:
        return None
    role = _ROLES.get(block.tag, "paragraph")
    if role in {"paragraph", "quotation"} and _MAIL_HEAD.match(text, start, end):
        return Passage(start, end, "boilerplate")
    if role in {"paragraph", "bullet"} and end - start < _NOTICE and _is_boilerplate(text, start, end):
        return Passage(start, end, "boilerplate")
    if turn is not None and role in {"paragraph", "bullet", "quotation", "heading"}:
        return Passage(start, end, "question" if turn.asking else "answer", turn.speaker, block.level)
    if role == "bullet":
        bullet = _BULLET.match(text, start, end)
        start = bullet.end() if bullet else start
    return Passage(start, end, role, None, block.level)
