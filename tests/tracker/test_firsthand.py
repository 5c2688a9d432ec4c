"""Whether a speaker states an act or result of their own organisation."""

from __future__ import annotations

import pytest

import tracker
from scrapers.document import Document
from tracker.own_words import load_kinds
from tracker.reading.firsthand import (
    is_acronym_of,
    is_firsthand,
    is_of_sort,
    is_pollster,
    means_itself,
    same_body,
    tells_own_paper,
)
from tracker.reading.publishers import builtin

KINDS = load_kinds()

ROWS = [
    ("We", "We fined 40 firms.", None, True, "an act of one's own"),
    ("We've", "We've hired 40 people.", None, True, "an auxiliary in one word"),
    ("We", "We all know that 40 firms paid.", None, False, "what anybody knows"),
    ("We", "We need 40 more nurses.", None, False, "a need"),
    ("We", "We believe that 40 firms paid.", None, False, "a belief"),
    ("We", "We have lost 100,000 people to the virus.", None, False, "the we of a nation"),
    ("We", "We have seen 2,000 deaths.", None, False, "what anybody sees"),
    ("We're", "We're at 600 days without rain.", None, False, "the weather of everybody"),
    ("Our petition", "Our petition has 4,000 names.", None, True, "one's own petition"),
    ("Our economy", "Our economy shrank by 4%.", None, False, "everybody's"),
    ("Our latest survey", "Our latest survey found 40%.", None, True, "one's own survey"),
    ("Acme", "Acme made 40 cars.", "Acme", True, "a release names its sender"),
    ("Acme plc", "Acme plc made 40 cars.", "Acme plc", True, "with its legal form"),
    ("Northbridge", "Northbridge made 40 cars.", "Northbridge", False, "another's act"),
    ("They", "They made 40 cars.", None, False, "others"),
    ("Since the fire we", "Since the fire we fined 40 firms.", None, True, "behind an opening without a comma"),
    ("Ann Lee chairs it, where I", "Ann Lee chairs it, where I served 12 years.", None, False, "another's clause"),
    ("Weeds", "Weeds cost £40m.", None, False, "no pronoun"),
]


@pytest.mark.parametrize(("words", "clause", "subject", "expected", "reason"), ROWS, ids=[row[1] for row in ROWS])
def test_firsthand(words: str, clause: str, subject: str | None, expected: bool, reason: str) -> None:
    assert is_firsthand(words, subject, "ACME", clause) is expected, reason


def test_it_is_the_teller_only_where_the_teller_speaks_of_itself() -> None:
    assert is_firsthand("it", None, "Acme", "it made 40 cars", self_told=True)
    assert not is_firsthand("it", None, "Acme", "it made 40 cars")


def test_a_pollster_is_known_by_the_table_or_by_its_name() -> None:
    assert is_pollster("Survation", builtin())
    assert is_pollster("Northbridge Polling", builtin())
    assert not is_pollster("National Audit Office", builtin())
    assert not is_pollster(None, builtin())


def test_our_own_paper() -> None:
    assert tells_own_paper("40% agree, our latest survey shows", 0, 34)
    assert not tells_own_paper("40% agree, their survey shows", 0, 29)


def test_same_body_minds_neither_article_nor_legal_form() -> None:
    assert same_body("The Acme Group", "acme")
    assert not same_body("Acme", "Acme Trust")
    assert not same_body("", "")


@pytest.mark.parametrize(
    ("before", "words", "expected", "reason"),
    [
        ("Mill Watch counted the spills. ", "It", True, "the sender was spoken of"),
        ("Northmere Water lost the case. ", "It", False, "another was"),
        ("Northmere Water lost the case. ", "The company", False, "the company is the other"),
        ("In spring sales rose. ", "The company", True, "nobody else is named"),
        ("Her parents came from Tarn. ", "They", False, "a pronoun needs its owner named"),
        ("Northmere Water lost the case. ", "Sales", True, "no word for itself: others decide"),
    ],
)
def test_whether_it_means_the_teller(before: str, words: str, expected: bool, reason: str) -> None:
    assert means_itself(before + words + " lost £3m.", len(before), words, "Mill Watch") is expected, reason


@pytest.mark.parametrize(
    ("short", "name", "expected"),
    [
        ("MWT", "Mill Watch of Tarn", True),
        ("FELP", "Fenmoor Labour Party", True),
        ("IT", "Mill Watch", False),
        ("M", "Mill", False),
    ],
)
def test_acronyms(short: str, name: str, expected: bool) -> None:
    assert is_acronym_of(short, name) is expected


@pytest.mark.parametrize(
    ("words", "organisation", "kind", "expected", "reason"),
    [
        ("The company", "Marl Foods plc", None, True, "a firm by its legal form"),
        ("The company", "Marl Foods", None, True, "nothing tells that it is none"),
        ("The council", "Garth Council", None, True, "a council is called so"),
        ("The company", "Garth Council", None, False, "a council is no company"),
        ("The company", "Northbridge Audit Office", None, False, "an auditor speaks of another"),
        ("The company", "Ofwatch", "regulator", False, "the table knows a regulator"),
        ("The agency", "Tarn Court", None, False, "a court speaks of another"),
        ("The operator", "Marl Rail", None, False, "what others call it"),
        ("It", "Garth Council", None, True, "a pronoun fits any"),
    ],
)
def test_a_generic_noun_fits_bodies_of_its_sort(
    words: str, organisation: str, kind: str | None, expected: bool, reason: str
) -> None:
    assert is_of_sort(words, organisation, kind) is expected, reason


def test_the_company_is_not_the_teller_where_another_body_was_named_last() -> None:
    text = "Northgate Rail was fined. It rained for a week. The company lost £3m."
    place = text.index("The company")
    assert means_itself(text, place, "The company", "Marl Foods")
    assert not means_itself(text, place, "The company", "Marl Foods", ["Marl Foods", "Northgate Rail"])


# Without a publisher the regulator is the only teller; its word about another is no act of its own.
NOT_ITS_OWN = [
    "The company paid £4m too much, the Tarn Regulator said.",
    "The agency was fined £5m, the High Court said on Friday.",
    "The hospital missed 700 patients, the Garth Quality Commission said.",
    "The firm falsified 252 records, the Tarn Audit Office told MPs.",
]


@pytest.mark.parametrize("text", NOT_ITS_OWN)
def test_the_word_of_a_watchdog_about_another_is_not_firsthand(text: str) -> None:
    (claim,) = tracker.read(Document("article", text), KINDS).claims
    assert claim.sourcing in {"named", "none"}


def test_a_senders_word_about_the_operator_is_not_firsthand() -> None:
    text = "The operator was fined £5m in May."
    (claim,) = tracker.read(Document("email", text, publisher="Marl Rail"), KINDS).claims
    assert claim.sourcing == "none"
