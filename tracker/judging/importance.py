"""How much hangs on a claim: the order of the fact-checker's queue, greatest first."""

from __future__ import annotations

#: Shares of the whole, out of 100: the kind, a figure that can be wrong, and being asserted outright.
_OF_KIND, _OF_FIGURE, _OF_STANCE = 60, 25, 15
_OUTRIGHT = frozenset({"asserted", "reported"})

#: The rule in words, for people.
IN_WORDS = (
    "Most important first: what hangs on the kind of claim (a fine or a conviction before a schedule) counts "
    f"up to {_OF_KIND} of 100, a figure that can be wrong {_OF_FIGURE}, being asserted outright, not denied or "
    f"hedged, {_OF_STANCE}. Among equals the newest comes first."
)


def importance(kind_weight: float, *, has_figure: bool, stance: str) -> int:
    """The weight of a claim, 0 to 100; ``kind_weight`` is its kind's own, 0 to 1."""
    share = min(max(kind_weight, 0.0), 1.0)
    return round(_OF_KIND * share) + _OF_FIGURE * has_figure + _OF_STANCE * (stance in _OUTRIGHT)
