"""Takes a picture of each page of the demo, to be looked at: light, dark, and as on a phone.

    python -m benchmarks.shots FOLDER [--db DB]

Reads the sample press pack (or shows the database DB), starts ``tracker serve --open`` on it as a process
of its own, and opens its pages in the system's Chromium. FOLDER gets ``PAGE-light.png``, ``PAGE-dark.png``
and ``PAGE-phone.png``, each of the whole page, and for the README ``readme-queue.png`` and
``readme-claim.png``, of the first screen. The pages of an editor, with the forms open, are among them.
"""

from __future__ import annotations

import argparse
import os
import secrets
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.page_server import COMMAND, environment, serving
from tracker import people

#: How a page is looked at: name, colours, width and height of the window.
LOOKS = (("light", "light", 1280, 900), ("dark", "dark", 1280, 900), ("phone", "light", 390, 844))
#: The pages by name; DB, CLAIM and DOCUMENT are filled in.
PAGES = {
    "front": "/",
    "queue": "/-/queue?tab=lacking",
    "queue-named": "/-/queue?tab=named",
    "queue-firsthand": "/-/queue?tab=firsthand",
    "search": "/-/search?q=fined",
    "search-nothing": "/-/search?q=zzyzzx",
    "claim": "/DB/claims/CLAIM",
    "document": "/DB/documents/DOCUMENT",
    "claims-table": "/DB/claims",
    "claims-lacking-source": "/DB/claims_lacking_source",
    "sources": "/DB/sources",
    "database": "/DB",
    "sign-in": "/-/login",
    "not-found": "/DB/claims/999999",
}
OF_AN_EDITOR = {"claim-editor": "/DB/claims/CLAIM", "front-editor": "/"}
FOR_README = {"readme-queue": "/-/queue?tab=lacking", "readme-claim": "/DB/claims/CLAIM"}
_EDITOR = "edda"
_OPEN_FORMS = "document.querySelectorAll('details.press-move').forEach(details => { details.open = true; })"
# A claim with a figure, a speaker and a source says most; a document with several versions likewise.
_BEST_CLAIM = """
SELECT claims.id FROM claims JOIN figures ON figures.claim_id = claims.id
LEFT JOIN evidence ON evidence.claim_id = claims.id
ORDER BY evidence.id IS NULL, claims.speaker_id IS NULL, claims.weight DESC, claims.id LIMIT 1
"""
_BEST_DOCUMENT = "SELECT document_id FROM snapshots GROUP BY document_id ORDER BY count(*) DESC, document_id LIMIT 1"


@dataclass(frozen=True, slots=True)
class Places:
    """Where the pages are: the server's address, and the values in their paths."""

    address: str
    database: str
    claim: int
    document: int

    def url(self, path: str) -> str:
        """The address of a page."""
        path = path.replace("DB", self.database).replace("CLAIM", str(self.claim))
        return self.address + path.replace("DOCUMENT", str(self.document))


def demo(folder: Path) -> Path:
    """The demo's database, made in the folder."""
    database = folder / "demo.db"
    command = [*COMMAND, "demo", "--db", str(database)]
    subprocess.run(command, env=environment(), check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own command
    return database


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's Chromium; a RuntimeError where there is none."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        raise RuntimeError("no Chromium on this machine: install it (apt-get install chromium)")
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=arguments)
        yield browser
        browser.close()


def take(page: Page, places: Places, pages: dict[str, str], folder: Path, *, is_whole: bool = True) -> list[Path]:
    """Pictures of these pages, in each look; only the first, light and of the first screen, unless ``is_whole``."""
    taken = []
    for name, path in pages.items():
        for look, scheme, width, height in LOOKS if is_whole else LOOKS[:1]:
            page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
            page.set_viewport_size({"width": width, "height": height})
            page.goto(places.url(path), wait_until="load")
            page.evaluate(_OPEN_FORMS)
            target = folder / (f"{name}-{look}.png" if is_whole else f"{name}.png")
            page.screenshot(path=target, full_page=is_whole)
            taken.append(target)
    return taken


def sign_in(page: Page, places: Places, password: str) -> None:
    """Signs the editor in by the form."""
    page.goto(places.url("/-/login"))
    page.fill('input[name="username"]', _EDITOR)
    page.fill('input[name="password"]', password)
    page.press('input[name="password"]', "Enter")
    page.wait_for_url(places.url("/"))


def pictures(database: Path, folder: Path, password: str | None) -> list[Path]:
    """All pictures; those of an editor only where there is a password to sign in with."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        (claim,), (document,) = (connection.execute(query).fetchone() for query in (_BEST_CLAIM, _BEST_DOCUMENT))
    with chromium() as browser, serving(database) as server:
        places = Places(server.address, server.database, claim, document)
        page = browser.new_page()
        taken = take(page, places, PAGES, folder) + take(page, places, FOR_README, folder, is_whole=False)
        if password is not None:
            sign_in(page, places, password)
            taken += take(page, places, OF_AN_EDITOR, folder)
    return taken


def main() -> int:
    """Takes the pictures and names them; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--db", type=Path, help="show this database instead of the demo (without an editor's pages)")
    args = parser.parse_args()
    if args.db and not args.db.is_file():
        parser.error(f"no database at {args.db}")
    args.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as made:
        password = None if args.db else secrets.token_hex(16)
        database = args.db or demo(Path(made))
        if password is not None:
            people.add_person(people.users_file(database), _EDITOR, "editor", password)
        try:
            taken = pictures(database, args.folder, password)
        except RuntimeError as error:
            parser.error(str(error))
    for path in taken:
        print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
