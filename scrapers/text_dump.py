"""A page or an e-mail that somebody saved as plain text, furniture and all.

Such a file has lost its tags, so that menus, share counters, privacy notices and lists of other
headlines look like text. The reader takes it apart into units (``dump_lines``), tells the work
from its surroundings (``dump_blocks`` for pages, ``dump_mail`` for messages) and gathers what it
says of itself (``dump_metadata``). The text stays the whole file, offsets point into it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from types import MappingProxyType

from scrapers.charset import decode_text_file
from scrapers.document import Block, Capture, Document
from scrapers.dump_blocks import judge_units
from scrapers.dump_lines import BLANKS, Unit, split_units
from scrapers.dump_mail import is_mail, mail_headers, mail_tags
from scrapers.dump_metadata import mail_facts, page_facts, read_language, read_links
from scrapers.dump_tags import page_tags
from scrapers.dump_turns import join_labels, kind_of, recurring_speakers, speaker_label
from scrapers.errors import EmptyInput, NoArticle
from scrapers.walls import refuse_wall

_KEPT = ("p", "h", "li", "blockquote")
_SUBJECT = re.compile(r"subject\s?:\s+", re.IGNORECASE)


def extract_text(capture: Capture) -> Document:
    """Read a page or an e-mail saved as plain text into a document whose text is the whole file.

    Blocks cover every line that is not blank, without indentation, bullets' marks and trailing
    white space; furniture is tagged ``nav`` or ``footer``. What the file does not clearly say is
    None, and ``won_by`` tells where each value came from. Raises ``EmptyInput``, ``NotText``, and
    ``NoArticle`` for a file that holds nothing but furniture.
    """
    text = decode_text_file(capture.body)
    units = join_labels(split_units(text))
    if not units:
        raise EmptyInput("the file is empty", capture.source)
    refuse_wall([units[0].words], [unit.words for unit in units], capture.source, is_dated=False)
    speakers = recurring_speakers(units)
    turns = frozenset(i for i, unit in enumerate(units) if speakers and speaker_label(unit.words) in speakers)
    judged = judge_units(units, turns)
    url = capture.final_url or capture.url
    if is_mail(units):
        kind, headline, tags = "email", None, mail_tags(judged)
        facts = mail_facts(judged, tags, url)
    else:
        tags, headline = page_tags(judged)
        facts = page_facts(judged, tags, headline, url)
        kind = kind_of(units, [tag in _KEPT for tag in tags], speakers, facts.values.get("title"))
    if not any(tag in ("p", "li", "blockquote") for tag in tags):
        raise NoArticle("no article text found among menus and notices", capture.source)
    kept = [unit.words for unit, tag in zip(units, tags, strict=True) if tag in _KEPT]
    facts.offer("language", read_language(kept), "function words")
    subject = _subject_line(units) if kind == "email" else None
    blocks = tuple(
        _block(text, unit, tag, i == headline, i == subject)
        for i, (unit, tag) in enumerate(zip(units, tags, strict=True))
    )
    won_by = MappingProxyType(facts.won_by)
    links = read_links(text)
    return Document(kind, text, blocks=blocks, links=links, won_by=won_by, **facts.values)  # type: ignore[arg-type]


def _subject_line(units: Sequence[Unit]) -> int | None:
    return next((i for i, (name, _) in mail_headers(units).items() if name == "subject"), None)


def _block(text: str, unit: Unit, tag: str, headline: bool, subject: bool) -> Block:
    start = unit.start
    if subject and (label := _SUBJECT.match(text[start : unit.end].lstrip(BLANKS))):
        start += label.end()
    if tag == "h":
        return Block(start, unit.end, tag, 1 if headline or subject else 2)
    return Block(start, unit.end, tag, unit.level if tag == "li" else 0)
