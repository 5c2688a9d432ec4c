"""Headers of other messages that stand in a message's words, and pass nothing on: letters run together in one file."""

from __future__ import annotations

import re
from dataclasses import dataclass

from scrapers.mail_fields import field_name

#: One letter and a colon heads an answer too ("A: no"), but for the French "to".
_FIELD = re.compile(
    r"[> \t]{0,8}(?P<name>[^\W\d_][\w-]{1,40}(?: [^\W\d_]{1,10})?|\u00e0)[ \t\u00a0]?:(?:[ \t]+|$)(?P<value>.*)$",
    re.IGNORECASE,
)
#: Names that only the headers of mail have; two of them on neighbouring lines are headers.
_OF_MAIL = re.compile(
    r"from|to|cc|bcc|date|subject|sender|sent|reply-to|message-id|in-reply-to|references|received|return-path"
    r"|delivered-to|mime-version|content-(?:type|transfer-encoding)|list-(?:id|unsubscribe)|dkim-signature"
    r"|(?:x-)?envelope-to|x-original-to|x-delivered-to|x-rcpt(?:-to)?|apparently-to|resent-(?:to|cc|from)"
)
_TO = frozenset(
    {"to", "cc", "bcc", "delivered-to", "envelope-to", "x-envelope-to", "x-original-to", "x-delivered-to"}
    | {"x-rcpt", "x-rcpt-to", "apparently-to", "resent-to", "resent-cc"}
)
#: What a server says it took the message for: "for <ann@mill.example>;".
_FOR = re.compile(r"\bfor[ \t]+(?P<value><?[^\s<>@;]{1,64}@[^\s<>;]{1,255}>?)", re.IGNORECASE)
_LONGEST_LINE = 4_000


@dataclass(frozen=True, slots=True)
class Strays:
    """Where such headers name who received a message, as spans in the text, and what they say there."""

    given: tuple[tuple[int, int], ...] = ()
    received: tuple[str, ...] = ()


def stray_headers(text: str) -> Strays:
    """Find runs of header lines, with an address among them, within the words of a message; linear in the text."""
    found: list[tuple[int, int]] = []
    run: list[tuple[int, int]] = []
    fields, name, has_address = 0, "", False
    place = 0
    for line in [*text.split("\n"), ""]:
        part = _FIELD.match(line) if len(line) <= _LONGEST_LINE else None
        if part is not None and _OF_MAIL.fullmatch(field_name(part["name"])):
            name = field_name(part["name"])
            fields += 1
            has_address |= "@" in line
            run += [(place + start, place + end) for start, end in _given(name, line, part)]
        elif fields and part is None and line.strip() and name in _TO | {"received"} and "@" in line:
            # The line above goes on.
            has_address = True
            more = [(0, len(line))] if name in _TO else [m.span("value") for m in _FOR.finditer(line)]
            run += [(place + start, place + end) for start, end in more]
        elif part is None or not fields:
            # "Date: 9 May", "To: 5 June" is a programme of events.
            found += run if fields > 1 and has_address else []
            run, fields, name, has_address = [], 0, "", False
        else:
            name = ""  # a field of another name among them
        place += len(line) + 1
    return Strays(tuple(found), tuple(text[start:end] for start, end in found))


def _given(name: str, line: str, part: re.Match[str]) -> list[tuple[int, int]]:
    if name == "received":
        return [match.span("value") for match in _FOR.finditer(line)]
    value = part["value"].strip()
    return [(part.start("value"), len(line))] if name in _TO and value else []
