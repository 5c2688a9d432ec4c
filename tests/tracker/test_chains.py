"""Who tells a claim: rows of (document, speaker, origin, chain, the reason)."""

from __future__ import annotations

import pytest

from scrapers.document import Block, Document
from tracker import read
from tracker.own_words import load_kinds
from tracker.reading.values import Claim

OUTLET = "The Derravane Champion"
KINDS = load_kinds()


def claims(text: str, kind: str = "article", publisher: str | None = OUTLET, byline: str | None = None) -> list[Claim]:
    return list(read(Document(kind=kind, text=text, publisher=publisher, byline=byline), KINDS).claims)


def chain(claim: Claim) -> str:
    return " > ".join(f"{t.name} ({t.role})" for t in claim.chain)


ARTICLES = [
    ("The council spent £3m on signs.", OUTLET, OUTLET, "", "the outlet's own words"),
    (
        "Jane Roe, campaign officer from the group Mill Watch, said the council spent £3m on signs.",
        OUTLET, "Mill Watch", " > Jane Roe (reported)", "a campaigner speaks for the campaign",
    ),
    (
        '"The council spent £3m on signs," said Jane Roe, director of Mill Watch.',
        "Jane Roe", "Mill Watch", " > Jane Roe (quoted)", "her very words",
    ),
    (
        "The boss of outsourcing giant Northmere said the firm paid £3m in fines.",
        OUTLET, "Northmere", " > The boss of outsourcing giant Northmere (reported)", "a definite post",
    ),
    (
        "Northmere's chief executive, John Doe, said the firm paid £3m in fines.",
        OUTLET, "Northmere", " > John Doe (reported)", "the post's holder",
    ),
    (
        "Dr Ann Lee, a nurse, said 40 people had left.",
        OUTLET, "Ann Lee", " > Ann Lee (reported)", "without an organisation she is her own origin",
    ),
    (
        "Derravane Council built it. A spokeswoman for the council said it spent £3m on signs.",
        OUTLET, "Derravane Council", " > A spokeswoman for the council (reported)", "the only council",
    ),
    (
        "A spokeswoman for the council said it spent £3m on signs.",
        OUTLET, OUTLET, " > A spokeswoman for the council (reported)", "no council is named: the next one outward",
    ),
    ("Staff said they were paid £9 an hour.", OUTLET, OUTLET, " > Staff (reported)", "an unnamed group is no origin"),
    (
        "A poll by Ipsos found that 40% of people oppose the plan.",
        OUTLET, OUTLET, "", "a poll is a source and no teller",
    ),
    (
        "The Tideway Post revealed that Northmere's chief executive says the firm lost £3m.",
        OUTLET, "Northmere", " > The Tideway Post (reported) > Northmere's chief executive (reported)", "by a paper",
    ),
    (
        "CEO John Doe said 40 people had left.",
        OUTLET, "John Doe", " > John Doe (reported)", "a role is no part of a name",
    ),
    (
        '"The council spent £3m on signs," said Mill Party Chairwoman Ann Lee.',
        "Ann Lee", "Mill Party", " > Ann Lee (quoted)", "house, post and person in one",
    ),
    ("Reminder: the council spent £3m on signs.", OUTLET, OUTLET, "", "a label is no teller"),
    (
        "Just as Northmere said it lost £3m, the council closed the road for 40 days.",
        OUTLET, OUTLET, "", "a subordinate clause's words end with it",
    ),
    (
        "The agency told us there were 39 spills in April, not 41.",
        OUTLET, OUTLET, " > The agency (reported)", "a pronoun is the whole hearer",
    ),
    (
        "They had been ill. Residents say the council spent £3m on signs.",
        OUTLET, OUTLET, " > Residents (reported)", "a word, no state's short form",
    ),
    (
        "The Mill Board fined Tarn Rail \u00a35m. Its chief executive, Tom Reed, said it lost 40 trains.",
        OUTLET, "Tom Reed", " > Tom Reed (reported)", "of two bodies 'its' may be either's: nobody's house is guessed",
    ),
    (
        "Tarn Rail lost \u00a35m. Its chief executive, Tom Reed, said it lost 40 trains.",
        OUTLET, "Tarn Rail", " > Tom Reed (reported)", "of one body 'its' is that one's",
    ),
    (
        "Transport minister Tom Reed said 40 depots were closed.",
        OUTLET, "Tom Reed", " > Tom Reed (reported)", "a department's word is no organisation's name",
    ),
    (
        "A new poll from Tarn News/Ipsos shows that 40% of people oppose the plan.",
        OUTLET, OUTLET, "", "one of two makers is no teller either",
    ),
    (
        "The news came on Monday. She said the council spent £3m on signs.",
        OUTLET, None, " > She (reported)", "nobody tells who she is: open, never the outlet",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "speaker", "origin", "tellers", "why"), ARTICLES, ids=[row[-1] for row in ARTICLES])
def test_article(text: str, speaker: str, origin: str | None, tellers: str, why: str) -> None:
    claim = claims(text)[-1]
    assert (claim.speaker, claim.origin) == (speaker, origin), why
    assert chain(claim) == f"{OUTLET} (publisher){tellers}", why


def test_what_a_pronoun_was_taken_for_is_marked() -> None:
    text = "Jane Roe, director of Mill Watch, said the council spent £3m on signs. She said it paid £2m more."
    first, second = (claim.chain[-1] for claim in claims(text))
    assert (first.resolved, first.mention) == (False, None)
    assert (second.name, second.resolved, second.mention) == ("Jane Roe", True, "She")


COLUMN = "The council spent £3m on signs last year.\n\nIt was fined £2m.\n\n"
NOTES = [
    ("Ann Lee is the director of Mill Watch.", "Ann Lee", "Mill Watch", "an outside author"),
    ("Ann Lee is a campaigner for Mill Watch.", "Ann Lee", "Mill Watch", "another role"),
    ("Ann Lee is the transport editor of The Derravane Champion.", OUTLET, OUTLET, "the paper's own"),
    ("Ann Lee is a reporter for Tideway News.", OUTLET, OUTLET, "a reporter writes in a paper's voice"),
    ("Tom Reed is the director of Mill Watch.", OUTLET, OUTLET, "a note on somebody else"),
    ("", OUTLET, OUTLET, "no note: the outlet's words"),
]


@pytest.mark.parametrize(("note", "speaker", "origin", "reason"), NOTES, ids=[row[-1] for row in NOTES])
def test_columns(note: str, speaker: str, origin: str, reason: str) -> None:
    found = claims(COLUMN + note, byline="Ann Lee")
    assert found
    assert {(claim.speaker, claim.origin) for claim in found} == {(speaker, origin)}, reason


def test_i_in_a_signed_message_is_its_signer() -> None:
    text = "I counted 41 spills last year.\n\nThe company paid £3m in bonuses."
    first, second = claims(text, "email", "Tarn Watch", "Ann Lee")
    assert (first.speaker, first.origin) == ("Ann Lee", "Tarn Watch")
    assert chain(first) == "Tarn Watch (sender) > Ann Lee (speaker)"
    assert (second.speaker, chain(second)) == ("Tarn Watch", "Tarn Watch (sender)")


@pytest.mark.parametrize("byline", ["Ann Lee and Tom Reed", "Ann, Tom, Kim"])
def test_i_of_several_signers_is_nobodys_in_particular(byline: str) -> None:
    (claim,) = claims("I counted 41 spills last year.", "email", "Tarn Watch", byline)
    assert claim.speaker == "Tarn Watch"


def test_a_message_without_a_sender_has_no_speaker() -> None:
    (claim,) = claims("The company paid £3m in bonuses.", "email", None)
    assert (claim.speaker, claim.origin, claim.chain) == (None, None, ())


FORWARDED = (
    "See below.\n\nFrom: Director Kim Rowe\n\nWe replaced 17 pumps last year.\n\nKim Rowe\nPress officer\n"
    "Northmere Water Council\n"
)


def test_a_forwarded_message_is_its_writers_and_passed_on_by_the_sender() -> None:
    start = FORWARDED.index("We replaced")
    end = FORWARDED.index("\n", start)
    blocks = (Block(0, 10, "p"), Block(start, end, "blockquote"))
    document = Document(kind="email", text=FORWARDED, publisher="Tarn Watch", blocks=blocks)
    (claim,) = read(document, KINDS).claims
    assert (claim.speaker, claim.origin) == ("Kim Rowe", "Northmere Water Council")
    assert chain(claim) == "Tarn Watch (sender) > Kim Rowe (sender)"
