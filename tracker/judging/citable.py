"""Whether a claim may go out as it is, and if not, why (the design's section 3, "citable")."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Backing:
    """One piece of evidence: how it bears on the claim, and how its source is doing."""

    relation: str
    has_url: bool
    is_primary: bool
    liveness: str


@dataclass(frozen=True, slots=True)
class Standing:
    """All that decides whether a claim is citable; ``stale`` as for ``read_otherwise``.

    ``says_now`` tells in words what its page gives in place of an absent claim, as far as that is known.
    """

    workflow: str
    verdict: str
    state: str
    backing: tuple[Backing, ...]
    inferred_units: tuple[str, ...]
    stance: str = "asserted"
    stale: frozenset[str] = frozenset()
    says_now: str = ""


#: How sources are doing that no longer say what they were attached for, as far as anybody knows.
LOST = frozenset({"changed", "gone"})
_NOT_APPROVED = {
    "new": "nobody has reviewed it",
    "in_review": "its review is not finished",
    "rejected": "it was rejected",
}


_STANCES = {"denied": "denied", "hypothetical": "told as a possibility", "hedged": "told as uncertain"}


def reasons_not_citable(standing: Standing) -> tuple[str, ...]:
    """Why the claim may not be cited as checked, in words; empty where it may."""
    reasons = []
    if standing.workflow != "approved":
        reasons.append(_NOT_APPROVED.get(standing.workflow, "it is not approved"))
    if standing.verdict not in {"supported", "unchecked"}:
        reasons.append(f"its verdict is {standing.verdict.replace('_', ' ')}")
    elif standing.verdict == "unchecked":
        reasons.append("it has no verdict")
    if standing.state != "present":
        now = f": {standing.says_now}" if standing.says_now else ""
        absent = f"its page no longer carries it{now}"
        reasons.append(
            {"absent": absent, "withdrawn": "no reading finds it any more"}.get(standing.state, standing.state)
        )
    reasons.extend(_about_sources(standing.backing))
    if standing.stance in {"denied", "hypothetical", "hedged"}:
        reasons.append(f"it is {_STANCES[standing.stance]}, not asserted")
    if standing.inferred_units:
        reasons.append(
            f"the unit of its figure is inferred ({', '.join(standing.inferred_units)}) and nobody confirmed it"
        )
    if standing.stale:
        reasons.append(read_otherwise(standing.stale, standing.workflow))
    return tuple(reasons)


def read_otherwise(stale: Collection[str], workflow: str) -> str:
    """Which of ``verdict`` and ``approve`` were given for another reading, and how to give them again."""
    verdict, approval = "verdict" in stale, "approve" in stale
    what = [name for name, is_stale in (("its verdict", verdict), ("its approval", approval)) if is_stale]
    steps = ["reopen it"] if workflow == "rejected" else []
    # A verdict can be given on an approved claim, but an approval not once more.
    steps += ["recall it"] if workflow == "approved" and approval else []
    steps += ["give the verdict again"] if verdict else []
    steps += ["approve it again"] if approval else []
    were = "were" if len(what) > 1 else "was"
    return f"{' and '.join(what)} {were} given when it read otherwise: {', then '.join(steps)}"


def _about_sources(backing: Sequence[Backing]) -> list[str]:
    if any(b.relation == "contradicts" for b in backing):
        return ["a source that a person attached contradicts it"]
    supporting = [b for b in backing if b.relation == "supports" and (b.has_url or b.is_primary)]
    if not supporting and any(b.relation == "mentions" and b.has_url for b in backing):
        return ["nobody has confirmed that the source it links supports it"]
    if not supporting:
        return ["no linked or primary source supports it"]
    if all(b.liveness in LOST for b in supporting):
        return [f"its source is {supporting[0].liveness}"]
    return []
