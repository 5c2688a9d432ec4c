"""Who sends a message whose headers do not say: rows of (lines, signer, house, reason)."""

from __future__ import annotations

import pytest

from scrapers.document import Capture, Document
from scrapers.mail_sender import sender_of
from scrapers.mailbox import extract_email
from scrapers.text_dump import extract_text

BODY = "Dear friend,\nThe water company poured sewage into the Tarn 41 times last year, and we counted.\n"

SENDERS = [
    ("Thanks,\nAnn Lee\nCampaigns Director, Tarn Watch", "Ann Lee", "Tarn Watch", "post and house beneath the name"),
    ("Thanks,\nAnn Lee, Director, Tarn Watch", "Ann Lee", "Tarn Watch", "all on one line"),
    ("Yours,\nAnn Lee\nDirector\nTarn Water Action", "Ann Lee", "Tarn Water Action", "a line each"),
    ("Yours,\nAnn Lee\nChair of the Tarn Union", "Ann Lee", "Tarn Union", "of, with its article"),
    ("Best,\nChair Ann Lee, Tarn Union", "Ann Lee", "Tarn Union", "the post before the name is no part of it"),
    ("Yours,\nANN LEE\nAnn Lee\nDirector, Tarn Watch", "Ann Lee", "Tarn Watch", "a picture's words above the name"),
    ("Ann Lee\nTarn Watch Executive Director", "Ann Lee", "Tarn Watch", "no leave, but a post; the house before it"),
    ("Thanks,\nThe Tarn Watch team", None, "Tarn Watch", "a team is no person"),
    ("- Team Tarn Watch", None, "Tarn Watch", "a dash and a team"),
    ("In hope,\nPolicy Team, Tarn Watch", None, "Tarn Watch", "one of its teams"),
    ("Paid for by Tarn Watch and not authorized by any candidate.", None, "Tarn Watch", "the legal line"),
    ("PAID FOR BY THE TARN PARTY.\nThe Tarn Party is ours.", None, "Tarn Party", "capitals written as elsewhere"),
    ("PAID FOR BY NT WDC.", None, "NT WDC", "letters that stand for words stay capitals"),
    ("Contributions or gifts to Tarn Watch are not tax deductible.", None, "Tarn Watch", "the tax line"),
    ("This email was sent by: Tarn Watch", None, "Tarn Watch", "the mailer's line"),
    ("Click here to unsubscribe from Tarn Watch's email list.", None, "Tarn Watch", "whose list it is"),
    ("To stop receiving emails from Tarn Watch, please click here.", None, "Tarn Watch", "the same, in other words"),
    ("Tarn Watch | 3 Mill Road, Tarnby, AL 35216", None, "Tarn Watch", "house and address on a line"),
    ("Tarn Watch\nPO Box 12, Tarnby", None, "Tarn Watch", "the address beneath"),
    ("Ann Lee\n3 Mill Road\nTarnby", None, None, "a person's address is no house"),
    ("Copyright 2020 Tarn Watch Ltd, all rights reserved", None, "Tarn Watch", "the rights, without the form"),
    (
        "Speakers on the day:\nAnn Lee\nDirector, Tarn Watch\nTom Roe\nChair, Mill Fund",
        None,
        None,
        "two posts: no signer",
    ),
    ("Contact:\nAnn Lee\nDirector, Mill Fund", None, None, "whom to ask is not who signs"),
    ("Paid for by Tarn Watch\nANN LEE, TREASURER", None, "Tarn Watch", "a treasurer whom the law names"),
    ("Come along!", None, None, "nothing tells"),
    ("Thanks,\nsee you there", None, None, "small letters sign nothing"),
    ("Thanks,\nDonate now", None, None, "a button is no name"),
]


@pytest.mark.parametrize(("end", "person", "house", "reason"), SENDERS, ids=[row[-1] for row in SENDERS])
def test_sender(end: str, person: str | None, house: str | None, reason: str) -> None:
    found = sender_of((BODY + end).split("\n"))
    assert (found.person, found.house) == (person, house), reason


def dump(text: str) -> Document:
    return extract_text(Capture("mail.txt", text.encode(), "2022-01-01T00:00:00Z"))


def message(text: str) -> Document:
    return extract_email(Capture("mail.eml", text.encode(), "2022-01-01T00:00:00Z"))


SIGNED = BODY.replace("\n", "\n\n") + "Thanks,\n\nAnn Lee\nCampaigns Director, Tarn Watch\n"


@pytest.mark.parametrize(
    ("head", "byline", "publisher", "reason"),
    [
        ("Subject: Sewage", "Ann Lee", "Tarn Watch", "no sender in the headers"),
        ("From: Tarn Watch <post@tarnwatch.example>", "Ann Lee", "Tarn Watch", "the house from the header, its signer"),
        ("From: Tom Roe <tom@gmail.com>", "Tom Roe", "Tarn Watch", "the header's person is not replaced"),
        ("From: Mill Fund <x@millfund.example>", "Ann Lee", "Mill Fund", "nor is the header's house"),
    ],
)
def test_headers_come_first(head: str, byline: str, publisher: str, reason: str) -> None:
    found = message(f"{head}\n\n{SIGNED}")
    assert (found.byline, found.publisher) == (byline, publisher), reason


def test_a_dump_without_headers_is_signed() -> None:
    found = dump(SIGNED + "\nUnsubscribe from this mailing list\n")
    assert (found.kind, found.byline, found.publisher) == ("email", "Ann Lee", "Tarn Watch")


FORWARDED = (
    "Hello,\n\nyou may like this.\n\nThanks,\n\nTom Roe\n\n---------- Forwarded message ---------\n"
    "From: Ann Lee <ann@tarnwatch.example>\nSubject: Sewage\nTo: Tom Roe\n\n"
    + BODY.replace("\n", "\n\n")
    + "Paid for by Tarn Watch.\n\nUnsubscribe\n"
)


def test_the_forwarders_name_is_not_taken_from_the_message_within() -> None:
    found = dump("From: Tom Roe <tom@gmail.com>\nSubject: Fwd: Sewage\n\n" + FORWARDED)
    assert (found.byline, found.publisher) == ("Tom Roe", None)
    inner = [found.text[b.start : b.end] for b in found.blocks if b.tag == "blockquote"]
    assert any("41 times" in words for words in inner), "its words are another's"


ATTACHED = (
    "From: Tom Roe <tom@gmail.com>\nSubject: Fwd\nMIME-Version: 1.0\n"
    'Content-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: text/plain\n\nHave a look.\n\n'
    "--b\nContent-Type: message/rfc822\n\nFrom: Ann Lee <ann@tarnwatch.example>\nSubject: Sewage\n"
    "Content-Type: text/plain\n\nThey spilled 41 times last year.\n\n--b--\n"
)


def test_a_message_attached_whole_is_its_senders() -> None:
    found = message(ATTACHED)
    words = {found.text[b.start : b.end]: b.tag for b in found.blocks}
    assert (found.byline, found.publisher) == ("Ann Lee", "tarnwatch.example")
    assert words["They spilled 41 times last year."] == "p"
    assert words["Have a look."] == "blockquote"
    assert "From: Ann Lee\nSubject: Sewage" in found.text
    assert "tarnwatch.example" not in found.text


@pytest.mark.parametrize("text", ["", "\n" * 9, "x" * 50_000, "Thanks,\n" * 5_000, "- A\n" * 5_000, "Paid by " * 9_000])
def test_odd_messages_have_no_sender(text: str) -> None:
    assert sender_of(text.split("\n")).person is None
