"""One e-mail message (.eml): the words that its reader sees, who sent it, and when."""

from __future__ import annotations

import email
import email.policy
import io
from collections.abc import Iterator
from types import MappingProxyType

from scrapers.document import Capture, Document
from scrapers.errors import EmptyInput, NoBody
from scrapers.mail_headers import Found, byline_and_publisher, date_of, language_of
from scrapers.mail_identity import identity_of, message_id_of
from scrapers.mail_letter import Letter, read_letter
from scrapers.mail_message_id import shown_id
from scrapers.mail_parts import bounded, mended
from scrapers.mail_sender import sender_of
from scrapers.mail_text import forwarded_from
from scrapers.mbox import messages
from scrapers.richtext import RichText

EXTRACTOR = ("email", "3")


def extract_email(capture: Capture) -> Document:
    """Return one message as a document: its body's text with blocks and links, sender, date, subject.

    The HTML part is read where it carries links, else the plain part; ``won_by["text"]`` says which,
    and ``won_by["warning"]`` what was broken. Of a message that only passes another on
    (``won_by["forwarded"]``) the one within is the work: its sender, date and subject count, and what was
    written above it is marked as quoted. Links lead to the targets that stand in them. Names and addresses
    of recipients stay out of every value; where they stood in the words stands ``[recipient]``, and
    ``won_by["recipients"]`` says so. ``message_id`` has no angle brackets, and is a digest where it
    tells a recipient; ``identity`` is that of each copy of this mail. ``published`` keeps the sender's zone.
    Raises ``EmptyInput`` for no bytes and ``NoBody`` for a message without readable words.
    """
    body = capture.body.lstrip(b"\r\n")
    if not body.strip():
        raise EmptyInput("the message is empty", capture.source)
    found = Found()
    body, is_cut = bounded(body)
    if is_cut:
        found.warnings.append("the message has very many parts: those behind the first thousand were not read")
    body, is_mended = mended(body)
    if is_mended:
        found.warnings.append("a header has a space before its colon")
    message = email.message_from_bytes(body, policy=email.policy.compat32)
    letter = read_letter(message, found)
    text = letter.text
    if not text.text:
        raise NoBody("this message has no part with words that can be read", capture.source)
    stated = byline_and_publisher(letter.sender, found, letter.forwarded_by)
    byline, publisher = _signed(letter.work, found, *stated)
    published = letter.date or date_of(letter.message, found)
    message_id = message_id_of(letter.message)
    shown = shown_id(message_id, letter.received) if message_id else None
    _note(letter, message_id, found)
    return Document(
        kind="email",
        text=text.text,
        url=capture.final_url or capture.url,
        message_id=shown,
        identity=identity_of(letter.message, letter.received),
        title=letter.title,
        byline=byline,
        publisher=publisher,
        published=published,
        language=language_of(letter.message),
        blocks=text.blocks,
        links=text.links,
        won_by=MappingProxyType(found.won_by),
    )


def _note(letter: Letter, message_id: str | None, found: Found) -> None:
    """Note where the values came from, and what was done to the message."""
    place = letter.forwarded_by
    if letter.date:
        found.won_by["published"] = place or "date"
    if letter.title:
        found.won_by["title"] = place or "header"
    if message_id:
        found.won_by["message_id"] = "header"
    if place:
        found.won_by["forwarded"] = place
    if letter.is_cleared:
        found.won_by["recipients"] = "replaced"
    if found.warnings:
        found.won_by["warning"] = "; ".join(dict.fromkeys(found.warnings))


def split_mbox(content: bytes) -> Iterator[bytes]:
    """Yield the messages of an mbox that is at hand whole, with ``>From `` lines restored (see ``scrapers.mbox``)."""
    for piece in messages(io.BytesIO(content), len(content)):
        if piece.body and piece.body.strip():
            yield piece.body


def _signed(text: RichText, found: Found, byline: str | None, publisher: str | None) -> tuple[str | None, str | None]:
    """Add what signature and small print tell where the headers name no person or no house."""
    # A bare domain names no house that a reader knows: its own signature tells more.
    is_domain = "domain" in found.won_by.get("publisher", "") and "." in (publisher or "")
    if byline and publisher and not is_domain:
        return byline, publisher
    blocks = text.blocks[: forwarded_from(text)]
    own = [text.text[block.start : block.end] for block in blocks if block.tag != "blockquote"]
    told = sender_of([line for words in own for line in words.split("\n")])
    if byline is None and told.person is not None:
        found.won_by["byline"] = "signature"
    is_stated = is_domain and told.house_from == "signature"
    if (publisher is None or is_stated) and told.house is not None and told.house_from is not None:
        found.won_by["publisher"] = told.house_from
        publisher = told.house
    return byline or told.person, publisher
