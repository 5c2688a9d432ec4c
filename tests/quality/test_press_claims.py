"""The measure of claim or no claim: what counts as right, as false and as neither."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import press_claims
from benchmarks.press_claims import Marked, Score

PASSAGE = "The mayor resigned. The council sold the mill and closed the baths. It was a grey day."
RESIGNED, SOLD, CLOSED, GREY = (0, 18), (20, 45), (50, 66), (68, 85)


def scored(read: list[tuple[int, int]]) -> Score:
    marked = Marked("page", "hash", "learn", (RESIGNED, SOLD, CLOSED), (GREY,))
    score = Score()
    press_claims.score_passage(PASSAGE, read, marked, score)
    return score


@pytest.mark.parametrize(
    ("read", "found", "right", "reason"),
    [
        ([RESIGNED, SOLD, CLOSED], 3, 3, "all three"),
        ([], 0, 0, "nothing read is nothing false"),
        ([GREY], 0, 0, "an optional clause counts neither way"),
        ([(4, 18)], 1, 1, "other ends, but more than half of each"),
        ([(4, 9)], 1, 0, "a piece of a claim is none"),
        ([(20, 66)], 1, 1, "two claims read as one are one"),
        ([SOLD, (20, 46)], 2, 1, "one marked claim is found once"),
        ([(0, 85)], 1, 0, "a whole passage is no claim"),
    ],
)
def test_right_and_false(read: list[tuple[int, int]], found: int, right: int, reason: str) -> None:
    score = scored(read)
    assert (score.gold, score.found, score.right) == (3, found, right), reason


def test_what_was_missed_and_false_is_told() -> None:
    score = scored([SOLD, (4, 9)])
    assert score.missed == ["The mayor resigned", "closed the baths"]
    assert score.false == ["mayor"]
    assert score.as_dict()["precision"] == 0.5


def test_marks_hold_no_text() -> None:
    rows = press_claims.load()
    assert len(rows) > 290
    assert all(len(row.sha256) == 64 and row.half in {"learn", "test"} for row in rows)
    assert press_claims.LABELS.read_text(encoding="utf-8").isascii()


def test_without_pages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert press_claims.main(["--data", str(tmp_path)]) == 2
    assert str(tmp_path) in capsys.readouterr().err
