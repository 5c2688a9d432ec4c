"""Which document a mail is: each copy of one mail is one, and two mails with one Message-ID are two."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Engine

from db.mails import KnownMail, mails_of_id
from db.records import document_key
from scrapers.document import Document

#: So many others are named in a warning.
_NAMED = 3
#: A page saved of a mail has its words, and some of the program's that showed it.
_ALIKE = 0.9


def placed(engine: Engine, document: Document, sha256: str) -> tuple[str, Document]:
    """The key under which a document is kept, and the document, doubted where another mail has its Message-ID.

    A mail is one that is in if its sender is that one's, and its date or its words are; ``sha256`` is of its bytes.
    """
    key = document_key(document.url, document.message_id, sha256, document.identity)
    if document.url or not document.message_id:
        return key, document
    known = mails_of_id(engine, document.message_id)
    if all(one.key != key for one in known):
        key = next((one.key for one in known if _is_same(one, document, key)), key)
    others = [one.id for one in known if one.key != key]
    if not others:
        return key, document
    named = ", ".join(map(str, others[:_NAMED])) + (" \u2026" if len(others) > _NAMED else "")
    who = f"the mail in document {named} has" if len(others) == 1 else f"the mails in documents {named} have"
    doubt = f"{who} the same Message-ID: one may be forged, or their mailer gives all of them one"
    return key, replace(document, doubt="; ".join(filter(None, (document.doubt, doubt))))


def _is_same(known: KnownMail, document: Document, key: str) -> bool:
    """Whether a mail is one that is in, though its date is written otherwise or one of them is a page saved of it."""
    if document.identity is None or known.key.count(":") == 1:
        days = [(one or "")[:10] for one in (known.published, document.published)]
        return known.title == document.title and days[0] == days[1] and _share(known.text, document.text) >= _ALIKE
    same_sender = known.key.rpartition(":")[0] == key.rpartition(":")[0]
    return same_sender and known.text.split() == document.text.split()


def _share(one: str, other: str) -> float:
    """How much of the words of the shorter text the longer one has."""
    sets = set(one.split()), set(other.split())
    return len(sets[0] & sets[1]) / max(1, min(map(len, sets)))
