"""What a reader types into the search box of a table, as a query that SQLite's full-text search accepts."""

from __future__ import annotations

from db.searching import match_words


def escape_search(typed: object) -> str:
    """The full-text query for the words typed, as the search over everything reads them.

    All must occur, in any order, in any grammatical form. Words in quotation marks are a phrase; ``fin*``
    finds every word that begins so; OR in capitals takes either of its neighbours; ``£5m`` also finds £5 million.
    Other operators and signs are taken as plain words. Nothing to search for finds nothing.
    """
    return match_words(str(typed or "")) or '""'
