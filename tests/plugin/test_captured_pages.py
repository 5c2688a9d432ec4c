"""What became of pages since, as a reader sees it: drifted figures, doubts, copies, sources, the front page."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from html import unescape
from pathlib import Path

import captured
import claim_samples
import desk_samples
import pytest
import pytest_asyncio
from capture_samples import change, copy, visit
from captured import DOUBT, YESTERDAY
from commands import run
from datasette.app import Datasette

from db.engine import open_database
from tracker import desk
from tracker.plugin.claim_words import time_in_words

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return captured.fill(tmp_path_factory.mktemp("captured") / "press.db")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shown(database: Path) -> AsyncIterator[Datasette]:
    made = desk_samples.desk(database, everybody=True)
    await made.invoke_startup()
    yield made
    made.close()


async def page(shown: Datasette, path: str, status: int = 200) -> str:
    answer = await shown.client.get(path)
    assert answer.status_code == status, (path, answer.status_code, answer.text[:300])
    return str(answer.text)


def words_of(found: str) -> str:
    body = found[found.index("<body") :]
    body = re.sub(r"</(dt|dd|li|p|h2)>", " ", body)
    return " ".join(unescape(re.sub(r"<[^>]*>", "", body)).split())


async def opened(path: Path, address: str) -> str:
    made = desk_samples.desk(path, everybody=True)
    await made.invoke_startup()
    try:
        return await page(made, address)
    finally:
        made.close()


async def test_a_claim_whose_figure_drifted_says_what_the_page_says_now(shown: Datasette) -> None:
    found = await page(shown, "/press/claims/1")
    said = words_of(found)
    # It is gone since.
    assert f"The page last said: over 52 vans (since {time_in_words(YESTERDAY)}). The claim has “40 vans”." in said
    assert "<del>40</del>" in found
    assert "<ins>52</ins>" in found
    assert 'href="/press/documents/1#changes"' in found
    # Its own words have not changed under it.
    assert "It lost 40 vans" in said
    # A claim of the same page whose figures stand there still is not warned of.
    assert "last said" not in words_of(await page(shown, "/press/claims/2"))


async def test_an_absent_claim_says_since_when(shown: Datasette) -> None:
    said = words_of(await page(shown, "/press/claims/4"))
    assert "No longer on the page since 2 March 2026, 08:00 UTC. The newest version" in said


async def test_a_page_that_is_gone_is_told_on_the_claim_and_the_document(shown: Datasette) -> None:
    for address in ("/press/claims/2", "/press/documents/1"):
        said = words_of(await page(shown, address))
        assert "The page is gone since 3 March 2026, 08:00 UTC: the server answers 410" in said, address
        assert "It was last seen there on 1 March 2026, 08:00 UTC." in said
        assert DOUBT in said


async def test_how_the_sources_are_doing_and_since_when(shown: Datasette) -> None:
    found = await page(shown, "/press/claims/2")
    assert "has changed since it was attached (seen 4 March 2026, 08:00 UTC): what changed" in words_of(found)
    assert 'href="/press/changes?source_id=2"' in found
    assert "“9” became" not in found
    assert "is gone since 5 March 2026, 08:00 UTC" in words_of(await page(shown, "/press/claims/1"))


async def test_a_claim_of_a_copied_story_says_so(shown: Datasette) -> None:
    found = await page(shown, "/press/claims/1")
    assert '<a href="/press/documents/1#copies">The same story stands in 3 other documents</a>' in found


async def test_the_document_tells_its_changes_figures_first(shown: Datasette) -> None:
    found = await page(shown, "/press/documents/1")
    section = found[found.index('aria-labelledby="changes"') : found.index('aria-labelledby="text"')]
    said = words_of("<body>" + section)
    assert "“40 vans” became “over 52 vans”, in claim 1, claim 3" in said
    assert f"seen {time_in_words(YESTERDAY)}" in said
    assert "It lost 40 vans and 19 million in one winter." in said
    assert "Besides: 1 place in other words, 1 in the encoding alone." in said
    assert 'href="/press/changes?document_id=1"' in section
    # One figure, though two claims share it.
    assert section.count("“<bdi>40 vans</bdi>”") == 1
    assert "<script>alert" not in found
    assert "<img src=x" not in found
    # The version that came of it says how much.
    assert "Changed since the version before: 2 figures, 1 other place" in words_of(found)


async def test_the_document_tells_its_doubt_its_copies_and_its_visits(shown: Datasette) -> None:
    found = await page(shown, "/press/documents/1")
    said = words_of(found)
    assert f"The text may not be the whole article, or more than it: {DOUBT}." in said
    assert "The same story stands in 4 documents of 3 outlets" in said
    section = found[found.index('aria-labelledby="copies"') : found.index('aria-labelledby="versions"')]
    assert re.findall(r'href="/press/documents/(\d)"', section) == ["2", "3", "4"]
    assert re.findall(r"<li>(earlier|later)</li>", section) == ["earlier", "later", "later"]
    assert "97 % alike" in section
    assert "Fenwick Echo" in section
    assert f"Last visit{time_in_words(YESTERDAY)}: it was gone (all visits)" in said.replace(
        "Last visit ", "Last visit"
    )
    assert "due 9 March 2026, 08:00 UTC" in said


async def test_a_document_that_nobody_has_watched_says_no_more_than_it_knows(shown: Datasette) -> None:
    said = words_of(await page(shown, "/press/documents/3"))
    assert "not visited since it came in" in said
    for word in ("What changed on the page", "gone since", "may not be the whole"):
        assert word not in said


async def test_every_link_of_these_pages_leads_somewhere(shown: Datasette) -> None:
    links = set()
    for address in ("/", "/press/documents/1", "/press/claims/1", "/press/claims/2"):
        links |= set(re.findall(r'href="(/(?:press|-)/?[^"#]*)', await page(shown, address)))
    for link in sorted(unescape(one) for one in links if "/-/static" not in one):
        answer = await shown.client.get(link)
        assert answer.status_code in (200, 302), (link, answer.status_code)


async def test_the_front_page_says_what_to_look_at(shown: Datasette) -> None:
    found = await page(shown, "/")
    section = found[found.index('aria-labelledby="news"') : found.index('aria-labelledby="kinds"')]
    tiles = re.findall(r'<a href="([^"]+)"><strong>([\d,]+)</strong> <span>([^<]+)', section)
    assert [(number, words) for _, number, words in tiles] == [
        ("1", "source of approved claims changed or gone"),
        ("2", "figures of claims changed on their pages in 7 days"),
        ("3", "figures changed in all in 7 days"),
        ("2", "sources changed or gone in all"),
        ("1", "document whose page is gone"),
    ]
    for address, number, _ in tiles:
        path, _, query = unescape(address).partition("?")
        rows = (await shown.client.get(f"{path}.json?{query}&_shape=array")).json()
        assert len(rows) == int(number), address
    assert [row["id"] for row in (await shown.client.get("/press/sources.json?id__in=2&_shape=array")).json()] == [2]


async def test_where_there_is_nothing_to_look_at_nothing_is_said(tmp_path: Path) -> None:
    path = tmp_path / "press.db"
    claim_samples.talk(path)
    engine = open_database(path)
    change(engine, "2020-01-01T08:00:00Z", "1", "2")
    engine.dispose()
    assert "To look at" not in await opened(path, "/")


async def test_a_figure_that_came_back_is_no_warning_of_another(tmp_path: Path) -> None:
    path = tmp_path / "press.db"
    claim_samples.talk(path)
    engine = open_database(path)
    change(engine, "2026-03-02T08:00:00Z", "40 vans", "44 vans", claim=1)
    change(engine, "2026-03-03T08:00:00Z", "44 vans", "40 vans")
    engine.dispose()
    said = words_of(await opened(path, "/press/claims/1"))
    assert "The page said otherwise for a while, and has these words again (since 3 March 2026, 08:00 UTC)." in said
    assert "now says" not in said


async def test_a_figure_of_a_page_that_is_there(tmp_path: Path) -> None:
    path = tmp_path / "press.db"
    claim_samples.talk(path)
    engine = open_database(path)
    change(engine, YESTERDAY, "40 vans", "44 vans", claim=1)
    visit(engine, YESTERDAY, "changed", document=1)
    engine.dispose()
    said = words_of(await opened(path, "/press/claims/1"))
    assert f"The page now says: 44 vans (since {time_in_words(YESTERDAY)}). The claim has “40 vans”." in said
    # The same number is not told twice.
    front = words_of(await opened(path, "/"))
    assert "1 figure of claims changed on their pages in 7 days" in front
    assert "in all in 7 days" not in front


async def test_a_figure_that_was_taken_out(tmp_path: Path) -> None:
    path = tmp_path / "press.db"
    claim_samples.talk(path)
    engine = open_database(path)
    change(engine, "2026-03-02T08:00:00Z", "40 vans", "", claim=1, sentences=("It lost 40 vans.", "It lost vans."))
    engine.dispose()
    said = words_of(await opened(path, "/press/claims/1"))
    assert "The page no longer gives this figure (since 2 March 2026, 08:00 UTC). The claim has “40 vans”." in said


@pytest.mark.parametrize(
    ("outcomes", "said"),
    [
        (
            ("failed",),
            "could not be had since 1 March 2026, 08:00 UTC: time-out. That says nothing",
        ),
        (("unchanged", "missing", "missing"), "not found, 2 times in a row since 2 March 2026, 08:00 UTC: time-out."),
        (("unchanged",), "1 March 2026, 08:00 UTC: it was as before"),
    ],
)
async def test_the_last_visit_in_words(tmp_path: Path, outcomes: tuple[str, ...], said: str) -> None:
    path = tmp_path / "press.db"
    claim_samples.talk(path)
    engine = open_database(path)
    for day, outcome in enumerate(outcomes, 1):
        visit(engine, f"2026-03-0{day}T08:00:00Z", outcome, document=1, reason="time-out")
    engine.dispose()
    assert said in words_of(await opened(path, "/press/documents/1"))


async def test_hundreds_of_changes_and_copies_are_bounded_and_lead_on(tmp_path: Path) -> None:
    path = tmp_path / "press.db"
    claim_samples.talk(path)
    engine = open_database(path)
    for number in range(30):
        change(engine, "2026-03-02T08:00:00Z", f"{number} vans", f"{number + 1} vans")
    engine.dispose()
    for number in range(2, 26):
        claim_samples.store(path, f"{claim_samples.TALK}{number}\n", [], key=f"https://{number}.example.org/")
        copy(engine, number, 1)
    engine.dispose()
    found = await opened(path, "/press/documents/1")
    assert found.count('class="press-facts press-sentences"') == 10
    said = words_of(found)
    assert "These are the last 10. All changes of this document in a table" in said
    assert "4 more in a table: 24 later" in said
    assert 'href="/press/document_links?relation=copies&amp;other_id=1"' in found


async def test_nobody_reads_signatures(database: Path) -> None:
    desk_samples.add_people(database)
    made = desk_samples.desk(database, everybody=True)
    await made.invoke_startup()
    try:
        for name in (None, *desk_samples.PEOPLE):
            cookies = desk_samples.cookies(database, name)
            for table in ("signatures", "signature_bands"):
                for address in (f"/press/{table}", f"/press/{table}.json", f"/press/{table}.csv", f"/press/{table}/1",
                                f"/press/{table}/0,secret~20digest,1"):  # fmt: skip
                    answer = await made.client.get(address, cookies=cookies)
                    assert answer.status_code == 403, (name, address)
                    assert "secret" not in answer.text.replace("secret~20digest", ""), address
            for address in ("/press", "/press/texts/1", "/press/documents/1.json", "/press/documents.json?_labels=on"):
                answer = await made.client.get(address, cookies=cookies)
                assert answer.status_code == 200
                assert "signature" not in answer.text, (name, address)
            # Who asked for a page is told to people of the desk alone.
            requests = await made.client.get("/press/requests", cookies=cookies)
            assert requests.status_code == (200 if name else 403)
            assert ("cleo" in requests.text and "wanted.example" in requests.text) == bool(name)
            assert "<script>alert" not in requests.text
    finally:
        made.close()


async def test_the_tables_speak_in_words(shown: Datasette) -> None:
    changes = await page(shown, "/press/changes")
    assert "what no reader sees" in words_of(changes)
    for words in ("encoding only", "other words", "sentence as it was", "6 changes"):
        assert words in words_of(changes), words
    assert '<a href="/press/claims/1">' in changes
    assert "<script>alert" not in changes
    visits = words_of(await page(shown, "/press/visits"))
    assert "not found" in visits
    links = await page(shown, "/press/document_links")
    assert "by the words they share" in links
    assert '<a href="/press/documents/2">' in links
    assert "doubt about its text" in await page(shown, "/press/documents")
    assert "other document: The bins of Larkholm" in words_of(await page(shown, "/press/document_links?other_id=1"))


@pytest.mark.parametrize(
    ("outcome", "status", "reason", "line", "support"),
    [
        ("missing", 404, "the server answers 404", "not found when last looked at (404), 5 March 2026, 08:00 UTC; "
         "it was last seen there on 4 March 2026, 08:00 UTC. That does not yet mean that it is gone", "not to be had"),
        ("failed", None, "timed out", "could not be had when last looked at (timed out), 5 March", "not to be had"),
        ("unchanged", 200, None, "still there when it was last looked at (5 March 2026, 08:00 UTC)", "still there"),
    ],
    ids=["missing is not still there", "nor is what failed", "what is there is"],
)  # fmt: skip
async def test_a_source_that_the_last_look_did_not_find(
    tmp_path: Path, outcome: str, status: int | None, reason: str | None, line: str, support: str
) -> None:
    path = tmp_path / "press.db"
    claim_samples.talk(path)
    engine = open_database(path)
    person = desk.Person("cleo", "editor")
    desk.move(engine, 3, person, desk.Attach(url="https://court.example/12", title="Ruling 12"), now=claim_samples.NOW)
    desk.move(engine, 3, person, desk.Verdict("supported"), now=claim_samples.NOW)
    desk.move(engine, 3, person, desk.Approve(), now=claim_samples.NOW)
    with engine.begin() as connection:
        source = connection.exec_driver_sql(
            "SELECT id FROM sources WHERE url = 'https://court.example/12'"
        ).scalar_one()
        connection.exec_driver_sql("UPDATE sources SET liveness = 'ok', last_checked = '2026-03-05T08:00:00Z'")
    visit(engine, "2026-03-04T08:00:00Z", "new", source=source, status=200)
    visit(engine, "2026-03-05T08:00:00Z", outcome, source=source, status=status, reason=reason)
    engine.dispose()
    said = words_of(await opened(path, "/press/claims/3"))
    assert line in said
    support_said = re.search(r"supported by a source that a person attached \(([^)]*)\)", said)
    assert support_said is not None, said
    assert support in support_said[1]
    result = run("show", "3", "--db", path, env={"COLUMNS": "300"})
    shown = " ".join(result.stdout.split())
    astray = line.split(" (")[0] + (f" ({status})" if outcome == "missing" else f" ({reason})")
    assert (f"Source {astray}, 2026-03-05 08:00 UTC, last seen there 2026-03-04 08:00 UTC: Ruling 12" in shown) == (
        outcome != "unchanged"
    )
