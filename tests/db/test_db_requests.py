"""The queue of requests: what may be asked, in which order it is served, and by whom."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from sqlalchemy import Engine

from db.engine import open_database
from db.requests import MOST_ATTEMPTS, Asked, BadRequest, Taken, ask, finish, give_up, take

AT = "2024-05-01T10:00:00.000Z"
LATER = "2024-05-01T10:20:00.000Z"
LONG_AGO = "2024-05-01T09:50:00.000Z"
URL = "https://news.example/story"


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return open_database(tmp_path / "press.db")


def rows(engine: Engine) -> list[tuple[object, ...]]:
    with engine.connect() as connection:
        sql = "SELECT url, state, attempts, document_id, reason FROM requests ORDER BY id"
        return [tuple(row) for row in connection.exec_driver_sql(sql)]


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("", "nothing"),
        ("news.example/story", "no scheme"),
        ("ftp://news.example/", "another scheme"),
        ("file:///etc/passwd", "a file"),
        ("javascript:alert(1)", "a script"),
        ("https://", "no host"),
        ("https://ann:secret@news.example/", "a password"),
        ("https://[::1", "not well-formed"),
        ("https://news.example:99999/", "no port"),
        ("https://news.example/a b", "a space"),
        ("https://news.example/\n", "a line break"),
        ("https://news.example/" + "x" * 2_000, "too long"),
    ],
)
def test_what_is_no_address_of_a_page_is_not_asked_for(url: str, why: str, engine: Engine) -> None:
    if url.strip() == url:
        with pytest.raises(BadRequest) as told:
            ask(engine, url, "ann", AT)
        assert "secret" not in str(told.value), why
        assert rows(engine) == []
    else:
        assert ask(engine, url, "ann", AT).is_new, "white space around an address is not the address"


@pytest.mark.parametrize(("by", "note"), [(" ", None), ("ann", "x" * 1_001), ("ann", "a\0b"), ("ann", "\ud800")])
def test_who_asks_and_the_note_are_checked_too(by: str, note: str | None, engine: Engine) -> None:
    with pytest.raises(BadRequest):
        ask(engine, URL, by, AT, note)


def test_what_waits_is_not_put_there_twice(engine: Engine) -> None:
    first = ask(engine, URL, "ann", AT)
    assert ask(engine, f" {URL} ", "bob", AT) == Asked(first.request_id, False)
    taken = take(engine, AT, LONG_AGO)
    assert not ask(engine, URL, "ann", AT).is_new, "while it is fetched"
    assert taken is not None
    give_up(engine, taken, "no answer", "try again", AT)
    assert ask(engine, URL, "ann", AT).is_new, "what is over may be asked for again"


def test_rows_are_served_in_order_and_closed(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO documents (id, key, kind, label, first_seen, last_checked)"
            " VALUES (7, 'k', 'article', 'l', ?, ?)",
            (AT, AT),
        )
    for name in "ab":
        ask(engine, f"https://news.example/{name}", "ann", AT)
    first, second = take(engine, AT, LONG_AGO), take(engine, AT, LONG_AGO)
    assert take(engine, AT, LONG_AGO) is None
    assert first == Taken(1, "https://news.example/a", 1)
    assert second == Taken(2, "https://news.example/b", 1)
    assert finish(engine, first, 7, AT)
    assert give_up(engine, second, "no answer", "try again", AT)
    assert rows(engine) == [
        ("https://news.example/a", "done", 1, 7, None),
        ("https://news.example/b", "failed", 1, None, "no answer"),
    ]
    assert not finish(engine, first, 7, AT), "a row is closed once"


def test_a_row_left_by_a_killed_worker_is_taken_again_a_few_times(engine: Engine) -> None:
    ask(engine, URL, "ann", AT)
    first = take(engine, AT, LONG_AGO)
    assert take(engine, AT, LONG_AGO) is None, "it may be at work still"
    second = take(engine, LATER, AT.replace("10:00", "10:10"))
    assert second == Taken(1, URL, 2)
    assert first is not None
    assert not give_up(engine, first, "late", "", LATER), "the first worker was only slow: the row is another's"
    for attempt in range(3, MOST_ATTEMPTS + 1):
        assert take(engine, LATER, "2024-06-01T00:00:00.000Z") == Taken(1, URL, attempt)
    assert take(engine, LATER, "2024-06-01T00:00:00.000Z") is None
    ((_, state, attempts, _, reason),) = rows(engine)
    assert (state, attempts) == ("failed", MOST_ATTEMPTS)
    assert "stopped" in str(reason)


def test_two_workers_never_take_the_same_row(engine: Engine) -> None:
    for n in range(40):
        ask(engine, f"https://news.example/{n}", "ann", AT)
    got: list[int] = []

    def work() -> None:
        while (taken := take(engine, AT, LONG_AGO)) is not None:
            got.append(taken.request_id)

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(30)
    assert sorted(got) == list(range(1, 41))
