"""The rules for the browser: on every answer, and compatible with Datasette's own scripts."""

from __future__ import annotations

import re

import pytest
from datasette.app import Datasette
from datasette.utils.asgi import Response

from tracker.plugin import headers

pytestmark = pytest.mark.asyncio(loop_scope="session")


def nonce_of(answer: Response) -> str:
    found = re.search(r"'nonce-([^']+)'", answer.headers["content-security-policy"])
    assert found
    return found.group(1)


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/press/claims",
        "/press/claims/1",
        "/press/claims.json",
        "/press/claims.csv",
        "/press/nope",
        "/press/runs",
        "/-/static/table.js",
    ],
)
async def test_every_answer_carries_them(pages: Datasette, path: str) -> None:
    answer = await pages.client.get(path)
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers.get_list("referrer-policy") == ["same-origin"]


@pytest.mark.parametrize("path", ["/", "/press", "/press/claims", "/press/claims/1", "/press/nope", "/press/runs"])
async def test_every_script_of_a_page_may_run(pages: Datasette, path: str) -> None:
    answer = await pages.client.get(path)
    scripts = re.findall(r"<script[^>]*>", answer.text)
    assert scripts
    assert all(f'nonce="{nonce_of(answer)}"' in script for script in scripts), scripts


async def test_inline_handlers_are_the_one_that_is_known(pages: Datasette) -> None:
    page = (await pages.client.get("/press/claims")).text
    assert set(re.findall(r'\son[a-z]+="([^"]*)"', page)) == {"openColumnChooser()"}


async def test_a_nonce_serves_once(pages: Datasette) -> None:
    first, second = await pages.client.get("/"), await pages.client.get("/")
    assert nonce_of(first) != nonce_of(second)


async def test_pages_of_the_signed_in_are_not_kept(pages: Datasette) -> None:
    answer = await pages.client.get("/press/claims", actor={"id": "ada"})
    assert answer.headers["cache-control"] == "private, no-store"
    assert "Cookie" in answer.headers["vary"]
    assert "no-store" not in (await pages.client.get("/press/claims")).headers.get("cache-control", "")


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200),
        ("LOCALHOST:8001", 200),
        ("evil.example", 421),
        ("localhost.evil.example", 421),
        ("[", 421),
        ("", 421),
    ],
)
async def test_only_our_own_names_are_answered(pages: Datasette, host: str, status: int) -> None:
    answer = await pages.client.get("/press/claims.json", headers={"host": host})
    assert answer.status_code == status
    assert ("Harbour" in answer.text) == (status == 200)


async def test_cookies_are_kept_from_scripts() -> None:
    sent: list[headers.Message] = []

    async def app(scope: headers.Scope, receive: headers.Receive, send: headers.Send) -> None:
        cookies = [(b"set-cookie", b"ds_actor=x; Path=/"), (b"set-cookie", b"theme=dark")]
        await send({"type": "http.response.start", "status": 200, "headers": cookies})

    async def send(message: headers.Message) -> None:
        sent.append(message)

    async def receive() -> headers.Message:
        return {}

    scope = {"type": "http", "path": "/", "scheme": "https", "headers": []}
    await headers.wrapped(app)(scope, receive, send)
    cookies = [value for name, value in sent[0]["headers"] if name == b"set-cookie"]
    assert cookies == [b"ds_actor=x; Path=/; HttpOnly; Secure", b"theme=dark"]
