"""What goes into the archive comes out byte for byte, whatever happens on the way."""

from __future__ import annotations

import gzip
import hashlib
import os
import subprocess
import sys
import textwrap
import tracemalloc
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from scrapers.archive import Archive
from scrapers.document import Capture
from scrapers.errors import ArchiveDamaged, ArchiveUnwritable, NotArchived

WHEN = "2026-01-02T03:04:05Z"
ROOT = Path(__file__).parents[2]


def a_file(body: bytes, filename: str | None = None) -> Capture:
    return Capture(source=filename or "-", body=body, fetched_at=WHEN, filename=filename)


def a_page(body: bytes, *headers: tuple[str, str], raw: bytes | None = None) -> Capture:
    url = "https://news.example/a?id=7"
    return Capture("x", body, WHEN, "text/html", "utf-8", url, url, 200, headers, raw)


def sha256(body: bytes) -> str:
    return f"sha256:{hashlib.sha256(body).hexdigest()}"


def warc(folder: Path) -> Path:
    (path,) = folder.glob("*.warc.gz")
    return path


@pytest.mark.parametrize(
    "body",
    [b"", b"\0", bytes(range(256)) * 300, b"WARC/1.1\r\n\r\n", gzip.compress(b"inner"), os.urandom(300_000)],
    ids=["empty", "nul", "binary", "looks like a record", "gzip", "random"],
)
def test_body_comes_back_byte_for_byte_as_a_file_and_as_a_page(body: bytes, tmp_path: Path) -> None:
    for name, capture in {
        "file": a_file(body, "x.bin"),
        "page": a_page(body, ("Content-Type", "text/html")),
        "packed": a_page(body, ("Content-Encoding", "gzip"), raw=gzip.compress(body)),
        "unpacked before": a_page(body, ("Content-Encoding", "gzip")),
    }.items():
        folder = tmp_path / name
        stored = Archive(folder).store(capture)
        assert stored.sha256 == sha256(body)
        assert Archive(folder).load(stored.sha256) == body, name
        assert list(Archive(folder).verify()) == []


@pytest.mark.parametrize("first", [a_file(b"text", "a.txt"), a_page(b"text")], ids=["file", "page"])
def test_file_given_again_is_not_written_again_whatever_its_name(first: Capture, tmp_path: Path) -> None:
    before = Archive(tmp_path).store(first)
    size = warc(tmp_path).stat().st_size
    again = Archive(tmp_path).store(a_file(b"text", "b.txt"))
    assert (before.new, again.new) == (True, False)
    assert (again.warc_file, again.offset) == (before.warc_file, before.offset)
    assert warc(tmp_path).stat().st_size == size


def test_records_are_what_the_standard_asks_for_and_tell_no_path(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    raw = gzip.compress(b"<p>page</p>")
    headers = (("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked"), ("X-Bad", "one\r\n two"))
    stored = archive.store(a_page(b"<p>page</p>", *headers, raw=raw), (("User-Agent", "a tracker"),))
    archive.store(a_file(b"text", "/home/somebody/secret folder/my notes.txt"))
    archive.store(a_file(b"windows", r"C:\Users\somebody\notes.txt"))
    archive.store(a_file(b"standard input"))
    with warc(tmp_path).open("rb") as file:
        records = []
        for record in ArchiveIterator(file, check_digests="raise"):
            records.append((record.rec_type, record.rec_headers, record.http_headers, record.raw_stream.read()))
    assert [kind for kind, *_ in records] == ["warcinfo", "response", "request"] + ["resource"] * 3
    assert {head.protocol for _, head, *_ in records} == {"WARC/1.1"}
    (_, response, http, content), (_, request, asked, _) = records[1:3]
    assert content == raw
    assert http.get_header("Content-Length") == str(len(raw))
    assert http.get_header("Transfer-Encoding") is None
    assert http.get_header("X-Bad") == "one  two"
    assert request.get_header("WARC-Concurrent-To") == response.get_header("WARC-Record-ID")
    assert (asked.protocol, asked.statusline) == ("GET", "/a?id=7 HTTP/1.1")
    assert asked.get_header("User-Agent") == "a tracker"
    uris = [head.get_header("WARC-Target-URI") for _, head, *_ in records[3:]]
    assert uris == ["file:my%20notes.txt", "file:notes.txt", f"urn:{sha256(b'standard input')}"]
    with warc(tmp_path).open("rb") as file:
        file.seek(stored.offset)
        assert next(iter(ArchiveIterator(file))).rec_type == "response"


def test_raw_bytes_that_are_another_page_are_refused(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    with pytest.raises(ValueError, match="do not unpack to the body"):
        archive.store(a_page(b"one", ("Content-Encoding", "gzip"), raw=gzip.compress(b"two")))
    assert archive.store(a_file(b"after")).new
    assert list(Archive(tmp_path).verify()) == []


def test_unknown_hash_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(NotArchived, match="^not in the archive: sha256:0000"):
        Archive(tmp_path / "none").load("sha256:" + "0" * 64)


@pytest.mark.parametrize("index", ["missing", "behind", "garbage", "torn"])
def test_index_is_made_again_from_the_warc_file(index: str, tmp_path: Path) -> None:
    bodies = [b"one", b"two", b"three"]
    for body in bodies:
        Archive(tmp_path).store(a_file(body))
    path = warc(tmp_path).with_name(warc(tmp_path).name + ".idx")
    whole = path.read_bytes()
    path.write_bytes(
        {"missing": b"", "behind": whole[: whole.index(b"\n") + 1], "garbage": b"\xff\n", "torn": whole[:-3]}[index]
    )
    if index == "missing":
        path.unlink()
    for body in bodies:
        assert Archive(tmp_path).load(sha256(body)) == body
    assert Archive(tmp_path).store(a_file(b"four")).new
    assert path.read_bytes().startswith(whole)
    assert Archive(tmp_path).load(sha256(b"four")) == b"four"


def content(members: bytes) -> bytes | None:
    try:
        return gzip.decompress(members)
    except (OSError, EOFError, zlib.error):
        return None


@pytest.mark.parametrize("indexed", [True, False])
def test_every_flipped_byte_is_found(indexed: bool, tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    for body in (b"first body " * 5, b"second body " * 5):
        archive.store(a_file(body))
    path = warc(tmp_path)
    if not indexed:
        path.with_name(path.name + ".idx").unlink()
    whole = path.read_bytes()
    last = max(m for m in range(len(whole)) if whole[m : m + 3] == b"\x1f\x8b\x08")
    missed = []
    for position in range(0, len(whole) if indexed else last, 7):
        path.write_bytes(whole[:position] + bytes([whole[position] ^ 0x10]) + whole[position + 1 :])
        # Of gzip's own bytes a few carry nothing: the time, the system, the bits that fill up the last byte.
        if not list(Archive(tmp_path).verify()) and content(path.read_bytes()) != content(whole):
            missed.append(position)
    assert missed == []


def test_changed_body_is_not_given_out(tmp_path: Path) -> None:
    stored = Archive(tmp_path).store(a_file(os.urandom(5000)))
    path = warc(tmp_path)
    data = bytearray(path.read_bytes())
    data[stored.offset + 2000] ^= 1
    path.write_bytes(data)
    with pytest.raises(ArchiveDamaged, match="archive"):
        Archive(tmp_path).load(stored.sha256)
    (line,) = Archive(tmp_path).verify()
    assert line.startswith(f"{stored.warc_file} at {stored.offset}: ")


def test_lost_end_of_a_file_is_found(tmp_path: Path) -> None:
    Archive(tmp_path).store(a_file(b"kept"))
    stored = Archive(tmp_path).store(a_file(b"lost" * 50))
    os.truncate(warc(tmp_path), stored.offset + 20)
    assert [line.split(": ")[1] for line in Archive(tmp_path).verify()] == ["the file ends within the record"]
    assert Archive(tmp_path).load(sha256(b"kept")) == b"kept"


@pytest.mark.parametrize("tail", ["record", "zeros"])
def test_torn_last_record_is_passed_over_and_never_written_behind(tail: str, tmp_path: Path) -> None:
    Archive(tmp_path).store(a_file(b"acknowledged"))
    torn = warc(tmp_path)
    with torn.open("ab") as file:
        file.write(gzip.compress(os.urandom(3000))[:1500] if tail == "record" else bytes(512))
    before = torn.read_bytes()
    archive = Archive(tmp_path)
    assert archive.load(sha256(b"acknowledged")) == b"acknowledged"
    stored = archive.store(a_file(b"after"))
    assert stored.warc_file != torn.name
    assert torn.read_bytes() == before
    assert Archive(tmp_path).load(stored.sha256) == b"after"
    assert list(Archive(tmp_path).verify()) == []


WRITER = textwrap.dedent(
    """
    import sys, random
    from scrapers.archive import Archive
    from scrapers.document import Capture
    archive, seed, count = Archive(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    made = random.Random(seed)
    for number in range(count):
        body = made.randbytes(200_000)
        print(archive.store(Capture("-", body, "2026-01-02T03:04:05Z")).sha256, flush=True)
    """
)


def writer(folder: Path, seed: int, count: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, str(folder), str(seed), str(count)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def test_two_processes_at_once_write_each_body_once(tmp_path: Path) -> None:
    with writer(tmp_path, 1, 12) as one, writer(tmp_path, 1, 12) as two:
        said = [process.stdout.read().split() for process in (one, two) if process.stdout]
    assert said[0] == said[1]
    assert len(said[0]) == 12
    lines = [line for index in tmp_path.glob("*.idx") for line in index.read_text().splitlines()]
    assert sorted(line.split("\t")[0] for line in lines if line.startswith("sha256")) == sorted(said[0])
    assert list(Archive(tmp_path).verify()) == []


def test_archives_open_side_by_side_see_each_others_records(tmp_path: Path) -> None:
    one, two = Archive(tmp_path), Archive(tmp_path)
    first = one.store(a_file(b"one"))
    assert first.sha256 in two
    assert two.load(two.store(a_file(b"two")).sha256) == b"two"
    assert one.load(sha256(b"two")) == b"two"


def test_threads_that_store_and_ask_at_once_lose_nothing(tmp_path: Path) -> None:
    archive = Archive(tmp_path)

    def work(number: int) -> list[str]:
        stored = []
        for count in range(12):
            stored.append(archive.store(a_file(f"body {number} {count}".encode())).sha256)
            # One who asks for what is not there makes the archive look at its files anew.
            with pytest.raises(NotArchived):
                archive.load("sha256:" + "0" * 64)
        return stored

    with ThreadPoolExecutor(4) as pool:
        stored = [sha for made in pool.map(work, range(4)) for sha in made]
    assert len(set(stored)) == 48
    for sha in stored:
        assert sha256(archive.load(sha)) == sha
        assert sha in Archive(tmp_path)
    assert len(list(tmp_path.glob("*.warc.gz"))) == 1
    assert list(Archive(tmp_path).verify()) == []


@pytest.mark.skipif(not Path("/proc/self/io").exists(), reason="this system does not count what a process reads")
def test_a_store_reads_no_more_the_more_is_kept(tmp_path: Path) -> None:
    archive = Archive(tmp_path)

    def read_by(numbers: range) -> int:
        before = bytes_read()
        for number in numbers:
            archive.store(a_file(b"body %d" % number))
        return bytes_read() - before

    read_by(range(20))
    first = read_by(range(20, 60))
    read_by(range(60, 260))
    assert read_by(range(260, 300)) < 1.5 * first + 10_000


def bytes_read() -> int:
    return int(Path("/proc/self/io").read_text().split()[1])


def test_folder_that_cannot_be_written_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(ArchiveUnwritable, match="the archive cannot be written"):
        Archive(tmp_path / "file").store(a_file(b"text"))


FULL_DISK = textwrap.dedent(
    """
    import os, resource, signal, sys
    from scrapers.archive import Archive
    from scrapers.document import Capture
    from scrapers.errors import ArchiveUnwritable
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    archive = Archive(sys.argv[1])
    archive.store(Capture("-", b"before", "2026-01-02T03:04:05Z"))
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, resource.RLIM_INFINITY))
    try:
        archive.store(Capture("-", os.urandom(400_000), "2026-01-02T03:04:05Z"))
    except ArchiveUnwritable as full:
        print(full)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    archive.store(Capture("-", b"after", "2026-01-02T03:04:05Z"))
    """
)


def test_full_disk_leaves_a_whole_archive(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("the archive cannot be written (File too large): ")
    assert Archive(tmp_path).load(sha256(b"before")) == b"before"
    assert Archive(tmp_path).load(sha256(b"after")) == b"after"
    assert len(list(tmp_path.glob("*.warc.gz"))) == 1
    assert list(Archive(tmp_path).verify()) == []


def test_large_body_is_not_copied_while_it_is_stored(tmp_path: Path) -> None:
    capture = a_file(os.urandom(3_000_000))
    archive = Archive(tmp_path)
    tracemalloc.start()
    try:
        archive.store(capture)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 1_500_000
