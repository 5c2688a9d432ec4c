"""Which of the specifications' dates a reader of the press must read, and whether they are read."""

from __future__ import annotations

import re
from calendar import monthrange
from typing import Any

from tracker.reading.dates import read_dates

Result = dict[str, Any]


def span_of(text: str, result: Result) -> tuple[int, int]:
    """Where a result's words stand in a case, half open."""
    if "Start" in result and "End" in result:
        return int(result["Start"]), int(result["End"]) + 1
    start = max(0, text.lower().find(str(result["Text"]).lower()))
    return start, start + len(str(result["Text"]))


def is_date_read(text: str, result: Result) -> bool:
    """Whether the dates read at a result's words mean the days that it states."""
    start, end = span_of(text, result)
    found = [m.iso for m in read_dates(text) if m.iso is not None and m.start < end and start < m.end]
    spans = [_days(iso) for mention in found for iso in mention.split("/")]
    wanted = {str(value.get("timex")) for value in result["Resolution"]["values"]}
    return any(_is_read(timex, spans, _PART.search(str(result["Text"])) is not None) for timex in wanted)


#: Words that tell a part of a month or year, which we leave whole.
_PART = re.compile(r"\b(?:end|start|beginning|middle|mid|early|late)\b")


def _is_read(timex: str, spans: list[tuple[str, str]], in_part: bool) -> bool:
    """Whether dates read, each as its first day and the first behind it, are a date or the ends of a time."""
    if not timex.startswith("("):
        return _days(timex) in spans
    first, last, _ = timex[1:-1].split(",")
    if not spans:
        return False
    (low, after), (begin, behind) = spans[0], spans[-1]
    if in_part:
        return low <= first <= after and begin <= last <= behind
    # The end stated may be the last day, or the first that does not belong.
    return first == low and last in (begin, behind, _day_before(behind))


def _days(iso: str) -> tuple[str, str]:
    """The first day of a partial date and the first behind it, with X for figures left open."""
    iso = "XXXX" + iso[1:] if iso.startswith("--") else iso
    year, _, rest = iso.partition("-")
    if re.fullmatch(r"[0-9X]{2}[0-9]X|[0-9]{2}XX", year) and year != "XXXX":
        return _long_days(year)
    month, _, day = rest.partition("-")
    number = int(month) if month.isdigit() else 1
    if 33 <= number <= 41:
        long = 3 if number < 37 else 6
        begins = (number - 33) * 3 + 1 if number < 37 else (number - 40) * 6 + 1
        return f"{year}-{begins:02d}-01", _month_after(year, begins + long - 1)
    if not day:
        return f"{year}-{number:02d}-01", _month_after(year, number if month else 12)
    behind = int(day) + 1
    long = monthrange(int(year) if year.isdigit() else 2000, number)[1] if 1 <= number <= 12 else 31
    return iso, f"{year}-{number:02d}-{behind:02d}" if behind <= long else _month_after(year, number)


def _long_days(year: str) -> tuple[str, str]:
    open_figures = "XX" if year.startswith("XX") else year[:2]
    if year.endswith("XX"):
        return f"{open_figures}00-01-01", f"{int(open_figures) + 1:02d}00-01-01"
    begins = int(year[2]) * 10
    if open_figures == "XX":
        return f"XX{begins:02d}-01-01", f"XX{(begins + 10) % 100:02d}-01-01"
    return f"{open_figures}{begins:02d}-01-01", f"{int(open_figures) * 100 + begins + 10}-01-01"


def _month_after(year: str, month: int) -> str:
    if month < 12:
        return f"{year}-{month + 1:02d}-01"
    return f"{int(year) + 1:04d}-01-01" if year.isdigit() else f"{year}-01-01"


def _day_before(day: str) -> str:
    year, month, number = day.split("-")
    if number != "01":
        return f"{year}-{month}-{int(number) - 1:02d}"
    before = int(month) - 1 or 12
    if year.isdigit() and month == "01":
        year = f"{int(year) - 1:04d}"
    return f"{year}-{before:02d}-{monthrange(int(year) if year.isdigit() else 2000, before)[1]:02d}"


_PLAIN = r"(?:[0-9X]{4}(?:-[0-9]{2}){0,2})"
_PLAIN_DATE = re.compile(rf"(?!XXXX\Z){_PLAIN}|\({_PLAIN},{_PLAIN},P[^)]*\)")


def is_plain_date(result: Result) -> bool:
    """Whether a result is a day, month, year or a time between two of them, whole or partial."""
    values = (result.get("Resolution") or {}).get("values") or [{}]
    return _PLAIN_DATE.fullmatch(str(values[0].get("timex", ""))) is not None


_RELATIVE = re.compile(
    r"\b(?:today|tomorrow|tmrw|yesterday|now|this|next|last|past|previous|following|upcoming|coming|current|ago"
    r"|(?<!or )(?<!and )(?:later|earlier)(?! than)|days?|weeks|week(?! (?:of|beginning|commencing|starting))|months?"
    r"|fortnight|mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?"
    r"|weekend|eo[dymw]|otd|date|years?(?! (?:of )?[0-9]{4}))\b",
    re.IGNORECASE,
)
_FEAST = re.compile(
    r"\b(?:easter|christmas|friday|day|eve|patrick|thanksgiving|ramadan|halloween|juneteenth|eid)\b", re.IGNORECASE
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"


def _is_relative(_text: str, result: Result) -> bool:
    # A weekday beside its day, and the year that a number tells, lean on nothing.
    words = re.sub(rf"\b[a-z]+day,? (?=(?:the )?(?:[0-9]|{_MONTH} [0-9]))", "", str(result["Text"]))
    return _RELATIVE.search(words) is not None


def _is_feast(_text: str, result: Result) -> bool:
    return _FEAST.search(str(result["Text"])) is not None


def _timexes(result: Result) -> str:
    return " ".join(str(value.get("timex")) for value in result["Resolution"]["values"])


def _has_short_year(_text: str, result: Result) -> bool:
    words = str(result["Text"])
    years = re.findall(r"\b(?:[0-9]{4}|XX[0-9]{2})(?=-|\b)", _timexes(result))
    spoken = re.search(r"\b(?:hundred|thousand|nineteen|eighteen|century)\b", words)
    two = re.search(
        rf"[/.-][0-9]{{2}}\Z|(?:of |'|[a-z])[0-9]{{2}}\Z|(?:{_MONTH}|{'first|second|third'}) [0-9]{{2}}\Z", words
    )
    return bool(years) and two is not None and not spoken and not any(year in words for year in years)


def _is_read_two_ways(_text: str, result: Result) -> bool:
    found = re.findall(r"(?<![0-9])(?<![0-9][/.-])([0-9]{1,2})[/.-]([0-9]{1,2})(?![0-9])", str(result["Text"]))
    return any(int(one) <= 12 and int(two) <= 12 and int(one) != int(two) for one, two in found)


def _is_fraction(_text: str, result: Result) -> bool:
    return re.search(r"(?<![0-9/.-])[0-9]{1,2}[/.][0-9]{1,2}(?![0-9/.])", str(result["Text"])) is not None


def _is_in_small_letters(text: str, result: Result) -> bool:
    start, end = span_of(text, result)
    verbs = r"\b(?:may|march|august|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b(?! [0-9])"
    return re.search(verbs, text[start:end]) is not None and not re.search(r"[0-9]", text[start:end])


def _has_no_such_day(_text: str, result: Result) -> bool:
    for year, month, day in re.findall(r"\b([0-9X]{4})-([0-9]{2})-([0-9]{2})\b", _timexes(result)):
        if int(day) > monthrange(int(year) if year.isdigit() else 2000, int(month))[1]:
            return True
    return False


def _is_notation(text: str, result: Result) -> bool:
    start, end = span_of(text, result)
    around = text[max(0, start - 1) : start] + text[end : end + 1]
    words = str(result["Text"])
    glued = rf"(?<![0-9])[0-9]{{8}}(?![0-9])|\b{_MONTH}[0-9]|(?<![0-9][-/]){_MONTH}[-/][0-9]{{1,2}}\Z"
    year_first = (
        rf"[0-9]{{4}}[-/](?:[0-9]{{1,2}}[-/])?{_MONTH}(?! [0-9])|{_MONTH}-[0-9]{{4}}-|[0-9]{{4}} [0-9]{{2}} [0-9]{{2}}"
    )
    return (
        re.search(rf"[=<>]|{glued}|{year_first}|[0-9]{{4}}-[0-9]\Z", words) is not None
        or re.search(r"[=<>]\s*\Z", text[:start]) is not None
        or any(sign in around for sign in "-_/=")
    )


def _is_spoken(_text: str, result: Result) -> bool:
    tens = "twenty|thirty"
    ones = "one|two|three|four|five|six|seven|eight|nine"
    words = str(result["Text"])
    return re.fullmatch(rf"{_MONTH} (?:{tens})[ -](?:{ones})|(?:{tens})[ -](?:{ones}) {_MONTH}", words) is not None


def _is_query(_text: str, result: Result) -> bool:
    return re.search(r"\b(?:greater|[cs]y) ?[0-9t]", str(result["Text"])) is not None


#: What is left out, by the words of the reason.
DATES_LEFT = (
    ("a feast, whose date an almanac gives", _is_feast),
    ("relative to a day that the words do not give", _is_relative),
    ("a day that no calendar has", _has_no_such_day),
    ("a year of two figures, whose century is open", _has_short_year),
    ("a numeric date that two countries read differently", _is_read_two_ways),
    ("a day and month in figures without a year, as well a fraction", _is_fraction),
    ("a notation of file names and programs", _is_notation),
    ("a condition of a query", _is_query),
    ("a month in small letters alone, as well a verb or a name", _is_in_small_letters),
    ("a day as a plain number in words, as nobody prints it", _is_spoken),
)
