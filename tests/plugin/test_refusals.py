"""What a reader sees when the desk says no, or when something breaks inside."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import desk_samples
import pytest
import pytest_asyncio
from datasette.app import Datasette

from tracker.plugin.refusals import shape_of


@pytest_asyncio.fixture
async def desk(database: Path) -> AsyncIterator[Datasette]:
    desk_samples.add_people(database)
    made = desk_samples.desk(database, everybody=True)
    await made.invoke_startup()
    yield made
    made.close()


@pytest.mark.parametrize("path", ["/press/nothing", "/nothing", "/a/b/c/d/e", "/press/claims/1/2"])
async def test_a_page_that_is_not_there_looks_like_the_others(desk: Datasette, database: Path, path: str) -> None:
    answer = await desk.client.get(path, cookies=desk_samples.cookies(database, "cleo"))
    assert answer.status_code == 404
    assert "press.css" in answer.text
    assert 'action="/-/logout"' in answer.text
    assert 'href="/"' in answer.text
    program = await desk.client.get(f"{path}.json")
    assert program.status_code == 404
    assert program.json()["ok"] is False


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/-/plugins", "text/html; charset=utf-8"),
        ("/-/plugins.json", "application/json; charset=utf-8"),
        ("/press/-/schema.md", "text/plain; charset=utf-8"),
        ("/press.db", "text/plain; charset=utf-8"),
    ],
)
async def test_a_closed_page_is_told_in_the_format_asked_for(desk: Datasette, path: str, kind: str) -> None:
    answer = await desk.client.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (404, kind)
    assert "There is no such page" in answer.text


async def test_what_breaks_inside_is_not_told_outside(
    desk: Datasette, database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("PRAGMA legacy_alter_table=ON")
        connection.execute("ALTER TABLE claims RENAME TO secret_plan")
    answer = await desk.client.get("/press/claims/1")
    assert answer.status_code == 500
    assert "Something broke" in answer.text
    assert "no such table" not in answer.text
    # Whoever keeps the desk can see it.
    assert "no such table" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("path", "accepted", "shape"),
    [
        ("/press/claims", "text/html", "html"),
        ("/press/claims", "", "html"),
        ("/press/claims.json", "text/html", "json"),
        ("/press/claims/1.csl.json", "", "json"),
        ("/press/claims.csv", "", "csv"),
        ("/press/claims", "application/json", "json"),
        ("/press/claims", "text/html, application/json", "html"),
        ("/press.v1/claims", "", "html"),
    ],
)
def test_the_format_is_the_one_asked_for(path: str, accepted: str, shape: str) -> None:
    assert shape_of(path, accepted) == shape


@pytest.mark.parametrize(
    "path",
    ["/press/claims.JSON", "/press/claims.json?_facet=nonsense", "/press/claims.json?_timelimit=x",
     "/press/claims?id__gt=9223372036854775808", "/press/claims_lacking_source?_next=1e400"],
)  # fmt: skip
async def test_what_cannot_be_is_told_of_and_breaks_nothing(desk: Datasette, path: str) -> None:
    answer = await desk.client.get(path)
    assert 400 <= answer.status_code < 500, answer.text[:300]
