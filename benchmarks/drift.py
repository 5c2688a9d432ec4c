"""Whether each figure that changes between two versions of a page is reported, and nothing else as one.

    python -m benchmarks.drift --data DIR [--json] [--edits 500] [--seed 1] [--failures]

DIR is a data set of pages, or a folder of such (see ``benchmarks.articles``). A seeded program makes single
edits in their articles: those of figures (a digit, a decimal, a scale, a percent sign, a comparator, a word of
number, a unit's sign, a figure taken out or put in), and those that change none (a typo mended, a word
replaced, a sentence added, typography, spaces, Unicode forms, a paragraph moved, counters and furniture). Two of three
are made in the page's HTML, before the article is found in it, the others in the article's text.

A figure's edit counts as found where a figure change is reported whose words before and after hold the
edited figure's, and no figure change is reported besides. Of the other edits each with a figure change is wrong.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from benchmarks.articles import Page, datasets, load
from benchmarks.drift_edits import FIGURE_EDITS, OTHER_EDITS, Edit, figure_edit, other_edit
from scrapers.document import Capture
from scrapers.errors import ScrapeError
from scrapers.registry import scraper_for
from tracker.judging.drift import FIGURE, Change, Version, drift
from tracker.judging.drift_words import plain_form
from tracker.watch_versions import version_of


@dataclass(frozen=True, slots=True)
class Read:
    """A page as it is read: its decoded HTML and the version of its article."""

    html: str
    version: Version


def read_page(name: str, url: str, html: str) -> Read | None:
    """The article of a page as the watch compares it; None where none is found."""
    capture = Capture(
        name, html.encode("utf-8"), "2026-01-01T00:00:00Z", "text/html", "utf-8", url or None, filename=f"{name}.html"
    )
    try:
        document = scraper_for(capture).extract(capture)
    except ScrapeError:
        return None
    return Read(html, version_of(document, capture))


def edited(page: Page, read: Read, edit: Edit) -> Version | None:
    """The article's version after an edit; None where nothing is read any more."""
    if edit.in_html:
        again = read_page(page.name, page.url, edit.after)
        return again.version if again else None
    shift = len(edit.after) - len(edit.before)
    spans = read.version.spans or ()
    moved = tuple((a + (shift if a > edit.at else 0), b + (shift if b > edit.at else 0)) for a, b in spans)
    return Version(edit.after, moved if not edit.reordered else None)


def judged(edit: Edit, figures: tuple[Change, ...]) -> str | None:
    """What is wrong with the figure changes reported of an edit; None: nothing."""
    told = "; ".join(f"{change.before!r} -> {change.after!r}" for change in figures)
    if not edit.is_figure:
        return f"reported {told}" if figures else None
    if not figures:
        return "not reported"
    whole = [
        change
        for change in figures
        if _holds(change.before, edit.figure_before) and _holds(change.after, edit.figure_after)
    ]
    if not whole:
        return f"reported {told}"
    return None if len(figures) == 1 else f"reported besides: {told}"


def _holds(words: str, figure: str) -> bool:
    """Whether the words are about the figure; no figure needs no words."""
    return plain_form(figure, 0, len(figure)) in plain_form(words, 0, len(words)) if figure else True


def measure(pages: list[Page], number: int, seed: int) -> tuple[dict[str, object], list[str]]:
    """The marks of ``number`` edits of either sort over the pages, and what failed."""
    draw = random.Random(seed)  # noqa: S311
    known: dict[int, Read | None] = {}
    marks: dict[str, Counter[str]] = {"figure": Counter(), "other": Counter()}
    failures: list[str] = []
    sorts: Counter[str] = Counter()
    for sort, make, ways in (("figure", figure_edit, sorted(FIGURE_EDITS)), ("other", other_edit, sorted(OTHER_EDITS))):
        # Each way in its turn, in pages drawn until one takes it: or the easy ones would be most of the edits.
        tries = 0
        while marks[sort]["edits"] < number and tries < 200 * number:
            tries += 1
            way = ways[marks[sort]["edits"] % len(ways)]
            index = draw.randrange(len(pages))
            page = pages[index]
            if index not in known:
                known[index] = read_page(page.name, page.url, page.body.decode("utf-8", "replace"))
            read = known[index]
            in_html = marks[sort]["edits"] % 3 != 0
            edit = make(draw, way, read.html, read.version, in_html=in_html) if read else None
            if read is None or edit is None or edit.in_html != in_html and way != "furniture":
                continue
            _mark(page, read, edit, marks[sort], sorts, failures)
    return _result(marks, sorts, len(pages)), failures


def _mark(page: Page, read: Read, edit: Edit, marks: Counter[str], sorts: Counter[str], failures: list[str]) -> None:
    after = edited(page, read, edit)
    if after is None:
        wrong: str | None = "nothing is read of the edited page"
    else:
        before = read.version if edit.in_html else Version(edit.before, None if edit.reordered else read.version.spans)
        wrong = judged(edit, drift(before, after).of(FIGURE))
    marks["edits"] += 1
    marks["html"] += edit.in_html
    sorts[edit.sort] += 1
    if wrong is None:
        marks["right"] += 1
    else:
        failures.append(f"{page.name}: {edit.sort}: {edit.words}: {wrong}")
        sorts[f"{edit.sort} wrong"] += 1


def _result(marks: dict[str, Counter[str]], sorts: Counter[str], pages: int) -> dict[str, object]:
    figure, other = marks["figure"], marks["other"]
    return {
        "pages": pages,
        "figure_edits": figure["edits"],
        "figure_edits_in_html": figure["html"],
        "found": figure["right"],
        "found_share": round(figure["right"] / max(figure["edits"], 1), 4),
        "other_edits": other["edits"],
        "other_edits_in_html": other["html"],
        "false_reports": other["edits"] - other["right"],
        "sorts": dict(sorted(sorts.items())),
    }


def main(arguments: list[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="a data set of pages, or a folder of such")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--edits", type=int, default=500, help="so many of either sort")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--failures", action="store_true", help="print each failure on standard error")
    options = parser.parse_args(arguments)
    pages = [page for folder in datasets(options.data) for page in load(folder)]
    if not pages:
        print(f"no data set of pages: {options.data}: give the folder of the benchmarks", file=sys.stderr)
        return 2
    result, failures = measure(pages, options.edits, options.seed)
    print(json.dumps(result) if options.json else "\n".join(f"{name:<22} {value}" for name, value in result.items()))
    for line in failures if options.failures else []:
        print(line, file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
