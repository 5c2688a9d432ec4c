"""What Datasette is told: nothing is open by oversight."""

from __future__ import annotations

import pytest

from db.models import METADATA
from db.views import view_statements
from tracker.plugin.config import build_config, build_metadata, database_name, tables
from tracker.plugin.searching import escape_search

#: Tables that no reader sees.
CLOSED = {"runs", "failures", "signatures", "signature_bands"}


def test_a_new_table_is_opened_or_closed_on_purpose() -> None:
    known = set(METADATA.tables) | set(view_statements())
    assert known - set(tables()) == CLOSED, "name it in tables.toml, or in CLOSED to keep it from readers"
    assert set(tables()) - known == {"claims_fts", "texts_fts"}


def test_the_limits_are_safe_ones() -> None:
    config = build_config("a b")
    settings = config["settings"]
    assert settings["default_allow_sql"] is False
    assert settings["allow_download"] is False
    assert settings["suggest_facets"] is False
    assert 0 < settings["max_returned_rows"] <= 1000
    assert list(config["databases"]) == ["a b"] == list(build_metadata("a b")["databases"])


def test_two_configurations_share_nothing() -> None:
    build_config("press")["settings"]["default_allow_sql"] = True
    assert build_config("press")["settings"]["default_allow_sql"] is False


@pytest.mark.parametrize(("everybody", "who"), [(False, {"role": ["reader", "checker", "editor"]}), (True, True)])
def test_some_may_look_and_nobody_may_do_anything_else(everybody: bool, who: object) -> None:
    config = build_config("press", everybody=everybody)
    database = config["databases"]["press"]
    blocks = [config["permissions"], database["permissions"]]
    blocks += [table["permissions"] for table in database["tables"].values()]
    assert {action for block in blocks for action in block} == {"view-instance", "view-database", "view-table"}
    assert all(granted == who for block in blocks[:2] for granted in block.values())
    # Who made which move is for people of the desk, with --open too.
    signed_in = {"role": ["reader", "checker", "editor"]}
    for name, table in database["tables"].items():
        assert table["permissions"] == {"view-table": signed_in if tables()[name].get("signed_in") else who}
    assert all(tables()[name]["signed_in"] for name in ("reviews", "failures_latest", "requests"))


def test_the_name_is_the_one_that_datasette_gives() -> None:
    assert database_name("/some/folder/press.2020.db") == "press.2020"


def test_what_is_typed_becomes_a_query() -> None:
    assert escape_search("fine serco") == '"fine" "serco"'
    assert escape_search('"was fined" 23rd') == '"was fined" "23rd"'
    assert escape_search("fine OR levy 23%") == '("fine" OR "levy") AND "23"'
    assert escape_search('"was fi') == '"was fi"'
    assert escape_search("fin* *") == '"fin"*'
    assert escape_search("“was fined”") == '"was fined"'
    assert escape_search(' - " ') == escape_search(None) == '""'
