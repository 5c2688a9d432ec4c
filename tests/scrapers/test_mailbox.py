"""Messages: the words their readers see, and nobody who received them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from scrapers.document import Capture, Document
from scrapers.errors import EmptyInput, NoBody, ScrapeError
from scrapers.mailbox import extract_email, split_mbox

ROOT = Path(__file__).parent.parent
SHARED = Path(os.environ.get("PRESS_DATA", ROOT.parent.parent / "shared"))


def read(body: bytes, source: str = "mail.eml") -> Document:
    return extract_email(Capture(source=source, body=body, fetched_at="2021-01-01T00:00:00Z"))


def said(document: Document, tag: str) -> list[str]:
    return [document.text[b.start : b.end] for b in document.blocks if b.tag == tag]


@pytest.fixture(scope="module")
def campaign() -> Document:
    return read((ROOT / "golden" / "mail" / "campaign.eml").read_bytes())


def test_who_when_and_what(campaign: Document) -> None:
    assert (campaign.byline, campaign.publisher) == ("Cat", "We Own It")
    assert campaign.published == "2020-07-07T17:02:11+01:00"
    assert campaign.title == "£23 million and counting"
    assert campaign.message_id == "abc.123@mailer.example"
    assert campaign.won_by["text"] == "html part"
    assert "warning" not in campaign.won_by


def test_the_body_has_its_form(campaign: Document) -> None:
    assert said(campaign, "h") == ["The contract"]
    assert said(campaign, "p") == [
        "Dear Reader, the firm was fined £23\u00a0million in 2019.",
        "It then won a second contract.",
        "Sign the petition",
    ]
    assert said(campaign, "li") == ["It cost 108 million", "It lasted 14 weeks"]
    assert said(campaign, "blockquote") == ["Their chief wrote that it went well."]
    assert said(campaign, "nav") == ["View this email in your browser"]
    assert said(campaign, "footer")[0].startswith("You are receiving this")
    assert said(campaign, "footer")[-1] == "Unsubscribe"
    assert "Hidden words" not in campaign.text


def test_links_have_their_words(campaign: Document) -> None:
    links = {campaign.text[link.start : link.end]: link.url for link in campaign.links}
    assert links["£23\u00a0million"] == "https://court.example/judgment"
    assert links["Sign the petition"] == "https://sign.example/p"


def test_nobody_who_received_it_is_named(campaign: Document) -> None:
    stated = [str(value) for value in (campaign.title, campaign.byline, campaign.publisher, *campaign.won_by.values())]
    assert not any("Some Reader" in value or "private.example" in value for value in stated)


@pytest.mark.parametrize(
    ("sender", "byline", "publisher"),
    [
        ("We Own It <a@weownit.org.uk>", None, "We Own It"),
        ("Ada Quill, Dock Watch <a@dockwatch.example>", "Ada Quill", "Dock Watch"),
        ('"Ada Quill (Dock Watch)" <a@dockwatch.example>', "Ada Quill", "Dock Watch"),
        ("Ada Quill <ada@dockwatch.example>", "Ada Quill", "dockwatch.example"),
        ("Ada Quill <ada@gmail.com>", "Ada Quill", None),
        ('"Quill, Ada" <ada@gmail.com>', "Ada Quill", None),
        ("Dock Workers Union <x@mailer.example>", None, "Dock Workers Union"),
        ("ada@dockwatch.example", None, "dockwatch.example"),
        ("<<<@@", None, None),
    ],
)
def test_senders(sender: str, byline: str | None, publisher: str | None) -> None:
    document = read(f"From: {sender}\nSubject: x\n\nSome words.\n".encode())
    assert (document.byline, document.publisher) == (byline, publisher)


def test_plain_text_is_unwrapped_and_quotations_marked() -> None:
    wrapped = b"This line was wrapped by a mail program at some seventy\ncharacters and goes on here.\n\n"
    body = b"From: a@b.example\n\n" + wrapped + b"* one, see https://x.example/a?b=1.\n* two\n\n> quoted\n\n-- \nAda\n"
    document = read(body)
    assert said(document, "p") == [
        "This line was wrapped by a mail program at some seventy characters and goes on here."
    ]
    assert said(document, "li") == ["one, see https://x.example/a?b=1.", "two"]
    assert said(document, "blockquote") == ["quoted"]
    assert said(document, "footer") == ["Ada"]
    assert [link.url for link in document.links] == ["https://x.example/a?b=1"]
    assert document.won_by["text"] == "plain part"


@pytest.mark.parametrize(
    ("body", "words", "warning"),
    [
        pytest.param(
            b"Content-Type: text/plain; charset=x-none\n\n\xa323m lost",
            "£23m lost",
            "character set",
            id="charset",
        ),
        pytest.param(
            b"Content-Type: multipart/mixed\n\n--q\nContent-Type: text/plain\n\nSome words\n--q--\n",
            "Some words",
            "boundary",
            id="no boundary",
        ),
        pytest.param(
            b'Content-Type: multipart/mixed; boundary="q"\n\n--q\nContent-Type: text/html\n\n<p>Some words',
            "Some words",
            "cut off",
            id="truncated",
        ),
        pytest.param(
            b"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\nU29tZSB3b3Jkcw=",
            "Some words",
            "",
            id="base64",
        ),
    ],
)
def test_broken_mails_give_what_they_can(body: bytes, words: str, warning: str) -> None:
    document = read(b"Subject: x\n" + body)
    assert document.text == words
    assert warning in document.won_by.get("warning", "")


def test_no_words_are_an_error() -> None:
    with pytest.raises(EmptyInput):
        read(b"\r\n \n")
    with pytest.raises(NoBody, match="mail.eml"):
        read(b"Subject: x\nContent-Type: image/png\n\n\x89PNG")


def test_mbox_is_split_and_unescaped() -> None:
    content = b"From a Mon\nSubject: 1\n\nOne\n>From here\n\nFrom b Tue\nSubject: 2\n\nTwo\nFrom the start\n"
    messages = list(split_mbox(content))
    assert [read(m).title for m in messages] == ["1", "2"]
    assert "From here" in read(messages[0]).text
    assert "From the start" in read(messages[1]).text


def test_odd_mails_never_raise_anything_else() -> None:
    folders = [path for path in (SHARED / "corpora").glob("emails-*") if path.is_dir()]
    if not folders:
        pytest.skip("PRESS_DATA has no corpora/emails-*")
    read_count = 0
    for path in sorted(p for folder in folders for p in folder.rglob("*") if p.is_file()):
        body = path.read_bytes()
        for damaged in (
            body,
            body[: len(body) // 2],
            body.replace(b"utf-8", b"x-\xff"),
            body.replace(b"oundary", b"x"),
        ):
            try:
                document = read(damaged, path.name)
            except ScrapeError:
                continue
            read_count += 1
            document.text.encode()
            assert all(document.text[b.start : b.end].strip() for b in document.blocks)
    assert read_count > 300


THREAD = b"""From: Ann Lee <ann@millwatch.example>
Subject: Re: Pumps
Content-Type: text/plain

Hi Tom,

See below.
--\x20
Ann Lee
Director, Mill Watch

---------- Forwarded message ---------
From: Kim Rowe <kim@northmere.example>

We signed it in March.

On Tue, 4 May 2021, Tom Reed wrote:
> Who signed it?
>> We replaced 17 pumps.
"""


def test_a_forward_ends_the_signature_and_each_depth_is_a_block() -> None:
    document = read(THREAD)
    quoted = said(document, "blockquote")
    assert "We signed it in March." in quoted
    assert quoted[-2:] == ["Who signed it?", "We replaced 17 pumps."]


def test_a_signed_house_is_better_known_than_a_bare_domain() -> None:
    document = read(THREAD)
    assert (document.publisher, document.won_by["publisher"]) == ("Mill Watch", "signature")


def test_a_preheader_that_the_message_repeats_is_furniture() -> None:
    told = "Northmere Water spilled sewage 412 times last year in the Tarn."
    document = read(f"From: a@b.example\n\nAnn, {told} Mill Watch\n\nAnn,\n\nAnn, {told} It was fined.\n".encode())
    assert said(document, "nav") == [f"[recipient], {told} Mill Watch"]
