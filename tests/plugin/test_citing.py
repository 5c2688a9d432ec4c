"""Citations from the pages: the same rows as the page, whole or said to be cut, and only for who may read them."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette
from plugin_samples import FINE, HOSTILE

from tracker.plugin.config import build_config, build_metadata

pytestmark = pytest.mark.asyncio(loop_scope="session")
FORMS = ("txt", "md", "bib", "csl.json")
TYPES = {
    "txt": "text/plain; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "bib": "application/x-bibtex; charset=utf-8",
    "csl.json": "application/vnd.citationstyles.csl+json",
}
LISTS = ("claims", "claim_overview", "claims_lacking_source", "claims_named_not_located", "claims_firsthand")


@asynccontextmanager
async def served(path: Path, config: dict[str, Any] | None = None) -> AsyncIterator[Datasette]:
    """A Datasette of its own on this file."""
    running = Datasette(
        [str(path)],
        config=config or build_config("press", hosts=["localhost"], everybody=True),
        metadata=build_metadata("press"),
        default_deny=True,
    )
    await running.invoke_startup()
    try:
        yield running
    finally:
        running.close()


async def get(pages: Datasette, path: str, status: int = 200, **options: Any) -> Any:
    answer = await pages.client.get(path, **options)
    assert answer.status_code == status, (path, answer.status_code, answer.text[:500])
    return answer


def cited(form: str, body: str) -> list[int]:
    """The claims in the order in which a file cites them."""
    if form == "csl.json":
        return [int(item["id"].removeprefix("claim-")) for item in json.loads(body)]
    pattern = r"^@\w+\{claim-(\d+),$" if form == "bib" else r", claim (\d+), archived"
    return [int(number) for number in re.findall(pattern, body, re.MULTILINE)]


async def shown(pages: Datasette, table: str, query: str) -> list[int]:
    """The claims that the table's own page would show, by Datasette's JSON."""
    column = "id" if table == "claims" else "claim_id"
    rows = (await get(pages, f"/press/{table}.json?{query}&_shape=array")).json()
    return [row[column] for row in rows]


# ------------------------------------------------------------------ one claim


@pytest.mark.parametrize("form", FORMS)
async def test_one_claim_in_each_format(pages: Datasette, form: str) -> None:
    answer = await get(pages, f"/press/claims/1.{form}")
    assert answer.headers["content-type"] == TYPES[form]
    assert cited(form, answer.text) == [1]
    assert answer.text.index("NOT CHECKED: ") < answer.text.index("Harbour Cleaning was fined")
    assert answer.text.endswith("\n")
    assert answer.headers["x-content-type-options"] == "nosniff"
    saved = answer.headers.get("content-disposition")
    assert saved == (f'attachment; filename="claim-1.{form}"' if form in ("bib", "csl.json") else None)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("number", ["4711", "x", "0", "-1", "1,2", "1.0", "9" * 30, "1'", "%D9%A1", "~31"])
async def test_a_claim_that_is_none_is_one_line(pages: Datasette, form: str, number: str) -> None:
    answer = await get(pages, f"/press/claims/{number}.{form}", 404)
    if form == "csl.json":
        assert answer.json()["error"] == "There is no claim of this number."
    else:
        assert answer.text == "There is no claim of this number.\n"
        assert answer.headers["content-type"].startswith("text/plain")


async def test_the_page_of_a_claim_is_still_there(pages: Datasette) -> None:
    assert (await get(pages, "/press/claims/1.json")).json()["rows"][0]["quote"] == FINE
    assert "text/html" in (await get(pages, "/press/claims/1")).headers["content-type"]


# -------------------------------------------------------------------- a table


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("table", LISTS)
async def test_a_table_cites_what_it_shows_in_its_order(pages: Datasette, table: str, form: str) -> None:
    answer = await get(pages, f"/press/{table}.{form}")
    assert answer.headers["content-type"] == TYPES[form]
    assert cited(form, answer.text) == await shown(pages, table, "")
    saved = answer.headers.get("content-disposition")
    assert saved == (f'attachment; filename="{table}.{form}"' if form in ("bib", "csl.json") else None)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("table", "query", "claims"),
    [
        ("claims", "kind=poll", [2]),
        ("claims", "kind__not=poll&_sort_desc=id", [3, 1]),
        ("claims", "_sort_desc=kind", [2, 3, 1]),
        ("claims", "_search=fined", [1]),
        ("claims", "_search=invoice+fine&kind=poll", []),
        ("claims", "quote__contains=%26", []),
        ("claim_overview", "_search=harb*&_sort=claim_id", [1, 2]),
        ("claim_overview", "subject=Harbour+Cleaning&_sort=kind", [1, 2]),
        ("claim_overview", "subject=%3Cb%3EBosses%3C%2Fb%3E", [3]),
        ("claims_lacking_source", "_sort_desc=claim_id", [3, 1]),
        # What would take the ids away, or costs only time, changes nothing.
        ("claims", "_col=quote&_sort=id", [1, 2, 3]),
        ("claim_overview", "_nocol=claim_id&_sort=claim_id", [1, 2, 3]),
        ("claims", "_labels=on&_facet=kind&_shape=array&_extra=nonsense&_timelimit=x&_sort=id", [1, 2, 3]),
    ],
)
async def test_filters_search_and_sort_are_those_of_the_page(
    pages: Datasette, table: str, query: str, claims: list[int], form: str
) -> None:
    assert cited(form, (await get(pages, f"/press/{table}.{form}?{query}")).text) == claims


@pytest.mark.parametrize("form", FORMS)
async def test_an_empty_list_says_that_it_is_empty(pages: Datasette, form: str) -> None:
    said = (await get(pages, f"/press/claims.{form}?kind=nothing")).text
    assert said == {"txt": "No claims.\n", "md": "*No claims.*\n", "bib": "% No claims.\n", "csl.json": "[]\n"}[form]


@pytest.mark.parametrize("form", FORMS)
async def test_a_database_without_any_claim_cites_none(tmp_path: Path, form: str) -> None:
    from db.engine import open_database

    open_database(tmp_path / "press.db").dispose()
    async with served(tmp_path / "press.db") as empty:
        for table in LISTS:
            assert cited(form, (await get(empty, f"/press/{table}.{form}")).text) == []


@pytest.mark.parametrize("form", FORMS)
async def test_a_list_that_is_cut_says_so_first(pages: Datasette, form: str) -> None:
    answer = await get(pages, f"/press/claims.{form}?_size=2&_sort=id")
    assert cited(form, answer.text) == [1, 2]
    words = "First 2 of 3 claims."
    if form == "csl.json":
        assert answer.json()[0]["note"].startswith(words)
    else:
        assert words in answer.text.splitlines()[0]
    if form in ("bib", "csl.json"):
        assert f'filename="claims-first-2-of-3.{form}"' in answer.headers["content-disposition"]
    following = re.fullmatch(r'<http://localhost(.+)>; rel="next"', answer.headers["link"])
    assert following
    rest = await get(pages, following[1])
    assert cited(form, rest.text) == [3]
    assert "1 of 3 claims, from a later page." in rest.text
    assert "link" not in rest.headers


async def test_no_more_than_a_thousand_and_never_silently(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection, connection:
        _multiply(connection, 1002)
    async with served(database) as many:
        for table in ("claims", "claim_overview"):
            answer = await get(many, f"/press/{table}.bib")
            assert len(set(cited("bib", answer.text))) == 1000
            assert answer.text.startswith("% First 1,000 of 1,002 claims.\n")
            assert f'filename="{table}-first-1000-of-1002.bib"' in answer.headers["content-disposition"]
        many.get_database("press").count_limit = 500
        answer = await get(many, "/press/claims.txt?_size=3")
        assert answer.text.startswith("First 3 of more than 500 claims.\n\n")


def _multiply(connection: sqlite3.Connection, number: int) -> None:
    """Copies the first claim and its place in the text until there are as many claims as asked for."""
    for new in range(4, number + 1):
        keys = {"claims": {"id": str(new), "key": f"'k{new}'"}, "claim_spans": {"claim_id": str(new)}}
        for table, changes in keys.items():
            columns = [str(row[1]) for row in connection.execute(f"PRAGMA table_info({table})")]
            kept = [column for column in columns if column in changes or column != "id"]
            into, given = ", ".join(f'"{c}"' for c in kept), ", ".join(changes.get(c, f'"{c}"') for c in kept)
            own = "id" if table == "claims" else "claim_id"
            connection.execute(f"INSERT INTO {table} ({into}) SELECT {given} FROM {table} WHERE {own} = 1")  # noqa: S608


@pytest.mark.parametrize(
    ("query", "status"),
    [("_size=1001", 400), ("_size=x", 400), ("_sort=nothing", 400), ("_where=1=1", 403), ("_fts_table=texts_fts", 400),
     ("_next=x", 400), ("_next=99999999999999999999", 400)],
)  # fmt: skip
async def test_what_the_page_refuses_is_refused_in_one_line(pages: Datasette, query: str, status: int) -> None:
    for form in FORMS:
        answer = await get(pages, f"/press/claim_overview.{form}?{query}", status)
        assert answer.text.count("\n") <= 1
        assert answer.headers["content-type"].startswith("application/json" if form == "csl.json" else "text/plain")


async def test_the_filter_form_leads_to_the_same_format(pages: Datasette) -> None:
    query = "_filter_column=kind&_filter_op=exact&_filter_value=poll"
    moved = await get(pages, f"/press/claims.bib?{query}", 302)
    assert cited("bib", (await get(pages, moved.headers["location"])).text) == [2]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("table", ["documents", "sources", "evidence", "figures", "outlets", "documents/1"])
async def test_what_is_no_table_of_claims_cannot_be_cited(pages: Datasette, table: str, form: str) -> None:
    refused = await get(pages, f"/press/{table}.{form}", 404)
    assert "Only claims can be cited" in refused.text or refused.json()["error"] == "Row not found"


@pytest.mark.parametrize("form", FORMS)
async def test_the_words_of_the_press_stay_words(pages: Datasette, form: str) -> None:
    body = (await get(pages, f"/press/claims/3.{form}")).text
    if form == "md":
        assert "\\<script\\>" in body
    elif form == "bib":
        assert "\\textless{}script\\textgreater{}" in body
    elif form == "csl.json":
        assert "<" not in body
        assert json.loads(body)[0]["abstract"] == HOSTILE
    else:
        assert HOSTILE in body


# --------------------------------------------------------------- who may read


CLOSED_TO_SOME = {"id": "ann"}
ANN, BOB = {"id": "ann", "role": "reader"}, {"id": "bob", "role": "reader"}


@pytest.mark.parametrize("form", FORMS)
async def test_who_may_not_see_a_table_gets_no_citation_of_it(filled: Path, tmp_path: Path, form: str) -> None:
    path = Path(shutil.copy(filled, tmp_path / "press.db"))
    config = build_config("press", hosts=["localhost"])
    tables = config["databases"]["press"]["tables"]
    tables["claims_lacking_source"]["permissions"]["view-table"] = CLOSED_TO_SOME
    async with served(path, config) as partly:
        closed = f"/press/claims_lacking_source.{form}"
        for refused in (
            await get(partly, closed, 403, actor=BOB),
            await get(partly, closed, 403),
            await get(partly, f"/press/claims.{form}", 403),
            await get(partly, f"/press/claims/1.{form}", 403),
        ):
            assert "Harbour" not in refused.text
        assert cited(form, (await get(partly, f"/press/claim_overview.{form}", actor=BOB)).text)
        allowed = await get(partly, closed, actor=ANN)
        assert cited(form, allowed.text)
        assert allowed.headers["cache-control"] == "private, no-store"


@pytest.mark.parametrize("form", FORMS)
async def test_who_may_not_see_the_claims_gets_none_through_a_view(filled: Path, tmp_path: Path, form: str) -> None:
    path = Path(shutil.copy(filled, tmp_path / "press.db"))
    config = build_config("press", hosts=["localhost"])
    config["databases"]["press"]["tables"]["claims"]["permissions"]["view-table"] = CLOSED_TO_SOME
    async with served(path, config) as partly:
        for address in ("claim_overview", "claims", "claims/1", "claims/4711"):
            assert "Harbour" not in (await get(partly, f"/press/{address}.{form}", 403, actor=BOB)).text
        assert cited(form, (await get(partly, f"/press/claim_overview.{form}", actor=ANN)).text)


@pytest.mark.parametrize("table", ["runs", "failures", "claims_fts", "alembic_version"])
async def test_closed_tables_are_closed_in_every_format(pages: Datasette, table: str) -> None:
    for form in FORMS:
        assert (await pages.client.get(f"/press/{table}.{form}")).status_code in (403, 404)


# ---------------------------------------------------------------------- links


@pytest.mark.parametrize("table", LISTS)
async def test_the_formats_are_offered_where_there_are_claims(pages: Datasette, table: str) -> None:
    page = (await get(pages, f"/press/{table}?kind=fine")).text
    for form in FORMS:
        assert f"/press/{table}.{form}?kind=fine" in page


async def test_they_are_not_offered_where_there_are_none(pages: Datasette) -> None:
    for table in ("documents", "evidence", "sources"):
        found = (await get(pages, f"/press/{table}.json?_extra=renderers")).json()["renderers"]
        assert not set(FORMS) & set(found)
