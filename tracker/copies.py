"""Notes which documents are near-copies of one another, as each comes in."""

from __future__ import annotations

from sqlalchemy import Connection

from db import copies
from tracker.judging.copies import VERSION, alikeness, sign


def note_copies(connection: Connection, document_id: int, text_id: int, now: str) -> None:
    """Signs a document by its newest text and links it with its copies; part of the caller's transaction.

    Of two, the copy is the one published later, else the one that came in later.
    """
    before = copies.signed_by(connection, document_id)
    if before is not None and (text_id < before[0] or (text_id, VERSION) == before):
        return
    words = copies.own_words(connection, text_id)
    signature = sign(words)
    if before is not None:
        copies.forget_signature(connection, document_id)
    if signature is None:
        # Too short to tell what is alike; but what is the same to the letter is the same.
        short = copies.signed(connection, document_id, text_id)
        pairs = [sorted((short, other), key=_came) for other in copies.same_text(connection, document_id, text_id)]
        same = {(second.document_id, first.document_id): 1.0 for first, second in pairs}
        copies.write_copies(connection, document_id, same, now, "same text")
        return
    bands = signature.bands()
    copies.write_signature(connection, document_id, text_id, VERSION, signature.words, signature.to_bytes(), bands)
    own = copies.signed(connection, document_id, text_id)
    found: dict[tuple[int, int], float] = {}
    for other in copies.candidates(connection, document_id, bands):
        score = alikeness(words, copies.own_words(connection, other.text_id))
        if score is not None:
            first, second = sorted((own, other), key=_came)
            found[second.document_id, first.document_id] = score
    copies.write_copies(connection, document_id, found, now)


def _came(document: copies.Signed) -> tuple[str, str, int]:
    """What orders documents in time; a day stands before its hours, as nobody knows them."""
    return (document.published or document.first_seen, document.first_seen, document.document_id)
