"""Something else stands at the address: walls, errors and other articles are no versions of what was there."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from bad_server import redirect
from commands import article, query, rows, run
from test_comparing import warc
from watch_samples import FIRST, Press, drifted, story

from db.engine import open_database
from db.requests import ask
from scrapers.document import Capture
from tracker.watch_addresses import leads_nowhere

HEADLINE = "Harbour board falsified records"
WALLS = {
    "paywall": article(
        HEADLINE,
        "Subscribe now to read this article. From £1 a week for your first 12 weeks, then £3 a week.",
        "Already a subscriber? Sign in to continue reading this story on all of your devices today.",
    ),
    "cookies": article(
        "Before you continue",
        "We value your privacy. We and our 1,432 partners store information on a device, such as cookies.",
        "Accept all. Reject all. Manage my options and read the policy in full on our pages before you go.",
    ),
    "error": article(
        "Something went wrong",
        "Sorry, our servers are having trouble right now. Error reference 48213. Please try again in 15 minutes.",
    ),
    "other article": article(
        "Bakers win the spring cup",
        "Two bakers from Larkhill won the spring cup on Sunday with a loaf that weighed 14 kilograms, the jury said.",
        "Their prize of £500 goes to the school, where 90 children will learn how to bake bread in the winter.",
    ),
}


def states(press: Press) -> list[tuple[str, str]]:
    return query(press.db, "SELECT quote, state FROM claims ORDER BY id")


@pytest.mark.parametrize("name", WALLS)
def test_what_stands_in_a_pages_place_is_told_and_no_version(name: str, press: Press) -> None:
    press.approve("£3 million")
    press.serves(story(*FIRST), path="/report")
    press.visit()
    before = states(press)
    press.serves(WALLS[name])
    (finding,) = [one for one in press.visit(timedelta(days=9)) if not one.page.is_source]
    assert (finding.outcome, finding.is_another, finding.needs_a_person) == ("failed", True, True)
    assert (finding.figures, finding.lost) == ((), ())
    assert finding.sha256_before != finding.sha256_after
    assert states(press) == before
    assert query(press.db, "SELECT count(*) FROM changes WHERE kind <> 'boring'") == [(0,)]
    # The next honest visit is compared with the last version of the work.
    press.serves(drifted())
    (finding,) = [one for one in press.visit(timedelta(days=9)) if not one.page.is_source]
    assert [(one.change.before, one.change.after) for one in finding.figures] == [("252 times", "over 200 times")]
    assert run("verify", "--db", press.db).exit_code == 0


def test_the_command_tells_it(press: Press) -> None:
    press.serves(WALLS["paywall"])
    told = run("watch", "--db", press.db, "--all")
    assert told.exit_code == 1
    assert "ANOTHER PAGE: another page stands there: a wall, an error page or another article" in told.stdout
    (found,) = rows(run("watch", "--db", press.db, "--all", "--json").stdout)
    assert (found["is_another"], found["figures"]) == (True, [])


def test_no_way_in_takes_it_for_the_page(press: Press) -> None:
    before = states(press)
    press.serves(WALLS["cookies"])
    url = press.site.url("/story")
    added = run("add", "--db", press.db, url)
    assert added.exit_code == 1
    assert "another page stands there" in added.stderr
    assert query(press.db, "SELECT outcome FROM visits ORDER BY id") == [("new",), ("failed",)]
    engine = open_database(press.db)
    ask(engine, url, "ann", "2024-05-01T10:00:00.000Z")
    engine.dispose()
    run("work", "--db", press.db, "--once")
    assert query(press.db, "SELECT state FROM requests") == [("failed",)]
    for number, date in enumerate(("2001-02-03T00:00:00Z", "2040-02-03T00:00:00Z")):
        Path(f"{number}.warc").write_bytes(warc(url, WALLS["cookies"], date))
        assert run("add", "--db", press.db, f"{number}.warc").exit_code == 1
    assert states(press) == before
    assert query(press.db, "SELECT count(*) FROM snapshots") == [(1,)]


def test_who_states_that_it_is_the_same_work_is_believed(press: Press) -> None:
    press.serves(WALLS["other article"])
    url = press.site.url("/story")
    added = run("add", "--db", press.db, url, "--url", url)
    assert added.exit_code == 0, added.output
    # Nothing of the old words is left: they went, and no figure became another.
    assert query(press.db, "SELECT count(*) FROM changes WHERE kind = 'figure'") == [(0,)]
    assert {state for quote, state in states(press) if "252" in quote} == {"absent"}
    assert "present" in {state for quote, state in states(press) if "£500" in quote}


def source(press: Press) -> tuple[str, str | None, str | None]:
    (found,) = query(
        press.db,
        "SELECT s.liveness, v.outcome, v.reason FROM sources s JOIN visits v ON v.source_id = s.id"
        " WHERE s.url LIKE '%/report' ORDER BY v.id DESC LIMIT 1",
    )
    return found


LOST = article(
    "Page not found",
    "The page that you are looking for has moved or does not exist any more. Try the search, or go back to the start.",
)


@pytest.mark.parametrize("is_first", [True, False])
@pytest.mark.parametrize("way", ["front page", "soft 404"])
def test_a_source_that_leads_elsewhere_is_not_found(way: str, is_first: bool, press: Press) -> None:
    press.approve("252")
    if not is_first:
        press.serves(story(*FIRST), path="/report")
        press.visit()
    press.serves(article("The Harbour Post", "Today's front page has 12 stories for you, and all tides.", *FIRST[2:]),
                 path="/")  # fmt: skip
    if way == "front page":
        press.site.routes["/report"] = redirect(press.site.url("/"))
    else:
        press.serves(LOST, path="/report")
    press.visit(timedelta(days=9))
    liveness, outcome, reason = source(press)
    assert (liveness, outcome) == ("unchecked" if is_first else "ok", "missing")
    assert ("it leads to the front page" if way == "front page" else "it says that it is not there") in str(reason)
    assert query(press.db, "SELECT count(*) FROM source_snapshots") == [(0 if is_first else 1,)]
    # What comes back is the source as it was.
    press.serves(story(*FIRST), path="/report")
    press.visit(timedelta(days=9))
    assert source(press)[0] == "ok"


@pytest.mark.parametrize("body", [WALLS["paywall"], b"<html><body><script>x()</script></body></html>", b""])
def test_a_wall_before_a_source_is_no_change_of_it(body: bytes, press: Press) -> None:
    press.approve("252")
    press.serves(story(*FIRST), path="/report")
    press.visit()
    press.serves(body, path="/report")
    (finding,) = [one for one in press.visit(timedelta(days=9)) if one.page.is_source]
    assert (finding.outcome, finding.is_another, finding.needs_a_person) == ("failed", True, True)
    assert source(press)[0] == "ok"


@pytest.mark.parametrize(
    ("asked", "came", "is_lost", "why"),
    [
        ("https://doi.example/10.1/x", "https://journal.example/article/7", False, "a permanent address leads on"),
        ("http://a.example/report", "https://www.a.example/report", False, "the same page"),
        ("https://a.example/report", "https://a.example/", True, "the front page"),
        ("https://a.example/report", "https://a.example/en/", True, "that of a language"),
        ("https://a.example/report", "https://a.example/index.html", True, "by its name"),
        ("https://a.example/report", "https://a.example/page-not-found", True, "a page of errors"),
        ("https://a.example/", "https://a.example/en/", False, "a front page was asked for"),
    ],
    ids=lambda value: value if isinstance(value, str) and " " in value else "",
)
def test_where_an_answer_came_from(asked: str, came: str, is_lost: bool, why: str) -> None:
    capture = Capture(asked, story(*FIRST), "2026-01-01T00:00:00Z", "text/html", "utf-8", asked, came, status=200)
    assert (leads_nowhere(capture, asked) is not None) is is_lost, why


@pytest.mark.parametrize(
    "value",
    [b"\xff\xfe", b"http://x.example/\xff", 12345, b"http://192.168.0.1/"],
    ids=["none", "part", "number", "blob"],
)
def test_a_row_of_any_sort_fails_alone(value: object, press: Press) -> None:
    with closing(sqlite3.connect(press.db)) as connection:
        insert = "INSERT INTO requests (url, requested_by, requested_at) VALUES (?, 'eve', '2024-05-01T10:00:00.000Z')"
        connection.execute(insert, (value,))
        connection.execute("INSERT INTO requests (url, requested_by, requested_at)"
                           " VALUES (CAST(x'ff41' AS TEXT), 'eve', '2024-05-01T10:00:00.000Z')")  # fmt: skip
        connection.execute(insert, (press.site.url("/story"),))
        connection.commit()
    worked = run("work", "--db", press.db, "--once")
    assert worked.exit_code == 0, worked.output
    assert query(press.db, "SELECT state, reason IS NULL, typeof(url) FROM requests ORDER BY id") == [
        ("failed", 0, "text"), ("failed", 0, "text"), ("done", 1, "text")
    ]  # fmt: skip
