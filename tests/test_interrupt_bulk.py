"""An mbox that is stopped in the middle: the next run goes on, and ends with the same rows as one at one go."""

from __future__ import annotations

import signal
import subprocess
from contextlib import suppress
from pathlib import Path

import pytest
from commands import COMMAND, environment, query, spawn
from test_interrupt import check_sound, documents_in, state, strike

NUMBER = 60


def write_mbox(folder: Path) -> None:
    letters = (
        f"From news@campaign.example Mon Jan  6 10:00:00 2020\nFrom: Campaign <news@campaign.example>\n"
        f"Subject: Update {n}\nMessage-ID: <{n}@campaign.example>\n\nThe regulator fined Operator {n} £{n + 2} million"
        f" over {n * 7 + 11} lost trains.\n\nAt least {n * 13 + 101} passengers waited for hours.\n\n"
        for n in range(NUMBER)
    )
    (folder / "box").write_text("".join(letters), encoding="utf-8")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole")
    write_mbox(folder)
    assert spawn("add", "box", cwd=folder).returncode == 0
    return folder / "press.db"


@pytest.mark.parametrize("blow", [signal.SIGINT, signal.SIGKILL], ids=lambda blow: blow.name)
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_an_mbox_cut_short_is_gone_on_with(blow: signal.Signals, whole: Path, tmp_path: Path) -> None:
    write_mbox(tmp_path)
    db = tmp_path / "press.db"
    process = subprocess.Popen(
        [*COMMAND, "add", "box"],
        cwd=tmp_path,
        env=environment(),
        stdout=(tmp_path / "out").open("wb"),
        stderr=(tmp_path / "err").open("wb"),
    )
    try:
        assert strike(process, db, blow) == {signal.SIGINT: 130}.get(blow, -blow)
    finally:
        with suppress(ProcessLookupError):
            process.kill()
    assert "Traceback" not in (tmp_path / "err").read_text(encoding="utf-8")
    check_sound(tmp_path)
    kept = documents_in(db)
    assert 0 < kept < NUMBER
    again = spawn("add", "box", cwd=tmp_path)
    assert again.returncode == 0, again.stderr
    assert f"{kept} seen before and not read again".encode() in again.stdout
    assert state(db) == state(whole)
    numbers = "SELECT count(*) FROM {} "
    for table in ("documents", "snapshots", "texts", "passages", "claims", "figures", "claim_spans", "failures"):
        assert query(db, numbers.format(table)) == query(whole, numbers.format(table)), table
    check_sound(tmp_path)
