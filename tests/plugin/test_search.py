"""One box over everything: what is found, what is marked, and that no input breaks it."""

from __future__ import annotations

import re
from pathlib import Path

import browse_samples
import desk_samples
import pytest
from datasette.app import Datasette
from plugin_samples import NOW

from db.engine import open_database
from db.records import DocumentRecord, PassageRecord, SnapshotRecord, TextRecord, sha256_of
from db.store import store_document

pytestmark = pytest.mark.asyncio(loop_scope="session")


def store_versions(database: Path, count: int) -> None:
    """A document that was fetched so many times, and read otherwise each time."""
    engine = open_database(database)
    for number in range(count):
        words = f"All {number} ferries were late.\n"
        raw = words.encode()
        store_document(
            engine,
            DocumentRecord("https://a.example/ferries", "article", "Ferries"),
            SnapshotRecord("https://a.example/ferries", NOW, sha256_of(raw), len(raw)),
            TextRecord("generic", "1", words, (PassageRecord(0, len(words), "paragraph"),)),
            [],
            NOW,
            reader_version="1",
        )
    engine.dispose()


async def search(served: Datasette, typed: str) -> str:
    answer = await served.client.get("/-/search", params={"q": typed})
    assert answer.status_code == 200, (typed[:50], answer.text[-500:])
    return str(answer.text)


def section(html: str, name: str) -> str:
    start = html.index(f'id="found-{name}"')
    return html[start : html.index("</section>", start)]


async def test_claims_texts_names_and_sources_are_found(pages: Datasette) -> None:
    html = await search(pages, "harbour")
    assert re.search(r'Claims <span class="press-count">2<', html)
    assert '<a href="/press/claims/1">' in section(html, "claims")
    assert "<mark>Harbour</mark>" in section(html, "texts")
    assert '<a href="/press/documents/1">' in section(html, "texts")
    parties = section(html, "parties")
    assert ">Harbour Cleaning</bdi>" in parties
    assert "2 claims about them" in parties
    assert "found-sources" not in html
    sources = section(await search(pages, "survey"), "sources")
    assert 'href="https://data.example.net/survey?id=7" rel="noopener noreferrer nofollow"' in sources
    assert "1 claim" in sources


async def test_forms_of_words_and_phrases(pages: Datasette) -> None:
    assert '<a href="/press/claims/1">' in await search(pages, "fining invoice")
    assert '<a href="/press/claims/1">' in await search(pages, '"was fined"')
    assert "Nothing holds all of these words" in await search(pages, '"fined was"')


async def test_the_table_has_all_that_match(pages: Datasette) -> None:
    html = await search(pages, "harbour fine")
    address = re.search(r'href="([^"]+)">All matching claims as a table', html)
    assert address
    table = await pages.client.get(address.group(1).replace("&amp;", "&"))
    assert '<strong class="table-count">1 claim</strong>' in re.sub(r"\s+", " ", table.text)


async def test_hostile_words_stay_words(pages: Datasette) -> None:
    for typed in ("bosses", "cleaning", "<script>alert(1)</script>", '"><img src=x onerror=alert(9)>', "blog"):
        html = await search(pages, typed)
        body = re.sub(r"<script nonce.*?</script>", "", html, flags=re.DOTALL)
        assert "<script>" not in body, typed
        assert "<img" not in body, typed
        assert not re.search(r'href="\s*javascript:', html, re.IGNORECASE), typed


@pytest.mark.parametrize(
    "typed",
    ['"', '""', "'", "*", "(", ")", "-", "AND", "OR fine", "NEAR(a b)", "a:b", "^", "\\", "{", "a\0b", "“£23”", "%",
     "é" * 10_000, "fine " * 2000, "", " ", "\u202e", "'; DROP TABLE claims", "a" * 9999 + '"'],
)  # fmt: skip
async def test_whatever_is_typed_is_answered(pages: Datasette, typed: str) -> None:
    html = await search(pages, typed)
    assert '<input type="search" id="press-search-words"' in html


async def test_bytes_that_are_no_text_are_answered(pages: Datasette) -> None:
    assert (await pages.client.get("/-/search?q=%ED%A0%80%FF")).status_code == 200
    assert "must occur" in (await pages.client.get("/-/search")).text


async def test_numbers_and_either_word(pages: Datasette) -> None:
    assert '<a href="/press/claims/1">' in await search(pages, "zebra OR fined")
    assert "fine OR levy" in await search(pages, "x")
    # The table reads what is typed as this page does.
    table = await pages.client.get("/press/claims.json", params={"_search": "fined OR survey", "_shape": "array"})
    assert [row["id"] for row in table.json()] == [2, 1]


async def test_the_texts_counted_are_those_listed(database: Path) -> None:
    store_versions(database, 3)
    served = desk_samples.desk(database, everybody=True)
    await served.invoke_startup()
    html = await search(served, "ferries")
    assert re.search(r'Texts <span class="press-count">1<', html)
    assert section(html, "texts").count('<li class="press-entry">') == 1
    await served.invoke_shutdown()


async def test_millions_are_found_however_they_are_written(pages: Datasette) -> None:
    for typed in ("£23m", "23 million", "23 mn"):
        html = await search(pages, typed)
        assert '<a href="/press/claims/1">' in section(html, "claims"), typed
        table = await pages.client.get("/press/claims.json", params={"_search": typed, "_shape": "array"})
        assert [row["id"] for row in table.json()] == [1], typed
    assert "found-claims" not in await search(pages, '"£23m"')


async def test_many_are_bounded(tmp_path: Path) -> None:
    served = desk_samples.desk(browse_samples.fill(tmp_path / "many.db", 85), everybody=True)
    await served.invoke_startup()
    html = await search(served, "depot")
    assert 'Claims <span class="press-count">more than 1,000<' in html
    assert len(re.findall(r'id="claim-\d+"', html)) == 20
    assert re.search(r'Texts <span class="press-count">85<', html)
    await served.invoke_shutdown()
