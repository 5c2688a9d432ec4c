"""What a new version of a page changes, told alike whichever way it came in.

The version that was kept last is read again by the code that reads the new one; what differs is kept in
the table of changes, in the transaction that keeps the version.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, Engine

from db import changes as changes_db
from db import visits as visits_db
from db.changes import ChangeRecord, ClaimPlace
from db.engine import reading
from db.visits import KnownVersion, Watched
from scrapers.archive import Archive
from scrapers.document import Capture, Document
from scrapers.errors import ScrapeError
from tracker.judging.drift import FIGURE, WORDS, Change
from tracker.judging.same_work import another_work
from tracker.watch_versions import another_page, compared, known_version, records_of, version_of

#: Pages of these extractors are other forms of a document than the page that is fetched.
OTHER_FORMS = frozenset({"text-dump", "email"})


#: The outcome of a comparison that shows no version of the page: a wall, an error page, another article.
ANOTHER = "another"


class AnotherPage(ScrapeError):
    """A page that is no version of the work that stood at its address."""

    usual_remedy = "open it; if it is that work, wholly rewritten, add it with --url and its address"


@dataclass(frozen=True, slots=True)
class Drifted:
    """A figure that changed, and the claim whose words it stood in, if any did."""

    change: Change
    claim: ClaimPlace | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions of a page side by side.

    ``outcome`` is ``boring``, ``changed``, or ``another`` where something else stands at the address; ``figures`` are
    the figures that changed, ``words`` the number of other changes, ``claims`` those of the version before, ``lost``
    the approved ones that went with it.
    """

    page: Watched
    outcome: str
    sha256_before: str
    sha256_after: str
    reason: str | None = None
    figures: tuple[Drifted, ...] = ()
    words: int = 0
    records: tuple[ChangeRecord, ...] = ()
    claims: tuple[ClaimPlace, ...] = ()
    lost: tuple[ClaimPlace, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparer:
    """Compares versions: the archive that holds them, and what reads the article in a capture."""

    archive: Archive
    read_again: Callable[[Capture], Document]

    def of_document(
        self, bind: Engine | Connection, key: str, capture: Capture, sha256: str, document: Document, extractor: str,
        *, stands_now: bool, is_stated: bool = False,
    ) -> Comparison | None:  # fmt: skip
        """A capture of a document against its newest version; None where there is none to compare it with.

        A capture that is no newer than what is known is no change of it, unless the page ``stands_now``; another page
        it may be. ``is_stated``: a person says that it is this document, whatever its words.
        """
        page = visits_db.page_of_key(bind, key)
        if page is None or extractor in OTHER_FORMS:
            return None
        with reading(bind) as connection:
            known = visits_db.newest_version(connection, page)
            if known is None or known.extractor in OTHER_FORMS or known.sha256 == sha256:
                return None
            is_version = visits_db.has_version(connection, page, sha256)
            if not stands_now and (is_version or capture.fetched_at <= known.fetched_at):
                why = None if is_version or is_stated else another_work(known.text or "", document.text)
                return Comparison(page, ANOTHER, known.sha256, sha256, why) if why else None
            claims = [] if known.text_id is None else changes_db.claims_in(connection, known.text_id)
            history = visits_db.visits_of(connection, page)
        since = history[-1].at if history else ""
        return self.against(
            page, known, capture, sha256, document, claims, since, is_this=is_stated or is_version
        )  # fmt: skip

    def against(
        self,
        page: Watched,
        known: KnownVersion,
        capture: Capture,
        sha256: str,
        document: Document | None,
        claims: Sequence[ClaimPlace] = (),
        since: str = "",
        *,
        is_this: bool = False,
    ) -> Comparison:
        """A capture, and the document that was read in it, against a version; by their bytes where words fail.

        ``is_this``: it is known to be this page, and counts as rewritten where nothing of its words is left.
        """
        before = known_version(known, self.archive, capture, self.read_again)
        after = version_of(document, capture) if document else None
        another = another_page(before, after, capture)
        if another is not None:
            outcome, why = ("changed", "it is wholly rewritten") if is_this else (ANOTHER, another)
            return Comparison(page, outcome, known.sha256, sha256, why, claims=tuple(claims))
        found = compared(before, after)
        if found is None:
            why = "its bytes changed, and its words cannot be read"
            return Comparison(page, "changed", known.sha256, sha256, why, claims=tuple(claims))
        kept = records_of(found, before, known, sha256, claims, since)
        return Comparison(
            page,
            "boring" if found.is_boring else "changed",
            known.sha256,
            sha256,
            figures=tuple(Drifted(change, claim) for change, _, claim in kept if change.kind == FIGURE),
            words=len(found.of(WORDS)),
            records=tuple(record for _, record, _ in kept),
            claims=tuple(claims),
        )


def is_stale(connection: Connection, found: Comparison) -> bool:
    """Whether another version came in since the comparison was made."""
    newest = visits_db.newest_version(connection, found.page)
    return newest is None or newest.sha256 != found.sha256_before


def keep(connection: Connection, found: Comparison, at: str) -> Comparison:
    """Keeps what changed, after the version itself; gives it with the claims that went. Part of the transaction."""
    changes_db.add_changes(connection, found.page, at, found.records)
    states = changes_db.states_of(connection, [claim.id for claim in found.claims])
    stood = (one for one in found.claims if one.workflow == "approved" and one.state == "present")
    return replace(found, lost=tuple(one for one in stood if states.get(one.id) == "absent"))
