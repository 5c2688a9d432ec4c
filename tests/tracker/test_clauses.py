"""What is one predicate, and in which mood it stands."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.reading.clauses import split_clauses, starts_with_verb
from tracker.reading.grammar import has_finite_verb, mood

CLAUSES = [
    (
        "They were convicted of fraud and fined £23 million.",
        ["They were convicted of fraud", "fined £23 million."],
        "two predicates of one subject",
    ),
    (
        "The firm was fined between £2m and £3m.",
        ["The firm was fined between £2m and £3m."],
        "a range is one",
    ),
    (
        "The chief executive and the board agreed.",
        ["The chief executive and the board agreed."],
        "two halves of a subject",
    ),
    ("It paid £3m; it owes £4m.", ["It paid £3m", "it owes £4m."], "a semicolon between two"),
    (
        "The trust lost 40 beds but the ministry opened 12 wards.",
        ["The trust lost 40 beds", "the ministry opened 12 wards."],
        "but, with a subject of its own",
    ),
    ("He paid for bread and butter.", ["He paid for bread and butter."], "two objects"),
    (
        "When they ran a clinic, they missed 400 women.",
        ["When they ran a clinic, they missed 400 women."],
        "a clause of time is part of what is claimed",
    ),
    (
        "Staff have no idea what to do, are paid little and have had no training.",
        ["Staff have no idea what to do", "are paid little", "have had no training."],
        "a list of predicates",
    ),
    (
        "The firm, which employs 9,000, was fined £3m.",
        ["The firm, which employs 9,000, was fined £3m."],
        "a relative clause that ends before the sentence does",
    ),
    (
        "The report blamed the firm, which employs 9,000 people.",
        ["The report blamed the firm", "which employs 9,000 people."],
        "a relative clause at the end",
    ),
]


@pytest.mark.parametrize(("text", "expected", "reason"), CLAUSES, ids=[reason for _, _, reason in CLAUSES])
def test_clauses(text: str, expected: list[str], reason: str) -> None:
    assert [text[a:b] for a, b in split_clauses(text, 0, len(text))] == expected, reason


def test_a_kept_span_is_never_cut() -> None:
    text = "They sold one and lost two and bought three."
    keep = [(text.index("one and"), text.index(" two"))]
    for start, end in split_clauses(text, 0, len(text), keep):
        assert not any(keep[0][0] < edge < keep[0][1] for edge in (start, end))


def test_a_clause_without_its_subject_starts_with_its_verb() -> None:
    assert starts_with_verb("later fined £23 million", (0, 23))
    assert not starts_with_verb("Serco was fined", (0, 15))


MOODS = [
    ("The firm was fined £3m", "statement", "the plain case"),
    ("15% of people believe that it should go", "statement", "what people believe is a finding"),
    ("It should go", "appeal", "what ought to be is none"),
    ("The firm must go", "appeal", "must"),
    ("Sign the petition before 5 May", "appeal", "an order"),
    ("Please share this with 3 friends", "appeal", "a polite order"),
    ("Don’t let them get away with it", "appeal", "an order with a curly mark"),
    ("We need 50,000 names", "appeal", "what a mailing asks for"),
    ("If 300 people sign, we win", "condition", "a condition"),
    ("Unless it pays £3m", "condition", "a negative condition"),
    ("The bill will reach £9m", "future", "a prediction"),
    ("It is expected to cost £9m", "future", "expected to"),
    ("It could cost £9m", "hypothetical", "could"),
    ("It allegedly paid £3m", "hedged", "allegedly"),
    ("It may have cost £9m", "hedged", "may have"),
    ("We believe it cost £9m", "opinion", "the writer's belief"),
    ("Call handlers say that 3 of them left", "statement", "a noun, not an order"),
    ("Support workers were paid £9", "statement", "a noun, not an order"),
]


@pytest.mark.parametrize(("text", "expected", "reason"), MOODS, ids=[f"{text}: {why}" for text, _, why in MOODS])
def test_mood(text: str, expected: str, reason: str) -> None:
    assert mood(text, 0, len(text)) == expected, reason


@pytest.mark.parametrize("text", ["the speed of the united team", "an aged care provider", "a hundred red tables"])
def test_words_that_only_look_like_verbs(text: str) -> None:
    assert not has_finite_verb(text, 0, len(text))


@pytest.mark.parametrize("text", ["it cancelled 3", "they’ve gone", "which runs trains", "it didn’t pay"])
def test_finite_verbs(text: str) -> None:
    assert has_finite_verb(text, 0, len(text))


WORDS = st.lists(
    st.sampled_from(["the", "it", "was", "fined", "and", "but", ",", ";", "which", "£3m", "—", "while"]),
    max_size=25,
)


@settings(max_examples=60, deadline=None)
@given(WORDS)
def test_clauses_are_in_order_and_within(words: list[str]) -> None:
    text = " ".join(words)
    position = 0
    for start, end in split_clauses(text, 0, len(text)):
        assert position <= start < end <= len(text)
        position = end
