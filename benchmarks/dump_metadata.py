"""How well the reader of plain-text dumps names title, writers, date and publisher of a page.

The pages are those of ``benchmarks.dumps`` whose data sets state title, authors and date; the
publisher is what the HTML calls its site or publisher. Each page is read with the first lines that
people paste: none, the address, the browser's title and the address. Beside what is right stands
what is wrong rather than None::

    python -m benchmarks.dump_metadata --data ../shared/bench
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from pathlib import Path

from benchmarks.dumps import Truth, lay_out, load_pages, plain, read_dump
from scrapers.document import Document

#: What stands above a page that somebody pastes.
HEADS = ("bare", "address", "window")


def _same_title(ours: str | None, truth: Truth) -> bool:
    """Tell whether titles agree but for the site's name behind a bar or a dash."""
    bare = re.split(r"\s[|\u2013\u2014-]\s", truth.title)
    return plain(ours) in {plain(truth.title), plain(" ".join(bare[:-1])) or "-"}


def _same_publisher(ours: str | None, truth: Truth) -> bool:
    """Tell whether publishers agree loosely: one name within the other, without spaces and articles."""
    mine = plain(ours).removeprefix("the ").replace(" ", "")
    for name in truth.publishers:
        theirs = plain(name).removeprefix("the ").replace(" ", "")
        if min(len(mine), len(theirs)) >= 2 and (mine in theirs or theirs in mine):
            return True
    return False


def metadata_rows(data: Path) -> list[dict[str, object]]:
    """Score title, byline (F1 over names), date and publisher: right, and wrong rather than None."""
    counts: dict[tuple[str, str, str], Counter[str]] = {}
    for page in load_pages(data):
        if page.truth is None:
            continue
        for head in HEADS:
            above = {"bare": "", "address": page.truth.url + "\n\n"}.get(
                head, f"{page.truth.window}\n{page.truth.url}\n\n"
            )
            document = read_dump(above + lay_out(page.lines, "spaced"))
            counter = counts.setdefault((page.dataset, page.split, head), Counter())
            _count(counter, document, page.truth)
    return [_metadata_row(key, counter) for key, counter in counts.items()]


def _count(counter: Counter[str], document: Document | None, truth: Truth) -> None:
    counter["pages"] += 1
    title, published = (document.title, document.published) if document else (None, None)
    counter["title"] += (right := _same_title(title, truth))
    counter["title_wrong"] += title is not None and not right
    if truth.published:
        counter["dated"] += 1
        counter["date"] += (right := (published or "")[:10] == truth.published)
        counter["date_wrong"] += published is not None and not right
    if truth.publishers:
        publisher = document.publisher if document else None
        counter["named"] += 1
        counter["publisher"] += (right := _same_publisher(publisher, truth))
        counter["publisher_wrong"] += publisher is not None and not right
    byline = document.byline if document else None
    names = {plain(name) for name in re.split(r",|&|\band\b|\|", byline or "") if plain(name)}
    counter["name_hits"] += len(names & truth.authors)
    counter["names"] += len(names) + len(truth.authors)


def _metadata_row(key: tuple[str, str, str], counter: Counter[str]) -> dict[str, object]:
    def share(name: str, of: str) -> float | None:
        return counter[name] / counter[of] if counter[of] else None

    scores: dict[str, object] = {"pages": counter["pages"], "byline": share("name_hits", "names")}
    scores["byline"] = 2 * counter["name_hits"] / counter["names"] if counter["names"] else None
    for name, of in (("title", "pages"), ("date", "dated"), ("publisher", "named")):
        scores |= {name: share(name, of), f"{name}_wrong": share(f"{name}_wrong", of)}
    return dict(zip(("dataset", "split", "head"), key, strict=True)) | scores


def _print_metadata(rows: list[dict[str, object]], as_json: bool) -> None:
    if as_json:
        print(json.dumps(rows, indent=1))
        return
    fields = ("title", "title_wrong", "date", "date_wrong", "publisher", "publisher_wrong", "byline")
    print(f"{'data set':<12}{'split':<7}{'head':<9}pages " + " ".join(f"{f:>15}" for f in fields))
    for row in rows:
        scores = [row[f] for f in fields]
        shown = " ".join(f"{s:15.3f}" if isinstance(s, float) else f"{'-':>15}" for s in scores)
        print(f"{row['dataset']:<12}{row['split']:<7}{row['head']:<9}{row['pages']:>5} {shown}")


def main(arguments: list[str] | None = None) -> int:
    """Print the scores as a table, or as JSON."""
    parser = argparse.ArgumentParser(description="Score the metadata that is read from plain-text dumps.")
    parser.add_argument("--data", type=Path, required=True, help="folder of the public benchmarks")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    options = parser.parse_args(arguments)
    if not options.data.is_dir():
        print(f"{options.data}: no such folder; give the folder of the benchmarks.", file=sys.stderr)
        return 2
    _print_metadata(metadata_rows(options.data), options.json)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
