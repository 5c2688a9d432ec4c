"""What becomes of an input: it went in, it was there before, or it failed; and what a person says of it."""

from __future__ import annotations

from dataclasses import dataclass

from db.records import StoreResult
from scrapers.document import Document
from scrapers.errors import one_line
from scrapers.site import layout_doubt, lost_layout
from tracker.comparing import Comparison
from tracker.reading.values import Reading


@dataclass(frozen=True, slots=True)
class Stated:
    """What a person says of an input on the command line; it wins over what the page says."""

    url: str | None = None
    published: str | None = None
    publisher: str | None = None
    kind: str | None = None


#: How an input without any name is shown.
EMPTY_NAME = '""'


@dataclass(frozen=True, slots=True)
class Failed:
    """An input that did not go in: the step, and the one line that tells it.

    ``is_another``: what came is no version of the document that is known by its address.
    """

    input: str
    stage: str
    reason: str
    remedy: str
    is_another: bool = False

    def __str__(self) -> str:
        return f"{self.reason}: {one_line(self.input) or EMPTY_NAME}: {self.remedy}"


@dataclass(frozen=True, slots=True)
class Added:
    """An input that went in: its document, reading, what the store did, and what it changes of the version before."""

    input: str
    document: Document
    reading: Reading
    result: StoreResult
    comparison: Comparison | None = None

    @property
    def warnings(self) -> tuple[str, ...]:
        """What went in but needs a look, as ``warnings_of`` tells it."""
        return warnings_of(self.input, self.document)


def warnings_of(source: str, document: Document) -> tuple[str, ...]:
    """What was read but needs a look, one line each: what, which input, what to do."""
    name, layout = lost_layout(document.won_by), layout_doubt(document.won_by)
    mend = f"mend scrapers/sites/{name}.py, see CONTRIBUTING.md"
    doubts = (layout, (document.doubt or "").removeprefix(layout or "").lstrip("; "))
    return tuple(
        f"{doubt}: {one_line(source)}: {mend if doubt == layout else 'see what was read of it'}"
        for doubt in doubts
        if doubt
    )


@dataclass(frozen=True, slots=True)
class Seen:
    """An input whose bytes are in, and were read as they would be read now: its document, with ``claims``."""

    input: str
    document_id: int
    kind: str
    claims: int
