"""Readers who browse while documents come in: what they wait for, and whether anybody meets a lock."""

from __future__ import annotations

import json
import random
import subprocess
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from benchmarks.page_server import COMMAND, Answer, Client, Server, environment, lock_errors
from benchmarks.page_words import OUTLETS, PARTIES, SEED, THINGS, make_world, paragraph, write_claim

READERS = 8
#: Seconds that a reader looks at a page before the next one.
GLANCE = 0.5
_CLAIMS = 10


@dataclass
class Browsed:
    """What the readers met: milliseconds by page, answers that were no page, and words of a lock."""

    waited: dict[str, list[float]] = field(default_factory=dict)
    bad: list[str] = field(default_factory=list)
    locks: int = 0

    def note(self, page: str, path: str, answer: Answer) -> None:
        """Adds one answer."""
        self.waited.setdefault(page, []).append(answer.ms)
        if answer.status != 200:
            self.bad.append(f"{answer.status} {path}")
        self.locks += lock_errors(answer.body.decode("utf-8", "replace"))


@dataclass(frozen=True, slots=True)
class Loaded:
    """What the run came to."""

    documents: int
    seconds: float
    failed: int
    lock_errors: int
    browsed: Browsed


def write_pages(folder: Path, many: int) -> list[Path]:
    """Writes so many articles as HTML files, with about ten claims each, the same each time."""
    world = make_world(random.Random(SEED + 1), 1_000)  # noqa: S311 - it must be the same each time
    pages = []
    for number in range(many):
        outlet = world.outlets[world.common(OUTLETS)]
        title = f"{world.parties[world.common(PARTIES)]} told of {world.rng.choice(THINGS)} in {world.place()}"
        texts = [paragraph(world, write_claim(world))[0] for _ in range(_CLAIMS)]
        address = f"https://{outlet.split()[0].lower()}.example/added/{number}"
        about = {
            "@context": "https://schema.org", "@type": "NewsArticle", "headline": title,
            "datePublished": f"2023-{number % 12 + 1:02}-{number % 28 + 1:02}",
            "publisher": {"@type": "Organization", "name": outlet},
        }  # fmt: skip
        page = folder / f"added-{number:05}.html"
        page.write_text(
            f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
            f'<link rel="canonical" href="{address}">'
            f'<script type="application/ld+json">{json.dumps(about)}</script></head><body><article>'
            f"<h1>{escape(title)}</h1>{''.join(f'<p>{escape(text)}</p>' for text in texts)}</article></body></html>",
            encoding="utf-8",
        )
        pages.append(page)
    return pages


def browse_while_adding(server: Server, db: Path, mix: dict[str, Sequence[str]], documents: int) -> Loaded:
    """Runs ``tracker add`` of so many documents while readers open random pages of the mix."""
    browsed, lock, stop = Browsed(), threading.Lock(), threading.Event()

    def read(number: int) -> None:
        rng, client = random.Random(number), Client(server.port)  # noqa: S311 - it must be the same each time
        stop.wait(rng.random() * GLANCE)
        while not stop.is_set():
            page = rng.choice(list(mix))
            path = rng.choice(mix[page])
            answer = client.get(path)
            with lock:
                browsed.note(page, path, answer)
            stop.wait(GLANCE)
        client.close()

    readers = [threading.Thread(target=read, args=(number,)) for number in range(READERS)]
    with tempfile.TemporaryDirectory() as folder:
        pages = write_pages(Path(folder), documents)
        for reader in readers:
            reader.start()
        try:
            began = time.monotonic()
            added = subprocess.run(  # noqa: S603 - our own command
                [*COMMAND, "add", "--db", str(db.absolute()), "--json", *map(str, pages)],
                cwd=folder,
                env=environment(),
                capture_output=True,
                text=True,
                check=False,
            )
            seconds = time.monotonic() - began
        finally:
            stop.set()
            for reader in readers:
                reader.join()
    lines = [json.loads(line) for line in added.stdout.splitlines()]
    came_in = sum("error" not in line for line in lines)
    told = added.stdout + added.stderr + server.log.read_text(encoding="utf-8", errors="replace")
    return Loaded(came_in, seconds, documents - came_in, lock_errors(told) + browsed.locks, browsed)
