"""What stands before patterns to save their time must never change what they find."""

from __future__ import annotations

import re

import pytest

from tracker.reading.grammar import FINITE, finite_verb
from tracker.reading.needles import Gate, Sought, gate_of, needles_of
from tracker.reading.subjects import topics_of


@pytest.mark.parametrize(
    ("pattern", "text", "why"),
    [
        (r"\b(?:fined|jailed)\b", "She was Fined \u00a35m.", "case is folded on both sides"),
        (r"ab|cd", "nothing of it", "needles too short to tell anything let the pattern through"),
        (r"caf\u00e9 (?:noir|cr\u00e8me)", "a caf\u00e9 cr\u00e8me \u201cto go\u201d", "letters beyond ASCII"),
        (r"\u201cnot (?:so|yet)\u201d", "it is \u201cnot yet\u201d done", "letters beyond Latin-1"),
        (r"(?:each|every) step", "at every step of it", "the words stand in the middle"),
    ],
)
def test_a_gate_lets_through_whatever_its_pattern_matches(pattern: str, text: str, why: str) -> None:
    sought = Sought(re.compile(pattern, re.IGNORECASE))
    whole = f"Before it. {text} And after it."
    start = whole.index(text)
    expected = sought.pattern.search(whole, start, start + len(text))
    found = sought.within(whole, start, start + len(text))
    assert (found and found.span()) == (expected and expected.span()), why


def test_a_part_is_asked_only_for_what_the_whole_has() -> None:
    text = "One was fined. Two were jailed."
    needles = needles_of(re.compile("jailed"))
    assert gate_of(text, 15, len(text)).opens(needles)
    assert not gate_of(text, 0, 14).opens(needles), "it stands in the other sentence"
    assert not Gate("fined", Gate("fined and freed")).opens(needles)


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("Acme paid. ACME said so, and Acme's board.", 3),
        ("Acmeland and MacAcme are others; acme_2 too. Acme.", 1),
        ("Acme A\u017f, \u0130stanbul and Acme", 2),
    ],
)
def test_names_are_counted_as_words_in_any_case(text: str, times: int) -> None:
    topics = topics_of(text, ["Acme"], ())
    assert topics.names == ("Acme",)
    assert (topics.leading == "Acme") is (times > 1)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("The firm was fined, and staff said so.", "plain words"),
        ("Cash needed by trained staff under led lights, well-run and co-founded by them", "no verbs, but where cut"),
        ("It won't, can't and should\u2019ve; they'd don\u2019t", "contractions, of which a part may be a verb"),
        ("May may accept acceptable terms. Indeed they proceed", "words that begin as verbs do"),
    ],
)
def test_a_part_has_the_verb_that_it_would_have_alone(text: str, why: str) -> None:
    for start in range(len(text) + 1):
        for end in range(start, len(text) + 1):
            alone, found = FINITE.search(text, start, end), finite_verb(text, start, end)
            assert (found and found.span()) == (alone and alone.span()), (why, text[start:end])
