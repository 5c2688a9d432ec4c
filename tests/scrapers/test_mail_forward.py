"""Messages that only pass another on: the one within is the work, in every form that mail programs give it."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from scrapers.document import Capture, Document
from scrapers.mailbox import extract_email
from tracker.own_words import load_kinds
from tracker.reading.claims import read
from tracker.reading.values import Claim

KINDS = tuple(load_kinds())
NOTE = "Worth a look. The council spent £3 million on signs."
LETTER = (
    "Dear Tom,",
    "The water company was fined £2 million last year.",
    "Tom, we count every spill.",
    "Thanks,",
    "Unsubscribe here",
)
PLAIN = "\n\n".join(LETTER) + "\n"
HTML = "".join(f"<p>{words}</p>" for words in LETTER)
FROM, TO = "Tarn Watch <news@tarnwatch.example>", "Tom Roe <tom.roe@mail.example>"
OUTER = (
    f"From: {TO}\nTo: archive@press.example\nSubject: Fwd: Spills\n"
    "Date: Wed, 5 Oct 2022 10:00:00 +0100\nMIME-Version: 1.0\n"
)
GMAIL = f"From: {FROM}\nDate: Tue, 4 Oct 2022 at 08:05\nSubject: Spills\nTo: {TO}\n"
APPLE = f"From: {FROM}\nSubject: Spills\nDate: 4 October 2022 at 08:05:41 BST\nTo: {TO}\n\n{PLAIN}"


def html_lines(*lines: str) -> str:
    return "<br>".join(line.replace("<", "&lt;").replace(">", "&gt;") for line in lines)


FORMS = {
    "Gmail": f"{NOTE}\n\n---------- Forwarded message ---------\n{GMAIL}\n\n{PLAIN}",
    "no blank line": f"{NOTE}\n---------- Forwarded message ---------\n{GMAIL}{PLAIN}",
    "Thunderbird": f"{NOTE}\n\n-------- Forwarded Message --------\nSubject: \tSpills\n"
    f"Date: \tTue, 4 Oct 2022 08:05:41 +0100\nFrom: \t{FROM}\nTo: \t{TO}\n\n\n{PLAIN}",
    "Apple": f"{NOTE}\n\nBegin forwarded message:\n\n" + "".join(f"> {line}\n" for line in APPLE.split("\n")),
    "Outlook": f"{NOTE}\n\n________________________________\nFrom: {FROM}\nSent: Tuesday, October 4, 2022 8:05 AM\n"
    f"To: {TO}\nSubject: Spills\n\n{PLAIN}",
    "old Outlook": f"{NOTE}\n\n-----Original Message-----\nFrom: Tarn Watch [mailto:news@tarnwatch.example]\n"
    f"Sent: 04 October 2022 08:05\nTo: Roe, Tom; Lee, Kim\nSubject: Spills\n\n{PLAIN}",
    "Gmail HTML": f'<div dir="ltr">{NOTE}</div><br><div class="gmail_quote"><div class="gmail_attr">'
    + html_lines("---------- Forwarded message ---------", *GMAIL.splitlines(), "")
    + f"</div><br>{HTML}</div>",
    "Apple HTML": f'<div>{NOTE}<br><blockquote type="cite"><div>Begin forwarded message:</div>'
    + "".join(
        f"<div><b>{line.partition(' ')[0]} </b>{html_lines(line.partition(' ')[2])}</div>" for line in GMAIL.split("\n")
    )
    + f"<br>{HTML}</blockquote></div>",
    "Thunderbird HTML": f"<p>{NOTE}</p><div>-------- Forwarded Message --------<table>"
    "<tr><th>Subject: </th><td>Spills</td></tr>"
    "<tr><th>Date: </th><td>Tue, 4 Oct 2022 08:05:41 +0100</td></tr><tr><th>From: </th><td>Tarn Watch "
    "&lt;news@tarnwatch.example&gt;</td></tr><tr><th>To: </th><td>Tom Roe "
    f"&lt;tom.roe@mail.example&gt;</td></tr></table><br>{HTML}</div>",
    "Outlook HTML": f"<div>{NOTE}</div><hr><div><b>From:</b> {html_lines(FROM)}<br>"
    f"<b>Sent:</b> 04 October 2022 08:05<br><b>To:</b> {html_lines(TO)}<br><b>Subject:</b> Spills</div>{HTML}",
}


def message(body: str, outer: str = OUTER) -> Document:
    kind = "html" if body.startswith("<") else "plain"
    content = f"{outer}Content-Type: text/{kind}; charset=utf-8\n\n{body}"
    return extract_email(Capture("mail.eml", content.encode(), "2023-01-01T00:00:00Z"))


def tags(document: Document) -> Mapping[str, str]:
    return {document.text[b.start : b.end]: b.tag for b in document.blocks}


def told(document: Document) -> list[Claim]:
    return list(read(document, KINDS).claims)


def chain(claim: Claim) -> str:
    return " > ".join(f"{teller.name} ({teller.role})" for teller in claim.chain)


@pytest.mark.parametrize("form", FORMS)
def test_the_one_within_is_the_work(form: str) -> None:
    found = message(FORMS[form])
    assert (found.publisher, found.title) == ("Tarn Watch", "Spills")
    assert (found.published or "").startswith("2022-10-04")
    assert {found.won_by[name] for name in ("publisher", "title", "published", "forwarded")} == {"forwarded header"}
    words = tags(found)
    assert words["The water company was fined £2 million last year."] == "p"
    assert words[NOTE] == "blockquote"
    assert words["Unsubscribe here"] == "footer"


@pytest.mark.parametrize("form", FORMS)
def test_each_is_told_by_who_wrote_it(form: str) -> None:
    note, fine = told(message(FORMS[form]))
    assert (note.speaker, chain(note)) == ("Tom Roe", "Tom Roe (sender)")
    assert (fine.speaker, chain(fine)) == ("Tarn Watch", "Tarn Watch (sender)")


@pytest.mark.parametrize("form", FORMS)
def test_whoever_passed_it_on_had_received_it(form: str) -> None:
    text = message(FORMS[form]).text
    assert "Dear [recipient]," in text
    assert "[recipient], we count every spill." in text
    assert "tom.roe@" not in text
    assert "Kim" not in text
    assert text.count("Tom") == 1, "only above the note"


def test_without_a_note_nobody_passed_it_on() -> None:
    found = message(FORMS["Gmail"].removeprefix(NOTE))
    assert "Tom" not in found.text
    (fine,) = told(found)
    assert chain(fine) == "Tarn Watch (sender)"


def test_a_sender_without_a_name_is_known_by_the_domain() -> None:
    found = message(FORMS["Gmail"].replace(FROM, "news@tarnwatch.example"))
    assert (found.byline, found.publisher) == (None, "tarnwatch.example")
    assert found.won_by["publisher"] == "forwarded header, domain"
    assert [chain(claim) for claim in told(found)] == ["Tom Roe (sender)", "tarnwatch.example (sender)"]


def test_a_time_without_its_zone_is_a_day() -> None:
    assert message(FORMS["Outlook"]).published == "2022-10-04"
    assert message(FORMS["Thunderbird"]).published == "2022-10-04T08:05:41+01:00"


def attached(subject: str, note: str, disposition: str = "attachment", kind: str = "mixed") -> Document:
    body = (
        f'Content-Type: multipart/{kind}; boundary="b"\n\n--b\n'
        f"Content-Type: text/plain; charset=utf-8\n\n{note}\n\n--b\n"
        f"Content-Type: message/rfc822\nContent-Disposition: {disposition}\n\nFrom: {FROM}\nTo: {TO}\nSubject: Spills\n"
        "Date: Tue, 4 Oct 2022 08:05:41 +0100\nMessage-ID: <spills@tarnwatch.example>\n"
        f"Content-Type: text/plain; charset=utf-8\n\n{PLAIN}\n--b--\n"
    )
    content = OUTER.replace("Fwd: Spills", subject) + body
    return extract_email(Capture("mail.eml", content.encode(), "2023-01-01T00:00:00Z"))


@pytest.mark.parametrize("disposition", ["attachment", "inline"])
def test_a_message_attached_whole_is_the_work(disposition: str) -> None:
    found = attached("Fwd: Spills", NOTE, disposition)
    assert (found.publisher, found.title, found.message_id) == ("Tarn Watch", "Spills", "spills@tarnwatch.example")
    assert found.published == "2022-10-04T08:05:41+01:00"
    assert found.won_by["forwarded"] == found.won_by["publisher"] == "attached message"
    assert [chain(claim) for claim in told(found)] == ["Tom Roe (sender)", "Tarn Watch (sender)"]
    assert attached("Spills", "FYI").publisher == "Tarn Watch", "few words pass on, whatever the subject"


NOT_PASSED_ON = [
    ("Re: Spills", NOTE, "attachment", "mixed", "an answer that attaches"),
    ("Re: Fwd: Spills", NOTE, "attachment", "mixed", "an answer to one that was passed on"),
    ("Our report", " ".join(["The council spent much on signs."] * 9), "attachment", "mixed", "a letter of its own"),
    ("Returned mail", "Your message could not be delivered.", "inline", "report", "a report of delivery"),
]


@pytest.mark.parametrize(
    ("subject", "note", "disposition", "kind", "reason"), NOT_PASSED_ON, ids=[r[-1] for r in NOT_PASSED_ON]
)
def test_what_only_attaches_is_its_own_work(subject: str, note: str, disposition: str, kind: str, reason: str) -> None:
    found = attached(subject, note, disposition, kind)
    assert (found.byline, found.title) == ("Tom Roe", subject), reason
    assert "forwarded" not in found.won_by


def test_an_answer_with_a_forward_beneath_is_its_writers() -> None:
    found = message(FORMS["Gmail"], OUTER.replace("Fwd: Spills", "Re: Spills"))
    assert found.byline == "Tom Roe"
    assert tags(found)["The water company was fined £2 million last year."] == "blockquote"


def test_passed_on_twice_is_the_innermost() -> None:
    middle = "Kim, have a look at this.\n\n" + FORMS["Gmail"].removeprefix(NOTE)
    head = "---------- Forwarded message ---------\nFrom: Kim Lee <kim@mail.example>\nSubject: Fwd: Spills\nTo: Tom\n\n"
    found = message(f"{NOTE}\n\n{head}{middle}")
    assert (found.publisher, found.title) == ("Tarn Watch", "Spills")
    assert [chain(claim) for claim in told(found)] == ["Tom Roe (sender)", "Tarn Watch (sender)"]


def test_a_quotation_in_what_is_passed_on_is_not_its_senders() -> None:
    body = FORMS["Gmail HTML"].replace(
        "<p>Thanks,</p>", "<blockquote>They lost £9 million on it.</blockquote><p>Thanks,</p>"
    )
    quoted = next(claim for claim in told(message(body)) if "£9" in claim.quote)
    assert quoted.speaker is None


REPLIES = [
    ("See below.\n\nOn Tue, 4 Oct 2022 at 08:05, Ann Lee <ann@mill.example> wrote:\n> It cost £9 million.\n", "plain"),
    (
        "See below.\n\nOn Tue, 4 Oct 2022 at 08:05, Ann Lee <ann.lee@mill.example>\nwrote:\n\n> It cost £9 million.\n",
        "wrapped",
    ),
    ("See below.\n\nOn 4 Oct 2022, at 08:05, Ann Lee wrote:\n\nIt cost £9 million.\n", "no marks"),
    (
        "See below.\n\nFrom: Ann Lee <ann@mill.example>\nSent: 4 October 2022\nSubject: y\n\nIt cost £9 million.\n",
        "Outlook",
    ),
    (
        '<p>See below.</p><div class="gmail_quote"><div>On Tue, 4 Oct 2022 at 08:05, Ann Lee wrote:<br></div>'
        "<blockquote>It cost £9 million.</blockquote></div>",
        "HTML",
    ),
]


@pytest.mark.parametrize(("body", "reason"), REPLIES, ids=[row[-1] for row in REPLIES])
def test_what_is_answered_is_quoted(body: str, reason: str) -> None:
    found = message(body, OUTER.replace("Fwd: Spills", "Re: Spills"))
    words = tags(found)
    assert (words["See below."], words["It cost £9 million."]) == ("p", "blockquote"), reason
    assert found.byline == "Tom Roe"
    assert [claim.speaker for claim in told(found)] == ["Ann Lee"]


@pytest.mark.parametrize(
    "piece", ["From: a\nTo: b\n", "Begin forwarded message:\n", "> ", "On 3 May 2021 <\n", "wrote:\n"]
)
def test_odd_messages_end(piece: str) -> None:
    assert message(piece * (60_000 // len(piece)) + "\n\nwords\n").kind == "email"
