"""What the commands share: options, the claim as JSON, and errors as one line."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

import click

from db.errors import DataError
from tracker.errors import TrackerError
from tracker.settings import Settings, load_settings

F = TypeVar("F", bound=Callable[..., Any])


def settings() -> Settings:
    """The settings, or one line and exit status 2."""
    try:
        return load_settings()
    except TrackerError as error:
        raise click.UsageError(str(error)) from error


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
        click.echo(f"Error: {error}", err=True)
        sys.exit(1)


def print_json(value: object) -> None:
    """One object on one line."""
    click.echo(json.dumps(value, ensure_ascii=False, allow_nan=False).encode("utf-8", "replace").decode("utf-8"))


_CLAIM = ("key", "start", "end", "quote", "sentence_start", "sentence_end", "kind", "also_kinds", "subject", "speaker",
          "origin", "stance", "as_of")  # fmt: skip
_FIGURE = ("start", "end", "text", "value", "low", "high", "date", "unit", "unit_stated", "unit_reason", "dimension",
           "comparator", "trend", "of")  # fmt: skip


def claim_as_json(claim: Any) -> dict[str, Any]:
    """The claim object of the design's section 4, of a claim just read or of a stored one."""
    return {
        **{name: _plain(getattr(claim, name)) for name in _CLAIM},
        "chain": [{"name": t.name, "role": t.role} for t in claim.chain],
        "figures": [{name: _plain(getattr(f, name)) for name in _FIGURE} for f in claim.figures],
        "sources": [
            {"name": s.name, "url": s.url, "how": s.how, "start": s.start, "end": s.end} for s in claim.sources
        ],
        "sourcing": claim.sourcing,
        "sourcing_reason": claim.sourcing_reason,
    }


def stored_as_json(claim: Any) -> dict[str, Any]:
    """A stored claim: the claim object with id, document, workflow and verdict."""
    return {
        "id": claim.id,
        **claim_as_json(claim),
        "workflow": claim.workflow,
        "verdict": claim.verdict,
        "state": claim.state,
        "document": asdict(claim.document),
    }


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return list(value)
    # 20000000.0 is 20000000 to everybody who is not a program.
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    return value


def shorten(text: str, width: int) -> str:
    """Text on one line, cut at ``width`` with an ellipsis."""
    flat = " ".join(text.split())
    return flat if len(flat) <= width else flat[: width - 1].rstrip() + "\u2026"


def plural_of(number: int, noun: str) -> str:
    """``1 claim``, ``2 claims``."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def joined(words: Iterable[str]) -> str:
    """Words with commas between, the empty ones left out."""
    return ", ".join(word for word in words if word)
