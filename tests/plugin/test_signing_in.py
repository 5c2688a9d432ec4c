"""Signing in: the form, the page that it leads to, and how guessing is slowed down."""

from __future__ import annotations

import asyncio
import re
import threading
import time
from html import unescape
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
from tracker.plugin.guesses import REMEMBERED, TRIES, TRIES_FOR_NAME, WINDOW, Guesses, address_key
from tracker.plugin.pages.sign_in import MISSING, WRONG, local_path

# A fixture is found by its name here.
desk = sign_in_samples.desk


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


def test_without_a_declared_proxy_nobody_is_believed_about_their_address(database: Path) -> None:
    desk_samples.add_people(database)
    with served("--db", str(database)) as (_, port):
        statuses = []
        for number in range(TRIES + 1):
            form = urlencode({"username": f"guess{number}", "password": "wrong password", "next": "/"})
            with asked(port, "POST", "/-/login", form, X_Forwarded_For=f"10.2.0.{number}") as answer:
                statuses.append(answer.status)
        assert statuses == [403] * TRIES + [429]


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
