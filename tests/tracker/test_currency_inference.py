"""Dollars, pounds, cents and slang for money on whole pages: whose they are, and where nobody can tell."""

from __future__ import annotations

import pytest

from scrapers.document import Document
from tracker.own_words import load_kinds
from tracker.reading.claims import read
from tracker.reading.values import Figure

KINDS = load_kinds()
BRITISH = "The High Court in London heard the case. Britain waited.\n\n"
AMERICAN = "The Texas regulator told Congress in Washington of the case.\n\n"
IRISH = "The court in Dublin heard the case. Ireland waited.\n\n"
AUSTRALIAN = "The court in Sydney heard the case. Australia waited.\n\n"
BOTH = "Britain acted first. Ireland followed.\n\n"
NEIGHBOURS = "Australia sued the firm. New Zealand did the same.\n\n"


def money(text: str, words: str, url: str | None = None) -> Figure:
    """The one figure of a page that carries the words."""
    reading = read(Document("article", text, url=url), KINDS)
    (figure,) = [f for claim in reading.claims for f in claim.figures if f.text == words]
    return figure


@pytest.mark.parametrize(
    ("text", "words", "url", "unit", "said", "reason"),
    [
        (f"{BRITISH}The firm was fined 20 grand.", "20 grand", None, "GBP", "United Kingdom", "slang for thousands"),
        (f"{AMERICAN}The firm was fined 20 grand.", "20 grand", None, "USD", "United States", "the same in America"),
        (f"{IRISH}The firm was fined 20 grand.", "20 grand", None, "EUR", "Ireland", "the same in Ireland"),
        (f"{AUSTRALIAN}The firm was fined 20 grand.", "20 grand", None, "AUD", "Australia", "the same in Australia"),
        (f"{BOTH}The firm was fined 20 grand.", "20 grand", None, None, "ambiguous: EUR or GBP", "two countries"),
        ("The firm was fined 20 grand.", "20 grand", None, None, "nothing", "a page that gives no hint"),
        ("The firm was fined 20 grand.", "20 grand", "https://lamp.ie/a", "EUR", "lamp.ie", "only the publisher"),
        (f"{IRISH}The fare rose by 80 cents.", "80 cents", None, "EUR", "Ireland", "cents of the euro"),
        (f"{BRITISH}The fare rose by 80 cents.", "80 cents", None, None, "nothing", "Britain has no cents"),
        (f"{AUSTRALIAN}The firm was fined $3 million.", "$3 million", None, "AUD", "Australia", "a plain dollar there"),
        (f"{AUSTRALIAN}It was fined 3 million dollars.", "3 million dollars", None, "AUD", "Australia", "in words"),
        ("The firm was fined $3 million.", "$3 million", "https://lamp.com.au/a", "AUD", "lamp.com.au", "its domain"),
        ("The tour grossed $3 million. In Singapore it sold out.", "$3 million", None, None, "SGD or USD",
         "a country named in passing, behind the sum"),
        ("The tour grossed $3 million. In Singapore it sold out.", "$3 million", "https://lamp.com.au/a", "AUD",
         "lamp.com.au", "the outlet's own country before it"),
        ("In Singapore it sold out. The tour grossed $3 million.", "$3 million", None, "SGD", "Singapore",
         "a country named before the sum"),
        (f"{NEIGHBOURS}The firm was fined $3 million.", "$3 million", None, None, "AUD or NZD", "two dollars"),
        ("A judge in Cairo ruled. Egypt waited.\n\nIt was fined 3 million pounds.", "3 million pounds", None, "EGP",
         "Egypt", "pounds of another country"),
        (f"{AUSTRALIAN}It was fined $3 million.\n\nAgain it was fined 3 million.", "3 million",
         None, "AUD", "same matter", "the same sum with its sign elsewhere"),
    ],
)  # fmt: skip
def test_inferred(text: str, words: str, url: str | None, unit: str | None, said: str, reason: str) -> None:
    reading = read(Document("article", text, url=url), KINDS)
    figures = [f for claim in reading.claims for f in claim.figures if f.text == words]
    assert figures, reason
    assert {(f.unit, f.unit_stated, f.dimension) for f in figures} == {(unit, False, "money")}, reason
    assert all(said in (f.unit_reason or "") for f in figures), reason


@pytest.mark.parametrize(
    ("text", "words", "unit", "reason"),
    [
        (f"{AUSTRALIAN}It was fined US$3 million.", "US$3 million", "USD", "the sign says whose"),
        (f"{AUSTRALIAN}It was fined 3 million US dollars.", "3 million US dollars", "USD", "the words say whose"),
        (f"{AUSTRALIAN}It was fined A$3 million.", "A$3 million", "AUD", "the sign of the country itself"),
        (f"{AUSTRALIAN}It was fined £3 million.", "£3 million", "GBP", "another currency altogether"),
        (f"{AMERICAN}It was fined $3 million.", "$3 million", "USD", "an American page"),
        (f"{BRITISH}It was fined $3 million.", "$3 million", "USD", "no other dollar is near"),
        ("It was fined $3 million.", "$3 million", "USD", "the press means the American one where it says no more"),
    ],
)
def test_stated(text: str, words: str, unit: str, reason: str) -> None:
    figure = money(text, words)
    assert (figure.unit, figure.unit_stated, figure.unit_reason) == (unit, True, None), reason
