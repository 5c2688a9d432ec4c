"""Which mail a message is: one value for each copy of it, whichever client saved it, that names nobody."""

from __future__ import annotations

from datetime import UTC
from email.message import Message
from email.utils import parsedate_to_datetime

from scrapers.mail_headers import Found, header, sender_in
from scrapers.mail_message_id import digest_of, without_known
from scrapers.mail_names import Recipients

#: What the value of every mail begins with.
PREFIX = "mail:"


def identity_of(message: Message, known: Recipients) -> str | None:
    """Give what tells one mail from others: digests of Message-ID and sender, and of the date; None without an ID.

    Mails of one sender with one Message-ID differ in the part behind the last colon alone.
    """
    message_id = message_id_of(message)
    if message_id is None:
        return None
    sender = sender_in(message, Found()).address.casefold()
    same = digest_of(without_known(message_id, known), sender)
    return f"{PREFIX}{same[:32]}:{digest_of(_date_of(message))[:16]}"


def message_id_of(message: Message) -> str | None:
    """Give a message's ID without angle brackets."""
    return (header(message, "Message-ID") or "").strip("<> ") or None


def _date_of(message: Message) -> str:
    """The moment that the header states, whichever zone it is written in; its words where they state none."""
    stated = header(message, "Date") or ""
    try:
        moment = parsedate_to_datetime(stated)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return stated
