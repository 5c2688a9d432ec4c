"""Fixtures of all tests: a working directory, the press pack in a database, a real server on loopback."""

from __future__ import annotations

import dataclasses
import signal
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from scrapers.fetch import Fetcher, FetchSettings

# A shell makes what it runs in the background deaf to Ctrl-C, and the programs that tests start inherit that.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

sys.path.insert(0, str(Path(__file__).parent / "hostile"))
from bad_server import Site, serve  # noqa: E402


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


@pytest.fixture
def site() -> Iterator[Site]:
    with serve({}) as running:
        yield running


@pytest.fixture
def fetcher(site: Site) -> Callable[..., Fetcher]:
    """Build a fetcher that may reach ``site``; keywords change its settings."""
    settings = FetchSettings(
        contact="https://tests.example/contact",
        total_deadline=3.0,
        robots_deadline=1.0,
        min_interval=0.0,
        backoff=0.02,
        max_bytes=1_000_000,
        allowed_ports=frozenset({80, 443, site.port}),
        allow_loopback=True,
    )

    def build(**changes: object) -> Fetcher:
        return Fetcher(dataclasses.replace(settings, **changes))  # type: ignore[arg-type]

    return build


@pytest.fixture
def press(site: Site, here: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A page on a server, in a database, whose visits are made by a clock of the test's own."""
    # Late: the other folders' tests need nothing of this.
    from watch_samples import FIRST, Press, story

    from db.checks import run_checks
    from tracker import pipeline

    def settings(**changes: object) -> FetchSettings:
        return FetchSettings(
            **changes,  # type: ignore[arg-type]
            total_deadline=5.0,
            robots_deadline=4.0,
            min_interval=0.0,
            backoff=0.01,
            max_retries=0,
            allowed_ports=frozenset({site.port}),
            allow_loopback=True,
        )

    monkeypatch.setattr(pipeline, "FetchSettings", settings)
    made = Press(site, here / "press.db", datetime.now() + timedelta(days=1))
    made.serves(story(*FIRST))
    made.add()
    yield made
    assert not run_checks(made.db)
