"""A document in another language than English goes in with a warning and a doubt."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import article, query, rows, run

from tracker.languages import foreign_doubt

DUTCH = (
    "De gemeente Eikenhagen zegt dat het bedrijf voor het eerst een boete van drie miljoen euro heeft betaald.",
    "De reizigers hebben twee uur in de regen gewacht, en er is die nacht geen bus meer voor hen gekomen, zegt de man.",
    "Het bedrijf heeft niet gezegd hoe vaak dit nog zal gebeuren, en de gemeente wil er ook niets meer over zeggen nu.",
)
ENGLISH = (
    "The council of Oakhanger said that the operator had paid a fine of three million euros for the first time.",
    "Passengers waited for two hours in the rain, and no bus came for them that night, a man who was there has said.",
)


@pytest.mark.parametrize(
    ("tag", "doubt"),
    [
        ("nl", "written in Dutch, and only English is read: its claims may be wrong"),
        ("ko-KR", "written in Korean, and only English is read: its claims may be wrong"),
        ("xx", 'written in another language ("xx"), and only English is read: its claims may be wrong'),
        ("en", None),
        ("en-GB", None),
        ("und", None),
        ("", None),
        (None, None),
    ],
)
def test_what_is_said_of_a_language(tag: str | None, doubt: str | None) -> None:
    assert foreign_doubt(tag) == doubt


@pytest.mark.parametrize(
    ("lang", "paragraphs", "name", "why"),
    [
        ("nl", DUTCH, "Dutch", "it states its language"),
        ("", ENGLISH, None, "it states none, and is English"),
        ("en", ENGLISH, None, "it states English"),
    ],
)
def test_it_is_warned_of_when_it_is_added_and_shown(
    lang: str, paragraphs: tuple[str, ...], name: str | None, why: str, here: Path
) -> None:
    page = article("Boete voor Eikenhagen", *paragraphs).replace(b"<html>", f'<html lang="{lang}">'.encode())
    assert b"<html lang" in page
    (here / "page.html").write_bytes(page)
    result = run("add", "page.html")
    assert result.exit_code == 0
    assert (f"written in {name}, and only English is read" in result.stderr) == (name is not None), why
    ((doubt,),) = query(here / "press.db", "SELECT doubt FROM documents")
    assert (doubt or "").startswith(f"written in {name}") == (name is not None), why
    (made,) = rows(run("add", "page.html", "--again", "--json").stdout)
    assert bool([line for line in made["warnings"] if "only English" in line]) == (name is not None), why
