"""Fixtures of the pages' tests: a filled database, and the real Datasette with our configuration."""

from __future__ import annotations

import shutil
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from datasette.app import Datasette

sys.path.insert(0, str(Path(__file__).parent))
import plugin_samples  # noqa: E402

from tracker.plugin.__main__ import load_plugin  # noqa: E402
from tracker.plugin.config import build_config, build_metadata  # noqa: E402


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The filled database; not to be written to."""
    return plugin_samples.fill(tmp_path_factory.mktemp("filled") / "press.db")


@pytest.fixture
def database(filled: Path, tmp_path: Path) -> Path:
    """A copy of it, to do with as one likes."""
    return Path(shutil.copy(filled, tmp_path / "press.db"))


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def pages(filled: Path) -> AsyncIterator[Datasette]:
    """Datasette as `tracker serve` starts it, without the network; for reading only."""
    load_plugin()
    served = Datasette(
        [str(filled)],
        config=build_config("press", hosts=["localhost"], everybody=True),
        metadata=build_metadata("press"),
        default_deny=True,
    )
    await served.invoke_startup()
    yield served
    served.close()
