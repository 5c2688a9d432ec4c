"""Lays people's corrections over what the reader found (the design's section 3).

The desk uses it when a correction is made, and the pipeline each time the document is read again, so
that one and the same rule decides what a corrected claim reads.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from db.records import ClaimRecord, Correction, FigureRecord
from tracker.citing.figures import figure_in_words

#: The things that can be corrected; ``alias`` is one of parties, and stands in their table.
FIELDS = ("kind", "subject", "speaker", "origin", "stance", "span", "unit", "figure", "alias")
#: How far outside its sentence the right words of a claim may stand, in characters.
_REACH = 500


def lay_over(claim: ClaimRecord, corrections: Sequence[Correction], text: str) -> ClaimRecord:
    """The claim as it reads with the corrections, in their order; later ones win.

    A correction whose figure or words this reading does not have is left out: the claim then reads
    otherwise than it was judged, which is told of approved claims.
    """
    for correction in corrections:
        lay = _LAYERS.get(correction.field)
        if lay is not None:
            claim = lay(claim, correction, text)
    if any(correction.field in {"unit", "figure", "span"} for correction in corrections):
        words = "; ".join(figure_in_words(figure) for figure in claim.figures)
        claim = replace(claim, figure_text=words or None)
    return claim


def place_of(words: str, claim: ClaimRecord, text: str) -> tuple[int, int] | None:
    """Where these words stand in or near the claim's sentence, spaces aside: the nearest place; None for nowhere."""
    pattern = r"\s+".join(re.escape(word) for word in words.split())
    if not pattern:
        return None
    low, high = max(claim.sentence_start - _REACH, 0), min(claim.sentence_end + _REACH, len(text))
    found = [match.span() for match in re.compile(pattern).finditer(text, low, high)]
    return min(found, key=lambda span: abs(span[0] - claim.start) + abs(span[1] - claim.end), default=None)


def figure_meant(claim: ClaimRecord, correction: Correction) -> int | None:
    """The position of the figure that the correction means, by its words, then by its place among equals."""
    words = _flat(correction.figure_text or "")
    alike = [at for at, figure in enumerate(claim.figures) if _flat(figure.text) == words]
    return correction.figure if correction.figure in alike else alike[0] if alike else None


def _kind(claim: ClaimRecord, correction: Correction, _text: str) -> ClaimRecord:
    also = tuple(kind for kind in (claim.kind, *claim.also_kinds) if kind != correction.now)
    return replace(claim, kind=str(correction.now), also_kinds=tuple(dict.fromkeys(also)))


def _party(claim: ClaimRecord, correction: Correction, _text: str) -> ClaimRecord:
    changed: dict[str, Any] = {correction.field: correction.now or None}
    return replace(claim, **changed)


def _stance(claim: ClaimRecord, correction: Correction, _text: str) -> ClaimRecord:
    return replace(claim, stance=str(correction.now))


def _span(claim: ClaimRecord, correction: Correction, text: str) -> ClaimRecord:
    place = place_of(str(correction.now), claim, text)
    if place is None:
        return claim
    start, end = place
    if not all(start <= figure.start and figure.end <= end for figure in claim.figures):
        # The reader finds another figure now: the words that were right for the former one may not hide it.
        return claim
    return replace(
        claim,
        start=start,
        end=end,
        quote=text[start:end],
        sentence_start=min(claim.sentence_start, start),
        sentence_end=max(claim.sentence_end, end),
    )


def _unit(claim: ClaimRecord, correction: Correction, _text: str) -> ClaimRecord:
    now = correction.now if isinstance(correction.now, dict) else {"unit": correction.now}
    return _with_figure(
        claim,
        correction,
        lambda figure: replace(
            figure,
            unit=now["unit"],
            dimension=now.get("dimension", figure.dimension),
            unit_reason=f"confirmed by {correction.by_whom}",
            confirmed_by=correction.by_whom,
        ),
    )


def _number(claim: ClaimRecord, correction: Correction, _text: str) -> ClaimRecord:
    now = correction.now if isinstance(correction.now, dict) else {}
    numbers = {name: now[name] for name in ("value", "low", "high", "comparator", "date") if name in now}

    def corrected(figure: FigureRecord) -> FigureRecord:
        made = replace(figure, **numbers, corrected_by=correction.by_whom)
        if not now.get("unit"):
            return made
        return replace(
            made,
            unit=now["unit"],
            dimension=now.get("dimension", figure.dimension),
            unit_reason=f"stated by {correction.by_whom}",
            confirmed_by=correction.by_whom,
        )

    return _with_figure(claim, correction, corrected)


def _with_figure(
    claim: ClaimRecord, correction: Correction, change: Callable[[FigureRecord], FigureRecord]
) -> ClaimRecord:
    at = figure_meant(claim, correction)
    if at is None:
        return claim
    figures = list(claim.figures)
    figures[at] = change(figures[at])
    return replace(claim, figures=tuple(figures))


def _flat(text: str) -> str:
    return " ".join(text.lower().split())


_LAYERS: dict[str, Callable[[ClaimRecord, Correction, str], ClaimRecord]] = {
    "kind": _kind,
    "subject": _party,
    "speaker": _party,
    "origin": _party,
    "stance": _stance,
    "span": _span,
    "unit": _unit,
    "figure": _number,
}
