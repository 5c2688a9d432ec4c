"""Words beside a figure that make it another. Each row: before, after, the words told of each, why it stands here."""

from __future__ import annotations

import pytest

from tracker.judging.drift import FIGURE, WORDS, drift

FIGURES = [
    ("Profits doubled in June.", "Profits halved in June.", "doubled", "halved", "a multiple in a word"),
    ("Profits doubled in June.", "Profits tripled in June.", "doubled", "tripled", "and another"),
    ("Profits doubled to £40m then.", "Profits halved to £40m then.", "doubled", "halved", "beside a figure"),
    ("It grew threefold.", "It grew fourfold.", "threefold", "fourfold", "a word in -fold"),
    ("It is twice as many.", "It is half as many.", "twice", "half", "twice"),
    ("It sails twice a week.", "It sails once a week.", "twice", "once", "once where it counts"),
    ("It cost £20 a day to park.", "It cost £20 a week to park.", "£20 a day", "£20 a week", "a rate"),
    ("They pay £3m a year.", "They pay £3m a month.", "£3m a year", "£3m a month", "of a sum"),
    ("It cost £20 a head.", "It cost £20.", "£20 a head", "£20", "a rate taken out"),
    ("It cost £20 per boat.", "It cost £20 per crew.", "£20 per boat", "£20 per crew", "of anything behind per"),
    ("It lost 12 boats daily.", "It lost 12 boats weekly.", "12 boats daily", "12 boats weekly", "in a word"),
    ("The annual cost is £3m.", "The monthly cost is £3m.", "annual cost is £3m", "monthly cost is £3m", "before it"),
    ("It was a quarter less.", "It was a quarter more.", "quarter less", "quarter more", "a direction behind it"),
    ("Sales were 3% up then.", "Sales were 3% down then.", "3% up", "3% down", "in a particle"),
    ("It fell to 3%.", "It fell by 3%.", "to 3%", "by 3%", "a level became the size of a change"),
    ("Prices rose to about £9.", "Prices rose about £9.", "to about £9", "about £9", "and without a word for it"),
    ("A profit of £3m was made.", "A loss of £3m was made.", "profit of £3m", "loss of £3m", "a sign in a noun"),
    ("A surplus of £3m is due.", "A deficit of £3m is due.", "surplus of £3m", "deficit of £3m", "and in another"),
    ("It was 5 mW strong.", "It was 5 MW strong.", "5 mW", "5 MW", "a unit that its case alone tells"),
    ("It was 5mW strong.", "It was 5MW strong.", "5mW", "5MW", "and joined to its number"),
    (
        "A result of (3) million.",
        "A result of 3 million.",
        "(3)",
        "3",
        "a bracket that means a loss",
    ),
    ("A result of £3m.", "A result of £(3)m.", "£3m", "£(3)m", "and put in"),
    (
        "A share of \u0661\u0662 per cent.",
        "A share of \u0661\u0663 per cent.",
        "\u0661\u0662",
        "\u0661\u0663",
        "a digit",
    ),
]


@pytest.mark.parametrize(("before", "after", "old", "new", "why"), FIGURES, ids=[row[4] for row in FIGURES])
def test_what_makes_a_figure_another_is_told_with_both_wordings(
    before: str, after: str, old: str, new: str, why: str
) -> None:
    (change,) = drift(before, after).of(FIGURE)
    assert old in change.before
    assert new in change.after


WORDS_ALONE = [
    ("They rented a double room there.", "They rented a bright room there.", "an adjective is no multiple"),
    ("Once the board met, 12 men left.", "When the board met, 12 men left.", "once as a conjunction"),
    ("A rise of 3% was seen.", "An increase of 3% was seen.", "another word for the same direction"),
    ("It cost £20 each year there.", "It cost £20 a year there.", "the same rate in another word"),
    ("It fell by 3% then.", "It fell 3% then.", "the size of a change, with its word and without"),
    ("The sum (12 boats) is known.", "The sum, 12 boats, is known.", "a bracket that is none of accounts"),
    ("Some 12 men left by train on Friday.", "Some 12 men left by coach on Friday.", "by that leads no number"),
    ("It has 2 million visits annually now.", "It has 2 million visits annulaly now.", "a typo in a word of rates"),
    ("He paid £20 to a friend.", "He paid £20 to a cousin.", "to behind a figure"),
    ("It was 5 kg heavy.", "It was 5 KG heavy.", "a unit that its case does not tell"),
]


@pytest.mark.parametrize(("before", "after", "why"), WORDS_ALONE, ids=[row[2] for row in WORDS_ALONE])
def test_what_leaves_a_figure_as_it_was(before: str, after: str, why: str) -> None:
    assert {change.kind for change in drift(before, after).changes} == {WORDS}


def test_a_sentence_in_the_place_of_another_has_no_figure_of_it() -> None:
    first, last = "The harbour board met on Friday.", "Nobody wished to say any more about that."
    went = "The board had paid £3 million to crews that never sailed from the northern harbour."
    came = "Subscribe today for £1 a week and read every story that our reporters write."
    found = drift(f"{first}\n{went}\n{last}", f"{first}\n{came}\n{last}").of(FIGURE)
    assert [(one.before, one.after) for one in found if one.before] == [("£3 million", "")]
    assert all(not one.before for one in found if one.after)
    assert any("£1" in one.after for one in found)
