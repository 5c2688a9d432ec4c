"""Inputs far beyond any item of the press end soon: bounded, with a word about it, or refused in one line."""

from __future__ import annotations

import time

import pytest

from scrapers.document import Capture, Document
from scrapers.errors import TooLong
from tracker.outcomes import Stated
from tracker.pipeline import document_of

WORDS = "The regulator fined the operator \u00a33 million over 45 lost trains. "
STORY = f"<article><h1>Operator fined</h1><p>{WORDS * 3}</p><p>{WORDS * 4}</p></article>"
MAIL = "From: Camp <n@c.example>\nSubject: Fined\nMIME-Version: 1.0\n"


def read(body: str, name: str) -> Document:
    return document_of(Capture(name, body.encode(), "2023-01-01T00:00:00Z", filename=name), Stated())[0]


def page(head: str) -> Document:
    return read(f"<html><head>{head}</head><body>{STORY}</body></html>", "page.html")


def data(words: str) -> str:
    return f'<script type="application/ld+json">{words}</script>'


@pytest.mark.parametrize("name", ["item.txt", "item.html"])
def test_more_text_than_an_item_has_is_refused_in_one_line(name: str) -> None:
    long = WORDS * (500_000 // len(WORDS) + 1)
    with pytest.raises(TooLong, match=r"more text than an item of the press has .*: split it and add the parts"):
        read(f"<article><h1>T</h1><p>{long}</p></article>" if name.endswith("html") else long, name)


def test_an_endless_title_is_none() -> None:
    found = read(f"<html><head><title>{'x - ' * 500}</title></head><body><p>{WORDS * 5}</p></body></html>", "page.html")
    assert found.title is None
    assert found.won_by["title_doubt"]
    assert page(f"<title>{'x - ' * 500}</title>").title == "Operator fined"


@pytest.mark.parametrize(
    ("subject", "is_kept"), [("a " * 400 + "b", True), ("a " * 4_000 + "b", False)], ids=["long", "endless"]
)
def test_an_endless_subject_is_none(subject: str, is_kept: bool) -> None:
    found = read(f"From: Camp <n@c.example>\nSubject: {subject}\nMessage-ID: <1@c.example>\n\n{WORDS}\n", "item.eml")
    assert (found.title is not None) is is_kept
    assert ("title_doubt" not in found.won_by) is is_kept


@pytest.mark.parametrize("name", ["q", '"q"'])
def test_of_a_message_a_thousand_parts_are_read(name: str) -> None:
    def parts(number: int) -> Document:
        part = "--q\nContent-Type: text/plain\n\nIt lost 45 trains.\n"
        return read(f"{MAIL}Content-Type: multipart/mixed; boundary={name}\n\n{part * number}--q--\n", "item.eml")

    many, enough = parts(3_000), parts(900)
    assert many.text.count("45") == 1_000
    assert "very many parts" in many.won_by["warning"]
    assert enough.text.count("45") == 900
    assert "warning" not in enough.won_by


def test_rules_in_a_letter_are_no_parts() -> None:
    rules = "--\nA line.\n-----\n" * 1_500
    assert "warning" not in read(f"{MAIL}Content-Type: text/plain\n\n{rules}{WORDS}\n", "item.eml").won_by


@pytest.mark.parametrize(
    ("words", "is_read", "why"),
    [
        ('{"@type": "NewsArticle", "inLanguage": "en-GB"' + " " * 100_000 + "}", True, "a run of blanks"),
        ("// <![CDATA[\n" + '{"@type": "NewsArticle", "inLanguage": "en-GB"}' + "\n// ]]>", True, "wrapped"),
        ('{"mainEntity":' * 50_000 + "1" + "}" * 50_000, False, "nested"),
        ('[{"@type": "NewsArticle", "inLanguage": "en-GB"}, "' + "x" * 2_000_000 + '"]', False, "endless"),
    ],
    ids=["blanks", "wrapped", "nested", "endless"],
)
def test_data_of_a_page_are_bounded(words: str, is_read: bool, why: str) -> None:
    began = time.process_time()
    found = page(data(words))
    assert (found.language == "en-GB") is is_read, why
    assert ("too long" in (found.doubt or "")) is (why == "endless")
    assert time.process_time() - began < 5


@pytest.mark.parametrize("name", ["item.html", "item.eml"])
def test_an_element_of_ten_thousand_attributes_is_read(name: str) -> None:
    attributes = " ".join(f"a{n}=1" for n in range(10_000))
    body = f"<html><body><h1>Operator fined</h1><p {attributes}>{WORDS * 4}</p></body></html>"
    start = time.process_time()
    found = read(f"{MAIL}Content-Type: text/html\n\n{body}" if name.endswith("eml") else body, name)
    assert WORDS.strip() in found.text
    assert time.process_time() - start < 0.7
