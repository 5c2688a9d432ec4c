"""``tracker show`` tells what became of the claim's page, in words and as JSON."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from commands import rows, run

sys.path.insert(0, str(Path(__file__).parent / "plugin"))
import captured  # noqa: E402
import claim_samples  # noqa: E402

from db.engine import open_database  # noqa: E402
from db.queries import get_claim  # noqa: E402
from tracker.citations_of import as_citations, citation_of  # noqa: E402
from tracker.citing.figures import date_in_words  # noqa: E402


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return captured.fill(tmp_path_factory.mktemp("captured") / "press.db")


def shown(database: Path, claim: str, *options: str) -> str:
    result = run("show", claim, "--db", database, *options, env={"COLUMNS": "120"})
    assert result.exit_code == 0, result.output
    return " ".join(result.stdout.split())


def test_it_tells_what_the_page_says_now(database: Path) -> None:
    said = shown(database, "1")
    at = captured.YESTERDAY[:16].replace("T", " ") + " UTC"
    assert (
        f'Changed the page last said "over 52 vans", the claim has "40 vans" (since {at}): It lost over 52 vans' in said
    )
    assert "Absent not on the page since 2026-03-02 08:00 UTC" in said
    assert "Page gone since 2026-03-03 08:00 UTC, the server answers 410" in said
    assert "Source gone since 2026-03-05 08:00 UTC: Audit 7" in said
    assert "Copies the same story stands in 3 other documents: The bins of Larkholm (Fenwick Echo); " in said
    assert f"Doubt the text may not be the whole article, or more than it: {captured.DOUBT}" in said


def test_programs_are_told_the_same(database: Path) -> None:
    (found,) = rows(shown(database, "1", "--json"))
    assert found["document"]["doubt"] == captured.DOUBT
    assert [(one["before"], one["after"], one["at"], one["is_back"]) for one in found["changes"]] == [
        ("40 vans", "over 52 vans", captured.YESTERDAY, False)
    ]
    assert found["changes"][0]["sha256_before"].startswith("sha256:")
    assert [(one["id"], one["publisher"], one["earlier"]) for one in found["copies"]] == [
        (2, "Fenwick Echo", True), (3, "Larkholm Post", False), (4, "Coast Daily", False),
    ]  # fmt: skip
    assert found["absent_since"] == claim_samples.LATER
    state = found["page_state"]
    assert (state["outcome"], state["since"][:16]) == ("gone", "2026-03-03T08:00")
    assert state["reason"].startswith("the server answers 410")


def test_of_a_page_that_nothing_became_of_nothing_is_said(tmp_path: Path) -> None:
    path = tmp_path / "press.db"
    claim_samples.talk(path)
    said = shown(path, "1")
    for name in ("Changed", "Absent", "Page", "Copies", "Doubt"):
        assert f" {name} " not in said
    (found,) = rows(shown(path, "1", "--json"))
    assert (found["changes"], found["copies"], found["document"]["doubt"]) == ([], [], None)
    assert "absent_since" not in found
    assert found["page_state"]["outcome"] in (None, "found")


@pytest.mark.parametrize("form", ["text", "markdown", "html", "bibtex", "csl-json"])
def test_a_citation_says_what_became_of_the_page(database: Path, form: str) -> None:
    day = date_in_words(captured.YESTERDAY[:10])
    drifted = run("cite", "1", "--as", form, "--db", database).stdout.replace("\\", "").replace("&quot;", '"')
    now = f'its page no longer carries it: it last said "over 52 vans", not "40 vans" (since {day})'
    assert now in drifted
    gone = run("cite", "2", "--as", form, "--db", database).stdout.replace("\\", "")
    assert "Page: gone since 3 March 2026 (410); its words are kept in the archive." in gone
    # Of one that drifted not, and of a page that is there, nothing of the kind is said.
    assert "last said" not in gone


def test_a_page_that_is_there_is_cited_without_a_word(tmp_path: Path) -> None:
    path = tmp_path / "press.db"
    claim_samples.talk(path)
    assert "Page:" not in run("cite", "1", "--db", path).stdout


def test_many_citations_say_what_became_of_their_pages_too(database: Path) -> None:
    engine = open_database(database)
    ids = [1, 2, 3, 4]
    assert as_citations(engine, ids) == [citation_of(get_claim(engine, number)) for number in ids]
    engine.dispose()
