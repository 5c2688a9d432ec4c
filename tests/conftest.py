"""Fixtures of the end-to-end tests: a working directory, and the press pack in a database."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def pack_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the demo's press pack in it; not to be written to."""
    # Late: the other folders' tests need nothing of the command line.
    from commands import PACK, PACK_FILES, run

    path = tmp_path_factory.mktemp("pack") / "press.db"
    result = run("add", "--db", path, *(PACK / name for name in PACK_FILES))
    assert result.exit_code == 0, result.output
    return path


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path
