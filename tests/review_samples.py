"""Three claims in a real database, with the people who review them, for the tests of the desk."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

sys.path.insert(0, str(Path(__file__).parent / "db"))
from db_samples import DOCUMENT, LATER, NOW, PAGE, claims, snapshot, text

from db.engine import open_database, writing
from db.records import ClaimRecord
from db.results import ClaimDetail
from db.store import get_claim, list_claims, store_document
from tracker import desk
from tracker.corrections import lay_over
from tracker.desk_sourcing import with_attached
from tracker.judging.workflow import Person

READER = Person("rita", "reader")
CHECKER = Person("carl", "checker")
EDITOR = Person("edna", "editor")
COURT = "https://court.example/judgments/12"


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    made = open_database(tmp_path / "press.db")
    store(made, claims(PAGE))
    yield made
    made.dispose()


def store(engine: Engine, found: list[ClaimRecord], reader: str = "1", content: str = PAGE) -> tuple[int, ...]:
    """Stores a reading as the pipeline does; gives the claims that were sent back to review."""
    with writing(engine) as connection:
        result = store_document(
            connection, DOCUMENT, snapshot(PAGE), text(content, version=reader), found, NOW,
            reader_version=reader, overlay=lay_over, backing=with_attached,
        )  # fmt: skip
        return desk.readings_changed(connection, result.claims_changed, LATER)


def of_kind(engine: Engine, kind: str) -> ClaimDetail:
    return get_claim(engine, list_claims(engine, kind=kind)[0].id)


def approved(engine: Engine, kind: str = "fine") -> int:
    claim = of_kind(engine, kind).claim.id
    desk.move(engine, claim, CHECKER, desk.Attach(url=COURT, is_primary=True), now=NOW)
    desk.move(engine, claim, CHECKER, desk.Verdict("supported", note="the judgment says so"), now=NOW)
    desk.move(engine, claim, EDITOR, desk.Approve(), now=NOW)
    return claim
