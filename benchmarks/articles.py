"""How well the text, title, authors and date of a web page are read, with trafilatura beside it.

    python -m benchmarks.articles --data DIR [--json] [--pages] [--by-page FILE]

DIR is one data set (``ground-truth.json`` or ``articles.json``, and ``html/``), or a folder of such.
Both readers get the same bytes of the same pages, as files with the address at which they stood.

Text is scored as the data sets define it: the multiset of runs of four words (``\\w+``) of a page's
text against that of the true one; precision is the mean over pages where anything was found, recall
over pages where there is something to find, F1 their harmonic mean. Ours is what the reader takes for
the article: neither the headline nor what is marked as furniture. A title is right if it is the same
in lower case with ``\\W+`` as one space; authors are scored by F1 over all names, written alike; a
date by its day. A page that fails counts as empty.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from scrapers.document import Capture, Document
from scrapers.errors import ScrapeError
from scrapers.registry import scraper_for

_WORD = re.compile(r"\w+")
_RUN = 4
_BETWEEN_NAMES = re.compile(r"\s*[,;&|]\s*|\s+and\s+")


@dataclass(frozen=True, slots=True)
class Page:
    """A page with what it truly says; None where the data set does not tell."""

    name: str
    url: str
    body: bytes
    text: str
    title: str | None = None
    authors: frozenset[str] | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a reader made of a page."""

    text: str = ""
    title: str | None = None
    authors: tuple[str, ...] = ()
    date: str | None = None


@dataclass(slots=True)
class Score:
    """The marks of one reader over the pages of a data set."""

    precisions: list[float] = field(default_factory=list)
    recalls: list[float] = field(default_factory=list)
    titles: list[bool] = field(default_factory=list)
    dates: list[bool] = field(default_factory=list)
    names_right: int = 0
    names: int = 0
    names_true: int = 0

    def add(self, page: Page, answer: Answer) -> float:
        """Mark one page; gives the F1 of its text."""
        found, true = _shingles(answer.text), _shingles(page.text)
        right = sum((found & true).values())
        if found:
            self.precisions.append(right / found.total())
        if true:
            self.recalls.append(right / true.total())
        if page.title:
            self.titles.append(_plain(answer.title) == _plain(page.title))
        if page.date:
            self.dates.append((answer.date or "")[:10] == page.date[:10])
        if page.authors is not None:
            names = frozenset(filter(None, map(_plain, answer.authors)))
            self.names_right += len(names & page.authors)
            self.names += len(names)
            self.names_true += len(page.authors)
        return 2 * right / max(found.total() + true.total(), 1)

    def as_dict(self) -> dict[str, float | None]:
        """The four marks, 0 to 1; None for what the data set does not tell."""
        return {
            "text_f1": _f1(_mean(self.precisions), _mean(self.recalls)),
            "title": _mean(self.titles) if self.titles else None,
            "author_f1": _f1(self.names_right / max(self.names, 1), self.names_right / self.names_true)
            if self.names_true
            else None,
            "date": _mean(self.dates) if self.dates else None,
        }


def _mean(marks: Sequence[float]) -> float:
    return sum(marks) / len(marks) if marks else 0.0


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _plain(words: str | None) -> str:
    return re.sub(r"\W+", " ", (words or "").lower()).strip()


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text)
    if not words:
        return Counter()
    return Counter(tuple(words[at : at + _RUN]) for at in range(max(len(words) - _RUN + 1, 1)))


def load(folder: Path) -> list[Page]:
    """The pages of one data set; raises OSError, KeyError or ValueError for one of another form."""
    zyte, articles = folder / "ground-truth.json", folder / "articles.json"
    if zyte.is_file():
        truths = json.loads(zyte.read_text(encoding="utf-8"))
        return [
            Page(name, truth.get("url", ""), _unpacked(folder, f"{name}.html.gz"), truth["articleBody"])
            for name, truth in sorted(truths.items())
        ]
    return [_stated(folder, truth) for truth in json.loads(articles.read_text(encoding="utf-8"))]


def _stated(folder: Path, truth: dict[str, object]) -> Page:
    file = str(truth["html_file"])
    authors = truth.get("authors")
    stated = authors if isinstance(authors, list) else _BETWEEN_NAMES.split(str(authors or ""))
    sections = truth.get("sections")
    if isinstance(sections, list):
        # The plain text of an article of sections: each headline and paragraph, after the summary.
        parts = [*_lines(truth.get("summary"))]
        for section in sections:
            parts += [*_lines(section.get("headline")), *_lines(section.get("paragraphs"))]
        text = "\n".join(parts)
    else:
        text = str(truth["text"])
    return Page(
        file.removesuffix(".gz").removesuffix(".html"),
        str(truth.get("url") or truth.get("link") or ""),
        _unpacked(folder, file),
        text,
        str(truth.get("title") or "") or None,
        frozenset(filter(None, (_plain(str(name)) for name in stated))),
        str(truth.get("publishing_date") or truth.get("date") or "") or None,
    )


def _lines(value: object) -> list[str]:
    return [str(line) for line in (value if isinstance(value, list) else [value]) if line]


def _unpacked(folder: Path, file: str) -> bytes:
    path = folder / "html" / Path(file).name
    if not path.exists():
        path = path.with_name(path.name.removesuffix(".gz") if path.suffix == ".gz" else path.name + ".gz")
    content = path.read_bytes()
    return gzip.decompress(content) if path.suffix == ".gz" else content


def ours(page: Page) -> Answer:
    """What this project reads of a page; nothing of one that it refuses."""
    capture = Capture(
        source=page.name,
        body=page.body,
        fetched_at="2026-01-01T00:00:00Z",
        url=page.url or None,
        filename=f"{page.name}.html",
    )
    try:
        document = scraper_for(capture).extract(capture)
    except ScrapeError:
        return Answer()
    names = _BETWEEN_NAMES.split(document.byline or "")
    return Answer(body_of(document), document.title, tuple(names), document.published)


def body_of(document: Document) -> str:
    """The article's words: its blocks but the headline and what is marked as furniture."""
    kept = []
    for number, block in enumerate(document.blocks):
        words = document.text[block.start : block.end]
        is_headline = number < 4 and block.tag == "h" and _plain(words) == _plain(document.title)
        if block.tag not in ("nav", "footer") and not is_headline:
            kept.append(words)
    return "\n".join(kept)


def trafilatura(page: Page) -> Answer:
    """What trafilatura alone reads of a page, with the settings that did best here."""
    from trafilatura import bare_extraction

    found = bare_extraction(
        page.body, url=page.url or None, favor_precision=True, include_comments=False, with_metadata=True
    )
    if found is None or isinstance(found, dict):
        return Answer()
    return Answer(found.text or "", found.title, tuple((found.author or "").split("; ")), found.date)


def measure(folder: Path, by_page: list[dict[str, object]] | None = None) -> dict[str, object]:
    """The marks of both readers over one data set."""
    scores = {"ours": Score(), "trafilatura": Score()}
    pages = load(folder)
    for page in pages:
        answers = {"ours": ours(page), "trafilatura": trafilatura(page)}
        f1 = {name: scores[name].add(page, answer) for name, answer in answers.items()}
        if by_page is not None:
            by_page.append(_row(folder, page, answers, f1))
    marks = {name: score.as_dict() for name, score in scores.items()}
    return {"dataset": folder.name, "pages": len(pages), **marks}


def _row(folder: Path, page: Page, answers: dict[str, Answer], f1: dict[str, float]) -> dict[str, object]:
    row: dict[str, object] = {"dataset": folder.name, "page": page.name, "url": page.url}
    row |= {f"f1_{name}": round(mark, 4) for name, mark in f1.items()}
    row |= {"title": page.title, "authors": sorted(page.authors or ()), "date": page.date}
    for name, answer in answers.items():
        row[name] = {"title": answer.title, "authors": answer.authors, "date": answer.date}
    return row


def datasets(data: Path) -> Iterator[Path]:
    """The folder itself where it is a data set, else those in it that are of pages."""
    inside = sorted(path for path in data.iterdir() if path.is_dir()) if data.is_dir() else []
    for folder in [data, *inside]:
        stated = any((folder / name).is_file() for name in ("ground-truth.json", "articles.json"))
        if stated and (folder / "html").is_dir():
            yield folder


def main(arguments: list[str] | None = None) -> int:
    """Measure and print: a table, or one JSON object a data set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="a data set, or a folder of data sets")
    parser.add_argument("--json", action="store_true", help="print JSON Lines")
    parser.add_argument("--by-page", type=Path, help="write a line of JSON a page into this file")
    options = parser.parse_args(arguments)
    folders = list(datasets(options.data))
    if not folders:
        print(f"no data set of pages: {options.data}: give the folder of the benchmarks", file=sys.stderr)
        return 2
    rows: list[dict[str, object]] = []
    for folder in folders:
        result = measure(folder, rows)
        if options.json:
            print(json.dumps(result), flush=True)
        else:
            _print(result)
    if options.by_page:
        options.by_page.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return 0


def _print(result: dict[str, object]) -> None:
    print(f"{result['dataset']}, {result['pages']} pages")
    for reader in ("ours", "trafilatura"):
        marks = result[reader]
        if isinstance(marks, dict):
            shown = "  ".join(f"{name} {'-' if mark is None else f'{mark:.4f}'}" for name, mark in marks.items())
            print(f"  {reader:<12} {shown}")


if __name__ == "__main__":
    raise SystemExit(main())
