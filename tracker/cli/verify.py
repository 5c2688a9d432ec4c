"""``tracker verify``: checks the database and the archive against themselves and each other."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from db.checks import run_checks
from db.engine import reading
from db.store import snapshot_hashes
from db.visits import snapshots_of_sources
from scrapers.archive import Archive
from tracker.cli.claims import open_existing
from tracker.cli.common import (
    database,
    db_option,
    flat,
    json_option,
    one_line_errors,
    plural_of,
    print_json,
    say,
    settings,
)
from tracker.desk_sourcing import wrong_sourcings


@click.command(epilog="Example: tracker verify --db press.db")
@db_option
@json_option
def verify(db: Path | None, as_json: bool) -> None:
    """Check that every quote stands in its text and every archived byte is what it was.

    \b
    Exit status: 0 all is well, 1 there are problems or no database, 2 wrong usage.
    """
    with one_line_errors():
        path = database(db)
        engine = open_existing(path)
        problems = [(p.check, f"{p.table} {p.row_id}: {p.message}" if p.table else p.message) for p in run_checks(path)]
        with reading(engine) as connection:
            problems += [("sourcing", f"claims {claim}: {wrong}") for claim, wrong in wrong_sourcings(connection)]
        archive = Archive(settings().archive_of(path))
        problems += [("archive", line) for line in archive.verify()]
        problems += [
            ("archive", f"snapshot {row_id}: its bytes ({sha256}) are not in the archive")
            for row_id, sha256 in snapshot_hashes(engine)
            if sha256 not in archive
        ]
        problems += [
            ("archive", f"version {row_id} of a source: its bytes ({sha256}) are not in the archive")
            for row_id, sha256 in snapshots_of_sources(engine)
            if sha256 not in archive
        ]
    for check, message in problems:
        if as_json:
            print_json({"check": check, "message": message})
        else:
            say(f"{check}: {flat(message)}")
    if not as_json:
        say("all is well" if not problems else plural_of(len(problems), "problem"))
    sys.exit(1 if problems else 0)
