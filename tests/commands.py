"""Runs the real command line: in a process of its own, or within this one where that says as much."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from tracker.cli import main

ROOT = Path(__file__).parents[1]
PACK = ROOT / "tracker" / "demo" / "pack"
PACK_FILES = ("article-contract.html", "article-fine.html", "campaign.eml", "interview.html", "interview.txt")
#: What a shell would run as ``tracker``, whatever is installed.
COMMAND = [sys.executable, "-W", "ignore", "-m", "tracker"]


def environment(**more: str) -> dict[str, str]:
    """The environment without settings of whoever runs the tests."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TRACKER_")}
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "COLUMNS": "200", **more}


def spawn(
    *arguments: str | bytes, cwd: Path, stdin: bytes | None = None, timeout: float = 60
) -> subprocess.CompletedProcess[bytes]:
    """Run ``tracker`` in a process of its own; subprocess.TimeoutExpired where it hangs."""
    return subprocess.run(
        [*COMMAND, *arguments],
        cwd=cwd,
        env=environment(),
        input=stdin,
        stdin=subprocess.DEVNULL if stdin is None else None,
        capture_output=True,
        timeout=timeout,
        check=False,
    )


def run(*arguments: str | Path, stdin: bytes | None = None, env: dict[str, str] | None = None) -> Result:
    """Run ``tracker`` within this process, in the working directory; a crash is raised, not swallowed."""
    blank = {name: None for name in os.environ if name.startswith("TRACKER_")}
    words = [str(argument) for argument in arguments]
    return CliRunner().invoke(main, words, input=stdin, env={**blank, **(env or {})}, catch_exceptions=False)


def rows(output: str) -> list[Any]:
    """The objects of JSON Lines; a line that is none is a ValueError."""
    return [json.loads(line) for line in output.splitlines()]


def article(title: str, *paragraphs: str, head: str = "") -> bytes:
    """A small page with an article in it, long enough to be taken for one."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
        f"<body><article><h1>{title}</h1>{body}</article></body></html>"
    ).encode()


def query(db: Path, sql: str) -> list[Any]:
    """The rows that a query on a database gives."""
    with closing(sqlite3.connect(db)) as connection:
        return connection.execute(sql).fetchall()


def claims(db: Path, *options: str) -> list[dict[str, Any]]:
    """The claims that ``tracker claims --json`` lists."""
    result = run("claims", "--db", db, "--json", *options)
    assert result.exit_code == 0
    return rows(result.stdout)
