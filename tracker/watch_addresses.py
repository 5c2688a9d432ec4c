"""Where an answer came from: the page that was asked for, the front page of its site, or one that says it is none."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from scrapers.document import Capture
from scrapers.errors import RefusedAddress
from scrapers.guard import canonical_url
from tracker.watch_versions import around

#: The path of a site's front page, that of one of its languages too.
_FRONT = re.compile(r"/?(?:[a-z]{2}(?:[-_][a-z]{2})?/?)?(?:(?:index|home|default|main)(?:\.[a-z]{2,5})?/?)?\Z", re.I)
#: The path of a page that says that another is not there.
_LOST = re.compile(
    r"/(?:errors?|404|(?:page[-_]?)?not[-_]?found|404[-_][a-z]+|[a-z]+[-_]404)(?:\.[a-z]{2,5})?/?\Z", re.I
)
#: What such a page says first, in its title or heading.
_SAYS_LOST = re.compile(
    r"\b(?:(?:error|http|code)[ :]*404\b|404[ :|\u2013\u2014-]*(?:error|not found|page|file)"
    r"|(?:page|file|document|article|story|content) (?:is |was |has been |could |can)?(?:not|no longer)[ -]"
    r"(?:be )?(?:found|available|exist)"
    r"|(?:page|file|document|article|story) (?:does not|doesn't|no longer) exists?\b"
    r"|(?:can't|cannot|can not|couldn't|could not|unable to) find (?:the|that|this|your) (?:page|file|document|article)"
    r"|no such page|^not found\b)",
    re.I,
)
#: A page that tells no more than that is this short; its first words are its title and heading.
_SHORT, _FIRST = 250, 160


def same_address(capture: Capture, url: str) -> bool:
    """Whether an answer came from this address, and not from where it led."""
    try:
        return canonical_url(capture.final_url or capture.url or "") == canonical_url(url)
    except RefusedAddress:
        return False


def leads_nowhere(capture: Capture, url: str) -> str | None:
    """Why an answer cannot be the page that was asked for, in words: the site's front page, or a page of an error.

    None where it may be; that it came from another address alone says nothing, for addresses of sources are short
    ones and permanent ones.
    """
    if not same_address(capture, url):
        asked, came = (urlsplit(one or "").path for one in (url, capture.final_url))
        if _FRONT.match(came) and not _FRONT.match(asked):
            return f"it leads to the front page, {capture.final_url}"
        if _LOST.search(came) and not _LOST.search(asked):
            return f"it leads to a page of errors, {capture.final_url}"
    words = around(capture)
    says = _SAYS_LOST.search(words[:_FIRST].replace("\u2019", "'")) if len(words.split()) < _SHORT else None
    return f'it says that it is not there: "{says.group()}"' if says else None
