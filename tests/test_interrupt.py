"""A run that is stopped or killed in the middle leaves what the next run goes on from."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from commands import COMMAND, article, environment, spawn

from db.checks import run_checks
from scrapers.archive import Archive

NUMBER = 40
#: So many documents must be in before the blow falls: after the start, well before the end.
ENOUGH = 8


def write_sources(folder: Path) -> list[str]:
    names = []
    for n in range(NUMBER):
        paragraphs = [
            f"The regulator fined Operator {n} £{n + 2} million over {n * 7 + 11} lost trains.",
            f"At least {n * 13 + 101} passengers waited for hours, the watchdog said in a report.",
            f"The firm employs {n * 100 + 1250} people and has run the line for years without a rival.",
        ]
        name = f"page{n:02}.html"
        head = f'<link rel="canonical" href="https://news.example/{n}">'
        (folder / name).write_bytes(article(f"Operator {n} fined", *paragraphs, head=head))
        names.append(name)
    return names


def state(db: Path) -> tuple[set[str], set[tuple[str, str, str]], set[tuple[str, str]]]:
    """The documents, claims and figures of a database, without ids and times."""
    with closing(sqlite3.connect(db)) as connection:
        documents = {key for (key,) in connection.execute("SELECT key FROM documents")}
        claims = set(connection.execute("SELECT key, quote, state FROM claims"))
        figures = set(connection.execute("SELECT c.key, f.text FROM figures f JOIN claims c ON c.id = f.claim_id"))
    return documents, claims, figures


def documents_in(db: Path) -> int:
    if not db.exists():
        return 0
    try:
        with closing(sqlite3.connect(f"file:{db}?mode=ro", uri=True)) as connection:
            return int(connection.execute("SELECT count(*) FROM documents").fetchone()[0])
    except sqlite3.OperationalError:
        return 0  # the tables are still being made


def check_sound(folder: Path) -> None:
    """Everything that is in is whole: the database's own rules, the archive, and the two together."""
    assert run_checks(folder / "press.db") == []
    archive = Archive(folder / "press.archive")
    assert list(archive.verify()) == []
    with closing(sqlite3.connect(folder / "press.db")) as connection:
        hashes = [sha256 for (sha256,) in connection.execute("SELECT sha256 FROM snapshots")]
        # One transaction a document: none without its claims.
        bare = connection.execute(
            "SELECT count(*) FROM documents WHERE id NOT IN (SELECT document_id FROM claims)"
        ).fetchone()
    assert all(sha256 in archive for sha256 in hashes)
    assert bare == (0,)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of a run that nobody disturbed."""
    folder = tmp_path_factory.mktemp("whole")
    assert spawn("add", *write_sources(folder), cwd=folder).returncode == 0
    return folder / "press.db"


def strike(process: subprocess.Popen[bytes], db: Path, blow: signal.Signals) -> int:
    """Wait until enough is in, strike, and give the status."""
    until = time.monotonic() + 30
    while documents_in(db) < ENOUGH and process.poll() is None and time.monotonic() < until:
        time.sleep(0.02)
    assert process.poll() is None, "the run was over before it could be interrupted"
    process.send_signal(blow)
    return process.wait(timeout=15)


@pytest.fixture
def started(tmp_path: Path) -> Callable[[], subprocess.Popen[bytes]]:
    names = write_sources(tmp_path)

    def start() -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [*COMMAND, "add", *names],
            cwd=tmp_path,
            env=environment(),
            stdout=(tmp_path / "out").open("wb"),
            stderr=(tmp_path / "err").open("wb"),
        )

    return start


@pytest.mark.parametrize("blow", [signal.SIGINT, signal.SIGKILL], ids=lambda blow: blow.name)
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_a_run_cut_short_is_gone_on_from(
    blow: signal.Signals, started: Callable[[], subprocess.Popen[bytes]], whole: Path, tmp_path: Path
) -> None:
    db = tmp_path / "press.db"
    status = strike(started(), db, blow)
    assert status == {signal.SIGINT: 130}.get(blow, -blow)
    said = (tmp_path / "err").read_text(encoding="utf-8")
    assert "Traceback" not in said
    if blow == signal.SIGINT:
        assert "again to go on" in said.splitlines()[0]
    check_sound(tmp_path)
    kept = state(db)
    complete = state(whole)
    assert ENOUGH <= len(kept[0]) < NUMBER
    assert kept[0] <= complete[0]
    assert kept[1] <= complete[1]
    assert kept[2] <= complete[2]
    again = spawn("add", *(f"page{n:02}.html" for n in range(NUMBER)), cwd=tmp_path)
    assert again.returncode == 0, again.stderr
    assert state(db) == complete
    check_sound(tmp_path)
    with closing(sqlite3.connect(db)) as connection:
        ended = [at is not None for (at,) in connection.execute("SELECT ended_at FROM runs ORDER BY id")]
    assert ended[-1]
    assert ended[0] == (blow == signal.SIGINT)


def test_interrupted_before_the_first_input(tmp_path: Path) -> None:
    names = write_sources(tmp_path)
    process = subprocess.Popen(
        [*COMMAND, "add", *names],
        cwd=tmp_path,
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    time.sleep(0.3)  # amid the imports
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=15)
    assert process.returncode in {1, 130, -signal.SIGINT}
    if (tmp_path / "press.db").exists():
        check_sound(tmp_path)


def test_two_runs_at_once_add_each_document_once(whole: Path, tmp_path: Path) -> None:
    names = write_sources(tmp_path)[:12]
    runs = [
        subprocess.Popen([*COMMAND, "add", *part], cwd=tmp_path, env=environment(), stdout=subprocess.DEVNULL)
        for part in (names, names[::-1])
    ]
    assert [run.wait(timeout=40) for run in runs] == [0, 0]
    documents, claims, _ = state(tmp_path / "press.db")
    assert len(documents) == 12
    assert claims <= state(whole)[1]
    check_sound(tmp_path)
