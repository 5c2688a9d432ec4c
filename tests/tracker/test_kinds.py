"""Each kind's own examples and counter-examples, and what a bad file says."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from scrapers.document import Document
from tracker.own_words import load_kinds
from tracker.reading.claims import read
from tracker.reading.kinds import Example, Kind, KindError, parse_kind

# A user's own kinds (TRACKER_KINDS) are held to their examples too.
KINDS = load_kinds(Path(os.environ["TRACKER_KINDS"]) if os.environ.get("TRACKER_KINDS") else None)


def claims_of(text: str) -> list[tuple[str, float | None]]:
    reading = read(Document("article", text, publisher="The Example"), KINDS)
    return [(c.kind, c.figures[0].value if c.figures else None) for c in reading.claims]


@pytest.mark.parametrize(
    ("kind", "example"),
    [(k, e) for k in KINDS for e in k.examples],
    ids=lambda x: x.name if isinstance(x, Kind) else None,
)
def test_an_example_gives_a_claim_of_its_kind(kind: Kind, example: Example) -> None:
    found = [value for name, value in claims_of(example.text) if name == kind.name]
    assert found, f"no {kind.name} in {example.text!r}: {claims_of(example.text)}"
    if example.value is not None:
        assert found[0] == pytest.approx(example.value, abs=1e-4)


@pytest.mark.parametrize(
    ("kind", "text"),
    [(k, t) for k in KINDS for t in k.counter_examples],
    ids=lambda x: x.name if isinstance(x, Kind) else None,
)
def test_a_counter_example_gives_none(kind: Kind, text: str) -> None:
    assert kind.name not in [name for name, _ in claims_of(text)]


def test_every_kind_of_the_issue_is_there() -> None:
    wanted = """fine settlement conviction falsification tracing poll training missed_screening overcharging deaths
                contract_value pay staffing schedule publication statement other"""
    assert {k.name for k in load_kinds()} == set(wanted.split())


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("name = ", "not valid TOML"),
        ('name = "Fine!"', "no usable name"),
        ('name = "x"\npattern = []', "unknown field 'pattern'"),
        ('name = "x"\nfigure = ["("]', "a pattern does not compile"),
        ('name = "x"\nfigure = "word"', "wrong type"),
    ],
)
def test_a_bad_file_is_one_line_that_names_it(source: str, message: str) -> None:
    with pytest.raises(KindError) as caught:
        parse_kind(source, "x.toml")
    assert message in str(caught.value)
    assert "x.toml" in str(caught.value)
    assert "\n" not in str(caught.value)
