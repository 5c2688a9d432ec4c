"""What became of pages: figures that drifted, words that went, pages gone, copies, and the morning's numbers."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa
from capture_samples import SHA, change, copy, visit
from db_samples import DOCUMENT, PAGE, READER, fine, snapshot, survey, text
from sqlalchemy import Engine

from db.claim_capture import claim_capture
from db.claim_view import claim_view
from db.document_view import document_view
from db.engine import reading, writing
from db.morning import Morning, morning
from db.page_changes import claim_drifts, document_changes, first_without
from db.page_visits import PageStanding, changed_since, standing_of_document
from db.queries import get_claim
from db.records import ClaimRecord
from db.same_story import copies_count, same_story
from db.store import store_document

FIRST, SECOND, THIRD, FOURTH = (f"2026-01-0{day}T09:00:00Z" for day in (5, 6, 7, 8))


def store(
    engine: Engine, content: str, made: list[ClaimRecord], at: str, url: str = DOCUMENT.key, **more: object
) -> int:
    record = replace(DOCUMENT, key=url, url=url, **more)  # type: ignore[arg-type]
    kept = replace(snapshot(content), fetched_at=at)
    return store_document(engine, record, kept, text(content), made, at, reader_version=READER).document_id


def sha(content: str) -> str:
    return snapshot(content).sha256


#: The page as it was, with another fine, with yet another, and with no fine at all.
MORE, MOST = PAGE.replace("£23 million", "over £30 million"), PAGE.replace("£23 million", "£41 million")
WITHOUT = PAGE.replace("was fined £23 million over", "spoke of")


def sentence(fined: str) -> str:
    return f"Northgate Services was fined {fined}."


def drifted(engine: Engine, at: str, was: str, now: str, **more: object) -> None:
    change(engine, at, was, now, sentences=(sentence(was), sentence(now) if now else ""), **more)  # type: ignore[arg-type]


def drifts(engine: Engine, claim: int = 1) -> list[tuple[str, str, str, bool]]:
    with reading(engine) as connection:
        return [(one.before, one.after, one.at, one.is_back) for one in claim_drifts(connection, claim)]


def test_a_figure_is_followed_to_what_stands_there_now(engine: Engine) -> None:
    store(engine, PAGE, [fine(PAGE)], FIRST)
    assert drifts(engine) == []
    drifted(engine, SECOND, "£23 million", "over £30 million", claim=1, versions=(sha(PAGE), sha(MORE)))
    store(engine, MORE, [], SECOND)
    assert drifts(engine) == [("£23 million", "over £30 million", SECOND, False)]
    # The next one is a change of the words that stood there then, and of no claim of ours.
    drifted(engine, THIRD, "over £30 million", "£41 million", versions=(sha(MORE), sha(MOST)))
    store(engine, MOST, [], THIRD)
    assert drifts(engine) == [("£23 million", "£41 million", THIRD, False)]
    # The sentence goes whole.
    change(engine, FOURTH, "", "", kind="words", sentences=(sentence("£41 million"), ""))
    assert drifts(engine) == [("£23 million", "", FOURTH, False)]


def test_words_of_the_sentence_that_change_do_not_lose_the_figure(engine: Engine) -> None:
    store(engine, PAGE, [fine(PAGE)], FIRST)
    drifted(engine, SECOND, "£23 million", "£30 million", claim=1)
    mended = sentence("£30 million").replace("Services", "Services Ltd")
    change(engine, THIRD, "Services", "Services Ltd", kind="words", sentences=(sentence("£30 million"), mended))
    change(engine, FOURTH, "£30", "£39", sentences=(mended, mended.replace("£30", "£39")))
    assert drifts(engine) == [("£23 million", "£39 million", FOURTH, False)]


def test_changes_of_other_sentences_are_not_taken_for_it(engine: Engine) -> None:
    store(engine, PAGE, [fine(PAGE)], FIRST)
    drifted(engine, SECOND, "£23 million", "£30 million", claim=1)
    change(engine, THIRD, "£30 million", "£50 million", sentences=("They lost £30 million.", "They lost £50 million."))
    assert drifts(engine) == [("£23 million", "£30 million", SECOND, False)]


def test_two_figures_of_one_sentence_are_told_apart(engine: Engine) -> None:
    store(engine, PAGE, [fine(PAGE)], FIRST)
    both = ("It lost 40 vans and 12 depots.", "It lost 44 vans and 13 depots.")
    change(engine, SECOND, "40", "44", claim=1, sentences=both)
    change(engine, SECOND, "12", "13", claim=1, sentences=both)
    assert drifts(engine) == [("40", "44", SECOND, False), ("12", "13", SECOND, False)]


def test_a_figure_that_came_back_is_said_to_be_back(engine: Engine) -> None:
    store(engine, PAGE, [fine(PAGE)], FIRST)
    drifted(engine, SECOND, "£23 million", "over £30 million", claim=1, versions=(sha(PAGE), sha(MORE)))
    store(engine, MORE, [], SECOND)
    drifted(engine, THIRD, "over £30 million", "£23 million", versions=(sha(MORE), sha(PAGE)))
    with writing(engine) as connection:
        connection.exec_driver_sql("UPDATE snapshots SET fetched_at = ? WHERE sha256 = ?", (THIRD, sha(PAGE)))
    assert drifts(engine) == [("£23 million", "£23 million", THIRD, True)]


def test_words_that_stand_on_a_later_version_are_back(engine: Engine) -> None:
    # Between two visits the sentence was written anew, so that nothing leads from one change to the next.
    store(engine, PAGE, [fine(PAGE)], FIRST)
    drifted(engine, SECOND, "£23 million", "over £30 million", claim=1, versions=(sha(PAGE), sha(MORE)))
    store(engine, MORE, [], SECOND)
    again = PAGE + "A note.\n"
    store(engine, again, [fine(again)], THIRD)
    assert [one[3] for one in drifts(engine)] == [True]


def test_a_word_before_the_claims_own_does_not_go_away_because_the_claim_still_stands(engine: Engine) -> None:
    # Its words are the same; what stands before them is not, on this version and on the next.
    store(engine, PAGE, [fine(PAGE)], FIRST)
    around = PAGE.replace("Northgate", "Nearly: Northgate", 1)
    drifted(engine, SECOND, "£23 million", "nearly £23 million", claim=1, versions=(sha(PAGE), sha(around)))
    store(engine, around, [fine(around)], SECOND)
    later = around + "A note.\n"
    store(engine, later, [fine(later)], THIRD)
    assert drifts(engine) == [("£23 million", "nearly £23 million", SECOND, False)]


def test_since_when_the_words_are_gone(engine: Engine) -> None:
    store(engine, PAGE, [fine(PAGE), survey(PAGE)], FIRST)
    store(engine, MORE, [survey(MORE)], SECOND)
    store(engine, WITHOUT, [survey(WITHOUT)], THIRD)
    with reading(engine) as connection:
        assert first_without(connection, 1) == SECOND
        # The survey stands there still.
        assert first_without(connection, 2) is None


def test_the_changes_of_a_document_are_counted_and_each_told_once(engine: Engine) -> None:
    store(engine, PAGE, [fine(PAGE), survey(PAGE)], FIRST)
    for claim in (1, 2):
        drifted(engine, SECOND, "£23 million", "£30 million", claim=claim)
    change(engine, SECOND, "old", "new", kind="words")
    change(engine, SECOND, "“", '"', kind="boring")
    drifted(engine, THIRD, "£30 million", "£41 million", versions=("b", "c"))
    change(engine, THIRD, "1", "2", document=None, source=1, versions=("b", "c"))
    with reading(engine) as connection:
        found = document_changes(connection, 1)
        one = document_changes(connection, 1, limit=1)
        assert document_changes(connection, 99).versions is None
    assert [(each.after, each.claims) for each in found.figures] == [("£41 million", ()), ("£30 million", (1, 2))]
    assert (found.all_figures, found.words, found.boring, found.is_all) == (2, 1, 1, True)
    assert found.versions is not None
    assert {key: (each.figures, each.words, each.boring) for key, each in found.versions.items()} == {
        SHA["b"]: (1, 1, 1), SHA["c"]: (1, 0, 0),
    }  # fmt: skip
    assert (len(one.figures), one.all_figures) == (1, 2)


def test_many_changes_are_read_in_part_and_said_to_be(engine: Engine) -> None:
    store(engine, PAGE, [fine(PAGE)], FIRST)
    for number in range(210):
        change(engine, SECOND, str(number), str(number + 1))
    with reading(engine) as connection:
        found = document_changes(connection, 1)
    assert (len(found.figures), found.all_figures, found.is_all) == (10, 200, False)


VISITS = [
    # Found, whatever it was like.
    (("new", "unchanged"), ("found", None, SECOND, 0)),
    # One miss is no more than that.
    (("new", "missing"), ("missing", SECOND, FIRST, 1)),
    # It is gone since it was first not found.
    (("new", "missing", "gone"), ("gone", SECOND, FIRST, 2)),
    # That it could not be asked since does not bring it back, but a page there does.
    (("new", "gone", "failed"), ("gone", SECOND, FIRST, 2)),
    (("gone", "changed", "failed"), ("failed", THIRD, SECOND, 1)),
    # A page that nobody has ever seen.
    (("failed", "failed"), ("failed", FIRST, None, 2)),
]


@pytest.mark.parametrize(("outcomes", "expected"), VISITS)
def test_how_a_page_is_doing(
    engine: Engine, outcomes: tuple[str, ...], expected: tuple[str, str | None, str | None, int]
) -> None:
    store(engine, PAGE, [fine(PAGE)], FIRST)
    for at, outcome in zip((FIRST, SECOND, THIRD), outcomes, strict=False):
        visit(engine, at, outcome, document=1, status=404, reason="no such page")
    with reading(engine) as connection:
        found = standing_of_document(connection, 1)
        assert standing_of_document(connection, 99) == PageStanding()
    assert (found.state, found.since, found.found, found.times) == expected
    assert (found.outcome, found.status, found.reason) == (outcomes[-1], 404, "no such page")


def test_a_source_has_changed_since_it_was_attached(engine: Engine) -> None:
    store(engine, PAGE, [survey(PAGE)], SECOND)
    visit(engine, FIRST, "changed", source=1)
    visit(engine, THIRD, "changed", source=1)
    visit(engine, FOURTH, "changed", source=1)
    with reading(engine) as connection:
        assert changed_since(connection, 1, SECOND) == THIRD
        assert changed_since(connection, 1, FOURTH) is None
    with writing(engine) as connection:
        connection.exec_driver_sql("UPDATE sources SET liveness = 'changed'")
    assert claim_capture(engine, get_claim(engine, 1)).sources == {1: THIRD}


def test_a_source_is_gone_since_it_was_first_not_found(engine: Engine) -> None:
    store(engine, PAGE, [survey(PAGE)], FIRST)
    with writing(engine) as connection:
        connection.exec_driver_sql("UPDATE sources SET liveness = 'gone'")
    # Somebody else's page told it: nobody knows since when.
    assert claim_capture(engine, get_claim(engine, 1)).sources == {1: None}
    visit(engine, SECOND, "missing", source=1)
    visit(engine, THIRD, "gone", source=1)
    assert claim_capture(engine, get_claim(engine, 1)).sources == {1: SECOND}


def test_the_same_story_elsewhere(engine: Engine) -> None:
    for number, (outlet, day) in enumerate([("Wire", "01"), ("The Example", "02"), ("Post", "04"), ("Post", "03")], 1):
        store(engine, PAGE, [], FIRST, f"https://{number}.example.org/", publisher=outlet, published=f"2026-01-{day}")
    for later in (2, 3, 4):
        copy(engine, later, 1, 0.9)
    copy(engine, 3, 2)
    copy(engine, 4, 2)
    copy(engine, 2, 4, relation="corrects")
    with reading(engine) as connection:
        found = same_story(connection, 2)
        one = same_story(connection, 2, limit=1)
        assert copies_count(connection, 2) == found.others == 3
        assert same_story(connection, 99).others == copies_count(connection, 99) == 0
    # The earlier one first, then the later ones by their day; four documents, three outlets.
    assert [(each.id, each.is_earlier, each.outlet) for each in found.copies] == [
        (1, True, "Wire"), (4, False, "Post"), (3, False, "Post"),
    ]  # fmt: skip
    assert (found.earlier, found.later, found.outlets) == (1, 2, 3)
    assert (len(one.copies), one.others, one.outlets) == (1, 3, 3)


def test_the_morning_after(engine: Engine) -> None:
    store(engine, PAGE, [fine(PAGE), survey(PAGE)], FIRST)
    store(engine, PAGE, [], FIRST, "https://two.example.org/")
    assert morning(engine, FIRST) == Morning()
    assert morning(engine, FIRST).is_quiet
    drifted(engine, FIRST, "£23 million", "£30 million", claim=1)
    drifted(engine, SECOND, "£30 million", "£41 million")
    change(engine, SECOND, "old", "new", kind="words")
    change(engine, SECOND, "1", "2", document=None, source=1)
    visit(engine, SECOND, "gone", document=1)
    visit(engine, THIRD, "changed", document=1)
    visit(engine, SECOND, "gone", document=2)
    visit(engine, THIRD, "gone", document=2)
    visit(engine, SECOND, "gone", source=1)
    with writing(engine) as connection:
        connection.exec_driver_sql("UPDATE sources SET liveness = 'gone'")
    # Page 1 came back, and what is told of sources is no figure of a document.
    assert morning(engine, FIRST) == Morning(2, 1, 1, (), (2,))
    assert morning(engine, SECOND).figures == 1
    with writing(engine) as connection:
        connection.exec_driver_sql("UPDATE claims SET workflow = 'approved' WHERE id = 2")
    assert morning(engine, FIRST).approved_sources == (1,)


def test_each_is_read_by_an_index(engine: Engine) -> None:
    store(engine, PAGE, [fine(PAGE), survey(PAGE)], FIRST)
    store(engine, WITHOUT, [], SECOND)
    store(engine, PAGE, [], FIRST, "https://two.example.org/")
    drifted(engine, SECOND, "£23 million", "£30 million", claim=1)
    copy(engine, 2, 1)
    visit(engine, SECOND, "gone", document=1)
    visit(engine, SECOND, "changed", source=1)
    asked: list[str] = []
    sa.event.listen(engine, "before_cursor_execute", lambda c, cursor, statement, *rest: asked.append(statement))
    for liveness in ("changed", "gone"):
        with writing(engine) as connection:
            connection.exec_driver_sql("UPDATE sources SET liveness = ?", (liveness,))
        claim_view(engine, 1)
        claim_view(engine, 2)
        document_view(engine, 1, lambda words: [(0, len(words))])
        morning(engine, FIRST)
    plans = 0
    with engine.connect() as connection:
        for statement in {one for one in asked if one.lstrip().upper().startswith(("SELECT", "WITH"))}:
            given = tuple([1] * statement.count("?"))
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given):
                plans += 1
                # What is counted of a bounded part of the changes, and the leaps from kind to kind.
                if {"newest", "leaps", "CONSTANT"} & set(row[3].split()):
                    continue
                assert not row[3].startswith("SCAN") or "INDEX" in row[3], (row[3], statement)
                for coarse in ("ix_changes_kind", "ix_document_links_relation", "ix_claims_workflow"):
                    assert coarse not in row[3] or "at>" in row[3], (row[3], statement)
                # All visits that found a page gone are few; those that found one changed are not.
                assert "ix_visits_outcome" not in row[3] or "DISTINCT visits.document_id" in statement, statement
    assert plans > 40
