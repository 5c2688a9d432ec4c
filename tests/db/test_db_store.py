"""Storing readings: what is new, what is the same, what is found no longer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

import pytest
from db_samples import (
    DOCUMENT,
    DUMP,
    FINE,
    LATER,
    NOW,
    PAGE,
    READER,
    claims,
    fine,
    idle,
    snapshot,
    survey,
    text,
)
from sqlalchemy import Engine

from db.checks import run_checks
from db.claim_writes import Backing
from db.errors import RecordError
from db.models import METADATA
from db.records import AttachedSource, ClaimRecord, DocumentRecord, FigureRecord, StoreResult, TextRecord
from db.store import get_claim, known_snapshot, list_claims, store_document


def stored(
    engine: Engine,
    content: str = PAGE,
    found: list[ClaimRecord] | None = None,
    *,
    document: DocumentRecord = DOCUMENT,
    extraction: TextRecord | None = None,
    now: str = NOW,
    reader: str = READER,
    backing: Backing | None = None,
) -> StoreResult:
    given = claims(content) if found is None else found
    extraction = extraction or text(content)
    return store_document(
        engine, document, snapshot(content), extraction, given, now, reader_version=reader, backing=backing
    )


def everything(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, but for when a document was last looked at."""
    with engine.connect() as connection:
        return {
            name: [
                tuple(value for key, value in row._mapping.items() if key != "last_checked")
                for row in connection.execute(table.select())
            ]
            for name, table in METADATA.tables.items()
        }


def states(engine: Engine) -> dict[str, str]:
    return {claim.kind: claim.state for claim in list_claims(engine, withdrawn=True)}


def test_a_new_reading_is_stored_whole(engine: Engine) -> None:
    result = stored(engine)
    assert (result.new_document, result.new_snapshot, result.new_text) == (True, True, True)
    assert (result.claims_new, result.claims_seen, result.claims_withdrawn) == (3, 0, 0)
    first = list_claims(engine)[0]
    given = fine(PAGE)
    for name in (
        "key",
        "start",
        "end",
        "quote",
        "kind",
        "also_kinds",
        "subject",
        "origin",
        "chain",
        "figures",
    ):
        assert getattr(first, name) == getattr(given, name), name
    assert first.speaker is None
    assert first.document.publisher == "The Example"
    assert run_checks_of(engine) == []


def run_checks_of(engine: Engine) -> list[Any]:
    return run_checks(str(engine.url.database))


def test_the_same_thing_twice_changes_nothing_but_last_checked(engine: Engine) -> None:
    stored(engine)
    before = everything(engine)
    again = stored(engine, now=LATER)
    assert (again.new_document, again.new_snapshot, again.new_text) == (False, False, False)
    assert (again.claims_new, again.claims_seen, again.claims_withdrawn) == (0, 3, 0)
    assert again.claims_changed == ()
    assert everything(engine) == before
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT last_checked FROM documents").scalar() == LATER


def test_a_page_and_its_dump_come_to_rest_when_added_in_turn(engine: Engine) -> None:
    poorer = replace(DOCUMENT, byline=None, published=None, title="Contract goes wrong", won_by={})
    dumped = [replace(fine(DUMP), speaker="Ann Clerk"), *claims(DUMP)[1:]]
    for now in (NOW, NOW):
        stored(engine, now=now)
        stored(engine, DUMP, dumped, document=poorer, extraction=text(DUMP, "text-dump"), now=now)
    before = everything(engine)
    assert [len(before[name]) for name in ("documents", "snapshots", "texts", "claims", "claim_spans")] == [
        1,
        2,
        2,
        3,
        6,
    ]
    assert stored(engine, now=LATER).claims_seen == 3
    stored(engine, DUMP, dumped, document=poorer, extraction=text(DUMP, "text-dump"), now=LATER)
    assert everything(engine) == before
    assert run_checks_of(engine) == []


def test_what_a_reading_gives_no_longer_is_withdrawn_and_comes_back(engine: Engine) -> None:
    stored(engine)
    result = stored(engine, found=[fine(PAGE), idle(PAGE)], reader="2.0", now=LATER)
    assert result.claims_withdrawn == 1
    assert states(engine) == {"fine": "present", "poll": "withdrawn", "tracing": "present"}
    assert [claim.kind for claim in list_claims(engine)] == ["fine", "tracing"]
    lost = next(claim for claim in list_claims(engine, withdrawn=True) if claim.kind == "poll")
    assert (lost.reader_version, lost.updated_at) == ("2.0", LATER)
    assert get_claim(engine, lost.id).sentence == lost.quote
    assert stored(engine, found=[fine(PAGE), idle(PAGE)], reader="2.0").claims_withdrawn == 0
    assert run_checks_of(engine) == []
    stored(engine, reader="2.0")
    assert states(engine)["poll"] == "present"
    assert get_claim(engine, lost.key).claim.id == lost.id


def test_an_empty_reading_withdraws_everything_and_deletes_nothing(engine: Engine) -> None:
    stored(engine)
    assert stored(engine, found=[]).claims_withdrawn == 3
    assert set(states(engine).values()) == {"withdrawn"}
    assert run_checks_of(engine) == []


def test_a_claim_of_another_snapshot_stays_as_long_as_its_own_text_gives_it(engine: Engine) -> None:
    stored(engine)
    dump = text(DUMP, "text-dump")
    assert stored(engine, DUMP, [fine(DUMP)], extraction=dump).claims_withdrawn == 0
    assert set(states(engine).values()) == {"present"}
    # The dump gives it still, so the page alone cannot withdraw it.
    assert stored(engine, found=[survey(PAGE)]).claims_withdrawn == 1
    assert states(engine) == {"fine": "present", "poll": "present", "tracing": "withdrawn"}
    assert stored(engine, DUMP, [], extraction=dump).claims_withdrawn == 1
    assert states(engine)["fine"] == "withdrawn"
    assert run_checks_of(engine) == []


def test_a_better_extraction_of_a_snapshot_replaces_the_older_one(engine: Engine) -> None:
    stored(engine)
    clean = PAGE.replace(f"\n\n{idle(PAGE).quote}", "")
    better = text(clean, version="2")
    result = store_document(
        engine, DOCUMENT, snapshot(PAGE), better, [fine(clean), survey(clean)], LATER, reader_version=READER
    )
    assert (result.new_snapshot, result.new_text, result.claims_withdrawn) == (False, True, 1)
    assert states(engine)["tracing"] == "withdrawn"
    assert list_claims(engine)[0].text_id == result.text_id
    assert run_checks_of(engine) == []


def test_other_words_under_one_extractor_version_are_kept_beside_the_first(engine: Engine) -> None:
    first = stored(engine)
    longer = "An upgraded library kept this line.\n" + PAGE
    extraction = text(longer)
    results = [
        store_document(engine, DOCUMENT, snapshot(PAGE), extraction, claims(longer), NOW, reader_version=READER)
        for _ in range(2)
    ]
    assert [result.new_text for result in results] == [True, False]
    assert results[0].text_id == results[1].text_id != first.text_id
    assert run_checks_of(engine) == []


def test_reading_fields_are_refreshed_and_a_review_is_not(engine: Engine) -> None:
    stored(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE claims SET workflow = 'approved', verdict = 'supported'")
    money = replace(fine(PAGE).figures[0], value=23.0, low=23.0, high=23.0, comparator=">")
    renewed = fine(PAGE, speaker="Ann Clerk", kind="penalty", also_kinds=(), figures=(money,), sourcing="named")
    result = stored(engine, found=[renewed, survey(PAGE), idle(PAGE)], reader="2.0", now=LATER)
    claim = list_claims(engine)[0]
    assert result.claims_changed == (claim.id,)
    assert (claim.kind, claim.also_kinds, claim.speaker) == ("penalty", (), "Ann Clerk")
    assert (claim.figures, claim.sourcing, claim.updated_at) == ((money,), "named", LATER)
    assert (claim.workflow, claim.verdict) == ("approved", "supported")
    assert list_claims(engine, kind="contract") == []


def test_a_figure_keeps_its_id_when_it_is_read_otherwise(engine: Engine) -> None:
    stored(engine)
    ids = [row[0] for row in everything(engine)["figures"]]
    money = replace(fine(PAGE).figures[0], comparator=">=")
    stored(engine, found=[fine(PAGE, figures=(money,)), survey(PAGE), idle(PAGE)], reader="2")
    assert [row[0] for row in everything(engine)["figures"]] == ids


def test_what_the_reader_finds_no_longer_leaves_but_what_a_person_attached_stays(engine: Engine) -> None:
    stored(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO sources (key, url) VALUES ('https://court.test/', 'https://court.test/')"
        )
        connection.exec_driver_sql(
            "INSERT INTO evidence (claim_id, source_id, relation, how, by_whom, created_at)"
            " SELECT c.id, s.id, 'supports', 'attached', 'ann', ? FROM claims AS c, sources AS s"
            " WHERE c.kind = 'poll' AND s.key = 'https://court.test/'",
            (NOW,),
        )
    found = [fine(PAGE), survey(PAGE, sources=(), sourcing="none"), idle(PAGE)]
    with pytest.raises(RecordError, match="hand over what weighs them"):
        stored(engine, found=found, reader="2")
    handed: list[tuple[AttachedSource, ...]] = []

    def primary(claim: ClaimRecord, attached: Sequence[AttachedSource]) -> ClaimRecord:
        handed.append(tuple(attached))
        return replace(claim, sourcing="primary", sourcing_reason="ann", read_sourcing=claim.sourcing)

    stored(engine, found=found, reader="2", backing=primary)
    assert handed == [(AttachedSource("supports", "https://court.test/", None, None, None, False, "ann"),)]
    detail = get_claim(engine, list_claims(engine, kind="poll")[0].id)
    assert [(item.how, item.by_whom) for item in detail.evidence] == [("attached", "ann")]
    assert (detail.claim.sourcing, detail.claim.sourcing_reason) == ("primary", "ann")
    assert (detail.claim.read_sourcing, detail.claim.read_sourcing_reason) == ("none", "")
    assert detail.claim.sources == ()
    assert not detail.claim.lacks_source


def test_a_stated_value_outlives_what_the_page_says(engine: Engine) -> None:
    stored(engine, document=replace(DOCUMENT, published="2025-11-01", won_by={"published": "stated"}))
    stored(engine, DUMP, document=replace(DOCUMENT, published="2025-12-31", title="Corrected"))
    document = list_claims(engine)[0].document
    assert (document.published, document.title, document.label) == ("2025-11-01", "Corrected", DOCUMENT.label)


@pytest.mark.parametrize(
    ("publisher", "url", "outlets"),
    [
        ("The Example", "https://www.example.org/2", [("The Example", "example.org")]),
        ("the example", "https://www.example.org/2", [("The Example", "example.org")]),  # in any case
        (None, "https://example.org/2", [("The Example", "example.org")]),  # known by its domain
        (None, "https://other.test/2", [("The Example", "example.org")]),  # and none is made up
        ("Other", None, [("The Example", "example.org"), ("Other", None)]),
    ],
)
def test_outlets_are_known_by_name_and_domain(
    engine: Engine, publisher: str | None, url: str | None, outlets: list[tuple[str, str | None]]
) -> None:
    stored(engine)
    other = replace(DOCUMENT, key="other", publisher=publisher, url=url)
    stored(engine, "Nothing to see.\n", [], document=other)
    with engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT name, domain FROM outlets ORDER BY id").all()
    assert [tuple(row) for row in rows] == outlets


def test_parties_are_named_once_and_never_made_of_nothing(engine: Engine) -> None:
    stored(engine)
    with engine.connect() as connection:
        rows = connection.exec_driver_sql(
            "SELECT p.name, o.name FROM parties AS p LEFT JOIN parties AS o ON o.id = p.affiliation_id"
        ).all()
    assert {tuple(row) for row in rows} == {
        ("Northgate Services", None),
        ("The Example", None),
        ("Ann Clerk", "Westbury Council"),
        ("Westbury Council", None),
    }


def test_an_alias_leads_to_its_party(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql(
            """INSERT INTO parties (name, aliases) VALUES ('Northgate plc', '["Northgate Services"]')"""
        )
    stored(engine)
    assert list_claims(engine)[0].subject == "Northgate plc"
    assert len(list_claims(engine, subject="northgate services")) == 3


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (lambda: [fine(PAGE, quote=FINE.replace("23", "24"))], "does not stand at"),
        (lambda: [fine(PAGE), fine(PAGE)], "key of another claim"),
        (lambda: [fine(PAGE, sentence_end=10_000)], "ends after the text"),
        (lambda: [fine(PAGE, figures=(FigureRecord(0, 1, "£", 1, 1, 1),))], "does not stand at"),
        (lambda: [fine(PAGE, stance="shouted")], "stance of the claim"),
        (lambda: [fine(PAGE, figures=(FigureRecord(0, 1, "A", float("nan"), 1, 1),))], "not a finite number"),
    ],
)
def test_a_record_that_contradicts_its_text_is_refused_whole(engine: Engine, broken: Any, said: str) -> None:
    with pytest.raises(RecordError, match=said) as refused:
        stored(engine, found=broken())
    assert "\n" not in str(refused.value)
    assert not any(everything(engine).values())


def test_half_a_surrogate_pair_is_refused_in_one_line(engine: Engine) -> None:
    broken = TextRecord("generic", "1", "a\ud800b")
    with pytest.raises(RecordError, match="half a surrogate pair at offset 1"):
        store_document(engine, DOCUMENT, snapshot("a"), broken, [], NOW, reader_version=READER)
    assert not any(everything(engine).values())


def test_a_claim_key_belongs_to_one_document(engine: Engine) -> None:
    stored(engine)
    with pytest.raises(RecordError, match="belongs to document 1"):
        stored(engine, document=replace(DOCUMENT, key="another"))
    assert len(everything(engine)["documents"]) == 1


def test_a_time_that_is_not_utc_is_refused(engine: Engine) -> None:
    with pytest.raises(RecordError, match="breaks a rule"):
        stored(engine, now="yesterday")
    assert not any(everything(engine).values())


def test_a_store_inside_the_callers_transaction_leaves_with_it(engine: Engine) -> None:
    with engine.connect() as connection:
        store_document(connection, DOCUMENT, snapshot(PAGE), text(PAGE), claims(PAGE), NOW, reader_version=READER)
        with connection.begin():
            other = replace(DOCUMENT, key="other", url=None)
            store_document(connection, other, snapshot("x"), text("x"), [], NOW, reader_version=READER)
            connection.get_transaction().rollback()  # type: ignore[union-attr]
    assert len(everything(engine)["documents"]) == 1


def test_text_with_nul_and_beyond_the_first_plane_keeps_its_offsets(engine: Engine) -> None:
    content = f"\x00 𝔘𝔫𝔦 \x00 {PAGE}"
    stored(engine, content)
    assert list_claims(engine)[0].quote == FINE
    assert get_claim(engine, 1).sentence == FINE
    assert run_checks_of(engine) == []


def test_known_snapshot(engine: Engine) -> None:
    stored(engine)
    assert known_snapshot(engine, snapshot(PAGE).sha256)
    assert not known_snapshot(engine, snapshot(DUMP).sha256)


def test_the_readers_values_convert_field_by_field() -> None:
    from db import vocabulary
    from scrapers.document import DOCUMENT_KINDS
    from tracker.reading import values

    read = values.Figure(1, 3, "15", 15.0, 15.0, 15.0, unit="percent", dimension="proportion")
    assert asdict(FigureRecord(**asdict(read))) == {**asdict(read), "confirmed_by": None, "corrected_by": None}
    missing = values.Claim.__dataclass_fields__.keys() - ClaimRecord.__dataclass_fields__.keys()
    assert missing == set()
    assert DOCUMENT_KINDS == vocabulary.DOCUMENT_KINDS
