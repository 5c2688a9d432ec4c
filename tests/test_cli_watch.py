"""``tracker watch``: what it prints, and how it ends."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from commands import rows, run
from watch_samples import FIRST, Press, drifted, story


@pytest.fixture
def told(press: Press) -> Callable[..., tuple[int, str]]:
    def watch(*options: str) -> tuple[int, str]:
        result = run("watch", "--db", press.db, "--all", *options)
        return result.exit_code, result.stdout

    return watch


def test_the_command_tells_drift_loudly(press: Press, told: Callable[..., tuple[int, str]]) -> None:
    claim = press.approve("252")
    press.serves(story(*FIRST), path="/report")
    status, words = told()
    assert (status, words) == (0, "2 pages visited (1 new, 1 unchanged)\n")
    press.serves(drifted())
    status, words = told()
    assert status == 1
    first = words.splitlines()[0]
    assert first.startswith(
        f'FIGURE DRIFT: approved claim {claim}: "252 times" became "over 200 times": document 1, http'
    )
    assert first.count("sha256:") == 2
    assert words.splitlines()[-1] == "2 pages visited (1 unchanged, 1 changed); 1 figure drifted"
    press.serves(b"", status="410 Gone", path="/report")
    press.serves(b"", status="404 Not Found")
    status, words = told()
    assert status == 1
    assert f"SOURCE GONE: it is gone (the server answered 410 Gone): source 1, {press.site.url('/report')}" in words
    assert f", attached to 1 claim ({claim})" in words
    assert "missing: it was not found this time" in words


def test_the_command_prints_json_lines(press: Press, told: Callable[..., tuple[int, str]]) -> None:
    press.serves(drifted())
    result = run("watch", "--db", press.db, "--all", "--json")
    (row,) = rows(result.stdout)
    assert result.exit_code == 1
    assert (row["outcome"], row["figures"][0]["before"], row["figures"][0]["after"]) == (
        "changed",
        "252 times",
        "over 200 times",
    )
    assert row["needs_a_person"] is True


def test_wrong_usage(press: Press, here: Path) -> None:
    assert run("watch", "--db", press.db, "--all", "--document", "1").exit_code == 2
    assert run("watch", "--db", press.db, "--document", "99").exit_code == 1
    assert run("watch", "--db", here / "none.db").exit_code == 1
    assert not (here / "none.db").exists()
