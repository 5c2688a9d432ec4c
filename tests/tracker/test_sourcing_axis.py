"""The sourcing axis: what people attached raises what the text gives, and only what supports the claim does."""

from __future__ import annotations

import itertools

import pytest

from db.records import AttachedSource
from db.vocabulary import SOURCINGS
from tracker.judging.sourcing import LEVELS, Sourcing, raised

NONE = Sourcing("none", "neither links nor names a source")
LINKED = Sourcing("linked", "links Harbour Board")
JUDGMENT = "https://court.example/12"


def attached(
    relation: str = "supports",
    url: str | None = None,
    title: str | None = None,
    *,
    publisher: str | None = None,
    kind: str | None = None,
    primary: bool = False,
    by: str | None = "Jo",
) -> AttachedSource:
    return AttachedSource(relation, url, title, publisher, kind, primary, by)


ROWS = [
    (NONE, [], "none", NONE.reason, "nothing attached: what the text gives"),
    (NONE, [attached(url=JUDGMENT)], "linked", "Jo attached court.example, which supports it", "with an address"),
    (
        NONE,
        [attached(title="Annual report")],
        "named",
        'Jo attached "Annual report", no link, which supports it',
        "without one",
    ),
    (
        NONE,
        [attached(url=JUDGMENT, title="Judgment 12", publisher="Crown Court", primary=True)],
        "primary",
        'Jo attached "Judgment 12" (Crown Court), a primary source, which supports it',
        "a primary source",
    ),
    (
        NONE,
        [attached(title="Ledger of fines", primary=True)],
        "primary",
        'Jo attached "Ledger of fines", a primary source, no link, which supports it',
        "a record on paper",
    ),
    (
        NONE,
        [attached(title="An insider", kind="anonymous")],
        "anonymous",
        'Jo attached "An insider", no link, which supports it',
        "somebody unnamed stays unnamed",
    ),
    (
        NONE,
        [attached(url=JUDGMENT, publisher="Crown Court")],
        "linked",
        "Jo attached Crown Court (court.example), which supports it",
        "known by its publisher",
    ),
    (
        NONE,
        [attached(title="The Crown Court's judgment", publisher="Crown Court")],
        "named",
        'Jo attached "The Crown Court\'s judgment", no link, which supports it',
        "the publisher stands in the title already",
    ),
    (
        NONE,
        [attached(title="A"), attached(url=JUDGMENT, title="B"), attached(title="C")],
        "linked",
        'Jo attached "B" and 2 more, which support it',
        "the best of several",
    ),
    (
        NONE,
        [attached(title="A", by="Ann"), attached(title="B", by="Jo")],
        "named",
        'Ann attached "A", no link and 1 more, which support it',
        "of equals the first",
    ),
    (
        NONE,
        [attached(url=JUDGMENT, by=None)],
        "linked",
        "a fact-checker attached court.example, which supports it",
        "published without the name",
    ),
    (LINKED, [attached(title="A")], "linked", LINKED.reason, "a name is less than a link: the text's reason"),
    (LINKED, [attached(url=JUDGMENT)], "linked", "Jo attached court.example, which supports it", "support over a link"),
    (
        NONE,
        [attached(url="http://[::1")],
        "linked",
        "Jo attached a source, which supports it",
        "an address that is odd",
    ),
]


@pytest.mark.parametrize(("read", "given", "level", "reason", "why"), ROWS, ids=[row[4] for row in ROWS])
def test_support_raises(read: Sourcing, given: list[AttachedSource], level: str, reason: str, why: str) -> None:
    assert raised(read, given) == Sourcing(level, reason), why


@pytest.mark.parametrize("level", LEVELS[:-1])
@pytest.mark.parametrize("relation", ["contradicts", "mentions"])
@pytest.mark.parametrize("primary", [True, False])
def test_what_speaks_against_it_or_only_mentions_it_raises_nothing(level: str, relation: str, primary: bool) -> None:
    read = Sourcing(level, "why")
    assert raised(read, [attached(relation, JUDGMENT, "Judgment 12", primary=primary)]) == read


def test_it_never_falls_and_the_order_of_attaching_does_not_count() -> None:
    made = [
        attached(relation, url, "T", primary=primary)
        for relation in ("supports", "contradicts", "mentions")
        for url in (None, JUDGMENT)
        for primary in (False, True)
    ]
    for level, one, other in itertools.product(LEVELS, made, made):
        both = raised(Sourcing(level, "why"), [one, other]).level
        assert LEVELS.index(both) >= LEVELS.index(level)
        assert both == raised(Sourcing(level, "why"), [other, one]).level
        # One more source raises it or leaves it: the levels of each alone are not lost.
        assert LEVELS.index(both) >= LEVELS.index(raised(Sourcing(level, "why"), [one]).level)


def test_long_titles_are_cut_and_stay_on_one_line() -> None:
    reason = raised(NONE, [attached(title="Findings\n" * 100)]).reason
    assert "\n" not in reason
    assert len(reason) < 200


def test_the_levels_are_those_of_the_database() -> None:
    assert LEVELS == SOURCINGS
