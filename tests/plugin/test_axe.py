"""Every page can be used by everybody: axe finds nothing serious, light and dark, wide and on a phone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import desk_samples
import pytest
from axe_playwright_python.sync_playwright import Axe
from browser import chromium, serving, sign_in
from commands import query, run
from playwright.sync_api import Browser, BrowserContext, Page

from db.engine import open_database
from tracker import desk

LOOKS = [(scheme, width) for scheme in ("light", "dark") for width in (1280, 390)]
#: The pages that anybody sees, by name; CLAIM and DOCUMENT stand for ids of the demo.
PAGES = {
    "front": "/",
    "queue, lacking a source": "/-/queue?tab=lacking",
    "queue, named": "/-/queue?tab=named",
    "queue, firsthand": "/-/queue?tab=firsthand",
    "queue, of one kind": "/-/queue?tab=lacking&kind=fine",
    "search, empty": "/-/search",
    "search with results": "/-/search?q=fined",
    "search without results": "/-/search?q=zzyzzx",
    "claim": "/demo/claims/CLAIM",
    "reviewed claim": "/demo/claims/REVIEWED",
    "document": "/demo/documents/DOCUMENT",
    "claims, a table": "/demo/claims",
    "claims, narrowed and searched": "/demo/claims?_facet=subject_id&_facet=year&_search=fined",
    "all claims, a view": "/demo/claim_overview?_size=12",
    "queue as a view": "/demo/claims_lacking_source?_size=12",
    "documents, a view": "/demo/documents_overview",
    "documents": "/demo/documents",
    "sources": "/demo/sources",
    "a source": "/demo/sources/SOURCE",
    "parties": "/demo/parties",
    "database": "/demo",
    "sign-in": "/-/login",
    "no such page": "/demo/nothing-here",
    "no such claim": "/demo/claims/999999",
}
#: Those on which somebody who is signed in sees more, or which nobody else sees.
OF_THE_DESK = {
    **{name: PAGES[name] for name in ("front", "claim", "reviewed claim", "document", "queue, lacking a source")},
    "log of reviews": "/demo/reviews",
}
_OPEN_ALL = "document.querySelectorAll('details').forEach(details => { details.open = true; })"
_OVERFLOW = "[document.scrollingElement.scrollWidth, window.innerWidth]"


@dataclass(frozen=True, slots=True)
class Desk:
    """A served demo: its address, its database, and the ids that the pages' addresses need."""

    address: str
    database: Path
    ids: dict[str, int]

    def path(self, template: str) -> str:
        """The address of a page with the ids in it."""
        for name, number in self.ids.items():
            template = template.replace(name, str(number))
        return template


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The demo, with a claim that has been through every kind of move, as everybody may read it."""
    database = tmp_path_factory.mktemp("demo") / "demo.db"
    assert run("demo", "--db", database).exit_code == 0
    desk_samples.add_people(database)
    figures = "SELECT claim_id FROM figures GROUP BY claim_id ORDER BY count(*) DESC, claim_id LIMIT 2"
    (claim,), (reviewed,) = query(database, figures)
    ((document,),) = query(database, "SELECT document_id FROM snapshots GROUP BY 1 ORDER BY count(*) DESC LIMIT 1")
    ((source,),) = query(database, "SELECT id FROM sources WHERE url IS NOT NULL ORDER BY id LIMIT 1")
    _review(database, reviewed)
    with serving(database, "--open") as address:
        yield Desk(address, database, {"CLAIM": claim, "REVIEWED": reviewed, "DOCUMENT": document, "SOURCE": source})


def _review(database: Path, claim: int) -> None:
    cleo, edda = desk.Person("cleo", "checker"), desk.Person("edda", "editor")
    engine = open_database(database)
    moves = (
        (desk.Person("rita", "reader"), desk.Flag("the figure looks too high")),
        (cleo, desk.Attach(url="https://court.example/rulings/7", title="Ruling 7", is_primary=True, kind="court")),
        (cleo, desk.Correct("kind", "statement", note="no money is spoken of")),
        (cleo, desk.Verdict("supported")),
        (edda, desk.Approve()),
        (edda, desk.Recall("the court has corrected itself")),
        (cleo, desk.Note("see the letter of\n3 July")),
    )
    for minute, (person, request) in enumerate(moves):
        desk.move(engine, claim, person, request, now=f"2026-03-01T10:{minute:02}:00Z")
    engine.dispose()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def anybody(browser: Browser) -> Iterator[BrowserContext]:
    """A visitor's windows."""
    # Motion would leave colours half-way between light and dark.
    context = browser.new_context(reduced_motion="reduce")
    yield context
    context.close()


@pytest.fixture(scope="module")
def editor(browser: Browser, demo: Desk) -> Iterator[BrowserContext]:
    """The windows of an editor, who has signed in by the form."""
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    sign_in(page, demo.address, "edda")
    page.close()
    yield context
    context.close()


@pytest.fixture
def page(anybody: BrowserContext) -> Iterator[Page]:
    made = anybody.new_page()
    yield made
    made.close()


@pytest.fixture
def desk_page(editor: BrowserContext) -> Iterator[Page]:
    made = editor.new_page()
    yield made
    made.close()


def faults(page: Page) -> list[str]:
    """What is wrong with the open page, in each of its looks, in words."""
    found: dict[str, list[str]] = {}
    for scheme, width in LOOKS:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.set_viewport_size({"width": width, "height": 800})
        look = f"{scheme} {width}"
        wide, window = page.evaluate(_OVERFLOW)
        if wide > window:
            found.setdefault(f"the page is {wide} pixels wide on a window of {window}", []).append(look)
        for violation in Axe().run(page).response["violations"]:
            if violation["impact"] in ("serious", "critical"):
                for node in violation["nodes"]:
                    line = f"{violation['id']} ({violation['impact']}): {node['html'][:160]}"
                    why = (node["failureSummary"] or "").splitlines()
                    found.setdefault(f"{line} {' '.join(why[1:2]).strip()}", []).append(look)
    return [f"{', '.join(looks)}: {words}" for words, looks in found.items()]


def told(found: list[str]) -> str:
    """The faults, one a line, the first ones."""
    return f"{len(found)} faults\n" + "\n".join(found[:12])


@pytest.mark.parametrize("name", PAGES)
def test_a_page_that_anybody_sees(page: Page, demo: Desk, name: str) -> None:
    answer = page.goto(demo.address + demo.path(PAGES[name]))
    assert answer is not None
    assert answer.status == (404 if name.startswith("no such") else 200)
    found = faults(page)
    assert not found, told(found)


@pytest.mark.parametrize("name", OF_THE_DESK)
def test_a_page_of_an_editor_with_all_forms_open(desk_page: Page, demo: Desk, name: str) -> None:
    answer = desk_page.goto(demo.address + demo.path(OF_THE_DESK[name]))
    assert answer is not None
    assert answer.status == 200
    if "claim" in name:
        assert desk_page.locator(".press-move form").count() >= 4
    desk_page.evaluate(_OPEN_ALL)
    found = faults(desk_page)
    assert not found, told(found)


def test_the_sign_in_page_of_a_closed_desk_and_one_with_a_wrong_password(
    browser: Browser, demo: Desk, tmp_path: Path
) -> None:
    database = Path(shutil.copy(demo.database, tmp_path / "demo.db"))
    desk_samples.add_people(database)
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    with serving(database) as address:
        page.goto(f"{address}/-/queue")
        assert "/-/login" in page.url
        found = faults(page)
        page.fill('input[name="username"]', "edda")
        page.fill('input[name="password"]', "not the password")
        page.press('input[name="password"]', "Enter")
        assert page.locator('[role="alert"]').count() == 1
        found += faults(page)
    context.close()
    assert not found, told(found)


def test_the_page_of_who_was_overtaken(desk_page: Page, demo: Desk) -> None:
    desk_page.goto(demo.address + demo.path(PAGES["claim"]))
    engine = open_database(demo.database)
    faster = desk.Person("cleo", "checker")
    desk.move(engine, demo.ids["CLAIM"], faster, desk.Verdict("misleading"), now="2026-03-02T10:00:00Z")
    engine.dispose()
    desk_page.evaluate(_OPEN_ALL)
    form = desk_page.locator("#move-verdict form")
    form.locator("select").select_option("supported")
    form.locator("textarea").fill("I have the ruling here")
    with desk_page.expect_navigation() as navigation:
        form.locator("button").click()
    answer = navigation.value
    assert answer is not None
    assert answer.status == 409
    assert desk_page.locator("#move-verdict form textarea").input_value() == "I have the ruling here"
    found = faults(desk_page)
    assert not found, told(found)


def test_the_page_of_a_form_that_cannot_be_used(desk_page: Page, demo: Desk) -> None:
    desk_page.goto(demo.address + demo.path(PAGES["claim"]))
    desk_page.evaluate(_OPEN_ALL)
    form = desk_page.locator("#move-attach form")
    form.locator('[name="url"]').fill("javascript:alert(1)")
    with desk_page.expect_navigation() as navigation:
        form.locator("button").click()
    answer = navigation.value
    assert answer is not None
    assert answer.status == 400
    assert desk_page.locator('#move-attach form [name="url"]').input_value() == "javascript:alert(1)"
    found = faults(desk_page)
    assert not found, told(found)
