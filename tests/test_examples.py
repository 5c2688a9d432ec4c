"""Every example in the README and in a docstring of the reader gives what it says."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
from pathlib import Path

import pytest

import tracker.judging
import tracker.reading

MODULES = [
    module.name
    for package in (tracker.reading, tracker.judging)
    for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}.")
]


def test_the_readme() -> None:
    found = doctest.testfile(str(Path(__file__).parents[1] / "README.md"), module_relative=False)
    assert found.attempted > 3
    assert found.failed == 0


@pytest.mark.parametrize("name", MODULES)
def test_docstrings(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0
