"""Moves that are not made: what cannot be used, what came in between, who may not, and what no form sends."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from contextlib import closing
from html import unescape

import moves_samples
import pytest
from moves_samples import SAME_SITE, Desk

pytestmark = pytest.mark.asyncio(loop_scope="function")
MOVES = ("flag", "attach", "verdict", "approve", "reject", "correct", "recall", "reopen", "note")
# Fixtures are found by their names here.
template, at = moves_samples.template, moves_samples.at


def value_of(page: str, form: str, name: str) -> str:
    """What stands in a field of the form of a move."""
    here = page[page.index(f'id="move-{form}"') :]
    here = here[: here.index("</form>")]
    area = re.search(rf'<textarea[^>]*name="{name}"[^>]*>\n?([^<]*)</textarea>', here)
    if area:
        return unescape(area[1])
    found = re.search(rf'<input[^>]*name="{name}"[^>]*value="([^"]*)"', here)
    assert found, name
    return unescape(found[1])


@pytest.mark.parametrize(
    ("move", "typed", "at_field"),
    [
        ("flag", {"reason": "  "}, "reason"),
        ("flag", {}, "reason"),
        ("flag", {"reason": "x" * 10_001}, "reason"),
        ("attach", {"url": "javascript:alert(1)", "title": "T", "excerpt": "E\nF"}, "url"),
        ("attach", {"url": "https://a.example/", "published": "soon"}, "published"),
        ("attach", {}, "url"),
        ("verdict", {"verdict": "true", "note": "my words"}, "verdict"),
        ("verdict", {}, "verdict"),
        ("correct", {"field": "", "now": "x"}, "field"),
        ("correct", {"field": "unit:9", "now": "GBP"}, "field"),
        ("correct", {"field": "unit:x", "now": "GBP"}, "field"),
        ("correct", {"field": "span", "now": "no such words"}, "now"),
        ("correct", {"field": "nonsense", "now": "x"}, "field"),
        ("note", {"text": ""}, "text"),
    ],
)
async def test_what_cannot_be_used_is_told_beside_its_field(
    at: Desk, move: str, typed: dict[str, str], at_field: str
) -> None:
    answer = await at.move("cleo", move, **typed)
    assert answer.status_code == 400
    assert at.reviews() == []
    page = answer.text
    form = page[page.index(f'id="move-{move}" open') :]
    form = form[: form.index("</form>")]
    assert re.search(rf'name="{at_field}"[^>]*aria-invalid="true"', form), form
    assert f'id="f-{move}-{at_field}-error"' in form
    for name in set(typed) - {"field", "verdict"}:
        assert value_of(page, move, name) == typed[name]
    assert "Nothing was done." in page


async def test_typed_html_comes_back_as_words(at: Desk) -> None:
    evil = '"><script>alert(1)</script>\n</textarea><b>'
    answer = await at.move("cleo", "attach", url=evil, note=evil)
    assert answer.status_code == 400
    assert "<script>alert" not in answer.text
    assert value_of(answer.text, "attach", "note") == evil


async def test_the_second_of_two_people_is_told(at: Desk) -> None:
    seen = at.last()
    assert (await at.move("cleo", "flag", reason="too old", seen=str(seen))).status_code == 303
    answer = await at.move("edda", "verdict", seen=str(seen), verdict="supported", note="page 3 of it")
    assert answer.status_code == 409
    assert at.state() == ("in_review", "unchecked")
    page = answer.text
    assert "Somebody else was faster" in page
    assert "flagged it (new → in review)" in " ".join(page.split())
    assert "too old" in page
    assert value_of(page, "verdict", "note") == "page 3 of it"
    assert '<option value="supported" selected>' in page
    # Having seen it, one may send it again.
    again = await at.move(
        "edda", "verdict", seen=value_of(page, "verdict", "seen"), verdict="supported", note="page 3 of it"
    )
    assert again.status_code == 303
    assert at.state() == ("in_review", "supported")


async def test_a_button_pressed_twice_does_it_once(at: Desk) -> None:
    seen = str(at.last())
    assert (await at.move("edda", "approve", seen=seen)).status_code == 303
    answer = await at.move("edda", "approve", seen=seen)
    assert answer.status_code == 409
    assert "Already done: you approved it." in answer.text
    assert len(at.reviews()) == 1


async def test_ones_own_other_window_is_told_as_such(at: Desk) -> None:
    seen = str(at.last())
    await at.move("edda", "note", text="first", seen=seen)
    answer = await at.move("edda", "approve", seen=seen)
    assert answer.status_code == 409
    assert "another window" in answer.text


async def test_of_many_at_once_one_wins_and_the_others_are_told(at: Desk) -> None:
    seen = str(at.last())
    sent = [at.move("cleo", "verdict", seen=seen, verdict=verdict) for verdict in ("supported", "outdated") * 4]
    statuses = sorted(answer.status_code for answer in await asyncio.gather(*sent))
    assert statuses == [303] + [409] * 7
    assert len(at.reviews()) == 1


async def test_what_was_typed_for_a_move_that_is_gone_is_not_lost(at: Desk) -> None:
    await at.move("edda", "reject", reason="no claim")
    answer = await at.move("cleo", "verdict", verdict="supported", note="a page of notes")
    assert answer.status_code == 409
    assert "it is rejected" in answer.text or "the claim is rejected" in answer.text.lower()
    assert "This is what you typed" in answer.text
    assert "a page of notes" in answer.text


@pytest.mark.parametrize(("name", "move"), [("rita", "verdict"), ("rita", "note"), ("cleo", "approve")])
async def test_who_may_not_is_told_so(at: Desk, name: str, move: str) -> None:
    answer = await at.move(name, move, verdict="supported", text="x")
    assert answer.status_code == 403
    assert f"A {'reader' if name == 'rita' else 'checker'} may not" in answer.text
    assert at.reviews() == []


async def test_a_stranger_is_sent_to_sign_in_and_back(at: Desk) -> None:
    answer = await at.move(None, "flag", reason="x")
    assert (answer.status_code, answer.headers["location"]) == (303, "/-/login?next=/press/claims/1")
    assert at.reviews() == []


@pytest.mark.parametrize("move", MOVES)
async def test_looking_at_the_address_does_nothing(at: Desk, move: str) -> None:
    answer = await at.ask("edda", "GET", f"/-/claim/1/{move}?reason=x&seen=0&text=x&verdict=supported")
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
    assert at.reviews() == []


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site", "origin": "http://localhost"},
        {"sec-fetch-site": "same-site"},
    ],
)
async def test_a_form_on_another_site_does_nothing(at: Desk, headers: dict[str, str]) -> None:
    typed = {"reason": "x", "seen": "0"}
    answer = await at.ask("edda", "POST", "/-/claim/1/flag", data=typed, headers=headers)
    assert answer.status_code == 403
    assert at.reviews() == []


@pytest.mark.parametrize("seen", ["", "x", "-1", "²", "9" * 30])
async def test_a_form_that_does_not_say_what_it_saw_is_sent_back(at: Desk, seen: str) -> None:
    answer = await at.move("cleo", "flag", reason="my reason", seen=seen)
    assert answer.status_code == 400
    assert value_of(answer.text, "flag", "reason") == "my reason"
    assert at.reviews() == []


async def test_a_review_that_never_was_is_sent_back(at: Desk) -> None:
    answer = await at.move("cleo", "flag", reason="my reason", seen="77")
    assert answer.status_code == 400
    assert at.reviews() == []


@pytest.mark.parametrize(
    "body", [b"\xff\xfe=\xff&seen=0", b"reason=%00%ff%ed%a0%80&seen=0", b"a=b&" * 200, b"{}", b"", b"seen=0&&&=&"]
)
async def test_odd_bodies(at: Desk, body: bytes) -> None:
    headers = {**SAME_SITE, "content-type": "application/x-www-form-urlencoded"}
    answer = await at.ask("cleo", "POST", "/-/claim/1/flag", content=body, headers=headers)
    assert answer.status_code in (303, 400), answer.status_code
    if answer.status_code == 303:
        (((note,),),) = (at.query("SELECT note FROM reviews"),)
        assert "\0" not in note


async def test_line_ends_and_directions_are_kept_tame(at: Desk) -> None:
    await at.move("cleo", "note", text="one\r\ntwo\x07 \u202ethree")
    assert at.reviews()[0][3] == "one\ntwo\ufffd \u202ethree"
    assert "\u202e" not in await at.page("cleo")


async def test_more_than_a_megabyte_is_refused(at: Desk) -> None:
    answer = await at.move("cleo", "note", text="x" * 1_100_000)
    assert answer.status_code == 413
    assert at.reviews() == []


async def test_a_claim_that_there_is_not(at: Desk) -> None:
    answer = await at.move("cleo", "flag", 99, reason="x", seen="0")
    assert answer.status_code == 404
    assert "There is no claim “99”" in answer.text


async def test_the_page_waits_for_whoever_writes(at: Desk) -> None:
    with closing(sqlite3.connect(at.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        waiting = asyncio.create_task(at.move("cleo", "flag", reason="x", seen="0"))
        await asyncio.sleep(0.5)
        # Others read meanwhile.
        assert (await at.ask(None, "GET", "/press/claims/1")).status_code == 200
        assert not waiting.done()
        other.execute("COMMIT")
    assert (await waiting).status_code == 303
