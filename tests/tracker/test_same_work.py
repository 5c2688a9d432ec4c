"""What is a version of a work and what is none: texts of the test's own, each row with its reason."""

from __future__ import annotations

import time

import pytest

from tracker.judging.same_work import ANOTHER, BEGINNING, another_work

STORY = (
    "The harbour board said that inspectors falsified records 252 times at Oakhanger between 2017 and 2019.",
    "It paid £3 million to the crews on Friday, and nobody at the board wished to say any more about that.",
    "Passengers at Oakhanger waited for two hours in the rain, and no bus came for them that night at all.",
    "The inspectorate opened an inquiry in March, after a former clerk handed over the books of four winters.",
    "Its chairman told the council that the board had known of the missing boats since the spring of 2016.",
    "Two crews that were paid never sailed, according to the clerk, who kept copies of each week's roster.",
    "The council votes next week on whether the board should lose its licence to run the northern ferries.",
    "Ferries to the islands carry some 40,000 people a year, most of them in the summer and at Easter.",
    "A spokesman for the crews said that the men had signed what was put before them and asked for nothing.",
)
REWRITTEN = (
    "Records at Oakhanger were falsified 252 times between 2017 and 2019, the harbour board has admitted.",
    "On Friday it paid £3 million to the crews; nobody at the board would comment.",
    "An inquiry by the inspectorate began after a former clerk handed over the books of four winters.",
    "The board's licence to run the northern ferries is now in doubt: the council votes on it next week.",
)
OTHER = (
    "Two bakers from Larkhill won the spring cup on Sunday with a loaf that weighed 14 kilograms, the jury said.",
    "Their prize of £500 goes to the school, where 90 children will learn how to bake bread in the winter.",
    "The runner-up, a plaited rye, came from a mill that had been closed since the flood of last September.",
)
WALL = ("Subscribe now to read this story from £1 a week.", "Already a subscriber? Sign in on any of your devices.")
HEAD = "Harbour board falsified its records for two years"


def page(*paragraphs: str) -> str:
    return "\n".join((HEAD, *paragraphs))


@pytest.mark.parametrize(
    ("before", "after", "expected", "why"),
    [
        (page(*STORY), page(*STORY), None, "the same"),
        (page(*STORY), page(*STORY[:3]), None, "a correction that leaves a third"),
        (page(*STORY[:3]), page(*STORY, *OTHER), None, "a story that grows"),
        (page(*STORY), page(*REWRITTEN), None, "rewritten from its first word to its last"),
        (page(*STORY), page(*(line.replace("2", "7") for line in STORY)), None, "other figures in the same words"),
        (page(*STORY), page(*WALL), ANOTHER, "a wall under the headline"),
        (page(*STORY), page(*OTHER), ANOTHER, "another article under the headline"),
        (page(*OTHER), page(*STORY), ANOTHER, "and the other way round"),
        (page(*STORY), "", ANOTHER, "nothing"),
        (page(*STORY * 2), page(STORY[0][:60] + ".", *WALL), BEGINNING, "half a sentence, and a wall"),
        (page(*STORY * 2), page(STORY[0], "Sign in."), BEGINNING, "the first sentence of a long story"),
        ("Twelve mills closed.", "Nine men left.", None, "notes too short to tell"),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 50 else "",
)
def test_what_is_another_page(before: str, after: str, expected: str | None, why: str) -> None:
    assert another_work(before, after) == expected, why


def test_the_pieces_that_are_the_work_count_alone() -> None:
    menu = "Home News Sport Weather Shop Jobs Contact\n" * 20
    spans = [(len(menu), len(menu) + len(page(*STORY)))], [(len(menu), len(menu) + len(page(*WALL)))]
    assert another_work(menu + page(*STORY), menu + page(*WALL), *spans) == ANOTHER


def test_a_text_of_any_length_takes_little_time() -> None:
    began = time.process_time()
    another_work("ab " * 300_000, "a. b! " * 200_000)
    assert time.process_time() - began < 5
