"""What saved pages and messages say of themselves: title, publisher, byline, date, and labels of turns."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scrapers.document import Capture, Document
from scrapers.dump_bylines import person_names
from scrapers.dump_dates import labelled_dates, read_date
from scrapers.dump_mail import is_button
from scrapers.dump_metadata import without_replies
from scrapers.dump_publisher import abbreviates, without_form
from scrapers.text_dump import extract_text

PAGES = Path(__file__).parent.parent / "golden" / "pages"
FIELDS = ("title", "publisher", "published", "byline")


def read(text: str) -> Document:
    return extract_text(Capture("page.txt", text.encode(), "2022-01-01T00:00:00Z"))


@pytest.mark.parametrize("path", sorted(PAGES.glob("*.txt")), ids=lambda path: path.stem)
def test_golden_pages_say_what_they_are(path: Path) -> None:
    expected = json.loads(path.with_suffix(".expected.json").read_text(encoding="utf-8"))
    document = read(path.read_text(encoding="utf-8"))
    found = {name: getattr(document, name) for name in FIELDS}
    assert found == {name: expected.get(name) for name in FIELDS}
    assert document.kind == expected["kind_of_document"]


@pytest.mark.parametrize(
    ("name", "fragment"),
    [("capitals_interview", "1,300 readers"), ("forwarded_campaign", "Write to the minister")],
)
def test_appeals_of_the_site_are_furniture(name: str, fragment: str) -> None:
    document = read((PAGES / f"{name}.txt").read_text(encoding="utf-8"))
    tags = {b.tag for b in document.blocks if fragment in document.text[b.start : b.end]}
    assert tags == {"nav"}


def test_a_label_on_a_line_of_its_own_is_one_block_with_the_words_beneath() -> None:
    turns = [
        ("Harbour Weekly", "What did the divers find beneath the old pier last month?"),
        ("Ines Valdorf", "They found 14 barrels, and three of them had been leaking for years."),
        ("Harbour Weekly", "Who put them there, and did anybody know about it?"),
        ("Ines Valdorf", "The yard did, and it was fined 40,000 euros for it in the spring."),
    ]
    text = "Barrels under the pier\n\n" + "".join(f"{who}:\n{said}\n\n" for who, said in turns)
    document = read(text)
    blocks = [document.text[b.start : b.end] for b in document.blocks if b.tag == "p"]
    assert blocks == [f"{who}:\n{said}" for who, said in turns]
    assert document.kind == "interview"


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Ada Quill Transport correspondent", "Ada Quill"),
        ("Ada Quill, Senior Reporter", "Ada Quill"),
        ("Ada Quill and Ben Okoro, The Daily Example", "Ada Quill and Ben Okoro"),
        ("Ada QuillDec. 21, 2023 11:00 pm", "Ada Quill"),
        ("Ada Quill@adaquill", "Ada Quill"),
        ("Ada Quill | aquill@daily.example", "Ada Quill"),
        ("Ada Quill for the Press Agency", "Ada Quill"),
        ("Ludwig van der Meer", "Ludwig van der Meer"),
    ],
)
def test_names_go_without_posts_handles_and_dates(line: str, names: str) -> None:
    assert person_names(line) == names


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("PUBLISHED: 16:03, 8 February 2024 | UPDATED: 16:41, 9 February 2024", ("2024-02-08", "2024-02-09")),
        ("Posted Aug. 22, 2022 at 5:04 PM | Updated Aug. 23, 2022", ("2022-08-22", "2022-08-23")),
        ("Last modified on Tue 14 Nov 2023 11.52 GMT", (None, "2023-11-14")),
        ("Updated 3 hours ago", (None, None)),
    ],
)
def test_published_and_modified_are_told_apart(line: str, expected: tuple[str | None, str | None]) -> None:
    assert labelled_dates(line) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Jane DoeDec 19, 2023, 05:30 PM", "2023-12-19"),
        ("December 22, 20233:00 AM ET", "2023-12-22"),
        ("12/22/23 12:24 PM", "2023-12-22"),
        ("02/03/23", None),  # day and month could be swapped
        ("call 020 7946 0 2023", None),
    ],
)
def test_dates_glued_to_their_neighbours(line: str, expected: str | None) -> None:
    assert read_date(line) == expected


def test_an_update_alone_is_no_date_of_publication() -> None:
    document = read(
        "Home\nNews\nTown hall roof to be mended at last\nLast updated 3 May 2021\n"
        "The council has agreed to mend the roof of the town hall, which has leaked for eleven years.\n"
        "It will cost 1.2 million pounds, and the work is to begin when the swifts have left the tower.\n"
    )
    assert (document.published, document.modified) == (None, "2021-05-03")


@pytest.mark.parametrize(
    ("core", "name", "expected"),
    [
        ("dailyexample", "The Daily Example", True),
        ("northpost", "Northbank Post", True),
        ("thenorthbank", "The Northbank", True),
        ("dailyexample", "Weekly Example", False),
        ("dailyexample", "Daily", False),
    ],
)
def test_a_host_is_made_of_the_name(core: str, name: str, expected: bool) -> None:
    assert abbreviates(core, name) is expected


def test_company_forms_and_reply_marks_give_way() -> None:
    assert without_form("Estuary Example Media Group Ltd") == "Estuary Example"
    assert without_replies("Re: FW: re: 40 jobs") == "40 jobs"
    assert without_replies("Report: 40 jobs") == "Report: 40 jobs"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Write to your mayor (two minutes): https://act.example/mayor", True),
        ("Read the report: https://auditor.example/report.pdf", False),
        ("The auditor's report, out in May: https://auditor.example/report.pdf", False),
    ],
)
def test_a_call_with_an_address_is_a_button_and_a_source_is_none(line: str, expected: bool) -> None:
    assert is_button(line) is expected


def test_nothing_is_said_where_the_text_does_not_tell() -> None:
    document = read(
        "The canal was closed in 1962, and a survey counted 212 boats in it.\n\n"
        "None of the owners could be found, so the council paid for the work.\n"
    )
    assert (document.publisher, document.byline, document.published) == (None, None, None)
