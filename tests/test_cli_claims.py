"""``tracker claims`` where nothing is found: what was asked for, and what is near it."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from commands import ROOT, claims, run


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--kind", "fin"], 'There is no kind "fin": did you mean fine?'),
        (["--kind", "Missed Screening"], 'There is no kind "Missed Screening": did you mean missed_screening?'),
        (["--kind", "zzz"], 'There is no kind "zzz": use one of contract_value, conviction, deaths,'),
        (["--subject", "Sercoo"], 'Nobody is called "Sercoo": did you mean Serco'),
        (["--subject", "Zzyzx\nQq"], 'Nobody is called "Zzyzx Qq": no name is near it'),
        (["--subject", "x" * 5000], 'Nobody is called "xxx'),
    ],
)
def test_an_empty_list_says_that_nothing_is_called_so(options: list[str], says: str, pack_db: Path) -> None:
    result = run("claims", "--db", pack_db, *options)
    assert (result.exit_code, result.stdout) == (0, "0 claims\n")
    (line,) = result.stderr.splitlines()
    assert line.startswith(says)
    assert len(line) < 500
    told = run("claims", "--db", pack_db, *options, "--json")
    assert (told.exit_code, told.stdout, told.stderr) == (0, "", result.stderr)


def test_an_empty_list_of_what_there_is_has_no_hint(here: Path, pack_db: Path) -> None:
    used = {kind for claim in claims(pack_db) for kind in (claim["kind"], *claim["also_kinds"])}
    unused = {path.stem for path in (ROOT / "tracker" / "reading" / "kinds").glob("*.toml")} - used
    assert unused
    for options in (["--kind", min(unused)], ["--kind", "fine", "--search", "petition"], ["--workflow", "approved"]):
        result = run("claims", "--db", pack_db, *options)
        assert (result.stdout, result.stderr) == ("0 claims\n", "")
    Path("kinds").mkdir()
    Path("kinds", "heist.toml").touch()
    assert "no kind" in run("claims", "--db", pack_db, "--kind", "heist").stderr
    assert run("claims", "--db", pack_db, "--kind", "heist", env={"TRACKER_KINDS": "kinds"}).stderr == ""


def test_an_alias_is_a_name_too(here: Path, pack_db: Path) -> None:
    db = Path(shutil.copy(pack_db, here / "copy.db"))
    with closing(sqlite3.connect(db)) as connection, connection:
        connection.execute("""UPDATE parties SET aliases = '["Qwerty Holdings"]' WHERE name = 'Serco'""")
    assert claims(db, "--subject", "qwerty holdings")
    assert "did you mean Serco?" in run("claims", "--db", db, "--subject", "Qwerty Holding").stderr
