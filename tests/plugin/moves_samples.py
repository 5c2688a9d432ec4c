"""A desk over the talk and a browser of sorts for each of its people, for the tests of moves."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from typing import Any

import claim_samples
import desk_samples
import httpx2
import pytest
import pytest_asyncio
from datasette.app import Datasette

SAME_SITE = {"origin": "http://localhost", "sec-fetch-site": "same-origin"}


class Desk:
    """A desk with its people, and a browser of sorts for each of them."""

    def __init__(self, database: Path, served: Datasette) -> None:
        self.database = database
        self.served = served

    async def ask(self, name: str | None, method: str, path: str, **options: Any) -> Any:
        async with httpx2.AsyncClient(
            transport=httpx2.ASGITransport(app=self.served.app()),
            cookies=desk_samples.cookies(self.database, name),
            base_url="http://localhost",
        ) as client:
            answer = await client.request(method, path, **options)
            if answer.status_code == 303 and "login" not in answer.headers["location"]:
                # As a browser does, with the cookies that came along.
                answer.extensions["page"] = await client.get(answer.headers["location"])
            return answer

    async def page(self, name: str | None, number: int | str = 1) -> str:
        return str((await self.ask(name, "GET", f"/press/claims/{number}")).text)

    async def move(self, name: str | None, move: str, number: int = 1, **typed: str) -> Any:
        """Sends the form with what is typed, seeing what is there now unless ``seen`` is given."""
        typed.setdefault("seen", str(self.last(number)))
        return await self.ask(name, "POST", f"/-/claim/{number}/{move}", data=typed, headers=SAME_SITE)

    def query(self, sql: str, *values: object) -> list[Any]:
        with closing(sqlite3.connect(self.database)) as connection:
            return connection.execute(sql, values).fetchall()

    def last(self, number: int = 1) -> int:
        ((found,),) = self.query("SELECT coalesce(max(id), 0) FROM reviews WHERE claim_id = ?", number)
        return int(found)

    def state(self, number: int = 1) -> tuple[str, str]:
        ((workflow, verdict),) = self.query("SELECT workflow, verdict FROM claims WHERE id = ?", number)
        return workflow, verdict

    def reviews(self, number: int = 1) -> list[tuple[str, str, str, str | None]]:
        sql = "SELECT by_whom, role, move, note FROM reviews WHERE claim_id = ? ORDER BY id"
        return [tuple(row) for row in self.query(sql, number)]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a desk, to be copied: making one takes half a second."""
    path = tmp_path_factory.mktemp("template") / "press.db"
    claim_samples.talk(path)
    desk_samples.add_people(path)
    return path.parent


@pytest_asyncio.fixture
async def at(template: Path, tmp_path: Path) -> AsyncIterator[Desk]:
    path = Path(shutil.copytree(template, tmp_path / "desk")) / "press.db"
    served = desk_samples.desk(path, everybody=True)
    await served.invoke_startup()
    yield Desk(path, served)
    served.close()
