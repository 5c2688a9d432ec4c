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


@pytest.mark.xfail(strict=True, reason="--published is checked for its shape only, not for its calendar")
@pytest.mark.parametrize("published", ["2020-13-45", "2020-02-31", "0000-01-01"])
def test_a_date_that_is_none_is_wrong_usage(
    published: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("good.html").write_bytes(GOOD)
    assert run("add", "good.html", "--published", published).exit_code == 2


@pytest.mark.xfail(strict=True, reason="--url is stored unchecked; http://[::1 even ends in a traceback")
@pytest.mark.parametrize(
    "url", ["not a url", "javascript:alert(1)", "http://", "news.example/a", "http://[::1"]
)
def test_a_stated_address_that_is_none_is_told(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("good.html").write_bytes(GOOD)
    result = run("add", "good.html", "--url", url)
    assert result.exit_code in {1, 2}
    assert url in result.stderr
    assert not Path("press.db").exists() or query(tmp_path / "press.db", "SELECT url FROM documents") == []


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
