"""Bylines are taken apart where each part is a person, and nowhere else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from test_citations_csl import CHECKED

from tracker.citing.authors import authors_of
from tracker.citing.bibtex import as_bibtex
from tracker.citing.csl import as_csl

ROWS = (
    ("Jo Marsh", ("Jo Marsh",), "one"),
    ("Jo Marsh, Sam Lee", ("Jo Marsh", "Sam Lee"), "a comma between"),
    ("Jo Marsh and Sam Lee", ("Jo Marsh", "Sam Lee"), "the word between"),
    ("Jo Marsh, Sam Lee and Ann de Vries", ("Jo Marsh", "Sam Lee", "Ann de Vries"), "three, and a particle"),
    ("Jo Marsh, Sam Lee, and Aoife O\u2019Hara-Quinn", ("Jo Marsh", "Sam Lee", "Aoife O\u2019Hara-Quinn"), "marks"),
    ("J. K. Marsh & Sam Lee", ("J. K. Marsh", "Sam Lee"), "initials"),
    ("Jo Marsh, Health Correspondent", ("Jo Marsh, Health Correspondent",), "an office is no author"),
    ("Department of Health and Social Care", ("Department of Health and Social Care",), "an organisation stays whole"),
    ("Reuters and agencies", ("Reuters and agencies",), "single words may be anything"),
    ("Marsh, Jo", ("Marsh, Jo",), "the family name first"),
    ("Anderson Quayle", ("Anderson Quayle",), "letters within a word are no word between"),
)


@pytest.mark.parametrize(("byline", "expected", "reason"), ROWS)
def test_a_byline_is_taken_apart(byline: str, expected: tuple[str, ...], reason: str) -> None:
    citation = replace(CHECKED, byline=byline)
    assert authors_of(citation) == expected, reason
    assert as_csl(citation)["author"] == [{"literal": name} for name in expected]
    assert f"author = {{{' and '.join(f'{{{name}}}' for name in expected)}}}" in as_bibtex(citation)
