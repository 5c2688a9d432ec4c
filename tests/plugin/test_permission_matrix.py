"""Who may open and send what: every address of the desk, for everybody, by every way of asking.

Each route of the running application stands in ``MATRIX``; one that does not fails. A row names an
address and the status of GET, POST, and a POST that comes from another site, for five kinds of
visitor:

    a stranger where only people of the desk read | a stranger with --open | reader | checker | editor

One number stands for all five. No GET and nothing from another site changes the database.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import desk_samples
import httpx2
import pytest
import pytest_asyncio
from datasette.app import Datasette

from tracker.plugin import _static_name

pytestmark = pytest.mark.asyncio(loop_scope="module")

VISITORS = ("stranger", "stranger with --open", "rita", "cleo", "edda")
ASKING = {
    "GET": {},
    "CROSS": {"origin": "https://evil.example", "sec-fetch-site": "cross-site"},
    "POST": {"origin": "http://localhost", "sec-fetch-site": "same-origin"},
}


class Row(NamedTuple):
    """An address, and the five statuses of each way of asking (or one for all five).

    ``form`` is what the posts send; ``workflow`` the state that claim 1 is put in before each of them.
    """

    address: str
    get: str
    post: str = "405"
    cross: str = "405"
    form: str = ""
    workflow: str = ""


def page(address: str) -> Row:
    """Read by whoever may read; a stranger is sent to the sign-in page."""
    return Row(address, "302|200|200|200|200")


def data(address: str) -> Row:
    """The same, for programs: a stranger is told in the format that was asked for."""
    return Row(address, "403|200|200|200|200")


def free(address: str) -> Row:
    """Open to everybody: it is needed to sign in."""
    return Row(address, "200")


def closed(address: str) -> Row:
    """There is no such page, for anybody."""
    return Row(address, "404", "404", "404")


def move(name: str, by: str, form: str, workflow: str = "new") -> Row:
    """A move of a review, which these roles may make; a stranger who may read is sent to sign in."""
    cleo, edda = ("303" if role in by.split() else "403" for role in ("checker", "editor"))
    rita = "303" if "reader" in by.split() else "403"
    post, cross = f"403|303|{rita}|{cleo}|{edda}", "403"
    return Row(f"/-/claim/1/{name}", "302|405|405|405|405", post, cross, f"{form}&seen=LAST", workflow)


_DB, _FORMAT = r"/(?P<database>[^\/\.]+)", r"(\.(?P<format>json))?$"
_TABLE = _DB + r"/(?P<table>[^\/\.]+)"
_QUERY = _DB + r"/(?P<query>[^\/\.]+)"
_ROW = _DB + r"/(?P<table>[^/]+?)/(?P<pks>[^/]+?)"

#: Every route, as the application has it, and the rows that try it.
MATRIX: dict[str, list[Row]] = {
    # Ours.
    r"^/-/login$": [Row("/-/login", "200|200|303|303|303", "400", "403")],
    r"^/robots\.txt$": [free("/robots.txt")],
    r"^/$": [page("/")],
    r"^/-/queue$": [page("/-/queue"), page("/-/queue?tab=named"), page("/-/queue?tab=review&awaiting=1")],
    r"^/-/search$": [page("/-/search?q=fine")],
    r"^/-/new\.atom$": [data("/-/new.atom")],
    r"^/(?P<database>[^\/\.]+)/(?P<table>NAMED)(?:\.(?P<format>json|csv))?$": [
        page("/press/claims"),
        page("/press/claim_overview"),
        page("/press/claim_figures"),
        Row("/press/reviews", "302|403|200|200|200"),
        Row("/press/failures_latest", "302|403|200|200|200"),
        Row("/press/requests", "302|403|200|200|200"),
        *(page(f"/press/{name}") for name in ("changes", "visits", "document_links", "source_snapshots")),
        data("/press/claims.json"),
        data("/press/claims.csv?_stream=on"),
        data("/press/claim_figures.csv"),
        Row("/press/reviews.json", "403|403|200|200|200"),
        Row("/press/failures_latest.json", "403|403|200|200|200"),
        Row("/press/requests.json", "403|403|200|200|200"),
        data("/press/changes.json"),
        Row("/press/claims.json?_where=1", "403|403|403|403|403"),
    ],
    r"/(?P<database>[^/.]+)/claims/(?P<claim>[^/.]+)$": [
        page("/press/claims/1"),
        Row("/press/claims/99", "302|404|404|404|404"),
    ],
    r"/(?P<database>[^/.]+)/documents/(?P<document>[0-9]{1,18})$": [
        page("/press/documents/1"),
        Row("/press/documents/99", "302|404|404|404|404"),
    ],
    r"/(?P<database>[^/.]+)/(?P<table>claims)/(?P<claim>[^/]+?)\.(?P<form>bib|csl\.json|md|txt)$": [
        data("/press/claims/1.bib"),
        data("/press/claims/1.csl.json"),
    ],
    r"/(?P<database>[^/.]+)/(?P<table>[^/.]+)\.(?P<form>bib|csl\.json|md|txt)$": [
        data("/press/claim_overview.txt"),
        data("/press/claims.csl.json"),
        Row("/press/runs.txt", "403"),
    ],
    r"/-/claim/(?P<claim>[0-9]{1,18})/"
    r"(?P<move>flag|attach|verdict|approve|reject|correct|recall|reopen|note)$": [
        move("flag", "reader checker editor", "reason=odd"),
        move("attach", "checker editor", "url=https://court.example/1&relation=supports"),
        move("verdict", "checker editor", "verdict=supported"),
        move("approve", "editor", ""),
        move("reject", "checker editor", "reason=odd"),
        move("correct", "checker editor", "field=kind&now=pay"),
        move("recall", "editor", "reason=odd", "approved"),
        move("reopen", "checker editor", "reason=odd", "rejected"),
        move("note", "checker editor", "text=odd"),
    ],
    # Datasette's, open.
    r"/(\.(?P<format>json))?$": [data("/.json")],
    "/favicon.ico": [free("/favicon.ico")],
    r"/-/static/(?P<path>.*)$": [free("/-/static/app.css"), Row("/-/static/nothing.css", "404")],
    "/-/static-plugins": [free("/-/static-plugins/OURS/press.css")],
    rf"/-/jump{_FORMAT}": [page("/-/jump?q=claims"), data("/-/jump.json?q=claims")],
    r"/-/logout$": [Row("/-/logout", "302|302|200|200|200", "302", "403")],
    rf"{_DB}(\.(?P<format>\w+))?$": [
        page("/press"),
        data("/press.json"),
        Row("/nothing", "302|404|404|404|404"),
        Row("/_internal", "302|404|404|404|404"),
    ],
    rf"{_TABLE}(\.(?P<format>\w+))?$": [
        data("/press/claims.blob?_blob_column=quote"),
        Row("/press/runs", "302|403|403|403|403"),
        Row("/press/signatures", "302|403|403|403|403"),
        Row("/press/signatures.json", "403|403|403|403|403"),
        Row("/press/signature_bands.csv", "403|403|403|403|403"),
        Row("/press/nothing.json", "403|404|404|404|404"),
    ],
    rf"{_ROW}(\.(?P<format>\w+))?$": [
        page("/press/sources/1"),
        data("/press/claims/1.json"),
        Row("/press/runs/1", "302|403|403|403|403"),
        Row("/press/signatures/1", "302|403|403|403|403"),
    ],
    # Counts the rows of a long table when it is asked to, by a form.
    rf"{_TABLE}/-/count$": [
        Row("/press/claims/-/count", "302|405|405|405|405", "403|200|200|200|200", "403"),
        Row("/press/runs/-/count", "302|405|405|405|405", "403", "403"),
    ],
    # Datasette's and its plugins', closed.
    **{
        pattern: [closed(address)]
        for pattern, address in (
            (r"^/-/password-tool$", "/-/password-tool"),
            (r"/-/(\.(?P<format>json))?$", "/-/.json"),
            (r"/-$", "/-"),
            (r"/:memory:(?P<rest>.*)$", "/:memory:"),
            (rf"/-/versions{_FORMAT}", "/-/versions.json"),
            (rf"/-/plugins{_FORMAT}", "/-/plugins"),
            (rf"/-/settings{_FORMAT}", "/-/settings.json"),
            (rf"/-/config{_FORMAT}", "/-/config"),
            (rf"/-/threads{_FORMAT}", "/-/threads.json"),
            (rf"/-/tasks{_FORMAT}", "/-/tasks"),
            (rf"/-/databases{_FORMAT}", "/-/databases.json"),
            (rf"/-/actor{_FORMAT}", "/-/actor.json"),
            (rf"/-/actions{_FORMAT}", "/-/actions"),
            (r"/-/auth-token$", "/-/auth-token?token=x"),
            (r"/-/create-token$", "/-/create-token"),
            (r"/-/api$", "/-/api"),
            (rf"/-/queries{_FORMAT}", "/-/queries"),
            (r"/-/schema(\.(?P<format>json|md))?$", "/-/schema"),
            (r"/-/permissions$", "/-/permissions"),
            (rf"/-/allowed{_FORMAT}", "/-/allowed.json"),
            (rf"/-/rules{_FORMAT}", "/-/rules"),
            (rf"/-/check{_FORMAT}", "/-/check.json"),
            (r"/-/messages$", "/-/messages"),
            (r"/-/allow-debug$", "/-/allow-debug"),
            (r"/-/patterns$", "/-/patterns"),
            (r"/-/debug/autocomplete$", "/-/debug/autocomplete"),
            (rf"{_DB}\.db$", "/press.db"),
            (rf"{_DB}/-/create$", "/press/-/create"),
            (rf"{_DB}/-/foreign-key-targets$", "/press/-/foreign-key-targets"),
            (rf"{_DB}/-/queries{_FORMAT}", "/press/-/queries"),
            (rf"{_DB}/-/queries/analyze$", "/press/-/queries/analyze"),
            (rf"{_DB}/-/queries/store$", "/press/-/queries/store"),
            (rf"{_DB}/-/execute-write/analyze$", "/press/-/execute-write/analyze"),
            (rf"{_DB}/-/execute-write$", "/press/-/execute-write"),
            (rf"{_DB}/-/schema(\.(?P<format>json|md))?$", "/press/-/schema"),
            (rf"{_DB}/-/query/parameters$", "/press/-/query/parameters"),
            (rf"{_DB}/-/query(\.(?P<format>\w+))?$", "/press/-/query.json?sql=select+1"),
            (rf"{_QUERY}/-/definition$", "/press/claims/-/definition"),
            (rf"{_QUERY}/-/edit$", "/press/claims/-/edit"),
            (rf"{_QUERY}/-/update$", "/press/claims/-/update"),
            (rf"{_QUERY}/-/delete$", "/press/claims/-/delete"),
            (rf"{_TABLE}/-/insert$", "/press/claims/-/insert"),
            (rf"{_TABLE}/-/upsert$", "/press/claims/-/upsert"),
            (rf"{_TABLE}/-/alter$", "/press/claims/-/alter"),
            (rf"{_TABLE}/-/foreign-key-suggestions$", "/press/claims/-/foreign-key-suggestions"),
            (rf"{_TABLE}/-/set-column-type$", "/press/claims/-/set-column-type"),
            (rf"{_TABLE}/-/fragment$", "/press/claims/-/fragment"),
            (rf"{_TABLE}/-/autocomplete$", "/press/claims/-/autocomplete?q=a"),
            (rf"{_TABLE}/-/drop$", "/press/claims/-/drop"),
            (rf"{_TABLE}/-/schema(\.(?P<format>json|md))?$", "/press/claims/-/schema"),
            (rf"{_ROW}/-/delete$", "/press/claims/1/-/delete"),
            (rf"{_ROW}/-/update$", "/press/claims/1/-/update"),
        )
    },
}

#: Addresses for which there is no route at all.
UNROUTED = [
    Row("/a/b/c/d/e", "302|404|404|404|404"),
    Row("/-/claim/1/conjure", "302|404|404|404|404", "403|404|404|404|404", "403"),
    Row("/-/queue/x", "404", "404", "404"),
    Row("/press/claims/", "302"),
    Row("/~2D/plugins", "302|404|404|404|404"),
    Row("/%2D/plugins", "302"),
]


def statuses(said: str) -> list[int]:
    """The five statuses of a cell of the table."""
    numbers = [int(number) for number in said.split("|")]
    assert len(numbers) in (1, len(VISITORS)), said
    return numbers * (len(VISITORS) // len(numbers))


def content(database: Path) -> str:
    """A fingerprint of every row of every table."""
    with closing(sqlite3.connect(database)) as connection:
        return hashlib.sha256("\n".join(connection.iterdump()).encode()).hexdigest()


class Desks(NamedTuple):
    """The same database behind two doors."""

    database: Path
    closed: Datasette
    open: Datasette
    apps: dict[bool, Any]

    def prepared(self, row: Row) -> str:
        """The row's form, with the last review of claim 1, which is put in the row's state."""
        with closing(sqlite3.connect(self.database)) as connection, connection:
            if row.workflow:
                connection.execute("UPDATE claims SET workflow = ? WHERE id = 1", [row.workflow])
            (last,) = connection.execute("SELECT coalesce(max(id), 0) FROM reviews WHERE claim_id = 1").fetchone()
        return row.form.replace("LAST", str(last))

    async def ask(self, visitor: str, way: str, address: str, form: str) -> int:
        """The status of an answer."""
        app = self.apps[visitor.endswith("--open")]
        name = None if visitor.startswith("stranger") else visitor
        async with httpx2.AsyncClient(
            transport=httpx2.ASGITransport(app=app), cookies=desk_samples.cookies(self.database, name)
        ) as client:
            method = "GET" if way == "GET" else "POST"
            sent = {} if method == "GET" else {"content": form, "headers": {**ASKING[way], **_FORM}}
            answer = await client.request(method, f"http://localhost{address}", **sent)
            return int(answer.status_code)


_FORM = {"content-type": "application/x-www-form-urlencoded"}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def desks(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Desks]:
    database = Path(shutil.copy(filled, tmp_path_factory.mktemp("desks") / "press.db"))
    desk_samples.add_people(database)
    doors = [desk_samples.desk(database, everybody=everybody) for everybody in (False, True)]
    for door in doors:
        await door.invoke_startup()
    made = Desks(database, *doors, {bool(number): door.app() for number, door in enumerate(doors)})
    yield made
    for door in (made.closed, made.open):
        door.close()


def key_of(pattern: str) -> str:
    """The table's name for a route: the plugins' style sheets and scripts are one, our tables' names too."""
    named = re.sub(r"\(\?P<table>\w+(?:\|\w+)+\)", "(?P<table>NAMED)", pattern)
    return "/-/static-plugins" if pattern.startswith("/-/static-plugins/") else named


def address_of(row: Row) -> str:
    """The row's address, with the name that Datasette has for our plugin."""
    return row.address.replace("OURS", _static_name())


async def test_every_route_is_in_the_table_and_nothing_else(desks: Desks) -> None:
    running = {key_of(pattern.pattern) for pattern, _ in desks.closed._routes()}
    unlisted = running - set(MATRIX)
    assert not unlisted, "a new route: say in MATRIX who may use it"
    assert not set(MATRIX) - running, "a route that there is no longer"


@pytest.mark.parametrize("pattern", MATRIX)
async def test_the_addresses_are_the_routes_own(desks: Desks, pattern: str) -> None:
    for row in MATRIX[pattern]:
        path = address_of(row).partition("?")[0]
        first = [found.pattern for found, _ in desks.closed._routes() if found.match(path)][0]
        assert key_of(first) == pattern


@pytest.mark.parametrize(
    "row", [*(row for rows in MATRIX.values() for row in rows), *UNROUTED], ids=lambda row: row.address
)
async def test_the_matrix(desks: Desks, row: Row) -> None:
    address = address_of(row)
    for way, said in (("GET", row.get), ("CROSS", row.cross), ("POST", row.post)):
        for visitor, status in zip(VISITORS, statuses(said), strict=True):
            form = desks.prepared(row) if way != "GET" else ""
            before = content(desks.database)
            assert (visitor, await desks.ask(visitor, way, address, form)) == (visitor, status), way
            changed = content(desks.database) != before
            # A move that is made changes something, and nothing else does.
            made = way == "POST" and row.form and status == 303 and not visitor.startswith("stranger")
            assert changed == bool(made), f"{way} by {visitor}"


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"])
async def test_no_other_method_is_taken(desks: Desks, method: str) -> None:
    for address in ("/", "/press/claims", "/-/login", "/press/claims/1"):
        answer = await desks.open.client.request(method, address, cookies=desk_samples.cookies(desks.database, "edda"))
        assert answer.status_code == 405
        assert answer.headers["allow"] == "GET, HEAD"
