"""Where sentences end: rows of a passage, its sentences, and the reason for the row."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.reading.sentences import split_sentences

ROWS = [
    ("It fell. It rose.", ["It fell.", "It rose."], "the plain case"),
    ("Mr. Lee paid. Dr. Roe did not.", ["Mr. Lee paid.", "Dr. Roe did not."], "a title's stop ends nothing"),
    ("The U.S. Army paid. He left.", ["The U.S. Army paid.", "He left."], "initials inside a name"),
    (
        "They moved to the U.S. The firm stayed.",
        ["They moved to the U.S.", "The firm stayed."],
        "initials at an end",
    ),
    (
        "Acme Inc. said so. It left.",
        ["Acme Inc. said so.", "It left."],
        "a company's short form goes on in small letters",
    ),
    ("It cost £2.5 million. We paid.", ["It cost £2.5 million.", "We paid."], "a decimal point"),
    ("See No. 4 of the list. Go.", ["See No. 4 of the list.", "Go."], "No. before a number"),
    (
        "The answer is no. Four years later it was yes.",
        ["The answer is no.", "Four years later it was yes."],
        "no as a word",
    ),
    ("Is it? Yes! Good.", ["Is it?", "Yes!", "Good."], "other marks end too"),
    ("“Is it?” she asked. He left.", ["“Is it?” she asked.", "He left."], "a quotation with its tag"),
    ('He said "It fell." She left.', ['He said "It fell."', "She left."], "the stop inside the marks"),
    (
        "They met J. Smith there. It rained.",
        ["They met J. Smith there.", "It rained."],
        "one capital is an initial",
    ),
    (
        "He waited... and waited. It came.",
        ["He waited... and waited.", "It came."],
        "dots that go on in small letters",
    ),
    (
        "He waited\nfor two hours.\nIt came.",
        ["He waited\nfor two hours.", "It came."],
        "a line break is only white space",
    ),
    (
        "It opened at 9 a.m. on Monday. It shut.",
        ["It opened at 9 a.m. on Monday.", "It shut."],
        "a.m. goes on",
    ),
    ("No end here", ["No end here"], "a heading has no stop"),
    ("  \n ", [], "white space holds no sentence"),
    ("", [], "nothing holds none"),
    ("It fell.\u00a0It rose.", ["It fell.", "It rose."], "a no-break space parts too"),
    (
        "The fine is approx. 3 million. We paid.",
        ["The fine is approx. 3 million.", "We paid."],
        "approx. before a number",
    ),
]


@pytest.mark.parametrize(("text", "expected", "reason"), ROWS, ids=[reason for _, _, reason in ROWS])
def test_sentences(text: str, expected: list[str], reason: str) -> None:
    assert [text[a:b] for a, b in split_sentences(text)] == expected, reason


def test_offsets_are_into_the_whole_text() -> None:
    text = "Before. It fell. It rose. After."
    spans = split_sentences(text, 8, 25)
    assert [text[a:b] for a, b in spans] == ["It fell.", "It rose."]
    assert all(8 <= a < b <= 25 for a, b in spans)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from("Ab. ?!…\"'”’)\n\u00a0Mr3£U.S"), max_size=80))
def test_sentences_are_in_order_trimmed_and_lose_no_word(text: str) -> None:
    spans = split_sentences(text)
    position = 0
    for start, end in spans:
        assert position <= start < end <= len(text)
        assert text[position:start].strip(" \n\u00a0") == ""
        assert text[start:end].strip(" \n\u00a0") == text[start:end]
        position = end
    assert text[position:].strip(" \n\u00a0") == ""
