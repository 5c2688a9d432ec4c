"""The closed vocabularies of the tables; records validate against them and CHECK constraints enforce them.

The kind of a claim and of a source is not among them: users extend those.
"""

from __future__ import annotations

DOCUMENT_KINDS = ("article", "interview", "email", "release", "report", "transcript")
PASSAGE_ROLES = (
    "heading",
    "paragraph",
    "bullet",
    "question",
    "answer",
    "quotation",
    "caption",
    "boilerplate",
)
PARTY_KINDS = ("person", "post", "organisation", "group")
TELLER_ROLES = ("publisher", "sender", "speaker", "quoted", "reported")
STANCES = ("asserted", "reported", "hedged", "denied", "hypothetical")
SOURCINGS = ("none", "anonymous", "firsthand", "named", "linked", "primary")
WORKFLOWS = ("new", "in_review", "approved", "rejected")
VERDICTS = (
    "unchecked",
    "supported",
    "contradicted",
    "conflicting",
    "outdated",
    "misleading",
    "unverifiable",
    "not_checkable",
)
STATES = ("present", "absent", "withdrawn")
COMPARATORS = ("=", ">", ">=", "<", "<=", "~")
TRENDS = ("up", "down")
DIMENSIONS = (
    "money",
    "proportion",
    "count",
    "duration",
    "length",
    "area",
    "volume",
    "mass",
    "speed",
    "temperature",
    "age",
    "date",
    "frequency",
    "ratio",
)
LIVENESSES = ("ok", "changed", "gone", "unchecked")
RELATIONS = ("supports", "contradicts", "mentions")
MENTIONS = ("linked", "named", "anonymous")
#: The locator of a source that the claim's words only point back to ("the poll").
NAMED_BEFORE = "inherited: named before in the document"
HOWS = (*MENTIONS, "attached")
#: What came of a visit to a page: a first version, the same bytes, other bytes without other words, other
#: words, no page there once (missing) or for good (gone), or no answer that says anything of the page.
OUTCOMES = ("new", "unchanged", "boring", "changed", "missing", "gone", "failed")
#: What differs between two versions: a figure, other words, or nothing that a reader sees.
CHANGES = ("figure", "words", "boring")
DOCUMENT_RELATIONS = ("corrects", "copies", "replies_to", "cites")
REQUEST_STATES = ("waiting", "working", "done", "failed")
STAGES = ("fetch", "archive", "extract", "read", "store", "input")

#: Where a claim has one of these sourcings, and nobody attached a supporting source, it lacks a source.
UNSOURCED = ("none", "anonymous")

#: The queues of claims that need a source, by name, and the sourcings that bring a claim into each.
QUEUES = {"lacking": UNSOURCED, "named": ("named",), "firsthand": ("firsthand",)}
ROLES = ("reader", "checker", "editor")
#: What the program itself writes into the log of reviews goes under this role.
PROGRAM = "program"
#: The moves of a review; the last one is the program's, when a claim reads otherwise than it was judged.
MOVES = ("flag", "attach", "verdict", "approve", "reject", "correct", "recall", "reopen", "note", "reading_changed")
