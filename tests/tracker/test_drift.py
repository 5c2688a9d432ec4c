"""What changed between two versions of a text. Each row: before, after, the figure changes, why it stands here."""

from __future__ import annotations

import time

import pytest

from tracker.judging.drift import BORING, FIGURE, WORDS, Version, drift

FIGURES = [
    ("He was called 252 times.", "He was called over 200 times.", [("252 times", "over 200 times")], "the case itself"),
    ("They paid £23 million.", "They paid £24 million.", [("£23 million", "£24 million")], "a digit"),
    ("They paid £23 million.", "They paid £23 billion.", [("£23 million", "£23 billion")], "a scale, no digit"),
    ("They paid £23m.", "They paid $23m.", [("£23m", "$23m")], "a currency"),
    (
        "It cost 1,200.50 in all.",
        "It cost 1,200.55 in all.",
        [("1,200.50", "1,200.55")],
        "one word with its separators",
    ),
    ("It fell by 3.5% then.", "It fell by 3.5 points then.", [("3.5%", "3.5 points")], "a percent sign"),
    ("A bag of 23 kg.", "A bag of 23 lb.", [("23 kg", "23 lb")], "a measure behind an unchanged number"),
    ("Twelve mills closed.", "Eleven mills closed.", [("Twelve mills", "Eleven mills")], "a word of number"),
    ("One in five failed.", "One in six failed.", [("One in five", "One in six")], "a share in words"),
    ("There were 252 tests.", "There were at least 252 tests.", [("252 tests", "at least 252 tests")], "a comparator"),
    ("It has 11 three-star inns.", "It has 11 six-star inns.", [("three", "six")], "a number beside the figure's own"),
    ("A twist 30 hours into it.", "A twist over 30 hours into it.", [("30", "over 30")], "a comparator of no figure"),
    ("Fewer than 40 came.", "More than 40 came.", [("Fewer than 40", "More than 40")], "one comparator for another"),
    ("Wages rose 5% in June.", "Wages fell 5% in June.", [("rose 5%", "fell 5%")], "up became down"),
    (
        "A ride of 10\u201312 miles.",
        "A ride of 10\u201313 miles.",
        [("10\u201312 miles", "10\u201313 miles")],
        "a range",
    ),
    ("It came 2nd of all.", "It came 3rd of all.", [("2nd", "3rd")], "an ordinal"),
    ("On 3 July 2020 he left.", "On 3 June 2020 he left.", [("July", "June")], "a month of a date"),
    ("Some 10\u2076 cells.", "Some 106 cells.", [("10\u2076 cells", "106 cells")], "a raised digit is no plain one"),
    ("Some 10\u2076 cells.", "Some 10\u2075 cells.", [("10\u2076", "10\u2075")], "a power"),
    ("Some 25 km\u00b2 of it.", "Some 25 km\u00b3 of it.", [("\u00b2", "\u00b3")], "a measure's power"),
    ("He ran 2\u00bd miles.", "He ran 21/2 miles.", [("2\u00bd miles", "21/2 miles")], "nor is a fraction a digit"),
    ("Call 01632 960001 for it.", "Call 01632 960002 for it.", [("960001", "960002")], "every digit of a sentence"),
    ("They lost the ship, some 40 men too.", "They lost the ship.", [("40 men", "")], "a figure taken out"),
    ("They lost the ship.", "They lost the ship and 40 men.", [("", "40 men")], "a figure put in"),
    ("A. The mill lost 12 men.", "A.", [("12 men", "")], "a sentence with a figure taken out"),
]


@pytest.mark.parametrize(("before", "after", "expected", "why"), FIGURES, ids=[row[3] for row in FIGURES])
def test_a_changed_figure_is_told(before: str, after: str, expected: list[tuple[str, str]], why: str) -> None:
    found = drift(before, after).of(FIGURE)
    assert len(found) == len(expected), found
    for change, (old, new) in zip(found, expected, strict=True):
        assert old in change.before
        assert new in change.after
        assert bool(old) == bool(change.before)
        assert bool(new) == bool(change.after)
        assert before[change.start_before : change.end_before] == change.before
        assert after[change.start_after : change.end_after] == change.after
        assert change.before in change.context_before
        assert change.after in change.context_after


OTHERS = [
    ("He was caled 252 times.", "He was called 252 times.", WORDS, "a typo mended beside a figure"),
    ("Some 12 per cent of staff left.", "Some 12 per cent of workers left.", WORDS, "another word for what is counted"),
    ("About 40 left.", "Around 40 left.", WORDS, "another word for the same comparator"),
    ("More than 40 left.", "Over 40 left.", WORDS, "and of two words"),
    ("They paid £23m.", "They paid £23 million.", WORDS, "the same figure written otherwise"),
    ("It rose 5% then.", "It rose 5 per cent then.", WORDS, "and the same share"),
    ("He met 12 men. He left.", "He met 12 men. Nobody knew why. He left.", WORDS, "a sentence added"),
    ("It lost 252 boats.", "It lost 252 boats.\u00b3", WORDS, "a note's mark behind a stop"),
    ("It lost 252 boats then.", "It lost 252 boats\u00b9\u00b2 then.", WORDS, "and behind a word"),
    ("It lost 252 boats.", "It lost 252[3] boats.", WORDS, "and in brackets"),
    ("It paid 25% of it.\u00b9", "It paid 25% of it.\u00b2", WORDS, "notes counted anew"),
    ("Ann left in May.", "Ann left in the end.", WORDS, "a month without a number is no date"),
    (
        "A \u201cbig\u201d deal \u2013 of 12\u00a0men.",
        'A "big" deal - of 12 men.',
        BORING,
        "quotes, dash, no-break space",
    ),
    ("Infor\u00admation for 12 men.", "Information for 12 men.", BORING, "a soft hyphen"),
    ("Caf\u00e9s for 1\u200b2 men.", "Cafe\u0301s for 12 men.", BORING, "a form of Unicode, and no width"),
    ("A &amp; B paid &pound;23m.", "A & B paid £23m.", BORING, "entities, escaped twice"),
    ("It is 1\u202f200 miles.", "It is 1 200 miles.", BORING, "another space in a number"),
    ("\uff12\uff15\uff12 came.", "252 came.", BORING, "digits of full width"),
    ("Well\u2026 12 men.", "Well... 12 men.", BORING, "an ellipsis"),
    ("He ran 2\u00bd miles.", "He ran 2 1/2 miles.", BORING, "a fraction, its number apart"),
]


@pytest.mark.parametrize(("before", "after", "kind", "why"), OTHERS, ids=[row[3] for row in OTHERS])
def test_no_figure_is_told_where_none_changed(before: str, after: str, kind: str, why: str) -> None:
    for found in (drift(before, after), drift(after, before)):
        assert {change.kind for change in found.changes} == {kind}
        assert found.is_boring == (kind == BORING)


def test_a_case_is_no_encoding() -> None:
    assert drift("The Post said so.", "The post said so.").of(WORDS)


def test_a_moved_paragraph_is_no_change() -> None:
    lines = ["The mill lost 12 men.", "It paid £3m for that.", "Nobody said more.", "The end came in 2019."]
    found = drift("\n".join(lines), "\n".join([*lines[1:], lines[0]]))
    assert found.changes == ()
    assert found.moved == 1


def test_a_moved_sentence_with_another_digit_is_one_change() -> None:
    lines = ["The mill lost 12 men in the fire.", "It paid £3m for that.", "Nobody said more.", "The end came in 2019."]
    moved = [*lines[1:], lines[0].replace("12", "13")]
    (change,) = drift("\n".join(lines), "\n".join(moved)).of(FIGURE)
    assert ("12 men" in change.before, "13 men" in change.after) == (True, True)


@pytest.mark.parametrize(
    ("old", "new"), [("12 comments", "15 comments"), ("Updated 3 hours ago", "Updated 4 hours ago"),
                     ("1.2k shares", "1.3k shares"), ("3 min | Updated 4 July 2020", "3 min | Updated 5 July 2020")],
)  # fmt: skip
def test_a_counter_between_the_paragraphs_is_no_figure(old: str, new: str) -> None:
    text = "The mill lost 12 men.\n{}\nIt paid £3m for that."
    assert drift(text.format(old), text.format(new)).changes == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Votes: 23,456", "Votes: 33,456"),
        ("Ratings: 52%", "Ratings: 48%"),
        ("Published 300 photos", "Published 500 photos"),
        ("Shared: 5%", "Shared: 6%"),
        ("Min 5", "Min 9"),
    ],
    ids=["a count of votes", "a share", "what was published", "a share of what is counted", "a least"],
)
def test_a_line_that_counts_votes_or_shares_is_the_works_own(old: str, new: str) -> None:
    text = "The mill lost 12 men.\n{}\nIt paid £3m for that."
    assert len(drift(text.format(old), text.format(new)).of(FIGURE)) == 1


TWICE = "The mill paid £5 million, it said."


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ((TWICE, "Nobody said more.", TWICE), (TWICE, "Nobody said more.", TWICE.replace("5", "6"))),
        ((TWICE, "Nobody said more.", TWICE), (TWICE.replace("5", "6"), "Nobody said more.", TWICE)),
    ],
    ids=["the second", "the first"],
)
def test_of_two_equal_sentences_one_changed(before: tuple[str, ...], after: tuple[str, ...]) -> None:
    (change,) = drift("\n".join(before), "\n".join(after)).of(FIGURE)
    assert (change.before, change.after) == ("£5 million", "£6 million")
    (back,) = drift("\n".join(after), "\n".join(before)).of(FIGURE)
    assert (back.before, back.after) == ("£6 million", "£5 million")


def test_of_two_equal_sentences_one_went_and_the_other_says_it_still() -> None:
    text = [TWICE, "Nobody said more.", TWICE]
    assert drift("\n".join(text), "\n".join(text[:2])).changes == ()
    (change,) = drift("\n".join(text), "\n".join([*text[:2], "Nine boats sank in 2019."])).of(FIGURE)
    assert change.before == ""


@pytest.mark.parametrize(
    ("before", "after", "is_boring"),
    [
        ("1,200", "1200", True),
        ("1,200", "1 200", True),
        ("1,200", "1\u00a0200", True),
        ("1,200", "1\u202f200", True),
        ("£1,200,300.50", "£1200300.50", True),
        ("1,200", "1.200", False),
        ("1,200", "12,00", False),
        ("1,200", "1,2000", False),
        ("0,200", "0200", False),
        ("1,200", "1201", False),
    ],
)
def test_another_mark_between_thousands_is_the_same_number(before: str, after: str, is_boring: bool) -> None:
    sentence = "The firm paid {} people last year, the report said."
    for one, two in ((before, after), (after, before)):
        found = drift(sentence.format(one), sentence.format(two))
        assert (found.is_boring, not found.of(FIGURE)) == (is_boring, is_boring)


def test_a_sentence_about_comments_is_the_works_own() -> None:
    assert drift("The plan drew 12 comments from residents.", "The plan drew 15 comments from residents.").of(FIGURE)


def test_only_the_work_is_compared() -> None:
    one, two = "Menu 12\nThe mill lost 40 men.", "Menu 13\nThe mill lost 40 men."
    spans = ((8, len(one)),)
    assert drift(Version(one, spans), Version(two, spans)).changes == ()
    assert drift(one, two).of(FIGURE)


def test_what_still_stands_on_the_page_has_not_gone() -> None:
    before = Version("The mill lost 40 men. It paid £3m.")
    assert (
        drift(before, Version("The mill lost 40 men.", around="Home The mill lost 40 men. It paid £3m.")).changes == ()
    )
    assert drift(before, Version("The mill lost 40 men.", around="It paid £3.5m.")).of(FIGURE)
    one, two = Version("A. 40 men left"), Version("A.", around="there 1,40 men left")
    assert drift(one, two).of(FIGURE)


def test_figures_come_first() -> None:
    found = drift("A tyop. He paid £3m.", "A typo. He paid £4m.")
    assert [change.kind for change in found.changes] == [FIGURE, WORDS]


@pytest.mark.parametrize(
    ("before", "after"),
    [("", ""), ("", "12"), ("\u0301", "\ud800"), ("&#x110000;12", "&13;"), ("1" * 5000, "1" * 4999),
     ("12 " * 5000, "13 " * 5000)],
    ids=["nothing", "from nothing", "halves", "entities", "digits", "groups"],
)  # fmt: skip
def test_any_string_is_accepted(before: str, after: str) -> None:
    found = drift(before, after)
    assert bool(found.of(FIGURE)) == (before != after and any(c in before + after for c in "0123456789"))


def test_the_same_text_differs_in_nothing() -> None:
    text = "The mill lost 12 men. It paid £3m.\n\n\u201cNo\u201d, she said. " * 200
    assert drift(text, text).changes == ()


@pytest.mark.parametrize(
    "line",
    ["The council spent £{0} million on {1} schools, {0} per cent more. ", ". ", "& ", "{0} ", "a{0}. B "],
    ids=["press", "stops", "signs", "digits", "short"],
)
def test_twice_the_text_takes_about_twice_the_time(line: str) -> None:
    def seconds(number: int) -> float:
        text = "".join(line.format(at % 97, at % 89) for at in range(number))
        began = time.process_time()
        drift(text, text.replace("1", "2"))
        return time.process_time() - began

    small = max(seconds(400), 0.02)
    assert seconds(1_600) < 10 * small
