"""Why a claim may not go out as it is: one row a reason."""

from __future__ import annotations

from dataclasses import replace

import pytest

from db.vocabulary import STATES, VERDICTS, WORKFLOWS
from tracker.judging.citable import Backing, Standing, read_otherwise, reasons_not_citable

GOOD = Backing("supports", has_url=True, is_primary=False, liveness="ok")
CITABLE = Standing("approved", "supported", "present", (GOOD,), ())


@pytest.mark.parametrize(
    "standing",
    [
        CITABLE,
        replace(CITABLE, backing=(replace(GOOD, liveness="unchecked"),)),
        replace(CITABLE, backing=(Backing("supports", has_url=False, is_primary=True, liveness="unchecked"),)),
        replace(CITABLE, backing=(replace(GOOD, liveness="gone"), GOOD)),
    ],
    ids=["linked", "not yet checked", "primary without address", "one of two is gone"],
)
def test_citable(standing: Standing) -> None:
    assert reasons_not_citable(standing) == ()


ROWS = [
    (replace(CITABLE, workflow="new"), "nobody has reviewed it"),
    (replace(CITABLE, workflow="in_review"), "review is not finished"),
    (replace(CITABLE, workflow="rejected"), "it was rejected"),
    (replace(CITABLE, verdict="unchecked"), "no verdict"),
    (replace(CITABLE, verdict="contradicted"), "its verdict is contradicted"),
    (replace(CITABLE, verdict="not_checkable"), "its verdict is not checkable"),
    (replace(CITABLE, state="absent"), "no longer carries it"),
    (replace(CITABLE, state="withdrawn"), "no reading finds it"),
    (replace(CITABLE, backing=()), "no linked or primary source"),
    (replace(CITABLE, backing=(replace(GOOD, relation="mentions"),)), "nobody has confirmed"),
    (replace(CITABLE, backing=(replace(GOOD, relation="contradicts"),)), "a person attached contradicts it"),
    (replace(CITABLE, backing=(replace(GOOD, has_url=False),)), "no linked or primary source"),
    (replace(CITABLE, backing=(replace(GOOD, liveness="gone"),)), "its source is gone"),
    (replace(CITABLE, backing=(replace(GOOD, liveness="changed"),)), "its source is changed"),
    (replace(CITABLE, inferred_units=("GBP",)), "inferred (GBP)"),
    (replace(CITABLE, stale=frozenset({"verdict"})), "read otherwise"),
    (replace(CITABLE, stance="denied"), "it is denied, not asserted"),
    (replace(CITABLE, stance="hypothetical"), "told as a possibility"),
]


@pytest.mark.parametrize(("standing", "reason"), ROWS, ids=[reason for _, reason in ROWS])
def test_one_reason(standing: Standing, reason: str) -> None:
    (said,) = reasons_not_citable(standing)
    assert reason in said


@pytest.mark.parametrize(
    ("stale", "workflow", "said"),
    [
        ({"verdict"}, "approved", "its verdict was given when it read otherwise: give the verdict again"),
        ({"verdict"}, "in_review", "its verdict was given when it read otherwise: give the verdict again"),
        (
            {"verdict"},
            "rejected",
            "its verdict was given when it read otherwise: reopen it, then give the verdict again",
        ),
        ({"approve"}, "approved", "its approval was given when it read otherwise: recall it, then approve it again"),
        ({"approve"}, "in_review", "its approval was given when it read otherwise: approve it again"),
        (
            {"approve", "verdict"},
            "approved",
            "its verdict and its approval were given when it read otherwise:"
            " recall it, then give the verdict again, then approve it again",
        ),
        (
            {"approve", "verdict"},
            "in_review",
            "its verdict and its approval were given when it read otherwise:"
            " give the verdict again, then approve it again",
        ),
    ],
)
def test_which_judgement_is_of_another_reading_and_how_to_give_it_again(
    stale: set[str], workflow: str, said: str
) -> None:
    assert read_otherwise(stale, workflow) == said


def test_the_reason_names_what_is_stale() -> None:
    reasons = reasons_not_citable(replace(CITABLE, verdict="unchecked", stale=frozenset({"approve"})))
    assert reasons == ("it has no verdict", read_otherwise({"approve"}, "approved"))
    both = frozenset({"approve", "verdict"})
    assert reasons_not_citable(replace(CITABLE, stale=both)) == (read_otherwise(both, "approved"),)


def test_all_reasons_are_told() -> None:
    worst = Standing("new", "unchecked", "withdrawn", (), ("GBP",), stale=frozenset({"approve"}))
    assert len(reasons_not_citable(worst)) == 6


def test_only_one_workflow_verdict_and_state_are_citable() -> None:
    citable = {
        (w, v, s)
        for w in WORKFLOWS
        for v in VERDICTS
        for s in STATES
        if not reasons_not_citable(replace(CITABLE, workflow=w, verdict=v, state=s))
    }
    assert citable == {("approved", "supported", "present")}
