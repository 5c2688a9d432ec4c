"""Nobody who received a message is named in what is kept of it, and no other word is lost."""

from __future__ import annotations

import hashlib
from base64 import b64encode, urlsafe_b64encode
from urllib.parse import quote

import pytest

from scrapers.document import Capture, Document
from scrapers.mail_recipients import clean_link, clean_words, recipients_of
from scrapers.mailbox import extract_email

HEAD = (
    "From: Tarn Watch <news@tarnwatch.example>\nTo: Anna Smith <anna.smith@mail.example>\n"
    'Cc: "Roe, Kim" <kim@mail.example>\nSubject: Anna, will you chip in?\n'
)
ADDRESS = "anna.smith@mail.example"
KNOWN = recipients_of([("Anna Smith", ADDRESS), ("Roe, Kim", "kim@mail.example")])


def plain(body: str, head: str = HEAD) -> Document:
    content = f"{head}Content-Type: text/plain; charset=utf-8\n\n{body}\n"
    return extract_email(Capture("mail.eml", content.encode(), "2023-01-01T00:00:00Z"))


def html(body: str, head: str = HEAD) -> Document:
    content = f"{head}Content-Type: text/html; charset=utf-8\n\n<body>{body}</body>"
    return extract_email(Capture("mail.eml", content.encode(), "2023-01-01T00:00:00Z"))


WORDS = [
    ("Hi Anna,", "Hi [recipient],", "a greeting"),
    ("Dear Ms Smith,", "Dear [recipient],", "with a title"),
    ("Good morning Anna and Tom!", "Good morning [recipient]!", "two"),
    ("Hello Dr Smith \u2013", "Hello [recipient] \u2013", "a dash"),
    ("Dear Anna, the firm was fined.", "Dear [recipient], the firm was fined.", "words behind it on the line"),
    ("Anna, we need you.", "[recipient], we need you.", "spoken to"),
    ("It is late. Anna, hurry.", "It is late. [recipient], hurry.", "at a sentence's start"),
    ("We need you, Anna.", "We need you, [recipient].", "at its end"),
    ("Anna \u2014 we need you.", "[recipient] \u2014 we need you.", "another dash"),
    ("Signed by Anna Smith in May.", "Signed by [recipient] in May.", "the whole name, anywhere"),
    ("Kim Roe said no.", "[recipient] said no.", "a name that stood inverted in the header"),
    ("It went to Anna.Smith@mail.example today.", "It went to [recipient] today.", "an address"),
    (
        "See https://x.example/u?e=anna.smith%40mail.example&id=5",
        "See https://x.example/u?e=[recipient]&id=5",
        "encoded",
    ),
    ("This was sent to bob@mail.example.", "This was sent to [recipient].", "whoever it was sent to"),
]


@pytest.mark.parametrize(("words", "expected", "reason"), WORDS, ids=[row[-1] for row in WORDS])
def test_replaced(words: str, expected: str, reason: str) -> None:
    found = plain(words)
    assert found.text == expected, reason
    assert found.won_by["recipients"] == "replaced"


KEPT = [
    ("Dear Reader,", "nobody in particular"),
    ("Dear friends and supporters,", "a crowd"),
    ("Hi all,", "another"),
    ("Hi there,", "nobody at all"),
    ("Dear Secretary of State,", "an open letter to an office"),
    ("Dear Tarn Watch Member,", "a role with a house's name"),
    ("Anna Karenina is a long book.", "another Anna"),
    ("Hannah, Susanna and Annabel came.", "part of another name"),
    ("Smith said that Roe left.", "a surname alone may be anybody's"),
    ("In Smith, Anna's friend lives.", "a first name that is not spoken to"),
    ("Good Morning Britain, a programme, has 3 hosts.", "a title"),
    ("Best,", "a leave"),
    ("Breaking \u2014", "a call for attention"),
    ("Write to news@tarnwatch.example.", "the sender's own address"),
    ("Write to hanna.smith@mail.example.", "an address that ends like it"),
]


@pytest.mark.parametrize(("words", "reason"), KEPT, ids=[row[-1] for row in KEPT])
def test_kept(words: str, reason: str) -> None:
    found = plain(words, HEAD.replace("Anna, will you", "Will you"))
    assert found.text == words, reason
    assert "recipients" not in found.won_by


def test_the_subject_is_cleared_too() -> None:
    assert plain("Words.").title == "[recipient], will you chip in?"
    greeted = plain(
        "Hi Anna,\n\nwords.", "From: a@b.example\nTo: undisclosed-recipients:;\nSubject: It is late, Anna\n"
    )
    assert greeted.title == "It is late, [recipient]", "a name that only the greeting tells"
    assert clean_words("Anna Smith and Anna Lee", KNOWN) == "[recipient] and Anna Lee"


def test_offsets_are_those_of_the_new_text() -> None:
    found = html(
        "<p>Hi Anna, <b>Anna Smith paid £3</b> and <b>Kim</b> <a href='https://mill.example/a'>paid £4</a>.</p>"
        "<p>Anna, <a href='https://mill.example/b'>Anna Smith, sign</a></p>"
    )
    first, second = found.blocks
    assert found.text[second.start : second.end] == "[recipient], [recipient], sign"
    assert [found.text[s:e] for s, e in first.bold] == ["[recipient] paid £3", "Kim"]
    assert {link.url[-1]: found.text[link.start : link.end] for link in found.links} == {
        "a": "paid £4",
        "b": "[recipient], sign",
    }


def coded(words: str) -> str:
    return urlsafe_b64encode(words.encode()).decode().rstrip("=")


JSON = '{"mail": "' + ADDRESS + '"}'
LINKS = [
    (f"https://x.example/u?e={ADDRESS}&id=5", "https://x.example/u?id=5", "plain"),
    (
        f"https://x.example/u?id=5&e={quote(ADDRESS.upper(), safe='')}",
        "https://x.example/u?id=5",
        "encoded, in capitals",
    ),
    (f"https://x.example/u?e={quote(quote(ADDRESS, safe=''))}", "https://x.example/u", "encoded twice"),
    (f"https://x.example/u?e={b64encode(ADDRESS.encode()).decode()}&id=5", "https://x.example/u?id=5", "base64"),
    (f"https://x.example/u?x={coded(JSON)}", "https://x.example/u", "in JSON in base64"),
    (f"https://x.example/u?d=05%7C01%7C{quote(ADDRESS)}%7C4", "https://x.example/u", "among other values"),
    (f"https://x.example/u?h={hashlib.sha256(ADDRESS.encode()).hexdigest()}", "https://x.example/u", "its hash"),
    (f"https://x.example/u?{ADDRESS}", "https://x.example/u", "without a name"),
    ("https://x.example/u?e=bob%40mail.example&id=5", "https://x.example/u?id=5", "somebody's whom no header names"),
    (f"https://x.example/{quote(ADDRESS)}/leave", None, "in the path: not kept"),
    (f"https://x.example/{coded(ADDRESS)}/leave", None, "in the path in base64"),
    (f"mailto:{ADDRESS}", None, "a link to the recipient"),
    ("mailto:hanna.smith@mail.example", "mailto:hanna.smith@mail.example", "an address that ends like it"),
    ("https://x.example/u?e=news@tarnwatch.example", "https://x.example/u?e=news@tarnwatch.example", "the sender's"),
    ("https://x.example/u?id=5#top", "https://x.example/u?id=5#top", "nothing in it"),
    ("https://[x/u", "https://[x/u", "not well-formed"),
]


@pytest.mark.parametrize(("link", "expected", "reason"), LINKS, ids=[row[-1] for row in LINKS])
def test_links(link: str, expected: str | None, reason: str) -> None:
    assert clean_link(link, KNOWN, frozenset({"news@tarnwatch.example"})) == expected, reason


def test_what_is_wrapped_around_a_link_and_its_target_are_both_cleared() -> None:
    target = quote(f"https://mill.example/report?id=7&for={quote(ADDRESS)}", safe="")
    found = html(
        f"<p><a href='https://eur1.safelinks.protection.outlook.com/?url={target}&data={ADDRESS}'>Read</a></p>"
    )
    assert [link.url for link in found.links] == ["https://mill.example/report?id=7"]


@pytest.mark.parametrize(
    "header",
    [
        "Delivered-To: anna@mail.example",
        "X-Original-To: anna@mail.example",
        "Bcc: <anna@mail.example>",
        "Received: from a by b for <anna@mail.example>; Mon, 3 Oct 2022 10:00:00 +0000",
        "To: =?utf-8?q?Anna?= <anna@mail.example>",
        'To: "anna@mail.example" <ANNA@mail.example>',
    ],
)
def test_every_header_that_names_one(header: str) -> None:
    found = plain("Anna, your login is anna@mail.example.", f"From: news@tarnwatch.example\n{header}\nSubject: Words\n")
    assert found.text == "[recipient], your login is [recipient]."


def test_lines_to_whom_a_quoted_message_went_are_cleared() -> None:
    found = plain(
        "See below.\n\nFrom: Jo Lee <jo@mill.example>\nSent: 3 October 2022\n"
        "To: Bo Orr <bo@mail.example>; Al Day <al@mail.example>;\n"
        "  Cy Fox <cy@mail.example>\nCc: Di Gee\nSubject: Pumps\n\nBo Orr and Cy Fox know it.\n"
    )
    assert "To: [recipient]\n" in found.text
    assert "Cc: [recipient]\n" in found.text
    assert "From: Jo Lee <jo@mill.example>" in found.text
    assert "[recipient] and [recipient] know it." in found.text
    assert not any(name in found.text for name in ("Orr", "Day", "Fox", "Gee"))


def test_a_sender_who_writes_to_herself_keeps_her_name() -> None:
    found = plain("Yours,\n\nAnn Lee", "From: Ann Lee <ann@mill.example>\nTo: Ann Lee <ann@mill.example>\nSubject: x\n")
    assert found.byline == "Ann Lee"
    assert "Ann Lee" in found.text


def test_no_value_names_one() -> None:
    found = html(f"<p>Hi Anna,</p><p>Anna Smith: <a href='https://x.example/?e={ADDRESS}'>leave</a>, {ADDRESS}</p>")
    values = [
        found.text,
        found.title,
        found.byline,
        found.publisher,
        *found.won_by.values(),
        *(x.url for x in found.links),
    ]
    assert not any("anna" in str(value).lower() or "smith" in str(value).lower() for value in values)


@pytest.mark.parametrize(
    "piece", ["Anna, ", "a@b.c ", "https://x.example/?a@b ", "Hi ", "sent to ", "a.a@" * 20 + "\n"]
)
def test_long_messages_end(piece: str) -> None:
    assert plain(piece * (100_000 // len(piece))).kind == "email"


STRAYS = [
    ("Message-ID: <1@c.example>\nTo: Bea Roe <bea@own.example>\nFrom: Camp <n@c.example>",
     "Message-ID: <1@c.example>\nTo: [recipient]\nFrom: Camp <n@c.example>", "headers in any order"),
    ("Delivered-To: bea@own.example\nReceived: from a.example for <bea@own.example>; Mon, 6 Jan 2020",
     "Delivered-To: [recipient]\nReceived: from a.example for [recipient]; Mon, 6 Jan 2020", "what servers add"),
    ("Subject: Fined\nTo: Bea Roe <bea@own.example>,\nTim Poe <tim@own.example>\nMessage-ID: <1@c.example>",
     "Subject: Fined\nTo: [recipient]\n[recipient]\nMessage-ID: <1@c.example>", "a field that goes on"),
    ("The firm was fined for it by the regulator on Monday, it said.\n"
     "Message-ID: <0123456789.0123456789.0123456789@mail.c.example>\n"
     "To: Bea Roe and all of her family and friends <bea@own.example>\nSubject: Fined",
     "The firm was fined for it by the regulator on Monday, it said.\n"
     "Message-ID: <0123456789.0123456789.0123456789@mail.c.example>\nTo: [recipient]\nSubject: Fined",
     "lines as long as wrapped ones"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "expected", "reason"), STRAYS, ids=[row[-1] for row in STRAYS])
def test_headers_of_a_letter_that_ran_into_this_one_name_nobody(words: str, expected: str, reason: str) -> None:
    found = plain(f"A letter.\n{words}\n\nThe other letter.")
    assert found.text == f"A letter.\n{expected}\n\nThe other letter.", reason
    assert "headers of another message" in found.won_by["warning"]


@pytest.mark.parametrize("words", ["Date: 9 May\nTo: 5 June", "To: write to us at news@tarnwatch.example"])
def test_lines_that_are_no_headers_stay(words: str) -> None:
    found = plain(f"A letter.\n{words}\n\nMore of it.")
    assert found.text == f"A letter.\n{words}\n\nMore of it."
    assert "warning" not in found.won_by
