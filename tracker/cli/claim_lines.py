"""A claim as lines of plain text: short in a list, its words marked where they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from tracker.cli.common import flat, joined, say, wrapped

_PARAGRAPH_END = re.compile(r"\n[^\S\n]*\n\s*")
_ELLIPSIS = "\u2026"


class TellerLike(Protocol):
    """A link of a claim's chain."""

    @property
    def name(self) -> str: ...


class SourceLike(Protocol):
    """A source that a person attached."""

    @property
    def title(self) -> str | None: ...
    @property
    def name(self) -> str | None: ...
    @property
    def url(self) -> str | None: ...


class ClaimLike(Protocol):
    """Any value with the fields of a claim that a list shows: one just read, or a stored one."""

    @property
    def quote(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def stance(self) -> str: ...
    @property
    def chain(self) -> Sequence[TellerLike]: ...
    @property
    def origin(self) -> str | None: ...
    @property
    def sourcing(self) -> str: ...
    @property
    def sourcing_reason(self) -> str: ...


def kind_in_words(kind: str) -> str:
    """``missed_screening`` as "missed screening"."""
    return kind.replace("_", " ")


def source_in_words(claim: ClaimLike, attached: Sequence[SourceLike] = ()) -> str:
    """What the claim rests on: first what people attached in support, then what its document gives."""
    # Of a claim just read, and of one that nobody worked on, the two are the same.
    level = getattr(claim, "read_sourcing", claim.sourcing)
    reason = getattr(claim, "read_sourcing_reason", claim.sourcing_reason)
    own = f"{level} ({reason})" if reason else level
    if not attached:
        return own
    first = joined([attached[0].title or attached[0].name, attached[0].url])
    more = f", and {len(attached) - 1} more" if len(attached) > 1 else ""
    nature = "primary, " if claim.sourcing == "primary" else ""
    return f"{nature}attached ({flat(first)}{more}); in the document itself: {own}"


def say_claim(
    claim: ClaimLike,
    figures: str | None,
    indent: str,
    number: int | None = None,
    attached: Sequence[SourceLike] = (),
) -> None:
    """Print a claim as a list shows it: kind and figures, its words, who said it and what it rests on.

    ``attached`` are the sources that people attached in support of it. All but the first line begins
    with ``indent``, which is wide enough for ``number`` and two spaces.
    """
    first = indent if number is None else f"{number:>{len(indent) - 2}}  "
    say(wrapped(figures or "-", f"{indent}{'':<17} ", f"{first}{kind_in_words(claim.kind):<17} "))
    say(wrapped(f'"{flat(claim.quote)}"', indent))
    who = " > ".join(teller.name for teller in claim.chain) or "speaker not known"
    if claim.origin and claim.origin.casefold() not in who.casefold():
        who += f" (origin {claim.origin})"
    state = getattr(claim, "state", "present")
    if state != "present":
        who = f"{state.upper()}: {who}"
    if claim.stance != "asserted":
        who = f"{claim.stance.upper()}: {who}"
    # In the words of the claim's page.
    source = f"source{'' if attached else ':'} {source_in_words(claim, attached)}"
    say(wrapped(f"{who}; {source}", indent))


def context_lines(before: str, sentence: str, after: str, *, begins: bool, indent: str = "  ") -> str:
    """A sentence between \u00bb and \u00ab amid the words around it, paragraph by paragraph.

    ``begins`` tells that ``before`` reaches back to the beginning of the text; an ellipsis stands
    where the words are cut.
    """
    if before and not begins:
        before = f"{_ELLIPSIS} {before.lstrip()}"
    if after.strip() and not after.rstrip().endswith((".", "!", "?", '"', "\u201d")):
        after = f"{after.rstrip()} {_ELLIPSIS}"
    # Whole paragraphs read best; white space at the sentence's edges stays outside of its marks.
    marked = f"{before}\u00bb{sentence.strip()}\u00ab{after}"
    return "\n\n".join(wrapped(paragraph, indent) for paragraph in _PARAGRAPH_END.split(marked) if paragraph.strip())
