"""Overlapping marks on a text, and what differs between two wordings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.plugin.segments import Mark, Segment, differences, segments

marks = st.lists(
    st.builds(Mark, st.integers(-5, 45), st.integers(-5, 45), st.integers(0, 9)),
    max_size=12,
)


@given(st.integers(0, 20), st.integers(0, 40), marks)
def test_each_character_has_just_the_marks_that_cover_it(start: int, end: int, given_: list[Mark[int]]) -> None:
    found = segments(start, end, given_)
    for segment in found:
        for at in range(segment.start, segment.end):
            covering = sorted(mark.label for mark in given_ if mark.start <= at < mark.end)
            assert sorted(segment.labels) == covering


@given(st.integers(0, 20), st.integers(0, 40), marks)
def test_the_pieces_are_the_text_again(start: int, end: int, given_: list[Mark[int]]) -> None:
    text = "".join(chr(97 + number % 26) for number in range(60))
    found = segments(start, end, given_)
    assert "".join(text[segment.start : segment.end] for segment in found) == text[start:end]
    assert all(segment.start < segment.end for segment in found)
    edges = {mark.start for mark in given_} | {mark.end for mark in given_} | {start, end}
    assert {segment.start for segment in found} <= edges


@pytest.mark.parametrize(
    ("given_", "found"),
    [
        ([], [(0, 10, "")]),
        ([(2, 5, "a")], [(0, 2, ""), (2, 5, "a"), (5, 10, "")]),
        # Two that overlap in part.
        ([(0, 6, "a"), (4, 10, "b")], [(0, 4, "a"), (4, 6, "ab"), (6, 10, "b")]),
        # One in another, and the same twice.
        ([(0, 10, "a"), (3, 4, "b"), (3, 4, "c")], [(0, 3, "a"), (3, 4, "abc"), (4, 10, "a")]),
        # Beyond the edges, empty, and back to front.
        ([(-9, 99, "a"), (5, 5, "b"), (8, 2, "c")], [(0, 10, "a")]),
        # One begins where another ends.
        ([(0, 5, "a"), (5, 10, "b")], [(0, 5, "a"), (5, 10, "b")]),
    ],
)
def test_cut(given_: list[tuple[int, int, str]], found: list[tuple[int, int, str]]) -> None:
    cut = segments(0, 10, [Mark(*mark) for mark in given_])
    assert cut == [Segment(start, end, tuple(labels)) for start, end, labels in found]


def test_many_marks_take_no_longer_than_their_number() -> None:
    found = segments(0, 200_000, [Mark(at * 2, at * 2 + 1, at) for at in range(100_000)])
    assert len(found) == 200_000


@given(st.text("ab 1", max_size=40), st.text("ab 1", max_size=40))
def test_both_wordings_come_out_whole(was: str, now: str) -> None:
    left, right = differences(was, now)
    assert "".join(piece.text for piece in left) == was
    assert "".join(piece.text for piece in right) == now
    if was == now:
        assert not any(piece.differs for piece in (*left, *right))


def test_a_changed_number_is_another_word() -> None:
    left, right = differences("fined £23 million for fraud", "fined £29 million for fraud")
    assert [piece.text for piece in left if piece.differs] == ["£23"]
    assert [piece.text for piece in right if piece.differs] == ["£29"]


def test_a_novel_is_not_compared_word_by_word() -> None:
    left, right = differences("a " * 5000, "b " * 5000)
    assert (len(left), len(right)) == (1, 1)
    assert left[0].differs
