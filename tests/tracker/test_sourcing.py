"""How well a claim is sourced, by what it rests on."""

from __future__ import annotations

import pytest

from tracker.reading.source_people import is_anonymous
from tracker.reading.sourcing import sourcing_of
from tracker.reading.values import SourceMention, Teller

LINKED = SourceMention("NAO", "https://nao.org.uk/x", "linked", 0, 3)
NAME = SourceMention("Survation", None, "named", 0, 3)
NOT_NAMED = SourceMention("insiders", None, "anonymous", 0, 8)
INSIDER = Teller("a source close to the programme", "quoted", None, False)
STAFF = Teller("staff", "reported", None, False)
LEVELS = [
    ((), (), False, "none", "nothing at all"),
    ((), (STAFF,), False, "none", "an unnamed group is a teller, no source"),
    ((), (INSIDER,), False, "anonymous", "an unnamed source"),
    ((), (INSIDER,), True, "anonymous", "nobody can ask an unnamed speaker of their own doings"),
    ((), (Teller("Ann Lee", "quoted", "Acme"),), True, "firsthand", "a named speaker of their own body"),
    ((NAME,), (INSIDER,), True, "named", "a name over both"),
    ((NAME, LINKED), (), False, "linked", "a link over a name"),
    ((NOT_NAMED,), (), False, "anonymous", "an unnamed source that the sentence speaks of"),
]


@pytest.mark.parametrize(
    ("sources", "chain", "firsthand", "expected", "reason"), LEVELS, ids=[row[4] for row in LEVELS]
)
def test_the_level_and_its_reason(
    sources: tuple[SourceMention, ...], chain: tuple[Teller, ...], firsthand: bool, expected: str, reason: str
) -> None:
    level, said = sourcing_of(sources, chain, firsthand)
    assert level == expected, reason
    assert said
    assert all(s.name in said for s in sources if s.how == level)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a source close to the minister", True),
        ("insiders", True),
        ("people familiar with it", True),
        ("staff", False),
        ("a former employee", True),
        ("a December update", False),
        ("an actress in a newsreader's part", False),
        ("a spokesman", False),
        ("a teachers union", False),
    ],
)
def test_unnamed_sources_and_unnamed_groups(name: str, expected: bool) -> None:
    assert is_anonymous(name) is expected


def test_an_inherited_name_is_told_as_such() -> None:
    level, said = sourcing_of((SourceMention("Acme Polling", None, "named", 0, 8, True),), (), False)
    assert (level, said) == ("named", "names Acme Polling (named before), no link")
