"""Moves in the browser's way: forms, what they do, and what becomes of those that are not made."""

from __future__ import annotations

import asyncio
import re
import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from html import unescape
from pathlib import Path
from typing import Any

import claim_samples
import desk_samples
import httpx2
import pytest
import pytest_asyncio
from datasette.app import Datasette

pytestmark = pytest.mark.asyncio(loop_scope="function")
MOVES = ("flag", "attach", "verdict", "approve", "reject", "correct", "recall", "reopen", "note")
SAME_SITE = {"origin": "http://localhost", "sec-fetch-site": "same-origin"}


class Desk:
    """A desk with its people, and a browser of sorts for each of them."""

    def __init__(self, database: Path, served: Datasette) -> None:
        self.database = database
        self.served = served

    async def ask(self, name: str | None, method: str, path: str, **options: Any) -> Any:
        async with httpx2.AsyncClient(
            transport=httpx2.ASGITransport(app=self.served.app()),
            cookies=desk_samples.cookies(self.database, name),
            base_url="http://localhost",
        ) as client:
            answer = await client.request(method, path, **options)
            if answer.status_code == 303 and "login" not in answer.headers["location"]:
                # As a browser does, with the cookies that came along.
                answer.extensions["page"] = await client.get(answer.headers["location"])
            return answer

    async def page(self, name: str | None, number: int | str = 1) -> str:
        return str((await self.ask(name, "GET", f"/press/claims/{number}")).text)

    async def move(self, name: str | None, move: str, number: int = 1, **typed: str) -> Any:
        """Sends the form with what is typed, seeing what is there now unless ``seen`` is given."""
        typed.setdefault("seen", str(self.last(number)))
        return await self.ask(name, "POST", f"/-/claim/{number}/{move}", data=typed, headers=SAME_SITE)

    def query(self, sql: str, *values: object) -> list[Any]:
        with closing(sqlite3.connect(self.database)) as connection:
            return connection.execute(sql, values).fetchall()

    def last(self, number: int = 1) -> int:
        ((found,),) = self.query("SELECT coalesce(max(id), 0) FROM reviews WHERE claim_id = ?", number)
        return int(found)

    def state(self, number: int = 1) -> tuple[str, str]:
        ((workflow, verdict),) = self.query("SELECT workflow, verdict FROM claims WHERE id = ?", number)
        return workflow, verdict

    def reviews(self, number: int = 1) -> list[tuple[str, str, str, str | None]]:
        sql = "SELECT by_whom, role, move, note FROM reviews WHERE claim_id = ? ORDER BY id"
        return [tuple(row) for row in self.query(sql, number)]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a desk, to be copied: making one takes half a second."""
    path = tmp_path_factory.mktemp("template") / "press.db"
    claim_samples.talk(path)
    desk_samples.add_people(path)
    return path.parent


@pytest_asyncio.fixture
async def at(template: Path, tmp_path: Path) -> AsyncIterator[Desk]:
    path = Path(shutil.copytree(template, tmp_path / "desk")) / "press.db"
    served = desk_samples.desk(path, everybody=True)
    await served.invoke_startup()
    yield Desk(path, served)
    served.close()


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


def notice_of(page: str) -> str:
    """The words of the notice that a move was made, which stands in the page itself; ValueError without one."""
    main = page[page.index("<main") :]
    notice = main[main.index('role="status">\n') :].partition(">")[2]
    return " ".join(unescape(re.sub(r"<[^>]*>", "", notice[: notice.index("</div>")])).split())


def forms_of(page: str) -> list[str]:
    return re.findall(r'<details class="press-move" id="move-(\w+)"', page)


async def test_each_role_is_offered_what_it_may_do(at: Desk) -> None:
    assert forms_of(await at.page(None)) == []
    assert forms_of(await at.page("rita")) == ["flag"]
    assert forms_of(await at.page("cleo")) == ["verdict", "attach", "correct", "flag", "reject", "note"]
    assert forms_of(await at.page("edda"))[0] == "approve"
    await at.move("edda", "approve")
    assert "recall" in forms_of(await at.page("edda"))
    assert "approve" not in forms_of(await at.page("edda"))


async def test_a_review_from_end_to_end(at: Desk) -> None:
    steps: list[tuple[str, str, dict[str, str], tuple[str, str]]] = [
        ("rita", "flag", {"reason": "which winter?"}, ("in_review", "unchecked")),
        ("cleo", "attach", {"url": "https://court.example/1", "is_primary": "1"}, ("in_review", "unchecked")),
        ("cleo", "correct", {"field": "unit:0", "now": "GBP"}, ("in_review", "unchecked")),
        ("cleo", "verdict", {"verdict": "supported", "note": "page 3"}, ("in_review", "supported")),
        ("edda", "approve", {}, ("approved", "supported")),
        ("cleo", "note", {"text": "asked them"}, ("approved", "supported")),
        ("edda", "recall", {"reason": "overturned"}, ("in_review", "supported")),
        ("cleo", "reject", {"reason": "no claim"}, ("rejected", "supported")),
        ("cleo", "reopen", {"reason": "it is one"}, ("in_review", "supported")),
    ]
    for name, move, typed, state in steps:
        answer = await at.move(name, move, 2, **typed)
        assert (answer.status_code, answer.headers["location"]) == (303, f"/press/claims/2?done={at.last(2)}")
        assert notice_of(answer.extensions["page"].text).startswith("Done: ")
        assert at.state(2) == state
    assert [(who, move) for who, _, move, _ in at.reviews(2)] == [(name, move) for name, move, _, _ in steps]
    assert [role for _, role, _, _ in at.reviews(2)][:2] == ["reader", "checker"]
    assert at.query("SELECT is_primary, url FROM sources WHERE url IS NOT NULL") == [(1, "https://court.example/1")]


async def test_what_was_done_is_said_in_the_page_to_whoever_did_it(at: Desk) -> None:
    answer = await at.move("cleo", "verdict", verdict="supported")
    said = notice_of(answer.extensions["page"].text)
    assert said.startswith("Done: the verdict is supported. The claim is in review, its verdict supported.")
    assert "no linked or primary source supports it" in said
    # The address tells nobody else, and nobody later.
    with pytest.raises(ValueError, match="substring"):
        notice_of(await at.page("edda", f"1?done={at.last()}"))
    with pytest.raises(ValueError, match="substring"):
        notice_of(await at.page(None, f"1?done={at.last()}"))
    await at.move("edda", "note", text="hm")
    with pytest.raises(ValueError, match="substring"):
        notice_of(await at.page("cleo", f"1?done={at.last() - 1}"))


async def test_an_approval_that_does_not_make_it_citable_says_why(at: Desk) -> None:
    warning = "Nobody has given it a verdict yet: approved or not, it stays uncitable"
    form = (await at.page("edda")).partition('id="move-approve"')[2].partition("</form>")[0]
    assert 0 < form.index(warning) < form.index("<button")
    answer = await at.move("edda", "approve")
    said = notice_of(answer.extensions["page"].text)
    assert said.startswith("Done: it is approved. The claim is approved, its verdict unchecked.")
    assert "It is approved, but it may not be cited as checked: it has no verdict" in said
    await at.move("cleo", "verdict", verdict="supported")
    assert warning not in await at.page("edda")
    said = notice_of((await at.move("edda", "approve")).extensions["page"].text)
    assert "it may not be cited as checked: no linked or primary source supports it" in said
    assert "no verdict" not in said
    await at.move("cleo", "attach", url="https://court.example/1")
    if at.state()[0] != "approved":
        await at.move("edda", "approve")
    page = await at.page("edda")
    assert "a source that a person attached (nobody has looked whether it is still there)" in page


@pytest.mark.parametrize("known_by", ["url", "title"])
async def test_what_a_source_says_is_changed_and_one_row_kept(at: Desk, known_by: str) -> None:
    typed = (
        {"url": "https://court.example/1"} if known_by == "url" else {"title": "Ruling “12” & more", "is_primary": "1"}
    )
    await at.move("cleo", "attach", locator="page 3", excerpt="two\nlines <b>", **typed)
    assert at.query("SELECT is_backed FROM claims WHERE id = 1") == [(1,)]
    assert "Change what it says" not in await at.page("rita")
    assert "Change what it says" not in await at.page(None)
    form = (await at.page("cleo")).partition("Change what it says about the claim")[2].partition("</form>")[0]
    assert "takes its support away" in form
    assert '<option value="supports" selected>' in form
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
    again = {name: unescape(value) for name, value in hidden.items()}
    assert set(again) == {"seen", known_by, "locator", "excerpt"}
    answer = await at.move("cleo", "attach", relation="mentions", note="another court", **again)
    assert answer.status_code == 303, answer.text[-1500:]
    page = answer.extensions["page"].text
    assert "the source now only mentions the matter, and supports nothing" in notice_of(page)
    sql = "SELECT relation, locator, excerpt, by_whom FROM evidence WHERE how = 'attached'"
    assert at.query(sql) == [("mentions", "page 3", "two\nlines <b>", "cleo")]
    assert at.query("SELECT is_backed FROM claims WHERE id = 1") == [(0,)]
    assert at.query("SELECT count(*) FROM sources WHERE label LIKE '%court%' OR label LIKE 'Ruling%'") == [(1,)]
    assert "(before: supports)" in page
    assert '<option value="mentions" selected>' in page


async def test_an_inferred_unit_is_confirmed_with_one_button(at: Desk) -> None:
    page = await at.page("cleo", 2)
    form = re.search(r'<form action="/-/claim/2/correct"[^>]*class="press-inline-form">(.*?)</form>', page, re.DOTALL)
    assert form
    typed = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form[1]))
    assert typed == {"seen": "0", "field": "unit:0", "now": "GBP"}
    assert (await at.move("cleo", "correct", 2, **typed)).status_code == 303
    assert "press-inline-form" not in await at.page("cleo", 2)
    assert "cleo</bdi> confirmed it" in await at.page("cleo", 2)
    # A reader is not asked.
    assert "press-inline-form" not in await at.page("rita", 2)


@pytest.mark.parametrize(
    ("typed", "column", "now"),
    [
        ({"field": "kind", "now": "fine"}, "kind", "fine"),
        ({"field": "span", "now": "lost 40 vans"}, "quote", "lost 40 vans"),
        ({"field": "stance", "now": "hedged"}, "stance", "hedged"),
        ({"field": "subject", "now": "Larkholm depot"}, "names", "Larkholm depot; Omar Reed; Depot Workers"),
    ],
)
async def test_corrections(at: Desk, typed: dict[str, str], column: str, now: str) -> None:
    answer = await at.move("cleo", "correct", **typed)
    assert answer.status_code == 303, answer.text[-1500:]
    assert at.query(f"SELECT {column} FROM claims WHERE id = 1") == [(now,)]  # noqa: S608


async def test_a_stance_is_offered_for_correction(at: Desk) -> None:
    form = (await at.page("cleo", 4)).partition('id="move-correct"')[2].partition("</form>")[0]
    assert '<option value="stance">' in form
    assert '<option value="asserted"></option>' in form
    assert (await at.move("cleo", "correct", 4, field="stance", now="true")).status_code == 400
    answer = await at.move("cleo", "correct", 4, field="stance", now="asserted")
    page = answer.extensions["page"].text
    assert "the stance is corrected" in notice_of(page)
    assert "It is denied: whoever tells it" not in page
    assert "<del>denied</del>" in page


async def test_a_corrected_figure_says_by_whom_and_what_the_text_has(at: Desk) -> None:
    page = (await at.move("cleo", "correct", field="figure:0", now="48 vans")).extensions["page"].text
    figures = page.partition('<ul class="press-list press-figures">')[2].partition("</ul>")[0]
    said = " ".join(re.sub(r"<[^>]*>", "", figures).split())
    assert "corrected by cleo; the text has “40 vans”" in said
    assert "48" in said
    assert "written “" not in said


async def test_a_kind_is_corrected_in_the_words_of_the_form(at: Desk) -> None:
    assert (await at.move("cleo", "correct", field="kind", now="contract value")).status_code == 303
    assert at.query("SELECT kind FROM claims WHERE id = 1") == [("contract_value",)]


async def test_a_wrong_name_becomes_another_name_of_the_same(at: Desk) -> None:
    answer = await at.move("cleo", "correct", field="alias", wrong="Omar Reed", now="Omar Reade")
    assert answer.status_code == 303, answer.text[-1500:]
    assert "Omar Reade" in await at.page(None)


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
