"""A writer killed at any moment costs nothing that it had acknowledged, and leaves an archive that is sound."""

from __future__ import annotations

import hashlib
import random
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

from scrapers.archive import Archive
from scrapers.document import Capture

ROOT = Path(__file__).parents[2]
KILLS = 15
#: Pages with redirects, packed ones, files, and each page once more: says what is kept only when it is.
WRITER = textwrap.dedent(
    """
    import gzip, random, sys
    from scrapers.archive import Archive
    from scrapers.document import Capture, Hop
    archive, made, when = Archive(sys.argv[1]), random.Random(int(sys.argv[2])), "2026-01-02T03:04:05Z"
    url = "https://news.example/a"
    hops = (Hop("https://news.example/old", 301, (("Location", url),), b"moved"),)
    while True:
        body = made.randbytes(made.choice([20, 3000, 400_000]))
        raw = gzip.compress(body, mtime=0)
        coding = (("Content-Encoding", "gzip"),)
        for capture in (
            Capture("x", body, when, url=url, final_url=url, status=200, headers=coding, raw=raw, hops=hops),
            Capture("x", body, when, url=url, final_url=url, status=200),
            Capture("x", body[::-1], when, filename="a.bin"),
            Capture("x", body, when, url=url, final_url=url, status=200, headers=coding, raw=raw, hops=hops),
        ):
            stored = archive.store(capture)
            print(stored.sha256, stored.warc_file, stored.offset, flush=True)
        archive.note_unmodified(url, stored.sha256, (), when)
    """
)


def killed(folder: Path, seed: int, wait: float) -> list[list[str]]:
    """What a writer acknowledged that was killed so many seconds after its first word."""
    command = [sys.executable, "-c", WRITER, str(folder), str(seed)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = [process.stdout.readline()]
        time.sleep(wait)
        process.send_signal(signal.SIGKILL)
        said += process.stdout
    return [line.split() for line in said if line.endswith("\n")]


def test_nothing_acknowledged_is_lost_when_writers_are_killed(tmp_path: Path) -> None:
    chance = random.Random(6)  # noqa: S311
    acknowledged: list[list[str]] = []
    for seed in range(KILLS):
        acknowledged += killed(tmp_path, seed, chance.uniform(0, 0.12))
        # Each time, for the next writer mends the index; and before it does, no reader may stumble.
        if seed % 5 == 4:
            assert list(Archive(tmp_path).verify()) == []
    assert len(acknowledged) > KILLS
    archive = Archive(tmp_path)
    for sha256, warc_file, offset in acknowledged:
        assert f"sha256:{hashlib.sha256(archive.load(sha256)).hexdigest()}" == sha256
        assert (warc_file, int(offset)) in {(place.warc_file, place.offset) for place in archive.places(sha256)}
    assert list(Archive(tmp_path).verify()) == []
    assert Archive(tmp_path).store(Capture("-", b"life goes on", "2026-01-02T03:04:05Z")).new
    assert list(Archive(tmp_path).verify()) == []
