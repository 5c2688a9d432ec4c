"""The contracts of the command line: what each command prints, takes, and answers with its status."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from commands import PACK, PACK_FILES, article, claims, query, rows, run, spawn

# The fields of design section 4, and beside them only what is listed here.
READ = {"input", "document", "text_sha256", "passages", "claims"}
DOCUMENT = {"kind", "title", "byline", "publisher", "published", "url", "language"}
DOCUMENT_MORE = {"modified", "message_id", "won_by"}
PASSAGE = {"start", "end", "role", "speaker"}
CLAIM = {
    *(
        "key",
        "start",
        "end",
        "quote",
        "sentence_start",
        "sentence_end",
        "kind",
        "also_kinds",
        "subject",
        "speaker",
    ),
    *("origin", "stance", "as_of", "chain", "figures", "sources", "sourcing"),
}
CLAIM_MORE = {"sourcing_reason"}
STORED = {"id", "document", "workflow", "verdict"}
STORED_MORE = {"state", "is_backed", "read_sourcing", "page"}
FIGURE = {
    *(
        "start",
        "end",
        "text",
        "value",
        "low",
        "high",
        "date",
        "unit",
        "unit_stated",
        "unit_reason",
        "dimension",
    ),
    *("comparator", "trend", "of"),
}
SOURCE = {"name", "url", "how", "start", "end", "inherited"}


def check_claim(claim: dict[str, Any], more: set[str]) -> None:
    assert set(claim) - {"poll"} == CLAIM | CLAIM_MORE | more
    assert "poll" not in claim or claim["kind"] == "poll"
    assert claim["chain"] == [] or all(
        {"name", "role"} <= set(teller) <= {"name", "role", "resolved"} for teller in claim["chain"]
    )
    assert all(set(figure) == FIGURE for figure in claim["figures"])
    assert all(set(source) == SOURCE for source in claim["sources"])


# ----------------------------------------------------------------- read


@pytest.fixture(scope="module")
def read_pack() -> Result:
    return run("read", "--json", "--with-text", *(PACK / name for name in PACK_FILES))


def test_read_gives_one_object_an_input(read_pack: Result) -> None:
    assert read_pack.exit_code == 0
    found = rows(read_pack.stdout)
    assert [Path(row["input"]).name for row in found] == list(PACK_FILES)
    for row in found:
        assert set(row) == READ | {"text"}
        assert set(row["document"]) == DOCUMENT | DOCUMENT_MORE
        assert all(set(passage) == PASSAGE for passage in row["passages"])
        assert row["claims"]
        for claim in row["claims"]:
            check_claim(claim, set())


def test_read_points_into_the_text_that_it_gives(read_pack: Result) -> None:
    for row in rows(read_pack.stdout):
        text = row["text"]
        for claim in row["claims"]:
            assert text[claim["start"] : claim["end"]] == claim["quote"]
            for figure in claim["figures"]:
                assert text[figure["start"] : figure["end"]] == figure["text"]


def test_read_without_text_stores_nothing_and_is_the_same_each_time(here: Path, read_pack: Result) -> None:
    files = [PACK / name for name in PACK_FILES]
    again = run("read", "--json", *files)
    expected = [{key: value for key, value in row.items() if key != "text"} for row in rows(read_pack.stdout)]
    assert rows(again.stdout) == expected
    assert list(here.iterdir()) == []


def test_two_processes_read_the_same(here: Path) -> None:
    # Each process has its own seed for hashes: the order of a set would differ.
    one, other = (spawn("read", "--json", str(PACK / "interview.html"), cwd=here).stdout for _ in range(2))
    assert one == other
    assert rows(one.decode())[0]["claims"]


def test_read_tells_of_a_failed_input_as_an_object_and_a_line(here: Path) -> None:
    result = run("read", "--json", "none.txt", PACK / "campaign.eml")
    failed, fine = rows(result.stdout)
    assert set(failed) == {"input", "error"}
    assert failed["input"] == "none.txt"
    assert "none.txt" in failed["error"]
    assert "document" in fine
    assert result.stderr == f"Error: {failed['error']}\n"
    assert result.exit_code == 1


def test_read_prints_words_for_people(here: Path) -> None:
    result = run("read", PACK / "campaign.eml")
    assert result.exit_code == 0
    assert "£23,000,000" in result.stdout
    assert "252 times" in result.stdout


# ------------------------------------------------------------------ add


def test_add_says_what_is_new_and_what_was_known(here: Path) -> None:
    first = rows(run("add", "--json", PACK / "campaign.eml").stdout)
    second = rows(run("add", "--json", PACK / "campaign.eml").stdout)
    assert first[0]["new_document"]
    assert first[0]["claims_new"] > 5
    assert not second[0]["new_document"]
    assert (second[0]["claims_new"], second[0]["claims_seen"]) == (0, first[0]["claims_new"])


def test_add_tells_of_a_failed_input_as_an_object(here: Path) -> None:
    result = run("add", "--json", "none.txt", PACK / "campaign.eml")
    failed, fine = rows(result.stdout)
    assert set(failed) == {"input", "error"}
    assert fine["new_document"]
    assert result.exit_code == 1


def test_a_page_and_its_dump_are_one_document_with_two_snapshots(pack_db: Path) -> None:
    url = query(pack_db, "SELECT url FROM documents WHERE kind = 'interview'")
    assert len(url) == 1
    snapshots = query(
        pack_db,
        "SELECT s.input FROM snapshots s JOIN documents d ON d.id = s.document_id WHERE d.kind = 'interview'",
    )
    assert sorted(Path(name).name for (name,) in snapshots) == ["interview.html", "interview.txt"]
    # The same claims, found in both: one row each, with a place in either text.
    spans = query(
        pack_db,
        "SELECT c.id, count(DISTINCT s.text_id) FROM claims c JOIN claim_spans s ON s.claim_id = c.id"
        " JOIN documents d ON d.id = c.document_id WHERE d.kind = 'interview' GROUP BY c.id",
    )
    assert sum(number == 2 for _, number in spans) >= 0.8 * len(spans)


def test_the_order_of_page_and_dump_does_not_matter(here: Path, pack_db: Path) -> None:
    for db, names in (
        ("one.db", ("interview.html", "interview.txt")),
        ("two.db", ("interview.txt", "interview.html")),
    ):
        assert run("add", "--db", db, *(PACK / name for name in names)).exit_code == 0
    keys = [
        {key for (key,) in query(here / db, "SELECT key FROM claims WHERE state = 'present'")}
        for db in ("one.db", "two.db")
    ]
    assert keys[0] == keys[1]
    assert keys[0]


PAGE = article(
    "Rail operator fined",
    "The regulator fined Acme Rail £3 million on Friday after 412 trains were cancelled in one week.",
    "Passengers at Oakhanger waited for two hours in the rain, and no bus came for them that night.",
    head='<meta property="og:site_name" content="The Page">'
    '<meta property="article:published_time" content="2019-01-01">'
    '<link rel="canonical" href="https://page.example/own">',
)


def test_what_a_person_states_wins_and_is_marked(here: Path) -> None:
    Path("page.html").write_bytes(PAGE)
    stated = ["--url", "https://stated.example/a", "--published", "2020-07-02", "--publisher", "Stated Times"]
    assert run("add", "page.html", *stated, "--kind", "report").exit_code == 0
    ((url, published, kind, won_by, outlet),) = query(
        here / "press.db",
        "SELECT d.url, d.published, d.kind, d.won_by, o.name FROM documents d JOIN outlets o ON o.id = d.outlet_id",
    )
    assert (url, published, kind, outlet) == (
        "https://stated.example/a",
        "2020-07-02",
        "report",
        "Stated Times",
    )
    marks = json.loads(won_by)
    assert {name for name, mark in marks.items() if mark == "stated"} == {
        "url",
        "published",
        "publisher",
        "kind",
    }
    assert marks["title"] != "stated"


def test_what_was_stated_survives_a_plain_second_time(here: Path) -> None:
    Path("page.html").write_bytes(PAGE)
    run("add", "page.html", "--publisher", "Stated Times", "--published", "2020-07-02")
    run("add", "page.html")
    ((published, outlet, won_by),) = query(
        here / "press.db",
        "SELECT d.published, o.name, d.won_by FROM documents d JOIN outlets o ON o.id = d.outlet_id",
    )
    assert (published, outlet) == ("2020-07-02", "Stated Times")
    assert json.loads(won_by)["publisher"] == "stated"


def test_a_stated_publisher_is_the_speaker_of_the_outlets_own_words(here: Path) -> None:
    Path("page.html").write_bytes(PAGE)
    run("add", "page.html", "--publisher", "Stated Times")
    (fine,) = [claim for claim in rows(run("claims", "--json").stdout) if claim["kind"] == "fine"]
    assert (fine["speaker"], fine["origin"]) == ("Stated Times", "Stated Times")


# ----------------------------------------------------- where the database is


def test_which_database_option_then_environment_then_settings_then_default(here: Path) -> None:
    Path("page.html").write_bytes(PAGE)
    run("add", "page.html")
    assert Path("press.db").exists()
    Path("tracker.toml").write_text('db = "from_toml.db"\narchive = "kept"\n', encoding="utf-8")
    run("add", "page.html")
    assert Path("from_toml.db").exists()
    assert any(Path("kept").iterdir())
    run("add", "page.html", env={"TRACKER_DB": "from_environment.db"})
    assert Path("from_environment.db").exists()
    run("add", "page.html", "--db", "from_option.db", env={"TRACKER_DB": "not_this.db"})
    assert Path("from_option.db").exists()
    assert not Path("not_this.db").exists()
    # Every command that reads looks in the same place.
    for command in (["claims"], ["show", "1"], ["cite", "1"], ["verify"]):
        assert run(*command, env={"TRACKER_DB": "from_environment.db"}).exit_code in {0, 1}
        gone = run(*command, env={"TRACKER_DB": "not_this.db"})
        assert gone.exit_code == 1
        assert gone.stderr.splitlines()[-1].startswith("Error: no database: not_this.db: ")


@pytest.mark.parametrize("command", [["claims"], ["show", "1"], ["cite", "1"], ["verify"]], ids=lambda c: c[0])
def test_without_a_database_there_is_one_line_and_no_new_file(command: list[str], here: Path) -> None:
    result = run(*command)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1
    assert "press.db" in result.stderr
    assert "tracker add" in result.stderr
    assert list(here.iterdir()) == []


# --------------------------------------------------------- claims and show


def test_claims_have_exactly_the_fields_of_the_contract(pack_db: Path) -> None:
    found = claims(pack_db)
    assert len(found) > 30
    for claim in found:
        check_claim(claim, STORED | STORED_MORE)
        assert set(claim["document"]) >= DOCUMENT
        assert (claim["workflow"], claim["verdict"]) == ("new", "unchecked")


def test_claims_by_kind(pack_db: Path) -> None:
    every, fines = claims(pack_db), claims(pack_db, "--kind", "fine")
    assert {c["id"] for c in fines} == {c["id"] for c in every if "fine" in [c["kind"], *c["also_kinds"]]}
    assert 3 <= len(fines) < len(every)


def test_claims_lacking_a_source(pack_db: Path) -> None:
    every, lacking = claims(pack_db), claims(pack_db, "--lacking-source")
    assert {c["id"] for c in lacking} == {c["id"] for c in every if c["sourcing"] in {"none", "anonymous"}}
    assert 0 < len(lacking) < len(every)


def test_claims_lacking_a_source_come_in_the_order_of_the_queue(pack_db: Path) -> None:
    weights = dict(query(pack_db, "SELECT id, weight FROM claims"))
    order = [(weights[c["id"]], c["id"]) for c in claims(pack_db, "--lacking-source")]
    assert order == sorted(order, reverse=True)
    assert len({weight for weight, _ in order}) > 5
    said = " ".join(run("claims", "--help").stdout.split())
    assert all(words in said for words in ("worth checking", "TRACKER_WATCH", "most important first"))


def test_a_claim_says_why_it_stands_where_it_stands(pack_db: Path) -> None:
    first = claims(pack_db, "--lacking-source")[0]
    weight = dict(query(pack_db, "SELECT id, weight FROM claims"))[first["id"]]
    said = " ".join(run("show", str(first["id"]), "--db", pack_db).stdout.split())
    assert f"Queue {weight} of 100: " in said
    assert "has a figure, " in said


def test_claims_by_subject(pack_db: Path) -> None:
    found = claims(pack_db, "--subject", "serco")
    assert found
    assert all("serco" in (claim["subject"] or "").lower() for claim in found)
    assert claims(pack_db, "--subject", "Nobody Ltd") == []


@pytest.mark.parametrize("words", ["falsified", "prisons tagging", '"252 times"', "petition"])
def test_claims_by_words(words: str, pack_db: Path) -> None:
    found = claims(pack_db, "--search", words)
    every = claims(pack_db)
    assert len(found) < len(every)
    first = words.strip('"').split()[0].lower()[:6]
    assert all(first in json.dumps(claim).lower() for claim in found)
    assert found or words == "prisons tagging"


@pytest.mark.parametrize("words", ['"', "AND OR", "a* NEAR(", "-", "'; DROP TABLE claims; --", "\x00", "*", "日本"])
def test_no_search_breaks_the_list(words: str, pack_db: Path) -> None:
    assert run("claims", "--db", pack_db, "--search", words, "--json").exit_code == 0


def test_claims_at_most(pack_db: Path) -> None:
    assert [c["id"] for c in claims(pack_db, "--limit", "3")] == [c["id"] for c in claims(pack_db)[:3]]
    assert run("claims", "--db", pack_db, "--limit", "0").exit_code == 2


def test_filters_hold_together(pack_db: Path) -> None:
    both = {c["id"] for c in claims(pack_db, "--kind", "fine", "--lacking-source")}
    one = {c["id"] for c in claims(pack_db, "--kind", "fine")}
    other = {c["id"] for c in claims(pack_db, "--lacking-source")}
    assert both == one & other


def test_claims_for_people_name_figure_words_and_source(pack_db: Path) -> None:
    result = run("claims", "--db", pack_db, "--kind", "falsification")
    assert "252 times" in result.stdout
    assert result.stdout.splitlines()[-1].endswith("claims")


def test_show_by_id_key_and_beginning_of_key(pack_db: Path) -> None:
    (first, *_) = claims(pack_db, "--limit", "1")
    answers = [
        run("show", "--db", pack_db, "--json", name) for name in (str(first["id"]), first["key"], first["key"][:16])
    ]
    assert [answer.exit_code for answer in answers] == [0, 0, 0]
    # What became of its page and document stands beside the claim, which is the same.
    for answer in answers:
        (shown,) = rows(answer.stdout)
        assert {name: shown[name] for name in first} == first
        assert shown.keys() - first.keys() <= {
            "changes",
            "copies",
            "page_state",
            "absent_since",
            "poll",
            "sources_astray",
        }


def test_show_tells_a_claim_whole(pack_db: Path) -> None:
    (fine,) = [c for c in claims(pack_db, "--kind", "fine") if not c["figures"][0]["unit_stated"]][:1]
    shown = run("show", "--db", pack_db, str(fine["id"]))
    assert shown.exit_code == 0
    assert fine["quote"] in " ".join(shown.stdout.split())
    for word in (fine["speaker"], fine["key"], "inferred", "sha256:", fine["document"]["url"]):
        assert word in shown.stdout


@pytest.mark.parametrize("name", ["999999", "nothing", "ffff", "0", "-1", "9" * 40, "' OR 1=1"])
@pytest.mark.parametrize("command", ["show", "cite"])
def test_an_unknown_claim_is_one_line_and_status_1(command: str, name: str, pack_db: Path) -> None:
    result = run(command, "--db", pack_db, "--", name)
    assert result.exit_code == 1
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert line.startswith("Error: ")
    assert name[:20] in line


def test_the_beginning_of_several_keys_is_told(here: Path, pack_db: Path) -> None:
    db = Path(shutil.copy(pack_db, here / "copy.db"))
    with closing(sqlite3.connect(db)) as connection, connection:
        connection.execute("UPDATE claims SET key = 'abcd' || id WHERE id < 4")
    result = run("show", "--db", db, "abcd")
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    assert "several" in result.stderr
