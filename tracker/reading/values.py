"""The frozen values that reading gives: figures, passages, sources and claims.

All offsets are Unicode code points into the text that was read, half open:
``text[value.start:value.end] == value.text`` (or ``.quote``), always.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One quantity as the text states it (the design's section 3, "Figures").

    ``value`` is the number with its scale word applied, None for a range or a date. ``low`` and
    ``high`` are the bounds stated; an exact figure has both equal to ``value``; an open range has
    None at its open end; a value with ``low`` below ``high`` is one with a stated tolerance (15 ± 2).
    ``unit`` is an ISO 4217 code, ``percent``, ``percentage point``,
    ``fraction``, or a singular noun; None where nothing tells. ``unit_stated`` is False where only
    the context gives the unit, and ``unit_reason`` then says what did. ``dimension`` is one of
    ``money``, ``proportion``, ``count``, ``duration``, ``length``, ``area``, ``volume``, ``mass``,
    ``speed``, ``temperature``, ``age``, ``date``, ``frequency``, ``ratio`` and None.
    ``comparator`` is one of ``=``, ``>``, ``>=``, ``<``, ``<=``, ``~``. ``trend`` is ``up`` or ``down`` where
    the figure is a change, else None: the size of one ("fell by 3 %", "rose by between 3 and 5 %"), or the
    way from one level to another. "Fell from £14m to £9m" is one figure: ``value`` None, ``low`` and ``high``
    the two levels, the trend ``up`` from low to high and ``down`` from high to low; of a rise its words keep
    their "from", for "rose by 3 to 5 %" is the size of a rise. A plain range ("costs from £9m to £14m") has
    no trend. ``of`` is the noun phrase of what is counted. ``date`` is partial ISO 8601
    (``2020-09``; ``--09`` where the year is open), for the dimension ``date`` only.
    """

    start: int
    end: int
    text: str
    value: float | None
    low: float | None
    high: float | None
    unit: str | None = None
    unit_stated: bool = True
    unit_reason: str | None = None
    dimension: str | None = None
    comparator: str = "="
    trend: str | None = None
    of: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a text.

    ``role`` is heading, paragraph, bullet, question, answer, quotation, caption or boilerplate;
    ``speaker`` is whose turn it is, in interviews and transcripts.
    """

    start: int
    end: int
    role: str
    speaker: str | None = None
    level: int = 0


@dataclass(frozen=True, slots=True)
class Teller:
    """One link of a claim's chain: who tells it.

    ``role`` is publisher, sender, speaker, quoted or reported. ``organisation`` is the one that
    the teller speaks for, where the text says so. ``identified`` is False for unnamed groups
    (staff, critics), which are never an origin. ``resolved`` is True where the text has a pronoun or
    another word for the teller ("he", "the company"), ``mention``, and the name is a reading of it.
    """

    name: str
    role: str
    organisation: str | None = None
    identified: bool = True
    resolved: bool = False
    mention: str | None = None


@dataclass(frozen=True, slots=True)
class SourceMention:
    """What a claim says it rests on: ``how`` is linked, named or anonymous.

    ``[start, end)`` are the words that show it: a link's words, a footnote's mark, a name. Of an
    ``inherited`` source they point back ("the poll"), and ``name`` is what was named before.
    """

    name: str
    url: str | None
    how: str
    start: int
    end: int
    inherited: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """One predicate of one subject that somebody else could check (the design's section 3).

    ``quote`` is the clause without its reporting prefix, ``text[start:end]``. ``stance`` is
    asserted, reported, hedged, denied or hypothetical. ``sourcing`` is none, anonymous, firsthand,
    named, linked or primary, and ``sourcing_reason`` says why in words.
    """

    key: str
    start: int
    end: int
    quote: str
    sentence_start: int
    sentence_end: int
    kind: str
    also_kinds: tuple[str, ...]
    subject: str | None
    speaker: str | None
    chain: tuple[Teller, ...]
    origin: str | None
    stance: str
    as_of: str | None
    figures: tuple[Figure, ...]
    sources: tuple[SourceMention, ...]
    sourcing: str
    sourcing_reason: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """All that reading one document gives; the same document gives the same reading, always."""

    text_sha256: str
    passages: tuple[Passage, ...]
    claims: tuple[Claim, ...]
