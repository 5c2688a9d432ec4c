"""Where settings come from, in which order, and how a wrong one is told."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from scrapers.fetch import FetchSettings
from tracker.errors import SettingsError
from tracker.pipeline import fetch_settings
from tracker.settings import Settings, load_settings


def load(folder: Path, toml: str | None = None, **environ: str) -> Settings:
    if toml is not None:
        (folder / "tracker.toml").write_text(toml, encoding="utf-8")
    return load_settings(folder, environ)


def test_without_anything_the_defaults_hold(tmp_path: Path) -> None:
    settings = load(tmp_path)
    assert settings == Settings()
    assert settings.db == Path("press.db")


def test_the_file_is_read_and_the_environment_wins(tmp_path: Path) -> None:
    settings = load(tmp_path, 'db = "file.db"\ncontact = "a@b.example"\n', TRACKER_DB="env.db")
    assert (settings.db, settings.contact) == (Path("env.db"), "a@b.example")


def test_an_empty_variable_is_none(tmp_path: Path) -> None:
    assert load(tmp_path, 'db = "file.db"', TRACKER_DB="").db == Path("file.db")


def test_every_setting_has_its_variable(tmp_path: Path) -> None:
    names = {"db": "d.db", "archive": "a", "kinds": "k", "publishers": "p.toml", "contact": "c"}
    assert set(names) | {"watch", "interval", "ports"} == {field.name for field in fields(Settings)}
    settings = load(tmp_path, None, **{f"TRACKER_{name.upper()}": value for name, value in names.items()})
    assert {name: str(getattr(settings, name)) for name in names} == names


def test_the_archive_stands_beside_the_database_unless_stated() -> None:
    assert Settings().archive_of(Path("there/news.db")) == Path("there/news.archive")
    assert Settings(archive=Path("kept")).archive_of(Path("there/news.db")) == Path("kept")


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        ("db = [", "not valid TOML"),
        ('database = "x.db"', "unknown setting 'database'"),
        ("\xff", "not valid TOML"),
    ],
)
def test_a_wrong_file_is_one_line_with_what_to_do(toml: str, says: str, tmp_path: Path) -> None:
    (tmp_path / "tracker.toml").write_bytes(toml.encode("latin-1"))
    with pytest.raises(SettingsError) as error:
        load_settings(tmp_path, {})
    line = str(error.value)
    assert says in line
    assert "tracker.toml" in line
    assert "\n" not in line


@pytest.mark.parametrize(
    ("toml", "called"),
    [
        ("db = 3", "a number"),
        ("db = true", "true or false"),
        ('archive = ["a"]', "a list"),
        ("db = {a = 1}", "a table"),
        ("contact = 3.5", "a number"),
        ("kinds = 2020-07-02", "a date or time"),
        ('publishers = "a\\u0000b"', "NUL"),
    ],
)
def test_a_setting_of_the_wrong_type_is_told(toml: str, called: str, tmp_path: Path) -> None:
    name = toml.split()[0]
    with pytest.raises(SettingsError, match=f"'{name}' must be a text.*{called}.*tracker.toml") as error:
        # The file is wrong even where a variable would have won.
        load(tmp_path, toml, **{f"TRACKER_{name.upper()}": "x"})
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("toml", "variable", "expected", "why"),
    [
        ('watch = ["Acme Rail", "Jo  Bloggs "]', "", ("Acme Rail", "Jo Bloggs"), "a list of names, spaces aside"),
        ('watch = ["Acme Rail"]', "Harbour, Sons & Co; HT ;", ("Harbour, Sons & Co", "HT"), "the environment wins"),
        ("watch = []", "", (), "nobody"),
        ('watch = [" "]', " ; ", (), "no name is nobody"),
        ("", "", (), "unless somebody is named"),
    ],
)
def test_who_is_watched(toml: str, variable: str, expected: tuple[str, ...], why: str, tmp_path: Path) -> None:
    assert load(tmp_path, toml, TRACKER_WATCH=variable).watch == expected, why


@pytest.mark.parametrize(
    ("toml", "called"),
    [
        ('watch = "Acme"', "not a text"),
        ("watch = 3", "not a number"),
        ('watch = ["Acme", 3]', "not a list with a number in it"),
        ('watch = [["Acme"]]', "not a list with a list in it"),
        ('watch = ["A\\u0000"]', "not a list with one with a NUL in it"),
        ("watch = {a = 1}", "not a table"),
    ],
)
def test_a_watch_list_that_is_none_is_told(toml: str, called: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=f"'watch' must be a list of names.*{called}.*tracker.toml") as error:
        load(tmp_path, toml)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("toml", "variable", "expected", "why"),
    [
        ("", "", None, "the fetcher's own least, two seconds"),
        ("interval = 5", "", 5.0, "a whole number is a number"),
        ("interval = 2.5", "", 2.5, "so is half a second more"),
        ("interval = 2", "", 2.0, "the least itself"),
        ("interval = 5", "10", 10.0, "the environment wins"),
    ],
)
def test_the_seconds_between_two_requests(
    toml: str, variable: str, expected: float | None, why: str, tmp_path: Path
) -> None:
    assert load(tmp_path, toml, TRACKER_INTERVAL=variable).interval == expected, why


@pytest.mark.parametrize(
    ("toml", "variable", "says"),
    [
        ("interval = 1.9", "", "between 2 seconds and a day: .*tracker.toml"),
        ("interval = 0", "", "between 2 seconds and a day"),
        ("interval = nan", "", "between 2 seconds and a day"),
        ("interval = inf", "", "between 2 seconds and a day"),
        ("interval = true", "", "a number of seconds, not true or false"),
        ('interval = "5"', "", "a number of seconds, not a text"),
        ("", "1", "between 2 seconds and a day: TRACKER_INTERVAL='1'"),
        ("", "fast", "a number of seconds, not a text: TRACKER_INTERVAL='fast'"),
    ],
)
def test_nobody_hurries_a_host(toml: str, variable: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=says) as error:
        load(tmp_path, toml, TRACKER_INTERVAL=variable)
    assert "\n" not in str(error.value)
    assert str(error.value).endswith("give 2 or more, or leave it out")


@pytest.mark.parametrize(
    ("toml", "variable", "expected"),
    [("", "", ()), ("ports = [80, 8080]", "", (80, 8080)), ("ports = [80]", "443; 8443;", (443, 8443))],
)
def test_the_ports_that_may_be_called_on(toml: str, variable: str, expected: tuple[int, ...], tmp_path: Path) -> None:
    assert load(tmp_path, toml, TRACKER_PORTS=variable).ports == expected


@pytest.mark.parametrize(
    ("toml", "variable"),
    [
        ("ports = 80", ""),
        ("ports = []", ""),
        ("ports = [0]", ""),
        ("ports = [70000]", ""),
        ("ports = [true]", ""),
        ('ports = ["80"]', ""),
        ("", "80,443"),
        ("", "http"),
    ],
)
def test_ports_that_are_none_are_told(toml: str, variable: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="'ports' must be a list of ports") as error:
        load(tmp_path, toml, TRACKER_PORTS=variable)
    assert "\n" not in str(error.value)


def test_the_settings_reach_whoever_fetches() -> None:
    stated = fetch_settings(Settings(contact="desk@tests.example", interval=5.0, ports=(80, 8080)))
    assert (stated.min_interval, stated.allowed_ports) == (5.0, {80, 8080})
    assert stated.user_agent.endswith("(+desk@tests.example)")
    assert fetch_settings(Settings()) == FetchSettings()
