"""Whom a message's headers name as those who received it: those for people, and those that servers add."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import Message
from urllib.parse import unquote

from scrapers.mail_headers import pairs_in
from scrapers.mail_names import Recipients, forms_of, recipients_of
from scrapers.unwrap import text_of_base64

#: Headers that hold addresses of recipients; servers invent more of them: "X-MS-Exchange-Recipient".
_TO = re.compile(
    r"(?:resent-)?(?:to|cc|bcc)|apparently-to"
    r"|(?:x-)?(?:[a-z]{1,20}-){0,3}(?:delivered-to|original-to|envelope-to|apparently-to|forwarded-to|rcpt(?:-to)?|recipients?"
    r"|receiver|original-recipient|envelope-recipient|forwarded-for|sent-to|email-to)",
    re.IGNORECASE,
)
_RECEIVED_FOR = re.compile(r"\bfor\s{1,3}<?([^<>\s@;]{1,64}@[^<>\s;]{1,200})>?")
_ADDRESS = re.compile(r"[^\s@<>,;:\"()=&?/]{1,64}@[^\W_][\w-]{0,62}(?:\.[^\W_][\w-]{0,62}){1,8}")
#: An address in another: "bounce-7-ann=mill.example@mailer.example".
_WITHIN = re.compile(r"([^\s@<>,;:\"()=&?/]{1,64})=([^\W_][\w-]{0,62}(?:\.[^\W_][\w-]{0,62}){1,8})")
_MOST_HEADERS = 20_000
_LONGEST = 20_000


def recipients(message: Message) -> Recipients:
    """Give whom the headers name as those who received a message."""
    pairs: list[tuple[str, str]] = []
    bare: set[str] = set()
    seen = 0
    for name, raw in message.raw_items():
        name, value = name.strip().lower(), str(raw)
        if _TO.fullmatch(name) and seen < _MOST_HEADERS:
            seen += 1
            value = value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
            pairs += pairs_in(value)
            bare.update(_ADDRESS.findall(value[:_LONGEST]) if name not in ("to", "cc", "bcc") else ())
        elif name == "received":
            pairs += [("", address) for address in _RECEIVED_FOR.findall(value[:_LONGEST])]
        elif name in ("return-path", "errors-to", "x-envelope-from", "envelope-from", "x-return-path"):
            bare.update(_within(value[:_LONGEST]))
        elif name == "list-unsubscribe":
            bare.update(_unsubscribing(value[:_LONGEST]))
    addresses = frozenset(form for one in bare for form in forms_of(one))
    return recipients_of(pairs).joined(Recipients(addresses=addresses))


def _within(value: str) -> Iterator[str]:
    """Addresses within the one to which a message that bounces goes; what stands before them may be theirs."""
    for local, domain in _WITHIN.findall(value):
        parts = re.split(r"(?<=[-+._])", local)
        for first in range(min(len(parts), 20)):
            yield f"{''.join(parts[first:])}@{domain}"


def _unsubscribing(value: str) -> Iterator[str]:
    """Addresses of those who would leave a list, which stand in what is asked of it, not in its own address."""
    for asked in re.findall(r"<([^<>]{1,2000})>", value):
        own, _, rest = asked.partition("?")
        target = unquote(own).removeprefix("mailto:") if own.lower().startswith("mailto:") else ""
        said = unquote(unquote(rest)) if target else unquote(unquote(asked.partition("://")[2].partition("/")[2]))
        tokens = (text_of_base64(token) for token in re.split(r"[.|,:\s/?&=]", unquote(asked)))
        for words in (said, *(token for token in tokens if token)):
            for one in _ADDRESS.findall(words):
                # "subject=leave news@list.example" names the list.
                if one.rpartition("@")[2].lower() != target.rpartition("@")[2].lower():
                    yield one
            yield from _within(words)
        yield from _within(target)
