"""What later readings and people's corrections do to claims on a real database, and to the reviews that they have."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import review_samples
from review_samples import CHECKER, EDITOR, approved, of_kind, store
from sqlalchemy import Engine

sys.path.insert(0, str(Path(__file__).parent / "db"))
from db_samples import NOW, PAGE, claims, fine, idle, survey

from db.checks import run_checks
from db.records import ClaimRecord
from db.store import get_claim, list_claims
from tracker import desk
from tracker.judging.citable import read_otherwise

# A fixture is found by its name here.
engine = review_samples.engine


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
    assert detail.stale


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
        assert not get_claim(engine, claim).stale  # the verdict was on the same person
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


def test_reasons_know_of_readings_that_nobody_judged(engine: Engine) -> None:
    from tracker.citations_of import citation_of

    claim = approved(engine)
    assert citation_of(get_claim(engine, claim)).problems == ()
    store(engine, [changed(value=1.0, low=1.0, high=1.0), survey(PAGE), idle(PAGE)], reader="2")
    problems = citation_of(get_claim(engine, claim)).problems
    assert "its review is not finished" in problems
    assert read_otherwise({"verdict", "approve"}, "in_review") in problems
    assert get_claim(engine, claim).stale == {"verdict", "approve"}
    # The verdict was for the former figure: it is given again first.
    with pytest.raises(desk.NotNow, match="give the verdict again, then approve"):
        desk.move(engine, claim, EDITOR, desk.Approve(), now=NOW)
    assert [review.move for review in get_claim(engine, claim).reviews][-1] == "reading_changed"
    assert desk.move(engine, claim, CHECKER, desk.Verdict("supported"), now=NOW).workflow == "in_review"
    assert get_claim(engine, claim).stale == {"approve"}
    assert desk.move(engine, claim, EDITOR, desk.Approve(), now=NOW).workflow == "approved"
    assert citation_of(get_claim(engine, claim)).problems == ()
    assert get_claim(engine, claim).stale == frozenset()
    assert desk.move(engine, claim, CHECKER, desk.Verdict("outdated"), now=NOW).workflow == "in_review"


def test_a_verdict_taken_back_or_a_unit_confirmed_bars_no_approval(engine: Engine) -> None:
    claim = approved(engine)
    desk.move(engine, claim, CHECKER, desk.Correct("figure", "30 million"), now=NOW)
    with pytest.raises(desk.NotNow, match="read otherwise"):
        desk.move(engine, claim, EDITOR, desk.Approve(), now=NOW)
    desk.move(engine, claim, CHECKER, desk.Verdict("unchecked"), now=NOW)
    assert desk.move(engine, claim, EDITOR, desk.Approve(), now=NOW).workflow == "approved"
    other = of_kind(engine, "poll").claim
    desk.move(engine, other.id, CHECKER, desk.Verdict("supported"), now=NOW)
    unit = other.figures[0].unit
    assert unit
    desk.move(engine, other.id, CHECKER, desk.Correct("unit", unit, figure=0), now=NOW)
    assert desk.move(engine, other.id, EDITOR, desk.Approve(), now=NOW).workflow == "approved"


def test_a_figure_corrected_there_and_back_is_the_one_that_was_judged(engine: Engine) -> None:
    claim = approved(engine)
    was = get_claim(engine, claim).claim.figures[0].text
    desk.move(engine, claim, CHECKER, desk.Correct("figure", "30 million"), now=NOW)
    desk.move(engine, claim, CHECKER, desk.Correct("figure", was), now=NOW)
    assert desk.move(engine, claim, EDITOR, desk.Approve(), now=NOW).workflow == "approved"
