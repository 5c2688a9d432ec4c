"""People, posts and organisations of a text: rows of (text, what must be found)."""

from __future__ import annotations

import pytest

from tracker.reading.parties import Party, names_of, organisation_of, read_parties


def party(text: str, name: str) -> Party:
    found = [one for one in read_parties(text) if one.name == name]
    assert len(found) == 1, read_parties(text)
    return found[0]


PEOPLE = [
    # Apposition behind the name, with each preposition that the press uses.
    ("Jane Doe, campaigns officer at Ward Watch, spoke.", "Jane Doe", "Ward Watch", "campaigns officer"),
    ("Jane Doe, a lawyer for Shelter, spoke.", "Jane Doe", "Shelter", "lawyer"),
    # A name that looks like a sentence is one when quotation marks and "from" introduce it.
    ('Jane Doe, campaign officer from "We Run It", explains.', "Jane Doe", "We Run It", "campaign officer"),
    ("Jane Doe, 45, director of Northbridge, spoke.", "Jane Doe", "Northbridge", "director"),
    ("Jane Doe, Northbridge's finance director, spoke.", "Jane Doe", "Northbridge", "finance director"),
    # Before the name.
    ("Northbridge chief executive John Smith said no.", "John Smith", "Northbridge", "chief executive"),
    ("Northbridge's chief executive, John Smith, said no.", "John Smith", "Northbridge", "chief executive"),
    # "Democratic" is no organisation.
    ("Democratic candidate John Smith said no.", "John Smith", None, "candidate"),
    ("John Smith, who leads Northbridge, said no.", "John Smith", "Northbridge", None),
    ("John Smith, who works for Northbridge, said no.", "John Smith", "Northbridge", None),
    ("Jane Doe (Ward Watch) said no.", "Jane Doe", "Ward Watch", None),
]


@pytest.mark.parametrize(("text", "name", "organisation", "role"), PEOPLE)
def test_people_with_role_and_affiliation(text: str, name: str, organisation: str | None, role: str | None) -> None:
    found = party(text, name)
    assert (found.kind, found.organisation, found.role) == ("person", organisation, role)
    assert text[found.start : found.end] == name


ORGANISATIONS = [
    ("Northbridge Services Ltd was fined.", "Northbridge Services Ltd"),
    ("The Department of Health paid.", "Department of Health"),
    ("Leeds City Council paid.", "Leeds City Council"),
    ("The NHS paid.", "NHS"),
    ("The outsourcing giant Northbridge was fined.", "Northbridge"),
    ("Northbridge is a private outsourcing company.", "Northbridge"),
    ("The boss of Northbridge resigned.", "Northbridge"),
    ('A letter from "We Run It" came.', "We Run It"),
]


@pytest.mark.parametrize(("text", "name"), ORGANISATIONS)
def test_organisations(text: str, name: str) -> None:
    assert party(text, name).kind == "organisation"


POSTS = [
    ("The head of Northbridge resigned.", "The head of Northbridge", "head"),
    ("The boss of outsourcing giant Northbridge left.", "The boss of outsourcing giant Northbridge", "boss"),
    ("Northbridge\u2019s CEO says so.", "Northbridge\u2019s CEO", "CEO"),
]


@pytest.mark.parametrize(("text", "name", "role"), POSTS)
def test_definite_posts(text: str, name: str, role: str) -> None:
    found = party(text, name)
    assert (found.kind, found.organisation) == ("post", "Northbridge")
    assert found.role == role


def test_a_surname_is_an_alias_and_no_party_of_its_own() -> None:
    text = "Jane Doe, a nurse at Ward Watch, spoke. Doe added more. Ms Doe left."
    found = [one for one in read_parties(text) if one.kind == "person"]
    assert [(one.name, one.aliases) for one in found] == [("Jane Doe", ("Doe",))]


def test_a_company_is_known_by_its_short_names() -> None:
    aliases = party("Northbridge Services Ltd was fined. Northbridge denied it.", "Northbridge Services Ltd").aliases
    assert {"Northbridge Services", "Northbridge"} <= set(aliases)


@pytest.mark.parametrize("word", ["CEO", "Monday", "The", "January"])
def test_what_has_capitals_and_is_no_party(word: str) -> None:
    assert word not in {one.name for one in read_parties(f"{word} came. On {word} the CEO spoke.")}


def test_organisation_of_a_name_or_phrase() -> None:
    parties = read_parties("Jane Doe, campaigns officer at Ward Watch, spoke. Northbridge Ltd paid.")
    assert organisation_of("Jane Doe", parties) == "Ward Watch"
    assert organisation_of("Doe", parties) == "Ward Watch"
    assert organisation_of("Northbridge Ltd", parties) == "Northbridge Ltd"
    assert organisation_of("the head of Acme", ()) == "Acme"
    assert organisation_of("Acme's CEO", ()) == "Acme"
    assert organisation_of("somebody", parties) is None


@pytest.mark.parametrize("text", ["", " ", "\x00", "A", "\ud800", "Mr", "the head of", "(", "Jane Doe,"])
def test_odd_text_gives_no_error(text: str) -> None:
    assert isinstance(read_parties(text), tuple)
    assert organisation_of(text, ()) is None


@pytest.mark.parametrize(
    ("name", "also", "why"),
    [
        ("Harrow Valley Trust", "HVT", "the acronym that the text introduces"),
        ("HVT", "Harrow Valley Trust", "and the other way round"),
        ("the Harrow Valley Trust", "HVT", "with its article"),
    ],
)
def test_the_other_names_of_a_party(name: str, also: str, why: str) -> None:
    parties = read_parties("The Harrow Valley Trust (HVT) was fined. HVT denied it, said Ann Orrin, its chair.")
    assert also in names_of(name, parties), why


def test_a_name_of_two_people_is_nobody_elses() -> None:
    parties = read_parties('"No," said Ann Orrin, a nurse. "Yes," said Jo Orrin, a clerk.')
    assert names_of("Orrin", parties) == ("Orrin",)
    assert names_of("Nobody Here", parties) == ("Nobody Here",)
