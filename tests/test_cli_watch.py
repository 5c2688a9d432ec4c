"""``tracker watch``: what it prints, and how it ends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from commands import rows, run
from watch_samples import FIRST, Press, drifted, story

from db.changes import ClaimPlace
from db.visits import Watched
from tracker.cli.watch import finding_lines
from tracker.judging.drift import FIGURE, Change
from tracker.watching import Drifted, Finding


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
    result = run("watch", "--db", press.db, "--all", "--json")
    (row,) = rows(result.stdout)
    assert result.exit_code == 1
    assert (row["outcome"], row["figures"][0]["before"], row["figures"][0]["after"]) == (
        "changed",
        "252 times",
        "over 200 times",
    )
    assert row["needs_a_person"] is True


def test_a_changed_figure_of_a_source_is_counted(press: Press, told: Callable[..., tuple[int, str]]) -> None:
    press.approve("252")
    press.serves(story(*FIRST), path="/report")
    told()
    press.serves(drifted(), path="/report")
    _, words = told()
    assert "SOURCE CHANGED: 1 figure changed, 0 other changes of words: source 1, " in words
    press.serves(story(*FIRST[:2], "Nobody came to the harbour on that night, which was a cold one."), path="/report")
    assert "SOURCE CHANGED: " in told()[1]


def test_a_page_of_an_approved_claim_that_is_gone_needs_a_person(
    press: Press, told: Callable[..., tuple[int, str]]
) -> None:
    press.serves(b"", status="410 Gone")
    assert told()[0] == 0, "nobody has approved anything of it"
    claim = press.approve("252")
    press.serves(story(*FIRST), path="/report")
    status, words = told()
    assert status == 1
    assert "PAGE GONE: it is gone (the server answered 410 Gone): document 1, " in words
    assert f", on which 1 approved claim ({claim}) stands\n" in words
    (row,) = [one for one in rows(told("--json")[1]) if one["page"] == "document"]
    assert (row["needs_a_person"], row["approved"], row["is_back"]) == (True, [claim], False)
    press.serves(story(*FIRST))
    status, words = told()
    assert status == 0
    assert words.splitlines()[0] == f"back: it is there again: document 1, {press.site.url('/story')}"
    assert "again" not in told()[1]


def test_a_page_that_is_gone_after_misses_needs_a_person(press: Press) -> None:
    claim = press.approve("252")
    press.serves(b"", status="404 Not Found")
    found = [one for days in (8, 9, 9) for one in press.visit(timedelta(days=days), document_id=1)]
    assert [(one.outcome, one.approved, one.needs_a_person) for one in found] == [
        ("missing", (), False), ("missing", (), False), ("gone", (claim,), True),
    ]  # fmt: skip


def changed(before: str, after: str) -> Change:
    return Change(FIGURE, before, after, before, after, 0, len(before), 0, len(after))


PAGE = Watched(1, False, "https://news.example/bins", "Bins", "2026-01-01")
CLAIM = ClaimPlace(7, 0, 9, "the county council lost 40 vans", "approved", "present")


@pytest.mark.parametrize(
    ("finding", "line"),
    [
        (Finding(PAGE, "changed", lost=(CLAIM,)),
         'NOT ON THE PAGE ANY MORE: approved claim 7, which has "the county council lost 40 vans"'),
        (Finding(PAGE, "changed", figures=(Drifted(changed("40 vans", ""), CLAIM),)),
         'FIGURE DRIFT: approved claim 7: "40 vans" is no longer there'),
        (Finding(PAGE, "changed", figures=(Drifted(changed("", "40 vans"), None),)), 'figure: "40 vans" is new'),
        (Finding(PAGE, "gone", approved=(7, 9)),
         "PAGE GONE: it is gone: document 1, https://news.example/bins, on which 2 approved claims (7, 9) stand"),
        (Finding(PAGE, "gone"), "gone: it is gone"),
        (Finding(replace(PAGE, is_source=True), "changed", words=2), "SOURCE CHANGED: 2 changes of words"),
        (Finding(replace(PAGE, is_source=True), "changed", words=1, figures=(Drifted(changed("1", "2"), None),)),
         "SOURCE CHANGED: 1 figure changed, 1 other change of words"),
    ],
)  # fmt: skip
def test_lines_are_plain_words(finding: Finding, line: str) -> None:
    assert finding_lines(finding)[-1].startswith(line + ("" if "document" in line else ": "))


def test_a_document_is_named_by_its_id_or_its_address(press: Press) -> None:
    for named in ("1", press.site.url("/story"), press.site.url("/story#part")):
        result = run("watch", "--db", press.db, "--document", named)
        assert (result.exit_code, result.stdout) == (0, "1 page visited (1 unchanged)\n"), named
    for named in ("99", press.site.url("/other"), "story", "-1", ""):
        result = run("watch", "--db", press.db, f"--document={named}")
        assert result.exit_code == 1, named
        assert "name it by its address, or by its id" in result.stderr


def test_wrong_usage(press: Press, here: Path) -> None:
    assert run("watch", "--db", press.db, "--all", "--document", "1").exit_code == 2
    assert run("watch", "--db", press.db, "--document", "99").exit_code == 1
    assert run("watch", "--db", here / "none.db").exit_code == 1
    assert not (here / "none.db").exists()
