"""``tracker scrapers``: who reads what, when it last gave a claim, and whose layout was not found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from db.scraper_use import LostLayout, ScraperUse, lost_layouts, scraper_uses
from scrapers import registry
from scrapers.errors import ScrapeError
from scrapers.site import all_sites, lost_layout
from tracker.cli.claims import open_existing
from tracker.cli.common import database, db_option, json_option, one_line_errors, print_json, say
from tracker.errors import TrackerError

_HEADS = ("NAME", "VERSION", "DOCUMENTS", "CLAIMS", "LAST CLAIM", "LAYOUT NOT FOUND")


@dataclass(frozen=True, slots=True)
class _Row:
    """A scraper; ``version`` is None for one whose texts are still there, but not its file."""

    name: str
    version: str | None
    places: tuple[str, ...]
    use: ScraperUse
    lost: int
    last_lost: str | None


@click.command(epilog="Example: tracker scrapers --db press.db")
@db_option
@json_option
def scrapers(db: Path | None, as_json: bool) -> None:
    """List the scrapers: which sites each serves, what was read with it, when it last gave a claim.

    A site whose layout was not found was read as any page: mend scrapers/sites/NAME.py, see CONTRIBUTING.md.

    \b
    Exit status: 0 all is well, 1 a site's file or the database cannot be used, 2 wrong usage.
    """
    path = database(db)
    uses: dict[str, ScraperUse] = {}
    lost: Sequence[LostLayout] = ()
    with one_line_errors():
        if path.exists():
            engine = open_existing(path)
            uses, lost = scraper_uses(engine), lost_layouts(engine)
        rows = _rows(uses, lost)
    if as_json:
        for row in rows:
            print_json({
                "name": row.name, "version": row.version, "places": list(row.places), "documents": row.use.documents,
                "claims": row.use.claims, "last_claim": row.use.last_claim, "layout_lost": row.lost,
                "last_lost": row.last_lost,
            })  # fmt: skip
        return
    _say_rows(rows)
    if not path.exists():
        say(f"No database at {path}: none of them was used yet.")


def _rows(uses: dict[str, ScraperUse], lost: Sequence[LostLayout]) -> list[_Row]:
    """The scrapers of any page, file or mail first, then the sites, then those that are here no more."""
    known: dict[str, tuple[str | None, tuple[str, ...]]] = {}
    for scraper in vars(registry).values():
        if isinstance(scraper, registry.Scraper):
            known[scraper.name] = scraper.version, ()
    try:
        sites = all_sites()
    except ScrapeError as error:
        raise TrackerError(str(error)) from error
    for site in sites:
        places = (f"{host}{path if path != '/' else ''}" for host in site.hosts for path in site.paths)
        known[site.name] = site.version, (*known.get(site.name, (None, ()))[1], *places)
    for name in sorted(uses.keys() - known.keys()):
        known[name] = None, ()
    gone = {lost_layout({"layout": found.layout}): found for found in lost}
    return [
        _Row(
            name,
            version,
            places,
            uses.get(name, ScraperUse()),
            gone[name].documents if name in gone else 0,
            gone[name].last if name in gone else None,
        )
        for name, (version, places) in known.items()
    ]


def _say_rows(rows: Sequence[_Row]) -> None:
    cells = [_HEADS, *(_cells(row) for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(_HEADS))]
    for number, line in enumerate(cells):
        say("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())
        places = rows[number - 1].places if number else ()
        for place in places:
            say(f"    {place}")


def _minute(at: str | None) -> str:
    """A time in UTC as people read it, to the minute."""
    return (at or "")[:16].replace("T", " ")


def _cells(row: _Row) -> tuple[str, ...]:
    used = row.use.documents > 0
    last = _minute(row.use.last_claim) or ("none yet" if used else "never used")
    lost = f"{row.lost} (last {_minute(row.last_lost)})" if row.lost else "-"
    version = row.version or "not here any more"
    return row.name, version, f"{row.use.documents:,}", f"{row.use.claims:,}", last, lost
