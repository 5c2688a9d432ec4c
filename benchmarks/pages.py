"""How long the pages take, over real HTTP, on a database of many claims.

    python -m benchmarks.pages --claims 100000 [--json] [--keep DB] [--requests 100] [--while-adding 500]

Makes the database (the same for the same number of claims), starts ``tracker serve --open`` on it as a
process of its own, and opens each page so many times, one after the other on one kept connection, with
other claims, documents and words each time. The time is that until the last byte is here, in
milliseconds. With ``--while-adding`` eight readers then browse while ``tracker add`` brings documents in.
Exit status 1 where a goal is missed, 2 for wrong usage. ``--keep`` names the database's file, which is
used again if it holds as many claims.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import re
import signal
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

from benchmarks.page_data import fill
from benchmarks.page_load import GLANCE, READERS, Loaded, browse_while_adding
from benchmarks.page_server import Client, Server, serving
from benchmarks.page_words import COMMON_PHRASES, COMMON_WORDS

GOAL, SEARCH_GOAL, GOAL_WHILE_ADDING = 100.0, 150.0, 300.0
_WARM_UP = 3
FACETS = (("kind", "sourcing", "workflow"), ("subject_id", "speaker_id", "outlet_id"))
_TABS = ("lacking", "named", "firsthand")
_NEXT = re.compile(r'href="(/-/queue\?(?:[^"]*[&;])?next=[^"]*)"')


@dataclass(frozen=True, slots=True)
class Page:
    """A page to be measured: its addresses, and the milliseconds that 95 of 100 may take."""

    name: str
    paths: tuple[str, ...]
    goal: float = GOAL


@dataclass(frozen=True, slots=True)
class Measured:
    """How long a page took, in milliseconds; ``bad`` are the answers other than 200."""

    page: str
    requests: int
    median_ms: float
    p95_ms: float
    max_ms: float
    goal_ms: float
    kilobytes: int
    bad: tuple[str, ...]

    @property
    def is_reached(self) -> bool:
        """Whether every answer was a page, and 95 of 100 came in time."""
        return not self.bad and self.p95_ms < self.goal_ms


def p95(values: Sequence[float]) -> float:
    """The value that 95 of 100 do not exceed (nearest rank)."""
    return sorted(values)[math.ceil(len(values) * 0.95) - 1]


def pages_of(db: Path, server: Server, requests: int) -> list[Page]:
    """The pages, each with as many addresses as requests: other claims, documents and words each time."""
    rng = random.Random(1)  # noqa: S311 - it must be the same each time
    with closing(sqlite3.connect(f"file:{db}?mode=ro", uri=True)) as connection:
        claims = _drawn(connection, "SELECT id FROM claims WHERE state = 'present'", rng, requests)
        documents = _drawn(connection, "SELECT id FROM documents", rng, requests)
        # Those at the end of the list of parties stand in the fewest claims.
        names = connection.execute("SELECT name FROM parties WHERE id % 2 = 1 ORDER BY id DESC LIMIT 1000").fetchall()
    rare = [name.split()[0] for (name,) in names]
    base = f"/{server.database}"
    searches = {
        "search, a common word": [rng.choice(COMMON_WORDS) for _ in range(requests)],
        "search, a rare word": [rng.choice(rare) for _ in range(requests)],
        "search, two words": ["+".join(rng.sample(COMMON_WORDS, 2)) for _ in range(requests)],
        "search, a phrase": [f"%22{rng.choice(COMMON_PHRASES).replace(' ', '+')}%22" for _ in range(requests)],
    }
    faceted = [f"{base}/claims?_facet=" + "&_facet=".join(columns) for columns in FACETS]
    return [
        Page("front", ("/",) * requests),
        Page("claim", tuple(f"{base}/claims/{number}" for number in claims)),
        Page("claim as text", tuple(f"{base}/claims/{number}.txt" for number in claims)),
        Page("document", tuple(f"{base}/documents/{number}" for number in documents)),
        Page("queue", queue_paths(server, requests)),
        Page("table, 3 facets", (faceted[0],) * requests),
        Page("table, 3 more, of names", (faceted[1],) * requests),
        *(
            Page(name, tuple(f"/-/search?q={words}" for words in typed), SEARCH_GOAL)
            for name, typed in searches.items()
        ),
    ]  # fmt: skip


def _drawn(connection: sqlite3.Connection, query: str, rng: random.Random, many: int) -> list[int]:
    ids = [number for (number,) in connection.execute(query)]
    return rng.choices(ids, k=many)


def queue_paths(server: Server, many: int) -> tuple[str, ...]:
    """First and later pages of the three queues, found by following their own links."""
    client, paths = Client(server.port), []
    for tab in _TABS:
        path = f"/-/queue?tab={tab}"
        for _ in range(math.ceil(many / len(_TABS))):
            paths.append(path)
            found = _NEXT.search(client.get(path).body.decode("utf-8", "replace"))
            path = unescape(found.group(1)) if found else f"/-/queue?tab={tab}"
    client.close()
    return tuple(paths[:many])


def measured(server: Server, page: Page) -> Measured:
    """Opens the page at all its addresses, after a few that do not count."""
    client = Client(server.port)
    for path in page.paths[:_WARM_UP]:
        client.get(path)
    answers = [(path, client.get(path)) for path in page.paths]
    client.close()
    times = [answer.ms for _, answer in answers]
    return Measured(
        page=page.name,
        requests=len(times),
        median_ms=round(statistics.median(times), 1),
        p95_ms=round(p95(times), 1),
        max_ms=round(max(times), 1),
        goal_ms=page.goal,
        kilobytes=round(statistics.mean(len(answer.body) for _, answer in answers) / 1024),
        bad=tuple(f"{answer.status} {path}" for path, answer in answers if answer.status != 200),
    )


def while_adding(server: Server, db: Path, pages: Sequence[Page], documents: int) -> dict[str, Any]:
    """What the readers waited while documents came in, and what they and ``tracker add`` met."""
    loaded: Loaded = browse_while_adding(server, db, {page.name: page.paths for page in pages}, documents)
    waited = loaded.browsed.waited
    everything = [ms for times in waited.values() for ms in times]
    return {
        "documents": loaded.documents,
        "failed": loaded.failed,
        "documents_per_second": round(loaded.documents / loaded.seconds, 1),
        "seconds": round(loaded.seconds, 1),
        "readers": READERS,
        "glance_seconds": GLANCE,
        "pages_opened": len(everything),
        "median_ms": round(statistics.median(everything), 1),
        "p95_ms": round(p95(everything), 1),
        "max_ms": round(max(everything), 1),
        "p95_ms_by_page": {name: round(p95(times), 1) for name, times in sorted(waited.items())},
        "lock_errors": loaded.lock_errors,
        "bad_answers": loaded.browsed.bad,
        "goal_ms": GOAL_WHILE_ADDING,
    }


def made(path: Path, claims: int) -> float | None:
    """Makes the database unless it is there; the seconds that it took, None if it was there.

    Raises ValueError if the file holds another number of claims.
    """
    if path.exists():
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            (there,) = connection.execute("SELECT count(*) FROM claims").fetchone()
        if there < claims:
            raise ValueError(f"{path} holds {there:,} claims, not {claims:,}: remove it, or name another file")
        return None
    began = time.monotonic()
    fill(path, claims)
    return round(time.monotonic() - began, 1)


def measure(db: Path, claims: int, requests: int, documents: int) -> dict[str, Any]:
    """The whole measurement, ready for JSON."""
    seconds = made(db, claims)
    load = [round(value, 2) for value in os.getloadavg()]
    with serving(db) as server:
        pages = pages_of(db, server, requests)
        results = [measured(server, page) for page in pages]
        adding = while_adding(server, db, pages, documents) if documents else None
    reached = all(result.is_reached for result in results)
    if adding is not None:
        clean = not (adding["lock_errors"] or adding["bad_answers"] or adding["failed"])
        reached = reached and clean and adding["p95_ms"] < GOAL_WHILE_ADDING
    return {
        "claims": claims,
        "made_in_seconds": seconds,
        "database_mb": round(db.stat().st_size / 1e6),
        "processors": os.cpu_count(),
        "load_before": load,
        "load_after": [round(value, 2) for value in os.getloadavg()],
        "pages": [
            {name: getattr(result, name) for name in Measured.__dataclass_fields__} | {"reached": result.is_reached}
            for result in results
        ],
        "while_adding": adding,
        "goals_reached": reached,
    }


def print_table(result: dict[str, Any]) -> None:
    """The numbers for people."""
    took = f", made in {result['made_in_seconds']} s" if result["made_in_seconds"] else ""
    print(
        f"{result['claims']:,} claims, {result['database_mb']} MB{took}; {result['processors']} processors, "
        f"load {result['load_before'][0]} before, {result['load_after'][0]} after"
    )
    print(f"{'page (ms)':<28}{'requests':>9}{'median':>9}{'p95':>9}{'max':>9}{'goal':>7}{'kB':>7}")
    for row in result["pages"]:
        verdict = "" if row["reached"] else f"  MISSED{': ' + row['bad'][0] if row['bad'] else ''}"
        print(
            f"{row['page']:<28}{row['requests']:>9}{row['median_ms']:>9}{row['p95_ms']:>9}{row['max_ms']:>9}"
            f"{row['goal_ms']:>7.0f}{row['kilobytes']:>7}{verdict}"
        )
    adding = result["while_adding"]
    if adding:
        print(
            f"\nwhile tracker add brought in {adding['documents']} documents ({adding['documents_per_second']} a "
            f"second, {adding['failed']} failed), {adding['readers']} readers opened {adding['pages_opened']} random "
            f"pages of these, each waiting {adding['glance_seconds']} s after a page as somebody does who glances:"
        )
        print(
            f"  median {adding['median_ms']}, p95 {adding['p95_ms']} (goal {adding['goal_ms']:.0f}), "
            f"max {adding['max_ms']} ms; {adding['lock_errors']} lock errors, {len(adding['bad_answers'])} bad answers"
        )
        print("  p95 by page: " + ", ".join(f"{name} {ms}" for name, ms in adding["p95_ms_by_page"].items()))
    print("\nevery goal reached" if result["goals_reached"] else "\na goal was MISSED")


def main() -> int:
    """Measures and prints; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=100_000, metavar="N")
    parser.add_argument("--requests", type=int, default=100, metavar="N", help="requests a page")
    parser.add_argument("--keep", type=Path, metavar="DB", help="keep the database in this file")
    parser.add_argument("--while-adding", type=int, default=0, metavar="DOCS", help="add so many documents meanwhile")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    if args.claims < 100 or args.requests < 1 or args.while_adding < 0:
        parser.error("--claims takes 100 or more, --requests 1 or more")
    if args.keep and not re.fullmatch(r"\w+", args.keep.stem):
        parser.error(f"--keep {args.keep}: letters, digits and underscores only in the file's name")
    # Told to end, it ends its server too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with tempfile.TemporaryDirectory() as folder:
        try:
            result = measure(args.keep or Path(folder) / "press.db", args.claims, args.requests, args.while_adding)
        except (ValueError, RuntimeError) as error:
            parser.error(str(error))
    if args.json:
        print(json.dumps(result))
    else:
        print_table(result)
    return 0 if result["goals_reached"] else 1


if __name__ == "__main__":
    sys.exit(main())
