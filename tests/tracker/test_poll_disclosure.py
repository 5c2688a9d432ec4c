"""What a text discloses of a poll (the items of the British Polling Council and of AAPOR)."""

from __future__ import annotations

import pytest

from tracker.judging.poll_disclosure import ITEMS, PollDisclosure, poll_disclosure
from tracker.reading.publishers import builtin

WHOLE = (
    "An Acme Polling poll for the Harbour Post found that 62% of adults oppose the sale.\n\nSome 20% backed it.\n\n"
    "Acme Polling interviewed 2,140 adults in Great Britain online between 3 and 5 May 2026. They were asked: "
    '"Do you support or oppose the sale of the port?"'
)
TWO = "A Survation poll found that 40% agree.\n\nA YouGov poll found that 60% do not.\n\nJust 10% had no view."


def disclosed(text: str, claim: str) -> PollDisclosure:
    at = text.index(claim)
    return poll_disclosure(text, (at, at + len(claim)), builtin())


def test_a_note_at_the_end_counts_for_every_result() -> None:
    for claim in ("62% of adults", "20% backed it"):
        found = disclosed(WHOLE, claim)
        assert (found.given, found.missing, found.ambiguous) == (ITEMS, (), False)
        assert [item.words for item in found.items][:4] == ["Acme Polling", "Harbour Post", "3 and 5 May 2026", "2,140"]
        assert all(item.start is not None and WHOLE[item.start : item.end] == item.words for item in found.items)


ROWS = [
    ("62% of people oppose the sale.", (), "nothing at all"),
    ("A poll by Acme Insight found that 62% agree.", ("pollster",), "a bare result"),
    ("A survey of 1,000 nurses by Acme Insight found 62%.", ("pollster", "sample", "population"), "whom it asked"),
    ("A poll of 1,000 people found 62%.", ("sample",), "people stand for nobody"),
    ("A poll commissioned by the Harbour Trust found 62%.", ("sponsor",), "who paid"),
    ("A poll carried out between 3 and 5 May found 62%.", ("dates",), "when it was"),
    ("A poll published in May found 62%.", (), "when it came out is not when it was done"),
    ("A Survation poll (n=1,004) found 62%.", ("pollster", "sample"), "a sample in brackets"),
    ("In 1,000 stations polling was slow; 62% of them closed.", (), "no poll"),
]


@pytest.mark.parametrize(("text", "given", "reason"), ROWS, ids=[row[0] for row in ROWS])
def test_items_of_one_sentence(text: str, given: tuple[str, ...], reason: str) -> None:
    assert disclosed(text, text).given == given, reason


def test_with_two_polls_a_result_of_neither_is_ambiguous() -> None:
    found = disclosed(TWO, "Just 10% had no view.")
    assert (found.ambiguous, found.given) == (True, ())
    assert found.in_words().endswith("several polls are named: which is meant is not clear")


def test_with_two_polls_each_sentence_has_its_own() -> None:
    found = disclosed(TWO, "A YouGov poll found that 60% do not.")
    assert not found.ambiguous
    assert found.in_words() == "names pollster; does not say sponsor, dates, sample, population, wording"


def test_long_texts_take_linear_time() -> None:
    text = "polled " * 20_000 + "\n\n" + "A survey of " * 5_000
    assert not disclosed(text, "polled").ambiguous


def test_a_note_on_method_that_names_who_asked_need_not_say_poll() -> None:
    note = "Survation interviewed 2,047 adults in England online between 26 and 29 June 2023."
    first = "According to a Survation poll for the Post, 64% want it."
    other = "A separate YouGov poll found that 69% do."
    found = disclosed(f"{first}\n\n{other}\n\n{note}", first)
    assert {"pollster", "dates", "sample"} <= set(found.given)
    assert disclosed(f"{first}\n\n{other}\n\n{note}", other).given == ("pollster",)


def test_of_several_polls_it_is_the_one_that_the_claim_rests_on() -> None:
    text = (
        "A poll by Survation for Mill Watch found that 40% oppose the plan.\n\n"
        "A YouGov poll of 1,200 adults had 35% against it.\n\nSome 12% had changed their minds."
    )
    sentence = (text.index("Some"), len(text))
    assert poll_disclosure(text, sentence).ambiguous
    known = poll_disclosure(text, sentence, sources=["Survation"])
    assert (known.given, known.ambiguous) == (("pollster", "sponsor"), False)
