"""What Datasette is told: nothing is open by oversight."""

from __future__ import annotations

from db.models import METADATA
from db.views import view_statements
from tracker.plugin.config import build_config, build_metadata, database_name, first_tables, tables
from tracker.plugin.searching import escape_search

#: Tables that no reader sees.
CLOSED = {"runs", "failures"}


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


def test_everybody_may_look_and_nobody_may_do_anything_else() -> None:
    config = build_config("press")
    database = config["databases"]["press"]
    granted = set(config["permissions"]) | set(database["permissions"])
    granted |= {action for table in database["tables"].values() for action in table["permissions"]}
    assert granted == {"view-instance", "view-database", "view-table"}


def test_the_name_is_the_one_that_datasette_gives() -> None:
    assert database_name("/some/folder/press.2020.db") == "press.2020"
    assert [name for name, _, _ in first_tables()][:3] == [
        "claims_lacking_source",
        "claim_overview",
        "documents_overview",
    ]


def test_what_is_typed_becomes_a_query() -> None:
    assert escape_search("fine serco") == '"fine" "serco"'
    assert escape_search('"was fined" 23') == '"was fined" "23"'
    assert escape_search('"was fi') == '"was fi"'
    assert escape_search("fin* *") == '"fin"*'
    assert escape_search("“was fined”") == '"was fined"'
    assert escape_search(' - " ') == escape_search(None) == '""'
