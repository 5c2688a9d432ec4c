"""Which currency a bare sum is in, on pages of several countries, and when nothing tells."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from scrapers.document import Document
from tracker.own_words import load_kinds
from tracker.reading.claims import read
from tracker.reading.values import Figure

KINDS = load_kinds()


@dataclass(frozen=True)
class Row:
    reason: str
    text: str
    unit: str | None
    said: str
    url: str | None = None
    language: str | None = None


BARE = "The operator was fined over 20 million."
ROWS = [
    Row("a British passage", f"{BARE[:-1]} by the High Court in London.", "GBP", "passage"),
    Row("a British page", f"The UK regulator acted. It sat in England.\n\n{BARE}", "GBP", "document"),
    Row("an American page", f"The Texas governor acted. Congress sat in Washington.\n\n{BARE}", "USD", "document"),
    Row("an Irish page", f"The Dáil sat in Dublin. Ireland waited.\n\n{BARE}", "EUR", "document"),
    Row("an Australian page", f"The court in Sydney sat. Australia waited.\n\n{BARE}", "AUD", "document"),
    Row("the same matter elsewhere", f"It was fined £20 million in Paris, France.\n\n{BARE}", "GBP", "same matter"),
    Row("the publisher's domain", BARE, "GBP", "domain", url="https://paper.co.uk/a"),
    Row("an Irish domain", BARE, "EUR", "domain", url="https://paper.ie/a"),
    Row("the page's language", BARE, "USD", "en-US", language="en-US"),
    Row("nothing tells", BARE, None, "nothing"),
    Row("a domain of nowhere", BARE, None, "nothing", url="https://paper.com/a", language="en"),
    Row("two candidates in the passage", f"{BARE[:-1]} in Britain and in Germany.", None, "ambiguous"),
    Row("two candidates in the document", f"Britain acted.\n\nFrance acted.\n\n{BARE}", None, "ambiguous"),
    Row("the domain decides nothing then", f"{BARE[:-1]} in Britain and in Germany.", None, "ambiguous", "https://a.ie/x"),
]  # fmt: skip


def figure_of(row: Row) -> Figure:
    reading = read(Document("article", row.text, url=row.url, language=row.language), KINDS)
    (figure,) = [f for c in reading.claims for f in c.figures if f.text == "20 million" and not f.unit_stated]
    return figure


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.reason)
def test_the_currency_of_a_bare_sum(row: Row) -> None:
    figure = figure_of(row)
    assert (figure.unit, figure.dimension) == (row.unit, "money")
    assert row.said in (figure.unit_reason or "")
    assert (figure.value, figure.comparator) == (20_000_000, ">")


def test_ambiguous_candidates_are_named() -> None:
    (row,) = [row for row in ROWS if row.reason == "two candidates in the passage"]
    assert "EUR or GBP" in (figure_of(row).unit_reason or "")


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("It was fined £3 million in Texas.", "GBP"),
        ("It was fined $3 million.", "USD"),
        ("It was fined €3 million.", "EUR"),
    ],
)
def test_a_stated_currency_is_never_inferred(text: str, unit: str) -> None:
    ((figure,),) = [c.figures for c in read(Document("article", text, url="https://a.ie/x"), KINDS).claims]
    assert (figure.unit, figure.unit_stated) == (unit, True)


def test_a_small_bare_number_is_no_sum() -> None:
    reading = read(Document("article", "The operator in London was fined over 20 times."), KINDS)
    assert all(f.dimension != "money" for c in reading.claims for f in c.figures)
