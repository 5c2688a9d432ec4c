"""What the pages read: counts that notice every change, queues in their order, and a search nothing breaks."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from db_samples import NOW, PAGE, READER, claims, figure, snapshot, text
from db_samples import claim as sample
from sqlalchemy import Engine

from db import counting
from db.browse import FeedFilter, QueuePage, counts, documents_count, latest_claims, latest_documents, queue_page
from db.counting import counts_now, forget
from db.engine import open_database, writing
from db.in_review import in_review_count, in_review_page, last_moves
from db.models import table
from db.records import ClaimRecord, DocumentRecord
from db.reviews import ReviewRecord, append_review
from db.searching import RANKED, match_words, search_all
from db.store import store_document

QUEUES = {"lacking": ("none", "anonymous"), "named": ("named",), "firsthand": ("firsthand",)}
KINDS = ("fine", "poll", "pay")
SOURCINGS = ("none", "anonymous", "firsthand", "named", "linked", "primary")
MANY = 90


def content(number: int) -> str:
    return "\n\n".join(f"Fleet {number} lost {at} vans on route {number * 100 + at}." for at in range(1, 31)) + "\n"


def made(number: int) -> list[ClaimRecord]:
    words = content(number)
    found = []
    for at in range(1, 31):
        sentence = f"Fleet {number} lost {at} vans on route {number * 100 + at}."
        vans = figure(str(at), at, unit="van", dimension="count")
        given = sample(words, sentence, vans, kind=KINDS[at % 3], sourcing=SOURCINGS[at % 6], subject=f"Fleet {number}")
        found.append(replace(given, key=hashlib.sha256(sentence.encode()).hexdigest()))
    return found


@pytest.fixture
def many(tmp_path: Path) -> Iterator[Engine]:
    """Ninety claims in three documents, of all sourcings, with weights in no order."""
    engine = open_database(tmp_path / "many.db")
    for number in (1, 2, 3):
        record = DocumentRecord(key=f"https://a.example/{number}", kind="article", label=f"Fleets {number}",
                                publisher="The Ledger", published=f"2020-0{number}")  # fmt: skip
        store_document(engine, record, snapshot(content(number), record.key), text(content(number)), made(number), NOW,
                       reader_version=READER)  # fmt: skip
    claim = table("claims")
    with writing(engine) as connection:
        connection.execute(sa.update(claim).values(weight=(claim.c.id * 7) % 5))
        connection.execute(sa.update(claim).where(claim.c.id % 10 == 0).values(workflow="rejected"))
        connection.execute(sa.update(claim).where(claim.c.id % 13 == 0).values(state="withdrawn"))
    yield engine
    forget(engine)
    engine.dispose()


@pytest.fixture
def sampled(tmp_path: Path) -> Iterator[Engine]:
    engine = open_database(tmp_path / "sampled.db")
    record = DocumentRecord(key="https://b.example/", kind="article", label="A contract", publisher="The Example")
    store_document(engine, record, snapshot(PAGE), text(PAGE), claims(PAGE), NOW, reader_version=READER)
    yield engine
    engine.dispose()


def rows(engine: Engine, query: str) -> list[tuple[object, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(query)]


def in_queue(engine: Engine, queue: str, *, index: str = "", kind: str = "") -> list[tuple[object, ...]]:
    """The ids of a queue in its order, or with an index the way to them, written out by hand."""
    listed = ", ".join(f"'{name}'" for name in QUEUES[queue])
    narrowed = f" AND kind = '{kind}'" if kind else ""
    return rows(
        engine,
        f"{'EXPLAIN QUERY PLAN ' if index else ''}SELECT id FROM claims {index}"  # noqa: S608
        f" WHERE sourcing IN ({listed}) AND state = 'present' AND workflow <> 'rejected' AND is_backed = 0{narrowed}"
        " ORDER BY weight DESC, id DESC",
    )


def test_the_counts_are_those_of_the_table(many: Engine) -> None:
    found = counts(many)
    assert found.claims == rows(many, "SELECT count(*) FROM claims WHERE state = 'present'")[0][0]
    for queue in QUEUES:
        assert found.queue(queue) == len(in_queue(many, queue)) > 0
        assert found.queue(queue, "poll") == len(in_queue(many, queue, kind="poll"))
    assert found.workflow("rejected") == rows(
        many, "SELECT count(*) FROM claims WHERE workflow = 'rejected' AND state = 'present'"
    )[0][0]  # fmt: skip
    assert sum(row.claims for row in found.rows) == MANY
    assert {kind.kind for kind in found.kinds()} == set(KINDS)
    assert sum(kind.lacking for kind in found.kinds()) == found.queue("lacking")
    assert [kind.claims for kind in found.kinds()] == sorted((kind.claims for kind in found.kinds()), reverse=True)


def test_an_empty_database_has_nothing_to_show(tmp_path: Path) -> None:
    engine = open_database(tmp_path / "empty.db")
    assert counts(engine).claims == 0
    assert counts(engine).kinds() == ()
    assert documents_count(engine) == 0
    assert latest_claims(engine, FeedFilter()) == ()
    assert latest_documents(engine, 5) == ()
    assert queue_page(engine, "lacking") == QueuePage(())
    assert search_all(engine, "anything").claims == ()
    engine.dispose()


@pytest.mark.parametrize("queue", sorted(QUEUES))
@pytest.mark.parametrize("kind", [None, *KINDS])
@pytest.mark.parametrize("expected", [0, 10**6])
def test_the_pages_of_a_queue_are_the_whole_in_order(many: Engine, queue: str, kind: str | None, expected: int) -> None:
    seen: list[int] = []
    after = None
    for _ in range(MANY):
        page = queue_page(many, queue, kind=kind, expected=expected, after=after, limit=4)
        seen += [claim.id for claim in page.claims]
        assert len(page.claims) <= 4
        after = page.after
        if after is None:
            break
    assert seen == [row[0] for row in in_queue(many, queue, kind=kind or "")]


def test_a_queue_is_read_from_its_own_index(many: Engine) -> None:
    for queue in QUEUES:
        plan = in_queue(many, queue, index=f"INDEXED BY ix_claims_queue_{queue}")
        assert not any("TEMP B-TREE" in str(row[3]) for row in plan), plan


def reviewed(engine: Engine, claim_id: int, *moves: str) -> None:
    """Puts these moves into the log, one after the other."""
    with writing(engine) as connection:
        for move in moves:
            append_review(
                connection,
                ReviewRecord(claim_id, NOW, "ada", "checker", move, "new", "in_review", "unchecked", "unchecked",
                             {"quote": "x", "figures": []}, note=f"because of {move}"),
            )  # fmt: skip


def test_what_is_in_review_comes_in_order_whatever_its_state(many: Engine) -> None:
    with writing(many) as connection:
        connection.exec_driver_sql("UPDATE claims SET workflow = 'in_review' WHERE id % 3 = 0")
        connection.exec_driver_sql("UPDATE claims SET verdict = 'supported' WHERE id % 9 = 0")
    where = "FROM claims WHERE workflow = 'in_review'"
    expected = [row[0] for row in rows(many, f"SELECT id {where} ORDER BY weight DESC, id DESC")]
    assert rows(many, f"SELECT count(*) {where} AND state = 'withdrawn'") > [(0,)]
    seen: list[int] = []
    after = None
    while not seen or after:
        page = in_review_page(many, after=after, limit=7)
        seen += [claim.id for claim in page.claims]
        after = page.after
    assert seen == expected
    assert in_review_count(many) == counts(many).queue("review") == len(expected)
    fines = [claim.id for claim in in_review_page(many, kind="fine", limit=99).claims]
    assert len(fines) == in_review_count(many, kind="fine") == counts(many).queue("review", "fine") > 0
    awaiting = in_review_page(many, awaiting=True, limit=99).claims
    assert {claim.verdict for claim in awaiting} == {"supported"}
    assert len(awaiting) == in_review_count(many, awaiting=True) == 10


@pytest.mark.parametrize("narrowed", ["", " AND verdict <> 'unchecked'", " AND kind = 'fine'"])
def test_what_is_in_review_is_read_from_its_index_alone(many: Engine, narrowed: str) -> None:
    (step,) = rows(
        many,
        "EXPLAIN QUERY PLAN SELECT id FROM claims INDEXED BY ix_claims_in_review"  # noqa: S608
        f" WHERE workflow = 'in_review'{narrowed} AND (weight, id) < (4, 9) ORDER BY weight DESC, id DESC",
    )
    assert "USING COVERING INDEX ix_claims_in_review" in str(step[3])


def test_a_flag_is_told_of_until_it_is_answered(many: Engine) -> None:
    reviewed(many, 1, "flag", "note")
    reviewed(many, 2, "flag", "verdict")
    reviewed(many, 3, "approve", "reading_changed")
    found = last_moves(many, [1, 2, 3, 4])
    assert set(found) == {1, 2, 3}
    assert [(move.move, move.note) for move in found[1].told] == [
        ("flag", "because of flag"), ("note", "because of note")
    ]  # fmt: skip
    assert found[2].raised is None
    assert [move.move for move in found[2].told] == ["verdict"]
    assert [move.move for move in found[3].told] == ["reading_changed"]
    assert found[3].raised == found[3].last


def test_odd_places_in_a_queue_are_empty_pages(many: Engine) -> None:
    assert queue_page(many, "lacking", after=(-5, 3)).claims == ()
    assert queue_page(many, "lacking", kind="no such kind", expected=0).claims == ()
    with pytest.raises(KeyError):
        queue_page(many, "nonsense")


def test_a_line_says_who_what_and_where(sampled: Engine) -> None:
    poll = next(line for line in latest_claims(sampled, FeedFilter()) if line.kind == "poll")
    assert (poll.speaker, poll.origin, poll.subject) == ("Ann Clerk", "Westbury Council", "Northgate Services")
    assert (poll.document, poll.outlet) == ("A contract", "The Example")
    assert [teller.name for teller in poll.chain] == ["The Example", "Ann Clerk"]
    (share,) = poll.figures
    assert poll.start is not None
    assert poll.quote[share.start - poll.start : share.end - poll.start] == share.text == "15%"


def test_the_newest_come_first_and_can_be_narrowed(many: Engine) -> None:
    # The ninetieth is rejected.
    assert [line.id for line in latest_claims(many, FeedFilter(limit=3))] == [89, 88, 87]
    assert {line.kind for line in latest_claims(many, FeedFilter(kind="pay"))} == {"pay"}
    assert {line.subject for line in latest_claims(many, FeedFilter(subject="fleet 2"))} == {"Fleet 2"}
    lacking = latest_claims(many, FeedFilter(lacking=True))
    assert {line.sourcing for line in lacking} == {"none", "anonymous"}
    assert len(lacking) == counts(many).queue("lacking")
    newest = latest_documents(many, 2)
    assert [line.label for line in newest] == ["Fleets 3", "Fleets 2"]
    present = rows(many, "SELECT count(*) FROM claims WHERE document_id = 3 AND state = 'present'")
    assert newest[0].claims == present[0][0]


def test_counts_rest_between_many_commits_and_catch_up(many: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "REST", 1e9)
    before = counts_now(many)
    seen = []
    for number in range(1, 3 * counting.AT_ONCE):
        with writing(many) as connection:
            connection.exec_driver_sql(f"UPDATE claims SET state = 'withdrawn' WHERE id = {number}")  # noqa: S608
        seen.append(counts_now(many).claims)
    # A change or two at once; then the same for a while.
    assert seen[0] == before.claims - 1
    assert seen[-1] == seen[-2] > before.claims - len(seen)
    counting._KEPT[many].rest.due = 0.0  # the rest is over
    assert counts_now(many).claims == before.claims - len(seen)


def test_the_kept_counts_notice_every_change(many: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "REST", 0)
    before = counts_now(many)
    assert counts_now(many) is before
    with writing(many) as connection:
        connection.exec_driver_sql("UPDATE claims SET state = 'withdrawn' WHERE id = 1")
    after = counts_now(many)
    assert after.claims == before.claims - 1
    # By another process as well: another engine is another connection.
    other = open_database(tmp_path / "many.db")
    with writing(other) as connection:
        connection.exec_driver_sql("UPDATE claims SET state = 'present' WHERE id = 1")
    other.dispose()
    assert counts_now(many).claims == before.claims


def test_search_finds_claims_texts_parties_and_sources(sampled: Engine) -> None:
    found = search_all(sampled, "northgate")
    assert {line.subject for line in found.claims} == {"Northgate Services"}
    assert found.claims_count == len(found.claims) == 3
    assert [(hit.name, hit.about) for hit in found.parties] == [("Northgate Services", 3)]
    (hit,) = found.texts
    assert ("Northgate", True) in hit.snippet
    assert search_all(sampled, "fining").claims[0].kind == "fine"
    assert [hit.url for hit in search_all(sampled, "data.example.net").sources] == ["https://data.example.net/survey"]
    assert search_all(sampled, "COUNCIL westbury").parties[0].name == "Westbury Council"
    assert search_all(sampled, "northgate zebra").claims == ()


@pytest.mark.parametrize(
    ("typed", "expression"),
    [
        ("fine levy", '"fine" "levy"'),
        ("fine AND levy", '"fine" "levy"'),
        ("fine OR levy council", '("fine" OR "levy") AND "council"'),
        ('council fine OR "a levy" OR tax', '"council" AND ("fine" OR "a levy" OR "tax")'),
        ("OR fine", '"fine"'),
        ("fine OR", '"fine"'),
        ("or and", '"or" "and"'),
        ("fin* 15%", '"fin"* "15"'),
        ('"22.9" _', '"22 9"'),
        ("AND", None),
        ("… OR “", None),
    ],
)
def test_what_is_typed_is_read(sampled: Engine, typed: str, expression: str | None) -> None:
    assert match_words(typed) == expression
    search_all(sampled, typed)


def test_either_side_of_or_is_found(sampled: Engine) -> None:
    poll, fine = ({line.id for line in search_all(sampled, word).claims} for word in ("tenants", "fined"))
    both = {line.id for line in search_all(sampled, "tenants OR fined northgate").claims}
    assert both >= poll | fine
    assert search_all(sampled, "zebra OR westbury").parties[0].name == "Westbury Council"
    assert search_all(sampled, "tenants AND fined").claims == ()


def test_a_number_is_found_with_its_unit_written_on(tmp_path: Path) -> None:
    words = "Northgate paid £22.9m, and 5,000 vans went at 30mph on 229 routes.\n"
    made_ = sample(words, words.strip(), figure("22.9m", 22.9e6))
    engine = open_database(tmp_path / "numbers.db")
    record = DocumentRecord(key="https://c.example/", kind="article", label="Numbers")
    store_document(engine, record, snapshot(words), text(words), [made_], NOW, reader_version=READER)
    for typed in ("22.9", "£22.9", "£22.9m", "30", "5,000", "22.9 30 northgate"):
        assert len(search_all(engine, typed).claims) == 1, typed
    for typed in ("29", "2.9", "22.8", "500", "29mph", '"22.9"'):
        assert search_all(engine, typed).claims == (), typed
    engine.dispose()


SIZES = ("£5 million", "€5m", "$5mn", "4.6 million", "£7bn", "7 trillion", "3 thousand", "5 mothers", "3 k")


#: What is typed, and what it finds of these.
FINDS: dict[str, set[str]] = {
    "€5m": {"£5 million", "€5m", "$5mn"},
    "5MN": {"£5 million", "€5m", "$5mn"},
    "5 million": {"£5 million", "€5m", "$5mn"},
    "5 millions": {"£5 million", "€5m", "$5mn"},
    "£5 mln": {"£5 million", "€5m", "$5mn"},
    "4.6m": {"4.6 million"},
    "7 billion": {"£7bn"},
    "£7b": {"£7bn"},
    "7tn": {"7 trillion"},
    "3k": {"3 thousand", "3 k"},
    "5 million OR 7bn": {"£5 million", "€5m", "$5mn"},
    "7bn OR 3k": {"£7bn", "3 thousand", "3 k"},
    "5": {"£5 million", "€5m", "$5mn", "5 mothers"},
    '"5m"': {"€5m"},
    '"5 million"': {"£5 million"},
    '"5" million': {"£5 million"},
    "5m*": {"€5m", "$5mn"},
    "5k": set(),
}


def test_large_numbers_are_found_however_they_are_written(tmp_path: Path) -> None:
    engine = open_database(tmp_path / "sizes.db")
    sentences = {f"Northgate paid {size} there.": size for size in SIZES}
    words = "\n".join(sentences) + "\n"
    record = DocumentRecord(key="https://c.example/", kind="article", label="Sizes")
    made_ = [sample(words, sentence, figure(size, 5)) for sentence, size in sentences.items()]
    store_document(engine, record, snapshot(words), text(words), made_, NOW, reader_version=READER)
    for typed, expected in FINDS.items():
        assert {sentences[line.quote] for line in search_all(engine, typed).claims} == expected, typed
    engine.dispose()


def test_many_numbers_are_no_burden(many: Engine) -> None:
    assert search_all(many, "5 million " * 8 + "7bn " * 8).claims == ()


def test_versions_of_a_document_are_one_text(tmp_path: Path) -> None:
    engine = open_database(tmp_path / "versions.db")
    for document in range(4):
        record = DocumentRecord(key=f"https://c.example/{document}", kind="article", label=f"Ferry {document}")
        for version in range(3):
            words = f"Ferry {document} was late" + ", and late" * version + ".\n"
            store_document(engine, record, snapshot(words), text(words), [], NOW, reader_version=READER)
    found = search_all(engine, "late", limit=3)
    assert (found.texts_count, len({hit.document for hit in found.texts}), len(found.texts)) == (4, 3, 3)
    assert search_all(engine, "late", bound=2).texts_count == 3
    # The best version stands for the document: the words are more of the shortest.
    (ferry,) = search_all(engine, '"ferry 2"').texts
    assert "".join(words for words, _ in ferry.snippet) == "Ferry 2 was late.\n"
    engine.dispose()


def test_search_counts_to_its_bound_and_shows_so_many(many: Engine) -> None:
    found = search_all(many, "vans", limit=5, bound=40)
    assert len(found.claims) <= 5
    assert found.claims_count == 41
    assert len(found.texts) == 3
    assert min(RANKED.values()) > 1000


def test_withdrawn_claims_are_not_found(many: Engine) -> None:
    withdrawn = {row[0] for row in rows(many, "SELECT id FROM claims WHERE state = 'withdrawn'")}
    assert withdrawn
    assert not withdrawn & {line.id for line in search_all(many, "vans", limit=100).claims}


@pytest.mark.parametrize(
    "typed",
    ['"', '""', "'", "*", "(", "a* AND", "NEAR(a b)", "-x", "a:b", "^a", "\\", "\0", "a\0b", "%", "_", "\ud800",
     "é" * 10_000, "fine " * 5000, "'; DROP TABLE claims; --", "{x}", "col:fine", "fin*", "<b>", "\u202e"],
)  # fmt: skip
def test_no_input_breaks_the_search(sampled: Engine, typed: str) -> None:
    found = search_all(sampled, typed)
    assert len(found.claims) <= 3
    assert rows(sampled, "SELECT count(*) FROM claims") == [(3,)]
