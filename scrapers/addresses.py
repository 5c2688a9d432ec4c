"""Addresses of pages: the one that is a document's key, and the domain its owner registered."""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit

from courlan import clean_url, extract_domain


def document_url(address: str) -> str | None:
    """Return an address as the key of a document: without fragment and trackers, None if not of the web."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return None
    bare = urlunsplit(parts._replace(fragment=""))
    cleaned = clean_url(bare)
    return cleaned if isinstance(cleaned, str) and cleaned else bare


def registrable_domain(address: str) -> str | None:
    """Return the domain that its owner registered, such as ``bbc.co.uk``; an inner host as it is."""
    found = extract_domain(address)
    if found:
        return str(found)
    host = host_of(address)
    # Not on the public list: an inner or a reserved name, or a number.
    return host if not host or host.rpartition(".")[2].isdigit() else ".".join(host.split(".")[-2:])


def host_of(address: str) -> str | None:
    """Return the host of an address in lower case, None where it has none."""
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None
