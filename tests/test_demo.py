"""The demo's press pack as a whole: what each item is taken for, what the items share, what is shown first."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from contextlib import chdir
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from commands import PACK, ROOT, claims, query, run

ITEMS = sorted(path.name for path in PACK.iterdir() if path.suffix in {".html", ".txt", ".eml"})
#: Words of menus, notices, neighbours and footers of the later items, which no claim may carry.
FURNITURE = {
    "poll-tracing.html": ("85,000", "13 months", "71%", "one in three", "50 points", "00550117"),
    "correction-ledger.html": ("137 partners", "298", "9,000 homes", "20,000 subscribers", "five working days"),
    "wire-full.html": ("6.1 m", "24 months", "38 shares", "600 desks", "£640,000", "41 days", "1871"),
    "wire-short.html": ("99p", "2,310 cars", "84 vendors", "212 reads", "£900", "6 nights", "90, share"),
    "release-tarnholt.html": ("140 openings", "4 kinds", "£27m", "up 6%", "00718822", "1632 960 770"),
    "article-euros.html": ("212 partners", "390 days", "€2.40", "40 desks", "35 jobs", "€350", "8,200 readers"),
    "appeal.eml": ("7,600", "10,000 names", "20997731", "04/02/2020", "€10 a month"),
    "report-brief.html": ("1.1 GB", "30 minutes", "22 pages", "90 schools", "€2bn", "1,450 readers"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the demo has run; not to be written to."""
    path = tmp_path_factory.mktemp("demo")
    with chdir(path):
        result = run("demo")
    assert result.exit_code == 0, result.output
    (path / "said.txt").write_text(result.stdout, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def found(folder: Path) -> list[dict[str, Any]]:
    return claims(folder / "demo.db")


def saying(found: list[dict[str, Any]], value: float, *units: str) -> set[str]:
    """The publishers of the claims with a figure of this value in one of these units."""
    return {
        claim["document"]["publisher"]
        for claim in found
        for figure in claim["figures"]
        if figure["value"] == value and figure["unit"] in units
    }


def opened(folder: Path) -> dict[str, str]:
    """The paths that the demo's last words name, by what is behind them."""
    said = (folder / "said.txt").read_text(encoding="utf-8").partition("Worth opening first")[2]
    paths = re.findall(r"^ {2}(/\S*)", said, re.MULTILINE)
    return {urlsplit(path).path.rstrip("0123456789") or "/": path for path in paths}


# -------------------------------------------------------------- the items


def test_the_pack_has_thirteen_items_and_two_of_them_are_one_document(folder: Path) -> None:
    said = (folder / "said.txt").read_text(encoding="utf-8")
    assert len(ITEMS) == 13
    assert [name for name in ITEMS if not re.search(rf"^  {re.escape(name)} +\w+ +\d+ claims", said, re.M)] == []
    assert query(folder / "demo.db", "SELECT count(*) FROM documents") == [(12,)]
    assert query(folder / "demo.db", "SELECT count(*) FROM snapshots") == [(13,)]


@pytest.mark.parametrize(
    ("publisher", "kind", "published"),
    [
        ("Northgate Ledger", "article", "2020-07-24"),
        ("Fairlie Polling", "report", "2020-07-09"),
        ("The Harbour Times", "article", "2020-06-26"),
        ("Wexcombe Evening Star", "article", "2020-06-26"),
        ("Tarnholt", "release", "2020-10-09"),
        ("The Derravane Champion", "article", "2020-10-10"),
        ("Derravane Patients' League", "email", "2020-10-14"),
        ("Tallow Street Institute", "report", "2020-11-03"),
    ],
)
def test_the_items_are_taken_for_what_they_are(publisher: str, kind: str, published: str, folder: Path) -> None:
    documents = query(
        folder / "demo.db",
        "SELECT name, documents.kind, substr(published, 1, 10) FROM documents JOIN outlets ON outlet_id = outlets.id",
    )
    assert (publisher, kind, published) in documents


@pytest.mark.parametrize("name", FURNITURE)
def test_no_furniture_is_claimed(name: str, found: list[dict[str, Any]]) -> None:
    raw = (PACK / name).read_bytes().decode("utf-8")
    if name.endswith(".eml"):
        raw = raw.replace("=\n", "").replace("=E2=82=AC", "€")
    assert [words for words in FURNITURE[name] if words not in raw] == []
    claimed = [c["quote"] for c in found for words in FURNITURE[name] if words in c["quote"]]
    assert claimed == []


# ---------------------------------------------------- what the items share


@pytest.mark.parametrize(
    ("value", "units", "publishers"),
    [
        pytest.param(1749, ["person"], {"Public Hands", "The Harbour Times", "Tallow Street Institute"}, id="reached"),
        pytest.param(1800, ["person"], {"The Harbour Times", "Wexcombe Evening Star"}, id="reached, rounded"),
        pytest.param(23_000_000, ["GBP"], {"Northgate Ledger", "Public Hands"}, id="the fine, wrong"),
        pytest.param(19_200_000, ["GBP"], {"Northgate Ledger", "The Tideway Post"}, id="the fine, right"),
        pytest.param(
            252,
            ["time", "entry"],
            {"Morning Desk", "Public Hands", "The Tideway Post", "Northgate Ledger"},
            id="falsified",
        ),
        pytest.param(4_500_000, ["EUR"], {"The Derravane Champion", "Tallow Street Institute"}, id="euros"),
        pytest.param(612, ["person", "caller"], {"Derravane Patients' League", "Tallow Street Institute"}, id="calls"),
        pytest.param(2000, ["log"], {"Derravane Patients' League", "Tallow Street Institute"}, id="logs"),
        pytest.param(93.4, ["percent"], {"Tarnholt", "Tallow Street Institute"}, id="answered"),
        pytest.param(430, ["handler"], {"The Harbour Times", "Wexcombe Evening Star"}, id="one story, two papers"),
    ],
)
def test_figures_that_several_items_carry(
    value: float, units: Iterable[str], publishers: set[str], found: list[dict[str, Any]]
) -> None:
    assert saying(found, value, *units) >= publishers


def test_the_currency_of_a_bare_sum_is_inferred_only_where_the_context_gives_it(found: list[dict[str, Any]]) -> None:
    bare = {
        figure["value"]: figure["unit"]
        for claim in found
        for figure in claim["figures"]
        if claim["document"]["publisher"] == "The Derravane Champion"
        and figure["dimension"] == "money"
        and not figure["unit_stated"]
    }
    assert bare == {4_500_000: "EUR", 1_200_000: "EUR", 14_000_000: None}


def test_the_pack_has_every_sourcing_that_a_reading_can_give_but_primary(found: list[dict[str, Any]]) -> None:
    assert {c["sourcing"] for c in found} >= {"none", "anonymous", "firsthand", "named", "linked"}
    assert {c["stance"] for c in found} >= {"asserted", "reported", "denied"}


# ----------------------------------------------------- README and the table


def test_the_readme_tells_of_every_item_and_has_the_rows_of_the_table() -> None:
    readme = (PACK / "README.md").read_text(encoding="utf-8")
    assert [name for name in ITEMS if f"| `{name}` |" not in readme] == []
    table = json.loads((ROOT / "tests" / "golden" / "demo_expected.json").read_text(encoding="utf-8"))
    assert {row["file"] for row in table} == set(ITEMS)
    lines = set(re.findall(r"^\| (.+?)(?: \*)? \|", readme, re.MULTILINE))
    assert [row["words"] for row in table if row["words"].replace("\xa0", " ") not in lines] == []


# ------------------------------------------------------ what to open first


def test_demo_ends_with_pages_to_open_and_their_ids_are_of_this_database(
    folder: Path, found: list[dict[str, Any]]
) -> None:
    paths = opened(folder)
    assert list(paths) == ["/", "/-/queue", "/demo/claims/", "/demo/documents/", "/-/search"]
    (claim,) = [c for c in found if str(c["id"]) == paths["/demo/claims/"].rpartition("/")[2]]
    assert claim["figures"]
    assert claim["sourcing"] in {"none", "anonymous"}
    weights = dict(query(folder / "demo.db", "SELECT id, weight FROM claims"))
    lacking = [c["id"] for c in claims(folder / "demo.db", "--lacking-source")]
    assert weights[claim["id"]] == max(weights[number] for number in lacking)
    document = int(paths["/demo/documents/"].rpartition("/")[2])
    by_size = "SELECT document_id FROM claims WHERE state = 'present' GROUP BY 1 ORDER BY count(*) DESC LIMIT 1"
    assert query(folder / "demo.db", by_size) == [(document,)]


def test_the_search_that_the_demo_shows_finds_several_documents(folder: Path) -> None:
    (words,) = parse_qs(urlsplit(opened(folder)["/-/search"]).query)["q"]
    hits = claims(folder / "demo.db", "--search", words)
    assert len({c["document"]["id"] for c in hits}) >= 4


def test_ids_are_looked_up_and_the_name_is_as_datasette_writes_it(here: Path) -> None:
    from datasette.utils import tilde_encode

    # Another database: the same items, but other ids, for something else stands in it first.
    db = here / "my demo~2.x_é.db"
    assert run("add", "--db", db, PACK / "report-brief.html").exit_code == 0
    said = " ".join(run("demo", "--db", db).stdout.partition("Worth opening first")[2].split())
    name = tilde_encode(db.stem)
    (claim,) = re.findall(rf" /{re.escape(name)}/claims/(\d+) ", said)
    (document,) = re.findall(rf" /{re.escape(name)}/documents/(\d+) ", said)
    assert document == "1"
    assert (int(claim),) in query(db, "SELECT id FROM claims WHERE state = 'present'")
