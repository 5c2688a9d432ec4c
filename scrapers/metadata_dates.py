"""When a page was published and changed: what it states for machines, and the day that its readers see."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

from scrapers.dump_dates import labelled_dates, read_date
from scrapers.extractor import guess_date
from scrapers.furniture import is_caption, is_stamp
from scrapers.jsonld import one_line
from scrapers.metadata_lines import Line
from scrapers.metadata_page import Page

PUBLISHED_KEYS = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date.created",
    "govuk:first-published-at",
    "citation_publication_date",
    "citation_online_date",
    "citation_date",
    "bt:pubdate",
    "pubdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "article.published",
    "article:published",
    "og:pubdate",
    "rnews:datepublished",
    "dc.date",
    "dcterms.date",
    "datecreated",
    "date",
)
MODIFIED_KEYS = (
    "article:modified_time",
    "og:article:modified_time",
    "og:updated_time",
    "datemodified",
    "article.updated",
    "article:modified",
    "dcterms.modified",
    "dc.date.modified",
    "govuk:public-updated-at",
    "bt:moddate",
    "last-modified",
    "lastmod",
)

_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)-(\d\d)-(\d\d)(?!\d)")
_PACKED = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")
_SLASHED = re.compile(r"((?:19|20)\d\d)/(\d\d?)/(\d\d?)(?!\d)")
_URL_DAY = re.compile(r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2]|[a-z]{3})[/-]?([0-3]\d)(?=[/_.-])", re.IGNORECASE)
_CLOCK = re.compile(
    r"(?<![\d:.])(\d{1,2})(?:[:.](\d\d)(?::\d\d)?)?\s*(a\.?m\b\.?|p\.?m\b\.?)?\s*(?:\(?([A-Z]{2,4})\b)?", re.IGNORECASE
)
_CHANGE = re.compile(r"\b(?:updated|modified|edited|revised|corrected|amended|reviewed)\b", re.IGNORECASE)
#: Hours from UTC, of the names that mean one zone wherever English is read.
_ZONES = {
    **{"UTC": 0.0, "GMT": 0.0, "WET": 0.0, "BST": 1.0, "WEST": 1.0, "CET": 1.0, "CEST": 2.0, "EET": 2.0, "EEST": 3.0},
    **{"SAST": 2.0, "EDT": -4.0, "EST": -5.0, "CDT": -5.0, "MDT": -6.0, "PDT": -7.0, "PST": -8.0, "AKDT": -8.0},
    **{"NZST": 12.0, "NZDT": 13.0, "AEST": 10.0, "AEDT": 11.0, "AWST": 8.0, "ACST": 9.5, "ACDT": 10.5, "NDT": -2.5},
}


def iso_date(stated: str | None) -> str | None:
    """Return a stated date or time as ISO 8601 with its time zone kept, None if it cannot be read."""
    if not stated or len(stated) > 100:
        return None
    stated = stated.strip()
    try:
        moment = datetime.fromisoformat(stated)
    except ValueError:
        try:
            moment = parsedate_to_datetime(stated)
        except (ValueError, TypeError, IndexError, OverflowError):
            return _iso_day(stated)
    if not 1900 < moment.year < 2100:
        return None
    if not re.search(r"\d:\d", stated) and len(stated) <= 10:
        return moment.date().isoformat()
    return moment.replace(microsecond=0).isoformat()


def _iso_day(stated: str) -> str | None:
    found = _DATE.search(stated) or _PACKED.fullmatch(stated) or _SLASHED.match(stated)
    if found is None:
        return read_date(stated)
    return _day(*found.groups())


def _day(year: str, month: str, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return read_date(f"{day} {month} {year}") if month.isalpha() else None


def modified(page: Page) -> Iterator[tuple[str, str | None]]:
    """Give what the page says of its last change, with the place that says it."""
    yield from _stated(page, "dateModified", MODIFIED_KEYS)


def published(page: Page) -> tuple[str | None, dict[str, str]]:
    """Return when the page was first published, and which places tell.

    An hour in UTC is given in the zone of the readers where the page shows them the same moment.
    ``published_doubt`` tells of another day that the page shows.
    """
    stated = [(place, value) for place, value in _stated(page, "datePublished", PUBLISHED_KEYS) if value]
    seen = list(_seen(page))
    if not stated:
        place, value = next(iter(seen), ("", None))
        if value is None:
            place, value = "url", _url_day(page.address)
        if value is None:
            place, value = "htmldate", guess_date(page.tree, page.address)
            if value is not None:
                return value, {"published": place, "published_doubt": "guessed: the page states none in words we know"}
        return value, {"published": place} if value else {}
    place, value = stated[0]
    marks = {"published": place}
    others = [other for _, other in stated[1:]] + [shown for _, shown in seen]
    local = _in_local_time(value, others)
    if local is None and (day := _neighbour_day(value, page, seen)):
        local, marks["published"] = day
        marks["published_doubt"] = f"{place} says {value}"
    elif local is None and (shown := _other_day(value, seen)) and shown != _changed_day(page):
        marks["published_doubt"] = f"the page shows {shown}"
    return local or value, marks


def _stated(page: Page, key: str, keys: Sequence[str]) -> Iterator[tuple[str, str | None]]:
    yield "json-ld", iso_date(one_line(page.node.get(key)))
    for place, value in page.meta(*keys):
        yield place, iso_date(value)
    for element in page.props(key):
        yield (
            "microdata",
            iso_date(element.get("datetime") or element.get("content") or one_line(element.text)),
        )


def _seen(page: Page) -> Iterator[tuple[str, str]]:
    """Give the moments that the lines near the heading show as that of publication."""
    lines = (*page.below[:15], *page.above[:4])
    for line, after in zip(lines, (*(other.words for other in lines[1:15]), *[""] * 5), strict=False):
        if len(line.words) > 120 or line.is_change or is_caption(line.words):
            continue
        words = line.words
        first, changed = labelled_dates(words)
        change = _CHANGE.search(words)
        if change:
            # "Published … Updated …": only what stands before is of publication, or what is labelled so.
            words = words[: change.start()]
        is_marked = line.moment is not None and (not change or change.start() > 0)
        if is_marked and (moment := iso_date(line.moment)):
            yield "time", _with_zone(moment, words)
        day = first or (read_date(words) if words and (is_stamp(words) or _is_credit(words, line)) else None)
        if day and day != changed:
            # The hour may have a line of its own.
            clock = after if len(after) <= 24 and _CLOCK.fullmatch(after.strip(" ,.")) else ""
            yield "line near the heading", _with_clock(day, f"{words} {clock}")


def _is_credit(words: str, line: Line) -> bool:
    is_short = len(words) <= 110 and words.count(" ") <= 16 and not words.endswith((".", "?", "!"))
    return is_short and (line.is_writer or words.lower().startswith(("by ", "published", "posted")))


def _with_clock(day: str, words: str) -> str:
    """Put the hour beside a day that a line tells, and its zone if the line names a certain one."""
    for found in _CLOCK.finditer(words):
        hour, minute, half, zone = found.groups()
        if (minute is None and half is None) or int(minute or 0) > 59:
            continue
        number = int(hour)
        if half and not 1 <= number <= 12 or number > 23:
            continue
        if half:
            number = number % 12 + (12 if half.lower().startswith("p") else 0)
        moment = datetime.fromisoformat(day).replace(hour=number, minute=int(minute or 0))
        return _zoned(moment, zone).isoformat()
    return day


def _with_zone(moment: str, words: str) -> str:
    if len(moment) != 19:
        return moment
    named = [word for word in re.findall(r"\b[A-Z]{3,4}\b", words) if word in _ZONES]
    return _zoned(datetime.fromisoformat(moment), named[0]).isoformat() if named else moment


def _zoned(moment: datetime, zone: str | None) -> datetime:
    hours = _ZONES.get(zone or "")
    return moment if hours is None else moment.replace(tzinfo=timezone(timedelta(hours=hours)))


def _in_local_time(value: str, others: Sequence[str]) -> str | None:
    """Return a moment in UTC as the page says it elsewhere in another zone, None if it does not.

    A clock without a zone is taken for the same moment where it differs by a whole number of half hours.
    """
    if not value.endswith("+00:00"):
        return None
    moment = datetime.fromisoformat(value)
    for text in others:
        other = datetime.fromisoformat(text)
        if "T" not in text or text.endswith("+00:00"):
            continue
        if other.tzinfo is not None:
            if abs(other - moment) < timedelta(seconds=90):
                return moment.astimezone(other.tzinfo).isoformat()
            continue
        ahead = other.replace(second=0) - moment.replace(second=0, tzinfo=None)
        if ahead and not ahead.total_seconds() % 1800 and timedelta(hours=-11) <= ahead <= timedelta(hours=14):
            return moment.astimezone(timezone(ahead)).isoformat()
    return None


def _neighbour_day(value: str, page: Page, seen: Sequence[tuple[str, str]]) -> tuple[str, str] | None:
    """Return the day that readers see, and where, if it is the one beside a moment in UTC, in some zone."""
    if not value.endswith("+00:00"):
        return None
    moment = datetime.fromisoformat(value)
    url_day = _url_day(page.address)
    for place, text in (*seen, *([("url", url_day)] if url_day else [])):
        apart = (date.fromisoformat(text[:10]) - moment.date()).days
        # No zone is more than 11 hours behind, none with many readers more than 13 ahead.
        if (apart == -1 and moment.hour < 11) or (apart == 1 and moment.hour >= 11):
            return text[:10], place
        if apart == 0:
            return None
    return None


def _other_day(value: str, seen: Sequence[tuple[str, str]]) -> str | None:
    days = list(dict.fromkeys(text[:10] for _, text in seen))
    own = date.fromisoformat(value[:10])
    return days[0] if len(days) == 1 and abs((date.fromisoformat(days[0]) - own).days) > 1 else None


def _changed_day(page: Page) -> str | None:
    return next((value[:10] for _, value in modified(page) if value), None)


def _url_day(address: str | None) -> str | None:
    found = _URL_DAY.search(address or "")
    return _day(*found.groups()) if found else None
