"""An archived text laid out: nothing is lost, turns are told, and claims lead where they should."""

from __future__ import annotations

from claim_samples import BOTH, MONEY, TALK, VANS, passages
from hypothesis import given
from hypothesis import strategies as st

from db.records import PassageRecord
from tracker.plugin.layout import Block, Group, Placed, blocks, laid_out, part_with, parts

ROLES = ("paragraph", "heading", "bullet", "answer", "boilerplate")
texts = st.text("ab \n•:", min_size=0, max_size=80)


@st.composite
def cut_texts(draw: st.DrawFn) -> tuple[str, list[PassageRecord]]:
    """A text with passages that may overlap, leave gaps, or be missing."""
    text = draw(texts)
    spans = draw(st.lists(st.tuples(st.integers(0, 79), st.integers(1, 80), st.sampled_from(ROLES)), max_size=6))
    found = [PassageRecord(start, end, role) for start, end, role in spans if start < end <= len(text)]
    return text, found


def words_of(groups: list[Group]) -> str:
    return "".join(
        shown.label + "".join(words for run in shown.runs for words, _ in run.pieces)
        for group in groups
        for shown in group.blocks
    )


def without_space(text: str) -> str:
    return "".join(text.split())


@given(cut_texts(), st.lists(st.tuples(st.integers(0, 79), st.integers(1, 80)), max_size=5))
def test_no_word_is_lost_or_told_twice(cut: tuple[str, list[PassageRecord]], spans: list[tuple[int, int]]) -> None:
    text, given_ = cut
    claims = [Placed(number, start, end) for number, (start, end) in enumerate(spans)]
    groups = laid_out(text, blocks(text, given_, 0, len(text)), claims, [(0, 3)])
    # The sign before a list item is the list's own.
    assert without_space(words_of(groups)).replace("•", "") == without_space(text).replace("•", "")


@given(st.text("ab\n", max_size=300), st.integers(3, 50))
def test_the_parts_are_the_text(text: str, size: int) -> None:
    cuts = parts(text, size)
    assert "".join(text[start:end] for start, end in cuts) == text
    assert all(end - start <= size for start, end in cuts)
    assert all(start < end for start, end in cuts) or text == ""
    for offset in range(len(text)):
        start, end = cuts[part_with(cuts, offset)]
        assert start <= offset < end


def test_a_part_ends_with_a_line() -> None:
    assert parts("aaaaaaa\nbbb\ncccc", 9) == [(0, 8), (8, 16)]
    assert parts("a" * 20, 9) == [(0, 9), (9, 18), (18, 20)]


def talk() -> list[Group]:
    def placed(number: int, words: str) -> Placed:
        start = TALK.index(words)
        return Placed(number, start, start + len(words), here=number == 2)

    claims = [placed(1, VANS), placed(2, MONEY), placed(3, BOTH)]
    figures = [(TALK.index(words), TALK.index(words) + len(words)) for words in ("40 vans", "19 million")]
    return laid_out(TALK, blocks(TALK, passages(TALK), 0, len(TALK)), claims, figures)


def test_the_kinds_of_blocks() -> None:
    groups = talk()
    assert [(group.kind, len(group.blocks)) for group in groups] == [
        ("block", 1),
        ("boilerplate", 1),
        ("block", 1),
        ("block", 1),
        ("block", 1),
        ("list", 2),
    ]
    assert not groups[1].folded


def test_turns_bear_the_texts_own_labels_once() -> None:
    groups = talk()
    question, answer, goes_on = (group.blocks[0] for group in groups[2:5])
    assert (question.label, question.block.speaker) == ("Nell Frost: ", None)
    assert (answer.label, answer.block.speaker) == ("Omar Reed: ", None)
    assert (goes_on.label, goes_on.block.speaker) == ("", None)
    assert [shown.label for shown in groups[5].blocks] == ["", ""]


def test_a_speaker_whom_the_text_does_not_name_is_named_once_a_turn() -> None:
    text = "one two three four"
    given_ = [
        PassageRecord(0, 3, "answer", "Ann"),
        PassageRecord(4, 7, "answer", "Ann"),
        PassageRecord(8, 13, "question", "Bo"),
        PassageRecord(14, 18, "paragraph"),
    ]
    assert [block.speaker for block in blocks(text, given_, 0, len(text))] == ["Ann", None, "Bo", None]


def test_overlapping_claims_lead_to_the_narrowest_and_begin_once() -> None:
    runs = talk()[3].blocks[0].runs
    assert [(run.claim_id, run.others) for run in runs] == [(1, (3,)), (3, ()), (2, (3,)), (None, ())]
    assert [run.begins for run in runs] == [(1, 3), (), (2,), ()]
    assert [run.here for run in runs] == [False, False, True, False]
    assert [words for run in runs for words, figure in run.pieces if figure] == ["40 vans", "19 million"]


def test_long_boilerplate_is_folded_unless_a_claim_stands_in_it() -> None:
    text = "x" * 400
    found = [Block(0, 400, "boilerplate")]
    assert laid_out(text, found, [], [])[0].folded
    assert not laid_out(text, found, [Placed(1, 5, 9)], [])[0].folded
    many = [Block(at, at + 1, "boilerplate") for at in range(8)]
    assert laid_out(text, many, [], [])[0].folded


def test_a_text_without_passages_is_lines() -> None:
    found = blocks("one\n\n two \n", [], 0, 11)
    assert [(block.start, block.end, block.role) for block in found] == [(0, 3, "paragraph"), (6, 9, "paragraph")]
    assert laid_out("", [], [], []) == []
