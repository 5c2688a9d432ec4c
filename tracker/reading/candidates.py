"""What could be a claim in one region of a sentence: its figures, its events, its statements."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.reading.clauses import split_clauses, starts_with_verb
from tracker.reading.cores import around, core_of, second_fact
from tracker.reading.events import is_event
from tracker.reading.grammar import finite_verb, has_finite_verb, mood
from tracker.reading.kinds import Kind
from tracker.reading.regions import Region
from tracker.reading.statements import QUOTED, demands, is_statement, is_unsaid
from tracker.reading.text import trim
from tracker.reading.values import Figure, Passage
from tracker.reading.weighing import Wording, events_of, is_bare_sum, is_worth, kinds_of, main_figures, with_changes

_EDGES = " \t\r\n\u00a0.,;:!>\"'\u2018\u2019\u201c\u201d()[]"
# Half say that "he was wrong and should go": one answer, to the end of its quotation.
_ANSWER = re.compile(
    r"\b(?:sa(?:y|ys|id)|agreed?|th(?:ink|ought)|believed?|answered)\s+(?:that\s+)?[\"\u201c][^\"\u201c\u201d]{1,400}[\"\u201d]"
)
_CLOSES = {"\u201c": "\u201d", '"': '"', "\u2018": "\u2019", "(": ")"}
# What a reporting frame cut off leaves hanging: "of having …", "… and".
_LOOSE_LEAD = re.compile(r"(?:of|that|about|to|how|and|but|so|also|because)\s+(?=\S)", re.IGNORECASE)
# "Fined for that" needs its last word, "he said that" does not.
_LOOSE_END = re.compile(
    r"(?:[\s,]+(?:and|but|or|while|which|as|because|when"
    r"|(?<!for )(?<!of )(?<!to )(?<!by )(?<!with )(?<!in )(?<!on )(?<!at )(?<!after )that)"
    r"|,\s+(?:an?|the)\s+\w+)[\s,]*\Z",
    re.IGNORECASE,
)
# No longer than this, in characters.
_LOOSE = 80
# "must pay £3m": what a court or contract ordered, not what the writer wants.
_OBLIGED = re.compile(r"\bmust (?:now |also |each )?(?:pay|repay|refund|hand back|serve|return)\b", re.IGNORECASE)
_SURVEY = re.compile(r"\b(?:polls?|polled|pollsters?|surveys?|surveyed|questionnaires?)\b", re.IGNORECASE)
_HEADLINE_LABEL = re.compile(r"[A-Z][\w'\u2019&. -]{2,40}:\s+")
# The subject of "two thirds would …" stands this near the clause's beginning, in characters.
_AT_FRONT = 24
# So far back a clause may hang on what stands before it, in characters.
_HANGS = 200
# So many words behind a counted subject are taken for a predicate.
_A_PREDICATE = 4
# A heading of so many words with a verb makes a statement.
_A_HEADLINE = 6


@dataclass(frozen=True, slots=True)
class Candidate:
    """A clause that may be claimed: its span, kind and figures; ``subject_start`` begins its subject.

    ``bare_money``: the figure is a sum whose currency the text leaves out.
    """

    start: int
    end: int
    kind: str
    also_kinds: tuple[str, ...]
    figures: tuple[Figure, ...]
    mood: str
    subject_start: int
    bare_money: bool = False


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause with what decides about it; ``told``: somebody is reported to say it."""

    text: str
    start: int
    end: int
    subject_start: int
    figures: tuple[Figure, ...]
    region: Region
    role: str
    sentence: tuple[int, int]

    @property
    def span(self) -> tuple[int, int]:
        return self.start, self.end

    @property
    def told(self) -> bool:
        return any(a.source is not None and a.source_kind != "document" for a in self.region.told_by)


def candidates_in(
    text: str,
    region: Region,
    sentence: tuple[int, int],
    passage: Passage,
    figures: Sequence[Figure],
    kinds: Sequence[Kind],
) -> tuple[Candidate, ...]:
    """The candidates of a region, in order: one a figure (or change), one an event without a figure.

    A named party's reported words that give neither are one ``statement``.
    """
    start = region.start
    if any(is_unsaid(text, told) for told in region.told_by) or (region.told_by and demands(text, region.told_by[-1])):
        return ()
    if passage.role == "heading":
        label = _HEADLINE_LABEL.match(text, start, region.end)
        start = label.end() if label else start
    found: list[Candidate] = []
    subject_start = start
    kept = [(f.start, f.end) for f in figures]
    if any(f.dimension == "proportion" for f in figures):
        kept += (answer.span() for answer in _ANSWER.finditer(text, start, region.end))
    for first, last in split_clauses(text, start, region.end, kept):
        if not starts_with_verb(text, (first, last)):
            subject_start = first
        here = tuple(f for f in figures if first <= f.start and f.end <= last)
        inside = _in_clause(_Clause(text, first, last, subject_start, here, region, passage.role, sentence), kinds)
        if not inside and (first, last) != (start, region.end) and QUOTED.search(text, first, last):
            # Somebody's own words within indirect speech are a statement beside its other claims.
            inside = _statement(text, region, (first, last), sentence, kinds)
        found.extend(inside)
    return tuple(found or _statement(text, region, (start, region.end), sentence, kinds))


def _in_clause(clause: _Clause, kinds: Sequence[Kind]) -> list[Candidate]:
    how = _mood(clause)
    open_future = how in {"future", "hypothetical"} and not clause.told
    if how in {"condition", "appeal", "opinion"}:
        return []
    events = events_of(clause.text, clause.span, kinds)
    dated = any(f.dimension == "date" for f in clause.figures) or any(kind.foretells for kind in events)
    start, end = quoted_span(clause.text, clause.span)
    if start >= end:
        return []
    if open_future and (not dated or (how == "hypothetical" and not events)):
        return _event(clause, (start, end), how, kinds) if how == "future" else []
    found = [
        Candidate(*_around(clause, (start, end), group), kind, also, group, how, clause.subject_start, bare)
        for kind, also, group, bare in _figures(clause, how, kinds)
    ]
    claimed = {candidate.kind for candidate in found}
    if clause.role == "heading" and starts_with_verb(clause.text, clause.span):
        return found  # "Billed for the dead" names a part of the text
    # The first event alone, and none beside a figure of a kind of its own.
    for kind in events[:1]:
        if not claimed - {"other"} and kind.name not in claimed and (not open_future or kind.foretells):
            found.append(Candidate(start, end, kind.name, (), (), how, clause.subject_start))
    if not found and how in {"statement", "hedged", "future"}:
        found.extend(_event(clause, (start, end), how, kinds))
    return found


def _around(clause: _Clause, span: tuple[int, int], figures: Sequence[Figure]) -> tuple[int, int]:
    return quoted_span(clause.text, around(clause.text, span, [(f.start, f.end) for f in figures]))


def _event(clause: _Clause, span: tuple[int, int], how: str, kinds: Sequence[Kind]) -> list[Candidate]:
    """An event or state told without a figure; reported of a named party it is that party's statement."""
    told = clause.region.told_by
    quoted = any(one.direct for one in told)
    joint = second_fact(clause.text, span)
    title = clause.role == "heading"
    parts = [(span, clause.subject_start)]
    if joint is not None and is_event(clause.text, (joint[1], span[1]), joint[1], quoted=quoted):
        parts = [((span[0], joint[0]), clause.subject_start), ((joint[1], span[1]), joint[1])]
    reported = told and told[-1].identified and told[-1].source_kind != "document"
    name = "statement" if reported else "other"
    found = [
        Candidate(*quoted_span(clause.text, core_of(clause.text, part)), kind.name, (), (), how, subject)
        for part, subject in parts
        if is_event(clause.text, part, subject, quoted=quoted, title=title)
        for kind in kinds
        if kind.name == name
    ]
    return found


def _figures(
    clause: _Clause, how: str, kinds: Sequence[Kind]
) -> list[tuple[str, tuple[str, ...], tuple[Figure, ...], bool]]:
    """Each claimed figure (or change) of a clause: kind, further kinds, figures, whether a bare sum."""
    text, span = clause.text, clause.span
    whole = has_finite_verb(text, *span) or starts_with_verb(text, span) or _counts_first(clause)
    # A headline, a bullet and what follows a reporting verb may do without a verb of their own.
    stands = whole or clause.role in {"heading", "bullet"} or bool(clause.region.told_by)
    wording = Wording(text, span)
    asked = any(f.dimension == "proportion" for f in clause.figures) and _is_asked(clause)
    found: list[tuple[str, tuple[str, ...], tuple[Figure, ...], bool]] = []
    for group in with_changes(text, main_figures(text, clause.figures)):
        figure = group[0]
        ranked = _ranked(wording, figure, how, asked, kinds)
        if ranked and stands:
            bare = figure.dimension is None and "money" in ranked[0].dimensions
            found.append((ranked[0].name, tuple(kind.name for kind in ranked[1:]), group, bare))
        elif whole and (clause.role != "heading" or _is_sentence(clause)) and is_worth(text, figure):
            found.append(("other", (), group, is_bare_sum(text, figure)))
    return found


def _is_sentence(clause: _Clause) -> bool:
    """Whether a heading says a whole sentence, as headlines and standfirsts do."""
    return len(clause.text[clause.start : clause.end].split()) >= _A_HEADLINE


def _counts_first(clause: _Clause) -> bool:
    """Whether a counted share opens a longer clause: its verb may be none that we know ("… last an hour")."""
    first = clause.figures[0] if clause.figures else None
    if first is None or first.of is None or first.start - clause.start > _AT_FRONT:
        return False
    return len(clause.text[first.end : clause.end].split()) >= _A_PREDICATE


def _ranked(wording: Wording, figure: Figure, how: str, asked: bool, kinds: Sequence[Kind]) -> list[Kind]:
    ranked = kinds_of(wording, figure, kinds)
    if figure.dimension == "proportion" and asked:
        # What a survey is said to find is a poll, whatever words stand nearer.
        polls = [kind for kind in kinds if kind.name == "poll"]
        return [*polls, *(kind for kind in ranked if kind.name != "poll")]
    if not ranked and figure.dimension == "date" and how == "future" and figure.comparator != "=":
        return [kind for kind in kinds if kind.name == "schedule"]
    return ranked


def _is_asked(clause: _Clause) -> bool:
    told = any(a.source is not None and _SURVEY.search(a.source) for a in clause.region.told_by)
    return told or _SURVEY.search(clause.text, *clause.sentence) is not None


# "We will not stop until it is open and the pool has been filled": what hangs on the same "until".
_HANGS_ON = re.compile(
    r"\b(?:until|unless|if|whether|so that|make sure|to ensure|ensures?)\b[^,;:.\u2014]*\s(?:and|or)\s*\Z", re.I
)


def _mood(clause: _Clause) -> str:
    how = mood(clause.text, *clause.span)
    if clause.start > clause.sentence[0]:
        before = clause.text[max(clause.sentence[0], clause.start - _HANGS) : clause.start]
        if before.rstrip().lower().endswith(("and", "or")) and _HANGS_ON.search(before):
            return "condition"
        if how == "statement" and starts_with_verb(clause.text, clause.span) and clause.subject_start < clause.start:
            # "Tell them you rang and asked for it": the order goes on.
            first = mood(clause.text, clause.subject_start, clause.start)
            return "appeal" if first == "appeal" else how
    if how == "appeal" and clause.figures and _OBLIGED.search(clause.text, *clause.span):
        return "statement"
    if how in {"future", "hypothetical"} and _is_answer(clause):
        return "statement"
    return how


def _is_answer(clause: _Clause) -> bool:
    """Whether a share of people is the subject: "two thirds would …" says what they answered."""
    verb = finite_verb(clause.text, *clause.span)
    return verb is not None and any(
        f.dimension == "proportion"
        and f.end <= verb.start()
        and f.start - clause.start < _AT_FRONT
        and f.of is not None
        for f in clause.figures
    )


def _statement(
    text: str, region: Region, span: tuple[int, int], sentence: tuple[int, int], kinds: Sequence[Kind]
) -> list[Candidate]:
    if not region.told_by or not any(kind.name == "statement" for kind in kinds):
        return []
    start, end = quoted_span(text, span)
    if start >= end or not is_statement(text, (start, end), sentence, region.told_by[-1]):
        return []
    return [Candidate(start, end, "statement", (), (), mood(text, start, end), start)]


def quoted_span(text: str, clause: tuple[int, int]) -> tuple[int, int]:
    """The clause's span without the marks and stops at its edges; a mark that pairs inside stays."""
    start, end = trim(text, *clause, _EDGES)
    lead = _LOOSE_LEAD.match(text, start, end)
    start = lead.end() if lead else start
    loose = _LOOSE_END.search(text, max(start, end - _LOOSE), end)
    start, end = trim(text, start, loose.start() if loose else end, _EDGES)
    inside = text[start:end]
    for opener, closer in _CLOSES.items():
        opened = inside.count(opener) - (0 if opener == closer else inside.count(closer))
        is_open = opened % 2 == 1 if opener == closer else opened > 0
        if is_open and end < clause[1] and text[end] in {closer, '"'}:
            return start, end + 1
    return start, end
