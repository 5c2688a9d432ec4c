"""Reading claims back: lists, searches, and one claim whole."""

from __future__ import annotations

import pytest
from db_samples import DOCUMENT, FINE, NOW, PAGE, READER, SURVEY, claims, snapshot, text
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from db.errors import AmbiguousClaim, DataError, UnknownClaim
from db.queries import get_claim, list_claims, match_expression
from db.store import store_document


@pytest.fixture
def filled(engine: Engine) -> Engine:
    store_document(engine, DOCUMENT, snapshot(PAGE), text(PAGE), claims(PAGE), NOW, reader_version=READER)
    return engine


def kinds(engine: Engine, **conditions: object) -> list[str]:
    return [claim.kind for claim in list_claims(engine, **conditions)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        ({}, ["fine", "poll", "tracing"]),
        ({"lacking_source": True}, ["tracing", "fine"]),  # unnamed staff, nothing; among equals the newest
        ({"kind": "poll"}, ["poll"]),
        ({"kind": "contract"}, ["fine"]),  # one of its further kinds
        ({"kind": "Poll"}, []),  # kinds are exact
        ({"subject": "northgate"}, ["fine", "poll", "tracing"]),  # a part, in any case
        ({"subject": "100%"}, []),  # no wildcard
        ({"subject": "\udcff"}, []),  # an undecodable argument
        ({"search": "fines"}, ["fine"]),  # another ending
        ({"search": "Westbury"}, ["poll"]),  # a name that the quote does not hold
        ({"search": "23,000,000"}, ["fine"]),  # the figure as we write it
        ({"search": '"stood idle"'}, ["tracing"]),  # a phrase
        ({"search": '"idle stood"'}, []),
        ({"search": "residents company"}, ["poll"]),  # all words
        ({"search": "residents vans"}, []),
        ({"search": "  "}, ["fine", "poll", "tracing"]),  # no search at all
        ({"search": "£"}, []),  # no word in it
        ({"limit": 2}, ["fine", "poll"]),
        ({"limit": 0}, []),
        ({"lacking_source": True, "search": "northgate", "kind": "tracing"}, ["tracing"]),
    ],
)
def test_conditions(filled: Engine, conditions: dict[str, object], expected: list[str]) -> None:
    assert kinds(filled, **conditions) == expected


@pytest.mark.parametrize(
    "search",
    ['"', '""', "fine AND", "OR", "NOT fine", "NEAR(a b", "quote:fine", "a*", "-fine", "^fine", "(", "'", "_",
     "\x00", "a\x00b", "\udcff", "fine\udcff", "%", "' OR 1=1 --", "{}", "+", "a" * 5000, '"unbalanced fine'],
)  # fmt: skip
def test_no_search_breaks_the_query(filled: Engine, search: str) -> None:
    assert set(kinds(filled, search=search)) <= {"fine", "poll", "tracing"}


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(search=st.text(st.characters(exclude_categories=[])))
def test_no_text_at_all_breaks_the_query(filled: Engine, search: str) -> None:
    assert len(list_claims(filled, search=search)) <= 3


def test_operators_are_words() -> None:
    assert match_expression('fine OR "two words" x*') == '"fine" "OR" "two words" "x"'
    assert match_expression("…") is None


def test_a_claim_whole(filled: Engine) -> None:
    detail = get_claim(filled, 2)
    assert detail.sentence == detail.claim.quote == SURVEY
    assert detail.before.endswith(f"{FINE} ")
    assert (detail.before + detail.sentence + detail.after) == PAGE
    assert detail.passage is not None
    assert PAGE[detail.passage.start : detail.passage.end] == f"{FINE} {SURVEY}"
    assert detail.snapshot.sha256 == snapshot(PAGE).sha256
    assert [(item.how, item.url) for item in detail.evidence] == [("linked", "https://data.example.net/survey")]
    assert [source.name for source in detail.claim.sources] == ["The council"]
    assert [(span.start, span.is_current) for span in detail.spans] == [(PAGE.index(SURVEY), True)]


def test_context_is_cut_at_words(engine: Engine) -> None:
    content = f"{'before ' * 100}{PAGE}{'after ' * 100}"
    store_document(engine, DOCUMENT, snapshot(content), text(content), claims(content), NOW, reader_version=READER)
    detail = get_claim(engine, 1)
    assert len(detail.before) <= 300
    assert detail.before.startswith("before ")
    assert detail.after.split()[-1] in ("after", "month.")


def test_a_claim_is_named_by_id_key_or_the_beginning_of_its_key(filled: Engine) -> None:
    key = get_claim(filled, 1).claim.key
    for name in (1, "1", " 1 ", key, key[:12]):
        assert get_claim(filled, name).claim.key == key


@pytest.mark.parametrize("name", ["", "0", "99", "-1", "ab", "é" * 8, "\udcff", "9" * 40, "x\ny", "%" * 8, "1 OR 1=1"])
def test_an_unknown_claim_is_one_clear_line(filled: Engine, name: str) -> None:
    with pytest.raises(UnknownClaim) as refused:
        get_claim(filled, name)
    assert "tracker claims" in str(refused.value)
    assert "\n" not in str(refused.value)
    assert isinstance(refused.value, ValueError)


def test_an_ambiguous_beginning_names_the_claims(filled: Engine) -> None:
    with filled.begin() as connection:
        connection.exec_driver_sql("UPDATE claims SET key = 'same' || id")
    with pytest.raises(AmbiguousClaim, match=r"\(1, 2, 3\)") as refused:
        get_claim(filled, "same")
    assert isinstance(refused.value, DataError)
