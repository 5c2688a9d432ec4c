"""A PDF becomes a document: its text in the order of reading, its blocks, pages, furniture and links."""

from __future__ import annotations

import pytest
from pdf_writer import Paper, Put, Sheet, column

from scrapers.document import Capture, Document
from scrapers.pdf import extract_pdf
from scrapers.registry import scraper_for


def read(*sheets: Sheet, **said: str) -> Document:
    return extract_pdf(Capture("paper.pdf", Paper(sheets, said).as_bytes(), "2026-01-01T00:00:00Z"))


def blocks(document: Document) -> list[tuple[str, str]]:
    return [(block.tag, document.text[block.start : block.end]) for block in document.blocks]


FILLER = "The harbour is open on every day of the week, as it was in all the years since it was built."


@pytest.mark.parametrize(
    ("above", "below", "text", "why"),
    [
        ("the clerks had informa-", "tion of it", "informa|tion", "a word that the line's end has cut"),
        ("the clerks had twenty-", "five of it", "twenty-|five", "a number in words keeps its own hyphen"),
        ("the clerks had two-", "thirds of it", "two-|thirds", "so does a fraction"),
        ("the clerks had 10-", "12 of it", "10-|12", "a range of figures"),
        ("the clerks had COVID-", "19 in it", "COVID-|19", "a name with a figure"),
        ("the clerks had a 5-", "year plan for it", "5-|year", "a figure before the hyphen"),
        ("the clerks had Anglo-", "Norman forms of it", "Anglo-|Norman", "a name of two capitals"),
        (
            "a long-term plan was short of what a long-",
            "term plan wants",
            "long-|term",
            "as the text writes it elsewhere",
        ),
        ("the clerks had short-", "and long-term plans", "short-| and", "a hyphen that waits for its word"),
        ("the clerks had 1,", "200 of it", "1,| 200", "figures are never joined over a line's end"),
        ("the clerks had 2010\u2013", "2015 in mind", "2010\u2013|2015", "a range with a dash"),
    ],
)
def test_what_a_line_ends_with(above: str, below: str, text: str, why: str) -> None:
    document = read(Sheet(column([f"All that is known of the harbour is that {above}", below])))
    assert text.replace("|", "") in " ".join(document.text.split("\n")), why


def test_blocks_are_told_by_type_and_place() -> None:
    document = read(
        Sheet(
            [
                Put(72, 740, "The state of the harbour", 22),
                *column([FILLER, FILLER, "It is so."], top=700),
                Put(72, 640, "Key findings", 10, bold=True),
                *column([FILLER, "It stays so."], top=620),
                Put(72, 580, "\u2022"),
                Put(90, 580, "The first thing is that calls went unheard"),
                Put(90, 568, "for years."),
                Put(72, 556, "\u2022"),
                Put(90, 556, "The second is the cost."),
            ]
        )
    )
    assert blocks(document) == [
        ("h", "The state of the harbour"),
        ("p", f"{FILLER} {FILLER} It is so."),
        ("h", "Key findings"),
        ("p", f"{FILLER} It stays so."),
        ("li", "The first thing is that calls went unheard for years."),
        ("li", "The second is the cost."),
    ]
    assert [block.level for block in document.blocks if block.tag == "h"] == [1, 2]


LEFT = [
    "The left column tells of the",
    "harbour and of all those who",
    "work there every day of the",
    "week, and of their pay too.",
]
RIGHT = [
    "The right column is about a",
    "town that has no harbour and",
    "of those who left it for the",
    "hills in the year after that.",
]


@pytest.mark.parametrize("row_by_row", [True, False])
def test_two_columns_are_read_one_after_the_other(row_by_row: bool) -> None:
    left, right = column(LEFT, 72), column(RIGHT, 320)
    drawn = [put for pair in zip(left, right, strict=True) for put in pair] if row_by_row else left + right
    assert blocks(read(Sheet(drawn))) == [("p", " ".join(LEFT)), ("p", " ".join(RIGHT))]


def test_a_table_has_rows_and_cells() -> None:
    rows = [("Area", "Calls", "Share"), ("North", "1,200", "12%"), ("South", "340", "3%")]
    puts = [Put(72 + 120 * c, 600 - 14 * r, cell) for r, row in enumerate(rows) for c, cell in enumerate(row)]
    assert ("table", "Area\tCalls\tShare\nNorth\t1,200\t12%\nSouth\t340\t3%") in blocks(read(Sheet(puts)))


def test_a_raised_mark_is_no_digit_of_the_figure() -> None:
    raised = [Put(72, 600, "They counted 200"), Put(148.5, 604, "3", 6), Put(156, 600, "boats.")]
    note = [Put(72, 100, "3", 5), Put(76, 97, "See the register.", 7)]
    document = read(Sheet([*column([FILLER, FILLER]), *raised, *note]))
    assert "They counted 200\u00b3 boats." in document.text
    assert ("p", "\u00b3 See the register.") in blocks(document)


def test_furniture_stands_beside_the_text_and_not_in_it() -> None:
    def sheet(number: int, lines: list[str], note: str = "") -> Sheet:
        notes = [Put(72, 120, note, 7)] if note else []
        head = [Put(72, 800, "Harbour Trust, annual report", 8)]
        return Sheet([*head, *column(lines), *notes, Put(290, 40, str(number), 9)])

    document = read(
        sheet(
            1, [FILLER, FILLER, "The last of its sentences was not at its end when the page was, and it"], "Note on it."
        ),
        sheet(2, ["went on here. It has an end.", "And then there is one more, which nobody has cut."]),
        sheet(3, [FILLER]),
    )
    told = blocks(document)
    assert [words for tag, words in told if tag == "nav"] == ["Harbour Trust, annual report"] * 3
    assert [words for tag, words in told if tag == "footer"] == ["1", "2", "3"]
    whole = next(words for tag, words in told if tag == "p" and "not at its end" in words)
    assert "when the page was, and it went on here. It has an end." in whole
    page = {page.number: document.text[page.start : page.end] for page in document.pages}
    assert page[2].startswith("went on here.")
    assert "Note on it." in page[1], "a footnote stays on its page"
    assert [page.start for page in document.pages][1:] == [page.end for page in document.pages][:-1]


def test_sums_at_the_foot_of_two_pages_are_no_page_numbers() -> None:
    sheets = [Sheet([*column([FILLER]), Put(72, 60, f"Total {total}")]) for total in ("1,200", "3,400")]
    assert {words for tag, words in blocks(read(*sheets)) if tag == "p"} >= {"Total 1,200", "Total 3,400"}


def test_a_link_lies_over_its_words() -> None:
    sheet = Sheet(
        [Put(72, 600, "See the register of calls.")], [(108, 598, 145, 610, "https://register.example/calls")]
    )
    document = read(sheet)
    assert [(document.text[link.start : link.end], link.url) for link in document.links] == [
        ("register", "https://register.example/calls")
    ]


@pytest.mark.parametrize("rotate", [0, 90, 270])
def test_a_page_that_lies_on_its_side_is_read_along_its_lines(rotate: int) -> None:
    turned = [Put(300 + 12 * at, 100, line, turned=True) for at, line in enumerate(LEFT)]
    assert blocks(read(Sheet(turned, rotate=rotate))) == [("p", " ".join(LEFT))]


def test_words_up_the_edge_are_furniture() -> None:
    document = read(Sheet([*column(LEFT), Put(580, 100, "Printed by the trust", 7, turned=True)]))
    assert blocks(document) == [("p", " ".join(LEFT)), ("nav", "Printed by the trust")]


def test_every_block_and_page_is_a_span_of_the_text() -> None:
    document = read(Sheet(column([FILLER])), Sheet(), Sheet(column([FILLER])))
    assert [page.number for page in document.pages] == [1, 2, 3]
    assert document.pages[1].start == document.pages[1].end == document.pages[2].start
    assert document.doubt == "no text on page 2: scanned, or a picture"
    for block in document.blocks:
        assert document.text[block.start : block.end].strip() == document.text[block.start : block.end] != ""


@pytest.mark.parametrize(
    ("body", "name", "media", "reader"),
    [
        (b"%PDF-1.4\n", "paper.pdf", None, "pdf"),
        (b"\xef\xbb\xbf\r\n%PDF-1.4\n", "paper", "text/html", "pdf"),
        (b"junk of a server\n%PDF-1.4\n", "paper.pdf", None, "pdf"),
        (b"junk of a server\n%PDF-1.4\n", None, "application/pdf", "pdf"),
        (b"A text that speaks of %PDF- signs, and of nothing else that would be one.", "a.txt", None, "text-dump"),
    ],
)
def test_what_goes_to_the_reader_of_pdfs(body: bytes, name: str | None, media: str | None, reader: str) -> None:
    capture = Capture("x", body, "2026-01-01T00:00:00Z", content_type=media, filename=name)
    assert scraper_for(capture).name == reader
