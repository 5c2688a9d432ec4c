"""The values that cross from the world into the reader: frozen, and free of any I/O.

All offsets are Unicode code points into ``Document.text``, half open.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

#: What a work can be (the design's ``documents.kind``).
DOCUMENT_KINDS = ("article", "interview", "email", "release", "report", "transcript")


@dataclass(frozen=True, slots=True)
class Block:
    """One block of the text, in the vocabulary of HTML.

    ``tag`` is one of ``h`` (a heading, see ``level``), ``p``, ``li``, ``blockquote``, ``table``,
    ``figcaption``, ``pre``, or, for furniture that is not part of the work, ``nav`` or ``footer``.
    ``level`` is 1 to 6 for headings, the depth of nesting for list items, else 0.
    ``bold`` holds the spans that the page sets in bold.
    """

    start: int
    end: int
    tag: str
    level: int = 0
    bold: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """A hyperlink: the span of its words in the text, and its absolute target."""

    start: int
    end: int
    url: str


@dataclass(frozen=True, slots=True)
class Page:
    """The span of one page of a paged document in the text; ``number`` counts from 1."""

    start: int
    end: int
    number: int


@dataclass(frozen=True, slots=True)
class Document:
    """One work as read from one capture; all that the reader knows of the world.

    ``published`` and ``modified`` are ISO 8601 dates or times, ``language`` a BCP 47 tag.
    ``won_by`` tells for each stated value where it came from (``{"published": "json-ld"}``);
    a value that a person gave on the command line is marked ``stated``.
    ``text[b.start:b.end]`` is the text of block ``b``. ``pages``, of a PDF, are in order.
    ``identity`` tells an e-mail from others, whichever client saved it (``scrapers.mail_identity``).
    ``doubt`` says in one line why the text may not be the whole work, or more than it; None: no doubt.
    """

    kind: str
    text: str
    url: str | None = None
    message_id: str | None = None
    title: str | None = None
    byline: str | None = None
    publisher: str | None = None
    published: str | None = None
    modified: str | None = None
    language: str | None = None
    blocks: tuple[Block, ...] = ()
    links: tuple[Link, ...] = ()
    pages: tuple[Page, ...] = ()
    doubt: str | None = None
    won_by: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    identity: str | None = None


@dataclass(frozen=True, slots=True)
class Hop:
    """One redirect on the way to a page: the address asked, and the answer, whose ``body`` may be cut short."""

    url: str
    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Capture:
    """Bytes as they came from the world, before anything is parsed.

    ``source`` is the input as the user gave it (a path, a URL, ``-``). ``url`` is the address asked
    for and ``final_url`` the one that answered, both None for a file. ``body`` is the decoded
    (uncompressed) content and ``raw`` what stood on the wire where that differs, so that the
    archive can keep the exact bytes. ``fetched_at`` is UTC, ISO 8601, ending in ``Z``.
    ``hops`` are the redirects that led to the answer, in order. ``hints`` is what the list in which the
    input was found says of it (a feed's ``title``, ``published``, ``byline``), which counts where the
    page itself says nothing.
    """

    source: str
    body: bytes
    fetched_at: str
    content_type: str | None = None
    charset: str | None = None
    url: str | None = None
    final_url: str | None = None
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    raw: bytes | None = None
    filename: str | None = None
    hops: tuple[Hop, ...] = ()
    hints: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
