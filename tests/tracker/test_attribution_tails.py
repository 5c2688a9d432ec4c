"""What may follow a reporting verb whose content stands before it: to whom, when, where and how it was said."""

from __future__ import annotations

import pytest

import tracker
from scrapers.document import Document
from tracker.own_words import load_kinds

KINDS = load_kinds()
OUTLET = "The Harbour Post"
FELL = "The bridge lost 40 bolts"

# What is said, the words that tell who said it, and the innermost teller.
TAILS = [
    (FELL, ", the Tarn Council said late on Friday.", "Tarn Council", "a time of day before the day"),
    (FELL, ", Orland authorities said late Saturday.", "Orland authorities", "no preposition before the day"),
    (FELL, ", police said early on Sunday.", "police", "police are tellers, too"),
    (FELL, ", Jane Penn said yesterday evening.", "Jane Penn", "two words of time"),
    (FELL, ", the Tarn Council said in March 2019.", "Tarn Council", "a month and a year"),
    (FELL, ", the Tarn Council told MPs.", "Tarn Council", "a hearer, and nothing behind"),
    (FELL, ", Jane Penn told the Tarn Mercury on Monday.", "Jane Penn", "a named hearer and a day"),
    (FELL, ", Jane Penn told reporters outside the court.", "Jane Penn", "a hearer and a place"),
    (FELL, ", Jane Penn told her sister in a letter.", "Jane Penn", "a hearer with her possessive"),
    (FELL, ", the Tarn Council said in a statement.", "Tarn Council", "how it was said"),
    (FELL, ", the Tarn Council announced on its website.", "Tarn Council", "another verb of saying"),
    (FELL, ", Jane Penn said on Telegram.", "Jane Penn", "on what it was said"),
    (FELL, ", the Tarn Council said in a report published on Monday.", "Tarn Council", "a participle"),
    (FELL, ", the Tarn Council said after it had read them.", "Tarn Council", "a clause of time"),
    (FELL, ", the Tarn Council said on Friday, after an inquiry that took a year.", "Tarn Council", "an adjunct"),
    (FELL, ", the Tarn Council said late on Friday, and 30 people were held.", "Tarn Council", "the outlet's"),
    (FELL, ", said the council in a statement.", "the council", "the verb before a body"),
    ("In May the bridge lost 40 bolts", ", the Tarn Council said in a letter.", "Tarn Council", "an opening date"),
    ("The toll of that storm had risen to 40", ", Jane Penn told MPs.", "Jane Penn", "no relative clause"),
]


@pytest.mark.parametrize(("said", "tag", "teller", "reason"), TAILS, ids=[row[3] for row in TAILS])
def test_the_teller_is_found_before_a_tail(said: str, tag: str, teller: str, reason: str) -> None:
    first, *others = tracker.read(Document("article", said + tag, publisher=OUTLET), KINDS).claims
    assert (first.quote, first.chain[-1].name.removeprefix("the ")) == (said, teller.removeprefix("the ")), reason
    assert first.stance == "reported"
    assert all(claim.quote == "30 people were held" for claim in others), "the tail is no claim of its own"


# No clause stands before the cue, or what is said stands behind it.
CONTENT_BEHIND = [
    ("After three days, the Tarn Council told tenants 40 wells were safe.", "40 wells were safe"),
    ("When it broke, the Tarn Council said in a statement that 40 bolts were gone.", "40 bolts were gone"),
    ("The Tarn Council said in a report that 40 bolts were gone.", "40 bolts were gone"),
    ("The Tarn Council, the union said in a statement, lost 40 bolts.", "lost 40 bolts"),
    ("The bridge broke in May, and the Tarn Council said on Friday it lost 40 bolts.", "it lost 40 bolts"),
]


@pytest.mark.parametrize(("text", "said"), CONTENT_BEHIND)
def test_what_is_said_behind_the_cue_stays_there(text: str, said: str) -> None:
    told = [c for c in tracker.read(Document("article", text, publisher=OUTLET), KINDS).claims if c.figures]
    assert [claim.quote.endswith(said) and len(claim.chain) == 2 for claim in told] == [True]


FIGURES = [
    ("The raid, which Orland figures say killed 1,200 people, lasted a day.", "Orland figures"),
    ("Official figures say the raid killed 1,200 people.", "Official figures"),
    ("The raid killed 1,200 people, the Orland data show.", "Orland"),
    # A sentence's first word has its capital from there.
    ("Sales figures say the shop lost 1,200 people.", None),
]


@pytest.mark.parametrize(("text", "source"), FIGURES)
def test_figures_of_somebody_are_a_source(text: str, source: str | None) -> None:
    (claim,) = tracker.read(Document("article", text, publisher=OUTLET), KINDS).claims
    assert [mention.name for mention in claim.sources] == ([source] if source else [])
