"""Which names are one party in the database: rows of (names written, how many parties, the reason)."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from db.parties import Parties, core_of, spellings_of

ROWS = [
    (("The Derravane Champion", "Derravane Champion"), 1, "an article"),
    (("derravane champion", "DERRAVANE CHAMPION"), 1, "case"),
    (("Derravane Mill Ltd", "Derravane Mill", "Derravane Mill Limited"), 1, "a company's form"),
    (("Derravane Mill plc", "Derravane Mill, Inc.", "Derravane Mill PLC"), 1, "a comma, a stop, capitals"),
    (("Derravane Mill.", "Derravane Mill", "the Derravane Mill,"), 1, "stops at the end"),
    (("Derravane Mill's", "Derravane Mill", "Derravane Mill\u2019s"), 1, "a possessive"),
    (("Workers' Union of Tarn", "Workers\u2019 Union of Tarn"), 1, "a straight and a curly mark"),
    (("NHS's", "NHS"), 1, "an acronym's possessive"),
    (("Lloyd's", "Lloyd"), 2, "one word's is a name"),
    (("National Audit Office", "Audit Office of Tarn"), 2, "words that are alike are not the same"),
    (("Ann Lee", "Tom Lee", "Lee"), 3, "a surname is nobody's alone"),
    (("Derravane Mill Group", "Derravane Mill"), 2, "a group is more than one of its companies"),
    (("Mill & Co", "Mill"), 2, "Co is a part of a name"),
    (("The Times", "The Sunday Times"), 2, "another paper"),
    (("Tarn Ltd", "Ltd", "The"), 3, "forms and articles alone are left as they are"),
]


@pytest.mark.parametrize(("names", "expected", "reason"), ROWS, ids=[row[-1] for row in ROWS])
def test_one_party(engine: Engine, names: tuple[str, ...], expected: int, reason: str) -> None:
    with engine.begin() as connection:
        forwards = {Parties(connection).id_of(name) for name in names}
        assert len(forwards) == expected, reason
        assert {Parties(connection).id_of(name) for name in reversed(names)} == forwards, "whoever comes first"


def test_a_name_of_its_own_beats_one_that_is_alike(engine: Engine) -> None:
    with engine.begin() as connection:
        parties = Parties(connection)
        company = parties.id_of("Derravane Mill Ltd")
        parties.merge("The Mill", "Derravane Mill Ltd")
        parties.split("The Mill", ())
        mill = parties.id_of("The Mill")
        assert mill != company
        assert parties.id_of("Mill") == mill


def test_what_a_person_took_apart_stays_apart(engine: Engine) -> None:
    with engine.begin() as connection:
        parties = Parties(connection)
        company = parties.id_of("Tarn Mill")
        connection.exec_driver_sql("UPDATE parties SET aliases = '[\"Tarn Mill Ltd\"]' WHERE id = ?", (company,))
        parties.split("Tarn Mill Ltd", ())
        own = parties.id_of("Tarn Mill Ltd")
        assert own != company, "the names are alike, and a person said that they are two"
        assert parties.id_of("Tarn Mill") == company


@pytest.mark.parametrize("name", ["The", ".", "'s", "Ltd.", "x" * 5000, "\u2019", "a b's"])
def test_a_core_is_never_empty(name: str) -> None:
    assert core_of(name)
    assert spellings_of(name)
