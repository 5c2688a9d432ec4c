"""Which addresses may be fetched, and which spelling of an address names a document: pure, no I/O.

The address of a *name* is only known once it is resolved: there the policy given here goes to
ssrfguard, which checks every answer and connects to the one it checked (see ``scrapers.fetch``).
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from ipaddress import ip_network
from urllib.parse import quote, urlsplit

import idna
from courlan import clean_url
from ssrfguard import BlockedAddressError, BlockedURLError, Policy, SSRFGuardError

from scrapers.errors import RefusedAddress

DEFAULT_PORTS = frozenset({80, 443})
_PORT_OF = {"http": 80, "https": 443}
#: Fewer than ssrfguard's default: each attempt may last a whole connect time-out.
CONNECT_ATTEMPTS = 3
# Systems take "0x7f.1" for 127.0.0.1, as browsers do; no top-level domain is a number.
_NUMBER = re.compile(r"[0-9]+|0[xX][0-9a-fA-F]*")
_LOCAL_NAME = re.compile(r"(?:^|\.)localhost$", re.IGNORECASE)
_LOOPBACK = (ip_network("127.0.0.0/8"), ip_network("::1/128"))

_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
# courlan's tracker names are prefixes ("ga", "gl", "ref", "aff"): these words begin like one, and
# two pages that differ in them are two documents.
_NOT_TRACKERS = re.compile(r"(?:gall|gloss|affair|refug|reference)", re.IGNORECASE)


@lru_cache(maxsize=16)
def address_policy(allowed_ports: frozenset[int] = DEFAULT_PORTS, allow_loopback: bool = False) -> Policy:
    """Give the ssrfguard policy: public addresses only, http and https, no credentials, these ports."""
    return Policy(
        allowed_ports=allowed_ports,
        allowed_networks=_LOOPBACK if allow_loopback else (),
        max_connection_attempts=CONNECT_ATTEMPTS,
    )


def check_url(url: str, allowed_ports: Collection[int] = DEFAULT_PORTS, *, allow_loopback: bool = False) -> None:
    """Refuse an address that must not be asked for, as far as its spelling tells.

    Refused are schemes other than http and https, credentials, ports outside ``allowed_ports``,
    malformed hosts, and hosts that are an inner address in any notation. Raises RefusedAddress.
    """
    try:
        target = address_policy(frozenset(allowed_ports), allow_loopback).check_url(url)
    except SSRFGuardError as refused:
        _refuse_inner(url, allowed_ports, allow_loopback=allow_loopback)
        raise refusal(url, refused) from refused
    if target.address is None and _NUMBER.fullmatch(target.host.rstrip(".").rpartition(".")[2]):
        raise RefusedAddress("address refused, its host is a number in disguise", url)
    if not allow_loopback and _LOCAL_NAME.search(target.host.rstrip(".")):
        raise RefusedAddress("address refused, it is this machine's own", url)


def _refuse_inner(url: str, allowed_ports: Collection[int], *, allow_loopback: bool) -> None:
    """Refuse an address of an inner network for being one, whatever its port: no setting opens it."""
    try:
        port = urlsplit(url).port
    except ValueError:
        return
    if port and port not in allowed_ports:
        check_url(url, {port}, allow_loopback=allow_loopback)


def refusal(url: str, refused: SSRFGuardError) -> RefusedAddress:
    """Turn a refusal of ssrfguard into ours: the reason for ``url`` in one line, without its jargon."""
    if isinstance(refused, BlockedAddressError):
        return RefusedAddress(f"address refused, it leads to an inner network ({refused.address})", url)
    if not isinstance(refused, BlockedURLError):
        return RefusedAddress(f"address refused ({refused})", url)
    if isinstance(refused.__cause__, BlockedAddressError):
        return RefusedAddress("address refused, it is in an inner network", url)
    reason = _reason(url, refused.reason)
    remedy = (
        "give a public http or https address, or allow the port with the setting ports"
        if reason.startswith("port ")
        else None
    )
    return RefusedAddress(f"address refused ({reason})", url, remedy)


def _reason(url: str, reason: str) -> str:
    """Say in the user's words why an address was refused; fall back on ssrfguard's first clause."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "it is not a well-formed address"
    if parts.scheme not in _PORT_OF:
        return f"{parts.scheme}: is not http or https" if parts.scheme else "it has no http:// or https://"
    if not parts.hostname:
        return "it names no host"
    if "@" in parts.netloc:
        return "it carries a user name or password"
    if re.search(r"\bport\b", reason):
        return f"port {port or _PORT_OF[parts.scheme]} is not allowed"
    return re.split(r"[,;(]", reason, maxsplit=1)[0].strip()


def canonical_url(url: str) -> str:
    """Give the one spelling of ``url`` that names its document.

    Lower-case scheme and host, punycode, no default port, no ``.`` and ``..``, escapes in one
    form (RFC 3986, 6.2.2), no fragment, no trackers (courlan's list), parameters in order of
    their names; ``?id=7``, ``?7`` and a trailing slash are kept, for they may tell pages apart.
    Canonical spellings are their own canonical spelling. Raises RefusedAddress where ``url``
    is no http or https address; inner addresses are not refused, as a file may be said to stem
    from one.
    """
    # Mail programs and HTML sources hand out links with their ampersands still escaped.
    text = _CONTROL.sub("", url.strip()).replace("&amp;", "&")
    try:
        parts = urlsplit(text)
        host, port = _host(parts.hostname or ""), parts.port
    except (ValueError, UnicodeError) as bad:
        raise RefusedAddress("not a well-formed address", url) from bad
    if parts.scheme not in _PORT_OF or not host:
        raise RefusedAddress("not an http or https address", url)
    authority = host if port in (None, _PORT_OF[parts.scheme]) else f"{host}:{port}"
    path = _without_dots(_escaped(parts.path)) or "/"
    query = _query(parts.query)
    return f"{parts.scheme}://{authority}{path}" + (f"?{query}" if query else "")


def _host(name: str) -> str:
    """Give a host as an A-label, or an IPv6 literal in its brackets. Raises UnicodeError, ValueError."""
    if ":" in name:
        return f"[{name.lower()}]"
    name = name.rstrip(".")
    if not name.isascii():
        name = idna.encode(name, uts46=True, std3_rules=True).decode("ascii")
    if re.search(r"[\s/\\<>\"%^`{|}]", name):
        raise ValueError("a character that no host name has")
    return name.lower()


def _escaped(text: str) -> str:
    """Escape what must be, unescape what need not be, and write escapes in capitals."""

    def one(match: re.Match[str]) -> str:
        code = int(match[1], 16)
        return chr(code) if code in _UNRESERVED else match[0].upper()

    # A lone % is an error that browsers let pass; escaped, it stays the same on a second round.
    text = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", text)
    return quote(_ESCAPE.sub(one, text), safe="/%:@!$&'()*+,;=?~-._", errors="replace")


def _without_dots(path: str) -> str:
    """Resolve ``.`` and ``..`` as RFC 3986, 5.2.4 does; empty segments are kept."""
    kept: list[str] = []
    segments = path.split("/")[1:]
    for index, segment in enumerate(segments):
        if segment == "..":
            kept = kept[:-1]
        elif segment != ".":
            kept.append(segment)
        if segment in (".", "..") and index == len(segments) - 1:
            kept.append("")
    return "/" + "/".join(kept) if segments else ""


def _query(query: str) -> str:
    """Drop trackers and empty parameters, and sort by name; of one name, the order is kept."""
    pieces = [_escaped(piece) for piece in query.split("&") if piece]
    return "&".join(sorted((p for p in pieces if not _is_tracker(_name(p))), key=_name))


def _name(piece: str) -> str:
    return piece.partition("=")[0]


@lru_cache(maxsize=4096)
def _is_tracker(name: str) -> bool:
    """Ask courlan about one parameter at a time.

    Given a whole address it also drops parameters without a value (``?7`` and ``?8`` would be one
    document) and takes an address inside the query for the one that is meant.
    """
    if not re.fullmatch(r"[\w.-]+", name) or _NOT_TRACKERS.match(name):
        return False
    return "?" not in (clean_url(f"https://example.org/a/b?{name}=1") or "?")
