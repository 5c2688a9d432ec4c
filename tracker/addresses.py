"""Which addresses nobody could ever look at again: for the desk, whose process has nothing that fetches (pure).

The guard of the fetcher (``scrapers.guard``) says it of what is fetched, and knows more notations; the two agree on
what they refuse of what people write.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from ipaddress import IPv6Address, ip_address, ip_network

_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_TRANSLATED = ip_network("64:ff9b::/96")
USUAL_PORTS = frozenset({80, 443})


def why_never_visited(host: str, port: int | None, ports: Collection[int] = USUAL_PORTS) -> str | None:
    """Return in words why an address of this host and port is never fetched; None where it may be.

    ``ports`` are those that may be called on.
    """
    name = unicodedata.normalize("NFKC", host).replace("\u3002", ".").rstrip(".").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return "it is this machine's own"
    if ":" in name or _NUMBER.fullmatch(name.rpartition(".")[2]):
        try:
            number = ip_address(name)
        except ValueError:
            return "its host is a number in disguise"
        if not number.is_global or number.is_multicast or _leads_elsewhere(number):
            return "it is in an inner network"
    if port is not None and port not in ports:
        return f"port {port} is not allowed (the setting ports)"
    return None


def _leads_elsewhere(number: object) -> bool:
    """Whether an IPv6 address stands for one of IPv4, which may be an inner one."""
    if not isinstance(number, IPv6Address):
        return False
    return bool(number.ipv4_mapped or number.sixtofour or number.teredo or number in _TRANSLATED)
