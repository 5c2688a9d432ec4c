"""`tracker serve`, as a process of its own: it shows, it goes on while rows come in, it ends cleanly."""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import desk_samples
import plugin_samples
import pytest
from click.testing import CliRunner

from tracker import people
from tracker.cli import main
from tracker.cli.serve import serve

ROOT = Path(__file__).parents[2]
# What the served process may never have loaded: whatever can fetch, and what joins it to the database.
FETCHING = (
    "requests",
    "scrapers",
    "tracker.pipeline",
    "tracker.cli",
    "urllib3",
    "ssrfguard",
    "tracker.reading",
)
LOADED = """
import asyncio, json, sys
from tracker.plugin.__main__ import serve_context
from datasette.cli import serve

async def visit(served):
    await served.invoke_startup()
    for path in ("/", "/press", "/press/claims?_search=fined", "/press/claims/1", "/press/claims.csv", "/-/login"):
        assert (await served.client.get(path)).status_code == 200, path
    print(json.dumps([sorted(sys.modules), sorted(plugin["name"] for plugin in served._plugins())]))

context = serve_context(sys.argv[1], "127.0.0.1", 8001, everybody=True)
asyncio.run(visit(serve.callback(**{**context.params, "return_instance": True})))
"""


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error", **more}


@contextmanager
def served(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """The running command and its port, once it answers."""
    command = [
        sys.executable,
        "-c",
        "from tracker.cli.serve import serve; serve()",
        *arguments,
        "--port",
        "0",
    ]
    with subprocess.Popen(
        command, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stderr is not None
            first = process.stdout.readline()
            found = re.search(r"http://127\.0\.0\.1:(\d+)/", first)
            assert found, first + process.stderr.read()
            for line in process.stderr:
                if "Uvicorn running" in line:
                    break
            yield process, int(found.group(1))
        finally:
            process.kill()


def fetched(port: int, path: str) -> tuple[int, str]:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()


def test_it_shows_the_database_while_rows_come_in_and_ends_cleanly(database: Path) -> None:
    with served("--db", str(database), "--open") as (process, port):
        assert process.stdout is not None
        links = [process.stdout.readline() for _ in range(3)]
        for link, words in zip(links, ("front page", "lacking a source", "all claims"), strict=True):
            assert words in link
            status, page = fetched(port, re.sub(r".*:\d+", "", link.strip()))
            assert status == 200
            assert "Harbour" in page or "Cleaning" in page
        assert process.stdout.readline() == "Who may read: everybody.\n"
        plugin_samples.add_one(database, "Forty ferries stayed in harbour.")
        status, page = fetched(port, "/press/claim_overview?_search=ferry")
        assert status == 200
        assert "Forty ferries" in page
        assert fetched(port, "/-/databases.json")[0] == 404
        # At once: Datasette by itself would lay out a traceback for seconds.
        start = time.perf_counter()
        for missing in ("/press/nothing", "/a/b/c/d/e", "/press/claims?_where=1"):
            status, page = fetched(port, missing)
            assert status in (403, 404)
            assert str(database.parent) not in page
        assert time.perf_counter() - start < 2
        process.send_signal(signal.SIGINT)
        rest, errors = process.communicate(timeout=30)
    assert process.returncode == 0
    assert rest.endswith("Stopped.\n")
    assert "Traceback" not in rest + errors


def test_the_web_process_holds_nothing_that_fetches(database: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-P", "-c", LOADED, str(database)], env=environment(), capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    modules, plugins = json.loads(done.stdout)
    assert "tracker.plugin" in modules
    assert "tracker.plugin" in plugins or "press-claim-tracker" in plugins
    loaded = {name for name in modules for banned in FETCHING if name == banned or name.startswith(banned + ".")}
    assert not loaded


def test_the_plugin_is_loaded_even_where_none_are_to_be(database: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-P", "-c", LOADED, str(database)],
        env=environment(DATASETTE_LOAD_PLUGINS=""),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert '"tracker.plugin"' in done.stdout


def test_datasettes_own_scripts_run_in_a_browser(database: Path, tmp_path: Path) -> None:
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    if browser is None:
        pytest.skip("no Chromium on this machine")
    quiet = ("--disable-background-networking", "--disable-component-update", "--no-first-run")
    with served("--db", str(database), "--open") as (_, port):
        done = subprocess.run(
            [
                browser,
                *("--headless", "--no-sandbox", "--disable-gpu", *quiet),
                *(f"--user-data-dir={tmp_path / 'profile'}", "--enable-logging=stderr"),
                *("--virtual-time-budget=3000", "--dump-dom", f"http://127.0.0.1:{port}/press/claims"),
            ],
            capture_output=True,
            text=True,
            timeout=120,
        )
    # The wheels beside the columns' names are made by Datasette's scripts.
    assert 'class="dropdown-menu-icon"' in done.stdout, done.stderr[-2000:]
    assert "Content Security Policy" not in done.stderr
    assert "CONSOLE" not in done.stderr


def test_a_missing_database_is_named(tmp_path: Path) -> None:
    done = CliRunner().invoke(serve, ["--db", str(tmp_path / "none.db")])
    assert done.exit_code == 1
    assert done.output.count("\n") == 1
    assert "none.db" in done.output
    assert "--db" in done.output
    assert not (tmp_path / "none.db").exists()


@pytest.mark.parametrize(("content", "words"), [(b"no database at all", "not a SQLite"), (b"SQLite format 3\0xx", "")])
def test_a_file_that_is_not_ours_is_refused(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "other.db"
    path.write_bytes(content)
    done = CliRunner().invoke(serve, ["--db", str(path)])
    assert done.exit_code == 1
    assert done.output.count("\n") == 1, done.output
    assert words in done.output
    assert path.read_bytes() == content


def test_a_name_that_datasette_cannot_open_is_refused(database: Path) -> None:
    odd = database.rename(database.with_name("what?.db"))
    done = CliRunner().invoke(serve, ["--db", str(odd), "--open"])
    assert done.exit_code == 1
    assert "rename the file" in done.output


def test_a_port_in_use_is_named(database: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = CliRunner().invoke(serve, ["--db", str(database), "--open", "--port", str(port)])
    assert done.exit_code == 1
    assert done.output.count("\n") == 1
    assert f"port {port} of 127.0.0.1 is in use" in done.output


def test_a_folder_with_odd_signs_and_a_name_with_spaces_are_served(database: Path, tmp_path: Path) -> None:
    odd = tmp_path / "50% done? #1"
    odd.mkdir()
    moved = database.rename(odd / "my press.db")
    with served("--db", str(moved), "--open") as (process, port):
        assert process.stdout is not None
        link = [process.stdout.readline() for _ in range(3)][-1]
        status, page = fetched(port, re.sub(r".*:\d+", "", link.strip()))
        assert status == 200
        assert "Harbour Cleaning" in page


@pytest.mark.parametrize(
    ("arguments", "warning", "answers"),
    [
        ([], "", ["localhost", "127.0.0.1", "::1"]),
        (["--open"], "", ["localhost", "127.0.0.1", "::1"]),
        (["--answer-to", "press.example"], "", ["localhost", "press.example"]),
        (["--open", "--answer-to", "press.example"], "everyone who reaches press.example", ["press.example"]),
        (["--host", "0.0.0.0"], "everyone who can reach this machine", []),  # noqa: S104
    ],
)
def test_what_is_handed_to_datasette(
    database: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], warning: str, answers: list[str]
) -> None:
    desk_samples.add_people(database)
    handed: list[str] = []
    # The one call that a test cannot let happen: it replaces the process.
    monkeypatch.setattr(os, "execv", lambda program, command: handed.extend([program, *command]))
    done = CliRunner().invoke(serve, ["--db", str(database), "--port", "0", *arguments])
    assert done.exit_code == 0, done.output
    assert handed[0] == sys.executable
    assert handed[2:5] == ["-P", "-m", "tracker.plugin"]
    assert done.output.count("\n") == bool(warning)
    assert warning in done.output
    assert all(f"--answer-to={name}" in handed for name in answers)
    assert any(word.startswith("--answer-to") for word in handed) == bool(answers)
    assert ("--open" in handed) == ("--open" in arguments)
    # Whoever lists the processes sees no secret.
    assert people.read_people(people.users_file(database)).secret not in " ".join(handed)  # type: ignore[union-attr]


@pytest.mark.parametrize("removed", [False, True])
def test_without_people_it_says_what_to_do(database: Path, removed: bool) -> None:
    if removed:
        for name in desk_samples.add_people(database) and desk_samples.PEOPLE:
            people.remove_person(people.users_file(database), name)
    done = CliRunner().invoke(serve, ["--db", str(database)])
    assert done.exit_code == 1
    assert done.output.count("\n") == 1
    assert "tracker user add" in done.output
    assert "--open" in done.output


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "press.example", "::"])  # noqa: S104
def test_an_open_desk_is_for_this_machine_alone(database: Path, host: str) -> None:
    done = CliRunner().invoke(main, ["serve", "--db", str(database), "--open", "--host", host])
    assert done.exit_code == 2
    assert done.stderr.count("\n") == 1
    assert "--open" in done.stderr


def test_a_users_file_that_others_can_read_is_refused(database: Path) -> None:
    desk_samples.add_people(database).chmod(0o644)
    done = CliRunner().invoke(serve, ["--db", str(database)])
    assert done.exit_code == 1
    assert done.output.count("\n") == 1
    assert "chmod 600" in done.output
