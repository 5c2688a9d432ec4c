"""Rubbish, and texts that only look like somebody's words: no exception, no guessed speaker, every offset in place."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tracker
from scrapers.document import Block, Document, Link
from tracker.own_words import load_kinds
from tracker.reading.passages import plain_blocks
from tracker.reading.publishers import Publishers
from tracker.reading.values import Reading

KINDS = load_kinds()

# What separates and joins words, ends and begins quotations, notes, turns and heads.
PIECES = st.sampled_from(
    [
        '"',
        "'",
        "\u2018",
        "\u2019",
        "\u201c",
        "\u201d",
        "\u201e",
        "\u00ab",
        "\u00bb",
        "``",
        "''",
        "\n",
        "\n\n",
        " ",
        ". ",
        ", ",
        ": ",
        "\0",
        "\ud800",
        "\u200f",
        "\u202e",
        "\u0301",
        "\U0001f600",
        "\u00a0",
        "\u2014 ",
        "[1]",
        "\u00b9",
        "(1)",
        "> ",
        "Q: ",
        "A: ",
        "From: ",
        "On 3 May, ",
        " wrote:",
        "said",
        "he said",
        "according to",
        "a poll of",
        "a source close to",
        "figures from the",
        "told",
        "Jane Penn",
        "Mr Harlow",
        "the council",
        "Harlow Council",
        "which",
        "that",
        "\u00a35m",
        "7 per cent",
        "40 nurses",
        "who",
        "denied",
        "The poll also found",
        "documents seen by",
        "Ibid.",
        "of",
        "it",
        "We",
        "paid",
        "?",
        "\x1c",
        "\u0130",
    ]
)
TEXTS = st.one_of(st.lists(PIECES, max_size=40).map("".join), st.lists(PIECES, max_size=30).map(" ".join),
                  st.text(max_size=80))  # fmt: skip


def _document(text: str, kind: str = "article", **more: str) -> Document:
    links = (Link(0, min(len(text), 9), "https://a.example/x"),) if text else ()
    return Document(kind, text, published="2020-07-02", blocks=plain_blocks(text), links=links, **more)


def _spans_of(reading: Reading) -> Iterator[tuple[int, int]]:
    for claim in reading.claims:
        yield claim.start, claim.end
        yield claim.sentence_start, claim.sentence_end
        yield from ((source.start, source.end) for source in claim.sources)
        yield from ((figure.start, figure.end) for figure in claim.figures)


@given(TEXTS)
@settings(max_examples=60, deadline=None)
def test_attributions_of_anything_lie_in_the_text_and_name_what_stands_there(text: str) -> None:
    found = tracker.read_attributions(text)
    assert list(found) == sorted(found, key=lambda one: (one.start, -one.end))
    for one in found:
        assert 0 <= one.start <= one.end <= len(text)
        if one.cue_start is not None and one.cue_end is not None:
            assert text[one.cue_start : one.cue_end] == one.cue
        if one.source_start is None or one.source_end is None:
            assert one.source is None
        else:
            assert 0 <= one.source_start < one.source_end <= len(text)
    direct = sorted({(one.start, one.end) for one in found if one.direct})
    for first, second in zip(direct, direct[1:], strict=False):
        assert first[1] <= second[0] or second[1] <= first[1], "two quotations cross"


@given(TEXTS, st.sampled_from(["article", "interview", "email", "release"]))
@settings(max_examples=60, deadline=None)
def test_a_document_of_anything_is_read_within_its_text(text: str, kind: str) -> None:
    reading = tracker.read(_document(text, kind), KINDS)
    for start, end in _spans_of(reading):
        assert 0 <= start <= end <= len(text)
    for claim in reading.claims:
        assert claim.quote == text[claim.start : claim.end]
        assert claim.sentence_start <= claim.start < claim.end <= claim.sentence_end
        # Nobody publishes it: whoever speaks is one of whom the text has the words.
        assert claim.speaker is None or set(claim.speaker.split()) <= set(text.replace('"', " ").split()) | set(
            "".join(c if c.isalnum() else " " for c in text).split()
        )


NOBODY = [
    ("\u201cWe paid \u00a35m to 40 nurses", "a quotation that never closes"),
    ("\u201cWe paid \u00a35m to 40 nurses.\u201d", "a quotation without a cue"),
    ('"We paid \u00a35m to 40 nurses.', "a straight mark that never closes"),
    ("\u201cWe paid \u00a35m to 40 nurses,\u201d he said.", "nobody is named whom \u201che\u201d could mean"),
    ("> We paid \u00a35m to 40 nurses.", "another message without a head"),
    ("\U0001f600 \u201cWe paid \u00a35m to 40 nurses.\u201d \U0001f600", "a face is nobody"),
    ("\u202e\u201cWe paid \u00a35m to 40 nurses.\u201d\u202c", "a mark of direction is nobody"),
    (": \u201cWe paid \u00a35m to 40 nurses.\u201d", "a label without a name"),
    ("\u0301: \u201cWe paid \u00a35m to 40 nurses.\u201d", "a combining mark alone is no label"),
]


@pytest.mark.parametrize(("text", "why"), NOBODY)
def test_without_a_speaker_none_is_given(text: str, why: str) -> None:
    assert [one.source for one in tracker.read_attributions(text) if one.direct] in ([], [None]), why
    assert {claim.speaker for claim in tracker.read(_document(text), KINDS).claims} <= {None}, why
    # With a publisher the quoted words are not the publisher's either.
    of_paper = tracker.read(_document(text, publisher="The Tarn Ledger"), KINDS)
    if "> " not in text:
        assert {claim.speaker for claim in of_paper.claims} == {None}, why


def test_turns_without_a_name_have_no_speaker() -> None:
    parts = [
        "Q: How much did you pay?",
        "A: We paid \u00a35m.",
        "Q: To whom?",
        "A: We paid 40 nurses.",
        ": And 9 doctors left.",
    ]
    text = "\n\n".join(parts)
    reading = tracker.read(_document(text, "interview"), KINDS)
    assert reading.claims
    assert {claim.speaker for claim in reading.claims} == {None}


@pytest.mark.parametrize("head", ["From: ", "From: <>", "From: <a@b.example>", "On 3 May,  wrote:", "From: \u200f"])
def test_another_message_from_nobody_is_nobodys(head: str) -> None:
    text = f"{head}\n\n> We paid \u00a35m."
    quoted = text.index(">")
    blocks = (Block(0, len(head), "p"), Block(quoted, len(text), "blockquote"))
    reading = tracker.read(Document("email", text, blocks=blocks), KINDS)
    assert [claim.speaker for claim in reading.claims] == [None]
    assert reading.claims[0].chain == ()


@pytest.mark.parametrize("byline", ["", " ", ",", "\0", "\u200f", "and and and", "Ann Lee, " * 1200])
def test_a_byline_of_any_sort_is_nobodys_words(byline: str) -> None:
    text = "The firm paid \u00a35m to 40 nurses."
    for kind in ("article", "email"):
        document = Document(kind, text, byline=byline, blocks=(Block(0, len(text), "p"),))
        assert tracker.read(document, KINDS).claims


ABSURD = [
    ('[[publisher]]\nname = "."\nkind = "news"', "a name of a stop"),
    ('[[publisher]]\nname = "the"\nkind = "court"\naliases = ["The the"]', "a name of an article"),
    ('[[publisher]]\nname = "said"\nkind = "news"\naliases = ["\u200f", "he said"]', "a name of a cue"),
    ('[[publisher]]\nname = "' + "Long " * 4000 + '"\nkind = "campaign"', "a name of 20 KB"),
    (
        '[[publisher]]\nname = "((("\nkind = "news"\ndomains = ["a.b"]\naliases = ["[a-", "\\\\d+"]',
        "names like patterns",
    ),
]


@pytest.mark.parametrize(("table", "why"), ABSURD)
def test_a_table_of_absurd_publishers_moves_no_span(table: str, why: str) -> None:
    publishers = Publishers.parse(table)
    text = "The the said a poll by the . found 7 per cent. He said \u201cit paid \u00a35m\u201d [1]."
    reading = tracker.read(_document(text), KINDS, publishers)
    assert reading.claims, why
    assert all(0 <= start <= end <= len(text) for start, end in _spans_of(reading)), why
