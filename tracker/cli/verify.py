"""``tracker verify``: checks the database and the archive against themselves and each other."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from db.archived import ArchivedRow, archived_rows
from db.checks import READ_AGAIN, run_checks
from db.engine import reading
from scrapers.archive_check import ArchiveCheck, Place
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

    The whole archive is read again: each record against its sums, its index and what it refers to, and
    each version in the database against the bytes that it names. Each problem is one line, which says what
    to do.

    \b
    Exit status: 0 all is well, 1 there are problems or no database, 2 wrong usage.
    """
    with one_line_errors():
        path = database(db)
        engine = open_existing(path)
        problems = [(p.check, f"{p.table} {p.row_id}: {p.message}" if p.table else p.message) for p in run_checks(path)]
        with reading(engine) as connection:
            wrongs = wrong_sourcings(connection)
            problems += [("sourcing", f"claims {claim}: {wrong}: {READ_AGAIN}") for claim, wrong in wrongs]
        archive = ArchiveCheck(settings().archive_of(path))
        problems += [("archive", line) for line in archive.problems()]
        for row in archived_rows(engine):
            wrong = _misplaced(row, archive.places.get(row.sha256, []))
            if wrong is not None:
                problems.append(("archive", f"{row.table} {row.row_id}: {wrong}"))
    for check, message in problems:
        if as_json:
            print_json({"check": check, "message": message})
        else:
            say(f"{check}: {flat(message)}")
    if not as_json:
        say("all is well" if not problems else plural_of(len(problems), "problem"))
    sys.exit(1 if problems else 0)


def _misplaced(row: ArchivedRow, places: Sequence[Place]) -> str | None:
    """Say what is wrong with what a row says of its bytes, which were found whole at ``places``; None: nothing."""
    if not places:
        return f"its bytes ({row.sha256}) are not whole in the archive: add its source again, or restore a backup"
    size = places[0].size
    if row.size is not None and row.size != size:
        return f"its bytes are {size}, and the row says {row.size}: restore the database from a backup"
    stated = (row.warc_file, row.warc_offset)
    if row.warc_file is not None and stated not in {(place.warc_file, place.offset) for place in places}:
        return (
            f"its bytes stand in {places[0].warc_file} at {places[0].offset}, and the row says"
            f" {row.warc_file} at {row.warc_offset}: read its source again (tracker add --again), or restore the"
            " database and the archive from the same backup"
        )
    return None
