"""Having signed in: the cookie, what ends it, and how a real server takes restarts, new people and odd addresses."""

from __future__ import annotations

import asyncio
import base64
import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import desk_samples
import pytest
import sign_in_samples
from datasette.app import Datasette
from desk_samples import PASSWORD
from sign_in_samples import asked, cookie_of, sign_in, users
from test_serve import served

from tracker import people
from tracker.plugin import sessions

# A fixture is found by its name here.
desk = sign_in_samples.desk


# ------------------------------------------------------------------ the cookie


async def test_the_cookie_is_kept_from_scripts_and_ends(desk: Datasette) -> None:
    answer = await sign_in(desk)
    parts = {part.strip().lower() for part in answer.headers["set-cookie"].split(";")[1:]}
    assert parts == {"httponly", "path=/", "samesite=lax", f"max-age={30 * 24 * 3600}"}
    assert "pbkdf2" not in str(cookie_of(answer))


async def status_with(desk: Datasette, cookie: str) -> int:
    answer = await desk.client.get("/press/claims.json", headers={b"cookie": f"ds_actor={cookie}".encode("latin-1")})
    return int(answer.status_code)


async def test_a_cookie_that_is_not_ours_counts_for_nothing(desk: Datasette, database: Path) -> None:
    good = cookie_of(await sign_in(desk))[sessions.COOKIE]
    assert await status_with(desk, good) == 200
    assert await status_with(desk, f'"{good}"') in (200, 403)
    payload, stamp, signature = good.split(".")
    editor = base64.urlsafe_b64encode(b'["edda","x"]').decode().rstrip("=")
    own = desk.sign({"a": {"id": "edda", "role": "editor"}}, "actor")
    for forged in (
        *(f"{editor}.{stamp}.{signature}", f"{payload}.{stamp}.", f"{payload}.zzzz.{signature}"),
        *(good[:-2], good.upper(), own, "", ".", "..", "x", "\xff", '"', "a" * 8000),
    ):
        assert await status_with(desk, forged) == 403, forged
    await asyncio.sleep(0)
    other = people.People("0" * 64, {})
    assert await status_with(desk, sessions.cookie_for(other, people.Person("edda", "editor", "x"))) == 403


async def test_a_cookie_ends_after_thirty_days(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk_samples.add_people(database)
    found = people.read_people(users(database))
    assert found is not None
    cookie = sessions.cookie_for(found, found.by_name["cleo"])
    now = time.time()
    for days, known in ((29, True), (31, False)):
        with monkeypatch.context() as later:
            later.setattr(time, "time", lambda at=now + days * 86_400: at)
            assert bool(sessions.person_of(found, cookie)) == known


async def test_roles_and_passwords_are_the_files_at_each_request(desk: Datasette, database: Path) -> None:
    cookies = cookie_of(await sign_in(desk))

    async def shown() -> str:
        answer = await desk.client.get("/-/logout", cookies=cookies)
        return "nobody" if answer.status_code == 302 else str(answer.text)

    assert "cleo" in await shown()
    actor = sessions.checked_cookies(f"ds_actor={cookies['ds_actor']}".encode(), desk, sessions.desk_of(desk))[1]
    assert actor == {"id": "cleo", "role": "checker"}
    people.set_role(users(database), "cleo", "reader")
    actor = sessions.checked_cookies(f"ds_actor={cookies['ds_actor']}".encode(), desk, sessions.desk_of(desk))[1]
    assert actor == {"id": "cleo", "role": "reader"}
    people.set_password(users(database), "cleo", PASSWORD, 1000)
    assert await shown() == "nobody"
    cookies = cookie_of(await sign_in(desk))
    assert "cleo" in await shown()
    people.remove_person(users(database), "cleo")
    assert await shown() == "nobody"
    assert (await sign_in(desk)).status_code == 403
    people.add_person(users(database), "cleo", "editor", "another password", 1000)
    assert await shown() == "nobody", "another person of the same name"


async def test_passwords_and_keys_in_headers_are_not_taken(desk: Datasette) -> None:
    for value in (
        "Basic " + base64.b64encode(f"cleo:{PASSWORD}".encode()).decode(),
        *("Basic !!!", "Basic", "Basic /w==", "Bearer dstok_x", "Bearer x"),
    ):
        start = time.perf_counter()
        answer = await desk.client.get("/press/claims.json", headers={"authorization": value})
        assert answer.status_code == 403
        assert answer.json()["ok"] is False
        assert time.perf_counter() - start < 2


async def test_odd_cookies_of_others_do_no_harm(desk: Datasette) -> None:
    good = cookie_of(await sign_in(desk))[sessions.COOKIE]
    for other in ("foo(bar=1", "a=\xff", "=", ";;;", "x", 'q="', "ds_messages=x", "ds_messages=\xff"):
        for header in (f"{other}; ds_actor={good}", f"ds_actor={good}; {other}"):
            answer = await desk.client.get("/press/claims.json", headers={b"cookie": header.encode("latin-1")})
            assert answer.status_code == 200, header


# ------------------------------------------------------------------ a real server


def test_a_sign_in_lasts_over_a_restart_and_ends_with_signing_out(database: Path) -> None:
    desk_samples.add_people(database)
    form = urlencode({"username": "cleo", "password": PASSWORD, "next": "/press/claims"})
    with served("--db", str(database), "--answer-to", "desk.example") as (process, port):
        with asked(port, "GET", "/press/claims") as answer:
            assert (answer.status, answer.getheader("Location")) == (302, "/-/login?next=/press/claims")
        origin = f"http://127.0.0.1:{port}"
        with asked(port, "POST", "/-/login", form, Origin=origin, X_Forwarded_Proto="https") as answer:
            assert answer.status == 403, "another scheme is another site"
        with asked(port, "POST", "/-/login", form, X_Forwarded_Proto="https") as answer:
            assert "Secure" in str(answer.getheader("Set-Cookie"))
        with asked(port, "POST", "/-/login", form, Origin=origin) as answer:
            assert (answer.status, answer.getheader("Location")) == (303, "/press/claims")
            sent = str(answer.getheader("Set-Cookie"))
        assert {"HttpOnly", "SameSite=lax"} <= {part.strip() for part in sent.split(";")}
        assert "Secure" not in sent
        cookie = sent.partition(";")[0]
        with asked(port, "GET", "/press/claims", Cookie=cookie) as answer:
            assert answer.status == 200
        process.terminate()
        process.wait(30)
    with served("--db", str(database)) as (_, port):
        with asked(port, "GET", "/press/claims", Cookie=cookie) as answer:
            assert answer.status == 200
            assert "cleo" in answer.read().decode()
        with asked(port, "POST", "/-/logout", "x=1", Cookie=cookie, Sec_Fetch_Site="cross-site") as answer:
            assert answer.status == 403
            assert answer.getheader("Set-Cookie") is None
        with asked(port, "POST", "/-/logout", "x=1", Cookie=cookie, Sec_Fetch_Site="same-origin") as answer:
            assert answer.status == 302
            assert answer.getheader("Cache-Control") == "private, no-store"
            cleared = [value for name, value in answer.getheaders() if name.lower() == "set-cookie"]
            assert any(value.startswith('ds_actor="";') and "Max-Age=0" in value for value in cleared)
        people.remove_person(users(database), "cleo")
        with asked(port, "GET", "/press/claims", Cookie=cookie) as answer:
            assert answer.status == 302


def test_with_open_people_may_be_added_while_it_runs(database: Path) -> None:
    form = urlencode({"username": "cleo", "password": PASSWORD})
    with served("--db", str(database), "--open") as (process, port):
        with asked(port, "GET", "/-/login") as answer:
            assert "tracker user add" in answer.read().decode()
        with asked(port, "POST", "/-/login", form) as answer:
            assert answer.status == 403
        desk_samples.add_people(database)
        with asked(port, "POST", "/-/login", form) as answer:
            assert answer.status == 303
            cookie = str(answer.getheader("Set-Cookie")).partition(";")[0]
        with asked(port, "GET", "/-/logout", Cookie=cookie) as answer:
            assert answer.status == 200
        shutil.move(users(database), database.with_name("away.json"))
        with asked(port, "GET", "/-/logout", Cookie=cookie) as answer:
            assert answer.status == 302
        with asked(port, "GET", "/press/claims", Cookie=cookie) as answer:
            assert answer.status == 200
        assert process.poll() is None


@pytest.mark.parametrize(
    "line",
    [
        *(b"GET /.. ", b"GET /press/../x ", b"GET /-/static/../../x ", b"GET /%2e%2e/x ", b"GET /press/%00 "),
        *(b"GET /\xff\xfe ", b"GET /press/%ff ", b"GET /\\evil.example/ ", b"GET //evil.example/ "),
        *(b"GET http://evil.example/ ", b"OPTIONS * ", b"GET /press/claims/..;/x ", b"GET /%2D/plugins "),
        *(b"GET /a/b/c/d/e ", b"GET /press/claims/1/x "),
    ],
)
def test_no_address_breaks_the_server(open_port: int, line: bytes) -> None:
    import socket

    with socket.create_connection(("127.0.0.1", open_port), timeout=30) as connection:
        connection.sendall(line + b"HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    status = int(answer.split(b" ", 2)[1])
    assert status in (302, 400, 404, 405), answer[:300]
    place = re.search(rb"\r\nlocation: (.*?)\r\n", answer, re.IGNORECASE)
    assert (place is not None) == (status == 302)
    assert place is None or re.match(rb"/[^/\\]", place[1])


@pytest.fixture(scope="module")
def open_port(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    database = Path(shutil.copy(filled, tmp_path_factory.mktemp("odd") / "press.db"))
    with served("--db", str(database), "--open") as (process, port):
        yield port
        assert process.poll() is None
