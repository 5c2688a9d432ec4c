"""Which reader serves a capture: told by its media type, its name and its first bytes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import islice

from scrapers import generic, mailbox, pdf, text_dump
from scrapers.charset import is_binary, media_name
from scrapers.document import Capture, Document
from scrapers.errors import NotADocument
from scrapers.site import BadSite, site_of, stated_address

_HTML_START = re.compile(
    # Possessive: a comment ends where it first can, or a page of many would be tried in every way to cut them.
    rb"\s*+(?:<\?xml[^>]*+>\s*+)?+(?:(?><!--.{0,2000}?-->)\s*+)*+<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_TAGS = re.compile(rb"<(?:p|div|article|section|span|h[1-6]|meta|title|br)\b", re.IGNORECASE)
_MAIL_HEADER = re.compile(rb"(?:From [^\n]+\n)?(?:[A-Za-z][A-Za-z0-9-]{1,40}:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}")
_MBOX_FIRST = re.compile(rb"From [^\n]{1,300}\n[!-9;-~]{1,80}:")
_MAIL_MARK = re.compile(
    rb"^(?:Message-ID|MIME-Version|Received|Return-Path|Delivered-To|Content-Type):", re.IGNORECASE | re.MULTILINE
)
_TAG_FIRST = re.compile(rb"(?:\xef\xbb\xbf)?\s*<[!?a-z]", re.IGNORECASE)
_WINDOW = 16_384
_SAVE_AS_TEXT = "open it and save it as plain text (.txt), HTML or PDF, and add that"
_OTHER_MEDIA = re.compile(r"(?:image|audio|video|font)/|application/(?:zip|gzip|pdf|octet-stream|msword|vnd\.)")


@dataclass(frozen=True, slots=True)
class Scraper:
    """A reader of captures: ``name`` and ``version`` name the extraction in the database."""

    name: str
    version: str
    extract: Callable[[Capture], Document]


HTML = Scraper(*generic.EXTRACTOR, generic.extract_html)
EMAIL = Scraper(*mailbox.EXTRACTOR, mailbox.extract_email)
PDF = Scraper(*pdf.EXTRACTOR, pdf.extract_pdf)
TEXT = Scraper("text-dump", "1", text_dump.extract_text)


def scraper_for(capture: Capture) -> Scraper:
    """The reader that serves this capture.

    Raises NotADocument for media that no reader here serves, BadSite where a site's file is broken.
    """
    name = (capture.filename or "").lower()
    media = (capture.content_type or "").lower()
    head = capture.body[:_WINDOW]
    if _is_pdf(head, stated=media == "application/pdf" or name.endswith(".pdf")):
        return PDF
    _refuse_media(head, capture.source)
    _refuse_several(capture)
    # Mail programs save a message's HTML part under the message's name: no header begins with a tag.
    if (media == "message/rfc822" or name.endswith((".eml", ".mbox"))) and not _TAG_FIRST.match(head):
        return EMAIL
    if "html" in media or name.endswith((".html", ".htm", ".xhtml")) or _HTML_START.match(head):
        if not (capture.charset or "").lower().startswith(("utf-16", "utf-32")) and is_binary(head):
            raise NotADocument("this is a binary file, not HTML", capture.source)
        return _html_for(capture)
    if _is_mail(head):
        return EMAIL
    if media and _OTHER_MEDIA.match(media):
        raise NotADocument(f"{media} is not a text", capture.source)
    if not name.endswith((".txt", ".text", ".md")) and len(_TAGS.findall(head)) > 3:
        return _html_for(capture)
    return TEXT


def _html_for(capture: Capture) -> Scraper:
    """The reader of a page's site, by the address that answered; of a file, by that which it states."""
    address = capture.final_url or capture.url or stated_address(capture.body)
    try:
        site = site_of(address) if address else None
    except BadSite as error:
        raise error.on_the_way_to(capture.source) from error
    return Scraper(site.name, site.version, partial(generic.extract_html, site=site)) if site else HTML


def _is_mail(head: bytes) -> bool:
    """Header lines at the very top, one of them of the kind that only a real message has."""
    unix = head.replace(b"\r\n", b"\n")
    header = _MAIL_HEADER.match(unix)
    return header is not None and _MAIL_MARK.search(header.group()) is not None


def _is_pdf(head: bytes, *, stated: bool) -> bool:
    """Whether its first bytes are a PDF's; one that is called so may begin with up to 1,024 others."""
    # Some programs write white space or a byte order mark before it, and readers of PDF allow it.
    start = head[:1024]
    return start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"%PDF-") or (stated and b"%PDF-" in start)


def _refuse_media(head: bytes, source: str) -> None:
    """Raise NotADocument for what its first bytes give away, whatever its name says."""
    name = media_name(head)
    if name is not None:
        remedy = _SAVE_AS_TEXT if "(RTF)" in name else None
        raise NotADocument(f"this is {name}", source, remedy)


def _refuse_several(capture: Capture) -> None:
    """Raise NotADocument for an mbox of several messages: each is a document of its own."""
    body = capture.body.lstrip(b"\r\n")
    if not _MBOX_FIRST.match(body):
        return
    # A letter may hold a line "From ..." too: only what begins with headers is a message.
    pieces = (piece[:_WINDOW].replace(b"\r\n", b"\n") for piece in mailbox.split_mbox(body))
    if sum(1 for _ in islice(filter(_MAIL_HEADER.match, pieces), 2)) > 1:
        remedy = "save each as an .eml file and add those"
        raise NotADocument("several messages in one file", capture.source, remedy)
