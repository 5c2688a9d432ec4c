"""Reading as a whole: what a claim is, whose it is, what it is called, and that no text breaks it."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import tracker
from scrapers.document import Block, Document, Link
from tracker.own_words import load_kinds
from tracker.reading.values import Claim, Reading

KINDS = load_kinds()
ROLES = {"heading", "paragraph", "bullet", "question", "answer", "quotation", "caption", "boilerplate"}


def read(text: str, **about: object) -> Reading:
    return tracker.read(Document(str(about.pop("kind", "article")), text, **about), KINDS)  # type: ignore[arg-type]


def claims(text: str, **about: object) -> list[tuple[str, str]]:
    return [(c.kind, c.quote) for c in read(text, **about).claims]


def check(text: str, reading: Reading) -> None:
    """What holds for every reading of every text."""
    position = 0
    for passage in reading.passages:
        assert position <= passage.start < passage.end <= len(text)
        assert passage.role in ROLES
        position = passage.end
    for claim in reading.claims:
        assert text[claim.start : claim.end] == claim.quote != ""
        assert claim.sentence_start <= claim.start < claim.end <= claim.sentence_end
        for figure in claim.figures:
            assert text[figure.start : figure.end] == figure.text
            assert claim.start <= figure.start < figure.end <= claim.end
            assert figure.unit_stated or figure.unit_reason
    assert len({claim.key for claim in reading.claims}) == len(reading.claims)


# Pieces that meet every rule somewhere; hypothesis puts them together as nobody would write.
PIECES = st.sampled_from(
    [
        *(
            "The firm was fined £3 million",
            "over 20 million",
            "15% of people said",
            "two thirds",
            "1749 people",
            "252 times",
        ),
        *(
            "Ann Lee:",
            "Host: Why?",
            "“it was 3 million”",
            '"one',
            "‘",
            "she said.",
            "according to a poll by Survation",
            "by 5 May",
        ),
        *(
            "and",
            "which",
            ", ",
            ". ",
            ".",
            "?",
            ";",
            "\n",
            "\n\n",
            "\u00a0",
            "•",
            "\x00",
            "\u202e",
            "\ud800",
            "\u0130",
            "ﬁ",
            "½",
        ),
        *(
            "10–12",
            "£",
            "%",
            "1,000,000.",
            "’s",
            "e\u0301",
            "🚂",
            "not before September",
            "between £2m and £3m",
            "In 2013,",
            "—",
        ),
    ]
)
TEXTS = st.one_of(
    st.text(max_size=120),
    st.lists(PIECES, max_size=25).map(" ".join),
    st.lists(PIECES, max_size=25).map("".join),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
@example("")
@example("\ud800 was fined £3 million")
@example("The firm was fined £3\x00 million. \x00")
def test_any_text_is_read_and_each_time_the_same(text: str) -> None:
    reading = tracker.read(Document("article", text), KINDS)
    check(text, reading)
    assert tracker.read(Document("article", text), KINDS) == reading


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_any_cut_into_blocks_is_read(data: st.DataObject) -> None:
    text = data.draw(st.lists(PIECES, min_size=1, max_size=20).map(" ".join))
    edges = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=8)))
    tags = st.sampled_from(["h", "p", "li", "blockquote", "table", "figcaption", "pre", "nav", "footer"])
    blocks = tuple(Block(a, b, data.draw(tags), 1, ((a, b),)) for a, b in zip(edges, edges[1:], strict=False) if a < b)
    links = tuple(Link(b.start, b.end, "https://a.example/x") for b in blocks)
    kind = data.draw(st.sampled_from(["article", "interview", "email", "release", "report", "transcript"]))
    document = Document(kind, text, blocks=blocks, links=links, publisher="The Post", published="2020-07-02")
    check(text, tracker.read(document, KINDS))


CLAIMS = [
    (
        "They were convicted of fraud and fined £23 million.",
        [("conviction", "They were convicted of fraud"), ("fine", "fined £23 million")],
        "two predicates are two claims",
    ),
    (
        "The firm said that it had been fined £3 million.",
        [("fine", "it had been fined £3 million")],
        "the reporting prefix is no part of the quote",
    ),
    ("Was the firm fined £3 million?", [], "a question claims nothing"),
    ("The firm should be fined £3 million.", [], "nor does an appeal"),
    ("Sign the petition with 3 friends today.", [], "nor a call to action"),
    ("If it were fined £3 million, it would go.", [], "nor a condition"),
    ("It was a scandal.", [], "nor an opinion"),
    (
        "They falsified data 252 times.",
        [("falsification", "They falsified data 252 times")],
        "a count of falsified records",
    ),
    (
        "The firm was fined between £2m and £3m.",
        [("fine", "The firm was fined between £2m and £3m")],
        "a range is one",
    ),
]


@pytest.mark.parametrize(("text", "expected", "reason"), CLAIMS, ids=[reason for _, _, reason in CLAIMS])
def test_what_is_a_claim(text: str, expected: list[tuple[str, str]], reason: str) -> None:
    assert claims(text) == expected, reason


def one(text: str, **about: object) -> Claim:
    (claim,) = read(text, **about).claims
    return claim


def test_an_outlets_own_words_are_its_own() -> None:
    claim = one("The operator was fined £3 million.", publisher="The Post")
    assert (claim.speaker, claim.origin, [t.role for t in claim.chain]) == (
        "The Post",
        "The Post",
        ["publisher"],
    )


def test_without_an_outlet_nobody_speaks() -> None:
    claim = one("The operator was fined £3 million.")
    assert (claim.speaker, claim.origin, claim.chain) == (None, None, ())


def test_a_reported_post_is_the_origin() -> None:
    claim = one("The head of Serco has said that it falsified data 252 times.", publisher="The Post")
    assert [t.role for t in claim.chain] == ["publisher", "reported"]
    assert (claim.speaker, claim.origin, claim.stance) == ("The Post", "Serco", "reported")


def test_quoted_words_are_their_speakers() -> None:
    claim = one("“They falsified the data 252 times,” said Priya Nair of Tag Watch.", publisher="The Post")
    assert (claim.speaker, claim.origin) == ("Priya Nair", "Tag Watch")
    assert claim.chain[-1].role == "quoted"


def test_a_denial_is_denied() -> None:
    claim = one("The operator denied that it had falsified data 252 times.", publisher="The Post")
    assert claim.stance == "denied"


def test_a_hedge_is_hedged() -> None:
    assert one("The operator allegedly falsified data 252 times.").stance == "hedged"


def test_yesterday_needs_the_documents_date() -> None:
    text = "The operator was fined £3 million yesterday."
    assert one(text, published="2020-07-02").as_of == "2020-07-01"
    assert one(text).as_of is None


def test_a_deadline_is_a_date_and_no_other_figure() -> None:
    claim = one("The head of Serco said that the system won’t be operational until September.", publisher="P")
    (figure,) = claim.figures
    assert (claim.kind, figure.dimension, figure.value, figure.date, figure.comparator) == (
        *("schedule", "date", None, "--09", ">="),
    )


def test_a_link_in_the_sentence_is_its_source() -> None:
    text = "It was fined £3 million, the audit found. Another word."
    start = text.index("the audit")
    link = Link(start, start + 9, "https://www.nao.org.uk/report/x")
    claim = one(text, links=(link,), url="https://post.example/a")
    assert claim.sourcing == "linked"
    assert claim.sources[0].url == link.url


def test_boilerplate_and_captions_claim_nothing() -> None:
    text = "Copyright 2020. Acme fined 3 million people, all rights reserved.\n\nA train with 412 people."
    edge = text.index("\n\n")
    blocks = (Block(0, edge, "p"), Block(edge + 2, len(text), "figcaption"))
    assert claims(text, blocks=blocks) == []


# ------------------------------------------------------------------ keys

SENTENCE = "The operator was fined £3 million in May."


def test_a_key_is_a_hash_and_the_same_each_time() -> None:
    assert re.fullmatch(r"[0-9a-f]{64}", one(SENTENCE, url="https://a.example/x").key)
    assert one(SENTENCE, url="https://a.example/x").key == one(SENTENCE, url="https://a.example/x").key


def test_a_key_does_not_move_with_the_text_around() -> None:
    before = one(SENTENCE, url="https://a.example/x").key
    moved = read(f"Quite another paragraph stands here.\n\n{SENTENCE}", url="https://a.example/x").claims
    assert before in {claim.key for claim in moved}


@pytest.mark.parametrize(
    "same", ["The operator was\nfined £3\u00a0million in May.", "The operator  was fined £3 million in May."]
)
def test_a_key_does_not_see_white_space(same: str) -> None:
    assert one(same, url="https://a.example/x").key == one(SENTENCE, url="https://a.example/x").key


def test_a_key_does_not_see_publisher_or_speaker() -> None:
    assert one(SENTENCE, url="u", publisher="A").key == one(SENTENCE, url="u", publisher="B").key


def test_a_changed_digit_a_document_or_an_occurrence_is_another_key() -> None:
    keys = {
        one(SENTENCE, url="https://a.example/x").key,
        one(SENTENCE.replace("3", "4"), url="https://a.example/x").key,
        one(SENTENCE, url="https://a.example/y").key,
        *(c.key for c in read(f"{SENTENCE}\n\n{SENTENCE}", url="https://a.example/x").claims),
    }
    assert len(keys) == 4


def test_the_key_names_the_document_by_url_then_message_then_text() -> None:
    assert one(SENTENCE, url="u", message_id="m").key == one(SENTENCE, url="u").key
    assert one(SENTENCE, message_id="m").key != one(SENTENCE).key
    assert tracker.read(Document("article", SENTENCE), KINDS, key="u").claims[0].key == one(SENTENCE, url="u").key


def test_the_public_verbs_are_the_three_of_the_package() -> None:
    assert {"read", "read_figures", "read_attributions"} <= set(tracker.__all__)
    assert [f.value for f in tracker.read_figures("252 times")] == [252.0]
    with pytest.raises(AttributeError):
        _ = tracker.write


NOT_SO = [
    ("Serco was not fined £5m.", [("fine", 5e6, "denied")], "the verb negated"),
    ("Serco escaped a £50m fine.", [("fine", 5e7, "denied")], "a fine that never was"),
    ("Nobody checked: 412 of the forms had not been signed.", [("other", 412, "asserted")], "what the 412 lack"),
    ("Serco was fined £5m for people who were not there.", [("fine", 5e6, "asserted")], "a thing told behind the sum"),
    ("The judge quashed the £5m fine.", [("fine", 5e6, "denied")], "a fine undone"),
    ("The fine was £19.2m, not £23m.", [("fine", 1.92e7, "asserted")], "the figure ruled out is no claim"),
    ("It was not 252 but 152 records that were falsified.", [("falsification", 152.0, "asserted")], "not A but B"),
    ("Mr Brown did not say that 30 people died.", [], "what somebody did not say"),
    ("It was Ms Green, not Mr Brown, who said 30 people died.", [], "whom the text rules out"),
    ("“We falsified 252 records,” said no one at Serco.", [], "what nobody said"),
    ("Had Serco been convicted, it would have been fined £200m.", [], "a condition without if"),
    ("Mr Jones said it was untrue that Serco had been fined £5m.", [("fine", 5e6, "denied")], "called untrue"),
    ("The figure of £1.2 million is wrong.", [("other", 1.2e6, "denied")], "a figure called wrong"),
    ("An audit found 412 records were false.", [("other", 412, "asserted")], "the records are false, not what is told"),
    ("Nobody has been convicted.", [], "no conviction"),
    ("Serco was not fined more than £5m.", [("fine", 5e6, "asserted")], "the figure carries the negation"),
    ("Acme was fined £7m for prisoners who were not there.", [("fine", 7e6, "asserted")], "a negation of a thing"),
    ("Serco, which was not fined £5m, has gone.", [("fine", 5e6, "denied")], "a negation of the fine itself"),
    (
        "It is not true, as has been claimed online, that each driver is given a £40,000 car.",
        [("other", 4e4, "denied")],
        "called untrue at a distance",
    ),
    ("The van, which doesn't come in red, costs £9,000.", [("other", 9e3, "asserted")], "of a relative clause"),
    ("The van, the best one that isn't red, costs £9,000.", [("other", 9e3, "asserted")], "of an aside's own clause"),
    ("The mayor, whose deputy didn't run, won 4,000 votes.", [("other", 4e3, "asserted")], "of somebody else"),
    ("Because it had not trained guards, Acme was fined £5m.", [("fine", 5e6, "asserted")], "of the reason in front"),
    ("Forty per cent say that “the mayor was wrong and should go”.", [("poll", 40, "asserted")], "of an answer quoted"),
    ("Nine in 10 said that he was wrong to go.", [("poll", 0.9, "asserted")], "of an answer reported"),
    ("The claim that it paid £4m was wrong.", [("other", 4e6, "denied")], "of what is told"),
    ("The contract has not been published.", [("publication", None, "asserted")], "an absence is what is claimed"),
]


@pytest.mark.parametrize(("text", "expected", "reason"), NOT_SO, ids=[reason for _, _, reason in NOT_SO])
def test_what_is_not_so_is_never_asserted(
    text: str, expected: list[tuple[str, float | None, str]], reason: str
) -> None:
    claims = tracker.read(Document("article", text, publisher="The Post"), KINDS).claims
    assert [(c.kind, c.figures[0].value if c.figures else None, c.stance) for c in claims] == expected, reason


def test_an_answer_is_quoted_to_its_end() -> None:
    quote = 'Forty per cent say that "the mayor was wrong and he should be removed by the council"'
    assert [q for _, q in claims(quote + ".")] == [quote]


def test_a_span_of_time_is_told_with_its_end() -> None:
    assert one("Between January and June 2012 Acme was fined £4m.").as_of == "2012-01/2012-06"
