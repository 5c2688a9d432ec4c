"""How well the reader of plain-text dumps recovers an article from a whole page saved as text.

Each benchmark page is turned into the text that selecting everything in a browser would copy, in
several layouts, and read with :func:`scrapers.text_dump.extract_text`. The blocks that it keeps
are compared with the gold body by 4-token shingles (the metric of scrapinghub's
article-extraction-benchmark); "all text" is the baseline. Pages alternate between ``tune`` and
``check`` in the first data sets, the last is halved by publisher. What
the reader says of a page is measured by ``benchmarks.dump_metadata``::

    python -m benchmarks.dumps --data ../shared/bench
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
import textwrap
import time
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from lxml import etree, html

from scrapers.document import Capture, Document
from scrapers.errors import NoArticle
from scrapers.text_dump import extract_text

KEPT_TAGS = frozenset({"p", "h", "li", "blockquote", "pre", "table"})
LAYOUTS = ("spaced", "dense", "indented", "wrapped")


def _tags(text: str) -> frozenset[str]:
    return frozenset(text.split())


SKIPPED = _tags(
    """
    audio canvas head iframe math noscript object option script select style svg template textarea
    video
    """
)
BLOCKS = _tags(
    """
    address article aside blockquote body br button caption center dd details dialog div dl dt
    fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html label legend li main
    menu nav ol p pre section summary table tbody td tfoot th thead tr ul
    """
)
SPACED = _tags(
    """
    blockquote dl figure h1 h2 h3 h4 h5 h6 ol p pre table ul
    """
)

_SITE_NAME = re.compile(r"<meta[^>]{0,80}og:site_name[^>]{0,40}?content=[\"']([^\"'<>]{2,80})", re.IGNORECASE)
_PUBLISHER = re.compile(r'"publisher"\s*:\s*\{[^{}]{0,300}?"name"\s*:\s*("[^"\\]{2,80}")')
_WINDOW = re.compile(r"<title[^>]{0,200}>([^<]{1,400})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Truth:
    """What a page says of itself in its data set and, for publisher and browser's title, in its HTML."""

    url: str
    window: str
    title: str
    authors: frozenset[str]
    published: str
    publishers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a data set: its text lines (None is a paragraph's break) and its gold body."""

    dataset: str
    split: str
    name: str
    lines: tuple[str | None, ...]
    gold: str
    title: str | None
    truth: Truth | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """Means over pages: precision, recall and their harmonic mean, each 0 to 1."""

    pages: int
    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def page_lines(page: bytes) -> tuple[str | None, ...]:
    """Give the visible lines of an HTML page; None stands where a browser copies a blank line."""
    try:
        page.decode("utf-8")
        parser = html.HTMLParser(encoding="utf-8")
    except UnicodeDecodeError:
        parser = html.HTMLParser()
    root = html.document_fromstring(page, parser=parser)
    lines: list[str | None] = []
    buffer: list[str] = []

    def flush(blank: bool) -> None:
        line = " ".join("".join(buffer).split())
        buffer.clear()
        if line:
            lines.append(line)
        if blank and lines and lines[-1] is not None:
            lines.append(None)

    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            buffer.append(element.tail or "")
            continue
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if tag in SKIPPED or _hidden(element):
                _empty(element)
                continue
            if tag in BLOCKS:
                flush(tag in SPACED)
            if tag == "li":
                buffer.append("\u2022 ")
            buffer.append(element.text or "")
        else:
            if tag in BLOCKS:
                flush(tag in SPACED)
            buffer.append(element.tail or "")
    flush(False)
    return tuple(line for line in lines if line != "\u2022")


def _hidden(element: html.HtmlElement) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return element.get("hidden") is not None or "display:none" in style


def _empty(element: html.HtmlElement) -> None:
    for child in list(element):
        element.remove(child)
    element.text = None


def lay_out(lines: tuple[str | None, ...], layout: str) -> str:
    """Write the lines of a page as one of the layouts in which saved pages come."""
    out: list[str] = []
    for line in lines:
        plain = (line or "").removeprefix("\u2022 ")
        if line is None:
            if layout != "dense":
                out.append("")
        elif layout == "indented":
            out.append("    " + line)
        elif layout == "wrapped":
            out.extend(textwrap.wrap(plain, 72, break_long_words=False, break_on_hyphens=False) or [plain])
        else:
            out.append(plain)
    return "\n".join(out) + "\n"


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Give the multiset of 4-token shingles of a text; a shorter text is one short shingle."""
    tokens = re.findall(r"\w+", text)
    if 0 < len(tokens) < 4:
        return Counter({tuple(tokens): 1})
    return Counter(tuple(tokens[i : i + 4]) for i in range(len(tokens) - 3))


def kept_text(document: Document) -> str:
    """Give the text of the blocks that belong to the work."""
    return "\n".join(document.text[b.start : b.end] for b in document.blocks if b.tag in KEPT_TAGS)


def compare(predicted: str, gold: str) -> tuple[float | None, float | None]:
    """Give precision and recall of one page's shingles; None where a side is empty."""
    ours, theirs = shingles(predicted), shingles(gold)
    hit = sum((ours & theirs).values())
    mine, true = sum(ours.values()), sum(theirs.values())
    return (hit / mine if mine else None), (hit / true if true else None)


def mean_score(pairs: list[tuple[float | None, float | None]]) -> Score:
    """Average the pages' precisions and recalls, as the metric says."""
    precisions = [p for p, _ in pairs if p is not None]
    recalls = [r for _, r in pairs if r is not None]
    return Score(
        len(pairs),
        sum(precisions) / len(precisions) if precisions else 0.0,
        sum(recalls) / len(recalls) if recalls else 0.0,
    )


def load_pages(data: Path) -> Iterator[Page]:
    """Read the pages of the three data sets that lie in ``data``; absent ones are skipped."""
    zyte = data / "zyte_article_extraction"
    if zyte.is_dir():
        gold = json.loads((zyte / "ground-truth.json").read_text(encoding="utf-8"))
        for number, (name, row) in enumerate(sorted(gold.items())):
            path = zyte / "html" / f"{name}.html.gz"
            if path.exists():
                split = "tune" if number < len(gold) / 2 else "check"
                yield Page("zyte", split, name, _read(path), row["articleBody"], None)
    for dataset in ("newspaper4k_article_dataset", "fundus_publisher_fixtures_en"):
        folder = data / dataset
        if not folder.is_dir():
            continue
        rows = json.loads((folder / "articles.json").read_text(encoding="utf-8"))
        for number, row in enumerate(rows):
            path = folder / "html" / str(row["html_file"]).rsplit("/", 1)[-1]
            first = number < len(rows) / 2
            split = "tune" if (_even(row) if "publisher" in row else first) else "check"
            if path.exists():
                page = gzip.decompress(path.read_bytes())
                name, gold = str(row["id"]), _body(row)
                truth, lines = _truth(row, page), page_lines(page)
                yield Page(dataset.split("_")[0], split, name, lines, gold, row["title"], truth)


def _even(row: dict[str, object]) -> bool:
    """Halve a data set whose order is by country: by publisher, so that no house is in both halves."""
    return zlib.crc32(str(row["publisher"]).encode()) % 2 == 0


def _read(path: Path) -> tuple[str | None, ...]:
    return page_lines(gzip.decompress(path.read_bytes()))


def _truth(row: dict[str, object], page: bytes) -> Truth:
    source = page.decode("utf-8", "replace")
    found = [match.group(1) for match in _SITE_NAME.finditer(source)]
    found += [json.loads(match.group(1)) for match in _PUBLISHER.finditer(source)]
    window = _WINDOW.search(source)
    authors = row["authors"] if isinstance(row["authors"], list) else str(row["authors"]).split(",")
    return Truth(
        str(row.get("url") or row.get("link") or ""),
        " ".join(unescape(window.group(1)).split()) if window else "",
        str(row["title"]),
        frozenset(name for author in authors if (name := plain(str(author)))),
        str(row.get("date") or row.get("publishing_date") or "")[:10],
        tuple({unescape(name).strip() for name in found if name.strip()}),
    )


def _body(row: dict[str, object]) -> str:
    if isinstance(row.get("text"), str):
        return str(row["text"])
    parts: list[str] = []
    summary, sections = row.get("summary"), row.get("sections")
    for item in summary if isinstance(summary, list) else []:
        parts.append(str(item))
    for section in sections if isinstance(sections, list) else []:
        parts += [str(text) for text in (*section["headline"], *section["paragraphs"])]
    return "\n".join(parts)


def read_dump(text: str) -> Document | None:
    """Read one dump; None where the reader finds no article in it."""
    try:
        return extract_text(Capture("dump.txt", text.encode(), "2024-01-01T00:00:00Z"))
    except NoArticle:
        return None


def plain(words: str | None) -> str:
    """Give the words of a text in lower case, without punctuation."""
    return " ".join(re.findall(r"\w+", (words or "").lower()))


def _same_words(one: str | None, other: str | None) -> bool:
    return plain(one) == plain(other)


def measure(data: Path) -> list[dict[str, object]]:
    """Score every data set, split and layout: one row each, beside the "all text" baseline."""
    ours: dict[tuple[str, str, str], list[tuple[float | None, float | None]]] = {}
    everything: dict[tuple[str, str, str], list[tuple[float | None, float | None]]] = {}
    titles: dict[tuple[str, str, str], list[bool]] = {}
    for page in load_pages(data):
        for layout in LAYOUTS:
            text = lay_out(page.lines, layout)
            document = read_dump(text)
            key = (page.dataset, page.split, layout)
            ours.setdefault(key, []).append(compare(kept_text(document) if document else "", page.gold))
            everything.setdefault(key, []).append(compare(text, page.gold))
            if page.title:
                titles.setdefault(key, []).append(_same_words(document.title if document else None, page.title))
    rows: list[dict[str, object]] = []
    for key, pairs in ours.items():
        score, baseline = mean_score(pairs), mean_score(everything[key])
        found = titles.get(key)
        rows.append(
            dict(zip(("dataset", "split", "layout"), key, strict=True))
            | {"pages": score.pages, "precision": score.precision, "recall": score.recall, "f1": score.f1}
            | {"all_text_f1": baseline.f1, "title": sum(found) / len(found) if found else None}
        )
    return rows


def main(arguments: list[str] | None = None) -> int:
    """Print the scores as a table, or as JSON."""
    parser = argparse.ArgumentParser(description="Score the reader of plain-text dumps.")
    parser.add_argument("--data", type=Path, required=True, help="folder of the public benchmarks")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    options = parser.parse_args(arguments)
    if not options.data.is_dir():
        print(f"{options.data}: no such folder; give the folder of the benchmarks.", file=sys.stderr)
        return 2
    start = time.monotonic()
    rows = measure(options.data)
    if options.json:
        print(json.dumps(rows, indent=1))
        return 0
    print(f"{'data set':<11}{'split':<7}{'layout':<10}{'pages':>5} {'P':>6} {'R':>6} {'F1':>6} {'all':>6} title")
    for row in rows:
        title = row["title"]
        print(
            f"{row['dataset']:<11}{row['split']:<7}{row['layout']:<10}{row['pages']:>5} "
            f"{row['precision']:6.3f} "
            f"{row['recall']:6.3f} {row['f1']:6.3f} {row['all_text_f1']:6.3f} "
            + (f"{title:5.3f}" if isinstance(title, float) else "    -")
        )
    print(f"{time.monotonic() - start:.1f} s")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
