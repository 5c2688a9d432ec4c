"""A database of one page that changes between visits, its server, and a clock that is set by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bad_server import Site, page
from commands import article, claims, query

from db.engine import open_database
from tracker import desk
from tracker.outcomes import Added
from tracker.pipeline import Adder
from tracker.settings import Settings
from tracker.watching import Finding, Watch

FIRST = (
    "The harbour board said that inspectors falsified records 252 times at Oakhanger between 2017 and 2019.",
    "It paid £3 million to the crews on Friday, and nobody at the board wished to say any more about that.",
    "Passengers at Oakhanger waited for two hours in the rain, and no bus came for them that night at all.",
)
EDITOR = desk.Person("edna", "editor")
#: To be added is a visit too.
_OF_WATCH = "SELECT outcome FROM visits WHERE run_id IN (SELECT id FROM runs WHERE command = 'watch') ORDER BY id"


def story(*paragraphs: str, head: str = "") -> bytes:
    return article("Harbour board falsified records", *paragraphs, head=head)


def drifted(paragraphs: tuple[str, ...] = FIRST) -> bytes:
    return story(paragraphs[0].replace("252 times", "over 200 times"), *paragraphs[1:])


@dataclass
class Press:
    """A database of one page, its server, and a clock that is set by hand."""

    site: Site
    db: Path
    time: datetime

    def clock(self) -> str:
        return self.time.strftime("%Y-%m-%dT%H:%M:%S.000Z")

    def serves(self, body: bytes, *headers: str, status: str = "200 OK", path: str = "/story") -> None:
        self.site.routes[path] = page(body, "Content-Type: text/html; charset=utf-8", *headers, status=status)

    def add(self) -> None:
        with Adder(self.db, Settings()) as adder:
            added = adder.add(self.site.url("/story"))
        assert isinstance(added, Added), added

    def visit(self, after: timedelta = timedelta(days=8), **which: object) -> list[Finding]:
        """The findings of the pages that are due so much later."""
        self.time += after
        with Adder(self.db, Settings(), "watch") as adder:
            watching = Watch(adder, self.clock)
            return list(watching.visits(watching.due(**which)))  # type: ignore[arg-type]

    def outcomes(self) -> list[str]:
        return [row[0] for row in query(self.db, _OF_WATCH)]

    def claim(self, words: str) -> dict[str, object]:
        (found,) = [one for one in claims(self.db) if words in one["quote"] or words in str(one["figures"])]
        return found

    def move(self, claim: object, request: desk.Request) -> None:
        engine = open_database(self.db)
        desk.move(engine, claim, EDITOR, request, now="2026-01-01T00:00:00Z")  # type: ignore[arg-type]
        engine.dispose()

    def approve(self, words: str) -> int:
        """Approves the claim of these words, with a source on the same server's other host name."""
        claim = self.claim(words)["id"]
        self.move(claim, desk.Attach(url="https://audit.example/report", title="The report", is_primary=True))
        # An address of this machine cannot be attached by hand: the server stands in for the auditor's.
        engine = open_database(self.db)
        with engine.begin() as connection:
            connection.exec_driver_sql("UPDATE sources SET url = ? WHERE url LIKE '%audit.example%'",
                                       (self.site.url("/report"),))  # fmt: skip
        engine.dispose()
        self.move(claim, desk.Verdict("supported", note="page 3"))
        self.move(claim, desk.Approve())
        return int(str(claim))
