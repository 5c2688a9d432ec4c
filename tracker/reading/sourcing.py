"""How well a claim is sourced, by what it rests on (the design's three axes)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tracker.reading.source_people import is_anonymous
from tracker.reading.values import SourceMention, Teller


def sourcing_of(sources: Sequence[SourceMention], chain: Sequence[Teller], firsthand: bool) -> tuple[str, str]:
    """The level on the axis none < anonymous < firsthand < named < linked, and its reason in words."""
    linked = [s for s in sources if s.how == "linked"]
    if linked:
        return "linked", "links " + _list(s.name for s in linked)
    named = [s for s in sources if s.how == "named"]
    if named:
        names = _list(f"{s.name} (named before)" if s.inherited else s.name for s in named)
        return "named", f"names {names}, no link"
    if firsthand:
        return "firsthand", "the speaker states an act or result of their own organisation"
    unnamed = [t.name for t in chain if not t.identified and is_anonymous(t.name)]
    unnamed = unnamed or [s.name for s in sources if s.how == "anonymous"]
    if unnamed:
        return "anonymous", "rests on " + _list(unnamed)
    return "none", "neither links nor names a source"


def _list(names: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(names))
