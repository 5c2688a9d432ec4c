"""What a PDF says of itself: title, authors, dates, publisher, language; printed words before its information."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from html import unescape

from scrapers.document import Block, Capture
from scrapers.dump_bylines import looks_like_person, person_names
from scrapers.dump_dates import labelled_dates, read_date
from scrapers.dump_facts import Facts
from scrapers.dump_metadata import read_language
from scrapers.metadata import KNOWN_DOMAINS, document_url, registrable_domain
from scrapers.pdf_process import RawPdf

#: Titles that a program has given, and not a person: names of files, programs and empty papers.
_NO_TITLE = re.compile(
    r"microsoft |powerpoint|untitled|unbenannt|(?:document|book|slide) ?\d*\Z|presentation\Z|print(?:ing|ed)?\b"
    r"|https?:|www\.|[\w-]*\d[\w-]*\Z|\S*[\\/_]\S*\Z"
    r"|.*\.(?:docx?|rtf|odt|pdf|indd|qxd|pptx?|xlsx?|tex|dvi|txt|html?|pages|pub|ps|eps|cdr|ai)\Z",
    re.IGNORECASE,
)
_PDF_DATE = re.compile(r"(?:D:)?((?:19|20)\d\d)(\d\d)?(\d\d)?(?:(\d\d)(\d\d)(\d\d)?)?(?:(Z)|([+-])(\d\d)'?(\d\d)?)?")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_YEAR = re.compile(
    r"(?<![\w-])(?:(?:early|mid|late)[ -])?(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?"
    r"|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?,? ((?:19|20)\d\d)(?![\w-])",
    re.IGNORECASE,
)
_ANY_DAY = re.compile(
    r"\d{1,2}(?:st|nd|rd|th)?(?: of)? [A-Za-z]{3,9}\.?,? (?:19|20)\d\d"
    r"|[A-Za-z]{3,9}\.? \d{1,2}(?:st|nd|rd|th)?,? (?:19|20)\d\d|[\d./-]{8,10}"
)
#: Words by which a date is that of something else: a period, a deadline, a state of things.
_OTHER_DATE = re.compile(
    r"\b(?:end(?:ed|ing|s)?|as (?:at|of)|until|to|till|from|between|since|by|before|after|clos(?:es|ing)|deadline|due|"
    r"period|year|quarter|effective|expires?|born|accessed|retrieved|review|next|meeting|during|for|in|visited)\b",
    re.IGNORECASE,
)
_STAMP = re.compile(
    r"\b(?:publish\w*|published on|issued|released?|dated?|embargo\w*|press|ordered|version)\b", re.IGNORECASE
)
_RELEASE = re.compile(r"(?:press|news|media) (?:release|notice|statement)\b|for immediate release\b", re.IGNORECASE)
_BY = re.compile(r"(?:by|authors?:|written by|prepared by) +(\S.{3,120})\Z", re.IGNORECASE)
_XMP_PUBLISHER = re.compile(rb"<dc:publisher>.{0,400}?<rdf:li[^>]{0,80}>([^<]{2,200})</rdf:li>", re.DOTALL)
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{2}))?\Z")
#: Blocks at the beginning in which a title, a date and the kind may stand; characters of a line that states a date.
_FIRST_BLOCKS, _STAMP_LENGTH = 12, 90
#: Headings that every report has, and none is called by.
_SECTION = re.compile(
    r"(?:\d[\d.]* +)?(?:(?:table of )?contents|abstract|(?:executive )?summary|introduction|foreword|preface|"
    r"background|appendix|annex|references|notes?|figures?|tables?|index|key (?:facts|findings|points))\b.{0,20}\Z",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"[\W_]+")


def read_facts(capture: Capture, raw: RawPdf, text: str, blocks: Sequence[Block], first_end: int) -> Facts:
    """Gather what the PDF states of itself; ``first_end`` is where its first page with text ends in the text.

    Each value's origin is told: ``largest words``, ``printed date``, ``pdf information`` and so on. What a
    program wrote into the information (a file's name, an account's) counts only where the pages say it too.
    """
    facts = Facts()
    first = [(block, text[block.start : block.end]) for block in blocks if block.start < first_end]
    facts.offer("url", document_url(capture.final_url or capture.url or ""), "address")
    _offer_titles(facts, raw, text, first)
    _offer_byline(facts, raw, text, first)
    _offer_publisher(facts, capture, text, first_end)
    _offer_dates(facts, raw, [words for _, words in first])
    _offer_language(facts, raw, [text[block.start : block.end] for block in blocks if block.tag in ("p", "li")])
    return facts


def kind_of(text: str, blocks: Sequence[Block]) -> str:
    """``release`` where one of the first blocks says that it is one, else ``report``."""
    heads = [text[block.start : block.end] for block in blocks[:_FIRST_BLOCKS] if block.end - block.start < 120]
    return "release" if any(_RELEASE.match(head.lstrip()) for head in heads) else "report"


def _plain(words: str) -> str:
    return _PLAIN.sub("", words.casefold())


def _offer_titles(facts: Facts, raw: RawPdf, text: str, first: Sequence[tuple[Block, str]]) -> None:
    stated = raw.info.get("Title", "")
    is_title = len(stated) >= 4 and not _NO_TITLE.match(stated)
    if is_title and _plain(stated) in _plain(text[:6000]):
        facts.offer("title", stated, "pdf information")
    facts.offer("title", _largest(first), "largest words of the first page")
    if is_title:
        facts.offer("title", stated, "pdf information, not on the first page")


def _largest(first: Sequence[tuple[Block, str]]) -> str | None:
    """The words of the largest heading of the first page, with those of the same size right behind it."""
    heads = [(at, block, words) for at, (block, words) in enumerate(first) if block.tag == "h" and _is_title(words)]
    if not heads:
        return None
    top = min(block.level for _, block, _ in heads)
    found: list[str] = []
    at_last = None
    for at, block, words in heads:
        if block.level == top and (at_last is None or at == at_last + 1):
            found.append(words)
            at_last = at
    title = " ".join(found)
    return title if len(title) <= 250 else found[0]


def _is_title(words: str) -> bool:
    letters = sum(character.isalpha() for character in words)
    is_other = (
        _NO_TITLE.match(words)
        or _SECTION.match(words)
        or _RELEASE.fullmatch(words.strip(" :"))
        or (read_date(words) and len(words) < 40)
    )
    return letters >= 6 and not is_other


def _offer_byline(facts: Facts, raw: RawPdf, text: str, first: Sequence[tuple[Block, str]]) -> None:
    for block, words in first[:_FIRST_BLOCKS]:
        found = _BY.match(words) if block.tag in ("p", "h") else None
        if found and (names := person_names(found[1])) and looks_like_person(names.split(",")[0].split(" and ")[0]):
            facts.offer("byline", names, "printed line")
    author = raw.info.get("Author", "")
    if looks_like_person(author) and " " in author and re.search(rf"\b{re.escape(author)}\b", text[:8000]):
        facts.offer("byline", author, "pdf information, printed too")


def _offer_publisher(facts: Facts, capture: Capture, text: str, first_end: int) -> None:
    found = list(_XMP_PUBLISHER.finditer(capture.body[-2_000_000:]))[:1]
    for match in found:
        facts.offer("publisher", " ".join(unescape(match[1].decode("utf-8", "replace")).split()), "xmp")
    address = capture.final_url or capture.url
    domain = registrable_domain(address) if address else None
    if domain and "." in domain and not domain.rpartition(".")[2].isdigit():
        facts.offer("publisher", KNOWN_DOMAINS.get(domain, domain), "domain")


def _offer_dates(facts: Facts, raw: RawPdf, lines: Sequence[str]) -> None:
    created, changed = (pdf_date(raw.info.get(name, "")) for name in ("CreationDate", "ModDate"))
    for line in lines:
        published, modified = labelled_dates(line) if len(line) <= 160 else (None, None)
        facts.offer("published", published, "labelled line")
        facts.offer("modified", modified, "labelled line")
    facts.offer("published", _printed(lines, created), "printed date")
    if "published" not in facts.values and created:
        facts.offer("published", created, "pdf information: when the file was made")
        if changed and changed[:10] > created[:10]:
            facts.offer("modified", changed, "pdf information: when the file was changed")


def _printed(lines: Sequence[str], created: str | None) -> str | None:
    """The one date that short lines of the first page state; None where it is not one."""
    found: set[str] = set()
    for line in lines:
        for part in line.split("\n"):
            if len(part) <= _STAMP_LENGTH and (stated := _stamp(part)):
                found.add(stated)
    whole = {stated for stated in found if len(stated) == 10}
    if len(whole) > 1 or any(not any(w.startswith(f) for w in whole) for f in found - whole if whole):
        return None
    if not whole and len(found) != 1:
        return None
    stated = next(iter(whole or found))
    # A file is made when the paper is: a date long after that is one to come.
    latest = _day(created) + timedelta(days=62) if created else None
    return None if latest and _day(stated) > latest else stated


def _stamp(line: str) -> str | None:
    """The date of a line that is there for its date: the most of it, or behind a word such as "published"."""
    month = _MONTH_YEAR.search(line)
    day = read_date(line)
    if not (day or month) or (_OTHER_DATE.search(line) and not _STAMP.match(line.lstrip())):
        return None
    spelt = _ANY_DAY.search(line) if day else month
    share = len(spelt[0]) / len(line.strip()) if spelt else 0.0
    if share < 0.35 and not _STAMP.search(line):
        return None
    if day or month is None:
        return day
    return f"{month[2]}-{_MONTHS.index(month[1][:3].lower()) + 1:02d}"


def _day(stated: str) -> date:
    return date.fromisoformat(stated[:10] if len(stated) >= 10 else f"{stated}-01")


def pdf_date(stated: str) -> str | None:
    """A date of a PDF's information (``D:20200702093000+01'00'``) in ISO 8601; None where it is none.

    A year alone is none: programs write such where they know nothing.
    """
    found = _PDF_DATE.match(stated.strip())
    if found is None or found[2] is None or found[3] is None:
        return None
    year, month, day, hour, minute, second, utc, sign, off_hour, off_minute = found.groups()
    try:
        if hour is None:
            return date(int(year), int(month), int(day)).isoformat()
        at = datetime(int(year), int(month), int(day), int(hour), int(minute), int(second or 0)).isoformat()  # noqa: DTZ001
    except ValueError:
        return None
    zone = "Z" if utc else f"{sign}{off_hour}:{off_minute or '00'}" if sign and int(off_hour) < 15 else ""
    return at + zone


def _offer_language(facts: Facts, raw: RawPdf, paragraphs: Sequence[str]) -> None:
    read = read_language(paragraphs)
    tag = next(_tags(raw.language), None)
    # Programs write their own language into the catalog: the words themselves know better.
    if tag and (read is None or tag.split("-")[0] == read):
        facts.offer("language", tag, "pdf catalog")
    facts.offer("language", read, "function words")


def _tags(stated: str) -> Iterator[str]:
    found = _LANGUAGE.match(stated.strip())
    if found:
        yield found[1].lower() + (f"-{found[2].upper()}" if found[2] else "")
