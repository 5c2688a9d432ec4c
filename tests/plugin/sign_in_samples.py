"""Signing in and what it gives, in process and on a real server, for the tests of signing in."""

from __future__ import annotations

import http.client
from collections.abc import AsyncIterator, Iterator
from contextlib import closing, contextmanager
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

import desk_samples
import pytest_asyncio
from datasette.app import Datasette
from datasette.utils.asgi import Response
from desk_samples import PASSWORD

from tracker import people
from tracker.plugin import sessions


@pytest_asyncio.fixture
async def desk(database: Path) -> AsyncIterator[Datasette]:
    desk_samples.add_people(database)
    made = desk_samples.desk(database, everybody=False)
    await made.invoke_startup()
    yield made
    made.close()


def users(database: Path) -> Path:
    return people.users_file(database)


async def sign_in(desk: Datasette, name: str = "cleo", password: str = PASSWORD, **more: str) -> Response:
    form = urlencode({"username": name, "password": password, **more})
    headers = {"content-type": "application/x-www-form-urlencoded"}
    return await desk.client.post("/-/login", content=form, headers=headers)


def cookie_of(answer: Response) -> dict[str, str]:
    jar = SimpleCookie(answer.headers["set-cookie"])
    return {sessions.COOKIE: jar[sessions.COOKIE].value}


@contextmanager
def asked(port: int, method: str, path: str, body: str = "", **headers: str) -> Iterator[http.client.HTTPResponse]:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
        form = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body or None, {**form, **named})
        yield connection.getresponse()
