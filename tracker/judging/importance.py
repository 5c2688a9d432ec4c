"""How much hangs on a claim: the order of the fact-checker's queue, greatest first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from tracker.judging.checkworthy import worth_checking

#: Shares of the whole, out of 100: words worth checking, the kind, a figure that can be wrong, a subject
#: that the user watches, and being asserted outright.
_OF_WORTH, _OF_KIND, _OF_FIGURE, _OF_WATCHED, _OF_STANCE = 30, 25, 20, 20, 5
_OUTRIGHT = frozenset({"asserted", "reported"})
#: From here up and below there, people are told whether the words look worth checking.
_HIGH, _LOW = 0.6, 0.2

#: The rule in words, for people.
IN_WORDS = (
    "Most important first. Of 100, words that are worth checking (something done, counted or decided, not a wish, "
    f"an opinion or a question; a model of single words ranks them) count up to {_OF_WORTH}, what hangs on the kind "
    f"of claim (a fine or a conviction before a schedule) up to {_OF_KIND}, a figure that can be wrong {_OF_FIGURE}, "
    f"a subject on your watch list {_OF_WATCHED}, and being asserted outright, not denied or hedged, {_OF_STANCE}. "
    "Among equals the newest comes first."
)


@dataclass(frozen=True, slots=True)
class Importance:
    """The weight of a claim, 0 to 100, and what it comes from, in words."""

    weight: int
    reason: str


def importance(quote: str, kind_weight: float, *, has_figure: bool, stance: str, watched: bool = False) -> Importance:
    """How much hangs on a claim: ``quote`` is its words, ``kind_weight`` its kind's own weight, 0 to 1.

    >>> importance("They were fined £19m in 2019.", 0.9, has_figure=True, stance="asserted", watched=True).reason
    'worth checking .90, has a figure, asserted outright, a kind of weight .90, watched'
    """
    worth = worth_checking(quote)
    share = min(max(kind_weight, 0.0), 1.0)
    total = _OF_WORTH * worth + _OF_KIND * share + _OF_FIGURE * has_figure + _OF_WATCHED * watched
    parts = [*_parts(worth, has_figure=has_figure, stance=stance), f"a kind of weight {_share(share)}"]
    return Importance(round(total + _OF_STANCE * (stance in _OUTRIGHT)), ", ".join(parts + ["watched"] * watched))


class ClaimLike(Protocol):
    """Any value with the fields of a claim that its place in the queue hangs on: a stored one."""

    @property
    def quote(self) -> str: ...
    @property
    def stance(self) -> str: ...
    @property
    def figures(self) -> Sequence[object]: ...


def order_in_words(claim: ClaimLike) -> str:
    """What a stored claim's place in the queue comes from; its kind's weight and who is watched are settings."""
    parts = _parts(worth_checking(claim.quote), has_figure=bool(claim.figures), stance=claim.stance)
    return f"{', '.join(parts)}; the rest by its kind and your watch list"


def is_watched(names: Iterable[str], watch: Iterable[str]) -> bool:
    """Whether one of a subject's names is on the watch list, whatever its case, spaces and article.

    >>> is_watched(["The  Harbour Trust", "HT"], ["harbour trust"]), is_watched(["Harbour"], ["Harbour Trust"])
    (True, False)
    """
    watched = {_plain(name) for name in watch} - {""}
    return any(_plain(name) in watched for name in names)


def _parts(worth: float, *, has_figure: bool, stance: str) -> list[str]:
    words = (
        "worth checking" if worth >= _HIGH else "hardly worth checking" if worth < _LOW else "perhaps worth checking"
    )
    figure = "has a figure" if has_figure else "no figure"
    return [f"{words} {_share(worth)}", figure, "asserted outright" if stance == "asserted" else stance]


def _share(share: float) -> str:
    """Two digits without a nought in front: ``.82``."""
    return f"{share:.2f}".removeprefix("0")


def _plain(name: str) -> str:
    return " ".join(name.replace("\u2019", "'").split()).casefold().removeprefix("the ")
