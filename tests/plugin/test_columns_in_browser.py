"""The table of all claims in a real browser: who said it, where and when is seen, and columns' menus by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import browse_samples
import pytest
from browser import chromium, serving
from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


def test_who_said_it_where_is_seen_and_menus_open_by_keyboard(browser: Browser, tmp_path: Path) -> None:
    with serving(browse_samples.fill(tmp_path / "many.db", 2), "--open") as address:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(f"{address}/many/claims")
        for column in ("sourcing", "speaker_id", "outlet_id", "published"):
            place = page.locator(f"th[data-column={column}]").bounding_box()
            assert place is not None
            assert place["x"] + place["width"] < 1264, column
        icon = page.locator("th[data-column=kind] .dropdown-menu-icon")
        assert icon.evaluate("icon => getComputedStyle(icon).opacity") == "0"
        page.locator("th[data-column=kind] a").focus()
        page.keyboard.press("Tab")
        assert icon.evaluate("icon => [document.activeElement === icon, getComputedStyle(icon).opacity]") == [True, "1"]
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.textContent") == "Sort ascending"
        page.keyboard.press("Escape")
        assert icon.evaluate("icon => document.activeElement === icon")
        assert not page.get_by_text("Sort ascending").is_visible()
        page.close()
