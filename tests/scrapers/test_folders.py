"""The files of a folder: in order, each once, none that is hidden."""

from __future__ import annotations

from pathlib import Path

from scrapers.errors import ScrapeError
from scrapers.folders import files_in


def names(folder: Path, *left_out: Path) -> list[str]:
    return [str(p.relative_to(folder)) if isinstance(p, Path) else str(p) for p in files_in(folder, left_out)]


def put(folder: Path, *paths: str) -> None:
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(path)


def test_by_name_below_too_and_nothing_hidden(tmp_path: Path) -> None:
    put(tmp_path, "b.html", "a/z.txt", "a/c.txt", ".DS_Store", ".git/config", "a/.x", "c.html", "own/press.db")
    assert names(tmp_path, tmp_path / "own") == ["a/c.txt", "a/z.txt", "b.html", "c.html"]


def test_a_link_in_circles_ends_and_nothing_comes_twice(tmp_path: Path) -> None:
    put(tmp_path, "a/one.txt", "b/two.txt")
    (tmp_path / "a/up").symlink_to(tmp_path)
    (tmp_path / "a/here").symlink_to(tmp_path / "a")
    (tmp_path / "b/same").symlink_to(tmp_path / "a")
    (tmp_path / "b/one-again.txt").symlink_to(tmp_path / "a/one.txt")
    (tmp_path / "b/zero.txt").hardlink_to(tmp_path / "b/two.txt")
    assert names(tmp_path) == ["a/one.txt", "b/two.txt"]


def test_a_link_to_nothing_comes_and_a_loop_of_links_too(tmp_path: Path) -> None:
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    assert names(tmp_path) == ["gone.txt", "self.txt"]


def test_a_maildir_gives_its_messages_and_those_of_its_folders(tmp_path: Path) -> None:
    put(tmp_path, "cur/1.a:2,S", "new/2.a", "tmp/3.a", ".Sent/cur/4.a", ".Sent/new/5.a", ".Sent/tmp/6.a", ".other/x")
    assert names(tmp_path) == [".Sent/cur/4.a", ".Sent/new/5.a", "cur/1.a:2,S", "new/2.a"]
    # Elsewhere tmp is a folder as any.
    put(tmp_path / "plain", "tmp/x.txt")
    assert "tmp/x.txt" in names(tmp_path / "plain")


def test_a_folder_that_is_not_there_is_an_error_that_ends_nothing(tmp_path: Path) -> None:
    (found,) = files_in(tmp_path / "none")
    assert isinstance(found, ScrapeError)
    assert "cannot be read" in str(found)
