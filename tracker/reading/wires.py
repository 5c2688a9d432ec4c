"""Agency copy: what a news agency wrote and another outlet carries is the agency's, not the outlet's own."""

from __future__ import annotations

import re
from functools import lru_cache

from scrapers.document import Document

# How agencies sign, in bylines and datelines, and what each is called.
_AGENCIES = {
    "associated press": "Associated Press",
    "ap": "Associated Press",
    "reuters": "Reuters",
    "thomson reuters": "Reuters",
    "agence france-presse": "Agence France-Presse",
    "afp": "Agence France-Presse",
    "press association": "PA Media",
    "pa media": "PA Media",
    "pa news agency": "PA Media",
    "pa": "PA Media",
    "australian associated press": "Australian Associated Press",
    "aap": "Australian Associated Press",
    "canadian press": "Canadian Press",
    "united press international": "United Press International",
    "upi": "United Press International",
    "xinhua": "Xinhua",
    "dpa": "Deutsche Presse-Agentur",
    "press trust of india": "Press Trust of India",
    "pti": "Press Trust of India",
    "ians": "Indo-Asian News Service",
    "asian news international": "Asian News International",
    "ani": "Asian News International",
    "kyodo": "Kyodo News",
    "kyodo news": "Kyodo News",
    "bloomberg news": "Bloomberg",
}
_PARTS = re.compile(
    r"\s*(?:[,;|/(){}\u2022]|\s[-\u2013\u2014]\s|\band\b|\bfor\b|\bof\b|\bat\b|\bvia\b|\bfrom\b|\bin\b)\s*"
)
# "LEEDS, England (AP) -" at the head of the story.
_DATELINE = re.compile(
    r"^[ \t]*(?!\W)(?:[A-Z\u00c0-\u00de][\w.'\u2019-]*,?[ \t]+){1,6}"
    r"\((?P<name>[A-Z][\w .-]{1,40})\)[ \t]*(?:--|[-\u2013\u2014])",
    re.MULTILINE,
)
_HEAD = 1500


def agency_of(document: Document) -> str | None:
    """The news agency that wrote an article which another outlet carries; None where none is given.

    It signs in the byline ("Ann Lee, Associated Press") or in the dateline ("LEEDS (AP) \u2014").
    """
    if document.kind != "article":
        return None
    return _agency(document.byline or "", document.text[:_HEAD], document.publisher)


@lru_cache(maxsize=8)  # asked for at every claim of a document
def _agency(byline: str, head: str, publisher: str | None) -> str | None:
    signed = [_named(part) for part in _PARTS.split(byline)]
    dateline = _DATELINE.search(head)
    name = next(filter(None, signed), None) or (_named(dateline["name"]) if dateline else None)
    if name is None or _is_own(name, publisher):
        return None
    return name


def _named(words: str) -> str | None:
    bare = " ".join(words.split())
    return _AGENCIES.get(re.sub(r"^(?:the|by)\s+", "", bare, flags=re.IGNORECASE).casefold())


def _is_own(name: str, publisher: str | None) -> bool:
    """Whether the outlet is the agency itself, by whichever of its names: "AP News"."""
    words = (publisher or "").casefold().removeprefix("the ")
    return not words or any(
        words == alias or words.startswith(alias + " ") for alias, called in _AGENCIES.items() if called == name
    )
