"""The queue: the three tabs, most important first, page after page, whatever the address says."""

from __future__ import annotations

import csv
import io
import re
import sqlite3
from collections.abc import AsyncIterator
from html import unescape
from pathlib import Path

import browse_samples
import desk_samples
import pytest
import pytest_asyncio
from datasette.app import Datasette
from plugin_samples import NOW

from db.engine import open_database
from tracker import desk
from tracker.judging.importance import IN_WORDS
from tracker.judging.workflow import Person

pytestmark = pytest.mark.asyncio(loop_scope="session")
SOURCINGS = {"lacking": "('none', 'anonymous')", "named": "('named')", "firsthand": "('firsthand')"}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def many(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[Datasette, Path]]:
    path = browse_samples.fill(tmp_path_factory.mktemp("queue") / "many.db", 10)
    served = desk_samples.desk(path, everybody=True)
    await served.invoke_startup()
    yield served, path
    await served.invoke_shutdown()


async def page(served: Datasette, path: str) -> str:
    answer = await served.client.get(path)
    assert answer.status_code == 200, (path, answer.text[:500])
    return str(answer.text)


def ids(html: str) -> list[int]:
    return [int(found) for found in re.findall(r'id="claim-(\d+)"', html)]


def expected(path: Path, tab: str, kind: str | None = None) -> list[int]:
    query = (
        f"SELECT id FROM claims WHERE sourcing IN {SOURCINGS[tab]} AND state = 'present' AND workflow <> 'rejected'"  # noqa: S608
        " AND is_backed = 0 AND kind = coalesce(?, kind) ORDER BY weight DESC, id DESC"
    )
    connection = sqlite3.connect(path)
    found = [row[0] for row in connection.execute(query, (kind,))]
    connection.close()
    return found


@pytest.mark.parametrize("tab", sorted(SOURCINGS))
@pytest.mark.parametrize("kind", [None, "fine"])
async def test_page_after_page_it_is_whole_and_in_order(
    many: tuple[Datasette, Path], tab: str, kind: str | None
) -> None:
    served, path = many
    address: str | None = f"/-/queue?tab={tab}" + (f"&kind={kind}" if kind else "")
    seen: list[int] = []
    while address:
        html = await page(served, address)
        seen += ids(html)
        following = re.search(r'href="([^"]+)" rel="next"', html)
        address = following.group(1).replace("&amp;", "&") if following else None
    assert seen == expected(path, tab, kind)
    assert len(seen) == len(set(seen)) > (0 if kind is None else -1)


async def test_tabs_and_kinds_carry_their_counts(many: tuple[Datasette, Path]) -> None:
    served, path = many
    html = re.sub(r"\s+", " ", await page(served, "/-/queue"))
    for tab, title in (("lacking", "Lacking a source"), ("named", "Source named, not located")):
        number = len(expected(path, tab))
        assert re.search(rf'tab={tab}"[^>]*>{title} <span class="press-count">{number}<', html), tab
    fines = len(expected(path, "lacking", "fine"))
    assert re.search(rf'kind=fine">fine <span class="press-count">{fines}<', html)


async def test_an_entry_says_what_a_checker_needs(pages: Datasette) -> None:
    html = await page(pages, "/-/queue")
    assert ids(html) == [3, 1] or ids(html) == [1, 3]
    entry = html[html.index('id="claim-1"') : html.index("</ul>", html.index('id="claim-1"'))]
    assert '<a href="/press/claims/1"><bdi>“Harbour Cleaning was fined ' in entry
    assert '<mark class="press-figure">£23 million</mark>' in entry
    assert "on the word of <bdi>Quayside News</bdi>" in entry
    assert '<a href="/press/documents/1">' in entry
    assert "30 January 2026" in entry
    assert "press-badge-none" in html
    assert IN_WORDS in html.replace("&#39;", "'")
    assert "<script>alert" not in html


@pytest.mark.parametrize(
    "query",
    ["tab=nonsense", "next=x", "next=1-", "next=99999999999999999999-1", "kind=%00", "kind=%ED%A0%80", "kind='--",
     "tab=lacking&tab=named", "next=-1--1", "kind=" + "x" * 5000, "next=5-3&kind=none"],
)  # fmt: skip
async def test_odd_addresses_are_answered(pages: Datasette, query: str) -> None:
    html = await page(pages, f"/-/queue?{query}")
    assert "Lacking a source" in html


async def test_the_end_and_the_empty_are_told(pages: Datasette) -> None:
    assert "Nothing is waiting here" in await page(pages, "/-/queue?tab=firsthand")
    assert "of the kind <" not in await page(pages, "/-/queue?kind=<b>")
    assert "of the kind &lt;b&gt;" in await page(pages, "/-/queue?kind=<b>")
    assert "Nothing follows here any more" in await page(pages, "/-/queue?next=-7-1")


async def test_what_is_rejected_or_backed_leaves_it(database: Path) -> None:
    served = desk_samples.desk(database, everybody=True)
    await served.invoke_startup()
    assert set(ids(await page(served, "/-/queue"))) == {1, 3}
    connection = sqlite3.connect(database)
    with connection:
        connection.execute("UPDATE claims SET workflow = 'rejected' WHERE id = 3")
        connection.execute(
            "INSERT INTO evidence (claim_id, source_id, relation, how, by_whom, created_at)"
            " VALUES (1, 1, 'supports', 'attached', 'ada', '2026-02-03T10:00:00Z')"
        )
    connection.close()
    html = await page(served, "/-/queue")
    assert ids(html) == []
    assert re.search(r'tab=lacking"[^>]*>Lacking a source\s+<span class="press-count">0<', html)
    await served.invoke_shutdown()


@pytest.mark.parametrize(
    "query",
    [
        "tab=lacking",
        "tab=named&kind=fine",
        "tab=firsthand",
        "tab=review",
        "tab=review&kind=fine",
        "tab=review&awaiting=1",
        "tab=review&awaiting=1&kind=fine",
    ],
)
async def test_each_list_can_be_had_as_data_and_as_citations(tmp_path: Path, query: str) -> None:
    path = browse_samples.fill(tmp_path / "many.db", 3)
    connection = sqlite3.connect(path)
    with connection:
        connection.execute("UPDATE claims SET workflow = 'in_review' WHERE id % 2 = 0")
        connection.execute("UPDATE claims SET verdict = 'supported' WHERE id % 4 = 0")
    connection.close()
    served = desk_samples.desk(path, everybody=True)
    await served.invoke_startup()
    html = await page(served, f"/-/queue?{query}")
    line = html[html.index("The same as ") :].partition("</p>")[0]
    links = {name: unescape(address) for address, name in re.findall(r'<a href="([^"]+)">([^<]+)</a>', line)}
    assert set(links) == {"a table", "CSV", "json", "bib", "csl.json", "md", "txt"}
    wanted = ids(html)
    assert wanted
    for address in links.values():
        assert (await served.client.get(address)).status_code == 200, address
    data = (await served.client.get(links["json"])).json()["rows"]
    column = "id" if "review" in query else "claim_id"
    assert [row[column] for row in data][: len(wanted)] == wanted
    assert len(data) == len(list(csv.reader(io.StringIO((await served.client.get(links["CSV"])).text)))) - 1
    assert f"{len(data):,} claim" in await page(served, links["a table"])
    await served.invoke_shutdown()


async def test_a_flag_arrives_with_its_reason(database: Path) -> None:
    engine = open_database(database)
    desk.move(engine, 2, Person("rita", "reader"), desk.Flag("is this <b>really</b> a poll?"), now=NOW)
    desk.move(engine, 1, Person("cleo", "checker"), desk.Verdict("contradicted", "the invoice says otherwise"), now=NOW)
    engine.dispose()
    desk_samples.add_people(database)
    served = desk_samples.desk(database, everybody=True)
    await served.invoke_startup()
    html = await page(served, "/-/queue?tab=review")
    # The poll has a source: it stands in no other queue.
    assert sorted(ids(html)) == [1, 2]
    flagged = html[html.index('id="claim-2"') :].partition('class="press-entry"')[0]
    assert '<span class="press-badge press-badge-flag">flagged</span>' in flagged
    assert "is this &lt;b&gt;really&lt;/b&gt; a poll?" in flagged
    assert "<strong><bdi>rita</bdi></strong> flagged it" in flagged
    assert "3 February 2026, 10:00 UTC" in flagged
    assert "gave a verdict (contradicted)" in html
    assert html.count(">flagged<") == 1
    assert re.search(r'tab=review"[^>]*>In review\s+<span class="press-count">2<', html)
    assert re.search(r'Queue <span class="press-in-review"[^>]*>2<', html)
    assert "await approval" not in html
    front = await page(served, "/")
    assert re.search(r"<strong>2</strong>\s*<span>in review<", front)
    assert re.search(r'Queue <span class="press-in-review"[^>]*>2<', front)
    assert ids(await page(served, "/-/queue?tab=review&kind=fine")) == [1]
    assert ids(await page(served, "/-/queue?tab=review&awaiting=1")) == [1]
    await served.invoke_shutdown()


async def test_editors_are_told_what_awaits_them(database: Path) -> None:
    engine = open_database(database)
    desk.move(engine, 1, Person("cleo", "checker"), desk.Verdict("contradicted"), now=NOW)
    desk.move(engine, 3, Person("cleo", "checker"), desk.Note("look again"), now=NOW)
    desk.move(engine, 3, Person("rita", "reader"), desk.Flag("odd"), now=NOW)
    engine.dispose()
    desk_samples.add_people(database)
    served = desk_samples.desk(database, everybody=True)
    await served.invoke_startup()
    for name, told in (("rita", False), ("cleo", False), ("edda", True)):
        answer = await served.client.get("/-/queue", cookies=desk_samples.cookies(database, name))
        assert ("1 has a verdict and awaits approval" in answer.text) == told, name
    link = re.search(r'href="([^"]+)">Show only these<', answer.text)
    assert link
    assert ids(await page(served, link.group(1).replace("&amp;", "&"))) == [1]
    await served.invoke_shutdown()


async def test_a_denial_is_marked_wherever_a_claim_is_listed(database: Path) -> None:
    connection = sqlite3.connect(database)
    with connection:
        connection.execute("UPDATE claims SET stance = 'denied' WHERE id = 1")
        connection.execute("UPDATE claims SET stance = 'hypothetical' WHERE id = 3")
    connection.close()
    served = desk_samples.desk(database, everybody=True)
    await served.invoke_startup()
    badge = '<span class="press-badge press-badge-denied">denied</span>'
    for address in ("/", "/-/queue", "/-/search?q=fined", "/press/claims"):
        assert badge in await page(served, address), address
    assert "press-badge-hypothetical" in await page(served, "/")
    feed = await page(served, "/-/new.atom")
    assert "<title>DENIED: fine: Harbour Cleaning" in feed
    assert "<title>HYPOTHETICAL: pay: Bosses" in feed
    assert "<title>poll: A survey" in feed
    await served.invoke_shutdown()
