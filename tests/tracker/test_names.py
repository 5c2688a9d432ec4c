"""Names as lists show them: rows of (words, name, the reason)."""

from __future__ import annotations

import pytest

from tracker.reading.names import clean_name, without_role
from tracker.reading.parties import read_parties, the_one

NAMES = [
    ("Mill Watch", "Mill Watch", "a name stays"),
    ("the Tarn Union", "Tarn Union", "its article goes"),
    ("The U.S.", "U.S.", "an abbreviation's stop stays"),
    ("Mill Works Inc.", "Mill Works Inc.", "so does a form's"),
    ("Mill Watch.", "Mill Watch", "a sentence's stop goes"),
    ("Mill Watch\u2019s", "Mill Watch", "a possessive at the end"),
    ("Lloyd's", "Lloyd's", "of one word it may be the name"),
    ("France\u2019s CAC", "CAC", "an index of a country"),
    ("Gaza's Health Ministry", "Gaza's Health Ministry", "a ministry alone would be any country's"),
    ("the outsourcing giant Northmere", "Northmere", "what sort of company it is"),
    ("Contact Workers' Union", "Contact Workers' Union", "a possessive within a name"),
    ("Bureau of Tarn Statistics", "Bureau of Tarn Statistics", "names with of stay whole"),
    ("the council", None, "an organisation without a name"),
    ("Workers", None, "a crowd"),
    ("Management", None, "a part of a company"),
    ("Americans", None, "a people"),
    ("Whether", None, "a word that opens a sentence"),
    ("AI", None, "a thing"),
    ("Office", None, "a word of names"),
    ("Taiwan-based", None, "an adjective"),
    ("resulted in a loss for Tom Reed", None, "half a sentence"),
    ("", None, "nothing"),
]


@pytest.mark.parametrize(("words", "expected", "reason"), NAMES, ids=[row[-1] for row in NAMES])
def test_clean_name(words: str, expected: str | None, reason: str) -> None:
    assert clean_name(words) == expected, reason


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("CEO Ann Lee", "Ann Lee"),
        ("Former President Roe", "Roe"),
        ("Ann Lee", "Ann Lee"),
        ("chief executive Ann Lee", "Ann Lee"),
        ("Judge", "Judge"),
    ],
)
def test_a_persons_name_without_the_role(name: str, expected: str) -> None:
    assert without_role(name) == expected


ALIASES = [
    ("The Serious Harms Office (SHO) opened a case.", "Serious Harms Office", {"SHO"}, "its acronym"),
    ("The Derravane Water Board (DerWB) paid.", "Derravane Water Board", {"DWB", "DerWB"}, "a short form in brackets"),
    ("Jane Roe, a nurse, spoke. Roe left. Jane came.", "Jane Roe", {"Roe", "Jane"}, "surname and first name"),
    ("Jane Roe, a nurse, spoke. Roe left.", "Jane Roe", {"Roe"}, "a first name that never stands alone is none"),
    ("Jane Roe, a nurse, and Tom Roe, a cook, met. Roe left.", "Jane Roe", set(), "two of one surname"),
    ("Jane Roe, a nurse, and Jane Lee, a cook, met. Jane left.", "Jane Roe", {"Roe"}, "two of one first name"),
]


@pytest.mark.parametrize(("text", "name", "aliases", "reason"), ALIASES, ids=[row[-1] for row in ALIASES])
def test_aliases(text: str, name: str, aliases: set[str], reason: str) -> None:
    (found,) = [party for party in read_parties(text) if party.name == name]
    assert set(found.aliases) == aliases, reason


AFFILIATIONS = [
    ("Tom Reed, secretary of the Contact Workers' Union, spoke.", "Tom Reed", "Contact Workers' Union", "a possessive"),
    ("Ann Lee, chair of the Women's Institute, spoke.", "Ann Lee", "Women's Institute", "its other form"),
    (
        "The Mill Union met. Ann Lee, who leads the union's health section, said no.",
        "Ann Lee",
        "Mill Union",
        "the only union that the text names",
    ),
    (
        "The Mill Union and the Tarn Union met. Ann Lee, who leads the union's health section, said no.",
        "Ann Lee",
        None,
        "two unions: nobody can say which",
    ),
]


@pytest.mark.parametrize(("text", "name", "house", "reason"), AFFILIATIONS, ids=[row[-1] for row in AFFILIATIONS])
def test_affiliations(text: str, name: str, house: str | None, reason: str) -> None:
    (found,) = [party for party in read_parties(text) if party.name == name]
    assert found.organisation == house, reason


def test_the_council_is_the_only_one() -> None:
    assert the_one("council", read_parties("Derravane Council paid. Tarn Trust did not.")) == "Derravane Council"
    assert the_one("council", read_parties("Derravane Council paid. Tarn Council did not.")) is None
