"""The states of a review, its moves, and who may make them (the design's section 3, "workflow").

``decide`` is the one rule that the web pages and the command line ask.
"""

from __future__ import annotations

from dataclasses import dataclass

ROLES = ("reader", "checker", "editor")
WORKFLOWS = ("new", "in_review", "approved", "rejected")
VERDICTS = (
    "supported",
    "contradicted",
    "conflicting",
    "outdated",
    "misleading",
    "unverifiable",
    "not_checkable",
    "unchecked",
)
_ANY = frozenset(WORKFLOWS)


@dataclass(frozen=True, slots=True)
class Person:
    """Who makes a move, and in which role."""

    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One move: the least role that may make it, the states it starts from, where it leads.

    ``to`` is None where the state stays, except that a new claim that somebody works on is in review
    if ``begins``. ``reopens``: an approval does not outlive a change of what was approved.
    """

    role: str
    start: frozenset[str]
    to: str | None = None
    begins: bool = False
    reopens: bool = False
    reason_needed: bool = False


#: Every move that a person can make, in the order in which people are offered them.
RULES: dict[str, Rule] = {
    "approve": Rule("editor", frozenset({"new", "in_review"}), "approved"),
    "verdict": Rule("checker", _ANY - {"rejected"}, begins=True, reopens=True),
    "attach": Rule("checker", _ANY, begins=True, reopens=True),
    "correct": Rule("checker", _ANY - {"rejected"}, begins=True, reopens=True),
    "flag": Rule("reader", _ANY, "in_review", reason_needed=True),
    "reject": Rule("checker", frozenset({"new", "in_review"}), "rejected", reason_needed=True),
    "recall": Rule("editor", frozenset({"approved"}), "in_review", reason_needed=True),
    "reopen": Rule("checker", frozenset({"rejected"}), "in_review", reason_needed=True),
    "note": Rule("checker", _ANY, reason_needed=True),
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a move is not to be: ``about`` is role, state or input, ``reason`` one line with what to do."""

    about: str
    reason: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a move makes of the claim."""

    workflow: str
    verdict: str


def decide(
    move: str,
    role: str,
    workflow: str,
    verdict: str,
    *,
    new_verdict: str | None = None,
    reason: str | None = None,
    unsettles: bool = True,
    verdict_stale: bool = False,
) -> Outcome | Refusal:
    """What comes of the move, or why it may not be made.

    ``unsettles`` tells of a correction whether the claim reads otherwise after it, and of a source
    whether it speaks against the claim or no longer for it: a confirmed unit and one more source that
    supports it leave an approval standing. ``verdict_stale``: the verdict was given for another
    reading, and with it no claim is approved. Raises KeyError for an unknown move.
    """
    rule = RULES[move]
    if role not in ROLES or ROLES.index(role) < ROLES.index(rule.role):
        needed = f"{_article(rule.role)} {rule.role}"
        return Refusal("role", f"{_article(role)} {role or 'visitor'} may not {in_words(move)}: ask {needed}")
    if workflow not in rule.start:
        return Refusal("state", _not_now(move, workflow))
    if move == "approve" and verdict_stale and verdict != "unchecked":
        return Refusal("state", "its verdict was given when it read otherwise: give the verdict again, then approve")
    if rule.reason_needed and not (reason or "").strip():
        return Refusal("input", "a reason is needed: say in a few words why" if move != "note" else "the note is empty")
    if move == "verdict":
        if new_verdict not in VERDICTS:
            return Refusal("input", f'the verdict "{new_verdict}" is not known: use one of {", ".join(VERDICTS)}')
        # The same verdict once more, for a claim that reads otherwise now, confirms what was approved.
        unsettles, verdict = new_verdict != verdict, new_verdict
    return Outcome(_next(rule, workflow, unsettles=unsettles), verdict)


def moves_for(role: str | None, workflow: str) -> tuple[str, ...]:
    """The moves that a person of this role can make on a claim in this state, in a fixed order."""
    if role not in ROLES:
        return ()
    return tuple(
        move for move, rule in RULES.items() if ROLES.index(role) >= ROLES.index(rule.role) and workflow in rule.start
    )


def in_words(move: str) -> str:
    """What a move does, as "may not …" goes on."""
    return {
        "attach": "attach a source",
        "verdict": "give a verdict",
        "correct": "correct a claim",
        "note": "add a note",
    }.get(move, f"{move} a claim")


def _next(rule: Rule, workflow: str, *, unsettles: bool) -> str:
    if rule.to is not None:
        return rule.to
    if rule.begins and workflow == "new":
        return "in_review"
    if rule.reopens and workflow == "approved" and unsettles:
        return "in_review"
    return workflow


def _not_now(move: str, workflow: str) -> str:
    state = {"new": "new", "in_review": "in review", "approved": "approved", "rejected": "rejected"}[workflow]
    instead = {"rejected": "reopen it first", "approved": "recall it first"}.get(workflow)
    if move in {"recall", "reopen"}:
        instead = None
    return f"the claim is {state}, and cannot be {_DONE[move]}" + (f": {instead}" if instead else "")


_DONE = {
    "approve": "approved",
    "verdict": "given a verdict",
    "attach": "given a source",
    "correct": "corrected",
    "flag": "flagged",
    "reject": "rejected",
    "recall": "recalled (only an approved one can)",
    "reopen": "reopened (only a rejected one can)",
    "note": "annotated",
}


def _article(role: str) -> str:
    return "an" if role[:1] in "aeiou" and role else "a"
