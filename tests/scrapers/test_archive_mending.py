"""Bytes whose record is broken are kept anew, and a file that cannot be read costs only what it holds."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from scrapers.archive import Archive
from scrapers.document import Capture
from scrapers.errors import ArchiveDamaged, NotArchived

WHEN = "2026-01-02T03:04:05Z"
FIRST, SECOND = b"The works paid 40 pounds.\n" * 90, os.urandom(5_000)


def a_file(body: bytes) -> Capture:
    return Capture(source="a.txt", body=body, fetched_at=WHEN, filename="a.txt")


def a_page(body: bytes) -> Capture:
    url = "https://news.example/a"
    return Capture("x", body, WHEN, "text/html", "utf-8", url, url, 200, ())


def broken(folder: Path, how: str) -> Path:
    """An archive whose second record is damaged."""
    archive = Archive(folder)
    archive.store(a_file(FIRST))
    offset = archive.store(a_file(SECOND)).offset
    (path,) = folder.glob("*.warc.gz")
    if how == "cut":
        os.truncate(path, path.stat().st_size - 900)
    else:
        data = bytearray(path.read_bytes())
        data[offset + 2_000] ^= 0xFF
        path.write_bytes(data)
    return path


@pytest.mark.parametrize("how", ["cut", "flipped"])
@pytest.mark.parametrize("give", [a_file, a_page], ids=["file", "page"])
def test_broken_bytes_are_kept_anew_when_they_come_again(
    how: str, give: Callable[[bytes], Capture], tmp_path: Path
) -> None:
    broken(tmp_path, how)
    again = Archive(tmp_path).store(give(SECOND))
    assert again.new
    archive = Archive(tmp_path)
    assert again.sha256 in archive
    assert archive.load(again.sha256) == SECOND
    assert archive.load(archive.store(a_file(FIRST)).sha256) == FIRST
    assert not archive.store(a_file(SECOND)).new
    # A page's record must not say "as before" of a body that is broken.
    assert not [line for line in Archive(tmp_path).verify() if "revisit" in line]


@pytest.mark.parametrize("how", ["cut", "flipped"])
def test_verify_says_whether_what_is_broken_is_lost(how: str, tmp_path: Path) -> None:
    path = broken(tmp_path, how)
    (lost,) = Archive(tmp_path).verify()
    assert lost.startswith(f"{path.name} at ")
    assert "nothing is lost" not in lost
    place = Archive(tmp_path).store(a_file(SECOND))
    (told,) = Archive(tmp_path).verify()
    assert f"nothing is lost, its bytes stand whole in {place.warc_file} at {place.offset}" in told


def test_a_broken_body_is_not_in_the_archive(tmp_path: Path) -> None:
    broken(tmp_path, "flipped")
    archive = Archive(tmp_path)
    assert archive.store(a_file(FIRST)).sha256 in archive
    assert archive.store(a_file(b"other")).sha256 in archive
    assert archive.places(a_hash(SECOND))
    assert a_hash(SECOND) not in archive
    with pytest.raises(NotArchived):
        archive.note_unmodified("https://news.example/a", a_hash(SECOND), (), WHEN)


def a_hash(body: bytes) -> str:
    return f"sha256:{hashlib.sha256(body).hexdigest()}"


def dangling(path: Path) -> None:
    path.symlink_to("/nowhere/x.warc.gz")


def loop(path: Path) -> None:
    path.symlink_to(path.name)


def pipe(path: Path) -> None:
    os.mkfifo(path)


@pytest.mark.parametrize("make", [dangling, loop, pipe, Path.mkdir])
@pytest.mark.parametrize("name", ["press-1.warc.gz", "press-9.warc.gz", "zz.warc.gz"])
def test_what_cannot_be_read_as_a_file_costs_the_others_nothing(
    make: Callable[[Path], object], name: str, tmp_path: Path
) -> None:
    stored = Archive(tmp_path).store(a_file(FIRST))
    make(tmp_path / name)
    archive = Archive(tmp_path)
    assert archive.load(stored.sha256) == FIRST
    more = archive.store(a_file(SECOND))
    assert more.warc_file == stored.warc_file
    assert Archive(tmp_path).load(more.sha256) == SECOND
    with pytest.raises(ArchiveDamaged, match=name):
        archive.load(a_hash(b"what stood there, perhaps"))
    (told,) = Archive(tmp_path).verify()
    assert told.startswith(f"{name}: ")


def test_a_foreign_file_behind_ours_does_not_make_each_record_a_new_file(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    archive.store(a_file(FIRST))
    (tmp_path / "zz.warc.gz").write_bytes(b"hello")
    for number in range(3):
        Archive(tmp_path).store(a_file(b"%d" % number))
    assert len(list(tmp_path.glob("press-*.warc.gz"))) == 1
