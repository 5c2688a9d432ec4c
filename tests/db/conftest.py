from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from db.engine import open_database


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty database; each test copies it, for migrating costs 0.3 s."""
    path = tmp_path_factory.mktemp("template") / "empty.db"
    open_database(path).dispose()
    return path


@pytest.fixture
def engine(tmp_path: Path, empty_database: Path) -> Iterator[Engine]:
    made = open_database(shutil.copy(empty_database, tmp_path / "press.db"))
    yield made
    made.dispose()
