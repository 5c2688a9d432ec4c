"""Pages that change and come in by ``add``: what drifted is told, whichever way the new version came."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from commands import claims, query, rows, run
from watch_samples import FIRST, Press, drifted, story

from db.engine import open_database
from db.errors import RecordError
from tracker import pipeline, watching
from tracker.outcomes import Failed
from tracker.pipeline import Adder
from tracker.settings import Settings

CHANGES = "SELECT kind, before, after, claim_id, sha256_before <> sha256_after FROM changes WHERE kind = 'figure'"


def states(press: Press) -> dict[str, str]:
    return {str(row[0]): str(row[1]) for row in query(press.db, "SELECT quote, state FROM claims ORDER BY id")}


def test_a_page_that_changed_is_compared_when_it_is_added(press: Press) -> None:
    old = press.approve("252")
    press.serves(drifted())
    added = run("add", "--db", press.db, press.site.url("/story"))
    assert added.exit_code == 0
    line = added.stderr.splitlines()[0]
    assert line.startswith(f'FIGURE DRIFT: approved claim {old}: "252 times" became "over 200 times": document 1, http')
    assert line.count("sha256:") == 2
    assert query(press.db, CHANGES) == [("figure", "252 times", "over 200 times", old, 1)]
    assert query(press.db, "SELECT outcome FROM visits ORDER BY id") == [("new",), ("changed",)]
    # The next visit finds nothing new, and tells nothing twice.
    (finding,) = [one for one in press.visit(everything=True) if not one.page.is_source]
    assert (finding.outcome, finding.figures) == ("unchanged", ())
    assert len(query(press.db, CHANGES)) == 1


def test_what_was_added_and_changed_is_told_as_json(press: Press) -> None:
    press.serves(drifted())
    result = run("add", "--db", press.db, press.site.url("/story"), "--json")
    row = rows(result.stdout)[0]
    assert [(one["before"], one["after"]) for one in row["changes"]] == [("252 times", "over 200 times")]
    again = rows(run("add", "--db", press.db, press.site.url("/story"), "--json").stdout)[0]
    assert again["changes"] == []


def test_an_approved_claim_that_went_is_told_when_its_page_is_added(press: Press) -> None:
    old = press.approve("252")
    press.serves(story("The harbour board says that it keeps its records well, as it always has done.", *FIRST[1:]))
    added = run("add", "--db", press.db, press.site.url("/story"))
    assert f"claim {old}" in added.stderr


def test_a_page_that_goes_back_is_what_it_says_now(press: Press) -> None:
    press.serves(drifted())
    press.add()
    press.serves(story(*FIRST))
    url = press.site.url("/story")
    for command in (("add", url), ("add", url)):
        assert run(*command, "--db", press.db).exit_code == 0
        found = states(press)
        assert [found[quote] for quote in found if "252" in quote] == ["present"]
        assert [found[quote] for quote in found if "over 200" in quote] == ["absent"]
    # Back and forth are two changes, each told once.
    assert [row[1:3] for row in query(press.db, CHANGES)] == [
        ("252 times", "over 200 times"),
        ("over 200 times", "252 times"),
    ]


def warc(url: str, body: bytes, date: str) -> bytes:
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:0b6a7c1e-0000-4000-8000-000000000001>\r\n"
        f"WARC-Target-URI: {url}\r\nWARC-Date: {date}\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def test_an_older_copy_is_no_change_and_restates_nothing(press: Press) -> None:
    old = drifted().replace(b"Harbour board falsified records", b"Harbour board and its old title")
    Path("old.warc").write_bytes(warc(press.site.url("/story"), old, "2001-02-03T00:00:00Z"))
    before = query(press.db, "SELECT title, label, byline, published, won_by FROM documents")
    added = run("add", "--db", press.db, "old.warc")
    assert (added.exit_code, "DRIFT" in added.stderr) == (0, False)
    assert query(press.db, "SELECT count(*) FROM snapshots") == [(2,)]
    assert query(press.db, "SELECT title, label, byline, published, won_by FROM documents") == before
    assert query(press.db, CHANGES) == []
    assert "present" in {state for quote, state in states(press).items() if "252" in quote}


def test_a_file_that_is_newer_is_compared(press: Press) -> None:
    Path("page.html").write_bytes(drifted())
    old = press.approve("252")
    added = run("add", "--db", press.db, "page.html", "--url", press.site.url("/story"))
    assert f"FIGURE DRIFT: approved claim {old}" in added.stderr
    # Two files in turn come to rest: what was read before is not read again.
    Path("first.html").write_bytes(story(*FIRST))
    for name in ("first.html", "page.html", "first.html"):
        assert run("add", "--db", press.db, name, "--url", press.site.url("/story")).exit_code == 0
    assert len(query(press.db, CHANGES)) == 1


class Killed(BaseException):
    """The process ends here."""


@pytest.mark.parametrize("end", [Killed, RecordError])
@pytest.mark.parametrize("where", ["_keep", "readings_changed"])
def test_a_visit_cut_short_leaves_nothing_half(
    end: type[BaseException], where: str, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = press.approve("252")
    press.serves(drifted())
    press.visit()
    press.serves(story(*FIRST))
    calls = 0
    owner: object = watching.Watch if where == "_keep" else pipeline
    real: Callable[..., object] = getattr(owner, where)

    def dies(*args: object) -> object:
        nonlocal calls
        calls += 1
        if calls == 1:
            raise end("the plug was pulled")
        return real(*args)

    tables = {name: query(press.db, f"SELECT * FROM {name} ORDER BY id") for name in ("claims", "changes", "snapshots")}  # noqa: S608
    with monkeypatch.context() as patched:
        patched.setattr(owner, where, dies)
        if end is Killed:
            with pytest.raises(Killed):
                press.visit(everything=True)
        else:
            found = [one for one in press.visit(everything=True) if not one.page.is_source]
            assert [one.outcome for one in found] == ["failed"]
    for name, kept in tables.items():
        assert query(press.db, f"SELECT * FROM {name} ORDER BY id") == kept  # noqa: S608
    # The next visit finds it all.
    (finding,) = [one for one in press.visit(everything=True) if not one.page.is_source]
    assert (finding.outcome, len(finding.figures)) == ("changed", 1)
    assert query(press.db, f"SELECT state, workflow FROM claims WHERE id = {old}") == [("present", "approved")]  # noqa: S608


def test_an_archive_that_cannot_be_written_is_a_visit_that_failed(press: Press) -> None:
    press.serves(story(*FIRST), path="/second")
    with Adder(press.db, Settings()) as adder:
        assert not isinstance(adder.add(press.site.url("/second")), Failed)
    folder = press.db.with_name("press.archive")
    kept = folder.rename(folder.with_name("elsewhere"))
    folder.write_text("no folder")
    press.serves(drifted())
    found = press.visit(timedelta(days=9), everything=True)
    assert [one.outcome for one in found] == ["failed"] * 2
    assert all("archive" in str(one.reason) and "permissions" in str(one.reason) for one in found)
    os.remove(folder)
    shutil.move(kept, folder)
    assert {one["state"] for one in claims(press.db)} == {"present"}
    assert "changed" in [one.outcome for one in press.visit(timedelta(days=9), everything=True)]
    open_database(press.db).dispose()


def test_the_claim_of_a_sentence_that_stands_twice_is_told_of_either(press: Press) -> None:
    sentence = "The watch fined the Oakhanger harbour £5 million, it said."
    twice = (sentence, FIRST[2], sentence)
    press.serves(story(*twice), path="/twice")
    run("add", "--db", press.db, press.site.url("/twice"))
    second = query(press.db, "SELECT claim_id FROM claim_spans WHERE quote LIKE '%£5 million%' ORDER BY start")[-1][0]
    press.serves(story(*twice[:2], sentence.replace("£5", "£6")), path="/twice")
    added = run("add", "--db", press.db, press.site.url("/twice"))
    assert f'FIGURE DRIFT: claim {second}: "£5 million" became "£6 million"' in added.stderr
