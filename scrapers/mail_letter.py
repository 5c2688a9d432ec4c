"""One message as its reader should have it: the letter that counts, who told what in it, and nobody who received it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from email.message import Message

from scrapers.dump_metadata import without_replies
from scrapers.mail_forward import (
    Head,
    as_cover,
    as_head,
    heads_in,
    is_passed_on,
    joined,
    own_words,
    split_heads,
    without_quote,
)
from scrapers.mail_headers import Found, Sender, date_as, date_of, header, pairs_in, sender_as, sender_in
from scrapers.mail_parts import attached_whole, body_of
from scrapers.mail_received import recipients
from scrapers.mail_recipients import (
    Recipients,
    clean_words,
    greeted_in,
    recipients_of,
    replaced,
    without_recipients,
)
from scrapers.mail_strays import stray_headers
from scrapers.mail_text import mark_footers, mark_forwarded, mark_replies
from scrapers.richtext import RichText, TextBuilder, pick
from scrapers.unwrap import unwrapped

HEADER, ATTACHED = "forwarded header", "attached message"
#: What is passed on was passed on before; so often it is followed, as attachments and as heads.
_DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Letter:
    """What is read of a message: ``text`` is all of it, ``work`` the letter that counts, ``message`` whose headers do.

    ``forwarded_by`` says what tells that the work was passed on, None where it was not. ``date`` is the
    work's where it states one. ``is_cleared``: recipients were replaced or dropped. ``received`` is who they are.
    """

    message: Message
    text: RichText
    work: RichText
    sender: Sender
    title: str | None
    date: str | None = None
    forwarded_by: str | None = None
    is_cleared: bool = False
    received: Recipients = Recipients()


@dataclass(slots=True)
class _Reading:
    """A letter as it is taken apart: the covers above it with who wrote them, and who received any of it."""

    message: Message
    sender: Sender
    title: str | None
    known: Recipients
    text: RichText
    covers: list[tuple[RichText, Sender]]
    date: str | None = None
    forwarded_by: str | None = None
    is_cleared: bool = False


def read_letter(message: Message, found: Found) -> Letter:
    """Read a message; its words are empty where no part has any."""
    reading = _opened(message, found)
    _take_apart(reading, found)
    received = _without(reading.known, [reading.sender])
    if reading.covers:
        # Whoever passes a message on had received it.
        passed = recipients_of((writer.name, writer.address) for _, writer in reading.covers)
        received = _without(reading.known.joined(passed), [reading.sender])
    title = _title(reading, received)
    work = _cleared(reading, reading.text, received, reading.sender)
    work = mark_footers(mark_replies(mark_forwarded(work)))
    covers = [
        _cleared(reading, cover, _without(reading.known, [writer, reading.sender]), writer)
        for cover, writer in reading.covers
    ]
    return Letter(
        reading.message,
        joined([*covers, work]),
        work,
        reading.sender,
        title,
        reading.date,
        reading.forwarded_by,
        reading.is_cleared,
        received,
    )


def _without(known: Recipients, writers: Sequence[Sender]) -> Recipients:
    return known.without([one.name for one in writers if one.name], [one.address for one in writers if one.address])


def _title(reading: _Reading, received: Recipients) -> str | None:
    if reading.title is None:
        return None
    title = clean_words(reading.title, received.joined(greeted_in(reading.text)))
    reading.is_cleared |= title != reading.title
    return title


def _cleared(reading: _Reading, text: RichText, received: Recipients, writer: Sender) -> RichText:
    # The target may hold the recipient's address too, and so may what is wrapped around it.
    cleared, is_changed = without_recipients(_followed(text), received, frozenset([writer.address.casefold()]))
    reading.is_cleared |= is_changed
    return cleared


def _followed(text: RichText) -> RichText:
    """Let links lead to the targets that stand in them."""
    return replace(text, links=tuple(replace(link, url=unwrapped(link.url, of_mail=True)) for link in text.links))


def _opened(message: Message, found: Found) -> _Reading:
    """Open a message and those that are attached whole to it and only passed on."""
    reading = _Reading(
        message,
        sender_in(message, found),
        header(message, "Subject", found),
        recipients(message),
        RichText("", (), ()),
        [],
    )
    for _ in range(_DEEPEST):
        inner = _attached(reading.message)
        if inner is None:
            break
        quiet = Found()
        cover, within = body_of(reading.message, quiet, inner), body_of(inner, quiet)
        if not within.text or not is_passed_on(reading.title, cover, within, True):
            break
        if own_words(cover):
            reading.covers.append((_signed_cover(cover, reading.sender), reading.sender))
        else:
            reading.covers.append((RichText("", (), ()), reading.sender))
        reading.message, reading.sender = inner, sender_in(inner, found)
        reading.title = header(inner, "Subject", found) or (without_replies(reading.title) if reading.title else None)
        reading.date, reading.forwarded_by = date_of(inner, Found()), ATTACHED
        reading.known = reading.known.joined(recipients(inner))
        reading.covers.append((_head_of(reading), reading.sender))
    reading.text = body_of(reading.message, found)
    return reading


def _attached(message: Message) -> Message | None:
    try:
        return attached_whole(message)
    except Exception:  # a header so broken that the library trips over it: nothing is attached
        return None


def _take_apart(reading: _Reading, found: Found) -> None:
    """Part the words above messages that are passed on from the one within, and learn who received any of them."""
    text = split_heads(reading.text)
    heads = heads_in(text)
    strays = stray_headers(text.text)
    stated = [*(value for head in heads for value in head.received), *strays.received]
    reading.known = reading.known.joined(recipients_of(pair for value in stated for pair in pairs_in(value)))
    spans = [span for head in heads for span in head.given]
    if not {start for start, _ in strays.given} <= {start for start, _ in spans}:
        found.warnings.append("headers of another message stand in the words of this one")
        spans += strays.given
    if spans:
        text = replaced(text, spans)
        reading.is_cleared = True
    base = 0
    for head in heads[:_DEEPEST]:
        cover = pick(text, range(base, head.first))
        within = pick(text, range(head.behind, len(text.blocks)))
        if not within.text or not is_passed_on(reading.title, cover, within, head.is_marked):
            break
        _pass_on(reading, cover, pick(text, range(head.first, head.behind)), head)
        base = head.behind
    reading.text = without_quote(pick(text, range(base, len(text.blocks)))) if base else text


def _pass_on(reading: _Reading, cover: RichText, lines: RichText, head: Head) -> None:
    """Take the message within for the work: its head's sender, subject and date count."""
    is_first = not reading.covers
    if is_first and own_words(cover):
        cover = _signed_cover(cover, reading.sender)
    reading.covers.append((as_cover(cover), reading.sender))
    reading.sender = sender_as(head.values["from"])
    subject = head.values.get("subject") or reading.title
    reading.title = (without_replies(subject) or None) if subject else None
    reading.date = date_as(head.values.get("date") or head.values.get("sent") or "") or reading.date
    reading.forwarded_by = HEADER
    reading.covers.append((as_head(lines), reading.sender))


def _signed_cover(cover: RichText, writer: Sender) -> RichText:
    """Put the line above a cover's words that says whose they are."""
    builder = TextBuilder()
    if writer.name and "@" not in writer.name:
        builder.start_block("nav")
        builder.words(f"From: {writer.name}")
    return joined([builder.build(), as_cover(mark_footers(mark_replies(cover)))])


def _head_of(reading: _Reading) -> RichText:
    """The lines that a mail program shows above an attached message: who sent it and its subject."""
    builder = TextBuilder()
    builder.start_block("nav")
    if reading.sender.name and "@" not in reading.sender.name:
        builder.words(f"From: {reading.sender.name}")
        builder.line_break()
    if reading.title:
        builder.words(f"Subject: {reading.title}")
    return builder.build()
