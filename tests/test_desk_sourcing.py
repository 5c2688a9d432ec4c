"""A claim's sourcing follows what people attach, change and correct, in the same transaction as the move."""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path

import pytest
import review_samples
from review_samples import CHECKER, COURT, approved, of_kind, store
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError

sys.path.insert(0, str(Path(__file__).parent / "db"))
from db_samples import NOW, PAGE, fine, idle, survey

from db.engine import reading
from db.sources import claims_backed
from tracker import desk
from tracker.desk_sourcing import wrong_sourcings

# A fixture is found by its name here.
engine = review_samples.engine


def sourcing(engine: Engine, kind: str = "fine") -> tuple[str, str]:
    claim = of_kind(engine, kind).claim
    return claim.sourcing, claim.read_sourcing


def attach(engine: Engine, to: str, **given: object) -> None:
    claim = of_kind(engine, to).claim.id
    desk.move(engine, claim, CHECKER, desk.Attach(**given), now=NOW)  # type: ignore[arg-type]
    with reading(engine) as connection:
        assert list(wrong_sourcings(connection)) == []


def test_support_raises_it_and_taking_support_back_lowers_it(engine: Engine) -> None:
    assert sourcing(engine) == ("none", "none")
    attach(engine, "fine", url=COURT, is_primary=True)
    assert sourcing(engine) == ("primary", "none")
    assert not of_kind(engine, "fine").claim.lacks_source
    attach(engine, "fine", title="Annual report")
    attach(engine, "fine", url=COURT, relation="contradicts")
    assert sourcing(engine) == ("named", "none")
    attach(engine, "fine", title="Annual report", relation="mentions")
    claim = of_kind(engine, "fine").claim
    assert (claim.sourcing, claim.sourcing_reason) == ("none", "no source is named")
    assert claim.lacks_source


def test_what_is_learnt_of_a_source_holds_for_every_claim_that_it_supports(engine: Engine) -> None:
    attach(engine, "fine", url=COURT)
    assert sourcing(engine) == ("linked", "none")
    attach(engine, "tracing", url=COURT, title="Judgment 12", is_primary=True)
    assert sourcing(engine, "tracing") == ("primary", "anonymous")
    assert sourcing(engine) == ("primary", "none")
    assert of_kind(engine, "fine").claim.sourcing_reason.startswith('carl attached "Judgment 12", a primary source')


def test_a_better_reader_moves_what_the_text_gives_below_what_people_attached(engine: Engine) -> None:
    attach(engine, "fine", title="Annual report")
    store(engine, [fine(PAGE, sourcing="linked", sourcing_reason="links Board"), survey(PAGE), idle(PAGE)], reader="2")
    claim = of_kind(engine, "fine").claim
    assert (claim.sourcing, claim.sourcing_reason, claim.read_sourcing) == ("linked", "links Board", "linked")
    store(engine, [fine(PAGE), survey(PAGE), idle(PAGE)], reader="3")
    assert sourcing(engine) == ("named", "none")


def test_a_correction_leaves_both_as_they_are(engine: Engine) -> None:
    attach(engine, "fine", url=COURT)
    claim = of_kind(engine, "fine").claim
    desk.move(engine, claim.id, CHECKER, desk.Correct("subject", "Southgate Services"), now=NOW)
    after = of_kind(engine, "fine").claim
    names = ("sourcing", "sourcing_reason", "read_sourcing", "read_sourcing_reason")
    assert [getattr(after, name) for name in names] == [getattr(claim, name) for name in names]


def test_reading_again_what_is_approved_sends_it_back_for_its_source_only_if_it_reads_otherwise(engine: Engine) -> None:
    claim = approved(engine)
    sent = store(engine, [fine(PAGE, sourcing="named", sourcing_reason="x"), survey(PAGE), idle(PAGE)], reader="2")
    assert sent == ()
    assert sourcing(engine) == ("primary", "named")
    assert of_kind(engine, "fine").claim.id == claim


@pytest.mark.parametrize(
    ("given", "level", "described", "why"),
    [
        (
            {"url": "https://www.gao.gov/products/1"},
            "primary",
            ("Government Accountability Office", "audit"),
            "a record",
        ),
        ({"url": "https://www.reuters.com/x"}, "linked", ("Reuters", "news"), "a report"),
        ({"url": "https://www.gov.uk/government/news/x"}, "linked", ("GOV.UK", "government"), "a release"),
        ({"url": "https://www.gao.gov/blog/1", "kind": "news"}, "linked", (None, "news"), "what is stated wins"),
        ({"url": "https://unknown.example/x"}, "linked", (None, None), "nothing is known of it"),
    ],
    ids=["a record", "a report", "a release", "what is stated wins", "nothing is known of it"],
)
def test_the_table_of_publishers_describes_what_is_attached(
    engine: Engine, given: dict[str, str], level: str, described: tuple[str | None, str | None], why: str
) -> None:
    attach(engine, "fine", **given)
    assert sourcing(engine)[0] == level, why
    (source,) = [e for e in of_kind(engine, "fine").evidence if e.how == "attached"]
    assert (source.publisher, source.kind) == described, why


def test_a_move_that_fails_leaves_the_sourcing_alone(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER no_log BEFORE INSERT ON reviews BEGIN SELECT RAISE(ABORT, 'full'); END"
        )
    with pytest.raises((IntegrityError, sqlite3.IntegrityError)):
        desk.move(engine, of_kind(engine, "fine").claim.id, CHECKER, desk.Attach(url=COURT), now=NOW)
    assert sourcing(engine) == ("none", "none")
    with reading(engine) as connection:
        assert list(claims_backed(connection)) == []
