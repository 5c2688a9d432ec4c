"""Signs that several units share, and heights in signs: rows of a sentence, what must be read, and the reason."""

from __future__ import annotations

import pytest

from tracker.reading.figure_signs import SHARED
from tracker.reading.figures import read_figures

#: Sentence, (words, value, unit) of each figure, reason.
ROWS: tuple[tuple[str, list[tuple[str, float, str | None]], str], ...] = (
    ("The capacitor holds 2.5 F.", [("2.5 F", 2.5, "farad")], "what a capacitor holds"),
    ("The oven reached 350 F.", [("350 F", 350, "fahrenheit")], "how hot an oven is"),
    ("He drew 12 F and left.", [("12", 12, None)], "nothing tells"),
    ("A capacitor broke. She drew 12 F.", [("12", 12, None)], "what another sentence speaks of"),
    ("Winds of 40 kn tore the roof off.", [("40 kn", 40, "knot")], "how fast a wind is"),
    ("A ticket to Split cost 90 kn.", [("90 kn", 90, "HRK")], "what a ticket cost"),
    ("The jet held an altitude of 900'.", [("900'", 900, "foot")], "how high a jet is"),
    ("Asked for its height he said 'about 30'.", [("30", 30, None)], "the end of a quotation"),
    ("A current of 4.5 A flows.", [("4.5 A", 4.5, "amp")], "how strong a current is"),
    ("Group 4 A flows.", [], "the name of a group"),
    ("A lorry with 12 t of sand.", [("12 t", 12, "tonne")], "what a lorry carries"),
    ("She ran it in 9.58s.", [("9.58s", 9.58, "second")], "no decade has a point"),
    ("Racing of the 1980s and a top 10s list.", [], "decades and lists"),
    ("He is 6'2\" tall.", [("6'2\"", 74 / 12, "foot")], "a height in straight signs"),
    ("She stood 5’11” at 17.", [("5’11”", 71 / 12, "foot"), ("17", 17, None)], "a height in curly signs"),
    ("He is 6'2 tall.", [("6'2", 74 / 12, "foot")], "the inches' sign left out"),
    ("They wrote '6'2 and left.", [("6", 6, None), ("2", 2, None)], "no height is spoken of"),
    ("He is 6'14\" tall.", [("6", 6, None), ('14"', 14, "inch")], "no foot has fourteen inches"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "reason"), ROWS, ids=[reason for _, _, reason in ROWS])
def test_read(text: str, expected: list[tuple[str, float, str | None]], reason: str) -> None:
    found = [(f.text, f.value, f.unit) for f in read_figures(text)]
    assert found == [(words, pytest.approx(value), unit) for words, value, unit in expected], reason


@pytest.mark.parametrize("sign", SHARED)
def test_every_shared_sign_is_told_by_each_of_its_words(sign: str) -> None:
    for words, unit in SHARED[sign]:
        for word in words:
            glue = "" if sign == "'" else " "
            figures = read_figures(f"The {word} here gave 12{glue}{sign}, she said.")
            assert unit.name in [figure.unit for figure in figures], f"{word}: {sign}"
