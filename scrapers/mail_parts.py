"""The parts of a message: which are read, their bytes, and the text that they grow to."""

from __future__ import annotations

import email
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.errors import MessageDefect
from email.message import Message
from itertools import islice

from scrapers import charset
from scrapers.html_tree import grow, parse
from scrapers.mail_headers import Found, header, repeated_headers
from scrapers.mail_text import drop_quotes_of_forwards, grow_plain, is_hidden
from scrapers.richtext import RichText, TextBuilder

_LINKS = re.compile(rb"<a\s[^>]{0,2000}?href\s*=\s*[\"']?\s*https?:", re.I)


#: Quoted-printable that no header declares: soft line breaks or escaped signs, several of them.
_UNDECLARED_QP = re.compile(rb"=\r?\n|=(?:20|3D|09|E2=80|C2=A0|C3=[89AB])")
_LEAST_SIGNS = 4
_MOST_PARTS = 500
#: A message of more parts is cut behind them before it is taken apart.
_MOST_DELIMITERS = 1_000
_BOUNDARY = re.compile(rb"\bboundary\s{0,3}=\s{0,3}(?:\"([^\"\r\n]{1,200})\"|([^\s;\"]{1,200}))", re.I)
_DELIMITER = re.compile(rb"^--(\S[^\r\n]{0,200}?)[ \t]*\r?\n(content-)?", re.I | re.M)


_HEAD_END = re.compile(rb"\r?\n\r?\n")
_OF_MAIL = re.compile(
    rb"^(?:from|to|received|return-path|delivered-to|message-id|mime-version)[ \t]{0,9}:", re.I | re.M
)
_SPACED = re.compile(rb"^([!-9;-~]{1,76})[ \t]{1,9}:", re.M)


@dataclass(frozen=True, slots=True)
class _Leaf:
    part: Message
    is_html: bool
    has_alternative: bool
    #: The message that was attached whole, whose first part this is.
    inner: Message | None = None


def mended(body: bytes) -> tuple[bytes, bool]:
    """Take the space before the colon of a header, at which the library ends the headers; say whether one was there."""
    head = _HEAD_END.search(body)
    end = head.start() if head else len(body)
    if not _OF_MAIL.search(body, 0, end):
        return body, False
    top, count = _SPACED.subn(rb"\1:", body[:end])
    return (top + body[end:], True) if count else (body, False)


def bounded(body: bytes, most: int = _MOST_DELIMITERS) -> tuple[bytes, bool]:
    """Cut a message behind so many parts, and say whether that was done; linear in its length."""
    if body.count(b"\n--") <= most:
        return body, False
    stated = {match[1] or match[2] for match in islice(_BOUNDARY.finditer(body), most)}
    seen = 0
    for match in _DELIMITER.finditer(body):
        # Some headers name another boundary than the one that is used.
        if match[1] in stated or match[2]:
            seen += 1
            if seen > most:
                return body[: match.start()], True
    return body, False


def _leaves(message: Message, without: Message | None = None) -> Iterator[_Leaf]:
    """Yield the readable parts of a message in order, attachments, what they hold and ``without`` left out."""
    waiting: list[tuple[Message, bool]] = [(message, False)]
    attached: Message | None = None
    while waiting:
        part, has_alternative = waiting.pop()
        if part is without:
            continue
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
            # Headers of the message that came back, and of no use to a reader.
            "text/rfc822-headers",
        ):
            # A multipart without its boundary was not split: its one payload is all there is.
            yield _Leaf(part, False, has_alternative, attached)
            attached = attached if has_alternative else None


_ANY_BOUNDARY = re.compile(rb"^--(\S[^\n\"]{0,98}?)\s*\n(?=content-)", re.I | re.M)


def _resplit(part: Message) -> Message | None:
    """Split a multipart whose header names no boundary, or the wrong one, at the one that it uses."""
    payload = part.get_payload()
    if not isinstance(payload, str):
        return None
    content = payload.encode("utf-8", "surrogateescape")
    if not part.get("Content-Transfer-Encoding"):
        # The library's text of a part has lost the bytes that are not ASCII.
        undecoded = part.get_payload(decode=True)
        content = undecoded if isinstance(undecoded, bytes) else content
    boundary = _ANY_BOUNDARY.search(content)
    if boundary is None:
        return None
    head = f"Content-Type: {part.get_content_type()}; boundary=".encode() + b'"' + boundary[1] + b'"\n\n'
    whole = email.message_from_bytes(head + content)
    return whole if whole.is_multipart() else None


def attached_whole(message: Message) -> Message | None:
    """Give the one message that is attached whole to another; None for reports, digests and several."""
    if message.get_content_type() in ("multipart/report", "multipart/digest"):
        return None
    found: list[Message] = []
    waiting = [message]
    for _ in range(_MOST_PARTS):
        if not waiting:
            break
        part = waiting.pop()
        payload = part.get_payload() if part.is_multipart() else []
        inner = [sub for sub in payload if isinstance(sub, Message)]
        if part.get_content_type() == "message/rfc822":
            found += inner[:1]
        elif not part.get_content_type().startswith("message/"):
            waiting += inner
    return found[0] if len(found) == 1 else None


def body_of(message: Message, found: Found, without: Message | None = None) -> RichText:
    """Return the words of a message with blocks and links, nothing marked yet; ``found`` says which part was read.

    Of alternatives the HTML part is read where it carries links, else the plain one. ``without`` is a
    message attached whole that is left out.
    """
    try:
        leaves = list(_leaves(message, without))
    except Exception:  # a header so broken that the library trips over it: read the body as it stands
        leaves = [_Leaf(message, False, False)]
        found.warnings.append("the parts of the message could not be told apart")
    contents = [(leaf, _content(leaf.part, found)) for leaf in leaves]
    found.warnings.extend([*_defects(message), *repeated_headers(message)])
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
            return text
    return RichText("", (), ())


def _grow_head(leaf: _Leaf, builder: TextBuilder) -> None:
    """Grow the lines that a mail program shows above an attached message: who sent it and its subject."""
    if leaf.inner is None:
        return
    sender = re.sub(r"\s*<[^<>]*>\s*$", "", header(leaf.inner, "From") or "")
    subject = header(leaf.inner, "Subject") or ""
    if sender and "@" not in sender:
        builder.start_block("p")
        builder.words(f"From: {sender}")
        builder.line_break()
        builder.words(f"Subject: {subject}")


def _content(part: Message, found: Found) -> bytes:
    """Return a part's bytes with the transfer encoding undone, as far as it can be."""
    try:
        content = part.get_payload(decode=True)
        if content is None:
            content = part.get_payload()
    except Exception:  # broken encodings raise from half a dozen modules
        found.warnings.append("a part's transfer encoding is broken")
        content = part.get_payload()
    if isinstance(content, str):
        content = content.encode("utf-8", "surrogateescape")
    if not isinstance(content, bytes):
        return b""
    stated = str(part.get("Content-Transfer-Encoding", "")).strip().lower()
    if stated not in ("quoted-printable", "base64") and len(_UNDECLARED_QP.findall(content)) >= _LEAST_SIGNS:
        found.warnings.append("a part is quoted-printable without saying so")
        return quopri.decodestring(content)
    return content


def _grow_part(leaf: _Leaf, content: bytes, builder: TextBuilder, found: Found) -> None:
    try:
        declared = leaf.part.get_content_charset()
    except (LookupError, UnicodeError, ValueError):
        declared = None
    if declared and not charset.is_known(declared):
        found.warnings.append(f"unknown character set {declared[:40]!r}")
    elif declared and _contradicts(content, declared):
        found.warnings.append(f"a part is not in the character set that it states, {declared[:40]!r}")
    text = charset.decode(content, declared)
    tree = parse(text) if leaf.is_html else None
    if tree is not None:
        drop_quotes_of_forwards(tree)
        grow(tree, builder, is_hidden=is_hidden)
    elif not leaf.is_html:
        grow_plain(text, builder, flowed="flowed" in str(leaf.part.get("Content-Type", "")).lower())


def _contradicts(content: bytes, declared: str) -> bool:
    """Whether bytes are not of the character set that they are said to be in."""
    try:
        content.decode(declared)
    except UnicodeDecodeError:
        return True
    except (LookupError, ValueError):
        return False
    return False


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
