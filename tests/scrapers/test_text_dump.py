"""Pages and e-mails saved as plain text: what is kept, what is furniture, what they say of themselves."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path

import pytest

from scrapers.document import Capture, Document
from scrapers.errors import EmptyInput, NoArticle, NotText
from scrapers.text_dump import extract_text

GOLDEN = Path(__file__).parent.parent / "golden"


def read(text: str, **fields: str) -> Document:
    return extract_text(Capture("page.txt", text.encode(), "2022-01-01T00:00:00Z", **fields))


def read_golden(name: str) -> Document:
    return read((GOLDEN / name).read_text(encoding="utf-8"))


def words(document: Document, *tags: str) -> list[str]:
    return [document.text[b.start : b.end] for b in document.blocks if b.tag in tags]


def tag_of(document: Document, fragment: str) -> str:
    tags = [b.tag for b in document.blocks if fragment in document.text[b.start : b.end]]
    assert len(tags) == 1, f"{fragment!r} stands in {len(tags)} blocks"
    return tags[0]


@pytest.fixture(scope="module")
def page() -> Document:
    return read_golden("dump_page.txt")


@pytest.fixture(scope="module")
def mail() -> Document:
    return read_golden("dump_mail.txt")


@pytest.mark.parametrize("name", sorted(path.name for path in GOLDEN.glob("dump_*.txt")))
def test_blocks_cover_every_line_and_nothing_else(name: str) -> None:
    document = read_golden(name)
    covered = [False] * len(document.text)
    for block in document.blocks:
        assert document.text[block.start : block.end].strip() == document.text[block.start : block.end]
        assert not any(covered[block.start : block.end]), "blocks overlap"
        covered[block.start : block.end] = [True] * (block.end - block.start)
    left = "".join(c for c, seen in zip(document.text, covered, strict=True) if not seen)
    # Only white space, bullets' marks and the subject's label stay outside.
    assert not set(left.replace("Subject:", "")) - set("\u2022 \n")


def test_page_keeps_its_article_and_nothing_more(page: Document) -> None:
    assert [w.split(" ", 3)[:3] for w in words(page, "p", "li", "blockquote")] == [
        ["The", "operator", "of"],
        ["Nobody", "was", "hurt"],
        ['"We', "counted", "thirty-seven"],
        ["The", "company", "said"],
    ]


def test_headline_is_found_among_the_menus(page: Document) -> None:
    title = "Regional rail operator fined £4.2 million over signal faults"
    assert words(page, "h") == [title, "Warnings went unread"]
    assert page.title == title
    assert [b.level for b in page.blocks if b.tag == "h"] == [1, 2]


@pytest.mark.parametrize(
    "fragment",
    [
        "We use cookies",
        "Users must not post",
        "A comment will be deleted",
        "contains insults",
        "The moderators may block",
        "Read more: Bus lanes",
        "The views expressed",
        "Harvest festival",
        "10:42 BST",
    ],
)
def test_notices_rules_and_links_are_furniture(page: Document, fragment: str) -> None:
    assert tag_of(page, fragment) in ("nav", "footer")


def test_page_says_what_it_is(page: Document) -> None:
    assert page.kind == "article"
    assert page.url == ("https://www.northbankpost.example/transport/regional-rail-operator-fined-over-signal-faults/")
    assert page.publisher == "Northbank Post"
    assert page.byline == "Petra Lindqvist"
    # Not the clock of the moment at which the page was saved.
    assert page.published == "2021-05-12"
    assert page.language == "en"
    assert set(page.won_by) == {"title", "url", "publisher", "byline", "published", "language"}


def test_address_in_a_sentence_is_a_link_without_its_bracket(page: Document) -> None:
    spans = [page.text[link.start : link.end] for link in page.links if "regulator" in link.url]
    assert spans == ["https://regulator.example/reports/eastern-line.pdf"]


def test_an_address_that_the_user_gives_wins() -> None:
    document = read((GOLDEN / "dump_page.txt").read_text(), url="https://given.example/a")
    assert (document.url, document.won_by["url"]) == ("https://given.example/a", "stated")


def test_mail_is_split_into_greeting_body_and_footer(mail: Document) -> None:
    assert mail.kind == "email"
    assert words(mail, "p")[0] == "Dear Maria ,"
    assert words(mail, "li") == [
        "It lost a contract in 2018 after 14 complaints",
        "Its own staff say they are paid below the minimum wage",
    ]
    assert words(mail, "nav") == ["Sign the petition", "Chip in £5 >>"]
    footer = words(mail, "footer")
    assert footer[0].startswith("Copyright ©")
    assert "12 Mill Lane" in footer
    assert tag_of(mail, "PS The board meets") == "p"
    assert tag_of(mail, "On Tuesday the board agreed") == "p"


def test_mail_names_its_senders_and_never_its_reader(mail: Document) -> None:
    assert mail.publisher == "Keep It Local"
    assert mail.byline == "Tom and Ines"
    assert "Maria" not in " ".join(filter(None, (mail.title, mail.byline, mail.publisher)))
    assert (mail.title, mail.published, mail.url) == (None, None, None)


def test_interview_turns_are_paragraphs_however_short() -> None:
    document = read_golden("dump_interview.txt")
    assert document.kind == "interview"
    assert document.title == "Harbour board chief: We lost two years to paperwork"
    assert tag_of(document, "Lena Ostrow: Not alone.") == "p"
    assert tag_of(document, "That share will fall") == "p"
    assert tag_of(document, "Ferry prices to rise") == "nav"
    assert document.published == "2022-03-03"


def test_wrapped_mail_with_headers_and_quotation() -> None:
    document = read_golden("dump_wrapped_mail.txt")
    assert document.kind == "email"
    assert document.title == "Audit of school meals: 1,400 meals paid for twice"
    assert document.published == "2022-02-07"
    assert document.byline == "Press Desk"
    assert words(document, "h") == [document.title]
    assert len(words(document, "blockquote")) == 1
    body = next(w for w in words(document, "p") if w.startswith("the city's auditors"))
    assert body.endswith("half of the money.")
    assert body.count("\n") == 2


def test_lines_without_blank_lines_between_are_paragraphs_of_their_own() -> None:
    first = "The court ordered the firm to pay 40,000 pounds to each of the nine workers this year."
    second = "It had denied for months that the machine was broken, and that anybody knew."
    document = read(f"{first}\n{second}\n")
    assert words(document, "p") == [first, second]


def test_offsets_point_into_the_file_with_mark_and_carriage_returns() -> None:
    body = "\ufeffThe court fined the firm 40,000 pounds.\r\n\r\nIt will appeal, its lawyer said on Friday.\r\n"
    document = read(body)
    assert document.text == body
    assert words(document, "p") == [
        "The court fined the firm 40,000 pounds.",
        "It will appeal, its lawyer said on Friday.",
    ]


def test_a_text_without_furniture_is_kept_whole() -> None:
    lines = [
        "The canal was closed in 1962.",
        "A survey of the banks",
        "The council counted 212 boats in its own survey, and 40 of them were sunk.",
        "None of the owners could be found, so the council paid for the work.",
    ]
    document = read("\n\n".join(lines))
    assert [document.text[b.start : b.end] for b in document.blocks if b.tag in ("p", "h")] == lines


def test_an_article_about_privacy_is_no_privacy_notice() -> None:
    text = (
        "Regulator fines app maker\n\n"
        "The regulator fined the company 3 million euros as it kept the addresses of 90,000 children.\n\n"
        "Its lawyers had told the court that parents were asked, but the judges found no trace of it.\n\n"
        "The company must delete the addresses within a month and may be fined again if it does not.\n"
    )
    assert len(words(read(text), "p")) == 3


def test_release_is_told_from_article() -> None:
    text = (
        "FOR IMMEDIATE RELEASE\n\nCharity opens 12 shelters\n\n"
        "The charity has opened twelve shelters in the north since the beginning of winter.\n\n"
        "Each of them has room for forty people, and is open to all who have no place to sleep.\n\n"
        "ENDS\n\nNotes to editors\n\nThe charity was founded in 1988 and has 200 members of staff.\n"
    )
    assert read(text).kind == "release"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Published: 4 January 2021", "2021-01-04"),
        ("January 4, 2021", "2021-01-04"),
        ("2021-01-04 17:20", "2021-01-04"),
        ("14/01/2021", "2021-01-14"),
        ("04/01/2021", None),  # day and month could be swapped
        ("31 February 2021", None),
    ],
)
def test_dates_near_the_headline(line: str, expected: str | None) -> None:
    text = (
        f"Home\nNews\nSport\nTown hall roof to be mended at last\n{line}\n"
        "The council has agreed to mend the roof of the town hall, which has leaked for 11 years.\n"
        "It will cost 1.2 million pounds, and the work is to begin when the swifts have left the tower.\n"
        "Log in\nPrivacy policy\n"
    )
    assert read(text).published == expected


def test_language_is_not_guessed_from_too_little() -> None:
    assert read("The firm was fined twice.").language is None
    french = "Le tribunal a condamné la société à une amende pour les retards dans les hôpitaux. " * 3
    assert read(french).language == "fr"


def test_no_text_no_article_no_document() -> None:
    with pytest.raises(EmptyInput):
        read(" \n\u00a0\n\ufeff\n")
    with pytest.raises(NoArticle, match=r"page\.txt"):
        read("Home\nNews\nLog in\nSubscribe\n© 2020 Northbank Media. All rights reserved.\n")
    with pytest.raises(NotText):
        extract_text(Capture("image.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "2022-01-01T00:00:00Z"))


@pytest.mark.parametrize(
    "piece",
    [
        "a\n",
        "Home\n\n",
        "> > > \n",
        "http://a.example/",
        "© 2020 ",
        "A: ",
        "By A ",
        "[",
        "\u00a0",
        "(photo ",
        "1.",
    ],
)
def test_time_grows_with_the_length_only(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    start = time.perf_counter()
    with contextlib.suppress(EmptyInput, NoArticle):
        read(text)
    assert time.perf_counter() - start < 20.0
