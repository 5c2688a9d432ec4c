"""Each copy of a mail is one document, two mails with one Message-ID are two, and no key names who received one."""

from __future__ import annotations

import sqlite3
from base64 import b64encode
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from commands import query, run

ADDRESS = "ines.tolland@fen.example"
WORDS = "The inspectors fined the lock company £2 million on Monday."
OTHER = "The storm broke 40 boats in the harbour on Sunday."


def mail(
    words: str = WORDS, sender: str = "Lock Keepers <news@locks.example>", date: str = "Mon, 1 Jul 2024 10:00:00 +0000",
    message_id: str = "static@locks.example", more: str = "", to: str = f"Ines Tolland <{ADDRESS}>",
) -> bytes:  # fmt: skip
    head = f"{more}From: {sender}\nTo: {to}\nSubject: Locks\nDate: {date}\nMessage-ID: <{message_id}>\n"
    return f"{head}Content-Type: text/plain; charset=utf-8\n\n{words}\n".encode()


def add(here: Path, *mails: bytes) -> tuple[list[Any], str]:
    said = ""
    for number, content in enumerate(mails):
        (here / f"{number}.eml").write_bytes(content)
        result = run("add", "--db", here / "press.db", here / f"{number}.eml")
        assert result.exit_code == 0, result.output
        said += result.output
    return query(here / "press.db", "SELECT id, key, message_id, doubt FROM documents ORDER BY id"), said


TWO = [
    (mail(OTHER, sender="Mallory <m@other.example>"), "another sender, the same date"),
    (mail(OTHER, date="Mon, 1 Jul 2024 10:01:00 +0000"), "the same sender, another date and other words"),
    (mail(sender="Lock Keepers <m@other.example>"), "another address under the same name"),
]


@pytest.mark.parametrize(("second", "reason"), TWO, ids=[row[-1] for row in TWO])
def test_two_mails_with_one_message_id_are_two(tmp_path: Path, second: bytes, reason: str) -> None:
    found, said = add(tmp_path, mail(), second)
    assert [row[0] for row in found] == [1, 2], reason
    assert [bool(row[3]) for row in found] == [False, True]
    assert "Warning: the mail in document 1 has the same Message-ID" in said
    quotes = query(tmp_path / "press.db", "SELECT state FROM claims WHERE document_id = 1")
    assert quotes == [("present",)], "what the first says stands"


SAME = [
    (mail(more="Received: from a.example by b.example; Mon, 1 Jul 2024 10:00:09 +0000\nX-Seen: yes\n"), "other heads"),
    (mail(date="Mon, 1 Jul 2024 12:00:00 +0200"), "the date in another zone"),
    (mail(date="Tue, 2 Jul 2024 08:00:00 +0000"), "another date, the same words"),
    (mail(words=f"{WORDS}\n\nA list added this line."), "the same date, other words"),
    (mail(sender="LOCKS <News@Locks.example>"), "the sender's name in another form"),
    (mail().replace(b"\n", b"\r\n"), "other line ends"),
    (mail(to="Rolf Bram <rolf@fen.example>"), "another's copy"),
    (
        mail(words=b64encode(WORDS.encode()).decode()).replace(b"\n\n", b"\nContent-Transfer-Encoding: base64\n\n", 1),
        "encoded anew",
    ),
]


@pytest.mark.parametrize(("second", "reason"), SAME, ids=[row[-1] for row in SAME])
def test_each_copy_of_a_mail_is_one(tmp_path: Path, second: bytes, reason: str) -> None:
    found, said = add(tmp_path, mail(), second)
    assert len(found) == 1, reason
    assert "Warning" not in said
    assert query(tmp_path / "press.db", "SELECT count(*) FROM snapshots") == [(2,)]


def test_many_mails_of_a_careless_mailer_are_as_many(tmp_path: Path) -> None:
    mails = [mail(f"{WORDS} Case {n}.", date=f"Mon, 1 Jul 2024 10:0{n}:00 +0000") for n in range(6)]
    found, said = add(tmp_path, *mails, mails[2].replace(b"+0000", b"-0000"))
    assert len(found) == 6
    assert "documents 1, 2, 3 \u2026 have the same Message-ID" in said


IDS = [
    ("12.ines.tolland=fen.example@mail.example", "the address for bounces"),
    (f"{b64encode(ADDRESS.encode()).decode()}@mail.example", "base64"),
    (ADDRESS, "the address itself"),
    (f"{ADDRESS.encode().hex()}@mail.example", "hex"),
    ("77.Tolland.3@mail.example", "the surname alone"),
]


@pytest.mark.parametrize(("message_id", "reason"), IDS, ids=[row[-1] for row in IDS])
def test_no_value_gives_away_who_received_it(tmp_path: Path, message_id: str, reason: str) -> None:
    found, _ = add(tmp_path, mail(message_id=message_id), mail(message_id=message_id, more="X-Seen: yes\n"))
    assert len(found) == 1, "a copy is still known"
    assert found[0][2].startswith("sha256:"), reason
    told = {ADDRESS, "tolland", b64encode(ADDRESS.encode()).decode().lower(), ADDRESS.encode().hex()}
    with closing(sqlite3.connect(tmp_path / "press.db")) as connection:
        dump = "\n".join(line for line in connection.iterdump() if ".eml" not in line).lower()
    assert not [one for one in told if one in dump]


def test_a_message_id_that_tells_nobody_is_shown(tmp_path: Path) -> None:
    ((_, key, message_id, _),), _ = add(tmp_path, mail())
    assert message_id == "static@locks.example"
    assert key.startswith("mail:")
    assert "static" not in key


def test_a_page_saved_of_a_mail_is_that_mail(tmp_path: Path) -> None:
    text = f"From: Lock Keepers <news@locks.example>\nTo: Ines Tolland <{ADDRESS}>\nSubject: Locks\n"
    text += (
        f"Date: Mon, 1 Jul 2024 10:00:00 +0000\nMessage-ID: <static@locks.example>\n\nDear all,\n\n{WORDS}\n\nBest,\n"
    )
    found, _ = add(tmp_path, mail(words=f"Dear all,\n\n{WORDS}\n\nBest,"))
    (tmp_path / "saved.txt").write_text(text)
    assert run("add", "--db", tmp_path / "press.db", tmp_path / "saved.txt").exit_code == 0
    assert len(query(tmp_path / "press.db", "SELECT id FROM documents")) == len(found) == 1
