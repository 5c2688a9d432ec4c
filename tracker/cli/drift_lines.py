"""The lines that tell what drifted on a page, alike for ``watch``, ``add`` and ``work``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from db.changes import ClaimPlace
from scrapers.errors import one_line
from tracker.cli.common import flat
from tracker.comparing import Comparison, Drifted


def figure_line(one: Drifted, name: str, versions: str) -> str:
    """A figure that changed; loud where it is a claim's."""
    before, after = (f'"{flat(words)}"' for words in (one.change.before, one.change.after))
    became = f"{before} became {after}"
    if not one.change.after:
        became = f"{before} is no longer there"
    elif not one.change.before:
        became = f"{after} is new"
    if one.claim is None:
        return f"figure: {became}: {name}{versions}"
    state = {"in_review": "reviewed ", "approved": "approved ", "rejected": "rejected "}.get(one.claim.workflow, "")
    return f"FIGURE DRIFT: {state}claim {one.claim.id}: {became}: {name}{versions}"


def absent_lines(lost: Sequence[ClaimPlace], figures: Sequence[Drifted], name: str, versions: str) -> list[str]:
    """The approved claims that went from a page, but those whose figure is told to have changed."""
    drifted = {one.claim.id for one in figures if one.claim is not None}
    return [
        f'NOT ON THE PAGE ANY MORE: approved claim {claim.id}, which has "{flat(claim.quote)}": {name}{versions}'
        for claim in lost
        if claim.id not in drifted
    ]


def comparison_lines(found: Comparison | None) -> list[str]:
    """What a new version did to claims, one line each; none where no claim is touched."""
    if found is None:
        return []
    name = f"document {found.page.id}, {one_line(found.page.url or found.page.label)}"
    versions = f" [{found.sha256_before} -> {found.sha256_after}]"
    lines = [figure_line(one, name, versions) for one in found.figures if one.claim is not None]
    return lines + absent_lines(found.lost, found.figures, name, versions)


def figures_as_json(figures: Sequence[Drifted]) -> list[dict[str, object]]:
    """The figures that changed, each with its claim."""
    return [
        {
            **{name: value for name, value in asdict(one.change).items() if name != "kind"},
            "claim": one.claim.id if one.claim else None,
            "workflow": one.claim.workflow if one.claim else None,
        }
        for one in figures
    ]
