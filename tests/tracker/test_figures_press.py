"""Figures as papers write them: rows of a sentence, what must be read in it, and the reason for the row."""

from __future__ import annotations

import pytest

from tracker.reading.figures import read_figures

#: Sentence, (words, value, unit, of, comparator) of each figure, reason.
ROWS: tuple[tuple[str, list[tuple[str, float, str | None, str | None, str]], str], ...] = (
    ("One of the firm's depots shut.", [("One of the firm's depots", 1, "depot", "firm's depots", "=")], "one of some"),
    ("It is one of Harlow's oldest mills.", [("one of Harlow's oldest mills", 1, "mill", "Harlow's oldest mills", "=")],
     "of somebody's"),
    ("No one of them, any one of the nurses and this one.", [], "pronouns all the same"),
    ("Two of her clerks left.", [("Two of her clerks", 2, "clerk", "clerks", "=")], "some of hers"),
    ("They took a PS6m loan (PS21,700 a week).",
     [("PS6m", 6e6, "GBP", None, "="), ("PS21,700 a week", 21_700, "GBP", "a week", "=")], "the pound sign made ASCII"),
    ("He sold a PS5 and a PS4.", [], "things named in letters and a digit"),
    ("We had a four course dinner.", [("four course", 4, "course", "course dinner", "=")], "an attribute and its noun"),
    ("Jane Penn 44 has moved.", [("44", 44, "year", None, "=")], "an age whose commas were lost"),
    ("Boeing 787 has flown.", [], "one name and a number"),
    ("Light makes about 3 × 10^8 metres.", [("3 × 10^8 metres", 3e8, "metre", None, "~")], "a power of ten"),
    ("It spent 280 million of the 1.5 billion shekels.",
     [("280 million", 2.8e8, "ILS", None, "="), ("1.5 billion shekels", 1.5e9, "ILS", None, "=")], "a part of a sum"),
    ("Sam Penn (4) scored.", [], "the number of a shirt"),
    ("It is over 400 women (12 of them nurses).",
     [("400 women", 400, "woman", "women", ">"), ("12", 12, None, None, "=")], "a bracket of another count"),
    ("It held under 9 ksi (62 MPa).",
     [("9 ksi", 9, "kilopound per square inch", None, "<"), ("62 MPa", 62, "megapascal", None, "<")],
     "the same amount again in other units"),
    ("She averaged 15.3 ppg and 7.4 rpg.",
     [("15.3 ppg", 15.3, "point per game", None, "="), ("7.4 rpg", 7.4, "rebound per game", None, "=")], "sport"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "reason"), ROWS, ids=[reason for _, _, reason in ROWS])
def test_read(text: str, expected: list[tuple[str, float, str | None, str | None, str]], reason: str) -> None:
    found = [(f.text, f.value, f.unit, f.of, f.comparator) for f in read_figures(text)]
    assert found == expected, reason
