"""Stored values in users' words, for the templates: states, kinds, columns, dates, marked figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Protocol
from urllib.parse import parse_qsl, urlencode

from jinja2 import Environment

from tracker.citing.figures import FigureLike, date_in_words, figure_in_words
from tracker.plugin.claim_words import DONE, SOURCINGS, STATES, attached, said_of

#: What says more than the stored word with spaces for its underscores.
_VALUES = {
    "sourcing": SOURCINGS,
    "read_sourcing": SOURCINGS,
    "state": STATES,
    "kind": {"email": "e-mail", "words": "other words", "boring": "encoding only"},
    "document_kind": {"email": "e-mail"},
    "stage": {"input": "before it was fetched"},
    "outcome": {"new": "first version", "boring": "changed in its encoding only", "missing": "not found"},
    "how": {"minhash": "by the words they share", "same text": "they have the same text"},
    "liveness": {"ok": "there when last found", "unchecked": "not fetched yet"},
}
#: Columns of states, shown as badges.
BADGES = ("sourcing", "read_sourcing", "workflow", "verdict", "stance", "state", "from_workflow", "to_workflow",
          "from_verdict", "to_verdict")  # fmt: skip
#: Columns of other codes, shown as words.
CODED = ("kind", "move", "how", "relation", "role", "liveness", "dimension", "trend", "document_kind",
         "stage", "outcome")  # fmt: skip
#: Columns of days and times.
DATED = ("published", "modified", "as_of", "date", "first_seen", "last_checked", "next_check", "updated_at",
         "fetched_at", "created_at", "at", "requested_at", "started_at", "done_at")  # fmt: skip
_COLUMNS = {
    "id": "no.",
    "claim_id": "claim",
    "document_id": "document",
    "figure_text": "figure",
    "sourcing_reason": "why",
    "also_kinds": "further kinds",
    "read_sourcing": "sourcing in the text",
    "read_sourcing_reason": "why, in the text",
    "is_backed": "source attached",
    "by_whom": "by",
    "won_by": "where from",
    "before": "was",
    "after": "is",
    "context_before": "sentence as it was",
    "context_after": "sentence as it is",
    "other_id": "other document",
    "doubt": "doubt about its text",
    "next_check": "due again",
    "text": "text",
}
_ROWS = {
    "claims": "claim",
    "claim_overview": "claim",
    "documents": "document",
    "documents_overview": "document",
    "sources": "source",
    "parties": "name",
    "outlets": "outlet",
    "reviews": "move",
    "figures": "figure",
    "claim_figures": "figure",
    "failures_latest": "failure",
    "changes": "change",
    "visits": "visit",
    "document_links": "link",
    "snapshots": "version",
    "source_snapshots": "version",
    "requests": "address",
}
_OWN_NUMBERS = ("claim_id", "document_id", "failure_id")
#: Where both columns are on a page, the first is shown in the cells of the second.
_TOLD_IN = {"is_backed": "sourcing", "read_sourcing": "sourcing"}
_DATED = re.compile(r"(?:\d{4}|-)-\d\d(?:-\d\d)?(?:\Z|(?=T))|\d{4}-W\d\d\Z")


class _Placed(FigureLike, Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


def value_in_words(value: object, column: str = "") -> str:
    """A stored value as people say it: ``in_review`` as "in review", the sourcing ``none`` as "no source"."""
    text = str(value)
    return _VALUES.get(column, {}).get(text, text.replace("_", " "))


def facet_in_words(label: object, column: str) -> str:
    """A value in the list of a facet: codes in words, names as they are, nothing as a dash."""
    text = "" if label is None else str(label)
    if column in BADGES or column in CODED:
        return value_in_words(text, column)
    return {"0": "no", "1": "yes"}.get(text, text) if column.startswith("is_") else text or "\u2013"


def rows_in_words(table: str, count: int) -> str:
    """So many of what the table holds: "1 claim", "12 documents"."""
    one = _ROWS.get(table) or ("claim" if table.startswith("claims_") else "row")
    many = f"{one}es" if one.endswith("s") else f"{one}s"
    return f"{count:,} {one if count == 1 else many}"


def column_in_words(column: str, in_view: bool = False) -> str:
    """The heading of a column: ``subject_id`` as "subject"; in views the row's own number has no label."""
    if in_view and column in _OWN_NUMBERS:
        return _COLUMNS["id"]
    return _COLUMNS.get(column) or column.removesuffix("_id").replace("_", " ")


def told_elsewhere(columns: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    """The names of those of Datasette's columns of a page that are shown in the cells of another one."""
    there = frozenset(column["name"] for column in columns)
    return frozenset(column for column, other in _TOLD_IN.items() if column in there and other in there)


def day_in_words(when: str | None) -> str:
    """A stored date or time as a day: ``2020-09`` as "September 2020", other text as it is."""
    if not when:
        return ""
    found = _DATED.match(when)
    return date_in_words(found.group()) if found else when


def time_in_words(when: str) -> str:
    """A stored time (UTC, ending in Z) as "3 February 2026, 10:00 UTC"."""
    try:
        at = datetime.fromisoformat(when)
    except ValueError:
        return when
    return f"{day_in_words(when)}, {at:%H:%M} UTC"


def done_in_words(move: str) -> str:
    """What somebody did by a move of a review: "flagged it"."""
    return said_of(DONE, move)


def whole_of(address: str) -> str:
    """The address of a table's data from its beginning, with as many rows as may be given at once."""
    path, _, query = address.partition("?")
    kept = [pair for pair in parse_qsl(query, keep_blank_values=True) if pair[0] not in ("_size", "_next")]
    return f"{path}?{urlencode([*kept, ('_size', 'max')])}"


def figures_in_words(figures: Iterable[FigureLike]) -> str:
    """The figures of a claim in short, "over £20,000,000; 12 %"."""
    return "; ".join(dict.fromkeys(figure_in_words(figure) for figure in figures))


def marked(quote: str, start: int | None, figures: Iterable[_Placed]) -> tuple[tuple[str, bool], ...]:
    """The quote in pieces, each with whether it is a figure; ``start`` is where it begins in its text.

    A figure whose place does not hold its words, as after a correction, is looked for in the quote.
    """
    places = sorted(place for figure in figures if (place := _place(quote, start, figure)))
    pieces: list[tuple[str, bool]] = []
    done = 0
    for begin, end in places:
        if begin < done:
            continue
        pieces += [(quote[done:begin], False), (quote[begin:end], True)]
        done = end
    pieces.append((quote[done:], False))
    return tuple(piece for piece in pieces if piece[0])


def _place(quote: str, start: int | None, figure: _Placed) -> tuple[int, int] | None:
    if start is not None:
        begin, end = figure.start - start, figure.end - start
        if 0 <= begin < end <= len(quote) and quote[begin:end] == figure.text:
            return begin, end
    found = quote.find(figure.text) if figure.text else -1
    return (found, found + len(figure.text)) if found >= 0 else None


def add_filters(env: Environment) -> None:
    """Gives templates these words as filters, and ``press_marked``."""
    env.filters["press_words"] = value_in_words
    env.filters["press_column"] = column_in_words
    env.filters["press_told_elsewhere"] = told_elsewhere
    env.filters["press_facet"] = facet_in_words
    env.filters["press_day"] = day_in_words
    env.filters["press_time"] = time_in_words
    env.filters["press_figures"] = figures_in_words
    env.filters["press_done"] = done_in_words
    env.filters["press_attached"] = attached
    env.filters["press_whole"] = whole_of
    env.globals["press_rows"] = rows_in_words
    env.globals["press_marked"] = marked
