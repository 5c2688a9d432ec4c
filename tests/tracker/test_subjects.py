"""Of whom a clause speaks."""

from __future__ import annotations

import pytest

from tracker.reading.subjects import Topics, subject_of, subject_words, topics_of

TEXT = "Serco was fined. Serco paid. The Ministry of Justice found that Serco had hidden it. Tag Watch said so."
TOPICS = topics_of(TEXT, ["Serco", "Ministry of Justice", "Tag Watch"], ["Tag Watch"])


def test_the_leading_organisation_is_the_one_named_most() -> None:
    assert TOPICS.leading == "Serco"


def test_the_tellers_own_organisation_never_leads() -> None:
    topics = topics_of("Tag Watch said. Tag Watch counted. Serco paid.", ["Serco", "Tag Watch"], ["Tag Watch"])
    assert topics.leading is None
    assert "Tag Watch" not in topics.names


def test_two_that_are_named_alike_do_not_lead() -> None:
    assert topics_of("Acme paid. Bolt paid. Acme left. Bolt left.", ["Acme", "Bolt"], []).leading is None


SUBJECTS = [
    ("Serco was fined £3m", "Serco", "its own name"),
    ("In 2013, Serco was fined £3m", "Serco", "behind a time"),
    ("When staff left, Serco was fined £3m", "Serco", "behind a clause of time"),
    ("They were fined £3m", "Serco", "a pronoun is the one that leads"),
    ("they've been fined £3m", "Serco", "pronoun and auxiliary in one"),
    ("Its trainers had one hour", "Serco", "what is theirs"),
    ("We signed the letter", "Tag Watch", "the speaker's own"),
    ("He was convicted of fraud", None, "a person, not known"),
    ("The Ministry of Justice paid £3m", "Ministry of Justice", "another organisation"),
    ("40% of people believe that Serco should go", "Serco", "the one that the asked speak of"),
    ("Women waited for two hours", None, "a capital that only opens the sentence"),
]


@pytest.mark.parametrize(("clause", "expected", "reason"), SUBJECTS, ids=[reason for _, _, reason in SUBJECTS])
def test_subject(clause: str, expected: str | None, reason: str) -> None:
    words = subject_words(clause, 0, len(clause))
    assert subject_of(words, clause, TOPICS, "Tag Watch") == expected, reason


def test_without_a_leading_one_a_pronoun_is_nobody() -> None:
    assert subject_of("They", "They were fined", Topics((), None), None) is None


def test_the_words_end_before_the_verb() -> None:
    assert subject_words("The head of Serco said so", 0, 25) == "The head of Serco"
    assert subject_words("they've been fined", 0, 18) == "they've"
