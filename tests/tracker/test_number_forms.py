"""The forms of numbers: decimals, fractions and places in words, digits grouped by blanks, and what only looks so."""

from __future__ import annotations

import time

import pytest

import tracker
from scrapers.document import Document
from tracker.own_words import load_kinds
from tracker.reading.figures import read_figures

#: The whole text, its value, and the reason: each is a number and nothing else.
ALONE: tuple[tuple[str, float, str], ...] = (
    ("1,749", 1749, "the cell of a table"),
    ("7", 7, "a single digit is no counter when it is all there is"),
    ("four", 4, "nor a word an idle one"),
    ("one", 1, "nor a pronoun"),
    (".07", 0.07, "no zero before the point"),
    ("-.35", -0.35, "nor behind a minus"),
    ("- 8", -8, "a minus set off, as typists do"),
    ("- 3 1/4", -3.25, "with a mixed number"),
    ("5 3/8", 5.375, "a mixed number"),
    ("-3/5", -0.6, "a fraction below zero"),
    ("4.5 k", 4500, "a suffix set off"),
    ("6 215 300", 6215300, "grouped by blanks"),
    ("60 000", 60000, "one group that could not stand alone"),
    ("23,45,678.50", 2345678.5, "grouped the Indian way, with decimals"),
    ("2.468,10", 2468.1, "the continental price, which can be nothing else"),
    ("three hundred point zero six", 300.06, "decimals digit by digit"),
    ("nought point four", 0.4, "the British zero"),
    ("six point twenty-five", 6.25, "decimals as one number"),
    ("point seven", 0.7, "without the zero"),
    ("minus three point five", -3.5, "below zero in words"),
    ("negative ten", -10, "the American minus"),
    ("half million", 5e5, "a headline's half"),
    ("quarter million", 2.5e5, "and quarter"),
    ("hundred thousand", 1e5, "a hundred without its article"),
    ("one and a half billion", 1.5e9, "the half before its scale"),
    ("three million and a half", 3.5e6, "the half behind it"),
    ("4 million and a quarter", 4.25e6, "the same in digits"),
    ("two billion and a half million", 2_000_500_000, "the half of a smaller scale"),
    ("seven million and two fifths", 7.4e6, "other parts of the scale"),
    ("two hundred and one half", 200.5, "behind hundreds the part is of one"),
    ("nine and one fourth", 9.25, "the American quarter"),
    ("forty-one fifths", 8.2, "more than the whole"),
    ("three twenty-fifths", 0.12, "parts of two words"),
    ("one ten-thousandth", 1e-4, "the same with a power of ten"),
    ("a millionth", 1e-6, "a small part"),
    ("three over four", 0.75, "a fraction as it is read aloud"),
    ("four dozens", 48, "dozens with their plural"),
    ("five hundred and three dozen", 536, "dozens behind hundreds"),
    ("6 thousand 2 hundred and 15", 6215, "places written one by one"),
    ("3 crore 40 lakh", 3.4e7, "the Indian press does so"),
    ("one million, two hundred thousand", 1.2e6, "commas between the groups of words"),
    ("two thousand five hundred million", 2.5e9, "the old British billion"),
    ("1.1 trillion", 1.1e12, "without a float's dust"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "value", "reason"), ALONE, ids=[text for text, _, _ in ALONE])
def test_a_text_that_is_nothing_but_a_number_is_a_figure(text: str, value: float, reason: str) -> None:
    figures = read_figures(text)
    assert [figure.value for figure in figures] == [pytest.approx(value, rel=1e-12)], reason
    assert figures[0].text == text, reason


#: Sentence, (words, value, unit) of each figure, reason.
ROWS: tuple[tuple[str, list[tuple[str, float, str | None]], str], ...] = (
    ("Output grew three point two per cent.", [("three point two per cent", 3.2, "percent")], "decimals with a unit"),
    ("It owes one point four billion euros.", [("one point four billion euros", 1.4e9, "EUR")], "and with a scale"),
    ("At one point two men left.", [("two men", 2, "man")], "'at one point' tells a time"),
    ("A six-point two-day fall ended.", [("six-point", 6, "point"), ("two-day", 2, "day")], "two attributes"),
    ("Shares are up 2 5/8 points.", [("2 5/8 points", 2.625, "point")], "a mixed number of an exchange"),
    ("The town has 1 204 500 residents.", [("1 204 500 residents", 1204500, "resident")], "grouped by blanks"),
    ("On May 12 500 people marched.", [("500 people", 500, "person")], "a day and a count are not"),
    ("They paid €14 500 for it.", [("€14 500", 14500, "EUR")], "one group behind a currency"),
    ("Pages 20 000 40.", [], "groups beside other digits are a row of a table"),
    ("They want half million visitors.", [("half million visitors", 5e5, "visitor")], "a half without article"),
    ("The second half million came.", [], "a half that is counted is none"),
    ("More than half nurses agreed.", [("half", 0.5, "fraction")], "a share led by its comparator"),
    ("He sold a quarter million books.", [("a quarter million books", 2.5e5, "book")], "a quarter of a scale"),
    ("They made 3 million and a quarter of it was lost.",
     [("3 million", 3e6, None), ("a quarter", 0.25, "fraction")], "a share of the sum is no part of its number"),
    ("They asked two million and three million.", [("two million", 2e6, None), ("three million", 3e6, None)], "two"),
    ("Several hundred thousand came.", [], "how many hundred, nobody says"),
    ("Rates hit minus two per cent.", [("minus two per cent", -2, "percent")], "a rate below zero"),
    ("Growth was negative one per cent.", [("negative one per cent", -1, "percent")], "the same otherwise"),
    ("She tested negative two days later.", [("two days", 2, "day")], "a test is no minus"),
    ("The squad, minus three players, flew.", [("three players", 3, "player")], "without them"),
    ("The dose is one over eight.", [("one over eight", 0.125, "fraction")], "read aloud behind a verb"),
    ("It is 130 over 85.", [("130", 130, None), ("85", 85, None)], "a blood pressure is no fraction"),
    ("The bid is worth $3MM.", [("$3MM", 3e6, "USD")], "the banks' million"),
    ("Prices fell to zero.", [("zero", 0, None)], "a level"),
    ("She had zero experience.", [], "another word for no"),
    ("All this was for nought.", [], "a manner of speaking"),
    ("He did it one last time.", [], "an article and no count"),
    ("In nineteen sixty-two she wrote it.", [], "a year read aloud"),
    ("She left two Fourths of July ago.", [("two Fourths", 2, "Fourth")], "feasts are no quarters"),
    ("The two hundred and fifth page is lost.", [], "an ordinal behind 'and'"),
    ("It is the forty fourth time.", [], "an ordinal without its hyphen"),
    ("Her two millionth visitor came.", [], "an ordinal of a scale"),
    ("A twenty-second delay cost them.", [("twenty-second", 20, "second")], "seconds behind an article"),
    ("It was the thirty-second bid.", [], "an ordinal behind 'the'"),
    ("Two hundred first editions sold.", [("Two hundred first editions", 200, "edition")], "'first' is an adjective"),
    ("A second wave, the third bid and a fourth man.", [], "ordinals"),
    ("The twenty-first century began.", [], "an ordinal"),
    ("SCP-419 and 10.20.30.40 were lost.", [], "a name and an address"),
    ("Ring 020 7946 0123.", [], "a telephone"),
    ("Nine fifths is the ratio.", [("Nine fifths", 1.8, "fraction")], "more than the whole"),
    ("Profit rose for six quarters.", [("six quarters", 6, "quarter")], "quarters of years are no parts"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "reason"), ROWS, ids=[text for text, _, _ in ROWS])
def test_read(text: str, expected: list[tuple[str, float, str | None]], reason: str) -> None:
    assert [(f.text, f.value, f.unit) for f in read_figures(text)] == expected, reason


def test_a_line_of_digits_inside_a_longer_text_is_no_figure() -> None:
    assert read_figures("Ann Lee wrote this page\n\n1,204\n\nShare it with all of your friends") == ()


def test_a_passage_that_is_only_a_number_is_no_claim() -> None:
    text = "The firm was fined £3 million.\n\n1,204\n\ntwo hundred and six\n\nNobody was charged."
    reading = tracker.read(Document("article", text), load_kinds())
    assert [claim.quote for claim in reading.claims if "1,204" in claim.quote or "two hundred" in claim.quote] == []
    assert any("fined" in claim.quote for claim in reading.claims)


@pytest.mark.parametrize(
    "piece",
    ["a million ", "million ", "hundred ", "point one ", "one two ", "and a half ", "twenty ", "1 234 ", "1 200 300 ",
     "minus ", "one over ", "- ", "3 million 2 thousand ", "two and ", "hundred and ", "a hundred thousand, "],
)  # fmt: skip
def test_number_words_are_read_in_linear_time(piece: str) -> None:
    def seconds(times: int) -> float:
        began = time.process_time()
        read_figures(piece * times)
        return time.process_time() - began

    seconds(10)
    small = min(seconds(600) for _ in range(2))
    assert min(seconds(2400) for _ in range(2)) < 4 * 2.5 * max(small, 0.01)
