"""What the page of a claim reads."""

from __future__ import annotations

from dataclasses import replace

import pytest
from db_samples import DOCUMENT, FINE, LATER, NOW, PAGE, READER, STAFF, SURVEY, claims, fine, snapshot, survey, text
from sqlalchemy import Engine

from db.claim_view import claim_view
from db.errors import AmbiguousClaim, UnknownClaim
from db.records import ClaimRecord, TextRecord
from db.store import store_document


def store(engine: Engine, content: str, made: list[ClaimRecord], now: str = NOW, **of_text: object) -> None:
    read = replace(text(content), **of_text)  # type: ignore[arg-type]
    store_document(engine, DOCUMENT, replace(snapshot(content), fetched_at=now), read, made, now, reader_version=READER)


def test_the_paragraph_holds_the_sentence_and_the_words(engine: Engine) -> None:
    store(engine, PAGE, claims(PAGE))
    view = claim_view(engine, 1)
    assert view.context == f"{FINE} {SURVEY}"
    assert PAGE[view.context_start :].startswith(view.context)
    assert (view.cut_before, view.cut_after) == (False, False)
    assert view.detail.claim.quote == FINE


def test_a_paragraph_without_end_is_cut(engine: Engine) -> None:
    content = "word " * 2000 + FINE + " more" * 2000
    one = TextRecord("generic", "1", content, (text(content).passages[0],))
    store(engine, content, [fine(content)], passages=one.passages)
    view = claim_view(engine, 1)
    assert FINE in view.context
    assert (view.cut_before, view.cut_after) == (True, True)
    assert len(view.context) == len(FINE) + 3000


def test_a_claim_outside_of_every_passage_has_its_sentence(engine: Engine) -> None:
    store(engine, PAGE, [fine(PAGE)], passages=())
    assert claim_view(engine, 1).context == FINE


def test_a_nul_in_the_text_moves_nothing(engine: Engine) -> None:
    content = "a\0b " + PAGE
    store(engine, content, [fine(content)])
    assert FINE in claim_view(engine, 1).context


def test_the_neighbours_are_the_nearest_in_the_texts_order(engine: Engine) -> None:
    store(engine, PAGE, claims(PAGE))
    view = claim_view(engine, 2, neighbours=1)
    assert [neighbour.quote for neighbour in view.neighbours] == [STAFF]
    assert view.others == 2
    assert [neighbour.id for neighbour in claim_view(engine, 2).neighbours] == [1, 3]
    assert claim_view(engine, 2).kinds == ("contract", "fine", "poll", "tracing")


def test_the_places_are_all_versions_that_carry_it_the_newest_first(engine: Engine) -> None:
    store(engine, PAGE, claims(PAGE))
    edited = PAGE.replace(SURVEY, "")
    store(engine, edited, [fine(edited)], LATER)
    found = claim_view(engine, 1)
    assert [(place.snapshot_id, place.is_current) for place in found.places] == [(2, True), (1, True)]
    gone = claim_view(engine, 2)
    assert [place.snapshot_id for place in gone.places] == [1]
    assert gone.detail.claim.state == "absent"
    assert [neighbour.id for neighbour in gone.neighbours] == [1]


def test_a_long_quote_of_a_neighbour_is_cut(engine: Engine) -> None:
    content = PAGE + "w" * 900 + " 5\n"
    long = survey(PAGE)
    words = "w" * 900 + " 5"
    start = content.index(words)
    long = replace(
        long,
        key="k" * 64,
        start=start,
        end=start + len(words),
        quote=words,
        sentence_start=start,
        sentence_end=start + len(words),
        figures=(),
        sources=(),
    )
    store(engine, content, [fine(content), long])
    (neighbour,) = claim_view(engine, 1).neighbours
    assert len(neighbour.quote) == 400
    assert neighbour.quote.endswith("…")


def test_ids_keys_and_beginnings_of_keys(engine: Engine) -> None:
    store(engine, PAGE, claims(PAGE))
    key = claim_view(engine, 1).detail.claim.key
    assert claim_view(engine, key).detail.claim.id == claim_view(engine, key[:12]).detail.claim.id == 1
    with pytest.raises(UnknownClaim):
        claim_view(engine, 999)


def test_a_beginning_of_several_keys_is_ambiguous(engine: Engine) -> None:
    made = [replace(claim, key=f"same{number}" * 8) for number, claim in enumerate(claims(PAGE))]
    store(engine, PAGE, made)
    with pytest.raises(AmbiguousClaim):
        claim_view(engine, "same")
