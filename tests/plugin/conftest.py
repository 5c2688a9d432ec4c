"""Fixtures of the pages' tests: a filled database, and the real Datasette with our configuration."""

from __future__ import annotations

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


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return plugin_samples.fill(tmp_path / "press.db")


@pytest_asyncio.fixture
async def pages(database: Path) -> AsyncIterator[Datasette]:
    """Datasette as `tracker serve` starts it, without the network."""
    load_plugin()
    served = Datasette(
        [str(database)],
        config=build_config("press", hosts=["localhost"]),
        metadata=build_metadata("press"),
        default_deny=True,
    )
    await served.invoke_startup()
    yield served
    served.close()
