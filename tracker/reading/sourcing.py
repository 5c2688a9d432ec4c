"""How well a claim is sourced, by what it rests on (the design's three axes)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from tracker.reading.source_people import is_anonymous
from tracker.reading.values import SourceMention, Teller

# "A source close to the board", "the insider" is one; "people familiar with it" are several.
_ONE = re.compile(
    r"(?:an?|one|another|someone|somebody)\b|(?:the\s+)?(?!people\b|staff\b)\w*[^s\W](?=\s+who\b|\s+close\b|\Z)",
    re.IGNORECASE,
)


def sourcing_of(sources: Sequence[SourceMention], chain: Sequence[Teller], firsthand: bool) -> tuple[str, str]:
    """What the text itself gives, of none < anonymous < firsthand < named < linked, and its reason in words.

    What people attached raises it: ``judging.sourcing``.
    """
    linked = [s for s in sources if s.how == "linked"]
    if linked:
        return "linked", "links " + _list(s.name for s in linked)
    named = [s for s in sources if s.how == "named"]
    if named:
        names = _list(f"{s.name} (named before)" if s.inherited else s.name for s in named)
        return "named", f"names {names}, no link"
    # Whoever is not named may speak of their own doings; nobody can ask them.
    unnamed_speaker = bool(chain) and not chain[-1].identified and is_anonymous(chain[-1].name)
    if firsthand and not unnamed_speaker:
        return "firsthand", "the speaker states an act or result of their own organisation"
    unnamed = [t.name for t in chain if not t.identified and is_anonymous(t.name)]
    # The words that show an unnamed source are nearer to it than what its teller is called.
    unnamed = [s.name for s in sources if s.how == "anonymous"] or unnamed
    if unnamed:
        one = len(set(unnamed)) == 1 and _ONE.match(unnamed[0])
        return "anonymous", f"rests on {_list(unnamed)}, who {'is' if one else 'are'} not named"
    return "none", "neither links nor names a source"


def _list(names: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(names))
