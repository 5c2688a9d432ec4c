"""What is in a source: a page, a file, or, in bulk, a feed, a sitemap, a folder, an mbox, a web archive; lazily.

A source that fails is one failure, and the rest goes on; what leads to the same page or file comes once.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby, islice
from pathlib import Path
from typing import BinaryIO

from scrapers.document import Capture
from scrapers.errors import NotADocument, RefusedAddress, ScrapeError, UnreadableFile, fault
from scrapers.feeds import BadFeed, Entry, Listing, is_listing, newest_first, read_listing
from scrapers.fetch import Fetcher
from scrapers.folders import files_in
from scrapers.guard import canonical_url
from scrapers.mbox import is_mbox, messages
from scrapers.registry import TEXT, scraper_for
from scrapers.warc import is_warc, records
from tracker.outcomes import Stated
from tracker.pipeline import capture_of, is_url, now

#: So many sitemaps of one index are read, the newest first; each may list 50,000 pages.
MOST_SITEMAPS = 50
_WINDOW = 64 * 1024
_NO_FILE = "this is a folder without a file that could be added (hidden ones and the database's own are left out)"
#: In a folder everything else of no known form is not text that somebody wants read: styles, scripts, data.
_TEXTS = frozenset({"", ".txt", ".text", ".md"})


class NotOne(ScrapeError):
    """Several documents where one was spoken of."""

    usual_remedy = "leave --url out, or give one page"
    usual_stage = "file"


@dataclass(frozen=True, slots=True)
class Passed:
    """A part of a source that is passed over, and is no failure: ``why`` in a word or two."""

    why: str


#: A part of a source by its name: what was captured, why it could not be, or why it is passed over.
Found = tuple[str, Capture | ScrapeError | Passed]


class Tally:
    """Is told how much there is to do, as far as that is known; this one does nothing with it."""

    def more(self, number: int) -> None:
        """So many inputs more (or fewer) than thought."""

    def part(self, done: int, whole: int) -> None:
        """So many bytes of so many of the file at hand are behind us."""


@dataclass(slots=True)
class Inputs:
    """Finds what is in sources.

    At most ``limit`` parts of one source are taken; of feeds and sitemaps the newest, and none of before
    ``since`` (ISO 8601). ``is_fresh`` tells which pages of a feed were looked at a moment ago; ``left_out`` are
    paths (absolute) that no folder gives: the database and its archive.
    """

    fetcher: Fetcher
    stated: Stated = field(default_factory=Stated)
    limit: int | None = None
    since: str | None = None
    is_fresh: Callable[[str], bool] = lambda url: False
    left_out: Collection[Path] = ()
    tally: Tally = field(default_factory=Tally)
    _known: set[str] = field(default_factory=set)

    def expand(self, sources: Iterable[str]) -> Iterator[Found]:
        """Yield all parts of all sources, each as soon as it is there. Raises nothing for a bad source."""
        for is_web, group in groupby(sources, key=is_url):
            if is_web:
                yield from self._pages(group)
            else:
                for source in group:
                    yield from self._guarded(source, self._local(source))

    def _guarded(self, source: str, parts: Iterator[Found]) -> Iterator[Found]:
        """The parts of a source up to its first error of its own, which is the last of them."""
        try:
            yield from parts
        except ScrapeError as error:
            yield source, error
        except OSError as error:
            yield source, UnreadableFile(f"cannot be read ({error.strerror or type(error).__name__})", source)
        except Exception as error:  # whatever it is, it is this source's, and the others are read
            yield source, fault(error, source)

    def _pages(self, urls: Iterable[str]) -> Iterator[Found]:
        for url, capture in self._fetched(urls):
            if isinstance(capture, Capture) and is_listing(capture.content_type, capture.body[:_WINDOW]):
                yield from self._guarded(url, self._listed(capture))
            else:
                yield url, capture

    def _fetched(self, urls: Iterable[str]) -> Iterator[tuple[str, Capture | ScrapeError]]:
        """Fetch pages, several hosts at once, each with the address asked for, in the order in which they are there."""
        yield from self.fetcher.fetch_all(urls)

    def _local(self, source: str) -> Iterator[Found]:
        path = Path(source)
        if source and path.is_dir():
            yield from self._folder(source, path)
        elif source and path.is_file():
            yield from self._file(source, path)
        else:
            yield source, capture_of(source, self.fetcher, self.stated)

    def _folder(self, source: str, folder: Path) -> Iterator[Found]:
        self._check_alone(source, "this is a folder")
        number = sum(isinstance(path, Path) for path in islice(files_in(folder, self.left_out), self.limit))
        self.tally.more(number - 1)
        if not number:
            raise NotADocument(_NO_FILE, source, "name the files, or another folder", "file")
        for path in islice(files_in(folder, self.left_out), self.limit):
            if isinstance(path, ScrapeError):
                yield path.input, path
            else:
                yield from self._guarded(str(path), self._file(str(path), path, in_folder=True))

    def _file(self, source: str, path: Path, *, in_folder: bool = False) -> Iterator[Found]:
        if path.exists() and not path.is_file():
            # To open a pipe waits for somebody to write into it.
            raise NotADocument("not a regular file", source, "give a file", "file")
        with path.open("rb") as file:
            head = file.read(_WINDOW)
            file.seek(0)
            if is_warc(head):
                self._check_alone(source, "this is a web archive")
                yield from self._archive(source, file)
                return
            if is_mbox(head) and _holds_several(file):
                self._check_alone(source, "there are several messages in this file")
                yield from self._mbox(source, path, file)
                return
        capture = capture_of(source, self.fetcher, self.stated)
        if is_listing(None, capture.body[:_WINDOW]):
            if in_folder:
                remedy = "give it by itself to have its pages fetched"
                raise NotADocument("a feed or sitemap, whose pages are not fetched for a folder", source, remedy)
            yield from self._listed(capture)
            return
        if in_folder and path.suffix.lower() not in _TEXTS and scraper_for(capture) is TEXT:
            raise NotADocument("not a kind of file that is read", source, "give it by itself to have it read as text")
        yield source, capture

    def _mbox(self, source: str, path: Path, file: BinaryIO) -> Iterator[Found]:
        size = path.stat().st_size
        for piece in islice(messages(file), self.limit):
            self.tally.more(1)
            self.tally.part(piece.offset, size)
            name = f"{source}#{piece.number}"
            if piece.body is None:
                what = f"a message of {piece.size / 1e6:.0f} MB, which is over the limit"
                yield name, NotADocument(what, name, "save its text as a file and add that")
                continue
            filename = f"{path.stem}-{piece.number}.eml"
            yield name, Capture(name, piece.body, now(), content_type="message/rfc822", filename=filename)
        self.tally.more(-1)

    def _archive(self, source: str, file: BinaryIO) -> Iterator[Found]:
        size = file.seek(0, 2)
        file.seek(0)
        taken = 0
        for record in records(file, source):
            self.tally.part(record.offset, size)
            if record.found is None:
                yield f"{source}@{record.offset}", Passed("no document")
                continue
            if self.limit is not None and taken >= self.limit:
                break
            taken += 1
            self.tally.more(1)
            yield f"{source}@{record.offset}", record.found
        self.tally.more(-1)

    def _listed(self, capture: Capture) -> Iterator[Found]:
        """The pages of a feed or a sitemap; a sitemap index leads one level down, the newest first."""
        self._check_alone(capture.source, "this is a feed or a sitemap, not a page")
        listing = read_listing(capture)
        if not listing.is_index:
            yield from self._entries(capture.source, listing.entries, self.limit)
            yield from _broken(listing, capture.source)
            self.tally.more(0 if listing.is_broken else -1)
            return
        sitemaps = list(newest_first(listing.entries, self.since))
        left = self.limit
        yield from _broken(listing, capture.source)
        for entry in sitemaps[:MOST_SITEMAPS]:
            for found in self._guarded(entry.url or capture.source, self._sitemap(entry, left)):
                left = None if left is None else left - 1
                yield found
            if left is not None and left <= 0:
                return
        if len(sitemaps) > MOST_SITEMAPS:
            what = f"of its {len(sitemaps)} sitemaps only the newest {MOST_SITEMAPS} were read"
            yield capture.source, NotADocument(what, capture.source, "give the addresses of the others, or --since")
        self.tally.more(-1)

    def _sitemap(self, entry: Entry, limit: int | None) -> Iterator[Found]:
        if entry.url is None:
            raise NotADocument("a sitemap without an address", f"sitemap {entry.number}", "look at the sitemap index")
        listing = read_listing(self.fetcher.fetch(entry.url))
        if listing.is_index:
            raise NotADocument("a sitemap index within another, which is not followed", entry.url, "give it by itself")
        yield from self._entries(entry.url, listing.entries, limit)
        yield from _broken(listing, entry.url)

    def _entries(self, source: str, entries: tuple[Entry, ...], limit: int | None) -> Iterator[Found]:
        wanted: dict[str, Entry] = {}
        chosen = list(islice(newest_first(entries, self.since), limit))
        self.tally.more(len(chosen))
        for entry in chosen:
            if entry.url is None:
                name = f"{source}#{entry.number}"
                yield name, NotADocument("this entry links to no page", name, "look at the feed for its text")
            elif self._is_known(entry.url):
                yield entry.url, Passed("listed twice")
            elif self.is_fresh(entry.url):
                yield entry.url, Passed("looked at a moment ago")
            else:
                wanted[entry.url] = entry
        for url, capture in self._fetched(wanted):
            if not isinstance(capture, Capture):
                yield url, capture
            elif is_listing(capture.content_type, capture.body[:_WINDOW]):
                what = "a feed or sitemap within another, which is not followed"
                yield url, NotADocument(what, url, "give it by itself")
            else:
                yield url, replace(capture, hints=wanted[url].hints)

    def _is_known(self, url: str) -> bool:
        """Whether a page was listed before in this run, in whatever spelling."""
        try:
            key = canonical_url(url)
        except RefusedAddress:
            key = url
        if key in self._known:
            return True
        self._known.add(key)
        return False

    def _check_alone(self, source: str, what: str) -> None:
        if self.stated.url is not None:
            raise NotOne(what, source)


def _broken(listing: Listing, source: str) -> Iterator[Found]:
    """The failure of a list that was read as far as that went."""
    if listing.is_broken:
        what = f"this {'sitemap index' if listing.is_index else 'feed or sitemap'} is cut off or broken, some of its"
        what += f" {'sitemaps' if listing.is_index else 'pages'} may be missing"
        yield source, BadFeed(what, source, "add it again later, or the missing pages by their own addresses")


def _holds_several(file: BinaryIO) -> bool:
    """Whether there is more than one message in an mbox; a letter saved with its ``From`` line is a file as any."""
    several = len(list(islice(messages(file), 2))) > 1
    file.seek(0)
    return several
