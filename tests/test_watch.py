"""Pages and sources that change between two visits, on a real server; days pass by a clock of the test's own."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from bad_server import Site, page
from commands import article, claims, query, rows, run

from db.checks import run_checks
from db.engine import open_database
from scrapers.fetch import FetchSettings
from tracker import desk, pipeline
from tracker.outcomes import Added
from tracker.pipeline import Adder
from tracker.settings import Settings
from tracker.watching import Finding, Watch

FIRST = (
    "The harbour board said that inspectors falsified records 252 times at Oakhanger between 2017 and 2019.",
    "It paid £3 million to the crews on Friday, and nobody at the board wished to say any more about that.",
    "Passengers at Oakhanger waited for two hours in the rain, and no bus came for them that night at all.",
)
EDITOR = desk.Person("edna", "editor")


def story(*paragraphs: str, head: str = "") -> bytes:
    return article("Harbour board falsified records", *paragraphs, head=head)


def drifted(paragraphs: tuple[str, ...] = FIRST) -> bytes:
    return story(paragraphs[0].replace("252 times", "over 200 times"), *paragraphs[1:])


@dataclass
class Press:
    """A database of one page, its server, and a clock that is set by hand."""

    site: Site
    db: Path
    time: datetime

    def clock(self) -> str:
        return self.time.strftime("%Y-%m-%dT%H:%M:%S.000Z")

    def serves(self, body: bytes, *headers: str, status: str = "200 OK", path: str = "/story") -> None:
        self.site.routes[path] = page(body, "Content-Type: text/html; charset=utf-8", *headers, status=status)

    def add(self) -> None:
        with Adder(self.db, Settings()) as adder:
            added = adder.add(self.site.url("/story"))
        assert isinstance(added, Added), added

    def visit(self, after: timedelta = timedelta(days=1), **which: object) -> list[Finding]:
        """The findings of the pages that are due so much later."""
        self.time += after
        with Adder(self.db, Settings(), "watch") as adder:
            watching = Watch(adder, self.clock)
            return list(watching.visits(watching.due(**which)))  # type: ignore[arg-type]

    def outcomes(self) -> list[str]:
        return [row[0] for row in query(self.db, "SELECT outcome FROM visits ORDER BY id")]

    def claim(self, words: str) -> dict[str, object]:
        (found,) = [one for one in claims(self.db) if words in one["quote"] or words in str(one["figures"])]
        return found

    def move(self, claim: object, request: desk.Request) -> None:
        engine = open_database(self.db)
        desk.move(engine, claim, EDITOR, request, now="2026-01-01T00:00:00Z")  # type: ignore[arg-type]
        engine.dispose()

    def approve(self, words: str) -> int:
        """Approves the claim of these words, with a source on the same server's other host name."""
        claim = self.claim(words)["id"]
        self.move(claim, desk.Attach(url="https://audit.example/report", title="The report", is_primary=True))
        # An address of this machine cannot be attached by hand: the server stands in for the auditor's.
        engine = open_database(self.db)
        with engine.begin() as connection:
            connection.exec_driver_sql("UPDATE sources SET url = ? WHERE url LIKE '%audit.example%'",
                                       (self.site.url("/report"),))  # fmt: skip
        engine.dispose()
        self.move(claim, desk.Verdict("supported", note="page 3"))
        self.move(claim, desk.Approve())
        return int(str(claim))


@pytest.fixture
def press(site: Site, here: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Press]:
    def settings(**changes: object) -> FetchSettings:
        return FetchSettings(
            **changes,  # type: ignore[arg-type]
            total_deadline=2.0,
            robots_deadline=1.0,
            min_interval=0.0,
            backoff=0.01,
            max_retries=0,
            allowed_ports=frozenset({site.port}),
            allow_loopback=True,
        )

    monkeypatch.setattr(pipeline, "FetchSettings", settings)
    made = Press(site, here / "press.db", datetime.now() + timedelta(days=1))
    made.serves(story(*FIRST))
    made.add()
    yield made
    assert not run_checks(made.db)


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
    assert f"absent since {press.clock().replace('T', ' ')}" in " ".join(shown.stdout.split())
    # What comes back is there again, with all that was judged of it.
    press.serves(story(*FIRST))
    press.visit(timedelta(days=9))
    assert query(press.db, f"SELECT state, workflow FROM claims WHERE id = {old}") == [("present", "approved")]  # noqa: S608
    assert query(press.db, f"SELECT state FROM claims WHERE id = {new['id']}") == [("absent",)]  # noqa: S608
    assert "since" not in run("show", "--db", press.db, str(old)).stdout.split("Review", 2)[1].split("\n")[0]


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
        (story(*FIRST[1:], FIRST[0]), "boring", 0),
        (story(FIRST[0], FIRST[1].replace("wished", "wanted"), FIRST[2]), "changed", 1),
    ],
    ids=["same", "furniture", "spaces", "entities", "moved", "words"],
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


FAILURES = [("500 Oh", "failed"), ("403 No", "failed"), ("404 Not Found", "missing"), ("410 Gone", "gone")]


@pytest.mark.parametrize(("status", "outcome"), FAILURES)
def test_what_cannot_be_had(status: str, outcome: str, press: Press) -> None:
    press.serves(b"", status=status)
    (finding,) = press.visit()
    assert (finding.outcome, finding.reason is not None) == (outcome, True)
    assert {one["state"] for one in claims(press.db)} == {"present"}
    assert query(press.db, "SELECT status FROM visits") == [(int(status[:3]),)]


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
    for days in (1, 1, 1, 4):
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


def test_a_source_that_is_no_text_is_compared_by_its_bytes(press: Press) -> None:
    press.approve("252")
    press.serves(b"\x89PNG\r\n\x1a\n1", path="/report")
    press.visit()
    press.serves(b"\x89PNG\r\n\x1a\n2", path="/report")
    (finding,) = [one for one in press.visit(timedelta(days=30)) if one.page.is_source]
    assert (finding.outcome, finding.liveness) == ("changed", "changed")


@pytest.fixture
def told(press: Press) -> Callable[..., tuple[int, str]]:
    def watch(*options: str) -> tuple[int, str]:
        result = run("watch", "--db", press.db, "--all", *options)
        return result.exit_code, result.stdout

    return watch


def test_the_command_tells_drift_loudly(press: Press, told: Callable[..., tuple[int, str]]) -> None:
    claim = press.approve("252")
    press.serves(story(*FIRST), path="/report")
    status, words = told()
    assert (status, words) == (0, "2 pages visited (1 new, 1 unchanged)\n")
    press.serves(drifted())
    status, words = told()
    assert status == 1
    first = words.splitlines()[0]
    assert first.startswith(
        f'FIGURE DRIFT: approved claim {claim}: "252 times" became "over 200 times": document 1, http'
    )
    assert first.count("sha256:") == 2
    assert words.splitlines()[-1] == "2 pages visited (1 unchanged, 1 changed); 1 figure drifted"
    press.serves(b"", status="410 Gone", path="/report")
    press.serves(b"", status="404 Not Found")
    status, words = told()
    assert status == 1
    assert f"SOURCE GONE: it is gone (the server answered 410 Gone): source 1, {press.site.url('/report')}" in words
    assert f", attached to 1 claim ({claim})" in words
    assert "missing: it was not found this time" in words


def test_the_command_prints_json_lines(press: Press, told: Callable[..., tuple[int, str]]) -> None:
    press.serves(drifted())
    result = run("watch", "--db", press.db, "--json")
    (row,) = rows(result.stdout)
    assert result.exit_code == 1
    assert (row["outcome"], row["figures"][0]["before"], row["figures"][0]["after"]) == (
        "changed",
        "252 times",
        "over 200 times",
    )
    assert row["needs_a_person"] is True


def test_wrong_usage(press: Press, here: Path) -> None:
    assert run("watch", "--db", press.db, "--all", "--document", "1").exit_code == 2
    assert run("watch", "--db", press.db, "--document", "99").exit_code == 1
    assert run("watch", "--db", here / "none.db").exit_code == 1
    assert not (here / "none.db").exists()


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
    assert query(press.db, "SELECT DISTINCT etag FROM visits") == [('"one"',)]
