"""What a PDF says of itself: printed words first, its information only where a person can have meant it."""

from __future__ import annotations

import pytest
from pdf_writer import Paper, Put, Sheet, column

from scrapers.document import Capture, Document
from scrapers.pdf import extract_pdf
from scrapers.pdf_facts import pdf_date

FILLER = "The harbour is open on every day of the week, as it was in all the years since it was built."


def read(words: list[Put], url: str | None = None, language: str = "", **info: str) -> Document:
    paper = Paper([Sheet([*words, *column([FILLER, FILLER, FILLER], top=600)])], info, language)
    return extract_pdf(Capture("paper.pdf", paper.as_bytes(), "2026-01-01T00:00:00Z", url=url))


def large(words: str) -> Put:
    return Put(72, 740, words, 22)


@pytest.mark.parametrize(
    ("heading", "stated", "title", "origin"),
    [
        (
            "The state of the harbour",
            "Microsoft Word - doc1.docx",
            "The state of the harbour",
            "largest words of the first page",
        ),
        ("The state of the harbour", "The State of the Harbour", "The State of the Harbour", "pdf information"),
        (
            "The state of the harbour",
            "Template 2014 of the trust",
            "The state of the harbour",
            "largest words of the first page",
        ),
        ("", "The state of the harbour", "The state of the harbour", "pdf information, not on the first page"),
        ("", "harbour_final_v3.pdf", None, None),
        ("Contents", "untitled", None, None),
    ],
)
def test_the_title(heading: str, stated: str, title: str | None, origin: str | None) -> None:
    document = read([large(heading)] if heading else [], Title=stated)
    assert (document.title, document.won_by.get("title")) == (title, origin)


@pytest.mark.parametrize(
    ("line", "published", "origin", "why"),
    [
        ("2 July 2020", "2020-07-02", "printed date", "a date by itself"),
        ("July 2020", "2020-07", "printed date", "a month is no more than a month"),
        ("Published: 2 July 2020", "2020-07-02", "labelled line", "it says so"),
        (
            "Year ended 31 March 2019",
            "2020-07-10T09:30:00+01:00",
            "pdf information: when the file was made",
            "a period",
        ),
        (
            "Responses by 1 December 2020",
            "2020-07-10T09:30:00+01:00",
            "pdf information: when the file was made",
            "to come",
        ),
        ("Nothing of the kind", "2020-07-10T09:30:00+01:00", "pdf information: when the file was made", "none printed"),
    ],
)
def test_the_date(line: str, published: str, origin: str, why: str) -> None:
    document = read([large("The state of the harbour"), Put(72, 700, line)], CreationDate="D:20200710093000+01'00'")
    assert (document.published, document.won_by.get("published")) == (published, origin), why


def test_two_printed_dates_are_not_chosen_between() -> None:
    document = read([Put(72, 720, "2 July 2020"), Put(72, 690, "9 July 2020")])
    assert document.published is None


@pytest.mark.parametrize(
    ("stated", "iso"),
    [
        ("D:20200702093000+01'00'", "2020-07-02T09:30:00+01:00"),
        ("D:20200702093000Z", "2020-07-02T09:30:00Z"),
        ("20200702", "2020-07-02"),
        ("D:20201341", None),
        ("D:2020", None),
        ("yesterday", None),
    ],
)
def test_dates_of_the_information(stated: str, iso: str | None) -> None:
    assert pdf_date(stated) == iso


def test_an_account_is_no_author_and_a_printed_name_is() -> None:
    assert read([large("The state of the harbour")], Author="jbloggs").byline is None
    assert read([large("The state of the harbour")], Author="Ada Fenn").byline is None, "named nowhere on the page"
    printed = read([large("The state of the harbour"), Put(72, 700, "Ada Fenn")], Author="Ada Fenn")
    assert (printed.byline, printed.won_by["byline"]) == ("Ada Fenn", "pdf information, printed too")
    assert read([large("The state of the harbour"), Put(72, 700, "By Ada Fenn")]).byline == "Ada Fenn"


def test_kind_language_and_address() -> None:
    release = read([Put(72, 760, "PRESS RELEASE"), large("The harbour opens")], "https://www.nao.org.uk/a.pdf", "en-GB")
    assert (release.kind, release.language, release.url) == ("release", "en-GB", "https://www.nao.org.uk/a.pdf")
    assert (release.publisher, release.won_by["publisher"]) == ("National Audit Office", "domain")
    report = read([large("The harbour opens")], None, "de-DE")
    assert (report.kind, report.language) == ("report", "en"), "the words know better than the program"
