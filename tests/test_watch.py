"""Pages and sources that change between two visits, on a real server; days pass by a clock of the test's own."""

from __future__ import annotations

import socket
from datetime import timedelta
from pathlib import Path

import pytest
from bad_server import page
from commands import article, claims, query, rows, run
from watch_samples import FIRST, Press, drifted, story

from db.engine import open_database
from tracker import desk


def test_a_figure_that_drifted_is_told_with_both_versions(press: Press) -> None:
    old = press.approve("252")
    press.serves(story(*FIRST), path="/report")
    press.visit()
    press.serves(drifted())
    (finding,) = [one for one in press.visit(timedelta(days=9)) if not one.page.is_source]
    assert finding.outcome == "changed"
    (one,) = finding.figures
    assert (one.change.before, one.change.after) == ("252 times", "over 200 times")
    assert one.claim is not None
    assert (one.claim.id, one.claim.workflow) == (old, "approved")
    assert finding.needs_a_person
    hashes = {row[0] for row in query(press.db, "SELECT sha256 FROM snapshots")}
    assert {finding.sha256_before, finding.sha256_after} == hashes
    kept = query(press.db, "SELECT kind, before, after, claim_id, sha256_before <> sha256_after FROM changes")
    assert kept == [("figure", "252 times", "over 200 times", old, 1)]


def test_no_review_slides_onto_changed_digits(press: Press) -> None:
    old = press.approve("252")
    press.serves(drifted())
    press.visit()
    new = press.claim("over 200")
    assert (new["workflow"], new["verdict"], new["state"]) == ("new", "unchecked", "present")
    assert new["id"] != old
    kept = query(press.db, f"SELECT workflow, verdict, state FROM claims WHERE id = {old}")  # noqa: S608
    assert kept == [("approved", "supported", "absent")]
    assert query(press.db, f"SELECT count(*) FROM reviews WHERE claim_id = {old}") == [(3,)]  # noqa: S608
    shown = run("show", "--db", press.db, str(old))
    assert f"not on the page since {press.clock()[:10]}" in " ".join(shown.stdout.split())
    # What comes back is there again, with all that was judged of it.
    press.serves(story(*FIRST))
    press.visit(timedelta(days=9))
    assert query(press.db, f"SELECT state, workflow FROM claims WHERE id = {old}") == [("present", "approved")]  # noqa: S608
    assert query(press.db, f"SELECT state FROM claims WHERE id = {new['id']}") == [("absent",)]  # noqa: S608
    assert "not on the page" not in run("show", "--db", press.db, str(old)).stdout


@pytest.mark.parametrize(
    ("one", "two"),
    [("252 times", "2,520 times"), ("252 times", "twelve times"), ("£3 million", "£3 billion"),
     ("£3 million", "$3 million"), ("two hours", "three hours")],
)  # fmt: skip
def test_no_key_is_adopted_over_another_figure(one: str, two: str, press: Press) -> None:
    before = {claim["id"] for claim in claims(press.db)}
    approved = press.claim(one.split()[0])["id"]
    press.serves(story(*(paragraph.replace(one, two) for paragraph in FIRST)))
    press.visit()
    assert query(press.db, f"SELECT state FROM claims WHERE id = {approved}") == [("absent",)]  # noqa: S608
    assert [c["workflow"] for c in claims(press.db) if c["id"] not in before] != []
    assert {c["workflow"] for c in claims(press.db) if c["id"] not in before} == {"new"}
    assert query(press.db, "SELECT count(*) FROM claim_keys") == [(0,)]


@pytest.mark.parametrize(
    ("body", "outcome", "words"),
    [
        (story(*FIRST), "unchanged", 0),
        (story(*FIRST, head="<meta name='build' content='12345'>"), "boring", 0),
        (story(*(p.replace(" ", "\u00a0") for p in FIRST)), "boring", 0),
        (story(*(p.replace("£", "&pound;") for p in FIRST)), "boring", 0),
        (
            story(*(p.replace("252 times", "2&#8203;52<sup><a href='#n3'>3</a></sup> times") for p in FIRST)),
            "boring",
            0,
        ),
        (story(*FIRST[1:], FIRST[0]), "boring", 0),
        (story(FIRST[0], FIRST[1].replace("wished", "wanted"), FIRST[2]), "changed", 1),
    ],
    ids=["same", "furniture", "spaces", "entities", "a note's mark", "moved", "words"],
)
def test_what_is_no_figure(body: bytes, outcome: str, words: int, press: Press) -> None:
    before = claims(press.db)
    press.serves(body)
    (finding,) = press.visit()
    assert (finding.outcome, finding.figures, finding.words) == (outcome, (), words)
    assert not finding.needs_a_person
    if not words:
        assert [one["id"] for one in claims(press.db) if one["state"] == "present"] == [one["id"] for one in before]


def test_an_approved_claim_that_went_needs_a_person(press: Press) -> None:
    old = press.approve("252")
    press.serves(
        story("The harbour board says that it keeps its records well, and that it always has done so.", *FIRST[1:])
    )
    finding = press.visit()[0]
    assert [claim.id for claim in finding.lost] == [old]
    assert finding.needs_a_person


def test_a_claim_that_is_struck_out_needs_a_person(press: Press) -> None:
    old = press.approve("252")
    press.serves(story(FIRST[0].replace("252 times", "<del>252 times</del>"), *FIRST[1:]))
    finding = press.visit()[0]
    assert [one.claim.id for one in finding.figures if one.claim] == [old]
    assert finding.needs_a_person


FAILURES = [("500 Oh", "failed"), ("403 No", "failed"), ("404 Not Found", "missing"), ("410 Gone", "gone")]


@pytest.mark.parametrize(("status", "outcome"), FAILURES)
def test_what_cannot_be_had(status: str, outcome: str, press: Press) -> None:
    press.serves(b"", status=status)
    (finding,) = press.visit()
    assert (finding.outcome, finding.reason is not None) == (outcome, True)
    assert {one["state"] for one in claims(press.db)} == {"present"}
    assert query(press.db, "SELECT status FROM visits WHERE outcome <> 'new'") == [(int(status[:3]),)]


def test_a_server_that_is_not_there_is_no_page_that_is_gone(press: Press) -> None:
    engine = open_database(press.db)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE documents SET url = 'http://no-such-host.invalid/story'")
    engine.dispose()
    for _ in range(4):
        press.visit(timedelta(days=9))
    assert press.outcomes() == ["failed"] * 4


def test_a_page_is_gone_after_three_misses_over_a_week(press: Press) -> None:
    press.serves(b"", status="404 Not Found")
    for days in (8, 1, 1, 4):
        press.visit(timedelta(days=days))
    assert press.outcomes() == ["missing"] * 4
    press.visit(timedelta(days=8))
    assert press.outcomes()[-1] == "gone"
    assert {one["state"] for one in claims(press.db)} == {"present"}
    # It comes back, and is not gone any more at the next miss.
    press.serves(story(*FIRST))
    press.visit(timedelta(days=60))
    press.serves(b"", status="404 Not Found")
    press.visit(timedelta(days=60))
    assert press.outcomes()[-2:] == ["unchanged", "missing"]


@pytest.mark.parametrize(("status", "words"), [("410 Gone", "gone"), ("404 Not Found", "not found")])
def test_show_tells_what_stands_there_now_and_that_the_page_went(status: str, words: str, press: Press) -> None:
    old = press.claim("252")["id"]

    def shown() -> str:
        return " ".join(run("show", "--db", press.db, str(old)).stdout.split())

    assert " Page " not in shown()
    press.serves(drifted())
    press.visit()
    assert 'Changed the page now says "over 200 times", the claim has "252 times"' in shown()
    press.serves(b"", status=status)
    press.visit(timedelta(days=9))
    at = press.clock()[:16].replace("T", " ")
    assert f"Page {words} since {at} UTC, the server answered {status}" in shown()
    (found,) = rows(run("show", "--db", press.db, str(old), "--json").stdout)
    state = {"410 Gone": "gone", "404 Not Found": "missing"}[status]
    assert (found["page_state"]["outcome"], found["page_state"]["since"]) == (state, press.clock())
    assert found["changes"][0]["after"] == "over 200 times"


def test_a_page_that_leads_elsewhere_is_missing_and_not_read(press: Press) -> None:
    front = article(
        "Harbour Post",
        "Today's news from the harbour, with all the boats and all of the tides of the week.",
        *FIRST[2:],
    )
    press.serves(front, path="/")
    press.site.routes["/story"] = page(b"", "Location: /", status="302 Found")
    (finding,) = press.visit()
    assert finding.outcome == "missing"
    assert "another page" in str(finding.reason)
    assert query(press.db, "SELECT count(*) FROM documents") == [(1,)]
    assert {one["state"] for one in claims(press.db)} == {"present"}


def test_what_is_not_due_is_left_alone(press: Press) -> None:
    assert len(press.visit()) == 1
    assert press.visit(timedelta(minutes=29)) == []
    assert len(press.visit(timedelta(0), everything=True)) == 1
    assert len(press.visit(timedelta(0), document_id=1)) == 1
    assert press.visit(timedelta(0), document_id=2) == []
    (due,) = query(press.db, "SELECT next_check > last_checked FROM documents")
    assert due == (1,)


def test_a_server_is_left_alone_for_as_long_as_it_asks(press: Press) -> None:
    press.serves(b"", "Retry-After: 18000", status="503 Busy")
    (finding,) = press.visit()
    assert finding.next_check == (press.time + timedelta(hours=5)).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def test_files_and_mails_are_not_fetched(press: Press, here: Path) -> None:
    Path("page.html").write_bytes(
        story("A page without an address said that 40 boats lay in the harbour for a week.", *FIRST[1:])
    )
    assert run("add", "--db", press.db, "page.html").exit_code == 0
    assert len(press.visit(everything=True)) == 1


def test_a_page_that_cannot_be_read_any_more_failed_and_is_archived(press: Press) -> None:
    press.serves(b"<html><body></body></html>")
    (finding,) = press.visit()
    assert finding.outcome == "failed"
    assert {one["state"] for one in claims(press.db)} == {"present"}
    assert run("verify", "--db", press.db).exit_code == 0


@pytest.mark.parametrize(
    ("report", "liveness", "citable"),
    [
        (story(*FIRST), "ok", True),
        (story(*FIRST, head="<!-- built again -->"), "ok", True),
        (drifted(), "changed", False),
        (story(*FIRST[:2]), "changed", False),
        (None, "gone", False),
    ],
    ids=["same", "furniture", "figure", "words", "gone"],
)
def test_a_source_that_changed_or_went_makes_its_claim_not_citable(
    report: bytes | None, liveness: str, citable: bool, press: Press
) -> None:
    claim = press.approve("252")
    press.serves(story(*FIRST), path="/report")
    press.visit()
    assert query(press.db, "SELECT liveness FROM sources WHERE url LIKE '%report'") == [("ok",)]
    assert run("cite", "--db", press.db, str(claim)).exit_code == 0
    if report is None:
        press.serves(b"", status="410 Gone", path="/report")
    else:
        press.serves(report, path="/report")
    findings = [one for one in press.visit(timedelta(days=30)) if one.page.is_source]
    assert [one.liveness for one in findings] == [liveness]
    assert findings[0].needs_a_person is not citable
    assert findings[0].backs == (claim,)
    cited = run("cite", "--db", press.db, str(claim))
    assert (cited.exit_code == 0) is citable
    assert citable or f"its source is {liveness}" in cited.stdout
    assert run("verify", "--db", press.db).exit_code == 0
    # It stays so: that it rests now does not tell that it still says what it was attached for.
    press.visit(timedelta(days=60))
    assert query(press.db, "SELECT liveness FROM sources WHERE url LIKE '%report'") == [(liveness,)]


def test_who_attaches_a_changed_source_again_has_looked_at_it(press: Press) -> None:
    claim = press.approve("252")
    engine = open_database(press.db)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE sources SET liveness = 'changed' WHERE key LIKE '%audit.example%'")
    engine.dispose()
    assert run("cite", "--db", press.db, str(claim)).exit_code == 1
    press.move(claim, desk.Attach(url="https://audit.example/report", is_primary=True))
    assert query(press.db, "SELECT liveness FROM sources WHERE key LIKE '%audit.example%'") == [("ok",)]


def test_a_wall_in_the_place_of_a_source_is_no_change_of_it(press: Press) -> None:
    press.approve("252")
    press.serves(story(*FIRST), path="/report")
    press.visit()
    press.serves(b"<html><head><title>Just a moment...</title></head><body><p>Wait.</p></body></html>", path="/report")
    (found,) = [one for one in press.visit(timedelta(days=30)) if one.page.is_source]
    assert (found.outcome, found.liveness) == ("failed", "ok")
    assert found.reason == "this page is a bot wall, not an article"
    # The page is there again, with the words that were kept.
    press.serves(story(*FIRST), path="/report")
    assert [one.outcome for one in press.visit(timedelta(days=30)) if one.page.is_source] == ["unchanged"]


def test_a_source_that_is_no_text_is_compared_by_its_bytes(press: Press) -> None:
    press.approve("252")
    press.serves(b"\x89PNG\r\n\x1a\n1", path="/report")
    press.visit()
    press.serves(b"\x89PNG\r\n\x1a\n2", path="/report")
    (finding,) = [one for one in press.visit(timedelta(days=30)) if one.page.is_source]
    assert (finding.outcome, finding.liveness) == ("changed", "changed")


def test_an_answer_of_304_is_a_page_that_rests(press: Press) -> None:
    whole = page(
        story(*FIRST),
        "Content-Type: text/html; charset=utf-8",
        'ETag: "one"',
        "Last-Modified: Mon, 02 Mar 2026 10:00:00 GMT",
    )
    asked: list[bool] = []

    def answer(connection: socket.socket, path: str) -> None:
        asked.append('if-none-match: "one"' in press.site.requests[-1].lower())
        connection.sendall(page(b"", status="304 Not Modified") if asked[-1] else whole)

    press.site.routes["/story"] = answer
    press.visit()
    press.visit(timedelta(days=30))
    press.visit(timedelta(days=60))
    assert asked == [False, True, True]
    assert press.outcomes() == ["unchanged"] * 3
    assert query(press.db, "SELECT DISTINCT etag FROM visits WHERE outcome <> 'new'") == [('"one"',)]
