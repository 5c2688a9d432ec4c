"""The system's Chromium, and the real server for it to open; a browser that is missing is told of."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

import pytest
from commands import COMMAND, environment
from desk_samples import PASSWORD
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

_PATIENCE = 60.0


@contextmanager
def chromium() -> Iterator[Browser]:
    """A running Chromium; without one the test is skipped, or fails where REQUIRE_CHROMIUM=1.

    For fixtures of a module at most: while Playwright runs in a thread, no other event loop can.
    """
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        if os.environ.get("REQUIRE_CHROMIUM") == "1":
            pytest.fail("no Chromium on this machine, and REQUIRE_CHROMIUM=1: install it (apt-get install chromium)")
        pytest.skip("no Chromium on this machine: install it to run the tests of the pages in a browser")
    with sync_playwright() as playwright:
        browser = _launched(playwright, program)
        try:
            yield browser
        finally:
            browser.close()


def _launched(playwright: Playwright, program: str) -> Browser:
    # Chromium's own sandbox does not run for root.
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    return playwright.chromium.launch(executable_path=program, args=[*arguments, "--disable-gpu"])


@contextmanager
def serving(database: Path, *options: str) -> Iterator[str]:
    """The address of a real ``tracker serve`` on this database, with these options, until the block ends."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "server.log"
        with log.open("wb") as output:
            command = [*COMMAND, "serve", "--db", str(database.absolute()), "--port", "0", *options]
            process = subprocess.Popen(
                command, cwd=folder, env=environment(PYTHONUNBUFFERED="1"), stdin=subprocess.DEVNULL,
                stdout=output, stderr=output,
            )  # fmt: skip
        try:
            yield _answering(process, log)
        finally:
            process.terminate()
            process.wait(_PATIENCE)


def _answering(process: subprocess.Popen[bytes], log: Path) -> str:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and process.poll() is None:
        found = re.search(r"http://127\.0\.0\.1:(\d+)", log.read_text(encoding="utf-8", errors="replace"))
        if found:
            with suppress(OSError), closing(http.client.HTTPConnection("127.0.0.1", int(found[1]))) as connection:
                connection.request("GET", "/robots.txt")
                connection.getresponse().read()
                return found[0]
        time.sleep(0.05)
    raise AssertionError(f"the server did not come up: {log.read_text(encoding='utf-8', errors='replace')}")


def sign_in(page: Page, address: str, name: str, wanted: str = "/") -> None:
    """Signs somebody of ``desk_samples`` in by the form, and goes on to the page that was wanted."""
    page.goto(f"{address}/-/login?next={quote(wanted)}")
    page.fill('input[name="username"]', name)
    page.fill('input[name="password"]', PASSWORD)
    page.press('input[name="password"]', "Enter")
    page.wait_for_url(f"{address}{wanted}")
