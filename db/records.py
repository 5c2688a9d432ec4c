"""What callers hand to ``db.store`` and what it gives back: frozen values, validated when made.

The fields bear the names of the reader's own values, so that ``FigureRecord(**asdict(figure))``
converts. Offsets are Unicode code points, half open, into the text of the same reading.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from db import vocabulary as words
from db.errors import RecordError

_SHOWN = 60


def sha256_of(content: bytes | str) -> str:
    """``sha256:`` and the hex digest of the bytes, or of the text's UTF-8."""
    if isinstance(content, str):
        try:
            content = content.encode("utf-8")
        except UnicodeEncodeError as error:
            raise RecordError(
                f"the text holds half a surrogate pair at offset {error.start}: decode it with U+FFFD"
            ) from error
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def document_key(url: str | None, message_id: str | None, sha256: str, identity: str | None = None) -> str:
    """A document's natural key: its canonical URL, else what tells a mail from others, else the hash of its bytes.

    ``identity`` does so; where a saved page of a mail has none, a digest of its Message-ID, which may name somebody.
    """
    return url or identity or (f"mail:{sha256_of(message_id)[7:39]}" if message_id else sha256)


def shown(words_: str) -> str:
    """The words, cut for an error message."""
    flat = " ".join(words_.split())
    return flat if len(flat) <= _SHOWN else flat[: _SHOWN - 1] + "…"


def _one_of(what: str, value: str | None, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise RecordError(f'{what} "{value}" is not known: use one of {", ".join(allowed)}')


def _stated(what: str, value: str) -> None:
    if not value.strip():
        raise RecordError(f"{what} is empty: state it")


def _span(what: str, start: int, end: int) -> None:
    if not 0 <= start < end:
        raise RecordError(f"{what} has the span {start} to {end}: a span starts at 0 or later and is not empty")


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """A work. ``label`` is shown in place of the id; ``won_by`` says where each value came from.

    ``publisher`` names the outlet. A value whose ``won_by`` is ``stated`` came from a person, and
    only another stated value replaces it. ``doubt`` says why its text may be wrong.
    """

    key: str
    kind: str
    label: str
    url: str | None = None
    message_id: str | None = None
    title: str | None = None
    byline: str | None = None
    publisher: str | None = None
    published: str | None = None
    modified: str | None = None
    language: str | None = None
    doubt: str | None = None
    won_by: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def __post_init__(self) -> None:
        _stated("the key of the document", self.key)
        _stated("the label of the document", self.label)
        _one_of("the kind of document", self.kind, words.DOCUMENT_KINDS)


@dataclass(frozen=True, slots=True)
class SnapshotRecord:
    """One fetched version. ``input`` is what the user gave, ``sha256`` of the raw bytes, ``size`` theirs."""

    input: str
    fetched_at: str
    sha256: str
    size: int
    final_url: str | None = None
    status: int | None = None
    content_type: str | None = None
    warc_file: str | None = None
    warc_offset: int | None = None

    def __post_init__(self) -> None:
        if not self.sha256.startswith("sha256:"):
            raise RecordError(f'the hash "{shown(self.sha256)}" of a snapshot must begin with "sha256:"')


@dataclass(frozen=True, slots=True)
class PassageRecord:
    """A piece of the text; ``page`` is the page of a PDF on which it begins, from 1."""

    start: int
    end: int
    role: str
    speaker: str | None = None
    level: int = 0
    page: int | None = None

    def __post_init__(self) -> None:
        _span("a passage", self.start, self.end)
        _one_of("the role of a passage", self.role, words.PASSAGE_ROLES)


@dataclass(frozen=True, slots=True)
class TextRecord:
    """One extraction of a snapshot, with the passages that the reading cut it into."""

    extractor: str
    extractor_version: str
    text: str
    passages: tuple[PassageRecord, ...] = ()

    @property
    def sha256(self) -> str:
        """The text's hash; a RecordError if the text is no valid Unicode."""
        return sha256_of(self.text)


@dataclass(frozen=True, slots=True)
class FigureRecord:
    """A figure, field for field what the reader gives (the design's section 3, "Figures")."""

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
    confirmed_by: str | None = None
    corrected_by: str | None = None

    def __post_init__(self) -> None:
        what = f'the figure "{shown(self.text)}"'
        _span(what, self.start, self.end)
        _one_of(f"the comparator of {what}", self.comparator, words.COMPARATORS)
        if self.trend is not None:
            _one_of(f"the trend of {what}", self.trend, words.TRENDS)
        if self.dimension is not None:
            _one_of(f"the dimension of {what}", self.dimension, words.DIMENSIONS)
        for number in (self.value, self.low, self.high):
            if number is not None and not math.isfinite(number):
                raise RecordError(f"{what} is not a finite number")


@dataclass(frozen=True, slots=True)
class TellerRecord:
    """One link of the chain of who tells a claim, the outermost first.

    ``mention`` is the text's word for a teller whose name is a reading of it (``resolved``): "he".
    """

    name: str
    role: str
    organisation: str | None = None
    identified: bool = True
    resolved: bool = False
    mention: str | None = None

    def __post_init__(self) -> None:
        _one_of("the role of a teller", self.role, words.TELLER_ROLES)

    @property
    def in_words(self) -> str:
        """The name, with the text's own word first where the name is a reading of that: "he, taken to be X"."""
        if not self.resolved or not self.mention:
            return self.name
        if self.mention == self.name:
            return f"{self.name}, taken to be of {self.organisation}" if self.organisation else self.name
        return f"{self.mention}, taken to be {self.name}"


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """What a claim says it rests on; ``start`` and ``end`` are the mention in the claim's text.

    An ``inherited`` source was named before: the mention only points back to it ("the poll").
    """

    name: str
    url: str | None
    how: str
    start: int | None = None
    end: int | None = None
    kind: str | None = None
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    is_primary: bool = False
    inherited: bool = False

    def __post_init__(self) -> None:
        _one_of("the way of naming a source", self.how, words.MENTIONS)
        _stated("the key (URL or name) of a source", self.key)

    @property
    def key(self) -> str:
        """The natural key: the URL, else the lower-cased name."""
        return self.url or " ".join(self.name.lower().split())

    def key_in(self, document_id: int) -> str:
        """The key in this document: whoever is not named there is nobody whom another document speaks of."""
        return self.key if self.url or self.how != "anonymous" else anonymous_key(document_id, self.name)


def anonymous_key(document_id: int, name: str) -> str:
    """The key of a source that this document does not name; in capitals, as no other key begins."""
    return f"UNNAMED IN {document_id}: {' '.join(name.lower().split())}"


@dataclass(frozen=True, slots=True)
class AttachedSource:
    """A source that a person (``by_whom``) attached to a claim; ``relation`` is its bearing on it."""

    relation: str
    url: str | None
    title: str | None
    publisher: str | None
    kind: str | None
    is_primary: bool
    by_whom: str | None


@dataclass(frozen=True, slots=True)
class ClaimRecord:
    """One claim as a reading gives it; ``figure_text`` is its figure in short, for people.

    ``weight``, 0 to 100, is how much hangs on it: the queue shows the greatest first. ``sourcing`` is what its
    text and what people attached give, ``read_sourcing`` what the text alone does, if that may be another.
    ``page`` is the page of a PDF on which it begins, from 1.
    """

    key: str
    start: int
    end: int
    quote: str
    sentence_start: int
    sentence_end: int
    kind: str
    also_kinds: tuple[str, ...] = ()
    subject: str | None = None
    speaker: str | None = None
    chain: tuple[TellerRecord, ...] = ()
    origin: str | None = None
    stance: str = "asserted"
    as_of: str | None = None
    figures: tuple[FigureRecord, ...] = ()
    sources: tuple[SourceRecord, ...] = ()
    sourcing: str = "none"
    sourcing_reason: str = ""
    figure_text: str | None = None
    weight: int = 0
    read_sourcing: str | None = None
    read_sourcing_reason: str = ""
    page: int | None = None

    def __post_init__(self) -> None:
        what = f'the claim "{shown(self.quote)}"'
        _stated(f"the key of {what}", self.key)
        _stated(f"the kind of {what}", self.kind)
        _span(what, self.start, self.end)
        if not (0 <= self.sentence_start <= self.start and self.end <= self.sentence_end):
            raise RecordError(f"{what} stands outside its sentence: give the sentence that contains it")
        _one_of(f"the stance of {what}", self.stance, words.STANCES)
        _one_of(f"the sourcing of {what}", self.sourcing, words.SOURCINGS)
        if not 0 <= self.weight <= 100:
            raise RecordError(f"the weight {self.weight} of {what} is not between 0 and 100")


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person said a claim should read: ``now`` in place of what the reader found in ``field``.

    ``figure`` is the position of the figure meant and ``figure_text`` its words, which find it again
    in another reading. ``now`` is a text, or for a whole figure an object with its fields.
    """

    field: str
    now: Any
    by_whom: str
    figure: int | None = None
    figure_text: str | None = None

    @classmethod
    def from_detail(cls, detail: Mapping[str, Any], by_whom: str) -> Correction:
        """The correction in the ``detail`` of a review."""
        return cls(
            field=str(detail.get("field", "")),
            now=detail.get("now"),
            by_whom=by_whom,
            figure=detail.get("figure"),
            figure_text=detail.get("figure_text"),
        )


@dataclass(frozen=True, slots=True)
class StoreResult:
    """What storing one reading did; ``claims_changed`` are the ids of known claims that now read otherwise.

    ``claims_absent`` counts those that the page's newest version no longer carries.

    A claim reads otherwise when its quote, figures, speaker or origin are new: a review of it
    judged something else. ``claims_seen`` counts the known claims that were found again.
    """

    document_id: int
    snapshot_id: int
    text_id: int
    new_document: bool
    new_snapshot: bool
    new_text: bool
    claims_new: int
    claims_seen: int
    claims_withdrawn: int
    claims_changed: tuple[int, ...] = ()
    claims_absent: int = 0
