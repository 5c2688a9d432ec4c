"""Wrong usage of the command line, and settings or databases that are none."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import article, query, run

GOOD = article(
    "Rail operator fined",
    "The regulator fined Acme Rail £3 million on Friday after 412 trains were cancelled in one week.",
    "Passengers at Oakhanger waited for two hours in the rain, and no bus came for them that night.",
)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--published", "last Tuesday"], "last Tuesday"),
        (["--published", "2020/07/02"], "write it like 2020-07-02"),
        (["--kind", "novel"], "novel"),
        (["--colour", "red"], "--colour"),
        (["other.html", "--url", "https://news.example/a"], "one source"),
    ],
)
def test_wrong_usage_is_status_2_and_makes_no_database(
    arguments: list[str], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("good.html").write_bytes(GOOD)
    result = run("add", "good.html", *arguments)
    assert result.exit_code == 2
    assert says in result.stderr
    assert not Path("press.db").exists()


@pytest.mark.parametrize(
    "published",
    ["2020-13-45", "2020-02-31", "0000-01-01", "2020-13", "0000", "2020-07-02T25:00", "2020-07-02T1.", "٢٠٢٠", ""],
)
def test_a_date_that_is_none_is_wrong_usage(published: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("good.html").write_bytes(GOOD)
    result = run("add", "good.html", "--published", published)
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert not Path("press.db").exists()


@pytest.mark.parametrize(
    "published",
    ["2020", "2020-02", "2020-02-29", "2020-07-02T08:30", "2020-07-02T08:30:00Z", "2020-07-02T08:30:00.5+01:00"],
)
def test_a_date_of_the_calendar_is_kept_as_it_was_given(published: str, here: Path) -> None:
    Path("good.html").write_bytes(GOOD)
    assert run("add", "good.html", "--published", published).exit_code == 0
    assert query(here / "press.db", "SELECT published FROM documents") == [(published,)]


@pytest.mark.parametrize("command", ["add", "read"])
@pytest.mark.parametrize(
    "url",
    ["not a url", "javascript:alert(1)", "http://", "news.example/a", "http://[::1", "http://a b/", "ftp://a.b/c", ""],
)
def test_a_stated_address_that_is_none_is_wrong_usage(command: str, url: str, here: Path) -> None:
    Path("good.html").write_bytes(GOOD)
    result = run(command, "good.html", "--url", url)
    assert result.exit_code == 2
    (line,) = result.stderr.splitlines()
    assert line.startswith("Error: ")
    assert url in line
    assert "https://" in line
    assert [path.name for path in here.iterdir()] == ["good.html"]


def test_a_stated_address_is_kept_in_its_one_spelling_and_without_a_password(here: Path) -> None:
    Path("good.html").write_bytes(GOOD)
    assert run("add", "good.html", "--url", "HTTPS://ann:secret@News.example:443/a/../b#top").exit_code == 0
    assert query(here / "press.db", "SELECT url FROM documents") == [("https://news.example/b",)]
    assert all(b"secret" not in path.read_bytes() for path in here.rglob("*") if path.is_file())


def test_read_takes_one_address_for_one_file(here: Path) -> None:
    Path("good.html").write_bytes(GOOD)
    result = run("read", "good.html", "good.html", "--url", "https://news.example/a")
    assert result.exit_code == 2
    assert "one page" in result.stderr


def test_a_publisher_without_a_name_is_wrong_usage(here: Path) -> None:
    Path("good.html").write_bytes(GOOD)
    assert run("add", "good.html", "--publisher", " ").exit_code == 2
    assert not Path("press.db").exists()


@pytest.mark.parametrize(
    "arguments",
    [["add"], ["add", "a.html", "--no\x1b[31m\n"], ["conjure\n\x07"], ["--bogus"], ["claims", "--limit", "x\ny"]],
    ids=repr,
)
def test_wrong_usage_is_one_line_that_says_where_help_is(arguments: list[str], here: Path) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    (line,) = result.stderr.splitlines()
    assert line.startswith("Error: ")
    assert "--help)" in line
    assert line.isprintable()


def test_a_wrong_setting_is_one_line_and_status_2(here: Path) -> None:
    Path("tracker.toml").write_text("db = 3", encoding="utf-8")
    result = run("claims")
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert "'db' must be a text" in result.stderr


@pytest.mark.parametrize(
    ("file", "content", "says"),
    [
        ("press.db", b"this is no database, it is a letter" * 30, "press.db"),
        ("press.db", b"", ""),
        ("tracker.toml", b"db = [", "tracker.toml"),
        ("tracker.toml", b'color = "red"', "color"),
    ],
    ids=["no database", "empty database", "no toml", "unknown setting"],
)
def test_a_bad_database_or_settings_file(
    file: str, content: bytes, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("good.html").write_bytes(GOOD)
    Path(file).write_bytes(content)
    result = run("add", "good.html")
    if not says:
        assert result.exit_code == 0
        return
    assert result.exit_code in {1, 2}
    assert says in result.stderr.splitlines()[-1]
    assert Path(file).read_bytes() == content
