"""What is said of an input that is not there, or that holds nothing to add."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import run


@pytest.mark.parametrize(
    ("source", "remedy"),
    [
        ("news.example/story", "check the name, or write https://news.example/story if a page is meant"),
        ("www.news.example", "check the name, or write https://www.news.example if a page is meant"),
        ("story.html", "check the name"),
        ("press/story.html", "check the name"),
    ],
)
def test_a_page_without_its_scheme_is_asked_after(source: str, remedy: str, here: Path) -> None:
    result = run("add", source)
    assert (result.exit_code, result.stderr) == (1, f"Error: no such file: {source}: {remedy}\n")


def test_a_folder_of_nothing_but_the_database_says_so(here: Path) -> None:
    folder = here / "press"
    folder.mkdir()
    result = run("add", folder, "--db", folder / "press.db")
    assert "this is a folder without a file that could be added" in result.stderr
    assert "the database's own are left out" in result.stderr
