"""What readers of the pages meet: words, names, search, facets; and what they must not meet."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import pytest
from datasette.app import Datasette
from plugin_samples import FINE, HOSTILE, TITLE

from tracker.plugin.config import tables

pytestmark = pytest.mark.asyncio(loop_scope="session")
#: For those who have signed in.
SIGNED_IN = {"reviews", "failures_latest", "requests"}
CLOSED = ("runs", "failures", "signatures", "signature_bands", "alembic_version", "sqlite_sequence",
          "claims_fts_data", "texts_fts_data")  # fmt: skip


async def get(pages: Datasette, path: str, status: int = 200, **options: Any) -> Any:
    answer = await pages.client.get(path, **options)
    assert answer.status_code == status, (path, answer.status_code, answer.text[:500])
    return answer


def rows_of(page: str) -> str:
    """The part of a table's page that holds its rows."""
    return page[page.index("<tbody>") : page.index("</tbody>")]


async def names_found(pages: Datasette, path: str) -> list[str]:
    return [row["quote"] for row in (await get(pages, f"{path}&_shape=array")).json()]


@pytest.mark.parametrize("name", sorted(set(tables()) - SIGNED_IN))
async def test_every_table_and_view_opens(pages: Datasette, name: str) -> None:
    page = (await get(pages, f"/press/{name}")).text
    assert f"<h1>{tables()[name]['title']}</h1>" in page
    assert "(view)" not in page
    assert "timed out" not in page


async def test_what_is_said_of_a_table_fits_the_database(pages: Datasette) -> None:
    database = pages.get_database("press")
    for name, table in tables().items():
        columns = await database.table_columns(name)
        assert columns, f"{name} is not in the database"
        if not name.endswith("_fts"):
            assert list(table["columns"]) == columns, name
        settings = [table.get("sort"), table.get("sort_desc"), table.get("label")]
        settings += [column for key in ("facets", "counted", "narrow", "shown") for column in table.get(key, [])]
        assert {setting for setting in settings if setting} <= set(columns), name
        assert table.get("search", "claims_fts") in await database.table_names()


async def test_the_list_of_tables_leads_to_what_people_come_for(pages: Datasette) -> None:
    page = (await get(pages, "/press")).text
    links = re.findall(r'<li><h3><a href="([^"]+)">([^<]+)', page)
    assert links[:2] == [("/press/documents_overview", "Documents"), ("/press/claims", "All claims")]
    assert ("/press/claims_lacking_source", "Claims lacking a source") in links
    for address, _ in links:
        await get(pages, address)


async def test_only_what_is_named_is_listed(pages: Datasette) -> None:
    listed = (await get(pages, "/press.json")).json()
    names = {table["name"] for table in listed["tables"]} | {view["name"] for view in listed["views"]}
    assert names == set(tables()) - SIGNED_IN
    shown = {table["name"] for table in listed["tables"] if not table["hidden"]}
    assert not shown & {"claim_spans", "claim_keys", "claims_fts", "texts_fts"}


@pytest.mark.parametrize("name", CLOSED)
@pytest.mark.parametrize("form", ["", ".json", ".csv", "/1"])
async def test_the_other_tables_are_closed(pages: Datasette, name: str, form: str) -> None:
    assert (await pages.client.get(f"/press/{name}{form}")).status_code == 403


async def test_names_stand_in_place_of_ids(pages: Datasette) -> None:
    rows = rows_of((await get(pages, "/press/claims?quote__startswith=Harbour")).text)
    assert re.search(r'<a href="/press/parties/\d+">Harbour Cleaning</a>', rows)
    assert re.search(r'<a href="/press/parties/\d+">Quayside News</a>', rows)
    page = (await get(pages, "/press/evidence")).text
    assert '<a href="/press/claims/2">A survey found' in rows_of(page)
    assert '<a href="/press/sources/1">A survey</a>' in rows_of(page)
    assert '<a href="/press/outlets/1">Quayside News</a>' in (await get(pages, "/press/documents")).text


async def test_facets_count_and_narrow_down(pages: Datasette) -> None:
    asked = "&".join(f"_facet={name}" for name in ("kind", "sourcing", "subject_id", "speaker_id", "origin_id"))
    found = (await get(pages, f"/press/claims.json?{asked}")).json()["facet_results"]["results"]
    assert {"kind", "sourcing", "subject_id", "speaker_id", "origin_id"} == set(found)
    subjects = {value["label"]: value["count"] for value in found["subject_id"]["results"]}
    assert subjects == {"Harbour Cleaning": 2, "<b>Bosses</b>": 1}
    overview = (await get(pages, "/press/claim_overview.json?_facet=outlet")).json()["facet_results"]
    outlets = overview["results"]["outlet"]["results"]
    assert [(value["value"], value["count"]) for value in outlets] == [("Quayside News", 3)]
    narrowed = (await get(pages, "/press/claim_overview.json?kind=poll&_shape=array")).json()
    assert [row["speaker"] for row in narrowed] == ["Ada Tenant"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("fined", [FINE]),
        ("invoice fine", [FINE]),  # other forms of both words, in any order
        ('"was fined"', [FINE]),
        ('"fined was"', []),
        ("harb*", [FINE, "A survey"]),
        ("Harbour NOT fined", []),  # operators are words
        ('"unbalanced', []),
    ],
)
@pytest.mark.parametrize("table", ["claims", "claim_overview"])
async def test_search_finds_words_in_their_forms(pages: Datasette, table: str, typed: str, found: list[str]) -> None:
    answer = await pages.client.get(f"/press/{table}.json", params={"_search": typed, "_shape": "array"})
    assert answer.status_code == 200, answer.text
    quotes = sorted(row["quote"] for row in answer.json())
    assert len(quotes) == len(found)
    assert all(any(quote.startswith(words) for words in found) for quote in quotes)


async def test_the_archived_words_are_searched_too(pages: Datasette) -> None:
    assert (await get(pages, "/press/texts.json?_search=unexplained+OR&_shape=array")).json() == []
    assert len((await get(pages, "/press/texts.json?_search=tenant&_shape=array")).json()) == 1


@pytest.mark.parametrize(
    "typed",
    [
        '"',
        '""',
        "'",
        "*",
        "(",
        ")",
        "-",
        "AND",
        "NEAR(a b)",
        "a:b",
        "^",
        "\\",
        "{",
        "a\0b",
        "“£23”",
        "%",
        "é" * 999,
    ],
)
async def test_search_survives_whatever_is_typed(pages: Datasette, typed: str) -> None:
    for table in ("claims", "texts", "claims_lacking_source"):
        answer = await pages.client.get(f"/press/{table}", params={"_search": typed})
        assert answer.status_code == 200, (typed, answer.text[-800:])


async def test_nobody_runs_sql_or_takes_the_file(pages: Datasette) -> None:
    await get(pages, "/press/-/query?sql=select+1", 404)
    await get(pages, "/press/-/query.json?sql=select+1", 404)
    await get(pages, "/press/claims.json?_where=1=1", 403)
    await get(pages, "/press.db", 404)
    await get(pages, "/press/claims?_fts_table=texts_fts&_search=a", 400)
    assert "Custom SQL" not in (await get(pages, "/press")).text


@pytest.mark.parametrize(
    "path",
    [
        "/press/claims/-/insert",
        "/press/claims/1/-/update",
        "/press/claims/1/-/delete",
        "/press/claims/-/drop",
        "/press/-/create",
        "/press/-/execute-write",
        "/-/create-token",
    ],
)
async def test_nobody_writes(pages: Datasette, path: str) -> None:
    answer = await pages.client.post(path, json={"row": {"kind": "x"}, "update": {"kind": "x"}, "confirm": True})
    assert answer.status_code == 404, answer.text
    assert len(await names_found(pages, "/press/claims.json?")) == 3


async def test_hostile_words_stay_words(pages: Datasette) -> None:
    for path in (
        "/press/claims",
        "/press/claims/3",
        "/press/claim_overview",
        "/press/claims_lacking_source",
        "/press/documents",
        "/press/documents/1",
        "/press/texts/1",
        "/press/evidence",
        "/press/parties",
    ):
        page = (await get(pages, path)).text
        body = re.sub(r"<script nonce.*?</script>", "", page, flags=re.DOTALL)
        assert "<script>alert" not in page, path
        assert "<img" not in body, path
        assert "<b>Bosses" not in body, path
        assert not re.search(r'(href|src)="\s*(javascript|data):', page, re.IGNORECASE), path
    rows = rows_of((await get(pages, "/press/claims")).text)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in rows
    assert "&lt;img src=x onerror=alert(2)&gt;" in rows


async def test_only_web_addresses_are_links(pages: Datasette) -> None:
    rows = rows_of((await get(pages, "/press/sources")).text)
    assert 'href="https://data.example.net/survey?id=7"' in rows
    assert "javascript:alert(3)</bdi>" in rows
    assert 'href="javascript' not in rows


async def test_values_read_as_words(pages: Datasette) -> None:
    rows = rows_of((await get(pages, "/press/claims?id=1&_col=chain&_col=also_kinds&_col=key")).text)
    assert "Quayside News &gt; Harbour Cleaning&#39;s chair (quoted)" in rows
    assert "<bdi>settlement</bdi>" in rows
    assert re.search(r'<code title="[0-9a-f]{64}">[0-9a-f]{12}…</code>', rows)
    assert "published: stated; title: json-ld" in rows_of((await get(pages, "/press/documents?_col=won_by")).text)
    queue = rows_of((await get(pages, "/press/claims_lacking_source")).text)
    assert '<a href="/press/claims/1">1</a>' in queue
    assert f'<a href="/press/claims/1">“{FINE}”</a>' in queue


async def test_exports_carry_the_whole_words(pages: Datasette) -> None:
    answer = await get(pages, "/press/claim_overview.csv?_sort=claim_id")
    records = list(csv.DictReader(io.StringIO(answer.text)))
    assert [record["claim_id"] for record in records] == ["1", "2", "3"]
    assert records[2]["quote"] == HOSTILE
    assert records[2]["document"] == TITLE
    labelled = (await get(pages, "/press/claims.json?_labels=on&id=1&_shape=array")).json()
    assert labelled[0]["subject_id"]["label"] == "Harbour Cleaning"
    assert labelled[0]["quote"] == FINE


async def test_the_queue_holds_what_lacks_a_source(pages: Datasette) -> None:
    queue = (await get(pages, "/press/claims_lacking_source.json?_shape=array")).json()
    assert {row["claim_id"] for row in queue} == {1, 3}


async def test_foreign_keys_hold_and_locks_are_waited_for(pages: Datasette) -> None:
    database = pages.get_database("press")

    def asked(connection: Any) -> tuple[int, int]:
        keys = connection.execute("PRAGMA foreign_keys").fetchone()[0]
        return keys, connection.execute("PRAGMA busy_timeout").fetchone()[0]

    assert await database.execute_fn(asked) == (1, 15_000)
    assert await database.execute_write_fn(asked) == (1, 15_000)


async def test_help_and_style_come_along(pages: Datasette) -> None:
    page = (await get(pages, "/press/claims_lacking_source")).text
    help_ = page[page.index('<details class="press-columns">') :]
    number, document = "<dt>no. <code>claim_id</code></dt>", "<dt>document</dt>"
    assert 0 < help_.index(number) < help_.index(document)
    style = re.search(r'href="([^"]+press\.css)"', page)
    assert style
    assert (await get(pages, style.group(1))).headers["content-type"].startswith("text/css")
    row = (await get(pages, "/press/sources/1")).text
    assert re.search(r'<th scope="row" title="Where it is on the web">url</th>', row)
