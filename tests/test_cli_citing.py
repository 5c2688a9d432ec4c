"""Citing, verifying, the demo and the help of the command line."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import subprocess
from contextlib import closing
from html.parser import HTMLParser
from pathlib import Path

import click
import pytest
from commands import COMMAND, PACK_FILES, article, claims, environment, query, rows, run

from db.checks import run_checks
from tracker.cli import main
from tracker.cli.claim_lines import context_lines

PAGE = article(
    "Rail operator fined",
    "The regulator fined Acme Rail £3 million on Friday after 412 trains were cancelled in one week.",
    "Passengers at Oakhanger waited for two hours in the rain, and no bus came for them that night.",
    head='<meta property="og:site_name" content="The Page">'
    '<meta property="article:published_time" content="2019-01-01">'
    '<link rel="canonical" href="https://page.example/own">',
)


# ----------------------------------------------------------------- cite


FORMS = ["text", "markdown", "html", "bibtex", "csl-json"]


@pytest.mark.parametrize("form", FORMS)
def test_an_unreviewed_claim_is_cited_as_not_checked(form: str, pack_db: Path) -> None:
    result = run("cite", "--db", pack_db, "1", "--as", form)
    assert result.exit_code == 1
    line = {"text": 0, "markdown": 0, "html": 1, "bibtex": 2, "csl-json": 4}[form]
    assert "NOT CHECKED: " in result.stdout.splitlines()[line]
    assert result.stdout.index("NOT CHECKED") < result.stdout.index(claims(pack_db)[0]["quote"][:20])
    assert result.stderr == ""


@pytest.mark.parametrize("form", FORMS)
def test_an_inferred_unit_is_marked_in_every_form(form: str, pack_db: Path) -> None:
    inferred = [c for c in claims(pack_db) if any(not f["unit_stated"] for f in c["figures"])]
    assert inferred
    result = run("cite", "--db", pack_db, str(inferred[0]["id"]), "--as", form)
    assert "currency inferred" in result.stdout


def test_several_claims_are_cited_in_the_order_asked_for(pack_db: Path) -> None:
    result = run("cite", "--db", pack_db, "3", "1")
    assert result.stdout.index("claim 3") < result.stdout.index("claim 1,")


def test_several_claims_are_one_file_for_a_citation_program(pack_db: Path) -> None:
    csl = run("cite", "--db", pack_db, "3", "1", "3", "--as", "csl-json")
    assert [item["id"] for item in json.loads(csl.stdout)] == ["claim-3", "claim-1"]
    bibtex = run("cite", "--db", pack_db, "3", "1", "3", "--as", "bibtex").stdout
    assert re.findall(r"^@\w+\{(.+),$", bibtex, re.MULTILINE) == ["claim-3", "claim-1"]
    assert bibtex.count("\n\n") == 1


@pytest.mark.parametrize("form", ["bibtex", "csl-json"])
def test_files_for_citation_programs_hold_nothing_of_the_press_outside_their_fields(form: str, nasty_db: Path) -> None:
    with closing(sqlite3.connect(nasty_db)) as connection, connection:
        connection.execute("UPDATE claims SET quote = '},' || char(10) || '}' || char(10) || '@misc{evil, \\'")
    made = run("cite", "--db", nasty_db, "--as", form, *(str(n) for n in range(1, 20))).stdout
    if form == "csl-json":
        assert len(json.loads(made)) == 19
        assert not any("URL" in item for item in json.loads(made))
    else:
        assert len(re.findall(r"^@", made, re.MULTILINE)) == 19
        assert made.count("{") == made.count("}")
        assert "url =" not in made


@pytest.mark.parametrize("form", FORMS)
def test_claims_that_are_none_are_told_of_and_the_others_cited(form: str, pack_db: Path) -> None:
    good = run("cite", "--db", pack_db, "3", "1", "--as", form)
    mixed = run("cite", "--db", pack_db, "99999", "3", "nothing", "1", "99999", "--as", form)
    assert mixed.exit_code == 1
    assert mixed.stdout == good.stdout
    one, other = mixed.stderr.splitlines()
    assert one.startswith('Error: there is no claim "99999"')
    assert other.startswith('Error: there is no claim "nothing"')


def test_a_form_that_is_none_is_wrong_usage(pack_db: Path) -> None:
    result = run("cite", "--db", pack_db, "1", "--as", "telegram")
    assert result.exit_code == 2
    assert "telegram" in result.stderr


class Seen(HTMLParser):
    """The tags and addresses of a fragment, and whether it closes what it opens."""

    def __init__(self, fragment: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.open: list[str] = []
        self.feed(fragment)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.open.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in {"href", "src"}]
        assert not any(name.startswith("on") for name, _ in attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


NASTY = "<script>alert(1)</script>\"'&amp;](javascript:alert(1)) *bold* `code` [x]"


@pytest.fixture
def nasty_db(here: Path, pack_db: Path) -> Path:
    """The pack with markup in every field that a page or a mail could fill."""
    db = Path(shutil.copy(pack_db, here / "nasty.db"))
    with closing(sqlite3.connect(db)) as connection, connection:
        connection.execute(
            "UPDATE documents SET label = ?, title = ?, url = 'javascript:alert(1)//' || id", (NASTY, NASTY)
        )
        connection.execute("UPDATE parties SET name = ? || id", (NASTY,))
        connection.execute("UPDATE outlets SET name = ? || id", (NASTY,))
        connection.execute("UPDATE claims SET quote = ?", (NASTY,))
        connection.execute("UPDATE evidence SET name = ?", (NASTY,))
        connection.execute("UPDATE sources SET title = ?, url = 'javascript:alert(2)//' || id", (NASTY,))
    return db


def test_html_citations_carry_no_markup_of_the_press(nasty_db: Path) -> None:
    fragment = run("cite", "--db", nasty_db, "--as", "html", *(str(n) for n in range(1, 20))).stdout
    seen = Seen(fragment)
    assert set(seen.tags) <= {"blockquote", "p", "q", "cite", "strong", "a"}
    assert seen.addresses == []
    assert "&lt;script&gt;" in fragment


def test_markdown_citations_carry_no_markup_of_the_press(nasty_db: Path) -> None:
    from markdown_it import MarkdownIt

    source = run("cite", "--db", nasty_db, "--as", "markdown", *(str(n) for n in range(1, 20))).stdout
    # CommonMark passes HTML and any address through, so what is not escaped would show here.
    seen = Seen(MarkdownIt("commonmark").render(source).replace("<br />", ""))
    assert set(seen.tags) <= {"p", "strong"}
    assert seen.addresses == []


def test_text_citations_stay_on_their_lines(nasty_db: Path) -> None:
    with closing(sqlite3.connect(nasty_db)) as connection, connection:
        connection.execute(
            "UPDATE claims SET quote = 'one' || char(10) || 'NOT CHECKED' || char(13) || char(27) || '[31m'"
        )
        connection.execute("UPDATE documents SET label = 'a' || char(10) || 'b'")
    printed = run("cite", "--db", nasty_db, "1").stdout
    assert "one NOT CHECKED" in printed.splitlines()[0]
    assert "a b" in printed.splitlines()[0]


#: Escape, bell, carriage return, the eighth-bit escape, a turned direction, another line end.
CONTROLS = "\x1b\x07\r\x9b\u202e\u2028"
COMMANDS = [["claims"], ["show", "1"], *(["cite", "1", "--as", form] for form in FORMS)]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_control_characters_of_the_press_do_not_reach_the_terminal(command: list[str], nasty_db: Path) -> None:
    with closing(sqlite3.connect(nasty_db)) as connection, connection:
        nasty = f"red {CONTROLS} text"
        connection.execute("UPDATE claims SET quote = ?, read_sourcing_reason = ?", (nasty, nasty))
        connection.execute("UPDATE documents SET label = ?, url = 'https://x.example/' || ? || id", (nasty, nasty))
        connection.execute("UPDATE parties SET name = ? || id", (nasty,))
        connection.execute("UPDATE outlets SET name = ? || id", (nasty,))
        connection.execute("UPDATE evidence SET name = ?", (nasty,))
    printed = run(*command, "--db", str(nasty_db)).stdout
    assert "text" in printed
    assert not set(CONTROLS) & set(printed)


def test_control_characters_of_a_page_do_not_reach_the_terminal_when_it_is_read(here: Path) -> None:
    nasty = PAGE.replace(b"412 trains", "412 trains \x9b31m\u202e".encode()).replace(b"Acme", b"Ac\x1b[31mme")
    Path("page\x1b[31m.html").write_bytes(nasty)
    for command in ("read", "add"):
        printed = run(command, "page\x1b[31m.html")
        assert printed.exit_code == 0
        assert not set(CONTROLS) & set(printed.stdout + printed.stderr)


@pytest.mark.parametrize("command", [["claims", "--json"], ["show", "1", "--json"]], ids=" ".join)
def test_json_keeps_control_characters_but_escaped(command: list[str], nasty_db: Path) -> None:
    with closing(sqlite3.connect(nasty_db)) as connection, connection:
        connection.execute("UPDATE claims SET quote = ?", (CONTROLS,))
    printed = run(*command, "--db", str(nasty_db)).stdout
    assert not set(CONTROLS) & set(printed)
    assert rows(printed)[0]["quote"] == CONTROLS


@pytest.mark.parametrize("command", [["claims"], ["show", "8"]], ids=" ".join)
def test_a_terminal_without_our_characters_gets_question_marks(command: list[str], pack_db: Path) -> None:
    done = subprocess.run(
        [*COMMAND, *command, "--db", str(pack_db)],
        env=environment(PYTHONUTF8="0", PYTHONIOENCODING="ascii"),
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0
    assert done.stderr == b""
    assert b"?" in done.stdout
    assert done.stdout.isascii()


# -------------------------------------------------- what is printed for people


@pytest.mark.parametrize("columns", ["30", "80", "500"])
@pytest.mark.parametrize("command", ["claims", "show"])
def test_lines_fit_the_terminal_and_what_is_copied_stays_whole(command: str, columns: str, pack_db: Path) -> None:
    every = claims(pack_db)
    longest = max(every, key=lambda claim: len(claim["quote"]))
    arguments = ["show", str(longest["id"])] if command == "show" else ["claims"]
    printed = run(*arguments, "--db", str(pack_db), env={"COLUMNS": columns}).stdout
    whole = ("  Address ", "  Archived ", "  Key ", "  Linked ", " " * 13 + "https://")
    lines = [line for line in printed.splitlines() if not line.startswith(whole)]
    assert max(map(len, lines)) <= {"30": 40, "80": 80, "500": 120}[columns]
    assert longest["quote"] in " ".join(printed.split())
    if command == "show":
        for value in (longest["key"], longest["document"]["url"]):
            assert value in printed


def test_a_word_without_end_is_broken(nasty_db: Path) -> None:
    with closing(sqlite3.connect(nasty_db)) as connection, connection:
        connection.execute("UPDATE claims SET quote = ?", ("追" * 1000,))
    printed = run("claims", "--db", nasty_db, "--limit", "1").stdout
    assert printed.count("追") == 1000
    assert max(map(len, printed.splitlines())) <= 120


def test_show_marks_the_sentence_in_its_context(pack_db: Path) -> None:
    for claim in claims(pack_db):
        printed = run("show", "--db", pack_db, str(claim["id"])).stdout
        _, _, context = printed.partition("In its words:")
        before, _, rest = context.partition("\u00bb")
        sentence, _, after = rest.partition("\u00ab")
        assert " ".join(claim["quote"].split()) in " ".join(sentence.split())
        assert before.strip() or after.strip()


def test_an_ellipsis_stands_where_the_context_is_cut() -> None:
    whole = context_lines("One.\n\nTwo. ", "Three is 3.", " Four.\n", begins=True)
    assert whole == "  One.\n\n  Two. \u00bbThree is 3.\u00ab Four."
    cut = context_lines("one. ", "Three is 3.", " Four was", begins=False)
    assert cut == "  \u2026 one. \u00bbThree is 3.\u00ab Four was \u2026"


def test_nobody_is_named_twice_over(pack_db: Path, here: Path) -> None:
    assert "Northgate Ledger, Northgate Ledger" not in run("demo").stdout
    (women,) = [c for c in claims(pack_db) if c["kind"] == "missed_screening"]
    shown = run("show", "--db", pack_db, str(women["id"])).stdout
    assert "450,000 women" in shown
    assert "women, of women" not in shown
    assert "missed screening" in shown.splitlines()[0]


# ------------------------------------------------------------ verify, demo


def test_verify_finds_nothing_wrong_in_what_was_added(pack_db: Path) -> None:
    result = run("verify", "--db", pack_db)
    assert (result.exit_code, result.stdout) == (0, "all is well\n")


def test_verify_finds_a_changed_quote_and_a_lost_archive(here: Path) -> None:
    Path("page.html").write_bytes(PAGE)
    run("add", "page.html")
    with closing(sqlite3.connect("press.db")) as connection, connection:
        connection.execute("UPDATE claim_spans SET quote = 'something else' WHERE id = 1")
    changed = run("verify", "--json")
    assert changed.exit_code == 1
    assert [set(problem) for problem in rows(changed.stdout)] == [{"check", "message"}]
    shutil.rmtree("press.archive")
    lost = run("verify")
    assert lost.exit_code == 1
    assert "not whole in the archive" in lost.stdout


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE claim_spans SET quote = 'x' WHERE id = 1",
        "UPDATE figures SET text = '41' WHERE id = 1",
        "UPDATE claim_spans SET sentence_end = 10000 WHERE id = 1",
        'UPDATE passages SET "end" = 10000 WHERE id = 1',
        "DELETE FROM claim_kinds WHERE claim_id = 1",
        "UPDATE claims SET state = 'withdrawn' WHERE id = 1",
        "UPDATE claims SET sourcing = 'primary' WHERE id = 1",
    ],
)
def test_what_verify_says_to_do_mends_it(damage: str, here: Path) -> None:
    Path("page.html").write_bytes(PAGE)
    run("add", "page.html")
    with closing(sqlite3.connect("press.db")) as connection, connection:
        connection.execute(damage)
    told = run("verify").stdout
    assert all("add its source again with --again" in line for line in told.splitlines()[:-1]), told
    assert told.count("\n") > 1
    run("add", "--again", "page.html")
    assert run("verify").stdout == "all is well\n"


def test_demo_reads_the_pack_and_says_what_it_found(here: Path) -> None:
    first = run("demo")
    assert first.exit_code == 0
    assert Path("demo.db").exists()
    for name in PACK_FILES:
        assert name in first.stdout
    for words in ("falsification", "lack a source", "NOT CHECKED", "claims, by kind"):
        assert words in first.stdout
    before = query(here / "demo.db", "SELECT key, state FROM claims ORDER BY id")
    assert run("demo").exit_code == 0
    assert query(here / "demo.db", "SELECT key, state FROM claims ORDER BY id") == before
    assert run_checks(here / "demo.db") == []


# ----------------------------------------------------------------- help


def commands() -> list[str]:
    return main.list_commands(click.Context(main))


@pytest.mark.parametrize("name", commands())
def test_every_command_and_option_has_help(name: str) -> None:
    command = main.get_command(click.Context(main), name)
    assert command is not None
    assert command.help
    assert command.get_short_help_str()
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.help, f"{name} {option.opts}"
    shown = run(name, "--help")
    assert shown.exit_code == 0
    assert shown.stdout.startswith("Usage: ")
    example = shown.stdout.splitlines()[-1].strip()
    assert example.startswith(f"Example: tracker {name}")


@pytest.mark.parametrize("name", ["add", "cite", "verify"])
def test_help_tells_the_exit_statuses(name: str) -> None:
    shown = run(name, "--help").stdout
    assert "Exit status: 0 " in shown
    assert "2 wrong usage" in shown


def test_help_version_and_a_command_that_is_none() -> None:
    assert all(name in run("--help").stdout for name in commands())
    assert run("--version").exit_code == 0
    unknown = run("conjure")
    assert unknown.exit_code == 2
    assert "conjure" in unknown.stderr


@pytest.mark.parametrize("name", ["add", "read", "show", "cite"])
def test_a_command_without_its_argument_is_wrong_usage(name: str, here: Path) -> None:
    result = run(name)
    assert result.exit_code == 2
    assert "Missing argument" in result.stderr
    assert list(here.iterdir()) == []
