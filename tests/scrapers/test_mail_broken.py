"""Broken messages: the words that can be read are kept, what was odd is said, nothing else is raised."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from scrapers.document import Capture, Document
from scrapers.errors import ScrapeError
from scrapers.html_tree import grow, parse
from scrapers.mail_text import is_hidden
from scrapers.mailbox import extract_email
from scrapers.richtext import TextBuilder
from tracker.own_words import load_kinds
from tracker.reading.claims import read as read_claims

SHARED = Path(os.environ.get("PRESS_DATA", Path(__file__).parents[2].parent / "shared"))


def read(body: bytes) -> Document:
    return extract_email(Capture("mail.eml", body, "2023-01-01T00:00:00Z"))


BROKEN = [
    (b"Content-Type: text/plain; charset=x-none\n\nfined \xa33m", "fined £3m", "unknown character set", "charset"),
    (
        b"Content-Type: text/plain; charset=us-ascii\n\nfined \xc2\xa33m",
        "fined £3m",
        "not in the character set",
        "ascii",
    ),
    (b"Content-Type: text/plain; charset=utf-8\n\nfined \xa33m", "fined £3m", "not in the character set", "utf-8"),
    (b"Content-Type: text/plain; charset==?x?q?y?=\n\nfined", "fined", "unknown character set", "a coded charset"),
    (
        b"Content-Type: text/plain\nContent-Transfer-Encoding: quoted-printable\n\nfined =C2=A33m =ZZ and=\n more=",
        "fined £3m =ZZ and more",
        "",
        "escapes that are none",
    ),
    (
        b"Content-Type: text/plain; charset=utf-8\n\nfined =C2=A33m =20\nand=20\nso=\n on =3D =20",
        "fined £3m\nand\nso on =",
        "quoted-printable without saying so",
        "no transfer encoding stated",
    ),
    (
        b"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\nU29tZSB3b3*Jkcw",
        "Some words",
        "transfer encoding",
        "base64 with a star, cut short",
    ),
    (
        b"Content-Type: text/plain\nContent-Transfer-Encoding: x-wonder\n\nSome words",
        "Some words",
        "",
        "a transfer encoding that nobody knows",
    ),
    (
        b"Content-Type: multipart/alternative; boundary=\n\n--q\nContent-Type: text/plain\n\nSome words\n--q--",
        "Some words",
        "boundary",
        "an empty boundary",
    ),
    (
        b'Content-Type: multipart/mixed; boundary="q"\n\n--other\nContent-Type: text/plain\n\nSome words\n--other--',
        "Some words",
        "boundary",
        "another boundary",
    ),
    (b"Content-Type: text\n\nSome words", "Some words", "", "half a media type"),
    (b"Content-Type: text/html\n\n<p>Some <b>words", "Some words", "", "open tags"),
    (
        b"Subject: second\nContent-Type: text/plain\n\nSome words",
        "Some words",
        "several Subject headers",
        "two subjects",
    ),
    (b"no header\n\nSome words", "no header\n\nSome words", "headers are broken", "a line that is no header"),
]


@pytest.mark.parametrize(("body", "words", "warning", "reason"), BROKEN, ids=[row[-1] for row in BROKEN])
def test_words_are_kept(body: bytes, words: str, warning: str, reason: str) -> None:
    found = read(b"Subject: first\n" + body)
    assert found.text == words, reason
    assert found.title == "first"
    assert warning in found.won_by.get("warning", "")
    assert bool(warning) == ("warning" in found.won_by)


HEADERS = [
    (b"Subject: caf\xc3\xa9", "café", "bytes in UTF-8"),
    (b"Subject: caf\xe9 for \xa33", "café for £3", "in another set"),
    (b"Subject: =?utf-8?q?caf=C3=A9?=", "café", "as they should be"),
    (b"Subject: a=?utf-8?q?caf=C3=A9?=b", "acaféb", "inside a word"),
    (b'Subject: "=?utf-8?q?caf=C3=A9?=" now', '"café" now', "inside quotation marks"),
    (b"Subject: =?x-none?q?caf=E9?= now", "café now", "in a set that nobody knows"),
    (b"Subject: =?utf-8?b?Y2Fmw6k?= now", "café now", "base64 without padding"),
    (b"Subject: =?utf-8?q?caf=C3?= =?utf-8?q?=A9?=", "café", "a character in two words"),
    (b"Subject: =?utf-8?q?caf", "=?utf-8?q?caf", "cut off"),
    (b"Subject:\n caf\n\te", "caf e", "folded"),
    (b"SUBJECT: one\nsubject: two", "one", "the first of two"),
    (b"Subject:   ", None, "empty"),
]


@pytest.mark.parametrize(("header", "title", "reason"), HEADERS, ids=[row[-1] for row in HEADERS])
def test_subjects(header: bytes, title: str | None, reason: str) -> None:
    assert read(header + b"\nFrom: a@b.example\n\nSome words").title == title, reason


SENDERS = [
    (b"From: =?utf-8?q?L=C3=A9e=2C_Ann?= <a@gmail.com>", "Ann Lée", None, "a comma that is coded"),
    (b'From: "=?utf-8?q?Ann_L=C3=A9e?=" <a@gmail.com>', "Ann Lée", None, "coded inside quotation marks"),
    (b"From: Ann L\xc3\xa9e <a@gmail.com>", "Ann Lée", None, "bytes"),
    (b"From: =?x-none?q?Ann_Lee?= <a@gmail.com>", "Ann Lee", None, "a set that nobody knows"),
    (b"From: Ann Lee\nFrom: Tom Roe <b@gmail.com>", "Ann Lee", None, "the first of two"),
    (b"From: MAILER DAEMON <>", None, "MAILER DAEMON", "no address"),
    (b'From: ,,;<<>"@', None, None, "nothing"),
    (b"From: (((((((((((", None, None, "comments without end"),
]


@pytest.mark.parametrize(("header", "byline", "publisher", "reason"), SENDERS, ids=[row[-1] for row in SENDERS])
def test_senders(header: bytes, byline: str | None, publisher: str | None, reason: str) -> None:
    found = read(header + b"\nSubject: x\n\nSome words")
    assert (found.byline, found.publisher) == (byline, publisher), reason


def corpus() -> list[Path]:
    folders = [*(SHARED / "corpora").glob("emails-*"), SHARED / "bench" / "mail_parser_fixtures"]
    return sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())


def test_real_messages_are_read_or_refused_with_a_reason() -> None:
    if not corpus():
        pytest.skip("PRESS_DATA has no corpora/emails-*")
    kinds, refused = tuple(load_kinds()), []
    for path in corpus():
        start = time.process_time()
        try:
            read_claims(extract_email(Capture(path.name, path.read_bytes(), "2023-01-01T00:00:00Z")), kinds)
        except ScrapeError as error:
            refused.append(str(error))
        assert time.process_time() - start < 5, path.name
    assert len(refused) <= 21
    assert all(line.startswith(("this message has no part with words", "the message is empty")) for line in refused)


def test_html_parts_have_the_words_that_inscriptis_shows() -> None:
    inscriptis = pytest.importorskip("inscriptis")
    source = (
        "<body><div style='display:none'>hidden</div><table><tr><td>Left <b>one</b></td><td><table>"
        "<tr><td>inner</td></tr></table></td></tr></table>"
        "<ul><li>a<ul><li>b</li></ul></li></ul><p>x<br>y<img alt='alt words' src='a.png'></p>"
        "<pre>p  q\nr</pre><h2>Head</h2>tail<span hidden></span> end</body>"
    )
    tree = parse(source)
    assert tree is not None
    builder = TextBuilder()
    grow(tree, builder, is_hidden=is_hidden)
    shown = [word for word in inscriptis.get_text(source).split() if word not in ("*", "+")]
    assert builder.build().text.split() == shown


def test_the_headers_of_a_message_that_came_back_are_no_words_of_it() -> None:
    body = (
        b"From: Mailer <mailer@mill.example>\nSubject: Undelivered\nMIME-Version: 1.0\n"
        b'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
        b"--b\nContent-Type: text/plain\n\nYour message could not be delivered to one of its readers.\n"
        b"--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mill.example\n\nStatus: 5.1.1\n"
        b"--b\nContent-Type: text/rfc822-headers\n\nX-Priority: 3\nX-Mailer: Mill 7\nMIME-Version: 1.0\n\n--b--\n"
    )
    text = read(body).text
    assert "could not be delivered" in text
    assert "X-Priority" not in text
    assert "Reporting-MTA" not in text
