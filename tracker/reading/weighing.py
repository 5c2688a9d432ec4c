"""Which figures of a clause are claimed, and of which kind each is."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from operator import itemgetter

from tracker.reading.kinds import Kind, words_for
from tracker.reading.needles import Needles, gate_of, needles_of
from tracker.reading.values import Figure

# Small counts in words carry a story ("two men ran"), not a claim worth a row of its own.
_SMALL = 10
# A sum without its unit is money only from here on: "over 20 million", but not "over 20".
_LARGE_SUM = 1000
# What only says when or how old, where something else is claimed.
# With words of money near it, a bare number from here on is a sum.
_SURELY_A_SUM = 100_000
_MONEY = re.compile(
    r"\b(?:pa(?:y|ys|id|ying)|cost(?:s|ing)?|spen(?:d|ds|t|ding)|ow(?:e|es|ed|ing)|worth|charg(?:e|ed|es)|bill(?:s|ed)?|price|profits?"
    r"|dividends?|bonus(?:es)?|debts?|budgets?|fund(?:s|ed|ing)?|invest(?:ed|ment)?|loss(?:es)?|revenues?|turnover|income"
    r"|levy|tax(?:es)?|money|assets|cash|reserves|savings|turned over"
    r"|hand(?:ed|ing)? back|a year|salar(?:y|ies)|wages?|refund(?:s|ed)?|fin(?:e|ed|es))\b",
    re.IGNORECASE,
)
_CIRCUMSTANCE = frozenset({"duration", "age", "date"})
_ASIDE = frozenset({"count", "duration", "age", "length"})
# A kind's words further off than this, in characters, belong to something else; a comma counts for so many.
_FAR = 100
_COMMA = 25
# The figure's own noun ("140 drivers") counts as a little away: the verb beside it says more.
_OWN_NOUN = 8

_BEFORE_FIGURE = (
    r"(?:(?:the|a|its|their|his|her|all|just|only|over|about|around|nearly|almost|some|more than|at least"
    r"|up to|a total of)\s+){0,3}"
)
# "in just three homes", "among 40 firms": where or among whom, not what.
_OBLIQUE = re.compile(
    r"\b(?:in|at|across|within|on|among|during|over the (?:past|last|next)|after|for|against|with|aged|of|than)"
    rf"\s+{_BEFORE_FIGURE}\Z",
    re.IGNORECASE,
)
_WHEN_BEFORE = re.compile(
    r"\b(?:in|after|within|past|last|next|every|first|final|another|previous|following|coming)\s+"
    r"(?:the\s+)?(?:\w+\s+)?\Z",
    re.IGNORECASE,
)
_WHEN_AFTER = re.compile(
    r"\s+(?:ago|later|earlier|before|after|since|from now|time|old|into|notice|left|until|till|away|to go"
    r"|remaining|out from)\b|['\u2019]",
    re.IGNORECASE,
)
_AGO = re.compile(r"\s+(?:ago|later|earlier|hence)\b", re.IGNORECASE)
_WHERE_AFTER = re.compile(
    r"\)|\s*\(|[\s,]+(?:away|from|north|south|east|west|off|outside|below|above|inside|down|up|along|apart"
    r"|into|C|F)\b",
    re.IGNORECASE,
)
# "A 720p camera" has lines; "the shares fell to 720p" pence.
_LINES = re.compile(r"(?:240|360|480|576|720|1080|1440|2160)p")
_PRICED = re.compile(
    r"\b(?:shares?|stocks?|prices?|costs?|pence|pays?|paid|dividend|worth|fares?|charge[ds]?)\b", re.IGNORECASE
)
# "Nobody has been convicted" is no conviction; that nothing was published, trained or ready is what these say.
_NOBODY = re.compile(r"(?:and |but |so )?(?:nobody|no one|none|not (?:one|a single)|neither|no \w+)\b", re.IGNORECASE)
_RULED_OUT = re.compile(r"(?<![\w'\u2019])not\s+(?:the\s+|a\s+|some\s+)?\Z", re.IGNORECASE)
_MODEL = re.compile(r"\d{3,}[A-Z]")
_HYPHENATED = re.compile(r"[\da-z]-(?:[a-z]+)", re.IGNORECASE)
# A capital in the middle of a sentence, right before the number.
_NAME_BEFORE = re.compile(r"[a-z,] (?:the )?(?!(?:NHS|MPs|Britons|Americans)\b)[A-Z][A-Za-z]{2,}\s\Z")
_OF_THEM = re.compile(r"\s+of (?:you|them|these|those|us|its|their|our|your|my|his|her|the)\b", re.IGNORECASE)
# What joins the two figures of one change: "71,400, up from 35,200".
_MOVED = r"(?:up|down|rising|falling|increase|decrease|rise|fall|compared|against)"
_CHANGE = re.compile(
    rf"^[^.;]{{0,60}}?\b(?:{_MOVED}\b[^.;]{{0,20}}\b(?:from|to|with|on)|instead of|rather than)"
    r"(?:\s+(?:just|only|about|around|nearly|the|a|some|over|more than))*\s+$",
    re.IGNORECASE,
)


# By the identity of the pattern, which is kept beside them: to hash a long pattern takes longer than to ask its gate.
_KNOWN: dict[int, tuple[re.Pattern[str], Needles]] = {}


def _needles(pattern: re.Pattern[str]) -> Needles:
    """The needles of a kind's pattern; few patterns, each asked for at every clause."""
    known = _KNOWN.get(id(pattern))
    if known is None:
        known = _KNOWN[id(pattern)] = (pattern, needles_of(pattern))
    return known[1]


class Wording:
    """A clause with the words of the kinds in it: each kind's are looked for once, not for each figure."""

    def __init__(self, text: str, clause: tuple[int, int]) -> None:
        self.text, self.clause, self.gate = text, clause, gate_of(text, *clause)
        self._found: dict[tuple[str, int], list[tuple[int, int]]] = {}

    def near(self, pattern: re.Pattern[str], kind: Kind, figure: Figure) -> list[tuple[int, int]]:
        """The spans of a kind's words that are not surely too far from the figure, in order."""
        key = (kind.name, id(pattern))
        if key not in self._found:
            self._found[key] = [match.span() for match in matches_of(pattern, kind, self)]
        spans = self._found[key]
        first = bisect_left(spans, figure.start - _FAR, key=_end_of)
        return spans[first : bisect_left(spans, figure.end + _FAR, key=_start_of)]


_start_of, _end_of = itemgetter(0), itemgetter(1)


def kinds_of(wording: Wording, figure: Figure, kinds: Sequence[Kind]) -> list[Kind]:
    """The kinds that fit the figure, the one whose words stand nearest first, ties by priority."""
    ranked: list[tuple[int, int, str, Kind]] = []
    for kind in kinds:
        pattern = words_for(kind, figure.dimension)
        if pattern is None or not _fits(figure, kind):
            continue
        words = wording.near(pattern, kind, figure)
        near = min((_distance(wording.text, span, (figure.start, figure.end)) for span in words), default=_FAR)
        if near < _FAR:
            ranked.append((near, -kind.priority, kind.name, kind))
    return [kind for *_, kind in sorted(ranked, key=lambda row: row[:3])]


def events_of(text: str, clause: tuple[int, int], kinds: Sequence[Kind]) -> list[Kind]:
    """The kinds that the clause asserts without a figure, in the order of their words."""
    wording = Wording(text, clause)
    negated = _NOBODY.match(text, *clause) is not None
    found = [
        (match.start(), -kind.priority, kind.name, kind)
        for kind in _told_in(text, kinds)
        if kind.event is not None
        if wording.gate.opens(_needles(kind.event)) and not (negated and not kind.absence)
        for match in matches_of(kind.event, kind, wording)[:1]
    ]
    return [kind for *_, kind in sorted(found, key=lambda row: row[:3])]


#: The last text asked of, its kinds, and those of them whose events it may tell: a text has a thousand clauses.
_LAST: list[tuple[str, Sequence[Kind], list[Kind]]] = []


def _told_in(text: str, kinds: Sequence[Kind]) -> list[Kind]:
    """The kinds of whose events a text has the needles at all."""
    for known, of_kinds, told in _LAST:
        if known is text and of_kinds is kinds:
            return told
    gate = gate_of(text, 0, len(text))
    told = [kind for kind in kinds if kind.event is not None and gate.opens(_needles(kind.event))]
    _LAST[:] = [(text, kinds, told)]
    return told


def matches_of(pattern: re.Pattern[str], kind: Kind, wording: Wording) -> list[re.Match[str]]:
    """The matches of a kind's pattern in the clause, without those that its ``never`` undoes."""
    if not wording.gate.opens(_needles(pattern)):
        return []
    text, clause = wording.text, wording.clause
    matches = list(pattern.finditer(text, *clause))
    if matches and kind.never is not None:
        undone = [m.span() for m in kind.never.finditer(text, *clause)]
        matches = [m for m in matches if not any(a < m.end() and m.start() < b for a, b in undone)]
    return matches


def _fits(figure: Figure, kind: Kind) -> bool:
    if figure.dimension is not None:
        return figure.dimension in kind.dimensions
    if not kind.bare_number or figure.unit is not None:
        return False
    if "money" in kind.dimensions and "count" not in kind.dimensions:
        return (figure.value or figure.high or figure.low or 0) >= _LARGE_SUM
    return True


def _distance(text: str, one: tuple[int, int], other: tuple[int, int]) -> int:
    """Characters between two spans; what stands behind a comma is further away than it looks."""
    first, second = sorted((one, other))
    if first[1] > second[0]:
        return _OWN_NOUN
    return second[0] - first[1] + _COMMA * text.count(",", first[1], second[0])


def _is_of_a_name(text: str, figure: Figure) -> bool:
    """Whether the number belongs to a name or a description: "Thunderbolt 3", "5500M", "a 16-inch screen"."""
    if _LINES.fullmatch(figure.text):
        around = text[max(0, figure.start - 80) : figure.end + 80]
        return _PRICED.search(around) is None
    if figure.dimension in {"money", "proportion", "ratio"}:
        return False
    if _MODEL.fullmatch(figure.text) or (figure.dimension != "count" and _HYPHENATED.search(figure.text)):
        return True
    return _NAME_BEFORE.search(text, max(0, figure.start - 30), figure.start) is not None


def is_bare_sum(text: str, figure: Figure) -> bool:
    """Whether a number without a unit is plainly money: "it paid 9.9 million", "the bill is 36 million"."""
    if figure.dimension is not None or figure.unit is not None or figure.of is not None:
        return False
    if _MODEL.fullmatch(figure.text) or _OF_THEM.match(text, figure.end):
        return False
    large = (figure.value or figure.high or figure.low or 0) >= _SURELY_A_SUM
    around = text[max(0, figure.start - 60) : figure.end + 30]
    return large and _MONEY.search(around) is not None


def main_figures(text: str, figures: Sequence[Figure]) -> list[Figure]:
    """The figures that are claimed: a count that only says where or among whom goes with another one.

    "62 residents died in just three of their homes" claims the 62.
    """
    figures = [f for f in figures if f.dimension != "duration" or not _AGO.match(text, f.end)]
    # "£19.2m, not £23m" claims the first only.
    figures = [f for f in figures if not _RULED_OUT.search(text, max(0, f.start - 14), f.start)]
    if len(figures) < 2:
        return figures
    plain = [f for f in figures if not _is_aside(text, f)]
    claimed = [f for f in plain if f.dimension not in _CIRCUMSTANCE and (f.dimension is not None or _is_large(f))]
    return plain if claimed else figures


def _is_large(figure: Figure) -> bool:
    return (figure.value or figure.low or 0) >= _LARGE_SUM


def _is_aside(text: str, figure: Figure) -> bool:
    if figure.dimension not in _ASIDE or _is_large(figure):
        return False
    return _OBLIQUE.search(text, max(0, figure.start - 40), figure.start) is not None


def with_changes(text: str, figures: Sequence[Figure]) -> list[tuple[Figure, ...]]:
    """Each figure alone, or with the one that it changed from or to: a change is one claim."""
    grouped: list[tuple[Figure, ...]] = []
    for figure in figures:
        last = grouped[-1] if grouped else ()
        between = text[last[0].end : figure.start] if len(last) == 1 else ""
        if between and last[0].dimension == figure.dimension and _CHANGE.search(between):
            grouped[-1] = (last[0], figure)
        else:
            grouped.append((figure,))
    return grouped


def is_worth(text: str, figure: Figure) -> bool:
    """Whether a figure of no known kind is a claim, not a small count or a circumstance."""
    written = any(c.isdigit() for c in figure.text)
    if figure.dimension in {"age", "date"} or _is_of_a_name(text, figure):
        return False
    if figure.dimension == "duration":
        # "For 40 weeks", "23 hours a day" are claimed; "two years ago", "in the past month" date something.
        before = _WHEN_BEFORE.search(text, max(0, figure.start - 24), figure.start)
        return written and before is None and _WHEN_AFTER.match(text, figure.end) is None
    if figure.dimension in {"length", "temperature"} and _WHERE_AFTER.match(text, figure.end):
        return False
    if figure.value is None and not written:
        return False  # "millions of voters" is a manner of speaking
    if figure.dimension in {"money", "proportion", "ratio"}:
        return True
    if is_bare_sum(text, figure):
        return True
    if figure.unit is None and figure.of is None and not _OF_THEM.match(text, figure.end):
        return False
    size = max((abs(x) for x in (figure.value, figure.low, figure.high) if x is not None), default=0.0)
    return size > _SMALL or written
