"""One e-mail message (.eml): the words that its reader sees, who sent it, and when."""

from __future__ import annotations

import email
import email.policy
import io
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC
from email.errors import MessageDefect
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from types import MappingProxyType

from scrapers import charset
from scrapers.document import Capture, Document
from scrapers.errors import EmptyInput, NoBody
from scrapers.html_tree import grow, parse
from scrapers.mail_sender import sender_of
from scrapers.mail_text import forwarded_from, grow_plain, is_hidden, mark_footers, mark_forwarded
from scrapers.mbox import messages
from scrapers.metadata import KNOWN_DOMAINS, registrable_domain
from scrapers.richtext import RichText, TextBuilder

EXTRACTOR = ("email", "1")

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
_LINKS = re.compile(rb"<a\s[^>]{0,2000}?href\s*=\s*[\"']?\s*https?:", re.I)


@dataclass(slots=True)
class _Found:
    """What was found while a message was read, and what was odd about it."""

    won_by: dict[str, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)


def extract_email(capture: Capture) -> Document:
    """Return one message as a document: its body's text with blocks and links, sender, date, subject.

    The HTML part is read where it carries links, else the plain part; ``won_by["text"]`` says which,
    and ``won_by["warning"]`` what was broken. Names and addresses of recipients stay out of every
    value. ``message_id`` has no angle brackets; ``published`` keeps the sender's time zone.
    Raises ``EmptyInput`` for no bytes and ``NoBody`` for a message without readable words.
    """
    body = capture.body.lstrip(b"\r\n")
    if not body.strip():
        raise EmptyInput("the message is empty", capture.source)
    message = email.message_from_bytes(body, policy=email.policy.compat32)
    found = _Found()
    text = _body(message, found)
    if not text.text:
        raise NoBody("this message has no part with words that can be read", capture.source)
    byline, publisher = _signed(text, found, *_sender(message, found))
    published = _date(message, found)
    title = _header(message, "Subject")
    message_id = (_header(message, "Message-ID") or "").strip("<> ") or None
    for name, value in (("title", title), ("message_id", message_id)):
        if value:
            found.won_by[name] = "header"
    if found.warnings:
        found.won_by["warning"] = "; ".join(dict.fromkeys(found.warnings))
    return Document(
        kind="email",
        text=text.text,
        url=capture.final_url or capture.url,
        message_id=message_id,
        title=title,
        byline=byline,
        publisher=publisher,
        published=published,
        language=_language(message),
        blocks=text.blocks,
        links=text.links,
        won_by=MappingProxyType(found.won_by),
    )


def split_mbox(content: bytes) -> Iterator[bytes]:
    """Yield the messages of an mbox that is at hand whole, with ``>From `` lines restored (see ``scrapers.mbox``)."""
    for piece in messages(io.BytesIO(content), len(content)):
        if piece.body and piece.body.strip():
            yield piece.body


def _header(message: Message, name: str) -> str | None:
    """Return a header decoded, on one line; whatever is broken in it stays as it was written."""
    try:
        raw = message.get(name)
        if raw is None:
            return None
        try:
            value = str(make_header(decode_header(str(raw))))
        except (LookupError, UnicodeError, ValueError, email.errors.MessageError):
            value = str(raw)
    except Exception:  # the library's parsers raise all manner of errors on hostile headers
        return None
    value = re.sub(r"[\x00-\x1f\x7f\s]+", " ", re.sub("[\ud800-\udfff]", "\ufffd", value))
    return value.strip() or None


@dataclass(frozen=True, slots=True)
class _Leaf:
    part: Message
    is_html: bool
    has_alternative: bool
    #: The message that was attached whole, whose first part this is.
    inner: Message | None = None


def _leaves(message: Message) -> Iterator[_Leaf]:
    """Yield the readable parts of a message in order, attachments and what they hold left out."""
    waiting: list[tuple[Message, bool]] = [(message, False)]
    attached: Message | None = None
    while waiting:
        part, has_alternative = waiting.pop()
        if part is not message and part.get_content_disposition() == "attachment":
            continue
        kind = part.get_content_type()
        if part.is_multipart():
            inner = [sub for sub in part.get_payload() if isinstance(sub, Message)]
            if kind == "message/delivery-status":
                continue
            if kind == "message/rfc822":
                attached = inner[0] if inner else None
            alternative = has_alternative or kind == "multipart/alternative"
            waiting.extend((sub, alternative) for sub in reversed(inner))
        elif kind.startswith("multipart/") and (whole := _resplit(part)) is not None:
            waiting.append((whole, has_alternative))
        elif kind in ("text/html", "application/xhtml+xml"):
            yield _Leaf(part, True, has_alternative, attached)
            attached = attached if has_alternative else None
        elif kind.startswith(("text/", "multipart/")) and kind not in (
            "text/calendar",
            "text/vcard",
            "text/css",
        ):
            # A multipart without its boundary was not split: its one payload is all there is.
            yield _Leaf(part, False, has_alternative, attached)
            attached = attached if has_alternative else None


_ANY_BOUNDARY = re.compile(r"^--(\S[^\n\"]{0,98}?)\s*\n(?=content-)", re.I | re.M)


def _resplit(part: Message) -> Message | None:
    """Split a multipart whose header names no boundary, or the wrong one, at the one that it uses."""
    payload = part.get_payload()
    boundary = _ANY_BOUNDARY.search(payload) if isinstance(payload, str) else None
    if boundary is None or not isinstance(payload, str):
        return None
    head = f'Content-Type: {part.get_content_type()}; boundary="{boundary[1]}"\n\n'
    whole = email.message_from_bytes((head + payload).encode("utf-8", "surrogateescape"))
    return whole if whole.is_multipart() else None


def _body(message: Message, found: _Found) -> RichText:
    try:
        leaves = list(_leaves(message))
    except Exception:  # a header so broken that the library trips over it: read the body as it stands
        leaves = [_Leaf(message, False, False)]
        found.warnings.append("the parts of the message could not be told apart")
    found.warnings.extend(_defects(message))
    contents = [(leaf, _content(leaf.part, found)) for leaf in leaves]
    with_links = any(leaf.is_html and _LINKS.search(content) for leaf, content in contents)
    plain = any(not leaf.is_html and content.strip() for leaf, content in contents)
    for wants_html in (True, False) if with_links or not plain else (False, True):
        builder = TextBuilder()
        for leaf, content in contents:
            if leaf.is_html == wants_html or not leaf.has_alternative:
                _grow_head(leaf, builder)
                _grow_part(leaf, content, builder, found)
        text = builder.build()
        if text.text:
            read_html = wants_html and any(leaf.is_html for leaf in leaves)
            found.won_by["text"] = "html part" if read_html else "plain part"
            return mark_footers(mark_forwarded(text))
    return RichText("", (), ())


def _grow_head(leaf: _Leaf, builder: TextBuilder) -> None:
    """Grow the lines that a mail program shows above an attached message: who sent it and its subject."""
    if leaf.inner is None:
        return
    sender = re.sub(r"\s*<[^<>]*>\s*$", "", _header(leaf.inner, "From") or "")
    subject = _header(leaf.inner, "Subject") or ""
    if sender and "@" not in sender:
        builder.start_block("p")
        builder.words(f"From: {sender}")
        builder.line_break()
        builder.words(f"Subject: {subject}")


def _content(part: Message, found: _Found) -> bytes:
    """Return a part's bytes with the transfer encoding undone, as far as it can be."""
    try:
        content = part.get_payload(decode=True)
        if content is None:
            content = part.get_payload()
    except Exception:  # broken encodings raise from half a dozen modules
        found.warnings.append("a part's transfer encoding is broken")
        content = None
    if isinstance(content, str):
        return content.encode("utf-8", "surrogateescape")
    return content if isinstance(content, bytes) else b""


def _grow_part(leaf: _Leaf, content: bytes, builder: TextBuilder, found: _Found) -> None:
    try:
        declared = leaf.part.get_content_charset()
    except (LookupError, UnicodeError, ValueError):
        declared = None
    if declared and not charset.is_known(declared):
        found.warnings.append(f"unknown character set {declared[:40]!r}")
    text = charset.decode(content, declared)
    tree = parse(text) if leaf.is_html else None
    if tree is not None:
        grow(tree, builder, is_hidden=is_hidden)
    elif not leaf.is_html:
        grow_plain(text, builder, flowed="flowed" in str(leaf.part.get("Content-Type", "")).lower())


def _defects(message: Message) -> Iterator[str]:
    words = {
        "NoBoundaryInMultipartDefect": "the message names no boundary between its parts",
        "StartBoundaryNotFoundDefect": "the boundary between the parts is not where it should be",
        "CloseBoundaryNotFoundDefect": "the message is cut off",
        "InvalidBase64PaddingDefect": "a part's transfer encoding is broken",
        "InvalidBase64CharactersDefect": "a part's transfer encoding is broken",
        "InvalidBase64LengthDefect": "a part's transfer encoding is broken",
        "MissingHeaderBodySeparatorDefect": "the message's headers are broken",
        "FirstHeaderLineIsContinuationDefect": "the message's headers are broken",
    }
    for part in message.walk():
        for defect in part.defects:
            name = type(defect).__name__
            if isinstance(defect, MessageDefect) and name in words:
                yield words[name]


def _sender(message: Message, found: _Found) -> tuple[str | None, str | None]:
    """Return byline and publisher from the sender's display name, organisation and domain."""
    try:
        stated = str(message.get("From") or message.get("Sender") or "")
        # A comma in a name that stands without quotation marks would make one sender two.
        stated = _BARE_NAME.sub(r'"\1" <', stated)
        pairs = getaddresses([stated])
    except Exception:  # the address parser trips over hostile headers
        pairs = []
    name, address = next(((n, a) for n, a in pairs if n or a), ("", ""))
    name = _display_name(name)
    host = address.rpartition("@")[2].strip("> ").lower()
    domain = (registrable_domain(f"http://{host}") if re.fullmatch(r"[\w.-]+\.\w+", host) else None) or ""
    domain = "" if domain in _PROVIDERS else domain
    organisation = _header(message, "Organization") or _header(message, "Organisation")
    byline, publisher = _split_name(name, domain)
    if byline:
        found.won_by["byline"] = "from"
    for place, value in (
        ("from", publisher),
        ("organization", organisation),
        ("domain", KNOWN_DOMAINS.get(domain, domain)),
    ):
        if value:
            found.won_by["publisher"] = place
            return byline, value
    return byline, None


def _signed(text: RichText, found: _Found, byline: str | None, publisher: str | None) -> tuple[str | None, str | None]:
    """Add what signature and small print tell where the headers name no person or no house."""
    # A bare domain names no house that a reader knows: its own signature tells more.
    is_domain = found.won_by.get("publisher") == "domain" and "." in (publisher or "")
    if byline and publisher and not is_domain:
        return byline, publisher
    blocks = text.blocks[: forwarded_from(text)]
    own = [text.text[block.start : block.end] for block in blocks if block.tag != "blockquote"]
    told = sender_of([line for words in own for line in words.split("\n")])
    if byline is None and told.person is not None:
        found.won_by["byline"] = "signature"
    is_stated = is_domain and told.house_from == "signature"
    if (publisher is None or is_stated) and told.house is not None and told.house_from is not None:
        found.won_by["publisher"] = told.house_from
        publisher = told.house
    return byline or told.person, publisher


def _display_name(name: str) -> str:
    with suppress(LookupError, UnicodeError, ValueError, email.errors.MessageError):
        name = str(make_header(decode_header(name)))
    name = re.sub("[\ud800-\udfff]", "\ufffd", re.sub(r"[\x00-\x1f\x7f\s]+", " ", name))
    name = name.strip(" \"'")
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


def _date(message: Message, found: _Found) -> str | None:
    stated = [("date", _header(message, "Date"))]
    stated.append(("received", (_header(message, "Received") or "").rpartition(";")[2].strip() or None))
    for place, value in stated:
        if value is None:
            continue
        try:
            moment = parsedate_to_datetime(value)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        if not 1970 <= moment.year < 2100:
            continue
        found.won_by["published"] = place
        # "-0000" says that the time is UTC and the sender's zone unknown (RFC 5322).
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).isoformat()
    return None


def _language(message: Message) -> str | None:
    value = (_header(message, "Content-Language") or "").split(",")[0].strip()
    return value if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}", value) else None
