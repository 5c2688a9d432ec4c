"""What a message's headers say, however broken: who sent it, to whom, when, and what it is called."""

from __future__ import annotations

import email.errors
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime

from scrapers import charset
from scrapers.dump_dates import read_date
from scrapers.metadata import KNOWN_DOMAINS, registrable_domain

#: Providers whose domain says nothing about who writes.
_PROVIDERS = frozenset(
    {
        "gmail.com",
        "googlemail.com",
        "outlook.com",
        "hotmail.com",
        "live.com",
        "msn.com",
        "yahoo.com",
        "yahoo.co.uk",
    }
    | {"icloud.com", "me.com", "mac.com", "aol.com", "gmx.net", "gmx.com", "gmx.de", "web.de", "proton.me"}
    | {"protonmail.com", "mail.com", "zoho.com", "fastmail.com", "btinternet.com", "actionnetwork.org"}
    | {"mcsv.net", "mailchimpapp.net", "rsgsv.net", "sendgrid.net", "substack.com", "list-manage.com"}
)
_AT_ORGANISATION = re.compile(
    r"^(?P<person>[^,|@(]{2,60}?)(?:\s+(?:at|from|for|@)\s+|\s*[,|/]\s*|\s+[-\u2013\u2014]\s+)(?P<org>\S.{1,80})$"
)
_IN_BRACKETS = re.compile(r"^(?P<person>[^(]{2,60}?)\s*\((?P<org>[^()]{2,80})\)$")
_PERSON = re.compile(
    r"^(?:(?:Dr|Prof|Mr|Mrs|Ms|Mx|Sir|Dame|Lord|Rev|Sen|Rep)\.? )?"
    r"[^\W\d_][\w'\u2019.-]*(?: [^\W\d_][\w'\u2019.-]*){1,3}$"
)
_BARE_NAME = re.compile(r"^\s*([^\"<>@()]{1,200}?)\s*<(?=[^<>]{1,200}>\s*$)")
_ORGANISATION_WORD = re.compile(
    r"\b(?:the|and|of|for|campaigns?|party|trust|union|news\w*|team|council|society|foundation|institute|group|agency|"
    r"committee|alliance|coalition|network|association|press|office|media|mail|delivery|system|daemon|action|fund|daily|weekly|digest|updates?|"
    r"alerts?|reports?|service|services|centre|center|we|our|us|uk|usa|eu|it|now|watch|ltd|inc|plc|list)\b",
    re.I,
)
_ENCODED_WORD = r"=\?[^?\s]{1,60}\?[bq]\?[^?]{0,2000}\?="
_ENCODED_WORDS = re.compile(rf"{_ENCODED_WORD}(?:\s+{_ENCODED_WORD})*", re.IGNORECASE)
_ONCE = ("From", "Subject", "Date", "Message-ID", "Content-Type", "To")
_ZONE = re.compile(r"[+-]\d{4}\b|\bGMT\b|\bUTC?\b")
#: So many pieces of one header are read; a message to more people is none.
_MOST_PIECES = 50_000


@dataclass(slots=True)
class Found:
    """What was found while a message was read, and what was odd about it."""

    won_by: dict[str, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Sender:
    """Whoever a header names: display name, address, and the organisation that another header states."""

    name: str = ""
    address: str = ""
    organisation: str | None = None


def header(message: Message, name: str, found: Found | None = None) -> str | None:
    """Return a header decoded, on one line; whatever is broken in it stays as it was written.

    Of several headers of the name the first counts.
    """
    raw = _first(message, name, found)
    return (one_line(decoded(raw)) or None) if raw else None


def raw_values(message: Message, name: str) -> Iterator[str]:
    return (str(value) for key, value in message.raw_items() if key.lower() == name.lower())


def _first(message: Message, name: str, found: Found | None = None) -> str | None:
    """The first header of a name as it was written; bytes without a stated character set are detected."""
    try:
        raw = next(raw_values(message, name), None)
    except Exception:  # the library's parsers raise all manner of errors on hostile headers
        return None
    if raw is None or not re.search("[\udc80-\udcff]", raw):
        return raw
    if found is not None:
        found.warnings.append("a header has characters without a character set")
    return charset.decode(raw.encode("utf-8", "surrogateescape"), None)


def decoded(raw: str) -> str:
    """Decode the encoded words of a header, each in the character set that it states or else the one detected.

    They are decoded wherever they stand, inside words and quotation marks too; broken ones stay.
    """
    return _ENCODED_WORDS.sub(_decoded_words, raw) if "=?" in raw else raw


def _decoded_words(match: re.Match[str]) -> str:
    try:
        # A character may be parted between two words: those of one character set are decoded as one.
        pieces = decode_header(match[0])
    except (UnicodeError, ValueError, email.errors.MessageError):
        return match[0]
    return "".join(p if isinstance(p, str) else charset.decode(p, label) for p, label in pieces)


def one_line(value: str) -> str:
    """Give a value on one line, without control characters."""
    return re.sub(r"[\x00-\x1f\x7f\s]+", " ", re.sub("[\ud800-\udfff]", "\ufffd", value)).strip()


def repeated_headers(message: Message) -> Iterator[str]:
    """Say which headers that a message has once stand in it with several values."""
    for name in _ONCE:
        if len({" ".join(value.split()) for value in raw_values(message, name)}) > 1:
            yield f"the message has several {name} headers, the first counts"


def pairs_in(stated: str) -> list[tuple[str, str]]:
    """Give the pairs of display name and address of a list of addresses, commas or semicolons between."""
    try:
        # Outlook writes "Roe, Tom; Lee, Ann": there the comma is inside a name.
        pieces = stated.split(";") if ";" in stated and "<" not in stated else [stated.replace(";", ",")]
        found = [pair for piece in pieces[:_MOST_PIECES] for pair in _pairs(piece)]
    except Exception:  # the address parser trips over hostile headers
        return []
    return [(display_name(name), address) for name, address in found if name or address]


def _pairs(piece: str) -> list[tuple[str, str]]:
    bare = re.sub(r"\s*<[^<>]*>\s*$", "", piece).strip(" \"'") if "@" not in piece else ""
    if bare and (" " in bare or bare[:1].isupper()):
        return [(bare, "")]
    # A comma in a name that stands without quotation marks would make one sender two.
    return getaddresses([_BARE_NAME.sub(r'"\1" <', re.sub(r"\[mailto:([^\[\]\s]+)\]", r"<\1>", piece))])


def sender_in(message: Message, found: Found) -> Sender:
    """Give whom the headers name as the sender."""
    # Not decoded before it is taken apart: a comma that is decoded would part a name in two.
    stated = _first(message, "From", found) or _first(message, "Sender") or ""
    name, address = next(iter(pairs_in(stated)), ("", ""))
    return Sender(name, address, header(message, "Organization") or header(message, "Organisation"))


def sender_as(stated: str) -> Sender:
    """Give whom the "From:" line of a message within another names."""
    stated = re.sub(r"\s*\bon behalf of\b.*$", "", stated)
    name, address = next(iter(pairs_in(stated)), ("", ""))
    return Sender(re.sub(r"\s*[<\[(].*$", "", name) if "@" in name else name, address)


def byline_and_publisher(sender: Sender, found: Found, place: str | None = None) -> tuple[str | None, str | None]:
    """Return byline and publisher from a sender's display name, organisation and domain.

    ``place`` says in ``won_by`` where the sender stands, where that is no header of the message itself.
    """
    host = sender.address.rpartition("@")[2].strip("> ").lower()
    domain = (registrable_domain(f"http://{host}") if re.fullmatch(r"[\w.-]+\.\w+", host) else None) or ""
    domain = "" if domain in _PROVIDERS else domain
    byline, publisher = _split_name(sender.name, domain)
    if byline:
        found.won_by["byline"] = place or "from"
    for where, value in (
        (place or "from", publisher),
        ("organization", sender.organisation),
        (f"{place}, domain" if place else "domain", KNOWN_DOMAINS.get(domain, domain)),
    ):
        if value:
            found.won_by["publisher"] = where
            return byline, value
    return byline, None


def display_name(name: str) -> str:
    """Give a display name decoded, empty where it has no letters."""
    name = one_line(decoded(name)).strip(" \"'")
    return name if any(character.isalpha() for character in name) else ""


def _split_name(name: str, domain: str) -> tuple[str | None, str | None]:
    """Split "Person at Organisation"; a name alone is the organisation's unless it looks like a person's."""
    if not name or "@" in name.replace(" @ ", " "):
        return None, None
    inverted = re.fullmatch(r"([^\s,]{2,40}), ([^\s,]{2,40})", name)
    if inverted:
        return f"{inverted[2]} {inverted[1]}", None
    split = _IN_BRACKETS.match(name) or _AT_ORGANISATION.match(name)
    if split:
        person, organisation = split["person"].strip(), split["org"].strip(" )")
        if _is_domains_name(person, domain) and not _is_domains_name(organisation, domain):
            person, organisation = organisation, person
        return person, organisation
    is_person = _PERSON.match(name) and not _ORGANISATION_WORD.search(name) and not _is_domains_name(name, domain)
    return (name, None) if is_person else (None, name)


def _is_domains_name(name: str, domain: str) -> bool:
    plain = "".join(character for character in name.casefold() if character.isalnum())
    label = domain.split(".")[0].replace("-", "")
    return bool(plain and label) and (plain in label or label in plain)


def date_of(message: Message, found: Found) -> str | None:
    """Return when a message was sent, in its sender's zone, else when it was received."""
    stated = [("date", header(message, "Date"))]
    stated.append(("received", (header(message, "Received") or "").rpartition(";")[2].strip() or None))
    for place, value in stated:
        moment = _moment(value) if value else None
        if moment is not None:
            found.won_by["published"] = place
            return moment
    return None


def _moment(value: str) -> str | None:
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if not 1970 <= moment.year < 2100:
        return None
    # "-0000" says that the time is UTC and the sender's zone unknown (RFC 5322).
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).isoformat()


def date_as(stated: str) -> str | None:
    """Return the date of a line "Date:" or "Sent:": its time only where the zone is stated, else the day."""
    return (_moment(stated) if _ZONE.search(stated) else None) or read_date(stated)


def language_of(message: Message) -> str | None:
    """Return the language that the headers state."""
    value = (header(message, "Content-Language") or "").split(",")[0].strip()
    return value if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}", value) else None
