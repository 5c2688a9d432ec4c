"""Message-IDs, which may hold who received the message."""

from __future__ import annotations

import hashlib
import re

from scrapers.mail_find import address_spans, name_spans, tells
from scrapers.mail_names import Recipients

_TOKEN = re.compile(r"[^@.|,:<>\s]+")
_LONG_PART = 3


def shown_id(message_id: str, known: Recipients) -> str:
    """Give a Message-ID as it may be shown: itself, or the digest of what is left without the recipient in it."""
    left = without_known(message_id, known)
    small = message_id.casefold()
    # Three letters of a name may stand in any ID; a digest costs nothing.
    is_clean = left == message_id and not any(part in small for part in _parts(known))
    return message_id if is_clean else f"sha256:{digest_of(left)}"


def without_known(message_id: str, known: Recipients) -> str:
    """Give a Message-ID without addresses and names of recipients, in any spelling."""
    spans = [*address_spans(message_id, known.addresses), *name_spans(message_id, known.names)]
    spans += [match.span() for match in _TOKEN.finditer(message_id) if tells(match[0], known)]
    left = list(message_id)
    for start, end in spans:
        left[start:end] = [""] * (end - start)
    return "".join(left)


def _parts(known: Recipients) -> frozenset[str]:
    """What recipients are called before the sign of their address, and each of their names."""
    locals_ = {one.rpartition("@")[0] for one in known.addresses}
    words = {word for name in known.names for word in name.split()}
    return frozenset(part for part in locals_ | words | known.firsts if len(part) >= _LONG_PART)


def digest_of(*parts: str) -> str:
    """Give the SHA-256 of these parts, in hex."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "replace")).hexdigest()
