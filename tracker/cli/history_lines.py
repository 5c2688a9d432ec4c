"""A claim's reviews and the sources that people attached, as lines of plain text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from db.results import ClaimDetail
from db.reviews import StoredReview
from tracker.cli.common import flat, joined, say, wrapped


def say_history(detail: ClaimDetail) -> None:
    """Print what people attached, and every review, the oldest first; nothing where there is none."""
    attached = [item for item in detail.evidence if item.how == "attached"]
    if attached:
        say("\n  Attached:\n")
    for item in attached:
        kind = item.kind.replace("_", " ") if item.kind else None
        about = joined([kind, item.publisher, item.published, "primary" if item.is_primary else None, item.locator])
        title = item.title or item.url or "a source"
        say(wrapped(f"{item.relation}: {title}{f' ({about})' if about else ''}, by {item.by_whom}", "      ", "    "))
        if item.url and item.url != title:
            say(f"      {flat(item.url)}")
        if item.excerpt:
            say(wrapped(f'"{flat(item.excerpt)}"', "      "))
    if detail.reviews:
        say("\n  Reviews:\n")
    for review in detail.reviews:
        say(wrapped(_review(review), "      ", "    "))
        if review.note:
            say(wrapped(flat(review.note), "      "))


def _review(review: StoredReview) -> str:
    """``2026-02-03 10:00 ada (checker): verdict, unchecked > supported``."""
    at = review.at[:16].replace("T", " ")
    who = review.by_whom if review.role == "program" else f"{review.by_whom} ({review.role})"
    moved = []
    if review.from_workflow != review.to_workflow:
        moved.append(f"{review.from_workflow} > {review.to_workflow}")
    if review.from_verdict != review.to_verdict:
        moved.append(f"{review.from_verdict} > {review.to_verdict}")
    what = joined([review.move.replace("_", " "), _detail(review.move, review.detail or {}), *moved])
    return f"{at} {who}: {what}"


def _detail(move: str, detail: Mapping[str, Any]) -> str | None:
    if move == "attach":
        return str(detail.get("url") or detail.get("title") or "") or None
    if move == "correct":
        field = str(detail.get("field"))
        was, now = (_value(detail.get(name), field) for name in ("was", "now"))
        return f"{field} {now} confirmed" if was == now else f"{field} {was} > {now}"
    if move == "reading_changed" and isinstance(detail.get("was"), Mapping):
        return f'it read "{flat(str(detail["was"].get("quote")))}"'
    return None


def _value(value: object, field: str) -> str:
    """A text, or the fields of a figure in short."""
    if not isinstance(value, Mapping):
        return "nothing" if value in (None, "") else str(value)
    if field == "unit":
        return str(value.get("unit") or "nothing")
    if value.get("words"):
        return str(value["words"])
    number = value.get("value")
    shown = [f"{number:,.10g}" if isinstance(number, int | float) else None, value.get("unit")]
    return " ".join(str(part) for part in shown if part) or "nothing"
