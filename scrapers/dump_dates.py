"""When a saved page was published: complete dates near the headline, labelled ones, the address's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from scrapers import furniture
from scrapers.dump_facts import Facts
from scrapers.dump_lines import Unit

_MONTHS = {name: i + 1 for i, name in enumerate(("jan", "feb", "mar", "apr", "may", "jun"))} | {
    name: i + 7 for i, name in enumerate(("jul", "aug", "sep", "oct", "nov", "dec"))
}
_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
#: Pages glue what stands beside the year: "20231:17 AM", "2023Updated".
_YEAR = r"((?:19|20)\d\d)(?=\D|$|\d{1,2}:\d\d|\d{1,2} (?:years?|months?|days?|hours?)\b)"
_DATES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?<!\d)((?:19|20)\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)"), "ymd"),
    (
        re.compile(rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?(?: of)?[ -]{_MONTH},?[ -]{_YEAR}", re.IGNORECASE),
        "dmy",
    ),
    # No word's boundary in front: "Jane DoeDec. 21, 2023".
    (
        re.compile(
            rf"(?:(?<![^\W\d_])|(?=(?-i:[A-Z]))(?<=(?-i:[a-z]))){_MONTH} ?"
            rf"(\d{{1,2}})(?:st|nd|rd|th)?,? {_YEAR}",
            re.IGNORECASE,
        ),
        "mdy",
    ),
    (re.compile(r"(?<!\d)(\d{1,2})[/.-](\d{1,2})[/.-]((?:19|20)\d\d)(?!\d)"), "either"),
    (re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(\d\d)(?![\d/])"), "either"),
)
_URL_DATE = re.compile(r"/((?:19|20)\d\d)[-/]?(\d\d|[a-z]{3})[-/]?(\d\d)(?!\d\d?/)", re.IGNORECASE)
_LABELS = re.compile(
    r"(?:(?:first |originally |article |date )?(?:published|posted|created|released)(?: (?:on|at|date|by))?"
    r"|(?:publication |release )?date|(?:last |was )?(?:updated|modified|edited|reviewed))(?![a-z])",
    re.IGNORECASE,
)
_MODIFIED = re.compile(r"(?:last |was )?(?:updated|modified|edited|reviewed)", re.IGNORECASE)
_GLUED = re.compile(r"(?<=[a-z\d])(?=(?:Last )?(?:Updated|Published|Posted|Modified)\b)|(?<=[a-z])(?=20\d\d\b)")
_DATELINE = re.compile(
    r"(?:[A-Z][\w.,' ()/-]{2,60}?[,(] ?)([^\u2014\u2013]{6,40}?)\)? ?(?:\u2014|\u2013|--| - |/PRNewswire)"
)
#: How many units around the headline, and how long a line, may state the date.
_ABOVE, _BELOW, _LONG = 4, 16, 160


def read_date(words: str) -> str | None:
    """Give the first complete date of a line in ISO 8601; None where day and month could be swapped."""
    found: list[tuple[int, str]] = []
    for pattern, order in _DATES:
        match = pattern.search(words[:400])
        if match and (iso := _iso(match.groups(), order)):
            found.append((match.start(), iso))
    return min(found)[1] if found else None


def _iso(parts: Sequence[str], order: str) -> str | None:
    if order == "either":
        day, month = int(parts[0]), int(parts[1])
        if day <= 12 and month <= 12 and day != month:
            return None
        order = "dmy" if day > 12 else "mdy"
    by = dict(zip(order, parts, strict=True))
    month_text = by["m"].lower()
    number = _MONTHS.get(month_text[:3]) if not month_text.isdigit() else int(month_text)
    year = int(by["y"]) + (2000 if len(by["y"]) == 2 else 0)
    try:
        return date(year, number or 0, int(by["d"])).isoformat()
    except ValueError:
        return None


def labelled_dates(words: str) -> tuple[str | None, str | None]:
    """Give the dates that a line labels as published and as modified ("Posted … | Updated …")."""
    words = _GLUED.sub(" ", words[:400])
    labels = list(_LABELS.finditer(words))
    published = modified = None
    for n, label in enumerate(labels):
        end = labels[n + 1].start() if n + 1 < len(labels) else len(words)
        stated = read_date(words[label.end() : min(end, label.end() + 60)])
        if _MODIFIED.match(label.group()):
            modified = modified or stated
        else:
            published = published or stated
    return published, modified


def page_dates(facts: Facts, units: Sequence[Unit], tags: Sequence[str], headline: int | None, first: int) -> None:
    """Offer the dates of a page; ``first`` is its first paragraph. A mere update leaves it undated."""
    top = headline if headline is not None else first
    near = [
        units[i].words
        for i in range(max(0, top - _ABOVE), min(len(units), top + _BELOW))
        if len(units[i].words) <= _LONG
    ]
    for words in near:
        published, modified = labelled_dates(words)
        facts.offer("published", published, "labelled line")
        facts.offer("modified", modified, "labelled line")
    if match := _URL_DATE.search(facts.values.get("url", "")):
        facts.offer("published", _iso(match.groups(), "ymd"), "url")
    below = near[min(top, _ABOVE) :]
    for words in (*below, *near[: min(top, _ABOVE)]):
        if _states_date(words):
            before = _MODIFIED.split(_GLUED.sub(" ", words), maxsplit=1)[0]
            facts.offer("published", read_date(before), "line near the headline")
    for i in range(first, min(first + 2, len(units))):
        dateline = _DATELINE.match(units[i].words[:200]) if tags[i] == "p" else None
        if dateline:
            facts.offer("published", read_date(dateline.group(1)), "dateline")
    _labelled_elsewhere(facts, units)


def _labelled_elsewhere(facts: Facts, units: Sequence[Unit]) -> None:
    """Offer the date that the page labels as published anywhere, if it labels one only."""
    stated: set[str] = set()
    for unit in units[:20_000]:
        if len(unit.words) <= _LONG and _LABELS.match(unit.words):
            published, _ = labelled_dates(unit.words)
            if published:
                stated.add(published)
    if len(stated) == 1:
        facts.offer("published", stated.pop(), "labelled line")


def _states_date(words: str) -> bool:
    """Tell whether a line is there for its date: a stamp, or the writers with a date, no sentence."""
    if furniture.is_caption(words) or words.endswith((".", "?", "!")):
        return False
    return furniture.is_stamp(words) or (len(words) <= 110 and words.count(" ") <= 16)
