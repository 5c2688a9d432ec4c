"""Hostile strings in every field, each page that shows them opened in a real browser: nothing comes to life."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

import desk_samples
import hostile_samples
import pytest
from browser import chromium, serving, sign_in
from payloads import PAYLOADS
from playwright.sync_api import Browser, BrowserContext, Route
from watching import Watch

from db.checks import run_checks
from db.engine import open_database
from tracker import desk
from tracker.plugin.config import tables

PRESS_DATA = Path(os.environ.get("PRESS_DATA", Path(__file__).parents[3] / "shared"))
NAUGHTY = PRESS_DATA / "corpora" / "blns" / "blns.json"
_ATOM = "{http://www.w3.org/2005/Atom}"
#: So many naughty strings go into one claim, with this between them.
TOGETHER, BETWEEN = 20, " | "


def naughty_groups() -> list[str]:
    """The naughty strings, many to a claim; none without the corpus."""
    if not NAUGHTY.exists():
        return []
    strings = [string for string in json.loads(NAUGHTY.read_text(encoding="utf-8")) if string.strip()]
    return [BETWEEN.join(strings[at : at + TOGETHER]) for at in range(0, len(strings), TOGETHER)]


class Hostile:
    """The served database, and what stands in it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.stored = hostile_samples.fill(path, [*PAYLOADS.values(), *naughty_groups()])
        self.address = ""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hostile]:
    made = Hostile(tmp_path_factory.mktemp("hostile") / "press.db")
    desk_samples.add_people(made.path)
    with serving(made.path, "--open") as made.address:
        yield made


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def windows(browser: Browser, hostile: Hostile) -> Iterator[BrowserContext]:
    """The windows of an editor, to whom all forms are shown."""
    context = browser.new_context()
    page = context.new_page()
    sign_in(page, hostile.address, "edda")
    page.close()
    yield context
    context.close()


@pytest.fixture
def watch(windows: BrowserContext, hostile: Hostile) -> Iterator[Watch]:
    made = Watch(windows, hostile.address)
    yield made
    made.page.close()


def test_there_are_forty(hostile: Hostile) -> None:
    assert len(set(PAYLOADS.values())) == 40
    assert not run_checks(hostile.path)
    # None of them is an address that a person may attach.
    assert hostile.stored.refused == len(hostile.stored.claims)


def answering(path: str, body: str) -> Callable[[Route], None]:
    """Answers a request for this path with this page, and all others with nothing."""

    def answer(route: Route) -> None:
        route.fulfill(content_type="text/html; charset=utf-8", body=body if route.request.url.endswith(path) else "")

    return answer


def test_the_watch_sees_what_a_careless_page_lets_in(windows: BrowserContext, hostile: Hostile) -> None:
    """Without escaping and without a policy nearly all of the payloads do something that the watch notices."""
    faults: dict[str, list[str]] = {}
    for name, payload in PAYLOADS.items():
        body = (
            f"<!doctype html><title>{payload}</title><p title=\"{payload}\">{payload}</p><p id='{payload}'></p>"
            f'<textarea>{payload}</textarea><a href="{payload}">x</a>'
        )
        # A window each: some of them lead away from the page.
        watch = Watch(windows, hostile.address)
        watch.page.route("**", answering("/careless", body))
        watch.open("/careless")
        watch.page.close()
        faults[name] = watch.faults
    unseen = {name for name, found in faults.items() if not found}
    # These do nothing in plain HTML; they are for other readers of it.
    assert unseen <= {"the name of a script, cut by a NUL", "link in Markdown", "template", "entities"}
    everything = " ".join(fault for found in faults.values() for fault in found)
    for what in ("a dialog opened", "a script ran", "a live javascript: address", "a handler", "evil.example"):
        assert what in everything


def test_the_pages_of_the_claims(watch: Watch, hostile: Hostile) -> None:
    shown = 0
    for name, payload in PAYLOADS.items():
        claim = hostile.stored.claims[payload]
        assert watch.open(f"/press/claims/{claim}") == 200, name
        shown += payload in watch.page.inner_text(".press-passage")
    assert not watch.faults, watch.told()
    # As it stands: but for what cannot be seen, or is no line of text.
    assert shown >= len(PAYLOADS) - 4
    watch.open(f"/press/claims/{hostile.stored.claims[PAYLOADS['template']]}")
    text = watch.page.inner_text("body")
    assert "{{7*7}}" in text
    assert "9359" not in text


def test_the_pages_of_naughty_strings(watch: Watch, hostile: Hostile) -> None:
    groups = naughty_groups()
    if not groups:
        pytest.skip(f"no corpus of naughty strings: set PRESS_DATA (looked in {PRESS_DATA})")
    for group in groups:
        assert watch.open(f"/press/claims/{hostile.stored.claims[group]}") == 200
    assert not watch.faults, watch.told()


def test_documents_lists_and_tables(watch: Watch, hostile: Hostile) -> None:
    paths = ["/", "/press", "/-/search?q=million", "/press/claims/1.txt", "/press/claims/1.json", "/press/claims.txt"]
    paths += [f"/press/documents/{number + 1}" for number in range(hostile.stored.documents)]
    paths += [f"/-/queue?tab={tab}" for tab in ("lacking", "named", "firsthand")]
    paths += [f"/press/{table}" for table, about in tables().items() if not table.endswith("_fts") and about]
    paths += [f"/press/{table}/1" for table in ("parties", "sources", "outlets", "snapshots", "texts", "figures")]
    paths += ["/press/claims?_search=board&_facet=subject_id&_facet=speaker_id&_facet=origin_id&_facet=outlet_id"]
    for path in paths:
        assert watch.open(path) == 200, path
    assert not watch.faults, watch.told()


def test_the_feed_is_xml_with_words_in_it(windows: BrowserContext, hostile: Hostile) -> None:
    answer = windows.request.get(f"{hostile.address}/-/new.atom")
    assert answer.status == 200
    feed = ElementTree.fromstring(answer.body())  # noqa: S314 - it is our own
    words = " ".join(feed.itertext())
    assert PAYLOADS["image that fails"] in words
    for element in feed.iter():
        assert element.tag.startswith(_ATOM), element.tag
        assert element.get("type", "text") in ("text", "application/atom+xml", "text/html"), element.attrib
        assert element.get("href", "http://").startswith(("http://", "https://")), element.attrib


def test_what_stands_in_addresses(watch: Watch) -> None:
    templates = (
        "/press/claims/{}",
        "/-/queue?tab={}&kind={}&next={}",
        "/press/claims?kind={}&_search={}&_sort=id",
        "/press/documents/1?snapshot={}&claim={}",
        "/-/login?next={}",
        "/{}",
        "/press/claim_overview?quote__contains={}&_facet={}&_col={}",
        "/press/{}",
    )
    for number, payload in enumerate(PAYLOADS.values()):
        paths = [templates[number % len(templates)].format(*[quote(payload, safe="")] * 3)]
        # Every second one: a page in the browser takes its time.
        paths += [f"/-/search?q={quote(payload)}"] * (number % 2)
        for path in paths:
            assert watch.open(path) in (200, 400, 404), path
    assert not watch.faults, watch.told()


def test_forms_that_come_back_with_what_was_typed(watch: Watch, hostile: Hostile) -> None:
    claim = hostile.stored.claims[PAYLOADS["script"]]
    for name in ("script after the end of a text field", "script after the end of an attribute", "focus", "template"):
        watch.page.goto(f"{hostile.address}/press/claims/{claim}")
        watch.page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true; })")
        form = watch.page.locator("#move-attach form")
        for field in ("url", "title", "locator", "excerpt", "publisher", "kind", "note"):
            form.locator(f'[name="{field}"]').fill(PAYLOADS[name])
        with watch.page.expect_navigation() as navigation:
            form.locator("button").click()
        assert navigation.value is not None
        assert navigation.value.status == 400
        watch.look()
        assert watch.page.locator('#move-attach form [name="excerpt"]').input_value() == PAYLOADS[name]
    assert not watch.faults, watch.told()


def test_who_was_overtaken_is_told_by_whom(watch: Watch, hostile: Hostile) -> None:
    claim = hostile.stored.claims[PAYLOADS["drawing"]]
    watch.page.goto(f"{hostile.address}/press/claims/{claim}")
    engine = open_database(hostile.path)
    faster = desk.Person(PAYLOADS["image that fails"], "editor")
    desk.move(engine, claim, faster, desk.Flag(PAYLOADS["script"]), now="2026-02-05T10:00:00Z")
    engine.dispose()
    watch.page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true; })")
    form = watch.page.locator("#move-verdict form")
    form.locator("select").select_option("outdated")
    with watch.page.expect_navigation() as navigation:
        form.locator("button").click()
    assert navigation.value is not None
    assert navigation.value.status == 409
    watch.look()
    assert PAYLOADS["image that fails"] in watch.page.inner_text('[role="alert"]')
    assert not watch.faults, watch.told()
