"""What markup says of words is in the words: raised, struck out and hidden ones, on pages and in mails."""

from __future__ import annotations

import time

import pytest

from scrapers.attributes import bounded
from scrapers.document import Capture, Document
from scrapers.html_tree import parse
from tracker.outcomes import Stated
from tracker.pipeline import document_of

FIRST = "The harbour board said on Monday that its inspectors had looked at every single boat in the harbour."
LAST = "Passengers at Oakhanger waited in the rain, and no bus came for them that night, a witness said later."

RAISED = [
    ("It lost 252<sup><a href='#fn3'>3</a></sup> boats.", "It lost 252 boats.", "a note's link behind a figure"),
    ("It lost 252<a href='#fn3' class='x'><sup>[3]</sup></a> boats.", "It lost 252 boats.", "a mark within the link"),
    ("It lost 252<sup class='footnote-ref'>3</sup> boats.", "It lost 252 boats.", "a note by its class"),
    ("It lost 252<sup role='doc-noteref'>3</sup> boats.", "It lost 252 boats.", "a note by its role"),
    ("It lost 252<sup>*</sup> boats and 3<sup>†</sup>.", "It lost 252 boats and 3.", "signs, which are no exponents"),
    ("It lost 252<a role='doc-noteref' href='#n'>3</a> boats.", "It lost 252 boats.", "raised by a style sheet"),
    ("It lost 252<sup><a href='#a'>3</a></sup><sup>,</sup><sup><a href='#b'>4</a></sup> boats.", "It lost 252 boats.",
     "several notes"),
    ("It lost <b>252</b><sup><a href='#fn3'>3</a></sup> boats.", "It lost 252 boats.", "behind another element"),
    ("It lost boats.<sup><a href='#fn3'>3</a></sup> Then", "It lost boats.³ Then", "behind a word it leads on"),
    ("See part <a href='#p3'>3</a> of 4.", "See part 3 of 4.", "a link that is a word of its own"),
    ("See <a href='#p3'>252 boats</a> now.", "See 252 boats now.", "a link of words"),
    ("It paid £23<sup>4</sup> million.", "It paid £23⁴ million.", "a note or a power, never digits of the number"),
    ("It holds 10<sup>6</sup> cells, 10<sup>-6</sup> m.", "It holds 10⁶ cells, 10⁻⁶ m.", "a power"),
    ("It is 3 km<sup>2</sup> wide.", "It is 3 km² wide.", "a measure"),
    ("It has 5<sup>1</sup>/<sub>2</sub> million.", "It has 5½ million.", "a fraction with a sign of its own"),
    ("It has 5<sup>1</sup>&frasl;<sub>7</sub> parts.", "It has 5 1/7 parts.", "a fraction without one, kept apart"),
    ("It has 5<sup>1/2</sup> million.", "It has 5½ million.", "a fraction all raised"),
    ("It burnt 4 tons of CO<sub>2</sub>.", "It burnt 4 tons of CO2.", "lowered behind a letter"),
    ("It wrote 10<sub>2</sub> there.", "It wrote 10₂ there.", "lowered behind a digit"),
    ("On the 21<sup>st</sup> of 4<sup>o</sup>.", "On the 21st of 4o.", "ordinals stay"),
    ("It <sup>paid 30 pounds in all of 2020</sup> then.", "It paid 30 pounds in all of 2020 then.", "raised prose"),
]  # fmt: skip
UNSAID = [
    ("It paid <del>£23 million</del> <ins>£24 million</ins>.", "It paid £24 million.", "deleted"),
    ("Now <s>£30</s> £20 and <strike>£9</strike> £8.", "Now £20 and £8.", "a price that was crossed out"),
    ("It paid <span style='text-decoration: line-through'>£3</span> £4.", "It paid £4.", "struck out by its style"),
    ("It lost <span style='display:none'>99</span>252 boats.", "It lost 252 boats.", "hidden digits"),
    ("It was <span hidden>not </span>fined.", "It was fined.", "a hidden word"),
    ("It was <b style='color:red; visibility: hidden'>not </b>fined.", "It was fined.", "the other way to hide one"),
    ("It was <span style='display:inline'>not</span> fined.", "It was not fined.", "a style that hides nothing"),
]
INVISIBLE = [
    ("It paid £2&shy;3 million.", "It paid £23 million.", "a soft hyphen"),
    ("It paid £2&#8203;3 million.", "It paid £23 million.", "a space without width"),
    ("It paid £1,2&#8288;34,567.", "It paid £1,234,567.", "a word joiner"),
    ("It paid £2&#65279;3&#8205; million.", "It paid £23 million.", "a byte order mark, and a joiner at an edge"),
    ("It paid £2&#8205;3 million to the re&#8204;gulator.", "It paid £23 million to the regulator.", "joiners"),
    ("It said 👩&#8205;🚒 there.", "It said 👩\u200d🚒 there.", "a joiner that makes one sign of two"),
]
ROWS = [*RAISED, *UNSAID, *INVISIBLE]


def read(body: bytes, name: str) -> Document:
    return document_of(Capture(name, body, "2024-01-01T00:00:00Z", filename=name), Stated())[0]


def page(*paragraphs: str) -> Document:
    words = "".join(f"<p>{words}</p>" for words in (FIRST, *paragraphs, LAST))
    return read(f"<html><body><article><h1>Boats lost</h1>{words}</article></body></html>".encode(), "page.html")


def mail(*paragraphs: str) -> Document:
    head = "From: Port <p@port.example>\nSubject: x\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n"
    return read((head + "".join(f"<p>{words}</p>" for words in paragraphs)).encode(), "item.eml")


def blocks(document: Document) -> list[str]:
    return [document.text[block.start : block.end] for block in document.blocks]


@pytest.mark.parametrize(("html", "words", "why"), ROWS, ids=[row[2] for row in ROWS])
def test_markup_is_put_into_the_words(html: str, words: str, why: str) -> None:
    assert words in blocks(page(f"Then. {html}"))[2], why
    assert words in " ".join(blocks(mail(FIRST, f"Then. {html}"))), why


def test_spans_are_those_of_the_words_that_are_left() -> None:
    html = (
        "It lost <s>9 and</s> 252<sup><a href='#n'>3</a></sup> of <b>2&#8203;60 bo&shy;ats</b>&#8203; in "
        "<a href='https://port.example/r'>a&#8205;ll\u2060</a> of 10<sup><a href='https://port.example/n'>.</a></sup>"
    )
    found = page(html, "And more.")
    text = found.text
    bold = [text[start:end] for block in found.blocks for start, end in block.bold]
    assert bold == ["260 boats"]
    assert [(text[link.start : link.end], link.url) for link in found.links][0] == ("all", "https://port.example/r")
    assert "And more." in blocks(found)
    assert blocks(found)[-1] == LAST


def test_marks_without_width_are_out_of_plain_texts_and_titles() -> None:
    found = read(f"Bo\u200bats lost\n\n{FIRST} It paid \u00a32\u200b3 million.\n\n{LAST}\n".encode(), "item.txt")
    assert "£23 million" in found.text
    assert "\u200b" not in f"{found.title}{found.text}"
    assert blocks(found)[-1].endswith(LAST)


def test_the_rest_of_an_article_that_a_click_shows_is_kept() -> None:
    rest = "It also lost 40 boats of the line. " * 12
    assert rest.strip() in page(f"{FIRST} <span style='display:none'>{rest}</span>").text
    assert "lost 3 boats" in page("It <span hidden='until-found'>lost 3 boats</span>.").text
    assert "lost 41 boats" in page(f"<div style='display:none'><p>It lost 41 boats in the end. {LAST}</p></div>").text


def test_a_page_of_which_most_is_struck_out_lacks_an_end_tag() -> None:
    words = "".join(f"<p>{FIRST} It lost {n} boats.</p>" for n in range(40))
    tree = parse(f"<html><body><h1>Boats</h1><del>{words}</del></body></html>")
    assert tree is not None
    assert "39 boats" in tree.text_content()


def test_data_that_are_hidden_stay() -> None:
    tree = parse("<body><p>By <span hidden itemprop='author'>Ann Lee</span></p></body>")
    assert tree is not None
    assert "Ann Lee" in tree.text_content()


MANY = " ".join(f'a{n}=">"' for n in range(3_000))


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (f"<p {MANY}>x</p>", f"<p {' '.join(MANY.split()[:200])}>x</p>"),
        (f"<p {MANY}", f"<p {' '.join(MANY.split()[:200])}"),
        (f"<p {' '.join(MANY.split()[:200])}>x</p>", None),
        (f"<script>if(a<b {'x y z ' * 300}) {{}}</script>", None),
        (f"<!-- <p {MANY} -->", None),
        (f"<p title='{'<a b c ' * 300}'>x</p>", None),
        ("<p " * 300 + "<title>", "<p " * 200 + "<p"),
    ],
    ids=["many", "no end", "enough", "a script", "a comment", "in a value", "no ends"],
)
def test_attributes_beyond_two_hundred_are_dropped(html: str, expected: str | None) -> None:
    found = bounded(html)
    assert found == html if expected is None else len(found) <= len(expected) + 5
    assert found[: len(expected or html)].startswith((expected or html)[:1000])


@pytest.mark.parametrize(
    "body",
    [
        f"<p {MANY * 4}>x</p>",
        "<a b='" * 50_000,
        "<a " * 60_000,
        "<!--" * 50_000,
        "<script " * 30_000,
        "<p " + "= " * 60_000,
    ],
    ids=["values", "quotes", "tags", "comments", "scripts", "signs"],
)
def test_attributes_are_counted_in_linear_time(body: str) -> None:
    start = time.process_time()
    parse(f"<html><body>{body}")
    assert time.process_time() - start < 1.0
