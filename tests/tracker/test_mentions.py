"""The sources of whole claims: footnotes, what "the poll" takes over, results of one's own."""

from __future__ import annotations

import pytest

from scrapers.document import Document
from tracker.own_words import load_kinds
from tracker.reading.claims import read
from tracker.reading.values import Claim

KINDS = load_kinds()


def claims(text: str, kind: str = "article", publisher: str = "The Ledger") -> tuple[Claim, ...]:
    return read(Document(text=text, kind=kind, publisher=publisher, url="https://ledger.example/a"), KINDS).claims


def of(text: str, words: str, **about: str) -> Claim:
    found = [claim for claim in claims(text, **about) if words in claim.quote]
    assert found, f"no claim with {words!r}"
    return found[0]


POLL = "A poll of 2,140 adults conducted by Acme Polling for the Harbour Post found that 62% of people oppose the sale."
INHERITED = [
    (f"{POLL}\n\nThe poll also found that 20% of people support it.", "20%", "The poll", "the poll"),
    (f"{POLL} It also found that 20% of people support it.", "20%", "It", "it, in the same paragraph"),
    (f"{POLL}\n\nOf those polled, 12% of voters said no.", "12%", "Of those polled", "those asked"),
    (f"{POLL}\n\nSome 20% of people backed the sale.", "20%", "Acme Polling", "a result directly behind"),
    (
        "A Survation poll found that 62% of voters oppose it.\n\nA YouGov poll found that 58% of voters oppose it. "
        "The poll also found that 12% of voters were undecided.",
        "12%",
        "The poll",
        "of two the one of the paragraph",
    ),
]


@pytest.mark.parametrize(("text", "words", "shown", "reason"), INHERITED, ids=[row[3] for row in INHERITED])
def test_inherited_sources(text: str, words: str, shown: str, reason: str) -> None:
    claim = of(text, words)
    (source,) = claim.sources
    assert (source.inherited, source.how) == (True, "named"), reason
    assert source.name in {"Acme Polling", "YouGov"}
    assert text[source.start : source.end] == shown
    assert claim.sourcing == "named"
    assert "named before" in claim.sourcing_reason


NOT_INHERITED = [
    (
        "A Survation poll found that 62% of voters oppose it.\n\nA YouGov poll found that 58% of voters oppose it.\n\n"
        "The poll also found that 12% of voters were undecided.",
        "12%",
        "two candidates give none",
    ),
    ("The poll also found that 12% of voters were undecided.", "12%", "nothing before it"),
    (f"{POLL}\n\nThe report also found that 400 jobs had gone.", "400 jobs", "another sort of paper"),
    (f"{POLL}\n\nThe port employs 400 people.", "400 people", "no result of the poll"),
]


@pytest.mark.parametrize(("text", "words", "reason"), NOT_INHERITED, ids=[row[2] for row in NOT_INHERITED])
def test_nothing_is_inherited(text: str, words: str, reason: str) -> None:
    assert of(text, words).sources == (), reason


def test_the_adults_asked_and_the_sponsor_are_no_tellers() -> None:
    claim = of(POLL, "62%")
    assert (claim.speaker, claim.origin) == ("The Ledger", "The Ledger")
    assert [s.name for s in claim.sources] == ["Acme Polling"]


NOTES = (
    "The company paid £3m in fines last year.1 It employs 900 people.\u00b2 Its boss earned £2m [3] in 2020. "
    "The site has 400 m\u00b2 of floor.* There were 40 spills.\u2020\n\nNotes\n\n"
    "1. ONS, Labour market overview, May 2020\n2. Annual accounts: https://acme.example/accounts/2020\n3. Ibid.\n"
    "* Excludes the yard.\n\u2020 Environment Agency data, 2024\n"
)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("£3m", [("Office for National Statistics", None, "1")]),
        ("900 people", [("acme.example", "https://acme.example/accounts/2020", "\u00b2")]),
        ("£2m", [("acme.example", "https://acme.example/accounts/2020", "[3]")]),
        ("40 spills", [("Environment Agency", None, "\u2020")]),
    ],
)
def test_footnotes(words: str, expected: list[tuple[str, str | None, str]]) -> None:
    found = [(s.name, s.url, NOTES[s.start : s.end]) for s in of(NOTES, words).sources]
    assert found == expected


def test_a_square_metre_and_a_remark_are_no_sources() -> None:
    assert [c.sources for c in claims(NOTES) if "400 m" in c.quote] in ([], [()])


def test_a_mark_behind_the_stop_is_of_the_sentence_before() -> None:
    text = "Fares rose by 3%. [1] Staff fell by 4%. [2]\n\n[1] https://a.example/x\n[2] Rail: https://b.example/y\n"
    assert [s.url for s in of(text, "3%").sources] == ["https://a.example/x"]
    assert [s.url for s in of(text, "4%").sources] == ["https://b.example/y"]


FIRSTHAND = [
    ("62% of adults oppose the sale, an Acme Polling survey shows.", "62%", "release", "Acme Polling", "its own poll"),
    ("Our survey found that 40% of members were paid late.", "40%", "release", "Acme Union", "our survey"),
    (
        "Acme Ltd opened in 1990. Acme Ltd said it had cut 400 jobs.",
        "400 jobs",
        "article",
        "The Ledger",
        "said of itself",
    ),
]


@pytest.mark.parametrize(("text", "words", "kind", "publisher", "reason"), FIRSTHAND, ids=[row[4] for row in FIRSTHAND])
def test_firsthand(text: str, words: str, kind: str, publisher: str, reason: str) -> None:
    assert of(text, words, kind=kind, publisher=publisher).sourcing == "firsthand", reason


def test_a_person_quoted_is_no_source() -> None:
    claim = of('"We lost 400 jobs," said Ann Lee, a union organiser at Portline.', "400 jobs")
    assert not claim.sources
