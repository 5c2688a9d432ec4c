"""The words in which pages speak of claims: states, roles, moves, sources, times (pure)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from markupsafe import Markup, escape

#: What a browser would obey instead of showing it, and what would turn the words behind it round.
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

SOURCINGS = {
    "none": "no source",
    "anonymous": "unnamed source",
    "firsthand": "firsthand",
    "named": "source named",
    "linked": "source linked",
    "primary": "primary source",
}
ABSENCES = {
    "none": "No source is given.",
    "anonymous": "A source is spoken of, but not named.",
    "firsthand": "The speaker tells of their own organisation; nobody else has verified it.",
}
WORKFLOWS = {"new": "new", "in_review": "in review", "approved": "approved", "rejected": "rejected"}
VERDICTS = {
    "unchecked": "unchecked",
    "supported": "supported",
    "contradicted": "contradicted",
    "conflicting": "conflicting",
    "outdated": "outdated",
    "misleading": "misleading",
    "unverifiable": "unverifiable",
    "not_checkable": "not checkable",
}
VERDICT_HINTS = {
    "supported": "the source says the same",
    "contradicted": "the source says otherwise",
    "conflicting": "good sources disagree",
    "outdated": "it was so once",
    "misleading": "true in its words, false in what it leads one to think",
    "unverifiable": "nothing to be found either way",
    "not_checkable": "an opinion, a promise or no claim at all",
    "unchecked": "take the verdict back",
}
STATES = {"present": "present", "absent": "no longer on the page", "withdrawn": "withdrawn"}
#: What is said at the top of a claim that is not simply there; of one that is absent, where nobody knows since when.
STATE_NOTES = {
    "absent": "The newest version of the page no longer carries this claim. It is kept as it was.",
    "withdrawn": "No reading of the text finds this claim any more: the reader has become better, and took it back. "
    "It is kept, and must not be cited.",
}
STANCE_NOTES = {
    "reported": "It is reported: whoever tells it says that others say so.",
    "hedged": "It is told as uncertain (“may”, “is thought to”), not asserted.",
    "denied": "It is denied: whoever tells it says that it is not so.",
    "hypothetical": "It is told as a possibility, not as a fact.",
}
#: They stand before the name, which may be that of one or of many.
TELLERS = {
    "publisher": "published by",
    "sender": "sent by",
    "speaker": "said by",
    "quoted": "quoted:",
    "reported": "reported to have said it:",
}
DOCUMENTS = {"email": "e-mail"}
HOWS = {
    "linked": "linked in the document",
    "named": "named in the document, without a link",
    "anonymous": "spoken of in the document, without a name",
    "attached": "attached",
}
LIVENESSES = {
    "ok": "still there when it was last looked at",
    "changed": "has changed since it was cited",
    "gone": "is gone",
    "unchecked": "its address has not been fetched yet",
}
ROLES = {
    "heading": "heading",
    "paragraph": "paragraph",
    "bullet": "list item",
    "question": "question",
    "answer": "answer",
    "quotation": "quotation",
    "caption": "caption",
    "boilerplate": "page furniture",
}
#: What somebody did, as the history tells it.
DONE = {
    "flag": "flagged it",
    "attach": "attached a source",
    "verdict": "gave a verdict",
    "approve": "approved it",
    "reject": "rejected it",
    "correct": "corrected it",
    "recall": "recalled the approval",
    "reopen": "reopened it",
    "note": "added a note",
    "reading_changed": "sent it back to review: it now reads otherwise",
}
CORRECTED = {
    "kind": "kind",
    "subject": "subject",
    "speaker": "speaker",
    "origin": "origin",
    "stance": "stance",
    "span": "words of the claim",
    "unit": "unit of the figure",
    "figure": "figure",
    "alias": "name",
}
WON_BY = {
    "stated": "stated by whoever added it",
    "json-ld": "the page’s data for search engines (JSON-LD)",
    "opengraph": "the page’s data for previews (OpenGraph)",
    "meta": "the page’s meta tags",
    "html": "the page’s own statement",
    "canonical": "the page’s statement of its own address",
    "h1": "the page’s main heading",
    "url": "the page’s address",
    "header": "the e-mail’s header",
    "from": "the e-mail’s sender",
    "date": "the e-mail’s date",
    "html part": "the e-mail’s HTML part",
    "plain part": "the e-mail’s plain part",
    "turns": "its turns of speech",
    "labelled line": "a line of the text that says so",
    "function words": "its commonest words",
    "trafilatura": "the main text of the page (trafilatura)",
}


def attached(sourcing: str) -> str:
    """What stands on a claim to which a person attached a source that supports it."""
    return "primary source attached" if sourcing == "primary" else "source attached"


def said_of(words: Mapping[str, str], value: str | None) -> str:
    """The words for a stored value; one that is not known stands for itself."""
    return words.get(value or "", (value or "").replace("_", " "))


def liveness_in_words(liveness: str | None, how: str) -> str:
    """Whether a source is still at its address; one that a person attached was there when it was attached."""
    if liveness == "unchecked" and how == "attached":
        return "its address has not been fetched since"
    return said_of(LIVENESSES, liveness)


def safe_words(text: object) -> Markup:
    """Words from outside as HTML, apart from what surrounds them, with nothing in them that is obeyed.

    Marks that turn the direction of writing, and control characters, become U+FFFD one for one.
    """
    return Markup("<bdi>{}</bdi>").format(plain(text))


def plain(text: object) -> str:
    """Words from outside without control characters, for attributes and form fields."""
    return _UNSEEN.sub("\N{REPLACEMENT CHARACTER}", "" if text is None else str(text))


def marked(text: object) -> Markup:
    """Words from outside as HTML, to stand amid others of the same text."""
    return escape(plain(text))


_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?\Z")

#: A day, month, season or year, whose year may not be stated; or a week.
_DAY = re.compile(r"\d{4}(?:-\d{2}){0,2}|-(?:-\d{2}){1,2}|\d{4}-W\d{2}")


def time_in_words(stamp: str | None) -> str:
    """``2026-02-03T10:00:00Z`` as "3 February 2026, 10:00 UTC"; a date alone, or anything else, as it is known."""
    from tracker.citing.figures import date_in_words

    if not stamp:
        return ""
    found = _TIME.match(stamp)
    if found is None:
        return date_in_words(stamp) if _DAY.fullmatch(stamp) else stamp
    day, clock, zone = found.groups()
    return f"{date_in_words(day)}, {clock}{' UTC' if zone == 'Z' else f' {zone}' if zone else ''}"


def size_in_words(size: int) -> str:
    """A number of bytes as people say it."""
    if size < 1000:
        return f"{size:,} bytes"
    if size < 1_000_000:
        return f"{size / 1000:,.0f} kB"
    return f"{size / 1_000_000:,.1f} MB"
