"""A new reader reads the whole demo again, over the work of a desk: no review is lost, and nothing passes unseen.

The desk has approved, rejected, corrected and flagged every claim of the demo. Then the same files are
added again, by a reader that gives other numbers for the same words, other speakers, other places, cuts
clauses otherwise, and no longer finds some of them. Which becomes what is told by the claims' keys.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from commands import PACK, query
from sqlalchemy import Engine

from db.checks import run_checks
from db.engine import open_database
from db.results import ClaimDetail
from db.store import get_claim, list_claims
from scrapers.document import Document
from tracker import desk, pipeline
from tracker.outcomes import Added
from tracker.pipeline import Adder
from tracker.reading.values import Claim, Reading
from tracker.settings import Settings

READER, CHECKER, EDITOR = (desk.Person(*who) for who in (("rita", "reader"), ("carl", "checker"), ("edna", "editor")))
NOW = "2026-03-01T10:00:00Z"
CHANGES = ("same", "value", "speaker", "cut", "gone")
DESKS = ("approved", "corrected and approved", "rejected", "flagged")
_CORRECTED = "Dame Hazel Orrin"
_SHIFT = "\n\n\n"


def drawn(key: str, among: tuple[str, ...], salt: str) -> str:
    """One of them, always the same for this key."""
    return among[int(hashlib.sha256((salt + key).encode()).hexdigest()[:8], 16) % len(among)]


def change_of(key: str) -> str:
    """What becomes of the claim of this key when it is read again."""
    return drawn(key, CHANGES, "change")


def read_otherwise(claim: Claim, text: str) -> Claim | None:
    """The claim as the new reader gives it; None where it finds it no more."""
    change = change_of(claim.key)
    if change == "gone":
        return None
    if change == "speaker":
        return replace(claim, speaker="Ann Otherwise")
    if change == "value" and claim.figures and claim.figures[0].value is not None:
        first = claim.figures[0]
        value = (first.value or 0) * 10 + 1
        return replace(claim, figures=(replace(first, value=value, low=value, high=value), *claim.figures[1:]))
    if change == "cut":
        # Without its first word, if no figure stands there; and so under another key.
        start = claim.start + len(claim.quote.split()[0]) + 1
        if start < min((figure.start for figure in claim.figures), default=claim.end) and start < claim.end:
            key = hashlib.sha256(f"cut {claim.key}".encode()).hexdigest()
            return replace(claim, key=key, start=start, quote=text[start : claim.end])
    return claim


def shifted(document: Document) -> Document:
    """The document as another extractor gives it: the same words, at other offsets."""
    by = len(_SHIFT)
    blocks = tuple(
        replace(b, start=b.start + by, end=b.end + by, bold=tuple((x + by, y + by) for x, y in b.bold))
        for b in document.blocks
    )
    links = tuple(replace(link, start=link.start + by, end=link.end + by) for link in document.links)
    return replace(document, text=_SHIFT + document.text, blocks=blocks, links=links)


def new_reader(monkeypatch: pytest.MonkeyPatch, version: str, change: Callable[[Claim, str], Claim | None]) -> None:
    """From now on the pipeline reads with this reader, on texts that are shifted."""
    read, document_of = pipeline.read, pipeline.document_of

    def reread(document: Document, *more: object) -> Reading:
        found = read(document, *more)  # type: ignore[arg-type]
        return replace(found, claims=tuple(c for claim in found.claims if (c := change(claim, document.text))))

    def redocument(*given: object) -> tuple[Document, object]:
        document, scraper = document_of(*given)  # type: ignore[arg-type]
        return shifted(document), scraper

    monkeypatch.setattr(pipeline, "read", reread)
    monkeypatch.setattr(pipeline, "document_of", redocument)
    monkeypatch.setattr(pipeline, "READER_VERSION", version)


def add_pack(database: Path) -> None:
    """Adds the demo's files."""
    with Adder(database, Settings()) as adder:
        for path in sorted(PACK.iterdir()):
            if path.suffix in (".html", ".txt", ".eml"):
                assert isinstance(adder.add(str(path)), Added)


@dataclass(frozen=True)
class Desk:
    """The database, and each of its claims as the desk left it, with what the desk did."""

    path: Path
    engine: Engine
    before: dict[int, ClaimDetail]
    done: dict[int, str]

    def reviews(self) -> list[tuple[object, ...]]:
        """The whole log."""
        return query(self.path, "SELECT * FROM reviews ORDER BY id")


def work_on(engine: Engine, claim: int, done: str) -> None:
    """What a desk does with a claim."""
    detail = get_claim(engine, claim)
    moves: list[tuple[desk.Person, desk.Request]] = [(READER, desk.Flag("is that so?"))]
    if "corrected" in done:
        moves.append((CHECKER, desk.Correct("speaker", _CORRECTED)))
        moves += [(CHECKER, desk.Correct("figure", "77 million", figure=0))] if detail.claim.figures else []
    if "approved" in done:
        moves.append((CHECKER, desk.Attach(url=f"https://court.example/{claim}", title="A ruling", is_primary=True)))
        moves += [(CHECKER, desk.Verdict("supported", note="see page 3")), (EDITOR, desk.Approve())]
    if done == "rejected":
        moves.append((CHECKER, desk.Reject("it is no claim")))
    for person, request in moves:
        desk.move(engine, claim, person, request, now=NOW)


@pytest.fixture(scope="module")
def desk_of_demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[int, str]]:
    """The folder with the demo, every claim of it worked on, and what was done with each; to be copied."""
    folder = tmp_path_factory.mktemp("worked")
    add_pack(folder / "press.db")
    engine = open_database(folder / "press.db")
    done = {}
    for claim in list_claims(engine):
        done[claim.id] = drawn(claim.key, DESKS, "desk")
        work_on(engine, claim.id, done[claim.id])
    engine.dispose()
    return folder, done


@pytest.fixture
def worked(desk_of_demo: tuple[Path, dict[int, str]], tmp_path: Path) -> Iterator[Desk]:
    """A copy of it."""
    folder, done = desk_of_demo
    path = shutil.copytree(folder, tmp_path / "desk") / "press.db"
    engine = open_database(path)
    yield Desk(path, engine, {claim: get_claim(engine, claim) for claim in done}, done)
    engine.dispose()


def test_the_same_reader_disturbs_nothing(worked: Desk) -> None:
    before = worked.reviews()
    add_pack(worked.path)
    assert worked.reviews() == before
    for claim, detail in worked.before.items():
        assert get_claim(worked.engine, claim) == detail


def test_another_extractor_moves_claims_and_disturbs_no_review(worked: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    before = worked.reviews()
    new_reader(monkeypatch, "2", lambda claim, _: claim)
    add_pack(worked.path)
    assert worked.reviews() == before
    moved = 0
    for claim, detail in worked.before.items():
        now = get_claim(worked.engine, claim)
        assert (now.claim.workflow, now.claim.verdict) == (detail.claim.workflow, detail.claim.verdict)
        assert now.reading == detail.reading
        moved += now.claim.start == detail.claim.start + len(_SHIFT)
    assert moved > len(worked.before) / 2
    assert not run_checks(worked.path)


def test_no_review_is_lost_and_no_change_passes_unseen(worked: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    before = worked.reviews()
    new_reader(monkeypatch, "2", read_otherwise)
    add_pack(worked.path)
    after = worked.reviews()
    # Nothing of the log is lost or altered; what was added is the program's.
    assert after[: len(before)] == before
    assert len(list_claims(worked.engine, withdrawn=True)) == len(worked.before), "a claim lost its id"
    seen = dict.fromkeys(CHANGES, 0)
    sent_back = 0
    for claim, detail in worked.before.items():
        change = change_of(detail.claim.key)
        now = get_claim(worked.engine, claim)
        assert now.reviews[: len(detail.reviews)] == detail.reviews
        assert now.claim.key == detail.claim.key
        assert now.claim.verdict == detail.claim.verdict
        assert (now.claim.state == "withdrawn") == (change == "gone"), (change, detail.claim.quote)
        seen[change] += 1
        sent_back += check_one(worked.done[claim], detail, now)
    assert min(seen.values()) > 5, seen
    assert sent_back > 10
    assert len(after) == len(before) + sent_back
    assert not run_checks(worked.path)
    # The same reader once more adds nothing.
    add_pack(worked.path)
    assert worked.reviews() == after


def check_one(done: str, detail: ClaimDetail, now: ClaimDetail) -> bool:
    """Looks at one claim before and after; whether it was sent back to review."""
    added = now.reviews[len(detail.reviews) :]
    if "corrected" in done:
        # Corrections lie over whatever is read.
        assert now.claim.speaker == _CORRECTED
        assert [figure.value for figure in now.claim.figures][:1] in ([], [77e6])
    if now.claim.state == "withdrawn":
        assert not added
        assert now.reading == detail.reading
        return False
    if now.reading == detail.reading:
        assert not added
        assert now.claim.workflow == detail.claim.workflow
        return False
    if detail.claim.workflow not in ("approved", "rejected"):
        assert not added
        return False
    (back,) = added
    assert (back.move, back.role, back.to_workflow) == ("reading_changed", "program", "in_review")
    assert now.claim.workflow == "in_review"
    assert back.reading == now.reading
    assert back.detail is not None
    judged = next(review for review in reversed(detail.reviews) if review.move in ("approve", "reject"))
    assert back.detail["was"] == judged.reading == detail.reading
    return True
