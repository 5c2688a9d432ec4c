"""What the commands share: options, what is printed for people and as JSON, and errors as one line."""

from __future__ import annotations

import json
import re
import shutil
import sys
import textwrap
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

import click

from db.errors import DataError
from tracker.errors import TrackerError
from tracker.judging.poll_disclosure import PollDisclosure
from tracker.settings import Settings, load_settings

F = TypeVar("F", bound=Callable[..., Any])

#: What a terminal would obey instead of showing it: control characters but tab and line feed, other
#: line ends, marks that turn the direction of all that follows; and halves of characters.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
#: Beyond 120 columns lines are hard to read, and under 40 nothing fits.
_NARROWEST, _WIDEST = 40, 120


def settings() -> Settings:
    """The settings, or one line and exit status 2."""
    try:
        return load_settings()
    except TrackerError as error:
        say_error(error)
        sys.exit(2)


def db_option(function: F) -> F:
    """``--db``, else TRACKER_DB, else tracker.toml, else press.db."""
    return click.option(
        "--db", type=click.Path(path_type=Path, dir_okay=False), default=None, help="The database [default: press.db]."
    )(function)


def json_option(function: F) -> F:
    """``--json``: JSON Lines instead of words."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON Lines.")(function)


def database(db: Path | None) -> Path:
    """The database that a command works on."""
    return db or settings().db


@contextmanager
def one_line_errors() -> Iterator[None]:
    """Turn the package's own errors into one line on standard error and exit status 1."""
    try:
        yield
    except (TrackerError, DataError) as error:
        say_error(error)
        sys.exit(1)


def printable(text: str) -> str:
    """Text with each control character but tab and line feed as U+FFFD.

    Those of a page, a mail or a file's name would move the cursor, rename the window or forge lines.
    """
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)


def say(text: str = "", *, err: bool = False) -> None:
    """Print text for people, made printable; the one way to the terminal for all but JSON.

    Line feeds stay: what must be one line goes through ``flat`` or ``scrapers.errors.one_line`` first.
    """
    # A terminal of another character set gets question marks, not a traceback.
    encoding = (sys.stderr if err else sys.stdout).encoding or "utf-8"
    click.echo(printable(text).encode(encoding, "replace").decode(encoding), err=err)


def say_error(error: object) -> None:
    """Print an error on standard error: one line, whatever its message holds."""
    say("Error: " + str(error).replace("\n", "\N{REPLACEMENT CHARACTER}"), err=True)


def flat(text: str) -> str:
    """Text of a page on one line: each run of white space is one space."""
    return " ".join(text.split())


def wrapped(text: str, indent: str = "", first: str | None = None) -> str:
    """Text as lines of the terminal's width, at most 120 characters.

    ``indent`` stands before each line, ``first`` (default: ``indent``) before the first. A word
    longer than the terminal is wide, such as an address, stays whole up to 120 characters.
    """
    columns = shutil.get_terminal_size((100, 24)).columns
    words = flat(text)
    return textwrap.fill(
        words,
        max(_NARROWEST, min(columns, _WIDEST)),
        initial_indent=indent if first is None else first,
        subsequent_indent=indent,
        break_on_hyphens=False,
        break_long_words=max(map(len, words.split()), default=0) > _WIDEST - len(indent),
    )


def print_json(value: object) -> None:
    """One object on one line, in UTF-8 whatever the terminal's character set."""
    line = json.dumps(value, ensure_ascii=False, allow_nan=False).encode("utf-8", "replace").decode("utf-8")
    # JSON itself escapes only the lower control characters; the others, too, can only stand in strings.
    click.echo(_CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", line).encode())


def stated_url(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """A callback for ``--url``: the canonical spelling of an http or https address with a host."""
    if value is None:
        return None
    # Imported here, for it takes its time and most commands have no address to check.
    from scrapers.errors import RefusedAddress
    from scrapers.guard import canonical_url

    try:
        return canonical_url(value)
    except RefusedAddress as refused:
        raise click.BadParameter(f"{refused.what}: {value}: write it like https://news.example/story") from refused


_CLAIM = ("key", "start", "end", "quote", "sentence_start", "sentence_end", "kind", "also_kinds", "subject", "speaker",
          "origin", "stance", "as_of")  # fmt: skip
_FIGURE = ("start", "end", "text", "value", "low", "high", "date", "unit", "unit_stated", "unit_reason", "dimension",
           "comparator", "trend", "of")  # fmt: skip


def _teller_as_json(teller: Any) -> dict[str, Any]:
    """A link of the chain; ``resolved`` only where the name is a reading of a pronoun."""
    plain = {"name": teller.name, "role": teller.role}
    return {**plain, "resolved": True} if teller.resolved else plain


def claim_as_json(claim: Any) -> dict[str, Any]:
    """The claim object of the design's section 4, of a claim just read or of a stored one."""
    return {
        **{name: _plain(getattr(claim, name)) for name in _CLAIM},
        "chain": [_teller_as_json(t) for t in claim.chain],
        "figures": [{name: _plain(getattr(f, name)) for name in _FIGURE} for f in claim.figures],
        "sources": [
            {name: getattr(s, name) for name in ("name", "url", "how", "start", "end", "inherited")}
            for s in claim.sources
        ],
        "sourcing": claim.sourcing,
        "sourcing_reason": claim.sourcing_reason,
    }


def poll_as_json(found: PollDisclosure) -> dict[str, Any]:
    """The disclosure of a poll: each item with the words that give it, null where the text does not."""
    items = {
        i.name: None if i.words is None else {"text": i.words, "start": i.start, "end": i.end} for i in found.items
    }
    return {**items, "missing": list(found.missing), "ambiguous": found.ambiguous}


def stored_as_json(claim: Any) -> dict[str, Any]:
    """A stored claim: the claim object with id, document, workflow and verdict."""
    return {
        "id": claim.id,
        **claim_as_json(claim),
        "read_sourcing": claim.read_sourcing,
        "is_backed": claim.is_backed,
        "workflow": claim.workflow,
        "verdict": claim.verdict,
        "state": claim.state,
        "page": claim.page,
        "document": asdict(claim.document),
    }


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return list(value)
    # 20000000.0 is 20000000 to everybody who is not a program.
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    return value


def plural_of(number: int, noun: str) -> str:
    """``1 claim``, ``2 claims``."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def joined(words: Iterable[str | None]) -> str:
    """Words with commas between; the empty ones and what was said before are left out."""
    return ", ".join(dict.fromkeys(word for word in words if word))
