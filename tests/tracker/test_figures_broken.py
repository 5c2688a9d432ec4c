"""What people who tried to break the reader found: rows of a text, the value and unit of each figure, the reason."""

from __future__ import annotations

import pytest

from tracker.reading.dates import read_dates, read_deadlines
from tracker.reading.figures import read_figures

ROWS: tuple[tuple[str, list[tuple[float | None, str | None]], str], ...] = (
    ("Quarter of a million march on Harlow.", [(250_000, None)], "a headline without its article"),
    ("Nearly third of carers back it.", [(1 / 3, "fraction")], "a share without its article"),
    ("Third of five sons, she left.", [(5, "son")], "an ordinal at the head"),
    ("In the final quarter of a game.", [], "a part of a game"),
    ("Quarter of an hour late.", [(0.25, "hour")], "a part of a unit"),
    ("It weighs 2 ± -5 kg.", [(2, "kilogram")], "a tolerance below zero"),
    ("We need 1 or 2 people.", [(None, "person")], "one or two, in digits"),
    ("They left at 1530hrs.", [], "a soldier's clock"),
    ("About 10^6 cells and 10⁹ more.", [], "powers without their factor"),
    ("Some 3.2 × 10⁹ cells grew.", [(3.2e9, "cell")], "a power in raised digits"),
    ("It paid \u00a323\u2074 million and \u00a35\u00b9.", [(2.3e7, "GBP"), (5, "GBP")], "notes of money"),
    ("It paid $19\u2079\u2079 for it.", [], "raised cents, or a note"),
    ("Some 40 mills\u00b2 of 3 towns,\u00b3 and 5%\u2074.", [(40, "mill"), (3, "town"), (5, "percent")], "more notes"),
    ("It lost \u00a33bn\u00b9 and 25 km\u00b2.", [(3e9, "GBP"), (25, "square kilometre")], "behind a scale's sign"),
    ("It lost 252\u00b3 boats.", [], "a mark or a power: not read"),
    ("It takes 5/6 months.", [], "five or six, or a fraction"),
    ("It took 3 1/2 months.", [(3.5, "month")], "a mixed number"),
    ("A ¾ mile or 3/4 mile.", [(0.75, "mile"), (0.75, "mile")], "fractions of a mile"),
    ("See page 3 of 12, slide 4 and regs 4 and 5.", [], "labels"),
    ("A cross at 51°30'26\"N in doi:10.1038/abc.", [], "a place on the map and an address of science"),
    ("Add 1 x 400g tin.", [(1, None), (400, "gram")], "a letter is no noun"),
    ("1 Marsden 46 28", [(1, None)], "a row of a table"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "reason"), ROWS, ids=[reason for _, _, reason in ROWS])
def test_read(text: str, expected: list[tuple[float | None, str | None]], reason: str) -> None:
    found = [(figure.value, figure.unit) for figure in read_figures(text)]
    wanted = [(None if value is None else pytest.approx(value), unit) for value, unit in expected]
    assert found == wanted, reason
    assert all(f.low <= f.high for f in read_figures(text) if f.low is not None and f.high is not None)


@pytest.mark.parametrize("text", ["00/00/2019", "31.0.2020", "Born 00/00/1950", "5 hundred ²", "6ft ² of", "5 ft ³"])
def test_odd_digits_and_dates_raise_nothing(text: str) -> None:
    assert all(text[figure.start : figure.end] == figure.text for figure in read_figures(text))
    assert [mention.iso for mention in read_dates(text) if mention.iso and "-" in mention.iso] == []
    assert read_deadlines(text, None) is not None


def test_a_thin_blank_in_a_date_leaves_no_figure() -> None:
    assert read_figures("It shut on 20\u2009June and on Oct.\u200931.") == ()
