"""The one place that joins scrapers, the pure code and the database.

The way of the data: file or URL -> Capture -> archive -> Document -> Reading -> store. Each input
stands alone: one that fails is noted and costs the others nothing.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, Self

from sqlalchemy import Engine

from db import store
from db.engine import open_database, writing
from db.errors import DataError
from db.records import ClaimRecord, document_key, sha256_of
from db.seen import is_newest, looked_at_since, seen_again, seen_bytes
from scrapers.archive import Archive
from scrapers.document import Capture, Document
from scrapers.errors import NotADocument, RefusedAddress, ScrapeError, TooLong, fault, one_line
from scrapers.fetch import Fetcher, FetchSettings
from scrapers.files import read_file, read_stream
from scrapers.guard import canonical_url
from scrapers.invisible import seen_document
from scrapers.registry import HTML, Scraper, scraper_for
from scrapers.site import lost_layout
from scrapers.surrogates import whole, whole_document
from tracker.comparing import ANOTHER, AnotherPage, Comparer, is_stale, keep
from tracker.copies import note_copies
from tracker.corrections import lay_over
from tracker.desk import readings_changed
from tracker.desk_sourcing import with_attached
from tracker.judging.importance import importance, is_watched
from tracker.languages import foreign_doubt
from tracker.mail_copies import placed
from tracker.outcomes import Added, Failed, Seen, Stated
from tracker.own_words import digest_of, load_kinds, load_publishers
from tracker.reading.claims import READER_VERSION, read
from tracker.reading.kinds import Kind
from tracker.reading.parties import Party, names_of, read_parties
from tracker.reading.passages import is_interview
from tracker.reading.publishers import Publishers
from tracker.reading.values import Reading
from tracker.recording import claim_record, document_record, page_of, snapshot_record, text_record
from tracker.settings import Settings
from tracker.visiting import Noting, note_another, note_visit

#: Addresses without "//" that people paste; a file may have a colon in its name, so only of known schemes.
_OTHER_ADDRESS = re.compile(r"(?:about|blob|data|file|ftp|javascript|mailto|sms|tel|urn|vbscript|view-source):", re.I)
#: Items of the press have a few thousand characters, reports up to some hundred thousand; so many take the reader a
#: minute where each sentence makes a claim. PDFs have bounds of their own.
_MOST_CHARACTERS = 500_000
#: A longer title, byline or publisher is none.
_LONGEST_VALUE = 1_000

_STAGES = {"guard": "fetch", "robots": "fetch", "fetch": "fetch", "file": "input", "archive": "archive"}


def now() -> str:
    """The time in UTC, ISO 8601, ending in Z."""
    return stamp(datetime.now(UTC))


def stamp(moment: datetime) -> str:
    """A time in UTC as the database keeps it: ISO 8601 to the millisecond, ending in Z."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


def fetch_settings(settings: Settings) -> FetchSettings:
    """How to call on others, as the settings say; what they leave open stays as ``FetchSettings`` has it."""
    stated: dict[str, Any] = {"contact": settings.contact}
    if settings.interval is not None:
        stated["min_interval"] = settings.interval
    if settings.ports:
        stated["allowed_ports"] = frozenset(settings.ports)
    return FetchSettings(**stated)


def is_url(source: str) -> bool:
    """Whether an input is an address, not a file."""
    return source.lower().startswith(("http://", "https://"))


def _is_fetched(capture: Capture) -> bool:
    """Whether this run fetched it: what a web archive holds was asked for by somebody else."""
    return capture.status is not None and is_url(capture.source)


def capture_of(source: str, fetcher: Fetcher, stated: Stated) -> Capture:
    """The bytes of an input: a URL, a file, or ``-``. Raises a ScrapeError.

    A stated address is checked before anything is read, and kept in its canonical spelling.
    """
    url = _stated_url(source, stated)
    if is_url(source):
        return fetcher.fetch(source)
    if source == "-":
        return read_stream(sys.stdin.buffer, now(), url=url)
    if "://" in source.split("?")[0]:
        return fetcher.fetch(source)  # which refuses any scheme but its own, in one line
    if _OTHER_ADDRESS.match(source) and not Path(source).exists():
        raise RefusedAddress("not an http or https address", source)
    return read_file(source, now(), url=url)


def _stated_url(source: str, stated: Stated) -> str | None:
    if stated.url is None:
        return None
    try:
        return canonical_url(stated.url)
    except RefusedAddress as refused:
        raise refused.on_the_way_to(source) from refused


def document_of(capture: Capture, stated: Stated) -> tuple[Document, Scraper]:
    """The document in a capture, with what a person stated laid over it. Raises a ScrapeError."""
    scraper = scraper_for(capture)
    try:
        document = seen_document(whole_document(scraper.extract(capture)))
    except RecursionError as error:
        what, remedy = "nested too deeply to read", "save its text as a file and add that"
        raise NotADocument(what, capture.source, remedy) from error
    if len(document.text) > _MOST_CHARACTERS and not document.pages:
        what = f"more text than an item of the press has ({len(document.text):,} characters)"
        raise TooLong(what, capture.source)
    document = _without_endless(document)
    if lost_layout(document.won_by):
        # The site's rules gave no words: the text is that of any page, and is noted as such.
        scraper = HTML
    won_by = dict(document.won_by)
    changes: dict[str, str] = {}
    for name, value in capture.hints.items():
        # What a feed says of a page counts where the page itself says nothing.
        if getattr(document, name) is None:
            changes[name], won_by[name] = whole(value), "feed"
    if document.kind == "article" and is_interview(document):
        changes["kind"], won_by["kind"] = "interview", "turns"
    for name, value in asdict(stated).items():
        if value is not None:
            changes[name], won_by[name] = value, "stated"
    url = changes.get("url", document.url)
    if url:
        changes["url"] = canonical_url(url)
    foreign = foreign_doubt(document.language)
    if foreign:
        changes["doubt"] = f"{document.doubt}; {foreign}" if document.doubt else foreign
    return replace(document, won_by=MappingProxyType(won_by), **changes), scraper  # type: ignore[arg-type]


def _without_endless(document: Document) -> Document:
    """The document without values that are too long to be what they are given for, which ``won_by`` says."""
    stated = {name: getattr(document, name) or "" for name in ("title", "byline", "publisher")}
    endless = [name for name, value in stated.items() if len(value) > _LONGEST_VALUE]
    if not endless:
        return document
    won_by = {name: place for name, place in document.won_by.items() if name not in endless}
    won_by |= {f"{name}_doubt": f"longer than {_LONGEST_VALUE:,} characters" for name in endless}
    return replace(document, won_by=MappingProxyType(won_by), **dict.fromkeys(endless))  # type: ignore[arg-type]


def read_input(
    source: str, fetcher: Fetcher, stated: Stated, kinds: Iterable[Kind], publishers: Publishers
) -> tuple[Document, Reading]:
    """Read one input without a database. Raises a ScrapeError."""
    capture = capture_of(source, fetcher, stated)
    document, _ = document_of(capture, stated)
    key = document_key(document.url, document.message_id, sha256_of(capture.body), document.identity)
    return document, read(document, tuple(kinds), publishers, key)


class Adder:
    """One run of ``tracker add``: opens database and archive, adds inputs one by one.

    A context manager; leaving it notes the end of the run. What was added before an interruption
    stays, and the same inputs given again add only what is missing.
    """

    def __init__(self, db: Path, settings: Settings, command: str = "add") -> None:
        self._settings = settings
        self._reader = f"reader {READER_VERSION}{digest_of(settings)}"
        self._kinds = load_kinds(settings.kinds)
        self._weights = {kind.name: kind.weight for kind in self._kinds}
        self._publishers = load_publishers(settings.publishers)
        self._engine: Engine = open_database(db)
        self._archive = Archive(settings.archive_of(db))
        self._comparer = Comparer(self._archive, lambda capture: document_of(capture, Stated())[0])
        self._fetcher = Fetcher(fetch_settings(settings))
        self._command = command
        self._stack = ExitStack()
        self.counts: dict[str, int] = {}
        self._run: int = 0

    @property
    def engine(self) -> Engine:
        """The database, for those who note more of what is added than this does."""
        return self._engine

    @property
    def archive(self) -> Archive:
        """The raw bytes."""
        return self._archive

    @property
    def comparer(self) -> Comparer:
        """What compares the versions of a page."""
        return self._comparer

    @property
    def fetcher(self) -> Fetcher:
        """The client of this run, with its turns and robots rules."""
        return self._fetcher

    @property
    def run(self) -> int:
        """The id of this run, 0 before it began."""
        return self._run

    def __enter__(self) -> Self:
        self._stack.callback(self._engine.dispose)
        self._stack.enter_context(self._fetcher)
        self._run = store.start_run(self._engine, self._command, READER_VERSION, now())
        return self

    def __exit__(self, *exc: object) -> None:
        try:
            store.end_run(self._engine, self._run, self.counts, now())
        finally:
            self._stack.close()

    def add(self, source: str, stated: Stated | None = None) -> Added | Failed:
        """Archive, read and store one input, or note its failure; never raises for a bad input."""
        stated = stated or Stated()
        return self._noted(source, stated, lambda: capture_of(source, self._fetcher, stated))

    def fail(self, source: str, error: ScrapeError) -> Failed:
        """Note an input that could not be had."""
        return self._fail(source, _STAGES.get(error.stage, "extract"), error.what, error.remedy)

    def seen(self, capture: Capture, stated: Stated | None = None) -> Seen | None:
        """The document of a capture that needs no reading, for the very same was read; None: it does.

        The bytes are the same and in the archive, and extractor, reader, kinds, publishers and the names watched
        are those of its last reading. What a person states, or a feed knows, may say more: then it is read.
        """
        try:
            scraper = scraper_for(capture)
        except Exception:  # which is told where it is read
            return None
        sha256 = sha256_of(capture.body)
        if (stated or Stated()) != Stated() or sha256 not in self._archive:
            return None
        found = seen_bytes(self._engine, sha256, capture.final_url, self._read_as(scraper), tuple(capture.hints))
        if found is None:
            return None
        if _is_fetched(capture):
            if not is_newest(self._engine, found.document_id, sha256):
                return None  # the page went back to what it said before
            seen_again(self._engine, found.document_id, now())
        self.counts["seen"] = self.counts.get("seen", 0) + 1
        return Seen(capture.source, found.document_id, found.kind, found.claims)

    def is_fresh(self, url: str, minutes: float) -> bool:
        """Whether the page at an address was looked at less than so many minutes ago."""
        spelt = {url}
        with suppress(RefusedAddress):
            spelt.add(canonical_url(url))
        return looked_at_since(self._engine, spelt, stamp(datetime.now(UTC) - timedelta(minutes=minutes)))

    def _read_as(self, scraper: Scraper) -> str:
        return f"{scraper.name} {scraper.version}, {self._reader}"

    def add_capture(
        self, capture: Capture, stated: Stated | None = None, *, noting: Noting | None = None
    ) -> Added | Failed:
        """Archive, read, compare and store what was captured already, or note its failure.

        A page that was fetched counts as visited now; ``noting`` notes the visit instead, in the same transaction.
        """
        return self._noted(capture.source, stated or Stated(), lambda: capture, noting)

    def _noted(
        self, source: str, stated: Stated, captured: Callable[[], Capture], noting: Noting | None = None
    ) -> Added | Failed:
        try:
            added = self._add(source, captured(), stated, noting)
        except ScrapeError as error:
            return replace(self.fail(source, error), is_another=isinstance(error, AnotherPage))
        except DataError as error:
            return self._fail(source, "store", str(error), "report it with the input")
        except Exception as error:  # whatever it is, it is this input's; what was begun of it is rolled back
            return self.fail(source, fault(error, source))
        self._count(added)
        return added

    def _add(self, source: str, capture: Capture, stated: Stated, noting: Noting | None) -> Added:
        is_fetched = _is_fetched(capture)
        asked = self._fetcher.request_headers if is_fetched else ()
        stored = self._archive.store(capture, asked)
        document, scraper = document_of(capture, stated)
        key, document = placed(self._engine, document, stored.sha256)
        reading = read(document, self._kinds, self._publishers, key)
        compare = partial(
            self._comparer.of_document, key=key, capture=capture, sha256=stored.sha256, document=document,
            extractor=scraper.name, stands_now=is_fetched,
            # What the watch states is where it looked, and no person's word for what it found there.
            is_stated=stated.url is not None and noting is None,
        )  # fmt: skip
        found = compare(self._engine)
        at = now()
        if found is not None and found.outcome == ANOTHER:
            if is_fetched and noting is None:
                note_another(self._engine, found, capture, self._run, at)
            raise AnotherPage(found.reason or "another page", source)
        with writing(self._engine) as connection:
            if found is not None and is_stale(connection, found):
                found = compare(connection)
            result = store.store_document(
                connection,
                document_record(document, key),
                snapshot_record(capture, stored),
                text_record(document, reading, scraper),
                self._records(document, reading),
                at,
                reader_version=READER_VERSION,
                overlay=lay_over,
                backing=with_attached,
                read_as=self._read_as(scraper),
                stands_now=is_fetched,
            )
            readings_changed(connection, result.claims_changed, at)
            note_copies(connection, result.document_id, result.text_id, at)
            if found is not None:
                found = keep(connection, found, capture.fetched_at)
            if noting is not None:
                noting(connection, result, found)
            elif is_fetched:
                note_visit(connection, result, found, capture, self._run, at)
        return Added(source, document, reading, result, found)

    def _records(self, document: Document, reading: Reading) -> list[ClaimRecord]:
        """The claims to store, each with its weight; other names of a subject matter only to a watch list."""
        watch = self._settings.watch
        parties = read_parties(document.text) if watch else ()
        records = []
        for claim in reading.claims:
            watched = bool(claim.subject) and is_watched(self._names(claim.subject or "", parties), watch)
            weight = importance(
                claim.quote,
                self._weights.get(claim.kind, 0.0),
                has_figure=bool(claim.figures),
                stance=claim.stance,
                watched=watched,
            ).weight
            records.append(claim_record(claim, self._publishers, weight, page_of(document, claim.start)))
        return records

    def _names(self, subject: str, parties: Sequence[Party]) -> tuple[str, ...]:
        """What else the subject is called: by the text, and by the table of publishers."""
        publisher = self._publishers.of_name(subject)
        known = (publisher.name, *publisher.aliases) if publisher else ()
        return (*names_of(subject, parties), *known)

    def _fail(self, source: str, stage: str, reason: str, remedy: str) -> Failed:
        # A password in an address must not stay in the database; a file's name stays exactly as it is.
        kept = one_line(source) if "://" in source else source
        store.record_failure(self._engine, self._run, kept, stage, reason, remedy, now())
        self.counts["failed"] = self.counts.get("failed", 0) + 1
        return Failed(source, stage, reason, remedy)

    def _count(self, added: Added) -> None:
        result = added.result
        for name, number in {
            "inputs": 1,
            "documents_new": int(result.new_document),
            "snapshots_new": int(result.new_snapshot),
            "claims_new": result.claims_new,
            "claims_seen": result.claims_seen,
            "claims_withdrawn": result.claims_withdrawn,
        }.items():
            self.counts[name] = self.counts.get(name, 0) + number
