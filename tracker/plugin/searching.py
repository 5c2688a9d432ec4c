"""What a reader types into the search box, as a query that SQLite's full-text search accepts."""

from __future__ import annotations

import re

# A phrase (its last quotation mark may be missing), or a word.
_PIECE = re.compile(r'"([^"]*)(?:"|\Z)|([^\s"]+)')


def escape_search(typed: object) -> str:
    """The full-text query for the words typed: all must occur, in any order, in any grammatical form.

    Words in quotation marks are a phrase; ``fin*`` finds every word that begins so. Operators and
    other signs are taken as plain words. Nothing to search for finds nothing.
    """
    # SQLite takes a NUL as the end of the query.
    text = str(typed or "").replace("\0", " ").translate(_STRAIGHT)
    pieces = []
    for found in _PIECE.finditer(text):
        phrase, word = found.groups()
        if word is None:
            pieces.append(f'"{phrase}"')
        elif word.endswith("*"):
            pieces.append(f'"{word.rstrip("*")}"*')
        else:
            pieces.append(f'"{word}"')
    # A phrase without a word in it matches nothing beside others, and nothing by itself.
    return " ".join(piece for piece in pieces if any(map(str.isalnum, piece))) or '""'


_STRAIGHT = str.maketrans({"“": '"', "”": '"', "„": '"'})
