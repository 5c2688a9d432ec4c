"""Signing in and out: the form, the cookie, what ends a sign-in, and how guessing is slowed down."""

from __future__ import annotations

import asyncio
import base64
import http.client
import re
import shutil
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import closing, contextmanager
from html import unescape
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

import desk_samples
import pytest
import pytest_asyncio
from datasette.app import Datasette
from datasette.utils.asgi import Response
from desk_samples import PASSWORD
from test_serve import served

from tracker import people
from tracker.plugin import sessions
from tracker.plugin.guesses import REMEMBERED, TRIES, TRIES_FOR_NAME, WINDOW, Guesses, address_key
from tracker.plugin.pages.sign_in import MISSING, WRONG, local_path


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


# ------------------------------------------------------------------ the form


async def test_the_form_works_without_scripts_and_says_what_each_field_is(desk: Datasette) -> None:
    answer = await desk.client.get("/-/login?next=/press/claims%3Fkind%3Dfine%26x%3D%22%3E%3Cb")
    page = answer.text
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "private, no-store"
    assert '<form class="press-form" action="/-/login" method="post">' in page
    for name, word in (("username", "username"), ("password", "current-password")):
        field = re.search(rf'<input[^>]*name="{name}"[^>]*>', page)
        assert field
        assert f'autocomplete="{word}"' in field[0]
        identity = re.search(r'id="([^"]+)"', field[0])
        assert identity
        assert f'<label for="{identity[1]}">' in page
    assert 'name="next" value="/press/claims?kind=fine&amp;x=%22%3E%3Cb"' in page
    assert 'role="alert"' not in page
    assert "tracker user add" not in page


async def test_after_signing_in_the_page_asked_for_opens(desk: Datasette) -> None:
    asked = await desk.client.get("/press/claims?kind=fine&_sort=id")
    assert asked.status_code == 302
    assert asked.headers["cache-control"] == "private, no-store"
    form = await desk.client.get(asked.headers["location"])
    wanted = re.search(r'name="next" value="([^"]+)"', form.text)
    assert wanted
    answer = await sign_in(desk, next=wanted[1].replace("&amp;", "&"))
    assert (answer.status_code, answer.headers["location"]) == (303, "/press/claims?kind=fine&_sort=id")
    page = await desk.client.get(answer.headers["location"], cookies=cookie_of(answer))
    assert page.status_code == 200
    assert "£23 million" in page.text
    assert page.headers["cache-control"] == "private, no-store"
    # Who is signed in already has no use for the form.
    again = await desk.client.get("/-/login?next=/press", cookies=cookie_of(answer))
    assert (again.status_code, again.headers["location"]) == (303, "/press")


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/", "/"),
        ("/press/claims?kind=fine&_sort=id", "/press/claims?kind=fine&_sort=id"),
        ("/-/search?q=a+%22b%22%26c", "/-/search?q=a+%22b%22%26c"),
        ("/-/login?next=/press/claims%3Fkind%3Dfine", "/press/claims?kind=fine"),
        ("/-/login", "/"),
    ],
)
async def test_the_link_in_the_bar_leads_back_to_the_page(database: Path, path: str, place: str) -> None:
    desk_samples.add_people(database)
    made = desk_samples.desk(database, everybody=True)
    await made.invoke_startup()
    try:
        page = await made.client.get(path)
        found = re.search(r'<div class="press-who">\s*<a href="([^"]+)">Sign in</a>', page.text)
        assert found
        form = await made.client.get(unescape(found[1]))
        wanted = re.search(r'name="next" value="([^"]+)"', form.text)
        assert wanted
        answer = await sign_in(made, next=unescape(wanted[1]))
        assert (answer.status_code, answer.headers["location"]) == (303, place)
    finally:
        made.close()


@pytest.mark.parametrize(
    "wanted",
    [
        *("//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "https://evil.example"),
        *("https:evil.example", "javascript:alert(1)", "evil.example", "", "/\t/evil.example", "/\n/evil", "/a\0"),
        *("/-/login", "/-/login?next=/-/login", "/-/logout", "/-/logout/", "/" + "a" * 3000, "//", " /a", "/\\[x"),
    ],
)
async def test_nobody_is_sent_to_another_site(desk: Datasette, wanted: str) -> None:
    assert local_path(wanted) == "/"
    answer = await sign_in(desk, next=wanted)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


@pytest.mark.parametrize(
    ("wanted", "place"),
    [
        ("/", "/"),
        ("/press/claims?kind=fine&subject=a+b#row", "/press/claims?kind=fine&subject=a+b#row"),
        ("/press/claims?x=https://a.example", "/press/claims?x=https://a.example"),
        ("/press/parties/Zoë", "/press/parties/Zo%C3%AB"),
        ('/press?q="><script>', "/press?q=%22%3E%3Cscript%3E"),
        ("/press/%5Cevil", "/press/%5Cevil"),
    ],
)
def test_a_page_of_our_own_is_gone_to(wanted: str, place: str) -> None:
    assert local_path(wanted) == place


async def test_strangers_and_people_fail_in_the_same_words(desk: Datasette) -> None:
    pages = []
    for name in ("cleo", "nobody"):
        answer = await sign_in(desk, name, "wrong password")
        assert answer.status_code == 403
        assert "set-cookie" not in answer.headers
        assert f'role="alert" id="sign-in-error">{WRONG}' in answer.text
        pages.append(re.sub(r'nonce="[^"]+"', "", answer.text.replace(name, "NAME")))
    assert pages[0] == pages[1]
    assert "wrong password" not in pages[0]


async def test_strangers_and_people_fail_after_the_same_time(desk: Datasette, database: Path) -> None:
    # With enough rounds to be seen beside the page's own time.
    people.add_person(users(database), "slow", "reader", PASSWORD, 400_000)
    for name in desk_samples.PEOPLE:
        people.remove_person(users(database), name)

    async def taken(name: str) -> float:
        start = time.perf_counter()
        assert (await sign_in(desk, name, "wrong password")).status_code == 403
        return time.perf_counter() - start

    await desk.client.get("/-/login")
    found, stranger = [min([await taken(name), await taken(name)]) for name in ("slow", "nobody")]
    assert stranger > 0.05
    assert stranger == pytest.approx(found, rel=0.5)


@pytest.mark.parametrize(
    "body",
    [b"", b"username=cleo", b"password=x", b"username=%20&password=x", b"\xff\xfe", b"a" * 10_000, b"username=&&&==="],
)
async def test_an_unfinished_form_is_told_and_counts_for_nothing(desk: Datasette, body: bytes) -> None:
    answer = await desk.client.post("/-/login", content=body)
    assert answer.status_code == 400
    assert MISSING in answer.text
    assert len(sessions.desk_of(desk).guesses) == 0


@pytest.mark.parametrize("name", ["cl\0eo", "\udcff", "a" * 5000, "<script>", "cleo\r\nset-cookie: a=b"])
async def test_odd_names_are_strangers(desk: Datasette, name: str) -> None:
    form = urlencode({"username": name, "password": PASSWORD}, errors="surrogatepass")
    answer = await desk.client.post("/-/login", content=form)
    assert answer.status_code == 403
    assert "<script>alert" not in answer.text
    assert "set-cookie" not in answer.headers


async def test_a_form_of_another_site_signs_nobody_in(desk: Datasette) -> None:
    form = urlencode({"username": "cleo", "password": PASSWORD})
    for headers in ({"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}, {"origin": "null"}):
        answer = await desk.client.post("/-/login", content=form, headers=headers)
        assert answer.status_code == 403
        assert "set-cookie" not in answer.headers


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


# ------------------------------------------------------------------ guessing


async def test_after_five_failures_a_name_rests_even_with_the_right_password(desk: Datasette) -> None:
    for _ in range(TRIES):
        assert (await sign_in(desk, "Cleo", "wrong password")).status_code == 403
    answer = await sign_in(desk, "cleo")
    assert answer.status_code == 429
    assert "try again in 5 minutes" in answer.text
    assert 0 < int(answer.headers["retry-after"]) <= WINDOW + 1
    assert "set-cookie" not in answer.headers
    # Nor anybody else from there: one who guesses goes through all names.
    assert (await sign_in(desk, "edda")).status_code == 429


async def test_a_hundred_tries_at_once_are_five(desk: Datasette) -> None:
    answers = await asyncio.gather(*(sign_in(desk, "cleo", f"wrong password {n}") for n in range(40)))
    assert sorted(answer.status_code for answer in answers) == [403] * TRIES + [429] * (40 - TRIES)


async def test_at_most_two_passwords_are_hashed_at_once(desk: Datasette, monkeypatch: pytest.MonkeyPatch) -> None:
    from tracker.plugin.pages import sign_in as page

    running, most, lock = [0], [0], threading.Lock()

    def slow(*_: object) -> bool:
        with lock:
            running[0] += 1
            most[0] = max(most[0], running[0])
        assert threading.current_thread() is not threading.main_thread()
        time.sleep(0.05)
        with lock:
            running[0] -= 1
        return True

    monkeypatch.setattr(page, "password_fits", slow)
    # Guesses would stop them at five.
    monkeypatch.setattr(Guesses, "begin", lambda *_: 0.0)
    answers = await asyncio.gather(*(sign_in(desk) for _ in range(30)))
    assert most[0] == 2
    assert {answer.status_code for answer in answers} == {303, 429}
    assert sum(answer.status_code == 303 for answer in answers) == 20


def test_failures_are_forgotten_after_their_time_and_memory_is_bounded() -> None:
    now = [0.0]
    guesses = Guesses(lambda: now[0])
    for _ in range(TRIES):
        assert guesses.begin("as ada", "from a") == 0
    # Others' tries do not lock ada out, until they are very many.
    assert guesses.begin("as ada", "from b") == 0
    for number in range(TRIES_FOR_NAME - TRIES - 1):
        assert guesses.begin("as ada", f"from {number}") == 0
    assert guesses.begin("as ada", "from c") == WINDOW
    assert guesses.begin("as bob", "from a") == WINDOW
    now[0] += WINDOW - 1
    assert guesses.begin("as ada") == 1
    now[0] += 1
    assert guesses.begin("as ada") == 0
    for number in range(REMEMBERED + 100):
        guesses.begin(f"as {number}")
    assert len(guesses) == REMEMBERED


def test_a_success_takes_back_its_own_try_only() -> None:
    guesses = Guesses(lambda: 0.0)
    for _ in range(TRIES - 1):
        guesses.begin("as ada", "from a")
    for _ in range(10):
        assert guesses.begin("as bob", "from a") == 0
        guesses.forgive("as bob", "from a")
    assert guesses.begin("as eve", "from a") == 0
    assert guesses.begin("as eve", "from a") > 0
    assert len(guesses) == 3


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8::1", "2001:db8::ffff:1", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("", "testclient", False),
    ],
)
def test_addresses_are_counted_by_household(one: str, other: str, same: bool) -> None:
    assert (address_key(one) == address_key(other)) == same


# ------------------------------------------------------------------ a real server


@contextmanager
def asked(port: int, method: str, path: str, body: str = "", **headers: str) -> Iterator[http.client.HTTPResponse]:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
        form = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body or None, {**form, **named})
        yield connection.getresponse()


def test_without_a_declared_proxy_nobody_is_believed_about_their_address(database: Path) -> None:
    desk_samples.add_people(database)
    with served("--db", str(database)) as (_, port):
        statuses = []
        for number in range(TRIES + 1):
            form = urlencode({"username": f"guess{number}", "password": "wrong password", "next": "/"})
            with asked(port, "POST", "/-/login", form, X_Forwarded_For=f"10.2.0.{number}") as answer:
                statuses.append(answer.status)
        assert statuses == [403] * TRIES + [429]


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


def test_guessing_is_slowed_down_and_others_read_on_meanwhile(database: Path) -> None:
    desk_samples.add_people(database)
    people.add_person(users(database), "slow", "reader", PASSWORD, 480_000)
    form = urlencode({"username": "slow", "password": "wrong password"})
    statuses: list[int] = []

    def guess(port: int) -> None:
        with asked(port, "POST", "/-/login", form) as answer:
            statuses.append(answer.status)

    with served("--db", str(database), "--open") as (_, port):
        with asked(port, "GET", "/press") as answer:
            assert answer.status == 200
        guessing = [threading.Thread(target=guess, args=(port,)) for _ in range(12)]
        for thread in guessing:
            thread.start()
        start = time.perf_counter()
        with asked(port, "GET", "/robots.txt") as answer:
            assert answer.read() == b"User-agent: *\nDisallow: /\n"
        assert time.perf_counter() - start < 1.0
        for thread in guessing:
            thread.join(60)
        assert sorted(statuses) == [403] * TRIES + [429] * (12 - TRIES)
        with asked(port, "POST", "/-/login", form) as answer:
            assert answer.status == 429
            assert "Too many failed tries" in answer.read().decode()


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
