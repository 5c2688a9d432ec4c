"""``tracker show --raw`` gives back every byte; ``tracker verify`` finds each one that is no longer there."""

from __future__ import annotations

import gzip
import os
import pty
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from bad_server import Site, page
from commands import COMMAND, PACK, PACK_FILES, article, environment, query, rows, run, spawn

from scrapers.archive import Archive
from scrapers.document import Capture
from scrapers.fetch import Fetcher
from tracker.outcomes import Added
from tracker.pipeline import Adder
from tracker.settings import Settings

WORDS = "Acme Rail was fined 20 million pounds on 3 March 2020 for a late report, the court said."
PAGE = article("Rail firm fined", WORDS, "The firm has 4,500 workers and said that it would appeal.")
URL = "https://news.example/fined"


def claim_of(db: Path, sha256: str) -> str:
    of_bytes = f"s.sha256 = '{sha256}'"
    joined = "claims AS c JOIN texts AS t ON t.id = c.text_id JOIN snapshots AS s ON s.id = t.snapshot_id"
    sql = f"SELECT min(c.id) FROM {joined} WHERE {of_bytes}"  # noqa: S608
    ((claim,),) = query(db, sql)
    assert claim is not None
    return str(claim)


def added(db: Path, capture: Capture) -> str:
    """Add what was captured; the hash of its bytes."""
    with Adder(db, Settings(db=db)) as adder:
        done = adder.add_capture(capture)
    assert isinstance(done, Added), done
    ((sha256,),) = query(db, f"SELECT sha256 FROM snapshots WHERE id = {done.result.snapshot_id}")  # noqa: S608
    return str(sha256)


def a_page(body: bytes, *headers: tuple[str, str], raw: bytes | None = None) -> Capture:
    return Capture(URL, body, "2026-01-02T03:04:05Z", "text/html", "cp1252", URL, URL, 200, headers, raw)


def a_file(body: bytes, name: str) -> Capture:
    return Capture(name, body, "2026-01-02T03:04:05Z", filename=name)


EVERY_BYTE = PAGE.replace(b"</body>", b"<!--" + bytes(range(256)) + b"--></body>")
PACKED = gzip.compress(PAGE)


@pytest.mark.parametrize(
    ("capture", "wire"),
    [
        (a_page(EVERY_BYTE, ("Content-Type", "text/html")), EVERY_BYTE),
        (a_page(PAGE, ("Content-Type", "text/html"), ("Content-Encoding", "gzip"), raw=PACKED), PACKED),
        (a_file((PACK / "campaign.eml").read_bytes(), "campaign.eml"), (PACK / "campaign.eml").read_bytes()),
        (a_file(f"Rail firm fined\r\n\r\n{WORDS}\r\n\r\nThe end.\r\n".encode(), "a.txt"), None),
    ],
    ids=["every byte value", "packed page", "e-mail", "file with CRLF"],
)
def test_archived_bytes_come_out_byte_for_byte(capture: Capture, wire: bytes | None, here: Path) -> None:
    sha256 = added(here / "press.db", capture)
    claim = claim_of(here / "press.db", sha256)
    # A process of its own, whose standard output is a real one.
    done = spawn("show", claim, "--raw", cwd=here)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == capture.body
    for named in (sha256, *([URL] if capture.url else [])):
        assert run("show", named, "--raw").stdout_bytes == capture.body
    assert run("show", claim, "--raw", "--wire").stdout_bytes == (wire or capture.body)
    told = run("show", claim, "--raw", "-o", "out.bin")
    assert (here / "out.bin").read_bytes() == capture.body
    assert told.stdout == f"{len(capture.body):,} bytes ({sha256}) written to out.bin\n"
    assert run("verify").exit_code == 0


def test_fetched_page_comes_out_as_the_server_sent_it(site: Site, fetcher: Callable[..., Fetcher], here: Path) -> None:
    site.routes["/story"] = page(PACKED, "Content-Type: text/html", "Content-Encoding: gzip")
    capture = fetcher().fetch(site.url("/story"))
    added(here / "press.db", capture)
    added(here / "press.db", fetcher().fetch(site.url("/story")))
    assert run("show", site.url("/story"), "--raw").stdout_bytes == PAGE
    assert run("show", site.url("/story"), "--raw", "--wire").stdout_bytes == PACKED
    assert run("verify").exit_code == 0


@pytest.mark.parametrize("named", ["https://news.example/story", "HTTP://news.example", "sha256:" + "0" * 64])
def test_what_only_raw_bytes_have_says_so_without_raw(named: str, here: Path) -> None:
    Path("page.html").write_bytes(PAGE)
    run("add", "page.html")
    result = run("show", named)
    assert (result.exit_code, result.stdout) == (1, "")
    assert f"not a claim: {named}: add --raw for the bytes, or give a claim's id" in result.stderr


def test_address_gives_the_newest_version(here: Path) -> None:
    db = here / "press.db"
    first = added(db, a_page(PAGE))
    later = Capture(URL, PAGE.replace(b"4,500", b"4,600"), "2026-02-02T03:04:05Z", "text/html", None, URL, URL, 200)
    added(db, later)
    assert run("show", URL, "--raw").stdout_bytes == later.body
    assert run("show", first, "--raw").stdout_bytes == PAGE


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (["sha256:" + "0" * 64, "--raw"], 1, "not in the archive: sha256:0000"),
        (["sha256:12", "--raw"], 1, "not a whole hash: sha256:12: give"),
        (
            ["https://news.example/other", "--raw"],
            1,
            "no document with this address: https://news.example/other: add it",
        ),
        (["http://", "--raw"], 1, "http://"),
        (["99999", "--raw"], 1, "99999"),
        (["1", "--raw", "-o", "no/such/folder"], 1, "cannot be written (No such file or directory): no/such/folder"),
        (["1", "--raw", "--json"], 2, "--raw gives bytes, and no JSON"),
        (["1", "--wire"], 2, "--wire and --output go with --raw"),
        (["1", "-o", "x"], 2, "--wire and --output go with --raw"),
    ],
)
def test_what_cannot_be_given_is_one_line(arguments: list[str], status: int, told: str, pack_db: Path) -> None:
    done = run("show", "--db", pack_db, *arguments)
    assert (done.exit_code, done.stdout) == (status, "")
    assert told in done.stderr
    assert len(done.stderr.splitlines()) == 1


@contextmanager
def terminal() -> Iterator[tuple[int, int]]:
    ours, theirs = pty.openpty()
    try:
        yield ours, theirs
    finally:
        os.close(ours)
        os.close(theirs)


@pytest.mark.parametrize(
    ("more", "refused"),
    [("", False), ("caf\u00e9", False), ("\x1b[2J", True), ("\x00", True), ("\u202e", True)],
)
def test_a_terminal_gets_plain_text_and_nothing_that_it_would_obey(more: str, refused: bool, here: Path) -> None:
    body = f"Rail firm fined\n\n{WORDS}\n\n{more}\n".encode()
    sha256 = Archive(here / "press.archive").store(a_file(body, "a.txt")).sha256
    added(here / "press.db", a_page(PAGE))
    with terminal() as (ours, theirs):
        command = [*COMMAND, "show", sha256, "--raw"]
        done = subprocess.run(command, cwd=here, env=environment(), stdout=theirs, stderr=subprocess.PIPE, check=False)
        assert done.returncode == int(refused)
        assert (b"not for a terminal" in done.stderr) == refused
        assert len(done.stderr.splitlines()) == int(refused)
        if not refused:
            assert os.read(ours, 10_000).replace(b"\r\n", b"\n") == body


@pytest.fixture
def filled(pack_db: Path, here: Path) -> Path:
    """A copy of the press pack's database, with its archive, that may be damaged."""
    shutil.copytree(pack_db.with_name("press.archive"), here / "press.archive")
    return Path(shutil.copy(pack_db, here / "press.db"))


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE snapshots SET warc_offset = warc_offset + 1 WHERE id = 2", "snapshots 2: its bytes stand in"),
        ("UPDATE snapshots SET warc_file = 'other.warc.gz' WHERE id = 3", "snapshots 3: its bytes stand in"),
        ("UPDATE snapshots SET size = 7 WHERE id = 1", "snapshots 1: its bytes are "),
        (
            "UPDATE snapshots SET sha256 = 'sha256:' || printf('%064d', 0) WHERE id = 1",
            "snapshots 1: its bytes (sha256:000",
        ),
        (
            "INSERT INTO visits (document_id, at, url, outcome, sha256)"
            " VALUES (1, '2026-01-02T03:04:05Z', 'https://news.example', 'changed', 'sha256:1')",
            "visits 1: its bytes (sha256:1) are not whole in the archive",
        ),
        (
            "INSERT INTO sources (id, key) VALUES (77, 'a court');"
            "INSERT INTO source_snapshots (source_id, fetched_at, sha256, size) VALUES (77, '2026-01-02T03:04:05Z',"
            " 'sha256:1', 3)",
            "source_snapshots 1: its bytes (sha256:1) are not whole in the archive",
        ),
    ],
)
def test_verify_finds_rows_whose_bytes_are_not_where_they_say(statement: str, told: str, filled: Path) -> None:
    assert run("verify").exit_code == 0
    with closing(sqlite3.connect(filled)) as connection:
        connection.executescript(statement)
    done = run("verify")
    assert done.exit_code == 1
    line, last = done.stdout.splitlines()
    assert line.startswith(f"archive: {told}")
    assert line.count(": ") >= 3
    assert last == "1 problem"
    (problem,) = rows(run("verify", "--json").stdout)
    assert f"archive: {problem['message']}" == line


def test_verify_tells_which_versions_lost_their_bytes(filled: Path) -> None:
    (path,) = filled.with_name("press.archive").glob("*.warc.gz")
    place = query(filled, "SELECT id, warc_offset FROM snapshots ORDER BY warc_offset DESC")[0]
    data = bytearray(path.read_bytes())
    data[place[1] + 300] ^= 1
    path.write_bytes(data)
    first, second, _ = run("verify").stdout.splitlines()
    assert first.startswith(f"archive: {path.name} at {place[1]}: ")
    assert second.startswith(f"archive: snapshots {place[0]}: its bytes (sha256:")
    for gone in (path, path.with_name(path.name + ".idx")):
        gone.unlink()
    lines = run("verify").stdout.splitlines()
    assert len(lines) - 1 == query(filled, "SELECT count(*) FROM snapshots")[0][0]


def test_what_was_broken_and_is_added_again_is_where_the_database_says(filled: Path) -> None:
    (path,) = filled.with_name("press.archive").glob("*.warc.gz")
    place = query(filled, "SELECT warc_offset FROM snapshots ORDER BY warc_offset DESC")[0][0]
    os.truncate(path, place + 200)
    assert "add its source again" in run("verify").stdout
    assert run("add", *(PACK / name for name in PACK_FILES)).exit_code == 0
    told = run("verify").stdout.splitlines()
    assert "nothing is lost" in told[0]
    assert told[1:] == ["1 problem"]
