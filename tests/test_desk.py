"""The moves of a review on a real database, as the web pages and the command line both make them."""

from __future__ import annotations

import sqlite3
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError

sys.path.insert(0, str(Path(__file__).parent / "db"))
from db_samples import DOCUMENT, LATER, NOW, PAGE, claims, fine, idle, snapshot, survey, text

from db.checks import run_checks
from db.engine import open_database, writing
from db.records import ClaimRecord
from db.results import ClaimDetail
from db.store import get_claim, list_claims, store_document
from tracker import desk
from tracker.corrections import lay_over
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
            reader_version=reader, overlay=lay_over,
        )  # fmt: skip
        return desk.readings_changed(connection, result.claims_changed, LATER)


def of_kind(engine: Engine, kind: str) -> ClaimDetail:
    return get_claim(engine, list_claims(engine, kind=kind)[0].id)


def log(detail: ClaimDetail) -> list[tuple[str, str, str]]:
    return [(review.by_whom, review.move, review.to_workflow) for review in detail.reviews]


def approved(engine: Engine, kind: str = "fine") -> int:
    claim = of_kind(engine, kind).claim.id
    desk.move(engine, claim, CHECKER, desk.Attach(url=COURT, is_primary=True), now=NOW)
    desk.move(engine, claim, CHECKER, desk.Verdict("supported", note="the judgment says so"), now=NOW)
    desk.move(engine, claim, EDITOR, desk.Approve(), now=NOW)
    return claim


def test_a_claim_on_its_way_to_being_citable(engine: Engine) -> None:
    claim = approved(engine)
    detail = get_claim(engine, claim)
    assert log(detail) == [
        ("carl", "attach", "in_review"),
        ("carl", "verdict", "in_review"),
        ("edna", "approve", "approved"),
    ]
    assert (detail.claim.workflow, detail.claim.verdict, detail.reading_judged) == ("approved", "supported", True)
    assert not detail.claim.lacks_source
    assert detail.reviews[1].note == "the judgment says so"
    assert detail.reviews[0].detail is not None
    assert detail.reviews[0].detail["url"] == COURT
    assert run_checks(Path(str(engine.url.database))) == []


def test_a_refused_move_leaves_no_trace(engine: Engine) -> None:
    claim = of_kind(engine, "fine").claim.id
    for person, request, error in (
        (CHECKER, desk.Approve(), desk.NotAllowed),
        (READER, desk.Note("hm"), desk.NotAllowed),
        (EDITOR, desk.Recall("wrong"), desk.NotNow),
        (EDITOR, desk.Verdict("perhaps"), desk.BadMove),
        (EDITOR, desk.Flag("  "), desk.BadMove),
        (EDITOR, desk.Note("x" * 10_001), desk.BadMove),
        (Person(" ", "editor"), desk.Approve(), desk.BadMove),
        (EDITOR, desk.Attach(url="javascript:alert(1)"), desk.BadMove),
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


def test_reading_the_same_again_changes_nothing(engine: Engine) -> None:
    claim = approved(engine)
    assert store(engine, claims(PAGE), reader="2") == ()
    detail = get_claim(engine, claim)
    assert (detail.claim.workflow, len(detail.reviews)) == ("approved", 3)


def changed(**fields: Any) -> ClaimRecord:
    """The fine with its figure read otherwise."""
    return fine(PAGE, figures=(replace(fine(PAGE).figures[0], **fields),))


@pytest.mark.parametrize(
    ("now", "field"),
    [
        (changed(value=23_000.0, low=23_000.0, high=23_000.0), "figures"),
        (changed(unit="EUR"), "figures"),
        (changed(comparator=">"), "figures"),
        (fine(PAGE, speaker="Ann Clerk"), "speaker"),
        (fine(PAGE, origin="Westbury Council"), "origin"),
    ],
)
def test_an_approved_claim_that_reads_otherwise_goes_back_with_both_readings(
    engine: Engine, now: ClaimRecord, field: str
) -> None:
    claim = approved(engine)
    assert store(engine, [now, survey(PAGE), idle(PAGE)], reader="2") == (claim,)
    detail = get_claim(engine, claim)
    assert detail.claim.workflow == "in_review"
    last = detail.reviews[-1]
    assert (last.move, last.by_whom, last.role) == ("reading_changed", "tracker", "program")
    assert last.detail is not None
    assert last.detail["was"] == detail.reviews[2].reading
    assert last.reading[field] != last.detail["was"][field]
    assert last.reading == detail.reading
    assert len(detail.reviews) == 4
    assert not detail.reading_judged


def test_a_rejected_claim_that_reads_otherwise_is_looked_at_again(engine: Engine) -> None:
    claim = of_kind(engine, "fine").claim.id
    desk.move(engine, claim, CHECKER, desk.Reject("misread"), now=NOW)
    assert not any(found.id == claim for found in list_claims(engine, lacking_source=True))
    assert store(engine, [changed(value=1.0, low=1.0, high=1.0), survey(PAGE), idle(PAGE)], reader="2") == (claim,)
    assert get_claim(engine, claim).claim.workflow == "in_review"


def test_a_claim_that_is_cut_otherwise_keeps_its_id_and_reviews(engine: Engine) -> None:
    claim = approved(engine)
    whole = fine(PAGE)
    # Another key, another span: the clause without its last words, the figure with one word more.
    end = whole.start + len("Northgate Services was fined £23 million")
    cut = replace(whole, key="f" * 64, end=end, quote=PAGE[whole.start : end])
    assert store(engine, [cut, survey(PAGE), idle(PAGE)], reader="2") == (claim,)
    detail = get_claim(engine, claim)
    assert (detail.claim.quote, detail.claim.key, len(detail.reviews)) == (cut.quote, whole.key, 4)
    assert len(list_claims(engine, kind="fine", withdrawn=True)) == 1
    # And found again by its further key, not by its place.
    store(engine, [cut, survey(PAGE), idle(PAGE)], reader="3")
    assert [found.id for found in list_claims(engine, kind="fine")] == [claim]
    # Back under its first key.
    store(engine, claims(PAGE), reader="4")
    assert [found.id for found in list_claims(engine, kind="fine", withdrawn=True)] == [claim]


def test_a_claim_with_other_digits_in_the_same_place_is_another(engine: Engine) -> None:
    claim = approved(engine)
    at = PAGE.index("23")
    three = replace(fine(PAGE).figures[0], start=at + 1, end=at + 2, text="3", value=3.0)
    other = replace(fine(PAGE), key="e" * 64, figures=(three,))
    store(engine, [other, survey(PAGE), idle(PAGE)], reader="2")
    assert get_claim(engine, claim).claim.state == "withdrawn"
    assert len(get_claim(engine, claim).reviews) == 3
    assert [found.id != claim for found in list_claims(engine, kind="fine")] == [True]


def test_another_extraction_of_the_page_finds_the_claim_in_fuzzily_the_same_sentence(engine: Engine) -> None:
    claim = approved(engine)
    content = PAGE.replace("tagging contracts.", "tagging  contracts .")
    moved = claims(PAGE)
    ends = [content.index("contracts .") + 11, content.index("the company.") + 12, content.index("a month.") + 8]
    read = []
    for number, (record, end) in enumerate(zip(moved, ends, strict=True)):
        figure = record.figures[0]
        at, start = content.index(figure.text), content.index(record.quote[:20])
        read.append(
            replace(
                record, key=f"{number}" * 64, start=start, end=end, quote=content[start:end],
                sentence_start=start, sentence_end=end,
                figures=(replace(figure, start=at, end=at + len(figure.text)),), sources=(),
            )
        )  # fmt: skip
    store(engine, read, reader="2", content=content)
    detail = get_claim(engine, claim)
    assert detail.claim.state == "present"
    assert len(detail.reviews) >= 3
    assert len(list_claims(engine, withdrawn=True)) == 3


class TestCorrections:
    def test_a_unit_must_be_confirmed_by_a_person(self, engine: Engine) -> None:
        guessed = changed(unit_stated=False, unit_reason="of the publisher")
        store(engine, [guessed, survey(PAGE), idle(PAGE)], reader="2")
        claim = approved(engine)
        assert [f.confirmed_by for f in get_claim(engine, claim).claim.figures] == [None]
        moved = desk.move(engine, claim, CHECKER, desk.Correct("unit", "GBP", figure=0), now=NOW)
        assert moved.workflow == "approved"  # the unit is what it was: the approval stands
        store(engine, [guessed, survey(PAGE), idle(PAGE)], reader="3")
        figure = get_claim(engine, claim).claim.figures[0]
        assert (figure.unit, figure.unit_stated, figure.confirmed_by) == ("GBP", False, "carl")

    def test_a_corrected_figure_survives_re_reading(self, engine: Engine) -> None:
        claim = approved(engine)
        moved = desk.move(engine, claim, CHECKER, desk.Correct("figure", "over 19.2 million"), now=NOW)
        assert moved.workflow == "in_review"
        for reader in ("1", "2", "3"):
            assert store(engine, claims(PAGE), reader=reader) == ()
            figure = get_claim(engine, claim).claim.figures[0]
            assert (figure.value, figure.comparator, figure.unit) == (19_200_000, ">", "GBP")
            assert "19,200,000" in (get_claim(engine, claim).claim.figure_text or "")
        review = get_claim(engine, claim).reviews[-1]
        assert review.detail is not None
        assert (review.detail["was"]["value"], review.detail["now"]["value"]) == (23_000_000, 19_200_000)

    @pytest.mark.parametrize(
        ("typed", "value", "comparator", "unit"),
        [
            ("24", 24, "=", "GBP"),
            ("over 24", 24, ">", "GBP"),
            ("19,200,000", 19_200_000, "=", "GBP"),
            ("€2m", 2_000_000, "=", "EUR"),
            ("2.5 million", 2_500_000, "=", "GBP"),
        ],
    )
    def test_a_figure_is_typed_as_people_write_it(
        self, engine: Engine, typed: str, value: float, comparator: str, unit: str
    ) -> None:
        claim = of_kind(engine, "fine").claim.id
        desk.move(engine, claim, CHECKER, desk.Correct("figure", typed), now=NOW)
        figure = get_claim(engine, claim).claim.figures[0]
        assert (figure.value, figure.comparator, figure.unit) == (value, comparator, unit)

    def test_a_stance_that_was_read_wrongly_no_longer_bars_the_claim(self, engine: Engine) -> None:
        denied = fine(PAGE, stance="denied")
        store(engine, [denied, survey(PAGE), idle(PAGE)], reader="2")
        claim = of_kind(engine, "fine").claim.id
        with pytest.raises(desk.BadMove, match="no stance"):
            desk.move(engine, claim, CHECKER, desk.Correct("stance", "true"), now=NOW)
        desk.move(engine, claim, CHECKER, desk.Correct("stance", "asserted"), now=NOW)
        store(engine, [denied, survey(PAGE), idle(PAGE)], reader="3")
        assert get_claim(engine, claim).claim.stance == "asserted"

    def test_a_citation_says_that_its_figure_was_corrected(self, engine: Engine) -> None:
        from tracker.citations_of import citation_of

        claim = of_kind(engine, "fine").claim.id
        desk.move(engine, claim, CHECKER, desk.Correct("figure", "24 million"), now=NOW)
        assert citation_of(get_claim(engine, claim)).figures == (
            '£24,000,000 (as corrected; the text has "£23 million")',
        )
        assert get_claim(engine, claim).claim.figures[0].corrected_by == "carl"

    def test_a_corrected_fraction_is_not_told_in_its_old_words(self, engine: Engine) -> None:
        share = replace(fine(PAGE).figures[0], value=0.2, low=0.2, high=0.2, unit="fraction", dimension="proportion")
        store(engine, [fine(PAGE, figures=(share,)), survey(PAGE), idle(PAGE)], reader="2")
        claim = of_kind(engine, "fine").claim.id
        desk.move(engine, claim, CHECKER, desk.Correct("figure", "one in four"), now=NOW)
        assert get_claim(engine, claim).claim.figure_text == "0.25"

    def test_speaker_kind_and_words(self, engine: Engine) -> None:
        claim = of_kind(engine, "fine").claim.id
        desk.move(engine, claim, CHECKER, desk.Correct("speaker", "Ann Clerk"), now=NOW)
        desk.move(engine, claim, CHECKER, desk.Correct("kind", "settlement"), now=NOW)
        desk.move(engine, claim, CHECKER, desk.Correct("span", "was fined £23  million"), now=NOW)
        for reader in ("1", "2"):
            store(engine, claims(PAGE), reader=reader)
            found = get_claim(engine, claim).claim
            assert (found.speaker, found.kind, found.quote) == ("Ann Clerk", "settlement", "was fined £23 million")
            assert "fine" in found.also_kinds
            assert PAGE[found.start : found.end] == found.quote
        assert run_checks(Path(str(engine.url.database))) == []

    def test_words_that_the_text_does_not_have_are_refused(self, engine: Engine) -> None:
        claim = of_kind(engine, "fine").claim.id
        with pytest.raises(desk.BadMove, match="do not stand"):
            desk.move(engine, claim, CHECKER, desk.Correct("span", "was fined £24 million"), now=NOW)

    @pytest.mark.parametrize("words", ["fined", "over the tagging contracts"])
    def test_words_that_hide_the_figure_or_are_too_few_are_refused(self, engine: Engine, words: str) -> None:
        claim = of_kind(engine, "fine").claim.id
        with pytest.raises(desk.BadMove):
            desk.move(engine, claim, CHECKER, desk.Correct("span", words), now=NOW)
        assert len(get_claim(engine, claim).claim.figures) == 1

    @pytest.mark.parametrize("typed", ["", "lots", "5 million and 6 million", "https://x.example/1"])
    def test_what_is_no_figure_is_refused(self, engine: Engine, typed: str) -> None:
        with pytest.raises(desk.BadMove):
            desk.move(engine, of_kind(engine, "fine").claim.id, CHECKER, desk.Correct("figure", typed), now=NOW)

    def test_an_alias_joins_two_parties_for_good(self, engine: Engine) -> None:
        claim = approved(engine, "poll")
        wrong = desk.Correct("alias", "Anne Clark", wrong="Ann Clerk")
        desk.move(engine, of_kind(engine, "fine").claim.id, CHECKER, wrong, now=NOW)
        detail = get_claim(engine, claim)
        assert detail.claim.speaker == "Anne Clark"
        # Nobody looked at this claim when the names were joined: it is looked at again.
        assert (detail.claim.workflow, detail.reviews[-1].move) == ("in_review", "reading_changed")
        desk.move(engine, claim, EDITOR, desk.Approve(), now=NOW)
        assert get_claim(engine, claim).reading_judged  # the verdict was on the same person
        assert store(engine, claims(PAGE), reader="2") == ()
        assert get_claim(engine, claim).claim.speaker == "Anne Clark"
        assert [found.id for found in list_claims(engine, search="Anne Clark")] == [claim]
        with pytest.raises(desk.BadMove, match="one already"):
            desk.move(engine, claim, CHECKER, wrong, now=NOW)
        with pytest.raises(desk.BadMove, match='another name of "Anne Clark"'):
            desk.move(engine, claim, CHECKER, desk.Correct("alias", "Bob", wrong="Ann Clerk"), now=NOW)

    def test_an_alias_can_be_taken_back(self, engine: Engine) -> None:
        claim, other = of_kind(engine, "poll").claim.id, of_kind(engine, "fine").claim.id
        desk.move(engine, other, CHECKER, desk.Correct("alias", "Anne Clark", wrong="Ann Clerk"), now=NOW)
        assert get_claim(engine, claim).claim.speaker == "Anne Clark"
        desk.move(engine, other, CHECKER, desk.Correct("alias", "Ann Clerk", wrong="Ann Clerk"), now=NOW)
        assert get_claim(engine, claim).claim.speaker == "Ann Clerk"
        store(engine, claims(PAGE), reader="2")
        assert get_claim(engine, claim).claim.speaker == "Ann Clerk"
        with pytest.raises(desk.BadMove, match="no other name"):
            desk.move(engine, other, CHECKER, desk.Correct("alias", "Ann Clerk", wrong="Ann Clerk"), now=NOW)

    def test_a_correction_whose_words_are_gone_is_told_of(self, engine: Engine) -> None:
        claim = of_kind(engine, "fine").claim.id
        desk.move(engine, claim, CHECKER, desk.Correct("figure", "19.2 million"), now=NOW)
        desk.move(engine, claim, EDITOR, desk.Approve(), now=NOW)
        at = PAGE.index("23 million")
        other = replace(fine(PAGE).figures[0], start=at, end=at + len("23 million"), text="23 million")
        assert store(engine, [fine(PAGE, figures=(other,)), survey(PAGE), idle(PAGE)], reader="2") == (claim,)


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
        "https://court.example/\u202e", "https://court.example/" + "x" * 2000, "http://[::1", "",
    ],
)  # fmt: skip
def test_no_other_addresses_are_attached(engine: Engine, url: str) -> None:
    with pytest.raises(desk.BadMove):
        desk.move(engine, of_kind(engine, "fine").claim.id, CHECKER, desk.Attach(url=url), now=NOW)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM evidence WHERE how = 'attached'").scalar() == 0


def test_reasons_know_of_readings_that_nobody_judged(engine: Engine) -> None:
    from tracker.citations_of import citation_of

    claim = approved(engine)
    assert citation_of(get_claim(engine, claim)).problems == ()
    store(engine, [changed(value=1.0, low=1.0, high=1.0), survey(PAGE), idle(PAGE)], reader="2")
    problems = citation_of(get_claim(engine, claim)).problems
    assert "its review is not finished" in problems
    assert "its verdict or its approval was given when it read otherwise: give it again" in problems
    # Approved again, but the verdict was for the former figure.
    desk.move(engine, claim, EDITOR, desk.Approve(), now=NOW)
    again = "its verdict or its approval was given when it read otherwise: give it again"
    assert citation_of(get_claim(engine, claim)).problems == (again,)
    assert desk.move(engine, claim, CHECKER, desk.Verdict("supported"), now=NOW).workflow == "approved"
    assert citation_of(get_claim(engine, claim)).problems == ()
    assert desk.move(engine, claim, CHECKER, desk.Verdict("outdated"), now=NOW).workflow == "in_review"


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
