"""Whose turn it is: rows of (paragraphs, speakers, the reason)."""

from __future__ import annotations

import pytest

from scrapers.document import Block, Document
from tracker import read
from tracker.own_words import load_kinds
from tracker.reading.passages import read_passages

BOLD = "**"


def document(*paragraphs: str) -> Document:
    """Paragraphs one below the other; "# " makes a heading, "**" bold words."""
    text, blocks = "", []
    for paragraph in paragraphs:
        words = paragraph.removeprefix("# ").removeprefix(BOLD)
        start, end = len(text), len(text) + len(words)
        tag = "h" if paragraph.startswith("# ") else "p"
        bold = ((start, end),) if paragraph.startswith(BOLD) else ()
        blocks.append(Block(start, end, tag, 2 if tag == "h" else 0, bold=bold))
        text += words + "\n\n"
    return Document(kind="interview", text=text, publisher="The Derravane Champion", blocks=tuple(blocks))


INTRO = "We spoke to Jane Roe about the mill."
TWO = "We spoke to Jane Roe and Tom Hall about the mill."
QA = ("Q: How many?", "A: We counted 40.", "Q: When?", "A: In May.")
BOLD_QA = ("**How many are there?", "We counted 40.", "**When was that?", "In May.", "**And who paid?", "The council.")

ANSWERS = [
    ((INTRO, *QA), ["Jane Roe", "Jane Roe"], "an A is whom the introduction names"),
    ((INTRO, *(line.replace(":", ".", 1) for line in QA)), ["Jane Roe", "Jane Roe"], "labels with a stop"),
    (("# A talk with Jane Roe", *QA), [None, None], "a title introduces nobody for sure"),
    (("# We sat down with Jane Roe", *QA), ["Jane Roe", "Jane Roe"], "named in the standfirst only"),
    ((TWO, *QA), [None, None], "two are introduced: nobody can say whose the answer is"),
    (QA, [None, None], "nobody is introduced: open, never the outlet"),
    ((INTRO, "Host: How many?", "ROE: We counted 40.", "Host: When?", "ROE: In May."), ["Jane Roe"] * 2, "a surname"),
    ((INTRO, "Host: How many?", "JR: We counted 40.", "Host: When?", "JR: In May."), ["Jane Roe"] * 2, "initials"),
    (
        ("TOM HALL \u2014 How many?", "JANE ROE \u2014 40.", "TOM HALL \u2014 When?", "JANE ROE \u2014 In May."),
        ["Jane Roe", "Jane Roe"],
        "capitals before a dash",
    ),
    ((INTRO, *BOLD_QA), ["Jane Roe"] * 3, "questions in bold"),
    ((INTRO, *(line.replace(BOLD, "# ") for line in BOLD_QA)), ["Jane Roe"] * 3, "questions as headings"),
    (
        (TWO, BOLD_QA[0], "Roe: We counted 40.", BOLD_QA[2], "Hall: In May.", BOLD_QA[4], "Roe: The council."),
        ["Jane Roe", "Tom Hall", "Jane Roe"],
        "two interviewees, each with a label",
    ),
    ((TWO, *BOLD_QA), [None] * 3, "two interviewees without labels"),
    ((INTRO, *QA, "And in June 12."), ["Jane Roe"] * 3, "an answer runs on"),
    ((INTRO, *QA, "[Laughter]", "(Music)", "And 12."), ["Jane Roe"] * 3, "stage directions are nobody's"),
    ((INTRO, *QA, "This interview has been edited for length.", "We sold 400."), ["Jane Roe"] * 2, "a note ends it"),
    ((INTRO, *QA, "The views expressed here are her own.", "We sold 400."), ["Jane Roe"] * 2, "so does a disclaimer"),
    (("# Officer: only 15% trust it", "Jane Roe left.", "Note: who paid?", "Who came?"), [], "labels of no turns"),
]


@pytest.mark.parametrize(("paragraphs", "speakers", "reason"), ANSWERS, ids=[row[-1] for row in ANSWERS])
def test_answers(paragraphs: tuple[str, ...], speakers: list[str | None], reason: str) -> None:
    found = read_passages(document(*paragraphs))
    assert [passage.speaker for passage in found if passage.role == "answer"] == speakers, reason


def test_who_asks_without_a_name_speaks_for_the_outlet() -> None:
    talk = ("Host: The council paid £3m. Why?", "Ann Lee: It paid £4m.", "Host: When?", "Ann Lee: In May.")
    found = {claim.quote: (claim.speaker, claim.origin) for claim in read(document(*talk), load_kinds()).claims}
    assert found["The council paid £3m"] == ("The Derravane Champion", "The Derravane Champion")
    assert found["It paid £4m"] == ("Ann Lee", "Ann Lee")
