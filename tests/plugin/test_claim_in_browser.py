"""The pages of claims and documents in a real browser: with and without scripts, and with hostile words."""

from __future__ import annotations

from collections.abc import Iterator

import claim_samples
import desk_samples
import pytest
from browser import chromium, serving, sign_in
from claim_samples import LETTERS, TALK
from playwright.sync_api import Browser, Page

from db.engine import open_database
from db.records import SourceRecord
from tracker import desk

SCRIPT = '"><script>window.ran = 1</script><img src=x onerror="window.ran = 2"><svg onload="window.ran = 3">'
PAGES = ("/press/claims/1", "/press/claims/5", "/press/documents/1", "/press/documents/2")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A served desk with the talk, and with a document whose every word is hostile."""
    path = tmp_path_factory.mktemp("desk") / "press.db"
    claim_samples.talk(path)
    text = TALK.replace("Nobody was told.", f"Nobody {SCRIPT} was told.")
    sources = tuple(
        SourceRecord(SCRIPT, f"{scheme}alert(1)//{number}", "linked")
        for number, scheme in enumerate(("javascript:", "JaVaScRiPt:", "data:text/html,", "vbscript:", " javascript:"))
    )
    made = claim_samples.claim(
        text, LETTERS, (), key="j" * 64, subject=SCRIPT, speaker=SCRIPT, sources=sources, sourcing_reason=SCRIPT
    )
    claim_samples.store(
        path, text, [made], key="javascript:alert(9)", title=SCRIPT, byline=SCRIPT, publisher=SCRIPT, published=SCRIPT
    )
    engine = open_database(path)
    cleo = desk.Person("cleo", "checker")
    for request in (desk.Note(SCRIPT), desk.Attach(title=SCRIPT, excerpt=SCRIPT), desk.Correct("subject", SCRIPT)):
        desk.move(engine, 5, cleo, request, now=claim_samples.NOW)
    engine.dispose()
    desk_samples.add_people(path)
    with serving(path, "--open") as found:
        yield found


def opened(browser: Browser, **options: object) -> Page:
    """A page in a profile of its own."""
    return browser.new_context(**options).new_page()  # type: ignore[arg-type]


@pytest.mark.parametrize("width", [1280, 390])
def test_the_whole_citation_is_seen(browser: Browser, address: str, width: int) -> None:
    page = opened(browser, viewport={"width": width, "height": 800})
    for path in PAGES[:2]:
        page.goto(address + path)
        field = page.locator("#cite-text")
        assert field.evaluate("field => field.scrollHeight <= field.clientHeight")
        # Nor would it be hidden by a browser that does not fit a field to its words.
        field.evaluate("field => { field.style.fieldSizing = 'fixed'; }")
        assert field.evaluate("field => field.scrollHeight <= field.clientHeight")


def test_nothing_of_the_data_runs(browser: Browser, address: str) -> None:
    page = opened(browser)
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.on("dialog", lambda dialog: told.append(dialog.message))
    for path in PAGES:
        page.goto(address + path)
        assert page.evaluate("window.ran") is None, path
        assert page.locator("img, svg, iframe").count() == 0, path
        links = page.eval_on_selector_all("a[href]", "links => links.map(link => new URL(link.href).protocol)")
        assert set(links) == {"http:"} or set(links) == {"http:", "https:"}, path
    assert told == []


def test_a_citation_is_copied(browser: Browser, address: str) -> None:
    page = opened(browser, permissions=["clipboard-read", "clipboard-write"])
    page.goto(f"{address}/press/claims/1")
    page.click('[data-copy="cite-text"]')
    page.wait_for_selector("text=Copied.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("NOT CHECKED:")
    assert claim_samples.VANS in copied


def test_a_move_without_scripts(browser: Browser, address: str) -> None:
    page = opened(browser, java_script_enabled=False)
    sign_in(page, address, "cleo", "/press/claims/3")
    assert not page.locator("[data-copy]").first.is_visible()
    assert not page.locator("#f-flag-reason").is_visible()
    page.click("#move-flag summary")
    page.fill("#f-flag-reason", "which winter?")
    page.click("#move-flag button")
    page.wait_for_url(f"{address}/press/claims/3?done=*")
    assert page.locator('.press-notice[role="status"]').inner_text().startswith("Done: it is flagged, and in review.")
    assert "which winter?" in page.locator(".press-history").inner_text()
    assert page.locator(".press-badge-in_review").first.is_visible()


def test_the_place_in_the_text_is_in_view(browser: Browser, address: str) -> None:
    page = opened(browser, viewport={"width": 390, "height": 400})
    page.goto(f"{address}/press/claims/4")
    page.click("text=in the archived text")
    page.wait_for_url("**/press/documents/1?snapshot=1&claim=4#claim-4")
    marked = page.locator("a.press-here").bounding_box()
    assert marked is not None
    assert 0 <= marked["y"] < 400
    page.click("a.press-here")
    page.wait_for_url(f"{address}/press/claims/4")
