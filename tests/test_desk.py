"""The moves of a review on a real database, as the web pages and the command line both make them."""

from __future__ import annotations

import sqlite3
import sys
import threading
from pathlib import Path

import pytest
import review_samples
from review_samples import CHECKER, COURT, EDITOR, READER, approved, of_kind
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError

sys.path.insert(0, str(Path(__file__).parent / "db"))
from db_samples import NOW

from db.checks import run_checks
from db.results import ClaimDetail
from db.store import get_claim
from tracker import desk
from tracker.judging.workflow import Person

# A fixture is found by its name here.
engine = review_samples.engine


def log(detail: ClaimDetail) -> list[tuple[str, str, str]]:
    return [(review.by_whom, review.move, review.to_workflow) for review in detail.reviews]


def test_a_claim_on_its_way_to_being_citable(engine: Engine) -> None:
    claim = approved(engine)
    detail = get_claim(engine, claim)
    assert log(detail) == [
        ("carl", "attach", "in_review"),
        ("carl", "verdict", "in_review"),
        ("edna", "approve", "approved"),
    ]
    assert (detail.claim.workflow, detail.claim.verdict, detail.stale) == ("approved", "supported", frozenset())
    assert not detail.claim.lacks_source
    assert detail.reviews[1].note == "the judgment says so"
    assert detail.reviews[0].detail is not None
    assert detail.reviews[0].detail["url"] == COURT
    assert run_checks(Path(str(engine.url.database))) == []


def test_a_refused_move_leaves_no_trace(engine: Engine) -> None:
    claim = of_kind(engine, "fine").claim.id
    own = get_claim(engine, claim).claim.document.url
    assert own
    for person, request, error in (
        (CHECKER, desk.Approve(), desk.NotAllowed),
        (READER, desk.Note("hm"), desk.NotAllowed),
        (EDITOR, desk.Recall("wrong"), desk.NotNow),
        (EDITOR, desk.Verdict("perhaps"), desk.BadMove),
        (EDITOR, desk.Flag("  "), desk.BadMove),
        (EDITOR, desk.Note("x" * 10_001), desk.BadMove),
        (Person(" ", "editor"), desk.Approve(), desk.BadMove),
        (EDITOR, desk.Attach(url="javascript:alert(1)"), desk.BadMove),
        (EDITOR, desk.Attach(url=f"{own}#top"), desk.BadMove),
        (EDITOR, desk.Correct("kind", "finee"), desk.BadMove),
    ):
        with pytest.raises(error) as refused:
            desk.move(engine, claim, person, request, now=NOW)
        assert "\n" not in str(refused.value)
    detail = get_claim(engine, claim)
    assert detail.reviews == ()
    assert detail.claim.workflow == "new"


def test_the_second_of_two_people_is_told(engine: Engine) -> None:
    claim = of_kind(engine, "fine").claim.id
    first = desk.move(engine, claim, CHECKER, desk.Verdict("supported"), now=NOW, seen=0)
    with pytest.raises(desk.Overtaken) as told:
        desk.move(engine, claim, EDITOR, desk.Verdict("contradicted"), now=NOW, seen=0)
    assert [review.by_whom for review in told.value.since] == ["carl"]
    assert get_claim(engine, claim).claim.verdict == "supported"
    # A note takes nothing away, and goes in all the same.
    desk.move(engine, claim, EDITOR, desk.Note("I saw the judgment"), now=NOW, seen=0)
    with pytest.raises(desk.BadMove, match="none of claim"):
        desk.move(engine, claim, EDITOR, desk.Approve(), now=NOW, seen=first.review_id + 99)


def test_of_many_at_once_one_wins_and_all_others_are_told(engine: Engine) -> None:
    claim = of_kind(engine, "fine").claim.id
    told: list[Exception] = []
    won: list[desk.Moved] = []
    gate = threading.Barrier(8)

    def race(number: int) -> None:
        gate.wait()
        try:
            verdict = desk.Verdict("supported" if number % 2 else "contradicted")
            won.append(desk.move(engine, claim, Person(f"checker{number}", "checker"), verdict, now=NOW, seen=0))
        except desk.Overtaken as error:
            told.append(error)

    threads = [threading.Thread(target=race, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(won), len(told)) == (1, 7)
    assert len(get_claim(engine, claim).reviews) == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reviews SET note = 'other'",
        "DELETE FROM reviews",
        "INSERT OR REPLACE INTO reviews SELECT * FROM reviews LIMIT 1",
    ],
)
def test_the_log_refuses_to_be_rewritten(engine: Engine, statement: str) -> None:
    approved(engine)
    before = of_kind(engine, "fine").reviews
    with pytest.raises(IntegrityError, match="add another"), engine.begin() as connection:
        connection.exec_driver_sql(statement)
    assert of_kind(engine, "fine").reviews == before


def test_the_log_and_its_effect_stand_or_fall_together(engine: Engine) -> None:
    claim = of_kind(engine, "fine").claim.id
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER broken BEFORE UPDATE OF workflow ON claims BEGIN SELECT RAISE(ABORT, 'no'); END"
        )
    with pytest.raises((IntegrityError, sqlite3.Error)):
        desk.move(engine, claim, EDITOR, desk.Approve(), now=NOW)
    assert get_claim(engine, claim).reviews == ()


def test_a_source_is_attached_once_and_its_bearing_can_change(engine: Engine) -> None:
    claim = of_kind(engine, "fine").claim.id
    desk.move(engine, claim, CHECKER, desk.Attach(url="HTTPS://Court.Example/judgments/12"), now=NOW)
    desk.move(engine, claim, CHECKER, desk.Attach(url=COURT, title="Judgment 12", relation="contradicts"), now=NOW)
    detail = get_claim(engine, claim)
    attached = [item for item in detail.evidence if item.how == "attached"]
    assert [(item.url, item.title, item.relation) for item in attached] == [(COURT, "Judgment 12", "contradicts")]
    assert detail.claim.lacks_source
    assert detail.reviews[-1].detail is not None
    assert detail.reviews[-1].detail["was"]["relation"] == "supports"


@pytest.mark.parametrize("relation", ["contradicts", "mentions"])
def test_a_source_against_an_approved_claim_takes_it_back_to_review(engine: Engine, relation: str) -> None:
    from tracker.citations_of import citation_of

    claim = approved(engine)
    more = desk.Attach(url="https://audit.example/2", relation="supports")
    assert desk.move(engine, claim, CHECKER, more, now=NOW).workflow == "approved"
    moved = desk.move(engine, claim, CHECKER, desk.Attach(url=COURT, relation=relation), now=NOW)
    assert moved.workflow == "in_review"
    desk.move(engine, claim, EDITOR, desk.Approve(), now=NOW)
    against = ("a source that a person attached contradicts it",) if relation == "contradicts" else ()
    assert citation_of(get_claim(engine, claim)).problems == against


def test_what_was_noted_of_a_source_is_not_blanked(engine: Engine) -> None:
    claim = of_kind(engine, "fine").claim.id
    desk.move(engine, claim, CHECKER, desk.Attach(url=COURT, locator="p. 4", excerpt="pays"), now=NOW)
    desk.move(engine, claim, EDITOR, desk.Attach(url=COURT, relation="mentions"), now=NOW)
    (evidence,) = (item for item in get_claim(engine, claim).evidence if item.how == "attached")
    assert (evidence.relation, evidence.locator, evidence.excerpt) == ("mentions", "p. 4", "pays")


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "data:text/html,x", "ftp://court.example/", "https://", "https://user:pw@court.example/",
        "https://court.example/a b", 'https://court.example/"x', "//court.example/", "court.example", "https://localhost/",
        "http://127.0.0.1/zzz", "https://10.1.2.3/", "https://192.168.0.1:8080/", "https://a.localhost/", "http://127.1/",
        "http://[::ffff:127.0.0.1]/", "http://0x7f.1/", "https://court.example:8080/",
        "https://court.example/\u202e", "https://court.example/" + "x" * 2000, "http://[::1", "",
    ],
)  # fmt: skip
def test_no_other_addresses_are_attached(engine: Engine, url: str) -> None:
    with pytest.raises(desk.BadMove):
        desk.move(engine, of_kind(engine, "fine").claim.id, CHECKER, desk.Attach(url=url), now=NOW)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM evidence WHERE how = 'attached'").scalar() == 0


def test_a_citation_names_the_source_that_was_attached_in_support(engine: Engine) -> None:
    from tracker.citations_of import citation_of
    from tracker.citing.citations import as_text

    claim = of_kind(engine, "poll").claim.id
    judgment = desk.Attach(url=COURT, title="Judgment 12", publisher="Crown Court", locator="p. 4", is_primary=True)
    desk.move(engine, claim, CHECKER, judgment, now=NOW)
    against = desk.Attach(url="https://blog.example/no", title="A blog", relation="contradicts")
    desk.move(engine, claim, CHECKER, against, now=NOW)
    citation = citation_of(get_claim(engine, claim))
    assert [(source.name, source.how) for source in citation.sources] == [
        ("Judgment 12 (Crown Court), p. 4", "attached"),
        ("The council", "linked"),
    ]
    assert f"Source: Judgment 12 (Crown Court), p. 4, {COURT}; The council" in as_text(citation)


@pytest.mark.parametrize("published", ["2026-01-06", "2026-01", "2026", "1999-12-31"])
def test_a_source_may_bear_any_date_up_to_tomorrow(engine: Engine, published: str) -> None:
    claim = of_kind(engine, "fine").claim.id
    desk.move(engine, claim, CHECKER, desk.Attach(url=COURT, published=published), now="2026-01-05T23:59:59Z")
    assert [item.published for item in get_claim(engine, claim).evidence if item.how == "attached"] == [published]


@pytest.mark.parametrize("published", ["2026-01-07", "2026-02", "2027", "2099-01-01"])
def test_a_source_of_the_future_is_refused(engine: Engine, published: str) -> None:
    claim = of_kind(engine, "fine").claim.id
    with pytest.raises(desk.BadMove, match="still to come") as refused:
        desk.move(engine, claim, CHECKER, desk.Attach(url=COURT, published=published), now="2026-01-05T23:59:59Z")
    assert refused.value.field == "published"
    assert get_claim(engine, claim).reviews == ()
