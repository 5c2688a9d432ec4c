"""The Atom feed: valid, absolute, narrowed as asked, and the same to whoever has it already."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import browse_samples
import desk_samples
import pytest
from datasette.app import Datasette
from plugin_samples import HOSTILE, TITLE, add_one

pytestmark = pytest.mark.asyncio(loop_scope="session")
ATOM = "{http://www.w3.org/2005/Atom}"
UTC = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\Z")


async def feed(served: Datasette, query: str = "", **options: Any) -> ET.Element:
    answer = await served.client.get(f"/-/new.atom{query}", **options)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(answer.content)  # noqa: S314


def text(element: ET.Element, name: str) -> str:
    found = element.findtext(ATOM + name)
    assert found, name
    return found


async def test_it_has_what_the_format_demands(pages: Datasette) -> None:
    root = await feed(pages)
    assert root.tag == f"{ATOM}feed"
    assert UTC.match(text(root, "updated"))
    assert text(root, "id") == "http://localhost/-/new.atom"
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links == {"self": "http://localhost/-/new.atom", "alternate": "http://localhost/"}
    entries = root.findall(f"{ATOM}entry")
    assert len(entries) == 3
    assert len({text(entry, "id") for entry in entries}) == 3
    for entry in entries:
        assert text(entry, "id").startswith("urn:uuid:")
        assert UTC.match(text(entry, "updated"))
        assert UTC.match(text(entry, "published"))
        assert text(entry.find(f"{ATOM}author") or entry, "name")
        link = entry.find(f"{ATOM}link")
        assert link is not None
        address = str(link.get("href"))
        assert address.startswith("http://localhost/press/claims/")
        assert (await pages.client.get(address.removeprefix("http://localhost"))).status_code == 200


async def test_words_arrive_as_they_are(pages: Datasette) -> None:
    root = await feed(pages)
    whole = "\n".join(text(entry, "content") for entry in root.findall(f"{ATOM}entry"))
    assert f"“{HOSTILE}”" in whole
    assert TITLE in whole
    assert "Said by: Ada Tenant, on the word of Tenants' Union" in whole


async def test_it_can_be_narrowed(pages: Datasette) -> None:
    async def titles(query: str) -> list[str]:
        return [text(entry, "title") for entry in (await feed(pages, query)).findall(f"{ATOM}entry")]

    assert [title[:5] for title in await titles("?kind=poll")] == ["poll:"]
    assert len(await titles("?subject=harbour+cleaning")) == 2
    assert len(await titles("?lacking=1")) == 2
    assert await titles("?lacking=1&kind=poll") == []
    root = await feed(pages, "?lacking=1&kind=poll")
    assert text(root, "updated") == "1970-01-01T00:00:00Z"
    assert text(root, "title") == "New claims of the kind poll that lack a source"
    assert text(root, "id") == "http://localhost/-/new.atom?kind=poll&lacking=1"


@pytest.mark.parametrize(
    "query", ["?kind=%00", "?kind=%ED%A0%80", "?subject=%0B%FE", "?subject=" + "x" * 5000, "?lacking=x"]
)
async def test_odd_addresses_are_answered(pages: Datasette, query: str) -> None:
    root = await feed(pages, query)
    assert root.tag.endswith("}feed")
    assert text(root, "title").startswith("New claims")


async def test_whoever_has_it_already_is_told_so(database: Path) -> None:
    served = desk_samples.desk(database, everybody=True)
    await served.invoke_startup()
    first = await served.client.get("/-/new.atom")
    again = await served.client.get("/-/new.atom", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    add_one(database, "Seven in ten drivers left within a year.")
    changed = await served.client.get("/-/new.atom", headers={"if-none-match": first.headers["etag"]})
    assert changed.status_code == 200
    assert "Seven in ten" in changed.text
    await served.invoke_shutdown()


async def test_rejected_and_withdrawn_claims_are_left_out(database: Path) -> None:
    connection = sqlite3.connect(database)
    with connection:
        connection.execute("UPDATE claims SET workflow = 'rejected' WHERE id = 1")
        connection.execute("UPDATE claims SET state = 'withdrawn' WHERE id = 3")
    connection.close()
    served = desk_samples.desk(database, everybody=True)
    await served.invoke_startup()
    (entry,) = (await feed(served)).findall(f"{ATOM}entry")
    assert text(entry, "title").startswith("poll: ")
    await served.invoke_shutdown()


async def test_the_newest_fifty_and_pages_name_it(tmp_path: Path) -> None:
    served = desk_samples.desk(browse_samples.fill(tmp_path / "many.db", 6), everybody=True)
    await served.invoke_startup()
    entries = (await feed(served)).findall(f"{ATOM}entry")
    assert len(entries) == 50
    newest = entries[0].find(f"{ATOM}link")
    assert newest is not None
    assert str(newest.get("href")).endswith("/many/claims/72")
    page = (await served.client.get("/")).text
    assert '<link rel="alternate" type="application/atom+xml" title="New claims" href="/-/new.atom">' in page
    await served.invoke_shutdown()
