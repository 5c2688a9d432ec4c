"""The history of a claim in words."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from db.reviews import StoredReview
from tracker.plugin.claim_words import plain, safe_words, size_in_words, time_in_words
from tracker.plugin.history import entries, figure_of, reading_changes

READING: dict[str, Any] = {
    "quote": "fined £23 million",
    "speaker": "Jo",
    "origin": None,
    "figures": [{"text": "£23 million", "value": 23e6, "unit": "GBP"}],
}
FLAG = StoredReview(
    id=1,
    claim_id=7,
    at="2026-03-01T08:00:00Z",
    by_whom="cleo",
    role="checker",
    move="flag",
    from_workflow="new",
    to_workflow="in_review",
    from_verdict="unchecked",
    to_verdict="unchecked",
    note="odd",
    digest="sha256:0",
    reading=READING,
    detail=None,
)


def test_the_newest_comes_first_with_what_it_changed() -> None:
    verdict = replace(FLAG, id=2, move="verdict", from_workflow="in_review", to_verdict="supported", note=None)
    newest, oldest = entries((FLAG, verdict))
    assert (newest.id, newest.done, newest.moved) == (2, "gave a verdict", ("unchecked → supported",))
    assert (oldest.done, oldest.moved, oldest.note) == ("flagged it", ("new → in review",), "odd")
    assert entries(()) == ()


def test_a_verdict_given_again_is_told_again() -> None:
    again = replace(FLAG, move="verdict", from_verdict="supported", to_verdict="supported", from_workflow="in_review")
    assert entries((again,))[0].moved == ("supported",)


@pytest.mark.parametrize(
    ("detail", "what", "was", "now"),
    [
        ({"field": "speaker", "was": "Omar", "now": "Olga"}, "Speaker", "Omar", "Olga"),
        ({"field": "kind", "was": "contract_value", "now": "fine"}, "Kind", "contract value", "fine"),
        ({"field": "origin", "was": None, "now": "Serco"}, "Origin", "nothing", "Serco"),
        (
            {
                "field": "unit",
                "figure_text": "23 million",
                "was": {"value": 23e6, "unit": None},
                "now": {"unit": "GBP"},
            },
            "Unit of the figure “23 million”",
            "not known",
            "GBP",
        ),
        (
            {
                "field": "figure",
                "figure_text": "23 million",
                "was": {"value": 23e6, "unit": "GBP", "comparator": "="},
                "now": {"words": "29 million", "value": 29e6},
            },
            "Figure “23 million”",
            "£23,000,000",
            "29 million",
        ),
        ({}, "", "nothing", "nothing"),
    ],
)
def test_a_correction_tells_what_was_and_what_is(detail: dict[str, Any], what: str, was: str, now: str) -> None:
    (change,) = entries((replace(FLAG, move="correct", detail=detail),))[0].changes
    assert change.what == what
    assert "".join(piece.text for piece in change.was) == was
    assert "".join(piece.text for piece in change.now) == now
    assert change.differs == (was != now)


def test_a_changed_reading_stands_beside_the_one_that_was_judged() -> None:
    now = {**READING, "quote": "fined £29 million", "figures": [{"text": "£29 million", "value": 29e6, "unit": "GBP"}]}
    review = replace(FLAG, move="reading_changed", role="program", reading=now, detail={"was": READING})
    (entry,) = entries((review,))
    assert entry.is_reading
    changed = {change.what: change.differs for change in entry.changes}
    assert changed == {"Words": True, "Figures": True, "Speaker": False, "Origin": False}


def test_without_the_old_reading_the_last_one_judged_is_taken() -> None:
    now = {**READING, "speaker": "Bo"}
    newest, _ = entries((FLAG, replace(FLAG, id=2, move="reading_changed", reading=now, detail=None)))
    assert [change.what for change in newest.changes if change.differs] == ["Speaker"]


def test_readings_of_another_age_are_shown_as_far_as_they_go() -> None:
    changes = reading_changes({}, {"figures": [3, {"value": 5, "unit": "hour"}]})
    assert "".join(piece.text for piece in changes[1].now) == "5 hours"
    assert figure_of({"value": 23e6, "unit": "GBP", "comparator": ">", "unit_stated": False}) == "over £23,000,000"
    assert figure_of({}) == ""
    fell = {"low": 9e6, "high": 14e6, "unit": "GBP", "trend": "down", "text": "£14m to £9m"}
    assert figure_of(fell) == "from £14,000,000 to £9,000,000"


def test_what_would_be_obeyed_is_shown_instead() -> None:
    assert safe_words("<b>\u202ex\0") == "<bdi>&lt;b&gt;\ufffdx\ufffd</bdi>"
    assert plain("a\nb\tc\u200f") == "a\nb\tc\u200f"
    assert plain(None) == ""


@pytest.mark.parametrize(
    ("stamp", "words"),
    [
        ("2026-02-03T10:00:00Z", "3 February 2026, 10:00 UTC"),
        ("2026-02-03T10:00:00.123Z", "3 February 2026, 10:00 UTC"),
        ("2020-06-24T17:30:00+01:00", "24 June 2020, 17:30 +01:00"),
        ("2020-06-24T17:30", "24 June 2020, 17:30"),
        ("2020-06", "June 2020"),
        ("2020", "2020"),
        ("last Tuesday", "last Tuesday"),
        ("", ""),
        (None, ""),
    ],
)
def test_times_in_words(stamp: str | None, words: str) -> None:
    assert time_in_words(stamp) == words


def test_sizes_in_words() -> None:
    assert [size_in_words(size) for size in (999, 5400, 1_200_000)] == ["999 bytes", "5 kB", "1.2 MB"]
