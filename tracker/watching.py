"""Looks again at what is due: documents that have an address, and sources that back claims.

A visit asks only for what is new, archives what comes, tells what changed, and notes what came of it and
when to come again. A page that cannot be had is not gone: only 410 says so, or 404 three times over a
week. Everything that is known of a page stays, whatever becomes of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from db import changes as changes_db
from db import visits as visits_db
from db.changes import ClaimPlace
from db.engine import reading, writing
from db.errors import DatabaseFileError
from db.records import SnapshotRecord, StoreResult, sha256_of
from db.visits import KnownVersion, VisitRecord, Watched
from scrapers.document import Capture, Document
from scrapers.errors import (
    ArchiveError,
    HttpStatus,
    NotArchived,
    NotModified,
    ScrapeError,
    WallPage,
    fault,
)
from scrapers.fetch import Wanted
from tracker import pipeline
from tracker.comparing import ANOTHER, Comparison, Drifted
from tracker.judging.schedule import is_gone, next_check
from tracker.outcomes import Failed, Stated
from tracker.pipeline import Adder, document_of
from tracker.visiting import outcome_of
from tracker.watch_addresses import leads_nowhere, same_address

_GONE, _NOT_FOUND = 410, 404
#: What comes in the place of a page is short, in bytes.
_LONGEST_WALL = 300_000
_FOUND = frozenset({"new", "unchanged", "boring", "changed"})


@dataclass(frozen=True, slots=True)
class Finding:
    """What came of one visit.

    ``figures`` are the figures that changed, ``words`` the number of other changes; ``lost`` the approved
    claims whose words stood on the page and do no more; ``liveness`` how a source is doing now, and ``backs``
    the claims that people attached it to. ``approved`` are the approved claims that stand on a document whose page
    is gone; ``is_back``: it was gone before, and is there again; ``is_another``: something else stands at its address,
    a wall or another article, and nothing of it was taken for the page. ``sha256_before`` and ``sha256_after`` are the
    versions, where there are two.
    """

    page: Watched
    outcome: str
    reason: str | None = None
    figures: tuple[Drifted, ...] = ()
    words: int = 0
    lost: tuple[ClaimPlace, ...] = ()
    liveness: str | None = None
    backs: tuple[int, ...] = ()
    approved: tuple[int, ...] = ()
    is_back: bool = False
    is_another: bool = False
    sha256_before: str | None = None
    sha256_after: str | None = None
    next_check: str = ""

    @property
    def needs_a_person(self) -> bool:
        """Whether somebody should look: a claim's figure drifted, an approved claim or its page went, or a source."""
        drifted = any(one.claim is not None for one in self.figures)
        news = self.page.is_source and self.outcome in ("changed", "gone") and self.liveness in ("changed", "gone")
        return drifted or bool(self.lost) or bool(self.approved) or news or self.is_another


@dataclass(slots=True)
class _Look:
    """A visit under way: what is known of the page, and what comes of it."""

    page: Watched
    at: str
    history: Sequence[VisitRecord]
    known: KnownVersion | None
    visit: VisitRecord
    finding: Finding
    records: Sequence[changes_db.ChangeRecord] = ()
    snapshot: SnapshotRecord | None = None
    retry_after: float | None = None
    kept: Finding | None = None

    def ends(self, outcome: str, **more: object) -> None:
        """Notes what came of the visit."""
        for_visit = {name: more.pop(name) for name in ("status", "etag", "last_modified", "sha256") if name in more}
        reason = more.get("reason")
        self.visit = replace(self.visit, outcome=outcome, reason=reason, **for_visit)  # type: ignore[arg-type]
        self.finding = replace(self.finding, outcome=outcome, **more)  # type: ignore[arg-type]

    def ends_with(self, found: Comparison, said: Mapping[str, object]) -> None:
        """Notes what a new version of the page changes."""
        versions = {"sha256_before": found.sha256_before, "sha256_after": found.sha256_after}
        self.ends(
            found.outcome, reason=found.reason, figures=found.figures, words=found.words, lost=found.lost, **versions,
            **said,
        )  # fmt: skip


class Watch:
    """One run of ``tracker watch``; within ``with`` of the adder that it uses.

    ``clock`` gives the time in UTC, ISO 8601 ending in ``Z``.
    """

    def __init__(self, adder: Adder, clock: Callable[[], str] = pipeline.now) -> None:
        self._adder = adder
        self._clock = clock

    def due(self, *, everything: bool = False, document_id: int | None = None) -> list[Watched]:
        """The pages to visit now: those that are due, or all that are watched, or one document."""
        now = None if everything or document_id is not None else self._clock()
        return visits_db.watched(self._adder.engine, now, document_id)

    def visits(self, pages: Sequence[Watched]) -> Iterator[Finding]:
        """Visits the pages, several hosts at once, in the order in which they answer; each visit is whole.

        A bad page is a finding. Raises DataError where the database fails.
        """
        at_url: dict[str, list[_Look]] = {}
        asked: dict[str, list[Watched]] = {}
        for page in pages:
            asked.setdefault(page.url, []).append(page)

        def wanted() -> Iterator[Wanted]:
            for url, same in asked.items():
                at_url[url] = [self._begun(page) for page in same]
                yield _question(url, at_url[url])

        for url, answer in self._adder.fetcher.fetch_all(wanted()):
            for look in at_url.pop(url):
                yield self._visited(look, answer)

    def visit(self, page: Watched) -> Finding:
        """Looks at one page."""
        return next(self.visits([page]))

    def _begun(self, page: Watched) -> _Look:
        at = self._clock()
        with reading(self._adder.engine) as connection:
            history = visits_db.visits_of(connection, page)
            known = visits_db.newest_version(connection, page)
        return _Look(page, at, history, known, VisitRecord(at, page.url, "failed"), Finding(page, "failed"))

    def _visited(self, look: _Look, answer: Capture | ScrapeError) -> Finding:
        look.at = self._clock()
        look.visit = replace(look.visit, at=look.at)
        try:
            got = self._unmodified(look, answer) if isinstance(answer, NotModified) else answer
            self._judged(look, got)
        except ArchiveError as broken:
            look.ends("failed", reason=f"{broken.what}; {broken.remedy}")
        return self._kept(look)

    def _judged(self, look: _Look, got: Capture | ScrapeError | None) -> None:
        if isinstance(got, HttpStatus):
            look.retry_after = got.retry_after
            look.ends(_outcome(got.status, look.at, look.history), status=got.status, reason=got.what)
        elif isinstance(got, Capture):
            try:
                self._seen(look, replace(got, fetched_at=look.at))
            except (ScrapeError, DatabaseFileError):
                raise
            except Exception as error:  # whatever it is, it is this page's, and the others are visited
                look.records, look.snapshot = [], None
                look.ends("failed", reason=fault(error, look.page.url).what)
        elif got is not None:
            look.retry_after = getattr(got, "retry_after", None)
            look.ends("failed", reason=got.what)

    def _unmodified(self, look: _Look, same: NotModified) -> Capture | ScrapeError | None:
        """Keeps the answer that nothing changed; without the bytes it speaks of, the page is fetched whole."""
        etag, modified = _validators(look)
        sha256 = look.known.sha256 if look.known else ""
        fetcher = self._adder.fetcher
        at_url = same.final_url or look.page.url
        try:
            self._adder.archive.note_unmodified(at_url, sha256, same.headers, look.at, fetcher.request_headers)
        except NotArchived:
            try:
                return fetcher.fetch(look.page.url)
            except ScrapeError as failed:
                return failed
        look.ends("unchanged", status=304, etag=same.etag or etag, last_modified=same.last_modified or modified,
                  sha256=sha256)  # fmt: skip
        return None

    def _seen(self, look: _Look, capture: Capture) -> None:
        """Archives and compares what came, and adds it where it is another version."""
        sha256 = sha256_of(capture.body)
        headers = {name.lower(): value for name, value in capture.headers}
        said = {"status": capture.status, "etag": headers.get("etag"), "last_modified": headers.get("last-modified"),
                "sha256": sha256}  # fmt: skip
        stored = self._adder.archive.store(capture, self._adder.fetcher.request_headers)
        if look.page.is_source:
            look.snapshot = SnapshotRecord(look.page.url, capture.fetched_at, sha256, len(capture.body),
                                           capture.final_url, capture.status, capture.content_type, stored.warc_file,
                                           stored.offset)  # fmt: skip
        if look.known is not None and look.known.sha256 == sha256:
            look.ends("unchanged", **said)
        elif look.page.is_source:
            self._seen_source(look, capture, sha256, said)
        else:
            self._seen_document(look, capture, said)

    def _seen_source(self, look: _Look, capture: Capture, sha256: str, said: Mapping[str, object]) -> None:
        nowhere = leads_nowhere(capture, look.page.url)
        if nowhere is not None:
            look.snapshot = None
            look.ends(_outcome(_NOT_FOUND, look.at, look.history), reason=nowhere, **said)
            return
        wall = _wall(capture)
        if wall is not None:
            # It says nothing of the source, and is no version of it.
            look.snapshot = None
            look.ends("failed", status=capture.status, reason=wall.what)
            return
        if look.known is None:
            look.ends("new", **said)
            return
        since = look.history[-1].at if look.history else ""
        found = self._adder.comparer.against(look.page, look.known, capture, sha256, _readable(capture), since=since)
        if found.outcome == ANOTHER:
            self._another_source(look, capture, found, said)
            return
        look.records = found.records
        look.ends_with(found, said)

    def _another_source(self, look: _Look, capture: Capture, found: Comparison, said: Mapping[str, object]) -> None:
        """Notes that something else came for a source: from elsewhere it is not found, else nobody can tell."""
        look.snapshot = None
        known_at = (look.page.url, (look.known.final_url if look.known else None) or look.page.url)
        if not any(same_address(capture, url) for url in known_at):
            where = f"it leads to another page, {capture.final_url}"
            look.ends(_outcome(_NOT_FOUND, look.at, look.history), reason=where, **said)
            return
        look.ends("failed", reason=found.reason, is_another=True, sha256_before=found.sha256_before,
                  sha256_after=found.sha256_after, **said)  # fmt: skip

    def _seen_document(self, look: _Look, capture: Capture, said: Mapping[str, object]) -> None:
        stated = Stated(url=look.page.url) if same_address(capture, look.page.url) else Stated()
        document = _readable(capture)
        if document is not None and document.url == look.page.url:
            stated = Stated()
        elif document is not None and not stated.url:
            # An answer from another address, which calls itself another page: the one asked for is not there.
            look.ends(
                _outcome(_NOT_FOUND, look.at, look.history), reason=f"it leads to another page, {document.url}", **said
            )
            return

        def note(connection: Connection, result: StoreResult, found: Comparison | None) -> None:
            # Version, changes and visit are kept together or not at all.
            if found is None:
                look.ends(outcome_of(result, None), **said)
            else:
                look.ends_with(found, said)
            look.kept = self._keep(connection, look)

        added = self._adder.add_capture(capture, stated, noting=note)
        if isinstance(added, Failed):
            look.kept, look.finding = None, Finding(look.page, "failed")
            pair = {"sha256_before": look.known.sha256, "sha256_after": said["sha256"]} if look.known else {}
            another = {"is_another": True, **pair} if added.is_another else {}
            look.ends("failed", reason=added.reason, **said, **another)

    def _kept(self, look: _Look) -> Finding:
        """The finding of a visit that is noted, in the transaction of what it found or else now."""
        if look.kept is not None:
            return look.kept
        with writing(self._adder.engine) as connection:
            return self._keep(connection, look)

    def _keep(self, connection: Connection, look: _Look) -> Finding:
        """Notes the visit, and for a source how it is doing; gives the finding."""
        page = look.page
        outcomes = [*(one.outcome for one in look.history), look.visit.outcome]
        due = next_check(look.at, page.since, outcomes, look.retry_after)
        finding = replace(look.finding, next_check=due, is_back=_is_back(look))
        visits_db.add_visit(connection, page, look.visit, self._adder.run, due)
        if page.is_source:
            return self._keep_source(connection, look, finding)
        if look.visit.outcome == "gone":
            visits_db.set_liveness(connection, "gone", visits_db.sources_at(connection, page.url))
            finding = replace(finding, approved=tuple(changes_db.approved_claims_of(connection, page.id)))
        return finding

    def _keep_source(self, connection: Connection, look: _Look, finding: Finding) -> Finding:
        page = look.page
        if look.snapshot is not None:
            visits_db.add_source_snapshot(connection, page.id, look.snapshot)
        changes_db.add_changes(connection, page, look.at, look.records)
        was = visits_db.liveness_of(connection, page.id)
        now = _liveness(was, look.visit.outcome, look.history)
        if now != was:
            visits_db.set_liveness(connection, now, [page.id])
        backs = changes_db.claims_backed_by(connection, page.id)
        return replace(finding, liveness=now, backs=tuple(backs))


def _question(url: str, looks: Sequence[_Look]) -> Wanted:
    """What to ask for: whether the page is still what is kept, where all who look at it keep the same."""
    first, *others = looks
    etag, modified = _validators(first)
    kept = first.known
    same = kept is not None and all(one.known is not None and one.known.sha256 == kept.sha256 for one in others)
    if not (same and kept and (etag or modified)):
        return Wanted(url)
    return Wanted(url, etag, modified, kept.final_url)


def _validators(look: _Look) -> tuple[str | None, str | None]:
    """What the server said of the version that is kept, to ask whether it is still the newest."""
    for visit in reversed(look.history):
        if visit.outcome in _FOUND:
            if look.known is None or visit.sha256 != look.known.sha256:
                return None, None
            return visit.etag, visit.last_modified
    return None, None


def _outcome(status: int, at: str, history: Sequence[VisitRecord]) -> str:
    """What an answer that is no page says of it."""
    if status == _GONE:
        return "gone"
    if status != _NOT_FOUND:
        return "failed"
    misses = [at]
    for visit in reversed(history):
        if visit.outcome in _FOUND:
            break
        if visit.outcome in ("missing", "gone"):
            misses.append(visit.at)
    said_gone = any(visit.outcome == "gone" for visit in history if visit.at in misses)
    return "gone" if said_gone or is_gone(at, misses) else "missing"


def _is_back(look: _Look) -> bool:
    """Whether a page was found that was gone when it was last told how it is."""
    told = (visit.outcome for visit in reversed(look.history) if visit.outcome != "failed")
    return look.visit.outcome in _FOUND and next(told, None) == "gone"


def _liveness(was: str, outcome: str, history: Sequence[VisitRecord]) -> str:
    """How a source is doing after a visit; one that changed stays so until a person attaches it again."""
    if outcome in ("gone", "changed"):
        return outcome
    if outcome in ("missing", "failed") or was == "changed":
        return was
    if was == "gone" and any(visit.outcome == "changed" for visit in history):
        return "changed"
    return "ok"


def _wall(capture: Capture) -> WallPage | None:
    """What came in the place of the page: a wall against robots, or an error page; None where it is the page."""
    if len(capture.body) > _LONGEST_WALL or capture.body.startswith(b"%PDF"):
        return None
    try:
        document_of(capture, Stated())
    except WallPage as wall:
        return wall
    except ScrapeError:
        pass
    return None


def _readable(capture: Capture) -> Document | None:
    """The document in a capture, None where nothing can be read of it."""
    try:
        return document_of(capture, Stated())[0]
    except ScrapeError:
        return None
