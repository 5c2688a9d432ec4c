"""The moves of a review on the command line: who, what, and one line where it is not made."""

from __future__ import annotations

import json
import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest
from commands import claims, query, run

sys.path.insert(0, str(Path(__file__).parent / "plugin"))
import claim_samples  # noqa: E402
import desk_samples  # noqa: E402


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the talk in it; making one takes its time."""
    path = tmp_path_factory.mktemp("template") / "press.db"
    claim_samples.talk(path)
    return path


@pytest.fixture
def db(template: Path, here: Path) -> Path:
    """The database that commands take by themselves; there is no users file."""
    return Path(shutil.copy(template, here / "press.db"))


def state(db: Path, claim: int = 1) -> tuple[str, str]:
    ((workflow, verdict),) = query(db, f"SELECT workflow, verdict FROM claims WHERE id = {claim}")  # noqa: S608
    return workflow, verdict


def log(db: Path) -> list[tuple[str, str, str | None]]:
    return query(db, "SELECT by_whom, move, note FROM reviews ORDER BY id")


def test_a_review_from_end_to_end(db: Path) -> None:
    steps: list[tuple[list[str], tuple[str, str]]] = [
        (["flag", "1", "--reason", "which winter?"], ("in_review", "unchecked")),
        (["attach", "1", "https://court.example/12", "--primary", "--note", "found"], ("in_review", "unchecked")),
        (["verdict", "1", "supported", "--note", "page 3"], ("in_review", "supported")),
        (["approve", "1"], ("approved", "supported")),
        (["note", "1", "asked them"], ("approved", "supported")),
        (["recall", "1", "--reason", "overturned"], ("in_review", "supported")),
        (["reject", "1", "--reason", "no claim"], ("rejected", "supported")),
        (["reopen", "1", "--reason", "it is one"], ("in_review", "supported")),
    ]
    for arguments, after in steps:
        result = run(*arguments, "--by", "ada")
        assert (result.exit_code, result.stderr) == (0, "")
        assert result.stdout.startswith(f"Claim 1 is {after[0].replace('_', ' ')}, verdict {after[1]}: ")
        assert state(db) == after
    assert [move for _, move, _ in log(db)] == [arguments[0] for arguments, _ in steps]
    assert {who for who, _, _ in log(db)} == {"ada"}
    assert log(db)[1][2] == "found"


def test_show_tells_what_was_done(db: Path) -> None:
    run("flag", "2", "--reason", "which winter?", "--by", "ada")
    run("attach", "2", "https://court.example/12", "--title", "Ruling 12", "--kind", "court", "--primary",
        "--published", "2020-07", "--locator", "page 3", "--excerpt", "nineteen million", "--by", "ada")  # fmt: skip
    run("correct", "2", "--unit", "GBP", "--by", "ada")
    run("correct", "2", "--speaker", "Olga Reed", "--by", "ada")
    shown = run("show", "2").stdout
    assert "supports: Ruling 12 (court, 2020-07, primary, page 3), by ada" in shown
    assert "https://court.example/12" in shown
    assert '"nineteen million"' in shown
    assert "ada (editor): flag, new > in_review" in shown
    assert "which winter?" in shown
    assert "correct, unit GBP confirmed" in shown
    assert "correct, speaker Omar Reed > Olga Reed" in shown
    assert "Reviews" not in run("show", "1").stdout


@pytest.mark.parametrize(
    ("options", "field", "now"),
    [
        (["--kind", "fine"], "kind", "fine"),
        (["--stance", "hedged"], "stance", "hedged"),
        (["--subject", "Larkholm depot"], "subject", "Larkholm depot"),
        (["--speaker", "Olga Reed"], "speaker", "Olga Reed"),
        (["--origin", "The Depot"], "origin", "The Depot"),
        (["--quote", "lost 40 vans"], "quote", "lost 40 vans"),
    ],
)
def test_corrections_show_in_the_claim_that_is_printed(db: Path, options: list[str], field: str, now: str) -> None:
    result = run("correct", "1", *options, "--by", "ada", "--json")
    assert result.exit_code == 0, result.stderr
    claim = json.loads(result.stdout)
    assert claim[field] == now
    assert (claim["id"], claim["workflow"]) == (1, "in_review")


def test_a_figure_is_corrected_by_its_number(db: Path) -> None:
    def corrected(*options: str) -> list[dict[str, object]]:
        result = run("correct", "3", *options, "--by", "ada", "--json")
        assert result.exit_code == 0, result.stderr
        figures: list[dict[str, object]] = json.loads(result.stdout)["figures"]
        return figures

    assert [figure["value"] for figure in corrected("--value", "48 vans", "--figure", "1")] == [48, 40]
    assert [figure["unit"] for figure in corrected("--unit", "EUR", "--figure", "2")][1] == "EUR"


def test_show_says_who_corrected_a_figure_and_what_the_text_has(db: Path) -> None:
    assert run("correct", "1", "--value", "48 vans", "--by", "ada").exit_code == 0
    shown = " ".join(run("show", "1").stdout.split())
    assert 'corrected by ada; the text has "40 vans"' in shown


def test_a_name_becomes_another_of_the_same(db: Path) -> None:
    result = run("correct", "1", "--alias", "Omar Reed = Omar Reade", "--by", "ada", "--json")
    assert result.exit_code == 0, result.stderr
    assert json.loads(result.stdout)["speaker"] == "Omar Reade"


def test_a_claim_is_named_by_its_key_too(db: Path) -> None:
    ((key,),) = query(db, "SELECT key FROM claims WHERE id = 3")
    assert run("flag", key[:12], "--reason", "odd", "--by", "ada").exit_code == 0
    assert state(db, 3) == ("in_review", "unchecked")


def test_claims_are_listed_by_the_state_of_their_review(db: Path) -> None:
    run("approve", "3", "--by", "ada")
    assert [claim["id"] for claim in claims(db, "--workflow", "approved")] == [3]
    assert len(claims(db, "--workflow", "new")) == 3
    assert run("claims", "--workflow", "lost").exit_code == 2


def test_who_it_is_may_stand_in_the_environment(db: Path) -> None:
    assert run("note", "1", "hm", env={"TRACKER_USER": "ada"}).exit_code == 0
    assert log(db) == [("ada", "note", "hm")]


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (["flag", "1", "--reason", "x"], 2, "--by NAME, or set TRACKER_USER"),
        (["flag", "1", "--reason", "x", "--by", " "], 2, "TRACKER_USER"),
        (["flag", "1", "--by", "ada"], 2, "--reason"),
        (["flag", "1", "--reason", " ", "--by", "ada"], 1, "a reason is needed"),
        (["flag", "99", "--reason", "x", "--by", "ada"], 1, 'no claim "99"'),
        (["flag", "1", "--reason", "x", "--by", "a da"], 1, "no ordinary word"),
        (["verdict", "1", "true", "--by", "ada"], 2, "supported"),
        (["attach", "1", "--by", "ada"], 1, "address, or at least its title"),
        (["attach", "1", "javascript:alert(1)", "--by", "ada"], 1, "no address of a page"),
        (["attach", "1", "https://a.example/", "--published", "soon", "--by", "ada"], 1, "2020-07-02"),
        (["attach", "1", "https://a.example/", "--published", "2999-01-01", "--by", "ada"], 1, "still to come"),
        (["recall", "1", "--reason", "x", "--by", "ada"], 1, "only an approved one can"),
        (["reopen", "1", "--reason", "x", "--by", "ada"], 1, "only a rejected one can"),
        (["correct", "1", "--by", "ada"], 2, "one thing at a time"),
        (["correct", "1", "--kind", "fine", "--unit", "GBP", "--by", "ada"], 2, "one thing at a time"),
        (["correct", "1", "--kind", "nonsense", "--by", "ada"], 1, "there is no kind"),
        (["correct", "1", "--stance", "true", "--by", "ada"], 2, "hypothetical"),
        (["correct", "1", "--kind", "fine", "--figure", "1", "--by", "ada"], 2, "--unit or --value"),
        (["correct", "3", "--unit", "GBP", "--by", "ada"], 1, '--figure (1 for "40 vans", 2 for "19 million")'),
        (["correct", "3", "--unit", "GBP", "--figure", "3", "--by", "ada"], 1, "--figure (1 for"),
        (["correct", "1", "--alias", "wrong", "--by", "ada"], 2, "servation=Survation"),
        (["correct", "1", "--alias", "=x", "--by", "ada"], 2, "servation=Survation"),
        (["correct", "1", "--quote", "no such words", "--by", "ada"], 1, "do not stand in or near"),
        (["note", "1", "", "--by", "ada"], 1, "the note is empty"),
        (["note", "1", "x" * 10_001, "--by", "ada"], 1, "shorten it"),
    ],
    ids=lambda value: " ".join(value)[:60] if isinstance(value, list) else "",
)
def test_what_is_not_done_is_told_in_one_line(db: Path, arguments: list[str], status: int, says: str) -> None:
    result = run(*arguments)
    assert result.exit_code == status
    (line,) = result.stderr.splitlines()
    assert line.startswith("Error: ")
    assert says in line
    assert result.stdout == ""
    assert log(db) == []


def test_a_missing_database_is_not_made(here: Path) -> None:
    result = run("flag", "1", "--reason", "x", "--by", "ada")
    assert result.exit_code == 1
    assert not Path("press.db").exists()


def test_where_there_are_people_only_they_move_and_as_what_they_are(db: Path) -> None:
    desk_samples.add_people(db)
    stranger = run("flag", "1", "--reason", "x", "--by", "ada")
    assert (stranger.exit_code, log(db)) == (1, [])
    assert "ada" in stranger.stderr
    refused = run("approve", "1", "--by", "cleo")
    assert refused.exit_code == 1
    assert "a checker may not approve a claim: ask an editor" in refused.stderr
    assert run("approve", "1", "--by", "EDDA").exit_code == 0
    assert query(db, "SELECT by_whom, role FROM reviews") == [("edda", "editor")]


def test_an_attached_source_is_told_of_before_what_the_article_has(db: Path) -> None:
    before = claims(db)[0]
    assert before["is_backed"] is False
    listed = " ".join(run("claims").stdout.split())
    assert "attached" not in listed
    own = f"{before['sourcing']} ({before['sourcing_reason']})"
    assert f"; source: {own}" in listed
    run("attach", "1", "https://audit.example/2", "--title", "Audit", "--by", "ada")
    run("attach", "1", "https://no.example/", "--title", "No", "--relation", "contradicts", "--primary", "--by", "ada")
    run("attach", "2", "https://mention.example/", "--relation", "mentions", "--by", "ada")
    assert claims(db)[0]["sourcing_reason"] == 'ada attached "Audit", which supports it'
    for command, said in (("claims", "; source attached"), ("show 1", " Source attached")):
        shown = " ".join(run(*command.split()).stdout.split())
        assert f"{said} (Audit, https://audit.example/2); in the document itself: {own}" in shown
        assert shown.count("in the document itself") == 1
    run("attach", "1", "https://court.example/12", "--primary", "--by", "ada")
    assert "source primary, attached (https://court.example/12, and 1 more);" in " ".join(run("claims").stdout.split())
    after = claims(db)
    assert [claim["is_backed"] for claim in after] == [True, False, False, False]
    assert (before["sourcing"], after[0]["read_sourcing"]) == (before["read_sourcing"], before["sourcing"])
    reason = "ada attached court.example, a primary source and 1 more, which support it"
    assert (after[0]["sourcing"], after[0]["sourcing_reason"]) == ("primary", reason)


def test_what_was_judged_before_a_correction_is_judged_again_step_by_step(db: Path) -> None:
    def done(*arguments: str, status: int = 0) -> str:
        result = run(*arguments, "--by", "ada")
        assert result.exit_code == status, result.output
        return result.stdout + result.stderr

    done("attach", "1", "https://court.example/12", "--primary")
    done("verdict", "1", "supported")
    done("approve", "1")
    assert "given when it read otherwise" not in run("cite", "1").stdout
    done("correct", "1", "--value", "300 vans")
    both = "its verdict and its approval were given when it read otherwise: give the verdict again, then approve it"
    assert both in run("cite", "1").stdout
    refused = done("approve", "1", status=1)
    assert refused == "Error: its verdict was given when it read otherwise: give the verdict again, then approve\n"
    assert state(db) == ("in_review", "supported")
    done("verdict", "1", "supported")
    assert "its approval was given when it read otherwise: approve it again" in run("cite", "1").stdout
    done("approve", "1")
    assert "read otherwise" not in run("cite", "1").stdout


def test_an_approval_that_older_programs_let_through_says_what_is_stale(db: Path) -> None:
    for arguments in (["verdict", "1", "supported"], ["approve", "1"]):
        run(*arguments, "--by", "ada")
    with closing(sqlite3.connect(db)) as connection, connection:
        connection.execute("UPDATE figures SET value = 41 WHERE claim_id = 1")
    assert "recall it, then give the verdict again, then approve it again" in run("cite", "1").stdout
    assert run("verdict", "1", "supported", "--by", "ada").exit_code == 0
    assert "its approval was given when it read otherwise: recall it, then approve it" in run("cite", "1").stdout
