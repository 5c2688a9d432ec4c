"""An mbox is read message by message, each as it was before it went in."""

from __future__ import annotations

import io
import mailbox
from collections.abc import Iterator
from pathlib import Path

import pytest

from scrapers.mbox import is_mbox, messages

HEAD = b"From ann@news.example Mon Jan  6 10:00:00 2020\n"


def bodies(content: bytes, limit: int = 1_000_000) -> list[bytes | None]:
    return [piece.body for piece in messages(io.BytesIO(content), limit)]


@pytest.mark.parametrize(
    ("content", "expected", "why"),
    [
        (HEAD + b"Subject: 1\n\nOne\n\n" + HEAD + b"Subject: 2\n\nTwo\n\n",
         [b"Subject: 1\n\nOne\n", b"Subject: 2\n\nTwo\n"], "the blank line between them is no one's"),
        (HEAD + b"Subject: 1\n\n>From here\n>>From there\n> From you\n",
         [b"Subject: 1\n\nFrom here\n>From there\n> From you\n"], "one mark is taken away, and only there"),
        (HEAD + b"Subject: 1\n\nOne\n\nFrom the start it failed:\n\nTwo\n",
         [b"Subject: 1\n\nOne\n\nFrom the start it failed:\n\nTwo\n"], "a letter's own line, no headers below"),
        (HEAD + b"Subject: 1\n\nOne\n\nFrom the desk of Ann\nNote: it failed\nagain and again\n",
         [b"Subject: 1\n\nOne\n\nFrom the desk of Ann\nNote: it failed\nagain and again\n"],
         "one line like a header does not make headers"),
        (HEAD + b"Subject: 1\n\nOne\n" + HEAD + b"Subject: 2\n\nTwo\n",
         [b"Subject: 1\n\nOne\n", b"Subject: 2\n\nTwo\n"],
         "no blank line before it, but sender and date"),
        (HEAD + b"Subject: 1\r\n\r\nOne\r\n" + HEAD.replace(b" 2020\n", b" +0000 2020\r\n")
         + b"To: b@c.example\r\n\r\nTwo\r\n",
         [b"Subject: 1\r\n\r\nOne\r\n", b"To: b@c.example\r\n\r\nTwo\r\n"], "the same, a zone, line ends of Windows"),
        (HEAD + b"Subject: 1\n\nOne\nFrom - Mon Jan 06 10:00:00 2020\nX-Status: 1\nTo: b@c.example\n\nTwo\n",
         [b"Subject: 1\n\nOne\n", b"X-Status: 1\nTo: b@c.example\n\nTwo\n"], "a mark in the sender's place"),
        (HEAD + b"Subject: 1\n\nOne\n" + HEAD + b"it went on\nand on\n",
         [b"Subject: 1\n\nOne\n" + HEAD + b"it went on\nand on\n"], "no headers below"),
        (HEAD + b"Subject: 1\n\nOne\nFrom Ann Mon 10:00\nNote: this\nAnd: that\n",
         [b"Subject: 1\n\nOne\nFrom Ann Mon 10:00\nNote: this\nAnd: that\n"], "no blank line, and no whole date"),
        (HEAD + b"Subject: 1\n\nOne\n>" + HEAD + b"Subject: 2\n\n", [b"Subject: 1\n\nOne\n" + HEAD + b"Subject: 2\n"],
         "marked as a letter's own words"),
        (HEAD.replace(b"\n", b"\r\n") + b"Subject: 1\r\n\r\nOne\r\n\r\n" + HEAD + b"Subject: 2\r\n\r\nTwo\r\n",
         [b"Subject: 1\r\n\r\nOne\r\n", b"Subject: 2\r\n\r\nTwo\r\n"], "line ends of Windows"),
        (b"\n\n" + HEAD + b">From bob remote from mars\nSubject: 1\n\nOne\n",
         [b"From bob remote from mars\nSubject: 1\n\nOne\n"], "an old mark of the way, first among the headers"),
        (b"Subject: none\n\nOne\n", [], "no mbox"),
        (b"", [], "nothing"),
        (HEAD + b"Subject: 1\n\n" + b"x" * 200_000 + b"\n\n" + HEAD + b"Subject: 2\n\nTwo\n",
         [b"Subject: 1\n\n" + b"x" * 200_000 + b"\n", b"Subject: 2\n\nTwo\n"], "a line longer than a piece"),
    ],
)  # fmt: skip
def test_messages_come_out_as_they_went_in(content: bytes, expected: list[bytes], why: str) -> None:
    assert bodies(content) == expected, why


def test_a_message_over_the_limit_is_told_and_costs_the_others_nothing() -> None:
    content = HEAD + b"Subject: 1\n\n" + b"x\n" * 600 + b"\n" + HEAD + b"Subject: 2\n\nTwo\n"
    first, second = messages(io.BytesIO(content), 1_000)
    assert (first.body, first.size) == (None, 1_213)
    assert second.body == b"Subject: 2\n\nTwo\n"
    assert content[second.offset :].startswith(HEAD + b"Subject: 2")


def test_the_file_is_never_held_whole() -> None:
    class Endless(io.RawIOBase):
        """A file of two gigabytes that nobody stores."""

        def __init__(self) -> None:
            self.lines = self.made()

        def made(self) -> Iterator[bytes]:
            for number in range(50):
                yield HEAD
                yield b"Subject: %d\n" % number
                yield b"\n"
                yield from [b"y" * 63_000 + b"\n"] * 600
                yield b"\n"

        def readline(self, size: int | None = -1, /) -> bytes:
            return next(self.lines, b"")

    found = [piece.number for piece in messages(Endless(), 1_000) if piece.body is None]  # type: ignore[arg-type]
    assert found == list(range(1, 51))


def test_what_the_standard_library_writes_is_read(tmp_path: Path) -> None:
    letters = [b"Subject: %d\n\nDear all,\nFrom me %d\n" % (n, n) for n in range(20)]
    box = mailbox.mbox(tmp_path / "box", create=True)
    for letter in letters:
        box.add(letter)
    box.close()
    assert bodies((tmp_path / "box").read_bytes()) == letters


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (HEAD + b"Subject: 1\n", True),
        (b"\r\n" + HEAD + b"Subject: 1\n", True),
        (b"From the start\n\nthere was", False),
        (b"From: Ann\nTo: Bob\n", False),
        (b"From ", False),
        (b"", False),
    ],
)
def test_what_is_an_mbox(head: bytes, expected: bool) -> None:
    assert is_mbox(head) is expected
