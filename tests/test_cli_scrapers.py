"""``tracker scrapers``, and what ``tracker add`` says of a page whose layout its site's file does not know."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from commands import article, query, rows, run

from scrapers.site import all_sites, discover

GOLDEN = Path(__file__).parent / "golden" / "sites"
WARNING = "the layout of sfo was not found, read as any page: {}: mend scrapers/sites/sfo.py, see CONTRIBUTING.md"


def listed(db: Path) -> dict[str, Any]:
    result = run("scrapers", "--db", db, "--json")
    assert result.exit_code == 0, result.output
    return {row["name"]: row for row in rows(result.stdout)}


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    """A page of a site whose layout has changed; its words are still an article."""
    body = (GOLDEN / "sfo.html").read_text(encoding="utf-8").replace("entry-content", "new-name")
    path = tmp_path / "changed.html"
    path.write_text(body, encoding="utf-8")
    return path


def test_without_a_database_all_are_listed_as_never_used(here: Path) -> None:
    result = run("scrapers")
    assert result.exit_code == 0
    assert "No database at press.db: none of them was used yet." in result.stdout
    for name in ("generic-html", "text-dump", "email", *(site.name for site in all_sites())):
        (line,) = [line for line in result.stdout.splitlines() if line.startswith(f"{name} ")]
        assert "never used" in line
    assert "www.ons.gov.uk/*/bulletins/" in result.stdout
    assert not (here / "press.db").exists()
    assert {row["documents"] for row in listed(here / "press.db").values()} == {0}


def test_what_was_read_is_counted_with_the_last_time_of_a_claim(here: Path) -> None:
    db, own = here / "press.db", here / "own.html"
    own.write_bytes(article("Pier", "The pier was fined 20,000 pounds in May. " * 6))
    assert run("add", "--db", db, GOLDEN / "sfo.html", GOLDEN / "sfo-case.html", own).exit_code == 0
    found = listed(db)
    sfo = found["sfo"]
    assert sfo["documents"] == 2
    assert sfo["claims"] == query(db, "SELECT count(*) FROM claims WHERE document_id IN (1, 2)")[0][0] > 3
    assert sfo["last_claim"] == query(db, "SELECT max(fetched_at) FROM snapshots WHERE document_id IN (1, 2)")[0][0]
    assert (sfo["layout_lost"], sfo["last_lost"]) == (0, None)
    assert found["generic-html"]["documents"] == 1
    assert (found["bbc"]["documents"], found["bbc"]["claims"], found["bbc"]["last_claim"]) == (0, 0, None)


def test_a_claim_that_was_withdrawn_counts_no_more(here: Path) -> None:
    db = here / "press.db"
    run("add", "--db", db, GOLDEN / "sfo-case.html")
    with closing(sqlite3.connect(db)) as connection, connection:
        connection.execute("UPDATE claims SET state = 'withdrawn'")
    assert (listed(db)["sfo"]["documents"], listed(db)["sfo"]["claims"]) == (1, 0)
    assert "none yet" in run("scrapers", "--db", db).stdout


def test_a_changed_layout_is_said_loudly_kept_and_counted(here: Path, changed: Path) -> None:
    db = here / "press.db"
    result = run("add", "--db", db, changed)
    assert result.exit_code == 0
    assert f"Warning: {WARNING.format(changed)}\n" in result.stderr
    assert "Warning" not in result.stdout
    assert f"Warning: {WARNING.format(changed)}\n" in run("read", changed).stderr
    assert query(db, "SELECT doubt FROM documents") == [("the layout of sfo was not found, read as any page",)]
    assert query(db, "SELECT extractor FROM texts") == [("generic-html",)]
    found = listed(db)
    assert found["sfo"]["documents"] == 0
    assert found["sfo"]["layout_lost"] == 1
    assert found["sfo"]["last_lost"] == query(db, "SELECT fetched_at FROM snapshots")[0][0]
    assert found["generic-html"]["documents"] == 1
    (line,) = [line for line in run("scrapers", "--db", db).stdout.splitlines() if line.startswith("sfo ")]
    assert "1 (last 20" in line


def test_the_warning_stands_in_the_json_too_and_goes_when_the_layout_is_found_again(here: Path, changed: Path) -> None:
    db = here / "press.db"
    result = run("add", "--db", db, "--json", changed, GOLDEN / "sfo-case.html")
    first, second = rows(result.stdout)
    assert first["warnings"] == [WARNING.format(changed)]
    assert second["warnings"] == []
    assert rows(run("add", "--db", db, "--json", GOLDEN / "sfo.html").stdout)[0]["warnings"] == []
    assert query(db, "SELECT doubt FROM documents WHERE id = 1") == [(None,)]
    assert (listed(db)["sfo"]["layout_lost"], listed(db)["sfo"]["documents"]) == (0, 2)


def test_texts_of_a_site_whose_file_is_gone_are_still_counted(here: Path) -> None:
    db = here / "press.db"
    run("add", "--db", db, GOLDEN / "sfo-case.html")
    with closing(sqlite3.connect(db)) as connection, connection:
        connection.execute("UPDATE texts SET extractor = 'harbourpost'")
    gone = listed(db)["harbourpost"]
    assert (gone["version"], gone["places"], gone["documents"]) == (None, [], 1)
    assert "not here any more" in run("scrapers", "--db", db).stdout


def test_a_broken_site_file_is_one_line(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = here / "broken_sites"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "port.py").write_text("")
    monkeypatch.syspath_prepend(here)
    monkeypatch.setattr("tracker.cli.scrapers.all_sites", lambda: discover("broken_sites", [str(package)]))
    result = run("scrapers")
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: a site's file declares no SITE")
    assert result.stderr.count("\n") == 1


def test_a_speech_is_its_speakers_and_its_departments(here: Path) -> None:
    (read,) = rows(run("read", "--json", GOLDEN / "govuk-speech.html").stdout)
    assert read["document"]["kind"] == "transcript"
    assert {claim["speaker"] for claim in read["claims"]} == {"Tamsin Rudge"}
    assert {claim["origin"] for claim in read["claims"]} == {"Department for Ports"}
