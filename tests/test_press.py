"""The two real press items, where PRESS_DATA has them: what must be found in them, and what must not.

The tables name figures, kinds and people only; the items' sentences are not ours to repeat.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from scrapers.document import Document
from scrapers.fetch import Fetcher
from tracker.outcomes import Stated
from tracker.own_words import load_kinds, load_publishers
from tracker.pipeline import read_input
from tracker.reading.values import Claim, Figure, Reading

PRESS = Path(os.environ.get("PRESS_DATA") or Path(__file__).parents[2] / "shared") / "press"
# The outlet signs itself with and without "International".
OUTLET, CAMPAIGNER, CAMPAIGN = "Sputnik", "Pascale Robinson", "We Own It"


@dataclass(frozen=True)
class Item:
    document: Document
    reading: Reading


@dataclass(frozen=True)
class Row:
    """One claim that must be found: ``figure`` is its words, ``chain`` parts of the names from outermost on."""

    kind: str
    figure: str | None
    value: float | None
    comparator: str | None
    unit: str | None
    speaker: str
    origin: str
    sourcing: str
    chain: tuple[str, ...]
    source: str | None = None
    unit_stated: bool = True
    date: str | None = None


def item(beginning: str) -> Item:
    found = sorted(PRESS.glob(f"{beginning}*.txt"))
    if not found:
        pytest.skip(f"no press items in {PRESS}: set PRESS_DATA to the shared data folder")
    with Fetcher() as fetcher:
        return Item(*read_input(str(found[0]), fetcher, Stated(), load_kinds(), load_publishers()))


@pytest.fixture(scope="module")
def interview() -> Item:
    return item("000_")


@pytest.fixture(scope="module")
def campaign() -> Item:
    return item("001_")


OUTLETS = (OUTLET,)
HERS = (OUTLET, CAMPAIGNER)
INTERVIEW = [
    Row("poll", "15%", 15, "=", "percent", OUTLET, OUTLET, "none", OUTLETS),
    Row("poll", "fifteen percent", 15, "=", "percent", OUTLET, OUTLET, "named", OUTLETS, "a new survey"),
    Row("fine", "20 million", 20_000_000, ">", "GBP", CAMPAIGNER, CAMPAIGN, "none", HERS, unit_stated=False),
    Row("missed_screening", "400,000 women", 400_000, ">", "woman", CAMPAIGNER, CAMPAIGN, "none", HERS),
    Row("training", "one hour", 1, "=", "hour", CAMPAIGNER, CAMPAIGN, "none", (*HERS, "trainers")),
    Row("fine", "a million", 1_000_000, ">", "GBP", CAMPAIGNER, CAMPAIGN, "none", HERS, unit_stated=False),
    Row("poll", "40%", 40, "=", "percent", CAMPAIGNER, CAMPAIGN, "named", HERS, "Survation"),
    Row("poll", "15%", 15, "=", "percent", CAMPAIGNER, CAMPAIGN, "none", HERS),
    Row("poll", "two thirds", 2 / 3, "=", "fraction", CAMPAIGNER, CAMPAIGN, "none", HERS),
    Row("publication", None, None, None, None, CAMPAIGNER, CAMPAIGN, "none", HERS),
]
OURS = (CAMPAIGN,)
BOSS = (CAMPAIGN, "head of Serco")
MAIL = [
    Row(
        "schedule",
        "September",
        None,
        ">=",
        None,
        CAMPAIGN,
        "Serco",
        "none",
        (CAMPAIGN, "head of Serco"),
        date="--09",
    ),
    Row("tracing", "1749 people", 1749, "=", "person", CAMPAIGN, CAMPAIGN, "none", OURS),
    Row("conviction", None, None, None, None, CAMPAIGN, CAMPAIGN, "none", OURS),
    Row("fine", "£23 million", 23_000_000, "=", "GBP", CAMPAIGN, CAMPAIGN, "none", OURS),
    Row("training", "1 hour", 1, "=", "hour", CAMPAIGN, CAMPAIGN, "none", OURS),
    Row("falsification", "252 times", 252, "=", "time", CAMPAIGN, CAMPAIGN, "none", OURS),
    Row(
        "statement",
        None,
        None,
        None,
        None,
        CAMPAIGN,
        "Serco",
        "named",
        (CAMPAIGN, "Guardian", "CEO"),
        "The Guardian",
    ),
]


def words_of(figure: Figure) -> str:
    return " ".join(figure.text.split())


def named_alike(name: str | None, expected: str) -> bool:
    return name == expected or (expected == OUTLET and (name or "").startswith(OUTLET))


def fits(claim: Claim, row: Row) -> bool:
    """Whether a claim is the row's, by its kind, its figure's words and its speaker's."""
    figures = [words_of(f) for f in claim.figures]
    same_figure = figures == ([row.figure] if row.figure else [])
    told = named_alike(claim.speaker, row.speaker) and named_alike(claim.origin, row.origin)
    return claim.kind == row.kind and same_figure and told and len(claim.chain) == len(row.chain)


def check(reading: Reading, row: Row) -> None:
    found = [claim for claim in reading.claims if fits(claim, row)]
    listed = [(c.kind, [words_of(f) for f in c.figures], c.speaker, c.origin) for c in reading.claims]
    assert len(found) == 1, f"{len(found)} claims are {row}; there are {listed}"
    (claim,) = found
    if row.figure:
        (figure,) = claim.figures
        expected = row.value if row.value is None else pytest.approx(row.value, rel=1e-3)
        assert (figure.value, figure.comparator, figure.unit) == (expected, row.comparator, row.unit)
        assert (figure.date, figure.unit_stated) == (row.date, row.unit_stated)
        assert row.unit_stated or figure.unit_reason
    names = [teller.name for teller in claim.chain]
    for name, part in zip(names, row.chain, strict=True):
        assert part in name
    assert claim.sourcing == row.sourcing
    assert [s.name for s in claim.sources] == ([row.source] if row.source else [])
    assert all(s.url is None for s in claim.sources)


@pytest.mark.parametrize("row", INTERVIEW, ids=lambda row: f"{row.kind}, {row.figure}, {row.speaker}")
def test_the_interview_has(row: Row, interview: Item) -> None:
    check(interview.reading, row)


@pytest.mark.parametrize("row", MAIL, ids=lambda row: f"{row.kind}, {row.figure}")
def test_the_campaign_mail_has(row: Row, campaign: Item) -> None:
    check(campaign.reading, row)


def test_what_is_known_of_the_interview(interview: Item) -> None:
    document = interview.document
    assert (document.kind, document.published) == ("interview", "2020-07-02")
    assert named_alike(document.publisher, OUTLET)
    assert (document.url or "").endswith("-should-be-in-charge-of-uk-contact-tracing/")
    assert "Campaigns Officer" in (document.title or "")
    speakers = {p.speaker for p in interview.reading.passages if p.role == "answer"}
    assert speakers == {CAMPAIGNER}


def test_what_is_known_of_the_mail(campaign: Item) -> None:
    assert (campaign.document.kind, campaign.document.publisher) == ("email", CAMPAIGN)
    assert {claim.speaker for claim in campaign.reading.claims} == {CAMPAIGN}


def test_unnamed_trainers_are_in_the_chain_and_no_origin(interview: Item) -> None:
    (claim,) = [c for c in interview.reading.claims if c.kind == "training"]
    assert (claim.chain[-1].role, claim.chain[-1].identified) == ("reported", False)
    assert claim.origin == CAMPAIGN


def test_the_roles_of_those_whom_the_mail_reports(campaign: Item) -> None:
    by_kind = {c.kind: c.chain for c in campaign.reading.claims if c.origin == "Serco" and c.sources}
    assert [t.role for t in by_kind["statement"]] == ["sender", "reported", "quoted"]
    (schedule,) = [c for c in campaign.reading.claims if c.kind == "schedule"]
    assert [t.role for t in schedule.chain] == ["sender", "reported"]


# Numbers of the furniture: account terms, a regulation's date, licence, street, copyright, sharing, clock.
FURNITURE = (
    "30 days",
    "2018",
    "25",
    "May 25",
    "4.0",
    "106-108",
    "106",
    "108",
    "2020",
    "16:25",
    "0 0 0",
    "27",
    "12",
)


@pytest.mark.parametrize("name", ["interview", "campaign"])
def test_nothing_comes_from_the_furniture(name: str, request: pytest.FixtureRequest) -> None:
    found: Item = request.getfixturevalue(name)
    for claim in found.reading.claims:
        (passage,) = [p for p in found.reading.passages if p.start <= claim.start and claim.end <= p.end]
        assert passage.role != "boilerplate", claim.quote
        assert passage.role != "question", claim.quote
        for figure in claim.figures:
            assert words_of(figure) not in FURNITURE, claim.quote
    # The work's own part of the page: behind it there are only accounts, rules and notices.
    text = found.document.text
    last = max(claim.end for claim in found.reading.claims)
    assert text.find("necessarily reflect") == -1 or last < text.find("necessarily reflect")


@pytest.mark.parametrize("name", ["interview", "campaign"])
def test_every_quote_and_figure_stands_at_its_offsets(name: str, request: pytest.FixtureRequest) -> None:
    found: Item = request.getfixturevalue(name)
    text = found.document.text
    for claim in found.reading.claims:
        assert text[claim.start : claim.end] == claim.quote
        assert claim.sentence_start <= claim.start < claim.end <= claim.sentence_end
        for figure in claim.figures:
            assert text[figure.start : figure.end] == figure.text
            assert claim.start <= figure.start
            assert figure.end <= claim.end
        for source in claim.sources:
            assert claim.sentence_start <= source.start < source.end <= claim.sentence_end
    assert len({claim.key for claim in found.reading.claims}) == len(found.reading.claims)
