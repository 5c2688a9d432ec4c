"""Datasette's tables as researchers meet them: few columns, counted facets, words for codes, safe CSV."""

from __future__ import annotations

import csv
import io
import re
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import browse_samples
import desk_samples
import pytest
import pytest_asyncio
from datasette.app import Datasette
from plugin_samples import FINE, HOSTILE, NOW, add_one

from tracker.plugin.config import tables
from tracker.plugin.safe_csv import defused, defused_rows

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def many(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Datasette]:
    served = desk_samples.desk(browse_samples.fill(tmp_path_factory.mktemp("tables") / "many.db", 10), everybody=True)
    await served.invoke_startup()
    yield served
    await served.invoke_shutdown()


async def page(served: Datasette, path: str, **options: Any) -> str:
    answer = await served.client.get(path, **options)
    assert answer.status_code == 200, (path, answer.text[:500])
    return str(answer.text)


def columns(html: str) -> list[str]:
    return re.findall(r'<th[^>]* data-column="([^"]+)"', html)


def facets(html: str) -> dict[str, dict[str, int]]:
    """The facets of a page: for each its values, in words, with their counts."""
    found: dict[str, dict[str, int]] = {}
    for part in html.split('<div class="facet-info ')[1:]:
        name = re.search(r'data-column="([^"]+)"', part)
        assert name
        values = re.findall(r'<bdi>([^<]*)</bdi>(?:</a>)? <span class="facet-count">([\d,]+)<', part)
        found[name.group(1)] = {value: int(count.replace(",", "")) for value, count in values}
    return found


async def rows(served: Datasette, path: str) -> list[dict[str, Any]]:
    answer = await served.client.get(path)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()
    return found


async def test_the_page_of_claims_shows_what_people_want(pages: Datasette) -> None:
    html = await page(pages, "/press/claims")
    # That a source is attached, and what the text alone gives, is told under sourcing.
    told = ("is_backed", "read_sourcing")
    assert columns(html) == ["id", *(name for name in tables()["claims"]["shown"] if name not in told)]
    assert columns(html)[4:9] == ["sourcing", "speaker_id", "outlet_id", "published", "workflow"]
    assert f'<a href="/press/claims/1">“{FINE}”</a>' in html
    assert '<a href="/press/parties/1">Harbour Cleaning</a>' in html
    assert '<span class="press-badge press-badge-anonymous">unnamed source</span>' in html
    assert "30 January 2026" in html
    # Nothing of what the page asks for by itself goes into its own links and forms.
    assert "_col=" not in html
    assert 'name="_col"' not in html
    assert "_nocount" not in html


async def test_the_readers_own_choice_of_columns_wins(pages: Datasette) -> None:
    assert columns(await page(pages, "/press/claims?_col=key&_col=stance")) == ["id", "key", "stance"]
    without = columns(await page(pages, "/press/claims?_nocol=quote"))
    assert "quote" not in without
    assert "chain" in without
    html = await page(pages, "/press/claims?_col=key")
    assert '<input type="hidden" name="_col" value="key">' in html
    assert (await pages.client.get("/press/claims?_col=nonsense")).status_code == 400


@pytest.mark.parametrize("name", ["claims", "claims?kind=fine", "claims?_col=key", "claims?_nocol=quote", "documents"])
async def test_a_page_can_be_sorted_by_a_column_that_it_does_not_show(many: Datasette, name: str) -> None:
    column = "weight" if name.startswith("claims") else "key"
    for way in ("_sort", "_sort_desc"):
        address = f"/many/{name}{'&' if '?' in name else '?'}{way}={column}&_size=7"
        html = await page(many, address)
        assert column in columns(html)
        following = re.search(r'href="[^"]*(/many/[^"]+)" rel="next"', html)
        assert following
        assert column in columns(await page(many, following.group(1).replace("&amp;", "&")))
    assert "weight" not in columns(await page(many, "/many/claims"))
    # Where it is one of those hidden it stays.
    assert "kind" in columns(await page(many, "/many/claims?_nocol=kind&_sort=kind&_size=7"))
    assert (await many.client.get("/many/claims?_sort=nonsense")).status_code == 400


async def test_claims_are_sorted_by_the_size_of_their_figures(many: Datasette) -> None:
    assert "this is where to sort claims by the size" in await page(many, "/many/claim_figures")
    found = await rows(many, "/many/claim_figures.json?kind=fine&_sort_desc=value&_shape=array&_size=max")
    values = [row["value"] for row in found]
    # As text 11 vans would come after 2.
    assert values == sorted(values, reverse=True)
    assert (len(values), values[0], values[-1]) == (40, 11, 2)
    html = await page(many, "/many/claim_figures?kind=fine&_sort_desc=value")
    assert facets(html) == {"kind": {"fine": 40}, "dimension": {"count": 40}, "unit": {"van": 40}}
    assert re.search(r'<a href="/many/claims/\d+">“Depot \d+ lost 11 vans', html)
    assert re.search(r'<a href="/many/documents/\d+">Report \d+</a>', html)
    heading, *lines = csv.reader(io.StringIO(await page(many, "/many/claim_figures.csv?_search=depot&value__gt=12")))
    assert heading == list(tables()["claim_figures"]["columns"])
    assert [line[heading.index("comparator")] for line in lines] == ["="] * 10


async def test_json_and_csv_keep_everything(pages: Datasette) -> None:
    (first,) = await rows(pages, "/press/claims.json?id=1&_shape=array")
    assert list(first) == list(tables()["claims"]["columns"])
    heading = (await page(pages, "/press/claims.csv")).splitlines()[0]
    assert heading.split(",") == list(tables()["claims"]["columns"])


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("", True),
        ("?kind=fine", True),
        ("?kind=fine&workflow=new", True),
        ("?sourcing__exact=none&_sort=quote", True),
        ("?kind=fine&_facet=subject_id", True),
        ("?kind__not=fine", False),
        ("?_search=depot", False),
        ("?subject_id=3", False),
        ("?kind=fine&kind=poll", False),
    ],
)
async def test_facets_are_those_of_the_rows(many: Datasette, query: str, kept: bool) -> None:
    html = await page(many, f"/many/claims{query}")
    plain = re.sub(r"&?_facet=\w+", "", query)
    found = await rows(many, f"/many/claims.json{plain}{'&' if '?' in plain else '?'}_shape=array&_size=max")
    shown = facets(html)
    expected = Counter(row["kind"] for row in found)
    assert shown.get("kind", {}) == expected
    assert sum(shown.get("workflow", {}).values()) == len(found)
    number = re.search(r'<strong class="table-count">\s*([\d,]+) claims?</strong>', html)
    assert number
    assert int(number.group(1)) == len(found)
    if "_facet=subject_id" in query:
        assert sum(shown["subject_id"].values()) == len(found)


async def test_an_empty_search_box_is_no_search(many: Datasette) -> None:
    answer = await many.client.get("/many/claims?_search=&kind=fine&_sort=quote")
    assert (answer.status_code, answer.headers["location"]) == (302, "/many/claims?kind=fine&_sort=quote")


async def test_facets_lead_where_they_say(many: Datasette) -> None:
    html = await page(many, "/many/claims?_sort=quote")
    toggle = re.search(r'<a href="([^"]+)" data-facet-value="poll">', html)
    assert toggle
    chosen = await page(many, toggle.group(1).replace("&amp;", "&"))
    assert facets(chosen)["kind"] == {"poll": 40}
    assert "_sort=quote" in toggle.group(1)
    back = re.search(r'class="press-chosen">.*?<a href="([^"]+)" class="cross"', chosen, re.DOTALL)
    assert back
    assert back.group(1) == "/many/claims?_sort=quote"


async def test_what_else_to_narrow_by(many: Datasette) -> None:
    html = await page(many, "/many/claims?kind=fine")
    narrow = dict(re.findall(r'<li><a href="([^"#]+)#facets">([^<]+)</a></li>', html))
    assert {"subject", "speaker", "origin", "outlet", "year", "verdict"} <= set(narrow.values())
    by_subject = next(address for address, name in narrow.items() if name == "subject")
    assert len(facets(await page(many, by_subject.replace("&amp;", "&")))["subject_id"]) == 10


async def test_filters_are_named_and_can_be_taken_away(many: Datasette) -> None:
    (subject, *_) = await rows(many, "/many/parties.json?name=Depot+3&_shape=array")
    html = await page(many, f"/many/claims?subject_id={subject['id']}&quote__contains=<b>lost")
    assert "<bdi>subject: Depot 3</bdi>" in html
    assert "<bdi>quote: contains &lt;b&gt;lost</bdi>" in html
    assert f'<a href="/many/claims?subject_id={subject["id"]}" aria-current="true"' in html


async def test_facets_come_after_the_rows_for_who_listens(many: Datasette) -> None:
    html = await page(many, "/many/claims")
    assert html.index("</tbody>") < html.index('id="facets"')
    assert '<details class="press-more">' in html


async def test_the_queue_views_are_in_their_order(many: Datasette) -> None:
    found = await rows(many, "/many/claims_lacking_source.json?_shape=array&_size=max")
    weights = [row["weight"] for row in found]
    assert weights == sorted(weights, reverse=True)
    html = await page(many, "/many/claims_lacking_source")
    assert "<h1>Claims lacking a source</h1>" in html
    assert "(view)" not in html


async def test_every_kind_of_a_claim_is_listed(pages: Datasette) -> None:
    assert '<a href="/press/claim_kinds">see also: Claims by all their kinds</a>' in await page(pages, "/press/claims")
    html = await page(pages, "/press/claim_kinds?kind=settlement")
    assert f'<a href="/press/claims/1">{FINE}</a>' in html
    assert facets(html)["kind"] == {"settlement": 1}


async def test_titles_are_in_users_words(pages: Datasette) -> None:
    for path, title in (
        ("/press/claims", "All claims"),
        ("/press/sources/1", "Sources: 1"),
        ("/press", "All tables"),
        ("/press/documents_overview", "Documents"),
    ):
        assert f"<title>{title}</title>" in await page(pages, path)


async def test_reviews_are_for_those_who_have_signed_in(database: Path) -> None:
    connection = sqlite3.connect(database)
    reading = '{"quote": "Fined <b>£23 million</b>", "speaker": "Ada", "figures": [{"text": "£23 million"}]}'
    with connection:
        connection.execute(
            "INSERT INTO reviews (claim_id, at, by_whom, role, move, from_workflow, to_workflow, from_verdict,"
            " to_verdict, note, digest, reading, detail) VALUES (1, ?, 'ada', 'checker', 'attach', 'new', 'in_review',"
            " 'unchecked', 'unchecked', 'see page 4', 'd', ?, ?)",
            (NOW, reading, '{"url": "https://court.example/1", "note": null}'),
        )
    connection.close()
    desk_samples.add_people(database)
    served = desk_samples.desk(database, everybody=True)
    await served.invoke_startup()
    assert (await served.client.get("/press/reviews")).status_code in (302, 403)
    html = await page(served, "/press/reviews", cookies=desk_samples.cookies(database, "rita"))
    assert "“Fined &lt;b&gt;£23 million&lt;/b&gt;”" in html
    assert "figures: £23 million" in html
    assert "url: https://court.example/1" in html
    assert '<span class="press-badge press-badge-in_review">in review</span>' in html
    assert "null" not in html[html.index("<tbody>") : html.index("</tbody>")]
    await served.invoke_shutdown()


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("+44 20", "'+44 20"),
        ("-cmd|x", "'-cmd|x"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("-12.5", "-12.5"),
        ("+3", "+3"),
        ("-1e-5", "-1e-5"),
        ("a=b", "a=b"),
        ("", ""),
        ("--", "'--"),
        # A sign alone runs nothing.
        ("=", "="),
        ("-", "-"),
    ],
)
async def test_cells_that_would_run_do_not(cell: str, safe: str) -> None:
    assert defused(cell) == safe
    made = io.StringIO()
    csv.writer(made).writerow(["first", cell, 'with "quotes", and commas'])
    assert next(csv.reader(io.StringIO(defused_rows(made.getvalue()), newline="")))[1] == safe


async def test_csv_is_safe_and_whole(database: Path) -> None:
    add_one(database, '=HYPERLINK("http://evil.example","7") vans, "stolen"\nand lost')
    served = desk_samples.desk(database, everybody=True)
    await served.invoke_startup()
    for path in ("/press/claims.csv?_stream=1", "/press/claims.csv?_dl=1&_labels=on", "/press/claim_overview.csv"):
        records = list(csv.DictReader(io.StringIO(await page(served, path), newline="")))
        quotes = {record["quote"] for record in records}
        assert quotes >= {FINE, HOSTILE}
        assert any(quote.startswith("'=HYPERLINK") and quote.endswith("\nand lost") for quote in quotes)
        assert not any(value.startswith(("=", "@", "+")) for record in records for value in record.values())
    # JSON is no spreadsheet's: there the words stay as they are.
    assert any(row["quote"].startswith("=HYPER") for row in await rows(served, "/press/claims.json?_shape=array"))
    await served.invoke_shutdown()


@pytest.mark.parametrize(
    "query",
    ["?_facet=nonsense", "?nonsense=1", "?kind=%00", "?_sort=nonsense", "?_next=x", "?_size=-1",
     "?_col=quote&_nocol=quote", "?_facet_size=x", "?subject_id=99999999999999999999", "?kind__in=[1",
     "?_search=%22&kind=fine"],
)  # fmt: skip
async def test_odd_addresses_are_no_crash(pages: Datasette, query: str) -> None:
    answer = await pages.client.get(f"/press/claims{query}")
    assert answer.status_code in (200, 400), answer.text[:300]


@pytest.mark.parametrize("query", ["kind__in=[1", "_facet=nonsense", "_next=abc", "_next=abc&_sort=quote", "_next=1,"])
@pytest.mark.parametrize("table", ["claims", "claim_overview", "claim_figures", "claims_lacking_source", "documents"])
async def test_programs_are_told_what_is_wrong_in_one_line(pages: Datasette, table: str, query: str) -> None:
    if table != "claims" and "_sort" in query:
        query = query.replace("quote", "kind")
    answer = await pages.client.get(f"/press/{table}.json?{query}")
    assert answer.status_code == 400, answer.text[:300]
    assert answer.json()["ok"] is False
    assert "\n" not in answer.json()["error"]
    answer = await pages.client.get(f"/press/{table}.csv?{query}")
    assert (answer.status_code, answer.headers["content-type"]) == (400, "text/plain; charset=utf-8")
    assert len(answer.text.splitlines()) == 1
    assert (await pages.client.get(f"/press/{table}?{query}")).status_code == 400


async def test_pages_of_json_follow_each_other(many: Datasette) -> None:
    for table in ("claims", "claims_lacking_source", "claim_kinds"):
        seen: list[Any] = []
        address = f"/many/{table}.json?_size=7"
        while address:
            answer = (await many.client.get(address)).json()
            seen += [tuple(row.values()) for row in answer["rows"]]
            address = (answer.get("next_url") or "").removeprefix("http://localhost")
        whole = await rows(many, f"/many/{table}.json?_size=max&_shape=array")
        assert len(seen) == len(set(map(str, seen))) == len(whole)


async def test_the_link_for_programs_gives_all_that_may_be_given(
    many: Datasette, monkeypatch: pytest.MonkeyPatch
) -> None:
    def link(html: str) -> str:
        found = re.search(r'<span class="export-links">as <a href="([^"]+)">json<', html)
        assert found
        return found.group(1).replace("&amp;", "&")

    html = await page(many, "/many/claims?kind=fine&_size=5&_next=60")
    assert link(html) == "/many/claims.json?kind=fine&_labels=on&_size=max"
    assert len((await many.client.get(link(html))).json()["rows"]) == 40
    html = await page(many, "/many/claims")
    assert len((await many.client.get(link(html))).json()["rows"]) == 120
    assert "at once" not in html
    monkeypatch.setattr(many, "max_returned_rows", 100)
    monkeypatch.setitem(many._settings, "max_returned_rows", 100)
    html = await page(many, "/many/claims")
    assert "the first 100 at once" in html
    assert re.search(r"100 rows at once, the first of\s+120: its next_url leads on", html)


async def test_what_is_rejected_is_told_from_the_rest(database: Path) -> None:
    connection = sqlite3.connect(database)
    with connection:
        connection.execute("UPDATE claims SET workflow = 'rejected' WHERE id = 1")
    connection.close()
    served = desk_samples.desk(database, everybody=True)
    await served.invoke_startup()
    html = await page(served, "/press/claims")
    assert re.search(r'<td class="col-workflow type-str"><span class="press-badge press-badge-rejected">', html)
    assert '<li class="press-entry press-out" id="claim-1">' in await page(served, "/-/search?q=fined")
    await served.invoke_shutdown()


async def test_local_paths_are_for_those_who_have_signed_in(database: Path) -> None:
    desk_samples.add_people(database)
    served = desk_samples.desk(database, everybody=True)
    await served.invoke_startup()
    for form in ("", ".json", ".csv"):
        assert (await served.client.get(f"/press/failures_latest{form}")).status_code in (302, 403)
    assert "failures_latest" not in await page(served, "/press")
    cookies = desk_samples.cookies(database, "rita")
    assert "https://news.example.org/lost" in await page(served, "/press/failures_latest", cookies=cookies)
    await served.invoke_shutdown()
