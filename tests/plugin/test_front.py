"""The front page: the whole at a look, right in its numbers, and useful when there is nothing yet."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import browse_samples
import desk_samples
import pytest
from datasette.app import Datasette
from plugin_samples import add_one

from db.engine import open_database
from tracker.plugin.database import database_of

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def page(served: Datasette, path: str = "/", status: int = 200) -> str:
    answer = await served.client.get(path)
    assert answer.status_code == status, answer.text[:500]
    return str(answer.text)


def tiles(html: str) -> dict[str, str]:
    found = re.findall(r"<strong>([\d,]+)</strong>\s*<span>([^<]+)</span>", html)
    return {words: number for number, words in found}


async def test_it_counts_and_leads_on(pages: Datasette) -> None:
    html = await page(pages)
    assert tiles(html) == {
        "claims in all": "3",
        "lacking a source": "2",
        "source named, not located": "0",
        "firsthand, unverified": "0",
        "in review": "0",
    }
    for kind in ("fine", "poll", "pay"):
        assert f'<a href="/press/claims?kind={kind}">{kind}</a>' in html
    links = set(re.findall(r'<a[^>]* href="(/[^"]*)"', html.replace("&amp;", "&")))
    assert {"/press/claims", "/-/queue?tab=lacking", "/press/documents_overview", "/-/new.atom"} <= links
    for address in sorted(links):
        assert (await pages.client.get(address)).status_code == 200, address


async def test_the_chart_is_a_table_with_its_numbers(pages: Datasette) -> None:
    html = await page(pages)
    table = html[html.index('<table class="press-bars">') : html.index("</table>")]
    rows = re.findall(r'<th scope="row"><a[^>]*>(\w+)</a></th>.*?press-number">(\d+)<', table, re.DOTALL)
    assert sorted(rows) == [("fine", "1"), ("pay", "1"), ("poll", "1")]
    assert table.count('<svg aria-hidden="true"') == 3
    assert re.search(r'press-bar-lacking" width="100.00"', table)


async def test_hostile_words_stay_words(pages: Datasette) -> None:
    html = await page(pages)
    assert "<script>alert" not in html
    assert "<img src=x" not in html
    assert "&lt;img src=x onerror=alert(2)&gt;" in html
    assert '<mark class="press-figure">£23 million</mark>' in html


async def test_an_empty_database_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    open_database(path).dispose()
    served = desk_samples.desk(path, everybody=True)
    await served.invoke_startup()
    html = await page(served)
    assert "tracker add" in html
    assert "press-bars" not in html
    for address in ("/-/queue", "/-/search?q=fine", "/-/new.atom", "/empty/claims", "/empty"):
        await page(served, address)
    await served.invoke_shutdown()


async def test_what_comes_in_is_counted_at_once(database: Path) -> None:
    served = desk_samples.desk(database, everybody=True)
    await served.invoke_startup()
    assert tiles(await page(served))["claims in all"] == "3"
    add_one(database, "Nine of the ten depots are closed.")
    html = await page(served)
    assert tiles(html)["claims in all"] == "4"
    assert "A letter" in html
    await served.invoke_shutdown()


async def test_strangers_see_none_of_it(database: Path) -> None:
    served = desk_samples.desk(database, everybody=False)
    await served.invoke_startup()
    for path in ("/", "/-/queue", "/-/search?q=fine", "/-/new.atom", "/press/claims"):
        answer = await served.client.get(path)
        assert answer.status_code in (302, 403), path
        assert "Harbour" not in answer.text, path
    await served.invoke_shutdown()


async def test_the_bar_says_who_is_signed_in(database: Path) -> None:
    desk_samples.add_people(database)
    served = desk_samples.desk(database, everybody=True)
    await served.invoke_startup()
    cookies: dict[str, Any] = desk_samples.cookies(database, "cleo")
    html = (await served.client.get("/", cookies=cookies)).text
    assert '<strong>cleo</strong> <span class="press-role">(checker)</span>' in html
    assert 'action="/-/logout" method="post"' in html
    html = await page(served)
    assert "Sign out" not in html
    assert 'href="/-/login"' in html
    await served.invoke_shutdown()


async def test_only_so_many_kinds_are_drawn(tmp_path: Path) -> None:
    path = browse_samples.fill(tmp_path / "many.db", 2)
    engine = open_database(path)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE claims SET kind = 'kind_' || id")
    engine.dispose()
    served = desk_samples.desk(path, everybody=True)
    await served.invoke_startup()
    html = await page(served)
    assert html.count('<th scope="row">') == 14
    assert "10 further kinds" in html
    assert database_of(served).path == path.absolute()
    await served.invoke_shutdown()
