"""What could be a claim in one region of a sentence: its figures and events, told by kind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.reading.attribution import Attribution
from tracker.reading.clauses import split_clauses, starts_with_verb
from tracker.reading.grammar import FINITE, has_finite_verb, mood
from tracker.reading.kinds import Kind
from tracker.reading.regions import Region
from tracker.reading.text import trim
from tracker.reading.values import Figure, Passage

_EDGES = " \t\r\n\u00a0.,;:!>\"'\u2018\u2019\u201c\u201d()[]"
# Small counts in words carry a story ("two men ran"), not a claim worth a row of its own.
_SMALL = 10
# What only says when, how long or how old, when something else is what is claimed.
_CIRCUMSTANCE = frozenset({"duration", "age", "date"})
# A kind's words further off than this, in characters, belong to something else; a comma counts for so many.
_FAR = 100
_COMMA = 25
_OWN_NOUN = 8
# What joins the two figures of one change.
_CHANGE = re.compile(
    r"^[^.;]{0,60}?\b(?:(?:up|down|rising|falling|increase|decrease|rise|fall|compared|against)\b[^.;]{0,20}\b(?:from|to|with|on)|instead of|rather than)"
    r"(?:\s+(?:just|only|about|around|nearly|the|a|some|over|more than))*\s+$",
    re.IGNORECASE,
)
_SURVEY = re.compile(r"\b(?:poll|survey|questionnaire)", re.IGNORECASE)
_ASIDE = frozenset({"count", "duration", "age", "length"})
_OBLIQUE = re.compile(
    r"\b(?:in|at|across|within|on|among|during|over the (?:past|last|next)|after|for|against|with|aged|of|than)\s+"
    r"(?:(?:the|its|their|his|her|just|only|over|about|around|nearly|almost|some|more than|at least|up to|a total of|all)\s+){0,3}\Z",
    re.IGNORECASE,
)
_WHEN_BEFORE = re.compile(r"\b(?:in|after|within|past|last|next|every|first|final|another|previous|following|coming)\s+(?:the\s+)?(?:\w+\s+)?\Z", re.IGNORECASE)
_AGO = re.compile(r"\s+(?:ago|later|earlier|hence)\b", re.IGNORECASE)
_WHEN_AFTER = re.compile(r"\s+(?:ago|later|earlier|before|after|since|from now|time|old|into|notice|left|until|till|away|to go|remaining|out from)\b|['\u2019]", re.IGNORECASE)
_WHERE_AFTER = re.compile(
    r"\)|\s*\(|[\s,]+(?:away|from|north|south|east|west|off|outside|below|above|inside|down|up|along|apart|into|C|F)\b", re.IGNORECASE
)
_OF_THEM = re.compile(r"\s+of (?:them|these|those|us|its|their|our|the)\b", re.IGNORECASE)
# What a reporting frame cut off leaves hanging: "of having …", "… and".
_LOOSE_LEAD = re.compile(r"(?:of|that|about|to|how|and|but|so|also|because)\s+(?=\S)", re.IGNORECASE)
_LOOSE_END = re.compile(r"[\s,]+(?:and|but|or|while|that|which|as|because|when)[\s,]*\Z", re.IGNORECASE)
# What somebody calls for is an appeal, whoever reports it.
_DEMAND = re.compile(r"(?:call(?:s|ed|ing)? (?:for|on|upon)|urg|demand|ask(?:s|ed|ing)? (?!how|what|why|when|whether|if)|recommend|plead(?:s|ed|ing)? (?:for|with)|appeal)", re.IGNORECASE)
# "must pay £3m": what a court or contract ordered, not what the writer wants.
_OBLIGED = re.compile(r"\bmust (?:now |also |each )?(?:pay|repay|refund|hand back|serve|return)\b", re.IGNORECASE)
# Feelings and verdicts of taste: nobody can check them.
_VALUES = re.compile(
    r"\b(?:scandal(?:ous)?|disgrace(?:ful)?|sham(?:e|eful)|shock(?:ed|ing)|unacceptable|terribl[ey]|wonderful|fantastic|delighted|proud|"
    r"surpris(?:ed|ing)|sorry|sadden(?:ed|ing)|disappoint(?:ed|ing)|pleased|hopeful|thrilled|excited|grateful|outrag(?:ed?|eous)|"
    r"appall(?:ed|ing)|horrif(?:ied|ying)|heartbreaking|heartbroken|devastat(?:ed|ing)|frustrat(?:ed|ing)|worr(?:ied|ying)|nightmare|"
    r"absurd|ridiculous|crazy|madness|nonsense|too early|important|vital|crucial|unfair|wrong|right thing|great|amazing|incredible|"
    r"insult(?:ing)?|betrayal|happy|glad|confident|optimistic|love[sd]?|hate[sd]?)\b",
    re.IGNORECASE,
)
# A question word or a preposition in front: a piece of a clause, not a clause.
_FRAGMENT = re.compile(
    r"(?:why|how|where|when|what|which|who|whether|with|before|after|for|to|from|by|about|in|on|of|than|not|or)\b", re.IGNORECASE
)
# What somebody says in quotation marks is mostly comment; under these words it is a claim.
_COMMITS = re.compile(
    r".*\b(?:admit|den(?:y|ied|ies)|confirm|reveal|announc|promis|pledg|accus|alleg|claim|conced|acknowledg|vow|insist|disclos)", re.IGNORECASE
)
# "called him a crook": a name given, no clause reported.
_NAMES_AS = re.compile(r".*\b(?:call|describ|label|brand|dubb|nam)", re.IGNORECASE)
_VAGUE = re.compile(
    r"(?:it|this|that|they|we|you|there|these|those|I|people|nobody|everyone|everybody)(?:['\u2019]s|['\u2019]re|['\u2019]m|\s+(?:is|are|am|was|were|has to|have to|do|don.t|does))\b",
    re.IGNORECASE,
)
_OPENING_MARK = re.compile(r"[\"\u201c]")
_HEADLINE_LABEL = re.compile(r"[A-Z][\w'\u2019&. -]{2,40}:\s+")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A clause that may be claimed: its span, kind and figures; ``subject_start`` begins its subject."""

    start: int
    end: int
    kind: str
    also_kinds: tuple[str, ...]
    figures: tuple[Figure, ...]
    mood: str
    subject_start: int
    bare_money: bool = False

    @property
    def figure(self) -> Figure | None:
        """The one figure, None for an event."""
        return self.figures[0] if self.figures else None


def candidates_in(
    text: str, region: Region, sentence: tuple[int, int], passage: Passage, figures: Sequence[Figure], kinds: Sequence[Kind]
) -> tuple[Candidate, ...]:
    """The candidates of a region, in order: one a figure, one an event without a figure.

    A named party's reported words that give neither are one ``statement``.
    """
    start = region.start
    if region.told_by and _demands(text, region.told_by[-1]):
        return ()
    if passage.role == "heading":
        label = _HEADLINE_LABEL.match(text, start, region.end)
        start = label.end() if label else start
    found: list[Candidate] = []
    subject_start = start
    for clause in split_clauses(text, start, region.end, [(f.start, f.end) for f in figures]):
        if not starts_with_verb(text, clause):
            subject_start = clause[0]
        here = [f for f in figures if clause[0] <= f.start and f.end <= clause[1]]
        inside = _in_clause(text, clause, here, kinds, region, passage, subject_start)
        if not inside and clause != (start, region.end) and _OPENING_MARK.search(text, *clause):
            # Somebody's own words within indirect speech are a statement beside its other claims.
            statement = _statement(text, region, clause, sentence, kinds)
            inside = [statement] if statement else []
        found.extend(inside)
    if not found:
        statement = _statement(text, region, (start, region.end), sentence, kinds)
        found.extend([statement] if statement else [])
    return tuple(found)


def _is_answer(text: str, clause: tuple[int, int], figures: Sequence[Figure]) -> bool:
    """Whether a share of people is the subject: "two thirds would …" says what they answered."""
    verb = FINITE.search(text, *clause)
    return verb is not None and any(
        f.dimension == "proportion" and f.end <= verb.start() and f.start - clause[0] < 24 and f.of is not None for f in figures
    )


def _demands(text: str, attribution: Attribution) -> bool:
    start, end = attribution.cue_start, attribution.cue_end
    return start is not None and end is not None and _DEMAND.search(text, start, end + 6) is not None


def _in_clause(
    text: str, clause: tuple[int, int], figures: Sequence[Figure], kinds: Sequence[Kind], region: Region,
    passage: Passage, subject_start: int,
) -> list[Candidate]:  # fmt: skip
    how = mood(text, *clause)
    told = any(a.identified and a.source_kind != "document" for a in region.told_by)
    dated = any(f.dimension == "date" for f in figures)
    if how == "appeal" and figures and _OBLIGED.search(text, *clause):
        how = "statement"
    if how in {"future", "hypothetical"} and _is_answer(text, clause, figures):
        how = "statement"
    open_future = how in {"future", "hypothetical"} and not told
    if how in {"condition", "appeal", "opinion"} or (open_future and not dated):
        return []
    start, end = _quoted(text, clause)
    if start >= end:
        return []
    whole = has_finite_verb(text, *clause) or starts_with_verb(text, clause)
    found: list[Candidate] = []
    asked = any(a.source is not None and _SURVEY.search(a.source) for a in region.told_by)
    for figure, *second in _changes(text, main_figures(text, figures)):
        ranked = _kinds_of(text, clause, figure, kinds)
        if asked and figure.dimension == "proportion":
            ranked.sort(key=lambda r: r[0] != "poll")
            ranked = ranked if ranked[:1] and ranked[0][0] == "poll" else [*((k.name, k) for k in kinds if k.name == "poll"), *ranked]
        if not ranked and figure.dimension == "date" and how == "future" and figure.comparator != "=":
            ranked = [(kind.name, kind) for kind in kinds if kind.name == "schedule"]
        if ranked and (whole or passage.role in {"heading", "bullet"}):
            kind, bare = ranked[0][0], figure.dimension is None and "money" in ranked[0][1].dimensions
            also = tuple(name for name, _ in ranked[1:])
            found.append(Candidate(start, end, kind, also, (figure, *second), how, subject_start, bare))
        elif whole and passage.role != "heading" and _worth(text, figure):
            found.append(Candidate(start, end, "other", (), (figure, *second), how, subject_start))
    named = {c.kind for c in found}
    if not open_future:
        for kind in _events(text, clause, kinds):
            if kind not in named and not (named - {"other"}):
                found.append(Candidate(start, end, kind, (), (), how, subject_start))
                break
    return found


def _kinds_of(text: str, clause: tuple[int, int], figure: Figure, kinds: Sequence[Kind]) -> list[tuple[str, Kind]]:
    """The kinds that fit the figure, the one whose words stand nearest first, ties by priority."""
    ranked: list[tuple[int, int, str, Kind]] = []
    for kind in kinds:
        if kind.figure is None or not _fits(figure, kind):
            continue
        words = [m.span() for m in _matches(kind.figure, kind, text, clause)]
        near = min((_distance(text, span, (figure.start, figure.end)) for span in words), default=_FAR)
        if near < _FAR:
            ranked.append((near, -kind.priority, kind.name, kind))
    return [(name, kind) for _, _, name, kind in sorted(ranked, key=lambda r: r[:3])]


def _fits(figure: Figure, kind: Kind) -> bool:
    if figure.dimension is not None:
        return figure.dimension in kind.dimensions
    if not kind.bare_number or figure.unit is not None:
        return False
    # "Over 20 million" may be a sum; "over 20" is a count of something left out.
    large = (figure.value or figure.high or figure.low or 0) >= 1000
    return large if "money" in kind.dimensions and "count" not in kind.dimensions else True


def _matches(pattern: re.Pattern[str], kind: Kind, text: str, clause: tuple[int, int]) -> list[re.Match[str]]:
    matches = list(pattern.finditer(text, *clause))
    if matches and kind.never is not None:
        undone = [m.span() for m in kind.never.finditer(text, *clause)]
        matches = [m for m in matches if not any(a < m.end() and m.start() < b for a, b in undone)]
    return matches


def _events(text: str, clause: tuple[int, int], kinds: Sequence[Kind]) -> list[str]:
    found = [
        (match.start(), -kind.priority, kind.name)
        for kind in kinds
        if kind.event is not None
        for match in _matches(kind.event, kind, text, clause)[:1]
    ]
    return [name for _, _, name in sorted(found)]


def _changes(text: str, figures: Sequence[Figure]) -> list[tuple[Figure, ...]]:
    """Each figure alone, or with the one that it changed from or to: "71,400, up from 35,200"."""
    grouped: list[tuple[Figure, ...]] = []
    for figure in figures:
        last = grouped[-1] if grouped else ()
        if len(last) == 1 and last[0].dimension == figure.dimension and _CHANGE.search(text[last[0].end : figure.start]):
            grouped[-1] = (last[0], figure)
        else:
            grouped.append((figure,))
    return grouped


def _distance(text: str, one: tuple[int, int], other: tuple[int, int]) -> int:
    """Characters between two spans; what stands behind a comma is further away than it looks.

    The figure's own noun ("140 drivers") counts as a little away: the verb beside it says more.
    """
    first, second = sorted((one, other))
    if first[1] > second[0]:
        return _OWN_NOUN
    return max(0, second[0] - first[1]) + _COMMA * text.count(",", first[1], second[0])


def main_figures(text: str, figures: Sequence[Figure]) -> list[Figure]:
    """The figures that are claimed: a count that only says where or among whom goes with another one.

    "62 residents died in just three of their homes" claims the 62.
    """
    figures = [f for f in figures if f.dimension != "duration" or not _AGO.match(text, f.end)]
    if len(figures) < 2:
        return list(figures)
    plain = [f for f in figures if f.dimension not in _ASIDE or not _OBLIQUE.search(text, max(0, f.start - 40), f.start)]
    return plain if any(f.dimension not in _CIRCUMSTANCE for f in plain) else list(figures)


def _worth(text: str, figure: Figure) -> bool:
    """Whether a figure of no known kind is a claim, not a small count or a circumstance."""
    if figure.dimension in {"age", "date"}:
        return False
    if figure.dimension == "duration":
        # "For 40 weeks", "23 hours a day" are claimed; "two years ago", "in the past month" only date something.
        written = any(c.isdigit() for c in figure.text)
        aside = _WHEN_BEFORE.search(text, max(0, figure.start - 24), figure.start) or _WHEN_AFTER.match(text, figure.end)
        return written and aside is None
    if figure.dimension in {"length", "temperature"} and _WHERE_AFTER.match(text, figure.end):
        return False
    if figure.value is None and not any(c.isdigit() for c in figure.text):
        return False  # "millions of voters" is a manner of speaking
    if figure.dimension in {"money", "proportion", "ratio"}:
        return True
    if figure.unit is None and figure.of is None and not _OF_THEM.match(text, figure.end):
        return False
    size = max((abs(x) for x in (figure.value, figure.low, figure.high) if x is not None), default=0.0)
    return size > _SMALL or any(c.isdigit() for c in figure.text)


def _statement(
    text: str, region: Region, span: tuple[int, int], sentence: tuple[int, int], kinds: Sequence[Kind]
) -> Candidate | None:
    """The reported words of a named party, where their cue stands in this very sentence."""
    if not any(kind.name == "statement" for kind in kinds) or not region.told_by:
        return None
    inner = region.told_by[-1]
    if inner.source is None or not inner.identified or inner.source_kind == "document" or inner.cue_start is None:
        return None
    if not (sentence[0] <= inner.cue_start < sentence[1]):
        return None
    start, end = _quoted(text, span)
    how = mood(text, start, end)
    if len(text[start:end].split()) < 4 or not has_finite_verb(text, start, end) or how in {"appeal", "condition", "opinion"}:
        return None
    partly = _OPENING_MARK.search(text, start, end) is not None
    if how in {"future", "hypothetical"} and not partly:
        return None
    if _NAMES_AS.match(inner.cue or ""):
        return None
    if _VALUES.search(text, start, end) or _FRAGMENT.match(text, start, end):
        return None
    if inner.direct and (_COMMITS.match(inner.cue or "") is None or _VAGUE.match(text, start, end)):
        return None
    return Candidate(start, end, "statement", (), (), how, start)


def _quoted(text: str, clause: tuple[int, int]) -> tuple[int, int]:
    """The clause's span without the marks and stops at its edges; a mark that pairs inside stays."""
    start, end = trim(text, *clause, _EDGES)
    lead = _LOOSE_LEAD.match(text, start, end)
    start = lead.end() if lead else start
    loose = _LOOSE_END.search(text, start, end)
    start, end = trim(text, start, loose.start() if loose else end, _EDGES)
    closers = {"\u201c": "\u201d", '"': '"', "\u2018": "\u2019", "(": ")"}
    for opener, closer in closers.items():
        inside = text[start:end]
        if end < clause[1] and text[end] in {closer, '"'} and inside.count(opener) > (inside.count(closer) if opener != closer else 0) - 0 and (opener != closer or inside.count(opener) % 2 == 1):
            end += 1
            break
    return start, end


