"""What a claim rests on is the same in the list, the view, the queue and on the front page.

One claim for every level that a text gives and every way in which a source can be attached to it.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import desk_samples
import pytest
import pytest_asyncio
from commands import claims, run
from datasette.app import Datasette

from db.checks import run_checks
from db.engine import open_database, reading, writing
from db.records import ClaimRecord, DocumentRecord, PassageRecord, SnapshotRecord, TextRecord, sha256_of
from db.store import store_document
from tracker import desk
from tracker.desk_sourcing import with_attached, wrong_sourcings

pytestmark = pytest.mark.asyncio(loop_scope="session")
NOW, LATER = "2026-02-03T10:00:00Z", "2026-02-04T10:00:00Z"
READ = ("none", "anonymous", "firsthand", "named", "linked")
ORDER = (*READ, "primary")
#: How a source is attached, and the level to which that raises a claim.
ATTACHED = {
    "nothing": (None, "none"),
    "primary": (desk.Attach(url="https://court.example/12", is_primary=True), "primary"),
    "linked": (desk.Attach(url="https://news.example/story"), "linked"),
    "named": (desk.Attach(title="Annual report"), "named"),
    "unnamed": (desk.Attach(title="A person close to it", kind="anonymous"), "anonymous"),
    "contradicts": (desk.Attach(url="https://court.example/12", is_primary=True, relation="contradicts"), "none"),
    "mentions": (desk.Attach(url="https://court.example/12", is_primary=True, relation="mentions"), "none"),
}
CASES = [(read, how) for read in READ for how in ATTACHED]
WORDS = "".join(f"Depot {at} was closed in the spring.\n" for at in range(1, len(CASES) + 1))


def read_again(path: Path, version: str) -> None:
    """Reads the whole document, as the pipeline stores it."""
    found = []
    for at, (level, _) in enumerate(CASES, 1):
        sentence = f"Depot {at} was closed in the spring."
        start = WORDS.index(sentence)
        end = start + len(sentence)
        key = hashlib.sha256(sentence.encode()).hexdigest()
        found.append(
            ClaimRecord(key, start, end, sentence, start, end, "event", sourcing=level, sourcing_reason=f"read {level}")
        )
    url = "https://a.example/1"
    engine = open_database(path)
    with writing(engine) as connection:
        store_document(
            connection,
            DocumentRecord(url, "article", "Depots", url=url, publisher="Ledger"),
            SnapshotRecord(url, NOW, sha256_of(WORDS), len(WORDS)),
            TextRecord("generic", "1", WORDS, (PassageRecord(0, len(WORDS), "paragraph"),)),
            found,
            NOW,
            reader_version=version,
            backing=with_attached,
        )
    engine.dispose()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def desked(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[Datasette, Path]]:
    path = tmp_path_factory.mktemp("axis") / "axis.db"
    read_again(path, "1")
    engine = open_database(path)
    for at, (_, how) in enumerate(CASES, 1):
        request = ATTACHED[how][0]
        if request is not None:
            desk.move(engine, at, desk.Person("Jo", "checker"), request, now=LATER)
    engine.dispose()
    served = desk_samples.desk(path, everybody=True)
    await served.invoke_startup()
    yield served, path
    await served.invoke_shutdown()


def wanted(queue: tuple[str, ...]) -> set[int]:
    """The claims whose text gives one of these levels, and to which no source was attached that supports them."""
    unsupported = ("nothing", "contradicts", "mentions")
    return {at for at, (read, how) in enumerate(CASES, 1) if read in queue and how in unsupported}


def ask(path: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


async def in_queue(served: Datasette, tab: str) -> set[int]:
    found: set[int] = set()
    address: str | None = f"/-/queue?tab={tab}"
    while address:
        html = (await served.client.get(address)).text
        found |= {int(claim) for claim in re.findall(r'id="claim-(\d+)"', html)}
        further = re.search(r'href="(/-/queue\?[^"]*next=[^"]*)"', html)
        address = further.group(1).replace("&amp;", "&") if further else None
    return found


async def test_each_claim_has_the_higher_of_what_it_is_read_to_rest_on_and_what_supports_it(
    desked: tuple[Datasette, Path],
) -> None:
    rows = ask(desked[1], "SELECT sourcing, sourcing_reason, read_sourcing FROM claims ORDER BY id")
    assert {row[0] for row in rows} == set(ORDER)
    for (read, how), (level, reason, kept) in zip(CASES, rows, strict=True):
        gives = ATTACHED[how][1]
        assert level == max(read, gives, key=ORDER.index), (read, how)
        assert kept == read
        supported = how not in ("nothing", "contradicts", "mentions") and ORDER.index(gives) >= ORDER.index(read)
        assert str(reason).startswith("Jo attached ") if supported else reason == f"read {read}", (read, how)


QUEUES = [
    ("lacking", ("none", "anonymous"), "claims_lacking_source", "lacking a source"),
    ("named", ("named",), "claims_named_not_located", "source named, not located"),
    ("firsthand", ("firsthand",), "claims_firsthand", "firsthand, unverified"),
]


@pytest.mark.parametrize(("tab", "levels", "view", "tile"), QUEUES, ids=[row[0] for row in QUEUES])
async def test_the_view_the_queue_and_the_front_page_agree(
    desked: tuple[Datasette, Path], tab: str, levels: tuple[str, ...], view: str, tile: str
) -> None:
    served, path = desked
    expected = wanted(levels)
    assert expected
    assert {row[0] for row in ask(path, f"SELECT claim_id FROM {view}")} == expected  # noqa: S608
    assert await in_queue(served, tab) == expected
    front = " ".join(re.sub(r"<[^>]+>", " ", (await served.client.get("/")).text).split())
    assert re.search(rf"\b{len(expected)} {tile}", front), front[:600]


async def test_and_so_does_the_command_line(desked: tuple[Datasette, Path]) -> None:
    path = desked[1]
    assert {claim["id"] for claim in claims(path, "--lacking-source")} == wanted(("none", "anonymous"))
    (lacking,) = ask(path, "SELECT lacking_source FROM documents_overview")
    assert lacking == (len(wanted(("none", "anonymous"))),)


async def test_reading_it_again_loses_nothing_of_what_people_attached(
    desked: tuple[Datasette, Path], tmp_path: Path
) -> None:
    copy = tmp_path / "again.db"
    with closing(sqlite3.connect(desked[1])) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    sql = "SELECT id, sourcing, sourcing_reason, read_sourcing, read_sourcing_reason, is_backed FROM claims"
    evidence = "SELECT claim_id, source_id, relation, how, by_whom FROM evidence WHERE how = 'attached'"
    before = ask(copy, sql), ask(copy, evidence)
    read_again(copy, "2")
    assert (ask(copy, sql), ask(copy, evidence)) == before
    assert {row[0] for row in ask(copy, "SELECT reader_version FROM claims")} == {"2"}
    assert run_checks(copy) == []
    engine = open_database(copy)
    with reading(engine) as connection:
        assert list(wrong_sourcings(connection)) == []
    engine.dispose()


async def test_verify_tells_where_it_is_not_so(desked: tuple[Datasette, Path], tmp_path: Path) -> None:
    copy = tmp_path / "wrong.db"
    with closing(sqlite3.connect(desked[1])) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
        target.execute("UPDATE claims SET sourcing = 'named' WHERE id = 1")
        target.execute("UPDATE claims SET sourcing = 'linked' WHERE id = 2")
        target.execute("UPDATE claims SET sourcing_reason = 'so they say' WHERE id = 3")
        target.commit()
    result = run("verify", "--db", copy)
    assert result.exit_code == 1
    lines = [line for line in result.stdout.splitlines() if line.startswith("sourcing: ")]
    remedy = ": add its source again with --again, or restore the database from a backup"
    assert all(line.endswith(remedy) for line in lines)
    assert [line.removesuffix(remedy) for line in lines] == [
        "sourcing: claims 1: its sourcing is named, though its text gives none and no attached source supports it",
        "sourcing: claims 2: its sourcing is linked, and should be primary: Jo attached court.example, a primary "
        "source, which supports it",
        'sourcing: claims 3: the reason of its sourcing should be "Jo attached news.example, which supports it"',
    ]


async def test_the_page_of_a_claim_says_both(desked: tuple[Datasette, Path]) -> None:
    served, path = desked
    at = CASES.index(("anonymous", "primary")) + 1
    html = (await served.client.get(f"/axis/claims/{at}")).text
    said = " ".join(re.sub(r"<[^>]+>", " ", html).split())
    assert "Primary source: Jo attached court.example, a primary source, which supports it" in said
    assert "In the document itself: A source is spoken of, but not named. Read anonymous" in said
    assert "primary source attached" in said
    shown = " ".join(run("show", str(at), "--db", path).stdout.split())
    assert "Source primary, attached (https://court.example/12)" in shown
    assert "in the document itself: anonymous (read anonymous)" in shown
