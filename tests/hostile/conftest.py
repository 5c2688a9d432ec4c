"""Fixtures of the hostile tests: a real server on loopback, and a fetcher with short deadlines."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from scrapers.fetch import Fetcher, FetchSettings

sys.path.insert(0, str(Path(__file__).parent))
from bad_server import Site, serve  # noqa: E402


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
