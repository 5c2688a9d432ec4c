"""Finds an old claim again when a later reader of the same page gives it another key.

A claim's key holds the words of its figure and its sentence (the design's section 3), which better
code may cut otherwise. The old claim, with its id and its reviews, is then known by a further key.
Digits are never matched loosely: "252" is not "over 200", whatever the words around it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from rapidfuzz import fuzz
from sqlalchemy import Connection, Row

from db.models import table
from db.records import ClaimRecord

_KEYS = table("claim_keys")
_CLAIMS = table("claims")
_FIGURES = table("figures")
_TEXTS = table("texts")
#: Of 100; sentences of the same page that agree less are taken for two.
_ALIKE = 85.0
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
AnyRow = Row[tuple[object, ...]]


def adopted(
    connection: Connection,
    rows: Sequence[AnyRow],
    spans: Sequence[Any],
    claims: Sequence[ClaimRecord],
    snapshot_id: int,
    text_id: int,
    text: str,
) -> dict[str, AnyRow]:
    """The document's known claims by every key under which this reading gives them.

    A claim that this reading no longer gives under its own key is matched with one of an unknown key
    if both hold the same numbers and stand in the same place, or in sentences that hardly differ;
    the new key is kept for later readings. ``spans`` carry the ``snapshot_id`` of their text.
    """
    by_id = {int(row.id): row for row in rows}
    own = {row.key: row for row in rows}
    if not rows:
        return own
    given = {claim.key for claim in claims}
    further = connection.execute(sa.select(_KEYS).where(_KEYS.c.claim_id.in_(sa.select(_CLAIMS.c.id).where(
        _CLAIMS.c.document_id == rows[0].document_id)))).all()  # fmt: skip
    taken = {int(own[key].id) for key in given if key in own}
    known = dict(own)
    for row in further:
        if row.key in given and row.key not in own and row.claim_id not in taken:
            known[row.key] = by_id[row.claim_id]
            taken.add(row.claim_id)
    unknown = [claim for claim in claims if claim.key not in known]
    here = {span.claim_id: span for span in spans if span.snapshot_id == snapshot_id and span.is_current}
    lost = {claim_id: span for claim_id, span in here.items() if claim_id not in taken}
    if not unknown or not lost:
        return known
    for key, claim_id in _matched(connection, unknown, lost, text_id, text).items():
        known[key] = by_id[claim_id]
        # A key found under another claim before was that claim's; whoever carries it now is this one.
        connection.execute(sa.delete(_KEYS).where(_KEYS.c.key == key))
        connection.execute(sa.insert(_KEYS).values(key=key, claim_id=claim_id))
    return known


def _matched(
    connection: Connection, unknown: Sequence[ClaimRecord], lost: Mapping[int, Any], text_id: int, text: str
) -> dict[str, int]:
    """New keys with the lost claim that each belongs to, the best pairs first, each claim at most once."""
    figures: dict[int, list[str]] = {claim_id: [] for claim_id in lost}
    query = sa.select(_FIGURES.c.claim_id, _FIGURES.c.text).where(_FIGURES.c.claim_id.in_(list(lost)))
    for row in connection.execute(query.order_by(_FIGURES.c.claim_id, _FIGURES.c.position)):
        figures[row.claim_id].append(row.text)
    texts = {text_id: text}
    for other in {span.text_id for span in lost.values()} - {text_id}:
        texts[other] = connection.execute(sa.select(_TEXTS.c.text).where(_TEXTS.c.id == other)).scalar_one()
    pairs = []
    for claim in unknown:
        numbers = _numbers([figure.text for figure in claim.figures], claim.quote)
        sentence = _flat(text[claim.sentence_start : claim.sentence_end])
        for claim_id, span in lost.items():
            if _numbers(figures[claim_id], span.quote) != numbers:
                continue
            if span.text_id == text_id:
                likeness = 100.0 * _overlap(claim, span)
            else:
                old = _flat(texts[span.text_id][span.sentence_start : span.sentence_end])
                likeness = fuzz.ratio(sentence, old)
                likeness = likeness if likeness >= _ALIKE else 0.0
            if likeness:
                pairs.append((likeness, -abs(claim.start - span.start), claim_id, claim.key))
    found: dict[str, int] = {}
    for _, _, claim_id, key in sorted(pairs, reverse=True):
        if key not in found and claim_id not in found.values():
            found[key] = claim_id
    return found


def _numbers(figures: Sequence[str], quote: str) -> tuple[object, ...]:
    """What must be the same for two claims to be one: the numbers, or without any the quote's own digits."""
    words = [_flat(figure) for figure in figures]
    digits = tuple(sorted(number for word in words for number in _NUMBER.findall(word)))
    if digits:
        return ("digits", *digits)
    if words:
        return ("words", *sorted(words))
    return ("event", *_NUMBER.findall(quote))


def _overlap(claim: ClaimRecord, span: Any) -> float:
    """How much of the shorter of the two stands in both, if it is at least half; otherwise 0."""
    shared = min(claim.end, span.end) - max(claim.start, span.start)
    share = shared / min(claim.end - claim.start, span.end - span.start)
    return share if share >= 0.5 else 0.0


def _flat(text: str) -> str:
    return " ".join(text.lower().split())
