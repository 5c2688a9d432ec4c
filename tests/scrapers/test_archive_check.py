"""Each way in which an archive can stop being what was stored is found, told in one line, and told rightly."""

from __future__ import annotations

import gzip
import hashlib
import os
import tracemalloc
from pathlib import Path

import pytest

from scrapers.archive import Archive
from scrapers.archive_check import ArchiveCheck
from scrapers.document import Capture, Hop

WHEN, URL = "2026-01-02T03:04:05Z", "https://news.example/a"
BACKUP = "restore the archive folder from a backup"
REINDEX = "delete that index, it is made again"
BODIES = (b"first page " * 40, b"second page " * 40, b"third page " * 40)


def a_page(body: bytes, at: str = WHEN) -> Capture:
    hops = (Hop("https://news.example/old", 301, (("Location", URL),)),)
    return Capture("x", body, at, "text/html", None, URL, URL, 200, (("ETag", '"a"'),), hops=hops)


def sha256(body: bytes) -> str:
    return f"sha256:{hashlib.sha256(body).hexdigest()}"


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """Three pages, of which the first was seen again; the file."""
    for body in (*BODIES, BODIES[0]):
        Archive(tmp_path).store(a_page(body))
    (path,) = tmp_path.glob("*.warc.gz")
    return path


def index(path: Path) -> Path:
    return path.with_name(path.name + ".idx")


def members(path: Path) -> list[bytes]:
    lengths = [int(line.split("\t")[2]) for line in index(path).read_text().splitlines()]
    data, at, found = path.read_bytes(), 0, []
    for length in lengths:
        found.append(data[at : at + length])
        at += length
    return found


def rewrite(path: Path, kind: bytes, old: bytes, new: bytes) -> None:
    """Change the first record of a kind that says ``old``, packed anew so that gzip's own sum is right."""
    whole = members(path)
    for number, member in enumerate(whole):
        data = gzip.decompress(member)
        if b"WARC-Type: " + kind + b"\r\n" in data and old in data:
            whole[number] = gzip.compress(data.replace(old, new))
            path.write_bytes(b"".join(whole))
            return
    raise AssertionError(f"no {kind!r} says {old!r}")


def problems(path: Path) -> list[str]:
    found = list(ArchiveCheck(path.parent).problems())
    assert all("\n" not in line and line.count(": ") >= 2 for line in found)
    return found


def test_a_sound_archive_has_no_problems_and_its_bodies_are_where_they_were_put(filled: Path) -> None:
    check = ArchiveCheck(filled.parent)
    assert list(check.problems()) == []
    stored = {body: Archive(filled.parent).places(sha256(body))[0] for body in BODIES}
    assert {sha: [(p.warc_file, p.offset, p.size) for p in places] for sha, places in check.places.items()} == {
        sha256(body): [(place.warc_file, place.offset, len(body))] for body, place in stored.items()
    }


@pytest.mark.parametrize(
    ("kind", "old", "new", "found"),
    [
        # A body of the same length: its hash tells.
        (b"response", b"first page", b"First page", "stored as sha256:"),
        # A redirect's own answer has no hash of ours; the standard's sums tell.
        (b"response", b"Location: https://news", b"Location: https://NEWS", "its WARC-Block-Digest is not"),
        (b"request", b"GET /", b"GOT /", "its WARC-Block-Digest is not that of its bytes"),
        (b"revisit", b'ETag: "a"', b'ETag: "b"', "its WARC-Block-Digest is not that of its bytes"),
        (b"response", b"Payload-Digest: sha1:3", b"Payload-Digest: sha1:4", "its WARC-Payload-Digest is not"),
        (b"revisit", b'ETag: "a"', b'ETag: "aa"', "it is not as long as its header says"),
        (b"request", b"Content-Length", b"Content-Lxngth", "its header states no length"),
        (b"request", b"\r\n\r\n", b" ", "its header does not end"),
    ],
)
@pytest.mark.parametrize("indexed", [True, False])
def test_records_changed_and_packed_anew_are_found(
    filled: Path, indexed: bool, kind: bytes, old: bytes, new: bytes, found: str
) -> None:
    rewrite(filled, kind, old, new)
    if not indexed:
        index(filled).unlink()
    check = ArchiveCheck(filled.parent)
    lines = list(check.problems())
    assert any(found in line and line.endswith(BACKUP) for line in lines), lines
    # The records behind the damaged one were read all the same.
    assert set(check.places) >= {sha256(body) for body in BODIES[1:]}


def test_lost_end_of_a_file_is_one_line_however_much_was_lost(filled: Path) -> None:
    third = Archive(filled.parent).places(sha256(BODIES[2]))[0].offset
    os.truncate(filled, third)
    lines = problems(filled)
    assert lines == [f"{filled.name} at {third}: the file ends here, its index lists more: {BACKUP}"]
    os.truncate(filled, third - 10)
    ends, within = problems(filled)
    assert f"{filled.name} at {third - 10}: the file ends here" in ends
    assert "the file ends within the record" in within


def test_missing_file_is_found_by_its_index_and_by_what_refers_to_it(filled: Path) -> None:
    # A second file, whose revisits refer to the first.
    folder = filled.parent
    with filled.open("ab") as torn:
        torn.write(b"\x1f\x8b")
    for number in range(3):
        Archive(folder).store(a_page(BODIES[1], f"2026-01-0{number + 3}T00:00:00Z"))
    (second,) = set(folder.glob("*.warc.gz")) - {filled}
    assert problems(filled) == []
    os.remove(filled)
    gone, refers = problems(second)
    assert gone == f"{filled.name}: the file is missing, its index is there: {BACKUP}"
    assert refers.startswith(f"{second.name} at ")
    assert f" and 2 more: what the revisit refers to ({sha256(BODIES[1])}) is not whole in the archive" in refers
    index(filled).unlink()
    assert problems(second) == [refers]


def lying(lines: list[str], how: str) -> list[str]:
    """An index with a lie in it."""
    first, second, *_ = (number for number, line in enumerate(lines) if line.startswith("sha256"))
    if how == "another hash":
        lines[first] = lines[second][:71] + lines[first][71:]
    elif how == "a body hidden":
        lines[first] = "-" + lines[first][71:]
    elif how == "a body where none is":
        lines[1] = lines[first][:71] + lines[1][1:]
    elif how == "another length":
        sha, offset, length = lines[first].split("\t")
        lines[first] = f"{sha}\t{offset}\t{int(length) + 7}\n"
        sha, offset, length = lines[first + 1].split("\t")
        lines[first + 1] = f"{sha}\t{int(offset) + 7}\t{int(length) - 7}\n"
    elif how == "a line in the wrong place":
        lines[first], lines[second] = lines[second], lines[first]
    elif how == "no line":
        lines[first] = "\x00nothing\n"
    return lines


@pytest.mark.parametrize(
    "how",
    [
        "another hash",
        "a body hidden",
        "a body where none is",
        "another length",
        "a line in the wrong place",
        "no line",
    ],
)
def test_an_index_that_lies_is_found_and_the_bytes_are_sound(filled: Path, how: str) -> None:
    lines = index(filled).read_text().splitlines(keepends=True)
    index(filled).write_text("".join(lying(lines, how)))
    check = ArchiveCheck(filled.parent)
    found = list(check.problems())
    assert len(found) == 1
    assert found[0].endswith(REINDEX)
    assert set(check.places) == {sha256(body) for body in BODIES}
    # What it says to do is enough.
    index(filled).unlink()
    assert problems(filled) == []
    assert [Archive(filled.parent).load(sha256(body)) for body in BODIES] == list(BODIES)


@pytest.mark.parametrize("end", [b"", b"sha256:12", b"-\t1"])
def test_an_index_that_is_behind_or_torn_is_no_problem(filled: Path, end: bytes) -> None:
    lines = index(filled).read_bytes().splitlines(keepends=True)
    index(filled).write_bytes(b"".join(lines[:3]) + end)
    assert problems(filled) == []
    # The next writer makes it whole.
    Archive(filled.parent).store(a_page(b"another page"))
    assert index(filled).read_bytes().startswith(b"".join(lines))
    assert problems(filled) == []


def test_revisit_whose_page_was_damaged_is_told_beside_it(filled: Path) -> None:
    place = Archive(filled.parent).places(sha256(BODIES[0]))[0]
    data = bytearray(filled.read_bytes())
    data[place.offset + 200] ^= 4
    filled.write_bytes(data)
    damaged, refers = problems(filled)
    assert damaged.startswith(f"{filled.name} at {place.offset}: ")
    assert damaged.endswith(BACKUP)
    assert f"what the revisit refers to ({sha256(BODIES[0])})" in refers


def test_unreadable_file_is_one_line(filled: Path) -> None:
    os.rename(filled, filled.with_name("kept"))
    filled.mkdir()
    assert problems(filled)[0] == f"{filled.name}: not a file: take it out of the folder, or {BACKUP}"


@pytest.mark.parametrize("damaged", [False, True])
def test_large_records_are_checked_in_little_memory(damaged: bool, tmp_path: Path) -> None:
    body = os.urandom(6_000_000) + bytes(12_000_000)
    place = Archive(tmp_path).store(a_page(gzip.compress(body, 1)))
    packed = gzip.compress(body, 1)
    Archive(tmp_path).store(
        Capture("x", body, WHEN, None, None, URL, URL, 200, (("Content-Encoding", "gzip"),), packed)
    )
    (path,) = tmp_path.glob("*.warc.gz")
    if damaged:
        index(path).unlink()
        data = bytearray(path.read_bytes())
        data[place.offset + 3_000_000] ^= 4
        path.write_bytes(data)
        del data
    del body, packed
    tracemalloc.start()
    try:
        found = problems(path)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert len(found) == int(damaged)
    assert peak < 4_000_000
