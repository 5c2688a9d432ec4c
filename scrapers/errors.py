"""Every error that an input can meet on its way in: one clear line each.

All share one constructor, ``Case(what, input, remedy=..., stage=...)``; a case brings its usual
remedy and stage, so that ``NoArticle("no article text found", path)`` says enough. ``str()`` is the
line to print: what happened, which input, what to do.
"""

from __future__ import annotations

import re
from typing import ClassVar, Self

#: The longest input echoed in a message; longer ones are hostile or useless to read.
_LONGEST_INPUT = 300
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
# A password in an address must not reach a terminal, a log or the database of failures.
_CREDENTIALS = re.compile(r"(?<=//)[^/?#@]*@")


def one_line(text: str) -> str:
    """Give ``text`` fit for one line of a terminal: no control characters, no passwords, not endless."""
    shown = _CREDENTIALS.sub("…@", _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text[: 2 * _LONGEST_INPUT]))
    return shown if len(shown) <= _LONGEST_INPUT else shown[: _LONGEST_INPUT - 1] + "…"


class ScrapeError(Exception):
    """An input that could not be brought in: ``what`` happened, which ``input``, and its ``remedy``.

    ``stage`` names the step that failed (guard, robots, fetch, file, extract, archive), as the
    table of failures keeps it. ``str(error)`` is one line, ``what: input: remedy``.
    """

    usual_remedy: ClassVar[str] = "look at the input"
    usual_stage: ClassVar[str] = "read"

    def __init__(self, what: str, input: str, remedy: str | None = None, stage: str | None = None) -> None:
        self.what = one_line(what)
        self.input = one_line(input)
        self.remedy = one_line(self.usual_remedy if remedy is None else remedy)
        self.stage = self.usual_stage if stage is None else stage
        super().__init__(self.what, self.input, self.remedy, self.stage)

    def __str__(self) -> str:
        return f"{self.what}: {self.input}: {self.remedy}"

    def on_the_way_to(self, input: str) -> Self:
        """Name ``input``, which the user gave, and put the address where it failed beside the reason."""
        if one_line(input) != self.input:
            self.what, self.input = one_line(f"{self.what} (at {self.input})"), one_line(input)
            self.args = (self.what, self.input, self.remedy, self.stage)
        return self


class Fault(ScrapeError):
    """An error of this program's own that one input brought to light, and that costs that input alone."""

    usual_remedy = "report it with the input"
    usual_stage = "extract"


def fault(error: Exception, input: str) -> Fault:
    """Tell an unexpected error as a failure of the one input that it came with."""
    said = str(error).strip().partition("\n")[0][:150]
    named = f"{type(error).__name__}: {said}" if said else type(error).__name__
    return Fault(f"cannot be read, for a fault of this program ({named})", input)


class RefusedAddress(ScrapeError):
    """An address that is never fetched: another scheme, credentials, an odd port, an inner network."""

    usual_remedy = "give a public http or https address"
    usual_stage = "guard"


class BlockedByRobots(ScrapeError):
    """The site's robots.txt forbids the page, or could not be had and so counts as forbidding."""

    usual_remedy = "save the page in a browser and add the file with --url"
    usual_stage = "robots"


class FetchError(ScrapeError):
    """Base of all that goes wrong between asking a server and having its whole answer."""

    usual_remedy = "try again later"
    usual_stage = "fetch"


class TooLarge(FetchError):
    """More bytes than the limit, on the wire or unpacked."""

    usual_remedy = "save the part you need as a file and add that"


class TimedOut(FetchError):
    """The whole answer did not come before the deadline."""

    usual_remedy = "try again later, or save the page in a browser and add the file with --url"


class Unreachable(FetchError):
    """No such host, no connection, no valid certificate, or no HTTP at the other end."""

    usual_remedy = "check the address and your connection"


class CutOff(FetchError):
    """The connection ended before the whole answer had come."""


class TooManyRedirects(FetchError):
    """A chain of redirects longer than the limit, or one that turns in a circle."""

    usual_remedy = "open the address in a browser and add the address where it ends"


class HttpStatus(FetchError):
    """An answer that is not the page: ``status`` is its code, ``retry_after`` the seconds it asked for."""

    usual_remedy = "open the address in a browser to see what it says"

    def __init__(
        self,
        what: str,
        input: str,
        remedy: str | None = None,
        stage: str | None = None,
        status: int = 0,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(what, input, remedy, stage)
        self.status = status
        self.retry_after = retry_after


class NotYet(FetchError):
    """A site that wants to be left alone for longer than a run waits: ``retry_after`` seconds from now."""

    def __init__(
        self,
        what: str,
        input: str,
        remedy: str | None = None,
        stage: str | None = None,
        retry_after: float = 0.0,
    ) -> None:
        super().__init__(what, input, remedy or f"try again in {retry_after:.0f} seconds", stage)
        self.retry_after = retry_after


class NotModified(FetchError):
    """The page is as it was: the answer 304 to a request that named what we have.

    ``final_url`` is the address that said so; ``headers`` are its answer's; ``etag`` and
    ``last_modified`` are what it restated (None: it did not).
    """

    usual_remedy = "keep what you have"

    def __init__(
        self,
        what: str,
        input: str,
        remedy: str | None = None,
        stage: str | None = None,
        headers: tuple[tuple[str, str], ...] = (),
        final_url: str = "",
        etag: str | None = None,
        last_modified: str | None = None,
    ) -> None:
        super().__init__(what, input, remedy, stage)
        self.status = 304
        self.headers = headers
        self.final_url = final_url
        self.etag = etag
        self.last_modified = last_modified


class NotADocument(ScrapeError):
    """Content of a kind that carries no text we can read: an image, a program, an unknown coding."""

    usual_remedy = "give an HTML page, a PDF, a text file or an e-mail"
    usual_stage = "extract"


class EmptyInput(ScrapeError):
    """Nothing in it but, at most, white space."""

    usual_remedy = "check that the file or page has content"
    usual_stage = "extract"


class NotText(ScrapeError):
    """A file given as text whose bytes are not text."""

    usual_remedy = "save it as plain text or HTML and add that"
    usual_stage = "extract"


class NoArticle(ScrapeError):
    """A page in which no article text was found."""

    usual_remedy = "copy the article's text into a file and add it with --url"
    usual_stage = "extract"


class WallPage(NoArticle):
    """An answer in the place of a page: a wall against robots, or an error page that came as if it were one."""

    usual_remedy = "open the address in a browser, save the page or its text there, and add the file with --url"


class NoBody(ScrapeError):
    """An e-mail without a part that can be read."""

    usual_remedy = "save the message's text as a file and add that"
    usual_stage = "extract"


class TooLong(ScrapeError):
    """More text than an item of the press has: reading it for claims would take minutes."""

    usual_remedy = "split it and add the parts"
    usual_stage = "extract"


class BadPdf(ScrapeError):
    """A PDF that is damaged, or that cannot be read within the bounds of time and memory."""

    usual_remedy = "open it and print it to a new PDF, or save its text as a .txt file and add that"
    usual_stage = "extract"


class EncryptedPdf(ScrapeError):
    """A PDF that cannot be read without a password."""

    usual_remedy = "open it with its password, print it to a new PDF and add that"
    usual_stage = "extract"


class NoText(ScrapeError):
    """A PDF of pictures, without any text."""

    usual_remedy = "run OCR (for example ocrmypdf) and add the result"
    usual_stage = "extract"


class MissingFile(ScrapeError):
    """No file of that name."""

    usual_remedy = "check the name"
    usual_stage = "file"


class IsADirectory(ScrapeError):
    """A folder where a file was expected."""

    usual_remedy = "name the files in it"
    usual_stage = "file"


class UnreadableFile(ScrapeError):
    """A file that exists and cannot be opened or read."""

    usual_remedy = "check its permissions"
    usual_stage = "file"


class ArchiveError(ScrapeError):
    """Base of what goes wrong with the archive of raw bytes."""

    usual_remedy = "run `tracker verify`"
    usual_stage = "archive"


class NotArchived(ArchiveError):
    """No record with that hash in the archive."""

    usual_remedy = "add the source again, or restore the archive folder from a backup"


class ArchiveDamaged(ArchiveError):
    """Archived bytes that are no longer those that were stored."""

    usual_remedy = "restore the archive folder from a backup"


class ArchiveUnwritable(ArchiveError):
    """The archive's folder cannot be written: no space, no permission."""

    usual_remedy = "check the folder's permissions and free space"
