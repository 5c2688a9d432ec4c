"""Pages per second and peak memory of ``tracker add``, and trafilatura's share of the time.

    python -m benchmarks.throughput --data FOLDER [--json]

FOLDER holds pages as ``*.html`` or ``*.html.gz``. All are added in one process into a new database;
then trafilatura alone reads the same pages, text and metadata, in the same run.
"""

from __future__ import annotations

import argparse
import gzip
import json
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from scrapers import generic, metadata_dates
from tracker.outcomes import Failed
from tracker.pipeline import Adder
from tracker.settings import Settings


def unpack(data: Path, target: Path) -> list[Path]:
    """The pages of a folder as plain files, unpacked where they are packed."""
    pages = []
    for path in sorted([*data.glob("*.html"), *data.glob("*.html.gz")]):
        body = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        page = target / path.name.removesuffix(".gz")
        page.write_bytes(body)
        pages.append(page)
    return pages


def add_all(pages: list[Path], folder: Path, name: str) -> tuple[float, int, int]:
    """Seconds of CPU and the counts of claims and failures, for one database of all pages."""
    began = time.process_time()
    with Adder(folder / f"{name}.db", Settings()) as adder:
        failed = sum(isinstance(adder.add(str(page)), Failed) for page in pages)
        claims = adder.counts.get("claims_new", 0)
    return time.process_time() - began, claims, failed


@contextmanager
def timed(spent: list[float]) -> Iterator[None]:
    """Add up the CPU seconds inside trafilatura and htmldate, which only ``scrapers.extractor`` calls."""
    names = ("article_text", "guess_date")
    kept = {
        (module, name): getattr(module, name)
        for module in (generic, metadata_dates)
        for name in names
        if hasattr(module, name)
    }

    def clocked(function: Callable[..., Any]) -> Callable[..., Any]:
        def run(*args: Any, **kwargs: Any) -> Any:
            began = time.process_time()
            try:
                return function(*args, **kwargs)
            finally:
                spent.append(time.process_time() - began)

        return run

    for (module, name), function in kept.items():
        setattr(module, name, clocked(function))
    try:
        yield
    finally:
        for (module, name), function in kept.items():
            setattr(module, name, function)


def trafilatura_alone(pages: list[Path]) -> float:
    """Seconds of CPU of trafilatura's text and metadata for all pages."""
    import trafilatura

    began = time.process_time()
    for page in pages:
        trafilatura.bare_extraction(page.read_bytes(), favor_precision=True, include_links=True, with_metadata=True)
    return time.process_time() - began


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "pages").mkdir()
        pages = unpack(args.data, folder / "pages")
        spent: list[float] = []
        with timed(spent):
            seconds, claims, failed = add_all(pages, folder, "timed")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        result = {
            "pages": len(pages),
            "claims": claims,
            "failed": failed,
            "pages_per_cpu_second": round(len(pages) / seconds, 1),
            "peak_mb": round(peak),
            "trafilatura_alone_pages_per_cpu_second": round(len(pages) / trafilatura_alone(pages), 1),
            "share_of_time_in_trafilatura_and_htmldate": round(sum(spent) / seconds, 2),
        }
    print(json.dumps(result) if args.json else "\n".join(f"{key:<44} {value}" for key, value in result.items()))


if __name__ == "__main__":
    main()
