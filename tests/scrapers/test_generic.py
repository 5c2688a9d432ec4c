"""Articles: what the page says arrives, with its form and its links, and hostile pages end in an error."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from scrapers.charset import decode, decode_text_file
from scrapers.document import Capture, Document
from scrapers.errors import EmptyInput, NoArticle, NotText, ScrapeError
from scrapers.generic import extract_html
from scrapers.richtext import TextBuilder, pick

GOLDEN = Path(__file__).parent.parent / "golden" / "article"
ADDRESS = "https://www.harbourpost.example/features/inspectors"
SENTENCE = "The port paid a fine of 40,000 pounds in January and another in May of the same year. "


def capture(body: bytes, url: str | None = ADDRESS) -> Capture:
    return Capture(source=url or "page.html", body=body, fetched_at="2021-03-06T00:00:00Z", url=url, final_url=url)


def page(inner: str, head: str = "") -> bytes:
    return f"<html><head>{head}</head><body>{inner}</body></html>".encode()


@pytest.fixture(scope="module")
def interview() -> Document:
    return extract_html(capture((GOLDEN / "interview.html").read_bytes()))


def said(document: Document, tag: str) -> list[str]:
    return [document.text[b.start : b.end] for b in document.blocks if b.tag == tag]


def test_blocks_keep_the_pages_order_and_kind(interview: Document) -> None:
    assert [(b.tag, b.level) for b in interview.blocks] == [
        ("h", 1), ("p", 0), ("p", 0), ("p", 0), ("h", 2), ("p", 0),
        ("li", 1), ("li", 1), ("blockquote", 0), ("table", 0), ("p", 0),
    ]  # fmt: skip
    assert said(interview, "h") == [
        "Campaigner: 'One in five inspectors has left'",
        "Who pays for the missing checks?",
    ]
    assert said(interview, "table") == ["Year\tAccidents\n2019\t17\n2020\t23"]


def test_a_div_paragraph_keeps_every_word_around_its_links(interview: Document) -> None:
    # trafilatura's own tree with links loses the words before a link in a <div>.
    assert said(interview, "p")[0].startswith("The regulator lost £23\u00a0million in funding, according to the audit")
    assert "office's report of last spring, and has since closed" in said(interview, "p")[0]


def test_links_have_their_words_and_absolute_targets(interview: Document) -> None:
    links = [(interview.text[link.start : link.end], link.url) for link in interview.links]
    assert links == [
        ("the audit office's report of last spring", "https://www.harbourpost.example/features/report.pdf"),
        ("the figures", "https://stats.example/a?b=1#t"),
        ("£40,000", "https://www.harbourpost.example/fines/1"),
    ]


def test_speakers_labels_are_bold_spans_at_the_start_of_their_block(interview: Document) -> None:
    turns = [b for b in interview.blocks if b.bold and b.bold[0][0] == b.start]
    labels = [interview.text[b.bold[0][0] : b.bold[0][1]] for b in turns]
    assert labels == ["Harbour Post:", "Mara Lind:"]


def test_the_headline_is_added_where_the_body_lacks_it() -> None:
    body = page(f"<article><p>{SENTENCE * 4}</p><p>{SENTENCE * 3}</p></article>", "<title>Port fined twice</title>")
    document = extract_html(capture(body))
    assert document.text.startswith("Port fined twice\n\nThe port paid")
    assert document.blocks[0].tag == "h"
    assert document.blocks[0].level == 1


def test_pointers_elsewhere_are_tagged_nav() -> None:
    body = page(
        f"<article><h1>Port fined</h1><p>{SENTENCE * 4}</p>"
        "<p>Read more: <a href='/x'>Harbour wall falls into the sea after storm</a></p>"
        f"<p>{SENTENCE * 3}</p></article>"
    )
    document = extract_html(capture(body))
    assert not any("Harbour wall" in words for words in said(document, "p"))


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b" \n\t", id="blank"),
        pytest.param(b"\0" * 5000, id="NULs"),
        pytest.param(b"<div>" * 100_000 + b"deep", id="deep"),
        pytest.param(b"<b><p>" * 50_000 + b"x", id="misnested"),
        pytest.param(b"<!--" * 50_000, id="comments"),
        pytest.param(b"<a><table><tr><td>" * 20_000 + b"x", id="tables"),
        pytest.param(b"<ul><li>" * 50_000 + b"x", id="lists"),
        pytest.param(b"<p" + b" a=1" * 100_000 + b">x", id="attributes"),
        pytest.param(b"<script type='application/ld+json'>" + b"[" * 100_000 + b"</script><p>x", id="json"),
        pytest.param(bytes(range(256)) * 400, id="bytes"),
        pytest.param(page("<nav><a href='/'>Home</a></nav>"), id="no article"),
    ],
)
def test_hostile_pages_end_in_one_clear_error_soon(body: bytes) -> None:
    start = time.process_time()
    refused: ScrapeError | None = None
    blocks: list[str] = []
    try:
        document = extract_html(capture(body))
        blocks = [document.text[b.start : b.end].strip() for b in document.blocks]
    except (NoArticle, EmptyInput) as error:
        refused = error
    assert time.process_time() - start < 6
    assert all(blocks)
    assert blocks or "\n" not in str(refused)


def test_deep_nesting_loses_no_words() -> None:
    # libxml2 by itself drops everything below 255 elements.
    body = page(
        "<article>" + "<div>" * 600 + f"<p>{SENTENCE * 4}</p><p>{SENTENCE * 3}</p>" + "</div>" * 600 + "</article>"
    )
    assert "40,000 pounds" in extract_html(capture(body)).text


@pytest.mark.parametrize(
    ("body", "declared", "expected"),
    [
        ("£1".encode(), "iso-8859-1", "£1"),  # UTF-8 that the server calls Latin-1
        ("£1".encode("cp1252"), "iso-8859-1", "£1"),
        ("“x”".encode("cp1252"), "latin1", "“x”"),  # the web's Latin-1 is Windows's
        ("£1".encode("cp1252"), None, "£1"),
        ("£1".encode(), "no-such-set", "£1"),
        ("日本".encode("shift_jis"), "shift_jis", "日本"),
        ("<meta charset=koi8-r>Да".encode("koi8-r"), None, "<meta charset=koi8-r>Да"),
        ("é".encode("utf-16"), None, "é"),
        (b"\xef\xbb\xbfx", "iso-8859-1", "x"),
    ],
)
def test_character_sets(body: bytes, declared: str | None, expected: str) -> None:
    assert decode(body, declared) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"\xef\xbb\xbfa\r\nb", "\ufeffa\r\nb"),
        (b"caf\xc3\xa9 \xff \xc3\xa9 \0 x", "café \ufffd é \ufffd x"),
        (b"\xa323m and \x93so\x94", "£23m and “so”"),
        (b"", ""),
    ],
)
def test_plain_text_files_keep_their_offsets(body: bytes, expected: str) -> None:
    assert decode_text_file(body) == expected


@pytest.mark.parametrize("body", [b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n", bytes(range(32)) * 20, b"PK\x03\x04abc"])
def test_binary_files_are_not_text(body: bytes) -> None:
    with pytest.raises(NotText, match="letter.txt"):
        decode_text_file(body, "letter.txt")


def test_the_builder_records_spans_as_the_text_grows() -> None:
    builder = TextBuilder()
    builder.words("  one ")
    builder.begin_bold()
    builder.words("two\n three:")
    builder.end_bold()
    builder.begin_link("https://x.example/")
    builder.words(" four ")
    builder.start_block("li", 2)
    builder.words("five")
    builder.end_link()
    builder.start_block()
    builder.words("\u00a0 \u200c")
    text = builder.build()
    assert text.text == "one two three: four\n\nfive"
    assert [(b.tag, b.level, b.bold) for b in text.blocks] == [("p", 0, ((4, 14),)), ("li", 2, ())]
    assert [text.text[link.start : link.end] for link in text.links] == ["four", "five"]
    second = pick(text, [1])
    assert (second.text, second.links[0].start, second.links[0].end) == ("five", 0, 4)
