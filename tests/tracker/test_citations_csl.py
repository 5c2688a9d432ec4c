"""CSL-JSON items: golden rows, what they must say, and what must not get through them."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.citing.citations import Citation, CitedSource, flat
from tracker.citing.csl import as_csl
from tracker.citing.dates import date_parts, partial_iso
from tracker.citing.formats import formats

CHECKED = Citation(
    claim_id=31,
    kind="article",
    quote="two thirds of\nwells ran dry",
    figures=("two thirds",),
    tellers=("Valley Echo", "Ida Fox"),
    origin="Water Trust",
    stance="asserted",
    title="The wells",
    byline="Ben Ray",
    publisher="Valley Echo",
    published="2019-08",
    url="https://echo.example/wells",
    accessed="2020-01-02T03:04:05Z",
    archived="sha256:ab12",
    sources=(CitedSource("Borehole survey", None, "named"),),
    sourcing_reason="names a survey",
    problems=(),
)
TYPES = {"webpage", "article-newspaper", "personal_communication", "report", "document"}
CSL = formats()["csl-json"]


def items(*citations: Citation, remark: str = "") -> list[dict[str, Any]]:
    return list(json.loads(CSL.render(citations, remark)))


def test_an_item_word_for_word() -> None:
    assert items(CHECKED) == [
        {
            "id": "claim-31",
            "type": "article-newspaper",
            "title": "The wells",
            "author": [{"literal": "Ben Ray"}],
            "container-title": "Valley Echo",
            "issued": {"date-parts": [[2019, 8]]},
            "accessed": {"date-parts": [[2020, 1, 2]]},
            "URL": "https://echo.example/wells",
            "abstract": "two thirds of wells ran dry",
            "annote": "Who said it: Ida Fox, Water Trust. Figure: two thirds. "
            "Source: Borehole survey (named, no link).",
            "note": "Claim 31, archived sha256:ab12.",
        }
    ]


def test_what_is_not_citable_says_so_in_title_and_note_with_every_reason() -> None:
    item = as_csl(replace(CHECKED, problems=("nobody has reviewed it", "it has no verdict")))
    assert item["title"] == "NOT CHECKED: nobody has reviewed it; it has no verdict. The wells"
    assert item["note"].startswith("NOT CHECKED: nobody has reviewed it; it has no verdict. ")


ROWS: list[tuple[dict[str, object], dict[str, object], str]] = [
    ({"byline": None}, {"author": None, "container-title": "Valley Echo"}, "a newspaper's own words"),
    ({"kind": "interview"}, {"type": "webpage", "publisher": "Valley Echo"}, "an interview on the web"),
    ({"kind": "interview", "url": None}, {"type": "document", "URL": None}, "an interview without an address"),
    ({"kind": "release", "byline": None}, {"type": "webpage", "author": [{"literal": "Valley Echo"}],
      "publisher": None}, "a release is its publisher's"),
    ({"kind": "report"}, {"type": "report", "author": [{"literal": "Ben Ray"}],
      "publisher": "Valley Echo"}, "a report"),
    ({"kind": "email", "url": None, "byline": None, "publisher": None, "tellers": ("Ben", "Ida")},
     {"type": "personal_communication", "author": [{"literal": "Ben"}]}, "an e-mail is its sender's"),
    ({"published": "2019"}, {"issued": {"date-parts": [[2019]]}}, "a year"),
    ({"published": "2019-08-09T10:00:00+01:00"}, {"issued": {"date-parts": [[2019, 8, 9]]}}, "a time of day"),
    ({"published": None}, {"issued": None}, "no date"),
    ({"published": "2019-13"}, {"issued": None}, "a month that is none"),
    ({"publisher": None}, {"container-title": None}, "no publisher"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "expected", "reason"), ROWS, ids=[row[-1] for row in ROWS])
def test_what_an_item_says(changes: dict[str, object], expected: dict[str, object], reason: str) -> None:
    (item,) = items(replace(CHECKED, **changes))  # type: ignore[arg-type]
    assert {name: item.get(name) for name in expected} == expected, reason
    assert item["type"] in TYPES
    assert None not in item.values()


def test_all_claims_stand_in_one_array_each_once() -> None:
    made = items(CHECKED, replace(CHECKED, claim_id=32), CHECKED, remark="First 2 of 9 claims.")
    assert [item["id"] for item in made] == ["claim-31", "claim-32"]
    assert made[0]["note"] == "First 2 of 9 claims. Claim 31, archived sha256:ab12."
    assert "First" not in made[1]["note"]
    assert items() == items(remark="No claims.") == []


ATTACKS = [
    '"}], "x": [{"y": "',
    "</script><script>alert(1)</script>",
    "\\",
    "\\u0022",
    "a\nURL: javascript:alert(1)",
    "{:URL:javascript:alert(1)}",
    "{:type:{:type:book}}",
    "a\u2028\u2029b",
    "\0\x1b[31m",
    "\ud800",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_sets_another_field(attack: str) -> None:
    hostile = replace(
        CHECKED,
        **dict.fromkeys(("quote", "title", "byline", "publisher", "origin", "published", "archived", "url"), attack),  # type: ignore[arg-type]
        kind=attack,
        tellers=(attack,),
        figures=(attack,),
        sources=(CitedSource(attack, attack, "linked"),),
        problems=(attack,),
    )
    written = CSL.render([hostile], attack)
    assert written.isascii()
    assert "<" not in written
    (item,) = json.loads(written)
    assert item["type"] == "document"
    assert not {"URL", "issued"} & set(item)
    assert item["abstract"] == flat(attack)
    # What citeproc-js would obey in a note, and Zotero at the head of a line of it.
    assert "{:" not in item["note"]
    assert "\n" not in item["note"]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//a.example", "https://a.example/ x", ""])
def test_only_addresses_of_the_web_are_given(url: str) -> None:
    assert "URL" not in as_csl(replace(CHECKED, url=url))


@given(words=st.text())
def test_any_words_come_back_as_they_were(words: str) -> None:
    (item,) = items(replace(CHECKED, title=words, quote=words))
    assert item.get("title", "") == flat(words)
    assert item.get("abstract", "") == flat(words)


@pytest.mark.parametrize(
    ("stated", "parts", "iso"),
    [
        ("2020", (2020,), "2020"),
        ("2020-09", (2020, 9), "2020-09"),
        ("2020-02-29", (2020, 2, 29), "2020-02-29"),
        ("2021-02-29", (), ""),
        ("2020-07-02T08:00:00Z", (2020, 7, 2), "2020-07-02"),
        ("0999", (999,), "0999"),
        ("2020-9", (), ""),
        ("--09", (), ""),
        ("2026-21", (), ""),
        ("2019-W47", (), ""),
        ("20200702", (), ""),
        ("２０２０", (), ""),
        ("", (), ""),
        (None, (), ""),
    ],
)
def test_the_parts_of_a_date(stated: str | None, parts: tuple[int, ...], iso: str) -> None:
    assert date_parts(stated) == parts
    assert partial_iso(stated) == iso
