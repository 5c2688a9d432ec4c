"""The rules of a review: every state, every move, every role."""

from __future__ import annotations

import pytest

from db import vocabulary
from tracker.judging.workflow import ROLES, RULES, VERDICTS, WORKFLOWS, Outcome, Refusal, decide, moves_for

# What each move makes of each state; "-" where it may not start there.
TABLE = {
    #            new          in_review    approved     rejected
    "approve": ("approved", "approved", "-", "-"),
    "verdict": ("in_review", "in_review", "in_review", "-"),
    "attach": ("in_review", "in_review", "in_review", "rejected"),
    "correct": ("in_review", "in_review", "in_review", "-"),
    "flag": ("in_review", "in_review", "in_review", "in_review"),
    "reject": ("rejected", "rejected", "-", "-"),
    "recall": ("-", "-", "in_review", "-"),
    "reopen": ("-", "-", "-", "in_review"),
    "note": ("new", "in_review", "approved", "rejected"),
}
LEAST = {"flag": "reader", "approve": "editor", "recall": "editor"}


def made(move: str, role: str, workflow: str, **more: object) -> Outcome | Refusal:
    given: dict[str, object] = {"new_verdict": "supported" if move == "verdict" else None, "reason": "because"}
    return decide(move, role, workflow, "unchecked", **{**given, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize("move", list(RULES))
@pytest.mark.parametrize("workflow", WORKFLOWS)
@pytest.mark.parametrize("role", [*ROLES, "", "admin"])
def test_every_move_of_everybody_in_every_state(move: str, workflow: str, role: str) -> None:
    least = LEAST.get(move, "checker")
    outcome = made(move, role, workflow)
    expected = TABLE[move][WORKFLOWS.index(workflow)]
    if role not in ROLES or ROLES.index(role) < ROLES.index(least):
        assert isinstance(outcome, Refusal)
        assert outcome.about == "role"
        assert least in outcome.reason
    elif expected == "-":
        assert isinstance(outcome, Refusal)
        assert outcome.about == "state"
    else:
        assert outcome == Outcome(expected, "supported" if move == "verdict" else "unchecked")


def test_nothing_is_terminal() -> None:
    for workflow in WORKFLOWS:
        outcomes = [made(move, "editor", workflow) for move in RULES]
        assert {o.workflow for o in outcomes if isinstance(o, Outcome)} - {workflow}, workflow


@pytest.mark.parametrize("move", ["flag", "reject", "recall", "reopen", "note"])
@pytest.mark.parametrize("reason", [None, "", "  \n"])
def test_what_takes_something_away_needs_a_reason(move: str, reason: str | None) -> None:
    state = {"recall": "approved", "reopen": "rejected"}.get(move, "in_review")
    outcome = made(move, "editor", state, reason=reason)
    assert isinstance(outcome, Refusal)
    assert outcome.about == "input"


def test_a_confirmed_unit_leaves_an_approval_standing() -> None:
    assert made("correct", "checker", "approved", unsettles=False) == Outcome("approved", "unchecked")


@pytest.mark.parametrize(
    ("verdict", "stale", "workflow"),
    [
        ("supported", False, "approved"),
        ("supported", True, None),
        ("contradicted", True, None),
        ("unchecked", True, "approved"),
        ("unchecked", False, "approved"),
    ],
)
@pytest.mark.parametrize("start", ["new", "in_review"])
def test_no_claim_is_approved_with_a_verdict_on_another_reading(
    start: str, verdict: str, stale: bool, workflow: str | None
) -> None:
    outcome = decide("approve", "editor", start, verdict, verdict_stale=stale)
    if workflow:
        assert outcome == Outcome(workflow, verdict)
    else:
        assert isinstance(outcome, Refusal)
        assert outcome.about == "state"
        assert "give the verdict again, then approve" in outcome.reason


@pytest.mark.parametrize("move", [move for move in RULES if move != "approve"])
@pytest.mark.parametrize("workflow", WORKFLOWS)
def test_a_stale_verdict_bars_nothing_but_an_approval(move: str, workflow: str) -> None:
    assert made(move, "editor", workflow, verdict_stale=True) == made(move, "editor", workflow)


def test_who_may_not_approve_is_told_that_first() -> None:
    for role, start, about in (("checker", "in_review", "may not"), ("editor", "rejected", "reopen it first")):
        outcome = decide("approve", role, start, "supported", verdict_stale=True)
        assert isinstance(outcome, Refusal)
        assert about in outcome.reason


def test_an_unknown_verdict_is_refused() -> None:
    outcome = made("verdict", "editor", "new", new_verdict="maybe")
    assert isinstance(outcome, Refusal)
    assert "supported" in outcome.reason


def test_the_moves_offered_are_those_that_may_be_made() -> None:
    for role in ROLES:
        for workflow in WORKFLOWS:
            offered = moves_for(role, workflow)
            assert all(isinstance(made(move, role, workflow), Outcome) for move in offered)
    assert moves_for(None, "new") == moves_for("admin", "new") == ()
    assert moves_for("reader", "approved") == ("flag",)
    assert "recall" in moves_for("editor", "approved")
    # Again while it is in review, too: it tells the others why to look once more.
    assert all("flag" in moves_for(role, "in_review") for role in ROLES)
    assert "approve" not in moves_for("checker", "new")


def test_the_database_knows_the_same_words() -> None:
    assert vocabulary.ROLES == ROLES
    assert vocabulary.WORKFLOWS == WORKFLOWS
    assert set(vocabulary.VERDICTS) == set(VERDICTS)
    assert set(vocabulary.MOVES) == {*RULES, "reading_changed"}
