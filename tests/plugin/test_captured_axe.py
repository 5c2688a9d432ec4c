"""The pages of what became of a page can be used by everybody, and nothing on them breaks the content policy."""

from __future__ import annotations

from collections.abc import Iterator

import captured
import pytest
from browser import chromium, serving
from playwright.sync_api import BrowserContext
from test_axe import faults, told


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(captured.fill(tmp_path_factory.mktemp("captured") / "press.db"), "--open") as address:
        yield address


@pytest.fixture(scope="module")
def windows() -> Iterator[BrowserContext]:
    with chromium() as browser:
        context = browser.new_context(reduced_motion="reduce")
        yield context
        context.close()


@pytest.mark.parametrize(
    "path", ["/", "/press/claims/1", "/press/claims/2", "/press/documents/1", "/press/changes", "/press/visits"]
)
def test_a_page_after_a_week_of_watching(site: str, windows: BrowserContext, path: str) -> None:
    page = windows.new_page()
    said: list[str] = []
    # A breach of the content security policy is told there.
    page.on("console", lambda message: said.append(message.text))
    page.goto(site + path)
    found = faults(page)
    page.close()
    assert not found, told(found)
    assert not said
