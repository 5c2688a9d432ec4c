"""Whether the XML of a feed or sitemap is whole: cut off or broken in the middle, pages of it may be missing."""

from __future__ import annotations

import re

from lxml import etree

_TAIL = 500
_END = re.compile(rb"</(?:[\w.-]{1,40}:)?(?:rss|feed|rdf|urlset|sitemapindex)\s{0,9}>", re.IGNORECASE)
_ENTRY_BEGINS = re.compile(rb"<(?:[\w.-]{1,40}:)?(?:item|entry)[\s>]", re.IGNORECASE)
_ENTRY_ENDS = re.compile(rb"</(?:[\w.-]{1,40}:)?(?:item|entry)\s{0,9}>", re.IGNORECASE)
#: Faults of a letter or a name, by which no entry is lost: "&nbsp;", a bare "&", a control character.
_HARMLESS = frozenset(
    {
        "ERR_UNDECLARED_ENTITY",
        "WAR_UNDECLARED_ENTITY",
        "ERR_ENTITYREF_SEMICOL_MISSING",
        "ERR_NAME_REQUIRED",
        "ERR_INVALID_CHAR",
        "ERR_INVALID_CHARREF",
        "ERR_INVALID_ENCODING",
        "ERR_UNSUPPORTED_ENCODING",
        "ERR_UNKNOWN_ENCODING",
        "ERR_RESERVED_XML_NAME",
        "NS_ERR_UNDEFINED_NAMESPACE",
    }
)


def has_end(body: bytes) -> bool:
    """Whether the last tag of a feed or sitemap is there."""
    return _END.search(body[-_TAIL:]) is not None


def is_broken(body: bytes) -> bool:
    """Whether entries of a feed that is no clean XML may be missing: it has no end, or its tags do not fit."""
    if not has_end(body):
        return True
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False)
    try:
        etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError):
        return True
    return any(error.type_name not in _HARMLESS for error in parser.error_log)


def ends_within_an_entry(body: bytes) -> bool:
    """Whether a feed ends before its last entry does, whose address may then be half of one."""
    last = max((found.end() for found in _ENTRY_ENDS.finditer(body)), default=0)
    return _ENTRY_BEGINS.search(body, last) is not None
