"""Bad input through the real command line: one clear line each, and the good input still goes in."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import struct
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import pytest
from commands import article, query, rows, run, spawn

from db.checks import run_checks
from db.engine import open_database
from db.vocabulary import STAGES
from scrapers.archive import Archive
from scrapers.document import Document
from tracker import pipeline, read
from tracker.outcomes import Failed, Stated
from tracker.own_words import load_kinds
from tracker.settings import Settings

GOOD = article(
    "Rail operator fined",
    "The regulator fined Acme Rail £3 million on Friday after 412 trains were cancelled in one week.",
    "Passengers at Oakhanger waited for two hours in the rain, and no bus came for them that night.",
    "The operator has run the line since it was let, and no other firm has ever bid for it.",
)
PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + bytes(range(256)) * 4
MESSAGE = (
    b"From press@acme.example Thu Jul  2 08:00:00 2020\n"
    b"From: Acme Rail <press@acme.example>\nSubject: Cancelled\n\n"
    b"The regulator fined Acme Rail \xc2\xa33 million on Friday after 412 trains were cancelled.\n\n"
)
Make = Callable[[Path], None]


def holding(content: bytes) -> Make:
    def write(path: Path) -> None:
        path.write_bytes(content)

    return write


def sparse(path: Path) -> None:
    path.touch()
    os.truncate(path, 200_000_000)


@dataclass(frozen=True)
class Bad:
    """An input that must fail: its name, how it is made, what its line says, the stage it fails at."""

    name: str
    make: Make
    says: str
    remedy: str
    stage: str


BAD = [
    Bad("missing.txt", lambda p: None, "no such file", "check the name", "input"),
    Bad("empty.txt", holding(b""), "is empty", "check that", "extract"),
    Bad("blank.html", holding(b" \n\t\r\n" * 50), "is empty", "check that", "extract"),
    Bad("letter.rtf", holding(rb"{\rtf1\ansi The board paid 3 million.}"), "(RTF)", "save it as plain text", "extract"),
    Bad("note.txt", holding(rb"{\rtf1\ansi The board paid 3 million.}"), "(RTF)", "save it as plain text", "extract"),
    Bad("folder", lambda p: p.mkdir(), "is a folder", "name the files", "input"),
    Bad("program.bin", holding(bytes(range(256)) * 40), "binary", "plain text or HTML", "extract"),
    Bad("big.html", sparse, "200 MB is over the limit", "save the part", "input"),
    Bad("garbled.txt", holding(b"fined \x00\x81\x8d\x01\x02\x9d \xd8" * 40), "binary", "plain text", "extract"),
    Bad("only_nuls.txt", holding(b"\0" * 5000), "binary", "plain text", "extract"),
    Bad("loop.txt", lambda p: p.symlink_to(p.name), "no such file", "check the name", "input"),
    Bad("pipe.txt", lambda p: os.mkfifo(p), "not a regular file", "give a file", "input"),
    Bad(
        "deep.html",
        holding(b"<div>" * 60_000 + b"fined" + b"</div>" * 60_000),
        "no article",
        "copy",
        "extract",
    ),
    Bad(
        "noarticle.html",
        holding(b"<html><head><title>x</title></head><body><nav><a href=/a>A</a></nav></body></html>"),
        "no article",
        "copy the article",
        "extract",
    ),
    Bad(
        "menu.html",
        holding(b"<nav><a href=/a>News</a> | <a href=/b>Sport</a></nav><ul><li><a href=/c>More</a></ul>"),
        "no article",
        "copy the article",
        "extract",
    ),
    Bad("picture.html", holding(PNG), "a PNG image", "give an HTML page, a PDF", "extract"),
    Bad("picture.eml", holding(PNG), "a PNG image", "give an HTML page, a PDF", "extract"),
    Bad("binary.html", holding(bytes(range(256)) * 40), "binary", "give an HTML page, a PDF", "extract"),
    Bad("report.html", holding(b"\xef\xbb\xbf\r\n%PDF-1.7\n%\xe2\xe3"), "a PDF", "as a .txt", "extract"),
    Bad(
        "nobody.eml",
        holding(b"From: a@b.example\nTo: c@d.example\nMessage-ID: <1@b.example>\nMIME-Version: 1.0\n\n"),
        "no part",
        "save the message's text",
        "extract",
    ),
    Bad("http://127.0.0.1:9/closed", lambda p: None, "refused", "public http", "fetch"),
    Bad("ftp://files.example/x", lambda p: None, "is not http", "public http", "fetch"),
    Bad("http://[::1", lambda p: None, "not a well-formed", "public http", "fetch"),
]
TWO_LINES = 'new\nline "q" it\'s.txt'
SURROGATE = b"sur\xff\xferogate.txt"


@dataclass(frozen=True)
class Outcome:
    """A folder in which all the bad inputs were added beside one good one, twice."""

    folder: Path
    first: subprocess.CompletedProcess[bytes]
    second: subprocess.CompletedProcess[bytes]
    counts: tuple[dict[str, int], dict[str, int]]

    @property
    def db(self) -> Path:
        return self.folder / "press.db"


def counted(db: Path) -> dict[str, int]:
    tables = (
        "documents",
        "snapshots",
        "texts",
        "claims",
        "claim_spans",
        "figures",
        "passages",
        "failures",
        "runs",
    )
    with closing(sqlite3.connect(db)) as connection:
        return {t: connection.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in tables}  # noqa: S608


@pytest.fixture(scope="module")
def empty_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database; making one anew costs a third of a second."""
    path = tmp_path_factory.mktemp("empty") / "press.db"
    open_database(path).dispose()
    return path


@pytest.fixture
def ready(tmp_path: Path, empty_db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A working directory with an empty database in it."""
    monkeypatch.chdir(tmp_path)
    shutil.copy(empty_db, tmp_path / "press.db")


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    folder = tmp_path_factory.mktemp("bad")
    (folder / "good.html").write_bytes(GOOD)
    (folder / os.fsdecode(SURROGATE)).write_bytes(b"")
    for bad in BAD:
        if "://" not in bad.name:
            bad.make(folder / bad.name)
    names = [*(bad.name for bad in BAD[:8]), "good.html", *(bad.name for bad in BAD[8:])]
    first = spawn("add", *names, SURROGATE, cwd=folder)
    after_first = counted(folder / "press.db")
    second = spawn("add", *names, SURROGATE, cwd=folder)
    return Outcome(folder, first, second, (after_first, counted(folder / "press.db")))


def lines_about(outcome: Outcome, name: str) -> list[str]:
    """The lines on standard error that name this input, which stands behind the reason."""
    return [line for line in outcome.first.stderr.decode().splitlines() if f": {name}: " in line]


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.name)
def test_a_bad_input_is_one_line_with_what_which_and_what_to_do(bad: Bad, outcome: Outcome) -> None:
    (line,) = lines_about(outcome, bad.name)
    assert line.startswith("Error: ")
    assert bad.says in line.partition(f": {bad.name[:3]}")[0]
    assert bad.remedy in line.rpartition(": ")[2]


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.name)
def test_a_bad_input_is_one_row_of_failures(bad: Bad, outcome: Outcome) -> None:
    with closing(sqlite3.connect(outcome.db)) as connection:
        found = connection.execute(
            "SELECT stage, reason, remedy FROM failures WHERE input = ? AND run_id = 1", (bad.name,)
        ).fetchall()
    ((stage, reason, remedy),) = found
    assert stage == bad.stage
    assert stage in STAGES
    assert bad.says in reason
    assert bad.remedy in remedy


def test_a_name_that_is_no_text_is_told_and_kept_all_the_same(outcome: Outcome) -> None:
    told = [line for line in outcome.first.stderr.decode().splitlines() if "rogate.txt" in line]
    assert len(told) == 1
    assert "is empty" in told[0]
    kept = query(outcome.db, "SELECT input FROM failures WHERE input LIKE 'sur%rogate.txt' AND run_id = 1")
    assert len(kept) == 1


def test_nothing_else_stands_on_standard_error(outcome: Outcome) -> None:
    assert len(outcome.first.stderr.decode().splitlines()) == len(BAD) + 1
    assert b"Traceback" not in outcome.first.stderr + outcome.first.stdout


def test_the_good_input_goes_in_and_the_status_is_1(outcome: Outcome) -> None:
    assert outcome.first.returncode == 1
    assert query(outcome.db, "SELECT title FROM documents") == [("Rail operator fined",)]
    assert (3_000_000.0, "GBP") in query(outcome.db, "SELECT value, unit FROM figures")
    assert f"{len(BAD) + 1} failed".encode() in outcome.first.stdout


def test_the_same_again_adds_nothing_but_its_failures(outcome: Outcome) -> None:
    first, second = outcome.counts
    assert outcome.second.returncode == 1
    assert second["failures"] == 2 * first["failures"]
    assert second["runs"] == 2
    told_twice = {"failures", "runs"}
    assert {k: v for k, v in second.items() if k not in told_twice} == {
        k: v for k, v in first.items() if k not in told_twice
    }


def test_database_and_archive_are_sound_afterwards(outcome: Outcome) -> None:
    assert run_checks(outcome.db) == []
    assert list(Archive(outcome.folder / "press.archive").verify()) == []


@pytest.mark.usefixtures("ready")
@pytest.mark.parametrize("command", ["add", "read"])
def test_a_line_break_in_a_name_does_not_break_the_line(command: str, tmp_path: Path) -> None:
    Path(TWO_LINES).write_bytes(b"")
    result = run(command, TWO_LINES)
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    Path(TWO_LINES).write_bytes(GOOD)
    result = run(command, TWO_LINES)
    assert result.exit_code == 0
    (line,) = [line for line in result.stdout.splitlines() if "it's.txt" in line]
    assert line.startswith("new\N{REPLACEMENT CHARACTER}line")
    assert json.loads(run(command, "--json", TWO_LINES).stdout)["input"] == TWO_LINES


@pytest.mark.usefixtures("ready")
@pytest.mark.parametrize("command", ["add", "read"])
def test_an_input_without_a_name_is_no_such_file(command: str) -> None:
    result = run(command, "")
    assert (result.exit_code, result.stderr) == (1, 'Error: no such file: "": check the name\n')


@pytest.mark.usefixtures("ready")
def test_a_password_in_an_address_is_neither_printed_nor_kept(tmp_path: Path) -> None:
    result = run("add", "https://ann:secret@news.example/a")
    assert result.exit_code == 1
    assert "user name or password" in result.stderr
    ((kept,),) = query(tmp_path / "press.db", "SELECT input FROM failures")
    assert "secret" not in result.stderr + result.stdout + kept


def test_an_address_stated_from_python_is_checked_too(tmp_path: Path) -> None:
    (tmp_path / "good.html").write_bytes(GOOD)
    with pipeline.Adder(tmp_path / "press.db", Settings()) as adder:
        outcome = adder.add(str(tmp_path / "good.html"), Stated(url="http://[::1"))
    assert isinstance(outcome, Failed)
    assert "http://[::1" in outcome.reason
    assert not (tmp_path / "press.archive").exists() or not any((tmp_path / "press.archive").iterdir())


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("page.eml", GOOD, "article"),
        ("page.eml", b"\xef\xbb\xbf\n" + GOOD, "article"),
        ("one.mbox", MESSAGE, "email"),
        ("one.eml", MESSAGE + b"From what I heard\n\nit was cancelled.\n", "email"),
        ("letter.txt", b"From what I heard, 412 trains were cancelled on Friday.\n\n" * 3, "article"),
        ("page.html", GOOD.decode().encode("utf-16"), "article"),
    ],
)
def test_what_only_looks_wrong_is_read(name: str, content: bytes, kind: str, here: Path) -> None:
    Path(name).write_bytes(content)
    result = run("read", "--json", name)
    assert result.exit_code == 0
    (found,) = rows(result.stdout)
    assert found["document"]["kind"] == kind
    assert found["claims"]
    assert not any("<" in claim["quote"] for claim in found["claims"])


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("secret.html").write_bytes(GOOD)
    Path("secret.html").chmod(0)
    result = run("add", "secret.html")
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert "permission" in result.stderr


ODD = [
    (
        "latin1.txt",
        "Die Bahn zahlte eine Strafe von 3 Millionen Euro in München und Köln. ".encode("latin-1") * 3,
        "München",
    ),
    ("surrogates.html", GOOD.replace(b"after", b"&#xD800; after &#55357;&#x110000;"), "412 trains"),
    (
        "marks.txt",
        "The firm \u202ewas fined\u202c £3 million.\u200f\n\nAnd 412 trains were cancelled.\n".encode(),
        "412",
    ),
    (
        "bom.txt",
        "\ufeffThe firm was fined £3 million.\n\nAnd 412 trains were cancelled.\n".encode(),
        "412 trains",
    ),
    (
        "crlf.txt",
        b"The firm was fined 3 million pounds.\r\n\r\nAnd 412 trains were cancelled.\r\n",
        "412 trains",
    ),
    (
        "box.txt",
        b"From a@b.example Mon Jun  1 10:00:00 2020\nFrom: Jo <a@b.example>\nSubject: One\n"
        b"Message-ID: <m1@b.example>\n\nThe firm was fined 3 million pounds in May.\n\n"
        b"From the railway itself\n\nwe heard that 412 trains were cancelled.\n",
        "fined 3 million",
    ),
    ("plain name", b"The regulator fined Acme Rail 3 million pounds.\n", "fined Acme"),
    ('quote "and" it\'s\n.html', GOOD, "412 trains"),
    ("deep_but_fair.html", b"<html><body>" + b"<div>" * 150 + GOOD.split(b"<body>")[1], "412 trains"),
]


@pytest.mark.parametrize(("name", "content", "words"), ODD, ids=[name for name, _, _ in ODD])
def test_odd_input_goes_in(name: str, content: bytes, words: str, tmp_path: Path, ready: None) -> None:
    Path(name).write_bytes(content)
    result = run("add", "--json", name)
    assert result.exit_code == 0, result.stderr
    assert rows(result.stdout)[0]["input"] == name
    ((text,),) = query(tmp_path / "press.db", "SELECT text FROM texts")
    assert words in str(text)
    assert run_checks(tmp_path / "press.db") == []


def test_standard_input_goes_in_and_an_empty_one_is_told(tmp_path: Path, ready: None) -> None:
    assert run("add", "-", "--url", "https://news.example/a", stdin=GOOD).exit_code == 0
    assert query(tmp_path / "press.db", "SELECT url FROM documents") == [("https://news.example/a",)]
    empty = run("add", "-", stdin=b"")
    assert empty.exit_code == 1
    assert empty.stderr == "Error: the file is empty: -: check that the file or page has content\n"


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raise TimeoutError in the block after so many seconds."""

    def ring(number: int, frame: FrameType | None) -> None:
        raise TimeoutError(f"more than {seconds} s")

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("The firm was fined 3 million pounds and then it went on and on ", id="claims"),
        pytest.param("went on and on and never said a thing ", id="words"),
        pytest.param("x", id="one word"),
    ],
)
def test_one_endless_line_is_read_in_time(line: str) -> None:
    text = line * (40_000 // len(line))
    with within(4.0):
        reading = read(Document("article", text), load_kinds())
    assert all(text[c.start : c.end] == c.quote for c in reading.claims)
