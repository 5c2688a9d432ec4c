"""Every file of the corpora through scraper and reader: what is read, what is refused and why, how long it takes.

    python -m benchmarks.corpora --data FOLDER [--json] [--part emails ...] [--refused]

FOLDER is the shared data folder: ``corpora/emails-*`` and ``bench/mail_parser_fixtures`` (messages),
``corpora/pdf-*``, ``corpora/html5lib-tests`` (each test's ``#data`` as a page of its own) and
``corpora/blns`` (each string as a text file). To be refused is an answer, with its class and reason; an
exception of any other kind is a fault, and so is what takes more than five seconds. With ``--json`` one
object: by part ``files``, ``read``, ``refused`` (by class and reason), ``uncaught``, ``slow``, ``slowest``.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scrapers.document import Capture
from scrapers.errors import ScrapeError
from tracker.outcomes import Stated
from tracker.own_words import load_kinds, load_publishers
from tracker.pipeline import document_of
from tracker.reading.claims import read

_AT = "2026-01-01T00:00:00.000Z"
#: Seconds from which an input is slow.
SLOW = 5.0
_MAIL_ENDS = (".eml", ".txt", ".mbox", ".mail")
_PROSE = (
    "The harbour office said on Monday that its clerks had counted 40 boats in the old basin. One of them was "
    "called {}, and its owner was fined £200 for the noise that it made in the night."
)
_NO_MAIL = ("ORIGIN.txt", "LICENSE.txt", "README.txt")


@dataclass
class Tally:
    """What became of the inputs of one part of the corpora; ``refused`` are (class, reason, input)."""

    files: int = 0
    read: int = 0
    claims: int = 0
    refused: list[tuple[str, str, str]] = field(default_factory=list)
    uncaught: list[str] = field(default_factory=list)
    slow: list[str] = field(default_factory=list)
    slowest: tuple[float, str] = (0.0, "")
    seconds: float = 0.0

    def as_json(self) -> dict[str, Any]:
        """The tally as one object, refusals counted by class and reason."""
        counted = Counter(f"{name}: {reason}" for name, reason, _ in self.refused)
        return {
            "files": self.files,
            "read": self.read,
            "claims": self.claims,
            "refused": dict(counted.most_common()),
            "uncaught": self.uncaught,
            "slow": self.slow,
            "slowest": {"seconds": round(self.slowest[0], 3), "input": self.slowest[1]},
            "seconds": round(self.seconds, 1),
        }


def emails(data: Path) -> Iterator[Capture]:
    """Every message of the three collections, as a file of its name."""
    folders = [*sorted((data / "corpora").glob("emails-*")), data / "bench" / "mail_parser_fixtures"]
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            is_named = path.suffix in _MAIL_ENDS or not (path.suffix or path.name.startswith((".", "MIT", "LICENSE")))
            if path.is_file() and is_named and path.name not in _NO_MAIL:
                # Those of CPython are messages under the name of texts: as one who adds them would name them.
                yield _capture(path, path.read_bytes(), f"{path.stem}.eml")


def pdfs(data: Path) -> Iterator[Capture]:
    """Every PDF."""
    for path in sorted((data / "corpora").glob("pdf-*/*.pdf")):
        yield _capture(path, path.read_bytes(), path.name)


def html5lib(data: Path) -> Iterator[Capture]:
    """The page of each test of html5lib's trees."""
    folder = data / "corpora" / "html5lib-tests" / "tree-construction"
    for path in sorted(folder.rglob("*.dat")):
        for number, test in enumerate(path.read_bytes().split(b"#data\n")[1:], 1):
            page = test.split(b"\n#errors\n", 1)[0]
            yield Capture(f"{path.relative_to(folder)}#{number}", page, _AT, filename="page.html")


def blns(data: Path) -> Iterator[Capture]:
    """Each of the naughty strings as a text file: by itself, and amid prose, which is then read."""
    path = data / "corpora" / "blns" / "blns.json"
    strings = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    for number, words in enumerate(strings, 1):
        for name, text in ((f"blns#{number}", str(words)), (f"blns#{number} in prose", _PROSE.format(words))):
            yield Capture(name, text.encode("utf-8", "surrogatepass"), _AT, filename="words.txt")


PARTS: dict[str, Callable[[Path], Iterator[Capture]]] = {
    "emails": emails,
    "pdfs": pdfs,
    "html5lib": html5lib,
    "blns": blns,
}


def _capture(path: Path, body: bytes, name: str) -> Capture:
    return Capture(f"{path.parent.name}/{path.name}", body, _AT, filename=name)


def run(captures: Iterator[Capture]) -> Tally:
    """Read each capture as ``tracker read`` does, and note what became of it."""
    kinds, publishers, tally = load_kinds(), load_publishers(), Tally()
    for capture in captures:
        tally.files += 1
        began = time.monotonic()
        try:
            document, _ = document_of(capture, Stated())
            reading = read(document, kinds, publishers, capture.source)
        except ScrapeError as error:
            tally.refused.append((type(error).__name__, error.what, capture.source))
        except Exception as error:  # noqa: BLE001 - what is looked for
            tally.uncaught.append(f"{capture.source}: {type(error).__name__}: {error}")
        else:
            tally.read += 1
            tally.claims += len(reading.claims)
            _check(document.text, document.blocks, capture.source, tally)
        took = time.monotonic() - began
        tally.seconds += took
        tally.slowest = max(tally.slowest, (took, capture.source))
        if took > SLOW:
            tally.slow.append(f"{capture.source}: {took:.1f} s")
    return tally


def _check(text: str, blocks: Any, source: str, tally: Tally) -> None:
    """Count as a fault a block that is no span of the text."""
    if any(not 0 <= block.start <= block.end <= len(text) for block in blocks):
        tally.uncaught.append(f"{source}: a block outside of the text")


def main(arguments: list[str] | None = None) -> int:
    """Run the parts, print what became of them; 1 where anything was uncaught, slow or missing."""
    parser = argparse.ArgumentParser(description="Every file of the corpora through scraper and reader.")
    parser.add_argument("--data", type=Path, required=True, help="the shared data folder")
    parser.add_argument("--part", action="append", choices=list(PARTS), help="only this part; may be given again")
    parser.add_argument("--refused", action="store_true", help="print a line for each refused input")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    given = parser.parse_args(arguments)
    tallies = {name: run(PARTS[name](given.data)) for name in given.part or PARTS}
    if given.json:
        print(json.dumps({name: tally.as_json() for name, tally in tallies.items()}, indent=2))
    else:
        _print(tallies, given.refused)
    return int(any(tally.uncaught or tally.slow or not tally.files for tally in tallies.values()))


def _print(tallies: dict[str, Tally], refused: bool) -> None:
    for name, tally in tallies.items():
        slowest = f"slowest {tally.slowest[0]:.2f} s ({tally.slowest[1]})"
        print(
            f"{name}: {tally.files} inputs, {tally.read} read, {len(tally.refused)} refused, "
            f"{len(tally.uncaught)} uncaught, {len(tally.slow)} over {SLOW:.0f} s; {slowest}"
        )
        for line in (*tally.uncaught, *tally.slow):
            print(f"  FAULT {line}")
        if refused:
            for kind, reason, source in tally.refused:
                print(f"  {source}: {kind}: {reason}")
        else:
            for (kind, reason), number in Counter((kind, reason) for kind, reason, _ in tally.refused).most_common():
                print(f"  {number} {kind}: {reason}")
    total = [sum(len(getattr(t, name)) for t in tallies.values()) for name in ("refused", "uncaught", "slow")]
    read_all = sum(tally.read for tally in tallies.values())
    files = sum(tally.files for tally in tallies.values())
    print(
        f"all: {files} inputs, {read_all} read, {total[0]} refused, {total[1]} uncaught, {total[2]} over {SLOW:.0f} s"
    )


if __name__ == "__main__":
    sys.exit(main())
